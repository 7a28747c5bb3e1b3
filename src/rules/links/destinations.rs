//! The destinations that are written in a document, of links and of definitions, with the places to point at.

use crate::archive::address_keys;
use crate::archive::links::{Holder, written};
use crate::archive::routes::Target;
use crate::diagnostic::Safety;
use crate::document::{Definition, Destination, Link, LinkKind, mask, tags};
use crate::rules::body::placeholder;
use crate::rules::{Context, Page, Report};
use crate::source::Span;
use std::borrow::Cow;

/// A destination where it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct LocatedDestination<'a> {
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
    /// Where all of it leads, if that was looked up.
    pub(super) target: Option<&'a Target>,
}

/// The destinations of a page that are known before the site is built, plain addresses of other sites among them. Those
/// of autolinks are left out, here and in [`suspicious`]: the reader sees them.
pub(super) fn all<'a>(page: Page<'a>) -> impl Iterator<Item = LocatedDestination<'a>> {
    let held = written(page.document).map(move |holder| located(page, holder, None));
    let held = held.filter(|one| one.is_plain || !mask::holds_tag(one.text));
    held.filter(is_no_autolink).chain(known_in_metadata(page))
}

/// The destinations of a page but for plain addresses of other sites: of inline links, autolinks and HTML links, of
/// definitions, then in its metadata.
pub(super) fn with_tags<'a>(page: Page<'a>) -> impl Iterator<Item = LocatedDestination<'a>> {
    let held = page.archive.looked_up(page.id);
    let held = held.map(move |one| located(page, one.holder, Some(one.target)));
    held.chain(in_metadata(page))
}

fn is_no_autolink(destination: &LocatedDestination<'_>) -> bool {
    !destination.is_of(LinkKind::Autolink)
}

/// The destinations of a page that are not above suspicion, and where `is_plain_asked` the plain addresses as well.
pub(super) fn suspicious<'a>(
    page: Page<'a>,
    is_plain_asked: bool,
) -> impl Iterator<Item = LocatedDestination<'a>> {
    let plain = is_plain_asked.then(|| all(page)).into_iter().flatten();
    let plain = plain.filter(|one| one.is_plain && !one.is_unlinked());
    let held = page.archive.looked_up(page.id).filter(|one| !one.holds_tag);
    let held = held.map(move |one| located(page, one.holder, Some(one.target)));
    let others = held.filter(is_no_autolink).chain(known_in_metadata(page));
    let others = others.filter(|one| !one.is_plain || one.is_unlinked());
    others.chain(plain)
}

fn located<'a>(
    page: Page<'a>,
    holder: Holder<'a>,
    target: Option<&'a Target>,
) -> LocatedDestination<'a> {
    let destination = holder.destination();
    // A fragment behind the tags belongs to the destination, but not to the address in them.
    let text = match tags::read(destination).and_then(|named| named.fragment) {
        Some(_) => destination,
        None => page.archive.routes.address_of(destination),
    };
    let (span, link, definition) = match holder {
        Holder::Link(_, link) => (link.target_span, Some(link), None),
        Holder::Definition(index, one) => (one.destination_span, None, Some((index, one))),
    };
    LocatedDestination {
        text,
        is_plain: destination.is_plain(),
        span: Span::of_slice(text, destination).shifted(span.start as usize),
        link,
        definition,
        page,
        target,
    }
}

/// The addresses in the metadata of a page.
fn in_metadata<'a>(page: Page<'a>) -> impl Iterator<Item = LocatedDestination<'a>> {
    let keys = page.archive.address_keys();
    let entries = page.document.metadata.entries.iter();
    let entries = entries.filter(|_| !keys.is_empty());
    let held = entries.filter(move |entry| keys.contains(&*entry.key));
    let values = held.filter_map(address_keys::value);
    // What is still to be written is so whatever the key is for.
    values
        .filter(|(text, _)| !placeholder::is_stand_in(text))
        .map(move |(text, span)| LocatedDestination {
            text,
            is_plain: Destination::from(text).is_plain(),
            span,
            link: None,
            definition: None,
            page,
            target: None,
        })
}

/// The same without those that hold template tags.
fn known_in_metadata<'a>(page: Page<'a>) -> impl Iterator<Item = LocatedDestination<'a>> {
    in_metadata(page).filter(|one| !mask::holds_tag(one.text))
}

impl<'a> LocatedDestination<'a> {
    /// Where it leads as a whole.
    pub(super) fn target(&self) -> Cow<'a, Target> {
        let path = || self.page.archive.own_path(self.text).unwrap_or(self.text);
        match self.target {
            Some(target) => Cow::Borrowed(target),
            None => Cow::Owned(self.page.resolve(path())),
        }
    }

    /// What follows the `#` in it.
    pub(super) fn fragment(&self) -> Option<&'a str> {
        let named = tags::read(self.text);
        let address = named.map_or(self.text, |named| match named.kind {
            tags::Kind::Address => named.name,
            _ => "",
        });
        let fragment = address.split_once('#').map(|(_, fragment)| fragment);
        fragment.or(named.and_then(|named| named.fragment))
    }

    /// What its template tags name, with the place of the name alone.
    pub(super) fn named(&self) -> Option<(tags::Kind, Self)> {
        let named = tags::read(self.text)?;
        Some((named.kind, self.narrowed(named.name)))
    }

    /// The same with a part of its text.
    pub(super) fn narrowed(&self, part: &'a str) -> Self {
        let span = Span::of_slice(part, self.text).shifted(self.span.start as usize);
        LocatedDestination {
            text: part,
            span,
            ..*self
        }
    }

    /// Whether it is held by a link that is written in this way.
    pub(super) fn is_of(&self, kind: LinkKind) -> bool {
        self.link.is_some_and(|link| link.kind == kind)
    }

    /// Whether it stands in the metadata.
    pub(super) fn is_in_metadata(&self) -> bool {
        self.link.is_none() && self.definition.is_none()
    }

    /// Whether its link prints as text; see [`Link::unlinked`].
    pub(super) fn is_unlinked(&self) -> bool {
        self.link.is_some_and(|link| link.unlinked.is_some())
    }

    /// The links that lead to this destination.
    pub(super) fn links(&self) -> impl Iterator<Item = &'a Link> {
        let users = self
            .definition
            .map(|(index, _)| self.page.document.users(index));
        self.link.into_iter().chain(users.into_iter().flatten())
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
