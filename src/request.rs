//! From the command line to a [`Request`]: which folder to lint, with which configuration, and what to ask git.

use crate::baseline::{self, Baseline};
use crate::cli::{Cli, Lint};
use crate::config::{self, Config, Root};
use crate::diagnostic::Severity;
use crate::discover;
use crate::git::snapshot::{Snapshot, Tree};
use crate::git::{self, Entry, Repository};
use crate::lint::Request;
use crate::lint::past::Changed;
use crate::lint::since::Earlier;
use crate::read;
use crate::rules::{self, RULES, Rule};
use miette::Report;
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What is asked of the linter by the options of linting.
///
/// # Errors
///
/// As [`of_paths`], for options that do not go together, and for what git cannot answer.
pub fn of_lint(cli: &Cli) -> Result<Request, Report> {
    let (paths, since) = (&cli.lint.paths, &cli.lint.since);
    refuse_what_does_not_go_together(&cli.lint)?;
    let mut request = if cli.lint.staged {
        staged_request(cli, paths, since.as_deref())?
    } else {
        let request = of_paths(cli, paths, cli.lint.stdin_filename.as_deref())?;
        with_state(request, since.as_deref())?
    };
    let only = cli.lint.only.iter().map(|name| rules_named(name));
    let only: Vec<&Rule> = only.collect::<Result<Vec<_>, _>>()?.concat();
    for rule in RULES.iter().filter(|_| !only.is_empty()) {
        let is_off = || rule.severity.is_none() || request.config.is_off(rule.id);
        match only.iter().any(|one| one.id == rule.id) {
            false => request.config.set_level(rule.id, None),
            true if is_off() => request.config.set_level(rule.id, Some(Severity::Warning)),
            true => {}
        }
    }
    for (name, level) in &cli.lint.rule {
        for rule in rules_named(name)? {
            request.config.set_level(rule.id, *level);
        }
    }
    request.today = cli.lint.today.unwrap_or(request.today);
    Ok(request)
}

/// What is asked of the linter for the whole archive in a root, with what lies beside its notes: a configuration, a baseline
/// and the last commit. `config` takes the place of the root's own configuration.
///
/// # Errors
///
/// For a configuration or a baseline that cannot be read.
pub fn of_root(root: Root, config: Option<&Path>) -> Result<Request, Report> {
    let Root {
        folder,
        config: own,
    } = root;
    let file = config.map(Path::to_owned).or(own);
    let config = configured(&folder, file.as_deref())?;
    let request = Request::new(folder, config, jiff::Zoned::now().date());
    with_state(request, None)
}

/// A request with the baseline, and with what git knows of earlier states.
fn with_state(mut request: Request, since: Option<&str>) -> Result<Request, Report> {
    let file = baseline::FILE_NAME;
    request.baseline = read_baseline(read::data(&request.root, Path::new(file)))?;
    match (held_against(&request.root, since), since) {
        (Ok(states), _) => (request.past, request.earlier) = states,
        (Err(error), Some(_)) => return Err(error.into()),
        // Nothing was asked of git, which need not be there.
        (Err(error), None) if error.is_absence => {}
        (Err(error), None) => request.notices.push(format!("{NOT_HELD}: {error}")),
    }
    Ok(request)
}

/// The configuration in a file; an empty one where there is none.
fn configured(root: &Path, file: Option<&Path>) -> Result<Config, Report> {
    file.map_or(Ok(Config::default()), |file| {
        read_config(file, read::named(root, file))
    })
}

/// The rules that a name on the command line stands for: one, or all of a family (`week`, `week/*`).
///
/// # Errors
///
/// With the nearest id that there is.
pub fn rules_named(name: &str) -> Result<Vec<&'static Rule>, Report> {
    let known: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    let ids = config::rules_named(name, &known)
        .map_err(|help| miette::miette!(help = help, "there is no rule called `{name}`"))?;
    Ok(ids.into_iter().filter_map(rules::find).collect())
}

