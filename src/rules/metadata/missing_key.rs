//! A key that the others have and this file does not.

use super::evidence::{is_broken, is_index, is_usual, most_frequent, plural, written};
use super::spelling;
use crate::archive::conventions::{Conventions, ENOUGH, KeyFacts, Kind, almost_always};
use crate::archive::{Archive, Collection, claims};
use crate::config;
use crate::diagnostic::{DocumentId, Severity};
use crate::document::Document;
use crate::document::metadata::Format;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};
use crate::source::Span;
use std::cell::OnceCell;

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/missing-key",
    summary: "metadata without a key that the archive or the configuration requires",
    docs: "\
**Finds.** A key that almost all files of the same series or folder have (of at least 20, all but one or one in \
fifty), or that `required-keys` of a `[[series]]` names. A file in a smaller folder is compared with a series of at \
least 50 notes, if it shares most of that series' keys and constant values.

**Why.** Templates and feeds rely on keys: the site sorts a note without a date wrongly, and leaves a note without a \
kind out of its lists.

**Ignores.** Index pages; keys that the folder provides; optional switches such as `draft`; `tag` beside `tags`; \
notes older than the key; the newest notes, where three in a row lack it; blocks that cannot be read \
(`metadata/syntax`); misspelt keys (`metadata/unknown-key`). In a draft the finding is an info.

**Fix.** Add the key, or remove it from `required-keys`.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: Some(check_document),
    check_archive: None,
    examples: &[
        Example::Bad {
            title: "a post without a date",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\n⟦title⟧: \"Weeknotes #31\"\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a key that few files have",
            backdrop: Backdrop::Jekyll,
            files: &[
                (
                    "_posts/2024-08-02-weeknotes-31.md",
                    "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\nimage: plums.jpg\n---\n\nPlums.\n",
                ),
                (
                    "_posts/2024-08-09-weeknotes-32.md",
                    "---\ntitle: \"Weeknotes #32\"\ndate: 2024-08-09\ntags: [weeknotes]\n---\n\nWasps.\n",
                ),
            ],
        },
        Example::Good {
            title: "a page of another kind",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/people/joan-clarke.snip.markdown",
                "# Joan\n\nPrunes roses.\n\n:name: joan-clarke\n:kind: person\n",
            )],
        },
    ],
};

/// Switches with a default: leaving them out says the same as the default.
const SWITCHES: &str = "draft drafts published publish hidden unlisted private comments toc featured pinned math sticky";

/// The size that a collection must have before a file elsewhere is measured by it.
const LARGE: usize = 50;

/// In how many files an example is looked for.
const MOST_SAMPLED: usize = 64;

/// A longer value is no help as an example.
const LONGEST_SAMPLE: usize = 60;

fn check_document(document: &Document, archive: &Archive, cx: &mut Context) {
    let Some(collection) = archive.collection(cx.document) else {
        return;
    };
    let metadata = &document.metadata;
    if metadata.format.is_none() || is_broken(document) || is_index(document, collection) {
        return;
    }
    let id = cx.document;
    let misspelt = OnceCell::new();
    let is_lost = |(key, _): &(&str, Why)| {
        let misspelt = misspelt.get_or_init(|| spelling::misspelt(archive, id, document));
        !misspelt.contains(key)
    };
    let mut missing = required(document, collection);
    missing.retain(is_lost);
    if missing.is_empty() && collection.conventions.files < ENOUGH {
        missing = required_by_likeness(document, archive);
        missing.retain(is_lost);
    }
    missing.sort_unstable_by_key(|(key, _)| *key);
    let Some((_, why)) = missing.iter().max_by_key(|(_, why)| why.rank()) else {
        return;
    };
    let (them, at_least, a_line) = match missing.as_slice() {
        [_] => ("it", "", "a line"),
        _ => ("them", "at least ", "lines"),
    };
    let (model, why) = match why {
        Why::Configured => (collection, format!("weeknote-lint.toml requires {them}")),
        Why::Usual { with, of } => {
            let others = plural(collection);
            let why = format!("{at_least}{with} of the {of} {others} here have {them}");
            (collection, why)
        }
        Why::Like(series) => {
            let (files, name) = (series.conventions.files, &series.name);
            let why =
                format!("the {files} files in `{name}`, which look like this one, have {them}");
            (*series, why)
        }
    };
    let names: Vec<&str> = missing.iter().map(|(key, _)| *key).collect();
    let shown: Vec<String> = names.iter().map(|key| written(document, key)).collect();
    let add = |key: &&str| line_to_add(document, key, sample(archive, model, id, key));
    let lines: Vec<String> = names.iter().map(add).collect();
    let first = metadata.entries.first().map(|entry| entry.key_span);
    let place = first.unwrap_or_else(|| Span::at(metadata.block.start as usize));
    let message = format!("the metadata has no {}", config::list(&shown));
    let report = cx.report(place, &names.join(","), message).help(format!(
        "add {a_line} like {} to the metadata: {why}",
        config::list(&lines)
    ));
    if document.is_draft() {
        report.at_most(Severity::Info);
    }
}

