//! A link to a part of a page that the page does not have.

#[cfg(test)]
mod tests;

use super::destinations::{self, LocatedDestination};
use crate::archive::laws::share::{Share, needed};
use crate::archive::{Archive, paths::percent_decoded, routes::Target, site::Generator};
use crate::diagnostic::{DocumentId, Place, Safety, Severity};
use crate::document::slug::{self, Ids, Sluggers};
use crate::document::{Document, Heading, OddLineKind};
use crate::hash::QuickSet;
use crate::names::{MOST_SOUGHT, Names};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The rule.
pub static RULE: Rule = Rule {
    id: "links/missing-fragment",
    summary: "a link to a heading that the page does not have",
    docs: "\
**Finds.** A fragment that no heading or anchor of the page has: `/week-12#plans` where week 12 has no heading \
\"Plans\". The rule accepts the ids that kramdown, GitHub, Goldmark and the usual slug plug-ins make of headings.

**Why.** Somebody renamed the heading, or meant another page. The link opens the page, but at its top.

**Ignores.** Pages whose ids the rule cannot know (template tags, files that are not Markdown); archives where most \
fragments of several pages are unknown; names that layouts often provide (`#top`, `#comments`, `#comment-12`, \
`#contact`, `#fn:1`); a fragment that several pages use although the target has no such heading; line numbers \
(`#L10`), text fragments (`#:~:text=`) and routes (`#/path`).

**Fix.** Correct the fragment, or give the intended place that id.",
    severity: Some(Severity::Warning),
    fix: FixAvailability::Sometimes,
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
            title: "a heading that this page does not have",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nSee [below](⟦#slug-census⟧).\n\n## Weather\n\nDry.\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "ids that any renderer makes, ids in raw HTML, and those of layouts",
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
    ..Rule::NEW
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

/// A fragment of a page, which may not have it.
struct Miss<'a> {
    destination: LocatedDestination<'a>,
    target: DocumentId,
    page: &'a Document,
    fragment: &'a str,
    /// The rules that make it of one of the page's headings.
    made_by: Sluggers,
}

fn check_archive(archive: &Archive, cx: &mut Context) {
    let mut accented: HashMap<DocumentId, bool> = HashMap::new();
    let mut misses: Vec<Miss<'_>> = Page::all(archive)
        .flat_map(destinations::with_tags)
        .filter_map(|destination| fragment(destination, &mut accented))
        .collect();
    let all = misses.len();
    // All rules take their time: they are asked of those headings alone that may be meant.
    let mut wanted: HashMap<DocumentId, QuickSet<u64>> = HashMap::new();
    for miss in &misses {
        let decoded = percent_decoded(miss.fragment);
        let letters = [miss.fragment, &decoded, last_part(&decoded)].map(slug::letters);
        wanted.entry(miss.target).or_default().extend(letters);
    }
    let mut known: HashMap<DocumentId, Ids> = HashMap::new();
    for miss in &mut misses {
        let ids = known.entry(miss.target);
        let ids = ids.or_insert_with(|| ids_of(miss.page, wanted.get(&miss.target)));
        miss.made_by = made_by(ids, miss.fragment, archive);
    }
    let sluggers = sluggers_of(&misses);
    misses.retain(|miss| miss.made_by & sluggers == 0);
    let targets: HashSet<DocumentId> = misses.iter().map(|miss| miss.target).collect();
    if targets.len() > FEW_PAGES && misses.len() * 2 > all {
        return;
    }
    // What several documents link to is provided by the layout.
    let mut near: HashMap<DocumentId, Names> = HashMap::new();
    let mut sought: HashMap<DocumentId, usize> = HashMap::new();
    let mut users: HashMap<&str, HashSet<DocumentId>> = HashMap::new();
    for miss in &misses {
        let from = users.entry(miss.fragment).or_default();
        from.insert(miss.destination.page.id);
    }
    for miss in misses {
        if users.get(miss.fragment).is_some_and(|from| from.len() < 2) {
            let sought = sought.entry(miss.destination.page.id).or_default();
            *sought += 1;
            let names = near.entry(miss.target);
            let names = names.or_insert_with(|| names_of(miss.page));
            let meant = (*sought <= MOST_SOUGHT).then(|| names.nearest(miss.fragment));
            let meant = meant.flatten().and_then(|one| names.get(one.item));
            report(&miss, meant, cx);
        }
    }
}

/// The fragment of a destination that leads to a page of the archive, where all of that page's ids are known.
fn fragment<'a>(
    destination: LocatedDestination<'a>,
    accented: &mut HashMap<DocumentId, bool>,
) -> Option<Miss<'a>> {
    let archive = destination.page.archive;
    let fragment = destination
        .fragment()
        .filter(|_| !destination.is_unlinked())?;
    let Target::Document(target) = *destination.target() else {
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
        made_by: 0,
    })
}

