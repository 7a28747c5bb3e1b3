use super::*;
use crate::diagnostic::{DocumentId, Fix, Severity};
use crate::source::Span;

fn shown(said: &str, title: &str) -> String {
    let place = Place {
        document: DocumentId(0),
        span: Span::at(0),
    };
    let diagnostic = Diagnostic {
        rule: "links/empty",
        severity: Severity::Error,
        message: String::new(),
        note: None,
        help: (!said.is_empty()).then(|| said.to_owned()),
        place,
        labels: Vec::new(),
        causes: Vec::new(),
        fix: Some(Fix {
            title: title.to_owned(),
            safety: Safety::Safe,
            edits: Vec::new(),
        }),
        subject: String::new(),
        fingerprint: 0,
        lowered: false,
        is_habit: false,
        stands_alone: false,
    };
    help(&diagnostic, 80).expect("a fix is help")
}

#[test]
fn a_repair_that_the_help_names_is_not_told_twice() {
    assert_eq!(
        shown("write `[a][b]`", "write `[a][b]`"),
        "write `[a][b]` (--fix does it)"
    );
    assert_eq!(
        shown("did you mean `b`?", "use the label `b`"),
        "did you mean `b`? (--fix writes it)"
    );
    assert_eq!(
        shown("delete it: it hides nothing", "delete the comment"),
        "delete it: it hides nothing (--fix does it)"
    );
}

#[test]
fn of_two_ways_the_one_that_the_repair_takes_is_told() {
    assert_eq!(
        shown("write `b`, or rename the file", "write `b`"),
        "write `b` (--fix does it), or rename the file"
    );
    assert_eq!(
        shown("delete one, or rename one", "delete the first of them"),
        "delete one, or rename one\n--fix would delete the first of them"
    );
}

#[test]
fn a_repair_that_is_something_else_has_a_line_of_its_own() {
    assert_eq!(shown("", "write `b`"), "--fix would write `b`");
    assert_eq!(
        shown("correct the heading", "change 110 to 111"),
        "correct the heading\n--fix would change 110 to 111"
    );
}
