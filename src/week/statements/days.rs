//! Days and ranges of days.

use super::ends::{End, Order};
use super::place::{Cursor, Place};
use super::{DayOfYear, Read, Stated};
use jiff::civil::Date;

/// "5 to 10 March", "2024-01-01 – 2024-01-07".
pub(super) fn range(place: &Place) -> Option<Read> {
    let mut firsts = place.days.into_iter().flatten();
    firsts.find_map(|first| {
        let mut cursor = place.cursor(first.end);
        let separator = cursor.separator()?;
        let mut last = cursor.end()?;
        cursor = place.cursor(last.end);
        let alone = last.order == Order::DayAlone;
        if alone {
            last.year = cursor.year();
            last.end = cursor.at;
        }
        // "July 8 - 10 people came" goes on with something else.
        let mut ahead = cursor;
        let counts = alone
            && last.year.is_none()
            && separator == Separator::SpacedDash
            && ahead.space()
            && ahead.word().is_some();
        // Of `12-3-march-2024`, the 12 may be anything.
        let joined = (first.joined || last.joined)
            && (separator == Separator::Dash || first.order == Order::DayAlone);
        // "Week 12 – 8 March" names a week and a day; "12.–8. March" is a slip in a range.
        let falls = first.order == Order::DayAlone
            && separator == Separator::SpacedDash
            && first.day >= last.day
            && last.order == Order::DayFirst;
        if counts || joined || falls || !place.is_free(first.start) || !cursor.is_closed() {
            return None;
        }
        let (first_day, last_day) = join(first, last)?;
        let range = Stated::Range(first_day, last_day);
        Some(Read::new(range, first.start, last.end))
    })
}

/// What separates the ends of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::week) enum Separator {
    Word,
    Dash,
    SpacedDash,
}

/// Puts two ends together: what one leaves out, the other has.
fn join(first: End, last: End) -> Option<(DayOfYear, DayOfYear)> {
    use Order::{DayAlone, DayFirst, Iso, MonthFirst};
    let fit = match (first.order, last.order) {
        (DayAlone, order) => order == DayFirst,
        (order, DayAlone) => order == MonthFirst,
        (first, last) => (first == Iso) == (last == Iso),
    };
    if !fit {
        return None;
    }
    let (mut from, mut to) = (
        first.day_of_year(last.month)?,
        last.day_of_year(first.month)?,
    );
    let new_year = i16::from(from.month > to.month);
    match (from.year, to.year) {
        (None, Some(year)) => from.year = Some(year - new_year),
        (Some(year), None) => to.year = Some(year + new_year),
        _ => {}
    }
    Some((from, to))
}

/// A day with its year.
pub(super) fn day(place: &Place) -> Option<Read> {
    if let Some((date, end)) = iso_day(place)
        .or_else(|| compact_day(place))
        .or_else(|| ideographic_day(place))
    {
        return Some(Read::new(Stated::Day(date), place.start, end));
    }
    numeric_day(place).or_else(|| {
        let mut days = place.days.into_iter().flatten();
        days.find_map(|day| {
            let date = Date::new(day.year?, day.month?, day.day).ok();
            Some(Read::new(Stated::Day(date), day.start, day.end))
        })
    })
}

/// `2024-03-08`.
fn iso_day(place: &Place) -> Option<(Option<Date>, usize)> {
    place.year()?;
    let mut cursor = place.cursor(place.start);
    let (year, month, day, _) = cursor.iso()?;
    Some((Date::new(year, month, day).ok(), cursor.at))
}

/// `20240308`.
fn compact_day(place: &Place) -> Option<(Option<Date>, usize)> {
    let (year, month_and_day) = place.digits.split_at_checked(4)?;
    let (month, day) = month_and_day.split_at_checked(2)?;
    if day.len() != 2 {
        return None;
    }
    let year = Cursor { text: year, at: 0 }.year_number()?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let date = Date::new(year, month, day).ok();
    ((1..=12).contains(&month) && day < 40).then_some((date, place.end()))
}

/// `2024年3月8日`.
fn ideographic_day(place: &Place) -> Option<(Option<Date>, usize)> {
    let year = place.year()?;
    let mut cursor = place.behind();
    cursor.unit("年년")?;
    let month = cursor.short_number()?;
    cursor.unit("月월")?;
    let day = cursor.short_number()?;
    cursor.unit("日号일")?;
    Some((Date::new(year, month, day).ok(), cursor.at))
}

