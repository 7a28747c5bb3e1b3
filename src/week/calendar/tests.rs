use super::*;
use jiff::civil::date;
use proptest::prelude::*;

#[test]
fn iso_weeks_at_the_turn_of_the_year() {
    for (day, week) in [
        (date(2020, 12, 28), (2020, 53)),
        (date(2021, 1, 1), (2020, 53)),
        (date(2021, 1, 4), (2021, 1)),
        (date(2024, 12, 29), (2024, 52)),
        (date(2024, 12, 30), (2025, 1)),
        (date(2016, 1, 3), (2015, 53)),
        (date(2010, 1, 3), (2009, 53)),
    ] {
        assert_eq!(iso_week(day), week, "{day}");
    }
}

#[test]
fn other_calendars_count_otherwise() {
    assert_eq!(other_weeks(date(2023, 1, 1)), [1, 0, 1, 1, 1]);
    assert_eq!(other_weeks(date(2023, 12, 31)), [53, 52, 53, 53, 53]);
    assert_eq!(other_weeks(date(2024, 1, 8)), [1, 2, 2, 2, 2]);
    assert_eq!(other_weeks(date(2022, 12, 31)), [52, 52, 53, 53, 53]);
}

#[test]
fn some_years_have_53_weeks() {
    let long: Vec<i16> = (2005..2035)
        .filter(|&year| weeks_in_iso_year(year) == 53)
        .collect();
    assert_eq!(long, [2009, 2015, 2020, 2026, 2032]);
    assert_eq!(monday_of_iso_week(2020, 53), Some(date(2020, 12, 28)));
    assert_eq!(monday_of_iso_week(2024, 53), None);
    assert_eq!(monday_of_iso_week(2024, 0), None);
    assert_eq!(monday_of_iso_week(2024, 255), None);
}

#[test]
fn an_epoch_counts_whole_weeks() {
    let week = |week| week_after(date(2009, 1, 12), week);
    assert_eq!(week(460), Some(date(2017, 11, 6)));
    assert_eq!(week(461), Some(date(2017, 11, 13)));
    assert_eq!(week(-1), Some(date(2009, 1, 5)));
    assert_eq!(week(i64::MAX), None);
    assert_eq!(week(1_000_000), None);
}

#[test]
fn mondays() {
    assert_eq!(monday_of(date(2017, 11, 12)), date(2017, 11, 6));
    assert_eq!(monday_of(date(2017, 11, 6)), date(2017, 11, 6));
    assert_eq!(day_number(date(1, 1, 1)), 0);
    assert_eq!(day_number(date(1, 1, 8)), 7);
}

proptest! {
    #[test]
    fn days_and_dates_are_each_others_inverse(day in any::<i32>(), near in -400_000..3_000_000) {
        for day in [day, near] {
            if let Some(date) = date_of_day(day) {
                prop_assert_eq!(day_number(date), day);
                prop_assert_eq!(monday_of(monday_of(date)), monday_of(date));
            }
        }
    }
}
