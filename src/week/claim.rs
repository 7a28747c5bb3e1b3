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
use super::statements::{Stated, Statement, Word, as_year, statements};
use super::words::{self, first_word, is_any, is_week_alone, is_week_word, last_word};
use super::{Claim, Season, head};
use crate::source::Span;

/// The most bytes of a text that are read.
const LONGEST: usize = 512;

/// What a title or a heading claims. The claim's span is within `text`.
pub fn of_title(text: &str) -> Option<Claim> {
    claim(text, false)
}

/// What a file's stem (its name without extensions) or a folder's name claims. The claim's span is within `stem`.
pub fn of_stem(stem: &str) -> Option<Claim> {
    claim(stem, true)
}

fn claim(text: &str, stem: bool) -> Option<Claim> {
    let (text, fractions) = plain(head(text, LONGEST), stem);
    let reader = Reader {
        text: &text,
        stem,
        fractions,
        said: statements(&text),
        weekly: text.split(|c: char| !c.is_alphabetic()).any(is_week_word),
    };
    reader.claim()
}

/// The text with a blank for each `-` and `_` of a stem that is not between two digits, and for each fraction ("13.7"),
/// and where those were. "24.07" is rather a month, "2.0" a joke; dates and versions have more parts.
fn plain(text: &str, stem: bool) -> (String, Vec<usize>) {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (mut plain, mut fractions) = (String::with_capacity(text.len()), Vec::new());
    let mut number = 0..0;
    for (at, c) in text.char_indices() {
        let before = plain.trim_end_matches(|c: char| c.is_ascii_digit());
        let rest = text.get(at + c.len_utf8()..).unwrap_or("");
        let (len, behind) = (digits(rest), rest.get(digits(rest)..).unwrap_or(""));
        let between = before.len() < plain.len() && len > 0;
        if c == '.' && between && !rest.starts_with('0') {
            let goes_on = behind.starts_with(['.', ':', '/', '%'])
                && behind.get(1..).is_some_and(|behind| digits(behind) > 0);
            if !goes_on && !before.ends_with(['.', ':', '/']) {
                number = at..at + 1 + len;
                fractions.push(at);
            }
        }
        let is_blank = number.contains(&at) || stem && matches!(c, '-' | '_') && !between;
        plain.push(if is_blank { ' ' } else { c });
    }
    (plain, fractions)
}

/// A text and what it states.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    /// Whether the text is a file's stem.
    pub(super) stem: bool,
    /// Where numbers had a fraction.
    pub(super) fractions: Vec<usize>,
    pub(super) said: Vec<Statement>,
    /// Whether a week-word stands anywhere.
    weekly: bool,
}

/// What stands before a number and names it as a week's.
struct Lead<'t> {
    word: &'t str,
    /// Where the word begins, or the year before it.
    start: usize,
    year: Option<i16>,
    style: Style,
}

