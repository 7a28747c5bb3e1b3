//! The series of an archive, and the other pages of its folders.
//!
//! Evidence ([`super::recognition`]) or the configuration says which files are weekly notes. The notes of a
//! folder (years and months in its path left out) whose names have one form are a series: `week-12` and `week-12-links`
//! are two.

use super::claims::Titles;
use super::laws::share::counts;
use super::recognition::{self, Candidate, Guess};
use super::site::Generator;
use super::{Numbering, claims};
use crate::config::Config;
use crate::document::{Document, metadata::Value};
use crate::names::edits;
use crate::order::Order;
use crate::parallel;
use crate::week::{Claim, claim, month_named};
use crate::word_list::{WordList, is_any, lowercase};
use std::cell::LazyCell;
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
static ASIDES: WordList = WordList::new(
    "readme license license-mit license-apache licence contributing changelog code_of_conduct code-of-conduct \
     security authors governance support",
);

/// Folders whose Markdown files are no content, without what may stand around the word (`_includes`, `99 Templates`).
const TEMPLATE_FOLDERS: &str =
    "templates template vorlagen plantillas modèles archetypes scaffolds includes layouts partials";

fn is_template_folder(folder: &str) -> bool {
    let folder = folder.to_lowercase();
    let word = folder.trim_matches(|character: char| !character.is_alphabetic());
    is_any(word, TEMPLATE_FOLDERS) || folder == "_data"
}

/// Whether a file's stem, in lower case, says that it is a template: `0000-template`, `monthly note template`. Where the
/// word comes first, a page with a date may be about templates.
fn is_named_template(stem: &str, document: &Document) -> bool {
    let mut words = stem.split(|c: char| !c.is_alphabetic());
    let is_word = |word: Option<&str>| word == Some("template");
    is_word(words.clone().rfind(|word| !word.is_empty()))
        || is_word(words.next()) && claims::date(document).is_none()
}

/// Why a file is a template.
pub(super) const TEMPLATE: &str = "a template, by its name or folder";

/// Whether a file in a folder of templates is a dated page all the same: an author may write of templates.
fn is_dated_page(document: &Document) -> bool {
    let has_name = || claim::of_stem(content_name(document)).is_some();
    claims::date(document).is_some() && (document.stem() == "index" || has_name())
}

/// Why a file is no part of the site's content, if it is none by its name or folder.
pub(super) fn aside(document: &Document) -> Option<&'static str> {
    let name = lowercase(document.stem());
    let mut folders = document.folder().split('/');
    let is_vendored = folders.clone().any(|folder| folder == "vendor");
    let is_template = is_named_template(&name, document) || folders.any(is_template_folder);
    if is_vendored || is_template && !is_dated_page(document) {
        return Some(TEMPLATE);
    }
    if name == "readme" && is_bundle(document) {
        return None;
    }
    ASIDES.has(&name).then_some("a file about the repository")
}

/// The name of the content, as Hugo calls it: the file's stem, or its folder's name where the file is a bundle's index.
pub fn content_name(document: &Document) -> &str {
    let folder = document.folder().rsplit('/').next();
    let folder = folder.filter(|_| is_bundle(document));
    folder.unwrap_or(document.stem())
}

/// Whether a file is the index of its folder: `index`, or a README in a folder that is named for a week. `_index` is the
/// page of a section (Hugo, Zola), which lists the notes of a folder and is not one itself.
fn is_bundle(document: &Document) -> bool {
    let folder = || document.folder().rsplit('/').next().unwrap_or("");
    let is_week = || claim::of_stem(folder()).is_some_and(|claim| claim.named);
    document.stem() == "index" || document.stem().eq_ignore_ascii_case("readme") && is_week()
}

/// Whether a folder is named for a year, a month or a number: `2024`, `06`, `06-June`, `2024-Q2`.
pub(crate) fn is_period(folder: &str) -> bool {
    let mut parts = folder.split(|c: char| !c.is_alphanumeric());
    let is_quarter = |part: &str| matches!(part, "Q1" | "Q2" | "Q3" | "Q4");
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    !folder.is_empty()
        && parts.all(|part| digits(part) || is_quarter(part) || month_named(part).is_some())
}

