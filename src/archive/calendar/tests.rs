use super::*;
use crate::config::Config;
use crate::lint;
use jiff::civil::date;

/// The calendars of notes, by path and text.
fn calendars(files: &[(&str, &str)]) -> (Archive, Vec<Calendar>) {
    let files = files.iter();
    let files = files.map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let archive = lint::archive_of(files.collect(), Config::default(), date(2031, 5, 6));
    let calendars = of(&archive);
    (archive, calendars)
}

/// A row in characters: `#` a note, `-` another week of it, `2` more than usual, `.` none.
fn drawn(row: &Row) -> String {
    let cells = row.cells.iter().map(|cell| match cell.state {
        State::Outside => ' ',
        State::Missing => '.',
        State::Covered => '#',
        State::Continued => '-',
        State::Twice => '2',
    });
    cells.collect()
}

fn all_drawn(calendar: &Calendar) -> Vec<String> {
    let rows = calendar.rows.iter();
    rows.map(|row| format!("{} {}", row.number, drawn(row)))
        .collect()
}

/// The only calendar of notes that are named by ISO weeks.
fn of_weeks(names: &[&str]) -> Vec<String> {
    let paths: Vec<String> = names
        .iter()
        .map(|name| format!("notes/{name}.md"))
        .collect();
    let files: Vec<_> = paths
        .iter()
        .map(|path| (path.as_str(), "Rain.\n"))
        .collect();
    let (_, calendars) = calendars(&files);
    assert_eq!(calendars.len(), 1, "{calendars:?}");
    all_drawn(&calendars[0])
}

#[test]
fn a_week_53_is_a_cell_of_the_years_that_have_one() {
    let names = ["2020-W51", "2020-W52", "2020-W53", "2021-W01", "2021-W02"];
    let before = " ".repeat(50);
    let after = " ".repeat(50);
    assert_eq!(
        of_weeks(&names),
        [format!("2020 {before}###"), format!("2021 ##{after}")]
    );
}

#[test]
fn weeks_without_a_note_are_missing_inside_of_the_run_alone() {
    let drawn = of_weeks(&["2021-W50", "2021-W52", "2022-W02", "2022-W03"]);
    assert_eq!(
        drawn,
        [
            format!("2021 {}#.#", " ".repeat(49)),
            format!("2022 .##{}", " ".repeat(49))
        ]
    );
}

#[test]
fn a_year_without_notes_is_no_row() {
    let drawn = of_weeks(&["2019-W01", "2019-W02", "2019-W03", "2023-W01", "2023-W02"]);
    assert_eq!(drawn.len(), 2);
    assert!(drawn[0].starts_with("2019 ###.") && drawn[0].ends_with('.'));
}

#[test]
fn what_is_covered_twice_and_by_runs_shows() {
    let names = [
        "week-1",
        "week-2",
        "01/week-2",
        "weeks-3-to-5",
        "week-6",
        "week-7",
    ];
    let paths = names.map(|name| format!("notes/2024/{name}.md"));
    let files: Vec<_> = paths
        .iter()
        .map(|path| (path.as_str(), "Rain.\n"))
        .collect();
    let (archive, calendars) = calendars(&files);
    let row = &calendars[0].rows[0];
    assert_eq!(row.number, 2024);
    assert_eq!(drawn(row).trim_end(), "#2#--##");
    assert_eq!(row.notes(), 6);
    assert_eq!((row.count(State::Twice), row.count(State::Missing)), (1, 0));
    let twice = row.cells[1].notes.iter();
    let twice: Vec<_> = twice
        .map(|id| &*archive.document(*id).unwrap().path)
        .collect();
    assert_eq!(twice, ["notes/2024/01/week-2.md", "notes/2024/week-2.md"]);
}

#[test]
fn notes_without_days_are_drawn_by_their_numbers() {
    let names = ["week-48", "week-49", "week-50", "week-52"];
    assert_eq!(
        of_weeks(&names),
        [
            format!("0 {}##", " ".repeat(48)),
            format!("1 #.#{}", " ".repeat(47))
        ]
    );
}

#[test]
fn who_writes_around_the_weekend_has_no_gaps() {
    // On Sundays and Mondays in turn, one note for each week.
    let files: Vec<(String, String)> = (0..20_i32)
        .map(|week| {
            let day = date(2023, 1, 8).saturating_add((7 * week + week % 2).days());
            let path = format!("minutes/{day}.md");
            (path, "# Weekly meeting\n\nMinutes.\n".to_owned())
        })
        .collect();
    let files: Vec<_> = files
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let (_, calendars) = calendars(&files);
    assert_eq!(drawn(&calendars[0].rows[0]).trim(), "#".repeat(20));
}

#[test]
fn a_season_begins_with_its_first_episode() {
    let names = ["s01e01", "s01e02", "s01e04", "s02e02", "s02e03"];
    let titles: Vec<(String, String)> = names
        .iter()
        .map(|name| {
            (
                format!("weeknotes/{name}.md"),
                format!("# Weeknotes {name}\n"),
            )
        })
        .collect();
    let files: Vec<_> = titles
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let (_, calendars) = calendars(&files);
    assert_eq!(calendars[0].scale, Scale::Episodes);
    assert_eq!(all_drawn(&calendars[0]), ["1 ##.#", "2 .##"]);
}
