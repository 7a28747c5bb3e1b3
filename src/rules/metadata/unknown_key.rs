//! A key that is another one, misspelt. The laws of the archive find it (`rules::laws`).

use crate::diagnostic::Severity;
use crate::rules::{Backdrop, Example, FixAvailability, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/unknown-key",
    summary: "a key seen nowhere else that is close to a known one",
    docs: "\
**Finds.** A key that only one or two files have and that misspells a key that this file lacks and ten times as many \
files have: different capitals (`:Render_as:` for `:render_as:`), `-` for `_`, a letter too many, too few or out of \
place.

**Why.** The site does not know the misspelt key, and builds the page as if the line were not there.

**Ignores.** A new key that resembles no other, and `tag` beside `tags`.

**Fix.** Correct the spelling of the key.",
    severity: Some(Severity::Warning),
    fix: FixAvailability::Always,
    examples: &[
        Example::Bad {
            title: "two letters in the wrong place",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\n⟦titel⟧: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
            fixed: Some("---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nPlums.\n"),
        },
        Example::Bad {
            title: "a capital letter",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe pump works again.\n\n⟦:Render_as:⟧ Blog\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nThe pump works again.\n\n:render_as: Blog\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            ),
        },
        Example::Good {
            title: "a key that resembles no other",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\nsubtitle: plums at last\n---\n\nPlums.\n",
            )],
        },
    ],
    ..Rule::NEW
};
