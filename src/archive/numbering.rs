//! How a series counts its weeks.

use super::laws::share::ENOUGH;
use crate::config;
use crate::week::{Claim, calendar};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// How the notes of a series are numbered.
#[derive(Debug, Clone, PartialEq)]
pub enum Numbering {
    /// Week `n` begins on the Monday `n` weeks after `week_zero`.
    Epoch {
        /// The Monday of week 0.
        week_zero: Date,
        /// How many of the dated notes were written in their week or in the one after it.
        agreeing: usize,
        /// How many dated notes there are.
        of: usize,
    },
    /// ISO 8601 weeks. The year stands with the number, or is that of the folder or of the day the note was written.
    IsoWeek,
    /// Seasons and episodes.
    SeasonEpisode,
    /// Numbers that no calendar ties to weeks.
    Sequence,
    /// No numbers; dates alone.
    Dates,
}

/// How many of the first notes show a pause that was not numbered.
const HEAD: usize = 3;

/// The days of 52 weeks.
const A_YEAR: i32 = 364;

impl Numbering {
    /// The numbering of the configuration.
    pub(super) fn configured(numbering: &config::Numbering) -> Self {
        match numbering {
            config::Numbering::Epoch { week_zero } => Numbering::Epoch {
                week_zero: *week_zero,
                agreeing: 0,
                of: 0,
            },
            config::Numbering::IsoWeek => Numbering::IsoWeek,
            config::Numbering::SeasonEpisode => Numbering::SeasonEpisode,
            config::Numbering::Dates | config::Numbering::None => Numbering::Dates,
            config::Numbering::Sequence | config::Numbering::WeekOfYear => Numbering::Sequence,
        }
    }

    /// Tells the numbering from the notes' weeks and the days they were written. With them come the years of the folders
    /// that they are in.
    pub(super) fn infer<'a>(
        notes: impl Iterator<Item = (&'a Claim, Option<i16>, Option<Date>)>,
    ) -> Self {
        let (mut numbered, mut iso, mut seasons, mut of) = (0, 0, 0, 0);
        let (mut with_year, mut lateness) = (0, Vec::new());
        let mut named = Vec::new();
        for (claim, folder, date) in notes {
            of += 1;
            if claim.season.is_some() {
                seasons += 1;
            } else if let Some(last) = claim.numbers.last() {
                numbered += 1;
                iso += usize::from(claim.iso);
                with_year += usize::from(claim.year.is_some());
                let Some(date) = date else { continue };
                let monday = calendar::day_number(calendar::monday_of(date));
                let week = monday_of(claim, year_of(claim, folder, Some(date)));
                lateness.extend(week.map(|week| monday - calendar::day_number(week)));
                if claim.year.is_none() {
                    let weeks = i32::try_from(*last).unwrap_or(i32::MAX).saturating_mul(7);
                    let is_iso = is_written_in(*last, date);
                    named.push((*last, monday.saturating_sub(weeks), is_iso));
                }
            }
        }
        if seasons * 2 > of {
            return Numbering::SeasonEpisode;
        }
        if iso * 2 > of {
            return Numbering::IsoWeek;
        }
        if numbered * 2 <= of {
            return Numbering::Dates;
        }
        let epoch = (with_year * 2 <= of).then(|| Self::epoch(named)).flatten();
        epoch.unwrap_or(match are_iso_weeks(&lateness, numbered) {
            true => Numbering::IsoWeek,
            false => Numbering::Sequence,
        })
    }

    /// The epoch that most notes name. Each dated note names a Monday of week 0, on the supposition that it was written
    /// in the week it reports; one that was written later names a later Monday.
    ///
    /// The Monday that most notes name is the epoch's, unless more than a few name the one before it: then it is a
    /// habit to write on the Monday after. Half of the notes must lie in their week or the one after, and almost none
    /// before it: a sequence that skipped some weeks has notes on both sides of any Monday. Where the first notes lie
    /// before it, the weeks of a pause after them were not numbered.
    ///
    /// `notes` have their number, their Monday of week 0, and whether they were written in or after the ISO week of that number.
    fn epoch(mut notes: Vec<(u32, i32, bool)>) -> Option<Self> {
        let of = notes.len();
        if of < ENOUGH {
            return None;
        }
        notes.sort_unstable();
        let mut mondays: BTreeMap<i32, usize> = BTreeMap::new();
        for (_, monday, _) in &notes {
            *mondays.entry(*monday).or_default() += 1;
        }
        let named = |day: i32| mondays.get(&day).copied().unwrap_or(0);
        let (usual, most) = mondays.iter().max_by_key(|(_, count)| **count)?;
        let earlier = usual.saturating_sub(7);
        let is_habit = named(earlier) * 10 >= *most;
        let first = if is_habit { earlier } else { *usual };
        // What comes again a year later is counted anew every year.
        let again = mondays.range(first.saturating_add(A_YEAR)..);
        let again: usize = again.map(|(_, count)| count).sum();
        // And ISO weeks of the year before, whose neighbours are of that year, were counted in it.
        let of_a_year = notes.last().is_some_and(|(highest, ..)| *highest <= 53);
        let a_year_before = first.saturating_sub(A_YEAR - 14);
        let later = notes.iter();
        let later = later.filter(|(_, monday, _)| *monday >= a_year_before);
        let later: BTreeSet<u32> = later.map(|(number, ..)| *number).collect();
        let mut earlier_year = notes.iter().filter(|&&(number, monday, is_iso)| {
            let amid = || {
                [number.saturating_add(1), number.saturating_sub(1)]
                    .iter()
                    .any(|n| later.contains(n))
            };
            monday < a_year_before
                && if later.contains(&number) {
                    is_iso
                } else {
                    !amid()
                }
        });
        let mut head = notes.iter().take(HEAD);
        if again * 10 > of
            || of_a_year && earlier_year.next().is_some()
            || head.any(|(_, monday, _)| *monday < first)
        {
            return None;
        }
        let agreeing = named(first) + named(first.saturating_add(7));
        let before: usize = mondays.range(..first).map(|(_, count)| count).sum();
        (agreeing * 2 >= of && before * 20 <= of).then_some(Numbering::Epoch {
            week_zero: calendar::date_of_day(first)?,
            agreeing,
            of,
        })
    }

