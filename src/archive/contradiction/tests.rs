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
