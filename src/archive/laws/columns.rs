//! The columns of a table: what the same place states in every note, as days, numbers and weeks.
//!
//! Weeks, ranges and numbers that count weeks become days, so that one kind of law - two days lie a constant distance
//! apart - covers most of what a note can say of its week.

mod reader;
mod weeks;

use super::share::mode;
use super::table::{Field, Rows};
use crate::config::Numbering;
use crate::hash::{QuickMap, QuickSet};
use crate::order::Order;
use crate::week::calendar::{date_of_day, day_number};
use crate::week::statements::{DayOfYear, Word};
use reader::Reader;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Which of the things that a place states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Slot {
    /// The first day.
    Day,
    /// The second day.
    SecondDay,
    /// The first day of a range.
    From,
    /// The last day of a range.
    To,
    /// The Monday of a week that stands with its year.
    Week,
    /// The first number.
    First,
    /// The last number.
    Last,
    /// The first number behind a word.
    Number(Word),
    /// Season and episode.
    Episode,
    /// The first day of the week that the numbers of another slot count, by the calendar that fits them.
    Counted(Calendar),
}

/// How numbers count weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Calendar {
    /// From a first week on.
    Epoch,
    /// Weeks of ISO 8601.
    Iso,
    /// Weeks of a year from its first Sunday on (`%U` of strftime).
    Sunday,
}

/// A place and what it states.
pub(super) type ColumnId = (Field, Slot);

/// A value for each row that has one.
pub(super) type Column = Vec<Option<i32>>;

/// How many rows have a value.
pub(super) fn filled(column: &Column) -> usize {
    column.iter().flatten().count()
}

/// The columns of days and numbers that enough rows have.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) days: BTreeMap<ColumnId, Column>,
    pub(super) numbers: BTreeMap<ColumnId, Column>,
    /// Where days stand that no calendar has, in places that state days.
    pub(super) impossible: Vec<(usize, Field)>,
    /// The day of each row on which most of its places agree.
    pub(super) when: Vec<Option<i32>>,
    /// Whether the configuration says which weeks the numbers count.
    pub(super) is_counted_surely: bool,
    /// The rows in the order of their days, then of their numbers.
    pub(super) sorted: Vec<usize>,
}

/// Columns of one kind that are compared with each other at most: pairs grow with the square.
pub(super) const MOST_DAYS: usize = 14;
/// See [`MOST_DAYS`].
pub(super) const MOST_NUMBERS: usize = 16;

/// By how many days more one of two days must lie from the notes around to be the wrong one.
const FAR_FROM_OTHERS: u32 = 180;

/// By how many days most days of a place may differ from their usual distance to the others: notes are late.
const NEAR: u32 = 31;

/// Fewer rows than this share nothing.
const FEWEST: usize = 5;

type Sparse = QuickMap<ColumnId, Vec<(usize, i32)>>;

/// Columns of days without years.
type Partial = BTreeMap<ColumnId, Vec<(usize, DayOfYear)>>;

impl Columns {
    /// The columns of some rows. `is_stamp` says of a place that it holds the time of writing or publishing; `numbering` is
    /// what the configuration says of the rows' numbers.
    pub(super) fn of(
        rows: &Rows,
        is_stamp: impl Fn(Field) -> bool,
        numbering: Option<&Numbering>,
    ) -> Self {
        let mut columns = Columns::default();
        let partial = columns.read(rows);
        columns.order(rows, &is_stamp, partial);
        match numbering {
            None | Some(Numbering::IsoWeek | Numbering::WeekOfYear) => columns.count_weeks(rows),
            Some(Numbering::Epoch { week_zero }) => columns.count_from(*week_zero),
            Some(_) => {}
        }
        columns
    }

