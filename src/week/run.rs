//! Runs of numbers: "853 & 854", "520 to 524", "545-7", "#63, #64, #65", "W01 to W03".
//!
//! ```text
//! run       = number {separator [prefix] number}
//! prefix    = "#" | "W" | "week"
//! separator = "," | ", and" | "and" | "&" | "+" | "/"              the numbers themselves
//!           | "-" | "–" | "to" | "until" | "till" | "through"      all from one to the other
//!           | white space or "-" in a file's stem                  the same
//! ```
//!
//! A run ascends, or goes on after the last week of a year: "52 & 1", "51 to 02". After "weeks", a run that descends is
//! read as a mistake (`weeks 15-12`); anywhere else the second number is something else ("Week 34 and 5 pies").

use super::calendar::weeks_in_iso_year;
use super::claim::Reader;
use super::statements::Stated;
use super::words::{self, first_word, is_any, is_week_word};
use crate::source::Span;

/// The longest run of weeks that is believed.
pub(super) const LONGEST_RUN: u32 = 400;

/// The longest run that a dash alone makes.
const A_SEASON: u32 = 13;

/// How a run may be written.
#[derive(Clone, Copy, Default)]
pub(super) struct Style {
    /// After "weeks": what follows is surely a run.
    pub(super) plural: bool,
    /// After "#": a number that follows another is surely one of the run.
    pub(super) hash: bool,
    /// A colon or a dash stands before it, so that words behind it make it a count ("Weeknotes: 5 things").
    pub(super) separated: bool,
}

/// A separator between two numbers of a run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Comma,
    And,
    Slash,
    Dash,
    SpacedDash,
    To,
    /// White space of a stem.
    Gap,
}

/// A number of a run, and what joins it to the one before.
struct Part {
    value: u32,
    /// How many digits it has.
    digits: usize,
    /// Whether these begin with a zero.
    padded: bool,
    year: Option<i16>,
    span: Span,
    separator: Option<Separator>,
    /// Whether it has a `#` of its own.
    hash: bool,
}

