//! The notes of a series in the order of their weeks.

use crate::diagnostic::DocumentId;
use crate::week::Claim;
use jiff::civil::Date;

/// The place of a note in its series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ordinal {
    /// The year that the number belongs to; 0 where none is written.
    pub year: i16,
    /// The season; 0 where there are none.
    pub season: u32,
    /// The number of the week, note or episode.
    pub number: u32,
}

impl Ordinal {
    /// The places that a claim names: one for each number of a run, none where it is out of the sequence. `year` is the one
    /// that counts where the claim has none.
    pub fn all(claim: &Claim, year: Option<i16>) -> impl Iterator<Item = Ordinal> + '_ {
        let season = claim.season.as_ref().map_or(0, |season| season.season);
        claim
            .places(year)
            .filter(|_| !claim.bonus)
            .map(move |(year, number)| Ordinal {
                year: year.unwrap_or(0),
                season,
                number,
            })
    }
}

/// A note at one of its places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The place.
    pub ordinal: Ordinal,
    /// The day that the note was written.
    pub date: Option<Date>,
    /// The note.
    pub document: DocumentId,
}

/// All notes of a series that name a place in it, in order.
#[derive(Debug, Default)]
pub struct Timeline {
    entries: Vec<Entry>,
}

impl Timeline {
    pub(super) fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable();
        Timeline { entries }
    }

    /// All entries, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether almost every place has one note: the numbers do not begin again.
    pub fn is_one_sequence(&self) -> bool {
        let pairs = self.entries.iter().zip(self.entries.iter().skip(1));
        let distinct = pairs.filter(|(one, other)| one.ordinal != other.ordinal);
        (distinct.count() + 1) * 10 >= self.entries.len() * 9
    }

    /// The notes at a place.
    pub fn at(&self, ordinal: Ordinal) -> &[Entry] {
        let from = self
            .entries
            .partition_point(|entry| entry.ordinal < ordinal);
        let to = self
            .entries
            .partition_point(|entry| entry.ordinal <= ordinal);
        self.entries.get(from..to).unwrap_or(&[])
    }

    /// Whether no note but `document` is at a place.
    pub fn is_free(&self, ordinal: Ordinal, document: DocumentId) -> bool {
        self.at(ordinal)
            .iter()
            .all(|entry| entry.document == document)
    }

    /// Whether there are notes at the places beside this one.
    pub(super) fn is_amid(&self, place: Ordinal) -> bool {
        let beside = [place.number.checked_sub(1), place.number.checked_add(1)];
        beside.into_iter().all(|number| {
            number.is_some_and(|number| !self.at(Ordinal { number, ..place }).is_empty())
        })
    }

    /// The dated notes before a place, the nearest first, without `document`.
    pub fn before(
        &self,
        ordinal: Ordinal,
        document: DocumentId,
    ) -> impl Iterator<Item = (DocumentId, Date)> + '_ {
        let to = self
            .entries
            .partition_point(|entry| entry.ordinal < ordinal);
        let entries = self.entries.get(..to).unwrap_or(&[]);
        dated(entries.iter().rev(), document)
    }

    /// The dated notes after a place, the nearest first, without `document`.
    pub fn after(
        &self,
        ordinal: Ordinal,
        document: DocumentId,
    ) -> impl Iterator<Item = (DocumentId, Date)> + '_ {
        let from = self
            .entries
            .partition_point(|entry| entry.ordinal <= ordinal);
        let entries = self.entries.get(from..).unwrap_or(&[]);
        dated(entries.iter(), document)
    }
}

fn dated<'t>(
    entries: impl Iterator<Item = &'t Entry> + 't,
    except: DocumentId,
) -> impl Iterator<Item = (DocumentId, Date)> + 't {
    entries
        .filter(move |entry| entry.document != except)
        .filter_map(|entry| Some((entry.document, entry.date?)))
}

#[cfg(test)]
mod tests;
