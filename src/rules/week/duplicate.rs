//! Two notes of a series for one week.

use super::{disagreement::nearest, wording};
use crate::archive::claims::{self, Said, Whence};
use crate::archive::timeline::{Entry, Ordinal};
use crate::archive::{Archive, Collection};
use crate::diagnostic::{DocumentId, Place, Severity};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::week::calendar;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "week/duplicate",
    summary: "two notes of a series for one week",
    docs: "\
Two notes that claim the same week are almost always one week numbered twice: the count was not raised, and every later \
number may be off by one. The rule reports the note whose number its neighbours or its date contradict, or else the later \
one, and shows the other. Where dates stand in the place of numbers, two titles that give the same days are found, and the \
one that lies further from the day of its note is reported.

Silent are drafts, notes that lie more than half a year apart (weeks that are counted anew every year), a run that \
includes another note's week, a note that contradicts itself (`week/disagreement` says so), and series where numbers \
often come twice.

Correct the number, or merge the notes.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "the count was not raised",
            backdrop: Backdrop::None,
            files: &[
                ("posts/2024-03-01-week-33-rain.md", "---\ntitle: \"Week 33: rain\"\ndate: 2024-03-01\n---\n"),
                ("posts/2024-03-08-week-34-sun.md", "---\ntitle: \"Week 34: sun\"\ndate: 2024-03-08\n---\n"),
                ("posts/2024-03-15-week-34-snow.md", "---\ntitle: \"⟦Week 34⟧: snow\"\ndate: 2024-03-15\n---\n"),
            ],
            fixed: None,
        },
        Example::Bad {
            title: "the first of two was counted too far",
            backdrop: Backdrop::None,
            files: &[
                ("posts/2024-02-23-week-32.md", "---\ntitle: \"Week 32\"\ndate: 2024-02-23\n---\n"),
                ("posts/2024-03-01-week-34-rain.md", "---\ntitle: \"⟦Week 34⟧: rain\"\ndate: 2024-03-01\n---\n"),
                ("posts/2024-03-08-week-34-sun.md", "---\ntitle: \"Week 34: sun\"\ndate: 2024-03-08\n---\n"),
                ("posts/2024-03-15-week-35.md", "---\ntitle: \"Week 35\"\ndate: 2024-03-15\n---\n"),
            ],
            fixed: None,
        },
        Example::Bad {
            title: "the dates of last week's title were left as they were",
            backdrop: Backdrop::None,
            files: &[
                ("weeknotes/2024-03-08.md", "# 4 to 8 March 2024\n"),
                ("weeknotes/2024-03-15.md", "# ⟦4 to 8 March 2024⟧\n"),
            ],
            fixed: None,
        },
        Example::Good {
            title: "weeks that begin again every year",
            backdrop: Backdrop::None,
            files: &[
                ("notes/2023/week-12.md", "---\ndate: 2023-03-24\n---\n# Week 12\n"),
                ("notes/2024/week-12.md", "---\ndate: 2024-03-22\n---\n# Week 12\n"),
            ],
        },
        Example::Good {
            title: "a week's links beside its note",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-119-links.snip.markdown",
                "Week 119 links\n==============\n\nBeans.\n\n:created_at: 2011-04-29 16:00:00 +00:00\n:page_title: Week 119 links\n",
            )],
        },
        Example::Good {
            title: "a summary of several weeks beside one of them",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/weeks-119-to-122.snip.markdown",
                "Weeks 119 to 122\n================\n\nBeans.\n\n:created_at: 2011-05-20 16:00:00 +00:00\n:page_title: Weeks 119 to 122\n",
            )],
        },
    ],
};

/// How many days two notes of one week lie apart at most.
const FAR_APART: u32 = 183;

/// By how many days more a title lies from its note if it is that of the week before.
const ANOTHER_WEEK: u32 = 6;

/// See [`META`].
pub struct Duplicate;

impl Rule for Duplicate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_archive(&self, archive: &Archive, cx: &mut Context) {
        for collection in archive.collections.iter().filter(|one| one.is_series()) {
            same_days(archive, collection, cx);
            let pairs = pairs(archive, collection);
            // Numbers that come twice again and again are meant so.
            if pairs.is_empty() || pairs.len() > 1 && pairs.len() * 10 > collection.documents.len()
            {
                continue;
            }
            for (one, other) in pairs {
                if !archive.is_misnamed(one.document) && !archive.is_misnamed(other.document) {
                    report(archive, collection, one, other, cx);
                }
            }
        }
    }
}

