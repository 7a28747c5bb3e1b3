//! The order in which laws are learnt; the types and the pages that keys have; and what no calendar has.

use super::columns::{Slot, filled};
use super::share::{Share, counts, needed};
use super::slips::is_key_slip;
use super::table::{Cell, Field, Row, Rows, Type};
use super::{Aspect, Breach, Broken, Law, Learner};
use crate::hash;
use crate::source::Span;
use crate::week::statements::wrong_weekday;
use std::collections::BTreeMap;

/// Which keys hold the time of writing or publishing: nothing but a day or a point in time, under a name that says so or
/// with a time of day. It may be any day near the note's week, so late that nothing follows from it.
pub(super) fn stamps(rows: &Rows) -> Vec<bool> {
    let mut counts = vec![(0usize, 0usize, 0usize); rows.keys.len()];
    for (_, cell) in rows.cells() {
        if let Field::Key(key) = cell.field
            && let Some((cells, dates, timed)) = counts.get_mut(usize::from(key))
        {
            *cells += 1;
            *dates += usize::from(cell.date.is_some());
            *timed += usize::from(cell.date == Some(true));
        }
    }
    let is_stamp = |((cells, dates, timed), key): ((usize, usize, usize), &String)| {
        let key = key.to_lowercase();
        let is_named = || NAMES_OF_STAMPS.split(' ').any(|name| key.contains(name));
        dates * 2 > cells && (timed * 2 > cells || is_named())
    };
    counts.into_iter().zip(&rows.keys).map(is_stamp).collect()
}

/// What the name of a key that holds the time of writing or publishing has in it, in the languages whose months are known.
const NAMES_OF_STAMPS: &str = "date datum dato data fecha dydd creat updat publi modif posted lastmod sent writ erstell \
    geschrieb skriv escrit écrit scritt";

/// What a key of a row may name pages by: the items of its list, or its text, but for the row's own name.
fn names_in<'d>(row: &Row<'d>, key: Field) -> impl Iterator<Item = &'d str> {
    let items = row.items.iter().filter(move |item| item.field == key);
    let texts = items.map(|item| item.text).chain([row.text(key)]);
    let own = row.document.stem();
    texts.filter(move |text| !text.is_empty() && *text != own)
}

