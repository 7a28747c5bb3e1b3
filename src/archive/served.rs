//! How much of an address speaks for a page.
//!
//! A page is served by the last part of its address: what its metadata says (`permalink`, `slug`), else its file's name,
//! else its title where a site's addresses are made of titles. Before it stand folders of the page's path and its date,
//! or anything that the site's configuration adds. The more of these parts are those of the page, the better it fits; what
//! was found before must be found again after a page was renamed, moved, or dated otherwise.

use super::addresses::{self, NAMING_KEYS, key, last_part, unnumbered};
use super::claims;
use super::named::without_language;
use super::paths::joined;
use super::series::content_name;
use super::site::Generator;
use crate::document::Document;
use crate::document::metadata::Entry;
use jiff::civil::Date;
use std::borrow::Cow;

/// How well an address fits a page; the better, the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    /// Whether nothing of greater weight gives the page another name.
    in_force: bool,
    /// Whether the last part is the page's name as the generator writes it, and not only like it.
    is_exact: bool,
    /// How many of the parts before the last are the page's.
    known: u32,
    /// Which ones: a bit for each.
    parts: u64,
    /// Whether all folders of the page stand in the address, but for those that sites are made from.
    follows_folders: bool,
    /// How many parts stand before the last.
    all: u32,
}

impl Match {
    /// Whether every part of the address is the page's.
    pub(super) fn is_whole(&self) -> bool {
        self.in_force && self.is_exact && self.known == self.all && self.follows_folders
    }

    /// Whether an address that led to `then` may lead here.
    pub(super) fn is_as_good_as(&self, then: &Match) -> bool {
        let has_parts = match self.all == then.all {
            true => self.parts & then.parts == then.parts,
            // A relative address that is read from another folder.
            false => self.all - self.known <= then.all - then.known,
        };
        has_parts
            && self.in_force >= then.in_force
            && self.is_exact >= then.is_exact
            && self.follows_folders >= then.follows_folders
    }
}

/// An address, as the parts before the last and the last.
#[derive(Debug)]
pub(super) struct Reading {
    before: Vec<String>,
    last: String,
}

impl Reading {
    /// The ways to read an address that stands in the file at `from`: a relative one is seen from the page's own address,
    /// which ends with a slash or does not.
    pub(super) fn all(address: &str, from: &str) -> Vec<Self> {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let paths = [from, folder].into_iter();
        let paths = paths.filter_map(|base| joined(base, address));
        let of = |path: String| {
            let path = path.strip_suffix("/index.html").unwrap_or(&path);
            let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
            let last = parts.pop().unwrap_or_default();
            Reading {
                before: parts,
                last: last_part(&last).to_owned(),
            }
        };
        paths.map(of).collect()
    }

    /// How the address matches a page, by each of its names.
    pub(super) fn matches(
        &self,
        document: &Document,
        generator: Generator,
        by_title: bool,
    ) -> impl Iterator<Item = Match> {
        let wanted = key(&self.last);
        let ways = ways(document, generator, by_title).into_iter();
        ways.filter(move |way| key(way.name) == wanted)
            .map(move |way| self.matched(&way, document, generator))
    }

    fn matched(&self, way: &Way<'_>, document: &Document, generator: Generator) -> Match {
        let written = |part: &str| written(part, generator).into_owned();
        let folders: Vec<String> = way.folders.iter().map(|part| written(part)).collect();
        let before: Vec<String> = self.before.iter().map(|part| written(part)).collect();
        let mut parts = 0u64;
        let mut take = |at: usize| parts |= 1u64.checked_shl(at as u32).unwrap_or(0);
        for (at, part) in before.iter().enumerate() {
            if folders.contains(part) {
                take(at);
            }
        }
        if let Some(date) = date(document).filter(|_| way.is_dated) {
            let numbers = [
                i32::from(date.year()),
                date.month().into(),
                date.day().into(),
            ];
            let year = before
                .iter()
                .position(|part| part.len() == 4 && part.parse() == Ok(numbers[0]));
            let dated = before
                .iter()
                .enumerate()
                .skip(year.unwrap_or(before.len()))
                .zip(numbers);
            let dated = dated.take_while(|((_, part), number)| part.parse() == Ok(*number));
            dated.for_each(|((at, _), _)| take(at));
        }
        Match {
            in_force: way.in_force,
            is_exact: way.is_exact && written(way.name) == written(&self.last),
            known: parts.count_ones(),
            parts,
            follows_folders: folders
                .iter()
                .zip(&way.folders)
                .all(|(folder, raw)| before.contains(folder) || is_root(raw)),
            all: u32::try_from(before.len()).unwrap_or(u32::MAX),
        }
    }
}

