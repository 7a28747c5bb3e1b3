//! What a fix would write, as the lines that it takes out and puts in.

use super::Outcome;
use super::window::Window;
use crate::diagnostic::{Edit, Fix};
use crate::names::differing;
use crate::order::Order;
use crate::patch::alike;
use crate::source::{Span, replaced};
use std::ops::Range;

/// More lines say less than the title of the fix does.
const MOST_LINES: usize = 4;

/// The columns before a line: its number, and the sign.
const BEFORE: usize = 8;

/// The lines of one file that a fix changes, each with its sign, as `12 - before` and `12 + after`, in so many columns; none
/// for a fix that only takes lines out, or changes many.
pub(super) fn lines(outcome: &Outcome, fix: &Fix, columns: usize) -> Vec<(char, String)> {
    shown(outcome, fix, columns).unwrap_or_default()
}

fn shown(outcome: &Outcome, fix: &Fix, columns: usize) -> Option<Vec<(char, String)>> {
    let document = fix.edits.first()?.place.document;
    let source = outcome.sources.get(&document)?;
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.order_by_key(|edit| edit.place.span);
    if source.text.is_empty() || edits.iter().any(|edit| edit.place.document != document) {
        return None;
    }
    let (first, last) = (edits.first()?.place.span, edits.last()?.place.span);
    let from = source.lines.line_of(first.start as usize);
    let to = source
        .lines
        .line_of(last.end.max(last.start + 1) as usize - 1);
    if to - from >= MOST_LINES {
        return None;
    }
    let line = |line| source.lines.line_span(line, &source.text).range();
    let whole = Span::new(line(from).start, line(to).end);
    let edits = edits.iter();
    let edits = edits.map(|edit| (edit.place.span, edit.text.as_str()));
    let after = replaced(&source.text, whole, edits);
    let (old, new): (Vec<&str>, Vec<&str>) = (
        whole.of(&source.text).lines().collect(),
        after.lines().collect(),
    );
    let (above, below) = alike(&old, &new);
    let old = old.get(above..old.len() - below)?;
    let new = new.get(above..new.len() - below)?;
    if new.is_empty() || new.len() > MOST_LINES {
        return None;
    }
    let number = from + above + 1;
    let columns = columns.saturating_sub(BEFORE);
    let written = |sign: char, lines: &[&str], others: &[&str]| -> Vec<(char, String)> {
        let lines = lines.iter().enumerate().map(|(at, text)| {
            let other = others.get(at).copied().unwrap_or("");
            let window = Window::new(text, &[difference(text, other)], columns);
            (sign, format!("{:4} {sign} {}", number + at, window.text))
        });
        lines.collect()
    };
    Some([written('-', old, new), written('+', new, old)].concat())
}

/// Where a line differs from another one.
fn difference(line: &str, other: &str) -> Range<usize> {
    let (part, _) = differing(line, other);
    Span::of_slice(part, line).range()
}

#[cfg(test)]
mod tests;
