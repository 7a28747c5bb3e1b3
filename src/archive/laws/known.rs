//! What holds in every archive, so that nobody has to learn it, and few notes are enough: the same word before two
//! numbers of one note counts the same thing, such a number stands for one note, and only some years have a week 53.

use super::share::{Share, needed};
use super::table::{Cell, Field, Row, Rows};
use super::texts::is_mark_of_copy;
use super::{Aspect, Breach, Broken, Law, Learner, Partner, Unit};
use crate::archive::claims::year_of_folder;
use crate::hash::QuickSet;
use crate::source::Span;
use crate::week::calendar::{
    date_of_day, day_number, iso_week, monday_of_iso_week, other_weeks, weeks_in_iso_year,
};
use crate::week::statements::{Stated, Statement, Word, form};
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// What no calendar has, and what tools name, is as certain as what so many notes keep.
const CERTAIN: usize = 1000;

/// From so many notes on, the laws that are learnt are certain enough.
const ENOUGH: usize = 20;

/// Notes that are further apart, in days, may have one number: weeks begin again every year.
const FAR_APART: u32 = 183;

/// By how many days more a text lies from its note if it is that of the week before.
const ANOTHER_WEEK: u32 = 6;

/// The place, the word and the value of the only number behind a word that a cell states.
fn named(cell: &Cell) -> Option<(Word, u32)> {
    let numbers = cell.said.iter().filter_map(|said| match said.stated {
        Stated::Number(word, value) => Some((word, value)),
        _ => None,
    });
    let mut named = numbers
        .clone()
        .filter(|(word, _)| ![Word::NONE, Word::HASH].contains(word));
    let first = named.next()?;
    let is_only = numbers.count() == 1 && cell.field != Field::Opening;
    is_only.then_some(first)
}

/// How the weeks that notes name fit the calendars, that of ISO 8601 first.
struct Fitting {
    /// Which calendars each note fits.
    each: Vec<[bool; 6]>,
    /// How many notes fit each calendar.
    counts: [usize; 6],
    /// Whether the days of the notes fit any.
    is_known: bool,
}

/// What the texts of all notes but drafts hold, with the numbers of the notes.
fn texts_of_notes<'r>(rows: &'r Rows) -> impl Iterator<Item = (usize, &'r Cell<'r>)> {
    let cells = rows.cells().filter(|(_, cell)| is_text(cell.field));
    cells.filter(|(row, _)| rows.get(*row).is_some_and(|row| !row.is_draft))
}

fn is_text(field: Field) -> bool {
    matches!(field, Field::Name | Field::Heading | Field::Key(_))
}

