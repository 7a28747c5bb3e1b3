//! The command line: its types, and nothing of what they do.

use crate::config::{self, Level};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{
    ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, ValueHint,
};
use jiff::civil::Date;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  weeknote-lint                         lint the repository you are in
  weeknote-lint notes/week-12.md        show only what concerns one note
  weeknote-lint --rule week/gap=off     leave a rule out
  weeknote-lint --staged --since HEAD   lint what the next commit brings
  weeknote-lint --format json           for programs
  weeknote-lint explain week/gap        what a rule finds, and why

If a folder has the name of a command, write `./notes`.

Exit status:
  0  nothing to report
  1  problems were found
  2  the command line or the configuration is wrong, or something failed";

/// find mistakes in weeknotes: metadata, week numbers and links
///
/// Without a command, the whole repository is read, and what is wrong with its weeknotes is reported. Settings are read
/// from weeknote-lint.toml, if there is one.
#[derive(Debug, Clone, Parser)]
#[command(name = "weeknote-lint", bin_name = "weeknote-lint", version, after_help = AFTER_HELP)]
#[command(max_term_width = 100, disable_help_subcommand = true)]
#[command(disable_help_flag = true, disable_version_flag = true)]
pub struct Cli {
    /// What to do instead of linting.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to lint.
    #[command(flatten)]
    pub lint: Lint,
    /// Options of every command.
    #[command(flatten)]
    pub common: Common,
    /// print the version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// What can be done beside linting.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// learn how the archive is kept, and write it to weeknote-lint.toml
    Init {
        /// replace the file that is there
        #[arg(long)]
        force: bool,
        /// print the file and write nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// show what each file was taken for, and why
    Notes {
        /// files and folders to show [default: the whole repository]
        #[arg(value_name = "PATHS", value_hint = ValueHint::AnyPath)]
        paths: Vec<PathBuf>,
    },
    /// show what a rule finds, why, what it ignores and how to fix it
    Explain {
        /// the rule, such as `links/undefined-reference`
        rule: String,
    },
    /// record what is wrong today, so that only what is new is reported from now on
    ///
    /// The list is weeknote-lint-baseline.txt beside the configuration, one finding a line. As long as the file is there,
    /// no run reports what it lists. Run the command again after you have fixed some of it: it rewrites the list, and
    /// says what has changed.
    Baseline,
    /// list all rules
    Rules {
        /// how to print the list
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        format: ListFormat,
    },
    /// print the manual page, or completions for a shell
    #[command(hide = true)]
    Generate {
        /// what to print
        what: Generated,
    },
}

/// The options of linting.
#[derive(Debug, Clone, Args)]
pub struct Lint {
    /// files and folders to report on [default: the whole repository]
    #[arg(value_name = "PATHS", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// fix what can be fixed without changing what a note means
    #[arg(long)]
    pub fix: bool,
    /// with --fix or --diff, also apply the fixes that you should review before you commit
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// show as a diff what --fix would change, and exit with 1 if there is anything
    #[arg(long)]
    pub diff: bool,
    /// how to print what was found
    #[arg(long, value_name = "FORMAT", default_value = "pretty")]
    pub format: Format,
    /// write the report to a file instead of standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// set a rule to error, warning, info or off; can be repeated
    #[arg(long, value_name = "ID=LEVEL", value_parser = rule_and_level)]
    pub rule: Vec<(String, Level)>,
    /// the least serious finding that makes the exit status 1
    #[arg(long, value_name = "LEVEL", default_value = "warning")]
    pub fail_on: FailOn,
    /// the date to use as today's, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<Date>,
    /// lint what is staged for the next commit, and nothing else in the working tree
    #[arg(long)]
    pub staged: bool,
    /// report only what is new since this commit, branch or tag
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// count the findings of each rule instead of showing them
    #[arg(long, conflicts_with = "format")]
    pub statistics: bool,
    /// print nothing but problems
    #[arg(short, long)]
    pub quiet: bool,
    /// read a note from standard input, in place of this file
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub stdin_filename: Option<PathBuf>,
}

/// The options that every command has.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// read this file instead of weeknote-lint.toml
    #[arg(long, value_name = "FILE", global = true, value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// when to use colour
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    pub color: Color,
    /// how many threads do the work [default: one for each core]
    #[arg(short = 'j', long, value_name = "N", global = true)]
    pub threads: Option<NonZeroUsize>,
    /// print this help: `-h` briefly, `--help` in full
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
}

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
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
    /// SARIF 2.1.0, for GitHub code scanning and editors
    Sarif,
    /// the Code Quality report of GitLab
    Gitlab,
    /// JUnit XML, for Jenkins and other CI systems
    Junit,
    /// for reviewdog
    Rdjson,
}

/// The formats of the list of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// for people
    Text,
    /// for programs
    Json,
}

/// What packages install beside the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Generated {
    /// the manual page, in roff
    Man,
    /// completions for bash
    Bash,
    /// completions for elvish
    Elvish,
    /// completions for fish
    Fish,
    /// completions for PowerShell
    Powershell,
    /// completions for zsh
    Zsh,
}

/// Which findings fail a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// errors
    Error,
    /// errors and warnings
    Warning,
    /// everything
    Info,
    /// nothing
    Never,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// on a terminal, unless `NO_COLOR` is set
    Auto,
    /// also in files and pipes
    Always,
    /// not at all
    Never,
}

impl Cli {
    /// Reads a command line, the program's name first. An error also stands for `--help` and `--version`:
    /// [`clap::Error::exit`] prints each where it belongs, and ends with 0 or 2.
    pub fn read<I, T>(arguments: I) -> Result<Self, clap::Error>
    where
        I: IntoIterator<Item = T>,
        T: Into<OsString> + Clone,
    {
        let mut definition = Cli::command();
        let matches = definition.try_get_matches_from_mut(arguments)?;
        if let Some((command, _)) = matches.subcommand()
            && let Some(id) = linting_argument(&matches)
        {
            return Err(definition.error(ErrorKind::ArgumentConflict, before_command(&id, command)));
        }
        Cli::from_arg_matches(&matches)
    }
}

/// The first argument that was given for linting. clap would take `posts -q notes` for the command `notes`, and forget
/// the rest; its own remedy would forbid `--config` before a command, too.
fn linting_argument(matches: &clap::ArgMatches) -> Option<String> {
    let definition = Lint::augment_args(clap::Command::new("lint"));
    let mut ids = definition
        .get_arguments()
        .map(|argument| argument.get_id().as_str());
    ids.find(|id| matches.value_source(id) == Some(ValueSource::CommandLine))
        .map(str::to_owned)
}

fn before_command(id: &str, command: &str) -> String {
    if id == "paths" {
        return format!(
            "`{command}` is a command, and no path can come before it; write `./{command}` for the folder"
        );
    }
    let option = id.replace('_', "-");
    format!(
        "`--{option}` does not go with the command `{command}`; a command's options come after it"
    )
}

fn rule_and_level(text: &str) -> Result<(String, Level), String> {
    match text.split_once('=') {
        Some((rule, level)) if !rule.trim().is_empty() => {
            Ok((rule.trim().to_owned(), level.trim().parse()?))
        }
        _ => Err("a rule and its level are written as `week/gap=off`".to_owned()),
    }
}

fn date(text: &str) -> Result<Date, String> {
    config::parse_date(text).ok_or_else(|| "a date is written as `2024-02-12`".to_owned())
}

#[cfg(test)]
mod tests;
