use super::*;
use crate::source::Span;

fn outcome(text: &str) -> Outcome {
    let source = SourceFile {
        has_changed: false,
        path: "note.md".to_owned(),
        lines: LineIndex::new(text),
        text: text.to_owned(),
    };
    Outcome {
        summary: Summary::default(),
        notices: Vec::new(),
        diagnostics: Vec::new(),
        sources: HashMap::from([(DocumentId(0), source)]),
        ..Outcome::default()
    }
}

#[test]
fn a_position_counts_characters_and_never_stands_inside_of_one() {
    let outcome = outcome("é\r\n𝄞b");
    let mut positions = Positions::new(&outcome);
    for (offset, line, column, moved_to) in [
        (0, 1, 1, 0),
        (1, 1, 1, 0),
        (2, 1, 2, 2),
        (3, 1, 3, 3),
        (4, 2, 1, 4),
        (7, 2, 1, 4),
        (8, 2, 2, 8),
        (9, 2, 3, 9),
        (99, 2, 3, 9),
    ] {
        let position = Position {
            line,
            column,
            offset: moved_to,
        };
        let found = positions.range(DocumentId(0).at(Span::at(offset)));
        assert_eq!(found.start, position, "{offset}");
    }
}

#[test]
fn columns_of_a_long_line_are_counted_from_its_beginning() {
    let text = format!("first\n{}", "é∀x ".repeat(5_000));
    let outcome = outcome(&text);
    let mut positions = Positions::new(&outcome);
    for offset in (0..text.len() + 20).step_by(997) {
        let at = text::floor(&text, offset);
        let line = text.get(..at).unwrap().lines().last().unwrap_or("");
        let found = positions.range(DocumentId(0).at(Span::at(offset))).start;
        assert_eq!(found.offset, at);
        assert_eq!(found.column, line.chars().count() + 1, "{offset}");
    }
}
