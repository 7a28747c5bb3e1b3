//! JSON front matter: an object (RFC 8259) at the very beginning, as Hugo reads it.
//!
//! The text is a block of metadata only if it parses as JSON and only white space follows on the line of its closing
//! brace, or if it was meant as one: a key follows the first brace, and a line `}` ends it. What merely begins with a
//! brace (`{% include %}`, `{: .class}`) is a body. Validity is `serde_json`'s
//! business, which also bounds the depth; the spans are those of its raw values, which are slices of the text.

use super::lines::{lines, odd_spaces};
use super::{Entry, Problem, ProblemKind, Value};
use crate::source::{Span, line_at};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

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
    Some((entries(text, text.get(start..end)?)?, end))
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
    let kind = ProblemKind::Parser(words.into());
    Some((Problem::new(line.trimmed(text), kind), end.next))
}

/// The keys and values of an object as they stand in the source, also those that stand there twice.
struct Pairs<'t>(Vec<(&'t RawValue, &'t RawValue)>);

impl<'t> Deserialize<'t> for Pairs<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'t> Visitor<'t> for InOrder {
    type Value = Pairs<'t>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Pairs<'t>, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

/// The entries of `object`, a slice of `text`.
fn entries(text: &str, object: &str) -> Option<Vec<Entry>> {
    let Pairs(pairs) = serde_json::from_str(object).ok()?;
    let entry = |(key, value): (&RawValue, &RawValue)| {
        let (key_span, source) = (Span::of_slice(key.get(), text), value.get());
        let value_span = Span::of_slice(source, text);
        let value = value_of(text, source)?;
        let quoted = matches!(value, Value::String(_));
        let is_scalar = !matches!(value, Value::List(_) | Value::Map(_));
        let stray = odd_spaces(text, value_span).filter(|_| !quoted);
        Some(Entry {
            key: serde_json::from_str::<String>(key.get()).ok()?.into(),
            key_span,
            value,
            value_span,
            source: if is_scalar { source } else { "" }.into(),
            stray_whitespace: stray.collect(),
            quoted,
        })
    };
    pairs.into_iter().map(entry).collect()
}

/// The value of `source`, a slice of `text`.
fn value_of(text: &str, source: &str) -> Option<Value> {
    Some(match source.as_bytes().first()? {
        b'{' => Value::Map(entries(text, source)?.into()),
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(source).ok()?;
            let item = |item: &RawValue| {
                let span = Span::of_slice(item.get(), text);
                Some((value_of(text, item.get())?, span))
            };
            Value::List(items.into_iter().map(item).collect::<Option<_>>()?)
        }
        b'"' => Value::String(serde_json::from_str::<String>(source).ok()?.into()),
        b't' => Value::Bool(true),
        b'f' => Value::Bool(false),
        b'n' => Value::Null,
        _ => Value::Number(source.parse().ok()),
    })
}

#[cfg(test)]
mod tests;
