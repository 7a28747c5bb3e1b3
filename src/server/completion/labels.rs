//! Labels: those of the note, and those that other notes define, with their definitions.

use super::{Asked, MOST_ITEMS, begins, nearest};
use crate::document::{Definition, DefinitionStatus, Document, LinkKind};
use crate::hash::QuickSet;
use crate::rules::links;
use crate::source::Span;
use serde_json::{Value, json};

/// The labels that begin as `typed`, which stands at `span`. `is_text`: the brackets may hold a text as well.
pub(super) fn items(
    asked: &Asked<'_>,
    is_text: bool,
    typed: &str,
    span: Span,
    after: &str,
) -> Vec<Value> {
    let closes = if after.starts_with(']') { "" } else { "]" };
    let is_full = is_text && writes_full_references(asked);
    let range = asked.range(span);
    let item = |definition: &Definition, detail: String| {
        let label = &*definition.label;
        let written = match is_full {
            true if typed.is_empty() => format!("{label}][{label}{closes}"),
            true => format!("{typed}][{label}{closes}"),
            false => format!("{label}{closes}"),
        };
        json!({
            "label": label,
            "kind": 18,
            "detail": detail,
            "filterText": if typed.is_empty() { label } else { typed },
            "textEdit": { "range": range, "newText": written },
        })
    };
    let hyphened = typed.replace(' ', "-");
    let fits = |one: &&Definition| {
        one.status == DefinitionStatus::Defined
            && one.duplicate_of.is_none()
            && !one.label.starts_with('^')
            && (begins(&one.key, &hyphened) || begins(&one.key, typed))
    };
    let mut known: QuickSet<(&str, &str)> = QuickSet::default();
    let mut items = Vec::new();
    let own = &asked.document.definitions;
    for definition in own.iter().filter(fits) {
        items.push(item(definition, definition.destination.to_string()));
    }
    let is_own = |key: &str| asked.document.labelled(key).next().is_some();
    for id in nearest(asked) {
        let Some(document) = asked.archive.document(id) else {
            continue;
        };
        for definition in document.definitions.iter().filter(fits) {
            let destination = &*definition.destination;
            if is_own(&definition.key) || !known.insert((&definition.key, destination)) {
                continue;
            }
            let added = links::definition_to_add(
                asked.archive,
                asked.id,
                &asked.note.text,
                &definition.label,
                destination,
            );
            let Some(added) = added else {
                continue;
            };
            let at = added.place.span.start as usize;
            let text = crate::source::as_lines_of(&asked.note.text, at, &added.text);
            let mut one = item(definition, format!("{destination} ({})", document.stem()));
            if let Some(one) = one.as_object_mut() {
                let edit = json!({ "range": asked.range(added.place.span), "newText": text });
                one.insert("additionalTextEdits".to_owned(), json!([edit]));
            }
            items.push(one);
            if items.len() >= MOST_ITEMS {
                return items;
            }
        }
    }
    items
}

/// Whether references have a text and a label: in this note, or in the archive if it has none.
fn writes_full_references(asked: &Asked<'_>) -> bool {
    let count = |document: &Document| {
        let links = document
            .links
            .iter()
            .filter(|link| link.definition().is_some());
        links.fold((0, 0), |(full, others), link| match link.kind {
            LinkKind::Full => (full + 1, others),
            _ => (full, others + 1),
        })
    };
    let own = count(asked.document);
    let (full, others) = match own {
        (0, 0) => {
            let all = asked.archive.linted().map(|(_, document)| count(document));
            all.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
        }
        own => own,
    };
    full > others
}
