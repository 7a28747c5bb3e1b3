//! A note that is dated before the week it reports, or out of its place among its neighbours.

use crate::diagnostic::Severity;
use crate::rules::{Backdrop, Example, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "week/wrong-date",
    summary: "a note dated before its week began, or out of its place among its neighbours",
    docs: "\
**Finds.** A date that contradicts the week or the days that the note reports, or that is out of order among its \
neighbours: before the week began, or the same day of another month or year. The rule can tell the days of a number if \
it counts weeks from a first one, ISO weeks, or weeks from a year's first Sunday.

**Why.** Nobody can write a note before the week that it reports: somebody mistyped its date, or copied it from an \
older note.

**Ignores.** Late notes; notes dated one day early, perhaps in another time zone; series whose authors sometimes write \
ahead; dates that contradict the one in the file name (`metadata/dates`).

**Fix.** Correct the date, or the number of the week.",
    severity: Some(Severity::Error),
    examples: &[
        Example::Bad {
            title: "the date was copied from an older note",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-121.snip.markdown",
                "Week 121\n========\n\nBeans.\n\n:name: week-121\n:created_at: ⟦2011-03-18⟧ 16:00:00.000000000 +00:00\n:page_title: Week 121\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "last year's date",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2023-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: ⟦2023-08-02⟧\ntags: [weeknotes]\n---\n\nBeans.\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a note that was published months late",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-121.snip.markdown",
                "Week 121\n========\n\nBeans.\n\n:name: week-121\n:created_at: 2011-11-30 16:00:00.000000000 +00:00\n:page_title: Week 121\n",
            )],
        },
    ],
    ..Rule::NEW
};

#[cfg(test)]
mod tests;
