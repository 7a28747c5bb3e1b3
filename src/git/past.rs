//! What has changed since a commit, as far as links can tell: the files that are gone or hold something else, what they held,
//! and what they are called now.

use super::renames::{self, Candidate};
use super::{Entry, Error, Repository};
use crate::discover::{self, Kind};
use crate::order::Order;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// What has changed since a commit.
#[derive(Debug, Default)]
pub struct Changes<'e> {
    /// The files of the commit that are not there as they were, each with its path now, if it has one.
    pub changed: Vec<(&'e Entry, Option<Vec<u8>>)>,
    /// What they held, of Markdown files, by their blobs. What a partial clone lacks is not here.
    pub contents: HashMap<String, Vec<u8>>,
    /// What the files that were renamed are called now, by their old paths.
    pub renamed: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl Repository {
    /// What has changed from `before`, the files of a commit, to the index or (unless `is_staged`) the working tree, below
    /// the folder `prefix`.
    pub fn changes<'e>(
        &self,
        before: &'e [Entry],
        index: &'e [Entry],
        is_staged: bool,
        prefix: &[u8],
    ) -> Result<Changes<'e>, Error> {
        let is_below = |entry: &&Entry| entry.path.starts_with(prefix);
        let (before, index) = (
            before.iter().filter(is_below),
            index.iter().filter(is_below),
        );
        let mut now: HashMap<&[u8], Option<String>> = HashMap::new();
        let staged = index.clone().map(|entry| (&*entry.path, entry));
        let before_by_path: HashMap<&[u8], &Entry> =
            before.clone().map(|entry| (&*entry.path, entry)).collect();
        let untracked;
        if is_staged {
            now.extend(staged.map(|(path, entry)| (path, Some(entry.blob.clone()))));
        } else {
            let mut folders = HashMap::new();
            let mut is_there = |path: &[u8]| self.has_file(path, &mut folders);
            let known = before.clone().chain(index);
            let there =
                known.filter(|entry| entry.kind == Kind::Repository || is_there(&entry.path));
            now.extend(there.map(|entry| (&*entry.path, None)));
            if before.clone().any(|entry| !now.contains_key(&*entry.path)) {
                untracked =
                    self.ask("ls-files --others --exclude-standard --full-name -z -- :/")?;
                let others = super::fields(&untracked).filter(|path| is_there(path));
                now.extend(others.map(|path| (path, None)));
            }
            self.hash(&mut now, &before_by_path);
        }
        let is_as_it_was = |entry: &&Entry| {
            let blob = now.get(&*entry.path);
            blob.is_some_and(|blob| blob.as_ref().is_none_or(|blob| *blob == entry.blob))
        };
        let changed: Vec<&Entry> = before.filter(|entry| !is_as_it_was(entry)).collect();
        let markdown = changed.iter().filter(|entry| is_markdown(&entry.path));
        let blobs: Vec<&str> = markdown.map(|entry| &*entry.blob).collect();
        let (contents, _) = self.known_contents(&blobs)?;
        let is_gone = |entry: &&&Entry| !now.contains_key(&*entry.path);
        let gone = changed.iter().filter(is_gone).map(|entry| Candidate {
            path: entry.path.clone(),
            blob: Some(entry.blob.clone()),
            content: contents.get(&entry.blob).cloned().unwrap_or_default(),
        });
        let gone: Vec<Candidate> = gone.collect();
        let mut renamed = BTreeMap::new();
        if !gone.is_empty() {
            let come = || {
                let now = now.iter();
                now.filter(|(path, _)| !before_by_path.contains_key(*path))
            };
            let blobs = come().filter(|(path, _)| is_staged && is_markdown(path));
            let blobs: Vec<&str> = blobs.filter_map(|(_, blob)| blob.as_deref()).collect();
            let (staged, _) = self.known_contents(&blobs)?;
            let content = |path: &[u8], blob: &Option<String>| match blob {
                _ if !is_markdown(path) => None,
                Some(blob) if is_staged => staged.get(blob).cloned(),
                _ => self.read(path).ok(),
            };
            let come = come().map(|(path, blob)| Candidate {
                path: path.to_vec(),
                blob: blob.clone(),
                content: content(path, blob).unwrap_or_default(),
            });
            let mut come: Vec<Candidate> = come.collect();
            come.order_by(|one, other| one.path.cmp(&other.path));
            renamed = renames::pairs(&gone, &come);
        }
        let with_path = |entry: &'e Entry| {
            let path = Some(&entry.path).filter(|path| now.contains_key(&***path));
            (entry, renamed.get(&entry.path).or(path).cloned())
        };
        Ok(Changes {
            changed: changed.into_iter().map(with_path).collect(),
            contents,
            renamed,
        })
    }

    /// Whether a regular file lies at `path` in the working tree, in no folder that is a symbolic link; `folders` is what
    /// has been answered.
    fn has_file(&self, path: &[u8], folders: &mut HashMap<PathBuf, bool>) -> bool {
        let full = self.top.join(super::path_of(path));
        let folder = full.parent().unwrap_or(Path::new(""));
        let is_real = match folders.get(folder) {
            Some(known) => *known,
            None => {
                let is_real = folder.canonicalize().is_ok_and(|real| real == folder);
                folders.insert(folder.to_owned(), is_real);
                is_real
            }
        };
        is_real && std::fs::symlink_metadata(&full).is_ok_and(|file| !file.is_dir())
    }

    /// Fills in which blobs files of the working tree would be: Markdown files that were there before, and files that came
    /// and may be one that went.
    fn hash(&self, now: &mut HashMap<&[u8], Option<String>>, before: &HashMap<&[u8], &Entry>) {
        let gone = before.keys().filter(|path| !now.contains_key(*path));
        let kinds: HashSet<&[u8]> = gone.map(|path| extension(path)).collect();
        let mut paths: Vec<&[u8]> = now.keys().copied().collect();
        paths.retain(|path| {
            let is_file = || {
                let file = std::fs::symlink_metadata(self.top.join(super::path_of(path)));
                file.is_ok_and(|file| file.is_file())
            };
            let is_of_interest = match before.get(path) {
                Some(entry) => entry.kind == Kind::File && is_markdown(path),
                None => kinds.contains(extension(path)),
            };
            // The names are read by lines.
            is_of_interest && !path.contains(&b'\n') && !path.contains(&b'"') && is_file()
        });
        // Where a file cannot be read, only what went and came is known.
        let hashes = self.hashes(&paths).unwrap_or_default();
        if hashes.len() == paths.len() {
            let found = paths.into_iter().zip(hashes);
            now.extend(found.map(|(path, blob)| (path, Some(blob))));
        }
    }
}

fn is_markdown(path: &[u8]) -> bool {
    std::str::from_utf8(path).is_ok_and(discover::is_markdown)
}

/// What follows the last dot of a path.
fn extension(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'.').next().unwrap_or(&[])
}
