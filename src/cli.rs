//! The command line: its types, and nothing of what they do.

mod definition;

use crate::config::{self, Level};
use clap::ArgMatches;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap_complete::Shell;
pub use definition::command;
use jiff::civil::Date;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// A command line that was read. What each part means is in the help of the option of its name.
#[derive(Debug, Clone)]
pub struct Cli {
    /// What to do instead of linting.
    pub command: Option<Command>,
    /// How to lint.
    pub lint: Lint,
    /// Options of every command.
    pub common: Common,
}

/// What can be done beside linting.
#[derive(Debug, Clone)]
pub enum Command {
    /// learn how the archive is kept, and write it to weeknote-lint.toml
    Init {
        /// replace the file that is there
        force: bool,
        /// print the file and write nothing
        dry_run: bool,
        /// install the git hooks instead
        hook: bool,
    },
    /// write the next note, as the last ones are
    New {
        /// the folder of the series, where there are several
        series: Option<String>,
        /// the title, without the number of the week
        title: Option<String>,
        /// print the note and write nothing
        dry_run: bool,
        /// the date to use as today's, as YYYY-MM-DD
        today: Option<Date>,
    },
    /// show which weeks have notes, and what each file was taken for
    Notes {
        /// files and folders to list
        paths: Vec<PathBuf>,
        /// list every file
        all: bool,
    },
    /// show what a rule finds, why, what it ignores and how to fix it
    Explain(String),
    /// record what is wrong today, so that only what is new is reported from now on
    ///
    /// The list is weeknote-lint-baseline.txt beside the configuration, one finding a line. As long as the file is there,
    /// no run reports what it lists. Run the command again after you have fixed some of it: it rewrites the list, and
    /// says what has changed.
    Baseline,
    /// list all rules, as JSON or for people
    Rules {
        /// how to print the list
        is_json: bool,
    },
    /// be the language server of an editor, over standard input and output
    Server,
    /// print the manual page, or completions for a shell
    Generate(Option<Shell>),
}

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

/// The options that every command has.
#[derive(Debug, Clone)]
pub struct Common {
    /// read this file instead of weeknote-lint.toml
    pub config: Option<PathBuf>,
    /// when to use colour
    pub color: Color,
    /// how many threads do the work [default: one for each core]
    pub threads: Option<NonZeroUsize>,
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

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
        let mut definition = command();
        let arguments = as_options(arguments.into_iter().map(Into::into).collect());
        let matches = definition.try_get_matches_from_mut(arguments)?;
        if let Some((command, _)) = matches.subcommand()
            && let Some(id) = linting_argument(&matches)
        {
            return Err(definition.error(ErrorKind::ArgumentConflict, before_command(&id, command)));
        }
        let common = Common {
            config: one(&matches, "config"),
            color: one(&matches, "color").unwrap_or(Color::Auto),
            threads: one(&matches, "threads"),
        };
        Ok(Cli {
            command: matches
                .subcommand()
                .and_then(|(name, of)| Command::of(name, of)),
            lint: Lint::of(&matches),
            common,
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

impl Command {
    fn of(name: &str, matches: &ArgMatches) -> Option<Self> {
        Some(match name {
            "init" => Command::Init {
                force: matches.get_flag("force"),
                hook: matches.get_flag("hook"),
                dry_run: matches.get_flag("dry-run"),
            },
            "new" => Command::New {
                series: one(matches, "series"),
                title: one(matches, "title"),
                dry_run: matches.get_flag("dry-run"),
                today: one(matches, "today"),
            },
            "notes" => Command::Notes {
                paths: all(matches, "paths"),
                all: matches.get_flag("all"),
            },
            "explain" => Command::Explain(one(matches, "rule")?),
            "baseline" => Command::Baseline,
            "rules" => Command::Rules {
                is_json: one(matches, "format")?,
            },
            "server" => Command::Server,
            "generate" => Command::Generate(one(matches, "what")?),
            _ => return None,
        })
    }
}

impl Lint {
    fn of(matches: &ArgMatches) -> Self {
        Lint {
            paths: all(matches, "paths"),
            fix: matches.get_flag("fix"),
            unsafe_fixes: matches.get_flag("unsafe-fixes"),
            diff: matches.get_flag("diff"),
            format: one(matches, "format").unwrap_or(Format::Pretty),
            output: one(matches, "output"),
            rule: all(matches, "rule"),
            only: all(matches, "only"),
            exclude: all(matches, "exclude"),
            fail_on: one(matches, "fail-on").flatten(),
            today: one(matches, "today"),
            staged: matches.get_flag("staged"),
            since: one(matches, "since"),
            statistics: matches.get_flag("statistics"),
            quiet: matches.get_flag("quiet"),
            stdin_filename: one(matches, "stdin-filename"),
        }
    }
}

fn one<T: Clone + Send + Sync + 'static>(matches: &ArgMatches, id: &str) -> Option<T> {
    matches.get_one(id).cloned()
}

fn all<T: Clone + Send + Sync + 'static>(matches: &ArgMatches, id: &str) -> Vec<T> {
    let values = matches.get_many(id);
    values.into_iter().flatten().cloned().collect()
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
