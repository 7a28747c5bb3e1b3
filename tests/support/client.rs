//! An editor, as far as the language server can tell.

use super::program;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// Nothing takes so long.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    folder: std::path::PathBuf,
    last_id: u64,
    versions: HashMap<String, i64>,
    /// What the server has asked of the editor.
    pub(crate) asked: Vec<Value>,
    /// Findings by address that nobody has waited for yet.
    told: HashMap<String, Value>,
}

impl Client {
    /// An editor with a folder open, which has agreed on everything.
    pub(crate) fn new(folder: &Path) -> Self {
        Client::with(
            folder,
            &json!({
                "general": { "positionEncodings": ["utf-16"] },
                "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
                "textDocument": { "codeAction": { "resolveSupport": { "properties": ["edit"] } } },
            }),
        )
    }

    /// An editor that can do this.
    pub(crate) fn with(folder: &Path, capabilities: &Value) -> Self {
        let mut client = Client::begun(folder);
        let folder = json!({ "uri": client.uri(""), "name": "notes" });
        let params = json!({
            "processId": null,
            "rootUri": null,
            "capabilities": capabilities,
            "workspaceFolders": [folder],
        });
        client.request("initialize", params);
        client.notify("initialized", json!({}));
        client
    }

    /// An editor that has said nothing yet.
    pub(crate) fn begun(folder: &Path) -> Self {
        let mut command = super::scratch::without_git(program(folder));
        command
            .arg("server")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let output = child.stdout.take().expect("standard output is a pipe");
        let (sender, messages) = mpsc::channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = message(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Client {
            input: child.stdin.take(),
            child,
            messages,
            folder: folder.canonicalize().expect("the folder is there"),
            last_id: 0,
            versions: HashMap::new(),
            asked: Vec::new(),
            told: HashMap::new(),
        }
    }

    /// The address of a file in the folder.
    pub(crate) fn uri(&self, path: &str) -> String {
        format!("file://{}", self.folder.join(path).display())
    }

    /// Sends bytes as they are.
    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("standard input is open");
        input.write_all(bytes).expect("the server reads");
        input.flush().expect("the server reads");
    }

    /// Sends a message.
    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let header = format!("Content-Length: {}\r\n\r\n", body.len());
        self.send_bytes(&[header.as_bytes(), body.as_bytes()].concat());
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks, and waits for the answer: the result, or the error.
    #[track_caller]
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.answer(&json!(id))
    }

    /// Waits for an answer.
    #[track_caller]
    pub(crate) fn answer(&mut self, id: &Value) -> Value {
        loop {
            let message = self.receive();
            if message["id"] == *id && message.get("method").is_none() {
                let error = message.get("error").cloned();
                return error.unwrap_or_else(|| message["result"].clone());
            }
            self.keep(message);
        }
    }

    #[track_caller]
    fn receive(&self) -> Value {
        self.messages
            .recv_timeout(PATIENCE)
            .expect("the server says something")
    }

    fn keep(&mut self, message: Value) {
        if message["method"] == "textDocument/publishDiagnostics" {
            let params = &message["params"];
            let uri = params["uri"].as_str().unwrap_or_default().to_owned();
            self.told.insert(uri, params.clone());
        } else {
            if let (Some(id), Some(_)) = (message.get("id"), message.get("method")) {
                let id = id.clone();
                self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
            }
            self.asked.push(message);
        }
    }

    /// Waits for what is found in a file, of its last version where that is known.
    #[track_caller]
    pub(crate) fn diagnostics(&mut self, path: &str) -> Vec<Value> {
        let uri = self.uri(path);
        loop {
            let version = self.versions.get(path).copied();
            if let Some(params) = self.told.remove(&uri)
                && (params["version"].as_i64() == version || params.get("version").is_none())
            {
                return params["diagnostics"]
                    .as_array()
                    .cloned()
                    .unwrap_or_default();
            }
            let message = self.receive();
            self.keep(message);
        }
    }

    /// The rules of what is found in a file.
    #[track_caller]
    pub(crate) fn rules(&mut self, path: &str) -> Vec<String> {
        let found = self.diagnostics(path);
        let rule = |one: &Value| one["code"].as_str().unwrap_or_default().to_owned();
        found.iter().map(rule).collect()
    }

    /// What names a file in parameters.
    pub(crate) fn document(&self, path: &str) -> Value {
        json!({ "uri": self.uri(path), "version": self.versions.get(path) })
    }

    pub(crate) fn open(&mut self, path: &str, text: &str) {
        self.versions.insert(path.to_owned(), 1);
        let uri = self.uri(path);
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the whole text, or a range.
    pub(crate) fn change(&mut self, path: &str, changes: Value) {
        *self.versions.entry(path.to_owned()).or_default() += 1;
        let document = self.document(path);
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    pub(crate) fn close(&mut self, path: &str) {
        self.versions.remove(path);
        let document = self.document(path);
        self.notify("textDocument/didClose", json!({ "textDocument": document }));
    }

    /// Tells of files that have changed on the disk.
    pub(crate) fn files_changed(&mut self, paths: &[&str]) {
        let changes: Vec<Value> = (paths.iter())
            .map(|path| json!({ "uri": self.uri(path), "type": 2 }))
            .collect();
        self.notify(
            "workspace/didChangeWatchedFiles",
            json!({ "changes": changes }),
        );
    }

    /// Says goodbye, and gives the exit status.
    #[track_caller]
    pub(crate) fn end(mut self) -> i32 {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        self.status()
    }

    /// The exit status of a server that ends.
    #[track_caller]
    pub(crate) fn status(mut self) -> i32 {
        drop(self.input.take());
        let status = self.child.wait().expect("the server ends");
        status.code().unwrap_or(-1)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // A test that fails leaves nothing running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn message(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok()?,
            _ if line.trim().is_empty() => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// The text after edits of the protocol, of a text in ASCII.
pub(crate) fn edited(text: &str, edits: &Value) -> String {
    let offset = |position: &Value| {
        let number = |key: &str| position[key].as_u64().unwrap_or_default() as usize;
        let lines = text.split_inclusive('\n').take(number("line"));
        lines.map(str::len).sum::<usize>() + number("character")
    };
    let mut edits: Vec<(usize, usize, &str)> = (edits.as_array().into_iter().flatten())
        .map(|edit| {
            let range = &edit["range"];
            let new = edit["newText"].as_str().unwrap_or_default();
            (offset(&range["start"]), offset(&range["end"]), new)
        })
        .collect();
    edits.sort_unstable();
    let mut after = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        after.replace_range(start..end, new);
    }
    after
}
