//! Whether a word is another one, misspelt. Two words that differ in number (`tag`, `tags`), in a digit (`part-1`,
//! `part-2`) or in a single letter of a short word (`book`, `look`) are different words.

use crate::archive::Archive;
use crate::archive::conventions::{ENOUGH, Kind};
use crate::diagnostic::DocumentId;
use crate::document::Document;
use crate::document::metadata::Entry;
use crate::names::{LONGEST_WORD, folded};

/// The key that almost surely was meant by `entry`'s: one that many files have and this one lacks, where `entry`'s is
/// found nearly nowhere else.
pub(super) fn key_meant<'a>(
    archive: &'a Archive,
    id: DocumentId,
    document: &Document,
    entry: &Entry,
) -> Option<&'a str> {
    let all = &archive.conventions;
    let own = all.files_with(&entry.key);
    if own > 1 && own * 100 >= all.files {
        return None;
    }
    let here = archive
        .collection(id)
        .map(|collection| &collection.conventions);
    let here = here.filter(|here| here.files >= ENOUGH).unwrap_or(all);
    let kind = Kind::of(&entry.value);
    let near = archive.frequent_keys().near(&entry.key).filter_map(|key| {
        let facts = all.keys.get(key)?;
        let distance = if is_same_but_for_case(&entry.key, key) {
            0
        } else {
            let common = here.files_with(key) * 2 >= here.files;
            let same_kind = kind == Kind::Nothing || facts.kinds.contains_key(&kind);
            edits(&entry.key, key).filter(|_| common && same_kind)?
        };
        let lacks = facts.files >= ENOUGH.max(own * ENOUGH) && document.metadata.get(key).is_none();
        lacks.then_some((distance, &**key))
    });
    near.min().map(|(_, key)| key)
}

/// Whether two words are equal but for case, `-`, `_` and blanks.
pub(super) fn is_same_but_for_case(one: &str, other: &str) -> bool {
    one.len().abs_diff(other.len()) <= 4 && folded(one) == folded(other)
}

/// The edits that make `word` out of `known`, where they are so few that one is surely the other, misspelt.
pub(super) fn edits(word: &str, known: &str) -> Option<usize> {
    let letters = word.chars().count().min(known.chars().count());
    (!is_plural(word, known)).then(|| edits_of(letters, word, known))?
}

/// The edits that make one word out of the other, where they are few for a word of so many letters.
pub(super) fn edits_of(letters: usize, word: &str, known: &str) -> Option<usize> {
    let shorter = word.len().min(known.len());
    if !(4..=LONGEST_WORD).contains(&shorter) || word.len().abs_diff(known.len()) > 2 {
        return None;
    }
    let digits = |word: &str| -> String { word.chars().filter(char::is_ascii_digit).collect() };
    if digits(word) != digits(known) {
        return None;
    }
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    match strsim::damerau_levenshtein(word, known) {
        1 if letters >= 6 || sorted(word) == sorted(known) => Some(1),
        2 if letters >= 9 => Some(2),
        _ => None,
    }
}

/// Whether one word is the other's plural.
pub(super) fn is_plural(word: &str, known: &str) -> bool {
    let of = |long: &str, short: &str| {
        let ies = long.strip_suffix("ies").zip(short.strip_suffix('y'));
        ["s", "es"]
            .iter()
            .any(|end| long.strip_suffix(end) == Some(short))
            || ies.is_some_and(|(one, other)| one == other)
    };
    of(word, known) || of(known, word)
}

#[cfg(test)]
mod tests;
