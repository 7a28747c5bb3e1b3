//! What was meant as a link and prints as text: an address beside brackets, with a slip in what holds them together.

use super::Reader;
use crate::document::definitions::surrounding;
use crate::document::{Dialect, Link, LinkKind, Unlinked};
use crate::source::{Span, begins_with_any, holds_blank_line, line_at, places};
use pulldown_cmark::LinkType;

/// The longest text or destination that is looked for, in bytes: keeps the search linear on text full of `[a](`.
const LONGEST: usize = 1_000;

impl Reader<'_> {
    /// Brackets that are no link, because nothing defines their label.
    pub(super) fn broken_link(&mut self, span: Span, kind: LinkType) {
        let is_part = |link: &Link| link.unlinked.is_some() && link.span.contains(span);
        if self.links.last().is_some_and(is_part) {
            return;
        }
        let image = span.of(self.text).starts_with('!');
        let link = match kind {
            LinkType::Reference => self.reference(LinkKind::Full, image, span),
            LinkType::Collapsed => self.reference(LinkKind::Collapsed, image, span),
            _ => {
                let shortcut = self.reference(LinkKind::Shortcut, image, span);
                self.meant_as_inline(&shortcut).unwrap_or(shortcut)
            }
        };
        self.links.push(link);
    }

    /// The inline link that a pair of brackets was meant as, with the address before or after it.
    fn meant_as_inline(&self, shortcut: &Link) -> Option<Link> {
        let (text, end) = (self.text, shortcut.span.end as usize);
        let start = shortcut.span.start as usize;
        let unlinked = |unlinked, whole, words, destination| Link {
            unlinked,
            ..self.make(LinkKind::Inline, shortcut.image, whole, words, destination)
        };
        let words = shortcut.text_span;
        let after = text.get(end..)?;
        if after.starts_with('(') {
            let is_link = self.options.dialect == Dialect::Kramdown;
            let closed = |at: Span, reason| (at, at.end as usize + 1, reason);
            let (destination, close, reason) = if let Some((at, close)) = self.before_title(end) {
                (at, close, Some(Unlinked::OpenTitle))
            } else if let Some(at) = words_in_parentheses(text, end) {
                closed(at, (!is_link).then_some(Unlinked::WhiteSpace))
            } else if let Some(at) = self.broken_address(end) {
                closed(at, None)
            } else {
                let at = unclosed_parenthesis(text, end)?;
                (at, at.end as usize, Some(Unlinked::OpenParenthesis))
            };
            let whole = Span::new(start, close);
            return Some(unlinked(reason, whole, words, destination));
        }
        let is_prose = || !shortcut.text.contains(char::is_alphabetic) || &*shortcut.text == "x";
        let apart = [
            (" (http", ')', Unlinked::Gap),
            ("\n(http", ')', Unlinked::Gap),
            (" ( http", ')', Unlinked::Gap),
            ("{http", '}', Unlinked::Braces),
            (" [http", ']', Unlinked::Braces),
        ];
        for (opening, closing, reason) in apart {
            if after.starts_with(opening) && !is_prose() {
                let from = end + opening.len() - "http".len();
                let destination = address_until(text, from, closing)?;
                let whole = Span::new(start, destination.end as usize + 1);
                return Some(unlinked(Some(reason), whole, words, destination));
            }
        }
        let line = line_before(text, start).strip_suffix(')')?;
        let length = line.rsplit('(').next()?.len();
        let is_whole = (1..line.len()).contains(&length);
        let before = Span::new(start - 1 - length, start - 1);
        let whole = Span::new(before.start as usize - usize::from(is_whole), end);
        let (words, destination) = match address_until(text, words.start as usize, ']') {
            Some(destination) => (before, destination),
            None => (words, address_until(text, before.start as usize, ')')?),
        };
        let is_one = is_whole && (words == before || !is_prose());
        is_one.then(|| unlinked(Some(Unlinked::Reversed), whole, words, destination))
    }

    /// The address of `(https://example.com "title)` at `from`, and the end of the whole.
    fn before_title(&self, from: usize) -> Option<(Span, usize)> {
        let line = rest_of_line(self.text, from + 1);
        let inside = line.get(..closed_by(line, ')')?)?;
        let (address, title) = inside.split_once([' ', '\t'])?;
        let mark = title.trim_start().chars().next()?;
        // kramdown reads other marks as a part of the address.
        let is_title = matches!(mark, '"' | '\'')
            || matches!(mark, '“' | '‘' | '«' | '„') && self.options.dialect != Dialect::Kramdown;
        let is_address = address.starts_with("http") || address.starts_with('/');
        let address = Span::of_slice(address, self.text);
        (is_title && is_address).then(|| (address, from + 2 + inside.len()))
    }

    /// The address of `(https://example.com/a-`, a line break, `b)` at `from`: kramdown's links may go on to the end of the
    /// paragraph, and browsers drop the line break.
    fn broken_address(&self, from: usize) -> Option<Span> {
        let block = surrounding(&self.blocks.paragraphs, from)
            .filter(|_| self.options.dialect == Dialect::Kramdown)?;
        let end = (block.end as usize).min(from + LONGEST);
        let rest = window(self.text, from + 1, end);
        let address = rest.get(..closed_by(rest, ')')?)?;
        let is_line = |line: &str| !line.is_empty() && !line.contains(char::is_whitespace);
        let is_address = begins_with_any(address, &["http://", "https://", "/"]);
        (is_address && address.lines().all(is_line)).then(|| Span::of_slice(address, self.text))
    }

    /// Adds the links whose bracket (`[text(https://example.com)`) or quotation mark (`<a href="https://example.com>`) is
    /// not closed, and those whose text no bracket opens: Markdown sees no link in them at all.
    pub(super) fn add_unclosed(&mut self) {
        let bytes = self.text.as_bytes();
        let ends = self.links.iter().map(|link| link.text_span.end as usize);
        let mut ends: Vec<usize> = ends.collect();
        ends.sort_unstable();
        let parentheses =
            places(self.text, "(http").filter_map(|at| match bytes.get(..at).unwrap_or(&[]) {
                [.., b']', b'\\'] | [.., b'\\', b']'] => self.escaped(at),
                [.., b']'] if ends.binary_search(&(at - 1)).is_ok() => None,
                [.., b']'] => self.no_text(at),
                _ => self.open_bracket(at),
            });
        let mut found: Vec<Link> = parentheses.collect();
        found.extend(self.code.iter().filter_map(|code| self.in_code(*code)));
        let values = places(self.text, "=\"").filter(|at| {
            let name = bytes.get(..*at).unwrap_or(&[]);
            name.ends_with(b" href") || name.ends_with(b" src")
        });
        found.extend(values.filter_map(|at| self.open_quotation(at + 2)));
        found.retain(|link| !self.is_code(link.span.start as usize));
        self.links.append(&mut found);
    }

    /// An inline link that prints as text.
    fn unlinked(&self, reason: Unlinked, whole: Span, words: Span, destination: Span) -> Link {
        Link {
            unlinked: Some(reason),
            ..self.make(LinkKind::Inline, false, whole, words, destination)
        }
    }

    /// `[text(https://example.com)`, whose `(` stands at `at`.
    fn open_bracket(&self, at: usize) -> Option<Link> {
        let line = line_before(self.text, at);
        // Nearly all parentheses follow a closed bracket or a blank.
        if line.is_empty() || line.ends_with([']', ' ', '[']) || self.is_code(at) {
            return None;
        }
        let line = self.without_code(at - line.len(), at);
        let (_, words) = line.rsplit_once('[')?;
        let destination = address_until(self.text, at + 1, ')')?;
        let close = destination.end as usize + 1;
        let after = window(self.text, close, close + LONGEST);
        let (before, _) = after.split_once(']').unwrap_or((after, ""));
        let closed =
            before.len() < after.len() && !before.contains('[') && !holds_blank_line(before);
        if words.contains(']') || closed || words.starts_with('^') {
            return None;
        }
        let words = Span::new(at - words.len(), at);
        let whole = Span::new(words.start as usize - 1, close);
        // `[text}(https://example.com)`
        let odd = usize::from(words.of(self.text).ends_with(['}', '|', '>']));
        let words = Span::new(words.start as usize, at - odd);
        Some(self.unlinked(Unlinked::OpenBracket, whole, words, destination))
    }

    /// The text between two bytes, with letters for the brackets in code.
    fn without_code(&self, from: usize, to: usize) -> String {
        let text = window(self.text, from, to);
        let from = to - text.len();
        let is_in_code = |at: usize, one: char| matches!(one, '[' | ']') && self.is_code(from + at);
        text.char_indices()
            .map(|(at, one)| if is_in_code(at, one) { 'x' } else { one })
            .collect()
    }

    /// `text](https://example.com)`, whose `(` stands at `at`.
    fn no_text(&self, at: usize) -> Option<Link> {
        let destination = address_until(self.text, at + 1, ')')?;
        let is_html = surrounding(&self.blocks.html, at).is_some();
        let start = surrounding(&self.blocks.paragraphs, at).map_or_else(
            || line_at(self.text, at).start,
            |block| block.start as usize,
        );
        let before = self.without_code(start.max(at.saturating_sub(LONGEST)), at - 1);
        let (opened, closed) = (before.matches('[').count(), before.matches(']').count());
        let reason = match opened > closed {
            true if before.ends_with(')') && before.contains("](") => Unlinked::Nested,
            true => return None,
            false => Unlinked::NoBracket,
        };
        // Of `[text]](https://example.com)` the text is known.
        let words = before
            .strip_suffix(']')
            .and_then(|text| text.rsplit_once('['));
        let (whole, words) = match words.map(|(_, words)| words.len()) {
            Some(length) if !is_html => {
                let words = Span::new(at - 2 - length, at - 2);
                let end = destination.end as usize + 1;
                (Span::new(words.start as usize - 1, end), words)
            }
            _ => (destination, Span::at(destination.start as usize)),
        };
        (!is_html).then(|| self.unlinked(reason, whole, words, destination))
    }

    /// `\[text\](https://example.com)`, whose `(` stands at `at`, as word processors write it. Who explains Markdown does the
    /// same, and says so.
    fn escaped(&self, at: usize) -> Option<Link> {
        let block = surrounding(&self.blocks.paragraphs, at)?;
        let from = (block.start as usize).max(at.saturating_sub(LONGEST));
        let block = window(self.text, from, (block.end as usize).min(at + LONGEST));
        let line = line_before(self.text, at);
        let words = line.trim_end_matches('\\').strip_suffix(']')?;
        let words = words.trim_end_matches('\\');
        let before = words.rfind('[')?;
        let start = at - line.len();
        let mut destination = address_until(self.text, at + 1, ')')?;
        let end = destination.end as usize + 1;
        let is_escaped = destination.of(self.text).ends_with('\\');
        destination.end -= u32::from(is_escaped);
        let opening = line.get(..before)?.trim_end_matches('\\').len();
        let is_about_markdown = block.to_ascii_lowercase().contains("markdown");
        let whole = Span::new(start + opening, end);
        let words = Span::new(start + before + 1, start + words.len());
        (!is_about_markdown).then(|| self.unlinked(Unlinked::Escaped, whole, words, destination))
    }

    /// `` [`text](https://example.com)` ``, of which a code span takes in the bracket.
    fn in_code(&self, code: Span) -> Option<Link> {
        let (start, inside) = (code.start as usize, code.of(self.text));
        let close = inside.find("](http")?;
        let is_one = line_before(self.text, start).ends_with('[')
            && inside.ends_with(")`")
            && !inside.starts_with("``")
            && !inside.get(..close)?.contains('[');
        let destination = address_until(self.text, start + close + 2, ')')?;
        let is_whole = is_one && destination.end + 2 == code.end;
        let whole = Span::new(start.saturating_sub(1), code.end as usize);
        let words = Span::new(start, start + close);
        is_whole.then(|| self.unlinked(Unlinked::Code, whole, words, destination))
    }

    /// `<a href="https://example.com>`, whose address begins at `at`.
    fn open_quotation(&self, at: usize) -> Option<Link> {
        let line = rest_of_line(self.text, at);
        let length = line.find(['"', '>', '<', ' '])?;
        let is_address = line.starts_with("http") || line.starts_with('/');
        let rest = line.get(length..)?;
        // The next attribute, or the end of the tag.
        let next = rest
            .strip_prefix(' ')
            .and_then(|rest| rest.split_once("=\""));
        let is_name = |name: &str| {
            name.bytes()
                .all(|one| one.is_ascii_lowercase() || one == b'-')
        };
        let is_open = rest.starts_with('>') || next.is_some_and(|(name, _)| is_name(name));
        if !is_address || !is_open {
            return None;
        }
        let destination = Span::new(at, at + length);
        let none = Span::at(at);
        Some(Link {
            unlinked: Some(Unlinked::OpenQuotation),
            ..self.make(LinkKind::Html, false, destination, none, destination)
        })
    }

    /// Whether code stands at a byte.
    pub(super) fn is_code(&self, at: usize) -> bool {
        surrounding(&self.code, at).is_some() || surrounding(&self.blocks.code, at).is_some()
    }
}

