//! Which of the places that name a note's week are wrong.
//!
//! Two places contradict each other only where that is the exception: where the same two agree in almost all other
//! notes, or where both say "week" and disagree in few. Which one is wrong is told by the other places, by the day the
//! note was written, and by whether another note has that week already: an author who copies last week's note and
//! forgets the heading leaves two places wrong and one right.

use super::claims::{Said, Whence, agree};
use super::laws::share::almost_always;
use std::collections::BTreeMap;

/// Claims of one note that cannot all be right: indices in its claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The claims that are taken for wrong.
    pub wrong: Vec<usize>,
    /// The claims that are taken for right; the first of them counts.
    pub right: Vec<usize>,
}

/// How often two places of the notes of one series agree.
#[derive(Debug, Default)]
pub(super) struct Habits {
    /// How many notes have claims in both places that can be compared, and in how many they disagree.
    pairs: BTreeMap<(Whence, Whence), (usize, usize)>,
}

impl Habits {
    pub(super) fn add(&mut self, claims: &[Said]) {
        for (index, one) in claims.iter().enumerate() {
            for other in claims.iter().skip(index + 1) {
                if let Some(same) = agree(one, other) {
                    let (of, differing) = self.pairs.entry((one.whence, other.whence)).or_default();
                    *of += 1;
                    *differing += usize::from(!same);
                }
            }
        }
    }

    /// Whether a disagreement of two places is an exception.
    fn is_exception(&self, one: &Said, other: &Said) -> bool {
        let pair = (one.whence.min(other.whence), one.whence.max(other.whence));
        let Some(&(of, differing)) = self.pairs.get(&pair) else {
            return false;
        };
        almost_always(of - differing, of)
            || is_alike(one, other, of) && (differing == 1 || differing * 4 <= of)
    }
}

/// Whether two claims say in the same way which week they mean, so that few notes suffice as evidence.
fn is_alike(one: &Said, other: &Said, of: usize) -> bool {
    let (a, b) = (&one.claim, &other.claim);
    let digits = |said: &Said| {
        said.claim
            .numbers
            .last()
            .map(|number| number.checked_ilog10())
    };
    a.named
        && b.named
        && a.year.is_some() == b.year.is_some()
        && a.iso == b.iso
        // The third weeknote may be of week 27.
        && (of >= 4 || digits(one) == digits(other) && a.of_notes == b.of_notes)
        && (of >= 4 || one.whence != Whence::Key && other.whence != Whence::Key)
}

/// What speaks for a claim beside the other claims.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Circumstances {
    /// The note was written in that week, or soon after, or between its neighbours.
    pub(super) dated: bool,
    /// No other note has that week.
    pub(super) free: bool,
    /// The weeks before and after it have notes.
    pub(super) amid: bool,
    /// A key that repeats the file's name, and does not here, says so.
    pub(super) named_by_key: bool,
}

/// Finds the contradiction among the claims of one note.
pub(super) fn find(
    claims: &[Said],
    habits: &Habits,
    circumstances: impl Fn(&Said) -> Circumstances,
) -> Option<Contradiction> {
    let differ = |one: &Said, other: &Said| agree(one, other) == Some(false);
    let mut best: Option<(i32, usize)> = None;
    for (index, one) in claims.iter().enumerate() {
        for (later, other) in claims.iter().enumerate().skip(index + 1) {
            if !differ(one, other) || !habits.is_exception(one, other) {
                continue;
            }
            let margin = weight(claims, one, other, &circumstances);
            // What stands first is believed where nothing decides: the file's name is the page's address.
            let right = if margin < 0 { later } else { index };
            if best.is_none_or(|(most, _)| margin.abs() > most) {
                best = Some((margin.abs(), right));
            }
        }
    }
    let (_, right) = best?;
    let winner = claims.get(right)?;
    let wrong = |said: &Said| differ(winner, said) && habits.is_exception(winner, said);
    let places = || claims.iter().enumerate();
    let wrongs = places().filter(|(_, said)| wrong(said));
    let rights =
        places().filter(|&(index, said)| index != right && agree(winner, said) == Some(true));
    let rights = std::iter::once(right).chain(rights.map(|(index, _)| index));
    Some(Contradiction {
        wrong: wrongs.map(|(index, _)| index).collect(),
        right: rights.collect(),
    })
}

/// How much more speaks for `one` than for `other`; negative where more speaks for `other`.
fn weight(
    claims: &[Said],
    one: &Said,
    other: &Said,
    circumstances: &impl Fn(&Said) -> Circumstances,
) -> i32 {
    let support = |said: &Said| {
        let with = claims
            .iter()
            .filter(|third| third.whence != said.whence && agree(said, third) == Some(true));
        i32::try_from(with.count()).unwrap_or(i32::MAX)
    };
    let (a, b) = (circumstances(one), circumstances(other));
    let points = |one: bool, other: bool, weight: i32| (i32::from(one) - i32::from(other)) * weight;
    let run = |said: &Said| said.claim.numbers.len();
    2 * (support(one) - support(other))
        + points(a.dated, b.dated, 2)
        + points(a.free, b.free, 3)
        + points(a.amid, b.amid, 1)
        + points(a.named_by_key, b.named_by_key, 1)
        // A run says more than the one week that names it.
        + points(
            holds(one, other) && run(one) > run(other),
            holds(other, one) && run(other) > run(one),
            1,
        )
}

fn holds(run: &Said, week: &Said) -> bool {
    week.claim
        .numbers
        .iter()
        .all(|number| run.claim.numbers.contains(number))
}

#[cfg(test)]
mod tests;
