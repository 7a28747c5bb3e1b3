//! The metadata of the next note: the keys that most of the last notes have, with values that are carried or shared.

use super::carry::{Point, carried};
use super::{Example, Series, TO_WRITE, Text, are_most};
use crate::archive::claims::TITLE_KEYS;
use crate::document::metadata::{Entry, Format, Value, find};
use crate::order::Order;
use crate::source::{Span, line_at};
use crate::week::calendar::monday_of;

/// A part of the model's text, and what takes its place.
pub(super) type Edit = (Span, String);

/// What becomes of the metadata of the model.
pub(super) fn edits(series: &Series<'_>, model: &Example<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let (entries, end) = (
        &model.document.metadata.entries,
        model.document.metadata.block.end,
    );
    of_entries(series, model, entries, &mut Vec::new(), end, &mut edits);
    edits.order_by_key(|(span, _)| *span);
    // Of two that overlap, the first takes out more.
    let mut done = 0;
    edits.retain(|(span, _)| {
        let is_free = span.start >= done;
        done = done.max(span.end);
        is_free
    });
    edits
}

/// The entry of a note at a path of keys.
fn entry_of<'e>(example: &'e Example<'_>, path: &[&str]) -> Option<&'e Entry> {
    let (first, rest) = path.split_first()?;
    let mut entry = example.document.metadata.get(first)?;
    for key in rest {
        let Value::Map(inner) = &entry.value else {
            return None;
        };
        entry = find(inner, key)?;
    }
    Some(entry)
}

fn of_entries<'e>(
    series: &Series<'_>,
    model: &Example<'_>,
    entries: &'e [Entry],
    path: &mut Vec<&'e str>,
    end: u32,
    edits: &mut Vec<Edit>,
) {
    let last = series.recent();
    for (at, entry) in entries.iter().enumerate() {
        path.push(&entry.key);
        let next = entries.get(at + 1).map_or(end, |next| next.key_span.start);
        let having = last.iter().filter(|one| entry_of(one, path).is_some());
        let having: Vec<&Example<'_>> = having.collect();
        let is_usual = are_most(having.len(), last.len());
        match &entry.value {
            _ if !is_usual => edits.extend(removal(model, entry, next)),
            Value::Map(inner) => of_entries(series, model, inner, path, next, edits),
            Value::List(items) => {
                let kept = of_list(&having, path, items, edits);
                if !kept {
                    edits.extend(removal(model, entry, next));
                }
            }
            Value::Null => {}
            _ => edits.extend(of_scalar(series, model, entry, path)),
        }
        path.pop();
    }
}

/// Takes the items out that are this note's own. Returns whether any is left.
fn of_list(
    having: &[&Example<'_>],
    path: &[&str],
    items: &[(Value, Span)],
    edits: &mut Vec<Edit>,
) -> bool {
    let has = |one: &Example<'_>, value: &Value| {
        let entry = entry_of(one, path);
        entry.is_some_and(|entry| match &entry.value {
            Value::List(items) => items.iter().any(|(item, _)| item == value),
            _ => false,
        })
    };
    let is_shared = |(value, _): &(Value, Span)| {
        let count = having.iter().filter(|one| has(one, value)).count();
        are_most(count, having.len())
    };
    let kept: Vec<bool> = items.iter().map(is_shared).collect();
    if !kept.contains(&true) {
        return false;
    }
    let first = kept.iter().position(|kept| *kept).unwrap_or(0);
    for (at, (_, span)) in items.iter().enumerate() {
        if kept.get(at) == Some(&true) {
            continue;
        }
        // With the comma or the dash before it or, before the first one that stays, the one behind it.
        let mut span = *span;
        match at < first {
            true => span.end = items.get(at + 1).map_or(span.end, |(_, next)| next.start),
            false => span.start = items.get(at - 1).map_or(span.start, |(_, last)| last.end),
        }
        edits.push((span, String::new()));
    }
    true
}

