//! Which files there are: everything under the root, by `.gitignore`'s rules, hidden folders left out. They come from a
//! walk through the working tree, or from a list: git's index, or an earlier commit.
//!
//! Symbolic links are not followed, so that nothing outside the root is read and no loop is walked; a link is known as a
//! file that others may link to.

use crate::config::Config;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{DirEntry, Match, WalkBuilder, WalkState};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The files of a repository, sorted by path; paths are relative to the root, with `/`.
#[derive(Debug, Default)]
pub struct Files {
    /// Markdown files: pages, notes, and whatever else is written so.
    pub markdown: Vec<File>,
    /// All other files: what a link may lead to, and evidence of the site's generator.
    pub others: Vec<String>,
    /// What could not be walked: a path and why.
    pub unreadable: Vec<(String, String)>,
    /// Folders that are repositories of their own and not linted: any path may be in one of their commits.
    pub unknown: Vec<String>,
}

/// A Markdown file.
#[derive(Debug, Clone)]
pub struct File {
    /// The path relative to the root, with `/`; made readable where the name is not UTF-8.
    pub path: String,
    /// The path to open.
    pub full: PathBuf,
    /// Whether the name is UTF-8.
    pub named_in_utf8: bool,
}

/// Files and folders at the root that are hidden and yet say which generator makes the site.
const HIDDEN_EVIDENCE: &[&str] = &[
    ".eleventy.js",
    ".eleventy.cjs",
    ".eleventy.mjs",
    ".obsidian",
];

/// Whether a file with this name is read as Markdown.
pub fn is_markdown(name: &str) -> bool {
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(
        extension.as_deref(),
        Some("md" | "markdown" | "mdown" | "mkd" | "mdx" | "snip")
    )
}

/// Walks `root`.
pub fn walk(root: &Path, config: &Config) -> Files {
    let mut files = walk_below(root, root, config);
    files.others.extend(
        HIDDEN_EVIDENCE
            .iter()
            .filter(|name| root.join(name).exists())
            .map(|name| (*name).to_owned()),
    );
    sorted(files)
}

fn sorted(mut files: Files) -> Files {
    files
        .markdown
        .sort_by(|one, other| one.path.cmp(&other.path));
    files.others.sort();
    files.unreadable.sort();
    files
}

/// Walks `folder`, which lies in `root`; in no order.
fn walk_below(root: &Path, folder: &Path, config: &Config) -> Files {
    let found = Mutex::new(Files::default());
    let walker = WalkBuilder::new(folder)
        .require_git(false)
        .filter_entry(|entry| entry.depth() == 0 || entry.file_name() != "node_modules")
        .threads(std::thread::available_parallelism().map_or(1, |count| count.get()))
        .build_parallel();
    walker.run(|| {
        let mut share = Share {
            found: &found,
            files: Files::default(),
        };
        Box::new(move |entry| {
            share.take(root, entry, config);
            WalkState::Continue
        })
    });
    found
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A file that a list names.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The path relative to the root, with `/`; made readable where the name is not UTF-8.
    pub path: String,
    /// Whether the name is UTF-8.
    pub named_in_utf8: bool,
    /// What it is.
    pub kind: Kind,
}

/// What a list's entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A symbolic link.
    Link,
    /// A folder that is a repository of its own: a submodule.
    Repository,
}

/// The files of git's index or of a commit.
#[derive(Debug, Default)]
pub struct Listing {
    /// The files under the root.
    pub files: Vec<Listed>,
    /// What is ignored among them.
    pub ignores: Ignores,
    /// Whether submodules, whose files are not listed, are linted as they lie in the working tree. Else they are what
    /// links may lead to, and no more.
    pub walks_submodules: bool,
}

