//! A title or a heading that names no week, where those of the other notes do.

use crate::diagnostic::Severity;
use crate::rules::{Backdrop, Example, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "week/missing",
    summary: "a note without its week in title or heading, in a numbered series",
    docs: "\
**Finds.** A title or heading without the number that the file's name or a key gives, where nearly all others repeat \
it; or without the word that stands with it elsewhere: `Wednesday links - 263` among many `Wednesday links - week 262`. \
One of 18 notes may lack it, two of 100, five of 1,000. Also a number or day that nobody filled in (`Week ??`).

**Why.** Readers who look for a week in a list of posts or a feed, or by searching, do not find its note.

**Ignores.** Notes that name their week nowhere else; several notes in a row that leave it out; drafts; notes \
without a heading (`body/titles`).

**Fix.** Write the week into the title or heading as the other notes do.",
    severity: Some(Severity::Error),
    examples: &[
        Example::Bad {
            title: "the heading has the number, but not the word",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-121.snip.markdown",
                "⟦Greenhouse notes - 121⟧\n======================\n\nBeans.\n\n:name: week-121\n\
                 :created_at: 2011-05-13 16:00:00.000000000 +00:00\n:page_title: Week 121\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "neither title nor heading says which week it is",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-121.snip.markdown",
                "⟦The beans are up⟧\n================\n\nAt last.\n\n:name: week-121\n\
                 :created_at: 2011-05-13 16:00:00.000000000 +00:00\n:page_title: The beans are up\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a note that has no number at all",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-holidays.md",
                "---\ntitle: Closed for the holidays\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nSee you in autumn.\n",
            )],
        },
        Example::Good {
            title: "a few notes are no convention",
            backdrop: Backdrop::None,
            files: &[
                ("notes/week-1.md", "# Week 1\n"),
                ("notes/week-2.md", "# Rain and beans\n"),
                ("notes/week-3.md", "# Week 3\n"),
            ],
        },
    ],
    ..Rule::NEW
};
