//! Link reference definitions, and the lines that were meant as such.
//!
//! CommonMark 0.31, section 4.7: a definition is a block of its own, cannot interrupt a paragraph, and the first one of
//! a label counts. pulldown-cmark knows those, without the duplicates. So every line whose first character after its
//! containers is `[` is looked at, code and HTML blocks left out: what pulldown-cmark knows is a definition; what stands
//! in no paragraph is a duplicate; the rest is prose for CommonMark.
//!
//! Most notes end with their definitions, and those are plain. They are read here before anything else (`last`), and
//! pulldown-cmark reads the text before them alone, asking for each label that it misses: it would take a third of its time
//! for them. Where code or HTML is open at their beginning, the whole is read once more.
//!
//! kramdown (`parser/kramdown/link.rb`, `LINK_DEFINITION_START`) reads a definition line by line: the destination is
//! the rest of the line up to a title, blanks included, must stand on the same line as the label, and the last
//! definition of a label counts. A footnote's definition ends with its line, so that definitions may follow at once.

pub(super) mod html;
mod labels;
mod paragraph;

use super::{Definition, DefinitionStatus, Destination, Dialect};
use crate::source::{Line, Span, holds_blank_line, line_at};
pub(super) use labels::{are_same, normalized};
pub use labels::{folded, normalize_label};
use paragraph::ParagraphRun;

/// What the definitions are recognised by: the blocks of one parsed body. All spans are offsets into the same text.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// Definitions that CommonMark sees, in order.
    pub(super) known: Vec<Span>,
    /// Paragraphs, in order.
    pub(super) paragraphs: Vec<Span>,
    /// Code blocks, in order.
    pub(super) code: Vec<Span>,
    /// HTML blocks, in order.
    pub(super) html: Vec<Span>,
    /// Where the renderer cannot be followed, in order.
    pub(super) unknown: Vec<Span>,
}

impl Blocks {
    fn lists(&mut self) -> [&mut Vec<Span>; 5] {
        let Blocks {
            known,
            paragraphs,
            code,
            html,
            unknown,
        } = self;
        [known, paragraphs, code, html, unknown]
    }

    /// Puts every list into the order of the text.
    pub(super) fn sort(&mut self) {
        let lists = self.lists();
        lists.into_iter().for_each(|list| list.sort_unstable());
    }

    /// Changes every span.
    pub(super) fn each(&mut self, change: impl FnMut(&mut Span)) {
        let lists = self.lists();
        lists.into_iter().flatten().for_each(change);
    }
}

/// The span of a sorted list of disjoint spans that holds the byte `at`.
pub(super) fn surrounding(spans: &[Span], at: usize) -> Option<Span> {
    let after = spans.partition_point(|span| span.start as usize <= at);
    spans
        .get(after.checked_sub(1)?)
        .copied()
        .filter(|span| at < span.end as usize)
}

/// The beginning `[label]:` of a definition.
struct Candidate {
    label: Span,
    /// After the colon.
    rest: usize,
    /// The line that it begins on, without its ending.
    line: Span,
}

/// Reads all definitions of the body `text` but those that it ends with, `last`, and adds these. Returns them with their
/// indices in the order of their keys.
pub(super) fn read(
    text: &str,
    dialect: Dialect,
    blocks: &Blocks,
    mut last: Vec<Definition>,
) -> (Vec<Definition>, Vec<u32>) {
    let mut definitions: Vec<Definition> = Vec::new();
    let mut run = ParagraphRun::default();
    let mut known = blocks.known.iter().copied().peekable();
    let mut after_definition = usize::MAX;
    let before_last = last
        .first()
        .map_or(text.len(), |one| one.span.start as usize);
    for whole_line in telling_lines(text, before_last) {
        let line = whole_line.span();
        let begins = candidate(text, line);
        let next = || candidate(text, line_at(text, whole_line.next).span());
        if begins.is_none()
            && let Some(found) = without_colon(text, line, blocks)
            && (after_definition == whole_line.start || next().is_some())
        {
            definitions.push(found);
        }
        if begins.is_some() {
            after_definition = whole_line.next;
        }
        // A definition may also stand behind the marker of a list item, and begin on a line before its colon.
        let mut is_known = false;
        while let Some(span) = known.next_if(|span| span.start < line.end) {
            let (start, end) = (span.start as usize, span.end as usize);
            let Some(candidate) = candidate_at(text, start, end, "]:") else {
                continue;
            };
            let is_it = |begins: &Candidate| begins.label.start == candidate.label.start;
            is_known |= begins.as_ref().is_some_and(is_it);
            let mut definition = defined(text, &candidate, end, dialect);
            if dialect == Dialect::Kramdown && !has_destination(text, &candidate) {
                definition.status = DefinitionStatus::NoDestination;
            }
            definitions.push(definition);
        }
        if let Some(candidate) = begins.filter(|_| !is_known) {
            definitions.extend(unknown(text, &candidate, dialect, blocks, &mut run));
        }
    }
    definitions.append(&mut last);
    let by_label = by_label(&definitions);
    mark_duplicates(&mut definitions, &by_label, dialect);
    (definitions, by_label)
}

