//! Weeks without a note.

use crate::archive::{Archive, Collection, Numbering, name_of};
use crate::diagnostic::{DocumentId, Severity};
use crate::rules::{Backdrop, Context, Example, Rule};
use crate::week::calendar;
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub static RULE: Rule = Rule {
    id: "week/gap",
    summary: "weeks without a note",
    docs: "\
**Finds.** The number of weeks without a note, once for each series, at its latest note.

**Why.** Such weeks are normal: holidays, illness, work, or nothing to say. The count shows you a note that you \
forgot to write or to commit.

**Ignores.** Weeks in a run that one note covers.

**Fix.** Nothing needs fixing, and an info never fails a run by default. `\"week/gap\" = \"off\"` under `[rules]` \
leaves the count out of the report.",
    severity: Some(Severity::Info),
    check_archive: Some(check_archive),
    examples: &[
        Example::Bad {
            title: "week 13 has no note",
            backdrop: Backdrop::None,
            files: &[
                ("notes/week-11.md", "# Week 11\n"),
                ("notes/week-12.md", "# Week 12\n"),
                ("notes/week-14.md", "⟦⟧# Week 14\n"),
            ],
            fixed: None,
        },
        Example::Good {
            title: "a note may cover several weeks",
            backdrop: Backdrop::None,
            files: &[
                ("notes/week-12.md", "# Week 12\n"),
                ("notes/week-14.md", "# Weeks 13 and 14\n"),
            ],
        },
    ],
    ..Rule::NEW
};

fn check_archive(archive: &Archive, cx: &mut Context) {
    for series in archive.series() {
        match series.numbering {
            Some(Numbering::IsoWeek) => report(series, &iso_weeks(archive, series), iso_name, cx),
            Some(Numbering::Epoch { .. } | Numbering::Sequence) => {
                let weeks = plain_weeks(archive, series);
                report(series, &weeks, |week| week.to_string(), cx);
            }
            _ => {}
        }
    }
}

/// The numbers that the notes of a series claim, each with its year where it has one, and the note.
fn claimed(archive: &Archive, series: &Collection) -> Vec<(Option<i16>, u32, DocumentId)> {
    let weeks = series.documents.iter().flat_map(|id| {
        let profile = archive.profile(*id);
        let week = profile.and_then(|profile| Some((profile.week()?, profile.year)));
        let week = week.filter(|(claim, _)| claim.season.is_none());
        let places = week.into_iter();
        let places = places.flat_map(|(claim, year)| claim.places(year));
        places.map(|(year, number)| (year, number, *id))
    });
    weeks.collect()
}

/// The numbers of the notes, in order; none where they begin again every year and are no sequence.
fn plain_weeks(archive: &Archive, series: &Collection) -> Vec<(u32, DocumentId)> {
    let claimed = claimed(archive, series);
    let distinct = claimed.iter().map(|(year, number, _)| (year, number));
    let distinct: BTreeSet<_> = distinct.collect();
    if distinct.len() * 10 < claimed.len() * 9 {
        return Vec::new();
    }
    let plain = claimed.iter().filter(|(year, ..)| year.is_none());
    let mut weeks: Vec<_> = plain.map(|(_, number, id)| (*number, *id)).collect();
    weeks.sort_unstable();
    weeks
}

/// ISO weeks, counted through the years.
fn iso_weeks(archive: &Archive, series: &Collection) -> Vec<(u32, DocumentId)> {
    let weeks: BTreeMap<u32, DocumentId> = claimed(archive, series)
        .into_iter()
        .filter_map(|(year, week, id)| {
            let monday = calendar::monday_of_iso_week(year?, u8::try_from(week).ok()?)?;
            let number = calendar::day_number(monday).div_euclid(7);
            Some((u32::try_from(number).ok()?, id))
        })
        .collect();
    weeks.into_iter().collect()
}

/// The name of a week that [`iso_weeks`] counts.
fn iso_name(week: u32) -> String {
    let day = i32::try_from(week)
        .ok()
        .and_then(|week| week.checked_mul(7));
    match day.and_then(calendar::date_of_day).map(calendar::iso_week) {
        Some((year, week)) => format!("{year}-W{week:02}"),
        None => week.to_string(),
    }
}

fn report(
    series: &Collection,
    weeks: &[(u32, DocumentId)],
    name: impl Fn(u32) -> String,
    cx: &mut Context,
) {
    let pairs = weeks.iter().zip(weeks.iter().skip(1));
    // The first and the last week of each run without a note.
    let apart = pairs.filter(|(one, other)| other.0 - one.0 > 1);
    let gaps: Vec<(u32, u32)> = apart.map(|(one, other)| (one.0 + 1, other.0 - 1)).collect();
    let (Some((first, _)), Some((last, note)), Some((from, to))) =
        (weeks.first(), weeks.last(), gaps.last())
    else {
        return;
    };
    let missing: u32 = gaps.iter().map(|(from, to)| to - from + 1).sum();
    let latest = match name(*from) {
        from_name if from == to => from_name,
        from_name => format!("{from_name} to {}", name(*to)),
    };
    let all = u64::from(last - first) + 1;
    let message = match (missing, gaps.len()) {
        (1, _) => format!("week {latest} has no note"),
        (_, 1) => format!("weeks {latest} have no note"),
        _ => format!("{missing} of {all} weeks have no note; the latest is {latest}"),
    };
    let (first, last) = (name(*first), name(*last));
    let help = match gaps.len() {
        1 => "there is nothing to do: a week without a note is normal".to_owned(),
        runs => format!("{runs} gaps between {first} and {last}: a week without a note is normal"),
    };
    cx.report_at(name_of(*note), &series.name, message)
        .help(help);
}
