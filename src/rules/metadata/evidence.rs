//! What the rest of the archive shows of a key, and the words for it.

use crate::archive::Collection;
use crate::document::Document;
use crate::document::metadata::{Entry, Format, ProblemKind};
use crate::names::capitalized;
use crate::rules::Page;
use crate::source::Span;

/// A key as it is written in the document's metadata.
pub(super) fn written(document: &Document, key: &str) -> String {
    match document.metadata.format {
        Some(Format::Trailer) => format!(":{key}:"),
        Some(Format::Headers) => capitalized(key),
        _ => key.to_owned(),
    }
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
    use ProblemKind::{CutByComment, CutOff};
    let mut problems = document.metadata.problems.iter();
    problems.any(|problem| !matches!(problem.kind, CutOff | CutByComment))
}

/// How many files of a collection are asked what they have.
const NEAREST: usize = 64;

/// The nearest files of the same collection and format whose metadata can be read, earlier ones first.
pub(super) fn nearest(page: Page<'_>) -> impl Iterator<Item = &Document> {
    let Page { id, archive, .. } = page;
    let ids = archive.collection(id).map_or(&[][..], |one| &one.documents);
    let format = page.document.metadata.format;
    let (before, after) = ids.split_at(ids.partition_point(|other| *other < id));
    let after = after.iter().filter(move |other| **other != id);
    let nearest = before.iter().rev().chain(after).take(NEAREST);
    nearest
        .filter_map(|other| archive.document(*other))
        .filter(move |other| other.metadata.format == format && !is_broken(other))
}

/// Where a value is marked: a list or a mapping may be long, and its key is enough to find it.
pub(super) fn place(entry: &Entry) -> Span {
    match entry.source.is_empty() {
        true => entry.key_span,
        false => entry.value_span,
    }
}
