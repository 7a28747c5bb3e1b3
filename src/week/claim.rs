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
//! Days, weeks with a year, episodes and numbers are those of [`statements`]; runs are read in [`super::run`]. In a file's
//! stem `-` and `_` are white space, but between two digits.
//!
//! A number is no claim where it counts something ("5 weeks in", "Weeknotes: 5 things"), and a lone year is none either.
//! Where two readings are equally good - "Week 12 March", "week-3-4-bugs" - none is taken: a false claim contradicts the
//! true ones and costs an author's trust, a missing one costs little.

use super::names::month_in_any_language;
use super::run::Style;
use super::statements::{DayOfYear, Stated, Statement, as_year, statements};
use super::words::{self, first_word, is_any, is_week_alone, is_week_word, last_word};
use super::{Claim, head};
use crate::source::Span;

/// The most bytes of a text that are read.
const LONGEST: usize = 512;

/// What a title or a heading claims. The claim's span is within `text`.
pub fn of_title(text: &str) -> Option<Claim> {
    claim(head(text, LONGEST), false)
}

/// What a file's stem (its name without extensions) or a folder's name claims. The claim's span is within `stem`.
pub fn of_stem(stem: &str) -> Option<Claim> {
    claim(&spaced(head(stem, LONGEST)), true)
}

