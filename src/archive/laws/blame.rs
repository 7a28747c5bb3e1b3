//! Which places are wrong: the smallest set whose change fixes all that a note breaks.
//!
//! The unit is a place with an aspect: a name may have the right number and the wrong day. Units that agree by exact
//! laws are right or wrong together, and it costs much to blame a group of many. We choose the one or two groups with
//! the least cost: what it costs to call them wrong, plus twice the weight of what stays broken. Then each of them must
//! have enough evidence for how odd it is.

use super::share::needed;
use super::table::Field;
use super::{Aspect, Breach, Broken, Finding, Law, Learner, Partner, Unit};
use crate::hash::QuickSet;
use crate::order::Order;
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What it costs to call a place wrong.
fn cost_of(field: Field) -> f64 {
    match field {
        Field::Name | Field::Path => 1.3,
        Field::Folder => 2.0,
        Field::Opening => 0.9,
        Field::Heading | Field::Key(_) => 1.0,
    }
}

/// So many groups of one note are weighed: pairs of them are tried.
const MOST_GROUPS: usize = 12;

/// What speaks against a group when its units are judged wrong: another group, or something outside of the note's places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Group(Unit),
    Outside(Partner, Law),
}

/// The units that each unit agrees with by some law, and the weight of the surest one.
type Held = BTreeMap<Unit, BTreeMap<Unit, f64>>;

/// The group of each unit, by its first one.
type Groups = BTreeMap<Unit, Unit>;

