//! What a note says of its week, and where it says so.

use super::series::telling_name;
use crate::document::{
    Document, Heading,
    metadata::{Entry, Value},
};
use crate::source::Span;
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
    let entry = title_entry(document)?;
    let claim = claim::of_title(entry.as_str()?)?;
    Some(Said {
        whence: Whence::Title,
        span: entry.value_span,
        claim,
    })
}

fn heading(heading: &Heading) -> Option<Said> {
    let claim = claim::of_title(&heading.source)?;
    Some(Said {
        whence: Whence::Heading,
        span: heading.content,
        claim,
    })
}

/// Everything that the note says of its week, in the order of [`Whence`].
pub fn all(document: &Document) -> Vec<Said> {
    let file_name = claim::of_stem(telling_name(document)).map(|claim| Said {
        whence: Whence::FileName,
        span: Span::at(0),
        claim,
    });
    let key = document
        .metadata
        .first_of(WEEK_KEYS)
        .and_then(|entry| match &entry.value {
            Value::Integer(number) => {
                let claim = Claim {
                    numbers: vec![u32::try_from(*number).ok()?],
                    named: true,
                    ..Claim::default()
                };
                Some(Said {
                    whence: Whence::Key,
                    span: entry.value_span,
                    claim,
                })
            }
            Value::String(text) => Some(Said {
                whence: Whence::Key,
                span: entry.value_span,
                claim: claim::of_title(text)?,
            }),
            _ => None,
        });
    let heading = document.title_heading().and_then(heading);
    [file_name, title(document), heading, key]
        .into_iter()
        .flatten()
        .collect()
}

/// The date of a note by its metadata, with the entry that says so.
pub fn date(document: &Document) -> Option<(&Entry, Date)> {
    DATE_KEYS.iter().find_map(|key| {
        let entry = document.metadata.get(key)?;
        Some((entry, entry.value.date()?))
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

/// Whether two claims are about the same weeks; `None` where they are of kinds that cannot be compared.
pub fn agree(one: &Said, other: &Said) -> Option<bool> {
    let (a, b) = (&one.claim, &other.claim);
    if a.bonus || b.bonus {
        return None;
    }
    // A file may be named by the last week of a run alone.
    let by_name = one.whence == Whence::FileName || other.whence == Whence::FileName;
    if let (Some(a), Some(b)) = (&a.season, &b.season) {
        let episodes =
            a.episodes == b.episodes || by_name && a.episodes.last() == b.episodes.last();
        return Some(a.season == b.season && episodes);
    }
    if a.numbers.is_empty() || b.numbers.is_empty() || a.season.is_some() || b.season.is_some() {
        return None;
    }
    if let (Some(a), Some(b)) = (a.year, b.year)
        && a != b
    {
        return Some(false);
    }
    // An ISO week and a number in a sequence are counted differently.
    if a.iso != b.iso && (a.year.is_none() || b.year.is_none()) {
        return None;
    }
    Some(a.numbers == b.numbers || by_name && a.numbers.last() == b.numbers.last())
}

/// The claim that most of the others agree with, the file's name first among equals: an index in `claims`.
pub fn most_agreed(claims: &[Said]) -> Option<usize> {
    let support = |said: &Said| {
        claims
            .iter()
            .filter(|other| agree(said, other) == Some(true))
            .count()
    };
    let indices = 0..claims.len();
    indices
        .rev()
        .max_by_key(|&index| claims.get(index).map(support))
}

/// The day a note was written, by its metadata or by the date in its name.
pub fn written(document: &Document) -> Option<Date> {
    date(document)
        .map(|(_, date)| date)
        .or_else(|| date_in_name(document))
}
