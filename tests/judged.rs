//! Holds the program against archives whose defects a person has judged, where they lie beside the project.
//!
//! The archives are other people's words and no part of the project. Where they are absent, that is said in one line.

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
        holds: |found| found >= 71,
        wanted: "at least 71 of 74",
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
        holds: |found| found >= 66,
        wanted: "at least 66 of 70",
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
    match hold(&score) {
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
    let run = Command::new("python3")
        .arg(score)
        .arg(env!("CARGO_BIN_EXE_weeknote-lint"))
        .args(["free-range", "history"])
        .output()
        .map_err(|error| format!("python3 cannot be run: {error}"))?;
    let figures = String::from_utf8_lossy(&run.stdout).into_owned();
    if !run.status.success() {
        return Err(format!("{figures}{}", String::from_utf8_lossy(&run.stderr)));
    }
    let fallen: Vec<String> = BOUNDS
        .iter()
        .filter(|bound| !figure(&figures, bound).is_some_and(bound.holds))
        .map(|bound| format!("{} {}must be {}", bound.line, bound.figure, bound.wanted))
        .collect();
    if fallen.is_empty() {
        Ok(figures)
    } else {
        Err(format!("{figures}{}", fallen.join("\n")))
    }
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
