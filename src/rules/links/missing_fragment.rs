//! A link to a part of a page that the page does not have.

use super::Page;
use super::destinations::{self, LocatedDestination};
use crate::archive::routes::{Target, percent_decoded};
use crate::archive::{Archive, site::Generator};
use crate::diagnostic::{DocumentId, Place, Safety, Severity};
use crate::document::{Document, OddLineKind, slug};
use crate::names::{MOST_SOUGHT, Names};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The rule.
pub static RULE: Rule = Rule {
    id: "links/missing-fragment",
    summary: "a link to a heading that the page does not have",
    docs: "\
**Finds.** A fragment that no heading or anchor of the page has: `/week-12#plans` where week 12 has no heading \
\"Plans\". The rule accepts the ids that kramdown, GitHub, Goldmark and the usual slug plug-ins make of headings.

**Why.** Somebody renamed the heading, or meant another page. The link opens the page, but at its top.

**Ignores.** Pages whose ids it cannot know (template tags, files that are not Markdown); archives where most \
fragments of several pages are unknown; names that layouts often provide (`#top`, `#comments`, `#comment-12`, \
`#contact`, `#fn:1`); a fragment that several pages use although the target has no such heading; line numbers \
(`#L10`), text fragments (`#:~:text=`) and routes (`#/path`).

**Fix.** Correct the fragment, or give the intended place that id.",
    severity: Some(Severity::Warning),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: None,
    check_archive: Some(check_archive),
    examples: &[
        Example::Bad {
            title: "the heading was renamed",
            backdrop: Backdrop::None,
            files: &[
                (
                    "notes/week-12.md",
                    "# Week 12\n\nMore on [the beans](⟦week-11.md#broad-bean⟧).\n",
                ),
                ("notes/week-11.md", "# Week 11\n\n## Broad beans\n\nThey are up.\n"),
            ],
            fixed: Some("# Week 12\n\nMore on [the beans](week-11.md#broad-beans).\n"),
        },
        Example::Bad {
            title: "no such part of this page",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nSee [below](⟦#slug-census⟧).\n\n## Weather\n\nDry.\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "headings by any renderer's rule, ids of raw HTML, and what layouts provide",
            backdrop: Backdrop::None,
            files: &[
                (
                    "notes/week-12.md",
                    "# Week 12\n\n[Tea](week-11.md#tea--biscuits), [tea](week-11.md#tea-biscuits), [the rest](week-11.md#rest), [comments](#comments).\n",
                ),
                (
                    "notes/week-11.md",
                    "# Week 11\n\n## Tea & biscuits\n\n<a id=\"rest\"></a>\n\nNone left.\n",
                ),
            ],
        },
        Example::Good {
            title: "a page that templates add to",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\n[Photographs](#gallery)\n\n{% include gallery.html %}\n",
            )],
        },
    ],
};

/// Ids that layouts provide, on this page or on any.
const FROM_LAYOUTS: &str = "top bottom comments comment respond content main main-content \
    maincontent contact about footer header nav navigation menu sidebar search people work team \
    subscribe newsletter disqus_thread toc table-of-contents footnotes webmentions mentions replies \
    reactions tags archive page home end start skip title intro";

/// Beginnings of ids that are numbered by footnotes, comments and the like.
const NUMBERED: &str = "fn- fnref- fn fnref footnote- footnote-ref- user-content- \
    comment- cite_ ref- dsq-";

/// On more pages than this, fragments of which most are unknown are made by rules that are not understood.
const FEW_PAGES: usize = 3;

/// A fragment that its page does not have.
struct Miss<'a> {
    destination: LocatedDestination<'a>,
    target: DocumentId,
    page: &'a Document,
    fragment: &'a str,
}