impl Learner<'_> {
    /// Learns everything.
    pub(super) fn learn(&mut self) {
        let keys = self.count_keys();
        let blocks = self.rows.iter().filter(|row| row.has_block()).count();
        let common = keys.iter().filter(|(_, count)| **count * 2 >= blocks);
        let common: Vec<Field> = common.map(|(key, _)| *key).collect();
        self.blocks();
        for key in &common {
            self.types(*key);
        }
        self.near_keys(&keys);
        for key in &common {
            self.pages(*key);
        }
        self.vocabulary();
        self.extensions();
        self.impossible();
        self.misspelt_months();
        self.weekdays();
        if self.is_series {
            self.copies();
            self.states();
            self.forms();
            self.words();
        }
        self.equal_numbers();
        self.find_runs();
        self.distances();
        self.other_kind = self.named_otherwise();
        self.texts();
        if self.is_series {
            self.neighbours();
            self.unnamed();
            self.known();
        }
        self.presence(&keys, &common, blocks);
        self.without_outsiders();
    }

    /// Learns what unlike pages have in common: the spelling of keys and values.
    pub(super) fn learn_words(&mut self) {
        self.columns.sorted = (0..self.len()).collect();
        let keys = self.count_keys();
        self.near_keys(&keys);
        self.vocabulary();
        self.names();
    }

    fn count_keys(&self) -> BTreeMap<Field, usize> {
        let places = self.rows.cells().map(|(_, cell)| cell.field);
        counts(places.filter(|field| matches!(field, Field::Key(_))))
    }

    fn types(&mut self, key: Field) {
        let values = self.in_order(|row| {
            let row = self.rows.get(row).filter(|row| !row.is_draft)?;
            let cell = row.cell(key)?;
            // Whatever cannot be read is reported as such.
            (!cell.text.is_empty() || cell.kind != Type::Text).then_some(cell.kind as i64)
        });
        let (rows, unit) = (self.rows, (key, Aspect::Type));
        let is_stamp = self.is_stamp(key);
        self.law(Law::Type, &[unit], &values, 0.5, |deviation| {
            if deviation.same > 2 {
                return None;
            }
            let usual = values.iter().find(|(_, kind)| *kind == deviation.mode)?.0;
            let (usual, here) = (rows.cell(usual, key)?.kind, rows.cell(deviation.row, key)?);
            let need = match (usual, here.kind) {
                // A title that is a day may have a topic behind it.
                (Type::Date, Type::Text) if !is_stamp && here.tells_more_than_a_day() => {
                    return None;
                }
                (Type::Date, Type::Text) if !here.text.contains('{') => needed::SLIP,
                (Type::Boolean | Type::Number, Type::Text)
                | (Type::Text | Type::List, Type::Boolean) => needed::FORM,
                _ => return None,
            };
            Some((Some(need), Broken::Type(usual)))
        });
    }

    /// A key that names pages: nearly all its values are names of pages which, half of their folder, are there for it.
    fn pages(&mut self, key: Field) {
        let (rows, around) = (self.rows, self.around);
        let is_page = |name: &str| around.pages.contains_key(name);
        if !rows.iter().any(|row| names_in(row, key).any(is_page)) {
            return;
        }
        let counts = counts(rows.iter().flat_map(|row| names_in(row, key)));
        let pages = counts.keys().copied().filter(|name| is_page(name));
        let pages: Vec<&str> = pages.collect();
        let folder = pages.first().and_then(|page| around.pages.get(page));
        let of = folder.map(|folder| around.folders.get(folder).copied().unwrap_or(0));
        if of.is_none_or(|of| pages.len() * 2 < of) {
            return;
        }
        let values = self.in_order(|row| {
            let mut names = names_in(rows.get(row)?, key).peekable();
            names.peek()?;
            Some(i64::from(names.all(is_page)))
        });
        let unit = (key, Aspect::Value);
        self.law(Law::NamesPage, &[unit], &values, 0.5, |deviation| {
            let written = names_in(rows.get(deviation.row)?, key).find(|name| !is_page(name))?;
            let is_rare = counts.get(written).is_some_and(|count| *count <= 2);
            let meant = pages.iter().find(|page| is_key_slip(written, page));
            let meant = meant.map(|page| (*page).to_owned());
            let written = written.to_owned();
            let lone = deviation.mode == 1 && is_rare && !deviation.in_clump;
            lone.then_some((Some(needed::FORM), Broken::NoPage(written, meant)))
        });
    }

    /// The extension that nearly all files have.
    fn extensions(&mut self) {
        let rows = self.rows;
        let extension = |row: usize| rows.get(row).map(|row| row.document.extension());
        let values = self.in_order(|row| Some(hash::of(extension(row)?) as i64));
        let unit = (Field::Name, Aspect::Extension);
        self.law(Law::Extension, &[unit], &values, 0.5, |deviation| {
            let usual = values.iter().find(|(_, value)| *value == deviation.mode)?;
            let usual = extension(usual.0)?.to_owned();
            let lone = deviation.same <= 2 && !deviation.in_clump;
            lone.then_some((Some(needed::FORM), Broken::Extension(usual)))
        });
    }

    /// Days that no calendar has, where the place states days in other notes.
    fn impossible(&mut self) {
        for (row, field) in self.columns.impossible.clone() {
            let of = self.columns.days.get(&(field, Slot::Day)).map_or(0, filled);
            let (unit, share) = ((field, Aspect::Form), Share::new(of, of + 1));
            self.breach(Breach::new(Law::Form, row, unit, share, Broken::NoSuchDay));
        }
    }

    /// Days of the week that are not those of the dates beside them.
    fn weekdays(&mut self) {
        self.without_law(|cell| {
            let (part, date) = wrong_weekday(cell.text, &cell.said)?;
            let written = part.of(cell.text).to_owned();
            Some((part, Broken::Weekday(written, date)))
        });
    }

    /// Adds what is wrong in a cell whatever the other rows do, unless so many do it that it is meant.
    pub(super) fn without_law(&mut self, wrong: impl Fn(&Cell) -> Option<(Span, Broken)>) {
        let found = self.rows.cells().filter_map(|(row, cell)| {
            let (part, broken) = wrong(cell)?;
            let (unit, share) = ((cell.field, Aspect::Form), Share::new(1, 1));
            Some(Breach::new(Law::Form, row, unit, share, broken).at(cell.part(part)))
        });
        let found: Vec<Breach> = found.collect();
        if found.len() * 5 <= self.len().max(20) {
            found.into_iter().for_each(|breach| self.breach(breach));
        }
    }
}
