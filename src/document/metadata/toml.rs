//! TOML front matter (TOML 1.0) between `+++` and `+++`, as Hugo and Zola read it.
//!
//! Dates without a time are dates, dates with a time timestamps; a time alone is text. A table's entry stands at its
//! first header. The parser recovers by itself and reports every error. What it could not keep is read again line by
//! line as `key = value`, up to the first table header, so that a broken line's key is still known. A key that stands
//! there twice is an error of TOML, but here it gives two entries and no problem: the rule about duplicate keys says
//! it better.

use super::lines::{Line, line_at, lines, trailing_blanks, trim};
use super::yaml::{Block, KeyLine, Keys, identifier, message, raw_entry};
use super::{Entry, Problem, ProblemKind, Timestamp, Value};
use crate::order::Order;
use crate::source::Span;
use ::toml::de::{DeTable, DeValue};
use ::toml::value::{Datetime, Offset};
use jiff::civil::Date;
use std::collections::HashSet;
use std::ops::Range;

/// Reads the block at `range`, which holds no fences.
pub(super) fn parse(text: &str, range: Range<usize>) -> Block {
    let source = text.get(range.clone()).unwrap_or("");
    let (table, errors) = DeTable::parse_recoverable(source);
    let mut entries = entries(text, range.start, table.get_ref());
    if errors.is_empty() {
        return Block::of(entries, Vec::new());
    }
    let mut problems: Vec<Problem> = Vec::new();
    // One broken line may break several rules of the grammar; the first one is the telling one.
    let mut explained: Option<Line> = None;
    let mut is_lost = false;
    for error in errors {
        let at = (range.start + error.span().map_or(0, |span| span.start)).min(range.end);
        let again =
            explained.is_some_and(|line| (line.start..line.next.max(line.start + 1)).contains(&at));
        if again || is_lost || error.message() == "duplicate key" {
            continue;
        }
        let line = line_at(text, range.clone(), at);
        explained = line;
        // What follows an array that is not closed is read as part of it.
        is_lost |= error.message().contains("array");
        let span = line.map_or(Span::at(at), |line| line.trimmed(text));
        let kind = ProblemKind::Parser(message(error.message()));
        problems.push(Problem::new(span, kind));
    }
    let known: HashSet<u32> = entries.iter().map(|entry| entry.key_span.start).collect();
    entries
        .extend(loose_entries(text, range).filter(|entry| !known.contains(&entry.key_span.start)));
    entries.order_by_key(|entry| entry.key_span);
    problems.order_by_key(|problem| problem.span);
    Block::of(entries, problems)
}

/// The entries of a table, in the order of the source.
fn entries(text: &str, base: usize, table: &DeTable<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| {
            let key_span = Span::from(key.span()).shifted(base);
            let typed = typed(text, base, value.get_ref());
            let mut value_span = trim(text, Span::from(value.span()).shifted(base).range());
            let is_scalar = !matches!(typed, Value::List(_) | Value::Map(_));
            let quoted = matches!(value.get_ref(), DeValue::String(_));
            if value_span.start < key_span.end && matches!(typed, Value::Map(_)) {
                // A table under its header has the header's span.
                value_span = Span::new(key_span.end as usize, value_span.end as usize);
            }
            let source = value_span.of(text);
            let stray = trailing_blanks(text, value_span.end as usize);
            Entry {
                key: key.get_ref().as_ref().into(),
                key_span,
                source: if is_scalar { source } else { "" }.into(),
                stray_whitespace: stray.filter(|_| is_scalar).into_iter().collect(),
                value: typed,
                value_span,
                quoted,
            }
        })
        .collect();
    entries.order_by_key(|entry| entry.key_span);
    entries
}

fn typed(text: &str, base: usize, value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(value) => Value::String(value.as_ref().into()),
        DeValue::Integer(value) => {
            Value::Number(u32::from_str_radix(value.as_str(), value.radix()).ok())
        }
        DeValue::Float(_) => Value::Number(None),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(value) => {
            moment(value).unwrap_or_else(|| Value::String(value.to_string().into()))
        }
        DeValue::Array(items) => {
            let items = items.iter().map(|item| {
                let span = Span::from(item.span()).shifted(base);
                (typed(text, base, item.get_ref()), trim(text, span.range()))
            });
            Value::List(items.collect())
        }
        DeValue::Table(table) => Value::Map(entries(text, base, table).into()),
    }
}

/// A date or a timestamp; `None` for a time without a date.
fn moment(value: &Datetime) -> Option<Value> {
    let date = value.date?;
    let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
    let date = Date::new(i16::try_from(date.year).ok()?, month, day).ok()?;
    let Some(time) = value.time else {
        return Some(Value::Date(date));
    };
    let seconds = (i32::from(time.hour) * 60 + i32::from(time.minute)) * 60
        + i32::from(time.second.unwrap_or(0));
    Some(Value::Timestamp(Timestamp {
        date,
        second_of_day: seconds,
        offset: value.offset.map(|offset| match offset {
            Offset::Z => 0,
            Offset::Custom { minutes } => i32::from(minutes) * 60,
        }),
    }))
}

/// The lines `key = value` before the first table header, each value parsed by itself and else taken as text.
fn loose_entries(text: &str, range: Range<usize>) -> impl Iterator<Item = Entry> {
    lines(text, range)
        .take_while(|line| !line.of(text).starts_with('['))
        .filter_map(|line| {
            let source = line.of(text);
            let length = identifier(source)?;
            let after = source.get(length..)?.trim_start_matches([' ', '\t']);
            after.strip_prefix('=')?;
            let key = KeyLine {
                length: source.len() - after.len(),
                spaced: true,
            };
            let mut entry = raw_entry(text, line, key, Keys::Plain);
            let span = entry.value_span;
            // A value that goes on in the next line is left to the parser.
            if let Ok(parsed) = DeValue::parse(span.of(text)) {
                entry.value = typed(text, span.start as usize, parsed.get_ref());
                entry.quoted = matches!(parsed.get_ref(), DeValue::String(_));
            }
            if entry.quoted {
                let after = trailing_blanks(text, span.end as usize);
                entry.stray_whitespace = after.into_iter().collect();
            }
            Some(entry)
        })
}

#[cfg(test)]
mod tests;