impl Learner<'_> {
    pub(super) fn known(&mut self) {
        self.same_word();
        self.same_number();
        self.same_days();
        self.weeks_of_the_calendar();
    }

    fn certain(&mut self, row: usize, unit: Unit, law: Law, broken: Broken, span: Option<Span>) {
        let share = Share::new(CERTAIN, CERTAIN);
        self.breach(Breach::new(law, row, unit, share, broken).at(span));
    }

    /// Files that are named like another one of their folder, with what tools add to copies.
    pub(super) fn copies(&mut self) {
        let rows = self.rows.iter().enumerate();
        let names = rows.map(|(at, row)| (at, row.document.folder(), row.text(Field::Name)));
        let all = names.clone().map(|(_, folder, name)| (folder, name));
        let all: QuickSet<(&str, &str)> = all.collect();
        for (at, folder, name) in names {
            let ends = name.char_indices().filter(|(_, c)| " -_(~.".contains(*c));
            let mut parts = ends.map(|(end, _)| name.split_at(end));
            let original = parts.find(|(stem, rest)| {
                all.contains(&(folder, *stem)) && is_mark_of_copy(&form(rest, &[]))
            });
            if let Some((stem, _)) = original {
                let broken = Broken::NamedCopy(Some(stem.to_owned()));
                self.certain(at, (Field::Name, Aspect::Form), Law::Form, broken, None);
            }
        }
    }

    /// Two places of a note that put the same word before their number name the same one.
    fn same_word(&mut self) {
        let mut found: BTreeMap<_, (usize, Vec<_>)> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            let cells = row.cells.iter().filter(|cell| is_text(cell.field));
            let named: Vec<_> = cells
                .filter_map(|cell| Some((cell.field, named(cell)?)))
                .collect();
            for (place, (one, (word, a))) in named.iter().enumerate() {
                for (other, (same, b)) in named.iter().skip(place + 1) {
                    if word == same {
                        let (of, differing) = found.entry((*one, *other, *word)).or_default();
                        *of += 1;
                        if a != b {
                            differing.push((at, (*one, *a), (*other, *b)));
                        }
                    }
                }
            }
        }
        for (of, differing) in found.into_values() {
            let is_exception = differing.len() == 1 || differing.len() * 4 <= of;
            for (row, (one, a), (other, b)) in differing {
                // The third weeknote may be of week 27.
                let is_alike = a.checked_ilog10() == b.checked_ilog10();
                let is_key = [one, other]
                    .into_iter()
                    .any(|at| matches!(at, Field::Key(_)) && !self.is_title(at));
                // What is said now and then may be said of another note.
                let is_rare = of * 2 < self.len();
                if is_rare || !is_exception || of >= ENOUGH || of < 4 && (!is_alike || is_key) {
                    continue;
                }
                let [one, other] = [one, other].map(|field| (field, Aspect::Number));
                let broken = Broken::Numbers(a.to_string(), b.to_string());
                let share = Share::new(of - 1, of);
                let breach = Breach::new(Law::EqualNumbers, row, one, share, broken);
                self.breach_both(breach, other);
            }
        }
    }

    fn is_title(&self, field: Field) -> bool {
        let mut parts = self.rows.key(field).as_bytes().windows(5);
        parts.any(|part| part.eq_ignore_ascii_case(b"title"))
    }

    pub(super) fn is_titular(&self, field: Field) -> bool {
        field == Field::Heading || self.is_title(field)
    }

    /// How many days lie between two notes, where they have a day.
    fn days_apart(&self, one: usize, other: usize) -> Option<u32> {
        Some(self.day_of(one)?.abs_diff(self.day_of(other)?))
    }

    /// The day that a note's name or its metadata gives.
    fn day_of(&self, row: usize) -> Option<i32> {
        let row = self.rows.get(row)?;
        let name = row.cell(Field::Name).into_iter();
        let stamps = row.cells.iter().filter(|cell| self.is_stamp(cell.field));
        name.chain(stamps).find_map(day_in_full)
    }

    /// Pairs of values that two rows share, each with its rows in the order of their days.
    fn pairs<V: Ord>(&self, values: BTreeMap<V, Vec<usize>>) -> Vec<(V, usize, usize)> {
        let copies = self.breaches.iter();
        let copies = copies.filter(|breach| matches!(breach.broken, Broken::NamedCopy(_)));
        let copies: QuickSet<usize> = copies.map(|breach| breach.row).collect();
        let pairs = values.into_iter().filter_map(|(value, rows)| {
            let [one, other] = *rows else { return None };
            let is_late = self.day_of(one) > self.day_of(other);
            let (first, last) = if is_late { (other, one) } else { (one, other) };
            let is_copied = copies.contains(&one) || copies.contains(&other);
            (one != other && !is_copied).then_some((value, first, last))
        });
        let pairs: Vec<_> = pairs.collect();
        // What is there twice again and again is meant so.
        let notes = pairs.iter().map(|(_, one, other)| (one, other));
        let notes = notes.collect::<QuickSet<_>>().len();
        let is_habit = notes > 1 && notes * 10 > self.len();
        if is_habit { Vec::new() } else { pairs }
    }

    /// A number behind the word that nearly all notes have before theirs stands for one note.
    fn same_number(&mut self) {
        if self.len() >= ENOUGH {
            return;
        }
        let rows = self.rows;
        let mut places: BTreeMap<(Field, Word), BTreeMap<u32, Vec<usize>>> = BTreeMap::new();
        for (at, cell) in texts_of_notes(rows) {
            let is_other_key = matches!(cell.field, Field::Key(_)) && !self.is_title(cell.field);
            if let Some((word, value)) = named(cell).filter(|_| !is_other_key) {
                let numbers = places.entry((cell.field, word)).or_default();
                numbers.entry(value).or_default().push(at);
            }
        }
        for ((field, _), numbers) in places {
            let of: usize = numbers.values().map(Vec::len).sum();
            if of * 5 < self.len() * 4 {
                continue;
            }
            let share = Share::new(numbers.len(), of);
            let taken: QuickSet<u32> = numbers.keys().copied().collect();
            let is_free = |number: Option<u32>| number.is_some_and(|one| !taken.contains(&one));
            for (number, one, other) in self.pairs(numbers) {
                let (Some(first), Some(second)) = (rows.get(one), rows.get(other)) else {
                    continue;
                };
                let is_one_folder = first.document.folder() == second.document.folder();
                let is_near = match self.days_apart(one, other) {
                    Some(days) => days <= FAR_APART,
                    None => is_one_folder,
                };
                let form = |row: &Row| row.cell(Field::Name).map(|name| form(name.text, &[]).len());
                let is_part = number <= 5 && !is_one_folder;
                let is_other = field == Field::Name && form(first) != form(second);
                if !is_near
                    || is_part
                    || is_other && self.len() > 4
                    || are_translations(first, second)
                {
                    continue;
                }
                let is_first_wrong =
                    !is_free(number.checked_add(1)) && is_free(number.checked_sub(1));
                let pair = match is_first_wrong {
                    true => (one, other),
                    false => (other, one),
                };
                let unit = (field, Aspect::Number);
                self.twins(unit, pair, Some(number.to_string()), share, 0.0);
            }
        }
    }

    /// A heading or title that gives the days of another note's, and lies further from the day of its own.
    fn same_days(&mut self) {
        let rows = self.rows;
        let mut texts: BTreeMap<(Field, &str), Vec<usize>> = BTreeMap::new();
        for (at, cell) in texts_of_notes(rows) {
            if self.is_titular(cell.field) && first_day(cell).is_some() && !cell.has_number() {
                texts.entry((cell.field, cell.text)).or_default().push(at);
            }
        }
        for ((field, _), one, other) in self.pairs(texts) {
            let off = |row: usize| {
                let day = first_day(rows.cell(row, field)?)?;
                Some(self.day_of(row)?.abs_diff(day))
            };
            let Some((a, b)) = off(one).zip(off(other)) else {
                continue;
            };
            if a.abs_diff(b) >= ANOTHER_WEEK {
                let pair = if a > b { (one, other) } else { (other, one) };
                let share = Share::new(self.len() - 1, self.len());
                self.twins(self.unit_of_text(field), pair, None, share, 0.0);
            }
        }
    }

    /// Weeks that their year does not have, or that belong to another year; runs that go backwards.
    fn weeks_of_the_calendar(&mut self) {
        let rows = self.rows;
        let fitting = self.fitting_calendars();
        for (at, row) in rows.iter().enumerate() {
            let mut found = None;
            for cell in row.cells.iter().filter(|cell| is_text(cell.field)) {
                for (place, said) in cell.said.iter().enumerate() {
                    let broken = match said.stated {
                        Stated::Week(year, week, true) => self.odd_week(at, year, week, &fitting),
                        Stated::Number(..) => backwards(cell, said.span),
                        Stated::Day(None) if self.is_titular(cell.field) => Some(Broken::NoSuchDay),
                        _ => None,
                    };
                    // Of several places the one that readers see: the heading comes after the keys.
                    if let Some(broken) = broken
                        && (found.is_none() || cell.field != Field::Name)
                    {
                        let is_run = matches!(broken, Broken::Backwards(..));
                        let last = cell.said.get(place + 1).filter(|_| is_run).unwrap_or(said);
                        let end = last.span.end;
                        found = Some((cell, Span { end, ..said.span }, broken));
                    }
                }
            }
            let Some((cell, span, broken)) = found else {
                continue;
            };
            let span = (cell.field != Field::Name).then(|| cell.part(span));
            // Another place that names a week of the calendar contradicts this one.
            let is_week = matches!(broken, Broken::NoSuchWeek(..) | Broken::WrongYear(..));
            let cells = row.cells.iter().filter(|one| one.field != cell.field);
            let mut weeks = cells.filter_map(|cell| Some((cell.field, week_in_full(cell)?)));
            let is_fine = |(year, week)| self.odd_week(at, year, week, &fitting).is_none();
            let other = weeks.find(|(_, week)| is_week && is_fine(*week));
            if let Some(((partner, week), here)) = other.zip(week_in_full(cell)) {
                let name = |(year, week): (i16, u8)| format!("{year}-W{week:02}");
                let broken = Broken::Numbers(name(here), name(week));
                let (unit, share) = ((cell.field, Aspect::Week), Share::new(CERTAIN, CERTAIN));
                let breach = Breach::new(Law::Calendar, at, unit, share, broken).at(span);
                self.breach(breach.against(Partner::Unit((partner, Aspect::Week))));
            } else {
                self.certain(at, (cell.field, Aspect::Form), Law::Calendar, broken, span);
            }
        }
    }

    fn odd_week(&self, row: usize, year: i16, week: u8, fitting: &Fitting) -> Option<Broken> {
        if monday_of_iso_week(year, week).is_none() {
            return (!self.counts_otherwise(row, (year, week), fitting))
                .then_some(Broken::NoSuchWeek(year, week));
        }
        let row = self.rows.get(row)?;
        let mut stamps = row.cells.iter().filter(|cell| self.is_stamp(cell.field));
        let day = stamps.find_map(day_in_full)?;
        let (meant, of_day) = iso_week(date_of_day(day)?);
        let written = date_of_day(day)?.year();
        // Where the folder says the year, too, the places contradict each other.
        if year_of_folder(row.document) == Some(meant) {
            return None;
        }
        let is_wrong = year + 1 == meant && meant == written || year != meant && year == written;
        (of_day == week && is_wrong).then_some(Broken::WrongYear(week, [year, meant], day))
    }

    /// Whether a note has the days of the week by another calendar than that of ISO 8601, and the other notes fit that one
    /// at least as well: in the USA a week begins on a Sunday, and week 1 holds 1 January. Where the days of the notes fit no
    /// calendar, or there are none, it may be that one, which has a week 53 where the year ends on a Saturday.
    fn counts_otherwise(&self, row: usize, (year, week): (i16, u8), fitting: &Fitting) -> bool {
        if !fitting.is_known {
            let last = Date::new(year, 12, 31);
            return week == 53 && last.is_ok_and(|day| day.weekday() == Weekday::Saturday);
        }
        let (Some(held), Some(own)) = (self.rows.get(row), fitting.each.get(row)) else {
            return false;
        };
        let others = |calendar: usize| {
            let count = fitting.counts.get(calendar).copied().unwrap_or(0);
            count - usize::from(own.get(calendar) == Some(&true))
        };
        let here = self.fits(held, week).into_iter().enumerate().skip(1);
        here.into_iter()
            .any(|(calendar, fits)| fits && others(calendar) >= others(0))
    }

    fn fitting_calendars(&self) -> Fitting {
        let fits = |row: &Row| {
            let weeks = row.cells.iter().flat_map(|cell| &cell.said);
            let mut weeks = weeks.filter_map(|said| match said.stated {
                Stated::Week(_, week, _) => Some(week),
                _ => None,
            });
            weeks.next().map_or([false; 6], |week| self.fits(row, week))
        };
        let each: Vec<[bool; 6]> = self.rows.iter().map(fits).collect();
        let mut counts = [0; 6];
        for fits in &each {
            for (count, fits) in counts.iter_mut().zip(fits) {
                *count += usize::from(*fits);
            }
        }
        let dated = self.rows.iter().filter(|row| self.stated(row).is_some());
        let best = counts.iter().max().copied().unwrap_or(0);
        let share = Share::new(best, dated.count());
        Fitting {
            each,
            counts,
            is_known: share.certainty() >= needed::FAR_APART,
        }
    }

    /// Which calendars have a week of this number on the days of a note.
    fn fits(&self, row: &Row, week: u8) -> [bool; 6] {
        let mut fits = [false; 6];
        let Some((day, late)) = self.stated(row) else {
            return fits;
        };
        for day in (0..=late).filter_map(|late| date_of_day(day - late)) {
            let others = other_weeks(day).map(|other| other == i16::from(week));
            let iso = iso_week(day).1 == week;
            for (fits, one) in fits.iter_mut().zip([iso].into_iter().chain(others)) {
                *fits |= one;
            }
        }
        fits
    }

    /// The first day that a note states, and by how many days that may be too late: those that it covers, or one on which
    /// it was written.
    fn stated(&self, row: &Row) -> Option<(i32, i32)> {
        let covered = row.cells.iter().filter(|cell| !self.is_stamp(cell.field));
        let days = covered.filter_map(|cell| Some((first_day(cell)?, cell)));
        let is_range = |said: &Statement| matches!(said.stated, Stated::Range(..));
        let mut ranges = days.filter(|(_, cell)| cell.said.iter().any(is_range));
        let written = || row.cells.iter().find_map(day_in_full);
        let covered = ranges.next().map(|(day, _)| (day, 0));
        covered.or_else(|| Some((written()?, 7)))
    }
}

