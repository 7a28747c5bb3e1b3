//! Comments that hide a finding, put where they hide it and change nothing else of the note.

use crate::diagnostic::{DocumentId, Edit};
use crate::document::metadata::Format;
use crate::document::{self, DefinitionStatus, Document, ParseOptions};
use crate::fix::edited;
use crate::source::{self, Span};

/// A comment and the byte that it is put before.
pub(super) type Comment = (usize, String);

/// The comment that hides `rule` in the line of the byte `at` alone: on a line before it, where that divides no paragraph,
/// else at the line's end.
pub(super) fn at_its_line(
    document: &Document,
    text: &str,
    options: ParseOptions,
    rule: &str,
    at: usize,
) -> Option<Comment> {
    let line = source::line_at(text, at);
    let indent: String = (line.of(text).chars())
        .take_while(|one| matches!(one, ' ' | '\t'))
        .collect();
    let comment = format!("weeknote-lint-ignore {rule}");
    let above = line.start.checked_sub(1);
    let above = above.map_or("", |above| source::line_at(text, above).of(text));
    let is_defined = |one: &document::Definition| {
        one.lines.start as usize == line.start && one.status == DefinitionStatus::Defined
    };
    let ways = match is_in_metadata(document, at) {
        true => [
            Some((line.start, format!("{indent}# {comment}\n"))),
            Some((line.end, format!(" # {comment}"))),
        ],
        false => {
            let begins = above.trim().is_empty() || document.definitions.iter().any(is_defined);
            [
                begins.then(|| (line.start, format!("{indent}<!-- {comment} -->\n"))),
                Some((line.end, format!(" <!-- {comment} -->"))),
            ]
        }
    };
    let mut ways = ways.into_iter().flatten();
    ways.find_map(|way| proven(document, text, options, rule, at, way))
}

/// The comment that hides `rule` in the whole note: in its metadata, or at the end.
pub(super) fn in_the_note(
    document: &Document,
    text: &str,
    options: ParseOptions,
    rule: &str,
    at: usize,
) -> Option<Comment> {
    let comment = format!("weeknote-lint-ignore-file {rule}");
    let block = document.metadata.block;
    let end_of_body = (document.body.of(text).trim_end().len()) + document.body.start as usize;
    let in_body = (end_of_body, format!("\n\n<!-- {comment} -->"));
    let in_block = match document.metadata.format {
        Some(Format::Yaml) => {
            let first = source::line_at(text, block.start as usize);
            Some((first.next, format!("# {comment}\n")))
        }
        Some(Format::Trailer) => {
            let end = block.start as usize + block.of(text).trim_end().len();
            Some((end, format!("\n# {comment}")))
        }
        _ => None,
    };
    let mut ways = in_block.into_iter().chain([in_body]);
    ways.find_map(|way| proven(document, text, options, rule, at, way))
}

fn is_in_metadata(document: &Document, at: usize) -> bool {
    let block = document.metadata.block;
    (block.start as usize..block.end as usize).contains(&at)
}

/// A comment with the note's line endings, if it hides what is at the byte `at`, and the note has all links, headings,
/// definitions and keys as before.
fn proven(
    document: &Document,
    text: &str,
    options: ParseOptions,
    rule: &str,
    at: usize,
    (place, comment): Comment,
) -> Option<Comment> {
    let comment = source::as_lines_of(text, place, &comment);
    let edit = Edit {
        place: DocumentId(0).at(Span::at(place)),
        text: comment.clone(),
    };
    let after = edited(text, std::iter::once(&edit));
    let after = document::parse(&document.path, &after, options);
    let moved = at + if place <= at { comment.len() } else { 0 };
    let mut comments = after.suppressions.iter();
    let hides = comments.any(|one| {
        let is_named = one.rules.iter().any(|(name, _)| **name == *rule);
        let lines = one.lines.map(Span::range);
        is_named && lines.is_none_or(|lines| (lines.start..lines.end + 1).contains(&moved))
    });
    (hides && kept(document) == kept(&after)).then_some((place, comment))
}

/// What a comment must not change.
fn kept(document: &Document) -> [usize; 5] {
    let defined = document.definitions.iter();
    let defined = defined.filter(|one| one.status == DefinitionStatus::Defined);
    let links = document.links.iter();
    [
        document.links.len(),
        links.filter(|link| link.definition().is_some()).count(),
        defined.count(),
        document.headings.len(),
        document.metadata.entries.len(),
    ]
}
