//! A file among the notes whose name does not fit theirs, so that the site does not take it for one.

use crate::diagnostic::Severity;
use crate::rules::{Backdrop, Example, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "week/file-name",
    summary: "a file name that narrowly misses the form of the others",
    docs: "\
**Finds.** A name that comes close to the form of nearly all others and misses it: a misspelt word (`wek-258.md`), \
different separators or capitals (`Week_258.md`), a different number of digits in its date, in Jekyll's `_posts` a \
missing date. Whatever the form: a copy that an editor or a synchronising tool left behind (`week-257.snip \
copy.markdown`, `week-258 (1).md`).

**Why.** The site makes a note's address from its file name. It does not serve a file whose name has another form, \
or serves it at an address that nobody links to.

**Ignores.** Names that are merely different: `weeks-520-to-524` covers a run, `holidays` is another page. \
`metadata/file-extension` reports another extension.

**Fix.** Give the file a name like the others, or delete it if it is a copy.",
    severity: Some(Severity::Error),
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
    ..Rule::NEW
};
