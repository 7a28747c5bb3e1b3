//! The rows of a table: the notes, their places, and what each place states, read once.

mod cell;

use super::share::ENOUGH;
use crate::archive::Archive;
use crate::archive::series::{content_name, is_period};
use crate::archive::site::Generator;
use crate::diagnostic::DocumentId;
use crate::document::Document;
use crate::document::metadata::{Entry, Format, Value};
use crate::hash::QuickMap;
use crate::order::Order;
use crate::source::Span;
use crate::week::statements::{Stated, Statement, statements};
pub(super) use cell::{Cell, episode_number};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A place of a note that may state something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    /// A key of the metadata: an index in [`Rows::keys`]. The keys of a map are joined by `.`, those of the maps in a list
    /// by `[].`.
    Key(u16),
    /// The heading that serves as title.
    Heading,
    /// The first line of prose that states a day.
    Opening,
    /// The folder's name, where it says something of its own.
    Folder,
    /// The file's name with the folders of its year and month: `2024/03-08`, `2024/03/08-rain`.
    Path,
    /// The file's name, or its folder's where the file is a bundle's index.
    Name,
}

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// A string.
    Text,
    /// A day or a point in time.
    Date,
    /// True or false.
    Boolean,
    /// A number.
    Number,
    /// A sequence.
    List,
    /// A mapping.
    Map,
    /// Nothing.
    Empty,
}

/// A value in a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'d> {
    pub(super) field: Field,
    pub(super) text: &'d str,
    pub(super) span: Span,
}

/// A note.
#[derive(Debug)]
pub(super) struct Row<'d> {
    pub(super) id: DocumentId,
    pub(super) document: &'d Document,
    /// Sorted by field; each field once.
    pub(super) cells: Vec<Cell<'d>>,
    pub(super) items: Vec<Item<'d>>,
    pub(super) is_draft: bool,
}

impl<'d> Row<'d> {
    /// What stands in a place.
    pub(super) fn cell(&self, field: Field) -> Option<&Cell<'d>> {
        let at = self.cells.binary_search_by_key(&field, |cell| cell.field);
        self.cells.get(at.ok()?)
    }

    /// The text of a place; empty where there is none.
    pub(super) fn text(&self, field: Field) -> &'d str {
        self.cell(field).map_or("", |cell| cell.text)
    }

    /// Whether one of its places names a run of weeks. `2024/03-04` is a day, and no run from 3 to 4.
    pub(super) fn states_run(&self) -> bool {
        let first = self.cell(Field::Path).and_then(|path| path.said.first());
        let is_day = first.is_some_and(|said| matches!(said.stated, Stated::Day(_)));
        let mut cells = self.cells.iter();
        cells.any(|cell| cell.states_run() && !(is_day && cell.field == Field::Name))
    }

    /// Whether its metadata can be read as a whole, so that what is not there is missing.
    pub(super) fn is_complete(&self) -> bool {
        self.has_block() && self.document.metadata.problems.is_empty()
    }

    /// Whether it has a block of metadata.
    pub(super) fn has_block(&self) -> bool {
        self.document.metadata.format.is_some()
    }
}

/// The notes of one table, with the keys that they have.
#[derive(Debug, Default)]
pub(super) struct Rows<'d> {
    rows: Vec<Row<'d>>,
    /// The keys, in the order in which they were met.
    pub(super) keys: Vec<String>,
    known: QuickMap<String, u16>,
    /// All places.
    pub(super) places: BTreeSet<Field>,
    /// Whether the site makes a time of whatever text can be read so.
    reads_times: bool,
}

/// The bytes of `2024-03-08`.
const LENGTH_OF_DAY: usize = 10;

/// How deep keys are followed into maps.
const DEEPEST: usize = 4;

/// So many places of a note are compared with each other.
const MOST_COMPARED: usize = 16;

/// More keys than this are not told apart: no archive has a use for them.
const MOST_KEYS: usize = 8192;

impl<'d> Rows<'d> {
    /// The rows of some documents.
    pub(super) fn of(
        archive: &'d Archive,
        documents: impl IntoIterator<Item = DocumentId>,
    ) -> Self {
        let mut rows = Rows {
            reads_times: archive.generator == Generator::Jekyll,
            ..Rows::default()
        };
        for id in documents {
            // The page of a section lists others and is kept in its own way.
            if let Some(document) = archive.document(id).filter(|one| one.stem() != "_index") {
                let row = rows.read(id, document);
                rows.places.extend(row.cells.iter().map(|cell| cell.field));
                rows.rows.push(row);
            }
        }
        // Where most are drafts, that tells nothing of one.
        let drafts = rows.rows.iter().filter(|row| row.is_draft).count();
        if drafts >= ENOUGH && drafts * 2 > rows.rows.len() {
            rows.rows.iter_mut().for_each(|row| row.is_draft = false);
        }
        rows
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, Row<'d>> {
        self.rows.iter()
    }

