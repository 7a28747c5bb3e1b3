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
//! - Template tags that name a page (`{% post_url … %}`, `{{< ref … >}}`) are read by `tags.rs` and looked up in
//!   `named.rs`.

use super::addresses::{self, Page, Pages, Shapes};
use super::folders::Folders;
use super::named::Names;
use super::site::Generator;
use crate::config::Config;
use crate::diagnostic::DocumentId;
use crate::discover::{Files, is_markdown};
use crate::document::tags::{self, Kind, Named};
use crate::document::{Document, mask, stem};
use crate::hash::{QuickMap, QuickSet};
use crate::names::is_any;
use crate::source::Text;
use std::borrow::Cow;

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
    /// How often addresses of each shape lead to a page.
    shapes: Shapes,
    /// The folder of a Docusaurus site, with a slash unless it is the root.
    site_root: Option<Text>,
    /// The folders in the addresses of pages.
    folders_of_pages: Folders,
    /// Whether addresses are made of titles.
    by_title: bool,
    /// The folders that a path from the site's root may begin in.
    source_roots: Vec<Text>,
}

impl Routes {
    pub(super) fn new(generator: Generator, documents: &[Document], files: &Files) -> Self {
        let mut routes = Routes {
            generator,
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
            }
        }
        for path in &files.others {
            let name = path.rsplit('/').next().unwrap_or(path);
            if name.starts_with("docusaurus.config.") {
                routes.site_root = path.strip_suffix(name).map(Text::from);
            }
            if routes.is_flat() {
                routes.others.insert(stem(name).into());
            } else {
                routes.others.insert(path.as_str().into());
                routes.add_folders(path);
                routes.names.add_file(path, None);
                routes
                    .pages
                    .add_served(name.split('.').next().unwrap_or(name));
            }
        }
        routes
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
            let is_root = !path.is_empty() && !path.contains('/') || path.starts_with("src/");
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
        let found = match (decoded.strip_prefix("@site"), &self.site_root) {
            (Some(path), Some(root)) => return self.file("", &format!("{root}.{path}"), fragment),
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
        self.names.has(kind) || kind == Kind::Address && self.is_generated()
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
    /// Markdown file, or one in which two letters have changed places. (In a vault it may be that of a note to come.)
    pub fn is_certain(&self, destination: &str) -> bool {
        let path = self.path_of(destination);
        let is_file = is_markdown(path) && !path.starts_with(['/', '@', '~', '{', '<']);
        !self.is_flat()
            && self.generator != Generator::Obsidian
            && (is_file || self.exchanged(path).is_some())
    }

    /// The address of a page or an image that is there, and that `path` becomes by an exchange of two letters in its last
    /// part.
    pub fn exchanged(&self, path: &str) -> Option<String> {
        let (before, name) = path.rsplit_once('/')?;
        let is_asset = is_asset(path);
        let is_there = |name: &str| match is_asset {
            true => {
                let below = |root| self.others.contains(&*format!("{root}{before}/{name}"));
                let is_in_root = || format!("{before}/{name}");
                self.others.contains(is_in_root().trim_start_matches('/'))
                    || ASSET_ROOTS.split(' ').any(below)
            }
            false => self.pages.holds(name),
        };
        let can_be = name.is_ascii() && LENGTHS.contains(&name.len()) && self.is_by_name(path);
        let pairs = name.as_bytes().windows(2).enumerate().filter(|_| can_be);
        let letters = pairs.filter(|(_, pair)| pair.iter().all(u8::is_ascii_alphabetic));
        let mut exchanged = letters.map(|(at, pair)| {
            let (start, end) = (name.get(..at), name.get(at + 2..));
            let [one, other] = [0, 1].map(|at| pair.get(at).map_or(' ', |&byte| char::from(byte)));
            format!("{}{other}{one}{}", start.unwrap_or(""), end.unwrap_or(""))
        });
        let found = exchanged.find(|other| other != name && is_there(other))?;
        Some(format!("{before}/{found}"))
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
        let found = self.names.find(kind, name);
        found.is_some_and(|page| page != Page::Nothing)
    }

    /// Whether what serves an address finds it by a name of its own making.
    pub(super) fn is_by_name(&self, address: &str) -> bool {
        !self.is_flat()
            && (address.starts_with('/')
                || self.is_generated() && address.contains('/') && !address.starts_with("@/"))
    }

    /// The page that the last part of an address names.
    fn page<'d>(&self, address: &str, fragment: Option<&'d str>) -> Target<'d> {
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

