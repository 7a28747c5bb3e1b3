//! What the files of a collection have in common, counted. Nothing here decides what is wrong: a rule asks for the
//! counts and speaks only where they leave no doubt.

use crate::document::{
    Document,
    metadata::{Entry, Format, Value},
};
use crate::hash::{Counts, QuickMap, count};
use crate::names::Words;
use crate::source::{Span, Text};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::OnceLock;

/// How many files a convention must rest on.
pub const ENOUGH: usize = 20;

/// Whether `with` of `of` files are almost all of them, so that the others are exceptions: at least 95 % of at least
/// [`ENOUGH`].
pub fn almost_always(with: usize, of: usize) -> bool {
    of >= ENOUGH && with * 100 >= of * 95
}

/// The type of a value, as far as conventions care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// No value.
    Nothing,
    /// Yes or no.
    Bool,
    /// A number.
    Number,
    /// A date without a time.
    Date,
    /// A point in time.
    Timestamp,
    /// Text.
    Text,
    /// A list.
    List,
    /// A mapping.
    Map,
}

impl Kind {
    /// The kind of a value.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Kind::Nothing,
            Value::Bool(_) => Kind::Bool,
            Value::Number(_) => Kind::Number,
            Value::Date(_) => Kind::Date,
            Value::Timestamp(_) => Kind::Timestamp,
            Value::String(_) => Kind::Text,
            Value::List(_) => Kind::List,
            Value::Map(_) => Kind::Map,
        }
    }

    /// The kind in words.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Nothing => "empty",
            Kind::Bool => "true or false",
            Kind::Number => "a number",
            Kind::Date => "a date",
            Kind::Timestamp => "a timestamp",
            Kind::Text => "text",
            Kind::List => "a list",
            Kind::Map => "a mapping",
        }
    }
}

/// The most different values of one key that are counted; a key with more has no closed set of values.
const MOST_VALUES: usize = 64;

/// What a collection's files have under one key.
#[derive(Debug, Clone, Default)]
pub struct KeyFacts {
    /// How many files have the key.
    pub files: usize,
    /// How many have a value of each kind.
    pub kinds: BTreeMap<Kind, usize>,
    /// The first and the last day on which a file with the key was written.
    pub days: Option<(Date, Date)>,
    /// How many have each value, for scalars, by the value's text; at most 64 different ones.
    pub values: Counts,
    /// Whether there are more different values than are counted.
    pub open: bool,
    /// In how many files the value is the file's stem.
    pub equals_stem: usize,
    /// In how many files the value is the file's extension without dots.
    pub equals_extension: usize,
    /// How many have a date, of whatever kind the value is.
    pub dates: usize,
    /// How the dates that are text are written, with `#` for each digit: `####/##/##`.
    pub date_forms: Counts,
    /// How many have no value, or an empty text or list.
    pub empty: usize,
    /// Of keys that hold tags, categories or authors: how often each item occurs.
    pub items: Counts,
    frequent_items: OnceLock<Words>,
}

/// How often an item must occur before another one is taken for it, misspelt.
const OFTEN: usize = 5;

/// The most notations of dates that are counted for one key.
const MOST_FORMS: usize = 16;

impl KeyFacts {
    fn add(&mut self, entry: &Entry, document: &Document, written: Option<Date>) {
        self.files += 1;
        self.add_days(written.map(|day| (day, day)));
        let kind = Kind::of(&entry.value);
        *self.kinds.entry(kind).or_default() += 1;
        self.empty += usize::from(is_empty(&entry.value));
        if has_items(&entry.key) {
            each_item(entry, &mut |item, _| count(&mut self.items, item));
        }
        if entry.value.date().is_some() {
            self.dates += 1;
            if let Some(text) = entry.as_str()
                && self.date_forms.len() < MOST_FORMS
            {
                count(&mut self.date_forms, &date_form(text));
            }
        }
        let Some(text) = scalar_text(entry) else {
            return;
        };
        if text == document.stem() {
            self.equals_stem += 1;
        }
        if is_extension(text, document) {
            self.equals_extension += 1;
        }
        if let Some(count) = self.values.get_mut(text) {
            *count += 1;
        } else if self.values.len() < MOST_VALUES {
            self.values.insert(text.into(), 1);
        } else {
            self.open = true;
        }
    }

