//! Weeks: what a text claims about them, and the calendar.

pub mod calendar;
pub mod claim;
mod lead;
pub(crate) mod names;
pub mod prose;
mod run;
pub mod statements;
mod words;
pub(crate) mod written;

pub use names::month as month_named;
pub use statements::DayOfYear;

/// What a text says about the weeks that a note covers. Everything is as written: whether `12` counts from an epoch or
/// from the first note is for the archive to learn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claim {
    /// The numbers of weeks or notes, or of the episodes of a season: `[853, 854]` of "Weeks 853 & 854", `[520, 521, 522,
    /// 523, 524]` of "weeks-520-to-524". Long runs are given whole, at most 400 numbers. They ascend, but for a run that goes
    /// on in a new year: "weeks 52 & 1".
    pub numbers: Vec<u32>,
    /// A year that belongs to the first of the numbers: "Weeknotes 2026 week 24", "Week 12, 2026".
    pub year: Option<i16>,
    /// Whether year and number are written as ISO 8601 has it: `2024-W08`, `2024 W17`.
    pub iso: bool,
    /// The season: the 3 of `S03E04`, the 7 of "series 07 episode 18".
    pub season: Option<u32>,
    /// The first and last day of a stated range of dates ("July 8 to 14"), or one date twice. Years are filled in only
    /// where they are written.
    pub dates: Option<(DayOfYear, DayOfYear)>,
    /// Whether a word such as "week", "weeknotes" or "weekly" stands with the number; a bare `52` has none.
    pub named: bool,
    /// Whether it is the name of a file, which one end of a run is enough for.
    pub of_file: bool,
    /// Where in the text the claim stands, as byte offsets into the text that was read.
    pub span: crate::source::Span,
}

impl Claim {
    /// The numbers, each with its year. `year` is that of the first one where the claim has none.
    pub fn places(
        &self,
        year: Option<i16>,
    ) -> impl DoubleEndedIterator<Item = (Option<i16>, u32)> + '_ {
        let (year, first) = (self.year.or(year), self.numbers.first().copied());
        let in_year = move |&number| {
            let later = i16::from(Some(number) < first);
            (year.map(|year| year + later), number)
        };
        self.numbers.iter().map(in_year)
    }
}

/// `text` without what stands beyond its first `most` bytes.
pub(crate) fn head(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}
