//! A title or a heading that names no week, where those of the other notes do.

use super::{all_series, notes, wording};
use crate::archive::claims::same_wording;
use crate::archive::claims::{Said, Whence, title_entry};
use crate::archive::laws::share::almost_always;
use crate::archive::{Archive, Collection, Standing};
use crate::diagnostic::{DocumentId, Severity};
use crate::document::Document;
use crate::rules::body::placeholder::is_unwritten;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};
use crate::source::Span;
use crate::week::statements::{Stated, statements};
use crate::week::{Claim, claim};

/// The rule.
pub static RULE: Rule = Rule {
    id: "week/missing",
    summary: "a note without its week in title or heading, in a numbered series",
    docs: "\
**Finds.** A title or heading that names no week, or has the number without the word: `Wednesday links - 263` among \
many `Wednesday links - week 262`. At least 95 % of at least 20 notes must name their week in the same place.

**Why.** Readers cannot find a note without its week again, in a list of posts, in a feed, or by searching.

**Ignores.** Notes that name their week nowhere else; the newest notes, where two or more leave the week out; notes \
without a heading (`body/titles`).

**Fix.** Write the week into the title or heading as the other notes do.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: None,
    check_archive: Some(check_archive),
    examples: &[
        Example::Bad {
            title: "the heading has the number and not the week",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-121.snip.markdown",
                "⟦Greenhouse notes - 121⟧\n======================\n\nBeans.\n\n:name: week-121\n\
                 :created_at: 2011-05-13 16:00:00.000000000 +00:00\n:page_title: Week 121\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "neither title nor heading says which week it is",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-121.snip.markdown",
                "⟦The beans are up⟧\n================\n\nAt last.\n\n:name: week-121\n\
                 :created_at: 2011-05-13 16:00:00.000000000 +00:00\n:page_title: The beans are up\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a note that has no number at all",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-holidays.md",
                "---\ntitle: Closed for the holidays\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nSee you in autumn.\n",
            )],
        },
        Example::Good {
            title: "a few notes are no convention",
            backdrop: Backdrop::None,
            files: &[
                ("notes/week-1.md", "# Week 1\n"),
                ("notes/week-2.md", "# Rain and beans\n"),
                ("notes/week-3.md", "# Week 3\n"),
            ],
        },
    ],
};

fn check_archive(archive: &Archive, cx: &mut Context) {
    for series in all_series(archive) {
        check(archive, series, cx);
    }
}

/// A title or heading, and whether it names a week.
struct Title<'a> {
    whence: Whence,
    span: Span,
    text: &'a str,
    named: bool,
}

fn has_number(claim: &Claim) -> bool {
    !claim.numbers.is_empty() || claim.season.is_some()
}

/// Whether a text holds a number of the note's week.
fn states_number(text: &str, standing: &Standing) -> bool {
    let numbers = standing.week().map(|said| said.claim.numbers.as_slice());
    statements(text).iter().any(|said| match said.stated {
        Stated::Number { value, .. } => numbers.is_some_and(|numbers| numbers.contains(&value)),
        Stated::Week { .. } => true,
        _ => false,
    })
}

/// The title of the metadata and the heading.
fn titles<'a>(document: &'a Document, standing: &Standing) -> [Option<Title<'a>>; 2] {
    let named = |whence, text: &str| match standing.said(whence) {
        // Told as a placeholder.
        None if is_unwritten(text) => true,
        Some(Said { claim, .. }) => {
            (claim.named || claim.iso) && has_number(claim) || claim.dates.is_some()
        }
        // In the words of other languages, a run of weeks is not read.
        None => claim::may_name_a_week(text) || states_number(text, standing),
    };
    // An empty title, or one that cannot be read, is told as such.
    let readable = title_entry(document)
        .filter(|entry| !entry.value.is_empty() && !document.metadata.is_doubtful(entry));
    let title = readable.map(|entry| {
        let text = entry.as_str().unwrap_or("");
        Title {
            whence: Whence::Title,
            span: entry.value_span,
            text,
            named: named(Whence::Title, text),
        }
    });
    let heading = document.title_heading();
    let heading = heading.filter(|heading| heading.level == 1);
    let heading = heading.map(|heading| Title {
        whence: Whence::Heading,
        span: heading.content,
        text: &heading.source,
        named: named(Whence::Heading, &heading.source),
    });
    [title, heading]
}

