//! What the server knows: the folders that the editor has open, and which note belongs to which archive.

use super::position::{Encoding, path_of};
use super::workspace::{Note, Workspace};
use crate::archive::Archive;
use crate::config::{self, Root};
use crate::diagnostic::DocumentId;
use crate::discover;
use crate::document::Document;
use crate::source::Span;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// All of it.
#[derive(Debug, Default)]
pub(super) struct State {
    /// What holds of every archive.
    pub(super) terms: Terms,
    /// The folders that the editor has open, without symbolic links.
    pub(super) folders: Vec<PathBuf>,
    workspaces: BTreeMap<PathBuf, Workspace>,
    /// The root and the path in it, by the address of a note; `None` for what lies in no root.
    places: HashMap<String, (PathBuf, String)>,
}

/// What the editor and the command line have said once and for all.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    /// How positions are counted.
    pub(super) encoding: Encoding,
    /// The configuration of the command line, in place of the roots' own.
    pub(super) config: Option<PathBuf>,
    /// Whether the editor tells of files that change.
    pub(super) is_watched: bool,
}

/// A note that is asked about, with its archive.
#[derive(Debug)]
pub(super) struct Asked<'s> {
    pub(super) workspace: &'s Workspace,
    pub(super) archive: &'s Archive,
    pub(super) id: DocumentId,
    pub(super) document: &'s Document,
    pub(super) note: &'s Note,
    /// The byte that is asked about.
    pub(super) offset: usize,
}

impl Asked<'_> {
    /// The range of a span of the note.
    pub(super) fn range(&self, span: Span) -> Value {
        self.workspace.terms.encoding.range(&self.note.file, span)
    }

    /// The edit that puts a text in the place of a span of the note.
    pub(super) fn edit(&self, span: Span, text: &str) -> Value {
        let encoding = self.workspace.terms.encoding;
        encoding.edit(&self.note.file, span, text)
    }

    /// The text of the note.
    pub(super) fn text(&self) -> &str {
        &self.note.file.text
    }
}

impl State {
    /// Nothing yet, but a configuration that the command line names.
    pub(super) fn new(config: Option<PathBuf>) -> Self {
        let terms = Terms {
            config,
            ..Terms::default()
        };
        State {
            terms,
            ..State::default()
        }
    }

    /// The root that a file belongs to, as the command line finds it; the folder that is open in the editor where there is
    /// none, but never a folder that just happens to hold the file.
    fn root_of(&self, path: &Path) -> Option<PathBuf> {
        let Root { folder, config } = config::find_root(path);
        if config.is_some() || folder.join(".git").exists() {
            return Some(folder);
        }
        let mut folders = self.folders.iter();
        folders.find(|folder| path.starts_with(folder)).cloned()
    }

    /// The root of a file, and its path in it.
    pub(super) fn place_of(&self, path: &Path) -> Option<(PathBuf, String)> {
        let root = self.root_of(&config::resolve(path))?;
        let inside = discover::inside(&root, path)?;
        Some((root, inside))
    }

    /// A note was opened.
    pub(super) fn open(&mut self, uri: &str, version: Value, text: String) {
        let path = path_of(uri);
        let Some((root, path)) = path.and_then(|path| self.place_of(&path)) else {
            return;
        };
        if !discover::is_markdown(&path) {
            return;
        }
        let note = Note::new(uri, version, &path, text);
        self.workspace_at(&root).open(&path, note);
        self.places.insert(uri.to_owned(), (root, path));
    }

    /// The archive of an open note, with the note's path in it.
    pub(super) fn workspace(&mut self, uri: &str) -> Option<(&mut Workspace, &str)> {
        let (root, path) = self.places.get(uri)?;
        Some((self.workspaces.get_mut(root)?, path))
    }

    /// The archive in a root, which may still have to be read.
    pub(super) fn workspace_at(&mut self, root: &Path) -> &mut Workspace {
        let workspace = self.workspaces.entry(root.to_owned());
        workspace.or_insert_with(|| Workspace::new(root.to_owned(), self.terms.clone()))
    }

    /// The archives.
    pub(super) fn workspaces(&mut self) -> impl Iterator<Item = &mut Workspace> {
        self.workspaces.values_mut()
    }

    /// A note was changed.
    pub(super) fn change(&mut self, uri: &str, version: Value, changes: &[Value]) {
        if let Some((workspace, path)) = self.workspace(uri) {
            workspace.change(path, version, changes);
        }
    }

    /// A note was saved. Who is told of files that change learns of it in that way, too.
    pub(super) fn save(&mut self, uri: &str) {
        let workspace = self.workspace(uri).map(|(workspace, _)| workspace);
        if let Some(workspace) = workspace.filter(|one| !one.terms.is_watched) {
            workspace.has_changed(None);
        }
    }

    /// A note was closed: what counts is its file.
    pub(super) fn close(&mut self, uri: &str) {
        let Some((root, path)) = self.places.remove(uri) else {
            return;
        };
        if let Some(workspace) = self.workspaces.get_mut(&root) {
            workspace.close(&path);
        }
    }

    /// A file has changed on the disk.
    pub(super) fn changed_on_disk(&mut self, path: &Path) {
        for (root, workspace) in &mut self.workspaces {
            let inside = discover::inside(root, path);
            if inside
                .as_ref()
                .is_some_and(|inside| !Path::new(inside).starts_with(".git"))
            {
                workspace.has_changed(inside);
            }
        }
        // The configuration of the command line may lie anywhere.
        let config = self.terms.config.as_deref();
        if config.is_some_and(|file| config::resolve(file) == config::resolve(path)) {
            self.workspaces().for_each(|one| one.has_changed(None));
        }
    }

    /// What a request asks about: the note at `/textDocument/uri`, at `/position` if it has one. The archive is brought up to
    /// date.
    pub(super) fn asked(&mut self, params: &Value) -> Option<Asked<'_>> {
        let (root, path) = self.places.get(uri_in(params)?)?;
        let workspace = self.workspaces.get_mut(root)?;
        workspace.refresh();
        let workspace: &Workspace = workspace;
        let archive = workspace.archive()?;
        let id = archive.find(path)?;
        let note = workspace.notes.get(path)?;
        let position = params.get("position");
        let encoding = workspace.terms.encoding;
        let offset = position.and_then(|at| encoding.offset(&note.file, at));
        Some(Asked {
            workspace,
            archive,
            id,
            document: archive.document(id)?,
            note,
            offset: offset.unwrap_or_default(),
        })
    }

    /// The same, once it is known what is wrong with the note.
    pub(super) fn asked_of_findings(&mut self, params: &Value) -> Option<Asked<'_>> {
        self.workspace(uri_in(params)?)?.0.lint();
        self.asked(params)
    }
}

/// The address of the note that a message is about.
pub(super) fn uri_in(params: &Value) -> Option<&str> {
    params.pointer("/textDocument/uri")?.as_str()
}
