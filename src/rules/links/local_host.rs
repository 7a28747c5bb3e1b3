//! A link to the author's own machine.

use super::written::{self, Written};
use crate::archive::{Archive, hosts, routes::Target};
use crate::diagnostic::{DocumentId, Safety, Severity};
use crate::document::{Document, LinkKind};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use std::borrow::Cow;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "links/local-host",
    summary: "a link to a machine that only the author can reach",
    docs: "\
An address that was copied from the preview of the site (`http://localhost:4000/week-12`) works for its author alone.

The rule finds `localhost`, loopback addresses, hosts that end in `.local`, `.localhost` or `.test`, and those that \
`development-hosts` in the configuration names. A host that ends in `.dev` is a real one mostly: it is reported where the \
address is that of a page of this archive, or where the site's own host has the same name with another ending.

It is silent where the text of the link shows the address, because it is then what the note speaks of.

Write the address that the readers use.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
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
};

/// See [`META`].
pub struct LocalHost;

impl Rule for LocalHost {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        for written in written::all(document) {
            if written.kind() == Some(LinkKind::Autolink) || !can_be_local(&written, archive) {
                continue;
            }
            let id = cx.document();
            let Some(host) = host(written.text) else {
                continue;
            };
            let shown = |text: &str| text.to_lowercase().contains(&host);
            if is_local(&host, &written, archive, id)
                && !written
                    .links(document)
                    .any(|link| link.kind != LinkKind::Html && shown(&link.text))
            {
                report(&written, &host, document, archive, id, cx);
            }
        }
    }
}

/// Whether a destination may be a machine of its author's. Looks at the text only, because it is asked of every link.
fn can_be_local(written: &Written<'_>, archive: &Archive) -> bool {
    if !archive.config.site.development_hosts.is_empty() {
        return true;
    }
    if written.is_plain {
        return false;
    }
    let rest = written
        .text
        .split_once("//")
        .map_or(written.text, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let last = host.rsplit('.').next().unwrap_or(host);
    let is_public = host.contains('.')
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !["local", "localhost", "test", "dev"]
            .iter()
            .any(|ending| last.eq_ignore_ascii_case(ending));
    !is_public
}

/// The host of a destination, lower-case; also of `localhost:8080` without a scheme.
fn host(destination: &str) -> Option<String> {
    let host = match hosts::host(destination) {
        Some(host) => host,
        None => {
            let host = destination.split([':', '/']).next()?;
            let has_port = destination.get(host.len()..)?.starts_with(':');
            (has_port && (host == "localhost" || host == "127.0.0.1"))
                .then_some(Cow::Borrowed(host))?
        }
    };
    Some(host.trim_end_matches('.').to_owned())
}

fn is_local(host: &str, written: &Written<'_>, archive: &Archive, id: DocumentId) -> bool {
    let is_loopback = host == "localhost"
        || host == "::1"
        || host == "0.0.0.0"
        || host.strip_prefix("127.").is_some_and(|rest| {
            rest.bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
        });
    let is_reserved = [".localhost", ".local", ".test"]
        .iter()
        .any(|ending| host.ends_with(ending));
    let configured = archive
        .config
        .site
        .development_hosts
        .iter()
        .any(|known| known == host);
    is_loopback || is_reserved || configured || is_preview(host, written, archive, id)
}

/// Whether a `.dev` host is the preview of this archive's own site.
fn is_preview(host: &str, written: &Written<'_>, archive: &Archive, id: DocumentId) -> bool {
    let Some(name) = host.strip_suffix(".dev") else {
        return false;
    };
    let name = name.strip_prefix("www.").unwrap_or(name);
    let same_name = archive.own_hosts().iter().any(|own| {
        own != host
            && own
                .split_once('.')
                .is_some_and(|(before, _)| before == name)
    });
    same_name || page_of(written.text, archive, id).is_some()
}

/// The page of this archive that the address would be on another host: its path.
fn page_of<'d>(destination: &'d str, archive: &Archive, id: DocumentId) -> Option<&'d str> {
    let (_, rest) = destination.split_once("//")?;
    let path = rest.get(rest.find('/')?..)?;
    let is_page = path.len() > 1
        && archive.routes.is_flat()
        && matches!(archive.resolve(id, path), Target::Document(..));
    // Elsewhere addresses are made by rules that are not known; a note's own name is evidence enough.
    let names_a_note = || {
        let name = path
            .split(['?', '#'])
            .next()
            .unwrap_or("")
            .trim_end_matches('/');
        let name = name.rsplit('/').next().unwrap_or("");
        name.len() > 3
            && name.contains(|character: char| character.is_ascii_digit())
            && archive.has_file_named(name)
    };
    (is_page || !archive.routes.is_flat() && names_a_note()).then_some(path)
}

fn report(
    written: &Written<'_>,
    host: &str,
    document: &Document,
    archive: &Archive,
    id: DocumentId,
    cx: &mut Context,
) {
    let page = page_of(written.text, archive, id).filter(|_| archive.routes.is_flat());
    let help = match page {
        Some(path) => format!("link to the page itself: `{path}`"),
        None => "write the public address".to_owned(),
    };
    let report = cx
        .report(
            written.span,
            written.text,
            format!("`{host}` is a machine that readers cannot reach"),
        )
        .note("works on the author's machine only")
        .help(help);
    let report = written.with_first_use(document, report);
    if let Some(path) = page {
        report.fix(
            format!("link to `{path}`"),
            Safety::Unsafe,
            written.span,
            path,
        );
    }
}
