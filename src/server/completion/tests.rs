use super::*;

#[test]
fn the_line_tells_what_is_wanted() {
    for (before, expected) in [
        ("The [council][cou", Some((Wanted::Label, "cou"))),
        ("- [", Some((Wanted::Shortcut, ""))),
        (
            "See [opening hours",
            Some((Wanted::Shortcut, "opening hours")),
        ),
        ("[[week", Some((Wanted::Wikilink, "week"))),
        ("[a](/week-1", Some((Wanted::Destination, "/week-1"))),
        ("[a]: /we", Some((Wanted::Destination, "/we"))),
        ("[a](/x) and [b](", Some((Wanted::Destination, ""))),
        ("[a][b] and", None),
        ("[a](/x) and", None),
        ("`[a", None),
        ("[^1", None),
        ("[a]: /x \"title", None),
    ] {
        assert_eq!(wanted(before), expected, "{before}");
    }
}

#[test]
fn a_word_of_a_name_may_be_begun() {
    assert!(begins("opening-hours", "Hou"));
    assert!(begins("opening-hours", ""));
    assert!(!begins("opening-hours", "ening"));
}
