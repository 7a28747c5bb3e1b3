//! Where an internal link leads, by the site's own scheme of addresses.
//!
//! - Snips: addresses are flat. `/week-460` and `/ada-byron` name a file's stem in any folder, of any kind of file; a
//!   relative destination means the same.
//! - Plain folders and Obsidian: a destination is a path, relative to the file or to the root, with or without `.md`.
//! - Other generators: a destination is a path to a file (Zola's begin with `@/` for `content/`), or an address whose
//!   last part names a page, see `addresses.rs`. So are those addresses from the root in plain folders that are
//!   no path: something unseen serves them.
//! - Images and downloads by a path from the root lie there, or in a folder such as `static`.
//! - `@site/` begins a path from the root of a Docusaurus site; other aliases (`@/`, `~/`) are known to scripts alone.
//! - `{filename}` and its like begin the path of a file in Pelican.
//! - Template tags that name a page (`{% post_url … %}`, `{{< ref … >}}`) are read by `tags.rs` and looked up in
//!   `index.rs`.

mod evidence;
mod look_up;
mod slips;

use super::addresses::{self, key, last_part};
use super::index::{self, Index, Page};
use super::paths::{ASSET_ROOTS, is_asset, joined};
use super::permalinks::{self, Permalinks};
use super::site::Generator;
use crate::diagnostic::DocumentId;
use crate::discover::Files;
use crate::document::tags::{self, Kind};
use crate::document::{Document, stem};
use crate::hash::{QuickMap, QuickSet};
use crate::source::Text;
pub(super) use evidence::{Evidence, Seen};
use slips::Spelt;
use std::sync::Arc;

/// Where a destination leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Another site, or an e-mail address.
    External,
    /// A document of the archive.
    Document(DocumentId),
    /// Something that the site serves and whose content is not known.
    Served,
    /// Nothing: the address, as far as it is looked up.
    Missing(String),
    /// Not known: a template tag, an asset, a scheme of addresses that is not understood.
    Unknown,
}

impl Target {
    /// Whether the site surely has the page.
    pub fn is_there(&self) -> bool {
        matches!(self, Target::Document(_) | Target::Served)
    }
}

/// The addresses of the site.
#[derive(Debug, Default)]
pub struct Routes {
    /// All files, by their paths; by their stems, where addresses are flat.
    files: QuickMap<Text, Page>,
    spelt: Spelt,
    /// Every folder that holds something, with the root; none where addresses are flat.
    folders: QuickSet<Text>,
    /// Folders of which nothing more is known.
    unknown: Vec<String>,
    /// The same, and folders, by their names; empty where addresses are flat.
    pub(super) index: Index,
    generator: Generator,
    /// What the generator says of addresses.
    pub permalinks: Arc<Permalinks>,
    /// The pages by the addresses that the generator gives them.
    addresses: QuickMap<Text, Page>,
    /// How many files lie at addresses of each shape, whether links lead to them or not.
    shapes_of_files: QuickMap<String, usize>,
    /// The documents whose address is not known.
    pub(super) without_address: Vec<DocumentId>,
    /// The folders that a path from the site's root may begin in.
    source_roots: Vec<Text>,
    /// What the links show of all this.
    pub(super) learnt: Evidence,
}

