//! Weeks with their year, episodes with their season, and plain numbers.

use super::place::{Cursor, Place, as_year};
use super::{Read, Stated, Word};
use crate::week::words::{EPISODES, SEASONS, UNITS, UNITS_OF_WEEKS, WEEK_WORDS, first_word};
use crate::word_list::is_any;

/// The highest number of a week: calendars that count from 1 January reach it.
const LAST_WEEK: i8 = 54;

/// A week with its year: "Week 8, 2024", "2024: Week 8", `2024-W08`; `2024-08`.
pub(super) fn week(place: &Place) -> Option<Read> {
    let (start, mut cursor) = (place.cursor(place.word_start), place.cursor(place.start));
    let read = |(year, week), from: Cursor, to: Cursor, named| {
        Read::new(Stated::Week(year, week, named), from.at, to.at)
    };
    let from = cursor;
    if place.year().is_none() {
        if !is_week_word(place.word) {
            return None;
        }
        let found = cursor.week_and_year()?;
        return Some(read(found, start, cursor, true));
    }
    if let Some(found) = cursor.ideographic_week() {
        return Some(read(found, from, cursor, true));
    }
    if let Some(found) = cursor.named_week_of_year() {
        // "March 2024, week 2" counts the weeks of the month.
        let of_month = place.month.is_some() && found.1 <= 5;
        return (!of_month).then(|| read(found, from, cursor, true));
    }
    let found = cursor.unnamed_week_of_year()?;
    (!place.continues("-/")).then(|| read(found, from, cursor, false))
}

/// Whether the word names one week.
fn is_week_word(word: &str) -> bool {
    let stem = word.len().checked_sub(4).and_then(|at| word.get(at..));
    stem.is_some_and(|end| end.eq_ignore_ascii_case("week"))
        || word.eq_ignore_ascii_case("w")
        || WEEK_WORDS.has(word)
}

impl Cursor<'_> {
    /// `2025年第 32 周`, `2024년 12주차`.
    fn ideographic_week(&mut self) -> Option<(i16, u8)> {
        let mut ahead = *self;
        let year = as_year(ahead.digits()?)?;
        ahead.mark("年년")?;
        ahead.space();
        ahead.mark("第");
        ahead.space();
        let week = ahead.week_number()?;
        ahead.space();
        if ahead.mark("周週").is_none() && !ahead.literal("주차") {
            return None;
        }
        *self = ahead;
        Some((year, week))
    }

    /// "2024 week 8", `2024-W08`, `2024/KW 08`.
    fn named_week_of_year(&mut self) -> Option<(i16, u8)> {
        let mut ahead = *self;
        let year = as_year(ahead.digits()?)?;
        ahead.space();
        ahead.mark("-_/:,–(");
        ahead.space();
        if !is_week_word(ahead.word()?) {
            return None;
        }
        ahead.mark(":.-_");
        ahead.space();
        ahead.mark("#＃№");
        let week = ahead.week_number()?;
        *self = ahead;
        Some((year, week))
    }

    /// Whether a week follows as ISO 8601 or DIN 1355 has it: `2024-W08`, `2024/KW08`.
    pub(super) fn is_iso_week(&self) -> bool {
        let mut ahead = *self;
        ahead.digits();
        ahead.mark("-_/ ");
        ahead.word_of("w kw") && ahead.week_number().is_some()
    }

    /// `2024-08`, which may be a month as well.
    fn unnamed_week_of_year(&mut self) -> Option<(i16, u8)> {
        let mut ahead = *self;
        let year = ahead.year_number()?;
        ahead.mark("-_/")?;
        let start = ahead.at;
        let week = ahead.week_number()?;
        if ahead.at != start + 2 || ahead.goes_on("-_/:") {
            return None;
        }
        *self = ahead;
        Some((year, week))
    }

    /// The "8, 2024" of "Week 8, 2024".
    fn week_and_year(&mut self) -> Option<(i16, u8)> {
        let mut ahead = *self;
        let week = ahead.week_number()?;
        let space = ahead.space();
        let mark = ahead.mark(",/(-–_").is_some();
        let space = ahead.space() || space;
        if !(mark || space) || ahead.word_of("of in de") && !ahead.space() {
            return None;
        }
        // "Week 8, 2024-W09" goes on with another week.
        if ahead.is_iso_week() {
            return None;
        }
        let year = ahead.year_number()?;
        if ahead.goes_on("-") {
            return None;
        }
        *self = ahead;
        Some((year, week))
    }

    /// The number of a week.
    fn week_number(&mut self) -> Option<u8> {
        let mut ahead = *self;
        let week = ahead.short_number().filter(|week| *week <= LAST_WEEK)?;
        if ahead.is_measure() {
            return None;
        }
        *self = ahead;
        u8::try_from(week).ok()
    }
}

/// Whether the character may join a word of an episode to its number.
fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_')
}

/// `S03E04`, "Series 7, Episode 18", `season-1-ep-2`, "Cycle 2, week 3", "Vol. 2, no. 3".
pub(super) fn episode(place: &Place) -> Option<Read> {
    // The `s` of "Let's 5 x 3" and of `1s5e3` is no season.
    let before = place.text.get(..place.word_start).unwrap_or("");
    let tail = before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '\'' | '’'));
    if tail || place.word.is_empty() {
        return None;
    }
    let mut gap = place.gap.chars();
    let is_unit = UNITS_OF_WEEKS.has(place.word);
    let joined = is_unit && place.gap.starts_with('.')
        || gap.next().is_none_or(is_joint) && gap.next().is_none();
    if !joined || !is_unit && !SEASONS.has(place.word) {
        return None;
    }
    let season = place.digits.parse().ok()?;
    let mut cursor = place.behind();
    while cursor.space() || cursor.mark(":,._-").is_some() {}
    let word = cursor.word()?;
    let is_named = match is_unit {
        true => is_any(word, "week weeks w no nr issue number"),
        false => EPISODES.has(word),
    };
    if !is_named {
        return None;
    }
    while cursor.space() || cursor.mark("._-").is_some() {}
    let episode = cursor.digits()?.parse().ok()?;
    let episode = Stated::Episode(season, episode);
    Some(Read::new(episode, place.word_start, cursor.at))
}

/// Any other number: one of four digits at most that is no year, no measure, and no part of a longer number.
pub(super) fn number(place: &Place) -> Option<Read> {
    let part = place.continues(".,");
    if place.digits.len() > 4 || place.year().is_some() || part || place.behind().is_measure() {
        return None;
    }
    // "Weekly digest: 5 things" counts things.
    let behind = place.behind().rest().trim_start();
    let word = match place.gap {
        gap if gap.contains(['#', '＃']) => Word::HASH,
        _ if UNITS.has(first_word(behind)) => Word::NONE,
        _ => Word::of(place.word),
    };
    let value = place.digits.parse().ok()?;
    let number = Stated::Number(word, value);
    Some(Read::new(number, place.start, place.end()))
}