/// The line from the byte `from` on, or as much of it as a destination may take.
fn rest_of_line(text: &str, from: usize) -> &str {
    let rest = window(text, from, from + LONGEST);
    line_at(rest, 0).of(rest)
}

/// The line before the byte `at`, or as much of it as a text may take.
fn line_before(text: &str, at: usize) -> &str {
    let before = window(text, at.saturating_sub(LONGEST), at);
    line_at(before, before.len()).of(before)
}

/// The characters that lie between two bytes of `text` or its end.
fn window(text: &str, from: usize, to: usize) -> &str {
    let (mut from, mut to) = (from, to.min(text.len()));
    while from < to && !text.is_char_boundary(from) {
        from += 1;
    }
    while from < to && !text.is_char_boundary(to) {
        to -= 1;
    }
    text.get(from..to).unwrap_or("")
}

/// The address of another site from `from` on, up to the first `closing` that none of its own parentheses needs.
fn address_until(text: &str, from: usize, closing: char) -> Option<Span> {
    let line = rest_of_line(text, from);
    let address = line.get(..closed_by(line, closing)?)?.trim_end();
    let rest = address.strip_prefix("http")?;
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    let is_address = rest.starts_with("://") || rest.starts_with("//");
    (is_address && !address.contains(char::is_whitespace)).then(|| Span::of_slice(address, text))
}