impl Routes {
    pub(super) fn new<'d>(
        permalinks: Arc<Permalinks>,
        documents: impl IntoIterator<Item = &'d Document>,
        files: &Files,
    ) -> Self {
        let generator = permalinks.site.generator;
        let mut routes = Routes {
            generator,
            permalinks,
            unknown: files.unknown.clone(),
            index: Index::of(generator),
            ..Routes::default()
        };
        for (index, document) in (0u32..).zip(documents) {
            let id = DocumentId(index);
            let page = Page::Document(id);
            if routes.is_flat() {
                routes.files.insert(document.stem().into(), page);
                // Where the name key still holds an old name, a link by that name is a consequence of it.
                if let Some(name) = document.metadata.text("name") {
                    routes.files.entry(name.into()).or_insert(page);
                }
            } else {
                routes.files.insert(document.path.clone(), page);
                routes.add_folders(&document.path);
                let addresses = routes.permalinks.of(document);
                if addresses.is_empty() {
                    routes.without_address.push(id);
                }
                routes.index.add(id, document, &addresses);
                routes.add_file_of(addresses.first().and_then(|main| addresses::shape(main)));
                for address in addresses {
                    index::insert(&mut routes.addresses, &address, page);
                }
            }
        }
        for path in &files.others {
            let name = path.rsplit('/').next().unwrap_or(path);
            if routes.is_flat() {
                let held = routes.files.entry(stem(name).into());
                held.or_insert(Page::Served);
            } else {
                routes.files.insert(path.as_str().into(), Page::Served);
                let mut roots = ASSET_ROOTS.split(' ');
                let below = roots.find_map(|root| {
                    let below = path.strip_prefix(root);
                    below.filter(|below| below.starts_with('/'))
                });
                let address = below.map_or_else(|| format!("/{path}"), str::to_owned);
                routes.add_file_of(routes.shape(&address).filter(|_| is_asset(&address)));
                routes.add_folders(path);
                routes.index.add_path(path);
            }
        }
        routes
    }

    /// The addresses at which a document is served, the main one first, where the generator's rules tell.
    pub fn addresses_of(&self, document: &Document) -> Vec<String> {
        self.permalinks.of(document)
    }

    /// The address of `now`, written like `address`, which was that of `was`; `None` where these are not known.
    pub fn readdressed(&self, address: &str, was: &Document, now: &Document) -> Option<String> {
        let then = self.permalinks.of(was);
        let is_its = then.contains(&permalinks::normal(address));
        self.permalinks.written(now, address).filter(|_| is_its)
    }

    /// What a document's links may mean by an address: the folder that it is seen from, and the address from the root. A
    /// relative one is seen from the document's own address, which ends with a slash or does not.
    pub fn absolute(&self, address: &str, document: &Document) -> Vec<(String, String)> {
        if address.starts_with('/') || self.is_flat() {
            let address = format!("/{}", address.trim_start_matches('/'));
            return vec![(String::new(), address)];
        }
        let slash = if address.ends_with('/') { "/" } else { "" };
        let own = self.permalinks.of(document).into_iter().next();
        let above = own.as_deref().and_then(|own| own.rsplit_once('/'));
        let above = above.map(|(above, _)| above.to_owned());
        let folders = own.into_iter().chain(above);
        let seen = folders.map(|folder| {
            let path = joined(&folder, address).unwrap_or_default();
            (folder, format!("/{path}{slash}"))
        });
        seen.collect()
    }

    /// Counts a file at an address of a shape.
    fn add_file_of(&mut self, shape: Option<String>) {
        if let Some(shape) = shape {
            *self.shapes_of_files.entry(shape).or_default() += 1;
        }
    }

    /// Notes the folders above a file.
    fn add_folders(&mut self, path: &str) {
        let mut path = path;
        loop {
            path = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            // What stands above a known folder is known.
            if self.folders.contains(path) {
                return;
            }
            let is_root = !path.contains('/') || path.starts_with("src/");
            if is_root && self.source_roots.len() < MOST_ROOTS {
                self.source_roots.push(path.into());
            }
            self.folders.insert(path.into());
            self.index.add_path(path);
        }
    }

    /// Whether a tag of this kind with `name` in it leads to something.
    pub fn is_named(&self, kind: Kind, name: &str) -> bool {
        self.page_named(kind, name).is_some()
    }

    /// What a template tag of this kind with `name` in it leads to, if that is anything.
    pub(super) fn page_named(&self, kind: Kind, name: &str) -> Option<Page> {
        let found = self.index.find_tag(kind, name);
        found.filter(|page| *page != Page::Nothing)
    }

    /// Whether what serves an address finds it by a name of its own making.
    pub(super) fn is_by_name(&self, address: &str) -> bool {
        !self.is_flat()
            && (address.starts_with('/')
                || self.is_generated() && address.contains('/') && !address.starts_with('@'))
    }

    /// The path in a destination, without a slash at its end.
    pub(super) fn path_of<'d>(&self, destination: &'d str) -> &'d str {
        let address = self.address_of(destination).split(['#', '?']).next();
        address.unwrap_or("").trim_end_matches('/')
    }

    /// The paths of all files; their stems, where addresses are flat.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(|name| &**name)
    }

    /// The address in a destination whose template tags only put the site's base before it; else the destination.
    pub fn address_of<'d>(&self, destination: &'d str) -> &'d str {
        let named = destination
            .starts_with('{')
            .then(|| tags::read(destination));
        let address = named.flatten().filter(|named| named.kind == Kind::Address);
        address
            .filter(|_| self.generator.runs_braces())
            .map_or(destination, |address| address.name)
    }

    /// Whether a generator makes the addresses.
    pub(super) fn is_generated(&self) -> bool {
        !matches!(self.generator, Generator::Plain | Generator::Obsidian)
    }

    /// Whether a file has this name: its stem, with or without the date at its beginning; or a folder.
    pub fn has_name(&self, name: &str) -> bool {
        self.files.contains_key(name) || self.index.holds(name)
    }

    /// The page that the generator gives this address.
    pub(super) fn exact(&self, address: &str) -> Option<Page> {
        self.addresses.get(&*permalinks::normal(address)).copied()
    }

    /// Whether the generator gives this address to a page.
    pub(super) fn has_address(&self, address: &str) -> bool {
        self.exact(address).is_some()
            || self.is_flat() && self.files.contains_key(address.trim_matches('/'))
    }

    /// Whether an address may lead to one of these files: nothing else has such a name.
    pub(super) fn may_have(&self, address: &str) -> bool {
        self.is_flat() || self.index.has_key(&key(last_part(address)))
    }

    /// The file at a path, with the path as it is held; at its stem, where addresses are flat.
    pub(super) fn file(&self, path: &str) -> Option<(&str, Page)> {
        let (path, page) = self.files.get_key_value(path)?;
        Some((path, *page))
    }

    /// A folder that holds something.
    pub(super) fn folder(&self, path: &str) -> Option<&str> {
        self.folders.get(path).map(|folder| &**folder)
    }

    /// Whether addresses are stems, in any folder.
    pub fn is_flat(&self) -> bool {
        self.generator == Generator::Snips
    }
}

/// How many folders are tried at most.
const MOST_ROOTS: usize = 50;

#[cfg(test)]
mod tests;
