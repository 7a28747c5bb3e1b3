//! Holds the program against archives whose defects a person has judged, where they lie beside the project: the figures
//! of their score, and every single error and warning, all of which were opened and judged true (`judged.tsv`).
//!
//! The archives are other people's words and no part of the project. Where they are absent, that is said in one line.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitCode};

const NAME: &str = "judged_archives";

/// A figure of the score, and what it must be at least (or, for traps, at most).
struct Bound {
    line: &'static str,
    figure: &'static str,
    holds: fn(u32) -> bool,
    wanted: &'static str,
}

const BOUNDS: &[Bound] = &[
    Bound {
        line: "free-range:",
        figure: "defects ",
        holds: |found| found >= 74,
        wanted: "all 74",
    },
    Bound {
        line: "free-range:",
        figure: "traps hit ",
        holds: |hit| hit == 0,
        wanted: "none",
    },
    Bound {
        line: "history:",
        figure: "cases ",
        holds: |found| found >= 70,
        wanted: "all 70",
    },
    Bound {
        line: "archives:",
        figure: "understood ",
        holds: |understood| understood >= 15,
        wanted: "15 of 15",
    },
    Bound {
        line: "archives:",
        figure: "defects ",
        holds: |found| found >= 156,
        wanted: "at least 156 of 175",
    },
    Bound {
        line: "archives:",
        figure: "traps hit ",
        holds: |hit| hit == 0,
        wanted: "none",
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let filters: Vec<&String> = arguments
        .iter()
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    if arguments.iter().any(|argument| argument == "--list") {
        say(&format!("{NAME}: test"));
        return ExitCode::SUCCESS;
    }
    if !filters.is_empty() && filters.iter().all(|filter| !NAME.contains(filter.as_str())) {
        return ExitCode::SUCCESS;
    }
    let score = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/score.py");
    if !score.is_file() {
        say("the judged archives are not here: nothing was held against them");
        return ExitCode::SUCCESS;
    }
    match hold(&score).and_then(|figures| Ok(figures + &compare(&score)?)) {
        Ok(figures) => {
            say(figures.trim_end());
            ExitCode::SUCCESS
        }
        Err(failure) => {
            say(&failure);
            ExitCode::FAILURE
        }
    }
}

/// The score's figures, if all of them hold.
fn hold(score: &Path) -> Result<String, String> {
    // The history is eighty runs over a large archive, a minute for a program that is not optimised.
    let is_asked_all = std::env::var_os("CI").is_some();
    let parts = match is_asked_all {
        true => &["free-range", "archives", "history"][..],
        false => &["free-range", "archives"],
    };
    let run = Command::new("python3")
        .arg(score)
        .arg(env!("CARGO_BIN_EXE_weeknote-lint"))
        .args(parts)
        .output()
        .map_err(|error| format!("python3 cannot be run: {error}"))?;
    let figures = String::from_utf8_lossy(&run.stdout).into_owned();
    if !run.status.success() {
        return Err(format!("{figures}{}", String::from_utf8_lossy(&run.stderr)));
    }
    let fallen: Vec<String> = BOUNDS
        .iter()
        .filter(|bound| is_asked_all || bound.line != "history:")
        .filter(|bound| !figure(&figures, bound).is_some_and(bound.holds))
        .map(|bound| format!("{} {}must be {}", bound.line, bound.figure, bound.wanted))
        .collect();
    if fallen.is_empty() {
        Ok(match is_asked_all {
            true => figures,
            false => {
                figures + "history: NOT ASKED, which takes long: CI=true cargo test --test judged\n"
            }
        })
    } else {
        Err(format!("{figures}{}", fallen.join("\n")))
    }
}

/// Every error and warning that the program reports in the archives without configuration, each judged true: archive,
/// rule, path and line, sorted.
const JUDGED: &str = include_str!("judged.tsv");

/// Compares what is reported with [`JUDGED`].
fn compare(score: &Path) -> Result<String, String> {
    let archives = score.with_file_name("archives");
    let judged: BTreeSet<String> = JUDGED.lines().map(str::to_owned).collect();
    let names: BTreeSet<&str> = JUDGED
        .lines()
        .flat_map(|line| line.split('\t').next())
        .collect();
    let others = folders(&archives)?;
    let others: Vec<&str> = others
        .iter()
        .map(String::as_str)
        .filter(|name| !names.contains(name))
        .collect();
    let mut found = BTreeSet::new();
    for name in names {
        let run = Command::new(env!("CARGO_BIN_EXE_weeknote-lint"))
            .args(["--quiet", "--format", "json"])
            .current_dir(archives.join(name))
            .output()
            .map_err(|error| format!("{name}: {error}"))?;
        let report: serde_json::Value =
            serde_json::from_slice(&run.stdout).map_err(|error| format!("{name}: {error}"))?;
        let diagnostics = report["diagnostics"].as_array().into_iter().flatten();
        found.extend(
            diagnostics
                .filter(|one| one["severity"] != "info")
                .map(|one| {
                    let text = |value: &serde_json::Value| value.as_str().unwrap_or("").to_owned();
                    let (rule, path, line) = (
                        text(&one["rule"]),
                        text(&one["path"]),
                        &one["range"]["start"]["line"],
                    );
                    format!("{name}\t{rule}\t{path}\t{line}")
                }),
        );
    }
    let differences: Vec<String> = found
        .difference(&judged)
        .map(|line| format!("not judged yet: {line}"))
        .chain(
            judged
                .difference(&found)
                .map(|line| format!("not found any more: {line}")),
        )
        .collect();
    if differences.is_empty() {
        let unasked = match others.is_empty() {
            true => String::new(),
            false => format!("; not asked one by one: those of {}", others.join(", ")),
        };
        Ok(format!(
            "\n{} errors and warnings, all judged true{unasked}\n",
            judged.len()
        ))
    } else {
        Err(differences.join("\n"))
    }
}

/// The names of the folders in `parent`, sorted.
fn folders(parent: &Path) -> Result<Vec<String>, String> {
    let entries =
        std::fs::read_dir(parent).map_err(|error| format!("{}: {error}", parent.display()))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}

/// The number that follows the figure's name in the line of the score.
fn figure(figures: &str, bound: &Bound) -> Option<u32> {
    let line = figures.lines().find(|line| line.starts_with(bound.line))?;
    let (_, rest) = line.split_once(bound.figure)?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn say(text: &str) {
    // A test whose output cannot be written has still passed or failed.
    let _ = writeln!(io::stdout().lock(), "{text}");
}
