//! Template tags, masked so that Markdown does not read them.
//!
//! ERB (`<% %>`), Liquid, Nunjucks, Jinja, Tera and Hugo (`{{ }}`, `{% %}`, `{# #}`) and, in MDX, braces and
//! `import`/`export` lines are run before Markdown sees the text. A masked tag keeps its length and its line endings, so
//! that no offset moves: it becomes the private-use character [`MARK`], followed by `x`. Destinations are read as they
//! stand afterwards, with their tags. What stands between tags such as `{% highlight %}` and `{% endhighlight %}` is no
//! Markdown and becomes blanks.
//!
//! Which of them a site runs follows from its generator ([`Openings`]); of the others only those in destinations are
//! masked, where they cannot be read otherwise. In prose they are text, with whatever links stand in them.
//!
//! A tag ends on its first closing delimiter. One that is not closed before the next blank line is left as it is (ERB
//! may hold blank lines): `{{` in prose about templates is prose.

use super::definitions::surrounding;
use crate::source::{Span, begins_with_any, holds_blank_line, line_at, lines};
use std::borrow::Cow;

/// The first character of a masked tag, three bytes long in UTF-8.
pub const MARK: char = '\u{e000}';

/// The longest ERB tag that is looked for, in bytes; keeps the search linear on text full of `<%`.
const LONGEST_TAG: usize = 4_096;

/// How far before a tag the beginning of its destination is looked for, in bytes.
const LONGEST_LABEL: usize = 1_000;

/// Whether a template tag stands in `text`, masked or as it is: what it becomes is not known before the site is built.
pub fn holds_tag(text: &str) -> bool {
    let opens = || ["{{", "{%", "<%"].iter().any(|tag| text.contains(tag));
    memchr::memchr2(b'{', b'<', text.as_bytes()).is_some() && opens() || text.contains(MARK)
}

/// How the tags begin that a site runs. Of other tags nothing is masked, as far as they stand in prose: they are text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Openings(pub &'static [&'static str]);

impl Default for Openings {
    /// Every tag that is known.
    fn default() -> Self {
        Openings(&["<%", "{{", "{%", "{#"])
    }
}

/// What is left of a text for Markdown. All spans are offsets into both texts.
pub struct Masked<'t> {
    /// The text with its tags masked, and with blanks for `code`.
    pub text: Cow<'t, str>,
    /// The tags outside `code`, in order, whether the site runs them or not.
    pub tags: Vec<Span>,
    /// Those that are masked, in order.
    pub run: Vec<Span>,
    /// What template tags enclose that is no Markdown, in order.
    pub code: Vec<Span>,
}

/// Tags and shortcodes whose content is no Markdown: code, diagrams, formulas, comments.
const CODE_TAGS: &str = "highlight codeblock code code-toggle prism comment mermaid plantuml graphviz markmap chart math \
    katex latex style css javascript js schema";

/// Masks the template tags of `text` that begin with one of `openings`, and what they say is code.
pub fn mask(text: &str, mdx: bool, openings: Openings) -> Masked<'_> {
    let mut tags = find_tags(text, mdx);
    let is_run = |tag: &&Span| {
        mdx || begins_with_any(tag.of(text), openings.0) || in_destination(text, **tag)
    };
    let mut run: Vec<Span> = tags.iter().filter(is_run).copied().collect();
    let mut code = enclosed(text, &run, CODE_TAGS);
    code.retain(|part| opens_alone(text, *part));
    tags.retain(|tag| surrounding(&code, tag.start as usize).is_none());
    run.retain(|tag| surrounding(&code, tag.start as usize).is_none());
    let text = match run.is_empty() {
        true => Cow::Borrowed(text),
        false => Cow::Owned(masked(text, &run, &code)),
    };
    Masked {
        text,
        tags,
        run,
        code,
    }
}

/// The text with the tags `run` masked, and with blanks for `code`.
fn masked(text: &str, run: &[Span], code: &[Span]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    let mut parts: Vec<(Span, bool)> = run.iter().map(|tag| (*tag, true)).collect();
    parts.extend(code.iter().map(|part| (*part, false)));
    parts.sort_unstable();
    for (part, is_tag) in parts {
        masked.push_str(text.get(done..part.start as usize).unwrap_or(""));
        let inside = part.of(text);
        let is_ending = |byte: &u8| matches!(byte, b'\n' | b'\r');
        // Every tag is at least four bytes long (`{{}}`), or a brace pair of MDX of two, which has no room for the mark.
        let beginning = inside.as_bytes().get(..MARK.len_utf8());
        let mut filled = 0;
        if is_tag && beginning.is_some_and(|bytes| !bytes.iter().any(is_ending)) {
            masked.push(MARK);
            filled = MARK.len_utf8();
        }
        let filler = if is_tag { 'x' } else { ' ' };
        let rest = inside.bytes().skip(filled);
        masked.extend(rest.map(|byte| match is_ending(&byte) {
            true => char::from(byte),
            false => filler,
        }));
        done = part.end as usize;
    }
    masked.push_str(text.get(done..).unwrap_or(""));
    masked
}

