//! Raw HTML: comments, anchors, links.

use super::Reader;
use crate::document::definitions::surrounding;
use crate::document::{Comment, LinkKind};
use crate::source::Span;
use crate::word_list::WordList;

impl Reader<'_> {
    /// Comments, anchors and links of a piece of raw HTML.
    pub(super) fn html(&mut self, span: Span) {
        let source = span.of(self.text);
        let start = span.start as usize;
        for (open, _) in source.match_indices("<!--") {
            // A comment of several lines comes as one event for each line: it is read where it begins.
            let last = self.comments.last();
            if last.is_some_and(|last| start + open < last.span.end as usize) {
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
        for (name, value) in attributes(source) {
            let place = value.shifted(start);
            let value = value.of(source);
            let at = place.start as usize;
            let mut near = self.comments.iter().rev().take(4);
            // A quotation mark that is missing moves the end of a value into the text.
            if near.any(|comment| comment.span.range().contains(&at)) || value.contains('>') {
                continue;
            }
            if name.eq_ignore_ascii_case("id") || name.eq_ignore_ascii_case("name") {
                self.anchors.push(value.into());
            } else {
                let image = name.eq_ignore_ascii_case("src");
                let none = Span::at(place.start as usize);
                let link = self.make(LinkKind::Html, image, place, none, place);
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

/// The attributes `id`, `name`, `href` and `src` of a piece of HTML, and where their values stand.
fn attributes(source: &str) -> Vec<(&str, Span)> {
    let mut found = Vec::new();
    let mut done = 0;
    let is_apart = |one: char| one.is_whitespace() || matches!(one, '"' | '\'');
    for at in memchr::memchr_iter(b'=', source.as_bytes()) {
        // A value may hold the sign, too.
        let before = source.get(done..at).unwrap_or("").trim_end();
        let name = ["id", "name", "href", "src"].iter().find_map(|name| {
            let start = before.len().checked_sub(name.len())?;
            let (outside, written) = before.split_at_checked(start)?;
            let begins = outside.ends_with(is_apart) || done == 0 && outside.is_empty();
            (begins && written.eq_ignore_ascii_case(name)).then_some(written)
        });
        let rest = source.get(at + 1..).unwrap_or("").trim_start();
        let quote = rest.chars().next().filter(|one| matches!(one, '"' | '\''));
        let value = match quote {
            Some(quote) => rest
                .get(1..)
                .and_then(|rest| Some(rest.split_once(quote)?.0)),
            None => rest.split(|one| is_apart(one) || one == '>').next(),
        };
        let value = value.filter(|value| quote.is_some() || !value.is_empty());
        if let (Some(name), Some(value)) = (name, value) {
            let value = Span::of_slice(value, source);
            done = value.end as usize + usize::from(quote.is_some());
            found.push((name, value));
        }
    }
    found
}

/// The elements whose content kramdown reads, or that have none (`HTML_CONTENT_MODEL` in `parser/html.rb`).
static READ_ELEMENTS: WordList = WordList::new(
    "a abbr acronym address applet area article aside audio b base bdi bdo big blockquote body \
     br button canvas caption center cite col colgroup command data dd del details dfn dir div \
     dl dt em embed fieldset figcaption figure font footer form frame h1 h2 h3 h4 h5 h6 head \
     header hgroup hr html i iframe img input ins keygen label legend li link main map mark \
     menu meta meter nav noscript object ol optgroup output p param picture progress q rb rbc \
     rp rt rtc ruby s section select small source span strike strong sub summary sup svg table \
     tbody td template tfoot th thead time title tr track tt u ul video wbr",
);

/// Whether kramdown reads the content of this inline tag as raw HTML.
pub(super) fn is_raw(tag: &str) -> bool {
    let name = tag_name(tag);
    !name.is_empty() && !tag.ends_with("/>") && !READ_ELEMENTS.has(name)
}

/// The name of an opening tag; empty for anything else.
fn tag_name(tag: &str) -> &str {
    let ends = |one: char| !one.is_ascii_alphanumeric() && !matches!(one, '-' | '_');
    let name = tag
        .strip_prefix('<')
        .and_then(|inside| inside.split(ends).next());
    let is_name = |name: &&str| name.starts_with(|first: char| first.is_ascii_alphabetic());
    name.filter(is_name).unwrap_or("")
}
