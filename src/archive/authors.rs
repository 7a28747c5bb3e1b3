//! Who writes: the names that stand under `author` and `authors`, and which of them are pages of the archive.

use super::{Archive, conventions};
use crate::names::Words;
use crate::source::Text;
use std::collections::{BTreeSet, HashSet};
use std::sync::OnceLock;

/// The keys that name a page's author.
pub const AUTHOR_KEYS: &[&str] = &["author", "authors"];

/// The authors of an archive.
#[derive(Debug, Default)]
pub struct Authors {
    /// The names that are the stem of a page of their own.
    pub with_page: BTreeSet<Text>,
    /// How often one of these is named.
    pub named_with_page: usize,
    /// How often any author is named.
    pub named: usize,
    pub(super) pages: OnceLock<Words>,
}

impl Authors {
    pub(super) fn of(archive: &Archive) -> Self {
        let mut authors = Authors::default();
        let facts: Vec<&conventions::KeyFacts> = AUTHOR_KEYS
            .iter()
            .filter_map(|key| archive.conventions.keys.get(*key))
            .filter(|facts| !facts.open)
            .collect();
        let names: HashSet<&str> = facts
            .iter()
            .flat_map(|facts| facts.items.keys())
            .map(|name| &**name)
            .collect();
        if names.is_empty() {
            return authors;
        }
        authors.with_page = archive
            .all()
            .filter(|(id, _)| !archive.is_note(*id))
            .map(|(_, document)| document.stem())
            .filter(|stem| names.contains(stem))
            .map(Into::into)
            .collect();
        for (name, count) in facts.iter().flat_map(|facts| &facts.items) {
            authors.named += count;
            if authors.with_page.contains(name) {
                authors.named_with_page += count;
            }
        }
        authors
    }

    /// The names with a page that `name` may be a slip of.
    pub fn pages_near(&self, name: &str) -> impl Iterator<Item = &Text> {
        let pages = || Words::new(self.with_page.iter().cloned().collect());
        self.pages.get_or_init(pages).near(name)
    }

    /// Whether authors are pages: almost all that are named have one.
    pub fn are_pages(&self) -> bool {
        conventions::almost_always(self.named_with_page, self.named)
    }
}
