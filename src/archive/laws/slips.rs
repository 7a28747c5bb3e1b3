//! What counts as a typing mistake.

use crate::archive::permalinks::pattern;
use crate::names::{edits, lower_letters};
use crate::source::Text;
use crate::word_list::lowercase;
use jiff::civil::Date;

/// Letters and digits in lower case, with one `-` for whatever stands between.
pub(super) fn slug(text: &str) -> Text {
    let is_kept = |letter: char| letter.is_alphanumeric() || letter == '_';
    let lower = lowercase(text);
    match lower.chars().all(is_kept) {
        true => lower,
        false => pattern::slug(&lower, is_kept).into(),
    }
}

/// Whether `written` is a near miss of `meant`: one slip, but no plural and no other case.
pub(in crate::archive) fn is_slip(written: &str, meant: &str) -> bool {
    let near = edits(written, meant);
    let length = meant.chars().count();
    let plain = |word: &str| word.trim_end_matches('s').to_owned();
    let is_near = near == 1 && length >= 4 || near == 2 && length >= 9;
    let stripped = || {
        let mut letters = written.chars();
        let last = letters.next_back();
        last.is_some_and(|last| !last.is_alphanumeric() && last != '_') && letters.as_str() == meant
    };
    is_near && plain(written) != plain(meant) && slug(written) != slug(meant)
        || !meant.is_empty() && stripped()
}

/// The same for keys, which may differ in case alone, or in what joins their words.
pub(crate) fn is_key_slip(written: &str, meant: &str) -> bool {
    written != meant && lower_letters(written) == lower_letters(meant) || is_slip(written, meant)
}

/// Whether two letters are exchanged, and nothing else differs.
pub(super) fn is_exchange(written: &str, meant: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    meant.chars().count() >= 4 && edits(written, meant) == 1 && sorted(written) == sorted(meant)
}

/// Whether one day looks like another, mistyped: of another year or month, or with one wrong digit.
pub(super) fn is_day_slip(wrong: Date, right: Date) -> bool {
    let apart =
        crate::week::calendar::day_number(wrong).abs_diff(crate::week::calendar::day_number(right));
    let same_day = wrong.day() == right.day();
    apart >= 27 && same_day && wrong.month() == right.month()
        || same_day && wrong.year() == right.year() && wrong.month() != right.month()
        || apart >= 4 && edits(&wrong.to_string(), &right.to_string()) == 1
}
