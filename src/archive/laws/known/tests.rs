use crate::{config::Config, lint};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// How many impossible weeks are reported of 30 notes, the twenty-first of which is that of the week that begins on
/// `first` and bears the number 53 of its year. `written` is the text of a note by its name and its first day.
fn found(first: Date, written: impl Fn(&str, Date) -> String) -> usize {
    let note = |week: i32| {
        let name = match week {
            ..=53 => format!("{}-W{week}", first.year()),
            _ => format!("{}-W{:02}", first.year() + 1, week - 53),
        };
        let text = written(&name, first.saturating_add((7 * (week - 53)).days()));
        (format!("weeks/{name}.md"), text)
    };
    let texts = (33..63).map(note).collect();
    let archive = lint::archive_of(texts, Config::default(), date(2031, 5, 6));
    let (found, _) = lint::findings(&archive);
    let found = found.iter().filter(|found| found.rule == "week/impossible");
    found.count()
}

#[test]
fn week_53_is_there_where_the_days_say_so() {
    let sunday = date(2022, 12, 25);
    let last = |first: Date| first.saturating_add(6.days());
    assert_eq!(
        found(sunday, |name, first| format!(
            "# {name}\n\n{first} to {}\n\nBeans.\n",
            last(first)
        )),
        0
    );
    assert_eq!(
        found(sunday, |name, first| format!(
            "# {name}: {first} to {}\n\nBeans.\n",
            last(first)
        )),
        0
    );
    assert_eq!(
        found(sunday, |name, first| format!(
            "---\nstart: {first}\n---\n# {name}\n\nBeans.\n"
        )),
        0
    );
    assert_eq!(
        found(sunday, |name, first| format!(
            "---\ndate: {}\n---\n# {name}\n\nBeans.\n",
            last(first)
        )),
        0
    );
}

#[test]
fn week_53_is_impossible_where_the_days_are_those_of_iso_weeks() {
    let monday = date(2022, 12, 26);
    let weeks = |name: &str, first: Date| {
        // The neighbours have the numbers of ISO 8601.
        let first = match name < "2022-W53" {
            true => first.saturating_add(7.days()),
            false => first,
        };
        format!(
            "# {name}\n\n{first} to {}\n\nBeans.\n",
            first.saturating_add(6.days())
        )
    };
    assert_eq!(found(monday, weeks), 1);
}

#[test]
fn without_days_weeks_may_begin_on_sundays() {
    let undated = |name: &str, _| format!("# {name}\n\nBeans.\n");
    // 31 December 2022 is a Saturday, and the last day of a week 53; in 2021 it is none.
    assert_eq!(found(date(2022, 12, 26), undated), 0);
    assert_eq!(found(date(2021, 12, 27), undated), 1);
}

/// The names of the files that are reported as copies, of those with these names.
fn copies(names: &[&str]) -> Vec<String> {
    let file = |name: &&str| (format!("notes/{name}.md"), format!("# {name}\n"));
    let archive = lint::archive_of(
        names.iter().map(file).collect(),
        Config::default(),
        date(2031, 5, 6),
    );
    let (found, _) = lint::findings(&archive);
    let found = found.iter().filter(|found| found.rule == "week/file-name");
    let documents = found.filter_map(|found| archive.document(found.place.document));
    documents
        .map(|document| document.stem().to_owned())
        .collect()
}

#[test]
fn a_copy_may_stand_beside_its_original() {
    let topics = [
        ("week", "hens"),
        ("weeknotes", "rain on tin"),
        ("Week", "eels"),
        ("weeknote", "tea-for-two"),
    ];
    let names = (0..28).map(|week| {
        let (word, topic) = topics[week % 4];
        format!("{word}-{week}-{topic}")
    });
    let mut names: Vec<String> = names.collect();
    names.push("week-4-hens copy".to_owned());
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(copies(&names), ["week-4-hens copy"]);
}

#[test]
fn copies_are_told_from_titles() {
    for copy in [
        "week-12.snip copy",
        "week-12 copy 2",
        "week-12 (1)",
        "week-12 2",
        "week-12 (Ada's conflicted copy 2024-03-05)",
        "week-12 - Copy",
        "week-12.sync-conflict-20240305-1",
    ] {
        assert_eq!(copies(&["week-11", "week-12", "week-13", copy]), [copy]);
    }
    for other in ["week-12-copyright", "week-12-2", "week-12-holidays"] {
        assert_eq!(copies(&["week-11", "week-12", "week-13", other]), [""; 0]);
    }
}
