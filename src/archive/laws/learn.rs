//! Laws of the metadata: which keys there are, the types and the words of their values; and the order in which laws are
//! learnt.

use super::columns::{Slot, filled, mode};
use super::share::{Share, needed};
use super::slips::{edits, is_exchange, is_key_slip, is_slip};
use super::table::{Cell, Field, Row, Rows, Type};
use super::{Aspect, Breach, Broken, Law, Learner, Unit, counts};
use crate::hash;
use crate::names::Words;
use crate::source::{Span, Text};
use crate::week::statements::{Stated, Statement, misspelt_month, wrong_weekday};
use std::collections::{BTreeMap, BTreeSet};

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

/// What the name of a key that holds the time of writing or publishing has in it.
const NAMES_OF_STAMPS: &str = "date creat updat publi modif posted lastmod sent";

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
        let places = self.rows.cells().map(|(_, cell)| cell.field);
        counts(places.filter(|field| matches!(field, Field::Key(_))))
    }

    fn blocks(&mut self) {
        let values = self.in_order(|row| Some(i64::from(self.rows.get(row)?.has_block())));
        let (is_series, unit) = (self.is_series, (Field::Key(0), Aspect::Block));
        self.law(Law::HasMetadata, &[unit], &values, 0.5, |deviation| {
            // A note without any is odder than one that lacks a key.
            let need = need_of_presence(deviation.share).min(needed::FORM);
            (is_series && deviation.is_oversight()).then_some((Some(need), Broken::NoMetadata))
        });
    }

    fn types(&mut self, key: Field) {
        let values = self.in_order(|row| {
            let row = self.rows.get(row).filter(|row| !row.is_draft)?;
            let cell = row.cell(key)?;
            // Whatever cannot be read is reported as such.
            (!cell.text.is_empty() || cell.kind != Type::Text).then_some(cell.kind as i64)
        });
        let (rows, unit) = (self.rows, (key, Aspect::Type));
        self.law(Law::Type, &[unit], &values, 0.5, |deviation| {
            if deviation.same > 2 {
                return None;
            }
            let usual = values.iter().find(|(_, kind)| *kind == deviation.mode)?.0;
            let (usual, here) = (rows.cell(usual, key)?.kind, rows.cell(deviation.row, key)?);
            let need = match (usual, here.kind) {
                (Type::Date, Type::Text) if !here.text.contains('{') => needed::SLIP,
                (Type::Boolean | Type::Number, Type::Text)
                | (Type::Text | Type::List, Type::Boolean) => needed::FORM,
                _ => return None,
            };
            Some((Some(need), Broken::Type(usual)))
        });
    }

    /// A key that is rare in the whole archive, and nearly a frequent one, which the note lacks.
    fn near_keys(&mut self, keys: &BTreeMap<Field, usize>) {
        let rows = self.rows;
        let here = keys.iter().map(|(key, count)| (rows.key(*key), *count));
        let mut counts: BTreeMap<&str, usize> = here.collect();
        for (key, count) in &self.around.keys {
            let here = counts.entry(key).or_default();
            *here = (*here).max(count.of as usize);
        }
        let frequent = counts.iter().filter(|(_, count)| **count >= 5);
        let words = Words::new(frequent.map(|(key, _)| Text::from(*key)).collect());
        let is_rare = |key: &str| counts.get(key).is_some_and(|count| *count <= 2);
        for (at, cell) in rows.cells() {
            let written = rows.key(cell.field);
            // What lies under a misspelt key is right itself.
            let parent = parent_of(written).is_some_and(is_rare);
            let Some((row, rare)) = rows.get(at).zip(counts.get(written)) else {
                continue;
            };
            if *rare > 2 || parent {
                continue;
            }
            let has = |key: &str| row.cells.iter().any(|cell| rows.key(cell.field) == key);
            let mut near = words.near(written).map(|meant| &**meant);
            let meant = near.find_map(|meant| {
                let least = times_as_often(written, meant) * rare;
                let count = counts.get(meant).filter(|count| **count >= least)?;
                (!has(meant) && is_key_slip(written, meant)).then_some((meant, *count))
            });
            if let Some((meant, count)) = meant {
                let mut entries = row.document.metadata.entries.iter();
                let span = entries.find(|entry| *entry.key == *written);
                let (written, meant) = (written.to_owned(), meant.to_owned());
                let (unit, share) = ((cell.field, Aspect::Key), Share::new(count, count + rare));
                let broken = Broken::Key { written, meant };
                let breach = Breach::new(Law::NearKey, at, unit, share, broken);
                let breach = breach.at(span.map(|entry| entry.key_span));
                self.breach(breach.needs(needed::SLIP));
            }
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
        let counts = counts(rows.iter().flat_map(named));
        let pages: Vec<&String> = counts.keys().filter(|name| is_page(name)).collect();
        let folder = pages
            .first()
            .and_then(|page| around.pages.get(page.as_str()));
        let of = folder.map(|folder| around.folders.get(folder).copied().unwrap_or(0));
        if of.is_none_or(|of| pages.len() * 2 < of) {
            return;
        }
        let values = self.in_order(|row| {
            let names = named(rows.get(row)?);
            (!names.is_empty()).then(|| i64::from(names.iter().all(is_page)))
        });
        let unit = (key, Aspect::Value);
        self.law(Law::NamesPage, &[unit], &values, 0.5, |deviation| {
            let names = named(rows.get(deviation.row)?);
            let written = names.into_iter().find(|name| !is_page(name))?;
            let is_rare = counts.get(&written).is_some_and(|count| *count <= 2);
            let meant = pages.iter().find(|page| is_key_slip(&written, page));
            let meant = meant.map(|page| (*page).clone());
            let lone = deviation.mode == 1 && is_rare && !deviation.in_clump;
            lone.then_some((Some(needed::FORM), Broken::NoPage { written, meant }))
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

    /// A value that is a slip of one that many have, in any key; a list without the value that all others have.
    fn vocabulary(&mut self) {
        let mut values: BTreeMap<Field, BTreeMap<&str, Uses>> = BTreeMap::new();
        let mut add = |field, text, row, span| {
            if is_word(text) {
                let of_key = values.entry(field).or_default();
                of_key.entry(text).or_default().push((row, span));
            }
        };
        let mut lists: BTreeSet<Field> = BTreeSet::new();
        for (at, row) in self.rows.iter().enumerate() {
            for cell in &row.cells {
                let is_value = matches!(cell.field, Field::Key(_)) && cell.date.is_none();
                if is_value && !cell.text.contains(',') {
                    add(cell.field, cell.text, at, cell.span);
                }
            }
            for item in &row.items {
                lists.insert(item.field);
                add(item.field, item.text, at, item.span);
            }
        }
        for (field, words) in &values {
            self.misspelt_values((*field, Aspect::Value), words);
        }
        for (field, words) in values.iter().filter(|(field, _)| lists.contains(field)) {
            self.lacking_values((*field, Aspect::Value), words);
        }
    }

    fn misspelt_values(&mut self, unit: Unit, words: &BTreeMap<&str, Uses>) {
        let frequent = words.iter().filter(|(_, uses)| uses.len() >= 5);
        let frequent: Vec<&str> = frequent.map(|(word, _)| *word).collect();
        let index = Words::new(frequent.iter().map(|word| Text::from(*word)).collect());
        let may_be_cut = words.len() <= 12;
        for (written, uses) in words {
            let rare = uses.len();
            if rare > 2 || written.chars().nth(1).is_none() {
                continue;
            }
            let need = |meant: &str, count: usize| {
                if count >= 5 * rare && is_exchange(written, meant) {
                    return Some(needed::EXCHANGED);
                }
                let is_cut = || {
                    let is_part = *written != meant && meant.starts_with(written);
                    may_be_cut && is_part && count >= 40 * rare
                };
                (count >= 10.max(20 * rare) && (is_slip(written, meant) || is_cut()))
                    .then_some(needed::SLIP)
            };
            let near = index.near(written).map(|word| &**word);
            let others = frequent.iter().filter(|_| may_be_cut).copied();
            let meant = near.chain(others).find_map(|meant| {
                let count = words.get(meant).map_or(0, Vec::len);
                Some((meant, count, need(meant, count)?))
            });
            let Some((meant, count, need)) = meant else {
                continue;
            };
            for (row, span) in uses {
                let (written, meant) = ((*written).to_owned(), meant.to_owned());
                let (share, broken) = (
                    Share::new(count, count + rare),
                    Broken::Value { written, meant },
                );
                let breach = Breach::new(Law::Vocabulary, *row, unit, share, broken);
                self.breach(breach.needs(need).at(*span));
            }
        }
    }

    fn lacking_values(&mut self, unit: Unit, words: &BTreeMap<&str, Uses>) {
        let (rows, of) = (self.rows, self.len());
        for (word, uses) in words {
            let have: BTreeSet<usize> = uses.iter().map(|(row, _)| *row).collect();
            if have.len() + 1 != of || uses.len() * 10 < of * 9 {
                continue;
            }
            let lacking = rows.iter().enumerate().find(|(at, _)| !have.contains(at));
            let lacking = lacking.filter(|(_, row)| row.cell(unit.0).is_some() && !row.is_draft);
            let Some((at, row)) = lacking else {
                continue;
            };
            let near = row
                .items
                .iter()
                .find(|item| item.field == unit.0 && edits(item.text, word) == 1 && word.len() > 3);
            let meant = (*word).to_owned();
            let (need, broken) = match near.map(|near| near.text.to_owned()) {
                Some(written) => (needed::SLIP, Broken::Value { written, meant }),
                None => (needed::DERIVED, Broken::Lacks(meant)),
            };
            let share = Share::new(have.len(), of);
            let breach = Breach::new(Law::OneOfTheValues, at, unit, share, broken);
            self.breach(breach.needs(need).at(near.map(|near| near.span)));
        }
    }

    /// Days that no calendar has, where the place states days in other notes.
    fn impossible(&mut self) {
        for (row, field) in self.columns.impossible.clone() {
            let of = self.columns.days.get(&(field, Slot::Day)).map_or(0, filled);
            let (unit, share) = ((field, Aspect::Form), Share::new(of, of + 1));
            self.breach(Breach::new(Law::Form, row, unit, share, Broken::NoSuchDay));
        }
    }

    /// Months that are misspelt in a full date, so that their place states no day.
    fn misspelt_months(&mut self) {
        self.without_law(|cell| {
            let (part, meant) = misspelt_month(cell.text)?;
            let (written, meant) = (part.of(cell.text).to_owned(), meant.to_owned());
            Some((part, Broken::Word { written, meant }))
        });
    }

    /// Days of the week that are not those of the dates beside them.
    fn weekdays(&mut self) {
        self.without_law(|cell| {
            let (part, date) = wrong_weekday(cell.text, &cell.said)?;
            let written = part.of(cell.text).to_owned();
            Some((part, Broken::Weekday { written, date }))
        });
    }

    /// Adds what is wrong in a cell whatever the other rows do, unless so many do it that it is meant.
    fn without_law(&mut self, wrong: impl Fn(&Cell) -> Option<(Span, Broken)>) {
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

    /// A title, heading or date that states no number or day, where the others do.
    fn states(&mut self) {
        let rows = self.rows;
        let is_title = |field: &Field| {
            let key = rows.key(*field).to_lowercase();
            let is_key = matches!(&*key, "title" | "page_title") || key.contains("date");
            *field == Field::Heading || is_key
        };
        for field in self.places().into_iter().filter(is_title) {
            for (what, is_it) in KINDS {
                let values = self.in_order(|row| {
                    let mut said = rows.cell(row, field)?.said.iter();
                    Some(i64::from(said.any(|said| is_it(&said.stated))))
                });
                if values.iter().filter(|(_, states)| *states == 1).count() < 5 {
                    continue;
                }
                let lead = lead(rows, field, is_it);
                let unit = (field, Aspect::Says);
                self.law(Law::States, &[unit], &values, 0.5, |deviation| {
                    let cell = rows.cell(deviation.row, field)?;
                    let is_named_otherwise = what == "week" && cell.has_number();
                    if deviation.mode == 0
                        || deviation.in_clump
                        || is_named_otherwise
                        || misspelt_month(cell.text).is_some()
                    {
                        return None;
                    }
                    let is_blank = lead.is_some_and(|lead| is_cut_after(cell.text, lead));
                    let need = if has_gap(cell.text) || is_blank {
                        needed::SLIP
                    } else if deviation.is_rare && !cell.text.is_empty() {
                        needed::ABSENT
                    } else {
                        return None;
                    };
                    Some((Some(need), Broken::Silent(what)))
                });
            }
        }
    }

    /// A title or heading that does not name its note by the number that the file's name or a key states, as those of
    /// nearly all others do; or that has the number without the word that stands with it elsewhere.
    pub(super) fn unnamed(&mut self) {
        let rows = self.rows;
        let equal = self.laws.iter().filter(|law| law.share.certainty() >= 0.6);
        let equal: BTreeSet<[Field; 2]> = equal
            .filter_map(|law| match *law.units {
                [(one, Aspect::Number), (other, Aspect::Number)] => Some([one, other]),
                _ => None,
            })
            .collect();
        let titles = equal.iter().flatten().copied();
        let titles: BTreeSet<Field> = titles.filter(|field| self.is_titular(*field)).collect();
        let mut told: BTreeSet<usize> = BTreeSet::new();
        // What readers see comes first.
        for field in titles.into_iter().rev() {
            let word = word_of_numbers(rows, field);
            let values = self.in_order(|at| {
                let row = rows.get(at).filter(|row| !row.is_draft)?;
                let cell = row.cell(field).filter(|cell| !cell.text.is_empty())?;
                let states = |field| row.cell(field).is_some_and(Cell::has_number);
                let mut others = equal.iter().filter(|pair| pair.contains(&field)).flatten();
                let is_known = others.any(|other| *other != field && states(*other));
                // In many languages the word has another form for several weeks.
                let is_named = word.as_ref().is_none_or(|word| {
                    cell.run().is_some() || letters_of(cell.text).contains(word.as_str())
                });
                let is_number = |said: &Statement| !matches!(said.stated, Stated::DayOfYear(_));
                let says = cell.said.iter().any(is_number);
                is_known.then(|| i64::from(says && is_named))
            });
            let mut found = Vec::new();
            let unit = (field, Aspect::Says);
            self.law(Law::Unnamed, &[unit], &values, 0.5, |deviation| {
                let states = rows.cell(deviation.row, field)?.has_number();
                let word = word.clone().filter(|_| states);
                let is_new = deviation.is_oversight() && !told.contains(&deviation.row);
                found.extend(is_new.then_some(deviation.row));
                let need = need_of_presence(deviation.share);
                is_new.then_some((Some(need), Broken::Unnamed(word)))
            });
            told.extend(found);
        }
    }

    /// A key that is missing, where its value is one that others rest on: other places foretell it, or it is constant.
    fn presence(&mut self, keys: &BTreeMap<Field, usize>, common: &[Field], blocks: usize) {
        let rows = self.rows;
        let laws = self.laws.iter().filter(|law| law.units.len() == 2);
        let laws = laws.filter(|law| law.share.certainty() >= 0.75);
        let related: BTreeSet<Field> = laws.flat_map(|law| &law.units).map(|unit| unit.0).collect();
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
    fn without_outsiders(&mut self) {
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

    /// A misspelt word in places where nearly all have another.
    fn words(&mut self) {
        let rows = self.rows;
        let is_title = |field: &Field| *field == Field::Name || self.is_titular(*field);
        let places: Vec<Field> = self.places().into_iter().filter(is_title).collect();
        for field in places {
            let texts = rows.column(field).count();
            let counts = counts(rows.column(field).flat_map(|cell| long_words(cell.text)));
            let usual = counts
                .iter()
                .filter(|(_, count)| **count >= 5 && **count * 10 >= texts * 6);
            for (meant, count) in usual {
                for (at, cell) in rows.cells().filter(|(_, cell)| cell.field == field) {
                    let words = long_words(cell.text);
                    if words.contains(meant) {
                        continue;
                    }
                    for written in words {
                        let rare = counts.get(written).copied().unwrap_or(0);
                        // A plural or another case is no slip.
                        let is_form = written.starts_with(meant) || meant.starts_with(written);
                        if rare > 2
                            || *count < times_as_often(written, meant) * rare
                            || is_form
                            || edits(written, meant) != 1
                            || !is_slip(written, meant)
                        {
                            continue;
                        }
                        let part = cell.text.find(written);
                        let part = part.map(|at| cell.part(Span::new(at, at + written.len())));
                        let (written, meant) = (written.to_owned(), (*meant).to_owned());
                        let (unit, share) =
                            ((field, Aspect::Form), Share::new(*count, count + rare));
                        let broken = Broken::Word { written, meant };
                        let breach = Breach::new(Law::Form, at, unit, share, broken);
                        self.breach(breach.needs(needed::SLIP).at(part));
                    }
                }
            }
        }
    }
}

/// The key of the map, or of the list of maps, that a key stands in.
fn parent_of(key: &str) -> Option<&str> {
    let (parent, _) = key.rsplit_once('.')?;
    Some(parent.trim_end_matches("[]"))
}

/// How much more often than what is written here, a slip of it, another word must come.
fn times_as_often(written: &str, meant: &str) -> usize {
    if is_exchange(written, meant) { 5 } else { 10 }
}

/// What stands before the first thing of a kind that a place states, where that is nearly always the same words.
fn lead<'r>(rows: &'r Rows, field: Field, is_it: IsStated) -> Option<&'r str> {
    let leads = rows.column(field).filter_map(|cell| {
        let said = cell.said.iter().find(|said| is_it(&said.stated))?;
        let before = cell.text.get(..said.span.start as usize)?;
        Some(before.trim_end_matches(|c: char| !c.is_alphabetic()))
    });
    let leads: Vec<&str> = leads.collect();
    let (lead, count) = mode(leads.iter().copied())?;
    (!lead.is_empty() && count * 10 >= leads.len() * 8).then_some(lead)
}

/// The word that stands with the numbers of nearly all texts of a place.
fn word_of_numbers(rows: &Rows, field: Field) -> Option<String> {
    let cells: Vec<&Cell> = rows
        .column(field)
        .filter(|cell| cell.has_number())
        .collect();
    let words = cells.iter().map(|cell| {
        let is_number = |said: &&Statement| matches!(said.stated, Stated::Number { .. });
        let number = cell.said.iter().find(is_number);
        let before = number.and_then(|said| cell.text.get(..said.span.start as usize));
        let before = before
            .unwrap_or("")
            .trim_end_matches(|c: char| !c.is_alphabetic());
        let start = before.trim_end_matches(char::is_alphabetic).len();
        letters_of(before.get(start..).unwrap_or(""))
    });
    let counts = counts(words).into_iter().rev();
    let (word, _) = counts.max_by_key(|(_, count)| *count)?;
    let with = cells
        .iter()
        .filter(|cell| letters_of(cell.text).contains(&*word));
    (!word.is_empty() && with.count() * 20 >= cells.len() * 19).then_some(word)
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

fn long_words(text: &str) -> BTreeSet<&str> {
    let words = text.split(|letter: char| !letter.is_alphabetic());
    words.filter(|word| word.chars().nth(4).is_some()).collect()
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
