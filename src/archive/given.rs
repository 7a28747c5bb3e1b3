//! Metadata that files have from their folder: Eleventy's directory data, Jekyll's `defaults`, Hugo's `cascade`.
//!
//! A key that a file may have from its folder is not missing in it. So what narrows a folder down (`_target`, a glob in a
//! path) is left out of account, and of a script, whose values only running it would tell, every word is a key.

use super::site::{Generator, Site};
use crate::discover::Files;
use crate::document::Document;
use crate::document::metadata::{self, Entry, Given, Value};
use crate::source::Span;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What a folder gives to the files in it and below.
struct Source {
    folder: String,
    /// The type of the files that have it, where not all do: `posts` lie in `_posts`.
    kind: String,
    given: Given,
}

/// Tells the documents what their folders give them. `read` gives the content of a file.
pub fn spread(
    documents: &mut [Document],
    site: &Site,
    files: &Files,
    read: impl Fn(&str) -> Option<String>,
) {
    let others = files.others.iter();
    let root = &*site.root;
    let sources: Vec<Source> = match site.generator {
        Generator::Eleventy => others
            .filter_map(|path| directory_data(path, &read))
            .collect(),
        Generator::Jekyll => {
            let is_config = |path: &&String| {
                path.strip_prefix(root)
                    .is_some_and(|name| name.starts_with("_config.") && !name.contains('/'))
            };
            let configs = others.filter(is_config);
            let configs = configs.filter_map(|path| Some(metadata::of_data(path, &read(path)?)));
            let all = configs.flat_map(|entries| {
                let source = find(&entries, "source").and_then(Entry::as_str);
                let source = source.unwrap_or("").trim_matches(['.', '/']);
                let slash = if source.is_empty() { "" } else { "/" };
                defaults(&format!("{root}{source}{slash}"), &entries)
            });
            all.collect()
        }
        Generator::Hugo => {
            let is_config = |path: &&String| {
                let name = path.strip_prefix(root).unwrap_or(path);
                let name = name.strip_prefix("config/_default/").unwrap_or(name);
                name.starts_with("hugo.") || name.starts_with("config.")
            };
            let configs = others.filter(is_config);
            let configs = configs.filter_map(|path| Some(metadata::of_data(path, &read(path)?)));
            let site = configs.map(|entries| cascade("", &entries));
            let sections = documents.iter().filter(|one| one.stem() == "_index");
            let sections = sections.map(|one| cascade(one.folder(), &one.metadata.entries));
            site.chain(sections).flatten().collect()
        }
        _ => Vec::new(),
    };
    if sources.is_empty() {
        return;
    }
    let mut by_folder: BTreeMap<&str, Vec<&Source>> = BTreeMap::new();
    for source in &sources {
        by_folder.entry(&source.folder).or_default().push(source);
    }
    let mut known: HashMap<String, Option<Arc<Given>>> = HashMap::new();
    for document in documents {
        let folder = document.folder();
        if !known.contains_key(folder) {
            known.insert(folder.to_owned(), of_folder(folder, &by_folder));
        }
        document.metadata.given = known.get(folder).cloned().flatten();
    }
}

/// Whether the file at a path, relative to the root, may say what a folder gives or which generator makes the site.
pub fn is_data(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_config = ["_config.", "hugo.", "config."]
        .iter()
        .any(|config| name.starts_with(config));
    let is_of_folder = || {
        let rest = name.strip_prefix(folder.rsplit('/').next().unwrap_or(folder));
        rest.is_some_and(|rest| rest == ".json" || rest.starts_with(".11tydata."))
    };
    match folder {
        "" => is_config || name == "package.json",
        "config/_default" => true,
        _ => is_of_folder(),
    }
}

/// What a folder gives, with what those above it do.
fn of_folder(folder: &str, sources: &BTreeMap<&str, Vec<&Source>>) -> Option<Arc<Given>> {
    let slashes = folder.rmatch_indices('/').map(|(at, _)| at);
    let lengths = std::iter::once(folder.len()).chain(slashes).chain([0]);
    let mut all = Given::default();
    for above in lengths.filter_map(|length| folder.get(..length)) {
        let own = sources.get(above).into_iter().flatten();
        for source in own.filter(|source| is_of_kind(folder, &source.kind)) {
            all.is_open |= source.given.is_open;
            all.entries.extend(source.given.entries.iter().cloned());
        }
    }
    (all.is_open || !all.entries.is_empty()).then(|| Arc::new(all))
}

