//! The evidence that a group of files is a series: the shares of its files that speak for it, and their sum.

use super::facts::{DayNumbers, Facts, PlaceOfDay};
use super::words::Call;
use super::{Around, COURSE, InFolder, MANY, as_share, shape};
use crate::archive::laws::share::counts;
use std::collections::{BTreeMap, HashSet};

const OWN: f64 = 7.0;
const PLACE: f64 = 2.0;
const HINT: f64 = 1.5;
const CADENCE: f64 = 4.0;
/// So many files that call themselves weekly are enough in a folder of other things.
const ENOUGH: f64 = 2.0;
/// With so many gaps a cadence has half of its certainty.
const CALM: f64 = 5.0;
/// The share of a repository's pages that is as good as all of them.
const WHOLE: f64 = 0.9;
/// Days between two weekly notes.
const WEEKLY: std::ops::RangeInclusive<i32> = 5..=9;

/// The shares that a group has of each kind of evidence.
#[derive(Default)]
pub(super) struct Evidence {
    pub(super) own: f64,
    pub(super) hint: f64,
    pub(super) cadence: f64,
    /// The place that gives the days, if any does, and the median of the days between two files.
    pub(super) days: Option<(Column, i32)>,
    pub(super) score: f64,
}

/// The place of some days, and which of two days it gives where a text may mean either.
#[derive(Clone)]
pub(super) struct Column {
    pub(super) place: PlaceOfDay,
    reading: usize,
}

impl Evidence {
    /// Of files that the key `key` counts, if one does.
    pub(super) fn of(
        members: &[Facts],
        folder: &InFolder,
        around: &Around,
        key: Option<&str>,
    ) -> Self {
        let place = folder.says.max(around.readme);
        let (n, size) = (members.len(), as_share(members.len()));
        let share = |count: usize| as_share(count) / size;
        let number = |one: &Facts| match key {
            Some(key) => one.ordinal(key),
            None => one.number,
        };
        let per_week = one_a_week(members);
        let numbers: HashSet<Option<u32>> = members.iter().map(number).collect();
        let is_numbered = numbers.len() * 2 >= n;
        let highest = members.iter().filter_map(number).max().unwrap_or(0);
        // Without days "week 12" may be a lecture's, unless the repository holds nothing else.
        let is_whole = as_share(n) >= WHOLE * as_share(around.files);
        let is_count = is_numbered && (place >= 1.0 || highest > COURSE || is_whole);
        let is_known = per_week == Some(true) || per_week.is_none() && is_count;
        let counts = |one: &Facts| match one.call {
            Some(Call::Note) => 1.0,
            Some(Call::Weekly) if per_week != Some(false) || is_numbered => 1.0,
            Some(Call::Week) if is_known => 0.5,
            // A folder "Weekly" says of each file in it what a tag would.
            None if folder.calls && per_week == Some(true) => 1.0,
            None if folder.says >= 1.0 && is_known => 0.5,
            _ => 0.0,
        };
        let of = as_share(folder.files);
        let own =
            members.iter().map(counts).sum::<f64>() / size * (size / ENOUGH + size / of).min(1.0);
        let (cadence, days) = cadence(members);
        let hint = share(members.iter().filter(|one| one.hints).count());
        let alone = (size / MANY + size / of).min(1.0);
        let day = days.as_ref().map(|(column, _)| column);
        let advance = share(steps_of_one(members, day, number));
        let titles = commonest(members, |one| &one.title_shape);
        let form = share(titles.max(commonest(members, |one| &one.shape)));
        let score =
            OWN * own + PLACE * place + alone * (HINT * hint + CADENCE * cadence + advance + form);
        Evidence {
            own,
            hint,
            cadence,
            days,
            score,
        }
    }
}

