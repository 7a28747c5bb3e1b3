//! Laws of days: two places state days that lie a constant distance apart.

mod pair;

use super::columns::{Column, ColumnId, MOST_DAYS, Slot, filled, fullest};
use super::share::{Share, mode, needed};
use super::slips::is_day_slip;
use super::table::{Field, Row};
use super::{Breach, Broken, Law, Learner};
use crate::document::metadata::Timestamp;
use crate::hash::QuickSet;
use crate::week::calendar::{date_of_day, day_number};
use jiff::civil::Date;
pub(super) use pair::aspect;
use pair::{Pair, is_counted, is_end};

/// Days within which two places speak of the same time.
const SAME_TIME: i64 = 45;

/// How many weeks more than one a note covers at most.
const MOST_WEEKS: i64 = 3;

/// What is published fewer days after it is due is late, and not wrong.
pub(super) const LATE: i64 = 27;

/// A note that is published later than this lies a year off rather than late, in days.
const LATEST: i64 = 330;

/// The day of the week, counted as the days are, that nine in ten days of a column share.
fn weekday_of(column: &Column) -> Option<i32> {
    let (weekday, most) = mode(column.iter().flatten().map(|day| day.rem_euclid(7)))?;
    (most * 10 >= filled(column) * 9).then_some(weekday)
}

/// Whether the day of another year, or of another month, would lie between two others.
pub(super) fn fits_otherwise(wrong: i32, before: i32, after: i32) -> (bool, bool) {
    let Some(date) = date_of_day(wrong) else {
        return (false, false);
    };
    let fits = |year: i16, month: i8| {
        let day = Date::new(year, month, date.day()).map(day_number);
        day.is_ok_and(|day| (before..=after).contains(&day))
    };
    let mut years = [-1, 1]
        .map(|step| date.year().saturating_add(step))
        .into_iter();
    let other_year = years.any(|year| fits(year, date.month()));
    (other_year, (1..=12).any(|month| fits(date.year(), month)))
}

/// Whether a point in time may lie on the day somewhere: it is given in UTC, by a machine as a rule, or without a zone.
fn may_be_of(time: Timestamp, day: i32) -> bool {
    let noon = i64::from(day) * 86_400 + 12 * 3600;
    match time.offset {
        None => true,
        Some(offset) => offset == 0 && noon.abs_diff(time.instant()) <= 24 * 3600,
    }
}

/// Whether nineteen in twenty rows that have both days have the same.
fn is_same(one: &Column, other: &Column) -> bool {
    let both = one.iter().zip(other);
    let both = both.filter_map(|(a, b)| Some((*a)? == (*b)?));
    let both: Vec<bool> = both.collect();
    let same = both.iter().filter(|same| **same).count();
    both.len() >= 5 && same * 20 >= both.len() * 19
}

/// Whether the days of a place are now and then a little later than usual, and hardly ever earlier: whatever it is called,
/// it holds when the note was written, and late is human.
fn is_late_by_habit(column: &Column, than: &Column) -> bool {
    let both = column.iter().zip(than);
    let apart = both.filter_map(|(day, other)| Some(i64::from((*day)? - (*other)?)));
    let apart: Vec<i64> = apart.collect();
    let Some((usual, _)) = mode(apart.iter().copied()) else {
        return false;
    };
    let within = |days: std::ops::RangeInclusive<i64>| {
        let found = apart
            .iter()
            .filter(|apart| days.contains(&(**apart - usual)));
        found.count()
    };
    let (late, early) = (within(1..=LATE), within(-LATE..=-1));
    late >= 3 && early * 3 <= late
}

