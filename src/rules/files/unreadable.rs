//! A Markdown file that cannot be read.

use crate::diagnostic::Severity;
use crate::rules::{Context, Page, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "files/unreadable",
    summary: "a Markdown file that cannot be read",
    docs: "\
**Finds.** A file that is not UTF-8 text, that the run has no permission to open, or that is larger than 64 MiB.

**Why.** No other rule can check such a file, so a run that ignored it would promise too much. Most site generators \
stop at it.

**Ignores.** Files that `exclude` in the configuration names.

**Fix.** Save the file as UTF-8, change its permissions, or leave it out with `exclude`.",
    severity: Some(Severity::Error),
    check_document: Some(check_document),
    examples: &[],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    let Some(reason) = &page.document.unreadable else {
        return;
    };
    let help = if reason.contains("UTF-") {
        "save it as UTF-8; nothing else in it was checked"
    } else {
        "nothing in it was checked; to leave it out, add it to `exclude` in weeknote-lint.toml"
    };
    let message = format!("this file cannot be read: {reason}");
    cx.report(Span::at(0), "", message).help(help);
}
