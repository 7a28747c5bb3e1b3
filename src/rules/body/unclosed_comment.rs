//! A comment that is never closed.

use crate::diagnostic::Severity;
use crate::document::{Dialect, OddLineKind};
use crate::rules::{Backdrop, Context, Example, Page, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "body/unclosed-comment",
    summary: "a comment that is never closed",
    docs: "\
**Finds.** A line that begins with `<!--`, where no `-->` follows on the page.

**Why.** The rest of the page is part of the comment, and nobody reads it: its links and definitions are lost. \
(kramdown shows it as text.)

**Ignores.** `<!--` in code, or in the middle of a line, where it is text.

**Fix.** Write `-->` where the comment ends.",
    severity: Some(Severity::Error),
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "a reminder that swallows the rest",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe [pump][] runs.\n\n⟦<!-- photographs of the pump⟧\n\nIt is quiet.\n\n[pump]: https://pump.example/\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "comments that are closed, and one that is shown",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\n<!-- of the\npump -->\n\nA comment begins with `<!--`:\n\n    <!-- like this\n",
            )],
        },
    ],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    if let Some(comment) = page.document.odd_lines(OddLineKind::OpenComment).next() {
        let message = "the comment that begins here is never closed";
        cx.report(comment.span, &comment.text, message)
            .note(match page.archive.dialect {
                Dialect::Kramdown => "the page shows it as text",
                _ => "hides everything below",
            })
            .help("write `-->` where the comment ends");
    }
}
