//! The destinations that are written in a document, of links and of definitions, with the places to point at.

use super::{Page, label_as_destination::label_of};
use crate::diagnostic::Safety;
use crate::document::{Definition, DefinitionStatus, Destination, Link, LinkKind, mask};
use crate::rules::{Context, Report};
use crate::source::Span;

/// A destination where it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'a> {
    /// The destination as it stands in the source.
    pub(super) text: &'a str,
    /// See [`Destination::is_plain`].
    pub(super) is_plain: bool,
    /// Where it stands.
    pub(super) span: Span,
    /// The link that holds it, if it is no definition's.
    pub(super) link: Option<&'a Link>,
    /// The definition that holds it, with its index.
    pub(super) definition: Option<(u32, &'a Definition)>,
    /// The page that holds it.
    pub(super) page: Page<'a>,
}

/// All destinations of a page that are known before the site is built: of inline links, autolinks and HTML links, then
/// of definitions.
pub(super) fn all<'a>(page: Page<'a>) -> impl Iterator<Item = Written<'a>> {
    use LinkKind::{Autolink, Html, Inline};
    let document = page.document;
    let written = move |destination: &'a Destination, span: Span, link, definition| {
        let text = page.archive.routes.address_of(destination);
        let start = span.start as usize + (destination.len() - text.len());
        Written {
            text,
            is_plain: destination.is_plain(),
            span: Span::new(start, span.end as usize),
            link,
            definition,
            page,
        }
    };
    let linked = document
        .links
        .iter()
        .filter(|link| matches!(link.kind, Inline | Autolink | Html))
        .map(move |link| written(&link.destination, link.destination_span, Some(link), None));
    let defined = (0u32..)
        .zip(&document.definitions)
        .filter(|(_, one)| one.status == DefinitionStatus::Defined)
        .map(move |(index, one)| {
            let definition = Some((index, one));
            written(&one.destination, one.destination_span, None, definition)
        });
    linked.chain(defined).filter(|written| !written.holds_tag())
}

impl<'a> Written<'a> {
    /// Whether a template tag stands in it, masked or, where it is not closed, as it is.
    fn holds_tag(&self) -> bool {
        let opens = || ["{{", "{%", "<%"].iter().any(|tag| self.text.contains(tag));
        // Few documents hold template tags; in the others no destination needs to be searched for them.
        !self.is_plain
            && (memchr::memchr2(b'{', b'<', self.text.as_bytes()).is_some() && opens()
                || self.page.document.has_template_tags && self.text.contains(mask::MARK))
    }

    /// Whether it is held by a link that is written in this way.
    pub(super) fn is_of(&self, kind: LinkKind) -> bool {
        self.link.is_some_and(|link| link.kind == kind)
    }

    /// Whether its link prints as text; see [`Link::unlinked`].
    pub(super) fn is_unlinked(&self) -> bool {
        self.link.is_some_and(|link| link.unlinked.is_some())
    }

    /// Whether the destination is a label that was meant for `[text][label]`, which another rule reports.
    pub(super) fn is_label(&self) -> bool {
        self.link
            .is_some_and(|link| label_of(self.page, link).is_some())
    }

    /// The links that lead to this destination.
    pub(super) fn links(&self) -> impl Iterator<Item = &'a Link> {
        let index = self.definition.map(|(index, _)| index);
        let uses = move |link: &&Link| index.is_some() && link.definition == index;
        let users = self.page.document.links.iter().filter(uses);
        self.link.into_iter().chain(users)
    }

    /// Reports `message` here, and the first place that uses the definition.
    pub(super) fn report<'r>(&self, cx: &'r mut Context, message: impl Into<String>) -> Report<'r> {
        let first_use = self.definition.and_then(|_| self.links().next());
        cx.report_at(self.page.id.at(self.span), self.text, message)
            .labels(first_use.map(|link| link.span), "this link leads there")
    }

    /// Offers to put `text` here; `verb` says what that does.
    pub(super) fn replace(&self, report: Report<'_>, verb: &str, text: &str) {
        report.fix(format!("{verb} `{text}`"), Safety::Unsafe, self.span, text);
    }
}
