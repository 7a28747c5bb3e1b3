//! Reports: one file per format. Lines and columns are made here and nowhere else.

pub mod calendar;
pub mod closing;
pub mod color;
pub mod concise;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod pretty;
pub mod rdjson;
pub mod sarif;
mod snippet;
pub mod statistics;
mod suggestion;
pub mod text;
mod window;

use crate::archive::calendar::Calendar;
use crate::diagnostic::{Diagnostic, DocumentId, Label, Place};
use crate::source::{LineIndex, Position};
use closing::Unseen;
use std::collections::HashMap;
use text::visible;

/// A file that a finding speaks of.
#[derive(Debug)]
pub struct SourceFile {
    /// The path relative to the linted root, with `/`.
    pub path: String,
    /// Its text; empty where it could not be read, or not as it was linted.
    pub text: String,
    /// Whether it holds something else by now than what was linted.
    pub has_changed: bool,
    /// Its lines.
    pub lines: LineIndex,
}

impl SourceFile {
    /// A file with this text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        SourceFile {
            path,
            lines: LineIndex::new(&text),
            text,
            has_changed: false,
        }
    }
}

/// The counts of a run, in the order and with the names of the JSON report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Markdown files that were looked at (those selected by PATHS).
    pub files: usize,
    /// Notes among them.
    pub notes: usize,
    /// Findings by severity, as reported.
    pub errors: usize,
    /// See `errors`.
    pub warnings: usize,
    /// See `errors`.
    pub infos: usize,
    /// Findings that a comment hides.
    pub suppressed: usize,
    /// Findings that carry a fix.
    pub fixable: usize,
}

/// What a page shows of the archive beside the findings.
#[derive(Debug, Default)]
pub struct Overview {
    /// The calendar of each series.
    pub calendars: Vec<Calendar>,
    /// The paths of the notes in them.
    pub paths: HashMap<DocumentId, String>,
    /// What was learnt of each collection and of the site; what belongs to one on lines of its own.
    pub learnt: Vec<String>,
}

/// Everything that a report is written from.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The counts.
    pub summary: Summary,
    /// What the reader should know of the run itself: "internal links were not checked: ...".
    pub notices: Vec<String>,
    /// The findings, sorted by path, offset and rule.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that the findings and their labels speak of.
    pub sources: HashMap<DocumentId, SourceFile>,
    /// What was not looked at, or is not reported.
    pub unseen: Unseen,
    /// What the archive is, for the formats that show it.
    pub overview: Option<Overview>,
}

impl Outcome {
    /// The path of a document as reports name it; `<unknown>` for one that `sources` lacks.
    pub fn path(&self, document: DocumentId) -> &str {
        self.sources
            .get(&document)
            .map_or("<unknown>", |source| source.path.as_str())
    }
}

/// What is said of a finding at its own place: message, note and help, a line each, safe to print.
pub(crate) fn said(diagnostic: &Diagnostic) -> Vec<String> {
    let help = diagnostic.help.iter().flat_map(|help| help.lines());
    let first = std::iter::once(diagnostic.message.as_str());
    let lines = first.chain(diagnostic.note.as_deref()).chain(help);
    lines.map(|line| visible(line).into_owned()).collect()
}

/// The further places of a finding and what is said there, for formats that have one place for each finding:
/// `path:line:column: said`, safe to print.
fn further(diagnostic: &Diagnostic, positions: &mut Positions) -> Vec<String> {
    let line = |label: &Label| {
        let path = positions.path(label.place.document);
        let start = positions.range(label.place).start;
        let said = &label.message;
        let line = format!("{path}:{}:{}: {said}", start.line, start.column);
        visible(&line).into_owned()
    };
    diagnostic.labels.iter().map(line).collect()
}

/// Where a rule is explained: its page on the site, which `docs/build.sh` builds from `docs/src/rules/`.
pub fn rule_url(id: &str) -> String {
    format!("{}rules/{id}.html", env!("CARGO_PKG_HOMEPAGE"))
}

/// A place as a report writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The first code point.
    pub start: Position,
    /// The code point after the last one.
    pub end: Position,
}

impl Range {
    /// The last line that the place is on: one that ends with a line ending ends on that line.
    fn last_line(self) -> usize {
        let ends_before = self.end.column == 1 && self.end.line > self.start.line;
        self.end.line - usize::from(ends_before)
    }
}

/// Bytes between two counted places of a long line.
const STRIDE: usize = 4096;

/// Turns places into lines and columns.
///
/// Columns count code points, so that each one costs its line's length. A note may be one line of a megabyte with ten
/// thousand findings in it: long lines are counted once, at every `STRIDE` bytes, and columns start from there.
#[derive(Debug)]
pub struct Positions<'a> {
    outcome: &'a Outcome,
    /// The path of the linted root in the repository, with a final `/`; empty where they are one.
    prefix: &'a str,
    /// By document and first byte of a long line: the code points before each stride.
    counted: HashMap<(DocumentId, usize), Vec<usize>>,
}

impl<'a> Positions<'a> {
    /// Positions in the sources of `outcome`.
    pub fn new(outcome: &'a Outcome) -> Self {
        Positions::below(outcome, "")
    }

    /// The same, for paths relative to the repository, in which the linted root lies at `prefix`.
    fn below(outcome: &'a Outcome, prefix: &'a str) -> Self {
        Positions {
            outcome,
            prefix,
            counted: HashMap::new(),
        }
    }

    fn path(&self, document: DocumentId) -> String {
        format!("{}{}", self.prefix, self.outcome.path(document))
    }

    /// The range of `place`. What lies beyond the text is moved to its end; a document that is not among the sources
    /// has everything at 1:1.
    pub fn range(&mut self, place: Place) -> Range {
        let start = self.position(place.document, place.span.start as usize);
        let end = if place.span.is_empty() {
            start
        } else {
            self.position(place.document, place.span.end as usize)
        };
        Range { start, end }
    }

    fn position(&mut self, document: DocumentId, offset: usize) -> Position {
        let Some(source) = self.outcome.sources.get(&document) else {
            return Position {
                line: 1,
                column: 1,
                offset: 0,
            };
        };
        let offset = text::floor(&source.text, offset);
        let line = source.lines.line_of(offset);
        let span = source.lines.line_span(line, &source.text);
        let start = span.start as usize;
        let bytes = source.text.as_bytes();
        let (mut before, mut from) = (0, start);
        if offset.saturating_sub(start) > STRIDE {
            let counted = self.counted.entry((document, start)).or_insert_with(|| {
                let line = bytes.get(span.range()).unwrap_or_default();
                let strides = line.chunks(STRIDE).scan(0, |sum, chunk| {
                    *sum += code_points(chunk);
                    Some(*sum)
                });
                std::iter::once(0).chain(strides).collect()
            });
            let stride = (offset - start) / STRIDE;
            before = counted.get(stride).copied().unwrap_or_default();
            from = start + stride * STRIDE;
        }
        let rest = bytes.get(from..offset).unwrap_or_default();
        Position {
            line: line + 1,
            column: before + code_points(rest) + 1,
            offset,
        }
    }
}

/// The code points that begin in `bytes` of a UTF-8 text: every byte but the continuing ones.
fn code_points(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests;
