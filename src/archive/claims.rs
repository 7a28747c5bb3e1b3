//! What a note says of its week, and where it says so.

use super::recognition::shape_of;
use super::series::content_name;
use crate::document::Document;
use crate::document::metadata::{Entry, Value};
use crate::week::calendar::day_number;
use crate::week::statements::{self, Reading};
use crate::week::{Claim, claim, head};
use jiff::civil::Date;

/// The keys that hold a page's title, the more special first.
pub const TITLE_KEYS: &[&str] = &["page_title", "title"];
const WEEK_KEYS: &[&str] = &["week", "week_number", "week-number", "weeknumber", "weekno"];
/// The keys that hold the day a note was written or published.
const DATE_KEYS: &str = "created_at date created published_at publishDate pubDate pub_date published_on datePublished \
    publishedAt published posted sent";

/// The entry of the title.
pub fn title_entry(document: &Document) -> Option<&Entry> {
    document
        .metadata
        .first_of(TITLE_KEYS)
        .filter(|entry| entry.as_str().is_some())
}

/// What a file is called, read once: everything that is asked of its name and titles comes from here.
#[derive(Debug)]
pub(super) struct Titles<'d> {
    /// Its name, or its folder's.
    pub(super) name: Reading<'d>,
    /// The title of its metadata; empty without one.
    pub(super) title: Reading<'d>,
    /// Its heading; empty without one. Where a link in it leads says nothing of this note.
    pub(super) heading: Reading<'d>,
    /// What the three of them claim, in this order.
    pub(super) claims: [Option<Claim>; 3],
    /// What is usual for names like its own, as [`shape_of`] has it.
    pub(super) shape: String,
}

impl<'d> Titles<'d> {
    /// Reads the names of a document.
    pub(super) fn of(document: &'d Document) -> Self {
        let read = |text: &'d str| Reading::of(head(text, statements::LONGEST));
        let title = title_entry(document).and_then(Entry::as_str);
        let title = read(title.unwrap_or(""));
        let name = read(content_name(document));
        let in_title = claim::of_reading(&title);
        let heading = document.title_heading();
        let heading = heading.map_or("", |heading| &*heading.text);
        let (heading, in_heading) = match heading == title.text {
            true => (title.clone(), in_title.clone()),
            false => {
                let heading = read(heading);
                let claim = claim::of_reading(&heading);
                (heading, claim)
            }
        };
        Titles {
            claims: [claim::of_stem(name.text), in_title, in_heading],
            shape: shape_of(&name),
            name,
            title,
            heading,
        }
    }
}

/// What a document says of its week, as far as it does: what its names claim, as [`Titles::claims`] has it, and a key that
/// is made for it.
pub(super) fn all(document: &Document, [name, title, heading]: [Option<Claim>; 3]) -> Vec<Claim> {
    let is_contested = |entry| document.metadata.is_contested(entry);
    let title = title.filter(|_| !title_entry(document).is_some_and(is_contested));
    let name = name.map(|claim| Claim {
        of_file: true,
        ..claim
    });
    let claims = [name, title, heading, of_key(document)].into_iter();
    claims.flatten().collect()
}

/// What a key says that is made for it.
fn of_key(document: &Document) -> Option<Claim> {
    let entry = document.metadata.first_of(WEEK_KEYS)?;
    match &entry.value {
        Value::Number(number) => Some(Claim {
            numbers: vec![(*number)?],
            named: true,
            ..Claim::default()
        }),
        Value::String(text) => claim::of_title(text),
        _ => None,
    }
}

/// The date of a note by its metadata, with the entry that says so.
pub fn date(document: &Document) -> Option<(&Entry, Date)> {
    DATE_KEYS.split(' ').find_map(|key| {
        let entry = document.metadata.get(key)?;
        let date = entry.value.date()?;
        (!document.metadata.is_contested(entry)).then_some((entry, date))
    })
}

/// The year that a folder above the file is named for, the nearest one.
pub(super) fn year_of_folder(document: &Document) -> Option<i16> {
    let mut folders = document.folder().rsplit('/');
    folders.find_map(|folder| {
        let year = folder.parse().ok().filter(|_| folder.len() == 4)?;
        (1990..2070).contains(&year).then_some(year)
    })
}

/// The full date that the file's name begins with, if it does.
pub fn date_in_name(document: &Document) -> Option<Date> {
    let name = content_name(document);
    let is_mark = |at| name.as_bytes().get(at) == Some(&b'-');
    let goes_on = name.as_bytes().get(10).is_some_and(u8::is_ascii_digit);
    let day = name
        .get(..10)
        .filter(|_| is_mark(4) && is_mark(7) && !goes_on)?;
    day.parse().ok()
}

/// A number of a claim, with its year.
type NumberInYear = (Option<i16>, u32);

/// Whether two claims are about the same weeks; `None` where they speak of them in ways that cannot be compared. A file may
/// be named by one end of a run alone.
pub fn same_weeks(a: &Claim, b: &Claim) -> Option<bool> {
    let (these, those) = (|| a.places(None), || b.places(None));
    let first = these().next().zip(those().next())?;
    let last = these().next_back().zip(those().next_back())?;
    if a.season.is_some() != b.season.is_some() {
        return None;
    }
    let same = |(one, other): (NumberInYear, NumberInYear)| {
        one.1 == other.1 && (one.0 == other.0 || one.0.is_none() || other.0.is_none())
    };
    let (many, others) = (a.numbers.len(), b.numbers.len());
    let whole = many == others && these().zip(those()).all(same);
    let is_end = many.min(others) == 1 && (same(first) || same(last));
    Some(a.season == b.season && (whole || is_end && (a.of_file || b.of_file)))
}

/// Which of some claims most of the others agree with. Among equals a run says more than the one week that a file is named
/// by, and the file's name comes first.
pub(super) fn most_agreed(claims: &[Claim]) -> Option<usize> {
    let support = |claim: &Claim| {
        let same = claims.iter().map(|other| same_weeks(claim, other));
        same.filter(|same| *same == Some(true)).count()
    };
    let rated = claims.iter().enumerate().rev();
    let most = rated.max_by_key(|(_, claim)| (support(claim), claim.numbers.len()));
    most.map(|(at, _)| at)
}

/// The day a note was written, by its metadata or by the date in its name; by the name where the two are a year apart, for
/// a year is more easily mistyped than a file named wrong.
pub fn written(document: &Document) -> Option<Date> {
    let named = date_in_name(document);
    let is_a_year_off = |date: &Date| {
        let days = named.map(|named| day_number(named).abs_diff(day_number(*date)));
        days.is_some_and(|days| (330..400).contains(&days))
    };
    let date = date(document).map(|(_, date)| date);
    date.filter(|date| !is_a_year_off(date)).or(named)
}

/// Whether two titles are the same but for whitespace, quotation marks, backslash escapes and emphasis: what the
/// renderer changes is no difference.
pub fn same_wording(one: &str, other: &str) -> bool {
    plain(one).eq(plain(other))
}

fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    text.trim().chars().filter_map(|character| match character {
        '‘' | '’' | '`' => Some('\''),
        '“' | '”' => Some('"'),
        '–' | '—' => Some('-'),
        '\\' | '*' | '_' => None,
        character if character.is_whitespace() => Some(' '),
        character => Some(character),
    })
}

#[cfg(test)]
mod tests;
