//! The command line: its types, and nothing of what they do.

mod definition;

use crate::config::{self, Level};
use clap::ArgMatches;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
pub use definition::command;
use jiff::civil::Date;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// A command line that was read. What each part means is in the help of the option of its name.
#[derive(Debug, Clone)]
pub struct Cli {
    /// What to do instead of linting, and how.
    pub command: Option<(String, Arguments)>,
    /// How to lint.
    pub lint: Lint,
    /// read this file instead of weeknote-lint.toml
    pub config: Option<PathBuf>,
    /// whether to use colour; `None` leaves it to the terminal
    pub color: Option<bool>,
    /// how many threads do the work [default: one for each core]
    pub threads: Option<NonZeroUsize>,
}

/// The arguments of a command, as its definition types them.
#[derive(Debug, Clone)]
pub struct Arguments(ArgMatches);

/// The options of linting.
#[derive(Debug, Clone)]
pub struct Lint {
    /// files and folders to report on [default: the whole repository]
    pub paths: Vec<PathBuf>,
    /// fix what can be fixed without changing what a note means
    pub fix: bool,
    /// with --fix or --diff, also apply the fixes that you should review before you commit
    pub unsafe_fixes: bool,
    /// show as a diff what --fix would change, and exit with 1 if there is anything
    pub diff: bool,
    /// how to print what was found
    pub format: Format,
    /// write the report to a file instead of standard output
    pub output: Option<PathBuf>,
    /// set a rule to error, warning, info or off; can be repeated
    pub rule: Vec<(String, Level)>,
    /// leave all rules off but this one; can be repeated
    pub only: Vec<String>,
    /// leave out the files that this pattern names; can be repeated
    pub exclude: Vec<String>,
    /// the least serious finding that makes the exit status 1
    pub fail_on: Level,
    /// the date to use as today's, as YYYY-MM-DD
    pub today: Option<Date>,
    /// lint what is staged for the next commit, and nothing else in the working tree
    pub staged: bool,
    /// report only what is new since this commit, branch or tag
    pub since: Option<String>,
    /// count the findings of each rule instead of showing them
    pub statistics: bool,
    /// print nothing but problems
    pub quiet: bool,
    /// read a note from standard input, in place of this file
    pub stdin_filename: Option<PathBuf>,
}

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// with the lines concerned
    Pretty,
    /// one line for each finding
    Concise,
    /// one JSON object
    Json,
    /// one JSON object for each finding
    Jsonl,
    /// annotations of GitHub Actions
    Github,
    /// a summary for the page of a GitHub job
    Markdown,
    /// a web page with a calendar of the archive
    Html,
    /// SARIF 2.1.0, for GitHub code scanning and editors
    Sarif,
    /// the Code Quality report of GitLab
    Gitlab,
    /// JUnit XML, for Jenkins and other CI systems
    Junit,
    /// for reviewdog
    Rdjson,
}

impl Cli {
    /// Reads a command line, the program's name first. An error also stands for `--help` and `--version`:
    /// [`clap::Error::exit`] prints each where it belongs, and ends with 0 or 2.
    pub fn read<I, T>(arguments: I) -> Result<Self, clap::Error>
    where
        I: IntoIterator<Item = T>,
        T: Into<OsString> + Clone,
    {
        let mut definition = command();
        let arguments = as_options(arguments.into_iter().map(Into::into).collect());
        let matches = definition.try_get_matches_from_mut(arguments)?;
        if let Some((command, _)) = matches.subcommand()
            && let Some(id) = linting_argument(&matches)
        {
            return Err(definition.error(ErrorKind::ArgumentConflict, before_command(&id, command)));
        }
        let command = matches.subcommand();
        let command = command.map(|(name, of)| (name.to_owned(), Arguments(of.clone())));
        let arguments = Arguments(matches);
        Ok(Cli {
            command,
            lint: Lint::of(&arguments),
            config: arguments.one("config"),
            color: arguments.one("color").flatten(),
            threads: arguments.one("threads"),
        })
    }
}

/// The words by which other linters are told what to do, as our options.
fn as_options(mut arguments: Vec<OsString>) -> Vec<OsString> {
    match arguments.get(1).and_then(|word| word.to_str()) {
        Some("check") => drop(arguments.remove(1)),
        Some("fix") => arguments.splice(1..2, ["--fix".into()]).for_each(drop),
        _ => {}
    }
    arguments
}

impl Arguments {
    /// Whether a flag was given.
    pub fn flag(&self, id: &str) -> bool {
        self.0.get_flag(id)
    }

    /// The value of an option or argument.
    pub fn one<T: Clone + Send + Sync + 'static>(&self, id: &str) -> Option<T> {
        self.0.get_one(id).cloned()
    }

    /// The values of one that may be repeated.
    pub fn all<T: Clone + Send + Sync + 'static>(&self, id: &str) -> Vec<T> {
        let values = self.0.get_many(id);
        values.into_iter().flatten().cloned().collect()
    }
}

impl Lint {
    fn of(arguments: &Arguments) -> Self {
        let flag = |id| arguments.flag(id);
        Lint {
            paths: arguments.all("paths"),
            fix: flag("fix"),
            unsafe_fixes: flag("unsafe-fixes"),
            diff: flag("diff"),
            format: arguments.one("format").unwrap_or(Format::Pretty),
            output: arguments.one("output"),
            rule: arguments.all("rule"),
            only: arguments.all("only"),
            exclude: arguments.all("exclude"),
            fail_on: arguments.one("fail-on").flatten(),
            today: arguments.one("today"),
            staged: flag("staged"),
            since: arguments.one("since"),
            statistics: flag("statistics"),
            quiet: flag("quiet"),
            stdin_filename: arguments.one("stdin-filename"),
        }
    }
}

/// The first argument that was given for linting. clap would take `posts -q notes` for the command `notes`, and forget
/// the rest; its own remedy would forbid `--config` before a command, too.
fn linting_argument(matches: &ArgMatches) -> Option<String> {
    let linting = definition::linting();
    let mut ids = linting.iter().map(|argument| argument.get_id().as_str());
    ids.find(|id| matches.value_source(id) == Some(ValueSource::CommandLine))
        .map(str::to_owned)
}

fn before_command(id: &str, command: &str) -> String {
    if id == "paths" {
        return format!(
            "`{command}` is a command, and no path can come before it; write `./{command}` for the folder"
        );
    }
    format!(
        "`--{id}` cannot be used with the command `{command}`; a command's options come after it"
    )
}

fn rule_and_level(text: &str) -> Result<(String, Level), String> {
    match text.split_once('=') {
        Some((rule, level)) if !rule.trim().is_empty() => {
            Ok((rule.trim().to_owned(), config::level(level.trim())?))
        }
        _ => Err("write a rule and its level like this: `week/gap=off`".to_owned()),
    }
}

fn date(text: &str) -> Result<Date, String> {
    config::parse_date(text).ok_or_else(|| "write the date like this: `2024-02-12`".to_owned())
}

#[cfg(test)]
mod tests;
