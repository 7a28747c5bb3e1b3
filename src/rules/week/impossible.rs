//! Weeks and days that no calendar has.

use super::{IN_SIGHT, days_apart, wording};
use crate::archive::claims::{self, Whence};
use crate::archive::{Archive, Numbering};
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};
use crate::source::Span;
use crate::week::prose::MentionKind;
use crate::week::{Claim, DateRange, PartialDate, calendar};
use jiff::civil::Date;

/// The rule.
pub static RULE: Rule = Rule {
    id: "week/impossible",
    summary: "a week or a day that no calendar has",
    docs: "\
**Finds.** Weeks and days that do not exist: week 53 of a year with 52, ISO week 0, 31 April, a run that goes \
backwards (`weeks 550-548`), `2024-W01` for 30 December 2024, which is in week 1 of 2025. Also a day of the week \
that does not fit its date, on every page: 9 March 2017 was not a Wednesday.

**Why.** A reader who wants to come cannot know whether the day of the week or the date is right.

**Ignores.** Dates without a year, unless one lies within 60 days of the page's own date; week 0 in a series that \
counts from zero; weeks past 53 that count from an epoch; weeks 0 and 53 in notes dated by another calendar, whose \
weeks begin on Sunday or with 1 January.

**Fix.** Look at a calendar, and correct what is wrong.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: Some(check_document),
    check_archive: None,
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
                ("notes/2023-W53.md", "# ⟦Weeknotes 2023-W53⟧\n"),
            ],
            fixed: None,
        },
        Example::Bad {
            title: "the last days of December may lie in week 1 of the new year",
            backdrop: Backdrop::None,
            files: &[(
                "notes/new-year.md",
                "---\ntitle: ⟦Weeknotes 2024-W01⟧\ndate: 2024-12-30\n---\n\nBeans.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a day that April lacks",
            backdrop: Backdrop::None,
            files: &[("notes/week-18.md", "# Week 18\n\nThe doors open on ⟦31 April⟧.\n")],
            fixed: None,
        },
        Example::Bad {
            title: "a run that goes backwards",
            backdrop: Backdrop::None,
            files: &[("notes/week-50.md", "# ⟦Weeks 50-48⟧\n\nBeans.\n")],
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
            title: "a day that is too far away to tell its year",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-28.md",
                "---\ndate: 2015-07-20\n---\n\n# Week 28\n\nIt all began on Monday 3 February.\n",
            )],
        },
    ],
};

/// How many days a date without a year may lie from the page's own.
const NEAR: u32 = 60;

/// What is impossible, and what to do.
type Mistake = (String, String);

fn check_document(document: &Document, archive: &Archive, cx: &mut Context) {
    let heading = document.title_heading().map(|heading| heading.content);
    let told = archive.is_note(cx.document()) && claimed(document, archive, cx);
    if !document.prose.is_empty() {
        mentioned(document, archive, heading.filter(|_| told), cx);
    }
}

/// What the note's own claims say; whether the heading's are told.
fn claimed(document: &Document, archive: &Archive, cx: &mut Context) -> bool {
    // Where the places differ, that is told instead: one of them may be right.
    let standing = archive.standing(cx.document());
    let Some(standing) = standing.filter(|standing| standing.contradiction.is_none()) else {
        return false;
    };
    let written = claims::written(document);
    let series = archive.collection(cx.document());
    let iso = series.is_some_and(|series| series.numbering == Some(Numbering::IsoWeek));
    let note = cx.document();
    // What readers see comes first; the same mistake in other places is told beside it.
    let mut wrong = IN_SIGHT.iter().filter_map(|&whence| {
        let said = standing.said(whence)?;
        let otherwise = |number| archive.counts_otherwise(note, number);
        Some((said, mistake(&said.claim, written, iso, otherwise)?))
    });
    let Some((first, (message, help))) = wrong.next() else {
        return false;
    };
    let subject = wording::weeks(&first.claim);
    let mut report = cx.report(first.span, &subject, message).help(help);
    for (said, _) in wrong {
        report = report.label(said.span, wording::says(said));
    }
    first.whence == Whence::Heading
}

