//! From files to an archive: what is read, from where, and why a file cannot be.

use super::past::{self, Changed};
use super::{Error, Request};
use crate::archive::site::Generator;
use crate::archive::{Archive, Parts, given};
use crate::config::Config;
use crate::discover::{self, File, Files};
use crate::document::{self, Dialect, Document, ParseOptions};
use crate::parallel;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// Files of 4 GiB and more are not read: offsets are 32 bits wide.
const LARGEST: u64 = u32::MAX as u64;

/// Reads everything under the root.
///
/// # Errors
///
/// When a configured series has no files.
pub fn read_archive(request: &Request) -> Result<Archive, Error> {
    let Request {
        root,
        config,
        replaced,
        today,
        past,
        ..
    } = request;
    let mut files = match &request.listing {
        Some(listing) => discover::select(root, listing, config),
        None => discover::walk(root, config),
    };
    for path in replaced.keys() {
        if let Err(at) = files.markdown.binary_search_by(|file| file.path.cmp(path)) {
            files.markdown.insert(at, file_at(root, path));
        }
    }
    let archive = build(files, root, replaced, config.clone(), *today, past);
    for series in &archive.config.series {
        // A collection is made of documents: a series without any has none.
        let mut collections = archive.collections.iter();
        if !collections.any(|one| one.is_series() && one.name == series.name) {
            return Err(Error::Config(Box::new(
                archive.config.series_without_files(series),
            )));
        }
    }
    Ok(archive)
}

/// Reads text files by their paths relative to `root`; `replaced` are the contents of those that lie elsewhere.
fn reader(root: &Path, replaced: &BTreeMap<String, Vec<u8>>) -> impl Fn(&str) -> Option<String> {
    |path| match replaced.get(path) {
        Some(content) => String::from_utf8(content.clone()).ok(),
        None => std::fs::read_to_string(root.join(path)).ok(),
    }
}

/// Reads the Markdown files, by path; `replaced` are the contents of those that lie elsewhere.
pub(super) fn read_documents(
    files: &Files,
    root: &Path,
    replaced: &BTreeMap<String, Vec<u8>>,
    generator: Generator,
    dialect: Dialect,
) -> Vec<Document> {
    let options = generator.parse_options(dialect);
    let mut documents = parallel::map(&files.markdown, |_, file| match replaced.get(&file.path) {
        Some(content) => parse(&file.path, content, options),
        None => read(file, options),
    });
    for (path, reason) in &files.unreadable {
        documents.push(unreadable(path, reason.clone()));
    }
    documents.sort_by(|one, other| one.path.cmp(&other.path));
    given::spread(&mut documents, generator, files, reader(root, replaced));
    documents
}

/// An archive of texts in memory: paths relative to the root, and contents.
pub fn archive_of(texts: Vec<(String, String)>, config: Config, today: Date) -> Archive {
    let bytes = |(path, text): (String, String)| (path, text.into_bytes());
    let contents: BTreeMap<String, Vec<u8>> = texts.into_iter().map(bytes).collect();
    let mut files = Files::default();
    for path in contents.keys() {
        if discover::is_markdown(path) {
            files.markdown.push(file_at(Path::new(""), path));
        } else {
            files.others.push(path.clone());
        }
    }
    build(files, Path::new(""), &contents, config, today, &[])
}

fn build(
    files: Files,
    root: &Path,
    replaced: &BTreeMap<String, Vec<u8>>,
    config: Config,
    today: Date,
    past: &[Changed],
) -> Archive {
    let generator = Generator::detect(&files, reader(root, replaced));
    let dialect = config.site.dialect.unwrap_or(generator.dialect());
    let options = generator.parse_options(dialect);
    let past = past.iter();
    Archive::new(Parts {
        past: past
            .map(|changed| past::read(changed, generator, options, &config))
            .collect(),
        documents: read_documents(&files, root, replaced, generator, dialect),
        files,
        generator,
        dialect,
        config,
        today,
    })
}

fn file_at(root: &Path, path: &str) -> File {
    File {
        path: path.to_owned(),
        full: root.join(path),
        named_in_utf8: true,
    }
}

thread_local! {
    /// The bytes of the file that a thread reads, so that ten thousand files need no ten thousand buffers.
    static CONTENT: std::cell::RefCell<Vec<u8>> = const { std::cell::RefCell::new(Vec::new()) };
}

fn read(file: &File, options: ParseOptions) -> Document {
    if !file.named_in_utf8 {
        return unreadable(&file.path, "its name is not UTF-8".to_owned());
    }
    CONTENT.with_borrow_mut(|content| {
        content.clear();
        let read = std::fs::File::open(&file.full).and_then(|opened| {
            // One byte more than the largest file tells that it is larger.
            opened.take(LARGEST + 1).read_to_end(content)
        });
        match read {
            Ok(length) if length as u64 > LARGEST => {
                unreadable(&file.path, "it is larger than 4 GiB".to_owned())
            }
            Ok(_) => parse(&file.path, content, options),
            Err(error) => unreadable(&file.path, reason(&error)),
        }
    })
}

pub(super) fn parse(path: &str, content: &[u8], options: ParseOptions) -> Document {
    match std::str::from_utf8(content) {
        Ok(text) => document::parse(path, text, options),
        Err(error) => {
            let is_utf16 = content.starts_with(&[0xff, 0xfe]) || content.starts_with(&[0xfe, 0xff]);
            let before = content.iter().take(error.valid_up_to());
            let line = before.filter(|&&byte| byte == b'\n').count() + 1;
            let reason = match is_utf16 {
                true => "it is UTF-16, not UTF-8".to_owned(),
                false => format!("it is not UTF-8 from line {line} on"),
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

/// An error of the operating system without its number.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        std::io::ErrorKind::NotFound => "it is gone".to_owned(),
        _ => error.to_string().to_lowercase(),
    }
}
