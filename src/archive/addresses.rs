//! The pages of a site whose generator makes their addresses, found by the last part of an address.
//!
//! Jekyll, Hugo, Zola, Eleventy and Astro make an address of a date, folders, the file's name or the title, by rules that
//! every site may change. What hardly any of them changes is the last part: the file's name without its date, the title,
//! or what the metadata says (`slug`, `permalink`, `url`, `path`, `aliases`, `redirect_from`). So a page is looked up by
//! that part (by its title only on sites where other links show that addresses are made of titles), and what stands before it is the address's *shape*, with `#` for each digit: `/blog`, `/####/##`.
//! A page is missing only where links of the same shape lead to pages almost always: that sets the site's addresses
//! apart from those of a shop, a tag's list or another repository.

use super::named::without_language;
use crate::diagnostic::DocumentId;
use crate::document::Document;
use crate::document::metadata::Entry;
use crate::hash::{QuickMap, QuickSet};
/// A name as different generators write it alike.
pub(super) use crate::names::lower_letters as key;
use crate::source::Text;
use std::collections::HashMap;

/// What the last part of an address leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// One document.
    Document(DocumentId),
    /// Several documents, a folder, or a file that is no document.
    Served,
    /// Nothing that is known.
    Nothing,
}

/// The pages by the keys of their names, see [`key`].
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// `None` for a name that several documents have.
    documents: QuickMap<Text, Option<DocumentId>>,
    /// The same of titles.
    titles: QuickMap<Text, Option<DocumentId>>,
    served: QuickSet<Text>,
    /// Of names with letters that a generator may spell in ASCII: the others of their letters, and how many those are.
    spelt_otherwise: Vec<(String, usize)>,
}

/// The keys of the metadata that say the last part of an address, or all of it.
pub(super) const NAMING_KEYS: &str = "slug permalink url path alias aliases redirect_from";

/// Pages that generators make without a file, as the last part of an address.
const GENERATED: &str = "all archive archives atom author authors categories category feed index latest page rss search \
    series tag tags topics";

impl Pages {
    /// Adds the names of a document.
    pub(super) fn add(&mut self, id: DocumentId, document: &Document) {
        self.insert(super::series::content_name(document), id);
        self.insert(name(document), id);
        match without_language(name(document)) {
            "index" => self.insert(last_part(document.folder()), id),
            name => self.insert(name, id),
        }
        if let Some(name) = unnumbered(document.stem()) {
            self.insert(name, id);
        }
        if let Some(title) = super::claims::title_entry(document).and_then(Entry::as_str) {
            for title in [title, &title.replace('&', " and ")] {
                let key = key(title);
                self.note_spelling(&key);
                insert(&mut self.titles, key, id);
            }
        }
        let naming = NAMING_KEYS.split(' ');
        let naming = naming.filter_map(|key| document.metadata.get(key));
        for text in naming.flat_map(|entry| entry.value.texts(&[])) {
            self.insert(last_part(text), id);
        }
    }

    fn insert(&mut self, name: &str, id: DocumentId) {
        let key = key(name);
        self.note_spelling(&key);
        insert(&mut self.documents, key, id);
    }

    fn note_spelling(&mut self, key: &str) {
        if !key.is_ascii() {
            let ascii: String = key.chars().filter(char::is_ascii).collect();
            let others = key.chars().filter(|letter| !letter.is_ascii()).count();
            self.spelt_otherwise.push((ascii, others));
        }
    }

    /// Adds the name of a folder, or of a file that is no document.
    pub(super) fn add_served(&mut self, name: &str) {
        let names = [Some(name), unnumbered(name)];
        let keys = names.into_iter().flatten().map(|name| key(name).into());
        self.served.extend(keys);
    }

    /// Looks the last part of `address` up; among titles too, if addresses are made of them.
    pub(super) fn find(&self, address: &str, by_title: bool) -> Page {
        let name = key(last_part(address));
        let titled = || self.titles.get(name.as_str()).filter(|_| by_title);
        match self.documents.get(name.as_str()).or_else(titled) {
            Some(Some(id)) => Page::Document(*id),
            Some(None) => Page::Served,
            None if self.served.contains(name.as_str())
                || is_generated(&name)
                || self.is_spelt_otherwise(&name) =>
            {
                Page::Served
            }
            None => Page::Nothing,
        }
    }

