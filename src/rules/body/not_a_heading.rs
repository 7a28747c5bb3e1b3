//! A line that was meant as a heading and prints as text.

use crate::diagnostic::{Safety, Severity};
use crate::document::{OddLine, OddLineKind};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "body/not-a-heading",
    summary: "a line meant as a heading that prints as text",
    docs: "\
**Finds.** `##Plans`, or `#` with a non-breaking space after it, which some keyboards type with Alt and the space \
bar, and `\\#\\# Plans`, as word processors write it.

**Why.** Markdown expects an ordinary space after the `#`. Without it, the page shows the line as text, with its \
`#`, and there is no heading to link to.

**Ignores.** A single `#word`, which is a hashtag, and code.

**Fix.** Write the `#` without backslashes, and an ordinary space after it.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Always,
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "the space is missing",
            backdrop: Backdrop::None,
            files: &[("notes/week-12.md", "# Week 12\n\n⟦###Seedlings⟧\n\nThe beans are up.\n")],
            fixed: Some("# Week 12\n\n### Seedlings\n\nThe beans are up.\n"),
        },
        Example::Bad {
            title: "a non-breaking space",
            backdrop: Backdrop::None,
            files: &[("notes/week-12.md", "# Week 12\n\n⟦##\u{a0}Seedlings⟧\n\nThe beans are up.\n")],
            fixed: Some("# Week 12\n\n## Seedlings\n\nThe beans are up.\n"),
        },
        Example::Bad {
            title: "a heading from a word processor",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\n⟦\\#\\# Seedlings⟧\n\nThe beans are up.\n",
            )],
            fixed: Some("# Week 12\n\n## Seedlings\n\nThe beans are up.\n"),
        },
        Example::Good {
            title: "hashtags and comments in code",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\n#weeknotes #beans\n\n```\n##not a heading\n```\n",
            )],
        },
    ],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    use OddLineKind::{HeadingEscaped, HeadingWithOddSpace, HeadingWithoutSpace};
    let is_heading = |line: &&OddLine| {
        matches!(
            line.kind,
            HeadingEscaped | HeadingWithoutSpace | HeadingWithOddSpace
        )
    };
    for line in page.document.odd_lines.iter().filter(is_heading) {
        let rest = line.text.trim_start_matches(['\\', '#']);
        let written = line.text.strip_suffix(rest).unwrap_or("#");
        let marks = written.replace('\\', "");
        // Whatever blanks follow the odd one are part of the gap.
        let is_blank = |one: char| one.is_whitespace() || matches!(one, '\u{200b}' | '\u{feff}');
        let gap = rest.len() - rest.trim_start_matches(is_blank).len();
        let (what, help, title) = match line.kind {
            HeadingEscaped => (
                format!("there are backslashes before `{marks}`"),
                format!("write `{marks}` without backslashes"),
                "delete the backslashes",
            ),
            _ if gap == 0 => (
                format!("there is no space after `{marks}`"),
                format!("write an ordinary space after `{marks}`"),
                "write a space",
            ),
            _ => (
                format!("`{marks}` needs an ordinary space"),
                format!("write an ordinary space after `{marks}`"),
                "write an ordinary space",
            ),
        };
        let is_escaped = line.kind == HeadingEscaped;
        let kept = if is_escaped { 0 } else { written.len() };
        let span = Span::new(kept, written.len() + gap).shifted(line.span.start as usize);
        let marks_again = if is_escaped { &*marks } else { "" };
        let message = format!("this is not a heading: {what}");
        let (safety, text) = (Safety::safe_if(!is_escaped), format!("{marks_again} "));
        cx.report(line.span, rest.trim(), message)
            .note(format!("prints as text, with the `{marks}`"))
            .help(help)
            .fix(title, safety, span, text);
    }
}
