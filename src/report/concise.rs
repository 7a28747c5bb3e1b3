//! One line for each finding, for eyes, editors and `grep`.

use super::color::{BOLD, of_severity, painted};
use super::text::visible;
use super::{Outcome, Positions};
use std::io::{self, Write};

/// Writes `path:line:column: severity[rule] message`, one line each, line and column from 1.
///
/// Control characters are shown, not written, so that a finding is never more than its line. Errors are those of
/// `out`.
pub fn write(outcome: &Outcome, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut positions = Positions::new(outcome);
    for diagnostic in &outcome.diagnostics {
        let start = positions.range(diagnostic.place).start;
        let path = visible(outcome.path(diagnostic.place.document));
        // GitHub Actions takes a line that begins so for a command.
        let is_command = path.trim_start().starts_with("::");
        let here = if is_command { "./" } else { "" };
        let (severity, rule) = (diagnostic.severity.as_str(), diagnostic.rule);
        let message = visible(&diagnostic.message);
        let path = painted(&format!("{here}{path}"), BOLD, color);
        let place = format!("{path}:{}:{}", start.line, start.column);
        let style = of_severity(diagnostic.severity);
        let kind = painted(&format!("{severity}[{rule}]"), style, color);
        writeln!(out, "{place}: {kind} {message}")?;
    }
    Ok(())
}
