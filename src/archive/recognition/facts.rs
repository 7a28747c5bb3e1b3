//! What one file says that is evidence of weekly notes: the words, the number and the days that it gives.

use super::shape;
use super::words::{self, Call};
use crate::archive::claims::{self, Titles};
use crate::archive::series;
use crate::document::Document;
use crate::document::metadata::{Entry, Value};
use crate::week::statements::{self, DayOfYear, Reading, Stated, Statement};
use crate::week::{Claim, calendar, head, prose};
use jiff::civil::Date;
use std::fmt;

/// A file gives its day in a few places; of one that gives it in very many, no more are looked at.
const MOST_PLACES: usize = 16;

/// A text of this length or more is no name of its page, in bytes.
const LONGEST_NAME: usize = 60;

/// What a file says.
pub(super) struct Facts<'d> {
    pub(super) index: usize,
    pub(super) path: &'d str,
    /// The folder without the years and months at its end.
    pub(super) folder: &'d str,
    pub(super) name: &'d str,
    pub(super) shape: String,
    /// The shape of its title or its heading.
    pub(super) title_shape: String,
    /// The shape that its name would have if a run of numbers in it were one: `notes-12-13` is named like `notes-12`.
    pub(super) shape_of_run: Option<String>,
    /// What it calls itself; without a tag, `None` also where it gives neither a number, a day nor a topic: a note says what
    /// it is about, a list of notes does not.
    pub(super) call: Option<Call>,
    /// Whether a word hints at something that comes again.
    pub(super) hints: bool,
    pub(super) number: Option<u32>,
    /// The keys that hold a number, with it.
    pub(super) ordinals: Vec<(&'d str, u32)>,
    /// The days that it gives, at most one for each place.
    pub(super) days: Vec<(PlaceOfDay, DayNumbers)>,
}

/// A day by its number: with the day before the month, and the month before the day, which are two days only where both
/// are possible (`03/04/2025`). What the author means is seen from the days of other files.
pub(super) type DayNumbers = [i32; 2];

fn sure(day: Date) -> DayNumbers {
    [calendar::day_number(day); 2]
}

/// A place that gives a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PlaceOfDay {
    Name,
    /// The name with the folders of years and months above it.
    Path,
    Heading,
    /// The first line of prose that states one.
    Opening,
    Key(String),
}

impl fmt::Display for PlaceOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PlaceOfDay::Name => f.write_str("the file names"),
            PlaceOfDay::Path => f.write_str("the paths"),
            PlaceOfDay::Heading => f.write_str("the headings"),
            PlaceOfDay::Opening => f.write_str("the opening lines"),
            PlaceOfDay::Key(key) => write!(f, "`{key}`"),
        }
    }
}

/// A value of the metadata.
struct Said<'d> {
    key: &'d str,
    text: &'d str,
    day: Option<Date>,
}

impl<'d> Facts<'d> {
    /// The number that a key holds.
    pub(super) fn ordinal(&self, key: &str) -> Option<u32> {
        let mut ordinals = self.ordinals.iter();
        let (_, number) = ordinals.find(|(at, _)| *at == key)?;
        Some(*number)
    }

