//! The destinations that are written in a document, of links and of definitions, with the places to point at.

use super::label_as_destination::is_label;
use crate::archive::Archive;
use crate::diagnostic::DocumentId;
use crate::document::{Definition, DefinitionStatus, Document, Link, LinkKind, mask};
use crate::rules::Report;
use crate::source::Span;

/// A destination where it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'d> {
    /// The destination as it stands in the source.
    pub(super) text: &'d str,
    /// See [`Destination::is_plain`](crate::document::Destination::is_plain).
    pub(super) is_plain: bool,
    /// Where it stands.
    pub(super) span: Span,
    /// The link that holds it, if it is no definition's.
    pub(super) link: Option<&'d Link>,
    /// The definition that holds it, with its index.
    pub(super) definition: Option<(u32, &'d Definition)>,
}

/// All destinations of a document that are known before the site is built: of inline links, autolinks and HTML links, then
/// of definitions.
pub(super) fn all(document: &Document) -> impl Iterator<Item = Written<'_>> {
    let linked = document
        .links
        .iter()
        .filter(|link| {
            matches!(
                link.kind,
                LinkKind::Inline | LinkKind::Autolink | LinkKind::Html
            )
        })
        .map(|link| Written {
            text: &link.destination,
            is_plain: link.destination.is_plain(),
            span: link.destination_span,
            link: Some(link),
            definition: None,
        });
    let defined = (0u32..)
        .zip(&document.definitions)
        .filter(|(_, definition)| definition.status == DefinitionStatus::Defined)
        .map(|(index, definition)| Written {
            text: &definition.destination,
            is_plain: definition.destination.is_plain(),
            span: definition.destination_span,
            link: None,
            definition: Some((index, definition)),
        });
    // Few documents hold template tags; in the others no destination needs to be searched for them.
    let may_hold_tags = document.has_template_tags;
    linked.chain(defined).filter(move |written| {
        written.is_plain
            || !(memchr::memchr2(b'{', b'<', written.text.as_bytes()).is_some()
                && holds_open_tag(written.text)
                || may_hold_tags && written.text.contains(mask::MARK))
    })
}

/// Whether a destination holds a template tag that is not closed, and so was not masked.
fn holds_open_tag(text: &str) -> bool {
    ["{{", "{%", "<%"].iter().any(|tag| text.contains(tag))
}

impl<'d> Written<'d> {
    /// How the link is written; `None` for a definition.
    pub(super) fn kind(&self) -> Option<LinkKind> {
        self.link.map(|link| link.kind)
    }

    /// Whether the destination is a label that was meant for `[text][label]`, which another rule reports.
    pub(super) fn is_label(&self, document: &Document, archive: &Archive, id: DocumentId) -> bool {
        self.link
            .is_some_and(|link| is_label(document, link, archive, id))
    }

    /// The links that lead to this destination.
    pub(super) fn links(&self, document: &'d Document) -> impl Iterator<Item = &'d Link> {
        let index = self.definition.map(|(index, _)| index);
        let own = self.link;
        let users = document
            .links
            .iter()
            .filter(move |link| index.is_some() && link.definition == index);
        own.into_iter().chain(users)
    }

    /// The first place that uses the definition, as a label of `report`.
    pub(super) fn with_first_use<'r>(
        &self,
        document: &'d Document,
        report: Report<'r>,
    ) -> Report<'r> {
        match self.links(document).next().filter(|_| self.link.is_none()) {
            Some(link) => report.label(link.span, "this link leads there"),
            None => report,
        }
    }
}
