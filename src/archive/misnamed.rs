//! Files among the notes whose names miss the form that the notes' names have.

use super::claims::{self, Whence};
use super::laws::share::{ENOUGH, almost_always};
use super::{Archive, Collection, Role, site::Generator};
use crate::diagnostic::DocumentId;
use crate::document::Document;
use std::collections::HashMap;

/// What is the matter with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// An editor's or a tool's copy.
    Copy,
    /// Such a copy of the note that stands beside it.
    CopyOf,
    /// Without the date that the site needs.
    Undated,
    /// A misspelt word, another separator or capital.
    Near,
}

/// A file whose name comes close to the form of its neighbours' and misses it.
#[derive(Debug, Clone, Copy)]
pub struct Misnamed {
    /// The file.
    pub document: DocumentId,
    /// What is the matter with its name.
    pub misfit: Misfit,
    /// A note that has the usual form, or the one that was copied.
    pub usual: DocumentId,
    /// How many of the folder's notes have it.
    pub with: usize,
    /// How many notes there are.
    pub of: usize,
}

impl Archive {
    /// The files that are named as no note is; found when they are first asked for.
    pub fn misnamed(&self) -> &[Misnamed] {
        self.learnt.misnamed.get_or_init(|| all(self))
    }

    /// Whether a file is one of them.
    pub fn is_misnamed(&self, id: DocumentId) -> bool {
        self.misnamed().iter().any(|found| found.document == id)
    }
}

/// The files whose names come close to the form of a series' names and miss it.
fn all(archive: &Archive) -> Vec<Misnamed> {
    let mut found = Vec::new();
    let series = archive
        .collections
        .iter()
        .filter(|one| one.is_series() && one.documents.len() >= ENOUGH);
    for collection in series {
        let pages = archive
            .collections
            .iter()
            .filter(|other| !other.is_series() && other.folder == collection.folder);
        let candidates = collection.documents.iter();
        let candidates = candidates.chain(pages.flat_map(|other| &other.documents));
        let form = usual_form(archive, collection);
        for &id in candidates {
            let Some((shape, usual, with)) = &form else {
                let original = original(archive, collection, id);
                found.extend(original.map(|original| Misnamed {
                    document: id,
                    misfit: Misfit::CopyOf,
                    usual: original,
                    with: 0,
                    of: collection.documents.len(),
                }));
                continue;
            };
            if let Some(document) = archive.document(id)
                && let Some(misfit) = misfit(archive, id, document, shape)
            {
                found.push(Misnamed {
                    document: id,
                    misfit,
                    usual: *usual,
                    with: *with,
                    of: collection.documents.len(),
                });
            }
        }
    }
    found
}

/// The note that a file is a copy of, by its name.
fn original(archive: &Archive, series: &Collection, copy: DocumentId) -> Option<DocumentId> {
    let copy = archive.document(copy)?;
    let name = copy.stem().to_lowercase();
    if !["copy", "conflict", "(", "~"]
        .iter()
        .any(|mark| name.contains(mark))
    {
        return None;
    }
    let mut notes = series.documents.iter().copied();
    notes.find(|&note| {
        archive.document(note).is_some_and(|note| {
            note.folder() == copy.folder()
                && copy
                    .stem()
                    .strip_prefix(note.stem())
                    .is_some_and(|rest| !rest.is_empty())
                && is_copy(&shape(copy.stem()), &shape(note.stem()))
        })
    })
}

/// A name with `#` for each run of digits.
fn shape(name: &str) -> String {
    let mut shape = String::with_capacity(name.len());
    for character in name.chars() {
        if !character.is_ascii_digit() {
            shape.push(character);
        } else if !shape.ends_with('#') {
            shape.push('#');
        }
    }
    shape
}

/// The shape of almost all stems of a series, the latest note that has it, and how many have it.
fn usual_form(archive: &Archive, collection: &Collection) -> Option<(String, DocumentId, usize)> {
    let mut counts: HashMap<String, (usize, DocumentId)> = HashMap::new();
    for &id in &collection.documents {
        let shape = shape(archive.document(id)?.stem());
        let count = counts.entry(shape).or_insert((0, id));
        *count = (count.0 + 1, id);
    }
    let (shape, (with, usual)) = counts.into_iter().max_by_key(|(_, (count, _))| *count)?;
    let of = collection.documents.len();
    (almost_always(with, of) && shape.contains('#')).then_some((shape, usual, with))
}

fn misfit(archive: &Archive, id: DocumentId, document: &Document, usual: &str) -> Option<Misfit> {
    // A bundle is named by its folder.
    if document.stem() == "index" || document.stem() == "_index" {
        return None;
    }
    let own = shape(document.stem());
    if own == usual || !own.contains('#') {
        return None;
    }
    if is_copy(&own, usual) {
        return Some(Misfit::Copy);
    }
    if own.len() < usual.len() && usual.strip_prefix("#-#-#-") == Some(&own) {
        let jekyll = archive.generator == Generator::Jekyll
            && document.path.split('/').any(|folder| folder == "_posts");
        return jekyll.then_some(Misfit::Undated);
    }
    if plain(&own) == plain(usual) {
        return Some(Misfit::Near);
    }
    // A word that is spelt right may be another series' or a run's: "weeks-#-to-#".
    let standing = archive.standing(id)?;
    let spelt_right = standing.role == Role::Note
        && standing
            .said(Whence::FileName)
            .is_some_and(|said| said.claim.named);
    let speaks = || {
        claims::all(document)
            .iter()
            .any(|said| said.claim.named && !said.claim.numbers.is_empty())
    };
    let letters = usual
        .chars()
        .filter(|character| character.is_alphabetic())
        .count();
    (!spelt_right
        && letters >= 4
        && own.matches('#').count() == usual.matches('#').count()
        && strsim::damerau_levenshtein(&own, usual) <= 2
        && speaks())
    .then_some(Misfit::Near)
}

/// A shape without regard to case and to what separates its parts.
fn plain(shape: &str) -> String {
    let kept = shape
        .chars()
        .filter(|character| character.is_alphabetic() || *character == '#');
    kept.flat_map(char::to_lowercase).collect()
}

/// Whether a name is the usual one with what editors, file managers and synchronising tools add to copies.
fn is_copy(own: &str, usual: &str) -> bool {
    const MARKS: [&str; 9] = [
        " copy",
        "-copy",
        "_copy",
        " (#)",
        "(#)",
        " (copy)",
        " - copy",
        " conflict",
        "~",
    ];
    // What is added may stand before an extension: `week-257.snip copy.markdown`.
    let Some(rest) = own.strip_prefix(usual) else {
        return false;
    };
    let rest = rest.trim_start_matches(".snip").to_lowercase();
    let rest = rest.strip_suffix(" #").unwrap_or(&rest);
    MARKS.contains(&rest)
        || rest.contains("conflicted copy")
        || rest.starts_with(".sync-conflict")
        || rest.starts_with(" (conflict")
        || rest.is_empty() && own.ends_with(" #")
}

#[cfg(test)]
mod tests;
