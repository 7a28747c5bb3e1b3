//! The addresses that a site's generator gives its pages, where the generator or its configuration says so.
//!
//! An address is kept as it is compared: from the root of the site, decoded, without `index.html`, without `.html` and
//! without a slash at its end. What only running a script would tell (a `permalink` function of Eleventy, a route of Astro)
//! is not known, and a page may have no known address. Whether the links of the archive use these addresses at all is for
//! the links to show, see `routes.rs`.
//!
//! Sources: Jekyll's `drops/url_drop.rb` and `url.rb`, Hugo's `page/permalinks.go`, Zola's `content/page.rs`, Eleventy's
//! `TemplatePermalink.js` and `TemplateFileSlug.js`, Pelican's `settings.py`; `tests/sites` asks the generators themselves.

use super::claims;
use super::named::without_language;
use super::site::{Generator, Site};
use crate::discover::{Files, is_markdown};
use crate::document::metadata::{self, Entry, Value};
use crate::document::slug::unaccented;
use crate::document::{Document, stem};
use jiff::civil::Date;

/// What a site's own configuration says of addresses.
#[derive(Debug, Default)]
pub struct Permalinks {
    /// The site.
    pub(super) site: Site,
    /// The folder that addresses are counted from, with a slash unless it is the root of the repository.
    content: String,
    /// The patterns of addresses: of a section or a collection, then of all (an empty name).
    patterns: Vec<(String, String)>,
    /// The path of the site on its host, `/blog`; mostly empty.
    base: String,
    /// The host of the site, without `www.`, in small letters; empty where the configuration has none.
    host: String,
}

impl Permalinks {
    /// Reads the configuration of the site. `read` gives the content of a file.
    pub fn new(site: Site, files: &Files, read: impl Fn(&str) -> Option<String>) -> Self {
        let at_root = |names: &[&str]| {
            let paths = names.iter().map(|name| format!("{}{name}", site.root));
            let mut paths = paths.filter(|path| files.others.binary_search(path).is_ok());
            paths.find_map(|path| Some((read(&path)?, path)))
        };
        let data = |names: &[&str]| {
            let found = at_root(names);
            found.map_or(Vec::new(), |(text, path)| metadata::of_data(&path, &text))
        };
        let mut permalinks = Permalinks {
            content: site.root.clone(),
            ..Permalinks::default()
        };
        match site.generator {
            Generator::Jekyll => permalinks.of_jekyll(&data(JEKYLL_FILES)),
            Generator::Hugo => permalinks.of_hugo(&data(HUGO_FILES)),
            Generator::Zola => {
                permalinks.content.push_str("content/");
                permalinks.be_at(text(&data(&["config.toml"]), "base_url"));
            }
            Generator::Eleventy => {
                let script = at_root(ELEVENTY_FILES).map_or(String::new(), |(text, _)| text);
                let folder = assigned(&script, "input").unwrap_or("");
                let folder = folder.trim_start_matches("./").trim_end_matches('/');
                if !folder.is_empty() && folder != "." {
                    permalinks.content = format!("{}{folder}/", site.root);
                }
            }
            Generator::MkDocs => {
                let config = data(&["mkdocs.yml", "mkdocs.yaml"]);
                let folder = text(&config, "docs_dir");
                let folder = if folder.is_empty() { "docs" } else { folder };
                permalinks.content = format!("{}{folder}/", site.root);
                permalinks.be_at(text(&config, "site_url"));
            }
            Generator::Pelican => {
                let script = at_root(&["pelicanconf.py"]).map_or(String::new(), |(text, _)| text);
                let folder = assigned(&script, "PATH").unwrap_or("content");
                permalinks.content = format!("{}{}/", site.root, folder.trim_matches('/'));
                permalinks.be_at(assigned(&script, "SITEURL").unwrap_or(""));
                for (section, key) in [("pages", "PAGE_URL"), ("", "ARTICLE_URL")] {
                    let pattern = assigned(&script, key).unwrap_or(match section {
                        "" => "{slug}.html",
                        _ => "pages/{slug}.html",
                    });
                    permalinks
                        .patterns
                        .push((section.to_owned(), pattern.to_owned()));
                }
            }
            Generator::Astro => {
                let script = at_root(ASTRO_FILES).map_or(String::new(), |(text, _)| text);
                permalinks.be_at(assigned(&script, "site").unwrap_or(""));
            }
            _ => {}
        }
        Permalinks { site, ..permalinks }
    }

