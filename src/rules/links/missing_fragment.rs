//! A link to a part of a page that the page does not have.

use super::written::{self, Written};
use crate::archive::{Archive, routes::Target, site::Generator};
use crate::diagnostic::{DocumentId, Edit, Fix, Place, Safety, Severity};
use crate::document::{Document, slug};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use std::collections::{HashMap, HashSet};

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "links/missing-fragment",
    summary: "a link to a heading that the page does not have",
    docs: "\
`/week-12#plans` leads to the heading \"Plans\" of week 12. When the heading is renamed, or was meant on another page, the \
link still opens the page, but at its top.

The rule knows the ids that kramdown, GitHub, Goldmark and the usual slug plug-ins make of headings, and takes each of \
them for right. It is silent where the ids of a page cannot all be known (template tags, pages that are not Markdown), \
about names that layouts commonly provide (`#top`, `#comments`, `#comment-12`, `#contact`, `#fn:1`), about a fragment that several \
pages use although none has such a heading, about line numbers (`#L10`), text fragments (`#:~:text=`) and routes \
(`#/path`).

Correct the fragment, or give the place that is meant an id.",
    severity: Some(Severity::Warning),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
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
const FROM_LAYOUTS: &[&str] = &[
    "top",
    "bottom",
    "comments",
    "comment",
    "respond",
    "content",
    "main",
    "main-content",
    "maincontent",
    "contact",
    "about",
    "footer",
    "header",
    "nav",
    "navigation",
    "menu",
    "sidebar",
    "search",
    "people",
    "work",
    "team",
    "subscribe",
    "newsletter",
    "disqus_thread",
    "toc",
    "table-of-contents",
    "footnotes",
    "webmentions",
    "mentions",
    "replies",
    "reactions",
    "tags",
    "archive",
    "page",
    "home",
    "end",
    "start",
    "skip",
    "title",
    "intro",
];

/// Beginnings of ids that are numbered by footnotes, comments and the like.
const NUMBERED: &[&str] = &[
    "fn:",
    "fnref:",
    "fn-",
    "fnref-",
    "fn",
    "fnref",
    "footnote-",
    "footnote-ref-",
    "user-content-",
    "comment-",
    "cite_",
    "ref-",
    "dsq-",
];

/// See [`META`].
pub struct MissingFragment;

/// A fragment that its page does not have.
struct Miss<'d> {
    from: DocumentId,
    target: DocumentId,
    written: Written<'d>,
    fragment: &'d str,
}

impl Rule for MissingFragment {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_archive(&self, archive: &Archive, cx: &mut Context) {
        let mut known: HashMap<DocumentId, HashSet<String>> = HashMap::new();
        let mut misses: Vec<Miss<'_>> = Vec::new();
        // An address of another site is a page of this one only by its host.
        let other_sites = archive.own_hosts().is_empty();
        for (from, document) in archive.all().filter(|(id, _)| archive.is_linted(*id)) {
            for written in
                written::all(document).filter(|written| !(other_sites && written.is_plain))
            {
                let Some((address, _)) = written.text.split_once('#') else {
                    continue;
                };
                // Elsewhere only the page itself is known by its address.
                let path = archive.own_path(written.text);
                if path.is_none() && address.contains("://")
                    || written.link.is_some_and(|link| link.unlinked)
                    || !address.is_empty() && !archive.understands_links()
                {
                    continue;
                }
                let Target::Document(target, Some(fragment)) =
                    archive.resolve(from, path.unwrap_or(written.text))
                else {
                    continue;
                };
                let Some(page) = archive.document(target) else {
                    continue;
                };
                if page.has_template_tags || page.unreadable.is_some() || is_provided(fragment) {
                    continue;
                }
                let ids = known.entry(target).or_insert_with(|| ids(page));
                if !has(ids, fragment, archive) {
                    misses.push(Miss {
                        from,
                        target,
                        written,
                        fragment,
                    });
                }
            }
        }
        let mut users: HashMap<&str, HashSet<DocumentId>> = HashMap::new();
        for miss in &misses {
            users.entry(miss.fragment).or_default().insert(miss.from);
        }
        for miss in &misses {
            if users.get(miss.fragment).is_some_and(|from| from.len() < 2) {
                report(miss, archive, known.get(&miss.target), cx);
            }
        }
    }
}