/// The lines before the byte `end` with `]:` or `] h` on them, without which nothing looks like a definition.
fn telling_lines(text: &str, end: usize) -> impl Iterator<Item = Line> + '_ {
    let bytes = text.as_bytes().get(..end).unwrap_or(&[]);
    let mut done = 0;
    memchr::memchr_iter(b']', bytes).filter_map(move |at| {
        let after = bytes.get(at + 1..)?;
        let is_telling = at >= done && matches!(after, [b':', ..] | [b' ', b'h', ..]);
        is_telling.then(|| {
            let line = line_at(text, at);
            done = line.next;
            line
        })
    })
}

/// The definitions that `text` ends with: of blocks in which every line is `[label]: destination` and nothing else, so
/// that every dialect reads them alike, wherever no code and no HTML is open.
pub(super) fn last(text: &str) -> Vec<Definition> {
    let mut found = Vec::new();
    let (mut end, mut whole) = (text.len(), 0);
    while let Some(line) = text.get(..end).filter(|_| end > 0) {
        let before = line.strip_suffix('\n').unwrap_or(line);
        let start = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |at| at + 1);
        let span = Span::new(start, end);
        let is_blank = span.of(text).bytes().all(|byte| b" \t\r\n".contains(&byte));
        if is_blank {
            whole = found.len();
        } else if let Some(definition) = plain(text, span) {
            found.push(definition);
        } else {
            break;
        }
        end = start;
    }
    if end > 0 {
        found.truncate(whole);
    }
    found.reverse();
    found
}

/// How many parentheses of a plain destination may be open.
const MOST_OPEN: i32 = 32;

/// Reads all of a line as `[label]: destination`.
fn plain(text: &str, line: Span) -> Option<Definition> {
    let inside = line.of(text).strip_prefix('[')?.trim_ascii_end();
    let close = memchr::memchr(b']', inside.as_bytes())?;
    let label = inside.get(..close)?;
    let address = inside.get(close..)?.strip_prefix("]:")?.trim_ascii_start();
    let is_label = label.len() < 1000
        && !label.starts_with('^')
        && memchr::memchr2(b'[', b'\\', label.as_bytes()).is_none()
        && !label.trim().is_empty();
    let destination = Destination::from(address);
    (is_label && (destination.is_plain() || is_balanced(address))).then(|| {
        let at = Span::of_slice(address, text);
        defined_at(text, Span::of_slice(label, text), destination, at, line)
    })
}

/// Whether a destination ends with its line in every dialect: it has no blank, and a `)` for each `(`.
fn is_balanced(address: &str) -> bool {
    let mut open = 0;
    let is_safe = |byte| {
        open += i32::from(byte == b'(') - i32::from(byte == b')');
        byte > b' ' && byte != b'\\' && (0..=MOST_OPEN).contains(&open)
    };
    // Only kramdown leaves out a blank of Unicode at the end.
    let is_whole = address.trim_end().len() == address.len();
    !address.is_empty()
        && !address.starts_with('<')
        && address.bytes().all(is_safe)
        && open == 0
        && is_whole
}

/// What a candidate is that CommonMark does not know as a definition.
fn unknown(
    text: &str,
    candidate: &Candidate,
    dialect: Dialect,
    blocks: &Blocks,
    run: &mut ParagraphRun,
) -> Option<Definition> {
    // No block ends between the bracket and the label.
    let start = candidate.label.start as usize;
    if surrounding(&blocks.unknown, start).is_some() {
        return Some(defined(text, candidate, text.len(), dialect));
    }
    if surrounding(&blocks.code, start).is_some() {
        return None;
    }
    let status = if let Some(block) = surrounding(&blocks.html, start) {
        html::status(text, block, candidate)?
    } else if let Some(paragraph) = surrounding(&blocks.paragraphs, start) {
        run.status(text, paragraph, candidate, dialect)
    } else if has_destination(text, candidate) || dialect != Dialect::Kramdown {
        // CommonMark knows the label already: a duplicate.
        return Some(defined(text, candidate, text.len(), dialect));
    } else {
        DefinitionStatus::NoDestination
    };
    // The destination of a line that is no definition is still what the author meant.
    let until = candidate.line.end as usize;
    let mut definition = defined(text, candidate, until, Dialect::Kramdown);
    definition.status = status;
    Some(definition)
}

