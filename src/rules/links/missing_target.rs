//! An internal link to a page that does not exist.

mod renamed;
mod suggestion;

pub(super) use renamed::written_like;
pub(super) use suggestion::relative;

use super::destinations::{self, LocatedDestination};
use crate::archive::{Archive, paths::is_asset, routes::Target};
use crate::diagnostic::{DocumentId, Place, Severity};
use crate::document::LinkKind;
use crate::document::tags::Kind;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "links/missing-target",
    summary: "an internal link to a page that does not exist",
    docs: "\
**Finds.** A link to a page of the site that the archive does not have:

- any page, in snips, Obsidian vaults and plain folders;
- an address such as `/blog/…`, where links or the site's configuration show pages;
- a tag that stops the build (`{% post_url %}`, `ref`, `@/`);
- a relative path to a Markdown file (outside vaults);
- a misspelt name of an existing page or image;
- an image or download in a folder where others exist;
- a link that led to a page in the last commit, or that of `--since`, and now leads to none or to a draft.

More than five links to one address give one finding.

**Why.** The reader gets an error page, or the site does not build.

**Ignores.** Addresses that neither a file nor another link explains, other template tags, and paths that `routes` \
under `[site]` names.

**Fix.** Correct the address, or write the page.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    check_document: Some(check_document),
    check_archive: Some(check_archive),
    examples: &[
        Example::Bad {
            title: "a misspelt name",
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
        Example::Bad {
            title: "a misspelt address that a generator makes",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\n[1](/2024/weeknotes-1/) [2](/2024/weeknotes-2/) [3](/2024/weeknotes-3/) [4](/2024/weeknotes-4/) [5](/2024/weeknotes-5/) [6](/2024/weeknotes-6/) [7](/2024/weeknotes-7/) [8](/2024/weeknotes-8/) [9](/2024/weeknotes-9/) and [10]({{ site.baseurl }}⟦/2024/weeknoets-10/⟧).\n",
            )],
            fixed: Some(
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\n[1](/2024/weeknotes-1/) [2](/2024/weeknotes-2/) [3](/2024/weeknotes-3/) [4](/2024/weeknotes-4/) [5](/2024/weeknotes-5/) [6](/2024/weeknotes-6/) [7](/2024/weeknotes-7/) [8](/2024/weeknotes-8/) [9](/2024/weeknotes-9/) and [10]({{ site.baseurl }}/2024/weeknotes-10/).\n",
            ),
        },
        Example::Bad {
            title: "two swapped letters, in the only link of its kind",
            backdrop: Backdrop::Jekyll,
            files: &[
                (
                    "_posts/2024-08-02-weeknotes-31.md",
                    "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\n[All of them](⟦/weekontes/⟧).\n",
                ),
                ("weeknotes.html", ""),
            ],
            fixed: Some(
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\n[All of them](/weeknotes/).\n",
            ),
        },
        Example::Bad {
            title: "an image beside the note",
            backdrop: Backdrop::None,
            files: &[
                ("hugo.toml", ""),
                (
                    "content/notes/hens/index.md",
                    "---\ntitle: Hens\ndate: 2024-08-02\n---\n\n![The hens](⟦/hens.jpg⟧)\n",
                ),
                ("content/notes/hens/hens.jpg", ""),
            ],
            fixed: Some(
                "---\ntitle: Hens\ndate: 2024-08-02\n---\n\n![The hens](hens.jpg)\n",
            ),
        },
        Example::Bad {
            title: "a post that Jekyll does not find",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nMore on [the hens]({% post_url ⟦2024-01-06-weeknotes-1⟧ %}#hens).\n",
            )],
            fixed: Some(
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nMore on [the hens]({% post_url 2024-01-05-weeknotes-1 %}#hens).\n",
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
            title: "addresses of a site with unknown rules",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nSee [the rota](/rota).\n",
            )],
        },
    ],
    ..Rule::NEW
};

/// With more missing targets than this, none gets a suggestion: comparing each with every name would take minutes. Paths
/// that must lead to a file are not among the links that are counted, so their addresses are.
const MOST_SUGGESTIONS: usize = 400;

fn check_document(page: Page<'_>, cx: &mut Context) {
    let archive = page.archive;
    for (destination, address) in missing(page) {
        let documents = archive.links.missing.get(&address);
        let is_broken = || archive.broken(page.id, path_of(&destination)).is_some();
        if documents.is_none_or(|documents| documents.len() <= MOST_ALONE) || is_broken() {
            report(&destination, &address, cx);
        }
    }
}

fn check_archive(archive: &Archive, cx: &mut Context) {
    for (address, documents) in &archive.links.missing {
        if documents.len() > MOST_ALONE {
            report_once(address, documents, archive, cx);
        }
    }
}

/// In how many documents a missing address is reported place by place. What more documents link to is one page that was
/// renamed or is served by other means: one cause, one finding.
const MOST_ALONE: usize = 5;

/// The destinations of a page that lead to no page, with their addresses.
fn missing(page: Page<'_>) -> impl Iterator<Item = (LocatedDestination<'_>, String)> {
    let archive = page.archive;
    let stops = archive.understands_stops();
    destinations::with_tags(page).filter_map(move |destination| {
        let Target::Missing(address) = destination.target().into_owned() else {
            return None;
        };
        let is_certain = || {
            let path = path_of(&destination);
            archive.broken(page.id, path).is_some() || archive.routes.is_certain(path)
        };
        let is_left_out = !stops && archive.routes.stops_build(destination.text) && !is_certain()
            || destination.is_of(LinkKind::Autolink)
            || destination.is_unlinked();
        (!is_left_out).then_some((destination, address))
    })
}

