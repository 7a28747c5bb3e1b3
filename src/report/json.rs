//! The report for programs. Its shape is a contract, written down in `weeknote-lint-report.schema.json`: fields are
//! added, never renamed or removed, and `version` would say so otherwise.

use super::text::escaped;
use super::{Outcome, Positions, Range, Summary, rule_url};
use crate::diagnostic::{Diagnostic, Safety};
use serde::Serialize;
use serde_json::{Value, json};
use std::io::{self, Write};

/// The version of the contract.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    tool: Value,
    summary: &'a Summary,
    notices: &'a [String],
    diagnostics: Vec<DiagnosticObject<'a>>,
}

#[derive(Serialize)]
struct DiagnosticObject<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    url: String,
    path: &'a str,
    range: Range,
    labels: Vec<LabelObject<'a>>,
    fix: Option<FixObject<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct LabelObject<'a> {
    path: &'a str,
    range: Range,
    message: &'a str,
}

#[derive(Serialize)]
struct FixObject<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<EditObject<'a>>,
}

#[derive(Serialize)]
struct EditObject<'a> {
    path: &'a str,
    range: Range,
    text: &'a str,
}

/// Writes the whole report as one object. Errors are those of `out`.
pub fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let mut positions = Positions::new(outcome);
    let report = Report {
        version: VERSION,
        tool: json!({ "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") }),
        summary: &outcome.summary,
        notices: &outcome.notices,
        diagnostics: outcome
            .diagnostics
            .iter()
            .map(|diagnostic| object(outcome, diagnostic, &mut positions))
            .collect(),
    };
    write_value(&report, out)
}

/// Writes the diagnostics alone, one object on each line. Errors are those of `out`.
pub fn write_lines(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let mut positions = Positions::new(outcome);
    for diagnostic in &outcome.diagnostics {
        let object = object(outcome, diagnostic, &mut positions);
        writeln!(out, "{}", escaped(&serde_json::to_string(&object)?))?;
    }
    Ok(())
}

/// Writes any JSON, laid out for eyes and safe to print. Errors are those of `out`.
pub(super) fn write_value(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut escaping = Escaping(out, Vec::new());
    serde_json::to_writer_pretty(&mut escaping, value)?;
    writeln!(escaping)?;
    escaping.flush()
}

/// JSON on its way to `.0`, so that no report is held as a whole. `.1` is what comes next.
struct Escaping<'o>(&'o mut dyn Write, Vec<u8>);

/// How many bytes are escaped at once, and the rest of the last line.
const PIECE: usize = 1 << 13;

impl Write for Escaping<'_> {
    fn write(&mut self, json: &[u8]) -> io::Result<usize> {
        self.1.extend_from_slice(json);
        if self.1.len() > PIECE && json.ends_with(b"\n") {
            self.flush()?;
        }
        Ok(json.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let text = std::str::from_utf8(&self.1).map_err(io::Error::other)?;
        self.0.write_all(escaped(text).as_bytes())?;
        self.1.clear();
        Ok(())
    }
}

fn object<'a>(
    outcome: &'a Outcome,
    diagnostic: &'a Diagnostic,
    positions: &mut Positions,
) -> DiagnosticObject<'a> {
    let labels = diagnostic.labels.iter().map(|label| LabelObject {
        path: outcome.path(label.place.document),
        range: positions.range(label.place),
        message: &label.message,
    });
    let labels = labels.collect();
    let fix = diagnostic.fix.as_ref().map(|fix| FixObject {
        title: &fix.title,
        safety: match fix.safety {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        },
        edits: fix
            .edits
            .iter()
            .map(|edit| EditObject {
                path: outcome.path(edit.place.document),
                range: positions.range(edit.place),
                text: &edit.text,
            })
            .collect(),
    });
    DiagnosticObject {
        rule: diagnostic.rule,
        severity: diagnostic.severity.as_str(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        url: rule_url(diagnostic.rule),
        path: outcome.path(diagnostic.place.document),
        range: positions.range(diagnostic.place),
        labels,
        fix,
        fingerprint: format!("{:016x}", diagnostic.fingerprint),
    }
}
