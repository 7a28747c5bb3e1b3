//! Laws of days: two places state days that lie a constant distance apart.

use super::columns::{Column, ColumnId, MOST_DAYS, Slot, filled, mode};
use super::share::{Share, needed};
use super::slips::is_day_slip;
use super::table::{Field, Row};
use super::{Aspect, Broken, Deviation, Law, Learner, Partner};
use crate::document::metadata::Timestamp;
use crate::week::calendar::date_of_day;
use crate::week::statements::Stated;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// What of a place is wrong where this slot is.
pub(super) fn aspect(slot: Slot) -> Aspect {
    match slot {
        Slot::From => Aspect::From,
        Slot::To => Aspect::To,
        Slot::Week => Aspect::Week,
        Slot::Day | Slot::SecondDay => Aspect::Day,
        _ => Aspect::Number,
    }
}

/// Days within which two places speak of the same time.
const SAME_TIME: i64 = 45;

/// How many weeks more than one a note covers at most.
const MOST_WEEKS: i64 = 3;

/// A stamp that is fewer days late is late, and not mistyped.
const LATE: i64 = 27;

fn off_by(one: i32, other: i32, usual: i32) -> i64 {
    i64::from(one) - i64::from(other) - i64::from(usual)
}

/// A note that is published later than this lies a year off rather than late, in days.
const LATEST: i32 = 330;

/// The day of the week, counted as the days are, that nine in ten days of a column share.
fn weekday_of(column: &Column) -> Option<i32> {
    let weekdays = column
        .iter()
        .flatten()
        .map(|day| i64::from(day.rem_euclid(7)));
    let (weekday, most) = mode(weekdays)?;
    let is_usual = most * 10 >= filled(column) * 9;
    i32::try_from(weekday).ok().filter(|_| is_usual)
}

/// Whether the day of another year, or of another month, would lie between two others.
pub(super) fn fits_otherwise(wrong: i32, before: i32, after: i32) -> (bool, bool) {
    let Some(date) = date_of_day(wrong) else {
        return (false, false);
    };
    let fits = |year: i16, month: i8| {
        let day = jiff::civil::Date::new(year, month, date.day()).ok();
        day.is_some_and(|day| (before..=after).contains(&crate::week::calendar::day_number(day)))
    };
    let year = [-1, 1]
        .into_iter()
        .any(|step| fits(date.year().saturating_add(step), date.month()));
    (year, (1..=12).any(|month| fits(date.year(), month)))
}

/// Two columns of days that are compared.
struct Pair<'c> {
    one: ColumnId,
    a: &'c Column,
    other: ColumnId,
    b: &'c Column,
    /// Which of the two holds the time of publishing.
    stamps: [bool; 2],
}

impl Pair<'_> {
    fn days(&self, row: usize) -> Option<(i32, i32)> {
        Some(((*self.a.get(row)?)?, (*self.b.get(row)?)?))
    }

    fn has(&self, field: Field) -> bool {
        self.one.0 == field || self.other.0 == field
    }

    fn units(&self) -> [super::Unit; 2] {
        [
            (self.one.0, aspect(self.one.1)),
            (self.other.0, aspect(self.other.1)),
        ]
    }
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
    let both = one
        .iter()
        .zip(other)
        .filter_map(|(a, b)| Some(((*a)?, (*b)?)));
    let (same, of) = both.fold((0, 0), |(same, of), (a, b)| {
        (same + usize::from(a == b), of + 1)
    });
    of >= 5 && same * 20 >= of * 19
}

fn is_counted(slot: Slot) -> bool {
    matches!(slot, Slot::Counted(_))
}

