//! Which files are the notes of a series, and which are the other pages of the site.
//!
//! A file speaks of a week when its name or its title does (`week-460`, `Weeknotes #12`, `2024-W07`), when it lies in a
//! folder named for weeknotes and its name is a number or a date, when it is tagged as a weeknote, or when a key of it
//! names the week in which it was written. Files of one folder (years and months in the path left out) whose names have
//! one form are a series when most of them speak of a week.

use super::{Numbering, claims};
use crate::config::Config;
use crate::document::{Document, metadata::Value, stem};
use crate::week::{Claim, claim, is_month};
use std::collections::{BTreeMap, BTreeSet};

/// Files that are kept alike: the notes of a series, or the other pages of a folder.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// The folder without years and months.
    pub(super) folder: String,
    /// Whether it is a series of weeknotes.
    pub(super) is_series: bool,
    /// Indices of the documents.
    pub(super) documents: Vec<usize>,
    /// The configured name, or folder and form of the names.
    pub(super) name: String,
    /// How the notes are numbered, where that is configured.
    pub(super) numbering: Option<Numbering>,
    /// Keys that the configuration requires.
    pub(super) required_keys: Vec<String>,
    /// Why.
    pub(super) reason: String,
}

/// Files that every repository has and no site serves.
const ASIDES: &[&str] = &[
    "readme",
    "license",
    "licence",
    "contributing",
    "changelog",
    "code_of_conduct",
    "code-of-conduct",
    "security",
    "authors",
    "governance",
    "support",
];

/// Folders whose Markdown files are no content, without what may stand around the word (`_includes`, `99 Templates`).
const TEMPLATE_FOLDERS: &[&str] = &[
    "templates",
    "template",
    "vorlagen",
    "plantillas",
    "modèles",
    "archetypes",
    "scaffolds",
    "includes",
    "layouts",
    "partials",
];

fn is_template_folder(folder: &str) -> bool {
    let folder = folder.to_lowercase();
    let word = folder.trim_matches(|character: char| !character.is_alphabetic());
    TEMPLATE_FOLDERS.contains(&word) || folder == "_data"
}

/// Whether a file in a folder of templates is a dated page all the same: an author may write of templates.
fn is_dated_page(document: &Document) -> bool {
    let has_name = || claim::of_stem(telling_name(document)).is_some();
    claims::date(document).is_some() && (document.stem() == "index" || has_name())
}

/// Why a file is no part of the site's content, if it is none by its name or folder.
pub(super) fn aside(document: &Document) -> Option<&'static str> {
    let name = document.stem().to_lowercase();
    let mut folders = document.folder().split('/');
    let is_vendored = folders.clone().any(|folder| folder == "vendor");
    if is_vendored || folders.any(is_template_folder) && !is_dated_page(document) {
        return Some("in a folder of templates");
    }
    if name == "readme" && is_bundle(document) {
        return None;
    }
    (ASIDES.contains(&name.as_str()) || name == "license-mit" || name == "license-apache")
        .then_some("a file about the repository")
}

/// Whether the file lies in a folder of templates.
pub(super) fn is_template(document: &Document) -> bool {
    aside(document) == Some("in a folder of templates")
}

/// The name that says what a file is: its stem, or its folder's name where the file is a bundle's index.
pub fn telling_name(document: &Document) -> &str {
    if is_bundle(document) {
        document.folder().rsplit('/').next().unwrap_or("")
    } else {
        document.stem()
    }
}

/// Whether a file is the index of its folder: `index`, or a README in a folder that is named for a week. `_index` is the
/// page of a section (Hugo, Zola), which lists the notes of a folder and is none itself.
fn is_bundle(document: &Document) -> bool {
    let folder = || document.folder().rsplit('/').next().unwrap_or("");
    let is_week = || claim::of_stem(folder()).is_some_and(|claim| claim.named && !claim.bonus);
    document.stem() == "index" || document.stem().eq_ignore_ascii_case("readme") && is_week()
}

