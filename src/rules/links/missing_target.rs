//! An internal link to a page that does not exist.

mod suggestion;

use super::written::{self, Written};
use super::{empty, malformed_destination};
use crate::archive::{Archive, routes::Target};
use crate::diagnostic::{DocumentId, Safety, Severity};
use crate::document::{Document, LinkKind};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "links/missing-target",
    summary: "an internal link to a page that does not exist",
    docs: "\
A link to another page of the site, by an address that no page has: the reader gets an error page.

The rule speaks only where the site's addresses are understood: in archives of snips, whose addresses are the names of their \
files (`/week-12`), and in folders that are read as they are (Obsidian, GitHub), where they are paths. Where more than one \
in ten internal links leads nowhere, addresses are evidently made by other rules, and nothing is said; a notice tells so. A \
link that names the site's own host is an internal one, too: `hosts` in the configuration names it, or the many links to pages \
of this archive do.

It is silent about images, downloads and other assets, about addresses that templates fill in, and about what `routes` in \
the configuration names:

```toml
[site]
routes = [\"/projects/**\", \"/feed.xml\"]
```

Correct the address, or write the page.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "a slip in a name",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-120.snip.markdown",
                "Week 120\n========\n\nThanks to [Ada][].\n\n[Ada]: ⟦/ada-bryon⟧\n\n:name: week-120\n:updated_at: 2011-05-06 16:10:00.000000000 +00:00\n:created_at: 2011-05-06 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n:page_title: Week 120\n:extension: markdown\n",
            )],
            fixed: Some(
                "Week 120\n========\n\nThanks to [Ada][].\n\n[Ada]: /ada-byron\n\n:name: week-120\n:updated_at: 2011-05-06 16:10:00.000000000 +00:00\n:created_at: 2011-05-06 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n:page_title: Week 120\n:extension: markdown\n",
            ),
        },
        Example::Bad {
            title: "a hyphen where a `#` belongs",
            backdrop: Backdrop::Snips,
            files: &[
                (
                    "soups/weeknotes/week-120.snip.markdown",
                    "Week 120\n========\n\nThe [vents](⟦/week-121-stuck-vents⟧) again.\n\n:name: week-120\n:updated_at: 2011-05-06 16:10:00.000000000 +00:00\n:created_at: 2011-05-06 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n:page_title: Week 120\n:extension: markdown\n",
                ),
                (
                    "soups/weeknotes/week-121.snip.markdown",
                    "Week 121\n========\n\n## Stuck vents\n\nOil helps.\n\n:name: week-121\n:updated_at: 2011-05-13 16:10:00.000000000 +00:00\n:created_at: 2011-05-13 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n:page_title: Week 121\n:extension: markdown\n",
                ),
            ],
            fixed: Some(
                "Week 120\n========\n\nThe [vents](/week-121#stuck-vents) again.\n\n:name: week-120\n:updated_at: 2011-05-06 16:10:00.000000000 +00:00\n:created_at: 2011-05-06 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n:page_title: Week 120\n:extension: markdown\n",
            ),
        },
        Example::Good {
            title: "a page, the home page, an image",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-120.snip.markdown",
                "Week 120\n========\n\nSee [last week](/week-119), the [home page](/) and ![the vents](/images/vents.jpg).\n\n:name: week-120\n:updated_at: 2011-05-06 16:10:00.000000000 +00:00\n:created_at: 2011-05-06 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n:page_title: Week 120\n:extension: markdown\n",
            )],
        },
        Example::Good {
            title: "addresses of a site whose rules are not known",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nSee [the rota](/rota).\n",
            )],
        },
    ],
};

/// With more missing targets than this, none gets a suggestion: comparing each with every name would take minutes.
const MOST_SUGGESTIONS: usize = 400;

/// See [`META`].
pub struct MissingTarget;

impl Rule for MissingTarget {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        if !archive.understands_links() {
            return;
        }
        let id = cx.document();
        // An address of another site is a page of this one only by its host.
        let other_sites = archive.own_hosts().is_empty();
        for written in written::all(document).filter(|written| !(other_sites && written.is_plain)) {
            if matches!(written.kind(), Some(LinkKind::Autolink))
                || written.link.is_some_and(|link| link.unlinked)
            {
                continue;
            }
            let path = archive.own_path(written.text).unwrap_or(written.text);
            let Target::Missing(address) = archive.resolve(id, path) else {
                continue;
            };
            let reported_elsewhere = empty::lack(&written, document, archive, id).is_some()
                || malformed_destination::fault(&written, document, archive, id).is_some()
                || written.is_label(document, archive, id);
            if !reported_elsewhere {
                report(&written, &address, document, archive, id, cx);
            }
        }
    }
}

fn report(
    written: &Written<'_>,
    address: &str,
    document: &Document,
    archive: &Archive,
    id: DocumentId,
    cx: &mut Context,
) {
    let path = archive.own_path(written.text).unwrap_or(written.text);
    let host = written
        .text
        .get(..written.text.len() - path.len())
        .unwrap_or("");
    let suggestion = (archive.links.1 <= MOST_SUGGESTIONS)
        .then(|| suggestion::of(path, address, document, archive, id))
        .flatten()
        .map(|suggestion| format!("{host}{suggestion}"));
    let message = if archive.routes.is_flat() {
        format!("no page is named `{address}`")
    } else {
        format!("there is no file `{address}`")
    };
    let help = match &suggestion {
        Some(suggestion) => format!("did you mean `{suggestion}`?"),
        None => "correct the address; pages that the site serves beside the notes are named by `routes` in \
                 weeknote-lint.toml"
            .to_owned(),
    };
    let report = cx
        .report(written.span, written.text, message)
        .note("leads to a page that does not exist")
        .help(help);
    let report = written.with_first_use(document, report);
    if let Some(suggestion) = suggestion {
        report.fix(
            format!("link to `{suggestion}`"),
            Safety::Unsafe,
            written.span,
            suggestion,
        );
    }
}
