//! The ids that renderers make of headings.
//!
//! Which of them a site uses is often a setting (`auto_id_stripping`, `autoHeadingIDType`, a plug-in), so that a
//! fragment counts as known where any plausible rule yields it:
//!
//! - kramdown (`converter/base.rb`, `basic_generate_id`): the heading's source, up to the first ASCII letter stripped,
//!   all but ASCII letters, digits, blanks and hyphens dropped, blanks to hyphens, lower-case; `section` where nothing
//!   is left. The source holds the addresses of links.
//! - GitHub, and kramdown's GFM parser (`generate_gfm_header_id`): lower-case, all but word characters, hyphens and
//!   blanks dropped, blanks to hyphens. Goldmark does the same, by choice without accents.
//! - Zola and the slugs of npm: words joined by single hyphens; some drop accents or apostrophes, or spell `&` out.
//! - `markdown-it-anchor`: lower-case, blanks to hyphens, nothing dropped.
//!
//! The second heading of the same id gets `-1`, the third `-2`.

use super::Heading;
use std::collections::{HashMap, HashSet};

/// Every id that any of the rules gives one of `headings`.
pub fn ids(headings: &[Heading]) -> HashSet<String> {
    let mut ids = HashSet::new();
    let mut seen: HashMap<(usize, String), usize> = HashMap::new();
    for heading in headings {
        // Both forms are counted, even where they are the same: a renderer uses one of them throughout.
        let forms = [&heading.source, &heading.text].map(|text| by_all_rules(text));
        for (rule_and_form, id) in forms.into_iter().flatten().enumerate() {
            let count = seen.entry((rule_and_form, id.clone())).or_default();
            if *count > 0 {
                ids.insert(format!("{id}-{count}"));
            }
            *count += 1;
            ids.insert(id);
        }
    }
    ids
}

fn by_all_rules(text: &str) -> [String; 9] {
    let ascii = |text: &str| text.chars().map(unaccented).collect::<String>();
    let unquoted = text.replace(['\'', '’'], "");
    let spelt_out = text.replace('&', " and ");
    let blanks = text.split_whitespace().collect::<Vec<_>>().join("-");
    [
        kramdown(text),
        github(text),
        github(&ascii(text)),
        words(text),
        words(&ascii(text)),
        words(&unquoted),
        words(&ascii(&unquoted)),
        words(&ascii(&spelt_out)),
        blanks.to_lowercase(),
    ]
}

/// The id that kramdown's own parser makes.
pub fn kramdown(source: &str) -> String {
    let id: String = source
        .chars()
        .skip_while(|character| !character.is_ascii_alphabetic())
        .filter_map(|character| match character {
            ' ' => Some('-'),
            '-' => Some('-'),
            character if character.is_ascii_alphanumeric() => Some(character.to_ascii_lowercase()),
            _ => None,
        })
        .collect();
    if id.is_empty() {
        "section".to_owned()
    } else {
        id
    }
}

/// The id that GitHub, and kramdown's GFM parser, make.
pub fn github(text: &str) -> String {
    text.trim()
        .chars()
        .filter_map(|character| match character {
            ' ' | '\t' => Some('-'),
            '-' | '_' => Some(character),
            character if character.is_alphanumeric() => Some(character),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The words of `text`, joined by hyphens.
fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|character: char| !character.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// The letter without its accent, for the letters of Latin-1.
pub fn unaccented(character: char) -> char {
    match character {
        'À'..='Å' | 'à'..='å' => 'a',
        'Ç' | 'ç' => 'c',
        'È'..='Ë' | 'è'..='ë' => 'e',
        'Ì'..='Ï' | 'ì'..='ï' => 'i',
        'Ñ' | 'ñ' => 'n',
        'Ò'..='Ö' | 'ò'..='ö' | 'Ø' | 'ø' => 'o',
        'Ù'..='Ü' | 'ù'..='ü' => 'u',
        'Ý' | 'ý' | 'ÿ' => 'y',
        _ => character,
    }
}

#[cfg(test)]
mod tests;
