//! Laws of the metadata: which keys there are, the types and the words of their values; and the order in which laws are
//! learnt.

use super::share::{Share, needed};
use super::slips::{edits, is_exchange, is_key_slip, is_slip};
use super::table::{Cell, Field, Item, Row, Rows, Type};
use super::{Aspect, Broken, Law, Learner, Partner};
use crate::hash::{self, QuickMap};
use crate::names::Words;
use crate::source::{Span, Text};
use crate::week::statements::{Stated, misspelt_month, wrong_weekday};
use std::collections::{BTreeMap, BTreeSet};

/// Which keys hold the time of writing or publishing: nothing but a day or a point in time, under a name that says so or
/// with a time of day. It may be any day near the note's week, so late that nothing follows from it.
pub(super) fn stamps(rows: &Rows) -> Vec<bool> {
    let mut counts = vec![(0usize, 0usize, 0usize); rows.keys.len()];
    for cell in rows.rows.iter().flat_map(|row| &row.cells) {
        if let Field::Key(key) = cell.field
            && let Some((cells, dates, timed)) = counts.get_mut(usize::from(key))
        {
            *cells += 1;
            *dates += usize::from(cell.date.is_some());
            *timed += usize::from(cell.date == Some(true));
        }
    }
    let names = [
        "date", "creat", "updat", "publi", "modif", "posted", "lastmod", "sent",
    ];
    let counts = counts.into_iter().zip(&rows.keys);
    counts
        .map(|((cells, dates, timed), key)| {
            let key = key.to_lowercase();
            let is_named = names.iter().any(|name| key.contains(name));
            dates * 2 > cells && (is_named || timed * 2 > cells)
        })
        .collect()
}

