//! Dates and a stated week
use super::{Claim, DateRange};
use crate::source::Span;
/// x
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands in the file.
    pub span: Span,
    /// The text as it stands.
    pub text: Box<str>,
    /// What it says.
    pub kind: MentionKind,
}
/// x
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MentionKind {
    /// x
    StatedWeek {
        /// The days.
        range: DateRange,
        /// "Week ending" or "for the week to": the date is the last day.
        ending: bool,
    },
    /// x
    Covers(Claim),
}
/// x
pub fn mentions(_t: &str, _f: usize, _s: &[Span]) -> Vec<Mention> {
    vec![]
}
