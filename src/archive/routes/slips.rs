//! What was meant by a destination that is a slip of another.

use super::Routes;
use crate::archive::index::Page;
use crate::archive::paths::{ASSET_ROOTS, has_extension, is_asset, is_asset_name};
use crate::archive::permalinks;
use crate::document::{Document, stem};
use crate::names::{Distance, Names, digits_differ, edits};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// What is there, for slips; made when it is asked for the first time.
#[derive(Debug, Default)]
pub(super) struct Spelt {
    /// The names of pages and other files.
    names: OnceLock<Names>,
    /// The paths of files; their stems, where addresses are flat.
    paths: OnceLock<Names>,
}

impl Routes {
    fn names_spelt(&self) -> &Names {
        self.spelt.names.get_or_init(|| {
            let named = self.files.iter().flat_map(|(path, held)| {
                let name = path.rsplit('/').next().unwrap_or(path);
                match held {
                    Page::Document(_) => [page_name(path), stem(name)],
                    _ if is_asset_name(name) => [name; 2],
                    _ => [stem(name); 2],
                }
            });
            Names::new(named.collect::<BTreeSet<&str>>())
        })
    }

    /// The name of a page or another file that `name` is a slip of.
    pub fn name_near(&self, name: &str) -> Option<&str> {
        slip_of(name, self.names_spelt())
    }

    /// The path of a file that `path` is a slip of; its stem, where addresses are flat.
    pub fn path_near(&self, path: &str) -> Option<&str> {
        let paths = || Names::new(self.paths().collect::<BTreeSet<&str>>());
        slip_of(path, self.spelt.paths.get_or_init(paths))
    }

    /// The address of an image or a download that `address`, from the root, is a slip of.
    pub fn asset_near(&self, address: &str) -> Option<String> {
        let mut roots = ASSET_ROOTS.split(' ').chain([""]);
        roots.find_map(|root| {
            let path = self.path_near(&format!("{root}{address}"))?;
            let below = path.strip_prefix(root)?.trim_start_matches('/');
            Some(format!("/{below}"))
        })
    }

    /// The address of a page or an image that is there, and of which `path` differs by a slip in its last part: one letter,
    /// two that have changed places, or the case of letters.
    pub fn near_miss(&self, path: &str) -> Option<String> {
        let (before, name) = path.rsplit_once('/')?;
        if !LENGTHS.contains(&name.len()) || !self.is_by_name(path) {
            return None;
        }
        let is_asset = is_asset(path);
        let is_there = |name: &str| match is_asset {
            true => {
                let address = format!("{before}/{name}");
                let below = |root| self.files.contains_key(&*format!("{root}{address}"));
                self.files.contains_key(address.trim_start_matches('/'))
                    || ASSET_ROOTS.split(' ').any(below)
            }
            false => !is_asset_name(name) && self.index.holds(name),
        };
        let mut near = self.names_spelt().alike(name).map(|(other, _)| other);
        let found = near.find(|other| is_slight_slip(name, other) && is_there(other))?;
        Some(format!("{before}/{found}"))
    }

    /// The name of an image or a download that is looked for at the root, and lies beside the page instead.
    pub fn beside<'d>(&self, from: &Document, destination: &'d str) -> Option<&'d str> {
        let path = self.path_of(destination);
        let name = path.rsplit('/').next().filter(|_| is_asset(path))?;
        let folder = from.folder();
        let slash = if folder.is_empty() { "" } else { "/" };
        let lies_there = self.files.contains_key(&*format!("{folder}{slash}{name}"));
        (lies_there && !self.is_flat()).then_some(name)
    }

    /// The address that was meant by a destination which leads to `document` by its last part, in folders that are a slip.
    pub(in crate::archive) fn meant_folders(
        &self,
        destination: &str,
        document: &Document,
    ) -> Option<String> {
        let path = self.path_of(destination);
        // What a list is served as beside the page, such as a feed, has the list's name.
        let is_page = path.starts_with('/') && (!has_extension(path) || path.ends_with(".html"));
        if is_page && self.is_exact_needed(destination) {
            if self.has_address(path) {
                return None;
            }
            let address = self.address_of(destination).split(['#', '?']).next()?;
            return self.permalinks.written(document, address);
        }
        let folder = path.rsplit_once('/')?.0;
        let meant = self.learnt.folders.slip(path, document)?;
        // A folder of that name is no slip.
        (self.index.find(folder, self.learnt.by_title) == Page::Nothing).then_some(meant)
    }
}

/// The one of `names` that `name` is a slip of. Names that differ in their numbers are other pages.
fn slip_of<'n>(name: &str, names: &'n Names) -> Option<&'n str> {
    let nearest = names.nearest(name)?;
    let is_slip = nearest.is_only && !nearest.distance.digits_differ;
    names
        .get(nearest.item)
        .filter(|one| is_slip && *one != name)
}

/// Whether a name is so little a slip of another that it is no page to come.
fn is_slight_slip(name: &str, other: &str) -> bool {
    if name == other || digits_differ(name, other) {
        return false;
    }
    let (one, two) = (name.to_lowercase(), other.to_lowercase());
    let is_plural = one.strip_suffix('s') == Some(&*two) || two.strip_suffix('s') == Some(&*one);
    !is_plural && edits(&one, &two) <= 1 && Distance::of(name, other).is_some()
}

/// What a page is called by its path: its file's name without the date at its beginning, or its folder's.
fn page_name(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    match stem(name) {
        "index" | "_index" | "README" => folder.rsplit('/').next().unwrap_or(folder),
        name => permalinks::undated(name),
    }
}

/// How long a name is that may be a slip of another: shorter words often become another by one letter.
const LENGTHS: std::ops::Range<usize> = 6..100;
