//! Runs of numbers: "853 & 854", "520 to 524", "545-7", "#63, #64, #65", "W01 to W03".
//!
//! ```text
//! run       = number {separator [prefix] number}
//! prefix    = "#" | "W" | "week"
//! separator = "," | ", and" | "and" | "&" | "+" | "/"              the numbers themselves
//!           | "-" | "–" | "to" | "until" | "till" | "through"      all from one to the other
//!           | whitespace or "-" in a file's stem                  the same
//! ```
//!
//! A run ascends, or goes on after the last week of a year: "52 & 1", "51 to 02". After "weeks", a run that descends is
//! read as a mistake (`weeks 15-12`); anywhere else the second number is something else ("Week 34 and 5 pies").

use super::Claim;
use super::calendar::weeks_in_iso_year;
use super::claim::Reader;
use super::statements::{Stated, as_year};
use super::words::{self, first_word, is_week_word, last_word};
use crate::source::Span;
use crate::word_list::is_any;

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
    /// The year before it.
    pub(super) year: Option<i16>,
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
    /// Whitespace of a stem.
    Gap,
}

/// A number of a run, and what joins it to the one before.
struct Part<'t> {
    value: u32,
    digits: &'t str,
    year: Option<i16>,
    span: Span,
    /// The separator before it, and whether it has a `#` of its own.
    joint: Option<(Separator, bool)>,
}

