//! The English names of months and of the days of the week: in full, with their first three letters, or in one of the
//! other customary short forms (`Sept`, `Tues`, `Weds`, `Thur`, `Thurs`).

use super::tokens::{Kind, Token};
use jiff::civil::Weekday;

/// How names are recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// In any case, for titles and file names.
    AnyCase,
    /// As in the middle of a sentence.
    Prose,
}

/// The months; the first three letters tell them apart.
const MONTHS: &str =
    "january february march april may june july august september october november december";

/// The days of the week, likewise.
const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday";

/// The customary forms between three letters and the full name.
const SHORT_FORMS: &str = "sept tues weds thur thurs";

/// Index of the name out of `list` that `token` is, in full or in short; `keys` are the names' first three letters.
fn name(token: Token, keys: &str, list: &str, names: Names) -> Option<usize> {
    let len = token.text.len();
    let letters = token.text.as_bytes().first_chunk::<3>()?;
    if token.kind != Kind::Word || len > 9 {
        return None;
    }
    let letters = letters.map(|letter| letter.to_ascii_lowercase());
    let index = keys
        .as_bytes()
        .chunks_exact(3)
        .position(|key| key == letters)?;
    let name = list.split(' ').nth(index)?;
    let capital = token.text.starts_with(|c: char| c.is_ascii_uppercase());
    let unmistakable = len >= 6 || matches!(token.text, "april" | "june" | "july");
    let written = len == 3 || token.is(name) || token.is_any(SHORT_FORMS);
    (written && (names == Names::AnyCase || capital || unmistakable)).then_some(index)
}

/// The month that a word names, from 1.
pub(super) fn month(token: Token, names: Names) -> Option<i8> {
    let index = name(token, "janfebmaraprmayjunjulaugsepoctnovdec", MONTHS, names)?;
    i8::try_from(index + 1).ok()
}

/// The day of the week that a word names.
pub(super) fn weekday(token: Token, names: Names) -> Option<Weekday> {
    let index = name(token, "montuewedthufrisatsun", DAYS, names)?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}
