//! Links to the note before and to the one after, with which readers leaf through a series. Where nearly all notes have
//! such a link, one that leads to another note was copied with the note that it stands in.

use super::broken;
use crate::archive::laws::share::{Share, mode, needed};
use crate::archive::links::Holder;
use crate::archive::routes::Target;
use crate::archive::series::content_name;
use crate::archive::vault::{VaultTarget, wiki_name};
use crate::archive::{Archive, Collection};
use crate::diagnostic::DocumentId;
use crate::document::LinkKind;
use crate::hash::QuickMap;
use crate::order::Order;
use crate::rules::{Context, Page};
use crate::source::Span;
use crate::week::calendar::day_number;
use crate::week::statements::{form, statements};
use std::collections::BTreeMap;

/// So many links of one form from the beginning of a note, and so many from its end, may be steps.
const MOST_STEPS: usize = 3;

/// By how many bytes the place of a step varies at most where nothing but the name of a note is its text.
const FAR: usize = 40;

/// A link from one note of a series to another one.
struct Step<'a> {
    from: DocumentId,
    to: DocumentId,
    /// How many notes further in time that is, how many days, and how many weeks by the numbers of the notes.
    apart: i64,
    days: i32,
    weeks: Option<i64>,
    /// Whether no other link of the note has a text of this form.
    is_alone: bool,
    text: &'a str,
    destination: &'a str,
    span: Span,
    /// How many bytes stand between it and the beginning of the body, and its end.
    margins: [usize; 2],
}

/// Which link of a note it is: the form of its text, the end of the note from which links of this form are counted, 0 or 1,
/// and how many come before it.
type Place = (String, usize, usize);

/// Where the notes of a collection stand in time: their places in its order, and their days.
type Times = QuickMap<DocumentId, (usize, i32)>;

/// Reports the steps of each series, and of each folder of pages, that lead to other notes than nearly all others do.
pub(super) fn check(archive: &Archive, cx: &mut Context) {
    for collection in &archive.collections {
        let order = in_time(archive, collection);
        let times = order.iter().zip(0..);
        let times: Times = times.map(|((id, day), rank)| (*id, (rank, *day))).collect();
        let (steps, places) = by_place(archive, &order, &times);
        let odd = places
            .iter()
            .flat_map(|(place, found)| misled(place, found, &steps));
        let odd: BTreeMap<usize, (Share, i64)> = odd.collect();
        let mut wrong: BTreeMap<DocumentId, Vec<(&Step, Share, i64)>> = BTreeMap::new();
        for (at, (share, usual)) in odd {
            if let Some(step) = steps.get(at) {
                let note = wrong.entry(step.from).or_default();
                note.push((step, share, usual));
            }
        }
        for (id, steps) in wrong {
            cx.document = id;
            let meant = |usual: i64| {
                let (rank, _) = times.get(&id)?;
                let (meant, _) = order.get(rank.checked_add_signed(usual as isize)?)?;
                Some(*meant)
            };
            report(archive, &steps, meant, cx);
        }
    }
}

/// The steps of all notes, and the indices of those at each place.
fn by_place<'a>(
    archive: &'a Archive,
    order: &[(DocumentId, i32)],
    times: &Times,
) -> (Vec<Step<'a>>, BTreeMap<Place, Vec<usize>>) {
    let mut steps: Vec<Step> = Vec::new();
    let mut places: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for (id, _) in order {
        let first = steps.len();
        steps.extend(steps_of(archive, *id, times));
        let mut forms: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (step, at) in steps.iter().skip(first).zip(first..) {
            let form = form(step.text, &statements(step.text));
            forms.entry(form).or_default().push(at);
        }
        for (form, found) in forms {
            if let [only] = *found
                && let Some(step) = steps.get_mut(only)
            {
                step.is_alone = true;
            }
            let mut add = |end: usize, count: usize, at: usize| {
                let place = (form.clone(), end, count);
                places.entry(place).or_default().push(at);
            };
            for (count, at) in found.iter().take(MOST_STEPS).enumerate() {
                add(0, count, *at);
            }
            for (count, at) in found.iter().rev().take(MOST_STEPS).enumerate() {
                add(1, count, *at);
            }
        }
    }
    (steps, places)
}

/// The documents of a collection in the order of their days, with these; those without one are left out.
fn in_time(archive: &Archive, collection: &Collection) -> Vec<(DocumentId, i32)> {
    let documents = collection.documents.iter();
    let days = documents.filter_map(|id| {
        let covered = archive.days_of(*id).map(|(first, _)| first);
        Some((*id, day_number(covered.or_else(|| archive.day_of(*id))?)))
    });
    let mut days: Vec<_> = days.collect();
    days.order_by_key(|(_, day)| *day);
    days
}

