use super::*;
use jiff::civil::date;
use proptest::prelude::*;

/// What `text` states, without the spans.
fn stated(text: &str) -> Vec<Stated> {
    let statements = statements(text);
    statements.iter().map(|found| found.stated).collect()
}

/// The parts of `text` that state something.
fn parts(text: &str) -> Vec<&str> {
    let statements = statements(text);
    statements.iter().map(|found| found.span.of(text)).collect()
}

/// The numbers of `text` and the words that tell them apart.
fn numbers(text: &str) -> Vec<(Word, u32)> {
    let numbers = stated(text).into_iter().filter_map(|stated| match stated {
        Stated::Number(word, value) => Some((word, value)),
        _ => None,
    });
    numbers.collect()
}

fn day_of_year(year: impl Into<Option<i16>>, month: i8, day: i8) -> DayOfYear {
    DayOfYear {
        year: year.into(),
        month,
        day,
    }
}

fn week(year: i16, week: u8, named: bool) -> Stated {
    Stated::Week(year, week, named)
}

#[test]
fn what_one_end_of_a_range_leaves_out_the_other_has() {
    for (text, first, last) in [
        (
            "Rain, 5 to 10 March",
            day_of_year(None, 3, 5),
            day_of_year(None, 3, 10),
        ),
        (
            "30 May - 2 June 2024",
            day_of_year(2024, 5, 30),
            day_of_year(2024, 6, 2),
        ),
        (
            "_28 April – 4 May_",
            day_of_year(None, 4, 28),
            day_of_year(None, 5, 4),
        ),
        (
            "2024-01-01 to 2024-01-07",
            day_of_year(2024, 1, 1),
            day_of_year(2024, 1, 7),
        ),
        (
            "February 9 – 15, 2024",
            day_of_year(2024, 2, 9),
            day_of_year(2024, 2, 15),
        ),
        (
            "December 30 – January 5, 2025",
            day_of_year(2024, 12, 30),
            day_of_year(2025, 1, 5),
        ),
        (
            "28 Dec 2024 until 3 Jan",
            day_of_year(2024, 12, 28),
            day_of_year(2025, 1, 3),
        ),
        (
            "5. bis 10. März 2024",
            day_of_year(2024, 3, 5),
            day_of_year(2024, 3, 10),
        ),
        (
            "5.–10. März: Regen",
            day_of_year(None, 3, 5),
            day_of_year(None, 3, 10),
        ),
        (
            "del 5 al 10 de marzo de 2024",
            day_of_year(2024, 3, 5),
            day_of_year(2024, 3, 10),
        ),
        (
            "15-Jan-2024 – 21-Jan-2024",
            day_of_year(2024, 1, 15),
            day_of_year(2024, 1, 21),
        ),
    ] {
        assert_eq!(stated(text), [Stated::Range(first, last)], "{text}");
    }
}

#[test]
fn two_numbers_are_no_range_of_days_without_their_month() {
    for text in [
        "24-31",
        "5 to March 10",
        "8 March - 10 lambs",
        "July 8 - 10 people came",
        "notes-12-3-march-2024",
        "5 March to 2024-03-10",
        "Week 12 – 8 March",
    ] {
        let is_range = |stated: &Stated| matches!(stated, Stated::Range(..));
        assert!(!stated(text).iter().any(is_range), "{text}");
    }
}

#[test]
fn days_with_their_year() {
    let day = date(2024, 3, 8);
    for text in [
        "2024-03-08",
        "2024/03/08",
        "2024.3.8",
        "x_2024_03_08_y",
        "2024-3-08T17:45:00Z",
        "IMG20240308",
        "8th March 2024",
        "the 8th of March, 2024",
        "8-Mar-2024",
        "March 8, 2024",
        "Mar. 8 2024",
        "march-8-2024",
        "2024年3月8日",
        "2024年 3 月 8 日",
        "8. März 2024",
        "8 mars 2024",
        "8 de março de 2024",
        "8 Mawrth 2024",
        "8 marzo 2024",
        "8 maart 2024",
        "8. marts 2024",
    ] {
        assert_eq!(stated(text), [Stated::Day(Some(day))], "{text}");
    }
}

#[test]
fn days_that_no_calendar_has() {
    for text in [
        "2023-02-29",
        "2024-05-017",
        "2024-005-17",
        "2024-13-01",
        "20240231",
        "31 April 2024",
        "April 31, 2024",
        "45/13/2024",
    ] {
        assert_eq!(stated(text), [Stated::Day(None)], "{text}");
        assert_eq!(parts(text), [text]);
    }
}

