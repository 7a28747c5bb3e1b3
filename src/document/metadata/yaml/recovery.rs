//! What can be had of a block of YAML that the parser refuses.
//!
//! The block is split at the lines that begin with a key: `:key:` or `key:` with white space or nothing after the
//! colon, and `key:value` with a key of one word. Indented lines, list items, comments and blank lines belong to the
//! key before them; so do other lines, if the key's value is a list in brackets or a quoted text that is open there.
//! Any other line is none of an entry's.

use super::super::lines::{Line, line_at, lines, odd_spaces, trailing_blanks, trim};
use super::super::{Entry, Problem, ProblemKind, Value};
use super::document::document;
use super::{Block, Keys, identifier};
use crate::source::Span;
use std::collections::HashSet;
use std::ops::Range;

/// A line that begins with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct KeyLine {
    /// The length of the key, without its last colon.
    pub(in super::super) length: usize,
    /// Whether white space or the line's end follows the colon.
    pub(in super::super) spaced: bool,
}

/// The key that a line begins with: for symbols `:key:`, for both kinds also `key:` with a blank after the colon.
pub(in super::super) fn key_line(line: &str, keys: Keys) -> Option<KeyLine> {
    if keys == Keys::Symbols
        && let Some(name) = line.strip_prefix(':')
    {
        let ends = |byte| matches!(byte, b':' | b' ' | b'\t');
        let length = 1 + name.bytes().position(ends).filter(|&length| length > 0)?;
        return after_key(line, length, identifier(name) == Some(length - 1));
    }
    let first = line.chars().next()?;
    if first == '"' || first == '\'' {
        let length = 2 + line.get(1..)?.find(first)?;
        let rest = line.get(length..)?;
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        return after_key(line, length + blanks, false);
    }
    let opens_a_scalar = !first.is_ascii_punctuation() || "_$/.(:".contains(first);
    if !opens_a_scalar || first.is_whitespace() || line == "..." {
        return None;
    }
    let spaced = |at: usize| after_key(line, at, false).filter(|_| at > 0);
    let is_comment = |at: usize| line.get(..at).is_some_and(|key| key.contains(" #"));
    if let Some(found) = memchr::memchr_iter(b':', line.as_bytes()).find_map(spaced) {
        return (!is_comment(found.length)).then_some(found);
    }
    let length = identifier(line).filter(|_| keys == Keys::Plain)?;
    let scheme = line.get(length..)?.starts_with("://");
    after_key(line, length, !scheme)
}

/// Whether a line begins with a key of one word.
pub(in super::super) fn has_plain_key(line: &str) -> bool {
    key_line(line, Keys::Plain).is_some_and(|key| identifier(line) == Some(key.length))
}

/// The key of `length` bytes, if a colon follows it, and after the colon white space (or, where allowed, anything).
fn after_key(line: &str, length: usize, or_anything: bool) -> Option<KeyLine> {
    let after = line.get(length..)?.strip_prefix(':')?;
    let spaced = after.is_empty() || after.starts_with([' ', '\t']);
    (spaced || or_anything).then_some(KeyLine { length, spaced })
}

/// A key's line with what belongs to it, or lines without a key.
#[derive(Debug)]
struct Chunk {
    /// The line with the key.
    head: Option<(Line, KeyLine)>,
    /// White space before the key, which does not belong there.
    indent: usize,
    start: usize,
    end: usize,
    /// The first line that can belong to no key: it is not indented, no list item, no comment.
    garbage: Option<Line>,
}

/// Splits a block at the lines that begin with a key.
fn chunks(text: &str, range: Range<usize>, keys: Keys) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for mut line in lines(text, range) {
        let last = chunks.last().and_then(|chunk| chunk.head);
        let indent = stray_indent(text, line, last, keys);
        line.start += indent;
        let source = line.of(text);
        let head = key_line(source, keys).map(|key| (line, key));
        if head.is_some() || chunks.is_empty() {
            chunks.push(Chunk {
                head,
                indent,
                start: line.start,
                end: line.start,
                garbage: None,
            });
        }
        let belongs = head.is_some() || belongs(source);
        if let Some(chunk) = chunks.last_mut() {
            chunk.end = line.next;
            if !belongs && chunk.garbage.is_none() {
                chunk.garbage = Some(line);
            }
        }
    }
    chunks
}

