use super::super::parse;
use super::*;

#[test]
fn keys_are_told_from_text() {
    for (line, length, spaced) in [
        ("a: b", 1, true),
        ("a b:", 3, true),
        ("a:b", 1, false),
        ("\"a: b\": c", 6, true),
    ] {
        assert_eq!(
            key_line(line, Keys::Plain),
            Some(KeyLine { length, spaced }),
            "{line}"
        );
    }
    for line in [
        "",
        " a: b",
        "http://x.org",
        "12:30",
        "- a: b",
        "# a: b",
        "a # b: c",
        "<<<<<<< a: b",
        "text",
    ] {
        assert_eq!(key_line(line, Keys::Plain), None, "{line}");
    }
    assert_eq!(
        key_line(":a:b", Keys::Symbols),
        Some(KeyLine {
            length: 2,
            spaced: false
        })
    );
    for line in [": a", ":a b: c", "::", ":)", ":a"] {
        assert_eq!(key_line(line, Keys::Symbols), None, "{line}");
    }
}

#[test]
fn one_cause_is_one_problem() {
    for (text, span, keys) in [
        ("a: b\nstray\nmore\nc: d\n", "stray", 2),
        ("a: 'b\nc: d\ne: f\n", "a: 'b", 3),
        ("a: [b,\nc]\nstray\nd: e: f g\n", "stray", 2),
        ("a: @b\nc: *d\nd: &d e\n", "a: @b", 3),
        ("a:\n  - b\n - c\nd: e\n", "- c", 2),
    ] {
        let block = parse(text, 0..text.len(), Keys::Plain);
        assert_eq!(block.problems[0].span.of(text), span, "{text}");
        let second = usize::from(text.contains("e: f g"));
        assert_eq!(
            block.problems.len(),
            1 + second,
            "{text} {:?}",
            block.problems
        );
        assert_eq!(block.entries.len(), keys, "{text}");
    }
}
