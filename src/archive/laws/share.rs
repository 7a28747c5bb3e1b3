//! How often something holds, and how sure that makes us.

use crate::hash::QuickMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::hash::Hash;

/// In how many of the rows that could be asked a law holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// How many keep it.
    pub with: u32,
    /// How many could be asked.
    pub of: u32,
}

impl Share {
    /// Counts.
    pub fn new(with: usize, of: usize) -> Self {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Share {
            with: count(with),
            of: count(of),
        }
    }

    /// How many do not keep it.
    pub fn without(self) -> u32 {
        self.of.saturating_sub(self.with)
    }

    /// The share that is certain: the lower end of the Wilson score interval (one-sided, 95 %), which counts small
    /// numbers honestly. 5 of 5 is 0.65, 19 of 20 is 0.80, 95 of 96 is 0.95.
    pub fn certainty(self) -> f64 {
        const Z: f64 = 1.64;
        if self.of == 0 {
            return 0.0;
        }
        let of = f64::from(self.of);
        let share = f64::from(self.with) / of;
        let middle = share + Z * Z / (2.0 * of);
        let half = Z * (share * (1.0 - share) / of + Z * Z / (4.0 * of * of)).sqrt();
        (middle - half) / (1.0 + Z * Z / of)
    }
}

/// How often each value comes.
pub fn counts<T: Ord + Hash>(values: impl IntoIterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts: QuickMap<T, usize> = QuickMap::default();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    // To collect a `BTreeMap` is to sort, in code of its own for each type.
    let mut in_order = BTreeMap::new();
    in_order.extend(counts);
    in_order
}

/// The commonest value with its count; of equally common ones the one that comes first.
pub fn mode<T: Eq + Hash>(values: impl Iterator<Item = T>) -> Option<(T, usize)> {
    let mut counts: QuickMap<T, (usize, usize)> = QuickMap::default();
    for (at, value) in values.enumerate() {
        counts.entry(value).or_insert((0, at)).0 += 1;
    }
    let most = counts.into_iter();
    let most = most.max_by_key(|(_, (count, at))| (*count, Reverse(*at)));
    most.map(|(value, (count, _))| (value, count))
}

/// How many files a habit must rest on where it is no law.
pub const ENOUGH: usize = 20;

/// Whether `with` of `of` files are almost all of them, so that the others are exceptions: at least 95 % of at least
/// [`ENOUGH`].
pub fn almost_always(with: usize, of: usize) -> bool {
    of >= ENOUGH && with * 100 >= of * 95
}

/// With how many rows the only one that lacks a key has missed it.
pub fn enough_for_presence() -> usize {
    let is_enough = |of: &usize| Share::new(of - 1, *of).certainty() >= needed::SINGLE;
    (1..usize::MAX).find(is_enough).unwrap_or(usize::MAX)
}

/// How certain a law must be before breaking it in a given way counts as a mistake: the odder the deviation, the less.
///
/// The levels were measured on archives of real authors; a finding needs the certainty of the law that it rests on, or of
/// several laws together, to reach its level.
pub mod needed {
    /// Two weeks or days in full that lie a year apart, and nothing else that does.
    pub const OTHER_YEAR: f64 = 0.25;
    /// An address that no page has, or one of three, among those that the site's own configuration gives to pages: two of
    /// them are enough for one.
    pub const SAID: f64 = 0.25;
    /// A folder that relative destinations are seen from, beside that of their own file.
    pub const FOLDER: f64 = 0.25;
    /// Two letters exchanged in a word that is seen five times as often.
    pub const EXCHANGED: f64 = 0.45;
    /// Two weeks or days in full that lie more than 45 days apart.
    pub const FAR_APART: f64 = 0.55;
    /// A slip of the fingers: one letter in a word, the same day of another month or year.
    pub const SLIP: f64 = 0.60;
    /// The value of another note, or an absence that is the only one.
    pub const SINGLE: f64 = 0.78;
    /// Two places that contradict each other.
    pub const CONFLICT: f64 = 0.80;
    /// A value of another type or form.
    pub const FORM: f64 = 0.85;
    /// A derived week that is not the day's; a value that all others have.
    pub const DERIVED: f64 = 0.90;
    /// A day in the name that is not the one of the date key; an absence among two or more.
    pub const ABSENT: f64 = 0.95;
}

#[cfg(test)]
mod tests;
