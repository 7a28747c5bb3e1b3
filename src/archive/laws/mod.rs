//! The laws of an archive: what nearly all notes of a table keep, and which notes do not.
//!
//! **Every law is a function of a row that is nearly constant**: whether a key is there, the type of its value, the
//! distance between two days, the difference of two numbers, whether two texts are equal. One engine
//! (`Learner::law`) finds the constant, counts how many rows have it, and lists those that differ. What differs between
//! laws is how odd a deviation is, and so how certain the law must be for it (`share::needed`).
//!
//! ```text
//! table    rows, places and what they state
//! columns  days, numbers and weeks of a place in all rows
//! learn    presence, types, near misses of keys and values        \
//! numbers  two places state the same number; neighbours follow     | each adds breaches
//! days     two places lie a constant distance apart                |
//! texts    forms, equal texts, copies                             |
//! known    what holds in every archive, however few its notes are /
//! blame    the smallest set of places that fixes all breaches of a row
//! ```
//!
//! The idea is that of likely invariants (Daikon) and of minimal repairs of databases.

mod blame;
mod columns;
mod days;
mod known;
mod learn;
mod numbers;
mod parts;
pub mod share;
pub(crate) mod slips;
mod table;
#[cfg(test)]
mod tests;
mod texts;

use super::Archive;
use super::claims;
use super::series::content_name;
use crate::config::Numbering;
use crate::diagnostic::DocumentId;
use crate::document::Document;
use crate::hash::QuickMap;
use crate::source::Span;
use columns::Columns;
use jiff::civil::Date;
use share::{Share, needed};
use std::collections::{BTreeMap, BTreeSet};
pub use table::Type;
use table::{Field, Rows};

/// What of a place a law speaks of: a wrong number is fixed without its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Aspect {
    Block,
    Day,
    Extension,
    Form,
    From,
    Key,
    Number,
    Presence,
    Run,
    Says,
    Text,
    To,
    Type,
    Value,
    Week,
}

/// A place and an aspect of it: what is right or wrong.
type Unit = (Field, Aspect);

/// What a place disagrees with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Partner {
    /// Its own column alone.
    Nothing,
    /// Another place of the note.
    Unit(Unit),
    /// The notes before and after.
    Neighbours,
    /// Another note.
    Row(usize),
}

impl Partner {
    fn unit(self) -> Option<Unit> {
        match self {
            Partner::Unit(unit) => Some(unit),
            _ => None,
        }
    }
}

/// The kinds of laws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Law {
    HasMetadata,
    Type,
    Present,
    States,
    Unnamed,
    NamesPage,
    Vocabulary,
    NearKey,
    OneOfTheValues,
    Form,
    Extension,
    EqualNumbers,
    EqualRuns,
    Calendar,
    NumbersRise,
    DaysRise,
    Distance,
    SameTime,
    InOrder,
    NotEarly,
    Unique,
    EqualTexts,
}