/// Takes from a listing what a walk would find if the listed files lay in the working tree.
pub fn select(root: &Path, listing: &Listing, config: &Config) -> Files {
    let Listing {
        files: listed,
        ignores,
        walks_submodules,
    } = listing;
    let mut files = Files::default();
    let mut folders = HashMap::new();
    for Listed {
        path,
        named_in_utf8,
        kind,
    } in listed
    {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if ignores.hides_folder(folder, &mut folders)
            || ignores.hides(path, *kind == Kind::Repository)
        {
            continue;
        }
        match kind {
            Kind::Repository => {
                let mut inside = walk_below(root, &root.join(path), config);
                if *walks_submodules {
                    files.markdown.append(&mut inside.markdown);
                    files.unreadable.append(&mut inside.unreadable);
                } else {
                    files.others.push(path.clone());
                    files.unknown.push(path.clone());
                    let names = inside.markdown.into_iter().map(|file| file.path);
                    files.others.extend(names);
                }
                files.others.append(&mut inside.others);
            }
            Kind::File if is_markdown(path) => {
                if !config.excludes(path) {
                    files.markdown.push(File {
                        path: path.clone(),
                        full: root.join(path),
                        named_in_utf8: *named_in_utf8,
                    });
                }
            }
            Kind::File | Kind::Link => files.others.push(path.clone()),
        }
    }
    let is_listed = |name: &str| {
        listed.iter().any(|file| {
            let rest = file.path.strip_prefix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    // What a generator or an editor keeps for itself says what the notes are written for, committed or not.
    let evidence = HIDDEN_EVIDENCE
        .iter()
        .filter(|name| is_listed(name) || root.join(name).exists());
    files.others.extend(evidence.map(|name| (*name).to_owned()));
    sorted(files)
}

/// The names of the files that say what is ignored; the first one has the last word.
const IGNORE_FILES: [&str; 2] = [".ignore", ".gitignore"];

/// Whether a file with this name says what is ignored.
pub fn is_ignore_file(name: &str) -> bool {
    IGNORE_FILES.contains(&name)
}

/// The ignore files of a list. What only one machine ignores (`.git/info/exclude`, `core.excludesFile`) is not among
/// them: a list is the same for everybody.
#[derive(Debug, Clone, Default)]
pub struct Ignores {
    root: PathBuf,
    /// By the name of the ignore file, and by its folder.
    matchers: [BTreeMap<PathBuf, Gitignore>; 2],
}

impl Ignores {
    /// Of the ignore files at and above `root`: absolute paths and contents.
    pub fn new<'c>(root: &Path, files: impl Iterator<Item = (PathBuf, &'c [u8])>) -> Self {
        let mut ignores = Ignores {
            root: root.to_owned(),
            ..Ignores::default()
        };
        for (path, content) in files {
            let named = |name: &&str| path.file_name().is_some_and(|file| file == *name);
            let (Some(index), Some(folder)) = (IGNORE_FILES.iter().position(named), path.parent())
            else {
                continue;
            };
            let mut builder = GitignoreBuilder::new(folder);
            for line in String::from_utf8_lossy(content).lines() {
                // A pattern that cannot be read ignores nothing, as in a walk.
                let _ = builder.add_line(None, line);
            }
            if let (Ok(matcher), Some(matchers)) =
                (builder.build(), ignores.matchers.get_mut(index))
            {
                matchers.insert(folder.to_owned(), matcher);
            }
        }
        ignores
    }

    /// Whether `folder` (relative to the root, empty for the root) or one above it is left out; `known` is what has
    /// been answered.
    fn hides_folder(&self, folder: &str, known: &mut HashMap<String, bool>) -> bool {
        if folder.is_empty() {
            return false;
        }
        if let Some(answer) = known.get(folder) {
            return *answer;
        }
        let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
        let answer = self.hides_folder(above, known) || self.hides(folder, true);
        known.insert(folder.to_owned(), answer);
        answer
    }

    /// Whether a file or folder is left out by its own name.
    fn hides(&self, path: &str, is_folder: bool) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        if is_folder && name == "node_modules" {
            return true;
        }
        let full = self.root.join(path);
        for matchers in &self.matchers {
            // The nearest file that says anything counts.
            let said = full.ancestors().skip(1).find_map(|folder| {
                let said = matchers.get(folder)?.matched(&full, is_folder);
                (!said.is_none()).then_some(said)
            });
            match said {
                Some(Match::Ignore(_)) => return true,
                Some(Match::Whitelist(_)) => return false,
                _ => {}
            }
        }
        name.starts_with('.')
    }
}

/// What one thread of the walk has found; handed over when the thread ends.
struct Share<'a> {
    found: &'a Mutex<Files>,
    files: Files,
}

impl Share<'_> {
    fn take(&mut self, root: &Path, entry: Result<DirEntry, ignore::Error>, config: &Config) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return self.failed(root, &error),
        };
        if entry.file_type().is_none_or(|kind| kind.is_dir()) {
            return;
        }
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        let (path, named_in_utf8) = relative(root, entry.path());
        if is_file && is_markdown(&path) {
            if !config.excludes(&path) {
                self.files.markdown.push(File {
                    path,
                    full: entry.into_path(),
                    named_in_utf8,
                });
            }
        } else {
            self.files.others.push(path);
        }
    }

    fn failed(&mut self, root: &Path, error: &ignore::Error) {
        let mut cause = error;
        let mut path = String::new();
        loop {
            match cause {
                ignore::Error::WithPath { path: at, err } => {
                    path = relative(root, at).0;
                    cause = err;
                }
                ignore::Error::WithDepth { err, .. } => cause = err,
                other => break self.files.unreadable.push((path, other.to_string())),
            }
        }
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        let mut found = self
            .found
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        found.markdown.append(&mut self.files.markdown);
        found.others.append(&mut self.files.others);
        found.unreadable.append(&mut self.files.unreadable);
    }
}

/// `path` relative to `root`, with `/`, and whether it is UTF-8.
pub fn relative(root: &Path, path: &Path) -> (String, bool) {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inside
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    (parts.join("/"), inside.to_str().is_some())
}
