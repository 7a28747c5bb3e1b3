//! `<!-- weeknote-lint-ignore links/undefined-reference: why -->`: comments that hide findings.
//!
//! The comment hides findings that begin on the next line that is not blank; on its own line, if other text stands there
//! too. `weeknote-lint-ignore-file` hides them in the whole file. Several rules are divided by commas; without a rule
//! everything is hidden. In YAML and in a snip's trailer the same is written after `#`.

use super::Document;
use crate::source::{Span, Text, line_at};

/// A comment that hides findings.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// The comment.
    pub span: Span,
    /// The comment with the rest of its lines, where nothing else stands on them.
    pub whole_lines: Span,
    /// Whether it says why.
    pub has_reason: bool,
    /// The rules it names, with their places; empty for all rules.
    pub rules: Vec<(Text, Span)>,
    /// The bytes in which a hidden finding begins; `None` for the whole file.
    pub lines: Option<Span>,
}

const IGNORE: &str = "weeknote-lint-ignore";

/// Reads the comments of `document`, whose file holds `text`.
pub(super) fn read(document: &Document, text: &str) -> Vec<Suppression> {
    let html = document.comments.iter();
    let html = html.map(|comment| (comment.span, &comment.text));
    let yaml = document.metadata.comments.iter();
    let all = html.chain(yaml.map(|(span, comment)| (*span, comment)));
    all.filter_map(|(span, comment)| suppression(text, span, comment))
        .collect()
}

fn suppression(text: &str, span: Span, comment: &str) -> Option<Suppression> {
    let rest = comment.strip_prefix(IGNORE)?;
    let (whole_file, rest) = rest
        .strip_prefix("-file")
        .map_or((false, rest), |rest| (true, rest));
    if !rest.is_empty() && !rest.starts_with([' ', '\t', '\n', ':']) {
        return None;
    }
    let (names, reason) = rest.split_once(':').unwrap_or((rest, ""));
    // The comment stands in the text as it does here.
    let start = span.start as usize + span.of(text).find(comment).unwrap_or(0);
    let rules = names
        .split(|character: char| character == ',' || character.is_whitespace())
        .filter(|name| !name.is_empty())
        .map(|name| (name.into(), Span::of_slice(name, comment).shifted(start)))
        .collect();
    let (whole, shares_line) = whole_lines(text, span);
    let (lines, whole_lines) = match shares_line {
        true => (whole, span),
        false => (next_line(text, whole), whole),
    };
    Some(Suppression {
        span,
        whole_lines,
        has_reason: !reason.trim().is_empty(),
        rules,
        lines: (!whole_file).then_some(lines),
    })
}

/// The lines that hold `span`, with the last one's ending, and whether anything else stands on them.
fn whole_lines(text: &str, span: Span) -> (Span, bool) {
    let start = line_at(text, span.start as usize).start;
    let end = line_at(text, span.end as usize).next;
    let blank =
        |from: usize, to: usize| text.get(from..to).is_none_or(|part| part.trim().is_empty());
    let shares_line = !blank(start, span.start as usize) || !blank(span.end as usize, end);
    (Span::new(start, end), shares_line)
}

/// From the end of `lines` to the end of the next line that is not blank.
fn next_line(text: &str, lines: Span) -> Span {
    let end = lines.end as usize;
    let rest = text.get(end..).unwrap_or("");
    let next = end + (rest.len() - rest.trim_start().len());
    Span::new(end, line_at(text, next).end)
}

#[cfg(test)]
mod tests;
