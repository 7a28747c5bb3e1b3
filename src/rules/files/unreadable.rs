//! A Markdown file that cannot be read.

use crate::archive::Archive;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::rules::{Context, FixAvailability, Meta, Rule};
use crate::source::Span;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "files/unreadable",
    summary: "a Markdown file that cannot be read",
    docs: "\
A file that is no UTF-8 text, that the system does not let the linter open, or that is larger than 4 GiB. No other rule \
looks at such a file, so that a run which passes would promise too much; and most site generators stop at it.

Save the file as UTF-8, allow it to be read, or leave it out with `exclude`.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
    examples: &[],
};

/// See [`META`].
pub struct Unreadable;

impl Rule for Unreadable {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, _archive: &Archive, cx: &mut Context) {
        let Some(reason) = &document.unreadable else {
            return;
        };
        let help = if reason.contains("UTF-") {
            "save it as UTF-8; nothing else in it was checked"
        } else {
            "nothing in it was checked; `exclude` in weeknote-lint.toml leaves a file out"
        };
        cx.report(
            Span::at(0),
            "",
            format!("this file cannot be read: {reason}"),
        )
        .help(help);
    }
}
