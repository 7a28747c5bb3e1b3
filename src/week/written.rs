//! A day, week or number in the place of another, written in the same way: `8 March 2024` becomes `15 March 2024`,
//! `2024-W08` becomes `2024-W09`, `May 27th` becomes `June 3rd`.

use super::names::month_in_any_language;
use super::statements::{DayOfYear, Stated};
use jiff::civil::Date;

/// How days are written, as far as one of them alone may not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Way {
    /// Whether of two numbers that may both be day and month the first is the day.
    pub(crate) day_first: bool,
    /// Whether a day or month below ten has a zero before it.
    pub(crate) pads: bool,
}

/// A number that is written, and what takes its place.
#[derive(Debug, Clone, Copy)]
struct Field {
    kind: Kind,
    old: u32,
    new: u32,
    is_used: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Year,
    Month,
    Day,
    Week,
    Other,
}

/// `text`, which states `old`, as it would state `new`; `None` where it cannot. What comes out is to be read again: a text
/// may leave out what both ends of the old range had in common, and those of the new one have not.
pub(crate) fn like(text: &str, old: Stated, new: Stated, way: Way) -> Option<String> {
    let mut fields = fields(old, new, way)?;
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    let mut after_day = false;
    while let Some(first) = rest.chars().next() {
        let class = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        let same = |c: char| class(c) == class(first);
        let end = rest.find(|c| !same(c)).unwrap_or(rest.len());
        let (token, after) = rest.split_at_checked(end)?;
        rest = after;
        let was_after_day = std::mem::take(&mut after_day);
        if first.is_ascii_digit() {
            let (number, is_day) = number(token, &mut fields, way)?;
            written.push_str(&number);
            after_day = is_day;
        } else if was_after_day && matches!(token, "st" | "nd" | "rd" | "th") {
            written.push_str(ordinal(&written));
        } else {
            written.push_str(&word(token, &mut fields)?);
        }
    }
    Some(written)
}

/// What a statement is made of, in the order in which it is looked for.
fn fields(old: Stated, new: Stated, way: Way) -> Option<Vec<Field>> {
    let field = |kind, old, new| Field {
        kind,
        old,
        new,
        is_used: false,
    };
    let of_day = |old: DayOfYear, new: DayOfYear| {
        let year = old.year.zip(new.year);
        let number = |year: i16| u32::from(year.unsigned_abs());
        let year = year.map(|(old, new)| field(Kind::Year, number(old), number(new)));
        let small = |number: i8| u32::from(number.unsigned_abs());
        let month = field(Kind::Month, small(old.month), small(new.month));
        let day = field(Kind::Day, small(old.day), small(new.day));
        let both = match way.day_first {
            false => [month, day],
            true => [day, month],
        };
        year.into_iter().chain(both)
    };
    Some(match (old, new) {
        (Stated::Number(_, old), Stated::Number(_, new)) => {
            vec![field(Kind::Other, old, new)]
        }
        (Stated::Episode(season, episode), Stated::Episode(next, new)) => {
            vec![
                field(Kind::Other, season, next),
                field(Kind::Other, episode, new),
            ]
        }
        (Stated::Week(year, week, _), Stated::Week(next, new, _)) => {
            let number = |year: i16| u32::from(year.unsigned_abs());
            vec![
                field(Kind::Year, number(year), number(next)),
                field(Kind::Week, week.into(), new.into()),
            ]
        }
        (Stated::Range(first, last), Stated::Range(from, to)) => {
            of_day(first, from).chain(of_day(last, to)).collect()
        }
        (Stated::DayOfYear(old), Stated::DayOfYear(new)) => of_day(old, new).collect(),
        (old, Stated::Day(Some(new))) => {
            let [month_first, day_first] = days(old);
            let old = if way.day_first {
                day_first
            } else {
                month_first
            }?;
            of_day(parts(old), parts(new)).collect()
        }
        _ => return None,
    })
}

