//! What a short text states: every number, week, episode, day and range of days in it, told apart by form alone.
//!
//! Nothing is weighed here, unlike in [`claim`](super::claim), which makes of it what a title says of the weeks that its
//! note covers: whether `12` is a week is for the archive to learn from what the same place states in other notes. The one
//! judgement is which characters belong together: `2024-03-08` is a day and never the numbers 2024, 3 and 8.
//!
//! ```text
//! statement = range | day | day-of-year | time | near-day | week | episode | number, the first of these that fits
//! range     = end separator end               5 to 10 March, 30 May - 2 June 2024, 2024-01-01 to 2024-01-07
//! separator = "-" | "–" | "_" | "to" | "until" | "through" | "bis" | "au" | "al" | "til" | "tot"
//! end       = iso | named [year] | number     one end has a number alone only if the month stands on its other side
//! day       = iso | named year
//!           | year month number               20240308, eight digits
//!           | number sep number sep year      3/4/2025, 03.04.25; sep = "-" | "/" | "."
//!           | year 年 number 月 number 日     2024年3月8日
//! iso       = year sep number sep number      2024-03-08; sep also "_"
//! named     = number [ordinal] ["of" | "-"] month | month number [ordinal]
//! time      = number ":" number [...] [zone]  17:45:00 +00:00, which states nothing
//! near-day  = iso with a month or day of three digits
//! week      = week-word number year           Week 8, 2024; week 8 of 2024
//!           | year week-word number           2024-W08, 2024/KW 08, 2024: Week 8
//!           | year "-" two digits             2024-08
//! episode   = season number episode number            their words are known in several languages: "S03E04"
//! number    = [word] ["#"] one to four digits; no year alone, no part of 1.5 or 1,024, no 12%
//! year      = four digits, 1900 to 2099
//! ```
//!
//! A reading further up wins over those below it also where it begins later: "Week 12 March 18, 2024" is a number and a
//! day. Months are named in eleven languages.

mod days;
mod ends;
mod misspelt;
mod place;
mod weekday;
mod weeks;

pub use misspelt::misspelt_month;
pub use weekday::wrong_weekday;

use super::calendar::day_number;
use crate::source::Span;
pub(super) use ends::{End, Order};
use jiff::civil::Date;
use place::Place;
pub(super) use place::{Cursor, as_year};

/// One thing that a text states, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// What it is.
    pub stated: Stated,
    /// Where it stands, in bytes of the text.
    pub span: Span,
}

/// What a part of a text states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    /// A day with its year; `None` where the calendar has no such day: `2023-02-30`, `2024-05-017`.
    Day(Option<Date>),
    /// A day whose order is anybody's guess: `03/04/2025`, with the day before the month, as in 3 April, and with the month
    /// before the day, as in March 4.
    EitherDay(Date, Date),
    /// A day without a year: `8 March`.
    DayOfYear(DayOfYear),
    /// The first and the last day of a range; a year or month that only one end has holds for both.
    Range(DayOfYear, DayOfYear),
    /// A week, 0 to 54, with its year before it: `2024-W08`, `Week 8, 2024`; and whether a word or a `W` says that it is
    /// one; `2024-08` may be a month as well.
    Week(i16, u8, bool),
    /// Season and episode: `S03E04`, `series-07-episode-18`.
    Episode(u32, u32),
    /// Any other number of one to four digits: what tells it from other numbers of its text, and which; of an elided end
    /// (`545-7`) the whole, 547.
    Number(Word, u32),
}

/// A day and a month, with the year where it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayOfYear {
    /// The year.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31, as written: 31 April is possible.
    pub day: i8,
}

impl DayOfYear {
    /// The day that is meant near another one.
    pub fn near(self, date: Date) -> Option<Date> {
        let years = match self.year {
            Some(year) => year..=year,
            None => date.year() - 1..=date.year() + 1,
        };
        let dates = years.filter_map(|year| self.in_year(year));
        dates.min_by_key(|day| day_number(*day).abs_diff(day_number(date)))
    }

    /// The day in `year`, if the calendar has it.
    pub fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

impl Stated {
    /// Whether this is a day, or a range of days, also one that no calendar has.
    pub fn is_day(&self) -> bool {
        matches!(
            self,
            Stated::Day(_) | Stated::EitherDay(..) | Stated::DayOfYear(_) | Stated::Range(..)
        )
    }

    /// The year of a day or a week.
    pub fn year(&self) -> Option<i16> {
        match self {
            Stated::Week(year, ..) => Some(*year),
            _ => self.days()?.0.year,
        }
    }

    /// The first and the last day, where they are certain.
    pub fn days(&self) -> Option<(DayOfYear, DayOfYear)> {
        match *self {
            Stated::Day(Some(day)) => {
                let day = DayOfYear {
                    year: Some(day.year()),
                    month: day.month(),
                    day: day.day(),
                };
                Some((day, day))
            }
            Stated::DayOfYear(day) => Some((day, day)),
            Stated::Range(first, last) => Some((first, last)),
            _ => None,
        }
    }
}

/// The word before a number (`week` of "Week 12"), in lower case, as a hash; `#` counts as one, and so does nothing at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(u32);

impl Word {
    /// No word at all.
    pub const NONE: Word = Word(FNV_BASIS);

    /// The mark `#`, whichever word is before it.
    pub const HASH: Word = Word(step(FNV_BASIS, b'#'));

