//! The index and commits as what the linter reads: a listing of files, and the contents of those that are read.

use super::{Entry, Error, Repository};
use crate::archive::given;
use crate::discover::{self, Ignores, Kind, Listed, Listing};
use crate::lint::past::{Changed, ChangedFile};
use crate::lint::since::Earlier;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// A state of the archive that git keeps.
#[derive(Debug)]
pub struct Snapshot {
    /// Its files.
    pub listing: Listing,
    /// The contents of those that are read, by path relative to the root.
    pub contents: BTreeMap<String, Vec<u8>>,
}

/// An archive in a repository.
#[derive(Debug, Clone, Copy)]
pub struct Tree<'r> {
    /// The repository.
    pub repository: &'r Repository,
    /// The folder of the archive.
    pub root: &'r Path,
    /// All files of the index.
    pub index: &'r [Entry],
    /// Whether what is staged is looked at, and not the working tree.
    pub is_staged: bool,
}

impl Tree<'_> {
    /// What is staged.
    pub fn staged(&self) -> Result<Snapshot, Error> {
        self.snapshot(self.index, self.ignores()?, |path| path)
    }

    fn ignores(&self) -> Result<Ignores, Error> {
        let files = self.index.iter().filter(is_ignore_file);
        let staged = match self.is_staged {
            true => self.repository.contents(&blobs(files.clone()))?,
            false => HashMap::new(),
        };
        let files = files.filter_map(|entry| {
            let content = match self.is_staged {
                true => staged.get(&entry.blob).cloned(),
                false => self.repository.read(&entry.path).ok(),
            };
            Some((self.repository.full_path(entry), content?))
        });
        Ok(Ignores::new(self.root, files))
    }

    /// The files of `entries` that lie in the archive; `place` says where a file is to be taken to lie.
    fn snapshot<'e>(
        &self,
        entries: &'e [Entry],
        ignores: Ignores,
        place: impl Fn(&'e [u8]) -> &'e [u8],
    ) -> Result<Snapshot, Error> {
        let inside = self.inside();
        let mut files = Vec::new();
        let mut wanted = Vec::new();
        for entry in entries {
            let Some(path) = inside.path(place(&entry.path)) else {
                continue;
            };
            let named_in_utf8 = matches!(path, Cow::Borrowed(_));
            let path = path.into_owned();
            if entry.kind == Kind::File && named_in_utf8 && is_read(&path) {
                wanted.push((path.clone(), entry));
            }
            files.push(Listed {
                path,
                named_in_utf8,
                kind: entry.kind,
            });
        }
        let blobs = (self.repository).contents(&blobs(wanted.iter().map(|(_, entry)| *entry)))?;
        let content =
            |(path, entry): (String, &Entry)| Some((path, blobs.get(&entry.blob)?.clone()));
        Ok(Snapshot {
            listing: Listing {
                files,
                ignores,
                walks_submodules: false,
            },
            contents: wanted.into_iter().filter_map(content).collect(),
        })
    }

    /// What has changed since the commit called `name`: what links are held against and, if `is_whole`, the whole archive as
    /// it was.
    pub fn since(&self, name: &str, is_whole: bool) -> Result<(Changed, Option<Earlier>), Error> {
        let entries = self.repository.files_of(name)?;
        let inside = self.inside();
        let prefix = if is_whole { &[][..] } else { &inside.0 };
        let changes = self
            .repository
            .changes(&entries, self.index, self.is_staged, prefix)?;
        let file = |(entry, now): &(&Entry, Option<Vec<u8>>)| {
            let path = inside.path(&entry.path)?.into_owned();
            let now = now.as_ref().and_then(|now| inside.path(now));
            let now = now.map(Cow::into_owned);
            let content = changes.contents.get(&entry.blob).cloned();
            Some(ChangedFile { path, content, now })
        };
        let paths = entries.iter().filter_map(|entry| inside.path(&entry.path));
        let changed = Changed {
            files: changes.changed.iter().filter_map(file).collect(),
            paths: paths.map(Cow::into_owned).collect(),
        };
        if !is_whole {
            return Ok((changed, None));
        }
        let renames = &changes.renamed;
        // What came from outside the archive is taken to have been in its place already: an archive that was moved into a
        // folder of its own is the same archive.
        let place = |path| match renames.get(path) {
            Some(now) if inside.path(path).is_none() => now.as_slice(),
            _ => path,
        };
        // What is ignored now is left out on both sides.
        let snapshot = self.snapshot(&entries, self.ignores()?, place)?;
        let readable = |(from, to): (&Vec<u8>, &Vec<u8>)| {
            let (from, to) = (inside.path(from)?, inside.path(to)?);
            Some((from.into_owned(), to.into_owned()))
        };
        let earlier = Earlier {
            listing: Listing {
                walks_submodules: !self.is_staged,
                ..snapshot.listing
            },
            replaced: snapshot.contents,
            renamed: renames.iter().filter_map(readable).collect(),
        };
        Ok((changed, Some(earlier)))
    }

    fn inside(&self) -> Inside {
        let folder = self.root.strip_prefix(&self.repository.top);
        let folder = folder.unwrap_or(Path::new(""));
        let mut prefix = discover::relative(Path::new(""), folder).0.into_bytes();
        if !prefix.is_empty() {
            prefix.push(b'/');
        }
        Inside(prefix)
    }
}

/// Where the archive lies in the repository.
struct Inside(Vec<u8>);

impl Inside {
    /// The path relative to the root of a file in it; borrowed if it is UTF-8, else made readable.
    fn path<'e>(&self, path: &'e [u8]) -> Option<Cow<'e, str>> {
        path.strip_prefix(self.0.as_slice())
            .map(String::from_utf8_lossy)
    }
}

/// Whether the content of a file is looked at: notes, configurations, the baseline, and what folders give their files.
fn is_read(path: &str) -> bool {
    discover::is_markdown(path)
        || given::is_data(path)
        || path.ends_with(".toml")
        || path == crate::baseline::FILE_NAME
}

fn is_ignore_file(entry: &&Entry) -> bool {
    let name = entry.path.rsplit(|byte| *byte == b'/').next();
    let name = name.and_then(|name| std::str::from_utf8(name).ok());
    entry.kind == Kind::File && name.is_some_and(discover::is_ignore_file)
}

fn blobs<'e>(entries: impl Iterator<Item = &'e Entry>) -> Vec<&'e str> {
    entries.map(|entry| entry.blob.as_str()).collect()
}
