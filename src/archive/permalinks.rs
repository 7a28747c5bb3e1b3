//! The addresses that a site's generator gives its pages, where the generator or its configuration says so.
//!
//! An address is kept as it is compared: from the root of the site, decoded, without `index.html`, without `.html` and
//! without a slash at its end. What only running a script would tell (a `permalink` function of Eleventy, most routes of
//! Astro) is not known, and a page may have no known address. Whether the links of the archive use these addresses at all
//! is for the links to show, see `routes.rs`.
//!
//! `tests/sites` has asked the generators: what must be known of each stands in its README.

mod eleventy;
mod hugo;
mod jekyll;
mod paths;
pub(super) mod pattern;
mod pelican;

use super::hosts::without_www;
use super::site::{Generator, Site};
use crate::discover::{Files, is_markdown};
use crate::document::Document;
use crate::document::metadata::{self, Entry, Value, map, text};
use crate::hash::QuickSet;
use crate::source::Text;
use crate::word_list::is_any;
use jiff::civil::Date;
use paths::Paths;
use pattern::assigned;

/// What a site's own configuration says of addresses.
#[derive(Debug, Default)]
pub struct Permalinks {
    /// The site.
    pub site: Site,
    /// What its configuration says, where that is no script.
    pub config: Vec<Entry>,
    /// The path of a configuration that the generator refuses, so that nothing is known of what it says.
    pub refused: Option<String>,
    /// Whether more may be served, or elsewhere, than the configuration and the pages say: by redirects, scripts, or a
    /// generator whose addresses are not known.
    pub(super) is_open: bool,
    /// The path of the site on its host, `/blog`; mostly empty.
    base: String,
    /// The host of the site, without `www.`, in small letters; empty where the configuration has none.
    host: String,
    /// How the generator makes an address; none where that is not known.
    scheme: Option<Scheme>,
    /// The Markdown files called `index`, without extension.
    indices: QuickSet<Text>,
}

/// How a generator makes an address of the path of a file, and what its configuration says of it.
#[derive(Debug)]
enum Scheme {
    Jekyll(jekyll::Scheme),
    Hugo(hugo::Scheme),
    Eleventy(eleventy::Scheme),
    Pelican(pelican::Scheme),
    Paths(Paths),
}

/// What can be read of a site's configuration.
struct Configuration<'c> {
    /// The folder of the site; it ends with a slash, or is empty.
    root: &'c str,
    files: &'c Files,
    read: &'c dyn Fn(&str) -> Option<String>,
    /// The text of the file that counts. A script is not run.
    text: String,
    /// What it says, if it is no script.
    data: Vec<Entry>,
    /// The path of a file that the generator refuses.
    refused: Option<String>,
}

impl<'c> Configuration<'c> {
    fn of(site: &'c Site, files: &'c Files, read: &'c dyn Fn(&str) -> Option<String>) -> Self {
        let mut configuration = Configuration {
            root: &site.root,
            files,
            read,
            text: String::new(),
            data: Vec::new(),
            refused: None,
        };
        let main = site.generator.configuration(&files.others, &site.root);
        // Hugo's may have parts: what `permalinks.toml` holds is the value of `permalinks`.
        let folder = format!("{}config/_default/", site.root);
        let parts = files.others.iter().filter_map(|path| {
            let (name, extension) = path.strip_prefix(&*folder)?.split_once('.')?;
            let is_part = Some(&**path) != main && !extension.contains('.') && !name.contains('/');
            let is_all = matches!(name, "hugo" | "config");
            is_part.then_some((&**path, (!is_all).then_some(name)))
        });
        let parts = parts.filter(|_| site.generator == Generator::Hugo);
        for (path, key) in main.map(|main| (main, None)).into_iter().chain(parts) {
            let text = read(path).unwrap_or_default();
            match (metadata::of_data(path, &text), key) {
                (Some(entries), None) => configuration.data.extend(entries),
                (Some(entries), Some(key)) => configuration.data.push(Entry {
                    key: key.into(),
                    value: Value::Map(entries.into()),
                    ..Entry::default()
                }),
                (None, _) if metadata::is_data(path) => {
                    configuration.refused = Some(path.to_owned());
                }
                (None, _) => {}
            }
            if Some(path) == main {
                configuration.text = text;
            }
        }
        configuration
    }

    /// A folder of the site, with a slash at its end unless it is the root; `usual` where the configuration names none.
    fn below(&self, folder: &str, usual: &str) -> String {
        let folder = if folder.is_empty() { usual } else { folder };
        match folder.trim_start_matches("./").trim_matches('/') {
            "" | "." => self.root.to_owned(),
            folder => format!("{}{folder}/", self.root),
        }
    }
}

