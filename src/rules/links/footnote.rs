//! Footnotes that are not defined, or not used.

use super::meant;
use crate::archive::Archive;
use crate::diagnostic::{Safety, Severity};
use crate::document::{Document, Footnote as Fact};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use std::collections::HashSet;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "links/footnote",
    summary: "a footnote that is not defined (error) or not used (warning)",
    docs: "\
`[^label]` in the text and `[^label]: …` below it make a footnote. Without the definition the reader sees the brackets; a \
definition that nothing refers to is not shown at all, so its text is lost. Where one of each is left over, they \
are reported together.

`[^label]` followed by a colon in the middle of a line is a reference. What cannot be a label (`[^a-z]`) is prose.

Correct the label, or add what is missing.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "no definition",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe pump failed⟦[^pump]⟧.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "nothing refers to it",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe pump failed.\n\n⟦[^pump]⟧: The old one.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "two spellings of one label",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe pump failed⟦[^pumps]⟧.\n\n[^pump]: The old one.\n",
            )],
            fixed: Some("# Week 12\n\nThe pump failed[^pump].\n\n[^pump]: The old one.\n"),
        },
        Example::Good {
            title: "a reference before a colon",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nOne thing about the pump[^pump]: it failed. Match `[^a]`.\n\n[^pump]: The old one.\n",
            )],
        },
    ],
};

/// See [`META`].
pub struct Footnote;

impl Rule for Footnote {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, _archive: &Archive, cx: &mut Context) {
        if document.footnotes.is_empty() {
            return;
        }
        let labels = |definition: bool| -> HashSet<&str> {
            let of_kind = document
                .footnotes
                .iter()
                .filter(|footnote| footnote.definition == definition);
            of_kind.map(|footnote| &*footnote.label).collect()
        };
        let (defined, used) = (labels(true), labels(false));
        let mut unused: Vec<&Fact> = document
            .footnotes
            .iter()
            .filter(|footnote| footnote.definition && !used.contains(&*footnote.label))
            .collect();
        let mut told = HashSet::new();
        for footnote in &document.footnotes {
            let is_undefined = !footnote.definition
                && !defined.contains(&*footnote.label)
                && can_be_label(&footnote.label);
            if is_undefined && told.insert(&*footnote.label) {
                undefined(footnote, &mut unused, cx);
            }
        }
        for footnote in unused {
            cx.report(
                footnote.span,
                &footnote.label,
                format!("nothing refers to the footnote `{}`", footnote.label),
            )
            .at_most(Severity::Warning)
            .note("its text is not shown")
            .help(format!(
                "put `[^{}]` where it belongs, or delete the footnote",
                footnote.label
            ));
        }
    }
}

/// Whether `[^label]` can be a footnote at all: kramdown's `ALD_ID_NAME`, without what looks like a character class.
fn can_be_label(label: &str) -> bool {
    let is_class = label
        .split_once('-')
        .is_some_and(|(from, to)| from.chars().count() == 1 && to.chars().count() == 1);
    !is_class
        && label.chars().all(|character| {
            character.is_alphanumeric() || matches!(character, '-' | '_' | ':' | '.')
        })
}

/// Reports a reference without a definition, with the unused definition that was meant by it.
fn undefined(footnote: &Fact, unused: &mut Vec<&Fact>, cx: &mut Context) {
    let label = &footnote.label;
    let nearest = unused
        .iter()
        .take(64)
        .enumerate()
        .filter_map(|(index, other)| Some((meant::distance(label, &other.label)?, index)))
        .min();
    let index = nearest
        .map(|(_, index)| index)
        .or((unused.len() == 1).then_some(0));
    let meant = index.map(|index| unused.remove(index));
    let report = cx
        .report(
            footnote.span,
            label,
            format!("the footnote `{label}` is not defined"),
        )
        .note(format!("renders as the literal text `[^{label}]`"));
    match meant {
        Some(meant) => {
            report
                .label(meant.span, "nothing refers to this footnote")
                .help(format!("did you mean `[^{}]`?", meant.label))
                .fix(
                    format!("refer to `[^{}]`", meant.label),
                    Safety::Unsafe,
                    footnote.span,
                    format!("[^{}]", meant.label),
                );
        }
        None => {
            report.help(format!("define it: `[^{label}]: …`"));
        }
    }
}
