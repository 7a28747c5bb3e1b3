//! Links that led somewhere in an earlier state of the archive, and lead nowhere now.
//!
//! Whether a site's addresses are understood as a whole does not matter here: a link is looked up among the files that were
//! removed, renamed or changed since, and then among all that there are. A page leads on only where as much of the address
//! speaks for it as spoke for the earlier one, see `archive::served`: `/2024/03/01/week-9/` no longer leads to
//! `_posts/2024-03-02-week-9.md`.

use super::addresses::{Page, key, last_part};
use super::named::Names;
use super::permalinks::{Permalinks, normal};
use super::routes::{self, percent_decoded};
use super::served::{Match, Reading};
use super::site::Generator;
use super::vault::{VaultTarget, is_alias, without_md};
use super::{Archive, document_id};
use crate::diagnostic::DocumentId;
use crate::discover::is_markdown;
use crate::document::{Document, mask, tags};
use crate::hash::{QuickMap, QuickSet};
use crate::source::Text;
use std::collections::HashSet;

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
            is_draft: false,
        }
    }
}

/// An earlier state of the archive, as far as it differs from this one.
#[derive(Debug, Default)]
pub struct Past {
    files: Vec<Former>,
    /// All paths that there were.
    paths: HashSet<String>,
    by_path: QuickMap<Text, usize>,
    /// The pages by the addresses that the generator gave them.
    by_address: QuickMap<Text, usize>,
    /// The files that pages are made from, by the keys of their names.
    by_name: QuickMap<String, Vec<usize>>,
    /// The files by their paths now.
    by_present: QuickMap<Text, usize>,
    /// The keys of all names of files, pages and folders: most links end with none of them.
    keys: QuickSet<String>,
    /// The folders of the files.
    folders: QuickSet<Text>,
    /// The files by the names that template tags give them.
    names: Names,
}

/// A link that has broken.
#[derive(Debug, Clone)]
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
            _ if self.is_draft => format!("`{was}` is a draft now"),
            Some(now) if now == was => format!("it led to `{was}`"),
            Some(now) => format!("`{was}` was renamed to `{now}`"),
            None => format!("`{was}` was removed"),
        }
    }
}

/// The files that pages are made from now.
#[derive(Debug, Default)]
pub(super) struct Present {
    /// Those that are no Markdown.
    others: Vec<Document>,
    /// By the keys of their names: indices among the documents and then the others.
    by_name: QuickMap<String, Vec<usize>>,
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
    pub fn new(permalinks: &Permalinks, files: Vec<Former>, paths: HashSet<String>) -> Self {
        let mut past = Past {
            paths,
            names: Names::of(permalinks.site.generator),
            ..Past::default()
        };
        for (index, former) in files.iter().enumerate() {
            let document = &former.document;
            past.by_path.insert(document.path.clone(), index);
            match is_markdown(&document.path) {
                true => past.names.add(document_id(index), document),
                false => past
                    .names
                    .add_file(&document.path, Some(document_id(index))),
            }
            if is_maker(&document.path) {
                for key in super::served::keys(document) {
                    past.keys.insert(key.clone());
                    past.by_name.entry(key).or_default().push(index);
                }
            }
            past.keys.insert(key(last_part(&document.path)));
            for address in permalinks.of(document) {
                past.keys.insert(key(last_part(&address)));
                past.by_address.entry(address.into()).or_insert(index);
            }
            let mut folder = document.folder();
            while !folder.is_empty() && past.folders.insert(folder.into()) {
                past.keys.insert(key(last_part(folder)));
                folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            }
            if let Some(now) = &former.now {
                past.by_present.insert(now.as_str().into(), index);
            }
        }
        past.files = files;
        past
    }

    /// What a name led to in a vault, if it leads nowhere now.
    fn in_vault(&self, archive: &Archive, name: &str) -> Option<Broken<'_>> {
        if archive.resolve_wikilink(name) != VaultTarget::Nothing {
            return None;
        }
        let wanted = name.trim_start_matches(['.', '/']).to_lowercase();
        let wanted = without_md(&wanted);
        let is_it = |index: &&usize| {
            let path = self
                .files
                .get(**index)
                .map_or("", |former| &*former.document.path);
            let path = path.to_lowercase();
            let before = without_md(&path).strip_suffix(wanted);
            before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let same = self
            .by_name
            .get(&key(last_part(wanted)))
            .into_iter()
            .flatten();
        let found = same.clone().find(is_it).or_else(|| {
            let is_alias = |index: &&usize| {
                let former = self.files.get(**index);
                former.is_some_and(|former| is_alias(&former.document, wanted))
            };
            same.clone().find(is_alias)
        });
        Some(self.files.get(*found?)?.broken(name))
    }
}

