//! Weeks and days that no calendar has.

use super::disagreement::nearest;
use super::wording;
use crate::archive::Archive;
use crate::archive::claims::{self, Said, Whence};
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::source::Span;
use crate::week::prose::MentionKind;
use crate::week::{Claim, DateRange, PartialDate, calendar};
use jiff::civil::Date;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "week/impossible",
    summary: "a week or a day that no calendar has",
    docs: "\
Some weeks and days do not exist: week 53 of a year that has 52 (ISO 8601 gives most years 52 weeks), an ISO week 0, \
31 April, a run that goes backwards (`weeks 550-548`), and `2024-W01` for a note of 30 December 2024, which lies in week 1 \
of 2025. Others do not fit together: of `Wednesday 9 March 2017` either the day of the week or the date is wrong, and a \
reader who wants to come does not know which.

Days of the week are checked on every page, not only in notes. Where no year is written, the date nearest to the page's \
own is meant, if one lies within 60 days; otherwise the rule is silent. So it is about week 0 of a series that counts from \
zero, and about weeks past 53 that are counted from an epoch.

Look at a calendar and correct what is wrong.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
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

/// See [`META`].
pub struct Impossible;

impl Rule for Impossible {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        if archive.is_note(cx.document()) {
            claimed(document, archive, cx);
        }
        if !document.prose.is_empty() {
            mentioned(document, archive, cx);
        }
    }
}

/// What the note's own claims say.
fn claimed(document: &Document, archive: &Archive, cx: &mut Context) {
    let Some(standing) = archive.standing(cx.document()) else {
        return;
    };
    let written = claims::written(document);
    // What readers see comes first; the same mistake in other places is told beside it.
    let order = [
        Whence::Heading,
        Whence::Title,
        Whence::Key,
        Whence::FileName,
    ];
    let mut wrong = order.iter().filter_map(|&whence| {
        let said = standing.said(whence)?;
        Some((said, mistake(&said.claim, written)?))
    });
    let Some((first, (message, help))) = wrong.next() else {
        return;
    };
    // Where the places differ, that is told instead: one of them may be right.
    if standing.contradiction.is_some() {
        return;
    }
    let others: Vec<&Said> = wrong.map(|(said, _)| said).collect();
    let mut report = cx
        .report(first.span, &wording::weeks(&first.claim), message)
        .help(help);
    for said in others {
        let label = format!(
            "{} says {}",
            wording::place(said.whence),
            wording::weeks(&said.claim)
        );
        report = report.label(said.span, label);
    }
}

/// What is impossible in a claim, and what to do.
fn mistake(claim: &Claim, written: Option<Date>) -> Option<(String, String)> {
    if claim.descending
        && let (Some(low), Some(high)) = (claim.numbers.first(), claim.numbers.last())
    {
        return Some((
            format!("the run of weeks goes backwards, from {high} to {low}"),
            format!("write the weeks in their order, {low} to {high}, if they are meant"),
        ));
    }
    if let (true, Some(year)) = (claim.iso, claim.year) {
        let weeks = u32::from(calendar::weeks_in_iso_year(year));
        if let Some(number) = claim
            .numbers
            .iter()
            .find(|&&number| number == 0 || number > weeks)
        {
            let help = match written.map(calendar::iso_week) {
                Some((year, week)) => {
                    format!("the note is dated in {year}-W{week:02}: write that if it is meant")
                }
                None => format!("write a week from {year}-W01 to {year}-W{weeks}"),
            };
            return Some((
                format!("there is no week {number} in {year}, which has {weeks} ISO weeks"),
                help,
            ));
        }
        if let Some(meant) = written.and_then(|date| slipped_year(claim, date))
            && let (Some(date), Some(week)) = (written, claim.numbers.first())
        {
            return Some((
                format!(
                    "{} lies in week {week} of {meant}, not of {year}",
                    wording::day(date)
                ),
                format!(
                    "write {meant}-W{week:02}: an ISO week belongs to the year that has most of its days"
                ),
            ));
        }
    }
    impossible_days(claim.dates?)
}

/// The year that an ISO week belongs to, where a note of the days around New Year names the one of its date.
pub(super) fn slipped_year(claim: &Claim, written: Date) -> Option<i16> {
    let (year, week) = calendar::iso_week(written);
    let named = claim.year.filter(|_| claim.iso)?;
    (claim.numbers == [u32::from(week)] && named != year && named == written.year()).then_some(year)
}

