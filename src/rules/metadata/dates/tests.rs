use super::RULE;
use crate::{config::Config, lint};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// What is said of 40 notes that are named by `named` and dated by their names, but for the twentieth: `other`.
fn found(named: impl Fn(i64) -> Date, other: &str) -> usize {
    let note = |number: i64| {
        let name = named(number);
        let date = if number == 20 {
            other
        } else {
            &name.to_string()
        };
        (
            format!("notes/{name}.md"),
            format!("---\ntitle: Week ending {name}\ndate: {date}\n---\n\nBeans.\n"),
        )
    };
    let texts = (1..=40).map(note).collect();
    let archive = lint::archive_of(texts, Config::default(), date(2031, 5, 6));
    let (found, _) = lint::findings(&archive);
    // Nobody else says it as well.
    assert!(found.iter().all(|found| found.rule == RULE.id));
    found.len()
}

#[test]
fn a_note_of_its_week_may_be_published_another_day() {
    let sunday = |number: i64| date(2024, 1, 7).saturating_add((7 * number).days());
    // The twentieth is that of 26 May.
    for other in ["2024-05-24", "2024-05-29", "2024-06-02"] {
        assert_eq!(found(sunday, other), 0, "{other}");
    }
    for other in [
        "2024-05-15",
        "2024-06-03",
        "2024-06-26",
        "2023-05-26",
        "2024-04-26",
    ] {
        assert_eq!(found(sunday, other), 1, "{other}");
    }
}

#[test]
fn names_of_any_day_say_when_a_note_was_written() {
    let any_day = |number: i64| date(2024, 1, 7).saturating_add((5 * number).days());
    assert_eq!(found(any_day, "2024-04-17"), 1);
}

#[test]
fn a_date_may_be_a_year_from_the_day_that_names_the_note() {
    let note = |number: i64, late: i64| {
        let name = date(2024, 1, 1).saturating_add((7 * number).days());
        let date = name.saturating_add(late.days());
        let text = format!("---\ntitle: Beans\ndate: {date}\n---\n\nBeans.\n");
        (format!("weeknotes/{name}.md"), text)
    };
    for (late, expected) in [(4, 0), (90, 0), (-362, 1), (370, 1)] {
        let late = |number| if number == 20 { late } else { 4 + number % 3 };
        let texts = (1..=40).map(|number| note(number, late(number))).collect();
        let archive = lint::archive_of(texts, Config::default(), date(2031, 5, 6));
        assert_eq!(lint::findings(&archive).0.len(), expected);
    }
}

#[test]
fn a_post_that_waits_for_its_day_is_changed_before() {
    for (key, days, expected) in [("date", 3, 0), ("date", 30, 1), ("created", 3, 1)] {
        let changed = date(2024, 5, 31).saturating_sub(days.days());
        let text = format!("---\ntitle: Week 1\n{key}: 2024-05-31\nlastmod: {changed}\n---\n");
        let texts = vec![("notes/week-1.md".to_owned(), text)];
        let archive = lint::archive_of(texts, Config::default(), date(2031, 5, 6));
        assert_eq!(lint::findings(&archive).0.len(), expected, "{key} {days}");
    }
}

#[test]
fn it_is_another_day_in_utc() {
    let any_day = |number: i64| date(2024, 1, 7).saturating_add((5 * number).days());
    // The twentieth is that of 16 April.
    assert_eq!(found(any_day, "2024-04-17T03:00:00Z"), 0);
    assert_eq!(found(any_day, "2024-04-15T20:00:00Z"), 0);
    assert_eq!(found(any_day, "2024-04-17T13:00:00Z"), 1);
    assert_eq!(found(any_day, "2024-04-17T03:00:00+02:00"), 1);
}
