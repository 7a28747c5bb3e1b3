//! Which folder is linted, and which file configures it.

use std::path::{Path, PathBuf};

/// The name of the configuration file.
pub const FILE_NAME: &str = "weeknote-lint.toml";

/// The folder that is linted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// The folder, absolute and without symbolic links.
    pub folder: PathBuf,
    /// Its configuration, if it has one. `--config` puts another file in its place; the folder stays.
    pub config: Option<PathBuf>,
}

/// The root that `start`, a file or folder, belongs to: the folder of the nearest `weeknote-lint.toml` at or above it,
/// but none above the repository; else the repository, the folder of the nearest `.git` (a folder, or a file as in work
/// trees and submodules); else `start` itself, or the folder it is in. `start` need not exist.
pub fn find_root(start: &Path) -> Root {
    // What is there and cannot be read is refused later, and not passed over.
    let is_file = |path: &Path| path.symlink_metadata().is_ok_and(|found| !found.is_dir());
    find_root_by(start, is_file, |folder| folder.join(".git").exists())
}

/// [`find_root`] for files that need not lie in the working tree: `is_file` says whether there is a configuration at a
/// path, `is_repository` whether a folder is the top of the repository.
pub fn find_root_by(
    start: &Path,
    is_file: impl Fn(&Path) -> bool,
    is_repository: impl Fn(&Path) -> bool,
) -> Root {
    let start = resolve(start);
    let folder = if start.is_dir() {
        start.as_path()
    } else {
        start.parent().unwrap_or(&start)
    };
    let root = |folder: &Path, config| Root {
        folder: folder.to_owned(),
        config,
    };
    let found = folder.ancestors().find_map(|folder| {
        let config = Some(folder.join(FILE_NAME)).filter(|path| is_file(path));
        (config.is_some() || is_repository(folder)).then(|| root(folder, config))
    });
    found.unwrap_or_else(|| root(folder, None))
}

/// `path` as an absolute path that can be compared with [`Root::folder`]: without symbolic links on the way to it. A
/// file that is a link itself keeps its name, since it is a file of the folder it stands in. Never fails: what does not
/// exist is made absolute.
pub fn resolve(path: &Path) -> PathBuf {
    if path.as_os_str().is_empty() {
        return canonical(Path::new("."));
    }
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) if !path.is_dir() => resolve(folder).join(name),
        _ => canonical(path),
    }
}

/// A resolved path as a person would name it: in or below the current folder, it is relative to that.
pub fn shown(path: &Path) -> &Path {
    let here = resolve(Path::new("."));
    path.strip_prefix(here).unwrap_or(path)
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize()
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests;
