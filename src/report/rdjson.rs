//! The Reviewdog Diagnostic Format, which reviewdog turns into comments on any code host:
//! <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>. Its columns count bytes, and ends are exclusive.

use super::text::visible;
use super::{Outcome, Positions, json, rule_url, said};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::Position;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes one object with all findings.
///
/// reviewdog is run in the folder of the repository: `prefix` is the path of the linted root in it, with a final `/`,
/// or empty where they are one. Errors are those of `out`.
pub fn write(outcome: &Outcome, prefix: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut positions = Positions::below(outcome, prefix);
    let mut location = |place: Place| {
        json!({
            "path": positions.path(place.document),
            "range": range(place, &mut positions),
        })
    };
    let findings = outcome.diagnostics.iter();
    let diagnostics: Vec<Value> = findings.map(|one| diagnostic(one, &mut location)).collect();
    let report = json!({
        "source": { "name": env!("CARGO_PKG_NAME"), "url": env!("CARGO_PKG_REPOSITORY") },
        "diagnostics": diagnostics,
    });
    json::write_value(&report, out)
}

fn diagnostic(diagnostic: &Diagnostic, location: &mut impl FnMut(Place) -> Value) -> Value {
    let related = diagnostic.labels.iter().map(
        |label| json!({ "message": visible(&label.message), "location": location(label.place) }),
    );
    let related: Vec<Value> = related.collect();
    // A suggestion is accepted by itself and has no path: edits that belong together are none.
    let edits = diagnostic.fix.as_ref().map(|fix| fix.edits.as_slice());
    let suggestions = match edits {
        Some([edit]) if edit.place.document == diagnostic.place.document => {
            vec![json!({ "range": location(edit.place)["range"], "text": edit.text })]
        }
        _ => Vec::new(),
    };
    json!({
        "message": said(diagnostic).join("\n"),
        "location": location(diagnostic.place),
        "severity": diagnostic.severity.pick(["ERROR", "WARNING", "INFO"]),
        "code": { "value": diagnostic.rule, "url": rule_url(diagnostic.rule) },
        "suggestions": suggestions,
        "related_locations": related,
    })
}

fn range(place: Place, positions: &mut Positions) -> Value {
    let sources = &positions.outcome.sources;
    let position = |Position { line, offset, .. }: Position| {
        let source = sources.get(&place.document);
        let start = source.map_or(0, |source| {
            source.lines.line_span(line - 1, &source.text).start as usize
        });
        json!({ "line": line, "column": offset - start + 1 })
    };
    let range = positions.range(place);
    json!({ "start": position(range.start), "end": position(range.end) })
}
