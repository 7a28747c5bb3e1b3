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
        let mut from = 0;
        while let Some(open) = source.get(from..).and_then(|rest| rest.find("<!--")) {
            let open = from + open;
            from = open + 4;
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
}
