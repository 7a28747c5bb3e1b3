use super::*;

#[test]
fn what_a_note_links_to_is_no_link_of_the_report() {
    assert_eq!(text("`[a][b]` \\"), json!({ "text": "`[a][b]` \\" }));
    assert_eq!(
        text(r"[a](1) [x\](2)"),
        json!({ "text": r"\[a\](1) \[x\\\](2)" })
    );
}

#[test]
fn a_path_is_percent_encoded_as_a_whole() {
    assert_eq!(uri("a b/é:%?#.md"), "a%20b/%C3%A9%3A%25%3F%23.md");
}
