//! A key that the others have and this file does not.

use super::evidence::{is_broken, is_index, nearest, written};
use crate::archive::laws::Broken;
use crate::archive::laws::share::Share;
use crate::archive::laws::slips::is_key_slip;
use crate::archive::{Archive, Collection};
use crate::config;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::document::metadata::Format;
use crate::rules::{Backdrop, Context, Example, Page, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/missing-key",
    summary: "metadata without a key that the archive or the configuration requires",
    docs: "\
**Finds.** A note without a key that nearly all notes of its series or folder have: its title, date or layout, or a \
key whose value is always the same or follows from another part of the note. One of 18 notes may lack it, two of 100, \
five of 1,000. Also a key that `required-keys` of a `[[series]]` names.

**Why.** Templates and feeds rely on keys: the site sorts a note without a date wrongly, and leaves a note without a \
kind out of its lists.

**Ignores.** Index pages; keys that the folder provides; switches such as `draft`; `tag` beside `tags`; notes older \
than the key; several notes in a row; notes that lack several keys; blocks that cannot be read (`metadata/syntax`); \
misspelt keys (`metadata/unknown-key`). In a draft the finding is an info.

**Fix.** Add the key, or remove it from `required-keys`.",
    severity: Some(Severity::Error),
    check_document: Some(check_document),
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
    ..Rule::NEW
};

/// A folder of fewer files has no laws of its own.
const SMALL: usize = 18;

/// A collection of so many files, in which so many keys must be there, is a measure for files elsewhere.
const LARGE: (u32, usize) = (50, 4);

/// The keys that a document lacks of those that every large collection requires which it is kept like: it has most of
/// the keys that must be there, and four at least.
fn as_elsewhere<'a>(document: &Document, archive: &'a Archive) -> Vec<(&'a str, Option<Share>)> {
    let has = |(key, _): &&(String, Share)| document.metadata.get(key).is_some();
    let is_like = |keys: &&Vec<(String, Share)>| {
        let shared = keys.iter().filter(has).count();
        keys.iter().all(|(_, share)| share.of >= LARGE.0)
            && shared >= LARGE.1
            && shared * 2 > keys.len()
    };
    let alike: Vec<_> = archive.laws().required.iter().filter(is_like).collect();
    let Some((first, rest)) = alike.split_first() else {
        return Vec::new();
    };
    let is_everywhere = |name: &str| {
        let requires = |keys: &&&Vec<(String, Share)>| keys.iter().any(|(key, _)| key == name);
        rest.iter().all(|keys| requires(&keys))
    };
    let lacking = first.iter().filter(|key| !has(key));
    lacking
        .filter(|(key, _)| !document.metadata.has(key) && is_everywhere(key))
        .map(|(key, share)| (key.as_str(), Some(*share)))
        .collect()
}

/// A longer value is no help as an example.
const LONGEST_SAMPLE: usize = 60;

fn check_document(page: Page<'_>, cx: &mut Context) {
    let (document, id, archive) = (page.document, page.id, page.archive);
    let Some(collection) = archive.collection(id) else {
        return;
    };
    let metadata = &document.metadata;
    if metadata.format.is_none() || is_broken(document) || is_index(document, collection) {
        return;
    }
    let learnt = archive.laws().broken_by(id).iter();
    let learnt = learnt.filter_map(|finding| match &finding.broken {
        Broken::Absent(key) => Some((key.as_str(), Some(finding.share))),
        _ => None,
    });
    let mut missing: Vec<(&str, Option<Share>)> = learnt.collect();
    // Pages beside the notes of a series are kept in another way.
    let is_beside = |one: &Collection| one.is_series() && one.folder == collection.folder;
    let is_other = || !collection.is_series() && archive.collections.iter().any(is_beside);
    if missing.is_empty() && collection.documents.len() < SMALL && !is_other() {
        missing.extend(as_elsewhere(document, archive));
    }
    // A misspelt key is `metadata/unknown-key`.
    let is_misspelt = |key: &str| {
        let written = metadata.entries.iter().map(|entry| &*entry.key);
        let mut others =
            written.filter(|other| !collection.required_keys.iter().any(|one| one == other));
        others.any(|other| is_key_slip(other, key))
    };
    for key in &collection.required_keys {
        let is_known = missing.iter().any(|(known, _)| known == key);
        if !is_known && !metadata.has(key) && !is_misspelt(key) {
            missing.push((key, None));
        }
    }
    missing.sort_unstable_by_key(|(key, _)| *key);
    missing.dedup_by_key(|(key, _)| *key);
    let Some((_, first)) = missing.first() else {
        return;
    };
    let (them, a_line) = match missing.as_slice() {
        [_] => ("it", "a line"),
        _ => ("them", "lines"),
    };
    let why = match first {
        Some(Share { with, of }) => {
            let others = match collection.is_series() {
                true => "notes",
                false => "pages",
            };
            format!("{with} of the {of} {others} here have {them}")
        }
        None => format!("weeknote-lint.toml requires {them}"),
    };
    let names: Vec<&str> = missing.iter().map(|(key, _)| *key).collect();
    let shown: Vec<String> = names.iter().map(|key| written(document, key)).collect();
    let add = |key: &&str| line_to_add(document, key, sample(page, key));
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

/// What the nearest file of the collection has under a key, as it is written there: an earlier one where there is one.
fn sample<'a>(page: Page<'a>, key: &str) -> Option<&'a str> {
    let alike = nearest(page);
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
mod tests;
