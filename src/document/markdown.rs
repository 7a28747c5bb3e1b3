//! The body of a file, read by pulldown-cmark in one pass: headings, links, footnotes, comments, anchors.
//!
//! What pulldown-cmark does not say is told from the text afterwards:
//!
//! - References are resolved against our own definitions, because the dialects differ in which of them exist.
//! - kramdown (`parser/kramdown/link.rb`): `[text] [label]` is one reference, white space between its halves allowed; and
//!   where the label is not defined, both halves are text, even if `[text]` alone is defined. `[text](two words)` is a
//!   link whose destination holds a blank.
//! - A line in a paragraph that begins `##word` was meant as a heading.

use super::definitions::{self, Blocks, normalize_label, surrounding};
use super::{
    Comment, Definition, DefinitionStatus, Dialect, Document, Footnote, Heading, Link, LinkKind,
    MOST_TAGS, OddLine, OddLineKind, ParseOptions, TemplateTag, mask,
};
use crate::source::Span;
use pulldown_cmark::{BrokenLink, Event, LinkType, Options, Parser, Tag, TagEnd};
use regex::Regex;
use std::sync::LazyLock;

/// Reads the body of `document` (whose `body` is set) out of `text`, the whole file.
pub(super) fn read(document: &mut Document, text: &str, options: ParseOptions) {
    let body = document.body.of(text);
    let (masked, tags) = mask::mask(body, document.path.ends_with(".mdx"));
    document.has_template_tags = !tags.is_empty();
    let mut reader = Reader::new(&masked, options);
    reader.run();
    reader.finish(document, body, document.body.start as usize, &tags);
}

fn parser_options(options: ParseOptions) -> Options {
    let mut flags = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        // The old option reports references to footnotes that are not defined; the new one reads them as text.
        | Options::ENABLE_OLD_FOOTNOTES
        | Options::ENABLE_TASKLISTS;
    flags.set(
        Options::ENABLE_HEADING_ATTRIBUTES,
        options.dialect != Dialect::Gfm,
    );
    flags.set(Options::ENABLE_WIKILINKS, options.wikilinks);
    flags
}

/// A link or image that is open while its content is read.
struct OpenLink {
    kind: LinkKind,
    image: bool,
    span: Span,
    /// The end of the last event inside.
    content_end: usize,
}

