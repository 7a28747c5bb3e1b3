//! Numbers that count weeks, by the calendar that fits them.

use super::super::share::mode;
use super::{Calendar, Column, Columns, Slot, spread};
use crate::archive::claims::year_of_folder;
use crate::archive::laws::parts;
use crate::archive::laws::share::Share;
use crate::archive::laws::table::{Row, Rows};
use crate::hash::QuickSet;
use crate::week::calendar::{date_of_day, day_number, monday_of_iso_week};
use jiff::civil::Date;
use std::cmp::Ordering;

/// A number that lies further from each of several epochs, in days, belongs to none.
const FAR_OFF: u64 = 70;

/// Notes are written in their week, or so many days after it began, at most.
const SOON: i32 = 20;

/// Numbers count weeks if at least this share of them does.
const LEAST: f64 = 0.55;

impl Columns {
    /// Numbers that count weeks from a first one which is known are days.
    pub(super) fn count_from(&mut self, week_zero: Date) {
        let first_day = day_number(week_zero);
        let monday_of = |number: i32| first_day.checked_add(number.checked_mul(7)?);
        let mut found = Vec::new();
        for ((field, slot), column) in &self.numbers {
            let days: Column = column.iter().map(|number| monday_of((*number)?)).collect();
            let late = days.iter().zip(&self.when);
            let late = late.filter_map(|(day, when)| Some((*when)? - (*day)?));
            let late: Vec<i32> = late.collect();
            let with = late.iter().filter(|late| (-7..=SOON).contains(*late));
            let with = with.count();
            if *slot != Slot::Episode && with * 10 >= late.len() * 3 && with > 0 {
                found.push(((*field, Slot::Counted(Calendar::Epoch)), days));
            }
        }
        for (id, days) in found {
            self.days.entry(id).or_insert(days);
        }
        self.is_counted_surely = true;
    }

