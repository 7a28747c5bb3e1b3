//! The white space in a block that nobody sees.

use crate::source::{self, Span};
pub(super) use crate::source::{Line, lines, trim};
use std::ops::Range;

/// The line in `range`, which begins at a line's beginning, that holds the byte `at`.
pub(super) fn line_at(text: &str, range: Range<usize>, at: usize) -> Option<Line> {
    let is_inside = (range.start..=range.end).contains(&at);
    let line = is_inside.then(|| source::line_at(text, at))?;
    (line.start < range.end).then_some(line)
}

/// Where a text begins, behind its byte order mark.
pub(super) fn beginning(text: &str) -> usize {
    text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len()
}

/// The blanks between `at` and the end of its line, if there is nothing else.
pub(super) fn trailing_blanks(text: &str, at: usize) -> Option<Span> {
    let rest = text.get(at..)?;
    let length = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let after = rest.get(length..)?;
    let ends = after.is_empty() || after.starts_with(['\n', '\r']);
    (length > 0 && ends).then(|| Span::new(at, at + length))
}

/// Spaces that look like a blank or like nothing, and are neither to a parser: non-breaking (U+00A0, U+2007, U+202F)
/// and zero-width ones (U+200B, U+FEFF).
pub(super) fn odd_spaces(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let inside = span.of(text);
    // Most values are ASCII, which is found out faster than it is searched.
    let candidates = if inside.is_ascii() { "" } else { inside };
    candidates
        .char_indices()
        .filter(|(_, char)| {
            matches!(
                char,
                '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{200b}' | '\u{feff}'
            )
        })
        .map(move |(at, char)| Span::new(at, at + char.len_utf8()).shifted(span.start as usize))
}

#[cfg(test)]
mod tests;
