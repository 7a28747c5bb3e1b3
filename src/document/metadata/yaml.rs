//! A block of YAML whose top level is a mapping, with spans, and with as much of it as can be had where it is broken.
//!
//! Three ways through, each for what the one before it cannot take:
//!
//! 1. `simple`: every line is blank or `key: value` with an ASCII value that can be nothing but one plain or quoted
//!    scalar. Most notes are like that, and this takes a tenth of the parser's time.
//! 2. `document`: the whole block through the parser (YAML 1.2 with the allowances of YAML 1.1, as libyaml). Events,
//!    not a map: a key that stands there twice gives two entries.
//! 3. `recover`: where the parser refuses the block, each line that begins with a key is parsed with its
//!    continuation lines by itself. A chunk that is still refused gives one problem; its key is kept, with the rest of
//!    its line as text, so that nobody calls the key missing as well. Lines that belong to no key are one problem for
//!    each run of them.
//!
//! Scalars are typed as Ruby's Psych does it (see [`super::scalar`]). Psych reads the first document of a stream, so
//! a second one is a problem, and libyaml refuses control characters, which the parser here lets through.

use super::lines::{Line, lines, odd_spaces, trailing_blanks, trim};
use super::{Entry, Problem, ProblemKind, Value, scalar};
use crate::source::Span;
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StrInput, StructureStyle};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What a block of YAML holds.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The entries at the top level.
    pub(super) entries: Vec<Entry>,
    /// What is wrong, in the order of the source.
    pub(super) problems: Vec<Problem>,
    /// `#` to the end of the line, and the text after `#`, trimmed.
    pub(super) comments: Vec<(Span, Box<str>)>,
    /// Whether the parser refused the block as a whole.
    pub(super) refused: bool,
}

/// How the keys of a block are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// `key:`
    Plain,
    /// `:key:`, Ruby's symbols.
    Symbols,
}

/// Parses the block at `range`, which begins at a line's beginning and holds no fences.
pub(super) fn parse(text: &str, range: Range<usize>, keys: Keys) -> Block {
    if let Some(entries) = simple(text, range.clone(), keys) {
        return Block {
            entries,
            ..Block::default()
        };
    }
    let mut block = match document(text, range.clone(), keys, None) {
        Ok(block) => block,
        Err(fault) => recover(text, range.clone(), keys, &fault),
    };
    if !block.refused {
        block.problems.extend(control_character(text, range));
    }
    block.problems.sort_by_key(|problem| problem.span);
    block
}

// ------------------------------------------------------------------------------------------------- the simple block

/// The entries of a block in which every line is blank or plainly `key: value`; `None` where any doubt is left.
fn simple(text: &str, range: Range<usize>, keys: Keys) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    for line in lines(text, range) {
        let source = line.of(text);
        if source.bytes().all(|byte| byte == b' ') {
            continue;
        }
        let opening = usize::from(keys == Keys::Symbols);
        let name = source.get(opening..)?;
        if keys == Keys::Symbols && !source.starts_with(':') {
            return None;
        }
        let length = identifier(name)?;
        let after_colon = opening + length + 1;
        if length > 128 || name.as_bytes().get(length) != Some(&b':') {
            return None;
        }
        let rest = source.get(after_colon..)?;
        let value = rest.trim_matches(' ');
        if rest.len() == value.len() && !rest.is_empty() {
            return None;
        }
        let quoted = simple_value(value)?;
        let start = if value.is_empty() {
            line.start + after_colon
        } else {
            line.start + after_colon + (rest.len() - rest.trim_start_matches(' ').len())
        };
        let value_span = Span::new(start, start + value.len());
        entries.push(Entry {
            key: name.get(..length)?.into(),
            key_span: Span::new(
                line.start,
                line.start + after_colon - usize::from(keys == Keys::Plain),
            ),
            value: if quoted {
                Value::String(value.get(1..value.len() - 1)?.into())
            } else {
                scalar::plain(value)
            },
            value_span,
            source: value.into(),
            stray_whitespace: trailing_blanks(text, start + value.len())
                .into_iter()
                .collect(),
            quoted,
        });
    }
    Some(entries)
}

