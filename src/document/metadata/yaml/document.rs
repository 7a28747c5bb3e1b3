//! YAML through the parser: events with spans into entries and values.
//!
//! The parser follows YAML 1.2 with libyaml's allowances; its marks are bytes. Its spans are made into those that an
//! author would draw: a value ends before the white space after it, an indented list begins with its first dash, an
//! empty value stands behind its colon. Anchored scalars are copied to their aliases; collections are not, because
//! a few lines of aliases may stand for gigabytes.

use super::super::lines::{odd_spaces, trailing_blanks, trim};
use super::super::{Entry, Problem, ProblemKind, Value};
use super::{Block, Keys};
use crate::hash::QuickMap;
use crate::order::Order;
use crate::source::{Span, Text};
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StrInput, StructureStyle};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

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
    comments: Vec<(Span, Text)>,
    /// Where plain strings end that are a key's value, or an item: a comment there may have cut them.
    plain_ends: QuickMap<usize, bool>,
    /// The scalars with an anchor; a collection is not copied to its aliases, which might be many.
    anchors: HashMap<usize, Value>,
    /// The anchors of the whole block, for a chunk of it.
    known_anchors: Option<&'a HashSet<&'a str>>,
}

/// Parses `range` as one document; an `Err` says where and why the parser gave up. With `known_anchors`, an alias may refer to an anchor outside the range.
pub(super) fn document<'a>(
    text: &'a str,
    range: Range<usize>,
    keys: Keys,
    known_anchors: Option<&'a HashSet<&'a str>>,
) -> Result<Block, Problem> {
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
        plain_ends: QuickMap::default(),
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
                    return Err(Problem::new(span, ProblemKind::NotAnEntry));
                }
            }
            Event::MappingStart(style, ..) => {
                if let Value::Map(all) = reader.collection(false, style, span)?.value {
                    entries = all.into_vec();
                }
            }
            Event::Scalar(_, ScalarStyle::Plain, 0, None) if span.is_empty() => {}
            event if event.is_node() => return Err(Problem::new(span, ProblemKind::NotAnEntry)),
            _ => {}
        }
    }
    let mut block = Block {
        entries,
        problems: reader.cut_values(),
        comments: reader.comments,
        refused: false,
    };
    block.comments.order_by_key(|(span, _)| span.start);
    Ok(block)
}

