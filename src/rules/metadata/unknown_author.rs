//! An author whom the archive does not know. The laws of the archive find it (`rules::laws`).

use crate::diagnostic::Severity;
use crate::rules::{Backdrop, Example, FixAvailability, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/unknown-author",
    summary: "an author without a page, where authors have pages",
    docs: "\
**Finds.** A name without a page, under a key whose values are nearly always names of authors' pages, which are \
together in one folder.

**Why.** Where `author: grace-hopper` names the page `grace-hopper`, the site shows that person's name and picture \
beside the note. A misspelt author has neither.

**Ignores.** Archives whose authors have no pages, and names that at least three notes have.

**Fix.** Correct the name, or write the author's page.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    examples: &[
        Example::Bad {
            title: "a letter too many",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ⟦ada-byronn⟧\n\
                 :page_title: Week 140\n:extension: markdown\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            ),
        },
        Example::Good {
            title: "a new author with a page",
            backdrop: Backdrop::Snips,
            files: &[
                (
                    "soups/weeknotes/week-140.snip.markdown",
                    "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                     :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: joan-clarke\n\
                     :page_title: Week 140\n:extension: markdown\n",
                ),
                (
                    "soups/people/joan-clarke.snip.markdown",
                    "# Joan\n\nPrunes roses.\n\n:name: joan-clarke\n:created_at: 2010-02-01 10:00:00 +00:00\n:kind: person\n",
                ),
            ],
        },
        Example::Good {
            title: "an archive whose authors have no pages",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\nauthor: Joan\n---\n\nPlums.\n",
            )],
        },
    ],
    ..Rule::NEW
};
