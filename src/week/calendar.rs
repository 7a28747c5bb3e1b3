//! Calendar arithmetic: day numbers, ISO 8601 weeks, and weeks counted from an epoch.
//!
//! An ISO week runs from Monday to Sunday and belongs to the year that holds its Thursday (ISO 8601-1:2019, 3.1.1.23),
//! so that the first days of January may lie in week 52 or 53 of the old year (2021-01-01 is 2020-W53-5) and the last
//! of December in week 1 of the new one (2024-12-30 is 2025-W01-1). Years with 53 weeks come every five or six years:
//! 2009, 2015, 2020, 2026, 2032.
//!
//! The calendar is jiff's, the proleptic Gregorian one, from the year -9999 to 9999.

use jiff::SignedDuration;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// 0001-01-01, a Monday.
const FIRST_DAY: Date = Date::constant(1, 1, 1);

/// Days since 0001-01-01, which is day 0; earlier days are negative.
pub fn day_number(date: Date) -> i32 {
    let days = FIRST_DAY.duration_until(date).as_hours() / 24;
    i32::try_from(days).unwrap_or(0)
}

/// The date of a [`day_number`], if the calendar reaches that far.
pub fn date_of_day(day: i32) -> Option<Date> {
    let since = SignedDuration::from_hours(24 * i64::from(day));
    FIRST_DAY.checked_add(since).ok()
}

/// The Monday on or before `date`.
pub fn monday_of(date: Date) -> Date {
    let days = i64::from(date.weekday().to_monday_zero_offset());
    date.saturating_sub(SignedDuration::from_hours(24 * days))
}

/// The ISO 8601 year and week (1 to 53) of `date`.
pub fn iso_week(date: Date) -> (i16, u8) {
    let week = date.iso_week_date();
    (week.year(), week.week().unsigned_abs())
}

/// The numbers of the week of `date` in the customary ways of counting other than ISO 8601: from the first Sunday or the
/// first Monday of the year (`%U` and `%W` of strftime), in sevens of days, and from the week that holds 1 January, which
/// begins on a Sunday or a Monday.
pub fn other_weeks(date: Date) -> [i16; 5] {
    let day = date.day_of_year() - 1;
    let from_sunday = |date: Date| i16::from(date.weekday().to_sunday_zero_offset());
    let from_monday = |date: Date| i16::from(date.weekday().to_monday_zero_offset());
    let first = date.first_of_year();
    [
        (day + 7 - from_sunday(date)) / 7,
        (day + 7 - from_monday(date)) / 7,
        day / 7 + 1,
        (day + from_sunday(first)) / 7 + 1,
        (day + from_monday(first)) / 7 + 1,
    ]
}

/// 52 or 53: the number of weeks in an ISO 8601 year.
pub fn weeks_in_iso_year(year: i16) -> u8 {
    52 + u8::from(monday_of_iso_week(year, 53).is_some())
}

/// The Monday of an ISO 8601 week, if that year has it.
pub fn monday_of_iso_week(year: i16, week: u8) -> Option<Date> {
    let week = i8::try_from(week).ok()?;
    let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?;
    Some(monday.date())
}

/// The first day of `week`, where week N begins 7 N days after `week_zero`; a Monday if that is one. `None` beyond the
/// calendar.
pub fn week_after(week_zero: Date, week: i64) -> Option<Date> {
    let days = week.checked_mul(7)?;
    let day = days.checked_add(i64::from(day_number(week_zero)))?;
    date_of_day(i32::try_from(day).ok()?)
}

#[cfg(test)]
mod tests;