/// Whether the files of a folder are of a type, as Jekyll has it.
fn is_of_kind(folder: &str, kind: &str) -> bool {
    let mut collections = folder.split('/').filter_map(|name| name.strip_prefix('_'));
    match kind {
        "" => true,
        "pages" => collections.next().is_none(),
        kind => collections.any(|name| name == kind),
    }
}

/// `posts/posts.json`, `posts/posts.11tydata.json`, `posts/posts.11tydata.js`.
fn directory_data(path: &str, read: impl Fn(&str) -> Option<String>) -> Option<Source> {
    let (folder, file) = path.rsplit_once('/')?;
    let rest = file.strip_prefix(folder.rsplit('/').next()?)?;
    let given = match rest {
        ".json" | ".11tydata.json" => {
            let entries = metadata::of_data(path, &read(path)?);
            of_entries(&entries, "eleventyComputed")
        }
        ".11tydata.js" | ".11tydata.cjs" | ".11tydata.mjs" => of_script(&read(path)?),
        _ => return None,
    };
    Some(Source {
        folder: folder.to_owned(),
        kind: String::new(),
        given,
    })
}

/// Every word of a script may be a key, and what it takes from elsewhere may hold any.
fn of_script(script: &str) -> Given {
    let is_part = |character: char| character.is_alphanumeric() || "_-$".contains(character);
    let words = script.split(|character| !is_part(character));
    let entry = |word: &str| Entry {
        key: word.into(),
        ..Entry::default()
    };
    Given {
        entries: words.filter(|word| !word.is_empty()).map(entry).collect(),
        is_open: ["...", "require(", "import"]
            .iter()
            .any(|one| script.contains(one)),
    }
}

/// `defaults` of `_config.yml`: a list of scopes with their values.
fn defaults(root: &str, config: &[Entry]) -> Vec<Source> {
    let default = |entries: &[Entry]| {
        let scope = entries_of(entries, "scope").unwrap_or(&[]);
        let text = |key| find(scope, key).and_then(Entry::as_str).unwrap_or("");
        let path = text("path").split('*').next().unwrap_or("");
        Some(Source {
            folder: format!("{root}{}", path.trim_matches('/'))
                .trim_end_matches('/')
                .to_owned(),
            kind: text("type").to_owned(),
            given: of_entries(entries_of(entries, "values")?, ""),
        })
    };
    let list = find(config, "defaults").into_iter();
    list.flat_map(maps).filter_map(default).collect()
}

/// `cascade`: values for all pages below, or a list of such.
fn cascade(folder: &str, entries: &[Entry]) -> Vec<Source> {
    let source = |entries: &[Entry]| Source {
        folder: folder.to_owned(),
        kind: String::new(),
        given: of_entries(entries, "params"),
    };
    let cascades = find(entries, "cascade").into_iter().flat_map(maps);
    cascades.map(source).collect()
}

/// Entries, and those of a mapping among them that stand for keys of the file as well.
fn of_entries(entries: &[Entry], inner: &str) -> Given {
    let inner = entries_of(entries, inner).unwrap_or(&[]);
    Given {
        entries: entries.iter().chain(inner).cloned().collect(),
        is_open: false,
    }
}

fn find<'e>(entries: &'e [Entry], key: &str) -> Option<&'e Entry> {
    entries.iter().find(|entry| &*entry.key == key)
}

fn entries_of<'e>(entries: &'e [Entry], key: &str) -> Option<&'e [Entry]> {
    find(entries, key).and_then(|entry| maps(entry).next())
}

/// The mapping that a value is, or those in its list.
fn maps(entry: &Entry) -> impl Iterator<Item = &[Entry]> {
    let (one, many): (_, &[(Value, Span)]) = match &entry.value {
        Value::Map(entries) => (Some(entries.as_slice()), &[]),
        Value::List(items) => (None, items),
        _ => (None, &[]),
    };
    let many = many.iter().filter_map(|(item, _)| match item {
        Value::Map(entries) => Some(entries.as_slice()),
        _ => None,
    });
    one.into_iter().chain(many)
}

#[cfg(test)]
mod tests;
