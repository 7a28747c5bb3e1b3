//! One Markdown file, read: its metadata and what its body says, as facts with byte spans.
//!
//! Parsing never fails. What a site's own parser would reject or misread is recorded as a fact too, and the rules
//! decide what to say of it. A [`Document`] does not hold the text it was read from: an archive of a hundred thousand
//! notes must fit into memory.

mod conflicts;
pub mod definitions;
pub mod destination;
mod layout;
pub mod markdown;
pub mod mask;
pub mod metadata;
pub mod slug;
pub mod suppression;
pub mod tags;
mod uses;

use crate::hash::QuickSet;
use crate::names::lower_letters;
use crate::source::{self, Span, Text};
pub use destination::Destination;
pub use metadata::Metadata;
use std::sync::OnceLock;

/// Which Markdown the site's renderer reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    /// CommonMark 0.31: Hugo (Goldmark), Zola, Eleventy (markdown-it).
    CommonMark,
    /// GitHub Flavored Markdown: plain folders, Astro, Obsidian.
    #[default]
    Gfm,
    /// kramdown with its GFM parser: snips, Jekyll.
    Kramdown,
    /// Python-Markdown: MkDocs, Pelican, Nikola.
    PythonMarkdown,
}

impl Dialect {
    /// Every dialect: its name in the configuration, and as people write it.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Dialect::CommonMark, "commonmark", "CommonMark"),
        (Dialect::Gfm, "gfm", "GitHub Flavored Markdown"),
        (Dialect::Kramdown, "kramdown", "kramdown"),
        (
            Dialect::PythonMarkdown,
            "python-markdown",
            "Python-Markdown",
        ),
    ];

    /// Whether the renderer follows CommonMark, as far as that goes.
    pub fn is_commonmark(self) -> bool {
        matches!(self, Dialect::CommonMark | Dialect::Gfm)
    }

    /// The name in the configuration, and the one that people write.
    pub fn names(self) -> (&'static str, &'static str) {
        let known = Self::ALL.iter().find(|(dialect, ..)| *dialect == self);
        known.map_or(("", ""), |(_, name, written)| (name, written))
    }
}

/// What must be known of the site before its files are parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ParseOptions {
    /// The site's Markdown.
    pub dialect: Dialect,
    /// Whether files may end with a snip's trailer.
    pub trailers: bool,
    /// Whether `[[target]]` is a link (Obsidian).
    pub wikilinks: bool,
    /// Whether `: text` after a paragraph is a definition in CommonMark, too (Goldmark).
    pub definition_lists: bool,
    /// Whether kramdown reads HTML blocks as Markdown (`parse_block_html`).
    pub reads_html: bool,
    /// The front matter that the site takes.
    pub fences: metadata::Fences,
    /// The template tags that the site runs.
    pub openings: mask::Openings,
}

/// Reads one file. `path` is relative to the root, with `/`.
pub fn parse(path: &str, text: &str, options: ParseOptions) -> Document {
    let trailers = options.trailers || path.contains(".snip");
    let text = source::with_line_feeds(text);
    let (text, odd_lines) = conflicts::resolve(&text);
    let (mut metadata, body) = metadata::parse(&text, trailers, options.fences);
    if odd_lines
        .first()
        .is_some_and(|marker| marker.span.end <= metadata.block.start)
    {
        // It is the conflict that stands before the front matter.
        metadata
            .problems
            .retain(|problem| problem.kind != metadata::ProblemKind::NotFirst);
    }
    let mut document = Document {
        metadata,
        body,
        first_line: first_line(&text),
        odd_lines,
        ..Document::at(path)
    };
    markdown::read(&mut document, &text, options);
    document.suppressions = suppression::read(&document, &text);
    document
}

/// The metadata that a file would have with the content `text`, if that leaves its body, which is the one of `document`, as
/// it stands in `before`: then no other fact of the document changes.
pub fn with_other_metadata(
    document: &Document,
    before: &str,
    text: &str,
    options: ParseOptions,
) -> Option<Metadata> {
    if conflicts::may_be_in(before) || conflicts::may_be_in(text) {
        return None;
    }
    let trailers = options.trailers || document.path.contains(".snip");
    let (metadata, body) =
        metadata::parse(&source::with_line_feeds(text), trailers, options.fences);
    (body.of(text) == document.body.of(before)).then_some(metadata)
}

