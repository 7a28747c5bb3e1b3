//! A file among the notes whose name does not fit theirs, so that the site does not take it for one.

use crate::archive::claims::{self, Whence};
use crate::archive::conventions::{ENOUGH, almost_always};
use crate::archive::{Archive, Collection, Role, name_of, site::Generator};
use crate::diagnostic::{DocumentId, Severity};
use crate::document::Document;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use std::collections::HashMap;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "week/file-name",
    summary: "a file among the notes whose name does not fit theirs",
    docs: "\
The address of a note is made from its file's name, and a file whose name does not have the form that the site expects is \
not served, or served at an address that nobody links to. The rule compares the names of a folder's notes and finds the \
one that comes close to their form and misses it: copies that an editor or a synchronising tool left behind \
(`week-257.snip copy.markdown`, `week-258 (1).md`), misspelt words (`wek-258.md`), other separators or capitals \
(`Week_258.md`), and in Jekyll's `_posts` a missing date.

It speaks only where at least 95 % of at least 20 notes share one form, and is silent about names that are merely \
different: `weeks-520-to-524` reports a run, `holidays` is another page. An extension that differs is found by \
`metadata/file-extension`.

Rename the file as the others are named, or delete it if it is a copy.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "a copy that an editor left behind",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-119.snip copy.markdown",
                "⟦⟧Week 119\n========\n\nBeans.\n\n:name: week-119\n:page_title: Week 119\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a misspelt word",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/wek-121.snip.markdown",
                "⟦⟧Week 121\n========\n\nBeans.\n\n:name: wek-121\n:page_title: Week 121\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "another separator and a capital",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/Week_121.snip.markdown",
                "⟦⟧Week 121\n========\n\nBeans.\n\n:page_title: Week 121\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "Jekyll publishes posts whose names begin with a date",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/weeknotes-31.md",
                "⟦⟧---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nBeans.\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a run of weeks, and a page that is no note",
            backdrop: Backdrop::Snips,
            files: &[
                (
                    "soups/weeknotes/weeks-120-to-122.snip.markdown",
                    "Weeks 120 to 122\n================\n\nBeans.\n\n:page_title: Weeks 120 to 122\n",
                ),
                (
                    "soups/weeknotes/about-our-weeks.snip.markdown",
                    "About our weeks\n===============\n\nBeans.\n\n:page_title: About\n",
                ),
            ],
        },
    ],
};

/// See [`META`].
pub struct FileName;

impl Rule for FileName {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_archive(&self, archive: &Archive, cx: &mut Context) {
        for (id, form, misfit) in misnamed(archive) {
            let Some(document) = archive.document(id) else {
                continue;
            };
            let name = document.file_name();
            let message = match misfit {
                Misfit::Copy => format!("`{name}` is named like a copy, not like a note"),
                Misfit::Undated => format!("the name `{name}` has no date before it"),
                Misfit::Near => format!("the name `{name}` does not fit those of the other notes"),
            };
            let usual = form.usual;
            let help = match misfit {
                Misfit::Copy => format!(
                    "delete it, or rename it: {} of {} notes here are named like `{usual}`",
                    form.with, form.of
                ),
                Misfit::Undated => format!(
                    "rename the file: only posts that are named like `{usual}` are published by Jekyll"
                ),
                Misfit::Near => format!(
                    "rename it: {} of {} notes here are named like `{usual}`, and the page's address is made from the name",
                    form.with, form.of
                ),
            };
            cx.report_at(name_of(id), name, message).help(help);
        }
    }
}

/// What is the matter with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misfit {
    /// An editor's or a tool's copy.
    Copy,
    /// Without the date that the site needs.
    Undated,
    /// A misspelt word, another separator or capital.
    Near,
}

/// The form that almost all names of a folder have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form<'a> {
    /// The name of a note that has it.
    usual: &'a str,
    with: usize,
    of: usize,
}

/// The files whose names come close to the form of a series' names and miss it.
pub(super) fn misnamed(archive: &Archive) -> Vec<(DocumentId, Form<'_>, Misfit)> {
    let mut found = Vec::new();
    let series = archive
        .collections
        .iter()
        .filter(|one| one.is_series() && one.documents.len() >= ENOUGH);
    for collection in series {
        let Some((shape, form)) = usual_form(archive, collection) else {
            continue;
        };
        let pages = archive
            .collections
            .iter()
            .filter(|other| !other.is_series() && other.folder == collection.folder);
        let candidates = collection
            .documents
            .iter()
            .chain(pages.flat_map(|other| &other.documents));
        for &id in candidates {
            if let Some(document) = archive.document(id)
                && let Some(misfit) = misfit(archive, id, document, &shape)
            {
                found.push((id, form, misfit));
            }
        }
    }
    found
}

