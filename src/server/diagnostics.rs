//! What is wrong with the open notes, as the editor shows it.

use super::position::uri_of;
use super::state::State;
use super::workspace::{Workspace, of_configuration};
use crate::diagnostic::{Diagnostic, DocumentId};
use crate::read;
use crate::report::{SourceFile, rule_url, said};
use crate::source::Span;
use miette::Diagnostic as _;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Who says it.
const SOURCE: &str = env!("CARGO_PKG_NAME");

/// What is to be said of the notes of which it is not said yet: the parameters of `publishDiagnostics`.
pub(super) fn news(state: &mut State) -> Vec<Value> {
    let due = state.workspaces().filter(|one| one.is_due());
    due.flat_map(news_of).collect()
}

fn news_of(workspace: &mut Workspace) -> Vec<Value> {
    workspace.lint();
    let mut by_path: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    if let Some(outcome) = workspace.found() {
        for diagnostic in &outcome.diagnostics {
            if let Some(source) = outcome.sources.get(&diagnostic.place.document) {
                let of_path = by_path.entry(source.path.clone()).or_default();
                of_path.extend(shown(diagnostic, workspace));
            }
        }
    }
    let mut news = of_configuration_in(workspace);
    for (path, note) in &mut workspace.notes {
        let diagnostics = Value::from(by_path.remove(path).unwrap_or_default());
        if note.published.as_ref() != Some(&diagnostics) {
            news.push(json!({
                "uri": note.uri,
                "version": note.version,
                "diagnostics": diagnostics,
            }));
            note.published = Some(diagnostics);
        }
    }
    news
}

/// A finding as the protocol has it; `None` where its file has changed since.
pub(super) fn shown(diagnostic: &Diagnostic, workspace: &Workspace) -> Option<Value> {
    let source = |id: DocumentId| {
        let source: Option<&SourceFile> = workspace.found()?.sources.get(&id);
        source.filter(|source| !source.has_changed)
    };
    let range = |source, span| workspace.terms.encoding.range(source, span);
    let place = diagnostic.place;
    let labels = diagnostic.labels.iter().filter_map(|label| {
        let source = source(label.place.document)?;
        let location = json!({
            "uri": workspace.uri(&source.path),
            "range": range(source, label.place.span),
        });
        Some(json!({ "location": location, "message": label.message }))
    });
    Some(json!({
        "range": range(source(place.document)?, place.span),
        "severity": diagnostic.severity.pick([1, 2, 3]),
        "code": diagnostic.rule,
        "codeDescription": { "href": rule_url(diagnostic.rule) },
        "source": SOURCE,
        "message": said(diagnostic).join("\n"),
        "relatedInformation": labels.collect::<Vec<Value>>(),
    }))
}

/// Why there is no archive: what is wrong with its configuration, at its place. Nothing where that was said.
fn of_configuration_in(workspace: &mut Workspace) -> Vec<Value> {
    let now = workspace.failure.as_ref().map(|failure| {
        let file = workspace.config_file();
        let file = file.unwrap_or_else(|| workspace.request.root.join(crate::config::FILE_NAME));
        let text = read::named(&workspace.request.root, &file).unwrap_or_default();
        let found = of_configuration(failure);
        let span = found.map_or(Span::at(0), |error| error.span().into());
        let help = found.and_then(|error| Some(format!("\n{}", error.help()?)));
        let diagnostic = json!({
            "range": workspace.terms.encoding.range(&SourceFile::new("", text), span),
            "severity": 1,
            "source": SOURCE,
            "message": format!("{failure}{}", help.unwrap_or_default()),
        });
        (uri_of(&file), json!([diagnostic]))
    });
    if workspace.published == now {
        return Vec::new();
    }
    let before = std::mem::replace(&mut workspace.published, now.clone());
    let ended = before.filter(|(uri, _)| now.as_ref().is_none_or(|(now, _)| now != uri));
    let ended = ended.map(|(uri, _)| (uri, json!([])));
    let all = ended.into_iter().chain(now);
    all.map(|(uri, diagnostics)| json!({ "uri": uri, "diagnostics": diagnostics }))
        .collect()
}
