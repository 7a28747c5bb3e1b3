//! How far apart names are, and which of many a misspelt one means.
//!
//! Comparing a name with all others costs time that grows with both: four thousand dead links in an archive of four
//! thousand notes are sixteen million comparisons. So where there are many names, only some are candidates: all that
//! differ in one letter (found by an index of each name without one of its letters, as in SymSpell), and for larger
//! mistakes the neighbours in the alphabet, with the same beginning or the same end.

use crate::source::Text;
use std::sync::OnceLock;

/// How many names are all candidates.
const FEW: usize = 32;

/// How many neighbours in the alphabet are candidates, on either side.
const NEIGHBOURS: usize = 8;

/// How many names that differ in one letter are candidates.
const MOST_ALIKE: usize = 32;

/// Longer names, in bytes, are found among their neighbours alone: an index of them would grow with the square of their
/// length.
const LONGEST: usize = 100;

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
        let edits = edits(one, other);
        (edits <= most).then(|| Distance {
            digits_differ: digits_differ(one, other),
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
    // Most names are apart by their ends or in one place.
    let (one, other) = differing(one, other);
    strsim::osa_distance(one, other)
}

/// Two texts without what they begin and end with alike.
pub fn differing<'t>(one: &'t str, other: &'t str) -> (&'t str, &'t str) {
    let same = |(one, other): &(char, char)| one == other;
    let begin = one.chars().zip(other.chars()).take_while(same);
    let begin: usize = begin.map(|(letter, _)| letter.len_utf8()).sum();
    let rest = |text: &'t str| text.get(begin..).unwrap_or(text);
    let (one, other) = (rest(one), rest(other));
    let end = one.chars().rev().zip(other.chars().rev()).take_while(same);
    let end: usize = end.map(|(letter, _)| letter.len_utf8()).sum();
    let rest = |text: &'t str| text.get(..text.len() - end).unwrap_or(text);
    (rest(one), rest(other))
}

/// Whether two names have other digits, or in another order.
pub fn digits_differ(one: &str, other: &str) -> bool {
    let is_digit = u8::is_ascii_digit;
    one.bytes()
        .filter(is_digit)
        .ne(other.bytes().filter(is_digit))
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
    /// The hashes of the letters of each name and of what is left of them without one, with its index in `names`, in order.
    alike: Vec<(u64, u32)>,
    /// The letters of the names, in order from the first on and from the last, each with its index in `names`.
    orders: OnceLock<[Vec<(String, u32)>; 2]>,
}

impl Names {
    /// Of these names.
    pub fn new<N: Into<Text>>(names: impl IntoIterator<Item = N>) -> Self {
        let names: Vec<Text> = names.into_iter().map(N::into).collect();
        let mut alike = Vec::new();
        if names.len() > FEW {
            for (name, at) in names.iter().zip(0..) {
                alike.extend(parts(&lower_letters(name)).map(|part| (part, at)));
            }
            alike.sort_unstable();
            alike.dedup();
        }
        Names {
            names,
            alike,
            orders: OnceLock::new(),
        }
    }

    /// The name at an index in what was given.
    pub fn get(&self, index: usize) -> Option<&str> {
        self.names.get(index).map(|name| &**name)
    }

    /// Names of which those that differ from `name` in one letter are some, with their indices in what was given, in order:
    /// all of few.
    pub fn alike(&self, name: &str) -> impl Iterator<Item = (&str, usize)> {
        self.found(self.indices_alike(&lower_letters(name)))
    }

    /// The candidates for `name`, itself included, with their indices in what was given, in order: all of few, and of many
    /// those that resemble it.
    pub fn near(&self, name: &str) -> impl Iterator<Item = (&str, usize)> {
        let is_short = name.len() <= LONGEST_WORD || self.names.len() <= FEW;
        let name = lower_letters(if is_short { name } else { "" });
        let mut found = self.indices_alike(&name);
        if self.names.len() > FEW && !name.is_empty() {
            let backwards = name.chars().rev().collect();
            let orders = self.orders.get_or_init(|| self.in_order());
            for (order, name) in orders.iter().zip([name, backwards]) {
                let at = order.partition_point(|(other, _)| *other < name);
                let neighbours = order.iter().skip(at.saturating_sub(NEIGHBOURS));
                found.extend(neighbours.take(2 * NEIGHBOURS).map(|(_, index)| index));
            }
        }
        self.found(found)
    }

    fn indices_alike(&self, letters: &str) -> Vec<u32> {
        if self.names.len() <= FEW {
            return (0..).take(self.names.len()).collect();
        }
        let alike = parts(letters).flat_map(|part| {
            let from = self.alike.partition_point(|(other, _)| *other < part);
            let same = self.alike.iter().skip(from);
            same.take_while(move |(other, _)| *other == part)
        });
        alike.map(|(_, index)| *index).take(MOST_ALIKE).collect()
    }

    fn in_order(&self) -> [Vec<(String, u32)>; 2] {
        let forwards = self.names.iter().map(|name| lower_letters(name));
        let mut forwards: Vec<(String, u32)> = forwards.zip(0..).collect();
        let backwards = forwards.iter();
        let backwards = backwards.map(|(name, at)| (name.chars().rev().collect(), *at));
        let mut backwards: Vec<(String, u32)> = backwards.collect();
        forwards.sort_unstable();
        backwards.sort_unstable();
        [forwards, backwards]
    }

    fn found(&self, mut indices: Vec<u32>) -> impl Iterator<Item = (&str, usize)> {
        indices.sort_unstable();
        indices.dedup();
        let indices = indices.into_iter().map(|index| index as usize);
        indices.filter_map(|index| Some((self.get(index)?, index)))
    }

    /// The one that `name` is a slip of, see [`nearest`]: its index in what was given.
    pub fn nearest(&self, name: &str) -> Option<Nearest<usize>> {
        nearest(name, self.near(name))
    }
}

/// A text with a capital at its beginning.
pub fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
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

/// The hash of a name, and those of what is left of it without each one of its letters.
fn parts(name: &str) -> impl Iterator<Item = u64> {
    /// Any large odd number.
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let letters = || name.chars().map(|letter| u64::from(u32::from(letter)));
    let hash = |text: &str| {
        let add = |hash: u64, letter| {
            hash.wrapping_mul(BASE)
                .wrapping_add(u64::from(u32::from(letter)))
        };
        text.chars().rfold(0, add)
    };
    let mut after_first = name.chars();
    after_first.next();
    // Each letter counts with a power of the base, so that the next part is known by the letter that comes back.
    let left = letters().zip(letters().skip(1).chain([0]));
    let left = left.scan(
        (hash(after_first.as_str()), 1),
        |(part, power): &mut (u64, u64), (letter, next)| {
            let found = *part;
            *part = part.wrapping_add(letter.wrapping_sub(next).wrapping_mul(*power));
            *power = power.wrapping_mul(BASE);
            Some(found)
        },
    );
    let is_short = name.len() <= LONGEST;
    std::iter::once(hash(name)).chain(left.take(if is_short { LONGEST } else { 0 }))
}

#[cfg(test)]
mod tests;
