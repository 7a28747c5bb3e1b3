//! Runs of numbers: "853 & 854", "520 to 524", "545-7", "#63, #64, #65", "W01 to W03".
//!
//! ```text
//! run       = number {separator [prefix] number}
//! prefix    = "#" | "W" | "week"
//! separator = "," | ", and" | "and" | "&" | "+" | "/"              the numbers themselves
//!           | "-" | "–" | "to" | "until" | "till" | "through"      all from one to the other
//!           | white space in a file's stem                         the same
//! ```
//!
//! A run ascends, or goes on after the last week of a year: "52 & 1", "51 to 02". A second number of fewer digits completes the first: "545-7" ends with 547. After "weeks", a run that
//! descends is read as a mistake (`weeks 15-12`); anywhere else the second number is something else ("Week 34 and 5
//! pies"). A year never belongs to a run.

use super::tokens::{Kind, Tokens};
use super::words::{self, is_hash, is_ideograph, is_week_word, number_word, tens};

/// The longest run of weeks that is believed.
pub(super) const LONGEST_RUN: u32 = 400;

/// The longest run that a dash alone makes.
const A_SEASON: u32 = 13;

/// A run of numbers and the index of the token after it.
pub(super) struct Run {
    pub(super) numbers: Vec<u32>,
    pub(super) next: usize,
}

/// How a run may be written.
#[derive(Clone, Copy, Default)]
pub(super) struct RunStyle {
    /// After "weeks": what follows is surely a run.
    pub(super) plural: bool,
    /// After "#": a number that follows another is surely one of the run.
    pub(super) hash: bool,
    /// The numbers are those of episodes, not of weeks.
    pub(super) episodes: bool,
    /// The numbers are words.
    pub(super) words: bool,
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

/// How a number of a run follows the one before it.
#[derive(Clone, Copy)]
enum Step {
    Next,
    Up,
    /// From the last weeks of a year to the first ones of the next.
    NewYear,
    Down,
}

impl Tokens<'_> {
    /// The value of the number at `index`, or of a number's name, and the index after it.
    fn value(&self, index: usize, style: RunStyle) -> Option<(u32, usize)> {
        let token = self.get(index)?;
        if !style.words || token.kind != Kind::Word {
            return Some((token.value()?, index + 1));
        }
        let Some(tens) = tens(token) else {
            return Some((number_word(token)?, index + 1));
        };
        let hyphen = self.get(index + 1).is_some_and(|mark| mark.is_mark("-"));
        let at = index + 1 + usize::from(hyphen);
        let ones = self.get(at).and_then(number_word);
        Some(match ones.filter(|ones| (1..10).contains(ones)) {
            Some(ones) => (tens + ones, at + 1),
            None => (tens, index + 1),
        })
    }

    /// The run of numbers at `index`; `None` also where it is open what belongs to it.
    pub(super) fn run(&self, index: usize, style: RunStyle) -> Option<Run> {
        let (mut last, next) = self.value(index, style)?;
        let mut run = Run {
            numbers: vec![last],
            next,
        };
        while let Some((separator, at, hash)) = self.separator(run.next, style) {
            let Some((mut value, next)) = self.value(at, style) else {
                break;
            };
            let (Some(token), Some(before)) = (self.get(at), self.get(run.next - 1)) else {
                break;
            };
            if !hash && token.year().is_some() && last < 1000 {
                break;
            }
            let dash = matches!(separator, Separator::Dash | Separator::To | Separator::Gap);
            let shorter = token.text.len() < before.text.len();
            if value <= last && dash && shorter && (!self.stem || style.plural) {
                value = complete(last, value, token.text.len());
            }
            let same_length = token.text.len() == before.text.len();
            let open = matches!(separator, Separator::Comma | Separator::Gap);
            let turns = (50..=53).contains(&last)
                && (last >= 52 && value == 1 && (style.plural || !open)
                    || dash && value <= 4 && same_length);
            let step = match value {
                _ if value == last + 1 => Step::Next,
                _ if value > last => Step::Up,
                _ if value < last && turns => Step::NewYear,
                _ => Step::Down,
            };
            let grouped = token.text.len() == 3 && before.text.len() < 3;
            let goes_on = match (separator, step) {
                (_, Step::Down)
                    if style.plural
                        && dash
                        && same_length
                        && value < last
                        && run.numbers.len() == 1 =>
                {
                    run.numbers = vec![value, last];
                    run.next = next;
                    false
                }
                // "1,024"; "24-07" and "07-24", which have rather a year in them
                (Separator::Comma, _) if grouped && !token.spaced && !hash => return None,
                (Separator::Dash | Separator::Gap, Step::Down)
                    if token.text.starts_with('0') && value < last && !style.plural =>
                {
                    return None;
                }
                (Separator::Dash | Separator::Gap, Step::Up)
                    if value > last + A_SEASON && !style.plural =>
                {
                    return None;
                }
                // "Week 7/52" and "KW 7/24"
                (_, Step::Down) | (Separator::Slash, Step::Up) => false,
                _ if value.abs_diff(last) > LONGEST_RUN || !self.is_whole_number(at) => false,
                _ if hash || style.hash || style.plural || !self.is_followed_by_word(at) => true,
                // A word behind the number may be what it counts.
                (_, Step::NewYear) => false,
                (_, Step::Next) if run.numbers.len() > 1 => true,
                (Separator::Dash | Separator::Slash | Separator::To, _) => true,
                (Separator::And, Step::Next) => true,
                (Separator::Gap, _) => return None,
                (Separator::Comma | Separator::SpacedDash, Step::Next) => return None,
                _ => false,
            };
            if !goes_on {
                break;
            }
            let through = matches!(
                separator,
                Separator::Dash | Separator::SpacedDash | Separator::To | Separator::Gap
            );
            let from = if through { last } else { value };
            add(&mut run.numbers, from, value, 52);
            last = value;
            run.next = next;
        }
        Some(run)
    }

