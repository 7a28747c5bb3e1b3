//! Places in a text. Inside the tool every place is a [`Span`] of byte offsets; lines and columns are made from a
//! [`LineIndex`] only where a report is written.

use std::borrow::Cow;
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

/// The text with a line feed for every lone carriage return, so that no offset moves.
///
/// This is the one notion of a line in the project: a line ends with `\n`, `\r\n` or a lone `\r` (CommonMark 0.31,
/// section 2.1). A document is read from this text; what is left of the difference, `\n` and `\r\n`, is what `str::lines`
/// knows as well. Of the renderers, kramdown, cmark-gfm, commonmark.js, markdown-it and Python-Markdown agree; so do
/// YAML (1.2.2, section 5.4), and Hugo's search for front matter. Goldmark (Hugo) takes a lone `\r` for a blank inside a
/// line, TOML refuses it, and Jekyll and snips find no metadata without a `\n` before it.
pub fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut fed = String::new();
    let mut done = 0;
    for at in memchr::memchr_iter(b'\r', bytes) {
        if bytes.get(at + 1) != Some(&b'\n') {
            fed.push_str(text.get(done..at).unwrap_or(""));
            fed.push('\n');
            done = at + 1;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    fed.push_str(text.get(done..).unwrap_or(""));
    Cow::Owned(fed)
}

/// Whether a lone carriage return ends a line of `text`.
pub fn has_lone_return(text: &str) -> bool {
    matches!(with_line_feeds(text), Cow::Owned(_))
}

/// Whether `text` begins with one of `beginnings`.
pub fn begins_with_any(text: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|one| text.starts_with(one))
}

/// Whether `what` stands in `text`.
pub fn holds(text: &str, what: &str) -> bool {
    places(text, what).next().is_some()
}

/// Where `what` stands in `text`: quicker than any search for the whole, if few other places begin with its first byte.
pub fn places<'t>(text: &'t str, what: &'t str) -> impl Iterator<Item = usize> + 't {
    let bytes = text.as_bytes();
    let first = what.bytes().next().unwrap_or_default();
    let is_it = move |at: &usize| {
        bytes
            .get(*at..)
            .is_some_and(|rest| rest.starts_with(what.as_bytes()))
    };
    memchr::memchr_iter(first, bytes).filter(is_it)
}

/// A line of a text, as byte offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one, without the line ending.
    pub end: usize,
    /// The first byte of the next line.
    pub next: usize,
}

impl Line {
    /// The line's text without its ending.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Where the line stands, without its ending.
    pub fn span(self) -> Span {
        Span::new(self.start, self.end)
    }

    /// The line without ASCII white space around it.
    pub fn trimmed(self, text: &str) -> Span {
        trim(text, self.start..self.end)
    }

    /// The line's ending: empty for the last line of a text that does not end with one.
    pub fn ending(self, text: &str) -> &str {
        text.get(self.end..self.next).unwrap_or("")
    }
}

/// The lines in `range`, which begins at a line's beginning.
pub fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Line> {
    let mut start = range.start;
    std::iter::from_fn(move || {
        let rest = text.as_bytes().get(start..range.end)?;
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let end = start + length;
        let ending = match rest.get(length..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([_, ..]) => 1,
            _ if length == 0 => return None,
            _ => 0,
        };
        let next = end + ending;
        let line = Line { start, end, next };
        start = next;
        Some(line)
    })
}

/// The line that holds the byte `at`: the last one, with nothing on it perhaps, where `at` is the end of the text.
pub fn line_at(text: &str, at: usize) -> Line {
    let bytes = text.as_bytes();
    // The second half of a line ending belongs to the line as well.
    let until = match bytes.get(at) {
        Some(b'\n') if at > 0 && bytes.get(at - 1) == Some(&b'\r') => at - 1,
        _ => at.min(bytes.len()),
    };
    let before = bytes.get(..until).unwrap_or(&[]);
    let start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |ending| ending + 1);
    let empty = Line {
        start,
        end: start,
        next: start,
    };
    lines(text, start..text.len()).next().unwrap_or(empty)
}

/// What is put into `text` at the byte `at`, with the line ending that its neighbours there have.
pub fn as_lines_of(text: &str, at: usize, inserted: &str) -> String {
    let here = line_at(text, at);
    let before = here.start.checked_sub(1);
    let before = before.map(|before| line_at(text, before));
    let endings = [Some(here), before].into_iter().flatten();
    let ending = endings
        .map(|line| line.ending(text))
        .find(|ending| !ending.is_empty())
        .unwrap_or("\n");
    let parts = lines(inserted, 0..inserted.len());
    let parts = parts.flat_map(|line| {
        let ends = !line.ending(inserted).is_empty();
        [line.of(inserted), if ends { ending } else { "" }]
    });
    parts.collect()
}

/// The text in `span` with other texts in the place of parts of it, which do not overlap, in their order.
pub fn replaced<'r>(
    text: &str,
    span: Span,
    others: impl Iterator<Item = (Span, &'r str)>,
) -> String {
    let mut written = String::with_capacity(span.len());
    let Range { start, end } = span.range();
    let mut done = start;
    for (part, other) in others {
        let part = part.range();
        written.push_str(text.get(done..part.start).unwrap_or(""));
        written.push_str(other);
        done = part.end;
    }
    written.push_str(text.get(done..end).unwrap_or(""));
    written
}

/// Whether a line without anything but blanks stands between two others in `text`.
pub fn holds_blank_line(text: &str) -> bool {
    let mut all = lines(text, 0..text.len()).skip(1);
    all.any(|line| line.of(text).trim().is_empty() && !line.ending(text).is_empty())
}

/// The range without ASCII white space around it.
pub fn trim(text: &str, range: Range<usize>) -> Span {
    let inside = text.get(range.clone()).unwrap_or("");
    let white = |char: char| char.is_ascii_whitespace();
    let begun = inside.trim_start_matches(white);
    let start = range.start + inside.len() - begun.len();
    Span::new(start, start + begun.trim_end_matches(white).len())
}

/// A place that a reader can find: `line` and `column` count from 1, the column in Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode code points, from 1.
    pub column: usize,
    /// The byte offset, from 0.
    pub offset: usize,
}

/// Where the lines of a text begin, so that an offset is turned into a line by binary search.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// Byte offsets of the lines' first bytes; never empty.
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds the lines of `text`.
    pub fn new(text: &str) -> Self {
        let after = lines(text, 0..text.len())
            .filter(|line| line.next > line.end)
            .map(|line| u32::try_from(line.next).unwrap_or(u32::MAX));
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
        let start = |line| self.starts.get(line).map(|start| *start as usize);
        let start = |line| start(line).unwrap_or(text.len());
        Span::new(start(line), start(line + 1))
    }
}

#[cfg(test)]
mod tests;
