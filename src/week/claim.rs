//! Claims: what a title, a heading or a file's name says about the weeks that the note covers.
//!
//! ```text
//! claim   = [date] [season] [named | unnamed]        each the first of its kind among the statements of the text
//! named   = week-word {filler | mark} run [year]     Week 460; Weeknotes: 065; Week Notes, № 1; Week 12, 2026
//!         | [year] ["第"] number ["."] week-word     2024 – 7. hafta, 7. KW 2024, 7주차, 第 32 周
//!         | a week with its year                     2024-W08, Week 8, 2024
//!         | "W" two digits                           w07; w7 alone, with a year or beside a week-word
//!         | "#" number, where a week-word stands elsewhere
//!         | week-word number in letters              Week Twenty-One
//! unnamed = run, alone in its text                   52; 24-25
//!         | "#" number, first or last                #7
//!         | label number | number ":" | "-" number   Note 52: ...; 52: ...; Links - 263
//!         | year "-" number, of a name               2024-07
//!         | number with a leading zero, of a name    007-soup
//! ```
//!
//! Days, weeks with a year, episodes and numbers are those of [`statements`](super::statements); runs are read in `week::run`. In a file's
//! stem `-` and `_` are whitespace, but between two digits.
//!
//! A number is no claim where it counts something ("5 weeks in", "Weeknotes: 5 things"), and a lone year is none either.
//! Where two readings are equally good - "Week 12 March", "week-3-4-bugs" - none is taken: a false claim contradicts the
//! true ones and costs an author's trust, a missing one costs little.

use super::lead::{is_some_other_week, year_before};
use super::run::{Style, is_counted};
use super::statements::{DayOfYear, LONGEST, Reading, Stated, Statement};
use super::words::{self, WEEK_WORDS, first_word, is_week_word, last_word};
use super::{Claim, head};
use crate::source::Span;
use crate::word_list::is_any;

/// What a title or a heading claims. The claim's span is within `text`.
pub fn of_title(text: &str) -> Option<Claim> {
    of_reading(&Reading::of(head(text, LONGEST)))
}

/// The same of a title that has been read.
pub fn of_reading(title: &Reading) -> Option<Claim> {
    claim(title.text, title.said.clone(), false)
}

/// What a file's stem (its name without extensions) or a folder's name claims. The claim's span is within `stem`.
pub fn of_stem(stem: &str) -> Option<Claim> {
    let text = spaced(head(stem, LONGEST));
    claim(&text, Reading::of(&text).said, true)
}

fn claim(text: &str, said: Vec<Statement>, stem: bool) -> Option<Claim> {
    let reader = Reader {
        text,
        stem,
        said,
        weekly: text.split(|c: char| !c.is_alphabetic()).any(is_week_word),
    };
    reader.claim()
}

/// A stem with a blank for each `-` and `_` that is not between two digits.
fn spaced(stem: &str) -> String {
    let digit = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_digit());
    let mut before = None;
    let spaced = stem.char_indices().map(|(at, c)| {
        let between = digit(before) && digit(stem.as_bytes().get(at + 1).copied());
        before = u8::try_from(c).ok();
        if matches!(c, '-' | '_') && !between {
            ' '
        } else {
            c
        }
    });
    spaced.collect()
}

/// A text and what it states.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    /// Whether the text is a file's stem.
    pub(super) stem: bool,
    pub(super) said: Vec<Statement>,
    /// Whether a week-word stands anywhere.
    pub(super) weekly: bool,
}

impl<'t> Reader<'t> {
    fn claim(mut self) -> Option<Claim> {
        let at = self.said.iter().position(|one| one.stated.is_day());
        let dates = at.and_then(|at| self.dates(at));
        let numbers = self.season().or_else(|| {
            let mut named = (0..self.said.len()).filter_map(|at| self.named(at));
            named.next().or_else(|| self.in_letters())
        });
        let numbers = numbers.or_else(|| {
            // Beside a date, only a stem's last part is surely the note's number.
            let mut unnamed = (0..self.said.len()).filter_map(|at| self.unnamed(at));
            unnamed.next().filter(|_| dates.is_none() || self.stem)
        });
        let (dates, span) = dates.unzip();
        let numbers = numbers.or_else(|| {
            Some(Claim {
                named: self.weekly,
                span: span?,
                ..Claim::default()
            })
        });
        Some(Claim { dates, ..numbers? })
    }

