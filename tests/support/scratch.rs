//! Scratch repositories of git.

use super::{Folder, Run, findings, finished, program};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A command without what a hook's git, or the tester's settings, would tell it.
pub(crate) fn without_git(mut command: Command) -> Command {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "A. Writer")
        .env("GIT_AUTHOR_EMAIL", "writer@example.com")
        .env("GIT_COMMITTER_NAME", "A. Writer")
        .env("GIT_COMMITTER_EMAIL", "writer@example.com");
    command
}

/// Runs git in `folder`, and says what it printed.
#[track_caller]
pub(crate) fn git_in(folder: &Path, arguments: &[&str]) -> String {
    let mut command = without_git(Command::new("git"));
    // A submodule of a test is a folder beside it.
    command.args(["-c", "protocol.file.allow=always"]);
    let run = finished(command.current_dir(folder).args(arguments));
    assert_eq!(run.code, 0, "git {arguments:?}: {}{}", run.out, run.err);
    run.out
}

pub(crate) fn lint_in(folder: &Path, arguments: &[&str]) -> Run {
    finished(without_git(program(folder)).args(arguments))
}

/// The findings of a run in `folder`, without their messages. Weeks without a note are no matter here.
#[track_caller]
pub(crate) fn found_in(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let run = lint_in(
        folder,
        &[
            &["--format", "concise", "--rule", "week/gap=off"],
            arguments,
        ]
        .concat(),
    );
    assert!(run.code < 2, "{}", run.err);
    assert_eq!(run.code == 1, !run.out.is_empty(), "{}{}", run.out, run.err);
    findings(&run.out)
}

/// A repository of its own for one test.
pub(crate) struct Repository(Folder);

impl Repository {
    /// With these files, in no commit yet.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let repository = Repository(Folder::new(files));
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository
    }

    /// With these files in its first commit.
    pub(crate) fn committed(files: &[(&str, &str)]) -> Self {
        let repository = Self::new(files);
        repository.commit();
        repository
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    #[track_caller]
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        git_in(self.path(), arguments)
    }

    /// Commits everything as it lies there.
    #[track_caller]
    pub(crate) fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "as it is"]);
    }

    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        self.0.write(path, content);
    }

    /// Writes two notes that link to each other so often that the site's addresses are understood.
    pub(crate) fn write_links(&self) {
        for (week, other) in [(1, 2), (2, 1)] {
            let link = format!("- [that one](week-{other}.md)\n");
            let text = format!("# Week {week}\n\n{}", link.repeat(10));
            self.write(&format!("notes/week-{week}.md"), text);
        }
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path().join(path)).expect("the file is there");
    }

    pub(crate) fn lint(&self, arguments: &[&str]) -> Run {
        lint_in(self.path(), arguments)
    }

    #[track_caller]
    pub(crate) fn found(&self, arguments: &[&str]) -> Vec<String> {
        found_in(self.path(), arguments)
    }
}
