//! Weeks without a note.

use super::wording;
use crate::archive::timeline::Ordinal;
use crate::archive::{Archive, Collection, Numbering, name_of};
use crate::diagnostic::{DocumentId, Severity};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::week::calendar;
use std::collections::BTreeMap;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "week/gap",
    summary: "weeks without a note",
    docs: "\
Weeks without a note are normal: holidays, illness, work, or nothing to tell. The rule counts them once for each series, at \
its latest note, and never fails a run; it helps to see that a note was forgotten, or has not been committed. Runs that \
one note covers are no gaps.

Nothing needs to be done. `\"week/gap\" = \"off\"` in `[rules]` leaves the count out of the report.",
    severity: Some(Severity::Info),
    fix: FixAvailability::None,
    since: "0.1.0",
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
};

/// See [`META`].
pub struct Gap;

impl Rule for Gap {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_archive(&self, archive: &Archive, cx: &mut Context) {
        for collection in archive.collections.iter().filter(|one| one.is_series()) {
            if let Some(gaps) = Gaps::of(collection) {
                gaps.report(collection, cx);
            }
        }
    }
}

/// The weeks that a series leaves out.
struct Gaps {
    /// How many.
    missing: usize,
    /// How many runs they make.
    runs: usize,
    first: u32,
    last: u32,
    /// The latest run: its first and last week.
    latest: (u32, u32),
    /// The latest note.
    note: DocumentId,
}

impl Gaps {
    fn of(collection: &Collection) -> Option<Self> {
        if !matches!(
            collection.numbering,
            Some(Numbering::Epoch { .. } | Numbering::Sequence)
        ) {
            return Gaps::of_iso_weeks(collection);
        }
        let plain = |ordinal: &Ordinal| ordinal.year == 0 && ordinal.season == 0;
        let entries = collection.timeline.entries().iter();
        let weeks: Vec<(u32, DocumentId)> = entries
            .filter(|entry| plain(&entry.ordinal))
            .map(|entry| (entry.ordinal.number, entry.document))
            .collect();
        // Numbers that begin again every year are no sequence.
        let distinct = weeks
            .windows(2)
            .filter(|two| matches!(two, [one, other] if one.0 != other.0));
        if (distinct.count() + 1) * 10 < weeks.len() * 9 {
            return None;
        }
        Gaps::between(&weeks)
    }

    /// ISO weeks, counted through the years.
    fn of_iso_weeks(collection: &Collection) -> Option<Self> {
        if collection.numbering != Some(Numbering::IsoWeek) {
            return None;
        }
        let weeks: BTreeMap<u32, DocumentId> = collection
            .timeline
            .entries()
            .iter()
            .filter_map(|entry| {
                let week = u8::try_from(entry.ordinal.number).ok()?;
                let monday = calendar::monday_of_iso_week(entry.ordinal.year, week)?;
                let number = calendar::day_number(monday).div_euclid(7);
                Some((u32::try_from(number).ok()?, entry.document))
            })
            .collect();
        let weeks: Vec<_> = weeks.into_iter().collect();
        Gaps::between(&weeks)
    }

    fn between(weeks: &[(u32, DocumentId)]) -> Option<Self> {
        let (first, (last, note)) = (weeks.first()?.0, *weeks.last()?);
        let mut gaps = Gaps {
            missing: 0,
            runs: 0,
            first,
            last,
            latest: (0, 0),
            note,
        };
        for two in weeks.windows(2) {
            if let [(one, _), (other, _)] = two
                && other - one > 1
            {
                gaps.missing += (other - one - 1) as usize;
                gaps.runs += 1;
                gaps.latest = (one + 1, other - 1);
            }
        }
        (gaps.missing > 0).then_some(gaps)
    }

    fn report(&self, collection: &Collection, cx: &mut Context) {
        let iso = collection.numbering == Some(Numbering::IsoWeek);
        let told = |week: u32| {
            let monday = i32::try_from(week)
                .ok()
                .and_then(|week| calendar::date_of_day(week.checked_mul(7)?));
            match monday.filter(|_| iso).map(calendar::iso_week) {
                Some((year, week)) => format!("{year}-W{week:02}"),
                None => week.to_string(),
            }
        };
        let all = (self.last - self.first) as usize + 1;
        let (from, to) = self.latest;
        let latest = if from == to {
            told(from)
        } else {
            format!("{} to {}", told(from), told(to))
        };
        let message = if self.missing == 1 {
            format!("week {latest} has no note")
        } else {
            let runs = if self.runs > 1 {
                format!(", in {} gaps; the latest is {latest}", self.runs)
            } else {
                format!(": {latest}")
            };
            format!(
                "{} of {} between {} and {} have no note{runs}",
                self.missing,
                wording::count(all, "week", "weeks"),
                told(self.first),
                told(self.last)
            )
        };
        cx.report_at(name_of(self.note), &collection.name, message)
            .help("nothing needs to be done: a week without a note is normal");
    }
}