impl<'t> Reader<'t> {
    fn claim(mut self) -> Option<Claim> {
        let mut claim = Claim::default();
        let is_day = |one: &Statement| one.stated.is_day();
        let date = self.said.iter().position(is_day);
        if let Some((at, date)) = date.and_then(|at| Some((at, *self.said.get(at)?))) {
            self.weekly |= self.begins_or_ends_week(date.span);
            let (before, after) = (self.before(at), self.behind(date.span));
            let alone =
                !(before.contains(char::is_alphanumeric) || after.contains(char::is_alphanumeric));
            if !self.may_be_a_week(date.span)
                && (self.weekly || alone || self.stem && before.trim().is_empty())
            {
                claim.dates = date.stated.days();
                claim.span = date.span;
            }
        }
        self.season(&mut claim);
        claim.named = self.weekly;
        let known = claim.dates.is_some() || claim.season.is_some();
        let numbers = (0..self.said.len()).find_map(|at| self.named(at));
        let numbers = numbers.or_else(|| self.in_letters()).or_else(|| {
            // Beside a date or a season, only a stem's last part is surely the note's number.
            let weak = !known || self.stem && claim.season.is_none();
            let unnamed = weak.then(|| (0..self.said.len()).find_map(|at| self.unnamed(at)))??;
            Some(Claim {
                named: false,
                ..unnamed
            })
        });
        match numbers {
            Some(numbers) => Some(Claim {
                dates: claim.dates,
                season: claim.season,
                ..numbers
            }),
            None => known.then_some(claim),
        }
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

    /// Whether the date at `span` is said to begin or to end its week: "w/c 12 Feb", "w/e 18 Feb", "wc-12-feb".
    fn begins_or_ends_week(&self, span: Span) -> bool {
        let before = self.text.get(..span.range().start).unwrap_or("");
        let before = before.trim().to_ascii_lowercase();
        let ends = ["w/c", "w/e", "w/b"];
        is_any(&before, "wc we wb") || ends.iter().any(|edge| before.ends_with(edge))
    }

    /// Whether a date may as well be the number of a week and something else: "Week 12 March", "Week 12 - 18 March".
    /// "7th March", "9-15 March" and "25-11-2017" are dates beyond doubt.
    fn may_be_a_week(&self, span: Span) -> bool {
        let word = last_word(self.text.get(..span.range().start).unwrap_or(""));
        let digits = |c: char| c.is_ascii_digit();
        let date = span.of(self.text);
        let rest = date.trim_start_matches(digits);
        let sure = rest.starts_with(char::is_alphabetic)
            || rest
                .trim_start_matches(['-', '–', '—', '/', '.', '_'])
                .starts_with(digits);
        (is_any(word, "week weeks") || is_week_alone(word))
            && (1..=2).contains(&(date.len() - rest.len()))
            && !sure
    }

    /// Season and episodes, put into `claim`.
    fn season(&self, claim: &mut Claim) {
        let episodes = self.said.iter().enumerate();
        let mut episodes = episodes.filter_map(|(at, one)| match one.stated {
            Stated::Episode { season, .. } => Some((at, season, one.span)),
            _ => None,
        });
        let Some((at, season, span)) = episodes.next() else {
            return;
        };
        let words = span.of(self.text);
        let unit = first_word(words);
        let mut units = words::UNITS_OF_WEEKS.iter().copied();
        let style = Style {
            plural: words.contains("isodes") || words.contains("eeks"),
            ..Style::default()
        };
        if let Some((episodes, last)) = self.run(at, style) {
            claim.season = Some(Season {
                season,
                episodes,
                unit: units.find(|known| known.eq_ignore_ascii_case(unit)),
            });
            claim.span = Span {
                end: last.end,
                ..span
            };
        }
    }

    /// The numbers of the statement `at`, and of its run, if a word names them as weeks.
    fn named(&self, at: usize) -> Option<Claim> {
        let said = self.said.get(at)?;
        match said.stated {
            Stated::Week { year, named, .. } => {
                let lead = self.lead(at);
                if !named && lead.is_none() {
                    return None;
                }
                let words = said.span.of(self.text);
                let word = first_word(words.trim_start_matches(|c: char| !c.is_alphabetic()));
                let style = lead.as_ref().map_or(Style::default(), |lead| lead.style);
                let start = lead.map_or(said.span.start as usize, |lead| lead.start);
                let claim = self.numbered(
                    start,
                    at,
                    Style {
                        separated: false,
                        ..style
                    },
                    Some(year),
                )?;
                Some(Claim {
                    iso: is_any(word, "w kw"),
                    ..claim
                })
            }
            Stated::Number { value, .. } => self
                .before_week_word(at, value)
                .or_else(|| self.behind_week_word(at, value))
                .or_else(|| self.weekly.then(|| self.hash(at))?),
            _ => None,
        }
    }

    /// "Week 460", "Weeknotes: 065", "w07". A German "KW 12" of a year is an ISO week.
    fn behind_week_word(&self, at: usize, value: u32) -> Option<Claim> {
        let lead = self.lead(at)?;
        let digits = self.said.get(at)?.span;
        let claim = self.numbered(lead.start, at, lead.style, lead.year)?;
        if self.is_some_other_week(&lead, value) {
            return None;
        }
        if is_any(lead.word, "w") {
            // "w7" may be anything, unless it stands alone, beside a year or a week-word.
            let tight = self.before(at).ends_with(lead.word);
            let is_free =
                lead.year.is_some() || !self.text.get(..lead.start)?.ends_with(char::is_numeric);
            let alone = claim.span.len() == self.text.len() || self.weekly || claim.year.is_some();
            if !(tight && is_free && (digits.len() == 2 || alone && !claim.bonus)) {
                return None;
            }
        }
        let word = lead.word.to_ascii_lowercase();
        Some(Claim {
            of_notes: word.ends_with("note") || word.ends_with("notes"),
            iso: claim.year.is_some() && is_any(&word, "w kw"),
            ..claim
        })
    }

    /// What names the number or the year at the statement `at`, read backwards from there.
    fn lead(&self, at: usize) -> Option<Lead<'t>> {
        let mut before = self.before(at);
        let floor = self.said.get(at)?.span.range().start - before.len();
        let mut style = Style::default();
        let (mut year, mut behind) = (None, "");
        // "Week -1"
        if before
            .strip_suffix(['-', '–', '−'])
            .is_some_and(|rest| rest.ends_with(' '))
        {
            return None;
        }
        for _ in 0..8 {
            before = before.trim_end();
            let last = before.chars().next_back()?;
            let digits = before.get(before.len().saturating_sub(4)..).unwrap_or("");
            let word = last_word(before);
            if words::HASHES.contains(last) || last == '°' {
                style.hash = true;
            } else if "-–—:|([".contains(last) {
                style.separated |= !style.hash;
            } else if last.is_ascii_digit() && style.hash {
                // "Weeknotes 2025 #20"
                year = Some(as_year(digits)?);
                before = before.strip_suffix(digits)?;
                continue;
            } else if word.is_empty() {
                // A comma leads on to a number only if that is marked as one.
                if !(last == '.' || last == ',' && style.hash) {
                    return None;
                }
            } else if is_week_word(word) || is_any(word, "w") || self.is_swedish_week(word) {
                style.plural = word.to_ascii_lowercase().ends_with("weeks");
                let rest = before.strip_suffix(word)?;
                let (stem, earlier) = year_before(rest);
                let start = floor
                    + if earlier.is_some() {
                        stem.len()
                    } else {
                        rest.len()
                    };
                let year = year.or(earlier);
                return Some(Lead {
                    word,
                    start,
                    year,
                    style,
                });
            } else if is_any(word, words::FILLERS) || is_any(word, "in") && is_any(behind, "review")
            {
                (before, behind) = (before.strip_suffix(word)?, word);
                continue;
            } else {
                return None;
            }
            before = before.strip_suffix(last)?;
        }
        None
    }

