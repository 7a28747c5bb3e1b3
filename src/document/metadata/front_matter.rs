//! Front matter: metadata before the Markdown, and dates as people write them there.
//!
//! ```text
//! file     BOM? ( yaml | toml | json ) body
//! yaml     "---" blank* newline  YAML  ( "---" | "..." ) blank*
//! toml     "+++" blank* newline  TOML  "+++" blank*
//! json     "{" ... "}" blank*                             an object that parses
//! named    "---" blank* language newline  ...  "---" blank*
//! bare     ";;;" blank* newline  JSON, often without its braces  ";;;" blank*
//! ```
//!
//! Which of them a generator takes ([`Fences`]) was asked of them: Jekyll, MkDocs and Pandoc end YAML at `...`; Hugo
//! 0.111 and gray-matter (Eleventy) go on to the next `---`, and gray-matter alone knows `---json`, `---yaml` and `---js`;
//! Hugo, Zola and Nikola know TOML, Hugo JSON, Middleman `;;;`. What a generator does not take is text of the page.
//!
//! Each fence is a line of its own and ends with `\n`, `\r\n` or the file. A block may be empty.
//!
//! `---` is a thematic break as well (CommonMark section 4.1). A file that begins with one is not taken for a file
//! with front matter: what stands between two of them counts as metadata where YAML finds a mapping or nothing in it,
//! or where the first line is that of a key. A fence that is never closed, or closed only by a thematic break far
//! below, is recognised by its next line, which has a key of one word.
//!
//! Sources: Jekyll's `Document::YAML_FRONT_MATTER_REGEXP`, Hugo's front matter formats, YAML as in `yaml.rs`,
//! TOML 1.0, RFC 8259.

use super::lines::{Line, beginning, lines};
use super::yaml::{self, Block, Keys};
use super::{Format, Metadata, Problem, ProblemKind, json, scalar, toml};
use crate::source::{Span, line_at};
use crate::week::names::is_weekday;
use crate::week::statements::{Stated, statements};
use jiff::civil::Date;
use std::ops::Range;

/// The front matter that a site takes beside YAML between two `---`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fences {
    /// YAML that ends at `...`.
    pub dots: bool,
    /// `---json` and its like, and `;;;`.
    pub named: bool,
    /// TOML between `+++`.
    pub toml: bool,
    /// A JSON object.
    pub json: bool,
}

impl Default for Fences {
    fn default() -> Self {
        Fences {
            dots: true,
            named: true,
            toml: true,
            json: true,
        }
    }
}

/// The front matter of a file, and the span of the body after it; `None` where the file has none.
pub fn parse(text: &str, fences: Fences) -> Option<(Metadata, Span)> {
    let start = beginning(text);
    let first = text.len() - text.get(start..)?.trim_start().len();
    let mut found = match text.as_bytes().get(first)? {
        b'-' | b';' if fences.named && names_language(text, first) => named_block(text, first),
        b'-' => yaml_block(text, first, fences),
        b'+' if fences.toml => toml_block(text, first),
        b'{' if fences.json && first == start => json_block(text, start),
        _ => None,
    }?;
    if first > start {
        let metadata = &mut found.0;
        let fence = Span::new(first, first + 3);
        let key = metadata.entries.first()?.key_span;
        let between = text.get(first + 3..key.start as usize)?;
        // Two thematic breaks with a sentence between them are none.
        if between.trim_start_matches([' ', '\t', '\r']) != "\n" || !metadata.problems.is_empty() {
            return None;
        }
        let problem = Problem::new(fence, ProblemKind::NotFirst);
        metadata.problems.push(problem);
    }
    Some(found)
}

/// The date of a string, where the whole string is a date or a point in time in a common notation: with the year first
/// (`2025-02-17`, `2025/02/17`, `2025-2-7`, `2021-06-25 14:00:00`, with `T`, with an offset), or with the month's name
/// (`Feb 17, 2025`, `Mon, 17 February 2025 10:00`).
pub fn lenient_date(text: &str) -> Option<Date> {
    // Most texts are none, which is seen before they are read.
    let has_digits = text.bytes().filter(u8::is_ascii_digit).count() >= 5;
    let date = || scalar::lenient_date(text).or_else(|| worded_date(text.trim()));
    has_digits.then(date).flatten()
}