/// What is asked of the linter for the working tree: the root that the paths lie in, its configuration, and the paths.
///
/// # Errors
///
/// For paths that do not exist or lie in two roots, and for a configuration that cannot be read.
pub fn of_paths(cli: &Cli, paths: &[PathBuf], stdin: Option<&Path>) -> Result<Request, Report> {
    for path in paths {
        if std::fs::symlink_metadata(path).is_err() {
            miette::bail!("`{}` does not exist", path.display());
        }
    }
    let starts = paths.iter().map(PathBuf::as_path).chain(stdin);
    let Root { folder, config } = root_of(starts, config::find_root)?;
    let (root, file) = (folder, cli.config.clone().or(config));
    let config = configured(&root, file.as_deref())?;
    let config = excluding(config, &cli.lint.exclude)?;
    let mut selected = Vec::new();
    for path in paths {
        selected.push(inside(&root, path)?);
    }
    let mut replaced = BTreeMap::new();
    if let Some(path) = stdin {
        let path = inside(&root, path)?;
        if !discover::is_markdown(&path) {
            miette::bail!(
                "`{path}` is not the name of a Markdown file, which --stdin-filename needs"
            );
        }
        let mut content = Vec::new();
        let read = io::stdin().lock().read_to_end(&mut content);
        read.map_err(|error| cannot_be_read("standard input", &error))?;
        if selected.is_empty() {
            selected.push(path.clone());
        }
        replaced.insert(path, content);
    }
    Ok(Request {
        selected,
        replaced,
        ..Request::new(root, config, jiff::Zoned::now().date())
    })
}

/// What is asked of the linter with `--staged`: all of it comes from the index, its root and its configuration, too.
fn staged_request(cli: &Cli, paths: &[PathBuf], since: Option<&str>) -> Result<Request, Report> {
    let start = paths.first().map_or(Path::new("."), PathBuf::as_path);
    let repository = Repository::around(&config::resolve(start))?;
    let index = repository.staged()?;
    let is_config = |entry: &&Entry| entry.path.ends_with(config::FILE_NAME.as_bytes());
    let configs = index.iter().filter(is_config);
    let configs: HashSet<PathBuf> = configs.map(|one| repository.full_path(one)).collect();
    let starts = paths.iter().map(PathBuf::as_path);
    let Root { folder, config } = root_of(starts, |start| {
        let is_top = |folder: &Path| folder == repository.top;
        config::find_root_by(start, |file| configs.contains(file), is_top)
    })?;
    let (root, file) = (folder, cli.config.clone().or(config));
    let tree = Tree {
        repository: &repository,
        root: &root,
        index: &index,
        is_staged: true,
    };
    let Snapshot { listing, contents } = tree.staged()?;
    let is_listed = |path: &str| listing.files.iter().any(|file| file.path == path);
    let read = |path: &Path| {
        let inside = discover::inside(&root, path);
        match inside.as_ref().and_then(|inside| contents.get(inside)) {
            Some(content) => read::text(content.clone()),
            None if inside.is_some_and(|inside| is_listed(&inside)) => {
                Err(io::Error::other(read::NO_FILE))
            }
            None => read::named(&root, path),
        }
    };
    let config = file.map_or(Ok(Config::default()), |file| {
        read_config(&file, read(&file))
    })?;
    let baseline = match is_listed(baseline::FILE_NAME) {
        true => read_baseline(read(&root.join(baseline::FILE_NAME)))?,
        false => Baseline::default(),
    };
    let (past, earlier) = states(tree, since)?;
    let selected = paths.iter().map(|path| inside(&root, path));
    Ok(Request {
        selected: selected.collect::<Result<_, _>>()?,
        replaced: contents,
        listing: Some(listing),
        earlier,
        past,
        baseline,
        ..Request::new(root, config, jiff::Zoned::now().date())
    })
}

/// What is said where git fails without being asked for.
const NOT_HELD: &str = "links that worked in the last commit were not compared";

/// What the working tree of the archive in `root` is held against: HEAD and, if it is given, the commit of `since`.
fn held_against(root: &Path, since: Option<&str>) -> Result<States, git::Error> {
    let repository = Repository::around(root)?;
    let index = repository.index()?;
    let tree = Tree {
        repository: &repository,
        root,
        index: &index,
        is_staged: false,
    };
    states(tree, since)
}

/// What has changed since HEAD and since another commit, and the archive as it was then.
type States = (Vec<Changed>, Option<Earlier>);

fn states(tree: Tree<'_>, since: Option<&str>) -> Result<States, git::Error> {
    let head = tree.repository.commit("HEAD")?;
    let since = since.map(|since| tree.repository.common_commit(since));
    let since = since.transpose()?;
    let mut past = Vec::new();
    let mut earlier = since.is_some().then(Earlier::default);
    let since = since.flatten();
    let other = since.as_ref().filter(|since| head.as_ref() != Some(since));
    for name in head.iter().chain(other) {
        let is_since = since.as_ref() == Some(name);
        let (changed, then) = tree.since(name, is_since)?;
        past.push(changed);
        earlier = then.or(earlier);
    }
    Ok((past, earlier))
}