struct Reader<'t> {
    text: &'t str,
    options: ParseOptions,
    headings: Vec<Heading>,
    links: Vec<Link>,
    footnotes: Vec<Footnote>,
    comments: Vec<Comment>,
    anchors: Vec<Box<str>>,
    blocks: Blocks,
    /// Inline code and link spans, for the scan of the prose.
    not_prose: Vec<Span>,
    /// Inline code, in order.
    code: Vec<Span>,
    open_links: Vec<OpenLink>,
    open_heading: Option<Heading>,
    /// The plain text since the last heading began.
    heading_text: String,
    seen_block: bool,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, options: ParseOptions) -> Self {
        Reader {
            text,
            options,
            headings: Vec::new(),
            links: Vec::new(),
            footnotes: Vec::new(),
            comments: Vec::new(),
            anchors: Vec::new(),
            blocks: Blocks::default(),
            not_prose: Vec::new(),
            code: Vec::new(),
            open_links: Vec::new(),
            open_heading: None,
            heading_text: String::new(),
            seen_block: false,
        }
    }

    fn run(&mut self) {
        let mut broken: Vec<(Span, LinkType)> = Vec::new();
        let note_broken = |link: BrokenLink<'_>| {
            broken.push((link.span.into(), link.link_type));
            None
        };
        let parser = Parser::new_with_broken_link_callback(
            self.text,
            parser_options(self.options),
            Some(note_broken),
        );
        let mut known: Vec<Span> = parser
            .reference_definitions()
            .iter()
            .map(|(_, definition)| definition.span.clone().into())
            .collect();
        known.sort_unstable();
        self.blocks.known = known;
        for (event, range) in parser.into_offset_iter() {
            self.event(&event, range.into());
        }
        for (span, kind) in broken {
            self.broken_link(span, kind);
        }
    }

    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => {
                self.inside(span);
                if self.open_heading.is_some() {
                    self.heading_text.push_str(text);
                }
            }
            Event::Code(code) => {
                self.inside(span);
                self.not_prose.push(span);
                self.code.push(span);
                if self.open_heading.is_some() {
                    self.heading_text.push_str(code);
                }
            }
            Event::Html(_) => self.html(span),
            Event::InlineHtml(_) => {
                self.inside(span);
                self.not_prose.push(span);
                self.html(span);
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
            Tag::Paragraph => {
                self.seen_block = true;
                self.blocks.paragraphs.push(span);
            }
            Tag::CodeBlock(_) => {
                self.seen_block = true;
                self.blocks.verbatim.push(span);
            }
            Tag::HtmlBlock => self.blocks.verbatim.push(span),
            Tag::FootnoteDefinition(label) => {
                self.blocks.footnotes.push(span.start);
                let length = label.len() + "[^]".len();
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
            Tag::List(_) | Tag::BlockQuote(_) | Tag::Table(_) => self.seen_block = true,
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
                    let link = self.link(&open);
                    self.not_prose.push(link.destination_span);
                    self.links.push(link);
                }
            }
            _ => {}
        }
    }

    /// A link that pulldown-cmark sees, with the spans it does not give.
    fn link(&self, open: &OpenLink) -> Link {
        let start = open.span.start as usize + if open.image { 2 } else { 1 };
        let end = open.span.end as usize;
        match open.kind {
            LinkKind::Autolink => self.make(
                open.kind,
                false,
                open.span,
                Span::new(start, end - 1),
                Span::default(),
                Span::new(start, end - 1),
            ),
            LinkKind::Wikilink => {
                let inside = Span::new(
                    open.span.start as usize + if open.image { 3 } else { 2 },
                    end.saturating_sub(2),
                );
                let source = inside.of(self.text);
                let target = source.find('|').unwrap_or(source.len());
                let destination = Span::new(inside.start as usize, inside.start as usize + target);
                let text = if target < source.len() {
                    Span::new(destination.end as usize + 1, inside.end as usize)
                } else {
                    destination
                };
                self.make(
                    open.kind,
                    open.image,
                    open.span,
                    text,
                    Span::default(),
                    destination,
                )
            }
            LinkKind::Inline => {
                let text_end = self.close_of_text(open.content_end.max(start), end);
                let destination = destination_in_parentheses(self.text, text_end + 2, end);
                self.make(
                    open.kind,
                    open.image,
                    open.span,
                    Span::new(start, text_end),
                    Span::default(),
                    destination,
                )
            }
            _ => self.reference(open.kind, open.image, open.span),
        }
    }

    /// Where the `]` of an inline link's text stands, from the end of its last child on.
    fn close_of_text(&self, from: usize, end: usize) -> usize {
        let rest = self.text.get(from..end).unwrap_or("");
        from + rest.find("](").unwrap_or(0)
    }

    /// A full, collapsed or shortcut reference that covers `span`.
    fn reference(&self, kind: LinkKind, image: bool, span: Span) -> Link {
        let start = span.start as usize + if image { 2 } else { 1 };
        let end = span.end as usize;
        let source = self.text.get(start..end).unwrap_or("");
        let (text, label) = match kind {
            LinkKind::Full => {
                // A label holds no unescaped bracket, so that its opening one is the last.
                let open = last_unescaped(source, b'[').unwrap_or(0);
                (
                    Span::new(start, start + open.saturating_sub(1)),
                    Span::new(start + open + 1, end.saturating_sub(1)),
                )
            }
            LinkKind::Collapsed if source.ends_with("[]") => {
                let text = Span::new(start, end.saturating_sub(3));
                (text, text)
            }
            _ => {
                let text = Span::new(start, end.saturating_sub(1));
                (text, text)
            }
        };
        self.make(kind, image, span, text, label, Span::at(end))
    }

    fn make(
        &self,
        kind: LinkKind,
        image: bool,
        span: Span,
        text: Span,
        label: Span,
        destination: Span,
    ) -> Link {
        Link {
            kind,
            image,
            span,
            text_span: text,
            text: text.of(self.text).into(),
            label: label.of(self.text).into(),
            label_span: label,
            destination: destination.of(self.text).into(),
            destination_span: destination,
            definition: None,
            unlinked: false,
            spaced: false,
        }
    }

    fn broken_link(&mut self, span: Span, kind: LinkType) {
        let image = span.of(self.text).starts_with('!');
        let after = self.text.get(span.end as usize..).unwrap_or("");
        let link = match kind {
            LinkType::Reference => self.reference(LinkKind::Full, image, span),
            LinkType::Collapsed => {
                // The span that the parser gives may leave out the `[]`.
                let end = span.end as usize
                    + if span.of(self.text).ends_with("[]") {
                        0
                    } else {
                        2
                    };
                self.reference(
                    LinkKind::Collapsed,
                    image,
                    Span::new(span.start as usize, end),
                )
            }
            _ if after.starts_with('(') => match words_in_parentheses(self.text, span.end as usize)
            {
                Some(destination) => {
                    let shortcut = self.reference(LinkKind::Shortcut, image, span);
                    let span = Span::new(span.start as usize, destination.end as usize + 1);
                    let mut link = self.make(
                        LinkKind::Inline,
                        image,
                        span,
                        shortcut.text_span,
                        Span::default(),
                        destination,
                    );
                    link.unlinked = self.options.dialect != Dialect::Kramdown;
                    link
                }
                None => match unclosed_parenthesis(self.text, span.end as usize) {
                    Some(destination) => {
                        let shortcut = self.reference(LinkKind::Shortcut, image, span);
                        let span = Span::new(span.start as usize, destination.end as usize);
                        let mut link = self.make(
                            LinkKind::Inline,
                            image,
                            span,
                            shortcut.text_span,
                            Span::default(),
                            destination,
                        );
                        link.unlinked = true;
                        link
                    }
                    None => self.reference(LinkKind::Shortcut, image, span),
                },
            },
            _ => self.reference(LinkKind::Shortcut, image, span),
        };
        self.links.push(link);
    }

    /// Comments, anchors and links of a piece of raw HTML.
    fn html(&mut self, span: Span) {
        let source = span.of(self.text);
        let start = span.start as usize;
        let mut from = 0;
        while let Some(open) = source.get(from..).and_then(|rest| rest.find("<!--")) {
            let open = from + open;
            // A comment of several lines comes as one event for each line: it is read where it begins.
            let rest = self.text.get(start + open..).unwrap_or("");
            let length = rest.find("-->").map_or(rest.len(), |close| close + 3);
            let content = rest
                .get(4..length.saturating_sub(3).max(4))
                .unwrap_or("")
                .trim();
            self.comments.push(Comment {
                span: Span::new(start + open, start + open + length),
                text: content.into(),
            });
            from = open + 4;
        }
        if !source.contains('=') {
            return;
        }
        static ATTRIBUTE: LazyLock<Option<Regex>> = LazyLock::new(|| {
            Regex::new(r#"(?i)[\s"'](id|name|href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"#)
                .ok()
        });
        let Some(attribute) = &*ATTRIBUTE else { return };
        let in_comment = |at: usize| {
            self.comments
                .iter()
                .rev()
                .take(4)
                .any(|comment| surrounding(&[comment.span], at).is_some())
        };
        for found in attribute.captures_iter(source) {
            let Some(value) = found.get(2).or(found.get(3)).or(found.get(4)) else {
                continue;
            };
            if in_comment(start + value.start()) {
                continue;
            }
            let name = found.get(1).map_or("", |name| name.as_str());
            if name.eq_ignore_ascii_case("id") || name.eq_ignore_ascii_case("name") {
                self.anchors.push(value.as_str().into());
            } else {
                let destination = Span::from(value.range()).shifted(start);
                let image = name.eq_ignore_ascii_case("src");
                let link = self.make(
                    LinkKind::Html,
                    image,
                    destination,
                    Span::at(destination.start as usize),
                    Span::default(),
                    destination,
                );
                self.links.push(link);
            }
        }
    }

    /// Hands everything over to `document`; `offset` is where the body begins in the file.
    fn finish(mut self, document: &mut Document, body: &str, offset: usize, tags: &[Span]) {
        self.links
            .sort_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end)));
        self.blocks.paragraphs.sort_unstable();
        self.blocks.verbatim.sort_unstable();
        self.blocks.footnotes.sort_unstable();
        let text_span = Span::new(0, self.text.len());
        let mut definitions =
            definitions::read(self.text, text_span, self.options.dialect, &self.blocks);
        // A line that was meant as a definition is no place for references.
        let not_prose: Vec<Span> = definitions
            .iter()
            .filter(|definition| {
                definition.status != DefinitionStatus::Defined
                    || surrounding(&self.blocks.paragraphs, definition.span.start as usize)
                        .is_some()
            })
            .map(|definition| definition.span)
            .collect();
        self.links
            .retain(|link| surrounding(&not_prose, link.span.start as usize).is_none());
        self.resolve(&definitions);
        let mut odd_lines = odd_lines(self.text, &self.blocks);
        self.kramdown_ids();

        let mut skip: Vec<Span> = self
            .not_prose
            .iter()
            .copied()
            .filter(|span| !span.is_empty())
            .collect();
        skip.extend(&self.blocks.verbatim);
        skip.extend(definitions.iter().map(|definition| definition.span));
        skip.extend(tags);
        skip.sort_unstable();
        document.prose = crate::week::prose::mentions(body, offset, &skip);
        document.template_tags = self.template_tags(body, offset, tags);

        let shift = |span: &mut Span| {
            if offset > 0 {
                *span = span.shifted(offset);
            }
        };
        for heading in &mut self.headings {
            shift(&mut heading.span);
            shift(&mut heading.content);
        }
        for link in &mut self.links {
            let Link {
                span,
                text_span,
                label_span,
                destination_span,
                ..
            } = link;
            [span, text_span, label_span, destination_span]
                .into_iter()
                .for_each(shift);
        }
        for definition in &mut definitions {
            let Definition {
                span,
                label_span,
                destination_span,
                title_span,
                status,
                ..
            } = definition;
            [span, label_span, destination_span]
                .into_iter()
                .for_each(shift);
            title_span.iter_mut().for_each(shift);
            if let DefinitionStatus::Swallowed { cause } = status {
                shift(cause);
            }
        }
        self.footnotes
            .iter_mut()
            .for_each(|footnote| shift(&mut footnote.span));
        self.comments
            .iter_mut()
            .for_each(|comment| shift(&mut comment.span));
        odd_lines.iter_mut().for_each(|line| shift(&mut line.span));

        document.headings = self.headings;
        document.links = self.links;
        document.definitions = definitions;
        document.footnotes = self.footnotes;
        document.comments = self.comments;
        document.anchors = self.anchors;
        document.odd_lines = odd_lines;
    }

    /// The template tags outside code, as facts.
    fn template_tags(&self, body: &str, offset: usize, tags: &[Span]) -> Vec<TemplateTag> {
        let is_code = |tag: &&Span| {
            let at = tag.start as usize;
            surrounding(&self.code, at).is_some() || in_code(self.text, at, &self.blocks)
        };
        tags.iter()
            .filter(|tag| !is_code(tag))
            .take(MOST_TAGS)
            .map(|tag| TemplateTag {
                span: tag.shifted(offset),
                source: tag.of(body).chars().take(80).collect::<String>().into(),
            })
            .collect()
    }

    /// Finds the definition of each reference, as the dialect does.
    fn resolve(&mut self, definitions: &[Definition]) {
        let mut by_key: Vec<(&str, u32)> = (0u32..)
            .zip(definitions)
            .filter(|(_, definition)| definition.status == DefinitionStatus::Defined)
            .map(|(index, definition)| (&*definition.key, index))
            .collect();
        by_key.sort_unstable();
        let last_wins = self.options.dialect == Dialect::Kramdown;
        let look_up = |label: &str| {
            let key = normalize_label(label);
            let from = by_key.partition_point(|(known, _)| *known < key.as_str());
            let same = by_key
                .get(from..)?
                .iter()
                .take_while(|(known, _)| *known == key);
            let mut same = same.map(|(_, index)| *index);
            if last_wins { same.last() } else { same.next() }
        };
        for link in &mut self.links {
            if link.is_reference() {
                link.definition = look_up(&link.label);
            }
        }
        if last_wins {
            self.join_spaced(look_up);
        }
    }

    /// Joins `[text] [label]` to one reference, as kramdown does.
    fn join_spaced(&mut self, look_up: impl Fn(&str) -> Option<u32>) {
        let mut joined: Vec<Link> = Vec::with_capacity(self.links.len());
        for link in std::mem::take(&mut self.links) {
            if link.kind == LinkKind::Shortcut
                && let Some(previous) = joined.last_mut()
                && previous.kind == LinkKind::Shortcut
                && !link.image
                && let Some(between) = self
                    .text
                    .get(previous.span.end as usize..link.span.start as usize)
                && !between.is_empty()
                && between.bytes().all(|byte| byte.is_ascii_whitespace())
                && !between.contains("\n\n")
                && let Some(definition) = look_up(&link.label)
            {
                previous.kind = LinkKind::Full;
                previous.spaced = true;
                previous.definition = Some(definition);
                previous.label = link.label;
                previous.label_span = link.label_span;
                previous.span.end = link.span.end;
                continue;
            }
            joined.push(link);
        }
        self.links = joined;
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

/// `span` without the line endings at its end.
fn without_ending(text: &str, span: Span) -> Span {
    let trimmed = span.of(text).trim_end();
    Span::new(span.start as usize, span.start as usize + trimmed.len())
}

/// The offset of the last `wanted` byte of `source` that no backslash escapes.
fn last_unescaped(source: &str, wanted: u8) -> Option<usize> {
    let bytes = source.as_bytes();
    let escaped = |at: usize| {
        bytes
            .iter()
            .take(at)
            .rev()
            .take_while(|&&byte| byte == b'\\')
            .count()
            % 2
            == 1
    };
    memchr::memrchr_iter(wanted, bytes).find(|&at| !escaped(at))
}

/// The destination of an inline link whose `(` ends at `from`; without `<>` (CommonMark 0.31, section 6.3).
fn destination_in_parentheses(text: &str, from: usize, end: usize) -> Span {
    let source = text.get(from..end).unwrap_or("");
    let start = from + (source.len() - source.trim_start().len());
    let source = source.trim_start();
    if let Some(inside) = source.strip_prefix('<') {
        let length = inside.find('>').unwrap_or(inside.len());
        return Span::new(start + 1, start + 1 + length);
    }
    let mut depth = 0;
    let mut length = source.len();
    let mut escaped = false;
    for (at, byte) in source.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth == 0 => {
                length = at;
                break;
            }
            b')' => depth -= 1,
            byte if byte.is_ascii_whitespace() => {
                length = at;
                break;
            }
            _ => {}
        }
    }
    Span::new(start, start + length)
}

