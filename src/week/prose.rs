//! Dates with their day of the week, and days that no calendar has, in prose.
//!
//! ```text
//! weekday mention  a date with its day of the week: "Wednesday, 9th March 2017", "Thursday 2017-03-09"
//! impossible day   a day and a month's name that no calendar has: "31 April", "29 February 2023"
//! ```
//!
//! Days are read as in [`super::statements`]. Regular expressions, which their engine turns into searches for sets of
//! literals, find the names of months and days, with a capital as in the middle of a sentence; what stands around them is
//! read from there. Precision comes first: of "Monday to Friday, 12 March" it is open which day is meant, so it is none.

use super::statements::{self, Cursor, DayOfYear, End, Order, Stated, misspelt_month, statements};
use super::words::{self, first_word, is_week_word, last_word};
use super::{Claim, claim, head, names};
use crate::source::{self, Span, Text};
use crate::word_list::is_any;
use jiff::civil::Weekday;
use std::ops::Range;

/// A date in the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands in the file.
    pub span: Span,
    /// The text as it stands.
    pub text: Text,
    /// What it says.
    pub kind: MentionKind,
}

/// What a [`Mention`] says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MentionKind {
    /// A date with its day of the week: "Wednesday, 9th March 2017".
    Weekday(DayOfYear, Weekday),
    /// A day that no calendar has: "31 April", "29 February 2023".
    Impossible(DayOfYear),
}

/// How many bytes before the name of a month its day can begin: "31st of ".
const DAY_BEFORE: usize = 12;

/// How many bytes after the beginning of a mention its first digit can stand: "week commencing on the Wednesday, the 4th".
const DAY_AFTER: usize = 64;

/// A line of prose that states a day or a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Where it stands in the file.
    pub span: Span,
    /// The line, with blanks for code, destinations and HTML.
    pub text: Text,
}

/// How many lines of prose are looked through for the first that states a day.
const OPENING_LINES: usize = 14;

/// The first of the first lines of `body` that states a day, a range of days or a week, whatever its label, or is nothing
/// but the number of a week. `body` begins at the byte `from` of the file; `skip` and `headings` are sorted spans of the
/// file.
pub fn opening(body: &str, from: usize, skip: &[Span], headings: &[Span]) -> Option<Opening> {
    let is_stated = |stated: &Stated| !matches!(stated, Stated::Number(..) | Stated::Episode(..));
    let lines = source::lines(body, 0..body.len()).map(|line| line.trimmed(body));
    let lines = lines.filter(|line| !line.is_empty()).take(OPENING_LINES);
    for line in lines {
        let text = head(line.of(body), statements::LONGEST);
        let span = Span::new(0, text.len()).shifted(from + line.start as usize);
        if first_digit(text.as_bytes()).is_none()
            || headings.iter().any(|heading| heading.overlaps(span))
        {
            continue;
        }
        let text = without(text, span, skip);
        if first_digit(text.as_bytes()).is_none() {
            continue;
        }
        let said = statements(&text);
        let states_day = said.iter().any(|said| is_stated(&said.stated));
        if states_day || week_alone(&text).is_some() || misspelt_month(&text, &said).is_some() {
            return Some(Opening {
                span,
                text: Text::from(&*text),
            });
        }
    }
    None
}

/// A week and its number are no longer than this, in bytes.
const LONGEST_WEEK: usize = 32;

/// The week of a line that is nothing but its number with its word: "Week 28", "*Week 28*".
pub(crate) fn week_alone(line: &str) -> Option<Claim> {
    let inside = line.trim_matches(['*', '_', '.', ':']);
    // To read a line takes longer than to see that it says more.
    if inside.len() > LONGEST_WEEK {
        return None;
    }
    let claim = claim::of_title(inside)?;
    let is_alone = claim.named && claim.year.is_none() && claim.span.len() == inside.len();
    is_alone.then_some(claim)
}

