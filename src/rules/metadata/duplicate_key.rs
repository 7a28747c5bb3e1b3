//! The same key twice.

use super::evidence::{is_broken, place, written};
use crate::archive::laws::Broken;
use crate::archive::site::Generator;
use crate::diagnostic::{Safety, Severity};
use crate::document::metadata::{Entry, Format};
use crate::hash::QuickMap;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/duplicate-key",
    summary: "the same key twice in one block",
    docs: "\
**Finds.** A key that occurs more than once in a block of metadata.

**Why.** Only one of the values can count. Ruby's YAML (snips, Jekyll) and JSON silently take the last one; Hugo, \
Zola and Eleventy refuse the whole file. Often, the second line should have another key.

**Ignores.** Keys inside a nested map.

**Fix.** Keep the value that is right, or correct the key of the second line. Where both values are equal, \
`--fix` deletes one of them.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    check_document: Some(check_document),
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
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    let repeats = page.document.metadata.repeats();
    let entries = &page.document.metadata.entries;
    let is_broken = is_broken(page.document);
    let mut firsts: QuickMap<&str, usize> = QuickMap::default();
    for (index, entry) in entries.iter().enumerate().filter(|_| repeats) {
        let first = *firsts.entry(&entry.key).or_insert(index);
        if let Some([first, between @ ..]) = entries.get(first..index) {
            let next = between.first().unwrap_or(entry);
            report(page, [first, next, entry], is_broken, cx);
        }
    }
}

/// Reports the last of three entries: the first one has the same key, and the second is what follows that.
fn report(page: Page<'_>, entries: [&Entry; 3], is_broken: bool, cx: &mut Context) {
    let ([first, next, entry], document) = (entries, page.document);
    let key = written(document, &entry.key);
    let equal =
        first.source == entry.source && first.value == entry.value && !entry.source.is_empty();
    let values = match equal {
        true => "the same value",
        false => "different values",
    };
    let message = format!("`{key}` is given twice, with {values}");
    let consequence = match (document.metadata.format, page.archive.generator) {
        (Some(Format::Toml), _)
        | (Some(Format::Yaml), Generator::Hugo | Generator::Eleventy | Generator::Astro) => {
            "the site refuses the file"
        }
        _ => "this value counts, since it is the last",
    };
    let broken = page.archive.laws().broken_by(page.id).iter();
    let mut lacking = broken.filter_map(|finding| match &finding.broken {
        Broken::Absent(key) => Some(written(document, key)),
        _ => None,
    });
    let help = match lacking.next() {
        Some(meant) => format!(
            "delete one of them, or rename one to `{meant}`, which this file lacks and its neighbours have"
        ),
        None if equal => "delete one of them".to_owned(),
        None => "keep the value that is right, and delete the other one".to_owned(),
    };
    let report = cx
        .report(line(entry), &entry.key, message)
        .note(consequence)
        .help(help)
        .label(line(first), "first here");
    // From the first one to the key after it, unless a comment between them would be lost.
    let lines = Span::new(first.key_span.start as usize, next.key_span.start as usize);
    if equal && !is_broken && document.metadata.comment_in(lines).is_none() {
        report.fix("delete the first of them", Safety::Safe, lines, "");
    }
}

/// Key and value; the key alone where the value has several lines or may be long.
fn line(entry: &Entry) -> Span {
    let long = entry.source.contains('\n');
    let last = if long { entry.key_span } else { place(entry) };
    Span::new(entry.key_span.start as usize, last.end as usize)
}
