//! What a run costs in instructions, which are the same in every run and hardly differ between machines.

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

/// Counts the instructions of `program` and of the floor on the archive in `folder`, with one thread each, and prints them.
/// Fails above `bound` times the floor.
pub fn compare(program: &Path, folder: &Path, bound: f64) -> Result<ExitCode> {
    let program = program.canonicalize()?;
    let arguments = ["--threads", "1", "--format", "json", "."];
    let ours = count(&program, &arguments, folder)?;
    let floor = count(&std::env::current_exe()?, &["floor", "1", "."], folder)?;
    let ratio = ours as f64 / floor as f64;
    println!(
        "{:.1} million instructions, {ratio:.2} times the floor of {:.1} million",
        ours as f64 / 1e6,
        floor as f64 / 1e6
    );
    if ratio <= bound {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("that is more than {bound} times the floor");
    Ok(ExitCode::FAILURE)
}

/// How many instructions valgrind counts in a run.
fn count(program: &Path, arguments: &[&str], folder: &Path) -> Result<u64> {
    let mut command = Command::new("valgrind");
    command.args([
        "--tool=cachegrind",
        "--cache-sim=no",
        "--cachegrind-out-file=/dev/null",
        "--",
    ]);
    command.arg(program).args(arguments).current_dir(folder);
    let output = command.stdin(Stdio::null()).stdout(Stdio::null()).output();
    let output = output.context("valgrind cannot be run")?;
    // 1 says that there are findings.
    let has_run = matches!(output.status.code(), Some(0 | 1));
    let said = String::from_utf8_lossy(&output.stderr);
    let refs = said.lines().find_map(|line| {
        line.split_once("I   refs:")
            .or_else(|| line.split_once("I refs:"))
    });
    match refs {
        Some((_, refs)) if has_run => Ok(refs.trim().replace(',', "").parse()?),
        _ => bail!("`{}` cannot be counted:\n{said}", program.display()),
    }
}
