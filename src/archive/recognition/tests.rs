use super::words::{self, Call};
use crate::archive::Archive;
use crate::config::Config;
use crate::lint;
use crate::week::statements::Reading;
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

#[test]
fn names_of_weekly_notes_are_known_by_how_they_are_made() {
    for name in [
        "Weeknotes",
        "week-report-12",
        "The week in review",
        "Our weeknotes",
        "Team weeknotes: rain",
        "Ada's week notes",
        "Notes from this week",
        "Wochenrückblick 7",
        "wochenuebersicht",
        "Die Woche in Kürze",
        "Weekverslag",
        "Week in beeld",
        "Veckologg 12",
        "Veckans noteringar",
        "Ugens referat",
        "ukeslogg",
        "Ukesrapport",
        "Journal de la semaine",
        "compte-rendu-hebdomadaire",
        "La semaine en bref",
        "Crónica semanal 4",
        "apuntes-de-la-semana",
        "Relatório semanal",
        "A semana em resumo",
        "Appunti della settimana",
        "riepilogo-settimanale-3",
        "Nodiadau'r wythnos",
    ] {
        assert_eq!(
            words::of_text(&Reading::of(name), true),
            Some(Call::Note),
            "{name}"
        );
    }
}

#[test]
fn a_week_that_begins_or_ends_with_a_day_is_a_rhythm() {
    for (title, expected) in [
        ("Week to 3 May 2024", Some(Call::Weekly)),
        ("Woche bis 3. Mai 2024", Some(Call::Weekly)),
        ("Semaine du 3 mai 2024", Some(Call::Weekly)),
        ("Veckan från 3 maj 2024", Some(Call::Weekly)),
        ("Week of rain and hens", Some(Call::Weekly)),
        ("Week off, 3 May 2024", None),
        ("A week by the sea (3 May 2024)", None),
    ] {
        assert_eq!(
            words::of_text(&Reading::of(title), true),
            expected,
            "{title}"
        );
    }
}

#[test]
fn other_words_with_a_week_in_them_name_no_notes() {
    for name in [
        "weeklies",
        "Weekend notes",
        "weekender-report",
        "weekday-journal",
        "Week planner 12",
        "Weekmenu",
        "Wochenende im Garten",
        "wochenplan-12",
        "Wochenmarkt",
        "Veckohandling",
        "Menu de la semaine",
        "Fin de semana",
        "Notas del fin de semana",
        "huge logs",
        "Notes",
        "Why I write weeknotes",
    ] {
        assert_eq!(words::of_text(&Reading::of(name), true), None, "{name}");
    }
    for (path, expected) in [
        ("notas/semanal", Some(Call::Weekly)),
        ("content/notas-semanales", Some(Call::Note)),
        ("content/weekend", None),
        ("notes/week", None),
    ] {
        assert_eq!(words::of_place(path), expected, "{path}");
    }
}

/// The name of the file that is number `number`; some begin with a number of their own.
fn topic(number: i64) -> String {
    let words = [
        "rain",
        "hens",
        "mending",
        "boats",
        "l-orage",
        "9-hens",
        "100-years-of-tea",
    ];
    let at = |number: i64| usize::try_from(number).map_or("", |at| words[at % words.len()]);
    format!(
        "{}-and-the-{}-{}",
        at(number),
        at(number / 7),
        at(number / 49)
    )
}

/// Posts on irregular days.
fn posts(folder: &str, count: i64, name: impl Fn(i64, Date) -> String) -> Vec<(String, String)> {
    let mut day = date(2023, 1, 4);
    let file = |number: i64| {
        day = day.saturating_add((number * number % 23 + 2).days());
        let text = format!("---\ntitle: On beans\ndate: {day}\n---\n\nBeans.\n");
        (format!("{folder}/{}.md", name(number, day)), text)
    };
    (1..=count).map(file).collect()
}

#[test]
fn days_are_read_as_their_column_decides() {
    let minutes = |gap| {
        archive(apart(20, gap, |_, day| {
            let name = day.strftime("%d-%m-%Y-minutes");
            (format!("log/{name}.md"), "Beans.\n".to_owned())
        }))
    };
    assert_eq!(notes(&minutes(7)), [20]);
    assert_eq!(notes(&minutes(14)), [0; 0]);
    assert_eq!(notes(&minutes(30)), [0; 0]);
}

#[test]
fn a_key_that_counts_tells_notes_from_other_posts() {
    let counted = |gap, key: &str, value: fn(i64) -> i64| {
        let mut files = apart(40, gap, |number, day| {
            let text = format!(
                "---\ndate: {day}\n{key}: {}\n---\n\nBeans.\n",
                value(number)
            );
            (format!("blog/{}-{number}.md", "x".repeat(9)), text)
        });
        for (number, (path, _)) in (1..).zip(&mut files) {
            *path = format!("blog/{}.md", topic(number));
        }
        files.extend(posts("blog", 15, |number, _| {
            format!("on-{}", topic(number))
        }));
        archive(files)
    };
    assert_eq!(notes(&counted(7, "edition", |number| number + 30)), [40]);
    assert_eq!(notes(&counted(30, "edition", |number| number)), [0; 0]);
    assert_eq!(
        notes(&counted(7, "minutes", |number| number * 37 % 90)),
        [0; 0]
    );
}

