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

/// What becomes of a candidate inside an HTML block. For CommonMark such a block ends with a blank line, for kramdown
/// with the element. `None` where the line is no definition even for its author: in a comment, script or `<pre>`.
pub(super) fn status(
    text: &str,
    block: Span,
    candidate: &Candidate,
    dialect: Dialect,
) -> Option<DefinitionStatus> {
    let before = text
        .get(block.start as usize..candidate.line.start as usize)?
        .trim_start();
    let inside = before.strip_prefix('<')?;
    let name: String = inside
        .chars()
        .take_while(char::is_ascii_alphanumeric)
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
        || before.rsplit_once("</").is_some_and(|(_, end)| {
            end.get(..name.len())
                .is_some_and(|end| end.eq_ignore_ascii_case(&name))
        });
    // In an element that is open, a definition counts only where kramdown is told to read it.
    let is_read = inside.contains("markdown=");
    Some(if is_closed || is_read {
        DefinitionStatus::Defined
    } else {
        swallowed
    })
}
