//! What can be done about findings: their fixes, a comment that hides one, and all safe fixes of a note at once.

mod ignoring;

use super::diagnostics::shown;
use super::state::{Asked, State};
use super::workspace::Workspace;
use crate::diagnostic::{Diagnostic, DocumentId, Edit, Safety};
use crate::names::capitalized;
use crate::report::{Outcome, SourceFile};
use crate::source::Span;
use crate::{fix, lint};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// The kind of the action that applies all safe fixes.
pub(super) const FIX_ALL: &str = "source.fixAll.weeknote-lint";
const QUICK_FIX: &str = "quickfix";

/// The actions for a range of a note. Where `is_lazy`, the edits of what takes long are made by [`resolved`].
pub(super) fn of(state: &mut State, params: &Value, is_lazy: bool) -> Option<Value> {
    let only = params.pointer("/context/only").and_then(Value::as_array);
    let is_wanted = |kind: &str| {
        let holds = |asked: &Value| {
            let rest = asked.as_str().and_then(|asked| kind.strip_prefix(asked));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        only.is_none_or(|only| only.iter().any(holds))
    };
    let asked = state.asked_of_findings(params)?;
    let own = asked.workspace.found()?.diagnostics.iter();
    let own = own.filter(|one| one.place.document == asked.id);
    let mut actions = Vec::new();
    if is_wanted(QUICK_FIX) {
        let encoding = asked.workspace.terms.encoding;
        let range = encoding.span(&asked.note.file, params.get("range")?)?;
        let touches = |one: &&Diagnostic| {
            let span = one.place.span;
            span.start <= range.end && range.start <= span.end
        };
        let here: Vec<&Diagnostic> = own.clone().filter(touches).collect();
        actions.extend(here.iter().filter_map(|one| quick_fix(&asked, one)));
        actions.extend(here.iter().flat_map(|one| ignore(&asked, one)));
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
            "data": { "uri": asked.note.uri },
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
            found
        });
        (held, repairs.ok())
    })??;
    let repaired = repairs.texts.get(&path)?;
    let before = SourceFile::new(path, &*repaired.before);
    let edits = repaired.changes().into_iter();
    let encoding = workspace.terms.encoding;
    let edits = edits.map(|(old, new)| encoding.edit(&before, old, new.of(&repaired.after)));
    Some(json!({ "changes": { uri: edits.collect::<Vec<Value>>() } }))
}

/// The fix of a finding.
fn quick_fix(asked: &Asked<'_>, one: &Diagnostic) -> Option<Value> {
    let fix = one.fix.as_ref()?;
    let sources = &asked.workspace.found()?.sources;
    Some(json!({
        "title": capitalized(&fix.title),
        "kind": QUICK_FIX,
        "diagnostics": [shown(one, asked.workspace)?],
        "isPreferred": fix.safety == Safety::Safe,
        "edit": { "changes": changes(asked.workspace, sources, &fix.edits)? },
    }))
}

/// The comments that hide a finding: at its line, and in the whole note.
fn ignore(asked: &Asked<'_>, one: &Diagnostic) -> Vec<Value> {
    let comments = ignoring::comments(asked, one.rule, one.place.span.start as usize);
    let ways = comments.into_iter().zip(["here", "in this note"]);
    let actions = ways.filter_map(|(comment, place)| {
        let (at, text) = comment?;
        Some(json!({
            "title": format!("Ignore {} {place}", one.rule),
            "kind": QUICK_FIX,
            "diagnostics": [shown(one, asked.workspace)?],
            "edit": { "changes": { &asked.note.uri: [asked.edit(Span::at(at), &text)] } },
        }))
    });
    actions.collect()
}

/// Edits by the addresses of the files that they change; `None` where one has changed since it was read.
pub(super) fn changes(
    workspace: &Workspace,
    sources: &HashMap<DocumentId, SourceFile>,
    edits: &[Edit],
) -> Option<BTreeMap<String, Vec<Value>>> {
    let mut changes: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for Edit { place, text } in edits {
        let source = sources
            .get(&place.document)
            .filter(|one| !one.has_changed)?;
        let of_file = changes.entry(workspace.uri(&source.path)).or_default();
        of_file.push(workspace.terms.encoding.edit(source, place.span, text));
    }
    Some(changes)
}
