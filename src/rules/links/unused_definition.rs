//! A definition that no reference uses.

use super::label_as_destination::{self, Meant};
use super::meant;
use crate::archive::Archive;
use crate::diagnostic::{DocumentId, Safety, Severity};
use crate::document::definitions::normalize_label;
use crate::document::{Definition, DefinitionStatus, Document, LinkKind};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use std::collections::HashSet;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "links/unused-definition",
    summary: "a link definition that nothing uses",
    docs: "\
`[label]: https://…` shows nothing by itself. Where no reference uses the label, a link was forgotten, its sentence was \
taken out, or the label is written otherwise there. The rule points at the words of the label where they stand in the note \
without a link.

It is silent where another rule tells more: a reference with almost this label (`links/undefined-reference`), the label in \
parentheses (`links/label-as-destination`). A block of definitions that is carried from note to note and mostly unused counts \
as info. Comments written as definitions (`[//]: # (a comment)`) are none.

Link the words, or delete the definition: the page stays as it is.",
    severity: Some(Severity::Warning),
    fix: FixAvailability::Always,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "the link was forgotten",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe seed bank gave us beans, and [Ada][] planted them.\n\n[Ada]: https://ada.example/\n⟦[seed-bank]: https://seeds.example/⟧\n",
            )],
            fixed: Some(
                "# Week 12\n\nThe seed bank gave us beans, and [Ada][] planted them.\n\n[Ada]: https://ada.example/\n",
            ),
        },
        Example::Good {
            title: "comments, and labels in any spelling of their letters",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe met [Ada][ADA] and ![a bean][bean].\n\n[ada]: https://ada.example/\n[bean]: bean.jpg\n[//]: # (remember the photos)\n[comment]: <> (and the recipe)\n",
            )],
        },
        Example::Good {
            title: "a misspelt label is told at the reference",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe met at the [allotment][allotmnet].\n\n[allotment]: https://allotment.example/\n",
            )],
        },
        Example::Good {
            title: "used between template tags",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\n<div class=\"note\" markdown=\"1\">\nWe met [Ada][ada].\n</div>\n\n<% end %>\n[ada]: /ada-byron\n",
            )],
        },
    ],
};

/// See [`META`].
pub struct UnusedDefinition;

impl Rule for UnusedDefinition {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        if document.definitions.is_empty() {
            return;
        }
        let used = meant::used(document);
        let is_unused = |index: usize, definition: &Definition| {
            used.get(index) == Some(&false)
                && definition.status == DefinitionStatus::Defined
                && definition.duplicate_of.is_none()
                && !is_comment(definition)
        };
        let unused: Vec<(usize, &Definition)> = document
            .definitions
            .iter()
            .enumerate()
            .filter(|(index, definition)| is_unused(*index, definition))
            .collect();
        if unused.is_empty() {
            return;
        }
        let told = told_elsewhere(document, &used, archive, cx.document());
        for (index, definition) in unused {
            if !told.contains(&index) {
                let severity = if is_kept_along(definition, archive, cx.document()) {
                    Severity::Info
                } else {
                    Severity::Warning
                };
                tell(document, &used, definition, severity, cx);
            }
        }
    }
}

/// `[//]: # (a comment)`, `[comment]: <> (a comment)` and their like: a definition that leads nowhere.
fn is_comment(definition: &Definition) -> bool {
    matches!(&*definition.destination, "" | "#" | "<>" | "/")
        && (definition.title_span.is_some() || !definition.key.contains(char::is_alphanumeric))
        || definition.destination.starts_with("# ")
        || !definition.key.contains(char::is_alphanumeric)
}

/// Definitions that were meant by a reference or a destination which another rule reports, by index.
fn told_elsewhere(
    document: &Document,
    used: &[bool],
    archive: &Archive,
    id: DocumentId,
) -> HashSet<usize> {
    let undefined = meant::undefined(document);
    let misspelt = meant::misspelt(document, used, &undefined);
    let mut told: HashSet<usize> = misspelt.values().map(|(index, _)| *index).collect();
    // `[one] [other]`, which kramdown takes for one link: the first was meant to be a link of its own.
    for link in document.links.iter().filter(|link| link.spaced.is_some()) {
        told.extend(document.indices_labelled(&normalize_label(&link.text)));
    }
    let inline = document
        .links
        .iter()
        .filter(|link| link.kind == LinkKind::Inline);
    for link in inline {
        told.extend(meant::for_empty_link(document, used, link).map(|(index, _)| index));
        if let Some(Meant::Here(meant) | Meant::Nearby(meant)) =
            label_as_destination::label_of(document, link, archive, id)
        {
            let index = document
                .definitions
                .binary_search_by_key(&meant.span.start, |definition| definition.span.start);
            told.extend(index.ok());
        }
    }
    told
}

/// Whether this very definition is carried from note to note without being used: at least five of the first twenty other
/// notes that have it, and more than half of them, do not use it.
fn is_kept_along(definition: &Definition, archive: &Archive, id: DocumentId) -> bool {
    let others = archive
        .definitions_of(&definition.key, id)
        .filter(|(.., other)| other.destination == definition.destination);
    let (mut all, mut unused) = (0, 0);
    for (_, document, other) in others.take(20) {
        let same: Vec<usize> = document.indices_labelled(&other.key).collect();
        let is_used = document.links.iter().any(|link| {
            let used = link.definition.map(|index| index as usize);
            used.is_some_and(|used| same.contains(&used))
        });
        all += 1;
        unused += usize::from(!is_used);
    }
    unused >= 5 && unused * 2 > all
}

fn tell(
    document: &Document,
    used: &[bool],
    definition: &Definition,
    severity: Severity,
    cx: &mut Context,
) {
    let label = &definition.label;
    let twin = document
        .definitions
        .iter()
        .zip(used)
        .find(|(other, used)| **used && other.destination == definition.destination);
    let duplicates = document
        .labelled(&definition.key)
        .filter(|other| other.duplicate_of.is_some())
        .take(2);
    // Where the words stand unlinked, the link was probably forgotten: its address must not be lost unread.
    let safety = match definition.mention {
        Some(_) => Safety::Unsafe,
        None => Safety::Safe,
    };
    let mut report = cx
        .report(
            definition.span,
            &definition.key,
            format!("the definition of `{label}` is not used"),
        )
        .at_most(severity)
        .fix("delete the definition", safety, definition.lines, "");
    for duplicate in duplicates {
        report = report.label(duplicate.span, "defined again, and not used either");
    }
    match (definition.mention, twin) {
        (Some(mention), _) => {
            report
                .label(mention, "these words are not linked")
                .help("link these words, or delete the definition");
        }
        (None, Some((twin, _))) => {
            report
                .label(twin.span, "leads to the same address and is used")
                .help("delete the definition");
        }
        (None, None) => {
            report.help(format!(
                "delete the definition, or link to it with `[text][{label}]`"
            ));
        }
    }
}
