//! Raw HTML: comments, anchors, links.

use super::Reader;
use crate::document::definitions::surrounding;
use crate::document::{Comment, LinkKind};
use crate::source::Span;
use regex::Regex;
use std::sync::LazyLock;

impl Reader<'_> {
    /// Comments, anchors and links of a piece of raw HTML.
    pub(super) fn html(&mut self, span: Span) {
        let source = span.of(self.text);
        let start = span.start as usize;
        for (open, _) in source.match_indices("<!--") {
            // A comment of several lines comes as one event for each line: it is read where it begins.
            let inside = self
                .comments
                .last()
                .is_some_and(|last| start + open < last.span.end as usize);
            if inside {
                continue;
            }
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
        }
        if !source.contains('=') {
            return;
        }
        static ATTRIBUTE: LazyLock<Option<Regex>> = LazyLock::new(|| {
            Regex::new(
                r#"(?i)(?:^|[\s"'])(id|name|href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"#,
            )
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
            // A quotation mark that is missing moves the end of a value into the text.
            if in_comment(start + value.start()) || value.as_str().contains('>') {
                continue;
            }
            let name = found.get(1).map_or("", |name| name.as_str());
            if name.eq_ignore_ascii_case("id") || name.eq_ignore_ascii_case("name") {
                self.anchors.push(value.as_str().into());
            } else {
                let destination = Span::from(value.range()).shifted(start);
                let image = name.eq_ignore_ascii_case("src");
                let none = Span::at(destination.start as usize);
                let link = self.make(LinkKind::Html, image, destination, none, destination);
                self.links.push(link);
            }
        }
    }

    /// What kramdown does not read as Markdown: the content of unknown inline elements, up to the end of the paragraph
    /// where they are not closed (`parse_span_html` in `parser/kramdown/html.rb`). In order.
    pub(super) fn raw_html(&self) -> Vec<Span> {
        let mut raw: Vec<Span> = Vec::new();
        for tag in &self.raw_tags {
            let start = tag.end as usize;
            let is_inside = raw.last().is_some_and(|last| tag.start < last.end);
            let paragraph = surrounding(&self.blocks.paragraphs, tag.start as usize);
            let (Some(paragraph), false) = (paragraph, is_inside) else {
                continue;
            };
            let rest = self.text.get(start..paragraph.end as usize).unwrap_or("");
            let closing = format!("</{}", tag_name(tag.of(self.text)));
            let length = rest.find(&closing).unwrap_or(rest.len());
            raw.push(Span::new(start, start + length));
        }
        raw
    }
}

/// The elements whose content kramdown reads, or that have none (`HTML_CONTENT_MODEL` in `parser/html.rb`).
const READ_ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "col",
    "colgroup",
    "command",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "keygen",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "menu",
    "meta",
    "meter",
    "nav",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "output",
    "p",
    "param",
    "picture",
    "progress",
    "q",
    "rb",
    "rbc",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "video",
    "wbr",
];

/// Whether kramdown reads the content of this inline tag as raw HTML.
pub(super) fn is_raw(tag: &str) -> bool {
    let name = tag_name(tag);
    !name.is_empty()
        && !tag.ends_with("/>")
        && !READ_ELEMENTS.contains(&&*name.to_ascii_lowercase())
}

/// The name of an opening tag; empty for anything else.
fn tag_name(tag: &str) -> &str {
    let inside = tag.strip_prefix('<').unwrap_or("");
    let length = inside
        .bytes()
        .position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_'))
        .unwrap_or(inside.len());
    inside
        .get(..length)
        .filter(|name| name.starts_with(|first: char| first.is_ascii_alphabetic()))
        .unwrap_or("")
}
