//! How a series counts its weeks.

use crate::config;
use crate::week::{Claim, calendar};
use jiff::civil::Date;
use std::collections::BTreeMap;

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
    /// ISO 8601 weeks with their year.
    IsoWeek,
    /// Seasons and episodes.
    SeasonEpisode,
    /// Numbers that no calendar ties to weeks.
    Sequence,
    /// No numbers; dates alone.
    Dates,
}

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
            config::Numbering::Sequence { .. } | config::Numbering::WeekOfYear => {
                Numbering::Sequence
            }
        }
    }

    /// Tells the numbering from the notes' weeks and the days they were written.
    ///
    /// For an epoch each dated note names a Monday of week 0, on the supposition that it was written in the week it
    /// reports. The Monday that most notes name is taken where at least half of them name it, or the one after it:
    /// a note is often written on the Monday after.
    pub(super) fn infer<'a>(notes: impl Iterator<Item = (&'a Claim, Date)>) -> Self {
        let (mut numbered, mut iso, mut seasons, mut of) = (0, 0, 0, 0);
        let mut mondays: BTreeMap<i32, usize> = BTreeMap::new();
        for (claim, date) in notes {
            of += 1;
            if claim.season.is_some() {
                seasons += 1;
            } else if claim.iso || claim.year.is_some() {
                iso += usize::from(claim.iso);
            } else if let Some(last) = claim.numbers.last().filter(|_| !claim.bonus) {
                numbered += 1;
                let monday = calendar::day_number(calendar::monday_of(date));
                let weeks = i32::try_from(*last).unwrap_or(i32::MAX).saturating_mul(7);
                *mondays.entry(monday.saturating_sub(weeks)).or_default() += 1;
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
        let best = mondays
            .iter()
            .max_by_key(|(_, count)| **count)
            .map(|(day, count)| (*day, *count));
        if let Some((day, count)) = best
            && numbered >= super::conventions::ENOUGH
            && (count + mondays.get(&(day + 7)).copied().unwrap_or(0)) * 2 >= numbered
            && let Some(week_zero) = calendar::date_of_day(day)
        {
            return Numbering::Epoch {
                week_zero,
                agreeing: count,
                of: numbered,
            };
        }
        Numbering::Sequence
    }

    /// The first and the last day of the weeks of a claim, where the numbering ties them to days.
    pub fn days(&self, claim: &Claim) -> Option<(Date, Date)> {
        let (first, last) = (*claim.numbers.first()?, *claim.numbers.last()?);
        let (begin, end) = match self {
            Numbering::Epoch { week_zero, .. } => {
                let epoch = calendar::Epoch {
                    week_zero: *week_zero,
                };
                (
                    epoch.monday_of(i64::from(first))?,
                    epoch.monday_of(i64::from(last))?,
                )
            }
            Numbering::IsoWeek => {
                let monday =
                    |week: u32| calendar::monday_of_iso_week(claim.year?, u8::try_from(week).ok()?);
                (monday(first)?, monday(last)?)
            }
            _ => return None,
        };
        Some((begin, end.checked_add(jiff::Span::new().days(6)).ok()?))
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
