use crate::archive::Archive;
use crate::config::Config;
use crate::lint;
use jiff::ToSpan;
use jiff::civil::{Date, date};

fn archive(files: Vec<(String, String)>) -> Archive {
    lint::archive_of(files, Config::default(), date(2026, 3, 4))
}

/// Files that are `gap` days apart, made of their number and day.
fn apart(
    count: i64,
    gap: i64,
    file: impl Fn(i64, Date) -> (String, String),
) -> Vec<(String, String)> {
    let day = |number: i64| date(2023, 1, 3).saturating_add((gap * number).days());
    (1..=count)
        .map(|number| file(number, day(number)))
        .collect()
}

/// How many notes the series have.
fn notes(archive: &Archive) -> Vec<usize> {
    let series = archive.collections.iter().filter(|one| one.is_series());
    series.map(|one| one.documents.len()).collect()
}

fn minutes(count: i64, gap: i64) -> Vec<(String, String)> {
    apart(count, gap, |_, day| {
        (
            format!("minutes/{day}.md"),
            format!("# Meeting of {day}\n\nBeans.\n"),
        )
    })
}

#[test]
fn a_weekly_rhythm_needs_no_word_for_weeks() {
    assert_eq!(notes(&archive(minutes(20, 7))), [20]);
    for gap in [1, 14, 30] {
        assert_eq!(notes(&archive(minutes(20, gap))), [0; 0], "{gap}");
    }
}

#[test]
fn bare_numbers_are_notes_where_their_dates_are_a_week_apart() {
    let numbered = |gap| {
        let text = |day| format!("---\ndate: {day}\n---\n\nBeans.\n");
        archive(apart(20, gap, |number, day| {
            (format!("n/{number:03}.md"), text(day))
        }))
    };
    assert_eq!(notes(&numbered(7)), [20]);
    assert_eq!(notes(&numbered(1)), [0; 0]);
}

#[test]
fn the_weeks_of_courses_are_no_notes() {
    let mut files = Vec::new();
    for course in ["algebra", "botany", "chess"] {
        for week in 1..=10 {
            let path = format!("{course}/week-{week}.md");
            files.push((path, format!("# Week {week}\n\nRead the chapter.\n")));
        }
    }
    assert_eq!(notes(&archive(files)), [0; 0]);
}

#[test]
fn what_does_not_fit_stays_where_its_name_fits() {
    let mut files = apart(20, 7, |number, day| {
        let text = format!("---\ntitle: This week in the garden {number}\n---\n\nBeans.\n");
        (format!("_posts/{day}-twig-{number}.md"), text)
    });
    files.push(("_config.yml".to_owned(), String::new()));
    let (_, text) = files.get_mut(9).expect("there are twenty");
    *text = "---\ntitle: The garden\n---\n\nBeans.\n".to_owned();
    assert_eq!(notes(&archive(files)), [20]);
}

#[test]
fn what_may_be_a_series_is_asked_for_and_linted_as_pages() {
    let mut files = apart(9, 7, |number, day| {
        let text = format!("---\ndate: {day}\n---\n\nBeans.\n");
        (format!("log/entry-{number}.md"), text)
    });
    files.extend((1..60).map(|number| {
        (
            format!("log/{}.md", "x".repeat(number)),
            "Hens.\n".to_owned(),
        )
    }));
    let archive = archive(files);
    assert_eq!(notes(&archive), [0; 0]);
    let guess = archive.guess.as_ref().expect("a question");
    assert_eq!(
        (guess.files, &*guess.pattern),
        (9, "log/entry-*.md"),
        "{guess:?}"
    );
    assert!(archive.all().all(|(id, _)| archive.is_linted(id)));
}
