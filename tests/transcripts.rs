//! Runs what the documentation shows: in every `console` block of README.md, docs/src/*.md and tests/cmd/*.md, each line
//! that begins with `$ ` is given to a shell in the project's folder, and what it prints must stand below it, 80 columns wide.
//! `UPDATE=1 cargo test` writes the blocks anew.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use support::project;
use weeknote_lint::config::{self, schema};
use weeknote_lint::rules::RULES;

/// The time that a run took is shown, and is another one each time.
fn without_times(text: &str) -> String {
    let time = regex::Regex::new(r"\b\d+\.\d\d s\b").expect("the pattern is right");
    time.replace_all(text, "0.02 s").into_owned()
}

/// What a shell prints on both outputs for `command`.
fn printed(command: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_weeknote-lint"));
    let mut path = program
        .parent()
        .expect("the program lies in a folder")
        .as_os_str()
        .to_owned();
    if let Some(others) = std::env::var_os("PATH") {
        path.push(":");
        path.push(others);
    }
    let mut shell = Command::new("sh");
    shell
        .arg("-c")
        .arg(format!("{{ {command}\n}} 2>&1"))
        .current_dir(project())
        .env("PATH", path)
        .env("TZ", "UTC")
        // Where the project is no checkout, it is the repository all the same.
        .env("GITHUB_WORKSPACE", project())
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    for name in ["COLUMNS", "NO_COLOR", "TERM"] {
        shell.env_remove(name);
    }
    let output = shell.output().expect("there is a shell");
    String::from_utf8(output.stdout).expect("all output is UTF-8")
}

/// The text of a page as it must be: with what its commands print.
fn played(page: &str) -> (String, usize) {
    let mut text = String::new();
    let mut commands = 0;
    let mut in_block = false;
    for line in page.lines() {
        if in_block && line == "```" {
            in_block = false;
        } else if in_block {
            let Some(command) = line.strip_prefix("$ ") else {
                continue;
            };
            commands += 1;
            // A blank line divides a command from the output of the one before it.
            if !text.ends_with("```console\n") {
                text.push('\n');
            }
            text.push_str(line);
            text.push('\n');
            for printed in without_times(&printed(command)).lines() {
                text.push_str(printed.trim_end());
                text.push('\n');
            }
            continue;
        } else if line == "```console" {
            in_block = true;
        }
        text.push_str(line);
        text.push('\n');
    }
    assert!(!in_block, "a block is not closed");
    (text, commands)
}

/// The pages that show commands.
fn pages() -> Vec<PathBuf> {
    let folders = ["", "docs/src", "tests/cmd"].map(|folder| project().join(folder));
    let files = folders.iter().flat_map(|folder| {
        let files = fs::read_dir(folder).expect("the folder is there");
        files.map(|file| file.expect("it can be read").path())
    });
    let mut pages: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .filter(|path| {
            let text = fs::read_to_string(path).expect("a page can be read");
            text.contains("```console\n")
        })
        .collect();
    pages.sort();
    pages
}

#[test]
fn every_command_that_is_shown_prints_what_is_shown() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut stale = Vec::new();
    for page in pages() {
        let shown = fs::read_to_string(&page).expect("the page can be read");
        let (played, commands) = played(&shown);
        assert!(commands > 0, "{} runs nothing", page.display());
        if update {
            fs::write(&page, &played).expect("the page can be written");
        } else if without_times(&shown) != played {
            stale.push(difference(&page, &shown, &played));
        }
    }
    assert!(
        stale.is_empty(),
        "{}\nread what has changed, and if it is right, run `UPDATE=1 cargo test`",
        stale.join("\n")
    );
}

#[test]
fn the_configuration_that_is_shown_is_valid_and_has_every_key() {
    let path = project().join("docs/src/configuration.md");
    let page = fs::read_to_string(&path).expect("it can be read");
    let block = page.split("```toml\n").nth(1).expect("there is a block");
    let toml = block.split("```").next().expect("the block ends");
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    if let Err(error) = config::read(&path, toml, &rules) {
        panic!("{error}");
    }
    let tables = [
        &schema::TOP,
        &schema::SITE,
        &schema::SERIES,
        &schema::NUMBERING,
        &schema::OVERRIDE,
    ];
    let (_, table) = page.split_once("| key | what it is |").expect("a table");
    for key in tables.iter().flat_map(|table| table.keys) {
        let shown = [
            format!("`{}`", key.name),
            format!("[{}]", key.name),
            format!("{} =", key.name),
        ];
        assert!(
            shown.iter().any(|shown| table.contains(shown)),
            "the table does not say what `{}` is",
            key.name
        );
    }
}

/// The first line that differs.
fn difference(page: &Path, shown: &str, played: &str) -> String {
    let shown = without_times(shown);
    let lines = shown.lines().chain(std::iter::repeat("(nothing)"));
    let different = played.lines().chain(["(nothing)"]).zip(lines);
    let mut numbered = (1..).zip(different);
    let Some((number, (is, was))) = numbered.find(|(_, (is, was))| is != was) else {
        return format!("{}: more is shown than is printed", page.display());
    };
    format!(
        "{}:{number}\n  shown:   {was}\n  printed: {is}",
        page.display()
    )
}
