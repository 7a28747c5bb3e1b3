//! Laws of numbers: two places state the same one; they rise with time, each of them once.

use super::columns::{Calendar, Column, ColumnId, MOST_NUMBERS, Slot, filled, fullest};
use super::days::{LATE, aspect, fits_otherwise};
use super::share::{Share, counts, mode, needed};
use super::table::{Cell, Field};
use super::{Aspect, Breach, Broken, Law, Learner, Partner, Unit};
use crate::hash::QuickSet;
use crate::names::edits;
use crate::order::Order;
use crate::week::calendar::date_of_day;
use crate::week::statements::form;
use std::collections::{BTreeMap, BTreeSet};

/// Two notes that are further apart, in days, may have the number of one week of two years.
const HALF_A_YEAR: u32 = 183;

/// After more weeks than this without a note, a day may as well be one of another year.
const LONGEST_PAUSE: i32 = 8;

/// How many days lie between the neighbours of a note that its own must lie between.
const MOST_APART: i32 = 60;

/// A number as its place writes it.
fn shown(value: i32, slot: Slot) -> String {
    match slot {
        Slot::Episode => format!("{}.{:02}", value / 1000, value % 1000),
        _ => value.to_string(),
    }
}

impl Learner<'_> {
    /// The columns of numbers, the fullest first.
    fn number_columns(&self) -> Vec<(ColumnId, Column)> {
        fullest(&self.columns.numbers, MOST_NUMBERS)
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
                let states = |row: usize, field, number: i32| {
                    let cell = self.rows.cell(row, field);
                    cell.is_some_and(|cell| cell.numbers().any(|one| one == i64::from(number)))
                };
                let values = self.in_order(|row| {
                    let both = [(*a.get(row)?)?, (*b.get(row)?)?];
                    let difference = i64::from(both[1]) - i64::from(both[0]);
                    // One end of a run, or a number of the topic that both places tell, makes no law and breaks none.
                    let is_stated =
                        |number: &i32| states(row, one.0, *number) && states(row, other.0, *number);
                    (difference == 0 || !both.iter().any(is_stated)).then_some(difference)
                });
                let equal = values.iter().filter(|(_, value)| *value == 0).count();
                // Numbers in a text that has one now and then count anything.
                let is_now_and_then = values.len() * 2 < self.len()
                    && !(self.are_bare(one.0) && self.are_bare(other.0));
                if equal * 2 < values.len() || is_now_and_then {
                    continue;
                }
                let units = [(one.0, Aspect::Number), (other.0, Aspect::Number)];
                self.law(Law::EqualNumbers, &units, &values, 0.5, |deviation| {
                    let most = 2.max(deviation.share.of as usize / 20);
                    if deviation.mode != 0 || deviation.in_clump || deviation.same > most {
                        return None;
                    }
                    let (a, b) = ((*a.get(deviation.row)?)?, (*b.get(deviation.row)?)?);
                    let need = match edits(&a.to_string(), &b.to_string()) {
                        1 if deviation.is_rare => needed::SLIP,
                        _ => needed::CONFLICT,
                    };
                    let broken = Broken::Numbers(shown(a, one.1), shown(b, other.1));
                    Some((Some(need), broken))
                });
                self.equal_runs(one.0, other.0);
            }
        }
    }

    /// Two places in the text that state the same run of weeks. A file may be named by one end of it.
    fn equal_runs(&mut self, one: Field, other: Field) {
        // A text without a blank is a name, whichever key it stands in.
        let is_text = |field| {
            let mut cells = self.rows.column(field);
            matches!(field, Field::Key(_) | Field::Heading)
                && cells.any(|cell| cell.text.contains(' '))
        };
        let units = [(one, Aspect::Run), (other, Aspect::Run)];
        let is_known = self.laws.iter().any(|law| law.units == units);
        if !is_text(one) || !is_text(other) || is_known {
            return;
        }
        let rows = self.rows;
        let cells = |row: usize| rows.cell(row, one).zip(rows.cell(row, other));
        let values = self.in_order(|row| {
            let (a, b) = cells(row)?;
            (a.has_number() && b.has_number()).then(|| i64::from(a.run() == b.run()))
        });
        self.law(Law::EqualRuns, &units, &values, 0.5, |deviation| {
            let (a, b) = cells(deviation.row)?;
            let says = |cell: &Cell| match (cell.run(), cell.numbers().nth(1)) {
                (Some((first, last)), _) => Some(format!("{first} to {last}")),
                (None, None) => cell.numbers().next().map(|number| number.to_string()),
                (None, Some(_)) => None,
            };
            let broken = Broken::Numbers(says(a)?, says(b)?);
            let lone = deviation.is_oversight();
            lone.then_some((Some(needed::CONFLICT), broken))
        });
    }

    /// Whether a place mostly has a number and no words beside those of a name.
    fn are_bare(&self, field: Field) -> bool {
        let cells = || self.rows.column(field);
        let bare = cells().filter(|cell| !cell.text.contains(' '));
        bare.count() * 10 >= cells().count() * 9
    }

    /// In the order of days numbers rise; in the order of numbers days do. A number stands for one note of its kind.
    pub(super) fn neighbours(&mut self) {
        for (id, column) in self.number_columns() {
            let number = |row: usize| *column.get(row)?;
            let rows = self.columns.sorted.iter();
            let dated = rows.filter(|row| self.when(**row).is_some());
            let sequence: Vec<(usize, i32)> = dated
                .filter_map(|row| Some((*row, number(*row)?)))
                .collect();
            let is_path = |(row, _): &&(usize, i32)| self.rows.text(*row, id.0).contains('/');
            let paths = sequence.iter().filter(is_path).count();
            let is_full = filled(&column) * 10 >= self.len() * 6 && sequence.len() >= 8;
            let share = rising(&sequence, |one, next| one < next);
            if !is_full || paths * 2 > sequence.len() || share.certainty() < 0.7 {
                continue;
            }
            self.out_of_order(id, &sequence, share);
            // Of several numbers in one text, the last may count anything.
            let is_alone = |row: usize| {
                let cell = self.rows.cell(row, id.0);
                id.1 != Slot::Last || cell.is_some_and(|cell| cell.numbers().nth(1).is_none())
            };
            let rows = (0..self.len()).filter(|row| is_alone(*row));
            let shown = rows.filter_map(|row| Some((row, shown(number(row)?, id.1))));
            let shown: BTreeMap<usize, String> = shown.collect();
            let numbers = self.columns.numbers.iter();
            let numbers = numbers.filter(|(other, _)| other.0 == id.0);
            let highest = numbers
                .flat_map(|(_, column)| column.iter().flatten())
                .max();
            let counts_anew = self.columns.days.keys().any(|(field, slot)| {
                *field == id.0 && matches!(slot, Slot::Counted(Calendar::Iso | Calendar::Sunday))
            });
            let unit = (id.0, Aspect::Number);
            let is_low = highest.is_some_and(|highest| *highest <= 53);
            self.unique(unit, &shown, counts_anew || is_low);
            if !counts_anew || self.is_of_one_year(&sequence) {
                self.days_by_number(unit, &sequence);
            }
        }
    }

    /// Numbers that do not lie between those of the notes before and after.
    fn out_of_order(&mut self, (field, slot): ColumnId, sequence: &[(usize, i32)], share: Share) {
        // A note that is published in the week of its number, or soon after, stands where it should.
        let calendars = [Calendar::Epoch, Calendar::Iso, Calendar::Sunday];
        let is_in_its_time = |row: usize| {
            let weeks = calendars.iter();
            let mut weeks = weeks.map(|calendar| (field, Slot::Counted(*calendar)));
            let monday = weeks.find_map(|week| self.columns.day(week, row));
            let late = self.when(row).zip(monday);
            late.is_some_and(|(day, monday)| (0..=LATE).contains(&i64::from(day - monday)))
        };
        let rows = sequence.iter().map(|(row, _)| *row);
        let in_time: QuickSet<usize> = rows.filter(|row| is_in_its_time(*row)).collect();
        let mut before = None;
        for three in sequence.windows(3) {
            let [(_, a), (row, b), (_, c)] = *three else {
                continue;
            };
            let rose = before.replace(a).is_none_or(|before| before < a);
            let need = match c - a {
                2 => needed::CONFLICT,
                3 | 4 => needed::DERIVED,
                _ => continue,
            };
            if rose && !(a..=c).contains(&b) && !in_time.contains(&row) {
                let broken = Broken::OutOfOrder([b, a, c].map(|number| shown(number, slot)));
                let unit = (field, Aspect::Number);
                let breach = Breach::new(Law::NumbersRise, row, unit, share, broken);
                self.breach(breach.against(Partner::Neighbours).needs(need));
            }
        }
    }

    /// Whether nine in ten rows lie in one year.
    fn is_of_one_year(&self, sequence: &[(usize, i32)]) -> bool {
        let year = |(row, _): &(usize, i32)| Some(date_of_day(self.when(*row)?)?.year());
        let most = mode(sequence.iter().filter_map(year));
        most.is_some_and(|(_, most)| most * 10 >= sequence.len() * 9)
    }

    /// Days that do not lie between those of the notes before and after by number.
    fn days_by_number(&mut self, unit: Unit, sequence: &[(usize, i32)]) {
        // What comes next by number and by day lies in its year: it is as many weeks later as its number is higher.
        let follows = |pair: &&[(usize, i32)]| {
            let [(one, a), (next, b)] = **pair else {
                return false;
            };
            let days = self.when(one).zip(self.when(next));
            let begins_anew = b <= a && a <= 53;
            let step = if begins_anew { b + 53 - a } else { b - a };
            let fits = |days: i32| days < 7 * (step + 1) && (step <= 3 || days > 7 * (step - 2));
            (1..=LONGEST_PAUSE).contains(&step) && days.is_some_and(|(one, next)| fits(next - one))
        };
        let pairs = sequence.windows(2).filter(follows).flatten();
        let in_order: QuickSet<usize> = pairs.map(|(row, _)| *row).collect();
        let mut by_number = sequence.to_vec();
        by_number.order_by_key(|(_, number)| *number);
        let ids: Vec<ColumnId> = self.columns.days.keys().copied().collect();
        for id in ids {
            let Some(column) = self.columns.days.get(&id) else {
                continue;
            };
            let days = by_number.iter();
            let days = days.filter_map(|(row, _)| Some((*row, (*column.get(*row)?)?)));
            let days: Vec<(usize, i32)> = days.collect();
            let is_full = filled(column) * 10 >= self.len() * 6 && days.len() >= 9;
            let share = rising(&days, |one, next| one <= next);
            if is_full && !matches!(id.1, Slot::Counted(_)) && share.certainty() >= 0.75 {
                self.days_out_of_order(unit, id, (&days, &in_order), share);
            }
        }
    }

    /// `in_order` are rows that do lie beside those of the numbers before or after.
    fn days_out_of_order(
        &mut self,
        unit: Unit,
        id: ColumnId,
        (days, in_order): (&[(usize, i32)], &QuickSet<usize>),
        share: Share,
    ) {
        let gaps = days.windows(2).filter_map(|pair| match pair {
            [(_, a), (_, b)] => Some(b - a),
            _ => None,
        });
        let (gap, steady) = mode(gaps).unwrap_or_default();
        let steady = Share::new(steady, days.len() - 1);
        let day_unit = (id.0, aspect(id.1));
        for (at, (row, day)) in days.iter().enumerate() {
            let beside = |at: Option<usize>| days.get(at?).map(|(_, day)| *day);
            let (before, after) = (beside(at.checked_sub(1)), beside(at.checked_add(1)));
            // After the last number, and before the first, there may be a pause.
            let is_end = before.is_none() || after.is_none();
            let before = before.or_else(|| Some(after? - MOST_APART));
            let after = after.or_else(|| Some(before? + MOST_APART));
            let Some((before, after)) = before.zip(after) else {
                continue;
            };
            let broken = Broken::DayOutOfOrder([*day, before, after]);
            let breach = |share, need| {
                Breach::new(Law::DaysRise, *row, day_unit, share, broken.clone()).needs(need)
            };
            // The date of the note before, where each has its own and the next one comes in its time.
            let repeats = *day == before && gap > 0 && after - before == 2 * gap;
            if repeats && !is_end && steady.certainty() >= needed::CONFLICT {
                self.breach_both(breach(steady, needed::CONFLICT), unit);
            }
            let out = before <= after
                && !(before <= *day && *day <= after)
                && after - before <= MOST_APART
                && !(is_end && (at == 0) == (*day < before));
            if !out {
                continue;
            }
            let off = day.abs_diff(before).min(day.abs_diff(after));
            let (other_year, other_month) = fits_otherwise(*day, before, after);
            let least = match other_month {
                true => needed::DERIVED,
                false => needed::ABSENT,
            };
            // What was written or published out of turn is no mistake.
            let late = off < 5
                || share.certainty() < least
                || self.is_stamp(id.0) && !(other_month && *day < before);
            let is_near = |when: i32| i64::from(when.abs_diff(*day)) <= LATE;
            let is_meant = in_order.contains(row) && self.when(*row).is_some_and(is_near);
            if other_year && is_meant || !other_year && (is_end || late) {
                continue;
            }
            let need = match off {
                8.. => needed::CONFLICT,
                _ => needed::DERIVED,
            };
            // The same day of another year is a slip of the day.
            match other_year {
                true => self.breach(breach(share, need).against(Partner::Neighbours)),
                false => self.breach_both(breach(share, need), unit),
            }
        }
    }

    /// The rows whose name has another form than nearly all: `week-12-links` beside `week-12`.
    pub(super) fn named_otherwise(&self) -> QuickSet<usize> {
        let forms = self.rows.iter().map(|row| {
            let cell = row.cell(Field::Name)?;
            Some(form(cell.text, &cell.said))
        });
        let forms: Vec<Option<String>> = forms.collect();
        let usual = mode(forms.iter().flatten());
        let usual = usual.filter(|(_, most)| *most * 10 >= forms.len() * 8);
        let rows = forms.iter().enumerate();
        let rows =
            rows.filter(|(_, form)| usual.is_some_and(|(usual, _)| form.as_ref() != Some(usual)));
        rows.map(|(row, _)| row).collect()
    }

    /// Two notes that share what each has for itself. Where it comes again every year (`anew`), only neighbours count. What
    /// is of another kind is left out.
    pub(super) fn unique(&mut self, unit: Unit, values: &BTreeMap<usize, String>, anew: bool) {
        let all = self.rows;
        // Two folders of many notes may each count for themselves.
        let folders = counts(all.iter().map(|row| row.text(Field::Folder)));
        let large = folders.iter().filter(|(_, count)| **count >= 15);
        let large: QuickSet<&str> = large.map(|(folder, _)| *folder).collect();
        let folder = |row: usize| {
            let folder = all.text(row, Field::Folder);
            let is_apart = large.len() > 1 && large.contains(folder);
            if is_apart { folder } else { "" }
        };
        let rows = self.columns.sorted.iter().copied();
        let rows = rows.filter(|row| values.contains_key(row) && !self.other_kind.contains(row));
        let rows: Vec<usize> = rows.collect();
        let places = rows.iter().enumerate();
        let places =
            places.filter_map(|(at, row)| Some(((folder(*row), values.get(row)?), (*row, at))));
        let mut places: Vec<_> = places.collect();
        places.order_by_key(|(group, _)| *group);
        let mut groups = 0;
        let mut found = BTreeSet::new();
        // Where some rows have no day, these lie beside each other by chance.
        let are_dated = rows.iter().any(|row| self.when(*row).is_some());
        for group in places.chunk_by(|(one, _), (other, _)| one == other) {
            groups += 1;
            if !anew && group.len() > 2 {
                continue;
            }
            for pair in group.windows(2) {
                let [((_, value), (one, at)), (_, (other, next))] = *pair else {
                    continue;
                };
                let days = self.when(one).zip(self.when(other));
                let beside = next == at + 1 && (days.is_some() || !are_dated);
                let is_near = days.is_some_and(|(one, other)| one.abs_diff(other) <= HALF_A_YEAR);
                if !anew || beside || is_near {
                    found.insert((one, other, beside, value.clone()));
                }
            }
        }
        // Weeks of a month begin again and again.
        let far = found.iter().filter(|(_, _, beside, _)| !beside).count();
        if anew && far > 1 && far * 10 > rows.len() {
            found.retain(|(_, _, beside, _)| *beside);
        }
        let alone = match anew {
            true => rows.len() - found.len(),
            false => groups,
        };
        let share = Share::new(alone, rows.len());
        let numbers: QuickSet<&str> = match found.is_empty() {
            true => QuickSet::default(),
            false => values.values().map(String::as_str).collect(),
        };
        for (one, other, beside, value) in found {
            // The number that was meant is one that no note has: the next for the later note, or the one before for the
            // earlier.
            let is_free = |step: i64| {
                let number = value.parse::<i64>().map(|number| number + step);
                number.is_ok_and(|number| !numbers.contains(&*number.to_string()))
            };
            let pair = match !is_free(1) && is_free(-1) {
                true => (one, other),
                false => (other, one),
            };
            let need = if beside { 0.75 } else { needed::FORM };
            self.twins(unit, pair, Some(value), share, need);
        }
    }

    /// Two notes that share what each has for itself: the first of them is more likely to be wrong.
    pub(super) fn twins(
        &mut self,
        unit: Unit,
        (wrong, right): (usize, usize),
        value: Option<String>,
        share: Share,
        need: f64,
    ) {
        if self.likely_wrong.contains(&(right, wrong)) {
            return;
        }
        self.likely_wrong.insert((wrong, right));
        for (row, other) in [(wrong, right), (right, wrong)] {
            let Some(id) = self.rows.get(other).map(|row| row.id) else {
                continue;
            };
            let broken = match &value {
                Some(value) if unit.1 != Aspect::Text => Broken::Number(value.clone(), id),
                _ => Broken::Copied(id),
            };
            let breach = Breach::new(Law::Unique, row, unit, share, broken);
            self.breach(breach.against(Partner::Row(other)).needs(need));
        }
    }
}

/// How many of a sequence come in their order, each with the one before it.
fn rising(sequence: &[(usize, i32)], is_order: fn(i32, i32) -> bool) -> Share {
    let pairs = sequence.windows(2);
    let rises = pairs.filter(|pair| matches!(pair, [(_, a), (_, b)] if is_order(*a, *b)));
    Share::new(rises.count(), sequence.len().saturating_sub(1))
}