pub(crate) fn is_weeknote_word(word: &str) -> bool {
    let word = word.to_lowercase().replace(['-', '_', ' '], "");
    matches!(
        word.as_str(),
        "weeknote"
            | "weeknotes"
            | "weeklynote"
            | "weeklynotes"
            | "weekly"
            | "weeklies"
            | "weeklyupdate"
            | "weeklyupdates"
            | "weeklog"
            | "weeklogs"
            | "weeks"
            | "weeklyreview"
            | "weeklyreviews"
    )
}

/// Whether a folder is named for a year, a month or a number: `2024`, `06`, `06-June`, `2024-Q2`.
fn is_period(folder: &str) -> bool {
    let mut parts = folder.split(|c: char| !c.is_alphanumeric());
    let is_quarter = |part: &str| matches!(part, "Q1" | "Q2" | "Q3" | "Q4");
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    !folder.is_empty() && parts.all(|part| digits(part) || is_quarter(part) || is_month(part))
}

/// The folder that a file or its bundle is in.
fn folder_of(document: &Document) -> &str {
    let folder = document.folder();
    if is_bundle(document) {
        folder.rsplit_once('/').map_or("", |(before, _)| before)
    } else {
        folder
    }
}

/// The folder of a file without the years, months and numbers at its end: `content/blog` of `content/blog/2021/06`.
fn base_folder(document: &Document) -> String {
    let mut folder = folder_of(document);
    while let Some(last) = folder.rsplit('/').next().filter(|last| is_period(last)) {
        folder = folder
            .strip_suffix(last)
            .unwrap_or("")
            .trim_end_matches('/');
    }
    folder.to_owned()
}

/// The words by which a file's metadata, or what its folder gives to it, says what it is.
pub(crate) fn tags(document: &Document) -> impl Iterator<Item = &str> {
    let metadata = &document.metadata;
    let given = metadata.given.iter().flat_map(|given| &given.entries);
    let entries = metadata.entries.iter().chain(given);
    let values = entries.flat_map(|entry| match (&*entry.key, &entry.value) {
        ("tags" | "tag" | "categories" | "category" | "type" | "kind" | "layout", _) => {
            std::slice::from_ref(entry)
        }
        ("taxonomies", Value::Map(inner)) => inner,
        _ => &[],
    });
    values.flat_map(|entry| {
        let (text, items) = match &entry.value {
            Value::List(items) => ("", items.as_slice()),
            value => (value.as_str().unwrap_or(""), &[][..]),
        };
        let words = text.split([',', ' ']).filter(|word| !word.is_empty());
        words.chain(items.iter().filter_map(|(item, _)| item.as_str()))
    })
}

/// What the name of one file says.
struct Name {
    claim: Option<Claim>,
    /// The words before the claim that set one series apart from another in its folder: without dates, without the
    /// words that every weeknote has, and whatever the dashes between them are.
    prefix: String,
    /// The name after the claim.
    suffix: String,
}

fn read_name(document: &Document) -> Name {
    let name = telling_name(document);
    let claim = claim::of_stem(name);
    let (start, end) = claim.as_ref().map_or((0, 0), |claim| {
        (claim.span.start as usize, claim.span.end as usize)
    });
    let words = name.get(..start).unwrap_or("");
    let words: Vec<String> = words
        .split(|character: char| !character.is_alphabetic())
        .filter(|word| !word.is_empty() && !is_weeknote_word(word))
        .map(str::to_lowercase)
        .collect();
    Name {
        claim,
        prefix: words.join("-"),
        suffix: name.get(end..).unwrap_or("").to_owned(),
    }
}

/// How many names must end alike to be a form of their own.
const ENOUGH_FOR_A_SUFFIX: usize = 3;

/// One in so many notes may have a name that says nothing, and belong to the series all the same.
const FEW: usize = 4;

/// Whether a claim counts weeks or notes; one that names days alone does not.
fn is_numbered(claim: &Claim) -> bool {
    !claim.numbers.is_empty() || claim.season.is_some()
}

