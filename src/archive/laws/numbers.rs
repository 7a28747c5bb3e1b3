//! Laws of numbers: two places state the same one; they rise with time, each of them once.

use super::columns::{Column, ColumnId, MOST_NUMBERS, Slot, filled};
use super::share::{Share, needed};
use super::slips::edits;
use super::table::Field;
use super::{Aspect, Broken, Law, Learner, Partner};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A number as its place writes it.
fn shown(value: i32, slot: Slot) -> String {
    if slot == Slot::Episode {
        format!("{}.{:02}", value / 1000, value % 1000)
    } else {
        value.to_string()
    }
}

impl Learner<'_> {
    /// The columns of numbers, the fullest first.
    fn number_columns(&self) -> Vec<(ColumnId, Column)> {
        let mut columns: Vec<_> = self.columns.numbers.iter().collect();
        columns.sort_by_key(|(id, column)| (Reverse(filled(column)), **id));
        columns.truncate(MOST_NUMBERS);
        columns
            .into_iter()
            .map(|(id, column)| (*id, column.clone()))
            .collect()
    }

    /// Two places that state the same number.
    pub(super) fn equal_numbers(&mut self) {
        let columns = self.number_columns();
        for (at, (one, a)) in columns.iter().enumerate() {
            for (other, b) in columns.get(at + 1..).unwrap_or(&[]) {
                let alike = (one.1 == Slot::Episode) == (other.1 == Slot::Episode);
                if one.0 == other.0 || !alike {
                    continue;
                }
                let difference = |row: usize| {
                    let (a, b) = ((*a.get(row)?)?, (*b.get(row)?)?);
                    let both = |number: i32| {
                        let states = |field| {
                            let cell = self.rows.rows.get(row)?.cell(field)?;
                            Some(cell.numbers().any(|stated| stated == i64::from(number)))
                        };
                        states(one.0) == Some(true) && states(other.0) == Some(true)
                    };
                    Some(if both(a) || both(b) {
                        0
                    } else {
                        i64::from(b) - i64::from(a)
                    })
                };
                let values = self.in_order(difference);
                let equal = values.iter().filter(|(_, value)| *value == 0).count();
                if equal * 2 < values.len() {
                    continue;
                }
                let units = [(one.0, Aspect::Number), (other.0, Aspect::Number)];
                self.law(Law::EqualNumbers, &units, &values, 0.5, |deviation| {
                    let most = 2.max(deviation.share.of as usize / 20);
                    if deviation.mode != 0 || deviation.in_clump || deviation.same > most {
                        return None;
                    }
                    let (a, b) = ((*a.get(deviation.row)?)?, (*b.get(deviation.row)?)?);
                    let is_slip = edits(&a.to_string(), &b.to_string()) == 1;
                    let need = if is_slip {
                        needed::SLIP
                    } else {
                        needed::CONFLICT
                    };
                    Some((
                        Some(need),
                        Broken::Numbers(shown(a, one.1), shown(b, other.1)),
                    ))
                });
            }
        }
    }

    /// In the order of days numbers rise; in the order of numbers days do. A number stands for one note.
    pub(super) fn neighbours(&mut self) {
        let other_kind = self.named_otherwise();
        for (id, column) in self.number_columns() {
            let number = |row: usize| *column.get(row)?;
            let dated = |row: &usize| self.columns.when.get(*row).copied().flatten().is_some();
            let rows: Vec<usize> = self
                .columns
                .sorted
                .iter()
                .copied()
                .filter(|row| number(*row).is_some() && dated(row))
                .collect();
            let is_path = |row: &usize| {
                self.rows
                    .rows
                    .get(*row)
                    .is_some_and(|row| row.text(id.0).contains('/'))
            };
            let paths = rows.iter().filter(|row| is_path(row)).count();
            if filled(&column) * 10 < self.len() * 6 || rows.len() < 8 || paths * 2 > rows.len() {
                continue;
            }
            let sequence: Vec<(usize, i32)> = rows
                .iter()
                .filter_map(|row| Some((*row, number(*row)?)))
                .collect();
            let pairs = sequence.windows(2);
            let rises = pairs
                .filter(|pair| matches!(pair, [(_, a), (_, b)] if b > a))
                .count();
            let share = Share::new(rises, sequence.len() - 1);
            if share.certainty() < 0.7 {
                continue;
            }
            let unit = (id.0, Aspect::Number);
            for (at, three) in sequence.windows(3).enumerate() {
                let [(_, a), (row, b), (_, c)] = three else {
                    continue;
                };
                let before = at
                    .checked_sub(1)
                    .and_then(|at| sequence.get(at))
                    .map_or(a - 1, |(_, number)| *number);
                if a < c
                    && b != a
                    && b != c
                    && !(a < b && b < c)
                    && (2..=4).contains(&(c - a))
                    && before < *a
                {
                    let need = if c - a == 2 {
                        needed::CONFLICT
                    } else {
                        needed::DERIVED
                    };
                    let broken = Broken::OutOfOrder {
                        says: shown(*b, id.1),
                        before: shown(*a, id.1),
                        after: shown(*c, id.1),
                    };
                    self.breach(
                        *row,
                        unit,
                        Partner::Neighbours,
                        need,
                        Law::NumbersRise,
                        share,
                        broken,
                        None,
                    );
                }
            }
            // Of several numbers in one text, the last may count anything.
            let is_alone = |row: usize| {
                let cell = self.rows.rows.get(row).and_then(|row| row.cell(id.0));
                id.1 != Slot::Last || cell.is_some_and(|cell| cell.numbers().nth(1).is_none())
            };
            let shown: BTreeMap<usize, String> = (0..self.len())
                .filter(|row| is_alone(*row))
                .filter_map(|row| Some((row, shown(number(row)?, id.1))))
                .collect();
            let highest = self
                .columns
                .numbers
                .iter()
                .filter(|(other, _)| other.0 == id.0)
                .flat_map(|(_, column)| column.iter().flatten())
                .max()
                .copied()
                .unwrap_or(99);
            let counts_anew = self.columns.days.keys().any(|(field, slot)| {
                use super::columns::Calendar;
                *field == id.0 && matches!(slot, Slot::Counted(Calendar::Iso | Calendar::Sunday))
            });
            self.unique(unit, &shown, counts_anew || highest <= 53, &other_kind);
            if !counts_anew {
                self.days_by_number(unit, &sequence);
            }
        }
    }

    fn days_by_number(&mut self, unit: super::Unit, sequence: &[(usize, i32)]) {
        let mut by_number = sequence.to_vec();
        by_number.sort_by_key(|(_, number)| *number);
        let columns: Vec<(ColumnId, Column)> = self
            .columns
            .days
            .iter()
            .filter(|(id, column)| {
                !matches!(id.1, Slot::Counted(_)) && filled(column) * 10 >= self.len() * 6
            })
            .map(|(id, column)| (*id, column.clone()))
            .collect();
        for (id, column) in columns {
            let days: Vec<(usize, i32)> = by_number
                .iter()
                .filter_map(|(row, _)| Some((*row, (*column.get(*row)?)?)))
                .collect();
            if days.len() < 9 {
                continue;
            }
            let rising = days
                .windows(2)
                .filter(|pair| matches!(pair, [(_, a), (_, b)] if a <= b))
                .count();
            let share = Share::new(rising, days.len() - 1);
            if share.certainty() < 0.75 {
                continue;
            }
            let gaps = days.windows(2).filter_map(|pair| match pair {
                [(_, a), (_, b)] => Some(i64::from(b - a)),
                _ => None,
            });
            let (gap, steady) = super::columns::mode(gaps).unwrap_or_default();
            let steady = Share::new(steady, days.len() - 1);
            let mut found = Vec::new();
            for three in days.windows(3) {
                let [(_, before), (row, day), (_, after)] = three else {
                    continue;
                };
                let out =
                    before <= after && !(before <= day && day <= after) && after - before <= 60;
                // The date of the note before, where each has its own and the next one comes in its time.
                let repeats = day == before && gap > 0 && i64::from(after - before) == 2 * gap;
                if repeats && steady.certainty() >= needed::CONFLICT {
                    found.push((*row, [*before, *day, *after], needed::CONFLICT, steady));
                }
                if !out {
                    continue;
                }
                let off = day.abs_diff(*before).min(day.abs_diff(*after));
                let (other_year, other_month) = super::days::fits_otherwise(*day, *before, *after);
                let least = if other_month {
                    needed::DERIVED
                } else {
                    needed::ABSENT
                };
                let late = off < 5
                    || share.certainty() < least
                    || self.is_stamp(id.0) && !(other_month && day < before);
                if !other_year && late {
                    continue; // written or published out of turn
                }
                let need = if off > 7 {
                    needed::CONFLICT
                } else {
                    needed::DERIVED
                };
                found.push((*row, [*before, *day, *after], need, share));
            }
            let day_unit = (id.0, super::days::aspect(id.1));
            for (row, [before, says, after], need, share) in found {
                let broken = Broken::DayOutOfOrder {
                    says,
                    before,
                    after,
                };
                for (one, other) in [(day_unit, unit), (unit, day_unit)] {
                    let (partner, law) = (Partner::Unit(other), Law::DaysRise);
                    self.breach(row, one, partner, need, law, share, broken.clone(), None);
                }
            }
        }
    }

    /// The rows whose name has another form than nearly all: `week-12-links` beside `week-12`.
    pub(super) fn named_otherwise(&self) -> BTreeSet<usize> {
        let form = |row: &super::table::Row| {
            let cell = row.cell(Field::Name)?;
            Some(crate::hash::of(&crate::week::statements::form(cell.text, &cell.said)) as i64)
        };
        let forms: Vec<Option<i64>> = self.rows.rows.iter().map(form).collect();
        let usual = super::columns::mode(forms.iter().flatten().copied());
        let usual = usual
            .filter(|(_, most)| *most * 10 >= forms.len() * 8)
            .map(|(usual, _)| usual);
        let differs = |(_, form): &(usize, &Option<i64>)| usual.is_some() && **form != usual;
        forms
            .iter()
            .enumerate()
            .filter(differs)
            .map(|(row, _)| row)
            .collect()
    }

    /// Two notes that share what each has for itself. Where it comes again every year (`anew`), only neighbours count. What
    /// is of another kind is left out.
    pub(super) fn unique(
        &mut self,
        unit: super::Unit,
        values: &BTreeMap<usize, String>,
        anew: bool,
        other_kind: &BTreeSet<usize>,
    ) {
        let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &self.rows.rows {
            *folders.entry(row.text(Field::Folder)).or_default() += 1;
        }
        let mut groups: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        let rows: Vec<usize> = self
            .columns
            .sorted
            .iter()
            .copied()
            .filter(|row| values.contains_key(row) && !other_kind.contains(row))
            .collect();
        let place: BTreeMap<usize, usize> = rows
            .iter()
            .enumerate()
            .map(|(at, row)| (*row, at))
            .collect();
        for row in &rows {
            let (Some(held), Some(value)) = (self.rows.rows.get(*row), values.get(row)) else {
                continue;
            };
            let folder = held.text(Field::Folder);
            let folder = if folders.get(folder).is_some_and(|count| *count >= 15) {
                folder
            } else {
                ""
            };
            groups.entry((folder, value)).or_default().push(*row);
        }
        let share = Share::new(groups.len(), rows.len());
        let mut found = BTreeSet::new();
        for ((_, value), group) in &groups {
            let [one, other] = **group else { continue };
            let (Some(first), Some(second)) = (place.get(&one), place.get(&other)) else {
                continue;
            };
            let beside = first.abs_diff(*second) == 1;
            if !anew || beside {
                found.insert((one, other, beside, (*value).to_owned()));
                found.insert((other, one, beside, (*value).to_owned()));
            }
        }
        for (row, other, beside, value) in found {
            let Some(id) = self.rows.rows.get(other).map(|row| row.id) else {
                continue;
            };
            let need = if beside { 0.75 } else { needed::FORM };
            let broken = if unit.1 == Aspect::Text {
                Broken::Copied(id)
            } else {
                Broken::Number(value, id)
            };
            self.breach(
                row,
                unit,
                Partner::Row(other),
                need,
                Law::Unique,
                share,
                broken,
                None,
            );
        }
    }
}
