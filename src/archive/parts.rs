//! Where the numbering of a series changes: a sequence gives way to weeks of the year, or numbers begin again.
//!
//! In the order of their days, numbers go on where they rise by little, or by as many weeks as have passed. Where they do
//! neither, a new part begins, if enough notes follow. Numbers that begin again every New Year are one numbering.

use super::claims::{written, year_of_folder};
use super::numbering::is_written_in;
use super::{Archive, Collection, Numbering};
use crate::diagnostic::DocumentId;
use crate::order::Order;
use crate::week::Claim;
use crate::week::calendar::{day_number, iso_week, monday_of};
use jiff::ToSpan;
use jiff::civil::Date;

/// A stretch of a series that is numbered in one way.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its first note, in the order of days.
    pub first: DocumentId,
    /// How many notes it has, of those with a number and a day.
    pub notes: usize,
    /// How they are numbered.
    pub numbering: Numbering,
}

/// Fewer notes are no part.
const FEWEST: usize = 8;

/// By so much, up or down, neighbours' numbers may differ, or miss the weeks between them.
const NEAR: u64 = 3;

/// Notes are written at most so many days after their week began.
const LATE: i64 = 28;

/// A note with its number and its day.
#[derive(Debug, Clone, Copy)]
struct Note<'a> {
    id: DocumentId,
    claim: &'a Claim,
    folder: Option<i16>,
    number: u32,
    day: Date,
}

impl Note<'_> {
    /// The week that would have number 0, if the numbers count weeks.
    fn zero(&self) -> i64 {
        i64::from(day_number(monday_of(self.day)) / 7) - i64::from(self.number)
    }

    /// Whether the numbering of this note goes on in `next`.
    fn leads_to(&self, next: &Self) -> bool {
        u64::from(self.number.abs_diff(next.number)) <= NEAR
            || self.zero().abs_diff(next.zero()) <= NEAR
    }
}

/// Notes whose numbers go on, or begin again with every year.
#[derive(Debug)]
struct Run<'n, 'a> {
    notes: Vec<&'n Note<'a>>,
    /// The index of the first of them among all notes.
    start: usize,
    /// Whether they are numbered by ISO weeks.
    is_iso: bool,
    /// Whether they, or the last year of them, lie in one year.
    is_of_one_year: bool,
    /// Whether they, or the last year of them, begin with the year.
    begins_with_year: bool,
}

/// The parts of a series, in the order of days; none where one numbering holds for all of its notes, or the configuration
/// says which.
pub fn of(archive: &Archive, series: &Collection) -> Vec<Part> {
    let mut configured = archive.config.series.iter();
    if configured.any(|one| one.name == series.name && one.numbering.is_some()) {
        return Vec::new();
    }
    let ids = series.documents.iter();
    let mut notes: Vec<Note<'_>> = ids.filter_map(|id| note(archive, *id)).collect();
    notes.order_by_key(|note| (note.day, note.number));
    let mut joined: Vec<Run<'_, '_>> = Vec::new();
    for run in runs(&notes) {
        match joined.last_mut().filter(|last| last.leads_to(&run)) {
            Some(last) => last.join(run),
            None => joined.push(run),
        }
    }
    let ends = joined.iter().skip(1).map(|run| run.start);
    let ends = ends.chain([notes.len()]);
    let (mut parts, mut from): (Vec<Part>, _) = (Vec::new(), 0);
    for (run, end) in joined.iter().zip(ends) {
        // Notes that fit no run count where they are.
        let (count, numbering) = (end - from, numbering(&run.notes));
        let last = parts.last_mut();
        match last.filter(|last| is_one_calendar(&last.numbering, &numbering)) {
            Some(last) => last.notes += count,
            None => parts.extend(notes.get(from).map(|first| Part {
                first: first.id,
                notes: count,
                numbering,
            })),
        }
        from = end;
    }
    parts.truncate(if parts.len() == 1 { 0 } else { parts.len() });
    parts
}

fn note(archive: &Archive, id: DocumentId) -> Option<Note<'_>> {
    let (document, claim) = (archive.document(id)?, archive.claim(id)?);
    let number = *claim.numbers.last()?;
    let stated = || Some(Numbering::IsoWeek.days(claim, claim.year)?.0);
    claim.season.is_none().then_some(Note {
        id,
        claim,
        folder: year_of_folder(document),
        number,
        day: written(document).or_else(stated)?,
    })
}