/// Reads `line` as `[label]:` after blockquote markers and blanks.
fn candidate(text: &str, line: Span) -> Option<Candidate> {
    let source = line.of(text).as_bytes();
    let start = source
        .iter()
        .position(|byte| !matches!(byte, b' ' | b'\t' | b'>'))?;
    candidate_at(text, line.start as usize + start, line.end as usize, "]:")
}

/// Reads `line` as `[label] https://example.com`, prose for CommonMark.
fn without_colon(text: &str, line: Span, blocks: &Blocks) -> Option<Definition> {
    let start = line.start as usize;
    // A definition begins its line.
    let source = line.of(text).strip_prefix('[')?.trim_end();
    let (_, address) = source.split_once("] http")?;
    let is_address = ["://", "s://"].iter().any(|sign| address.starts_with(sign));
    if !is_address || address.contains(char::is_whitespace) {
        return None;
    }
    surrounding(&blocks.paragraphs, start)?;
    let until = line.end as usize;
    let candidate = candidate_at(text, start, until, "] ")?;
    let mut definition = defined(text, &candidate, until, Dialect::Kramdown);
    definition.status = DefinitionStatus::NoColon;
    Some(definition)
}

/// Reads `[label` at the byte `at`, with `close`, two bytes long, after it, all before the byte `end`.
fn candidate_at(text: &str, at: usize, end: usize, close: &str) -> Option<Candidate> {
    let inside = text.get(at..end)?.strip_prefix('[')?;
    if inside.starts_with('^') {
        return None;
    }
    let mut escaped = false;
    let length = inside.bytes().position(|byte| {
        let found = !escaped && matches!(byte, b'[' | b']');
        escaped = !escaped && byte == b'\\';
        found
    })?;
    let (label, rest) = (inside.get(..length)?, inside.get(length..)?);
    if label.trim().is_empty() || !rest.starts_with(close) {
        return None;
    }
    let label = Span::new(at + 1, at + 1 + length);
    Some(Candidate {
        label,
        rest: label.end as usize + close.len(),
        line: line_at(text, at).span(),
    })
}

/// The definition of a candidate whose destination and title end before `until`.
fn defined(text: &str, candidate: &Candidate, until: usize, dialect: Dialect) -> Definition {
    let rest = Span::new(candidate.rest, until);
    let source = rest.of(text);
    let blank = blank_before(source);
    let mut lines = source.get(blank..).unwrap_or("").lines();
    let first_line = lines.next().unwrap_or("");
    let start = rest.start as usize + blank;
    let (destination, after) = if let Some(inside) = first_line
        .strip_prefix('<')
        .and_then(|rest| rest.split_once('>'))
    {
        let destination = Span::new(start + 1, start + 1 + inside.0.len());
        (destination, destination.end as usize + 1)
    } else {
        let before = source.get(..blank).unwrap_or("");
        let is_on_line = before.trim_matches([' ', '\t']).is_empty();
        let length = match dialect == Dialect::Kramdown && is_on_line {
            true => {
                let line = first_line.trim_end();
                let line = title_start(line)
                    .and_then(|at| line.get(..at))
                    .unwrap_or(line);
                line.trim_end().len()
            }
            false => first_line
                .find(|one: char| one.is_ascii_whitespace())
                .unwrap_or(first_line.len()),
        };
        (Span::new(start, start + length), start + length)
    };
    let title_span = title(text, after, rest.end as usize, dialect);
    let end = title_span
        .map_or(after, |title| title.end as usize)
        .max(candidate.rest);
    let lines = Span::new(candidate.line.start as usize, line_at(text, end).next);
    let address = destination.of(text).into();
    Definition {
        has_title: title_span.is_some(),
        span: Span::new(candidate.label.start as usize - 1, end),
        ..defined_at(text, candidate.label, address, destination, lines)
    }
}

/// A definition without a title, whose parts stand at these places.
fn defined_at(
    text: &str,
    label_span: Span,
    destination: Destination,
    destination_span: Span,
    lines: Span,
) -> Definition {
    let label = label_span.of(text);
    Definition {
        label: label.into(),
        key: normalized(label).into(),
        label_span,
        destination,
        destination_span,
        span: Span::new(label_span.start as usize - 1, destination_span.end as usize),
        lines,
        status: DefinitionStatus::Defined,
        has_title: false,
        duplicate_of: None,
        mention: None,
    }
}

