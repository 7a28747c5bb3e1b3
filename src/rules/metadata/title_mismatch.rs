//! A title that the page itself words otherwise.

use super::evidence::{is_doubtful, plural, written};
use crate::archive::claims::{Said, Whence, agree, title_entry};
use crate::archive::conventions::{almost_always, same_wording};
use crate::archive::{Archive, Role};
use crate::diagnostic::Severity;
use crate::document::{Document, Heading};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::source::Span;
use crate::week::claim;
use std::collections::BTreeSet;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "metadata/title-mismatch",
    summary: "the title key and the heading differ, where they are equal everywhere else",
    docs: "\
Feeds, lists and the browser's tab show the title of the metadata, the page shows its heading. Where an archive keeps \
both equal (in at least 95 % of at least 20 files that have both), a difference is a title that was mended in one place \
only, or left over from another note.

Compared is the source text; quotation marks, dashes, escapes and emphasis make no difference. Titles that name other \
weeks are found by `week/disagreement`, a heading without a week by `week/missing`. Two wordings for the same weeks are \
the author's choice. Where most of the words agree, the finding is for information.",
    severity: Some(Severity::Warning),
    fix: FixAvailability::None,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "the subtitle was added in one place",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140: the pump\n==================\n\nIt works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: ⟦Week 140⟧\n:extension: markdown\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "quotation marks of another form",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140: the pump’s back\n=========================\n\nIt works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: \"Week 140: the pump's back\"\n:extension: markdown\n",
            )],
        },
        Example::Good {
            title: "another wording of the same weeks",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/weeks-140-and-141.snip.markdown",
                "The long one (weeks 140 and 141)\n================================\n\nIt works again.\n\n:name: weeks-140-and-141\n:updated_at: 2011-09-30 16:10:00 +00:00\n\
                 :created_at: 2011-09-30 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Weeks 140 & 141\n:extension: markdown\n",
            )],
        },
    ],
};

/// See [`META`].
pub struct TitleMismatch;

impl Rule for TitleMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        let (Some(entry), Some(heading)) = (title_entry(document), document.title_heading()) else {
            return;
        };
        if is_doubtful(document, entry) {
            return;
        }
        let title = entry.as_str().unwrap_or("");
        if same_wording(title, &heading.source) || same_wording(title, &heading.text) {
            return;
        }
        let Some(collection) = archive.collection(cx.document) else {
            return;
        };
        let conventions = &collection.conventions;
        if !almost_always(conventions.equal_titles, conventions.two_titles)
            || title.trim().is_empty()
        {
            return;
        }
        let is_note = archive
            .standing(cx.document)
            .is_some_and(|standing| standing.role == Role::Note);
        let difference = difference(title, heading, is_note);
        if difference == Difference::OfWeeks {
            return;
        }
        let report = cx
            .report(
                entry.value_span,
                &entry.key,
                format!(
                    "`{}` and the heading are different",
                    written(document, &entry.key)
                ),
            )
            .label(heading.content, "the heading")
            .help(format!(
                "make them the same, as they are in {} of {} {}",
                conventions.equal_titles,
                conventions.two_titles,
                plural(collection)
            ));
        if difference == Difference::OfSomeWords {
            let _ = report.at_most(Severity::Info);
        }
    }
}

/// How two titles differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Difference {
    /// In the weeks, which is for other rules to say; or not in the weeks, which is no difference.
    OfWeeks,
    /// In less than half of their words.
    OfSomeWords,
    /// Plainly.
    Plain,
}

fn difference(title: &str, heading: &Heading, is_note: bool) -> Difference {
    let said = |whence, text: &str| {
        claim::of_title(text).map(|claim| Said {
            whence,
            span: Span::at(0),
            claim,
        })
    };
    let by_title = said(Whence::Title, title);
    let by_heading = said(Whence::Heading, &heading.source);
    let agreed = match (&by_title, &by_heading) {
        (Some(one), Some(other)) => agree(one, other),
        (None, None) => None,
        // One of the two names no week.
        _ if is_note => return Difference::OfWeeks,
        _ => None,
    };
    if agreed == Some(false) && is_note {
        return Difference::OfWeeks;
    }
    let (one, other) = (
        title.trim().to_lowercase(),
        heading.source.trim().to_lowercase(),
    );
    if one.starts_with(&other) || other.starts_with(&one) {
        return Difference::Plain;
    }
    if agreed == Some(true) {
        return Difference::OfWeeks;
    }
    let (one, other) = (words(&one), words(&other));
    let shared = one.intersection(&other).count();
    if shared * 2 > one.union(&other).count() {
        Difference::OfSomeWords
    } else {
        Difference::Plain
    }
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}
