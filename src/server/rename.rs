//! Other names: for a label in its note, and for files of pages, with every link to them.

use super::actions;
use super::navigation::{Thing, target, thing_at, uses};
use super::position::{path_of, uri_of};
use super::state::{Asked, State};
use super::wire::Code;
use crate::archive::{Archive, content_name};
use crate::diagnostic::Edit;
use crate::discover::{inside, rest_below};
use crate::document::definitions::normalize_label;
use crate::document::{Document, LinkKind};
use crate::lint;
use crate::rules::{Page, links};
use crate::source::Span;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// What can be renamed.
enum Named {
    /// A label, and where it stands.
    Label(String, Span),
    /// The page at a path, and where its destination stands.
    Page(String, Span),
}

impl Named {
    /// The label, or the page that a destination leads to, at a position.
    fn at(asked: &Asked<'_>) -> Option<Self> {
        let label = |label: &str, span| Some(Named::Label(label.to_owned(), span));
        let page = |destination: &str, span| {
            let to = target(asked.archive, asked.id, destination)?;
            let path = asked.archive.document(to)?.path.to_string();
            Some(Named::Page(path, span))
        };
        match thing_at(asked.document, asked.offset)? {
            Thing::Reference(link) => label(&link.target, link.target_span),
            Thing::Definition(one) if one.destination_span.contains(Span::at(asked.offset)) => {
                page(&one.destination, one.destination_span)
            }
            Thing::Definition(one) => label(&one.label, one.label_span),
            Thing::Link(link) => page(link.destination(), link.target_span),
        }
    }
}

/// What would be renamed at a position, and what it is called: a label, or the file of a page.
pub(super) fn prepared(state: &mut State, params: &Value) -> Option<Value> {
    let asked = state.asked(params)?;
    let (name, span) = match Named::at(&asked)? {
        Named::Label(label, span) => (label, span),
        Named::Page(path, span) => (Document::at(&path).stem().to_owned(), span),
    };
    Some(json!({ "range": asked.range(span), "placeholder": name }))
}

/// Gives another name to what stands at a position: a label of the note, or a page of the archive.
pub(super) fn thing(state: &mut State, params: &Value) -> super::Answer {
    let new = params.get("newName").and_then(Value::as_str);
    let new = new.unwrap_or("").trim();
    let asked = state.asked(params);
    let named = asked.as_ref().and_then(Named::at).zip(asked);
    let edit = match named {
        Some((Named::Label(old, _), asked)) => label(&asked, &old, new),
        Some((Named::Page(path, _), asked)) => {
            let root = asked.workspace.request.root.clone();
            page(state, &root, &path, new)
        }
        None => Err("there is no label here, and no link to a page".to_owned()),
    };
    edit.map_err(|reason| (Code::Failed, reason))
}

/// Gives a label another name, in its definitions and in all references of the note. A reference that has no other text
/// keeps its text.
fn label(asked: &Asked<'_>, old: &str, new: &str) -> Result<Value, String> {
    let (key, new_key) = (normalize_label(old), normalize_label(new));
    if new_key.is_empty() || new.contains(['[', ']', '\n', '\r']) {
        return Err(format!("`{new}` cannot be a label"));
    }
    if new_key != key && asked.document.labelled(&new_key).next().is_some() {
        return Err(format!("this note already defines `{new}`"));
    }
    let edits = edits_of_label(asked.document, &key, new).into_iter();
    let edits: Vec<Value> = edits.map(|(span, text)| asked.edit(span, &text)).collect();
    Ok(json!({ "changes": { &asked.note.uri: edits } }))
}

/// Gives the file of a page another name, with every link to it.
fn page(state: &mut State, root: &Path, path: &str, new: &str) -> Result<Value, String> {
    let document = Document::at(path);
    if new.is_empty() || new.starts_with('.') || new.contains(['/', '\\', '\n', '\r']) {
        return Err(format!("`{new}` cannot be the name of a file"));
    }
    if content_name(&document) != document.stem() {
        return Err(format!(
            "`{path}` has the name of its folder: rename the folder"
        ));
    }
    let folder = document.folder();
    let slash = if folder.is_empty() { "" } else { "/" };
    let now = format!("{folder}{slash}{new}{}", document.extension());
    if root.join(&now).symlink_metadata().is_ok() {
        return Err(format!("`{now}` already exists"));
    }
    let [old_uri, new_uri] = [path, &now].map(|path| uri_of(&root.join(path)));
    let changes = changes(state, root, &[(path.to_owned(), now)]).unwrap_or_default();
    let edits = changes.into_iter().map(
        |(uri, edits)| json!({ "textDocument": { "uri": uri, "version": null }, "edits": edits }),
    );
    let rename = json!({ "kind": "rename", "oldUri": old_uri, "newUri": new_uri });
    let all: Vec<Value> = edits.chain([rename]).collect();
    Ok(json!({ "documentChanges": all }))
}

