//! What a plain (unquoted) YAML scalar is, as Ruby's Psych types it, and dates in looser notations.
//!
//! ```text
//! null       empty | "~" | "null"                                        (any case)
//! bool       "true" | "yes" | "on" | "false" | "no" | "off"              (any case; "y" and "n" are strings)
//! number     [-+]? ( [0-9]+ ( "." [0-9]* )? | "." [0-9]+ )
//! date       YYYY "-" MM "-" DD
//! timestamp  date ( [Tt] | blank+ ) H?H ":" MM ":" SS ( "." [0-9]* )? ( blank* ( "Z" | [-+] H?H ( ":"? MM )? ) )?
//! ```
//!
//! Everything else is a string: `2014-07-02 12:42 +01:00` (no seconds), `17:45:00 00:00` after a date (an offset without a
//! sign), and a date that the calendar does not have.
//!
//! Source: `lib/psych/scalar_scanner.rb` of Psych 5, which follows the types of YAML 1.1 (yaml.org/type). Where this is
//! simpler it says what was meant, and what YAML 1.2 has: `08` is eight, and `12:30` no number to the base of 60. In two
//! places it is stricter. Psych's pattern lets an unpadded month or day through (`2011-10-3 18:30:00`); YAML 1.1 has no
//! such date, other parsers read a string, and nobody writes it deliberately. Psych also makes 1 March of 29 February in
//! a common year; here that is a string.

use super::{Timestamp, Value};
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// The value of a plain scalar.
pub(super) fn plain(text: &str) -> Value {
    typed(text).unwrap_or_else(|| Value::String(text.into()))
}

/// The value of a plain scalar, unless it is a string.
fn typed(text: &str) -> Option<Value> {
    let bytes = text.as_bytes();
    let Some(&first) = bytes.first() else {
        return Some(Value::Null);
    };
    match first {
        b'~' => (text == "~").then_some(Value::Null),
        b't' | b'T' | b'y' | b'Y' | b'o' | b'O' | b'f' | b'F' | b'n' | b'N' => word(text),
        b'0'..=b'9' => match Moment::read(text).filter(|moment| moment.is_strict) {
            Some(moment) if moment.has_time => Some(Value::Timestamp(moment.timestamp)),
            Some(moment) => Some(Value::Date(moment.timestamp.date)),
            None => number(text),
        },
        b'+' | b'-' | b'.' => number(text),
        _ => None,
    }
}

/// `true`, `no`, `null` and their like.
fn word(text: &str) -> Option<Value> {
    let any = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if text.len() > 5 {
        None
    } else if any(&["true", "yes", "on"]) {
        Some(Value::Bool(true))
    } else if any(&["false", "no", "off"]) {
        Some(Value::Bool(false))
    } else {
        any(&["null"]).then_some(Value::Null)
    }
}

/// A number in base ten.
fn number(text: &str) -> Option<Value> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_decimal = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_number = is_decimal && digits.parse::<f64>().is_ok();
    is_number.then(|| Value::Number(text.parse().ok()))
}

/// A date and perhaps a time, in the notations of the module's head and in looser ones: `-` or `/` between the parts of
/// the date, padding optional, seconds optional, then perhaps an offset, whose sign may be missing, or `UTC`.
static MOMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = r"(?x) ^ (?<year>[0-9]{4}) (?<one>[-/]) (?<month>[0-9]{1,2}) (?<other>[-/]) (?<day>[0-9]{1,2})
        (?: (?: [Tt] | [\ \t]+ )
            (?<hour>[0-9]{1,2}) : (?<minute>[0-9]{2}) (?: : (?<second>[0-9]{2}) (?: \. [0-9]* )? )?
            (?<gap>[\ \t]*) (?<zone> [Zz] | UTC | GMT | [-+]?[0-9][0-9:]* )? )? $";
    Regex::new(pattern).ok()
});

/// A date with or without a time.
struct Moment {
    timestamp: Timestamp,
    has_time: bool,
    /// Whether YAML reads it as such.
    is_strict: bool,
}

impl Moment {
    fn read(text: &str) -> Option<Self> {
        // Most texts are none.
        text.bytes().next().filter(u8::is_ascii_digit)?;
        let found = MOMENT.as_ref()?.captures(text)?;
        let part = |name| found.name(name).map(|part| part.as_str());
        let number = |name| part(name).map_or(Some(0), |digits| digits.parse::<i32>().ok());
        let date = calendar_date(number("year")?, number("month")?, number("day")?)?;
        let (hour, minute, second) = (number("hour")?, number("minute")?, number("second")?);
        let zone = part("zone");
        let runs_on = part("gap") == Some("")
            && zone.is_some_and(|zone| zone.starts_with(|first: char| first.is_ascii_digit()));
        // A leap second is a second of the clock that Ruby accepts too.
        let is_time = hour < 24 && minute < 60 && second <= 60 && !runs_on;
        if !is_time || part("one") != part("other") {
            return None;
        }
        let offset = match zone {
            Some(zone) => Some(offset_of(zone)?),
            None => None,
        };
        let is_padded = ["month", "day"].map(|name| part(name).map(str::len)) == [Some(2); 2];
        let has_time = part("hour").is_some();
        let is_plain = |zone: &str| zone == "Z" || zone.starts_with(['-', '+']);
        Some(Moment {
            timestamp: Timestamp {
                date,
                second_of_day: i64::from((hour * 60 + minute) * 60 + second),
                offset,
            },
            has_time,
            is_strict: is_padded
                && part("one") == Some("-")
                && has_time == part("second").is_some()
                && zone.is_none_or(is_plain),
        })
    }
}

/// The seconds of `+HH`, `+HHMM` or `+HH:MM`; none where letters stand for them.
fn offset_of(zone: &str) -> Option<i32> {
    let digits = zone.trim_start_matches(['-', '+']).replace(':', "");
    let number = digits.parse::<i32>().unwrap_or(0);
    let (hours, minutes) = match digits.len() {
        0..=2 => (number, 0),
        3 | 4 => (number / 100, number % 100),
        _ => return None,
    };
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes) * 60)
}

/// The date that a string begins with, where the whole string is a date or a point in time in a common notation:
/// year first, `-` or `/` between the parts, padding optional, then perhaps a time (seconds optional) and an offset
/// or `UTC`.
pub(super) fn lenient_date(text: &str) -> Option<Date> {
    Moment::read(text.trim()).map(|moment| moment.timestamp.date)
}

/// The day of the calendar, if there is one.
pub(super) fn calendar_date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests;