/// The text at `span` with a blank for each byte that lies in one of the sorted spans `skip`.
fn without(text: &str, span: Span, skip: &[Span]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let first = skip.partition_point(|skipped| skipped.end <= span.start);
    let inside = skip.iter().skip(first);
    for skipped in inside.take_while(|skipped| skipped.start < span.end) {
        let start = skipped.start.saturating_sub(span.start) as usize;
        let end = skipped.end.min(span.end).saturating_sub(span.start) as usize;
        if let Some(part) = bytes.get_mut(start..end) {
            part.fill(b' ');
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// All mentions in the Markdown body `text`, which begins at the byte `from` of the file, in the order of their places.
/// Those that overlap `skip` - sorted spans of the file: code, destinations, HTML - are left out. Spans are the file's.
pub fn mentions(text: &str, from: usize, skip: &[Span]) -> Vec<Mention> {
    let mut reader = Prose {
        text,
        from,
        skip,
        found: Vec::new(),
    };
    let prose = text.get(..end_of_prose(text, from, skip)).unwrap_or(text);
    // Most names of days and months in prose are none of a date's: only those are looked at that stand near a digit.
    let mut skipped = skip.iter().peekable();
    let (mut done, mut seen, mut at) = (0, 0, 0);
    while let Some(digits) = next_digits(prose.as_bytes(), at) {
        at = digits.end;
        let place = Span::new(digits.start, digits.end).shifted(from);
        while skipped.next_if(|skip| skip.end <= place.start).is_some() {}
        if let Some(skip) = skipped.next_if(|skip| skip.start <= place.start) {
            at = (skip.end as usize).saturating_sub(from);
            continue;
        }
        let first = seen.max((digits.start + 1).saturating_sub(DAY_AFTER));
        seen = prose.len().min(digits.end + DAY_BEFORE);
        let near = prose.as_bytes().get(first..seen).unwrap_or(&[]);
        for (at, _) in (first..)
            .zip(near)
            .filter(|(_, byte)| may_begin_name(**byte))
        {
            let inside = |before: &str| before.ends_with(char::is_alphanumeric);
            if at >= done
                && prose.get(at..).is_some_and(begins_name)
                && !text.get(..at).is_none_or(inside)
            {
                done = reader.read(at).unwrap_or(done);
            }
        }
    }
    reader.found
}

fn may_begin_name(byte: u8) -> bool {
    matches!(
        byte,
        b'A' | b'D' | b'F' | b'J' | b'M'
            ..=b'O' | b'S' | b'T' | b'W' | b'f' | b'm' | b's' | b't' | b'w'
    )
}

/// Whether a text begins with a word in capitals and small letters, or with a whole day of the week.
fn begins_name(text: &str) -> bool {
    match text.as_bytes() {
        [b'A'..=b'Z', b'a'..=b'z', ..] => true,
        [first, second, ..] => {
            matches!(
                &[first | 0x20, second | 0x20],
                b"mo" | b"tu" | b"we" | b"th" | b"fr" | b"sa" | b"su"
            ) && first_word(text).contains("day")
        }
        _ => false,
    }
}

/// The first run of digits from the byte `from` on.
fn next_digits(text: &[u8], from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let start = from + first_digit(rest)?;
    let digits = text.get(start..)?.iter();
    let digits = digits.take_while(|byte| byte.is_ascii_digit());
    Some(start..start + digits.count())
}

/// Where the first digit of a text stands. Every note is searched for one from end to end, so eight bytes are looked at
/// together.
fn first_digit(text: &[u8]) -> Option<usize> {
    let (words, rest) = text.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let digits = digits_of(u64::from_le_bytes(*word));
        if digits != 0 {
            return Some(8 * at + digits.trailing_zeros() as usize / 8);
        }
    }
    let start = rest.iter().position(u8::is_ascii_digit)?;
    Some(8 * words.len() + start)
}

/// The highest bit of each byte that is a digit. With the bits of `0` turned round, a digit is 0 to 9. Any other byte has its
/// highest bit set, or gets it when 0x76 is added to the lower seven, which hold 10 or more.
fn digits_of(word: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let value = word ^ (0x30 * EACH);
    let lower = value & (0x7f * EACH);
    !((lower + 0x76 * EACH) | value) & (0x80 * EACH)
}

/// Where the definitions and other masked spans begin that stand at the end of `text` with nothing but blanks between.
fn end_of_prose(text: &str, from: usize, skip: &[Span]) -> usize {
    let mut end = text.len();
    for masked in skip.iter().rev() {
        let place = |at: u32| (at as usize).saturating_sub(from);
        let between = text.get(place(masked.end)..end);
        if !between.is_none_or(|between| between.trim_ascii().is_empty()) {
            break;
        }
        end = end.min(place(masked.start));
    }
    end
}

/// The body that is read, and what was found in it.
struct Prose<'t> {
    text: &'t str,
    from: usize,
    skip: &'t [Span],
    found: Vec<Mention>,
}

impl Prose<'_> {
    /// Reads what begins with (or, of a month, ends with) the word at the byte `at`; returns the byte up to which the text is
    /// read.
    fn read(&mut self, at: usize) -> Option<usize> {
        let word = first_word(self.text.get(at..)?);
        if names::weekday(word).is_some() {
            self.weekday(at)
        } else if names::month(word).is_some() {
            self.month(at, at + word.len())
        } else {
            None
        }
    }

    /// Keeps what stands at `span` of the text, unless it is masked or goes on in another paragraph.
    fn keep(&mut self, start: usize, end: usize, kind: MentionKind) {
        let span = Span::new(start, end);
        let place = span.shifted(self.from);
        let next = self.skip.partition_point(|skip| skip.end <= place.start);
        if !self.skip.get(next).is_some_and(|skip| skip.overlaps(place))
            && !source::holds_blank_line(span.of(self.text))
        {
            self.found.push(Mention {
                span: place,
                text: span.of(self.text).into(),
                kind,
            });
        }
    }

    /// The text before the byte `at`.
    fn before(&self, at: usize) -> &str {
        self.text.get(..at).unwrap_or("")
    }

    /// "Tuesday, 15th July"; of "Mon 4 to Sun 10 May", the 4th.
    fn weekday(&mut self, at: usize) -> Option<usize> {
        let text = self.text;
        let mut cursor = Cursor { text, at };
        let (weekday, day) = dated(&mut cursor).filter(|_| !is_joined(self.before(at)))?;
        let month = match day.order {
            Order::DayAlone => {
                cursor.separator()?;
                let last = dated(&mut { cursor }).map(|(_, last)| last);
                last.or_else(|| cursor.end())?.month
            }
            _ => None,
        };
        let date = day.day_of_year(month)?;
        let kind = match is_impossible(date) {
            true => MentionKind::Impossible(date),
            false => MentionKind::Weekday(date, weekday),
        };
        self.keep(at, day.end, kind);
        Some(day.end)
    }

    /// "31 April", "Feb 30th": only days that can be impossible are of interest. The name stands at `start..end`.
    fn month(&mut self, start: usize, end: usize) -> Option<usize> {
        let starts = [self.day_before(start), Some(start)];
        let (from, found, day) = starts.into_iter().flatten().find_map(|at| {
            let text = self.text;
            let found = Cursor { text, at }.end()?;
            found.month?;
            Some((at, found, found.day_of_year(None)?))
        })?;
        let rest = self.text.get(found.end..).unwrap_or("");
        let counts = words::UNITS.has(first_word(rest.trim_start()));
        if is_impossible(day) && !counts && found.end >= end {
            self.keep(from, found.end, MentionKind::Impossible(day));
        }
        Some(found.end.max(end))
    }

    /// Where the day begins that stands before a month at `month`: "31", "31st", "31st of".
    fn day_before(&self, month: usize) -> Option<usize> {
        let before = self.before(month).trim_end_matches([' ', '\n']);
        let before = before.strip_suffix(" of").unwrap_or(before);
        let before = before.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        let digits = before.bytes().rev().take(3);
        let digits = digits.take_while(u8::is_ascii_digit).count();
        let start = before.len() - digits;
        let before = before.get(..start)?;
        // "Week 31 April 6, 2018"
        let word = last_word(before.trim_end_matches(['*', '_', ' ', '\n']));
        ((1..=2).contains(&digits) && is_free(before) && !is_week_word(word)).then_some(start)
    }
}

