//! What stands in a text and is no Markdown for the site: formulas, and the comments of Obsidian.
//!
//! GitHub and Obsidian read `$…$` as a formula where no blank follows the first sign or precedes the second, and no letter
//! or digit stands outside of them, so that amounts of money are text.

use crate::document::{Dialect, ParseOptions};
use crate::source::{Span, holds_blank_line, places};

/// The longest formula or comment that is looked for, in bytes; keeps the search linear.
const LONGEST: usize = 4_096;

/// `$$…$$`, `$…$`, `\(…\)` and Obsidian's `%%…%%`, outside code and in order; none lies in another.
pub(super) fn find(
    text: &str,
    options: ParseOptions,
    is_code: impl Fn(usize) -> bool,
) -> Vec<Span> {
    let mut found = Vec::new();
    for (open, close) in [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("%%", "%%")] {
        let is_read = match open {
            "%%" => options.wikilinks,
            "$" => options.dialect == Dialect::Gfm,
            _ => true,
        };
        if !is_read {
            continue;
        }
        let mut done = 0;
        for at in places(text, open) {
            if at < done {
                continue;
            }
            let from = at + open.len();
            done = from;
            let rest = text.as_bytes().get(from..text.len().min(from + LONGEST));
            let length = rest.and_then(|rest| memchr::memmem::find(rest, close.as_bytes()));
            let Some(inside) = length.and_then(|length| text.get(from..from + length)) else {
                continue;
            };
            let is_one = match open {
                "$$" => !holds_blank_line(inside),
                "$" => {
                    is_formula(text, Span::new(from, from + inside.len()))
                        && !is_code(from + inside.len())
                }
                // Escaped parentheses stand around links, too.
                "\\(" => !inside.contains(['\n']) && !inside.contains("]("),
                _ => !inside.contains("\n```"),
            };
            if is_one && !is_code(at) {
                done = from + inside.len() + close.len();
                found.push(Span::new(at, done));
            }
        }
    }
    found.sort_unstable();
    let mut end = 0;
    found.retain(|one| {
        let is_outside = one.start >= end;
        end = end.max(one.end);
        is_outside
    });
    found
}

/// Whether a dollar sign on each side makes a formula of what stands between them.
fn is_formula(text: &str, inside: Span) -> bool {
    let before = text.get(..inside.start as usize - 1).unwrap_or("");
    let after = text.get(inside.end as usize + 1..).unwrap_or("");
    let is_apart = |one: Option<char>| {
        one.is_none_or(|one| !one.is_alphanumeric() && !matches!(one, '$' | '\\'))
    };
    let inside = inside.of(text);
    !inside.is_empty()
        && !inside.starts_with(char::is_whitespace)
        && !inside.ends_with(|one: char| one.is_whitespace() || one == '\\')
        && is_apart(before.chars().next_back())
        && is_apart(after.chars().next())
        && !holds_blank_line(inside)
}
