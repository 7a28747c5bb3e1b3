use super::*;
use crate::diagnostic::{DocumentId, Safety};
use crate::report::{SourceFile, Summary};
use crate::source::{LineIndex, Span};
use std::collections::HashMap;

fn shown(text: &str, edits: &[(Range<usize>, &str)], columns: usize) -> Vec<String> {
    let id = DocumentId(0);
    let source = SourceFile {
        path: "a.md".to_owned(),
        text: text.to_owned(),
        has_changed: false,
        lines: LineIndex::new(text),
    };
    let edits = edits.iter().map(|(range, new)| {
        let span = Span::new(range.start, range.end);
        id.at(span).replaced_by(*new)
    });
    let fix = Fix::new("change it", Safety::Safe, edits.collect::<Vec<_>>());
    let outcome = Outcome {
        summary: Summary::default(),
        notices: Vec::new(),
        diagnostics: Vec::new(),
        sources: HashMap::from([(id, source)]),
        ..Outcome::default()
    };
    let lines = lines(&outcome, &fix, columns).into_iter();
    lines.map(|(_, line)| line).collect()
}

#[test]
fn a_word_is_replaced_in_its_line() {
    let text = "# Week 12\n\nThe [plans][plan] are drawn.\n";
    let expected = [
        "   3 - The [plans][plan] are drawn.",
        "   3 + The [plans][plans] are drawn.",
    ];
    assert_eq!(shown(text, &[(23..27, "plans")], 80), expected);
}

#[test]
fn lines_that_stay_are_not_shown_and_lines_that_only_go_neither() {
    let text = "a\nb\nc\nd";
    assert_eq!(shown(text, &[(2..3, "b\nx")], 80), ["   3 + x"]);
    assert_eq!(shown(text, &[(0..1, "x"), (4..5, "z")], 80).len(), 6);
    assert_eq!(shown(text, &[(2..4, "")], 80), [""; 0]);
    assert_eq!(
        shown("a\nb\nc\nd\ne", &[(0..1, "x"), (8..9, "z")], 80),
        [""; 0]
    );
}

#[test]
fn of_a_long_line_the_change_is_shown() {
    let text = format!("{}[é][ü]{}", "word ".repeat(40), " word".repeat(40));
    let at = text.find('ü').expect("it is there");
    for line in shown(&text, &[(at..at + 2, "ö")], 60) {
        assert!(line.chars().count() <= 60, "{line}");
        assert!(line.contains("[é]["), "{line}");
    }
}
