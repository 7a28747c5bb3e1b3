//! What the rest of the archive shows of a key, and the words for it.

use crate::archive::conventions::{Conventions, ENOUGH, KeyFacts, almost_always};
use crate::archive::{Archive, Collection};
use crate::diagnostic::DocumentId;
use crate::document::Document;
use crate::document::metadata::{Entry, Format, ProblemKind};
use crate::hash::Counts;
use crate::rules::{Context, Report};
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

/// Whether almost all files have a key.
pub(super) fn is_usual(key: &str, conventions: &Conventions) -> bool {
    almost_always(conventions.files_with(key), conventions.files)
}

/// Whether the file is the page of its folder rather than one of the files in it: an index, or a folder note, which is
/// named like its folder.
pub(super) fn is_index(document: &Document, collection: &Collection) -> bool {
    document.stem() == "_index"
        || document.stem() == "index" && document.folder() == collection.folder
        || Some(document.stem()) == document.folder().rsplit('/').next()
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

/// Whether the value holds white space that nobody sees, which another rule reports and which explains everything else.
pub(super) fn has_invisible_space(entry: &Entry) -> bool {
    let spans = &mut entry.stray_whitespace.iter();
    spans.any(|span| span.start < entry.value_span.end)
}

/// Where a value is marked: a list or a mapping may be long, and its key is enough to find it.
pub(super) fn place(entry: &Entry) -> Span {
    match entry.source.is_empty() {
        true => entry.key_span,
        false => entry.value_span,
    }
}

/// Reports what is the matter with a value, at the value: "`:date:` is not a date".
pub(super) fn report_value<'c>(
    document: &Document,
    entry: &Entry,
    what: &str,
    cx: &'c mut Context,
) -> Report<'c> {
    let message = format!("`{}` {what}", written(document, &entry.key));
    cx.report(place(entry), &entry.key, message)
}

/// What is written in place of the whole value of `entry`: `text`, in quotes such as the value has.
pub(super) fn requoted(entry: &Entry, text: &str) -> String {
    match entry.source.chars().next() {
        Some(quote @ ('"' | '\'')) => format!("{quote}{text}{quote}"),
        _ => text.to_owned(),
    }
}
