//! Which labels the archive's pages and notes define, and where.

use super::{Archive, claims};
use crate::diagnostic::DocumentId;
use crate::document::{Definition, DefinitionStatus, Document};
use crate::hash;
use crate::order::Order;
use std::sync::OnceLock;

/// Where each label is defined. Made when it is asked for the first time: an archive without a mistake never needs it.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// The hash of a label's key, the document and the index of the definition in it, in this order. Hashes instead of
    /// keys keep the sorting fast; who looks a label up compares the keys.
    places: OnceLock<Vec<(u64, u32, u32)>>,
    /// The same, with the documents of a label in the order in which they were written.
    by_day: OnceLock<Vec<(u64, u32, u32)>>,
}

/// A definition, with the document that holds it.
type Defined<'a> = (DocumentId, &'a Document, &'a Definition);

impl Archive {
    /// The definitions of the label `key` (normalised) in the pages and notes of the archive, `except` left out, by path.
    pub fn definitions_of<'a, 'k>(
        &'a self,
        key: &'k str,
        except: DocumentId,
    ) -> impl Iterator<Item = Defined<'a>> + use<'a, 'k> {
        let labels = &self.derived.labels;
        let places = labels.places.get_or_init(|| self.places_of_labels());
        self.defined(places, key, except)
    }

    /// The definitions of the label `key` among `places`.
    fn defined<'a, 'k>(
        &'a self,
        places: &'a [(u64, u32, u32)],
        key: &'k str,
        except: DocumentId,
    ) -> impl DoubleEndedIterator<Item = Defined<'a>> + use<'a, 'k> {
        let wanted = hash::of(key);
        let from = places.partition_point(|(hash, ..)| *hash < wanted);
        let to = places.partition_point(|(hash, ..)| *hash <= wanted);
        let same = places.get(from..to).unwrap_or(&[]).iter();
        same.filter(move |(_, document, _)| *document != except.0)
            .filter_map(|&(_, document, index)| {
                let id = DocumentId(document);
                let document = self.document(id)?;
                Some((id, document, document.definitions.get(index as usize)?))
            })
            .filter(move |(.., definition)| *definition.key == *key)
    }

    /// The definition of the label `key` in the most recent other page or note that defines it.
    pub fn latest_definition_of(&self, key: &str, except: DocumentId) -> Option<Defined<'_>> {
        let by_day = self.derived.labels.by_day.get_or_init(|| {
            let places = &self.derived.labels.places;
            let mut places = places.get_or_init(|| self.places_of_labels()).clone();
            let written: Vec<_> = self.documents.iter().map(claims::written).collect();
            for same in places.chunk_by_mut(|(one, ..), (other, ..)| one == other) {
                same.order_by_key(|(_, document, _)| written.get(*document as usize));
            }
            places
        });
        self.defined(by_day, key, except).next_back()
    }

    fn places_of_labels(&self) -> Vec<(u64, u32, u32)> {
        let mut places = Vec::new();
        for (id, document) in self.linted() {
            let all = (0u32..).zip(&document.definitions);
            let defined = all.filter(|(_, one)| one.status == DefinitionStatus::Defined);
            places.extend(defined.map(|(index, one)| (hash::of(&one.key), id.0, index)));
        }
        places.shrink_to_fit();
        places.sort_unstable();
        places
    }
}