fn first_line(text: &str) -> Span {
    let trimmed = text
        .trim_start_matches(|character: char| character == '\u{feff}' || character.is_whitespace());
    let start = text.len() - trimmed.len();
    let line = trimmed.lines().next().unwrap_or("").trim_end();
    Span::new(start, start + line.len())
}

/// A Markdown file, parsed. Whether it is a page, a note or neither is decided by the archive.
#[derive(Debug, Default)]
pub struct Document {
    /// The path relative to the root, with `/`.
    pub path: Text,
    /// Where in the path the file's name begins, in bytes.
    name_start: u32,
    /// Where in the path the file's stem ends, in bytes.
    stem_end: u32,
    /// Why the file could not be read, if it could not; everything below is empty then.
    pub unreadable: Option<String>,
    /// What tells the content that was read from a later one ([`crate::hash::digest`]).
    pub digest: u64,
    /// The metadata block.
    pub metadata: Metadata,
    /// The Markdown part of the file.
    pub body: Span,
    /// The first line of the file that is not blank, without white space around it.
    pub first_line: Span,
    /// Every heading, in order.
    pub headings: Vec<Heading>,
    /// Every link and image, of any kind, in order of their spans.
    pub links: Vec<Link>,
    /// Every link reference definition and every line that looks like one, in order.
    pub definitions: Vec<Definition>,
    /// Indices in `definitions`, in the order of their keys; see [`Document::labelled`].
    pub by_label: Vec<u32>,
    uses: OnceLock<Box<uses::Uses>>,
    /// The letters and digits of its headings, as reader and source have them, in lower case.
    letters_of_headings: OnceLock<Box<QuickSet<String>>>,
    /// `[^label]` and `[^label]:`, in order.
    pub footnotes: Vec<Footnote>,
    /// HTML comments outside code, in order; the text without `<!--` and `-->`, trimmed.
    pub comments: Vec<Comment>,
    /// `id` and `name` attributes of raw HTML, and kramdown's `{#id}`.
    pub anchors: Vec<Text>,
    /// Comments that hide findings.
    pub suppressions: Vec<suppression::Suppression>,
    /// Lines that were meant as something that Markdown does not see in them.
    pub odd_lines: Vec<OddLine>,
    /// Where the site's renderer cannot be followed, in order. Whatever such a region may define, use or link to is among
    /// the facts above, so that nothing outside of it counts as undefined or unused; nothing in it is reported.
    pub unknown: Vec<Span>,
    /// Template tags (ERB, Liquid, ...) in the body, not only in destinations: the ids and links of the page cannot all
    /// be known.
    pub has_template_tags: bool,
    /// The template tags outside code, in order; of each document at most [`MOST_TAGS`].
    pub template_tags: Vec<TemplateTag>,
    /// The first line of prose that states a day or a week.
    pub opening: Option<Box<crate::week::prose::Opening>>,
    /// Dates and weeks in the prose, as [`crate::week::prose`] reads them.
    pub prose: Vec<crate::week::prose::Mention>,
}

/// A heading, ATX or setext.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The whole heading.
    pub span: Span,
    /// Its content, without `#`, underline and white space around it.
    pub content: Span,
    /// The content as it stands in the source.
    pub source: Text,
    /// The content as a reader sees it, without markup.
    pub text: Text,
    /// Whether it is the first thing in the body.
    pub first: bool,
}

/// How a link is written (CommonMark 0.31, section 6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](destination)`
    Inline,
    /// `[text][label]`
    Full,
    /// `[label][]`
    Collapsed,
    /// `[label]`
    Shortcut,
    /// `<https://example.com>`
    Autolink,
    /// `<a href="...">`, `<img src="...">`
    Html,
    /// `[[target]]`
    Wikilink,
}