/// The white space before a key of one word, where the key above it (none on the first line) has its value on its own line,
/// so that nothing can belong to it.
fn stray_indent(text: &str, line: Line, above: Option<(Line, KeyLine)>, keys: Keys) -> usize {
    let source = line.of(text);
    let key = source.trim_start_matches(' ');
    let is_key = keys == Keys::Plain && has_plain_key(key);
    let is_whole = above.is_none_or(|(line, key)| {
        let value = line.of(text).get(key.length + 1..).unwrap_or("").trim();
        value.starts_with(char::is_alphanumeric)
            || value.len() > 1 && value.starts_with('"') && value.ends_with('"')
    });
    let indent = source.len() - key.len();
    if is_key && is_whole { indent } else { 0 }
}

/// Whether a line without a key may belong to the key before it.
pub(in super::super) fn belongs(line: &str) -> bool {
    line.is_empty() || line == "-" || line.starts_with([' ', '\t', '#']) || line.starts_with("- ")
}

/// What can be had of a block that the parser refuses, for the reason `fault`.
pub(super) fn recover(text: &str, range: Range<usize>, keys: Keys, fault: &Problem) -> Block {
    let anchors = anchors(text.get(range.clone()).unwrap_or(""));
    let mut block = Block {
        refused: true,
        ..Block::default()
    };
    for chunk in chunks(text, range.clone(), keys) {
        let (found, garbage) = recover_chunk(text, &chunk, keys, &anchors);
        block.entries.extend(found.entries);
        block.comments.extend(found.comments);
        let indent = Span::new(chunk.start - chunk.indent, chunk.start);
        let indent = Some(indent).filter(|indent| !indent.is_empty());
        let indented = indent.map(|indent| Problem::new(indent, ProblemKind::Indented));
        block.problems.extend(indented);
        block.problems.extend(found.problems);
        let garbage = garbage.filter(|line| !belongs(line.of(text)));
        let not_an_entry = |line: Line| Problem::new(line.trimmed(text), ProblemKind::NotAnEntry);
        block.problems.extend(garbage.map(not_an_entry));
    }
    let mut problems = block.problems.iter();
    let explained = problems.any(|one| one.kind != ProblemKind::CutByComment);
    if !explained {
        let problem = located(text, range.clone(), range.start, fault);
        block.problems.push(problem);
    }
    block
}

/// Parses a chunk by itself. The line is the first one that is none of the entry's, where the rest is in order or has
/// a problem that does not explain such a line.
fn recover_chunk(
    text: &str,
    chunk: &Chunk,
    keys: Keys,
    anchors: &HashSet<&str>,
) -> (Block, Option<Line>) {
    let Some((line, key)) = chunk.head else {
        // Lines before the first key: comments, or garbage.
        let end = chunk.garbage.map_or(chunk.end, |line| line.start);
        let comments = document(text, chunk.start..end, keys, Some(anchors));
        return (comments.unwrap_or_default(), chunk.garbage);
    };
    if !key.spaced {
        let key_span = Span::new(line.start, line.start + key.length + 1);
        let problem = Problem::new(key_span, ProblemKind::NoSpaceAfterColon);
        let entry = raw_entry(text, line, key, keys);
        return (Block::of(vec![entry], vec![problem]), chunk.garbage);
    }
    let fault = match document(text, chunk.start..chunk.end, keys, Some(anchors)) {
        Ok(block) => return (block, None),
        Err(fault) => fault,
    };
    // A value in brackets or quotes may hold lines that look like none of it, and text may follow it all the same.
    let broken = line_at(text, chunk.start..chunk.end, fault.span.start as usize);
    for garbage in chunk.garbage.into_iter().chain(broken) {
        let before = chunk.start..garbage.start;
        let belongs = garbage.of(text).starts_with([' ', '\t']);
        if !belongs
            && garbage.start > line.start
            && let Ok(mut block) = document(text, before, keys, Some(anchors))
        {
            reach_to(text, block.entries.last_mut(), garbage.end);
            return (block, Some(garbage));
        }
    }
    let mut entry = raw_entry(text, line, key, keys);
    reach_to(text, Some(&mut entry), chunk.end);
    let problem = located(text, chunk.start..chunk.end, line.start, &fault);
    (Block::of(vec![entry], vec![problem]), None)
}

