//! A reference whose label is not defined.

use super::meant::{self, Distance};
use crate::archive::Archive;
use crate::diagnostic::{DocumentId, Edit, Fix, Place, Safety, Severity};
use crate::document::{Definition, DefinitionStatus, Document, Link, LinkKind};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::source::Span;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "links/undefined-reference",
    summary: "a reference whose label is not defined",
    docs: "\
`[text][label]`, `[label][]` and `[label]` are links where the note defines `[label]: …`. Without the definition the \
reader sees the brackets. The rule names the label that was probably meant: a definition of the note that nothing uses and \
that is written almost the same, or else the definition of this label in the most recent other note.

`[text][label]` and `[label][]` are always reported. `[label]` alone is often prose (`[sic]`, `[...]`, a checkbox, an \
editor's word in a quotation), so it is reported only where it is almost the label of an unused definition, or, as a \
warning, where the note links this way throughout and several other notes define the label.

Labels that a broken line should have defined are reported once, by `links/broken-definition`. In drafts the finding is an \
info.

Correct the label, or add the definition.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
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
            title: "brackets alone, almost the label of an unused definition",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe read about ⟦[companion plantng]⟧.\n\n[companion planting]: https://plants.example/\n",
            )],
            fixed: Some(
                "# Week 12\n\nWe read about [companion plantng][companion planting].\n\n[companion planting]: https://plants.example/\n",
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
};

/// A note with more definitions is not searched for a label that is much like an undefined one and used elsewhere.
const MOST_NEIGHBOURS: usize = 64;

/// See [`META`].
pub struct UndefinedReference;

impl Rule for UndefinedReference {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        let undefined = meant::undefined(document);
        if undefined.is_empty() {
            return;
        }
        let used = meant::used(document);
        let misspelt = meant::misspelt(document, &used, &undefined);
        for (index, (key, links)) in undefined.iter().enumerate() {
            let meant = misspelt.get(&index).and_then(|(definition, distance)| {
                Some((document.definitions.get(*definition)?, *distance))
            });
            let id = cx.document();
            let found = links
                .iter()
                .enumerate()
                .find_map(|(at, link)| Some((at, judge(document, link, key, meant, archive, id)?)));
            if let Some((at, finding)) = found {
                tell(
                    document,
                    links.get(at..).unwrap_or(&[]),
                    key,
                    &finding,
                    archive,
                    cx,
                );
            }
        }
    }
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

/// What is to be said of an undefined reference, `meant` perhaps for a definition that nothing uses; `None` where it is
/// prose, or told by another rule.
fn judge<'a>(
    document: &'a Document,
    link: &Link,
    key: &str,
    meant: Option<(&'a Definition, Distance)>,
    archive: &'a Archive,
    id: DocumentId,
) -> Option<Finding<'a>> {
    let broken = |definition: &Definition| definition.status != DefinitionStatus::Defined;
    if document.labelled(key).any(broken) || is_prose(document, link) {
        return None;
    }
    if let Some((definition, distance)) = meant {
        return Some(Finding::Misspelt(definition, distance));
    }
    let elsewhere = || {
        archive
            .latest_definition_of(key, id)
            .map(|(other, _, definition)| Finding::Elsewhere(other, definition))
    };
    if link.kind == LinkKind::Shortcut {
        let is_label = key.chars().count() >= 4
            && links_by_shortcuts(document)
            && archive.definitions_of(key, id).nth(2).is_some();
        return is_label.then(elsewhere).flatten();
    }
    if let Some(finding) = elsewhere() {
        return Some(finding);
    }
    if document.definitions.len() > MOST_NEIGHBOURS {
        return Some(Finding::Unknown);
    }
    // A label that is used elsewhere in the note must be very close to be meant here too.
    let close = meant::nearest(document, key, |_| true)
        .filter(|(_, definition, distance)| distance.is_slight(&definition.key));
    Some(close.map_or(Finding::Unknown, |(_, definition, distance)| {
        Finding::Misspelt(definition, distance)
    }))
}

