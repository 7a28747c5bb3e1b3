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
A file that is not UTF-8 text, that may not be opened, or that is larger than 64 MiB. No other rule looks at such a file, so \
a run that passed would promise too much; and most site generators stop at it.

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
            "nothing in it was checked; to leave the file out, name it under `exclude` in weeknote-lint.toml"
        };
        cx.report(
            Span::at(0),
            "",
            format!("this file cannot be read: {reason}"),
        )
        .help(help);
    }
}
