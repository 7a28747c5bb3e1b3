use super::*;

#[test]
fn nothing_that_steers_a_terminal_is_left() {
    let hostile = "a\u{1b}[31m\u{7}\r\n\u{202e}evil\u{9b}1m\u{2066}";
    let shown = visible(hostile);
    assert_eq!(shown, "a␛[31m␇␍␊<U+202E>evil<U+009B>1m<U+2066>");
    assert!(shown.chars().all(|char| !char.is_control()));
}

#[test]
fn what_hides_is_shown_and_what_shapes_a_letter_is_left() {
    for hidden in [
        '\u{ad}',
        '\u{34f}',
        '\u{115f}',
        '\u{1160}',
        '\u{180e}',
        '\u{200b}',
        '\u{200c}',
        '\u{200d}',
        '\u{2060}',
        '\u{2800}',
        '\u{3164}',
        '\u{fe0f}',
        '\u{feff}',
        '\u{ffa0}',
        '\u{fffa}',
        '\u{1d173}',
        '\u{e0001}',
        '\u{e0041}',
        '\u{e007f}',
        '\u{e0100}',
    ] {
        let text = format!("pay{hidden}pal");
        let shown = format!("pay<U+{:04X}>pal", u32::from(hidden));
        assert_eq!(visible(&text), shown);
        let json = format!("\"{text}\"");
        let escaped = escaped(&json);
        assert!(escaped.is_ascii(), "{escaped}");
        let read: Option<String> = serde_json::from_str(&escaped).ok();
        assert_eq!(read.as_deref(), Some(&*text));
    }
    for shaped in [
        "❤\u{fe0f}",
        "👩\u{200d}🚀",
        "🏳\u{fe0f}\u{200d}🌈",
        "1\u{fe0f}\u{20e3}",
        "می\u{200c}خواهم",
    ] {
        assert_eq!(visible(shaped), shaped);
    }
    assert_eq!(visible("❤\u{fe0f}\u{fe0e}"), "❤\u{fe0f}<U+FE0E>");
    assert_eq!(visible("é\u{200d}\u{200d}"), "é\u{200d}<U+200D>");
}

#[test]
fn words_are_kept_whole() {
    assert_eq!(wrap("one two three", 7, 5), "one two\nthree");
    assert_eq!(
        wrap("see https://example.com/long now", 5, 5),
        "see\nhttps://example.com/long\nnow"
    );
    assert_eq!(wrap("a\nb", 9, 9), "a\nb");
}

#[test]
fn a_path_is_percent_encoded_as_a_whole() {
    assert_eq!(
        percent_encoded("a b/é:%?#.md"),
        "a%20b/%C3%A9%3A%25%3F%23.md"
    );
}
