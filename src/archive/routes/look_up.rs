//! Where one destination leads, by what is there and by what was learnt.

use super::{Routes, Target};
use crate::archive::index::Page;
use crate::archive::paths::{
    ASSET_ROOTS, PAGE_ENDINGS, has_extension, has_scheme, is_asset, joined, pelican_path,
    percent_decoded,
};
use crate::archive::site::Generator;
use crate::config::Config;
use crate::diagnostic::DocumentId;
use crate::discover::is_markdown;
use crate::document::tags::{self, Kind, Named};
use crate::document::{Document, mask, stem};
use std::borrow::Cow;

impl Routes {
    /// Looks `destination` up, as it stands in `from`, before it is known which shapes of addresses are understood.
    pub(in crate::archive) fn look_up(
        &self,
        from: DocumentId,
        document: &Document,
        destination: &str,
        config: &Config,
    ) -> Target {
        // Most destinations are addresses of other sites: this is asked first.
        if has_scheme(destination) {
            return Target::External;
        }
        if mask::holds_tag(destination) {
            let named = tags::read(destination).filter(|named| self.has(named.kind));
            return named.map_or(Target::Unknown, |named| {
                self.named(from, document, named, config)
            });
        }
        if destination.starts_with("//") {
            return Target::External;
        }
        let address = destination.split(['#', '?']).next().unwrap_or("");
        if address.is_empty() {
            return Target::Document(from);
        }
        let decoded = percent_decoded(address);
        let is_route = match decoded.starts_with('/') {
            true => config.is_route(&decoded),
            false => config.is_route(&format!("/{decoded}")),
        };
        if is_route {
            return Target::Served;
        }
        if self.is_flat() {
            return self.flat(decoded.trim_matches('/'));
        }
        if let Some(path) = decoded.strip_prefix("@/") {
            return self.content(path);
        }
        let folder = document.folder();
        if decoded.starts_with(['{', '|']) {
            let is_known = self.generator == Generator::Pelican && pelican_path(&decoded).is_some();
            let path = joined(folder, &self.without_word(decoded, document));
            let path = path.filter(|_| is_known);
            return path.map_or(Target::Unknown, |path| {
                self.at(&path).unwrap_or(Target::Missing(path))
            });
        }
        let found = match decoded.strip_prefix("@site") {
            Some(path) if self.generator == Generator::Docusaurus => {
                return self.by_path("", &format!("{}.{path}", self.permalinks.site.root));
            }
            _ => self.by_path(folder, &decoded),
        };
        match found {
            Target::Missing(_) if decoded.starts_with(['@', '~']) => Target::Unknown,
            Target::Missing(_) | Target::Unknown if is_markdown(&decoded) => {
                self.source(folder, &decoded)
            }
            Target::Missing(_) | Target::Unknown if is_asset(&decoded) => self.asset(decoded),
            Target::Missing(_) | Target::Unknown if self.is_by_name(&decoded) => {
                self.page(&decoded)
            }
            target => target,
        }
    }

    /// Whether the generator fills in tags of this kind.
    fn has(&self, kind: Kind) -> bool {
        self.index.has_tag(kind) || kind == Kind::Address && self.generator.runs_braces()
    }

    /// What a template tag names.
    fn named(
        &self,
        from: DocumentId,
        document: &Document,
        named: Named<'_>,
        config: &Config,
    ) -> Target {
        let Named { kind, name, .. } = named;
        if kind == Kind::Address {
            return self.look_up(from, document, name, config);
        }
        if name.is_empty() {
            return Target::Document(from);
        }
        let is_excluded = || config.excludes(name) || config.excludes(&format!("_posts/{name}.md"));
        match self.index.find_tag(kind, name) {
            Some(Page::Nothing) if is_excluded() => Target::Unknown,
            Some(page) => page.or(|| Target::Missing(name.to_owned())),
            None => Target::Unknown,
        }
    }

    /// The image or download at an address from the root.
    fn asset(&self, address: Cow<'_, str>) -> Target {
        let is_in = |root| self.files.contains_key(&*format!("{root}{address}"));
        match ASSET_ROOTS.split(' ').any(is_in) {
            true => Target::Served,
            false => Target::Missing(address.into_owned()),
        }
    }

