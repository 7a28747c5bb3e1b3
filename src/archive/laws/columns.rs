//! The columns of a table: what the same place states in every note, as days, numbers and weeks.
//!
//! Weeks, ranges and numbers that count weeks become days, so that one kind of law - two days lie a constant distance
//! apart - covers most of what a note can say of its week.

use super::parts;
use super::share::Share;
use super::table::{Cell, Field, Rows, episode_number};
use crate::archive::claims::year_of_folder;
use crate::config::Numbering;
use crate::hash::QuickMap;
use crate::week::calendar::{date_of_day, day_number, monday_of, monday_of_iso_week};
use crate::week::statements::{DayOfYear, Stated, Word};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;

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
    /// For each row its index in `sorted`.
    pub(super) rank: Vec<usize>,
}

/// Columns of one kind that are compared with each other at most: pairs grow with the square.
pub(super) const MOST_DAYS: usize = 14;
/// See [`MOST_DAYS`].
pub(super) const MOST_NUMBERS: usize = 16;

/// A number that lies further from each of several epochs, in days, belongs to none.
const FAR_OFF: u64 = 70;

/// Notes are written in their week, or so many days after it began, at most.
const SOON: i32 = 20;

/// By how many days more one of two days must lie from the notes around to be the wrong one.
const FAR_FROM_OTHERS: u32 = 180;

/// Numbers count weeks if at least this share of them does.
const LEAST: f64 = 0.55;

/// Fewer rows than this share nothing.
pub(super) const FEWEST: usize = 5;

