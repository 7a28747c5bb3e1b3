//! Which definition of a note a label was meant for that the note does not define.
//!
//! A misspelt label leaves two traces: a reference without a definition, and a definition without a reference.

use crate::diagnostic::Edit;
use crate::document::definitions::normalize_label;
use crate::document::{Definition, Document, Link, LinkKind, mask};
use crate::names::{Distance, MOST_SOUGHT};
use crate::order::Order;
use crate::rules::Page;
use crate::source::Span;
use std::collections::HashMap;

/// The definition that was meant by a link without a destination: the only unused one whose label is the link's text,
/// or begins with it as a word (`[Ada]()`, `[ada-byron]: /ada-byron`).
pub(super) fn meant_by_empty<'d>(document: &'d Document, link: &Link) -> Option<&'d Definition> {
    let is_empty = link.kind == LinkKind::Inline && !link.image && link.destination().is_empty();
    is_empty.then(|| document.unused_beginning(&link.text))?
}

/// The unused definition that an undefined label was meant for. Shortcuts are prose more often than not, so that they
/// must be closer.
pub(super) fn meant_by<'d>(
    document: &'d Document,
    key: &str,
    kind: LinkKind,
) -> Option<(&'d Definition, Distance)> {
    document.unused_near(key).filter(|(_, distance)| {
        kind != LinkKind::Shortcut
            || distance.is_none()
            || !distance.digits_differ && distance.edits == 1 && key.chars().count() >= 5
    })
}

/// An undefined label.
pub(super) struct Undefined<'d> {
    /// The label, normalised.
    pub(super) key: String,
    /// Its references, in their order.
    pub(super) links: Vec<&'d Link>,
    /// The unused definition that it was meant for.
    pub(super) meant: Option<(&'d Definition, Distance)>,
    /// Whether a definition was looked for: see [`MOST_SOUGHT`].
    pub(super) is_sought: bool,
}

/// The undefined labels of a document, in the order of their first references.
pub(super) fn undefined(document: &Document) -> Vec<Undefined<'_>> {
    let mut labels: HashMap<String, Vec<&Link>> = HashMap::new();
    for link in document.links.iter().filter(|link| is_undefined(link)) {
        let key = normalize_label(&link.target);
        labels.entry(key).or_default().push(link);
    }
    if labels.is_empty() {
        return Vec::new();
    }
    let mut labels: Vec<(String, Vec<&Link>)> = labels.into_iter().collect();
    labels.order_by_key(|(_, links)| links.first().map(|link| link.span));
    let labels = labels.into_iter().enumerate();
    let undefined = labels.map(|(index, (key, links))| {
        let is_sought = index < MOST_SOUGHT;
        let first = links.first().filter(|_| is_sought);
        let meant = first.and_then(|first| meant_by(document, &key, first.kind));
        Undefined {
            key,
            links,
            meant,
            is_sought,
        }
    });
    undefined.collect()
}

/// Whether a reference has no definition and is a candidate at all.
fn is_undefined(link: &Link) -> bool {
    link.is_reference()
        && link.definition().is_none()
        && link.spaced.is_none()
        && !link.target.starts_with('^')
        && !link.target.contains(mask::MARK)
        && link.target.contains(char::is_alphanumeric)
}

/// The edit that adds a definition to a document: on a line of its own after the last one. `None` where there is none yet,
/// or none that stands at the beginning of its line.
pub(super) fn definition_to_add(page: Page<'_>, label: &str, destination: &str) -> Option<Edit> {
    let last = page.document.last_definition()?;
    let text = format!("\n{}", definition(label, destination));
    let end = Span::at(last.span.end as usize);
    (last.lines.start == last.span.start).then(|| page.id.at(end).replaced_by(text))
}

/// A definition as it is written.
pub(super) fn definition(label: &str, destination: &str) -> String {
    match destination.contains([' ', '\t']) {
        true => format!("[{label}]: <{destination}>"),
        false => format!("[{label}]: {destination}"),
    }
}

/// A reference as the reader sees it who sees the brackets, in backquotes and shortened where it is long.
pub(super) fn literal(link: &Link) -> String {
    let bang = if link.image { "!" } else { "" };
    let mut text = link.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > 40 {
        text = text.chars().take(39).chain(['…']).collect();
    }
    match link.kind {
        LinkKind::Full => format!("`{bang}[{text}][{}]`", &link.target),
        LinkKind::Collapsed => format!("`{bang}[{text}][]`"),
        _ => format!("`{bang}[{text}]`"),
    }
}
