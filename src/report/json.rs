//! The report for programs. Its shape is a contract, written down in `weeknote-lint-report.schema.json`: fields are
//! added, never renamed or removed, and `version` would say so otherwise.

use super::{Outcome, Positions, Summary, rule_url};
use crate::diagnostic::{Diagnostic, Place, Safety};
use crate::source::Position;
use serde::Serialize;
use std::io::{self, Write};

/// The version of the contract.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    tool: Tool,
    summary: &'a Summary,
    notices: &'a [String],
    diagnostics: Vec<DiagnosticObject<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct DiagnosticObject<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    url: String,
    path: &'a str,
    range: RangeObject,
    labels: Vec<LabelObject<'a>>,
    fix: Option<FixObject<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct RangeObject {
    start: PositionObject,
    end: PositionObject,
}

#[derive(Serialize)]
struct PositionObject {
    line: usize,
    column: usize,
    offset: usize,
}

#[derive(Serialize)]
struct LabelObject<'a> {
    path: &'a str,
    range: RangeObject,
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
    range: RangeObject,
    text: &'a str,
}

/// Writes the whole report as one object. Errors are those of `out`.
pub fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let mut positions = Positions::new(outcome);
    let report = Report {
        version: VERSION,
        tool: Tool {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        },
        summary: &outcome.summary,
        notices: &outcome.notices,
        diagnostics: outcome
            .diagnostics
            .iter()
            .map(|diagnostic| object(outcome, diagnostic, &mut positions))
            .collect(),
    };
    let mut text = serde_json::to_vec_pretty(&report)?;
    text.push(b'\n');
    out.write_all(&text)
}

/// Writes the diagnostics alone, one object on each line. Errors are those of `out`.
pub fn write_lines(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let mut positions = Positions::new(outcome);
    for diagnostic in &outcome.diagnostics {
        let mut line = serde_json::to_vec(&object(outcome, diagnostic, &mut positions))?;
        line.push(b'\n');
        out.write_all(&line)?;
    }
    Ok(())
}

fn object<'a>(
    outcome: &'a Outcome,
    diagnostic: &'a Diagnostic,
    positions: &mut Positions,
) -> DiagnosticObject<'a> {
    let labels = diagnostic.labels.iter().map(|label| LabelObject {
        path: outcome.path(label.place.document),
        range: range(label.place, positions),
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
                range: range(edit.place, positions),
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
        range: range(diagnostic.place, positions),
        labels,
        fix,
        fingerprint: format!("{:016x}", diagnostic.fingerprint),
    }
}

fn range(place: Place, positions: &mut Positions) -> RangeObject {
    let position = |position: Position| PositionObject {
        line: position.line,
        column: position.column,
        offset: position.offset,
    };
    let range = positions.range(place);
    RangeObject {
        start: position(range.start),
        end: position(range.end),
    }
}
