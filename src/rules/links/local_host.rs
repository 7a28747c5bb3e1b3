//! A link to the author's own machine.

use super::destinations::{self, LocatedDestination};
use crate::archive::{hosts, routes::Target, site::Generator};
use crate::diagnostic::Severity;
use crate::document::{Link, LinkKind};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};
use crate::source::Span;
use std::borrow::Cow;

/// The rule.
pub static RULE: Rule = Rule {
    id: "links/local-host",
    summary: "a link to a machine that only the author can reach",
    docs: "\
**Finds.** `localhost`, loopback addresses, hosts that end in `.local`, `.localhost` or `.test`, and those that \
`development-hosts` under `[site]` names; a host that ends in `.dev` if this archive has a page at that address, or if \
the site's own host differs only in its ending. Also files on the author's disk (`file:///home/ada/plan.pdf`, \
`C:\\plan.pdf`), and addresses of the editor itself (`app://obsidian.md/plan`).

**Why.** An address copied from the preview of the site (`http://localhost:4000/week-12`) works only for its author.

**Ignores.** Links whose text shows the address, because the note is about it, and files on disk in an Obsidian vault, \
which may be private.

**Fix.** Write the address that readers use.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "copied from the preview",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nSubscribe to [our feed](⟦http://localhost:8080/feed.xml⟧).\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a file on the author's disk",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nHere is [the plan](⟦file:///home/ada/plan.pdf⟧).\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a file on a drive",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nHere is [the plan](⟦C:\\Ada\\plan.pdf⟧).\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "an address of the editor",
            backdrop: Backdrop::None,
            files: &[
                (".obsidian", ""),
                (
                    "notes/week-12.md",
                    "# Week 12\n\nHere is [the plan](⟦app://obsidian.md/plan⟧).\n",
                ),
            ],
            fixed: None,
        },
        Example::Bad {
            title: "a page of this archive, on the preview's host",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-120.snip.markdown",
                "Week 120\n========\n\nAs [promised][].\n\n[promised]: ⟦http://garden.dev/week-118⟧\n\n:name: week-120\n:updated_at: 2011-05-06 16:10:00.000000000 +00:00\n:created_at: 2011-05-06 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n:page_title: Week 120\n:extension: markdown\n",
            )],
            fixed: Some(
                "Week 120\n========\n\nAs [promised][].\n\n[promised]: /week-118\n\n:name: week-120\n:updated_at: 2011-05-06 16:10:00.000000000 +00:00\n:created_at: 2011-05-06 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n:page_title: Week 120\n:extension: markdown\n",
            ),
        },
        Example::Good {
            title: "the address is what the note is about",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nOpen [localhost:8080](http://localhost:8080/) or <http://127.0.0.1:8080/>, then [read on](https://web.dev/learn).\n",
            )],
        },
    ],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    // A plain address has a public host: only the configuration can say otherwise.
    let is_configured = !page.archive.config.site.development_hosts.is_empty();
    for destination in destinations::suspicious(page, is_configured) {
        if let Some((message, seen, help)) = elsewhere(&destination) {
            destination.report(cx, message).note(seen).help(help);
            continue;
        }
        let host = host(destination.text).unwrap_or_default();
        let host = host.trim_end_matches('.');
        let shows =
            |link: &Link| link.kind != LinkKind::Html && link.text.to_lowercase().contains(host);
        if is_local(host, &destination) && !destination.links().any(shows) {
            report(&destination, host, cx);
        }
    }
}

