use super::*;
use crate::document::{Dialect, ParseOptions, parse};

#[test]
fn kramdown_reads_the_source() {
    assert_eq!(
        kramdown("2 x [Shelves](http://example.com/a)"),
        "x-shelveshttpexamplecoma"
    );
    assert_eq!(kramdown("What's next?"), "whats-next");
    assert_eq!(kramdown("Tea & biscuits"), "tea--biscuits");
    assert_eq!(kramdown("2024"), "section");
}

#[test]
fn github_keeps_digits_and_letters_of_any_script() {
    assert_eq!(github("2 x Étagères & co_op"), "2-x-étagères--co_op");
    assert_eq!(github("  What’s next? "), "whats-next");
}

#[test]
fn words_are_joined_by_one_hyphen() {
    assert_eq!(words("Tea & biscuits"), "tea-biscuits");
    let ids = by_all_rules("What’s a Café & tea?");
    for id in [
        "whats-a-café--tea",
        "whats-a-cafe--tea",
        "what-s-a-cafe-tea",
        "whats-a-cafe-tea",
        "what-s-a-cafe-and-tea",
        "what’s-a-café-&-tea?",
    ] {
        assert!(ids.iter().any(|one| one == id), "{id} in {ids:?}");
    }
}

#[test]
fn repeated_headings_are_counted() {
    let options = ParseOptions {
        dialect: Dialect::Kramdown,
        ..ParseOptions::default()
    };
    let text = "## Plans\n\n## [Plans](/x)\n\n## Plans\n";
    let ids = ids(&parse("a.md", text, options).headings);
    for id in ["plans", "plans-1", "plans-2", "plansx"] {
        assert!(ids.contains(id), "{id} in {ids:?}");
    }
    assert!(!ids.contains("plans-3"));
}
