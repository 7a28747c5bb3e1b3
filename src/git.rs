//! What git knows: the files of the index and of commits, what they hold, and which were renamed. This is the only place
//! that runs git. It is run, not linked: a hook is started by git, so that it is there, and it knows every kind of
//! repository.
//!
//! Only commands made for programs are run (`ls-files`, `ls-tree`, `diff-files`, `diff-index`, `cat-file`, `rev-parse`,
//! `merge-base`), since what they print depends on no setting. Names come with a NUL after each, so that they may hold
//! anything; they are bytes here, relative to the top of the repository.

pub mod past;
mod renames;
pub mod snapshot;

use std::collections::HashMap;
use std::ffi::OsStr;
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Why git did not answer.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum Error {
    /// There is no git.
    #[error("git cannot be run: {reason}")]
    #[diagnostic(help(
        "--staged and --since ask git what there is; install it, or lint without them"
    ))]
    NotRun {
        /// What the operating system says.
        reason: String,
    },
    /// No repository.
    #[error("`{}` is in no git repository", folder.display())]
    #[diagnostic(help("--staged and --since ask git what there is; lint without them"))]
    NoRepository {
        /// The folder.
        folder: PathBuf,
    },
    /// A file that a merge has left in several versions.
    #[error("the merge of `{path}` is not finished")]
    #[diagnostic(help(
        "settle the conflict, and `git add` the file; then --staged knows what is to be committed"
    ))]
    Unmerged {
        /// The first such file, relative to the top of the repository.
        path: String,
    },
    /// A revision that does not exist.
    #[error("there is no commit `{revision}` in this repository")]
    NoSuchCommit {
        /// The revision.
        revision: String,
        /// How to get it.
        #[help]
        help: &'static str,
    },
    /// Two commits without a common one.
    #[error("`{revision}` and HEAD have no common commit that this repository knows")]
    NoMergeBase {
        /// The revision.
        revision: String,
        /// How to get it.
        #[help]
        help: &'static str,
    },
    /// Anything else that git says.
    #[error("`git {command}` failed")]
    Failed {
        /// The command.
        command: String,
        /// What git said.
        #[help]
        said: String,
    },
}

const UNSHALLOW: &str = "this clone is shallow, it lacks the older commits: `git fetch --unshallow` brings them; \
    in GitHub Actions, give actions/checkout `fetch-depth: 0`";
const UNKNOWN: &str = "a commit, a branch or a tag can stand here, such as `HEAD`, `origin/main` or `v1.0`; \
    `git fetch --tags` brings what is new";
const UNRELATED: &str = "name a commit that this branch was made from";

/// Environment variables that speak of one repository, and mislead in another one.
const LOCAL_VARIABLES: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
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

/// What an entry of the index or of a commit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file, mode 100644 or 100755.
    File,
    /// A symbolic link, mode 120000.
    Link,
    /// A submodule, mode 160000.
    Repository,
}

/// A file of the index or of a commit.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The path relative to the top of the repository, with `/`.
    pub path: Vec<u8>,
    /// What it is.
    pub kind: Kind,
    /// The name of its content, in hexadecimal.
    pub blob: String,
    /// Whether the file in the working tree has the same content.
    pub on_disk: bool,
}

impl Repository {
    /// The repository that `folder`, absolute and without symbolic links, lies in.
    ///
    /// A hook is told by variables which repository and which index it is run for (`GIT_INDEX_FILE` is the index of
    /// `git commit notes/week-12.md`, say). They count if they are about the repository that `folder` lies in.
    pub fn around(folder: &Path) -> Result<Self, Error> {
        let exists = |folder: &&Path| folder.is_dir();
        let start = folder.ancestors().find(exists).unwrap_or(folder);
        let mut repository = Repository {
            top: PathBuf::new(),
            folder: PathBuf::from("."),
            is_the_environments: true,
        };
        if LOCAL_VARIABLES
            .iter()
            .any(|name| std::env::var_os(name).is_some())
        {
            if let Ok(top) = repository.find_top(start) {
                let inner = start.ancestors().take_while(|above| *above != top);
                let is_another = inner.into_iter().any(|above| above.join(".git").exists());
                if start.starts_with(&top) && !is_another {
                    // Variables with relative paths are understood where they were set.
                    return Ok(Repository { top, ..repository });
                }
            }
            repository.is_the_environments = false;
        }
        repository.folder = start.to_owned();
        let top = repository.find_top(start)?;
        Ok(Repository {
            folder: top.clone(),
            top,
            ..repository
        })
    }

