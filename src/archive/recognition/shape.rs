//! What a name looks like: days and numbers left out, words kept. Files that are named alike have one shape.

use crate::week::dates;
use regex::Regex;
use std::sync::LazyLock;

/// What varies from one name to the next: a number, a day.
pub(super) const VARIES: [char; 2] = ['#', 'D'];

fn pattern_of(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

/// `0012-use-postgres`: a number and a title.
static NUMBER_AND_TITLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern_of(r"^#[\-.]+[\w&&[^\d_]]{2}.*$"));

/// `week-#-rain-and-beans`: what stands after a word and a number is a title.
static TITLE_BEHIND: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern_of(r"((?:^|[^a-z])[a-z]{2,}\W*#)[\W_]*[\w&&[^\d_#]]{3,}.*$"));

/// Days of the week, which a date may have beside it: `2024-03-07 Thursday` is named like Friday's note.
const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun \
                        montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi \
                        samedi dimanche lunes martes miércoles jueves viernes sábado domingo";

/// The shape of a name.
pub(super) fn of(name: &str) -> String {
    let mut rest = name;
    let mut dated = String::new();
    // A name has a day or two; no more are looked for.
    for _ in 0..2 {
        let Some((_, span)) = dates::range(rest) else {
            break;
        };
        dated.push_str(&rest.get(..span.start as usize).unwrap_or("").to_lowercase());
        dated.push('D');
        rest = rest.get(span.end as usize..).unwrap_or("");
    }
    dated.push_str(&rest.to_lowercase());
    let plain = without_numbers(&without_weekdays(&dated));
    let titled = NUMBER_AND_TITLE.as_ref().map_or_else(
        || plain.as_str().into(),
        |found| found.replace(&plain, "#-*"),
    );
    match TITLE_BEHIND.as_ref() {
        Some(found) => found.replace(&titled, "${1}*").into_owned(),
        None => titled.into_owned(),
    }
}

fn without_weekdays(name: &str) -> String {
    let is_weekday = |word: &str| WEEKDAYS.split(' ').any(|day| day == word);
    let mut shape = String::with_capacity(name.len());
    for part in name.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphabetic());
        if is_weekday(word) {
            shape.truncate(shape.trim_end_matches([' ', '-', '_', ',', '(']).len());
            shape.push_str(part.strip_prefix(word).unwrap_or(""));
        } else {
            shape.push_str(part);
        }
    }
    shape
}

/// Numbers become `#`, blanks a dash.
fn without_numbers(name: &str) -> String {
    let mut shape = String::with_capacity(name.len());
    for character in name.chars() {
        let kept = match character {
            _ if character.is_ascii_digit() => '#',
            '_' => '-',
            _ if character.is_whitespace() => '-',
            _ => character,
        };
        if !(matches!(kept, '#' | '-') && shape.ends_with(kept)) {
            shape.push(kept);
        }
    }
    shape
}

/// A pattern for the files of `folder` that are named like `path`, whose telling name is `name`.
pub(super) fn pattern(folder: &str, path: &str, name: &str) -> String {
    let starred = starred(name);
    let file = path.rsplit('/').next().unwrap_or(path);
    let last = match file.strip_prefix(name) {
        Some(extension) => format!("{starred}{}", globset::escape(extension)),
        None => format!("{starred}/{}", globset::escape(file)),
    };
    let below = path.strip_prefix(folder).unwrap_or(path);
    let below = below.trim_start_matches('/');
    let is_deep = below.matches('/').count() > last.matches('/').count();
    let parts = [
        globset::escape(folder),
        if is_deep { "**" } else { "" }.to_owned(),
        last,
    ];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("/")
}

/// A name with a star for its day, for each number, and for the title behind them.
fn starred(name: &str) -> String {
    let day = dates::range(name).map_or(0..0, |(_, span)| span.range());
    let mut varies = name
        .char_indices()
        .map(|(at, c)| (c, day.contains(&at) || c.is_ascii_digit()))
        .peekable();
    let has_title = of(name).ends_with('*');
    let mut starred = String::new();
    let mut word = String::new();
    while let Some((character, is_star)) = varies.next() {
        if !is_star {
            word.push(character);
        }
        if is_star || varies.peek().is_none() {
            starred.push_str(&globset::escape(&std::mem::take(&mut word)));
        }
        if is_star && !starred.ends_with('*') {
            starred.push('*');
            if has_title {
                break;
            }
        }
    }
    starred
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_varies_is_left_out() {
        for (name, shape) in [
            ("2024-03-07 Thursday", "D"),
            ("Entry_12", "entry-#"),
            ("0012-use-postgres", "#-*"),
            ("week-3-rain-and-beans", "week-#*"),
        ] {
            assert_eq!(of(name), shape, "{name}");
        }
    }

    #[test]
    fn a_pattern_holds_the_names_as_they_are_written() {
        for (folder, path, name, expected) in [
            ("Log", "Log/Entry 12.md", "Entry 12", "Log/Entry *.md"),
            (
                "log",
                "log/2024/2024-03-07-twig-3.md",
                "2024-03-07-twig-3",
                "log/**/*-twig-*.md",
            ),
            ("a[b]", "a[b]/12/index.md", "12", "a[[]b[]]/*/index.md"),
            ("", "0012-use-postgres.md", "0012-use-postgres", "*.md"),
        ] {
            let found = pattern(folder, path, name);
            assert_eq!(found, expected, "{path}");
            let glob = globset::Glob::new(&found).map(|glob| glob.compile_matcher());
            assert!(glob.is_ok_and(|glob| glob.is_match(path)), "{path}");
        }
    }
}
