//! A text of one note as it would stand in another: its numbers and days are moved, and written as they were.

use crate::week::calendar::{day_number, iso_week, monday_of_iso_week};
use crate::week::statements::{DayOfYear, Stated, statements};
use crate::week::written::{self, Way};
use jiff::ToSpan;
use jiff::civil::Date;

/// What a note is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Point {
    /// The numbers of its weeks or episodes.
    pub(super) numbers: Vec<u32>,
    /// The first day of its weeks, or the day that stands for it.
    pub(super) day: Option<Date>,
    /// The day on which it says that it was written.
    pub(super) written: Option<Date>,
}

/// A day that is farther from the note's own is a day of something else.
const NEAR: i32 = 45;

impl Point {
    /// The number that is to this note what `number` is to the note `from`.
    fn number(&self, number: u32, from: &Self) -> Option<u32> {
        let (Some(first), Some(last)) = (from.numbers.first(), from.numbers.last()) else {
            return Some(number);
        };
        if let Some(at) = from.numbers.iter().position(|one| *one == number) {
            return self.numbers.get(at).copied();
        }
        match number {
            _ if number + 1 == *first => self.numbers.first()?.checked_sub(1),
            _ if number == *last + 1 => self.numbers.last()?.checked_add(1),
            _ => Some(number),
        }
    }

    /// The same for a day.
    pub(super) fn day(&self, day: Date, from: &Self) -> Date {
        if let (Some(written), true) = (self.written, from.written == Some(day)) {
            return written;
        }
        self.day_of_week(day, from)
    }

    /// The same for a day that is as far from the note's own.
    fn day_of_week(&self, day: Date, from: &Self) -> Date {
        let moved = from.day.zip(self.day).and_then(|(old, new)| {
            let apart = day_number(day) - day_number(old);
            let days = i64::from(day_number(new) - day_number(old));
            (apart.abs() <= NEAR).then(|| day.checked_add(days.days()).ok())?
        });
        moved.unwrap_or(day)
    }

    /// The same for a day that may have no year.
    fn day_of_year(&self, day: DayOfYear, from: &Self) -> DayOfYear {
        let near = from.day.or(from.written).and_then(|near| day.near(near));
        // The last day of a week is no day of writing.
        let Some(moved) = near.map(|near| self.day_of_week(near, from)) else {
            return day;
        };
        DayOfYear {
            year: day.year.map(|_| moved.year()),
            month: moved.month(),
            day: moved.day(),
        }
    }

    /// The same for all that a text may state.
    fn stated(&self, stated: Stated, from: &Self) -> Option<Stated> {
        Some(match stated {
            Stated::Day(Some(day)) => Stated::Day(Some(self.day(day, from))),
            Stated::EitherDay(day_first, month_first) => {
                // Whichever is near is meant.
                let is_near = |day: &Date| self.day(*day, from) != *day;
                let day = [day_first, month_first].into_iter().find(is_near);
                day.map_or(stated, |day| Stated::Day(Some(self.day(day, from))))
            }
            Stated::DayOfYear(day) => Stated::DayOfYear(self.day_of_year(day, from)),
            Stated::Range(first, last) => {
                Stated::Range(self.day_of_year(first, from), self.day_of_year(last, from))
            }
            Stated::Week(year, week, named) => {
                let monday = monday_of_iso_week(year, week)?;
                let (year, week) = iso_week(self.day(monday, from));
                Stated::Week(year, week, named)
            }
            Stated::Episode(season, episode) => {
                Stated::Episode(season, self.number(episode, from)?)
            }
            Stated::Number(word, value) => Stated::Number(word, self.number(value, from)?),
            Stated::Day(None) => stated,
        })
    }
}

/// A part of a text that was carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// What stands between statements.
    Fixed(&'t str),
    /// A statement, as it is written now.
    Stated(String),
}

/// A text that was carried.
#[derive(Debug, Clone)]
pub(super) struct Carried<'t> {
    /// Its parts, in order.
    pub(super) pieces: Vec<Piece<'t>>,
    /// Whether any of it is another than before.
    pub(super) is_moved: bool,
}

impl Carried<'_> {
    /// All of it.
    pub(super) fn text(&self) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Fixed(text) => *text,
            Piece::Stated(text) => text,
        });
        pieces.collect()
    }
}

/// `text` of the note `from` as it would stand in the note `to`; `None` where it cannot be written in the same way: "26 to 30
/// March" has no place for a second month. `pads` says whether days below ten have a zero before them.
pub(super) fn carried<'t>(
    text: &'t str,
    from: &Point,
    to: &Point,
    pads: bool,
) -> Option<Carried<'t>> {
    // Where day and month may be taken for each other, the one is tried that reads as it should.
    let ways = [false, true].map(|day_first| Way { day_first, pads });
    ways.iter().find_map(|way| in_way(text, from, to, *way))
}

/// Whether some texts write days below ten with a zero before them, or have none.
pub(super) fn pads<'t>(texts: &[&'t str]) -> bool {
    let is_single = |text: &str| {
        let mut runs = text.split(|c: char| !c.is_ascii_digit());
        runs.any(|run| run.len() == 1)
    };
    let stated = |text: &&'t str| {
        let all = statements(text).into_iter();
        let days = all.filter(|one| one.stated.is_day());
        days.map(|one| one.span.of(text)).collect::<Vec<&str>>()
    };
    let mut days = texts.iter().flat_map(stated);
    !days.any(|day| is_single(day) || written::names_month(day))
}

fn in_way<'t>(text: &'t str, from: &Point, to: &Point, way: Way) -> Option<Carried<'t>> {
    let mut pieces = Vec::new();
    let mut wanted = Vec::new();
    let (mut at, mut is_moved) = (0, false);
    for statement in statements(text) {
        let span = statement.span.range();
        let old = statement.span.of(text);
        let stated = to.stated(statement.stated, from)?;
        let new = match stated == statement.stated {
            true => old.to_owned(),
            false => written::like(old, statement.stated, stated, way)?,
        };
        is_moved |= new != old;
        pieces.push(Piece::Fixed(text.get(at..span.start).unwrap_or("")));
        pieces.push(Piece::Stated(new));
        wanted.push(stated);
        at = span.end;
    }
    pieces.push(Piece::Fixed(text.get(at..).unwrap_or("")));
    let carried = Carried { pieces, is_moved };
    let text = carried.text();
    let found = statements(&text);
    let is_same = |(one, wanted): (&_, &Stated)| says(one, wanted);
    let stated = found.iter().map(|one| one.stated);
    let stated: Vec<Stated> = stated.collect();
    let reads_so = stated.len() == wanted.len() && stated.iter().zip(&wanted).all(is_same);
    (reads_so || !is_moved).then_some(carried)
}

/// Whether what is read is what was to be written.
fn says(read: &Stated, wanted: &Stated) -> bool {
    match (*read, *wanted) {
        (Stated::EitherDay(day_first, month_first), Stated::Day(Some(day))) => {
            [day_first, month_first].contains(&day)
        }
        (read, wanted) => read == wanted,
    }
}