    fn find_top(&self, start: &Path) -> Result<PathBuf, Error> {
        let output = self.run(&["rev-parse", "--show-toplevel"], Stdio::null())?;
        if !output.status.success() && said(&output).contains("not a git repository") {
            let folder = start.to_owned();
            return Err(Error::NoRepository { folder });
        }
        let output = succeeded("rev-parse --show-toplevel", output)?;
        let line = output.strip_suffix(b"\n").unwrap_or(&output);
        let top = path_of(line);
        Ok(top.canonicalize().unwrap_or(top))
    }

    /// What is staged, as [`Repository::index`] gives it.
    ///
    /// # Errors
    ///
    /// [`Error::Unmerged`] during a merge with conflicts.
    pub fn staged(&self) -> Result<Vec<Entry>, Error> {
        match self.read_index()? {
            (entries, None) => Ok(entries),
            (_, Some(path)) => Err(Error::Unmerged { path }),
        }
    }

    /// The files of the index, with the submodules, and without what `git add --intent-to-add` only announces and what a
    /// merge has left in several versions.
    pub fn index(&self) -> Result<Vec<Entry>, Error> {
        Ok(self.read_index()?.0)
    }

    /// The files of the index, and the first of those that a merge has left in several versions.
    fn read_index(&self) -> Result<(Vec<Entry>, Option<String>), Error> {
        let differing = [
            "diff-files",
            "--name-status",
            "-z",
            "--ignore-submodules=all",
        ];
        let differing = self.ask(&differing)?;
        let mut statuses: HashMap<&[u8], u8> = HashMap::new();
        let mut fields = fields(&differing);
        while let (Some(status), Some(path)) = (fields.next(), fields.next()) {
            statuses.insert(path, status.first().copied().unwrap_or_default());
        }
        // `:/` stands for all files: the command may be run in a folder of the repository.
        let listed = self.ask(&["ls-files", "--stage", "-v", "-z", "--full-name", "--", ":/"])?;
        let mut entries = Vec::new();
        let mut unmerged = None;
        for record in self::fields(&listed) {
            let Some((tag, kind, blob, stage, path)) = staged(record) else {
                continue;
            };
            if stage != "0" {
                unmerged.get_or_insert_with(|| String::from_utf8_lossy(path).into_owned());
                continue;
            }
            match statuses.get(path) {
                Some(b'A') => {}
                status => entries.push(Entry {
                    path: path.to_owned(),
                    kind,
                    blob: blob.to_owned(),
                    // Lower-case tags and `S` are files that git does not look at: assumed unchanged, or left out of a
                    // sparse working tree.
                    on_disk: status.is_none() && tag == "H",
                }),
            }
        }
        Ok((entries, unmerged))
    }

