//! What a fix would write, as the lines that it takes out and puts in.

use super::Outcome;
use super::window::Window;
use crate::diagnostic::{Edit, Fix};
use crate::fix::edited;
use crate::order::Order;
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
    let whole = line(from).start..line(to).end;
    let before = source.text.get(whole.clone())?;
    let moved: Vec<Edit> = edits
        .into_iter()
        .map(|edit| {
            let span = edit.place.span.range();
            let at = |byte: usize| byte.saturating_sub(whole.start);
            document
                .at((at(span.start)..at(span.end)).into())
                .replaced_by(edit.text.as_str())
        })
        .collect();
    let after = edited(before, moved.iter());
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = |lines: &mut dyn Iterator<Item = (&&str, &&str)>| {
        lines.take_while(|(one, other)| one == other).count()
    };
    let above = same(&mut old.iter().zip(&new));
    let most = old.len().min(new.len()) - above;
    let below = same(&mut old.iter().rev().zip(new.iter().rev())).min(most);
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
    let alike = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        let same = pairs.take_while(|(one, other)| one == other);
        same.map(|(one, _)| one.len_utf8()).sum()
    };
    let start = alike(&mut line.chars().zip(other.chars()));
    let [rest, others] = [line, other].map(|text| text.get(start..).unwrap_or(""));
    let end = alike(&mut rest.chars().rev().zip(others.chars().rev()));
    start..line.len() - end
}

#[cfg(test)]
mod tests;
