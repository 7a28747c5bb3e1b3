//! The same key twice.

use super::evidence::{is_broken, written};
use crate::archive::conventions::Kind;
use crate::archive::site::Generator;
use crate::archive::{Archive, Collection};
use crate::diagnostic::{Safety, Severity};
use crate::document::Document;
use crate::document::metadata::{Entry, Format};
use crate::hash::QuickMap;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::source::Span;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "metadata/duplicate-key",
    summary: "the same key twice in one block",
    docs: "\
Only one of two values can count. Ruby's YAML (snips, Jekyll) and JSON take the last one without a word; Hugo, Zola and \
Eleventy refuse the whole file. Either way the author meant something else: often the second line was to be another key.

Keep the value that is right, or give the second line the key that it was meant for. Where both values are equal, \
`--fix` deletes one of them.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "two authors",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:author: ada-byron\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n⟦:author: grace-brewster⟧\n\
                 :page_title: Week 140\n:extension: markdown\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "the same date twice",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "---\ntitle: Week 12\ndate: 2024-03-22\n⟦date: 2024-03-22⟧\n---\n\nFrost.\n",
            )],
            fixed: Some("---\ntitle: Week 12\ndate: 2024-03-22\n---\n\nFrost.\n"),
        },
        Example::Good {
            title: "the same key in another mapping",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "---\ntitle: Week 12\nimage:\n  title: The frost\n---\n\nFrost.\n",
            )],
        },
    ],
};

/// See [`META`].
pub struct DuplicateKey;

impl Rule for DuplicateKey {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        let entries = &document.metadata.entries;
        let mut firsts: QuickMap<&str, usize> = QuickMap::default();
        for (index, entry) in entries.iter().enumerate() {
            let first = *firsts.entry(&entry.key).or_insert(index);
            if let Some(first) = entries.get(first..index).filter(|first| !first.is_empty()) {
                report(document, first, entry, archive, cx);
            }
        }
    }
}

/// Reports `entry`, whose key the first of the entries `before` it has too.
fn report(
    document: &Document,
    before: &[Entry],
    entry: &Entry,
    archive: &Archive,
    cx: &mut Context,
) {
    let Some(first) = before.first() else {
        return;
    };
    let key = written(document, &entry.key);
    let equal =
        first.source == entry.source && first.value == entry.value && !entry.source.is_empty();
    let consequence = match (document.metadata.format, archive.generator) {
        (Some(Format::Toml), _)
        | (Some(Format::Yaml), Generator::Hugo | Generator::Eleventy | Generator::Astro) => {
            "the site refuses the file"
        }
        _ => "this value counts, since it is the last",
    };
    let line = Span::new(
        entry.key_span.start as usize,
        entry.value_span.end.max(entry.key_span.end) as usize,
    );
    let one_line = Span::new(
        first.key_span.start as usize,
        first.value_span.end.max(first.key_span.end) as usize,
    );
    let message = if equal {
        format!("`{key}` is given twice, with the same value")
    } else {
        format!("`{key}` is given twice, with different values")
    };
    let meant = archive
        .collection(cx.document)
        .and_then(|collection| key_meant(document, collection, entry))
        .map(|key| written(document, key));
    let help = match (&meant, equal) {
        (Some(meant), _) => format!(
            "delete one of them, or rename one to `{meant}`, which this file lacks and its neighbours have"
        ),
        (None, true) => "delete one of them".to_owned(),
        (None, false) => "keep the value that is right, and delete the other one".to_owned(),
    };
    // A list is as long as it is; its key is enough to find it.
    let place = if entry.source.contains('\n') || entry.source.is_empty() {
        entry.key_span
    } else {
        line
    };
    let report = cx
        .report(place, &entry.key, message)
        .note(consequence)
        .help(help)
        .label(
            if first.source.is_empty() {
                first.key_span
            } else {
                one_line
            },
            "first here",
        );
    // From the first one to the key after it, unless a comment between them would be lost.
    if let Some(next) = before
        .get(1)
        .map_or(Some(entry), Some)
        .filter(|_| equal && !is_broken(document))
    {
        let lines = Span::new(first.key_span.start as usize, next.key_span.start as usize);
        if !document
            .metadata
            .comments
            .iter()
            .any(|(comment, _)| lines.contains(*comment))
        {
            let _ = report.fix("delete the first of them", Safety::Safe, lines, "");
        }
    }
}

/// A key that four in five neighbours have and this file lacks, with the same kind of value.
fn key_meant<'a>(
    document: &Document,
    collection: &'a Collection,
    entry: &Entry,
) -> Option<&'a str> {
    let conventions = &collection.conventions;
    let kind = Kind::of(&entry.value);
    conventions
        .keys
        .iter()
        .filter(|(key, facts)| {
            facts.files * 5 >= conventions.files * 4
                && facts
                    .usual_kind()
                    .is_some_and(|(usual, _)| usual == kind && kind != Kind::Text)
                && document.metadata.get(key).is_none()
        })
        .max_by_key(|(_, facts)| facts.files)
        .map(|(key, _)| &**key)
}
