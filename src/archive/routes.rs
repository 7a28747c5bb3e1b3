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
//!   `named.rs`.

use super::addresses::{self, Page, Pages, Shapes};
use super::build::LookedUp;
use super::folders::Folders;
use super::hosts;
use super::laws::share::{Share, needed};
use super::laws::slips::edits;
use super::named::Names;
use super::permalinks::{self, Permalinks};
use super::site::{Generator, Site};
use crate::config::Config;
use crate::diagnostic::DocumentId;
use crate::discover::{Files, is_markdown};
use crate::document::tags::{self, Kind, Named};
use crate::document::{Destination, Document, mask, stem};
use crate::hash::{QuickMap, QuickSet};
use crate::names::{Words, is_any};
use crate::source::Text;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// Where a destination leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target<'d> {
    /// Another site, or an e-mail address.
    External,
    /// A document of the archive, with the fragment (without `#`) where there is one.
    Document(DocumentId, Option<&'d str>),
    /// Something that the site serves and whose content is not known.
    Served,
    /// Nothing: the address, as far as it is looked up.
    Missing(String),
    /// Not known: a template tag, an asset, a scheme of addresses that is not understood.
    Unknown,
}

impl Target<'_> {
    /// Whether the site surely has the page.
    pub fn is_there(&self) -> bool {
        matches!(self, Target::Document(..) | Target::Served)
    }
}

/// The addresses of the site.
#[derive(Debug, Default)]
pub struct Routes {
    /// Flat: stems. Files: paths.
    documents: QuickMap<Text, DocumentId>,
    others: QuickSet<Text>,
    /// Files: every folder that holds something, with the root.
    folders: QuickSet<Text>,
    /// Files: folders of which nothing more is known.
    unknown: Vec<String>,
    /// Files: the pages by their names.
    pages: Pages,
    /// The pages by the names that template tags give them.
    names: Names,
    generator: Generator,
    /// What the generator says of addresses.
    pub permalinks: Arc<Permalinks>,
    /// The pages by the addresses that the generator gives them.
    addresses: QuickMap<Text, Page>,
    /// How many links use these addresses, of all that lead to pages which have one.
    exact: Share,
    /// Whether the generator's configuration says of all pages where they are served, and nothing serves others.
    pub(super) are_all_known: bool,
    /// The documents whose address is not known.
    pub(super) without_address: Vec<DocumentId>,
    /// How many files lie at addresses of each shape, whether links lead to them or not.
    files: QuickMap<String, usize>,
    /// The names of pages and other files, for slips; made when they are asked for the first time.
    spelt: OnceLock<Words>,
    /// The folders that relative destinations are seen from, beside that of their own file.
    bases: Vec<Text>,
    /// How often addresses of each shape lead to a page.
    shapes: Shapes,
    /// The folders in the addresses of pages.
    folders_of_pages: Folders,
    /// Whether addresses are made of titles.
    by_title: bool,
    /// The folders that a path from the site's root may begin in.
    source_roots: Vec<Text>,
}

