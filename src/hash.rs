//! A hasher for the many look-ups of short texts: labels, keys, names, hosts.
//!
//! The standard library's hasher withstands an adversary and pays for it with every look-up. What is counted here comes
//! out of one's own archive; a file made to collide makes its own run slow. The hash is that of Firefox and rustc: each
//! eight bytes are mixed in by a rotation, an exclusive or and a multiplication.

use crate::source::Text;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// A map that hashes its keys quickly.
pub type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<QuickHasher>>;

/// A set that hashes its members quickly.
pub type QuickSet<K> = HashSet<K, BuildHasherDefault<QuickHasher>>;

/// How often each text was met.
pub type Counts = QuickMap<Text, usize>;

/// Counts `text` once more.
pub fn count(counts: &mut Counts, text: &str) {
    match counts.get_mut(text) {
        Some(held) => *held += 1,
        None => {
            counts.insert(text.into(), 1);
        }
    }
}

/// The hash of a text; the same in every run.
pub fn of(text: &str) -> u64 {
    let mut hasher = QuickHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

/// What each step multiplies by: the digits of pi, odd.
const MULTIPLIER: u64 = 0x517c_c1b7_2722_0a95;

/// See the module.
#[derive(Debug, Clone, Copy, Default)]
pub struct QuickHasher(u64);

impl QuickHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(MULTIPLIER);
    }
}

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let last = rest
                .iter()
                .fold(0, |last, byte| last << 8 | u64::from(*byte));
            self.mix(last);
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    fn write_u32(&mut self, number: u32) {
        self.mix(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }

    fn finish(&self) -> u64 {
        // A multiplication leaves the best bits at the top, and tables look at the lowest ones, too.
        (self.0 ^ self.0 >> 32)
            .wrapping_mul(MULTIPLIER)
            .rotate_left(26)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_much_alike_have_different_hashes() {
        let texts = (0..100_000).map(|number| format!("week-{number}"));
        let low_bits: QuickSet<u64> = texts.map(|text| of(&text) % (1 << 20)).collect();
        assert!(low_bits.len() > 90_000, "{}", low_bits.len());
        assert_ne!(of("ab"), of("ab\0"));
        assert_ne!(of("abcdefgh"), of("abcdefg"));
    }

    #[test]
    fn counts_are_kept_by_text() {
        let mut counts = Counts::default();
        for text in ["a", "b", "a"] {
            count(&mut counts, text);
        }
        assert_eq!((counts.get("a"), counts.get("b")), (Some(&2), Some(&1)));
    }
}