/// The ids of a page that are known from its source and may have letters that are `wanted`, with the rules that make them
/// of a heading. All make an anchor.
fn ids_of(page: &Document, wanted: Option<&QuickSet<u64>>) -> Ids {
    let may_be = |one: &&Heading| wanted.is_some_and(|wanted| slug::may_have(one, wanted));
    let mut ids = slug::ids(page.headings.iter().filter(may_be));
    for anchor in &page.anchors {
        ids.entry(anchor.to_string()).or_default().by = Sluggers::MAX;
    }
    ids
}

/// The part of a fragment that names a heading in Obsidian.
fn last_part(fragment: &str) -> &str {
    fragment.rsplit('#').next().unwrap_or("")
}

/// The rules that make `fragment` of one of the page's headings.
fn made_by(ids: &Ids, fragment: &str, archive: &Archive) -> Sluggers {
    use Generator::{Docusaurus, MdBook, MkDocs, Nikola, Obsidian, Pelican, Plain, VitePress};
    let decoded = percent_decoded(fragment);
    let of = |id: &str| ids.get(id).map_or(0, |made| made.by);
    let made_by = of(fragment) | of(&decoded);
    // GitHub finds a heading whatever the case; Obsidian finds it by its text, and blocks by `^name`.
    let is_found = match archive.generator {
        Plain | MkDocs | Pelican | Nikola | Docusaurus | VitePress | MdBook => {
            of(&slug::github(&decoded)) != 0
        }
        Obsidian => {
            let last = last_part(&decoded);
            last.starts_with('^') || of(&slug::github(last)) != 0
        }
        _ => false,
    };
    if is_found { Sluggers::MAX } else { made_by }
}

/// The rules by which the site makes its ids: the one that explains nearly all of those fragments that tell rules apart, be
/// it an unusual one; else all that are usual.
fn sluggers_of(fragments: &[Miss<'_>]) -> Sluggers {
    let usual = slug::USUAL_SLUGGERS;
    let made_by = fragments.iter().map(|one| one.made_by);
    let telling: Vec<Sluggers> = made_by
        .filter(|made_by| *made_by != 0 && made_by & usual != usual)
        .collect();
    let count = |sluggers| telling.iter().filter(|one| *one & sluggers != 0).count();
    let is_certain = |with| Share::new(with, telling.len()).certainty() >= needed::SLIP;
    let best = |among: Sluggers| {
        let rows = slug::sluggers().filter(|row| row & among != 0);
        let counted: Vec<(usize, Sluggers)> = rows.map(|row| (count(row), row)).collect();
        let most = counted.iter().map(|(count, _)| *count).max().unwrap_or(0);
        let equal = counted.iter().filter(|(count, _)| *count == most);
        (most, equal.fold(0, |all, (_, row)| all | row))
    };
    let ((own, by_habit), (most, by_rule)) = (best(!usual), best(usual));
    match () {
        () if own > count(usual) && is_certain(own) => by_habit,
        () if is_certain(most) => by_rule,
        () => usual,
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
    let (help, span) = (
        format!("did you mean `#{nearest}`?"),
        destination.narrowed(fragment).span,
    );
    report.help(help).fix(title, Safety::Unsafe, span, nearest);
}

/// The line that would be the heading, if it were one.
fn lost_heading(miss: &Miss<'_>) -> Option<Place> {
    use OddLineKind::{HeadingWithOddSpace, HeadingWithoutSpace};
    let mut lines = miss.page.odd_lines.iter();
    let line = lines.find(|line| {
        let is_heading = matches!(line.kind, HeadingWithoutSpace | HeadingWithOddSpace);
        let text = line.text.trim_matches(['#', ' ', '\u{a0}']);
        is_heading && [slug::kramdown(text), slug::github(text)].contains(&miss.fragment.to_owned())
    })?;
    Some(miss.target.at(line.span))
}

/// The ids of a page that a fragment may have been meant for.
fn names_of(page: &Document) -> Names {
    let headings = page.headings.iter();
    let usual = headings.flat_map(|one| [slug::kramdown(&one.source), slug::github(&one.text)]);
    let anchors = page.anchors.iter().map(|anchor| anchor.to_string());
    let usual = usual.chain(anchors).filter(|id| !id.starts_with('#'));
    Names::new(usual.collect::<BTreeSet<String>>())
}
