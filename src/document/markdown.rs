//! The body of a file, read by pulldown-cmark in one pass: headings, links, footnotes, comments, anchors.
//!
//! What pulldown-cmark does not say is read from the text afterwards:
//!
//! - References are resolved against our own definitions, because the dialects differ in which of them exist.
//! - kramdown (`parser/kramdown/link.rb`): `[text] [label]` is one reference, white space between its halves allowed; and
//!   where the label is not defined, both halves are text, even if `[text]` alone is defined. `[text](two words)` is a
//!   link whose destination holds a blank.
//! - A line in a paragraph that begins `##word` was meant as a heading.

mod html;
mod links;
mod odd_lines;
mod places;
mod references;
mod stray;
#[cfg(test)]
mod tests;
mod unlinked;
mod unread;

use super::definitions::{self, Blocks, surrounding};
use super::layout::{self, Laid};
use super::{
    Comment, Definition, DefinitionStatus, Dialect, Document, Footnote, Heading, Link, LinkKind,
    MOST_TAGS, OddLine, ParseOptions, TemplateTag,
    mask::{self, Masked},
};
use crate::hash::QuickSet;
use crate::order::Order;
use crate::source::{Span, Text};
use links::OpenLink;
use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

/// Reads the body of `document` (whose `body` is set) out of `text`, the whole file.
pub(super) fn read(document: &mut Document, text: &str, options: ParseOptions) {
    let body = document.body.of(text);
    let masked = mask::mask(body, document.path.ends_with(".mdx"), options.openings);
    let laid = layout::lay_out(&masked.text, options);
    let last = definitions::last(&laid.text);
    let mut reader = Reader::of(&laid, options);
    let last = match reader.run(&last) {
        true => last,
        false => {
            reader = Reader::of(&laid, options);
            reader.run(&[]);
            Vec::new()
        }
    };
    reader.finish(document, body, &masked, &laid, last);
}

fn parser_options(options: ParseOptions) -> Options {
    let mut flags = Options::ENABLE_STRIKETHROUGH
        // The old option reports references to footnotes that are not defined; the new one reads them as text.
        | Options::ENABLE_OLD_FOOTNOTES
        | Options::ENABLE_TASKLISTS;
    flags.set(
        Options::ENABLE_HEADING_ATTRIBUTES,
        options.dialect != Dialect::Gfm,
    );
    // The tables of the others are laid out.
    flags.set(Options::ENABLE_TABLES, options.dialect.is_commonmark());
    flags.set(Options::ENABLE_WIKILINKS, options.wikilinks);
    flags
}

/// How deep links may stand in the texts of others.
const MOST_NESTED: usize = 8;

#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    options: ParseOptions,
    headings: Vec<Heading>,
    links: Vec<Link>,
    footnotes: Vec<Footnote>,
    comments: Vec<Comment>,
    anchors: Vec<Text>,
    blocks: Blocks,
    /// Inline tags whose content kramdown does not read.
    raw_tags: Vec<Span>,
    /// Inline code and link spans, for the scan of the prose.
    not_prose: Vec<Span>,
    /// Inline code, in order.
    code: Vec<Span>,
    open_links: Vec<OpenLink>,
    open_heading: Option<Heading>,
    /// The first fence that is not closed where its code ends.
    open_fence: Option<OddLine>,
    /// The plain text since the last heading began.
    heading_text: String,
    seen_block: bool,
    /// How many blocks that hold text themselves are open: not those of a tight list, whose text is in no paragraph.
    text_blocks: usize,
    /// The text of a tight list's item, as far as it was read.
    item_text: Option<Span>,
}

impl<'t> Reader<'t> {
    fn of(laid: &'t Laid, options: ParseOptions) -> Self {
        let brackets = memchr::memchr_iter(b'[', laid.text.as_bytes()).count();
        let mut reader = Reader {
            text: &laid.text,
            options,
            links: Vec::with_capacity(brackets),
            not_prose: Vec::with_capacity(32),
            ..Reader::default()
        };
        reader.blocks.paragraphs.reserve(32);
        reader.blocks.unknown.clone_from(&laid.unknown);
        reader
    }

