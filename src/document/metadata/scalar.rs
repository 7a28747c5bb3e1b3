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
use std::str::FromStr;

impl Value {
    /// The value that a plain (unquoted) YAML scalar has.
    pub fn of_plain(text: &str) -> Self {
        typed(text).unwrap_or_else(|| Value::String(text.into()))
    }
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
struct Moment {
    timestamp: Timestamp,
    has_time: bool,
    /// Whether YAML reads it as such.
    is_strict: bool,
}

impl Moment {
    fn read(text: &str) -> Option<Self> {
        let mark = match text.as_bytes().get(4)? {
            b'-' => '-',
            b'/' => '/',
            _ => return None,
        };
        let ends = |byte| matches!(byte, b' ' | b'\t' | b'T' | b't');
        let (date, clock) = match text.bytes().position(ends) {
            Some(end) => (text.get(..end)?, text.get(end..)?),
            None => (text, ""),
        };
        let mut parts = date.split(mark);
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if year.len() != 4 || parts.next().is_some() {
            return None;
        }
        let date = Date::new(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?).ok()?;
        let (second_of_day, offset, is_time_strict) = match clock {
            "" => (0, None, true),
            clock => time_of(clock.trim_start_matches(['T', 't', ' ', '\t']))?,
        };
        let is_day = mark == '-' && month.len() == 2 && day.len() == 2;
        Some(Moment {
            is_strict: is_day && is_time_strict,
            timestamp: Timestamp {
                date,
                second_of_day,
                offset,
            },
            has_time: !clock.is_empty(),
        })
    }
}
/// The second of the day, the seconds east of UTC, where they are given, and whether YAML reads it as such: the time of day
/// behind a date.
fn time_of(text: &str) -> Option<(i32, Option<i32>, bool)> {
    let is_of_zone = |c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'));
    let end = text.find(is_of_zone).unwrap_or(text.len());
    let (clock, zone) = text.split_at_checked(end)?;
    let zone = zone.trim_start_matches([' ', '\t']);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = clock.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next());
    let is_whole = parts.next().is_none() && minute.len() == 2;
    let is_fraction = fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !is_whole || !is_fraction || second.is_none() && text.contains('.') {
        return None;
    }
    let seconds = second.filter(|second| second.len() == 2);
    let seconds = second.map_or(Some(0), |_| digits(seconds?, 2))?;
    let (hours, minutes): (i32, i32) = (digits(hour, 2)?, digits(minute, 2)?);
    // A leap second is a second of the clock that Ruby accepts too.
    let is_time = hours < 24 && minutes < 60 && seconds <= 60;
    let offset = match zone {
        "" => None,
        "Z" | "z" | "UTC" | "GMT" => Some(0),
        _ => Some(offset_of(zone)?),
    };
    let is_strict = second.is_some() && (matches!(zone, "" | "Z") || zone.starts_with(['-', '+']));
    let second_of_day = (hours * 60 + minutes) * 60 + seconds;
    is_time.then_some((second_of_day, offset, is_strict))
}

/// The number that one to `most` digits are.
fn digits<N: FromStr>(text: &str, most: usize) -> Option<N> {
    let is_number = text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// The seconds of `+HH`, `+HHMM` or `+HH:MM`, whose sign may be missing.
fn offset_of(zone: &str) -> Option<i32> {
    let written = zone.strip_prefix(['-', '+']).unwrap_or(zone);
    let plain = written.replace(':', "");
    let number: i32 = digits(&plain, 4)?;
    let (hours, minutes) = match plain.len() {
        0..=2 => (number, 0),
        _ => (number / 100, number % 100),
    };
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let is_offset = written.starts_with(|first: char| first.is_ascii_digit());
    (is_offset && hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes) * 60)
}

/// The date that a string begins with, where the whole string is a date or a point in time in a common notation:
/// year first, `-` or `/` between the parts, padding optional, then perhaps a time (seconds optional) and an offset
/// or `UTC`.
pub(super) fn lenient_date(text: &str) -> Option<Date> {
    Moment::read(text.trim()).map(|moment| moment.timestamp.date)
}

#[cfg(test)]
mod tests;
