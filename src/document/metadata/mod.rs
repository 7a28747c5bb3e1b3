//! The metadata of a note: a snip's trailer, YAML, TOML or JSON front matter, or unfenced headers, as keys and values
//! with byte spans.

pub mod front_matter;
mod headers;
mod index;
mod json;
mod lines;
mod scalar;
mod toml;
pub mod trailer;
mod yaml;

use crate::hash::QuickSet;
use crate::source::{Span, Text, line_at};
pub use front_matter::Fences;
use jiff::civil::Date;
use std::sync::{Arc, OnceLock};

/// How the metadata of a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A snip's trailer, `:key: value`, YAML from the first `"\n:"` of the file to its end.
    Trailer,
    /// YAML between `---` and `---` (or `...`) at the beginning.
    Yaml,
    /// TOML between `+++` and `+++`.
    Toml,
    /// A JSON object at the beginning.
    Json,
    /// `Key: value` lines at the beginning, without fences.
    Headers,
}

/// The metadata block of one file.
#[derive(Debug, Default)]
pub struct Metadata {
    /// How it is written; `None` where the file has none.
    pub format: Option<Format>,
    /// The whole block with its fences; an empty span where there is none.
    pub block: Span,
    /// The keys at the top level, in the order of the source, duplicates included.
    pub entries: Vec<Entry>,
    /// What the site's own parser would reject or misread.
    pub problems: Vec<Problem>,
    /// YAML comments inside the block: the span from `#` to the end of the line, and the text after `#`, trimmed.
    pub comments: Vec<(Span, Text)>,
    /// Whether it is written in a language of its own (JavaScript), so that it may have any key.
    pub is_opaque: bool,
    /// What tells the text of the block from another ([`crate::hash::digest`]).
    pub digest: u64,
    /// What the file's folder gives to it beside.
    pub given: Option<Arc<Given>>,
    index: OnceLock<index::Index>,
}

/// Metadata that a folder gives to its files: directory data (Eleventy), defaults (Jekyll), a cascade (Hugo).
#[derive(Debug, Default)]
pub struct Given {
    /// The keys with their values, those of the nearest folder first. The spans are those of other files.
    pub entries: Vec<Entry>,
    /// Whether a script may give any other key as well.
    pub is_open: bool,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Entry {
    /// The key, without a trailer's colons or quotes.
    pub key: Text,
    /// Where the key stands (in a trailer, with its colons).
    pub key_span: Span,
    /// The value as the site's parser types it.
    pub value: Value,
    /// The value as it stands in the source, trimmed, quotes included; empty span where there is none.
    pub value_span: Span,
    /// The source text of a scalar value (quotes included, trimmed); empty for lists and maps.
    pub source: Text,
    /// Trailing blanks (after the value, before the line's end) and non-breaking or zero-width spaces anywhere in the
    /// value.
    pub stray_whitespace: Box<[Span]>,
    /// Whether the value is quoted: a date in quotes is a string for YAML and TOML.
    pub quoted: bool,
}

/// A value as the site's own parser types it: YAML 1.1 as Ruby's Psych reads it for trailers and YAML, TOML 1.0, JSON.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing, `~` or `null`.
    #[default]
    Null,
    /// `true`, `false` (and YAML 1.1's `yes`, `no`, `on`, `off`).
    Bool(bool),
    /// A number, and which one if it may be that of a week.
    Number(Option<u32>),
    /// A date without a time.
    Date(Date),
    /// A point in time.
    Timestamp(Timestamp),
    /// Anything else.
    String(Text),
    /// A sequence: each item with its span.
    List(Box<[(Value, Span)]>),
    /// A mapping.
    Map(Box<[Entry]>),
}

/// A point in time, as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timestamp {
    /// The date on the author's calendar, in the offset that was written.
    pub date: Date,
    /// Seconds since midnight of that date; a part of one is left out.
    pub second_of_day: i32,
    /// Seconds east of UTC, where an offset was written.
    pub offset: Option<i32>,
}