type Sparse = QuickMap<ColumnId, Vec<(usize, i32)>>;

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
        let years = rows.iter().map(|row| year_of_folder(row.document));
        let years: Vec<_> = years.collect();
        match numbering {
            None | Some(Numbering::IsoWeek | Numbering::WeekOfYear) => columns.count_weeks(&years),
            Some(Numbering::Epoch { week_zero }) => columns.count_from(*week_zero),
            Some(_) => {}
        }
        columns
    }

    fn read(&mut self, rows: &Rows) -> BTreeMap<ColumnId, Vec<(usize, DayOfYear)>> {
        let of = rows.len();
        let fewest = of
            .saturating_mul(3)
            .div_ceil(10)
            .max(FEWEST.min(of.saturating_sub(1)));
        let enough = |count: usize| count >= fewest;
        let (mut days, mut numbers) = (Sparse::default(), Sparse::default());
        let mut partial: QuickMap<ColumnId, Vec<(usize, DayOfYear)>> = QuickMap::default();
        let (mut orders, mut highest) = (QuickMap::default(), QuickMap::default());
        for cell in rows.iter().flat_map(|row| &row.cells) {
            look_for_order(cell, &mut orders, &mut highest);
        }
        let mut impossible = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            for cell in &row.cells {
                let field = cell.field;
                let mut reader = Reader::default();
                for said in &cell.said {
                    let mut add = |slot, day: Date| {
                        days.entry((field, slot))
                            .or_default()
                            .push((at, day_number(day)));
                    };
                    match said.stated {
                        Stated::Day(_) | Stated::EitherDay { .. } => {
                            let Some(slot) = reader.day_slot(field) else {
                                continue;
                            };
                            let day = match said.stated {
                                Stated::Day(day) => day,
                                Stated::EitherDay {
                                    day_first,
                                    month_first,
                                } => {
                                    if orders.get(&field).copied().unwrap_or(0) >= 0 {
                                        day_first.or(month_first)
                                    } else {
                                        month_first.or(day_first)
                                    }
                                }
                                _ => None,
                            };
                            match day {
                                Some(day) => add(slot, day),
                                None if slot == Slot::Day => impossible.push((at, field)),
                                None => {}
                            }
                        }
                        Stated::DayOfYear(day) => {
                            if let Some(slot) = reader.part_slot(field) {
                                partial.entry((field, slot)).or_default().push((at, day));
                            }
                        }
                        Stated::Range(from, to) if reader.first_range() => {
                            for (slot, end) in [(Slot::From, from), (Slot::To, to)] {
                                match end.year {
                                    Some(year) => {
                                        if let Ok(day) = Date::new(year, end.month, end.day) {
                                            add(slot, day);
                                        }
                                    }
                                    None => {
                                        partial.entry((field, slot)).or_default().push((at, end))
                                    }
                                }
                            }
                        }
                        Stated::Week { year, week, named } if reader.first_week() => {
                            // `2024-05` may be a month: only weeks go beyond 12.
                            let is_week =
                                named || highest.get(&field).is_some_and(|week| *week > 12);
                            if let Some(monday) = monday_of_iso_week(year, week).filter(|_| is_week)
                            {
                                add(Slot::Week, monday);
                            }
                        }
                        Stated::Number { word, value } if field != Field::Opening => {
                            let value = i32::try_from(value).unwrap_or(i32::MAX);
                            if reader.first.is_none() {
                                reader.first = Some(value);
                            }
                            reader.last = Some(value);
                            let column = numbers.entry((field, Slot::Number(word))).or_default();
                            if column.last().is_none_or(|(row, _)| *row != at) {
                                column.push((at, value));
                            }
                        }
                        Stated::Episode { season, episode } if field != Field::Opening => {
                            let column = numbers.entry((field, Slot::Episode)).or_default();
                            if column.last().is_none_or(|(row, _)| *row != at) {
                                let value = i32::try_from(episode_number(season, episode));
                                column.push((at, value.unwrap_or(i32::MAX)));
                            }
                        }
                        _ => {}
                    }
                }
                for (slot, value) in [(Slot::First, reader.first), (Slot::Last, reader.last)] {
                    if let Some(value) = value {
                        numbers.entry((field, slot)).or_default().push((at, value));
                    }
                }
            }
        }
        let dense = |sparse: Sparse| {
            let kept = sparse
                .into_iter()
                .filter(|(_, values)| enough(values.len()));
            kept.map(|(id, values)| (id, spread(&values, of)))
                .collect::<BTreeMap<_, _>>()
        };
        self.days = dense(days);
        self.numbers = distinct(dense(numbers));
        impossible.retain(|(_, field)| self.days.contains_key(&(*field, Slot::Day)));
        self.impossible = impossible;
        partial
            .into_iter()
            .filter(|(_, values)| enough(values.len()))
            .collect()
    }

    /// Orders the rows by the day on which most of their places agree, and gives years to the days that lack them.
    fn order(
        &mut self,
        rows: &Rows,
        is_stamp: &impl Fn(Field) -> bool,
        partial: BTreeMap<ColumnId, Vec<(usize, DayOfYear)>>,
    ) {
        let of = rows.len();
        let mut ids: Vec<&ColumnId> = self.days.keys().collect();
        ids.sort_by_key(|id| {
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
            let apart = column
                .iter()
                .zip(first)
                .filter_map(|(day, first)| Some(((*day)? - (*first)?) as i64));
            let apart: Vec<i64> = apart.collect();
            let (mode, most) = mode(apart.iter().copied()).unwrap_or((0, 0));
            let weight = if apart.is_empty() {
                0.0
            } else {
                most as f64 / apart.len() as f64
            };
            offsets.push((**id, i32::try_from(mode).unwrap_or(0), weight));
        }
        let votes = (0..of).map(|row| {
            let mut votes: Vec<(i32, f64)> = Vec::new();
            for (id, offset, weight) in &offsets {
                let Some(day) = self.day(*id, row) else {
                    continue;
                };
                let (day, weight) = (
                    day - offset,
                    weight + if id.0 == Field::Name { 0.01 } else { 0.0 },
                );
                match votes.iter_mut().find(|(voted, _)| *voted == day) {
                    Some((_, votes)) => *votes += weight,
                    None => votes.push((day, weight)),
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
        self.when = decided
            .zip(&voted)
            .map(|(day, voted)| day.or(*voted))
            .collect();
        let numbers = self
            .numbers
            .iter()
            .max_by_key(|(id, column)| (id.0 == Field::Name, filled(column)));
        let number = |row: usize| {
            numbers
                .and_then(|(_, column)| *column.get(row)?)
                .unwrap_or(0)
        };
        let mut sorted: Vec<usize> = (0..of).collect();
        // Documents come by path, and the order is stable.
        sorted.sort_by_key(|row| {
            (
                self.when.get(*row).copied().flatten().unwrap_or(i32::MAX),
                number(*row),
            )
        });
        self.rank = vec![0; of];
        for (rank, row) in sorted.iter().enumerate() {
            if let Some(held) = self.rank.get_mut(*row) {
                *held = rank;
            }
        }
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
        let year = date_of_day(when)?.year();
        let years =
            (year - 1..=year + 1).filter_map(|year| Date::new(year, day.month, day.day).ok());
        years.map(day_number).min_by_key(|day| day.abs_diff(when))
    }

    /// Numbers that count weeks from a first one which is known are days.
    fn count_from(&mut self, week_zero: Date) {
        let first_day = day_number(week_zero);
        let monday_of = |number: i32| first_day.checked_add(number.checked_mul(7)?);
        let mut found = Vec::new();
        for ((field, slot), column) in &self.numbers {
            let days: Column = column.iter().map(|number| monday_of((*number)?)).collect();
            let late = days.iter().zip(&self.when);
            let late = late.filter_map(|(day, when)| Some((*when)? - (*day)?));
            let late: Vec<i32> = late.collect();
            let with = late
                .iter()
                .filter(|late| (-7..=SOON).contains(*late))
                .count();
            if *slot != Slot::Episode && with * 10 >= late.len() * 3 && with > 0 {
                found.push(((*field, Slot::Counted(Calendar::Epoch)), days));
            }
        }
        for (id, days) in found {
            self.days.entry(id).or_insert(days);
        }
        self.is_counted_surely = true;
    }

    /// Numbers that count weeks are days.
    fn count_weeks(&mut self, years: &[Option<i16>]) {
        let mut found = Vec::new();
        for ((field, slot), column) in &self.numbers {
            let rows: Vec<(usize, i32, i32)> = self
                .sorted
                .iter()
                .filter_map(|row| Some((*row, (*column.get(*row)?)?, (*self.when.get(*row)?)?)))
                .collect();
            if *slot == Slot::Episode || rows.len() < 8 {
                continue;
            }
            let mut best = (LEAST, None);
            let distinct: BTreeSet<i32> = rows.iter().map(|(_, number, _)| *number).collect();
            for calendar in [Calendar::Iso, Calendar::Sunday] {
                let days = of_a_year(&rows, years, calendar);
                let late = days.iter().zip(&rows).filter_map(|(day, (_, _, when))| {
                    Some(i64::from(monday(*when)? - monday((*day)?)?))
                });
                let most = mode(late).map_or(0, |(_, most)| most);
                let share = most as f64 / rows.len() as f64;
                if share > best.0 + 0.02 && distinct.len() > 5 {
                    let days = rows.iter().zip(days);
                    let days = days.filter_map(|((row, ..), day)| Some((*row, day?)));
                    best = (share, Some((calendar, days.collect())));
                }
            }
            // An epoch that changes explains anything; one that does not is simpler than weeks that begin anew.
            let (share, epochs, days) = since_an_epoch(&rows);
            let gain = match (epochs, best.1.is_some()) {
                (1, true) => 0.0,
                (_, true) => 0.15,
                (_, false) => 0.0,
            };
            if share > best.0 + gain {
                best = (share, Some((Calendar::Epoch, days)));
            }
            if let Some((calendar, days)) = best.1 {
                found.push(((*field, Slot::Counted(calendar)), days));
            }
        }
        let of = self.when.len();
        for (id, days) in found {
            self.days.entry(id).or_insert_with(|| spread(&days, of));
        }
    }

    /// The day of a column in a row.
    pub(super) fn day(&self, id: ColumnId, row: usize) -> Option<i32> {
        *self.days.get(&id)?.get(row)?
    }
}

/// What of a cell was read already.
#[derive(Debug, Default)]
struct Reader {
    days: usize,
    parts: usize,
    ranges: usize,
    weeks: usize,
    first: Option<i32>,
    last: Option<i32>,
}

impl Reader {
    fn day_slot(&mut self, field: Field) -> Option<Slot> {
        self.days += 1;
        slot_of_day(self.days, field)
    }

    fn part_slot(&mut self, field: Field) -> Option<Slot> {
        self.parts += 1;
        slot_of_day(self.parts, field)
    }

    fn first_range(&mut self) -> bool {
        self.ranges += 1;
        self.ranges == 1
    }

    fn first_week(&mut self) -> bool {
        self.weeks += 1;
        self.weeks == 1
    }
}

/// Of prose the first day counts alone; elsewhere the second one, too.
fn slot_of_day(count: usize, field: Field) -> Option<Slot> {
    match count {
        1 => Some(Slot::Day),
        2 if field != Field::Opening => Some(Slot::SecondDay),
        _ => None,
    }
}

/// Counts for each place in which order it writes days, where only one is possible, and its highest week.
fn look_for_order(
    cell: &Cell,
    orders: &mut QuickMap<Field, i32>,
    highest: &mut QuickMap<Field, u8>,
) {
    for said in &cell.said {
        match said.stated {
            Stated::EitherDay {
                day_first,
                month_first,
            } => {
                let order = orders.entry(cell.field).or_default();
                *order += i32::from(month_first.is_none()) - i32::from(day_first.is_none());
            }
            Stated::Week { week, .. } => {
                let highest = highest.entry(cell.field).or_default();
                *highest = week.max(*highest);
            }
            _ => {}
        }
    }
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
    ids.sort_by_key(|id| {
        let is_end = matches!(id.1, Slot::First | Slot::Last);
        (!is_end, columns.get(id).map_or(0, filled), *id)
    });
    for id in ids {
        let Some(column) = columns.get(&id) else {
            continue;
        };
        let count = filled(column);
        let values: BTreeSet<i32> = column.iter().flatten().copied().collect();
        // The first and the last number of a text are often the same as one of its words', and now and then another.
        let alike = if matches!(id.1, Slot::First | Slot::Last) {
            6
        } else {
            9
        };
        let is_twin = || {
            let others = columns
                .iter()
                .filter(|(other, _)| other.0 == id.0 && **other != id);
            others.take(MOST_NUMBERS).any(|(_, other)| {
                let same = column
                    .iter()
                    .zip(other)
                    .filter(|(one, other)| one.is_some() && one == other);
                same.count() * 10 >= count * alike
            })
        };
        if values.len() <= 2.max(count / 20) || is_twin() {
            columns.remove(&id);
        }
    }
    columns
}

/// The commonest value with its count; of equally common ones the one that comes first.
pub(super) fn mode<T: Eq + Hash>(values: impl Iterator<Item = T>) -> Option<(T, usize)> {
    let mut counts: QuickMap<T, (usize, usize)> = QuickMap::default();
    for (at, value) in values.enumerate() {
        counts.entry(value).or_insert((0, at)).0 += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(_, (count, at))| (*count, Reverse(*at)));
    most.map(|(value, (count, _))| (value, count))
}

fn monday(day: i32) -> Option<i32> {
    date_of_day(day).map(|date| day_number(monday_of(date)))
}

/// The share of rows whose number counts weeks since an epoch, how many epochs there are, and the days of the weeks. Where the epoch changes, a row
/// belongs to the one that it is nearest to.
fn since_an_epoch(rows: &[(usize, i32, i32)]) -> (f64, usize, Vec<(usize, i32)>) {
    let own = |number: i32, when: i32| Some(i64::from(monday(when)?) - 7 * i64::from(number));
    let epochs: Vec<(usize, i64)> = rows
        .iter()
        .filter_map(|(row, number, when)| Some((*row, own(*number, *when)?)))
        .collect();
    let (mut with, mut modes) = (0, Vec::new());
    for part in parts::cut(&epochs) {
        if Share::new(part.with, part.values.len()).certainty() >= 0.5 {
            with += part.with;
            modes.push(part.mode);
        }
    }
    // Before the first week that fits, and after the last one, nobody knows how weeks were counted.
    let fits = |(_, epoch): &&(usize, i64)| modes.iter().any(|mode| mode.abs_diff(*epoch) <= 7);
    let first = epochs.iter().position(|epoch| fits(&epoch)).unwrap_or(0);
    let last = epochs.iter().rposition(|epoch| fits(&epoch));
    let known = rows.get(first..last.map_or(0, |last| last + 1));
    let between = between_epochs(&epochs, &modes);
    let day = |(row, number, when): &(usize, i32, i32)| {
        let own = own(*number, *when)?;
        let epoch = modes.iter().min_by_key(|mode| mode.abs_diff(own))?;
        if between.contains(row) {
            return None;
        }
        // Where the numbers begin anew, one that fits nowhere counts something else.
        let is_near = modes.len() == 1 || epoch.abs_diff(own) <= FAR_OFF;
        let day = i32::try_from(epoch + 7 * i64::from(*number)).ok()?;
        is_near.then_some((*row, day))
    };
    (
        with as f64 / rows.len() as f64,
        modes.len(),
        known.into_iter().flatten().filter_map(day).collect(),
    )
}

/// The rows that count from an epoch of their own, between a row of an earlier epoch and one of a later: where pauses are
/// not numbered, each moves the epoch on.
fn between_epochs(epochs: &[(usize, i64)], modes: &[i64]) -> BTreeSet<usize> {
    let (mut between, mut before, mut waiting) = (BTreeSet::new(), None, Vec::new());
    for (row, epoch) in epochs {
        if !modes.contains(epoch) {
            waiting.push((*row, *epoch));
            continue;
        }
        // Before the first of them nobody knows.
        let lies =
            |(_, own): &(usize, i64)| before.is_none_or(|before| before < *own) && own < epoch;
        between.extend(waiting.drain(..).filter(lies).map(|(row, _)| row));
        before = Some(*epoch);
    }
    between
}

/// For each row the first day of the week of its number that is nearest to its day.
/// A folder that is named for a year says it, but for weeks at its edges, which may be filed in either.
fn of_a_year(
    rows: &[(usize, i32, i32)],
    years: &[Option<i16>],
    calendar: Calendar,
) -> Vec<Option<i32>> {
    let day = |year: i16, week: i32| match calendar {
        Calendar::Iso => monday_of_iso_week(year, u8::try_from(week).ok()?).map(day_number),
        _ => {
            let first = Date::new(year, 1, 1).ok()?;
            let to_sunday = (7 - i32::from(first.weekday().to_sunday_zero_offset())) % 7;
            (0..=53)
                .contains(&week)
                .then(|| day_number(first) + to_sunday + 7 * (week - 1))
        }
    };
    let nearest = |(row, number, when): &(usize, i32, i32)| {
        let near = date_of_day(*when)?.year();
        let of_folder = years.get(*row).copied().flatten();
        let near = match (of_folder, *number) {
            (Some(year), 2..=51) => year..=year,
            (Some(year), 1) => year..=year + 1,
            (Some(year), _) => year - 1..=year,
            (None, _) => near - 1..=near + 1,
        };
        let days = near.filter_map(|year| day(year, *number));
        days.min_by_key(|day| day.abs_diff(*when))
    };
    rows.iter().map(nearest).collect()
}
