//! A key that repeats the file's name everywhere but here. The laws of the archive find it (`rules::laws`).

use crate::diagnostic::Severity;
use crate::rules::{Backdrop, Example, FixAvailability, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/name-mismatch",
    summary: "a key that repeats the file's name everywhere but here",
    docs: "\
**Finds.** A key that repeats the file's name (`:name: week-460`) in nearly all notes of a series or folder, or in \
nearly all files of the archive that have the key, and differs here.

**Why.** A note that began as a copy of another still has the other's name in the key, so the site finds one note \
where it expects the other.

**Ignores.** Titles and dates, index pages of folders, and keys that give the page another address, such as `slug` and \
`permalink`, unless they misspell the name or give the name of another note. Where title and heading agree with the \
key, somebody renamed the file, which `week/disagreement` reports.

**Fix.** Write the file's name, or rename the file.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Always,
    examples: &[
        Example::Bad {
            title: "the name of last week's note",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe pump works again.\n\n:name: ⟦week-139⟧\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            ),
        },
        Example::Good {
            title: "a slug",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\nslug: plums\n---\n\nPlums.\n",
            )],
        },
    ],
    ..Rule::NEW
};