    /// The files of a commit. `now` is the index: what it holds unchanged need not be read from the repository.
    pub fn files_of(&self, commit: &str, now: &[Entry]) -> Result<Vec<Entry>, Error> {
        let listed = self.ask(&["ls-tree", "-r", "-z", "--full-tree", commit])?;
        let on_disk: HashMap<&[u8], &str> = now
            .iter()
            .filter(|entry| entry.on_disk)
            .map(|entry| (&*entry.path, &*entry.blob))
            .collect();
        let entries = fields(&listed).filter_map(|record| {
            let (mode, rest) = until(record, b' ')?;
            let (_type, rest) = until(rest, b' ')?;
            let (blob, path) = until(rest, b'\t')?;
            let blob = std::str::from_utf8(blob).ok()?;
            Some(Entry {
                path: path.to_owned(),
                kind: kind(mode)?,
                blob: blob.to_owned(),
                on_disk: on_disk.get(path) == Some(&blob),
            })
        });
        Ok(entries.collect())
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
            return Err(Error::NoSuchCommit {
                revision: revision.to_owned(),
                help: if self.is_shallow()? {
                    UNSHALLOW
                } else {
                    UNKNOWN
                },
            });
        };
        let Some(head) = head else {
            return Ok(Some(found));
        };
        let output = self.run(&["merge-base", &found, &head], Stdio::null())?;
        if output.status.code() == Some(1) {
            return Err(Error::NoMergeBase {
                revision: revision.to_owned(),
                help: if self.is_shallow()? {
                    UNSHALLOW
                } else {
                    UNRELATED
                },
            });
        }
        let output = succeeded("merge-base", output)?;
        Ok(Some(String::from_utf8_lossy(&output).trim().to_owned()))
    }

    /// The contents of blobs by their names, all read at once; without those that a partial clone lacks.
    pub fn contents(&self, blobs: &[&str]) -> Result<HashMap<String, Vec<u8>>, Error> {
        const COMMAND: &str = "cat-file --batch";
        let mut contents = HashMap::new();
        if blobs.is_empty() {
            return Ok(contents);
        }
        let output = self.answers(COMMAND, blobs.join("\n").as_bytes())?;
        let mut rest = output.as_slice();
        while let Some((head, after)) = until(rest, b'\n') {
            let head = String::from_utf8_lossy(head);
            let mut words = head.split(' ');
            let (name, kind, size) = (words.next().unwrap_or_default(), words.next(), words.next());
            if kind == Some("missing") {
                rest = after;
                continue;
            }
            let content = size.and_then(|size| after.split_at_checked(size.parse().ok()?));
            let Some((content, after)) = content else {
                return Err(failed(COMMAND, &head));
            };
            contents.insert(name.to_owned(), content.to_owned());
            rest = after.strip_prefix(b"\n").unwrap_or(after);
        }
        Ok(contents)
    }

    /// The names of the blobs that files of the working tree would be.
    fn hashes(&self, paths: &[&[u8]]) -> Result<Vec<String>, Error> {
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        // A filter would be a program that the repository names.
        let command = "hash-object --no-filters --stdin-paths";
        let full = paths.iter().map(|path| self.top.join(path_of(path)));
        let full: Vec<Vec<u8>> = full
            .map(|path| path.as_os_str().as_encoded_bytes().to_vec())
            .collect();
        let output = self.answers(command, &full.join(&b'\n'))?;
        let lines = String::from_utf8_lossy(&output);
        Ok(lines.lines().map(str::to_owned).collect())
    }

    /// What a command answers to `questions`, which are lines.
    fn answers(&self, command: &str, questions: &[u8]) -> Result<Vec<u8>, Error> {
        // The questions lie in a file: through a pipe, git would wait for its answers to be read, and we for git.
        let file = tempfile::tempfile().and_then(|mut file| {
            file.write_all(questions)?;
            file.write_all(b"\n")?;
            file.rewind()?;
            Ok(file)
        });
        let file = file.map_err(|error| failed(command, &error.to_string()))?;
        let arguments: Vec<&str> = command.split(' ').collect();
        succeeded(command, self.run(&arguments, file.into())?)
    }

    /// Where a file lies in the working tree, or would lie.
    pub fn full_path(&self, entry: &Entry) -> PathBuf {
        self.top.join(path_of(&entry.path))
    }

    /// The commit that a revision names, if it exists.
    pub fn commit(&self, revision: &str) -> Result<Option<String>, Error> {
        let wanted = format!("{revision}^{{commit}}");
        let output = self.run(
            &["rev-parse", "--verify", "--quiet", &wanted],
            Stdio::null(),
        )?;
        let name = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(output.status.success().then_some(name))
    }

    fn is_shallow(&self) -> Result<bool, Error> {
        Ok(self
            .ask(&["rev-parse", "--is-shallow-repository"])?
            .starts_with(b"true"))
    }

    /// What git answers.
    fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>, Error> {
        succeeded(&arguments.join(" "), self.run(arguments, Stdio::null())?)
    }

    fn run(&self, arguments: &[&str], input: Stdio) -> Result<Output, Error> {
        let mut command = Command::new("git");
        command
            .current_dir(&self.folder)
            .args(arguments)
            .stdin(input);
        // Messages in English, one of which is looked for; and no lock, which a hook's git may hold itself.
        command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
        if !self.is_the_environments {
            for name in LOCAL_VARIABLES {
                command.env_remove(name);
            }
        }
        command.output().map_err(|error| {
            let reason = match error.kind() {
                std::io::ErrorKind::NotFound => "it is not installed, or not in PATH".to_owned(),
                _ => error.to_string().to_lowercase(),
            };
            Error::NotRun { reason }
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

/// Tag, kind, blob, stage and path of `H 100644 e69de29… 0<TAB>notes/week-12.md`.
fn staged(record: &[u8]) -> Option<(&str, Kind, &str, &str, &[u8])> {
    let (head, path) = until(record, b'\t')?;
    let mut words = std::str::from_utf8(head).ok()?.split(' ');
    let (tag, mode) = (words.next()?, words.next()?);
    Some((
        tag,
        kind(mode.as_bytes())?,
        words.next()?,
        words.next()?,
        path,
    ))
}

fn kind(mode: &[u8]) -> Option<Kind> {
    match mode {
        b"100644" | b"100755" | b"100664" => Some(Kind::File),
        b"120000" => Some(Kind::Link),
        b"160000" => Some(Kind::Repository),
        _ => None,
    }
}

fn succeeded(command: &str, output: Output) -> Result<Vec<u8>, Error> {
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(failed(command, &said(&output))),
    }
}

fn failed(command: &str, said: &str) -> Error {
    Error::Failed {
        command: command.to_owned(),
        said: said.to_owned(),
    }
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
