//! Links that led somewhere in an earlier state of the archive, and lead nowhere now.
//!
//! It does not matter here whether we understand the site's addresses as a whole: we look a link up among the files
//! that somebody has removed, renamed or changed since, and then among all files. The former address of a file shows
//! what addresses are made of, see [`super::readdressed`]: so `/2024/03/01/week-9/` no longer leads to
//! `_posts/2024-03-02-week-9.md`.

use super::Archive;
use super::addresses::{key, last_part};
use super::index::Page;
use super::paths::{candidates, has_scheme, joined, percent_decoded};
use super::permalinks::{Permalinks, normal};
use super::readdressed::{folders_in, readdressed};
use super::routes::Routes;
use super::site::Generator;
use super::vault::{VaultTarget, is_alias, is_found_by, without_md};
use crate::diagnostic::DocumentId;
use crate::discover::{Files, is_markdown};
use crate::document::tags::{self, Named};
use crate::document::{Document, mask};
use crate::hash::QuickMap;
use crate::source::Text;
use std::collections::HashSet;
use std::sync::Arc;

/// A file as it was.
#[derive(Debug)]
pub struct Former {
    /// What it held; of a file that is no Markdown, and of one that cannot be read any more, its path alone.
    pub document: Document,
    /// Its path now; `None` if it is gone.
    pub now: Option<String>,
}

impl Former {
    /// What `address` led to, if it was this.
    fn broken(&self, address: &str) -> Broken<'_> {
        Broken {
            address: address.to_owned(),
            was: &self.document.path,
            page: Some(&self.document),
            now: self.now.as_deref(),
            ..Broken::default()
        }
    }
}

/// An earlier state of the archive, as far as it differs from this one.
#[derive(Debug, Default)]
pub struct Past {
    files: Vec<Former>,
    /// All paths that there were.
    paths: HashSet<String>,
    /// Where links led to those files.
    routes: Routes,
    /// The files by their paths now.
    by_present: QuickMap<Text, usize>,
}

/// A link that has broken.
#[derive(Debug, Clone, Default)]
pub struct Broken<'a> {
    /// The address, as far as it is looked up.
    pub address: String,
    /// Where it led.
    pub was: &'a str,
    /// The page that it led to, as it was.
    pub page: Option<&'a Document>,
    /// The path of that file now.
    pub now: Option<&'a str>,
    /// Whether the page is a draft now.
    pub is_draft: bool,
}

impl Broken<'_> {
    /// What has become of the page.
    pub fn fate(&self) -> String {
        let was = self.was;
        match self.now {
            _ if self.is_draft => format!("`{was}` is now a draft"),
            Some(now) if now == was => format!("it led to `{was}`"),
            Some(now) => format!("`{was}` was renamed to `{now}`"),
            None => format!("`{was}` was removed"),
        }
    }
}

/// The extensions of other files that generators make pages from.
const MAKERS: &str = "html htm njk liquid rst org adoc ipynb erb haml slim pug hbs txt vue astro svelte tsx jsx ejs webc";

/// Whether generators make a page from a file.
fn is_maker(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    is_markdown(path) || MAKERS.split(' ').any(|one| one == extension)
}

impl Past {
    /// Of the files that were removed, renamed or changed, and the paths of all.
    pub fn new(permalinks: &Arc<Permalinks>, files: Vec<Former>, paths: HashSet<String>) -> Self {
        let documents = files.iter().map(|former| &former.document);
        let now = files.iter().zip(0..);
        let now = now.filter_map(|(former, index)| Some((former.now.as_deref()?.into(), index)));
        Past {
            routes: Routes::new(permalinks.clone(), documents, &Files::default()),
            by_present: now.collect(),
            files,
            paths,
        }
    }

    /// The file that a page was.
    fn former(&self, page: Page) -> Option<&Former> {
        match page {
            Page::Document(id) => self.files.get(id.0 as usize),
            _ => None,
        }
    }

    /// The files that had a name of this key.
    fn named(&self, key: &str) -> impl Iterator<Item = &Former> {
        let things = self.routes.index.named(key);
        things.filter_map(|thing| self.former(Page::Document(thing.document?)))
    }

    /// What a name led to in a vault, if it leads nowhere now.
    fn in_vault(&self, archive: &Archive, name: &str) -> Option<Broken<'_>> {
        if archive.resolve_wikilink(name) != VaultTarget::Nothing {
            return None;
        }
        let wanted = name.trim_start_matches(['.', '/']).to_lowercase();
        let wanted = without_md(&wanted);
        let is_it = |former: &&Former| is_found_by(&former.document.path.to_lowercase(), wanted);
        let key = key(last_part(wanted));
        let is_alias = |former: &&Former| is_alias(&former.document, wanted);
        let found = self.named(&key).find(is_it);
        let found = found.or_else(|| self.named(&key).find(is_alias))?;
        Some(found.broken(name))
    }
}

