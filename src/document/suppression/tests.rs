use super::*;
use crate::document::{ParseOptions, parse};

fn hidden(text: &str) -> Vec<(Vec<String>, Option<String>)> {
    let document = parse("a.md", text, ParseOptions::default());
    let rules = |suppression: &Suppression| {
        suppression
            .rules
            .iter()
            .map(|(name, _)| name.to_string())
            .collect()
    };
    document
        .suppressions
        .iter()
        .map(|found| {
            (
                rules(found),
                found.lines.map(|span| span.of(text).trim().to_owned()),
            )
        })
        .collect()
}

#[test]
fn a_comment_hides_the_next_line() {
    let found = hidden(
        "One.\n\n<!-- weeknote-lint-ignore links/empty, links/footnote: not yet -->\n\nTwo [x]().\nThree.\n",
    );
    assert_eq!(
        found,
        [(
            vec!["links/empty".into(), "links/footnote".into()],
            Some("Two [x]().".into())
        )]
    );
}

#[test]
fn a_comment_beside_text_hides_its_own_line() {
    let found = hidden("Two [x](). <!-- weeknote-lint-ignore links/empty -->\nThree.\n");
    assert_eq!(
        found[0].1.as_deref(),
        Some("Two [x](). <!-- weeknote-lint-ignore links/empty -->")
    );
}

#[test]
fn a_file_comment_has_no_lines() {
    assert_eq!(
        hidden("<!-- weeknote-lint-ignore-file -->\n"),
        [(vec![], None)]
    );
    assert_eq!(hidden("<!-- weeknote-lint-ignored -->\n"), []);
}
