//! Places of the protocol: lines from 0, and characters from 0 in the units that client and server have agreed on; and
//! addresses of files.

use crate::source::{self, LineIndex, Span};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What a character of a position is (LSP 3.17, "PositionEncodingKind").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// A byte of UTF-8.
    Utf8,
    /// A code unit of UTF-16, which every client knows.
    #[default]
    Utf16,
}

impl Encoding {
    /// The one that takes no counting, if the client has it.
    pub(super) fn agreed(capabilities: &Value) -> Self {
        let offered = capabilities.pointer("/general/positionEncodings");
        let mut offered = offered.and_then(Value::as_array).into_iter().flatten();
        match offered.any(|one| one == "utf-8") {
            true => Encoding::Utf8,
            false => Encoding::Utf16,
        }
    }

    /// Its name in the protocol.
    pub(super) fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
        }
    }

    fn length(self, text: &str) -> usize {
        match self {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => text.chars().map(char::len_utf16).sum(),
        }
    }

    /// The position of a byte.
    pub(super) fn position(self, text: &str, lines: &LineIndex, offset: usize) -> Value {
        let line = lines.line_of(offset);
        let start = lines.line_span(line, text).start as usize;
        let before = text.get(start..offset.min(text.len())).unwrap_or("");
        json!({ "line": line, "character": self.length(before) })
    }

    /// The range of a span.
    pub(super) fn range(self, text: &str, lines: &LineIndex, span: Span) -> Value {
        let [start, end] = [span.start, span.end].map(|at| self.position(text, lines, at as usize));
        json!({ "start": start, "end": end })
    }

    /// The byte at a position: what lies beyond the end of a line, or of the text, is that end.
    pub(super) fn offset(self, text: &str, lines: &LineIndex, position: &Value) -> Option<usize> {
        let number = |key| usize::try_from(position.get(key)?.as_u64()?).ok();
        let (line, mut character) = (number("line")?, number("character")?);
        if line >= lines.count() {
            return Some(text.len());
        }
        let start = lines.line_span(line, text).start as usize;
        let line = source::line_at(text, start).of(text);
        let mut offset = start;
        for one in line.chars() {
            let units = match self {
                Encoding::Utf8 => one.len_utf8(),
                Encoding::Utf16 => one.len_utf16(),
            };
            if units > character {
                break;
            }
            character -= units;
            offset += one.len_utf8();
        }
        Some(offset)
    }

    /// The span of a range.
    pub(super) fn span(self, text: &str, lines: &LineIndex, range: &Value) -> Option<Span> {
        let [start, end] = ["start", "end"].map(|key| range.get(key));
        let start = self.offset(text, lines, start?)?;
        Some(Span::new(start, self.offset(text, lines, end?)?))
    }
}

/// The path of a `file:` address (RFC 8089).
pub(super) fn path_of(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let path = rest.get(rest.find('/')?..)?;
    let path = path.split(['?', '#']).next()?;
    let decoded = crate::archive::paths::percent_decoded(path);
    // `/c:/notes` is `c:/notes`.
    let of_drive = decoded.get(1..).filter(|rest| {
        let rest = rest.as_bytes();
        rest.first().is_some_and(u8::is_ascii_alphabetic) && rest.get(1) == Some(&b':')
    });
    Some(PathBuf::from(of_drive.unwrap_or(&decoded)))
}

/// The `file:` address of an absolute path.
pub(super) fn uri_of(path: &Path) -> String {
    let path = path.to_string_lossy();
    #[cfg(windows)]
    let path = path.trim_start_matches(r"\\?\").replace('\\', "/");
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!(
        "file://{slash}{}",
        crate::report::text::percent_encoded(&path)
    )
}

#[cfg(test)]
mod tests;