/// The month that a folder is named for, from 1: `06`, `06-June`, `Jun`.
pub(crate) fn month_of(folder: &str) -> Option<i8> {
    let mut parts = folder.split(|c: char| !c.is_alphanumeric());
    parts.find_map(|part| {
        let number = part.parse().ok().filter(|month| (1..=12).contains(month));
        number.or_else(|| month_named(part))
    })
}

/// The folder that a file or its bundle is in.
fn folder_of(document: &Document) -> &str {
    let folder = document.folder();
    let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
    if is_bundle(document) { above } else { folder }
}

/// The folder of a file without the years, months and numbers at its end: `content/blog` of `content/blog/2021/06`.
pub(super) fn base_folder(document: &Document) -> &str {
    let mut folder = folder_of(document);
    while let Some(last) = folder.rsplit('/').next().filter(|last| is_period(last)) {
        let before = folder.strip_suffix(last).unwrap_or("");
        folder = before.trim_end_matches('/');
    }
    folder
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
    values.flat_map(|entry| entry.value.texts(&[',', ' ']))
}

/// What the name of one file says.
struct Name<'d> {
    /// The folder of the file, without the years and months at its end.
    folder: &'d str,
    /// The shape of a note that is named so.
    shape: &'d str,
    claim: Option<&'d Claim>,
    /// The words before the claim that set one series apart from another in its folder: without dates, without the
    /// words that every weeknote has, and whatever the dashes between them are.
    prefix: String,
    /// The name after the claim.
    suffix: &'d str,
}

fn read_name<'d>(document: &'d Document, titles: &'d Titles<'d>) -> Name<'d> {
    let name = titles.name.text;
    let claim = titles.claims[0].as_ref();
    let (start, end) = claim.map_or((0, 0), |claim| {
        (claim.span.start as usize, claim.span.end as usize)
    });
    let words = name.get(..start).unwrap_or("");
    let words = words.split(|character: char| !character.is_alphabetic());
    let words = words.filter(|word| !word.is_empty() && !recognition::is_note_word(word));
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    Name {
        folder: base_folder(document),
        shape: recognition::shape_of_note(&titles.shape),
        claim,
        prefix: words.join("-"),
        suffix: name.get(end..).unwrap_or(""),
    }
}

impl Name<'_> {
    fn is_numbered(&self) -> bool {
        self.claim.is_some_and(|claim| !claim.numbers.is_empty())
    }
}

/// How many names must end alike to be a form of their own.
const ENOUGH_FOR_A_SUFFIX: usize = 3;

/// One in so many notes may have a name that says nothing, and belong to the series all the same.
const FEW: usize = 4;

/// The form of a name: its folder, the words before the claim, the words after it, and whether it counts anything.
type Form<'n> = (&'n str, &'n str, &'n str, bool);

/// The groups of an archive.
#[derive(Debug, Default)]
pub(super) struct Grouped {
    /// The series, and the other pages of each folder.
    pub(super) groups: Vec<Group>,
    /// Where there is no series: what may be one.
    pub(super) guess: Option<Guess>,
    /// What the names of each document claim.
    pub(super) claims: Vec<[Option<Claim>; 3]>,
}