    /// Of "v. 7", the v may be a version or a volume, but for Swedish notes.
    fn is_swedish_week(&self, word: &str) -> bool {
        is_any(word, "v") && self.text.to_lowercase().contains("veck")
    }

    /// Whether the week-word speaks of no particular week, "this week", or counts weeks: those of a month or a quarter,
    /// "February 2024, week 2", "Q1 W3".
    fn is_some_other_week(&self, lead: &Lead, value: u32) -> bool {
        let before = self.text.get(..lead.start).unwrap_or("").trim_end();
        let vague = lead.word == "week" && is_any(last_word(before), words::VAGUE);
        let marks = |c: char| c.is_whitespace() || ",-–—:|.".contains(c);
        let (before, _) = year_before(before.trim_end_matches(marks));
        let name = last_word(before.trim_end_matches(marks));
        let of_month = value <= 5 && month_in_any_language(name).is_some();
        let quarter = before.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = quarter.len() < before.len();
        let of_quarter = number && value <= 14 && is_any(last_word(quarter), "q");
        let counted = number && lead.style.plural;
        vague || of_month || of_quarter || counted
    }

    /// "7. hafta", "7. KW 2024", "第 32 周", "7주차".
    fn before_week_word(&self, at: usize, value: u32) -> Option<Claim> {
        let span = self.said.get(at)?.span;
        let before = self.before(at).trim_end();
        let behind = self.behind(span);
        let point = behind.strip_prefix('.');
        let rest = point.unwrap_or(behind).trim_start();
        let word = first_word(rest);
        let marked = before.ends_with('第');
        // Nothing stands before it that it would count or belong to, as in "2월 3주차", the third week of February.
        let free = || match before.chars().next_back() {
            Some(last) if last.is_alphabetic() => is_week_word(last_word(before)),
            Some(last) => !".:/".contains(last) && !last.is_numeric(),
            None => at == 0,
        };
        let (stem, earlier) = year_before(before.trim_end_matches('第'));
        let first = word.chars().next()?;
        let (is_week, len) = match first {
            '周' | '週' => (marked, first.len_utf8()),
            '期' | '号' | '回' => (marked && self.weekly, first.len_utf8()),
            _ if word.starts_with("주차") => (!behind.starts_with(' ') && free(), "주차".len()),
            _ => {
                let named = point.is_some() && is_any(word, words::BEHIND_NUMBERS);
                (named && (earlier.is_some() || free()), word.len())
            }
        };
        if !is_week {
            return None;
        }
        let end = self.text.len() - rest.len() + len;
        let later = self.year_after(end);
        let start = span.range().start - self.before(at).len()
            + if earlier.is_some() {
                stem.len()
            } else {
                before.trim_end_matches('第').len()
            };
        Some(Claim {
            numbers: vec![value],
            year: earlier.or(later.map(|(year, _)| year)),
            iso: later.is_some() && is_any(word, "kw"),
            named: true,
            span: Span::new(start, later.map_or(end, |(_, end)| end)),
            ..Claim::default()
        })
    }