/// Whether a value that stands alone on its line is quoted; `None` where it may be anything but one plain scalar or
/// one quoted scalar without escapes.
fn simple_value(value: &str) -> Option<bool> {
    let bytes = value.as_bytes();
    if !bytes.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        return None;
    }
    let Some(&first) = bytes.first() else {
        return Some(false);
    };
    if first == b'"' || first == b'\'' {
        let inside = value.get(1..)?.strip_suffix(char::from(first))?;
        let plain = !inside.bytes().any(|byte| byte == first || byte == b'\\');
        return plain.then_some(true);
    }
    let opens_a_scalar = first.is_ascii_alphanumeric() || b"/.(_$+".contains(&first);
    let ends_a_scalar = bytes.windows(2).any(|pair| pair == b": " || pair == b" #");
    (opens_a_scalar && !ends_a_scalar && !value.ends_with(':')).then_some(false)
}

/// The length of the identifier that a text begins with: a letter or `_`, then letters, digits, `_` and `-`.
pub(super) fn identifier(text: &str) -> Option<usize> {
    let first = text.bytes().next()?;
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte == b'-';
    (first.is_ascii_alphabetic() || first == b'_').then(|| text.bytes().take_while(inside).count())
}

// ------------------------------------------------------------------------------------------------------- the parser

/// Why the parser refuses a block.
#[derive(Debug)]
struct Fault {
    /// The byte where it gave up.
    at: usize,
    /// Its reason.
    kind: ProblemKind,
}

/// A value as the parser has it.
struct Node {
    value: Value,
    span: Span,
    style: Style,
    stray: Vec<Span>,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Empty,
    Plain,
    Quoted,
    /// `|` and `>`: white space inside is wanted, and the span ends with a line.
    BlockScalar,
    Flow,
    /// An indented sequence or mapping.
    Indented,
}

/// The parser on its way through a block.
struct Reader<'a> {
    text: &'a str,
    base: usize,
    parser: Parser<'a, StrInput<'a>>,
    keys: Keys,
    comments: Vec<(Span, Box<str>)>,
    /// Where plain strings that are a key's value, or an item, end: a comment there may have cut them.
    plain_ends: Vec<(usize, bool)>,
    /// The scalars with an anchor; a collection is not copied to its aliases, which might be many.
    anchors: HashMap<usize, Value>,
    /// The anchors of the whole block, for a chunk of it.
    known_anchors: Option<&'a HashSet<&'a str>>,
}

/// Parses `range` as one document. With `known_anchors`, an alias may refer to an anchor outside the range.
fn document<'a>(
    text: &'a str,
    range: Range<usize>,
    keys: Keys,
    known_anchors: Option<&'a HashSet<&'a str>>,
) -> Result<Block, Fault> {
    let options = granit_parser::options! {
        bom_inside_document_as_content: true,
        emit_unresolved_aliases: known_anchors.is_some(),
        max_buffered_comment_events: usize::MAX,
    };
    let source = text.get(range.clone()).unwrap_or("");
    let mut reader = Reader {
        text,
        base: range.start,
        parser: Parser::new_from_str_with_options(source, options),
        keys,
        comments: Vec::new(),
        plain_ends: Vec::new(),
        anchors: HashMap::new(),
        known_anchors,
    };
    let mut entries = Vec::new();
    let mut documents = 0;
    loop {
        let (event, span) = reader.next()?;
        match event {
            Event::StreamEnd => break,
            Event::DocumentStart(..) => {
                documents += 1;
                if documents > 1 {
                    return Err(reader.not_an_entry(span));
                }
            }
            Event::MappingStart(..) => entries = reader.mapping()?.0,
            Event::Scalar(text, ScalarStyle::Plain, 0, None) if text.is_empty() => {}
            event if event.is_node() => return Err(reader.not_an_entry(span)),
            _ => {}
        }
    }
    let mut block = Block {
        entries,
        problems: reader.cut_values(),
        comments: reader.comments,
        refused: false,
    };
    block.comments.sort_by_key(|(span, _)| span.start);
    Ok(block)
}