fn check_archive(archive: &Archive, cx: &mut Context) {
    // An address of another site is a page of this one only by its host.
    let other_sites = archive.own_hosts().is_empty();
    let mut known: HashMap<DocumentId, HashSet<String>> = HashMap::new();
    let mut accented: HashMap<DocumentId, bool> = HashMap::new();
    let mut misses: Vec<Miss<'_>> = archive
        .linted()
        .flat_map(|(id, document)| destinations::with_tags(Page::new(document, id, archive)))
        .filter(|destination| !(other_sites && destination.is_plain))
        .filter_map(|destination| fragment(destination, &mut accented))
        .collect();
    let all = misses.len();
    // Most fragments are ids by the usual rules, and all rules take their time.
    let mut usual: HashMap<DocumentId, HashSet<String>> = HashMap::new();
    misses.retain(|miss| {
        let ids = usual.entry(miss.target);
        let ids = ids.or_insert_with(|| usual_ids(miss.page).collect());
        !ids.contains(miss.fragment)
    });
    misses.retain(|miss| {
        let ids = known.entry(miss.target).or_insert_with(|| ids(miss.page));
        !has(ids, miss.fragment, archive)
    });
    let targets: HashSet<DocumentId> = misses.iter().map(|miss| miss.target).collect();
    if targets.len() > FEW_PAGES && misses.len() * 2 > all {
        return;
    }
    // What several documents link to is provided by the layout.
    let mut near: HashMap<DocumentId, (Vec<String>, Names)> = HashMap::new();
    let mut sought: HashMap<DocumentId, usize> = HashMap::new();
    let mut users: HashMap<&str, HashSet<DocumentId>> = HashMap::new();
    for miss in &misses {
        let from = users.entry(miss.fragment).or_default();
        from.insert(miss.destination.page.id);
    }
    for miss in misses {
        if users.get(miss.fragment).is_some_and(|from| from.len() < 2)
            && let Some(ids) = known.get(&miss.target)
        {
            let sought = sought.entry(miss.destination.page.id).or_default();
            *sought += 1;
            let near = near.entry(miss.target);
            let (near, names) = near.or_insert_with(|| names_of(miss.page, ids));
            let meant = (*sought <= MOST_SOUGHT).then(|| nearest(miss.fragment, near, names));
            report(&miss, meant.flatten(), cx);
        }
    }
}

/// The fragment of a destination that leads to a page of the archive, where all of that page's ids are known.
fn fragment<'a>(
    destination: LocatedDestination<'a>,
    accented: &mut HashMap<DocumentId, bool>,
) -> Option<Miss<'a>> {
    let (text, archive) = (destination.text, destination.page.archive);
    let (address, _) = text.split_once('#')?;
    // Elsewhere only the page itself is known by its address.
    let path = archive.own_path(text);
    if path.is_none() && address.contains("://") || destination.is_unlinked() {
        return None;
    }
    let Target::Document(target, Some(fragment)) = destination.page.resolve(path.unwrap_or(text))
    else {
        return None;
    };
    let page = archive.document(target)?;
    let is_spelt_in_ascii = fragment.is_ascii()
        && matches!(archive.generator, Generator::Zola | Generator::Eleventy)
        && *accented.entry(target).or_insert_with(|| {
            let is_accented = |one: char| !one.is_ascii() && one.is_alphabetic();
            let mut headings = page.headings.iter();
            headings.any(|heading| heading.text.contains(is_accented))
        });
    let is_known = !page.has_template_tags
        && page.unreadable.is_none()
        && !page.is_cut_short()
        && !is_provided(fragment)
        // Letters of other scripts are spelt in ASCII there.
        && !is_spelt_in_ascii;
    is_known.then_some(Miss {
        destination,
        target,
        page,
        fragment,
    })
}

/// The anchors of a page, and its headings' ids by the rules of kramdown and GitHub.
fn usual_ids(page: &Document) -> impl Iterator<Item = String> + '_ {
    let headings = page.headings.iter();
    let of_headings =
        headings.flat_map(|one| [slug::kramdown(&one.source), slug::github(&one.text)]);
    let anchors = page.anchors.iter().map(|anchor| anchor.to_string());
    of_headings.chain(anchors)
}

/// Every id of a page that is known from its source.
fn ids(page: &Document) -> HashSet<String> {
    let mut ids = slug::ids(&page.headings);
    ids.extend(page.anchors.iter().map(|anchor| anchor.to_string()));
    ids
}

