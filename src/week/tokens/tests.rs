use super::*;

fn texts(text: &str, stem: bool) -> Vec<&str> {
    let tokens = Tokens::new(text, stem);
    tokens.list.iter().map(|token| token.text).collect()
}

#[test]
fn words_numbers_and_marks() {
    assert_eq!(
        texts("S2E10–é7th", false),
        ["S", "2", "E", "10", "–", "é", "7", "th"]
    );
    assert_eq!(texts("week-3_x.y", true), ["week", "3", "x", ".", "y"]);
    assert_eq!(texts("第3周报", false), ["第", "3", "周", "报"]);
}

#[test]
fn a_blank_line_ends_the_text() {
    assert_eq!(texts("one\ntwo\n\nthree", false), ["one", "two"]);
}

#[test]
fn the_tail_of_a_number_is_no_beginning() {
    for (text, begins) in [
        ("v2.31", false),
        ("(31", true),
        ("3/31", false),
        ("- 31", true),
        ("x31", false),
    ] {
        assert_eq!(begins_at(text, text.len() - 2), begins, "{text}");
    }
}