impl<'a> Reader<'a> {
    /// The next event that is no comment.
    fn next(&mut self) -> Result<(Event<'a>, Span), Fault> {
        loop {
            match self.parser.next_event() {
                None => return Ok((Event::StreamEnd, Span::at(self.base))),
                Some(Err(error)) => return Err(self.fault(&error)),
                Some(Ok((event, place))) => {
                    let range = place.byte_range().unwrap_or(0..0);
                    let span = Span::new(range.start + self.base, range.end + self.base);
                    if let Event::Comment(..) = event {
                        let comment = trim(self.text, span.range());
                        let words = comment.of(self.text).trim_start_matches('#').trim();
                        self.comments.push((comment, words.into()));
                        continue;
                    }
                    return Ok((event, span));
                }
            }
        }
    }

    fn fault(&self, error: &ScanError) -> Fault {
        Fault {
            at: self.base + error.marker().byte_offset().unwrap_or(0),
            kind: match error.kind() {
                ErrorKind::TabNotAllowed
                | ErrorKind::TabInBlockIndentation
                | ErrorKind::TabInIndentation
                | ErrorKind::TabInPlainScalar
                | ErrorKind::TabAtBlockScalarStart => ProblemKind::Tab,
                kind => ProblemKind::Parser(message(&kind.to_string())),
            },
        }
    }

    fn not_an_entry(&self, span: Span) -> Fault {
        Fault {
            at: span.start as usize,
            kind: ProblemKind::NotAnEntry,
        }
    }

