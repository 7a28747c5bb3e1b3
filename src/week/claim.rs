//! Claims: what a title, a heading or a file's name says about the weeks that the note covers.
//!
//!     claim    = named | year-week | season | dates | unnamed, in a text of at most 512 bytes
//!     named    = week-word [filler] ["#"] run [year]        Week 460; Weeknotes: 065; Week Notes, № 1; Week 12, 2026
//!              | year week-word run                         2024 week 43
//!              | week-word year "-" run                     Week Notes 2025-20
//!              | "W" digits                                 w07
//!              | 第 number 周 | year 年 [第] number 周      2025年第 32 周
//!              | "#" number, where a week-word stands elsewhere
//!     iso      = year ["-"] "W" run                         2024-W08, 2023-W01 to W03 (ISO 8601)
//!     season   = ("S" | "series" | "season") number ("E" | "episode") run
//!     run      = number {separator number}                  853 & 854; 520 to 524; 545-7, which is 545 to 547
//!     unnamed  = the whole text is a run; "#" number; "Note 52: ..."; "Links - 263"; "52: ..."; of a file's name also
//!                2024-07 and a number with a leading zero
//!
//! In a file's stem `-` and `_` are white space, and stand for any separator between two numbers. A date that begins a
//! stem is read first, the rest as if it stood alone.
//!
//! A number is no claim where it counts something ("5 weeks in", "Weeknotes: 5 things", "100 consecutive weeks"), and a
//! lone year is none either. Where two readings are equally good - "Week 12 March", "week-3-4-bugs" - none is taken: a
//! false claim contradicts the true ones and costs an author's trust, a missing one costs little.

use super::tokens::{Kind, Token, head, tokens};
use super::{Claim, Season, dates};
use crate::source::Span;
use std::ops::Range;

/// The most bytes of a title that are read.
const LONGEST: usize = 512;

/// The longest run of weeks that is believed.
const LONGEST_RUN: u32 = 400;

/// What a title or a heading claims. The claim's span is within `text`.
pub fn of_title(text: &str) -> Option<Claim> {
    Reader::claim(text, false)
}

/// What a file's stem (its name without extensions) or a folder's name claims. The claim's span is within `stem`.
pub fn of_stem(stem: &str) -> Option<Claim> {
    Reader::claim(stem, true)
}

/// The named weeks that `text` begins with ("weeks 12 and 13 of ..."), and what stands behind them.
pub(super) fn at_beginning(text: &str) -> Option<(Claim, &str)> {
    let text = head(text, LONGEST);
    let reader = Reader::new(text, false);
    let (claim, _) = reader.week_first(0)?;
    let rest = text.get(claim.span.range().end..)?;
    Some((claim, rest))
}

/// The words that name a number as a week's: how they begin is free ("LifeWeekly").
const WEEK_ENDINGS: [&str; 7] = [
    "week",
    "weeks",
    "weeknote",
    "weeknotes",
    "weekly",
    "weeklinks",
    "weeklies",
];

/// Others, which stand alone.
const WEEK_WORDS: [&str; 13] = [
    "wk",
    "wks",
    "kw",
    "woche",
    "wochennotizen",
    "semaine",
    "semana",
    "settimana",
    "vecka",
    "uge",
    "uke",
    "viikko",
    "周",
];

/// Words that may stand between the week-word and its number.
const FILLERS: [&str; 22] = [
    "notes",
    "note",
    "links",
    "link",
    "update",
    "log",
    "digest",
    "report",
    "newsletter",
    "roundup",
    "journal",
    "diary",
    "recap",
    "summary",
    "review",
    "no",
    "nr",
    "num",
    "number",
    "issue",
    "edition",
    "vol",
];

/// Words that name a number as a note's, without a week.
const LABELS: [&str; 12] = [
    "notes",
    "note",
    "links",
    "log",
    "digest",
    "newsletter",
    "no",
    "nr",
    "number",
    "issue",
    "edition",
    "№",
];

