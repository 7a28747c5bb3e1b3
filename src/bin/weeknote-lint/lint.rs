//! Linting, and what it writes: the report, the closing lines, and repairs.

use crate::Failure;
use crate::output::{Look, deliver, terminal_width, wants_color, written};
use std::io::{self, IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use weeknote_lint::cli::{Cli, Format, Lint};
use weeknote_lint::config::{self, Level};
use weeknote_lint::diagnostic::{Diagnostic, Severity};
use weeknote_lint::report::text::{counted, visible, visible_lines};
use weeknote_lint::report::{self, Outcome};
use weeknote_lint::{Request, discover, fix, lint, notes, request};

pub(super) fn run(cli: &Cli) -> Result<ExitCode, Failure> {
    let begin = Instant::now();
    let arguments = &cli.lint;
    let mut request = request::of_lint(cli)?;
    if arguments.diff {
        return diff(&mut request, cli);
    }
    let from_stdin = arguments.stdin_filename.is_some();
    let fixed = match arguments.fix {
        true if from_stdin => {
            print_mended(&mut request, arguments.unsafe_fixes)?;
            None
        }
        true => Some(apply_fixes(&mut request, arguments.unsafe_fixes)?),
        false => None,
    };
    // The process ends after this: the memory of ten thousand notes need not be given back piece by piece.
    let archive = ManuallyDrop::new(lint::read_archive(&request)?);
    let mut outcome = lint::lint(&archive, &request)?;
    let code = exit_code(&outcome, arguments.fail_on);
    if matches!(arguments.format, Format::Html | Format::Markdown) {
        outcome.overview = Some(notes::learnt(&archive));
    }
    let for_people = matches!(arguments.format, Format::Pretty | Format::Concise);
    let said = outcome.notices.len();
    if !for_people {
        // For people, the closing lines say so.
        let unseen = &outcome.unseen;
        let not_shown = [unseen.left_out_line(), unseen.not_shown()];
        outcome.notices.extend(not_shown.into_iter().flatten());
    } else if arguments.quiet {
        let is_problem = |one: &Diagnostic| one.severity > Severity::Info;
        outcome.diagnostics.retain(is_problem);
    }
    let prefix = repository_prefix(&request.root);
    let report = |out: &mut dyn Write| write_report(&outcome, arguments, cli.color, &prefix, out);
    match from_stdin && arguments.fix && arguments.output.is_none() {
        // The mended note is on standard output.
        true => written(report(&mut io::stderr().lock()))?,
        false => deliver(arguments, &request.root, report)?,
    }
    if arguments.quiet {
        return Ok(code);
    }
    let notices = outcome.notices.iter().take(said);
    let mut lines: Vec<String> = notices
        .map(|notice| format!("note: {}", visible_lines(notice).replace('\n', "\n    ")))
        .collect();
    let said = |count: usize| format!("{} fixed", counted(count, "problem"));
    let of_files = fixed.iter().flatten();
    lines.extend(of_files.map(|(path, count)| format!("{}: {}", visible(path), said(*count))));
    // What is said of a single file needs no sum.
    let sum = fixed.filter(|fixed| fixed.len() != 1);
    lines.extend(sum.map(|fixed| said(fixed.iter().map(|(_, count)| count).sum())));
    let color = wants_color(cli.color, io::stderr().is_terminal());
    let closing = report::closing::lines(&outcome, begin.elapsed(), color);
    lines.push(closing);
    let summary = outcome.summary;
    let is_first = request.selected.is_empty()
        && request.earlier.is_none()
        && request.baseline.is_empty()
        && !request.root.join(config::FILE_NAME).exists();
    if for_people && is_first && summary.errors + summary.warnings >= MANY {
        lines.push(HOW_TO_BEGIN.to_owned());
    }
    written(writeln!(io::stderr().lock(), "{}", lines.join("\n")))?;
    Ok(code)
}

/// So many problems in an archive that has no configuration are old ones.
const MANY: usize = 20;

/// What to do about them.
const HOW_TO_BEGIN: &str = "\
many old mistakes? `weeknote-lint baseline` records them, and later runs report only
new ones; `--since HEAD` reports only the mistakes that your changes add";

/// Writes the repairs to the files, and returns how many there are in each.
fn apply_fixes(request: &mut Request, with_unsafe: bool) -> Result<Vec<(String, usize)>, Failure> {
    let mut repairs = fix::repair(request, with_unsafe)?;
    let changed = fix::write(&request.root, &mut repairs);
    refuse(&repairs, &changed)?;
    let texts = repairs.texts.into_iter();
    Ok(texts.map(|(path, one)| (path, one.count)).collect())
}

/// Prints the note from standard input with its repairs.
fn print_mended(request: &mut Request, with_unsafe: bool) -> Result<(), Failure> {
    let given: Vec<String> = request.replaced.keys().cloned().collect();
    let mut repairs = fix::repair(request, with_unsafe)?;
    for path in given {
        let repaired = repairs.texts.remove(&path);
        let content = match &repaired {
            Some(repaired) => repaired.after.as_bytes(),
            None => request.replaced.get(&path).map_or(&[][..], Vec::as_slice),
        };
        written(io::stdout().lock().write_all(content))?;
    }
    Ok(())
}

/// Fails if files were left as they are though they have something to repair: names them, and those that were changed.
fn refuse(repairs: &fix::Repairs, changed: &[String]) -> Result<(), Failure> {
    let left = repairs.refused.iter();
    let left: Vec<String> = left
        .map(|(path, reason)| format!("`{path}` was not changed: {reason}"))
        .collect();
    if left.is_empty() {
        return Ok(());
    }
    let quoted: Vec<String> = changed.iter().map(|path| format!("`{path}`")).collect();
    let help = match quoted.is_empty() {
        true => "no file was changed".to_owned(),
        false => format!("changed: {}", quoted.join(", ")),
    };
    Err(miette::miette!(help = help, "{}", left.join("\n")))
}

/// Shows the repairs.
fn diff(request: &mut Request, cli: &Cli) -> Result<ExitCode, Failure> {
    let arguments = &cli.lint;
    let repairs = fix::repair(request, arguments.unsafe_fixes)?;
    refuse(&repairs, &[])?;
    let mut diff = fix::diff(&repairs);
    // On a terminal it is read; elsewhere it may be a patch, which is right to the byte.
    let to_terminal = arguments.output.is_none() && io::stdout().is_terminal();
    if to_terminal {
        diff = visible_lines(&diff);
    }
    if wants_color(cli.color, to_terminal) {
        diff = report::color::of_diff(&diff);
    }
    deliver(arguments, &request.root, |out| {
        out.write_all(diff.as_bytes())
    })?;
    Ok(ExitCode::from(u8::from(!repairs.texts.is_empty())))
}

fn exit_code(outcome: &Outcome, fail_on: Level) -> ExitCode {
    let fails = |one: &Diagnostic| fail_on.is_some_and(|least| one.severity >= least);
    ExitCode::from(u8::from(outcome.diagnostics.iter().any(fails)))
}

fn write_report(
    outcome: &Outcome,
    arguments: &Lint,
    color: Option<bool>,
    prefix: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let to_terminal = arguments.output.is_none() && io::stdout().is_terminal();
    let Look { color, links } = Look::new(color, to_terminal);
    if arguments.statistics {
        return report::statistics::write(outcome, color, out);
    }
    match arguments.format {
        Format::Pretty => {
            let options = report::pretty::Options {
                width: terminal_width(),
                wraps: to_terminal,
                color,
                links,
            };
            report::pretty::write(outcome, &options, out)
        }
        Format::Concise => report::concise::write(outcome, color, out),
        Format::Json => report::json::write(outcome, out),
        Format::Jsonl => report::json::write_lines(outcome, out),
        Format::Github => report::github::write(outcome, prefix, out),
        Format::Markdown => report::markdown::write(outcome, tree_url().as_deref(), prefix, out),
        Format::Html => report::html::write(outcome, out),
        Format::Sarif => report::sarif::write(outcome, prefix, out),
        Format::Gitlab => report::gitlab::write(outcome, prefix, out),
        Format::Junit => report::junit::write(outcome, prefix, out),
        Format::Rdjson => report::rdjson::write(outcome, prefix, out),
    }
}

/// Where the root lies in its repository, with a final `/`, since that is what code hosts take paths for; empty where
/// they are one. A repository that was fetched without git is where GitHub Actions says.
fn repository_prefix(root: &Path) -> String {
    let mut folders = root.ancestors();
    let repository = folders.find(|folder| folder.join(".git").exists());
    let workspace = || std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
    let repository = repository.map(Path::to_owned).or_else(workspace);
    let repository = repository.map(|path| config::resolve(&path));
    match repository.and_then(|repository| discover::inside(&repository, root)) {
        Some(inside) if !inside.is_empty() => format!("{inside}/"),
        _ => String::new(),
    }
}

/// Where GitHub shows the files of the commit that a job runs for.
fn tree_url() -> Option<String> {
    let [server, repository, commit] = ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA"]
        .map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    Some(format!("{}/{}/blob/{}", server?, repository?, commit?))
}
