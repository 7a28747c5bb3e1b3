//! Weeks and days that no calendar has.

use super::{days_apart, wording};
use crate::archive::claims;
use crate::diagnostic::Severity;
use crate::rules::{Backdrop, Context, Example, Page, Rule};
use crate::week::DayOfYear;
use crate::week::prose::{Mention, MentionKind, mentions};
use jiff::civil::{Date, Weekday};

/// The rule.
pub static RULE: Rule = Rule {
    id: "week/impossible",
    summary: "a week or a day that no calendar has",
    docs: "\
**Finds.** Weeks and days that do not exist: week 53 of a year with 52, ISO week 0, 31 April, a run that goes \
backwards (`weeks 550-548`), `2024-W01` for 30 December 2024, which is in week 1 of 2025. Also a day of the week \
that does not fit its date, on every page and in its metadata, and a range of days unlike nearly all others.

**Why.** Readers who want to come to an event cannot know whether the day of the week or the date is right.

**Ignores.** Dates without a year, unless one lies within 60 days of the page's own date; week 0 in a series that \
counts from zero; numbers above 53 that count from an epoch; weeks 0 and 53 where weeks begin on Sunday or on 1 \
January.

**Fix.** Look at a calendar, and correct what is wrong.",
    severity: Some(Severity::Error),
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "the day of the week does not fit the date",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-10.md",
                "# Week 10\n\nThe seed swap is on ⟦Wednesday, 9 March 2017⟧.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "the year is that of the note",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-28.md",
                "---\ndate: 2015-07-20\n---\n\n# Week 28\n\nWe met on ⟦Tuesday, 15th July⟧.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a year without a 53rd week",
            backdrop: Backdrop::None,
            files: &[
                ("notes/2023-W53.md", "# Weeknotes ⟦2023-W53⟧\n"),
            ],
            fixed: None,
        },
        Example::Bad {
            title: "the last days of December may lie in week 1 of the new year",
            backdrop: Backdrop::None,
            files: &[(
                "notes/new-year.md",
                "---\ntitle: Weeknotes ⟦2024-W01⟧\ndate: 2024-12-30\n---\n\nBeans.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a day that April does not have",
            backdrop: Backdrop::None,
            files: &[("notes/week-18.md", "# Week 18\n\nThe doors open on ⟦31 April⟧.\n")],
            fixed: None,
        },
        Example::Bad {
            title: "a run that goes backwards",
            backdrop: Backdrop::None,
            files: &[("notes/week-50.md", "# Weeks ⟦50-48⟧\n\nBeans.\n")],
            fixed: None,
        },
        Example::Good {
            title: "a date of the old year in January",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-51.md",
                "---\ndate: 2016-01-05\n---\n\n# Week 51\n\nWe stopped on Monday, 21st December.\n",
            )],
        },
        Example::Good {
            title: "a year that has 53 weeks, and a series that counts from zero",
            backdrop: Backdrop::None,
            files: &[
                ("notes/2020-W53.md", "# Weeknotes 2020-W53\n"),
                ("log/week-0.md", "# Week 0\n"),
            ],
        },
        Example::Good {
            title: "a date too far away to tell its year",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-28.md",
                "---\ndate: 2015-07-20\n---\n\n# Week 28\n\nIt all began on Monday 3 February.\n",
            )],
        },
    ],
    ..Rule::NEW
};

/// How many days a date without a year may lie from the page's own.
const NEAR: u32 = 60;

/// A longer value of the metadata is prose that states no day of its note, in bytes.
const LONGEST: usize = 200;

/// What is impossible, and what to do.
type Mistake = (String, String);

/// What a text says of days whatever the archive is like; weeks are held against the calendar by the laws.
fn check_document(page: Page<'_>, cx: &mut Context) {
    let (document, archive) = (page.document, page.archive);
    let entries = document.metadata.entries.iter();
    let values = entries.filter_map(|entry| {
        let text = entry.as_str().filter(|text| text.len() <= LONGEST)?;
        // Every day has a digit.
        text.bytes().find(u8::is_ascii_digit)?;
        let at = entry.source.find(text)?;
        Some(mentions(text, entry.value_span.start as usize + at, &[]))
    });
    let in_metadata: Vec<Mention> = values.flatten().collect();
    if in_metadata.is_empty() && document.prose.is_empty() {
        return;
    }
    let days = archive.days_of(page.id).map(|(first, _)| first);
    // A date that is itself in doubt says nothing.
    let dates = [claims::written(document), claims::date_in_name(document)].into_iter();
    let past = dates.flatten().filter(|date| *date <= archive.today);
    let around: Vec<Date> = days.into_iter().chain(past).collect();
    for mention in in_metadata.iter().chain(&document.prose) {
        let found = match mention.kind {
            MentionKind::Impossible(day) => no_such_day(day),
            MentionKind::Weekday(day, wanted) => wrong_weekday(day, wanted, &around),
        };
        if let Some((message, help)) = found {
            cx.report(mention.span, &mention.text, message).help(help);
        }
    }
}

/// "April has 30 days", "2023 is not a leap year".
fn no_such_day(day: DayOfYear) -> Option<Mistake> {
    // Without a year, 29 February may be one.
    let year = day.year.unwrap_or(2024);
    if day.in_year(year).is_some() {
        return None;
    }
    let first = Date::new(year, day.month, 1).ok()?;
    let reason = match (day.month, day.year, day.day) {
        (2, None, _) => "February has at most 29 days".to_owned(),
        (2, Some(year), 29) => format!("{year} is not a leap year"),
        (month, ..) => {
            let days = first.days_in_month();
            format!("{} has {days} days", wording::month(month))
        }
    };
    let message = format!("there is no {}: {reason}", wording::partial(day));
    Some((message, "correct the day or the month".to_owned()))
}

/// What is wrong with a date and its day of the week, read near the days in `around`.
fn wrong_weekday(stated: DayOfYear, wanted: Weekday, around: &[Date]) -> Option<Mistake> {
    let dates: Vec<Date> = match stated.year {
        Some(year) => stated.in_year(year).into_iter().collect(),
        None => {
            let near = |&day| {
                stated
                    .near(day)
                    .filter(|date| days_apart(*date, day) <= NEAR)
            };
            around.iter().filter_map(near).collect()
        }
    };
    // A note may be written long after its week: any of its dates that fits is meant.
    if dates.iter().any(|date| date.weekday() == wanted) {
        return None;
    }
    let date = *dates.first()?;
    let candidates = [-1, 1].map(|nth| date.nth_weekday(nth, wanted).ok());
    let candidates = candidates.into_iter().flatten();
    let meant = candidates.min_by_key(|day| days_apart(*day, date))?;
    let (day, is) = (wording::day(date), wording::weekday(date));
    let wanted = wording::weekday(meant);
    let nearest = wording::day_and_month(meant);
    Some((
        format!("{day} was a {is}, not a {wanted}"),
        format!("the nearest {wanted} was {nearest}: correct the day of the week or the date"),
    ))
}
