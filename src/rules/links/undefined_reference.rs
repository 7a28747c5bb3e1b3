//! A reference whose label is not defined.

use super::meant::{self, Undefined};
use crate::diagnostic::{DocumentId, Edit, Fix, Safety, Severity};
use crate::document::{Definition, DefinitionStatus, Document, Link, LinkKind};
use crate::names::{Distance, nearest};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "links/undefined-reference",
    summary: "a reference whose label is not defined",
    docs: "\
**Finds.** Every `[text][label]` and `[label][]` without a definition `[label]: …`. A single `[label]` only if it is \
almost the label of an unused definition, or (as a warning) if the note links in this way throughout and at least \
three others define the label.

**Why.** The reader sees the brackets instead of a link.

**Ignores.** Other single brackets, which are prose: `[sic]`, `[...]`, a checkbox, an editor's word in a quotation. \
`links/broken-definition` reports labels that a broken line should define. In a draft the finding is an info.

**Fix.** Correct the label, or add the definition. The rule names an unused definition of the note with almost this \
label, or else the definition in the most recent other note.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    lenient_in_drafts: true,
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "a misspelt label",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe met at the ⟦[allotment][allotmnet]⟧.\n\n[allotment]: https://allotment.example/\n",
            )],
            fixed: Some(
                "# Week 12\n\nWe met at the [allotment][allotment].\n\n[allotment]: https://allotment.example/\n",
            ),
        },
        Example::Bad {
            title: "a label misspelt in the definition",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\n⟦[Ada][ada-byron]⟧ mended the pump.\n\n[ada-bryon]: /ada-byron\n",
            )],
            fixed: Some(
                "Week 140\n========\n\n[Ada][ada-byron] mended the pump.\n\n[ada-byron]: /ada-byron\n",
            ),
        },
        Example::Bad {
            title: "a definition that another note has",
            backdrop: Backdrop::None,
            files: &[
                (
                    "notes/week-12.md",
                    "# Week 12\n\nAt the ⟦[Seed Bank][]⟧ with [Ada][].\n\n[Ada]: https://ada.example/\n",
                ),
                (
                    "notes/week-11.md",
                    "# Week 11\n\nThe [Seed Bank][] is open.\n\n[Seed Bank]: https://seeds.example/\n",
                ),
            ],
            fixed: Some(
                "# Week 12\n\nAt the [Seed Bank][] with [Ada][].\n\n[Ada]: https://ada.example/\n[Seed Bank]: https://seeds.example/\n",
            ),
        },
        Example::Bad {
            title: "one label, several references",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe ⟦[pump][pump-shop]⟧ failed. We called the [shop][pump-shop].\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "single brackets with almost the label of an unused definition",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe read about ⟦[companion plantng]⟧.\n\n[companion planting]: https://plants.example/\n",
            )],
            fixed: Some(
                "# Week 12\n\nWe read about [companion plantng][companion planting].\n\n[companion planting]: https://plants.example/\n",
            ),
        },
        Example::Bad {
            title: "an address in brackets",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe ⟦[pump][https://pump.example/]⟧ failed.\n",
            )],
            fixed: Some("# Week 12\n\nThe [pump](https://pump.example/) failed.\n"),
        },
        Example::Bad {
            title: "backquotes only in the label",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe ⟦[`pump`][]⟧ failed.\n\n[pump]: https://pump.example/\n",
            )],
            fixed: Some(
                "# Week 12\n\nThe [`pump`][pump] failed.\n\n[pump]: https://pump.example/\n",
            ),
        },
        Example::Good {
            title: "brackets in prose",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\n\"We [the gardeners] was [sic] late [...]\", see the film [video], as in [1][2].\n\n- [ ] water\n- [x] weed\n\nThe [pump][].\n\n[pump]: https://pump.example/\n",
            )],
        },
        Example::Good {
            title: "a link beside brackets",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe [plan][] [pdf], and [[our](https://pump.example/a)] [old pump][pump].\n\n[plan]: https://plan.example/\n[pump]: https://pump.example/\n",
            )],
        },
        Example::Good {
            title: "a definition straight after a footnote, as kramdown reads it",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe [plan][] is ready[^1].\n\n[^1]: Almost.\n[plan]: https://plan.example/\n",
            )],
        },
    ],
    ..Rule::NEW
};