/// `iso`: whether the weeks of the series are those of ISO 8601 where they are not written so. `otherwise`: whether a week
/// that they lack is one of the calendar that the series goes by.
fn mistake(
    claim: &Claim,
    written: Option<Date>,
    iso: bool,
    otherwise: impl Fn(u32) -> bool,
) -> Option<Mistake> {
    let (low, high) = (claim.numbers.first(), claim.numbers.last());
    if claim.descending
        && let (Some(low), Some(high)) = (low, high)
    {
        return Some((
            format!("the run of weeks goes backwards, from {high} to {low}"),
            format!("write the weeks in their order, {low} to {high}, if they are meant"),
        ));
    }
    if let Some(year) = claim.year.filter(|_| claim.iso || iso) {
        let weeks = u32::from(calendar::weeks_in_iso_year(year));
        let mut numbers = claim.numbers.iter();
        if let Some(&number) = numbers.find(|number| !(1..=weeks).contains(*number))
            && !otherwise(number)
        {
            let help = match written.map(calendar::iso_week) {
                Some((year, week)) => {
                    format!("the note is dated in {year}-W{week:02}: write that if it is meant")
                }
                None => format!("write a week from {year}-W01 to {year}-W{weeks}"),
            };
            let message =
                format!("there is no week {number} in {year}, which has {weeks} ISO weeks");
            return Some((message, help));
        }
        if let (Some(date), Some(week)) = (written, low)
            && let Some(meant) = slipped_year(claim, date)
        {
            let day = wording::day(date);
            let help = match claim.iso {
                true => format!(
                    "write {meant}-W{week:02}: an ISO week belongs to the year that has most of its days"
                ),
                false => format!("write {meant}, or correct the date of the note"),
            };
            let message = format!("{day} lies in week {week} of {meant}, not of {year}");
            return Some((message, help));
        }
    }
    impossible_days(claim.dates?)
}

/// The year that a week belongs to, where the note names the year before; or, of the days around New Year, the year of its
/// date and not that of the ISO week.
pub(super) fn slipped_year(claim: &Claim, written: Date) -> Option<i16> {
    let (year, week) = calendar::iso_week(written);
    let named = claim.year?;
    let wrong = named + 1 == year && year == written.year()
        || claim.iso && named != year && named == written.year();
    (claim.numbers == [u32::from(week)] && wrong).then_some(year)
}

/// Whether the days of a title, or of the text, are reported here whatever the week is: those of the text, read near
/// `around`, with their days of the week.
pub(super) fn is_told(range: DateRange, around: Option<&[Date]>) -> bool {
    let slips = |day| around.is_some_and(|around| wrong_weekday(day, around).is_some());
    impossible_days(range).is_some() || slips(range.first) || slips(range.last)
}

/// What no calendar has in a range of dates.
fn impossible_days(DateRange { first, last }: DateRange) -> Option<Mistake> {
    let backwards = || {
        let (from, to) = (wording::partial(first), wording::partial(last));
        let message = format!("the range of dates goes backwards, from {from} to {to}");
        ((first.month, first.year) == (last.month, last.year) && first.day > last.day)
            .then(|| (message, "correct one of the two days".to_owned()))
    };
    let day = no_such_day(first).or_else(|| no_such_day(last));
    day.or_else(backwards)
}

/// "April has 30 days", "2023 is not a leap year".
fn no_such_day(day: PartialDate) -> Option<Mistake> {
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

/// What the prose says, without the `told` part of it.
fn mentioned(document: &Document, archive: &Archive, mut told: Option<Span>, cx: &mut Context) {
    let days = archive.days_of(cx.document()).map(|(first, _)| first);
    // A date that is itself in doubt says nothing.
    let dates = [claims::written(document), claims::date_in_name(document)].into_iter();
    let past = dates.flatten().filter(|date| *date <= archive.today);
    let around: Vec<Date> = days.into_iter().chain(past).collect();
    // The days of a range are told together.
    let mut range: Option<Span> = None;
    for mention in &document.prose {
        let found = match &mention.kind {
            _ if told.is_some_and(|told| told.contains(mention.span)) => None,
            MentionKind::Impossible(day) => no_such_day(*day),
            MentionKind::StatedWeek { range: stated, .. } => {
                range = Some(mention.span);
                // Days that do not exist are mentioned by themselves.
                let ends = [stated.first, stated.last];
                let exist = ends.into_iter().all(|day| no_such_day(day).is_none());
                impossible_days(*stated).filter(|_| exist)
            }
            MentionKind::Weekday(day) => wrong_weekday(*day, &around),
            MentionKind::Covers(claim) => {
                mistake(claim, None, false, |_| false).filter(|_| claim.descending)
            }
        };
        if let Some((message, help)) = found {
            cx.report(mention.span, &mention.text, message).help(help);
            if !matches!(
                mention.kind,
                MentionKind::Impossible(_) | MentionKind::Covers(_)
            ) {
                told = range.filter(|range| range.contains(mention.span));
            }
        }
    }
}

/// What is wrong with a date and its day of the week, read near the days in `around`.
fn wrong_weekday(stated: PartialDate, around: &[Date]) -> Option<Mistake> {
    let wanted = stated.weekday?;
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
