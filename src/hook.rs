//! The hooks of git that lint what is staged. A merge without conflicts runs only `pre-merge-commit`.

use crate::git::Repository;
use crate::write::{self, Before, Refusal};
use miette::Report;
use std::io;
use std::path::{Path, PathBuf};

/// The hooks that stop a commit.
const NAMES: [&str; 2] = ["pre-commit", "pre-merge-commit"];

/// What each of them does.
const SCRIPT: &str = "\
#!/bin/sh
# Written by `weeknote-lint init --hook`.
exec weeknote-lint --staged
";

/// Writes the hooks into git's folder for them, and returns their paths. One that is there already stays, unless it is ours
/// or `force` replaces it.
///
/// # Errors
///
/// For a hook that is there or cannot be written, and where git takes hooks from a folder that other repositories have in
/// common; none is written then.
pub fn install(repository: &Repository, force: bool) -> Result<Vec<PathBuf>, Report> {
    let [folder, common] = repository.hooks()?;
    if !folder.starts_with(&common) && !folder.starts_with(&repository.top) {
        miette::bail!(
            help = "git's setting `core.hooksPath` says so; add the line `weeknote-lint --staged` to the hooks in that folder",
            "git takes the hooks of this repository from `{}`, which other repositories may share",
            folder.display()
        );
    }
    let paths = NAMES.map(|name| folder.join(name));
    let is_others = |path: &&PathBuf| {
        let content = std::fs::read(path);
        content.is_ok_and(|content| content != SCRIPT.as_bytes()) && !force
    };
    if let Some(path) = paths.iter().find(is_others) {
        miette::bail!(
            help = "add the line `weeknote-lint --staged` to it, or replace it with `--force`",
            "`{}` already exists",
            path.display()
        );
    }
    let made = std::fs::create_dir_all(&folder).map_err(Refusal::from);
    made.map_err(|refusal| refusal.of(folder.display()))?;
    for path in &paths {
        write::replace(path, Before::Whatever, SCRIPT.as_bytes())
            .and_then(|()| make_executable(path).map_err(Refusal::from))
            .map_err(|refusal| refusal.of(path.display()))?;
    }
    Ok(paths.into())
}

#[cfg(unix)]
fn make_executable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> io::Result<()> {
    Ok(())
}
