//! White space around or in a value that nobody sees.

use super::evidence::written;
use crate::archive::Archive;
use crate::archive::conventions::almost_always;
use crate::diagnostic::{Edit, Fix, Place, Safety, Severity};
use crate::document::Document;
use crate::document::metadata::{Entry, Value};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::source::Span;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "metadata/stray-whitespace",
    summary: "trailing or invisible white space in a value",
    docs: "\
A space after a value, a non-breaking space or a zero-width space in it cannot be seen in an editor. YAML drops the \
trailing space, many scripts do not; and a name with an invisible character is another name.

Within text that is written for readers, such as a title, a non-breaking space is typography and stays. In an archive \
where many files have trailing spaces they are for information only.",
    severity: Some(Severity::Warning),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
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
};

/// See [`META`].
pub struct StrayWhitespace;

impl Rule for StrayWhitespace {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        for entry in &document.metadata.entries {
            if !entry.stray_whitespace.is_empty() {
                check(document, entry, archive, cx);
            }
        }
    }
}

fn check(document: &Document, entry: &Entry, archive: &Archive, cx: &mut Context) {
    let id = cx.document;
    let is_trailing = |span: &&Span| span.start >= entry.value_span.end;
    let trailing = entry.stray_whitespace.iter().find(is_trailing);
    let inside: Vec<Span> = entry
        .stray_whitespace
        .iter()
        .filter(|span| !is_trailing(span))
        .copied()
        .collect();
    let key = written(document, &entry.key);
    // Words in a row are prose; a date, a name or a list of tags has no use for odd spaces.
    let prose = matches!(&entry.value, Value::String(text) if text.split_whitespace().count() > 2)
        && entry.value.date().is_none()
        && !is_dated(entry, archive);
    let edits = |spans: &[Span]| -> Vec<Edit> {
        spans
            .iter()
            .map(|span| Edit {
                place: Place {
                    document: id,
                    span: *span,
                },
                text: replacement(entry, *span).to_owned(),
            })
            .collect()
    };
    if !prose && let Some(first) = inside.first() {
        let mut spans = inside.clone();
        spans.extend(trailing);
        let _ = cx
            .report(
                *first,
                &entry.key,
                format!("there is invisible white space in the value of `{key}`"),
            )
            .note("a non-breaking or zero-width space")
            .help("replace it: it looks the same and is a different value for the site")
            .fix_all(Fix {
                title: "replace it with an ordinary space, or with nothing".to_owned(),
                safety: Safety::Safe,
                edits: edits(&spans),
            });
    } else if let Some(span) = trailing {
        let report = cx
            .report(
                *span,
                &entry.key,
                format!("there is white space after the value of `{key}`"),
            )
            .help("delete it: nobody can see it, and some scripts keep it as part of the value")
            .fix("delete the white space", Safety::Safe, *span, "");
        let all = &archive.conventions;
        let without = all.files.saturating_sub(all.with_stray_whitespace);
        if all.files >= crate::archive::conventions::ENOUGH && !almost_always(without, all.files) {
            let _ = report.at_most(Severity::Info);
        }
    }
}

/// Whether other files have a date under the key.
fn is_dated(entry: &Entry, archive: &Archive) -> bool {
    archive
        .conventions
        .keys
        .get(&entry.key)
        .is_some_and(|facts| almost_always(facts.dates, facts.files))
}

/// What an odd space within a value is replaced by: a zero-width one (three bytes in UTF-8) by nothing.
fn replacement(entry: &Entry, span: Span) -> &'static str {
    let inside = span.start.checked_sub(entry.value_span.start);
    let odd = inside.and_then(|start| {
        entry
            .source
            .get(start as usize..start as usize + span.len())
    });
    match odd {
        Some(text) if text.chars().any(char::is_whitespace) => " ",
        _ => "",
    }
}
