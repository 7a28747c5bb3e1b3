//! Misspelt names of months: `Ocotber 9, 2021`.

use super::place::Cursor;
use super::{Stated, Statement};
use crate::names::edits;
use crate::source::Span;
use crate::week::names::month_in_any_language;
use crate::week::words::last_word;
use crate::word_list::is_any;

/// The names that are long enough for a slip to be told from another word.
const NAMES: &str = "January February March April August September October November December";

/// The same in other languages, in lower case.
const ABROAD: &str = "april september november december januar februar oktober dezember janvier février avril juillet septembre octobre novembre décembre \
                      enero febrero marzo abril junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio \
                      giugno luglio settembre ottobre dicembre janeiro fevereiro março junho julho setembro outubro novembro \
                      dezembro januari februari maart augustus augusti desember ionawr chwefror mawrth ebrill mehefin \
                      gorffennaf hydref tachwedd rhagfyr";

/// Words and names that are one letter off a month.
const OTHER_WORDS: &str = "match marsh larch parch marc marco marcy arch augusta augusto avril";

/// The first misspelt month of a full date, "Ocotber 9, 2021" or "11 Setpember 2023", and the name that is meant.
///
/// The word has 4 to 10 letters; an English one has a capital. Longer names may be two edits off, if the first letter is
/// right. `said` is what the text states: the number of the day among it, since no month is known beside that.
pub fn misspelt_month(text: &str, said: &[Statement]) -> Option<(Span, &'static str)> {
    let is_number = |said: &&Statement| matches!(said.stated, Stated::Number(..));
    said.iter().find(is_number)?;
    let text = super::head(text);
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let start = at + rest.bytes().position(|byte| byte.is_ascii_digit())?;
        let mut cursor = Cursor { text, at: start };
        let digits = cursor.digits()?;
        at = cursor.at;
        if digits.len() > 2 {
            continue;
        }
        let behind = day_behind(text, start).filter(|word| word.starts_with(char::is_uppercase));
        let word = behind.or_else(|| day_before(cursor));
        if let Some(word) = word
            && let Some(name) = name_meant(word)
        {
            return Some((Span::of_slice(word, text), name));
        }
    }
}

/// The word of "Ocotber 9, 2021", with the number at `start`.
fn day_behind(text: &str, start: usize) -> Option<&str> {
    let before = text.get(..start)?;
    let stem = before.trim_end();
    if stem.len() == before.len() {
        return None;
    }
    let word = last_word(stem);
    let free = |c: char| !(c.is_alphanumeric() || c == '_');
    let before = stem.strip_suffix(word)?;
    let mut cursor = Cursor { text, at: start };
    cursor.digits()?;
    ordinal(&mut cursor)?;
    cursor.mark(",");
    let year = cursor.space() && cursor.year_number().is_some();
    let alone = before.is_empty() || before.ends_with(free);
    (alone && year && !word.is_empty()).then_some(word)
}

/// The word of "11 Setpember 2023"; the cursor is behind the number.
fn day_before<'t>(mut cursor: Cursor<'t>) -> Option<&'t str> {
    ordinal(&mut cursor)?;
    cursor.mark(".");
    if !cursor.space() {
        return None;
    }
    if cursor.word_of("of de d'") {
        cursor.space();
    }
    let word = cursor.word()?;
    if cursor.space() && cursor.word_of("de del") {
        return (cursor.space() && cursor.year_number().is_some()).then_some(word);
    }
    cursor.mark(",");
    cursor.space();
    cursor.year_number().is_some().then_some(word)
}

/// Reads an ordinal ending; `None` if other letters are there.
fn ordinal(cursor: &mut Cursor) -> Option<()> {
    match cursor.word() {
        Some(ending) => is_any(ending, "st nd rd th").then_some(()),
        None => Some(()),
    }
}

/// The name of a month that a word is nearly.
fn name_meant(word: &str) -> Option<&'static str> {
    let length = word.chars().count();
    if !(4..=10).contains(&length)
        || !word.chars().skip(1).all(char::is_lowercase)
        || is_any(word, OTHER_WORDS)
        || month_in_any_language(word).is_some()
    {
        return None;
    }
    let lower = word.to_lowercase();
    let edits = |name: &&str| {
        let right_start = lower.chars().next() == name.to_lowercase().chars().next();
        let most = if name.len() > 6 && right_start { 2 } else { 1 };
        let edits = edits(&lower, &name.to_lowercase());
        (edits <= most).then_some(edits)
    };
    // English names have a capital; of others, "mars" and "agost" may be any word but in a date.
    let is_capital = word.starts_with(char::is_uppercase);
    let english = NAMES.split(' ').filter(|_| is_capital);
    let abroad = ABROAD.split_whitespace().filter(|name| name.len() > 4);
    let near = english.chain(abroad).filter(|name| edits(name).is_some());
    near.min_by_key(|name| edits(name))
}
