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

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize()
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// A temporary folder with these files (and folders, where the name ends in `/`), and its path without links.
    fn tree(files: &[&str]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().canonicalize().expect("the folder exists");
        for file in files {
            let file_path = path.join(file);
            if file.ends_with('/') {
                fs::create_dir_all(&file_path).expect("a folder");
            } else {
                fs::create_dir_all(file_path.parent().expect("a parent")).expect("a folder");
                fs::write(&file_path, "").expect("a file");
            }
        }
        (folder, path)
    }

    #[test]
    fn the_nearest_configuration_wins_over_the_repository() {
        let (_keep, top) = tree(&[".git/", "site/weeknote-lint.toml", "site/notes/a.md"]);
        let expected = Root {
            folder: top.join("site"),
            config: Some(top.join("site/weeknote-lint.toml")),
        };
        for start in ["site", "site/notes", "site/notes/a.md", "site/notes/new.md"] {
            assert_eq!(find_root(&top.join(start)), expected, "{start}");
        }
    }

    #[test]
    fn a_configuration_above_the_repository_is_none_of_its_own() {
        let (_keep, top) = tree(&[
            "weeknote-lint.toml",
            "repo/.git/",
            "tree/.git",
            "repo/notes/a.md",
            "tree/b.md",
        ]);
        let bare = |name| Root {
            folder: top.join(name),
            config: None,
        };
        assert_eq!(find_root(&top.join("repo/notes/a.md")), bare("repo"));
        assert_eq!(find_root(&top.join("tree/b.md")), bare("tree"));
    }

    #[test]
    fn beside_its_git_folder_the_configuration_counts() {
        let (_keep, top) = tree(&[".git/", "weeknote-lint.toml"]);
        assert_eq!(find_root(&top).config, Some(top.join("weeknote-lint.toml")));
    }

    #[test]
    fn without_both_the_root_is_the_folder_itself() {
        // The temporary folder may itself lie in a repository, so that only a found `.git` could differ.
        let (_keep, top) = tree(&["notes/a.md"]);
        if top
            .ancestors()
            .any(|folder| folder.join(".git").exists() || folder.join(FILE_NAME).exists())
        {
            return;
        }
        assert_eq!(find_root(&top.join("notes")).folder, top.join("notes"));
        assert_eq!(find_root(&top.join("notes/a.md")).folder, top.join("notes"));
        assert_eq!(
            find_root(&top.join("notes/gone/b.md")).folder,
            top.join("notes/gone")
        );
    }

    #[test]
    fn a_folder_of_the_configurations_name_is_none() {
        let (_keep, top) = tree(&[".git/", "weeknote-lint.toml/"]);
        assert_eq!(find_root(&top).config, None);
    }

    #[test]
    fn an_empty_path_is_the_current_folder() {
        assert_eq!(find_root(Path::new("")), find_root(Path::new(".")));
        assert!(find_root(Path::new("src")).folder.is_absolute());
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_followed_for_folders_and_kept_for_files() {
        let (_keep, top) = tree(&["repo/.git/", "repo/notes/", "elsewhere/real.md"]);
        std::os::unix::fs::symlink(top.join("repo/notes"), top.join("short")).expect("a link");
        std::os::unix::fs::symlink(top.join("elsewhere/real.md"), top.join("repo/notes/a.md"))
            .expect("a link");
        assert_eq!(find_root(&top.join("short")).folder, top.join("repo"));
        assert_eq!(
            resolve(&top.join("short/a.md")),
            top.join("repo/notes/a.md")
        );
        assert_eq!(find_root(&top.join("short/a.md")).folder, top.join("repo"));
    }
}
