//! Dates and ranges of dates as people write them.
//!
//! ```text
//! range  = end [separator end]
//! end    = [weekday [","] ["the"]] day
//! day    = number ["of"] month [[","] year]      7th September 2020, 30 Dec, 2024
//!        | month number [[","] year]             July 8, Apr.22, August 27, 2023
//!        | year "-" month "-" number             2024-07-08 (ISO 8601), 2024/07/08, 2024.07.08, 2024_07_08
//!        | number "-" number "-" year            25-11-2017: where only one order is possible
//!        | number                                of a range: 23-27 September, July 8 to 14
//! separator = "-" | "–" | "—" | "to" | "until" | "till" | "through"
//! ```
//!
//! The parts of a date may be joined by `-` or `_`, as in file names. A month and a year that only one end of a range
//! names hold for both, and across a new year the ends get two years. Whether `03/04/2025` is in March or in April is
//! not guessed. A day may be one that its month lacks (31 April): that is for a rule to say; a 32nd is no date.
//!
//! In prose, names of months and days begin with a capital, apart from those in full that are no other word:
//! `monday`, `september`, never `may` or `march`.

use super::names::{Names, month, weekday};
use super::tokens::{Kind, Token, begins_at, token_at};
use super::{DateRange, PartialDate};
use crate::source::Span;
use jiff::civil::Weekday;

/// The first date, or range of dates, in a title, a file name or a value of the metadata.
pub fn range(text: &str) -> Option<(DateRange, Span)> {
    let found = find(text)?;
    Some((found.range?, found.span))
}

/// A date or a range of dates and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// The days; `None` where the order of day and month is anybody's guess.
    pub(super) range: Option<DateRange>,
    /// The whole.
    pub(super) span: Span,
    /// The first day, as far as it is written apart.
    pub(super) first: Span,
    /// The last day, of a range of two.
    pub(super) last: Option<Span>,
}

/// The first date or range anywhere in `text`, also one whose order is unknown.
pub(super) fn find(text: &str) -> Option<Found> {
    let mut at = 0;
    while let Some(token) = token_at(text, at, false) {
        at = token.end();
        let candidate = match token.kind {
            Kind::Mark => false,
            Kind::Number => matches!(token.text.len(), 1 | 2 | 4 | 8),
            Kind::Word => {
                month(token, Names::AnyCase).is_some() || weekday(token, Names::AnyCase).is_some()
            }
        };
        if candidate
            && begins_at(text, token.start)
            && let Some(found) = range_at(text, token.start, Names::AnyCase)
        {
            return Some(found);
        }
    }
    None
}

/// The date or range that begins at the byte `at`.
pub(super) fn range_at(text: &str, at: usize, names: Names) -> Option<Found> {
    let mut cursor = Cursor { text, at, names };
    let first = cursor.end()?;
    let joined = cursor.separated_end(&first).and_then(|(tight, last)| {
        // "8 July - 10 people came" and "July 8 - 10 things" go on after the dash with something else.
        let goes_on = || cursor.peek().is_some_and(|next| next.kind == Kind::Word);
        let cut = last.month.is_none() && !tight && goes_on();
        Some((join(first, last).filter(|_| !cut)?, last.span))
    });
    let alone = |day| DateRange {
        first: day,
        last: day,
    };
    let (range, last) = match joined {
        Some((range, last)) => (Some(range), Some(last)),
        None => (Some(alone(first.date(None)?)), None),
    };
    Some(Found {
        range: range.filter(|_| first.order != Order::Unknown),
        span: Span {
            end: last.unwrap_or(first.span).end,
            ..first.span
        },
        first: first.span,
        last,
    })
}

/// In which order an end names its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Order {
    DayFirst,
    MonthFirst,
    Numeric,
    #[default]
    DayAlone,
    Unknown,
}

/// One end of a range.
#[derive(Debug, Clone, Copy, Default)]
struct End {
    weekday: Option<Weekday>,
    day: i8,
    month: Option<i8>,
    year: Option<i16>,
    order: Order,
    span: Span,
}

impl End {
    /// The date, in the month that it names itself or in the other end's.
    fn date(&self, month: Option<i8>) -> Option<PartialDate> {
        Some(PartialDate {
            year: self.year,
            month: self.month.or(month)?,
            day: self.day,
            weekday: self.weekday,
        })
    }
}

