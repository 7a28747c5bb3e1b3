//! `weeknote-lint new`: the note that it writes is what the author would have written, and nothing in it is wrong but what
//! is still to be written.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use std::fs;
use std::path::Path;
use support::{Folder, copy_folder, folders_beside, lint, say};

/// A repository with notes that are made from their number, and the Monday of their week after 2023-01-02.
fn repository(
    numbers: std::ops::RangeInclusive<u32>,
    make: impl Fn(u32, jiff::civil::Date) -> (String, String),
) -> Folder {
    let folder = Folder::new(&[(".git/HEAD", "")]);
    for number in numbers {
        let days = jiff::Span::new().days(i64::from(number) * 7);
        let monday = jiff::civil::date(2023, 1, 2).checked_add(days);
        let (path, text) = make(number, monday.expect("the calendar goes on"));
        folder.write(&path, &text);
    }
    folder
}

/// Writes the next note. Gives its path and text.
#[track_caller]
fn next(folder: &Folder, today: &str, arguments: &[&str]) -> (String, String) {
    let run = lint(
        folder.path(),
        &[&["new", "--today", today], arguments].concat(),
    );
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    let path = run.out.trim_end().to_owned();
    let text = fs::read_to_string(folder.path().join(&path)).expect("the note was written");
    (path, text)
}

/// What is reported of a file, as rules.
fn rules(folder: &Path, path: &str, today: &str) -> Vec<String> {
    let arguments = [path, "--format", "jsonl", "--today", today];
    let out = lint(folder, &arguments).out;
    let rules = out.lines().filter_map(|line| {
        let found: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        let of_file = found["path"] == path && found["severity"] != "info";
        of_file.then(|| found["rule"].as_str().unwrap_or_default().to_owned())
    });
    rules.collect()
}

const WORDS: [&str; 7] = ["rain", "beans", "a coop", "hay", "the fox", "frost", "eggs"];

fn words(number: u32) -> &'static str {
    WORDS
        .get(number as usize % WORDS.len())
        .expect("it is within")
}

#[test]
fn weeks_that_are_counted_go_on_with_headings_and_values_that_are_shared() {
    let folder = repository(80..=103, |number, monday| {
        let friday = monday.saturating_add(jiff::Span::new().days(4));
        let text = format!(
            "---\ntitle: \"Week {number}: {}\"\ndate: {friday}\nauthor: Ada\nmood: {}\n---\n\n# Week {number}: {}\n\n{}\n\n## Garden\n\nBeans.\n\n## {} {number}\n\nHens.\n",
            words(number),
            words(number + 3),
            words(number),
            format_args!("From Monday {monday} to {friday}."),
            words(number + 1),
        );
        (format!("notes/week-{number}.md"), text)
    });
    let (path, text) = next(&folder, "2025-01-04", &[]);
    assert_eq!(path, "notes/week-104.md");
    assert_eq!(
        text,
        "---\ntitle: \"Week 104: TODO\"\ndate: 2025-01-03\nauthor: Ada\nmood: beans\n---\n\n# Week 104: TODO\n\nFrom Monday 2024-12-30 to 2025-01-03.\n\n## Garden\n"
    );
    let placeholders = ["body/placeholder", "body/placeholder"];
    assert_eq!(rules(folder.path(), &path, "2025-01-04"), placeholders);
    let again = lint(folder.path(), &["new", "--today", "2025-01-04"]);
    assert_eq!(again.out, "notes/week-105.md\n", "{}", again.err);
}

#[test]
fn names_with_dates_and_words_take_the_title() {
    let folder = repository(1..=20, |number, monday| {
        let name = words(number).replace(' ', "-");
        let text = format!(
            "---\nlayout: post\ntitle: \"{}\"\ntags: [weeknotes, {}]\n---\n\nBeans.\n",
            words(number),
            words(number + 2)
        );
        (format!("_posts/{monday}-{name}.md"), text)
    });
    folder.write("_config.yml", "title: The pond\n");
    let (path, text) = next(&folder, "2023-05-29", &["--title", "The \"new\" pond: 3"]);
    assert_eq!(path, "_posts/2023-05-29-the-new-pond-3.md");
    assert_eq!(
        text,
        "---\nlayout: post\ntitle: \"The \\\"new\\\" pond: 3\"\ntags: [weeknotes]\n---\n"
    );
    let (path, _) = next(&folder, "2023-06-05", &[]);
    assert_eq!(path, "_posts/2023-06-05-todo.md");
    let placeholders = ["body/placeholder", "body/placeholder"];
    assert_eq!(rules(folder.path(), &path, "2023-06-05"), placeholders);
}