fn has(ids: &HashSet<String>, fragment: &str, archive: &Archive) -> bool {
    let decoded = percent_decoded(fragment);
    if ids.contains(fragment) || ids.contains(&*decoded) {
        return true;
    }
    // GitHub finds a heading whatever the case; Obsidian finds it by its text, and blocks by `^name`.
    match archive.generator {
        Generator::Plain
        | Generator::MkDocs
        | Generator::Pelican
        | Generator::Nikola
        | Generator::Docusaurus
        | Generator::VitePress
        | Generator::MdBook => ids.contains(&slug::github(&decoded)),
        Generator::Obsidian => {
            let last = decoded.rsplit('#').next().unwrap_or("");
            last.starts_with('^') || ids.contains(&slug::github(last))
        }
        _ => false,
    }
}

/// Whether a fragment names nothing that stands in the page's source.
fn is_provided(fragment: &str) -> bool {
    let lower = fragment.to_ascii_lowercase();
    let begins_with_digit = |rest: &str| rest.starts_with(|first: char| first.is_ascii_digit());
    let is_numbered = |beginning| lower.strip_prefix(beginning).is_some_and(begins_with_digit);
    // `#0` leads nowhere on purpose.
    matches!(fragment, "" | "0")
        || fragment.starts_with([':', '/', '!', '?'])
        || fragment.contains('=')
        || fragment.strip_prefix('L').is_some_and(begins_with_digit)
        || lower.starts_with("fn:")
        || lower.starts_with("fnref:")
        || NUMBERED.split(' ').any(is_numbered)
        || FROM_LAYOUTS.split(' ').any(|id| id == lower)
}

fn report(miss: &Miss<'_>, meant: Option<&str>, cx: &mut Context) {
    let (destination, fragment, name) = (&miss.destination, miss.fragment, miss.page.stem());
    let (page, seen) = match destination.page.id == miss.target {
        true => ("this page".to_owned(), "leads nowhere"),
        false => (format!("`{name}`"), "leads to the top of that page"),
    };
    let report = destination
        .report(cx, format!("{page} has no heading `#{fragment}`"))
        .note(seen)
        .causes(lost_heading(miss));
    let Some(nearest) = meant else {
        let help = "correct what follows the `#`, or give the intended place this id";
        report.help(help);
        return;
    };
    let title = format!("link to `#{nearest}`");
    report.help(format!("did you mean `#{nearest}`?")).fix(
        title,
        Safety::Unsafe,
        destination.narrowed(fragment).span,
        nearest,
    );
}

/// The line that would be the heading, if it were one.
fn lost_heading(miss: &Miss<'_>) -> Option<Place> {
    let mut lines = miss.page.odd_lines.iter();
    let line = lines.find(|line| {
        let is_heading = matches!(
            line.kind,
            OddLineKind::HeadingWithoutSpace | OddLineKind::HeadingWithOddSpace
        );
        let text = line.text.trim_matches(['#', ' ', '\u{a0}']);
        is_heading && [slug::kramdown(text), slug::github(text)].contains(&miss.fragment.to_owned())
    })?;
    Some(miss.target.at(line.span))
}

/// The ids of a page that a fragment may have been meant for.
fn names_of(page: &Document, ids: &HashSet<String>) -> (Vec<String>, Names) {
    let usual = usual_ids(page).filter(|id| !id.starts_with('#') && ids.contains(id));
    let usual: BTreeSet<String> = usual.collect();
    let usual: Vec<String> = usual.into_iter().collect();
    let names = Names::new(usual.iter().map(|id| id.to_lowercase()));
    (usual, names)
}

/// The id that is closest to `fragment`, if it is close.
fn nearest<'i>(fragment: &str, ids: &'i [String], names: &Names) -> Option<&'i str> {
    let wanted = fragment.to_lowercase();
    let most = (wanted.chars().count() / 3).max(1);
    let near = names.near(&wanted).into_iter();
    near.filter_map(|at| ids.get(at))
        .filter(|id| id.len().abs_diff(wanted.len()) <= most)
        .map(|id| (strsim::osa_distance(&id.to_lowercase(), &wanted), &**id))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, id)| id)
}
