//! Which week a note reports, and whether everything that speaks of it agrees.

pub mod disagreement;
pub mod duplicate;
pub mod file_name;
pub mod gap;
pub mod impossible;
pub mod missing;
pub mod wording;
pub mod wrong_date;
pub mod wrong_link;

use crate::archive::claims::Whence;
use crate::archive::{Archive, Collection, Standing};
use crate::diagnostic::DocumentId;
use crate::document::Document;
use crate::week::calendar::day_number;
use jiff::civil::Date;

/// The places of claims, those first that readers see. Of a file's name there is nothing to be marked.
const IN_SIGHT: [Whence; 4] = [
    Whence::Heading,
    Whence::Title,
    Whence::Key,
    Whence::FileName,
];

/// The series of an archive.
fn all_series(archive: &Archive) -> impl Iterator<Item = &Collection> {
    archive.collections.iter().filter(|one| one.is_series())
}

/// The notes of a series.
fn notes<'a>(
    archive: &'a Archive,
    series: &'a Collection,
) -> impl Iterator<Item = (DocumentId, &'a Document, &'a Standing)> {
    let ids = series.documents.iter();
    ids.filter_map(|&id| Some((id, archive.document(id)?, archive.standing(id)?)))
}

/// How many days lie between two dates.
pub(super) fn days_apart(one: Date, other: Date) -> u32 {
    day_number(one).abs_diff(day_number(other))
}
