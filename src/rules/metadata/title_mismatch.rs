//! A title that the page itself words otherwise.

use super::evidence::{plural, report_value};
use crate::archive::Archive;
use crate::archive::claims::{Said, Whence, agree, title_entry};
use crate::archive::conventions::{almost_always, same_wording};
use crate::diagnostic::Severity;
use crate::document::{Document, Heading};
use crate::rules::body::placeholder::is_unwritten;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};
use crate::source::Span;
use crate::week::claim;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/title-mismatch",
    summary: "a title that differs from the heading, where other files keep the two equal",
    docs: "\
**Finds.** A title in the metadata that differs from the heading, in a series or folder that keeps the two equal (in \
at least 95 % of at least 20 files that have both).

**Why.** Feeds, lists and browser tabs show the title, the page shows its heading. Where they differ, somebody \
corrected only one of them, or copied the title from another note.

**Ignores.** Differences in quotation marks, dashes, escapes and emphasis; two wordings of the same weeks; titles \
that name other weeks (`week/disagreement`); headings without a week (`week/missing`). Where most words agree, the \
finding is an info.

**Fix.** Make the title and the heading the same.",
    severity: Some(Severity::Warning),
    fix: FixAvailability::None,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: Some(check_document),
    check_archive: None,
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

fn check_document(document: &Document, archive: &Archive, cx: &mut Context) {
    let (Some(entry), Some(heading), Some(collection)) = (
        title_entry(document),
        document.title_heading(),
        archive.collection(cx.document),
    ) else {
        return;
    };
    let title = entry.as_str().unwrap_or("");
    let conventions = &collection.conventions;
    let (equal, of) = (conventions.equal_titles, conventions.two_titles);
    if title.trim().is_empty()
        || is_unwritten(title)
        || is_unwritten(&heading.text)
        || !almost_always(equal, of)
        || same_wording(title, &heading.source)
        || same_wording(title, &heading.text)
        || document.metadata.is_doubtful(entry)
    {
        return;
    }
    let severity = match difference(title, heading, archive.is_note(cx.document)) {
        Difference::OfWeeks => return,
        Difference::OfSomeWords => Severity::Info,
        Difference::Plain => Severity::Warning,
    };
    let files = plural(collection);
    report_value(document, entry, "and the heading are different", cx)
        .label(heading.content, "the heading")
        .help(format!(
            "make them the same, as they are in {equal} of {of} {files}"
        ))
        .at_most(severity);
}

/// How two titles differ.
enum Difference {
    /// In the weeks, which is for other rules to say; or not in the weeks, which is no difference.
    OfWeeks,
    /// In less than half of their words.
    OfSomeWords,
    /// Plainly.
    Plain,
}

fn difference(title: &str, heading: &Heading, is_note: bool) -> Difference {
    let said = |whence, text| {
        let (span, claim) = (Span::at(0), claim::of_title(text)?);
        Some(Said {
            whence,
            span,
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
    let [one, other] = [title, &heading.source].map(|text| text.trim().to_lowercase());
    let begin_alike = one.starts_with(&other) || other.starts_with(&one);
    let (one, other) = (words(&one), words(&other));
    let shared = one.intersection(&other).count();
    match agreed {
        Some(false) if is_note => Difference::OfWeeks,
        _ if begin_alike => Difference::Plain,
        Some(true) => Difference::OfWeeks,
        _ if shared * 2 > one.union(&other).count() => Difference::OfSomeWords,
        _ => Difference::Plain,
    }
}

fn words(text: &str) -> BTreeSet<&str> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect()
}