/// How a note breaks a law, as far as words need to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The note has no metadata.
    NoMetadata,
    /// The value is not of the type that it has elsewhere.
    Type(Type),
    /// The value is empty.
    Empty,
    /// The note lacks the key of this name.
    Absent(String),
    /// A key that is a slip of another.
    Key {
        /// As it is written.
        written: String,
        /// As others write it.
        meant: String,
    },
    /// A value that is a slip of another.
    Value {
        /// As it is written.
        written: String,
        /// As others write it.
        meant: String,
    },
    /// A list without the value that all others have.
    Lacks(String),
    /// The place states no number or day, as it does elsewhere.
    Silent(&'static str),
    /// The place does not name the note by its number, though the file's name or a key does; or without the word that
    /// stands with it elsewhere.
    Unnamed(Option<String>),
    /// The name is formed in another way than the others.
    NameForm(String),
    /// The name is that of another file, or of the usual form, with what tools add to copies.
    NamedCopy(Option<String>),
    /// The name lacks the date that the site needs.
    Undated(String),
    /// The file ends in another way than the others, which end like this.
    Extension(String),
    /// A value that names no page, where the others do.
    NoPage {
        /// As it is written.
        written: String,
        /// The page that was meant.
        meant: Option<String>,
    },
    /// One character keeps the text from saying what it does elsewhere.
    Stray(char),
    /// A misspelt word.
    Word {
        /// As it is written.
        written: String,
        /// As others write it.
        meant: String,
    },
    /// Two places state different numbers.
    Numbers(String, String),
    /// The number does not follow that of the note before.
    OutOfOrder {
        /// The number.
        says: String,
        /// That of the note before.
        before: String,
        /// That of the note after.
        after: String,
    },
    /// The day does not lie between those of the notes before and after it by number.
    DayOutOfOrder {
        /// The day.
        says: i32,
        /// That of the note before.
        before: i32,
        /// That of the note after.
        after: i32,
    },
    /// Two places state days that do not lie as far apart as elsewhere.
    Days {
        /// Of the place blamed, as a day number.
        one: i32,
        /// Of the other.
        other: i32,
        /// How many days the first lies behind the second elsewhere.
        usual: i32,
    },
    /// The two days come in the wrong order.
    Order(i32, i32),
    /// The day lies before the week.
    Early(i32, i32),
    /// Another note has the same number.
    Number(String, DocumentId),
    /// Another note has the same text.
    Copied(DocumentId),
    /// The texts of two places differ, which are equal elsewhere.
    Texts(String, String),
    /// A day that no calendar has.
    NoSuchDay,
    /// The day of the week is not that of the date beside it.
    Weekday {
        /// The word.
        written: String,
        /// The date.
        date: Date,
    },
    /// A week that its year does not have.
    NoSuchWeek(i16, u8),
    /// The week of a day at the turn of the year, with the wrong year.
    WrongYear {
        /// The week.
        week: u8,
        /// The year that the place says.
        says: i16,
        /// The year that the week belongs to.
        meant: i16,
        /// The day, as a number.
        day: i32,
    },
    /// A run of weeks whose end is before its beginning.
    Backwards(u32, u32),
}

/// A place of a note that breaks what nearly all notes keep.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The note.
    pub document: DocumentId,
    /// Where it is reported.
    pub span: Span,
    /// The place in words, for a message: "file name", "`date`".
    pub place: String,
    /// Whether the place is the file's name.
    pub is_name: bool,
    /// How.
    pub broken: Broken,
    /// What holds of how many.
    pub share: Share,
    /// Other places of the note that speak against it, with their names.
    pub others: Vec<(Span, String)>,
    /// The place as a whole.
    pub whole: Span,
    /// Whether the place holds the time of writing or publishing.
    pub is_stamp: bool,
    /// Whether it does, or the one that it disagrees with.
    pub of_stamp: bool,
    /// Whether both lie in one place: the ends of a range.
    pub of_range: bool,
    /// Whether the place, and the one that it disagrees with, gives a week rather than a day.
    pub of_week: [bool; 2],
    /// The text that would fix it, and its place.
    pub fix: Option<(Span, String)>,
    /// Which kind of law it breaks.
    law: Law,
}

/// A law that a table has.
#[derive(Debug, Clone)]
struct LearntLaw {
    units: Vec<Unit>,
    share: Share,
    /// Which rows keep it, for laws of two places.
    kept: Vec<bool>,
}

/// A row that breaks a law.
#[derive(Debug, Clone)]
struct Breach {
    row: usize,
    unit: Unit,
    partner: Partner,
    weight: f64,
    /// The certainty that it needs; `None` where it never is a finding of its own, but a vote.
    need: Option<f64>,
    law: Law,
    share: Share,
    broken: Broken,
    /// Where it is, if not at its place.
    span: Option<Span>,
}

