//! What a machine may refuse a run: descriptors, memory, stack, threads, a place for its output, git's trust. The answer is
//! the same report, or a status and a message, and never a panic.

#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use std::fs;
use support::scratch::git_in;
use support::{archive, copy_folder, say, shell};

/// A copy of the broken archive.
fn broken() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy_folder(&archive("broken"), folder.path(), |_| false);
    folder
}

#[test]
fn little_of_anything_gives_the_same_report() {
    let folder = broken();
    let report = |limits: &str| {
        shell(
            folder.path(),
            &format!("{limits} exec \"$0\" --format json"),
        )
    };
    let expected = report("");
    assert_eq!(expected.code, 1, "{}", expected.err);
    // Functions that are not optimised take more of the stack.
    let stack = if cfg!(debug_assertions) { 1024 } else { 256 };
    for limits in [
        "ulimit -n 64;",
        "ulimit -n 8;",
        "ulimit -v 400000;",
        "ulimit -c 0; ulimit -t 60;",
        "exec <&-;",
        "exec 2>&-;",
        "umask 777;",
        "unset HOME PATH;",
        &format!("ulimit -s {stack};"),
    ] {
        let run = report(limits);
        assert_eq!(run.code, 1, "{limits} {}", run.err);
        assert!(run.out == expected.out, "{limits} changes the report");
    }
}

/// A bound of processes holds for everybody but root.
#[test]
fn without_another_thread_the_report_is_the_same() {
    let folder = broken();
    let report = |bound: &str| shell(folder.path(), &format!("{bound} \"$0\" --format json"));
    let is_root = shell(folder.path(), "id -u").out == "0\n";
    if !is_root {
        let run = report("ulimit -u 1; exec");
        assert_eq!(run.code, 1, "{}", run.err);
        assert!(run.out == report("").out);
        return;
    }
    let nobody = "setpriv --reuid 65534 --regid 65534 --clear-groups";
    if shell(folder.path(), &format!("{nobody} true")).code != 0 {
        return say(
            "setpriv is not there: root cannot be refused a thread, and that was not tried",
        );
    }
    // Somebody else's program must be one that everybody can run, in a folder that everybody can read.
    let copy = folder.path().join("program");
    fs::copy(env!("CARGO_BIN_EXE_weeknote-lint"), &copy).expect("it can be copied");
    let opened = shell(folder.path(), "chmod -R a+rX .");
    assert_eq!(opened.code, 0, "{}", opened.err);
    let bounded = format!("exec timeout 60 {nobody} prlimit --nproc=1 ./program --format json");
    let run = shell(folder.path(), &bounded);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out == report("").out);
}

#[test]
fn an_output_that_is_full_or_closed_is_told_by_the_status() {
    let folder = broken();
    for (line, code) in [
        ("\"$0\" >/dev/full", 2),
        ("\"$0\" 2>/dev/full", 2),
        ("\"$0\" >/dev/full 2>/dev/full", 2),
        ("\"$0\" --output /dev/full", 2),
        ("\"$0\" --diff >/dev/full", 2),
        ("\"$0\" notes >/dev/full", 2),
        ("\"$0\" rules >/dev/full", 2),
        ("\"$0\" explain links/empty >/dev/full", 2),
        ("\"$0\" init --dry-run >/dev/full", 2),
        ("\"$0\" --help >/dev/full", 2),
        ("\"$0\" --version >/dev/full", 2),
        // What is closed from the beginning is nowhere to the program, and what was read enough of is enough.
        ("\"$0\" >&-", 1),
        ("\"$0\" >&- 2>&- <&-", 1),
        ("{ \"$0\"; echo $? >status; } | true; exit $(cat status)", 1),
    ] {
        let run = shell(folder.path(), line);
        assert_eq!(run.code, code, "{line}: {}", run.err);
        assert!(!run.err.contains("panicked"), "{line}: {}", run.err);
    }
}

/// git refuses a repository that belongs to somebody else: a run that does not ask it goes on, another says why.
#[test]
fn a_repository_of_another_user() {
    let folder = broken();
    git_in(folder.path(), &["init", "--quiet"]);
    git_in(folder.path(), &["add", "--all"]);
    let owner = shell(
        folder.path(),
        "chown -R 65534 . && test \"$(id -u)\" != 65534",
    );
    if owner.code != 0 {
        return say("only root can give a repository to another user: that was not tried");
    }
    assert_eq!(shell(folder.path(), "\"$0\"").code, 1);
    for arguments in ["--staged", "--since HEAD"] {
        let run = shell(folder.path(), &format!("\"$0\" {arguments}"));
        assert_eq!((run.code, &*run.out), (2, ""), "{}", run.err);
        assert!(run.err.contains("dubious ownership"), "{}", run.err);
        assert!(run.err.contains("safe.directory"), "{}", run.err);
    }
}