impl Routes {
    pub(super) fn new(permalinks: Arc<Permalinks>, documents: &[Document], files: &Files) -> Self {
        let generator = permalinks.site.generator;
        let mut routes = Routes {
            generator,
            permalinks,
            unknown: files.unknown.clone(),
            ..Routes::default()
        };
        if documents.iter().any(|one| !one.template_tags.is_empty()) {
            routes.names = Names::of(generator);
        }
        for (index, document) in (0u32..).zip(documents) {
            let id = DocumentId(index);
            if routes.is_flat() {
                routes.documents.insert(document.stem().into(), id);
                // Where the name key still holds an old name, a link by that name is a consequence of it.
                if let Some(name) = document.metadata.text("name") {
                    routes.documents.entry(name.into()).or_insert(id);
                }
            } else {
                routes.documents.insert(document.path.clone(), id);
                routes.add_folders(&document.path);
                routes.pages.add(id, document);
                routes.names.add(id, document);
                let addresses = routes.permalinks.of(document);
                if addresses.is_empty() {
                    routes.without_address.push(id);
                }
                routes.add_file_of(addresses.first().and_then(|main| addresses::shape(main)));
                for address in addresses {
                    let held = routes.addresses.entry(address.into());
                    let held = held.or_insert(Page::Document(id));
                    if *held != Page::Document(id) {
                        *held = Page::Served;
                    }
                }
            }
        }
        for path in &files.others {
            let name = path.rsplit('/').next().unwrap_or(path);
            if routes.is_flat() {
                routes.others.insert(stem(name).into());
            } else {
                routes.others.insert(path.as_str().into());
                let mut roots = ASSET_ROOTS.split(' ');
                let below = roots.find_map(|root| {
                    let below = path.strip_prefix(root);
                    below.filter(|below| below.starts_with('/'))
                });
                let address = below.map_or_else(|| format!("/{path}"), str::to_owned);
                routes.add_file_of(routes.shape(&address).filter(|_| is_asset(&address)));
                routes.add_folders(path);
                routes.names.add_file(path, None);
                routes
                    .pages
                    .add_served(name.split('.').next().unwrap_or(name));
            }
        }
        routes
    }

    /// The addresses that the generator gives a page, from the root of the host, without `index.html`, `.html` and slash at
    /// their ends; none where that is not known.
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

