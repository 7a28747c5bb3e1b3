use super::*;
use jiff::civil::date;

const ZERO: Date = date(2015, 6, 1);

fn week(number: u32) -> Claim {
    Claim {
        numbers: vec![number],
        named: true,
        ..Claim::default()
    }
}

/// The day `late` days after the Monday of `number`.
fn day(number: u32, late: i64) -> Date {
    ZERO.checked_add((i64::from(number) * 7 + late).days())
        .unwrap()
}

fn infer(notes: &[(u32, Date)]) -> Numbering {
    let claims: Vec<_> = notes
        .iter()
        .map(|(number, date)| (week(*number), *date))
        .collect();
    Numbering::infer(
        claims
            .iter()
            .map(|(claim, date)| (claim, None, Some(*date))),
    )
}

fn week_zero(numbering: &Numbering) -> Option<Date> {
    match numbering {
        Numbering::Epoch { week_zero, .. } => Some(*week_zero),
        _ => None,
    }
}

#[test]
fn an_epoch_is_learnt_from_notes_of_their_week() {
    let notes: Vec<_> = (100..130).map(|week| (week, day(week, 4))).collect();
    assert_eq!(week_zero(&infer(&notes)), Some(ZERO));
}

#[test]
fn notes_written_on_the_monday_after_do_not_move_the_epoch() {
    // More on the Monday after than in the week, and some months late.
    let late = |week: u32| match week % 8 {
        0..=2 => 4,
        7 => 120,
        _ => 7,
    };
    let notes: Vec<_> = (100..160)
        .map(|week| (week, day(week, late(week))))
        .collect();
    assert_eq!(week_zero(&infer(&notes)), Some(ZERO));
}

#[test]
fn numbers_without_dates_are_a_sequence() {
    let claims: Vec<_> = (1..30).map(week).collect();
    let notes = claims.iter().map(|claim| (claim, None, None));
    assert_eq!(Numbering::infer(notes), Numbering::Sequence);
}

#[test]
fn few_notes_make_no_epoch() {
    let notes: Vec<_> = (1..12).map(|week| (week, day(week, 4))).collect();
    assert_eq!(infer(&notes), Numbering::Sequence);
}

#[test]
fn a_sequence_that_skips_weeks_is_no_epoch() {
    // Most notes come after the pause; those before it would lie before their weeks.
    let notes: Vec<_> = (1..60)
        .map(|number| (number, day(number, if number < 20 { 4 } else { 74 })))
        .collect();
    assert_eq!(infer(&notes), Numbering::Sequence);
}

#[test]
fn a_pause_after_the_first_notes_makes_a_sequence() {
    for early in 1..4 {
        let late = |number| if number <= early { 4 } else { 25 };
        let notes: Vec<_> = (1..60)
            .map(|number| (number, day(number, late(number))))
            .collect();
        assert_eq!(infer(&notes), Numbering::Sequence);
    }
}

#[test]
fn weeks_of_a_year_that_begin_again_are_no_epoch() {
    let notes: Vec<_> = (0..104).map(|week| (week % 52 + 1, day(week, 4))).collect();
    assert_eq!(infer(&notes), Numbering::Sequence);
}

#[test]
fn iso_weeks_and_seasons_are_told_by_their_form() {
    let iso = Claim {
        year: Some(2024),
        iso: true,
        ..week(12)
    };
    let notes = [(&iso, None, Some(ZERO)), (&iso, None, None)];
    assert_eq!(Numbering::infer(notes.into_iter()), Numbering::IsoWeek);
    let season = Claim {
        season: Some(2),
        numbers: vec![3],
        ..Claim::default()
    };
    assert_eq!(
        Numbering::infer(std::iter::once((&season, None, None))),
        Numbering::SeasonEpisode
    );
    let days = Claim::default();
    assert_eq!(
        Numbering::infer(std::iter::once((&days, None, Some(ZERO)))),
        Numbering::Dates
    );
}

#[test]
fn days_of_a_run_go_from_its_first_monday_to_its_last_sunday() {
    let epoch = Numbering::Epoch {
        week_zero: ZERO,
        agreeing: 0,
        of: 0,
    };
    let run = Claim {
        numbers: vec![10, 11],
        ..Claim::default()
    };
    assert_eq!(epoch.days(&run, None), Some((day(10, 0), day(11, 6))));
    assert_eq!(Numbering::Sequence.days(&run, None), None);
    let iso = Claim {
        year: Some(2026),
        ..week(1)
    };
    assert_eq!(
        Numbering::IsoWeek.days(&iso, None),
        Some((date(2025, 12, 29), date(2026, 1, 4)))
    );
    assert_eq!(
        epoch.days(&week(u32::MAX), None),
        None,
        "no date that far ahead, and no panic"
    );
}