impl Breach {
    /// What is wrong whatever the other places of the row state, and a finding however few keep the law.
    fn new(law: Law, row: usize, unit: Unit, share: Share, broken: Broken) -> Self {
        Breach {
            row,
            unit,
            partner: Partner::Nothing,
            weight: share.certainty(),
            need: Some(0.0),
            law,
            share,
            broken,
            span: None,
        }
    }

    /// Whether the law is certain enough to be a finding.
    fn is_enough(&self) -> bool {
        self.need.is_some_and(|need| self.weight >= need)
    }

    fn against(self, partner: Partner) -> Self {
        Breach { partner, ..self }
    }

    fn needs(self, need: impl Into<Option<f64>>) -> Self {
        let need = need.into();
        Breach { need, ..self }
    }

    fn at(self, span: impl Into<Option<Span>>) -> Self {
        let span = span.into();
        Breach { span, ..self }
    }
}

/// What is asked of a deviation: how certain the law must be, and how it is worded; `None` where it is no mistake.
type Judgement = Option<(Option<f64>, Broken)>;

/// One row that differs, and how.
#[derive(Debug, Clone, Copy)]
struct Deviation {
    row: usize,
    value: i64,
    /// The constant.
    mode: i64,
    /// How many rows differ in the same way.
    same: usize,
    /// How many keep the law.
    share: Share,
    /// Whether three in a row differ alike, or four of nine: a habit.
    in_clump: bool,
    /// Whether so few differ that it is an oversight.
    is_rare: bool,
}

impl Deviation {
    /// Whether it is an oversight that this row is not as nearly all are: 1, which stands for yes.
    fn is_oversight(&self) -> bool {
        self.mode == 1 && self.is_rare && !self.in_clump
    }
}

/// What the rows of a table have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Table {
    /// They are the notes of a series.
    Series,
    /// They lie in one folder.
    Folder,
    /// Nothing but their words, so that it has no columns.
    Unlike,
}

/// What a table has to know of the rest of the archive.
#[derive(Debug)]
struct Around<'d> {
    /// The names of all pages that are no notes, with their folders.
    pages: QuickMap<&'d str, &'d str>,
    /// How many documents have each key, and in how many it repeats the file's name.
    keys: QuickMap<&'d str, Share>,
    /// How many of these lie in each folder.
    folders: QuickMap<&'d str, usize>,
    /// Whether files that have a day in their names have it as their date, too.
    named_by_date: bool,
}

impl<'d> Around<'d> {
    fn of(archive: &'d Archive) -> Self {
        let pages = archive.all().filter(|(id, _)| !archive.is_note(*id));
        let mut folders = QuickMap::default();
        let place = |(_, document): (_, &'d Document)| {
            *folders.entry(document.folder()).or_default() += 1;
            (document.stem(), document.folder())
        };
        let mut keys = QuickMap::default();
        for document in &archive.documents {
            let name = content_name(document);
            for entry in document.metadata.counting() {
                let share: &mut Share = keys.entry(&*entry.key).or_default();
                share.of += 1;
                share.with += u32::from(entry.scalar() == Some(name));
            }
        }
        let days = |(_, document): (_, &Document)| {
            Some((claims::date_in_name(document)?, claims::date(document)?.1))
        };
        let days: Vec<_> = archive.all().filter_map(days).collect();
        let equal = days.iter().filter(|(name, date)| name == date).count();
        Around {
            pages: pages.map(place).collect(),
            keys,
            folders,
            named_by_date: Share::new(equal, days.len()).certainty() >= needed::CONFLICT,
        }
    }
}

/// Learns the laws of one table.
#[derive(Debug)]
struct Learner<'d> {
    rows: &'d Rows<'d>,
    columns: Columns,
    /// Whether the rows are the notes of a series.
    is_series: bool,
    stamps: Vec<bool>,
    around: &'d Around<'d>,
    /// The rows that cover several weeks.
    runs: Vec<bool>,
    /// Whether the least deviation counts: what an earlier state of the archive has is nothing new, however little was
    /// known of its laws then.
    is_lenient: bool,
    laws: Vec<LearntLaw>,
    breaches: Vec<Breach>,
    /// Of two rows that share a number or a text, the one that is more likely to be wrong, and the other.
    likely_wrong: BTreeSet<(usize, usize)>,
    /// The keys that a row must have.
    required: Vec<(String, Share)>,
}