    /// Reads the columns that enough rows have; those of days without years are left.
    fn read(&mut self, rows: &Rows) -> Partial {
        let of = rows.len();
        let few = FEWEST.min(of.saturating_sub(1));
        let fewest = of.saturating_mul(3).div_ceil(10).max(few);
        let mut reader = Reader::default();
        for (_, cell) in rows.cells() {
            reader.look_for_highest(cell);
        }
        for (row, cell) in rows.cells() {
            reader.days(row, cell);
            reader.numbers(row, cell);
        }
        let dense = |sparse: Sparse| {
            let kept = sparse.into_iter();
            let kept = kept.filter(|(_, values)| values.len() >= fewest);
            kept.map(|(id, values)| (id, spread(&values, of))).collect()
        };
        self.days = dense(reader.days);
        self.numbers = distinct(dense(reader.numbers));
        self.impossible = reader.impossible;
        self.impossible
            .retain(|(_, field)| self.days.contains_key(&(*field, Slot::Day)));
        reader.partial.retain(|_, values| values.len() >= fewest);
        reader.partial
    }

    /// Orders the rows by the day on which most of their places agree, and gives years to the days that lack them.
    fn order(&mut self, rows: &Rows, is_stamp: &impl Fn(Field) -> bool, partial: Partial) {
        let of = rows.len();
        let mut ids: Vec<&ColumnId> = self.days.keys().collect();
        ids.order_by_key(|id| {
            let column = self.days.get(id).map_or(0, filled);
            Reverse((column, id.0 == Field::Name, is_stamp(id.0)))
        });
        ids.truncate(12);
        let mut offsets = Vec::new();
        let first = ids.first().and_then(|id| self.days.get(id));
        for id in &ids {
            let (Some(first), Some(column)) = (first, self.days.get(id)) else {
                continue;
            };
            let apart = column.iter().zip(first);
            let apart = apart.filter_map(|(day, first)| Some((*day)? - (*first)?));
            let apart: Vec<i32> = apart.collect();
            let (mode, most) = mode(apart.iter().copied()).unwrap_or((0, 0));
            let near = apart.iter().filter(|days| days.abs_diff(mode) <= NEAR);
            // Days that lie anywhere tell nothing of a note that has no other.
            if near.count() * 2 < apart.len() {
                continue;
            }
            let weight = most as f64 / apart.len().max(1) as f64;
            // The name says a little more than what repeats it.
            let more = if id.0 == Field::Name { 0.01 } else { 0.0 };
            offsets.push((**id, mode, weight + more));
        }
        let votes = (0..of).map(|row| {
            let mut votes: Vec<(i32, f64)> = Vec::new();
            for (id, offset, weight) in &offsets {
                let Some(day) = self.day(*id, row) else {
                    continue;
                };
                let day = day - offset;
                match votes.iter_mut().find(|(voted, _)| *voted == day) {
                    Some((_, votes)) => *votes += weight,
                    None => votes.push((day, *weight)),
                }
            }
            votes
        });
        let votes: Vec<Vec<(i32, f64)>> = votes.collect();
        let best = |votes: &Vec<(i32, f64)>| {
            let best = votes.iter().rev();
            let best = best.max_by(|one, other| one.1.total_cmp(&other.1));
            best.map(|(day, _)| *day)
        };
        let voted: Vec<Option<i32>> = votes.iter().map(best).collect();
        // Of two days that are as good, the one that is nearer to the notes around it in the order of paths.
        let nearest = |(row, votes): (usize, &Vec<(i32, f64)>)| {
            let most = votes.iter().map(|(_, weight)| *weight).fold(0.0, f64::max);
            let as_good = votes.iter().filter(|(_, weight)| weight + 0.1 > most);
            as_good.clone().nth(1)?;
            let from = row.saturating_sub(2);
            let around = voted.iter().enumerate().skip(from).take(5);
            let around = around.filter(|(other, _)| *other != row);
            let mut around: Vec<i32> = around.filter_map(|(_, day)| *day).collect();
            around.sort_unstable();
            let middle = *around.get(around.len() / 2)?;
            let far = |day: i32| day.abs_diff(middle);
            let voted = (*voted.get(row)?)?;
            let days = as_good.map(|(day, _)| *day);
            days.filter(|day| far(*day) + FAR_FROM_OTHERS < far(voted))
                .min_by_key(|day| far(*day))
        };
        let decided = votes.iter().enumerate().map(nearest);
        let decided = decided.zip(&voted);
        self.when = decided.map(|(day, voted)| day.or(*voted)).collect();
        let numbers = self.numbers.iter();
        let numbers = numbers.max_by_key(|(id, column)| (id.0 == Field::Name, filled(column)));
        let number = |row: usize| *numbers?.1.get(row)?;
        let mut sorted: Vec<usize> = (0..of).collect();
        // Documents come by path, and the order is stable.
        sorted.order_by_key(|row| {
            let when = self.when.get(*row).copied().flatten();
            (when.unwrap_or(i32::MAX), number(*row).unwrap_or(0))
        });
        self.sorted = sorted;
        for (id, values) in partial {
            for (row, day) in values {
                let nearest = self.nearest(row, day);
                let column = self.days.entry(id).or_insert_with(|| vec![None; of]);
                if let (Some(cell), Some(nearest)) = (column.get_mut(row), nearest) {
                    *cell = Some(nearest);
                }
            }
        }
    }