    /// The days of the statement `at`, and their place, if they are those of a note.
    fn dates(&mut self, at: usize) -> Option<((DayOfYear, DayOfYear), Span)> {
        let date = *self.said.get(at)?;
        let (before, after) = (self.before(at), self.behind(date.span));
        // "w/c 12 Feb", "w/e 18 Feb", "wc-12-feb"
        let edge = before.trim().to_ascii_lowercase();
        self.weekly |= is_any(&edge, "wc we wb")
            || ["w/c", "w/e", "w/b"].iter().any(|one| edge.ends_with(one));
        // "Week 12 March" and "Week 12 - 18 March" may as well be the number of a week and something else; "7th March",
        // "9-15 March" and "25-11-2017" are dates beyond doubt.
        let text = date.span.of(self.text);
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let word = last_word(before);
        let is_week = rest.starts_with(' ')
            && text.len() - rest.len() <= 2
            && (is_any(word, "week weeks") || WEEK_WORDS.has(word));
        let alone =
            !(before.contains(char::is_alphanumeric) || after.contains(char::is_alphanumeric));
        let counts = self.weekly || alone || self.stem && before.trim().is_empty();
        Some((
            date.stated.days().filter(|_| counts && !is_week)?,
            date.span,
        ))
    }

    /// The text between a statement and the one before it.
    pub(super) fn before(&self, at: usize) -> &'t str {
        let floor = at.checked_sub(1).and_then(|at| self.said.get(at));
        let floor = floor.map_or(0, |one| one.span.range().end);
        let span = self.said.get(at).map_or(Span::at(0), |one| one.span);
        self.text.get(floor..span.range().start).unwrap_or("")
    }

    /// The text behind a span.
    pub(super) fn behind(&self, span: Span) -> &'t str {
        self.text.get(span.range().end..).unwrap_or("")
    }

    /// A season and its episodes.
    fn season(&self) -> Option<Claim> {
        let mut said = self.said.iter().enumerate();
        let (at, season) = said.find_map(|(at, one)| match one.stated {
            Stated::Episode(season, _) => Some((at, season)),
            _ => None,
        })?;
        let (numbers, span) = self.run(at, Style::default())?;
        Some(Claim {
            numbers,
            season: Some(season),
            named: self.weekly,
            span,
            ..Claim::default()
        })
    }

    /// The numbers of the statement `at`, and of its run, if a word names them as weeks.
    fn named(&self, at: usize) -> Option<Claim> {
        let said = self.said.get(at)?;
        match said.stated {
            Stated::Week(year, _, named) => {
                let lead = self.lead(at);
                let words = said.span.of(self.text);
                let word = first_word(words.trim_start_matches(|c: char| !c.is_alphabetic()));
                if !named && lead.is_none() {
                    return None;
                }
                let style = Style {
                    separated: false,
                    year: Some(year),
                    ..lead.as_ref().map_or(Style::default(), |lead| lead.style)
                };
                let start = lead.map_or(said.span.start as usize, |lead| lead.start);
                Some(Claim {
                    iso: is_any(word, "w kw"),
                    ..self.numbered(start, at, style)?
                })
            }
            Stated::Number(_, value) => self
                .before_week_word(at, value)
                .or_else(|| self.behind_week_word(at, value))
                .or_else(|| self.hash(at).filter(|_| self.weekly)),
            _ => None,
        }
    }

    /// "Week 460", "Weeknotes: 065", "w07". A German "KW 12" of a year is an ISO week.
    fn behind_week_word(&self, at: usize, value: u32) -> Option<Claim> {
        let lead = self.lead(at)?;
        let claim = self.numbered(lead.start, at, lead.style)?;
        let (before, _) = self.text.split_at_checked(lead.start)?;
        // "w7" may be anything, unless it stands alone, beside a year or a week-word.
        let digits = self.said.get(at)?.span.len();
        let alone = claim.span.len() == self.text.len() || self.weekly || claim.year.is_some();
        let is_w = self.before(at).ends_with(lead.word)
            && (lead.style.year.is_some() || !before.ends_with(char::is_numeric))
            && (digits == 2 || alone);
        if is_any(lead.word, "w") && !is_w || is_some_other_week(before, &lead, value) {
            return None;
        }
        Some(Claim {
            iso: claim.year.is_some() && is_any(lead.word, "w kw"),
            ..claim
        })
    }

    /// "7. hafta", "7. KW 2024", "第 32 周", "7주차".
    fn before_week_word(&self, at: usize, value: u32) -> Option<Claim> {
        let span = self.said.get(at)?.span;
        let (before, behind) = (self.before(at).trim_end(), self.behind(span));
        let point = behind.strip_prefix('.');
        let rest = point.unwrap_or(behind).trim_start();
        let word = first_word(rest);
        let stem = before.strip_suffix('第');
        let (start, earlier) = year_before(stem.unwrap_or(before));
        // Nothing stands before it that it would count or belong to, as in "2월 3주차", the third week of February.
        let free = || match before.chars().next_back() {
            Some(last) if last.is_alphabetic() => is_week_word(last_word(before)),
            Some(last) => earlier.is_some() || !".:/".contains(last) && !last.is_numeric(),
            None => at == 0,
        };
        let is_week = match word.chars().next()? {
            '周' | '週' => stem.is_some(),
            '期' | '号' | '回' => stem.is_some() && self.weekly,
            '주' => word.starts_with("주차") && !behind.starts_with(' ') && free(),
            _ => point.is_some() && words::BEHIND_NUMBERS.has(word) && free(),
        };
        let end = self.text.len() - rest.len() + word.len();
        let later = self.year_after(end);
        let claim = Claim {
            numbers: vec![value],
            year: earlier.or(later.map(|(year, _)| year)),
            iso: later.is_some() && is_any(word, "kw"),
            named: true,
            span: Span::new(
                span.range().start - self.before(at).len() + start,
                later.map_or(end, |(_, end)| end),
            ),
            ..Claim::default()
        };
        is_week.then_some(claim)
    }

    /// "#12". "PR #12" and "&#8217;" number something else.
    fn hash(&self, at: usize) -> Option<Claim> {
        let before = self.before(at).strip_suffix(words::is_hash)?;
        let word = last_word(before);
        let free = word.is_empty() && !before.trim_end().ends_with('&');
        let style = Style {
            hash: true,
            ..Style::default()
        };
        let hash = self.before(at).len() - before.len();
        let start = self.said.get(at)?.span.range().start - hash;
        let named = free || words::LABELS.has(word) || is_week_word(word);
        self.numbered(start, at, style).filter(|_| named)
    }

    /// A number that no word names as a week's: "52", "52: Mending", "Links - 52", "#7", "Note 12", a stem's "007-soup".
    fn unnamed(&self, at: usize) -> Option<Claim> {
        let (said, before) = (self.said.get(at)?, self.before(at));
        let dated = || at == 1 && self.said.first().is_some_and(|one| one.stated.is_day());
        let first = before.trim_matches([' ', '-', '_', '#']).is_empty()
            && (at == 0 || self.stem && dated());
        let year = match said.stated {
            Stated::Week(year, week, _) if first && (1..=53).contains(&week) => Some(year),
            Stated::Number(..) => None,
            _ => return None,
        };
        let style = Style {
            year,
            ..Style::default()
        };
        let hash = self.hash(at);
        let is_marked = hash.is_some();
        let claim = hash.or_else(|| self.numbered(said.span.range().start, at, style))?;
        let rest = self.behind(claim.span);
        let dashes = [" - ", " – ", " — ", " | "];
        let leads = rest.starts_with(':') || dashes.iter().any(|dash| rest.starts_with(dash));
        let trails = dashes.iter().any(|dash| before.ends_with(dash));
        let padded = said.span.len() > 1 && said.span.of(self.text).starts_with('0');
        let last = rest.trim().is_empty();
        let label = last_word(before.trim_end_matches([':', '-', '–', '—', '.', ' ']));
        let labelled = words::LABELS.has(label)
            && (self.stem || !rest.trim_start().starts_with(char::is_alphanumeric));
        let apart = match (first, self.stem) {
            (true, true) => last || padded || year.is_some() || is_marked,
            (true, false) => last || is_marked || leads && year.is_none(),
            (false, stem) => last && (is_marked || !stem && trails) || labelled,
        };
        apart.then_some(Claim {
            named: false,
            ..claim
        })
    }

    /// "Week Two", "week-twenty-one".
    fn in_letters(&self) -> Option<Claim> {
        let words = self.text.split(|c: char| !c.is_alphabetic());
        let words = words.filter(|word| !word.is_empty());
        words.clone().zip(words.skip(1)).find_map(|(word, next)| {
            is_week_word(word).then_some(())?;
            let place = |word| Span::of_slice(word, self.text).range().start;
            let start = place(next);
            let (value, len) = words::number_in_letters(self.text.get(start..)?)?;
            let rest = self.text.get(start + len..)?;
            let ends = !rest.trim_start().starts_with(char::is_alphanumeric);
            let sure =
                self.stem || !word.ends_with('s') && (ends || word.starts_with(char::is_uppercase));
            let claim = Claim {
                numbers: vec![value],
                named: true,
                span: Span::new(place(word), start + len),
                ..Claim::default()
            };
            let counted = is_counted(rest, Style::default());
            (sure && !counted).then_some(claim)
        })
    }
}

#[cfg(test)]
mod tests;