/// Divides the documents into groups; those that are no content are left out.
pub(super) fn group(documents: &[Document], config: &Config, generator: Generator) -> Grouped {
    let rendered = Rendered::of(documents, generator);
    let titles = parallel::map(documents, |_, document| Titles::of(document));
    let mut names = parallel::map(&titles, |index, titles| {
        let document = documents.get(index).filter(|one| aside(one).is_none())?;
        Some(read_name(document, titles))
    });
    let mut groups = configured(documents, config, &mut names);
    let candidate = |(document, name): (&Document, &Option<Name>)| match name {
        None => Candidate::Other,
        Some(_) if rendered.holds(document) => Candidate::Page,
        Some(_) => Candidate::Unrendered,
    };
    let candidates = documents.iter().zip(&names).map(candidate);
    let candidates: Vec<Candidate> = candidates.collect();
    let (mut notes, guess) = recognition::recognise(documents, &titles, &candidates);
    let suffixes = suffixes(documents, &names);
    let counted = counted(&names, &notes);
    let mut by_form: BTreeMap<Form, Vec<usize>> = BTreeMap::new();
    let mut pages: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, found) in names.iter().enumerate() {
        let Some(name) = found else {
            continue;
        };
        let folder = name.folder;
        if notes.get(index).is_none_or(Option::is_none) {
            if candidates.get(index) == Some(&Candidate::Page) {
                pages.entry(folder).or_default().push(index);
            }
            continue;
        }
        let mut is_numbered = name.is_numbered();
        let is_form = suffixes.contains(&(folder, name.suffix));
        // What stands behind a day is the title of a post.
        let suffix = match is_numbered && is_form && !recognition::is_note_word(name.suffix) {
            true => name.suffix,
            false => "",
        };
        let prefix = name.claim.map_or("", |_| &name.prefix);
        if prefix.is_empty() && suffix.is_empty() {
            is_numbered = counted
                .get(&(folder, name.shape))
                .copied()
                .unwrap_or(is_numbered);
        }
        let form = (folder, prefix, suffix, is_numbered);
        by_form.entry(form).or_default().push(index);
    }
    let mut series: Vec<Group> = Vec::new();
    // A few whose names say little stand among the notes of their folder's series; many are a series of their own.
    let mut forms: Vec<_> = by_form.into_iter().collect();
    forms.order_by_key(|((folder, _, _, numbered), members)| {
        (*folder, !numbered, std::cmp::Reverse(members.len()))
    });
    let mut heads: Vec<&str> = Vec::new();
    for (form, members) in forms {
        let (folder, _, _, numbered) = form;
        let first = members.first().and_then(|first| documents.get(*first));
        let name = first.map_or("", content_name);
        let mut heads_of_name = name.split(|c: char| c.is_ascii_digit());
        let head = heads_of_name.next().unwrap_or("");
        let first = members.first();
        let reason = first.and_then(|first| notes.get_mut(*first)?.take());
        let larger = series.iter_mut().zip(&heads).find(|(group, other)| {
            let is_small = members.len() * FEW <= group.documents.len();
            let is_misspelt = || head.len().min(other.len()) > 5 && edits(head, other) == 1;
            let belongs = !numbered || members.len() == 1 && is_misspelt();
            group.folder == folder && is_small && belongs
        });
        match larger {
            Some((group, _)) => group.documents.extend(members),
            None => {
                heads.push(head);
                series.push(Group {
                    folder: folder.to_owned(),
                    is_series: true,
                    name: name_of(form, &members, &names),
                    documents: members,
                    reason: reason.unwrap_or_default(),
                    ..Group::default()
                });
            }
        }
    }
    groups.append(&mut series);
    groups.extend(pages.into_iter().map(|(folder, documents)| Group {
        folder: folder.to_owned(),
        documents,
        name: folder.to_owned(),
        reason: "another page of the site".to_owned(),
        ..Group::default()
    }));
    for group in &mut groups {
        group.documents.sort_unstable();
    }
    let guess = guess.filter(|_| groups.iter().all(|group| !group.is_series));
    drop(names);
    Grouped {
        groups,
        guess,
        claims: titles.into_iter().map(|titles| titles.claims).collect(),
    }
}

/// By folder and shape of a name, whether most notes that are named so are counted by it: `2024/03-08` may look like a run
/// of weeks, and `12-rain` unlike a number, but what is named alike belongs together.
fn counted<'a>(
    names: &'a [Option<Name>],
    notes: &[Option<String>],
) -> BTreeMap<(&'a str, &'a str), bool> {
    let mut votes: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    let found = names.iter().zip(notes).filter(|(_, note)| note.is_some());
    for name in found.filter_map(|(name, _)| name.as_ref()) {
        let (count, of) = votes.entry((name.folder, name.shape)).or_default();
        *count += usize::from(name.is_numbered());
        *of += 1;
    }
    let votes = votes.into_iter();
    let most = votes.map(|(shape, (count, of))| (shape, count * 2 > of));
    most.collect()
}