/// `3/4/2025`, `03.04.25`.
fn numeric_day(place: &Place) -> Option<Read> {
    let mut cursor = place.cursor(place.start);
    let a = cursor.short_number()?;
    let separator = cursor.mark("-/.")?;
    let mut room = [0; 4];
    let separator = &*separator.encode_utf8(&mut room);
    let b = cursor.short_number()?;
    cursor.mark(separator)?;
    let mut short = cursor;
    let (year, sure) = match short.short_number().filter(|_| short.at == cursor.at + 2) {
        Some(year) => {
            cursor = short;
            (2000 + i16::from(year), false)
        }
        None => (cursor.year_number()?, true),
    };
    // Versions and addresses have more parts, or a letter before them.
    let before = place.before(place.start);
    if before.is_some_and(|c| c.is_alphabetic() || c == '.')
        || place.continues(separator)
        || cursor.goes_on(".")
        || !sure && cursor.goes_on(separator)
        || !sure && cursor.is_name_of_file()
    {
        return None;
    }
    let (day_first, month_first) = (Date::new(year, b, a).ok(), Date::new(year, a, b).ok());
    // `week-22-23-2023`
    let is_run = separator == "-" && !place.word.is_empty() && (1..=4).contains(&(b - a));
    let stated = match (day_first, month_first) {
        (None, None) if !sure || is_run => return None,
        (Some(day), Some(other)) if day != other => Stated::EitherDay(day, other),
        _ => Stated::Day(day_first.or(month_first)),
    };
    Some(Read::new(stated, place.start, cursor.at))
}

/// "8 March", "March 8th".
pub(super) fn day_of_year(place: &Place) -> Option<Read> {
    let mut days = place.days.into_iter().flatten();
    days.find_map(|day| {
        day.month?;
        let stated = day.day_of_year(None).filter(|day| day.year.is_none())?;
        Some(Read::new(Stated::DayOfYear(stated), day.start, day.end))
    })
}

/// A date with one digit too many, which no calendar has: `2024-05-017`.
pub(super) fn near_day(place: &Place) -> Option<Read> {
    place.year()?;
    let mut cursor = place.behind();
    let separator = cursor.mark("-/.")?;
    let month = cursor.digits()?;
    cursor.mark("-/.").filter(|&mark| mark == separator)?;
    let day = cursor.digits()?;
    let long = month.len() == 3 && day.len() <= 3 || month.len() <= 2 && day.len() == 3;
    long.then(|| Read::new(Stated::Day(None), place.start, cursor.at))
}

/// A time of day, with its zone, which states nothing: `17:45:00 +00:00`.
pub(super) fn time(place: &Place) -> Option<Read> {
    let mut cursor = place.cursor(place.start);
    cursor.short_number()?;
    cursor.mark(":")?;
    cursor.digits().filter(|minutes| minutes.len() == 2)?;
    let mut seconds = cursor;
    if seconds.mark(":").is_some() && seconds.short_number().is_some() {
        cursor = seconds;
        if cursor.goes_on(".") {
            cursor.mark(".");
            cursor.digits();
        }
    }
    let mut zone = cursor;
    zone.space();
    if zone.word_of("am pm") {
        cursor = zone;
        zone.space();
    }
    if zone.mark("-+").is_some()
        && let Some(hours) = zone.digits()
    {
        let minutes = hours.len() == 2 && zone.mark(":").is_some();
        let minutes = minutes && zone.digits().is_some_and(|digits| digits.len() == 2);
        // No zone is as far as "-2024".
        if hours < "15" && (hours.len() == 4 || minutes) {
            cursor = zone;
        }
    }
    Some(Read::new(None, place.start, cursor.at))
}

impl Cursor<'_> {
    /// One of the characters `units` that stand behind year, month and day in Chinese, Japanese and Korean.
    fn unit(&mut self, units: &str) -> Option<()> {
        self.space();
        self.mark(units)?;
        // Behind the day, the text goes on.
        let mut ahead = *self;
        if ahead.space() && ahead.peek().is_some_and(|c| c.is_ascii_digit()) {
            *self = ahead;
        }
        Some(())
    }

    /// Reads what separates the ends of a range.
    pub(in crate::week) fn separator(&mut self) -> Option<Separator> {
        let mut ahead = *self;
        ahead.mark("."); // "5. bis 10. März"
        let spaced = ahead.space();
        let dash = ahead.mark("-–—‑−_").is_some();
        let word = spaced
            && (ahead.word_of("to until till through bis au al til tot a à")
                || ahead.literal("t/m"));
        if !(ahead.space() && word || dash) {
            return None;
        }
        *self = ahead;
        Some(match (dash, spaced) {
            (false, _) => Separator::Word,
            (true, false) => Separator::Dash,
            (true, true) => Separator::SpacedDash,
        })
    }
}
