//! The report for programs. Its shape is a contract, written down in `weeknote-lint-report.schema.json`: fields are
//! added, never renamed or removed, and `version` would say so otherwise.

use super::text::escaped;
use super::{Outcome, Positions, Range, rule_url};
use crate::diagnostic::{Diagnostic, Place, Safety};
use crate::source::Position;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::io::{self, Write};

/// The version of the contract.
const VERSION: usize = 1;

/// What the report is made of: its fields keep their order, in which `serde_json::Value` would sort them.
enum Json<'a> {
    Absent,
    Number(usize),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    /// The diagnostics, of which only one at a time is made.
    Diagnostics(&'a Outcome),
    Object(Vec<(&'static str, Json<'a>)>),
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Absent => serializer.serialize_none(),
            Json::Number(number) => number.serialize(serializer),
            Json::Text(text) => text.serialize(serializer),
            Json::List(items) => serializer.collect_seq(items),
            Json::Diagnostics(outcome) => {
                let mut positions = Positions::new(outcome);
                let all = outcome.diagnostics.iter();
                serializer.collect_seq(all.map(|one| object(outcome, one, &mut positions)))
            }
            Json::Object(fields) => {
                serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}

impl<'a, T: Into<Cow<'a, str>>> From<T> for Json<'a> {
    fn from(text: T) -> Self {
        Json::Text(text.into())
    }
}

/// Writes the whole report as one object. Errors are those of `out`.
pub fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let summary = &outcome.summary;
    let counts = numbers([
        ("files", summary.files),
        ("notes", summary.notes),
        ("errors", summary.errors),
        ("warnings", summary.warnings),
        ("infos", summary.infos),
        ("suppressed", summary.suppressed),
        ("fixable", summary.fixable),
    ]);
    let tool = vec![
        ("name", env!("CARGO_PKG_NAME").into()),
        ("version", env!("CARGO_PKG_VERSION").into()),
    ];
    let notices = outcome.notices.iter().map(|notice| notice.as_str().into());
    let report = Json::Object(vec![
        ("version", Json::Number(VERSION)),
        ("tool", Json::Object(tool)),
        ("summary", counts),
        ("notices", Json::List(notices.collect())),
        ("diagnostics", Json::Diagnostics(outcome)),
    ]);
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
) -> Json<'a> {
    let mut at = |place: Place| {
        let Range { start, end } = positions.range(place);
        let range = vec![("start", position(start)), ("end", position(end))];
        [
            ("path", outcome.path(place.document).into()),
            ("range", Json::Object(range)),
        ]
    };
    let [path, range] = at(diagnostic.place);
    let labels = diagnostic.labels.iter().map(|label| {
        let [path, range] = at(label.place);
        let message = ("message", label.message.as_str().into());
        Json::Object(vec![path, range, message])
    });
    let labels = Json::List(labels.collect());
    let fix = diagnostic.fix.as_ref().map(|fix| {
        let edits = fix.edits.iter().map(|edit| {
            let [path, range] = at(edit.place);
            Json::Object(vec![path, range, ("text", edit.text.as_str().into())])
        });
        let safety = match fix.safety {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        };
        Json::Object(vec![
            ("title", fix.title.as_str().into()),
            ("safety", safety.into()),
            ("edits", Json::List(edits.collect())),
        ])
    });
    let help = diagnostic.help.as_deref();
    let fingerprint = format!("{:016x}", diagnostic.fingerprint);
    Json::Object(vec![
        ("rule", diagnostic.rule.into()),
        ("severity", diagnostic.severity.as_str().into()),
        ("message", diagnostic.message.as_str().into()),
        ("help", help.map_or(Json::Absent, Json::from)),
        ("url", rule_url(diagnostic.rule).into()),
        path,
        range,
        ("labels", labels),
        ("fix", fix.unwrap_or(Json::Absent)),
        ("fingerprint", fingerprint.into()),
    ])
}

fn position(at: Position) -> Json<'static> {
    numbers([
        ("line", at.line),
        ("column", at.column),
        ("offset", at.offset),
    ])
}

fn numbers<const N: usize>(numbers: [(&'static str, usize); N]) -> Json<'static> {
    let fields = numbers.map(|(name, number)| (name, Json::Number(number)));
    Json::Object(fields.into())
}
