//! Where labels and pages are defined, and where they are used.

use super::completion::nearest;
use super::state::{Asked, State};
use crate::archive::Archive;
use crate::archive::links::{Holder, written};
use crate::archive::paths::percent_decoded;
use crate::archive::routes::Target;
use crate::archive::vault::{VaultTarget, wiki_name};
use crate::diagnostic::{DocumentId, Place};
use crate::document::definitions::normalize_label;
use crate::document::{Definition, DefinitionStatus, Document, Link, LinkKind, slug};
use crate::source::Span;
use serde_json::{Value, json};
use std::borrow::Cow;

/// So many notes are named that define a label which the note itself does not define.
const MOST_ELSEWHERE: usize = 20;

/// What stands at a position.
#[derive(Debug, Clone, Copy)]
pub(super) enum Thing<'d> {
    /// A reference.
    Reference(&'d Link),
    /// A definition.
    Definition(&'d Definition),
    /// Another link.
    Link(&'d Link),
}

/// What stands at the position that is asked about, the narrowest where several do.
pub(super) fn thing_at<'d>(document: &'d Document, offset: usize) -> Option<Thing<'d>> {
    let at = Span::at(offset);
    let definitions = document.definitions.iter();
    let mut defined = definitions.filter(|one| one.status == DefinitionStatus::Defined);
    if let Some(definition) = defined.find(|one| one.span.contains(at)) {
        return Some(Thing::Definition(definition));
    }
    let links = document.links.iter().filter(|link| link.span.contains(at));
    let link = links.min_by_key(|link| link.span.len())?;
    Some(match link.is_reference() {
        true => Thing::Reference(link),
        false => Thing::Link(link),
    })
}

/// Where what stands at a position is defined.
pub(super) fn definition(state: &mut State, params: &Value) -> Option<Value> {
    let asked = state.asked(params)?;
    let (archive, document) = (asked.archive, asked.document);
    let places = match thing_at(document, asked.offset)? {
        Thing::Reference(link) => match link.definition() {
            Some(index) => {
                let definition = document.definitions.get(index as usize)?;
                vec![asked.id.at(definition.span)]
            }
            None => elsewhere(&asked, &normalize_label(&link.target)),
        },
        Thing::Definition(one) => page_at(archive, asked.id, &one.destination),
        Thing::Link(link) if link.kind == LinkKind::Wikilink => {
            match archive.resolve_wikilink(wiki_name(link.destination())) {
                VaultTarget::Document(id) => vec![part(archive, id, link.destination())],
                VaultTarget::Several(_, ids) => {
                    ids.into_iter().map(|id| id.at(Span::at(0))).collect()
                }
                _ => Vec::new(),
            }
        }
        Thing::Link(link) => page_at(archive, asked.id, link.destination()),
    };
    Some(located(&asked, places))
}

/// The notes that define a label, the nearest first.
fn elsewhere(asked: &Asked<'_>, key: &str) -> Vec<Place> {
    let archive = asked.archive;
    let others = nearest(asked).into_iter();
    let defined = others.filter_map(|id| {
        let mut found = archive.document(id)?.labelled(key);
        let found = found.find(|one| one.status == DefinitionStatus::Defined)?;
        Some(id.at(found.span))
    });
    defined.take(MOST_ELSEWHERE).collect()
}

/// The page that a destination leads to.
pub(super) fn target(archive: &Archive, from: DocumentId, destination: &str) -> Option<DocumentId> {
    let path = archive.own_path(destination).unwrap_or(destination);
    match archive.resolve(from, path) {
        Target::Document(id) => Some(id),
        // A fragment alone leads to its own page.
        _ => destination.starts_with('#').then_some(from),
    }
}

fn page_at(archive: &Archive, from: DocumentId, destination: &str) -> Vec<Place> {
    let to = target(archive, from, destination).into_iter();
    to.map(|to| part(archive, to, destination)).collect()
}

