//! `[text](label)`, written for `[text][label]`.

use super::meant::{definition_to_add, meant_by};
use crate::archive::paths::has_scheme;
use crate::archive::routes::Target;
use crate::diagnostic::{DocumentId, Fix, Safety, Severity};
use crate::document::definitions::normalize_label;
use crate::document::{Definition, DefinitionStatus, Link, LinkKind, mask};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "links/label-as-destination",
    summary: "a label in parentheses that belongs in brackets",
    docs: "\
**Finds.** `[text](label)` where the note defines `label`, or a very similar label that nothing else uses. Where only \
other notes define it, and the archive has no such page, the finding is a warning.

**Why.** `[text](label)` leads to the address `label`, `[text][label]` to the address in the definition. The reader \
arrives at a page that does not exist, or at the wrong one.

**Ignores.** Addresses of pages: a site with flat addresses serves `[Ada](ada-byron)` even without the slash, if no \
definition of the note says otherwise.

**Fix.** Write brackets instead of parentheses.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "parentheses for brackets",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe took a ⟦[quick look](soil-survey)⟧ at the beds.\n\n[soil-survey]: https://soil.example/survey\n",
            )],
            fixed: Some(
                "# Week 12\n\nWe took a [quick look][soil-survey] at the beds.\n\n[soil-survey]: https://soil.example/survey\n",
            ),
        },
        Example::Bad {
            title: "a stray bracket",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nWe ⟦[mended](pump-repair])⟧ the pump.\n\n[pump-repair]: https://pump.example/repair\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nWe [mended][pump-repair] the pump.\n\n[pump-repair]: https://pump.example/repair\n",
            ),
        },
        Example::Bad {
            title: "a misspelt label",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe ⟦[seed exchange](sedex)⟧ opens.\n\n[seedx]: https://seeds.example/\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nThe [seed exchange][seedx] opens.\n\n[seedx]: https://seeds.example/\n",
            ),
        },
        Example::Bad {
            title: "a label that only another note defines",
            backdrop: Backdrop::Snips,
            files: &[
                (
                    "soups/weeknotes/week-140.snip.markdown",
                    "Week 140\n========\n\nBack to the ⟦[tool library](tool-library)⟧.\n\n[pump]: https://pump.example/\n\nA [pump].\n",
                ),
                (
                    "soups/weeknotes/week-141.snip.markdown",
                    "Week 141\n========\n\nA day at the [library][tool-library].\n\n[tool-library]: https://tools.example/\n",
                ),
            ],
            fixed: Some(
                "Week 140\n========\n\nBack to the [tool library][tool-library].\n\n[pump]: https://pump.example/\n[tool-library]: https://tools.example/\n\nA [pump].\n",
            ),
        },
        Example::Good {
            title: "an address without its slash, on a site with flat addresses",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\n[Ada](ada-byron) is back, and [Grace](grace-brewster) met [her][ada-byron].\n\n[ada-byron]: /ada-byron\n",
            )],
        },
        Example::Good {
            title: "a relative address that happens to look like the label",
            backdrop: Backdrop::None,
            files: &[
                (
                    "notes/week-12.md",
                    "# Week 12\n\nSee [there](week-11.md) and [here][week-11.md].\n\n[week-11.md]: week-11.md\n",
                ),
                ("notes/week-11.md", "# Week 11\n\nRain.\n"),
            ],
        },
    ],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    for link in &page.document.links {
        if let Some(meant) = label_of(page, link) {
            report(page, link, meant, cx);
        }
    }
}

/// The definition whose label stands as a link's destination, the document that holds it, and whether the label stands
/// there as it is defined, not only much alike.
type Meant<'a> = (&'a Definition, DocumentId, bool);

/// The definition that was meant by the destination of an inline link, if that is a label.
fn label_of<'a>(page: Page<'a>, link: &Link) -> Option<Meant<'a>> {
    if link.kind != LinkKind::Inline {
        return None;
    }
    let label = label_in(link.destination())?;
    let key = normalize_label(label);
    let defined = |definition: &&Definition| definition.status == DefinitionStatus::Defined;
    Some(
        if let Some(definition) = page.document.labelled(&key).next().filter(defined) {
            Some((definition, page.id, true)).filter(|_| !is_harmless(page, label, definition))?
        } else if !is_slug(label) || leads_somewhere(page, label) {
            // What follows is less certain: it must look like a label, and not like the name of a page or file.
            return None;
        } else if let Some((near, _)) = meant_by(page.document, &key, LinkKind::Full) {
            (near, page.id, false)
        } else {
            let (other, _, definition) = page.archive.latest_definition_of(&key, page.id)?;
            (definition, other, true)
        },
    )
}