    fn of_jekyll(&mut self, config: &[Entry]) {
        let source = text(config, "source").trim_matches(['.', '/']);
        if !source.is_empty() {
            self.content = format!("{}{source}/", self.content);
        }
        self.be_at(text(config, "url"));
        self.base = text(config, "baseurl").trim_end_matches('/').to_owned();
        let style = text(config, "permalink");
        for collection in maps(config, "collections") {
            let pattern = text(entries(&collection.value), "permalink");
            let name = collection.key.to_string();
            self.patterns.push((name, pattern.to_owned()));
        }
        self.patterns.push((String::new(), style.to_owned()));
    }

    fn of_hugo(&mut self, config: &[Entry]) {
        let folder = text(config, "contentDir");
        let folder = if folder.is_empty() { "content" } else { folder };
        self.content.push_str(folder.trim_matches('/'));
        self.content.push('/');
        self.be_at(text(config, "baseURL"));
        for entry in maps(config, "permalinks") {
            match &entry.value {
                // `page` and `section` are kinds of pages.
                Value::Map(kind) if &*entry.key == "page" => self.patterns.extend(pairs(kind)),
                _ => self.patterns.extend(pairs(std::slice::from_ref(entry))),
            }
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
        // What is to be filled in names no site.
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
        let Some(path) = document.path.strip_prefix(&*self.content) else {
            return Vec::new();
        };
        let main = match self.site.generator {
            Generator::Jekyll => self.jekyll(document, path),
            Generator::Hugo => self.hugo(document, path),
            Generator::Zola => zola(document, path),
            Generator::Eleventy => eleventy(document, path),
            Generator::MkDocs => Some(without_index(without_extension(path))),
            Generator::Pelican => self.pelican(document, path),
            _ => None,
        };
        let Some(main) = main.map(|address| normal(&address)) else {
            return Vec::new();
        };
        let mut all = vec![main];
        for key in ["aliases", "redirect_from"] {
            let entry = document.metadata.get(key).into_iter();
            let aliases = entry.flat_map(|entry| entry.value.texts(&[]));
            all.extend(aliases.map(normal));
        }
        if !self.base.is_empty() {
            let based = all.clone().into_iter();
            all.extend(based.map(|address| format!("{}{address}", self.base)));
        }
        all
    }

    fn jekyll(&self, document: &Document, path: &str) -> Option<String> {
        let own = document.metadata.get_or_given("permalink");
        let own = own.and_then(Entry::as_str);
        let mut folders: Vec<&str> = path.split('/').collect();
        let file = folders.pop()?;
        if folders.contains(&"_drafts") {
            return None;
        }
        let posts = folders.iter().position(|folder| *folder == "_posts");
        let collection = folders.first().and_then(|folder| folder.strip_prefix('_'));
        let below = self.patterns.iter();
        let mut below = below.filter(|(name, _)| Some(&**name) == collection && !name.is_empty());
        let own = own.map(str::to_owned);
        if posts.is_some() {
            let style = self.patterns.last().map_or("", |(_, style)| style);
            let style = below.next().map(|(_, style)| &**style).unwrap_or(style);
            let name = file.get("2024-01-01-".len()..)?;
            let pattern = own.unwrap_or_else(|| of_style(style).to_owned());
            let date = claims::date(document).map(|(_, date)| date);
            let date = date.or_else(|| claims::date_in_name(document))?;
            let above = folders.get(..posts?).unwrap_or(&[]);
            let categories = categories(document, above);
            return filled(&pattern, ':', |name_of| {
                Some(match name_of {
                    "categories" => categories.clone()?,
                    "title" => jekyll_slug(document.metadata.text("slug").unwrap_or(stem(name))),
                    "slug" => latin_slug(document.metadata.text("slug").unwrap_or(stem(name)), '-'),
                    "output_ext" => ".html".to_owned(),
                    name_of => of_date(name_of, date)?,
                })
            });
        }
        if let Some((collection, pattern)) = below.next() {
            let pattern = own.unwrap_or_else(|| match pattern.is_empty() {
                true => "/:collection/:path:output_ext".to_owned(),
                false => pattern.clone(),
            });
            let inside = path.split_once('/').map_or(path, |(_, inside)| inside);
            let name = without_extension(inside);
            return filled(&pattern, ':', |name_of| {
                Some(match name_of {
                    "collection" => collection.clone(),
                    "path" => name.to_owned(),
                    "name" | "title" => jekyll_slug(name.rsplit('/').next()?),
                    "output_ext" => ".html".to_owned(),
                    _ => return None,
                })
            });
        }
        if folders.iter().any(|folder| folder.starts_with('_')) {
            // What else begins with `_` is served where a `permalink` says so.
            return own.filter(|own| !own.contains(':'));
        }
        match own {
            Some(own) => Some(own).filter(|own| !own.contains(':')),
            None => Some(without_index(without_extension(path))),
        }
    }

    fn hugo(&self, document: &Document, path: &str) -> Option<String> {
        let metadata = &document.metadata;
        if let Some(url) = metadata.get_or_given("url").and_then(Entry::as_str) {
            return (!url.contains(':')).then(|| url.to_owned());
        }
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let file = without_language(stem(file));
        let (folder, name) = match file {
            "_index" => return Some(hugo_path(folder)),
            "index" => folder.rsplit_once('/').unwrap_or(("", folder)),
            name => (folder, name),
        };
        let section = path.split('/').next().filter(|_| path.contains('/'));
        let pattern = self.patterns.iter();
        let mut pattern = pattern.filter(|(name, _)| Some(&**name) == section || name == "/");
        let slug = metadata.text("slug");
        let Some((_, pattern)) = pattern.next() else {
            let last = slug.unwrap_or(name);
            return Some(hugo_path(&format!("{folder}/{last}")));
        };
        let date = claims::date(document).map(|(_, date)| date);
        let found = filled(pattern, ':', |name_of| {
            Some(match name_of {
                "section" => section.unwrap_or("").to_owned(),
                "sections" => folder.to_owned(),
                "title" => super::claims::title_entry(document)?.as_str()?.to_owned(),
                "slug" => match slug {
                    Some(slug) => slug.to_owned(),
                    None => super::claims::title_entry(document)?.as_str()?.to_owned(),
                },
                "filename" | "contentbasename" => name.to_owned(),
                "slugorfilename" | "slugorcontentbasename" => slug.unwrap_or(name).to_owned(),
                name_of => of_date(name_of, date?)?,
            })
        });
        found.map(|path| hugo_path(&path))
    }

    fn pelican(&self, document: &Document, path: &str) -> Option<String> {
        let is_page = path.starts_with("pages/");
        let section = if is_page { "pages" } else { "" };
        let (_, pattern) = self.patterns.iter().find(|(name, _)| name == section)?;
        let slug = match document.metadata.text("slug") {
            Some(slug) => slug.to_owned(),
            None => latin_slug(claims::title_entry(document)?.as_str()?, '-'),
        };
        let date = claims::date(document).map(|(_, date)| date);
        filled_braces(pattern, |name| {
            Some(match name {
                "slug" => slug.clone(),
                "date:%Y" => of_date("year", date?)?,
                "date:%m" => of_date("month", date?)?,
                "date:%d" => of_date("day", date?)?,
                "category" => {
                    latin_slug(document.metadata.text("category").or(folder_of(path))?, '-')
                }
                _ => return None,
            })
        })
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
    let address = super::routes::percent_decoded(address);
    let parts = address.split('/').filter(|part| !part.is_empty());
    let mut normal = parts.fold(String::new(), |path, part| path + "/" + part);
    for ending in ["/index.html", ".html"] {
        if let Some(rest) = normal.strip_suffix(ending) {
            normal.truncate(rest.len());
        }
    }
    normal
}

/// Eleventy's: what the metadata says, else the path without the date of a name.
fn eleventy(document: &Document, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = without_extension(path).split('/').collect();
    let name = undated(parts.pop()?);
    if let Some(own) = document.metadata.get_or_given("permalink") {
        let own = own.as_str()?;
        let own = FILE_SLUG.iter().fold(own.to_owned(), |own, variable| {
            let slug = match name {
                "index" => parts.last().copied().unwrap_or(""),
                name => name,
            };
            own.replace(variable, slug)
        });
        return (!own.contains(['{', '$'])).then_some(own);
    }
    if let Some(given) = &document.metadata.given
        && given.is_open
    {
        return None;
    }
    parts.push(name);
    Some(without_index(&parts.join("/")))
}

/// The variable of the file's name in Eleventy's permalinks.
const FILE_SLUG: [&str; 4] = [
    "{{ page.fileSlug }}",
    "{{page.fileSlug}}",
    "{{ page.fileSlug | slugify }}",
    "{{ page.fileSlug | slug }}",
];

/// Zola's: the path in small letters with hyphens, without the date of a name.
fn zola(document: &Document, path: &str) -> Option<String> {
    if let Some(own) = document.metadata.text("path") {
        return Some(own.to_owned());
    }
    let mut parts: Vec<&str> = without_extension(path).split('/').collect();
    let last = parts.pop()?;
    let name = match last {
        "_index" => return Some(parts.join("/")),
        "index" => parts.pop()?,
        name => name,
    };
    let slug = document.metadata.text("slug");
    let name = latin_slug(slug.unwrap_or(undated(name)), '-');
    let folders = parts.iter().map(|part| latin_slug(part, '-'));
    let all: Vec<String> = folders.chain([name]).collect();
    Some(all.join("/"))
}

/// A path as Hugo writes it: in small letters, with hyphens for blanks.
fn hugo_path(path: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || "-_./+~@ ".contains(*c);
    let path: String = path.to_lowercase().chars().filter(kept).collect();
    let words: Vec<&str> = path.split(' ').filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// The part of a name that Jekyll keeps as it is: letters, digits and `._~!$&'()+,;=@`.
fn jekyll_slug(name: &str) -> String {
    slug(name, '-', |c| {
        c.is_alphanumeric() || "._~!$&'()+,;=@".contains(c)
    })
}

/// A name in small letters without accents, with hyphens for whatever else.
fn latin_slug(name: &str, hyphen: char) -> String {
    let plain: String = name.chars().map(unaccented).collect();
    slug(&plain.to_lowercase(), hyphen, char::is_alphanumeric)
}

/// `name` with one hyphen for each run of characters that are not kept, and none at its ends.
fn slug(name: &str, hyphen: char, is_kept: impl Fn(char) -> bool) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        match is_kept(c) {
            true => slug.push(c),
            false if !slug.is_empty() && !slug.ends_with(hyphen) => slug.push(hyphen),
            false => {}
        }
    }
    slug.trim_end_matches(hyphen).to_owned()
}

/// The pattern of a style of Jekyll's.
fn of_style(style: &str) -> &str {
    match style {
        "" | "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        style => style,
    }
}

/// The categories of a post: the folders above `_posts`, and what its metadata says. None where that cannot be known.
fn categories(document: &Document, above: &[&str]) -> Option<String> {
    let mut all: Vec<String> = above.iter().map(|folder| folder.to_lowercase()).collect();
    let entry = |key| document.metadata.get_or_given(key);
    if let Some(one) = entry("category").and_then(Entry::as_str) {
        all.push(one.to_lowercase());
    }
    if let Some(entry) = entry("categories") {
        all.extend(entry.value.texts(&[' ']).map(str::to_lowercase));
    }
    all.dedup();
    let slugs: Vec<String> = all.iter().map(|one| jekyll_slug(one)).collect();
    Some(slugs.join("/"))
}

/// What a placeholder for a part of the date stands for.
fn of_date(name: &str, date: Date) -> Option<String> {
    Some(match name {
        "year" => format!("{:04}", date.year()),
        "month" => format!("{:02}", date.month()),
        "day" => format!("{:02}", date.day()),
        "i_month" => date.month().to_string(),
        "i_day" => date.day().to_string(),
        "short_year" => format!("{:02}", date.year() % 100),
        "y_day" | "yearday" => format!("{:03}", date.day_of_year()),
        "monthname" => date.strftime("%B").to_string().to_lowercase(),
        "short_month" => date.strftime("%b").to_string(),
        "long_month" => date.strftime("%B").to_string(),
        _ => return None,
    })
}

/// A pattern with what its placeholders stand for, which begin with `mark`; None where one is not known.
fn filled(pattern: &str, mark: char, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut parts = pattern.split(mark);
    let mut filled = parts.next()?.to_owned();
    for part in parts {
        let is_name = |c: char| c.is_ascii_alphabetic() || c == '_';
        let end = part.find(|c| !is_name(c)).unwrap_or(part.len());
        let (name, rest) = part.split_at_checked(end)?;
        filled.push_str(&value(name)?);
        filled.push_str(rest);
    }
    Some(filled)
}

/// The same with placeholders in braces.
fn filled_braces(pattern: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut parts = pattern.split('{');
    let mut filled = parts.next()?.to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}')?;
        filled.push_str(&value(name)?);
        filled.push_str(rest);
    }
    Some(filled)
}