impl Archive {
    /// What a destination in a document led to before, if it leads nowhere now.
    pub fn broken(&self, from: DocumentId, destination: &str) -> Option<Broken<'_>> {
        let document = self.document(from).filter(|_| !self.past.is_empty())?;
        if has_scheme(destination) || destination.starts_with("//") {
            return None;
        }
        let mut pasts = self.past.iter();
        pasts.find_map(|past| {
            let search = Search {
                archive: self,
                past,
                from: document,
            };
            search.broken(destination)
        })
    }

    /// What a wikilink's name led to before, if it leads nowhere now.
    pub fn broken_wikilink(&self, name: &str) -> Option<Broken<'_>> {
        self.past.iter().find_map(|past| past.in_vault(self, name))
    }

    /// Whether one of the files that pages are made from now, and that have a name of this key, is what is looked for.
    fn has_present(&self, key: &str, is_it: impl Fn(&Document) -> bool) -> bool {
        let named = self.routes.index.named(key);
        let mut named = named.filter(|one| is_maker(&one.path));
        named.any(|thing| match thing.document {
            Some(id) => self.document(id).is_some_and(&is_it),
            None => is_it(&Document::at(&thing.path)),
        })
    }
}

/// The search for one link.
struct Search<'a> {
    archive: &'a Archive,
    past: &'a Past,
    /// The document that holds the link.
    from: &'a Document,
}

