//! Words, numbers and marks: the tokens that titles, file names and dates are read by.
//!
//! ```text
//! word    one or more letters; of Chinese, Japanese and Korean each ideograph is a word
//! number  one or more ASCII digits
//! mark    any other character
//! ```
//!
//! White space is no token, but [`Token::spaced`] remembers it. A blank line ends the text: nothing that is read here
//! goes on in the next paragraph. In a file's stem `-` and `_` are white space.

use super::words::is_week_word;
use crate::source::Span;
use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// ASCII digits.
    Number,
    /// One other character; an empty mark stands for a part that was cut out.
    Mark,
}

/// A token and its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    /// The byte at which it begins.
    pub(super) start: usize,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
}

impl Token<'_> {
    /// The byte after its last one.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this word, in any case.
    pub(super) fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    /// Whether it is one of these words, which are separated by spaces, in any case.
    pub(super) fn is_any(&self, words: &str) -> bool {
        let mut words = words.as_bytes().split(|byte| *byte == b' ');
        words.any(|word| word.eq_ignore_ascii_case(self.text.as_bytes()))
    }

    /// Whether it is one of the characters of `marks`.
    pub(super) fn is_mark(&self, marks: &str) -> bool {
        self.kind == Kind::Mark && !self.text.is_empty() && marks.contains(self.text)
    }

    /// Its value, of a number of up to four digits: longer ones number no week.
    pub(super) fn value(&self) -> Option<u32> {
        if self.kind == Kind::Number && self.text.len() <= 4 {
            self.text.parse().ok()
        } else {
            None
        }
    }

    /// The year that it can be: four digits, from the years in which weeknotes are written.
    pub(super) fn year(&self) -> Option<i16> {
        let value = self.value().filter(|_| self.text.len() == 4)?;
        i16::try_from(value)
            .ok()
            .filter(|year| (1990..2070).contains(year))
    }
}

/// The kind of a character.
fn kind_of(c: char) -> Kind {
    if c.is_ascii_digit() {
        Kind::Number
    } else if c.is_alphabetic() {
        Kind::Word
    } else {
        Kind::Mark
    }
}

/// Whether the character is a word by itself.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The token at or after the byte `at`; `None` at the end of the paragraph. `stem`: whether `-` and `_` are white
/// space.
pub(super) fn token_at(text: &str, at: usize, stem: bool) -> Option<Token<'_>> {
    let rest = text.get(at..)?;
    let mut lines = 0;
    let (offset, first) = rest.char_indices().find(|&(_, c)| {
        lines += usize::from(c == '\n');
        lines > 1 || !(c.is_whitespace() || stem && matches!(c, '-' | '_'))
    })?;
    if lines > 1 {
        return None;
    }
    let kind = kind_of(first);
    let body = rest.get(offset..)?;
    let len = if kind == Kind::Mark || is_ideograph(first) {
        first.len_utf8()
    } else {
        length_of(body, kind)
    };
    Some(Token {
        kind,
        text: body.get(..len)?,
        start: at + offset,
        spaced: offset > 0,
    })
}

/// The length of the word or number that `body` begins with.
fn length_of(body: &str, kind: Kind) -> usize {
    // Nearly all are ASCII: only where they end at another byte are characters looked at.
    let number = kind == Kind::Number;
    let ascii = body
        .bytes()
        .take_while(|byte| {
            if number {
                byte.is_ascii_digit()
            } else {
                byte.is_ascii_alphabetic()
            }
        })
        .count();
    let rest = body.get(ascii..).unwrap_or("");
    if number || rest.as_bytes().first().is_none_or(u8::is_ascii) {
        return ascii;
    }
    rest.char_indices()
        .find(|&(_, c)| kind_of(c) != kind || is_ideograph(c))
        .map_or(body.len(), |(len, _)| ascii + len)
}

/// All tokens of a short text.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    pub(super) list: Vec<Token<'t>>,
    /// Whether the text is a file's stem.
    pub(super) stem: bool,
    /// Whether a week-word stands anywhere.
    pub(super) weekly: bool,
}

impl<'t> Tokens<'t> {
    /// Reads `text`.
    pub(super) fn new(text: &'t str, stem: bool) -> Self {
        let mut list = Vec::with_capacity(16);
        let mut at = 0;
        while let Some(token) = token_at(text, at, stem) {
            at = token.end();
            list.push(token);
        }
        let weekly = list.iter().any(|&token| is_week_word(token));
        Tokens { list, stem, weekly }
    }

    /// The token at `index`.
    pub(super) fn get(&self, index: usize) -> Option<Token<'t>> {
        self.list.get(index).copied()
    }

    /// The token before `index`.
    pub(super) fn before(&self, index: usize) -> Option<Token<'t>> {
        self.get(index.checked_sub(1)?)
    }

    /// The token directly after another one, without white space.
    pub(super) fn tight(&self, index: usize) -> Option<Token<'t>> {
        self.get(index).filter(|token| !token.spaced)
    }

    /// Replaces the tokens of `span` by an empty mark, so that no number is read across it; returns its index.
    pub(super) fn cut(&mut self, span: Span) -> usize {
        let Range { start, end } = span.range();
        let from = self.list.partition_point(|token| token.end() <= start);
        let to = self
            .list
            .partition_point(|token| token.start < end)
            .max(from);
        let cut = Token {
            kind: Kind::Mark,
            text: "",
            start,
            spaced: true,
        };
        self.list.splice(from..to, [cut]);
        from
    }

    /// The bytes of the tokens from `from` up to and without `to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let start = self.get(from).map_or(0, |token| token.start);
        let end = self.before(to).map_or(start, |token| token.end());
        Span::new(start, end)
    }
}

/// Whether a word or number may begin at `at`: nothing that it could be the tail of (`v2.31`, `10:30`, `3/4`) stands
/// directly before it.
pub(super) fn begins_at(text: &str, at: usize) -> bool {
    let mut before = text.get(..at).unwrap_or("").chars().rev();
    match before.next() {
        None => true,
        Some('.' | ':' | '/' | '-' | ',') => !before.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => !(c.is_alphanumeric() || matches!(c, '$' | '£' | '€' | '\'' | '’' | '@' | '\\')),
    }
}

/// `text` without what stands beyond its first `most` bytes.
pub(super) fn head(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

#[cfg(test)]
mod tests;
