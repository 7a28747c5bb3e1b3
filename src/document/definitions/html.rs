//! Definitions inside HTML blocks.

use super::{Candidate, trimmed};
use crate::document::{DefinitionStatus, Dialect};
use crate::source::{Span, line_at};

/// Elements that kramdown reads as part of a paragraph (`HTML_SPAN_ELEMENTS`).
const SPAN_ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdo", "big", "br", "button", "cite", "code", "del", "dfn", "em",
    "i", "img", "input", "ins", "kbd", "label", "mark", "option", "q", "rb", "rbc", "rp", "rt",
    "rtc", "ruby", "samp", "select", "small", "span", "strong", "sub", "sup", "textarea", "time",
    "tt", "u", "var",
];

/// What was seen of one HTML block so far, so that no candidate in it reads all of it again.
#[derive(Default)]
pub(super) struct HtmlRun {
    block: Span,
    /// The byte up to which the block was looked at.
    scanned: usize,
    /// Where the last closing tag stands, among those before `scanned`.
    closing: Option<usize>,
    /// Whether kramdown is told to read what stands in an element.
    is_read: bool,
}

impl HtmlRun {
    /// Goes on to the byte `until`.
    fn pass(&mut self, text: &str, block: Span, until: usize) {
        let start = block.start as usize;
        if self.block != block {
            *self = HtmlRun {
                block,
                scanned: start,
                ..HtmlRun::default()
            };
        }
        // What is looked for may stand across the place where the last look ended.
        let from = self.scanned.saturating_sub("markdown=".len()).max(start);
        let bytes = text.as_bytes().get(from..until).unwrap_or(&[]);
        if let Some(at) = memchr::memmem::rfind(bytes, b"</") {
            self.closing = Some(from + at);
        }
        self.is_read |= memchr::memmem::find(bytes, b"markdown=").is_some();
        self.scanned = until;
    }
}

/// The longest name of an element that is read.
const LONGEST_NAME: usize = 32;

/// What becomes of a candidate inside an HTML block. For CommonMark such a block ends with a blank line, for kramdown
/// with the element. `None` where the line is no definition even for its author: in a comment, script or `<pre>`.
pub(super) fn status(
    text: &str,
    block: Span,
    candidate: &Candidate,
    dialect: Dialect,
    run: &mut HtmlRun,
) -> Option<DefinitionStatus> {
    run.pass(text, block, candidate.line.start as usize);
    let before = text
        .get(block.start as usize..candidate.line.start as usize)?
        .trim_start();
    let inside = before.strip_prefix('<')?;
    let name: String = inside
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .take(LONGEST_NAME)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    let verbatim =
        matches!(&*name, "" | "pre" | "script" | "style" | "textarea") && !inside.starts_with('/');
    if verbatim {
        return None;
    }
    let first_line = trimmed(text, line_at(text, block.start as usize).span());
    let swallowed = DefinitionStatus::Swallowed { cause: first_line };
    if dialect != Dialect::Kramdown || SPAN_ELEMENTS.contains(&&*name) {
        return Some(swallowed);
    }
    let is_closed = inside.starts_with('/')
        || before.trim_end().ends_with("/>")
        || run.closing.is_some_and(|at| {
            let end = text.get(at + 2..at + 2 + name.len());
            end.is_some_and(|end| end.eq_ignore_ascii_case(&name))
        });
    // In an element that is open, a definition counts only where kramdown is told to read it.
    Some(if is_closed || run.is_read {
        DefinitionStatus::Defined
    } else {
        swallowed
    })
}
