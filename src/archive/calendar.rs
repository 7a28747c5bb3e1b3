//! The calendar of a series: which weeks its notes report, which have no note, and which have more notes than usual.
//!
//! A row is an ISO year with its weeks, where numbers or days say which weeks the notes are about. Notes without any day
//! are drawn by their numbers, fifty a row, or by seasons.

use super::claims::year_of_folder;
use super::{Archive, Collection, Numbering, parts};
use crate::diagnostic::DocumentId;
use crate::order::Order;
use crate::week::Claim;
use crate::week::calendar::{day_number, iso_week, monday_of_iso_week, weeks_in_iso_year};
use jiff::ToSpan;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What the rows and columns of a calendar count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// ISO years, and their weeks from 1.
    Weeks,
    /// Seasons, and their episodes from 1.
    Episodes,
    /// Fifties of numbers, and the numbers in them from 0.
    Numbers,
}

impl Scale {
    /// What a row is called: `2024`, `100 to 149`, `Season 2`.
    pub fn row(self, number: i32) -> String {
        match self {
            Scale::Weeks => number.to_string(),
            Scale::Episodes => format!("Season {number}"),
            Scale::Numbers => {
                let first = i64::from(number) * i64::from(ROW);
                format!("{first} to {}", first + i64::from(ROW) - 1)
            }
        }
    }

    /// What is said of the rows between two rows, if there are any: the name of the first, and until when there are no notes.
    pub fn between(self, before: i32, after: i32) -> Option<(String, String)> {
        let (from, to) = (before.saturating_add(1), after.saturating_sub(1));
        let said = match from == to {
            true => "no notes".to_owned(),
            false => format!("no notes until the end of {}", self.row(to)),
        };
        (from <= to).then(|| (self.row(from), said))
    }

    /// What a cell is called: `2024-W07, from 2024-02-12`, `number 107`, `season 2, episode 3`.
    pub fn cell(self, row: i32, column: u32) -> String {
        match self {
            Scale::Weeks => {
                let year = i16::try_from(row).ok();
                let week = u8::try_from(column).ok();
                let monday = year.zip(week).and_then(|(y, w)| monday_of_iso_week(y, w));
                let from = monday.map(|monday| format!(", from {monday}"));
                format!("{row}-W{column:02}{}", from.unwrap_or_default())
            }
            Scale::Episodes => format!("season {row}, episode {column}"),
            Scale::Numbers => {
                let number = i64::from(row) * i64::from(ROW) + i64::from(column);
                format!("number {number}")
            }
        }
    }
}

/// Numbers in a row of [`Scale::Numbers`].
pub const ROW: u32 = 50;

/// What is at a place of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Before the first note or after the last one.
    Outside,
    /// No note.
    Missing,
    /// As many notes as is usual in this series.
    Covered,
    /// A further week of the note before it.
    Continued,
    /// More notes than is usual.
    Twice,
}

/// A week, a number or an episode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What is there.
    pub state: State,
    /// The notes about it, by path.
    pub notes: Vec<DocumentId>,
}

/// A year, fifty numbers or a season, with a note at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The year, the fifties before it, or the season.
    pub number: i32,
    /// From the first column to the last one that the row has: 52 or 53 weeks.
    pub cells: Vec<Cell>,
}

impl Row {
    /// How many cells are in a state.
    pub fn count(&self, state: State) -> usize {
        self.cells.iter().filter(|cell| cell.state == state).count()
    }

    /// How many notes there are in it.
    pub fn notes(&self) -> usize {
        let notes: BTreeSet<_> = self.cells.iter().flat_map(|cell| &cell.notes).collect();
        notes.len()
    }
}

/// The calendar of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// What the series is called.
    pub series: String,
    /// What its rows and columns count.
    pub scale: Scale,
    /// The number of the first column: 0 or 1.
    pub from: u32,
    /// The rows that have a note, in order.
    pub rows: Vec<Row>,
    /// Notes that have no place in it.
    pub unplaced: Vec<DocumentId>,
}

/// Row and column.
type Place = (i32, u32);