    /// The entries of a mapping whose start was read, and the byte after the last value.
    fn mapping(&mut self) -> Result<(Vec<Entry>, usize, usize), Fault> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut end = 0;
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                return Ok((entries, end, span.end as usize));
            }
            let name = match &event {
                Event::Scalar(name, ..) => Some(name.clone()),
                _ => None,
            };
            let key = self.node(event, span, None)?.span;
            let (event, span) = self.next()?;
            let colon = self.after_colon(key);
            let node = self.node(event, span, Some(colon))?;
            if node.style == Style::Plain && matches!(node.value, Value::String(_)) {
                self.plain_ends.push((node.span.end as usize, false));
            }
            let entry = self.entry(name.as_deref(), key, colon, node);
            end = end.max(entry.value_span.end as usize).max(key.end as usize);
            entries.push(entry);
        }
    }

    /// The byte after the colon of a key.
    fn after_colon(&self, key: Span) -> usize {
        let end = key.end as usize;
        let rest = self.text.get(end..).unwrap_or("");
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let colon = self.text.as_bytes().get(end + blanks) == Some(&b':');
        if colon { end + blanks + 1 } else { end }
    }

    fn entry(&self, name: Option<&str>, key: Span, colon: usize, node: Node) -> Entry {
        let name = name.unwrap_or_else(|| key.of(self.text));
        let symbol = (self.keys == Keys::Symbols)
            .then(|| name.strip_prefix(':'))
            .flatten();
        let is_scalar = matches!(
            node.style,
            Style::Plain | Style::Quoted | Style::BlockScalar
        );
        let mut stray = node.stray;
        if !matches!(node.style, Style::BlockScalar | Style::Indented) {
            stray.extend(trailing_blanks(self.text, node.span.end as usize));
        }
        Entry {
            key: symbol
                .map_or(name, |symbol| symbol.trim_matches(['"', '\'']))
                .into(),
            key_span: match symbol {
                Some(_) => Span::new(key.start as usize, colon),
                None => key,
            },
            value: node.value,
            value_span: node.span,
            source: if is_scalar {
                node.span.of(self.text).into()
            } else {
                "".into()
            },
            stray_whitespace: stray,
            quoted: node.style == Style::Quoted,
        }
    }

    /// The value that begins with `event`. An empty one stands at `empty_at`, or where the parser was.
    fn node(
        &mut self,
        event: Event<'a>,
        span: Span,
        empty_at: Option<usize>,
    ) -> Result<Node, Fault> {
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let node = self.scalar(
                    &value,
                    style,
                    tag.is_some_and(|tag| !plainly_typed(&tag)),
                    span,
                    empty_at,
                );
                if anchor != 0 && node.span.len() <= 256 {
                    self.anchors.insert(anchor, node.value.clone());
                }
                Ok(node)
            }
            Event::SequenceStart(style, ..) => self.sequence(style, span),
            Event::MappingStart(style, ..) => {
                let (entries, last, close) = self.mapping()?;
                Ok(self.collection(Value::Map(entries), style, span, last, close, Vec::new()))
            }
            Event::UnresolvedAlias(name)
                if !self
                    .known_anchors
                    .is_some_and(|known| known.contains(&*name)) =>
            {
                Err(Fault {
                    at: span.start as usize,
                    kind: ProblemKind::Parser(message(&ErrorKind::UnknownAnchor.to_string())),
                })
            }
            event => {
                let known = event
                    .alias_id()
                    .and_then(|id| self.anchors.get(&id).cloned());
                let span = trim(self.text, span.range());
                Ok(Node {
                    value: known.unwrap_or_else(|| Value::String(span.of(self.text).into())),
                    span,
                    style: Style::Flow,
                    stray: Vec::new(),
                })
            }
        }
    }

    fn scalar(
        &self,
        value: &str,
        style: ScalarStyle,
        text_tag: bool,
        span: Span,
        empty_at: Option<usize>,
    ) -> Node {
        let plain = style == ScalarStyle::Plain;
        let mut span = trim(self.text, span.range());
        let empty = plain && value.is_empty();
        if empty {
            span = Span::at(empty_at.unwrap_or(span.start as usize));
        }
        Node {
            value: if plain && !text_tag {
                scalar::plain(value)
            } else {
                Value::String(value.into())
            },
            span,
            style: match style {
                _ if empty => Style::Empty,
                ScalarStyle::Plain => Style::Plain,
                ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                _ => Style::BlockScalar,
            },
            stray: if plain {
                odd_spaces(self.text, span).collect()
            } else {
                Vec::new()
            },
        }
    }

    fn sequence(&mut self, style: StructureStyle, span: Span) -> Result<Node, Fault> {
        let mut items = Vec::new();
        let mut stray = Vec::new();
        let mut last = span.start as usize;
        loop {
            let (event, place) = self.next()?;
            if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                let close = place.end as usize;
                return Ok(self.collection(Value::List(items), style, span, last, close, stray));
            }
            let mut node = self.node(event, place, None)?;
            if node.style == Style::Plain && matches!(node.value, Value::String(_)) {
                self.plain_ends.push((node.span.end as usize, true));
            }
            stray.append(&mut node.stray);
            last = last.max(node.span.end as usize);
            items.push((node.value, node.span));
        }
    }

    fn collection(
        &self,
        value: Value,
        style: StructureStyle,
        open: Span,
        last: usize,
        close: usize,
        stray: Vec<Span>,
    ) -> Node {
        let mut start = open.start as usize;
        if style == StructureStyle::Block && matches!(value, Value::List(_)) {
            start = self.dash_before(start);
        }
        let flow = style == StructureStyle::Flow;
        Node {
            value,
            // Indented collections end where the parser sees the next token; what they hold ends before that.
            span: trim(
                self.text,
                start..if flow {
                    close
                } else {
                    last.max(open.end as usize)
                },
            ),
            style: if flow { Style::Flow } else { Style::Indented },
            stray,
        }
    }

    /// The dash of the first item: a sequence that is not indented begins behind it for the parser.
    fn dash_before(&self, start: usize) -> usize {
        if self.text.as_bytes().get(start) == Some(&b'-') {
            return start;
        }
        let before = self.text.get(self.base..start).unwrap_or("").trim_end();
        before
            .strip_suffix('-')
            .map_or(start, |before| self.base + before.len())
    }

    /// Values that the parser has cut at ` #`. One blank before the `#` is how a sentence has it; two of them set
    /// a deliberate comment apart. In a list, only a word after the `#` counts (`Issue #12`).
    fn cut_values(&mut self) -> Vec<Problem> {
        self.plain_ends.sort_unstable();
        let cut = |comment: Span| {
            let blank = (comment.start as usize).checked_sub(1)?;
            let found = self
                .plain_ends
                .binary_search_by_key(&blank, |&(end, _)| end)
                .ok()?;
            let &(_, item) = self.plain_ends.get(found)?;
            let source = comment.of(self.text);
            let word = source.get(1..)?.starts_with(char::is_alphanumeric);
            let lost = self.text.get(blank..)?.starts_with(' ') && (word || !item);
            lost.then(|| Problem {
                span: Span::new(blank, comment.end as usize),
                kind: ProblemKind::CutByComment,
            })
        };
        self.comments
            .iter()
            .filter_map(|(span, _)| cut(*span))
            .collect()
    }
}