/// Puts two ends together: what one leaves out, the other has.
fn join(first: End, last: End) -> Option<DateRange> {
    let borrows = match (first.order, last.order) {
        (Order::Unknown, _) | (_, Order::Unknown) => return None,
        (Order::DayAlone, order) => order == Order::DayFirst,
        (order, Order::DayAlone) => order == Order::MonthFirst,
        _ => true,
    };
    if !borrows {
        return None;
    }
    let mut range = DateRange {
        first: first.date(last.month)?,
        last: last.date(first.month)?,
    };
    let wraps = i16::from(range.first.month > range.last.month);
    match (range.first.year, range.last.year) {
        (None, Some(year)) => range.first.year = Some(year - wraps),
        (Some(year), None) => range.last.year = Some(year + wraps),
        _ => {}
    }
    Some(range)
}

/// A place in the text, moved on by what is read.
#[derive(Debug, Clone, Copy)]
struct Cursor<'t> {
    text: &'t str,
    at: usize,
    names: Names,
}

impl<'t> Cursor<'t> {
    /// The next token, left where it is.
    fn peek(&self) -> Option<Token<'t>> {
        token_at(self.text, self.at, false)
    }

    /// Reads the next token if `read` makes something of it.
    fn eat<T>(&mut self, read: impl FnOnce(Token<'t>) -> Option<T>) -> Option<T> {
        let token = self.peek()?;
        let value = read(token)?;
        self.at = token.end();
        Some(value)
    }

    /// Reads one of the characters of `marks`.
    fn mark(&mut self, marks: &str) -> bool {
        self.eat(|token| token.is_mark(marks).then_some(()))
            .is_some()
    }

    /// Reads one of the characters of `marks` if nothing but the next token follows it directly.
    fn joint(&mut self, marks: &str) -> bool {
        let mut ahead = *self;
        let joined = ahead
            .eat(|token| (token.is_mark(marks) && !token.spaced).then_some(()))
            .is_some()
            && ahead
                .peek()
                .is_some_and(|next| !next.spaced && next.kind != Kind::Mark);
        if joined {
            *self = ahead;
        }
        joined
    }

    /// One end of a range.
    fn end(&mut self) -> Option<End> {
        let start = self.peek()?.start;
        let names = self.names;
        let weekday = self.eat(|token| weekday(token, names));
        if weekday.is_some() {
            if !self.joint("-_") {
                self.mark(".");
                let _ = self.mark(",") || self.mark("(");
            }
            self.eat(|token| token.is("the").then_some(()));
        }
        let mut end = self.numeric().or_else(|| self.named())?;
        end.weekday = weekday;
        end.span = Span::new(start, self.at);
        Some(end)
    }

    /// A separator and the other end, and whether they follow without white space.
    fn separated_end(&mut self, first: &End) -> Option<(bool, End)> {
        let mut ahead = *self;
        let tight = ahead.peek().is_some_and(|token| !token.spaced);
        ahead.mark(",");
        let mut found = false;
        for _ in 0..3 {
            found |= ahead.mark("-–—‑−_");
        }
        found |= ahead
            .eat(|token| token.is_any("to until till through").then_some(()))
            .is_some();
        ahead.joint("-_");
        if !found {
            return None;
        }
        let mut last = ahead.end()?;
        if last.order == Order::DayAlone && first.order == Order::MonthFirst {
            last.year = ahead.year();
            last.span = Span::new(last.span.start as usize, ahead.at);
        }
        *self = ahead;
        Some((tight, last))
    }

    /// A date in digits alone.
    fn numeric(&mut self) -> Option<End> {
        let mut ahead = *self;
        let a = ahead.eat(|token| (token.kind == Kind::Number).then_some(token))?;
        if self.names == Names::AnyCase
            && a.text.len() == 8
            && let Some(end) = compact(a.text)
        {
            *self = ahead;
            return Some(end);
        }
        let separator =
            ahead.eat(|token| (token.is_mark("-/._") && !token.spaced).then_some(token.text))?;
        let tight =
            |token: Token<'t>| (token.kind == Kind::Number && !token.spaced).then_some(token);
        let b = ahead.eat(tight)?;
        ahead.eat(|token| (token.text == separator && !token.spaced).then_some(()))?;
        let c = ahead.eat(tight)?;
        // A version number or an address has more parts; behind `2024-07-08-` a file's name goes on.
        let mut beyond = ahead;
        if separator != "-"
            && beyond.joint(separator)
            && beyond
                .peek()
                .is_some_and(|token| token.kind == Kind::Number)
        {
            return None;
        }
        let short = |token: Token<'t>| token.value().filter(|_| token.text.len() <= 2);
        let end = if let Some(year) = a.year() {
            numeric_end(year, short(b)?, short(c)?)?
        } else {
            let (year, a, b) = (c.year()?, short(a)?, short(b)?);
            match (numeric_end(year, a, b), numeric_end(year, b, a)) {
                (Some(end), Some(_)) if a != b => End {
                    order: Order::Unknown,
                    ..end
                },
                (month_first, day_first) => month_first.or(day_first)?,
            }
        };
        *self = ahead;
        Some(end)
    }

    /// A date with the month's name, or a day alone.
    fn named(&mut self) -> Option<End> {
        let mut ahead = *self;
        let names = self.names;
        let mut end = End {
            month: ahead.eat(|token| month(token, names)),
            ..End::default()
        };
        if end.month.is_some() {
            end.order = Order::MonthFirst;
            if !ahead.joint("-_") {
                ahead.mark(".");
            }
            ahead.eat(|token| token.is("the").then_some(()));
            end.day = ahead.day_number()?;
        } else {
            end.day = ahead.day_number()?;
            *self = ahead;
            if !ahead.joint("-_") {
                ahead.joint(".");
                ahead.eat(|token| token.is("of").then_some(()));
            }
            end.month = ahead.eat(|token| month(token, names));
            if end.month.is_none() || ahead.is_verb(end.month) {
                return Some(End { month: None, ..end });
            }
            end.order = Order::DayFirst;
            ahead.joint(".");
        }
        *self = ahead;
        end.year = self.year();
        Some(end)
    }

    /// Whether the "May" just read is the verb: "on Saturday 1 may not be enough".
    fn is_verb(&self, month: Option<i8>) -> bool {
        self.names == Names::Prose
            && month == Some(5)
            && self
                .peek()
                .is_some_and(|next| next.is_any("be not have well also need"))
    }

    /// The day of a month, with its ordinal ending.
    fn day_number(&mut self) -> Option<i8> {
        let mut ahead = *self;
        let day = ahead.eat(|token| {
            token
                .value()
                .filter(|day| token.text.len() <= 2 && (1..=31).contains(day))
        })?;
        if let Some(next) = ahead.peek()
            && !next.spaced
        {
            if next.is_any("st nd rd th") {
                ahead.at = next.end();
            } else if next.kind == Kind::Word || next.is_mark("%:") {
                return None;
            }
        }
        *self = ahead;
        i8::try_from(day).ok()
    }

    /// The year, after a comma or not.
    fn year(&mut self) -> Option<i16> {
        let mut ahead = *self;
        if !ahead.joint("-_") {
            ahead.mark(",");
        }
        let year = ahead.eat(|token| token.year())?;
        // "7 April 2030hrs" and "7 April, 2025-01 was ..." name no year.
        let more = ahead.peek().is_some_and(|next| {
            !next.spaced && next.kind == Kind::Word || next.is_any("hrs hours people")
        });
        if more {
            return None;
        }
        *self = ahead;
        Some(year)
    }
}

/// The end that a year, a month and a day of digits make, if they are such.
fn numeric_end(year: i16, month: u32, day: u32) -> Option<End> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    Some(End {
        day: i8::try_from(day).ok()?,
        month: Some(i8::try_from(month).ok()?),
        year: Some(year),
        order: Order::Numeric,
        ..End::default()
    })
}

/// `20240708`, the basic format of ISO 8601.
fn compact(text: &str) -> Option<End> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let year = i16::try_from(part(0, 4)?).ok()?;
    let plausible = (1990..2070).contains(&year);
    numeric_end(year, part(4, 6)?, part(6, 8)?).filter(|_| plausible)
}

/// Whether no calendar has the day: 31 April; 29 February, where the year is written and no leap year.
pub(super) fn is_impossible(date: PartialDate) -> bool {
    match date.year {
        Some(year) => date.in_year(year).is_none(),
        None => date.in_year(2000).is_none(),
    }
}

#[cfg(test)]
mod tests;