/// Says of an entry with nothing on its line that its value is what follows up to `end`, where the problem is.
fn reach_to(text: &str, entry: Option<&mut Entry>, end: usize) {
    if let Some(entry) = entry.filter(|entry| entry.value_span.is_empty()) {
        entry.value_span = trim(text, entry.value_span.start as usize..end);
    }
}

/// The problem of a fault: at its line if that is in `range` and not blank, else at the line at `or_at`.
fn located(text: &str, range: Range<usize>, or_at: usize, fault: &Problem) -> Problem {
    let line = line_at(text, range.clone(), fault.span.start as usize);
    let line = line.filter(|line| !line.trimmed(text).is_empty());
    let Some(line) = line.or_else(|| line_at(text, range.clone(), or_at)) else {
        return Problem::new(Span::at(range.start), fault.kind.clone());
    };
    let tabs = line.of(text).find('\t').map(|at| {
        let rest = text.get(line.start + at..line.end).unwrap_or("");
        let length = rest.len() - rest.trim_start_matches('\t').len();
        Span::new(line.start + at, line.start + at + length)
    });
    let tabs = tabs.filter(|_| fault.kind == ProblemKind::Tab);
    Problem::new(tabs.unwrap_or(line.trimmed(text)), fault.kind.clone())
}

/// The entry of a line that the parser does not understand: the rest of the line as text. It is typed only where the
/// missing blank is all that is wrong.
pub(in super::super) fn raw_entry(text: &str, line: Line, key: KeyLine, keys: Keys) -> Entry {
    let colon = line.start + key.length + 1;
    let key_source = text.get(line.start..colon - 1).unwrap_or("");
    let symbol = (keys == Keys::Symbols)
        .then(|| key_source.strip_prefix(':'))
        .flatten();
    let span = trim(text, colon..line.end);
    let is_empty = span.is_empty();
    let span = if is_empty { Span::at(colon) } else { span };
    let source = span.of(text);
    let quote = source.chars().next().filter(|first| "\"'".contains(*first));
    let quoted =
        !key.spaced && quote.is_some_and(|quote| source.len() > 1 && source.ends_with(quote));
    let mut stray: Vec<Span> = odd_spaces(text, span).collect();
    stray.extend(trailing_blanks(text, span.end as usize));
    Entry {
        key: symbol
            .unwrap_or(key_source)
            .trim_end()
            .trim_matches(['"', '\''])
            .into(),
        key_span: match symbol {
            Some(_) => Span::new(line.start, colon),
            None => trim(text, line.start..colon - 1),
        },
        value: match quote {
            None if !key.spaced => Value::of_plain(source),
            _ => Value::String(source.trim_matches(['"', '\'']).into()),
        },
        value_span: span,
        source: source.into(),
        stray_whitespace: stray.into(),
        quoted,
    }
}

/// The names after `&` in a block: more than its anchors, never fewer.
fn anchors(block: &str) -> HashSet<&str> {
    memchr::memchr_iter(b'&', block.as_bytes())
        .filter_map(|at| {
            let name = block.get(at + 1..)?;
            let length = name
                .find([' ', '\t', '\r', '\n', ',', ']', '}', '&'])
                .unwrap_or(name.len());
            name.get(..length)
        })
        .collect()
}

#[cfg(test)]
mod tests;
