//! Lists of words that are known, written as one text with spaces between them, and what looks words up in them.

use crate::hash::QuickMap;
use crate::source::Text;
use std::sync::OnceLock;

/// A list of words in lower case, which is indexed when it is first asked.
#[derive(Debug)]
pub struct WordList {
    words: &'static str,
    index: OnceLock<Index>,
}

#[derive(Debug, Default)]
struct Index {
    places: QuickMap<&'static str, usize>,
    /// The marks of all words, so that nearly every other word is known for none of them at a glance.
    marks: [u64; 4],
}

impl Index {
    fn of(list: &WordList) -> Self {
        let mut index = Index::default();
        for (word, place) in list.iter().zip(0..) {
            index.places.insert(word, place);
            let (at, bit) = mark(word.as_bytes());
            if let Some(marks) = index.marks.get_mut(at) {
                *marks |= bit;
            }
        }
        index
    }

    /// Whether the word may be one of them; of a word that is not ASCII nothing is known.
    fn may_have(&self, word: &str) -> bool {
        let (at, bit) = mark(word.as_bytes());
        let is_marked = self.marks.get(at).is_some_and(|marks| marks & bit != 0);
        is_marked || !word.is_ascii()
    }
}

/// The mark of a word, one of 256, by its length and its first and last letters in any case.
fn mark(word: &[u8]) -> (usize, u64) {
    let letter = |byte: Option<&u8>| usize::from(byte.map_or(0, |byte| byte & 0x1f));
    let sum = letter(word.first()) * 5 + letter(word.last()) * 17 + word.len() * 37;
    (sum / 64 % 4, 1 << (sum % 64))
}

impl WordList {
    /// The words of `words`, which are separated by white space.
    pub const fn new(words: &'static str) -> Self {
        WordList {
            words,
            index: OnceLock::new(),
        }
    }

    /// The words, in order.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.words.split_ascii_whitespace()
    }

    /// Which of the words `word` is, from 0, in any case.
    pub fn place(&self, word: &str) -> Option<usize> {
        let index = self.index.get_or_init(|| Index::of(self));
        let may_be = word.len() <= LONGEST && index.may_have(word);
        let place = may_be.then(|| index.places.get(&*lowercase(word)));
        place.flatten().copied()
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
