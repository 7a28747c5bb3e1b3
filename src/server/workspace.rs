//! The open notes of one archive, and the archive.
//!
//! The server reads an archive once. A keystroke changes one document, which the server reads again and puts into the
//! archive in place of the old one. It does the same with files that change on disk, but first lists the files again,
//! and asks git again.

use super::position::{Encoding, uri_of};
use super::state::Terms;
use crate::archive::Archive;
use crate::config::{self, ConfigError, FILE_NAME, Root};
use crate::diagnostic::{DocumentId, Place};
use crate::lint::{self, Request};
use crate::report::{Outcome, SourceFile};
use crate::request;
use crate::source::Span;
use miette::Report;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// A note that is open in the editor.
#[derive(Debug)]
pub(super) struct Note {
    /// Its address, as the editor writes it.
    pub(super) uri: String,
    /// The editor's number of its text.
    pub(super) version: Value,
    /// Its text in the editor.
    pub(super) file: SourceFile,
    /// What was last said of it; `None` where it has changed since.
    pub(super) published: Option<Value>,
}

impl Note {
    pub(super) fn new(uri: &str, version: Value, path: &str, text: String) -> Self {
        Note {
            uri: uri.to_owned(),
            version,
            file: SourceFile::new(path, text),
            published: None,
        }
    }

    /// Takes a change over: of a range, or of all.
    fn change(&mut self, change: &Value, encoding: Encoding) {
        let Some(text) = change.get("text").and_then(Value::as_str) else {
            return;
        };
        let range = change.get("range");
        let span = range.and_then(|range| encoding.span(&self.file, range));
        let SourceFile {
            path, text: old, ..
        } = &mut self.file;
        match span.map(Span::range) {
            Some(range) if old.get(range.clone()).is_some() => old.replace_range(range, text),
            _ => text.clone_into(old),
        }
        self.file = SourceFile::new(std::mem::take(path), std::mem::take(old));
    }
}

/// The files that have changed on the disk, by their paths.
#[derive(Debug)]
enum Files {
    These(BTreeSet<String>),
    /// Any of them, of a client that does not watch them.
    Any,
}

/// An archive, with what is to be done before it can be asked.
#[derive(Debug)]
pub(super) struct Workspace {
    /// What is asked of the linter.
    pub(super) request: Request,
    /// The open notes by their paths in the root.
    pub(super) notes: BTreeMap<String, Note>,
    archive: Option<Archive>,
    found: Option<Outcome>,
    /// The open notes that have changed.
    texts: BTreeSet<String>,
    files: Option<Files>,
    pub(super) terms: Terms,
    /// Why there is no archive.
    pub(super) failure: Option<Report>,
    /// What was last said of that, and at which address.
    pub(super) published: Option<(String, Value)>,
}

impl Workspace {
    pub(super) fn new(folder: PathBuf, terms: Terms) -> Self {
        let today = jiff::Zoned::now().date();
        Workspace {
            request: Request::new(folder, config::Config::default(), today),
            notes: BTreeMap::new(),
            archive: None,
            found: None,
            texts: BTreeSet::new(),
            files: Some(Files::Any),
            terms,
            failure: None,
            published: None,
        }
    }

    /// The configuration that counts, if there is one.
    pub(super) fn config_file(&self) -> Option<PathBuf> {
        let own = self.request.root.join(FILE_NAME);
        let own = Some(own).filter(|file| file.symlink_metadata().is_ok());
        self.terms.config.clone().or(own)
    }

    /// A note was opened. What the archive does not know may be new.
    pub(super) fn open(&mut self, path: &str, note: Note) {
        let is_known = |archive: &Archive| archive.find(path).is_some();
        if !self.terms.is_watched {
            self.has_changed(None);
        } else if !self.archive.as_ref().is_some_and(is_known) {
            self.has_changed(Some(path.to_owned()));
        }
        self.notes.insert(path.to_owned(), note);
        self.text_changed(path);
    }

    /// An open note was changed.
    pub(super) fn change(&mut self, path: &str, version: Value, changes: &[Value]) {
        if let Some(note) = self.notes.get_mut(path) {
            for change in changes {
                note.change(change, self.terms.encoding);
            }
            (note.version, note.published) = (version, None);
        }
        self.text_changed(path);
    }

    /// A note was closed: what counts is its file, if it has one.
    pub(super) fn close(&mut self, path: &str) {
        self.notes.remove(path);
        if self.request.root.join(path).symlink_metadata().is_err() {
            self.has_changed(Some(path.to_owned()));
        }
        self.text_changed(path);
    }

    fn text_changed(&mut self, path: &str) {
        self.found = None;
        self.texts.insert(path.to_owned());
    }

    /// Notes that a file has changed on the disk; `None` for any.
    pub(super) fn has_changed(&mut self, path: Option<String>) {
        match (&mut self.files, path) {
            (Some(Files::These(paths)), Some(path)) => {
                paths.insert(path);
            }
            (None, Some(path)) => self.files = Some(Files::These([path].into())),
            (_, None) => self.files = Some(Files::Any),
            (Some(Files::Any), _) => {}
        }
    }