    /// Reads a document, which is number `index` of its archive and has the names `titles`.
    pub(super) fn of(index: usize, document: &'d Document, titles: &Titles<'d>) -> Self {
        let said @ [name, title, heading] = [&titles.name, &titles.title, &titles.heading];
        let (claims, shape) = (&titles.claims, &titles.shape);
        let (values, ordinals) = values(document);
        let mut days = Vec::new();
        let mut add = |place: PlaceOfDay, day: Option<DayNumbers>| {
            let is_new =
                || days.len() < MOST_PLACES && days.iter().all(|(known, _)| *known != place);
            if let Some(day) = day.filter(|_| is_new()) {
                days.push((place, day));
            }
        };
        let of_name = claims.first().and_then(Option::as_ref);
        let of_name = of_name.and_then(|claim| claim.dates);
        let mut covers_weeks = of_name.is_some_and(|(first, last)| is_of_weeks(first, last));
        let mut day_in = |said: &[Statement], is_label: bool| {
            covers_weeks |= is_label && said.iter().any(is_range_of_weeks);
            day_of(said)
        };
        let is_short = |text: &str| text.len() < LONGEST_NAME;
        add(PlaceOfDay::Name, day_in(&name.said, false));
        let of_path = week_of_path(document, claims).or_else(|| day_of_path(document, name.text));
        add(PlaceOfDay::Path, of_path.map(sure));
        add(PlaceOfDay::Heading, day_in(&heading.said, true));
        let opening = document.opening.as_ref();
        let opening = opening.map_or("", |opening| &*opening.text);
        let day = day_in(&statements::statements(opening), is_short(opening));
        add(PlaceOfDay::Opening, day);
        for said in &values {
            let day = said.day.map(sure);
            let is_label = is_short(said.text) || said.text == title.text;
            let read = [name, title, heading];
            let day = day.or_else(|| match read.iter().find(|read| read.text == said.text) {
                Some(read) => day_in(&read.said, is_label),
                None => day_in(&statements::statements(said.text), is_label),
            });
            if day.is_some() {
                add(PlaceOfDay::Key(said.key.to_owned()), day);
            }
        }
        // "Week 28" alone in a line says what a heading would.
        let of_opening = prose::week_alone(opening);
        let number = number(name, shape, claims).or_else(|| of_opening.as_ref().and_then(episode));
        let is_one = number.is_some() || !days.is_empty() || words::has_topic(title);
        let call = tagged(document).or_else(|| call(&said, claims, &values).filter(|_| is_one));
        let call = call.max(covers_weeks.then_some(Call::Weekly));
        let call = call.max(of_opening.as_ref().and_then(words::of_number));
        let folder = series::base_folder(document);
        let last = folder.rsplit('/').next().unwrap_or("");
        let said = said.into_iter().map(|read| read.text);
        let hints = call.is_some() || said.chain([last]).any(words::hints);
        Facts {
            index,
            path: &document.path,
            folder,
            name: name.text,
            title_shape: shape::of(if title.text.is_empty() {
                heading
            } else {
                title
            }),
            shape_of_run: shape::of_run(name.text, shape),
            shape: shape.clone(),
            call,
            hints,
            number,
            ordinals,
            days,
        }
    }
}

/// What the file's tags, or keys like them, call it.
fn tagged(document: &Document) -> Option<Call> {
    series::tags(document)
        .filter_map(|tag| words::of_text(&Reading::of(tag), true))
        .max()
}

/// What the file calls itself.
fn call(said: &[&Reading; 3], claims: &[Option<Claim>; 3], values: &[Said]) -> Option<Call> {
    let [name, title, heading] = said;
    let is_other = heading.text != title.text;
    let own = [name, title].into_iter().chain(is_other.then_some(heading));
    let own = own.filter_map(|text| words::of_text(text, true));
    let numbers = claims.iter().flatten().filter_map(words::of_number);
    let is_new = |value: &&Said| said.iter().all(|read| read.text != value.text);
    let telling = values.iter().filter(|said| words::may_name(said.text));
    let telling = telling.filter(is_new);
    let by_metadata = telling.filter_map(|said| {
        let is_label = is_label(said.key);
        let may_name = is_label || said.text.len() < LONGEST_NAME;
        may_name.then(|| words::of_text(&Reading::of(said.text), is_label))?
    });
    own.chain(numbers).chain(by_metadata).max()
}

/// Whether a key says what a page is, rather than anything of it (`changefreq: weekly`).
fn is_label(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let labels = [
        "title", "tag", "categor", "type", "kind", "layout", "series", "taxonom",
    ];
    labels.into_iter().any(|label| key.contains(label))
}

