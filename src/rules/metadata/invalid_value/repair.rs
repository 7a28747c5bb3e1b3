//! What is wrong with the writing of a date, and how it is written right.

use crate::diagnostic::Safety;
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// A date, perhaps with a time, seconds and an offset; its groups are the parts in [`parts`].
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xs) ^
        ([0-9]{4}) ([-/.]) ([0-9]{1,2}) ([-/.]) ([0-9]{1,2})
        (?: ([T\ \t]+) ([0-9]{1,2}) : ([0-9]{1,2}) (?: : ([0-9]{1,2} (?: \. [0-9]{1,12} )? ) )?
            ( [^0-9:.] .* )? )?
        [\ \t]* $",
    )
    .ok()
});

/// Year, separator, month, separator, day; what stands before the time, hour, minute, seconds with decimals, and the
/// offset with the blanks before it. What is not there is empty.
fn parts(text: &str) -> Option<[&str; 10]> {
    let found = DATE.as_ref()?.captures(text)?;
    let part = |index| found.get(index + 1).map_or("", |part| part.as_str());
    (part(1) == part(3)).then(|| std::array::from_fn(part))
}

/// Whether an offset is `hh:mm` or `hhmm` without its sign.
fn lacks_sign(offset: &str) -> bool {
    let offset = offset.trim();
    let mut bytes = offset.bytes();
    offset.len() >= 4 && bytes.all(|byte| byte.is_ascii_digit() || byte == b':')
}

/// What is wrong, in words; `None` where it is nothing that is known.
pub(super) fn fault(text: &str) -> Option<String> {
    let [year, _, months, _, days, _, hour, minute, second, offset] = parts(text)?;
    let number = |digits: &str| digits.parse::<i8>().ok();
    let (month, day) = (number(months)?, number(days)?);
    if !(1..=12).contains(&month) {
        return Some(format!("there is no month {month}"));
    }
    if Date::new(year.parse().ok()?, month, day).is_err() {
        return Some(format!("{year}-{month:02} has no day {day}"));
    }
    if months.len() < 2 {
        return Some("the month has one digit".to_owned());
    }
    if days.len() < 2 {
        return Some("the day has one digit".to_owned());
    }
    if number(hour)? > 23 || number(minute)? > 59 {
        return Some(format!("{hour}:{minute} is not a time"));
    }
    if second.is_empty() {
        return Some("the time has no seconds".to_owned());
    }
    lacks_sign(offset).then(|| format!("the offset `{}` has no sign", offset.trim()))
}

/// The same date, padded, with seconds and signs, and with `separator` between its parts; `None` where it cannot be
/// read. Whether the repair keeps the meaning: an offset's sign can only be guessed.
pub(super) fn repaired(text: &str, separator: char) -> Option<(String, Safety)> {
    let [
        year,
        dot,
        month,
        _,
        day,
        before,
        hour,
        minute,
        second,
        offset,
    ] = parts(text)?;
    let guessed = lacks_sign(offset);
    let mut date = format!("{year}{separator}{month:0>2}{separator}{day:0>2}");
    if !hour.is_empty() {
        let second = if second.is_empty() { "00" } else { second };
        let unsigned = offset.trim_start();
        let blanks = offset.strip_suffix(unsigned).unwrap_or("");
        let sign = if guessed { "+" } else { "" };
        date += &format!("{before}{hour:0>2}:{minute:0>2}:{second}{blanks}{sign}{unsigned}");
    }
    Some((date, Safety::safe_if(dot != "." && !guessed)))
}

#[cfg(test)]
mod tests;
