use super::*;

const RULES: &[&str] = &["body/titles", "links/undefined-reference", "week/gap"];

#[test]
fn a_slip_is_corrected_and_another_word_is_not() {
    assert_eq!(nearest("exlude", &["exclude", "include"]), Some("exclude"));
    assert_eq!(
        nearest("enforce_from", &["enforce-from"]),
        Some("enforce-from")
    );
    assert_eq!(nearest("warn", &["error", "warning"]), Some("warning"));
    assert_eq!(nearest("Error", &["error", "warning"]), Some("error"));
    assert_eq!(nearest("on", &["error", "warning", "info", "off"]), None);
    assert_eq!(nearest("", &["error"]), None);
    assert_eq!(nearest("x", &[]), None);
}

#[test]
fn a_rule_is_found_by_its_name_alone_and_in_the_wrong_family() {
    assert_eq!(nearest("gap", RULES), Some("week/gap"));
    assert_eq!(
        nearest("body/undefined-reference", RULES),
        Some("links/undefined-reference")
    );
    assert_eq!(
        nearest("links/undefined-refrence", RULES),
        Some("links/undefined-reference")
    );
    assert_eq!(nearest("md013", RULES), None);
}

#[test]
fn an_unknown_rule_says_what_to_write() {
    let help = |id| rules_named(id, RULES).expect_err("the rule is unknown");
    assert_eq!(help("week/gaps"), "did you mean `week/gap`?");
    assert_eq!(help("md013"), "`weeknote-lint rules` lists all of them");
}

#[test]
fn a_name_stands_for_a_rule_or_for_a_family() {
    for family in ["week/*", "week", "week/", "week/gap"] {
        assert_eq!(rules_named(family, RULES), Ok(vec!["week/gap"]));
    }
    assert_eq!(
        rules_named("links/*", &["links/a", "linksx/b", "links/c"]),
        Ok(vec!["links/a", "links/c"])
    );
}
