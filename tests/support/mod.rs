//! What the tests of the program share: folders of notes, and the program run on them.

#![allow(dead_code, reason = "each test uses a part of it")]
#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

pub(crate) mod client;
pub(crate) mod scratch;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit status; -1 where a signal ended it.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

/// The project's folder.
pub(crate) fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// An archive of `tests/archives`.
pub(crate) fn archive(name: &str) -> PathBuf {
    project().join("tests/archives").join(name)
}

/// Tells the tester something even where the test passes: the macros for printing are silent then.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// The folders in a folder beside the project, sorted; `None` where that is not present.
pub(crate) fn folders_beside(path: &str) -> Option<Vec<PathBuf>> {
    let entries = fs::read_dir(project().join(path)).ok()?;
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let mut folders: Vec<_> = paths.filter(|path| path.is_dir()).collect();
    folders.sort();
    Some(folders)
}

/// All files below a folder by their paths, hidden ones included; `None` for what cannot be read.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let (mut folders, mut found) = (vec![folder.to_owned()], BTreeMap::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).ok();
                found.insert(path, bytes);
            }
        }
    }
    found
}

/// Copies what is in a folder into another, but for the names that are left out.
pub(crate) fn copy_folder(from: &Path, to: &Path, is_left_out: fn(&OsStr) -> bool) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let entry = entry.expect("the folder can be read");
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &to, is_left_out);
        } else if !is_left_out(&entry.file_name()) {
            // Not with its permissions, which may be those of something that is only read.
            let bytes = fs::read(path).expect("the file can be read");
            fs::write(to, bytes).expect("the file can be written");
        }
    }
}

/// The program, to be run in `folder`, with nothing of the tester's own surroundings that changes what it prints.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_weeknote-lint"));
    command
        .current_dir(folder)
        .stdin(Stdio::null())
        .env("TZ", "UTC");
    for name in ["COLUMNS", "NO_COLOR", "GITHUB_WORKSPACE", "TERM"] {
        command.env_remove(name);
    }
    command
}

/// Runs the program in `folder`.
pub(crate) fn lint(folder: &Path, arguments: &[&str]) -> Run {
    finished(program(folder).args(arguments))
}

/// Runs the program in `folder` with `input` on its standard input.
pub(crate) fn lint_text(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    let mut command = program(folder);
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    stdin
        .write_all(input)
        .expect("the program reads its standard input");
    drop(stdin);
    run_of(child.wait_with_output().expect("the program ends"))
}

/// Runs `command` to its end.
pub(crate) fn finished(command: &mut Command) -> Run {
    run_of(command.output().expect("the program starts"))
}

/// The program started by a line of shell, in which it is `"$0"`.
pub(crate) fn shell(folder: &Path, line: &str) -> Run {
    let mut command = program(folder);
    let program = command.get_program().to_owned();
    command = {
        let mut shell = Command::new("sh");
        shell.current_dir(folder).args(["-c", line]).arg(program);
        shell
    };
    finished(scratch::without_git(command).stdin(Stdio::null()))
}

fn run_of(output: std::process::Output) -> Run {
    let text = |bytes| String::from_utf8(bytes).expect("all output is UTF-8");
    Run {
        code: output.status.code().unwrap_or(-1),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// A folder of its own for one test, which is removed afterwards. An empty configuration makes it a root.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    /// A folder with these files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let folder = Folder(tempfile::tempdir().expect("a temporary folder"));
        folder.write("weeknote-lint.toml", "");
        for (path, content) in files {
            folder.write(path, content);
        }
        folder
    }

    /// Its path.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, and the folders that it needs.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        let folder = path.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }

    /// Runs the program in it.
    pub(crate) fn lint(&self, arguments: &[&str]) -> Run {
        lint(self.path(), arguments)
    }

    /// The findings as `path:line:column: severity[rule]`, without their messages.
    pub(crate) fn found(&self, arguments: &[&str]) -> Vec<String> {
        let arguments = [&["--format", "concise"], arguments].concat();
        findings(&self.lint(&arguments).out)
    }
}

/// The lines of a concise report without their messages.
pub(crate) fn findings(report: &str) -> Vec<String> {
    let place = |line: &str| {
        line.split_once("] ")
            .map_or(line.to_owned(), |(place, _)| format!("{place}]"))
    };
    report.lines().map(place).collect()
}

/// A run that was refused: status 2, one message, and nothing where a report would stand.
#[track_caller]
pub(crate) fn refused(run: &Run, messages: &[&str]) {
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
    // The message is drawn within the width of a terminal.
    let words: Vec<&str> = run
        .err
        .split_whitespace()
        .filter(|word| *word != "│")
        .collect();
    for message in messages {
        assert!(words.join(" ").contains(message), "{message}\n{}", run.err);
    }
    assert!(!run.err.contains("panicked"), "{}", run.err);
}
