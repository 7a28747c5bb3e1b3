use super::*;

/// Texts with every ending, at their beginning, in a row, and missing at the end.
const TEXTS: &[(&str, &[&str])] = &[
    ("a\nb\r\nc\rd", &["a\n", "b\r\n", "c\r", "d"]),
    ("\r\n\r\r\n\n\r", &["\r\n", "\r", "\r\n", "\n", "\r"]),
    ("\na", &["\n", "a"]),
    ("é\r", &["é\r"]),
    ("", &[]),
];

#[test]
fn lines_end_with_any_of_the_three_endings() {
    for (text, expected) in TEXTS {
        let all: Vec<Line> = lines(text, 0..text.len()).collect();
        let whole = all
            .iter()
            .map(|line| Span::new(line.start, line.next).of(text));
        assert_eq!(whole.collect::<Vec<_>>(), *expected);
        for line in &all {
            assert!(!line.of(text).contains(['\n', '\r']));
            assert_eq!(line.span().of(text), line.of(text));
            assert_eq!(line.ending(text), line.ending(text).trim_matches(' '));
            for at in line.start..line.next {
                assert_eq!(line_at(text, at), *line, "{text:?} at {at}");
            }
        }
        let index = LineIndex::new(text);
        let indexed = (0..index.count()).map(|line| index.line_span(line, text).of(text));
        let indexed: Vec<&str> = indexed.filter(|line| !line.is_empty()).collect();
        assert_eq!(indexed, *expected);
    }
    assert_eq!(lines("a\nb\nc", 2..4).count(), 1);
    assert_eq!(line_at("a\r\n", 0).ending("a\r\n"), "\r\n");
}

#[test]
fn a_span_knows_what_lies_in_it_and_what_it_shares_bytes_with() {
    let span = Span::new(2, 5);
    for (other, lies_in_it, shares) in [
        (2..5, true, true),
        (2..3, true, true),
        (4..5, true, true),
        (1..3, false, true),
        (4..6, false, true),
        (0..9, false, true),
        (0..2, false, false),
        (5..7, false, false),
        (2..2, true, false),
        (5..5, true, false),
    ] {
        let other = Span::from(other);
        assert_eq!(span.contains(other), lies_in_it, "{other:?}");
        assert_eq!(span.overlaps(other), shares, "{other:?}");
        assert_eq!(other.overlaps(span), shares, "{other:?}");
    }
    assert_eq!((span.len(), span.is_empty()), (3, false));
    assert_eq!((Span::at(5).len(), Span::at(5).is_empty()), (0, true));
    assert_eq!((Span::at(5), Span::at(5).range()), (Span::new(5, 2), 5..5));
    assert_eq!(span.shifted(4), Span::new(6, 9));
}

#[test]
fn a_slice_is_found_where_it_stands_and_not_where_the_same_stands_before() {
    let whole = "ab ab";
    let part = whole.get(3..).unwrap_or("");
    assert_eq!(Span::of_slice(part, whole), Span::new(3, 5));
    assert_eq!(Span::of_slice(part, whole).of(whole), "ab");
}

#[test]
fn what_is_inserted_ends_its_lines_as_its_own_line_or_the_one_before_does() {
    for (text, at, ending) in [
        ("a\r\nb\n", 0, "\r\n"),
        ("a\r\nb\n", 3, "\n"),
        ("a\r\nb", 4, "\r\n"),
        ("a\r", 2, "\r"),
        ("a", 1, "\n"),
        ("", 0, "\n"),
    ] {
        for inserted in ["x\ny\n", "x\r\ny", "x", "\n\n"] {
            let expected = inserted.replace("\r\n", "\n").replace('\n', ending);
            assert_eq!(
                as_lines_of(text, at, inserted),
                expected,
                "{text:?} at {at}"
            );
        }
    }
}

