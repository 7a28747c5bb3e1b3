//! From files to an archive: what is read, from where, and why a file cannot be.

use super::Request;
use super::past;
use crate::archive::past::{Former, Past};
use crate::archive::permalinks::Permalinks;
use crate::archive::site::Site;
use crate::archive::{Archive, Parts, given};
use crate::config::Config;
use crate::discover::{self, Files, Listing};
use crate::document::{self, Document, ParseOptions};
use crate::order::Order;
use crate::source::LineIndex;
use crate::{hash, parallel, progress, read};
use jiff::civil::Date;
use miette::Report;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the contents of files come from.
pub(super) struct Contents<'a> {
    pub(super) root: &'a Path,
    /// Contents of files that need not be those of the working tree, by path.
    pub(super) replaced: &'a BTreeMap<String, Vec<u8>>,
    /// Whether others are read from the working tree.
    pub(super) on_disk: bool,
}

impl<'a> Contents<'a> {
    pub(super) fn of(request: &'a Request) -> Self {
        Contents {
            root: &request.root,
            replaced: &request.replaced,
            on_disk: request.listing.is_none(),
        }
    }

    /// The content of the file at a path relative to the root, of `largest` bytes at most.
    pub(super) fn read(&self, path: &str, largest: u64) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        match self.replaced.get(path) {
            Some(replaced) => content.clone_from(replaced),
            None => self.append(path, largest, &mut content)?,
        }
        Ok(content)
    }

    fn append(&self, path: &str, largest: u64, content: &mut Vec<u8>) -> io::Result<()> {
        match self.on_disk {
            true => read::append(self.root, Path::new(path), largest, content),
            // What is listed and has no content is a blob that was too large to be read.
            false => Err(read::too_large(largest)),
        }
    }

    /// The text of a file of data.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        read::text(self.read(path, read::LARGEST_DATA).ok()?).ok()
    }

    fn document(&self, path: &str, options: ParseOptions) -> Document {
        if let Some(content) = self.replaced.get(path) {
            return parse(path, content, options);
        }
        CONTENT.with_borrow_mut(|content| {
            let document = match self.append(path, read::LARGEST_NOTE, content) {
                Ok(()) => parse(path, content, options),
                Err(error) => unreadable(path, read::reason(&error)),
            };
            content.clear();
            content.shrink_to(MOST_KEPT);
            document
        })
    }
}

/// Reads everything under the root.
///
/// # Errors
///
/// When a configured series has no files.
pub fn read_archive(request: &Request) -> Result<Archive, Report> {
    read_knowing(request, Vec::new())
}

/// [`read_archive`], for which the files are listed anew, and only those are read that `before` does not know or that
/// `has_changed`.
///
/// # Errors
///
/// As [`read_archive`].
pub fn read_again(
    request: &Request,
    before: Archive,
    has_changed: impl Fn(&str) -> bool,
) -> Result<Archive, Report> {
    let Parts {
        mut documents,
        options,
        ..
    } = before.into_parts();
    documents.retain(|one| one.unreadable.is_none() && !has_changed(&one.path));
    for document in &mut documents {
        document.metadata.given = None;
    }
    let known = documents.into_iter().map(|one| (options, one));
    read_knowing(request, known.collect())
}

/// The archive with the documents at `changed` read again. Which files there are, what makes the site and what folders give
/// is taken to be as it was.
pub fn with_changed<'p>(
    mut before: Archive,
    request: &Request,
    changed: impl Iterator<Item = &'p str>,
) -> Archive {
    let contents = Contents::of(request);
    let options = before.parse_options;
    before.today = request.today;
    let known = changed.filter(|path| before.find(path).is_some());
    let read = known.map(|path| contents.document(path, options));
    let read = read.collect();
    before.with_documents(read)
}

/// The archive as it is when files have been renamed, held against what it is now: each file's path, and the one that it
/// gets. Links that break by it are those that have broken since ([`Archive::broken`]).
pub fn with_renamed(
    before: Archive,
    request: &Request,
    renamed: &BTreeMap<String, String>,
) -> Archive {
    let contents = Contents::of(request);
    let mut parts = before.into_parts();
    let others = parts.files.others.iter();
    let documents = parts.documents.iter().map(|one| one.path.to_string());
    let paths = documents.chain(others.cloned()).collect();
    let mut formers = Vec::new();
    let mut rename = |document: Document, now: &String| {
        let now = Some(now.clone());
        formers.push(Former { document, now });
    };
    for document in &mut parts.documents {
        if let Some(now) = renamed.get(&*document.path) {
            let content = contents.read(&document.path, read::LARGEST_NOTE);
            let mut new = parse(now, &content.unwrap_or_default(), parts.options);
            new.metadata.given.clone_from(&document.metadata.given);
            rename(std::mem::replace(document, new), now);
        }
    }
    for path in &mut parts.files.others {
        if let Some(now) = renamed.get(path) {
            rename(Document::at(path), now);
            path.clone_from(now);
        }
    }
    let documents = &mut parts.documents;
    documents.order_by(|one, other| one.path.cmp(&other.path));
    parts.files.others.sort();
    parts.past = vec![Past::new(&parts.permalinks, formers, paths)];
    Archive::new(parts)
}

/// Documents that were read before, each with how.
type Known = Vec<(ParseOptions, Document)>;

