//! What a run does not read: what ignore files name, hidden files and folders, and `node_modules`.
//!
//! The ignore files are those of the repository around the root, from its top down, and none above it. We match them
//! here, for the walk and for lists alike, and read them like every other file: one that is a symbolic link ignores
//! nothing, as in git.

use crate::read;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// The names of the files that say what is ignored, in a folder or at the top of a repository; the first one has the last
/// word. The third is one machine's own.
const IGNORE_FILES: [&str; 3] = [".ignore", ".gitignore", ".git/info/exclude"];

/// Whether a file with this name says what is ignored, for everybody.
pub fn is_ignore_file(name: &str) -> bool {
    IGNORE_FILES.iter().take(2).any(|file| *file == name)
}

/// Whether there is anything in a folder that says what is ignored.
pub(super) fn has_own(folder: &Path) -> bool {
    let mut files = IGNORE_FILES.iter();
    files.any(|file| folder.join(file).symlink_metadata().is_ok())
}

/// Whether something is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Seen,
    /// Left out by its name.
    Hidden,
    /// Left out by an ignore file.
    Ignored,
}

/// What has been found out of the folders of a list.
#[derive(Debug, Default)]
pub(super) struct Folders {
    known: HashMap<String, bool>,
    /// How many an ignore file names.
    pub(super) ignored: usize,
}

/// The ignore files of a walk or a list. What one machine alone ignores (`.git/info/exclude`, `core.excludesFile`) counts
/// in a walk; a list is the same for everybody.
#[derive(Debug, Clone, Default)]
pub struct Ignores {
    root: PathBuf,
    /// The top of the repository.
    top: PathBuf,
    /// By the name of the ignore file, and by its folder.
    matchers: [BTreeMap<PathBuf, Gitignore>; 3],
    /// `core.excludesFile`.
    own: Option<Gitignore>,
}

impl Ignores {
    /// Of the ignore files at and above `root`: absolute paths and contents.
    pub fn new(root: &Path, files: impl Iterator<Item = (PathBuf, Vec<u8>)>) -> Self {
        let mut ignores = Ignores {
            root: root.to_owned(),
            ..Ignores::default()
        };
        for (path, content) in files {
            let named = |name: &&str| path.file_name().is_some_and(|file| file == *name);
            if let (Some(index), Some(folder)) =
                (IGNORE_FILES.iter().position(named), path.parent())
            {
                ignores.add(index, folder, &String::from_utf8_lossy(&content));
            }
        }
        ignores
    }

    /// Of the files in `folder`, which lies in `root`, and in the folders above it up to the repository's top.
    pub(super) fn around(root: &Path, folder: &Path) -> Self {
        let top = root.ancestors().find(|folder| folder.join(".git").exists());
        let top = top.unwrap_or(root);
        let mut ignores = Ignores {
            root: root.to_owned(),
            top: top.to_owned(),
            own: Some(GitignoreBuilder::new(top).build_global().0),
            ..Ignores::default()
        };
        for folder in folder.ancestors().take_while(|one| one.starts_with(top)) {
            ignores.add_folder(folder);
        }
        ignores
    }

    /// Adds the ignore files of a folder in the repository.
    pub(super) fn add_folder(&mut self, folder: &Path) {
        let Ok(inside) = folder.strip_prefix(&self.top).map(Path::to_owned) else {
            return;
        };
        for (index, name) in IGNORE_FILES.iter().enumerate() {
            if let Ok(text) = read::data(&self.top, &inside.join(name)) {
                self.add(index, folder, &text);
            }
        }
    }

    fn add(&mut self, index: usize, folder: &Path, text: &str) {
        let mut builder = GitignoreBuilder::new(folder);
        for line in text.lines() {
            // A pattern that cannot be read ignores nothing.
            let _ = builder.add_line(None, line);
        }
        if let (Ok(matcher), Some(matchers)) = (builder.build(), self.matchers.get_mut(index)) {
            matchers.insert(folder.to_owned(), matcher);
        }
    }

    /// Whether a folder above `path` (relative to the root) is left out.
    pub(super) fn leaves_out_folders(&self, path: &str, folders: &mut Folders) -> bool {
        let above = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        for folder in above {
            let is_left_out = match folders.known.get(folder) {
                Some(known) => *known,
                None => {
                    let verdict = self.verdict(folder, true);
                    folders.ignored += usize::from(verdict == Verdict::Ignored);
                    let is_left_out = verdict != Verdict::Seen;
                    folders.known.insert(folder.to_owned(), is_left_out);
                    is_left_out
                }
            };
            if is_left_out {
                return true;
            }
        }
        false
    }

    /// Whether a file or folder, relative to the root, is left out by its own name.
    pub(super) fn verdict(&self, path: &str, is_folder: bool) -> Verdict {
        self.verdict_of(&self.root.join(path), is_folder)
    }

    /// [`Ignores::verdict`] of an absolute path.
    pub(super) fn verdict_of(&self, full: &Path, is_folder: bool) -> Verdict {
        let name = full.file_name().unwrap_or_default();
        if is_folder && name == "node_modules" {
            return Verdict::Hidden;
        }
        let is_hidden = name.as_encoded_bytes().starts_with(b".");
        for matchers in self.matchers.iter().filter(|all| !all.is_empty()) {
            // The nearest file that says anything counts.
            let said = full.ancestors().skip(1).find_map(|folder| {
                let said = matchers.get(folder)?.matched(full, is_folder);
                (!said.is_none()).then_some(said)
            });
            match said {
                Some(Match::Ignore(_)) if !is_hidden => return Verdict::Ignored,
                Some(Match::Ignore(_)) => return Verdict::Hidden,
                Some(Match::Whitelist(_)) => return Verdict::Seen,
                _ => {}
            }
        }
        let own = self.own.as_ref().map(|own| own.matched(full, is_folder));
        match own {
            _ if is_hidden => Verdict::Hidden,
            Some(Match::Ignore(_)) => Verdict::Ignored,
            _ => Verdict::Seen,
        }
    }
}
