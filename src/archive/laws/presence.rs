//! Presence: the metadata, and the keys on whose values others rest.

use super::share::{Share, counts, needed};
use super::slips::is_key_slip;
use super::table::{Cell, Field, Type};
use super::{Aspect, Breach, Broken, Law, Learner};
use crate::hash::QuickSet;
use std::collections::{BTreeMap, BTreeSet};

impl Learner<'_> {
    pub(super) fn blocks(&mut self) {
        let values = self.in_order(|row| Some(i64::from(self.rows.get(row)?.has_block())));
        let (is_series, unit) = (self.is_series, (Field::Key(0), Aspect::Block));
        self.law(Law::HasMetadata, &[unit], &values, 0.5, |deviation| {
            // A note without any is odder than one that lacks a key.
            let need = need_of_presence(deviation.share).min(needed::FORM);
            (is_series && deviation.is_oversight()).then_some((Some(need), Broken::NoMetadata))
        });
    }

    /// A key that is missing, where its value is one that others rest on: other places foretell it, or it is constant.
    pub(super) fn presence(
        &mut self,
        keys: &BTreeMap<Field, usize>,
        common: &[Field],
        blocks: usize,
    ) {
        let rows = self.rows;
        let laws = self.laws.iter().filter(|law| law.units.len() == 2);
        let laws = laws.filter(|law| law.share.certainty() >= 0.75);
        let related: QuickSet<Field> = laws.flat_map(|law| &law.units).map(|unit| unit.0).collect();
        for key in common {
            let name = rows.key(*key);
            let is_bearing = self.is_bearing(*key, blocks, related.contains(key));
            let parent = parent_of(name);
            let values = self.in_order(|row| {
                let row = rows
                    .get(row)
                    .filter(|row| row.is_complete() && !row.is_draft)?;
                let has_cell = |key| row.cells.iter().any(|cell| rows.key(cell.field) == key);
                if parent.is_some_and(|parent| !has_cell(parent)) {
                    return None;
                }
                let has = |key: &str| parent.is_none() && row.document.metadata.has(key);
                let synonyms = SYNONYMS.iter().filter(|names| names.contains(&name));
                let has_other = synonyms.flatten().any(|other| *other != name && has(other));
                let is_filled = |cell: &Cell| cell.kind != Type::Empty;
                let is_there = row.cell(*key).map_or_else(|| has(name), is_filled);
                Some(i64::from(is_there || has_other))
            });
            // A key comes into use: the notes before it do not lack it.
            let first = values.iter().position(|(_, has)| *has == 1).unwrap_or(0);
            let values = values.get(first..).unwrap_or(&[]);
            let with = values.iter().filter(|(_, has)| *has == 1).count();
            let share = Share::new(with, values.len());
            if is_bearing && self.is_rare(share) && share.certainty() >= need_of_presence(share) {
                self.required.push((name.to_owned(), share));
            }
            let unit = (*key, Aspect::Presence);
            self.law(Law::Present, &[unit], values, 0.5, |deviation| {
                let row = rows.get(deviation.row)?;
                let is_empty = row.cell(*key).is_some();
                let is_slip = |cell: &Cell| {
                    let count = keys.get(&cell.field).copied().unwrap_or(usize::MAX);
                    count <= 2.max(rows.len() / 50) && is_key_slip(rows.key(cell.field), name)
                };
                // It is reported at the key that is written.
                if !is_bearing
                    || !deviation.is_oversight()
                    || !is_empty && row.cells.iter().any(is_slip)
                {
                    return None;
                }
                let broken = match is_empty {
                    true => Broken::Empty,
                    false => Broken::Absent(name.to_owned()),
                };
                Some((Some(need_of_presence(deviation.share)), broken))
            });
        }
    }

    /// Whether others rest on the value of a key: it has a law with another place, as `is_related` says, or is constant. A
    /// switch that is left out has its default; a date has none.
    fn is_bearing(&self, key: Field, blocks: usize, is_related: bool) -> bool {
        let most_are = |kind| {
            let cells = self.rows.column(key).filter(|cell| cell.kind == kind);
            cells.count() * 2 > blocks
        };
        let is_constant = || {
            let texts = self.rows.iter().filter_map(|row| {
                let items = row.items.iter().filter(|item| item.field == key);
                let items: Vec<&str> = items.map(|item| item.text).collect();
                Some([row.cell(key)?.text, &items.join(",")].concat())
            });
            let mut counts = counts(texts).into_iter();
            counts.any(|(text, count)| !text.is_empty() && count * 10 >= blocks * 9)
        };
        let name = self.rows.key(key).to_lowercase();
        let is_needed = || matches!(&*name, "title" | "layout") || most_are(Type::Date);
        !most_are(Type::Boolean) && (is_related || is_needed() || is_constant())
    }

    /// A note that lacks several things that all have does not belong to the series: its absences are not mistakes.
    pub(super) fn without_outsiders(&mut self) {
        let is_absence = |breach: &Breach| {
            matches!(breach.law, Law::Present | Law::OneOfTheValues | Law::States)
                && breach.need.is_some_and(|need| need > needed::SLIP)
        };
        let mut lacks: BTreeMap<usize, BTreeSet<Field>> = BTreeMap::new();
        for breach in self.breaches.iter().filter(|breach| is_absence(breach)) {
            lacks.entry(breach.row).or_default().insert(breach.unit.0);
        }
        self.breaches.retain(|breach| {
            !is_absence(breach) || lacks.get(&breach.row).is_none_or(|fields| fields.len() < 2)
        });
    }
}

/// The key of the map, or of the list of maps, that a key stands in.
pub(super) fn parent_of(key: &str) -> Option<&str> {
    let (parent, _) = key.rsplit_once('.')?;
    Some(parent.trim_end_matches("[]"))
}

/// Keys that Jekyll and Hugo read as one.
const SYNONYMS: [[&str; 2]; 2] = [["category", "categories"], ["tag", "tags"]];

/// How certain it must be that a key is always there before its absence is a mistake.
pub(super) fn need_of_presence(share: Share) -> f64 {
    if share.without() > 1 {
        needed::ABSENT
    } else {
        needed::SINGLE
    }
}