/// A link or an image, resolved or not.
///
/// An archive holds more of these than of anything else, and then definitions and keys, so that every field counts: label
/// and destination share one place, no index takes four bytes instead of eight, and what is rare is boxed.
#[derive(Debug, Clone)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// Whether it is an image.
    pub image: bool,
    /// The whole link.
    pub span: Span,
    /// The text between the brackets.
    pub text_span: Span,
    /// The text as it stands in the source.
    pub text: Text,
    /// As it stands in the source: the label of a reference (for collapsed and shortcut references, the text), the
    /// destination of any other link.
    pub target: Destination,
    /// Where that stands.
    pub target_span: Span,
    /// See [`Link::definition`]; [`NO_DEFINITION`] where there is none.
    definition: u32,
    /// Why it prints as text, if it does.
    pub unlinked: Option<Unlinked>,
    /// `[text] [label]` or `[text]⏎[label]`: what kramdown takes for one reference. Where the label is not defined but
    /// the text is, it prints both. The span is what is left over of a second link whose text was taken for the label: `[]`,
    /// `[label]` or `(destination)`; mostly empty.
    pub spaced: Option<Box<Span>>,
}

/// The index of no definition.
const NO_DEFINITION: u32 = u32::MAX;

/// What keeps a text and an address beside it from being a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlinked {
    /// `[text](two words)`, which is a link for kramdown alone.
    WhiteSpace,
    /// `[text](https://example.com/a_(b)`
    OpenParenthesis,
    /// `[text] (https://example.com)`
    Gap,
    /// `[text]{https://example.com}`
    Braces,
    /// `(text)[https://example.com]`
    Reversed,
    /// `[text(https://example.com)`
    OpenBracket,
    /// `<a href="https://example.com>`
    OpenQuotation,
    /// `text](https://example.com)`
    NoBracket,
    /// `\[text\](https://example.com)`
    Escaped,
    /// `` [`text](https://example.com)` ``
    Code,
    /// `[[text](https://example.com)](https://example.com)`
    Nested,
    /// `[text](https://example.com "title)`
    OpenTitle,
}

impl Link {
    /// Whether this is a full, collapsed or shortcut reference.
    pub fn is_reference(&self) -> bool {
        matches!(
            self.kind,
            LinkKind::Full | LinkKind::Collapsed | LinkKind::Shortcut
        )
    }

    /// The destination of an inline link, autolink, wikilink or HTML link, as it stands in the source; empty for
    /// references.
    pub fn destination(&self) -> &Destination {
        match self.is_reference() {
            true => &destination::NONE,
            false => &self.target,
        }
    }

    /// For a reference: the index in [`Document::definitions`] of the definition that the dialect takes.
    pub fn definition(&self) -> Option<u32> {
        (self.definition != NO_DEFINITION).then_some(self.definition)
    }

    fn set_definition(&mut self, definition: Option<u32>) {
        self.definition = definition.unwrap_or(NO_DEFINITION);
    }
}

/// What became of a line that looks like a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefinitionStatus {
    /// A definition; the one that counts for its label, or a duplicate (see [`Definition::duplicate_of`]).
    Defined,
    /// The line has a label and no destination.
    NoDestination,
    /// `[label] https://example.com`, beside definitions.
    NoColon,
    /// The line is not a definition by itself (`[a]: two words` outside kramdown).
    Malformed,
    /// The line stands in a paragraph that begins before it, so that it is prose.
    Swallowed {
        /// The line of the paragraph after which definitions are no longer seen.
        cause: Span,
    },
}

/// A link reference definition (CommonMark 0.31, section 4.7), or a line that was meant as one.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The label as it stands in the source.
    pub label: Text,
    /// The label, normalised for matching: case-folded, white space collapsed.
    pub key: Text,
    /// Where the label stands, without brackets.
    pub label_span: Span,
    /// The destination as it stands in the source, without `<>`.
    pub destination: Destination,
    /// Where the destination stands.
    pub destination_span: Span,
    /// The definition, from `[` to the end of destination or title.
    pub span: Span,
    /// All of the lines that the definition stands on, with the last one's ending.
    pub lines: Span,
    /// What became of it.
    pub status: DefinitionStatus,
    /// Whether it has a title.
    pub has_title: bool,
    /// The first definition of the same label in this document, if this is a later one.
    pub duplicate_of: Option<u32>,
    /// Of a definition that no reference uses: where the words of its label stand in the prose, without a link.
    pub mention: Option<Box<Span>>,
}

