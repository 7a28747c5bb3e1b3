//! A metadata block that the site's own parser rejects or misreads.

use super::evidence::written;
use crate::archive::Archive;
use crate::archive::conventions::ENOUGH;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::document::metadata::{Entry, Format, Problem, ProblemKind};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::source::Span;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "metadata/syntax",
    summary: "metadata that the site's own parser would reject or misread",
    docs: "\
One broken line, and the whole block is lost: the page has no title, no date and no author, or the site is not built at \
all. The rule reads the block as the site does (YAML as Ruby reads it, TOML, JSON), and says which line is in the way: a \
line that is not a `key: value`, a colon without a space after it, an opening fence that is never closed, a tab where only \
spaces are allowed, a committed merge conflict, quotes that do not end.

It also finds a value that is cut short: in YAML ` #` begins a comment, so `title: Issue #12` says `Issue`. \
Put quotes around such a value.

All other keys of a broken block are still known; one broken line gives one finding.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "a colon without a space after it",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\n⟦date:⟧2024-08-02\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
            fixed: Some("---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nPlums.\n"),
        },
        Example::Bad {
            title: "a value that a comment cuts short",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: Weeknotes⟦ #31⟧\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
            fixed: Some("---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nPlums.\n"),
        },
        Example::Bad {
            title: "a key of a trailer without its first colon",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/people/joan-clarke.snip.markdown",
                "# Joan\n\nPrunes roses.\n\n:name: joan-clarke\n⟦created_at⟧: 2010-02-01 10:00:00 +00:00\n:kind: person\n",
            )],
            fixed: Some("# Joan\n\nPrunes roses.\n\n:name: joan-clarke\n:created_at: 2010-02-01 10:00:00 +00:00\n:kind: person\n"),
        },
        Example::Bad {
            title: "a merge conflict",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/people/joan-clarke.snip.markdown",
                "# Joan\n\nPrunes roses.\n\n⟦<<<<<<< HEAD⟧\n:name: joan-clarke\n=======\n:name: joan\n>>>>>>> names\n:kind: person\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a fence that is not closed",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "⟦---⟧\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n\nPlums.\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a comment that is one",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\n# the last one of the summer\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
        },
        Example::Good {
            title: "blank lines in a trailer",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/people/joan-clarke.snip.markdown",
                "# Joan\n\nPrunes roses.\n\n:name: joan-clarke\n\n:created_at: 2010-02-01 10:00:00 +00:00\n:kind: person\n",
            )],
        },
    ],
};

/// See [`META`].
pub struct Syntax;

impl Rule for Syntax {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        for problem in &document.metadata.problems {
            report(document, problem, cx);
        }
        if document.metadata.format == Some(Format::Trailer) {
            for entry in &document.metadata.entries {
                without_colon(document, entry, archive, cx);
            }
        }
    }
}

/// What the place is called that is broken.
fn block(document: &Document) -> &'static str {
    match document.metadata.format {
        Some(Format::Yaml) | Some(Format::Toml) => "front matter",
        _ => "metadata",
    }
}