    fn add_days(&mut self, days: Option<(Date, Date)>) {
        let both = self.days.zip(days);
        let both = both.map(|(one, other)| (one.0.min(other.0), one.1.max(other.1)));
        self.days = both.or(self.days).or(days);
    }

    /// Adds the counts of another collection.
    fn merge(&mut self, other: &KeyFacts) {
        self.files += other.files;
        self.add_days(other.days);
        self.equals_stem += other.equals_stem;
        self.equals_extension += other.equals_extension;
        self.dates += other.dates;
        self.empty += other.empty;
        self.open |= other.open;
        for (kind, files) in &other.kinds {
            *self.kinds.entry(*kind).or_default() += files;
        }
        let counted = [
            (&mut self.values, &other.values, MOST_VALUES),
            (&mut self.date_forms, &other.date_forms, MOST_FORMS),
            (&mut self.items, &other.items, usize::MAX),
        ];
        for (into, from, most) in counted {
            for (text, files) in from {
                if let Some(held) = into.get_mut(text) {
                    *held += files;
                } else if into.len() < most {
                    into.insert(text.clone(), *files);
                } else {
                    self.open = true;
                }
            }
        }
    }

    /// The items that occur often enough for `item` to be a slip of one of them.
    pub fn frequent_items_near(&self, item: &str) -> impl Iterator<Item = &Text> {
        let frequent = self.frequent_items.get_or_init(|| {
            let often = self.items.iter().filter(|(_, count)| **count >= OFTEN);
            let mut often: Vec<Text> = often.map(|(item, _)| item.clone()).collect();
            often.sort_unstable();
            Words::new(often)
        });
        frequent.near(item)
    }

    /// The kind that almost all files have, with the number of files that have it.
    pub fn usual_kind(&self) -> Option<(Kind, usize)> {
        let (kind, count) = self.kinds.iter().max_by_key(|(_, count)| **count)?;
        almost_always(*count, self.files).then_some((*kind, *count))
    }
}

/// Whether `text` is the last extension of the document's file, without the dot.
pub fn is_extension(text: &str, document: &Document) -> bool {
    document
        .extension()
        .rsplit('.')
        .next()
        .is_some_and(|extension| !extension.is_empty() && extension == text)
}

/// The value of a scalar as text: of a string the string itself, of others the source.
pub fn scalar_text(entry: &Entry) -> Option<&str> {
    match &entry.value {
        Value::String(text) => Some(text.trim()),
        Value::Null | Value::List(_) | Value::Map(_) => None,
        _ => Some(&entry.source),
    }
}

/// Whether a value says nothing.
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        _ => false,
    }
}

/// The keys whose values are taken apart into items.
pub fn has_items(key: &str) -> bool {
    matches!(
        key,
        "tags"
            | "tag"
            | "categories"
            | "category"
            | "keywords"
            | "topics"
            | "taxonomies"
            | "authors"
            | "author"
    )
}

/// Gives each item of a list, of the lists in a mapping, and of a text with commas, with its place.
pub fn each_item(entry: &Entry, give: &mut impl FnMut(&str, Span)) {
    match &entry.value {
        Value::List(items) => {
            for (item, span) in items {
                if let Value::String(text) = item {
                    give(text.trim(), *span);
                }
            }
        }
        Value::Map(entries) => {
            for inner in entries {
                each_item(inner, give);
            }
        }
        Value::String(text) if text.trim().is_empty() => {}
        Value::String(text) if !entry.source.contains(',') => {
            give(text.trim(), entry.value_span);
        }
        Value::String(_) => {
            let mut start = entry.value_span.start as usize;
            for part in entry.source.split(',') {
                let item = part.trim_matches(|character: char| {
                    character.is_whitespace() || character == '"' || character == '\''
                });
                let before = part.find(item).unwrap_or(0);
                if !item.is_empty() {
                    give(item, Span::new(start + before, start + before + item.len()));
                }
                start += part.len() + 1;
            }
        }
        _ => {}
    }
}

