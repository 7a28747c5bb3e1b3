//! What git knows: the files of the index and of commits, their contents, and which were renamed. This is the only
//! place that runs git. We run it and do not link it: git itself starts a hook, so it is there, and it knows every kind
//! of repository.
//!
//! We run only commands made for programs (`ls-files`, `ls-tree`, `diff-index --cached`, `cat-file`, `hash-object`,
//! `rev-parse`, `merge-base`), because no setting changes their output. A NUL follows each name, so that names may hold
//! anything; here they are bytes, relative to the top of the repository.
//!
//! We do not trust a repository, whose configuration can make git run programs:
//!
//! - Comparing the index with the working tree runs `core.fsmonitor` and clean filters. No command here does so:
//!   contents are blobs, as `cat-file --batch` gives them, without filters and `textconv`. Only `hash-object
//!   --no-filters` looks at the working tree, at regular files that we name, and `ls-files --others`, for names.
//! - A folder that looks like a bare repository is one to git, and anybody can commit such a folder, with a
//!   configuration. Only a folder with a `.git` in it counts here, unless the environment names the repository.
//! - A partial clone fetches what it lacks, through programs that its configuration names. We forbid every protocol,
//!   and what is missing is an error.
//! - Environment variables change what arguments mean (`GIT_LITERAL_PATHSPECS`) or write to files (`GIT_TRACE`). We
//!   pass on only those that say where the repository is, and how git is configured. What `-c` says here overrides all
//!   configuration.

pub mod past;
mod renames;
pub mod snapshot;

use crate::discover::Kind;
use crate::read;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsStr;
use std::fmt;
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Why git did not answer.
#[derive(Debug)]
pub struct Error {
    message: String,
    help: String,
    /// Whether there is no git, or no repository, so that nothing can be asked.
    pub is_absence: bool,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl miette::Diagnostic for Error {
    fn help(&self) -> Option<Box<dyn fmt::Display + '_>> {
        Some(Box::new(&self.help))
    }
}

impl Error {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Error {
            message: message.into(),
            help: help.into(),
            is_absence: false,
        }
    }

    fn of_absence(message: String, help: &str) -> Self {
        Error {
            is_absence: true,
            ..Error::new(message, help)
        }
    }

    fn no_repository(folder: &Path) -> Self {
        Error::of_absence(
            format!("`{}` is not in a git repository", folder.display()),
            "--staged and --since need a git repository: lint without them",
        )
    }
}

const UNSHALLOW: &str = "this clone is shallow and lacks older commits: `git fetch --unshallow` gets them; \
    in GitHub Actions, give actions/checkout `fetch-depth: 0`";
const UNKNOWN: &str = "name a commit, a branch or a tag, such as `HEAD`, `origin/main` or `v1.0`; \
    `git fetch --tags` gets new ones";
const UNRELATED: &str = "name a commit that this branch began from";

const PARTIAL: &str = "this clone is partial, and weeknote-lint fetches nothing: `git fetch --refetch --no-filter` \
    gets what is missing";

/// Environment variables that speak of one repository, and mislead in another one.
const LOCAL_VARIABLES: [&str; 6] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
];

/// How the variables begin that are passed on for every repository: where git's own programs are, and how the user has
/// configured it.
const PASSED_ON: [&str; 2] = ["GIT_EXEC_PATH", "GIT_CONFIG"];

/// What no configuration can change.
const SETTINGS: [&str; 4] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "safe.bareRepository=explicit",
    "protocol.allow=never",
];

/// The names of the empty file and of the empty folder, for each way that git makes names.
const EMPTY: [(&str, &str); 2] = [
    (
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    ),
    (
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
        "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
    ),
];

/// A repository with a working tree.
#[derive(Debug)]
pub struct Repository {
    /// The top of the working tree, absolute and without symbolic links.
    pub top: PathBuf,
    /// The folder that git is run in.
    folder: PathBuf,
    /// Whether the environment's variables are about this repository, as they are in a hook.
    is_the_environments: bool,
}

/// What blobs hold, by their names.
type Contents = HashMap<String, Vec<u8>>;

/// The commands that tell how large blobs are, and what they hold.
const SIZES: &str = "cat-file --batch-check";
const CONTENTS: &str = "cat-file --batch";