/// Whether a text ends with a day of the week and what joins another to it: of "Monday to Friday, 12 March", it is open
/// which of them is meant.
fn is_joined(before: &str) -> bool {
    let before = before.trim_end();
    let word = last_word(before);
    let rest = match is_any(word, "to and or until till") {
        true => before.strip_suffix(word),
        false => before.strip_suffix(['-', '–', '—', '&', '/', ',', '+']),
    };
    rest.is_some_and(|rest| names::weekday(last_word(rest)).is_some())
}

/// A day of the week and the day behind it: "Saturday (the 4th of October".
fn dated(cursor: &mut Cursor) -> Option<(Weekday, End)> {
    let weekday = names::weekday(cursor.word()?)?;
    cursor.mark("-_.");
    cursor.space();
    if cursor.mark(",(").is_some() {
        cursor.space();
    }
    if cursor.word_of("the") {
        cursor.space();
    }
    Some((weekday, cursor.end()?))
}

/// Whether no calendar has the day: 31 April; 29 February, where the year is written and no leap year.
fn is_impossible(day: DayOfYear) -> bool {
    day.in_year(day.year.unwrap_or(2000)).is_none()
}

/// Whether a number may begin behind a text: nothing that it could be the tail of (`v2.31`, `10:30`, `3/4`) stands there.
fn is_free(before: &str) -> bool {
    let mut before = before.chars().rev();
    match before.next() {
        None => true,
        Some('.' | ':' | '/' | '-' | ',') => !before.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => !(c.is_alphanumeric() || "$£€'’@\\".contains(c)),
    }
}

#[cfg(test)]
mod tests;