    /// Whether nothing is joined to the number at `index` that would make it another thing: "4th", "4.5", "4:30", and
    /// whether it counts nothing.
    fn is_whole_number(&self, index: usize) -> bool {
        let joined = self.tight(index + 1).is_some_and(|next| {
            next.kind == Kind::Word && !next.is_any(words::JOINING) && !is_ideograph(next)
                || next.is_mark("%")
                || next.is_mark(".:")
                    && self
                        .tight(index + 2)
                        .is_some_and(|after| after.kind == Kind::Number)
        });
        !joined
            && !self
                .get(index + 1)
                .is_some_and(|next| next.is_any(words::UNITS))
    }

    fn is_followed_by_word(&self, index: usize) -> bool {
        self.get(index + 1)
            .is_some_and(|next| next.kind == Kind::Word && !next.is_any(words::JOINING))
    }

    /// The separator at `index`, the index of the number behind it, and whether that has a `#` of its own.
    fn separator(&self, index: usize, style: RunStyle) -> Option<(Separator, usize, bool)> {
        let first = self.get(index)?;
        let mut at = index + 1;
        let separator = if first.is_mark(",") {
            if self
                .get(at)
                .is_some_and(|token| token.is("and") || token.is_mark("&"))
            {
                at += 1;
            }
            Separator::Comma
        } else if first.is("and") || first.is_mark("&+") {
            Separator::And
        } else if first.is_mark("/") {
            Separator::Slash
        } else if first.is_mark("-–—‑−") {
            if first.spaced {
                Separator::SpacedDash
            } else {
                Separator::Dash
            }
        } else if first.is_any(words::JOINING) {
            Separator::To
        } else if self.stem
            && first.spaced
            && (first.kind == Kind::Number
                || is_week_word(first)
                || first.is("w") && self.tight(at).is_some())
        {
            at = index;
            Separator::Gap
        } else {
            return None;
        };
        // "Week 12 & week 13", "#63, #64", "W01 to W03".
        let prefixed = self.get(at).is_some_and(|token| {
            is_week_word(token) && !style.words && !style.episodes
                || token.is("w") && self.tight(at + 1).is_some()
        });
        at += usize::from(prefixed);
        let hash = self.get(at).is_some_and(is_hash);
        Some((separator, at + usize::from(hash), hash))
    }
}

/// Adds the numbers up to `to`, those between the last one and `from` left out; past the last week of a year begins the
/// next.
pub(super) fn add(numbers: &mut Vec<u32>, from: u32, to: u32, weeks_in_year: u32) {
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

/// `545` and `7` with its one digit make `547`.
fn complete(last: u32, short: u32, digits: usize) -> u32 {
    let scale = u32::try_from(digits)
        .ok()
        .and_then(|digits| 10_u32.checked_pow(digits))
        .unwrap_or(u32::MAX);
    last / scale * scale + short
}