    /// Learns whether addresses are made of titles from links with the pages that they lead to; `None` where they lead to
    /// none by its name. At least two pages must be found by their title alone, and not many more by another name alone:
    /// where titles make addresses, those are slips, and elsewhere the titles are.
    pub(super) fn learn_titles<'d>(
        &mut self,
        links: impl Iterator<Item = (&'d str, Option<(DocumentId, &'d Document)>)>,
    ) {
        let (mut titled, mut named) = (QuickSet::default(), QuickSet::default());
        for (destination, page) in links {
            let address = self.path_of(destination);
            if self.is_by_name(address) {
                match page {
                    None => titled.extend(self.pages.titled(address)),
                    Some((id, page)) if !addresses::is_title(address, page) => {
                        named.insert(id);
                    }
                    Some(_) => {}
                }
            }
        }
        self.by_title = titled.len() >= 2 && titled.len() * 4 >= named.len();
    }

    /// Counts the address of a destination that leads to a page (`found`), or to none, for its shape.
    /// The document is the page where it is known.
    pub(super) fn count(&mut self, destination: &str, found: bool, document: Option<&Document>) {
        if let Some(document) = document {
            self.folders_of_pages
                .add(self.path_of(destination), document);
        }
        if let Some(shape) = self.shape(destination) {
            let counts = self.shapes.entry(shape).or_default();
            counts.0 += usize::from(found);
            counts.1 += usize::from(!found);
        }
    }

    /// Takes over which shapes of addresses are understood.
    pub(super) fn understand_as(&mut self, learnt: &Routes) {
        self.shapes = learnt.shapes.clone();
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
        let folder = path.rsplit_once('/')?.0;
        let meant = self.folders_of_pages.slip(path, document)?;
        // A folder of that name is no slip.
        (self.pages.find(folder, self.by_title) == Page::Nothing).then_some(meant)
    }

    fn shape(&self, destination: &str) -> Option<String> {
        let address = self.path_of(destination);
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
        self.stops_build(destination)
            || self.is_certain(destination)
            || !self.is_by_name(self.address_of(destination))
            || self
                .shape(destination)
                .and_then(|shape| self.shapes.get(&shape))
                .is_some_and(|counts| {
                    let is_enough =
                        !is_asset(self.path_of(destination)) || counts.0 >= ENOUGH_ASSETS;
                    is_enough && addresses::is_understood(*counts)
                })
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

    fn file<'d>(&self, folder: &str, address: &str, fragment: Option<&'d str>) -> Target<'d> {
        let Some(mut path) = joined(folder, address) else {
            return Target::Unknown;
        };
        let length = path.len();
        let mut found = PAGE_ENDINGS.iter().find_map(|ending| {
            path.truncate(length);
            path.push_str(ending);
            self.documents.get(path.trim_start_matches('/'))
        });
        path.truncate(length);
        if let Some(rendered) = path.strip_suffix(".html") {
            found = found.or_else(|| self.documents.get(&*format!("{rendered}.md")));
        }
        if let Some(found) = found {
            return Target::Document(*found, fragment);
        }
        let is_unknown = |folder: &String| {
            let inside = path.strip_prefix(folder.as_str());
            inside.is_some_and(|inside| inside.starts_with('/'))
        };
        if self.others.contains(path.as_str())
            || self.folders.contains(path.as_str())
            || self.unknown.iter().any(is_unknown)
        {
            return Target::Served;
        }
        // Without a file's extension it may be an address of whatever serves the folder.
        let name = path.rsplit('/').next().unwrap_or("");
        if address.starts_with('/') || !name.contains('.') {
            Target::Unknown
        } else {
            Target::Missing(path)
        }
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
            .filter(|_| self.is_generated())
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

/// How many images of one folder must be there before another can be missing.
const ENOUGH_ASSETS: usize = 20;

/// How long a name is in which two letters may have changed places: shorter words often become another by that.
const LENGTHS: std::ops::Range<usize> = 6..100;

/// How many folders are tried at most.
const MOST_ROOTS: usize = 50;

/// The extensions of images and downloads.
const ASSETS: &str =
    "jpg jpeg png gif svg webp avif heic bmp ico pdf mp3 mp4 m4a mov wav webm ogg zip csv";

/// Whether an address from the root names an image or a download.
pub fn is_asset(address: &str) -> bool {
    let extension = address
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension);
    address.starts_with('/') && is_any(&extension.to_ascii_lowercase(), ASSETS)
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

/// A destination without its fragment, and what follows the `#`.
pub(super) fn without_fragment(destination: &str) -> (&str, Option<&str>) {
    match destination.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (destination, None),
    }
}

/// `address` seen from `folder`, with `.` and `..` resolved; `None` where it leaves the root.
fn joined(folder: &str, address: &str) -> Option<String> {
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
