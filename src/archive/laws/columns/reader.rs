//! Reads the cells of a table into columns.

use super::{ColumnId, Partial, Slot, Sparse};
use crate::archive::laws::table::{Cell, Field, episode_number};
use crate::hash::QuickMap;
use crate::week::calendar::{day_number, monday_of_iso_week};
use crate::week::statements::{DayOfYear, Stated};
use jiff::civil::Date;

/// What the cells state, place by place.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) days: Sparse,
    pub(super) numbers: Sparse,
    pub(super) partial: Partial,
    pub(super) impossible: Vec<(usize, Field)>,
    /// The highest week of each place.
    highest: QuickMap<Field, u8>,
}

impl Reader {
    /// Looks for the highest week of a place.
    pub(super) fn look_for_highest(&mut self, cell: &Cell) {
        for said in &cell.said {
            if let Stated::Week(_, week, _) = said.stated {
                let highest = self.highest.entry(cell.field).or_default();
                *highest = week.max(*highest);
            }
        }
    }

    fn add_day(&mut self, row: usize, id: ColumnId, day: DayOfYear) {
        match day.year {
            Some(year) => self.add_date(row, id, day.in_year(year)),
            None => self.partial.entry(id).or_default().push((row, day)),
        }
    }

    fn add_date(&mut self, row: usize, id: ColumnId, day: Option<Date>) {
        if let Some(day) = day {
            let days = self.days.entry(id).or_default();
            days.push((row, day_number(day)));
        }
    }

    /// Reads days, the first range and the first week.
    pub(super) fn days(&mut self, row: usize, cell: &Cell) {
        let field = cell.field;
        let stated = || cell.said.iter().map(|said| said.stated);
        // Of prose the first day counts alone; elsewhere the second one, too.
        let most = if field == Field::Opening { 1 } else { 2 };
        let slots = || [Slot::Day, Slot::SecondDay].into_iter().take(most);
        let days = stated().filter_map(|stated| match stated {
            Stated::Day(day) => Some(day),
            Stated::EitherDay(day, _) => Some(Some(day)),
            _ => None,
        });
        for (day, slot) in days.zip(slots()) {
            if day.is_none() && slot == Slot::Day {
                self.impossible.push((row, field));
            }
            self.add_date(row, (field, slot), day);
        }
        let days = stated().filter_map(|stated| match stated {
            Stated::DayOfYear(day) => Some(day),
            _ => None,
        });
        for (day, slot) in days.zip(slots()) {
            self.add_day(row, (field, slot), day);
        }
        let range = stated().find_map(|stated| match stated {
            Stated::Range(from, to) => Some([(Slot::From, from), (Slot::To, to)]),
            _ => None,
        });
        for (slot, day) in range.into_iter().flatten() {
            self.add_day(row, (field, slot), day);
        }
        // `2024-05` may be a month: only weeks go beyond 12.
        let goes_beyond = self.highest.get(&field).is_some_and(|week| *week > 12);
        let week = stated().find_map(|stated| match stated {
            Stated::Week(year, week, named) => Some((year, week, named)),
            _ => None,
        });
        if let Some((year, week, named)) = week
            && (named || goes_beyond)
        {
            self.add_date(row, (field, Slot::Week), monday_of_iso_week(year, week));
        }
    }

    /// Reads numbers: the first and the last, the first behind each word, and the first episode. Those in prose count
    /// anything.
    pub(super) fn numbers(&mut self, row: usize, cell: &Cell) {
        if cell.field == Field::Opening {
            return;
        }
        let mut add = |slot, value: i64| {
            let column = self.numbers.entry((cell.field, slot)).or_default();
            if column.last().is_none_or(|(last, _)| *last != row) {
                column.push((row, i32::try_from(value).unwrap_or(i32::MAX)));
            }
        };
        let mut last = None;
        for said in &cell.said {
            match said.stated {
                Stated::Number(word, value) => {
                    let value = i64::from(value);
                    add(Slot::First, value);
                    add(Slot::Number(word), value);
                    last = Some(value);
                }
                Stated::Episode(season, episode) => {
                    add(Slot::Episode, episode_number(season, episode));
                }
                _ => {}
            }
        }
        if let Some(last) = last {
            add(Slot::Last, last);
        }
    }
}
