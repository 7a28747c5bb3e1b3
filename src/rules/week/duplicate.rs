//! Two notes of a series for one week.

use crate::diagnostic::Severity;
use crate::rules::{Backdrop, Example, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "week/duplicate",
    summary: "two notes of a series for one week",
    docs: "\
**Finds.** Two notes with the same number, in a series where each note has its own, or with the same long title, \
description or range of days. The rule reports the note that its other places contradict; if none does, the later one, \
or the earlier one if only the number before it is free. Of two titles with the same days, it reports the one further \
from its note's date.

**Why.** Almost always, the author numbered one week twice, and every later number may be off by one.

**Ignores.** Notes far apart in a series that begins at 1 again every year; a run that includes another note's week; a \
note that contradicts itself (`week/disagreement`); names of another form (`week-12-links`); translations; series in \
which numbers often occur twice.

**Fix.** Correct the number, or merge the notes.",
    severity: Some(Severity::Error),
    examples: &[
        Example::Bad {
            title: "the second note has the number of the first",
            backdrop: Backdrop::None,
            files: &[
                ("posts/2024-03-01-week-33-rain.md", "---\ntitle: \"Week 33: rain\"\ndate: 2024-03-01\n---\n"),
                ("posts/2024-03-08-week-34-sun.md", "---\ntitle: \"Week 34: sun\"\ndate: 2024-03-08\n---\n"),
                ("posts/2024-03-15-week-34-snow.md", "---\ntitle: \"Week ⟦34⟧: snow\"\ndate: 2024-03-15\n---\n"),
            ],
            fixed: None,
        },
        Example::Bad {
            title: "the first of the two has too high a number",
            backdrop: Backdrop::None,
            files: &[
                ("posts/2024-02-23-week-32.md", "---\ntitle: \"Week 32\"\ndate: 2024-02-23\n---\n"),
                ("posts/2024-03-01-week-34-rain.md", "---\ntitle: \"Week ⟦34⟧: rain\"\ndate: 2024-03-01\n---\n"),
                ("posts/2024-03-08-week-34-sun.md", "---\ntitle: \"Week 34: sun\"\ndate: 2024-03-08\n---\n"),
                ("posts/2024-03-15-week-35.md", "---\ntitle: \"Week 35\"\ndate: 2024-03-15\n---\n"),
            ],
            fixed: None,
        },
        Example::Bad {
            title: "the title still has last week's dates",
            backdrop: Backdrop::None,
            files: &[
                ("weeknotes/2024-03-08.md", "# 4 to 8 March 2024\n"),
                ("weeknotes/2024-03-15.md", "# ⟦4 to 8 March 2024⟧\n"),
            ],
            fixed: None,
        },
        Example::Good {
            title: "weeks that begin again every year",
            backdrop: Backdrop::None,
            files: &[
                ("notes/2023/week-12.md", "---\ndate: 2023-03-24\n---\n# Week 12\n"),
                ("notes/2024/week-12.md", "---\ndate: 2024-03-22\n---\n# Week 12\n"),
            ],
        },
        Example::Good {
            title: "a week's links beside its note",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-119-links.snip.markdown",
                "Week 119 links\n==============\n\nBeans.\n\n:created_at: 2011-04-29 16:00:00 +00:00\n:page_title: Week 119 links\n",
            )],
        },
        Example::Good {
            title: "a summary of several weeks beside one of them",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/weeks-119-to-122.snip.markdown",
                "Weeks 119 to 122\n================\n\nBeans.\n\n:created_at: 2011-05-20 16:00:00 +00:00\n:page_title: Weeks 119 to 122\n",
            )],
        },
    ],
    ..Rule::NEW
};
