//! The index and commits as what the linter reads: a listing of files, and the contents of those that are read.

use super::{Entry, Error, Repository};
use crate::archive::given;
use crate::discover::{self, Ignores, Kind, Listed, Listing};
use crate::lint::past::{Changed, ChangedFile};
use crate::lint::since::Earlier;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// A state of the archive that git keeps.
#[derive(Debug)]
pub struct Snapshot {
    /// Its files.
    pub listing: Listing,
    /// The contents of those that are read, by path relative to the root.
    pub contents: BTreeMap<String, Vec<u8>>,
}

impl Snapshot {
    /// What is staged, of the archive in `root`; `index` are all files of the index.
    pub fn staged(repository: &Repository, root: &Path, index: &[Entry]) -> Result<Self, Error> {
        let contents = repository.contents(&blobs(index.iter().filter(is_ignore_file)))?;
        let read = |entry: &Entry| contents.get(&entry.blob).cloned();
        let ignores = ignores(repository, root, index, read);
        Self::of(repository, root, index, ignores, |path| path)
    }

    /// The files of `entries` that lie in `root`; `place` says where a file is to be taken to lie.
    fn of<'e>(
        repository: &Repository,
        root: &Path,
        entries: &'e [Entry],
        ignores: Ignores,
        place: impl Fn(&'e [u8]) -> &'e [u8],
    ) -> Result<Self, Error> {
        let inside = Inside::new(repository, root);
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
        let blobs = repository.contents(&blobs(wanted.iter().map(|(_, entry)| *entry)))?;
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
}

/// What has changed since the commit called `name`, of the archive in `root`: what links are held against and, if
/// `is_whole`, the whole archive as it was. `index` are all files of the index; what has changed is what differs from it if
/// it `is_staged`, else from the working tree.
pub fn since(
    repository: &Repository,
    root: &Path,
    index: &[Entry],
    is_staged: bool,
    name: &str,
    is_whole: bool,
) -> Result<(Changed, Option<Earlier>), Error> {
    let entries = repository.files_of(name)?;
    let inside = Inside::new(repository, root);
    let prefix = if is_whole { &[][..] } else { &inside.0 };
    let changes = repository.changes(&entries, index, is_staged, prefix)?;
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
    let ignores = if is_staged {
        Snapshot::staged(repository, root, index)?.listing.ignores
    } else {
        let read = |entry: &Entry| repository.read(&entry.path).ok();
        ignores(repository, root, index, read)
    };
    let snapshot = Snapshot::of(repository, root, &entries, ignores, place)?;
    let readable = |(from, to): (&Vec<u8>, &Vec<u8>)| {
        let (from, to) = (inside.path(from)?, inside.path(to)?);
        Some((from.into_owned(), to.into_owned()))
    };
    let earlier = Earlier {
        listing: Listing {
            walks_submodules: !is_staged,
            ..snapshot.listing
        },
        replaced: snapshot.contents,
        renamed: renames.iter().filter_map(readable).collect(),
    };
    Ok((changed, Some(earlier)))
}

/// Where the archive lies in the repository.
struct Inside(Vec<u8>);

impl Inside {
    fn new(repository: &Repository, root: &Path) -> Self {
        let folder = root.strip_prefix(&repository.top).unwrap_or(Path::new(""));
        let mut prefix = discover::relative(Path::new(""), folder).0.into_bytes();
        if !prefix.is_empty() {
            prefix.push(b'/');
        }
        Inside(prefix)
    }

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

fn ignores(
    repository: &Repository,
    root: &Path,
    index: &[Entry],
    read: impl Fn(&Entry) -> Option<Vec<u8>>,
) -> Ignores {
    let files: HashMap<PathBuf, Vec<u8>> = index
        .iter()
        .filter(is_ignore_file)
        .filter_map(|entry| Some((repository.full_path(entry), read(entry)?)))
        .collect();
    let files = files.iter();
    Ignores::new(
        root,
        files.map(|(path, content)| (path.clone(), content.as_slice())),
    )
}
