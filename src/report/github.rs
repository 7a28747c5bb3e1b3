//! Annotations on a pull request: the workflow commands of GitHub Actions, one line each.
//!
//! GitHub shows ten errors and ten warnings of a step as annotations; the log holds all of them. Escaping is that of
//! `actions/toolkit` (`packages/core/src/command.ts`).

use super::text::visible;
use super::{Outcome, Positions, further, said};
use crate::diagnostic::Severity;
use std::io::{self, Write};

/// Writes a workflow command for each finding.
///
/// GitHub wants paths relative to the repository: `prefix` is the path of the linted root in it, with a final `/`, or
/// empty where they are one. Errors are those of `out`.
pub fn write(outcome: &Outcome, prefix: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut positions = Positions::new(outcome);
    for diagnostic in &outcome.diagnostics {
        let range = positions.range(diagnostic.place);
        let path = format!("{prefix}{}", outcome.path(diagnostic.place.document));
        write!(
            out,
            "::{} file={},line={},endLine={}",
            command(diagnostic.severity),
            property(&visible(&path)),
            range.start.line,
            range.last_line()
        )?;
        // Columns of different lines would be read as columns of one.
        if range.start.line == range.end.line {
            write!(
                out,
                ",col={},endColumn={}",
                range.start.column, range.end.column
            )?;
        }
        // An annotation has one place, so the further ones are named.
        let mut lines = said(diagnostic);
        lines.extend(further(prefix, diagnostic, &mut positions));
        writeln!(
            out,
            ",title={}::{}",
            property(diagnostic.rule),
            data(&lines.join("\n"))
        )?;
    }
    Ok(())
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_and_properties_are_escaped_as_the_toolkit_does() {
        assert_eq!(data("50 %0A:,\r\n"), "50 %250A:,%0D%0A");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
