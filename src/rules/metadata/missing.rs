//! A file without metadata among files that have it.

use super::evidence::{is_index, plural};
use crate::archive::Archive;
use crate::archive::conventions::almost_always;
use crate::config;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::document::metadata::Format;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/missing",
    summary: "a file without metadata among neighbours that have it",
    docs: "\
**Finds.** A file without metadata, where almost all files of its series or folder (at least 95 % of at least 20) \
have it.

**Why.** A note without metadata has no title, date or author, and most sites leave it out of their lists and feeds.

**Ignores.** A folder's index page, files that cannot be read, and files that get every usual key from their folder.

**Fix.** Copy the block of a neighbour and fill it in.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: Some(check_document),
    check_archive: None,
    examples: &[
        Example::Bad {
            title: "a note without a trailer",
            backdrop: Backdrop::Snips,
            files: &[("soups/weeknotes/week-140.snip.markdown", "⟦Week 140⟧\n========\n\nThe pump works again.\n")],
            fixed: None,
        },
        Example::Good {
            title: "a folder where nothing has metadata",
            backdrop: Backdrop::None,
            files: &[
                ("notes/week-1.md", "# Week 1\n\nSeeds.\n"),
                ("notes/week-2.md", "# Week 2\n\nRain.\n"),
            ],
        },
    ],
};

fn check_document(document: &Document, archive: &Archive, cx: &mut Context) {
    let Some(collection) = archive.collection(cx.document) else {
        return;
    };
    let (metadata, conventions) = (&document.metadata, &collection.conventions);
    let (with, of) = (conventions.with_metadata(), conventions.files);
    if metadata.format.is_some()
        || !metadata.problems.is_empty()
        || document.unreadable.is_some()
        || is_index(document, collection)
        || !almost_always(with, of)
    {
        return;
    }
    let usual = conventions.formats.iter().max_by_key(|(_, files)| **files);
    let form = match usual {
        Some((Format::Trailer, _)) => "at the end of the file, one `:key: value` a line",
        Some((Format::Toml, _)) => "at the top of the file, between two lines `+++`",
        Some((Format::Headers, _)) => "at the top of the file, one `Key: value` a line",
        Some((Format::Json, _)) => "at the top of the file, as a JSON object",
        _ => "at the top of the file, between two lines `---`",
    };
    let keys: Vec<&str> = conventions.usual_keys().map(|(key, _)| key).collect();
    // What the folder gives to the file it need not have itself.
    if !keys.is_empty() && keys.iter().all(|key| metadata.has(key)) {
        return;
    }
    let help = match keys.as_slice() {
        [] => format!("add it {form}"),
        keys => {
            let few = keys.get(..4).unwrap_or(keys);
            format!("add it {form}: the others have {}", config::list(few))
        }
    };
    let others = plural(collection);
    let message = format!("this file has no metadata; {with} of the {of} {others} here have it");
    cx.report(document.first_line, "", message)
        .note("the page has no title, date or author")
        .help(help);
}