    /// Numbers that count weeks are days. Those of a run may be of its first week or the last, and behind more numbers than
    /// others have the last may be of the topic.
    pub(super) fn count_weeks(&mut self, table: &Rows) {
        let years = table.iter().map(|row| year_of_folder(row.document));
        let years: Vec<_> = years.collect();
        let runs: Vec<bool> = table.iter().map(Row::states_run).collect();
        let mut found = Vec::new();
        for ((field, slot), column) in &self.numbers {
            let numbers = |row: &usize| {
                table
                    .cell(*row, *field)
                    .map_or(0, |cell| cell.numbers().count())
            };
            let usual = mode(self.sorted.iter().map(numbers)).map_or(0, |(usual, _)| usual);
            let is_other = |row: &usize| {
                runs.get(*row) == Some(&true) || *slot == Slot::Last && numbers(row) > usual.max(1)
            };
            let rows = self.sorted.iter().filter(|row| !is_other(row));
            let rows: Vec<(usize, i32, i32)> = rows
                .filter_map(|row| Some((*row, (*column.get(*row)?)?, (*self.when.get(*row)?)?)))
                .collect();
            if *slot == Slot::Episode || rows.len() < 8 {
                continue;
            }
            let mut best = (LEAST, None);
            let distinct: QuickSet<i32> = rows.iter().map(|(_, number, _)| *number).collect();
            for calendar in [Calendar::Iso, Calendar::Sunday] {
                let days = of_a_year(&rows, &years, calendar);
                let late = days.iter().zip(&rows);
                let late =
                    late.filter_map(|(day, (_, _, when))| Some(monday(*when) - monday((*day)?)));
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
            let is_less_likely = epochs != 1 && best.1.is_some();
            let gain = if is_less_likely { 0.15 } else { 0.0 };
            if share >= best.0 + gain {
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
}

/// The Monday on or before a day, both as [`day_number`] has them.
fn monday(day: i32) -> i32 {
    day - day.rem_euclid(7)
}

/// The share of rows whose number counts weeks since an epoch, how many epochs there are, and the days of the weeks. Where the epoch changes, a row
/// belongs to the one that it is nearest to.
fn since_an_epoch(rows: &[(usize, i32, i32)]) -> (f64, usize, Vec<(usize, i32)>) {
    let own = |number: i32, when: i32| i64::from(monday(when)) - 7 * i64::from(number);
    let epochs = rows.iter();
    let epochs = epochs.map(|(row, number, when)| (*row, own(*number, *when)));
    let epochs: Vec<(usize, i64)> = epochs.collect();
    let (mut with, mut modes) = (0, Vec::new());
    for part in parts::cut(&epochs) {
        if Share::new(part.with, part.values.len()).certainty() >= 0.5 {
            with += part.with;
            modes.push(part.mode);
        }
    }
    // Before the first week that fits, and after the last one, nobody knows how weeks were counted: where pauses are not
    // numbered, the next one may have been there.
    let moves = modes.len() > 1 || moves_at_edges(&epochs, &modes);
    let most = if moves { 0 } else { 7 };
    let fits = |(_, epoch): &(usize, i64)| modes.iter().any(|mode| mode.abs_diff(*epoch) <= most);
    let first = epochs.iter().position(fits).unwrap_or(0);
    let last = epochs.iter().rposition(fits);
    let known = rows.get(first..last.map_or(0, |last| last + 1));
    let between = between_epochs(&epochs, &modes);
    let day = |(row, number, when): &(usize, i32, i32)| {
        let own = own(*number, *when);
        let epoch = modes.iter().min_by_key(|mode| mode.abs_diff(own))?;
        // Where the numbers begin anew, one that fits nowhere counts something else.
        let is_near = modes.len() == 1 || epoch.abs_diff(own) <= FAR_OFF;
        let day = i32::try_from(epoch + 7 * i64::from(*number)).ok()?;
        (is_near && !between.contains(row)).then_some((*row, day))
    };
    (
        with as f64 / rows.len() as f64,
        modes.len(),
        known.into_iter().flatten().filter_map(day).collect(),
    )
}

/// Whether several rows before the first that counts from a known epoch count from an earlier one, or several behind the
/// last from a later one.
fn moves_at_edges(epochs: &[(usize, i64)], modes: &[i64]) -> bool {
    let is_known = |(_, epoch): &(usize, i64)| modes.contains(epoch);
    let first = epochs.iter().position(is_known).unwrap_or(0);
    let last = epochs.iter().rposition(is_known).unwrap_or(0);
    let count = |rows: &[(usize, i64)], is_other: fn(&i64, &i64) -> bool| {
        let others = rows
            .iter()
            .filter(|(_, own)| modes.iter().all(|mode| is_other(own, mode)));
        others.count()
    };
    let before = count(epochs.get(..first).unwrap_or(&[]), |own, mode| own < mode);
    let behind = count(epochs.get(last + 1..).unwrap_or(&[]), |own, mode| {
        own > mode
    });
    before > 1 || behind > 1
}

/// The rows that count from an epoch of their own, between a row of an earlier epoch and one of a later: where pauses are
/// not numbered, each moves the epoch on. So may a note that was late, which is why the first row of an epoch is one of
/// them.
fn between_epochs(epochs: &[(usize, i64)], modes: &[i64]) -> QuickSet<usize> {
    let (mut between, mut waiting) = (QuickSet::default(), Vec::new());
    let mut before: Option<(usize, i64)> = None;
    for (row, epoch) in epochs {
        if !modes.contains(epoch) {
            waiting.push((*row, *epoch));
            continue;
        }
        // Before the first of them nobody knows.
        let lies =
            |(_, own): &(usize, i64)| before.is_none_or(|(_, before)| before < *own) && own < epoch;
        between.extend(waiting.drain(..).filter(lies).map(|(row, _)| row));
        // Of two, the one that counts from the later epoch.
        let odd = before.and_then(|(last, before)| match before.cmp(epoch) {
            Ordering::Less => Some(*row),
            Ordering::Greater => Some(last),
            Ordering::Equal => None,
        });
        between.extend(odd);
        before = Some((*row, *epoch));
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