/// What a number before it counts.
const UNITS: [&str; 29] = [
    "days", "nights", "hours", "hrs", "minutes", "mins", "seconds", "weeks", "months", "years",
    "yrs", "things", "people", "ways", "reasons", "tips", "times", "lessons", "pages", "posts",
    "miles", "am", "pm", "percent", "st", "nd", "rd", "th", "x",
];

/// The numbers that are read as words, from zero.
const NUMBER_WORDS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// Whether the token is a word such as "week" or "weeknotes".
fn is_week_word(token: Token) -> bool {
    let text = token.text;
    token.kind == Kind::Word
        && (WEEK_ENDINGS.iter().any(|ending| {
            text.len()
                .checked_sub(ending.len())
                .and_then(|at| text.get(at..))
                .is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
        }) || token.is_any(&WEEK_WORDS)
            || text == "週")
}

fn is_hash(token: Token) -> bool {
    token.is_mark("#＃№")
}

/// A run of numbers and the index of the token after it.
struct Run {
    numbers: Vec<u32>,
    descending: bool,
    next: usize,
}

/// How a run may be written.
#[derive(Clone, Copy, Default)]
struct RunStyle {
    /// After "weeks": what follows is surely a run.
    plural: bool,
    /// After "#": a number that follows another is surely one of the run.
    hash: bool,
    /// The numbers are words.
    words: bool,
}

/// A separator between two numbers of a run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Comma,
    And,
    Slash,
    Dash,
    SpacedDash,
    To,
    /// White space of a stem.
    Gap,
}

