//! Metadata that files have from their folder: Eleventy's directory data, Jekyll's `defaults`, Hugo's `cascade`.
//!
//! A key that a file may have from its folder is not missing in it. So we ignore what narrows a folder down (`_target`,
//! a glob in a path), and every word of a script counts as a key, because only running it would tell the values.

use super::permalinks::Permalinks;
use super::site::{Generator, configures};
use crate::discover::Files;
use crate::document::Document;
use crate::document::metadata::{self, Entry, Given, find, map, text};
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
    permalinks: &Permalinks,
    files: &Files,
    read: impl Fn(&str) -> Option<String>,
) {
    let Permalinks { site, config, .. } = permalinks;
    let sources: Vec<Source> = match site.generator {
        Generator::Eleventy => {
            let data = files.others.iter();
            data.filter_map(|path| directory_data(path, &read))
                .collect()
        }
        Generator::Jekyll => {
            let source = text(config, "source").trim_matches(['.', '/']);
            let slash = if source.is_empty() { "" } else { "/" };
            defaults(&format!("{}{source}{slash}", site.root), config)
        }
        Generator::Hugo => {
            let site = cascade("", config);
            let sections = documents.iter().filter(|one| one.stem() == "_index");
            let sections = sections.map(|one| cascade(one.folder(), &one.metadata.entries));
            sections.flatten().chain(site).collect()
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

/// Whether the file at a path, relative to the root, may say what a folder gives, which generator makes the site, or at
/// which addresses.
pub fn is_data(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_of_folder = || {
        let rest = name.strip_prefix(folder.rsplit('/').next().unwrap_or(folder));
        rest.is_some_and(|rest| rest == ".json" || rest.starts_with(".11tydata."))
    };
    configures(path).is_some()
        || path == "package.json"
        || name.starts_with("content.config.")
        || name.starts_with('[') && name.ends_with(".astro")
        || folder.ends_with("config/_default")
        || is_of_folder()
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
            let entries = metadata::of_data(path, &read(path)?)?;
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
        let scope = map(entries, "scope");
        let path = text(scope, "path").split('*').next().unwrap_or("");
        let folder = format!("{root}{}", path.trim_matches('/'));
        Source {
            folder: folder.trim_end_matches('/').to_owned(),
            kind: text(scope, "type").to_owned(),
            given: of_entries(map(entries, "values"), ""),
        }
    };
    let list = find(config, "defaults").into_iter();
    let entries = list.flat_map(|list| list.value.maps());
    entries.map(default).collect()
}

/// `cascade`: values for all pages below, or a list of such.
fn cascade(folder: &str, entries: &[Entry]) -> Vec<Source> {
    let source = |entries: &[Entry]| Source {
        folder: folder.to_owned(),
        kind: String::new(),
        given: of_entries(entries, "params"),
    };
    let cascades = find(entries, "cascade").into_iter();
    let entries = cascades.flat_map(|list| list.value.maps());
    entries.map(source).collect()
}

/// Entries, and those of a mapping among them that stand for keys of the file as well.
fn of_entries(entries: &[Entry], inner: &str) -> Given {
    let inner = map(entries, inner).iter();
    Given {
        entries: entries.iter().chain(inner).cloned().collect(),
        is_open: false,
    }
}

#[cfg(test)]
mod tests;
