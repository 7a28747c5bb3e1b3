//! Where `[[target]]` and `[text](target.md)` lead in an Obsidian vault: names are looked for in all folders, whatever their case.

use super::Archive;
use super::paths::{has_scheme, percent_decoded};
use super::routes::Target;
use crate::diagnostic::DocumentId;
use crate::document::{Document, LinkKind, mask};
use crate::names::Names as Spelt;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

/// What a wikilink's target leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultTarget {
    /// One document.
    Document(DocumentId),
    /// So many documents of one name, and the first of them by path.
    Several(usize, Vec<DocumentId>),
    /// A file that is no document.
    File,
    /// Nothing.
    Nothing,
}

/// How many documents of one name are named.
const MOST_NAMED: usize = 3;

/// The names of a vault. Made when they are asked for the first time.
#[derive(Debug, Default)]
pub(super) struct Vault {
    names: OnceLock<Names>,
    spelt: OnceLock<Spelt>,
    habit: OnceLock<bool>,
}

#[derive(Debug, Default)]
struct Names {
    /// Documents by the last part of their path, without `.md`, in lower case.
    documents: HashMap<String, Vec<DocumentId>>,
    aliases: HashMap<String, Vec<DocumentId>>,
    /// Documents by their whole path, without `.md`, in lower case.
    paths: HashMap<String, DocumentId>,
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
        let names = &self.derived.vault.names;
        let names = names.get_or_init(|| self.names_of_vault());
        let wanted = name.trim_start_matches(['.', '/']).to_lowercase();
        let wanted = without_md(&wanted);
        let last = wanted.rsplit('/').next().unwrap_or(wanted);
        let fits = |id: &&DocumentId| {
            let document = self.document(**id);
            document.is_some_and(|one| is_found_by(&one.path.to_lowercase(), wanted))
        };
        if let Some(exact) = names.paths.get(wanted) {
            return VaultTarget::Document(*exact);
        }
        let same = names.documents.get(last).map_or(&[][..], Vec::as_slice);
        // A name without folders is that of all of them, and there may be very many.
        let in_folder: Vec<DocumentId> = match last == wanted {
            true => Vec::new(),
            false => same.iter().filter(fits).copied().collect(),
        };
        let found = if last == wanted { same } else { &in_folder };
        if found.is_empty() && names.files.contains(last) {
            return VaultTarget::File;
        }
        let aliased = names.aliases.get(wanted).filter(|_| found.is_empty());
        match aliased.map_or(found, Vec::as_slice) {
            [] => VaultTarget::Nothing,
            [one] => VaultTarget::Document(*one),
            // Two notes may share an alias, and neither is called that.
            _ if aliased.is_some() => VaultTarget::File,
            found => {
                let first = found.iter().take(MOST_NAMED).copied();
                VaultTarget::Several(found.len(), first.collect())
            }
        }
    }

    /// What a Markdown destination leads to, which is looked up in the whole vault as a wikilink's is; `None` for nothing.
    pub(super) fn look_up_in_vault(&self, destination: &str) -> Option<Target> {
        let address = destination.split('#').next()?;
        let name = percent_decoded(address);
        if has_scheme(&name) || name.is_empty() || mask::holds_tag(&name) {
            return None;
        }
        match self.resolve_wikilink(&name) {
            VaultTarget::Document(id) => Some(Target::Document(id)),
            VaultTarget::Several(..) | VaultTarget::File => Some(Target::Served),
            VaultTarget::Nothing => None,
        }
    }

    /// Whether links to notes that do not exist yet are a habit of the vault: more than one in twenty wikilinks.
    pub fn links_ahead(&self) -> bool {
        *self.derived.vault.habit.get_or_init(|| {
            let linted = self.linted();
            let links = linted.flat_map(|(_, document)| &document.links);
            let names = links
                .filter(|link| link.kind == LinkKind::Wikilink)
                .map(|link| wiki_name(link.destination()));
            let (mut all, mut nothing) = (0, 0);
            for name in names.filter(|name| !name.is_empty() && !mask::holds_tag(name)) {
                all += 1;
                nothing += usize::from(self.resolve_wikilink(name) == VaultTarget::Nothing);
            }
            nothing > 1 && nothing * 20 > all
        })
    }

    /// The name of a document that a wikilink's is a slip of.
    pub fn vault_name_near(&self, name: &str) -> Option<&str> {
        let spelt = self.derived.vault.spelt.get_or_init(|| {
            let names = self.documents.iter().map(|one| without_md(one.file_name()));
            Spelt::new(names.collect::<BTreeSet<&str>>())
        });
        spelt.get(spelt.nearest(name)?.item)
    }

    fn names_of_vault(&self) -> Names {
        let mut names = Names::default();
        for (id, document) in self.all() {
            let name = without_md(document.file_name()).to_lowercase();
            names.documents.entry(name).or_default().push(id);
            let path = without_md(&document.path).to_lowercase();
            names.paths.entry(path).or_insert(id);
            for alias in aliases(document) {
                let alias = alias.trim().to_lowercase();
                let named = names.aliases.entry(alias).or_default();
                if named.last() != Some(&id) {
                    named.push(id);
                }
            }
        }
        for path in &self.other_files {
            let name = path.rsplit('/').next().unwrap_or(path);
            names.files.insert(name.to_lowercase());
        }
        names
    }
}

/// Whether a path is found by a name: by itself, or by its last parts. Both are in small letters.
pub(super) fn is_found_by(path: &str, name: &str) -> bool {
    let before = without_md(path).strip_suffix(name);
    before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

/// A path without `.md` at its end.
pub fn without_md(path: &str) -> &str {
    path.strip_suffix(".md").unwrap_or(path)
}

/// Whether a name in small letters is one of the further names of a document.
pub(super) fn is_alias(document: &Document, name: &str) -> bool {
    aliases(document).any(|alias| alias.trim().to_lowercase() == name)
}

/// The further names of a document: a list, or one text with commas.
fn aliases(document: &Document) -> impl Iterator<Item = &str> {
    let entry = document.metadata.first_of(&["aliases", "alias"]);
    entry
        .into_iter()
        .flat_map(|entry| entry.value.texts(&[',']))
}