impl Learner<'_> {
    /// All pairs of columns.
    pub(super) fn distances(&mut self) {
        let columns = fullest(&self.columns.days, MOST_DAYS);
        let kind = |(id, column): &(ColumnId, Column)| {
            let repeats = |(other, of_other): &(ColumnId, Column)| {
                self.is_stamp(other.0) && other.1 == Slot::Day && is_same(column, of_other)
            };
            let is_stamp = self.is_stamp(id.0);
            let may_repeat = !is_stamp && id.1 == Slot::Day;
            (is_stamp, may_repeat && columns.iter().any(repeats))
        };
        let kinds: Vec<(bool, bool)> = columns.iter().map(kind).collect();
        let repeats = columns.iter();
        let repeats = repeats.map(|(id, column)| self.repeating(*id, column));
        let repeats: Vec<QuickSet<usize>> = repeats.collect();
        let all = || columns.iter().zip(&kinds).zip(&repeats);
        for (at, (((one, a), kind), repeats)) in all().enumerate() {
            for (((other, b), other_kind), of_other) in all().skip(at + 1) {
                // What repeats a stamp is one beside places that do not.
                let is_stamp = |(is_stamp, repeats): (bool, bool), other: (bool, bool)| {
                    is_stamp || repeats && other == (false, false)
                };
                let stamps = [is_stamp(*kind, *other_kind), is_stamp(*other_kind, *kind)];
                let is_late = |(field, slot): ColumnId, column: &Column, than: &Column| {
                    let is_day = slot == Slot::Day && matches!(field, Field::Key(_));
                    is_day && stamps == [false; 2] && is_late_by_habit(column, than)
                };
                self.distance(&Pair {
                    ids: [*one, *other],
                    columns: [a, b],
                    stamps: [
                        stamps[0] || is_late(*one, a, b),
                        stamps[1] || is_late(*other, b, a),
                    ],
                    repeats: [repeats, of_other],
                });
            }
        }
    }

    fn distance(&mut self, pair: &Pair) {
        let values = self.in_order(|row| {
            let [a, b] = pair.days(row)?.map(i64::from);
            Some(a - b)
        });
        let is_one_place = pair.is_of_one_place();
        if pair.stamps == [true, true] && !is_one_place {
            return self.in_order_of_time(pair, &values);
        }
        let slots = pair.slots();
        let are_ends = [[Slot::From, Slot::To], [Slot::Day, Slot::SecondDay]]
            .iter()
            .any(|[first, last]| slots == [*first, *last] || slots == [*last, *first]);
        if values.len() < 3 || is_one_place && !are_ends && !slots.contains(&Slot::Week) {
            return;
        }
        let Some((typical, most)) = mode(values.iter().map(|(_, value)| *value)) else {
            return;
        };
        self.constant(pair, &values, typical);
        // Numbers that count weeks only now and then say nothing of the others.
        if is_one_place || pair.is_derived() && most * 10 < values.len() * 8 {
            return;
        }
        let is_of_prose = pair.has(Field::Opening);
        if !is_of_prose || most * 10 >= values.len() * 6 {
            self.same_time(pair, &values, typical);
        }
        if pair.stamps[0] != pair.stamps[1] && !is_of_prose && most * 2 >= values.len() {
            self.not_early(pair, &values, typical);
        }
    }

    /// Created and updated: only their order counts.
    fn in_order_of_time(&mut self, pair: &Pair, values: &[(usize, i64)]) {
        let falling = values.iter().filter(|(_, value)| *value <= 0).count();
        let sign = if falling * 2 >= values.len() { 1 } else { -1 };
        let ordered = values.iter();
        let ordered = ordered.map(|(row, value)| (*row, i64::from(value * sign <= 0)));
        let ordered: Vec<(usize, i64)> = ordered.collect();
        self.law(Law::InOrder, &pair.units(), &ordered, 0.5, |deviation| {
            let [a, b] = pair.days(deviation.row)?;
            (deviation.mode == 1 && deviation.is_rare)
                .then_some((Some(needed::FORM), Broken::Order(a, b)))
        });
    }

    fn constant(&mut self, pair: &Pair, values: &[(usize, i64)], typical: i64) {
        let (slots, is_derived) = (pair.slots(), pair.is_derived());
        let is_stamp = pair.stamps.contains(&true);
        // A day of publishing, and what it covers.
        let is_spread =
            slots.into_iter().any(is_end) && slots.contains(&Slot::Day) && !pair.is_of_one_place();
        let is_identity =
            typical == 0 && !is_stamp && !is_derived && (slots[0] == slots[1] || pair.is_in_full());
        let weekdays = pair.columns.map(weekday_of);
        let names_week = is_stamp && weekdays[usize::from(pair.stamps[0])].is_some();
        let of_work = pair.ids.map(|id| self.is_of_work(id.0));
        let rows = self.rows;
        let may_be = |row, (field, _): ColumnId, day| {
            let cell = rows.cell(row, field)?;
            Some(cell.date? && cell.time.is_none_or(|time| may_be_of(time, day)))
        };
        // Any day of a week belongs to it.
        let is_day_of_week = slots.contains(&Slot::Week) && slots.contains(&Slot::Day);
        let named_by_date = self.around.named_by_date;
        let runs = self.runs.clone();
        let confirmed = self.confirmed(pair, values, typical, weekdays);
        let first_pause = pair.first_pause(values.iter().map(|(row, _)| *row));
        self.law(Law::Distance, &pair.units(), values, 0.25, |deviation| {
            let (row, value, mode) = (deviation.row, deviation.value, deviation.mode);
            let (same, share) = (deviation.same as f64, deviation.share);
            let days = pair.days(row)?;
            let [a, b] = days;
            let (off, more) = ((value - mode).abs(), [value - mode, mode - value]);
            // The same instant is another day elsewhere.
            let is_timed = |at: usize| may_be(row, pair.ids[at], days[1 - at]) == Some(true);
            if is_stamp && off == 1 && (is_timed(0) || is_timed(1)) {
                return None;
            }
            if first_pause == Some(row) {
                return None;
            }
            let of = f64::from(share.of);
            let few = same <= f64::max(2.0, 0.03 * of);
            let is_enough = few || is_identity && same <= 0.05 * of;
            if deviation.in_clump || !is_enough {
                return None;
            }
            let usual = i32::try_from(mode).ok()?;
            let broken = Broken::Days(days, usual);
            // Two notes do not begin on one day, however many weeks one of them covers.
            let is_repeated = pair.repeats.iter().any(|rows| rows.contains(&row));
            if is_repeated && !is_derived && off >= 5 {
                return Some((Some(needed::SLIP), broken));
            }
            // A note of several weeks may be named and dated by any of them.
            let is_run = runs.get(row) == Some(&true);
            let is_meant = mode != 0 || slots.iter().any(|slot| *slot != Slot::Day);
            if off <= MOST_WEEKS * 7 && is_run && !is_repeated
                || off < 4 && is_meant && (0..2).any(|at| confirmed.contains(&(row, at)))
                || off < 7 && (is_derived || is_day_of_week)
            {
                return None;
            }
            // A week of work is shorter by its holidays.
            let is_shorter = |at: usize| match slots[at] {
                Slot::From => (1..=2).contains(&more[at]),
                Slot::To => (-2..=-1).contains(&more[at]),
                _ => false,
            };
            // The day that a week begins on, and one of publishing that no key repeats: late is human, and so are holidays.
            let is_behind = |at: usize| {
                let is_odd = weekdays[at] != Some(days[at].rem_euclid(7));
                (1..7).contains(&more[at]) && is_odd
            };
            let may_be_late = slots == [Slot::Day, Slot::Day] && !pair.is_of_one_place();
            let is_publishing = mode != 0 && may_be_late;
            // The last day of a week, on which a note is published as a rule, keeps its day of the week where the note is late.
            let is_late_alone = |at: usize| {
                let kept = weekdays[1 - at] == Some(days[1 - at].rem_euclid(7));
                let is_habit = share.certainty() < needed::ABSENT;
                is_habit && kept && is_behind(at) && confirmed.contains(&(row, at))
            };
            // The ends of several weeks lie so many weeks further apart.
            let is_longer = mode != 0 && value.abs() > mode.abs();
            if (0..2).any(|at| of_work[at] && is_shorter(at))
                || is_publishing && (off <= 2 || (0..2).any(is_behind))
                || may_be_late && (0..2).any(is_late_alone)
                || is_longer && off % 7 == 0 && off <= MOST_WEEKS * 7
            {
                return None;
            }
            let is_late = is_stamp && (0..LATE).contains(&(pair.sign() * more[0]));
            if pair.has(Field::Opening) && pair.is_of_one_place() {
                return Some((Some(needed::DERIVED), broken));
            }
            if pair.has(Field::Opening) && !is_spread {
                return (mode == 0 && !is_late).then_some((Some(needed::CONFLICT), broken));
            }
            let expected = [b.checked_add(usual)?, a.checked_sub(usual)?];
            let is_slip = |at: usize| {
                let both = date_of_day(days[at]).zip(date_of_day(expected[at]));
                !is_counted(slots[at]) && both.is_some_and(|(here, meant)| is_day_slip(here, meant))
            };
            // Late is human: a stamp that is a few days late has no wrong digit.
            // So is a day or two before the end of what is told.
            let is_soon = is_spread && off <= 3;
            if !is_late && !is_soon && (0..2).any(is_slip) {
                return Some((Some(needed::SLIP), broken));
            }
            if !is_stamp && !is_spread {
                return match is_derived {
                    true => (off >= 7).then_some((Some(needed::DERIVED), broken)),
                    false => Some((Some(needed::CONFLICT), broken)),
                };
            }
            // A note that is named for a day of its week may be published on another one.
            let late = pair.sign() * value;
            if names_week && (is_late && !pair.has(Field::Name) || (-6..=7).contains(&late)) {
                return None;
            }
            // The week that another place counts is no mistake by itself, but has a vote.
            if is_derived && off >= 7 {
                return Some((None, broken));
            }
            let need = if named_by_date && pair.has(Field::Name) {
                needed::FAR_APART
            } else if share.without() > 2 {
                needed::ABSENT
            } else {
                needed::SINGLE
            };
            let exact = mode == 0 && !is_derived && slots == [Slot::Day, Slot::Day];
            exact.then_some((Some(need), broken))
        });
    }

    /// The rows whose unusual day another place gives, too, so that it is meant: a week that begins after a holiday. With
    /// them, which of the two days it is.
    fn confirmed(
        &self,
        pair: &Pair,
        values: &[(usize, i64)],
        typical: i64,
        weekdays: [Option<i32>; 2],
    ) -> QuickSet<(usize, usize)> {
        let is_day = |slot: Slot| !is_counted(slot) && slot != Slot::Week;
        let is_repeated = |row: usize, field: Field, day: i32| {
            let mut others = self.columns.days.iter().filter(|(other, _)| {
                other.0 != field && is_day(other.1) && !self.is_stamp(other.0)
            });
            others.any(|(_, column)| column.get(row) == Some(&Some(day)))
        };
        let is_confirmed = |row: usize, at: usize| {
            let day = pair.days(row).map(|days| days[at]);
            let ((field, slot), (_, other)) = (pair.ids[at], pair.ids[1 - at]);
            // The usual day of the week says nothing for an unusual end of a range.
            let speaks = |day: i32| !is_end(other) || weekdays[at] != Some(day.rem_euclid(7));
            is_day(slot) && day.is_some_and(|day| speaks(day) && is_repeated(row, field, day))
        };
        let odd = values.iter().filter(|(_, value)| *value != typical);
        let both = odd.flat_map(|(row, _)| [(*row, 0), (*row, 1)]);
        both.filter(|(row, at)| is_confirmed(*row, *at)).collect()
    }

    /// Finds the rows that cover several weeks: by their numbers, or by days that span so many weeks more.
    pub(super) fn find_runs(&mut self) {
        self.runs = self.rows.iter().map(Row::states_run).collect();
        for &field in &self.rows.places {
            let lengths = self.lengths(field);
            let Some((usual, _)) = mode(lengths.iter().flatten()) else {
                continue;
            };
            for (run, length) in self.runs.iter_mut().zip(&lengths) {
                let more = i64::from(length.map_or(0, |length| length - usual));
                *run |= more > 0 && more <= MOST_WEEKS * 7 && more % 7 == 0;
            }
        }
    }

    /// How many days lie between the ends of the range that each row has in a place; empty where it has no ranges.
    fn lengths(&self, field: Field) -> Vec<Option<i32>> {
        let column = |slot| self.columns.days.get(&(field, slot)).into_iter().flatten();
        let ends = column(Slot::From).zip(column(Slot::To));
        ends.map(|(from, to)| Some((*to)? - (*from)?)).collect()
    }

    /// Whether the ranges of a place are mostly those of a week of work: of four or five days.
    fn is_of_work(&self, field: Field) -> bool {
        let usual = mode(self.lengths(field).into_iter().flatten());
        usual.is_some_and(|(length, _)| (3..=4).contains(&length))
    }

    /// The rows whose day is that of a neighbour, where each has its own.
    fn repeating(&self, id: ColumnId, column: &Column) -> QuickSet<usize> {
        let distinct: QuickSet<i32> = column.iter().flatten().copied().collect();
        let (distinct, of) = (distinct.len(), filled(column));
        let has_repeats = distinct * 10 < of * 9 && distinct + 1 < of;
        let is_day = matches!(id.1, Slot::Day | Slot::From);
        if !is_day || self.is_stamp(id.0) || has_repeats {
            return QuickSet::default();
        }
        let day = |row: &usize| *column.get(*row)?;
        let pairs = self.columns.sorted.windows(2);
        let is_same = |pair: &&[usize]| matches!(pair, [one, other] if day(one).is_some() && day(one) == day(other));
        pairs.filter(is_same).flatten().copied().collect()
    }

    fn same_time(&mut self, pair: &Pair, values: &[(usize, i64)], typical: i64) {
        let in_full = pair.is_in_full() && !pair.has(Field::Opening);
        let is_same = |value: i64| (value - typical).abs() <= SAME_TIME;
        let same = values.iter();
        let same = same.map(|(row, value)| (*row, i64::from(is_same(*value))));
        let same: Vec<(usize, i64)> = same.collect();
        let usual = i32::try_from(typical).unwrap_or(0);
        let is_late = pair.stamps[0] != pair.stamps[1];
        self.law(Law::SameTime, &pair.units(), &same, 0.25, |deviation| {
            let of = f64::from(deviation.share.of);
            let few = !deviation.in_clump && deviation.same as f64 <= f64::max(2.0, 0.03 * of);
            let some = in_full && deviation.same as f64 <= 0.25 * of;
            let [one, other] = pair.days(deviation.row)?;
            // Late is human.
            let late = pair.sign() * i64::from(one - other);
            if is_late && (1..LATEST).contains(&late) {
                return None;
            }
            let off = i64::from(one - other) - typical;
            let is_other_year = in_full && (off.abs() - 365).abs() <= SAME_TIME;
            let need = match (is_other_year, in_full) {
                (true, _) => needed::OTHER_YEAR,
                (_, true) => needed::FAR_APART,
                _ => 0.7,
            };
            let broken = Broken::Days([one, other], usual);
            (deviation.mode == 1 && (few || some)).then_some((Some(need), broken))
        });
    }

    /// Late is human; a day before its week, and alone so, is a mistake.
    fn not_early(&mut self, pair: &Pair, values: &[(usize, i64)], typical: i64) {
        let (sign, usual) = (pair.sign(), pair.sign() * typical);
        let line = values.iter().map(|(row, value)| (sign * value, *row));
        let line = line.filter(|(value, _)| (value - usual).abs() <= SAME_TIME);
        let mut line: Vec<(i64, usize)> = line.collect();
        line.sort_unstable();
        // Where it is known when a week begins, a note dated before is wrong; a day is that of another time zone.
        let is_sure = self.columns.is_counted_surely && pair.is_derived();
        if line.len() < 15 && !is_sure {
            return;
        }
        let most = 1 + line.len() / 50;
        let early = (1..=3.min(most)).find(|count| {
            let both = line.get(count - 1).zip(line.get(*count));
            both.is_some_and(|(last, next)| next.0 - last.0 >= 5 && last.0 < usual)
        });
        let before = || line.iter().filter(|(value, _)| *value < -1).count();
        let few = |count: &usize| *count == 1 || *count * 20 <= line.len();
        let sure = || Some(before()).filter(|count| is_sure && few(count));
        let Some(early) = early.or_else(sure) else {
            return;
        };
        let share = Share::new(line.len() - early, line.len());
        let [one, other] = pair.units();
        for (_, row) in line.into_iter().take(early) {
            // Nothing that is written on a day is written before it.
            let days = pair.days(row).filter(|[a, b]| a != b);
            let days = days.filter(|_| self.runs.get(row) != Some(&true));
            if let Some([a, b]) = days {
                let breach = Breach::new(Law::NotEarly, row, one, share, Broken::Early(a, b));
                self.breach_both(breach.needs(needed::CONFLICT), other);
            }
        }
    }
}