/// Whether a tag leaves the typing of a plain scalar as it is.
fn plainly_typed(tag: &granit_parser::Tag) -> bool {
    tag.core_suffix().is_some_and(|suffix| suffix != "str")
}

/// A parser's message in the tool's style.
pub(super) fn message(text: &str) -> Box<str> {
    let text = text.trim().trim_end_matches('.');
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            let rest = text.get(first.len_utf8()..).unwrap_or("");
            format!("{}{rest}", first.to_lowercase()).into()
        }
        _ => text.into(),
    }
}

/// The first character that libyaml's reader refuses, outside of line endings and tabs.
fn control_character(text: &str, range: Range<usize>) -> Option<Problem> {
    let inside = text.get(range.clone())?;
    let (at, char) = inside
        .char_indices()
        .find(|(_, char)| char.is_control() && !matches!(char, '\t' | '\n' | '\r' | '\u{85}'))?;
    Some(Problem {
        span: Span::new(range.start + at, range.start + at + char.len_utf8()),
        kind: ProblemKind::Parser("control characters are not allowed".into()),
    })
}

// ---------------------------------------------------------------------------------------------------- broken blocks

/// A line that begins with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeyLine {
    /// The length of the key, without its last colon.
    pub(super) length: usize,
    /// Whether white space or the line's end follows the colon.
    pub(super) spaced: bool,
}

/// The key that a line begins with: for symbols `:key:`, for both kinds also `key:` with a blank after the colon.
pub(super) fn key_line(line: &str, keys: Keys) -> Option<KeyLine> {
    if keys == Keys::Symbols
        && let Some(name) = line.strip_prefix(':')
    {
        let length = 1 + name.find([':', ' ', '\t']).filter(|&length| length > 0)?;
        return after_key(line, length, identifier(name) == Some(length - 1));
    }
    let first = line.chars().next()?;
    if first == '"' || first == '\'' {
        let length = 2 + line.get(1..)?.find(first)?;
        let blanks = line
            .get(length..)?
            .bytes()
            .take_while(|byte| *byte == b' ')
            .count();
        return after_key(line, length + blanks, false);
    }
    let opens_a_scalar = !first.is_ascii_punctuation() || "_$/.(:".contains(first);
    if !opens_a_scalar || first.is_whitespace() || line == "..." {
        return None;
    }
    let spaced = |at: usize| after_key(line, at, false).filter(|_| at > 0);
    let is_comment = |at: usize| line.get(..at).is_some_and(|key| key.contains(" #"));
    if let Some(found) = memchr::memchr_iter(b':', line.as_bytes()).find_map(spaced) {
        return (!is_comment(found.length)).then_some(found);
    }
    let length = identifier(line).filter(|_| keys == Keys::Plain)?;
    let scheme = line.get(length..)?.starts_with("://");
    after_key(line, length, !scheme)
}

/// The key of `length` bytes, if a colon follows it, and after the colon white space (or, where allowed, anything).
fn after_key(line: &str, length: usize, or_anything: bool) -> Option<KeyLine> {
    let after = line.get(length..)?.strip_prefix(':')?;
    let spaced = after.is_empty() || after.starts_with([' ', '\t']);
    (spaced || or_anything).then_some(KeyLine { length, spaced })
}

