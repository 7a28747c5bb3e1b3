//! The same bytes in every format, whatever the machine: one thread or many, files in any order, any locale, time zone,
//! home, width and working folder. What is compared is the broken archive, as it finds most.

#![cfg(unix)]
#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{archive, finished, program};

/// Everything that is printed as a report, a list or a proposal. The day is given, as a time zone may change it.
const OUTPUTS: &[&str] = &[
    "--format pretty",
    "--format concise",
    "--format json",
    "--format jsonl",
    "--format github",
    "--format markdown",
    "--format html",
    "--format sarif",
    "--format gitlab",
    "--format junit",
    "--format rdjson",
    "--statistics",
    "--diff",
    "--diff --unsafe-fixes",
];

const DAY: [&str; 2] = ["--today", "2024-07-05"];

/// A copy of the broken archive in `scratch`, whose files are made in the order of `sorted`.
fn made(scratch: &Path, name: &str, sorted: fn(&mut Vec<PathBuf>)) -> PathBuf {
    let (from, to) = (archive("broken"), scratch.join(name));
    let (mut folders, mut files) = (vec![from.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                &mut folders
            } else {
                &mut files
            }
            .push(path);
        }
    }
    sorted(&mut files);
    for file in files {
        let to = to.join(file.strip_prefix(&from).expect("it lies in the archive"));
        fs::create_dir_all(to.parent().expect("it lies in a folder")).expect("it can be made");
        fs::write(to, fs::read(file).expect("it can be read")).expect("it can be written");
    }
    to
}

/// Where the order of a folder's files is that of their making, most of all: a file system in memory.
fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let folder = tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir());
    folder.expect("a temporary folder")
}

/// What is printed, and the status.
fn printed(mut command: Command, arguments: &[&str]) -> (i32, String) {
    let run = finished(command.args(arguments).args(DAY));
    assert!(!run.out.is_empty(), "{arguments:?}: {}", run.err);
    (run.code, run.out)
}

#[test]
fn every_format_is_the_same_for_one_thread_and_for_files_in_another_order() {
    let scratch = scratch();
    let forward = made(scratch.path(), "forward", |files| files.sort());
    let backward = made(scratch.path(), "backward", |files| {
        files.sort();
        files.reverse();
    });
    for arguments in OUTPUTS {
        let mut arguments: Vec<&str> = arguments.split(' ').collect();
        let expected = printed(program(&forward), &arguments);
        arguments.push("--threads=1");
        assert_eq!(
            printed(program(&backward), &arguments),
            expected,
            "{arguments:?}"
        );
    }
}

#[test]
fn what_is_found_and_fixed_is_the_same_for_any_number_of_threads() {
    let scratch = scratch();
    for archive in [
        archive("clean"),
        archive("broken"),
        generated(scratch.path()),
    ] {
        for arguments in [
            "--format json",
            "--fix --diff",
            "--fix --unsafe-fixes --diff",
        ] {
            let with = |threads| {
                let mut arguments: Vec<&str> = arguments.split(' ').collect();
                arguments.extend(["--threads", threads]);
                arguments.extend(DAY);
                let run = finished(program(&archive).args(arguments));
                assert_ne!(run.code, 2, "{}", run.err);
                (run.code, run.out)
            };
            let one = with("1");
            for threads in ["2", "8"] {
                assert_eq!(with(threads), one, "{arguments} with {threads} threads");
            }
        }
    }
}

/// An archive that is large enough for eight threads, with a mistake in every tenth note.
fn generated(scratch: &Path) -> PathBuf {
    let folder = scratch.join("generated");
    fs::create_dir(&folder).expect("a folder can be made");
    for week in 1..=400 {
        let before = week - 1;
        let (blank, label) = match week % 10 {
            3 => (" ", "boat"),
            7 => ("", "bota"),
            _ => ("", "boat"),
        };
        let text = format!(
            "Week {week}\n=======\n\nWe mended the [boat][{label}], as in [week {before}](/week-{before}).\n\n\
             [boat]: https://boat{week}.example/\n\n:name: week-{week}\n:kind: blog{blank}\n"
        );
        fs::write(folder.join(format!("week-{week}.md")), text).expect("it can be written");
    }
    folder
}

#[test]
fn the_surroundings_change_nothing() {
    let scratch = scratch();
    let root = made(scratch.path(), "archive", |files| files.sort());
    let format = ["--format", "json"];
    let expected = printed(program(&root), &format);
    for (name, value) in [
        ("LC_ALL", "C"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LC_ALL", "ar_EG.UTF-8"),
        ("LANG", "nowhere"),
        ("TZ", "Pacific/Kiritimati"),
        ("TZ", "Pacific/Pago_Pago"),
        ("TZ", "/no/such/zone"),
        ("COLUMNS", "1"),
        ("COLUMNS", "100000"),
        ("HOME", "/no/such/folder"),
        ("HOME", ""),
        ("XDG_CONFIG_HOME", "/dev/null"),
        ("PATH", "/no/such/folder"),
        ("TERM", "dumb"),
        ("NO_COLOR", "1"),
        ("RUST_BACKTRACE", "full"),
        ("TMPDIR", "/no/such/folder"),
    ] {
        let mut command = program(&root);
        command.env(name, value);
        assert_eq!(printed(command, &format), expected, "{name}={value}");
    }
    let mut bare = program(&root);
    bare.env_clear();
    assert_eq!(printed(bare, &format), expected, "no environment at all");
    let inside = root.join("soups/weeknotes");
    assert!(inside.is_dir(), "the archive has such a folder");
    assert_eq!(printed(program(&inside), &format), expected, "in a folder");
    let elsewhere = made(scratch.path(), "an ärchive\u{1}", |files| files.sort());
    let there = printed(program(&elsewhere), &format);
    assert_eq!(there, expected, "in a folder with another name");
}

#[test]
fn what_init_notes_and_baseline_say_is_the_same_for_files_in_another_order() {
    let scratch = scratch();
    let mut said = Vec::new();
    for sorted in [(|files| files.sort()) as fn(&mut Vec<PathBuf>), |files| {
        files.sort_by(|one, other| other.cmp(one))
    }] {
        let root = made(scratch.path(), "archive", sorted);
        let mut all = Vec::new();
        for arguments in [
            &["init", "--dry-run"][..],
            &["notes"],
            &["notes", "--all"],
            &["baseline"],
        ] {
            let run = finished(program(&root).args(arguments));
            assert_eq!(run.code, 0, "{arguments:?}: {}", run.err);
            all.push(run.out);
        }
        let baseline = root.join("weeknote-lint-baseline.txt");
        all.push(fs::read_to_string(baseline).expect("it was written"));
        said.push(all);
        fs::remove_dir_all(root).expect("it can be removed");
    }
    assert_eq!(said.first(), said.last());
}
