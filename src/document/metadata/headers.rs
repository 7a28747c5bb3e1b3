//! Unfenced headers: `Key: value` lines from the first line of the file to the first blank one, as MultiMarkdown and
//! Pelican have them.
//!
//! ```text
//! file     header+ ( blank-line body )?
//! header   key ":" blank value { white-space continuation }       Title: Weeknotes 12
//! ```
//!
//! Prose may begin so as well ("Read: ...", "Watched: ..."). It is told apart by what every header has that is worth
//! the name: a title or a date. Keys are the same in any case, and are given in lower case; values are text.

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
    metadata.first_of(&["title", "date"])?;
    metadata.format = Some(Format::Headers);
    metadata.block = Span::new(start, end);
    Some((metadata, Span::new(end, text.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_end_at_the_first_blank_line() {
        let text = "Title: Weeknotes 12: rain\r\nDate: 2031-05-06 07:08\r\nSummary: Beans,\r\n  and rain\r\n\r\nMood: calm\r\n";
        let (metadata, body) = parse(text).unwrap();
        let keys: Vec<_> = metadata.entries.iter().map(|entry| &*entry.key).collect();
        assert_eq!(keys, ["title", "date", "summary"]);
        assert_eq!(body.of(text), "\r\nMood: calm\r\n");
        let title = metadata.get("title").unwrap();
        assert_eq!(title.as_str(), Some("Weeknotes 12: rain"));
        assert_eq!(title.key_span.of(text), "Title");
        let date = metadata.get("date").unwrap().value.date();
        assert_eq!(date, Some(jiff::civil::date(2031, 5, 6)));
    }

    #[test]
    fn prose_is_no_header() {
        for text in [
            "Read: a book.\nWatched: the rain.\n\nBeans.\n",
            "Title: Rain\nand more rain\n\nBeans.\n",
            "Title (working): Rain\n",
            "Title:Rain\n",
            "\nTitle: Rain\n",
            "# Title: Rain\n",
            "",
        ] {
            assert!(parse(text).is_none(), "{text:?}");
        }
    }
}
