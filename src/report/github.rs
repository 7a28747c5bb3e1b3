//! Annotations on a pull request: the workflow commands of GitHub Actions, one line each.
//!
//! GitHub shows ten errors, ten warnings and ten notices of a step as annotations, those that come first; the log holds
//! all of them. Escaping is that of `actions/toolkit` (`packages/core/src/command.ts`).

use super::text::visible;
use super::{Outcome, Positions, further, said};
use crate::diagnostic::{Diagnostic, Severity};
use crate::order::Order;
use std::cmp::Reverse;
use std::io::{self, Write};

/// The annotations of each severity that GitHub shows of a step.
const SHOWN: usize = 10;

/// Writes a workflow command for each finding, the most serious first, and one that says how many problems GitHub does
/// not show; it stands before the infos, so that it is among the notices that are shown.
///
/// GitHub wants paths relative to the repository: `prefix` is the path of the linted root in it, with a final `/`, or
/// empty where they are one. Errors are those of `out`.
pub fn write(outcome: &Outcome, prefix: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut positions = Positions::below(outcome, prefix);
    let mut diagnostics: Vec<_> = outcome.diagnostics.iter().collect();
    diagnostics.order_by_key(|diagnostic| Reverse(diagnostic.severity));
    let infos = diagnostics.partition_point(|one| one.severity > Severity::Info);
    let (problems, infos) = diagnostics.split_at(infos);
    annotate(problems, &mut positions, out)?;
    let of = |severity| {
        let count = problems.iter().filter(|one| one.severity == severity);
        count.count().saturating_sub(SHOWN)
    };
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    if errors + warnings > 0 {
        writeln!(
            out,
            "::notice title=weeknote-lint::GitHub shows only {SHOWN} errors and {SHOWN} warnings per step: \
             the log has {} more",
            errors + warnings
        )?;
    }
    annotate(infos, &mut positions, out)
}

fn annotate(
    diagnostics: &[&Diagnostic],
    positions: &mut Positions,
    out: &mut dyn Write,
) -> io::Result<()> {
    for diagnostic in diagnostics {
        let range = positions.range(diagnostic.place);
        let path = positions.path(diagnostic.place.document);
        let kind = diagnostic.severity.pick(["error", "warning", "notice"]);
        let file = property(&visible(&path));
        let (start, end) = (range.start, range.end);
        let lines = format!("line={},endLine={}", start.line, range.last_line());
        write!(out, "::{kind} file={file},{lines}")?;
        // Columns of different lines would be read as columns of one.
        if start.line == end.line {
            write!(out, ",col={},endColumn={}", start.column, end.column)?;
        }
        // An annotation has one place, so the further ones are named.
        let mut lines = said(diagnostic);
        lines.extend(further(diagnostic, positions));
        let (title, said) = (property(diagnostic.rule), data(&lines.join("\n")));
        writeln!(out, ",title={title}::{said}")?;
    }
    Ok(())
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
mod tests;
