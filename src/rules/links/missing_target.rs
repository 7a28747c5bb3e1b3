//! An internal link to a page that does not exist.

mod suggestion;

use super::written::{self, Written};
use super::{empty, malformed_destination};
use crate::archive::{Archive, routes::Target};
use crate::diagnostic::{DocumentId, Place, Safety, Severity};
use crate::document::{Document, LinkKind};
use crate::rules::week::wrong_link;
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
of this archive do. An address that more than five pages link to is reported once, at the last of them.

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
        for (written, address) in missing(document, archive, id) {
            if linking_to(&address, archive).len() <= MOST_ALONE {
                report(&written, &address, document, archive, id, cx);
            }
        }
    }

    fn check_archive(&self, archive: &Archive, cx: &mut Context) {
        if !archive.understands_links() {
            return;
        }
        for (address, documents) in &archive.missing {
            if documents.len() > MOST_ALONE {
                report_once(address, documents, archive, cx);
            }
        }
    }
}

/// In how many documents a missing address is reported place by place. What more documents link to is one page that was
/// renamed or is served by other means: one cause, one finding.
const MOST_ALONE: usize = 5;

fn linking_to<'a>(address: &str, archive: &'a Archive) -> &'a [DocumentId] {
    archive.missing.get(address).map_or(&[], Vec::as_slice)
}

/// The destinations of a document that lead to no page, with their addresses, where no other rule speaks of them.
fn missing<'d>(
    document: &'d Document,
    archive: &'d Archive,
    id: DocumentId,
) -> impl Iterator<Item = (Written<'d>, String)> {
    // An address of another site is a page of this one only by its host.
    let other_sites = archive.own_hosts().is_empty();
    written::all(document).filter_map(move |written| {
        if other_sites && written.is_plain
            || matches!(written.kind(), Some(LinkKind::Autolink))
            || written.link.is_some_and(|link| link.unlinked)
        {
            return None;
        }
        let path = archive.own_path(written.text).unwrap_or(written.text);
        let Target::Missing(address) = archive.resolve(id, path) else {
            return None;
        };
        let reported_elsewhere = empty::lack(&written, document, archive, id).is_some()
            || malformed_destination::fault(&written, document, archive, id).is_some()
            || written.is_label(document, archive, id)
            || written
                .links(document)
                .any(|link| wrong_link::is_wrong(&link.text, written.text, archive, id))
            || written.definition.is_some_and(|(_, definition)| {
                wrong_link::is_wrong(&definition.label, written.text, archive, id)
            });
        (!reported_elsewhere).then_some((written, address))
    })
}

/// Reports an address that many documents link to at the last of them, with the others before it as labels.
fn report_once(address: &str, documents: &[DocumentId], archive: &Archive, cx: &mut Context) {
    let mut places = documents.iter().rev().filter_map(|&id| {
        let document = archive.document(id)?;
        let (written, _) = missing(document, archive, id).find(|(_, found)| found == address)?;
        Some(Place {
            document: id,
            span: written.span,
        })
    });
    let Some(first) = places.next() else { return };
    let others: Vec<Place> = places.take(MOST_ALONE - 1).collect();
    let mut report = cx
        .report_at(
            first,
            address,
            format!("there is no page `{address}`, which {} pages link to", documents.len()),
        )
        .note("leads to a page that does not exist")
        .help(
            "if the page was renamed, correct the links; if the site does serve it, add it to `routes` in weeknote-lint.toml",
        );
    for place in others {
        report = report.label_at(place, "and here, among others");
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
        format!("there is no page `{address}`")
    } else {
        format!("there is no file `{address}`")
    };
    let help = match &suggestion {
        Some(suggestion) => format!("did you mean `{suggestion}`?"),
        None => "correct the address; if the site does serve it, add it to `routes` in weeknote-lint.toml"
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
