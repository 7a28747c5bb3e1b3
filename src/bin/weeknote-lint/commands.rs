//! What is done besides linting.

use crate::Failure;
use crate::output::{print, wants_color, written};
use jiff::civil::Date;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use weeknote_lint::baseline::{self, Baseline};
use weeknote_lint::cli::Cli;
use weeknote_lint::git::Repository;
use weeknote_lint::next::{self, Wishes};
use weeknote_lint::report::text::{visible, visible_lines};
use weeknote_lint::write::{self, Before, Refusal};
use weeknote_lint::{config, hook, init, lint, notes, read, request};

/// A path as a person would name it who stands in the current folder.
fn shown(path: &Path) -> String {
    config::shown(path).display().to_string()
}

pub(super) fn init(cli: &Cli, force: bool, dry_run: bool) -> Result<ExitCode, Failure> {
    if cli.config.is_some() {
        miette::bail!(
            "--config cannot be used with the command `init`, which learns without a configuration"
        );
    }
    let root = config::find_root(Path::new(".")).folder;
    let learnt = init::learn(&root, jiff::Zoned::now().date())?;
    if dry_run {
        return print(&learnt);
    }
    let path = root.join(config::FILE_NAME);
    let shown = shown(&path);
    let before = match force {
        true => Before::Whatever,
        false => Before::Nothing,
    };
    write::sweep(&root);
    match write::replace(&path, before, learnt.as_bytes()) {
        Err(Refusal::Exists) => miette::bail!(
            help = "`--force` replaces it, `--dry-run` shows what would be written",
            "`{shown}` already exists"
        ),
        result => result.map_err(|refusal| refusal.of(&shown))?,
    }
    let code = print(&learnt)?;
    let wrote = format!("wrote `{shown}`: linting finds the same with it as without it");
    written(writeln!(io::stderr().lock(), "{}", visible(&wrote)))?;
    Ok(code)
}

/// Installs the git hooks.
pub(super) fn hook(force: bool) -> Result<ExitCode, Failure> {
    let here = config::resolve(Path::new("."));
    let written = hook::install(&Repository::around(&here)?, force)?;
    let lines = written.iter();
    let lines = lines.map(|path| format!("wrote `{}`\n", visible(&shown(path))));
    print(&lines.collect::<String>())
}

pub(super) fn new(
    cli: &Cli,
    wishes: &Wishes,
    dry_run: bool,
    today: Option<Date>,
) -> Result<ExitCode, Failure> {
    let mut request = request::of_paths(cli, &[], None)?;
    request.today = today.unwrap_or(request.today);
    let next = next::note(&mut request, wishes)?;
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
        return Err(Refusal::SymbolicLink.of(&next.path));
    }
    write::sweep(&request.root);
    let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    let written = folder.map_err(Refusal::from);
    let written =
        written.and_then(|()| write::replace(&path, Before::Nothing, next.text.as_bytes()));
    written.map_err(|refusal| refusal.of(&next.path))?;
    print(&format!("{}\n", visible(&shown(&path))))
}

pub(super) fn notes(cli: &Cli, paths: &[PathBuf], all: bool) -> Result<ExitCode, Failure> {
    let request = request::of_paths(cli, paths, None)?;
    let archive = lint::read_archive(&request)?;
    lint::check_selection(&archive, &request.selected)?;
    if paths.is_empty() && !all {
        let color = wants_color(cli.color, io::stdout().is_terminal());
        return print(&notes::overview(&archive, color));
    }
    let list = notes::list(&archive, |path| lint::selects(&request.selected, path));
    print(&visible_lines(&list))
}

/// Writes the baseline, and says how it differs from the one before.
pub(super) fn baseline(cli: &Cli) -> Result<ExitCode, Failure> {
    let request = request::of_paths(cli, &[], None)?;
    let path = request.root.join(baseline::FILE_NAME);
    write::sweep(&request.root);
    let (held, before) = match read::data(&request.root, Path::new(baseline::FILE_NAME)) {
        Err(error) => (None, request::read_baseline(Err(error))?),
        Ok(text) => {
            // One with a line that is wrong is written anew: that is what its error tells people to do.
            let before = Baseline::read(&text).unwrap_or_default();
            (Some(text), before)
        }
    };
    let archive = lint::read_archive(&request)?;
    let now = Baseline::of(&lint::lint(&archive, &request)?, &before);
    let done = match (&held, now.is_empty()) {
        (None, true) => Ok(()),
        (Some(held), true) => write::remove(&path, held.as_bytes()),
        (held, false) => {
            let held = held.as_deref().map(|held| Before::Content(held.as_bytes()));
            let before = held.unwrap_or(Before::Nothing);
            write::replace(&path, before, now.text().as_bytes())
        }
    };
    done.map_err(|refusal| refusal.of(baseline::FILE_NAME))?;
    print(&visible_lines(&baseline::told(held.map(|_| &before), &now)))
}
