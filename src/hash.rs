//! Quick look-ups of short texts: labels, keys, names, hosts.
//!
//! The standard library's hasher withstands an adversary, and every look-up pays for that. What we count here comes
//! from the author's own archive; a file made to collide only slows that archive's run.

use crate::source::Text;
use foldhash::fast::FixedState;
use foldhash::quality::RandomState;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;
use std::sync::LazyLock;

/// A map that hashes its keys quickly.
pub type QuickMap<K, V> = HashMap<K, V, FixedState>;

/// A set that hashes its members quickly.
pub type QuickSet<K> = HashSet<K, FixedState>;

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
    FixedState::default().hash_one(text)
}

/// What tells one content of a file from another, in this run: nobody can make two that have the same.
pub fn digest(content: &[u8]) -> u64 {
    static STATE: LazyLock<RandomState> = LazyLock::new(RandomState::default);
    STATE.hash_one(content)
}

#[cfg(test)]
mod tests;
