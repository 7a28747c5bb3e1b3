use super::*;

fn entries(text: &str) -> Vec<Entry> {
    document(text, 0..text.len(), Keys::Plain, None)
        .unwrap()
        .entries
}

#[test]
fn spans_are_bytes_after_other_characters() {
    let text = "é: ü\n\"ö\": [ä, 'ß']\nlast: {x: €}  # é\n";
    let entries = entries(text);
    let spans: Vec<(&str, &str)> = entries
        .iter()
        .map(|entry| (entry.key_span.of(text), entry.value_span.of(text)))
        .collect();
    assert_eq!(
        spans,
        [("é", "ü"), ("\"ö\"", "[ä, 'ß']"), ("last", "{x: €}")]
    );
    assert_eq!(&*entries[1].key, "ö");
}

#[test]
fn odd_spaces_count_in_unquoted_values_alone() {
    let text = "a: x\u{a0}y\nb: \"x\u{a0}y\"\nc:\n- \u{200b}x \n- y\nd:   \ne: |  \n  x  \n";
    let stray: Vec<usize> = entries(text)
        .iter()
        .map(|entry| entry.stray_whitespace.len())
        .collect();
    assert_eq!(stray, [1, 0, 1, 1, 0]);
}

#[test]
fn an_alias_needs_its_anchor() {
    assert!(document("a: *x", 0..5, Keys::Plain, None).is_err());
    assert!(document("a: *x", 0..5, Keys::Plain, Some(&HashSet::from(["x"]))).is_ok());
    assert!(document("a: *x", 0..5, Keys::Plain, Some(&HashSet::new())).is_err());
}

#[test]
fn what_is_no_mapping_is_refused() {
    for text in ["a", "- a", "[a]", "a: b\n--- \nc: d"] {
        let fault = document(text, 0..text.len(), Keys::Plain, None).unwrap_err();
        assert_eq!(fault.kind, ProblemKind::NotAnEntry);
    }
    for text in ["", "\n", "# a"] {
        assert!(entries(text).is_empty());
    }
}

#[test]
fn messages_begin_with_a_small_letter() {
    assert_eq!(&*message("Unexpected end."), "unexpected end");
    assert_eq!(&*message("YAML directive"), "YAML directive");
}