/// A note with more definitions is not searched for a label that is much like an undefined one and used elsewhere.
const MOST_NEIGHBOURS: usize = 64;

fn check_document(page: Page<'_>, cx: &mut Context) {
    let document = page.document;
    if document.is_cut_short() {
        return;
    }
    let undefined = meant::undefined(document);
    let is_numbered = |one: &Definition| is_number(&one.key);
    let habits = Habits {
        shortcuts: !undefined.is_empty() && links_by_shortcuts(document),
        numbers: !undefined.is_empty() && document.definitions.iter().any(is_numbered),
    };
    for label in undefined {
        let judged = |link| judge(page, link, &label, habits);
        let mut links = label.links.iter().enumerate();
        if let Some((at, finding)) = links.find_map(|(at, link)| Some((at, judged(link)?)))
            && let Some(links) = label.links.get(at..)
        {
            report(page, links, &label.key, &finding, cx);
        }
    }
}

/// How a note labels its definitions.
#[derive(Clone, Copy)]
struct Habits {
    /// It writes most of its references as shortcuts.
    shortcuts: bool,
    /// It has definitions whose label is a number.
    numbers: bool,
}

/// What is known of the label that has no definition.
enum Finding<'a> {
    /// It was meant for a definition of the note.
    Misspelt(&'a Definition, Distance),
    /// Another note defines it.
    Elsewhere(DocumentId, &'a Definition),
    /// Nothing.
    Unknown,
}

/// What is to be said of an undefined reference; `None` where it is prose, or another rule reports it.
fn judge<'a>(
    page: Page<'a>,
    link: &Link,
    label: &Undefined<'a>,
    habits: Habits,
) -> Option<Finding<'a>> {
    let (document, id, archive) = (page.document, page.id, page.archive);
    let key = &label.key;
    if is_prose(document, link, habits) {
        return None;
    }
    if let Some((definition, distance)) = label.meant {
        return Some(Finding::Misspelt(definition, distance));
    }
    let elsewhere = || {
        let (other, _, definition) = archive.latest_definition_of(key, id)?;
        Some(Finding::Elsewhere(other, definition))
    };
    if link.kind == LinkKind::Shortcut {
        let is_label = key.chars().count() >= 4
            && habits.shortcuts
            && archive.definitions_of(key, id).nth(2).is_some();
        return is_label.then(elsewhere).flatten();
    }
    // A label that is used elsewhere in the note must be very close to be meant here too.
    let close = || {
        let few = Some(&document.definitions)
            .filter(|all| label.is_sought && all.len() <= MOST_NEIGHBOURS)?;
        let defined = few.iter();
        let defined = defined.filter(|one| one.status == DefinitionStatus::Defined);
        let nearest = nearest(key, defined.map(|one| (&*one.key, one)))?;
        let (definition, distance) = (nearest.item, nearest.distance);
        let is_slight = !distance.digits_differ && distance.edits * 5 <= definition.key.len();
        is_slight.then_some(Finding::Misspelt(definition, distance))
    };
    elsewhere().or_else(close).or(Some(Finding::Unknown))
}