#[test]
fn the_order_of_day_and_month_is_not_guessed() {
    let either = |first, second| Stated::EitherDay(first, second);
    let both = either(date(2025, 4, 3), date(2025, 3, 4));
    for text in ["3/4/2025", "03.04.25.", "03-04-2025.jpg"] {
        assert_eq!(stated(text), [both], "{text}");
    }
    assert_eq!(stated("25.11.17"), [Stated::Day(Some(date(2017, 11, 25)))]);
    assert_eq!(stated("3/3/2025"), [Stated::Day(Some(date(2025, 3, 3)))]);
}

#[test]
fn versions_are_no_days() {
    for text in [
        "52.6.21",
        "v4.6.11",
        "1.2.23.4",
        "2024.3.8.1",
        "9.11.13.png",
    ] {
        assert_eq!(stated(text), [], "{text}");
    }
}

#[test]
fn days_without_a_year() {
    let day = [Stated::DayOfYear(day_of_year(None, 3, 8))];
    for text in [
        "8 March",
        "_the 8th of March_",
        "March 8th: rain",
        "1.5 March 8",
        "8. März",
        "le 8 mars",
    ] {
        assert_eq!(stated(text), day, "{text}");
    }
    for text in [
        "Week 12 may fail",
        "5 out of 6 walkers",
        "6. May",
        "March 10%",
        "8-march",
        "47 March",
        "Gen 2",
    ] {
        let numbers = |stated: &Stated| matches!(stated, Stated::Number(..));
        assert!(stated(text).iter().all(numbers), "{text}");
    }
}

#[test]
fn a_time_of_day_states_nothing() {
    for text in [
        "17:45",
        "17:45:00 +00:00",
        "7:05:09.125-0500",
        "at 10:30 AM +0100",
    ] {
        assert_eq!(stated(text), [], "{text}");
    }
    assert_eq!(stated("10:30:00-2024-03-08").len(), 1);
    assert_eq!(numbers("a split of 4:1").len(), 2);
}

#[test]
fn weeks_with_their_year() {
    for text in [
        "2024-W08",
        "2024W8",
        "2024 W8",
        "2024/KW 08",
        "Week 8, 2024",
        "week 8 of 2024",
        "week-08-2024",
        "KW8 2024",
        "vecka 8 (2024)",
        "2024 week 8",
        "2024-week-08",
        "2024: Week #8",
    ] {
        assert_eq!(stated(text), [week(2024, 8, true)], "{text}");
    }
    for text in ["2024-08", "2024_08", "walks-2024-08-rain"] {
        assert_eq!(stated(text), [week(2024, 8, false)], "{text}");
    }
    assert_eq!(
        stated("Week 9, 2024-W08").last(),
        Some(&week(2024, 8, true))
    );
}

#[test]
fn numbers_that_are_no_week_of_a_year() {
    let word = Word::of("week");
    assert_eq!(numbers("March 2024, week 2"), [(word, 2)]);
    assert_eq!(numbers("Week 60, 2024"), [(word, 60)]);
    assert_eq!(numbers("Week 8, 2024-03-05"), [(word, 8)]);
    assert_eq!(numbers("2024-60"), [(Word::NONE, 60)]);
    assert_eq!(numbers("A crew 8, 2024"), [(Word::of("crew"), 8)]);
}

#[test]
fn episodes_have_a_season() {
    for (text, season, episode) in [
        ("S03E04", 3, 4),
        ("Series 7, Episode 18", 7, 18),
        ("season-1-ep-2", 1, 2),
        ("notes_s1 x 3", 1, 3),
    ] {
        let expected = Stated::Episode(season, episode);
        assert_eq!(stated(text), [expected], "{text}");
    }
    assert_eq!(numbers("Let's 5 x 3").len(), 2);
    assert_eq!(numbers("S3 extra 4").len(), 2);
    assert_eq!(numbers("a1s5e3b").len(), 3);
}

#[test]
fn the_word_before_tells_numbers_apart() {
    for (text, word, value) in [
        ("Week 12", Word::of("week"), 12),
        ("WEEK-012", Word::of("week"), 12),
        ("Week #12", Word::HASH, 12),
        ("Issue No. 12", Word::of("no"), 12),
        ("Issue № 12", Word::of("issue"), 12),
        ("Über_12", Word::of("über"), 12),
        ("12 lambs", Word::NONE, 12),
        ("Weekly digest: 12 years of rain", Word::NONE, 12),
        ("Week (12)", Word::NONE, 12),
        ("Week: - 12", Word::NONE, 12),
        ("12th", Word::NONE, 12),
    ] {
        assert_eq!(numbers(text), [(word, value)], "{text}");
    }
    assert_ne!(Word::NONE, Word::HASH);
    assert_eq!(Word::of("#"), Word::HASH);
}

#[test]
fn measures_years_and_long_numbers_are_no_numbers() {
    for text in ["12%", "1.5", "1,024", "2024", "12345", "no digits"] {
        assert_eq!(stated(text), [], "{text}");
    }
}

