//! Brackets and parentheses beside links that nothing opens or closes: `[[text](url)`, `[text](url))`.

use super::Reader;
use crate::document::definitions::surrounding;
use crate::document::{LinkKind, OddLine, OddLineKind};
use crate::source::Span;

impl Reader<'_> {
    /// The odd ones, in order. The links are in order, too.
    pub(super) fn stray_brackets(&self) -> Vec<OddLine> {
        let mut found = Vec::new();
        let mut last = (Span::default(), Vec::new());
        for link in &self.links {
            let (start, end) = (link.span.start as usize, link.span.end as usize);
            let beside = [
                start.checked_sub(1).map(|at| (at, b"[")),
                Some((end, b")")),
                Some((end, b"]")),
            ];
            let is_beside = |(at, bracket): &(usize, &[u8; 1])| {
                self.text.as_bytes().get(*at) == bracket.first()
            };
            for (at, bracket) in beside.into_iter().flatten().filter(is_beside) {
                let Some(block) = surrounding(&self.blocks.paragraphs, at) else {
                    continue;
                };
                if link.kind != LinkKind::Inline || link.unlinked.is_some() {
                    continue;
                }
                if last.0 != block {
                    last = (block, self.unmatched(block));
                }
                if last.1.binary_search(&at).is_ok() {
                    let bracket = std::str::from_utf8(bracket).unwrap_or("");
                    found.push(OddLine::at(at, bracket, OddLineKind::StrayBracket));
                }
            }
        }
        found
    }

    /// Where the brackets of a paragraph stand that have no partner. Parentheses may be closed in the next one.
    fn unmatched(&self, block: Span) -> Vec<usize> {
        let (mut parentheses, mut brackets, mut unmatched) = (0u32, Vec::new(), Vec::new());
        let mut before = b' ';
        for (at, byte) in (block.start as usize..).zip(block.of(self.text).bytes()) {
            let is_bracket = matches!(byte, b'(' | b')' | b'[' | b']') && before != b'\\';
            match byte {
                _ if !is_bracket || self.is_code(at) => {}
                b'(' => parentheses += 1,
                b'[' => brackets.push(at),
                // A smiling face closes nothing.
                b')' if matches!(before, b':' | b';' | b'-' | b'=') => {}
                b')' if parentheses > 0 => parentheses -= 1,
                b']' if brackets.pop().is_some() => {}
                _ => unmatched.push(at),
            }
            before = byte;
        }
        unmatched.append(&mut brackets);
        unmatched.sort_unstable();
        unmatched
    }
}
