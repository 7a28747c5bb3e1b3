//! Claims that no week-word makes: seasons, and numbers that stand apart.
//!
//! ```text
//! season   = ("S" | "series" | "season") number ("E" | "episode" | "week") run
//!          | unit number ("week" | "no" | "issue") run         Cycle 2, week 3; Vol. 2, no. 3
//! unnamed  = run, alone in its text          52; 24-25
//!          | "#" number, first or last       #7
//!          | label [":" | "-" | "#"] run     Note 52: ...; issue-7
//!          | run ":" | run "-" | "-" run     52: ...; Links - 263
//! ```
//!
//! Of a file's name also year number (2024-07) and a first number with a leading zero (007-soup).

use super::run::RunStyle;
use super::tokens::{Kind, Token, Tokens};
use super::words::{self, is_hash};
use super::{Claim, Season};
use crate::source::Span;

impl Tokens<'_> {
    /// The season and its episodes, and their place.
    pub(super) fn season(&self) -> Option<(Season, Span)> {
        (0..self.list.len()).find_map(|index| {
            let word = self.get(index)?;
            let mut units = words::UNITS_OF_WEEKS.iter().copied();
            let unit = units.find(|unit| word.is(unit));
            let point = unit.is_some() && self.get(index + 1)?.is_mark(".");
            let number = self.get(index + 1 + usize::from(point))?;
            let season = number.value().filter(|_| number.year().is_none())?;
            if !(word.is("s") && !number.spaced || word.is_any("series season") || unit.is_some()) {
                return None;
            }
            let mut at = index + 2 + usize::from(point);
            while at < index + 5 && self.get(at)?.is_mark(",:.-–—/|") {
                at += 1;
            }
            let word = self.get(at)?;
            let parts = match unit {
                Some(_) => "week weeks w no nr issue number",
                None => "e ep eps episode episodes week weeks",
            };
            if !word.is_any(parts) {
                return None;
            }
            let point = unit.is_some() && self.get(at + 1)?.is_mark(".");
            at += usize::from(point);
            let style = RunStyle {
                episodes: true,
                plural: word.text.ends_with('s'),
                ..RunStyle::default()
            };
            let run = self.run(at + 1, style)?;
            let span = self.span(index, run.next);
            let episodes = run.numbers;
            let season = Season {
                season,
                episodes,
                unit,
            };
            Some((season, span))
        })
    }

    /// A number that no word names as a week's.
    pub(super) fn unnamed(&self) -> Option<Claim> {
        let parts = self.list.len();
        let start = self.list.iter().position(|token| !token.text.is_empty())?;
        let found = self
            .year_dash(start)
            .filter(|&(_, next)| self.stem || next == parts);
        let found = found.or_else(|| {
            (start..parts).find_map(|index| match self.get(index)? {
                hash if is_hash(hash) => self
                    .hash_first(index)
                    .filter(|&(_, next)| index == start || next == parts),
                token if token.kind == Kind::Number => self.set_apart(index, index == start),
                label if label.kind == Kind::Word => self.labelled(index),
                _ => None,
            })
        });
        let (mut claim, _) = found?;
        claim.named = false;
        Some(claim)
    }

    /// The run at `index` if it stands apart: "52", "52: Mending", "Links - 52", a stem's "007-soup".
    fn set_apart(&self, index: usize, first: bool) -> Option<(Claim, usize)> {
        let token = self.get(index)?;
        if token.year().is_some() {
            return None;
        }
        let (claim, next) = self.numbered(index, index, RunStyle::default(), false)?;
        let dash = |mark: Token| mark.spaced && mark.is_mark("-–—|");
        let last = next == self.list.len();
        let leads = first
            && self
                .get(next)
                .is_some_and(|mark| mark.is_mark(":") || dash(mark));
        let trails = last && token.spaced && self.before(index).is_some_and(dash);
        let padded = first && token.text.len() > 1 && token.text.starts_with('0');
        let apart = first && last || if self.stem { padded } else { leads || trails };
        apart.then_some((claim, next))
    }

    /// "Note 52: ...", "issue-7".
    fn labelled(&self, index: usize) -> Option<(Claim, usize)> {
        let mut at = index + 1;
        while at < index + 3 && self.get(at)?.is_mark(":-–—.#№") {
            at += 1;
        }
        if self.get(at)?.value().is_none() || self.get(at)?.year().is_some() {
            return None;
        }
        // Looked at last, because it is asked of every word.
        if !self.get(index)?.is_any(words::LABELS) {
            return None;
        }
        let (claim, next) = self.numbered(index, at, RunStyle::default(), false)?;
        let closed = self.stem || self.get(next).is_none_or(|after| after.kind == Kind::Mark);
        closed.then_some((claim, next))
    }
}