/// The day that a statement is, if the month stands before the day, and if it stands behind.
fn days(stated: Stated) -> [Option<Date>; 2] {
    match stated {
        Stated::Day(day) => [day, day],
        Stated::EitherDay(day_first, month_first) => [Some(month_first), Some(day_first)],
        _ => [None, None],
    }
}

fn parts(date: Date) -> DayOfYear {
    DayOfYear {
        year: Some(date.year()),
        month: date.month(),
        day: date.day(),
    }
}

/// What takes the place of a run of digits, and whether that is a day of the month.
fn number(token: &str, fields: &mut [Field], way: Way) -> Option<(String, bool)> {
    let value: u32 = token.parse().ok()?;
    if token.len() == 8 {
        let mut parts = [Kind::Year, Kind::Month, Kind::Day].iter().map(|kind| {
            let of_kind = |field: &&mut Field| field.kind == *kind && !field.is_used;
            let field = fields.iter_mut().find(of_kind)?;
            field.is_used = true;
            Some(field.new)
        });
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        return Some((format!("{year:04}{month:02}{day:02}"), false));
    }
    let unit = 10_u32.checked_pow(u32::try_from(token.len()).ok()?)?;
    let fits = |field: &&mut Field| {
        let is_whole = field.old == value;
        // `24` for 2024, and the end of `548-50`.
        let is_cut = field.old >= unit && field.old % unit == value;
        let may_be_cut = match field.kind {
            Kind::Year => token.len() == 2,
            kind => kind == Kind::Other,
        };
        !field.is_used && (is_whole || may_be_cut && is_cut)
    };
    let Some(field) = fields.iter_mut().find(fits) else {
        return Some((token.to_owned(), false));
    };
    field.is_used = true;
    let new = match field.old == value {
        true => field.new,
        false => field.new % unit,
    };
    let is_padded = match field.kind {
        Kind::Other | Kind::Year => token.starts_with('0') || field.old != value,
        // 2024-08 has two digits always.
        Kind::Week => token.len() == 2,
        Kind::Month | Kind::Day => token.starts_with('0') || token.len() == 2 && way.pads,
    };
    let width = if is_padded { token.len() } else { 1 };
    Some((format!("{new:0width$}"), field.kind == Kind::Day))
}

/// What takes the place of a word: the name of a month. Those of other languages stay, if the month does.
fn word(token: &str, fields: &mut [Field]) -> Option<String> {
    let month = month_in_any_language(token).map(|month| u32::from(month.number.unsigned_abs()));
    let is_named = |field: &&mut Field| {
        field.kind == Kind::Month && !field.is_used && Some(field.old) == month
    };
    let Some(field) = fields.iter_mut().find(is_named) else {
        return Some(token.to_owned());
    };
    field.is_used = true;
    if field.old == field.new {
        return Some(token.to_owned());
    }
    let day = |month: u32| Date::new(2000, i8::try_from(month).ok()?, 1).ok();
    let name = |month: u32| Some(day(month)?.strftime("%B").to_string());
    let (old, new) = (name(field.old)?, name(field.new)?);
    let short = |name: &str| name.get(..3).unwrap_or(name).to_owned();
    let is = |name: &str| name.eq_ignore_ascii_case(token);
    let name = match (is(&old), is(&short(&old))) {
        // "May" is both; its neighbours are mostly written in full.
        (true, _) => new,
        (_, true) => short(&new),
        _ => return None,
    };
    Some(match token.chars().find(|c| c.is_alphabetic()) {
        Some(first) if first.is_lowercase() => name.to_lowercase(),
        _ if token.len() > 1 && token.chars().all(char::is_uppercase) => name.to_uppercase(),
        _ => name,
    })
}

/// Whether a word of `text` names a month.
pub(crate) fn names_month(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic());
    words.any(|word| month_in_any_language(word).is_some())
}

/// The English ending of the number that a text ends with.
fn ordinal(text: &str) -> &'static str {
    let is_teen = ["11", "12", "13"].iter().any(|teen| text.ends_with(teen));
    match text.chars().next_back() {
        Some('1') if !is_teen => "st",
        Some('2') if !is_teen => "nd",
        Some('3') if !is_teen => "rd",
        _ => "th",
    }
}
