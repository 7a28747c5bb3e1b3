use super::*;
use crate::document::{self, ParseOptions};
use jiff::civil::date;

fn document(path: &str, text: &str) -> Document {
    document::parse(path, text, ParseOptions::default())
}

fn all_of(document: &Document) -> Vec<Claim> {
    all(document, Titles::of(document).claims)
}

#[test]
fn each_place_has_its_claim() {
    let text = "---\ntitle: \"Rain (week 12)\"\nweek: 13\n---\n\n# Week 14: rain\n";
    let claims = all_of(&document("week-11.md", text));
    let numbers: Vec<u32> = claims
        .iter()
        .flat_map(|claim| claim.numbers.clone())
        .collect();
    assert_eq!(numbers, [11, 12, 14, 13]);
    assert_eq!(claims.iter().filter(|claim| claim.of_file).count(), 1);
}

#[test]
fn a_bundle_is_named_by_its_folder_and_a_section_is_not() {
    let named = |path| all_of(&document(path, "Rain.\n")).len();
    assert_eq!(named("weeknotes/week-12/index.md"), 1);
    assert_eq!(named("weeknotes/2024/06/_index.md"), 0);
}

fn title(text: &str) -> Claim {
    claim::of_title(text).unwrap()
}

fn name(stem: &str) -> Claim {
    Claim {
        of_file: true,
        ..claim::of_stem(stem).unwrap()
    }
}

#[test]
fn a_file_may_be_named_by_one_end_of_a_run() {
    let run = title("Weeks 548-550");
    assert_eq!(same_weeks(&name("week-550"), &run), Some(true));
    assert_eq!(same_weeks(&name("week-548"), &run), Some(true));
    assert_eq!(same_weeks(&name("week-547"), &run), Some(false));
    assert_eq!(same_weeks(&title("Week 550"), &run), Some(false));
}

#[test]
fn a_run_counts_before_the_week_that_names_its_file() {
    let note = [name("week-14"), title("Weeks 13 and 14")];
    assert_eq!(most_agreed(&note), Some(note.len() - 1));
    let note = [name("week-14"), title("Week 14")];
    assert_eq!(most_agreed(&note), Some(0));
}

#[test]
fn where_a_heading_leads_is_not_what_it_says() {
    let text = "---\ntitle: Week 12\n---\n\n# More of [the pump](week-3.md)\n";
    assert_eq!(all_of(&document("week-12.md", text)).len(), 2);
}

#[test]
fn what_is_counted_differently_is_not_compared() {
    let (season, week) = (name("s2e8"), title("Week 8"));
    assert_eq!(same_weeks(&season, &week), None);
    assert_eq!(same_weeks(&name("2025-W08"), &week), Some(true));
    assert_eq!(same_weeks(&season, &title("Weeknotes S02E08")), Some(true));
    assert_eq!(same_weeks(&season, &title("Weeknotes S03E08")), Some(false));
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
