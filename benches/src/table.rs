//! What runs cost in seconds and memory, side by side: each round runs every program once, so that what else the machine
//! does meets all of them.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// How often each program runs. The figures are the medians.
const ROUNDS: usize = 9;

/// What takes longer runs once.
const LONG: Duration = Duration::from_secs(10);

/// A program with its arguments, which stand for the archive in the working folder.
struct Entry {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<&'static str>,
    runs: Vec<Run>,
}

/// What one run took.
#[derive(Clone, Copy)]
struct Run {
    /// User and system, of all threads.
    cpu: Duration,
    wall: Duration,
    /// The largest resident set, in bytes.
    memory: u64,
}

/// Measures `program`, the floor and those others that are installed, and prints a table for each folder.
pub fn print(program: &Path, folders: &[&Path]) -> Result<()> {
    let program = program.canonicalize()?;
    for folder in folders {
        let mut entries = entries(&program, folder)?;
        measure(&mut entries, folder)?;
        println!(
            "| `{}` | CPU, s | times the floor | elapsed, s | memory, MiB |",
            name_of(folder)
        );
        println!("|---|---:|---:|---:|---:|");
        let floor = entries
            .first()
            .map_or(Duration::ZERO, |floor| floor.median(|run| run.cpu));
        for entry in &entries {
            let cpu = entry.median(|run| run.cpu);
            println!(
                "| {} | {:.3} | {:.2} | {:.3} | {:.0} |",
                entry.name,
                cpu.as_secs_f64(),
                cpu.div_duration_f64(floor),
                entry.median(|run| run.wall).as_secs_f64(),
                entry.median(|run| run.memory) as f64 / f64::from(1 << 20)
            );
        }
        println!();
    }
    Ok(())
}

fn name_of(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or(folder.as_os_str());
    name.to_string_lossy().into_owned()
}

/// What is measured, the floor first.
fn entries(program: &Path, folder: &Path) -> Result<Vec<Entry>> {
    let entry = |name, program: &Path, arguments: &[&'static str]| Entry {
        name,
        program: program.to_owned(),
        arguments: arguments.to_vec(),
        runs: Vec::new(),
    };
    let mut entries = vec![
        entry("floor", &std::env::current_exe()?, &["floor", "2", "."]),
        entry("weeknote-lint", program, &["--format", "json"]),
        entry(
            "weeknote-lint, one thread",
            program,
            &["--threads", "1", "--format", "json"],
        ),
    ];
    let one = "a000/week-1.md";
    if folder.join(one).exists() {
        entries.push(entry(
            "weeknote-lint, one note named",
            program,
            &["--format", "json", one],
        ));
    }
    for (name, program, arguments) in [
        ("ripgrep, one word", "rg", &["--count", "harbour"][..]),
        (
            "rumdl, warm cache",
            "rumdl",
            &["check", "--silent", "--cache-dir", "../rumdl-cache", "."],
        ),
        (
            "rumdl, no cache",
            "rumdl",
            &["check", "--silent", "--no-cache", "."],
        ),
        ("markdownlint-cli2", "markdownlint-cli2", &["**/*.md"]),
    ] {
        match find(program) {
            Some(path) => entries.push(entry(name, &path, arguments)),
            None => eprintln!("{program} is not installed, and not measured"),
        }
    }
    Ok(entries)
}

/// A program in one of the folders of `PATH`.
fn find(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders)
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}

fn measure(entries: &mut [Entry], folder: &Path) -> Result<()> {
    // The first run fills caches, and is the only one of what takes long.
    for round in 0..=ROUNDS {
        for entry in &mut *entries {
            let is_long = entry.runs.first().is_some_and(|run| run.cpu > LONG);
            if !is_long {
                if round == 1 {
                    entry.runs.clear();
                }
                entry.runs.push(entry.run(folder)?);
            }
        }
    }
    Ok(())
}

impl Entry {
    fn run(&self, folder: &Path) -> Result<Run> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir(folder);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let begin = Instant::now();
        let child = command
            .spawn()
            .with_context(|| format!("{} cannot be run", self.name))?;
        let used = child.wait4()?;
        let wall = begin.elapsed();
        // 1 says that there are findings.
        anyhow::ensure!(
            matches!(used.status.code(), Some(0 | 1)),
            "{} fails: {}",
            self.name,
            used.status
        );
        Ok(Run {
            cpu: used.rusage.utime + used.rusage.stime,
            wall,
            memory: used.rusage.maxrss,
        })
    }

    fn median<T: Ord + Copy + Default>(&self, of: impl Fn(&Run) -> T) -> T {
        let mut values: Vec<T> = self.runs.iter().map(of).collect();
        values.sort_unstable();
        values.get(values.len() / 2).copied().unwrap_or_default()
    }
}