fn report(document: &Document, problem: &Problem, cx: &mut Context) {
    let block = block(document);
    // The key that a problem is about outlives edits elsewhere; the words of a broken line are not known.
    let entry = document.metadata.entries.iter().find(|entry| {
        entry.key_span.overlaps(problem.span) || entry.value_span.end == problem.span.start
    });
    let subject = entry.map_or("", |entry| &entry.key);
    let span = problem.span;
    let lost = "the page loses its metadata, or the site is not built";
    match &problem.kind {
        ProblemKind::CutOff => {}
        ProblemKind::NotAnEntry => {
            let form = match document.metadata.format {
                Some(Format::Trailer) => ":key: value",
                Some(Format::Toml) => "key = value",
                _ => "key: value",
            };
            let _ = cx
                .report(
                    span,
                    subject,
                    format!("this line of the {block} is not a `{form}`"),
                )
                .note(lost)
                .help(format!(
                    "write it as `{form}`, move it into the text, or delete it"
                ));
        }
        ProblemKind::ConflictMarker => {
            let _ = cx
                .report(span, "conflict", format!("there is a merge conflict in the {block}"))
                .note(lost)
                .help("keep one of the two versions, and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`");
        }
        ProblemKind::NoSpaceAfterColon => {
            let key = entry.map_or_else(|| "key".to_owned(), |entry| written(document, &entry.key));
            let _ = cx
                .report(
                    span,
                    subject,
                    format!(
                        "there is no space after `{}`, so it is not read as a key",
                        key.trim_end_matches(':').to_owned() + ":"
                    ),
                )
                .note("key and value are read as one word")
                .help("put a space between the colon and the value")
                .fix(
                    "put a space after the colon",
                    crate::diagnostic::Safety::Safe,
                    Span::at(span.end as usize),
                    " ",
                );
        }
        ProblemKind::CutByComment => cut_by_comment(document, entry, span, cx),
        ProblemKind::Unclosed => {
            let fence = if document.metadata.format == Some(Format::Toml) {
                "+++"
            } else {
                "---"
            };
            let _ = cx
                .report(
                    span,
                    "fence",
                    format!("the front matter that begins here is never closed with `{fence}`"),
                )
                .note("the metadata shows as text at the top of the page")
                .help(format!("add a line `{fence}` after the last key"));
        }
        ProblemKind::Tab => {
            let _ = cx
                .report(
                    span,
                    subject,
                    format!("there is a tab in the {block}, where YAML allows only spaces"),
                )
                .note(lost)
                .help("replace the tab with spaces");
        }
        ProblemKind::Parser(words) => {
            let _ = cx
                .report(
                    span,
                    subject,
                    format!(
                        "the {block} cannot be read: {}",
                        words.trim_end_matches('.')
                    ),
                )
                .note(lost)
                .help(match document.metadata.format {
                    Some(Format::Toml) => {
                        "in TOML, text needs quotes, the same kind before and after it"
                    }
                    _ => "put quotes around a value that contains `: `, `#`, quotes or brackets",
                });
        }
    }
}

/// A key of a trailer that has lost its first colon: a text for Ruby, where the site looks for a symbol.
fn without_colon(document: &Document, entry: &Entry, archive: &Archive, cx: &mut Context) {
    // A symbol's span holds its colons.
    if entry.key_span.len() != entry.key.len()
        || archive.conventions.files_with(&entry.key) < ENOUGH
    {
        return;
    }
    let key = written(document, &entry.key);
    cx.report(
        entry.key_span,
        &entry.key,
        format!(
            "`{}` has lost the colon before it, so it is not the key `{key}`",
            entry.key
        ),
    )
    .note(format!("not read as `{key}`"))
    .help(format!("write `{key}`"))
    .fix(
        format!("write `{key}`"),
        crate::diagnostic::Safety::Unsafe,
        Span::at(entry.key_span.start as usize),
        ":",
    );
}

fn cut_by_comment(document: &Document, entry: Option<&Entry>, span: Span, cx: &mut Context) {
    let key = entry.map_or("", |entry| &entry.key);
    let report = cx
        .report(
            span,
            key,
            "` #` begins a comment, so the rest of the value is lost",
        )
        .help("put quotes around the whole value");
    let Some(entry) = entry else {
        return;
    };
    let kept = entry.source.trim();
    let report = report.note(format!("`{}` is `{kept}`", written(document, &entry.key)));
    let lost = document
        .metadata
        .comments
        .iter()
        .find(|(comment, _)| span.contains(*comment));
    // The words of the comment are known without its beginning; it must be `#` alone for the value to be rebuilt.
    if let Some((comment, words)) = lost
        && !entry.quoted
        && entry.value_span.end == span.start
        && comment.len() == words.len() + 1
        && !kept.contains(['"', '\\'])
        && !words.contains(['"', '\\'])
    {
        let blanks = " ".repeat((comment.start - span.start) as usize);
        let whole = Span::new(entry.value_span.start as usize, comment.end as usize);
        let _ = report.fix(
            "put quotes around the value",
            crate::diagnostic::Safety::Unsafe,
            whole,
            format!("\"{kept}{blanks}#{words}\""),
        );
    }
}