/// A file of the index or of a commit.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The path relative to the top of the repository, with `/`.
    pub path: Vec<u8>,
    /// What it is.
    pub kind: Kind,
    /// The name of its content, in hexadecimal.
    pub blob: String,
}

impl Repository {
    /// The repository that `folder`, absolute and without symbolic links, lies in.
    ///
    /// Variables say which repository and which index a hook is run for (`GIT_INDEX_FILE` is the index of
    /// `git commit notes/week-12.md`, say). They count if they are about the repository that `folder` lies in.
    pub fn around(folder: &Path) -> Result<Self, Error> {
        let found = folder.ancestors().find(|folder| has_git(folder));
        let environments = Repository {
            top: PathBuf::new(),
            // Variables with relative paths are understood where they were set.
            folder: PathBuf::from("."),
            is_the_environments: true,
        };
        if LOCAL_VARIABLES.into_iter().any(is_set)
            && let Ok(top) = environments.find_top(folder)
        {
            let is_around = match is_set("GIT_DIR") {
                true => {
                    folder.starts_with(&top) && found.is_none_or(|found| top.starts_with(found))
                }
                false => found == Some(&top),
            };
            if is_around {
                return Ok(Repository {
                    top,
                    ..environments
                });
            }
        }
        let found = found.ok_or_else(|| Error::no_repository(folder))?;
        let repository = Repository {
            top: found.to_owned(),
            folder: found.to_owned(),
            is_the_environments: false,
        };
        // `core.worktree` can name any folder.
        match repository.find_top(folder)? == found {
            true => Ok(repository),
            false => Err(Error::no_repository(folder)),
        }
    }

    fn find_top(&self, start: &Path) -> Result<PathBuf, Error> {
        const COMMAND: &str = "rev-parse --show-toplevel";
        let output = self.run(COMMAND.split(' '), Stdio::null())?;
        if !output.status.success() && said(&output).contains("not a git repository") {
            return Err(Error::no_repository(start));
        }
        let output = succeeded(COMMAND, output)?;
        let line = output.strip_suffix(b"\n").unwrap_or(&output);
        let top = path_of(line);
        Ok(top.canonicalize().unwrap_or(top))
    }

    /// What is staged, as [`Repository::index`] gives it.
    ///
    /// # Errors
    ///
    /// During a merge with conflicts, and where the last commit has files and the index none.
    pub fn staged(&self) -> Result<Vec<Entry>, Error> {
        match self.read_index()? {
            (_, Some(path)) => Err(Error::new(
                format!("the merge of `{path}` is not finished"),
                "resolve the conflict and `git add` the file, so that --staged sees what you will commit",
            )),
            (entries, None) if entries.is_empty() && self.has_files()? => Err(Error::new(
                "the index is empty, and the last commit is not",
                "`git status` shows what is staged; `git reset` restores the index from the last commit",
            )),
            (entries, None) => Ok(entries),
        }
    }

    /// Whether the last commit has any files.
    fn has_files(&self) -> Result<bool, Error> {
        match self.commit("HEAD")? {
            Some(commit) => Ok(!self.files_of(&commit)?.is_empty()),
            None => Ok(false),
        }
    }

    /// The files of the index, with the submodules, and without what `git add --intent-to-add` only announces and what a
    /// merge has left in several versions.
    pub fn index(&self) -> Result<Vec<Entry>, Error> {
        Ok(self.read_index()?.0)
    }

    /// The files of the index, and the first of those that a merge has left in several versions.
    fn read_index(&self) -> Result<(Vec<Entry>, Option<String>), Error> {
        const COMMAND: &str = "ls-files --stage -z --full-name -- :/";
        // `:/` stands for all files: the command may be run in a folder of the repository.
        let listed = self.ask(COMMAND)?;
        let mut entries = Vec::new();
        let mut unmerged = None;
        for record in fields(&listed) {
            let found = parts(record)
                .and_then(|([mode, blob, stage], path)| Some((entry(mode, blob, path)?, stage)));
            let (entry, stage) = found.ok_or_else(|| unknown(COMMAND, record))?;
            if stage == b"0" {
                entries.push(entry);
            } else {
                unmerged = unmerged.or(Some(String::from_utf8_lossy(&entry.path).into_owned()));
            }
        }
        self.leave_out_announced(&mut entries)?;
        Ok((entries, unmerged))
    }

