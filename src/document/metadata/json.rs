//! JSON front matter: an object (RFC 8259) at the very beginning, as Hugo reads it.
//!
//! The text is a block of metadata only if it parses as JSON and only white space follows on the line of its closing
//! brace, or if it was meant as one: a key follows the first brace, and a line `}` ends it. What merely begins with a
//! brace (`{% include %}`, `{: .class}`) is a body. Validity is `serde_json`'s
//! business, which also bounds the depth; the spans come from a walk over the text that is known to be valid then,
//! which sees keys that stand there twice.

use super::lines::{lines, odd_spaces};
use super::{Entry, Problem, ProblemKind, Value};
use crate::source::{Span, Text, line_at};

/// The entries of the object at byte `start`, and the byte after it; `None` where there is no valid object.
pub(super) fn parse(text: &str, start: usize) -> Option<(Vec<Entry>, usize)> {
    let source = text.get(start..)?;
    if !source.starts_with('{') {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(source).into_iter::<serde_json::Value>();
    values.next()?.ok()?;
    let end = start + values.byte_offset();
    let after = text.get(end..line_at(text, end).end)?;
    if !after.trim().is_empty() {
        return None;
    }
    let mut walk = Walk {
        text,
        at: start,
        end,
    };
    match walk.value()?.0 {
        Value::Map(entries) => Some((entries, end)),
        _ => None,
    }
}

/// Why the object that begins with a key at byte `start` and ends with a line `}` is not valid, and the byte after it.
pub(super) fn fault(text: &str, start: usize) -> Option<(Problem, usize)> {
    let inside = text.get(start..)?.strip_prefix('{')?;
    if !inside.trim_start().starts_with(['"', '“', '”', '\'']) {
        return None;
    }
    let end = lines(text, start..text.len()).find(|line| line.of(text).trim_end() == "}")?;
    let error = serde_json::from_str::<serde_json::Value>(text.get(start..end.next)?).err()?;
    let line = lines(text, start..end.next).nth(error.line().saturating_sub(1))?;
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or("");
    let problem = Problem {
        span: line.trimmed(text),
        kind: ProblemKind::Parser(words.into()),
    };
    Some((problem, end.next))
}

/// A walk over valid JSON.
struct Walk<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl Walk<'_> {
    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..self.end).unwrap_or(&[])
    }

    /// Skips white space and looks at the next byte.
    fn peek(&mut self) -> Option<u8> {
        let white = |byte: &u8| byte.is_ascii_whitespace();
        self.at += self.rest().iter().take_while(|byte| white(byte)).count();
        self.rest().first().copied()
    }

    /// Skips white space and takes `wanted`.
    fn eat(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self) -> Option<(Value, Span)> {
        let first = self.peek()?;
        let start = self.at;
        let value = match first {
            b'{' => self.object()?,
            b'[' => self.array()?,
            b'"' => Value::String(self.string()?),
            _ => self.word()?,
        };
        Some((value, Span::new(start, self.at)))
    }

    fn object(&mut self) -> Option<Value> {
        let mut entries = Vec::new();
        self.at += 1;
        while self.peek()? != b'}' {
            let start = self.at;
            let key = self.string()?;
            let key_span = Span::new(start, self.at);
            self.eat(b':');
            let (value, value_span) = self.value()?;
            let quoted = matches!(value, Value::String(_));
            let is_scalar = !matches!(value, Value::List(_) | Value::Map(_));
            entries.push(Entry {
                key,
                key_span,
                value,
                value_span,
                source: if is_scalar {
                    value_span.of(self.text).into()
                } else {
                    "".into()
                },
                stray_whitespace: odd_spaces(self.text, value_span)
                    .filter(|_| !quoted)
                    .collect(),
                quoted,
            });
            self.eat(b',');
        }
        self.at += 1;
        Some(Value::Map(entries))
    }

    fn array(&mut self) -> Option<Value> {
        let mut items = Vec::new();
        self.at += 1;
        while self.peek()? != b']' {
            items.push(self.value()?);
            self.eat(b',');
        }
        self.at += 1;
        Some(Value::List(items))
    }

    fn string(&mut self) -> Option<Text> {
        let bytes = self.rest();
        let mut length = 1;
        while *bytes.get(length)? != b'"' {
            length += if bytes.get(length) == Some(&b'\\') {
                2
            } else {
                1
            };
        }
        let source = self.text.get(self.at..self.at + length + 1)?;
        self.at += length + 1;
        let inside = source.get(1..length)?;
        if inside.contains('\\') {
            return serde_json::from_str::<String>(source).ok().map(Text::from);
        }
        Some(inside.into())
    }

    /// `true`, `null` or a number.
    fn word(&mut self) -> Option<Value> {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b",]}".contains(byte);
        let length = self.rest().iter().take_while(|byte| !ends(byte)).count();
        let word = self.text.get(self.at..self.at + length)?;
        self.at += length;
        Some(match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            number => Value::Number(number.parse().ok()),
        })
    }
}

#[cfg(test)]
mod tests;