/// Whether a tag stands where an address is to stand: `[text]({{ url }}/page)`, `[label]: {{ url }}/page`.
fn in_destination(text: &str, tag: Span) -> bool {
    let end = tag.start as usize;
    let start = end.saturating_sub(LONGEST_LABEL);
    let before = (start..=end).find_map(|start| text.get(start..end));
    let line = before.unwrap_or("").rsplit('\n').next().unwrap_or("");
    let word = line.rsplit([' ', '\t']).next().unwrap_or("");
    let defines = || line.trim_start().starts_with('[') && line.trim_end().ends_with("]:");
    word.contains("](") || word.ends_with("]:") || word.is_empty() && defines()
}

/// How many tags may stand between an opening tag and its closing one; keeps the search linear.
const MOST_INSIDE: usize = 64;

/// The parts of `text` between the tags that open and close one of `names`: `{% raw %}` and `{% endraw %}`,
/// `{{< code >}}` and `{{< /code >}}`, Zola's `{% code() %}` and `{% end %}`.
pub fn enclosed(text: &str, tags: &[Span], names: &str) -> Vec<Span> {
    let mut parts: Vec<Span> = Vec::new();
    for (index, tag) in (1..).zip(tags) {
        let name = word(tag.of(text));
        let is_inside = parts.last().is_some_and(|last| tag.start < last.end);
        if is_inside || !names.split(' ').any(|known| known == name) {
            continue;
        }
        let after = tags.get(index..).unwrap_or(&[]).iter().take(MOST_INSIDE);
        let close = after
            .map(|other| (other, word(other.of(text))))
            .take_while(|(_, other)| *other != name)
            .find(|(_, other)| {
                let closed = other.strip_prefix("end").or(other.strip_prefix('/'));
                closed.is_some_and(|closed| closed == name || *other == "end")
            });
        parts.extend(close.map(|(close, _)| Span::new(tag.end as usize, close.start as usize)));
    }
    parts
}

/// The first word of a tag that does something: `endraw` of `{%- endraw -%}`; of others nothing.
fn word(tag: &str) -> &str {
    if !begins_with_any(tag, &["{%", "{{<", "{{%"]) {
        return "";
    }
    let inside = tag.trim_start_matches(['{', '%', '<', '-', ' ']);
    let ends = |one: char| one.is_whitespace() || matches!(one, '%' | '>' | '}' | '(');
    let word = inside.split(ends).next().unwrap_or("");
    word.trim_end_matches('-')
}

/// Whether nothing but the markers of a list or a quotation stands before the tag that opens `part`, or `part` ends on the
/// same line: a tag in prose about templates opens nothing.
fn opens_alone(text: &str, part: Span) -> bool {
    let before = text.get(..part.start as usize).unwrap_or("");
    let line = line_at(before, before.len()).of(before);
    let marker = line.split('{').next().unwrap_or("");
    let is_prose = |one: char| one.is_alphabetic() || one == '`';
    !part.of(text).contains('\n') || !marker.contains(is_prose)
}

fn find_tags(text: &str, mdx: bool) -> Vec<Span> {
    let bytes = text.as_bytes();
    let modules = mdx.then(|| module_lines(text));
    let mut tags: Vec<Span> = modules.into_iter().flatten().collect();
    let mut from = 0;
    for at in memchr::memchr2_iter(b'<', b'{', bytes) {
        let end = match bytes.get(at..).unwrap_or(&[]) {
            _ if at < from => None,
            [b'<', b'%', ..] => close(text, at + 2, b"%>", true),
            [b'{', b'{', ..] => close(text, at + 2, b"}}", false),
            [b'{', b'%', ..] => close(text, at + 2, b"%}", false),
            [b'{', b'#', next, ..] if next.is_ascii_whitespace() => {
                close(text, at + 2, b"#}", false)
            }
            [b'{', ..] if mdx => close(text, at + 1, b"}", false),
            _ => None,
        };
        if let Some(end) = end {
            from = end;
            let tag = Span::new(at, end);
            if !tags.iter().rev().take(64).any(|other| other.overlaps(tag)) {
                tags.push(tag);
            }
        }
    }
    tags.sort_unstable();
    tags
}

/// The end of a tag whose content begins at `from`.
fn close(text: &str, from: usize, closing: &[u8], blank_lines: bool) -> Option<usize> {
    let window = text.as_bytes().get(from..)?;
    let window = window.get(..window.len().min(LONGEST_TAG))?;
    let length = memchr::memmem::find(window, closing)?;
    let is_whole = blank_lines || !holds_blank_line(text.get(from..from + length)?);
    is_whole.then_some(from + length + closing.len())
}

/// The `import` and `export` lines of an MDX file.
fn module_lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    lines(text, 0..text.len()).filter_map(move |line| {
        let content = line.of(text).trim_end();
        (content.starts_with("import ") || content.starts_with("export "))
            .then(|| Span::new(line.start, line.start + content.len()))
    })
}

#[cfg(test)]
mod tests;