/// Whether a line is a marker of a merge conflict, as git writes them.
pub(super) fn is_conflict_marker(line: &str) -> bool {
    let labelled = |marker: &str| {
        line.strip_prefix(marker)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    labelled("<<<<<<<")
        || labelled(">>>>>>>")
        || labelled("|||||||")
        || line.trim_end() == "======="
}

/// A key's line with what belongs to it, or lines without a key.
#[derive(Debug)]
struct Chunk {
    /// The line with the key.
    head: Option<(Line, KeyLine)>,
    start: usize,
    end: usize,
    /// The first line that can belong to no key: it is not indented, no list item, no comment.
    garbage: Option<Line>,
}

/// Splits a block at the lines that begin with a key.
fn chunks(text: &str, range: Range<usize>, keys: Keys) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for line in lines(text, range) {
        let source = line.of(text);
        let head = key_line(source, keys).map(|key| (line, key));
        if head.is_some() || chunks.is_empty() {
            chunks.push(Chunk {
                head,
                start: line.start,
                end: line.start,
                garbage: None,
            });
        }
        let belongs = head.is_some()
            || source.is_empty()
            || source == "-"
            || source.starts_with([' ', '\t', '#'])
            || source.starts_with("- ");
        if let Some(chunk) = chunks.last_mut() {
            chunk.end = line.next;
            if !belongs && chunk.garbage.is_none() {
                chunk.garbage = Some(line);
            }
        }
    }
    chunks
}

/// What can be had of a block that the parser refuses, for the reason `fault`.
fn recover(text: &str, range: Range<usize>, keys: Keys, fault: &Fault) -> Block {
    let anchors = anchors(text.get(range.clone()).unwrap_or(""));
    let mut conflict = Conflict::default();
    let mut block = Block {
        refused: true,
        ..Block::default()
    };
    for chunk in chunks(text, range.clone(), keys) {
        let found = recover_chunk(text, &chunk, keys, &anchors);
        let entries = found.entries.into_iter();
        block
            .entries
            .extend(entries.filter(|entry| conflict.keeps(&entry.key)));
        block.comments.extend(found.comments);
        let garbage = chunk.garbage.filter(|_| !found.refused);
        block.problems.extend(found.problems);
        if let Some(line) = garbage
            && conflict.is_news(text, line, chunk.end)
        {
            block.problems.push(Problem {
                span: line.trimmed(text),
                kind: if is_conflict_marker(line.of(text)) {
                    ProblemKind::ConflictMarker
                } else {
                    ProblemKind::NotAnEntry
                },
            });
        }
    }
    let explained = block
        .problems
        .iter()
        .any(|problem| problem.kind != ProblemKind::CutByComment);
    if !explained {
        block
            .problems
            .push(located(text, range.clone(), range.start, fault));
    }
    block
}

/// Parses a chunk by itself; `refused` means that its problem explains all of its lines.
fn recover_chunk(text: &str, chunk: &Chunk, keys: Keys, anchors: &HashSet<&str>) -> Block {
    let Some((line, key)) = chunk.head else {
        // Lines before the first key: comments, or garbage.
        let end = chunk.garbage.map_or(chunk.end, |line| line.start);
        return document(text, chunk.start..end, keys, Some(anchors)).unwrap_or_default();
    };
    if !key.spaced {
        let entry = raw_entry(text, line, key, keys);
        return Block {
            problems: vec![Problem {
                span: Span::new(line.start, line.start + key.length + 1),
                kind: ProblemKind::NoSpaceAfterColon,
            }],
            entries: vec![entry],
            ..Block::default()
        };
    }
    let fault = match document(text, chunk.start..chunk.end, keys, Some(anchors)) {
        Ok(block) => {
            return Block {
                refused: true,
                ..block
            };
        }
        Err(fault) => fault,
    };
    let fault = match chunk.garbage {
        None => fault,
        Some(garbage) => match document(text, chunk.start..garbage.start, keys, Some(anchors)) {
            Ok(block) => return block,
            Err(fault) => fault,
        },
    };
    Block {
        entries: vec![raw_entry(text, line, key, keys)],
        problems: vec![located(text, chunk.start..chunk.end, line.start, &fault)],
        refused: true,
        ..Block::default()
    }
}