/// A destination without a stray bracket, if it can be a label at all.
fn label_in(destination: &str) -> Option<&str> {
    // Most destinations are addresses or paths from the root: nothing more is asked of them.
    if destination.starts_with("http") || destination.starts_with('/') {
        return None;
    }
    let label = destination.trim_start_matches('[').trim_end_matches(']');
    let can_be = !label.is_empty()
        && label.len() <= 100
        && !label.starts_with(['#', '?', '.', '<'])
        && !label.contains(['[', ']', '/'])
        && !mask::holds_tag(label)
        && !has_scheme(label);
    can_be.then_some(label)
}

/// Whether a label is written like an identifier, with no dot that could begin a domain or a file's extension.
fn is_slug(label: &str) -> bool {
    let fits = |one: char| one.is_alphanumeric() || matches!(one, '-' | '_');
    label.chars().count() >= 3 && label.chars().all(fits)
}

/// Whether the archive has a page of this name, by address or by file name.
fn leads_somewhere(page: Page<'_>, name: &str) -> bool {
    match page.resolve(name) {
        Target::Missing(_) => false,
        // The site's addresses are not understood: any file with this name in its own may be the page.
        Target::Unknown => page.archive.routes.has_name(name),
        _ => true,
    }
}

/// Whether a link to `label` leads where the definition does, and the definition has other uses: then the author writes
/// addresses this way, and nothing is lost.
fn is_harmless(page: Page<'_>, label: &str, definition: &Definition) -> bool {
    let target = |destination| match page.resolve(destination) {
        Target::Document(target) => Some(target),
        _ => None,
    };
    *definition.destination == *label
        || target(label).is_some_and(|one| target(&definition.destination) == Some(one)) && {
            let mut same = page.document.indices_labelled(&definition.key);
            same.any(|index| page.document.is_used(index))
        }
}

fn report(page: Page<'_>, link: &Link, meant: Meant<'_>, cx: &mut Context) {
    let (id, (definition, document, is_exact)) = (page.id, meant);
    let (label, written, text) = (&definition.label, link.destination(), &link.text);
    let bang = if link.image { "!" } else { "" };
    let reference = format!("{bang}[{text}][{label}]");
    let title = format!("write `{reference}`");
    let is_here = document == id;
    let mut edits = vec![id.at(link.span).replaced_by(reference)];
    // A title would be lost.
    let mut is_mendable = link.target_span.end + 1 >= link.span.end;
    if !is_here {
        // A reference without its definition would be no better.
        let added = definition_to_add(page, label, &definition.destination);
        is_mendable &= added.is_some();
        edits.extend(added);
    }
    let place = "is in parentheses";
    let (message, seen) = match (is_here, is_exact) {
        (true, true) => (
            format!("the label `{label}` {place}, not in brackets"),
            "the definition of this label",
        ),
        (true, false) => (
            format!("`{written}` {place}, but seems to be the label `{label}`"),
            "nothing else uses this definition",
        ),
        (false, _) => (
            format!("`{written}` {place}, but is a label in other notes"),
            "the latest note that defines it",
        ),
    };
    let (severity, also) = match is_here {
        true => (Severity::Error, ""),
        false => (Severity::Warning, " and define the label in this note"),
    };
    let note = match link.unlinked.is_some() {
        true => format!("renders as the literal text `[{text}]({written})`"),
        false => format!("links to the address `{written}`"),
    };
    let report = cx
        .report(link.span, &normalize_label(written), message)
        .note(note)
        .at_most(severity)
        .label_at(document.at(definition.span), seen)
        .causes([id.at(link.target_span)])
        .help(format!("{title}{also}"));
    if is_mendable {
        let safety = Safety::safe_if(is_here && is_exact);
        report.fix_all(Fix::new(title, safety, edits));
    }
}
