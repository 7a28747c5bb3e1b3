//! The addresses that a site's generator gives its pages, where the generator or its configuration says so.
//!
//! An address is kept as it is compared: from the root of the site, decoded, without `index.html`, without `.html` and
//! without a slash at its end. What only running a script would tell (a `permalink` function of Eleventy, a route of Astro)
//! is not known, and a page may have no known address. Whether the links of the archive use these addresses at all is for
//! the links to show, see `routes.rs`.
//!
//! `tests/sites` has asked the generators: what must be known of each stands in its README.

mod hugo;
mod jekyll;
mod pattern;

use super::claims;
use super::site::{Generator, Site};
use crate::discover::{Files, is_markdown};
use crate::document::metadata::{self, Entry, Value};
use crate::document::{Document, stem};
use crate::hash::QuickSet;
use crate::source::Text;
use jiff::civil::Date;
use pattern::{assigned, filled_braces, latin_slug, of_date, python_slug};

/// What a site's own configuration says of addresses.
#[derive(Debug, Default)]
pub struct Permalinks {
    /// The site.
    pub site: Site,
    /// The path of the site on its host, `/blog`; mostly empty.
    base: String,
    /// The host of the site, without `www.`, in small letters; empty where the configuration has none.
    host: String,
    /// How the generator makes an address.
    scheme: Scheme,
    /// The Markdown files called `index`, without extension.
    indices: QuickSet<Text>,
    /// The files that give data to one page of the same name, without extensions.
    data: QuickSet<Text>,
}

/// How a generator makes an address of the path of a file, and what its configuration says of it.
#[derive(Debug, Default)]
enum Scheme {
    /// By no rule that is known.
    #[default]
    Unknown,
    /// Jekyll's.
    Jekyll(jekyll::Scheme),
    /// Hugo's.
    Hugo(hugo::Scheme),
    /// Zola's.
    Zola,
    /// Eleventy's: the folder of the sources, and that of their parts.
    Eleventy(String, String),
    /// MkDocs': the folder of the sources, and what is left out.
    MkDocs(String, String),
    /// Pelican's.
    Pelican(Pelican),
}

/// What Pelican's settings say.
#[derive(Debug)]
struct Pelican {
    /// The folder of the sources, with a slash.
    content: String,
    /// The patterns of articles and of pages.
    article: String,
    page: String,
    /// Whether names are made of files' names, and not of titles.
    by_file: bool,
}

/// What can be read of a site's configuration: the files at its root.
struct Configuration<'c> {
    root: &'c str,
    files: &'c Files,
    read: &'c dyn Fn(&str) -> Option<String>,
}

impl Configuration<'_> {
    /// The first of these files that is there: its path and its text.
    fn text(&self, names: &[&str]) -> Option<(String, String)> {
        let paths = names.iter().map(|name| format!("{}{name}", self.root));
        let mut paths = paths.filter(|path| self.files.others.binary_search(path).is_ok());
        paths.find_map(|path| {
            let text = (self.read)(&path)?;
            Some((path, text))
        })
    }

    /// The same as a script, which is not run.
    fn script(&self, names: &[&str]) -> String {
        self.text(names).map_or(String::new(), |(_, text)| text)
    }

    /// The same as data.
    fn data(&self, names: &[&str]) -> Vec<Entry> {
        let found = self.text(names);
        found.map_or(Vec::new(), |(path, text)| metadata::of_data(&path, &text))
    }
}

impl Permalinks {
    /// Reads the configuration of the site. `read` gives the content of a file.
    pub fn new(site: Site, files: &Files, read: impl Fn(&str) -> Option<String>) -> Self {
        let configuration = Configuration {
            root: &site.root,
            files,
            read: &read,
        };
        let mut permalinks = Permalinks {
            indices: indices(files),
            data: data_of_pages(files),
            ..Permalinks::default()
        };
        permalinks.configure(site.generator, &configuration);
        Permalinks { site, ..permalinks }
    }