/// The problem of a fault: at its line if that is in `range` and not blank, else at the line at `or_at`.
fn located(text: &str, range: Range<usize>, or_at: usize, fault: &Fault) -> Problem {
    let line_at = |at: usize| {
        let bytes = text.as_bytes();
        let start = memchr::memrchr(b'\n', bytes.get(range.start..at)?)
            .map_or(range.start, |at| range.start + at + 1);
        lines(text, start..range.end).next()
    };
    let line = line_at(fault.at).filter(|line| !line.trimmed(text).is_empty());
    let Some(line) = line.or_else(|| line_at(or_at)) else {
        return Problem {
            span: Span::at(range.start),
            kind: fault.kind.clone(),
        };
    };
    if fault.kind == ProblemKind::Tab {
        let source = line.of(text);
        if let Some(at) = source.find('\t') {
            let rest = source.get(at..).unwrap_or("");
            let length = rest.len() - rest.trim_start_matches('\t').len();
            return Problem {
                span: Span::new(line.start + at, line.start + at + length),
                kind: ProblemKind::Tab,
            };
        }
    }
    Problem {
        span: line.trimmed(text),
        kind: fault.kind.clone(),
    }
}

/// The entry of a line that the parser does not understand: the rest of the line as text. It is typed only where the
/// missing blank is all that is wrong.
fn raw_entry(text: &str, line: Line, key: KeyLine, keys: Keys) -> Entry {
    let colon = line.start + key.length + 1;
    let key_source = text.get(line.start..colon - 1).unwrap_or("");
    let symbol = (keys == Keys::Symbols)
        .then(|| key_source.strip_prefix(':'))
        .flatten();
    let span = trim(text, colon..line.end);
    let span = if span.is_empty() {
        Span::at(colon)
    } else {
        span
    };
    let source = span.of(text);
    let quote = source.chars().next().filter(|first| "\"'".contains(*first));
    let quoted =
        !key.spaced && quote.is_some_and(|quote| source.len() > 1 && source.ends_with(quote));
    let mut stray: Vec<Span> = odd_spaces(text, span).collect();
    stray.extend(trailing_blanks(text, span.end as usize));
    Entry {
        key: symbol
            .unwrap_or(key_source)
            .trim_end()
            .trim_matches(['"', '\''])
            .into(),
        key_span: match symbol {
            Some(_) => Span::new(line.start, colon),
            None => trim(text, line.start..colon - 1),
        },
        value: match quote {
            None if !key.spaced => scalar::plain(source),
            _ => Value::String(source.trim_matches(['"', '\'']).into()),
        },
        value_span: span,
        source: source.into(),
        stray_whitespace: stray,
        quoted,
    }
}

/// The names after `&` in a block: more than its anchors, never fewer.
fn anchors(block: &str) -> HashSet<&str> {
    memchr::memchr_iter(b'&', block.as_bytes())
        .filter_map(|at| {
            let name = block.get(at + 1..)?;
            let length = name
                .find([' ', '\t', '\r', '\n', ',', ']', '}', '&'])
                .unwrap_or(name.len());
            name.get(..length)
        })
        .collect()
}

/// A merge conflict on the way through a block: one problem, and of two versions of a key the first.
#[derive(Debug, Default)]
struct Conflict {
    /// Inside one, the keys of the first side.
    first: Option<HashSet<Box<str>>>,
    /// Whether the second side has begun.
    second: bool,
}

impl Conflict {
    /// Whether an entry with this key, the next one in the block, is no other version of one that is known.
    fn keeps(&mut self, key: &str) -> bool {
        match &mut self.first {
            Some(keys) if self.second => !keys.contains(key),
            Some(keys) => {
                keys.insert(key.into());
                true
            }
            None => true,
        }
    }

    /// Reads the lines from `line` to `end`, and says whether they are something else than the rest of a conflict
    /// that was reported already.
    fn is_news(&mut self, text: &str, line: Line, end: usize) -> bool {
        let mut news = false;
        for line in lines(text, line.start..end) {
            let source = line.of(text);
            if source.starts_with("<<<<<<<") {
                news |= self.first.replace(HashSet::new()).is_none();
                self.second = false;
            } else if self.first.is_some() && is_conflict_marker(source) {
                self.second |= source.starts_with('=');
                if source.starts_with('>') {
                    *self = Conflict::default();
                }
            } else if !source.trim().is_empty() && !source.starts_with([' ', '\t', '#', '-']) {
                news = true;
            }
        }
        news
    }
}
