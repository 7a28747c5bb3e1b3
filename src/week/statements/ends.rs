//! Days as they are written: the ends of a range, and days by themselves.

use super::DayOfYear;
use super::place::Cursor;
use crate::week::names::{Month, month_in_any_language};
use crate::word_list::is_any;

/// How an end of a range is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::week) enum Order {
    Iso,
    DayFirst,
    MonthFirst,
    DayAlone,
}

/// One end of a range, or a day by itself.
#[derive(Debug, Clone, Copy)]
pub(in crate::week) struct End {
    pub(in crate::week) start: usize,
    pub(in crate::week) end: usize,
    pub(in crate::week) year: Option<i16>,
    /// 1 to 12.
    pub(in crate::week) month: Option<i8>,
    /// Two digits at most, as written.
    pub(in crate::week) day: i8,
    pub(in crate::week) order: Order,
    /// Whether `-` or `_` joins the day to the month, as in file names.
    pub(in crate::week) joined: bool,
}

impl End {
    /// The day, in the month that it names itself or in the other end's.
    pub(in crate::week) fn day_of_year(self, month: Option<i8>) -> Option<DayOfYear> {
        let month = self.month.or(month)?;
        (1..=31).contains(&self.day).then_some(DayOfYear {
            year: self.year,
            month,
            day: self.day,
        })
    }
}

impl Cursor<'_> {
    /// Year, month and day of `2024-03-08`, with the separator. Their values are as written.
    pub(in crate::week) fn iso(&mut self) -> Option<(i16, i8, i8, char)> {
        let mut ahead = *self;
        let year = ahead.year_number()?;
        let separator = ahead.mark("-/._")?;
        let month = ahead.short_number()?;
        ahead.mark("-/._").filter(|&mark| mark == separator)?;
        let day = ahead.short_number()?;
        if separator == '.' && ahead.goes_on(".") {
            return None; // 2024.3.8.1 is a version.
        }
        *self = ahead;
        Some((year, month, day, separator))
    }

    /// One end of a range.
    pub(in crate::week) fn end(&mut self) -> Option<End> {
        let mut ahead = *self;
        let Some((year, month, day, separator)) = ahead.iso() else {
            return self.day_first().or_else(|| self.month_first());
        };
        let end = End {
            start: self.at,
            end: ahead.at,
            year: Some(year),
            month: Some(month),
            day,
            order: Order::Iso,
            joined: false,
        };
        let possible = (1..=12).contains(&month) && (1..=31).contains(&day) && separator != '_';
        *self = ahead;
        possible.then_some(end)
    }

    /// "8 March", "8th of March 2024", "8. März", "8 de marzo de 2024", `8-Mar-2024`; or the day alone.
    fn day_first(&mut self) -> Option<End> {
        let mut ahead = *self;
        let (day, ordinal) = ahead.day()?;
        let mut end = End {
            start: self.at,
            end: ahead.at,
            year: None,
            month: None,
            day,
            order: Order::DayAlone,
            joined: false,
        };
        if !ordinal && !(1..=31).contains(&day) {
            return None; // "Week 45 March 2024"
        }
        *self = ahead;
        if let Some((month, year, joined)) = ahead.month_and_year() {
            *self = ahead;
            end.joined = joined;
            end.month = Some(month.number);
            end.year = year;
            end.end = ahead.at;
            end.order = Order::DayFirst;
        }
        Some(end)
    }

    /// What follows a day to make it one of a month; also whether it is joined to the day.
    fn month_and_year(&mut self) -> Option<(Month, Option<i16>, bool)> {
        let point = self.mark(".").is_some();
        let joined = !point && self.mark("-_").is_some();
        if !(self.space() || point || joined) {
            return None;
        }
        if !joined && self.word_of("of de del di") && !self.space() {
            return None;
        }
        let word = self.word()?;
        let month = month_in_any_language(word)?;
        let bare = *self;
        if bare.peek().is_some_and(|c| c.is_alphanumeric()) {
            return None;
        }
        self.mark(".");
        let year = self.year();
        // A list's "6. May" and "12 may contain" name no month.
        let verb = || {
            let mut ahead = bare;
            word == "may" && ahead.space() && ahead.word().is_some()
        };
        if year.is_none() && (joined || month.doubtful || point && !month.abroad || verb()) {
            return None;
        }
        if year.is_none() {
            *self = bare;
        }
        Some((month, year, joined))
    }

    /// "March 8", "Mar. 8th, 2024", `march-8-2024`.
    fn month_first(&mut self) -> Option<End> {
        let mut ahead = *self;
        let month = month_in_any_language(ahead.word()?).filter(|month| !month.doubtful)?;
        let point = ahead.mark(".").is_some();
        let joined = !point && ahead.mark("-_").is_some();
        if !(ahead.space() || point || joined) {
            return None;
        }
        let (day, _) = ahead.day()?;
        let bare = ahead;
        let year = ahead.year();
        let clock = bare.goes_on(":") || bare.is_measure();
        if year.is_none() && (joined || clock) {
            return None;
        }
        let end = End {
            start: self.at,
            end: ahead.at,
            year,
            month: Some(month.number),
            day,
            order: Order::MonthFirst,
            joined,
        };
        *self = ahead;
        Some(end)
    }

    /// The number of a day, and whether it has an ordinal ending.
    fn day(&mut self) -> Option<(i8, bool)> {
        let mut ahead = *self;
        let day = ahead.short_number()?;
        let ordinal = match ahead.word() {
            Some(ending) if is_any(ending, "st nd rd th er º ª") => true,
            Some(_) => return None,
            None => ahead.mark("°").is_some(),
        };
        *self = ahead;
        Some((day, ordinal))
    }

    /// The year of a day: "March 8, 2024", "8 de marzo de 2024".
    pub(in crate::week) fn year(&mut self) -> Option<i16> {
        let mut ahead = *self;
        if ahead.mark("-_/").is_none() {
            let comma = ahead.mark(",").is_some();
            if !(ahead.space() || comma) || ahead.word_of("de del") && !ahead.space() {
                return None;
            }
        }
        let mut other = ahead;
        if other.iso().is_some() {
            return None; // "8 March 2024-03-10" goes on with another day.
        }
        let year = ahead.year_number()?;
        *self = ahead;
        Some(year)
    }
}