/// What no calendar has in a range of dates.
fn impossible_days(range: DateRange) -> Option<(String, String)> {
    for day in [range.first, range.last] {
        if let Some(message) = no_such_day(day) {
            return Some((message, "correct the day or the month".to_owned()));
        }
    }
    let (first, last) = (range.first, range.last);
    let backwards = first.month == last.month && first.day > last.day && first.year == last.year;
    backwards.then(|| {
        (
            format!(
                "the range of dates goes backwards, from {} to {}",
                wording::partial(first),
                wording::partial(last)
            ),
            "correct one of the two days".to_owned(),
        )
    })
}

/// "April has 30 days", "2023 is not a leap year".
fn no_such_day(day: PartialDate) -> Option<String> {
    // Without a year, 29 February may be one.
    let year = day.year.unwrap_or(2024);
    if day.in_year(year).is_some() {
        return None;
    }
    let first = Date::new(year, day.month, 1).ok()?;
    let reason = if day.month == 2 && day.year.is_none() {
        "February has at most 29 days".to_owned()
    } else if day.month == 2 && day.day == 29 {
        format!("{year} is not a leap year")
    } else {
        format!(
            "{} has {} days",
            wording::month(day.month),
            first.days_in_month()
        )
    };
    Some(format!("there is no {}: {reason}", wording::partial(day)))
}

/// What the prose says.
fn mentioned(document: &Document, archive: &Archive, cx: &mut Context) {
    let id = cx.document();
    let around: Vec<Date> = archive
        .days_of(id)
        .map(|(first, _)| first)
        .into_iter()
        .chain(claims::written(document))
        .collect();
    // The days of a range are told together.
    let mut told: Option<Span> = None;
    let mut range: Option<Span> = None;
    for mention in &document.prose {
        match &mention.kind {
            MentionKind::Impossible(day) => {
                if let Some(message) = no_such_day(*day) {
                    cx.report(mention.span, &mention.text, message)
                        .help("correct the day or the month");
                }
            }
            MentionKind::StatedWeek { range: stated, .. } => {
                range = Some(mention.span);
                let backwards =
                    no_such_day(stated.first).is_none() && no_such_day(stated.last).is_none();
                if backwards && let Some((message, help)) = impossible_days(*stated) {
                    cx.report(mention.span, &mention.text, message).help(help);
                    told = Some(mention.span);
                }
            }
            MentionKind::Weekday(day) => {
                if told.is_some_and(|told| told.contains(mention.span)) {
                    continue;
                }
                if let Some((message, help)) = wrong_weekday(*day, &around) {
                    cx.report(mention.span, &mention.text, message).help(help);
                    told = range.filter(|range| range.contains(mention.span));
                }
            }
            MentionKind::Covers(claim) => {
                if claim.descending
                    && let Some((message, help)) = mistake(claim, None)
                {
                    cx.report(mention.span, &mention.text, message).help(help);
                }
            }
        }
    }
}

/// What is wrong with a date and its day of the week, read near the days in `around`.
fn wrong_weekday(stated: PartialDate, around: &[Date]) -> Option<(String, String)> {
    let wanted = stated.weekday?;
    let date = match stated.year {
        Some(year) => stated.in_year(year)?,
        None => {
            let near: Vec<Date> = around
                .iter()
                .filter_map(|&day| Some((nearest(stated, day)?, day)))
                .filter(|(date, day)| {
                    calendar::day_number(*date).abs_diff(calendar::day_number(*day)) <= NEAR
                })
                .map(|(date, _)| date)
                .collect();
            // A note may be written long after its week: any of its dates that fits is meant.
            if near.iter().any(|date| date.weekday() == wanted) {
                return None;
            }
            *near.first()?
        }
    };
    if date.weekday() == wanted {
        return None;
    }
    let message = format!(
        "{} was a {}, not a {}",
        wording::day(date),
        wording::weekday(date.weekday()),
        wording::weekday(wanted)
    );
    let ahead =
        (wanted.to_monday_zero_offset() - date.weekday().to_monday_zero_offset()).rem_euclid(7);
    let days = i64::from(if ahead > 3 { ahead - 7 } else { ahead });
    let meant = date.checked_add(jiff::Span::new().days(days)).ok()?;
    let help = format!(
        "the nearest {} was {}: correct the day of the week or the date",
        wording::weekday(wanted),
        wording::day_and_month(meant)
    );
    Some((message, help))
}
