//! Names among which the one that was meant by a misspelt one is looked for.
//!
//! To compare a name with all others costs time that grows with both: four thousand dead links in an archive of four
//! thousand notes are sixteen million comparisons. So, where there are many names, only some are candidates: all that
//! differ in one letter (by an index of what is left of each name without one of its letters, as SymSpell has it), and
//! the neighbours in the alphabet, for longer slips behind the same beginning.

use crate::hash::{self, QuickMap};
use crate::source::Text;
use std::borrow::Cow;

/// How many names are all candidates.
const FEW: usize = 32;

/// How many neighbours in the alphabet are candidates, on either side.
const NEIGHBOURS: usize = 8;

/// How many names that differ in one letter are candidates.
const MOST_ALIKE: usize = 32;

/// Longer names, in bytes, are found among their neighbours alone: an index of them would grow with the square of their
/// length.
const LONGEST: usize = 64;

/// Longer words, in bytes, are not compared: it takes time with the product of their lengths, and they are no words.
pub const LONGEST_WORD: usize = 128;

/// How many misspelt names of one document are looked for: with more of them something else is wrong than their spelling.
pub const MOST_SOUGHT: usize = 32;

/// Names, to be searched for one that is misspelt.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The names as they are compared, each with its index in what was given, in order.
    sorted: Vec<(String, u32)>,
    /// Indices in `sorted`, by the hash of the name and of what is left of it without one of its letters.
    alike: QuickMap<u64, Vec<u32>>,
}

impl Names {
    /// Names as they are compared: folded or without what does not count.
    pub fn new(names: impl Iterator<Item = String>) -> Self {
        let mut sorted: Vec<(String, u32)> = names.zip(0..).collect();
        sorted.sort_unstable();
        let mut alike: QuickMap<u64, Vec<u32>> = QuickMap::default();
        if sorted.len() > FEW {
            for ((name, _), index) in sorted.iter().zip(0..) {
                for part in parts(name) {
                    let same = alike.entry(hash::of(&part)).or_default();
                    if same.len() < MOST_ALIKE && same.last() != Some(&index) {
                        same.push(index);
                    }
                }
            }
        }
        Names { sorted, alike }
    }

    /// The candidates for `name`, itself included: their indices in what was given, in order.
    pub fn near(&self, name: &str) -> Vec<usize> {
        if name.len() > LONGEST_WORD {
            return Vec::new();
        }
        let mut found: Vec<usize> = if self.sorted.len() <= FEW {
            (0..self.sorted.len()).collect()
        } else {
            let at = self.sorted.partition_point(|(other, _)| **other < *name);
            let neighbours = at.saturating_sub(NEIGHBOURS)..at + NEIGHBOURS;
            let parts = parts(name);
            let alike = parts.filter_map(|part| self.alike.get(&hash::of(&part)));
            let alike = alike.flatten().map(|index| *index as usize);
            alike.take(MOST_ALIKE).chain(neighbours).collect()
        };
        let given = found.iter().filter_map(|index| self.sorted.get(*index));
        found = given.map(|(_, given)| *given as usize).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Words, to be searched for the one that another word is a slip of.
#[derive(Debug, Clone, Default)]
pub struct Words {
    words: Vec<Text>,
    names: Names,
}

impl Words {
    /// Words, each of them once.
    pub fn new(words: Vec<Text>) -> Self {
        let names = Names::new(words.iter().map(|word| folded(word)));
        Words { words, names }
    }

    /// The words that `word` may be a slip of, in their order: all of few, and of many those that resemble it.
    pub fn near(&self, word: &str) -> impl Iterator<Item = &Text> {
        let near = self.names.near(&folded(word)).into_iter();
        near.filter_map(|at| self.words.get(at))
    }
}

/// A word without what is often written in another way: the case of its letters, and what joins its parts.
pub fn folded(word: &str) -> String {
    let letters = word.chars().filter(|one| !matches!(one, '-' | '_' | ' '));
    letters.flat_map(char::to_lowercase).collect()
}

/// The letters and digits of a name or label, which are what counts where two of them are compared.
pub fn letters(name: &str) -> String {
    name.chars().filter(|one| one.is_alphanumeric()).collect()
}

/// The same in lower case.
pub fn lower_letters(name: &str) -> String {
    if name.is_ascii() {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        return letters
            .map(|letter| char::from(letter.to_ascii_lowercase()))
            .collect();
    }
    let letters = name.chars().filter(|one| one.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// A name, and what is left of it without each one of its letters.
fn parts(name: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let letters = name.char_indices().filter(|_| name.len() <= LONGEST);
    let shortened = letters.filter_map(move |(at, letter)| {
        let (before, after) = name.split_at_checked(at)?;
        Some(Cow::Owned(
            [before, after.get(letter.len_utf8()..)?].concat(),
        ))
    });
    std::iter::once(Cow::Borrowed(name)).chain(shortened)
}

#[cfg(test)]
mod tests;
