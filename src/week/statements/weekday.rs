//! Days of the week that stand beside a full date: "Thursday, 7 March 2024", "2024-03-07 (Thursday)".

use super::{Stated, Statement};
use crate::source::Span;
use crate::week::names::weekday_in_any_language;
use crate::week::words::{first_word, last_word};
use crate::word_list::is_any;
use jiff::civil::{Date, Weekday};

/// A day of the week in `text` that is not that of the date beside it, and the date. `said` is what the text states.
pub fn wrong_weekday(text: &str, said: &[Statement]) -> Option<(Span, Date)> {
    said.iter().find_map(|statement| {
        let Stated::Day(Some(date)) = statement.stated else {
            return None;
        };
        let (word, weekday) =
            before(text, statement.span).or_else(|| behind(text, statement.span))?;
        (weekday != date.weekday()).then_some((Span::of_slice(word, text), date))
    })
}

/// The day of the week before a date, with an article between them or none: "torsdag den 7 mars", "quinta-feira, 7 de março".
fn before(text: &str, date: Span) -> Option<(&str, Weekday)> {
    let mut rest = text.get(..date.start as usize)?;
    for _ in 0..3 {
        rest = rest.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '.'));
        let word = last_word(rest);
        if let Some(weekday) = weekday_in_any_language(word) {
            return Some((word, weekday));
        }
        if !is_any(word, "the den der de le el il feira dia") {
            return None;
        }
        rest = rest.strip_suffix(word)?;
    }
    None
}

/// The day of the week behind a date: "2024-03-07 Thursday", "7 March 2024 (Thursday)".
fn behind(text: &str, date: Span) -> Option<(&str, Weekday)> {
    let rest = text.get(date.end as usize..)?;
    let rest = rest.trim_start_matches([' ', ',', '(']);
    let word = first_word(rest);
    Some((word, weekday_in_any_language(word)?))
}
