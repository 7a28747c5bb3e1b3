//! Arguments in, exit code out.

mod commands;
mod lint;
mod output;

use output::{Look, print, terminal_width, wants_color, written};
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use weeknote_lint::cli::Cli;
use weeknote_lint::next::Wishes;
use weeknote_lint::report;
use weeknote_lint::report::text::{visible, visible_lines};
use weeknote_lint::{docs, manual, parallel, progress, request, rules, server};

/// A failure that ends the run with status 2; a report goes to standard error.
type Failure = miette::Report;

fn main() -> ExitCode {
    let (color, result) = match Cli::read(std::env::args_os()) {
        Ok(cli) => (cli.color, run(&cli)),
        Err(error) => (None, not_run(&error)),
    };
    progress::hide();
    match result {
        Ok(code) => code,
        Err(failure) => {
            let color = wants_color(color, io::stderr().is_terminal());
            // Nobody would see a message about a failure to write this.
            let _ = write!(io::stderr().lock(), "{}", shown(&failure, color));
            ExitCode::from(2)
        }
    }
}

/// Prints what clap says instead of running: help, the version, or what is wrong with the arguments.
fn not_run(error: &clap::Error) -> Result<ExitCode, Failure> {
    // clap quotes the arguments as they are.
    let is_harmless = |argument: OsString| {
        let argument = argument.to_string_lossy();
        visible(&argument) == argument
    };
    if !error.use_stderr() || std::env::args_os().all(is_harmless) {
        written(error.print())?;
    } else {
        let text = visible_lines(&error.render().to_string());
        written(write!(io::stderr().lock(), "{text}"))?;
    }
    Ok(ExitCode::from(if error.use_stderr() { 2 } else { 0 }))
}

/// A failure as standard error shows it. One that quotes what steers a terminal is shown without colour, so that nothing is
/// left that does.
fn shown(failure: &Failure, color: bool) -> String {
    let plain = drawn(failure, false);
    let safe = visible_lines(&plain);
    if color && safe == plain {
        drawn(failure, true)
    } else {
        safe
    }
}

fn drawn(failure: &Failure, color: bool) -> String {
    let handler = miette::GraphicalReportHandler::new_themed(report::pretty::theme(color))
        .with_width(terminal_width())
        // What is no terminal breaks lines by itself, or is searched.
        .with_wrap_lines(io::stderr().is_terminal())
        .with_links(false);
    let mut text = String::new();
    match handler.render_report(&mut text, failure.as_ref()) {
        Ok(()) => text,
        Err(_) => format!("{failure}\n"),
    }
}

fn run(cli: &Cli) -> Result<ExitCode, Failure> {
    if let Some(threads) = cli.threads {
        parallel::use_threads(threads);
    }
    let command = cli.command.as_ref();
    let command = command.map(|(name, arguments)| (name.as_str(), arguments));
    if !cli.lint.quiet && !matches!(command, Some(("server", _))) {
        progress::show();
    }
    let Some((command, of)) = command else {
        return lint::run(cli);
    };
    let Look { color, links } = Look::new(cli.color, io::stdout().is_terminal());
    match command {
        "init" if of.flag("hook") => commands::hook(of.flag("force")),
        "init" => commands::init(cli, of.flag("force"), of.flag("dry-run")),
        "new" => {
            let wishes = Wishes {
                title: of.one("title"),
                series: of.one("series"),
            };
            commands::new(cli, &wishes, of.flag("dry-run"), of.one("today"))
        }
        "notes" => commands::notes(cli, &of.all("paths"), of.flag("all")),
        "baseline" => commands::baseline(cli),
        "explain" => {
            let rule: String = of.one("rule").unwrap_or_default();
            print(&match request::rules_named(&rule)?.as_slice() {
                [rule] => docs::explain(rule, terminal_width().clamp(40, 100), color),
                family => docs::rules_list(family, color, links),
            })
        }
        "rules" => print(&match of.one("format") {
            Some(true) => format!("{:#}\n", docs::rules_json()),
            _ => docs::rules_list(rules::RULES, color, links),
        }),
        "server" => {
            let input = io::BufReader::new(io::stdin());
            let ended = server::serve(input, io::stdout(), cli.config.clone());
            // An editor that has gone away reads no message either.
            Ok(ExitCode::from(u8::from(!ended.unwrap_or(false))))
        }
        _ => print(&manual::generate(of.one("what").flatten()).map_err(Failure::from_err)?),
    }
}