/// Reports titles without numbers that give the days of another note's title, and lie further from the day of their own.
fn same_days(archive: &Archive, collection: &Collection, cx: &mut Context) {
    let mut by_day: BTreeMap<Date, Vec<(u32, DocumentId, &Said)>> = BTreeMap::new();
    for &id in &collection.documents {
        if let Some((day, found)) = days_of_title(archive, id) {
            by_day.entry(day).or_default().push(found);
        }
    }
    let pairs: Vec<_> = by_day.into_values().filter(|notes| notes.len() > 1).collect();
    if pairs.len() > 1 && pairs.len() * 10 > collection.documents.len() {
        return;
    }
    for mut notes in pairs {
        notes.sort_by_key(|(distance, id, _)| (*distance, *id));
        if let [(near, right, held), (far, wrong, said)] = *notes
            && far - near >= ANOTHER_WEEK
        {
            report_two((wrong, said), (right, held), None, cx);
        }
    }
}

/// The first day that a note's title gives in the place of a number, with its distance from the day of the note.
fn days_of_title(archive: &Archive, id: DocumentId) -> Option<(Date, (u32, DocumentId, &Said))> {
    let (document, standing) = (archive.document(id)?, archive.standing(id)?);
    let visible = [Whence::Heading, Whence::Title];
    let said = visible.iter().find_map(|&whence| standing.said(whence))?;
    let stated = said.claim.dates?.first;
    let named = standing.said(Whence::FileName);
    let own = match named.and_then(|named| named.claim.dates) {
        Some(range) => range.first.in_year(range.first.year?)?,
        None => claims::written(document)?,
    };
    let day = nearest(stated, own)?;
    let distance = calendar::day_number(day).abs_diff(calendar::day_number(own));
    let numbered = !said.claim.numbers.is_empty() || said.claim.season.is_some();
    (!numbered && !document.is_draft()).then_some((day, (distance, id, said)))
}

/// Notes that name the same weeks, each with the one before it.
fn pairs(archive: &Archive, collection: &Collection) -> Vec<(Entry, Entry)> {
    let mut pairs = Vec::new();
    let mut bare = None;
    for two in collection.timeline.entries().windows(2) {
        let [one, other] = two else { continue };
        if one.ordinal != other.ordinal || !are_of_one_week(archive, one, other) {
            continue;
        }
        // Where names end with the week, one that goes on after it is of another kind: `week-226-links`.
        let bare = *bare.get_or_insert_with(|| names_end_with_the_week(archive, collection));
        let is_of_a_kind = |entry: &Entry| !bare || ends_with_the_week(archive, entry.document);
        if is_of_a_kind(one) && is_of_a_kind(other) {
            pairs.push((*one, *other));
        }
    }
    // Two notes for one run of weeks are one pair.
    pairs.dedup_by_key(|(one, other)| (one.document, other.document));
    pairs
}

/// Whether the names differ in the code of a language at their end: `week-1-en`, `week-1.de`.
fn are_translations(archive: &Archive, one: DocumentId, other: DocumentId) -> bool {
    let parts = |id| archive.document(id)?.stem().rsplit_once(['-', '.', '_']);
    let is_code =
        |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    matches!((parts(one), parts(other)), (Some((name, one)), Some((same, other)))
        if name == same && is_code(one) && is_code(other))
}

/// Whether the names of nine in ten notes end with the week.
fn names_end_with_the_week(archive: &Archive, collection: &Collection) -> bool {
    let notes = collection.documents.iter();
    let bare = notes.filter(|&&id| ends_with_the_week(archive, id)).count();
    bare * 10 >= collection.documents.len() * 9
}

fn ends_with_the_week(archive: &Archive, id: DocumentId) -> bool {
    archive.document(id).is_some_and(|document| {
        document
            .stem()
            .ends_with(|last: char| last.is_ascii_digit())
    })
}

