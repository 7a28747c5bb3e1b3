use super::*;

#[test]
fn a_scheme_is_told_from_a_path() {
    assert!(has_scheme("https://a.b") && has_scheme("tel:123") && has_scheme("a+b.c:d"));
    assert!(!has_scheme("a/b:c") && !has_scheme("C:a") && !has_scheme("1a:b"));
    assert!(has_scheme("C:\\a") && has_scheme("c:/a"));
}
