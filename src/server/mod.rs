//! `weeknote-lint server`: a language server over standard input and output (LSP 3.17).
//!
//! ```text
//! wire         messages, as bytes
//! position     lines and characters, addresses of files
//! workspace    an archive and its open notes, kept up to date
//! state        which note belongs to which archive
//! diagnostics  what is wrong with the open notes
//! actions      fixes, and comments that hide findings
//! hover        what a rule finds, and why
//! completion   labels, pages, fragments, keys and values that the archive knows
//! navigation   where labels and pages are defined and used
//! rename       labels, and files of pages with every link to them
//! ```
//!
//! One thread reads messages, and another answers them in order. The server sends findings only when no message is
//! waiting, so that of ten keys typed quickly only the last one costs a look at the archive; after a slow look, it
//! pauses first. The messages are plain JSON: the types of `lsp-types` and the loop of `lsp-server` come with derives,
//! which nothing else here needs (see ARCHITECTURE.md).

mod actions;
mod completion;
mod diagnostics;
mod hover;
mod navigation;
mod position;
mod rename;
mod state;
mod wire;
mod workspace;

use position::{Encoding, path_of};
use serde_json::{Value, json};
use state::{State, uri_in};
use std::collections::VecDeque;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};
use wire::{Code, Incoming};

/// Serves one editor until it says `exit` or goes away. `config` is read instead of any `weeknote-lint.toml`. Whether it
/// ended as agreed: after `shutdown`.
///
/// # Errors
///
/// Those of the output.
pub fn serve(
    mut input: impl BufRead + Send + 'static,
    output: impl Write,
    config: Option<PathBuf>,
) -> io::Result<bool> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        while let Ok(Some(incoming)) = wire::read(&mut input) {
            if sender.send(incoming).is_err() {
                break;
            }
        }
    });
    let mut server = Server {
        output,
        state: State::new(config),
        phase: Phase::Begun,
        capabilities: Value::Null,
        waiting: VecDeque::new(),
        pause: Duration::ZERO,
    };
    server.run(&receiver)?;
    Ok(server.phase == Phase::Left { agreed: true })
}

/// How far the conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing was said.
    Begun,
    /// After `initialize`.
    Running,
    /// After `shutdown`.
    ShutDown,
    /// After `exit`.
    Left { agreed: bool },
}

struct Server<W> {
    output: W,
    state: State,
    phase: Phase,
    /// What the editor can do.
    capabilities: Value,
    /// Messages that were read and are to be answered.
    waiting: VecDeque<Incoming>,
    /// How long to wait for a further key before the open notes are looked at.
    pause: Duration,
}

/// A look at the open notes that nobody notices. After a longer one, as when a title is typed and all is learnt anew, the
/// next look waits as long as the last one took, so that quick typing is not held up.
const QUICK: Duration = Duration::from_millis(40);

/// After the archive is read the first time, nobody is to wait as long again.
const LONGEST_PAUSE: Duration = Duration::from_millis(200);

/// What a request is answered with.
type Answer = Result<Value, (Code, String)>;

fn refused(code: Code, reason: impl Into<String>) -> Answer {
    Err((code, reason.into()))
}

impl<W: Write> Server<W> {
    fn run(&mut self, receiver: &Receiver<Incoming>) -> io::Result<()> {
        loop {
            self.waiting.extend(receiver.try_iter());
            let next = match self.waiting.pop_front() {
                Some(incoming) => Ok(incoming),
                None if self.phase == Phase::Running => match receiver.recv_timeout(self.pause) {
                    Ok(incoming) => Ok(incoming),
                    Err(_) => {
                        self.tell()?;
                        receiver.recv()
                    }
                },
                None => receiver.recv(),
            };
            let Ok(incoming) = next else {
                return Ok(());
            };
            match incoming {
                Ok(message) => self.take(&message)?,
                Err(reason) => {
                    let answer = wire::answer(&Value::Null, refused(Code::Parse, reason));
                    wire::write(&mut self.output, &answer)?;
                }
            }
            if matches!(self.phase, Phase::Left { .. }) {
                return Ok(());
            }
        }
    }

