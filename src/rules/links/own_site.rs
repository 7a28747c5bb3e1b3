//! An absolute link to the site itself.

use super::written;
use crate::archive::{Archive, hosts, routes::Target};
use crate::diagnostic::Safety;
use crate::document::{Document, LinkKind};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "links/own-site",
    summary: "an absolute link to the site itself",
    docs: "\
A link that names the site's own host (`https://example.com/week-12` in a note on example.com) leaves the preview, breaks \
when the site moves, and cannot be checked.

The rule is off by default, because many sites link like that on purpose. The site's hosts are learnt from the links of an \
archive of snips; elsewhere they are to be configured:

```toml
[site]
hosts = [\"example.com\"]

[rules]
\"links/own-site\" = \"warning\"
```

Write the path alone: `/week-12`. The fix does so where that is a page of the archive.",
    severity: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "a page of the site, by its full address",
            backdrop: Backdrop::Snips,
            files: &[
                (
                    "weeknote-lint.toml",
                    "[site]\nhosts = [\"garden.example\"]\n",
                ),
                (
                    "soups/weeknotes/week-120.snip.markdown",
                    "Week 120\n========\n\nAs [promised](⟦https://www.garden.example/week-118⟧).\n\n:name: week-120\n:updated_at: 2011-05-06 16:10:00.000000000 +00:00\n:created_at: 2011-05-06 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n:page_title: Week 120\n:extension: markdown\n",
                ),
            ],
            fixed: Some(
                "Week 120\n========\n\nAs [promised](/week-118).\n\n:name: week-120\n:updated_at: 2011-05-06 16:10:00.000000000 +00:00\n:created_at: 2011-05-06 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n:page_title: Week 120\n:extension: markdown\n",
            ),
        },
        Example::Good {
            title: "another site",
            backdrop: Backdrop::None,
            files: &[
                (
                    "weeknote-lint.toml",
                    "[site]\nhosts = [\"garden.example\"]\n",
                ),
                (
                    "notes/week-12.md",
                    "# Week 12\n\nSeen in [a pond](https://pond.example/frogs).\n",
                ),
            ],
        },
    ],
};

/// See [`META`].
pub struct OwnSite;

impl Rule for OwnSite {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        for written in written::all(document) {
            let Some(host) = hosts::host(written.text)
                .filter(|_| written.kind() != Some(LinkKind::Autolink))
                .filter(|host| {
                    let plain = host.strip_prefix("www.").unwrap_or(host);
                    archive.own_hosts().iter().any(|own| own == plain)
                })
            else {
                continue;
            };
            let rest = written.text.split_once("//").map_or("", |(_, rest)| rest);
            let path = rest
                .find(['/', '?', '#'])
                .and_then(|at| rest.get(at..))
                .unwrap_or("/");
            let path = if path.starts_with('/') {
                path.to_owned()
            } else {
                format!("/{path}")
            };
            let is_page = matches!(
                archive.resolve(cx.document(), &path),
                Target::Document(..) | Target::Served
            );
            let report = cx
                .report(
                    written.span,
                    written.text,
                    format!("this link names the site's own host `{host}`"),
                )
                .note("leads away from a preview, and breaks when the site moves")
                .help(format!("write `{path}`"));
            let report = written.with_first_use(document, report);
            if is_page {
                report.fix(
                    format!("write `{path}`"),
                    Safety::Unsafe,
                    written.span,
                    path,
                );
            }
        }
    }
}
