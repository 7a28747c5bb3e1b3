//! Claims: what a title, a heading or a file's name says about the weeks that the note covers.
//!
//! ```text
//! claim    = named | year-week | season | dates | unnamed, in a text of at most 512 bytes
//! named    = week-word [filler] ["#"] run [year]        Week 460; Weeknotes: 065; Week Notes, № 1; Week 12, 2026
//!          | year week-word run                         2024 week 43
//!          | [第] number ["."] week-word [year]         7. hafta, 7. KW 2024, 7주차, 第 32 周
//!          | week-word year "-" run                     Week Notes 2025-20
//!          | "W" digits                                 w07; w7 alone, with a year or beside a week-word
//!          | "KW" number year                       KW 12, 2026: an ISO week, as DIN has it
//!          | year ["年" | "년"] [第] number week-word   2025年第 32 周, 2024 – 7. hafta
//!          | "#" number, where a week-word stands elsewhere
//! year     = four digits | "'" two digits
//! iso      = year ["-"] "W" run                         2024-W08, 2023-W01 to W03 (ISO 8601)
//! run      = number {separator number}                  853 & 854; 520 to 524; 545-7, which is 545 to 547
//! season, unnamed: see `unnamed.rs`
//! ```
//!
//! In a file's stem `-` and `_` are white space, and stand for any separator between two numbers. A date that begins a
//! stem is read first, the rest as if it stood alone.
//!
//! A number is no claim where it counts something ("5 weeks in", "Weeknotes: 5 things", "100 consecutive weeks"), and a
//! lone year is none either. Where two readings are equally good - "Week 12 March", "week-3-4-bugs" - none is taken: a
//! false claim contradicts the true ones and costs an author's trust, a missing one costs little.

use super::names::{Names, month};
use super::run::RunStyle;
use super::tokens::{Kind, Token, Tokens, head};
use super::words::{self, is_hash, is_ideograph, is_plural, is_week_word};
use super::{Claim, DateRange, calendar, dates};

/// The most bytes of a title that are read.
const LONGEST: usize = 512;

/// What a title or a heading claims. The claim's span is within `text`.
pub fn of_title(text: &str) -> Option<Claim> {
    Tokens::claim(text, false)
}

/// What a file's stem (its name without extensions) or a folder's name claims. The claim's span is within `stem`.
pub fn of_stem(stem: &str) -> Option<Claim> {
    Tokens::claim(stem, true)
}

