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
weeknote-lint: find mistakes in weeknotes: metadata, week numbers and links~Without a command, the whole repository is read, \
and what is wrong with its weeknotes is reported. Settings are read from weeknote-lint.toml, if there is one.
init: learn how the archive is kept, and write it to weeknote-lint.toml
new: write the next note, as the last ones are~Its name, number, dates, keys and headings are those of the last notes, \
carried on to the next week. What is each note's own is left as TODO, which is reported until it is written. Without a note \
for some weeks, the next one is for the week that it is now. The path is printed.
notes: show which weeks have notes, and what files were taken for~Each series is shown with its calendar, a character for \
each week, and with what stands out in it: notes that name no week, and weeks with more notes than usual. `--all`, or a \
path, lists files with what each was taken for, and why.
explain: show what a rule finds, why, what it ignores and how to fix it
baseline: record what is wrong today, so that only what is new is reported from now on~The list is \
weeknote-lint-baseline.txt beside the configuration, one finding a line. As long as the file is there, no run reports what \
it lists. Run the command again after you have fixed some of it: it rewrites the list, and says what has changed.
rules: list all rules
server: be the language server of an editor, over standard input and output
generate: print the manual page, or completions for a shell";

/// What arguments are for. Those of a command stand after its name.
const ARGUMENTS: &str = "\
paths: files and folders to report on [default: the whole repository]
fix: fix what can be fixed without changing what a note means
unsafe-fixes: with --fix or --diff, also apply the fixes that you should review before you commit
diff: show as a diff what --fix would change, and exit with 1 if there is anything
format: how to print what was found
output: write the report to a file instead of standard output
rule: set a rule, or a family such as `week/*`, to error, warning, info or off; can be repeated
only: switch off all rules but this one, or this family; can be repeated
exclude: leave out the files that this pattern names, such as `drafts/**`; can be repeated
fail-on: the least serious finding that makes the exit status 1
today: the date to use as today's, as YYYY-MM-DD
staged: lint what is staged for the next commit, and nothing else in the working tree
since: report only what is new since this commit, branch or tag
statistics: count the findings of each rule instead of showing them
quiet: print nothing but problems
stdin-filename: read a note from standard input, in place of this file
config: read this file instead of weeknote-lint.toml
color: when to use colour
threads: how many threads do the work [default: one for each core]
help: print this help: `-h` briefly, `--help` in full
version: print the version
init force: replace the file that is there
server stdio: what some editors say, and what is so anyway
init dry-run: print the file and write nothing
init hook: install the git hooks that lint what is staged, and write no configuration
new series: the folder of the series, where there are several
new title: the title, without the number of the week
new dry-run: print the note and write nothing
new today: the date to use as today's, as YYYY-MM-DD
notes paths: files and folders to list
notes all: list every file
explain rule: the rule, such as `links/undefined-reference`, or a family, such as `week`
rules format: how to print the list
generate what: what to print";

/// What an argument can be, with the word and the help of each.
type Choices<T> = &'static [(T, &'static str, &'static str)];

#[rustfmt::skip]
const FORMATS: Choices<Format> = &[
    (Format::Pretty, "pretty", "with the lines concerned"),
    (Format::Concise, "concise", "one line for each finding"),
    (Format::Json, "json", "one JSON object"),
    (Format::Jsonl, "jsonl", "one JSON object for each finding"),
    (Format::Github, "github", "annotations of GitHub Actions"),
    (Format::Markdown, "markdown", "a summary for the page of a GitHub job"),
    (Format::Html, "html", "a web page with a calendar of the archive"),
    (Format::Sarif, "sarif", "SARIF 2.1.0, for GitHub code scanning and editors"),
    (Format::Gitlab, "gitlab", "the Code Quality report of GitLab"),
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
  weeknote-lint notes/week-12.md        show only what concerns one note
  weeknote-lint --rule week/gap=off     leave a rule out
  weeknote-lint --only 'links/*'        check nothing but links
  weeknote-lint --staged --since HEAD   lint what the next commit brings
  weeknote-lint --format json           for programs
  weeknote-lint explain week/gap        what a rule finds, and why

`weeknote-lint check` is the same as `weeknote-lint`, and `weeknote-lint fix` as `weeknote-lint --fix`.
If a folder has the name of a command, write `./notes`.

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
        chosen.map(|(value, ..)| *value).ok_or("it is not known")
    })
}

/// What a line of a list says of a name.
fn said(list: &'static str, name: &str) -> &'static str {
    let about = |line: &'static str| line.strip_prefix(name)?.strip_prefix(": ");
    list.lines().find_map(about).unwrap_or_default()
}
