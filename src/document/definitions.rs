//! Link reference definitions, and the lines that were meant as such.
//!
//! CommonMark 0.31, section 4.7: a definition is a block of its own, cannot interrupt a paragraph, and the first one of
//! a label counts. pulldown-cmark knows those, without the duplicates. So every line whose first character after its
//! containers is `[` is looked at, code and HTML blocks left out: what pulldown-cmark knows is a definition; what stands
//! in no paragraph is a duplicate; the rest is prose for CommonMark.
//!
//! kramdown (`parser/kramdown/link.rb`, `LINK_DEFINITION_START`) reads a definition line by line: the destination is
//! the rest of the line up to a title, blanks included, must stand on the same line as the label, and the last
//! definition of a label counts. A footnote's definition ends with its line, so that definitions may follow at once.

use super::{Definition, DefinitionStatus, Dialect};
use crate::source::Span;

/// What the definitions are told from: the blocks of one parsed body. All spans are offsets into the same text.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// Definitions that CommonMark sees, by their first byte, in order.
    pub(super) known: Vec<Span>,
    /// Paragraphs, in order.
    pub(super) paragraphs: Vec<Span>,
    /// Code blocks and HTML blocks, in order.
    pub(super) verbatim: Vec<Span>,
    /// First bytes of footnote definitions (`[^x]: ...`), in order.
    pub(super) footnotes: Vec<u32>,
}

impl Blocks {
    fn is_verbatim(&self, at: usize) -> bool {
        surrounding(&self.verbatim, at).is_some()
    }
}

/// The span of a sorted list of disjoint spans that holds the byte `at`.
pub(super) fn surrounding(spans: &[Span], at: usize) -> Option<Span> {
    let after = spans.partition_point(|span| span.start as usize <= at);
    spans
        .get(after.checked_sub(1)?)
        .copied()
        .filter(|span| at < span.end as usize)
}

/// A line that begins `[label]:`.
struct Candidate {
    label: Span,
    /// After the colon.
    rest: usize,
    /// The line without its ending.
    line: Span,
}

/// Reads all definitions of the body `text[body]`.
pub(super) fn read(text: &str, body: Span, dialect: Dialect, blocks: &Blocks) -> Vec<Definition> {
    let mut definitions: Vec<Definition> = Vec::new();
    let mut run = ParagraphRun::default();
    let mut at = body.start as usize;
    while at < body.end as usize {
        let end = memchr::memchr(
            b'\n',
            text.as_bytes().get(at..body.end as usize).unwrap_or(&[]),
        )
        .map_or(body.end as usize, |found| at + found);
        let line = Span::new(at, end);
        at = end + 1;
        let Some(candidate) = candidate(text, line) else {
            continue;
        };
        let start = candidate.label.start as usize - 1;
        if blocks.is_verbatim(start) {
            continue;
        }
        if let Ok(index) = blocks
            .known
            .binary_search_by_key(&Span::at(start).start, |span| span.start)
        {
            let known = blocks.known.get(index).copied().unwrap_or_default();
            definitions.push(defined(
                text,
                &candidate,
                Span::new(candidate.rest, (known.end as usize).max(candidate.rest)),
                dialect,
            ));
            continue;
        }
        match surrounding(&blocks.paragraphs, start) {
            None => definitions.push(defined(
                text,
                &candidate,
                Span::new(candidate.rest, body.end as usize),
                dialect,
            )),
            Some(paragraph) => {
                let status = run.status(text, paragraph, &candidate, dialect, blocks);
                // The destination of a line that is none is still what the author meant.
                let until = candidate.line.end as usize;
                let mut definition = defined(
                    text,
                    &candidate,
                    Span::new(candidate.rest, until),
                    Dialect::Kramdown,
                );
                definition.status = status;
                definitions.push(definition);
            }
        }
    }
    mark_duplicates(&mut definitions);
    definitions
}

/// Reads `line` as `[label]:` after blockquote markers and blanks.
fn candidate(text: &str, line: Span) -> Option<Candidate> {
    let bytes = text.as_bytes();
    let end = line.end as usize;
    let mut at = line.start as usize;
    while at < end && matches!(bytes.get(at), Some(b' ' | b'\t' | b'>')) {
        at += 1;
    }
    if bytes.get(at) != Some(&b'[') || bytes.get(at + 1) == Some(&b'^') {
        return None;
    }
    let start = at + 1;
    let mut close = start;
    loop {
        match bytes.get(close)? {
            _ if close >= end => return None,
            b'\\' => close += 1,
            b']' => break,
            b'[' => return None,
            _ => {}
        }
        close += 1;
    }
    let label = Span::new(start, close);
    if bytes.get(close + 1) != Some(&b':') || close + 1 >= end || label.of(text).trim().is_empty() {
        return None;
    }
    let end = if bytes.get(end.wrapping_sub(1)) == Some(&b'\r') {
        end - 1
    } else {
        end
    };
    Some(Candidate {
        label,
        rest: close + 2,
        line: Span::new(line.start as usize, end),
    })
}

