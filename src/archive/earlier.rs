//! An earlier state of an archive, seen with the eyes of the later one: what the later archive has learnt (which files
//! are notes, how weeks are counted, what is usual) applies to the earlier one, too. So a rule says the same of both
//! unless the files themselves differ, and a habit that the last commit has made one makes no old note wrong.

use super::laws::Laws;
use super::{Archive, Collection, Parts, series};
use crate::diagnostic::DocumentId;
use crate::discover::Files;
use crate::document::Document;
use std::collections::BTreeMap;

impl Archive {
    /// The archive that `documents`, sorted by path, were before they became `later`. `now` has for each of them the
    /// document that it has become; `None` for one that is gone.
    pub fn earlier(
        later: &Archive,
        documents: Vec<Document>,
        files: Files,
        now: &[Option<DocumentId>],
    ) -> Self {
        let (mut archive, grouped) = Archive::unsorted(Parts {
            documents,
            files,
            permalinks: later.routes.permalinks.clone(),
            options: later.parse_options,
            config: later.config.clone(),
            today: later.today,
            past: Vec::new(),
        });
        let series::Grouped {
            groups: own,
            mut claims,
            ..
        } = grouped;
        for group in groups(later, own, now) {
            archive.add(group, &mut claims);
        }
        archive.derived.address_keys = later.derived.address_keys.clone();
        archive.derived.own_hosts = later.own_hosts().clone().into();
        archive.look_links_up(Some(&later.routes.learnt));
        archive.links.stops = later.links.stops;
        archive.derived.hosts = later.hosts().clone().into();
        archive.derived.laws = Laws::of(&archive, Some(later.laws())).into();
        archive
    }
}

/// The collections of `later` with the documents of the earlier state, in the same order; then those that are gone, as
/// they stand in `own`, the collections that the earlier state has by itself.
fn groups(
    later: &Archive,
    own: Vec<series::Group>,
    now: &[Option<DocumentId>],
) -> Vec<series::Group> {
    let mut groups: Vec<series::Group> = later.collections.iter().map(empty_group).collect();
    let collection_now = |index: &usize| later.profile((*now.get(*index)?)?)?.collection;
    for index in 0..now.len() {
        if let Some(group) = collection_now(&index).and_then(|number| groups.get_mut(number)) {
            group.documents.push(index);
        }
    }
    // A file that is gone was kept with others; it belongs where most of these are now.
    for mut group in own {
        let mut counts = BTreeMap::new();
        for number in group.documents.iter().filter_map(collection_now) {
            *counts.entry(number).or_insert(0) += 1;
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        let is_gone = |index: &usize| now.get(*index).is_none_or(Option::is_none);
        group.documents.retain(is_gone);
        match most.and_then(|(number, _)| groups.get_mut(number)) {
            Some(kept) => kept.documents.append(&mut group.documents),
            None if group.is_series && !group.documents.is_empty() => groups.push(group),
            None => {}
        }
    }
    for group in &mut groups {
        group.documents.sort_unstable();
    }
    groups
}

fn empty_group(collection: &Collection) -> series::Group {
    series::Group {
        folder: collection.folder.clone(),
        is_series: collection.is_series(),
        name: collection.name.clone(),
        numbering: collection.numbering.clone(),
        required_keys: collection.required_keys.clone(),
        ..series::Group::default()
    }
}
