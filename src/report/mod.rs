//! Reports: one file per format. Lines and columns are made here and nowhere else.

use crate::diagnostic::{Diagnostic, DocumentId};
use crate::source::LineIndex;
use std::collections::HashMap;

/// A file that a finding speaks of.
#[derive(Debug)]
pub struct SourceFile {
    /// The path relative to the linted root, with `/`.
    pub path: String,
    /// Its text; empty where it could not be read.
    pub text: String,
    /// Its lines.
    pub lines: LineIndex,
}

/// The counts of a run.
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

/// Everything that a report is written from.
#[derive(Debug)]
pub struct Outcome {
    /// The counts.
    pub summary: Summary,
    /// What the reader should know of the run itself: "internal links were not checked: ...".
    pub notices: Vec<String>,
    /// The findings, sorted by path, offset and rule.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that the findings and their labels speak of.
    pub sources: HashMap<DocumentId, SourceFile>,
}