impl Timestamp {
    /// The instant as seconds since 0001-01-01 UTC, for comparing two timestamps; a missing offset counts as UTC.
    pub fn instant(self) -> i64 {
        let days = i64::from(crate::week::calendar::day_number(self.date));
        days * 86_400 + i64::from(self.second_of_day - self.offset.unwrap_or(0))
    }
}

/// Something in the block that the site's own parser would reject or misread.
#[derive(Debug, Clone)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: ProblemKind,
}

impl Problem {
    fn new(span: Span, kind: ProblemKind) -> Self {
        Problem { span, kind }
    }
}

/// What is wrong at a [`Problem`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// A body line that begins with `:` and ends the note early, because the real trailer comes later. The span is
    /// that line's.
    CutOff,
    /// A line of a trailer or front matter that is no `key: value`.
    NotAnEntry,
    /// `key:value` without the space that makes it a key. The span is the key with its colons, so that the space
    /// belongs at its end; the entry is there, with the value that was meant.
    NoSpaceAfterColon,
    /// An unquoted value with ` #` in it: the rest is a comment for the parser. The span is the part that is lost.
    CutByComment,
    /// The opening fence has no closing one.
    Unclosed,
    /// White space stands before the opening fence.
    NotFirst,
    /// White space before a key, which makes it a part of the line above. The span is the white space.
    Indented,
    /// A tab where YAML allows only spaces.
    Tab,
    /// Whatever else the parser says, in its own words (lower-case, without position). The span is the line. The key
    /// of that line has an entry whose value is the rest of the line as text: what a rule says of that value may be
    /// this problem over again.
    Parser(Text),
}

impl Metadata {
    fn of(format: Format, range: std::ops::Range<usize>, block: yaml::Block) -> Self {
        Metadata {
            format: Some(format),
            block: range.into(),
            entries: block.entries,
            problems: block.problems,
            comments: block.comments,
            ..Metadata::default()
        }
    }

    /// The entry that counts for `key`, of the file or else of its folder.
    pub fn get_or_given(&self, key: &str) -> Option<&Entry> {
        let mut given = self.given.iter().flat_map(|given| &given.entries);
        self.get(key)
            .or_else(|| given.find(|entry| &*entry.key == key))
    }

    /// Whether the file or its folder has, or may have, the key.
    pub fn has(&self, key: &str) -> bool {
        let is_open = self.given.as_ref().is_some_and(|given| given.is_open);
        is_open || self.is_opaque || self.get_or_given(key).is_some()
    }

    /// The entries that count, from the last one to the first: of each key the one that [`Metadata::get`] finds.
    pub fn counting(&self) -> impl Iterator<Item = &Entry> {
        let mut known = QuickSet::default();
        let repeats = self.repeats();
        let entries = self.entries.iter().rev();
        entries.filter(move |entry| !repeats || known.insert(&*entry.key))
    }

    /// Whether the entry cannot be read as it was meant, so that nothing can be said of its value.
    pub fn is_doubtful(&self, entry: &Entry) -> bool {
        let end = entry.value_span.end.max(entry.key_span.end) as usize + 1;
        let lines = Span::new(entry.key_span.start as usize, end);
        self.has_problem_in(lines) || self.is_contested(entry)
    }

    /// The text of `key`, where it is a string.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Entry::as_str)
    }

    /// The entries of the first of `keys` that the block has.
    pub fn first_of<'a>(&'a self, keys: &[&str]) -> Option<&'a Entry> {
        keys.iter().find_map(|key| self.get(key))
    }
}

impl Entry {
    /// The value of a scalar as text: of a string the string itself, of others the source.
    pub fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text.trim()),
            Value::Null | Value::List(_) | Value::Map(_) => None,
            _ => Some(&self.source),
        }
    }

    /// The value as text, where it is a string.
    pub fn as_str(&self) -> Option<&str> {
        self.value.as_str()
    }
}

impl Value {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::List(items) => items.is_empty(),
            _ => false,
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The texts of a list, or the parts of one text that stand between `separators`.
    pub fn texts(&self, separators: &'static [char]) -> impl Iterator<Item = &str> {
        let (text, items) = match self {
            Value::List(items) => ("", &**items),
            value => (value.as_str().unwrap_or(""), &[][..]),
        };
        let parts = text.split(separators).filter(|part| !part.is_empty());
        parts.chain(items.iter().filter_map(|(item, _)| item.as_str()))
    }