    /// The path that is meant by an address in `document` which begins with `@/` of Zola or a word of Pelican's.
    pub(super) fn without_word<'a>(
        &self,
        address: Cow<'a, str>,
        document: &Document,
    ) -> Cow<'a, str> {
        let contents = document.path.split('/').next().unwrap_or("");
        match (address.strip_prefix("@/"), pelican_path(&address)) {
            (Some(path), _) if self.generator == Generator::Zola => {
                format!("/content/{path}").into()
            }
            (_, Some(path)) if path.starts_with('/') => format!("/{contents}{path}").into(),
            (_, Some(path)) => path.to_owned().into(),
            _ => address,
        }
    }

    /// The path of an absolute address on the host that the site's configuration names.
    pub(super) fn own_path<'d>(&self, destination: &'d Destination) -> Option<&'d str> {
        let (own, plain) = (self.permalinks.host()?, destination.plain_host());
        if plain.is_some_and(|host| !host.ends_with(own)) {
            return None;
        }
        let (host, path) = hosts::host_and_path(destination)?;
        (host.eq_ignore_ascii_case(own) && self.permalinks.holds(path)).then_some(path)
    }

    /// Counts a file at an address of a shape.
    fn add_file_of(&mut self, shape: Option<String>) {
        if let Some(shape) = shape {
            *self.files.entry(shape).or_default() += 1;
        }
    }

    /// The site that makes the addresses.
    pub fn site(&self) -> &Site {
        &self.permalinks.site
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
            self.names.add_folder(path);
            self.pages
                .add_served(path.rsplit('/').next().unwrap_or(path));
        }
    }

    /// Looks `destination` up, as it stands in `from`, before it is known which shapes of addresses are understood.
    pub(super) fn look_up<'d>(
        &self,
        from: DocumentId,
        document: &Document,
        destination: &'d str,
        config: &Config,
    ) -> Target<'d> {
        // Most destinations are addresses of other sites: this is asked first.
        if destination.starts_with("http") && has_scheme(destination) {
            return Target::External;
        }
        if mask::holds_tag(destination) {
            let named = tags::read(destination).filter(|named| self.has(named.kind));
            return named.map_or(Target::Unknown, |named| {
                self.named(from, document, named, config)
            });
        }
        if has_scheme(destination) || destination.starts_with("//") {
            return Target::External;
        }
        let (address, fragment) = without_fragment(destination);
        let address = address.split('?').next().unwrap_or("");
        if address.is_empty() {
            return Target::Document(from, fragment);
        }
        let decoded = percent_decoded(address);
        let is_route = if decoded.starts_with('/') {
            config.is_route(&decoded)
        } else {
            config.is_route(&format!("/{decoded}"))
        };
        if is_route {
            return Target::Served;
        }
        if self.is_flat() {
            return self.flat(decoded.trim_matches('/'), fragment);
        }
        if let Some(path) = decoded.strip_prefix("@/") {
            return self.content(path, fragment);
        }
        if decoded.starts_with(['{', '|']) {
            let is_known = self.generator == Generator::Pelican && pelican_path(&decoded).is_some();
            let path = joined(document.folder(), &self.without_word(decoded, document));
            let path = path.filter(|_| is_known);
            let found = |path: String| {
                let found = self.at(path.clone(), fragment);
                found.unwrap_or(Target::Missing(path))
            };
            return path.map_or(Target::Unknown, found);
        }
        let found = match decoded.strip_prefix("@site") {
            Some(path) if self.generator == Generator::Docusaurus => {
                return self.file("", &format!("{}.{path}", self.site().root), fragment);
            }
            _ => self.file(document.folder(), &decoded, fragment),
        };
        match found {
            Target::Missing(_) if decoded.starts_with(['@', '~']) => Target::Unknown,
            Target::Missing(_) | Target::Unknown if is_markdown(&decoded) => {
                self.source(document.folder(), &decoded, fragment)
            }
            Target::Missing(_) | Target::Unknown if is_asset(&decoded) => self.asset(decoded),
            Target::Missing(_) | Target::Unknown if self.is_by_name(&decoded) => {
                self.page(&decoded, fragment)
            }
            target => target,
        }
    }

    /// Whether the generator fills in tags of this kind.
    fn has(&self, kind: Kind) -> bool {
        self.names.has(kind) || kind == Kind::Address && self.generator.runs_braces()
    }

    /// What a template tag names.
    fn named<'d>(
        &self,
        from: DocumentId,
        document: &Document,
        named: Named<'d>,
        config: &Config,
    ) -> Target<'d> {
        let Named {
            kind,
            name,
            fragment,
        } = named;
        if kind == Kind::Address {
            return match self.look_up(from, document, name, config) {
                Target::Document(id, held) => Target::Document(id, held.or(fragment)),
                target => target,
            };
        }
        if name.is_empty() {
            return Target::Document(from, fragment);
        }
        match self.names.find(kind, name) {
            Some(Page::Document(id)) => Target::Document(id, fragment),
            Some(Page::Served) => Target::Served,
            Some(Page::Nothing)
                if !config.excludes(name) && !config.excludes(&format!("_posts/{name}.md")) =>
            {
                Target::Missing(name.to_owned())
            }
            _ => Target::Unknown,
        }
    }

    /// The image or download at an address from the root.
    fn asset<'d>(&self, address: Cow<'_, str>) -> Target<'d> {
        let is_in = |root| self.others.contains(&*format!("{root}{address}"));
        match ASSET_ROOTS.split(' ').any(is_in) {
            true => Target::Served,
            false => Target::Missing(address.into_owned()),
        }
    }

    /// The Markdown file at a path that may begin below the root, in a folder such as `content`.
    fn source<'d>(&self, folder: &str, address: &str, fragment: Option<&'d str>) -> Target<'d> {
        let path = address.trim_start_matches("./").trim_start_matches('/');
        let is_below = address.starts_with('/') || self.is_generated() && !path.starts_with("../");
        let mut roots = self.source_roots.iter().filter(|_| is_below);
        match roots.find_map(|root| self.documents.get(&*format!("{root}/{path}"))) {
            Some(found) => Target::Document(*found, fragment),
            None => joined(folder, address).map_or(Target::Unknown, |path| {
                Target::Missing(match address.starts_with('/') {
                    true => address.to_owned(),
                    false => path,
                })
            }),
        }
    }

    /// Whether a destination that leads nowhere is surely wrong, however many others lead nowhere: the relative path of a
    /// Markdown file, or one that differs by a slip from a page or an image that is there. (In a vault it may be that of a
    /// note to come.)
    pub fn is_certain(&self, destination: &str) -> bool {
        let path = self.path_of(destination);
        if self.generator == Generator::Pelican && pelican_path(path).is_some() {
            return true;
        }
        let is_file = is_markdown(path) && !path.starts_with(['/', '@', '~', '{', '<']);
        !self.is_flat()
            && self.generator != Generator::Obsidian
            && (is_file || self.near_miss(path).is_some())
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
                let below = |root| self.others.contains(&*format!("{root}{before}/{name}"));
                let in_root = format!("{before}/{name}");
                self.others.contains(in_root.trim_start_matches('/'))
                    || ASSET_ROOTS.split(' ').any(below)
            }
            false => self.pages.holds(name),
        };
        let names = self.spelt.get_or_init(|| {
            let files = self.others.iter().map(|path| {
                let name = path.rsplit('/').next().unwrap_or(path);
                if is_asset_name(name) {
                    name
                } else {
                    stem(name)
                }
            });
            let pages = self.documents.keys().map(|path| page_name(path));
            let names: BTreeSet<&str> = files.chain(pages).collect();
            Words::new(names.into_iter().map(Text::from).collect())
        });
        let is_slip = |other: &str| {
            let (one, two) = (name.to_lowercase(), other.to_lowercase());
            let is_plural =
                one.strip_suffix('s') == Some(&*two) || two.strip_suffix('s') == Some(&*one);
            let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>();
            name != other && !is_plural && digits(name) == digits(other) && edits(&one, &two) <= 1
        };
        let mut found = names.near(name).map(|other| &**other);
        let found = found.find(|other| is_slip(other) && is_there(other))?;
        Some(format!("{before}/{found}"))
    }

    /// The name of an image or a download that is looked for at the root, and lies beside the page instead.
    pub fn beside<'d>(&self, from: &Document, destination: &'d str) -> Option<&'d str> {
        let path = self.path_of(destination);
        let name = path.rsplit('/').next().filter(|_| is_asset(path))?;
        let folder = from.folder();
        let slash = if folder.is_empty() { "" } else { "/" };
        let lies_there = self.others.contains(&*format!("{folder}{slash}{name}"));
        (lies_there && !self.is_flat()).then_some(name)
    }

    /// The file at a path of Zola's, which is exact.
    fn content<'d>(&self, path: &str, fragment: Option<&'d str>) -> Target<'d> {
        let path = format!("content/{path}");
        match self.documents.get(path.as_str()) {
            _ if self.generator != Generator::Zola => Target::Unknown,
            Some(found) => Target::Document(*found, fragment),
            None => Target::Missing(path),
        }
    }

    /// Whether the generator refuses to build the site where a destination leads to nothing.
    pub fn stops_build(&self, destination: &str) -> bool {
        self.generator == Generator::Zola && destination.starts_with("@/")
            || tags::read(destination).is_some_and(|named| self.names.has(named.kind))
    }

    /// Whether a tag of this kind with `name` in it leads to something.
    pub fn is_named(&self, kind: Kind, name: &str) -> bool {
        self.page_named(kind, name).is_some()
    }

    /// What a template tag of this kind with `name` in it leads to, if that is anything.
    pub(super) fn page_named(&self, kind: Kind, name: &str) -> Option<Page> {
        let found = self.names.find(kind, name);
        found.filter(|page| *page != Page::Nothing)
    }

    /// Whether what serves an address finds it by a name of its own making.
    pub(super) fn is_by_name(&self, address: &str) -> bool {
        !self.is_flat()
            && (address.starts_with('/')
                || self.is_generated() && address.contains('/') && !address.starts_with('@'))
    }

    /// The page that has an address, or that its last part names.
    fn page<'d>(&self, address: &str, fragment: Option<&'d str>) -> Target<'d> {
        match self.addresses.get(&*permalinks::normal(address)) {
            Some(Page::Document(id)) => return Target::Document(*id, fragment),
            Some(_) => return Target::Served,
            None => {}
        }
        let name = address.rsplit('/').next().unwrap_or("");
        match self.pages.find(address, self.by_title) {
            Page::Document(id) => Target::Document(id, fragment),
            Page::Served => Target::Served,
            Page::Nothing if stem(name).contains('.') => Target::Unknown,
            Page::Nothing => Target::Missing(address.trim_end_matches('/').to_owned()),
        }
    }

    /// Whether addresses are made of titles.
    pub(super) fn is_by_title(&self) -> bool {
        self.by_title
    }

    /// Learns whether addresses are made of titles, and says whether they are. At least two pages must be found by their
    /// title alone, and not many more by another name alone: where titles make addresses, those are slips, and elsewhere
    /// the titles are.
    pub(super) fn learn_titles(
        &mut self,
        links: &[Vec<LookedUp<'_>>],
        documents: &[Document],
    ) -> bool {
        let (mut titled, mut named) = (QuickSet::default(), QuickSet::default());
        for link in links.iter().flatten() {
            let address = self.path_of(link.destination);
            let page = link.page.and_then(|id| documents.get(id.0 as usize));
            match (page, &link.missing) {
                _ if !self.is_by_name(address) => {}
                (Some(page), _) if !addresses::is_title(address, page) => {
                    named.insert(&page.path);
                }
                (None, Some(_)) => titled.extend(self.pages.titled(address)),
                _ => {}
            }
        }
        self.by_title = titled.len() >= 2 && titled.len() * 4 >= named.len();
        self.by_title
    }

    /// Learns from which folders relative destinations are seen, beside that of their own file: those from which more of
    /// the destinations that lead nowhere else lead somewhere than not. Says whether there is any.
    pub(super) fn learn_bases(&mut self, links: &[Vec<LookedUp<'_>>]) -> bool {
        let mut counts: QuickMap<&Text, usize> = QuickMap::default();
        let mut all = 0;
        for link in links.iter().flatten().filter(|link| link.missing.is_some()) {
            let mut bases = self.bases_of(link.destination).peekable();
            all += usize::from(bases.peek().is_some());
            bases.for_each(|base| *counts.entry(base).or_default() += 1);
        }
        let is_used = |count: usize| Share::new(count, all).certainty() >= needed::FOLDER;
        let used = counts.into_iter().filter(|(_, count)| is_used(*count));
        let mut bases: Vec<Text> = used.map(|(base, _)| base.clone()).collect();
        bases.sort_unstable();
        self.bases = bases;
        !self.bases.is_empty()
    }

    /// Counts the address of a destination that leads to a page (`found`), or to none, for its shape.
    /// The document is the page where it is known.
    pub(super) fn count(&mut self, destination: &str, found: bool, document: Option<&Document>) {
        let path = self.path_of(destination);
        let mut is_elsewhere = false;
        if let Some(document) = document {
            self.folders_of_pages.add(path, document);
            if path.starts_with('/') && !self.addresses.is_empty() {
                let is_exact = self.addresses.contains_key(&*permalinks::normal(path));
                is_elsewhere = !is_exact && !self.permalinks.of(document).is_empty();
                self.exact.with += u32::from(is_exact);
                self.exact.of += u32::from(is_exact || is_elsewhere);
            }
        }
        if let Some(shape) = self.shape(destination) {
            let counts = self.shapes.entry(shape).or_default();
            counts.found += usize::from(found);
            counts.elsewhere += usize::from(is_elsewhere);
            counts.missing += usize::from(!found);
        }
    }

    /// Takes over which shapes of addresses are understood.
    pub(super) fn understand_as(&mut self, learnt: &Routes) {
        self.shapes = learnt.shapes.clone();
        self.exact = learnt.exact;
        self.are_all_known = learnt.are_all_known;
        self.bases = learnt.bases.clone();
        self.folders_of_pages = learnt.folders_of_pages.clone();
        self.by_title = learnt.by_title;
    }

    /// The path in a destination, without a slash at its end.
    pub(super) fn path_of<'d>(&self, destination: &'d str) -> &'d str {
        let address = self.address_of(destination).split(['#', '?']).next();
        address.unwrap_or("").trim_end_matches('/')
    }

    /// The address that was meant by a destination which leads to `document` by its last part, in folders that are a slip.
    pub(super) fn meant_folders(&self, destination: &str, document: &Document) -> Option<String> {
        let path = self.path_of(destination);
        // What a list is served as beside the page, such as a feed, has the list's name.
        let is_page = path.starts_with('/') && (!has_extension(path) || path.ends_with(".html"));
        let is_used = self.exact.certainty() >= needed::DERIVED;
        let is_said = || {
            let shape = self.shape(destination);
            shape.is_some_and(|shape| self.is_said(&shape)) && self.are_pages_at(destination)
        };
        if is_page && (is_used || is_said()) {
            if self.has_address(path) {
                return None;
            }
            let address = self.address_of(destination).split(['#', '?']).next()?;
            return self.permalinks.written(document, address);
        }
        let folder = path.rsplit_once('/')?.0;
        let meant = self.folders_of_pages.slip(path, document)?;
        // A folder of that name is no slip.
        (self.pages.find(folder, self.by_title) == Page::Nothing).then_some(meant)
    }

    fn shape(&self, destination: &str) -> Option<String> {
        let address = self.path_of(destination);
        let is_relative = !address.starts_with(['/', '@', '~', '{', '<']);
        // The path of a Markdown file is surely wrong where it leads nowhere; in a vault, it may be that of a note to come.
        let is_certain = is_markdown(address) && self.generator != Generator::Obsidian;
        if is_relative && !self.is_flat() && !is_certain && has_extension(address) {
            return Some("./*".to_owned());
        }
        if is_asset(address) {
            // All images below one folder are alike.
            let folder = address.split('/').nth(1)?;
            return Some(format!("{folder}/*"));
        }
        self.is_by_name(address)
            .then(|| addresses::shape(address))?
    }

    /// Whether a destination that leads to no page is surely wrong: a path, or an address of a shape whose others lead
    /// to pages.
    pub(super) fn is_understood(&self, destination: &str) -> bool {
        if self.stops_build(destination) || self.is_certain(destination) {
            return true;
        }
        match self.shape(destination) {
            Some(_) => self.are_pages_at(destination),
            None => !self.is_by_name(self.address_of(destination)),
        }
    }

    /// Whether addresses of a destination's shape are those of pages, so that one which is none is wrong.
    fn are_pages_at(&self, destination: &str) -> bool {
        let Some(shape) = self.shape(destination) else {
            return false;
        };
        let counts = self.shapes.get(&shape).copied().unwrap_or_default();
        let is_said = self.is_said(&shape);
        let files = self.files.get(&shape).filter(|_| !self.is_refuted());
        let files = files.copied().unwrap_or(0);
        // Where pages are served is said, or for the links to show.
        let elsewhere = if is_said { counts.elsewhere } else { 0 };
        let missing = counts.missing + elsewhere;
        let kept = files.max(counts.found - elsewhere);
        let needed = match missing {
            0..=3 if is_said => needed::SAID,
            0 | 1 => needed::SLIP,
            _ => needed::CONFLICT,
        };
        Share::new(kept, kept + missing).certainty() >= needed
    }

    /// Whether pages have addresses of this shape because the site's configuration says so of all. It says nothing of
    /// images, which a site may take from anywhere.
    fn is_said(&self, shape: &str) -> bool {
        let are_pages = !shape.ends_with('*') && self.files.contains_key(shape);
        are_pages && self.are_all_known && !self.is_refuted()
    }

    /// Whether links use other addresses than the generator's, so that these say nothing. The only one may be a mistake if
    /// the addresses of all pages are known.
    fn is_refuted(&self) -> bool {
        let least = if self.are_all_known { 2 } else { 1 };
        self.exact.without() >= self.exact.with.max(least)
    }

    fn flat<'d>(&self, name: &str, fragment: Option<&'d str>) -> Target<'d> {
        if name.is_empty() {
            return Target::Served;
        }
        if let Some(found) = self.documents.get(name) {
            return Target::Document(*found, fragment);
        }
        if self.others.contains(name) {
            return Target::Served;
        }
        // Images and downloads lie in folders of their own, which the site serves by other rules.
        if name.contains(['/', '.']) {
            Target::Unknown
        } else {
            Target::Missing(format!("/{name}"))
        }
    }

    /// The file at a path, seen from `folder` or from a folder that others are seen from.
    fn file<'d>(&self, folder: &str, address: &str, fragment: Option<&'d str>) -> Target<'d> {
        let Some(path) = joined(folder, address) else {
            return Target::Unknown;
        };
        let bases = self.bases.iter().filter(|_| !address.starts_with('/'));
        let others = bases.filter_map(|base| joined(base, address));
        let mut all = std::iter::once(path.clone()).chain(others);
        if let Some(found) = all.find_map(|path| self.at(path, fragment)) {
            return found;
        }
        // Without a file's extension it may be an address of whatever serves the folder; feeds are made.
        match address.starts_with('/') || !has_extension(&path) || path.ends_with(".xml") {
            true => Target::Unknown,
            false => Target::Missing(path),
        }
    }

    /// What lies at a path from the root, if anything does.
    fn at<'d>(&self, mut path: String, fragment: Option<&'d str>) -> Option<Target<'d>> {
        let length = path.len();
        let mut found = PAGE_ENDINGS.iter().find_map(|ending| {
            path.truncate(length);
            path.push_str(ending);
            self.documents.get(path.trim_start_matches('/'))
        });
        path.truncate(length);
        if let Some(rendered) = path.strip_suffix(".html") {
            let mut sources = ["md", "markdown"].iter();
            found = found.or_else(|| {
                sources.find_map(|ending| self.documents.get(&*format!("{rendered}.{ending}")))
            });
        }
        if let Some(found) = found {
            return Some(Target::Document(*found, fragment));
        }
        let is_unknown = |folder: &String| {
            let inside = path.strip_prefix(folder.as_str());
            inside.is_some_and(|inside| inside.starts_with('/'))
        };
        let is_served = self.others.contains(path.as_str())
            || self.folders.contains(path.as_str())
            || self.unknown.iter().any(is_unknown);
        is_served.then_some(Target::Served)
    }

    /// The folders from which a relative destination would lead somewhere, of the root and the folders that a path may
    /// begin in.
    pub(super) fn bases_of(&self, destination: &str) -> impl Iterator<Item = &Text> {
        let path = percent_decoded(self.path_of(destination)).into_owned();
        let is_relative = has_extension(&path) && !path.starts_with(['/', '.', '@', '~', '{', '<']);
        let roots = self.source_roots.iter().filter(move |_| is_relative);
        roots.filter(move |root| {
            joined(root, &path).is_some_and(|path| self.at(path, None).is_some())
        })
    }

    /// All names that a link can lead to, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.documents
            .keys()
            .chain(&self.others)
            .map(|name| &**name)
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

    /// Whether a destination that leads to no page tells that the site's addresses are not understood. Something unseen
    /// may serve an address of one part, and any address in a plain folder.
    pub(super) fn is_telling(&self, destination: &str) -> bool {
        self.is_generated()
            && !is_asset(self.path_of(destination))
            && self.shape(destination).is_some()
    }

    /// Whether the generator gives this address to a page.
    pub(super) fn has_address(&self, address: &str) -> bool {
        self.addresses.contains_key(&*permalinks::normal(address))
            || self.is_flat() && self.has_name(address.trim_matches('/'))
    }

    /// Whether a file of this name is there, where addresses are flat.
    pub(super) fn has_name(&self, name: &str) -> bool {
        self.documents.contains_key(name) || self.others.contains(name)
    }

    /// Whether a folder holds something.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        self.folders.contains(path)
    }

    /// Whether addresses are stems, in any folder.
    pub fn is_flat(&self) -> bool {
        self.generator == Generator::Snips
    }
}