fn claim(text: &str, stem: bool) -> Option<Claim> {
    let reader = Reader {
        text,
        stem,
        said: statements(text),
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
    weekly: bool,
}

/// What stands before a number and names it as a week's.
struct Lead<'t> {
    word: &'t str,
    /// Where the word begins, or the year before it.
    start: usize,
    style: Style,
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
            && (is_any(word, "week weeks") || is_week_alone(word));
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
        let start = self
            .said
            .get(at)
            .map_or(floor, |one| one.span.range().start);
        self.text.get(floor..start).unwrap_or("")
    }

    /// The text behind a span.
    pub(super) fn behind(&self, span: Span) -> &'t str {
        self.text.get(span.range().end..).unwrap_or("")
    }

    /// A season and its episodes.
    fn season(&self) -> Option<Claim> {
        let mut said = self.said.iter().enumerate();
        let (at, season) = said.find_map(|(at, one)| match one.stated {
            Stated::Episode { season, .. } => Some((at, season)),
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
            Stated::Week { year, named, .. } => {
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
            Stated::Number { value, .. } => self
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

    /// What names the number or the year at the statement `at`, read backwards from there.
    fn lead(&self, at: usize) -> Option<Lead<'t>> {
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
                if !in_review && !is_any(word, words::FILLERS) {
                    return None;
                }
                (before, behind) = (before.strip_suffix(word)?, word);
                continue;
            } else if words::HASHES.contains(last) || last == '°' {
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
            _ => point.is_some() && is_any(word, words::BEHIND_NUMBERS) && free(),
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
        let named = free || is_any(word, words::LABELS) || is_week_word(word);
        self.numbered(start, at, style).filter(|_| named)
    }

    /// A number that no word names as a week's: "52", "52: Mending", "Links - 52", "#7", "Note 12", a stem's "007-soup".
    fn unnamed(&self, at: usize) -> Option<Claim> {
        let (said, before) = (self.said.get(at)?, self.before(at));
        let dated = || at == 1 && self.said.first().is_some_and(|one| one.stated.is_day());
        let first = before.trim_matches([' ', '-', '_', '#']).is_empty()
            && (at == 0 || self.stem && dated());
        let year = match said.stated {
            Stated::Week { year, week, .. } if first && (1..=53).contains(&week) => Some(year),
            Stated::Number { .. } => None,
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
        let labelled = is_any(label, words::LABELS)
            && (self.stem || !rest.trim_start().starts_with(char::is_alphanumeric));
        let apart = match (first, self.stem) {
            (true, true) => last || padded || year.is_some() || is_marked,
            (true, false) => last || is_marked || leads && year.is_none(),
            (false, stem) => last && (is_marked || !stem && trails) || labelled,
        };
        Some(Claim {
            named: false,
            ..claim
        })
        .filter(|_| apart)
    }

    /// The run at the statement `at` with what may follow it, as a claim that begins at the byte `from`.
    fn numbered(&self, from: usize, at: usize, style: Style) -> Option<Claim> {
        let (numbers, run) = self.run(at, style)?;
        let (rest, end) = (self.behind(run), run.range().end);
        let tight = first_word(rest);
        // "12b", but not "12x", "24W07" and "5th"
        let is_letter = tight.len() == 1 && !is_any(tight, "x") && numbers.len() == 1;
        let is_other = tight.starts_with(char::is_alphabetic)
            && !is_letter
            && !is_any(tight, words::JOINING)
            && !tight.starts_with(words::is_ideograph);
        let rest = rest
            .strip_prefix(tight)
            .filter(|_| is_letter)
            .unwrap_or(rest);
        // "KW 7/24", but "Week 7/52"
        let later = self.year_after(end);
        let part = rest
            .strip_prefix('/')
            .filter(|part| !part.starts_with("52"));
        let is_part = part.is_some_and(|part| part.starts_with(|c: char| c.is_ascii_digit()));
        if is_other || is_part && later.is_none() || is_counted(rest, style) {
            return None;
        }
        // Of "weeks 52 & 1 of 2024", the year may be that of either.
        let later = later.filter(|_| style.year.is_none());
        let year = later.map(|(year, _)| year).filter(|_| numbers.is_sorted());
        Some(Claim {
            numbers,
            year: style.year.or(year),
            named: true,
            span: Span::new(from, later.map_or(end, |(_, end)| end)),
            ..Claim::default()
        })
    }

    /// The year behind the byte `end`, and where it ends: "Week 12, 2026", "Week 12 ('26)", "week-12-2026".
    fn year_after(&self, end: usize) -> Option<(i16, usize)> {
        let rest = self.text.get(end..)?.trim_start();
        let word = first_word(rest);
        let rest = match is_any(word, "of in de") {
            true => rest.strip_prefix(word)?,
            false => rest.trim_start_matches([',', '-', '–', '—', '/', '(', ':']),
        };
        let rest = rest.trim_start();
        let short = rest.strip_prefix(['\'', '’', '‘']);
        let digits = short.unwrap_or(rest);
        let len = digits.bytes().take_while(u8::is_ascii_digit).count();
        let start = self.text.len() - digits.len();
        let (digits, behind) = digits.split_at_checked(len)?;
        let year = match short {
            Some(_) => {
                2000 + digits
                    .parse::<i16>()
                    .ok()
                    .filter(|year| len == 2 && *year < 70)?
            }
            None => as_year(digits)?,
        };
        // "#12: 2026-W01" goes on with another numbering.
        let mut said = self.said.iter().map(|one| one.span.range().start);
        let word = first_word(behind.trim_start());
        let closed = self.stem || word.is_empty() || is_any(word, words::JOINING);
        (closed && (short.is_some() || said.all(|at| at != start))).then_some((year, start + len))
    }

    /// "Week Two", "week-twenty-one".
    fn in_letters(&self) -> Option<Claim> {
        let words = self.text.split(|c: char| !c.is_alphabetic());
        let words = words.filter(|word| !word.is_empty());
        words.clone().zip(words.skip(1)).find_map(|(word, next)| {
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
            (is_week_word(word) && sure && !counted).then_some(claim)
        })
    }
}

/// Where in a text the year at its end begins, and the year: "2024 – ", "2024년 ".
fn year_before(text: &str) -> (usize, Option<i16>) {
    let marks = |c: char| c.is_whitespace() || ",:-–—/|(年년".contains(c);
    let stem = text.trim_end_matches(marks);
    let at = stem.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    match stem.get(at..).and_then(as_year) {
        Some(year) => (at, Some(year)),
        None => (text.len(), None),
    }
}

/// Whether what stands behind a number makes it a count ("5 days", "Weeknotes: 5 things"), or the first of a life's weeks
/// ("Week 1 of a new job").
fn is_counted(rest: &str, style: Style) -> bool {
    let rest = rest.trim_start();
    let word = first_word(rest);
    let next = first_word(rest.strip_prefix(word).unwrap_or("").trim_start());
    !style.hash && (is_any(word, words::UNITS) || style.separated && !word.is_empty())
        || is_any(word, "of") && is_any(next, "a an")
}

/// Whether a week-word behind a text speaks of no particular week, "this week", or is one of a month or a quarter,
/// "February 2024, week 2", "Q1 W3".
fn is_some_other_week(before: &str, lead: &Lead, value: u32) -> bool {
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
    lead.word == "week" && is_any(name, words::VAGUE)
        || value <= 5 && month_in_any_language(name).is_some()
        || number && (value <= 14 && is_any(last_word(quarter), "q") || lead.style.plural)
}

#[cfg(test)]
mod tests;