    /// The Markdown file at a path that may begin below the root, in a folder such as `content`.
    fn source(&self, folder: &str, address: &str) -> Target {
        let path = address.trim_start_matches("./").trim_start_matches('/');
        let is_below = address.starts_with('/') || self.is_generated() && !path.starts_with("../");
        let mut roots = self.source_roots.iter().filter(|_| is_below);
        let found = roots.find_map(|root| self.files.get(&*format!("{root}/{path}")));
        let missing = || match address.starts_with('/') {
            true => Target::Missing(address.to_owned()),
            false => joined(folder, address).map_or(Target::Unknown, Target::Missing),
        };
        found.map_or_else(missing, |found| found.or(|| Target::Unknown))
    }

    /// The file at a path of Zola's, which is exact.
    fn content(&self, path: &str) -> Target {
        let path = format!("content/{path}");
        match self.files.get(&*path) {
            _ if self.generator != Generator::Zola => Target::Unknown,
            Some(found) => found.or(|| Target::Unknown),
            None => Target::Missing(path),
        }
    }

    /// The page that has an address, or that its last part names.
    fn page(&self, address: &str) -> Target {
        let by_name = || self.index.find(address, self.learnt.by_title);
        let found = self.exact(address).unwrap_or_else(by_name);
        let name = address.rsplit('/').next().unwrap_or("");
        found.or(|| match stem(name).contains('.') {
            true => Target::Unknown,
            false => Target::Missing(address.trim_end_matches('/').to_owned()),
        })
    }

    fn flat(&self, name: &str) -> Target {
        if name.is_empty() {
            return Target::Served;
        }
        let found = self.files.get(name).copied().unwrap_or(Page::Nothing);
        // Images and downloads lie in folders of their own, which the site serves by other rules.
        found.or(|| match name.contains(['/', '.']) {
            true => Target::Unknown,
            false => Target::Missing(format!("/{name}")),
        })
    }

    /// The file at a path, seen from `folder` or from a folder that others are seen from.
    fn by_path(&self, folder: &str, address: &str) -> Target {
        let Some(path) = joined(folder, address) else {
            return Target::Unknown;
        };
        let mut bases = self.learnt.bases.iter();
        let mut by_base = || {
            let is_relative = !address.starts_with('/');
            let mut paths = { &mut bases }.filter_map(|base| joined(base, address));
            is_relative.then(|| paths.find_map(|path| self.at(&path)))?
        };
        if let Some(found) = self.at(&path).or_else(&mut by_base) {
            return found;
        }
        // Without a file's extension it may be an address of whatever serves the folder; feeds are made.
        match address.starts_with('/') || !has_extension(&path) || path.ends_with(".xml") {
            true => Target::Unknown,
            false => Target::Missing(path),
        }
    }

    /// What lies at a path from the root, if anything does.
    pub(super) fn at(&self, path: &str) -> Option<Target> {
        let mut file = path.to_owned();
        let mut with = |before: &str, ending: &str| {
            file.clear();
            file.push_str(before);
            file.push_str(ending);
            self.files.get(file.trim_start_matches('/'))
        };
        let found = PAGE_ENDINGS.iter().find_map(|ending| with(path, ending));
        let rendered = || {
            let before = path.strip_suffix(".html")?;
            with(before, ".md").or_else(|| with(before, ".markdown"))
        };
        if let Some(found) = found.or_else(rendered) {
            return Some(found.or(|| Target::Unknown));
        }
        let is_unknown = |folder: &String| {
            let inside = path.strip_prefix(folder.as_str());
            inside.is_some_and(|inside| inside.starts_with('/'))
        };
        let is_served = self.folders.contains(path) || self.unknown.iter().any(is_unknown);
        is_served.then_some(Target::Served)
    }

    /// The path that is meant by an address in `document` which begins with `@/` of Zola or a word of Pelican's.
    pub(in crate::archive) fn without_word<'a>(
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
}

impl Page {
    /// Where a destination leads that means this, or what else does where it is nothing.
    fn or(self, nothing: impl FnOnce() -> Target) -> Target {
        match self {
            Page::Document(id) => Target::Document(id),
            Page::Served => Target::Served,
            Page::Nothing => nothing(),
        }
    }
}
