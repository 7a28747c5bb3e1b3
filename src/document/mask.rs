//! Template tags, masked so that Markdown does not read them.
//!
//! ERB (`<% %>`), Liquid, Nunjucks, Jinja, Tera and Hugo (`{{ }}`, `{% %}`, `{# #}`) and, in MDX, braces and
//! `import`/`export` lines are run before Markdown sees the text. A masked tag keeps its length and its line endings, so
//! that no offset moves: it becomes the private-use character [`MARK`], followed by `x`. Destinations are read as they
//! stand afterwards, with their tags.
//!
//! A tag ends on its first closing delimiter. One that is not closed before the next blank line is left as it is (ERB
//! may hold blank lines): `{{` in prose about templates is prose.

use crate::source::Span;
use std::borrow::Cow;

/// The first character of a masked tag, three bytes long in UTF-8.
pub const MARK: char = '\u{e000}';

/// The longest ERB tag that is looked for, in bytes; keeps the search linear on text full of `<%`.
const LONGEST_TAG: usize = 4_096;

/// Whether a template tag stands in `text`, masked or as it is: what it becomes is not known before the site is built.
pub fn holds_tag(text: &str) -> bool {
    let opens = || ["{{", "{%", "<%"].iter().any(|tag| text.contains(tag));
    memchr::memchr2(b'{', b'<', text.as_bytes()).is_some() && opens() || text.contains(MARK)
}

/// Masks the template tags of `text`; returns the masked text and the spans of the tags, in order.
pub fn mask(text: &str, mdx: bool) -> (Cow<'_, str>, Vec<Span>) {
    let tags = find_tags(text, mdx);
    if tags.is_empty() {
        return (Cow::Borrowed(text), tags);
    }
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for tag in &tags {
        masked.push_str(text.get(done..tag.start as usize).unwrap_or(""));
        let inside = tag.of(text);
        // Every tag is at least four bytes long (`{{}}`), or a brace pair of MDX of two, which has no room for the mark.
        let mut filled = 0;
        if inside.len() >= MARK.len_utf8()
            && !inside
                .bytes()
                .take(MARK.len_utf8())
                .any(|byte| matches!(byte, b'\n' | b'\r'))
        {
            masked.push(MARK);
            filled = MARK.len_utf8();
        }
        masked.extend(inside.bytes().skip(filled).map(|byte| {
            if matches!(byte, b'\n' | b'\r') {
                byte as char
            } else {
                'x'
            }
        }));
        done = tag.end as usize;
    }
    masked.push_str(text.get(done..).unwrap_or(""));
    (Cow::Owned(masked), tags)
}

fn find_tags(text: &str, mdx: bool) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut tags: Vec<Span> = Vec::new();
    let mut from = 0;
    if mdx {
        tags.extend(module_lines(text));
    }
    while let Some(found) = bytes
        .get(from..)
        .and_then(|rest| memchr::memchr2(b'<', b'{', rest))
    {
        let at = from + found;
        let rest = bytes.get(at..).unwrap_or(&[]);
        let end = match rest {
            [b'<', b'%', ..] => close(bytes, at + 2, b"%>", true),
            [b'{', b'{', ..] => close(bytes, at + 2, b"}}", false),
            [b'{', b'%', ..] => close(bytes, at + 2, b"%}", false),
            [b'{', b'#', next, ..] if next.is_ascii_whitespace() => {
                close(bytes, at + 2, b"#}", false)
            }
            [b'{', ..] if mdx => close(bytes, at + 1, b"}", false),
            _ => None,
        };
        match end {
            Some(end) => {
                let tag = Span::new(at, end);
                if !tags.iter().rev().take(64).any(|other| other.overlaps(tag)) {
                    tags.push(tag);
                }
                from = end;
            }
            None => from = at + 1,
        }
    }
    tags.sort_unstable();
    tags
}

/// The end of a tag whose content begins at `from`.
fn close(bytes: &[u8], from: usize, closing: &[u8], blank_lines: bool) -> Option<usize> {
    let window = bytes.get(from..bytes.len().min(from + LONGEST_TAG))?;
    let length = memchr::memmem::find(window, closing)?;
    let inside = window.get(..length)?;
    if !blank_lines && memchr::memmem::find(inside, b"\n\n").is_some() {
        return None;
    }
    Some(from + length + closing.len())
}

/// The `import` and `export` lines of an MDX file.
fn module_lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let content = line.trim_end();
        (content.starts_with("import ") || content.starts_with("export "))
            .then(|| Span::new(start, start + content.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        let (masked, _) = mask(text, false);
        assert_eq!(masked.len(), text.len(), "no offset may move");
        masked.replace(MARK, "•")
    }

    #[test]
    fn tags_keep_their_length_and_their_lines() {
        assert_eq!(masked("a <%= by('x') %> b"), "a •xxxxxxxxxxx b");
        assert_eq!(masked("{{ site.url }}/x"), "•xxxxxxxxxxx/x");
        assert_eq!(masked("<% if a\n\nb %>c"), "•xxxx\n\nxxxxc");
    }

    #[test]
    fn an_unclosed_tag_is_prose() {
        assert_eq!(
            masked("write `{{` and then\n\nclose it }}"),
            "write `{{` and then\n\nclose it }}"
        );
        assert_eq!(masked("5 <% of"), "5 <% of");
    }

    #[test]
    fn braces_are_masked_in_mdx_alone() {
        assert_eq!(masked("a {b} c"), "a {b} c");
        let (text, tags) = mask("import A from 'a'\n\nx {props.y} z", true);
        assert_eq!(tags.len(), 2);
        assert!(text.ends_with(" z") && !text.contains("props"));
    }
}
