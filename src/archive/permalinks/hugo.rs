//! Hugo's addresses (`resources/page/permalinks.go`, `page_paths.go`): the path in small letters, or a pattern of the
//! section.

use super::super::claims;
use super::super::index::language_of;
use super::pattern::{filled, latin, of_date};
use super::{Configuration, undated, without_extension};
use crate::document::metadata::{self, Entry, Fences, Value, find, map, text};
use crate::document::{Document, stem};
use crate::hash::{QuickMap, QuickSet};
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
    /// The sections whose lists have patterns of their own.
    patterned_lists: Vec<String>,
    /// The pages of lists by their paths without extension, and the slug that each has in the addresses of the pages below.
    lists: QuickMap<Text, Option<String>>,
    /// Whether the day is taken off the name of a file.
    strips_days: bool,
    keeps_case: bool,
    is_latin: bool,
}

impl Scheme {
    pub(super) fn new(site: &Configuration<'_>) -> Self {
        let config = &*site.data;
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
        for language in map(config, "languages") {
            let code = language.key.to_string();
            let mut said = language.value.maps();
            let folder = said.next().map_or("", |one| text(one, "contentDir"));
            if !folder.is_empty() {
                contents.push((site.below(folder, ""), code.clone()));
            }
            let begin = match code == default && !in_folder {
                true => String::new(),
                false => format!("/{code}"),
            };
            languages.push((code, begin));
        }
        if contents.is_empty() {
            contents.push((site.below(main, "content"), default.to_owned()));
        }
        let mut patterns = Vec::new();
        let mut patterned_lists = Vec::new();
        for entry in map(config, "permalinks") {
            match &entry.value {
                Value::Map(pages) if &*entry.key == "page" => patterns.extend(pairs(pages)),
                Value::Map(lists) if &*entry.key == "section" => {
                    patterned_lists.extend(lists.iter().map(|list| list.key.to_string()));
                }
                Value::Map(_) => {}
                _ => patterns.extend(pairs(std::slice::from_ref(entry))),
            }
        }
        let dates = find(map(config, "frontmatter"), "date");
        let mut dates = dates.into_iter().flat_map(|entry| entry.value.texts(&[]));
        Scheme {
            contents,
            languages,
            patterns,
            patterned_lists,
            lists: lists(site),
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
        let file = document.file_name();
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
                let made = self.made(document, path, name);
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

    /// The address of a page, before it is written as one; `path` is seen from the folder of the contents, `name` is without
    /// the code of a language.
    fn made(&self, document: &Document, path: &str, name: &str) -> Option<String> {
        let (mut folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let slug = document.metadata.text("slug");
        let contents = document.path.get(..document.path.len() - path.len())?;
        let language = stem(file).get(name.len()..).unwrap_or("");
        let slugs = |folder| {
            let folders = self.folders(contents, folder, language).into_iter();
            let slugs = folders.map(|(part, list)| list.and_then(Option::as_deref).unwrap_or(part));
            slugs.collect::<Vec<_>>().join("/")
        };
        if name == "_index" {
            let section = folder.split('/').next().unwrap_or("");
            let is_known = !self.patterned_lists.iter().any(|held| held == section);
            return is_known.then(|| slugs(folder));
        }
        let mut name = name;
        if name == "index" {
            (folder, name) = folder.rsplit_once('/').unwrap_or(("", folder));
        }
        let section = folder.split('/').next().unwrap_or("");
        let short = match self.strips_days {
            true => undated(name),
            false => name,
        };
        let mut patterns = self.patterns.iter();
        let Some((_, pattern)) = patterns.find(|(held, _)| held == section) else {
            return Some(format!("{}/{}", slugs(folder), slug.unwrap_or(short)));
        };
        let title = || claims::title_entry(document)?.as_str().map(str::to_owned);
        let date = claims::date(document).map(|(_, date)| date);
        filled(pattern, |placeholder| {
            Some(match placeholder {
                "section" => section.to_owned(),
                "sections" => {
                    // Folders without a list of their own are none, but for the first.
                    let all = self.folders(contents, folder, language);
                    let all = all.into_iter().enumerate();
                    let sections = all.filter(|(at, (_, list))| *at == 0 || list.is_some());
                    let names = sections.map(|(_, (name, _))| name);
                    names.collect::<Vec<_>>().join("/")
                }
                "title" => title()?,
                "slug" if slug.is_none() && short != name => short.to_owned(),
                "slug" => slug.map(str::to_owned).or_else(title)?,
                "filename" | "contentbasename" => name.to_owned(),
                "slugorfilename" | "slugorcontentbasename" => slug.unwrap_or(short).to_owned(),
                placeholder => of_date(placeholder, date?)?,
            })
        })
    }

    /// The folders in a path below `contents`, each with what is known of its list, in a language (`.de`), if it has one.
    fn folders<'f>(
        &'f self,
        contents: &str,
        folder: &'f str,
        language: &str,
    ) -> Vec<(&'f str, Option<&'f Option<String>>)> {
        let mut path = contents.to_owned();
        let folders = folder.split('/').map(|part| {
            path.push_str(part);
            let list = self.lists.get(&*format!("{path}/_index{language}"));
            path.push('/');
            (part, list)
        });
        folders.collect()
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

/// The pages of lists by their paths without extension, with their slugs.
fn lists(site: &Configuration<'_>) -> QuickMap<Text, Option<String>> {
    let lists = site.files.markdown.iter().filter_map(|path| {
        let name = path.rsplit('/').next()?;
        let is_list = name.starts_with("_index.");
        let text = is_list.then(|| (site.read)(path))??;
        let (metadata, _) = metadata::parse(&text, false, Fences::default());
        let slug = metadata.text("slug").map(str::to_owned);
        Some((without_extension(path).into(), slug))
    });
    lists.collect()
}
