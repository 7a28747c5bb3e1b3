//! One line of a text, with the columns that its blanks make.

use crate::source;
use regex::Regex;
use std::sync::LazyLock;

/// A line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// The first byte, before the markers of block quotes.
    pub(super) begin: usize,
    /// How many block quotes the line stands in.
    pub(super) quotes: usize,
    /// The byte after those markers.
    pub(super) head: usize,
    /// The first byte that is copied after them.
    pub(super) start: usize,
    /// How many blanks stand before it in the copy.
    pub(super) padding: usize,
    /// Where its text begins: the first byte that is no blank.
    pub(super) text: usize,
    /// The column of that byte in the copy.
    pub(super) columns: usize,
    /// The column of that byte in the source.
    pub(super) source_columns: usize,
    /// The byte after its ending.
    pub(super) next: usize,
    is_blank: bool,
}

/// What a line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    /// Words of a paragraph, as far as the line tells.
    Text,
    /// `[^label]:`
    Footnote,
    /// `: text`
    Definition,
    /// `!!! note`, `??? note`, `=== "Tab"`
    Admonition,
    /// `- text`, `1. text`
    Item,
    /// A heading, a fence, a link's definition, HTML.
    #[default]
    Other,
}

impl Kind {
    /// Whether a line of words goes on with a paragraph that stands on a line of this kind.
    pub(super) fn goes_on(self) -> bool {
        !matches!(self, Kind::Admonition | Kind::Other)
    }
}

/// The fence of a code block: its character, and how many there are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fence {
    character: u8,
    length: usize,
}

impl Line {
    /// Reads a line of `text`.
    pub(super) fn read(text: &str, line: source::Line) -> Self {
        let bytes = text.as_bytes();
        let source::Line {
            start: begin, next, ..
        } = line;
        let (start, quotes) = after_quotes(bytes, begin);
        let (at, columns) = after_blanks(bytes, start, 0);
        Line {
            begin,
            quotes,
            head: start,
            start,
            padding: 0,
            text: at.min(next),
            columns,
            source_columns: columns,
            next,
            is_blank: matches!(bytes.get(at), None | Some(b'\n' | b'\r')),
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.is_blank
    }

    /// The line without the first `taken` columns, as far as they are blank; of a negative number that many more.
    pub(super) fn moved(mut self, text: &str, taken: isize) -> Self {
        let Ok(taken) = usize::try_from(taken) else {
            self.padding = taken.unsigned_abs();
            self.columns += self.padding;
            return self;
        };
        let taken = taken.min(self.columns);
        let mut column = 0;
        while column < taken {
            column = match text.as_bytes().get(self.start) {
                Some(b'\t') => column / 4 * 4 + 4,
                _ => column + 1,
            };
            self.start += 1;
        }
        self.padding = column - taken;
        self.columns -= taken;
        self
    }

    /// The same line from the byte `at` in its text on.
    pub(super) fn after(&self, text: &str, at: usize) -> Self {
        let column = self.columns + (at - self.text);
        let (text, columns) = after_blanks(text.as_bytes(), at, column);
        Line {
            start: at,
            padding: 0,
            text: text.min(self.next),
            columns,
            ..*self
        }
    }

    fn source<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.text..self.next).unwrap_or("")
    }

    /// What the line begins with.
    pub(super) fn kind(&self, text: &str) -> Kind {
        let source = self.source(text);
        let bytes = source.as_bytes();
        match bytes {
            [b'[', b'^', ..] if source.contains("]:") => Kind::Footnote,
            [b'[', ..] if source.contains("]:") => Kind::Other,
            [b':', b' ' | b'\t' | b'|', ..] => Kind::Definition,
            [b'!' | b'?' | b'=', ..] if is_admonition(source) => Kind::Admonition,
            [b'#' | b'<', ..] | [b'`', b'`', b'`', ..] | [b'~', b'~', b'~', ..] => Kind::Other,
            _ if self.marker_end(text) > self.text => Kind::Item,
            _ => Kind::Text,
        }
    }

    /// Where the marker of a list item ends; where there is none, the beginning of the text.
    pub(super) fn marker_end(&self, text: &str) -> usize {
        let bytes = self.source(text).as_bytes();
        let digits = bytes
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let length = match (digits, bytes.get(digits)) {
            (0, Some(b'-' | b'+' | b'*')) => 1,
            (1..=9, Some(b'.' | b')')) => digits + 1,
            _ => 0,
        };
        match bytes.get(length) {
            Some(b' ' | b'\t') if !self.is_rule(text) => self.text + length,
            _ => self.text,
        }
    }

    /// Whether the line is a rule, though it begins as a list does: `* * *`.
    fn is_rule(&self, text: &str) -> bool {
        let source = self.source(text).trim_end();
        let signs = source.split([' ', '\t']).collect::<String>();
        let is_all = |sign: char| signs.chars().all(|one| one == sign);
        signs.len() > 2 && (is_all('*') || is_all('-'))
    }

    /// Whether Python-Markdown reads the line as a link's definition (`ReferenceProcessor` in `blockprocessors.py`).
    pub(super) fn is_definition(&self, text: &str) -> bool {
        static DEFINITION: LazyLock<Option<Regex>> = LazyLock::new(|| {
            let title = r#"".*"|'.*'|\(.*\)"#;
            let definition = format!(r"^\[[^\[\]]*\]:\s*[^ \t]+(?:[ \t]\s*(?:{title})?)?$");
            Regex::new(&definition).ok()
        });
        let line = self.source(text).trim_end();
        let definition = DEFINITION.as_ref();
        definition.is_some_and(|definition| definition.is_match(line))
    }

    /// The level of a heading that has no blank after its `#`; 0 for any other line.
    pub(super) fn level_without_blank(&self, text: &str) -> usize {
        let source = self.source(text);
        let level = source.bytes().take_while(|byte| *byte == b'#').count();
        let next = source.as_bytes().get(level);
        match next {
            Some(b' ' | b'\t' | b'\n' | b'\r') | None => 0,
            _ => level.min(6),
        }
    }

    /// The fence that the line is.
    pub(super) fn fence(&self, text: &str) -> Option<Fence> {
        let source = self.source(text).trim_start_matches(['-', '*', '+', ' ']);
        let character = *source.as_bytes().first()?;
        let length = source.bytes().take_while(|byte| *byte == character).count();
        let is_fence = match character {
            b'`' => !source.get(length..)?.contains('`'),
            b'~' => true,
            _ => false,
        };
        (is_fence && length >= 3).then_some(Fence { character, length })
    }

    /// Whether the line closes the code block of `fence`.
    pub(super) fn closes(&self, text: &str, fence: Fence) -> bool {
        let source = self.source(text).trim_end();
        source.len() >= fence.length && source.bytes().all(|byte| byte == fence.character)
    }
}

