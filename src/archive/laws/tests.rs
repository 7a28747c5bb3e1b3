//! Archives of a hundred notes in which one note breaks a law.

use crate::config::Config;
use crate::lint;
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The Monday of the week of note `number`.
fn monday(number: i64) -> Date {
    date(2022, 1, 3).saturating_add((7 * number).days())
}

/// What is reported of a hundred notes.
fn found(note: impl Fn(i64) -> (String, String)) -> Vec<(String, String)> {
    found_among(100, note)
}

/// What is reported of the notes 1 to `notes`, made by `note` (name and text): the name of the file and the message.
fn found_among(notes: i64, note: impl Fn(i64) -> (String, String)) -> Vec<(String, String)> {
    let texts = (1..=notes).map(|number| {
        let (name, text) = note(number);
        (format!("weeknotes/{name}.md"), text)
    });
    let archive = lint::archive_of(texts.collect(), Config::default(), date(2031, 5, 6));
    let (found, _) = lint::findings(&archive);
    let problems = found
        .into_iter()
        .filter(|one| one.severity > crate::diagnostic::Severity::Info);
    let stem = |id| {
        archive
            .document(id)
            .map(|document| document.stem().to_owned())
    };
    problems
        .filter_map(|one| Some((stem(one.place.document)?, one.message)))
        .collect()
}

/// A note named by its number, with what stands in its front matter.
fn numbered(number: i64, front_matter: &str) -> (String, String) {
    (
        format!("weeknote-{number:03}"),
        format!("---\n{front_matter}---\n\nRain on the allotment.\n"),
    )
}

#[test]
fn a_clean_archive_breaks_nothing() {
    let clean = found(|number| {
        let monday = monday(number);
        numbered(
            number,
            &format!("title: Weeknote {number}\nbegins: {monday}\nmood: calm\n"),
        )
    });
    assert_eq!(clean, []);
}

#[test]
fn days_lie_a_constant_distance_apart() {
    let found = found(|number| {
        let (first, last) = (monday(number), monday(number).saturating_add(6.days()));
        let last = if number == 50 {
            last.saturating_add(31.days())
        } else {
            last
        };
        numbered(
            number,
            &format!("title: Weeknote {number}\nfrom-day: {first}\nto-day: {last}\n"),
        )
    });
    let [(note, message)] = &*found else {
        panic!("{found:?}");
    };
    assert_eq!(note, "weeknote-050");
    assert!(message.contains("`to-day`"), "{message}");
}

#[test]
fn ranges_of_one_length() {
    let range = |length: i64| {
        found(|number| {
            let days = if number == 50 { length } else { 6 };
            let (first, last) = (monday(number), monday(number).saturating_add(days.days()));
            numbered(
                number,
                &format!("title: Weeknote {number}\nabout: {first} to {last}\n"),
            )
        })
    };
    assert_eq!(range(6), []);
    assert_eq!(range(13), [], "two weeks in one note");
    assert_eq!(range(9).len(), 1);
}

#[test]
fn a_key_that_repeats_the_number() {
    let found = found(|number| {
        let count = if number == 50 { 49 } else { number };
        numbered(
            number,
            &format!("title: Weeknote {number}\nseries-part: {count}\n"),
        )
    });
    let [(note, message)] = &*found else {
        panic!("{found:?}");
    };
    assert_eq!(note, "weeknote-050");
    assert!(message.contains("49"), "{message}");
}

#[test]
fn a_word_that_many_have_and_one_nearly() {
    let tagged = |odd: &str| {
        found(|number| {
            let tag = if number == 50 { odd } else { "allotment" };
            numbered(
                number,
                &format!("title: Weeknote {number}\ntags: [{tag}, garden]\n"),
            )
        })
    };
    assert_eq!(tagged("alotment").len(), 1);
    assert_eq!(tagged("greenhouse").len(), 1, "the only note without it");
}

#[test]
fn a_key_is_missing_where_others_rest_on_it() {
    let without = |key: &str| {
        found(|number| {
            let lines = format!(
                "title: Weeknote {number}\nlayout: note\nmood: m{}\n",
                number % 7
            );
            let lines = lines
                .lines()
                .filter(|line| number != 50 || !line.starts_with(key));
            numbered(
                number,
                &lines.map(|line| format!("{line}\n")).collect::<String>(),
            )
        })
    };
    assert_eq!(without("layout").len(), 1);
    assert_eq!(without("mood"), [], "whoever has no mood may leave it out");
}

#[test]
fn late_is_human_and_a_year_off_is_not() {
    let dated = |late: i64| {
        found(|number| {
            let late = if number == 50 { late } else { 4 };
            let day = monday(number).saturating_add(late.days());
            let monday = monday(number);
            numbered(
                number,
                &format!("title: Weeknote of {monday}\ndate: {day}\n"),
            )
        })
    };
    assert_eq!(dated(4), []);
    assert_eq!(dated(18), []);
    assert_eq!(dated(4 - 365).len(), 1);
}