/// How many files have the commonest shape, where that has a number or a day.
fn commonest<'m>(members: &'m [Facts], shape: fn(&'m Facts) -> &'m str) -> usize {
    let counts = counts(members.iter().map(shape));
    let top = counts.into_iter().max_by_key(|(_, count)| *count);
    top.filter(|(shape, _)| members.len() > 1 && shape.contains(shape::VARIES))
        .map_or(0, |(_, count)| count)
}

/// The places that give most of the files a day: the days, each once and in order, and how many files have one. A place
/// whose days may be read in two ways counts twice.
fn places(members: &[Facts]) -> Vec<(Column, Vec<i32>, usize)> {
    let mut days: BTreeMap<&PlaceOfDay, Vec<DayNumbers>> = BTreeMap::new();
    for (place, day) in members.iter().flat_map(|one| &one.days) {
        days.entry(place).or_default().push(*day);
    }
    days.retain(|_, days| days.len() * 5 >= members.len() * 3);
    let columns = days.into_iter().flat_map(|(place, days)| {
        let is_sure = days.iter().all(|[one, other]| one == other);
        let readings = 0..if is_sure { 1 } else { 2 };
        readings.map(move |reading| {
            let place = place.clone();
            let column = Column { place, reading };
            let mut in_order: Vec<i32> = days.iter().map(|day| day[reading]).collect();
            in_order.sort_unstable();
            in_order.dedup();
            (column, in_order, days.len())
        })
    });
    columns.collect()
}

/// Whether each file has a week of its own by some place; `Some(false)` where several share one by every place, as daily
/// notes do that name their week, or pages that were imported on one day.
fn one_a_week(members: &[Facts]) -> Option<bool> {
    let shares = places(members).into_iter().map(|(_, days, count)| {
        let weeks: HashSet<i32> = days.iter().map(|day| day.div_euclid(7)).collect();
        weeks.len() * 2 >= count
    });
    shares.reduce(|one, other| one || other)
}

/// From -1, another rhythm, to 1, a week apart, by the place whose days keep it best; 0 where no place tells. With it the
/// place and the median gap.
fn cadence(members: &[Facts]) -> (f64, Option<(Column, i32)>) {
    let mut best: Option<(f64, (Column, i32))> = None;
    for (column, days, count) in places(members) {
        let mut gaps: Vec<i32> = days.windows(2).map(|pair| pair[1] - pair[0]).collect();
        // A day that many files share is no file's own.
        if gaps.is_empty() || days.len() * 2 < count {
            continue;
        }
        gaps.sort_unstable();
        let median = gaps.get(gaps.len() / 2).copied().unwrap_or(0);
        // A missed week is no other rhythm; every third week is one.
        let is_weekly =
            |gap: &&i32| WEEKLY.contains(*gap) || WEEKLY.contains(&median) && *gap % 7 == 0;
        let kept = gaps.iter().filter(is_weekly).count();
        let (of, kept) = (as_share(gaps.len()), as_share(kept));
        let value = (2.0 * kept / of - 1.0) * of / (of + CALM);
        if best.as_ref().is_none_or(|(least, _)| value > *least) {
            best = Some((value, (column, median)));
        }
    }
    best.map_or((0.0, None), |(value, days)| (value, Some(days)))
}

/// How many files are numbered one more than the one before, in the order of the days of `column`.
fn steps_of_one(
    members: &[Facts],
    column: Option<&Column>,
    number: impl Fn(&Facts) -> Option<u32>,
) -> usize {
    let day = |one: &Facts| {
        let column = column?;
        let (_, day) = one.days.iter().find(|(at, _)| *at == column.place)?;
        Some(day[column.reading])
    };
    let numbered = members.iter();
    let numbered = numbered.filter_map(|one| Some((day(one).unwrap_or(0), number(one)?)));
    let mut numbered: Vec<(i32, u32)> = numbered.collect();
    numbered.sort_unstable();
    let pairs = numbered.windows(2);
    let steps = pairs.filter(|pair| pair[0].1.checked_add(1) == Some(pair[1].1));
    steps.count()
}
