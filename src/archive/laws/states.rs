//! What a place states in nearly all notes, and not here: a number, a day, the word beside the number.

use super::presence::need_of_presence;
use super::share::{counts, mode, needed};
use super::table::{Cell, Field, Rows};
use super::{Aspect, Broken, Law, Learner};
use crate::hash::QuickSet;
use crate::week::statements::{Stated, Statement, misspelt_month};
use crate::word_list::lowercase;
use std::collections::BTreeSet;

impl Learner<'_> {
    /// A title, heading or date that states no number or day, where the others do.
    pub(super) fn states(&mut self) {
        let rows = self.rows;
        let is_title = |field: &Field| {
            let key = rows.key(*field).to_lowercase();
            let is_key = matches!(&*key, "title" | "page_title") || key.contains("date");
            *field == Field::Heading || is_key
        };
        for field in rows.places.iter().copied().filter(is_title) {
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
                        || misspelt_month(cell.text, &cell.said).is_some()
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
        let equal: QuickSet<[Field; 2]> = equal
            .filter_map(|law| match *law.units {
                [(one, Aspect::Number), (other, Aspect::Number)] => Some([one, other]),
                _ => None,
            })
            .collect();
        let titles = equal.iter().flatten().copied();
        let titles: BTreeSet<Field> = titles.filter(|field| self.is_titular(*field)).collect();
        let mut told: QuickSet<usize> = QuickSet::default();
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
                let is_named = word
                    .as_ref()
                    .is_none_or(|word| cell.run().is_some() || holds_letters(cell.text, word));
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
        let is_number = |said: &&Statement| matches!(said.stated, Stated::Number(..));
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
    let with = cells.iter().filter(|cell| holds_letters(cell.text, &word));
    (!word.is_empty() && with.count() * 20 >= cells.len() * 19).then_some(word)
}

type IsStated = fn(&Stated) -> bool;

const KINDS: [(&str, IsStated); 5] = [
    ("number", |stated| matches!(stated, Stated::Number(..))),
    ("day", |stated| {
        matches!(stated, Stated::Day(_) | Stated::EitherDay(..))
    }),
    ("range of days", |stated| {
        matches!(stated, Stated::Range(..))
    }),
    ("week", |stated| matches!(stated, Stated::Week(..))),
    ("episode", |stated| matches!(stated, Stated::Episode(..))),
];

/// Whether the letters of a text hold those of a word, which mostly stand there as they are.
fn holds_letters(text: &str, word: &str) -> bool {
    lowercase(text).contains(word) || letters_of(text).contains(word)
}

/// The letters of a text, in lower case.
fn letters_of(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether nothing, or a mark, follows in `text` on the words `lead` behind which others have a number: "Week", "Week: rain".
fn is_cut_after(text: &str, lead: &str) -> bool {
    text.strip_prefix(lead).is_some_and(|rest| {
        let rest = rest.trim_start_matches(['.', '#', ' ']);
        !rest.starts_with(char::is_alphanumeric)
    })
}

/// Whether a text has a gap where a number was to be filled in: `Week ??`, `Week NN`, `Issue #`.
fn has_gap(text: &str) -> bool {
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
