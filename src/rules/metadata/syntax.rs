//! A metadata block that the site's own parser rejects or misreads.

use super::evidence::{nearest, written};
use crate::archive::site::Generator;
use crate::diagnostic::{Safety, Severity};
use crate::document::Document;
use crate::document::metadata::{Entry, Format, Problem, ProblemKind};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/syntax",
    summary: "metadata that the site's parser rejects or misreads",
    docs: "\
**Finds.** A line that the site's parser (YAML as Ruby reads it, TOML or JSON) rejects or misreads: a line that is \
not `key: value`, a colon without a space after it, an unquoted colon in a value, an opening fence that is never \
closed or is not on the first line, a tab where only spaces are allowed, quotation marks that are never closed. Also \
a value cut short: in YAML, ` #` begins a comment, so `title: Issue #12` gives `Issue`.

**Why.** One broken line loses the whole block: the page has no title, date or author, or the site does not build.

**Ignores.** A comment after a value that other files have as their whole value. One broken line gives one finding, \
and the other keys of the block still count.

**Fix.** Correct the line, or put quotation marks around the value.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    check_document: Some(check_document),
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
            title: "a colon in a value without quotes",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\n⟦title: Weeknotes 31: plums⟧\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
            fixed: Some("---\ntitle: \"Weeknotes 31: plums\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nPlums.\n"),
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
            title: "a fence that is not closed",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "⟦---⟧\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n\nPlums.\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a real comment",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\n# the last one of the summer\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02 # a Friday\ntags: [weeknotes]\n---\n\nPlums.\n",
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
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    let metadata = &page.document.metadata;
    for problem in &metadata.problems {
        report(page, problem, cx);
    }
    if metadata.format == Some(Format::Trailer) {
        for entry in &metadata.entries {
            without_colon(page, entry, cx);
        }
    }
}

fn report(page: Page<'_>, problem: &Problem, cx: &mut Context) {
    use Generator::{Astro, Hugo, Zola};
    let document = page.document;
    // How an entry is written, what stands around the block, and what the place is called.
    let (form, fence, block) = match document.metadata.format {
        Some(Format::Trailer) => (":key: value", "---", "metadata"),
        Some(Format::Toml) => ("key = value", "+++", "front matter"),
        Some(Format::Yaml) => ("key: value", "---", "front matter"),
        _ => ("key: value", "---", "metadata"),
    };
    // The key that a problem is about outlives edits elsewhere; the words of a broken line are not known.
    let span = problem.span;
    let entry = document.metadata.entry_at(span);
    let subject = match problem.kind {
        ProblemKind::Unclosed | ProblemKind::NotFirst => "fence",
        _ => entry.map_or("", |entry| &entry.key),
    };
    let lost = "the page loses its metadata, or the site does not build";
    let (message, note, help) = match &problem.kind {
        ProblemKind::CutOff => return,
        ProblemKind::CutByComment => return cut_by_comment(page, entry, span, cx),
        ProblemKind::NotAnEntry => (
            format!("this line of the {block} is not `{form}`"),
            lost,
            format!("write it as `{form}`, move it to the text, or delete it"),
        ),
        ProblemKind::NoSpaceAfterColon => {
            let key = entry.map_or_else(|| "key".to_owned(), |entry| written(document, &entry.key));
            let key = key.trim_end_matches(':');
            (
                format!("there is no space after `{key}:`, so it is not a key"),
                "the site reads key and value as one word",
                "put a space between the colon and the value".to_owned(),
            )
        }
        ProblemKind::Unclosed => (
            format!("the front matter that begins here is never closed with `{fence}`"),
            "the metadata shows as text at the top of the page",
            format!("add a `{fence}` line after the last key"),
        ),
        // These look past whitespace.
        ProblemKind::NotFirst if matches!(page.archive.generator, Hugo | Zola | Astro) => return,
        ProblemKind::NotFirst => (
            "the front matter does not begin on the first line".to_owned(),
            "the metadata shows as text at the top of the page",
            "delete what comes before it".to_owned(),
        ),
        ProblemKind::Indented => (
            format!("there is whitespace before `{subject}`, so it is not a key of its own"),
            lost,
            "delete the whitespace".to_owned(),
        ),
        ProblemKind::Tab => (
            format!("there is a tab in the {block}, where YAML allows only spaces"),
            lost,
            "replace the tab with spaces".to_owned(),
        ),
        ProblemKind::Parser(words) => {
            let (message, help) = unquoted(document, entry, span).unwrap_or_else(|| {
                let help = match document.metadata.format {
                    Some(Format::Json) => {
                        "JSON needs straight double quotes around text, and a comma between two keys, but not after the last"
                    }
                    Some(Format::Toml) if words.contains("array") => "close the list with `]`",
                    Some(Format::Toml) if words.contains("key with no value") => {
                        "write it as `key = value`"
                    }
                    Some(Format::Toml) => {
                        "in TOML, text needs quotes, the same kind before and after it"
                    }
                    _ => "put quotes around a value that contains `: `, `#`, quotes or brackets",
                };
                let words = words.trim_end_matches('.');
                (format!("the {block} cannot be read: {words}"), help)
            });
            (message, lost, help.to_owned())
        }
    };
    let value = entry.filter(|entry| help == QUOTES && !entry.source.contains(['"', '\\']));
    // Where the end is not known, the title may stand in what is lost.
    let lost = cx
        .document
        .at(Span::new(0, document.body.start as usize + 1));
    let lost = Some(lost).filter(|_| problem.kind == ProblemKind::Unclosed);
    let report = cx.report(span, subject, message).note(note).help(help);
    let report = report.causes(lost);
    if let Some(entry) = value {
        let text = format!("\"{}\"", entry.source);
        let title = "put quotes around the value";
        report.fix(title, Safety::Unsafe, entry.value_span, text);
    } else if problem.kind == ProblemKind::NoSpaceAfterColon {
        let after = Span::at(span.end as usize);
        report.fix("put a space after the colon", Safety::Safe, after, " ");
    } else if problem.kind == ProblemKind::Indented {
        report.fix("delete the whitespace", Safety::Unsafe, span, "");
    }
}

