//! Blocks that the dialects know beside CommonMark, laid out as CommonMark reads them.
//!
//! Footnotes, definition lists and admonitions hold their content by its indentation, which CommonMark takes for code.
//! So the text is copied with that indentation taken away, and with a blank line where such a block begins; a list of
//! pieces leads from each place of the copy back to the source. What is not in one of these blocks stays as it is, and a
//! block that stands in code is code in the copy, too: it keeps the indentation that makes it code.
//!
//! | block | opens with | holds lines indented by | lazy lines |
//! |---|---|---|---|
//! | footnote | `[^label]: text` | 4 | as below |
//! | definition (kramdown, Goldmark) | `: text` after a paragraph | what stands before the text | until a blank line |
//! | definition (Python-Markdown) | `: text` | 4 | until a blank line |
//! | `!!! note`, `??? note`, `=== "Tab"` (Python-Markdown) | | 4 | none |
//! | list item (Python-Markdown) | `- text`, `1. text` | 4 | until a blank line |
//!
//! HTML blocks are closed where their element ends (`html.rs`), and rows of tables become paragraphs where CommonMark's tables differ: for kramdown and Python-Markdown.
//!
//! kramdown (`parser/kramdown/footnote.rb`, `list.rb`): a footnote begins no line of a paragraph, and its lazy lines
//! follow indented ones only. cmark-gfm, markdown-it-footnote and Goldmark: lazy lines go on with a paragraph.
//! Python-Markdown (`blockprocessors.py`, `extensions/footnotes.py`, `extensions/admonition.py`): four columns whatever
//! the marker's width, and markers of up to three columns are siblings.

mod html;
mod line;

use super::{Dialect, ParseOptions};
use crate::source::{self, Span};
use line::{Fence, Kind, Line};
use std::borrow::Cow;

/// A text laid out, and the way back.
pub(super) struct Laid<'t> {
    /// What CommonMark is to read.
    pub(super) text: Cow<'t, str>,
    /// In the order of both texts; of the first, both begin at 0.
    pieces: Vec<Piece>,
    /// Where the renderer cannot be followed, in the copy.
    pub(super) unknown: Vec<Span>,
}

/// From `laid` on, the copy is what the source has from `source` on.
#[derive(Debug, Clone, Copy)]
struct Piece {
    laid: u32,
    source: u32,
}

impl Laid<'_> {
    /// Whether the copy is another text than the source.
    pub(super) fn is_moved(&self) -> bool {
        self.pieces.len() > 1
    }

    /// Where a span of the copy stands in the source.
    pub(super) fn source(&self, span: Span) -> Span {
        let start = self.place(span.start, span.start);
        let end = match span.is_empty() {
            true => start,
            false => self.place(span.end - 1, span.end).max(start),
        };
        Span { start, end }
    }

    /// The place of `at` in the source, by the piece that holds the byte `of`.
    fn place(&self, of: u32, at: u32) -> u32 {
        let next = self.pieces.partition_point(|piece| piece.laid <= of);
        let piece = next.checked_sub(1).and_then(|last| self.pieces.get(last));
        let place = piece.map_or(at, |piece| piece.source + (at - piece.laid));
        let end = self.pieces.get(next);
        end.map_or(place, |end| place.min(end.source))
    }
}

/// Lays `text` out.
pub(super) fn lay_out(text: &str, options: ParseOptions) -> Laid<'_> {
    let mut layout = Layout {
        text,
        options,
        pieces: vec![Piece { laid: 0, source: 0 }],
        blank: 1,
        reads_html: options.dialect == Dialect::Kramdown
            && (options.reads_html || text.contains("parse_block_html=\"true\"")),
        ..Layout::default()
    };
    if layout.is_needed() {
        layout.laid.reserve(text.len() + 64);
        layout.run();
    }
    let text = match layout.pieces.len() {
        1 => Cow::Borrowed(text),
        _ => Cow::Owned(layout.laid),
    };
    Laid {
        text,
        pieces: layout.pieces,
        unknown: layout.unknown,
    }
}

