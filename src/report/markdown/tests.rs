use super::*;

#[test]
fn what_is_quoted_is_code_and_never_markup() {
    assert_eq!(
        prose("the label `[a](b)` is <b> | www.x"),
        "the label <code>\\[a\\]\\(b\\)</code> is \\<b\\> &#124; www\\.x"
    );
    assert_eq!(prose("one ` alone"), "one \\` alone");
}
