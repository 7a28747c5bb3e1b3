//! What a template held for replacement, and nobody replaced.

use crate::archive::conventions::scalar_text;
use crate::archive::{Archive, hosts, site::Generator};
use crate::diagnostic::{DocumentId, Place, Severity};
use crate::document::{Comment, Document, Link};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::source::Span;
use std::collections::{HashMap, HashSet};

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "body/placeholder",
    summary: "text of a template that was to be replaced",
    docs: "\
A note that was begun from a template keeps what nobody filled in: `<!-- add content here -->`, \"Week NNN\", \
`[Title](http://example.com)`.

The rule reads the archive's own templates (folders such as `templates`, `_templates`, `archetypes`) and finds in the notes \
their comments, their titles and other values with a stand-in word (`NNN`, `XX`, `YYYY`), and their links to example hosts. It \
also finds reminders (`# TODO ...`, `# FIXME ...`) in comments of the metadata, and the variables of Obsidian's templates \
(`{{date}}`, `<% tp.file.title %>`) that were not filled in.

It is silent about `TK` and `TODO` in prose, about comments that most notes keep, about what tools read (`<!-- more -->`), and \
about variables in code or in archives whose generator fills them in. In drafts a finding is an information.

Write what belongs there, or delete it.",
    severity: Some(Severity::Warning),
    fix: FixAvailability::None,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "the template's comment is still there",
            backdrop: Backdrop::None,
            files: &[
                ("templates/week.md", "# Week NNN\n\n<!-- what did we plant? -->\n"),
                (
                    "notes/week-12.md",
                    "# Week 12\n\n⟦<!-- what did we plant? -->⟧\n\nBeans.\n",
                ),
            ],
            fixed: None,
        },
        Example::Bad {
            title: "the title was not filled in",
            backdrop: Backdrop::None,
            files: &[
                ("templates/week.md", "# Week NNN\n"),
                ("notes/week-12.md", "# ⟦Week NNN⟧\n\nBeans.\n"),
            ],
            fixed: None,
        },
        Example::Bad {
            title: "a reminder in the metadata",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "---\ntitle: Week 12\n⟦# TODO: who wrote this?⟧\n---\n\nBeans.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a variable that was not filled in",
            backdrop: Backdrop::None,
            files: &[("notes/week-12.md", "# Week 12\n\nWritten on ⟦{{date}}⟧.\n")],
            fixed: None,
        },
        Example::Good {
            title: "reminders in prose, variables in code, and a link that the template shares on purpose",
            backdrop: Backdrop::None,
            files: &[
                (
                    "templates/week.md",
                    "# Week NNN\n\n<!-- more -->\n\n[Subscribe](https://pond.example/feed.xml)\n",
                ),
                (
                    "notes/week-12.md",
                    "# Week 12\n\nTODO: beans. The template has `{{date}}` in it.\n\n<!-- more -->\n\n[Subscribe](/feed.xml)\n",
                ),
            ],
        },
    ],
};

/// See [`META`].
pub struct Placeholder;

impl Rule for Placeholder {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        reminders(document, cx);
        variables(document, archive, cx);
    }

    fn check_archive(&self, archive: &Archive, cx: &mut Context) {
        let templates = Templates::of(archive);
        if templates.is_empty() {
            return;
        }
        let kept = templates.kept_comments(archive);
        for (id, document) in archive.all().filter(|(id, _)| archive.is_linted(*id)) {
            let place = |span| Place { document: id, span };
            for comment in &document.comments {
                if templates.comments.contains(&*comment.text) && !kept.contains(&*comment.text) {
                    cx.report_at(
                        place(comment.span),
                        &comment.text,
                        "this comment is left over from the template",
                    )
                    .note("nothing has been written in its place")
                    .help("write what belongs here, or delete the comment");
                }
            }
            for heading in &document.headings {
                if let Some(word) = templates.word_in(&heading.text) {
                    stand_in(place(heading.content), &heading.text, word, "heading", cx);
                }
            }
            for entry in &document.metadata.entries {
                if let Some(text) = scalar_text(entry)
                    && let Some(word) = templates.word_in(text)
                {
                    let what = format!("value of `{}`", entry.key);
                    stand_in(place(entry.value_span), text, word, &what, cx);
                }
            }
            for link in &document.links {
                let destination = destination(link, document);
                if is_example(destination) && templates.links.contains(&(&*link.text, destination))
                {
                    link_left_over(id, link, destination, cx);
                }
            }
        }
    }
}