/// A text in tokens.
struct Reader<'t> {
    tokens: Vec<Token<'t>>,
    stem: bool,
    /// Whether a week-word stands anywhere.
    weekly: bool,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, stem: bool) -> Self {
        let tokens = tokens(text, stem);
        let weekly = tokens.iter().any(|&token| is_week_word(token));
        Reader {
            tokens,
            stem,
            weekly,
        }
    }

    fn claim(text: &str, stem: bool) -> Option<Claim> {
        let text = head(text, LONGEST);
        let mut reader = Reader::new(text, stem);
        let mut claim = Claim::default();
        let digits = text.bytes().any(|byte| byte.is_ascii_digit());
        if let Some(found) = dates::find(text).filter(|_| digits) {
            let place = reader.cut(found.span);
            if let Some(range) = found.range
                && !reader.may_be_a_week(place, &found, text)
                && (reader.weekly || reader.has_nothing_else() || stem && place == 0)
            {
                claim.dates = Some(range);
                claim.ending = reader.is_ending(place);
                claim.named = reader.weekly;
                claim.span = found.span;
            }
        }
        if let Some((season, span)) = reader.season() {
            reader.cut(span);
            claim.season = Some(season);
            claim.named = reader.weekly;
            claim.span = span;
        }
        let known = claim.dates.is_some() || claim.season.is_some();
        let numbers = reader.named().or_else(|| {
            let weak = reader.unnamed()?;
            // Beside a date or a season, only a stem's last part is surely the note's number.
            (!known || stem && claim.season.is_none()).then_some(weak)
        });
        match numbers {
            Some(numbers) => Some(Claim {
                dates: claim.dates,
                season: claim.season,
                ending: claim.ending,
                ..numbers
            }),
            None => known.then_some(claim),
        }
    }

    fn get(&self, index: usize) -> Option<Token<'t>> {
        self.tokens.get(index).copied()
    }

    fn before(&self, index: usize) -> Option<Token<'t>> {
        self.get(index.checked_sub(1)?)
    }

    /// The token directly after another one, without white space.
    fn tight(&self, index: usize) -> Option<Token<'t>> {
        self.get(index).filter(|token| !token.spaced)
    }

    /// Replaces the tokens of `span` by an empty mark, so that no number is read across it; returns its index.
    fn cut(&mut self, span: Span) -> usize {
        let Range { start, end } = span.range();
        let from = self.tokens.partition_point(|token| token.end() <= start);
        let to = self
            .tokens
            .partition_point(|token| token.start < end)
            .max(from);
        let cut = Token {
            kind: Kind::Mark,
            text: "",
            start,
            spaced: true,
        };
        self.tokens.splice(from..to, [cut]);
        from
    }

    /// Whether a date at `place` may as well be the number of a week and something else: "Week 12 March",
    /// "Week 12 - 18 March".
    fn may_be_a_week(&self, place: usize, found: &dates::Found, text: &str) -> bool {
        let direct = self
            .before(place)
            .is_some_and(|word| word.is_any(&["week", "weeks", "wk"]));
        let bare = found
            .span
            .of(text)
            .split(|c: char| !c.is_ascii_digit())
            .next();
        let day_first = bare.is_some_and(|digits| (1..=2).contains(&digits.len()));
        let sure = found.first.of(text).contains(['t', 'h', 'd']) && found.first.len() <= 4
            || found
                .last
                .is_some_and(|last| last.start == found.first.end + 1);
        let joined = found
            .span
            .of(text)
            .bytes()
            .filter(|byte| matches!(byte, b'-' | b'/' | b'.'))
            .count()
            > 1;
        direct && day_first && !sure && !joined
    }

    fn has_nothing_else(&self) -> bool {
        self.tokens.iter().all(|token| token.kind == Kind::Mark)
    }

    /// Whether the words before the date at `place` make it the last day of a week.
    fn is_ending(&self, place: usize) -> bool {
        let words = |token: &&Token| token.kind == Kind::Word && !token.is_any(&["on", "the"]);
        let before = self.tokens.get(..place).unwrap_or_default();
        let mut words = before.iter().rev().filter(words);
        match words.next() {
            Some(word) if word.is_any(&["ending", "ended", "ends"]) => true,
            Some(word) if word.is("to") => words.next().is_some_and(|word| word.is("week")),
            _ => false,
        }
    }

    /// The season and its episodes, and their place.
    fn season(&self) -> Option<(Season, Span)> {
        (0..self.tokens.len()).find_map(|index| {
            let word = self.get(index)?;
            let number = self.get(index + 1)?;
            let short = word.is("s") && !number.spaced;
            if !(short || word.is_any(&["series", "season"])) {
                return None;
            }
            let season = number.value()?;
            let mut at = index + 2;
            while at < index + 4 && self.get(at)?.is_mark(",:.-–—/|") {
                at += 1;
            }
            let word = self.get(at)?;
            if !word.is_any(&["e", "ep", "eps", "episode", "episodes"]) {
                return None;
            }
            let style = RunStyle {
                plural: word.text.ends_with('s'),
                ..RunStyle::default()
            };
            let run = self.run(at + 1, style)?;
            let span = self.span(index, run.next);
            let episodes = run.numbers;
            Some((Season { season, episodes }, span))
        })
    }

    /// The bytes of the tokens from `from` up to and without `to`.
    fn span(&self, from: usize, to: usize) -> Span {
        let start = self.get(from).map_or(0, |token| token.start);
        let end = self.before(to).map_or(start, |token| token.end());
        Span::new(start, end)
    }

    /// The first numbers that a word names as weeks, and a second numbering behind them.
    fn named(&self) -> Option<Claim> {
        let mut claims = Vec::new();
        let mut index = 0;
        while index < self.tokens.len() && claims.len() < 2 {
            match self.named_at(index) {
                Some((claim, next)) => {
                    claims.push(claim);
                    index = next.max(index + 1);
                }
                None => index += 1,
            }
        }
        let mut claims = claims.into_iter();
        let mut claim = claims.next()?;
        claim.also = claims
            .find(|second| second.year.is_some() != claim.year.is_some())
            .map(Box::new);
        Some(claim)
    }

    fn named_at(&self, index: usize) -> Option<(Claim, usize)> {
        let token = self.get(index)?;
        match token.kind {
            Kind::Number => self.year_first(index),
            Kind::Word => self
                .week_first(index)
                .or_else(|| self.ideograph_first(index, None)),
            Kind::Mark if self.weekly && is_hash(token) => self.hash_first(index),
            Kind::Mark => None,
        }
    }

    /// "2024-W08", "2024 week 43", "2025年第 32 周".
    fn year_first(&self, index: usize) -> Option<(Claim, usize)> {
        let year = self.get(index)?.year()?;
        let mut at = index + 1;
        if self.tight(at).is_some_and(|token| token.text == "年") {
            return self.ideograph_first(at + 1, Some((index, year)));
        }
        while at < index + 3 && self.get(at)?.is_mark(",:-–—/|(") {
            at += 1;
        }
        let iso = self.get(at)?.is("w");
        let (mut claim, next) = self.week_first(at)?;
        if claim.year.is_some_and(|other| other != year) {
            return None;
        }
        claim.year = Some(year);
        claim.iso = iso;
        claim.span.start = self.span(index, index).start;
        Some((claim, next))
    }

    /// "第 32 周" and, after a year, "32周".
    fn ideograph_first(&self, index: usize, year: Option<(usize, i16)>) -> Option<(Claim, usize)> {
        let marked = self.get(index)?.text == "第";
        let at = index + usize::from(marked);
        let number = self.get(at)?.value()?;
        let unit = self.get(at + 1)?.text;
        let is_week = matches!(unit, "周" | "週");
        let is_issue = marked && self.weekly && matches!(unit, "期" | "号" | "回");
        if !(is_week && (marked || year.is_some()) || is_issue) {
            return None;
        }
        let claim = Claim {
            numbers: vec![number],
            year: year.map(|(_, year)| year),
            named: true,
            span: self.span(year.map_or(index, |(index, _)| index), at + 2),
            ..Claim::default()
        };
        Some((claim, at + 2))
    }

    /// "#12", where the text speaks of weeks elsewhere.
    fn hash_first(&self, index: usize) -> Option<(Claim, usize)> {
        let style = RunStyle {
            hash: true,
            ..RunStyle::default()
        };
        self.tight(index + 1)?;
        self.numbered(index, index + 1, style, false)
    }

    /// "Week 460", "Weeknotes: 065", "Week Notes 2025-20", "w07".
    pub(super) fn week_first(&self, index: usize) -> Option<(Claim, usize)> {
        let word = self.get(index)?;
        if word.is("w") {
            let number = self
                .tight(index + 1)
                .filter(|number| number.text.len() == 2)?;
            number.value()?;
            return self.numbered(index, index + 1, RunStyle::default(), false);
        }
        if !is_week_word(word) || self.is_some_other_week(index) {
            return None;
        }
        let mut style = RunStyle {
            plural: word.text.to_ascii_lowercase().ends_with("weeks"),
            ..RunStyle::default()
        };
        let (mut at, mut separated) = (index + 1, false);
        while let Some(token) = self.get(at).filter(|_| at < index + 6) {
            if is_hash(token) {
                style.hash = true;
            } else if token.is_mark(",") {
                // A comma leads on to a number only if that is marked as one.
                if !self.get(at + 1).is_some_and(is_hash) {
                    return None;
                }
            } else if token.is_mark(":-–—|([.") {
                separated = separated || !(token.text == "." && !token.spaced);
            } else if token.kind == Kind::Word && token.is("in") {
                if !self.get(at + 1).is_some_and(|next| next.is("review")) {
                    return None;
                }
            } else if token.kind != Kind::Word || !token.is_any(&FILLERS) {
                break;
            }
            at += 1;
        }
        let number = self.get(at)?;
        if number.kind == Kind::Word {
            let direct = at == index + 1 && (self.stem || !word.text.ends_with('s'));
            let sure = self.stem
                || word.text.starts_with(|c: char| c.is_uppercase())
                || self.get(at + 1).is_none_or(|next| next.kind == Kind::Mark);
            style.words = true;
            return self
                .numbered(index, at, style, false)
                .filter(|_| direct && sure);
        }
        if !style.hash && number.year().is_some() {
            return self.year_and_number(index, at);
        }
        self.numbered(index, at, style, separated && !style.hash)
    }

    /// Whether the week-word speaks of no particular week, "this week", or counts weeks, "5 weeks".
    fn is_some_other_week(&self, index: usize) -> bool {
        let word = self.get(index);
        let (Some(word), Some(before)) = (word, self.before(index)) else {
            return false;
        };
        let counted = before.kind == Kind::Number
            && before.year().is_none()
            && word.text.to_ascii_lowercase().ends_with("weeks");
        let vague = word.text == "week"
            && before.is_any(&[
                "this", "last", "next", "per", "every", "each", "a", "that", "one",
            ]);
        counted || vague
    }

    /// "2025-20" or "2025 #20" with the year at `at`, after the week-word at `index`.
    fn year_and_number(&self, index: usize, at: usize) -> Option<(Claim, usize)> {
        let year = self.get(at)?.year();
        let (mut claim, next) =
            self.year_first(at)
                .or_else(|| self.year_dash(at))
                .or_else(|| {
                    let hash = self.get(at + 1).is_some_and(is_hash);
                    self.hash_first(at + 1).filter(|_| hash)
                })?;
        claim.year = year;
        claim.named = true;
        claim.span.start = self.span(index, index).start;
        Some((claim, next))
    }

    /// A year and the number of one of its weeks, or months: "2025-20".
    fn year_dash(&self, index: usize) -> Option<(Claim, usize)> {
        let year = self.get(index)?.year()?;
        let joined = self
            .tight(index + 1)
            .is_some_and(|token| token.is_mark("-/–"));
        let at = index + 1 + usize::from(joined);
        let number = self.get(at)?;
        let fits = (1..=2).contains(&number.text.len()) && (1..=53).contains(&number.value()?);
        let apart = number.spaced && !self.stem;
        if !fits || apart || !(joined || self.stem) {
            return None;
        }
        let (mut claim, next) = self.numbered(index, at, RunStyle::default(), false)?;
        claim.year = Some(year);
        Some((claim, next))
    }

    /// The run at `at` with what may follow it, as a claim that begins with the token `from`. `separated`: a colon or
    /// dash stands before it, so that words behind it would make it a count ("Weeknotes: 5 things").
    fn numbered(
        &self,
        from: usize,
        at: usize,
        style: RunStyle,
        separated: bool,
    ) -> Option<(Claim, usize)> {
        let run = self.run(at, style)?;
        let mut next = run.next;
        let mut bonus = false;
        if let Some(mark) = self.tight(next) {
            let after = self.tight(next + 1);
            if mark.kind == Kind::Word && !self.is_separator_word(mark) {
                bonus = mark.text.len() == 1
                    && mark.text.is_ascii()
                    && !mark.is("x")
                    && run.numbers.len() == 1;
                if !bonus && !is_ideograph_mark(mark) {
                    return None;
                }
                next += usize::from(bonus);
            } else if mark.is_mark(".:/") && after.is_some_and(|after| after.kind == Kind::Number) {
                let more = self.tight(next + 2).is_some_and(|more| more.is_mark(".:/"));
                bonus =
                    mark.text == "." && !more && after.and_then(|after| after.value()) != Some(0);
                if !bonus {
                    return None;
                }
                next += 2;
            } else if mark.is_mark("%") {
                return None;
            }
        }
        if let Some(word) = self.get(next)
            && word.kind == Kind::Word
            && !style.hash
            && (word.is_any(&UNITS) || separated)
        {
            return None;
        }
        let skip = usize::from(self.get(next).is_some_and(|token| token.is_mark(":-–—,(")));
        bonus = bonus
            || self.get(next + skip).is_some_and(|word| word.is("bonus"))
            || self.before(from).is_some_and(|word| word.is("bonus"));
        let (year, next) = match self.year_after(next) {
            Some((year, next)) => (Some(year), next),
            None => (None, next),
        };
        let claim = Claim {
            numbers: run.numbers,
            descending: run.descending,
            year,
            named: true,
            bonus,
            span: self.span(from, next),
            ..Claim::default()
        };
        Some((claim, next))
    }

    /// The year behind a number: "Week 12, 2026", "Week 12 (2026)", "week-12-2026"; and the index after it.
    fn year_after(&self, index: usize) -> Option<(i16, usize)> {
        let linked = self
            .get(index)
            .is_some_and(|token| token.is_mark(",-–—/(:") || token.is("of") || token.is("in"));
        let at = index + usize::from(linked);
        let year = self.get(at)?.year()?;
        let after = self.get(at + 1);
        let closed = self.stem || after.is_none_or(|after| after.kind == Kind::Mark);
        // "Week 12, 2026-01-05" is followed by a date.
        let goes_on = self
            .tight(at + 1)
            .is_some_and(|token| token.is_mark("-/.–"))
            && self
                .tight(at + 2)
                .is_some_and(|token| token.kind == Kind::Number);
        (closed && !goes_on).then_some((year, at + 1))
    }

    /// The value of the number at `index`, or of a number's name.
    fn value(&self, index: usize, style: RunStyle) -> Option<u32> {
        let token = self.get(index)?;
        if style.words && token.kind == Kind::Word {
            let value = NUMBER_WORDS.iter().position(|word| token.is(word))?;
            return u32::try_from(value).ok();
        }
        token.value()
    }

    /// The run of numbers at `index`; `None` also where it is open what belongs to it.
    fn run(&self, index: usize, style: RunStyle) -> Option<Run> {
        let mut last = self.value(index, style)?;
        let mut run = Run {
            numbers: vec![last],
            descending: false,
            next: index + 1,
        };
        while let Some((separator, at, hash)) = self.separator(run.next, style) {
            let Some(mut value) = self.value(at, style) else {
                break;
            };
            let (Some(token), Some(before)) = (self.get(at), self.get(run.next - 1)) else {
                break;
            };
            if !hash && token.year().is_some() && last < 1000 {
                break;
            }
            let dash = matches!(separator, Separator::Dash | Separator::To | Separator::Gap);
            let shorter = token.text.len() < before.text.len();
            if value <= last && dash && shorter && (!self.stem || style.plural) {
                value = complete(last, value, token.text.len());
            }
            if value < last
                && style.plural
                && dash
                && token.text.len() == before.text.len()
                && run.numbers.len() == 1
            {
                run.numbers = vec![value, last];
                run.descending = true;
                run.next = at + 1;
                break;
            }
            if value <= last || value - last > LONGEST_RUN || !self.is_whole_number(at) {
                break;
            }
            if !hash && !style.hash && !style.plural && self.is_followed_by_word(at) {
                let next_one = value == last + 1;
                match separator {
                    Separator::Dash | Separator::Slash | Separator::To => {}
                    Separator::And if next_one => {}
                    Separator::Gap => return None,
                    Separator::Comma | Separator::SpacedDash if next_one => return None,
                    _ => break,
                }
            }
            let through = matches!(
                separator,
                Separator::Dash | Separator::SpacedDash | Separator::To | Separator::Gap
            );
            let from = if through { last + 1 } else { value };
            run.numbers.extend(from..=value);
            run.numbers.truncate(LONGEST_RUN as usize);
            last = value;
            run.next = at + 1;
        }
        Some(run)
    }

    /// Whether nothing is joined to the number at `index` that would make it another thing: "4th", "4.5", "4:30", and
    /// whether it counts nothing.
    fn is_whole_number(&self, index: usize) -> bool {
        let joined = self.tight(index + 1).is_some_and(|next| {
            next.kind == Kind::Word && !self.is_separator_word(next) && !is_ideograph_mark(next)
                || next.is_mark("%")
                || next.is_mark(".:")
                    && self
                        .tight(index + 2)
                        .is_some_and(|after| after.kind == Kind::Number)
        });
        !joined && !self.get(index + 1).is_some_and(|next| next.is_any(&UNITS))
    }

    fn is_followed_by_word(&self, index: usize) -> bool {
        self.get(index + 1)
            .is_some_and(|next| next.kind == Kind::Word && !self.is_separator_word(next))
    }

    fn is_separator_word(&self, token: Token) -> bool {
        token.is_any(&["and", "to", "till", "until", "through"])
    }

    /// The separator at `index`, the index of the number behind it, and whether that has a `#` of its own.
    fn separator(&self, index: usize, style: RunStyle) -> Option<(Separator, usize, bool)> {
        let first = self.get(index)?;
        let mut at = index + 1;
        let separator = if first.is_mark(",") {
            if self
                .get(at)
                .is_some_and(|token| token.is("and") || token.is_mark("&"))
            {
                at += 1;
            }
            Separator::Comma
        } else if first.is("and") || first.is_mark("&+") {
            Separator::And
        } else if first.is_mark("/") {
            Separator::Slash
        } else if first.is_mark("-–—‑−") {
            if first.spaced {
                Separator::SpacedDash
            } else {
                Separator::Dash
            }
        } else if self.is_separator_word(first) {
            Separator::To
        } else if self.stem && first.spaced && (first.kind == Kind::Number || is_week_word(first)) {
            at = index;
            Separator::Gap
        } else {
            return None;
        };
        // "Week 12 & week 13", "#63, #64", "W01 to W03".
        if self.get(at).is_some_and(is_week_word) && !style.words {
            at += 1;
        } else if self.get(at).is_some_and(|token| token.is("w")) && self.tight(at + 1).is_some() {
            at += 1;
        }
        let hash = self.get(at).is_some_and(is_hash);
        Some((separator, at + usize::from(hash), hash))
    }

    /// A number that no word names as a week's.
    fn unnamed(&self) -> Option<Claim> {
        let start = self
            .tokens
            .iter()
            .position(|token| !token.text.is_empty())?;
        let parts = self.tokens.len();
        let style = RunStyle::default();
        let claim = (start..parts).find_map(|index| {
            let token = self.get(index)?;
            if is_hash(token) {
                return self.hash_first(index);
            }
            if token.kind == Kind::Number {
                let (claim, next) = match self.year_dash(index).filter(|_| index == start) {
                    Some((claim, next)) if self.stem || next == parts => {
                        return Some((claim, next));
                    }
                    _ => self.numbered(index, index, style, false)?,
                };
                let after = self.get(next);
                let whole = index == start && next == parts;
                let padded = self.stem
                    && index == start
                    && token.text.starts_with('0')
                    && token.text.len() > 1;
                let leads = index == start
                    && !self.stem
                    && after.is_some_and(|mark| {
                        mark.is_mark(":") || mark.spaced && mark.is_mark("-–—|")
                    });
                let trails = !self.stem
                    && next == parts
                    && self
                        .before(index)
                        .is_some_and(|mark| mark.spaced && mark.is_mark("-–—|"));
                let sure = token.year().is_none() && (whole || padded || leads || trails);
                return sure.then_some((claim, next));
            }
            if !token.is_any(&LABELS) {
                return None;
            }
            let mut at = index + 1;
            while at < index + 3 && self.get(at)?.is_mark(":-–—.#№") {
                at += 1;
            }
            let (claim, next) = self.numbered(index, at, style, false)?;
            let closed = self.stem || self.get(next).is_none_or(|after| after.kind == Kind::Mark);
            let lone_year = self.get(at)?.year().is_some();
            (closed && !lone_year).then_some((claim, next))
        });
        let (mut claim, _) = claim?;
        claim.named = false;
        Some(claim)
    }
}

/// Whether the token may stand directly behind a number: "05｜" is a mark, "08周" a unit.
fn is_ideograph_mark(token: Token) -> bool {
    token
        .text
        .starts_with(|c: char| !c.is_ascii() && c > '\u{2e7f}')
}

/// `545` and `7` with its one digit make `547`.
fn complete(last: u32, short: u32, digits: usize) -> u32 {
    let scale = u32::try_from(digits)
        .ok()
        .and_then(|digits| 10_u32.checked_pow(digits))
        .unwrap_or(u32::MAX);
    last / scale * scale + short
}