    /// Takes one message: a request, which is answered, a notification, or an answer, which tells nothing new.
    fn take(&mut self, message: &Value) -> io::Result<()> {
        let method = message.get("method").and_then(Value::as_str);
        let params = message.get("params").unwrap_or(&Value::Null);
        let is_answer = message.get("result").or(message.get("error")).is_some();
        let Some(id) = message.get("id") else {
            return method.map_or(Ok(()), |method| self.notified(method, params));
        };
        let answer = match method {
            None if is_answer => return Ok(()),
            None => refused(Code::InvalidRequest, "the request has no method"),
            Some(_) if self.is_cancelled(id) => {
                refused(Code::Cancelled, "the request was cancelled")
            }
            Some(method) => self.asked(method, params),
        };
        wire::write(&mut self.output, &wire::answer(id, answer))
    }

    /// Whether a request that is taken up now was cancelled since.
    fn is_cancelled(&self, id: &Value) -> bool {
        let mut messages = self.waiting.iter().flatten();
        messages.any(|message| {
            let method = message.get("method");
            method.is_some_and(|method| method == "$/cancelRequest")
                && message.pointer("/params/id") == Some(id)
        })
    }

    fn asked(&mut self, method: &str, params: &Value) -> Answer {
        match (self.phase, method) {
            (Phase::Begun, "initialize") => {
                self.phase = Phase::Running;
                return Ok(self.initialize(params));
            }
            (Phase::Begun, _) => {
                return refused(
                    Code::NotInitialized,
                    "the first request must be `initialize`",
                );
            }
            (Phase::Running, "initialize") => {
                return refused(Code::InvalidRequest, "the server is already initialized");
            }
            (Phase::Running, _) => {}
            _ => return refused(Code::InvalidRequest, "the server was shut down"),
        }
        let state = &mut self.state;
        let or_null = |found: Option<Value>| Ok(found.unwrap_or(Value::Null));
        match method {
            "shutdown" => {
                self.phase = Phase::ShutDown;
                Ok(Value::Null)
            }
            "textDocument/codeAction" => {
                let is_lazy = self.resolves_edits();
                or_null(actions::of(&mut self.state, params, is_lazy))
            }
            "codeAction/resolve" => Ok(actions::resolved(state, params)),
            "textDocument/hover" => or_null(hover::of(state, params)),
            "textDocument/completion" => or_null(completion::of(state, params)),
            "textDocument/definition" => or_null(navigation::definition(state, params)),
            "textDocument/references" => or_null(navigation::references(state, params)),
            "textDocument/prepareRename" => or_null(rename::prepared(state, params)),
            "textDocument/rename" => rename::thing(state, params),
            "workspace/willRenameFiles" => or_null(rename::files(state, params)),
            _ => refused(Code::MethodNotFound, format!("`{method}` is not known")),
        }
    }

    fn notified(&mut self, method: &str, params: &Value) -> io::Result<()> {
        if method == "exit" {
            let agreed = self.phase == Phase::ShutDown;
            self.phase = Phase::Left { agreed };
        }
        if self.phase != Phase::Running {
            return Ok(());
        }
        let uri = uri_in(params).unwrap_or("");
        let version = params.pointer("/textDocument/version");
        let version = version.cloned().unwrap_or_default();
        let list = |key| items(params.get(key));
        match method {
            "initialized" if self.state.terms.is_watched => self.watch()?,
            "textDocument/didOpen" => {
                let text = params.pointer("/textDocument/text");
                let text = text.and_then(Value::as_str).unwrap_or("");
                self.state.open(uri, version, text.to_owned());
            }
            "textDocument/didChange" => {
                let changes: Vec<Value> = list("contentChanges").cloned().collect();
                self.state.change(uri, version, &changes);
            }
            "textDocument/didSave" => self.state.save(uri),
            "textDocument/didClose" => {
                self.state.close(uri);
                let nothing = json!({ "uri": uri, "diagnostics": [] });
                self.notify("textDocument/publishDiagnostics", nothing)?;
            }
            "workspace/didChangeWatchedFiles" => {
                let uris = list("changes").filter_map(|one| one.get("uri")?.as_str());
                uris.filter_map(path_of)
                    .for_each(|path| self.state.changed_on_disk(&path));
            }
            "workspace/didChangeWorkspaceFolders" => {
                let event = params.get("event").unwrap_or(&Value::Null);
                let folders = |key| folders_in(event.get(key));
                let removed = folders("removed");
                self.state.folders.retain(|one| !removed.contains(one));
                self.state.folders.extend(folders("added"));
            }
            _ => {}
        }
        Ok(())
    }