/// What the archive's templates hold for replacement.
#[derive(Default)]
struct Templates<'a> {
    comments: HashSet<&'a str>,
    /// Headings and metadata values with a stand-in word, and that word.
    texts: HashMap<&'a str, &'a str>,
    /// Text and destination of links to example hosts.
    links: HashSet<(&'a str, &'a str)>,
}

impl<'a> Templates<'a> {
    fn of(archive: &'a Archive) -> Self {
        let mut templates = Templates::default();
        for template in archive.templates() {
            let comments = template
                .comments
                .iter()
                .filter(|comment| is_request(comment));
            templates
                .comments
                .extend(comments.map(|comment| &*comment.text));
            let headings = template.headings.iter().map(|heading| &*heading.text);
            let values = template.metadata.entries.iter().filter_map(scalar_text);
            let stand_ins = headings
                .chain(values)
                .filter_map(|text| Some((text, stand_in_word(text)?)));
            templates.texts.extend(stand_ins);
            let links = template
                .links
                .iter()
                .map(|link| (&*link.text, destination(link, template)));
            templates
                .links
                .extend(links.filter(|(_, destination)| is_example(destination)));
        }
        templates
    }

    fn is_empty(&self) -> bool {
        self.comments.is_empty() && self.texts.is_empty() && self.links.is_empty()
    }

    /// The comments that so many notes keep that they are no leftovers.
    fn kept_comments(&self, archive: &'a Archive) -> HashSet<&'a str> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut notes = 0;
        for (_, document) in archive.all().filter(|(id, _)| archive.is_note(*id)) {
            notes += 1;
            for comment in &document.comments {
                if self.comments.contains(&*comment.text) {
                    *counts.entry(&comment.text).or_default() += 1;
                }
            }
        }
        counts
            .into_iter()
            .filter(|(_, count)| *count >= 10 && count * 4 >= notes)
            .map(|(text, _)| text)
            .collect()
    }

