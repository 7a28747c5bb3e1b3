use super::*;

#[test]
fn counts_are_kept_by_text() {
    let mut counts = Counts::default();
    for text in ["a", "b", "a"] {
        count(&mut counts, text);
    }
    assert_eq!((counts.get("a"), counts.get("b")), (Some(&2), Some(&1)));
}
