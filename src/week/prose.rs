//! Dates and stated weeks in the prose of a note.
//!
//! ```text
//! weekday mention  a date with its day of the week: "Wednesday, 9th March 2017", "Thursday 2017-03-09"
//! impossible day   a day and a month's name that no calendar has: "31 April", "29 February 2023"
//! stated week      "week" ("beginning" | "commencing" | "starting" | "ending") date; "w/c" date; "the week to" date;
//!                  "week" ["of" | "from"] range; a range with both weekdays that span a week: "Mon 4 to Sun 10 May"
//! covered week     "covers weeks 12 and 13", "also incorporating week 12", "This is week 34", in the first lines
//! ```
//!
//! Dates are those of [`super::dates`], with names as in the middle of a sentence. Regular expressions, which their
//! engine turns into searches for sets of literals, find the names of months and days and the word "week"; what
//! stands around them is read by hand. Precision comes first: of "Monday to Friday, 12 March" it is open which day is
//! meant, so it is none; "the week of 4 July" says of no day that it begins or ends a week.

use super::calendar::day_number;
use super::dates::{self, Found, is_impossible};
use super::names::{self, Names};
use super::statements::{self, Stated, misspelt_month, statements};
use super::tokens::{Kind, Token, begins_at, head, token_at};
use super::{Claim, DateRange, PartialDate, claim};
use crate::source::{self, Span, Text};
use regex::Regex;
use std::sync::LazyLock;

/// A date or a stated week in the body.
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
    Weekday(PartialDate),
    /// A day that no calendar has: "31 April", "29 February 2023".
    Impossible(PartialDate),
    /// "from Monday 4th May to Sunday 10th May", "Week beginning Monday, 10th August 2026" (a single date twice).
    StatedWeek {
        /// The days.
        range: DateRange,
        /// "Week ending" or "for the week to": the date is the last day.
        ending: bool,
    },
    /// A week that the note says it covers itself, in its first lines: "covers weeks 12 and 13". The claim's span is
    /// within the mention's text.
    Covers(Claim),
}

/// How many bytes of prose may say which weeks the note covers.
const FIRST_LINES: usize = 600;

/// How many bytes before the name of a month its day can begin: "31st of ".
const DAY_BEFORE: usize = 12;

/// How many bytes after the beginning of a mention its first digit can stand: "week commencing on the Wednesday, the 4th".
const DAY_AFTER: usize = 64;

/// A line that gives the days of its note's week is no longer than this, in bytes.
const LONGEST_LINE: usize = 80;

/// The first and the last day of a week that the first lines of `body` give: "2022-12-25 to 2022-12-31".
pub fn days(body: &str) -> Option<DateRange> {
    let end = (0..=FIRST_LINES.min(body.len())).rfind(|end| body.is_char_boundary(*end))?;
    let lines = body.get(..end)?.lines();
    let short = lines.filter(|line| line.len() <= LONGEST_LINE);
    // Most lines are prose without any number.
    let mut numbers = short.filter(|line| line.bytes().filter(u8::is_ascii_digit).nth(1).is_some());
    numbers.find_map(|line| {
        let (DateRange { first, last }, _) = dates::range(line)?;
        // Without a year any will do, but for a 29 February.
        let year = first.year.or(last.year).unwrap_or(2024);
        let from = first.in_year(year)?;
        let days = day_number(last.near(from)?) - day_number(from);
        (4..=6).contains(&days).then_some(DateRange { first, last })
    })
}

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

/// The first of the first lines of `body` that states a day, a range of days or a week, whatever its label. `body` begins
/// at the byte `from` of the file; `skip` and `headings` are sorted spans of the file.
pub fn opening(body: &str, from: usize, skip: &[Span], headings: &[Span]) -> Option<Opening> {
    let is_stated =
        |stated: &Stated| !matches!(stated, Stated::Number { .. } | Stated::Episode { .. });
    let lines = source::lines(body, 0..body.len()).map(|line| line.trimmed(body));
    let lines = lines.filter(|line| !line.is_empty()).take(OPENING_LINES);
    for line in lines {
        let text = head(line.of(body), statements::LONGEST);
        let span = Span::new(0, text.len()).shifted(from + line.start as usize);
        if !text.bytes().any(|byte| byte.is_ascii_digit())
            || headings.iter().any(|heading| heading.overlaps(span))
        {
            continue;
        }
        let text = without(text, span, skip);
        let states_day = || statements(&text).iter().any(|said| is_stated(&said.stated));
        if states_day() || misspelt_month(&text).is_some() {
            return Some(Opening {
                span,
                text: Text::from(&*text),
            });
        }
    }
    None
}

