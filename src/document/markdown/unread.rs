//! What stands in a text and is no Markdown for the site: formulas, and the comments of Obsidian.

use crate::document::ParseOptions;
use crate::source::{Span, holds_blank_line};

/// The longest formula or comment that is looked for, in bytes; keeps the search linear.
const LONGEST: usize = 4_096;

/// `$$…$$`, `\(…\)` and Obsidian's `%%…%%`, outside code and in order.
pub(super) fn find(
    text: &str,
    options: ParseOptions,
    is_code: impl Fn(usize) -> bool,
) -> Vec<Span> {
    let mut found = Vec::new();
    for (open, close) in [("$$", "$$"), ("\\(", "\\)"), ("%%", "%%")] {
        if open == "%%" && !options.wikilinks {
            continue;
        }
        let mut from = 0;
        while let Some(at) =
            memchr::memmem::find(text.as_bytes().get(from..).unwrap_or(&[]), open.as_bytes())
        {
            let at = from + at;
            from = at + open.len();
            let rest = text.as_bytes().get(from..text.len().min(from + LONGEST));
            let length = rest.and_then(|rest| memchr::memmem::find(rest, close.as_bytes()));
            let Some(inside) = length.and_then(|length| text.get(from..from + length)) else {
                continue;
            };
            let is_one = match open {
                "$$" => !holds_blank_line(inside),
                // Escaped parentheses stand around links, too.
                "\\(" => !inside.contains(['\n']) && !inside.contains("]("),
                _ => !inside.contains("\n```"),
            };
            if is_one && !is_code(at) {
                from += inside.len() + close.len();
                found.push(Span::new(at, from));
            }
        }
    }
    found.sort_unstable();
    found
}
