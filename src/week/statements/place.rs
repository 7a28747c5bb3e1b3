//! Places in a text where something may be stated, and the cursor that reads on from there.
//!
//! All that can be stated has a digit, so a place is a run of digits with what stands directly before it.

use super::ends::End;
use crate::week::names::{Month, month_in_any_language};
use crate::word_list::is_any;
use std::ops::RangeInclusive;

/// The years that four digits are taken for; other numbers of four digits count something.
const YEARS: RangeInclusive<i16> = 1900..=2099;

/// What may stand between a word and the number that it tells from others: "Week #12", "No. 12", "week-12".
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '#' | '＃' | '№' | '.' | '_' | ':' | '-')
}

/// The most characters of such a gap.
const WIDEST_GAP: usize = 3;

/// A run of digits and the word before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'t> {
    /// The whole text.
    pub(super) text: &'t str,
    /// The byte before which everything belongs to another statement.
    floor: usize,
    /// The first digit's byte.
    pub(super) start: usize,
    /// The digits.
    pub(super) digits: &'t str,
    /// The word before the digits; empty where none is close enough.
    pub(super) word: &'t str,
    /// The byte at which the word begins; without a word, that of the gap.
    pub(super) word_start: usize,
    /// What stands between the word and the digits.
    pub(super) gap: &'t str,
    /// The month that the word names.
    pub(super) month: Option<Month>,
    /// The days that begin with the word and with the digits, as they are written.
    pub(super) days: [Option<End>; 2],
}

impl<'t> Place<'t> {
    /// The first place at or behind the byte `at`. What is before `floor` is stated already.
    pub(super) fn next(text: &'t str, floor: usize, at: usize) -> Option<Self> {
        let rest = text.get(at..)?;
        let start = at + rest.bytes().position(|byte| byte.is_ascii_digit())?;
        let digits = Cursor { text, at: start }.digits()?;
        let before = text.get(floor..start)?;
        let gap = before.char_indices().rev().take(WIDEST_GAP);
        let gap = gap.take_while(|&(_, c)| is_gap(c)).last();
        let gap_start = gap.map_or(before.len(), |(at, _)| at);
        let (before, gap) = before.split_at_checked(gap_start)?;
        let word = before.trim_end_matches(char::is_alphabetic).len();
        let word_start = floor + word;
        let word = before.get(word..)?;
        let mut place = Place {
            text,
            floor,
            start,
            digits,
            word,
            word_start,
            gap,
            month: month_in_any_language(word),
            days: [None; 2],
        };
        place.days = [
            place.month.and_then(|_| place.cursor(word_start).end()),
            place.day_at_digits(),
        ];
        Some(place)
    }

    /// The day that begins with the digits, unless they are the tail of something: `v2`, `1.5`.
    fn day_at_digits(&self) -> Option<End> {
        let mut before = self.text.get(..self.start)?.chars().rev();
        let tail = match before.next() {
            Some('.' | ',' | ':') => before.next().is_some_and(|c| c.is_ascii_digit()),
            Some(c) => c.is_alphabetic(),
            None => false,
        };
        if tail {
            return None;
        }
        self.cursor(self.start).end()
    }

    /// The byte behind the digits.
    pub(super) fn end(&self) -> usize {
        self.start + self.digits.len()
    }

    /// A cursor at the byte `at`.
    pub(super) fn cursor(&self, at: usize) -> Cursor<'t> {
        Cursor {
            text: self.text,
            at,
        }
    }

    /// A cursor behind the digits.
    pub(super) fn behind(&self) -> Cursor<'t> {
        self.cursor(self.end())
    }

    /// The year that the digits are.
    pub(super) fn year(&self) -> Option<i16> {
        as_year(self.digits)
    }

    /// The character before the byte `at`, if no other statement has it.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.text.get(self.floor..at)?.chars().next_back()
    }

    /// Whether the byte `at` is no part of a longer name: `src/5`, `a-5`, `x_5`; a mark of emphasis may stand there.
    pub(super) fn is_free(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or("");
        let stem = before.strip_suffix(['_', '.', '/', '-']).unwrap_or(before);
        !stem.ends_with(char::is_alphanumeric)
    }

    /// Whether a number and one of `marks` stand directly before the digits.
    pub(super) fn continues(&self, marks: &str) -> bool {
        let before = self.text.get(..self.start).unwrap_or("");
        let stem = before.strip_suffix(|c| marks.contains(c)).unwrap_or("");
        stem.ends_with(|c: char| c.is_ascii_digit())
    }
}