impl Permalinks {
    /// Reads the configuration of the site. `read` gives the content of a file.
    pub fn new(site: Site, files: &Files, read: impl Fn(&str) -> Option<String>) -> Self {
        let configuration = Configuration::of(&site, files, &read);
        let mut permalinks = Permalinks {
            indices: indices(files),
            ..Permalinks::default()
        };
        permalinks.configure(site.generator, &configuration);
        Permalinks {
            refused: configuration.refused,
            config: configuration.data,
            site,
            ..permalinks
        }
    }

    fn configure(&mut self, generator: Generator, site: &Configuration<'_>) {
        let (script, config) = (&site.text, &*site.data);
        let said = |key| assigned(script, key).unwrap_or("");
        self.scheme = match generator {
            Generator::Jekyll => {
                self.be_at(text(config, "url"), text(config, "baseurl"));
                Some(Scheme::Jekyll(jekyll::Scheme::new(site)))
            }
            Generator::Hugo => {
                self.be_at(text(config, "baseURL"), "");
                Some(Scheme::Hugo(hugo::Scheme::new(site)))
            }
            Generator::Zola => {
                self.be_at(text(config, "base_url"), "");
                Some(Scheme::Paths(Paths::zola(site)))
            }
            Generator::Eleventy => {
                self.be_at("", said("pathPrefix"));
                eleventy::Scheme::new(site).map(Scheme::Eleventy)
            }
            Generator::MkDocs => {
                self.be_at(text(config, "site_url"), "");
                Paths::mkdocs(site).map(Scheme::Paths)
            }
            Generator::Pelican => {
                self.be_at(said("SITEURL"), "");
                pelican::Scheme::new(site).map(Scheme::Pelican)
            }
            Generator::Astro => {
                self.be_at(said("site"), said("base"));
                Some(Scheme::Paths(Paths::astro(site)))
            }
            Generator::Docusaurus => {
                self.be_at(said("url"), said("baseUrl"));
                Paths::docusaurus(site).map(Scheme::Paths)
            }
            Generator::VitePress => {
                self.be_at(said("hostname"), said("base"));
                Paths::vitepress(site).map(Scheme::Paths)
            }
            Generator::MdBook => {
                let output = map(map(config, "output"), "html");
                self.be_at("", text(output, "site-url"));
                Paths::mdbook(site).map(Scheme::Paths)
            }
            Generator::Snips | Generator::Obsidian | Generator::Nikola | Generator::Plain => None,
        };
        let is_redirected = || match generator {
            // They are in the pages' metadata there.
            Generator::Jekyll => false,
            _ => script.contains("redirect"),
        };
        let mut others = site.files.others.iter();
        self.is_open = self.scheme.is_none()
            || site.refused.is_some()
            || is_redirected()
            || others.any(|path| moves_pages(path));
    }

    /// Takes over the address of the site, and its path on the host where that is said apart.
    fn be_at(&mut self, url: &str, base: &str) {
        let (_, rest) = url.split_once("//").unwrap_or_default();
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let path = if base.is_empty() { path } else { base };
        let path = path.trim_matches('/');
        let slash = if path.is_empty() { "" } else { "/" };
        self.base = format!("{slash}{path}");
        let host = without_www(host).to_ascii_lowercase();
        // What is to be filled in names no site, and RFC 2606 reserves `example.com`.
        let is_public =
            host.contains('.') && !host.starts_with("example.") && !host.contains(['{', '$']);
        self.host = if is_public { host } else { String::new() };
    }

    /// The host that the configuration names, without `www.`.
    pub(super) fn host(&self) -> Option<&str> {
        Some(&*self.host).filter(|host| !host.is_empty())
    }

