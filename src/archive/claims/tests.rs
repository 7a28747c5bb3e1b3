use super::*;
use crate::document::{self, ParseOptions};
use jiff::civil::date;

fn document(path: &str, text: &str) -> Document {
    document::parse(path, text, ParseOptions::default())
}

fn places(path: &str, text: &str) -> Vec<(Whence, String)> {
    let document = document(path, text);
    let all = all(&document);
    all.iter()
        .map(|said| (said.whence, said.span.of(text).to_owned()))
        .collect()
}

#[test]
fn a_claim_is_marked_where_it_stands() {
    let text = "---\ntitle: \"Rain (week 12)\"\nweek: 12\n---\n\n# Week 12: rain\n";
    assert_eq!(
        places("week-12.md", text),
        [
            (Whence::FileName, String::new()),
            (Whence::Title, "week 12".to_owned()),
            (Whence::Heading, "Week 12".to_owned()),
            (Whence::Key, "12".to_owned()),
        ]
    );
}

#[test]
fn a_bundle_is_named_by_its_folder_and_a_section_is_not() {
    let named = |path| all(&document(path, "Rain.\n")).len();
    assert_eq!(named("weeknotes/week-12/index.md"), 1);
    assert_eq!(named("weeknotes/2024/06/_index.md"), 0);
}

#[test]
fn an_escaped_title_is_marked_whole() {
    let text = "---\ntitle: \"Ada\\u2019s week 12\"\n---\n";
    assert_eq!(
        places("12.md", text).last(),
        Some(&(Whence::Title, "\"Ada\\u2019s week 12\"".to_owned()))
    );
}

fn of(whence: Whence, text: &str) -> Said {
    let claim = match whence {
        Whence::FileName => claim::of_stem(text),
        _ => claim::of_title(text),
    };
    Said {
        whence,
        span: Span::at(0),
        claim: claim.unwrap(),
    }
}

#[test]
fn a_file_may_be_named_by_one_end_of_a_run() {
    let run = of(Whence::Title, "Weeks 548-550");
    let name = |stem| of(Whence::FileName, stem);
    assert_eq!(agree(&name("week-550"), &run), Some(true));
    assert_eq!(agree(&name("week-548"), &run), Some(true));
    assert_eq!(agree(&name("week-547"), &run), Some(false));
    let heading = of(Whence::Heading, "Week 550");
    assert_eq!(agree(&heading, &run), Some(false));
}

#[test]
fn a_run_counts_before_the_week_that_names_its_file() {
    let note = [
        of(Whence::FileName, "week-14"),
        of(Whence::Heading, "Weeks 13 and 14"),
    ];
    assert_eq!(most_agreed(&note), Some(1));
    let note = [
        of(Whence::FileName, "week-14"),
        of(Whence::Heading, "Week 14"),
    ];
    assert_eq!(most_agreed(&note), Some(0));
}

#[test]
fn one_place_is_enough_for_a_bonus() {
    let note = [
        of(Whence::FileName, "weeknotes-31-5"),
        of(Whence::Title, "Weeknotes 31.5, on eels"),
    ];
    assert_eq!(most_agreed(&note), Some(1));
}

#[test]
fn where_a_heading_leads_is_not_what_it_says() {
    let text = "---\ntitle: Week 12\n---\n\n# More of [the pump](week-3.md)\n";
    assert_eq!(places("week-12.md", text).len(), 2);
}

#[test]
fn what_is_counted_differently_is_not_compared() {
    let iso = of(Whence::FileName, "2025-W08");
    let sequence = of(Whence::Title, "Weeknotes #13");
    assert_eq!(agree(&iso, &sequence), None);
    assert_eq!(agree(&iso, &of(Whence::Title, "Week 8")), Some(true));
    let both = of(Whence::Title, "Weeknotes #13 - 2025 week 8");
    assert_eq!(agree(&iso, &both), Some(true));
    assert_eq!(agree(&sequence, &both), Some(true));
    let bonus = of(Whence::Title, "Weeknotes #13.5");
    assert_eq!(agree(&bonus, &sequence), None);
}

#[test]
fn the_day_is_taken_from_the_metadata_before_the_name() {
    let text = "---\ndate: 2024-03-02\n---\n";
    let with = document("2024-03-01-weeknotes-9.md", text);
    assert_eq!(written(&with), Some(date(2024, 3, 2)));
    let without = document("2024-03-01-weeknotes-9.md", "Rain.\n");
    assert_eq!(written(&without), Some(date(2024, 3, 1)));
    assert_eq!(written(&document("2024-03-011.md", "")), None);
}
