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
//! learn    types; what no calendar has; the order of all           \
//! words    near misses of keys, values and words                   |
//! presence keys and metadata that are missing                      |
//! states   places that do not state what they state elsewhere      |
//! numbers  two places state the same number; neighbours follow     | each adds breaches
//! days     two places lie a constant distance apart                |
//! texts    forms, equal texts, copies                             |
//! known    what holds in every archive, however few its notes are  /
//! blame    the smallest set of places that fixes all breaches of a row
//! ```
//!
//! The idea is that of likely invariants (Daikon) and of minimal repairs of databases.

mod blame;
mod breach;
mod columns;
mod days;
mod known;
mod learn;
mod numbers;
mod parts;
mod presence;
pub mod share;
pub(crate) mod slips;
mod states;
mod table;
#[cfg(test)]
mod tests;
mod texts;
mod words;

use super::Archive;
use super::claims;
use super::series::content_name;
use crate::config::Numbering;
use crate::diagnostic::DocumentId;
use crate::document::Document;
use crate::hash::{QuickMap, QuickSet};
use crate::order::Order;
use crate::parallel;
use crate::source::Span;
use breach::{Aspect, Breach, Law, Partner, Unit, turned};
pub use breach::{Broken, Finding};
use columns::Columns;
use share::{Share, counts, needed};
use std::collections::BTreeMap;
pub use table::Type;
use table::{Field, Rows};

/// A law that a table has.
#[derive(Debug, Clone)]
struct LearntLaw {
    units: Vec<Unit>,
    share: Share,
    /// Which rows keep it, for laws of two places.
    kept: Vec<bool>,
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
    folders: BTreeMap<&'d str, usize>,
    /// Whether files that have a day in their names have it as their date, too.
    named_by_date: bool,
}

impl<'d> Around<'d> {
    fn of(archive: &'d Archive) -> Self {
        let pages = archive.all().filter(|(id, _)| !archive.is_note(*id));
        let places = pages.map(|(_, document)| (document.stem(), document.folder()));
        let pages: Vec<(&str, &str)> = places.collect();
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
            folders: counts(pages.iter().map(|(_, folder)| *folder)),
            pages: pages.into_iter().collect(),
            keys,
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
    /// The rows whose names have another form than nearly all others.
    other_kind: QuickSet<usize>,
    /// Whether the least deviation counts: what an earlier state of the archive has is nothing new, however little was
    /// known of its laws then.
    is_lenient: bool,
    laws: Vec<LearntLaw>,
    breaches: Vec<Breach>,
    /// Of two rows that share a number or a text, the one that is more likely to be wrong, and the other.
    likely_wrong: QuickSet<(usize, usize)>,
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
            other_kind: QuickSet::default(),
            rows,
            is_series: kind == Table::Series,
            stamps,
            around,
            is_lenient,
            laws: Vec::new(),
            breaches: Vec::new(),
            likely_wrong: QuickSet::default(),
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
            if part.with == part.values.len() && !of_two {
                continue;
            }
            let others = part.values.iter().map(|(_, value)| *value);
            let alike = counts(others.filter(|value| *value != part.mode));
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
                [one] => self.breach(breach(one, broken)),
                _ => {}
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
        if self.is_lenient {
            breach.need = breach.need.map(|_| 0.0);
        }
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
        let of_series = 2.max(share.of / 200);
        share.without() <= if self.is_series { of_series } else { 1 }
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

fn is_stamp(stamps: &[bool], field: Field) -> bool {
    matches!(field, Field::Key(key) if stamps.get(usize::from(key)) == Some(&true))
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
    /// The places of a document stand elsewhere now, and say the same.
    pub(super) fn moved(&mut self, document: DocumentId, now: impl Fn(Span) -> Span) {
        let findings = self.findings.iter_mut();
        for finding in findings.filter(|one| one.document == document) {
            let others = finding.others.iter_mut().map(|(span, _)| span);
            let fix = finding.fix.iter_mut().map(|(span, _)| span);
            let own = [&mut finding.span, &mut finding.whole].into_iter();
            own.chain(others)
                .chain(fix)
                .for_each(|span| *span = now(*span));
        }
    }

    /// Learns the laws of each series and of what lies together elsewhere. Of an earlier state the least
    /// deviation counts, and every key that must be there by what is known `later`, so that none is new because a law has become
    /// certain since.
    pub(super) fn of(archive: &Archive, later: Option<&Laws>) -> Self {
        let is_earlier = later.is_some();
        let around = Around::of(archive);
        let learnt = parallel::map_by(1, &archive.collections, |_, collection| {
            let kind = match collection.is_series() {
                true => Table::Series,
                false => Table::Folder,
            };
            let rows = Rows::of(archive, collection.documents.iter().copied());
            if kind == Table::Folder && rows.len() < FEWEST_PAGES {
                return (Vec::new(), Vec::new());
            }
            let mut series = archive.config.series.iter();
            let series = series.find(|one| one.name == collection.name);
            let numbering = series.and_then(|one| one.numbering.as_ref());
            let mut learner = Learner::new(&rows, kind, numbering, &around, is_earlier);
            learner.learn();
            let findings = learner.blame();
            learner.required.order_by(|one, other| one.0.cmp(&other.0));
            (findings, learner.required)
        });
        let (findings, required): (Vec<_>, Vec<_>) = learnt.into_iter().unzip();
        let mut findings: Vec<Finding> = findings.into_iter().flatten().collect();
        // Unlike pages have only their words in common.
        let others = archive.collections.iter().filter(|one| !one.is_series());
        let rows = Rows::of(archive, others.flat_map(|one| &one.documents).copied());
        if rows.len() > 0 {
            let mut learner = Learner::new(&rows, Table::Unlike, None, &around, is_earlier);
            learner.learn_words();
            findings.extend(learner.blame());
        }
        let required_later = later.map_or(&[][..], |later| &later.required);
        for (collection, keys) in archive.collections.iter().zip(required_later) {
            let documents = collection.documents.iter();
            findings.extend(documents.flat_map(|id| absences(archive, *id, keys)));
        }
        // One finding for each place: what is most certain comes first among equals. That two places give different weeks
        // says more than that another note has the same, and that more than how far days lie apart.
        findings.order_by_key(|finding| {
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

    /// Whether a file misses the form of the others' names, so that the site does not serve it by the name that it should
    /// have.
    pub fn is_misnamed(&self, id: DocumentId) -> bool {
        self.broken_by(id).iter().any(Finding::is_of_form_of_name)
    }

    /// What is wrong with the name of a document, or with its day, so that the site does not serve it where it should.
    pub fn displaced_by(&self, id: DocumentId) -> Option<&Finding> {
        let mut broken = self.broken_by(id).iter();
        broken.find(|finding| finding.is_of_form_of_name() || finding.is_stamp)
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