    fn configure(&mut self, generator: Generator, site: &Configuration<'_>) {
        let below = |folder: &str, usual: &str| {
            let folder = if folder.is_empty() { usual } else { folder };
            let folder = folder.trim_start_matches("./").trim_matches('/');
            match folder {
                "" | "." => site.root.to_owned(),
                folder => format!("{}{folder}/", site.root),
            }
        };
        match generator {
            Generator::Jekyll => {
                let config = site.data(JEKYLL_FILES);
                self.be_at(text(&config, "url"));
                self.base = text(&config, "baseurl").trim_end_matches('/').to_owned();
                let source = below(text(&config, "source"), "");
                self.scheme = Scheme::Jekyll(jekyll::Scheme::new(&config, source));
            }
            Generator::Hugo => {
                let config = site.data(HUGO_FILES);
                self.be_at(text(&config, "baseURL"));
                self.scheme = Scheme::Hugo(hugo::Scheme::new(&config, below));
            }
            Generator::Zola => {
                self.be_at(text(&site.data(&["config.toml"]), "base_url"));
                self.scheme = Scheme::Zola;
            }
            Generator::Eleventy => {
                let script = site.script(ELEVENTY_FILES);
                self.base = assigned(&script, "pathPrefix")
                    .unwrap_or("")
                    .trim_end_matches('/')
                    .to_owned();
                let input = below(assigned(&script, "input").unwrap_or(""), "");
                let parts = assigned(&script, "includes").unwrap_or("_includes");
                self.scheme = Scheme::Eleventy(input, format!("{}/", parts.trim_matches('/')));
            }
            Generator::MkDocs => {
                let config = site.data(&["mkdocs.yml", "mkdocs.yaml"]);
                self.be_at(text(&config, "site_url"));
                let folder = below(text(&config, "docs_dir"), "docs");
                self.scheme = Scheme::MkDocs(folder, text(&config, "exclude_docs").to_owned());
            }
            Generator::Pelican => {
                let script = site.script(&["pelicanconf.py"]);
                self.be_at(assigned(&script, "SITEURL").unwrap_or(""));
                let pattern = |key, usual: &str| assigned(&script, key).unwrap_or(usual).to_owned();
                let is_usual = !script.contains("ARTICLE_PATHS") && !script.contains("PAGE_PATHS");
                self.scheme = match is_usual {
                    true => Scheme::Pelican(Pelican {
                        content: below(assigned(&script, "PATH").unwrap_or(""), "content"),
                        article: pattern("ARTICLE_URL", "{slug}.html"),
                        page: pattern("PAGE_URL", "pages/{slug}.html"),
                        by_file: script.contains("SLUGIFY_SOURCE"),
                    }),
                    false => Scheme::Unknown,
                };
            }
            Generator::Astro => {
                self.be_at(assigned(&site.script(ASTRO_FILES), "site").unwrap_or(""));
            }
            _ => {}
        }
    }

