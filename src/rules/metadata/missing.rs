//! A note without metadata among notes that have it. The laws of the archive find it (`rules::laws`).

use crate::archive::Archive;
use crate::config;
use crate::diagnostic::{DocumentId, Severity};
use crate::document::metadata::Format;
use crate::rules::{Backdrop, Example, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/missing",
    summary: "a file without metadata among neighbours that have it",
    docs: "\
**Finds.** A note without metadata, where nearly all notes of its series have it: one of 18 notes may lack it, two of \
100, five of 1,000.

**Why.** A note without metadata has no title, date or author, and most sites leave it out of their lists and feeds.

**Ignores.** Pages that are not notes, several notes in a row, and files that cannot be read.

**Fix.** Copy the block of a neighbour and fill it in.",
    severity: Some(Severity::Error),
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
    ..Rule::NEW
};

/// How to fix it: where the metadata of the other notes stands, and which keys it has.
pub(crate) fn help(archive: &Archive, id: DocumentId) -> String {
    let number = archive.profile(id).and_then(|one| one.collection);
    let collection = number.and_then(|number| archive.collections.get(number));
    let mut others = collection.into_iter().flat_map(|one| &one.documents);
    let form = match others.find_map(|other| archive.document(*other)?.metadata.format) {
        Some(Format::Trailer) => "at the end of the file, one `:key: value` per line",
        Some(Format::Toml) => "at the top of the file, between two `+++` lines",
        Some(Format::Headers) => "at the top of the file, one `Key: value` per line",
        Some(Format::Json) => "at the top of the file, as a JSON object",
        _ => "at the top of the file, between two `---` lines",
    };
    let required = number.and_then(|number| archive.laws().required.get(number));
    let keys = required.into_iter().flatten().take(4);
    let keys: Vec<&str> = keys.map(|(key, _)| key.as_str()).collect();
    match keys.as_slice() {
        [] => format!("add it {form}"),
        keys => format!("add it {form}: the others have {}", config::list(keys)),
    }
}
