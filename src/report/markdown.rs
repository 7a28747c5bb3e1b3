//! A summary in Markdown, as the page of a GitHub job shows it: how often each rule spoke, the first findings, and the
//! calendar of the archive.
//!
//! It is for people who decide where to begin, so it is short: GitHub takes 1 MiB at most.

use super::text::{self, percent_encoded, visible};
use super::{Outcome, Overview, Positions, calendar, closing, rule_url, statistics};
use crate::order::Order;
use std::cmp::Reverse;
use std::io::{self, Write};

/// The findings that are shown, and the bytes that they may take: a finding can quote a long line.
const FINDINGS: usize = 50;
const BYTES: usize = 256 * 1024;

/// Writes the summary. Places are links to their lines where `tree` is the URL of the commit's files; `prefix` is the
/// path of the linted root in them, with a final `/`, or empty. Errors are those of `out`.
pub fn write(
    outcome: &Outcome,
    tree: Option<&str>,
    prefix: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "### weeknote-lint\n\n{}", closing::tally(outcome))?;
    for notice in &outcome.notices {
        writeln!(out, "\n{}", prose(notice))?;
    }
    if !outcome.diagnostics.is_empty() {
        write_findings(outcome, tree, prefix, out)?;
    }
    match &outcome.overview {
        Some(overview) if !overview.calendars.is_empty() => write_calendars(overview, out),
        _ => Ok(()),
    }
}

fn write_findings(
    outcome: &Outcome,
    tree: Option<&str>,
    prefix: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "\n| rule | severity | findings |\n|---|---|--:|")?;
    for ((rule, severity), (count, _)) in statistics::rows(outcome) {
        let (url, severity) = (rule_url(rule), severity.as_str());
        writeln!(out, "| [{rule}]({url}) | {severity} | {count} |")?;
    }
    writeln!(out, "\n| where | | what |\n|---|---|---|")?;
    let folder = tree.map(|tree| format!("{tree}/{}", percent_encoded(prefix)));
    let rows = findings(outcome, folder.as_deref());
    for row in &rows {
        out.write_all(row.as_bytes())?;
    }
    match outcome.diagnostics.len() - rows.len() {
        0 => Ok(()),
        more => writeln!(out, "\n… and {more} more"),
    }
}

/// The calendars of the first series.
fn write_calendars(overview: &Overview, out: &mut dyn Write) -> io::Result<()> {
    // A series has the name of its folder, which may hold what would end the code.
    let names = overview.calendars.iter();
    let names = names.map(|one| visible(&one.series).replace('`', "'"));
    let mut bytes = 0;
    let drawn = names.zip(&overview.calendars).map(|(name, calendar)| {
        let drawn = calendar::drawn(calendar, false);
        format!("{name}\n{drawn}\n")
    });
    let drawn = drawn.take_while(|drawn| {
        bytes += drawn.len();
        bytes <= BYTES
    });
    let drawn: Vec<String> = drawn.collect();
    let (text, key) = (drawn.concat(), calendar::key(false));
    writeln!(out, "\n```text\n{text}{key}\n```")?;
    match overview.calendars.len() - drawn.len() {
        0 => Ok(()),
        more => writeln!(out, "\n… and {more} more series"),
    }
}

/// The rows of the first findings, the most serious before the others. `folder` is the URL of the linted root.
fn findings(outcome: &Outcome, folder: Option<&str>) -> Vec<String> {
    let mut diagnostics: Vec<_> = outcome.diagnostics.iter().collect();
    diagnostics.order_by_key(|diagnostic| Reverse(diagnostic.severity));
    let mut positions = Positions::new(outcome);
    let rows = diagnostics.iter().take(FINDINGS).map(|diagnostic| {
        let path = outcome.path(diagnostic.place.document);
        let line = positions.range(diagnostic.place).start.line;
        let mut place = format!("{}:{line}", escaped(&visible(path)));
        if let Some(folder) = folder {
            // Without `plain` GitHub shows the rendered page, which has no lines.
            place = format!(
                "[{place}]({folder}{}?plain=1#L{line})",
                percent_encoded(path)
            );
        }
        let severity = diagnostic.severity.as_str();
        let message = prose(&diagnostic.message);
        format!("| {place} | {severity} | {message} |\n")
    });
    let mut bytes = 0;
    rows.take_while(|row| {
        bytes += row.len();
        bytes <= BYTES
    })
    .collect()
}

fn prose(message: &str) -> String {
    text::prose(&visible(message), escaped)
}

/// `text` without markup: CommonMark lets a backslash escape all ASCII punctuation. A bar would still divide cells.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        match char {
            '|' => escaped.push_str("&#124;"),
            char if char.is_ascii_punctuation() => escaped.extend(['\\', char]),
            char => escaped.push(char),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