/// A footnote's reference or definition.
#[derive(Debug, Clone)]
pub struct Footnote {
    /// The label, without `^`.
    pub label: Text,
    /// `[^label]` with its brackets.
    pub span: Span,
    /// Whether this is the definition.
    pub definition: bool,
}

/// An HTML comment.
#[derive(Debug, Clone)]
pub struct Comment {
    /// The comment with its delimiters.
    pub span: Span,
    /// The text, trimmed.
    pub text: Text,
}

/// How many template tags of one document are kept.
pub const MOST_TAGS: usize = 32;

/// A template tag outside code: `{{ date }}`, `<%= by('ada') %>`.
#[derive(Debug, Clone)]
pub struct TemplateTag {
    /// The tag with its delimiters.
    pub span: Span,
    /// The tag as it stands in the source, cut after 80 characters.
    pub source: Text,
}

/// A line that was meant as something else than what Markdown sees in it.
#[derive(Debug, Clone)]
pub struct OddLine {
    /// The line's telling part.
    pub span: Span,
    /// What stands there.
    pub text: Text,
    /// What it was meant as.
    pub kind: OddLineKind,
}

impl OddLine {
    /// The line or part of one that begins at the byte `at`.
    fn at(at: usize, text: &str, kind: OddLineKind) -> Self {
        OddLine {
            span: Span::new(at, at + text.len()),
            text: text.into(),
            kind,
        }
    }
}

/// What an [`OddLine`] was meant as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OddLineKind {
    /// `##Heading`: two or more `#` without white space after them.
    HeadingWithoutSpace,
    /// `\#\# Heading`, as word processors write it.
    HeadingEscaped,
    /// A bracket or parenthesis beside a link, without the one that belongs to it.
    StrayBracket,
    /// `# Heading` with a non-breaking space, or another blank that Markdown does not take for one.
    HeadingWithOddSpace,
    /// `{:.class}`, where Markdown is not read by kramdown.
    AttributeList,
    /// `<<<<<<< label` or `>>>>>>> label`.
    ConflictMarker,
    /// `Lorem ipsum dolor sit amet`: text that holds the place of another.
    Filler,
    /// The fence of a code block that is never closed: whatever follows is code.
    OpenFence,
    /// `<!--` at the beginning of a line, without `-->` anywhere behind it: whatever follows is hidden.
    OpenComment,
}

impl Document {
    /// A document of which no more is known than its path, relative to the root, with `/`.
    pub fn at(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let start = path.len() - name.len();
        let Span { start, end } = Span::new(start, start + stem(name).len());
        Document {
            path: path.into(),
            name_start: start,
            stem_end: end,
            ..Document::default()
        }
    }

    /// The file's name, without folders.
    pub fn file_name(&self) -> &str {
        self.path.get(self.name_start as usize..).unwrap_or("")
    }

