//! What leads to a number and names it as a week's: the `Weeknotes: no.` of "Weeknotes: no. 12".

use super::claim::Reader;
use super::names::month_in_any_language;
use super::run::Style;
use super::statements::as_year;
use super::words::{self, is_week_word, last_word};
use crate::word_list::is_any;

/// What stands before a number and names it as a week's.
pub(super) struct Lead<'t> {
    pub(super) word: &'t str,
    /// Where the word begins, or the year before it.
    pub(super) start: usize,
    pub(super) style: Style,
}

impl<'t> Reader<'t> {
    /// What names the number or the year at the statement `at`, read backwards from there.
    pub(super) fn lead(&self, at: usize) -> Option<Lead<'t>> {
        let mut before = self.before(at);
        let floor = self.said.get(at)?.span.range().start - before.len();
        let (mut style, mut behind) = (Style::default(), "");
        // "Week -1"
        if before.ends_with(" -") || before.ends_with(" –") {
            return None;
        }
        for _ in 0..8 {
            before = before.trim_end();
            let last = before.chars().next_back()?;
            let word = last_word(before);
            // Of "v. 7", the v may be a version or a volume, but for Swedish notes.
            let is_swedish = || is_any(word, "v") && self.text.to_lowercase().contains("veck");
            if is_week_word(word) || is_any(word, "w") || is_swedish() {
                style.plural = word.to_ascii_lowercase().ends_with("weeks");
                let (start, year) = year_before(before.strip_suffix(word)?);
                style.year = style.year.or(year);
                let start = floor + start;
                return Some(Lead { word, start, style });
            } else if !word.is_empty() {
                let in_review = is_any(word, "in") && is_any(behind, "review");
                if !in_review && !words::FILLERS.has(word) {
                    return None;
                }
                (before, behind) = (before.strip_suffix(word)?, word);
                continue;
            } else if words::is_hash(last) || last == '°' {
                style.hash = true;
            } else if "-–—:|([".contains(last) {
                style.separated |= !style.hash;
            } else if last.is_ascii_digit() && style.hash {
                // "Weeknotes 2025 #20"
                let (start, year) = year_before(before);
                style.year = Some(year?);
                before = before.get(..start)?;
                continue;
            } else if !(last == '.' || last == ',' && style.hash) {
                // A comma leads on to a number only if that is marked as one.
                return None;
            }
            before = before.strip_suffix(last)?;
        }
        None
    }
}

/// Where in a text the year at its end begins, and the year: "2024 – ", "2024년 ".
pub(super) fn year_before(text: &str) -> (usize, Option<i16>) {
    let marks = |c: char| c.is_whitespace() || ",:-–—/|(年년".contains(c);
    let stem = text.trim_end_matches(marks);
    let at = stem.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    match stem.get(at..).and_then(as_year) {
        Some(year) => (at, Some(year)),
        None => (text.len(), None),
    }
}

/// Whether a week-word behind a text speaks of no particular week, "this week", or is one of a month or a quarter,
/// "February 2024, week 2", "Q1 W3".
pub(super) fn is_some_other_week(before: &str, lead: &Lead, value: u32) -> bool {
    let marks = |c: char| c.is_whitespace() || ",-–—:|.".contains(c);
    let before = before.trim_end_matches(marks);
    let before = before
        .get(..year_before(before).0)
        .unwrap_or("")
        .trim_end_matches(marks);
    let (name, quarter) = (
        last_word(before),
        before.trim_end_matches(|c: char| c.is_ascii_digit()),
    );
    let number = quarter.len() < before.len();
    lead.word == "week" && words::VAGUE.has(name)
        || value <= 5 && month_in_any_language(name).is_some()
        || number && (value <= 14 && is_any(last_word(quarter), "q") || lead.style.plural)
}
