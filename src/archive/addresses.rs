//! The pages of a site whose generator makes their addresses, found by the last part of an address.
//!
//! Jekyll, Hugo, Zola, Eleventy and Astro make an address of a date, folders, the file's name or the title, by rules that
//! every site may change. What hardly any of them changes is the last part: the file's name without its date, the title,
//! or what the metadata says (`slug`, `permalink`, `url`, `path`, `aliases`, `redirect_from`). So a page is looked up by
//! that part (by its title only on sites where other links show that addresses are made of titles), and what stands before
//! it is the address's *shape*, with `#` for each digit: `/blog`, `/####/##`. A page is missing only where links of the same shape lead to pages almost always: that sets the site's addresses
//! apart from those of a shop, a tag's list or another repository.

use crate::document::Document;
use crate::document::metadata::Entry;
/// A name as different generators write it alike.
pub(super) use crate::names::lower_letters as key;

/// The keys of the metadata that say the last part of an address, or all of it.
const NAMING_KEYS: &str = "slug permalink url path alias aliases redirect_from";

/// What the metadata of a page says of its addresses: the last part of one, or all of it.
pub(super) fn naming(document: &Document) -> impl Iterator<Item = &str> {
    let entries = NAMING_KEYS.split(' ');
    let entries = entries.filter_map(|key| document.metadata.get(key));
    entries.flat_map(|entry| entry.value.texts(&[]))
}

/// Pages that generators make without a file, as the last part of an address.
const GENERATED: &str = "all archive archives atom author authors categories category feed index latest page rss search \
    series tag tags topics";

/// Whether the last part of `address` is the title of `document`, where it has one.
pub(super) fn is_title(address: &str, document: &Document) -> bool {
    let title = super::claims::title_entry(document).and_then(Entry::as_str);
    title.is_none_or(|title| key(title) == key(last_part(address)))
}

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
