//! Which files there are: everything under the root, by the rules of `.gitignore`, without hidden folders. They come
//! from a walk through the working tree, or from a list: git's index, or an earlier commit.
//!
//! We do not follow symbolic links, so that we read nothing outside the root and walk in no loop; a link counts as a
//! file that others may link to. We count what we leave out.

mod ignores;

use crate::config::{self, Config};
use crate::word_list::is_any;
use ignore::{DirEntry, WalkBuilder};
use ignores::{Folders, Verdict};
pub use ignores::{Ignores, is_ignore_file};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// The files of a repository, sorted by path; paths are relative to the root, with `/`.
#[derive(Debug, Default)]
pub struct Files {
    /// Markdown files: pages, notes, and whatever else is written so.
    pub markdown: Vec<String>,
    /// All other files: what a link may lead to, and evidence of the site's generator.
    pub others: Vec<String>,
    /// What cannot be walked or read: a path, made readable where it is not UTF-8, and why.
    pub unreadable: Vec<(String, String)>,
    /// Folders that are repositories of their own and not linted: any path may be in one of their commits.
    pub unknown: Vec<String>,
    /// What was not looked at.
    pub left_out: LeftOut,
}

impl Files {
    /// The files below a folder, seen from it, if most of the Markdown files are. The folder ends with a slash.
    pub fn below(&self, folder: &str) -> Option<Files> {
        let inside = |paths: &[String]| -> Vec<String> {
            let paths = paths.iter().filter_map(|path| path.strip_prefix(folder));
            paths.map(str::to_owned).collect()
        };
        let markdown = inside(&self.markdown);
        (markdown.len() * 2 > self.markdown.len()).then(|| Files {
            markdown,
            others: inside(&self.others),
            ..Files::default()
        })
    }

    fn add(&mut self, path: String, named_in_utf8: bool, config: &Config) {
        match is_markdown(&path) {
            true if config.excludes(&path) => self.left_out.excluded += 1,
            true if !named_in_utf8 => {
                let reason = "its name is not UTF-8".to_owned();
                self.unreadable.push((path, reason));
            }
            true => self.markdown.push(path),
            false => self.others.push(path),
        }
    }

    fn add_link(&mut self, path: String) {
        self.left_out.links += usize::from(is_markdown(&path));
        self.others.push(path);
    }

    fn take(&mut self, root: &Path, entry: Result<DirEntry, ignore::Error>, config: &Config) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return self.failed(root, &error),
        };
        let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir()) else {
            return;
        };
        let (path, named_in_utf8) = relative(root, entry.path());
        if kind.is_symlink() {
            self.add_link(path);
        } else {
            // What is no file is found out when it is opened.
            self.add(path, named_in_utf8, config);
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
                other => break self.unreadable.push((path, other.to_string())),
            }
        }
    }

    /// Takes over what another has found, the counts aside.
    fn append(&mut self, other: &mut Files) {
        self.markdown.append(&mut other.markdown);
        self.others.append(&mut other.others);
        self.unreadable.append(&mut other.unreadable);
    }
}

/// Files and folders that are hidden and yet say which generator makes the site.
const HIDDEN_EVIDENCE: &str = ".eleventy.js .eleventy.cjs .eleventy.mjs .obsidian .vitepress/config.js .vitepress/config.mjs \
    .vitepress/config.mts .vitepress/config.ts docs/.vitepress/config.js docs/.vitepress/config.mjs \
    docs/.vitepress/config.mts docs/.vitepress/config.ts";

/// Whether a file with this name is read as Markdown.
pub fn is_markdown(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    is_any(extension, "md markdown mdown mkd mdx snip")
}

/// What was not looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Markdown files that the configuration excludes.
    pub excluded: usize,
    /// Markdown files and folders that an ignore file names.
    pub ignored: usize,
    /// Symbolic links that are named like Markdown files.
    pub links: usize,
}

/// Walks `root`.
pub fn walk(root: &Path, config: &Config) -> Files {
    with_evidence(walk_below(root, root, config), root, |_| false)
}

