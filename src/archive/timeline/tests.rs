use super::*;
use crate::week::claim;
use jiff::civil::date;

fn entry(title: &str, day: i8, document: u32) -> Vec<Entry> {
    let claim = claim::of_title(title).unwrap();
    Ordinal::all(&claim, None)
        .map(|ordinal| Entry {
            ordinal,
            date: Some(date(2024, 1, day)),
            document: DocumentId(document),
        })
        .collect()
}

fn week(number: u32) -> Ordinal {
    Ordinal {
        year: 0,
        season: 0,
        number,
    }
}

#[test]
fn neighbours_are_the_nearest_dated_notes() {
    let entries = [
        entry("Week 12", 20, 2),
        entry("Weeks 9 and 10", 8, 0),
        entry("Week 11", 14, 1),
    ];
    let timeline = Timeline::new(entries.concat());
    let before = timeline.before(week(11), DocumentId(1)).next();
    assert_eq!(before, Some((DocumentId(0), date(2024, 1, 8))));
    let after = timeline.after(week(10), DocumentId(0)).next();
    assert_eq!(after, Some((DocumentId(1), date(2024, 1, 14))));
    assert!(timeline.is_free(week(12), DocumentId(2)));
    assert!(!timeline.is_free(week(9), DocumentId(2)));
    assert!(timeline.is_free(week(13), DocumentId(2)));
}

#[test]
fn a_bonus_has_no_place() {
    assert!(entry("Weeknotes 13b", 1, 0).is_empty());
}