    /// The first and the last day of the weeks of a claim, where the numbering ties them to days. `year` is the one that
    /// counts where the claim has none.
    pub fn days(&self, claim: &Claim, year: Option<i16>) -> Option<(Date, Date)> {
        let mut weeks = claim.places(year).filter(|_| claim.season.is_none());
        let first = weeks.next()?;
        let last = weeks.next_back().unwrap_or(first);
        let (begin, end) = (self.first_day(first)?, self.first_day(last)?);
        Some((begin, end.checked_add(6.days()).ok()?))
    }

    /// The first day of a week by its year and number, where the numbering ties it to days.
    pub(super) fn first_day(&self, week: (Option<i16>, u32)) -> Option<Date> {
        match self {
            Numbering::Epoch { week_zero, .. } => {
                calendar::week_after(*week_zero, i64::from(week.1))
            }
            Numbering::IsoWeek => monday_of_week(week),
            _ => None,
        }
    }

    /// The numbering in words.
    pub fn describe(&self) -> String {
        match self {
            Numbering::Epoch { week_zero, .. } => {
                format!("weeks since Monday {week_zero} (week 0)")
            }
            Numbering::IsoWeek => "ISO weeks".to_owned(),
            Numbering::SeasonEpisode => "seasons and episodes".to_owned(),
            Numbering::Sequence => "numbers in sequence".to_owned(),
            Numbering::Dates => "dates".to_owned(),
        }
    }
}

/// Whether numbers are those of ISO weeks, by how many days after them the notes were written: the measure of an epoch.
fn are_iso_weeks(lateness: &[i32], numbered: usize) -> bool {
    let count = |days: std::ops::RangeInclusive<i32>| {
        let within = lateness.iter().filter(|late| days.contains(late));
        within.count()
    };
    let of = lateness.len();
    of >= ENOUGH && of * 2 > numbered && count(0..=7) * 2 >= of && count(i32::MIN..=-1) * 20 <= of
}

/// Whether a day lies in the ISO week of that number, or in the one after it.
pub(super) fn is_written_in(number: u32, date: Date) -> bool {
    let week = |date: Date| u32::from(calendar::iso_week(date).1);
    number == week(date) || number == week(date.saturating_sub(7.days()))
}

fn monday_of_week((year, week): (Option<i16>, u32)) -> Option<Date> {
    calendar::monday_of_iso_week(year?, u8::try_from(week).ok()?)
}

fn monday_of(claim: &Claim, year: Option<i16>) -> Option<Date> {
    let mut weeks = claim.places(year).filter(|_| claim.season.is_none());
    monday_of_week(weeks.next_back()?)
}

/// The year of an ISO week: the one that stands with it; or the folder's, where the week does not lie at its edge; or the
/// one that brings it nearest to the day that the note was written.
pub(super) fn year_of(claim: &Claim, folder: Option<i16>, date: Option<Date>) -> Option<i16> {
    let year = claim.year.or_else(|| year_of_folder(claim, folder));
    year.or_else(|| {
        let date = date?;
        let distance = |year: &i16| {
            let monday = monday_of(claim, Some(*year))?;
            Some(calendar::day_number(monday).abs_diff(calendar::day_number(date)))
        };
        // Week 1 may begin in the old year, and week 52 be written in the new one.
        let years = match folder {
            Some(year) if claim.numbers.first() == Some(&1) => year..=year + 1,
            Some(year) => year - 1..=year,
            None => date.year() - 1..=date.year() + 1,
        };
        years
            .filter(|year| distance(year).is_some())
            .min_by_key(distance)
    })
}

/// The year of the folder, for weeks that lie in it whoever put the note there.
pub(super) fn year_of_folder(claim: &Claim, folder: Option<i16>) -> Option<i16> {
    let inside = |week: &u32| (2..=51).contains(week);
    folder.filter(|_| !claim.numbers.is_empty() && claim.numbers.iter().all(inside))
}

#[cfg(test)]
mod tests;
