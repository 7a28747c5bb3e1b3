//! The address that a page has after it was renamed, moved or dated otherwise, where its generator does not tell how it
//! makes addresses.
//!
//! The address that it had shows how: by its name, its folders and its date, or by what its metadata says.

use super::addresses::{key, last_part, naming, unnumbered};
use super::claims;
use super::index::without_language;
use super::permalinks::{normal, undated};
use super::site::Generator;
use crate::discover::is_markdown;
use crate::document::Document;
use crate::document::metadata::Entry;
use jiff::civil::Date;

/// The address of `now`, if `address` was that of `was`; the same, if the page is still there. `None` where it cannot be
/// told. What metadata says of addresses is for generators to follow.
pub fn readdressed(
    address: &str,
    was: &Document,
    now: &Document,
    generator: Generator,
) -> Option<String> {
    if says(now, address) {
        return Some(address.to_owned());
    }
    let mut deciding = ["permalink", "url", "path"].iter();
    let decided = deciding.find_map(|key| now.metadata.text(key));
    let is_followed = generator != Generator::Plain;
    let decided = decided.filter(|_| is_followed);
    if decided.is_some() || says(was, address) {
        return decided.map(str::to_owned);
    }
    let name = last_part(address);
    let (before, after) = address.rsplit_once(name)?;
    let wanted = key(name);
    let names_now = names(now);
    let mut both = names(was).into_iter().zip(names_now);
    let (then, renamed) = both.find(|(then, _)| key(then) == wanted)?;
    let [slug, _, plain, ..] = names_now;
    let renamed = match renamed {
        _ if is_followed && !slug.is_empty() => slug,
        "" => plain,
        renamed => renamed,
    };
    let renamed = match key(renamed) == wanted {
        true => name.to_owned(),
        false if then == name => renamed.to_owned(),
        false => renamed.to_lowercase().replace([' ', '_'], "-"),
    };
    let mut before = before.to_owned();
    if let Some(then) = date(was) {
        let form = |date: Date, form: &str| date.strftime(form).to_string();
        let mut forms = ["%Y/%m/%d", "%Y/%m", "%Y"].into_iter();
        if let Some(used) = forms.find(|used| before.contains(&form(then, used))) {
            before = before.replacen(&form(then, used), &form(date(now)?, used), 1);
        }
    }
    let (then, now) = (folders(was), folders(now));
    let both = then.iter().zip(&now);
    let shared = both.take_while(|(one, other)| one == other).count();
    let (then, now) = (then.get(shared..)?, now.get(shared..)?);
    let as_path = |folders: &[&str]| format!("/{}/", folders.join("/")).replace("//", "/");
    // Where the folder did not stand in the address, the new one does not.
    if then != now
        && let Some(at) = before.rfind(&as_path(then))
    {
        before.replace_range(at..at + as_path(then).len(), &as_path(now));
    }
    Some(before + &renamed + after)
}

/// How many of the folders of a page stand in an address.
pub(super) fn folders_in(address: &str, document: &Document) -> usize {
    let parts = || address.split('/');
    let folders = folders(document).into_iter();
    folders
        .filter(|one| parts().any(|part| part == *one))
        .count()
}

/// Whether the metadata of a page gives it an address.
fn says(document: &Document, address: &str) -> bool {
    let address = normal(address);
    naming(document).any(|text| text.contains('/') && normal(text) == address)
}

/// The names that an address may be made of: by the metadata (empty where that says none), the path and the title.
fn names(document: &Document) -> [&str; 6] {
    let own = own_name(document).0;
    let plain = undated(own);
    let title = claims::title_entry(document).and_then(Entry::as_str);
    [
        document.metadata.text("slug").unwrap_or(""),
        own,
        plain,
        without_language(plain),
        unnumbered(own).unwrap_or(plain),
        title.unwrap_or(plain),
    ]
}

/// The folders that may stand in the address of a page: not those that sites are made from.
fn folders(document: &Document) -> Vec<&str> {
    let is_root = |folder: &str| {
        let mut roots = "content src source docs site static public pages".split(' ');
        folder.starts_with('_') || roots.any(|root| root == folder)
    };
    let folders = own_name(document).1.into_iter();
    folders.filter(|folder| !is_root(folder)).collect()
}

/// The name of a page by its path, and the folders before it.
fn own_name(document: &Document) -> (&str, Vec<&str>) {
    let folders = document.folder().split('/');
    let mut folders: Vec<&str> = folders.filter(|one| !one.is_empty()).collect();
    let name = match is_markdown(&document.path) {
        true => document.stem(),
        false => document.file_name().split('.').next().unwrap_or(""),
    };
    let is_index = matches!(without_language(name), "index" | "_index" | "README");
    let folder = is_index.then(|| folders.pop()).flatten();
    (folder.unwrap_or(name), folders)
}

/// The date of a page: that of its metadata, else of its name.
fn date(document: &Document) -> Option<Date> {
    let date = claims::date(document).map(|(_, date)| date);
    date.or_else(|| claims::date_in_name(document))
}
