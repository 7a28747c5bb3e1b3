//! Comments that hide a finding, put where they hide it and change nothing else of the note.

use super::Asked;
use crate::document::metadata::Format;
use crate::document::{self, DefinitionStatus, Document};
use crate::fix::edited;
use crate::source::{self, Span};

/// A comment and the byte that it is put before.
type Comment = (usize, String);

/// The comment that hides a rule in the line of the byte `at` alone, and the one that hides it in the whole note.
pub(super) fn comments(asked: &Asked<'_>, rule: &str, at: usize) -> [Option<Comment>; 2] {
    let (document, text) = (asked.document, asked.text());
    let ways = [
        at_its_line(document, text, rule, at),
        in_the_note(document, text, rule),
    ];
    ways.map(|ways| {
        let mut ways = ways.into_iter().flatten();
        ways.find_map(|way| proven(asked, rule, at, way))
    })
}

/// On a line before it, where that divides no paragraph, else at the line's end.
fn at_its_line(document: &Document, text: &str, rule: &str, at: usize) -> [Option<Comment>; 2] {
    let line = source::line_at(text, at);
    let indent: String = (line.of(text).chars())
        .take_while(|one| matches!(one, ' ' | '\t'))
        .collect();
    let comment = format!("weeknote-lint-ignore {rule}");
    let block = document.metadata.block.range();
    if block.contains(&at) {
        return [
            Some((line.start, format!("{indent}# {comment}\n"))),
            Some((line.end, format!(" # {comment}"))),
        ];
    }
    let above = line.start.checked_sub(1);
    let above = above.map_or("", |above| source::line_at(text, above).of(text));
    let is_defined = |one: &document::Definition| {
        one.lines.start as usize == line.start && one.status == DefinitionStatus::Defined
    };
    let begins = above.trim().is_empty() || document.definitions.iter().any(is_defined);
    [
        begins.then(|| (line.start, format!("{indent}<!-- {comment} -->\n"))),
        Some((line.end, format!(" <!-- {comment} -->"))),
    ]
}

/// In its metadata, or at the end.
fn in_the_note(document: &Document, text: &str, rule: &str) -> [Option<Comment>; 2] {
    let comment = format!("weeknote-lint-ignore-file {rule}");
    let end = |part: Span| part.start as usize + part.of(text).trim_end().len();
    let block = document.metadata.block;
    let in_block = match document.metadata.format {
        Some(Format::Yaml) => {
            let first = source::line_at(text, block.start as usize);
            Some((first.next, format!("# {comment}\n")))
        }
        Some(Format::Trailer) => Some((end(block), format!("\n# {comment}"))),
        _ => None,
    };
    let in_body = (end(document.body), format!("\n\n<!-- {comment} -->"));
    [in_block, Some(in_body)]
}

/// A comment with the note's line endings, if it hides what is at the byte `at`, and the note has all links, headings,
/// definitions and keys as before.
fn proven(asked: &Asked<'_>, rule: &str, at: usize, (place, comment): Comment) -> Option<Comment> {
    let (document, text) = (asked.document, asked.text());
    let comment = source::as_lines_of(text, place, &comment);
    let edit = asked.id.at(Span::at(place)).replaced_by(comment.as_str());
    let after = edited(text, std::iter::once(&edit));
    let after = document::parse(&document.path, &after, asked.archive.parse_options);
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
