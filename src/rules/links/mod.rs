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
use crate::diagnostic::{DocumentId, Edit};
use crate::rules::Page;
use crate::source::Span;

/// The edit that defines a label in a document, which holds `text`: after its last definition, or else below its body.
pub(crate) fn definition_to_add(
    archive: &Archive,
    id: DocumentId,
    text: &str,
    label: &str,
    destination: &str,
) -> Option<Edit> {
    let page = Page::of(archive, id)?;
    let at_last = meant::definition_to_add(page, label, destination);
    at_last.or_else(|| {
        let body = page.document.body;
        let end = body.start as usize + body.of(text).trim_end().len();
        let definition = meant::definition(label, destination);
        let end = id.at(Span::at(end));
        Some(end.replaced_by(format!("\n\n{definition}")))
    })
}

/// The destination in a document that leads to another one, written like a `model`: a destination and the document that
/// it leads to. Without one, it is the address that the generator gives the page, or the path of the file.
pub(crate) fn destination_of(
    archive: &Archive,
    from: DocumentId,
    to: DocumentId,
    model: Option<(&str, DocumentId)>,
) -> Option<String> {
    let (page, target) = (Page::of(archive, from)?, archive.document(to)?);
    let like_model = || {
        let (path, was) = model?;
        let path = path.split(['#', '?']).next()?;
        if was == to && path.starts_with('/') {
            return Some(path.to_owned());
        }
        let was = archive.document(was)?;
        missing_target::written_like(page, path, None, was, &target.path)
    };
    let leads = |found: &String| page.resolve(found) == Target::Document(to);
    let by_address = || {
        let address = match archive.routes.is_flat() {
            true => format!("/{}", target.stem()),
            false => archive.routes.addresses_of(target).into_iter().next()?,
        };
        Some(address).filter(leads)
    };
    let by_path = || {
        let path = missing_target::relative(page.document.folder(), &target.path);
        Some(path.replace(' ', "%20"))
    };
    like_model().or_else(by_address).or_else(by_path)
}