/// A block that holds lines by their indentation.
#[derive(Debug, Clone, Copy)]
struct Region {
    holds: Holds,
    /// The column of the source in which its lines begin.
    indent: usize,
    /// How many columns that is to the right of where they begin in the copy.
    taken: isize,
    /// Whether one of its lines was seen.
    is_continued: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Holds {
    Footnote,
    Definition,
    Item,
    Admonition,
}

#[derive(Default)]
struct Layout<'t> {
    text: &'t str,
    options: ParseOptions,
    laid: String,
    pieces: Vec<Piece>,
    regions: Vec<Region>,
    /// The fence of the code block that is open.
    fence: Option<Fence>,
    /// Whether a list is open that is no region.
    in_list: bool,
    /// How many block quotes the last line stands in.
    quotes: usize,
    /// What the last line that is not blank is.
    before: Kind,
    /// How many blank lines follow it.
    blank: usize,
    /// Where the last table ends.
    table_end: usize,
    /// See [`Laid::unknown`].
    unknown: Vec<Span>,
    /// The HTML elements whose content is read that are open, by name.
    elements: Vec<&'t str>,
    /// Whether HTML is read wherever nothing else is said.
    reads_html: bool,
    /// Up to where the text was copied ahead.
    done: usize,
}

impl Layout<'_> {
    fn is(&self, dialect: Dialect) -> bool {
        self.options.dialect == dialect
    }

    /// Whether the text may hold anything that is laid out.
    fn is_needed(&self) -> bool {
        let holds = |what: &str| source::holds(self.text, what);
        let has_footnotes = || holds("^") && holds("]:");
        match self.options.dialect {
            Dialect::Gfm => has_footnotes(),
            Dialect::CommonMark => has_footnotes() || self.options.definition_lists && holds(": "),
            Dialect::Kramdown | Dialect::PythonMarkdown => true,
        }
    }

    fn run(&mut self) {
        for line in source::lines(self.text, 0..self.text.len()) {
            let line = Line::read(self.text, line);
            if line.begin < self.done {
                continue;
            }
            if self.fence.is_some() && line.quotes > self.quotes {
                // In code that is no block quote.
                self.copy(line.begin, line.next);
                continue;
            }
            let is_lazy = line.quotes < self.quotes && self.blank == 0;
            if line.quotes != self.quotes && !(is_lazy && line.kind(self.text) == Kind::Text) {
                self.quotes = line.quotes;
                self.leave_all();
            }
            if line.is_blank() {
                self.blank += 1;
                self.copy(line.begin, line.next);
            } else {
                self.line(line);
                // What was copied ahead ends a block.
                self.blank = usize::from(line.next <= self.done);
            }
        }
    }

    /// Copies a line without the columns that its regions take away, and opens what begins on it.
    fn line(&mut self, line: Line) {
        let left = self.leave_regions(&line);
        let region = self.regions.last().copied();
        let base = region.map_or(0, |region| region.indent);
        let line = line.moved(self.text, region.map_or(0, |region| region.taken));
        if let Some(fence) = self.fence {
            if line.closes(self.text, fence) {
                self.fence = None;
            }
            return self.copy_line(&line);
        }
        let kind = line.kind(self.text);
        let depth = line.source_columns.saturating_sub(base);
        self.in_list = kind == Kind::Item && (depth < 4 || self.in_list)
            || self.in_list && (depth > 0 || self.blank == 0);
        let before = std::mem::replace(&mut self.before, kind);
        if depth >= 4 && !self.in_list {
            return self.copy_line(&line);
        }
        if self.is_row(&line, kind) {
            let start = self.laid.len();
            self.copy_line(&line);
            // With a pipe in it, a definition is a row of a table.
            let is_definition = kind == Kind::Other;
            let row = is_definition.then(|| Span::new(start, self.laid.len()));
            self.unknown.extend(row);
            return self.insert("\n", line.next);
        }
        if let Some(fence) = line.fence(self.text) {
            self.fence = Some(fence);
            return self.copy_line(&line);
        }
        if self.html(&line) {
            return;
        }
        match kind {
            Kind::Footnote if self.may_interrupt(before) => {
                self.open(Holds::Footnote, line.source_columns, 4, 0);
                self.copy_line(&line);
            }
            Kind::Definition if self.may_define(before, left) => self.definition(&line),
            Kind::Admonition if self.is(Dialect::PythonMarkdown) => {
                self.open(Holds::Admonition, line.source_columns, 4, 0);
                self.copy_line(&line);
                self.insert("\n", line.next);
            }
            Kind::Item if self.is(Dialect::PythonMarkdown) => {
                let begins = self.blank > 0 || before != Kind::Text || left == Some(Holds::Item);
                self.item(&line, begins, base);
            }
            Kind::Item if self.is(Dialect::Kramdown) => self.defining_item(&line),
            Kind::Other if self.is(Dialect::PythonMarkdown) => self.ends_paragraph(&line),
            _ => self.copy_line(&line),
        }
    }

    /// Whether a line is a row of a table in which a pipe inside code divides nothing (`parser/kramdown/table.rb`,
    /// `extensions/tables.py`). Links are found in a row as in a paragraph of its own.
    fn is_row(&mut self, line: &Line, kind: Kind) -> bool {
        let is_bracket = self.text.as_bytes().get(line.text) == Some(&b'[');
        let may_begin = match self.options.dialect {
            Dialect::Kramdown => kind == Kind::Text || is_bracket,
            Dialect::PythonMarkdown => kind == Kind::Text,
            _ => false,
        };
        if may_begin && self.blank > 0 {
            let rows = || {
                let lines = source::lines(self.text, line.begin..self.text.len());
                lines.take_while(|row| line::has_pipe(row.of(self.text)))
            };
            let mut separators = rows().map(|row| line::is_separator(row.of(self.text)));
            let end = rows().last().map_or(line.begin, |row| row.next);
            let is_table = match self.options.dialect {
                Dialect::PythonMarkdown => separators.nth(1) == Some(true),
                _ => separators.any(|separator| !separator) && self.ends_block(end),
            };
            if is_table {
                self.table_end = end;
            }
        }
        line.next <= self.table_end
    }

    /// Whether a block of kramdown ends before the byte `at` (`BLOCK_BOUNDARY`).
    fn ends_block(&self, at: usize) -> bool {
        let after = self.text.get(at..).unwrap_or("");
        let after = after.trim_start_matches(['>', ' ', '\t']);
        after.is_empty() || after.starts_with(['\n', '\r', '^']) || after.starts_with("{:")
    }

    /// An item of kramdown that may begin with a definition, `- [label]: any words`: it is put on a line of its own.
    fn defining_item(&mut self, line: &Line) {
        let content = line.after(self.text, line.marker_end(self.text));
        let source = self.text.get(content.text..line.next).unwrap_or("");
        if source.starts_with('[') && source.contains("]:") {
            self.copy_line_until(line, content.text);
            self.insert("\n", content.text);
            self.insert(&" ".repeat(content.columns), content.text);
            self.copy(content.text, line.next);
        } else {
            self.copy_line(line);
        }
    }

    /// A definition or a heading of Python-Markdown: it may stand in a paragraph, and the heading needs no blank.
    fn ends_paragraph(&mut self, line: &Line) {
        let level = line.level_without_blank(self.text);
        if line.is_definition(self.text) {
            self.insert("\n", line.begin);
            self.copy_line(line);
        } else if level > 0 {
            self.copy_line_until(line, line.text + level);
            self.insert(" ", line.text + level);
            self.copy(line.text + level, line.next);
        } else {
            self.copy_line(line);
        }
    }

    /// Leaves all regions, where a block quote begins or ends.
    fn leave_all(&mut self) {
        self.regions.clear();
        self.fence = None;
        self.in_list = false;
        self.before = Kind::Other;
    }

    /// Leaves the regions that do not hold `line`, and says which one it left last.
    fn leave_regions(&mut self, line: &Line) -> Option<Holds> {
        let mut left = None;
        let may_be_lazy = self.blank == 0 && self.fence.is_none();
        let is_python = self.is(Dialect::PythonMarkdown);
        while let Some(region) = self.regions.last_mut() {
            // Python-Markdown splits its blocks at one blank line, and finds no indentation after two.
            let is_apart = region.holds == Holds::Footnote && is_python && self.blank > 1;
            let is_held = line.source_columns >= region.indent && !is_apart;
            region.is_continued |= is_held;
            let region = *region;
            if is_held || may_be_lazy && self.is_lazy(line, region) {
                break;
            }
            left = Some(region.holds);
            self.regions.pop();
            self.fence = None;
            self.in_list = false;
        }
        left
    }

    /// Whether a region holds a line after another one although it is not indented.
    fn is_lazy(&self, line: &Line, region: Region) -> bool {
        let kind = line.kind(self.text);
        match region.holds {
            Holds::Admonition => false,
            Holds::Footnote if self.is(Dialect::Kramdown) => region.is_continued,
            Holds::Definition if self.is(Dialect::Kramdown) => kind != Kind::Definition,
            _ => self.before.goes_on() && kind == Kind::Text,
        }
    }

    /// Whether a footnote begins after a line of the kind `before`.
    fn may_interrupt(&self, before: Kind) -> bool {
        let in_paragraph = matches!(before, Kind::Text | Kind::Item);
        !self.is(Dialect::Kramdown) || self.blank > 0 || !in_paragraph
    }

    /// Whether `: text` is a definition after a line of the kind `before`, which may have ended a region.
    fn may_define(&self, before: Kind, left: Option<Holds>) -> bool {
        let after_term = match self.options.dialect {
            Dialect::PythonMarkdown => true,
            Dialect::Kramdown if self.blank > 1 => false,
            Dialect::CommonMark | Dialect::Gfm if !self.options.definition_lists => return false,
            _ => matches!(before, Kind::Text | Kind::Item),
        };
        left == Some(Holds::Definition) || after_term
    }

    fn definition(&mut self, line: &Line) {
        let content = line.after(self.text, line.text + 1);
        let width = match self.is(Dialect::PythonMarkdown) {
            true => 4,
            false => content.columns - line.columns,
        };
        self.open(Holds::Definition, line.source_columns, width, 0);
        self.insert("\n", line.begin);
        self.copy(line.begin, line.head);
        self.insert(&" ".repeat(line.columns), content.text);
        self.copy(content.text, line.next);
    }

    /// An item of Python-Markdown, or a line that looks like one.
    fn item(&mut self, line: &Line, begins: bool, base: usize) {
        let marker = line.marker_end(self.text);
        let is_bracket = self.text.as_bytes().get(marker - 1) == Some(&b')');
        if !begins || is_bracket {
            self.copy_line_until(line, marker - 1);
            self.insert("\\", marker - 1);
            return self.copy(marker - 1, line.next);
        }
        let content = line.after(self.text, marker);
        // In the copy it begins where its siblings do, and has one blank after the marker.
        let aside = line.source_columns - base;
        let column = line.columns.saturating_sub(aside);
        let width = marker - line.text + 1;
        self.open(Holds::Item, base, 4, width);
        self.copy(line.begin, line.head);
        self.insert(&" ".repeat(column), line.text);
        self.copy(line.text, marker);
        self.insert(" ", content.text);
        self.copy(content.text, line.next);
    }

    /// Opens a block at `column` of the source, whose lines are indented by `width` and are to be by `laid`.
    fn open(&mut self, holds: Holds, column: usize, width: usize, laid: usize) {
        let taken = self.regions.last().map_or(0, |region| region.taken);
        self.in_list = false;
        self.regions.push(Region {
            holds,
            indent: column + width,
            taken: taken + width as isize - laid as isize,
            is_continued: false,
        });
    }

    fn copy_line(&mut self, line: &Line) {
        self.copy_line_until(line, line.next);
    }

    fn copy_line_until(&mut self, line: &Line, end: usize) {
        self.copy(line.begin, line.head);
        self.insert(&" ".repeat(line.padding), line.start);
        self.copy(line.start, end);
    }

    /// Copies `start..end` of the source.
    fn copy(&mut self, start: usize, end: usize) {
        let (laid, source) = (self.laid.len(), start);
        let follows = self
            .pieces
            .last()
            .is_some_and(|piece| piece.source as usize + (laid - piece.laid as usize) == source);
        if !follows {
            self.piece(source);
        }
        self.laid.push_str(self.text.get(start..end).unwrap_or(""));
    }

    /// Puts `added` before the byte `at` of the source.
    fn insert(&mut self, added: &str, at: usize) {
        if !added.is_empty() {
            self.piece(at);
            self.laid.push_str(added);
            self.piece(at);
        }
    }

    fn piece(&mut self, source: usize) {
        let offset = |at: usize| Span::at(at).start;
        self.pieces.push(Piece {
            laid: offset(self.laid.len()),
            source: offset(source),
        });
    }
}

#[cfg(test)]
mod tests;