/// Whether brackets are no reference: `[1][2]` as in a list of sources, or `[x][` of a checkbox, or the text of a link
/// that follows without a blank.
fn is_prose(document: &Document, link: &Link) -> bool {
    let numbers = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let has_numbered = || {
        document
            .definitions
            .iter()
            .any(|definition| numbers(&definition.key))
    };
    if link.kind == LinkKind::Full {
        // Links are in the order of their beginnings.
        let after = document
            .links
            .partition_point(|other| other.span.start <= link.text_span.end);
        let overlapped = document
            .links
            .get(after)
            .is_some_and(|other| other.span.start < link.span.end);
        overlapped || numbers(&link.label) && numbers(&link.text) && !has_numbered()
    } else {
        numbers(&link.label) && !has_numbered() || link.label.eq_ignore_ascii_case("x")
    }
}

/// Whether the note writes most of its references as shortcuts.
fn links_by_shortcuts(document: &Document) -> bool {
    let resolved = document
        .links
        .iter()
        .filter(|link| link.is_reference() && link.definition.is_some());
    let (mut shortcuts, mut all) = (0, 0);
    for link in resolved {
        all += 1;
        shortcuts += usize::from(link.kind == LinkKind::Shortcut);
    }
    shortcuts >= 3 && shortcuts * 2 > all
}

fn tell(
    document: &Document,
    links: &[&Link],
    key: &str,
    finding: &Finding<'_>,
    archive: &Archive,
    cx: &mut Context,
) {
    let Some((link, others)) = links.split_first() else {
        return;
    };
    let id = cx.document();
    let label = link.label.trim();
    let what = if link.image { "image" } else { "link" };
    let mut report = cx
        .report(
            link.span,
            key,
            format!("the label `{label}` is not defined"),
        )
        .note(format!(
            "renders as the literal text {}",
            meant::literal(link)
        ));
    match finding {
        Finding::Misspelt(definition, distance) => {
            // The definition is wrong where all references agree, or where the archive knows their label alone.
            let defined = |key: &str| archive.definitions_of(key, id).next().is_some();
            let rename_definition = !others.is_empty() || defined(key) && !defined(&definition.key);
            let (right, edits) = if rename_definition {
                let place = Place {
                    document: id,
                    span: definition.label_span,
                };
                let text = label.to_owned();
                (label, vec![Edit { place, text }])
            } else {
                let edits = std::iter::once(link)
                    .chain(others)
                    .map(|link| relabelled(link, &definition.label, id));
                (&*definition.label, edits.collect())
            };
            let help = if rename_definition {
                format!("write `{right}` in the definition")
            } else {
                format!("did you mean `{right}`?")
            };
            report = report
                .label(
                    definition.span,
                    format!("`{}` is defined here", definition.label),
                )
                .help(help)
                .fix_all(Fix {
                    title: format!("use the label `{right}`"),
                    safety: if distance.same_letters() {
                        Safety::Safe
                    } else {
                        Safety::Unsafe
                    },
                    edits,
                });
        }
        Finding::Elsewhere(other, definition) => {
            let place = Place {
                document: *other,
                span: definition.span,
            };
            report = report
                .label_at(place, format!("another note defines `{label}`"))
                .help(format!(
                    "add `[{label}]: {}` to this note",
                    definition.destination
                ));
            if link.kind == LinkKind::Shortcut {
                report = report.at_most(Severity::Warning);
            }
            if let Some((at, text)) =
                meant::definition_to_add(document, label, &definition.destination)
            {
                report = report.fix_all(Fix {
                    title: format!("add `[{label}]: {}` to this note", definition.destination),
                    safety: Safety::Unsafe,
                    edits: vec![Edit {
                        place: Place {
                            document: id,
                            span: at,
                        },
                        text,
                    }],
                });
            }
        }
        Finding::Unknown => {
            report = report.help(format!(
                "define it: `[{label}]: https://…`, or make the {what} plain text"
            ));
        }
    }
    for other in others.iter().take(3) {
        report = report.label(other.span, "and here");
    }
}

/// The edit that gives a reference the label `label` and keeps its text.
fn relabelled(link: &Link, label: &str, document: DocumentId) -> Edit {
    let (span, text) = match link.kind {
        LinkKind::Full => (link.label_span, label.to_owned()),
        _ => {
            // What stands after the text: `]`, or `][]`.
            let after = Span::new(link.text_span.end as usize, link.span.end as usize);
            (after, format!("][{label}]"))
        }
    };
    Edit {
        place: Place { document, span },
        text,
    }
}