    /// Whether a document, a folder or another file has this name.
    pub(super) fn holds(&self, name: &str) -> bool {
        let name = key(last_part(name));
        self.documents.contains_key(name.as_str()) || self.served.contains(name.as_str())
    }

    /// The page whose title the last part of `address` is.
    pub(super) fn titled(&self, address: &str) -> Option<DocumentId> {
        *self.titles.get(key(last_part(address)).as_str())?
    }

    /// Whether `name` may be the ASCII spelling of a name: `cafe` or `caf` of `café`, `zhou` of `周`. Its length is asked
    /// first, for every name of the archive.
    fn is_spelt_otherwise(&self, name: &str) -> bool {
        self.spelt_otherwise.iter().any(|(ascii, others)| {
            let mut letters = name.bytes();
            (ascii.len()..=ascii.len() + LONGEST_SPELLING * others).contains(&name.len())
                && ascii
                    .bytes()
                    .all(|wanted| letters.any(|letter| letter == wanted))
        })
    }
}

/// Gives a name to a document.
fn insert(names: &mut QuickMap<Text, Option<DocumentId>>, key: String, id: DocumentId) {
    if !key.is_empty() {
        let held = names.entry(key.into()).or_insert(Some(id));
        if *held != Some(id) {
            *held = None;
        }
    }
}

/// Whether the last part of `address` is the title of `document`, where it has one.
pub(super) fn is_title(address: &str, document: &Document) -> bool {
    let title = super::claims::title_entry(document).and_then(Entry::as_str);
    title.is_none_or(|title| key(title) == key(last_part(address)))
}

/// How many ASCII letters stand for one other at most: `zhuang`.
const LONGEST_SPELLING: usize = 6;

/// The name of a document's file, or of its folder, without the date at its beginning.
pub fn name(document: &Document) -> &str {
    let name = super::series::content_name(document);
    let undated = name.get("2024-01-01-".len()..);
    undated
        .filter(|_| super::claims::date_in_name(document).is_some())
        .unwrap_or(name)
}

/// A name without the number that orders it among its neighbours: `fonts` of `07-fonts`.
pub(super) fn unnumbered(name: &str) -> Option<&str> {
    let rest = name.trim_start_matches(|one: char| one.is_ascii_digit());
    let named = rest.strip_prefix(['-', '_', '.'])?.trim_start();
    (rest.len() < name.len() && named.starts_with(char::is_alphabetic)).then_some(named)
}

/// What links of one shape lead to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    /// How many lead to a page, by its name at least.
    pub(super) found: usize,
    /// How many of these are not at the address that the generator gives the page.
    pub(super) elsewhere: usize,
    /// How many lead to none.
    pub(super) missing: usize,
}

/// What links of each shape lead to.
pub(super) type Shapes = HashMap<String, Counts>;

/// What stands before the last part of an address, with `#` for each digit; `None` for an address of one part, which
/// may be served by anything.
pub(super) fn shape(address: &str) -> Option<String> {
    let (before, _) = address.trim_end_matches('/').rsplit_once('/')?;
    let before = before.trim_start_matches('/');
    (!before.is_empty()).then(|| with_digits_alike(before))
}

/// `text` with `#` for each digit: years are alike.
pub(super) fn with_digits_alike(text: &str) -> String {
    let shown = |letter: char| if letter.is_ascii_digit() { '#' } else { letter };
    text.chars().map(shown).collect()
}

/// Whether generators make a page of this name without a file.
pub(super) fn is_generated(name: &str) -> bool {
    GENERATED.split(' ').any(|made| made == name)
}

/// The last part of an address, without `index.html` and the extension of a page.
pub(super) fn last_part(address: &str) -> &str {
    let address = address.trim_end_matches('/');
    let address = address.strip_suffix("/index.html").unwrap_or(address);
    crate::document::stem(address.rsplit('/').next().unwrap_or(address))
}