impl Learner<'_> {
    /// Learns everything.
    pub(super) fn learn(&mut self) {
        let keys = self.count_keys();
        let blocks = self.rows.rows.iter().filter(|row| row.has_block()).count();
        let common: Vec<Field> = keys
            .iter()
            .filter(|(_, count)| **count * 2 >= blocks)
            .map(|(key, _)| *key)
            .collect();
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
        self.columns.rank = self.columns.sorted.clone();
        let keys = self.count_keys();
        self.near_keys(&keys);
        self.vocabulary();
        self.names();
    }

    fn count_keys(&self) -> BTreeMap<Field, usize> {
        let mut counts = BTreeMap::new();
        for cell in self.rows.rows.iter().flat_map(|row| &row.cells) {
            if matches!(cell.field, Field::Key(_)) {
                *counts.entry(cell.field).or_insert(0) += 1;
            }
        }
        counts
    }

    fn blocks(&mut self) {
        let values = self.in_order(|row| Some(i64::from(self.rows.rows.get(row)?.has_block())));
        let (is_series, first) = (self.is_series, Field::Key(0));
        self.law(
            Law::HasMetadata,
            &[(first, Aspect::Block)],
            &values,
            0.5,
            |deviation| {
                let lone =
                    deviation.mode == 1 && !deviation.in_clump && deviation.is_rare && is_series;
                // A note without any is odder than one that lacks a key.
                let need = need_of_presence(deviation.share).min(needed::FORM);
                lone.then_some((Some(need), Broken::NoMetadata))
            },
        );
    }

    fn types(&mut self, key: Field) {
        let code = |kind: Type| kind as i64;
        let kinds = [
            Type::Text,
            Type::Date,
            Type::Boolean,
            Type::Number,
            Type::List,
            Type::Map,
            Type::Empty,
        ];
        let kind = |value: i64| kinds.into_iter().find(|kind| code(*kind) == value);
        let values = self.in_order(|row| {
            let row = self.rows.rows.get(row).filter(|row| !row.is_draft)?;
            let cell = row.cell(key)?;
            // Whatever cannot be read is reported as such.
            (cell.kind == Type::Empty || !cell.text.is_empty() || !matches!(cell.kind, Type::Text))
                .then_some(code(cell.kind))
        });
        let rows = self.rows;
        self.law(
            Law::Type,
            &[(key, Aspect::Type)],
            &values,
            0.5,
            |deviation| {
                let text = rows.rows.get(deviation.row)?.text(key);
                let (usual, here) = (kind(deviation.mode)?, kind(deviation.value)?);
                match (usual, here) {
                    (Type::Date, Type::Text) if deviation.same <= 2 && !text.contains('{') => {
                        Some((Some(needed::SLIP), Broken::Type(usual)))
                    }
                    (Type::Boolean | Type::Number, Type::Text)
                    | (Type::Text | Type::List, Type::Boolean)
                        if deviation.same <= 2 =>
                    {
                        Some((Some(needed::FORM), Broken::Type(usual)))
                    }
                    _ => None,
                }
            },
        );
    }

    /// A key that is rare in the whole archive, and nearly a frequent one, which the note lacks.
    fn near_keys(&mut self, keys: &BTreeMap<Field, usize>) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (key, count) in keys {
            counts.insert(self.rows.key(*key), *count);
        }
        for (key, count) in &self.around.keys {
            let here = counts.entry(key).or_default();
            *here = (*here).max(count.of as usize);
        }
        let frequent = counts.iter().filter(|(_, count)| **count >= 5);
        let words = Words::new(frequent.map(|(key, _)| Text::from(*key)).collect());
        let is_rare = |key: &str| counts.get(key).is_some_and(|count| *count <= 2);
        let mut found = Vec::new();
        for (at, row) in self.rows.rows.iter().enumerate() {
            for cell in &row.cells {
                let written = self.rows.key(cell.field);
                // What lies under a misspelt key is right itself.
                let parent = written.rsplit_once('.').map(|(parent, _)| parent);
                if !is_rare(written)
                    || parent.is_some_and(|one| is_rare(one.trim_end_matches("[]")))
                {
                    continue;
                }
                let rare = counts.get(written).copied().unwrap_or(1);
                let has = |key: &str| {
                    row.cells
                        .iter()
                        .any(|cell| self.rows.key(cell.field) == key)
                };
                let mut near = words.near(written).map(|meant| &**meant);
                let meant = near.find_map(|meant| {
                    let times = if is_exchange(written, meant) { 5 } else { 10 };
                    let count = counts
                        .get(meant)
                        .copied()
                        .filter(|count| *count >= times * rare)?;
                    (!has(meant) && is_key_slip(written, meant)).then_some((meant, count))
                });
                if let Some((meant, count)) = meant {
                    let mut entries = row.document.metadata.entries.iter();
                    let span = entries.find(|entry| *entry.key == *written);
                    let span = span.map(|entry| entry.key_span);
                    let (written, meant) = (written.to_owned(), meant.to_owned());
                    let broken = Broken::Key { written, meant };
                    found.push((
                        at,
                        cell.field,
                        Share::new(count, count + rare),
                        broken,
                        span,
                    ));
                }
            }
        }
        for (row, field, share, broken, span) in found {
            let unit = (field, Aspect::Key);
            self.breach(
                row,
                unit,
                Partner::Nothing,
                needed::SLIP,
                Law::NearKey,
                share,
                broken,
                span,
            );
        }
    }

    /// A key that names pages: nearly all its values are names of pages which, half of their folder, are there for it.
    fn pages(&mut self, key: Field) {
        let (rows, around) = (self.rows, self.around);
        let named = |row: &'_ Row<'_>| -> Vec<String> {
            let items = row.items.iter().filter(|item| item.field == key);
            let items = items.map(|item| item.text).chain([row.text(key)]);
            let others = items.filter(|text| !text.is_empty() && *text != row.document.stem());
            others.map(str::to_owned).collect()
        };
        let is_page = |name: &String| around.pages.contains_key(name.as_str());
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for name in rows.rows.iter().flat_map(named) {
            *counts.entry(name).or_default() += 1;
        }
        let pages: Vec<&String> = counts.keys().filter(|name| is_page(name)).collect();
        let Some(folder) = pages
            .first()
            .and_then(|page| around.pages.get(page.as_str()))
        else {
            return;
        };
        let of = around.folders.get(folder).copied().unwrap_or(0);
        if pages.len() * 2 < of {
            return;
        }
        let values = self.in_order(|row| {
            let names = named(rows.rows.get(row)?);
            (!names.is_empty()).then(|| i64::from(names.iter().all(is_page)))
        });
        self.law(
            Law::NamesPage,
            &[(key, Aspect::Value)],
            &values,
            0.5,
            |deviation| {
                let names = named(rows.rows.get(deviation.row)?);
                let written = names.into_iter().find(|name| !is_page(name))?;
                let is_rare = counts.get(&written).is_some_and(|count| *count <= 2);
                let meant = pages.iter().find(|page| is_key_slip(&written, page));
                let meant = meant.map(|page| (*page).clone());
                (deviation.mode == 1 && is_rare && !deviation.in_clump)
                    .then_some((Some(needed::FORM), Broken::NoPage { written, meant }))
            },
        );
    }

    /// The extension that nearly all files have.
    fn extensions(&mut self) {
        let rows = self.rows;
        let extension = |row: usize| rows.rows.get(row).map(|row| row.document.extension());
        let values = self.in_order(|row| Some(hash::of(extension(row)?) as i64));
        self.law(
            Law::Extension,
            &[(Field::Name, Aspect::Extension)],
            &values,
            0.5,
            |deviation| {
                let mut all = values.iter();
                let usual = all.find(|(_, value)| *value == deviation.mode)?;
                let usual = extension(usual.0)?.to_owned();
                let lone = deviation.same <= 2 && !deviation.in_clump;
                lone.then_some((Some(needed::FORM), Broken::Extension(usual)))
            },
        );
    }

    /// A value that is a slip of one that many have, in any key.
    fn vocabulary(&mut self) {
        let mut values: BTreeMap<Field, BTreeMap<&str, Uses>> = BTreeMap::new();
        let mut lists: BTreeSet<Field> = BTreeSet::new();
        for (at, row) in self.rows.rows.iter().enumerate() {
            for cell in &row.cells {
                let is_value = matches!(cell.field, Field::Key(_)) && cell.date.is_none();
                if is_value && is_word(cell.text) && !cell.text.contains(',') {
                    let of_key = values.entry(cell.field).or_default();
                    of_key.entry(cell.text).or_default().push((at, cell.span));
                }
            }
            for Item { field, text, span } in &row.items {
                lists.insert(*field);
                if is_word(text) {
                    values
                        .entry(*field)
                        .or_default()
                        .entry(text)
                        .or_default()
                        .push((at, *span));
                }
            }
        }
        let mut found = Vec::new();
        for (field, words) in &values {
            let frequent: Vec<(&str, usize)> = words
                .iter()
                .filter(|(_, uses)| uses.len() >= 5)
                .map(|(word, uses)| (*word, uses.len()))
                .collect();
            if frequent.is_empty() {
                continue;
            }
            let index = Words::new(frequent.iter().map(|(word, _)| Text::from(*word)).collect());
            for (written, uses) in words
                .iter()
                .filter(|(word, uses)| uses.len() <= 2 && word.chars().nth(1).is_some())
            {
                let rare = uses.len();
                let candidates = index.near(written).map(|word| &**word);
                let cut_off = frequent
                    .iter()
                    .filter(|_| words.len() <= 12)
                    .map(|(word, _)| *word);
                for meant in candidates.chain(cut_off) {
                    let count = words.get(meant).map_or(0, Vec::len);
                    let exchange = count >= 5 * rare && is_exchange(written, meant);
                    let is_cut = words.len() <= 12
                        && meant.starts_with(written)
                        && *written != meant
                        && count >= 40 * rare;
                    let slip = count >= 10.max(20 * rare) && (is_slip(written, meant) || is_cut);
                    if exchange || slip {
                        let need = if exchange {
                            needed::EXCHANGED
                        } else {
                            needed::SLIP
                        };
                        let share = Share::new(count, count + rare);
                        for (row, span) in uses {
                            let broken = Broken::Value {
                                written: (*written).to_owned(),
                                meant: meant.to_owned(),
                            };
                            found.push((
                                *row,
                                *field,
                                need,
                                Law::Vocabulary,
                                share,
                                broken,
                                Some(*span),
                            ));
                        }
                        break;
                    }
                }
            }
        }
        let of = self.len();
        for (field, words) in values.iter().filter(|(field, _)| lists.contains(field)) {
            for (word, uses) in words.iter().filter(|(_, uses)| uses.len() * 10 >= of * 9) {
                let have: BTreeSet<usize> = uses.iter().map(|(row, _)| *row).collect();
                if have.len() + 1 != of {
                    continue;
                }
                let lacking = (0..of).find(|row| !have.contains(row)).filter(|row| {
                    self.rows
                        .rows
                        .get(*row)
                        .is_some_and(|row| row.cell(*field).is_some() && !row.is_draft)
                });
                if let Some(row) = lacking {
                    let mut items = self
                        .rows
                        .rows
                        .get(row)
                        .into_iter()
                        .flat_map(|row| &row.items);
                    let near = items.find(|item| {
                        item.field == *field && edits(item.text, word) == 1 && word.len() > 3
                    });
                    let (need, broken) = match near {
                        Some(near) => {
                            let written = near.text.to_owned();
                            let meant = (*word).to_owned();
                            (needed::SLIP, Broken::Value { written, meant })
                        }
                        None => (needed::DERIVED, Broken::Lacks((*word).to_owned())),
                    };
                    let share = Share::new(have.len(), of);
                    let span = near.map(|near| near.span);
                    found.push((row, *field, need, Law::OneOfTheValues, share, broken, span));
                }
            }
        }
        for (row, field, need, law, share, broken, span) in found {
            self.breach(
                row,
                (field, Aspect::Value),
                Partner::Nothing,
                need,
                law,
                share,
                broken,
                span,
            );
        }
    }

    /// Days that no calendar has, where the place states days in other notes.
    fn impossible(&mut self) {
        for no in self.columns.impossible.clone() {
            let of = self
                .columns
                .days
                .get(&(no.field, super::columns::Slot::Day))
                .map_or(0, super::columns::filled);
            let unit = (no.field, Aspect::Form);
            self.breach(
                no.row,
                unit,
                Partner::Nothing,
                0.0,
                Law::Form,
                Share::new(of, of + 1),
                Broken::NoSuchDay,
                None,
            );
        }
    }

    /// Months that are misspelt in a full date, so that their place states no day.
    fn misspelt_months(&mut self) {
        let mut found = Vec::new();
        for (at, row) in self.rows.rows.iter().enumerate() {
            for cell in &row.cells {
                if let Some((part, meant)) = misspelt_month(cell.text) {
                    let written = part.of(cell.text).to_owned();
                    let broken = Broken::Word {
                        written,
                        meant: meant.to_owned(),
                    };
                    found.push((at, cell.field, broken, cell.part(part)));
                }
            }
        }
        self.without_law(found);
    }

    /// Days of the week that are not those of the dates beside them.
    fn weekdays(&mut self) {
        let mut found = Vec::new();
        for (at, row) in self.rows.rows.iter().enumerate() {
            for cell in &row.cells {
                if let Some((part, date)) = wrong_weekday(cell.text, &cell.said) {
                    let written = part.of(cell.text).to_owned();
                    found.push((
                        at,
                        cell.field,
                        Broken::Weekday { written, date },
                        cell.part(part),
                    ));
                }
            }
        }
        self.without_law(found);
    }

    /// Adds what is wrong whatever the other rows do, unless so many do it that it is meant.
    fn without_law(&mut self, found: Vec<(usize, Field, Broken, Span)>) {
        if found.len() * 5 > self.len().max(20) {
            return;
        }
        for (row, field, broken, span) in found {
            let unit = (field, Aspect::Form);
            let share = Share::new(1, 1);
            self.breach(
                row,
                unit,
                Partner::Nothing,
                0.0,
                Law::Form,
                share,
                broken,
                Some(span),
            );
        }
    }

    /// A title, heading or date that states no number or day, where the others do.
    fn states(&mut self) {
        let mut places: BTreeSet<Field> = BTreeSet::new();
        for row in &self.rows.rows {
            places.extend(row.cells.iter().map(|cell| cell.field));
        }
        let is_title = |field: Field| {
            let key = self.rows.key(field).to_lowercase();
            field == Field::Heading
                || matches!(&*key, "title" | "page_title")
                || key.contains("date")
        };
        let places: Vec<Field> = places
            .into_iter()
            .filter(|field| is_title(*field))
            .collect();
        for field in places {
            for (what, is_it) in KINDS {
                let values = self.in_order(|row| {
                    let cell = self.rows.rows.get(row)?.cell(field)?;
                    Some(i64::from(cell.said.iter().any(|said| is_it(&said.stated))))
                });
                if values.iter().filter(|(_, states)| *states == 1).count() < 5 {
                    continue;
                }
                let rows = self.rows;
                let lead = Self::lead(rows, field, is_it);
                self.law(
                    Law::States,
                    &[(field, Aspect::Says)],
                    &values,
                    0.5,
                    |deviation| {
                        if deviation.mode == 0 || deviation.in_clump {
                            return None;
                        }
                        let text = rows.rows.get(deviation.row)?.text(field);
                        let numbers = rows.rows.get(deviation.row)?.cell(field)?.numbers();
                        let is_named_otherwise = what == "week" && numbers.count() > 0;
                        if is_named_otherwise || misspelt_month(text).is_some() {
                            return None;
                        }
                        let is_blank = lead.is_some_and(|lead| is_cut_after(text, lead));
                        let need = if has_gap(text) || is_blank {
                            needed::SLIP
                        } else if deviation.is_rare && !text.is_empty() {
                            needed::ABSENT
                        } else {
                            return None;
                        };
                        Some((Some(need), Broken::Silent(what)))
                    },
                );
            }
        }
    }

    /// What stands before the first thing of a kind that a place states, where that is nearly always the same words.
    fn lead<'r>(rows: &'r Rows, field: Field, is_it: IsStated) -> Option<&'r str> {
        let leads = rows.rows.iter().filter_map(|row| {
            let cell = row.cell(field)?;
            let said = cell.said.iter().find(|said| is_it(&said.stated))?;
            let before = cell.text.get(..said.span.start as usize)?;
            Some(before.trim_end_matches(|c: char| !c.is_alphabetic()))
        });
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for lead in leads {
            *counts.entry(lead).or_default() += 1;
        }
        let of: usize = counts.values().sum();
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        most.filter(|(lead, count)| !lead.is_empty() && count * 10 >= of * 8)
            .map(|(lead, _)| lead)
    }

    /// A title or heading that does not name its note by the number that the file's name or a key states, as those of
    /// nearly all others do; or that has the number without the word that stands with it elsewhere.
    pub(super) fn unnamed(&mut self) {
        let is_number = |unit: &super::Unit| unit.1 == Aspect::Number;
        let equal = self.laws.iter().filter(|law| law.share.certainty() >= 0.6);
        let equal: BTreeSet<[Field; 2]> = equal
            .filter_map(|law| match &*law.units {
                [one, other] if is_number(one) && is_number(other) => Some([one.0, other.0]),
                _ => None,
            })
            .collect();
        let rows = self.rows;
        let titles = equal.iter().flatten().filter(|field| {
            **field == Field::Heading || rows.key(**field).to_lowercase().contains("title")
        });
        let titles: BTreeSet<Field> = titles.copied().collect();
        let mut told: BTreeSet<usize> = BTreeSet::new();
        // What readers see comes first.
        for field in titles.into_iter().rev() {
            let word = self.word_of_numbers(field);
            let values = self.in_order(|at| {
                let row = rows.rows.get(at).filter(|row| !row.is_draft)?;
                let cell = row.cell(field).filter(|cell| !cell.text.is_empty())?;
                let states = |field| {
                    row.cell(field)
                        .is_some_and(|cell| cell.numbers().next().is_some())
                };
                let mut others = equal.iter().filter(|pair| pair.contains(&field)).flatten();
                let is_known = others.any(|other| *other != field && states(*other));
                let is_named = match &word {
                    // In many languages the word has another form for several weeks.
                    Some(word) => {
                        cell.run().is_some() || letters_of(cell.text).contains(word.as_str())
                    }
                    None => true,
                };
                let says = cell
                    .said
                    .iter()
                    .any(|said| !matches!(said.stated, Stated::DayOfYear(_)));
                is_known.then(|| i64::from(says && is_named))
            });
            let mut found = Vec::new();
            self.law(
                Law::Unnamed,
                &[(field, Aspect::Says)],
                &values,
                0.5,
                |deviation| {
                    let lone = deviation.mode == 1 && deviation.is_rare && !deviation.in_clump;
                    let states = rows.rows.get(deviation.row)?.cell(field)?.numbers().next();
                    let word = states.and(word.clone());
                    let is_new = lone && !told.contains(&deviation.row);
                    found.extend(is_new.then_some(deviation.row));
                    let need = need_of_presence(deviation.share);
                    is_new.then_some((Some(need), Broken::Unnamed(word)))
                },
            );
            told.extend(found);
        }
    }

    /// The word that stands with the numbers of nearly all texts of a place.
    fn word_of_numbers(&self, field: Field) -> Option<String> {
        let cells = self.rows.rows.iter().filter_map(|row| row.cell(field));
        let cells: Vec<_> = cells
            .filter(|cell| cell.numbers().next().is_some())
            .collect();
        let mut counts: QuickMap<String, usize> = QuickMap::default();
        for cell in &cells {
            let number = cell
                .said
                .iter()
                .find(|said| matches!(said.stated, Stated::Number { .. }));
            let before = number.and_then(|said| cell.text.get(..said.span.start as usize));
            let before = before
                .unwrap_or("")
                .trim_end_matches(|c: char| !c.is_alphabetic());
            let start = before.trim_end_matches(char::is_alphabetic).len();
            let word = letters_of(before.get(start..).unwrap_or(""));
            *counts.entry(word).or_default() += 1;
        }
        let (word, _) = counts
            .into_iter()
            .max_by(|one, other| (one.1, &other.0).cmp(&(other.1, &one.0)))?;
        let with = cells
            .iter()
            .filter(|cell| letters_of(cell.text).contains(&*word));
        (!word.is_empty() && with.count() * 20 >= cells.len() * 19).then_some(word)
    }

    /// A key that is missing, where its value is one that others rest on: other places foretell it, or it is constant.
    fn presence(&mut self, keys: &BTreeMap<Field, usize>, common: &[Field], blocks: usize) {
        let mut bearing: BTreeSet<Field> = BTreeSet::new();
        for law in self
            .laws
            .iter()
            .filter(|law| law.units.len() == 2 && law.share.certainty() >= 0.75)
        {
            bearing.extend(law.units.iter().map(|(field, _)| *field));
        }
        for key in common {
            let mut counts: QuickMap<String, usize> = QuickMap::default();
            for row in &self.rows.rows {
                if let Some(cell) = row.cell(*key) {
                    let items = row.items.iter().filter(|item| item.field == *key);
                    let items: Vec<&str> = items.map(|item| item.text).collect();
                    let text = [cell.text, &items.join(",")].concat();
                    *counts.entry(text).or_default() += 1;
                }
            }
            let name = self.rows.key(*key).to_lowercase();
            let is_constant = counts
                .iter()
                .any(|(text, count)| !text.is_empty() && *count * 10 >= blocks * 9);
            // A switch that is left out has its default; a date has none.
            let most_are = |kind| {
                let cells = self.rows.rows.iter().filter_map(|row| row.cell(*key));
                cells.filter(|cell| cell.kind == kind).count() * 2 > blocks
            };
            if most_are(Type::Boolean) {
                bearing.remove(key);
            } else if matches!(&*name, "title" | "layout") || is_constant || most_are(Type::Date) {
                bearing.insert(*key);
            }
        }
        for key in common {
            let name = self.rows.key(*key);
            let parent = name
                .rsplit_once('.')
                .map(|(parent, _)| parent.trim_end_matches("[]"));
            let values = self.in_order(|row| {
                let row = self
                    .rows
                    .rows
                    .get(row)
                    .filter(|row| row.is_complete() && !row.is_draft)?;
                let has_parent = |parent| {
                    row.cells
                        .iter()
                        .any(|cell| self.rows.key(cell.field) == parent)
                };
                if parent.is_some_and(|parent| !has_parent(parent)) {
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
            let (rows, name) = (self.rows, name.to_owned());
            let is_bearing = bearing.contains(key);
            let with = values.iter().filter(|(_, has)| *has == 1).count();
            let share = Share::new(with, values.len());
            if is_bearing && self.is_rare(share) && share.certainty() >= need_of_presence(share) {
                self.required.push((name.clone(), share));
            }
            self.law(
                Law::Present,
                &[(*key, Aspect::Presence)],
                values,
                0.5,
                |deviation| {
                    if deviation.mode == 0 || deviation.in_clump {
                        return None;
                    }
                    let row = rows.rows.get(deviation.row)?;
                    let is_empty = row.cell(*key).is_some();
                    let near = !is_empty
                        && row.cells.iter().any(|cell| {
                            let count = keys.get(&cell.field).copied().unwrap_or(usize::MAX);
                            count <= 2.max(rows.rows.len() / 50)
                                && is_key_slip(rows.key(cell.field), &name)
                        });
                    if near {
                        return None; // reported at the key that is written
                    }
                    let need = need_of_presence(deviation.share);
                    let broken = match is_empty {
                        true => Broken::Empty,
                        false => Broken::Absent(name.clone()),
                    };
                    (is_bearing && deviation.is_rare).then_some((Some(need), broken))
                },
            );
        }
    }

    /// A note that lacks several things that all have does not belong to the series: its absences are not mistakes.
    fn without_outsiders(&mut self) {
        let is_absence = |breach: &super::Breach| {
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

    /// A misspelt word in places where nearly all have another.
    fn words(&mut self) {
        let mut places: BTreeSet<Field> = BTreeSet::new();
        for row in &self.rows.rows {
            places.extend(row.cells.iter().map(|cell| cell.field));
        }
        let is_title = |field: &Field| {
            matches!(field, Field::Heading | Field::Name)
                || self.rows.key(*field).to_lowercase().contains("title")
        };
        let mut found = Vec::new();
        for field in places.into_iter().filter(is_title) {
            let mut counts: QuickMap<&str, usize> = QuickMap::default();
            let mut texts = 0;
            for cell in self.rows.rows.iter().filter_map(|row| row.cell(field)) {
                texts += 1;
                let words: BTreeSet<&str> = long_words(cell.text).collect();
                for word in words {
                    *counts.entry(word).or_default() += 1;
                }
            }
            let mut usual: Vec<(&str, usize)> =
                counts.iter().map(|(word, count)| (*word, *count)).collect();
            usual.retain(|(_, count)| *count >= 5 && count * 10 >= texts * 6);
            usual.sort_unstable();
            for (meant, count) in usual {
                for (at, row) in self.rows.rows.iter().enumerate() {
                    let Some(cell) = row.cell(field) else {
                        continue;
                    };
                    let words: BTreeSet<&str> = long_words(cell.text).collect();
                    if words.contains(meant) {
                        continue;
                    }
                    for written in words {
                        let rare = counts.get(written).copied().unwrap_or(0);
                        // A plural or another case is no slip.
                        let is_form = written.starts_with(meant) || meant.starts_with(written);
                        let times = if is_exchange(written, meant) { 5 } else { 10 };
                        if rare <= 2
                            && count >= times * rare
                            && !is_form
                            && edits(written, meant) == 1
                            && is_slip(written, meant)
                        {
                            let broken = Broken::Word {
                                written: written.to_owned(),
                                meant: meant.to_owned(),
                            };
                            let part = cell
                                .text
                                .find(written)
                                .map(|at| Span::new(at, at + written.len()));
                            let span = part.map(|part| cell.part(part));
                            found.push((at, field, Share::new(count, count + rare), broken, span));
                        }
                    }
                }
            }
        }
        for (row, field, share, broken, span) in found {
            let unit = (field, Aspect::Form);
            self.breach(
                row,
                unit,
                Partner::Nothing,
                needed::SLIP,
                Law::Form,
                share,
                broken,
                span,
            );
        }
    }
}

/// Where a word is used: rows and places.
type Uses = Vec<(usize, Span)>;

/// Keys that Jekyll and Hugo read as one.
const SYNONYMS: [[&str; 2]; 2] = [["category", "categories"], ["tag", "tags"]];

/// How certain it must be that a key is always there before its absence is a mistake.
fn need_of_presence(share: Share) -> f64 {
    if share.without() > 1 {
        needed::ABSENT
    } else {
        needed::SINGLE
    }
}

type IsStated = fn(&Stated) -> bool;

const KINDS: [(&str, IsStated); 5] = [
    ("number", |stated| matches!(stated, Stated::Number { .. })),
    ("day", |stated| {
        matches!(stated, Stated::Day(_) | Stated::EitherDay { .. })
    }),
    ("range of days", |stated| {
        matches!(stated, Stated::Range(..))
    }),
    ("week", |stated| matches!(stated, Stated::Week { .. })),
    ("episode", |stated| matches!(stated, Stated::Episode { .. })),
];

/// A value that is a word rather than a number or a sentence.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.len() <= 40 && !text.bytes().any(|byte| byte.is_ascii_digit())
}

/// The letters of a text, in lower case.
fn letters_of(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    letters.flat_map(char::to_lowercase).collect()
}

fn long_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphabetic())
        .filter(|word| word.chars().nth(4).is_some())
}

/// Whether nothing, or a mark, follows in `text` on the words `lead` behind which others have a number: "Week", "Week: rain".
fn is_cut_after(text: &str, lead: &str) -> bool {
    text.strip_prefix(lead).is_some_and(|rest| {
        let rest = rest.trim_start_matches(['.', '#', ' ']);
        !rest.starts_with(char::is_alphanumeric)
    })
}

/// Whether a text has a gap where a number was to be filled in: `Week ??`, `Week NN`, `Issue #`.
pub(super) fn has_gap(text: &str) -> bool {
    let words =
        text.split(|letter: char| letter.is_whitespace() || matches!(letter, ':' | ',' | '-'));
    let is_gap = |word: &str| {
        let bare = word.trim_start_matches('#');
        // "S05EXX"
        let before = bare.trim_end_matches(['X', 'N']);
        let is_tail =
            bare.len() - before.len() >= 2 && before.bytes().any(|byte| byte.is_ascii_digit());
        matches!(word, "#" | "TBD" | "TODO" | "TK" | "TKTK")
            || is_tail
            || word.contains("??")
            || word.contains("__")
            || !bare.is_empty()
                && bare.len() <= 3
                && (bare.bytes().all(|byte| byte == b'N') || bare.bytes().all(|byte| byte == b'X'))
    };
    words.into_iter().any(is_gap)
}