/// Why a key is required; the reasons that hold for several keys at once are named by the greatest.
#[derive(Debug, Clone, Copy)]
enum Why<'a> {
    /// So many of so many have it.
    Usual { with: usize, of: usize },
    /// The files of the named collection have it.
    Like(&'a Collection),
    /// The configuration says so.
    Configured,
}

impl Why<'_> {
    fn rank(&self) -> (u8, usize) {
        match self {
            Why::Usual { with, .. } => (0, *with),
            Why::Like(_) => (1, 0),
            Why::Configured => (2, 0),
        }
    }
}

/// The keys that so few files of a collection lack that they cannot be left out at will (one, or one in fifty), each with
/// the number of files that have it.
pub fn usual<'a>(
    archive: &'a Archive,
    collection: &'a Collection,
) -> impl Iterator<Item = (&'a str, usize)> {
    let documents = move || {
        collection
            .documents
            .iter()
            .filter_map(|id| archive.document(*id))
    };
    let is_habit = move |key: &str, facts: &KeyFacts| {
        facts.files == collection.conventions.files
            || !documents().any(|document| {
                lacks(document, key) && is_of_other_days(document, facts, collection)
            })
    };
    let keys = collection
        .conventions
        .usual_keys()
        .filter(move |(key, facts)| {
            !is_switch(key) && is_required(key, facts.files, collection) && is_habit(key, facts)
        });
    keys.map(|(key, facts)| (key, facts.files))
}

/// So many newest files without a key show that it is no longer used.
const DROPPED: usize = 3;

/// Whether a file without a key is older than all that have it, so that the key came later, or one of several that are
/// newer, so that it is no longer used.
fn is_of_other_days(document: &Document, facts: &KeyFacts, collection: &Collection) -> bool {
    let (Some(written), Some((first, last))) = (claims::written(document), facts.days) else {
        return false;
    };
    written < first || written > last && collection.conventions.are_newer(DROPPED, last)
}

fn is_required(key: &str, files: usize, collection: &Collection) -> bool {
    let (conventions, of) = (&collection.conventions, collection.conventions.files);
    // A file that has the key in another case was meant to have it.
    let meant = files + conventions.files_with_another_case(key);
    of.saturating_sub(meant) <= 1 || meant * 50 >= of * 49
}

fn is_switch(key: &str) -> bool {
    SWITCHES.split(' ').any(|switch| switch == key)
}

/// Keys that Jekyll and Hugo read as one.
const SYNONYMS: [[&str; 2]; 2] = [["category", "categories"], ["tag", "tags"]];

/// Whether the document lacks a key that is no switch.
fn lacks(document: &Document, key: &str) -> bool {
    let names = SYNONYMS.iter().find(|names| names.contains(&key));
    let has_other = names.is_some_and(|names| names.iter().any(|name| document.metadata.has(name)));
    !has_other && !document.metadata.has(key) && !is_switch(key)
}

/// The keys that the collection or the configuration requires and the document lacks.
fn required<'a>(document: &Document, collection: &'a Collection) -> Vec<(&'a str, Why<'a>)> {
    let (of, mut missing) = (collection.conventions.files, Vec::new());
    // Most documents lack nothing, so that this is asked first.
    for (key, facts) in collection.conventions.usual_keys() {
        let with = facts.files;
        if lacks(document, key)
            && is_required(key, with, collection)
            && !is_of_other_days(document, facts, collection)
        {
            missing.push((key, Why::Usual { with, of }));
        }
    }
    for key in &collection.required_keys {
        let is_known = missing.iter().any(|(known, _)| known == key);
        if !is_known && !document.metadata.has(key) {
            missing.push((key, Why::Configured));
        }
    }
    missing
}

/// The keys that are usual in every large collection which the document is plainly kept like.
fn required_by_likeness<'a>(document: &Document, archive: &'a Archive) -> Vec<(&'a str, Why<'a>)> {
    if document.metadata.entries.len() < 4 {
        return Vec::new();
    }
    let is_like = |collection: &&Collection| {
        let conventions = &collection.conventions;
        conventions.files >= LARGE && is_kept_like(document, conventions)
    };
    let alike: Vec<&Collection> = archive.collections.iter().filter(is_like).collect();
    let Some((first, rest)) = alike.split_first() else {
        return Vec::new();
    };
    let keys = first.conventions.usual_keys().map(|(key, _)| key);
    keys.filter(|key| {
        lacks(document, key) && rest.iter().all(|other| is_usual(key, &other.conventions))
    })
    .map(|key| (key, Why::Like(first)))
    .collect()
}