/// The calendars of all series, the one with most notes first.
pub fn of(archive: &Archive) -> Vec<Calendar> {
    let mut series: Vec<&Collection> = archive.series().collect();
    series.order_by_key(|series| Reverse(series.documents.len()));
    let calendars = series.into_iter().map(|series| of_series(archive, series));
    calendars.collect()
}

/// The calendar of one series.
pub fn of_series(archive: &Archive, series: &Collection) -> Calendar {
    let ids = || series.documents.iter().copied();
    let by_weeks = weeks(archive, series);
    let (scale, placed) = match placed_in(&by_weeks) * 2 >= series.documents.len() {
        true => (Scale::Weeks, by_weeks),
        false => {
            let by_numbers = |season| -> Vec<_> {
                let places = ids().map(|id| (id, numbered(archive.claim(id), season)));
                places.collect()
            };
            let all = [
                (Scale::Numbers, by_numbers(false)),
                (Scale::Episodes, by_numbers(true)),
                (Scale::Weeks, by_weeks),
            ];
            let best = all.into_iter().rev();
            let best = best.max_by_key(|(_, placed)| placed_in(placed));
            best.unwrap_or((Scale::Weeks, Vec::new()))
        }
    };
    let unplaced = placed.iter().filter(|(_, places)| places.is_empty());
    let columns = placed.iter().flat_map(|(_, places)| places);
    let from = match scale {
        Scale::Weeks => 1,
        Scale::Numbers => 0,
        Scale::Episodes => columns.map(|place| place.1.min(1)).min().unwrap_or(1),
    };
    Calendar {
        from,
        series: series.title().to_owned(),
        scale,
        unplaced: unplaced.map(|(id, _)| *id).collect(),
        rows: rows(scale, from, &placed),
    }
}

/// Notes with their places.
type Placed = Vec<(DocumentId, Vec<Place>)>;

fn placed_in(placed: &Placed) -> usize {
    placed
        .iter()
        .filter(|(_, places)| !places.is_empty())
        .count()
}

/// Places by numbers alone.
fn numbered(claim: Option<&Claim>, by_season: bool) -> Vec<Place> {
    let claim = claim.filter(|claim| claim.season.is_some() == by_season);
    let places = claim.into_iter().flat_map(|claim| {
        claim.numbers.iter().map(|&number| match claim.season {
            Some(season) => (season, number),
            None => (number / ROW, number % ROW),
        })
    });
    places
        .filter(|(_, column)| *column < 400)
        .filter_map(|(row, column)| Some((i32::try_from(row).ok()?, column)))
        .collect()
}

/// The weeks of the notes: those of their numbers, or those of their days.
fn weeks(archive: &Archive, series: &Collection) -> Placed {
    let parts = parts::of(archive, series);
    let begins = |part: &parts::Part| archive.day_of(part.first);
    let parts: Vec<_> = parts
        .iter()
        .map(|part| (begins(part), &part.numbering))
        .collect();
    let mut by_day = Vec::new();
    let mut placed = Vec::new();
    for &id in &series.documents {
        let day = archive.day_of(id);
        let part = parts.iter().rev().find(|(begin, _)| *begin <= day);
        let numbering = part.map(|(_, numbering)| *numbering);
        let numbering = numbering.or(series.numbering.as_ref());
        let mondays = numbering.map(|numbering| counted(archive, id, numbering));
        let mondays = mondays.unwrap_or_default();
        let day = day.or_else(|| in_folder(archive, id));
        if mondays.is_empty() {
            by_day.extend(day.map(|day| (id, day)));
        }
        placed.push((id, mondays));
    }
    let shift = shift(&by_day);
    let by_day: BTreeMap<_, _> = by_day.into_iter().collect();
    let week = |day: Date| {
        let (year, week) = iso_week(day);
        (i32::from(year), u32::from(week))
    };
    let placed = placed.into_iter().map(|(id, days)| {
        // A note of several weeks is written at the end of them.
        let last = by_day.get(&id).map(|day| day.saturating_sub(shift.days()));
        let before = |back: i32| Some(last?.saturating_sub((7 * back).days()));
        let shifted = (0..numbers_of(archive, id)).rev().filter_map(before);
        (id, days.into_iter().chain(shifted).map(week).collect())
    });
    placed.collect()
}

