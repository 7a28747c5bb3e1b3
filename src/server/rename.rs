//! Other names: for a label in its note, and for files, with every link to them.

use super::navigation::{Thing, thing_at};
use super::position::path_of;
use super::state::{Asked, State};
use super::wire::Code;
use crate::diagnostic::{Diagnostic, Edit};
use crate::document::definitions::normalize_label;
use crate::document::{Document, Link, LinkKind};
use crate::lint;
use crate::rules::{Context, links};
use crate::source::Span;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What would be renamed: the label at a position.
pub(super) fn prepared(state: &mut State, params: &Value) -> Option<Value> {
    let asked = state.asked(params)?;
    let (label, span) = label_at(&asked)?;
    Some(json!({ "range": asked.range(span), "placeholder": label }))
}

/// The label at a position, and where it stands.
fn label_at<'a>(asked: &Asked<'a>) -> Option<(&'a str, Span)> {
    match thing_at(asked.document, asked.offset)? {
        Thing::Reference(link) => Some((&link.label, link.label_span)),
        Thing::Definition(one) => Some((&one.label, one.label_span)),
        Thing::Link(_) => None,
    }
}

/// Gives a label another name, in its definitions and in all references of the note. A reference that has no other text
/// keeps its text.
pub(super) fn label(state: &mut State, params: &Value) -> super::Answer {
    let failed = |reason: String| Err((Code::Failed, reason));
    let new = params
        .get("newName")
        .and_then(Value::as_str)
        .unwrap_or("")
        .trim();
    let asked = state.asked(params);
    let Some((asked, old)) = asked.and_then(|asked| {
        let label = label_at(&asked)?.0.to_owned();
        Some((asked, label))
    }) else {
        return failed("there is no label here".to_owned());
    };
    let key = normalize_label(&old);
    if normalize_label(new).is_empty() || new.contains(['[', ']', '\n', '\r']) {
        return failed(format!("`{new}` cannot be a label"));
    }
    let is_taken = asked
        .document
        .labelled(&normalize_label(new))
        .next()
        .is_some();
    if is_taken && normalize_label(new) != key {
        return failed(format!("this note defines `{new}` already"));
    }
    let edits = edits_of_label(asked.document, &key, new).into_iter();
    let edits = edits.map(|(span, text)| json!({ "range": asked.range(span), "newText": text }));
    let edits: Vec<Value> = edits.collect();
    Ok(json!({ "changes": { &asked.note.uri: edits } }))
}

fn edits_of_label(document: &Document, key: &str, new: &str) -> Vec<(Span, String)> {
    let defined = document
        .labelled(key)
        .map(|one| (one.label_span, new.to_owned()));
    let mut edits: Vec<(Span, String)> = defined.collect();
    let is_use = |link: &&Link| link.is_reference() && normalize_label(&link.label) == key;
    for link in document.links.iter().filter(is_use) {
        edits.push(match link.kind {
            LinkKind::Full => (link.label_span, new.to_owned()),
            // What stands after the text: `]`, or `][]`.
            _ => {
                let after = Span::new(link.text_span.end as usize, link.span.end as usize);
                (after, format!("][{new}]"))
            }
        });
    }
    edits
}

/// The edits of links that files need which are to be renamed, folders among them: those links that break are written as
/// the linter would write them afterwards.
pub(super) fn files(state: &mut State, params: &Value) -> Option<Value> {
    let encoding = state.encoding;
    let files = params.get("files")?.as_array()?;
    let pairs = files.iter().filter_map(|file| {
        let path = |key| path_of(file.get(key)?.as_str()?);
        Some((path("oldUri")?, path("newUri")?))
    });
    let pairs: Vec<_> = pairs.collect();
    let (first, _) = pairs.first()?;
    let (root, _) = state.place_of(first)?;
    let inside = |path: &std::path::Path| {
        let full = crate::config::resolve(path);
        full.strip_prefix(&root).ok()?;
        Some(crate::discover::relative(&root, &full).0)
    };
    let pairs = pairs
        .iter()
        .filter_map(|(old, new)| Some((inside(old)?, inside(new)?)));
    let pairs: Vec<(String, String)> = pairs.collect();
    let workspace = state.workspace_at(&root);
    let renamed = renamed_files(workspace.archive()?, &pairs);
    let old: BTreeMap<String, String> = renamed
        .iter()
        .map(|(old, new)| (new.clone(), old.clone()))
        .collect();
    let edits = workspace.with_archive(|archive, request| {
        let archive = lint::with_renamed(archive, request, &renamed);
        let edits = broken(&archive).into_iter().filter_map(|edit| {
            let path = archive.document(edit.place.document)?.path.to_string();
            Some((old.get(&path).cloned().unwrap_or(path), edit))
        });
        let edits: Vec<(String, Edit)> = edits.collect();
        // What the archive is by then the editor will say.
        (None, edits)
    })?;
    let workspace = state.workspace_at(&root);
    let mut changes: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (path, edit) in edits {
        let id = workspace.archive()?.find(&path)?;
        let source = workspace.source(id)?;
        let range = encoding.range(&source.text, &source.lines, edit.place.span);
        let edits = changes.entry(workspace.uri(&path)).or_default();
        edits.push(json!({ "range": range, "newText": edit.text }));
    }
    Some(json!({ "changes": changes }))
}

/// Each file that is renamed, by itself or with its folder, and its new path.
fn renamed_files(
    archive: &crate::archive::Archive,
    pairs: &[(String, String)],
) -> BTreeMap<String, String> {
    let documents = archive.documents.iter().map(|one| &*one.path);
    let all = documents.chain(archive.other_files.iter().map(String::as_str));
    let renamed = all.filter_map(|path| {
        let new = pairs.iter().find_map(|(old, new)| {
            let rest = path.strip_prefix(old.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{new}{rest}"))
        })?;
        Some((path.to_owned(), new))
    });
    renamed.collect()
}

/// The edits that mend the links which have broken.
fn broken(archive: &crate::archive::Archive) -> Vec<Edit> {
    let rules = [&links::missing_target::RULE, &links::wikilink::RULE];
    let mut found: Vec<Diagnostic> = Vec::new();
    for (id, document) in archive.linted() {
        for rule in rules {
            let mut context = Context::new(rule, id);
            if let Some(check) = rule.check_document {
                check(document, archive, &mut context);
            }
            found.append(&mut context.diagnostics);
        }
    }
    let broken = found.into_iter().filter(|one| one.stands_alone);
    let fixes = broken.filter_map(|one| one.fix);
    fixes.flat_map(|fix| fix.edits).collect()
}
