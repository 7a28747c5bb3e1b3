//! Which of the places that name a note's week are wrong.
//!
//! Two places contradict each other only where that is the exception: where the same two agree in almost all other
//! notes, or where both say "week" and disagree in few. Which one is wrong is told by the other places, by the day the
//! note was written, and by whether another note has that week already: an author who copies last week's note and
//! forgets the heading leaves two places wrong and one right.

use super::claims::{Said, Whence, agree};
use super::conventions::almost_always;
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
mod tests {
    use super::*;
    use crate::source::Span;
    use crate::week::claim;

    fn said(whence: Whence, text: &str) -> Said {
        let claim = match whence {
            Whence::FileName => claim::of_stem(text),
            _ => claim::of_title(text),
        };
        Said {
            whence,
            span: Span::at(0),
            claim: claim.unwrap(),
        }
    }

    fn note(name: &str, title: &str, heading: &str) -> Vec<Said> {
        let places = [
            (Whence::FileName, name),
            (Whence::Title, title),
            (Whence::Heading, heading),
        ];
        places
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(whence, text)| said(whence, text))
            .collect()
    }

    /// The places of `claims` that are wrong, in a series of `others` notes that agree.
    fn wrong(
        claims: &[Said],
        others: usize,
        circumstances: impl Fn(&Said) -> Circumstances,
    ) -> Vec<Whence> {
        let mut habits = Habits::default();
        habits.add(claims);
        for _ in 0..others {
            habits.add(&note("week-9", "Week 9", "Week 9"));
        }
        find(claims, &habits, circumstances).map_or(Vec::new(), |found| {
            found
                .wrong
                .iter()
                .map(|&index| claims[index].whence)
                .collect()
        })
    }

    fn nothing(_: &Said) -> Circumstances {
        Circumstances::default()
    }

    #[test]
    fn two_places_outvote_one() {
        let heading = note("week-460", "Week 460", "Week 640");
        assert_eq!(wrong(&heading, 30, nothing), [Whence::Heading]);
        let renamed = note("week-465", "Week 460", "Week 460");
        assert_eq!(wrong(&renamed, 30, nothing), [Whence::FileName]);
    }

    #[test]
    fn a_copied_note_has_two_wrong_places() {
        let copied = note("week-461", "Week 460", "Week 460");
        let taken = |said: &Said| Circumstances {
            free: said.claim.numbers == [461],
            dated: said.claim.numbers == [461],
            ..Circumstances::default()
        };
        assert_eq!(wrong(&copied, 30, taken), [Whence::Title, Whence::Heading]);
    }

    #[test]
    fn the_date_decides_between_two() {
        let renamed = note("week-465", "", "Week 460");
        let dated = |said: &Said| Circumstances {
            dated: said.claim.numbers == [460],
            ..Circumstances::default()
        };
        assert_eq!(wrong(&renamed, 30, dated), [Whence::FileName]);
        assert_eq!(wrong(&renamed, 30, nothing), [Whence::Heading]);
    }

    #[test]
    fn the_gap_decides_where_both_weeks_are_free() {
        let renamed = note("week-135", "", "Week 35");
        let amid = |said: &Said| Circumstances {
            amid: said.claim.numbers == [35],
            ..Circumstances::default()
        };
        assert_eq!(wrong(&renamed, 30, amid), [Whence::FileName]);
    }

    #[test]
    fn a_title_that_names_one_week_of_the_run_is_the_wrong_one() {
        let run = note("week-550", "Week 550", "Summer edition (weeks 548-550)");
        assert_eq!(wrong(&run, 30, nothing), [Whence::Title]);
        let named_by_its_last = note(
            "week-550",
            "Weeks 548-550",
            "Summer edition (weeks 548-550)",
        );
        assert!(wrong(&named_by_its_last, 30, nothing).is_empty());
    }

    #[test]
    fn bare_numbers_need_a_convention() {
        let dated = note("2024-07", "7: rain", "");
        assert!(wrong(&dated, 0, nothing).is_empty());
        let bare = note("12", "13: more rain", "");
        assert!(wrong(&bare, 2, nothing).is_empty());
        assert_eq!(wrong(&bare, 30, nothing), [Whence::Title]);
    }

    #[test]
    fn a_note_may_be_numbered_otherwise_than_its_week() {
        let third = note("weeknotes-3", "Week 27", "");
        assert!(wrong(&third, 0, nothing).is_empty());
        let mut habits = Habits::default();
        for number in 1..40 {
            let name = format!("weeknotes-{number}");
            let title = format!("Week {}", number + 13);
            habits.add(&note(&name, &title, ""));
        }
        assert_eq!(
            find(&note("weeknotes-3", "Week 16", ""), &habits, nothing),
            None
        );
    }

    #[test]
    fn one_note_alone_is_evidence_enough_where_both_say_week() {
        assert_eq!(
            wrong(&note("week-461", "", "Week 460"), 0, nothing),
            [Whence::Heading]
        );
    }
}