/// Whether sites are made from a folder of this name, which stands in no address; `_posts` and its like are Jekyll's.
fn is_root(folder: &str) -> bool {
    let mut roots = "content src source docs site static public pages".split(' ');
    folder.starts_with('_') || roots.any(|root| root == folder)
}

/// A name that a page has, and what stands before it.
struct Way<'d> {
    name: &'d str,
    folders: Vec<&'d str>,
    is_dated: bool,
    in_force: bool,
    is_exact: bool,
}

/// The keys of the names that a page may be found by.
pub(super) fn keys(document: &Document) -> Vec<String> {
    let ways = ways(document, Generator::Plain, true);
    let mut keys: Vec<String> = ways.iter().map(|way| key(way.name)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.retain(|key| !key.is_empty());
    keys
}

/// The keys whose values generators take for the address itself, or for its last part.
const DECIDING_KEYS: [&str; 4] = ["permalink", "url", "path", "slug"];

fn ways<'d>(document: &'d Document, generator: Generator, by_title: bool) -> Vec<Way<'d>> {
    let mut ways = Vec::new();
    let (own_name, folders) = own_name(document);
    let mut is_decided = false;
    for naming in NAMING_KEYS.split(' ') {
        let Some(entry) = document.metadata.get(naming) else {
            continue;
        };
        for text in entry
            .value
            .texts(&[])
            .filter(|text| !text.contains(['{', ':']))
        {
            is_decided |= generator != Generator::Plain && DECIDING_KEYS.contains(&naming);
            let is_slug = !text.contains('/');
            let text = text.strip_suffix("/index.html").unwrap_or(text);
            let mut parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty()).collect();
            let name = parts.pop().unwrap_or("");
            ways.push(Way {
                name: last_part(name),
                folders: if is_slug { folders.clone() } else { parts },
                is_dated: is_slug,
                in_force: true,
                is_exact: true,
            });
        }
    }
    let way = |name, is_exact, in_force| Way {
        name,
        folders: folders.clone(),
        is_dated: true,
        in_force,
        is_exact,
    };
    let undated = undated(own_name, document);
    let is_undated = undated.len() == own_name.len();
    ways.push(way(own_name, true, !is_decided));
    ways.push(way(without_language(undated), is_undated, !is_decided));
    if let Some(name) = unnumbered(own_name) {
        ways.push(way(name, true, !is_decided));
    }
    let title = claims::title_entry(document).and_then(Entry::as_str);
    if let Some(title) = title.filter(|_| by_title) {
        ways.push(way(title, true, true));
    }
    ways
}

/// The name of a page by its path, and the folders before it.
fn own_name(document: &Document) -> (&str, Vec<&str>) {
    let mut folders: Vec<&str> = document
        .folder()
        .split('/')
        .filter(|one| !one.is_empty())
        .collect();
    let name = match crate::discover::is_markdown(&document.path) {
        true => document.stem(),
        false => document.file_name().split('.').next().unwrap_or(""),
    };
    let is_index = matches!(without_language(name), "index" | "_index" | "README");
    let name = match is_index {
        true => folders.pop().unwrap_or(""),
        false => name,
    };
    (name, folders)
}

/// The name of a page without the date at its beginning.
fn undated<'d>(name: &'d str, document: &'d Document) -> &'d str {
    match name == content_name(document) {
        true => addresses::name(document),
        false => name,
    }
}

/// The folders of a page, without that of a bundle, and its names by its path: with its date and without.
pub(super) fn path_parts(document: &Document) -> (Vec<&str>, [&str; 2]) {
    let (name, folders) = own_name(document);
    (folders, [name, undated(name, document)])
}

/// The date of a page: that of its metadata, else of its name.
pub(super) fn date(document: &Document) -> Option<Date> {
    let date = claims::date(document).map(|(_, date)| date);
    date.or_else(|| claims::date_in_name(document))
}

/// A part of an address as generators write it.
fn written(part: &str, generator: Generator) -> Cow<'_, str> {
    let part = part.trim_start_matches('_');
    match generator {
        Generator::Plain => part.into(),
        _ => part.to_lowercase().replace([' ', '_'], "-").into(),
    }
}
