//! What can be written where the cursor is, from what the archive knows.
//!
//! What is being written is seldom Markdown yet, so the line before the cursor tells what is wanted, not the parser:
//!
//! ```text
//! [text][lab    [lab        labels: of this note, and of others, whose definition comes along
//! [text](pag    [label]: p  pages
//! [[pag                     pages of a vault, by their names
//! [text](page#fra           headings of a page
//! ke                        in metadata: keys that other notes have
//! key: val                  in metadata: values that the key has in other notes
//! ```

mod labels;
mod metadata;
mod pages;

use super::state::{Asked, State};
use crate::archive::{Archive, claims};
use crate::diagnostic::DocumentId;
use crate::document::metadata::Entry;
use crate::source::{self, Span};
use crate::week::calendar::day_number;
use serde_json::{Value, json};

/// The characters after which something is offered without being asked for.
pub(super) const TRIGGERS: [&str; 5] = ["[", "(", "#", "/", ":"];

/// So many items are offered at once; the others when more is typed.
const MOST_ITEMS: usize = 100;

/// The kinds of the protocol that editors have pictures for.
const FILE: u32 = 17;
const REFERENCE: u32 = 18;

/// What stands before the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// The label of a reference that has a text.
    Label,
    /// What is a text, or a label alone.
    Shortcut,
    Destination,
    Wikilink,
}

/// What is offered at a position.
pub(super) fn of(state: &mut State, params: &Value) -> Option<Value> {
    let asked = state.asked(params)?;
    let text = asked.text();
    let line = source::line_at(text, asked.offset);
    let before = text.get(line.start..asked.offset)?;
    let block = asked.document.metadata.block;
    let in_block = block.start < asked.offset as u32 && asked.offset as u32 <= block.end;
    if in_block && asked.document.metadata.format.is_some() {
        return Some(list(metadata::items(&asked, line, before)));
    }
    let (wanted, typed) = wanted(before)?;
    // The editor may have closed the bracket, and the rest of a word is replaced as well.
    let after = text.get(asked.offset..line.end)?;
    Some(list(match wanted {
        Wanted::Label | Wanted::Shortcut => {
            labels::items(&asked, wanted == Wanted::Shortcut, typed, after)
        }
        Wanted::Destination => match typed.split_once('#') {
            Some((page, fragment)) => pages::fragments(&asked, page, fragment),
            None => pages::items(&asked, typed),
        },
        Wanted::Wikilink => pages::names(&asked, typed, after),
    }))
}

/// An item that writes a text in the place of what is `typed`, which it fits by what the editor does not know.
fn item(
    asked: &Asked<'_>,
    kind: u32,
    label: &str,
    detail: &str,
    typed: &str,
    written: &str,
) -> Value {
    json!({
        "label": label,
        "kind": kind,
        "detail": detail,
        "filterText": if typed.is_empty() { label } else { typed },
        "textEdit": asked.edit(Span::new(asked.offset - typed.len(), asked.offset), written),
    })
}

/// Items in their order. They are made for what is typed: with the next letter, the editor is to ask again.
fn list(mut items: Vec<Value>) -> Value {
    for (at, item) in items.iter_mut().enumerate() {
        item["sortText"] = format!("{at:04}").into();
    }
    json!({ "isIncomplete": true, "items": items })
}

/// What the beginning of a line asks for, and what of it is typed.
fn wanted(before: &str) -> Option<(Wanted, &str)> {
    if before.matches('`').count() % 2 == 1 {
        return None;
    }
    let open = before.rfind('[').and_then(|at| {
        let typed = before.get(at + 1..)?;
        (!typed.contains(']') && !typed.starts_with('^')).then_some((before.get(..at)?, typed))
    });
    if let Some((above, typed)) = open {
        let wanted = match above.chars().next_back() {
            Some(']') => Wanted::Label,
            Some('[') => Wanted::Wikilink,
            _ => Wanted::Shortcut,
        };
        return Some((wanted, typed));
    }
    let inline = before.rsplit_once("](").map(|(_, typed)| typed);
    let inline = inline.filter(|typed| !typed.contains([')', ' ', '<', '"']));
    let defined = || {
        let (label, typed) = before.split_once("]:")?;
        let typed = typed.trim_start();
        (label.trim_start().starts_with('[') && !typed.contains(' ')).then_some(typed)
    };
    let typed = inline.or_else(defined)?;
    Some((Wanted::Destination, typed))
}

/// Whether a name is one that somebody begins to type.
fn begins(name: &str, typed: &str) -> bool {
    let (name, typed) = (name.to_lowercase(), typed.to_lowercase());
    name.starts_with(&typed)
        || name.match_indices(&typed).any(|(at, _)| {
            !name
                .get(..at)
                .is_some_and(|before| before.ends_with(char::is_alphanumeric))
        })
}

/// The pages and notes beside the one that is asked about, the nearest in time first.
pub(super) fn nearest(asked: &Asked<'_>) -> Vec<DocumentId> {
    let archive = asked.archive;
    let own = day(archive, asked.id);
    let distance = |id: DocumentId| {
        let days = own
            .zip(day(archive, id))
            .map(|(own, other)| own.abs_diff(other));
        let is_other = archive.collection(id).map(|one| &one.name)
            != archive.collection(asked.id).map(|one| &one.name);
        (
            days.unwrap_or(u32::MAX),
            is_other,
            id.0.abs_diff(asked.id.0),
        )
    };
    let others = archive.linted().map(|(id, _)| id);
    let mut others: Vec<DocumentId> = others.filter(|id| *id != asked.id).collect();
    others.sort_by_cached_key(|id| distance(*id));
    others
}

/// A day that a page stands for: the first of its week, or the one it was written on.
fn day(archive: &Archive, id: DocumentId) -> Option<i32> {
    let of_week = archive.days_of(id).map(|(first, _)| first);
    let day = of_week.or_else(|| claims::written(archive.document(id)?));
    day.map(day_number)
}

/// The title of a page, or else its name.
fn title(archive: &Archive, id: DocumentId) -> Option<String> {
    let document = archive.document(id)?;
    let of_metadata = claims::title_entry(document).and_then(Entry::as_str);
    let of_heading = || document.title_heading().map(|heading| &*heading.text);
    let title = of_metadata.or_else(of_heading);
    Some(title.unwrap_or(document.stem()).to_owned())
}

#[cfg(test)]
mod tests;
