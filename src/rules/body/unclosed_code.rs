//! A code block that is never closed.

use crate::diagnostic::Severity;
use crate::document::OddLineKind;
use crate::rules::{Backdrop, Context, Example, Page, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "body/unclosed-code",
    summary: "a code block that is never closed",
    docs: "\
**Finds.** A fence of backquotes or tildes that no second fence closes, or only one that belongs to another block.

**Why.** The text below becomes code: its headings, links and definitions are lost. (kramdown reads a fence without a \
second one as text, and shows the code as prose.)

**Ignores.** Code that ends its page, except under kramdown: other renderers close the block at the end. Links above \
the fence whose definitions are lost: the fence is the cause, and the only finding.

**Fix.** Write the fence again where the code ends, with at least as many characters.",
    severity: Some(Severity::Error),
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "definitions that become code",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe [pump][] runs on a timer:\n\n⟦```sh⟧\npump --at 06:00\n\nIt is quiet.\n\n[pump]: https://pump.example/\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "another block begins in it",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\n⟦```sh⟧\npump --at 06:00\n\nIt is quiet, but for this:\n\n```sh\npump --quiet\n```\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "nothing but code follows",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\n```js\nlet ponds = 2;\n\n# not a heading\nfill(ponds);\n",
            )],
        },
        Example::Good {
            title: "fences that are closed, with more characters or in a list",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\n````md\n```\n````\n\n> ~~~\n> pump\n> ~~~\n\n- so:\n\n  ```sh\n  pump --at 06:00\n  ```\n",
            )],
        },
    ],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    if let Some(fence) = page.document.odd_lines(OddLineKind::OpenFence).next() {
        let message = "the code block that begins here is never closed";
        let marks = fence.text.trim_end_matches(|one| !matches!(one, '`' | '~'));
        cx.report(fence.span, &fence.text, message)
            .note(match page.archive.dialect.is_commonmark() {
                true => "the page shows what follows as code",
                false => "the page shows it as text, and the code as prose",
            })
            .help(format!(
                "repeat the {marks} on a line of its own where the code ends"
            ));
    }
}
