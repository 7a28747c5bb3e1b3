//! Two notes of a series for one week.

use super::{IN_SIGHT, all_series, days_apart, notes, wording};
use crate::archive::claims::{self, Said, Whence};
use crate::archive::timeline::{Entry, Ordinal};
use crate::archive::{Archive, Collection, Standing};
use crate::diagnostic::{DocumentId, Severity};
use crate::document::Document;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    id: "week/duplicate",
    summary: "two notes of a series for one week",
    docs: "\
**Finds.** Two notes that claim the same week. The rule reports the one that its neighbours or its date contradict, \
or else the later one. Of two titles that give the same days in place of a number, it reports the one that is \
further from its note's date.

**Why.** Almost always, the author numbered one week twice, and every later number may be off by one.

**Ignores.** Drafts; notes more than half a year apart, as in a series that counts anew every year; a run that \
includes another note's week; a note that contradicts itself (`week/disagreement`); series in which numbers often \
occur twice.

**Fix.** Correct the number, or merge the notes.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: None,
    check_archive: Some(check_archive),
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

fn check_archive(archive: &Archive, cx: &mut Context) {
    for series in all_series(archive) {
        same_days(archive, series, cx);
        for (one, other) in pairs(archive, series) {
            report(archive, series, one, other, cx);
        }
    }
}