impl<'t> Reader<'t> {
    /// The number that the statement `at` may add to a run.
    fn part(&self, at: usize, style: Style) -> Option<Part<'t>> {
        let said = self.said.get(at)?;
        let text = said.span.of(self.text);
        let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = text.strip_prefix(before)?;
        let (value, year) = match said.stated {
            // A stem's `31-5` is no 31 to 35.
            Stated::Number(..) if self.stem && !style.plural => (digits.parse().ok()?, None),
            Stated::Number(_, value) => (value, None),
            Stated::Week(year, week, _) => (u32::from(week), Some(year)),
            Stated::Episode(_, episode) => (episode, None),
            _ => return None,
        };
        Some(Part {
            value,
            digits,
            year,
            span: said.span,
            joint: self.joint(at),
        })
    }

    /// The run of numbers that begins with the statement `at`, and its place; `None` also where it is open what belongs to it.
    pub(super) fn run(&self, mut at: usize, style: Style) -> Option<(Vec<u32>, Span)> {
        let mut last = self.part(at, style)?;
        let (mut numbers, start) = (vec![last.value], last.span.start);
        while let Some(next) = self.part(at + 1, style)
            && let Some((separator, _)) = next.joint
        {
            let descends = next.value < last.value && !turns(&last, &next, separator, style);
            // "Weeks 15-12", but "24-07" has rather a year in it.
            let is_other = match style.plural {
                true => next.digits.len() == last.digits.len() && numbers.len() == 1,
                false => next.digits.starts_with('0'),
            };
            if descends && is_other && separator.is_dash() {
                let span = Span { start, ..next.span };
                return style.plural.then(|| (vec![next.value, last.value], span));
            }
            let goes_on = match (last.year, next.year) {
                // "2023-W52 to 2024-W01"
                (Some(year), Some(later)) => later - year == i16::from(next.value < last.value),
                (None, Some(_)) => false,
                _ => !descends && self.goes_on(&numbers, &last, &next, style)?,
            };
            if !goes_on {
                break;
            }
            let through = separator.is_dash() || separator == Separator::SpacedDash;
            let from = if through { last.value } else { next.value };
            let weeks = last.year.map_or(52, weeks_in_iso_year);
            add(&mut numbers, from, next.value, u32::from(weeks));
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
        let is_part =
            tight.is_empty() || words::JOINING.has(tight) || tight.starts_with(words::is_ideograph);
        let is_whole = is_part && !words::UNITS.has(word);
        let followed = !word.is_empty() && !words::JOINING.has(word);
        let (separator, hash) = next.joint?;
        let step = next.value.checked_sub(last.value);
        Some(match (separator, step) {
            (Dash | Gap, Some(step)) if step > A_SEASON && !style.plural => return None,
            (Slash, Some(2..)) => false,
            _ if next.value.abs_diff(last.value) > LONGEST_RUN || !is_whole => false,
            (_, Some(0)) => false,
            _ if hash || style.hash || style.plural || !followed => true,
            // A word behind the number may be what it counts.
            (_, None) => false,
            (_, Some(1)) if numbers.len() > 1 => true,
            (Dash | Slash | To, _) | (And, Some(1)) => true,
            (Gap, _) | (Comma | SpacedDash, Some(1)) => return None,
            _ => false,
        })
    }

    /// What stands before the number at a statement, and whether that ends with `#`: "Week 12 & week 13", "#63, #64".
    fn joint(&self, at: usize) -> Option<(Separator, bool)> {
        let between = self.before(at);
        let spaced = between.starts_with(char::is_whitespace);
        let joint = between.trim();
        let bare = joint.trim_end_matches(words::is_hash).trim_end();
        let hash = bare.len() < joint.len();
        let word = last_word(bare);
        let before = self.said.get(at.checked_sub(1)?)?;
        let is_prefix = !matches!(before.stated, Stated::Episode(..))
            && (is_week_word(word) || is_any(word, "w"));
        let bare = bare
            .strip_suffix(word)
            .filter(|_| is_prefix)
            .unwrap_or(bare);
        let separator = match bare.trim_end() {
            "," | ", and" | ", &" => Separator::Comma,
            "&" | "+" | "and" => Separator::And,
            "/" => Separator::Slash,
            "-" | "_" if self.stem => Separator::Gap,
            "" if self.stem && spaced => Separator::Gap,
            "-" | "–" | "—" | "‑" | "−" if spaced => Separator::SpacedDash,
            "-" | "–" | "—" | "‑" | "−" => Separator::Dash,
            word if words::JOINING.has(word) => Separator::To,
            _ => return None,
        };
        Some((separator, hash))
    }

    /// The run at the statement `at` with what may follow it, as a claim that begins at the byte `from`.
    pub(super) fn numbered(&self, from: usize, at: usize, style: Style) -> Option<Claim> {
        let (numbers, run) = self.run(at, style)?;
        let (rest, end) = (self.behind(run), run.range().end);
        let tight = first_word(rest);
        // "12b", but not "12x", "24W07" and "5th"
        let is_letter = tight.len() == 1 && !is_any(tight, "x") && numbers.len() == 1;
        let is_other = tight.starts_with(char::is_alphabetic)
            && !is_letter
            && !words::JOINING.has(tight)
            && !tight.starts_with(words::is_ideograph);
        let rest = rest.get(usize::from(is_letter)..)?;
        // "KW 7/24", but "Week 7/52"
        let later = self.year_after(end);
        let part = rest.strip_prefix('/').unwrap_or("");
        let is_part = part.starts_with(|c: char| c.is_ascii_digit()) && !part.starts_with("52");
        if is_other || is_part && later.is_none() || is_counted(rest, style) {
            return None;
        }
        // Of "weeks 52 & 1 of 2024", the year may be that of either.
        let later = later.filter(|_| style.year.is_none());
        let year = later.map(|(year, _)| year).filter(|_| numbers.is_sorted());
        Some(Claim {
            numbers,
            year: style.year.or(year),
            named: true,
            span: Span::new(from, later.map_or(end, |(_, end)| end)),
            ..Claim::default()
        })
    }

    /// The year behind the byte `end`, and where it ends: "Week 12, 2026", "Week 12 ('26)", "week-12-2026".
    pub(super) fn year_after(&self, end: usize) -> Option<(i16, usize)> {
        let rest = self.text.get(end..)?.trim_start();
        let word = first_word(rest);
        let rest = match is_any(word, "of in de") {
            true => rest.strip_prefix(word)?,
            false => rest.trim_start_matches([',', '-', '–', '—', '/', '(', ':']),
        };
        let rest = rest.trim_start();
        let short = rest.strip_prefix(['\'', '’', '‘']);
        let digits = short.unwrap_or(rest);
        let len = digits.bytes().take_while(u8::is_ascii_digit).count();
        let start = self.text.len() - digits.len();
        let (digits, behind) = digits.split_at_checked(len)?;
        let year = match short {
            Some(_) => as_year(&format!("20{digits}")),
            None => as_year(digits),
        }?;
        // "#12: 2026-W01" goes on with another numbering.
        let mut said = self.said.iter().map(|one| one.span.range().start);
        let word = first_word(behind.trim_start());
        let closed = self.stem || word.is_empty() || words::JOINING.has(word);
        (closed && (short.is_some() || said.all(|at| at != start))).then_some((year, start + len))
    }
}

/// Whether what stands behind a number makes it a count ("5 days", "Weeknotes: 5 things"), or the first of a life's weeks
/// ("Week 1 of a new job").
pub(super) fn is_counted(rest: &str, style: Style) -> bool {
    let rest = rest.trim_start();
    let word = first_word(rest);
    let next = first_word(rest.strip_prefix(word).unwrap_or("").trim_start());
    !style.hash && (words::UNITS.has(word) || style.separated && !word.is_empty())
        || is_any(word, "of") && is_any(next, "a an")
}

impl Separator {
    /// Whether it is surely one between the first and the last of a run.
    fn is_dash(self) -> bool {
        matches!(self, Separator::Dash | Separator::To | Separator::Gap)
    }
}

/// Whether a run goes on from the last weeks of a year to the first ones of the next.
fn turns(last: &Part, next: &Part, separator: Separator, style: Style) -> bool {
    let open = matches!(separator, Separator::Comma | Separator::Gap);
    let dash = separator.is_dash();
    (50..=53).contains(&last.value)
        && (last.value >= 52 && next.value == 1 && (style.plural || !open)
            || dash && next.value <= 4 && next.digits.len() == last.digits.len())
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
