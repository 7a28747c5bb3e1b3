//! Runs that are killed, whose disk is full, or whose files somebody else changes: every file is old or new then, and the
//! next run removes what is left.

#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Instant;
use support::{Folder, files_below, finished, program, say, shell};

/// How often a run is killed; `KILLS=200` for more than a test has time for.
fn kills() -> u64 {
    let given = std::env::var("KILLS").ok();
    given.and_then(|number| number.parse().ok()).unwrap_or(8)
}

/// Numbers between 0 and 1 that look random, the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).unwrap_or(0)) / f64::from(1_u32 << 31)
    }
}

const NOTES: u32 = 60;

/// Notes of which every third one has a definition to take out: not so many that they would be a habit.
fn notes() -> Folder {
    let folder = Folder::new(&[]);
    for number in 1..=NOTES {
        let words = match number % 3 {
            0 => "Rain",
            _ => "The [shop] is open",
        };
        let text = format!("# Week {number}\n\n{words}.\n\n[shop]: https://shop.example/\n");
        folder.write(&format!("notes/week-{number}.md"), text);
    }
    folder
}

fn spawned(mut command: Command) -> Child {
    let silent = command.stdout(Stdio::null()).stderr(Stdio::null());
    silent.spawn().expect("the program starts")
}

/// Kills runs of the program at moments all over the time that they take. Afterwards each file is as before or as after
/// a whole run, which removes what else they have left.
#[track_caller]
fn killed(folder: &Folder, arguments: &[&str], times: u64) {
    let root = folder.path();
    let old = files_below(root);
    let begin = Instant::now();
    let status = spawned(run(root, arguments)).wait().expect("it ends");
    assert!(status.code().is_some_and(|code| code < 2), "{status}");
    let time = begin.elapsed();
    let new = files_below(root);
    assert_ne!(old, new, "{arguments:?} writes something");
    let reset = || {
        for path in files_below(root)
            .keys()
            .filter(|path| !old.contains_key(*path))
        {
            fs::remove_file(path).expect("it can be removed");
        }
        for (path, bytes) in &old {
            fs::write(path, bytes.as_ref().expect("it was read")).expect("it can be written");
        }
    };
    let (mut random, mut in_the_middle, mut left) = (Random(times), 0, 0);
    for _ in 0..times {
        reset();
        let mut child = spawned(run(root, arguments));
        sleep(time.mul_f64(random.next()));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let now = files_below(root);
        for (path, bytes) in &now {
            let is_one_of = old.get(path) == Some(bytes) || new.get(path) == Some(bytes);
            let is_left = !old.contains_key(path) && !new.contains_key(path);
            assert!(is_one_of || is_left, "{} is torn", path.display());
            left += u32::from(is_left);
        }
        let missing = old.keys().find(|path| !now.contains_key(*path));
        assert_eq!(missing, None, "a file is gone");
        in_the_middle += u32::from(now != old && now != new);
        spawned(run(root, arguments)).wait().expect("it ends");
        assert!(
            files_below(root) == new,
            "{arguments:?}: the next run puts all right"
        );
    }
    say(&format!(
        "{arguments:?} killed {times} times: {in_the_middle} in the middle of writing, {left} unfinished files, all \
         removed by the next run"
    ));
}

fn run(root: &Path, arguments: &[&str]) -> Command {
    let mut command = program(root);
    command.args(arguments);
    command
}

#[test]
fn a_repair_that_is_killed_leaves_every_note_old_or_new() {
    killed(&notes(), &["--fix"], kills());
}

#[test]
fn a_list_a_configuration_and_a_report_that_are_killed_are_old_or_new() {
    let times = kills().div_ceil(4);
    let folder = notes();
    folder.write("weeknote-lint-baseline.txt", "# Mine.\n");
    killed(&folder, &["baseline"], times);
    let folder = notes();
    folder.write("weeknote-lint.toml", "# Mine.\n");
    killed(&folder, &["init", "--force"], times);
    let folder = notes();
    folder.write("report.json", "{}\n");
    killed(
        &folder,
        &["--output", "report.json", "--format", "json"],
        times,
    );
}

/// Files that are deleted, replaced, cut and grown while they are read.
#[test]
fn files_that_change_during_a_run_are_no_panic() {
    let folder = notes();
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut random = Random(1);
            while !ended.load(Ordering::Relaxed) {
                let number = 1 + (random.next() * f64::from(NOTES)) as u32;
                let path = folder.path().join(format!("notes/week-{number}.md"));
                // What a run has just replaced may be away, or come back.
                let _ = match (random.next() * 5.0) as u32 {
                    0 => fs::remove_file(&path),
                    1 => fs::write(&path, "# Week 1\n\n[a][b] \u{e9}\n"),
                    2 => fs::write(&path, format!("# Week 1\n{}", "[x]: /y\n".repeat(300))),
                    3 => fs::write(&path, b"---\ntitle: \xff\xfe"),
                    _ => fs::remove_file(&path).and_then(|()| fs::create_dir(&path)),
                };
                let _ = fs::remove_dir(&path);
            }
        });
        for arguments in [
            &["--format", "json"][..],
            &["--fix"],
            &["--fix"],
            &["--fix", "--unsafe-fixes"],
            &["--diff"],
            &["baseline"],
            &["init", "--dry-run"],
            &["notes"],
        ] {
            let run = finished(program(folder.path()).args(arguments));
            assert!((0..=2).contains(&run.code), "{arguments:?}: {}", run.err);
            assert!(!run.err.contains("panicked"), "{}", run.err);
        }
        ended.store(true, Ordering::Relaxed);
    });
}

/// Every write fails that would make a file larger than nothing.
#[test]
fn a_full_disk_leaves_every_file_as_it_was() {
    let folder = notes();
    folder.write("weeknote-lint-baseline.txt", "# Mine.\n");
    folder.write("report.json", "{}\n");
    let before = files_below(folder.path());
    for arguments in [
        "--fix",
        "baseline",
        "init --force",
        "--output report.json",
        "--output new.json",
    ] {
        let line = format!("trap '' XFSZ; ulimit -f 0; exec \"$0\" {arguments}");
        let run = shell(folder.path(), &line);
        assert_eq!(run.code, 2, "{arguments}: {}", run.err);
        assert!(
            run.err.contains("file too large"),
            "{arguments}: {}",
            run.err
        );
        assert!(
            files_below(folder.path()) == before,
            "{arguments} leaves something"
        );
    }
}