/// The text of `(two words)` at `from`, on one line, with a blank in it and without quotes.
fn words_in_parentheses(text: &str, from: usize) -> Option<Span> {
    let line = text.get(from + 1..)?.lines().next()?;
    let mut depth = 0;
    let close = line.bytes().position(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        depth < 0
    })?;
    let inside = line.get(..close)?;
    let trimmed = inside.trim();
    if !trimmed.contains([' ', '\t']) || trimmed.contains(['"', '\'', '<']) {
        return None;
    }
    let start = from + 1 + (inside.len() - inside.trim_start().len());
    Some(Span::new(start, start + trimmed.len()))
}

/// The address of `(https://example.com/a_(b)` at `from`, whose parenthesis is not closed on the line.
fn unclosed_parenthesis(text: &str, from: usize) -> Option<Span> {
    let line = text.get(from + 1..)?.lines().next()?;
    let address = line.split_whitespace().next()?;
    let is_address = ["http://", "https://", "www.", "/"]
        .iter()
        .any(|beginning| address.starts_with(beginning));
    let open = memchr::memchr_iter(b'(', line.as_bytes()).count();
    let closed = memchr::memchr_iter(b')', line.as_bytes()).count();
    (is_address && line.starts_with(address) && open >= closed)
        .then(|| Span::new(from + 1, from + 1 + address.len()))
}

