//! A label where a destination belongs.

use crate::archive::Archive;
use crate::diagnostic::DocumentId;
use crate::document::{Document, Link};

/// Whether the destination of `link` is a label that was meant as `[text][label]`.
pub fn is_label(_document: &Document, _link: &Link, _archive: &Archive, _id: DocumentId) -> bool {
    false
}
