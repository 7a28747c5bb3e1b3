//! What is wrong with the writing of a date, and how it is written right.
//!
//! ```text
//! date     year sep month sep day [ ("T" | blanks) time ]          sep = "-" | "/" | "."
//! time     hour ":" minute [ ":" second [ "." decimals ] ] [ blanks offset ]
//! offset   "Z" | ["+" | "-"] hh [":"] mm
//! ```

use crate::diagnostic::Safety;
use jiff::civil::Date;

/// A date as it was written.
struct Written<'a> {
    year: &'a str,
    month: &'a str,
    day: &'a str,
    separator: char,
    time: Option<Time<'a>>,
}

struct Time<'a> {
    /// What stands between date and time.
    before: &'a str,
    hour: &'a str,
    minute: &'a str,
    /// Seconds and decimals.
    second: Option<&'a str>,
    /// What stands behind the time, with the blanks before it.
    offset: &'a str,
}

fn is_digits(text: &str, most: usize) -> bool {
    !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn read(text: &str) -> Option<Written<'_>> {
    let (date, rest) = match text.find(['T', ' ', '\t']) {
        Some(at) => text.split_at_checked(at)?,
        None => (text, ""),
    };
    let separator = date
        .chars()
        .find(|character| matches!(character, '-' | '/' | '.'))?;
    let mut parts = date.split(separator);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let fits = parts.next().is_none()
        && year.len() == 4
        && is_digits(year, 4)
        && is_digits(month, 2)
        && is_digits(day, 2);
    let time = if rest.trim().is_empty() {
        None
    } else {
        Some(read_time(rest)?)
    };
    fits.then_some(Written {
        year,
        month,
        day,
        separator,
        time,
    })
}

fn read_time(rest: &str) -> Option<Time<'_>> {
    let clock = rest.trim_start_matches(['T', ' ', '\t']);
    let before = rest.strip_suffix(clock)?;
    let end = clock
        .find(|character: char| !character.is_ascii_digit() && character != ':' && character != '.')
        .unwrap_or(clock.len());
    let (digits, offset) = clock.split_at_checked(end)?;
    let mut parts = digits.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next());
    let seconds_fit = second.is_none_or(|second| {
        let (whole, decimals) = second.split_once('.').unwrap_or((second, "0"));
        is_digits(whole, 2) && is_digits(decimals, 12)
    });
    (parts.next().is_none() && is_digits(hour, 2) && is_digits(minute, 2) && seconds_fit).then_some(
        Time {
            before,
            hour,
            minute,
            second,
            offset,
        },
    )
}

/// Whether an offset is `hh:mm` or `hhmm` without its sign.
fn lacks_sign(offset: &str) -> bool {
    let offset = offset.trim();
    offset.len() >= 4
        && offset
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b':')
}

/// What is wrong, in words; `None` where it is nothing that is known.
pub(super) fn fault(text: &str) -> Option<String> {
    let written = read(text)?;
    let number = |digits: &str| digits.parse::<i8>().ok();
    let (month, day) = (number(written.month)?, number(written.day)?);
    if !(1..=12).contains(&month) {
        return Some(format!("there is no month {month}"));
    }
    if Date::new(written.year.parse().ok()?, month, day).is_err() {
        return Some(format!("{}-{month:02} has no day {day}", written.year));
    }
    if written.month.len() < 2 {
        return Some("the month has one digit".to_owned());
    }
    if written.day.len() < 2 {
        return Some("the day has one digit".to_owned());
    }
    let time = written.time?;
    if number(time.hour)? > 23 || number(time.minute)? > 59 {
        return Some(format!("{}:{} is not a time", time.hour, time.minute));
    }
    if time.second.is_none() {
        return Some("the time has no seconds".to_owned());
    }
    lacks_sign(time.offset).then(|| format!("the offset `{}` has no sign", time.offset.trim()))
}

/// The same date, padded, with seconds and signs, and with `separator` between its parts; `None` where it cannot be
/// read. Whether the repair keeps the meaning: an offset's sign can only be guessed.
pub(super) fn repaired(text: &str, separator: char) -> Option<(String, Safety)> {
    let written = read(text)?;
    let mut safety = if written.separator == '.' {
        Safety::Unsafe
    } else {
        Safety::Safe
    };
    let mut date = format!(
        "{}{separator}{:0>2}{separator}{:0>2}",
        written.year, written.month, written.day
    );
    if let Some(time) = &written.time {
        let sign = if lacks_sign(time.offset) {
            safety = Safety::Unsafe;
            "+"
        } else {
            ""
        };
        let offset = time.offset.trim_start();
        let blanks = time.offset.strip_suffix(offset).unwrap_or("");
        date.push_str(&format!(
            "{}{:0>2}:{:0>2}:{}{blanks}{sign}{offset}",
            time.before,
            time.hour,
            time.minute,
            time.second.unwrap_or("00"),
        ));
    }
    Some((date, safety))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_named_and_repaired() {
        for (text, what, repair) in [
            (
                "2031-05-6 07:08:09 +01:00",
                "the day has one digit",
                Some("2031-05-06 07:08:09 +01:00"),
            ),
            ("2031-5-16", "the month has one digit", Some("2031-05-16")),
            (
                "2031-05-16 7:08 +01:00",
                "the time has no seconds",
                Some("2031-05-16 07:08:00 +01:00"),
            ),
            (
                "2031-05-16 17:08:09 01:00",
                "the offset `01:00` has no sign",
                Some("2031-05-16 17:08:09 +01:00"),
            ),
            ("2031-02-30", "2031-02 has no day 30", Some("2031-02-30")),
            ("2031-13-01", "there is no month 13", Some("2031-13-01")),
            (
                "2031-05-16 27:08:09",
                "27:08 is not a time",
                Some("2031-05-16 27:08:09"),
            ),
        ] {
            assert_eq!(fault(text).as_deref(), Some(what), "{text}");
            assert_eq!(
                repaired(text, '-').map(|(text, _)| text).as_deref(),
                repair,
                "{text}"
            );
        }
        assert_eq!(
            repaired("2031/5/6", '/').map(|(text, _)| text).as_deref(),
            Some("2031/05/06")
        );
        for text in [
            "",
            "soon",
            "16/05/2031",
            "2031-05",
            "2031-05-06 noon",
            "2031-05-16-1",
        ] {
            assert!(
                fault(text).is_none() && repaired(text, '-').is_none(),
                "{text}"
            );
        }
        assert_eq!(
            repaired("2031-05-06 07:08 01:00", '-').map(|(_, safety)| safety),
            Some(Safety::Unsafe)
        );
    }
}
