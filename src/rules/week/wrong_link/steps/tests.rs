use crate::config::Config;
use crate::lint;
use jiff::ToSpan;
use jiff::civil::date;

/// What is reported of forty notes, whose texts `note` makes of their number.
fn found(note: impl Fn(i64) -> String) -> Vec<(String, String)> {
    let texts = (1..=40).map(|number| {
        let day = date(2024, 1, 5).saturating_add((7 * number).days());
        let text = format!(
            "---\ndate: {day}\n---\n\n# Week {number}\n\n{}\n",
            note(number)
        );
        (format!("weeknotes/week-{number}.md"), text)
    });
    let archive = lint::archive_of(texts.collect(), Config::default(), date(2031, 5, 6));
    let (found, _) = lint::findings(&archive);
    let steps = found
        .into_iter()
        .filter(|one| one.rule == "week/wrong-link");
    let path = |id| archive.document(id).map(|one| one.stem().to_owned());
    steps
        .filter_map(|one| Some((path(one.place.document)?, one.message)))
        .collect()
}

fn step(words: &str, number: i64) -> String {
    match number {
        1..=40 => format!("[{words}](week-{number}.md)"),
        _ => String::new(),
    }
}

/// A note between those that its links lead to.
fn between(before: i64, after: i64) -> String {
    format!(
        "{} {}\n\nRain on the allotment.",
        step("Before", before),
        step("After", after)
    )
}

fn told(name: &str, message: &str) -> (String, String) {
    (name.to_owned(), message.to_owned())
}

#[test]
fn links_that_were_copied_with_their_note() {
    // Note 20 is a copy of note 19: one finding, with both links.
    let copied = found(|number| {
        let own = if number == 20 { 19 } else { number };
        between(own - 1, own + 1)
    });
    let message = "the link leads to `week-18`, not to the note before";
    assert_eq!(copied, [told("week-20", message)]);
    let only_after = found(|number| match number {
        20 => between(19, 20),
        _ => between(number - 1, number + 1),
    });
    let message = "the link leads to this note itself, not to the note after";
    assert_eq!(only_after, [told("week-20", message)]);
}

#[test]
fn links_that_lead_where_they_should() {
    let clean = found(|number| between(number - 1, number + 1));
    assert_eq!(clean, []);
    // A note may step over a note that is not there, and most links in prose are no steps.
    let prose = found(|number| match number {
        20 => "As in [Before](week-7.md).".to_owned(),
        _ => step("Of old", number % 7 + 1),
    });
    assert_eq!(prose, []);
}
