//! How many findings each rule has: where to begin in an old archive.

use super::Outcome;
use super::color::{BOLD, of_severity, painted};
use crate::diagnostic::Severity;
use crate::order::Order;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes a table with a row for each rule and severity, the most frequent first, and the total. Nothing is written
/// where there is nothing to count. Errors are those of `out`.
pub fn write(outcome: &Outcome, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let rows = rows(outcome);
    if rows.is_empty() {
        return Ok(());
    }
    let longest = rows.iter().map(|((rule, _), _)| rule.len()).max();
    let width = longest.unwrap_or_default().max("total".len());

    let head = format!("count  severity  {:<width$}  fixable", "rule");
    writeln!(out, "{}", painted(&head, BOLD, color))?;
    for &((rule, severity), (count, fixable)) in &rows {
        let name = format!("{:<8}", severity.as_str());
        let name = painted(&name, of_severity(severity), color);
        write!(out, "{count:>5}  {name}  ")?;
        match fixable {
            0 => writeln!(out, "{rule}")?,
            _ => writeln!(out, "{rule:<width$}  {fixable:>7}")?,
        }
    }
    let fixable: usize = rows.iter().map(|(_, (_, fixable))| fixable).sum();
    let total = outcome.diagnostics.len();
    let last = format!("{total:>5}  {:<8}  {:<width$}  {fixable:>7}", "", "total");
    writeln!(out, "{}", painted(&last, BOLD, color))
}

/// What is counted: rule and severity, how many findings, and how many of them can be fixed.
pub(super) type Row = ((&'static str, Severity), (usize, usize));

/// The counts, the most frequent first.
pub(super) fn rows(outcome: &Outcome) -> Vec<Row> {
    let mut counts: BTreeMap<(&str, Severity), (usize, usize)> = BTreeMap::new();
    for diagnostic in &outcome.diagnostics {
        let (count, fixable) = counts
            .entry((diagnostic.rule, diagnostic.severity))
            .or_default();
        *count += 1;
        *fixable += usize::from(diagnostic.fix.is_some());
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.order_by_key(|&((rule, severity), (count, _))| (Reverse(count), Reverse(severity), rule));
    rows
}
