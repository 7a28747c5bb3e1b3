//! The metadata keys that hold addresses: nearly all of their values are some. A page links to them as much as its text does.

use super::laws::share::{Share, needed};
use super::{Archive, hosts};
use crate::document::metadata::{Entry, Value};
use crate::hash::{QuickMap, QuickSet};
use crate::source::{Span, Text};

/// The keys whose values are absolute addresses on nearly every page that has them.
pub(super) fn of(archive: &Archive) -> QuickSet<Text> {
    let mut shares: QuickMap<&str, Share> = QuickMap::default();
    for (_, document) in archive.linted() {
        for (key, text) in document.metadata.entries.iter().filter_map(written) {
            let share = shares.entry(key).or_default();
            share.of += 1;
            share.with += u32::from(is_address(text));
        }
    }
    let held = shares.into_iter();
    let held = held.filter(|(_, share)| share.certainty() >= needed::SINGLE);
    held.map(|(key, _)| key.into()).collect()
}

/// A key and the text at it, if there is one.
fn written(entry: &Entry) -> Option<(&str, &str)> {
    match &entry.value {
        Value::String(text) => Some((&entry.key, text)),
        _ => None,
    }
}

fn is_address(text: &str) -> bool {
    let rest = hosts::after_scheme(text);
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

/// What stands at a key as an address, without quotes, and where.
pub fn value(entry: &Entry) -> Option<(&str, Span)> {
    let (_, text) = written(entry)?;
    // An escaped value does not stand in the source.
    let at = entry.source.find(text).filter(|_| !text.is_empty())?;
    let start = entry.value_span.start as usize + at;
    Some((text, Span::new(start, start + text.len())))
}

#[cfg(test)]
mod tests;
