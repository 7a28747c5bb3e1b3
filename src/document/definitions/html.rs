//! Definitions inside HTML blocks.

use super::Candidate;
use crate::document::DefinitionStatus;
use crate::source::{Span, line_at};

/// Elements that kramdown reads as part of a paragraph (`HTML_SPAN_ELEMENTS`).
pub(in crate::document) const SPAN_ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdo", "big", "br", "button", "cite", "code", "del", "dfn", "em",
    "i", "img", "input", "ins", "kbd", "label", "mark", "option", "q", "rb", "rbc", "rp", "rt",
    "rtc", "ruby", "samp", "select", "small", "span", "strong", "sub", "sup", "textarea", "time",
    "tt", "u", "var",
];

/// The longest name of an element that is read.
const LONGEST_NAME: usize = 32;

/// What becomes of a candidate inside an HTML block. `None` where the line is no definition even for its author: in a
/// comment, script or `<pre>`.
pub(super) fn status(text: &str, block: Span, candidate: &Candidate) -> Option<DefinitionStatus> {
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
    let first_line = line_at(text, block.start as usize).trimmed(text);
    Some(DefinitionStatus::Swallowed { cause: first_line })
}