    /// The definitions whose normalised label is `key`, in their order, and then the lines meant as such.
    pub fn labelled<'d>(
        &'d self,
        key: &str,
    ) -> impl DoubleEndedIterator<Item = &'d Definition> + use<'d> {
        let indices = self.indices_labelled(key);
        indices.filter_map(|index| self.definitions.get(index))
    }

    /// The indices of [`Document::labelled`] in [`Document::definitions`].
    pub fn indices_labelled<'d>(
        &'d self,
        key: &str,
    ) -> impl DoubleEndedIterator<Item = usize> + use<'d> {
        let same = definitions::labelled(&self.definitions, &self.by_label, key);
        same.iter().map(|index| *index as usize)
    }

    /// The definition that the dialect takes for a reference.
    pub fn defined(&self, link: &Link) -> Option<&Definition> {
        self.definitions.get(link.definition()? as usize)
    }

    /// The file's folder, without a final `/`; empty at the root.
    pub fn folder(&self) -> &str {
        let length = (self.name_start as usize).saturating_sub(1);
        self.path.get(..length).unwrap_or("")
    }

    /// The file's name without its extensions: `week-460` of `week-460.snip.markdown`, `weeknote.23` of
    /// `weeknote.23.md`.
    pub fn stem(&self) -> &str {
        Span {
            start: self.name_start,
            end: self.stem_end,
        }
        .of(&self.path)
    }

    /// The extensions that [`Document::stem`] leaves out, with the dot: `.snip.markdown`.
    pub fn extension(&self) -> &str {
        self.path.get(self.stem_end as usize..).unwrap_or("")
    }

    /// The heading that serves as the page's title: the first of level one, else the first thing of the body if that
    /// is a heading.
    pub fn title_heading(&self) -> Option<&Heading> {
        self.headings
            .iter()
            .find(|heading| heading.level == 1)
            .or_else(|| self.headings.first().filter(|heading| heading.first))
    }

    /// Whether a heading consists of these letters and digits in lower case, whatever stands between them.
    pub fn has_heading_of(&self, letters: &str) -> bool {
        let known = self.letters_of_headings.get_or_init(|| {
            let both = |one: &Heading| [lower_letters(&one.text), lower_letters(&one.source)];
            Box::new(self.headings.iter().flat_map(both).collect())
        });
        known.contains(letters)
    }

    /// The lines that were meant as `kind`, in their order.
    pub fn odd_lines(&self, kind: OddLineKind) -> impl Iterator<Item = &OddLine> {
        self.odd_lines.iter().filter(move |line| line.kind == kind)
    }

    /// Whether a code block or a comment that is never closed takes in the rest of the page: definitions, footnotes and
    /// headings below it are not known.
    pub fn is_cut_short(&self) -> bool {
        use OddLineKind::{OpenComment, OpenFence};
        let mut kinds = self.odd_lines.iter().map(|line| line.kind);
        kinds.any(|kind| matches!(kind, OpenFence | OpenComment))
    }

    /// Whether any of `span` lies where the site's renderer cannot be followed.
    pub fn is_unknown(&self, span: Span) -> bool {
        let after = self.unknown.partition_point(|one| one.end <= span.start);
        let next = self.unknown.get(after);
        next.is_some_and(|one| one.start < span.end.max(span.start + 1))
    }

    /// Whether the author has marked the note as unfinished, or keeps it among drafts.
    pub fn is_draft(&self) -> bool {
        let mut folders = self.folder().split('/');
        folders.any(|folder| matches!(folder, "drafts" | "_drafts" | "Drafts"))
            || self.is_unpublished()
    }

    /// Whether the metadata says that the note is not to be published yet: `draft: true`, `published: false`.
    pub fn is_unpublished(&self) -> bool {
        use metadata::Value;
        let flag = |key: &str, wanted: bool| {
            self.metadata
                .get_or_given(key)
                .is_some_and(|entry| match &entry.value {
                    Value::Bool(value) => *value == wanted,
                    Value::String(value) => value.trim().to_ascii_lowercase().parse() == Ok(wanted),
                    _ => false,
                })
        };
        flag("draft", true) || flag("published", false)
    }
}

/// File name extensions that say "this is a page's source" and are no part of its name.
const EXTENSIONS: &[&str] = &[
    "md", "markdown", "mdown", "mkd", "mdx", "snip", "html", "erb", "liquid", "njk",
];

/// A file's name without the extensions of page sources.
pub fn stem(file_name: &str) -> &str {
    let mut stem = file_name;
    while let Some((before, extension)) = stem.rsplit_once('.') {
        let is_known = || {
            EXTENSIONS
                .iter()
                .any(|known| known.eq_ignore_ascii_case(extension))
        };
        if before.is_empty() || !is_known() {
            break;
        }
        stem = before;
    }
    stem
}
