//! What the texts of a place have in common from note to note, and what is each note's own.

use super::carry::{Carried, Piece};
use crate::week::statements::{form, statements};
use std::collections::HashMap;

/// What stands where a note has words of its own; `body/placeholder` reports it.
pub(super) const TO_WRITE: &str = "TODO";

/// The form of a text: what is left without numbers and days.
pub(super) fn form_of(text: &str) -> String {
    form(text, &statements(text))
}

/// Whether `count` of `of` are so many that the others are exceptions: two of three.
pub(super) fn are_most(count: usize, of: usize) -> bool {
    count > 0 && count * 3 >= of * 2
}

/// The form that at least half of some texts have.
pub(super) fn usual_form<'t>(texts: impl Iterator<Item = &'t str>) -> Option<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut of = 0;
    for text in texts {
        *counts.entry(form_of(text)).or_default() += 1;
        of += 1;
    }
    // Of two that half have each, the same one every time.
    let most = counts.into_iter().max_by(|one, other| {
        let [one, other] = [one, other].map(|(form, count)| (*count, form));
        one.cmp(&other)
    });
    most.filter(|(_, count)| *count > 1 && count * 2 >= of)
        .map(|(form, _)| form)
}

/// A carried text with `hole` in the place of what most of `samples` do not share with it.
pub(super) fn with_hole(carried: &Carried<'_>, samples: &[&str], hole: &str) -> String {
    let units = units(carried);
    let own: Vec<char> = units.iter().map(|(mark, _)| *mark).collect();
    let forms = samples
        .iter()
        .map(|sample| form_of(sample).chars().collect());
    let forms: Vec<Vec<char>> = forms.collect();
    let begin = shared(forms.iter().map(|form| same(own.iter(), form.iter())));
    let ends = forms
        .iter()
        .map(|form| same(own.iter().rev(), form.iter().rev()));
    let end = shared(ends);
    let is_word = |at: usize| own.get(at).is_some_and(|c| c.is_alphanumeric());
    // A word is shared as a whole or not at all.
    let mut begin = begin;
    while begin > 0 && is_word(begin - 1) && is_word(begin) {
        begin -= 1;
    }
    let mut end = own.len() - end.min(own.len() - begin);
    while end < own.len() && end > 0 && is_word(end - 1) && is_word(end) {
        end += 1;
    }
    let text = |units: Option<&[(char, String)]>| -> String {
        let units = units.unwrap_or_default().iter();
        units.map(|(_, text)| text.as_str()).collect()
    };
    let (before, after) = (text(units.get(..begin)), text(units.get(end..)));
    format!("{before}{hole}{after}")
}

/// How much two of three share at least.
fn shared(lengths: impl Iterator<Item = usize>) -> usize {
    let mut lengths: Vec<usize> = lengths.collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 3).copied().unwrap_or(0)
}

fn same<'c>(one: impl Iterator<Item = &'c char>, other: impl Iterator<Item = &'c char>) -> usize {
    one.zip(other)
        .take_while(|(one, other)| one == other)
        .count()
}

/// The characters of the form, each with the text that it stands for.
fn units(carried: &Carried<'_>) -> Vec<(char, String)> {
    let mut units: Vec<(char, String)> = Vec::new();
    for piece in &carried.pieces {
        match piece {
            Piece::Stated(text) => units.push(('#', text.clone())),
            Piece::Fixed(text) => {
                let mut in_digits = false;
                for c in text.chars() {
                    match units.last_mut().filter(|_| in_digits && c.is_ascii_digit()) {
                        Some((_, digits)) => digits.push(c),
                        None if c.is_ascii_digit() => units.push(('#', c.to_string())),
                        None => units.push((c, c.to_string())),
                    }
                    in_digits = c.is_ascii_digit();
                }
            }
        }
    }
    units
}
