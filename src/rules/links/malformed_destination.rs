//! A destination that a browser cannot follow as intended.

mod fault;
mod names;
mod recognise;

#[cfg(test)]
mod tests;

use super::destinations;
use crate::diagnostic::Severity;
use crate::document::OddLineKind;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "links/malformed-destination",
    summary: "a destination that a browser cannot follow as intended",
    docs: "\
**Finds.** A mistake in a destination, also in a metadata key that holds addresses:

- an address without a scheme (`example.com/talk`), or with a misspelt one (`ttps://`);
- an address twice, two run together, or something in front of one (`url:https://…`);
- words, whitespace, invisible characters, quotation marks, stray brackets;
- backslashes that the renderer keeps;
- a host one letter away from one with many links;
- an e-mail address without `mailto:`, or one that differs from the text; a name, an `@handle`;
- text and address that are apart, swapped, escaped, or lack a bracket.

**Why.** It leads to an error page, often on your own site.

**Ignores.** File names (`notes.md`); addresses that templates fill in; spaces in the subject of an e-mail under \
kramdown; a final full stop that another link shares, or that belongs to a title (`Foo_Inc.`).

**Fix.** Correct the destination. Most findings offer a fix; read it before you apply it.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "no scheme",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe bought pots at [Potters](⟦www.example.com/pots⟧).\n",
            )],
            fixed: Some(
                "# Week 12\n\nWe bought pots at [Potters](https://www.example.com/pots).\n",
            ),
        },
        Example::Bad {
            title: "a slash is missing",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe bought [pots][].\n\n[pots]: ⟦https:/example.com/pots⟧\n",
            )],
            fixed: Some(
                "# Week 12\n\nWe bought [pots][].\n\n[pots]: https://example.com/pots\n",
            ),
        },
        Example::Bad {
            title: "the sentence's full stop",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe bought [pots][].\n\n[pots]: ⟦https://example.com/pots.⟧\n",
            )],
            fixed: Some(
                "# Week 12\n\nWe bought [pots][].\n\n[pots]: https://example.com/pots\n",
            ),
        },
        Example::Bad {
            title: "kramdown keeps the backslash",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nOn [beds].\n\n[beds]: ⟦https://example.org/Bed_(garden\\)⟧\n",
            )],
            fixed: Some(
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nOn [beds].\n\n[beds]: https://example.org/Bed_(garden)\n",
            ),
        },
        Example::Bad {
            title: "words in place of the address",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nUse a [Slug Trap](⟦Slug Trap⟧).\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a parenthesis that is never closed",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe bought [pots](⟦https://example.com/pots⟧ and a rake.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "swapped brackets and parentheses",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe bought (pots)[⟦https://example.com/pots⟧] and a rake.\n",
            )],
            fixed: Some("# Week 12\n\nWe bought [pots](https://example.com/pots) and a rake.\n"),
        },
        Example::Bad {
            title: "an e-mail address",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nDo [write to us](⟦garden@example.com⟧).\n",
            )],
            fixed: Some("# Week 12\n\nDo [write to us](mailto:garden@example.com).\n"),
        },
        Example::Good {
            title: "files, archived addresses, titles with a full stop",
            backdrop: Backdrop::None,
            files: &[
                (
                    "notes/week-12.md",
                    "# Week 12\n\nSee [the plan](plan.md), [the script](build.sh), \
                     [its old page](https://web.archive.org/web/2013/http://example.com/) and \
                     [Seeds](https://en.wikipedia.org/wiki/Seeds_Inc.). [Two words](in parentheses) stay prose, \
                     as do (these) [1] (https://example.com/). \
                     ![A size](https://example.com/shed.png =300x200) and [an odd address](<https://example.com/(a>).\n",
                ),
                ("notes/plan.md", "# Plan\n"),
            ],
        },
        Example::Bad {
            title: "the site's address twice",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe bought [pots](⟦https://example.com/https://example.com/pots⟧).\n",
            )],
            fixed: Some("# Week 12\n\nWe bought [pots](https://example.com/pots).\n"),
        },
        Example::Bad {
            title: "a stray bracket",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe bought [pots](⟦https://example.com/pots]⟧) and a rake.\n",
            )],
            fixed: Some("# Week 12\n\nWe bought [pots](https://example.com/pots) and a rake.\n"),
        },
        Example::Bad {
            title: "Markdown from a word processor",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe bought \\[pots\\](⟦https://example.com/pots⟧) and a rake.\n",
            )],
            fixed: Some("# Week 12\n\nWe bought [pots](https://example.com/pots) and a rake.\n"),
        },
        Example::Bad {
            title: "a character that nobody sees",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe bought [pots](⟦https://example.com/pots%E2%80%8B⟧).\n",
            )],
            fixed: Some("# Week 12\n\nWe bought [pots](https://example.com/pots).\n"),
        },
        Example::Bad {
            title: "an address that differs from the text",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nDo write to [garden@example.com](⟦mailto:gardner@example.com⟧).\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a stray parenthesis",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe bought [pots](https://example.com/pots)⟦)⟧ and a rake.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a name in place of its address",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nThanks to [Ada Byron](⟦adabyron⟧).\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a closing bracket without an opening one",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nIn [spring](https://example.com/spring) pots](⟦https://example.com/pots⟧) are dear.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a name",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nThanks to [Ada](⟦ada_byron⟧) for the hens.\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "kramdown reads on to the next line, and browsers drop the line break",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nIn the [last week](https://example.com/log?from=2024-07-26\n&to=2024-08-02), it rained.\n",
            )],
        },
        Example::Good {
            title: "the subject of an e-mail",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\n[Write](mailto:garden@example.com?subject=Open day).\n",
            )],
        },
    ],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    let hosts = page.archive.hosts();
    for destination in destinations::suspicious(page, hosts.are_misspelt()) {
        let is_plain = destination.is_plain && !destination.is_unlinked();
        if !destination.text.is_empty() && (!is_plain || hosts.misspells(destination.text)) {
            fault::report(&destination, cx);
        }
    }
    for bracket in page.document.odd_lines(OddLineKind::StrayBracket) {
        let message = format!("there is a stray `{}` beside this link", bracket.text);
        cx.report(bracket.span, &bracket.text, message)
            .note("prints as text")
            .help("delete it, or add the bracket that it needs");
    }
}