fn are_of_one_week(archive: &Archive, one: &Entry, other: &Entry) -> bool {
    let (Some(a), Some(b)) = (
        archive.standing(one.document),
        archive.standing(other.document),
    ) else {
        return false;
    };
    let (Some(first), Some(second)) = (a.week(), b.week()) else {
        return false;
    };
    let finished = |id| {
        archive
            .document(id)
            .is_some_and(|document| !document.is_draft())
    };
    let folder = |id| archive.document(id).map(|document| document.folder());
    let near = match (one.date, other.date) {
        (Some(one), Some(other)) => {
            calendar::day_number(one).abs_diff(calendar::day_number(other)) <= FAR_APART
        }
        _ => folder(one.document) == folder(other.document),
    };
    // Weeks of a month begin again with every folder.
    let of_a_month = first.claim.numbers.iter().all(|number| *number <= 5)
        && folder(one.document) != folder(other.document);
    near && !of_a_month
        && one.document != other.document
        && a.contradiction.is_none()
        && b.contradiction.is_none()
        && finished(one.document)
        && finished(other.document)
        && first.claim.numbers == second.claim.numbers
        && first.claim.season == second.claim.season
        && first.claim.year == second.claim.year
        // Two sequences may share a folder: "Weeknotes 12" and "Project notes 12".
        && first.claim.named == second.claim.named
        && !are_translations(archive, one.document, other.document)
}

fn report(archive: &Archive, collection: &Collection, one: Entry, other: Entry, cx: &mut Context) {
    let (wrong, right, meant) = wrong_of(archive, collection, one, other);
    let said = |entry: Entry| archive.standing(entry.document).and_then(shown);
    let (Some(said), Some(held)) = (said(wrong), said(right)) else {
        return;
    };
    report_two((wrong.document, said), (right.document, held), meant, cx);
}

fn report_two(
    (wrong, said): (DocumentId, &Said),
    (right, held): (DocumentId, &Said),
    meant: Option<u32>,
    cx: &mut Context,
) {
    let weeks = wording::weeks(&said.claim);
    let place = |document, said: &Said| Place {
        document,
        span: said.span,
    };
    let message = format!("there are two notes for {weeks}");
    let help = match meant {
        Some(number) => format!(
            "by its date this is number {number}, which no note has yet: correct the number everywhere in the note, or merge the two"
        ),
        None => "correct the one that is wrong, or merge the two".to_owned(),
    };
    cx.report_at(place(wrong, said), &weeks, message)
        .help(help)
        .label_at(
            place(right, held),
            format!("the other note for {weeks}"),
        );
}

/// Where a note's week is best shown: in its heading or title rather than in its file's name.
fn shown(standing: &crate::archive::Standing) -> Option<&Said> {
    let week = standing.week()?;
    let visible = [Whence::Heading, Whence::Title, Whence::Key];
    let said = visible.iter().find_map(|&whence| standing.said(whence));
    said.or(Some(week))
}

/// The one of two notes whose number is wrong, the other, and the number that was meant where that can be told.
fn wrong_of(
    archive: &Archive,
    collection: &Collection,
    one: Entry,
    other: Entry,
) -> (Entry, Entry, Option<u32>) {
    // The days of the week decide, where the numbers are tied to days.
    let fits = |entry: Entry| {
        let days = archive.days_of(entry.document);
        days.zip(entry.date)
            .map(|((first, last), date)| (first..=last).contains(&date))
    };
    match (fits(one), fits(other)) {
        (Some(true), Some(false)) => return (other, one, None),
        (Some(false), Some(true)) => return (one, other, None),
        _ => {}
    }
    // The timeline is sorted by date where the numbers are the same.
    let (earlier, later) = (one, other);
    if let (Some(first), Some(second)) = (earlier.date, later.date)
        && first < second
    {
        let number = earlier.ordinal.number;
        let at = |number: u32| Ordinal {
            number,
            ..earlier.ordinal
        };
        let is_free = |number: u32| collection.timeline.at(at(number)).is_empty();
        let next = collection
            .timeline
            .after(later.ordinal, later.document)
            .next();
        if is_free(number + 1) && next.is_none_or(|(_, date)| second <= date) {
            return (later, earlier, Some(number + 1));
        }
        if number > 0 && is_free(number - 1) {
            return (earlier, later, Some(number - 1));
        }
    }
    let by_path = one.document < other.document;
    if by_path {
        (other, one, None)
    } else {
        (one, other, None)
    }
}
