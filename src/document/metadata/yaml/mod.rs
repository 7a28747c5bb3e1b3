//! A block of YAML whose top level is a mapping, with spans, and with as much of it as can be had where it is broken.
//!
//! Three ways through, each for what the one before it cannot take:
//!
//! 1. `simple`: every line is blank or `key: value` with an ASCII value that can be nothing but one plain or quoted
//!    scalar. Most notes are like that, and this takes a tenth of the parser's time.
//! 2. `document`: the whole block through the parser (YAML 1.2 with the allowances of YAML 1.1, as libyaml). Events,
//!    not a map: a key that stands there twice gives two entries.
//! 3. `recover`: where the parser refuses the block, each line that begins with a key is parsed with its
//!    continuation lines by itself. A chunk that is still refused gives one problem; its key is kept, with the rest of
//!    its line as text, so that nobody calls the key missing as well. Lines that belong to no key are one problem for
//!    each run of them.
//!
//! Scalars are typed as Ruby's Psych does it (see [`super::scalar`]). Psych reads the first document of a stream, so
//! a second one is a problem. libyaml refuses blank lines that begin with a tab, which the parser here skips.

mod document;
mod recovery;

use super::lines::{lines, trailing_blanks};
use super::{Entry, Problem, ProblemKind, Value};
use crate::order::Order;
use crate::source::{Span, Text};
use document::document;
pub(super) use document::message;
use recovery::recover;
pub(super) use recovery::{KeyLine, belongs, has_plain_key, key_line, raw_entry};
use std::ops::Range;

/// What a block of YAML holds.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The entries at the top level.
    pub(super) entries: Vec<Entry>,
    /// What is wrong, in the order of the source.
    pub(super) problems: Vec<Problem>,
    /// `#` to the end of the line, and the text after `#`, trimmed.
    pub(super) comments: Vec<(Span, Text)>,
    /// Whether the parser refused the block as a whole.
    pub(super) refused: bool,
}

impl Block {
    pub(super) fn of(entries: Vec<Entry>, problems: Vec<Problem>) -> Self {
        Block {
            entries,
            problems,
            ..Block::default()
        }
    }
}

/// How the keys of a block are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// `key:`
    Plain,
    /// `:key:`, Ruby's symbols.
    Symbols,
}

/// Parses the block at `range`, which begins at a line's beginning and holds no fences.
pub(super) fn parse(text: &str, range: Range<usize>, keys: Keys) -> Block {
    if let Some(entries) = simple(text, range.clone(), keys) {
        return Block::of(entries, Vec::new());
    }
    let mut block = match document(text, range.clone(), keys, None) {
        Ok(block) => block,
        Err(fault) => recover(text, range.clone(), keys, &fault),
    };
    if !block.refused {
        block
            .problems
            .extend(blank_line_of_tabs(text, range, &block.entries));
    }
    block.problems.order_by_key(|problem| problem.span);
    block
}

/// The entries of a block in which every line is blank or plainly `key: value`; `None` where any doubt is left.
fn simple(text: &str, range: Range<usize>, keys: Keys) -> Option<Vec<Entry>> {
    let block = text.as_bytes().get(range.clone())?;
    let mut entries = Vec::with_capacity(1 + memchr::memchr_iter(b'\n', block).count());
    for line in lines(text, range) {
        let source = line.of(text);
        if source.bytes().all(|byte| byte == b' ') {
            continue;
        }
        let name = match keys {
            Keys::Symbols => source.strip_prefix(':')?,
            Keys::Plain => source,
        };
        let length = identifier(name).filter(|length| *length <= 128)?;
        let rest = name.get(length..)?.strip_prefix(':')?;
        if !rest.is_empty() && !rest.starts_with(' ') {
            return None;
        }
        let value = rest.trim_matches(' ');
        let quoted = simple_value(value)?;
        let after_colon = line.end - rest.len();
        let value_span = match value.is_empty() {
            true => Span::at(after_colon),
            false => Span::of_slice(value, text),
        };
        entries.push(Entry {
            key: name.get(..length)?.into(),
            key_span: Span::new(line.start, after_colon - usize::from(keys == Keys::Plain)),
            value: if quoted {
                Value::String(value.get(1..value.len() - 1)?.into())
            } else {
                Value::of_plain(value)
            },
            value_span,
            source: value.into(),
            stray_whitespace: trailing_blanks(text, value_span.end as usize)
                .into_iter()
                .collect(),
            quoted,
        });
    }
    entries.shrink_to_fit();
    Some(entries)
}

/// Whether a value that stands alone on its line is quoted; `None` where it may be anything but one plain scalar or
/// one quoted scalar without escapes.
fn simple_value(value: &str) -> Option<bool> {
    let bytes = value.as_bytes();
    if !bytes.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        return None;
    }
    let Some(&first) = bytes.first() else {
        return Some(false);
    };
    if first == b'"' || first == b'\'' {
        let inside = value.get(1..)?.strip_suffix(char::from(first))?;
        let plain = !inside.bytes().any(|byte| byte == first || byte == b'\\');
        return plain.then_some(true);
    }
    let opens_a_scalar = first.is_ascii_alphanumeric() || b"/.(_$+".contains(&first);
    let ends_a_scalar = bytes.windows(2).any(|pair| pair == b": " || pair == b" #");
    (opens_a_scalar && !ends_a_scalar && !value.ends_with(':')).then_some(false)
}

/// The length of the identifier that a text begins with: a letter or `_`, then letters, digits, `_` and `-`.
pub(super) fn identifier(text: &str) -> Option<usize> {
    let first = text.bytes().next()?;
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte == b'-';
    (first.is_ascii_alphabetic() || first == b'_').then(|| text.bytes().take_while(inside).count())
}

/// A line of white space that begins with a tab, between entries: the parser here skips it, libyaml does not. The
/// lines of a value are its own business.
fn blank_line_of_tabs(text: &str, range: Range<usize>, entries: &[Entry]) -> Option<Problem> {
    memchr::memchr(b'\t', text.as_bytes().get(range.clone())?)?;
    let values = entries.iter().map(|entry| entry.value_span.range());
    let mut values = values.peekable();
    let line = lines(text, range).find(|line| {
        while values.next_if(|value| value.end <= line.start).is_some() {}
        let inside = values.peek().is_some_and(|value| value.start <= line.start);
        let source = line.of(text);
        !inside && source.starts_with('\t') && source.trim().is_empty()
    })?;
    Some(Problem::new(line.span(), ProblemKind::Tab))
}

#[cfg(test)]
mod tests;