/// Whether the document has more than half of the usual keys, at least four, and agrees with the words that almost all
/// files have as values: with at least two of them, and more often than not. Switches (`is_page: true`) tell nothing.
fn is_kept_like(document: &Document, conventions: &Conventions) -> bool {
    let (mut usual, mut shared, mut agreeing, mut differing) = (0, 0, 0, 0);
    for (key, facts) in conventions.usual_keys() {
        usual += 1;
        if let Some(entry) = document.metadata.get(key) {
            shared += 1;
            let agrees = constant(facts).map(|constant| entry.as_str() == Some(constant));
            agreeing += usize::from(agrees == Some(true));
            differing += usize::from(agrees == Some(false));
        }
    }
    shared >= 4 && shared * 2 > usual && agreeing >= 2 && agreeing > differing
}

/// The word that almost all files have under a key.
fn constant(facts: &KeyFacts) -> Option<&str> {
    facts.usual_kind().filter(|(kind, _)| *kind == Kind::Text)?;
    let (value, count) = most_frequent(&facts.values)?;
    almost_always(count, facts.files).then_some(value)
}

/// What the nearest file of the collection has under a key, as it is written there: an earlier one where there is one.
fn sample<'a>(
    archive: &'a Archive,
    collection: &Collection,
    id: DocumentId,
    key: &str,
) -> Option<&'a str> {
    let format = archive.document(id)?.metadata.format;
    let at = collection.documents.partition_point(|other| *other < id);
    let (before, after) = collection.documents.split_at_checked(at)?;
    let nearest = before.iter().rev().chain(after).take(MOST_SAMPLED);
    let alike = nearest
        .filter_map(|other| archive.document(*other))
        .filter(|other| other.metadata.format == format && !is_broken(other));
    let mut values = alike.filter_map(|other| Some(other.metadata.get(key)?.source.trim()));
    values.find(|value| {
        !value.is_empty() && !value.contains(['\n', '`']) && value.len() <= LONGEST_SAMPLE
    })
}

/// The line to write, in the document's own format.
fn line_to_add(document: &Document, key: &str, value: Option<&str>) -> String {
    let (key, value) = (written(document, key), value.unwrap_or("…"));
    match document.metadata.format {
        Some(Format::Trailer) => format!("{key} {value}"),
        Some(Format::Toml) => format!("{key} = {value}"),
        Some(Format::Json) => format!("\"{key}\": {value}"),
        _ => format!("{key}: {value}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::config;
    use crate::lint;
    use jiff::ToSpan;

    #[test]
    fn keys_that_the_configuration_requires_are_required_of_the_first_note() {
        let toml = "[[series]]\nname = \"notes\"\ninclude = [\"notes/*\"]\nrequired-keys = [\"mood\", \"draft\"]\n";
        let config = config::read(std::path::Path::new("weeknote-lint.toml"), toml, &[]).unwrap();
        let texts = vec![
            (
                "notes/week-1.md".to_owned(),
                "---\nmood: calm\ndraft: false\n---\n# Week 1\n".to_owned(),
            ),
            (
                "notes/week-2.md".to_owned(),
                "---\ndraft: false\n---\n# Week 2\n".to_owned(),
            ),
        ];
        let archive = lint::archive_of(texts, config, jiff::civil::date(2031, 5, 6));
        let (found, _) = lint::findings(&archive);
        let found: Vec<_> = found
            .iter()
            .filter(|found| found.rule == super::RULE.id)
            .collect();
        assert_eq!(found.len(), 1);
        assert_eq!((&*found[0].subject, found[0].place.document.0), ("mood", 1));
        assert_eq!(found[0].message, "the metadata has no `mood`");
    }

    /// How many of 200 dated notes are told to lack `mood`, if those for which `has` is not true have none.
    fn found(has: impl Fn(i64) -> bool) -> usize {
        let note = |number: i64| {
            let day = jiff::civil::date(2021, 1, 8).saturating_add((7 * number).days());
            let mood = if has(number) { "mood: calm\n" } else { "" };
            (
                format!("notes/week-{number}.md"),
                format!("---\ndate: {day}\n{mood}---\n# Week {number}\n"),
            )
        };
        let texts = (1..=200).map(note).collect();
        let archive = lint::archive_of(
            texts,
            config::Config::default(),
            jiff::civil::date(2031, 5, 6),
        );
        let (found, _) = lint::findings(&archive);
        found
            .iter()
            .filter(|found| found.rule == super::RULE.id)
            .count()
    }

    #[test]
    fn a_key_may_come_into_use_and_go_out_of_it() {
        assert_eq!(found(|number| number > 3), 0);
        assert_eq!(found(|number| number < 198), 0);
        assert_eq!(found(|number| number != 100), 1);
        assert_eq!(found(|number| number != 200), 1);
        assert_eq!(found(|number| number != 1 && number != 100), 1);
    }
}