/// The links of a note to others of its collection.
fn steps_of<'a>(archive: &'a Archive, id: DocumentId, times: &Times) -> Vec<Step<'a>> {
    let Some((document, (rank, day))) = archive.document(id).zip(times.get(&id)) else {
        return Vec::new();
    };
    let found = archive.looked_up(id).filter_map(|link| {
        let Target::Document(to) = link.target else {
            return None;
        };
        let destination = link.holder.destination();
        match link.holder {
            Holder::Link(_, link) => Some((*to, &*link.text, &**destination, link.span)),
            Holder::Definition(_, one) => Some((*to, &*one.label, &**destination, one.span)),
        }
    });
    let wikilinks = document.links.iter().filter_map(|link| {
        let is_one = link.kind == LinkKind::Wikilink && !link.image;
        let name = wiki_name(is_one.then(|| link.destination())?);
        match archive.resolve_wikilink(name) {
            VaultTarget::Document(to) => Some((to, &*link.text, &**link.destination(), link.span)),
            _ => None,
        }
    });
    let body = document.body;
    let week = |id| {
        archive
            .claim(id)?
            .numbers
            .first()
            .map(|week| i64::from(*week))
    };
    let steps = found.chain(wikilinks).filter_map(|link| {
        let (to, text, destination, span) = link;
        let margin = |from: u32, to: u32| to.saturating_sub(from) as usize;
        let (rank_there, day_there) = times.get(&to)?;
        Some(Step {
            from: id,
            to,
            apart: *rank_there as i64 - *rank as i64,
            days: day_there - day,
            weeks: week(to).zip(week(id)).map(|(there, here)| there - here),
            is_alone: false,
            text,
            destination,
            span,
            margins: [margin(body.start, span.start), margin(span.end, body.end)],
        })
    });
    let mut steps: Vec<Step> = steps.collect();
    steps.order_by_key(|step| step.span);
    steps
}

/// The steps at a place that lead further than to the next note, where nearly all lead to the one before or behind; with how
/// many do, and which of the two it is.
fn misled((form, end, _): &Place, found: &[usize], steps: &[Step]) -> Vec<(usize, (Share, i64))> {
    let steps = found.iter().filter_map(|at| Some((*at, steps.get(*at)?)));
    let steps: Vec<(usize, &Step)> = steps.collect();
    let most = mode(steps.iter().map(|(_, step)| step.apart));
    let Some((usual, with)) = most.filter(|(usual, _)| usual.abs() == 1) else {
        return Vec::new();
    };
    let share = Share::new(with, steps.len());
    if share.certainty() < needed::CONFLICT {
        return Vec::new();
    }
    let keepers = steps.iter().filter(|(_, step)| step.apart == usual);
    // The name of a note may stand anywhere in a text, too.
    let is_in_place = |step: &Step| {
        let margin = |step: &Step| step.margins.get(*end).copied().unwrap_or(0);
        let near = keepers.clone();
        let near = near.filter(|(_, other)| margin(other).abs_diff(margin(step)) <= FAR);
        form.contains(char::is_alphabetic) || near.count() * 2 > with
    };
    // A note may be written after the next one, and of two of one day either may come first; the first and the last note
    // have one such link.
    let days = mode(keepers.clone().map(|(_, step)| step.days));
    let is_fine = |step: &Step| {
        step.apart == usual
            || step.weeks == Some(usual)
            || days.is_some_and(|(days, _)| step.days == days)
            || step.apart == -usual && step.is_alone
    };
    let odd = steps.iter().filter(|(_, step)| !is_fine(step));
    let odd = odd.filter(|(_, step)| is_in_place(step));
    odd.map(|(at, _)| (*at, (share, usual))).collect()
}

/// Reports the steps of one note: one finding, since the note was copied. `meant` has the note before or after it.
fn report(
    archive: &Archive,
    steps: &[(&Step, Share, i64)],
    meant: impl Fn(i64) -> Option<DocumentId>,
    cx: &mut Context,
) {
    let name = |id: DocumentId| archive.document(id).map_or("", content_name);
    let is_new = |(step, ..): &&(&Step, Share, i64)| {
        let page = Page::of(archive, step.from);
        page.is_some_and(|page| broken(step.text, step.destination, page).is_none())
    };
    let mut steps = steps.iter().filter(is_new);
    let Some((step, share, usual)) = steps.next() else {
        return;
    };
    let side = if *usual < 0 { "before" } else { "after" };
    let there = match step.to == step.from {
        true => "this note itself".to_owned(),
        false => format!("`{}`", name(step.to)),
    };
    let message = format!("the link leads to {there}, not to the note {side}");
    let help = match meant(*usual) {
        Some(meant) => format!("link to `{}`", name(meant)),
        None => format!("correct the link: no note comes {side} this one"),
    };
    let habit = format!(
        "{} of {} notes link to the note {side} here",
        share.with, share.of
    );
    let further: Vec<Span> = steps.map(|(step, ..)| step.span).collect();
    cx.report(step.span, step.destination, message)
        .note(habit)
        .help(help)
        .labels(further, "leads to the wrong note, too");
}

#[cfg(test)]
mod tests;