    pub(super) fn get(&self, row: usize) -> Option<&Row<'d>> {
        self.rows.get(row)
    }

    /// What stands in a place of a row.
    pub(super) fn cell(&self, row: usize, field: Field) -> Option<&Cell<'d>> {
        self.get(row)?.cell(field)
    }

    /// The text of a place of a row; empty where there is none.
    pub(super) fn text(&self, row: usize, field: Field) -> &'d str {
        self.cell(row, field).map_or("", |cell| cell.text)
    }

    /// All cells, with the numbers of their rows.
    pub(super) fn cells(&self) -> impl Iterator<Item = (usize, &Cell<'d>)> {
        let rows = self.rows.iter().enumerate();
        rows.flat_map(|(at, row)| row.cells.iter().map(move |cell| (at, cell)))
    }

    /// What the rows that have a place hold in it.
    pub(super) fn column(&self, field: Field) -> impl Iterator<Item = &Cell<'d>> {
        self.rows.iter().filter_map(move |row| row.cell(field))
    }

    /// The name of a key.
    pub(super) fn key(&self, field: Field) -> &str {
        match field {
            Field::Key(index) => self.keys.get(usize::from(index)).map_or("", String::as_str),
            _ => "",
        }
    }

    fn read(&mut self, id: DocumentId, document: &'d Document) -> Row<'d> {
        let mut row = Row {
            id,
            document,
            cells: Vec::new(),
            items: Vec::new(),
            is_draft: document.is_draft(),
        };
        let name = content_name(document);
        row.cells.push(Cell::named(Field::Name, name));
        let folders = document.folder().rsplit('/');
        let folder = folders.into_iter().find(|folder| *folder != name);
        if let Some(folder) = folder.filter(|folder| !folder.is_empty()) {
            row.cells.push(Cell::named(Field::Folder, folder));
        }
        let is_dated = |cell: &Cell| cell.said.iter().any(|said| is_dated(&said.stated));
        if let Some(path) = dated_path(document)
            && !row.cells.iter().any(is_dated)
        {
            let mut said = statements(&path.replace('/', "-"));
            said.retain(|said| is_year_sure(&said.stated));
            row.cells.push(Cell {
                said,
                ..Cell::named(Field::Path, path)
            });
        }
        if let Some(heading) = document.title_heading() {
            row.cells.push(Cell {
                span: heading.content,
                verbatim: *heading.text == *heading.source,
                ..Cell::named(Field::Heading, &heading.text)
            });
        }
        if let Some(opening) = &document.opening {
            row.cells.push(Cell {
                span: opening.span,
                verbatim: true,
                ..Cell::named(Field::Opening, &opening.text)
            });
        }
        for entry in document.metadata.counting() {
            self.entry(&mut row, entry, "", 0);
        }
        row.cells.order_by_key(|cell| cell.field);
        row.cells.dedup_by_key(|cell| cell.field);
        row
    }

    fn entry(&mut self, row: &mut Row<'d>, entry: &'d Entry, prefix: &str, depth: usize) {
        let name = match prefix {
            "" => Cow::Borrowed(&*entry.key),
            _ => Cow::Owned([prefix, &*entry.key].concat()),
        };
        let Some(field) = self.field(&name) else {
            return;
        };
        let doubtful = depth == 0 && row.document.metadata.is_doubtful(entry);
        let kind = match &entry.value {
            Value::Null => Type::Empty,
            Value::Bool(_) => Type::Boolean,
            Value::Number(_) => Type::Number,
            Value::Date(_) | Value::Timestamp(_) => Type::Date,
            Value::String(text) if text.trim().is_empty() => Type::Empty,
            Value::String(text)
                if (entry.quoted || self.reads_times || !is_typed(row.document))
                    && entry.value.date().is_some()
                    && is_time(text.trim()) =>
            {
                Type::Date
            }
            Value::String(_) => Type::Text,
            Value::List(_) => Type::List,
            Value::Map(_) => Type::Map,
        };
        let text = match &entry.value {
            Value::List(_) | Value::Map(_) | Value::Null => "",
            Value::String(text) => text.trim(),
            _ => unquoted(&entry.source),
        };
        let text = if doubtful { "" } else { text };
        let at = match text {
            "" => None,
            _ if *text == *entry.source => Some(0),
            _ => entry.source.find(text),
        };
        let is_whole = entry.value_span.len() == entry.source.len();
        let span = match at.filter(|_| is_whole) {
            Some(at) => Span::new(0, text.len()).shifted(entry.value_span.start as usize + at),
            None if entry.value_span.is_empty() => entry.key_span,
            None => entry.value_span,
        };
        let (day, time) = match &entry.value {
            Value::Date(day) => (Some(*day), None),
            Value::Timestamp(time) => (Some(time.date), Some(*time)),
            _ => (None, None),
        };
        let is_timed = time.is_some() || day.is_none() && text.contains(':');
        let said = match day.filter(|day| text.starts_with(&day.to_string())) {
            // What stands behind it is a time of day, which states nothing.
            Some(_) => vec![Statement {
                stated: Stated::Day(day),
                span: Span::new(0, LENGTH_OF_DAY),
            }],
            None => {
                // The name or the heading again, mostly.
                let is_same = |one: &&Cell| one.text == text && one.date.is_none();
                let mut first = row.cells.iter().take(MOST_COMPARED);
                let same = first.find(|one| one.field != Field::Path && is_same(one));
                same.map_or_else(|| statements(text), |one| one.said.clone())
            }
        };
        let verbatim = at.is_some() && is_whole;
        row.cells.push(Cell {
            field,
            text,
            span,
            verbatim,
            kind,
            date: entry.value.date().map(|_| is_timed),
            time,
            said,
        });
        if depth < DEEPEST {
            self.parts(row, &entry.value, field, &name, depth, (span, verbatim));
        }
    }

    fn parts(
        &mut self,
        row: &mut Row<'d>,
        value: &'d Value,
        field: Field,
        name: &str,
        depth: usize,
        (span, is_verbatim): (Span, bool),
    ) {
        match value {
            Value::Map(entries) => {
                let prefix = [name, "."].concat();
                for entry in entries {
                    self.entry(row, entry, &prefix, depth + 1);
                }
            }
            Value::List(items) => {
                for (item, span) in items {
                    match item {
                        Value::String(text) => row.items.push(Item {
                            field,
                            text,
                            span: *span,
                        }),
                        Value::Map(_) => {
                            let name = [name, "[]"].concat();
                            self.parts(row, item, field, &name, depth, (*span, false));
                        }
                        _ => {}
                    }
                }
            }
            Value::String(text) if text.contains(',') && text.split(',').all(is_item) => {
                let mut start = span.start as usize;
                for part in text.trim().split(',') {
                    let item = part.trim();
                    let at = start + part.len() - part.trim_start().len();
                    let span = match is_verbatim {
                        true => Span::new(at, at + item.len()),
                        false => span,
                    };
                    row.items.push(Item {
                        field,
                        text: item,
                        span,
                    });
                    start += part.len() + 1;
                }
            }
            _ => {}
        }
    }

    fn field(&mut self, name: &str) -> Option<Field> {
        if let Some(index) = self.known.get(name) {
            return Some(Field::Key(*index));
        }
        let is_room = self.keys.len() < MOST_KEYS;
        let index = u16::try_from(self.keys.len()).ok().filter(|_| is_room)?;
        self.keys.push(name.to_owned());
        self.known.insert(name.to_owned(), index);
        Some(Field::Key(index))
    }
}