/// The runs that are long enough for a part. A single note that fits neither of its neighbours belongs to the run around
/// it.
fn runs<'n, 'a>(notes: &'n [Note<'a>]) -> impl Iterator<Item = Run<'n, 'a>> {
    let mut runs: Vec<(usize, Vec<&Note<'_>>)> = Vec::new();
    for (at, note) in notes.iter().enumerate() {
        let last = runs.last().and_then(|(_, run)| run.last());
        let goes_on = |next: &Note<'_>| last.is_some_and(|last| last.leads_to(next));
        if goes_on(note) {
            let run = runs.last_mut();
            run.into_iter().for_each(|(_, run)| run.push(note));
        } else if !notes.get(at + 1).is_some_and(goes_on) {
            runs.push((at, vec![note]));
        }
    }
    let long = runs.into_iter().filter(|(_, run)| run.len() >= FEWEST);
    long.filter_map(|(start, notes)| Run::of(start, notes))
}

fn numbering(notes: &[&Note<'_>]) -> Numbering {
    let is_soon = |note: &&&Note<'_>| {
        let days = [note.day, note.day.saturating_sub((LATE / 2).days())];
        days.iter().any(|day| is_written_in(note.number, *day))
    };
    let numbered = notes.iter();
    match Numbering::infer(numbered.map(|note| (note.claim, note.folder, Some(note.day)))) {
        // Nothing is inferred from few notes.
        Numbering::Sequence if notes.iter().filter(is_soon).count() * 5 >= notes.len() * 4 => {
            Numbering::IsoWeek
        }
        numbering => numbering,
    }
}

/// Whether both count the same weeks.
fn is_one_calendar(one: &Numbering, other: &Numbering) -> bool {
    let zero = |numbering: &Numbering| match numbering {
        Numbering::Epoch { week_zero, .. } => Some(*week_zero),
        _ => None,
    };
    match zero(one) {
        Some(week_zero) => zero(other) == Some(week_zero),
        None => one == other && *one == Numbering::IsoWeek,
    }
}

/// The middle of the weeks in which the first few of some notes would have number 0.
fn zero<'n, 'a: 'n>(notes: impl Iterator<Item = &'n &'n Note<'a>>) -> Option<i64> {
    let mut zeros: Vec<i64> = notes.take(FEWEST).map(|note| note.zero()).collect();
    zeros.sort_unstable();
    zeros.get(zeros.len() / 2).copied()
}

impl<'n, 'a> Run<'n, 'a> {
    fn of(start: usize, notes: Vec<&'n Note<'a>>) -> Option<Self> {
        let (first, last) = (notes.first()?, notes.last()?);
        // The year's first note may be written on its first days, and the last one in the next year.
        let (year, week) = iso_week(first.day.saturating_add(7.days()));
        let is_of_one_year = iso_week(last.day.saturating_sub(LATE.days())).0 <= year;
        Some(Run {
            start,
            is_iso: numbering(&notes) == Numbering::IsoWeek,
            is_of_one_year,
            begins_with_year: is_of_one_year && week <= 7 && first.number <= u32::from(week),
            notes,
        })
    }

    /// Whether one numbering holds for both: the numbers go on, or begin again with the year as they do every year.
    fn leads_to(&self, next: &Self) -> bool {
        let ends = self.notes.last().zip(next.notes.first());
        let zeros = zero(self.notes.iter().rev()).zip(zero(next.notes.iter()));
        ends.is_some_and(|(last, first)| last.leads_to(first))
            || zeros.is_some_and(|(one, other)| one.abs_diff(other) <= NEAR)
            || self.begins_with_year && next.begins_with_year
            || self.is_iso && next.is_iso
            || self.is_of_one_year && next.begins_with_year && self.is_iso == next.is_iso
    }

    fn join(&mut self, next: Self) {
        self.notes.extend(next.notes);
        self.is_iso &= next.is_iso;
        self.is_of_one_year = next.is_of_one_year;
        self.begins_with_year = next.begins_with_year;
    }
}
