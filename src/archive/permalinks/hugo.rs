//! Hugo's addresses (`resources/page/permalinks.go`, `page_paths.go`): the path in small letters, or a pattern of the
//! section.

use super::super::claims;
use super::super::index::language_of;
use super::pattern::{filled, latin, of_date};
use super::{entries, find, maps, text, undated};
use crate::document::metadata::{Entry, Value};
use crate::document::{Document, stem};
use crate::hash::QuickSet;
use crate::source::Text;

/// What the configuration says of addresses.
#[derive(Debug)]
pub(super) struct Scheme {
    /// The folders of the contents, each with the code of its language (empty where there is but one).
    contents: Vec<(String, String)>,
    /// The languages of the site, with what their addresses begin with.
    languages: Vec<(String, String)>,
    /// The patterns of the sections.
    patterns: Vec<(String, String)>,
    /// Whether lists have patterns of their own.
    has_patterns_of_lists: bool,
    /// Whether the day is taken off the name of a file.
    strips_days: bool,
    keeps_case: bool,
    is_latin: bool,
}

impl Scheme {
    pub(super) fn new(config: &[Entry], below: impl Fn(&str, &str) -> String) -> Self {
        let is = |key: &str, value: bool| {
            find(config, key).is_some_and(|entry| entry.value == Value::Bool(value))
        };
        let default = match text(config, "defaultContentLanguage") {
            "" => "en",
            code => code,
        };
        let in_folder = is("defaultContentLanguageInSubdir", true);
        let main = text(config, "contentDir");
        let mut contents = Vec::new();
        let mut languages = Vec::new();
        for language in maps(config, "languages") {
            let code = language.key.to_string();
            let folder = text(entries(&language.value), "contentDir");
            if !folder.is_empty() {
                contents.push((below(folder, ""), code.clone()));
            }
            let begin = match code == default && !in_folder {
                true => String::new(),
                false => format!("/{code}"),
            };
            languages.push((code, begin));
        }
        if contents.is_empty() {
            contents.push((below(main, "content"), default.to_owned()));
        }
        let mut patterns = Vec::new();
        let mut has_patterns_of_lists = false;
        for entry in maps(config, "permalinks") {
            match &entry.value {
                Value::Map(pages) if &*entry.key == "page" => patterns.extend(pairs(pages)),
                Value::Map(_) => has_patterns_of_lists = true,
                _ => patterns.extend(pairs(std::slice::from_ref(entry))),
            }
        }
        let dates = find(maps(config, "frontmatter"), "date");
        let mut dates = dates.into_iter().flat_map(|entry| entry.value.texts(&[]));
        Scheme {
            contents,
            languages,
            patterns,
            has_patterns_of_lists,
            strips_days: dates.any(|source| source == ":filename"),
            keeps_case: is("disablePathToLower", true),
            is_latin: is("removePathAccents", true),
        }
    }

    /// The addresses of a page. `indices` are the paths of files called `index`, without extension.
    pub(super) fn addresses(&self, document: &Document, indices: &QuickSet<Text>) -> Vec<String> {
        let mut contents = self.contents.iter();
        let found = contents
            .find_map(|(folder, code)| Some((document.path.strip_prefix(folder.as_str())?, code)));
        let Some((path, code)) = found else {
            return Vec::new();
        };
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let (name, code) = match language_of(stem(file)) {
            (name, Some(own)) if self.languages.iter().any(|(code, _)| code == own) => (name, own),
            _ => (stem(file), code.as_str()),
        };
        let own_folder = document.folder();
        let is_in_bundle = name != "index" && indices.contains(&*format!("{own_folder}/index"));
        if is_in_bundle {
            return Vec::new();
        }
        let mut languages = self.languages.iter();
        let begin = languages.find(|(held, _)| held == code);
        let begin = begin.map_or("", |(_, begin)| begin);
        let main = match document.metadata.get_or_given("url") {
            // One from the root is the whole of it.
            Some(entry) => entry.as_str().map(|url| match url.starts_with('/') {
                true => url.to_owned(),
                false => format!("{begin}/{url}"),
            }),
            None => {
                let made = self.made(document, folder, name);
                made.map(|path| format!("{begin}/{}", self.written(&path)))
            }
        };
        let Some(main) = main.filter(|main| !main.contains(':')) else {
            return Vec::new();
        };
        let aliases = document.metadata.get("aliases").into_iter();
        let aliases = aliases.flat_map(|entry| entry.value.texts(&[]));
        let aliases = aliases.map(|alias| match alias.starts_with('/') {
            true => format!("{begin}{alias}"),
            false => {
                let parent = main.trim_end_matches('/').rsplit_once('/');
                format!("{}/{alias}", parent.map_or("", |(parent, _)| parent))
            }
        });
        let aliases: Vec<String> = aliases.collect();
        std::iter::once(main).chain(aliases).collect()
    }

    /// The path of a page, before it is written as an address.
    fn made(&self, document: &Document, folder: &str, name: &str) -> Option<String> {
        let slug = document.metadata.text("slug");
        if name == "_index" {
            let is_known = slug.is_none() && !self.has_patterns_of_lists;
            return is_known.then(|| folder.to_owned());
        }
        let (folder, name) = match name {
            "index" => folder.rsplit_once('/').unwrap_or(("", folder)),
            name => (folder, name),
        };
        let section = folder.split('/').next().unwrap_or("");
        let short = match self.strips_days {
            true => undated(name),
            false => name,
        };
        let mut patterns = self.patterns.iter();
        let Some((_, pattern)) = patterns.find(|(held, _)| held == section) else {
            return Some(format!("{folder}/{}", slug.unwrap_or(short)));
        };
        let title = || claims::title_entry(document)?.as_str().map(str::to_owned);
        let date = claims::date(document).map(|(_, date)| date);
        filled(pattern, |placeholder| {
            Some(match placeholder {
                "section" => section.to_owned(),
                // Folders without a page of their own are none.
                "sections" if folder == section => section.to_owned(),
                "title" => title()?,
                "slug" if slug.is_none() && short != name => short.to_owned(),
                "slug" => slug.map(str::to_owned).or_else(title)?,
                "filename" | "contentbasename" => name.to_owned(),
                "slugorfilename" | "slugorcontentbasename" => slug.unwrap_or(short).to_owned(),
                placeholder => of_date(placeholder, date?)?,
            })
        })
    }

    /// A path as an address: in small letters, with hyphens for blanks.
    fn written(&self, path: &str) -> String {
        let mut path = match self.keeps_case {
            true => path.to_owned(),
            false => path.to_lowercase(),
        };
        if self.is_latin {
            path = latin(&path);
        }
        let is_kept = |c: &char| c.is_alphanumeric() || "-_./+~@ ".contains(*c);
        let path: String = path.chars().filter(is_kept).collect();
        let words: Vec<&str> = path.split_whitespace().collect();
        words.join("-")
    }
}

/// Keys with their texts.
fn pairs(entries: &[Entry]) -> impl Iterator<Item = (String, String)> {
    let pairs = entries.iter();
    pairs.filter_map(|entry| Some((entry.key.to_string(), entry.as_str()?.to_owned())))
}