    /// "#12". "PR #12" and "&#8217;" number something else.
    fn hash(&self, at: usize) -> Option<Claim> {
        let before = self.before(at).strip_suffix(words::is_hash)?;
        let word = last_word(before);
        let last = before.trim_end().chars().next_back();
        if !(is_any(word, words::LABELS)
            || is_week_word(word)
            || word.is_empty() && last != Some('&'))
        {
            return None;
        }
        let start = self.said.get(at)?.span.range().start;
        let mark = self.before(at).len() - before.len();
        let style = Style {
            hash: true,
            ..Style::default()
        };
        self.numbered(start - mark, at, style, None)
    }

    /// A number that no word names as a week's.
    fn unnamed(&self, at: usize) -> Option<Claim> {
        let said = self.said.get(at)?;
        let before = self.before(at);
        let dated = || at == 1 && self.said.first().is_some_and(|one| one.stated.is_day());
        let first = before.trim_matches([' ', '-', '_', '#']).is_empty()
            && (at == 0 || self.stem && dated());
        let start = said.span.range().start;
        match said.stated {
            Stated::Week {
                year,
                named: false,
                week,
            } if first && (1..=53).contains(&week) => {
                let claim = self.numbered(start, at, Style::default(), Some(year))?;
                (self.stem || self.behind(claim.span).trim().is_empty()).then_some(claim)
            }
            Stated::Number { word, .. } if word == Word::HASH => {
                let claim = self.hash(at)?;
                (first || self.behind(claim.span).trim().is_empty()).then_some(claim)
            }
            Stated::Number { .. } => self.set_apart(at, first).or_else(|| {
                let label = last_word(before.trim_end_matches([':', '-', '–', '—', '.', ' ']));
                if !is_any(label, words::LABELS) {
                    return None;
                }
                let claim = self.numbered(start, at, Style::default(), None)?;
                let rest = self.behind(claim.span).trim_start();
                (self.stem || !rest.starts_with(char::is_alphanumeric)).then_some(claim)
            }),
            _ => None,
        }
    }

    /// The run at the statement `at` if it stands apart: "52", "52: Mending", "Links - 52", a stem's "007-soup".
    fn set_apart(&self, at: usize, first: bool) -> Option<Claim> {
        let span = self.said.get(at)?.span;
        let claim = self.numbered(span.range().start, at, Style::default(), None)?;
        let rest = self.behind(claim.span);
        let last = rest.trim().is_empty();
        let dashes = [" -", " –", " —", " |"];
        let leads = rest.starts_with(':') || dashes.iter().any(|dash| rest.starts_with(dash));
        let before = self.before(at);
        let trails =
            before.ends_with(' ') && dashes.iter().any(|dash| before.trim_end().ends_with(dash));
        let padded = span.len() > 1 && span.of(self.text).starts_with('0');
        let apart = match (first, self.stem) {
            (true, stem) => last || if stem { padded } else { leads },
            (false, stem) => !stem && last && trails,
        };
        apart.then_some(claim)
    }