/// What takes the place of a scalar.
fn of_scalar(
    series: &Series<'_>,
    model: &Example<'_>,
    entry: &Entry,
    path: &[&str],
) -> Option<Edit> {
    let (quote, span) = unquoted(entry, &model.text);
    let key = path.join(".");
    let is_title = TITLE_KEYS.contains(&key.as_str());
    let hole = series.title.filter(|_| is_title).unwrap_or(TO_WRITE);
    let hole = &*match quote {
        Some('"') => escaped(hole),
        Some(_) => hole.replace('\'', "''"),
        None => hole.to_owned(),
    };
    let own = span.of(&model.text);
    let is_text = matches!(entry.value, Value::String(_));
    let found = series.text(model, |one| source_of(one, path), hole, !is_title)?;
    let found = not_to_come(series, model, entry).unwrap_or(found);
    let text = match found {
        Text::Whole(text) => text,
        // A state, a number: what most have, or what the last one has.
        Text::Holed(text) if is_text || text.len() > hole.len() => text,
        Text::Holed(_) => most(series, path).unwrap_or(own).to_owned(),
    };
    let text = match (quote, model.document.metadata.format) {
        (Some(_), _) | (None, Some(Format::Toml | Format::Json)) => text,
        (None, _) if text != own && needs_quotes(&text) => {
            format!("\"{}\"", escaped(&text))
        }
        _ => text,
    };
    (text != own).then_some((span, text))
}

/// A day of writing that would be one to come, as today; `None` where it is not.
fn not_to_come(series: &Series<'_>, model: &Example<'_>, entry: &Entry) -> Option<Text> {
    let (old, week) = (entry.value.date()?, series.next.day?);
    let moved = series.next.day(old, &model.point);
    let is_to_come = moved > series.today && monday_of(week) <= series.today;
    let [from, to] = [old, series.today].map(|day| Point {
        written: Some(day),
        ..Point::default()
    });
    let (_, span) = unquoted(entry, &model.text);
    let text = carried(span.of(&model.text), &from, &to, true).filter(|_| is_to_come)?;
    Some(Text::Whole(text.text()))
}

/// What stands at a path of keys, without quotation marks.
fn source_of<'e>(example: &'e Example<'_>, path: &[&str]) -> Option<&'e str> {
    let (_, span) = unquoted(entry_of(example, path)?, &example.text);
    Some(span.of(&example.text))
}

/// The value that more of the last notes have than any other.
fn most<'e>(series: &'e Series<'_>, path: &[&str]) -> Option<&'e str> {
    let recent = series.recent().iter();
    let values: Vec<&str> = recent.filter_map(|one| source_of(one, path)).collect();
    let count = |text: &str| values.iter().filter(|one| **one == text).count();
    // Of several, the last note's.
    let most = values.iter().rev().max_by_key(|text| count(text));
    most.copied()
}

/// The quotation mark of a value, and what it encloses.
fn unquoted(entry: &Entry, text: &str) -> (Option<char>, Span) {
    let source = entry.value_span.of(text);
    let quote = source.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote.filter(|quote| source.len() > 1 && source.ends_with(*quote)) {
        Some(quote) => {
            let Span { start, end } = entry.value_span;
            let (start, end) = (start + 1, end - 1);
            (Some(quote), Span { start, end })
        }
        None => (None, entry.value_span),
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Whether YAML would take a plain text for something else.
fn needs_quotes(text: &str) -> bool {
    text.contains(": ")
        || text.contains(" #")
        || text.ends_with(':')
        || text.starts_with(|c: char| "#&*!|>'\"%@`[]{},?-".contains(c))
}

/// Takes an entry out, with all of its lines.
fn removal(model: &Example<'_>, entry: &Entry, next: u32) -> Option<Edit> {
    let text = &model.text;
    // In JSON the comma beside it would have to go, too.
    if model.document.metadata.format == Some(Format::Json) {
        return None;
    }
    let start = line_at(text, entry.key_span.start as usize).span().start;
    let last = entry.value_span.end.max(entry.key_span.end) as usize;
    let own = line_at(text, last.saturating_sub(usize::from(last > 0)));
    let end = own.span().end as usize + own.ending(text).len();
    // The items of a list that stand on lines of their own end before the next key.
    let end = end.min(next as usize).max(start as usize);
    Some((Span::new(start as usize, end), String::new()))
}
