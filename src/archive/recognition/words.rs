//! What a text calls the page that it names: weekly notes, something weekly, or the week of a number.
//!
//! Words are compared without what stands between them (`week-notes`, `Week notes` and `weeknotes` are one), and only
//! whole: `weeklies` is no `weekly`.

use crate::week::{Claim, dates};

/// What a page is called, the more telling last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Call {
    /// `week 12`; the pages of a course are called so, too.
    Week,
    /// `This week in gardens`, `2024-W07`: something that comes every week.
    Weekly,
    /// `weeknotes`: the thing itself.
    Note,
}

/// Names of the thing itself: enough where a part of a name or a title begins with them, or a number follows.
const NOTES: &[&str] = &[
    "weeknote",
    "weeknotes",
    "weeklynote",
    "weeklynotes",
    "weeklog",
    "weeklogs",
    "weeklylog",
    "weeklylogs",
    "weekinreview",
    "weeknotities",
    "wochennotiz",
    "wochennotizen",
    "wochenrückblick",
    "wochenrueckblick",
    "wochenbericht",
    "wochenschau",
    "notesdelasemaine",
    "notedelasemaine",
    "notasdelasemana",
    "notassemanales",
    "settimanali",
    "veckobrev",
    "ukebrev",
    "ugebrev",
    "еженедельник",
    "итогинедели",
];

/// The same in scripts that put nothing between words.
const IDEOGRAPHIC_NOTES: &[&str] = &[
    "周刊", "周报", "周記", "周记", "週刊", "週報", "週記", "주간",
];

/// Words that tell the rhythm: enough where a name or a title begins with them and says little else.
const RHYTHMS: &[&str] = &[
    "weekly",
    "weeklies",
    "thisweekin",
    "thisweekat",
    "thisweekon",
    "lastweekin",
    "lastweekat",
    "lastweekon",
    "thethisweekin",
    "weekending",
    "weekbeginning",
    "weekcommencing",
    "weekof",
    "weekfrom",
    "hebdo",
    "hebdomadaire",
    "wöchentlich",
    "semanal",
    "lasemaine",
    "еженедельно",
];

const IDEOGRAPHIC_RHYTHMS: &[&str] = &["每周", "本周", "今週"];

/// Words that hint at something that comes again.
const HINTS: &[&str] = &[
    "issue",
    "issues",
    "edition",
    "editions",
    "episode",
    "episodes",
    "digest",
    "newsletter",
    "minutes",
    "meeting",
    "meetings",
    "roundup",
    "ausgabe",
    "numéro",
    "numero",
    "protokoll",
    "protokolle",
    "standup",
    "update",
    "updates",
    "report",
    "reports",
    "review",
    "reviews",
];

/// A rhythm says what a page is where no more than these characters stand behind it.
const LONGEST_REST: usize = 25;

/// The words of the longest name above.
const MOST_WORDS: usize = 5;

/// What the name of a thing is by its words alone, whatever its numbers: a folder's, a repository's.
pub(super) fn of_place(name: &str) -> Option<Call> {
    let is_ideographic = |list: &[&str]| list.iter().any(|word| name.contains(word));
    let words = words(name);
    let has = |list: &[&str]| (0..words.len()).any(|at| begins_with(&words[at..], list).is_some());
    if has(NOTES) || is_ideographic(IDEOGRAPHIC_NOTES) {
        Some(Call::Note)
    } else {
        (has(RHYTHMS) || is_ideographic(IDEOGRAPHIC_RHYTHMS)).then_some(Call::Weekly)
    }
}

/// What a name, a title or a heading calls its page. `is_label`: whether the text is there to say what the page is.
pub(super) fn of_text(text: &str, is_label: bool) -> Option<Call> {
    let mut found = None;
    for part in parts(text) {
        let words = words(part);
        let before_number = || {
            (1..words.len()).any(|at| {
                let after =
                    begins_with(&words[at..], NOTES).and_then(|length| words.get(at + length));
                after.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
            })
        };
        if begins_with(&words, NOTES).is_some()
            || before_number()
            || has_ideographic(part, IDEOGRAPHIC_NOTES)
        {
            return Some(Call::Note);
        }
        let rest = |length: usize| {
            words
                .iter()
                .skip(length)
                .map(|word| word.chars().count() + 1)
                .sum::<usize>()
        };
        let is_rhythm =
            begins_with(&words, RHYTHMS).is_some_and(|length| rest(length) < LONGEST_REST);
        if is_label && (is_rhythm || has_ideographic(part, IDEOGRAPHIC_RHYTHMS)) {
            found = Some(Call::Weekly);
        }
    }
    found
}

/// Whether a title names weekly notes and a topic of theirs: "Weeknotes: rain and beans".
pub(super) fn has_topic(title: &str) -> bool {
    let mut parts = parts(title).filter(|part| !part.trim().is_empty());
    let is_note = parts
        .next()
        .is_some_and(|part| of_text(part, true) == Some(Call::Note));
    is_note && parts.next().is_some()
}

/// What the number of a name or a title makes of its page: a week's, or one of the ISO calendar.
pub(super) fn of_number(claim: Option<&Claim>) -> Option<Call> {
    let claim = claim?;
    if claim.iso && claim.year.is_some() {
        return Some(Call::Weekly);
    }
    (claim.named && !claim.numbers.is_empty()).then_some(Call::Week)
}

/// Whether a text has a word that hints at something that comes again.
pub(super) fn hints(text: &str) -> bool {
    text.contains('期')
        || words(text)
            .iter()
            .any(|word| HINTS.contains(&word.as_str()))
}

fn has_ideographic(part: &str, list: &[&str]) -> bool {
    list.iter().any(|word| part.contains(word))
}

/// The parts of a text that may each name its page: what stands between colons, dashes, brackets and dates.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let date = dates::range(text).map_or(0..0, |(_, span)| span.range());
    let before = text.get(..date.start).unwrap_or("");
    let after = text.get(date.end..).unwrap_or("");
    [before, after].into_iter().flat_map(|text| {
        text.split([':', '|', '–', '—', ',', ';', '(', ')', '[', ']'])
            .flat_map(|part| part.split(" - "))
    })
}

/// The words and numbers of a text, in lower case.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = None;
    for character in text.chars() {
        let kind =
            (character.is_alphanumeric() || character == '\'').then(|| character.is_ascii_digit());
        match (kind, words.last_mut()) {
            (Some(_), Some(word)) if kind == last => word.extend(character.to_lowercase()),
            (Some(_), _) => words.push(character.to_lowercase().collect()),
            (None, _) => {}
        }
        last = kind;
    }
    words
}

/// How many of `words` make the name out of `list` that they begin with.
fn begins_with(words: &[String], list: &[&str]) -> Option<usize> {
    let mut joined = String::new();
    let mut found = None;
    for (index, word) in words.iter().take(MOST_WORDS).enumerate() {
        joined.push_str(word);
        if list.contains(&joined.as_str()) {
            found = Some(index + 1);
        }
    }
    found
}
