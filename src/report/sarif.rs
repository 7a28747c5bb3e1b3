//! SARIF 2.1.0, for GitHub code scanning and every viewer of static analysis results:
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html> (sections are named below), and what GitHub asks
//! for beyond it: <https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning>.

use super::text::{percent_encoded, visible};
use super::{Outcome, Positions, json, rule_url, said};
use crate::diagnostic::{Diagnostic, Edit, Place, Severity};
use crate::rules::{RULES, Rule};
use serde_json::{Value, json};
use std::io::{self, Write};

/// The name of the repository's folder in the URIs; GitHub knows it by this one.
const ROOT: &str = "%SRCROOT%";

/// Writes a log with one run: all rules, and a result for each finding.
///
/// URIs are relative to the repository: `prefix` is the path of the linted root in it, with a final `/`, or empty where
/// they are one. Errors are those of `out`.
pub fn write(outcome: &Outcome, prefix: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut positions = Positions::below(outcome, prefix);
    let findings = outcome.diagnostics.iter();
    let results = findings.map(|one| result(one, &mut positions));
    let results: Vec<Value> = results.collect();
    let rules: Vec<Value> = RULES.iter().map(|rule| descriptor(rule)).collect();
    let notices = outcome.notices.iter();
    let notices = notices.map(|notice| json!({ "level": "note", "message": text(notice) }));
    let notices: Vec<Value> = notices.collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            // Without a URI it is wherever the reader has the repository: a report holds no path of one machine.
            "originalUriBaseIds": { ROOT: { "description": { "text": "The root of the repository." } } },
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": notices }],
            "results": results,
        }],
    });
    json::write_value(&log, out)
}

/// A rule (section 3.49).
fn descriptor(rule: &Rule) -> Value {
    let family = rule.id.split('/').next();
    let summary = format!("{}.", rule.title());
    json!({
        "id": rule.id,
        "shortDescription": { "text": summary },
        "fullDescription": { "text": summary },
        "help": { "text": rule.plain_docs(), "markdown": rule.docs },
        "helpUri": rule_url(rule.id),
        "defaultConfiguration": {
            "enabled": rule.severity.is_some(),
            "level": level(rule.severity.unwrap_or(Severity::Warning)),
        },
        "properties": { "tags": [family] },
    })
}

/// A finding (section 3.27).
fn result(diagnostic: &Diagnostic, positions: &mut Positions) -> Value {
    let labels = diagnostic.labels.iter().enumerate();
    let related = labels.map(|(index, label)| {
        let mut location = location(label.place, positions);
        location["id"] = json!(index + 1);
        location["message"] = text(&visible(&label.message));
        location
    });
    let related: Vec<Value> = related.collect();
    let fixes = diagnostic.fix.iter().map(|fix| {
        let same = |one: &Edit, other: &Edit| one.place.document == other.place.document;
        let changes = fix
            .edits
            .chunk_by(same)
            .map(|edits| change(edits, positions));
        let changes: Vec<Value> = changes.collect();
        json!({ "description": text(&visible(&fix.title)), "artifactChanges": changes })
    });
    let fixes: Vec<Value> = fixes.collect();
    // The lines are sentences here: GitHub shows the first one alone where room is short.
    let said = said(diagnostic).join(".\n");
    let has_stop = said.ends_with(['.', '?', '!']);
    let stop = if has_stop { "" } else { "." };
    json!({
        "ruleId": diagnostic.rule,
        "ruleIndex": RULES.iter().position(|rule| rule.id == diagnostic.rule),
        "level": level(diagnostic.severity),
        "message": text(&format!("{said}{stop}")),
        "locations": [location(diagnostic.place, positions)],
        "relatedLocations": related,
        "partialFingerprints": { "weeknoteLint/v1": format!("{:016x}", diagnostic.fingerprint) },
        "fixes": fixes,
    })
}

fn level(severity: Severity) -> &'static str {
    severity.pick(["error", "warning", "note"])
}

/// A message (section 3.11). Viewers make links of `[text](destination)`, and a quoted note is full of them: where one
/// would be made, brackets are escaped as section 3.11.6 has it.
fn text(text: &str) -> Value {
    if !text.contains("](") {
        return json!({ "text": text });
    }
    let text = text.replace('\\', "\\\\").replace('[', "\\[");
    json!({ "text": text.replace(']', "\\]") })
}

/// A location (section 3.28).
fn location(place: Place, positions: &mut Positions) -> Value {
    let artifact = artifact(place, positions);
    json!({ "physicalLocation": { "artifactLocation": artifact, "region": region(place, positions) } })
}

/// The change of one file (section 3.56).
fn change(edits: &[Edit], positions: &mut Positions) -> Value {
    let artifact = edits.first().map(|edit| artifact(edit.place, positions));
    let replacements = edits.iter().map(|edit| {
        json!({
            "deletedRegion": region(edit.place, positions),
            "insertedContent": { "text": edit.text },
        })
    });
    let replacements: Vec<Value> = replacements.collect();
    json!({ "artifactLocation": artifact, "replacements": replacements })
}

fn artifact(place: Place, positions: &Positions) -> Value {
    let path = positions.path(place.document);
    json!({ "uri": percent_encoded(&path), "uriBaseId": ROOT })
}

/// The end is exclusive, as ours is (section 3.30.2).
fn region(place: Place, positions: &mut Positions) -> Value {
    let range = positions.range(place);
    json!({
        "startLine": range.start.line,
        "startColumn": range.start.column,
        "endLine": range.end.line,
        "endColumn": range.end.column,
    })
}

#[cfg(test)]
mod tests;