impl Learner<'_> {
    /// All pairs of columns.
    pub(super) fn distances(&mut self) {
        let mut columns: Vec<(ColumnId, Column)> = self
            .columns
            .days
            .iter()
            .map(|(id, column)| (*id, column.clone()))
            .collect();
        columns.sort_by_key(|(id, column)| (Reverse(filled(column)), *id));
        columns.truncate(MOST_DAYS);
        let kinds: Vec<(bool, bool)> = columns
            .iter()
            .map(|(id, column)| {
                let repeats = |(other, of_other): &(ColumnId, Column)| {
                    self.is_stamp(other.0) && other.1 == Slot::Day && is_same(column, of_other)
                };
                let is_stamp = self.is_stamp(id.0);
                let may_repeat = !is_stamp && id.1 == Slot::Day;
                (is_stamp, may_repeat && columns.iter().any(repeats))
            })
            .collect();
        for (at, ((one, a), kind)) in columns.iter().zip(&kinds).enumerate() {
            for ((other, b), other_kind) in columns.iter().zip(&kinds).skip(at + 1) {
                // What repeats a stamp is one beside places that do not.
                let is_stamp = |(is_stamp, repeats): (bool, bool), other: (bool, bool)| {
                    is_stamp || repeats && other == (false, false)
                };
                self.distance(&Pair {
                    one: *one,
                    a,
                    other: *other,
                    b,
                    stamps: [is_stamp(*kind, *other_kind), is_stamp(*other_kind, *kind)],
                });
            }
        }
    }

    fn distance(&mut self, pair: &Pair) {
        let (one, other) = (pair.one, pair.other);
        let stamps = pair.stamps;
        let values = self.in_order(|row| {
            let (a, b) = pair.days(row)?;
            Some(i64::from(a) - i64::from(b))
        });
        if stamps == [true, true] && one.0 != other.0 {
            return self.in_order_of_time(pair, &values);
        }
        let slots = [one.1, other.1];
        let ends = slots == [Slot::From, Slot::To]
            || slots == [Slot::To, Slot::From]
            || slots == [Slot::Day, Slot::SecondDay]
            || slots == [Slot::SecondDay, Slot::Day];
        if values.len() < 3 || one.0 == other.0 && !ends && !slots.contains(&Slot::Week) {
            return;
        }
        let Some((typical, most)) = mode(values.iter().map(|(_, value)| *value)) else {
            return;
        };
        self.constant(pair, &values, typical);
        if one.0 == other.0 {
            return;
        }
        let in_full = slots
            .iter()
            .all(|slot| matches!(slot, Slot::Day | Slot::Week))
            && !pair.has(Field::Opening);
        // Numbers that count weeks only now and then say nothing of the others.
        let is_counted = is_counted(one.1) || is_counted(other.1);
        if is_counted && most * 10 < values.len() * 8 {
            return;
        }
        if !pair.has(Field::Opening) || most * 10 >= values.len() * 6 {
            self.same_time(pair, &values, typical, in_full);
        }
        if stamps[0] != stamps[1] && !pair.has(Field::Opening) && most * 2 >= values.len() {
            self.not_early(pair, &values, typical, if stamps[0] { 1 } else { -1 });
        }
    }

    /// Created and updated: only their order counts.
    fn in_order_of_time(&mut self, pair: &Pair, values: &[(usize, i64)]) {
        let falling = values.iter().filter(|(_, value)| *value <= 0).count();
        let sign = if falling * 2 >= values.len() { 1 } else { -1 };
        let ordered: Vec<(usize, i64)> = values
            .iter()
            .map(|(row, value)| (*row, i64::from(value * sign <= 0)))
            .collect();
        self.law(Law::InOrder, &pair.units(), &ordered, 0.5, |deviation| {
            let (a, b) = pair.days(deviation.row)?;
            (deviation.mode == 1 && deviation.is_rare)
                .then_some((Some(needed::FORM), Broken::Order(a, b)))
        });
    }

    fn constant(&mut self, pair: &Pair, values: &[(usize, i64)], typical: i64) {
        let (one, other) = (pair.one, pair.other);
        let is_stamp = pair.stamps.contains(&true);
        let is_derived = is_counted(one.1) || is_counted(other.1);
        let slots = [one.1, other.1];
        // A day of publishing, and what it covers.
        let is_end = |slot| matches!(slot, Slot::From | Slot::To | Slot::SecondDay);
        let is_spread = slots
            .iter()
            .any(|slot| matches!(slot, Slot::From | Slot::To))
            && slots.contains(&Slot::Day)
            && one.0 != other.0;
        let both_full = slots
            .iter()
            .all(|slot| matches!(slot, Slot::Day | Slot::Week));
        let is_identity =
            typical == 0 && !is_stamp && !is_derived && (one.1 == other.1 || both_full);
        let self_is_stamp = pair.stamps[0];
        let names_week =
            is_stamp && weekday_of(if self_is_stamp { pair.b } else { pair.a }).is_some();
        let of_work = [one.0, other.0].map(|field| self.is_of_work(field));
        let repeats = [self.repeating(one, pair.a), self.repeating(other, pair.b)];
        let rows = self.rows;
        let may_be = |row: usize, field, day: i32| {
            let cell = rows.rows.get(row)?.cell(field)?;
            Some(cell.date? && cell.time.is_none_or(|time| may_be_of(time, day)))
        };
        let is_timed = |row: usize| {
            pair.days(row).is_some_and(|(a, b)| {
                [may_be(row, one.0, b), may_be(row, other.0, a)].contains(&Some(true))
            })
        };
        let named_by_date = self.around.named_by_date;
        let runs = std::mem::take(&mut self.runs);
        let is_run = |row: usize| runs.get(row) == Some(&true);
        // Where another place gives the same unusual day, it is meant: a week that begins after a holiday.
        let weekdays = [weekday_of(pair.a), weekday_of(pair.b)];
        let repeated_here = |row: usize, id: ColumnId, day: i32| {
            let others = self.columns.days.iter().filter(|(other, _)| {
                other.0 != id.0 && other.1 != Slot::Week && !is_counted(other.1)
            });
            let mut same = others.filter(|(other, _)| !self.is_stamp(other.0));
            same.any(|(_, column)| column.get(row) == Some(&Some(day)))
        };
        let odd = values.iter().filter(|(_, value)| *value != typical);
        let confirmed: BTreeSet<usize> = odd
            .map(|(row, _)| *row)
            .filter(|row| {
                let Some((a, b)) = pair.days(*row) else {
                    return false;
                };
                let is_day = |slot: Slot| !is_counted(slot) && slot != Slot::Week;
                let is_usual = |day: i32, weekday| weekday == Some(day.rem_euclid(7));
                // The usual day of the week says nothing for an unusual end of a range.
                let speaks = |day, weekday, other: Slot| !(is_end(other) && is_usual(day, weekday));
                is_day(one.1) && speaks(a, weekdays[0], other.1) && repeated_here(*row, one, a)
                    || is_day(other.1)
                        && speaks(b, weekdays[1], one.1)
                        && repeated_here(*row, other, b)
            })
            .collect();
        self.law(Law::Distance, &pair.units(), values, 0.25, |deviation| {
            let Deviation {
                row,
                value,
                mode,
                same,
                share,
                in_clump,
                ..
            } = deviation;
            // The same instant is another day elsewhere.
            if is_stamp && (value - mode).abs() == 1 && is_timed(row) {
                return None;
            }
            let of = f64::from(share.of);
            let few = same as f64 <= f64::max(2.0, 0.03 * of);
            let is_enough = few || is_identity && same as f64 <= 0.05 * of;
            if in_clump || !is_enough {
                return None;
            }
            let (a, b) = pair.days(row)?;
            let usual = i32::try_from(mode).ok()?;
            let broken = Broken::Days {
                one: a,
                other: b,
                usual,
            };
            let off = (value - mode).abs();
            // Two notes do not begin on one day, however many weeks one of them covers.
            let is_repeated = repeats.iter().any(|rows| rows.contains(&row));
            if is_repeated && !is_derived && off >= 5 {
                return Some((Some(needed::SLIP), broken));
            }
            // A note of several weeks may be named and dated by any of them.
            let is_meant = mode != 0 || slots.iter().any(|slot| *slot != Slot::Day);
            if off <= MOST_WEEKS * 7 && is_run(row) && !is_repeated
                || off < 4 && is_meant && confirmed.contains(&row)
                || off < 7 && is_derived
            {
                return None;
            }
            // A week of work is shorter by its holidays.
            let is_shorter = |slot, more: i64| match slot {
                Slot::From => (1..=2).contains(&more),
                Slot::To => (-2..=-1).contains(&more),
                _ => false,
            };
            if of_work[0] && is_shorter(one.1, value - mode)
                || of_work[1] && is_shorter(other.1, mode - value)
            {
                return None;
            }
            // The day that a week begins on, and one of publishing that no key repeats: late is human, and so are holidays.
            let expected = [b.checked_add(usual)?, a.checked_sub(usual)?];
            let is_odd = |day: i32, weekday: Option<i32>| weekday != Some(day.rem_euclid(7));
            let is_behind = |day: i32, expected, weekday| {
                (1..7).contains(&(day - expected)) && is_odd(day, weekday)
            };
            let is_publishing = mode != 0 && slots == [Slot::Day, Slot::Day] && one.0 != other.0;
            if is_publishing
                && (off <= 2
                    || is_behind(a, expected[0], weekdays[0])
                    || is_behind(b, expected[1], weekdays[1]))
            {
                return None;
            }
            // The ends of several weeks lie so many weeks further apart.
            let is_longer = mode != 0 && value.abs() > mode.abs();
            if is_longer && off % 7 == 0 && off <= MOST_WEEKS * 7 {
                return None;
            }
            let late = if self_is_stamp {
                off_by(a, b, usual)
            } else {
                -off_by(a, b, usual)
            };
            let is_late = is_stamp && (0..LATE).contains(&late);
            if pair.has(Field::Opening) && one.0 == other.0 {
                return Some((Some(needed::DERIVED), broken));
            }
            if pair.has(Field::Opening) && !is_spread {
                return (mode == 0 && !is_late).then_some((Some(needed::CONFLICT), broken));
            }
            let slip = |wrong: i32, right: i32| {
                let days = date_of_day(wrong).zip(date_of_day(right));
                days.is_some_and(|(wrong, right)| is_day_slip(wrong, right))
            };
            // Late is human: a stamp that is a few days late has no wrong digit.
            if !is_late
                && (!is_counted(one.1) && slip(a, b.checked_add(usual)?)
                    || !is_counted(other.1) && slip(b, a.checked_sub(usual)?))
            {
                return Some((Some(needed::SLIP), broken));
            }
            if is_stamp || is_spread {
                let exact = mode == 0 && !is_derived && slots == [Slot::Day, Slot::Day];
                // A note that is named for a day of its week may be published on another one.
                let late = if self_is_stamp { a - b } else { b - a };
                if names_week && (is_late && !pair.has(Field::Name) || (-6..=7).contains(&late)) {
                    return None;
                }
                let need = if named_by_date && pair.has(Field::Name) {
                    needed::FAR_APART
                } else if share.without() > 2 {
                    needed::ABSENT
                } else {
                    needed::SINGLE
                };
                // The week that another place counts is no mistake by itself, but has a vote.
                if is_derived && off >= 7 {
                    return Some((None, broken));
                }
                return exact.then_some((Some(need), broken));
            }
            if is_derived {
                return (off >= 7).then_some((Some(needed::DERIVED), broken));
            }
            Some((Some(needed::CONFLICT), broken))
        });
        self.runs = runs;
    }

    /// Finds the rows that cover several weeks: by their numbers, or by days that span so many weeks more.
    pub(super) fn find_runs(&mut self) {
        // `2024/03-04` is a day, and no run from 3 to 4.
        let is_day = |row: &Row| {
            let path = row.cell(Field::Path);
            path.is_some_and(|path| matches!(path.said.first(), Some(said) if matches!(said.stated, Stated::Day(_))))
        };
        let states_run = |row: &Row| {
            let mut cells = row.cells.iter();
            cells.any(|cell| cell.states_run() && !(cell.field == Field::Name && is_day(row)))
        };
        self.runs = self.rows.rows.iter().map(states_run).collect();
        let ranges = self
            .columns
            .days
            .iter()
            .filter(|(id, _)| id.1 == Slot::From);
        for ((field, _), from) in ranges {
            let Some(to) = self.columns.days.get(&(*field, Slot::To)) else {
                continue;
            };
            let lengths = from
                .iter()
                .zip(to)
                .map(|(from, to)| Some((*to)? - (*from)?));
            let lengths: Vec<Option<i32>> = lengths.collect();
            let usual = mode(lengths.iter().flatten().map(|length| i64::from(*length)));
            let Some((usual, _)) = usual else { continue };
            for (run, length) in self.runs.iter_mut().zip(lengths) {
                let more = length.map_or(0, |length| i64::from(length) - usual);
                *run |= more > 0 && more <= MOST_WEEKS * 7 && more % 7 == 0;
            }
        }
    }

    /// Whether the ranges of a place are mostly those of a week of work: of four or five days.
    fn is_of_work(&self, field: Field) -> bool {
        let column = |slot| self.columns.days.get(&(field, slot));
        let ends = column(Slot::From).zip(column(Slot::To));
        let lengths = ends.into_iter().flat_map(|(from, to)| from.iter().zip(to));
        let usual = mode(lengths.filter_map(|(from, to)| Some(i64::from((*to)? - (*from)?))));
        usual.is_some_and(|(length, _)| (3..=4).contains(&length))
    }

    /// The rows whose day is that of a neighbour, where each has its own.
    fn repeating(&self, id: ColumnId, column: &Column) -> BTreeSet<usize> {
        let distinct: BTreeSet<i32> = column.iter().flatten().copied().collect();
        let (distinct, of) = (distinct.len(), filled(column));
        let has_repeats = distinct * 10 < of * 9 && distinct + 1 < of;
        let is_day = matches!(id.1, Slot::Day | Slot::From);
        if !is_day || self.is_stamp(id.0) || has_repeats {
            return BTreeSet::new();
        }
        let day = |row: usize| *column.get(row)?;
        let pairs = self
            .columns
            .sorted
            .windows(2)
            .filter_map(|pair| match pair {
                [one, other] if day(*one).is_some() && day(*one) == day(*other) => {
                    Some([*one, *other])
                }
                _ => None,
            });
        pairs.flatten().collect()
    }

    fn same_time(&mut self, pair: &Pair, values: &[(usize, i64)], typical: i64, in_full: bool) {
        let same: Vec<(usize, i64)> = values
            .iter()
            .map(|(row, value)| (*row, i64::from((value - typical).abs() <= SAME_TIME)))
            .collect();
        let usual = i32::try_from(typical).unwrap_or(0);
        let stamps = pair.stamps;
        self.law(Law::SameTime, &pair.units(), &same, 0.25, |deviation| {
            let of = f64::from(deviation.share.of);
            let few = !deviation.in_clump && deviation.same as f64 <= f64::max(2.0, 0.03 * of);
            let some = in_full && deviation.same as f64 <= 0.25 * of;
            let (a, b) = pair.days(deviation.row)?;
            // Late is human.
            let late = if stamps[0] { a - b } else { b - a };
            if stamps[0] != stamps[1] && (1..LATEST).contains(&late) {
                return None;
            }
            let off = i64::from(a - b) - typical;
            let is_other_year = in_full && (off.abs() - 365).abs() <= SAME_TIME;
            let need = match (is_other_year, in_full) {
                (true, _) => needed::OTHER_YEAR,
                (_, true) => needed::FAR_APART,
                _ => 0.7,
            };
            let broken = Broken::Days {
                one: a,
                other: b,
                usual,
            };
            (deviation.mode == 1 && (few || some)).then_some((Some(need), broken))
        });
    }

    /// Late is human; a day before its week, and alone so, is a mistake. `sign` is -1 where the second is the stamp.
    fn not_early(&mut self, pair: &Pair, values: &[(usize, i64)], typical: i64, sign: i64) {
        let mut line: Vec<(i64, usize)> = values
            .iter()
            .map(|(row, value)| (sign * value, *row))
            .filter(|(value, _)| (value - sign * typical).abs() <= SAME_TIME)
            .collect();
        line.sort_unstable();
        // Where it is known when a week begins, a note dated before is wrong; a day is that of another time zone.
        let slots = [pair.one.1, pair.other.1];
        let is_sure = self.columns.is_counted_surely && slots.iter().any(|slot| is_counted(*slot));
        if line.len() < 15 && !is_sure {
            return;
        }
        let most = 1 + line.len() / 50;
        let early = (1..=3.min(most)).find(|count| {
            let (Some(last), Some(next)) = (line.get(count - 1), line.get(*count)) else {
                return false;
            };
            next.0 - last.0 >= 5 && last.0 < sign * typical
        });
        let before = || line.iter().filter(|(value, _)| *value < -1).count();
        let few = |count: &usize| *count == 1 || *count * 20 <= line.len();
        let Some(early) = early.or_else(|| Some(before()).filter(|count| is_sure && few(count)))
        else {
            return;
        };
        let share = Share::new(line.len() - early, line.len());
        let [one, other] = pair.units();
        line.truncate(early);
        line.retain(|(_, row)| self.runs.get(*row) != Some(&true));
        for (_, row) in line {
            // Nothing that is written on a day is written before it.
            let Some((a, b)) = pair.days(row).filter(|(a, b)| a != b) else {
                continue;
            };
            for (unit, partner, broken) in [
                (one, other, Broken::Early(a, b)),
                (other, one, Broken::Early(b, a)),
            ] {
                let partner = Partner::Unit(partner);
                self.breach(
                    row,
                    unit,
                    partner,
                    needed::CONFLICT,
                    Law::NotEarly,
                    share,
                    broken,
                    None,
                );
            }
        }
    }
}
