//! Which files there are: everything under the root, by `.gitignore`'s rules, hidden folders left out.
//!
//! Symbolic links are not followed, so that nothing outside the root is read and no loop is walked; a link is known as a
//! file that others may link to.

use crate::config::Config;
use ignore::{DirEntry, WalkBuilder, WalkState};
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
    let found = Mutex::new(Files::default());
    let walker = WalkBuilder::new(root)
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
    let mut files = found
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    files.others.extend(
        HIDDEN_EVIDENCE
            .iter()
            .filter(|name| root.join(name).exists())
            .map(|name| (*name).to_owned()),
    );
    files
        .markdown
        .sort_by(|one, other| one.path.cmp(&other.path));
    files.others.sort();
    files.unreadable.sort();
    files
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
