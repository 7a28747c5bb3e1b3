//! Unfenced headers: `Key: value` lines from the first line of the file to the first blank one, as MultiMarkdown and
//! Pelican have them.
//!
//! ```text
//! file     header+ ( blank-line body )?
//! header   key ":" blank value { white-space continuation }       Title: Weeknotes 12
//! ```
//!
//! Prose may begin so as well ("Read: ...", "Watched: ..."). A header worth the name has a title, or a value that is a
//! date. Keys are the same in any case, and are given in lower case; values are text.

use super::lines::{beginning, lines};
use super::yaml::{self, Keys};
use super::{Format, Metadata};
use crate::source::Span;

/// The headers of a file, and the span of the body after them; `None` where the file has none.
pub(super) fn parse(text: &str) -> Option<(Metadata, Span)> {
    let start = beginning(text);
    let mut metadata = Metadata::default();
    let mut end = start;
    for line in lines(text, start..text.len()) {
        let source = line.of(text);
        if source.trim().is_empty() {
            break;
        }
        end = line.next;
        if source.starts_with([' ', '\t']) && !metadata.entries.is_empty() {
            continue;
        }
        let key = yaml::key_line(source, Keys::Plain).filter(|key| key.spaced)?;
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        if !source.get(..key.length)?.chars().all(is_name) {
            return None;
        }
        let mut entry = yaml::raw_entry(text, line, key, Keys::Plain);
        entry.key = entry.key.to_lowercase();
        metadata.entries.push(entry);
    }
    let is_dated = |metadata: &Metadata| {
        let mut values = metadata.entries.iter().map(|entry| &entry.value);
        metadata.entries.len() > 1 && values.any(|value| value.date().is_some())
    };
    if metadata.first_of(&["title", "date"]).is_none() && !is_dated(&metadata) {
        return None;
    }
    metadata.format = Some(Format::Headers);
    metadata.block = Span::new(start, end);
    Some((metadata, Span::new(end, text.len())))
}

#[cfg(test)]
mod tests;
