//! HTML blocks of kramdown (`parser/kramdown/html.rb`) and Python-Markdown (`htmlparser.py`, `extensions/md_in_html.py`).
//!
//! Both end a block with its element, whatever blank lines stand in it, where CommonMark ends it with a blank line. What is
//! in it they read as Markdown only where the element says `markdown="1"` (or `block`, `span`); kramdown also where
//! `parse_block_html` is set, by the site or by the page.

use super::Layout;
use super::line::{Kind, Line};
use crate::document::Dialect;
use crate::document::definitions::html::{SPAN_ELEMENTS, is_tag};
use crate::source::{self, Span, begins_with_any};

/// The longest tag that is looked for, in bytes.
const LONGEST_TAG: usize = 4_096;

/// How far the end of what `{::comment}` hides is looked for, in bytes.
const LONGEST_HIDDEN: usize = 65_536;

/// Elements without content (`HTML_ELEMENTS_WITHOUT_BODY`).
const EMPTY: &[&str] = &[
    "area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
];

/// Elements that kramdown never reads of itself (`HTML_CONTENT_MODEL`).
const RAW: &[&str] = &["math", "pre", "script", "style", "textarea"];

/// An HTML block.
enum Block<'t> {
    /// Its content, from the end of its tag on, is Markdown.
    Read { name: &'t str, tag_end: usize },
    /// It is HTML up to this byte.
    Raw { end: usize },
    /// It is HTML, and never closed.
    Open,
}

impl<'t> Layout<'t> {
    /// Copies a line in which an HTML block begins or ends. Returns whether it was one.
    pub(super) fn html(&mut self, line: &Line) -> bool {
        let rest = self.text.get(line.text..line.next).unwrap_or("");
        let may_begin = rest.starts_with(['<', '{']) || !self.elements.is_empty();
        if self.options.dialect.is_commonmark() || !may_begin {
            return false;
        }
        let open = self.elements.last().copied();
        if let Some(close) = open.and_then(|name| closing(rest, name)) {
            self.elements.pop();
            self.copy_line_until(line, line.text);
            self.ended(line.text, line.text + close, line.next);
            return true;
        }
        if begins_with_any(rest, &["{::comment}", "{::nomarkdown}"]) {
            let until = self.text.len().min(line.next + LONGEST_HIDDEN);
            let after = self.text.as_bytes().get(line.next..until).unwrap_or(&[]);
            let close = memchr::memmem::find(after, b"{:/");
            let close = close.filter(|_| self.options.dialect == Dialect::Kramdown);
            self.done = close.map_or(0, |close| {
                source::line_at(self.text, line.next + close).next
            });
            return close.is_some();
        }
        if rest
            .strip_prefix("</")
            .is_some_and(|inside| self.name(inside).is_some())
        {
            // Nothing is open: the tag alone is HTML.
            self.before = Kind::Other;
            self.copy_line(line);
            self.insert("\n", line.next);
            return true;
        }
        let Some(block) = self.block_at(line.text) else {
            return false;
        };
        self.before = Kind::Other;
        match block {
            Block::Read { name, tag_end } => {
                self.copy_line_until(line, tag_end);
                self.insert("\n\n", tag_end);
                self.done = source::line_at(self.text, tag_end).next;
                let rest = self.text.get(tag_end..self.done).unwrap_or("");
                match closing(rest, name) {
                    Some(close) => self.ended(tag_end, tag_end + close, self.done),
                    None => {
                        self.elements.push(name);
                        self.copy(tag_end, self.done);
                    }
                }
            }
            Block::Raw { end } => {
                let start = self.laid.len();
                for part in source::lines(self.text, line.begin..end) {
                    if !part.of(self.text).trim().is_empty() {
                        self.copy(part.start, part.next);
                    }
                }
                // An element in it may be read all the same.
                let inside = self.text.get(line.begin..end).unwrap_or("");
                let region = Span::new(start, self.laid.len());
                let is_read = inside.contains("markdown=");
                self.unknown.extend(is_read.then_some(region));
                self.done = source::line_at(self.text, end).next;
                self.ended(end, end, self.done);
            }
            Block::Open => {
                let start = self.laid.len();
                self.done = self.text.len();
                self.copy(line.begin, self.done);
                self.unknown.push(Span::new(start, self.laid.len()));
            }
        }
        true
    }