/// Lines of paragraphs that were meant as headings, and conflict markers anywhere outside code.
fn odd_lines(text: &str, blocks: &Blocks) -> Vec<OddLine> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = memchr::memchr(b'\n', bytes.get(at..).unwrap_or(&[]))
            .map_or(bytes.len(), |length| at + length);
        match bytes.get(at) {
            Some(b'#') => found.extend(heading_without_space(text, at, end, blocks)),
            Some(b'<' | b'>') => {
                let line = text.get(at..end).unwrap_or("").trim_end();
                let marker = line
                    .strip_prefix("<<<<<<<")
                    .or(line.strip_prefix(">>>>>>>"));
                if marker.is_some_and(|rest| rest.len() > 1 && rest.starts_with(' '))
                    && !in_code(text, at, blocks)
                {
                    found.push(OddLine {
                        span: Span::new(at, at + line.len()),
                        text: line.into(),
                        kind: OddLineKind::ConflictMarker,
                    });
                }
            }
            _ => {}
        }
        at = end + 1;
    }
    found
}

/// Whether the byte `at` lies in a code block; HTML blocks do not hide a conflict marker.
fn in_code(text: &str, at: usize, blocks: &Blocks) -> bool {
    surrounding(&blocks.verbatim, at)
        .is_some_and(|block| !block.of(text).trim_start().starts_with('<'))
}

fn heading_without_space(text: &str, at: usize, end: usize, blocks: &Blocks) -> Option<OddLine> {
    let line = text.get(at..end)?.trim_end();
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let next = line.get(level..)?.chars().next()?;
    surrounding(&blocks.paragraphs, at)?;
    let odd_space = matches!(
        next,
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}' | '\u{200b}' | '\u{feff}'
    );
    let kind = match (level, odd_space) {
        (1..=6, true) => OddLineKind::HeadingWithOddSpace,
        (2..=6, false) if !next.is_ascii_whitespace() && next != mask::MARK => {
            OddLineKind::HeadingWithoutSpace
        }
        _ => return None,
    };
    Some(OddLine {
        span: Span::new(at, at + line.len()),
        text: line.into(),
        kind,
    })
}