/// The first days of a note's weeks, where its number says them.
fn counted(archive: &Archive, id: DocumentId, numbering: &Numbering) -> Vec<Date> {
    let profile = archive.profile(id);
    let claim = profile.and_then(|profile| Some((profile.week()?, profile.year)));
    let claim = claim.filter(|(claim, _)| claim.season.is_none());
    let places = claim.into_iter();
    let places = places.flat_map(|(claim, year)| claim.places(year));
    places
        .filter_map(|week| numbering.first_day(week))
        .collect()
}

/// How many weeks a note is about by its numbers, at most a year.
fn numbers_of(archive: &Archive, id: DocumentId) -> i32 {
    let claim = archive.claim(id).filter(|claim| claim.season.is_none());
    let numbers = claim.map_or(1, |claim| claim.numbers.len().clamp(1, 52));
    i32::try_from(numbers).unwrap_or(1)
}

/// The Monday of a note without a day whose folder has a year and whose last number can be that of a week in it.
fn in_folder(archive: &Archive, id: DocumentId) -> Option<Date> {
    let year = year_of_folder(archive.document(id)?)?;
    let week = archive.claim(id)?.numbers.last()?;
    monday_of_iso_week(year, u8::try_from(*week).ok()?)
}

/// By how many days notes are written after the week that they report. Who writes on Sundays or on the Monday after has
/// two notes in one calendar week and none in another: those are one habit, not a gap and a note too many.
fn shift(days: &[(DocumentId, Date)]) -> i32 {
    let shared = |shift: i32| {
        let weeks = days.iter();
        let weeks = weeks.map(|(_, day)| (day_number(*day) - shift).div_euclid(7));
        days.len() - weeks.collect::<BTreeSet<_>>().len()
    };
    let fewest = (1..7).min_by_key(|shift| shared(*shift)).unwrap_or(0);
    if shared(fewest) * 2 < shared(0) {
        fewest
    } else {
        0
    }
}

/// The rows that have a note.
fn rows(scale: Scale, from: u32, placed: &Placed) -> Vec<Row> {
    let mut held: BTreeMap<i32, BTreeMap<u32, Vec<DocumentId>>> = BTreeMap::new();
    for (id, places) in placed {
        for (row, column) in places {
            let notes = held.entry(*row).or_default().entry(*column).or_default();
            if !notes.contains(id) {
                notes.push(*id);
            }
        }
    }
    let mut sizes: Vec<usize> = held
        .values()
        .flat_map(|row| row.values().map(Vec::len))
        .collect();
    sizes.sort_unstable();
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(1);
    let (first, last) = (
        held.keys().next().copied(),
        held.keys().next_back().copied(),
    );
    let mut before: Vec<DocumentId> = Vec::new();
    let mut rows = Vec::new();
    for (&number, columns) in &held {
        let ends = columns.keys().next().zip(columns.keys().next_back());
        let Some((&lowest, &highest)) = ends else {
            continue;
        };
        let to = match scale {
            Scale::Weeks => i16::try_from(number).map_or(52, weeks_in_iso_year).into(),
            Scale::Numbers => ROW - 1,
            Scale::Episodes => highest,
        };
        // Seasons have their own ends, and all begin with the first episode.
        let is_own = scale == Scale::Episodes;
        let lowest = if is_own { lowest.min(1) } else { lowest };
        let begins = is_own || first == Some(number);
        let ends = is_own || last == Some(number);
        let cells = (from..=to).map(|column| {
            let notes = columns.get(&column).cloned().unwrap_or_default();
            let is_outside = begins && column < lowest || ends && column > highest;
            let state = match notes.as_slice() {
                [] if is_outside => State::Outside,
                [] => State::Missing,
                [one] if before.contains(one) => State::Continued,
                notes if notes.len() > usual => State::Twice,
                _ => State::Covered,
            };
            before.clone_from(&notes);
            Cell { state, notes }
        });
        let cells = cells.collect();
        rows.push(Row { number, cells });
    }
    rows
}

#[cfg(test)]
mod tests;
