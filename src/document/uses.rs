//! Which definitions of a document its links use. Told from links and definitions when a rule first asks.

use super::definitions::normalize_label;
use super::{Definition, DefinitionStatus, Document, Link};
use crate::hash::QuickSet;
use crate::names::{Distance, Names};
use std::sync::OnceLock;

/// The uses of a document's definitions.
#[derive(Debug, Default)]
pub struct Uses {
    /// By the index of the definition. All definitions of one label share its uses.
    used: Vec<bool>,
    /// The index of a definition and that of a link that uses it, in order.
    links: Vec<(u32, u32)>,
    /// The index of the last definition that is one.
    last: Option<usize>,
    unused: OnceLock<Box<Unused>>,
}

/// The labels that nothing uses.
#[derive(Debug, Default)]
struct Unused {
    /// The indices of their definitions.
    indices: Vec<usize>,
    /// Their keys, in the order of `indices`.
    keys: Names,
    /// Their keys with hyphens for blanks, with the indices of the definitions, in order.
    hyphened: Vec<(String, usize)>,
}

impl Document {
    /// Which of its definitions are used.
    pub fn uses(&self) -> &Uses {
        self.uses.get_or_init(|| Box::new(Uses::of(self)))
    }

    /// The definitions that links use, in their order.
    pub fn used(&self) -> impl Iterator<Item = &Definition> {
        let definitions = self.definitions.iter().zip(&self.uses().used);
        definitions.filter(|(_, used)| **used).map(|(one, _)| one)
    }

    /// The definitions that no link uses, in their order, and lines that were meant as one.
    pub fn unused(&self) -> impl Iterator<Item = &Definition> {
        let definitions = self.definitions.iter().zip(&self.uses().used);
        definitions.filter(|(_, used)| !**used).map(|(one, _)| one)
    }

    /// Whether a link uses a definition, by its index, or another one of its label.
    pub fn is_used(&self, definition: usize) -> bool {
        self.uses().used.get(definition) == Some(&true)
    }

    /// The links that lead to a definition, by its index, in their order.
    pub fn users(&self, definition: u32) -> impl Iterator<Item = &Link> {
        let links = &self.uses().links;
        let from = links.partition_point(|(used, _)| *used < definition);
        let users = links.iter().skip(from);
        let users = users.take_while(move |(used, _)| *used == definition);
        users.filter_map(|(_, link)| self.links.get(*link as usize))
    }

    /// The last of its definitions that is one.
    pub fn last_definition(&self) -> Option<&Definition> {
        self.definitions.get(self.uses().last?)
    }

    /// The definition that nothing uses and for whose label `key` may be a slip.
    pub fn unused_near(&self, key: &str) -> Option<(&Definition, Distance)> {
        let Unused { indices, keys, .. } = self.labels_unused();
        let nearest = keys.nearest(key)?;
        let index = *indices.get(nearest.item)?;
        Some((self.definitions.get(index)?, nearest.distance))
    }

    /// The only definition that nothing uses and whose label is `text`, or begins with it and a hyphen; blanks are as good
    /// as hyphens.
    pub fn unused_beginning(&self, text: &str) -> Option<&Definition> {
        let hyphened = &self.labels_unused().hyphened;
        let text = normalize_label(text).replace(' ', "-");
        let from = |beginning: &str| {
            let before = hyphened.partition_point(|(label, _)| **label < *beginning);
            hyphened.iter().skip(before)
        };
        let longer = format!("{text}-");
        let same = from(&text).take_while(|(label, _)| *label == text);
        let longer = from(&longer).take_while(|(label, _)| label.starts_with(&longer));
        let mut found = same.chain(longer).filter(|_| !text.is_empty());
        let (_, index) = found.next()?;
        self.definitions
            .get(*index)
            .filter(|_| found.next().is_none())
    }

    fn labels_unused(&self) -> &Unused {
        self.uses().unused.get_or_init(|| {
            let definitions = self.definitions.iter().enumerate();
            let unused = definitions.filter(|(index, _)| !self.is_used(*index));
            let mut hyphened: Vec<(String, usize)> = unused
                .clone()
                .map(|(index, one)| (one.key.replace(' ', "-"), index))
                .collect();
            hyphened.sort_unstable();
            let defined = unused.filter(|(_, one)| one.status == DefinitionStatus::Defined);
            let (indices, defined): (Vec<usize>, Vec<&Definition>) = defined.unzip();
            Box::new(Unused {
                indices,
                keys: Names::new(defined.iter().map(|one| &*one.key)),
                hyphened,
            })
        })
    }
}

impl Uses {
    fn of(document: &Document) -> Self {
        let definitions = &document.definitions;
        let first = |index: usize| {
            let duplicate_of = definitions.get(index).and_then(|one| one.duplicate_of);
            duplicate_of.map_or(index, |first| first as usize)
        };
        let mut used = vec![false; definitions.len()];
        let mut mark = |index: usize| {
            if let Some(one) = used.get_mut(first(index)) {
                *one = true;
            }
        };
        let mut links = Vec::new();
        let mut printed = QuickSet::default();
        for (link, at) in document.links.iter().zip(0..) {
            match link.definition() {
                Some(index) => {
                    links.push((index, at));
                    mark(index as usize);
                }
                // Where kramdown prints `[text] [label]` because it misses the label, `text` was meant as a reference of
                // its own.
                None if link.spaced.is_some() => {
                    let key = normalize_label(&link.text);
                    if !printed.contains(&key) {
                        document.indices_labelled(&key).for_each(&mut mark);
                        printed.insert(key);
                    }
                }
                None => {}
            }
        }
        links.sort_unstable();
        let used = (0..definitions.len()).map(|index| used.get(first(index)) == Some(&true));
        Uses {
            used: used.collect(),
            links,
            last: definitions
                .iter()
                .rposition(|one| one.status == DefinitionStatus::Defined),
            unused: OnceLock::new(),
        }
    }
}