    /// Says what is wrong with the open notes, where that is not said yet.
    fn tell(&mut self) -> io::Result<()> {
        let begin = Instant::now();
        for params in diagnostics::news(&mut self.state) {
            self.notify("textDocument/publishDiagnostics", params)?;
        }
        let took = begin.elapsed();
        self.pause = if took > QUICK {
            took.min(LONGEST_PAUSE)
        } else {
            Duration::ZERO
        };
        Ok(())
    }

    fn notify(&mut self, method: &str, params: Value) -> io::Result<()> {
        wire::write(&mut self.output, &wire::notification(method, params))
    }

    fn initialize(&mut self, params: &Value) -> Value {
        self.capabilities = params.get("capabilities").cloned().unwrap_or_default();
        let capabilities = &self.capabilities;
        self.state.terms.encoding = Encoding::agreed(capabilities);
        let watches = capabilities.pointer("/workspace/didChangeWatchedFiles/dynamicRegistration");
        self.state.terms.is_watched = watches == Some(&Value::Bool(true));
        self.state.folders = folders_in(params.get("workspaceFolders"));
        if self.state.folders.is_empty() {
            let root = params.get("rootUri").and_then(Value::as_str);
            let root = root.and_then(path_of).into_iter();
            let root = root.map(|root| crate::config::resolve(&root));
            self.state.folders.extend(root);
        }
        json!({
            "capabilities": {
                "positionEncoding": self.state.terms.encoding.name(),
                "textDocumentSync": { "openClose": true, "change": 2, "save": true },
                "codeActionProvider": {
                    "codeActionKinds": ["quickfix", actions::FIX_ALL],
                    "resolveProvider": true,
                },
                "hoverProvider": true,
                "completionProvider": { "triggerCharacters": completion::TRIGGERS },
                "definitionProvider": true,
                "referencesProvider": true,
                "renameProvider": { "prepareProvider": true },
                "workspace": {
                    "workspaceFolders": { "supported": true, "changeNotifications": true },
                    "fileOperations": { "willRename": { "filters": [
                        { "scheme": "file", "pattern": { "glob": "**/*" } },
                    ] } },
                },
            },
            "serverInfo": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        })
    }

    /// Asks to be told of every file that changes: any may be a note, a page that is linked to, or part of the site.
    fn watch(&mut self) -> io::Result<()> {
        let request = json!({
            "jsonrpc": "2.0",
            "id": "watch",
            "method": "client/registerCapability",
            "params": { "registrations": [{
                "id": "watch",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": [{ "globPattern": "**/*" }] },
            }] },
        });
        wire::write(&mut self.output, &request)
    }

    /// Whether the editor asks for the edits of an action once it is chosen.
    fn resolves_edits(&self) -> bool {
        let properties = "/textDocument/codeAction/resolveSupport/properties";
        items(self.capabilities.pointer(properties)).any(|one| one == "edit")
    }
}

/// The items of a list, if it is one.
fn items(list: Option<&Value>) -> impl Iterator<Item = &Value> + Clone {
    list.and_then(Value::as_array).into_iter().flatten()
}

/// The folders in a list of workspace folders.
fn folders_in(list: Option<&Value>) -> Vec<PathBuf> {
    let uris = items(list).filter_map(|one| one.get("uri")?.as_str());
    let paths = uris.filter_map(path_of);
    paths.map(|path| crate::config::resolve(&path)).collect()
}