/// A name with `#` for each run of digits.
fn shape(name: &str) -> String {
    let mut shape = String::with_capacity(name.len());
    for character in name.chars() {
        if !character.is_ascii_digit() {
            shape.push(character);
        } else if !shape.ends_with('#') {
            shape.push('#');
        }
    }
    shape
}

/// The shape of almost all stems of a series, with a name that has it.
fn usual_form<'a>(archive: &'a Archive, collection: &Collection) -> Option<(String, Form<'a>)> {
    let mut counts: HashMap<String, (usize, &str)> = HashMap::new();
    for document in collection
        .documents
        .iter()
        .filter_map(|&id| archive.document(id))
    {
        let count = counts
            .entry(shape(document.stem()))
            .or_insert((0, document.file_name()));
        count.0 += 1;
        // The latest name is the best example.
        count.1 = count.1.max(document.file_name());
    }
    let (shape, (with, usual)) = counts.into_iter().max_by_key(|(_, (count, _))| *count)?;
    let of = collection.documents.len();
    (almost_always(with, of) && shape.contains('#')).then_some((shape, Form { usual, with, of }))
}

fn misfit(archive: &Archive, id: DocumentId, document: &Document, usual: &str) -> Option<Misfit> {
    // A bundle is named by its folder.
    if document.stem() == "index" || document.stem() == "_index" {
        return None;
    }
    let own = shape(document.stem());
    if own == usual || !own.contains('#') {
        return None;
    }
    if is_copy(&own, usual) {
        return Some(Misfit::Copy);
    }
    if own.len() < usual.len() && usual.strip_prefix("#-#-#-") == Some(&own) {
        let jekyll = archive.generator == Generator::Jekyll
            && document.path.split('/').any(|folder| folder == "_posts");
        return jekyll.then_some(Misfit::Undated);
    }
    if plain(&own) == plain(usual) {
        return Some(Misfit::Near);
    }
    // A word that is spelt right may be another series' or a run's: "weeks-#-to-#".
    let standing = archive.standing(id)?;
    let spelt_right = standing.role == Role::Note
        && standing
            .said(Whence::FileName)
            .is_some_and(|said| said.claim.named);
    let speaks = || {
        claims::all(document)
            .iter()
            .any(|said| said.claim.named && !said.claim.numbers.is_empty())
    };
    let letters = usual
        .chars()
        .filter(|character| character.is_alphabetic())
        .count();
    (!spelt_right
        && letters >= 4
        && own.matches('#').count() == usual.matches('#').count()
        && strsim::damerau_levenshtein(&own, usual) <= 2
        && speaks())
    .then_some(Misfit::Near)
}

/// A shape without regard to case and to what separates its parts.
fn plain(shape: &str) -> String {
    let kept = shape
        .chars()
        .filter(|character| character.is_alphabetic() || *character == '#');
    kept.flat_map(char::to_lowercase).collect()
}

/// Whether a name is the usual one with what editors, file managers and synchronising tools add to copies.
fn is_copy(own: &str, usual: &str) -> bool {
    const MARKS: [&str; 9] = [
        " copy",
        "-copy",
        "_copy",
        " (#)",
        "(#)",
        " (copy)",
        " - copy",
        " conflict",
        "~",
    ];
    // What is added may stand before an extension: `week-257.snip copy.markdown`.
    let Some(rest) = own.strip_prefix(usual) else {
        return false;
    };
    let rest = rest.trim_start_matches(".snip").to_lowercase();
    let rest = rest.strip_suffix(" #").unwrap_or(&rest);
    MARKS.contains(&rest)
        || rest.contains("conflicted copy")
        || rest.starts_with(".sync-conflict")
        || rest.starts_with(" (conflict")
        || rest.is_empty() && own.ends_with(" #")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_told_from_titles() {
        let usual = "week-#";
        for copy in [
            "week-12.snip copy",
            "week-12 copy 2",
            "week-12 (1)",
            "week-12 2",
            "week-12 (Ada's conflicted copy 2024-03-05)",
            "week-12 - Copy",
            "week-12.sync-conflict-20240305-1",
        ] {
            assert!(is_copy(&shape(copy), usual), "{copy}");
        }
        for other in [
            "week-12-copyright",
            "week-12-2",
            "week-12-holidays",
            "week-12.snip",
        ] {
            assert!(!is_copy(&shape(other), usual), "{other}");
        }
    }
}
