use super::RULE;
use crate::config::Config;
use crate::lint;
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The numbers of the notes whose dates are found wrong, of 60 notes dated by `day`.
fn wrong(day: impl Fn(i64) -> Date) -> Vec<String> {
    let note = |number: i64| {
        let text = format!(
            "---\ndate: {}\n---\n\n# Weeknotes #{number}\n\nBeans.\n",
            day(number)
        );
        (format!("notes/weeknotes-{number:02}.md"), text)
    };
    let archive = lint::archive_of(
        (1..=60).map(note).collect(),
        Config::default(),
        date(2026, 3, 4),
    );
    let (found, _) = lint::findings(&archive);
    found
        .iter()
        .filter(|found| found.rule == RULE.id)
        .filter_map(|found| archive.document(found.place.document))
        .map(|document| document.stem().to_owned())
        .collect()
}

fn friday(week: i64) -> Date {
    date(2023, 1, 6).saturating_add((7 * week).days())
}

/// A sequence with a pause of three weeks after every seven notes.
fn with_pauses(number: i64) -> Date {
    friday(number + number / 7 * 3)
}

#[test]
fn a_sequence_with_pauses_has_no_wrong_dates() {
    assert!(wrong(with_pauses).is_empty());
}

#[test]
fn a_year_too_early_or_too_late_is_found_in_a_sequence() {
    for years in [-1, 1] {
        let slipped = |number: i64| {
            let day = with_pauses(number);
            if number == 30 {
                day.saturating_add(years.years())
            } else {
                day
            }
        };
        assert_eq!(wrong(slipped), ["weeknotes-30"]);
    }
}

#[test]
fn late_notes_are_normal() {
    let late = |number: i64| {
        with_pauses(number).saturating_add(if number == 30 { 200.days() } else { 0.days() })
    };
    assert!(wrong(late).is_empty());
}

#[test]
fn a_friday_now_and_then_is_not_before_the_week_of_monday_writers() {
    let monday = |number: i64| {
        friday(number).saturating_add(if number % 25 == 0 { 0.days() } else { 3.days() })
    };
    assert!(wrong(monday).is_empty());
}

#[test]
fn the_week_before_is_found_where_notes_are_written_on_fridays() {
    let early =
        |number: i64| friday(number).saturating_sub(if number == 30 { 6.days() } else { 0.days() });
    assert_eq!(wrong(early), ["weeknotes-30"]);
}
