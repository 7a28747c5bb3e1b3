use super::value;
use crate::config::Config;
use crate::diagnostic::DocumentId;
use crate::lint::archive_of;
use jiff::civil::date;

#[test]
fn a_key_holds_addresses_where_nearly_all_of_its_values_are_some() {
    let page = |number: usize| {
        let (source, mood) = match number {
            7 => ("shed.example/pots", "https://example.com/"),
            number => (&*format!("\"https://example.com/{number}\""), "glad"),
        };
        let text =
            format!("---\ntitle: Week {number}\nsource: {source}\nmood: {mood}\n---\n\nRain.\n");
        (format!("notes/week-{number:02}.md"), text)
    };
    let archive = archive_of(
        (1..=20).map(page).collect(),
        Config::default(),
        date(2026, 3, 4),
    );
    assert!(archive.address_keys().contains("source"));
    assert!(!archive.address_keys().contains("mood") && !archive.address_keys().contains("title"));
    // Quotes are no part of it.
    let document = archive.document(DocumentId(0)).unwrap();
    let entry = document.metadata.get("source").unwrap();
    let (text, span) = value(entry).unwrap();
    assert_eq!(text, "https://example.com/1");
    assert_eq!(span.start as usize, "---\ntitle: Week 1\nsource: \"".len());
}