/// "Wednesday, 30 September 2026 10:00:00.000 +0100" is shorter.
const LONGEST: usize = 50;

fn worded_date(text: &str) -> Option<Date> {
    if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let said = *statements(text).first()?;
    let Stated::Day(Some(date)) = said.stated else {
        return None;
    };
    let span = said.span.range();
    let before = text.get(..span.start)?.trim_end_matches([' ', ',', '.']);
    let time = text.get(span.end..)?.trim_start();
    let is_alone = before.is_empty() || is_weekday(before);
    let is_time =
        time.is_empty() || time.starts_with(|c: char| c.is_ascii_digit()) && time.contains(':');
    (is_alone && is_time).then_some(date)
}

/// An opening fence and the lines up to the closing one.
struct Fenced {
    opening: Line,
    content: Range<usize>,
    /// The byte after the closing fence and its line ending; `None` where there is no closing fence.
    end: Option<usize>,
}

/// The fence that the file has at `start`.
fn fenced(text: &str, start: usize, closing: &[&str]) -> Option<Fenced> {
    let mut all = lines(text, start..text.len());
    let opening = all.next()?;
    let opens = |line: Line| line.of(text).trim_end_matches([' ', '\t']);
    if Some(&opens(opening)) != closing.first() {
        return None;
    }
    let close = all.find(|line| closing.contains(&opens(*line)));
    Some(Fenced {
        opening,
        content: opening.next..close.map_or(text.len(), |line| line.start),
        end: close.map(|line| line.next),
    })
}

