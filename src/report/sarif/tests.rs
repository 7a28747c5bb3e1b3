use super::*;

#[test]
fn what_a_note_links_to_is_no_link_of_the_report() {
    assert_eq!(text("`[a][b]` \\"), json!({ "text": "`[a][b]` \\" }));
    assert_eq!(
        text(r"[a](1) [x\](2)"),
        json!({ "text": r"\[a\](1) \[x\\\](2)" })
    );
}
