//! The page that was probably meant.

use crate::archive::Archive;
use crate::archive::routes::Target;
use crate::diagnostic::DocumentId;
use crate::document::{Document, slug};

/// The destination that was probably meant by `destination`, which was looked up as `address`.
pub(super) fn of(
    destination: &str,
    address: &str,
    document: &Document,
    archive: &Archive,
    id: DocumentId,
) -> Option<String> {
    let (path, fragment) = match destination.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (destination, None),
    };
    let with_fragment = |found: String| match fragment {
        Some(fragment) => format!("{found}#{fragment}"),
        None => found,
    };
    if archive.routes.is_flat() {
        let name = address.trim_start_matches('/');
        let slash = if path.starts_with('/') { "/" } else { "" };
        if fragment.is_none()
            && let Some((page, heading)) = page_and_heading(name, archive, id)
        {
            return Some(format!("{slash}{page}#{heading}"));
        }
        return nearest(name, archive.routes.names())
            .map(|found| with_fragment(format!("{slash}{found}")));
    }
    let file_name = address.rsplit('/').next().unwrap_or(address);
    let mut moved = archive
        .routes
        .names()
        .filter(|name| name.rsplit('/').next() == Some(file_name));
    let found = match (moved.next(), moved.next()) {
        (Some(only), None) => only,
        (None, _) => nearest(address, archive.routes.names())?,
        _ => return None,
    };
    Some(with_fragment(relative(document.folder(), found)))
}

/// `week-12-frost` as the page `week-12` and its heading `frost`.
fn page_and_heading<'n>(
    name: &'n str,
    archive: &Archive,
    id: DocumentId,
) -> Option<(&'n str, &'n str)> {
    let hyphens = name.rmatch_indices(['-', '/']);
    hyphens
        .filter_map(|(at, _)| Some((name.get(..at)?, name.get(at + 1..)?)))
        .find(|(page, heading)| match archive.resolve(id, page) {
            Target::Document(target, _) => archive
                .document(target)
                .is_some_and(|target| slug::ids(&target.headings).contains(*heading)),
            _ => false,
        })
}

/// The one of `names` that `name` is a slip of. Names that differ in their numbers are other pages.
fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let most = (name.chars().count() / 4).clamp(1, 4);
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let own = digits(name);
    let mut best: Option<(usize, &str)> = None;
    let mut is_alone = true;
    for candidate in names {
        if candidate.len().abs_diff(name.len()) > most || digits(candidate) != own {
            continue;
        }
        let distance = strsim::osa_distance(name, candidate);
        if distance > most {
            continue;
        }
        match best {
            Some((least, _)) if distance > least => {}
            Some((least, _)) if distance == least => is_alone = false,
            _ => {
                best = Some((distance, candidate));
                is_alone = true;
            }
        }
    }
    best.filter(|_| is_alone).map(|(_, candidate)| candidate)
}

/// The way from `folder` to `path`.
fn relative(folder: &str, path: &str) -> String {
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
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_has_the_same_numbers() {
        let names = ["week-12", "week-21", "ada-byron", "week-12-links"];
        assert_eq!(nearest("ada-bryon", names.into_iter()), Some("ada-byron"));
        assert_eq!(nearest("week12", names.into_iter()), Some("week-12"));
        assert_eq!(nearest("week-13", names.into_iter()), None);
        assert_eq!(nearest("grace", names.into_iter()), None);
        assert_eq!(nearest("ab", ["ac", "ad"].into_iter()), None, "a toss-up");
    }

    #[test]
    fn the_way_to_a_file() {
        assert_eq!(relative("notes/2024", "notes/2025/a.md"), "../2025/a.md");
        assert_eq!(relative("", "notes/a.md"), "notes/a.md");
        assert_eq!(relative("notes", "notes/a.md"), "a.md");
        assert_eq!(relative("notes", "a.md"), "../a.md");
    }
}