/// Every id of a page that is known from its source.
fn ids(page: &Document) -> HashSet<String> {
    let mut ids = slug::ids(&page.headings);
    ids.extend(page.anchors.iter().map(|anchor| anchor.to_string()));
    ids
}

fn has(ids: &HashSet<String>, fragment: &str, archive: &Archive) -> bool {
    if ids.contains(fragment) {
        return true;
    }
    let decoded = crate::archive::routes::percent_decoded(fragment);
    if ids.contains(&*decoded) {
        return true;
    }
    // GitHub finds a heading whatever the case; Obsidian finds it by its text, and blocks by `^name`.
    match archive.generator {
        Generator::Plain => ids.contains(&slug::github(&decoded)),
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
    let is_numbered = NUMBERED.iter().any(|beginning| {
        lower
            .strip_prefix(beginning)
            .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
    });
    fragment.is_empty()
        || fragment.starts_with([':', '/', '!', '?'])
        || fragment.contains('=')
        || fragment
            .strip_prefix('L')
            .is_some_and(|line| line.starts_with(|first: char| first.is_ascii_digit()))
        || is_numbered
        || lower.starts_with("fn:")
        || lower.starts_with("fnref:")
        || FROM_LAYOUTS.contains(&lower.as_str())
}

fn report(miss: &Miss<'_>, archive: &Archive, ids: Option<&HashSet<String>>, cx: &mut Context) {
    let Miss {
        from,
        target,
        written,
        fragment,
    } = miss;
    let (Some(document), Some(page)) = (archive.document(*from), archive.document(*target)) else {
        return;
    };
    let own = from == target;
    let where_to = if own {
        "this page".to_owned()
    } else {
        format!("`{}`", page.stem())
    };
    let nearest = ids.and_then(|ids| nearest(fragment, page, ids));
    let help = match &nearest {
        Some(nearest) => format!("did you mean `#{nearest}`?"),
        None => "correct what follows the `#`, or give the place that is meant this id".to_owned(),
    };
    let place = |span| Place {
        document: *from,
        span,
    };
    let mut report = cx
        .report_at(
            place(written.span),
            written.text,
            format!("{where_to} has no heading `#{fragment}`"),
        )
        .note(if own {
            "leads nowhere"
        } else {
            "leads to the top of that page"
        })
        .help(help);
    if written.link.is_none()
        && let Some(link) = written.links(document).next()
    {
        report = report.label_at(place(link.span), "this link leads there");
    }
    if let Some(nearest) = nearest {
        let before = written.text.len() - fragment.len();
        let text = format!("{}{nearest}", written.text.get(..before).unwrap_or(""));
        report.fix_all(Fix {
            title: format!("link to `#{nearest}`"),
            safety: Safety::Unsafe,
            edits: vec![Edit {
                place: place(written.span),
                text,
            }],
        });
    }
}

/// The id of a heading that `fragment` is a slip of, or the beginning of.
fn nearest(fragment: &str, page: &Document, ids: &HashSet<String>) -> Option<String> {
    let wanted = fragment.to_lowercase();
    let most = (wanted.chars().count() / 3).max(1);
    let headings = page
        .headings
        .iter()
        .flat_map(|heading| [slug::kramdown(&heading.source), slug::github(&heading.text)]);
    headings
        .chain(page.anchors.iter().map(|anchor| anchor.to_string()))
        // An id that begins with `#` is a slip itself.
        .filter(|id| {
            !id.starts_with('#')
                && ids.contains(id.as_str())
                && id.len().abs_diff(wanted.len()) <= most
        })
        .map(|id| (strsim::osa_distance(&id.to_lowercase(), &wanted), id))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, id)| id)
}