    /// The stand-in word of a text that is a template's, or holds one of its longer stand-in words.
    fn word_in(&self, text: &'a str) -> Option<&'a str> {
        if let Some(word) = self.texts.get(text) {
            return Some(word);
        }
        let word = stand_in_word(text).filter(|word| word.len() >= 3)?;
        self.texts
            .values()
            .any(|known| *known == word)
            .then_some(word)
    }
}

/// Whether a template's comment asks for something, rather than being read by a tool.
fn is_request(comment: &Comment) -> bool {
    let first = comment.text.split([' ', ':']).next().unwrap_or("");
    let is_for_tools = [
        "weeknote-lint",
        "markdownlint",
        "prettier",
        "vale",
        "textlint",
        "rumdl",
        "toc",
        "tocstop",
        "more",
        "excerpt",
        "truncate",
        "endexcerpt",
    ]
    .iter()
    .any(|tool| first.to_lowercase().starts_with(tool));
    !is_for_tools && comment.text.contains(char::is_alphabetic)
}

/// A word that stands for a number, a date or a name: `NNN`, `XX`, `YYYY`.
fn stand_in_word(text: &str) -> Option<&str> {
    text.split(|character: char| !character.is_alphanumeric())
        .find(|word| {
            let mut letters = word.chars();
            let first = letters.next();
            word.len() >= 2
                && matches!(first, Some('N' | 'X' | 'Y'))
                && letters.all(|letter| Some(letter) == first)
        })
}

fn destination<'d>(link: &'d Link, document: &'d Document) -> &'d str {
    match link.definition {
        Some(index) => document
            .definitions
            .get(index as usize)
            .map_or("", |definition| &definition.destination),
        None => &link.destination,
    }
}

/// Whether an address is one of those that are set apart for examples (RFC 2606).
fn is_example(destination: &str) -> bool {
    destination.contains("example")
        && hosts::host(destination).is_some_and(|host| {
            let host = host.strip_prefix("www.").unwrap_or(&host);
            matches!(host, "example.com" | "example.org" | "example.net")
                || host.ends_with(".example")
        })
}

fn stand_in(place: Place, text: &str, word: &str, what: &str, cx: &mut Context) {
    cx.report_at(
        place,
        text,
        format!("this {what} still has the template's `{word}` in it"),
    )
    .help(format!("write what `{word}` stands for"));
}

fn link_left_over(id: DocumentId, link: &Link, destination: &str, cx: &mut Context) {
    let place = Place {
        document: id,
        span: link.span,
    };
    cx.report_at(
        place,
        destination,
        "this link is left over from the template",
    )
    .note("leads to a page that is about examples")
    .help("write the link that belongs here, or delete it");
}

/// `# TODO! ...` in the metadata.
fn reminders(document: &Document, cx: &mut Context) {
    for (span, text) in &document.metadata.comments {
        let word = text
            .split(|character: char| !character.is_alphanumeric())
            .find(|word| matches!(*word, "TODO" | "FIXME" | "TK" | "XXX"));
        if let Some(word) = word {
            cx.report(
                *span,
                text,
                format!("a reminder was left in the metadata: `{word}`"),
            )
            .help("do what it asks for, and delete it");
        }
    }
}

/// Variables of templates that nothing fills in later.
fn variables(document: &Document, archive: &Archive, cx: &mut Context) {
    for tag in &document.template_tags {
        if is_left_over(&tag.source, archive) {
            variable(tag.span, &tag.source, cx);
        }
    }
    for entry in &document.metadata.entries {
        let source = entry.source.trim_matches(['"', '\'']);
        if is_left_over(source, archive) {
            variable(entry.value_span, source, cx);
        }
    }
}

/// Whether `source` is a variable that no generator of this archive fills in.
fn is_left_over(source: &str, archive: &Archive) -> bool {
    if is_templater(source) {
        return true;
    }
    match archive.generator {
        Generator::Obsidian => is_variable(source),
        // Whatever serves a plain folder may read it as a template; then more than a few of its files hold variables.
        Generator::Plain if is_variable(source) && !source.contains(' ') => {
            let holds = |document: &&Document| {
                document
                    .template_tags
                    .iter()
                    .any(|tag| *tag.source == *source)
            };
            archive.documents.iter().filter(holds).take(3).count() < 3
        }
        _ => false,
    }
}

fn variable(span: Span, source: &str, cx: &mut Context) {
    cx.report(
        span,
        source,
        format!("the template's variable `{source}` was not filled in"),
    )
    .note("the page shows it as it stands here")
    .help("write what it stands for");
}

fn is_templater(source: &str) -> bool {
    source.strip_prefix("<%").is_some_and(|inside| {
        inside
            .trim_start_matches(['*', '_', '-', '~', '+'])
            .trim_start()
            .starts_with("tp.")
    })
}

/// The variables of Obsidian's own templates and of its periodic notes.
fn is_variable(source: &str) -> bool {
    let inside = source
        .strip_prefix("{{")
        .and_then(|rest| rest.strip_suffix("}}"));
    inside.is_some_and(|inside| {
        let name = inside.split(':').next().unwrap_or("").trim().to_lowercase();
        matches!(
            name.as_str(),
            "title"
                | "date"
                | "time"
                | "yesterday"
                | "tomorrow"
                | "week"
                | "number"
                | "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
        )
    })
}