/// The heading of a page that a destination's fragment names, or the page's beginning.
fn part(archive: &Archive, page: DocumentId, destination: &str) -> Place {
    let fragment = fragment_of(destination).unwrap_or_default();
    let document = archive.document(page).into_iter();
    let mut headings = document.flat_map(|page| slug::numbered(&page.headings));
    let heading = headings.find(|(heading, id)| **id == *fragment || *heading.text == *fragment);
    page.at(heading.map_or(Span::at(0), |(heading, _)| heading.content))
}

fn fragment_of(destination: &str) -> Option<Cow<'_, str>> {
    let (_, fragment) = destination.split_once('#')?;
    Some(percent_decoded(fragment))
}

/// Where what stands at a position is used: a label in its note, a page or a heading in the archive.
pub(super) fn references(state: &mut State, params: &Value) -> Option<Value> {
    let asked = state.asked(params)?;
    let document = asked.document;
    let with_definition = params.pointer("/context/includeDeclaration") == Some(&Value::Bool(true));
    let at = Span::at(asked.offset);
    let of_label = |key: &str, defined: Vec<&Definition>| -> Vec<Place> {
        let defined = defined.into_iter().filter(|_| with_definition);
        let uses = uses(document, key).map(|link| link.span);
        let spans = uses.chain(defined.map(|one| one.span));
        spans.map(|span| asked.id.at(span)).collect()
    };
    let of_page = |destination: &str| {
        let to = target(asked.archive, asked.id, destination)?;
        Some(links_to(asked.archive, to, None))
    };
    let places = match thing_at(document, asked.offset) {
        Some(Thing::Reference(link)) => {
            let key = normalize_label(&link.target);
            of_label(&key, document.labelled(&key).collect())
        }
        Some(Thing::Definition(one)) if one.label_span.contains(at) => {
            of_label(&one.key, vec![one])
        }
        Some(Thing::Definition(one)) => of_page(&one.destination)?,
        Some(Thing::Link(link)) => of_page(link.destination())?,
        None => {
            let headings = slug::numbered(&document.headings).into_iter();
            let mut here = headings.filter(|(heading, _)| heading.span.contains(at));
            let title = document.title_heading().map(|title| title.span);
            let part = here
                .next()
                .filter(|(heading, _)| Some(heading.span) != title);
            let fragment = part.as_ref().map(|(_, id)| &**id);
            links_to(asked.archive, asked.id, fragment)
        }
    };
    Some(located(&asked, places))
}

/// The references with a label.
pub(super) fn uses<'d>(document: &'d Document, key: &str) -> impl Iterator<Item = &'d Link> {
    let links = document.links.iter();
    links.filter(move |link| link.is_reference() && normalize_label(&link.target) == key)
}

/// The links of the archive to a page, or to one of its headings.
fn links_to(archive: &Archive, page: DocumentId, fragment: Option<&str>) -> Vec<Place> {
    let fits =
        |destination: &str| fragment.is_none() || fragment_of(destination).as_deref() == fragment;
    let in_document = |(id, document): (DocumentId, &Document)| -> Vec<Place> {
        let looked_up = archive.looked_up(id);
        let led = looked_up.filter(|one| *one.target == Target::Document(page));
        let led = led.filter(|one| fits(one.holder.destination()));
        let own = written(document).filter(|one| id == page && one.destination().starts_with('#'));
        let own = own.filter(|one| fits(one.destination()));
        let wiki = document.links.iter().filter(|link| {
            link.kind == LinkKind::Wikilink
                && archive.resolve_wikilink(wiki_name(link.destination()))
                    == VaultTarget::Document(page)
                && fits(link.destination())
        });
        let spans = led.map(|one| one.holder).chain(own).map(span_of);
        let spans = spans.chain(wiki.map(|link| link.span));
        let mut places: Vec<Place> = spans.map(|span| id.at(span)).collect();
        places.sort();
        places.dedup();
        places
    };
    archive.linted().flat_map(in_document).collect()
}

fn span_of(holder: Holder<'_>) -> Span {
    match holder {
        Holder::Link(_, link) => link.target_span,
        Holder::Definition(_, definition) => definition.destination_span,
    }
}

fn located(asked: &Asked<'_>, places: Vec<Place>) -> Value {
    let places = places.into_iter();
    let found = places.filter_map(|place| asked.workspace.location(place));
    json!(found.collect::<Vec<Value>>())
}
