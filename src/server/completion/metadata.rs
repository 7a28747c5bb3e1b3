//! Keys that other notes have, and the values that a key has in them.

use super::{Asked, MOST_ITEMS, nearest};
use crate::document::Document;
use crate::document::metadata::{Entry, Format, Value as Held};
use crate::order::Order;
use crate::source::{self, Line, Span};
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::HashMap;

const PROPERTY: u32 = 10;
const VALUE: u32 = 12;

/// A key with so many different values, none of which two notes share, has one for each note.
const MOST_SINGLE: usize = 20;

/// What can stand in a line of the metadata, of which `before` is typed.
pub(super) fn items(asked: &Asked<'_>, line: Line, before: &str) -> Vec<Value> {
    let format = asked.document.metadata.format;
    let Some(format) = format.filter(|one| *one != Format::Json) else {
        return Vec::new();
    };
    let trimmed = before.trim_start();
    let indent = before.len() - trimmed.len();
    if let Some(item) = trimmed
        .strip_prefix("- ")
        .or((trimmed == "-").then_some(""))
    {
        let key = key_above(asked, line);
        return key.map_or(Vec::new(), |key| values(asked, &key, item.trim_start()));
    }
    let mark = if format == Format::Trailer { ":" } else { "" };
    let key = trimmed.strip_prefix(mark).unwrap_or(trimmed);
    let divider = if format == Format::Toml { '=' } else { ':' };
    match key.split_once(divider) {
        Some((key, value)) => {
            // Of a list, the last item.
            let is_list = value.trim_start().starts_with('[');
            let last = value.rsplit(['[', ',']).next().filter(|_| is_list);
            values(asked, key.trim(), last.unwrap_or(value).trim_start())
        }
        // Keys of mappings in a value are not known by their names alone.
        None if indent == 0 => keys(asked, format, trimmed),
        None => Vec::new(),
    }
}

/// The key of the list that an item of YAML stands in.
fn key_above(asked: &Asked<'_>, line: Line) -> Option<String> {
    let text = asked.text();
    let mut start = line.start;
    while start > asked.document.metadata.block.start as usize {
        let above = source::line_at(text, start.checked_sub(1)?);
        let content = above.of(text).trim();
        if let Some(key) = content.strip_suffix(':') {
            return Some(key.trim_start_matches(':').to_owned());
        }
        if !content.starts_with('-') {
            return None;
        }
        start = above.start;
    }
    None
}

/// What the notes of the same collection, or all pages, hold: each text with how many there are of it and what is said of
/// that, the most frequent first, and among equals the one of the nearest note.
fn counted(
    asked: &Asked<'_>,
    of: impl Fn(&Document) -> Vec<String>,
) -> Vec<(String, usize, String)> {
    let archive = asked.archive;
    let collection = |id| archive.profile(id).and_then(|profile| profile.collection);
    let own = collection(asked.id);
    let mut alike = nearest(asked);
    alike.retain(|id| own.is_none() || collection(*id) == own);
    let documents = alike.iter().filter_map(|id| archive.document(*id));
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for (at, text) in documents.flat_map(of).enumerate() {
        counts.entry(text).or_insert((0, at)).0 += 1;
    }
    let mut counted: Vec<(String, (usize, usize))> = counts.into_iter().collect();
    counted.order_by_key(|(_, (count, first))| (Reverse(*count), *first));
    let counted = counted.into_iter().map(|(text, (count, _))| {
        let detail = format!("in {count} of {} notes", alike.len());
        (text, count, detail)
    });
    counted.collect()
}

fn keys(asked: &Asked<'_>, format: Format, typed: &str) -> Vec<Value> {
    let counted = counted(asked, |document| {
        let entries = document.metadata.counting();
        entries.map(|entry| entry.key.to_string()).collect()
    });
    let has = |key: &str| asked.document.metadata.get(key).is_some();
    let span = Span::new(asked.offset - typed.len(), asked.offset);
    let missing = counted.into_iter().filter(|(key, ..)| !has(key));
    let items = missing.map(|(key, _, detail)| {
        let written = match format {
            Format::Trailer => format!(":{key}: "),
            Format::Toml => format!("{key} = "),
            _ => format!("{key}: "),
        };
        json!({
            "label": key,
            "kind": PROPERTY,
            "detail": detail,
            "filterText": written,
            "textEdit": asked.edit(span, &written),
        })
    });
    items.take(MOST_ITEMS).collect()
}

fn values(asked: &Asked<'_>, key: &str, typed: &str) -> Vec<Value> {
    let counted = counted(asked, |document| {
        document.metadata.get(key).map_or(Vec::new(), texts)
    });
    let are_single = counted.iter().all(|(_, count, _)| *count == 1) && counted.len() > MOST_SINGLE;
    let span = Span::new(asked.offset - typed.len(), asked.offset);
    let items = counted.into_iter().filter(|_| !are_single);
    let items = items.map(|(value, _, detail)| {
        json!({
            "label": value,
            "kind": VALUE,
            "detail": detail,
            "textEdit": asked.edit(span, &value),
        })
    });
    items.take(MOST_ITEMS).collect()
}

/// What an entry holds, as it is written: each item of a list.
fn texts(entry: &Entry) -> Vec<String> {
    let items = |items: &[(Held, Span)]| {
        let texts = items.iter().filter_map(|(item, _)| item.as_str());
        texts.map(str::to_owned).collect()
    };
    match &entry.value {
        Held::List(all) => items(all),
        Held::Map(_) | Held::Null => Vec::new(),
        _ => vec![entry.source.to_string()],
    }
}
