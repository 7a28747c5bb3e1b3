//! A line that breaks definitions: itself, or those after it.

use super::meant;
use crate::archive::Archive;
use crate::archive::routes::has_scheme;
use crate::diagnostic::{DocumentId, Safety, Severity};
use crate::document::definitions::normalize_label;
use crate::document::{Definition, DefinitionStatus, Document, Link};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::source::Span;
use std::collections::HashSet;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "links/broken-definition",
    summary: "a line that was meant as a definition, or that turns the definitions after it into text",
    docs: "\
A definition is a line of its own, `[label]: address`, and cannot stand in a paragraph. A label without an address, or a line \
of text between the definitions, begins a paragraph, and every definition up to the next blank line is printed instead of \
being read; all links that need them are lost with it. The rule reports the line that is the cause, once, and \
points at what is lost.

It speaks only where the lost lines were surely meant as definitions: their labels are used in the note, or an address follows.

Complete the line, delete it, or put a blank line between the text and the definitions.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "a label without an address",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe [cast][] and the [play][].\n\n[play]: https://play.example/\n⟦[cast]:⟧\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "text before the definitions",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe [pump][] and the [plan][].\n\n⟦Until next time!⟧\n[pump]: https://pump.example/\n[plan]: https://plan.example/\n",
            )],
            fixed: Some(
                "# Week 12\n\nThe [pump][] and the [plan][].\n\nUntil next time!\n\n[pump]: https://pump.example/\n[plan]: https://plan.example/\n",
            ),
        },
        Example::Bad {
            title: "a link pasted between the definitions",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe [pump][] and the [plan][].\n\n[pump]: https://pump.example/\n⟦[The fair](https://fair.example/)⟧\n[plan]: https://plan.example/\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nThe [pump][] and the [plan][].\n\n[pump]: https://pump.example/\n[The fair](https://fair.example/)\n\n[plan]: https://plan.example/\n",
            ),
        },
        Example::Good {
            title: "definitions after a footnote and after another definition",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe [pump][][^1].\n\n[^1]: Broken again.\n[pump]: https://pump.example/\n",
            )],
        },
        Example::Good {
            title: "a bracket and a colon in prose",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe film said\n[narrator]: and so it began.\n",
            )],
        },
    ],
};

/// See [`META`].
pub struct BrokenDefinition;

impl Rule for BrokenDefinition {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        let broken = |definition: &&Definition| definition.status != DefinitionStatus::Defined;
        if !document.definitions.iter().any(|one| broken(&one)) {
            return;
        }
        let needed: HashSet<String> = document
            .links
            .iter()
            .filter(|link| link.is_reference() && link.definition.is_none())
            .map(|link| normalize_label(&link.label))
            .collect();
        let mut groups: Vec<(Span, Vec<&Definition>)> = Vec::new();
        for definition in document.definitions.iter().filter(broken) {
            let cause = match definition.status {
                DefinitionStatus::Swallowed { cause } => cause,
                _ => definition.span,
            };
            match groups.last_mut() {
                Some((last, lost)) if last.start == cause.start => lost.push(definition),
                _ => groups.push((cause, vec![definition])),
            }
        }
        for (cause, lost) in groups {
            let sure = |one: &&Definition| needed.contains(&*one.key) || is_meant(document, one);
            if lost.iter().any(sure) {
                tell(document, archive, cause, &lost, &needed, cx);
            }
        }
    }
}

/// Whether a line was surely meant as a definition though no reference needs it: an address follows, or it stands between
/// definitions.
fn is_meant(document: &Document, definition: &Definition) -> bool {
    let destination = &*definition.destination;
    let is_address = (has_scheme(destination) && !destination.contains(' ')
        || destination.starts_with('/'))
        && !destination.contains(char::is_whitespace);
    let beside = |other: &Definition| {
        other.status == DefinitionStatus::Defined
            && (other.lines.end == definition.lines.start
                || other.lines.start == definition.lines.end)
    };
    match definition.status {
        DefinitionStatus::NoDestination => document.definitions.iter().any(beside),
        _ => is_address,
    }
}

/// Whether a link is lost with the definition of the label `key`.
fn needs(link: &Link, key: &str) -> bool {
    link.is_reference() && link.definition.is_none() && normalize_label(&link.label) == key
}

/// The way out for a label without an address, with the one that it has in another note.
fn give_address(archive: &Archive, key: &str, id: DocumentId) -> String {
    match archive.latest_definition_of(key, id) {
        Some((_, other, definition)) => format!(
            "write its address, or delete the line; in `{}` it is `{}`",
            other.path, definition.destination
        ),
        None => "write its address, or delete the line".to_owned(),
    }
}

fn tell(
    document: &Document,
    archive: &Archive,
    cause: Span,
    lost: &[&Definition],
    needed: &HashSet<String>,
    cx: &mut Context,
) {
    let own = lost.iter().find(|one| one.span.start == cause.start);
    let others: Vec<&&Definition> = lost
        .iter()
        .filter(|one| one.span.start != cause.start)
        .collect();
    let first = own.or(lost.first()).map_or("", |one| &one.key);
    let count = others.len();
    let also = match count {
        0 => String::new(),
        1 => ", and the definition after it is lost too".to_owned(),
        _ => format!(", and the {count} definitions after it are lost too"),
    };
    let (message, help) = match own {
        Some(own) if own.status == DefinitionStatus::NoDestination => (
            format!("the definition of `{}` has no address{also}", own.label),
            give_address(archive, &own.key, cx.document()),
        ),
        Some(own) => (
            format!("this does not define `{}`{also}", own.label),
            "put an address with spaces between `<` and `>`, and what follows it in quotes"
                .to_owned(),
        ),
        None => (
            match count {
                1 => "the definition after this line is read as text".to_owned(),
                _ => format!("the {count} definitions after this line are read as text"),
            },
            "put a blank line between this line and the definitions, or delete it".to_owned(),
        ),
    };
    let mut report = cx.report(cause, first, message).help(help);
    if let Some(own) = own
        && let Some(link) = document.links.iter().find(|link| needs(link, &own.key))
    {
        let literal = format!("renders as the literal text {}", meant::literal(link));
        report = report
            .note("renders as text, and so do the links that need it")
            .label(link.span, literal);
    }
    for definition in others.iter().take(3) {
        let message = if needed.contains(&*definition.key) {
            "lost, and a link needs it"
        } else {
            "lost"
        };
        report = report.label(definition.span, message);
    }
    if own.is_none()
        && let Some(next) = lost.first()
        && next.lines.start == next.span.start
    {
        report.fix(
            "put a blank line before the definitions",
            Safety::Unsafe,
            Span::at(next.lines.start as usize),
            "\n",
        );
    }
}
