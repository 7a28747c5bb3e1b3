//! `weeknote-lint init`: linting with the file that it writes finds the same as linting without, in archives of many
//! kinds; and it writes nothing where it should not.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use support::{Folder, Run, archive, copy_folder, folders_beside, lint, say};

const FILE: &str = "weeknote-lint.toml";

/// What the program says where it finds none.
const NO_WEEKNOTES: &str = "no weeknotes were found: weeknote-lint looks for";

/// A repository without configuration.
fn repository(files: &[(String, String)]) -> Folder {
    let folder = Folder::new(&[(".git/HEAD", "")]);
    fs::remove_file(folder.path().join(FILE)).expect("the empty configuration is there");
    for (path, text) in files {
        folder.write(path, text);
    }
    folder
}

/// A copy of a folder without its configuration.
fn copied(from: &Path) -> Folder {
    let folder = repository(&[]);
    copy_folder(from, folder.path(), |name| name == FILE);
    folder
}

/// Lints without a configuration, learns one, and lints with it: the reports must be the same. Gives the configuration,
/// and whether there were findings to compare.
/// `None` where there are no weeknotes, which `init` must say, too.
#[track_caller]
fn compared(folder: &Path) -> Option<(String, bool)> {
    let report = || lint(folder, &["--format", "json", "--today", "2031-05-06"]);
    let Run {
        out: without, err, ..
    } = report();
    if err.contains(NO_WEEKNOTES) {
        teaches_nothing(folder);
        return None;
    }
    let run = lint(folder, &["init"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(report().out, without, "{}", run.out);
    let file = fs::read_to_string(folder.join(FILE)).expect("the file was written");
    Some((file, without.contains("\"rule\"")))
}

#[track_caller]
fn same_with_and_without(folder: &Path) -> String {
    let (file, has_findings) = compared(folder).expect("there are weeknotes");
    assert!(has_findings, "there must be findings to compare");
    file
}

#[track_caller]
fn holds(file: &str, lines: &[&str]) {
    for line in lines {
        assert!(
            file.lines().any(|one| one == *line),
            "`{line}` is missing:\n{file}"
        );
    }
}

/// Notes whose paths and texts are made from their number; the third has a link to nowhere.
fn notes(
    numbers: std::ops::Range<u32>,
    mut make: impl FnMut(u32) -> (String, String),
) -> Vec<(String, String)> {
    let third = numbers.start + 2;
    let made = numbers.map(|number| {
        let (path, mut text) = make(number);
        if number == third {
            text.push_str("\nThe [beans]() are late.\n");
        }
        (path, text)
    });
    made.collect()
}

/// The Monday of week `number` after 2023-01-02.
fn monday(number: u32) -> jiff::civil::Date {
    let days = jiff::Span::new().days(i64::from(number) * 7);
    jiff::civil::date(2023, 1, 2)
        .checked_add(days)
        .expect("the calendar goes on")
}

#[test]
fn the_example_archives() {
    let clean = same_with_and_without(copied(&archive("clean")).path());
    holds(
        &clean,
        &[
            "dialect = \"kramdown\"",
            "include = [\"soups/weeknotes/*\"]",
            "numbering = { scheme = \"epoch\", week-zero = 2019-02-04 }",
        ],
    );
    same_with_and_without(copied(&archive("broken")).path());
}

/// Each archive is asked what it can be: one in which the program finds no weeknotes yet, whether `init` says so and
/// writes nothing.
#[test]
fn archives_that_lie_beside_the_project() {
    let Some(folders) = folders_beside("../shared/archives") else {
        say("no archives lie beside the project: init was not held against them");
        return;
    };
    let (mut without_notes, mut without_findings) = (Vec::new(), Vec::new());
    for folder in &folders {
        let copy = copied(folder);
        let name = folder.file_name().expect("it has a name").to_string_lossy();
        match compared(copy.path()) {
            None => without_notes.push(name),
            Some((_, false)) => without_findings.push(name),
            Some((_, true)) => {}
        }
    }
    let asked = folders.len() - without_notes.len();
    assert!(asked > 0, "no archive has weeknotes: {folders:?}");
    say(&format!(
        "init: {asked} of {} archives are linted alike with and without its file. Not asked, without weeknotes: {}. \
         Asked, without findings: {}.",
        folders.len(),
        list(&without_notes),
        list(&without_findings),
    ));
}

fn list(names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}

#[test]
fn hugo_with_bundles() {
    let mut files = notes(1..31, |number| {
        let text = format!(
            "---\ntitle: Week {number}\ndate: {}\n---\n\nRain.\n",
            monday(number)
        );
        (format!("content/notes/week-{number}/index.md"), text)
    });
    for title in ["beans", "a-walk"] {
        let text = format!("---\ntitle: {title}\ndate: 2023-02-03\n---\n\n[Beans]()\n");
        files.push((format!("content/notes/{title}/index.md"), text));
    }
    files.push((
        "content/notes/_index.md".to_owned(),
        "---\ntitle: Notes\n---\n".to_owned(),
    ));
    files.push((
        "hugo.toml".to_owned(),
        "baseURL = \"https://beans.example/\"\n".to_owned(),
    ));
    let file = same_with_and_without(repository(&files).path());
    holds(
        &file,
        &[
            "# The site: Hugo (recognised by `hugo.toml`)",
            "dialect = \"commonmark\"",
            "include = [\"content/notes/week-*/index.md\"]",
            "# weeks since Monday 2023-01-02 (week 0): 30 of 30 dated notes were written in",
            "numbering = { scheme = \"epoch\", week-zero = 2023-01-02 }",
            "required-keys = [\"date\", \"title\"]",
        ],
    );
}

#[test]
fn a_mixed_jekyll_blog() {
    let mut files = notes(1..31, |number| {
        let text = format!("---\ntitle: Weeknotes {number}\nlayout: post\n---\n\nRain.\n");
        (
            format!("_posts/{}-weeknotes-{number}.md", monday(number)),
            text,
        )
    });
    let other = |name: &str| {
        let text = "---\ntitle: Beans\nlayout: post\n---\n\nSee [here]().\n";
        (format!("_posts/{name}.md"), text.to_owned())
    };
    files.extend(
        [
            "2023-02-03-beans",
            "2023-05-03-why-weeknotes",
            "2023-05-04-10-beans",
        ]
        .map(other),
    );
    files.push(("_config.yml".to_owned(), "title: Beans\n".to_owned()));
    let file = same_with_and_without(repository(&files).path());
    holds(
        &file,
        &[
            "include = [\"_posts/*-*-*-weeknotes-*\"]",
            "required-keys = [\"layout\", \"title\"]",
        ],
    );
}

#[test]
fn iso_weeks_in_folders_by_year() {
    let files = notes(0..60, |number| {
        let week = monday(number).iso_week_date();
        let name = format!("{:04}-W{:02}", week.year(), week.week());
        (
            format!("notes/{}/{name}.md", week.year()),
            format!("# {name}\n\nRain.\n"),
        )
    });
    let file = same_with_and_without(repository(&files).path());
    holds(
        &file,
        &[
            "include = [\"notes/**\"]",
            "# ISO weeks: 60 of 60 notes name one",
            "numbering = { scheme = \"iso-week\" }",
        ],
    );
}

/// A note whose title has the number, dated `week` weeks after 2023-01-02.
fn numbered(path: String, number: i64, week: u32) -> (String, String) {
    let day = monday(week);
    let topic = ["beds", "pump", "hens", "hedge"][week as usize % 4];
    let text =
        format!("---\ntitle: Week {number}\ndate: {day}\n---\n\nWe looked after the {topic}.\n");
    (path, text)
}

/// What `notes` shows of the series, without its files; and the file that `init` writes.
fn series_of(files: &[(String, String)]) -> (String, String) {
    let folder = repository(files);
    let notes = lint(folder.path(), &["notes", "--all"]).out;
    let shown = notes
        .lines()
        .take_while(|line| !line.contains(".md: "))
        .map(|line| format!("{line}\n"));
    (shown.collect(), same_with_and_without(folder.path()))
}

#[test]
fn a_numbering_that_changes_is_shown_in_its_parts() {
    // Sixty weeks in sequence, then the weeks of the years.
    let files = notes(0..130, |week| {
        let iso = monday(week).iso_week_date();
        match week {
            0..60 => numbered(
                format!("notes/week-{}.md", week + 20),
                i64::from(week) + 20,
                week,
            ),
            _ => numbered(
                format!("notes/{}/week-{}.md", iso.year(), iso.week()),
                i64::from(iso.week()),
                week,
            ),
        }
    });
    let (shown, file) = series_of(&files);
    let parts = [
        "from `notes/week-20.md` on, 60 notes: weeks since Monday 2022-08-15 (week 0)",
        "from `notes/2024/week-9.md` on, 70 notes: ISO weeks",
    ];
    assert_eq!(
        shown,
        format!(
            "notes/N: a series of 130 notes, whose numbering changes\n  {}\n  {}\n",
            parts[0], parts[1]
        )
    );
    let parts = parts.map(|part| format!("# {part}"));
    holds(
        &file,
        &[
            "# the numbering changes, so each run learns it:",
            &parts[0],
            &parts[1],
        ],
    );
    assert!(!file.contains("numbering ="), "{file}");
}

#[test]
fn a_first_week_that_is_set_again_is_shown() {
    let files = notes(0..100, |week| {
        let number = if week < 60 { week + 1 } else { week - 59 };
        let path = format!("notes/{}-week-{number}.md", monday(week));
        numbered(path, i64::from(number), week)
    });
    let (shown, _) = series_of(&files);
    assert!(
        shown.ends_with(
            "changes\n  from `notes/2023-01-02-week-1.md` on, 60 notes: weeks since Monday 2022-12-26 (week 0)\n  \
             from `notes/2024-02-26-week-1.md` on, 40 notes: weeks since Monday 2024-02-19 (week 0)\n"
        ),
        "{shown}"
    );
}

#[test]
fn pauses_and_new_years_change_no_numbering() {
    // A sequence with pauses that are not numbered.
    let pauses = notes(0..100, |number| {
        let week = number + number / 30 * 15;
        numbered(format!("notes/week-{number}.md"), i64::from(number), week)
    });
    // Numbers that begin again every year, with weeks left out.
    let mut last = (0, 0);
    let years = notes(0..120, |week| {
        let week = week + week / 5;
        let year = monday(week).year();
        last = (year, if year == last.0 { last.1 + 1 } else { 1 });
        numbered(format!("notes/{year}/note-{}.md", last.1), last.1, week)
    });
    for files in [pauses, years] {
        let (shown, file) = series_of(&files);
        assert!(shown.contains("numbered by"), "{shown}");
        assert!(!file.contains("changes"), "{file}");
    }
}

#[test]
fn seasons_and_episodes() {
    let files = notes(0..24, |number| {
        let (season, episode) = (number / 8 + 1, number % 8 + 1);
        let title = format!("S{season:02}E{episode:02}");
        (
            format!("weeknotes/{title}.md"),
            format!("# {title}\n\nRain.\n"),
        )
    });
    let file = same_with_and_without(repository(&files).path());
    holds(
        &file,
        &[
            "include = [\"weeknotes/*\"]",
            "numbering = { scheme = \"season-episode\" }",
        ],
    );
}

#[test]
fn two_series_in_one_folder() {
    let mut files = notes(0..30, |number| {
        (
            format!("n/week-{number}.md"),
            format!("# Week {number}\n\nRain.\n"),
        )
    });
    files.extend(notes(0..30, |number| {
        let text = format!("# Week {number}: links\n\n<https://beans.example/{number}>\n");
        (format!("n/week-{number}-links.md"), text)
    }));
    files.push(("n/README.md".to_owned(), "# Notes\n".to_owned()));
    let file = same_with_and_without(repository(&files).path());
    holds(
        &file,
        &[
            "include = [\"n/week-*[0-9].md\"]",
            "include = [\"n/*links*\"]",
            "numbering = { scheme = \"sequence\" }",
        ],
    );
}

/// Notes with nothing in their names, among other posts; `told` is what their metadata has, `not_told` what that of the
/// other posts has.
fn a_mixed_blog(told: &str, not_told: &str) -> Vec<(String, String)> {
    let files = notes(0..25, |number| {
        let letters = (b'a'..=b'z').cycle().skip(number as usize).take(4);
        let name: String = letters.map(char::from).collect();
        let text = format!("---\n{told}\n---\n\nRain.\n");
        (format!("posts/{name}.md"), text)
    });
    let others = files.iter().map(|(path, text)| {
        let text = text.replace(told, not_told);
        (path.replace("posts/", "posts/z"), text)
    });
    files.iter().cloned().chain(others).collect()
}

#[test]
fn notes_that_only_their_tags_tell() {
    for (told, tags) in [
        ("title: Rain\ntags: [weeknotes, rain]", "[\"weeknotes\"]"),
        ("title: Rain\ncategories: rain Weekly", "[\"Weekly\"]"),
    ] {
        let mut files = a_mixed_blog(told, "title: Beans\ntags: [beans]");
        let readme = format!("---\n{told}\n---\n\nRain.\n");
        files.push(("posts/_index.md".to_owned(), readme));
        let file = same_with_and_without(repository(&files).path());
        holds(
            &file,
            &[
                "[[series]]",
                "include = [\"posts/**\"]",
                "exclude = [\"posts/_index.md\"]",
                &format!("tags = {tags}"),
            ],
        );
    }
}

#[test]
fn notes_that_only_their_titles_tell() {
    let files = a_mixed_blog("title: \"Weeknotes: rain\"", "title: Beans");
    let file = same_with_and_without(repository(&files).path());
    assert!(!file.contains("[[series]]"), "{file}");
    holds(
        &file,
        &["# no pattern sets these files apart, so each run looks for them"],
    );
}

#[test]
fn a_folder_gives_its_notes_their_tag() {
    let mut files = a_mixed_blog("title: Rain", "title: Beans");
    for (path, _) in &mut files {
        *path = path
            .replace("posts/z", "src/posts/")
            .replace("posts/", "src/rain/");
    }
    files.push(("eleventy.config.js".to_owned(), String::new()));
    let data = "{\"tags\": \"weeknotes\"}".to_owned();
    files.push(("src/rain/rain.json".to_owned(), data));
    let file = same_with_and_without(repository(&files).path());
    holds(&file, &["include = [\"src/rain/*\"]"]);
}

#[test]
fn a_week_zero_that_is_in_doubt_is_left_to_be_learnt() {
    // Written on Mondays, these notes may be about the week before; then the early one is right.
    let files = notes(1..31, |number| {
        let days = jiff::Span::new().days(if number == 12 { -2 } else { 0 });
        let day = monday(number)
            .checked_add(days)
            .expect("the calendar goes on");
        let text = format!("---\ntitle: Week {number}\ndate: {day}\n---\n\nRain.\n");
        (format!("notes/week-{number}.md"), text)
    });
    let file = same_with_and_without(repository(&files).path());
    holds(
        &file,
        &[
            "include = [\"notes/*\"]",
            "#numbering = { scheme = \"epoch\", week-zero = 2023-01-02 }",
            "required-keys = [\"date\", \"title\"]",
        ],
    );
}

#[test]
fn a_series_that_no_configuration_can_hold_is_learnt_on_every_run() {
    let mut files = notes(1..31, |number| {
        (
            format!("week-{number}.md"),
            format!("# Week {number}\n\nRain.\n"),
        )
    });
    // A pattern cannot begin like this.
    files.push(("!week-31.md".to_owned(), "# Week 31\n".to_owned()));
    files.push(("midweek.md".to_owned(), "# Beans\n".to_owned()));
    let file = same_with_and_without(repository(&files).path());
    holds(
        &file,
        &["#[[series]]", "#include = [\"week-*\", \"!week-31.md\"]"],
    );
    assert!(
        file.contains("# linting with this would report something else"),
        "{file}"
    );
}

#[test]
fn odd_names_are_escaped() {
    let files = notes(1..31, |number| {
        let text = format!("---\n\"a \u{202e}\\\"key\": 1\n---\n\n# Week {number}\n");
        (format!("no\u{202e}tes [x]/week-{number}.md"), text)
    });
    let file = same_with_and_without(repository(&files).path());
    holds(
        &file,
        &[
            "include = [\"no\\u202etes [[]x[]]/*\"]",
            "required-keys = [\"a \\u202e\\\"key\"]",
        ],
    );
    assert!(!file.contains('\u{202e}'), "{file:?}");
}

#[test]
fn exceptions_are_named_and_a_start_is_offered_where_old_notes_are_full_of_findings() {
    let files = notes(1..101, |number| {
        let mut text = format!("---\ntitle: Week {number}\n");
        let _ = writeln!(text, "date: {}", monday(number));
        if number != 70 {
            let _ = writeln!(text, "mood: calm");
        }
        text.push_str("---\n\nRain.\n");
        if number <= 40 {
            text.push_str("\nThe [beans]() are late.\n");
        }
        (format!("week-{number}.md"), text)
    });
    let folder = repository(&files);
    let file = same_with_and_without(folder.path());
    let from = monday(38);
    holds(
        &file,
        &[
            "include = [\"week-*\"]",
            "# `date`, `title` in 100 of 100",
            "# `mood` in 99 of 100, not in `week-70.md`",
            &format!("#enforce-from = {from}"),
        ],
    );
    let problems = || {
        let found = folder.found(&["--fail-on", "never"]);
        found
            .iter()
            .filter(|line| !line.contains(": info["))
            .count()
    };
    let before = problems();
    folder.write(FILE, file.replace("#enforce", "enforce"));
    let silenced = before - problems();
    let said =
        format!("# {silenced} of {before} errors and warnings are older than Monday {from}.");
    assert!(silenced >= 36 && file.contains(&said), "{said}\n{file}");
}

#[test]
fn a_habit_is_proposed_as_one() {
    let files = notes(1..31, |number| {
        (
            format!("week-{number}.md"),
            format!("# Week {number}\n\n##Rain\n"),
        )
    });
    let file = same_with_and_without(repository(&files).path());
    holds(&file, &["#[rules]", "#\"body/not-a-heading\" = \"off\""]);
}

#[test]
fn two_notes_teach_nothing() {
    let files = notes(1..3, |number| {
        (
            format!("notes/week-{number}.md"),
            format!("# Week {number}\n\n[Rain]()\n"),
        )
    });
    let file = same_with_and_without(repository(&files).path());
    holds(
        &file,
        &[
            "# weeknote-lint learns no conventions from fewer than 20 notes",
            "#[[series]]",
        ],
    );
    assert!(
        !file.contains("numbering") && !file.contains("required-keys"),
        "{file}"
    );
}

#[track_caller]
fn teaches_nothing(folder: &Path) {
    let run = lint(folder, &["init"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains(NO_WEEKNOTES), "{}", run.err);
    assert!(!folder.join(FILE).exists());
}

#[test]
fn an_archive_without_notes_teaches_nothing_and_nothing_is_written() {
    let folder = repository(&[("beans.md".to_owned(), "# Beans\n".to_owned())]);
    teaches_nothing(folder.path());
}

#[test]
fn a_file_that_is_there_is_kept_unless_force_is_given() {
    let files = notes(1..3, |number| {
        (
            format!("notes/week-{number}.md"),
            format!("# Week {number}\n"),
        )
    });
    let folder = repository(&files);
    // A broken one, which could not be read.
    let old = "rules = beans\n";
    folder.write(FILE, old);
    let file = || fs::read_to_string(folder.path().join(FILE)).expect("the file is there");
    let run = folder.lint(&["init"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(
        run.err.contains("`weeknote-lint.toml` already exists"),
        "{}",
        run.err
    );
    assert!(run.err.contains("--force"), "{}", run.err);
    let shown = folder.lint(&["init", "--dry-run"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert_eq!(file(), old);
    assert_eq!(folder.lint(&["init", "--force"]).code, 0);
    assert_eq!(file(), shown.out);
    assert_eq!(folder.lint(&["init", "--config", FILE]).code, 2);
}