#[test]
fn a_new_year_has_its_folder_and_its_first_week() {
    let folder = repository(30..=51, |number, monday| {
        let week = monday.iso_week_date();
        let (year, week) = (week.year(), week.week());
        let sunday = monday.saturating_add(jiff::Span::new().days(6));
        let text = format!(
            "+++\ntitle = \"{year}-W{week:02}\"\ndate = {sunday}\nnumber = {}\n+++\n",
            number + 100
        );
        (format!("content/notes/{year}/{year}-W{week:02}.md"), text)
    });
    folder.write("hugo.toml", "title = \"The pond\"\n");
    let (path, text) = next(&folder, "2024-01-07", &[]);
    assert_eq!(path, "content/notes/2024/2024-W01.md");
    assert_eq!(
        text,
        "+++\ntitle = \"2024-W01\"\ndate = 2024-01-07\nnumber = 152\n+++\n"
    );
}

#[test]
fn a_range_of_days_is_written_as_an_earlier_one_that_crosses_a_month() {
    let folder = repository(3..=30, |number, monday| {
        let sunday = monday.saturating_add(jiff::Span::new().days(6));
        let (from, to) = (monday.strftime("%B %-d"), sunday.strftime("%B %-d"));
        let to = match monday.month() == sunday.month() {
            true => sunday.strftime("%-d").to_string(),
            false => to.to_string(),
        };
        let text =
            format!("---\ndate: {sunday}\n---\n\n# Notes {number}, {from} to {to}\n\nBeans.\n");
        (format!("weeknotes/{number}.md"), text)
    });
    let (path, text) = next(&folder, "2023-08-13", &[]);
    assert_eq!(path, "weeknotes/31.md");
    assert_eq!(
        text,
        "---\ndate: 2023-08-13\n---\n\n# Notes 31, August 7 to August 13\n"
    );
}

#[test]
fn after_a_pause_the_next_week_is_the_current_one() {
    let folder = repository(10..=30, |number, monday| {
        let text = format!("# Week {number}\n\nBeans.\n\n:date: {monday}\n:author: ada\n");
        (format!("week-{number}.md"), text)
    });
    let (path, text) = next(&folder, "2023-09-06", &[]);
    assert_eq!(path, "week-35.md");
    assert_eq!(text, "# Week 35\n\n:date: 2023-09-04\n:author: ada\n");
}

#[test]
fn what_cannot_be_continued_is_named_and_nothing_is_written() {
    let folder = Folder::new(&[(".git/HEAD", ""), ("about.md", "# About\n")]);
    let run = lint(folder.path(), &["new"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(
        run.err.contains("there is no series to continue"),
        "{}",
        run.err
    );
    let folder = repository(10..=30, |number, _| {
        (
            format!("notes/week-{number}.md"),
            format!("# Week {number}\n"),
        )
    });
    let run = lint(folder.path(), &["new", "posts"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(
        run.err
            .contains("there is no series in `posts`; there is one in `notes`"),
        "{}",
        run.err
    );
    let titled = lint(folder.path(), &["new", "--dry-run", "--title", "Rain"]);
    assert_eq!(
        titled.err,
        "note: notes of this series have no titles of their own, so --title was ignored\n"
    );
    let dry = lint(folder.path(), &["new", "notes", "--dry-run"]);
    assert_eq!(dry.out, "notes/week-31.md\n\n# Week 31\n");
    assert!(!folder.path().join("notes/week-31.md").exists());
}

#[cfg(unix)]
#[test]
fn nothing_is_made_through_a_link_out_of_the_repository() {
    let folder = repository(30..=51, |_, monday| {
        let (year, month) = (monday.year(), monday.strftime("%m"));
        let text = format!("# Weeknotes {monday}\n");
        (format!("notes/{year}/{month}/{monday}.md"), text)
    });
    let outside = Folder::new(&[]);
    let link = folder.path().join("notes/2024");
    std::os::unix::fs::symlink(outside.path(), link).expect("a link can be made");
    let run = lint(folder.path(), &["new", "--today", "2024-01-01"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("symbolic link"), "{}", run.err);
    assert!(!outside.path().join("01").exists());
}

#[test]
fn archives_that_lie_beside_the_project() {
    let Some(folders) = folders_beside("../shared/archives") else {
        say("no archives lie beside the project: new was not held against them");
        return;
    };
    for archive in &folders {
        let folder = Folder::new(&[(".git/HEAD", "")]);
        copy_folder(archive, folder.path(), |_| false);
        let last = lint(
            folder.path(),
            &["new", "--dry-run", "--today", "1990-01-01"],
        );
        assert_eq!(last.code, 0, "{}: {}", archive.display(), last.err);
        // The latest of the days in it is a good one to write it on.
        let days = last.out.split(|c: char| !c.is_ascii_digit() && c != '-');
        let days = days.filter_map(|word| word.get(..10)?.parse::<jiff::civil::Date>().ok());
        let today = days
            .max()
            .map_or("2026-06-14".to_owned(), |day| day.to_string());
        let run = lint(folder.path(), &["new", "--today", &today]);
        assert_eq!(
            (run.code, run.err.as_str()),
            (0, ""),
            "{}",
            archive.display()
        );
        let mut found = rules(folder.path(), run.out.trim_end(), &today);
        found.retain(|rule| rule != "body/placeholder");
        assert_eq!(
            found,
            Vec::<String>::new(),
            "{}: {}",
            archive.display(),
            run.out
        );
    }
}
