//! Whitespace around or in a value that nobody sees.

use super::evidence::written;
use crate::archive::Archive;
use crate::archive::laws::share::{ENOUGH, almost_always};
use crate::diagnostic::{Edit, Fix, Safety, Severity};
use crate::document::Document;
use crate::document::metadata::{Entry, Format, Value};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/stray-whitespace",
    summary: "trailing or invisible whitespace in a value",
    docs: "\
**Finds.** Whitespace after a value, and a non-breaking or zero-width space in it.

**Why.** Editors do not show it. YAML drops a trailing space, but many scripts keep it, and a name with an invisible \
character is a different name.

**Ignores.** Non-breaking spaces in text for readers, such as a title, and whitespace after a closing quotation \
mark or in TOML. In an archive where many files have trailing spaces, the finding is an info.

**Fix.** Delete the whitespace, or write an ordinary space.",
    severity: Some(Severity::Warning),
    fix: FixAvailability::Sometimes,
    check_archive: Some(check_archive),
    examples: &[
        Example::Bad {
            title: "a space after the author's name",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/people/joan-clarke.snip.markdown",
                "# Joan\n\nPrunes roses.\n\n:name: joan-clarke\n:created_at: 2010-02-01 10:00:00 +00:00\n:kind: person⟦ ⟧\n",
            )],
            fixed: Some("# Joan\n\nPrunes roses.\n\n:name: joan-clarke\n:created_at: 2010-02-01 10:00:00 +00:00\n:kind: person\n"),
        },
        Example::Good {
            title: "typography in a title",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\u{a0}: les prunes\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
        },
    ],
    ..Rule::NEW
};

fn check_archive(archive: &Archive, cx: &mut Context) {
    let has_some = |document: &Document| {
        let mut entries = document.metadata.entries.iter();
        entries.any(|entry| !entry.stray_whitespace.is_empty())
    };
    let with = archive.linted().filter(|(_, one)| has_some(one));
    let with: Vec<_> = with.collect();
    let of = archive.linted().count();
    let is_habit = of >= ENOUGH && !almost_always(of - with.len(), of);
    for (id, document) in with {
        cx.document = id;
        for entry in &document.metadata.entries {
            check(document, entry, is_habit, cx);
        }
    }
}

fn check(document: &Document, entry: &Entry, is_habit: bool, cx: &mut Context) {
    let spans = entry.stray_whitespace.iter().copied();
    let (trailing, mut odd): (Vec<Span>, Vec<Span>) =
        spans.partition(|span| span.start >= entry.value_span.end);
    // Behind a closing quotation mark, or in TOML, it belongs to nothing.
    let is_outside = entry.quoted || document.metadata.format == Some(Format::Toml);
    let trailing = trailing.first().copied().filter(|_| !is_outside);
    odd.retain(|_| !document.metadata.is_doubtful(entry));
    let key = written(document, &entry.key);
    // Words in a row are prose; a date, a name or a list of tags has no use for odd spaces.
    let prose = matches!(&entry.value, Value::String(text) if text.split_whitespace().count() > 2)
        && entry.value.date().is_none();
    if !prose && let Some(&first) = odd.first() {
        odd.extend(trailing);
        let id = cx.document;
        let edit = |span| id.at(span).replaced_by(replacement(entry, span));
        let edits: Vec<Edit> = odd.into_iter().map(edit).collect();
        let title = "replace it with an ordinary space, or with nothing";
        let message = format!("there is invisible whitespace in the value of `{key}`");
        cx.report(first, &entry.key, message)
            .note("a non-breaking or zero-width space")
            .help("replace it: the value looks right, but the site reads a different one")
            .causes([id.at(entry.value_span)])
            .fix_all(Fix::new(title, Safety::Unsafe, edits));
    } else if let Some(span) = trailing.filter(|_| entry.value != Value::Null) {
        let message = format!("there is whitespace after the value of `{key}`");
        let report = cx
            .report(span, &entry.key, message)
            .help("delete it: nobody sees it, but some scripts keep it as part of the value");
        match is_habit {
            true => report.at_most(Severity::Info),
            false => report.fix("delete the whitespace", Safety::Safe, span, ""),
        };
    }
}

/// What an odd space within a value is replaced by: a zero-width one (three bytes in UTF-8) by nothing.
fn replacement(entry: &Entry, span: Span) -> &'static str {
    let inside = span.start.checked_sub(entry.value_span.start);
    let odd = inside.and_then(|at| entry.source.get(at as usize..at as usize + span.len()));
    let wide = odd.is_some_and(|odd| odd.contains(char::is_whitespace));
    if wide { " " } else { "" }
}
