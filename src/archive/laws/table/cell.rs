//! What one place of one note holds, and the numbers and runs of weeks that it states.

use super::{Field, Type};
use crate::document::metadata::Timestamp;
use crate::source::Span;
use crate::week::statements::{Stated, Statement, statements};

/// What one place of one note holds.
#[derive(Debug, Clone)]
pub(in crate::archive::laws) struct Cell<'d> {
    /// Which place.
    pub(in crate::archive::laws) field: Field,
    /// Its text; of a list or map none.
    pub(in crate::archive::laws) text: &'d str,
    /// The whole of it in the file; empty at 0 for names.
    pub(in crate::archive::laws) span: Span,
    /// Whether `text` stands at `span` as it is.
    pub(in crate::archive::laws) verbatim: bool,
    /// The type of its value.
    pub(in crate::archive::laws) kind: Type,
    /// Whether the value is a date or a point in time and nothing else; and whether it has a time of day.
    pub(in crate::archive::laws) date: Option<bool>,
    /// The point in time, where it is one.
    pub(in crate::archive::laws) time: Option<Timestamp>,
    /// What the text states.
    pub(in crate::archive::laws) said: Vec<Statement>,
}

impl<'d> Cell<'d> {
    /// A place that holds a text which stands nowhere in the file.
    pub(super) fn named(field: Field, text: &'d str) -> Self {
        Cell {
            field,
            text,
            span: Span::at(0),
            verbatim: false,
            kind: Type::Text,
            date: None,
            time: None,
            said: statements(text),
        }
    }

    /// Where a part of the text stands in the file.
    pub(in crate::archive::laws) fn part(&self, part: Span) -> Span {
        if self.verbatim {
            part.shifted(self.span.start as usize)
        } else {
            self.span
        }
    }

    pub(in crate::archive::laws) fn has_number(&self) -> bool {
        self.numbers().next().is_some()
    }

    /// The numbers it states; season and episode count as one.
    pub(in crate::archive::laws) fn numbers(&self) -> impl Iterator<Item = i64> + '_ {
        self.said.iter().filter_map(|said| match said.stated {
            Stated::Number(_, value) => Some(i64::from(value)),
            Stated::Episode(season, episode) => Some(episode_number(season, episode)),
            _ => None,
        })
    }

    /// The first and the last number of each run of its text: "Weeks 120 to 122", `weeks-520-524`, "2024-W08 and W09".
    pub(in crate::archive::laws) fn runs(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.said.windows(2).filter_map(|pair| {
            let [one, other] = pair else { return None };
            let number = |stated| match stated {
                Stated::Number(_, value) => Some(value),
                Stated::Week(_, week, _) => Some(u32::from(week)),
                _ => None,
            };
            let between = one.span.range().end..other.span.range().start;
            let between = self.text.get(between)?;
            let mut words = between.split(|c: char| c.is_whitespace() || c == '-' || c == '_');
            let is_run = match words.find(|word| !word.is_empty()) {
                None => between.contains(['-', '–', '—']),
                Some(word) => JOINTS.split(' ').any(|joint| joint == word),
            };
            is_run.then_some((number(one.stated)?, number(other.stated)?))
        })
    }

    /// The first run.
    pub(in crate::archive::laws) fn run(&self) -> Option<(u32, u32)> {
        self.runs().next()
    }

    /// Whether something that is no time of day stands behind the day that it states: a topic, an exclamation mark.
    pub(in crate::archive::laws) fn tells_more_than_a_day(&self) -> bool {
        let day = self.said.iter().find(|said| said.stated.is_day());
        let rest = day.and_then(|day| self.text.get(day.span.end as usize..));
        let is_word = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
        rest.is_some_and(|rest| {
            let has_words = rest.split_whitespace().filter(is_word).nth(1).is_some();
            !rest.is_empty() && (has_words || !rest.bytes().any(|byte| byte.is_ascii_digit()))
        })
    }

    /// Whether two of its numbers follow each other, as those of a run of weeks do: "Weeks 8 and 9", "weeks 52 & 1".
    pub(in crate::archive::laws) fn states_run(&self) -> bool {
        let follow = |one: u32, other: u32| {
            let turns = (50..=53).contains(&one) && other <= 4;
            turns || other > one && other - one <= LONGEST_RUN
        };
        self.runs().any(|(one, other)| follow(one, other))
    }
}

/// What joins the numbers of a run, with blanks or dashes around it.
const JOINTS: &str =
    "& + / – — → to til till until through and bis und au à et al e y a og och tot en t/m w";

/// How many weeks a note that covers several may cover.
const LONGEST_RUN: u32 = 8;

/// Season and episode as one number that rises with both.
pub(in crate::archive::laws) fn episode_number(season: u32, episode: u32) -> i64 {
    i64::from(season) * 1000 + i64::from(episode)
}
