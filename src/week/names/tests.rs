use super::*;

#[test]
fn months_in_any_language_and_case() {
    let number = |word| month_in_any_language(word).map(|month| month.number);
    for (word, expected) in [
        ("MÄRZ", Some(3)),
        ("Février", Some(2)),
        ("gorffennaf", Some(7)),
        ("Sept", Some(9)),
        ("May", Some(5)),
        ("maj", Some(5)),
        ("week", None),
        ("a_word_longer_than_any_month", None),
    ] {
        assert_eq!(number(word), expected, "{word}");
    }
}
