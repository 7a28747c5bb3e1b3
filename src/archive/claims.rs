//! What a note says of its week, and where it says so.

use super::series::telling_name;
use crate::document::Document;
use crate::document::metadata::{Entry, Value};
use crate::week::calendar::day_number;
use crate::week::{Claim, claim};
use jiff::civil::Date;

/// The keys that hold a page's title, the more special first.
pub const TITLE_KEYS: &[&str] = &["page_title", "title"];
const WEEK_KEYS: &[&str] = &["week", "week_number", "week-number", "weeknumber", "weekno"];
/// The keys that hold the day a note was written or published.
pub const DATE_KEYS: &[&str] = &[
    "created_at",
    "date",
    "created",
    "published_at",
    "publishDate",
    "pubDate",
    "pub_date",
    "published_on",
    "datePublished",
    "publishedAt",
    "published",
    "posted",
    "sent",
];

/// The entry of the title.
pub fn title_entry(document: &Document) -> Option<&Entry> {
    document
        .metadata
        .first_of(TITLE_KEYS)
        .filter(|entry| entry.as_str().is_some())
}

/// What the file's name, the title, the heading and a key made for it say of the week, in this order, as far as they do.
pub fn all(document: &Document) -> Vec<Claim> {
    let title = title_entry(document).filter(|entry| !document.metadata.is_contested(entry));
    let title = title.and_then(Entry::as_str).unwrap_or("");
    // Where a link in the heading leads says nothing of this note.
    let heading = document.title_heading();
    let heading = heading.map_or("", |heading| &*heading.text);
    let name = claim::of_stem(telling_name(document)).map(|claim| Claim {
        of_file: true,
        ..claim
    });
    let texts = [title, heading].into_iter().map(claim::of_title);
    let claims = std::iter::once(name).chain(texts);
    claims.chain([of_key(document)]).flatten().collect()
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
    DATE_KEYS.iter().find_map(|key| {
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
    let name = telling_name(document);
    let bytes = name.as_bytes();
    let number = |from: usize, to: usize| name.get(from..to)?.parse::<i16>().ok();
    if bytes.get(4) != Some(&b'-')
        || bytes.get(7) != Some(&b'-')
        || bytes.get(10).is_some_and(u8::is_ascii_digit)
    {
        return None;
    }
    Date::new(
        number(0, 4)?,
        i8::try_from(number(5, 7)?).ok()?,
        i8::try_from(number(8, 10)?).ok()?,
    )
    .ok()
}

/// Whether two claims are about the same weeks; `None` where they speak of them in ways that cannot be compared. A file may
/// be named by one end of a run alone.
pub fn same_weeks(a: &Claim, b: &Claim) -> Option<bool> {
    if a.bonus || b.bonus {
        return None;
    }
    // An ISO week and a count of notes are two things.
    let other_count =
        a.iso != b.iso && (a.of_notes || b.of_notes) && (a.year.is_none() || b.year.is_none());
    let ends = |claim: &Claim| {
        let mut places = claim.places(None);
        let first = places.next()?;
        Some((first, places.next_back().unwrap_or(first)))
    };
    let ((first, last), (from, to)) = (ends(a)?, ends(b)?);
    let seasons = (
        a.season.as_ref().map(|season| season.season),
        b.season.as_ref().map(|season| season.season),
    );
    if other_count || seasons.0.is_some() != seasons.1.is_some() {
        return None;
    }
    let same = |(one, other): ((Option<i16>, u32), (Option<i16>, u32))| {
        one.1 == other.1 && (one.0 == other.0 || one.0.is_none() || other.0.is_none())
    };
    let lengths = (a.places(None).count(), b.places(None).count());
    let whole = lengths.0 == lengths.1 && a.places(None).zip(b.places(None)).all(same);
    let by_end = (a.of_file || b.of_file)
        && (lengths.0 == 1 || lengths.1 == 1)
        && (same((first, from)) || same((last, to)));
    Some(seasons.0 == seasons.1 && (whole || by_end))
}

/// The claim that most of the others agree with: an index in `claims`. Among equals a run says more than the one week
/// that a file is named by, and the file's name comes first. But "13.5" in one place makes a bonus of the whole note, which
/// another place, `weeknotes-13-5`, may not tell from a run.
pub fn most_agreed(claims: &[Claim]) -> Option<usize> {
    let support = |claim: &Claim| {
        let same = claims.iter().map(|other| same_weeks(claim, other));
        same.filter(|same| *same == Some(true)).count()
    };
    let first = |claim: &Claim| claim.numbers.first().copied();
    let is_bonus = |claim: &Claim| {
        let number = first(claim).filter(|_| claim.bonus);
        number.is_some() && claims.iter().all(|other| first(other) == number)
    };
    let indices = 0..claims.len();
    indices.rev().max_by_key(|&index| {
        let claim = claims.get(index)?;
        Some((is_bonus(claim), support(claim), claim.numbers.len()))
    })
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

/// Whether two titles are the same but for white space, quotation marks, backslash escapes and emphasis: what the
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