/// The year that `digits` are.
pub(in crate::week) fn as_year(digits: &str) -> Option<i16> {
    let year = (digits.len() == 4).then(|| digits.parse().ok())??;
    YEARS.contains(&year).then_some(year)
}

/// A byte of the text, moved on by what is read. What reads returns `None` or `false` and stays where it is if it finds
/// something else, but for compound readings: they go on with a copy.
#[derive(Debug, Clone, Copy)]
pub(in crate::week) struct Cursor<'t> {
    pub(in crate::week) text: &'t str,
    pub(in crate::week) at: usize,
}

impl<'t> Cursor<'t> {
    /// What is left.
    pub(in crate::week) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The next character.
    pub(in crate::week) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Reads one of the characters of `marks`.
    pub(in crate::week) fn mark(&mut self, marks: &str) -> Option<char> {
        let mark = self.peek()?;
        // Most characters are ASCII and no mark, and `str::contains` sets out for a long search.
        if !marks.chars().any(|one| one == mark) {
            return None;
        }
        self.at += mark.len_utf8();
        Some(mark)
    }

    /// Reads `text` as it is.
    pub(in crate::week) fn literal(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        self.at += if found { text.len() } else { 0 };
        found
    }

    /// Reads whitespace.
    pub(in crate::week) fn space(&mut self) -> bool {
        self.run(char::is_whitespace).is_some()
    }

    /// Reads all digits that follow.
    pub(in crate::week) fn digits(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        self.at += digits;
        rest.get(..digits).filter(|digits| !digits.is_empty())
    }

    /// Reads a number of one or two digits.
    pub(in crate::week) fn short_number(&mut self) -> Option<i8> {
        let mut ahead = *self;
        let digits = ahead.digits().filter(|digits| digits.len() <= 2)?;
        *self = ahead;
        digits.parse().ok()
    }

    /// Reads a year of four digits with no letter behind it: "2030hrs" is none.
    pub(in crate::week) fn year_number(&mut self) -> Option<i16> {
        let mut ahead = *self;
        let year = as_year(ahead.digits()?)?;
        if ahead.peek().is_some_and(char::is_alphabetic) {
            return None;
        }
        *self = ahead;
        Some(year)
    }

    /// Reads all letters that follow.
    pub(in crate::week) fn word(&mut self) -> Option<&'t str> {
        self.run(char::is_alphabetic)
    }

    /// Reads one of these words, which are separated by spaces.
    pub(in crate::week) fn word_of(&mut self, words: &str) -> bool {
        let mut ahead = *self;
        let found = ahead.word().is_some_and(|word| is_any(word, words));
        if found {
            *self = ahead;
        }
        found
    }

    fn run(&mut self, belongs: impl Fn(char) -> bool) -> Option<&'t str> {
        let rest = self.rest();
        let first = rest.chars().next().filter(|c| belongs(*c))?;
        let behind = rest.get(first.len_utf8()..)?;
        let len = rest.len() - behind.trim_start_matches(belongs).len();
        self.at += len;
        rest.get(..len)
    }

    /// Whether the number that was just read has a fraction, or is a percentage.
    pub(in crate::week) fn is_measure(&self) -> bool {
        let mut rest = self.rest().chars();
        match rest.next() {
            Some('%') => true,
            Some('.' | ',') => rest.next().is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        }
    }

    /// Whether a date that ends here is no part of something longer.
    pub(in crate::week) fn is_closed(&self) -> bool {
        let mut ahead = *self;
        ahead.mark("_");
        let word = ahead.peek().is_some_and(char::is_alphanumeric);
        !(word || self.goes_on("-/:") || self.is_measure())
    }

    /// Whether an extension follows: `.png`.
    pub(in crate::week) fn is_name_of_file(&self) -> bool {
        let mut ahead = *self;
        ahead.mark(".").is_some() && ahead.word().is_some()
    }

    /// Whether a digit follows one of `marks`.
    pub(in crate::week) fn goes_on(&self, marks: &str) -> bool {
        let mut ahead = *self;
        ahead.mark(marks).is_some() && ahead.digits().is_some()
    }
}
