//! Labels: those of the note, and those that other notes define, with their definitions.

use super::{Asked, MOST_ITEMS, REFERENCE, begins, item, nearest};
use crate::diagnostic::Edit;
use crate::document::{Definition, DefinitionStatus, Document, LinkKind};
use crate::hash::QuickSet;
use crate::rules::links;
use crate::source::as_lines_of;
use serde_json::{Value, json};

/// The labels that begin as `typed`. `is_text`: the brackets may hold a text as well.
pub(super) fn items(asked: &Asked<'_>, is_text: bool, typed: &str, after: &str) -> Vec<Value> {
    let closes = if after.starts_with(']') { "" } else { "]" };
    let is_full = is_text && writes_full_references(asked);
    let item = |definition: &Definition, detail: &str| {
        let label = &*definition.label;
        let written = match is_full {
            true if typed.is_empty() => format!("{label}][{label}{closes}"),
            true => format!("{typed}][{label}{closes}"),
            false => format!("{label}{closes}"),
        };
        item(asked, REFERENCE, label, detail, typed, &written)
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
        items.push(item(definition, &definition.destination));
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
            let (archive, text) = (asked.archive, asked.text());
            let label = &definition.label;
            let added = links::definition_to_add(archive, asked.id, text, label, destination);
            let Some(Edit { place, text: added }) = added else {
                continue;
            };
            let added = as_lines_of(text, place.span.start as usize, &added);
            let mut one = item(definition, &format!("{destination} ({})", document.stem()));
            one["additionalTextEdits"] = json!([asked.edit(place.span, &added)]);
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
    let count = |document: &Document| -> Option<isize> {
        let links = document.links.iter();
        let defined = links.filter(|link| link.definition().is_some());
        // One for a reference with a text and a label, one less for another.
        let signs = defined.map(|link| if link.kind == LinkKind::Full { 1 } else { -1 });
        let (sum, all): (isize, usize) =
            signs.fold((0, 0), |(sum, all), sign| (sum + sign, all + 1));
        (all > 0).then_some(sum)
    };
    let in_archive = || {
        let documents = asked.archive.linted();
        documents.filter_map(|(_, document)| count(document)).sum()
    };
    count(asked.document).unwrap_or_else(in_archive) > 0
}