    /// Leaves out what `git add --intent-to-add` announces: it stands in the index like an empty file, and is no part of
    /// the commit.
    fn leave_out_announced(&self, entries: &mut Vec<Entry>) -> Result<(), Error> {
        let is_empty = |entry: &Entry| {
            let mut empty = EMPTY.iter();
            empty.find(|(file, _)| *file == entry.blob)
        };
        let Some((_, nothing)) = entries.iter().find_map(is_empty) else {
            return Ok(());
        };
        let staged = self.ask(&format!(
            "diff-index --cached --ita-invisible-in-index --ignore-submodules=all --no-renames --name-only -z {nothing} --"
        ))?;
        let staged: HashSet<&[u8]> = fields(&staged).collect();
        entries.retain(|entry| is_empty(entry).is_none() || staged.contains(&*entry.path));
        Ok(())
    }

    /// The files of a commit.
    pub fn files_of(&self, commit: &str) -> Result<Vec<Entry>, Error> {
        let command = format!("ls-tree -r -z --full-tree {commit}");
        let listed = self.ask(&command)?;
        let entries = fields(&listed).map(|record| {
            let found = parts(record).and_then(|([mode, _, blob], path)| entry(mode, blob, path));
            found.ok_or_else(|| unknown(&command, record))
        });
        entries.collect()
    }

    /// The last commit that `revision` and HEAD have in common; `None` where there is no commit at all, and `revision`
    /// is the HEAD to be.
    pub fn common_commit(&self, revision: &str) -> Result<Option<String>, Error> {
        let head = self.commit("HEAD")?;
        if head.is_none() && matches!(revision, "HEAD" | "@") {
            return Ok(None);
        }
        // What begins with `-` is an option to git, and never the name of a commit.
        let found = match revision.starts_with('-') {
            true => None,
            false => self.commit(revision)?,
        };
        let Some(found) = found else {
            let message = format!("there is no commit `{revision}` in this repository");
            return Err(Error::new(message, self.unshallow_or(UNKNOWN)?));
        };
        let Some(head) = head else {
            return Ok(Some(found));
        };
        let output = self.run(["merge-base", &found, &head].into_iter(), Stdio::null())?;
        if output.status.code() == Some(1) {
            let message =
                format!("`{revision}` and HEAD have no commit in common in this repository");
            return Err(Error::new(message, self.unshallow_or(UNRELATED)?));
        }
        let output = succeeded("merge-base", output)?;
        Ok(Some(String::from_utf8_lossy(&output).trim().to_owned()))
    }

    /// The contents of blobs by their names, all read at once; without those of more than [`read::LARGEST_NOTE`] bytes.
    ///
    /// # Errors
    ///
    /// For one that a partial clone lacks.
    pub fn contents(&self, blobs: &[&str]) -> Result<Contents, Error> {
        let (contents, missing) = self.known_contents(blobs)?;
        match missing.first() {
            Some(missing) => Err(failed(SIZES, &format!("`{missing}`: {PARTIAL}"))),
            None => Ok(contents),
        }
    }

    /// The same, with the names of those that a partial clone lacks.
    pub fn known_contents(&self, blobs: &[&str]) -> Result<(Contents, Vec<String>), Error> {
        let (mut contents, mut missing) = (HashMap::new(), Vec::new());
        // A blob can be small in the repository and endless when it is unpacked.
        let mut names = BTreeSet::new();
        let sizes = self.answers(SIZES, blobs.join("\n"))?;
        for answer in String::from_utf8_lossy(&sizes).lines() {
            let mut words = answer.split(' ');
            let (name, kind, size) = (words.next().unwrap_or_default(), words.next(), words.next());
            if kind == Some("missing") {
                missing.push(name.to_owned());
                continue;
            }
            let size = size.and_then(|size| size.parse::<u64>().ok());
            if size.ok_or_else(|| unknown(SIZES, answer.as_bytes()))? <= read::LARGEST_NOTE {
                names.insert(name.to_owned());
            }
        }
        let output = self.answers(CONTENTS, Vec::from_iter(names).join("\n"))?;
        let mut rest = output.as_slice();
        while let Some((head, after)) = until(rest, b'\n') {
            let head = String::from_utf8_lossy(head);
            let mut words = head.split(' ');
            let (name, size) = (words.next().unwrap_or_default(), words.nth(1));
            let content = size.and_then(|size| after.split_at_checked(size.parse().ok()?));
            let (content, after) = content.ok_or_else(|| failed(CONTENTS, &head))?;
            contents.insert(name.to_owned(), content.to_owned());
            rest = after.strip_prefix(b"\n").unwrap_or(after);
        }
        Ok((contents, missing))
    }

