//! The folders that stand in an address before the page's own part, learnt from the links.
//!
//! A page is found by the last part of its address. Where nine in ten links to the files of a folder write the same
//! before that part (`/weeknotes/…`, `/2024/02/16/…` by the page's date), an address that differs from it by one slip
//! (`/wekenotes/…`, `/2024/16/02/…`) leads nowhere.

use super::addresses::with_digits_alike;
use super::claims;
use crate::document::Document;
use crate::hash::{Counts, QuickMap};
use crate::names::edits;
use jiff::civil::Date;

/// How many links must agree.
const ENOUGH: usize = 20;

/// More links than this that write the same are no slip.
const MOST_SLIPS: usize = 2;

/// The shortest folder in which one letter more or less is a slip: `/en` and `/es`, `/post` and `/posts` are two.
const SHORTEST: usize = 5;

/// How often links to the files of a folder write which folders, as [`pattern`]s.
#[derive(Debug, Clone, Default)]
pub(super) struct Folders {
    counts: QuickMap<String, Counts>,
}

impl Folders {
    /// Counts the `links` of an address that leads to `document`.
    pub(super) fn add(&mut self, address: &str, document: &Document, links: usize) {
        if let Some((folders, _)) = split(address) {
            let source = with_digits_alike(document.folder());
            let counts = self.counts.entry(source).or_default();
            *counts.entry(pattern(folders, document).into()).or_default() += links;
        }
    }

    /// The address that was meant, where the folders of `address`, which leads to `document`, are a slip.
    pub(super) fn slip(&self, address: &str, document: &Document) -> Option<String> {
        let (folders, name) = split(address)?;
        let counts = self.counts.get(&with_digits_alike(document.folder()))?;
        let (usual, most) = counts.iter().max_by_key(|(_, count)| **count)?;
        let own = pattern(folders, document);
        let all: usize = counts.values().sum();
        let is_rare = counts.get(&*own).is_none_or(|count| *count <= MOST_SLIPS);
        if own == **usual || !is_rare || *most < ENOUGH || most * 10 < all * 9 {
            return None;
        }
        // About New Year a page may stand in either year.
        let in_midyear = |date: &Date| (11..356).contains(&date.day_of_year());
        let meant = dates(document).filter(in_midyear);
        let meant = meant.map(|date| filled(usual, date));
        let meant = meant.chain((!usual.contains('%')).then(|| usual.to_string()));
        let meant = meant.into_iter().find(|meant| is_slip(folders, meant))?;
        Some(format!("/{meant}{name}"))
    }
}

/// The folders of an address from the root, and the rest of it from the last slash but the one at its end.
fn split(address: &str) -> Option<(&str, &str)> {
    let inside = address.strip_prefix('/')?;
    let at = inside.trim_end_matches('/').rfind('/')?;
    let (folders, name) = inside.split_at(at);
    (!name.starts_with("/index.")).then_some((folders, name))
}

/// The days that a document has.
fn dates(document: &Document) -> impl Iterator<Item = Date> {
    let written = claims::date(document).map(|(_, date)| date);
    claims::date_in_name(document).into_iter().chain(written)
}

/// The placeholders of a pattern, with what they stand for.
fn placeholders(date: Date) -> [(&'static str, String); 3] {
    [
        ("%Y", format!("{:04}", date.year())),
        ("%m", format!("{:02}", date.month())),
        ("%d", format!("{:02}", date.day())),
    ]
}

/// `folders` with placeholders where the document's date stands in them.
fn pattern(folders: &str, document: &Document) -> String {
    let with = |date| {
        let mut parts: Vec<&str> = folders.split('/').collect();
        for (placeholder, value) in placeholders(date) {
            if let Some(part) = parts.iter_mut().find(|part| **part == value) {
                *part = placeholder;
            }
        }
        parts.join("/")
    };
    let patterns = dates(document).map(with);
    let most = patterns.max_by_key(|pattern| pattern.matches('%').count());
    most.unwrap_or_else(|| folders.to_owned())
}

fn filled(pattern: &str, date: Date) -> String {
    let values = placeholders(date).into_iter();
    values.fold(pattern.to_owned(), |text, (placeholder, value)| {
        text.replace(placeholder, &value)
    })
}

/// Whether one part of `folders` is a slip of its counterpart, or two numbers have changed places.
fn is_slip(folders: &str, meant: &str) -> bool {
    let (own, other): (Vec<&str>, Vec<&str>) =
        (folders.split('/').collect(), meant.split('/').collect());
    let mut differing = own.iter().zip(&other).filter(|(own, other)| own != other);
    let is_one = |own: &str, other: &str| {
        let is_word =
            |part: &str| part.len() >= SHORTEST && !part.contains(|one: char| one.is_ascii_digit());
        let is_alike = match (own.parse::<u16>(), other.parse::<u16>()) {
            // A site in another time zone counts a day more or less.
            (Ok(one), Ok(two)) => own.len() == 4 || one.abs_diff(two) > 1,
            _ => is_word(own) && is_word(other) && !own.eq_ignore_ascii_case(other),
        };
        is_alike && edits(own, other) == 1
    };
    own.len() == other.len()
        && match (differing.next(), differing.next(), differing.next()) {
            (Some((own, other)), None, _) => is_one(own, other),
            (Some((own, other)), Some((next, behind)), None) => own == behind && other == next,
            _ => false,
        }
}

#[cfg(test)]
mod tests;
