//! Dates that cannot be: changed before it was written, written in the future, another day than the file's name says.

use super::evidence::{report_value, written};
use crate::archive::conventions::{KeyFacts, Kind, almost_always};
use crate::archive::{Archive, claims};
use crate::diagnostic::{DocumentId, Severity};
use crate::document::Document;
use crate::document::metadata::{Entry, Timestamp, Value};
use crate::rules::week::days_apart;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};
use jiff::ToSpan;
use jiff::civil::Date;

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/dates",
    summary: "a date in the future, before the note was written, or other than the file name's",
    docs: "\
**Finds.** A note from the future; a note changed before it was written; a date that differs from the one in the \
file name (a warning). The last needs at least five files with both dates, four in five of which agree; elsewhere \
the rule reports only a date that is a year off.

**Why.** Sites sort and publish notes by their dates.

**Ignores.** Drafts from the future; times within one day; time zones; a change up to two weeks before `date`, as in \
a scheduled post. File names that share a day of the week name the week: a note published on another day is then \
right, unless it is out of order or only its month or year differs. `week/wrong-date` reports dates before the \
note's week.

**Fix.** Correct the date, or rename the file.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: Some(check_document),
    check_archive: None,
    examples: &[
        Example::Bad {
            title: "changed before it was written",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: ⟦2011-09-16 16:10:00 +00:00⟧\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a date that is still to come",
            backdrop: Backdrop::None,
            files: &[("notes/week-12.md", "---\ntitle: Week 12\ndate: ⟦2062-03-22⟧\n---\n\nFrost.\n")],
            fixed: None,
        },
        Example::Bad {
            title: "another day than the name's",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: ⟦2024-07-02⟧\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "published late",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-05\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
        },
        Example::Good {
            title: "a draft of next month",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "---\ntitle: Week 12\ndate: 2026-04-01\ndraft: true\n---\n\nFrost.\n",
            )],
        },
        Example::Good {
            title: "one clock was in summer time",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "---\ntitle: Week 12\ndate: 2024-03-22 12:00:00 +00:00\nupdated: 2024-03-22 12:00:00 +01:00\n---\n\nFrost.\n",
            )],
        },
    ],
};

/// The keys that hold the day of the last change.
const UPDATED_KEYS: &str = "updated_at updated lastmod last_modified_at last_modified modified_at modified updatedAt \
                            updatedDate dateModified date_modified";

/// How many files must have two dates before they are compared.
const ENOUGH_DATES: usize = 5;

/// How many days a post may wait for its publication.
const A_WHILE: i32 = 14;

/// An entry with its date.
type Dated<'a> = (&'a Entry, Date);

fn check_document(document: &Document, archive: &Archive, cx: &mut Context) {
    let metadata = &document.metadata;
    let created = claims::date(document).filter(|(entry, _)| is_typed(entry, archive));
    let updated = UPDATED_KEYS.split(' ').find_map(|key| {
        let entry = metadata.get(key).filter(|entry| is_typed(entry, archive))?;
        Some((entry, entry.value.date()?))
    });
    // East of here it is tomorrow already.
    let tomorrow = archive.today.tomorrow().unwrap_or(archive.today);
    let dates = [created, updated].into_iter().flatten();
    let mut future = dates.filter(|(_, date)| *date > tomorrow);
    if let Some((entry, date)) = future.next() {
        if document.is_draft() {
            return;
        }
        let report = report_value(document, entry, &format!("is in the future: {date}"), cx)
            .note(format!("today is {}", archive.today))
            .help("correct the date, or mark the note as a draft if it is to appear later");
        if let Some((other, _)) = future.next() {
            report.label(other.value_span, "in the future as well");
        }
    } else if let (Some(created), Some(updated)) = (created, updated)
        && is_before(updated, created)
        && !is_scheduled(created, updated)
    {
        changed_before(document, updated, created, cx);
    } else if let Some((entry, date)) = created {
        against_the_name(document, entry, date, archive, cx);
    }
}

/// Whether a value is a date, or text where the archive's other dates are text too. Text among timestamps is reported as
/// such, and what date it would be is not certain.
fn is_typed(entry: &Entry, archive: &Archive) -> bool {
    let facts = archive.conventions.keys.get(&entry.key);
    let usual = facts.and_then(KeyFacts::usual_kind);
    entry.as_str().is_none() || usual.is_none_or(|(kind, _)| kind == Kind::Text)
}

/// Whether the day, and the instant where both have one, is before that of the other.
fn is_before(one: Dated, other: Dated) -> bool {
    one.1 < other.1
        && match (&one.0.value, &other.0.value) {
            (Value::Timestamp(one), Value::Timestamp(other)) => one.instant() < other.instant(),
            _ => true,
        }
}

