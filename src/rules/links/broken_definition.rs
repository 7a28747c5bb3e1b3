//! A line that breaks definitions: itself, or those after it.

use super::meant;
use crate::archive::paths::has_scheme;
use crate::diagnostic::{Safety, Severity};
use crate::document::definitions::normalize_label;
use crate::document::{Definition, DefinitionStatus, Document, Link};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};
use crate::source::Span;
use std::collections::HashMap;

/// The rule.
pub static RULE: Rule = Rule {
    id: "links/broken-definition",
    summary: "a broken definition, or a line that turns the definitions after it into text",
    docs: "\
**Finds.** A label without an address or a colon, or a line of text directly above definitions. The rule reports the \
line at fault once, and points at what is lost.

**Why.** A definition, `[label]: address`, cannot stand in a paragraph. Such a line begins one: every definition up to \
the next blank line becomes text, and so do all links that need one of them.

**Ignores.** Lines that may be prose: the rule expects the note to use their labels, or an address to follow.

**Fix.** Complete the line, delete it, or put a blank line between the text and the definitions.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    check_document: Some(check_document),
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
        Example::Bad {
            title: "a forgotten colon",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe [pump][] and the [plan][].\n\n⟦[pump] https://pump.example/⟧\n[plan]: https://plan.example/\n",
            )],
            fixed: Some(
                "# Week 12\n\nThe [pump][] and the [plan][].\n\n[pump]: https://pump.example/\n[plan]: https://plan.example/\n",
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
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    let document = page.document;
    let is_broken = |one: &&Definition| one.status != DefinitionStatus::Defined;
    let broken: Vec<&Definition> = document.definitions.iter().filter(is_broken).collect();
    if broken.is_empty() {
        return;
    }
    let mut needed = HashMap::new();
    for link in &document.links {
        if link.is_reference() && link.definition().is_none() {
            needed.entry(normalize_label(&link.target)).or_insert(link);
        }
    }
    for lost in broken.chunk_by(|one, other| cause(one).start == cause(other).start) {
        let is_sure = |one: &&Definition| needed.contains_key(&*one.key) || is_meant(document, one);
        if lost.iter().any(is_sure) {
            report(page, lost, &needed, cx);
        }
    }
}

/// The line that breaks a definition: its own, or one before it.
fn cause(definition: &Definition) -> Span {
    match definition.status {
        DefinitionStatus::Swallowed { cause } => cause,
        _ => definition.span,
    }
}

/// Whether a line was surely meant as a definition though no reference needs it: an address follows, or it stands between
/// definitions.
fn is_meant(document: &Document, definition: &Definition) -> bool {
    let destination = &*definition.destination;
    let lines = definition.lines;
    let is_beside = |other: &Definition| {
        other.status == DefinitionStatus::Defined
            && (other.lines.end == lines.start || other.lines.start == lines.end)
    };
    match definition.status {
        DefinitionStatus::NoDestination => {
            // Definitions are in the order of their lines.
            let all = &document.definitions;
            let own = all.partition_point(|other| other.lines.start < lines.start);
            let next = all.partition_point(|other| other.lines.start < lines.end);
            let neighbours = [own.checked_sub(1), Some(next)].into_iter().flatten();
            neighbours.filter_map(|at| all.get(at)).any(is_beside)
        }
        DefinitionStatus::NoColon => false,
        _ => {
            (has_scheme(destination) || destination.starts_with('/'))
                && !destination.contains(char::is_whitespace)
        }
    }
}

/// The way out for a label without an address, with the one that it has in another note.
fn give_address(page: Page<'_>, key: &str) -> String {
    let help = "add the address, or delete the line";
    match page.archive.latest_definition_of(key, page.id) {
        Some((_, Document { path, .. }, Definition { destination, .. })) => {
            format!("{help}; in `{path}` it is `{destination}`")
        }
        None => help.to_owned(),
    }
}

/// Reports a line with the definitions that are lost by it, itself perhaps the first of them.
fn report(page: Page<'_>, lost: &[&Definition], needed: &HashMap<String, &Link>, cx: &mut Context) {
    let Some((first, rest)) = lost.split_first() else {
        return;
    };
    let cause = cause(first);
    let own = Some(first).filter(|first| first.span.start == cause.start);
    let others = if own.is_some() { rest } else { lost };
    let (which, are) = match others.len() {
        1 => ("the definition".to_owned(), "is"),
        count => (format!("the {count} definitions"), "are"),
    };
    let also = match others.len() {
        0 => String::new(),
        _ => format!("; {which} after it {are} lost"),
    };
    let (message, help) = match own {
        Some(own) if own.status == DefinitionStatus::NoDestination => (
            format!("the label `{}` has no address{also}", own.label),
            give_address(page, &own.key),
        ),
        Some(own) if own.status == DefinitionStatus::NoColon => (
            format!("the label `{}` has no colon{also}", own.label),
            format!("write `[{}]: {}`", own.label, own.destination),
        ),
        Some(own) => (
            format!("this line does not define `{}`{also}", own.label),
            "put an address with spaces between `<` and `>`, and a title in quotation marks".into(),
        ),
        None => (
            format!("{which} after this line {are} only text"),
            "put a blank line between this line and the definitions, or delete it".to_owned(),
        ),
    };
    let lost = lost.iter().map(|one| page.id.at(one.span));
    let mut report = cx
        .report(cause, &first.key, message)
        .help(help)
        .causes(lost);
    if let Some(link) = own.and_then(|own| needed.get(&*own.key)) {
        let literal = format!("renders as the literal text {}", meant::literal(link));
        report = report
            .note("renders as text, and so do the links that need it")
            .label(link.span, literal);
    }
    for definition in others.iter().take(3) {
        let user = needed.get(&*definition.key);
        let message = user.map_or("lost", |_| "lost, and a link needs it");
        report = report.label(definition.span, message);
    }
    if let Some(own) = own.filter(|own| own.status == DefinitionStatus::NoColon) {
        let place = Span::at(own.label_span.end as usize + 1);
        report.fix("add the colon", Safety::Unsafe, place, ":");
    } else if own.is_none() && first.lines.start == first.span.start {
        let title = "put a blank line before the definitions";
        let place = Span::at(first.lines.start as usize);
        report.fix(title, Safety::Unsafe, place, "\n");
    }
}