#[test]
fn topics_a_week_apart_are_asked_about_and_titled_days_are_notes() {
    let topics = |title: fn(Date) -> String| {
        archive(apart(30, 7, |number, day| {
            let text = format!("---\ntitle: {}\n---\n\nBeans.\n", title(day));
            (format!("log/2023/{day}-{}.md", topic(number)), text)
        }))
    };
    let plain = topics(|_| "Beans".to_owned());
    assert_eq!(notes(&plain), [0; 0]);
    let guess = plain.guess.as_ref().expect("a question");
    assert_eq!((guess.files, &*guess.pattern), (30, "log/**/*.md"));
    let days = topics(|day| day.strftime("%A, %-d %B %Y").to_string());
    assert_eq!(notes(&days), [30]);
}

#[test]
fn a_topic_may_begin_with_a_number() {
    let numbered = |gap| {
        archive(apart(20, gap, |number, day| {
            let text = format!("---\ndate: {day}\n---\n\nBeans.\n");
            (format!("n/{number:03}-{}.md", topic(number)), text)
        }))
    };
    assert_eq!(notes(&numbered(7)), [20]);
    assert_eq!(notes(&numbered(3)), [0; 0]);
}

#[test]
fn a_name_may_hold_a_run_of_numbers() {
    let mut files = apart(20, 7, |number, day| {
        let text = format!("---\ndate: {day}\n---\n\nBeans.\n");
        (format!("blog/issue-{number}.md"), text)
    });
    files.remove(12);
    if let Some((path, _)) = files.get_mut(12) {
        *path = "blog/issue-13-14.md".to_owned();
    }
    files.extend(posts("blog", 25, |number, _| {
        format!("on-{}", topic(number))
    }));
    assert_eq!(notes(&archive(files)), [19]);
}

#[test]
fn days_may_be_divided_among_folder_and_name() {
    let mut files = apart(30, 7, |_, day| {
        let path = format!("blog/{}.md", day.strftime("%Y/%m-%d"));
        (path, "# Weeknotes\n\nBeans.\n".to_owned())
    });
    files.extend(posts("blog", 9, |number, _| topic(number)));
    assert_eq!(notes(&archive(files)), [30]);
}

#[test]
fn a_folder_speaks_for_its_files_and_not_for_those_further_down() {
    let fortnight = |folder: &str| {
        archive(apart(30, 14, |number, day| {
            let path = format!("{folder}/{day}-{}.md", topic(number));
            (path, "Beans.\n".to_owned())
        }))
    };
    assert_eq!(notes(&fortnight("content/wochenbriefe")), [30]);
    assert_eq!(notes(&fortnight("wochenbriefe/recipes")), [0; 0]);
}

#[test]
fn a_stray_is_a_note_and_many_are_something_else() {
    let with_others = |count| {
        let mut files = apart(60, 7, |_, day| {
            (format!("log/{day}.md"), "Beans.\n".to_owned())
        });
        files.extend(posts("log", count, |number, day| {
            format!("{day}-{}", topic(number))
        }));
        notes(&archive(files))
    };
    assert_eq!(with_others(1), [61]);
    assert_eq!(with_others(9), [60]);
}

#[test]
fn what_does_not_call_itself_a_note_is_none_where_all_others_do() {
    let mut files = apart(60, 7, |number, day| {
        let text = format!("---\ntitle: Weekly notes {number}\n---\n\nBeans.\n");
        (format!("blog/{day}.md"), text)
    });
    files.extend(posts("blog", 2, |number, day| {
        format!("{day}-{}", topic(number))
    }));
    assert_eq!(notes(&archive(files)), [60]);
}

#[test]
fn the_folder_of_a_year_dates_the_weeks_in_it() {
    let files = apart(90, 7, |number, day| {
        let week = day.iso_week_date();
        (
            format!(
                "digest/{}/{:02}-{}.md",
                week.year(),
                week.week(),
                topic(number)
            ),
            format!("# Week {}: beans\n\nBeans.\n", week.week()),
        )
    });
    assert_eq!(notes(&archive(files)), [90]);
}

#[test]
fn a_range_of_days_names_a_week() {
    let ranged = |days: i64| {
        archive(apart(30, 7, |number, day| {
            let range = format!("{day} to {}", day.saturating_add(days.days()));
            (
                format!("log/{day}-{}.md", topic(number)),
                format!(
                    "---\ntitle: {}\n---\n\n*{range}*\n\nBeans.\n",
                    topic(number)
                ),
            )
        }))
    };
    assert_eq!(notes(&ranged(6)), [30]);
    assert_eq!(notes(&ranged(2)), [0; 0]);
}

#[test]
fn a_run_may_have_its_year_behind_it() {
    let mut files = apart(40, 7, |_, day| {
        let week = day.iso_week_date();
        (
            format!("log/week-{}-{}.md", week.week(), week.year()),
            format!("# Week {}\n\nBeans.\n", week.week()),
        )
    });
    files.remove(20);
    files[20].0 = "log/week-22-23-2023.md".to_owned();
    files[20].1 = "# Weeks 22 and 23\n\nBeans.\n".to_owned();
    assert_eq!(notes(&archive(files)), [39]);
}

#[test]
fn seasons_and_episodes_are_known_in_several_languages() {
    for (season, episode) in [
        ("Saison", "Épisode"),
        ("Seizoen", "Aflevering"),
        ("Staffel", "Folge"),
    ] {
        let files = apart(5, 7, |number, _| {
            (
                format!("log/{}.md", topic(number)),
                format!("# Weeknotes – {season} 1, {episode} {number}\n\nBeans.\n"),
            )
        });
        assert_eq!(notes(&archive(files)), [5], "{season}");
    }
}
