use super::*;
use proptest::prelude::*;

#[test]
fn the_short_way_takes_what_most_notes_are() {
    let text = ":name: week-7 \r\n\n:at: 2031-05-06 07:08:09 +00:00\n:title: \"Week 7: x\"\n:empty:\n:u: http://x.org/#a\n";
    assert_eq!(simple(text, 0..text.len(), Keys::Symbols).unwrap().len(), 5);
    assert!(simple(text, 0..text.len(), Keys::Plain).is_none());
    for doubtful in [
        "a: b: c",
        "a:b",
        "a: b # c",
        "a: [b]",
        "a: |",
        "- a",
        "a: 'b''c'",
        "a: \"\\n\"",
        "a: b\tc",
        "a: é",
        "  b",
        "--- a",
    ] {
        assert!(
            simple(doubtful, 0..doubtful.len(), Keys::Plain).is_none(),
            "{doubtful}"
        );
    }
}

#[test]
fn control_characters_are_refused() {
    let text = "a: b\u{7}\n";
    let block = parse(text, 0..text.len(), Keys::Plain);
    assert_eq!(block.problems.len(), 1);
    assert_eq!(block.problems[0].span.of(text), "a: b\u{7}");
}

proptest! {
    #[test]
    fn the_short_way_and_the_parser_agree(lines in proptest::collection::vec(
        "(:?[a-c-]{1,3}: {0,2}|)([ -~]{0,6}|[a-z0-9 ]{0,6}|[ :#'\"a,\\]\\[{}&*!?|>%@`-]{0,6}|'a b'|\"a: b\"|true|12:30|2031-05-06) ?\r?",
        1..5,
    )) {
        let text = lines.join("\n");
        for keys in [Keys::Plain, Keys::Symbols] {
            if let Some(entries) = simple(&text, 0..text.len(), keys) {
                let block = document(&text, 0..text.len(), keys, None).unwrap();
                prop_assert_eq!(entries, block.entries);
                prop_assert!(block.problems.is_empty() && block.comments.is_empty());
            }
        }
    }
}
