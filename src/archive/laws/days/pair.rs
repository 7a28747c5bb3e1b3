//! Two columns of days that are compared.

use crate::archive::laws::columns::{Calendar, Column, ColumnId, Slot};
use crate::archive::laws::table::Field;
use crate::archive::laws::{Aspect, Unit};
use crate::hash::QuickSet;

/// What of a place is wrong where this slot is.
pub(in crate::archive::laws) fn aspect(slot: Slot) -> Aspect {
    match slot {
        Slot::From => Aspect::From,
        Slot::To => Aspect::To,
        Slot::Week => Aspect::Week,
        Slot::Day | Slot::SecondDay => Aspect::Day,
        _ => Aspect::Number,
    }
}

/// Whether it is one of the ends of what a note covers.
pub(super) fn is_end(slot: Slot) -> bool {
    matches!(slot, Slot::From | Slot::To | Slot::SecondDay)
}

pub(super) fn is_counted(slot: Slot) -> bool {
    matches!(slot, Slot::Counted(_))
}

/// Two columns of days that are compared.
pub(super) struct Pair<'c> {
    pub(super) ids: [ColumnId; 2],
    pub(super) columns: [&'c Column; 2],
    /// Which of the two holds the time of publishing.
    pub(super) stamps: [bool; 2],
    /// The rows whose day repeats a neighbour's, where each has its own.
    pub(super) repeats: [&'c QuickSet<usize>; 2],
}

impl Pair<'_> {
    pub(super) fn days(&self, row: usize) -> Option<[i32; 2]> {
        let [a, b] = self.columns.map(|column| *column.get(row)?);
        Some([a?, b?])
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.ids.iter().any(|id| id.0 == field)
    }

    pub(super) fn is_of_one_place(&self) -> bool {
        self.ids[0].0 == self.ids[1].0
    }

    pub(super) fn slots(&self) -> [Slot; 2] {
        self.ids.map(|id| id.1)
    }

    /// Whether one of the two counts weeks from days of the other notes.
    pub(super) fn is_derived(&self) -> bool {
        self.slots().into_iter().any(is_counted)
    }

    /// The latest of the rows, if a pause lies before it that its number does not count, while numbers were left out once at
    /// most: so far they may have counted notes as well as weeks.
    pub(super) fn first_pause(&self, rows: impl Iterator<Item = usize>) -> Option<usize> {
        let by_epoch = |slot: &Slot| *slot == Slot::Counted(Calendar::Epoch);
        let counted = self.slots().iter().position(by_epoch)?;
        let days = rows.filter_map(|row| {
            let days = self.days(row)?;
            Some((days[1 - counted], days[counted], row))
        });
        let mut days: Vec<(i32, i32, usize)> = days.collect();
        days.sort_unstable();
        let steps = days.windows(2).filter_map(|pair| match pair {
            [(day, week, _), (next, next_week, row)] => Some((next - day, next_week - week, *row)),
            _ => None,
        });
        let steps: Vec<(i32, i32, usize)> = steps.collect();
        let ((pause, step, last), before) = steps.split_last()?;
        let skipped = before.iter().filter(|(_, step, _)| *step > 7).count();
        (skipped <= 1 && *step == 7 && *pause >= 14).then_some(*last)
    }

    /// Whether both give a day, or a week with its year.
    pub(super) fn is_in_full(&self) -> bool {
        let mut slots = self.slots().into_iter();
        slots.all(|slot| matches!(slot, Slot::Day | Slot::Week))
    }

    pub(super) fn units(&self) -> [Unit; 2] {
        self.ids.map(|(field, slot)| (field, aspect(slot)))
    }

    /// 1 where the first is the later one as a rule, since it holds the time of publishing; else -1.
    pub(super) fn sign(&self) -> i64 {
        if self.stamps[0] { 1 } else { -1 }
    }
}