/// How the date that a text begins with is written, with `#` for each digit; the time behind it is left out.
pub fn date_form(text: &str) -> String {
    text.trim()
        .chars()
        .take_while(|character| !matches!(character, 'T' | ' ' | '\t'))
        .map(|character| {
            if character.is_ascii_digit() {
                '#'
            } else {
                character
            }
        })
        .collect()
}

/// The counts of one collection, or of all of them together.
#[derive(Debug, Clone, Default)]
pub struct Conventions {
    /// How many files were counted: those that could be read.
    pub files: usize,
    /// How many of them have metadata, by form.
    pub formats: BTreeMap<Format, usize>,
    /// What they have under each key.
    pub keys: BTreeMap<Text, KeyFacts>,
    /// How many have each extension (`.snip.markdown`).
    pub extensions: BTreeMap<Text, usize>,
    /// How many have a heading of level one.
    pub with_title: usize,
    /// How many have exactly one.
    pub with_one_title: usize,
    /// How many have a heading that serves as a title: of level one anywhere, or of any level at the beginning.
    pub headed: usize,
    /// How many have a title key and a title heading.
    pub two_titles: usize,
    /// In how many of these both are equal.
    pub equal_titles: usize,
    /// How many have a date in their name and one in their metadata.
    pub two_dates: usize,
    /// In how many of these both are equal.
    pub equal_dates: usize,
    /// How many of them are named by each day of the week, from Monday on.
    pub named_by_day: [usize; 7],
    /// How many have white space in their metadata that does not belong there.
    pub with_stray_whitespace: usize,
    /// How many were written on each day.
    days: BTreeMap<Date, usize>,
    totals: OnceLock<Totals>,
}

/// What is told of all keys together, when it is first asked for.
#[derive(Debug, Clone, Default)]
struct Totals {
    /// The keys that almost all files have.
    usual: Vec<Text>,
    /// How many files have each key, in whatever case.
    folded: QuickMap<Text, usize>,
}

impl Conventions {
    /// Counts one more document.
    pub(super) fn add(&mut self, document: &Document) {
        if document.unreadable.is_some() {
            return;
        }
        self.files += 1;
        match self.extensions.get_mut(document.extension()) {
            Some(files) => *files += 1,
            None => {
                self.extensions.insert(document.extension().into(), 1);
            }
        }
        if let Some(format) = document.metadata.format {
            *self.formats.entry(format).or_default() += 1;
        }
        let dated = super::claims::date(document);
        let named = super::claims::date_in_name(document);
        let written = dated.map(|(_, date)| date).or(named);
        if let Some(day) = super::claims::written(document) {
            *self.days.entry(day).or_default() += 1;
        }
        for entry in document.metadata.counting() {
            match self.keys.get_mut(&entry.key) {
                Some(facts) => facts.add(entry, document, written),
                None => {
                    let facts = self.keys.entry(entry.key.clone()).or_default();
                    facts.add(entry, document, written);
                }
            }
        }
        let titles = document
            .headings
            .iter()
            .filter(|heading| heading.level == 1)
            .count();
        self.with_title += usize::from(titles > 0);
        self.with_one_title += usize::from(titles == 1);
        self.headed += usize::from(document.title_heading().is_some());
        if let (Some(entry), Some(heading)) = (
            super::claims::title_entry(document),
            document.title_heading(),
        ) {
            self.two_titles += 1;
            self.equal_titles +=
                usize::from(same_wording(entry.as_str().unwrap_or(""), &heading.source));
        }
        if let (Some((_, date)), Some(named)) = (dated, named) {
            self.two_dates += 1;
            self.equal_dates += usize::from(date == named);
            let day = named.weekday().to_monday_zero_offset().unsigned_abs();
            if let Some(files) = self.named_by_day.get_mut(usize::from(day)) {
                *files += 1;
            }
        }
        let stray = |entry: &Entry| !entry.stray_whitespace.is_empty();
        self.with_stray_whitespace += usize::from(document.metadata.entries.iter().any(stray));
    }

