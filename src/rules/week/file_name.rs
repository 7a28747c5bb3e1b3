//! A file among the notes whose name does not fit theirs, so that the site does not take it for one.

use crate::archive::misnamed::Misfit;
use crate::archive::{Archive, name_of};
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "week/file-name",
    summary: "a file name that narrowly misses the form of the others",
    docs: "\
**Finds.** In a series of at least 20 notes, a name that comes close to the form of at least 95 % of them and misses \
it: a copy that an editor or a synchronising tool left behind (`week-257.snip copy.markdown`, `week-258 (1).md`), a \
misspelt word (`wek-258.md`), other separators or capitals (`Week_258.md`), in Jekyll's `_posts` a missing date. \
Where the notes share no form, it finds copies only.

**Why.** The site makes a note's address from its file name. It does not serve a file whose name has another form, \
or serves it at an address that nobody links to.

**Ignores.** Names that are merely different: `weeks-520-to-524` covers a run, `holidays` is another page. \
`metadata/file-extension` reports another extension.

**Fix.** Rename the file as the others are named, or delete it if it is a copy.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: None,
    check_archive: Some(check_archive),
    examples: &[
        Example::Bad {
            title: "a copy that an editor left behind",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-119.snip copy.markdown",
                "⟦⟧Week 119\n========\n\nBeans.\n\n:name: week-119\n:page_title: Week 119\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a misspelt word",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/wek-121.snip.markdown",
                "⟦⟧Week 121\n========\n\nBeans.\n\n:name: wek-121\n:page_title: Week 121\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "another separator and a capital",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/Week_121.snip.markdown",
                "⟦⟧Week 121\n========\n\nBeans.\n\n:page_title: Week 121\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "Jekyll publishes posts whose names begin with a date",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/weeknotes-31.md",
                "⟦⟧---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nBeans.\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a run of weeks, and a page that is not a note",
            backdrop: Backdrop::Snips,
            files: &[
                (
                    "soups/weeknotes/weeks-120-to-122.snip.markdown",
                    "Weeks 120 to 122\n================\n\nBeans.\n\n:page_title: Weeks 120 to 122\n",
                ),
                (
                    "soups/weeknotes/about-our-weeks.snip.markdown",
                    "About our weeks\n===============\n\nBeans.\n\n:page_title: About\n",
                ),
            ],
        },
    ],
};

fn check_archive(archive: &Archive, cx: &mut Context) {
    for found in archive.misnamed() {
        let [name, usual] = [found.document, found.usual]
            .map(|id| archive.document(id).map_or("", Document::file_name));
        let here = format!(
            "{} of {} notes here are named like `{usual}`",
            found.with, found.of
        );
        let (message, help) = match found.misfit {
            Misfit::Copy => (
                format!("`{name}` is named like a copy of a note"),
                format!("delete it, or rename it: {here}"),
            ),
            Misfit::CopyOf => (
                format!("`{name}` is named like a copy of `{usual}`"),
                "delete it, or rename it".to_owned(),
            ),
            Misfit::Undated => (
                format!("`{name}` does not begin with a date"),
                format!("rename it: Jekyll publishes only posts that are named like `{usual}`"),
            ),
            Misfit::Near => (
                format!("`{name}` is not named like the other notes"),
                format!("rename it: {here}, and the page's address is made from the name"),
            ),
        };
        cx.report_at(name_of(found.document), name, message)
            .help(help);
    }
}
