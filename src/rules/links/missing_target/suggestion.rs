//! The page that was probably meant.

use crate::archive::addresses;
use crate::archive::content_name;
use crate::archive::routes::{self, Target};
use crate::document::tags::Kind;
use crate::document::{Document, slug, stem};
use crate::rules::links::Page;
use crate::rules::links::destinations::LocatedDestination;
use crate::rules::links::meant::same_digits;

/// The destination that was probably meant by `path`, which was looked up as `address`.
pub(super) fn of(
    destination: &LocatedDestination<'_>,
    kind: Option<Kind>,
    path: &str,
    address: &str,
) -> Option<String> {
    let routes = &destination.page.archive.routes;
    if let Some(kind) = kind.filter(|kind| *kind != Kind::Address) {
        let meant = of_named(kind, address, &destination.page.archive.documents);
        return meant.filter(|meant| routes.is_named(kind, meant));
    }
    let (path, fragment) = path.split_at_checked(path.find('#').unwrap_or(path.len()))?;
    if routes.is_flat() {
        let name = address.trim_start_matches('/');
        let slash = if path.starts_with('/') { "/" } else { "" };
        if fragment.is_empty()
            && let Some((page, heading)) = page_and_heading(name, destination)
        {
            return Some(format!("{slash}{page}#{heading}"));
        }
        let found = nearest(name, routes.names())?;
        return Some(format!("{slash}{found}{fragment}"));
    }
    if let Some(name) = routes.beside(destination.page.document, address) {
        return Some(format!("{name}{fragment}"));
    }
    if let Some(meant) = routes.near_miss(address) {
        let slash = if path.ends_with('/') { "/" } else { "" };
        return Some(format!("{meant}{slash}{fragment}"));
    }
    if routes::is_asset(address) {
        return Some(asset(address, routes.names())? + fragment);
    }
    let Page { id, archive, .. } = destination.page;
    if let Target::Document(to, _) = archive.look_up(id, path)
        && let Some(meant) = archive.meant_by_misplaced(to, path)
    {
        return Some(format!("{meant}{fragment}"));
    }
    if let Some((before, name)) = address.rsplit_once('/').filter(|_| path.starts_with('/')) {
        let documents = destination.page.archive.documents.iter();
        let found = nearest(name, documents.map(addresses::name))?;
        let slash = if path.ends_with('/') { "/" } else { "" };
        return Some(format!("{before}/{found}{slash}{fragment}"));
    }
    let file_name = address.rsplit('/').next();
    let mut moved = routes
        .names()
        .filter(|name| name.rsplit('/').next() == file_name);
    let found = match (moved.next(), moved.next()) {
        (Some(only), None) => only,
        (None, _) => nearest(address, routes.names())?,
        _ => return None,
    };
    let way = match found
        .strip_prefix("content/")
        .filter(|_| path.starts_with("@/"))
    {
        Some(path) => format!("@/{path}"),
        None => relative(destination.page.document.folder(), found),
    };
    Some(format!("{way}{fragment}"))
}

/// The address of an image or a download that differs in its letters' case alone, or in one or two letters.
fn asset<'n>(address: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    let tails: Vec<&str> = names
        .filter_map(|name| name.get((name.len() + 1).checked_sub(address.len())?..))
        .collect();
    let path = address.strip_prefix('/')?;
    let mut same = tails.iter().filter(|tail| tail.eq_ignore_ascii_case(path));
    let found = match same.next() {
        Some(same) => same,
        None => nearest(path, tails.into_iter())?,
    };
    Some(format!("/{found}"))
}

/// The name that was probably meant by that of a template tag: the nearest, or that of the only post which differs by its
/// date alone.
fn of_named(kind: Kind, name: &str, documents: &[Document]) -> Option<String> {
    if kind == Kind::File {
        return nearest(name, documents.iter().map(|one| &*one.path)).map(str::to_owned);
    }
    let (before, last) = name.split_at(name.rfind('/').map_or(0, |slash| slash + 1));
    let (stem, extension) = last.split_at(stem(last).len());
    if kind == Kind::Post {
        let posts = documents.iter().filter(|one| one.path.contains("_posts/"));
        let undated =
            |one: &&Document| stem.get("2024-01-01-".len()..) == Some(addresses::name(one));
        let mut same = posts.clone().filter(undated);
        let found = match (same.next(), same.next()) {
            (Some(only), None) => only.stem(),
            _ => nearest(stem, posts.map(Document::stem))?,
        };
        return Some(format!("{before}{found}"));
    }
    let found = nearest(stem, documents.iter().map(content_name))?;
    Some(format!("{before}{found}{extension}"))
}

/// `week-12-frost` as the page `week-12` and its heading `frost`.
fn page_and_heading<'n>(
    name: &'n str,
    destination: &LocatedDestination<'_>,
) -> Option<(&'n str, &'n str)> {
    name.rmatch_indices(['-', '/'])
        .filter_map(|(at, _)| Some((name.get(..at)?, name.get(at + 1..)?)))
        .find(|(page, heading)| {
            let Target::Document(target, _) = destination.page.resolve(page) else {
                return false;
            };
            let target = destination.page.archive.document(target);
            target.is_some_and(|target| slug::ids(&target.headings).contains_key(*heading))
        })
}

/// The one of `names` that `name` is a slip of. Names that differ in their numbers are other pages.
fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let most = (name.chars().count() / 4).clamp(1, 4);
    let mut near: Vec<(usize, &str)> = names
        .filter(|other| other.len().abs_diff(name.len()) <= most && same_digits(other, name))
        .map(|other| (strsim::osa_distance(name, other), other))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    near.sort_unstable();
    near.dedup();
    match near.as_slice() {
        [(least, _), (next, _), ..] if least == next => None,
        [(_, nearest), ..] => Some(nearest),
        [] => None,
    }
}

/// The way from `folder` to `path`.
pub(super) fn relative(folder: &str, path: &str) -> String {
    let own: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let other: Vec<&str> = path.split('/').collect();
    let shared = own
        .iter()
        .zip(other.iter().take(other.len().saturating_sub(1)))
        .take_while(|(one, other)| one == other)
        .count();
    let mut way = vec![".."; own.len() - shared];
    way.extend(other.iter().skip(shared));
    way.join("/")
}

#[cfg(test)]
mod tests;
