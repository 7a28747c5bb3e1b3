use super::*;
use crate::source::Span;

#[test]
fn columns_of_a_long_line_are_those_of_the_line_index() {
    let text = format!("first\n{}", "é∀x ".repeat(5_000));
    let document = DocumentId(0);
    let outcome = Outcome {
        summary: Summary::default(),
        notices: Vec::new(),
        diagnostics: Vec::new(),
        sources: HashMap::from([(
            document,
            SourceFile {
                has_changed: false,
                path: "note.md".to_owned(),
                lines: LineIndex::new(&text),
                text: text.clone(),
            },
        )]),
    };
    let mut positions = Positions::new(&outcome);
    for offset in (0..text.len() + 20).step_by(997) {
        let span = Span::new(offset, offset + 5_000);
        let expected = LineIndex::new(&text);
        assert_eq!(
            positions.range(Place { document, span }),
            Range {
                start: expected.position(offset, &text),
                end: expected.position(offset + 5_000, &text),
            }
        );
    }
}

#[test]
fn the_url_has_the_slug_that_github_makes() {
    assert!(rule_url("links/undefined-reference").ends_with("rules.md#linksundefined-reference"));
}