/// The definition of a candidate whose destination and title lie in `rest`.
fn defined(text: &str, candidate: &Candidate, rest: Span, dialect: Dialect) -> Definition {
    let source = rest.of(text);
    let blank = source.len() - source.trim_start().len();
    let first_line = source.trim_start().lines().next().unwrap_or("");
    let start = rest.start as usize + blank;
    let (destination, after) = if let Some(inside) = first_line
        .strip_prefix('<')
        .and_then(|rest| rest.split_once('>'))
    {
        let destination = Span::new(start + 1, start + 1 + inside.0.len());
        (destination, destination.end as usize + 1)
    } else if dialect == Dialect::Kramdown
        && blank == source.len() - source.trim_start_matches([' ', '\t']).len()
    {
        let line = first_line.trim_end();
        let length = title_start(line).unwrap_or(line.len());
        let destination = Span::new(
            start,
            start + line.get(..length).unwrap_or(line).trim_end().len(),
        );
        (destination, destination.end as usize)
    } else {
        let length = first_line
            .find(char::is_whitespace)
            .unwrap_or(first_line.len());
        (Span::new(start, start + length), start + length)
    };
    let title_span = title(text, after, rest.end as usize);
    let label_source = candidate.label.of(text);
    let end = title_span
        .map_or(after, |title| title.end as usize)
        .max(candidate.rest);
    Definition {
        label: label_source.into(),
        key: normalize_label(label_source).into(),
        label_span: candidate.label,
        destination: destination.of(text).into(),
        destination_span: destination,
        title_span,
        span: Span::new(candidate.label.start as usize - 1, end),
        lines: Span::new(candidate.line.start as usize, next_line(text, end)),
        status: DefinitionStatus::Defined,
        duplicate_of: None,
    }
}

/// Where a quoted title at the end of a line begins: `url "title"`.
fn title_start(line: &str) -> Option<usize> {
    let quote = line
        .chars()
        .next_back()
        .filter(|&last| matches!(last, '"' | '\''))?;
    let before = line.get(..line.len() - 1)?;
    let open = before.find(quote)?;
    before.get(..open)?.ends_with([' ', '\t']).then_some(open)
}

/// The quoted title after a destination that ends at `from`: on the same line, or alone on the next one.
fn title(text: &str, from: usize, until: usize) -> Option<Span> {
    let source = text.get(from..until)?;
    let trimmed = source.trim_start();
    let start = from + (source.len() - trimmed.len());
    let lines_between = source
        .get(..source.len() - trimmed.len())?
        .matches('\n')
        .count();
    if start == from || lines_between > 1 {
        return None;
    }
    let line = trimmed.lines().next()?.trim_end();
    let closing = match line.chars().next()? {
        '"' => '"',
        '\'' => '\'',
        '(' => ')',
        _ => return None,
    };
    (line.len() > 1 && line.ends_with(closing)).then(|| Span::new(start, start + line.len()))
}

/// What became of the lines of one paragraph of CommonMark so far.
#[derive(Default)]
struct ParagraphRun {
    paragraph: Span,
    /// Where kramdown would read the next definition.
    next: usize,
    /// The last line that is no definition, among those before `scanned`.
    cause: Span,
    scanned: usize,
}

impl ParagraphRun {
    /// What becomes of a candidate inside `paragraph`.
    fn status(
        &mut self,
        text: &str,
        paragraph: Span,
        candidate: &Candidate,
        dialect: Dialect,
        blocks: &Blocks,
    ) -> DefinitionStatus {
        let line = candidate.line.start as usize;
        if self.paragraph != paragraph {
            let start = line_start(text, paragraph.start as usize);
            let first_line = trimmed(text, Span::new(start, line_end(text, start)));
            *self = ParagraphRun {
                paragraph,
                next: after_footnotes(text, start, paragraph, blocks),
                cause: first_line,
                scanned: start,
            };
        }
        let first = line <= paragraph.start as usize;
        let has_destination = has_destination(text, candidate);
        if dialect == Dialect::Kramdown && has_destination && line <= self.next {
            self.next = next_line(text, candidate.line.end as usize);
            return DefinitionStatus::Defined;
        }
        if first {
            return if has_destination {
                DefinitionStatus::Malformed
            } else {
                DefinitionStatus::NoDestination
            };
        }
        while self.scanned < line {
            let span = Span::new(self.scanned, line_end(text, self.scanned));
            if !self::candidate(text, span).is_some_and(|found| self::has_destination(text, &found))
            {
                self.cause = trimmed(text, span);
            }
            self.scanned = next_line(text, self.scanned);
        }
        DefinitionStatus::Swallowed { cause: self.cause }
    }
}

fn has_destination(text: &str, candidate: &Candidate) -> bool {
    text.get(candidate.rest..candidate.line.end as usize)
        .is_some_and(|rest| !rest.trim().is_empty())
}

/// Where kramdown looks for the first definition of a paragraph: at its beginning `start`, or, in a footnote, after the
/// footnote's line.
fn after_footnotes(text: &str, start: usize, paragraph: Span, blocks: &Blocks) -> usize {
    let next = next_line(text, start);
    let in_footnote = blocks
        .footnotes
        .binary_search(&Span::at(start).start)
        .is_ok();
    if in_footnote && next < paragraph.end as usize {
        next
    } else {
        start
    }
}

fn trimmed(text: &str, span: Span) -> Span {
    let source = span.of(text);
    let start = span.start as usize + (source.len() - source.trim_start().len());
    Span::new(start, start + source.trim().len())
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..)
        .and_then(|rest| rest.find('\n'))
        .map_or(text.len(), |newline| at + newline)
}

fn next_line(text: &str, at: usize) -> usize {
    (line_end(text, at) + 1).min(text.len())
}

fn mark_duplicates(definitions: &mut [Definition]) {
    let mut first = std::collections::HashMap::new();
    for (index, definition) in definitions.iter_mut().enumerate() {
        if definition.status != DefinitionStatus::Defined {
            continue;
        }
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        match first.entry(definition.key.clone()) {
            std::collections::hash_map::Entry::Occupied(entry) => {
                definition.duplicate_of = Some(*entry.get())
            }
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(index);
            }
        }
    }
}

/// A label as CommonMark matches it: white space collapsed and trimmed, case folded (section 6.3).
pub fn normalize_label(label: &str) -> String {
    let mut key = String::with_capacity(label.len());
    for word in label.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().flat_map(char::to_lowercase));
    }
    key
}
