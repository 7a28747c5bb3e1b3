//! Lists of words that are known, written as one text with spaces between them, and what looks words up in them.

use crate::hash::QuickMap;
use crate::source::Text;
use std::sync::OnceLock;

/// A list of words in lower case, which is indexed when it is first asked.
#[derive(Debug)]
pub struct WordList {
    words: &'static str,
    places: OnceLock<QuickMap<&'static str, usize>>,
}

impl WordList {
    /// The words of `words`, which are separated by white space.
    pub const fn new(words: &'static str) -> Self {
        WordList {
            words,
            places: OnceLock::new(),
        }
    }

    /// The words, in order.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.words.split_ascii_whitespace()
    }

    /// Which of the words `word` is, from 0, in any case.
    pub fn place(&self, word: &str) -> Option<usize> {
        let indexed = || self.iter().zip(0..).collect();
        let may_be = !word.is_empty() && word.len() <= LONGEST;
        may_be.then(|| {
            let places = self.places.get_or_init(indexed);
            places.get(&*lowercase(word)).copied()
        })?
    }

    /// Whether `word` is one of the words, in any case.
    pub fn has(&self, word: &str) -> bool {
        self.place(word).is_some()
    }
}

/// No word of a list is longer, in bytes.
const LONGEST: usize = 48;

/// A word in lower case. Most words are ASCII, and short.
pub fn lowercase(word: &str) -> Text {
    let mut lower = Text::from(word);
    if word.is_ascii() {
        lower.make_ascii_lowercase();
        return lower;
    }
    Text::from_str_to_lowercase(word)
}

/// Whether `word` is one of `words`, which are few and separated by spaces, in any case of the letters of ASCII.
pub fn is_any(word: &str, words: &str) -> bool {
    let mut words = words.as_bytes().split(|byte| *byte == b' ');
    !word.is_empty() && words.any(|one| one.eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests;
