//! Arguments in, exit code out.

use jiff::civil::Date;
use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use weeknote_lint::baseline::{self, Baseline};
use weeknote_lint::cli::{Cli, Color, Command, Format, Lint};
use weeknote_lint::config::{self, Level};
use weeknote_lint::diagnostic::{Diagnostic, Severity};
use weeknote_lint::git::Repository;
use weeknote_lint::next::{self, Wishes};
use weeknote_lint::report::text::{counted, visible, visible_lines};
use weeknote_lint::report::{self, Outcome};
use weeknote_lint::rules;
use weeknote_lint::write::{self, Before, Refusal};
use weeknote_lint::{
    Request, discover, docs, fix, hook, init, lint, manual, notes, parallel, progress, read,
    request, server,
};

/// A failure that ends the run with status 2; a report goes to standard error.
type Failure = miette::Report;

fn main() -> ExitCode {
    let (color, result) = match Cli::read(std::env::args_os()) {
        Ok(cli) => (cli.common.color, run(&cli)),
        Err(error) => (Color::Auto, not_run(&error)),
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
    if let Some(threads) = cli.common.threads {
        parallel::use_threads(threads);
    }
    if !cli.lint.quiet && !matches!(cli.command, Some(Command::Server)) {
        progress::show();
    }
    match &cli.command {
        None => lint_command(cli),
        Some(Command::Init {
            force, hook: true, ..
        }) => hook_command(*force),
        Some(Command::Init { force, dry_run, .. }) => init_command(cli, *force, *dry_run),
        Some(Command::New {
            series,
            title,
            dry_run,
            today,
        }) => {
            let wishes = Wishes {
                title: title.clone(),
                series: series.clone(),
            };
            new_command(cli, &wishes, *dry_run, *today)
        }
        Some(Command::Notes { paths, all }) => notes_command(cli, paths, *all),
        Some(Command::Baseline) => baseline_command(cli),
        Some(Command::Explain(rule)) => {
            let width = terminal_width().clamp(40, 100);
            print(&match request::rules_named(rule)?.as_slice() {
                [rule] => docs::explain(rule, width),
                family => docs::rules_list(family),
            })
        }
        Some(Command::Rules { is_json: false }) => print(&docs::rules_list(rules::RULES)),
        Some(Command::Rules { is_json: true }) => print(&format!("{:#}\n", docs::rules_json())),
        Some(Command::Server) => {
            let input = io::BufReader::new(io::stdin());
            let ended = server::serve(input, io::stdout(), cli.common.config.clone());
            // An editor that has gone away reads no message either.
            Ok(ExitCode::from(u8::from(!ended.unwrap_or(false))))
        }
        Some(Command::Generate(what)) => {
            print(&manual::generate(*what).map_err(Failure::from_err)?)
        }
    }
}

fn lint_command(cli: &Cli) -> Result<ExitCode, Failure> {
    let begin = Instant::now();
    let arguments = &cli.lint;
    let mut request = request::of_lint(cli)?;
    if arguments.diff {
        return diff(&mut request, arguments);
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
    let lint::Found {
        mut outcome,
        unseen,
    } = lint::lint(&archive, &request)?;
    let code = exit_code(&outcome, arguments.fail_on);
    if arguments.format == Format::Html {
        outcome.overview = Some(notes::learnt(&archive));
    }
    let for_people = matches!(arguments.format, Format::Pretty | Format::Concise);
    let said = outcome.notices.len();
    if !for_people {
        // For people, the closing lines say so.
        let not_shown = [unseen.left_out_line(), unseen.not_shown()];
        outcome.notices.extend(not_shown.into_iter().flatten());
    } else if arguments.quiet {
        let is_problem = |one: &Diagnostic| one.severity > Severity::Info;
        outcome.diagnostics.retain(is_problem);
    }
    let prefix = repository_prefix(&request.root);
    let report =
        |out: &mut dyn Write| write_report(&outcome, arguments, cli.common.color, &prefix, out);
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
    for (path, count) in fixed.iter().flatten() {
        lines.push(format!(
            "{}: {} fixed",
            visible(path),
            counted(*count, "problem")
        ));
    }
    // What is said of a single file needs no sum.
    lines.extend(fixed.filter(|fixed| fixed.len() != 1).map(|fixed| {
        let all = fixed.iter().map(|(_, count)| count).sum();
        format!("{} fixed", counted(all, "problem"))
    }));
    lines.push(report::closing::lines(&outcome, begin.elapsed(), &unseen));
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
old mistakes? `weeknote-lint baseline` records them, so that only new ones are reported;
`--since HEAD` reports only what your changes bring";

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
        .map(|(path, reason)| format!("`{path}` is left as it is: {reason}"))
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
fn diff(request: &mut Request, arguments: &Lint) -> Result<ExitCode, Failure> {
    let repairs = fix::repair(request, arguments.unsafe_fixes)?;
    refuse(&repairs, &[])?;
    let mut diff = fix::diff(&repairs);
    // On a terminal it is read; elsewhere it may be a patch, which is right to the byte.
    if arguments.output.is_none() && io::stdout().is_terminal() {
        diff = visible_lines(&diff);
    }
    deliver(arguments, &request.root, |out| {
        out.write_all(diff.as_bytes())
    })?;
    Ok(ExitCode::from(u8::from(!repairs.texts.is_empty())))
}

fn init_command(cli: &Cli, force: bool, dry_run: bool) -> Result<ExitCode, Failure> {
    if cli.common.config.is_some() {
        miette::bail!(
            "--config does not go with the command `init`, which learns without a configuration"
        );
    }
    let root = config::find_root(Path::new(".")).folder;
    let learnt = init::learn(&root, jiff::Zoned::now().date())?
        .map_err(|reason| miette::miette!("there is nothing to learn from: {reason}"))?;
    if dry_run {
        return print(&learnt);
    }
    let path = root.join(config::FILE_NAME);
    let here = config::resolve(Path::new("."));
    let shown = path.strip_prefix(&here).unwrap_or(&path).display();
    let before = match force {
        true => Before::Whatever,
        false => Before::Nothing,
    };
    write::sweep(&root);
    match write::replace(&path, before, learnt.as_bytes()) {
        Err(Refusal::Exists) => miette::bail!(
            help = "`--force` replaces it, `--dry-run` shows what would be written",
            "`{shown}` is there already"
        ),
        result => result.map_err(|reason| cannot_write(&shown.to_string(), &reason))?,
    }
    let code = print(&learnt)?;
    let wrote = format!("wrote `{shown}`: linting with it finds the same as without it");
    written(writeln!(io::stderr().lock(), "{}", visible(&wrote)))?;
    Ok(code)
}

/// Installs the git hooks.
fn hook_command(force: bool) -> Result<ExitCode, Failure> {
    let here = config::resolve(Path::new("."));
    let written = hook::install(&Repository::around(&here)?, force)?;
    let lines = written.iter().map(|path| {
        let shown = path.strip_prefix(&here).unwrap_or(path).display();
        format!("wrote `{}`\n", visible(&shown.to_string()))
    });
    print(&lines.collect::<String>())
}

fn new_command(
    cli: &Cli,
    wishes: &Wishes,
    dry_run: bool,
    today: Option<Date>,
) -> Result<ExitCode, Failure> {
    let mut request = request::of_paths(cli, &[], None)?;
    request.today = today.unwrap_or(request.today);
    let next = next::note(&mut request, wishes)?.map_err(|error| miette::miette!("{error}"))?;
    let notices = next.notices.iter();
    let notices: Vec<String> = notices
        .map(|notice| format!("note: {}\n", visible(notice)))
        .collect();
    written(io::stderr().lock().write_all(notices.concat().as_bytes()))?;
    if dry_run {
        let shown = format!("{}\n\n{}", next.path, next.text);
        return print(&match io::stdout().is_terminal() {
            true => visible_lines(&shown),
            false => shown,
        });
    }
    let path = request.root.join(&next.path);
    // A folder of the year may be a link out of the repository.
    let above = path.ancestors().skip(1);
    let mut above = above.take_while(|folder| *folder != request.root);
    if above.any(Path::is_symlink) {
        return Err(cannot_write(&next.path, &Refusal::SymbolicLink));
    }
    let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    folder.map_err(|reason| cannot_write(&next.path, &reason.into()))?;
    write::sweep(&request.root);
    let written = write::replace(&path, Before::Nothing, next.text.as_bytes());
    written.map_err(|reason| cannot_write(&next.path, &reason))?;
    let here = config::resolve(Path::new("."));
    let shown = path.strip_prefix(&here).unwrap_or(&path).display();
    print(&format!("{}\n", visible(&shown.to_string())))
}

fn notes_command(cli: &Cli, paths: &[PathBuf], all: bool) -> Result<ExitCode, Failure> {
    let request = request::of_paths(cli, paths, None)?;
    let archive = lint::read_archive(&request)?;
    lint::check_selection(&archive, &request.selected)?;
    if paths.is_empty() && !all {
        let color = wants_color(cli.common.color, io::stdout().is_terminal());
        return print(&notes::overview(&archive, color));
    }
    let list = notes::list(&archive, |path| lint::selects(&request.selected, path));
    print(&visible_lines(&list))
}

/// Writes the baseline, and says how it differs from the one before.
fn baseline_command(cli: &Cli) -> Result<ExitCode, Failure> {
    let request = request::of_paths(cli, &[], None)?;
    let path = request.root.join(baseline::FILE_NAME);
    let failed = |reason: Refusal| cannot_write(baseline::FILE_NAME, &reason);
    write::sweep(&request.root);
    let (held, before) = match read::data(&request.root, Path::new(baseline::FILE_NAME)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => (None, Baseline::default()),
        Err(error) => (None, request::read_baseline(Err(error))?),
        Ok(text) => {
            // One with a line that is wrong is written anew: that is what its error tells people to do.
            let before = Baseline::read(&text).unwrap_or_default();
            (Some(text), before)
        }
    };
    let archive = lint::read_archive(&request)?;
    let now = Baseline::of(&lint::lint(&archive, &request)?.outcome, &before);
    let done = match (&held, now.is_empty()) {
        (None, true) => Ok(()),
        (Some(held), true) => write::remove(&path, held.as_bytes()),
        (held, false) => {
            let held = held.as_deref().map(|held| Before::Content(held.as_bytes()));
            let before = held.unwrap_or(Before::Nothing);
            write::replace(&path, before, now.text().as_bytes())
        }
    };
    done.map_err(failed)?;
    print(&visible_lines(&baseline::told(held.map(|_| &before), &now)))
}

fn cannot_write(shown: &str, reason: &Refusal) -> Failure {
    miette::miette!("`{shown}` cannot be written: {reason}")
}

fn exit_code(outcome: &Outcome, fail_on: Level) -> ExitCode {
    let fails = |one: &Diagnostic| fail_on.is_some_and(|least| one.severity >= least);
    ExitCode::from(u8::from(outcome.diagnostics.iter().any(fails)))
}

fn write_report(
    outcome: &Outcome,
    arguments: &Lint,
    color: Color,
    prefix: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    if arguments.statistics {
        return report::statistics::write(outcome, out);
    }
    match arguments.format {
        Format::Pretty => {
            let to_terminal = arguments.output.is_none() && io::stdout().is_terminal();
            let options = report::pretty::Options {
                width: terminal_width(),
                wraps: to_terminal,
                color: wants_color(color, to_terminal),
                links: to_terminal && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
            };
            report::pretty::write(outcome, &options, out)
        }
        Format::Concise => report::concise::write(outcome, out),
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

/// Writes to where the report goes: standard output, or the file of `--output`, which is there when all of it is.
fn deliver(
    arguments: &Lint,
    root: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    progress::hide();
    let Some(path) = &arguments.output else {
        let mut out = BufWriter::new(io::stdout().lock());
        return written(write(&mut out).and_then(|()| out.flush()));
    };
    let mut report = Vec::new();
    write(&mut report)
        .map_err(Refusal::from)
        .and_then(|()| write::report(root, path, &report))
        .map_err(|reason| {
            miette::miette!(
                "the report cannot be written to `{}`: {reason}",
                path.display()
            )
        })
}

fn print(text: &str) -> Result<ExitCode, Failure> {
    progress::hide();
    let mut out = io::stdout().lock();
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))?;
    Ok(ExitCode::SUCCESS)
}

/// Whether to colour, by `--color`, `NO_COLOR` and what is written to.
fn wants_color(color: Color, to_terminal: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => to_terminal && !progress::is_plain("NO_COLOR"),
    }
}

fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0))
}

/// Where the root lies in its repository, with a final `/`, since that is what code hosts take paths for; empty where
/// they are one. A repository that was fetched without git is where GitHub Actions says.
fn repository_prefix(root: &Path) -> String {
    let mut folders = root.ancestors();
    let repository = folders.find(|folder| folder.join(".git").exists());
    let workspace = || std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
    let repository = repository.map(Path::to_owned).or_else(workspace);
    let repository = repository.map(|path| config::resolve(&path));
    match repository.and_then(|path| root.strip_prefix(path).ok().map(Path::to_owned)) {
        Some(inside) if !inside.as_os_str().is_empty() => {
            format!("{}/", discover::relative(Path::new(""), &inside).0)
        }
        _ => String::new(),
    }
}

/// Where GitHub shows the files of the commit that a job runs for.
fn tree_url() -> Option<String> {
    let [server, repository, commit] = ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA"]
        .map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    Some(format!("{}/{}/blob/{}", server?, repository?, commit?))
}

/// The result of writing to a standard stream. Where the other end is closed, whoever read has read enough.
fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(miette::miette!(
            "the output cannot be written: {}",
            error.to_string().to_lowercase()
        )),
        _ => Ok(()),
    }
}
