//! Links and images, with the spans that pulldown-cmark does not give.

use super::Reader;
use crate::document::{Link, LinkKind, NO_DEFINITION};
use crate::source::Span;

/// A link or image that is open while its content is read.
pub(super) struct OpenLink {
    pub(super) kind: LinkKind,
    pub(super) image: bool,
    pub(super) span: Span,
    /// The end of the last event inside.
    pub(super) content_end: usize,
}

impl Reader<'_> {
    /// A link that pulldown-cmark sees, with the spans it does not give.
    pub(super) fn link(&self, open: &OpenLink) -> Link {
        let start = open.span.start as usize + if open.image { 2 } else { 1 };
        let end = open.span.end as usize;
        match open.kind {
            LinkKind::Autolink => {
                let address = Span::new(start, end - 1);
                self.make(open.kind, false, open.span, address, address)
            }
            LinkKind::Wikilink => {
                let inside = Span::new(start + 1, end.saturating_sub(2)).of(self.text);
                let (target, text) = inside.split_once('|').unwrap_or((inside, inside));
                let [target, text] = [target, text].map(|part| Span::of_slice(part, self.text));
                self.make(open.kind, open.image, open.span, text, target)
            }
            LinkKind::Inline => {
                let text_end = self.close_of_text(open.content_end.max(start), end);
                let destination = destination_in_parentheses(self.text, text_end + 2, end);
                let text = Span::new(start, text_end);
                self.make(open.kind, open.image, open.span, text, destination)
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
    pub(super) fn reference(&self, kind: LinkKind, image: bool, span: Span) -> Link {
        let start = span.start as usize + if image { 2 } else { 1 };
        let mut end = span.end as usize;
        // The span that the parser gives for a collapsed reference leaves out the `[]`.
        let lacks_brackets = || !span.of(self.text).ends_with("[]");
        let after = || self.text.get(end..).unwrap_or("");
        if kind == LinkKind::Collapsed && lacks_brackets() && after().starts_with("[]") {
            end += 2;
        }
        let span = Span::new(span.start as usize, end);
        let source = self.text.get(start..end).unwrap_or("");
        let follows_text =
            |open: &usize| source.get(..*open).is_some_and(|text| text.ends_with(']'));
        let mut text = Span::new(start, end.saturating_sub(1));
        let mut label = text;
        if kind == LinkKind::Full {
            // A label holds no unescaped bracket, so that its opening one is the last.
            let Some(open) = last_unescaped(source, b'[').filter(follows_text) else {
                // `[a]\[b]`, which the parser takes for a full reference: only its text is one.
                let close = source.rfind("]\\[");
                let close = close.unwrap_or(source.len().saturating_sub(1));
                let span = Span::new(span.start as usize, start + close + 1);
                return self.reference(LinkKind::Shortcut, image, span);
            };
            text = Span::new(start, start + open.saturating_sub(1));
            label.start = Span::at(start + open + 1).start;
        } else if kind == LinkKind::Collapsed && source.ends_with("[]") {
            text = Span::new(start, end.saturating_sub(3));
            label = text;
        }
        self.make(kind, image, span, text, label)
    }

    /// A link with its label or destination.
    pub(super) fn make(
        &self,
        kind: LinkKind,
        image: bool,
        span: Span,
        text: Span,
        target: Span,
    ) -> Link {
        Link {
            kind,
            image,
            span,
            text_span: text,
            text: text.of(self.text).into(),
            target: target.of(self.text).into(),
            target_span: target,
            definition: NO_DEFINITION,
            unlinked: None,
            spaced: None,
        }
    }
}

/// The offset of the last `wanted` byte of `source` that no backslash escapes.
fn last_unescaped(source: &str, wanted: u8) -> Option<usize> {
    let is_unescaped = |at: &usize| {
        let before = source.get(..*at).unwrap_or("");
        (before.len() - before.trim_end_matches('\\').len()) % 2 == 0
    };
    memchr::memrchr_iter(wanted, source.as_bytes()).find(is_unescaped)
}

/// The destination of an inline link whose `(` ends at `from`; without `<>` (CommonMark 0.31, section 6.3).
fn destination_in_parentheses(text: &str, from: usize, end: usize) -> Span {
    let Some(source) = text.get(from..end).map(str::trim_start) else {
        return Span::at(from);
    };
    if let Some(inside) = source.strip_prefix('<') {
        let inside = inside.split('>').next().unwrap_or(inside);
        return Span::of_slice(inside, text);
    }
    let (mut depth, mut escaped) = (0, false);
    let ends = |byte: u8| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => return byte.is_ascii_whitespace(),
        }
        depth < 0
    };
    let length = source.bytes().position(ends).unwrap_or(source.len());
    Span::of_slice(source.get(..length).unwrap_or(""), text)
}
