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

/// Elements that hold no Markdown (CommonMark 0.31, section 4.6, condition 1).
const VERBATIM: &[&str] = &["pre", "script", "style", "textarea"];

/// Whether a tag of the element `name` goes on with `rest` after its `<`.
pub(in crate::document) fn is_tag(rest: &str, name: &str) -> bool {
    let found = rest.get(..name.len());
    let next = rest.as_bytes().get(name.len());
    found.is_some_and(|found| found.eq_ignore_ascii_case(name))
        && next.is_none_or(|next| matches!(next, b'>' | b'/') || next.is_ascii_whitespace())
}

/// What becomes of a candidate inside an HTML block. `None` where the line is no definition even for its author: in a
/// comment, script or `<pre>`.
pub(super) fn status(text: &str, block: Span, candidate: &Candidate) -> Option<DefinitionStatus> {
    let before = text
        .get(block.start as usize..candidate.line.start as usize)?
        .trim_start();
    let inside = before.strip_prefix('<')?;
    let is_tag_of_element = inside.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
    if !is_tag_of_element || VERBATIM.iter().any(|name| is_tag(inside, name)) {
        return None;
    }
    let first_line = line_at(text, block.start as usize).trimmed(text);
    Some(DefinitionStatus::Swallowed { cause: first_line })
}
