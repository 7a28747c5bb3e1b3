use crate::{config::Config, lint};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// How many impossible weeks are reported of 30 notes, the twenty-first of which is that of the week that begins on
/// `first` and bears the number 53 of 2022. `written` is the text of a note by its name and its first day.
fn found(first: Date, written: impl Fn(&str, Date) -> String) -> usize {
    let note = |week: i32| {
        let name = match week {
            ..=53 => format!("2022-W{week}"),
            _ => format!("2023-W{:02}", week - 53),
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
    assert_eq!(found(monday, |name, _| format!("# {name}\n\nBeans.\n")), 1);
}
