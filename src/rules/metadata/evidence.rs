//! What the rest of the archive shows of a key, and the words for it.

use crate::archive::conventions::{ENOUGH, KeyFacts};
use crate::archive::{Archive, Collection};
use crate::diagnostic::DocumentId;
use crate::document::Document;
use crate::document::metadata::{Entry, Format, ProblemKind};
use crate::hash::Counts;
use crate::source::Span;

/// What is known of a key: from the document's collection where that has it often enough to learn from, else from all
/// notes and pages.
pub(super) fn of_key<'a>(archive: &'a Archive, id: DocumentId, key: &str) -> Option<&'a KeyFacts> {
    archive
        .collection(id)
        .and_then(|collection| collection.conventions.keys.get(key))
        .filter(|facts| facts.files >= ENOUGH)
        .or_else(|| archive.conventions.keys.get(key))
}

/// A key as it is written in the document's metadata.
pub(super) fn written(document: &Document, key: &str) -> String {
    match document.metadata.format {
        Some(Format::Trailer) => format!(":{key}:"),
        Some(Format::Headers) => {
            let mut letters = key.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect()
        }
        _ => key.to_owned(),
    }
}

/// "notes" or "pages".
pub(super) fn plural(collection: &Collection) -> &'static str {
    if collection.is_series() {
        "notes"
    } else {
        "pages"
    }
}

/// The text that occurs most often, the lesser one among equals.
pub(super) fn most_frequent(counts: &Counts) -> Option<(&str, usize)> {
    counts
        .iter()
        .max_by(|(one, many), (other, more)| many.cmp(more).then_with(|| other.cmp(one)))
        .map(|(text, count)| (&**text, *count))
}

/// Whether the file is the page of its folder rather than one of the files in it.
pub(super) fn is_index(document: &Document, collection: &Collection) -> bool {
    document.stem() == "_index"
        || document.stem() == "index" && document.folder() == collection.folder
}

/// Whether the block is broken in a way that hides keys, so that nothing can be said of those that seem to be missing.
pub(super) fn is_broken(document: &Document) -> bool {
    document.metadata.problems.iter().any(|problem| {
        !matches!(
            problem.kind,
            ProblemKind::CutOff | ProblemKind::CutByComment
        )
    })
}

/// Whether the entry cannot be read as it was meant, so that nothing can be said of its value.
pub(super) fn is_doubtful(document: &Document, entry: &Entry) -> bool {
    let problems = &document.metadata.problems;
    !problems.is_empty() && {
        let end = entry.value_span.end.max(entry.key_span.end) as usize + 1;
        let lines = Span::new(entry.key_span.start as usize, end);
        problems.iter().any(|problem| problem.span.overlaps(lines))
    }
}

/// "`a`", "`a` and `b`", "`a`, `b` and `c`".
pub(super) fn listed(words: &[String]) -> String {
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => format!("`{only}`"),
        Some((last, rest)) => {
            let rest: Vec<String> = rest.iter().map(|word| format!("`{word}`")).collect();
            format!("{} and `{last}`", rest.join(", "))
        }
    }
}
