//! The command line as clap knows it: names, values and help. It is written out, as deriving it would take longer to build
//! than clap itself.

use super::{Format, date, rule_and_level};
use crate::config::Level;
use crate::diagnostic::Severity;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, Command, ValueHint, value_parser};
use clap_complete::Shell;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// What commands are for; `~` begins what `--help` alone says.
const COMMANDS: &str = "\
weeknote-lint: find mistakes in weeknotes: metadata, week numbers and links~Without a command, weeknote-lint reads the \
whole repository and reports the mistakes in its weeknotes. It takes settings from weeknote-lint.toml, if there is \
one.
init: learn how the archive is kept, and write it to weeknote-lint.toml
new: write the next note, modelled on the last ones~Its name, number, dates, keys and headings are those of the last \
notes, carried on to the next week. Where each note differs, it says TODO, which weeknote-lint reports until you \
replace it. If the last note is some weeks old, the next one is for the current week. The command prints the path of \
the note.
notes: show which weeks have notes, and which files stand out~Each series has a calendar, with one character for each \
week, and below it what stands out: notes that name no week, and weeks with more notes than usual. With `--all` or a \
path, the command lists files instead, with what it takes each for, and why.
explain: show what a rule finds, why, what it ignores and how to fix it
baseline: record today's mistakes, so that later runs report only new ones~It writes weeknote-lint-baseline.txt beside \
the configuration, one finding per line. As long as that file exists, no run reports what it lists. Run the command \
again after you have fixed some of the mistakes: it updates the list, and shows what has changed.
rules: list all rules
server: run as a language server for editors, over standard input and output
generate: print the manual page, or completions for a shell";

/// What arguments are for. Those of a command stand after its name.
const ARGUMENTS: &str = "\
paths: files and folders to report on [default: the whole repository]
fix: fix what can be fixed without changing what a note means
unsafe-fixes: with --fix or --diff, also apply the fixes that you should review before you commit
diff: show as a diff what --fix would change, and exit with 1 if it would change anything
format: how to print the findings
output: write the report to a file instead of standard output
rule: set a rule, or a family such as `week/*`, to error, warning, info or off; can be repeated
only: check only this rule, or this family of rules; can be repeated
exclude: leave out the files that match this pattern, such as `drafts/**`; can be repeated
fail-on: the least serious finding that makes the exit status 1
today: the date to use for today, as YYYY-MM-DD
staged: lint what is staged for the next commit, and ignore all other changes in the working tree
since: report only what is new since this commit, branch or tag
statistics: count the findings of each rule instead of showing them
quiet: print nothing but problems
stdin-filename: read a note from standard input, in place of this file
config: read this file instead of weeknote-lint.toml
color: when to use colour
threads: the number of threads to use [default: one for each core]
help: print this help: `-h` briefly, `--help` in full
version: print the version
init force: replace the file if it exists
server stdio: what some editors pass, and the default anyway
init dry-run: print the file and write nothing
init hook: install git hooks that lint what is staged, and write no configuration
new series: the folder of the series, if there are several
new title: the title, without the number of the week
new dry-run: print the note and write nothing
new today: the date to use for today, as YYYY-MM-DD
notes paths: files and folders to list
notes all: list every file
explain rule: a rule, such as `links/undefined-reference`, or a family, such as `week`
rules format: how to print the list
generate what: what to print";

/// What an argument can be, with the word and the help of each.
type Choices<T> = &'static [(T, &'static str, &'static str)];

#[rustfmt::skip]
const FORMATS: Choices<Format> = &[
    (Format::Pretty, "pretty", "each finding with its lines"),
    (Format::Concise, "concise", "one line for each finding"),
    (Format::Json, "json", "one JSON object"),
    (Format::Jsonl, "jsonl", "one JSON object for each finding"),
    (Format::Github, "github", "annotations for GitHub Actions"),
    (Format::Markdown, "markdown", "a summary for the page of a GitHub Actions job"),
    (Format::Html, "html", "a web page with a calendar of the archive"),
    (Format::Sarif, "sarif", "SARIF 2.1.0, for GitHub code scanning and editors"),
    (Format::Gitlab, "gitlab", "a Code Quality report for GitLab"),
    (Format::Junit, "junit", "JUnit XML, for Jenkins and other CI systems"),
    (Format::Rdjson, "rdjson", "for reviewdog"),
];

const LEVELS: Choices<Level> = &[
    (Some(Severity::Error), "error", "errors"),
    (Some(Severity::Warning), "warning", "errors and warnings"),
    (Some(Severity::Info), "info", "everything"),
    (None, "never", "nothing"),
];

#[rustfmt::skip]
const COLORS: Choices<Option<bool>> = &[
    (None, "auto", "on a terminal, unless `NO_COLOR` is set"),
    (Some(true), "always", "also in files and pipes"),
    (Some(false), "never", "not at all"),
];

/// Whether the list of rules is for programs.
const LISTS: Choices<bool> = &[
    (false, "text", "for people"),
    (true, "json", "for programs"),
];

#[rustfmt::skip]
const GENERATED: Choices<Option<Shell>> = &[
    (None, "man", "the manual page, in roff"),
    (Some(Shell::Bash), "bash", "completions for bash"),
    (Some(Shell::Elvish), "elvish", "completions for elvish"),
    (Some(Shell::Fish), "fish", "completions for fish"),
    (Some(Shell::PowerShell), "powershell", "completions for PowerShell"),
    (Some(Shell::Zsh), "zsh", "completions for zsh"),
];

