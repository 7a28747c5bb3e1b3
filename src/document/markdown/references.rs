//! Which definition each reference has, as the dialect takes it.

use super::Reader;
use crate::document::definitions::{are_same, labelled, normalized, surrounding};
use crate::document::{Definition, DefinitionStatus, Dialect, Footnote, Link, LinkKind};
use crate::order::Order;
use crate::source::Span;

/// The longest label that is looked for after white space; CommonMark allows 999 characters.
const LONGEST_LABEL: usize = 999;

/// The longest label that is searched for in the prose, in bytes: of a text that repeats itself every place is compared.
const LONGEST_MENTION: usize = 100;

/// How many unused definitions of a document are searched for in its prose, and how many places are looked at for each.
const MOST_SEARCHED: usize = 32;

impl Reader<'_> {
    /// Finds the definition of each reference. `by_label` holds the indices of `definitions` in the order of their keys.
    pub(super) fn resolve(&mut self, definitions: &mut [Definition], by_label: &[u32]) {
        let dialect = self.options.dialect;
        // Both read `[text] [label]` as one reference, too.
        let last_counts = !dialect.is_commonmark();
        let definition = |index: &u32| definitions.get(*index as usize);
        let look_up = |label: &str| {
            let same = labelled(definitions, by_label, &normalized(label));
            // Definitions come before lines that are not.
            let is_defined = |index: &u32| {
                definition(index).is_some_and(|one| one.status == DefinitionStatus::Defined)
            };
            let defined = same.partition_point(is_defined);
            let found = match last_counts {
                true => same.get(defined.checked_sub(1)?),
                false => same.first().filter(|_| defined > 0),
            }?;
            are_same(dialect, label, &definition(found)?.label).then_some(*found)
        };
        for link in &mut self.links {
            if link.is_reference() {
                link.set_definition(look_up(&link.target));
            }
        }
        if last_counts && !by_label.is_empty() {
            self.join_spaced(look_up);
        }
        self.split_overlapping();
        self.references_in_unknown(look_up);
        self.find_mentions(definitions);
    }

    /// Of `[a][b][c]`, where `b` is not defined and `c` is, `[a]` alone prints as text: `[b]` is the text of a link.
    fn split_overlapping(&mut self) {
        for index in 1..self.links.len() {
            let Some([one, next]) = self.links.get(index - 1..=index) else {
                return;
            };
            let is_link = next.definition().is_some() || !next.is_reference();
            let is_shared = one.kind == LinkKind::Full
                && one.spaced.is_none()
                && next.span.start + 1 == one.target_span.start;
            if one.definition().is_none() && is_link && is_shared {
                let span = Span::new(one.span.start as usize, next.span.start as usize);
                let alone = self.reference(LinkKind::Shortcut, one.image, span);
                if let Some(one) = self.links.get_mut(index - 1) {
                    *one = alone;
                }
            }
        }
    }

    /// Joins `[text] [label]` to one reference, as kramdown does (`LINK_INLINE_ID_RE` in
    /// `parser/kramdown/link.rb`): whatever comes after the second pair of brackets, and even where the label is not
    /// defined, so that both pairs are text although `[text]` alone is defined.
    fn join_spaced(&mut self, look_up: impl Fn(&str) -> Option<u32>) {
        let links = std::mem::take(&mut self.links);
        let mut joined: Vec<Link> = Vec::with_capacity(links.len());
        let mut consumed = Span::default();
        for mut link in links {
            if consumed.contains(Span::at(link.span.start as usize))
                && link.span.start < consumed.end
            {
                let leftover = Span::new(consumed.end as usize, link.span.end as usize);
                if let Some(printed) = joined.last_mut().and_then(|last| last.spaced.as_mut()) {
                    **printed = leftover;
                }
                if link.kind == LinkKind::Full {
                    let mut rest = self.reference(LinkKind::Shortcut, false, leftover);
                    rest.set_definition(look_up(&rest.target));
                    joined.push(rest);
                }
                continue;
            }
            if link.kind == LinkKind::Shortcut
                && let Some(brackets) = self.next_brackets(link.span.end as usize)
            {
                let label = Span::new(brackets.start as usize + 1, brackets.end as usize - 1);
                let definition = look_up(label.of(self.text));
                // Python-Markdown allows one blank, and prints a label that is not defined beside the link.
                let is_python = self.options.dialect == Dialect::PythonMarkdown;
                let is_near = brackets.start <= link.span.end + 1;
                if definition.is_some() && (is_near || !is_python)
                    || link.definition().is_some() && !is_python
                {
                    if definition.is_some() {
                        consumed = brackets;
                        link.span.end = brackets.end;
                    }
                    link.kind = LinkKind::Full;
                    link.set_definition(definition);
                    link.target = label.of(self.text).into();
                    link.target_span = label;
                    let leftover = Span::at(brackets.end as usize);
                    link.spaced = (!is_python).then(|| Box::new(leftover));
                }
            }
            joined.push(link);
        }
        self.links = joined;
    }

    /// The brackets that begin at `from` or after white space, in the same block.
    fn next_brackets(&self, from: usize) -> Option<Span> {
        let after = self.text.get(from..)?;
        let rest = after.trim_start_matches([' ', '\t', '\n', '\r']);
        let inside = rest.strip_prefix('[')?;
        let length = inside
            .bytes()
            .take(LONGEST_LABEL)
            .position(|byte| byte == b']')?;
        let start = from + (after.len() - rest.len());
        let brackets = Span::new(start, start + length + 2);
        if length == 0 {
            return None;
        }
        let across = self.text.get(from..brackets.end as usize)?;
        let in_one_block = !across.contains('\n')
            || surrounding(&self.blocks.paragraphs, from - 1)
                .is_some_and(|paragraph| brackets.end <= paragraph.end);
        in_one_block.then_some(brackets)
    }

    /// Takes from a region where the renderer cannot be followed whatever it may use: each pair of brackets that is
    /// defined somewhere counts as a reference. What pulldown-cmark sees there is left out.
    fn references_in_unknown(&mut self, look_up: impl Fn(&str) -> Option<u32>) {
        if self.blocks.unknown.is_empty() {
            return;
        }
        let unknown = std::mem::take(&mut self.blocks.unknown);
        let is_known = |span: Span| surrounding(&unknown, span.start as usize).is_none();
        self.links.retain(|link| is_known(link.span));
        self.footnotes.retain(|footnote| is_known(footnote.span));
        for region in &unknown {
            for (span, is_definition) in brackets(self.text, *region) {
                let inside = Span::new(span.start as usize + 1, span.end as usize - 1);
                match inside.of(self.text).strip_prefix('^') {
                    Some(label) => self.footnotes.push(Footnote {
                        label: label.into(),
                        span,
                        definition: is_definition,
                    }),
                    None if is_definition => {}
                    None => {
                        let mut link = self.reference(LinkKind::Shortcut, false, span);
                        link.set_definition(look_up(&link.target));
                        self.links
                            .extend(link.definition().is_some().then_some(link));
                    }
                }
            }
        }
        self.footnotes.order_by_key(|footnote| footnote.span);
        self.links
            .order_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end)));
        self.blocks.unknown = unknown;
    }

    /// Finds the words of labels that no reference uses in the prose.
    fn find_mentions(&self, definitions: &mut [Definition]) {
        let mut used = vec![false; definitions.len()];
        for index in self.links.iter().filter_map(|link| link.definition()) {
            if let Some(one) = used.get_mut(index as usize) {
                *one = true;
            }
        }
        let unused: Vec<usize> = (0..definitions.len())
            .filter(|&index| used.get(index) == Some(&false))
            .take(MOST_SEARCHED)
            .collect();
        for index in unused {
            let mention = definitions
                .get(index)
                .filter(|definition| definition.status == DefinitionStatus::Defined)
                .and_then(|definition| self.mention(&definition.label, definitions));
            if let Some(definition) = definitions.get_mut(index) {
                definition.mention = mention.map(Box::new);
            }
        }
    }

    /// Where the words of `label` stand in a paragraph, outside links and definitions. The hyphens of a label are as good
    /// as blanks.
    fn mention(&self, label: &str, definitions: &[Definition]) -> Option<Span> {
        if !(3..=LONGEST_MENTION).contains(&label.len()) {
            return None;
        }
        let words = label.replace(['-', '_'], " ");
        let written = std::iter::once(label).chain((words != label).then_some(words.as_str()));
        let bytes = self.text.as_bytes();
        let is_apart = |byte: &u8| {
            !byte.is_ascii_alphanumeric() && *byte < 0x80 && !matches!(byte, b'-' | b'/' | b'_')
        };
        let is_free = |found: &Span| {
            let (start, end) = (found.start as usize, found.end as usize);
            let around = [start.checked_sub(1), Some(end)].into_iter().flatten();
            let links = self.links.iter().map(|link| link.span);
            let mut taken = links.chain(definitions.iter().map(|one| one.span));
            around.filter_map(|at| bytes.get(at)).all(is_apart)
                && surrounding(&self.blocks.paragraphs, start).is_some()
                && !taken.any(|span| span.overlaps(*found))
        };
        let found = written.flat_map(|words| {
            let words = words.as_bytes();
            let first = words.first().copied().unwrap_or_default();
            let [lower, upper] = [first.to_ascii_lowercase(), first.to_ascii_uppercase()];
            let begins = memchr::memchr2_iter(lower, upper, bytes);
            begins.filter_map(move |at| {
                let here = bytes.get(at..at + words.len())?;
                let is_one = here.eq_ignore_ascii_case(words);
                is_one.then(|| Span::new(at, at + words.len()))
            })
        });
        found.take(MOST_SEARCHED).find(is_free)
    }
}

/// The innermost pairs of brackets of a region, and whether a colon follows that makes a definition of the line.
fn brackets(text: &str, region: Span) -> impl Iterator<Item = (Span, bool)> + '_ {
    let source = region.of(text);
    let mut open = None;
    let mut begins_line = true;
    source.bytes().enumerate().filter_map(move |(at, byte)| {
        match byte {
            b'[' => open = Some((at, begins_line)),
            b']' => {
                let (start, begins_line) = open.take()?;
                let colon = source.as_bytes().get(at + 1) == Some(&b':');
                let span = Span::new(start, at + 1).shifted(region.start as usize);
                return Some((span, begins_line && colon));
            }
            _ => {}
        }
        begins_line = byte == b'\n' || begins_line && matches!(byte, b' ' | b'\t' | b'>');
        None
    })
}