    /// The mapping that the value is, or those in its list.
    pub fn maps(&self) -> impl Iterator<Item = &[Entry]> {
        let (one, many): (_, &[(Value, Span)]) = match self {
            Value::Map(entries) => (Some(&**entries), &[]),
            Value::List(items) => (None, items),
            _ => (None, &[]),
        };
        let many = many.iter().filter_map(|(item, _)| match item {
            Value::Map(entries) => Some(&**entries),
            _ => None,
        });
        one.into_iter().chain(many)
    }

    /// The date of a date or timestamp; of a string, where the whole string is one in a common notation
    /// (`2025-02-17`, `2025/02/17`, `2021-06-25 14:00:00`, `Feb 17, 2025`).
    pub fn date(&self) -> Option<Date> {
        match self {
            Value::Date(date) => Some(*date),
            Value::Timestamp(timestamp) => Some(timestamp.date),
            Value::String(text) => front_matter::lenient_date(text),
            _ => None,
        }
    }
}

/// Splits a file into metadata and body and parses the metadata. Returns the block and the span of the body.
///
/// `trailers` says whether the site is made of snips, or the file by its name is one, so that a trailer is looked for.
/// Elsewhere a file has one only if its last line is `:key: value`. Front matter wins where a file begins with it.
pub fn parse(text: &str, trailers: bool, fences: Fences) -> (Metadata, Span) {
    let has_trailer = || trailers || ends_like_a_trailer(text);
    let trailer = || has_trailer().then(|| trailer::parse(text)).flatten();
    let found = front_matter::parse(text, fences).or_else(trailer);
    found.or_else(|| headers::parse(text)).unwrap_or_else(|| {
        let start = lines::beginning(text);
        let none = Metadata {
            block: Span::at(start),
            ..Metadata::default()
        };
        (none, Span::new(start, text.len()))
    })
}

/// The first of `entries` that has a key.
pub fn find<'e>(entries: &'e [Entry], key: &str) -> Option<&'e Entry> {
    entries.iter().find(|entry| &*entry.key == key)
}

/// The text at the first of `entries` that has a key; empty where there is none.
pub fn text<'e>(entries: &'e [Entry], key: &str) -> &'e str {
    find(entries, key).and_then(Entry::as_str).unwrap_or("")
}

/// The mapping at the first of `entries` that has a key, or the first in its list; empty where there is none.
pub fn map<'e>(entries: &'e [Entry], key: &str) -> &'e [Entry] {
    let entry = find(entries, key);
    entry
        .and_then(|entry| entry.value.maps().next())
        .unwrap_or(&[])
}

/// Whether a file's name says that it holds nothing but data which can be read: JSON, YAML or TOML.
pub fn is_data(path: &str) -> bool {
    matches!(
        path.rsplit('.').next(),
        Some("json" | "yml" | "yaml" | "toml")
    )
}

/// The entries of such a file; `None` where a parser refuses it, or where it is another.
pub fn of_data(path: &str, text: &str) -> Option<Vec<Entry>> {
    let start = lines::beginning(text);
    let range = start..text.len();
    match path.rsplit('.').next()? {
        "json" => json::parse(text, start).map(|(entries, _)| entries),
        "yml" | "yaml" => {
            let block = yaml::parse(text, range, yaml::Keys::Plain);
            (!block.refused).then_some(block.entries)
        }
        "toml" => {
            let block = toml::parse(text, range);
            block.problems.is_empty().then_some(block.entries)
        }
        _ => None,
    }
}

/// Whether the last line that is not blank reads `:key: value`.
fn ends_like_a_trailer(text: &str) -> bool {
    let text = text.trim_end();
    let last = line_at(text, text.len()).of(text);
    let key = last.strip_prefix(':').and_then(|rest| rest.split_once(':'));
    last.len() < text.len()
        && key.is_some_and(|(key, value)| {
            let is_key = !key.is_empty()
                && key
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            is_key && (value.is_empty() || value.starts_with([' ', '\t']))
        })
}
