//! GitLab's Code Quality report, which it shows in merge requests: <https://docs.gitlab.com/ci/testing/code_quality/>.

use super::{Outcome, Positions, json, said};
use crate::diagnostic::Diagnostic;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes a list with an object for each finding.
///
/// GitLab wants paths relative to the repository: `prefix` is the path of the linted root in it, with a final `/`, or
/// empty where they are one. Errors are those of `out`.
pub fn write(outcome: &Outcome, prefix: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut positions = Positions::below(outcome, prefix);
    let issue = |diagnostic: &Diagnostic| {
        let range = positions.range(diagnostic.place);
        json!({
            // One line is shown of a description.
            "description": said(diagnostic).join("; "),
            "check_name": diagnostic.rule,
            "fingerprint": format!("{:016x}", diagnostic.fingerprint),
            "severity": diagnostic.severity.pick(["major", "minor", "info"]),
            "location": {
                "path": positions.path(diagnostic.place.document),
                "lines": { "begin": range.start.line, "end": range.last_line() },
            },
        })
    };
    let issues: Vec<Value> = outcome.diagnostics.iter().map(issue).collect();
    json::write_value(&issues, out)
}