/// What a script assigns to a name: `input: "src"`, `PATH = 'content'`. Scripts are not run.
fn assigned<'s>(script: &'s str, name: &str) -> Option<&'s str> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = script.match_indices(name).filter_map(|(at, _)| {
        let before = script.get(..at)?;
        let rest = script.get(at + name.len()..)?;
        if before.ends_with(is_name) {
            return None;
        }
        let rest = rest.trim_start_matches(['"', '\'']).trim_start();
        let rest = rest.strip_prefix([':', '='])?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest.get(1..)?.split(quote).next()
    });
    found.next()
}

/// A path without the extension of Markdown.
fn without_extension(path: &str) -> &str {
    match is_markdown(path) {
        true => path.rsplit_once('.').map_or(path, |(path, _)| path),
        false => path,
    }
}

/// A path without `index` or `README` at its end, which generators serve as the folder.
fn without_index(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    match name {
        "index" | "README" => folder.to_owned(),
        _ => path.to_owned(),
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

fn folder_of(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

fn text<'e>(entries: &'e [Entry], key: &str) -> &'e str {
    let found = entries.iter().find(|entry| &*entry.key == key);
    found.and_then(Entry::as_str).unwrap_or("")
}

/// The entries of the mapping at a key.
fn maps<'e>(config: &'e [Entry], key: &str) -> &'e [Entry] {
    let found = config.iter().find(|entry| &*entry.key == key);
    found.map_or(&[], |entry| entries(&entry.value))
}

fn entries(value: &Value) -> &[Entry] {
    match value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

/// Keys with their texts.
fn pairs(entries: &[Entry]) -> impl Iterator<Item = (String, String)> {
    let pairs = entries.iter();
    pairs.filter_map(|entry| Some((entry.key.to_string(), entry.as_str()?.to_owned())))
}

#[cfg(test)]
mod tests;
