//! Reference links, definitions and where links lead.

pub mod broken_definition;
mod destinations;
pub mod duplicate_definition;
pub mod empty;
pub mod footnote;
pub mod label_as_destination;
pub mod local_host;
pub mod malformed_destination;
mod meant;
pub mod missing_fragment;
pub mod missing_target;
pub mod own_site;
pub mod spaced_reference;
pub mod undefined_reference;
pub mod unused_definition;
pub mod wikilink;

use crate::archive::{Archive, routes::Target};
use crate::diagnostic::DocumentId;
use crate::document::Document;

/// A page with the archive that it belongs to.
#[derive(Debug, Clone, Copy)]
struct Page<'a> {
    document: &'a Document,
    id: DocumentId,
    archive: &'a Archive,
}

impl<'a> Page<'a> {
    fn new(document: &'a Document, id: DocumentId, archive: &'a Archive) -> Self {
        Page {
            document,
            id,
            archive,
        }
    }

    /// Where `destination` leads from here.
    fn resolve(&self, destination: &str) -> Target {
        self.archive.resolve(self.id, destination)
    }
}
