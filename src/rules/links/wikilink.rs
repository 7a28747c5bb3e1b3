//! `[[target]]` in an Obsidian vault.

use crate::archive::Archive;
use crate::archive::name_of;
use crate::archive::past::Broken;
use crate::archive::site::Generator;
use crate::archive::vault::{VaultTarget, wiki_name, without_md};
use crate::diagnostic::{DocumentId, Safety, Severity};
use crate::document::{Link, LinkKind, mask};
use crate::names::{MOST_SOUGHT, lower_letters};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Report, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "links/wikilink",
    summary: "a wikilink that leads to no note, to several, or to no heading",
    docs: "\
**Finds.** In an Obsidian vault, a `[[name]]` that no file has or several notes have, or a heading that the note lacks \
(a warning). As in Obsidian, a name is a path, a file name in any folder, or one of a note's `aliases`.

**Why.** The reader arrives at an empty note, at whichever note Obsidian picks, or at the top of the page.

**Ignores.** Double brackets outside a vault (a folder that holds `.obsidian`), where they are text. In a vault where \
more than one wikilink in twenty leads nowhere, they stand for notes to come, and the finding is an info.

**Fix.** Correct the name, write the path (`[[folder/name]]`), or write the note.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "a misspelt name",
            backdrop: Backdrop::None,
            files: &[
                (".obsidian", ""),
                (
                    "weeks/Week 12.md",
                    "# Week 12\n\nAfter ⟦[[Week 1l]]⟧ came [[Seed bank|the bank]].\n",
                ),
                ("weeks/Week 11.md", "# Week 11\n\nSee [[week 12#week 12]].\n"),
                ("Seed bank.md", "Beans.\n"),
            ],
            fixed: Some("# Week 12\n\nAfter [[Week 11]] came [[Seed bank|the bank]].\n"),
        },
        Example::Bad {
            title: "two notes with one name",
            backdrop: Backdrop::None,
            files: &[
                (".obsidian", ""),
                ("weeks/Week 12.md", "# Week 12\n\nThe ⟦[[pump]]⟧ and the [[new/pump]].\n"),
                ("old/pump.md", "Rust.\n"),
                ("new/pump.md", "Shine.\n"),
            ],
            fixed: None,
        },
        Example::Good {
            title: "names, paths, aliases, files and headings",
            backdrop: Backdrop::None,
            files: &[
                (".obsidian", ""),
                (
                    "weeks/Week 12.md",
                    "# Week 12\n\n[[Seed Bank]], [[places/seed bank]], [[the bank]], ![[bean.png]], [[Seed bank#Opening hours]], [[#Week 12]].\n",
                ),
                (
                    "places/Seed bank.md",
                    "---\naliases: [the bank]\n---\n\n## Opening hours\n\nNever.\n",
                ),
                ("bean.png", ""),
            ],
        },
        Example::Good {
            title: "an alias that two notes share",
            backdrop: Backdrop::None,
            files: &[
                (".obsidian", ""),
                ("Week 12.md", "# Week 12\n\nAt [[the bank]].\n"),
                ("Seed bank.md", "---\naliases: [the bank]\n---\n\nClosed.\n"),
                ("Pond.md", "---\naliases: [the bank]\n---\n\nMuddy.\n"),
            ],
        },
        Example::Good {
            title: "double brackets that are not links",
            backdrop: Backdrop::None,
            files: &[("notes/week-12.md", "# Week 12\n\nThe `if` of a shell: [[ -f x ]].\n")],
        },
    ],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    let archive = page.archive;
    if archive.generator != Generator::Obsidian {
        return;
    }
    let mut sought = 0;
    let is_wikilink =
        |link: &&Link| link.kind == LinkKind::Wikilink && !mask::holds_tag(link.destination());
    for link in page.document.links.iter().filter(is_wikilink) {
        let name = wiki_name(link.destination());
        let found = match name {
            "" => VaultTarget::Document(page.id),
            name => archive.resolve_wikilink(name),
        };
        match found {
            VaultTarget::File => {}
            VaultTarget::Document(target) => heading(link, target, archive, cx),
            VaultTarget::Several(count, found) => several(link, name, (count, &found), archive, cx),
            VaultTarget::Nothing => {
                sought += 1;
                nothing(link, name, archive, sought <= MOST_SOUGHT, cx);
            }
        }
    }
}

/// Offers to put another name in the place of a link's.
fn rename(report: Report<'_>, link: &Link, name: &str, meant: &str) {
    if link.destination().starts_with(name) {
        let start = link.target_span.start as usize;
        let span = Span::new(start, start + name.len());
        report.fix(format!("link to `{meant}`"), Safety::Unsafe, span, meant);
    }
}

/// Reports a name that was found before.
fn broken(link: &Link, name: &str, broken: &Broken<'_>, cx: &mut Context) {
    let message = format!("no note is called `{name}` any more");
    let report = cx.report(link.span, &name.to_lowercase(), message).alone();
    let report = report.help(broken.fate());
    let Some(now) = broken.now else {
        return;
    };
    let meant = match name.contains('/') {
        true => without_md(now),
        false => without_md(now.rsplit('/').next().unwrap_or(now)),
    };
    rename(report, link, name, meant);
}

fn nothing(link: &Link, name: &str, archive: &Archive, is_sought: bool, cx: &mut Context) {
    if let Some(found) = archive.broken_wikilink(name) {
        return broken(link, name, &found, cx);
    }
    let lower = name.to_lowercase();
    let mut report = cx.report(link.span, &lower, format!("no note is called `{name}`"));
    if archive.links_ahead() {
        report = report.at_most(Severity::Info);
    }
    let near = is_sought.then(|| archive.vault_name_near(name));
    let Some(nearest) = near.flatten() else {
        report.help("correct the name, or write the note");
        return;
    };
    let report = report.help(format!("did you mean `{nearest}`?"));
    rename(report, link, name, nearest);
}

/// `found`: how many notes there are, and the first of them.
fn several(
    link: &Link,
    name: &str,
    (count, found): (usize, &[DocumentId]),
    archive: &Archive,
    cx: &mut Context,
) {
    let message = format!("{count} notes are called `{name}`");
    let mut report = cx.report(link.span, &name.to_lowercase(), message);
    for other in found {
        report = report.label_at(name_of(*other), "one of them");
    }
    let first = found.first().and_then(|first| archive.document(*first));
    let path = first.map_or("folder/name", |first| without_md(&first.path));
    report.help(format!("write the path: `[[{path}]]`"));
}

/// Looks for the heading that the link names.
fn heading(link: &Link, target: DocumentId, archive: &Archive, cx: &mut Context) {
    let destination = link.destination().trim_end_matches('\\');
    let (Some((_, wanted)), Some(document)) =
        (destination.rsplit_once('#'), archive.document(target))
    else {
        return;
    };
    let wanted = wanted.trim();
    let key = lower_letters(wanted);
    if wanted.starts_with('^')
        || key.is_empty()
        || document.has_template_tags
        || document.has_heading_of(&key)
    {
        return;
    }
    let message = format!("`{}` has no heading `{wanted}`", document.stem());
    cx.report(link.span, &destination.to_lowercase(), message)
        .at_most(Severity::Warning)
        .label_at(name_of(target), "the linked note")
        .help("correct the heading in the link");
}
