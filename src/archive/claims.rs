//! What a note says of its week, and where it says so.

use super::series::telling_name;
use crate::document::{
    Document, Heading,
    metadata::{Entry, Value},
};
use crate::source::Span;
use crate::week::calendar::day_number;
use crate::week::{Claim, claim};
use jiff::civil::Date;

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whence {
    /// The file's name, or its folder's where the file is a bundle's index.
    FileName,
    /// The metadata's title.
    Title,
    /// The heading that serves as title.
    Heading,
    /// A key made for it: `week: 12`.
    Key,
}

/// A claim with its place.
#[derive(Debug, Clone)]
pub struct Said {
    /// Where it stands.
    pub whence: Whence,
    /// The place in the document; empty at 0 for the file's name.
    pub span: Span,
    /// What it says.
    pub claim: Claim,
}

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

/// What the metadata's title says.
pub fn title(document: &Document) -> Option<Said> {
    let entry = title_entry(document).filter(|entry| !document.metadata.is_contested(entry))?;
    let claim = claim::of_title(entry.as_str()?)?;
    Some(in_value(Whence::Title, entry, claim))
}

/// What a heading says; often the same words as the `title` of the metadata, which are read already.
fn heading(heading: &Heading, title: Option<(&str, &Option<Said>)>) -> Option<Said> {
    let claim = match title {
        Some((text, said)) if *text == *heading.text => said.as_ref()?.claim.clone(),
        // Where a link in the heading leads says nothing of this note.
        _ => claim::of_title(&heading.text)?,
    };
    Some(Said {
        whence: Whence::Heading,
        span: if *heading.text == *heading.source {
            part(heading.content, &heading.source, 0, &claim)
        } else {
            heading.content
        },
        claim,
    })
}

/// A claim in the value of an entry: what is marked is the claim itself where the value stands in the source as it is.
fn in_value(whence: Whence, entry: &Entry, claim: Claim) -> Said {
    let value = entry.as_str().unwrap_or("");
    let at = entry.source.find(value);
    Said {
        whence,
        span: at.map_or(entry.value_span, |at| {
            part(entry.value_span, &entry.source, at, &claim)
        }),
        claim,
    }
}

/// The part of `whole` that holds a claim, whose span counts from the byte `at` of its `source`.
fn part(whole: Span, source: &str, at: usize, claim: &Claim) -> Span {
    let inner = claim.span.shifted(at);
    // A text of several lines, or with escapes, stands otherwise in the source.
    if whole.len() != source.len() || inner.of(source).is_empty() {
        return whole;
    }
    inner.shifted(whole.start as usize)
}

/// Everything that the note says of its week, in the order of [`Whence`].
pub fn all(document: &Document) -> Vec<Said> {
    let file_name = claim::of_stem(telling_name(document)).map(|claim| Said {
        whence: Whence::FileName,
        span: Span::at(0),
        claim,
    });
    let title = title(document);
    let words = title_entry(document).and_then(Entry::as_str);
    let heading = document
        .title_heading()
        .and_then(|heading| self::heading(heading, words.map(|words| (words, &title))));
    [file_name, title, heading, key(document)]
        .into_iter()
        .flatten()
        .collect()
}

/// What a key says that is made for it.
fn key(document: &Document) -> Option<Said> {
    document.metadata.first_of(WEEK_KEYS).and_then(|entry| {
        let claim = match &entry.value {
            Value::Number(number) => Claim {
                numbers: vec![(*number)?],
                named: true,
                span: Span::new(0, entry.source.len()),
                ..Claim::default()
            },
            Value::String(text) => claim::of_title(text)?,
            _ => return None,
        };
        Some(in_value(Whence::Key, entry, claim))
    })
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

/// Whether two places are about the same weeks; `None` where they speak of them in ways that cannot be compared. Where a
/// place has two numberings ("#13 - 2025 week 8"), one that agrees is enough.
pub fn agree(one: &Said, other: &Said) -> Option<bool> {
    let by_name = one.whence == Whence::FileName || other.whence == Whence::FileName;
    let numberings =
        |said| std::iter::successors(Some(said), |claim: &&Claim| claim.also.as_deref());
    let mut answer = None;
    for a in numberings(&one.claim) {
        for b in numberings(&other.claim) {
            match same_weeks(a, b, by_name) {
                Some(true) => return Some(true),
                Some(false) => answer = Some(false),
                None => {}
            }
        }
    }
    answer
}

/// Whether two claims are about the same weeks. A file may be named by one end of a run alone (`by_name`).
pub fn same_weeks(a: &Claim, b: &Claim, by_name: bool) -> Option<bool> {
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
    let by_end =
        by_name && (lengths.0 == 1 || lengths.1 == 1) && (same((first, from)) || same((last, to)));
    Some(seasons.0 == seasons.1 && (whole || by_end))
}

/// The claim that most of the others agree with: an index in `claims`. Among equals a run says more than the one week
/// that a file is named by, and the file's name comes first. But "13.5" in one place makes a bonus of the whole note, which
/// another place, `weeknotes-13-5`, may not tell from a run.
pub fn most_agreed(claims: &[Said]) -> Option<usize> {
    let support = |said: &Said| {
        claims
            .iter()
            .filter(|other| agree(said, other) == Some(true))
            .count()
    };
    let numbers = |claim: &Claim| claim.numbers.first().copied();
    let is_bonus = |said: &Said| {
        let number = numbers(&said.claim).filter(|_| said.claim.bonus);
        number.is_some() && claims.iter().all(|other| numbers(&other.claim) == number)
    };
    let indices = 0..claims.len();
    indices.rev().max_by_key(|&index| {
        let said = claims.get(index)?;
        Some((is_bonus(said), support(said), said.claim.numbers.len()))
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