#[test]
fn the_end_of_a_text_is_on_its_last_line() {
    for (text, start) in [("a\rb", 2), ("a\r\n", 3), ("a\r", 2), ("", 0)] {
        let line = line_at(text, text.len());
        assert_eq!((line.start, line.end), (start, text.len()), "{text:?}");
    }
}

#[test]
fn a_lone_return_becomes_a_line_feed_and_no_other_byte_changes() {
    let fed = with_line_feeds("\ra\r\nb\r\rc\r\r\n\r");
    assert_eq!(fed, "\na\r\nb\n\nc\n\r\n\n");
    assert!(matches!(with_line_feeds("a\r\nb\n"), Cow::Borrowed(_)));
    assert!(has_lone_return("a\rb") && !has_lone_return("a\r\nb"));
}

#[test]
fn a_blank_line_stands_between_two_others() {
    for text in ["a\n\nb", "a\r\n \t\r\nb", "a\r\rb", "\n\n"] {
        assert!(holds_blank_line(text), "{text:?}");
    }
    for text in ["a\nb", "a\r\nb", "\n", "", "a\n  ", " \nb"] {
        assert!(!holds_blank_line(text), "{text:?}");
    }
}

#[test]
fn trimming_white_space_alone_leaves_an_empty_span() {
    assert_eq!(trim("  \t", 0..3), Span::new(3, 3));
    assert_eq!(trim(" é ", 0..4), Span::new(1, 3));
    assert_eq!(line_at("a\n b \r", 3).trimmed("a\n b \r"), Span::new(3, 4));
}

mod documents {
    use crate::document::{Dialect, Document, ParseOptions, parse};
    use proptest::prelude::*;

    const LINES: &str = "# A|---|\\+\\+\\+|title: b|title = 1|:name: c|[d]: /e|\\[f\\]\\[\\]|``` g|    h|> i|- j|[k|l]: /m|\
            \\[\\^n\\]|<!-- weeknote-lint-ignore -->|##o|\\{\\{ p|q }}|\\$\\$|r|<div>|</div>|<<<<<<< s|=======|>>>>>>> t|\
            \\[u\\]\\(v|w x\\)|\\{|\\}|é ||";

    fn read(text: &str, dialect: Dialect) -> Document {
        let options = ParseOptions {
            dialect,
            trailers: true,
            wikilinks: true,
            ..ParseOptions::default()
        };
        parse("weeks/week-7.md", text, options)
    }

    /// What a document says, without the places, and with one kind of line ending.
    fn said(document: &Document) -> String {
        let mut facts = String::new();
        for line in format!("{document:#?}").lines() {
            let is_place = ["start: ", "end: "].iter().any(|at| line.contains(at));
            if !is_place {
                facts.push_str(&line.replace("\\r\\n", "\\n"));
                facts.push('\n');
            }
        }
        facts
    }

    proptest! {
        #[test]
        fn say_the_same_whatever_ends_their_lines(
            lines in proptest::collection::vec(LINES, 0..12),
            returns in proptest::collection::vec(any::<bool>(), 12),
            dialect in prop_oneof![Just(Dialect::CommonMark), Just(Dialect::Gfm), Just(Dialect::Kramdown)],
        ) {
            let text = lines.join("\n");
            let text = text.trim_end_matches('\n');
            let expected = read(text, dialect);
            let mut lone = returns.iter();
            let some = text.split_inclusive('\n').map(|line| match line.strip_suffix('\n') {
                Some(rest) if !rest.is_empty() && *lone.next().unwrap_or(&true) => format!("{rest}\r"),
                _ => line.to_owned(),
            });
            // A lone return before a line feed would be one ending with it.
            let some = some.collect::<String>().replace("\r\n", "\n\n");
            for mixed in [some, text.replace('\n', "\r")] {
                prop_assert_eq!(format!("{:?}", read(&mixed, dialect)), format!("{:?}", &expected));
            }
            prop_assert_eq!(said(&read(&text.replace('\n', "\r\n"), dialect)), said(&expected));
        }
    }
}