/// Whether the day of publication lies a few days ahead, as that of a post that waits for it; the day of creation is past.
fn is_scheduled((entry, date): Dated, (_, changed): Dated) -> bool {
    !entry.key.starts_with("created") && changed.saturating_add(A_WHILE.days()) >= date
}

fn changed_before(
    document: &Document,
    (updated, changed_on): Dated,
    (created, written_on): Dated,
    cx: &mut Context,
) {
    let early = written(document, &created.key);
    let before = match changed_on.until(written_on).map(|span| span.get_days()) {
        Ok(1) => "a day before".to_owned(),
        Ok(days) => format!("{days} days before"),
        Err(_) => "before".to_owned(),
    };
    report_value(document, updated, &format!("is earlier than `{early}`"), cx)
        .note(format!("{changed_on}, {before}"))
        .label(created.value_span, format!("written on {written_on}"))
        .help("correct the one that is wrong: a note cannot change before it is written");
}

fn against_the_name(
    document: &Document,
    entry: &Entry,
    date: Date,
    archive: &Archive,
    cx: &mut Context,
) {
    let Some(named) = claims::date_in_name(document).filter(|named| *named != date) else {
        return;
    };
    let all = &archive.conventions;
    let (equal, of) = (all.equal_dates, all.two_dates);
    // A folder may have its own use for the dates in its names.
    let differs_here = archive.collection(cx.document).is_some_and(|collection| {
        let own = &collection.conventions;
        own.two_dates >= ENOUGH_DATES && own.equal_dates * 2 < own.two_dates
    });
    let is_slip = of >= ENOUGH_DATES && equal * 5 >= of * 4 && !differs_here;
    let wrong = is_slip
        && !is_of_another_zone(entry, named)
        && !is_of_its_week(named, date, archive, cx.document);
    let evidence = match wrong {
        true => Some(format!("the two agree in {equal} of {of} files")),
        false => a_year_off(named, date, archive, cx.document),
    };
    if let Some(evidence) = evidence {
        let what = format!("is {date}, and the file's name says {named}");
        report_value(document, entry, &what, cx)
            .note(evidence)
            .help("correct the date, or rename the file; the page's address may contain either")
            .at_most(Severity::Warning);
    }
}

/// How many notes are published soon after the day that names them, where this one is about a year off.
fn a_year_off(named: Date, date: Date, archive: &Archive, id: DocumentId) -> Option<String> {
    if !(330..400).contains(&days_apart(named, date)) {
        return None;
    }
    let ids = &archive.collection(id)?.documents;
    let dates = ids.iter().filter_map(|&id| {
        let document = archive.document(id)?;
        Some((claims::date_in_name(document)?, claims::date(document)?.1))
    });
    let (near, far): (Vec<_>, Vec<_>) =
        dates.partition(|&(named, date)| days_apart(named, date) < 60);
    let (near, of) = (near.len(), near.len() + far.len());
    let evidence = || format!("in {near} of {of} notes the two lie less than 60 days apart");
    almost_always(near, of).then(evidence)
}

/// Whether an instant that is written in UTC, by a machine as a rule, lies on the day somewhere.
fn is_of_another_zone(entry: &Entry, day: Date) -> bool {
    let Value::Timestamp(written) = entry.value else {
        return false;
    };
    let noon = Timestamp {
        date: day,
        second_of_day: 12 * 3600,
        offset: None,
    };
    written.offset == Some(0) && noon.instant().abs_diff(written.instant()) <= 24 * 3600
}

/// Whether names tell the week, and the date is one on which a note of that week may have been published: not before it
/// began, in the order of the notes, and no slip of month or year alone.
fn is_of_its_week(named: Date, date: Date, archive: &Archive, id: DocumentId) -> bool {
    let Some(collection) = archive.collection(id) else {
        return false;
    };
    let conventions = &collection.conventions;
    let day = named.weekday().to_monday_zero_offset().unsigned_abs();
    let so_named = conventions.named_by_day.get(usize::from(day));
    if conventions.two_dates < ENOUGH_DATES
        || so_named.is_none_or(|files| files * 10 < conventions.two_dates * 9)
    {
        return false;
    }
    let dates = |other: &DocumentId| {
        let document = archive.document(*other)?;
        Some((claims::date_in_name(document)?, claims::date(document)?.1))
    };
    let at = collection.documents.partition_point(|other| *other < id);
    let (before, after) = collection.documents.split_at(at);
    let before = before.iter().rev().find_map(dates);
    let after = after.iter().skip(1).find_map(dates);
    // A neighbour's date may be the wrong one.
    date.saturating_add(6.days()) >= named
        && date.day() != named.day()
        && before.is_none_or(|(name, written)| name.min(written) <= date)
        && after.is_none_or(|(name, written)| date <= name.max(written))
}

#[cfg(test)]
mod tests;