    /// Copies the end of an element: what stands in it from `from` on, the closing tag at `close`, and the rest of the line.
    fn ended(&mut self, from: usize, close: usize, end: usize) {
        self.copy(from, close);
        let tag = self.text.get(close..end).unwrap_or("");
        if close > from {
            self.insert("\n\n", close);
        } else if tag.starts_with("</") {
            self.insert("\n", close);
        }
        let after = match tag.starts_with("</") {
            true => close + tag.find('>').map_or(tag.len(), |at| at + 1),
            false => close,
        };
        self.copy(close, after);
        self.insert("\n\n", after);
        self.copy(after, end);
    }

    /// The name at the beginning of a tag, if its element is a block.
    fn name<'s>(&self, inside: &'s str) -> Option<&'s str> {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':');
        let length = inside.bytes().take_while(|byte| is_name(*byte)).count();
        let name = inside.get(..length)?;
        let is_custom = name.contains(['-', ':']);
        let is_block = name.starts_with(|first: char| first.is_ascii_alphabetic())
            && !SPAN_ELEMENTS.contains(&&*name.to_ascii_lowercase())
            && !(is_custom && self.options.dialect == Dialect::PythonMarkdown);
        is_block.then_some(name)
    }

    /// The HTML block that begins at the byte `at`.
    fn block_at(&self, at: usize) -> Option<Block<'t>> {
        let source: &'t str = self.text;
        let inside = source.get(at..)?.strip_prefix('<')?;
        let name = self.name(inside)?;
        let lower = name.to_ascii_lowercase();
        let is_python = self.options.dialect == Dialect::PythonMarkdown;
        let tag_length = tag_length(inside)?;
        let tag = inside.get(..tag_length)?;
        let tag_end = at + 1 + tag_length;
        if EMPTY.contains(&&*lower) || tag.ends_with("/>") {
            return Some(Block::Raw { end: tag_end });
        }
        let said = tag
            .split_once("markdown=")
            .map(|(_, value)| value.trim_start_matches(['"', '\'']));
        let is_bare = || is_python && tag.split([' ', '>']).any(|word| word == "markdown");
        let is_read = match said {
            Some(value) => !value.starts_with('0'),
            None => self.reads_html && !RAW.contains(&&*lower) || is_bare(),
        };
        if is_read {
            return Some(Block::Read { name, tag_end });
        }
        let end = closing_of(source, tag_end, name);
        Some(end.map_or(Block::Open, |end| Block::Raw { end }))
    }
}

/// How long a tag is that begins before `inside`, up to its `>`.
fn tag_length(inside: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in inside.bytes().enumerate().take(LONGEST_TAG) {
        match (byte, quote) {
            (b'>', None) => return Some(at + 1),
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

/// Where the closing tag of `name` begins on a line.
fn closing(line: &str, name: &str) -> Option<usize> {
    let mut tags = memchr::memmem::find_iter(line.as_bytes(), b"</");
    tags.find(|at| is_tag(line.get(at + 2..).unwrap_or(""), name))
}

/// Where the closing tag ends that belongs to an element `name` whose content begins at `from`.
fn closing_of(text: &str, from: usize, name: &str) -> Option<usize> {
    let mut depth = 1;
    let bytes = text.as_bytes().get(from..)?;
    for at in memchr::memchr_iter(b'<', bytes) {
        let rest = text.get(from + at + 1..)?;
        if is_tag(rest, name) {
            depth += 1;
        } else if rest
            .strip_prefix('/')
            .is_some_and(|rest| is_tag(rest, name))
        {
            depth -= 1;
            if depth == 0 {
                return Some(from + at + 2 + rest.find('>')?);
            }
        }
    }
    None
}