/// The destination without the site's own host.
fn path_of<'a>(destination: &LocatedDestination<'a>) -> &'a str {
    let own_path = destination.page.archive.own_path(destination.text);
    own_path.unwrap_or(destination.text)
}

/// The destination that was probably meant.
fn meant(destination: &LocatedDestination<'_>, address: &str) -> Option<String> {
    let archive = destination.page.archive;
    let named = destination.named();
    let kind = named.map(|(kind, _)| kind);
    let destination = named.map_or(*destination, |(_, name)| name);
    let links = &archive.links;
    let sought = links.missing.len().max(links.all.1 + links.stops.1);
    (sought <= MOST_SUGGESTIONS)
        .then(|| suggestion::of(&destination, kind, path_of(&destination), address))?
}

/// The place of the page's name or day where that is a slip, so that nothing else is wrong with a link to it.
fn misplaced(destination: &LocatedDestination<'_>, meant: Option<&str>) -> Option<Place> {
    let laws = destination.page.archive.laws();
    match destination.page.resolve(meant?) {
        Target::Document(id) => Some(id.at(laws.displaced_by(id)?.span)),
        _ => None,
    }
}

/// Reports an address that many documents link to at the last of them, with the others before it as labels.
fn report_once(address: &str, documents: &[DocumentId], archive: &Archive, cx: &mut Context) {
    let mut places = documents.iter().rev().filter_map(|&id| {
        let mut missing = missing(Page::of(archive, id)?);
        let (destination, _) = missing.find(|(_, found)| found == address)?;
        Some((destination, id.at(destination.span)))
    });
    let Some((destination, first)) = places.next() else {
        return;
    };
    let count = documents.len();
    let thing = thing(&destination, address);
    let message = format!("there is no {thing} `{address}`, which {count} pages link to");
    let help = match archive.routes.stops_build(destination.text) {
        true => "if somebody renamed the page, correct the links",
        false => {
            "if somebody renamed the page, correct the links; if the site serves it, add it to `routes` in weeknote-lint.toml"
        }
    };
    let report = cx.report_at(first, address, message);
    let report = report.note(consequence(&destination)).help(help);
    // Another rule explains it where it speaks of all of these places.
    let name = misplaced(&destination, meant(&destination, address).as_deref());
    let report = report.causes([name.unwrap_or(first)]);
    places
        .take(MOST_ALONE - 1)
        .fold(report, |report, (_, place)| {
            let report = report.label_at(place, "and here, among others");
            report.causes(name.is_none().then_some(place))
        });
}

/// What is not there.
fn thing(destination: &LocatedDestination<'_>, address: &str) -> &'static str {
    let is_address = destination.page.archive.routes.is_flat() || address.starts_with('/');
    let is_page = is_address && !is_asset(address);
    match destination.named() {
        Some((Kind::Post, _)) => "post",
        Some((Kind::Page, _)) => "page",
        _ if is_page => "page",
        _ => "file",
    }
}

/// What comes of it.
fn consequence(destination: &LocatedDestination<'_>) -> String {
    let archive = destination.page.archive;
    match archive.routes.stops_build(destination.text) {
        true => format!(
            "stops {}: the site does not build",
            archive.generator.name()
        ),
        false if destination.link.is_some_and(|link| link.image) => {
            "the reader sees a broken image".to_owned()
        }
        false => "leads to a page that does not exist".to_owned(),
    }
}

/// Reports a link at its place. Of those that led somewhere before, all must be corrected.
fn report(destination: &LocatedDestination<'_>, address: &str, cx: &mut Context) {
    let archive = destination.page.archive;
    let broken = archive.broken(destination.page.id, path_of(destination));
    let meant = match &broken {
        Some(broken) if broken.is_draft => None,
        Some(broken) => renamed::destination(destination, path_of(destination), broken),
        None => meant(destination, address),
    };
    let name = misplaced(destination, meant.as_deref()).filter(|_| broken.is_none());
    let narrow = destination.named().map_or(*destination, |(_, name)| name);
    let host = narrow.text.strip_suffix(path_of(&narrow)).unwrap_or("");
    let meant = meant.map(|meant| format!("{host}{meant}"));
    let help = match (&broken, &meant) {
        (Some(broken), Some(meant)) => format!("{}; the page is now at `{meant}`", broken.fate()),
        (Some(broken), None) => broken.fate(),
        (None, Some(meant)) => format!("did you mean `{meant}`?"),
        (None, None) if archive.routes.stops_build(destination.text) => {
            "correct the name, or write the page".to_owned()
        }
        (None, None) => {
            "correct the address; if the site serves it, add it to `routes` in weeknote-lint.toml"
                .to_owned()
        }
    };
    let any_more = if broken.is_some() { " any more" } else { "" };
    let message = format!(
        "there is no {} `{address}`{any_more}",
        thing(destination, address)
    );
    let report = narrow.report(cx, message).note(consequence(destination));
    let mut report = report.help(help).causes(name);
    if broken.is_some() {
        report = report.alone();
    }
    if let Some(meant) = meant {
        narrow.replace(report, "link to", &meant);
    }
}
