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
use crate::discover::Files;
use crate::document::tags::{self, Kind, Named};
use crate::document::{Document, mask, stem};
use crate::hash::{QuickMap, QuickSet};
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
    /// Not to be told: a template tag, an asset, a scheme of addresses that is not understood.
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
    scheme: Scheme,
    /// Flat: stems. Files: paths.
    documents: QuickMap<Text, DocumentId>,
    others: QuickSet<Text>,
    /// Files: every folder that holds something, with the root.
    folders: QuickSet<Text>,
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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Scheme {
    Flat,
    #[default]
    Files,
}

impl Routes {
    pub(super) fn new(generator: Generator, documents: &[Document], files: &Files) -> Self {
        let scheme = match generator {
            Generator::Snips => Scheme::Flat,
            _ => Scheme::Files,
        };
        let mut routes = Routes {
            scheme,
            generator,
            ..Routes::default()
        };
        if documents.iter().any(|one| !one.template_tags.is_empty()) {
            routes.names = Names::of(generator);
        }
        for (index, document) in (0u32..).zip(documents) {
            match scheme {
                Scheme::Flat => {
                    routes
                        .documents
                        .insert(document.stem().into(), DocumentId(index));
                    // Where the name key still holds an old name, a link by that name is a consequence of it.
                    if let Some(name) = document
                        .metadata
                        .get("name")
                        .and_then(|entry| entry.as_str())
                    {
                        routes
                            .documents
                            .entry(name.into())
                            .or_insert(DocumentId(index));
                    }
                }
                Scheme::Files => {
                    routes
                        .documents
                        .insert(document.path.clone(), DocumentId(index));
                    routes.add_folders(&document.path);
                    routes.pages.add(DocumentId(index), document);
                    routes.names.add(DocumentId(index), document);
                }
            }
        }
        for path in &files.others {
            let name = path.rsplit('/').next().unwrap_or(path);
            if name.starts_with("docusaurus.config.") {
                routes.site_root = path.strip_suffix(name).map(Text::from);
            }
            let key = if scheme == Scheme::Flat {
                stem(name)
            } else {
                path.as_str()
            };
            routes.others.insert(key.into());
            if scheme == Scheme::Files {
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
            self.folders.insert(path.into());
            self.names.add_folder(path);
            self.pages
                .add_served(path.rsplit('/').next().unwrap_or(path));
        }
    }

    /// Looks `destination` up, as it stands in `from`. An address whose shape is not understood is unknown.
    pub fn resolve<'d>(
        &self,
        from: DocumentId,
        document: &Document,
        destination: &'d str,
        config: &Config,
    ) -> Target<'d> {
        match self.look_up(from, document, destination, config) {
            Target::Missing(_) if !self.is_understood(destination) => Target::Unknown,
            target => target,
        }
    }

    /// [`Routes::resolve`], before it is known which shapes are understood.
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
        let (address, fragment) = destination
            .split_once('#')
            .map_or((destination, None), |(address, fragment)| {
                (address, Some(fragment))
            });
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
        if self.scheme == Scheme::Flat {
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
    fn is_by_name(&self, address: &str) -> bool {
        self.scheme == Scheme::Files
            && (address.starts_with('/')
                || self.is_generated() && address.contains('/') && !address.starts_with("@/"))
    }

    /// The page that the last part of an address names.
    fn page<'d>(&self, address: &str, fragment: Option<&'d str>) -> Target<'d> {
        let name = address.rsplit('/').next().unwrap_or("");
        match self.pages.find(address) {
            Page::Document(id) => Target::Document(id, fragment),
            Page::Served => Target::Served,
            Page::Nothing if stem(name).contains('.') => Target::Unknown,
            Page::Nothing => Target::Missing(address.trim_end_matches('/').to_owned()),
        }
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
        (self.pages.find(folder) == Page::Nothing).then_some(meant)
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
        let endings = ["", ".md", "/index.md", ".markdown", "/README.md"];
        let mut found = endings.iter().find_map(|ending| {
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
        if self.others.contains(path.as_str()) || self.folders.contains(path.as_str()) {
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
    fn is_generated(&self) -> bool {
        !matches!(self.generator, Generator::Plain | Generator::Obsidian)
    }

    /// Whether a destination that leads to no page tells that the site's addresses are not understood. Something unseen
    /// may serve an address of one part, and any address in a plain folder.
    pub(super) fn is_telling(&self, destination: &str) -> bool {
        self.is_generated()
            && !is_asset(self.path_of(destination))
            && self.shape(destination).is_some()
    }

    /// Whether addresses are stems, in any folder.
    pub fn is_flat(&self) -> bool {
        self.scheme == Scheme::Flat
    }
}

/// Where generators keep what they copy as it is, beside the root.
const ASSET_ROOTS: &str = "static public assets source src content docs site";

/// How many images of one folder must be there before another can be missing.
const ENOUGH_ASSETS: usize = 20;

/// The extensions of images and downloads.
const ASSETS: &str =
    "jpg jpeg png gif svg webp avif heic bmp ico pdf mp3 mp4 m4a mov wav webm ogg zip csv";

/// Whether an address from the root names an image or a download.
pub fn is_asset(address: &str) -> bool {
    let Some((_, extension)) = address.rsplit_once('.') else {
        return false;
    };
    let mut known = ASSETS.split(' ');
    address.starts_with('/') && known.any(|one| one.eq_ignore_ascii_case(extension))
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
mod tests {
    use super::*;
    use crate::lint::archive_of;
    use jiff::civil::date;

    fn archive(files: &[(&str, &str)]) -> crate::archive::Archive {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect();
        archive_of(files, Config::default(), date(2026, 3, 4))
    }

    #[test]
    fn addresses_of_snips_are_stems_in_any_folder() {
        let archive = archive(&[
            ("soups/people/ada.snip.markdown", "# Ada\n\n:name: ada\n"),
            ("soups/weeknotes/week-1.snip.markdown", "# Week 1\n"),
            ("soups/work.snip.rb", ""),
        ]);
        let from = DocumentId(1);
        for address in ["/ada", "ada", "/ada/", "/ada?x=1", "/%61da"] {
            assert_eq!(
                archive.resolve(from, address),
                Target::Document(DocumentId(0), None),
                "{address}"
            );
        }
        assert_eq!(
            archive.resolve(from, "/ada#tea"),
            Target::Document(DocumentId(0), Some("tea"))
        );
        assert_eq!(
            archive.resolve(from, "#tea"),
            Target::Document(from, Some("tea"))
        );
        assert_eq!(archive.resolve(from, "/"), Target::Served);
        assert_eq!(
            archive.resolve(from, "/grace"),
            Target::Missing("/grace".to_owned())
        );
        assert_eq!(archive.resolve(from, "/images/a.jpg"), Target::Unknown);
        for address in ["https://example.com", "mailto:a@b.c", "//example.com/a"] {
            assert_eq!(archive.resolve(from, address), Target::External);
        }
        for address in ["/{{ page }}", "<%= page %>"] {
            assert_eq!(archive.resolve(from, address), Target::Unknown);
        }
    }

    #[test]
    fn addresses_of_plain_folders_are_paths() {
        let archive = archive(&[
            ("notes/2024/week-1.md", "# Week 1\n"),
            ("notes/index.md", "# Notes\n"),
            ("notes/plan b.md", "# Plan\n"),
            ("notes/shed.jpg", ""),
        ]);
        let from = DocumentId(0);
        for (address, id) in [
            ("week-1.md", 0),
            ("../2024/week-1", 0),
            ("..", 1),
            ("/notes/plan%20b.md", 2),
            ("../plan%20b.md#x", 2),
            ("week-1.html", 0),
        ] {
            let found = archive.resolve(from, address);
            assert!(
                matches!(found, Target::Document(DocumentId(found), _) if found == id),
                "{address}: {found:?}"
            );
        }
        assert_eq!(archive.resolve(from, "../shed.jpg"), Target::Served);
        assert_eq!(
            archive.resolve(from, "week-2.md"),
            Target::Missing("notes/2024/week-2.md".to_owned())
        );
        assert_eq!(archive.resolve(from, "../../../a.md"), Target::Unknown);
        assert_eq!(archive.resolve(from, "/tags/beans"), Target::Unknown);
    }

    /// A blog of ten posts whose last links to all of them and to `more`.
    fn blog(generator: &str, more: &str) -> crate::archive::Archive {
        let mut links = format!("[More]({more}).\n");
        let mut files = vec![(generator.to_owned(), String::new())];
        for week in 1..=10 {
            links.push_str(&format!("[It](/blog/2024/weeknotes-{week}/).\n"));
            let text = format!("---\ntitle: Weeknotes {week}\n---\n\n# {week}\n");
            files.push((
                format!("_posts/2024-01-{week:02}-weeknotes-{week}.md"),
                text,
            ));
        }
        files.push((
            "_posts/2024-01-30-beans-peas.md".to_owned(),
            format!("---\ntitle: Weeknotes 11, Beans & Peas\nslug: legumes\n---\n\n{links}"),
        ));
        archive_of(files, Config::default(), date(2026, 3, 4))
    }

    #[test]
    fn pages_of_generators_are_found_by_the_last_part_of_their_address() {
        let archive = blog("_config.yml", "/about/");
        for (address, id) in [
            ("/blog/2024/weeknotes-3/", 2),
            ("/any/where/weeknotes_3.html", 2),
            ("../2024-01-03-weeknotes-3.md#x", 2),
            ("/legumes", 10),
            ("/blog/beans-peas/index.html", 10),
            ("/blog/weeknotes-11-beans-and-peas", 10),
        ] {
            let found = archive.resolve(DocumentId(0), address);
            assert!(
                matches!(found, Target::Document(DocumentId(found), _) if found == id),
                "{address}: {found:?}"
            );
        }
        assert_eq!(archive.resolve(DocumentId(0), "/blog/tags"), Target::Served);
    }

    #[test]
    fn a_page_is_missing_only_where_others_of_its_shape_are_found() {
        let missing = "/blog/2024/weeknotes-12";
        let archive = blog("_config.yml", missing);
        assert_eq!(
            archive.resolve(DocumentId(0), missing),
            Target::Missing(missing.to_owned())
        );
        assert!(archive.understands_links() && archive.missing.contains_key(missing));
        for unknown in ["/about", "/shop/weeknotes-12", "/blog/2024/beans.pdf"] {
            let archive = blog("_config.yml", unknown);
            assert_eq!(archive.resolve(DocumentId(0), unknown), Target::Unknown);
            assert!(archive.missing.is_empty(), "{unknown}");
        }
    }

    #[test]
    fn numbers_that_order_files_are_no_part_of_their_names() {
        let archive = archive(&[
            ("astro.config.mjs", ""),
            ("docs/02-tools/01-rakes.md", "# Rakes\n"),
        ]);
        let found = archive.resolve(DocumentId(0), "/docs/tools/rakes");
        assert_eq!(found, Target::Document(DocumentId(0), None));
        assert_eq!(
            archive.resolve(DocumentId(0), "/docs/tools/"),
            Target::Served
        );
    }

    #[test]
    fn a_title_may_be_spelt_in_ascii() {
        let title = |title: &str| format!("---\ntitle: {title}\n---\n");
        let archive = archive(&[
            ("_config.yml", ""),
            ("_posts/2024-01-05-a.md", &title("Le café")),
            ("_posts/2024-01-12-b.md", &title("第 7 周")),
        ]);
        for spelt in ["/x/le-cafe", "/x/le-caf", "/x/di-7-zhou"] {
            assert_eq!(archive.resolve(DocumentId(0), spelt), Target::Served);
        }
        assert_eq!(
            archive.resolve(DocumentId(0), "/x/la-cuisine"),
            Target::Unknown
        );
    }

    #[test]
    fn the_base_of_a_site_may_be_a_template_tag() {
        let missing = "/blog/2024/weeknotes-12";
        let archive = blog("_config.yml", &format!("{{{{ site.baseurl }}}}{missing}"));
        assert!(archive.missing.contains_key(missing));
        for unknown in [
            "{{ page.url }}",
            "{{ page.url }}#beans",
            "/blog/2024/{{ it }}",
        ] {
            assert!(blog("_config.yml", unknown).missing.is_empty(), "{unknown}");
        }
    }

    #[test]
    fn links_that_stop_the_build_are_wrong_unless_most_of_them_are() {
        let post = |name: &str| format!("[It]({{% post_url 2024-01-{name} %}})\n");
        let with = |links: &str| {
            archive(&[
                ("_config.yml", "source: site\n"),
                ("site/_posts/2024-01-05-a.md", "# A\n"),
                (
                    "site/_posts/2024-01-12-b.md",
                    &format!("---\nslug: c\ndate: 2024-01-13\n---\n{links}"),
                ),
                (
                    "site/_posts/2024-01-19-weeknotes.md",
                    "---\ntitle: Weeknotes\n---\n",
                ),
            ])
        };
        let few = with(&["05-a", "13-c", "2-9-b"].map(post).concat());
        let from = DocumentId(1);
        for (name, id) in [
            ("2024-01-05-a", 0),
            ("2024-1-5-a", 0),
            ("/x/2024-01-13-c", 1),
        ] {
            let destination = format!("{{% post_url {name} %}}#b");
            let found = few.resolve(from, &destination);
            assert_eq!(found, Target::Document(DocumentId(id), Some("b")), "{name}");
        }
        let missing = few.resolve(from, "{% link _posts/2024-01-05-b.md %}");
        assert_eq!(
            missing,
            Target::Missing("_posts/2024-01-05-b.md".to_owned())
        );
        assert_eq!(few.resolve(from, "{% link feed.xml %}"), Target::Unknown);
        assert!(
            few.understands_stops() && few.stops.1 == 1,
            "{:?}",
            few.stops
        );
        let most = with(&["06-a", "07-a", "08-a", "09-a"].map(post).concat());
        assert!(!most.understands_stops(), "{:?}", most.stops);
    }

    #[test]
    fn images_are_missing_where_others_of_their_folder_are_there() {
        fn found(images: usize, link: &str) -> Target<'_> {
            let mut files = vec![("docusaurus.config.js".to_owned(), String::new())];
            let mut links = format!("![]({link})\n");
            for image in 1..=images {
                files.push((format!("static/img/{image}.jpg"), String::new()));
                links += &format!("![](/img/{image}.jpg)\n");
            }
            files.push(("blog/2024-01-05-week-1.md".to_owned(), links));
            let archive = archive_of(files, Config::default(), date(2026, 3, 4));
            archive.resolve(DocumentId(0), link)
        }
        let is_missing = |images, link: &str| matches!(found(images, link), Target::Missing(_));
        assert!(is_missing(25, "/img/7.JPG") && is_missing(25, "/img/26.png"));
        assert!(is_missing(1, "@site/static/img/2.jpg"));
        for link in ["/img/7.jpg", "/static/img/7.jpg", "@site/static/img/7.jpg"] {
            assert_eq!(found(25, link), Target::Served, "{link}");
        }
        for link in ["/photos/7.jpg", "~/img/26.jpg", "@img/26.jpg", "/img/26"] {
            assert!(!is_missing(25, link), "{link}");
        }
        assert_eq!(found(10, "/img/7.JPG"), Target::Unknown);
    }

    #[test]
    fn languages_are_no_part_of_names() {
        let archive = archive(&[
            ("hugo.toml", ""),
            ("content/notes/week-7.en.md", "---\ntitle: Beans\n---\n"),
            ("content/notes/peas/index.en.md", "---\ntitle: Peas!\n---\n"),
        ]);
        let found = |address| archive.resolve(DocumentId(0), address).is_there();
        assert!(found("/en/notes/week-7/") && found("/en/notes/peas/"));
    }

    #[test]
    fn paths_of_zola_begin_with_an_at_sign() {
        let archive = archive(&[
            ("config.toml", "base_url = \"https://beans.example\"\n"),
            ("content/blog/2024-01-05-week-1.md", "+++\n+++\n"),
        ]);
        let found = archive.resolve(DocumentId(0), "@/blog/2024-01-05-week-1.md");
        assert_eq!(found, Target::Document(DocumentId(0), None));
        assert_eq!(
            archive.resolve(DocumentId(0), "@/blog/week-1.md"),
            Target::Missing("content/blog/week-1.md".to_owned())
        );
    }

    #[test]
    fn a_scheme_is_told_from_a_path() {
        assert!(has_scheme("https://a.b") && has_scheme("tel:123") && has_scheme("a+b.c:d"));
        assert!(!has_scheme("a/b:c") && !has_scheme("C:a") && !has_scheme("1a:b"));
        assert!(has_scheme("C:\\a") && has_scheme("c:/a"));
    }
}