impl<'a> Search<'a> {
    fn broken(&self, destination: &str) -> Option<Broken<'a>> {
        let routes = &self.archive.routes;
        if mask::holds_tag(destination) {
            let named = tags::read(destination)?;
            if named.kind == tags::Kind::Address {
                return routes.is_generated().then(|| self.broken(named.name))?;
            }
            let (index, Named { kind, name, .. }) = (&self.past.routes.index, named);
            let is_there = || match routes.page_named(kind, name) {
                Some(Page::Document(id)) => {
                    let now = self.archive.document(id);
                    !now.is_some_and(|now| self.is_withdrawn(&now.path))
                }
                found => found.is_some(),
            };
            if !index.has_tag(kind) || is_there() {
                return None;
            }
            return self.was(index.find_tag(kind, name)?, name);
        }
        let address = destination.split(['#', '?']).next().unwrap_or("");
        let decoded = routes.without_word(percent_decoded(address), self.from);
        let has_changed = self.past.by_present.contains_key(&self.from.path);
        if !has_changed && !self.past.routes.may_have(&decoded) {
            return None;
        }
        let from_root = format!("/{}", decoded.trim_start_matches('/'));
        let is_no_path = decoded.starts_with(['@', '~']) || decoded.trim_matches('/').is_empty();
        if is_no_path || self.archive.config.is_route(&from_root) {
            return None;
        }
        let then = routes.absolute(&decoded, self.holder_then());
        let mut then = then.iter().enumerate();
        let found = then.find_map(|(way, (_, address))| {
            let page = self.past.routes.exact(address)?;
            Some((way, self.past.former(page)?))
        });
        if let Some((way, former)) = found {
            let now = routes.absolute(&decoded, self.from);
            return self.by_address(&now.get(way)?.1, former);
        }
        let by_path = self.by_path(&decoded)?;
        if self.archive.generator == Generator::Obsidian {
            let is_there = || self.archive.resolve_wikilink(&decoded) != VaultTarget::Nothing;
            return by_path
                .filter(|_| !is_there())
                .or_else(|| self.past.in_vault(self.archive, &decoded));
        }
        let by_name = routes.is_by_name(&decoded) || by_path.is_some() && routes.is_generated();
        if by_name && !is_markdown(&decoded) {
            return self.by_name(&decoded, by_path, None);
        }
        by_path
    }

    fn was(&self, page: Page, address: &str) -> Option<Broken<'a>> {
        Some(self.fate_of(self.past.former(page)?, address))
    }

    /// What has become of a page that `address` led to.
    fn fate_of(&self, former: &'a Former, address: &str) -> Broken<'a> {
        let broken = former.broken(address);
        Broken {
            is_draft: broken.now.is_some_and(|now| self.is_withdrawn(now)),
            ..broken
        }
    }

    /// Whether the page at a path was published then, and is a draft now.
    fn is_withdrawn(&self, path: &str) -> bool {
        let archive = self.archive;
        let former = self.past.by_present.get(path);
        let former = former.and_then(|index| self.past.files.get(*index));
        let is_draft = || {
            let now = archive.find(path).and_then(|id| archive.document(id));
            now.is_some_and(Document::is_unpublished) && archive.routes.is_generated()
        };
        former.is_some_and(|former| !former.document.is_unpublished()) && is_draft()
    }

    /// The document that holds the link, as it was.
    fn holder_then(&self) -> &'a Document {
        let index = self.past.by_present.get(&self.from.path);
        let former = index.and_then(|index| self.past.files.get(*index));
        former.map_or(self.from, |former| &former.document)
    }

    /// What an address has lost that the generator gave to a page.
    fn by_address(&self, address: &str, known: &'a Former) -> Option<Broken<'a>> {
        let (routes, former) = (&self.archive.routes, &known.document);
        // Hugo lists what a folder holds without being told to.
        let is_list = || {
            let is_hugos = self.archive.generator == Generator::Hugo && former.stem() == "_index";
            is_hugos && routes.folder(former.folder()).is_some()
        };
        if routes.has_address(address) || is_list() {
            return None;
        }
        self.by_name(address, None, Some(known))
    }

    /// What a path has lost. `None` if it leads to a file now; `Some(None)` if it led to none before.
    fn by_path(&self, address: &str) -> Option<Option<Broken<'a>>> {
        let archive = self.archive;
        let now = candidates(self.from.folder(), address);
        let mut files = now.iter().filter_map(|path| archive.routes.file(path));
        if files.any(|(path, _)| !self.is_withdrawn(path)) {
            return None;
        }
        let shown = match (now.first(), address.starts_with('/')) {
            (Some(path), false) => path,
            _ => address.trim_end_matches('/'),
        };
        let then = candidates(self.holder_then().folder(), address);
        let was = then.iter().find_map(|path| {
            if let Some((_, page)) = self.past.routes.file(path) {
                return self.was(page, shown);
            }
            let (kept, _) = archive.routes.file(path)?;
            self.past.paths.contains(kept).then(|| Broken {
                address: shown.to_owned(),
                was: kept,
                page: archive.find(kept).and_then(|id| archive.document(id)),
                now: Some(kept),
                ..Broken::default()
            })
        });
        let folder = || {
            let folder = self.past.routes.folder(then.first()?)?;
            let is_gone = archive.routes.folder(folder).is_none();
            is_gone.then(|| Broken {
                address: shown.to_owned(),
                was: folder,
                ..Broken::default()
            })
        };
        Some(was.or_else(folder))
    }

    /// What an address has lost; `by_path` is what it has lost as a path, and `known` the page that surely had it.
    fn by_name(
        &self,
        address: &str,
        by_path: Option<Broken<'a>>,
        known: Option<&'a Former>,
    ) -> Option<Broken<'a>> {
        let key = key(last_part(address));
        let then = seen_from(self.holder_then(), address);
        let now = seen_from(self.from, address);
        let makers = self.past.named(&key);
        let makers = makers.filter(|former| is_maker(&former.document.path));
        let likely = |former: &&Former| {
            let counts = then.iter().map(|seen| folders_in(seen, &former.document));
            counts.max()
        };
        let was = known.or_else(|| makers.max_by_key(likely));
        // What has another address is not served at this one.
        let routes = &self.archive.routes;
        let is_elsewhere = |one: &Document| {
            known.is_some() && is_markdown(&one.path) && !routes.permalinks.of(one).is_empty()
        };
        let is_there = |one: &Document| {
            let mut ways = then.iter().zip(&now);
            let was = was.map_or(one, |former| &former.document);
            let leads = ways.any(|(then, now)| {
                // What fits better than the earlier page did is there for itself.
                let found = readdressed(then, was, one, self.archive.generator);
                folders_in(now, one) > folders_in(then, was)
                    || found.is_some_and(|one| normal(&one) == normal(now))
            });
            !is_elsewhere(one) && leads && !self.is_withdrawn(&one.path)
        };
        if self.archive.has_present(&key, is_there) {
            return None;
        }
        by_path.or_else(|| Some(self.fate_of(was?, address.trim_end_matches('/'))))
    }
}

/// The addresses that a destination may mean in a document: a relative one is seen from the page's own address, which ends
/// with a slash or does not.
fn seen_from(document: &Document, address: &str) -> Vec<String> {
    let folders = [&*document.path, document.folder()].into_iter();
    let seen = folders.filter_map(|folder| joined(folder, address));
    seen.map(|seen| format!("/{seen}")).collect()
}
