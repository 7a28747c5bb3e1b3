//! Merge conflicts that were committed, as git writes them.
//!
//! ```text
//! <<<<<<< label
//! the first version
//! ||||||| label           in the style diff3
//! what it was before
//! =======
//! the second version
//! >>>>>>> label
//! ```
//!
//! A file is read as if only the first version stood there, so that a conflict in metadata, in a heading or among
//! definitions is one mistake. Keys and definitions that stand nowhere else are kept: the page needs them.

use super::{OddLine, OddLineKind};
use crate::hash::QuickSet;
use crate::source::{Span, holds, lines};
use std::borrow::Cow;

const OPENS: &str = "<<<<<<< ";
const CLOSES: &str = ">>>>>>> ";

/// Where a line stands.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Outside,
    First,
    Before,
    Second,
}

/// Whether a marker may stand in a text.
pub(super) fn may_be_in(text: &str) -> bool {
    holds(text, OPENS) || holds(text, CLOSES)
}

/// The text with blanks in place of the markers and of what is left out, so that no offset moves; and the first and the
/// last markers.
pub(super) fn resolve(text: &str) -> (Cow<'_, str>, Vec<OddLine>) {
    if !may_be_in(text) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut resolved = String::with_capacity(text.len());
    let mut markers = Vec::new();
    let mut part = Part::Outside;
    let mut known = QuickSet::default();
    let keys = text.lines().filter_map(key);
    let again: QuickSet<&str> = keys.filter(|key| !known.insert(*key)).collect();
    for line in lines(text, 0..text.len()) {
        let at = line.start;
        let line = Span::new(at, line.next).of(text);
        let opens = line.starts_with(OPENS);
        let separates = part != Part::Outside && line.trim_end() == "=======";
        let is_kept = if opens || line.starts_with(CLOSES) {
            let source = line.trim_end();
            markers.push(OddLine::at(at, source, OddLineKind::ConflictMarker));
            let is_whole = opens && is_whole(text.get(at + line.len()..).unwrap_or(""));
            part = if is_whole { Part::First } else { Part::Outside };
            false
        } else if separates || part == Part::First && line.starts_with("||||||| ") {
            part = match separates {
                true => Part::Second,
                false => Part::Before,
            };
            false
        } else {
            match part {
                Part::Outside | Part::First => true,
                Part::Before => false,
                Part::Second => key(line).is_some_and(|key| !again.contains(key)),
            }
        };
        if is_kept {
            resolved.push_str(line);
        } else {
            let blank = |byte| match byte {
                b'\n' | b'\r' => char::from(byte),
                _ => ' ',
            };
            resolved.extend(line.bytes().map(blank));
        }
    }
    (Cow::Owned(resolved), markers)
}

/// Whether the rest of a conflict follows.
fn is_whole(after: &str) -> bool {
    let mut lines = after.lines().take_while(|line| !line.starts_with(OPENS));
    lines.any(|line| line.trim_end() == "=======") && lines.any(|line| line.starts_with(CLOSES))
}

/// The beginning of a `key: value`, a `key = value` or a `[label]: destination`.
fn key(line: &str) -> Option<&str> {
    let definition = line.split_once("]:").filter(|_| line.starts_with('['));
    let (key, rest) = definition.or_else(|| line.split_once(' '))?;
    (definition.is_some() || key.ends_with(':') || rest.starts_with("= ")).then_some(key)
}

#[cfg(test)]
mod tests;
