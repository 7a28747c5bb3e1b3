//! The page that template tags in a destination name, where a generator's own words say it:
//!
//! - Jekyll: `{% post_url 2024-02-16-week-7 %}`, `{% link _posts/2024-02-16-week-7.md %}`
//! - Jekyll, Eleventy: `{{ '/week-7/' | relative_url }}`, `{{ "/week-7/" | url }}`
//! - Hugo: `{{< ref "week-7.md" >}}`, `{{% relref "/notes/week-7#plans" %}}`
//! - any: `{{ site.baseurl }}` and its like, before one of the above or before a path from the root

use super::mask;

/// How a tag names a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `post_url`: date and name of a post's file.
    Post,
    /// `link`: a file's path.
    File,
    /// `ref`, `relref`: a page's path or name.
    Page,
    /// An address.
    Address,
}

/// What the tags of a destination name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'d> {
    /// How.
    pub kind: Kind,
    /// The name; a part of the destination. An address may hold a fragment.
    pub name: &'d str,
    /// What follows the `#` after the name.
    pub fragment: Option<&'d str>,
}

/// Reads a destination that begins with a template tag; `None` where the tags do not say what they name.
pub fn read(destination: &str) -> Option<Named<'_>> {
    let mut rest = destination;
    loop {
        let (inside, after) = tag(rest)?;
        if let Some((kind, name)) = name(rest, inside) {
            let behind = after.strip_prefix('#');
            let is_read = after.is_empty() || behind.is_some() && !mask::holds_tag(after);
            let (name, fragment) = match name.split_once('#') {
                Some((name, fragment)) if kind == Kind::Page => (name, Some(fragment)),
                _ => (name, behind),
            };
            return is_read.then_some(Named {
                kind,
                name,
                fragment,
            });
        }
        rest = after;
        if rest.starts_with('/') && !mask::holds_tag(rest) {
            return Some(Named {
                kind: Kind::Address,
                name: rest,
                fragment: None,
            });
        }
    }
}

/// What stands inside the tag at the beginning of `text`, and after it.
fn tag(text: &str) -> Option<(&str, &str)> {
    let output = text.strip_prefix("{{").map(|rest| rest.split_once("}}"));
    let logic = || text.strip_prefix("{%").map(|rest| rest.split_once("%}"));
    output.or_else(logic)?
}

/// What the tag at the beginning of `text` names, with `inside` between its delimiters.
fn name<'t>(text: &str, inside: &'t str) -> Option<(Kind, &'t str)> {
    if text.starts_with("{%") {
        let inside = inside.strip_prefix('-').unwrap_or(inside);
        let inside = inside.strip_suffix('-').unwrap_or(inside).trim();
        let (word, name) = inside.split_once(char::is_whitespace)?;
        let kind = match word {
            "post_url" => Kind::Post,
            "link" => Kind::File,
            _ => return None,
        };
        return (!name.contains('{')).then_some((kind, name.trim()));
    }
    for delimiters in [('<', '>'), ('%', '%')] {
        if let Some(shortcode) = inside.strip_prefix(delimiters.0) {
            let shortcode = shortcode.strip_suffix(delimiters.1)?.trim();
            let (word, argument) = shortcode.split_once(char::is_whitespace)?;
            let argument = argument.trim();
            let name = quoted(argument).map_or(argument, |(name, _)| name);
            let is_alone = name.len() == argument.len() && !argument.contains(['=', ' ', '"'])
                || name.len() + 2 == argument.len();
            return (matches!(word, "ref" | "relref") && is_alone).then_some((Kind::Page, name));
        }
    }
    let (name, filters) = quoted(inside.trim_matches(['-', ' ']))?;
    let mut filters = filters.split('|').map(str::trim);
    let is_known = |filter: &str| {
        let base = filter.strip_prefix("prepend:").map(str::trim);
        matches!(filter, "relative_url" | "absolute_url" | "url")
            || base.is_some_and(|base| base.starts_with("site."))
    };
    // Nothing stands between the text and the first filter's bar.
    (filters.next() == Some("") && filters.all(is_known)).then_some((Kind::Address, name))
}

/// The text in quotes at the beginning, and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next()?;
    let inside = text.strip_prefix(['"', '\'', '`'])?;
    inside.split_once(quote)
}

#[cfg(test)]
mod tests;
