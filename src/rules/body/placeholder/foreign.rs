//! Tags of a template language that this site's generator does not run: what is left of a move from another generator.

use crate::archive::Archive;
use crate::archive::site::{Generator, is_read_as_it_is};
use crate::document::{Document, OddLineKind, TemplateTag};
use crate::rules::{Context, Page};
use crate::source::{Span, begins_with_any};
use Language::{Attributes, Erb, Liquid, Shortcode};

/// Whose tags they are.
#[derive(Clone, Copy, PartialEq)]
enum Language {
    /// `<%= … %>`
    Erb,
    /// `{% include … %}`, and `{{ site.… }}` in a link
    Liquid,
    /// `{{< figure … >}}`, `{{% … %}}`
    Shortcode,
    /// `{:.class}` on a line of its own
    Attributes,
}

/// In fewer documents than this a tag is no habit.
const HABIT: usize = 3;

const LANGUAGES: [Language; 4] = [Erb, Liquid, Shortcode, Attributes];

/// Reports what is left over in a document.
pub(super) fn check(page: Page<'_>, cx: &mut Context) {
    let archive = page.archive;
    for language in LANGUAGES {
        let mut tags = of(language, page.document).peekable();
        if tags.peek().is_some() && is_foreign(language, archive) && !is_habit(language, archive) {
            tags.for_each(|(span, source)| report(language, span, source, archive.generator, cx));
        }
    }
}

fn report(language: Language, span: Span, source: &str, generator: Generator, cx: &mut Context) {
    let what = match language {
        Erb => "an ERB tag",
        Liquid => "a Liquid tag",
        Shortcode => "a Hugo shortcode",
        Attributes => "a kramdown attribute list",
    };
    let who = match generator {
        Generator::Plain => "which nothing here understands".to_owned(),
        generator => format!("which {} does not understand", generator.name()),
    };
    let seen = match (language, generator) {
        (Shortcode, Generator::Jekyll | Generator::Eleventy) => {
            "the page shows nothing in its place"
        }
        _ => "the page shows it as it is",
    };
    cx.report(span, source, format!("`{source}` is {what}, {who}"))
        .note(seen)
        .help("write what it stands for, or delete it");
}

/// The tags of a language in a document, outside comments. A page that quotes tags (`{% raw %}`) is about them.
fn of(language: Language, document: &Document) -> impl Iterator<Item = (Span, &str)> {
    let tags = &document.template_tags;
    let quotes = tags.iter().any(|tag| words(&tag.source).0 == "raw");
    let is_seen = |span: Span| !document.comments.iter().any(|one| one.span.contains(span));
    let tags = tags
        .iter()
        .filter(move |tag| !quotes && language_of(tag, document) == Some(language));
    let tags = tags.map(|tag| (tag.span, &*tag.source));
    let lists = document.odd_lines(OddLineKind::AttributeList);
    let lists = lists.filter(move |_| language == Attributes);
    let lists = lists.map(|line| (line.span, &*line.text));
    tags.chain(lists).filter(move |(span, _)| is_seen(*span))
}

/// The language of a tag that is written to be run: with what it needs. Prose about templates leaves that out.
fn language_of(tag: &TemplateTag, document: &Document) -> Option<Language> {
    let (word, argument) = words(&tag.source);
    let has_argument =
        argument.starts_with(|one: char| one.is_alphanumeric() || "\"'_/".contains(one));
    let is_named = word.starts_with(|one: char| one.is_ascii_alphabetic());
    let source = &*tag.source;
    if begins_with_any(source, &["{{<", "{{%"]) {
        let is_given = argument.contains(['"', '`']);
        (is_named && is_given).then_some(Shortcode)
    } else if source.starts_with("{%") {
        let is_known = matches!(
            word,
            "include" | "include_relative" | "post_url" | "link" | "highlight" | "gist"
        );
        (is_known && has_argument).then_some(Liquid)
    } else if source.starts_with("{{") {
        let is_variable = word.starts_with("site.") || word.starts_with("page.");
        let links = document.links.iter().filter(|link| !link.is_reference());
        let links = links.map(|link| link.target_span);
        let definitions = document.definitions.iter();
        let spans = links.chain(definitions.map(|one| one.destination_span));
        let is_linked = || spans.clone().any(|span| span.contains(tag.span));
        (is_variable && is_linked()).then_some(Liquid)
    } else {
        let is_call = source.starts_with("<%=") && source.contains(['(', '"', '\'']);
        (is_call && is_named).then_some(Erb)
    }
}

/// The first word of a tag, and what follows it.
fn words(tag: &str) -> (&str, &str) {
    let inside = tag.trim_start_matches(['{', '%', '<', '-', '=', ' ']);
    let end = inside.find([' ', '\n', '\t']).unwrap_or(inside.len());
    let (word, argument) = inside.split_at(end);
    (word, argument.trim_start())
}

/// Whether the site's generator surely runs nothing of this language.
fn is_foreign(language: Language, archive: &Archive) -> bool {
    use Generator::{Astro, Eleventy, Hugo, Jekyll, Obsidian, Plain, Zola};
    match (language, archive.generator) {
        (Liquid | Shortcode, Plain) => is_read_as_it_is(&archive.other_files),
        (_, Astro | Obsidian | Zola) | (Erb | Shortcode, Jekyll) | (Shortcode, Eleventy) => true,
        (Erb | Liquid | Attributes, Hugo) => true,
        _ => false,
    }
}

/// Whether so many documents hold tags of a language that something unseen runs them. Of a generator that is known, they are
/// what a move has left in old pages.
fn is_habit(language: Language, archive: &Archive) -> bool {
    if archive.generator != Generator::Plain {
        return false;
    }
    let holds = |one: &&Document| of(language, one).next().is_some();
    let holders = archive.documents.iter().filter(holds).take(HABIT).count();
    holders >= HABIT || holders * 10 > archive.documents.len()
}