impl<'t> Tokens<'t> {
    fn claim(text: &str, stem: bool) -> Option<Claim> {
        let text = head(text, LONGEST);
        let mut tokens = Tokens::new(text, stem);
        let mut claim = Claim::default();
        let digits = text.bytes().any(|byte| byte.is_ascii_digit());
        if !digits {
            // "Week Two" is all that is left.
            return tokens.named().filter(|_| tokens.weekly);
        }
        if let Some(found) = dates::find(text) {
            let place = tokens.cut(found.span);
            tokens.weekly |= tokens.is_edge_of_week(place, "c e b");
            if let Some(range) = found.range
                && !tokens.may_be_a_week(place, &found, text)
                && (tokens.weekly || tokens.has_nothing_else() || stem && place == 0)
            {
                claim.dates = Some(range);
                claim.named = tokens.weekly;
                claim.span = found.span;
            }
        }
        if let Some((season, span)) = tokens.season() {
            tokens.cut(span);
            claim.season = Some(season);
            claim.named = tokens.weekly;
            claim.span = span;
        }
        let known = claim.dates.is_some() || claim.season.is_some();
        let numbers = tokens.named().or_else(|| {
            let weak = tokens.unnamed()?;
            // Beside a date or a season, only a stem's last part is surely the note's number.
            (!known || stem && claim.season.is_none()).then_some(weak)
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

    /// Whether a date at `place` may as well be the number of a week and something else: "Week 12 March",
    /// "Week 12 - 18 March".
    fn may_be_a_week(&self, place: usize, found: &dates::Found, text: &str) -> bool {
        let impossible = |range: DateRange| dates::is_impossible(range.first);
        let direct = self.before(place).is_some_and(|word| {
            word.is_any("week weeks")
                || words::is_week_alone(word)
                || is_week_word(word) && found.range.is_some_and(impossible)
        });
        let date = found.span.of(text);
        let rest = date.trim_start_matches(|c: char| c.is_ascii_digit());
        let day_first = (1..=2).contains(&(date.len() - rest.len()));
        let mut after = rest.chars();
        // "7th March", "9-15 March" and "25-11-2017" are dates beyond doubt.
        let sure = match after.next() {
            Some('-' | '–' | '—' | '/' | '.' | '_') => {
                after.next().is_some_and(|c| c.is_ascii_digit())
            }
            Some(c) => c.is_alphabetic(),
            None => false,
        };
        direct && day_first && !sure
    }

    fn has_nothing_else(&self) -> bool {
        self.list.iter().all(|token| token.kind == Kind::Mark)
    }

    /// Whether the date at `place` is said to begin or to end its week: "w/c 12 Feb", "w/e 18 Feb", "wc-12-feb".
    fn is_edge_of_week(&self, place: usize, edges: &str) -> bool {
        match self.list.get(..place).unwrap_or_default() {
            [.., w, slash, edge] if w.is("w") && slash.is_mark("/") => edge.is_any(edges),
            [word] if word.text.len() == 2 && word.is_any("wc we wb") => {
                word.text.get(1..).is_some_and(|edge| edges.contains(edge))
            }
            _ => false,
        }
    }

    /// The first numbers that a word names as weeks.
    fn named(&self) -> Option<Claim> {
        let mut claims = (0..self.list.len()).filter_map(|at| Some((at, self.named_at(at)?)));
        let (_, (mut claim, end)) = claims.next()?;
        if let Some((at, (second, _))) = claims.find(|(at, _)| *at >= end) {
            self.join(&mut claim, end, second, at);
        }
        Some(claim)
    }

    /// Makes one run of two claims that have their own years: "2023-W52 to 2024-W01". The first ends before the token
    /// `end`, the second begins with the one at `at`.
    fn join(&self, first: &mut Claim, end: usize, second: Claim, at: usize) {
        let joint = match at - end {
            0 if self.stem => Some(true),
            1 => self.get(end).and_then(|mark| {
                let through = mark.is_mark("-–—→") || mark.is_any("to until till through");
                (through || mark.is_mark("&+/") || mark.is("and")).then_some(through)
            }),
            _ => None,
        };
        let plain = !first.bonus && !second.bonus;
        if let (Some(through), Some(year), Some(later)) = (joint, first.year, second.year)
            && let (Some(&last), &[to]) = (first.numbers.last(), &*second.numbers)
            && later - year == i16::from(to < last)
            && plain
        {
            let weeks = u32::from(calendar::weeks_in_iso_year(year));
            super::run::add(
                &mut first.numbers,
                if through { last } else { to },
                to,
                weeks,
            );
            first.span.end = second.span.end;
        }
    }

    fn named_at(&self, index: usize) -> Option<(Claim, usize)> {
        let token = self.get(index)?;
        match token.kind {
            Kind::Number => self.year_first(index).or_else(|| self.number_first(index)),
            Kind::Word => self.week_first(index).or_else(|| self.number_first(index)),
            Kind::Mark if self.weekly && is_hash(token) => self.hash_first(index),
            Kind::Mark => None,
        }
    }

    /// "2024-W08", "2024 week 43", "2024 – 7. hafta", "2025年第 32 周".
    fn year_first(&self, index: usize) -> Option<(Claim, usize)> {
        let year = self.get(index)?.year()?;
        let mut at = index + 1;
        at += usize::from(matches!(self.get(at)?.text, "年" | "년"));
        while at < index + 3 && self.get(at)?.is_mark(",:-–—/|(") {
            at += 1;
        }
        let (mut claim, next) = self.week_first(at).or_else(|| self.number_first(at))?;
        let iso = claim.iso || self.get(at)?.is_any("w kw");
        if claim.year.is_some_and(|other| other != year) {
            return None;
        }
        claim.year = Some(year);
        claim.iso = iso;
        claim.span.start = self.span(index, index).start;
        Some((claim, next))
    }

    /// "7. hafta", "7. KW 2024", "第 32 周", "7주차"; after a year also "32周".
    fn number_first(&self, index: usize) -> Option<(Claim, usize)> {
        let marked = self.get(index)?.text == "第";
        let at = index + usize::from(marked);
        let number = self.get(at)?;
        let point = self.tight(at + 1).is_some_and(|mark| mark.is_mark("."));
        let at = at + 1 + usize::from(point);
        let word = self.get(at)?;
        let before = self.before(index);
        let after = |unit| before.is_some_and(|before| before.text == unit);
        // Nothing stands before it that it would count or belong to, as in "2월 3주차", the third week of February.
        let free = || {
            before.is_none_or(|before| match before.kind {
                Kind::Mark => !before.is_mark(".:/") || before.spaced,
                Kind::Number => false,
                Kind::Word => before.text == "년" || is_week_word(before),
            })
        };
        let is_week = match word.text {
            "周" | "週" => marked || after("年"),
            "期" | "号" | "回" => marked && self.weekly,
            "주차" => !word.spaced && free(),
            _ => point && word.is_any(words::BEHIND_NUMBERS) && free(),
        };
        let (year, next) = self.year_after(at + 1).unzip();
        let next = next.unwrap_or(at + 1);
        let claim = Claim {
            numbers: vec![number.value().filter(|_| number.year().is_none())?],
            year,
            iso: year.is_some() && word.is("kw"),
            named: true,
            span: self.span(index, next),
            ..Claim::default()
        };
        is_week.then_some((claim, next))
    }

    /// "#12", where the text speaks of weeks elsewhere.
    pub(super) fn hash_first(&self, index: usize) -> Option<(Claim, usize)> {
        let style = RunStyle {
            hash: true,
            ..RunStyle::default()
        };
        self.tight(index + 1)?;
        // "PR #12" and "&#8217;" number something else.
        let free = self.before(index).is_none_or(|before| {
            before.is_any(words::LABELS)
                || is_week_word(before)
                || before.kind == Kind::Mark && before.text != "&"
        });
        self.numbered(index, index + 1, style, false)
            .filter(|_| free)
    }

    /// "Week 460", "Weeknotes: 065", "Week Notes 2025-20", "w07". A German "KW 12" of a year is an ISO week.
    fn week_first(&self, index: usize) -> Option<(Claim, usize)> {
        let (mut claim, next) = self.week_number(index)?;
        let word = self.get(index)?.text.to_ascii_lowercase();
        claim.of_notes = word.ends_with("note") || word.ends_with("notes");
        claim.iso |= claim.year.is_some() && self.get(index)?.is_any("w kw");
        Some((claim, next))
    }

    fn week_number(&self, index: usize) -> Option<(Claim, usize)> {
        let word = self.get(index)?;
        if word.is("w") {
            // "w7" may be anything, unless it stands alone, beside a year or a week-word.
            let dash = self.before(index).is_some_and(|mark| mark.is_mark("-"));
            let before = index.checked_sub(usize::from(dash));
            let year = before.and_then(|at| self.before(at)?.year()).is_some();
            let number = self.tight(index + 1)?;
            number.value()?;
            let (claim, next) = self.numbered(index, index + 1, RunStyle::default(), false)?;
            let alone = self.list.len() == 2 || self.weekly || year || claim.year.is_some();
            return (number.text.len() == 2 || alone && !claim.bonus).then_some((claim, next));
        }
        // Of "v. 7", the v may be a version or a volume, but for Swedish notes.
        let vecka = || {
            let mut words = self.list.iter().filter_map(|word| word.text.get(..4));
            word.is("v") && words.any(|start| start.eq_ignore_ascii_case("veck"))
        };
        if !(is_week_word(word) || vecka()) || self.is_some_other_week(index) {
            return None;
        }
        let mut style = RunStyle {
            plural: is_plural(word),
            ..RunStyle::default()
        };
        let (mut at, mut separated) = (index + 1, false);
        while let Some(token) = self.get(at).filter(|_| at < index + 6) {
            if is_hash(token) || token.text == "°" {
                style.hash = true;
            } else if token.is_mark(",") {
                // A comma leads on to a number only if that is marked as one.
                if !self.get(at + 1).is_some_and(is_hash) {
                    return None;
                }
            } else if token.is_mark("-–−") && token.spaced && self.tight(at + 1).is_some() {
                return None; // "Week -1"
            } else if token.is_mark(":-–—|([.") {
                separated |= token.text != "." || token.spaced;
            } else if token.kind == Kind::Word && token.is("in") {
                if !self.get(at + 1).is_some_and(|next| next.is("review")) {
                    return None;
                }
            } else if token.kind != Kind::Word || !token.is_any(words::FILLERS) {
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
        let counted = before.kind == Kind::Number && before.year().is_none() && is_plural(word);
        let vague =
            word.text == "week" && before.is_any("this last next per every each a that one");
        counted || vague || self.is_of_a_month(index)
    }

    /// Whether the week-word at `index` counts the weeks of a month or a quarter: "February 2024, week 2", "Q1 W3".
    fn is_of_a_month(&self, index: usize) -> bool {
        let number = self.get(index + 1).and_then(|number| number.value());
        let before = self.list.get(..index).unwrap_or_default().iter().rev();
        let mut before = before
            .copied()
            .filter(|token| !token.is_mark(",-–—:|.") && token.year().is_none());
        let (name, quarter) = (before.next(), before.next());
        let of_month = name.is_some_and(|token| month(token, Names::AnyCase).is_some());
        let of_quarter = name.is_some_and(|number| number.kind == Kind::Number && !number.spaced)
            && quarter.is_some_and(|word| word.is("q"));
        let most = if of_month { 5 } else { 14 };
        (of_month || of_quarter) && number.is_some_and(|number| number <= most)
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
    pub(super) fn year_dash(&self, index: usize) -> Option<(Claim, usize)> {
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
    pub(super) fn numbered(
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
            if mark.is("w") && after.is_some_and(|after| after.kind == Kind::Number) {
                return None; // "24W07"
            } else if mark.kind == Kind::Word && !mark.is_any(words::JOINING) {
                bonus = mark.text.len() == 1
                    && mark.text.is_ascii()
                    && !mark.is("x")
                    && run.numbers.len() == 1;
                if !bonus && !is_ideograph(mark) {
                    return None;
                }
                next += usize::from(bonus);
            } else if mark.is_mark("/") && after.is_some_and(|after| after.text == "52") {
                next += 2; // "Week 7/52"
            } else if mark.is_mark(".:/")
                && after.is_some_and(|after| after.kind == Kind::Number && after.year().is_none())
                && self.year_after(next).is_none()
            {
                let more = self.tight(next + 2).is_some_and(|more| more.is_mark(".:/"))
                    && self.tight(next + 3).is_some();
                // "24.07" is rather a month, "2.0" a joke.
                let part = after.is_some_and(|after| !after.text.starts_with('0'));
                bonus = mark.text == "." && !more && part;
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
            && (word.is_any(words::UNITS) || separated)
        {
            return None;
        }
        // "12. Februar", "12.–18. Februar", "12 de febrero"
        let point = usize::from(self.tight(next).is_some_and(|mark| mark.is_mark(".")));
        let of = usize::from(self.get(next).is_some_and(|word| word.is("de")));
        let is_month = |word: Token| {
            let english = || !style.hash && month(word, Names::AnyCase).is_some();
            word.is_any(words::OTHER_MONTHS) || english()
        };
        // "Week 1 of a new job"
        let of_a = || {
            let [of, a] = [next, next + 1].map(|at| self.get(at));
            of.is_some_and(|of| of.is("of")) && a.is_some_and(|a| a.is_any("a an"))
        };
        if self.get(next + point + of).is_some_and(is_month)
            || of_a()
            || point > 0 && self.tight(next + 1).is_some_and(|mark| mark.is_mark("-–—"))
        {
            return None;
        }
        let skip = usize::from(self.get(next).is_some_and(|token| token.is_mark(":-–—,(")));
        bonus = bonus
            || self
                .get(next + skip)
                .is_some_and(|word| word.is_any(words::PARTS))
            || self.before(from).is_some_and(|word| word.is("bonus"));
        let (year, next) = match self.year_after(next) {
            Some((year, next)) => (Some(year), next),
            None => (None, next),
        };
        // Of "weeks 52 & 1 of 2024", the year may be that of either.
        let year = year.filter(|_| run.numbers.is_sorted());
        let claim = Claim {
            numbers: run.numbers,
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
            .is_some_and(|token| token.is_mark(",-–—/(:") || token.is_any("of in de"));
        let mut at = index + usize::from(linked);
        let short = self
            .get(at)
            .filter(|mark| mark.is_mark("'’‘"))
            .and_then(|_| {
                let digits = self.tight(at + 1).filter(|digits| digits.text.len() == 2)?;
                let year = digits.value().filter(|year| *year < 70)?;
                i16::try_from(2000 + year).ok()
            });
        at += usize::from(short.is_some());
        let year = short.or_else(|| self.get(at)?.year())?;
        let after = self.get(at + 1);
        let ends = |after: Token| after.kind == Kind::Mark || after.is_any(words::JOINING);
        let closed = self.stem || after.is_none_or(ends);
        // "#12: 2026-W01" and "Week 12, 2026-01" go on with another numbering.
        let begins = |token: Token| token.kind == Kind::Number || token.is_any("w kw");
        let goes_on = match after {
            Some(mark) if mark.is_mark("-/.–") && !mark.spaced => self.tight(at + 2),
            _ => after.filter(|_| self.stem),
        }
        .is_some_and(begins);
        (closed && !goes_on).then_some((year, at + 1))
    }
}

#[cfg(test)]
mod tests;
