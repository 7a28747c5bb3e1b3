use super::*;

#[test]
fn trailing_blanks_stand_before_any_line_ending() {
    let text = "a\r\n\n b \t\r\nc\r";
    assert_eq!(trailing_blanks(text, 6), Some(Span::new(6, 8)));
    assert_eq!(trailing_blanks("b \rc", 1), Some(Span::new(1, 2)));
    assert_eq!(trailing_blanks("b ", 1), Some(Span::new(1, 2)));
    assert_eq!(trailing_blanks(text, 1), None);
    assert_eq!(trailing_blanks("a # b", 1), None);
}

#[test]
fn odd_spaces_are_found_with_their_length() {
    let text = "é\u{a0}b\u{200b}";
    let found: Vec<Span> = odd_spaces(text, Span::new(0, text.len())).collect();
    assert_eq!(found, [Span::new(2, 4), Span::new(5, 8)]);
}
