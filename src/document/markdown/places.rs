//! The way back from the text that was parsed to the source: its places, its indentation and its template tags.

use super::Reader;
use crate::document::definitions::surrounding;
use crate::document::{Definition, DefinitionStatus, OddLine, mask};
use crate::source::{self, Span};

impl Reader<'_> {
    /// Takes what may stand on several lines from the source, with the indentation of those lines.
    pub(super) fn read_again(&mut self, text: &str, definitions: &mut [Definition]) {
        for link in &mut self.links {
            link.text = link.text_span.of(text).into();
            if link.is_reference() {
                link.target = link.target_span.of(text).into();
            }
        }
        for heading in &mut self.headings {
            heading.source = heading.content.of(text).into();
        }
        for definition in definitions {
            definition.label = definition.label_span.of(text).into();
            let start = source::line_at(text, definition.lines.start as usize).start;
            definition.lines = Span::new(start, definition.lines.end as usize);
        }
    }

    /// Moves all spans.
    pub(super) fn shift(
        &mut self,
        definitions: &mut [Definition],
        odd_lines: &mut [OddLine],
        moved: impl Fn(Span) -> Span,
    ) {
        let shift = |span: &mut Span| *span = moved(*span);
        for one in &mut self.headings {
            shift(&mut one.span);
            shift(&mut one.content);
        }
        for one in &mut self.links {
            let spans = [&mut one.span, &mut one.text_span, &mut one.target_span].into_iter();
            spans.chain(one.spaced.as_deref_mut()).for_each(shift);
        }
        for one in definitions {
            let whole = [&mut one.span, &mut one.lines].into_iter();
            let parts = [&mut one.label_span, &mut one.destination_span];
            let spans = whole.chain(parts).chain(one.mention.as_deref_mut());
            spans.for_each(shift);
            if let DefinitionStatus::Swallowed { cause } = &mut one.status {
                shift(cause);
            }
        }
        let footnotes = self.footnotes.iter_mut().map(|one| &mut one.span);
        let comments = self.comments.iter_mut().map(|one| &mut one.span);
        footnotes.chain(comments).for_each(shift);
        odd_lines.iter_mut().for_each(|line| shift(&mut line.span));
        self.not_prose.iter_mut().for_each(shift);
        self.code.iter_mut().for_each(shift);
        self.blocks.each(shift);
    }

    /// Puts the template tags of destinations back. Returns whether there are others.
    pub(super) fn unmask(
        &mut self,
        body: &str,
        tags: &[Span],
        definitions: &mut [Definition],
    ) -> bool {
        if tags.is_empty() {
            return false;
        }
        let links = self.links.iter_mut();
        let links = links.filter(|link| !link.is_reference());
        let links = links.map(|link| (&mut link.target, link.target_span));
        let definitions = definitions.iter_mut();
        let defined = definitions.map(|one| (&mut one.destination, one.destination_span));
        // Between these Liquid runs no tags.
        let not_run = mask::enclosed(body, tags, "raw comment");
        let mut unmasked = Vec::new();
        for (destination, span) in links.chain(defined) {
            // The braces of MDX are left out: only its own code knows what they hold.
            if destination.contains(mask::MARK)
                && mask::holds_tag(span.of(body))
                && surrounding(&not_run, span.start as usize).is_none()
            {
                *destination = span.of(body).into();
                unmasked.push(span);
            }
        }
        unmasked.sort_unstable();
        let is_other = |tag: &Span| surrounding(&unmasked, tag.start as usize).is_none();
        tags.iter().any(is_other)
    }
}