/// What fixes a value that YAML takes for something else.
const QUOTES: &str = "put quotes around the whole value";

/// Why YAML does not take a value as it stands, and what to do.
fn unquoted(
    document: &Document,
    entry: Option<&Entry>,
    line: Span,
) -> Option<(String, &'static str)> {
    let entry =
        entry.filter(|entry| entry.key_span.overlaps(line) && line.contains(entry.value_span))?;
    let (key, value) = (written(document, &entry.key), &entry.source);
    let key = key.trim_end_matches(':');
    let first = value.chars().next()?;
    let is_toml = document.metadata.format == Some(Format::Toml);
    if is_toml && first.is_alphabetic() {
        let message = format!("`{key}` is text without quotes, which TOML does not allow");
        let help = "put quotes around it; only `true` and `false` need none";
        return Some((message, help));
    }
    let is_whole = |quote| {
        let inside = value.get(1..).and_then(|rest| rest.strip_suffix(quote));
        inside.is_some_and(|inside| !inside.contains(quote))
    };
    Some(match first {
        // Something else is wrong then: an escape, say.
        '"' | '\'' if is_whole(first) => return None,
        '"' | '\'' => (
            format!("the `{first}` that begins `{key}` is not closed at the end of the value"),
            "put quotes around the whole value, and use the other kind inside it",
        ),
        '[' | '{' => (
            format!("the `{first}` that begins `{key}` is not closed at the end of the value"),
            "close it, or put quotes around the whole value if it is text",
        ),
        _ if is_toml => return None,
        '@' | '`' | '%' | '*' | '&' | '!' | '|' | '>' => (
            format!("`{key}` begins with `{first}`, which YAML reads as syntax"),
            QUOTES,
        ),
        _ if value.contains(": ") || value.ends_with(':') => (
            format!("`{key}` contains `: ` without quotes, which begins a second key"),
            QUOTES,
        ),
        _ => return None,
    })
}

/// A key of a trailer that has lost its first colon: a text for Ruby, where the site looks for a symbol.
fn without_colon(page: Page<'_>, entry: &Entry, cx: &mut Context) {
    // A symbol's span holds its colons.
    let (span, name) = (entry.key_span, &*entry.key);
    let has_it = |other: &Document| other.metadata.get(name).is_some();
    if span.len() == name.len() && nearest(page).any(has_it) {
        let key = written(page.document, name);
        let message = format!("`{name}` lacks its first colon, so it is not `{key}`");
        let (title, start) = (format!("write `{key}`"), Span::at(span.start as usize));
        cx.report(span, name, message)
            .note(format!("the site does not read it as `{key}`"))
            .help(&*title)
            .fix(&*title, Safety::Unsafe, start, ":");
    }
}

fn cut_by_comment(page: Page<'_>, entry: Option<&Entry>, span: Span, cx: &mut Context) {
    // What other files have as their whole value is whole here as well, and the comment is one.
    let is_whole = |entry: &Entry| {
        let others = nearest(page).filter_map(|one| one.metadata.get(&entry.key));
        let mut values = others.map(|other| other.source.trim());
        values.any(|value| value == entry.source.trim())
    };
    if entry.is_some_and(is_whole) {
        return;
    }
    let message = "` #` begins a comment, so the rest of the value is lost";
    let report = cx
        .report(span, entry.map_or("", |entry| &entry.key), message)
        .help("put straight quotes around the whole value");
    let Some(entry) = entry else {
        return;
    };
    let kept = entry.source.trim();
    let report = report.note(format!(
        "`{}` is `{kept}`",
        written(page.document, &entry.key)
    ));
    // The words of the comment are known without its beginning; it must be `#` alone for the value to be rebuilt.
    if let Some((comment, words)) = page.document.metadata.comment_in(span)
        && !entry.quoted
        && entry.value_span.end == span.start
        && comment.len() == words.len() + 1
        && !kept.contains(['"', '“', '\\'])
        && !words.contains(['"', '\\'])
    {
        let blanks = " ".repeat((comment.start - span.start) as usize);
        let whole = Span::new(entry.value_span.start as usize, comment.end as usize);
        let text = format!("\"{kept}{blanks}#{words}\"");
        report.fix("put quotes around the value", Safety::Unsafe, whole, text);
    }
}