/// Whether a pipe stands in a line outside code, and no backslash before it.
pub(super) fn has_pipe(line: &str) -> bool {
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or(&[]);
        let is_code = rest.starts_with(b"<code");
        at += match byte {
            b'|' => return true,
            b'\\' => 2,
            b'`' => {
                let length = rest.iter().take_while(|byte| **byte == b'`').count();
                let (fence, inside) = rest.split_at(length);
                let close = memchr::memmem::find(inside, fence);
                close.map_or(length, |close| close + 2 * length)
            }
            b'<' if is_code => memchr::memmem::find(rest, b"</code>").unwrap_or(1),
            _ => 1,
        };
    }
    false
}

/// Whether a line divides the head of a table from its rows (`TABLE_SEP_LINE`).
pub(super) fn is_separator(line: &str) -> bool {
    let is_part = |byte: u8| matches!(byte, b'+' | b'|' | b':' | b' ' | b'\t' | b'-' | b'\r');
    line.contains('-') && line.bytes().all(is_part)
}

/// The first byte after the markers of block quotes, and how many there are (CommonMark 0.31, section 5.1).
fn after_quotes(bytes: &[u8], mut at: usize) -> (usize, usize) {
    let mut quotes = 0;
    loop {
        let (marker, columns) = after_blanks(bytes, at, 0);
        if columns > 3 || bytes.get(marker) != Some(&b'>') {
            return (at, quotes);
        }
        quotes += 1;
        at = marker + 1;
        at += usize::from(bytes.get(at) == Some(&b' '));
    }
}

/// The first byte from `at` on that is no blank, and its column, where `at` stands in `column`.
fn after_blanks(bytes: &[u8], mut at: usize, mut column: usize) -> (usize, usize) {
    loop {
        column = match bytes.get(at) {
            Some(b' ') => column + 1,
            Some(b'\t') => column / 4 * 4 + 4,
            _ => return (at, column),
        };
        at += 1;
    }
}

/// Whether a line opens an admonition, a block to unfold or a tab (`extensions/admonition.py`; `blocks` of pymdownx:
/// `details.py`, `tabbed.py`).
fn is_admonition(source: &str) -> bool {
    static OPENS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let named = r#"[\w-]+(?: +[\w-]+)*(?: +".*?")?"#;
        let opens = format!(r#"^(?:!!! ?{named}|\?\?\?\+? ?(?:{named}|".*?")|===[+!]* +".*?") *$"#);
        Regex::new(&opens).ok()
    });
    let source = source.trim_end();
    let may_open = source.starts_with(['!', '?', '=']) && !source.ends_with('=');
    may_open && (OPENS.as_ref()).is_some_and(|opens| opens.is_match(source))
}
