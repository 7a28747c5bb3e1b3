//! Where what is constant changes: a series is cut where two constants explain far more than one.

use super::share::mode;
use crate::hash::QuickMap;

/// A stretch of rows with its constant.
#[derive(Debug)]
pub(super) struct Part<'v> {
    /// The commonest value.
    pub(super) mode: i64,
    /// How many rows have it.
    pub(super) with: usize,
    /// The rows with their values.
    pub(super) values: &'v [(usize, i64)],
}

/// No shorter stretch has a constant of its own.
const SHORTEST: usize = 8;

/// So few stretches are told apart: how often a numbering begins anew in one archive.
const MOST_CUTS: usize = 4;

/// Cuts a sequence of rows with their values.
pub(super) fn cut(values: &[(usize, i64)]) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    cut_into(values, MOST_CUTS, &mut found);
    found
}

fn cut_into<'v>(values: &'v [(usize, i64)], cuts: usize, found: &mut Vec<Part<'v>>) {
    let Some((mode, with)) = mode(values.iter().map(|(_, value)| *value)) else {
        return;
    };
    let of = values.len();
    let broken = of - with;
    if cuts > 0 && broken >= 6 && of >= 2 * SHORTEST {
        let left = commonest(values.iter());
        let mut right = commonest(values.iter().rev());
        right.reverse();
        let ends = (SHORTEST..=of - SHORTEST)
            .filter_map(|cut| Some((*left.get(cut - 1)?, *right.get(cut)?, cut)));
        if let Some((before, after, cut)) =
            ends.max_by_key(|(before, after, cut)| (before + after, *cut))
        {
            let gain = (before + after).saturating_sub(with);
            let is_constant = before * 5 >= cut * 4 || after * 5 >= (of - cut) * 4;
            if gain >= 6 && gain * 2 >= broken && is_constant {
                let (before, after) = values.split_at(cut);
                cut_into(before, cuts - 1, found);
                cut_into(after, cuts - 1, found);
                return;
            }
        }
    }
    found.push(Part { mode, with, values });
}

/// How often the commonest of the first so many values was met, for each length.
fn commonest<'v>(values: impl Iterator<Item = &'v (usize, i64)>) -> Vec<usize> {
    let (mut counts, mut most) = (QuickMap::<i64, usize>::default(), 0);
    let so_far = values.map(|(_, value)| {
        let count = counts.entry(*value).or_default();
        *count += 1;
        most = most.max(*count);
        most
    });
    so_far.collect()
}