/// The end of a path from the folder of a year on, without the extension.
fn dated_path(document: &Document) -> Option<&str> {
    let path = document.path.strip_suffix(document.extension())?;
    let path = path.strip_suffix("/index").unwrap_or(path);
    let (mut rest, name) = path.rsplit_once('/')?;
    if !name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    loop {
        let (before, last) = rest.rsplit_once('/').unwrap_or(("", rest));
        if !is_period(last) {
            return None;
        }
        if last.len() == 4 && last.bytes().all(|byte| byte.is_ascii_digit()) {
            return path.get(rest.len() - last.len()..);
        }
        rest = before;
    }
}

/// Whether a part of a text between commas may be a value of its own.
fn is_item(part: &str) -> bool {
    let is_short = part.split_whitespace().nth(3).is_none();
    is_short && !part.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a name that states this needs no year from its folder.
fn is_dated(stated: &Stated) -> bool {
    stated.is_day() && !matches!(stated, Stated::DayOfYear(_)) || matches!(stated, Stated::Week(..))
}

/// Whether the folder of a year says in which year a week or day lies: at the turn of the year it may be either.
fn is_year_sure(stated: &Stated) -> bool {
    match stated {
        Stated::Week(_, week, _) => (2..52).contains(week),
        Stated::Day(Some(day)) => (7..360).contains(&day.day_of_year()),
        _ => false,
    }
}

/// Whether what stands behind the day of a text can be a time of day with its zone: `14:4g5` cannot.
fn is_time(text: &str) -> bool {
    let said = statements(text);
    let Some(day) = said.first() else {
        return true;
    };
    let rest = text.get(day.span.end as usize..).unwrap_or("");
    let is_time = |byte: u8| byte.is_ascii_digit() || b":.,+-TtZz[]/_".contains(&byte);
    // An offset has a sign.
    let clocks = rest.split_whitespace().filter(|word| {
        word.contains(':') && word.starts_with(|first: char| first.is_ascii_digit())
    });
    clocks.count() <= 1
        && rest.split_whitespace().all(|word| {
            word.bytes().all(is_time) || word.chars().all(|letter| !letter.is_ascii_digit())
        })
}

/// Whether the parser of the metadata tells dates from text.
fn is_typed(document: &Document) -> bool {
    document.metadata.format != Some(Format::Headers)
}

/// A scalar without its quotes.
fn unquoted(source: &str) -> &str {
    let inner = ['"', '\'']
        .into_iter()
        .find_map(|quote| source.strip_prefix(quote)?.strip_suffix(quote));
    inner.unwrap_or(source)
}