fn read_knowing(request: &Request, known: Known) -> Result<Archive, Report> {
    let (root, config) = (&request.root, &request.config);
    let mut files = match &request.listing {
        Some(listing) => discover::select(root, listing, config),
        None => discover::walk(root, config),
    };
    // A listing names all of its files; standard input may be a file that is not there yet.
    let beside = request.replaced.keys();
    for path in beside.filter(|_| request.listing.is_none()) {
        if let Err(at) = files.markdown.binary_search(path) {
            files.markdown.insert(at, path.clone());
        }
    }
    let archive = build(files, request, known);
    for series in &archive.config.series {
        // A collection is made of documents: a series without any has none.
        let mut collections = archive.collections.iter();
        if !collections.any(|one| one.is_series() && one.name == series.name) {
            return Err(archive.config.series_without_files(series).into());
        }
    }
    Ok(archive)
}

/// The text of a Markdown file at a path relative to the root; `None` where it cannot be read.
pub fn text_of(request: &Request, path: &str) -> Option<String> {
    let content = Contents::of(request).read(path, read::LARGEST_NOTE).ok()?;
    read::text(content).ok()
}

/// Reads the Markdown files, by path, but for those that are `known`.
pub(super) fn read_documents(
    files: &Files,
    contents: &Contents<'_>,
    permalinks: &Permalinks,
    options: ParseOptions,
    known: Known,
) -> Vec<Document> {
    let read = |path: &str| contents.text(path);
    let is_there = |path: &str| {
        let files = &files.markdown;
        files.binary_search_by(|one| (**one).cmp(path)).is_ok()
    };
    let still = |(how, one): &(ParseOptions, Document)| *how == options && is_there(&one.path);
    let known = known.into_iter().filter(still).map(|(_, one)| one);
    let known: Vec<Document> = known.collect();
    let is_known = |path: &str| {
        let found = known.binary_search_by(|one| (*one.path).cmp(path));
        found.is_ok()
    };
    let unread = files.markdown.iter().filter(|path| !is_known(path));
    let unread: Vec<&String> = unread.collect();
    progress::begin("reading", unread.len());
    let mut documents = parallel::map(&unread, |_, path| {
        let document = contents.document(path, options);
        progress::advance();
        document
    });
    documents.extend(known);
    for (path, reason) in &files.unreadable {
        documents.push(unreadable(path, reason.clone()));
    }
    documents.order_by(|one, other| one.path.cmp(&other.path));
    given::spread(&mut documents, permalinks, files, read);
    documents
}

/// An archive of texts in memory: paths relative to the root, and contents.
pub fn archive_of(texts: Vec<(String, String)>, config: Config, today: Date) -> Archive {
    let bytes = |(path, text): (String, String)| (path, text.into_bytes());
    let contents: BTreeMap<String, Vec<u8>> = texts.into_iter().map(bytes).collect();
    let mut files = Files::default();
    for path in contents.keys() {
        if discover::is_markdown(path) {
            files.markdown.push(path.clone());
        } else {
            files.others.push(path.clone());
        }
    }
    let request = Request {
        replaced: contents,
        listing: Some(Listing::default()),
        ..Request::new(PathBuf::new(), config, today)
    };
    build(files, &request, Vec::new())
}

fn build(files: Files, request: &Request, known: Known) -> Archive {
    let (contents, config) = (&Contents::of(request), &request.config);
    let read = |path: &str| contents.text(path);
    let site = Site::detect(&files, read);
    let dialect = config.site.dialect.unwrap_or(site.generator.dialect());
    let options = site.parse_options(dialect, &files, read);
    let permalinks = Arc::new(Permalinks::new(site, &files, read));
    let past = request.past.iter();
    Archive::new(Parts {
        past: past
            .map(|changed| past::read(changed, &permalinks, contents, &files, options, config))
            .collect(),
        documents: read_documents(&files, contents, &permalinks, options, known),
        permalinks,
        files,
        options,
        config: config.clone(),
        today: request.today,
    })
}

/// How many bytes a thread keeps for the next file.
const MOST_KEPT: usize = 1 << 20;

thread_local! {
    /// The bytes of the file that a thread reads, so that ten thousand files need no ten thousand buffers.
    static CONTENT: std::cell::RefCell<Vec<u8>> = const { std::cell::RefCell::new(Vec::new()) };
}

pub(super) fn parse(path: &str, content: &[u8], options: ParseOptions) -> Document {
    match std::str::from_utf8(content) {
        Ok(text) => {
            let mut document = document::parse(path, text, options);
            document.digest = hash::digest(content);
            let block = document.metadata.block.of(text);
            document.metadata.digest = hash::digest(block.as_bytes());
            document
        }
        Err(error) => {
            let is_utf16 = content.starts_with(&[0xff, 0xfe]) || content.starts_with(&[0xfe, 0xff]);
            let before = content.get(..error.valid_up_to()).unwrap_or(&[]);
            let line = LineIndex::new(&String::from_utf8_lossy(before)).count();
            let reason = match is_utf16 {
                true => "it is UTF-16, not UTF-8".to_owned(),
                false => format!("line {line} is not UTF-8"),
            };
            unreadable(path, reason)
        }
    }
}

fn unreadable(path: &str, reason: String) -> Document {
    let mut document = Document::at(path);
    document.unreadable = Some(reason);
    document
}