/// Where a quoted title at the end of a line begins: `url "title"`.
fn title_start(line: &str) -> Option<usize> {
    let quote = line
        .chars()
        .next_back()
        .filter(|&last| matches!(last, '"' | '\''))?;
    let before = line.get(..line.len() - 1)?;
    let open = before.find(quote)?;
    before.get(..open)?.ends_with([' ', '\t']).then_some(open)
}

/// How much white space `source` begins with, with the marks of the quotation that its further lines stand in.
fn blank_before(source: &str) -> usize {
    let mut after_line = false;
    let mut is_blank = |byte: u8| {
        after_line |= byte == b'\n';
        byte.is_ascii_whitespace() || byte == b'>' && after_line
    };
    let length = source.bytes().position(|byte| !is_blank(byte));
    length.unwrap_or(source.len())
}

/// The quoted title after a destination that ends at `from`: on the same line, or on the next one. It may hold line
/// endings, but in kramdown.
fn title(text: &str, from: usize, until: usize, dialect: Dialect) -> Option<Span> {
    let source = text.get(from..until)?;
    let blank = blank_before(source);
    let lines_between = source.get(..blank)?.matches('\n').count();
    if blank == 0 || lines_between > 1 {
        return None;
    }
    let source = source.get(blank..)?;
    let start = from + blank;
    let closing = match source.bytes().next()? {
        quote @ (b'"' | b'\'') => quote,
        b'(' if dialect != Dialect::Kramdown => b')',
        _ => return None,
    };
    if dialect == Dialect::Kramdown {
        let line = source.lines().next()?.trim_end();
        let is_title = line.len() > 1 && line.ends_with(char::from(closing));
        return is_title.then(|| Span::new(start, start + line.len()));
    }
    let mut escaped = false;
    let end = 1 + source.bytes().skip(1).position(|byte| {
        let is_end = !escaped && byte == closing;
        escaped = !escaped && byte == b'\\';
        is_end
    })?;
    let inside = source.get(1..end)?;
    let after = source.get(end + 1..)?.lines().next().unwrap_or("");
    (after.trim().is_empty() && !holds_blank_line(inside))
        .then(|| Span::new(start, start + end + 1))
}

fn has_destination(text: &str, candidate: &Candidate) -> bool {
    text.get(candidate.rest..candidate.line.end as usize)
        .is_some_and(|rest| !rest.trim().is_empty())
}

/// The indices of the definitions whose key is `key`, out of those of all, which are `by_label`.
pub(super) fn labelled<'i>(
    definitions: &[Definition],
    by_label: &'i [u32],
    key: &str,
) -> &'i [u32] {
    let definition = |index: &u32| definitions.get(*index as usize);
    let is_before = |index: &u32| definition(index).is_some_and(|one| *one.key < *key);
    let is_it = |index: &u32| definition(index).is_some_and(|one| *one.key == *key);
    let rest = by_label.get(by_label.partition_point(is_before)..);
    let rest = rest.unwrap_or(&[]);
    // Most labels are defined once.
    let length = match rest.get(1).is_some_and(is_it) {
        true => rest.partition_point(is_it),
        false => usize::from(rest.first().is_some_and(is_it)),
    };
    rest.get(..length).unwrap_or(&[])
}

/// The indices of `definitions` in the order of their keys, of equal ones in the order of the text, but definitions before
/// the lines that are not.
fn by_label(definitions: &[Definition]) -> Vec<u32> {
    let keys = definitions.iter().zip(0..).map(|(definition, index)| {
        let is_none = definition.status != DefinitionStatus::Defined;
        (&*definition.key, is_none, index)
    });
    let mut keys: Vec<(&str, bool, u32)> = keys.collect();
    keys.sort_unstable();
    keys.into_iter().map(|(.., index)| index).collect()
}

fn mark_duplicates(definitions: &mut [Definition], by_label: &[u32], dialect: Dialect) {
    let mut first: Option<u32> = None;
    for &index in by_label {
        let Some(definition) = definitions.get(index as usize) else {
            continue;
        };
        if definition.status != DefinitionStatus::Defined {
            continue;
        }
        let same = first
            .and_then(|first| definitions.get(first as usize))
            .is_some_and(|first| {
                first.key == definition.key && are_same(dialect, &first.label, &definition.label)
            });
        if !same {
            first = Some(index);
        } else if let Some(definition) = definitions.get_mut(index as usize) {
            definition.duplicate_of = first;
        }
    }
}
