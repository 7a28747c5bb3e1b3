//! An absolute link to the site itself.

use super::destinations;
use crate::archive::hosts;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "links/own-site",
    summary: "an absolute link to the site itself",
    docs: "\
**Finds.** A link that names the site's own host, such as `https://example.com/week-12` in a note on example.com. In \
an archive of snips, the rule learns the host from the links; elsewhere, name it with `hosts = [\"example.com\"]` \
under `[site]`.

**Why.** The link leads away from a preview, and breaks when the site moves.

**Ignores.** Addresses in angle brackets. The rule is off by default, because many sites link like this on purpose; \
`\"links/own-site\" = \"warning\"` under `[rules]` switches it on.

**Fix.** Write only the path: `/week-12`. The rule offers this fix where the archive has a page at that path.",
    severity: None,
    fix: FixAvailability::Sometimes,
    check_document: Some(check_document),
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
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    let archive = page.archive;
    let is_own = |host: &str| archive.is_own_host(hosts::without_www(host));
    if archive.own_hosts().is_empty() {
        return;
    }
    for destination in destinations::all(page) {
        let Some(host) = hosts::host(destination.text).filter(|host| is_own(host)) else {
            continue;
        };
        let rest = destination.text.split_once("//");
        let rest = rest.map_or("", |(_, rest)| rest);
        let path = rest.find(['/', '?', '#']).and_then(|at| rest.get(at..));
        let path = path.unwrap_or("");
        let path = format!("/{}", path.strip_prefix('/').unwrap_or(path));
        let message = format!("this link names the site's own host `{host}`");
        let report = destination
            .report(cx, message)
            .note("leads away from a preview, and breaks when the site moves")
            .help(format!("write `{path}`"));
        if destination.page.resolve(&path).is_there() {
            destination.replace(report, "write", &path);
        }
    }
}
