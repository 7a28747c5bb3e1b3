//! Dates with a day of the week, and stated weeks, in the prose of a note.

use super::{Claim, DateRange};
use crate::source::Span;

/// A date or a stated week in the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands in the file.
    pub span: Span,
    /// The text as it stands.
    pub text: Box<str>,
    /// What it says.
    pub kind: MentionKind,
}

/// What a [`Mention`] says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MentionKind {
    /// A date with its day of the week: "Wednesday, 9th March 2017".
    Weekday(super::PartialDate),
    /// A day that no calendar has: "31 April", "29 February 2023".
    Impossible(super::PartialDate),
    /// "from Monday 4th May to Sunday 10th May", "Week beginning Monday, 10th August 2026" (a single date twice).
    StatedWeek {
        /// The days.
        range: DateRange,
        /// "Week ending" or "for the week to": the date is the last day.
        ending: bool,
    },
    /// A week that the note says it covers itself, in its first lines: "covers weeks 12 and 13".
    Covers(Claim),
}
/// stub
pub fn mentions(_text: &str, _from: usize, _skip: &[Span]) -> Vec<Mention> {
    Vec::new()
}