#[test]
fn a_month_is_misspelt() {
    let found = found(|number| {
        let month = if number == 50 { "Decmber" } else { "December" };
        let day = number % 28 + 1;
        let year = 2000 + number / 4;
        numbered(
            number,
            &format!("title: Weeknote {number}\nsown: on {day} {month} {year}\n"),
        )
    });
    let messages: Vec<&String> = found.iter().map(|(_, message)| message).collect();
    assert_eq!(
        messages,
        ["`Decmber` looks like a misspelling of `December`"]
    );
}

#[test]
fn a_young_archive_shows_a_date_of_another_year_and_of_last_week() {
    let archive = |notes, wrong: i64, day: Date| {
        found_among(notes, |number| {
            let monday = monday(number);
            let heading = if number == wrong { day } else { monday };
            (
                format!("{monday}-weeknotes"),
                format!("---\ntitle: Weeknotes {heading}\n---\n\n# Week of {heading}\n\nRain.\n"),
            )
        })
    };
    assert_eq!(archive(3, 0, monday(1)), []);
    assert_eq!(archive(3, 2, date(2021, 1, 17)).len(), 1);
    assert_eq!(archive(8, 5, monday(4)).len(), 1);
}

#[test]
fn a_day_of_the_week_belongs_to_its_date_in_any_language() {
    let found = found(|number| {
        let monday = monday(number);
        let day = if number == 50 { "dinsdag" } else { "maandag" };
        let months = "januari februari maart april mei juni juli augustus september oktober november december";
        let month = months.split(' ').nth(monday.month() as usize - 1).unwrap();
        let (title, year) = (format!("{day} {} {month}", monday.day()), monday.year());
        numbered(number, &format!("title: {title} {year}\n"))
    });
    let [(note, message)] = &*found else {
        panic!("{found:?}");
    };
    assert_eq!(note, "weeknote-050");
    assert!(message.contains("dinsdag"), "{message}");
}

#[test]
fn a_number_that_is_left_out_is_missed_where_its_words_stand() {
    let clean = |number: i64| format!("title: Weeknote {number}, rain\n");
    let with = |title: &str| {
        found(|number| match number {
            50 => numbered(number, &format!("title: {title}\n")),
            _ => numbered(number, &clean(number)),
        })
    };
    assert_eq!(with("Weeknote, rain").len(), 1);
    assert_eq!(with("Weeknote XX, rain").len(), 1);
}

#[test]
fn names_that_fit_no_other() {
    let with = |name: &str| {
        found(|number| match number {
            7 => (name.to_owned(), "# Weeknote 7\n\nRain.\n".to_owned()),
            _ => {
                let name = format!("weeknote-{number:03}");
                (name, format!("# Weeknote {number}\n\nRain.\n"))
            }
        })
    };
    assert_eq!(with("weeknote-007"), []);
    for name in [
        "weeknote-7",
        "weeknote-007 copy",
        "weeknote-007 (1)",
        "weeknoet-007",
    ] {
        let found = with(name);
        assert!(
            matches!(&*found, [(stem, _)] if stem == name),
            "{name}: {found:?}"
        );
    }
}

#[test]
fn drafts_are_asked_where_most_notes_are_some() {
    let breaks = found(|number| {
        let monday = monday(number);
        let draft = if number == 40 { "yes please" } else { "true" };
        numbered(
            number,
            &format!("title: Weeknote {number}\nbegins: {monday}\ndraft: {draft}\n"),
        )
    });
    let message = "`draft` is not `true` or `false`".to_owned();
    assert_eq!(breaks, [("weeknote-040".to_owned(), message)]);
}

#[test]
fn what_states_a_day_may_be_followed_by_a_topic() {
    let clean = found(|number| {
        let (first, last) = (monday(number), monday(number).saturating_add(6.days()));
        let week = format!(
            "{} – {}",
            first.strftime("%-d %B %Y"),
            last.strftime("%-d %B %Y")
        );
        let topic = if number == 40 { " (the pump)" } else { "" };
        let (name, text) = numbered(number, &format!("week: {week}\n"));
        (
            name,
            text.replace("Rain", &format!("# {week}{topic}\n\nRain")),
        )
    });
    assert_eq!(clean, []);
}

#[test]
fn a_title_that_is_a_day_may_have_a_topic_or_a_mark_behind_it() {
    let titled = |behind: &'static str| {
        found(|number| {
            let day = monday(number).strftime("%A %-d %B %Y");
            let behind = if number == 40 { behind } else { "" };
            numbered(number, &format!("title: \"{day}{behind}\"\n"))
        })
    };
    assert_eq!(titled("!"), []);
    assert_eq!(titled(" (7 things about the pump)"), []);
}

#[test]
fn a_number_of_the_topic_that_two_places_tell_is_no_law() {
    let clean = found(|number| {
        let count = 20 + (number * 37) % 80;
        let topic = match number % 3 {
            0 => format!("{count} beans"),
            _ => "rain".to_owned(),
        };
        numbered(
            number,
            &format!(
                "title: \"Weeknote {number}: {topic}\"\nsummary: We had {topic}, and {count} beans\n"
            ),
        )
    });
    assert_eq!(clean, []);
}