    /// Takes over the address of the site.
    fn be_at(&mut self, url: &str) {
        let Some((_, rest)) = url.split_once("//") else {
            return;
        };
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        self.base = path.trim_end_matches('/').to_owned();
        let host = host
            .strip_prefix("www.")
            .unwrap_or(host)
            .to_ascii_lowercase();
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

    /// The addresses of a page; that which links use first. None where they are not known.
    pub(super) fn of(&self, document: &Document) -> Vec<String> {
        let metadata = &document.metadata;
        let says = |key: &str, no: bool| {
            metadata
                .get(key)
                .is_some_and(|entry| entry.value == Value::Bool(no))
        };
        // What has data of its own beside it may be served anywhere.
        let has_data = || self.data.contains(without_extension(&document.path));
        if says("draft", true) || says("published", false) || has_data() {
            return Vec::new();
        }
        let one = |address: Option<String>| address.into_iter().collect();
        let mut all: Vec<String> = match &self.scheme {
            Scheme::Unknown if self.site.generator == Generator::Snips => {
                let name = metadata.text("name").into_iter();
                name.chain([document.stem()]).map(str::to_owned).collect()
            }
            Scheme::Unknown => Vec::new(),
            Scheme::Jekyll(scheme) => one(scheme.address(document)),
            Scheme::Hugo(scheme) => scheme.addresses(document, &self.indices),
            Scheme::Zola => one(zola(document, &self.site.root)),
            Scheme::Eleventy(content, parts) => one(eleventy(document, content, parts)),
            Scheme::MkDocs(content, out) => one(self.mkdocs(document, content, out)),
            Scheme::Pelican(scheme) => one(pelican(document, scheme)),
        };
        all.iter_mut()
            .for_each(|address| *address = normal(address));
        if matches!(self.scheme, Scheme::Jekyll(_) | Scheme::Zola) && !all.is_empty() {
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

    /// MkDocs': the path as it is.
    fn mkdocs(&self, document: &Document, content: &str, out: &str) -> Option<String> {
        let path = document.path.strip_prefix(content)?;
        let (folder, name) = document
            .path
            .rsplit_once('/')
            .unwrap_or(("", &document.path));
        let is_hidden = path.split('/').any(|part| part.starts_with('.'));
        let is_second =
            stem(name) == "README" && self.indices.contains(&*format!("{folder}/index"));
        let mut out = out.lines().map(|line| line.trim_matches(['/', ' ']));
        let is_left_out = path.starts_with("templates/")
            || out.any(|one| path.starts_with(one) || one.contains(['*', '!']));
        (!is_hidden && !is_second && !is_left_out)
            .then(|| without_index(path, &["index", "README"]))
    }
}

/// Where the configurations lie.
const JEKYLL_FILES: &[&str] = &["_config.yml", "_config.yaml", "_config.toml"];
const HUGO_FILES: &[&str] = &[
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "config/_default/hugo.toml",
    "config/_default/hugo.yaml",
    "config/_default/config.toml",
    "config/_default/config.yaml",
];
const ASTRO_FILES: &[&str] = &[
    "astro.config.mjs",
    "astro.config.ts",
    "astro.config.js",
    "astro.config.cjs",
];
const ELEVENTY_FILES: &[&str] = &[
    ".eleventy.js",
    ".eleventy.cjs",
    "eleventy.config.js",
    "eleventy.config.mjs",
    "eleventy.config.cjs",
    "eleventy.config.ts",
];

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

/// The variable of the file's name in Eleventy's permalinks.
const FILE_SLUG: [&str; 4] = [
    "{{ page.fileSlug }}",
    "{{page.fileSlug}}",
    "{{ page.fileSlug | slugify }}",
    "{{ page.fileSlug | slug }}",
];

/// The Markdown files called `index`, without extension.
fn indices(files: &Files) -> QuickSet<Text> {
    let paths = files.markdown.iter();
    let paths = paths.map(|file| without_extension(&file.path));
    let indices = paths.filter(|path| path.ends_with("/index"));
    indices.map(Text::from).collect()
}

/// The files that give data to one page of Eleventy's, without extensions. That of a folder has the folder's name.
fn data_of_pages(files: &Files) -> QuickSet<Text> {
    const ENDINGS: [&str; 5] = [
        ".11tydata.json",
        ".11tydata.js",
        ".11tydata.cjs",
        ".11tydata.mjs",
        ".json",
    ];
    let data = files.others.iter().filter_map(|path| {
        let stem = ENDINGS
            .iter()
            .find_map(|ending| path.strip_suffix(ending))?;
        let mut parts = stem.rsplit('/');
        (parts.next() != parts.next()).then_some(stem)
    });
    data.map(Text::from).collect()
}

/// Eleventy's: what the metadata says, else the path.
fn eleventy(document: &Document, content: &str, parts: &str) -> Option<String> {
    let path = document.path.strip_prefix(content)?;
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let own_folder = folder.rsplit('/').next().unwrap_or("");
    let name = stem(file);
    let given = document.metadata.given.as_ref();
    if path.starts_with(parts) || given.is_some_and(|given| given.is_open) {
        return None;
    }
    if let Some(own) = document.metadata.get_or_given("permalink") {
        let slug = match undated(name) {
            "index" => own_folder,
            name => name,
        };
        let own = own.as_str()?.to_owned();
        let own = FILE_SLUG
            .iter()
            .fold(own, |own, variable| own.replace(variable, slug));
        return (!own.contains(['{', '$'])).then_some(own);
    }
    Some(without_index(path, &["index", own_folder]))
}

/// Zola's: the path in small letters with hyphens, without the date of a name.
fn zola(document: &Document, root: &str) -> Option<String> {
    let path = document.path.strip_prefix(root)?.strip_prefix("content/")?;
    if let Some(own) = document.metadata.text("path") {
        return Some(own.to_owned());
    }
    let mut parts: Vec<&str> = without_extension(path).split('/').collect();
    let name = match parts.pop()? {
        "_index" => return Some(parts.join("/")),
        "index" => parts.pop()?,
        name => name,
    };
    let name = document.metadata.text("slug").unwrap_or(undated(name));
    let folders = parts.into_iter().chain([name]).map(latin_slug);
    Some(folders.collect::<Vec<_>>().join("/"))
}

/// Pelican's: a pattern with the title for a name. Folders and the names of files count for nothing.
fn pelican(document: &Document, scheme: &Pelican) -> Option<String> {
    let path = document.path.strip_prefix(&*scheme.content)?;
    let metadata = &document.metadata;
    let is_page = path.starts_with("pages/");
    let date = claims::date(document).map(|(_, date)| date);
    let is_moved = ["lang", "url", "save_as", "status"]
        .iter()
        .any(|key| metadata.has(key));
    if is_moved || date.is_none() && !is_page {
        return None;
    }
    let slug = match metadata.text("slug") {
        Some(slug) => slug.to_owned(),
        None if scheme.by_file => python_slug(document.stem()),
        None => python_slug(claims::title_entry(document)?.as_str()?),
    };
    let pattern = if is_page {
        &scheme.page
    } else {
        &scheme.article
    };
    filled_braces(pattern, |name| {
        let date = |part| of_date(part, date?);
        let folder = || {
            path.rsplit_once('/')
                .and_then(|(path, _)| path.rsplit('/').next())
        };
        Some(match name {
            "slug" => slug.clone(),
            "date:%Y" => date("year")?,
            "date:%m" => date("month")?,
            "date:%d" => date("day")?,
            "category" => python_slug(metadata.text("category").or_else(folder)?),
            _ => return None,
        })
    })
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

fn find<'e>(entries: &'e [Entry], key: &str) -> Option<&'e Entry> {
    entries.iter().find(|entry| &*entry.key == key)
}

fn text<'e>(entries: &'e [Entry], key: &str) -> &'e str {
    find(entries, key).and_then(Entry::as_str).unwrap_or("")
}

/// The entries of the mapping at a key.
fn maps<'e>(config: &'e [Entry], key: &str) -> &'e [Entry] {
    find(config, key).map_or(&[], |entry| entries(&entry.value))
}

fn entries(value: &Value) -> &[Entry] {
    match value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

#[cfg(test)]
mod tests;