    /// What a file of data holds in the working tree.
    pub fn read(&self, path: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut content = Vec::new();
        let path = path_of(path);
        read::append(&self.top, &path, read::LARGEST_DATA, &mut content)?;
        Ok(content)
    }

    /// The names of the blobs that files of the working tree would be.
    fn hashes(&self, paths: &[&[u8]]) -> Result<Vec<String>, Error> {
        // A filter would be a program that the repository names.
        let command = "hash-object --no-filters --stdin-paths";
        let full = paths.iter().map(|path| self.top.join(path_of(path)));
        let full: Vec<_> = full
            .map(|path| path.into_os_string().into_encoded_bytes())
            .collect();
        let output = self.answers(command, full.join(&b'\n'))?;
        let lines = String::from_utf8_lossy(&output);
        Ok(lines.lines().map(str::to_owned).collect())
    }

    /// What a command answers to `questions`, which are lines; nothing to none.
    fn answers(&self, command: &str, questions: impl AsRef<[u8]>) -> Result<Vec<u8>, Error> {
        let questions = questions.as_ref();
        if questions.is_empty() {
            return Ok(Vec::new());
        }
        // The questions lie in a file: through a pipe, git would wait for its answers to be read, and we for git.
        let file = tempfile::tempfile().and_then(|mut file| {
            file.write_all(questions)?;
            file.write_all(b"\n")?;
            file.rewind()?;
            Ok(file)
        });
        let file = file.map_err(|error| failed(command, &error.to_string()))?;
        succeeded(command, self.run(command.split(' '), file.into())?)
    }

    /// Where a file lies in the working tree, or would lie.
    pub fn full_path(&self, entry: &Entry) -> PathBuf {
        self.top.join(path_of(&entry.path))
    }

    /// The folder that git runs hooks from, which `core.hooksPath` may name, and the one of the repository, which all of its
    /// worktrees have in common.
    ///
    /// # Errors
    ///
    /// Where git fails.
    pub fn hooks(&self) -> Result<[PathBuf; 2], Error> {
        let asked = |question: &str| {
            // Not by way of the settings that no configuration can change: one of them is what is asked for.
            let mut git = Command::new("git");
            git.current_dir(&self.folder).args(question.split(' '));
            let output = git.output();
            let output = output.map_err(|error| failed(question, &error.to_string()))?;
            let output = succeeded(question, output)?;
            let path = output.strip_suffix(b"\n").unwrap_or(&output);
            let path = self.folder.join(path_of(path));
            Ok(read::normal(&path).unwrap_or(path))
        };
        let hooks = asked("rev-parse --git-path hooks")?;
        Ok([hooks, asked("rev-parse --git-common-dir")?])
    }

    /// The commit that a revision names, if it exists.
    pub fn commit(&self, revision: &str) -> Result<Option<String>, Error> {
        let wanted = format!("{revision}^{{commit}}");
        let output = self.run(
            ["rev-parse", "--verify", "--quiet", &wanted].into_iter(),
            Stdio::null(),
        )?;
        let name = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(output.status.success().then_some(name))
    }