impl<'d> Learner<'d> {
    fn new(
        rows: &'d Rows<'d>,
        kind: Table,
        numbering: Option<&Numbering>,
        around: &'d Around<'d>,
        is_lenient: bool,
    ) -> Self {
        let stamps = learn::stamps(rows);
        let is_stamp = |field| is_stamp(&stamps, field);
        Learner {
            columns: match kind {
                Table::Unlike => Columns::default(),
                Table::Series | Table::Folder => Columns::of(rows, is_stamp, numbering),
            },
            runs: Vec::new(),
            rows,
            is_series: kind == Table::Series,
            stamps,
            around,
            is_lenient,
            laws: Vec::new(),
            breaches: Vec::new(),
            likely_wrong: BTreeSet::new(),
            required: Vec::new(),
        }
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    /// The day of a row.
    fn when(&self, row: usize) -> Option<i32> {
        *self.columns.when.get(row)?
    }

    /// Whether a place holds the time of writing or publishing.
    fn is_stamp(&self, field: Field) -> bool {
        is_stamp(&self.stamps, field)
    }

    /// The engine: finds the constant of `values` (rows in their order, each with its value), cuts them where it changes,
    /// counts, and asks `judge` of each row that differs. Below the certainty of `least` it is no law.
    fn law(
        &mut self,
        law: Law,
        units: &[Unit],
        values: &[(usize, i64)],
        least: f64,
        mut judge: impl FnMut(Deviation) -> Judgement,
    ) {
        let of_two = units.len() == 2 && law != Law::SameTime;
        let mut kept = vec![false; if of_two { self.len() } else { 0 }];
        let (mut shares, mut found, mut start) = (Vec::new(), Vec::new(), 0);
        for part in parts::cut(values) {
            let from = start;
            start += part.values.len();
            let share = Share::new(part.with, part.values.len());
            if share.certainty() < least && !self.is_lenient {
                continue;
            }
            shares.push(share);
            let is_rare = self.is_rare(share);
            let alike = counts(part.values.iter().map(|(_, value)| *value));
            for (at, (row, value)) in part.values.iter().enumerate() {
                if *value == part.mode {
                    if let Some(kept) = kept.get_mut(*row) {
                        *kept = true;
                    }
                    continue;
                }
                let deviation = Deviation {
                    row: *row,
                    value: *value,
                    mode: part.mode,
                    same: alike.get(value).copied().unwrap_or(0),
                    share,
                    in_clump: self.is_in_clump(values, from + at, part.mode),
                    is_rare,
                };
                if let Some((need, broken)) = judge(deviation) {
                    found.push((*row, share, need, broken));
                }
            }
        }
        for (row, share, need, broken) in found {
            let breach = |unit, broken| Breach::new(law, row, unit, share, broken).needs(need);
            match *units {
                [one, other] => self.breach_both(breach(one, broken), other),
                _ => units
                    .iter()
                    .for_each(|unit| self.breach(breach(*unit, broken.clone()))),
            }
        }
        let surest = |one: &Share, other: &Share| one.certainty().total_cmp(&other.certainty());
        if let Some(share) = shares.into_iter().max_by(surest) {
            self.laws.push(LearntLaw {
                units: units.to_vec(),
                share,
                kept,
            });
        }
    }

    /// Whether three rows in a row differ alike, or four of the nine around: then it is a habit. Copies of one note count
    /// once.
    fn is_in_clump(&self, values: &[(usize, i64)], at: usize, mode: i64) -> bool {
        let value = |at: Option<usize>| values.get(at?).map(|(_, value)| *value);
        let here = value(Some(at));
        let before = (1..3).take_while(|step| value(at.checked_sub(*step)) == here);
        let after = (1..3).take_while(|step| value(Some(at + step)) == here);
        if before.count() + after.count() >= 2 {
            return true;
        }
        let around = values
            .get(at.saturating_sub(4)..values.len().min(at + 5))
            .unwrap_or(&[]);
        let differing = around.iter().filter(|(_, value)| *value != mode);
        let mut names: Vec<&str> = differing
            .filter_map(|(row, _)| self.rows.get(*row))
            .map(|row| row.text(Field::Name))
            .collect();
        names.sort_unstable();
        names.dedup();
        names.len() >= 4
    }

    fn breach(&mut self, mut breach: Breach) {
        breach.need = breach
            .need
            .map(|need| if self.is_lenient { 0.0 } else { need });
        self.breaches.push(breach);
    }

    /// Two places that contradict each other: the breach as it is seen from the first, and the second.
    fn breach_both(&mut self, breach: Breach, other: Unit) {
        let turned = Breach {
            unit: other,
            broken: turned(&breach.broken),
            ..breach.clone()
        };
        let one = Partner::Unit(breach.unit);
        self.breach(breach.against(Partner::Unit(other)));
        self.breach(turned.against(one));
    }

    /// The values of all rows that have one, in the order of the rows.
    fn in_order(&self, value: impl Fn(usize) -> Option<i64>) -> Vec<(usize, i64)> {
        let rows = self.columns.sorted.iter();
        rows.filter_map(|row| Some((*row, value(*row)?))).collect()
    }

    /// Whether so few lack what the others have that it is an oversight.
    fn is_rare(&self, share: Share) -> bool {
        if self.is_lenient {
            return true;
        }
        let most = if self.is_series {
            2.max(share.of / 200)
        } else {
            1
        };
        share.without() <= most
    }

    /// The name of a place, for messages.
    fn name(&self, field: Field) -> String {
        match field {
            Field::Name => "file name".to_owned(),
            Field::Folder => "folder".to_owned(),
            Field::Path => "path".to_owned(),
            Field::Heading => "heading".to_owned(),
            Field::Opening => "opening line".to_owned(),
            Field::Key(_) => match self.rows.key(field) {
                "title" => "title".to_owned(),
                key => format!("`{key}`"),
            },
        }
    }
}

/// How often each value comes.
fn counts<T: Ord>(values: impl IntoIterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts
}

fn is_stamp(stamps: &[bool], field: Field) -> bool {
    matches!(field, Field::Key(key) if stamps.get(usize::from(key)) == Some(&true))
}

/// The same deviation seen from the other place.
fn turned(broken: &Broken) -> Broken {
    match broken.clone() {
        Broken::Numbers(one, other) => Broken::Numbers(other, one),
        Broken::Texts(one, other) => Broken::Texts(other, one),
        Broken::Order(one, other) => Broken::Order(other, one),
        Broken::Early(one, other) => Broken::Early(other, one),
        Broken::Days { one, other, usual } => Broken::Days {
            one: other,
            other: one,
            usual: -usual,
        },
        other => other,
    }
}

/// What the laws of an archive find.
#[derive(Debug, Default)]
pub struct Laws {
    /// Sorted by document and place.
    pub findings: Vec<Finding>,
    /// For each collection of the archive the keys that its documents must have, with how many have them.
    pub required: Vec<Vec<(String, Share)>>,
}

impl Laws {
    /// Learns the laws of each series and of what lies together elsewhere. Of an earlier state the least
    /// deviation counts, and every key that must be there by what is known `later`, so that none is new because a law has become
    /// certain since.
    pub(super) fn of(archive: &Archive, later: Option<&Laws>) -> Self {
        let is_earlier = later.is_some();
        let around = Around::of(archive);
        let (mut findings, mut required) = (Vec::new(), Vec::new());
        let mut others = Vec::new();
        for collection in &archive.collections {
            let documents = collection.documents.iter().copied();
            let rows = Rows::of(archive, documents);
            if collection.is_series() || rows.len() >= FEWEST_PAGES {
                let kind = match collection.is_series() {
                    true => Table::Series,
                    false => Table::Folder,
                };
                let series = archive.config.series.iter();
                let mut series = series.filter(|one| one.name == collection.name);
                let numbering = series.next().and_then(|one| one.numbering.as_ref());
                let mut learner = Learner::new(&rows, kind, numbering, &around, is_earlier);
                learner.learn();
                findings.extend(learner.blame());
                learner.required.sort_by(|one, other| one.0.cmp(&other.0));
                required.push(learner.required);
            } else {
                required.push(Vec::new());
            }
            if !collection.is_series() {
                others.extend(collection.documents.iter().copied());
            }
        }
        // Unlike pages have only their words in common.
        let rows = Rows::of(archive, others);
        if rows.len() > 0 {
            let mut learner = Learner::new(&rows, Table::Unlike, None, &around, is_earlier);
            learner.learn_words();
            findings.extend(learner.blame());
        }
        for (number, keys) in later
            .iter()
            .flat_map(|later| later.required.iter().enumerate())
        {
            let documents = archive.collections.get(number).map(|one| &one.documents);
            for id in documents.into_iter().flatten() {
                findings.extend(absences(archive, *id, keys));
            }
        }
        // One finding for each place: what is most certain comes first among equals. That two places give different weeks
        // says more than that another note has the same, and that more than how far days lie apart.
        findings.sort_by_key(|finding| {
            let is_of_weeks =
                matches!(finding.broken, Broken::Numbers(..)) || finding.of_week == [true; 2];
            let is_of_days = matches!(finding.law, Law::Distance | Law::SameTime | Law::NotEarly);
            let class = usize::from(is_of_days) * 2 + usize::from(finding.law == Law::Unique);
            let class = if is_of_weeks { 0 } else { class };
            (finding.document, finding.whole.start, class, finding.law)
        });
        let place = |finding: &Finding| (finding.document, finding.whole, finding.is_name);
        findings.dedup_by(|later, earlier| {
            place(later) == place(earlier) && !matches!(later.broken, Broken::Absent(_))
        });
        Laws { findings, required }
    }

