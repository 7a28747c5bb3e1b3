use super::*;

static LIST: WordList = WordList::new(
    "note notes \
    tydzień",
);

#[test]
fn a_list_holds_whole_words_in_any_case() {
    for (word, place) in [("note", 0), ("NOTES", 1), ("Tydzień", 2), ("TYDZIEŃ", 2)] {
        assert_eq!(LIST.place(word), Some(place), "{word}");
    }
    let long = "note".repeat(100);
    for word in ["", "not", "otes", "note notes", "notess", " ", &long] {
        assert!(!LIST.has(word), "{word}");
    }
}

#[test]
fn a_list_is_read_in_order() {
    assert_eq!(
        LIST.iter().collect::<Vec<_>>(),
        ["note", "notes", "tydzień"]
    );
}

#[test]
fn few_words_need_no_list() {
    for word in ["of", "DE", "d'"] {
        assert!(is_any(word, "of de d'"), "{word}");
    }
    for word in ["", "o", "f", "of de", " "] {
        assert!(!is_any(word, "of de d'"), "{word}");
    }
}