    /// The help for a shallow clone, or else `help`.
    fn unshallow_or(&self, help: &'static str) -> Result<&'static str, Error> {
        let is_shallow = self.ask("rev-parse --is-shallow-repository")?;
        Ok(match is_shallow.starts_with(b"true") {
            true => UNSHALLOW,
            false => help,
        })
    }

    /// What git answers to a command, whose words none have blanks in them.
    fn ask(&self, command: &str) -> Result<Vec<u8>, Error> {
        succeeded(command, self.run(command.split(' '), Stdio::null())?)
    }

    fn run<'w>(&self, words: impl Iterator<Item = &'w str>, input: Stdio) -> Result<Output, Error> {
        let mut command = Command::new("git");
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            let is_local = LOCAL_VARIABLES.contains(&&*text);
            let is_passed_on = PASSED_ON.iter().any(|kept| text.starts_with(kept));
            let is_kept = is_passed_on || self.is_the_environments && is_local;
            if text.starts_with("GIT_") && !is_kept {
                command.env_remove(&name);
            }
        }
        command
            .current_dir(&self.folder)
            .args(["--no-pager", "--no-replace-objects"])
            .args(SETTINGS.iter().flat_map(|setting| ["-c", setting]))
            .args(words)
            .stdin(input);
        // Messages in English, one of which is looked for; and no lock, which a hook's git may hold itself. No protocol
        // is allowed, whatever the configuration says of it.
        command
            .env("LC_ALL", "C")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "")
            .env("GIT_TERMINAL_PROMPT", "0");
        command.output().map_err(|error| {
            let reason = match error.kind() {
                std::io::ErrorKind::NotFound => "it is not installed, or not in PATH".to_owned(),
                _ => error.to_string().to_lowercase(),
            };
            Error::of_absence(
                format!("git cannot be run: {reason}"),
                "--staged and --since need git: install it, or lint without them",
            )
        })
    }
}

/// The parts of an answer that end with a NUL.
fn fields(answer: &[u8]) -> impl Iterator<Item = &[u8]> {
    let fields = answer.split(|byte| *byte == 0);
    fields.filter(|field| !field.is_empty())
}

/// What stands before and after the first `byte`.
fn until(bytes: &[u8], byte: u8) -> Option<(&[u8], &[u8])> {
    let at = memchr::memchr(byte, bytes)?;
    Some((bytes.get(..at)?, bytes.get(at + 1..)?))
}

/// The words of a record of `ls-files --stage` or `ls-tree`, and the path behind them.
fn parts(record: &[u8]) -> Option<([&[u8]; 3], &[u8])> {
    let (head, path) = until(record, b'\t')?;
    let mut words = head.split(|byte| *byte == b' ');
    Some(([words.next()?, words.next()?, words.next()?], path))
}

/// A longer path lies in no working tree.
const LONGEST_PATH: usize = 4096;

fn entry(mode: &[u8], blob: &[u8], path: &[u8]) -> Option<Entry> {
    (path.len() <= LONGEST_PATH).then_some(())?;
    Some(Entry {
        path: path.to_owned(),
        kind: kind(mode)?,
        blob: std::str::from_utf8(blob).ok()?.to_owned(),
    })
}

fn kind(mode: &[u8]) -> Option<Kind> {
    match mode {
        b"100644" | b"100755" | b"100664" => Some(Kind::File),
        b"120000" => Some(Kind::Link),
        b"160000" => Some(Kind::Repository),
        _ => None,
    }
}

/// A part of an answer that is not understood; leaving it out would pass over a file in silence.
fn unknown(command: &str, record: &[u8]) -> Error {
    let start = record.get(..200).unwrap_or(record);
    let record = String::from_utf8_lossy(start);
    failed(
        command,
        &format!("cannot understand git's output: `{record}`"),
    )
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some()
}

fn has_git(folder: &Path) -> bool {
    folder.join(".git").exists()
}

fn succeeded(command: &str, output: Output) -> Result<Vec<u8>, Error> {
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(failed(command, &said(&output))),
    }
}

fn failed(command: &str, said: &str) -> Error {
    Error::new(format!("`git {command}` failed"), said)
}

/// What git wrote to its standard error.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let text = text.trim();
    text.strip_prefix("fatal: ").unwrap_or(text).to_owned()
}

/// A path out of git's bytes.
fn path_of(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    let path = PathBuf::from(<OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes));
    #[cfg(not(unix))]
    let path = PathBuf::from(OsStr::new(&*String::from_utf8_lossy(bytes)));
    path
}
