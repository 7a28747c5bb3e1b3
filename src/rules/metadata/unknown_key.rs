//! A key that is another one, misspelt.

use super::evidence::written;
use super::spelling;
use crate::archive::Archive;
use crate::diagnostic::{Safety, Severity};
use crate::document::Document;
use crate::document::metadata::Format;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/unknown-key",
    summary: "a key seen nowhere else that is close to a known one",
    docs: "\
**Finds.** A key that almost no other file has, and that is close to one that many files have and this file lacks: \
other capitals (`:Render_as:` for `:render_as:`), `-` for `_`, a letter too many, too few or out of place.

**Why.** The site does not know the misspelt key, and builds the page as if the line were not there.

**Ignores.** A new key that resembles no other, and `tag` beside `tags`.

**Fix.** Correct the spelling of the key.",
    severity: Some(Severity::Warning),
    fix: FixAvailability::Always,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: Some(check_document),
    check_archive: None,
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
            title: "a key of its own",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\nsubtitle: plums at last\n---\n\nPlums.\n",
            )],
        },
    ],
};

fn check_document(document: &Document, archive: &Archive, cx: &mut Context) {
    let colons = usize::from(document.metadata.format == Some(Format::Trailer));
    for entry in &document.metadata.entries {
        let Some(meant) = spelling::key_meant(archive, cx.document, document, entry) else {
            continue;
        };
        let files = archive.conventions.files_with(meant);
        let (key, shown) = (written(document, &entry.key), written(document, meant));
        let whole = entry.key_span.range();
        let name = Span::new(whole.start + colons, whole.end.saturating_sub(colons));
        // A key in quotes keeps them.
        let quoted = name.len() != entry.key.len();
        let text = if quoted {
            format!("\"{meant}\"")
        } else {
            shown.trim_matches(':').to_owned()
        };
        let message =
            format!("`{key}` is not a key used in this archive; {files} files have `{shown}`");
        cx.report(entry.key_span, &entry.key, message)
            .note(format!("not read as `{shown}`"))
            .help(format!("did you mean `{shown}`?"))
            .fix(
                format!("rename the key to `{shown}`"),
                Safety::Unsafe,
                name,
                text,
            );
    }
}