impl Learner<'_> {
    /// The places of all notes that are wrong.
    pub(super) fn blame(&self) -> Vec<Finding> {
        let mut by_row: BTreeMap<usize, Vec<&Breach>> = BTreeMap::new();
        for breach in &self.breaches {
            by_row.entry(breach.row).or_default().push(breach);
        }
        let mut findings = Vec::new();
        for (row, breaches) in &by_row {
            let held = self.held(*row);
            let (groups, chosen) = repair(breaches, &held);
            for group in &chosen {
                let is_mine = |breach: &&&Breach| {
                    let partner = breach.partner.unit().and_then(|unit| groups.get(&unit));
                    groups.get(&breach.unit) == Some(group)
                        && partner != Some(group)
                        && !partner
                            .is_some_and(|partner| chosen.contains(partner) && partner < group)
                };
                let mine: Vec<&Breach> = breaches.iter().filter(is_mine).copied().collect();
                let units: Vec<Unit> = members(&groups, group).collect();
                findings.extend(self.judge(*row, &units, &mine, &by_row));
            }
            // Laws of one column stand for themselves.
            let lone = breaches.iter();
            for breach in lone.filter(|one| one.partner == Partner::Nothing) {
                let group = groups.get(&breach.unit);
                let is_chosen = group.is_some_and(|group| chosen.contains(group));
                if !is_chosen && breach.is_enough() {
                    findings.extend(self.finding(*row, &[breach.unit], &[breach]));
                }
            }
        }
        findings
    }

    /// Which units of a row agree, by laws that it keeps.
    fn held(&self, row: usize) -> Held {
        let mut held = Held::new();
        for law in &self.laws {
            let [one, other] = *law.units else { continue };
            if law.kept.get(row) == Some(&true) {
                let weight = law.share.certainty();
                for (unit, partner) in [(one, other), (other, one)] {
                    let known = held.entry(unit).or_default().entry(partner).or_insert(0.0);
                    *known = known.max(weight);
                }
            }
        }
        held
    }

    fn judge(
        &self,
        row: usize,
        units: &[Unit],
        mine: &[&Breach],
        by_row: &BTreeMap<usize, Vec<&Breach>>,
    ) -> Option<Finding> {
        let mut able = mine.to_vec();
        able.retain(|breach| breach.need.is_some());
        let is_wrong = |breach: &&Breach| breach.law != Law::Unique && breach.is_enough();
        let twin = able.iter().find(|breach| breach.law == Law::Unique);
        if let Some(Partner::Row(other)) = twin.map(|twin| twin.partner)
            && !able.iter().any(is_wrong)
        {
            // Of a pair alone the other note may be the wrong one.
            let mut elsewhere = by_row.get(&other).into_iter().flatten();
            if elsewhere.any(is_wrong) || !self.likely_wrong.contains(&(row, other)) {
                return None;
            }
        }
        let mut partners: BTreeMap<(Partner, Option<Law>), f64> = BTreeMap::new();
        for breach in &able {
            let law = (breach.partner == Partner::Nothing).then_some(breach.law);
            let weight = partners.entry((breach.partner, law)).or_insert(0.0);
            *weight = weight.max(breach.weight);
        }
        let doubts = partners.values().map(|weight| 1.0 - weight.min(0.99));
        let doubt: f64 = doubts.product();
        // Of a number that several places share, it is the day that is out of order.
        let places: QuickSet<Field> = units.iter().map(|unit| unit.0).collect();
        able.retain(|breach| breach.law != Law::NumbersRise || places.len() == 1);
        let margin = |breach: &Breach| breach.weight - breach.need.unwrap_or(1.0);
        let best = *able
            .iter()
            .max_by(|one, other| margin(one).total_cmp(&margin(other)))?;
        let need = best.need.unwrap_or(1.0);
        // A number that counts weeks is no day in full.
        let is_number = |unit: Unit| unit.1 == Aspect::Number;
        let of_number = is_number(best.unit) || best.partner.unit().is_some_and(is_number);
        let least = if need <= needed::SLIP && !of_number {
            need
        } else {
            needed::ABSENT
        };
        let together = partners.len() > 1 && 1.0 - doubt >= least;
        if best.weight < need && !together {
            return None;
        }
        // What two places state says more than that another note has the same, and that more than what follows from it.
        let rank = |breach: &Breach| {
            let is_of_days = matches!(breach.broken, Broken::Days(..) | Broken::Early(..));
            let is_day_of_number = |one: Unit, other: Unit| {
                one.1 == Aspect::Number && !matches!(other.1, Aspect::Number | Aspect::Week)
            };
            let is_derived = breach.partner.unit().is_some_and(|unit| {
                is_day_of_number(unit, breach.unit) || is_day_of_number(breach.unit, unit)
            });
            let last = matches!(breach.law, Law::EqualTexts | Law::NumbersRise)
                || is_of_days && is_derived;
            (margin(breach) < 0.0, last, breach.law == Law::Unique)
        };
        able.order_by(|one, other| {
            let order = rank(one).cmp(&rank(other));
            order.then(margin(other).total_cmp(&margin(one)))
        });
        self.finding(row, units, &able)
    }

    fn finding(&self, row: usize, units: &[Unit], breaches: &[&Breach]) -> Option<Finding> {
        let first = *breaches.first()?;
        let held = self.rows.get(row)?;
        // Of places that break one law, what readers see comes first.
        let is_in_sight = |unit: &Unit| {
            let is_same = |one: &&Breach| one.unit == *unit && one.law == first.law;
            self.is_titular(unit.0) && breaches.iter().any(is_same)
        };
        let at = if first.partner == Partner::Nothing {
            first.unit
        } else {
            *units.iter().min_by_key(|unit| {
                let is_name = matches!(unit.0, Field::Name | Field::Path);
                (is_name, !is_in_sight(unit), **unit != first.unit, **unit)
            })?
        };
        // What is said of one unit of a group is said of the one that is shown, where it has a breach of its own.
        // What should repeat the file's name is said to be another one rather than another number.
        let is_of_name = |breach: &&&Breach| {
            let is_name = matches!(breach.partner, Partner::Unit((Field::Name, _)));
            is_name && breach.law == Law::EqualTexts && breach.unit == at
        };
        let of_name = breaches.iter().find(is_of_name);
        let first = of_name
            .or_else(|| breaches.iter().find(|breach| breach.unit == at))
            .map_or(first, |breach| *breach);
        // The one that the message speaks of comes first.
        let partners = std::iter::once(&first).chain(breaches);
        let partners = partners.filter_map(|breach| breach.partner.unit());
        let tied = units.iter().map(|unit| (unit.0, at.1));
        let mut seen = BTreeSet::from([at.0]);
        let others = partners.chain(tied);
        let others = others
            .filter(|unit| held.cell(unit.0).is_some() && seen.insert(unit.0))
            .map(|unit| (self.span(row, unit), self.name(unit.0)))
            .collect();
        // What stands and falls with the file's name is not fixed without it.
        let has_name = units.iter().any(|unit| unit.0 == Field::Name);
        let is_partner = |is: &dyn Fn(Unit) -> bool| first.partner.unit().is_some_and(is);
        let cell = held.cell(at.0);
        let whole = cell.map_or_else(|| self.span(row, at), |cell| cell.span);
        Some(Finding {
            document: held.id,
            span: match (first.span, &first.broken) {
                (Some(span), _) => span,
                (None, Broken::Texts(..)) => whole,
                (None, _) => self.span(row, at),
            },
            place: self.name(at.0),
            is_name: matches!(at.0, Field::Name | Field::Path),
            broken: first.broken.clone(),
            share: first.share,
            whole,
            others,
            is_stamp: self.is_stamp(at.0),
            of_stamp: self.is_stamp(at.0) || is_partner(&|unit| self.is_stamp(unit.0)),
            of_range: is_partner(&|unit| unit.0 == at.0),
            of_week: [gives_week(at), is_partner(&gives_week)],
            fix: self.fix(row, at, &first.broken).filter(|_| !has_name),
            law: first.law,
        })
    }

    /// The number that the other places state, where the wrong one stands in the text as it is.
    fn fix(&self, row: usize, at: Unit, broken: &Broken) -> Option<(Span, String)> {
        let Broken::Numbers(wrong, meant) = broken else {
            return None;
        };
        let cell = self.rows.cell(row, at.0)?;
        let span = self.span(row, at);
        let start = span.start.checked_sub(cell.span.start)? as usize;
        let written = cell.text.get(start..start + span.len());
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let fits = cell.verbatim && written == Some(wrong) && is_number(wrong);
        (fits && is_number(meant)).then(|| (span, meant.clone()))
    }

    /// Where a unit stands: what the place states of that aspect, or the place as a whole; the metadata's beginning for
    /// what is not there.
    fn span(&self, row: usize, (field, aspect): Unit) -> Span {
        use crate::week::statements::Stated;
        let Some(row) = self.rows.get(row) else {
            return Span::at(0);
        };
        let Some(cell) = row.cell(field) else {
            let entries = &row.document.metadata.entries;
            return entries
                .first()
                .map_or(row.document.first_line, |entry| entry.key_span);
        };
        let states = |stated: &Stated| match aspect {
            Aspect::Number => matches!(stated, Stated::Number(..) | Stated::Episode(..)),
            Aspect::Day => matches!(
                stated,
                Stated::Day(_) | Stated::EitherDay(..) | Stated::DayOfYear(_)
            ),
            Aspect::From | Aspect::To => matches!(stated, Stated::Range(..)),
            Aspect::Week => matches!(stated, Stated::Week(..)),
            _ => false,
        };
        let mut parts = cell.said.iter().filter(|said| states(&said.stated));
        match (parts.next(), parts.next()) {
            (Some(part), None) => cell.part(part.span),
            _ => cell.span,
        }
    }
}

