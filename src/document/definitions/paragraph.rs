//! Definitions in the middle of a paragraph, and what keeps them from being such.

use super::{Candidate, candidate, has_destination};
use crate::document::{DefinitionStatus, Dialect, mask};
use crate::source::{Span, line_at};

/// What became of the lines of one paragraph of CommonMark so far.
#[derive(Default)]
pub(super) struct ParagraphRun {
    paragraph: Span,
    /// Whether a block may begin at `scanned`, after a definition or a template's tag. For CommonMark, a paragraph that
    /// begins with a definition is not such a block.
    between_blocks: bool,
    /// The last line that is prose, among those before `scanned`.
    cause: Span,
    /// The beginning of the first line that was not looked at yet.
    scanned: usize,
}

impl ParagraphRun {
    /// What becomes of a candidate inside `paragraph`.
    pub(super) fn status(
        &mut self,
        text: &str,
        paragraph: Span,
        candidate: &Candidate,
        dialect: Dialect,
    ) -> DefinitionStatus {
        let line = candidate.line.start as usize;
        if self.paragraph != paragraph {
            let first = line_at(text, paragraph.start as usize);
            *self = ParagraphRun {
                paragraph,
                between_blocks: dialect == Dialect::Kramdown,
                cause: first.trimmed(text),
                scanned: first.start,
            };
        }
        while self.scanned < line {
            self.pass(text, dialect);
        }
        let is_first = line <= paragraph.start as usize;
        match has_destination(text, candidate) {
            true if self.between_blocks => DefinitionStatus::Defined,
            true if is_first => DefinitionStatus::Malformed,
            false if is_first || self.between_blocks => DefinitionStatus::NoDestination,
            _ => DefinitionStatus::Swallowed { cause: self.cause },
        }
    }

    /// Goes to the next line.
    fn pass(&mut self, text: &str, dialect: Dialect) {
        let whole_line = line_at(text, self.scanned);
        let line = whole_line.span();
        self.scanned = whole_line.next;
        let source = line.of(text).trim();
        let candidate = candidate(text, line).filter(|found| has_destination(text, found));
        if is_template_tag(source) {
            // Nobody knows what it becomes; often nothing at all.
            self.between_blocks = true;
        } else if dialect == Dialect::Kramdown {
            let is_definition = candidate.is_some()
                || (source.starts_with("[^") || source.starts_with("*[")) && source.contains("]:");
            // Attribute lists and `^` end a paragraph, `LAZY_END` in `parser/kramdown/paragraph.rb`.
            let ends_paragraph = source == "^" || source.starts_with('{') && source.ends_with('}');
            self.between_blocks = ends_paragraph || self.between_blocks && is_definition;
        } else {
            self.between_blocks &= candidate.is_some();
        }
        if !self.between_blocks && candidate.is_none() {
            self.cause = whole_line.trimmed(text);
        }
    }
}

/// Whether a line of masked text is a template's tag and nothing else.
fn is_template_tag(line: &str) -> bool {
    line.strip_prefix(mask::MARK).is_some_and(|rest| {
        rest.chars()
            .all(|character| matches!(character, 'x' | ' ' | mask::MARK))
    })
}
