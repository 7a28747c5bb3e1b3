//! Which series the next note belongs to, what its notes are about, and which of them are no examples.

use super::Wishes;
use super::carry::Point;
use crate::archive::{Archive, Collection, Numbering, claims, parts};
use crate::diagnostic::{DocumentId, Severity};
use crate::lint;
use crate::order::Order;
use crate::week::calendar::{day_number, iso_week, monday_of};
use miette::Report;
use std::collections::{BTreeSet, HashSet};

/// A series, how its last notes are numbered, and these, the last one last.
pub(super) type Continued<'a> = (&'a Collection, Numbering, Vec<(DocumentId, Point)>);

/// The series to continue.
pub(super) fn series<'a>(archive: &'a Archive, wishes: &Wishes) -> Result<Continued<'a>, Report> {
    let all = archive.collections.iter().filter(|one| one.is_series());
    let all: Vec<&Collection> = all.collect();
    if all.is_empty() {
        let reason = lint::no_notes(archive);
        miette::bail!("there is no series to continue: {reason}");
    }
    let wanted = wishes.series.as_deref();
    let wanted = wanted.map(|name| name.trim_end_matches('/'));
    let is_wanted =
        |one: &&Collection| wanted.is_none_or(|name| one.name == name || one.folder == name);
    let continued = all.iter().copied().filter(is_wanted);
    let continued = continued.filter_map(|one| continued_in(archive, one));
    // Of several, the one that was written for last.
    let last = continued.max_by_key(|(collection, _, notes)| {
        let last = notes.last().and_then(|(_, point)| point.day);
        (last, notes.len(), collection.name.as_str())
    });
    last.ok_or_else(|| {
        let folders: BTreeSet<&str> = all.iter().map(|one| one.folder.as_str()).collect();
        let known = Vec::from_iter(folders).join("`, `");
        let folder = wanted.unwrap_or("");
        miette::miette!("there is no series in `{folder}`; there is one in `{known}`")
    })
}

fn continued_in<'a>(archive: &Archive, collection: &'a Collection) -> Option<Continued<'a>> {
    let parts = parts::of(archive, collection);
    let last = parts.last();
    let numbering = last.map(|part| &part.numbering);
    let numbering = numbering.or(collection.numbering.as_ref())?.clone();
    let from = last.and_then(|part| archive.day_of(part.first));
    let ids = collection.documents.iter();
    let ids: Vec<DocumentId> = ids
        .filter(|id| from.is_none_or(|from| archive.day_of(**id).is_some_and(|day| day >= from)))
        .copied()
        .collect();
    let mut notes = in_order(archive, &ids, &numbering);
    let numbering = match numbering {
        Numbering::Epoch { .. } if leaves_pauses_out(&notes) => {
            notes = in_order(archive, &ids, &Numbering::Sequence);
            Numbering::Sequence
        }
        numbering => numbering,
    };
    (!notes.is_empty()).then_some((collection, numbering, notes))
}

/// Notes in the order of their weeks, numbers or paths.
fn in_order(
    archive: &Archive,
    ids: &[DocumentId],
    numbering: &Numbering,
) -> Vec<(DocumentId, Point)> {
    let points = ids.iter().map(|id| (*id, point(archive, *id, numbering)));
    let mut notes: Vec<(DocumentId, Point)> = points.collect();
    let is_known = |point: &Point| point.day.is_some() || !point.numbers.is_empty();
    if notes.iter().any(|(_, point)| is_known(point)) {
        notes.retain(|(_, point)| is_known(point));
    }
    notes.order_by_key(|(id, point)| {
        let monday = point.day.map(|day| day_number(monday_of(day)));
        let season = archive.claim(*id).and_then(|claim| claim.season);
        (monday, season, point.numbers.last().copied(), point.day)
    });
    notes
}

/// Whether numbers go on after a pause as if no week had passed.
fn leaves_pauses_out(notes: &[(DocumentId, Point)]) -> bool {
    let (mut left_out, mut counted) = (0, 0);
    for ((_, one), (_, next)) in notes.iter().zip(notes.iter().skip(1)) {
        let days = one.written.zip(next.written);
        let days = days.map(|(one, next)| day_number(next) - day_number(one));
        let numbers = one.numbers.last().zip(next.numbers.first());
        let (Some(days), Some((one, next))) = (days, numbers) else {
            continue;
        };
        let weeks = u32::try_from((days + 3) / 7).unwrap_or(0);
        match next.checked_sub(*one) {
            Some(1) if weeks > 1 => left_out += 1,
            Some(later) if weeks > 1 && later.abs_diff(weeks) <= 1 => counted += 1,
            _ => {}
        }
    }
    left_out > counted
}

/// The notes whose names, titles or metadata are not as they should be.
pub(super) fn doubtful(archive: &Archive) -> HashSet<DocumentId> {
    let (found, _) = lint::findings(archive);
    let is_example = |rule: &str| rule.starts_with("week/") || rule.starts_with("metadata/");
    let problems = found.iter().filter(|one| {
        one.severity > Severity::Info && is_example(one.rule) && one.rule != "week/duplicate"
    });
    problems.map(|one| one.place.document).collect()
}

/// What a note is about.
fn point(archive: &Archive, id: DocumentId, numbering: &Numbering) -> Point {
    let (profile, claim) = (archive.profile(id), archive.claim(id));
    let written = archive.document(id).and_then(claims::written);
    let year = profile.and_then(|profile| profile.year);
    let year = year.or(written.map(|day| iso_week(day).0));
    let tied = claim.and_then(|claim| numbering.days(claim, year));
    Point {
        // Where days count alone, `03-08` is one.
        numbers: match numbering {
            Numbering::Dates => Vec::new(),
            _ => claim.map_or(Vec::new(), |claim| claim.numbers.clone()),
        },
        day: tied.map(|(first, _)| first).or_else(|| archive.day_of(id)),
        written,
    }
}
