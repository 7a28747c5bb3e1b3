//! Places of the protocol: lines from 0, and characters from 0 in the units that client and server have agreed on; and
//! addresses of files.

use crate::report::SourceFile;
use crate::source::{self, Span};
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
        match super::items(offered).any(|one| one == "utf-8") {
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

    fn length(self, one: char) -> usize {
        match self {
            Encoding::Utf8 => one.len_utf8(),
            Encoding::Utf16 => one.len_utf16(),
        }
    }

    /// The position of a byte.
    pub(super) fn position(self, file: &SourceFile, offset: usize) -> Value {
        let (text, lines) = (&file.text, &file.lines);
        let line = lines.line_of(offset);
        let start = lines.line_span(line, text).start as usize;
        let before = text.get(start..offset.min(text.len())).unwrap_or("");
        let character: usize = before.chars().map(|one| self.length(one)).sum();
        json!({ "line": line, "character": character })
    }

    /// The range of a span.
    pub(super) fn range(self, file: &SourceFile, span: Span) -> Value {
        let [start, end] = [span.start, span.end].map(|at| self.position(file, at as usize));
        json!({ "start": start, "end": end })
    }

    /// The edit that puts a text in the place of a span.
    pub(super) fn edit(self, file: &SourceFile, span: Span, text: &str) -> Value {
        json!({ "range": self.range(file, span), "newText": text })
    }

    /// The byte at a position: what lies beyond the end of a line, or of the text, is that end.
    pub(super) fn offset(self, file: &SourceFile, position: &Value) -> Option<usize> {
        let number = |key| usize::try_from(position.get(key)?.as_u64()?).ok();
        let (line, mut character) = (number("line")?, number("character")?);
        let (text, lines) = (&file.text, &file.lines);
        if line >= lines.count() {
            return Some(text.len());
        }
        let start = lines.line_span(line, text).start as usize;
        let line = source::line_at(text, start).of(text);
        let before = line.chars().take_while(|one| {
            let left = character.checked_sub(self.length(*one));
            character = left.unwrap_or(0);
            left.is_some()
        });
        Some(start + before.map(char::len_utf8).sum::<usize>())
    }

    /// The span of a range.
    pub(super) fn span(self, file: &SourceFile, range: &Value) -> Option<Span> {
        let [start, end] = ["start", "end"].map(|key| self.offset(file, range.get(key)?));
        Some(Span::new(start?, end?))
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
