//! Two titles that differ, though other files keep them equal. The laws of the archive find them (`rules::laws`).

use crate::diagnostic::Severity;
use crate::rules::{Backdrop, Example, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/title-mismatch",
    summary: "a title that differs from the heading, where other files keep the two equal",
    docs: "\
**Finds.** A title in the metadata that differs from the heading, in a series or folder that nearly always keeps the \
two equal: one is only a part of the other, they share few words, or one misspells the other or is another note's title.

**Why.** Feeds, lists and browser tabs show the title; the page shows its heading. Where they differ, somebody \
corrected only one of them, or copied the title from another note.

**Ignores.** Differences in quotation marks, dashes, escapes and emphasis; two wordings of the same weeks; titles \
that name other weeks (`week/disagreement`); headings without a week (`week/missing`).

**Fix.** Make the title and the heading the same.",
    severity: Some(Severity::Warning),
    examples: &[
        Example::Bad {
            title: "the subtitle was added in one place",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140: the pump\n==================\n\nIt works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: ⟦Week 140⟧\n:extension: markdown\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "quotation marks of another form",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140: the pump’s back\n=========================\n\nIt works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: \"Week 140: the pump's back\"\n:extension: markdown\n",
            )],
        },
        Example::Good {
            title: "another wording of the same weeks",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/weeks-140-and-141.snip.markdown",
                "The long one (weeks 140 and 141)\n================================\n\nIt works again.\n\n:name: weeks-140-and-141\n:updated_at: 2011-09-30 16:10:00 +00:00\n\
                 :created_at: 2011-09-30 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Weeks 140 & 141\n:extension: markdown\n",
            )],
        },
    ],
    ..Rule::NEW
};