impl Reader<'_> {
    /// The number that the statement `at` may add to a run.
    fn part(&self, at: usize, style: Style) -> Option<Part> {
        let said = self.said.get(at)?;
        let text = said.span.of(self.text);
        let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (value, digits, year) = match said.stated {
            // A stem's `31-5` is no 31 to 35.
            Stated::Number { value, .. } if self.stem && !style.plural => {
                (text.parse().unwrap_or(value), digits, None)
            }
            Stated::Number { value, .. } => (value, digits, None),
            Stated::Week { week, year, .. } => (u32::from(week), 2, Some(year)),
            Stated::Episode { episode, .. } => (episode, digits, None),
            _ => return None,
        };
        let (separator, hash) = self.separator(at).unzip();
        Some(Part {
            value,
            digits,
            padded: text.starts_with('0'),
            year,
            span: said.span,
            separator,
            hash: hash.unwrap_or(false),
        })
    }

    /// The run of numbers that begins with the statement `at`, and its place; `None` also where it is open what belongs to it.
    pub(super) fn run(&self, mut at: usize, style: Style) -> Option<(Vec<u32>, Span)> {
        let mut last = self.part(at, style)?;
        let (mut numbers, start) = (vec![last.value], last.span.start);
        while let Some(next) = self.part(at + 1, style)
            && let Some(separator) = next.separator
        {
            let descends = next.value < last.value && !turns(&last, &next, style);
            if style.plural
                && descends
                && separator.is_dash()
                && next.digits == last.digits
                && numbers.len() == 1
            {
                return Some((vec![next.value, last.value], Span { start, ..next.span }));
            }
            // "24-07" has rather a year in it.
            if descends
                && !style.plural
                && separator != Separator::To
                && separator.is_dash()
                && next.padded
            {
                return None;
            }
            let mut weeks = 52;
            let goes_on = match (last.year, next.year) {
                // "2023-W52 to 2024-W01"
                (Some(year), Some(later)) => {
                    weeks = u32::from(weeks_in_iso_year(year));
                    later - year == i16::from(next.value < last.value)
                }
                (None, Some(_)) => false,
                _ => !descends && self.goes_on(&numbers, &last, &next, style)?,
            };
            if !goes_on {
                break;
            }
            let from = if separator.is_through() {
                last.value
            } else {
                next.value
            };
            add(&mut numbers, from, next.value, weeks);
            (last, at) = (next, at + 1);
        }
        Some((numbers, Span { start, ..last.span }))
    }

    /// Whether a number belongs to the run of `numbers`, after `last`; `None` where that is open.
    fn goes_on(&self, numbers: &[u32], last: &Part, next: &Part, style: Style) -> Option<bool> {
        use Separator::{And, Comma, Dash, Gap, Slash, SpacedDash, To};
        let behind = self.behind(next.span);
        let word = first_word(behind.trim_start());
        let tight = first_word(behind);
        // "4th", "4.5", and what counts something
        let is_part = tight.is_empty()
            || is_any(tight, words::JOINING)
            || tight.starts_with(words::is_ideograph);
        let is_whole = is_part
            && !self.fractions.contains(&next.span.range().end)
            && !is_any(word, words::UNITS);
        let followed = !word.is_empty() && !is_any(word, words::JOINING);
        let separator = next.separator?;
        let step = next.value.checked_sub(last.value);
        Some(match (separator, step) {
            (Dash | Gap, Some(step)) if step > A_SEASON && !style.plural => return None,
            (Slash, Some(2..)) => false,
            _ if next.value.abs_diff(last.value) > LONGEST_RUN || !is_whole => false,
            (_, Some(0)) => false,
            _ if next.hash || style.hash || style.plural || !followed => true,
            // A word behind the number may be what it counts.
            (_, None) => false,
            (_, Some(1)) if numbers.len() > 1 => true,
            (Dash | Slash | To, _) | (And, Some(1)) => true,
            (Gap, _) | (Comma | SpacedDash, Some(1)) => return None,
            _ => false,
        })
    }

    /// What separates two numbers of a run, and whether the second has a `#` of its own.
    fn separator(&self, at: usize) -> Option<(Separator, bool)> {
        let between = self.before(at);
        let rest = between.trim_start();
        let spaced = rest.len() < between.len();
        let word = first_word(rest);
        let first = rest.chars().next();
        let (separator, rest) = match first {
            Some(',') => {
                let rest = rest.get(1..)?.trim_start();
                let and = rest.strip_prefix("and ").or(rest.strip_prefix('&'));
                (Separator::Comma, and.unwrap_or(rest))
            }
            Some('&' | '+') => (Separator::And, rest.get(1..)?),
            Some('/') => (Separator::Slash, rest.get(1..)?),
            Some('-' | '_') if self.stem => (Separator::Gap, rest.get(1..)?),
            Some(dash @ ('-' | '–' | '—' | '‑' | '−')) => (
                if spaced {
                    Separator::SpacedDash
                } else {
                    Separator::Dash
                },
                rest.strip_prefix(dash)?,
            ),
            _ if is_any(word, "and") => (Separator::And, rest.strip_prefix(word)?),
            _ if is_any(word, words::JOINING) => (Separator::To, rest.strip_prefix(word)?),
            _ if self.stem && spaced => (Separator::Gap, rest),
            _ => return None,
        };
        // "Week 12 & week 13", "#63, #64", "W01 to W03".
        let rest = rest.trim();
        let prefix = first_word(rest);
        let before = at.checked_sub(1).and_then(|at| self.said.get(at))?;
        let is_prefix = !matches!(before.stated, Stated::Episode { .. })
            && (is_week_word(prefix) || is_any(prefix, "w"));
        let rest = if is_prefix {
            rest.strip_prefix(prefix)?.trim_start()
        } else {
            rest
        };
        let hash = rest.starts_with(words::is_hash);
        (rest.is_empty() || hash && rest.chars().count() == 1).then_some((separator, hash))
    }
}

impl Separator {
    /// Whether it is surely one between the first and the last of a run.
    fn is_dash(self) -> bool {
        matches!(self, Separator::Dash | Separator::To | Separator::Gap)
    }

    /// Whether the numbers between two belong to the run.
    fn is_through(self) -> bool {
        self.is_dash() || self == Separator::SpacedDash
    }
}

/// Whether a run goes on from the last weeks of a year to the first ones of the next.
fn turns(last: &Part, next: &Part, style: Style) -> bool {
    let open = matches!(next.separator, Some(Separator::Comma | Separator::Gap));
    let dash = next.separator.is_some_and(Separator::is_dash);
    (50..=53).contains(&last.value)
        && (last.value >= 52 && next.value == 1 && (style.plural || !open)
            || dash && next.value <= 4 && next.digits == last.digits)
}

/// Adds the numbers up to `to`, those between the last one and `from` left out; past the last week of a year begins the
/// next.
fn add(numbers: &mut Vec<u32>, from: u32, to: u32, weeks_in_year: u32) {
    let last = numbers.last().copied();
    let add = |range: std::ops::RangeInclusive<u32>| range.filter(move |week| Some(*week) != last);
    if from <= to {
        numbers.extend(add(from..=to));
    } else {
        numbers.extend(add(from..=weeks_in_year.max(from)));
        numbers.extend(add(1..=to));
    }
    numbers.truncate(LONGEST_RUN as usize);
}
