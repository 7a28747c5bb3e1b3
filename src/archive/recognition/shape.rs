//! What a name looks like: days and numbers left out, words kept. Files that are named alike have one shape.

use crate::source::Span;
use crate::week::names::is_weekday;
use crate::week::statements::Reading;

/// What varies from one name to the next: a number, a day.
pub(super) const VARIES: [char; 2] = ['#', 'D'];

/// `0012-use-postgres`: a number, or a run of two, and a title, which may begin with a number of its own.
fn is_number_and_title(shape: &str) -> bool {
    let behind = shape.strip_prefix('#').unwrap_or("");
    let title = behind.trim_start_matches(['-', '.']);
    let mut title = title.trim_start_matches("#-").chars();
    behind.starts_with(['-', '.'])
        && title.next().is_some_and(is_letter)
        && title.next().is_some_and(|c| is_letter(c) || c == '-')
}

/// `week-#-rain-and-beans`: what stands after a word and a number is a title, which may begin with a number of its own.
/// Where the number ends.
fn title_behind(shape: &str) -> Option<usize> {
    let mut numbers = shape.match_indices('#').map(|(at, _)| shape.split_at(at));
    let (before, _) = numbers.find(|(before, behind)| {
        let before = before.trim_end_matches(|c| !is_of_word(c));
        let letters = before.len()
            - before
                .trim_end_matches(|c: char| c.is_ascii_lowercase())
                .len();
        let title = behind.trim_start_matches(|c| !is_of_word(c));
        let first = title.chars().take_while(|c| is_letter(*c)).count();
        let mut rest = title.chars().skip(first);
        letters > 1
            && (first > 2
                || first > 0
                    && rest.next() == Some('-')
                    && rest.take(2).filter(|c| is_letter(*c)).count() == 2)
    })?;
    Some(before.len() + 1)
}

/// Names of files on a Mac have their accents apart.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}')
}

fn is_of_word(c: char) -> bool {
    is_letter(c) || c.is_numeric()
}

/// A topic behind a day, which no other file need have.
const DAY_AND_TITLE: &str = "D-*";

/// A name that is a topic alone.
pub(super) const TITLE: &str = "*";

/// A number, and a topic.
pub(super) const NUMBERED_TITLE: &str = "#-*";

/// A name has a day or two; no more are looked for.
const MOST_DAYS: usize = 2;

/// Where days stand in a text, and ranges of days.
fn days(text: &Reading) -> impl Iterator<Item = Span> {
    let days = text.said.iter().filter(|said| said.stated.is_day());
    days.map(|statement| statement.span).take(MOST_DAYS)
}

/// A text with `mark` for each day.
pub(super) fn without_days(read: &Reading, mark: &str) -> String {
    let text = read.text;
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for span in days(read).map(|span| span.range()) {
        rest.push_str(&text.get(at..span.start).unwrap_or("").to_lowercase());
        rest.push_str(mark);
        at = span.end;
    }
    rest.push_str(&text.get(at..).unwrap_or("").to_lowercase());
    rest
}

/// The shape of a name.
pub(in crate::archive) fn of(name: &Reading) -> String {
    let mut shape = without_numbers(&without_weekdays(&without_days(name, "D")));
    if is_number_and_title(&shape) {
        shape = NUMBERED_TITLE.to_owned();
    }
    if let Some(end) = title_behind(&shape) {
        shape.replace_range(end.., "*");
    }
    shape
}

/// The shape of a name, where it is a note's: behind a day and the number of a note, too, stands a title; in names of other
/// files the number may be part of it: "10 ways to eat beans".
pub(in crate::archive) fn of_note(shape: &str) -> &str {
    let title = shape.strip_prefix("D-#-");
    let is_title = title.is_some_and(|title| title.starts_with(char::is_alphabetic));
    if is_title { "D-#*" } else { shape }
}

/// The shape of a name that has a run of numbers, if that is taken for one number: `issue-14-15`, `week-14-15-2024`.
pub(super) fn of_run(name: &str, shape: &str) -> Option<String> {
    let numbers = name.split(|c: char| !c.is_ascii_digit());
    let numbers = numbers.filter(|part| !part.is_empty()).map(str::parse);
    let numbers: Vec<u32> = numbers
        .take(MOST_NUMBERS + 1)
        .collect::<Result<_, _>>()
        .ok()?;
    let is_run = |pair: &[u32]| pair[0] < pair[1] && pair[1] - pair[0] <= LONGEST_RUN;
    let first = numbers.windows(2).position(is_run)?;
    let marks = shape.match_indices('#').map(|(at, _)| at);
    let marks: Vec<usize> = marks.collect();
    if numbers.len() > MOST_NUMBERS || marks.len() != numbers.len() {
        return None;
    }
    let (start, end) = (*marks.get(first)?, *marks.get(first + 1)?);
    let (before, rest) = (shape.get(..start)?, shape.get(start..end)?);
    (rest == "#-").then(|| [before, shape.get(end..).unwrap_or("")].concat())
}

/// A name with a run has these numbers and a year at most.
const MOST_NUMBERS: usize = 3;

/// How far the ends of a run in a name are apart.
const LONGEST_RUN: u32 = 4;

/// The digits that a name of this shape begins with, where a title follows.
pub(super) fn leading_number<'n>(name: &'n str, shape: &str) -> Option<&'n str> {
    let end = name.find(|c: char| !c.is_ascii_digit())?;
    name.get(..end)
        .filter(|digits| !digits.is_empty() && shape == NUMBERED_TITLE)
}

/// The shape by which files are grouped that do not say what they are: topics, which are all different, are left out.
pub(super) fn without_topic(shape: &str) -> &str {
    let topic = || {
        let topic = shape.strip_prefix("D-")?;
        topic.contains(char::is_alphabetic).then_some(DAY_AND_TITLE)
    };
    if shape.contains(VARIES) {
        topic().unwrap_or(shape)
    } else {
        TITLE
    }
}

/// A date may have its day of the week beside it: `2024-03-07 Thursday` is named like Friday's note.
fn without_weekdays(name: &str) -> String {
    let mut shape = String::with_capacity(name.len());
    for part in name.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphabetic());
        // "segunda-feira"
        if is_weekday(word) || word == "feira" {
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

/// A pattern for the files of `folder` that are of one kind with `path`, whose telling name is `name`.
pub(super) fn pattern(folder: &str, path: &str, name: &str, kind: &str) -> String {
    let starred = match kind {
        TITLE => "*".to_owned(),
        _ => {
            let name = Reading::of(name);
            starred(&name, kind.ends_with('*') || of(&name).ends_with('*'))
        }
    };
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

/// A name with a star for its day, for each number, and for the title behind them, if it has one.
fn starred(name: &Reading, has_title: bool) -> String {
    let days: Vec<Span> = days(name).collect();
    let is_day = |at: usize| days.iter().any(|span| span.range().contains(&at));
    let mut varies = name
        .text
        .char_indices()
        .map(|(at, c)| (c, is_day(at) || c.is_ascii_digit()))
        .peekable();
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
mod tests;