    /// The day nearest to the row's, of a day without a year.
    fn nearest(&self, row: usize, day: DayOfYear) -> Option<i32> {
        let when = self.when.get(row).copied().flatten()?;
        day.near(date_of_day(when)?).map(day_number)
    }

    /// The day of a column in a row.
    pub(super) fn day(&self, id: ColumnId, row: usize) -> Option<i32> {
        *self.days.get(&id)?.get(row)?
    }
}

/// The `most` columns that have most values, those first that have more.
pub(super) fn fullest(
    columns: &BTreeMap<ColumnId, Column>,
    most: usize,
) -> Vec<(ColumnId, Column)> {
    let mut columns: Vec<_> = columns.iter().collect();
    columns.order_by_key(|(id, column)| (Reverse(filled(column)), **id));
    let columns = columns.into_iter().take(most);
    columns.map(|(id, column)| (*id, column.clone())).collect()
}

fn spread(values: &[(usize, i32)], of: usize) -> Column {
    let mut column = vec![None; of];
    for (row, value) in values {
        if let Some(cell) = column.get_mut(*row) {
            *cell = Some(*value);
        }
    }
    column
}

/// Leaves out constants, and of columns of one place that hold the same numbers all but one.
fn distinct(mut columns: BTreeMap<ColumnId, Column>) -> BTreeMap<ColumnId, Column> {
    let mut ids: Vec<ColumnId> = columns.keys().copied().collect();
    ids.order_by_key(|id| {
        let is_end = matches!(id.1, Slot::First | Slot::Last);
        (!is_end, columns.get(id).map_or(0, filled), *id)
    });
    for id in ids {
        let Some(column) = columns.get(&id) else {
            continue;
        };
        let count = filled(column);
        let values: QuickSet<i32> = column.iter().flatten().copied().collect();
        // The first and the last number of a text are often the same as one of its words', and now and then another.
        let is_end = matches!(id.1, Slot::First | Slot::Last);
        let alike = if is_end { 6 } else { 9 };
        let is_twin = || {
            let others = columns.iter();
            let others = others.filter(|(other, _)| other.0 == id.0 && **other != id);
            others.take(MOST_NUMBERS).any(|(_, other)| {
                let both = column.iter().zip(other);
                let same = both.filter(|(one, other)| one.is_some() && one == other);
                same.count() * 10 >= count * alike
            })
        };
        if values.len() <= 2.max(count / 20) || is_twin() {
            columns.remove(&id);
        }
    }
    columns
}