    /// The run at the statement `at` with what may follow it, as a claim that begins at the byte `from`.
    fn numbered(&self, from: usize, at: usize, style: Style, year: Option<i16>) -> Option<Claim> {
        let (numbers, run) = self.run(at, style)?;
        let mut end = run.range().end;
        let tight = first_word(self.behind(run));
        let mut bonus = self.fractions.contains(&end);
        if !tight.is_empty()
            && !is_any(tight, words::JOINING)
            && !tight.starts_with(words::is_ideograph)
        {
            // "12b", but not "12x", "24W07" and "5th"
            bonus =
                tight.len() == 1 && tight.is_ascii() && !is_any(tight, "x") && numbers.len() == 1;
            if !bonus {
                return None;
            }
            end += 1;
        }
        let rest = self.text.get(end..)?;
        let part = rest
            .strip_prefix('/')
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let later = self.year_after(end);
        // "KW 7/24", but "Week 7/52"
        if part.is_some_and(|part| later.is_none() && !part.starts_with("52"))
            || self.is_counted(rest, style)
        {
            return None;
        }
        let part = rest
            .trim_start()
            .trim_start_matches([':', '-', '–', '—', ',', '(']);
        bonus |= is_any(first_word(part.trim_start()), words::PARTS)
            || is_any(last_word(self.text.get(..from)?), "bonus");
        // Of "weeks 52 & 1 of 2024", the year may be that of either.
        let later = later.filter(|_| year.is_none());
        let sorted = numbers.is_sorted();
        Some(Claim {
            numbers,
            year: year.or(later.map(|(year, _)| year).filter(|_| sorted)),
            named: true,
            bonus,
            span: Span::new(from, later.map_or(end, |(_, end)| end)),
            ..Claim::default()
        })
    }

    /// Whether what stands behind a number makes it a count ("5 days", "Weeknotes: 5 things"), or the first of a life's
    /// weeks ("Week 1 of a new job").
    fn is_counted(&self, rest: &str, style: Style) -> bool {
        let rest = rest.trim_start();
        let word = first_word(rest);
        let next = first_word(rest.strip_prefix(word).unwrap_or("").trim_start());
        !style.hash && (is_any(word, words::UNITS) || style.separated && !word.is_empty())
            || is_any(word, "of") && is_any(next, "a an")
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
        if !self.weekly {
            return None;
        }
        let words = self.text.split(|c: char| !c.is_alphabetic());
        let mut words = words.filter(|word| !word.is_empty()).peekable();
        while let Some(word) = words.next() {
            let Some(next) = words.peek().copied().filter(|_| is_week_word(word)) else {
                continue;
            };
            let start = Span::of_slice(word, self.text);
            let (value, len) = words::number_in_letters(self.behind(start).trim_start())?;
            let end = Span::of_slice(next, self.text).range().start + len;
            let rest = self.text.get(end..)?;
            let direct = self.stem || !word.ends_with('s');
            let sure = self.stem
                || word.starts_with(char::is_uppercase)
                || !rest.trim_start().starts_with(char::is_alphanumeric);
            if direct && sure && !self.is_counted(rest, Style::default()) {
                return Some(Claim {
                    numbers: vec![value],
                    named: true,
                    span: Span::new(start.start as usize, end),
                    ..Claim::default()
                });
            }
        }
        None
    }
}

/// The text without a year at its end and the marks behind that, and the year: "2024 – ", "2024년 ".
fn year_before(text: &str) -> (&str, Option<i16>) {
    let marks = |c: char| c.is_whitespace() || ",:-–—/|(年년".contains(c);
    let stem = text.trim_end_matches(marks);
    let at = stem.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    match stem
        .split_at_checked(at)
        .and_then(|(rest, digits)| Some((rest, as_year(digits)?)))
    {
        Some((rest, year)) => (rest, Some(year)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests;