fn check(archive: &Archive, series: &Collection, cx: &mut Context) {
    let numbered = notes(archive, series).filter(|(.., standing)| {
        let week = standing.week().map(|said| &said.claim);
        week.is_some_and(|claim| !claim.bonus && has_number(claim))
    });
    let notes: Vec<_> = numbered
        .map(|(id, document, standing)| (id, standing, titles(document, standing)))
        .collect();
    // How many of the titles, and of the headings, name a week.
    let counts = [Whence::Title, Whence::Heading].map(|whence| {
        let titles = notes
            .iter()
            .flat_map(|(.., titles)| titles.iter().flatten());
        let titles = titles.filter(|title| title.whence == whence);
        (
            titles.clone().filter(|title| title.named).count(),
            titles.count(),
        )
    });
    if counts.iter().all(|(with, of)| with == of) {
        return;
    }
    let changed = changed_habits(archive, series);
    for (id, standing, titles) in notes.iter().filter(|(id, ..)| !changed.contains(id)) {
        let mut missing = titles.iter().zip(counts).filter_map(|(title, (with, of))| {
            let title = title.as_ref().filter(|title| !title.named)?;
            almost_always(with, of).then_some((title, (with, of)))
        });
        // Where both miss it, the heading is the one that readers see.
        let (one, heading) = (missing.next(), missing.next());
        if let Some((title, count)) = heading.or(one) {
            let also = heading.and(one).map(|(title, _)| title);
            report(*id, standing, title, count, also, cx);
        }
    }
}

/// Two or more notes at one end of the series that name no week in their titles: the author has come to another habit,
/// or had one before.
fn changed_habits(archive: &Archive, series: &Collection) -> Vec<DocumentId> {
    let lacks = |id: &DocumentId| {
        let (Some(document), Some(standing)) = (archive.document(*id), archive.standing(*id))
        else {
            return false;
        };
        let titles = titles(document, standing);
        titles.iter().flatten().any(|title| !title.named)
    };
    let entries = series.timeline.entries().iter();
    let mut order: Vec<DocumentId> = entries.map(|entry| entry.document).collect();
    order.dedup();
    let first: Vec<_> = order.iter().copied().take_while(lacks).collect();
    let last: Vec<_> = order.iter().rev().copied().take_while(lacks).collect();
    let runs = [first, last].into_iter().filter(|run| run.len() > 1);
    runs.flatten().collect()
}

fn report(
    id: DocumentId,
    standing: &Standing,
    title: &Title,
    (with, of): (usize, usize),
    also: Option<&Title>,
    cx: &mut Context,
) {
    let Some(said) = standing.week() else { return };
    let name = wording::place(title.whence);
    let claimed = standing.said(title.whence).map(|said| &*said.claim.numbers);
    let message = match claimed {
        Some([number]) => format!("{name} has the number {number} but not the word `week`"),
        _ => format!(
            "{name} does not say that this is {}",
            wording::weeks(&said.claim)
        ),
    };
    let report = cx.report_at(id.at(title.span), name, message).help(format!(
        "name the week in it, so that readers can find it: {with} of {of} notes do"
    ));
    if let Some(other) = also {
        let (name, same) = (
            wording::place(other.whence),
            same_wording(title.text, other.text),
        );
        let is = if same {
            "is the same"
        } else {
            "does not say it either"
        };
        report.label(other.span, format!("{name} {is}"));
    } else if said.whence != title.whence {
        report.label(said.span, wording::says(said));
    }
}
