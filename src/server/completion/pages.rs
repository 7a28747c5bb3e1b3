//! Pages, by name and title, and their headings.

use super::super::navigation::target;
use super::{Asked, FILE, MOST_ITEMS, REFERENCE, begins, item, nearest, title};
use crate::archive::links::LookedUp;
use crate::archive::routes::Target;
use crate::diagnostic::DocumentId;
use crate::document::slug;
use crate::rules::links;
use serde_json::Value;
use std::collections::HashMap;

/// A link of the archive that shows how links are written: its destination, and the page that it leads to.
type Model<'a> = (&'a str, DocumentId);

/// The pages that `typed` may be the beginning of: of their destinations, names or titles.
pub(super) fn items(asked: &Asked<'_>, typed: &str) -> Vec<Value> {
    let archive = asked.archive;
    let others = nearest(asked);
    let models = models(asked, &others);
    let collection = |id| archive.profile(id).and_then(|profile| profile.collection);
    let name_typed = typed.rsplit('/').next().unwrap_or(typed);
    let fitting = others.iter().filter_map(|&id| {
        let (document, title) = (archive.document(id)?, title(archive, id)?);
        let fits = begins(document.stem(), name_typed)
            || begins(&title, typed)
            || begins(&document.path, typed);
        if !fits {
            return None;
        }
        let model = models.get(&collection(id)).or_else(|| models.get(&None));
        let written = links::destination_of(archive, asked.id, id, model.copied())?;
        Some(item(asked, FILE, &title, &written, typed, &written))
    });
    fitting.take(MOST_ITEMS).collect()
}

/// For each collection a link to one of its pages, and for `None` any: of this note, or of those nearest to it.
fn models<'a>(asked: &Asked<'a>, others: &[DocumentId]) -> HashMap<Option<usize>, Model<'a>> {
    let archive = asked.archive;
    let mut models = HashMap::new();
    for id in [asked.id].iter().chain(others) {
        if models.len() > archive.collections.len() {
            break;
        }
        let leading = archive
            .looked_up(*id)
            .filter(|one| one.holder.leads() && !one.holds_tag);
        for LookedUp { holder, target, .. } in leading {
            let destination: &str = holder.destination();
            let Target::Document(to) = *target else {
                continue;
            };
            if to == *id || destination.starts_with("http") {
                continue;
            }
            let collection = archive.profile(to).and_then(|profile| profile.collection);
            models.entry(collection).or_insert((destination, to));
            models.entry(None).or_insert((destination, to));
        }
    }
    models
}

/// The names of pages in a vault.
pub(super) fn names(asked: &Asked<'_>, typed: &str, after: &str) -> Vec<Value> {
    let archive = asked.archive;
    if !archive.parse_options.wikilinks {
        return Vec::new();
    }
    let closes = if after.starts_with(']') { "" } else { "]]" };
    let others = nearest(asked).into_iter();
    let fitting = others.filter_map(|id| {
        let (document, title) = (archive.document(id)?, title(archive, id)?);
        let name = crate::archive::vault::without_md(document.file_name());
        let fits = begins(name, typed) || begins(&title, typed);
        fits.then(|| item(asked, FILE, name, &title, typed, &format!("{name}{closes}")))
    });
    fitting.take(MOST_ITEMS).collect()
}

/// The headings of a page, this one if none is named, as fragments that begin as `typed`.
pub(super) fn fragments(asked: &Asked<'_>, page: &str, typed: &str) -> Vec<Value> {
    let archive = asked.archive;
    let to = match page {
        "" => Some(asked.id),
        page => target(archive, asked.id, page),
    };
    let Some(document) = to.and_then(|to| archive.document(to)) else {
        return Vec::new();
    };
    let item = |text: &str, id: &str| item(asked, REFERENCE, text, &format!("#{id}"), typed, id);
    let headings = slug::numbered(&document.headings).into_iter();
    let headings =
        headings.filter(|(heading, id)| begins(id, typed) || begins(&heading.text, typed));
    let anchors = document.anchors.iter().filter(|id| begins(id, typed));
    headings
        .map(|(heading, id)| item(&heading.text, &id))
        .chain(anchors.map(|id| item(id, id)))
        .take(MOST_ITEMS)
        .collect()
}