impl Archive {
    /// What a destination in a document led to before, if it leads nowhere now.
    pub fn broken(&self, from: DocumentId, destination: &str) -> Option<Broken<'_>> {
        let document = self.document(from).filter(|_| !self.past.is_empty())?;
        if routes::has_scheme(destination) || destination.starts_with("//") {
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

    /// The files whose pages may have a name, by its key.
    fn present(&self, key: &str) -> impl Iterator<Item = &Document> {
        let present = self.derived.present.get_or_init(|| {
            let makers = self.other_files.iter().filter(|path| is_maker(path));
            let mut present = Present {
                others: makers.map(|path| Document::at(path)).collect(),
                ..Present::default()
            };
            for (index, document) in self.documents.iter().chain(&present.others).enumerate() {
                for key in super::served::keys(document) {
                    present.by_name.entry(key).or_default().push(index);
                }
            }
            present
        });
        let named = present.by_name.get(key).into_iter().flatten();
        named.filter_map(|index| match index.checked_sub(self.documents.len()) {
            None => self.documents.get(*index),
            Some(index) => present.others.get(index),
        })
    }

    /// The path of a file that is there, as it is held.
    fn file(&self, path: &str) -> Option<&str> {
        let document = || self.document(self.find(path)?).map(|one| &*one.path);
        let other = self
            .other_files
            .binary_search_by(|other| other.as_str().cmp(path));
        let other = other.ok().and_then(|at| self.other_files.get(at));
        other.map(String::as_str).or_else(document)
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
            let is_there = || match routes.page_named(named.kind, named.name) {
                Some(Page::Document(id)) => {
                    let now = self.archive.document(id);
                    !now.is_some_and(|now| self.is_withdrawn(&now.path))
                }
                found => found.is_some(),
            };
            if !self.past.names.has(named.kind) || is_there() {
                return None;
            }
            let Page::Document(id) = self.past.names.find(named.kind, named.name)? else {
                return None;
            };
            return self.was(id.0 as usize, named.name);
        }
        let address = destination.split(['#', '?']).next().unwrap_or("");
        let decoded = routes.without_word(percent_decoded(address), self.from);
        let is_known = self.past.keys.contains(&key(last_part(&decoded)));
        if !is_known && !self.past.by_present.contains_key(&self.from.path) {
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
            let index = self.past.by_address.get(&*normal(address))?;
            Some((way, *index))
        });
        if let Some((way, index)) = found {
            let now = routes.absolute(&decoded, self.from);
            return self.by_address(&now.get(way)?.1, index);
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

    fn was(&self, index: usize, address: &str) -> Option<Broken<'a>> {
        let former = self.past.files.get(index)?;
        let mut broken = former.broken(address);
        broken.is_draft = broken.now.is_some_and(|now| self.is_withdrawn(now));
        Some(broken)
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
    fn by_address(&self, address: &str, index: usize) -> Option<Broken<'a>> {
        let (routes, former) = (&self.archive.routes, &self.past.files.get(index)?.document);
        // Hugo lists what a folder holds without being told to.
        let is_list = || {
            let is_hugos = self.archive.generator == Generator::Hugo && former.stem() == "_index";
            is_hugos && routes.has_folder(former.folder())
        };
        if routes.has_address(address) || is_list() {
            return None;
        }
        self.by_name(address, None, Some(index))
    }

    /// What a path has lost. `None` if it leads to a file now; `Some(None)` if it led to none before.
    fn by_path(&self, address: &str) -> Option<Option<Broken<'a>>> {
        let archive = self.archive;
        let now = routes::candidates(self.from.folder(), address);
        let mut files = now.iter().filter_map(|path| archive.file(path));
        if files.any(|path| !self.is_withdrawn(path)) {
            return None;
        }
        let shown = match (now.first(), address.starts_with('/')) {
            (Some(path), false) => path,
            _ => address.trim_end_matches('/'),
        };
        let then = routes::candidates(self.holder_then().folder(), address);
        let was = then.iter().find_map(|path| {
            if let Some(index) = self.past.by_path.get(path.as_str()) {
                return self.was(*index, shown);
            }
            let kept = archive
                .file(path)
                .filter(|path| self.past.paths.contains(*path))?;
            Some(Broken {
                address: shown.to_owned(),
                was: kept,
                page: archive.find(kept).and_then(|id| archive.document(id)),
                now: Some(kept),
                is_draft: false,
            })
        });
        let folder = || {
            let folder = self.past.folders.get(then.first()?.as_str())?;
            let is_gone = !archive.routes.has_folder(folder);
            is_gone.then(|| Broken {
                address: shown.to_owned(),
                was: folder,
                page: None,
                now: None,
                is_draft: false,
            })
        };
        Some(was.or_else(folder))
    }

    /// What an address has lost; `by_path` is what it has lost as a path, and `known` the page that surely had it.
    fn by_name(
        &self,
        address: &str,
        by_path: Option<Broken<'a>>,
        known: Option<usize>,
    ) -> Option<Broken<'a>> {
        let key = key(last_part(address));
        let (generator, routes) = (self.archive.generator, &self.archive.routes);
        let by_title = routes.is_by_title();
        let fits = |readings: &[Reading], document| {
            let readings = readings.iter();
            let found = readings.flat_map(|one| one.matches(document, generator, by_title));
            found.collect::<Vec<Match>>().into_iter()
        };
        let then = Reading::all(address, &self.holder_then().path);
        let now = Reading::all(address, &self.from.path);
        let named = self.past.by_name.get(&key).into_iter().flatten();
        let formers = named.filter(|index| known.is_none_or(|known| **index == known));
        let found = formers.filter_map(|index| {
            let former = self.past.files.get(*index)?;
            Some((fits(&then, &former.document).max()?, *index))
        });
        let found = found.max();
        let is_enough = |fit: Match| match &found {
            Some((then, _)) => fit.is_as_good_as(then),
            None => known.is_some() || fit.is_whole(),
        };
        // What has another address is not served at this one.
        let present = self.archive.present(&key);
        let is_surely_elsewhere =
            |one: &Document| is_markdown(&one.path) && !routes.addresses_of(one).is_empty();
        let present = present.filter(|one| known.is_none() || !is_surely_elsewhere(one));
        let mut present = present.filter(|one| !self.is_withdrawn(&one.path));
        if present.any(|document| fits(&now, document).any(is_enough)) {
            return None;
        }
        let index = known.or(found.map(|(_, index)| index));
        by_path.or_else(|| self.was(index?, address.trim_end_matches('/')))
    }
}
