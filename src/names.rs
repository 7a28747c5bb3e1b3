//! How far names are apart, and which of many a misspelt one was meant for.
//!
//! To compare a name with all others costs time that grows with both: four thousand dead links in an archive of four
//! thousand notes are sixteen million comparisons. So, where there are many names, only some are candidates: all that
//! differ in one letter (by an index of what is left of each name without one of its letters, as SymSpell has it), and
//! for longer slips the neighbours in the alphabet, behind the same beginning or before the same end.

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

/// How far two names are apart of which one may be a slip of the other: the lower, the closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Distance {
    /// Whether their digits differ: `pr-2402` and `pr-2403` may be two things.
    pub digits_differ: bool,
    /// How many letters and digits differ, whatever their case and what stands between them.
    pub edits: usize,
}

impl Distance {
    /// How far `one` and `other` are apart, if so little that one may be a slip of the other.
    pub fn of(one: &str, other: &str) -> Option<Self> {
        // The few separators of a name cannot make up for a greater difference.
        if one.len().abs_diff(other.len()) > 8 {
            return None;
        }
        Self::of_letters(&lower_letters(one), &lower_letters(other))
    }

    /// The same of names without all that does not count.
    fn of_letters(one: &str, other: &str) -> Option<Self> {
        let most = match one.len().max(other.len()) {
            0 => return None,
            1..=2 => 0,
            3..=5 => 1,
            6..=9 => 2,
            _ => 3,
        };
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>();
        let edits = edits(one, other);
        (edits <= most).then(|| Distance {
            digits_differ: digits(one) != digits(other),
            edits,
        })
    }

    /// Whether letters and digits are the same: `solid_fund` and `Solid Fund`.
    pub fn is_none(self) -> bool {
        self.edits == 0
    }
}

/// How many letters differ, two exchanged ones counting once; very many where the lengths tell that it is no slip.
pub fn edits(one: &str, other: &str) -> usize {
    if one.len().abs_diff(other.len()) > 3 || one.len().max(other.len()) > LONGEST_WORD {
        return usize::MAX;
    }
    strsim::osa_distance(one, other)
}

/// The nearest of several names.
#[derive(Debug, Clone, Copy)]
pub struct Nearest<T> {
    /// What was given with it.
    pub item: T,
    /// How far it is from the name that was asked for.
    pub distance: Distance,
    /// Whether no other name is as near.
    pub is_only: bool,
}

/// The first of those that are nearest to `name`, of which each is given with its name; `None` where none is near.
pub fn nearest<'n, T>(
    name: &str,
    others: impl Iterator<Item = (&'n str, T)>,
) -> Option<Nearest<T>> {
    let name = lower_letters(name);
    let mut best: Option<(String, Nearest<T>)> = None;
    for (other, item) in others {
        let other = lower_letters(other);
        let Some(distance) = Distance::of_letters(&name, &other) else {
            continue;
        };
        match &mut best {
            Some((_, held)) if distance > held.distance => {}
            Some((least, held)) if distance == held.distance => held.is_only &= *least == other,
            _ => {
                let is_only = true;
                let found = Nearest {
                    item,
                    distance,
                    is_only,
                };
                best = Some((other, found));
            }
        }
    }
    best.map(|(_, nearest)| nearest)
}

/// Names, to be searched for those that another is a slip of.
#[derive(Debug, Clone, Default)]
pub struct Names {
    names: Vec<Text>,
    /// The letters of the names, in order from the first on and from the last, each with its index in `names`.
    orders: [Vec<(String, u32)>; 2],
    /// Indices in `names`, by the hash of the letters and of what is left of them without one.
    alike: QuickMap<u64, Vec<u32>>,
}

impl Names {
    /// Of these names.
    pub fn new<N: Into<Text>>(names: impl IntoIterator<Item = N>) -> Self {
        let names: Vec<Text> = names.into_iter().map(N::into).collect();
        let mut index = Names {
            names,
            ..Names::default()
        };
        if index.names.len() <= FEW {
            return index;
        }
        for (name, at) in index.names.iter().map(|name| lower_letters(name)).zip(0..) {
            for part in parts(&name) {
                let same = index.alike.entry(hash::of(&part)).or_default();
                if same.len() < MOST_ALIKE && same.last() != Some(&at) {
                    same.push(at);
                }
            }
            let [forwards, backwards] = &mut index.orders;
            backwards.push((name.chars().rev().collect(), at));
            forwards.push((name, at));
        }
        index
            .orders
            .iter_mut()
            .for_each(|order| order.sort_unstable());
        index
    }

    /// The name at an index in what was given.
    pub fn get(&self, index: usize) -> Option<&str> {
        self.names.get(index).map(|name| &**name)
    }

    /// The candidates for `name`, itself included, with their indices in what was given, in order: all of few, and of many
    /// those that resemble it.
    pub fn near(&self, name: &str) -> impl Iterator<Item = (&str, usize)> {
        let mut found: Vec<u32> = Vec::new();
        if self.names.len() <= FEW {
            found.extend((0..).take(self.names.len()));
        } else if name.len() <= LONGEST_WORD {
            let name = lower_letters(name);
            let alike = parts(&name).filter_map(|part| self.alike.get(&hash::of(&part)));
            found.extend(alike.flatten().take(MOST_ALIKE));
            let backwards = name.chars().rev().collect();
            for (order, name) in self.orders.iter().zip([name, backwards]) {
                let at = order.partition_point(|(other, _)| *other < name);
                let neighbours = order.iter().skip(at.saturating_sub(NEIGHBOURS));
                found.extend(neighbours.take(2 * NEIGHBOURS).map(|(_, index)| index));
            }
            found.sort_unstable();
            found.dedup();
        }
        let found = found.into_iter().map(|index| index as usize);
        found.filter_map(|index| Some((&**self.names.get(index)?, index)))
    }

    /// The one that `name` is a slip of, see [`nearest`]: its index in what was given.
    pub fn nearest(&self, name: &str) -> Option<Nearest<usize>> {
        nearest(name, self.near(name))
    }
}

/// The letters and digits of a name, in lower case: what counts where two of them are compared.
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
