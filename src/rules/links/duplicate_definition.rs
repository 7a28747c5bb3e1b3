//! One label, defined twice.

use super::meant;
use crate::archive::Archive;
use crate::diagnostic::{Safety, Severity};
use crate::document::{Dialect, Document};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "links/duplicate-definition",
    summary: "a label that is defined more than once",
    docs: "\
A note can define a label once. Of two definitions with different addresses one is lost without a word: CommonMark and GitHub \
take the first, kramdown (Jekyll) the last. The rule says which one the site's Markdown takes. The same address twice is \
only untidy, and a warning.

Upper and lower case do not make a difference between labels. A label that nothing uses is told by \
`links/unused-definition`.

Give one of them another label, or delete one.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "two addresses for one label",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe [pump][] and its [pump][] shop.\n\n[pump]: https://pump.example/\n⟦[Pump]: https://pump.example/shop⟧\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "the same address twice",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe [pump][] again.\n\n[pump]: https://pump.example/\n⟦[pump]: https://pump.example/⟧\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nThe [pump][] again.\n\n[pump]: https://pump.example/\n",
            ),
        },
        Example::Good {
            title: "two labels for one address",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe [pump][] and the [old pump][].\n\n[pump]: https://pump.example/\n[old pump]: https://pump.example/\n",
            )],
        },
    ],
};

/// See [`META`].
pub struct DuplicateDefinition;

impl Rule for DuplicateDefinition {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        let is_duplicate = |index: &usize| {
            document
                .definitions
                .get(*index)
                .is_some_and(|definition| definition.duplicate_of.is_some())
        };
        let mut duplicates = (0..document.definitions.len())
            .filter(is_duplicate)
            .peekable();
        if duplicates.peek().is_none() {
            return;
        }
        let used = meant::used(document);
        for index in duplicates.filter(|index| used.get(*index) == Some(&true)) {
            let Some(definition) = document.definitions.get(index) else {
                continue;
            };
            let first = definition
                .duplicate_of
                .and_then(|first| document.definitions.get(first as usize));
            let Some(first) = first else { continue };
            let label = &definition.label;
            if first.destination == definition.destination {
                let report = cx
                    .report(
                        definition.span,
                        &definition.key,
                        format!("`{label}` is defined twice, with the same address"),
                    )
                    .at_most(Severity::Warning)
                    .label(first.span, "the first definition")
                    .help("delete one of them");
                if first.title_span.is_none() && definition.title_span.is_none() {
                    report.fix(
                        "delete the second definition",
                        Safety::Safe,
                        definition.lines,
                        "",
                    );
                }
                continue;
            }
            let (here, there) = if archive.dialect == Dialect::Kramdown {
                (
                    "this one counts: kramdown takes the last",
                    "no link leads to this address",
                )
            } else {
                (
                    "no link leads to this address",
                    "this one counts: the first one wins",
                )
            };
            cx.report(
                definition.span,
                &definition.key,
                format!("`{label}` is defined twice, with different addresses"),
            )
            .note(here)
            .label(first.span, there)
            .help("give one of them another label, or delete the wrong one");
        }
    }
}