    /// Whether a file misses the form of the others' names.
    pub fn is_misnamed(&self, id: DocumentId) -> bool {
        self.broken_by(id).iter().any(Finding::is_misnaming)
    }

    /// What a document breaks.
    pub fn broken_by(&self, id: DocumentId) -> &[Finding] {
        let first = self
            .findings
            .partition_point(|finding| finding.document < id);
        let rest = self.findings.get(first..).unwrap_or(&[]);
        let count = rest.partition_point(|finding| finding.document == id);
        rest.get(..count).unwrap_or(&[])
    }
}

impl Finding {
    /// Whether the site does not serve the file by the name that it should have.
    fn is_misnaming(&self) -> bool {
        let broken = &self.broken;
        matches!(
            broken,
            Broken::NameForm(_) | Broken::NamedCopy(_) | Broken::Undated(_)
        )
    }
}

/// The keys that a document of an earlier state lacks.
fn absences(archive: &Archive, id: DocumentId, keys: &[(String, Share)]) -> Vec<Finding> {
    let Some(document) = archive.document(id) else {
        return Vec::new();
    };
    let lacks = |(key, _): &&(String, Share)| !document.metadata.has(key);
    let absence = |(key, share): &(String, Share)| Finding {
        document: id,
        span: Span::at(0),
        place: format!("`{key}`"),
        is_name: false,
        broken: Broken::Absent(key.clone()),
        share: *share,
        others: Vec::new(),
        whole: Span::at(0),
        is_stamp: false,
        of_stamp: false,
        of_range: false,
        of_week: [false; 2],
        fix: None,
        law: Law::Present,
    };
    keys.iter().filter(lacks).map(absence).collect()
}

/// Fewer pages that are no series have nothing in common.
const FEWEST_PAGES: usize = 15;
