//! The page that was probably meant.

use crate::archive::{Archive, addresses, paths::is_asset, routes::Target};
use crate::document::tags::Kind;
use crate::document::{Document, slug, stem};
use crate::rules::Page;
use crate::rules::links::destinations::LocatedDestination;

/// The destination that was probably meant by `path`, which was looked up as `address`.
pub(super) fn of(
    destination: &LocatedDestination<'_>,
    kind: Option<Kind>,
    path: &str,
    address: &str,
) -> Option<String> {
    let (document, archive) = (destination.page.document, destination.page.archive);
    let routes = &archive.routes;
    if let Some(kind) = kind.filter(|kind| *kind != Kind::Address) {
        let meant = of_named(kind, address, archive);
        return meant.filter(|meant| routes.is_named(kind, meant));
    }
    let (path, fragment) = path.split_at_checked(path.find('#').unwrap_or(path.len()))?;
    let is_from_root = path.starts_with('/');
    let slash = if path.ends_with('/') { "/" } else { "" };
    let misplaced = || match archive.look_up(destination.page.id, path) {
        Target::Document(to) => archive.meant_by_misplaced(to, path),
        _ => None,
    };
    let meant = if routes.is_flat() {
        let name = address.trim_start_matches('/');
        let heading = page_and_heading(name, destination).filter(|_| fragment.is_empty());
        let meant = heading.or_else(|| routes.path_near(name).map(str::to_owned))?;
        if is_from_root {
            format!("/{meant}")
        } else {
            meant
        }
    } else if let Some(name) = routes.beside(document, address) {
        name.to_owned()
    } else if let Some(meant) = routes.near_miss(address) {
        meant + slash
    } else if is_asset(address) {
        routes.asset_near(address)?
    } else if let Some(meant) = misplaced() {
        meant
    } else if let Some((before, name)) = address.rsplit_once('/').filter(|_| is_from_root) {
        format!("{before}/{}{slash}", routes.name_near(name)?)
    } else {
        let file_name = address.rsplit('/').next();
        let mut paths = routes.paths();
        let mut moved = { &mut paths }.filter(|path| path.rsplit('/').next() == file_name);
        let found = match (moved.next(), moved.next()) {
            (Some(only), None) => only,
            (None, _) => routes.path_near(address)?,
            _ => return None,
        };
        let content = found.strip_prefix("content/");
        match content.filter(|_| path.starts_with("@/")) {
            Some(path) => format!("@/{path}"),
            None => relative(document.folder(), found),
        }
    };
    Some(meant + fragment)
}

/// The name that was probably meant by that of a template tag: the nearest, or that of the only post which differs by its
/// date alone.
fn of_named(kind: Kind, name: &str, archive: &Archive) -> Option<String> {
    let routes = &archive.routes;
    if kind == Kind::File {
        return routes.path_near(name).map(str::to_owned);
    }
    let (before, last) = name.split_at(name.rfind('/').map_or(0, |slash| slash + 1));
    let (stem, extension) = last.split_at(stem(last).len());
    if kind == Kind::Page {
        return Some(format!("{before}{}{extension}", routes.name_near(stem)?));
    }
    let undated = |one: &&Document| {
        let name = stem.get("2024-01-01-".len()..);
        one.path.contains("_posts/") && name == Some(addresses::name(one))
    };
    let mut same = archive.documents.iter().filter(undated);
    let found = match (same.next(), same.next()) {
        (Some(only), None) => only.stem(),
        _ => routes.name_near(stem)?,
    };
    Some(format!("{before}{found}"))
}

/// `week-12-frost` as the page `week-12` and its heading `frost`.
fn page_and_heading(name: &str, destination: &LocatedDestination<'_>) -> Option<String> {
    let Page { id, archive, .. } = destination.page;
    let mut parts = name.rmatch_indices(['-', '/']);
    parts.find_map(|(at, _)| {
        let (page, heading) = (name.get(..at)?, name.get(at + 1..)?);
        let Target::Document(target) = archive.resolve(id, page) else {
            return None;
        };
        let ids = slug::ids(&archive.document(target)?.headings);
        ids.contains_key(heading)
            .then(|| format!("{page}#{heading}"))
    })
}

/// The way from `folder` to `path`.
pub(in crate::rules::links) fn relative(folder: &str, path: &str) -> String {
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