impl<'a> Reader<'a> {
    /// The next event that is no comment.
    fn next(&mut self) -> Result<(Event<'a>, Span), Problem> {
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

    fn fault(&self, error: &ScanError) -> Problem {
        let kind = match error.kind() {
            ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart => ProblemKind::Tab,
            kind => ProblemKind::Parser(message(&kind.to_string())),
        };
        let at = self.base + error.marker().byte_offset().unwrap_or(0);
        Problem::new(Span::at(at), kind)
    }

    /// The entry of a mapping whose key begins with `event`.
    fn pair(&mut self, event: Event<'a>, span: Span) -> Result<Entry, Problem> {
        let name = match &event {
            Event::Scalar(name, ..) if !span.is_empty() => Some(name.clone()),
            _ => None,
        };
        let key = self.node(event, span, None)?.span;
        let (event, span) = self.next()?;
        let colon = self.after_colon(key);
        let node = self.node(event, span, Some(colon))?;
        self.note_plain_end(&node, false);
        Ok(self.entry(name.as_deref(), key, colon, node))
    }

    /// Notes where a plain string ends that is a key's value, or an item.
    fn note_plain_end(&mut self, node: &Node, is_item: bool) {
        if node.style == Style::Plain && matches!(node.value, Value::String(_)) {
            self.plain_ends.insert(node.span.end as usize, is_item);
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
        let (source, mut stray) = (node.span.of(self.text), node.stray);
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
            source: if is_scalar { source } else { "" }.into(),
            stray_whitespace: stray.into(),
            quoted: node.style == Style::Quoted,
        }
    }

    /// The value that begins with `event`. An empty one stands at `empty_at`, or where the parser was.
    fn node(
        &mut self,
        event: Event<'a>,
        span: Span,
        empty_at: Option<usize>,
    ) -> Result<Node, Problem> {
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let is_text = tag.is_some_and(|tag| !plainly_typed(&tag));
                let node = self.scalar(&value, style, is_text, span, empty_at);
                if anchor != 0 && node.span.len() <= 256 {
                    self.anchors.insert(anchor, node.value.clone());
                }
                Ok(node)
            }
            Event::SequenceStart(style, ..) => self.collection(true, style, span),
            Event::MappingStart(style, ..) => self.collection(false, style, span),
            Event::UnresolvedAlias(name)
                if !self.known_anchors.is_some_and(|all| all.contains(&*name)) =>
            {
                let reason = message(&ErrorKind::UnknownAnchor.to_string());
                Err(Problem::new(span, ProblemKind::Parser(reason)))
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
        // The parser says `~` for an empty scalar.
        let empty = plain && span.is_empty();
        if empty {
            span = Span::at(empty_at.unwrap_or(span.start as usize));
        }
        Node {
            value: match plain && !text_tag {
                true => Value::of_plain(value),
                false => Value::String(value.into()),
            },
            span,
            style: match style {
                _ if empty => Style::Empty,
                ScalarStyle::Plain => Style::Plain,
                ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                _ => Style::BlockScalar,
            },
            stray: odd_spaces(self.text, span).filter(|_| plain).collect(),
        }
    }

    /// The list or mapping that begins at `open`.
    fn collection(
        &mut self,
        is_list: bool,
        style: StructureStyle,
        open: Span,
    ) -> Result<Node, Problem> {
        let (mut items, mut entries, mut stray) = (Vec::new(), Vec::new(), Vec::new());
        // Indented collections end where the parser sees the next token; what they hold ends before that.
        let mut last = open.end;
        let close = loop {
            let (event, span) = self.next()?;
            if let Event::MappingEnd | Event::SequenceEnd | Event::StreamEnd = event {
                break span.end;
            }
            if is_list {
                let mut node = self.node(event, span, None)?;
                self.note_plain_end(&node, true);
                stray.append(&mut node.stray);
                last = last.max(node.span.end);
                items.push((node.value, node.span));
            } else {
                let entry = self.pair(event, span)?;
                last = last.max(entry.value_span.end).max(entry.key_span.end);
                entries.push(entry);
            }
        };
        let start = open.start as usize;
        let (style, start, end) = match style {
            StructureStyle::Flow => (Style::Flow, start, close),
            StructureStyle::Block if is_list => (Style::Indented, self.dash_before(start), last),
            StructureStyle::Block => (Style::Indented, start, last),
        };
        Ok(Node {
            value: match is_list {
                true => Value::List(items.into()),
                false => Value::Map(entries.into()),
            },
            span: trim(self.text, start..end as usize),
            style,
            stray,
        })
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
    fn cut_values(&self) -> Vec<Problem> {
        let cut = |comment: Span| {
            let blank = (comment.start as usize).checked_sub(1)?;
            let item = self.plain_ends.get(&blank)?;
            let source = comment.of(self.text);
            let word = source.get(1..)?.starts_with(char::is_alphanumeric);
            let lost = self.text.get(blank..)?.starts_with(' ') && (word || !item);
            let span = Span::new(blank, comment.end as usize);
            lost.then(|| Problem::new(span, ProblemKind::CutByComment))
        };
        let comments = self.comments.iter();
        comments.filter_map(|(span, _)| cut(*span)).collect()
    }
}

/// Whether a tag leaves the typing of a plain scalar as it is.
fn plainly_typed(tag: &granit_parser::Tag) -> bool {
    tag.core_suffix().is_some_and(|suffix| suffix != "str")
}

/// A parser's message in the tool's style.
pub(in super::super) fn message(text: &str) -> Text {
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

#[cfg(test)]
mod tests;