/// What may follow the path in a destination to make it that of a page's file.
pub const PAGE_ENDINGS: [&str; 5] = ["", ".md", "/index.md", ".markdown", "/README.md"];

/// The paths of files that a destination in a file of `folder` may mean; first the one that it names. None where it leaves
/// the root.
pub(super) fn candidates(folder: &str, address: &str) -> Vec<String> {
    let Some(path) = joined(folder, address) else {
        return Vec::new();
    };
    let pages = PAGE_ENDINGS.iter().map(|ending| format!("{path}{ending}"));
    let rendered = path.strip_suffix(".html").map(|page| format!("{page}.md"));
    let roots = ASSET_ROOTS.split(' ').filter(|_| is_asset(address));
    let assets = roots.map(|root| format!("{root}/{path}"));
    pages.chain(rendered).chain(assets).collect()
}

/// Where generators keep what they copy as it is, beside the root.
const ASSET_ROOTS: &str = "static public assets source src content docs site";

/// How long a name is that may be a slip of another: shorter words often become another by one letter.
const LENGTHS: std::ops::Range<usize> = 6..100;

/// How many folders are tried at most.
const MOST_ROOTS: usize = 50;

/// The extensions of images and downloads.
const ASSETS: &str =
    "jpg jpeg png gif svg webp avif heic bmp ico pdf mp3 mp4 m4a mov wav webm ogg zip csv";

