//! What is wrong with a configuration, and where in it.

use miette::{LabeledSpan, NamedSource, SourceCode, SourceSpan};
use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// A configuration that cannot be used: one message, one marked place, and what to write instead.
#[derive(Debug, Clone)]
pub struct ConfigError {
    /// What is wrong; lower-case, without a final stop.
    pub message: Box<str>,
    /// What is to be seen at the marked place.
    pub label: Box<str>,
    /// What to write instead.
    pub help: Option<Box<str>>,
    source_code: Arc<NamedSource<String>>,
    span: SourceSpan,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConfigError {}

impl miette::Diagnostic for ConfigError {
    fn help(&self) -> Option<Box<dyn fmt::Display + '_>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&*self.source_code)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = LabeledSpan::new_with_span(Some(self.label.to_string()), self.span);
        Some(Box::new(std::iter::once(label)))
    }
}

impl ConfigError {
    /// The bytes of the configuration that the label marks.
    pub fn span(&self) -> Range<usize> {
        self.span.offset()..self.span.offset() + self.span.len()
    }

    #[cfg(test)]
    pub(super) fn marked_text(&self) -> &str {
        let text = self.source_code.inner();
        text.get(self.span()).expect("the span lies in the text")
    }
}

/// What is wrong with a value, wherever it stands.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) message: String,
    label: String,
    help: Option<String>,
}

impl Mistake {
    pub(super) fn new(
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<Option<String>>,
    ) -> Self {
        Mistake {
            message: message.into(),
            label: label.into(),
            help: help.into(),
        }
    }
}

/// The text of a configuration, shared by the errors that point into it.
#[derive(Debug, Clone)]
pub(super) struct Source(Arc<NamedSource<String>>);

impl Default for Source {
    fn default() -> Self {
        Source::new(Path::new(super::FILE_NAME), "")
    }
}

impl Source {
    pub(super) fn new(path: &Path, text: &str) -> Self {
        let name = path.display().to_string();
        Source(Arc::new(NamedSource::new(name, text.to_owned())))
    }

    /// The error for what is wrong at `span`.
    pub(super) fn error(&self, span: Range<usize>, mistake: Mistake) -> ConfigError {
        ConfigError {
            message: mistake.message.into(),
            label: mistake.label.into(),
            help: mistake.help.map(String::into),
            source_code: Arc::clone(&self.0),
            span: span.into(),
        }
    }

    /// The error for a text that is no TOML.
    pub(super) fn syntax_error(&self, error: &toml::de::Error) -> ConfigError {
        let text = self.0.inner();
        let span = error.span().unwrap_or(text.len()..text.len());
        let rule_id = bare_rule_id(text, span.start);
        let help = rule_id.map(|id| format!("put the rule in quotes: `\"{id}\" = \"off\"`"));
        self.error(span, Mistake::new(error.message(), "here", help))
    }
}

/// The rule's id without quotes, which TOML cannot read, at the beginning of the line at `offset`.
fn bare_rule_id(text: &str, offset: usize) -> Option<&str> {
    let start = text.get(..offset)?.rfind('\n').map_or(0, |index| index + 1);
    let line = text.get(start..)?.lines().next()?;
    let (key, _) = line.split_once('=')?;
    let key = key.trim();
    let is_id = key.contains('/')
        && (key.bytes()).all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/'));
    is_id.then_some(key)
}
