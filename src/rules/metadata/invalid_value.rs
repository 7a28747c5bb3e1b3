//! A value that is not of the kind that its key has everywhere else. The laws of the archive find most of them
//! (`rules::laws`); what is wrong whatever the others have is found here.

mod repair;

use super::evidence::written;
use crate::diagnostic::{Safety, Severity};
use crate::document::metadata::{Entry, Value};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};
use crate::week::claim;

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/invalid-value",
    summary: "a value unlike those that its key has elsewhere",
    docs: "\
**Finds.** A value unlike nearly all others of its key:

- text among dates, numbers or switches: a time without seconds or a one-digit day, which YAML reads as text (except \
in Jekyll), an offset without a sign, an impossible day;
- a date or week in curly quotation marks;
- no value, where `metadata/missing-key` would expect one;
- a misspelling of a word that ten files have (`agiel`, `agile`), in any key; in a list of tags this is a warning;
- a list without the tag that all other lists have.

**Why.** The site cannot sort a date that is text, or does not build. A misspelt tag leaves the page out of the \
tag's list.

**Ignores.** Dates that the archive always writes as text (`2025/02/17`), and words with numbers (`part-1`, `part-2`).

**Fix.** Write the value as the other files do.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "a day that no calendar has",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: ⟦2024-08-32⟧\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a time without seconds",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: ⟦2011-09-23 16:00 +00:00⟧\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            ),
        },
        Example::Bad {
            title: "a misspelt kind",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: ⟦bolg⟧\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            ),
        },
        Example::Bad {
            title: "a misspelt tag",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [plums, ⟦wenotes⟧]\n---\n\nPlums.\n",
            )],
            fixed: Some("---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [plums, weeknotes]\n---\n\nPlums.\n"),
        },
        Example::Bad {
            title: "no tags",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\n⟦tags⟧:\n---\n\nPlums.\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a time where the others have a date",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02 12:00:00 +0100\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
        },
        Example::Good {
            title: "a new tag, and one tag without its brackets",
            backdrop: Backdrop::Jekyll,
            files: &[
                (
                    "_posts/2024-08-02-weeknotes-31.md",
                    "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes, plums]\n---\n\nPlums.\n",
                ),
                (
                    "_posts/2024-08-09-weeknotes-32.md",
                    "---\ntitle: \"Weeknotes #32\"\ndate: 2024-08-09\ntags: weeknotes\n---\n\nWasps.\n",
                ),
            ],
        },
        Example::Good {
            title: "a date that Jekyll reads anyway",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-2 10:00\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
        },
        Example::Good {
            title: "a title that is a number",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: 31\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
        },
    ],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    let document = page.document;
    let required = page.archive.collection(page.id);
    let required = required.map_or(&[][..], |one| &one.required_keys);
    for entry in &document.metadata.entries {
        let key = || written(document, &entry.key);
        if entry.value.is_empty() && required.iter().any(|one| **one == *entry.key) {
            let message = format!("`{}` has no value", key());
            cx.report(entry.key_span, &entry.key, message)
                .help("fill it in: weeknote-lint.toml requires it");
        } else if let Some(inside) = in_curly_quotes(entry)
            && !document.metadata.is_doubtful(entry)
        {
            let (title, text) = ("write straight quotes", format!("\"{inside}\""));
            let message = format!("the curly quotes are part of the value of `{}`", key());
            cx.report(entry.value_span, &entry.key, message)
                .note("only straight quotes enclose a value")
                .help(title)
                .fix(title, Safety::Unsafe, entry.value_span, text);
        }
    }
}

/// A date or a title of weeks in curly quotes, which belong to the value.
fn in_curly_quotes(entry: &Entry) -> Option<&str> {
    let inside = entry.source.strip_prefix(['“', '”'])?;
    let inside = inside.strip_suffix(['“', '”'])?;
    let claim = claim::of_title(inside);
    let names_a_time = claim.is_some_and(|claim| claim.named || claim.dates.is_some())
        || Value::of_plain(inside).date().is_some();
    (names_a_time && !inside.contains(['“', '”', '"', '\\'])).then_some(inside)
}

/// What is wrong with a value that should be a date, if that is known, and the date that was meant.
pub(crate) fn fixed(entry: &Entry) -> (Option<String>, Option<(String, Safety)>) {
    let source = entry.source.trim().trim_matches(['"', '\'']);
    let fixed = repair::repaired(source, '-');
    (
        repair::fault(source),
        fixed.filter(|(text, _)| Value::of_plain(text).as_str().is_none()),
    )
}