/// The day that a cell gives in full.
fn day_in_full(cell: &Cell) -> Option<i32> {
    cell.said.iter().find_map(|said| match said.stated {
        Stated::Day(day) => day.map(day_number),
        _ => None,
    })
}

/// The week that a cell names with its year.
fn week_in_full(cell: &Cell) -> Option<(i16, u8)> {
    cell.said.iter().find_map(|said| match said.stated {
        Stated::Week(year, week, _) => Some((year, week)),
        _ => None,
    })
}

/// The first day that a cell states with its year.
fn first_day(cell: &Cell) -> Option<i32> {
    cell.said.iter().find_map(|said| match said.stated {
        Stated::Range(first, _) => first.in_year(first.year?).map(day_number),
        Stated::Day(day) => day.map(day_number),
        _ => None,
    })
}

/// The run of "weeks 50-48" that begins at `span`, where it does not go on in a new year.
fn backwards(cell: &Cell, span: Span) -> Option<Broken> {
    let (first, last) = cell.run().filter(|(first, last)| last < first)?;
    let before = cell.text.get(..span.start as usize)?.to_lowercase();
    let is_at = span.of(cell.text).parse() == Ok(first);
    let turns = first >= u32::from(weeks_in_iso_year(2023)) - 2 && last <= 4;
    let elided = last.checked_ilog10() < first.checked_ilog10();
    (before.trim_end().ends_with("weeks") && is_at && !turns && !elided)
        .then_some(Broken::Backwards(first, last))
}

/// Whether the names differ in the code of a language at their end: `week-1-en`, `week-1.de`.
fn are_translations(one: &Row, other: &Row) -> bool {
    let name = |row: &Row| {
        let (name, code) = row.document.stem().rsplit_once(['-', '.', '_'])?;
        let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
        is_code.then(|| name.to_owned())
    };
    name(one).is_some_and(|one| name(other) == Some(one))
}

#[cfg(test)]
mod tests;