/// The text at `span` with a blank for each byte that lies in one of the sorted spans `skip`.
fn without(text: &str, span: Span, skip: &[Span]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let first = skip.partition_point(|skipped| skipped.end <= span.start);
    let inside = skip
        .iter()
        .skip(first)
        .take_while(|skipped| skipped.start < span.end);
    for skipped in inside {
        let start = skipped.start.saturating_sub(span.start) as usize;
        let end = skipped.end.min(span.end).saturating_sub(span.start) as usize;
        if let Some(part) = bytes.get_mut(start..end) {
            part.fill(b' ');
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// What a mention can begin with. Each of the patterns has so few literals that the engine looks for all of them at
/// once; with more than about twenty it takes five times as long as for these three together.
static NAMES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = [
        "Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec",
        "monday|tuesday|wednesday|thursday|friday|saturday|sunday|[Ww]/[ce]|W/[CE]",
        "[Ww]eek",
    ];
    patterns
        .iter()
        .flat_map(|pattern| Regex::new(pattern))
        .collect()
});

/// All mentions in the Markdown body `text`, which begins at the byte `from` of the file, in the order of their places.
/// Those that overlap `skip` - sorted spans of the file: code, destinations, HTML - are left out. Spans are the file's.
pub fn mentions(text: &str, from: usize, skip: &[Span]) -> Vec<Mention> {
    let mut reader = Prose {
        text,
        from,
        skip,
        first_lines: first_lines(text, from, skip),
        found: Vec::new(),
    };
    let prose = text.get(..end_of_prose(text, from, skip)).unwrap_or(text);
    let names = NAMES.iter().flat_map(|names| names.find_iter(prose));
    let mut starts: Vec<usize> = names.map(|name| name.start()).collect();
    starts.sort_unstable();
    let mut done = 0;
    for at in starts {
        let inside = |before: &str| before.ends_with(char::is_alphanumeric);
        if at >= done
            && (at < reader.first_lines || has_digit_near(text.as_bytes(), at))
            && !text.get(..at).is_some_and(inside)
            && let Some(token) = token_at(text, at, false)
        {
            done = reader.read(token).unwrap_or(done);
        }
    }
    reader.found
}

/// Whether a day of the month can stand before or after a name at `at`. Most names of days and months in prose are none
/// of a date's.
fn has_digit_near(text: &[u8], at: usize) -> bool {
    let near = at.saturating_sub(DAY_BEFORE)..text.len().min(at + DAY_AFTER);
    let near = text.get(near).unwrap_or(&[]);
    // Without an early end, so that the compiler looks at many bytes at once.
    near.iter()
        .fold(false, |found, byte| found | byte.is_ascii_digit())
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

/// The byte before which `text` holds its first lines of prose, what is masked not counted.
fn first_lines(text: &str, from: usize, skip: &[Span]) -> usize {
    let mut end = FIRST_LINES;
    for masked in skip.iter().filter(|masked| masked.start as usize >= from) {
        if masked.start as usize >= from + end || end >= text.len() {
            break;
        }
        end += masked.len();
    }
    end
}

/// The body that is read, and what was found in it.
struct Prose<'t> {
    text: &'t str,
    from: usize,
    skip: &'t [Span],
    /// The byte at which the first lines end.
    first_lines: usize,
    found: Vec<Mention>,
}

impl<'t> Prose<'t> {
    /// Reads what begins with (or, of a month, ends with) `token`; returns the byte up to which the text is read.
    fn read(&mut self, token: Token) -> Option<usize> {
        if token.is("week") || token.is("w") {
            self.stated_week(token).or_else(|| self.covered_week(token))
        } else if names::weekday(token, Names::Prose).is_some() {
            self.weekday(token)
        } else if names::month(token, Names::Prose).is_some() {
            self.month(token)
        } else if token.is_any("weeks weeknote weeknotes") {
            self.covered_week(token)
        } else {
            None
        }
    }

    /// Keeps what stands at `span` of the text, unless it is masked.
    fn keep(&mut self, span: Span, kind: MentionKind) {
        let place = span.shifted(self.from);
        let next = self.skip.partition_point(|skip| skip.end <= place.start);
        if !self.skip.get(next).is_some_and(|skip| skip.overlaps(place)) {
            self.found.push(Mention {
                span: place,
                text: span.of(self.text).into(),
                kind,
            });
        }
    }

    /// Keeps what the ends of a range say by themselves.
    fn keep_ends(&mut self, range: DateRange, found: &Found) {
        let ends = [(range.first, Some(found.first)), (range.last, found.last)];
        for (date, span) in ends {
            let Some(span) = span else { continue };
            if is_impossible(date) {
                self.keep(span, MentionKind::Impossible(date));
            } else if date.weekday.is_some() {
                self.keep(span, MentionKind::Weekday(date));
            }
        }
    }

    /// "Tuesday, 15th July"; "Mon 4 to Sun 10 May".
    fn weekday(&mut self, token: Token) -> Option<usize> {
        let Some(found) = dates::range_at(self.text, token.start, Names::Prose) else {
            // Of "Monday to Friday, 12 March", Friday is not to be read again.
            return self.joined_weekday(token.end());
        };
        let range = found.range?;
        if found.last.is_some() && spans_a_week(range) {
            self.keep(
                found.span,
                MentionKind::StatedWeek {
                    range,
                    ending: false,
                },
            );
        }
        self.keep_ends(range, &found);
        Some(found.span.end as usize)
    }

    /// The end of the last of the days of the week that are joined to one that ends at `at`: "Saturday and Sunday".
    fn joined_weekday(&self, mut at: usize) -> Option<usize> {
        let mut end = None;
        while let Some(joint) = token_at(self.text, at, false)
            && (joint.is_any("to and or until till") || joint.is_mark("-–—&/,+"))
            && let Some(next) = token_at(self.text, joint.end(), false)
            && names::weekday(next, Names::Prose).is_some()
        {
            at = next.end();
            end = Some(at);
        }
        end
    }

    /// "31 April", "Feb 30th": only days that can be impossible are of interest.
    fn month(&mut self, token: Token) -> Option<usize> {
        let starts = [self.day_before(token.start), Some(token.start)];
        let (found, range) = starts.into_iter().flatten().find_map(|start| {
            let found = dates::range_at(self.text, start, Names::Prose)?;
            Some((found, found.range?))
        })?;
        let counts = token_at(self.text, found.span.end as usize, false)
            .is_some_and(|next| next.is_any(super::words::UNITS));
        let end = found.first.end as usize;
        if is_impossible(range.first) && !counts && end >= token.end() {
            self.keep(found.first, MentionKind::Impossible(range.first));
        }
        Some(end.max(token.end()))
    }

    /// Where the day begins that stands before a month at `month`: "31", "31st", "31st of".
    fn day_before(&self, month: usize) -> Option<usize> {
        let before = self.text.get(..month)?;
        let before = before.trim_end_matches([' ', '\n']);
        let before = before.strip_suffix(" of").unwrap_or(before);
        let before = ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|ending| before.strip_suffix(ending))
            .unwrap_or(before);
        let digits = before
            .bytes()
            .rev()
            .take(3)
            .take_while(u8::is_ascii_digit)
            .count();
        let start = before.len() - digits;
        // "Week 31 April 6, 2018"
        let word = self.word_before(start);
        let of_a_week = token_at(word, 0, false).is_some_and(super::words::is_week_word);
        ((1..=2).contains(&digits) && begins_at(self.text, start) && !of_a_week).then_some(start)
    }

    /// "Week beginning Monday, 10th August", "w/c 4 Nov", "the week of 3-7 March".
    fn stated_week(&mut self, token: Token) -> Option<usize> {
        let next = |at: usize| token_at(self.text, at, false);
        let mut word = next(token.end())?;
        let (mut begins, mut ends) = (false, false);
        let mut at = token.end();
        if token.is("w") {
            let edge = next(word.end()).filter(|edge| !edge.spaced)?;
            (begins, ends) = (edge.is("c"), edge.is("e"));
            at = edge.end();
        } else if word.kind == Kind::Word {
            begins = word.is_any("beginning commencing starting");
            ends = word.is("ending")
                || word.is("to") && self.word_before(token.start).eq_ignore_ascii_case("the");
            if !begins && !ends && !word.is_any("of from") {
                return None;
            }
            at = word.end();
        }
        word = next(at)?;
        while word.is_mark(":,") || word.is_any("on the") {
            at = word.end();
            word = next(at)?;
        }
        let found = dates::range_at(self.text, word.start, Names::Prose)?;
        let range = found.range?;
        let single = found.last.is_none();
        if single && !begins && !ends || !token.is("w") && self.is_counted(token.start) {
            return None;
        }
        let span = Span::new(token.start, found.span.end as usize);
        let ending = ends && single;
        self.keep(span, MentionKind::StatedWeek { range, ending });
        self.keep_ends(range, &found);
        Some(found.span.end as usize)
    }

    /// The word before the byte `at`.
    fn word_before(&self, at: usize) -> &'t str {
        let before = self
            .text
            .get(..at)
            .unwrap_or("")
            .trim_end_matches([' ', '\n', '*', '_']);
        let len: usize = before
            .chars()
            .rev()
            .take(20)
            .take_while(|c| c.is_alphanumeric())
            .map(char::len_utf8)
            .sum();
        before.get(before.len() - len..).unwrap_or("")
    }

    /// Whether the week at `at` is one of several, or a part of one: "two week holiday", "half the week".
    fn is_counted(&self, at: usize) -> bool {
        let word = self.word_before(at);
        let counts = "one two three four five six seven eight few several couple half";
        word.ends_with(|c: char| c.is_ascii_digit())
            || counts
                .split(' ')
                .any(|count| word.eq_ignore_ascii_case(count))
    }

    /// "covers weeks 12 and 13", "This is week 34."
    fn covered_week(&mut self, token: Token) -> Option<usize> {
        if token.start >= self.first_lines || !self.is_about_the_note(token.start) {
            return None;
        }
        let (claim, rest) = claim::at_beginning(self.text.get(token.start..)?)?;
        // "This is week 3 of the course" counts another thing's weeks.
        let other =
            token_at(rest, 0, false).is_some_and(|next| next.kind == Kind::Word && !next.is("and"));
        if other || claim.numbers.is_empty() {
            return None;
        }
        let span = claim.span.shifted(token.start);
        self.keep(span, MentionKind::Covers(claim));
        Some(span.end as usize)
    }

    /// Whether the sentence up to the byte `at` says that the note is of the week that follows.
    fn is_about_the_note(&self, at: usize) -> bool {
        let mut start = at.saturating_sub(160);
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        let before = self.text.get(start..at).unwrap_or("");
        let sentence = before
            .rsplit(['.', '!', '?', '(', '\n', '#', '*', '_'])
            .next()
            .unwrap_or("");
        let sentence = sentence.trim().to_lowercase();
        let mut words = sentence
            .split_whitespace()
            .rev()
            .skip_while(|word| matches!(*word, "the" | "both" | "for"));
        match words.next() {
            Some("is") => matches!(sentence.as_str(), "this is" | "this is the"),
            Some("covers" | "covering" | "cover" | "incorporating" | "incorporates") => {
                let elsewhere = [
                    "another", "next", "last", "previous", "will", "someone", "be",
                ];
                words.all(|word| !elsewhere.contains(&word))
            }
            _ => false,
        }
    }
}

/// Whether a range with both weekdays is meant as a week: from a day to the one before it, or from Monday to Friday.
fn spans_a_week(range: DateRange) -> bool {
    let (Some(first), Some(last)) = (range.first.weekday, range.last.weekday) else {
        return false;
    };
    let (first, last) = (first.to_monday_zero_offset(), last.to_monday_zero_offset());
    (last - first).rem_euclid(7) == 6 || (first, last) == (0, 4)
}

#[cfg(test)]
mod tests;