fn edits_of_label(document: &Document, key: &str, new: &str) -> Vec<(Span, String)> {
    let defined = document.labelled(key);
    let defined = defined.map(|one| (one.label_span, new.to_owned()));
    let used = uses(document, key).map(|link| match link.kind {
        LinkKind::Full => (link.target_span, new.to_owned()),
        // What stands after the text: `]`, or `][]`.
        _ => {
            let (start, end) = (link.text_span.end, link.span.end);
            (Span { start, end }, format!("][{new}]"))
        }
    });
    defined.chain(used).collect()
}

/// The edits of links that files need which are to be renamed, folders among them: those links that break are written as
/// the linter would write them afterwards.
pub(super) fn files(state: &mut State, params: &Value) -> Option<Value> {
    let files = params.get("files")?.as_array()?;
    let pairs = files.iter().filter_map(|file| {
        let path = |key| path_of(file.get(key)?.as_str()?);
        Some((path("oldUri")?, path("newUri")?))
    });
    let pairs: Vec<_> = pairs.collect();
    let (first, _) = pairs.first()?;
    let (root, _) = state.place_of(first)?;
    let pairs = pairs
        .iter()
        .filter_map(|(old, new)| Some((inside(&root, old)?, inside(&root, new)?)));
    let pairs: Vec<(String, String)> = pairs.collect();
    Some(json!({ "changes": changes(state, &root, &pairs)? }))
}

/// The edits of links that files of a root need which are to be renamed, by the addresses of the files that hold the links.
fn changes(
    state: &mut State,
    root: &Path,
    pairs: &[(String, String)],
) -> Option<BTreeMap<String, Vec<Value>>> {
    let workspace = state.workspace_at(root);
    workspace.refresh();
    let renamed = renamed_files(workspace.archive()?, pairs);
    let old: BTreeMap<&str, &str> = renamed.iter().map(|(old, new)| (&**new, &**old)).collect();
    let edits = workspace.with_archive(|archive, request| {
        let archive = lint::with_renamed(archive, request, &renamed);
        let edits = broken(&archive).into_iter().filter_map(|edit| {
            let path: &str = &archive.document(edit.place.document)?.path;
            Some((old.get(path).copied().unwrap_or(path).to_owned(), edit))
        });
        let edits: Vec<(String, Edit)> = edits.collect();
        // What the archive is by then the editor will say.
        (None, edits)
    })?;
    workspace.refresh();
    let workspace = &*workspace;
    let edits = edits.into_iter().map(|(path, mut edit)| {
        edit.place.document = workspace.archive()?.find(&path)?;
        Some(edit)
    });
    let edits: Vec<Edit> = edits.collect::<Option<_>>()?;
    let ids = edits.iter().map(|edit| edit.place.document);
    let sources = ids.map(|id| Some((id, workspace.source(id)?)));
    actions::changes(workspace, &sources.collect::<Option<_>>()?, &edits)
}

/// Each file that is renamed, by itself or with its folder, and its new path.
fn renamed_files(archive: &Archive, pairs: &[(String, String)]) -> BTreeMap<String, String> {
    let documents = archive.documents.iter().map(|one| &*one.path);
    let all = documents.chain(archive.other_files.iter().map(String::as_str));
    let renamed = all.filter_map(|path| {
        let new = pairs.iter().find_map(|(old, new)| {
            let rest = rest_below(path, old)?;
            Some(format!("{new}{rest}"))
        })?;
        Some((path.to_owned(), new))
    });
    renamed.collect()
}

/// The edits that mend the links which have broken.
fn broken(archive: &Archive) -> Vec<Edit> {
    let rules = [&links::missing_target::RULE, &links::wikilink::RULE];
    let of_page = |page| rules.into_iter().flat_map(move |rule| rule.check(page));
    let found = Page::all(archive).flat_map(of_page);
    let broken = found.filter(|one| one.stands_alone);
    let fixes = broken.filter_map(|one| one.fix);
    fixes.flat_map(|fix| fix.edits).collect()
}
