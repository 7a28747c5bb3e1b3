//! `<!-- weeknote-lint-ignore links/undefined-reference: why -->`: comments that hide findings.
//!
//! The comment hides findings that begin on the next line that is not blank; on its own line, if other text stands there
//! too. `weeknote-lint-ignore-file` hides them in the whole file. Several rules are divided by commas; without a rule
//! everything is hidden. In YAML and in a snip's trailer the same is written after `#`.

use super::Document;
use crate::source::Span;

/// A comment that hides findings.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// The comment.
    pub span: Span,
    /// The rules it names, with their places; empty for all rules.
    pub rules: Vec<(Box<str>, Span)>,
    /// The bytes in which a hidden finding begins; `None` for the whole file.
    pub lines: Option<Span>,
}

const IGNORE: &str = "weeknote-lint-ignore";

/// Reads the comments of `document`, whose file holds `text`.
pub(super) fn read(document: &Document, text: &str) -> Vec<Suppression> {
    let html = document.comments.iter().map(|comment| (comment.span, &comment.text));
    let yaml = document.metadata.comments.iter().map(|(span, comment)| (*span, comment));
    html.chain(yaml).filter_map(|(span, comment)| suppression(text, span, comment)).collect()
}

fn suppression(text: &str, span: Span, comment: &str) -> Option<Suppression> {
    let rest = comment.strip_prefix(IGNORE)?;
    let (whole_file, rest) = rest.strip_prefix("-file").map_or((false, rest), |rest| (true, rest));
    if !rest.is_empty() && !rest.starts_with([' ', '\t', '\n', ':']) {
        return None;
    }
    let names = rest.split(':').next().unwrap_or("");
    let rules = names
        .split(|character: char| character == ',' || character.is_whitespace())
        .filter(|name| !name.is_empty())
        .map(|name| {
            let at = span.of(text).find(name).unwrap_or(0);
            (name.into(), Span::new(span.start as usize + at, span.start as usize + at + name.len()))
        })
        .collect();
    Some(Suppression { span, rules, lines: (!whole_file).then(|| lines_hidden(text, span)) })
}

/// The line that a comment at `span` speaks of.
fn lines_hidden(text: &str, span: Span) -> Span {
    let start = text.get(..span.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let after = text.get(span.end as usize..).unwrap_or("");
    let end_of_line = span.end as usize + after.find('\n').unwrap_or(after.len());
    let shares_line = !text.get(start..span.start as usize).unwrap_or("").trim().is_empty()
        || !text.get(span.end as usize..end_of_line).unwrap_or("").trim().is_empty();
    if shares_line {
        return Span::new(start, end_of_line);
    }
    let rest = text.get(end_of_line..).unwrap_or("");
    let blank = rest.len() - rest.trim_start().len();
    let next = end_of_line + blank;
    let length = text.get(next..).map_or(0, |rest| rest.find('\n').unwrap_or(rest.len()));
    Span::new(end_of_line, next + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{ParseOptions, parse};

    fn hidden(text: &str) -> Vec<(Vec<String>, Option<String>)> {
        let document = parse("a.md", text, ParseOptions::default());
        let rules = |suppression: &Suppression| suppression.rules.iter().map(|(name, _)| name.to_string()).collect();
        document.suppressions.iter().map(|found| (rules(found), found.lines.map(|span| span.of(text).trim().to_owned()))).collect()
    }

    #[test]
    fn a_comment_hides_the_next_line() {
        let found = hidden("One.\n\n<!-- weeknote-lint-ignore links/empty, links/footnote: not yet -->\n\nTwo [x]().\nThree.\n");
        assert_eq!(found, [(vec!["links/empty".into(), "links/footnote".into()], Some("Two [x]().".into()))]);
    }

    #[test]
    fn a_comment_beside_text_hides_its_own_line() {
        let found = hidden("Two [x](). <!-- weeknote-lint-ignore links/empty -->\nThree.\n");
        assert_eq!(found[0].1.as_deref(), Some("Two [x](). <!-- weeknote-lint-ignore links/empty -->"));
    }

    #[test]
    fn a_file_comment_has_no_lines() {
        assert_eq!(hidden("<!-- weeknote-lint-ignore-file -->\n"), [(vec![], None)]);
        assert_eq!(hidden("<!-- weeknote-lint-ignored -->\n"), []);
    }
}