/// Reports titles without numbers that give the days of another note's title, and lie further from the day of their own.
fn same_days(archive: &Archive, series: &Collection, cx: &mut Context) {
    let mut by_day: BTreeMap<Date, Vec<(u32, DocumentId, &Said)>> = BTreeMap::new();
    for (id, document, standing) in notes(archive, series) {
        if let Some((day, distance, said)) = days_of_title(document, standing) {
            by_day.entry(day).or_default().push((distance, id, said));
        }
    }
    let pairs: Vec<_> = by_day
        .into_values()
        .filter(|notes| notes.len() > 1)
        .collect();
    if pairs.len() > 1 && pairs.len() * 10 > series.documents.len() {
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

/// The first day that a note's title gives in the place of a number, and how far it lies from the day of the note.
fn days_of_title<'a>(document: &Document, standing: &'a Standing) -> Option<(Date, u32, &'a Said)> {
    let visible = [Whence::Heading, Whence::Title];
    let said = visible.iter().find_map(|&whence| standing.said(whence))?;
    let stated = said.claim.dates?.first;
    let named = standing.said(Whence::FileName);
    let own = match named.and_then(|named| named.claim.dates) {
        Some(range) => range.first.in_year(range.first.year?)?,
        None => claims::written(document)?,
    };
    let day = stated.near(own)?;
    let numbered = !said.claim.numbers.is_empty() || said.claim.season.is_some();
    (!numbered && !document.is_draft()).then_some((day, days_apart(day, own), said))
}

/// Notes that name the same weeks by mistake, each with the one before it.
pub(super) fn pairs(archive: &Archive, series: &Collection) -> Vec<(Entry, Entry)> {
    let ends_with_week = |id: DocumentId| {
        let stem = archive.document(id).map_or("", Document::stem);
        stem.ends_with(|last: char| last.is_ascii_digit())
    };
    // Where the names of nine in ten notes end with the week, one that goes on after it is of another kind:
    // `week-226-links`.
    let mut bare = None;
    let mut is_of_a_kind = |id: DocumentId| {
        let names_are_bare = *bare.get_or_insert_with(|| {
            let ids = series.documents.iter();
            ids.filter(|&&id| ends_with_week(id)).count() * 10 >= series.documents.len() * 9
        });
        !names_are_bare || ends_with_week(id)
    };
    let entries = series.timeline.entries().iter();
    let neighbours = entries.clone().zip(entries.skip(1));
    let mut pairs: Vec<(Entry, Entry)> = neighbours
        .filter(|(one, other)| {
            one.ordinal == other.ordinal
                && are_of_one_week(archive, one, other) == Some(true)
                && is_of_a_kind(one.document)
                && is_of_a_kind(other.document)
        })
        .map(|(one, other)| (*one, *other))
        .collect();
    // Two notes for one run of weeks are one pair.
    pairs.dedup_by_key(|(one, other)| (one.document, other.document));
    // Numbers that come twice again and again are meant so.
    if pairs.len() > 1 && pairs.len() * 10 > series.documents.len() {
        return Vec::new();
    }
    let misnamed = |entry: &Entry| archive.is_misnamed(entry.document);
    pairs.retain(|(one, other)| !misnamed(one) && !misnamed(other));
    pairs
}

/// Whether the names differ in the code of a language at their end: `week-1-en`, `week-1.de`.
fn are_translations(one: &Document, other: &Document) -> bool {
    let name = |document: &Document| {
        let (name, code) = document.stem().rsplit_once(['-', '.', '_'])?;
        let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
        is_code.then(|| name.to_owned())
    };
    name(one).is_some_and(|one| name(other) == Some(one))
}

fn are_of_one_week(archive: &Archive, one: &Entry, other: &Entry) -> Option<bool> {
    let (first, second) = (
        archive.document(one.document)?,
        archive.document(other.document)?,
    );
    let [a, b] = [one, other].map(|entry| {
        let standing = archive.standing(entry.document);
        standing.filter(|standing| standing.contradiction.is_none())
    });
    let (a, b) = (&a?.week()?.claim, &b?.week()?.claim);
    let near = match (one.date, other.date) {
        (Some(one), Some(other)) => days_apart(one, other) <= FAR_APART,
        _ => first.folder() == second.folder(),
    };
    // Weeks of a month begin again with every folder.
    let of_a_month =
        a.numbers.iter().all(|number| *number <= 5) && first.folder() != second.folder();
    let same = near
        && !of_a_month
        && one.document != other.document
        && !first.is_draft()
        && !second.is_draft()
        && (&a.numbers, &a.season, a.year) == (&b.numbers, &b.season, b.year)
        // Two sequences may share a folder: "Weeknotes 12" and "Project notes 12".
        && a.named == b.named
        && !are_translations(first, second);
    Some(same)
}

fn report(archive: &Archive, series: &Collection, one: Entry, other: Entry, cx: &mut Context) {
    let (wrong, right, meant) = wrong_of(archive, series, one, other);
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
    let help = match meant {
        Some(number) => format!(
            "by its date this is number {number}, which no note has yet: correct the number everywhere in the note, or merge the two"
        ),
        None => "correct the one that is wrong, or merge the two".to_owned(),
    };
    let message = format!("there are two notes for {weeks}");
    cx.report_at(wrong.at(said.span), &weeks, message)
        .help(help)
        .label_at(right.at(held.span), format!("the other note for {weeks}"));
}

/// Where a note's week is best shown: in its heading or title rather than in its file's name.
fn shown(standing: &Standing) -> Option<&Said> {
    let week = standing.week()?;
    let mut places = IN_SIGHT.iter();
    let said = places.find_map(|&whence| standing.said(whence));
    said.or(Some(week))
}

/// The one of two notes whose number is wrong, the other, and the number that was meant where that can be told. The
/// timeline has sorted them by date.
fn wrong_of(
    archive: &Archive,
    series: &Collection,
    one: Entry,
    other: Entry,
) -> (Entry, Entry, Option<u32>) {
    // The days of the week decide, where the numbers are tied to days.
    let fits = |entry: Entry| {
        let (first, last) = archive.days_of(entry.document)?;
        Some((first..=last).contains(&entry.date?))
    };
    match (fits(one), fits(other)) {
        (Some(true), Some(false)) => return (other, one, None),
        (Some(false), Some(true)) => return (one, other, None),
        _ => {}
    }
    if let (Some(first), Some(second)) = (one.date, other.date)
        && first < second
    {
        let is_free = |number: u32| {
            let place = Ordinal {
                number,
                ..one.ordinal
            };
            series.timeline.at(place).is_empty()
        };
        let number = one.ordinal.number;
        let next = series.timeline.after(other.ordinal, other.document).next();
        if is_free(number + 1) && next.is_none_or(|(_, date)| second <= date) {
            return (other, one, Some(number + 1));
        }
        if number > 0 && is_free(number - 1) {
            return (one, other, Some(number - 1));
        }
    }
    match one.document < other.document {
        true => (other, one, None),
        false => (one, other, None),
    }
}
