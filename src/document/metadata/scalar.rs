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
        b'0'..=b'9' => date(text)
            .map(Value::Date)
            .or_else(|| timestamp(text).map(Value::Timestamp))
            .or_else(|| number(text)),
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

/// `YYYY-MM-DD`, padded, and a day of the calendar.
fn date(text: &str) -> Option<Date> {
    let mut cursor = Cursor(text);
    let date = cursor.padded_date()?;
    cursor.0.is_empty().then_some(date)
}

/// A timestamp as the head of this module has it.
fn timestamp(text: &str) -> Option<Timestamp> {
    let mut cursor = Cursor(text);
    let date = cursor.padded_date()?;
    if !cursor.eat(&['T', 't']) && cursor.blanks() == 0 {
        return None;
    }
    let second_of_day = cursor.time(true)?;
    cursor.blanks();
    let offset = if cursor.0.is_empty() {
        None
    } else if cursor.eat(&['Z']) {
        Some(0)
    } else {
        Some(cursor.offset(true)?)
    };
    cursor.0.is_empty().then_some(Timestamp {
        date,
        second_of_day,
        offset,
    })
}

/// The date that a string begins with, where the whole string is a date or a point in time in a common notation:
/// year first, `-` or `/` between the parts, padding optional, then perhaps a time (seconds optional) and an offset
/// or `UTC`.
pub(super) fn lenient_date(text: &str) -> Option<Date> {
    let mut cursor = Cursor(text.trim());
    let date = cursor.loose_date()?;
    if cursor.0.is_empty() {
        return Some(date);
    }
    if !cursor.eat(&['T', 't']) && cursor.blanks() == 0 {
        return None;
    }
    cursor.time(false)?;
    cursor.blanks();
    let zulu = ["Z", "z", "UTC", "GMT"].contains(&cursor.0);
    let complete =
        zulu || cursor.0.is_empty() || (cursor.offset(false).is_some() && cursor.0.is_empty());
    complete.then_some(date)
}

/// The rest of a text that is read from left to right.
struct Cursor<'a>(&'a str);

impl Cursor<'_> {
    /// Takes one of `wanted`.
    fn eat(&mut self, wanted: &[char]) -> bool {
        let rest = self.0.strip_prefix(wanted);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Takes blanks and tabs, and says how many.
    fn blanks(&mut self) -> usize {
        let rest = self.0.trim_start_matches([' ', '\t']);
        let count = self.0.len() - rest.len();
        self.0 = rest;
        count
    }

    /// Takes a run of `least` to `most` digits; a longer run does not count.
    fn digits(&mut self, least: usize, most: usize) -> Option<i32> {
        let length = self.0.bytes().take_while(u8::is_ascii_digit).count();
        if length < least || length > most {
            return None;
        }
        let (digits, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        digits.parse().ok()
    }

    /// `YYYY-MM-DD`.
    fn padded_date(&mut self) -> Option<Date> {
        let year = self.digits(4, 4)?;
        let month = self.eat(&['-']).then(|| self.digits(2, 2))??;
        let day = self.eat(&['-']).then(|| self.digits(2, 2))??;
        calendar_date(year, month, day)
    }

    /// `YYYY-M-D` or `YYYY/M/D`.
    fn loose_date(&mut self) -> Option<Date> {
        let year = self.digits(4, 4)?;
        let separator = self.0.chars().next().filter(|char| "-/".contains(*char))?;
        self.eat(&[separator]);
        let month = self.digits(1, 2)?;
        let day = self.eat(&[separator]).then(|| self.digits(1, 2))??;
        calendar_date(year, month, day)
    }

    /// `H?H:MM:SS` with any number of decimals, as seconds since midnight.
    fn time(&mut self, needs_seconds: bool) -> Option<i64> {
        let hour = self.digits(1, 2)?;
        let minute = self.eat(&[':']).then(|| self.digits(2, 2))??;
        let has_seconds = self.eat(&[':']);
        if !has_seconds && needs_seconds {
            return None;
        }
        let second = if has_seconds { self.digits(2, 2)? } else { 0 };
        // A leap second is a second of the clock that Ruby accepts too.
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        if has_seconds && self.eat(&['.']) {
            self.0 = self
                .0
                .trim_start_matches(|char: char| char.is_ascii_digit());
        }
        Some(i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second))
    }

    /// `+HH`, `+HHMM` or `+HH:MM`, in seconds.
    fn offset(&mut self, needs_sign: bool) -> Option<i32> {
        let sign = if self.eat(&['-']) {
            -1
        } else if self.eat(&['+']) || !needs_sign {
            1
        } else {
            return None;
        };
        let length = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (hours, minutes) = if length > 2 {
            let both = self.digits(3, 4)?;
            (both / 100, both % 100)
        } else {
            let hours = self.digits(1, 2)?;
            let minutes = if self.eat(&[':']) && !self.0.is_empty() {
                self.digits(2, 2)?
            } else {
                0
            };
            (hours, minutes)
        };
        (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
    }
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