/// What is said of a destination, what the reader sees, and the way out.
type Elsewhere = (&'static str, &'static str, &'static str);

const DISK: Elsewhere = (
    "this link leads to a file on the author's own disk",
    "works only on the author's machine",
    "put the file into the archive and link to it there, or write its public address",
);
const EDITOR: Elsewhere = (
    "this link leads into the editor that it was copied from",
    "leads nowhere",
    "write the address of the page, or link to the note by its name",
);
const BROWSER: Elsewhere = (
    "this link leads into the browser that it was copied from",
    "leads nowhere",
    "write the address of the page or file itself",
);

/// How destinations begin that lead into the author's machine, in lower case, and whether they are right in a vault, whose
/// notes may be for their author alone.
const ELSEWHERE: &[(&str, bool, Elsewhere)] = &[
    ("file:", true, DISK),
    ("~/", true, DISK),
    ("\\\\", true, DISK),
    ("app://", false, EDITOR),
    ("obsidian://open", true, EDITOR),
    ("vscode://file", true, DISK),
    ("blob:", false, BROWSER),
    ("chrome-extension://", false, BROWSER),
    ("moz-extension://", false, BROWSER),
    ("view-source:", false, BROWSER),
];

/// What is wrong with `file:///home/ada/plan.pdf`, `C:\plan.pdf` or `app://obsidian.md/plan`.
fn elsewhere(destination: &LocatedDestination<'_>) -> Option<Elsewhere> {
    let text = destination.text;
    if destination.is_plain {
        return None;
    }
    let is_vault = destination.page.archive.generator == Generator::Obsidian;
    let begins = |beginning: &str| {
        let first = text.get(..beginning.len());
        first.is_some_and(|first| first.eq_ignore_ascii_case(beginning))
    };
    let mut known = ELSEWHERE.iter();
    let row = known.find(|(beginning, in_vault, _)| begins(beginning) && !(*in_vault && is_vault));
    let is_on_drive = || match text.as_bytes() {
        // `s://example.com` is what is left of a scheme.
        [drive, b':', b'/', b'/', ..] => drive.is_ascii_uppercase(),
        [drive, b':', b'\\' | b'/', ..] => drive.is_ascii_alphabetic(),
        _ => text.starts_with("/Users/") && text.matches('/').count() > 2,
    };
    row.map(|(_, _, elsewhere)| *elsewhere)
        .or_else(|| (!is_vault && is_on_drive()).then_some(DISK))
}

/// The host of a destination, lower-case; also of `localhost:8080` without a scheme.
fn host(destination: &str) -> Option<Cow<'_, str>> {
    hosts::host(destination).or_else(|| {
        let (host, _) = destination.split_once(':')?;
        (host == "localhost" || host == "127.0.0.1").then_some(Cow::Borrowed(host))
    })
}

fn is_local(host: &str, destination: &LocatedDestination<'_>) -> bool {
    let site = &destination.page.archive.config.site;
    let is_part = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    let loopback = host.strip_prefix("127.");
    matches!(host, "localhost" | "::1" | "0.0.0.0")
        || loopback.is_some_and(|rest| rest.bytes().all(is_part))
        || matches!(
            host.rsplit_once('.'),
            Some((_, "localhost" | "local" | "test"))
        )
        || site.development_hosts.iter().any(|known| known == host)
        || is_preview(host, destination)
}

/// Whether a `.dev` host is the preview of this archive's own site.
fn is_preview(host: &str, destination: &LocatedDestination<'_>) -> bool {
    let Some(name) = host.strip_suffix(".dev") else {
        return false;
    };
    let name = hosts::without_www(name);
    let mut own_hosts = destination.page.archive.own_hosts().iter();
    own_hosts.any(|own| own != host && own.split('.').next() == Some(name))
        || page_of(destination).is_some()
}

/// The page of this archive that the address would be on another host: its path.
fn page_of<'a>(destination: &LocatedDestination<'a>) -> Option<&'a str> {
    let (_, rest) = destination.text.split_once("//")?;
    let path = rest.get(rest.find('/')?..)?;
    let is_page = if destination.page.archive.routes.is_flat() {
        path.len() > 1 && matches!(destination.page.resolve(path), Target::Document(_))
    } else {
        // Elsewhere addresses are made by rules that are not known; a note's own name is evidence enough.
        let name = path.split(['?', '#']).next()?.trim_end_matches('/');
        let name = name.rsplit('/').next()?;
        name.len() > 3
            && name.contains(|character: char| character.is_ascii_digit())
            && destination.page.archive.routes.has_name(name)
    };
    is_page.then_some(path)
}

fn report(destination: &LocatedDestination<'_>, host: &str, cx: &mut Context) {
    let message = format!("`{host}` is a machine that readers cannot reach");
    let report = destination
        .report(cx, message)
        .note("works only on the author's machine")
        // What follows the host may have faults of its own.
        .causes([(destination.page.id).at(Span::at(destination.span.start as usize))]);
    if let Some(path) = page_of(destination).filter(|_| destination.page.archive.routes.is_flat()) {
        let report = report.help(format!("link to the page itself: `{path}`"));
        destination.replace(report, "link to", path);
    } else {
        report.help("write the public address");
    }
}
