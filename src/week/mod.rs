//! Weeks: what a text claims about them, and the calendar.

pub mod calendar;
pub mod claim;
pub mod dates;
pub(crate) mod names;
pub mod prose;
mod run;
pub mod statements;
mod tokens;
mod unnamed;
mod words;

use jiff::civil::Date;

/// What a text says about the weeks that a note covers. Everything is as written: whether `12` counts from an epoch or
/// from the first note is for the archive to learn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claim {
    /// Plain week or note numbers: `[853, 854]` of "Weeks 853 & 854", `[520, 521, 522, 523, 524]` of
    /// "weeks-520-to-524". Long runs are given whole, at most 400 numbers. They ascend, but for a run that goes on in a
    /// new year: "weeks 52 & 1".
    pub numbers: Vec<u32>,
    /// A year that belongs to the first of the numbers: "Weeknotes 2026 week 24", "Week 12, 2026".
    pub year: Option<i16>,
    /// Whether year and number are written as ISO 8601 has it: `2024-W08`, `2024 W17`.
    pub iso: bool,
    /// Season and episode: `S03E03`, `series 07 episode 18`.
    pub season: Option<Season>,
    /// The first and last day of a stated range of dates ("July 8 to 14"), or one date twice. Years are filled in only
    /// where they are written.
    pub dates: Option<DateRange>,
    /// Whether a word such as "week", "weeknotes" or "weekly" stands with the number; a bare `52` has none.
    pub named: bool,
    /// Whether that word counts notes rather than weeks: "Weeknotes #12".
    pub of_notes: bool,
    /// "as numbered, and then some": `13.7`, `13b`, "bonus". The claim is no place in the sequence.
    pub bonus: bool,
    /// Whether it is the name of a file, which one end of a run is enough for.
    pub of_file: bool,
    /// Where in the text the claim stands, as byte offsets into the text that was read.
    pub span: crate::source::Span,
}

impl Claim {
    /// The numbers, or the episodes of the season, each with its year. `year` is that of the first one where the claim
    /// has none.
    pub fn places(
        &self,
        year: Option<i16>,
    ) -> impl DoubleEndedIterator<Item = (Option<i16>, u32)> + '_ {
        let season = self.season.as_ref();
        let numbers = season.map_or(&self.numbers, |season| &season.episodes);
        let (year, first) = (self.year.or(year), numbers.first().copied());
        let in_year = move |&number| {
            let later = i16::from(Some(number) < first);
            (year.map(|year| year + later), number)
        };
        numbers.iter().map(in_year)
    }
}

/// The month, from 1, whose English name a word is, in full or in short.
pub fn month_named(word: &str) -> Option<i8> {
    let token = tokens::token_at(word, 0, false).filter(|token| token.end() == word.len());
    names::month(token?, names::Names::AnyCase)
}

/// Season and episodes, or another unit that weeks are counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    /// The season.
    pub season: u32,
    /// The episodes, ascending.
    pub episodes: Vec<u32>,
    /// What the season is called where its parts are no episodes: "cycle", "year".
    pub unit: Option<&'static str>,
}

/// A range of days whose year may be unwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRange {
    /// The first day.
    pub first: PartialDate,
    /// The last day; the first again for a single date.
    pub last: PartialDate,
}

/// A day and month, with the year and the day of the week where they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartialDate {
    /// The year, where it is written (of a range, also where the other end has it).
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31, as written: 31 April is possible.
    pub day: i8,
    /// The day of the week, where it is written.
    pub weekday: Option<jiff::civil::Weekday>,
}

impl PartialDate {
    /// The date that is meant near another one.
    pub fn near(self, date: Date) -> Option<Date> {
        let years = match self.year {
            Some(year) => year..=year,
            None => date.year() - 1..=date.year() + 1,
        };
        let dates = years.filter_map(|year| self.in_year(year));
        dates.min_by_key(|day| calendar::day_number(*day).abs_diff(calendar::day_number(date)))
    }

    /// The date in `year`, if the calendar has it.
    pub fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}