/// The name of a series that has none: its folder and the form of its files' names.
fn name_of(
    (folder, prefix, suffix, numbered): Form,
    members: &[usize],
    names: &[Option<Name>],
) -> String {
    let is_day = |index: &&usize| {
        let name = names.get(**index).and_then(Option::as_ref);
        name.is_some_and(|name| {
            name.claim.is_some()
                && (name.suffix.is_empty() || recognition::is_note_word(name.suffix))
        })
    };
    let count = match numbered {
        true => "N",
        false if members.iter().filter(is_day).count() * 2 >= members.len() => "DATE",
        false => "",
    };
    let joined = |parts: [&str; 2], by| {
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(by)
    };
    let form = joined([prefix, count], "-") + suffix;
    joined([folder, &form], "/")
}

/// The endings of names that are forms of their own, with their folders: most names of the folder end so, or most that do
/// stand beside another note of their week, as `week-12-links` beside `week-12`. A title that comes again is not such an
/// ending.
fn suffixes<'a>(
    documents: &'a [Document],
    names: &'a [Option<Name>],
) -> BTreeSet<(&'a str, &'a str)> {
    let named = || {
        documents.iter().zip(names).filter_map(|(document, name)| {
            let name = name.as_ref()?;
            let claim = name.claim?;
            let days = claim.dates.filter(|_| claim.numbers.is_empty());
            let weeks = (&claim.numbers, claim.season, days);
            let week = (folder_of(document), &name.prefix, claim.year, weeks);
            Some((name.folder, name.suffix, week))
        })
    };
    let sizes = counts(named().map(|(folder, ..)| folder));
    // Most archives need no answer to this.
    let beside = LazyCell::new(|| {
        let of_week = counts(named().map(|(_, _, week)| week));
        let beside = named().filter(|(.., week)| of_week.get(week).is_some_and(|notes| *notes > 1));
        counts(beside.map(|(folder, suffix, _)| (folder, suffix)))
    });
    let mut counts = counts(named().map(|(folder, suffix, _)| (folder, suffix)));
    counts.retain(|ending, count| {
        let most = sizes.get(ending.0).is_some_and(|of| *count * 2 > *of);
        let are_beside = || beside.get(ending).copied().unwrap_or(0) * 2 >= *count;
        *count >= ENOUGH_FOR_A_SUFFIX && (most || are_beside())
    });
    counts.into_keys().collect()
}

/// The series of the configuration; their files are taken out of `names`.
fn configured(documents: &[Document], config: &Config, names: &mut [Option<Name>]) -> Vec<Group> {
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
        let first = members.first();
        let folder = first.map_or("", |index| base_folder(&documents[*index]));
        groups.push(Group {
            folder: folder.to_owned(),
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

/// Which files the site's generator makes pages of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rendered {
    All,
    /// Those with front matter: Jekyll copies the others as they are, unless a plug-in of GitHub's gives it to them. So
    /// most files must have it.
    WithFrontMatter,
    /// Those in `content`, or in `content.en` and its like: Hugo, Zola.
    InContent,
}

impl Rendered {
    pub(super) fn of(documents: &[Document], generator: Generator) -> Self {
        let with = documents.iter().filter(|one| one.metadata.format.is_some());
        match generator {
            Generator::Jekyll if with.count() * 2 >= documents.len() => Rendered::WithFrontMatter,
            Generator::Hugo | Generator::Zola if documents.iter().any(is_content) => {
                Rendered::InContent
            }
            _ => Rendered::All,
        }
    }

    /// Whether a file becomes a page.
    pub(super) fn holds(self, document: &Document) -> bool {
        match self {
            Rendered::All => true,
            Rendered::WithFrontMatter => document.metadata.format.is_some(),
            Rendered::InContent => is_content(document),
        }
    }
}

/// Whether a file lies in a folder named `content`, or in one of a language: `content.en`.
fn is_content(document: &Document) -> bool {
    let mut folders = document.folder().split('/');
    folders.any(|folder| folder == "content" || folder.starts_with("content."))
}

#[cfg(test)]
mod tests;