/// Divides the documents into groups; those that are no content are left out.
pub(super) fn group(documents: &[Document], config: &Config) -> Vec<Group> {
    let mut names: Vec<Option<(String, Name)>> = documents
        .iter()
        .map(|document| {
            aside(document)
                .is_none()
                .then(|| (base_folder(document), read_name(document)))
        })
        .collect();
    let mut groups = configured(documents, config, &mut names);
    let suffixes = suffixes(documents, &names);
    // A date in front of a title is no number: a blog's posts are not named like its weeknotes.
    let mut by_form: BTreeMap<(&str, &str, &str, bool), Vec<usize>> = BTreeMap::new();
    // Names that say nothing are told by tag and title.
    let mut pages: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, found) in names.iter().enumerate() {
        let Some((folder, name)) = found else {
            continue;
        };
        let Some(claim) = &name.claim else {
            pages.entry(folder).or_default().push(index);
            continue;
        };
        // A date and any title is the name of every post of a blog.
        let is_post = !is_numbered(claim) && claim.span.start == 0 && !name.suffix.is_empty();
        let of_weeknotes = begins_with_weeknotes(&name.suffix);
        if is_post && !of_weeknotes && !is_for_weeknotes(folder) {
            pages.entry(folder).or_default().push(index);
            continue;
        }
        let is_form = suffixes.contains(&(folder.as_str(), name.suffix.as_str()));
        let suffix = if is_form && !of_weeknotes {
            name.suffix.as_str()
        } else {
            ""
        };
        by_form
            .entry((folder, &name.prefix, suffix, is_numbered(claim)))
            .or_default()
            .push(index);
    }
    for ((folder, prefix, suffix, numbered), members) in by_form {
        let weekly = members
            .iter()
            .filter(|&&index| {
                names[index].as_ref().is_some_and(|(folder, name)| {
                    let claim = name.claim.as_ref();
                    claim.is_some_and(|claim| speaks_of_a_week(&documents[index], folder, claim))
                })
            })
            .count();
        if weekly * 5 >= members.len() * 3 {
            let reason = format!(
                "{weekly} of {} files named like it speak of a week",
                members.len()
            );
            let name = format!(
                "{folder}{}{prefix}{}{}{suffix}",
                if folder.is_empty() { "" } else { "/" },
                if prefix.is_empty() { "" } else { "-" },
                if numbered { "N" } else { "DATE" },
            );
            groups.push(Group {
                folder: folder.to_owned(),
                is_series: true,
                documents: members,
                name,
                reason,
                ..Group::default()
            });
        } else {
            pages.entry(folder).or_default().extend(members);
        }
    }
    for (folder, members) in pages {
        // Where no name says what a note is, all that is dated in a folder of weeknotes is one.
        let series = groups
            .iter()
            .filter(|group| group.is_series && group.folder == folder);
        let named: usize = series.map(|group| group.documents.len()).sum();
        let by_folder = is_for_weeknotes(folder) && named * 2 <= members.len();
        let (notes, others): (Vec<usize>, Vec<usize>) = members.into_iter().partition(|&index| {
            let document = &documents[index];
            is_weeknote_by_content(document) || by_folder && claims::date(document).is_some()
        });
        if !notes.is_empty() {
            // A few stand among the notes of the folder's series; many are a series of their own.
            match groups.iter_mut().find(|group| {
                group.is_series
                    && group.folder == folder
                    && notes.len() * FEW <= group.documents.len()
            }) {
                Some(group) => group.documents.extend(notes),
                None => groups.push(Group {
                    folder: folder.to_owned(),
                    is_series: true,
                    documents: notes,
                    name: folder.to_owned(),
                    reason: "its title, tags or folder call it a weeknote".to_owned(),
                    ..Group::default()
                }),
            }
        }
        if !others.is_empty() {
            groups.push(Group {
                folder: folder.to_owned(),
                documents: others,
                name: folder.to_owned(),
                reason: "another page of the site".to_owned(),
                ..Group::default()
            });
        }
    }
    for group in &mut groups {
        group.documents.sort_unstable();
    }
    groups
}