    /// Whether a path on the host is one of this site, and not of another beside it.
    pub(super) fn holds(&self, path: &str) -> bool {
        let rest = path.strip_prefix(&*self.base);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether a file is surely no page: a draft, or one that the configuration leaves out.
    pub(super) fn leaves_out(&self, document: &Document) -> bool {
        let is_left_out = || match &self.scheme {
            Some(Scheme::Paths(paths)) => paths.leaves_out(document, &self.indices),
            _ => false,
        };
        document.is_unpublished() || is_left_out()
    }

    /// The addresses of a page; that which links use first. None where they are not known.
    pub(super) fn of(&self, document: &Document) -> Vec<String> {
        let metadata = &document.metadata;
        if document.is_unpublished() {
            return Vec::new();
        }
        let one = |address: Option<String>| address.into_iter().collect();
        let mut all: Vec<String> = match &self.scheme {
            None if self.site.generator == Generator::Snips => {
                let name = metadata.text("name").into_iter();
                name.chain([document.stem()]).map(str::to_owned).collect()
            }
            None => Vec::new(),
            Some(Scheme::Jekyll(scheme)) => one(scheme.address(document)),
            Some(Scheme::Hugo(scheme)) => scheme.addresses(document, &self.indices),
            Some(Scheme::Eleventy(scheme)) => one(scheme.address(document)),
            Some(Scheme::Pelican(scheme)) => one(scheme.address(document)),
            Some(Scheme::Paths(scheme)) => one(scheme.address(document, &self.indices)),
        };
        all.iter_mut()
            .for_each(|address| *address = normal(address));
        let has_redirects = matches!(self.site.generator, Generator::Jekyll | Generator::Zola);
        if has_redirects && !all.is_empty() {
            let redirects = ["redirect_from", "aliases"].into_iter();
            let redirects = redirects.filter_map(|key| metadata.get(key));
            let redirects = redirects.flat_map(|entry| entry.value.texts(&[]));
            all.extend(redirects.map(normal));
        }
        if !self.base.is_empty() {
            let based = all.clone().into_iter();
            all.extend(based.map(|address| format!("{}{address}", self.base)));
        }
        all
    }

    /// The address that links to a page use, with the site's path before it and the ending of `like`, unless the metadata
    /// says the whole of it.
    pub(super) fn written(&self, document: &Document, like: &str) -> Option<String> {
        let address = self.of(document).into_iter().next()?;
        let base = Some(&*self.base).filter(|base| like.starts_with(&format!("{base}/")));
        let mut said = ["permalink", "url", "path"].iter();
        let said = said.find_map(|key| {
            let said = document.metadata.text(key)?.trim_start_matches('/');
            (said.contains('/') && normal(said) == address).then(|| format!("/{said}"))
        });
        let mut endings = ["/index.html", ".html", "/"].into_iter();
        let ending = endings.find(|ending| like.ends_with(ending)).unwrap_or("");
        Some(base.unwrap_or("").to_owned() + &said.unwrap_or_else(|| address + ending))
    }
}

/// Whether a file may say that pages are served elsewhere than the generator says, or that there are more of them.
fn moves_pages(path: &str) -> bool {
    const HOSTS: &str =
        "_redirects netlify.toml vercel.json firebase.json staticwebapp.config.json nginx.conf";
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    is_any(name, HOSTS)
        || name == "_content.gotmpl"
        || name.starts_with("eleventyComputed.")
        || folder == "_plugins"
}

/// An address as it is compared.
pub(super) fn normal(address: &str) -> String {
    let address = super::paths::percent_decoded(address);
    let parts = address.split('/').filter(|part| !part.is_empty());
    let mut normal = parts.fold(String::new(), |path, part| path + "/" + part);
    for ending in ["/index.html", ".html"] {
        if let Some(rest) = normal.strip_suffix(ending) {
            normal.truncate(rest.len());
        }
    }
    normal
}

/// The Markdown files called `index`, without extension.
fn indices(files: &Files) -> QuickSet<Text> {
    let paths = files.markdown.iter();
    let paths = paths.map(|path| without_extension(path));
    let indices = paths.filter(|path| path.ends_with("/index"));
    indices.map(Text::from).collect()
}

/// A path without the extension of Markdown.
fn without_extension(path: &str) -> &str {
    match is_markdown(path) {
        true => path.rsplit_once('.').map_or(path, |(path, _)| path),
        false => path,
    }
}

/// A path without the extension of Markdown, and without a name at its end that is served as the folder.
fn without_index(path: &str, indices: &[&str]) -> String {
    let path = without_extension(path);
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    match indices.contains(&name) && !name.is_empty() {
        true => folder.to_owned(),
        false => path.to_owned(),
    }
}

/// A name without the date at its beginning.
pub(super) fn undated(name: &str) -> &str {
    let date = name.get(.."2024-01-01".len());
    let rest = name.get("2024-01-01".len()..);
    match date.filter(|date| date.parse::<Date>().is_ok()).and(rest) {
        Some(rest) if rest.len() > 1 && rest.starts_with(['-', '_']) => {
            rest.get(1..).unwrap_or(rest)
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests;
