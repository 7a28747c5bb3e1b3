use super::*;
use crate::diagnostic::Severity;

fn read(line: &str) -> Result<Cli, clap::Error> {
    Cli::read(std::iter::once("weeknote-lint").chain(line.split_whitespace()))
}

#[track_caller]
fn good(line: &str) -> Cli {
    read(line).expect("the command line is right")
}

#[track_caller]
fn refused(line: &str, message: &str) {
    let error = read(line).expect_err("the command line is wrong");
    assert!(error.to_string().contains(message), "{error}");
    assert_eq!(error.exit_code(), 2);
    assert!(error.use_stderr());
}

#[test]
fn the_definition_holds_together() {
    command().debug_assert();
}

#[test]
fn linting_is_what_happens_without_a_command() {
    let cli =
        good("a.md b --format jsonl --rule week/gap=off --rule x/y=error --today 2024-02-29 -q");
    assert!(cli.command.is_none());
    assert_eq!(cli.lint.paths, [PathBuf::from("a.md"), PathBuf::from("b")]);
    assert_eq!(cli.lint.format, Format::Jsonl);
    let rules = [
        ("week/gap".to_owned(), None),
        ("x/y".to_owned(), Some(Severity::Error)),
    ];
    assert_eq!(cli.lint.rule, rules);
    assert_eq!(cli.lint.today, Some(Date::constant(2024, 2, 29)));
    assert!(cli.lint.quiet && !cli.lint.statistics);
    assert_eq!(cli.lint.fail_on, Some(Severity::Warning));
}

#[test]
fn a_path_named_like_a_command_can_be_given() {
    for line in ["./notes", "-- notes", "posts -- notes"] {
        let cli = good(line);
        assert!(
            cli.command.is_none()
                && cli
                    .lint
                    .paths
                    .last()
                    .is_some_and(|path| path.ends_with("notes"))
        );
    }
    for (line, paths) in [("notes", 0), ("notes notes", 1)] {
        let (command, arguments) = good(line).command.expect("it is one");
        assert_eq!(command, "notes");
        assert!(!arguments.flag("all"));
        assert_eq!(arguments.all::<PathBuf>("paths").len(), paths);
    }
}

#[test]
fn what_belongs_to_linting_is_not_lost_before_a_command() {
    // After a path, another path is all that clap expects.
    assert_eq!(good("posts notes").lint.paths.len(), 2);
    refused(
        "posts --color never notes",
        "`notes` is a command, and no path can come before it; write `./notes`",
    );
    refused(
        "--format json rules",
        "`--format` cannot be used with the command `rules`",
    );
    refused(
        "--fail-on never notes",
        "`--fail-on` cannot be used with the command `notes`",
    );
    refused(
        "-q notes",
        "`--quiet` cannot be used with the command `notes`",
    );
}

#[test]
fn common_options_stand_before_and_after_a_command() {
    for line in [
        "--config x.toml --color never notes",
        "notes --config x.toml --color never",
    ] {
        let cli = good(line);
        assert!(cli.command.is_some());
        assert_eq!(cli.config, Some(PathBuf::from("x.toml")));
        assert_eq!(cli.color, Some(false));
    }
    let (_, json) = good("rules --format json").command.expect("it is one");
    assert_eq!(json.one("format"), Some(true));
}

#[test]
fn help_and_version_go_to_standard_output() {
    for line in [
        "-h",
        "--help",
        "notes -h",
        "rules --help",
        "-V",
        "--version",
    ] {
        let error = read(line).expect_err("nothing else is done");
        assert_eq!(error.exit_code(), 0, "{line}");
        assert!(!error.use_stderr(), "{line}");
    }
}

#[test]
fn every_line_of_the_help_is_of_one_style() {
    let mut definition = command();
    definition.build();
    let arguments = |command: &clap::Command| -> Vec<String> {
        let helps = command.get_arguments().filter_map(clap::Arg::get_help);
        helps
            .chain(command.get_about())
            .map(ToString::to_string)
            .collect()
    };
    let commands = definition.get_subcommands().flat_map(arguments);
    for help in arguments(&definition).into_iter().chain(commands) {
        let begins_well = help.starts_with(char::is_lowercase);
        assert!(begins_well && !help.ends_with('.'), "{help}");
    }
}

#[test]
fn wrong_values_are_told_what_is_right() {
    refused(
        "--rule week/gap",
        "write a rule and its level like this: `week/gap=off`",
    );
    refused("--rule =off", "write a rule and its level like this");
    refused(
        "--rule week/gap=warn",
        "`warn` is not a level: did you mean `warning`?",
    );
    refused("--today 2024-2-1", "write the date like this: `2024-02-12`");
    refused("--today 2023-02-29", "write the date like this");
    refused("--format xml", "possible values: pretty, concise");
    refused("--repair", "unexpected argument '--repair'");
    refused("explain", "<RULE>");
}