/// Whether the first line is `---json`, `--- toml` or `;;;`.
fn names_language(text: &str, start: usize) -> bool {
    let line = lines(text, start..text.len()).next();
    let line = line.map_or("", |line| line.of(text).trim_end());
    let language = line.strip_prefix("---").map(str::trim_start);
    let is_word = |word: &str| word.starts_with(|first: char| first.is_ascii_lowercase());
    line == ";;;"
        || language.is_some_and(|language| {
            is_word(language) && language.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Front matter whose first fence names a language; what only that language can read has keys that are not known.
fn named_block(text: &str, start: usize) -> Option<(Metadata, Span)> {
    let mut all = lines(text, start..text.len());
    let opening = all.next()?;
    let fence = text.get(start..start + 3)?;
    let language = opening.of(text).get(3..)?.trim();
    let close = all.find(|line| line.of(text).trim_end() == fence)?;
    let content = opening.next..close.start;
    let mut is_opaque = false;
    let (format, block) = match language {
        "yaml" | "yml" => (Format::Yaml, yaml::parse(text, content, Keys::Plain)),
        "toml" => (Format::Toml, toml::parse(text, content)),
        _ => {
            let inside = text.get(content)?;
            let object = opening.next + (inside.len() - inside.trim_start().len());
            let read = json::parse(text, object);
            is_opaque = read.is_none();
            let entries = read.map_or(Vec::new(), |(entries, _)| entries);
            (Format::Json, Block::of(entries, Vec::new()))
        }
    };
    let (mut metadata, body) = assemble(text, format, start..close.next, block);
    metadata.is_opaque = is_opaque;
    Some((metadata, body))
}

fn yaml_block(text: &str, start: usize, fences: Fences) -> Option<(Metadata, Span)> {
    let closing: &[&str] = match fences.dots {
        true => &["---", "..."],
        false => &["---"],
    };
    let fenced = fenced(text, start, closing)?;
    if let Some(end) = fenced.end {
        let block = yaml::parse(text, fenced.content.clone(), Keys::Plain);
        let content = || fenced.content.clone();
        let has_keys = || begins_with_key(text, content()) || goes_on_with_keys(text, content());
        if block.refused && !has_keys() {
            return None;
        }
        if !block.refused || !goes_on_as_prose(text, content()) {
            return Some(assemble(text, Format::Yaml, start..end, block));
        }
    }
    let end = unclosed_end(text, fenced.opening.next, yaml::has_plain_key)?;
    let mut block = yaml::parse(text, fenced.opening.next..end, Keys::Plain);
    block.problems.insert(0, unclosed(text, &fenced));
    Some(assemble(text, Format::Yaml, start..end, block))
}

fn toml_block(text: &str, start: usize) -> Option<(Metadata, Span)> {
    let fenced = fenced(text, start, &["+++"])?;
    let (content, end) = match fenced.end {
        Some(end) => (fenced.content.clone(), end),
        None => {
            let end = unclosed_end(text, fenced.opening.next, |line| {
                let after = yaml::identifier(line).and_then(|length| line.get(length..));
                after.is_some_and(|after| after.trim_start().starts_with('='))
                    || line.starts_with('[')
            })?;
            (fenced.opening.next..end, end)
        }
    };
    let mut block = toml::parse(text, content);
    if fenced.end.is_none() {
        block.problems.insert(0, unclosed(text, &fenced));
    }
    Some(assemble(text, Format::Toml, start..end, block))
}

fn json_block(text: &str, start: usize) -> Option<(Metadata, Span)> {
    // The rest of the line is white space.
    let read = json::parse(text, start)
        .map(|(entries, end)| (Block::of(entries, Vec::new()), line_at(text, end).next));
    let faulty = || {
        let (problem, end) = json::fault(text, start)?;
        Some((Block::of(Vec::new(), vec![problem]), end))
    };
    let (block, end) = read.or_else(faulty)?;
    Some(assemble(text, Format::Json, start..end, block))
}

fn assemble(text: &str, format: Format, range: Range<usize>, block: Block) -> (Metadata, Span) {
    let body = Span::new(range.end, text.len());
    (Metadata::of(format, range, block), body)
}

fn unclosed(text: &str, fenced: &Fenced) -> Problem {
    Problem::new(fenced.opening.trimmed(text), ProblemKind::Unclosed)
}

/// Whether the first line that says something begins with a key.
fn begins_with_key(text: &str, content: Range<usize>) -> bool {
    let silent = |line: &str| line.trim().is_empty() || line.starts_with('#');
    let first = lines(text, content)
        .map(|line| line.of(text))
        .find(|line| !silent(line));
    first.is_some_and(|line| {
        let key = yaml::key_line(line, Keys::Plain);
        // A sentence may have a colon; a key of more than three words is one.
        let short = |length: usize| {
            line.get(..length)
                .is_some_and(|key| key.split(' ').count() <= 3)
        };
        key.is_some_and(|key| short(key.length))
    })
}

/// Whether all lines but the first are those of keys of one word in lower case, or belong to one.
fn goes_on_with_keys(text: &str, content: Range<usize>) -> bool {
    let mut keys = 0;
    let rest = lines(text, content).skip(1).map(|line| line.of(text));
    let mut belong = rest.map(|line| {
        let is_key =
            line.starts_with(|first: char| first.is_ascii_lowercase()) && yaml::has_plain_key(line);
        keys += usize::from(is_key);
        is_key || keys > 0 && line.starts_with([' ', '-', '#'])
    });
    belong.all(|belongs| belongs) && keys > 0
}

/// Whether keys are followed by a blank line, and that by text without any key of one word: the block was not closed,
/// and what looks like its end is a thematic break of the body.
fn goes_on_as_prose(text: &str, content: Range<usize>) -> bool {
    let mut all = lines(text, content).map(|line| line.of(text));
    if !all.any(|line| line.trim().is_empty()) {
        return false;
    }
    let mut prose = false;
    for line in all {
        if yaml::has_plain_key(line) {
            return false;
        }
        prose |= !line.trim().is_empty() && !yaml::belongs(line);
    }
    prose
}

/// Where the entries after an unclosed fence end: at the first line that is none. `None` where the line after the
/// fence is no entry, so that the fence is a thematic break.
fn unclosed_end(text: &str, start: usize, is_entry: impl Fn(&str) -> bool) -> Option<usize> {
    let mut end = None;
    for line in lines(text, start..text.len()) {
        let source = line.of(text);
        let continues = end.is_some() && yaml::belongs(source);
        if source.trim().is_empty() || !(continues || is_entry(source)) {
            break;
        }
        end = Some(line.next);
    }
    end
}

#[cfg(test)]
mod tests;