const AFTER_HELP: &str = "\
Examples:
  weeknote-lint                         lint the repository you are in
  weeknote-lint notes/week-12.md        report on one note only
  weeknote-lint --rule week/gap=off     switch a rule off
  weeknote-lint --only 'links/*'        check only links
  weeknote-lint --staged --since HEAD   report what the next commit adds
  weeknote-lint --format json           print a report for programs
  weeknote-lint explain week/gap        show what a rule finds, and why

`weeknote-lint check` means `weeknote-lint`, and `weeknote-lint fix` means `weeknote-lint --fix`.
For a folder that has the name of a command, write `./notes`.

Exit status:
  0  nothing to report
  1  problems were found
  2  the command line or the configuration is wrong, or something failed";

/// All of it.
pub fn command() -> Command {
    let version = flag("version").short('V').action(ArgAction::Version);
    named(env!("CARGO_PKG_NAME"))
        .bin_name(env!("CARGO_PKG_NAME"))
        .version(env!("CARGO_PKG_VERSION"))
        .after_help(AFTER_HELP)
        .max_term_width(100)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .subcommands(commands())
        .args(linting())
        .args(common())
        .arg(version)
}

fn commands() -> [Command; 8] {
    let list = option("rules format", "FORMAT").value_parser(one_of(LISTS));
    let rule = argument("explain rule").value_name("RULE").required(true);
    let what = argument("generate what").value_name("WHAT").required(true);
    [
        named("init").args([
            flag("init force"),
            flag("init dry-run"),
            flag("init hook").conflicts_with("dry-run"),
        ]),
        named("new").args([
            argument("new series").value_name("SERIES"),
            option("new title", "TITLE"),
            flag("new dry-run"),
            option("new today", "DATE").value_parser(date),
        ]),
        named("notes").args([paths("notes paths"), flag("notes all")]),
        named("explain").arg(rule),
        named("baseline"),
        named("rules").arg(list.default_value("text")),
        named("server").arg(flag("server stdio").hide(true)),
        named("generate").arg(what.value_parser(one_of(GENERATED))),
    ]
}

/// The options of linting.
pub(super) fn linting() -> [Arg; 16] {
    let format = option("format", "FORMAT").value_parser(one_of(FORMATS));
    let fail_on = option("fail-on", "LEVEL").value_parser(one_of(LEVELS));
    let rule = option("rule", "ID=LEVEL").action(ArgAction::Append);
    [
        paths("paths"),
        flag("fix"),
        flag("unsafe-fixes"),
        flag("diff"),
        format.default_value("pretty"),
        file("output", "FILE"),
        rule.value_parser(rule_and_level),
        option("only", "RULE").action(ArgAction::Append),
        option("exclude", "PATTERN").action(ArgAction::Append),
        fail_on.default_value("warning"),
        option("today", "DATE").value_parser(date),
        flag("staged"),
        option("since", "REV"),
        flag("statistics").conflicts_with("format"),
        flag("quiet").short('q'),
        file("stdin-filename", "PATH"),
    ]
}

/// The options that every command has.
fn common() -> [Arg; 4] {
    let threads = option("threads", "N").value_parser(value_parser!(NonZeroUsize));
    let all = [
        file("config", "FILE"),
        option("color", "WHEN")
            .value_parser(one_of(COLORS))
            .default_value("auto"),
        threads.short('j'),
        flag("help").short('h').action(ArgAction::Help),
    ];
    all.map(|one| one.global(true))
}

fn named(name: &'static str) -> Command {
    let about = said(COMMANDS, name);
    let (brief, more) = about.split_once('~').unwrap_or((about, ""));
    let command = Command::new(name).about(brief);
    match more {
        "" => command,
        more => command.long_about(format!("{brief}\n\n{more}")),
    }
}

/// An argument by its name, with that of its command before it.
fn argument(name: &'static str) -> Arg {
    Arg::new(own(name)).help(said(ARGUMENTS, name))
}

fn own(name: &'static str) -> &'static str {
    name.rsplit(' ').next().unwrap_or(name)
}

fn flag(name: &'static str) -> Arg {
    argument(name).long(own(name)).action(ArgAction::SetTrue)
}

fn option(name: &'static str, value: &'static str) -> Arg {
    argument(name).long(own(name)).value_name(value)
}

fn file(name: &'static str, value: &'static str) -> Arg {
    let hinted = option(name, value).value_hint(ValueHint::FilePath);
    hinted.value_parser(value_parser!(PathBuf))
}

fn paths(name: &'static str) -> Arg {
    let many = argument(name).value_name("PATHS").num_args(0..);
    let hinted = many.value_hint(ValueHint::AnyPath);
    hinted.value_parser(value_parser!(PathBuf))
}

fn one_of<T: Copy + Send + Sync + 'static>(
    choices: Choices<T>,
) -> impl TypedValueParser<Value = T> {
    let shown = choices.iter();
    let shown = shown.map(|(_, word, help)| PossibleValue::new(*word).help(*help));
    PossibleValuesParser::new(shown).try_map(|given| {
        let mut choices = choices.iter();
        let chosen = choices.find(|(_, word, _)| *word == given);
        chosen.map(|(value, ..)| *value).ok_or("it is unknown")
    })
}

/// What a line of a list says of a name.
fn said(list: &'static str, name: &str) -> &'static str {
    let about = |line: &'static str| line.strip_prefix(name)?.strip_prefix(": ");
    list.lines().find_map(about).unwrap_or_default()
}
