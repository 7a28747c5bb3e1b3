//! What we compare links with: the files of an earlier state of the archive that are gone or have changed.

use super::reading::{Contents, parse};
use crate::archive::given;
use crate::archive::past::{Former, Past};
use crate::archive::permalinks::Permalinks;
use crate::config::Config;
use crate::discover::{self, Files};
use crate::document::{Document, ParseOptions};
use std::collections::HashSet;
use std::sync::Arc;

/// What has changed since an earlier state, as git tells it.
#[derive(Debug, Default)]
pub struct Changed {
    /// The files that were removed, renamed or changed.
    pub files: Vec<ChangedFile>,
    /// The paths of all files that there were, relative to the root.
    pub paths: HashSet<String>,
}

/// A file that is not there as it was.
#[derive(Debug)]
pub struct ChangedFile {
    /// Its path then, relative to the root.
    pub path: String,
    /// What it held, of a Markdown file that git has.
    pub content: Option<Vec<u8>>,
    /// Its path now.
    pub now: Option<String>,
}

/// Reads what was there. What is left out now was left out then, and folders gave to pages what they give now.
pub(super) fn read(
    changed: &Changed,
    permalinks: &Arc<Permalinks>,
    contents: &Contents<'_>,
    files: &Files,
    options: ParseOptions,
    config: &Config,
) -> Past {
    let is_left_out = |path: &str| {
        let mut parts = path.split('/');
        parts.any(|part| part.starts_with('.') || part == "node_modules") || config.excludes(path)
    };
    let known = changed.files.iter().filter(|file| !is_left_out(&file.path));
    let documents = known.clone().map(|file| match &file.content {
        Some(content) if discover::is_markdown(&file.path) => parse(&file.path, content, options),
        _ => Document::at(&file.path),
    });
    let mut documents: Vec<Document> = documents.collect();
    given::spread(&mut documents, permalinks, files, |path| {
        contents.text(path)
    });
    let formers = documents.into_iter().zip(known);
    let formers = formers.map(|(document, file)| {
        let now = file.now.clone();
        Former { document, now }
    });
    Past::new(permalinks, formers.collect(), changed.paths.clone())
}