/// The files in order, with what a generator or an editor keeps for itself: it says what the notes are written for,
/// committed or not.
fn with_evidence(mut files: Files, root: &Path, is_listed: impl Fn(&str) -> bool) -> Files {
    let is_there = |name: &&str| is_listed(name) || root.join(name).symlink_metadata().is_ok();
    let evidence = HIDDEN_EVIDENCE.split(' ').filter(is_there);
    files.others.extend(evidence.map(str::to_owned));
    files.markdown.sort();
    files.others.sort();
    files.unreadable.sort();
    files
}

/// Walks `folder`, which lies in `root`; in no order.
fn walk_below(root: &Path, folder: &Path, config: &Config) -> Files {
    // The walk would follow a link at its beginning.
    if !folder.canonicalize().is_ok_and(|real| real == folder) {
        return Files::default();
    }
    let ignored = Arc::new(AtomicUsize::new(0));
    let (ignores, count) = (RwLock::new(Ignores::around(root, folder)), ignored.clone());
    let is_looked_at = move |entry: &DirEntry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        if entry.depth() == 0 {
            return true;
        }
        let verdict = {
            let ignores = ignores.read().unwrap_or_else(PoisonError::into_inner);
            ignores.verdict_of(entry.path(), is_folder)
        };
        if verdict == Verdict::Seen && is_folder && ignores::has_own(entry.path()) {
            let mut ignores = ignores.write().unwrap_or_else(PoisonError::into_inner);
            ignores.add_folder(entry.path());
        }
        let is_of_interest = is_folder || is_markdown(&entry.file_name().to_string_lossy());
        if verdict == Verdict::Ignored && is_of_interest {
            count.fetch_add(1, Ordering::Relaxed);
        }
        verdict == Verdict::Seen
    };
    // On one thread: where no other can be started, `ignore`'s parallel walk panics, and waits for ever.
    let walk = WalkBuilder::new(folder)
        .standard_filters(false)
        .filter_entry(is_looked_at)
        .build();
    let mut files = Files::default();
    for entry in walk {
        files.take(root, entry, config);
    }
    files.left_out.ignored += ignored.load(Ordering::Relaxed);
    files
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

/// What a list's entry is, with its mode in git.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file, mode 100644 or 100755.
    File,
    /// A symbolic link, mode 120000.
    Link,
    /// A folder that is a repository of its own: a submodule, mode 160000.
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
    let ignores = &listing.ignores;
    let mut files = Files::default();
    let mut folders = Folders::default();
    for listed in &listing.files {
        let (path, kind) = (&listed.path, listed.kind);
        if ignores.leaves_out_folders(path, &mut folders) {
            continue;
        }
        match ignores.verdict(path, kind == Kind::Repository) {
            Verdict::Seen => {}
            verdict => {
                let counts = verdict == Verdict::Ignored && is_markdown(path);
                files.left_out.ignored += usize::from(counts);
                continue;
            }
        }
        match kind {
            Kind::Repository => {
                let mut inside = walk_below(root, &root.join(path), config);
                if !listing.walks_submodules {
                    files.others.push(path.clone());
                    files.unknown.push(path.clone());
                    files.others.append(&mut inside.markdown);
                    inside.unreadable.clear();
                }
                files.append(&mut inside);
            }
            Kind::File => files.add(path.clone(), listed.named_in_utf8, config),
            Kind::Link => files.add_link(path.clone()),
        }
    }
    let is_listed = |name: &str| {
        let mut files = listing.files.iter();
        files.any(|file| rest_below(&file.path, name).is_some())
    };
    files.left_out.ignored += folders.ignored;
    with_evidence(files, root, is_listed)
}

/// The path of a file relative to `root`, with `/`, if it lies there; it need not exist.
pub fn inside(root: &Path, path: &Path) -> Option<String> {
    let full = config::resolve(path);
    full.starts_with(root).then(|| relative(root, &full).0)
}

/// What follows `place` in the path of it or of a file in it.
pub fn rest_below<'p>(path: &'p str, place: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(place)?;
    (place.is_empty() || rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// `path` relative to `root`, with `/`, and whether it is UTF-8.
pub fn relative(root: &Path, path: &Path) -> (String, bool) {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts = inside.components();
    let parts: Vec<_> = parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    (parts.join("/"), inside.to_str().is_some())
}
