//! The lines of a block, and the white space in them that nobody sees.
//!
//! A line ends with `\n` or `\r\n`: both Jekyll's and Hugo's search for fences and the snip's search for `"\n:"` know
//! no other line ending.

use crate::source::Span;
use std::ops::Range;

/// A line of a text, as byte offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// The first byte.
    pub(super) start: usize,
    /// The byte after the last one, without the line ending.
    pub(super) end: usize,
    /// The first byte of the next line.
    pub(super) next: usize,
}

impl Line {
    /// The line's text without its ending.
    pub(super) fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// The line without white space around it.
    pub(super) fn trimmed(self, text: &str) -> Span {
        trim(text, self.start..self.end)
    }
}

/// The lines in `range`, which begins at a line's beginning.
pub(super) fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Line> {
    let mut start = range.start;
    std::iter::from_fn(move || {
        let rest = text
            .get(start..range.end)
            .filter(|rest| !rest.is_empty())?
            .as_bytes();
        let length = memchr::memchr(b'\n', rest);
        let next = start + length.map_or(rest.len(), |length| length + 1);
        let mut end = length.map_or(next, |length| start + length);
        if end > start && text.as_bytes().get(end - 1) == Some(&b'\r') {
            end -= 1;
        }
        let line = Line { start, end, next };
        start = next;
        Some(line)
    })
}

/// The line in `range`, which begins at a line's beginning, that holds the byte `at`.
pub(super) fn line_at(text: &str, range: Range<usize>, at: usize) -> Option<Line> {
    let before = text.as_bytes().get(range.start..at)?;
    let start = memchr::memrchr(b'\n', before).map_or(range.start, |at| range.start + at + 1);
    lines(text, start..range.end).next()
}

/// Where a text begins, behind its byte order mark.
pub(super) fn beginning(text: &str) -> usize {
    text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len()
}

/// The range without ASCII white space around it.
pub(super) fn trim(text: &str, range: Range<usize>) -> Span {
    let inside = text.get(range.clone()).unwrap_or("");
    let white = |char: char| char.is_ascii_whitespace();
    let begun = inside.trim_start_matches(white);
    let start = range.start + inside.len() - begun.len();
    Span::new(start, start + begun.trim_end_matches(white).len())
}

/// The blanks between `at` and the end of its line, if there is nothing else.
pub(super) fn trailing_blanks(text: &str, at: usize) -> Option<Span> {
    let rest = text.get(at..)?;
    let length = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let after = rest.get(length..)?;
    let ends = after.is_empty() || after.starts_with('\n') || after.starts_with("\r\n");
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
mod tests {
    use super::*;

    #[test]
    fn a_carriage_return_belongs_to_the_ending() {
        let text = "a\r\n\n b \t\r\nc\r";
        let found: Vec<&str> = lines(text, 0..text.len())
            .map(|line| line.of(text))
            .collect();
        assert_eq!(found, ["a", "", " b \t", "c"]);
        assert_eq!(trailing_blanks(text, 6), Some(Span::new(6, 8)));
        assert_eq!(trailing_blanks(text, 1), None);
        assert_eq!(trailing_blanks("a # b", 1), None);
    }

    #[test]
    fn trimming_white_space_alone_leaves_an_empty_span() {
        assert_eq!(trim("  \t", 0..3), Span::new(3, 3));
        assert_eq!(trim(" é ", 0..4), Span::new(1, 3));
    }

    #[test]
    fn odd_spaces_are_found_with_their_length() {
        let text = "é\u{a0}b\u{200b}";
        let found: Vec<Span> = odd_spaces(text, Span::new(0, text.len())).collect();
        assert_eq!(found, [Span::new(2, 4), Span::new(5, 8)]);
    }
}