    /// The word `word`, in any case.
    pub fn of(word: &str) -> Self {
        if word.is_ascii() {
            let letters = word.bytes().map(|letter| letter.to_ascii_lowercase());
            return Word(letters.fold(FNV_BASIS, step));
        }
        let mut hash = FNV_BASIS;
        for c in word.chars().flat_map(char::to_lowercase) {
            let mut room = [0; 4];
            hash = c.encode_utf8(&mut room).bytes().fold(hash, step);
        }
        Word(hash)
    }
}

/// The hash of nothing: FNV-1a, which is short, and the same on every machine.
const FNV_BASIS: u32 = 0x811c_9dc5;

/// The hash `hash` with one more byte.
const fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// What was read at a place; nothing is stated by a time of day.
#[derive(Debug, Clone, Copy)]
struct Read {
    stated: Option<Stated>,
    start: usize,
    end: usize,
}

impl Read {
    fn new(stated: impl Into<Option<Stated>>, start: usize, end: usize) -> Self {
        let stated = stated.into();
        Read { stated, start, end }
    }
}

/// A text, and all that it states.
#[derive(Debug, Clone)]
pub struct Reading<'t> {
    /// The text.
    pub text: &'t str,
    /// What it states, as [`statements`] has it.
    pub said: Vec<Statement>,
}

impl<'t> Reading<'t> {
    /// Reads a text.
    pub fn of(text: &'t str) -> Self {
        Reading {
            text,
            said: statements(text),
        }
    }
}

/// The readings of a place, those first that win.
const READINGS: [fn(&Place) -> Option<Read>; 8] = [
    days::range,
    days::day,
    days::day_of_year,
    days::time,
    days::near_day,
    weeks::week,
    weeks::episode,
    weeks::number,
];

/// All that `text` states, in order of the spans, which do not overlap. Reads at most [`LONGEST`] bytes.
pub fn statements(text: &str) -> Vec<Statement> {
    let text = head(text);
    let mut found: Vec<Statement> = Vec::new();
    let (mut floor, mut at) = (0, 0);
    while let Some(place) = Place::next(text, floor, at) {
        at = place.end();
        let Some(mut read) = read(&place) else {
            continue;
        };
        (floor, at) = (read.end, read.end);
        complete(&mut read, found.last(), text);
        found.extend(read.stated.map(|stated| Statement {
            stated,
            span: Span::new(read.start, read.end),
        }));
    }
    found
}

/// The first reading of a place that no better one overlaps.
fn read(place: &Place) -> Option<Read> {
    let readings = READINGS.iter().enumerate();
    let mut found = readings.filter_map(|(rank, reading)| Some((rank, reading(place)?)));
    let (_, read) = found.find(|(rank, read)| !is_overtaken(place, *rank, read))?;
    Some(read)
}

/// Whether a reading that ranks before `rank` begins at a later place within `read`.
fn is_overtaken(place: &Place, rank: usize, read: &Read) -> bool {
    let floor = place.end();
    let mut at = floor;
    if rank == 0 || read.end <= floor {
        return false;
    }
    while let Some(place) = Place::next(place.text, floor, at)
        && place.word_start < read.end
    {
        at = place.end();
        let mut better = READINGS.iter().take(rank).filter_map(|read| read(&place));
        if better.any(|better| better.start < read.end) {
            return true;
        }
    }
    false
}

/// Gives the end of a run the digits that it leaves out: the `7` of `545-7` is 547.
fn complete(read: &mut Read, last: Option<&Statement>, text: &str) {
    let Some(Stated::Number(_, value)) = &mut read.stated else {
        return;
    };
    let Some(Statement {
        stated: Stated::Number(_, first),
        span,
    }) = last
    else {
        return;
    };
    let between = text.get(span.range().end..read.start);
    // In a name, `184-7-things`, what follows may be anything.
    let goes_on = text.get(read.end..).is_some_and(|rest| {
        rest.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '-' | '_'))
    });
    if !matches!(between, Some("-" | "–")) || goes_on {
        return;
    }
    let digits = u32::try_from(read.end - read.start).unwrap_or(0);
    let unit = 10_u32.saturating_pow(digits);
    let whole = first - first % unit + *value;
    if *first >= unit && whole > *first {
        *value = whole;
    }
}

/// The form of `text`: the text with a `#` for each statement and for each other run of digits.
pub fn form(text: &str, statements: &[Statement]) -> String {
    let mut form = String::with_capacity(text.len());
    let mut at = 0;
    for statement in statements {
        let span = statement.span.range();
        push_form(&mut form, text.get(at..span.start).unwrap_or(""));
        form.push('#');
        at = span.end;
    }
    push_form(&mut form, text.get(at..).unwrap_or(""));
    form
}

/// Appends `text` with a `#` for each run of digits.
fn push_form(form: &mut String, text: &str) {
    let mut in_digits = false;
    for c in text.chars() {
        let digit = c.is_ascii_digit();
        if !digit {
            form.push(c);
        } else if !in_digits {
            form.push('#');
        }
        in_digits = digit;
    }
}

/// The part of `text` that is read. A long text is cut between two words, so that no number loses its end.
fn head(text: &str) -> &str {
    let head = super::head(text, LONGEST);
    if head.len() == text.len() {
        return head;
    }
    match head.rfind(char::is_whitespace) {
        Some(end) => head.get(..end).unwrap_or(""),
        None => head.trim_end_matches(|c: char| c.is_ascii_digit() || "-./_:".contains(c)),
    }
}

/// The most bytes of a text that are read.
pub const LONGEST: usize = 200;

#[cfg(test)]
mod tests;
