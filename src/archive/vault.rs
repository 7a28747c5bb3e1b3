//! Where `[[target]]` leads in an Obsidian vault: names are looked for in all folders, whatever their case.

use super::{Archive, document_id};
use crate::diagnostic::DocumentId;
use crate::document::{Document, LinkKind, mask, metadata::Value};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// What a wikilink's target leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultTarget {
    /// One document.
    Document(DocumentId),
    /// Several documents of one name, by path.
    Several(Vec<DocumentId>),
    /// A file that is no document.
    File,
    /// Nothing.
    Nothing,
}

/// The names of a vault. Made when they are asked for the first time.
#[derive(Debug, Default)]
pub(super) struct Vault {
    names: OnceLock<Names>,
    habit: OnceLock<bool>,
}

#[derive(Debug, Default)]
struct Names {
    /// Documents by the last part of their path, without `.md`, in lower case.
    documents: HashMap<String, Vec<DocumentId>>,
    aliases: HashMap<String, Vec<DocumentId>>,
    /// Other files by their name in lower case.
    files: HashSet<String>,
}

/// The name that a wikilink's destination gives: without heading, block and the backslash that a table needs.
pub fn wiki_name(destination: &str) -> &str {
    let name = destination.trim_end_matches('\\');
    name.split('#').next().unwrap_or(name).trim()
}

impl Archive {
    /// Where the name of a wikilink leads.
    pub fn resolve_wikilink(&self, name: &str) -> VaultTarget {
        let names = self.vault.names.get_or_init(|| self.names_of_vault());
        let wanted = name.trim_start_matches(['.', '/']).to_lowercase();
        let wanted = wanted.strip_suffix(".md").unwrap_or(&wanted);
        let last = wanted.rsplit('/').next().unwrap_or(wanted);
        let path = |id: &DocumentId| {
            self.document(*id).map_or(String::new(), |document| {
                without_md(&document.path).to_lowercase()
            })
        };
        let fits = |path: &str| {
            path.strip_suffix(wanted)
                .is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let same = names.documents.get(last).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<DocumentId> =
            same.iter().copied().filter(|id| fits(&path(id))).collect();
        if found.len() > 1
            && let Some(exact) = found.iter().find(|id| path(id) == wanted)
        {
            found = vec![*exact];
        }
        if found.is_empty() {
            if names.files.contains(last) {
                return VaultTarget::File;
            }
            found.extend(names.aliases.get(wanted).into_iter().flatten());
            found.dedup();
        }
        match found.as_slice() {
            [] => VaultTarget::Nothing,
            [one] => VaultTarget::Document(*one),
            _ => VaultTarget::Several(found),
        }
    }

    /// Whether links to notes that do not exist yet are a habit of the vault: more than one in twenty wikilinks.
    pub fn links_ahead(&self) -> bool {
        *self.vault.habit.get_or_init(|| {
            let linted = self.all().filter(|(id, _)| self.is_linted(*id));
            let links = linted.flat_map(|(_, document)| &document.links);
            let names = links
                .filter(|link| link.kind == LinkKind::Wikilink)
                .map(|link| wiki_name(&link.destination));
            let (mut all, mut nothing) = (0, 0);
            for name in names.filter(|name| !name.is_empty() && !name.contains(mask::MARK)) {
                all += 1;
                nothing += usize::from(self.resolve_wikilink(name) == VaultTarget::Nothing);
            }
            nothing > 1 && nothing * 20 > all
        })
    }

    /// The names that wikilinks can have, for suggestions.
    pub fn vault_names(&self) -> impl Iterator<Item = &str> {
        let names = self.vault.names.get_or_init(|| self.names_of_vault());
        names.documents.keys().map(String::as_str)
    }

    fn names_of_vault(&self) -> Names {
        let mut names = Names::default();
        for (index, document) in self.documents.iter().enumerate() {
            let id = document_id(index);
            let name = without_md(document.file_name()).to_lowercase();
            names.documents.entry(name).or_default().push(id);
            for alias in aliases(document) {
                names
                    .aliases
                    .entry(alias.trim().to_lowercase())
                    .or_default()
                    .push(id);
            }
        }
        for path in &self.other_files {
            let name = path.rsplit('/').next().unwrap_or(path);
            names.files.insert(name.to_lowercase());
        }
        names
    }
}

fn without_md(path: &str) -> &str {
    path.strip_suffix(".md").unwrap_or(path)
}

fn aliases(document: &Document) -> impl Iterator<Item = &str> {
    let entry = document.metadata.first_of(&["aliases", "alias"]);
    entry.into_iter().flat_map(|entry| {
        let (one, several) = match &entry.value {
            Value::String(text) => (Some(&**text), None),
            Value::List(items) => (None, Some(items)),
            _ => (None, None),
        };
        let items = several
            .into_iter()
            .flatten()
            .filter_map(|(item, _)| match item {
                Value::String(text) => Some(&**text),
                _ => None,
            });
        one.into_iter()
            .flat_map(|text| text.split(','))
            .chain(items)
    })
}
