//! Which places are wrong: the smallest set whose change fixes all that a note breaks.
//!
//! The unit is a place with an aspect: a name may have the right number and the wrong day. Units that agree by exact laws
//! stand and fall together, and many witnesses are dear. Of the groups of such units one or two are taken, at the least
//! cost: what it costs to call them wrong, and twice the weight of what is left broken. Then each of them must have
//! evidence enough for how odd it is.

use super::share::needed;
use super::table::Field;
use super::{Aspect, Breach, Broken, Finding, Law, Learner, Partner, Unit};
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
                    let partner = match breach.partner {
                        Partner::Unit(unit) => groups.get(&unit),
                        _ => None,
                    };
                    groups.get(&breach.unit) == Some(group)
                        && partner != Some(group)
                        && !partner
                            .is_some_and(|partner| chosen.contains(partner) && partner < group)
                };
                let mine: Vec<&Breach> = breaches.iter().filter(is_mine).copied().collect();
                let units: Vec<Unit> = groups
                    .iter()
                    .filter(|(_, held)| *held == group)
                    .map(|(unit, _)| *unit)
                    .collect();
                findings.extend(self.judge(*row, &units, &mine, &by_row));
            }
            // Laws of one column stand for themselves.
            for breach in breaches
                .iter()
                .filter(|breach| breach.partner == Partner::Nothing)
            {
                let is_chosen = groups
                    .get(&breach.unit)
                    .is_some_and(|group| chosen.contains(group));
                if !is_chosen && breach.need.is_some_and(|need| breach.weight >= need) {
                    findings.extend(self.finding(*row, &[breach.unit], &[breach]));
                }
            }
        }
        findings
    }

    /// Which units of a row agree, by laws that it keeps.
    fn held(&self, row: usize) -> BTreeMap<Unit, BTreeMap<Unit, f64>> {
        let mut held: BTreeMap<Unit, BTreeMap<Unit, f64>> = BTreeMap::new();
        for law in &self.laws {
            let [one, other] = *law.units else { continue };
            let is_kept = law
                .kept
                .get(row / 64)
                .is_some_and(|word| word & (1 << (row % 64)) != 0);
            if is_kept {
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
        let mut able: Vec<&Breach> = mine
            .iter()
            .copied()
            .filter(|breach| breach.need.is_some())
            .collect();
        let twin = able.iter().find(|breach| breach.law == Law::Unique);
        if let Some(Partner::Row(other)) = twin.map(|twin| twin.partner)
            && able.iter().all(|breach| {
                breach.law == Law::Unique || breach.need.is_some_and(|need| breach.weight < need)
            })
        {
            // Of a pair alone the other note may be the wrong one.
            let is_wrong = |breach: &&Breach| {
                breach.law != Law::Unique && breach.need.is_some_and(|need| breach.weight >= need)
            };
            let elsewhere = by_row
                .get(&other)
                .is_some_and(|breaches| breaches.iter().any(is_wrong));
            if elsewhere || !self.likely_wrong.contains(&(row, other)) {
                return None;
            }
        }
        let mut partners: BTreeMap<(Partner, Option<Law>), f64> = BTreeMap::new();
        for breach in &able {
            let law = (breach.partner == Partner::Nothing).then_some(breach.law);
            let weight = partners.entry((breach.partner, law)).or_insert(0.0);
            *weight = weight.max(breach.weight);
        }
        let doubt: f64 = partners
            .values()
            .map(|weight| 1.0 - weight.min(0.99))
            .product();
        // Of a number that several places share, it is the day that is out of order.
        let places: BTreeSet<Field> = units.iter().map(|unit| unit.0).collect();
        able.retain(|breach| breach.law != Law::NumbersRise || places.len() == 1);
        let margin = |breach: &Breach| breach.weight - breach.need.unwrap_or(1.0);
        let best = *able
            .iter()
            .max_by(|one, other| margin(one).total_cmp(&margin(other)))?;
        let need = best.need.unwrap_or(1.0);
        // A number that counts weeks is no day in full.
        let is_number = |unit: Unit| unit.1 == Aspect::Number;
        let of_number =
            is_number(best.unit) || matches!(best.partner, Partner::Unit(unit) if is_number(unit));
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
            let is_of_days = matches!(breach.broken, Broken::Days { .. } | Broken::Early(..));
            let is_day_of_number = |one: Unit, other: Unit| {
                one.1 == Aspect::Number && !matches!(other.1, Aspect::Number | Aspect::Week)
            };
            let is_derived = matches!(breach.partner, Partner::Unit(unit)
                if is_day_of_number(unit, breach.unit) || is_day_of_number(breach.unit, unit));
            let last = matches!(breach.law, Law::EqualTexts | Law::NumbersRise)
                || is_of_days && is_derived;
            let rank = (breach.law == Law::Unique, last);
            (margin(breach) < 0.0, rank.1, rank.0)
        };
        able.sort_by(|one, other| {
            let order = rank(one).cmp(&rank(other));
            order.then(margin(other).total_cmp(&margin(one)))
        });
        self.finding(row, units, &able)
    }

    fn finding(&self, row: usize, units: &[Unit], breaches: &[&Breach]) -> Option<Finding> {
        let first = *breaches.first()?;
        let held = self.rows.rows.get(row)?;
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
            .copied()
            .unwrap_or(first);
        let mut others: Vec<(Span, String)> = Vec::new();
        let tied = units.iter().filter(|unit| **unit != at).map(|unit| unit.0);
        let partner = |breach: &Breach| match breach.partner {
            Partner::Unit(unit) => Some(unit),
            _ => None,
        };
        // The one that the message speaks of comes first.
        let partners: Vec<Unit> = std::iter::once(first)
            .chain(breaches.iter().copied())
            .filter_map(partner)
            .collect();
        let mut seen: BTreeSet<Field> = [at.0].into_iter().collect();
        for (field, aspect) in partners.into_iter().chain(tied.map(|field| (field, at.1))) {
            if held.cell(field).is_some() && seen.insert(field) {
                others.push((self.span(row, (field, aspect)), self.name(field)));
            }
        }
        // What stands and falls with the file's name is not fixed without it.
        let has_name = units.iter().any(|unit| unit.0 == Field::Name);
        let is_partner =
            |is: &dyn Fn(Unit) -> bool| matches!(first.partner, Partner::Unit(unit) if is(unit));
        Some(Finding {
            document: held.id,
            span: match (first.span, held.cell(at.0)) {
                (None, Some(cell)) if matches!(first.broken, Broken::Texts(..)) => cell.span,
                (span, _) => span.unwrap_or_else(|| self.span(row, at)),
            },
            place: self.name(at.0),
            is_name: matches!(at.0, Field::Name | Field::Path),
            broken: first.broken.clone(),
            share: first.share,
            whole: held
                .cell(at.0)
                .map_or_else(|| self.span(row, at), |cell| cell.span),
            places: seen
                .iter()
                .filter_map(|field| held.cell(*field))
                .map(|cell| cell.span)
                .collect(),
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
        let cell = self.rows.rows.get(row)?.cell(at.0)?;
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
        let Some(row) = self.rows.rows.get(row) else {
            return Span::at(0);
        };
        let Some(cell) = row.cell(field) else {
            let entries = &row.document.metadata.entries;
            return entries
                .first()
                .map_or(row.document.first_line, |entry| entry.key_span);
        };
        let states = |stated: &Stated| match aspect {
            Aspect::Number => matches!(stated, Stated::Number { .. } | Stated::Episode { .. }),
            Aspect::Day => matches!(
                stated,
                Stated::Day(_) | Stated::EitherDay { .. } | Stated::DayOfYear(_)
            ),
            Aspect::From | Aspect::To => matches!(stated, Stated::Range(..)),
            Aspect::Week => matches!(stated, Stated::Week { .. }),
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
fn repair(
    breaches: &[&Breach],
    held: &BTreeMap<Unit, BTreeMap<Unit, f64>>,
) -> (BTreeMap<Unit, Unit>, BTreeSet<Unit>) {
    let mut units: BTreeSet<Unit> = breaches.iter().map(|breach| breach.unit).collect();
    units.extend(breaches.iter().filter_map(|breach| match breach.partner {
        Partner::Unit(unit) if held.contains_key(&unit) => Some(unit),
        _ => None,
    }));
    // Two of several numbers may agree where the others do not.
    let apart: BTreeSet<(Unit, Unit)> = breaches
        .iter()
        .filter_map(|breach| match breach.partner {
            Partner::Unit(unit) => Some((breach.unit, unit)),
            _ => None,
        })
        .collect();
    let groups = group(&units, held, &apart);
    let mut pairs: BTreeMap<(Side, Side), f64> = BTreeMap::new();
    for breach in breaches {
        let Some(one) = groups.get(&breach.unit).map(|group| Side::Group(*group)) else {
            continue;
        };
        let other = match breach.partner {
            Partner::Unit(unit) => match groups.get(&unit) {
                Some(group) => Side::Group(*group),
                None => Side::Outside(breach.partner, breach.law),
            },
            partner => Side::Outside(partner, breach.law),
        };
        if one != other {
            let weight = pairs.entry((one.min(other), one.max(other))).or_insert(0.0);
            *weight = weight.max(breach.weight);
        }
    }
    let price = |group: &Unit| {
        let members: BTreeSet<Field> = groups
            .iter()
            .filter(|(_, held)| *held == group)
            .map(|(unit, _)| unit.0)
            .collect();
        let dearest = members
            .iter()
            .map(|field| cost_of(*field))
            .fold(0.0, f64::max);
        let outside: f64 = groups
            .iter()
            .filter(|(_, held)| *held == group)
            .filter_map(|(unit, _)| held.get(unit))
            .flat_map(|partners| {
                partners
                    .iter()
                    .filter(|(partner, _)| !groups.contains_key(partner))
            })
            .map(|(_, weight)| weight)
            .sum();
        dearest + 0.8 * (members.len() as f64 - 1.0) + 0.5 * outside
    };
    let mut found: Vec<Unit> = groups
        .values()
        .copied()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    found.truncate(MOST_GROUPS);
    let prices: Vec<f64> = found.iter().map(price).collect();
    let cost = |chosen: &[usize]| {
        let is_chosen = |side: &Side| {
            chosen.iter().any(|at| {
                found
                    .get(*at)
                    .is_some_and(|unit| *side == Side::Group(*unit))
            })
        };
        let left: f64 = pairs
            .iter()
            .filter(|((one, other), _)| !is_chosen(one) && !is_chosen(other))
            .map(|(_, weight)| weight)
            .sum();
        chosen.iter().filter_map(|at| prices.get(*at)).sum::<f64>() + 2.0 * left
    };
    let mut best: Option<(f64, Vec<usize>)> = None;
    for one in 0..found.len() {
        for other in one..found.len() {
            let chosen = if one == other {
                vec![one]
            } else {
                vec![one, other]
            };
            let cost = cost(&chosen);
            if best.as_ref().is_none_or(|(least, _)| cost < *least - 1e-9) {
                best = Some((cost, chosen));
            }
        }
    }
    let chosen = best.map_or_else(Vec::new, |(_, chosen)| chosen);
    let chosen = chosen
        .into_iter()
        .filter_map(|at| found.get(at).copied())
        .collect();
    (groups, chosen)
}

/// Units that agree by a law of some weight are one group, named by its first unit.
fn group(
    units: &BTreeSet<Unit>,
    held: &BTreeMap<Unit, BTreeMap<Unit, f64>>,
    apart: &BTreeSet<(Unit, Unit)>,
) -> BTreeMap<Unit, Unit> {
    let mut groups: BTreeMap<Unit, Unit> = units.iter().map(|unit| (*unit, *unit)).collect();
    for unit in units {
        for (partner, weight) in held.get(unit).into_iter().flatten() {
            let (Some(one), Some(other)) =
                (groups.get(unit).copied(), groups.get(partner).copied())
            else {
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