    /// Adds the counts of another collection.
    pub(super) fn merge(&mut self, other: &Conventions) {
        self.files += other.files;
        self.with_title += other.with_title;
        self.with_one_title += other.with_one_title;
        self.headed += other.headed;
        self.two_titles += other.two_titles;
        self.equal_titles += other.equal_titles;
        self.two_dates += other.two_dates;
        self.equal_dates += other.equal_dates;
        for (held, files) in self.named_by_day.iter_mut().zip(other.named_by_day) {
            *held += files;
        }
        self.with_stray_whitespace += other.with_stray_whitespace;
        for (day, files) in &other.days {
            *self.days.entry(*day).or_default() += files;
        }
        for (format, files) in &other.formats {
            *self.formats.entry(*format).or_default() += files;
        }
        for (extension, files) in &other.extensions {
            *self.extensions.entry(extension.clone()).or_default() += files;
        }
        for (key, facts) in &other.keys {
            match self.keys.get_mut(key) {
                Some(held) => held.merge(facts),
                None => self.keys.entry(key.clone()).or_default().merge(facts),
            }
        }
    }

    /// The extension that almost all files have.
    pub fn usual_extension(&self) -> Option<(&str, usize)> {
        let (extension, files) = self.extensions.iter().max_by_key(|(_, files)| **files)?;
        almost_always(*files, self.files).then_some((extension, *files))
    }

    /// The keys that almost all files have.
    pub fn usual_keys(&self) -> impl Iterator<Item = (&str, &KeyFacts)> {
        let usual = self.totals().usual.iter();
        usual.filter_map(|key| Some((&**key, self.keys.get(key)?)))
    }

    fn totals(&self) -> &Totals {
        self.totals.get_or_init(|| {
            let mut totals = Totals::default();
            for (key, facts) in &self.keys {
                if almost_always(facts.files, self.files) {
                    totals.usual.push(key.clone());
                }
                *totals.folded.entry(key.to_ascii_lowercase()).or_default() += facts.files;
            }
            totals
        })
    }

    /// Whether at least `enough` files were written after `day`.
    pub fn are_newer(&self, enough: usize, day: Date) -> bool {
        let later = (Bound::Excluded(day), Bound::Unbounded);
        let days = self.days.range(later).take(enough);
        days.map(|(_, files)| files).sum::<usize>() >= enough
    }

    /// How many files have metadata at all.
    pub fn with_metadata(&self) -> usize {
        self.formats.values().sum()
    }

    /// How many files have `key` in another case: `Author` for `author`.
    pub fn files_with_another_case(&self, key: &str) -> usize {
        let folded = self.totals().folded.get(&*key.to_ascii_lowercase());
        folded.map_or(0, |files| files - self.files_with(key))
    }

    /// How many files have `key`.
    pub fn files_with(&self, key: &str) -> usize {
        self.keys.get(key).map_or(0, |facts| facts.files)
    }
}

/// Whether two titles are the same but for white space, quotation marks, backslash escapes and emphasis: what the
/// renderer changes is no difference.
pub fn same_wording(one: &str, other: &str) -> bool {
    plain(one).eq(plain(other))
}

fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    text.trim().chars().filter_map(|character| match character {
        '‘' | '’' | '`' => Some('\''),
        '“' | '”' => Some('"'),
        '–' | '—' => Some('-'),
        '\\' | '*' | '_' => None,
        character if character.is_whitespace() => Some(' '),
        character => Some(character),
    })
}

#[cfg(test)]
mod tests;
