//! Places in a text. Inside the tool every place is a [`Span`] of byte offsets; lines and columns are made from a
//! [`LineIndex`] only where a report is written.

use serde::Serialize;
use std::ops::Range;

/// A short piece of a file: a label, a key, a destination. Up to 24 bytes take no memory of their own, which spares an
/// archive of ten thousand notes half of its allocations.
pub type Text = compact_str::CompactString;

/// A half-open range of byte offsets (from 0) into a file's text.
///
/// Offsets are 32 bits wide: files of 4 GiB and more are refused when they are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span of the bytes `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span {
            start: clamp(start),
            end: clamp(end.max(start)),
        }
    }

    /// An empty span before the byte `at`.
    pub fn at(at: usize) -> Self {
        Span::new(at, at)
    }

    /// Where `part`, a slice of `whole`, stands in it.
    pub fn of_slice(part: &str, whole: &str) -> Self {
        let start = (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
        Span::new(start, start + part.len())
    }

    /// The same span as a range of `usize`.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The bytes of this span out of `text`; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// This span moved `by` bytes towards the end.
    pub fn shifted(self, by: usize) -> Self {
        Span::new(self.start as usize + by, self.end as usize + by)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// A place that a reader can find: `line` and `column` count from 1, the column in Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode code points, from 1.
    pub column: usize,
    /// The byte offset, from 0.
    pub offset: usize,
}

/// Where the lines of a text begin, so that an offset is turned into a line by binary search.
///
/// Lines end with `\n` or `\r\n`, or with a lone `\r` as CommonMark has it (section 2.1).
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// Byte offsets of the lines' first bytes; never empty.
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds the lines of `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let after = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| bytes.get(at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n'))
            .map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX));
        LineIndex {
            starts: std::iter::once(0).chain(after).collect(),
        }
    }

    /// The number of lines; a text that ends with a line ending has an empty last line.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line (from 0) that holds the byte `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts
            .partition_point(|&start| start as usize <= offset)
            .saturating_sub(1)
    }

    /// The span of a line (from 0), its line ending included; empty for a line beyond the last.
    pub fn line_span(&self, line: usize, text: &str) -> Span {
        let start = self
            .starts
            .get(line)
            .map_or(text.len(), |&start| start as usize);
        let end = self
            .starts
            .get(line + 1)
            .map_or(text.len(), |&start| start as usize);
        Span::new(start, end)
    }

    /// The position of the byte `offset` in `text`; an offset beyond the text is moved to its end.
    pub fn position(&self, offset: usize, text: &str) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_of(offset);
        let start = self.starts.get(line).map_or(0, |&start| start as usize);
        let column = text
            .get(start..offset)
            .map_or(0, |before| before.chars().count());
        Position {
            line: line + 1,
            column: column + 1,
            offset,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_any_of_the_three_endings() {
        let text = "a\nb\r\nc\rd";
        let index = LineIndex::new(text);
        let lines: Vec<&str> = (0..index.count())
            .map(|line| index.line_span(line, text).of(text))
            .collect();
        assert_eq!(lines, ["a\n", "b\r\n", "c\r", "d"]);
    }

    #[test]
    fn columns_count_code_points() {
        let text = "é\nçà[x]";
        let index = LineIndex::new(text);
        let position = index.position(text.find('[').unwrap(), text);
        assert_eq!((position.line, position.column), (2, 3));
    }

    #[test]
    fn an_offset_inside_a_character_is_its_beginning() {
        let index = LineIndex::new("é");
        assert_eq!(index.position(1, "é").column, 1);
        assert_eq!(index.position(9, "é").column, 2);
    }
}
