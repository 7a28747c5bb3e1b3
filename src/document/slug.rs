//! The ids that renderers make of headings.
//!
//! Which of them a site uses is often a setting (`auto_id_stripping`, `autoHeadingIDType`, a plug-in), so that a
//! fragment counts as known where any plausible rule yields it:
//!
//! - kramdown (`converter/base.rb`, `basic_generate_id`): the heading's source, up to the first ASCII letter stripped,
//!   all but ASCII letters, digits, blanks and hyphens dropped, blanks to hyphens, lower-case; `section` where nothing
//!   is left. The source holds the addresses of links.
//! - GitHub, and kramdown's GFM parser (`generate_gfm_header_id`): lower-case, all but word characters, hyphens and
//!   blanks dropped, blanks to hyphens. Goldmark does the same.
//! - Zola and Eleventy: words joined by single hyphens, accents dropped by some.
//!
//! The second heading of the same id gets `-1`, the third `-2`.

use super::Heading;
use std::collections::{HashMap, HashSet};

/// The rules, each for a heading's source and for its text.
const RULES: [fn(&str) -> String; 4] = [kramdown, github, words, ascii_words];

/// Every id that any of the rules gives one of `headings`.
pub fn ids(headings: &[Heading]) -> HashSet<String> {
    let mut ids = HashSet::new();
    let mut seen: HashMap<(usize, String), usize> = HashMap::new();
    for heading in headings {
        for (number, rule) in RULES.iter().enumerate() {
            // Both forms are counted, even where they are the same: a renderer uses one of them throughout.
            for (form, text) in [&heading.source, &heading.text].into_iter().enumerate() {
                let id = rule(text);
                let rule_and_form = number * 2 + form;
                let count = seen.entry((rule_and_form, id.clone())).or_default();
                if *count > 0 {
                    ids.insert(format!("{id}-{count}"));
                }
                *count += 1;
                ids.insert(id);
            }
        }
    }
    ids
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
    joined(text, |character| {
        character
            .is_alphanumeric()
            .then(|| character.to_lowercase().next().unwrap_or(character))
    })
}

/// The words of `text` in ASCII, apostrophes left out.
fn ascii_words(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|character| !matches!(character, '\'' | '’'))
        .collect();
    joined(&plain, |character| {
        let character = unaccented(character);
        character
            .is_ascii_alphanumeric()
            .then(|| character.to_ascii_lowercase())
    })
}

fn joined(text: &str, letter: impl Fn(char) -> Option<char>) -> String {
    let mut id = String::with_capacity(text.len());
    let mut between = false;
    for character in text.chars() {
        match letter(character) {
            Some(letter) => {
                if between && !id.is_empty() {
                    id.push('-');
                }
                between = false;
                id.push(letter);
            }
            None => between = true,
        }
    }
    id
}

/// The letter without its accent, for the letters of Latin-1.
fn unaccented(character: char) -> char {
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
mod tests {
    use super::*;
    use crate::document::{Dialect, ParseOptions, parse};

    #[test]
    fn kramdown_reads_the_source() {
        assert_eq!(
            kramdown("2 x [Shelves](http://example.com/a)"),
            "x-shelveshttpexamplecoma"
        );
        assert_eq!(kramdown("What's next?"), "whats-next");
        assert_eq!(kramdown("Tea & biscuits"), "tea--biscuits");
        assert_eq!(kramdown("2024"), "section");
    }

    #[test]
    fn github_keeps_digits_and_letters_of_any_script() {
        assert_eq!(github("2 x Étagères & co_op"), "2-x-étagères--co_op");
        assert_eq!(github("  What’s next? "), "whats-next");
    }

    #[test]
    fn words_are_joined_by_one_hyphen() {
        assert_eq!(words("Tea & biscuits"), "tea-biscuits");
        assert_eq!(ascii_words("What’s a Café?"), "whats-a-cafe");
    }

    #[test]
    fn repeated_headings_are_counted() {
        let options = ParseOptions {
            dialect: Dialect::Kramdown,
            ..ParseOptions::default()
        };
        let text = "## Plans\n\n## [Plans](/x)\n\n## Plans\n";
        let ids = ids(&parse("a.md", text, options).headings);
        for id in ["plans", "plans-1", "plans-2", "plansx"] {
            assert!(ids.contains(id), "{id} in {ids:?}");
        }
        assert!(!ids.contains("plans-3"));
    }
}