/// The texts and days of the metadata, those of lists and maps with them, and the keys that hold a number.
fn values<'d>(document: &'d Document) -> (Vec<Said<'d>>, Vec<(&'d str, u32)>) {
    let (mut values, mut ordinals) = (Vec::new(), Vec::new());
    let metadata = &document.metadata;
    let given = metadata.given.iter().flat_map(|given| &given.entries);
    let entries = metadata.entries.iter().chain(given);
    let key_and_value = |entry: &'d Entry| (&*entry.key, &entry.value);
    let mut open: Vec<(&str, &Value)> = entries.map(key_and_value).collect();
    open.reverse();
    while let Some((key, value)) = open.pop() {
        match value {
            Value::List(items) => open.extend(items.iter().rev().map(|(item, _)| (key, item))),
            Value::Map(entries) => open.extend(entries.iter().rev().map(key_and_value)),
            Value::String(_) | Value::Date(_) | Value::Timestamp(_) => values.push(Said {
                key,
                text: head(value.as_str().unwrap_or(""), statements::LONGEST),
                day: value.date(),
            }),
            Value::Number(Some(number)) if ordinals.len() < MOST_PLACES => {
                ordinals.push((key, *number));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    (values, ordinals)
}

/// The first day that is stated with its year; of a week its Monday.
fn day_of(said: &[Statement]) -> Option<DayNumbers> {
    let day = |statement: &Statement| match statement.stated {
        Stated::Day(day) => day.map(sure),
        Stated::EitherDay(day, other) => Some([day, other].map(calendar::day_number)),
        Stated::Range(first, _) => first.in_year(first.year?).map(sure),
        Stated::Week(year, week, true) => calendar::monday_of_iso_week(year, week).map(sure),
        _ => None,
    };
    said.iter().find_map(day)
}

/// The days that a note of several weeks may cover.
const LONGEST_RUN: i32 = 28;

/// Whether a statement is the days of a week or of several: "12 to 18 March 2024".
fn is_range_of_weeks(said: &Statement) -> bool {
    matches!(said.stated, Stated::Range(first, last) if is_of_weeks(first, last))
}

fn is_of_weeks(first: DayOfYear, last: DayOfYear) -> bool {
    let last = last.year.and_then(|year| last.in_year(year));
    let length = last.and_then(|last| {
        let first = calendar::day_number(first.near(last)?);
        Some(calendar::day_number(last) - first + 1)
    });
    length.is_some_and(|days| (7..=LONGEST_RUN).contains(&days) && days % 7 == 0)
}

/// The day that a name gives together with the years and months above it: `2022/08/14`, `2022/0814-rain`, `2024/03-08`.
fn day_of_path(document: &Document, name: &str) -> Option<Date> {
    let mut folders = document
        .folder()
        .rsplit('/')
        .take_while(|folder| series::is_period(folder));
    let mut month = None;
    let year: i16 = loop {
        let folder = folders.next()?;
        match folder.parse::<i16>() {
            Ok(year) if folder.len() == 4 => break year,
            _ if month.is_none() => month = series::month_of(folder),
            _ => {}
        }
    };
    let digits = name.split(|c: char| !c.is_ascii_digit());
    let digits = digits.filter(|part| !part.is_empty()).take(2);
    let digits: Vec<&str> = digits.collect();
    let number = |text: &str| text.parse::<i8>().ok();
    let (month, day) = match (month, digits.as_slice()) {
        (_, [both, ..]) if both.len() == 4 => (number(both.get(..2)?)?, number(both.get(2..)?)?),
        (_, [first, second, ..]) if second.len() <= 2 && first.len() <= 2 => {
            (number(first)?, number(second)?)
        }
        (Some(month), [day, ..]) if day.len() <= 2 => (month, number(day)?),
        _ => return None,
    };
    Date::new(year, month, day).ok()
}

/// The Monday of the week that a note names, in the year of its folder: "Week 7" in `2024/`.
fn week_of_path(document: &Document, claims: &[Option<Claim>; 3]) -> Option<Date> {
    let mut weeks = claims.iter().flatten();
    let week = weeks.find(|claim| claim.named && claim.season.is_none())?;
    let number = u8::try_from(*week.numbers.first()?).ok()?;
    calendar::monday_of_iso_week(claims::year_of_folder(document)?, number)
}

/// The number of a claim; episodes are told apart by their season.
fn episode(claim: &Claim) -> Option<u32> {
    let season = claim.season.unwrap_or(0).checked_mul(1000)?;
    Some(season.saturating_add(*claim.numbers.first()?))
}

/// The number of the file: the one that its name begins with before a title, or the last one of its name but for a date,
/// else the first of its title.
fn number(name: &Reading, shape: &str, claims: &[Option<Claim>; 3]) -> Option<u32> {
    let [claim, titles @ ..] = claims;
    let small = |digits: &str| digits.parse().ok().filter(|number| *number < 1900);
    let last = |text: &Reading| {
        let text = shape::without_days(text, " ");
        let mut digits = text.rsplit(|c: char| !c.is_ascii_digit());
        small(digits.find(|part| !part.is_empty())?)
    };
    let is_named = claim.as_ref().is_some_and(|claim| claim.named);
    shape::leading_number(name.text, shape)
        .filter(|_| !is_named)
        .and_then(small)
        .or_else(|| claim.as_ref().and_then(episode))
        .or_else(|| last(name))
        .or_else(|| titles.iter().flatten().find_map(episode))
}
