//! Near misses: keys, values and words that are slips of what other notes have.

use super::presence::parent_of;
use super::share::{Share, counts, needed};
use super::slips::{is_exchange, is_key_slip, is_slip};
use super::table::{Cell, Field};
use super::{Aspect, Breach, Broken, Law, Learner, Unit};
use crate::hash::QuickSet;
use crate::names::{Names, edits};
use crate::source::Span;
use crate::week::statements::misspelt_month;
use std::collections::{BTreeMap, BTreeSet};

impl Learner<'_> {
    /// A key that is rare in the whole archive, and nearly a frequent one, which the note lacks.
    pub(super) fn near_keys(&mut self, keys: &BTreeMap<Field, usize>) {
        let rows = self.rows;
        let here = keys.iter().map(|(key, count)| (rows.key(*key), *count));
        let mut counts: BTreeMap<&str, usize> = here.collect();
        for (key, count) in &self.around.keys {
            let here = counts.entry(key).or_default();
            *here = (*here).max(count.of as usize);
        }
        let frequent = counts.iter().filter(|(_, count)| **count >= 5);
        let words = Names::new(frequent.map(|(key, _)| *key));
        let is_rare = |key: &str| counts.get(key).is_some_and(|count| *count <= 2);
        // What lies under a misspelt key is right itself.
        let is_odd = |key: &str| is_rare(key) && !parent_of(key).is_some_and(is_rare);
        let odd = keys.keys().filter(|key| is_odd(rows.key(**key)));
        let odd: QuickSet<Field> = odd.copied().collect();
        let cells = rows.cells().filter(|_| !odd.is_empty());
        for (at, cell) in cells.filter(|(_, cell)| odd.contains(&cell.field)) {
            let written = rows.key(cell.field);
            let Some((row, rare)) = rows.get(at).zip(counts.get(written)) else {
                continue;
            };
            let has = |key: &str| row.cells.iter().any(|cell| rows.key(cell.field) == key);
            let mut near = words.near(written).map(|(meant, _)| meant);
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
                let broken = Broken::Key(written, meant);
                let breach = Breach::new(Law::NearKey, at, unit, share, broken);
                let breach = breach.at(span.map(|entry| entry.key_span));
                self.breach(breach.needs(needed::SLIP));
            }
        }
    }

    /// A value that is a slip of one that many have, in any key; a list without the value that all others have.
    pub(super) fn vocabulary(&mut self) {
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
        let index = Names::new(frequent.iter().copied());
        let may_be_cut = words.len() <= 12;
        for (written, uses) in words {
            let rare = uses.len();
            if rare > 2 || written.chars().nth(1).is_none() {
                continue;
            }
            // What ends a sentence is no letter.
            let word = written.trim_end_matches(['!', '?', '.', ',', ';', ':', '…']);
            let need = |meant: &str, count: usize| {
                if word == meant {
                    return None;
                }
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
            let near = index.near(written).map(|(word, _)| word);
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
                    Broken::Value(written, meant),
                );
                let breach = Breach::new(Law::Vocabulary, *row, unit, share, broken);
                self.breach(breach.needs(need).at(*span));
            }
        }
    }

    fn lacking_values(&mut self, unit: Unit, words: &BTreeMap<&str, Uses>) {
        let (rows, of) = (self.rows, self.len());
        for (word, uses) in words {
            let have: QuickSet<usize> = uses.iter().map(|(row, _)| *row).collect();
            if have.len() + 1 != of || uses.len() * 10 < of * 9 {
                continue;
            }
            let lacking = rows.iter().enumerate().find(|(at, _)| !have.contains(at));
            let lacking = lacking.filter(|(_, row)| row.cell(unit.0).is_some() && !row.is_draft);
            let Some((at, row)) = lacking else {
                continue;
            };
            let mut items = row.items.iter().filter(|_| word.len() > 3);
            let near = items.find(|item| item.field == unit.0 && edits(item.text, word) == 1);
            let meant = (*word).to_owned();
            let (need, broken) = match near.map(|near| near.text.to_owned()) {
                Some(written) => (needed::SLIP, Broken::Value(written, meant)),
                None => (needed::DERIVED, Broken::Lacks(meant)),
            };
            let share = Share::new(have.len(), of);
            let breach = Breach::new(Law::OneOfTheValues, at, unit, share, broken);
            self.breach(breach.needs(need).at(near.map(|near| near.span)));
        }
    }

    /// Months that are misspelt in a full date, so that their place states no day.
    pub(super) fn misspelt_months(&mut self) {
        self.without_law(|cell| {
            let (part, meant) = misspelt_month(cell.text, &cell.said)?;
            let (written, meant) = (part.of(cell.text).to_owned(), meant.to_owned());
            Some((part, Broken::Word(written, meant)))
        });
    }

    /// A misspelt word in places where nearly all have another.
    pub(super) fn words(&mut self) {
        let rows = self.rows;
        let is_title = |field: &Field| *field == Field::Name || self.is_titular(*field);
        let places = self.rows.places.iter().copied().filter(is_title);
        let places: Vec<Field> = places.collect();
        for field in places {
            let cells = rows.iter().enumerate();
            let cells = cells.filter_map(|(at, row)| Some((at, row.cell(field)?)));
            let texts = cells.map(|(at, cell)| (at, cell, long_words(cell.text)));
            let texts: Vec<(usize, &Cell, Vec<&str>)> = texts.collect();
            let counts = counts(texts.iter().flat_map(|(.., words)| words.iter().copied()));
            let usual = counts
                .iter()
                .filter(|(_, count)| **count >= 5 && **count * 10 >= texts.len() * 6);
            for (meant, count) in usual {
                for (at, cell, words) in &texts {
                    if words.contains(meant) {
                        continue;
                    }
                    for written in words.iter().copied() {
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
                        let broken = Broken::Word(written, meant);
                        let breach = Breach::new(Law::Form, *at, unit, share, broken);
                        self.breach(breach.needs(needed::SLIP).at(part));
                    }
                }
            }
        }
    }
}

/// How much more often than what is written here, a slip of it, another word must come.
fn times_as_often(written: &str, meant: &str) -> usize {
    if is_exchange(written, meant) { 5 } else { 10 }
}

/// Where a word is used: rows and places.
type Uses = Vec<(usize, Span)>;

/// A value that is a word rather than a number or a sentence.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.len() <= 40 && !text.bytes().any(|byte| byte.is_ascii_digit())
}

/// The words of five letters or more, each once, sorted.
fn long_words(text: &str) -> Vec<&str> {
    let words = text.split(|letter: char| !letter.is_alphabetic());
    let words = words.filter(|word| word.len() > 4 && word.chars().nth(4).is_some());
    let mut words: Vec<&str> = words.collect();
    words.sort_unstable();
    words.dedup();
    words
}
