//! What a configuration holds once it is read: plain values, globs compiled, nothing left to check.

use super::paths::{Paths, Routes};
use super::schema::LEVELS;
use super::suggest::did_you_mean;
use crate::diagnostic::Severity;
pub use crate::document::Dialect;
use crate::document::metadata::Value;
use jiff::civil::Date;
use std::ops::Range;

/// How seriously a rule is taken: the severity of what it finds; `None` is off.
pub type Level = Option<Severity>;

/// The level that a word names, or what is wrong with it.
pub fn level(word: &str) -> Result<Level, String> {
    let mut severities = [Severity::Error, Severity::Warning, Severity::Info].into_iter();
    match severities.find(|one| one.as_str() == word) {
        None if word != "off" => {
            let help = did_you_mean(word, LEVELS, "the levels are");
            Err(format!("`{word}` is not a level: {help}"))
        }
        level => Ok(level),
    }
}

/// The site that the notes are published on.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// `None` is `auto`: it follows from the kind of site.
    pub dialect: Option<Dialect>,
    /// The paths that the site serves beside the notes.
    pub routes: Routes,
    /// The site's own host names, lower-case.
    pub hosts: Vec<String>,
    /// Host names that exist on the authors' machines only, lower-case.
    pub development_hosts: Vec<String>,
}

/// Notes that belong together and are numbered together.
#[derive(Debug, Clone)]
pub struct Series {
    /// What reports call it; no two series have the same name.
    pub name: String,
    /// Its files.
    pub include: Paths,
    /// Files that are not its notes all the same.
    pub exclude: Paths,
    /// Words of which its notes have one as a tag; all files that `include` names are notes where there are none.
    pub tags: Vec<String>,
    /// How the notes are numbered; `None` where that is to be learnt.
    pub numbering: Option<Numbering>,
    /// The metadata that each note must have; `None` where that is to be learnt.
    pub required_keys: Option<Vec<String>>,
    /// Where `include` stands in the configuration.
    pub(super) place: Range<usize>,
}

impl Series {
    /// Whether the file at `path` (relative to the root, with `/`) is a note of this series.
    pub fn contains(&self, path: &str) -> bool {
        self.include.contains(path) && !self.exclude.contains_or_above(path)
    }
}

/// How the notes of a series say which week they cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// Weeks are counted from a fixed one, also those without a note.
    Epoch {
        /// The Monday on which week 0 began.
        week_zero: Date,
    },
    /// Notes are counted, so that a week without one leaves no gap.
    Sequence,
    /// Year and ISO 8601 week: `2024-W07`.
    IsoWeek,
    /// The week of the year alone: the number starts again each January.
    WeekOfYear,
    /// Seasons and episodes: `S03E07`.
    SeasonEpisode,
    /// The first and last day of the week.
    Dates,
    /// No numbers at all.
    None,
}

/// The first week that is held to the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnforceFrom {
    /// The week of this number, as the series counts.
    Week(u32),
    /// The week in which this day lies.
    Date(Date),
}

/// Reads `YYYY-MM-DD` and nothing else; jiff would take times and other spellings too.
pub fn parse_date(text: &str) -> Option<Date> {
    match Value::of_plain(text) {
        Value::Date(date) => Some(date),
        _ => None,
    }
}