fn refuse_what_does_not_go_together(arguments: &Lint) -> Result<(), Report> {
    let (fix, diff, staged) = (arguments.fix, arguments.diff, arguments.staged);
    let from_stdin = arguments.stdin_filename.is_some();
    if staged && fix {
        miette::bail!(
            help = "fix the files first, and `git add` them; `--staged --diff` shows what --fix would change",
            "--fix writes to the working tree, but --staged reads the index: use only one of them"
        );
    }
    if staged && from_stdin {
        miette::bail!(
            "--stdin-filename replaces a file of the working tree, but --staged reads the index: use only one of \
             them"
        );
    }
    if arguments.unsafe_fixes && !fix && !diff {
        miette::bail!(
            help = "`--fix --unsafe-fixes` applies them, `--diff --unsafe-fixes` shows them",
            "--unsafe-fixes does nothing without --fix or --diff"
        );
    }
    Ok(())
}

/// The one root of all paths.
fn root_of<'p>(
    paths: impl Iterator<Item = &'p Path>,
    find: impl Fn(&Path) -> Root,
) -> Result<Root, Report> {
    let mut root: Option<Root> = None;
    for path in paths {
        refuse_to_be_led_out(path)?;
        let found = find(path);
        match &root {
            Some(root) if root.folder != found.folder => {
                miette::bail!(
                    "the paths are in two repositories, `{}` and `{}`: lint them one at a time",
                    root.folder.display(),
                    found.folder.display()
                );
            }
            _ => root = Some(found),
        }
    }
    Ok(root.unwrap_or_else(|| find(Path::new("."))))
}

/// Refuses a path that a symbolic link in a repository leads out of it. Who names `notes/*` names what a stranger put
/// there, and it would be linted, and fixed, as another archive.
fn refuse_to_be_led_out(path: &Path) -> Result<(), Report> {
    let full = read::normal(path).unwrap_or_else(|_| path.to_owned());
    for link in full.ancestors().filter(|path| path.is_symlink()) {
        let Some(folder) = link.parent() else {
            continue;
        };
        let Root { folder, config } = config::find_root(folder);
        let root = folder;
        let is_root = config.is_some() || root.join(".git").exists();
        // What leads nowhere is no folder.
        let leads_out = |target: PathBuf| target.is_dir() && !target.starts_with(&root);
        if is_root && link.canonicalize().is_ok_and(leads_out) {
            miette::bail!(
                help = "to lint what it leads to, name that folder instead",
                "`{}` is a symbolic link that leads out of `{}`",
                link.strip_prefix(&root).unwrap_or(link).display(),
                root.display()
            );
        }
    }
    Ok(())
}

/// `path` relative to the root, with `/`.
fn inside(root: &Path, path: &Path) -> Result<String, Report> {
    let inside = discover::inside(root, path);
    inside.ok_or_else(|| miette::miette!("`{}` is outside `{}`", path.display(), root.display()))
}

/// A configuration that leaves out what the command line names, too.
fn excluding(mut config: Config, patterns: &[String]) -> Result<Config, Report> {
    config
        .exclude_also(patterns)
        .map_err(|fault| miette::miette!("--exclude: {fault}"))?;
    Ok(config)
}

fn read_config(file: &Path, text: io::Result<String>) -> Result<Config, Report> {
    let shown = config::shown(file);
    let what = || format!("the configuration `{}`", shown.display());
    let text = text.map_err(|error| cannot_be_read(&what(), &error))?;
    let known: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    Ok(config::read(shown, &text, &known)?)
}

/// The baseline in a file that was read; an empty one if there is no such file.
///
/// # Errors
///
/// For a file that cannot be read or has a line that is no entry.
pub fn read_baseline(text: io::Result<String>) -> Result<Baseline, Report> {
    let file = baseline::FILE_NAME;
    match text {
        Ok(text) => Baseline::read(&text).map_err(|line| {
            miette::miette!(
                help = "remove the line, or rewrite the list with `weeknote-lint baseline`",
                "line {line} of `{file}` does not begin with a fingerprint"
            )
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Baseline::default()),
        Err(error) => Err(cannot_be_read(&format!("`{file}`"), &error)),
    }
}

fn cannot_be_read(what: &str, error: &io::Error) -> Report {
    let reason = error.to_string().to_lowercase();
    miette::miette!("{what} cannot be read: {reason}")
}
