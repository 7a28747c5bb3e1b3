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
                self.make(open.kind, open.image, open.span, text, destination)
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
        if kind == LinkKind::Collapsed
            && !span.of(self.text).ends_with("[]")
            && self
                .text
                .get(end..)
                .is_some_and(|rest| rest.starts_with("[]"))
        {
            end += 2;
        }
        let span = Span::new(span.start as usize, end);
        let source = self.text.get(start..end).unwrap_or("");
        let follows_text =
            |open: &usize| source.get(..*open).is_some_and(|text| text.ends_with(']'));
        let (text, label) = match kind {
            LinkKind::Full => {
                // A label holds no unescaped bracket, so that its opening one is the last.
                let Some(open) = last_unescaped(source, b'[').filter(follows_text) else {
                    // `[a]\[b]`, which the parser takes for a full reference: only its text is one.
                    let close = source
                        .rfind("]\\[")
                        .unwrap_or(source.len().saturating_sub(1));
                    let span = Span::new(span.start as usize, start + close + 1);
                    return self.reference(LinkKind::Shortcut, image, span);
                };
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
