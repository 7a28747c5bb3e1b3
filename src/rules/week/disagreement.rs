//! A note that names different weeks in different places.

use crate::diagnostic::Severity;
use crate::rules::{Backdrop, Example, FixAvailability, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "week/disagreement",
    summary: "a note whose file name, metadata, heading and prose name different weeks",
    docs: "\
**Finds.** Places of a note that agree in nearly all others and differ here: two numbers, weeks or days in its file \
name, title, heading, opening lines or any key; a number or day out of order. The rule reports the places whose change \
would settle most: those that contradict the others, the note's date, or the notes around it. In fewer than 20 notes, \
it compares numbers after the same word (`week 12`).

**Why.** Whoever copies last week's note easily forgets to change one place. Readers then find two pages for one \
week and none for the other.

**Ignores.** File names that give one end of a run (`week-550` for weeks 548 to 550); two wordings of the same \
weeks; places that differ in several notes, or count in different ways (`2025-W08` and `Weeknotes #13`); notes of \
several weeks.

**Fix.** Correct the place that is wrong.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    examples: &[
        Example::Bad {
            title: "the heading was not changed when last week's note was copied",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-121.snip.markdown",
                "Week ⟦119⟧\n========\n\nSeedlings everywhere.\n\n:name: week-121\n:updated_at: 2011-05-13 16:10:00.000000000 +00:00\n\
                 :created_at: 2011-05-13 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 121\n:extension: markdown\n",
            )],
            fixed: Some(
                "Week 121\n========\n\nSeedlings everywhere.\n\n:name: week-121\n:updated_at: 2011-05-13 16:10:00.000000000 +00:00\n\
                 :created_at: 2011-05-13 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 121\n:extension: markdown\n",
            ),
        },
        Example::Bad {
            title: "the file was named for another week than it reports",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-122.snip.markdown",
                "Week 121\n========\n\nSeedlings everywhere.\n\n:name: week-⟦122⟧\n:created_at: 2011-05-13 16:00:00.000000000 +00:00\n\
                 :page_title: Week 121\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "two notes are enough where both places say \"week\"",
            backdrop: Backdrop::None,
            files: &[
                ("notes/week-12.md", "# Week 12\n\nRain.\n"),
                ("notes/week-13.md", "# Week ⟦31⟧\n\nMore rain.\n"),
            ],
            fixed: Some("# Week 13\n\nMore rain.\n"),
        },
        Example::Bad {
            title: "the title names one week, the heading a run",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-122.snip.markdown",
                "Summer edition (weeks 120-122)\n==============================\n\nBeans.\n\n:name: week-122\n\
                 :created_at: 2011-05-20 16:00:00.000000000 +00:00\n:page_title: ⟦Week 122⟧\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a file named by the last week of its run, and two wordings of the same weeks",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-122.snip.markdown",
                "Summer edition (weeks 120-122)\n==============================\n\nBeans.\n\n:name: week-122\n\
                 :created_at: 2011-05-20 16:00:00.000000000 +00:00\n:page_title: Weeks 120 to 122\n",
            )],
        },
        Example::Good {
            title: "notes and weeks that are counted differently",
            backdrop: Backdrop::None,
            files: &[
                ("weeknotes/2025-W08.md", "# Weeknotes #13\n"),
                ("weeknotes/2025-W09.md", "# Weeknotes #14\n"),
            ],
        },
    ],
    ..Rule::NEW
};