#[test]
fn the_end_of_a_run_gets_what_it_leaves_out() {
    let values = |text| -> Vec<u32> { numbers(text).iter().map(|(_, value)| *value).collect() };
    assert_eq!(values("Weeks 545-7"), [545, 547]);
    assert_eq!(values("Weeks 98–102"), [98, 102]);
    assert_eq!(values("Weeks 545-32"), [545, 32]);
    assert_eq!(values("Week 12 - 3 walks"), [12, 3]);
}

#[test]
fn the_better_reading_wins_where_two_overlap() {
    for (text, expected) in [
        ("Week 12 March 18, 2024", ["12", "March 18, 2024"]),
        ("Week 12 March 18 to 24", ["12", "March 18 to 24"]),
        ("2024 week 8 March 2024", ["8 March 2024", ""]),
        ("2022-6-29 Dec 14 – 18", ["2022-6-29", "Dec 14 – 18"]),
        ("8 March 2024 W10", ["8 March 2024", "10"]),
        ("Week 5 – 8 March 2024, 7", ["5 – 8 March 2024", "7"]),
    ] {
        let expected: Vec<_> = expected
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        assert_eq!(parts(text), expected, "{text}");
    }
}

#[test]
fn forms() {
    for (text, expected) in [
        ("Week 12: 8 March 2024", "Week #: #"),
        ("Notes 2024, no. 1.25", "Notes #, no. #.#"),
        ("S01E02 – Rain", "# – Rain"),
        ("none", "none"),
    ] {
        assert_eq!(form(text, &statements(text)), expected);
    }
}

#[test]
fn a_long_text_is_cut_between_words() {
    let text = format!("{}2024-03-08", "x".repeat(LONGEST - 9));
    assert_eq!(stated(&text), []);
    let text = format!("{} 2024-03-08", "é ".repeat(LONGEST / 3 - 1));
    assert_eq!(stated(&text), []);
    let text = format!("2024-03-08 {}", "é".repeat(LONGEST));
    assert_eq!(stated(&text).len(), 1);
}

#[test]
fn misspelt_months_of_full_dates() {
    for (text, word, name) in [
        ("Up to Ocotber 9, 2021", "Ocotber", "October"),
        ("11th Setpember 2023", "Setpember", "September"),
        ("Apirl 3 2024", "Apirl", "April"),
        ("3 Decmber, 2024", "Decmber", "December"),
    ] {
        let found =
            misspelt_month(text, &statements(text)).map(|(span, name)| (span.of(text), name));
        assert_eq!(found, Some((word, name)), "{text}");
    }
}

#[test]
fn other_words_are_no_misspelt_months() {
    for text in [
        "October 9, 2021",
        "Marzo 5, 2024",
        "Match 12, 2024",
        "Week 12, 2024",
        "Ocotber 9",
        "ocotber 9, 2021",
        "Member 12, 2024",
        "Remember 12, 2024",
    ] {
        assert_eq!(misspelt_month(text, &statements(text)), None, "{text}");
    }
}

proptest! {
    /// Statements stand in order, apart from each other and within the text, and their parts have digits.
    #[test]
    fn statements_are_in_order(text in "([0-9]{1,4}|[-–/.:#_ ,%]|March|w|week|s|e|to|May|mär|de|年|月|é|\\PC){0,30}") {
        let mut end = 0;
        for statement in statements(&text) {
            let range = statement.span.range();
            prop_assert!(range.start >= end && range.end <= text.len());
            let part = text.get(range.clone()).unwrap_or("");
            prop_assert!(part.contains(|c: char| c.is_ascii_digit()));
            end = range.end;
        }
        let form = form(&text, &statements(&text));
        prop_assert!(!form.contains(|c: char| c.is_ascii_digit()));
        misspelt_month(&text, &statements(&text));
    }
}

#[test]
fn weekdays_beside_their_dates() {
    let wrong = |text: &str| {
        let (span, _) = wrong_weekday(text, &statements(text))?;
        Some(span.of(text).to_owned())
    };
    for right in [
        "Thursday, 7 March 2024",
        "quinta-feira, 7 de março de 2024",
        "torsdag den 7 mars 2024",
        "2024-03-07 (Thursday)",
        "Sunday work on 7 March 2024",
        "7 March 2024, friends of Friday",
        "A viagem ao sul, 7 de março de 2024",
    ] {
        assert_eq!(wrong(right), None, "{right}");
    }
    for (text, word) in [
        ("Friday, 7 March 2024", "Friday"),
        ("sexta-feira, 7 de março de 2024", "sexta"),
        ("le vendredi 7 mars 2024", "vendredi"),
        ("fredag den 7 mars 2024", "fredag"),
        ("2024-03-07 Friday", "Friday"),
    ] {
        assert_eq!(wrong(text).as_deref(), Some(word), "{text}");
    }
}