/// The notes 1 to 60, which are published on Fridays; between `pause` and the next number lies a week without one.
fn with_a_pause(pause: i64, late: i64) -> Vec<(String, String)> {
    found_among(60, |number| {
        let monday = monday(if number > pause { number + 1 } else { number });
        let late = if number == 30 { late } else { 0 };
        let published = monday.saturating_add((4 + late).days());
        let covers = monday.saturating_add(6.days());
        let covers = format!("{monday} to {covers}");
        numbered(
            number,
            &format!("title: Weeknote {number}\ndate: {published}\ncovers: {covers}\n"),
        )
    })
}

#[test]
fn a_late_note_before_a_week_that_is_not_numbered_may_be_of_either() {
    for late in [0, 3, 5] {
        assert_eq!(with_a_pause(30, late), [], "{late}");
        assert_eq!(with_a_pause(29, late), [], "{late}");
    }
}

#[test]
fn what_is_published_in_the_week_of_its_number_is_in_order() {
    let published = |number: i64| {
        found_among(60, |one| {
            let late = if one == 30 { 25 } else { 4 };
            let named = if one == 31 { number } else { one };
            let day = monday(one).saturating_add(late.days());
            numbered(named, &format!("date: {day}\n"))
        })
    };
    // The thirtieth is three weeks late; its neighbours are not.
    assert_eq!(published(31), []);
}

#[test]
fn several_weeks_are_named_in_the_plural() {
    let clean = found(|number| {
        let (name, title) = match number {
            50 => ("week-150-151".to_owned(), "Weeks 150 & 151".to_owned()),
            _ => (format!("week-{number}"), format!("Week {number}")),
        };
        (
            name.clone(),
            format!("---\nref: {name}\ntitle: {title}\n---\n\nRain.\n"),
        )
    });
    let mismatches = clean.iter().filter(|(_, said)| said.contains("Weeks"));
    assert_eq!(mismatches.count(), 0, "{clean:?}");
}

#[test]
fn a_day_of_publishing_belongs_to_any_week_and_a_late_one_leaves_the_end_of_its_week() {
    let clean = found_among(40, |number| {
        let late = if number % 13 == 5 { 1 } else { 0 };
        let day = monday(number).saturating_add((4 + late).days());
        let (end, week) = (
            monday(number).saturating_add(4.days()),
            monday(number).iso_week_date(),
        );
        (
            format!("{day}-notes-{}-{:02}", week.year(), week.week()),
            format!("---\ntitle: Weeknotes {day}\nended: {end}\n---\n\nRain.\n"),
        )
    });
    assert_eq!(clean, []);
}

#[test]
fn a_mark_behind_a_word_is_no_slip() {
    let clean = found(|number| {
        let mark = if number == 50 { "!" } else { "" };
        numbered(number, &format!("mood: calm{mark}\n"))
    });
    assert_eq!(clean, []);
}

#[test]
fn the_first_pause_of_numbered_notes_is_one() {
    // The last note comes two weeks after the one before, and is numbered on. Once before, a number was left out.
    let among = |notes: i64| {
        found_among(notes, |note| {
            let number = note + i64::from(note >= 4);
            let first = monday(number + i64::from(note >= 24));
            let last = first.saturating_add(6.days());
            let (from, to) = (first.strftime("%-d %B"), last.strftime("%-d %B %Y"));
            let text = format!(
                "---\ndate: {last}\n---\n\n# Weeknote {number}\n\n_{from} – {to}_\n\nRain.\n"
            );
            (format!("weeknote-{number}"), text)
        })
    };
    assert_eq!((among(24), among(25)), (vec![], vec![]));
}

#[test]
fn weeks_of_a_new_year_come_after_those_of_the_old_one() {
    // Weeks 6 to 52 of 2022, then the third of the next year.
    let note = |number: i64| {
        let (year, week, at) = match number {
            48 => (2023, 3, 54),
            number => (2022, number + 5, number + 4),
        };
        let (day, text) = (
            monday(at).saturating_add(3.days()),
            "Rain on the allotment.\n",
        );
        let text = format!("---\ntitle: Weeknotes {year}-W{week:02}\nmood: calm\n---\n\n{text}");
        (format!("{day}-week-{week}"), text)
    };
    assert_eq!(found_among(48, note), []);
}

#[test]
fn a_day_that_is_now_and_then_late_is_that_of_writing() {
    // `day` is that of the heading, but for four notes that were written a little later, and one of another month.
    let among = |wrong: i64| {
        found(|number| {
            let day = monday(number).saturating_add(6.days());
            let late = match number {
                20 | 45 | 71 => 1,
                88 => 3,
                number if number == wrong => -31,
                _ => 0,
            };
            let written = day.saturating_add(late.days());
            (
                format!("weeknote-{number:03}"),
                format!(
                    "---\nday: {written}\n---\n\n# {}\n\nRain.\n",
                    day.strftime("%-d %B %Y")
                ),
            )
        })
    };
    assert_eq!(among(0), []);
    let found = among(60);
    let names: Vec<&str> = found.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["weeknote-060"], "{found:?}");
}
