//! Dates that cannot be right: a note changed before it was written, or from the future, or dated another day than its file
//! name says.

use super::evidence::{place, written};
use crate::archive::claims;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::document::metadata::{Entry, Value};
use crate::rules::{Backdrop, Context, Example, Page, Rule};
use jiff::ToSpan;
use jiff::civil::Date;

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/dates",
    summary: "a date in the future, before the note was written, or other than the file name's",
    docs: "\
**Finds.** A date in the future; a note changed before it was written; a date that differs from the one in the file \
name, where nearly all files have the same in both, or that looks mistyped (another year or month); two dates \
in a different order from the other notes.

**Why.** Sites sort and publish notes by their dates.

**Ignores.** Drafts with a future date; time zones; a change up to two weeks before `date`, as in a scheduled post. Where \
file names all fall on the same day of the week, they name the week, and a note may be published up to a week away \
from that day. `week/wrong-date` reports dates before the note's week.

**Fix.** Correct the date, or rename the file.",
    severity: Some(Severity::Error),
    check_document: Some(check_document),
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
            title: "a date in the future",
            backdrop: Backdrop::None,
            files: &[("notes/week-12.md", "---\ntitle: Week 12\ndate: ⟦2062-03-22⟧\n---\n\nFrost.\n")],
            fixed: None,
        },
        Example::Bad {
            title: "a different day from the file name's",
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
            title: "a draft for next month",
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
    ..Rule::NEW
};

/// The keys that hold the day of the last change.
const UPDATED_KEYS: &str = "updated_at updated lastmod last_modified_at last_modified modified_at modified updatedAt \
                            updatedDate dateModified date_modified";

/// How many days a post may wait for its publication.
const A_WHILE: i32 = 14;

/// An entry with its date.
type Dated<'a> = (&'a Entry, Date);

fn check_document(page: Page<'_>, cx: &mut Context) {
    let (document, today) = (page.document, page.archive.today);
    let metadata = &document.metadata;
    let created = claims::date(document);
    let updated = UPDATED_KEYS.split(' ').find_map(|key| {
        let entry = metadata.get(key)?;
        Some((entry, entry.value.date()?))
    });
    // East of here it is tomorrow already.
    let tomorrow = today.tomorrow().unwrap_or(today);
    let dates = [created, updated].into_iter().flatten();
    let mut future = dates.filter(|(_, date)| *date > tomorrow);
    if let Some((entry, date)) = future.next() {
        if document.is_draft() {
            return;
        }
        let key = written(document, &entry.key);
        let message = format!("`{key}` is in the future: {date}");
        let report = cx
            .report(place(entry), &entry.key, message)
            .note(format!("today is {today}"))
            .help("correct the date, or mark the note as a draft until it appears");
        if let Some((other, _)) = future.next() {
            report.label(other.value_span, "also in the future");
        }
    } else if let (Some(created), Some(updated)) = (created, updated)
        && is_before(updated, created)
        && !is_scheduled(created, updated)
    {
        changed_before(document, updated, created, cx);
    }
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
    let [early, late] = [created, updated].map(|one| written(document, &one.key));
    let before = match changed_on.until(written_on).map(|span| span.get_days()) {
        Ok(1) => "a day before".to_owned(),
        Ok(days) => format!("{days} days before"),
        Err(_) => "before".to_owned(),
    };
    let message = format!("`{late}` is earlier than `{early}`");
    cx.report(place(updated), &updated.key, message)
        .note(format!("{changed_on}, {before}"))
        .label(created.value_span, format!("written on {written_on}"))
        .help("correct the one that is wrong: a note cannot change before it is written");
}

#[cfg(test)]
mod tests;
