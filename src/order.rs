//! Sorting where it need not be quick.
//!
//! The standard library's sort is made anew for each type that it sorts, six kilobytes at a time; with a hundred types
//! that was a tenth of the program. Here one sort of indices serves them all, and only what moves the items is made for
//! each type.

use std::cmp::Ordering;

/// A stable sort that takes little room. Where a program would spend its time sorting, the standard library's is quicker.
pub trait Order<T> {
    /// Sorts by `compare`.
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering);

    /// Sorts by what `key` makes of an item.
    fn order_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.order_by(|one, other| key(one).cmp(&key(other)));
    }
}

impl<T> Order<T> for [T] {
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        let compare = |one: usize, other: usize| {
            let pair = self.get(one).zip(self.get(other));
            pair.map_or(Ordering::Equal, |(one, other)| compare(one, other))
        };
        let mut order = in_order(self.len(), &compare);
        // Each cycle of the permutation, from its first item on.
        for first in 0..order.len() {
            let mut here = first;
            while let Some(from) = order
                .get_mut(here)
                .map(|from| std::mem::replace(from, here))
            {
                if from == first {
                    break;
                }
                self.swap(here, from);
                here = from;
            }
        }
    }
}

/// The indices of `len` items, in the order that `compare` gives to them.
fn in_order(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by(|one, other| compare(*one, *other));
    order
}

#[cfg(test)]
mod tests;