/// Whether an address from the root names an image or a download.
pub fn is_asset(address: &str) -> bool {
    address.starts_with('/') && is_asset_name(address)
}

/// Whether a path ends like that of a page, an image or a download.
pub(super) fn is_file_of_a_site(path: &str) -> bool {
    is_markdown(path) || is_asset_name(path) || path.ends_with(".html") || path.ends_with(".xml")
}

fn is_asset_name(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    is_any(&extension.to_ascii_lowercase(), ASSETS)
}

/// What a page is called by its path: its file's name without the date at its beginning, or its folder's.
fn page_name(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    match stem(name) {
        "index" | "_index" | "README" => folder.rsplit('/').next().unwrap_or(folder),
        name => permalinks::undated(name),
    }
}

/// Whether a destination begins with a URI scheme (RFC 3986, section 3.1).
pub fn has_scheme(destination: &str) -> bool {
    destination.split_once(':').is_some_and(|(scheme, rest)| {
        // A drive of Windows stands for one: `C:\plan.pdf`.
        (scheme.len() > 1 || rest.starts_with(['\\', '/']))
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    })
}

/// The path behind Pelican's words for files of the site: `{filename}week-7.md`, `{static}/images/shed.jpg`.
pub fn pelican_path(destination: &str) -> Option<&str> {
    let (word, path) = match destination.strip_prefix('{') {
        Some(rest) => rest.split_once('}')?,
        None => destination.strip_prefix('|')?.split_once('|')?,
    };
    matches!(word, "filename" | "static" | "attach").then_some(path)
}

/// Whether a path ends with the name of a file.
fn has_extension(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or("");
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    (1..=8).contains(&extension.len()) && extension.bytes().all(|one| one.is_ascii_alphanumeric())
}

/// A destination without its fragment, and what follows the `#`.
pub(super) fn without_fragment(destination: &str) -> (&str, Option<&str>) {
    match destination.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (destination, None),
    }
}

/// `address` seen from `folder`, with `.` and `..` resolved; `None` where it leaves the root.
pub(super) fn joined(folder: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = if address.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').filter(|part| !part.is_empty()).collect()
    };
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// `address` with `%20` and its like decoded; left as it is where that gives no UTF-8.
pub fn percent_decoded(address: &str) -> Cow<'_, str> {
    if !address.contains('%') {
        return Cow::Borrowed(address);
    }
    let bytes = address.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = (byte == b'%')
            .then(|| {
                address
                    .get(at + 1..at + 3)
                    .and_then(|code| u8::from_str_radix(code, 16).ok())
            })
            .flatten();
        decoded.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(address), Cow::Owned)
}

#[cfg(test)]
mod tests;