/// Where the first `closing` stands that none of the line's own parentheses needs.
fn closed_by(line: &str, closing: char) -> Option<usize> {
    let mut depth = 0;
    line.find(|next| {
        depth += i32::from(next == '(');
        depth -= i32::from(next == ')');
        next == closing && (closing != ')' || depth < 0)
    })
}

/// The text of `(two words)` at `from`, on one line, with a blank in it and without quotes.
fn words_in_parentheses(text: &str, from: usize) -> Option<Span> {
    let line = rest_of_line(text, from + 1);
    let inside = line.get(..closed_by(line, ')')?)?;
    let trimmed = inside.trim();
    if !trimmed.contains([' ', '\t']) || trimmed.contains(['"', '\'', '<']) {
        return None;
    }
    Some(Span::of_slice(trimmed, text))
}

/// The address of `(https://example.com/a_(b)` at `from`, whose parenthesis is not closed on the line.
fn unclosed_parenthesis(text: &str, from: usize) -> Option<Span> {
    let line = rest_of_line(text, from + 1);
    let address = line.split_whitespace().next()?;
    // `((https://example.com)`
    let inside = address.strip_prefix('(').unwrap_or(address);
    let address = match inside.split_once(')') {
        Some((before, _)) if inside.len() < address.len() => address.get(..=before.len())?,
        _ => address,
    };
    let is_address = begins_with_any(inside, &["http://", "https://", "www.", "/"]);
    if !is_address || !line.starts_with(address) || line.len() >= LONGEST {
        return None;
    }
    let count = |wanted| memchr::memchr_iter(wanted, line.as_bytes()).count();
    (count(b'(') >= count(b')')).then(|| Span::of_slice(address, text))
}
