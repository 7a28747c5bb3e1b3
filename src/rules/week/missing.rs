//! A title or a heading that names no week, where those of the other notes do.

use super::wording;
use crate::archive::claims::{Whence, title_entry};
use crate::archive::conventions::{almost_always, same_wording};
use crate::archive::{Archive, Collection, Standing};
use crate::diagnostic::{DocumentId, Place, Severity};
use crate::document::Document;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::source::Span;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "week/missing",
    summary: "a note of a numbered series whose title or heading names no week",
    docs: "\
In a series whose titles and headings say which week they are of, one that does not is hard to find again, in a list of \
posts, in a feed, or by searching. The rule finds the note whose title or heading names no week, or has the number and not \
the word, as `Wednesday links - 263` among many `Wednesday links - week 262`.

It speaks only where at least 95 % of at least 20 notes name their week in the same place, and only of notes that name \
their week somewhere else: a post without a number may be meant so. Where the newest two notes or more leave the week out, \
that is taken for a new habit. Notes without a heading are left to `body/titles`.

Write the week into the title or heading as the other notes have it.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
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

/// See [`META`].
pub struct Missing;

impl Rule for Missing {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_archive(&self, archive: &Archive, cx: &mut Context) {
        for collection in archive.collections.iter().filter(|one| one.is_series()) {
            check(archive, collection, cx);
        }
    }
}

/// Two or more notes at one end of the series that name no week in their titles: the author has come to another habit,
/// or had one before.
fn changed_habits(archive: &Archive, collection: &Collection) -> Vec<DocumentId> {
    let lacks = |id: DocumentId| {
        let (document, standing) = (archive.document(id)?, archive.standing(id)?);
        let titles = titles(document, standing);
        Some(titles.iter().flatten().any(|title| !title.named))
    };
    let mut order: Vec<DocumentId> = collection
        .timeline
        .entries()
        .iter()
        .map(|entry| entry.document)
        .collect();
    order.dedup();
    let end = |notes: &mut dyn Iterator<Item = &DocumentId>| {
        let run = notes.copied().take_while(|&id| lacks(id) == Some(true));
        let run: Vec<DocumentId> = run.collect();
        if run.len() > 1 { run } else { Vec::new() }
    };
    let mut changed = end(&mut order.iter());
    changed.extend(end(&mut order.iter().rev()));
    changed
}

/// A title or heading, and whether it names a week.
struct Title<'a> {
    whence: Whence,
    span: Span,
    text: &'a str,
    named: bool,
}

fn check(archive: &Archive, collection: &Collection, cx: &mut Context) {
    let mut counts = [(0, 0); 2];
    let notes = || {
        collection.documents.iter().filter_map(|&id| {
            let (document, standing) = (archive.document(id)?, archive.standing(id)?);
            let known = standing.week().is_some_and(|said| {
                !said.claim.bonus && (!said.claim.numbers.is_empty() || said.claim.season.is_some())
            });
            known.then_some((id, document, standing))
        })
    };
    for (_, document, standing) in notes() {
        for (title, count) in titles(document, standing).iter().zip(&mut counts) {
            if let Some(title) = title {
                count.0 += usize::from(title.named);
                count.1 += 1;
            }
        }
    }
    if counts.iter().all(|(with, of)| with == of) {
        return;
    }
    let changed = changed_habits(archive, collection);
    for (id, document, standing) in notes().filter(|(id, ..)| !changed.contains(id)) {
        let titles = titles(document, standing);
        let mut missing = titles.iter().zip(&counts).filter_map(|(title, count)| {
            let title = title.as_ref()?;
            (!title.named && almost_always(count.0, count.1)).then_some((title, *count))
        });
        // Where both miss it, the heading is the one that readers see.
        let second = missing.next();
        match (missing.next(), second) {
            (Some(heading), title) => report(id, standing, heading, title, cx),
            (None, Some(only)) => report(id, standing, only, None, cx),
            (None, None) => {}
        }
    }
}

/// The title of the metadata and the heading.
fn titles<'a>(document: &'a Document, standing: &Standing) -> [Option<Title<'a>>; 2] {
    let named = |whence| {
        standing.said(whence).is_some_and(|said| {
            let claim = &said.claim;
            (claim.named || claim.iso) && (!claim.numbers.is_empty() || claim.season.is_some())
                || claim.dates.is_some()
        })
    };
    let entry = title_entry(document).map(|entry| Title {
        whence: Whence::Title,
        span: entry.value_span,
        text: entry.as_str().unwrap_or(""),
        named: named(Whence::Title),
    });
    let heading = document
        .title_heading()
        .filter(|heading| heading.level == 1)
        .map(|heading| Title {
            whence: Whence::Heading,
            span: heading.content,
            text: &heading.source,
            named: named(Whence::Heading),
        });
    [entry, heading]
}

fn report(
    id: DocumentId,
    standing: &Standing,
    (title, (with, of)): (&Title, (usize, usize)),
    also: Option<(&Title, (usize, usize))>,
    cx: &mut Context,
) {
    let Some(said) = standing.week() else { return };
    let place = |span| Place { document: id, span };
    let (name, weeks) = (wording::place(title.whence), wording::weeks(&said.claim));
    let claimed = standing.said(title.whence).map(|said| &said.claim.numbers);
    let message = match claimed.map(Vec::as_slice) {
        Some([number]) => format!("{name} has the number {number} but not the word `week`"),
        _ => format!("{name} does not say that this is {weeks}"),
    };
    let report = cx.report_at(place(title.span), name, message).help(format!(
        "name the week in it, so that readers can find it: {with} of {of} notes do"
    ));
    if let Some((other, _)) = also {
        let message = if same_wording(title.text, other.text) {
            format!("{} is the same", wording::place(other.whence))
        } else {
            format!("{} does not say it either", wording::place(other.whence))
        };
        report.label_at(place(other.span), message);
    } else if said.whence != title.whence {
        let label = format!("{} says {weeks}", wording::place(said.whence));
        report.label_at(place(said.span), label);
    }
}
