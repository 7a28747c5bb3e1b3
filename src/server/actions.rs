//! What can be done about findings: their fixes, a comment that hides one, and all safe fixes of a note at once.

mod ignoring;

use super::diagnostics::shown;
use super::state::{Asked, State};
use super::workspace::Workspace;
use crate::diagnostic::{Diagnostic, Edit, Safety};
use crate::names::capitalized;
use crate::report::Outcome;
use crate::source::{LineIndex, Span};
use crate::{fix, lint};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The kind of the action that applies all safe fixes.
pub(super) const FIX_ALL: &str = "source.fixAll.weeknote-lint";
const QUICK_FIX: &str = "quickfix";

/// The actions for a range of a note. Where `is_lazy`, the edits of what takes long are made by [`resolved`].
pub(super) fn of(state: &mut State, params: &Value, is_lazy: bool) -> Option<Value> {
    let uri = params
        .pointer("/textDocument/uri")
        .and_then(Value::as_str)?;
    state.workspace(uri)?.0.lint();
    let only = params.pointer("/context/only").and_then(Value::as_array);
    let is_wanted = |kind: &str| {
        let holds = |asked: &Value| {
            let rest = asked.as_str().and_then(|asked| kind.strip_prefix(asked));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        only.is_none_or(|only| only.iter().any(holds))
    };
    let asked = state.asked(params)?;
    let outcome = asked.workspace.found()?;
    let own = outcome.diagnostics.iter();
    let own = own.filter(|one| one.place.document == asked.id);
    let mut actions = Vec::new();
    if is_wanted(QUICK_FIX) {
        let note = asked.note;
        let range = params.get("range")?;
        let range = asked.encoding.span(&note.text, &note.lines, range)?;
        let touches = |one: &&Diagnostic| {
            let span = one.place.span;
            span.start <= range.end && range.start <= span.end
        };
        let here: Vec<&Diagnostic> = own.clone().filter(touches).collect();
        let fixes = here.iter();
        let fixes = fixes.filter_map(|one| quick_fix(&asked, outcome, one));
        actions.extend(fixes);
        let ignoring = here.iter().flat_map(|one| ignore(&asked, outcome, one));
        actions.extend(ignoring);
    }
    let is_safe = |one: &Diagnostic| {
        one.fix
            .as_ref()
            .is_some_and(|fix| fix.safety == Safety::Safe)
    };
    if is_wanted(FIX_ALL) && own.clone().any(is_safe) {
        let action = json!({
            "title": "Apply all safe fixes",
            "kind": FIX_ALL,
            "data": { "uri": uri },
        });
        actions.push(match is_lazy {
            true => action,
            false => resolved(state, &action),
        });
    }
    Some(Value::from(actions))
}

/// An action of [`of`], with its edit.
pub(super) fn resolved(state: &mut State, action: &Value) -> Value {
    let mut action = action.clone();
    let uri = action.pointer("/data/uri").and_then(Value::as_str);
    let edit = uri.and_then(|uri| all_safe(state, uri));
    if let (Some(edit), Some(action)) = (edit, action.as_object_mut()) {
        action.insert("edit".to_owned(), edit);
    }
    action
}

/// All safe fixes of a note, as `--fix` applies them: until nothing is left, and no new finding comes to light.
fn all_safe(state: &mut State, uri: &str) -> Option<Value> {
    let encoding = state.encoding;
    let (workspace, path) = state.workspace(uri)?;
    let path = path.to_owned();
    workspace.lint();
    let repairs = workspace.with_archive(|archive, request| {
        request.selected = vec![path.clone()];
        let mut held = Some(archive);
        let repairs = fix::repair_by(request, false, |request| {
            let Some(archive) = held.take() else {
                return Ok(Outcome::default());
            };
            let paths = request.replaced.keys().map(String::as_str);
            let archive = lint::with_changed(archive, request, paths);
            let found = lint::lint(&archive, request);
            held = Some(archive);
            Ok(found?.outcome)
        });
        (held, repairs.ok())
    })??;
    let repaired = repairs.texts.get(&path)?;
    let (before, after) = (&repaired.before, &repaired.after);
    let lines = LineIndex::new(before);
    let edits = repaired.changes().into_iter().map(|(old, new)| {
        json!({
            "range": encoding.range(before, &lines, old),
            "newText": new.of(after),
        })
    });
    Some(json!({ "changes": { uri: edits.collect::<Vec<Value>>() } }))
}

/// The fix of a finding.
fn quick_fix(asked: &Asked<'_>, outcome: &Outcome, one: &Diagnostic) -> Option<Value> {
    let fix = one.fix.as_ref()?;
    Some(json!({
        "title": capitalized(&fix.title),
        "kind": QUICK_FIX,
        "diagnostics": [shown(one, asked.workspace, outcome, asked.encoding)?],
        "isPreferred": fix.safety == Safety::Safe,
        "edit": workspace_edit(asked, outcome, &fix.edits)?,
    }))
}

/// The comments that hide a finding: at its line, and in the whole note.
fn ignore(asked: &Asked<'_>, outcome: &Outcome, one: &Diagnostic) -> Vec<Value> {
    let (rule, at) = (one.rule, one.place.span.start as usize);
    let document = asked.document;
    let text = &asked.note.text;
    let options = asked.archive.parse_options;
    let ways = [
        (
            ignoring::at_its_line(document, text, options, rule, at),
            "here",
        ),
        (
            ignoring::in_the_note(document, text, options, rule, at),
            "in this note",
        ),
    ];
    let actions = ways.into_iter().filter_map(|(edit, place)| {
        let (at, text) = edit?;
        let edit = asked.id.at(Span::at(at)).replaced_by(text);
        Some(json!({
            "title": format!("Ignore {rule} {place}"),
            "kind": QUICK_FIX,
            "diagnostics": [shown(one, asked.workspace, outcome, asked.encoding)?],
            "edit": { "changes": { &asked.note.uri: [{
                "range": asked.range(edit.place.span),
                "newText": edit.text,
            }] } },
        }))
    });
    actions.collect()
}

/// Edits as the protocol has them; `None` where a file has changed since it was read.
pub(super) fn workspace_edit(
    asked: &Asked<'_>,
    outcome: &Outcome,
    edits: &[Edit],
) -> Option<Value> {
    changes(asked.workspace, outcome, asked.encoding, edits.iter())
        .map(|changes| json!({ "changes": changes }))
}

/// The changes of edits by the addresses of the files.
pub(super) fn changes<'e>(
    workspace: &Workspace,
    outcome: &Outcome,
    encoding: super::position::Encoding,
    edits: impl Iterator<Item = &'e Edit>,
) -> Option<BTreeMap<String, Vec<Value>>> {
    let mut changes: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for edit in edits {
        let source = outcome.sources.get(&edit.place.document)?;
        if source.has_changed {
            return None;
        }
        let range = encoding.range(&source.text, &source.lines, edit.place.span);
        let edits = changes.entry(workspace.uri(&source.path)).or_default();
        edits.push(json!({ "range": range, "newText": edit.text }));
    }
    Some(changes)
}