    /// Whether anything is to be said again.
    pub(super) fn is_due(&self) -> bool {
        self.found.is_none() || self.files.is_some() || !self.texts.is_empty()
    }

    /// Brings the archive up to date.
    pub(super) fn refresh(&mut self) {
        if let Some(files) = self.files.take() {
            self.found = None;
            match self.read(&files) {
                Ok(archive) => (self.archive, self.failure) = (Some(archive), None),
                Err(failure) => self.failure = Some(failure),
            }
            self.texts.extend(self.notes.keys().cloned());
        }
        let texts = std::mem::take(&mut self.texts);
        let Some(archive) = self.archive.take_if(|_| !texts.is_empty()) else {
            return;
        };
        self.found = None;
        // What is not known to the archive is left out of it.
        let known = texts.iter().filter(|path| archive.find(path).is_some());
        let known: Vec<&str> = known.map(String::as_str).collect();
        for path in &known {
            match self.notes.get(*path) {
                Some(note) => {
                    let content = note.file.text.clone().into_bytes();
                    self.request.replaced.insert((*path).to_owned(), content);
                }
                None => {
                    self.request.replaced.remove(*path);
                }
            }
        }
        self.request.today = jiff::Zoned::now().date();
        let archive = lint::with_changed(archive, &self.request, known.into_iter());
        self.archive = Some(archive);
    }

    fn read(&mut self, files: &Files) -> Result<Archive, Report> {
        let root = Root {
            folder: self.request.root.clone(),
            config: self.config_file(),
        };
        let before = self.archive.take();
        self.request = request::of_root(root, self.terms.config.as_deref())?;
        // A note that was never saved is among the notes all the same.
        for (path, note) in &self.notes {
            let is_new = self.request.root.join(path).symlink_metadata().is_err();
            if is_new && !self.request.config.excludes(path) {
                let content = note.file.text.clone().into_bytes();
                self.request.replaced.insert(path.clone(), content);
            }
        }
        match (before, files) {
            (Some(before), Files::These(paths)) => {
                let notes = &self.notes;
                let has_changed = |path: &str| paths.contains(path) || notes.contains_key(path);
                lint::read_again(&self.request, before, has_changed)
            }
            _ => lint::read_archive(&self.request),
        }
    }

    /// Finds out what is wrong with the open notes, where that is not known.
    pub(super) fn lint(&mut self) {
        self.refresh();
        if self.found.is_some() {
            return;
        }
        let Some(archive) = &self.archive else {
            self.found = Some(Outcome::default());
            return;
        };
        let notes = self.notes.keys();
        let known = notes.filter(|path| archive.find(path).is_some());
        self.request.selected = known.cloned().collect();
        // Whether the baseline is out of date, which only a look at all notes tells, is no matter here.
        let baseline = std::mem::take(&mut self.request.baseline);
        let found = match self.request.selected.is_empty() {
            true => None,
            false => lint::lint(archive, &self.request).ok(),
        };
        let mut outcome = found.unwrap_or_default();
        outcome.diagnostics.retain(|one| !baseline.holds(one));
        self.request.baseline = baseline;
        self.found = Some(outcome);
    }

    /// What is wrong with the open notes, as far as that was found out.
    pub(super) fn found(&self) -> Option<&Outcome> {
        self.found.as_ref()
    }

    /// Does something that takes the archive and may leave it with other texts; it has those of the notes afterwards.
    pub(super) fn with_archive<R>(
        &mut self,
        work: impl FnOnce(Archive, &mut Request) -> (Option<Archive>, R),
    ) -> Option<R> {
        let archive = self.archive.take()?;
        let (archive, result) = work(archive, &mut self.request);
        self.archive = archive;
        self.texts.extend(self.notes.keys().cloned());
        if self.archive.is_none() {
            self.has_changed(None);
        }
        Some(result)
    }

    /// The archive as it was last brought up to date.
    pub(super) fn archive(&self) -> Option<&Archive> {
        self.archive.as_ref()
    }

    /// Where the editor finds a file.
    pub(super) fn uri(&self, path: &str) -> String {
        match self.notes.get(path) {
            Some(note) => note.uri.clone(),
            None => uri_of(&self.request.root.join(path)),
        }
    }

    /// The file of a document.
    pub(super) fn source(&self, id: DocumentId) -> Option<SourceFile> {
        let source = lint::read_source(self.archive()?, &self.request, id);
        (!source.has_changed).then_some(source)
    }

    /// A place as the protocol writes it.
    pub(super) fn location(&self, place: Place) -> Option<Value> {
        let source = self.source(place.document)?;
        let range = self.terms.encoding.range(&source, place.span);
        Some(json!({ "uri": self.uri(&source.path), "range": range }))
    }
}

/// What is wrong with a configuration, and where in it.
pub(super) fn of_configuration(failure: &Report) -> Option<&ConfigError> {
    failure.downcast_ref::<ConfigError>()
}