/// The endings of names that are forms of their own, with their folders: most names of the folder end so, or most that do
/// stand beside another note of their week, as `week-12-links` beside `week-12`. A title that comes again is none.
fn suffixes<'a>(
    documents: &'a [Document],
    names: &'a [Option<(String, Name)>],
) -> BTreeSet<(&'a str, &'a str)> {
    let named = || {
        documents.iter().zip(names).filter_map(|(document, found)| {
            let (folder, name) = found.as_ref()?;
            let claim = name.claim.as_ref()?;
            let days = claim.dates.filter(|_| !is_numbered(claim));
            let weeks = format!("{:?}{:?}{days:?}", claim.numbers, claim.season);
            let place = (folder_of(document), &name.prefix);
            Some((
                folder.as_str(),
                name.suffix.as_str(),
                (place, claim.year, weeks),
            ))
        })
    };
    let (mut sizes, mut of_week) = (BTreeMap::new(), BTreeMap::new());
    for (folder, _, week) in named() {
        *sizes.entry(folder).or_insert(0) += 1;
        *of_week.entry(week).or_insert(0) += 1;
    }
    let mut counts: BTreeMap<_, (usize, usize)> = BTreeMap::new();
    for (folder, suffix, week) in named() {
        let (count, beside) = counts.entry((folder, suffix)).or_default();
        *count += 1;
        *beside += usize::from(of_week.get(&week).is_some_and(|notes: &usize| *notes > 1));
    }
    counts.retain(|(folder, _), (count, beside)| {
        let most = sizes.get(folder).is_some_and(|of| *count * 2 > *of);
        *count >= ENOUGH_FOR_A_SUFFIX && (most || *beside * 2 >= *count)
    });
    counts.into_keys().collect()
}

/// The series of the configuration; their files are taken out of `names`.
fn configured(
    documents: &[Document],
    config: &Config,
    names: &mut [Option<(String, Name)>],
) -> Vec<Group> {
    let mut groups = Vec::new();
    for series in &config.series {
        let mut members = Vec::new();
        for (index, document) in documents.iter().enumerate() {
            let is_named = |tag: &str| series.tags.iter().any(|one| one == tag);
            if names[index].is_some()
                && series.contains(&document.path)
                && (series.tags.is_empty() || tags(document).any(is_named))
            {
                members.push(index);
                names[index] = None;
            }
        }
        let folder = members
            .first()
            .map_or(String::new(), |&index| base_folder(&documents[index]));
        groups.push(Group {
            folder,
            is_series: true,
            documents: members,
            name: series.name.clone(),
            numbering: series.numbering.as_ref().map(Numbering::configured),
            required_keys: series.required_keys.clone().unwrap_or_default(),
            reason: format!("the configuration says so: series \"{}\"", series.name),
        });
    }
    groups
}

/// Whether a file is a weeknote by its tags or its title, whatever its name.
fn is_weeknote_by_content(document: &Document) -> bool {
    let titled = || {
        claims::shown(document).is_some_and(|said| said.claim.named)
            || claims::shown_title(document).is_some_and(is_titled_weeknotes)
    };
    document.stem() != "_index"
        && (tags(document).any(is_weeknote_word) || titled() || claims::is_keyed(document))
}

/// "Weeknotes: rain and beans".
fn is_titled_weeknotes(title: &str) -> bool {
    let parts = title.split_once([':', '–', '—', '|']);
    let parts = parts.or_else(|| title.split_once(" - "));
    parts.is_some_and(|(word, topic)| is_weeknote_word(word.trim()) && !topic.trim().is_empty())
}

fn speaks_of_a_week(document: &Document, folder: &str, claim: &Claim) -> bool {
    let is_named_alike = || claims::shown_title(document).is_some_and(is_weeknote_word);
    claim.named
        || claim.iso
        || is_for_weeknotes(folder)
        || is_weeknote_by_content(document)
        || claim.dates.is_some() && is_named_alike()
}

/// Whether the first words of what follows a date in a name are those of a weeknote: `-weeknotes-rain`, `-week-notes`.
fn begins_with_weeknotes(suffix: &str) -> bool {
    let words = suffix.trim_start_matches(['-', '_', ' ']);
    let mut ends = words.match_indices(['-', '_', ' ']).map(|(end, _)| end);
    let (first, second) = (ends.next(), ends.next());
    [first, second, Some(words.len())]
        .into_iter()
        .flatten()
        .any(|end| words.get(..end).is_some_and(is_weeknote_word))
}

/// Whether a folder is named for weeknotes.
fn is_for_weeknotes(folder: &str) -> bool {
    let says_so =
        |part: &str| is_weeknote_word(part) || stem(part).split(['-', '_']).any(is_weeknote_word);
    folder.split('/').any(says_so)
}

#[cfg(test)]
mod tests;
