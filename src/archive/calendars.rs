//! The calendars by which the notes of a series count their weeks, where it is not that of ISO 8601.
//!
//! In the USA a week begins on a Sunday and week 1 holds 1 January, which is what Obsidian's `gggg-[W]ww` gives there: 25
//! to 31 December 2022 is week 53, of a year that has 52 ISO weeks. Others count from the first Sunday or Monday (`%U` and
//! `%W` of strftime). Which one it is, the days tell that the notes state or were written on.

use super::timeline::{self, Ordinal};
use super::{Archive, claims};
use crate::diagnostic::DocumentId;
use crate::document::metadata::Value;
use crate::week::{DateRange, calendar};
use jiff::ToSpan;
use jiff::civil::Date;

/// Whether, or in how many notes, a week is that of ISO 8601 and of each of [`calendar::other_weeks`].
type EachCalendar<T> = [T; 6];

impl Archive {
    /// Whether a note has the days of week `number` in another calendar than that of ISO 8601, and the other notes of its
    /// series fit that calendar at least as well as this one.
    pub fn counts_otherwise(&self, note: DocumentId, number: u32) -> bool {
        let (Some(series), Some(day)) = (self.collection(note), self.day_of(note, None)) else {
            return false;
        };
        let count = |entries: &mut dyn Iterator<Item = &timeline::Entry>| {
            entries.fold([0; 6], |counts, entry| {
                each(counts, self.fitting(entry), |one, other| one + other)
            })
        };
        let entries = || series.timeline.entries().iter();
        let all = series.calendars.get_or_init(|| count(&mut entries()));
        let week = self
            .standing(note)
            .and_then(|standing| Some((&standing.week()?.claim, standing.year)));
        let places = week
            .into_iter()
            .flat_map(|(claim, year)| Ordinal::all(claim, year));
        let own = places.flat_map(|place| series.timeline.at(place));
        let own = count(&mut own.filter(|entry| entry.document == note));
        let [iso, others @ ..] = each(*all, own, |all, own| all - own);
        let [_, here @ ..] = fits(day, None, number);
        here.into_iter()
            .zip(others)
            .any(|(fits, count)| fits && count >= iso)
    }

    /// Which calendars give a note's week to its days.
    fn fitting(&self, entry: &timeline::Entry) -> EachCalendar<usize> {
        let place = entry.ordinal;
        let day = self.day_of(entry.document, Some(place.year));
        day.map_or([0; 6], |day| {
            fits(day, Some(place.year), place.number).map(usize::from)
        })
    }

    /// A day of the week that a note reports, the first that it states; or the one on which it was written, and by how many
    /// days that may be too late. `year` is the year of its week.
    fn day_of(&self, note: DocumentId, year: Option<i16>) -> Option<(Date, i32)> {
        let (document, standing) = (self.document(note)?, self.standing(note)?);
        let year = || year.or(standing.year).or(standing.week()?.claim.year);
        let first = |range: DateRange| {
            range
                .first
                .in_year(range.first.year.or(range.last.year).or_else(year)?)
        };
        let claimed = || {
            standing
                .claims
                .iter()
                .find_map(|said| first(said.claim.dates?))
        };
        // Whatever the key is called, `start: 2022-12-25`.
        let keyed = || {
            document
                .metadata
                .entries
                .iter()
                .find_map(|entry| match entry.value {
                    Value::Date(date) => Some(date),
                    _ => None,
                })
        };
        let stated = document.stated_days.and_then(first).or_else(claimed);
        let late = || claims::written(document).or_else(keyed);
        stated.map(|day| (day, 0)).or_else(|| Some((late()?, 7)))
    }
}

fn each(
    mut counts: EachCalendar<usize>,
    others: EachCalendar<usize>,
    of: impl Fn(usize, usize) -> usize,
) -> EachCalendar<usize> {
    for (count, other) in counts.iter_mut().zip(others) {
        *count = of(*count, other);
    }
    counts
}

/// Whether `number` is the week of a day, or of one of the `late` days before it.
fn fits((date, late): (Date, i32), year: Option<i16>, number: u32) -> EachCalendar<bool> {
    let mut fits = [false; 6];
    for day in (0..=late).map(|late| date.saturating_sub(late.days())) {
        let other = calendar::other_weeks(day).map(|week| (day.year(), u32::try_from(week).ok()));
        let (iso_year, iso) = calendar::iso_week(day);
        let iso = (iso_year, Some(u32::from(iso)));
        for (fits, (in_year, week)) in fits.iter_mut().zip([iso].into_iter().chain(other)) {
            *fits |= week == Some(number) && year.is_none_or(|year| year == in_year);
        }
    }
    fits
}

#[cfg(test)]
mod tests;