/// Whether brackets are no reference: `[1][2]` as in a list of sources, or `[x][` of a checkbox, or the text of a link
/// that follows without a blank.
fn is_prose(document: &Document, link: &Link, habits: Habits) -> bool {
    let is_numbered = !habits.numbers && is_number(&link.target);
    if link.kind != LinkKind::Full {
        return is_numbered || link.target.eq_ignore_ascii_case("x");
    }
    // Links are in the order of their beginnings.
    let begins_inside = |other: &Link| other.span.start <= link.text_span.end;
    let after = document.links.partition_point(begins_inside);
    let next = document.links.get(after);
    next.is_some_and(|next| next.span.start < link.span.end) || is_numbered && is_number(&link.text)
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the note writes most of its references as shortcuts.
fn links_by_shortcuts(document: &Document) -> bool {
    let links = document.links.iter();
    let resolved = links.filter(|link| link.is_reference() && link.definition().is_some());
    let (shortcuts, others): (Vec<&Link>, Vec<&Link>) =
        resolved.partition(|link| link.kind == LinkKind::Shortcut);
    shortcuts.len() >= 3 && shortcuts.len() > others.len()
}

fn report(page: Page<'_>, links: &[&Link], key: &str, finding: &Finding<'_>, cx: &mut Context) {
    let (Some((link, others)), id) = (links.split_first(), page.id) else {
        return;
    };
    let label = link.target.trim();
    let mut message = format!("the label `{label}` is not defined");
    if let Finding::Misspelt(definition, _) = finding {
        let plain = |key: &str| key.replace('`', "");
        if plain(key) == plain(&definition.key) {
            let name = plain(label);
            message = match key.contains('`') {
                true => {
                    format!("the label has backquotes, but the definition of `{name}` has none")
                }
                false => format!("the definition has backquotes, but the label `{name}` has none"),
            };
        }
    }
    let note = format!("renders as the literal text {}", meant::literal(link));
    let report = cx.report(link.span, key, message).note(note);
    let report = match *finding {
        Finding::Misspelt(definition, distance) => {
            // The definition is wrong where all references agree, or where the archive knows their label alone.
            let defined = |key: &str| page.archive.definitions_of(key, id).next().is_some();
            let has_backquotes = label.contains('`');
            let (right, help, edit) =
                if !others.is_empty() || defined(key) && !defined(&definition.key) {
                    let edit = id.at(definition.label_span).replaced_by(label);
                    let help = match has_backquotes {
                        true => format!("write [{label}] in the definition"),
                        false => format!("write `{label}` in the definition"),
                    };
                    (label, help, edit)
                } else {
                    let right = &*definition.label;
                    let help = match has_backquotes || right.contains('`') {
                        true => format!("write [{}][{right}]", link.text),
                        false => format!("did you mean `{right}`?"),
                    };
                    (right, help, relabelled(link, right, id))
                };
            let defined_here = format!("`{}` is defined here", definition.label);
            let title = format!("use the label `{right}`");
            // What stands at the beginning of a second line may be the mark of a quotation.
            let is_certain = distance.is_none() && !link.target.contains('\n');
            let safety = Safety::safe_if(is_certain);
            report
                .label(definition.span, defined_here)
                .help(help)
                .fix_all(Fix::new(title, safety, [edit]))
        }
        Finding::Elsewhere(other, definition) => {
            let place = other.at(definition.span);
            let title = format!("add `[{label}]: {}` to this note", definition.destination);
            let mut report = report
                .label_at(place, format!("another note defines `{label}`"))
                .help(&*title);
            if link.kind == LinkKind::Shortcut {
                report = report.at_most(Severity::Warning);
            }
            match meant::definition_to_add(page, label, &definition.destination) {
                Some(edit) => report.fix_all(Fix::new(title, Safety::Unsafe, [edit])),
                None => report,
            }
        }
        Finding::Unknown if label.starts_with("http") && label.contains("://") => {
            let title = format!("write [{}]({label})", link.text);
            let brackets = Span::new(link.text_span.end as usize + 1, link.span.end as usize);
            let edit = id.at(brackets).replaced_by(format!("({label})"));
            let fix = Fix::new(&*title, Safety::Unsafe, [edit]);
            match link.kind == LinkKind::Full && !label.contains(['(', ')', ' ']) {
                true => report.help(&*title).fix_all(fix),
                false => report.help("put parentheses around the address"),
            }
        }
        Finding::Unknown => {
            let thing = if link.image { "image" } else { "link" };
            let define = format!("define it: `[{label}]: https://…`");
            report.help(format!("{define}, or make the {thing} plain text"))
        }
    };
    let lost = page.document.labelled(key).next_back();
    let report = report.causes(lost.map(|definition| id.at(definition.span)));
    report.labels(others.iter().take(3).map(|other| other.span), "and here");
}

/// The edit that gives a reference the label `label` and keeps its text.
fn relabelled(link: &Link, label: &str, id: DocumentId) -> Edit {
    if link.kind == LinkKind::Full {
        return id.at(link.target_span).replaced_by(label);
    }
    // What stands after the text: `]`, or `][]`.
    let after = Span::new(link.text_span.end as usize, link.span.end as usize);
    id.at(after).replaced_by(format!("][{label}]"))
}
