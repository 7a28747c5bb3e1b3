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
