use super::*;

#[test]
fn a_slip_is_told_from_another_word() {
    for (word, known) in [
        ("agiel", "agile"),
        ("page_titel", "page_title"),
        ("autor-name", "author-name"),
        ("govenment", "government"),
        ("craeted_ta", "created_at"),
    ] {
        assert!(edits(word, known).is_some(), "{word} for {known}");
    }
    for (word, known) in [
        ("tag", "tags"),
        ("images", "image"),
        ("category", "categories"),
        ("book", "look"),
        ("part-11", "part-12"),
        ("design", "research"),
        ("date", "data"),
        ("same", "same"),
    ] {
        assert_eq!(edits(word, known), None, "{word} for {known}");
    }
    assert_eq!(edits("wenotes", "weeknotes"), None);
    assert_eq!(edits_of(9, "wenotes", "weeknotes"), Some(2));
    assert!(is_plural("stories", "story") && is_plural("talk", "talks"));
    assert!(is_same_but_for_case("Page-Title", "page_title"));
    assert!(!is_same_but_for_case("page_titles", "page_title"));
}