fn gives_week(unit: Unit) -> bool {
    matches!(unit.1, Aspect::Number | Aspect::Week)
}

/// Groups units that agree, and chooses the one or two groups whose change fixes what is broken at the least cost.
fn repair(breaches: &[&Breach], held: &Held) -> (Groups, BTreeSet<Unit>) {
    let mut units: BTreeSet<Unit> = breaches.iter().map(|breach| breach.unit).collect();
    let partners = breaches.iter().filter_map(|breach| breach.partner.unit());
    units.extend(partners.filter(|unit| held.contains_key(unit)));
    // Two of several numbers may agree where the others do not.
    let apart = breaches.iter();
    let apart = apart.filter_map(|breach| Some((breach.unit, breach.partner.unit()?)));
    let apart: QuickSet<(Unit, Unit)> = apart.collect();
    let groups = group(&units, held, &apart);
    let mut pairs: BTreeMap<(Side, Side), f64> = BTreeMap::new();
    for breach in breaches {
        let side = |unit: Option<Unit>| groups.get(&unit?).map(|group| Side::Group(*group));
        let outside = Side::Outside(breach.partner, breach.law);
        let one = side(Some(breach.unit)).unwrap_or(outside);
        let other = side(breach.partner.unit()).unwrap_or(outside);
        if one != other {
            let weight = pairs.entry((one.min(other), one.max(other))).or_insert(0.0);
            *weight = weight.max(breach.weight);
        }
    }
    let price = |group: &Unit| {
        let fields: QuickSet<Field> = members(&groups, group).map(|unit| unit.0).collect();
        let dearest = fields.iter().map(|field| cost_of(*field));
        let partners = members(&groups, group).filter_map(|unit| held.get(&unit));
        let outside = partners.flatten().filter(|one| !groups.contains_key(one.0));
        let outside: f64 = outside.map(|(_, weight)| weight).sum();
        dearest.fold(0.0, f64::max) + 0.8 * (fields.len() as f64 - 1.0) + 0.5 * outside
    };
    let found: BTreeSet<Unit> = groups.values().copied().collect();
    let found = found.into_iter().take(MOST_GROUPS);
    let found: Vec<(Unit, f64)> = found.map(|group| (group, price(&group))).collect();
    let cost = |chosen: &BTreeSet<Unit>, price: f64| {
        let is_left = |side: &Side| !matches!(side, Side::Group(group) if chosen.contains(group));
        let left = pairs
            .iter()
            .filter(|((one, other), _)| is_left(one) && is_left(other));
        price + 2.0 * left.map(|(_, weight)| weight).sum::<f64>()
    };
    let mut best = (f64::INFINITY, BTreeSet::new());
    for (at, (one, price)) in found.iter().enumerate() {
        for (other, more) in found.iter().skip(at) {
            let chosen = BTreeSet::from([*one, *other]);
            let price = price + if one == other { 0.0 } else { *more };
            let cost = cost(&chosen, price);
            if cost < best.0 - 1e-9 {
                best = (cost, chosen);
            }
        }
    }
    (groups, best.1)
}

/// The units of a group.
fn members<'g>(groups: &'g Groups, group: &'g Unit) -> impl Iterator<Item = Unit> + 'g {
    let mine = groups.iter().filter(move |(_, held)| *held == group);
    mine.map(|(unit, _)| *unit)
}

/// Units that agree by a law of some weight are one group, named by its first unit.
fn group(units: &BTreeSet<Unit>, held: &Held, apart: &QuickSet<(Unit, Unit)>) -> Groups {
    let mut groups: Groups = units.iter().map(|unit| (*unit, *unit)).collect();
    for unit in units {
        for (partner, weight) in held.get(unit).into_iter().flatten() {
            let both = groups.get(unit).zip(groups.get(partner));
            let Some((one, other)) = both.map(|(one, other)| (*one, *other)) else {
                continue;
            };
            if *weight >= 0.5 && one != other && !apart.contains(&(*unit, *partner)) {
                let (kept, gone) = (one.min(other), one.max(other));
                for group in groups.values_mut().filter(|group| **group == gone) {
                    *group = kept;
                }
            }
        }
    }
    groups
}