    /// Reads the text before `last`, the definitions that it ends with. Returns whether they are such: they may stand in code
    /// or HTML that is open.
    fn run(&mut self, last: &[Definition]) -> bool {
        let mut broken: Vec<(Span, LinkType)> = Vec::new();
        let keys: QuickSet<&str> = last.iter().map(|one| &*one.key).collect();
        let note_broken = |link: BrokenLink<'_>| {
            if keys.contains(&*definitions::normalized(&link.reference)) {
                return Some(("".into(), "".into()));
            }
            broken.push((link.span.into(), link.link_type));
            None
        };
        let end = last
            .first()
            .map_or(self.text.len(), |one| one.span.start as usize);
        let text = self.text.get(..end).unwrap_or(self.text);
        let parser = Parser::new_with_broken_link_callback(
            text,
            parser_options(self.options),
            Some(note_broken),
        );
        self.blocks.known = parser
            .reference_definitions()
            .iter()
            .map(|(_, definition)| definition.span.clone().into())
            .collect();
        for (event, range) in parser.into_offset_iter() {
            self.event(&event, range.into());
        }
        self.blocks.sort();
        for (span, kind) in broken {
            self.broken_link(span, kind);
        }
        let written = text.trim_ascii_end().len();
        let is_open = |block: &Span| block.end as usize >= written;
        let mut blocks = self.blocks.code.iter().chain(&self.blocks.html);
        last.is_empty() || !blocks.any(is_open)
    }

    fn event(&mut self, event: &Event<'_>, span: Span) {
        self.follow_item(event, span);
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) | Event::Code(text) => {
                self.inside(span);
                if matches!(event, Event::Code(_)) {
                    self.not_prose.push(span);
                    self.code.push(span);
                }
                if self.open_heading.is_some() {
                    self.heading_text.push_str(text);
                }
            }
            Event::Html(_) => self.html(span),
            Event::InlineHtml(_) => {
                self.inside(span);
                self.not_prose.push(span);
                self.html(span);
                if self.options.dialect == Dialect::Kramdown && html::is_raw(span.of(self.text)) {
                    self.raw_tags.push(span);
                }
            }
            Event::FootnoteReference(label) => {
                self.inside(span);
                self.footnotes.push(Footnote {
                    label: label.as_ref().into(),
                    span,
                    definition: false,
                });
            }
            _ => self.inside(span),
        }
    }

    /// Collects the text of a tight list's item to a paragraph, which pulldown-cmark makes none of.
    fn follow_item(&mut self, event: &Event<'_>, span: Span) {
        use TagEnd::{CodeBlock, Heading, HtmlBlock, Paragraph, Table};
        use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong};
        let holds_text =
            |tag| matches!(tag, Paragraph | Heading(_) | CodeBlock | HtmlBlock | Table);
        let is_inline = |tag| matches!(tag, Emphasis | Strong | Strikethrough | Link | Image);
        let ends = match event {
            Event::Start(tag) if !is_inline(tag.to_end()) => {
                self.text_blocks += usize::from(holds_text(tag.to_end()));
                true
            }
            Event::End(tag) if !is_inline(*tag) => {
                self.text_blocks -= usize::from(holds_text(*tag) && self.text_blocks > 0);
                true
            }
            _ => false,
        };
        if ends {
            self.blocks.paragraphs.extend(self.item_text.take());
        } else if self.text_blocks == 0 {
            let text = self.item_text.get_or_insert(span);
            text.end = text.end.max(span.end);
        }
    }

    /// Moves the end of what is open to the end of an event inside it.
    fn inside(&mut self, span: Span) {
        if let Some(link) = self.open_links.last_mut() {
            link.content_end = span.end as usize;
        }
        if let Some(heading) = &mut self.open_heading {
            if heading.content.is_empty() {
                heading.content.start = span.start;
            }
            heading.content.end = heading.content.end.max(span.end);
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        use Tag::{BlockQuote, CodeBlock, List, Paragraph, Table};
        self.seen_block |= matches!(
            tag,
            Paragraph | CodeBlock(_) | List(_) | BlockQuote(_) | Table(_)
        );
        match tag {
            Tag::Heading { level, id, .. } => {
                self.open_heading = Some(Heading {
                    level: *level as u8,
                    span: without_ending(self.text, span),
                    content: Span::at(span.start as usize),
                    source: "".into(),
                    text: "".into(),
                    first: !self.seen_block,
                });
                self.heading_text.clear();
                self.seen_block = true;
                self.anchors.extend(id.iter().map(|id| id.as_ref().into()));
            }
            Tag::Paragraph => self.blocks.paragraphs.push(span),
            Tag::CodeBlock(kind) => {
                if matches!(kind, CodeBlockKind::Fenced(_)) {
                    let found = odd_lines::open_fence(self.text, span, self.options.dialect);
                    self.open_fence = self.open_fence.take().or(found);
                }
                self.blocks.code.push(span);
            }
            Tag::HtmlBlock => self.blocks.html.push(span),
            Tag::FootnoteDefinition(label) => {
                // The label is given without the white space of line endings in it.
                let length = span.of(self.text).find("]:").map_or(0, |end| end + 1);
                let span = Span::new(span.start as usize, span.start as usize + length);
                self.footnotes.push(Footnote {
                    label: label.as_ref().into(),
                    span,
                    definition: true,
                });
            }
            Tag::Link { link_type, .. } | Tag::Image { link_type, .. } => {
                self.inside(span);
                let image = matches!(tag, Tag::Image { .. });
                let kind = match link_type {
                    LinkType::Inline => LinkKind::Inline,
                    LinkType::Reference | LinkType::ReferenceUnknown => LinkKind::Full,
                    LinkType::Collapsed | LinkType::CollapsedUnknown => LinkKind::Collapsed,
                    LinkType::Shortcut | LinkType::ShortcutUnknown => LinkKind::Shortcut,
                    LinkType::Autolink | LinkType::Email => LinkKind::Autolink,
                    LinkType::WikiLink { .. } => LinkKind::Wikilink,
                };
                let content_start = span.start as usize + if image { 2 } else { 1 };
                self.open_links.push(OpenLink {
                    kind,
                    image,
                    span,
                    content_end: content_start,
                });
            }
            // In kramdown a line without a bar is no row, so that a definition may follow.
            Tag::Table(_) if self.options.dialect != Dialect::Kramdown => {
                self.blocks.paragraphs.push(span);
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.inside(span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                if let Some(mut heading) = self.open_heading.take() {
                    heading.source = heading.content.of(self.text).trim().into();
                    heading.text = self.heading_text.trim().into();
                    self.headings.push(heading);
                }
            }
            TagEnd::Link | TagEnd::Image => {
                if let Some(open) = self.open_links.pop() {
                    self.inside(open.span);
                    // Images in the texts of images: each holds the texts of all within.
                    if self.open_links.len() >= MOST_NESTED {
                        return;
                    }
                    let link = self.link(&open);
                    if !link.is_reference() {
                        self.not_prose.push(link.target_span);
                    }
                    self.links.push(link);
                }
            }
            _ => {}
        }
    }

    /// Hands everything over to `document`.
    fn finish(
        mut self,
        document: &mut Document,
        body: &str,
        masked: &Masked<'_>,
        laid: &Laid<'_>,
        last: Vec<Definition>,
    ) {
        let tags = &masked.tags;
        self.add_unclosed();
        self.links
            .order_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end)));
        let (mut definitions, by_label) =
            definitions::read(self.text, self.options.dialect, &self.blocks, last);
        // A definition is no place for references. In a line that was only meant as one, brackets that are defined
        // elsewhere are links.
        let spans = |is_definition: bool| -> Vec<Span> {
            let of_kind = definitions.iter().filter(|definition| {
                is_definition == (definition.status == DefinitionStatus::Defined)
                    && (!is_definition || self.is_in_paragraph(definition.span))
            });
            of_kind.map(|definition| definition.span).collect()
        };
        let (in_text, meant) = (spans(true), spans(false));
        let raw = self.raw_html();
        self.links.retain(|link| {
            let is_in = |spans: &[Span]| surrounding(spans, link.span.start as usize).is_some();
            !is_in(&in_text) && !is_in(&raw)
        });
        self.resolve(&mut definitions, &by_label);
        let unread = unread::find(self.text, self.options, |at| self.is_code(at));
        self.links.retain(|link| {
            let is_in = |spans: &[Span]| surrounding(spans, link.span.start as usize).is_some();
            link.definition().is_some() || !is_in(&unread) && !is_in(&meant)
        });
        self.footnotes
            .retain(|one| !one.definition || can_be_footnote(&one.label, self.options.dialect));
        self.anchor_links();
        let mut odd_lines = odd_lines::read(self.text, &self.blocks, self.options.dialect);
        odd_lines.extend(self.stray_brackets());
        odd_lines.extend(self.open_fence.take());
        odd_lines.extend(odd_lines::open_comment(self.text, |at| self.is_code(at)));
        self.kramdown_ids();

        if laid.is_moved() {
            self.shift(&mut definitions, &mut odd_lines, |span| laid.source(span));
            self.read_again(&masked.text, &mut definitions);
        }
        document.has_template_tags = self.unmask(body, &masked.run, &mut definitions);
        let offset = document.body.start as usize;
        // A conflict that is shown as code is not one.
        document.odd_lines.retain(|marker| {
            let at = (marker.span.start as usize).checked_sub(offset);
            at.is_none_or(|at| !self.is_code(at))
        });
        let mut skip = std::mem::take(&mut self.not_prose);
        skip.retain(|span| !span.is_empty());
        skip.extend(&self.blocks.code);
        skip.extend(&self.blocks.html);
        skip.extend(definitions.iter().map(|definition| definition.span));
        skip.extend(tags.iter().chain(&masked.code));
        skip.sort_unstable();
        let skip: Vec<Span> = skip.iter().map(|span| span.shifted(offset)).collect();
        document.prose = crate::week::prose::mentions(body, offset, &skip);
        let headings = self.headings.iter();
        let headings: Vec<Span> = headings
            .map(|heading| heading.span.shifted(offset))
            .collect();
        let opening = crate::week::prose::opening(body, offset, &skip, &headings);
        document.opening = opening.map(Box::new);
        document.template_tags = self.template_tags(body, offset, tags);

        if offset > 0 {
            self.shift(&mut definitions, &mut odd_lines, |span| {
                span.shifted(offset)
            });
        }

        // Documents are kept to the end of the run: what they do not need is given back.
        self.headings.shrink_to_fit();
        self.links.shrink_to_fit();
        definitions.shrink_to_fit();
        document.headings = self.headings;
        document.links = self.links;
        document.by_label = by_label;
        document.definitions = definitions;
        document.footnotes = self.footnotes;
        document.comments = self.comments;
        document.anchors = self.anchors;
        document.odd_lines.extend(odd_lines);
        document.unknown = self.blocks.unknown;
    }

    fn is_in_paragraph(&self, span: Span) -> bool {
        surrounding(&self.blocks.paragraphs, span.start as usize).is_some()
    }

    /// The template tags outside code, as facts.
    fn template_tags(&self, body: &str, offset: usize, tags: &[Span]) -> Vec<TemplateTag> {
        tags.iter()
            .filter(|tag| !self.is_code(tag.start as usize))
            .take(MOST_TAGS)
            .map(|tag| TemplateTag {
                span: tag.shifted(offset),
                source: head_of_tag(tag.of(body)),
            })
            .collect()
    }

    /// `[](){#id}`: an anchor of Python-Markdown, and no link.
    fn anchor_links(&mut self) {
        let (text, anchors) = (self.text, &mut self.anchors);
        self.links.retain(|link| {
            let is_empty =
                link.text.is_empty() && link.destination().is_empty() && !link.is_reference();
            let after = text.get(link.span.end as usize..).filter(|_| is_empty);
            let id = after.and_then(|after| after.strip_prefix("{#"));
            let line = id.and_then(|id| id.lines().next());
            let id = line.and_then(|line| line.split_once('}'));
            anchors.extend(id.map(|(id, _)| id.into()));
            id.is_none()
        });
    }

    /// `{#id}` after a heading, which kramdown takes for the heading's id.
    fn kramdown_ids(&mut self) {
        for heading in &mut self.headings {
            if let Some((before, id)) = heading
                .source
                .rsplit_once("{#")
                .and_then(|(before, rest)| Some((before.trim_end(), rest.strip_suffix('}')?)))
            {
                self.anchors.push(id.into());
                heading.content.end = heading.content.start + Span::new(0, before.len()).end;
                heading.source = before.into();
            }
        }
    }
}

/// The beginning of a template tag, whatever ends its lines.
fn head_of_tag(tag: &str) -> Text {
    let characters = tag.chars().filter(|c| *c != '\r');
    characters.take(80).collect::<String>().into()
}

/// Whether a footnote of this label can be defined. kramdown (`ALD_ID_NAME`) takes letters of ASCII and few signs, and
/// cmark-gfm no blanks; others print what stands there.
fn can_be_footnote(label: &str, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Kramdown => {
            let is_word = |one: char| one.is_ascii_alphanumeric() || one == '_';
            label.starts_with(is_word)
                && label
                    .chars()
                    .all(|one| is_word(one) || matches!(one, ':' | '-'))
        }
        Dialect::Gfm => !label.contains(char::is_whitespace),
        _ => true,
    }
}

/// `span` without the line endings at its end.
fn without_ending(text: &str, span: Span) -> Span {
    let trimmed = span.of(text).trim_end();
    Span::new(span.start as usize, span.start as usize + trimmed.len())
}
