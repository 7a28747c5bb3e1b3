//! One label, defined twice.

use crate::diagnostic::{Safety, Severity};
use crate::document::{Definition, Dialect};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "links/duplicate-definition",
    summary: "a label that is defined more than once",
    docs: "\
**Finds.** A label with two definitions in one note; upper and lower case make no difference. If both have the same \
address, the finding is a warning.

**Why.** Of two definitions with different addresses, only one counts: CommonMark and GitHub take the first, kramdown \
(Jekyll) takes the last. The rule says which one that is on your site.

**Ignores.** Labels that nothing uses, which `links/unused-definition` reports.

**Fix.** Give one of them another label, or delete it.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    check_document: Some(check_document),
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
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    let document = page.document;
    let is_duplicate = |one: &&Definition| one.duplicate_of.is_some();
    if document.definitions.iter().any(|one| is_duplicate(&one)) {
        for definition in document.used().filter(is_duplicate) {
            let first = definition.duplicate_of.unwrap_or_default();
            if let Some(first) = document.definitions.get(first as usize) {
                report(first, definition, page.archive.dialect, cx);
            }
        }
    }
}

fn report(first: &Definition, second: &Definition, dialect: Dialect, cx: &mut Context) {
    let label = &second.label;
    if first.destination == second.destination {
        let message = format!("`{label}` is defined twice, with the same address");
        let report = cx
            .report(second.span, &second.key, message)
            .at_most(Severity::Warning)
            .label(first.span, "the first definition")
            .help("delete one of them");
        if !first.has_title && !second.has_title {
            let title = "delete the second definition";
            // Which of the two a renderer sees is not certain: one may stand in what is code or a footnote for it.
            report.fix(title, Safety::Unsafe, second.lines, "");
        }
        return;
    }
    let lost = "no link leads to this address";
    let takes_last = format!("this one counts: {} takes the last", dialect.names().1);
    let (here, there) = match dialect.is_commonmark() {
        true => (lost, "this one counts, because it is the first"),
        false => (&*takes_last, lost),
    };
    let message = format!("`{label}` is defined twice, with different addresses");
    cx.report(second.span, &second.key, message)
        .note(here)
        .label(first.span, there)
        .help("give one of them another label, or delete the wrong one");
}
