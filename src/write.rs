//! Writing files: each through a new file that takes the place of the old one, so that nobody ever finds half of it,
//! and only if the old one is what the caller has read.
//!
//! The new file is in the same folder, under a name that says whose it is (`.weeknote-lint-XXXXXXXXXX.tmp`), and stays
//! locked while the program that made it runs. A run that is killed leaves it behind; the next run that writes removes
//! it ([`sweep`]), which the lock allows only then.
//!
//! Somebody may save the old file between our look at it and its replacement. So both change places at once
//! (`renameat2` with `RENAME_EXCHANGE`; `renamex_np` with `RENAME_SWAP`), and we look at what comes out before we
//! remove it; if it is not what we read, they change places again. Where a file system cannot do that, there is a short
//! moment between the last look and the renaming.

use crate::config::resolve;
use crate::read;
use miette::Report;
use std::fmt;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How the name of an unfinished file begins.
const PREFIX: &str = ".weeknote-lint-";

/// How it ends.
const SUFFIX: &str = ".tmp";

/// How many letters and digits stand between them.
const RANDOM: usize = 10;

/// What must stand at a path for it to be written.
#[derive(Debug, Clone, Copy)]
pub enum Before<'a> {
    /// No file.
    Nothing,
    /// A file with these bytes.
    Content(&'a [u8]),
    /// A file, or none.
    Whatever,
}

/// Why a file was left as it is.
#[derive(Debug)]
pub enum Refusal {
    /// Its replacement would not be seen through the link, or would be written outside of its folder.
    SymbolicLink,
    /// The other names would keep the old content.
    HardLink,
    /// A folder, a pipe or a device.
    NotAFile,
    /// Somebody else has written, replaced or removed it.
    Changed,
    /// There must not be one.
    Exists,
    /// The replacement would be the property of whoever runs the program.
    Owner,
    /// The system's reason.
    Io(io::Error),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refusal::SymbolicLink => "it is a symbolic link, or is reached through one",
            Refusal::HardLink => {
                "it has several names (hard links), of which only this one would be changed"
            }
            Refusal::NotAFile => "it is not a regular file",
            Refusal::Changed => "it has changed since it was read",
            Refusal::Exists => "it already exists",
            Refusal::Owner => {
                "it belongs to another user or group, which its replacement would not"
            }
            Refusal::Io(error) => return f.write_str(&error.to_string().to_lowercase()),
        })
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    /// What is said where `what` was to be written.
    pub fn of(&self, what: impl fmt::Display) -> Report {
        miette::miette!("`{what}` cannot be written: {self}")
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Refusal::Io(error)
    }
}

/// Puts a file with this content in the place of `path`, an absolute path without symbolic links in it; owner and
/// permissions stay.
///
/// # Errors
///
/// When `path` is not what it must be, or cannot be written. It is as it was then.
pub fn replace(path: &Path, before: Before<'_>, content: &[u8]) -> Result<(), Refusal> {
    let current = look_at(path, before)?;
    let mut file = tempfile::Builder::new()
        .prefix(PREFIX)
        .suffix(SUFFIX)
        .rand_bytes(RANDOM)
        .make_in(folder_of(path), |path| File::create_new(path))?;
    lock(file.as_file())?;
    file.write_all(content)?;
    if let Some(current) = &current {
        give_owner(file.as_file(), current)?;
        file.as_file().set_permissions(current.permissions())?;
    }
    file.as_file().sync_all()?;
    let is_there = look_at(path, before)?.is_some();
    match before {
        Before::Content(expected) => exchange(file, path, expected, content),
        Before::Whatever if is_there => Ok(file.persist(path).map(drop).map_err(|e| e.error)?),
        _ => match file.persist_noclobber(path) {
            Ok(_) => Ok(()),
            Err(failure) if failure.error.kind() == io::ErrorKind::AlreadyExists => {
                Err(Refusal::Exists)
            }
            Err(failure) => Err(failure.error.into()),
        },
    }
}

/// Removes a file that holds `content`.
///
/// # Errors
///
/// As [`replace`].
pub fn remove(path: &Path, content: &[u8]) -> Result<(), Refusal> {
    look_at(path, Before::Content(content))?;
    Ok(std::fs::remove_file(path)?)
}

/// Writes a report to a path that a person has named: a file is replaced, and a pipe or a device is written to.
///
/// # Errors
///
/// As [`replace`]; a link inside of `root` that leads out of it is refused as well.
pub fn report(root: &Path, path: &Path, content: &[u8]) -> Result<(), Refusal> {
    // What a shell has opened for them is written to, and not opened anew: it may be a file that holds more.
    let mut stream: Box<dyn Write> = match path.to_str() {
        Some("/dev/stdout") => Box::new(io::stdout()),
        Some("/dev/stderr") => Box::new(io::stderr()),
        _ => return named_report(root, path, content),
    };
    stream.write_all(content)?;
    Ok(stream.flush()?)
}

fn named_report(root: &Path, path: &Path, content: &[u8]) -> Result<(), Refusal> {
    let is_special = ["/dev", "/proc"]
        .iter()
        .any(|folder| path.starts_with(folder));
    let named = std::fs::symlink_metadata(path);
    if is_special || named.is_ok_and(|named| !named.is_file() && !named.is_symlink()) {
        // What a shell opens (`/dev/fd/3`) may be a file that it appends to.
        let mut opened = OpenOptions::new().append(true).open(path)?;
        return Ok(opened.write_all(content)?);
    }
    let resolved = resolve(path);
    let as_named = std::path::absolute(path)?;
    if as_named.starts_with(root) && !resolved.starts_with(root) {
        return Err(Refusal::SymbolicLink);
    }
    sweep(resolved.parent().unwrap_or(root));
    replace(&resolved, Before::Whatever, content)
}

/// Removes what runs that were killed have left in `folder`. What cannot be removed stays.
pub fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_str().is_some_and(is_unfinished);
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let opened = read::open(folder, Path::new(&entry.file_name()));
            if opened.is_ok_and(|file| is_abandoned(&file)) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
}

/// Whether a file's name is one that [`replace`] gives to an unfinished file.
fn is_unfinished(name: &str) -> bool {
    let random = name
        .strip_prefix(PREFIX)
        .and_then(|rest| rest.strip_suffix(SUFFIX));
    random.is_some_and(|random| {
        random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// What stands at `path`, if that is what must stand there.
fn look_at(path: &Path, before: Before<'_>) -> Result<Option<Metadata>, Refusal> {
    if resolve(folder_of(path)) != folder_of(path) {
        return Err(Refusal::SymbolicLink);
    }
    let found = match std::fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return match before {
                Before::Content(_) => Err(Refusal::Changed),
                Before::Nothing | Before::Whatever => Ok(None),
            };
        }
        Err(error) => return Err(error.into()),
    };
    if found.is_symlink() {
        return Err(Refusal::SymbolicLink);
    }
    if !found.is_file() {
        return Err(Refusal::NotAFile);
    }
    match before {
        Before::Nothing => return Err(Refusal::Exists),
        Before::Content(expected) if !holds(path, expected).unwrap_or(false) => {
            return Err(Refusal::Changed);
        }
        Before::Content(_) | Before::Whatever => {}
    }
    if names(&found) > 1 {
        return Err(Refusal::HardLink);
    }
    if found.permissions().readonly() {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied).into());
    }
    Ok(Some(found))
}

/// Whether the file at `path` holds these bytes and no others.
fn holds(path: &Path, expected: &[u8]) -> io::Result<bool> {
    let mut content = Vec::with_capacity(expected.len() + 1);
    // A larger one is an error, and is something else as well.
    let (folder, length) = (folder_of(path), expected.len() as u64);
    read::append(folder, name_of(path), length, &mut content)?;
    Ok(content == expected)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("/"))
}

fn name_of(path: &Path) -> &Path {
    Path::new(path.file_name().unwrap_or_default())
}

/// How many names the file has.
#[cfg(unix)]
fn names(file: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(file)
}

#[cfg(not(unix))]
fn names(_file: &Metadata) -> u64 {
    1
}

/// Makes the owner and the group of `current` those of `file`.
#[cfg(unix)]
fn give_owner(file: &File, current: &Metadata) -> Result<(), Refusal> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let made = file.metadata()?;
    let differs = |now: u32, wanted: u32| (now != wanted).then_some(wanted);
    let owner = differs(made.uid(), current.uid());
    let group = differs(made.gid(), current.gid());
    match owner.or(group) {
        None => Ok(()),
        Some(_) => fchown(file, owner, group).map_err(|_| Refusal::Owner),
    }
}

#[cfg(not(unix))]
fn give_owner(_file: &File, _current: &Metadata) -> Result<(), Refusal> {
    Ok(())
}

/// Keeps other runs from removing the file while this one lives.
#[cfg(unix)]
fn lock(file: &File) -> io::Result<()> {
    match rustix::fs::flock(file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
        // Some network file systems have no locks.
        Err(rustix::io::Errno::NOSYS | rustix::io::Errno::OPNOTSUPP | rustix::io::Errno::NOLCK) => {
            Ok(())
        }
        result => Ok(result?),
    }
}

#[cfg(not(unix))]
fn lock(_file: &File) -> io::Result<()> {
    Ok(())
}

/// Whether nobody who lives writes an unfinished file.
#[cfg(unix)]
fn is_abandoned(file: &File) -> bool {
    rustix::fs::flock(file, rustix::fs::FlockOperation::NonBlockingLockExclusive).is_ok()
}

/// Whether an unfinished file is so old that nobody can be writing it.
#[cfg(not(unix))]
fn is_abandoned(file: &File) -> bool {
    const LONG: std::time::Duration = std::time::Duration::from_secs(3600);
    let age = file.metadata().and_then(|found| found.modified());
    age.is_ok_and(|modified| modified.elapsed().is_ok_and(|age| age > LONG))
}

/// Puts `file`, which holds `content`, in the place of `path` if that holds `expected` at that very moment.
fn exchange(
    file: NamedTempFile,
    path: &Path,
    expected: &[u8],
    content: &[u8],
) -> Result<(), Refusal> {
    if !swap(file.path(), path)? {
        return Ok(file.persist(path).map(drop).map_err(|e| e.error)?);
    }
    // Under the name of the new file stands the old one now, and is removed with that name.
    let taken_out: PathBuf = file.path().to_owned();
    if holds(&taken_out, expected).unwrap_or(false) {
        return Ok(());
    }
    if !matches!(swap(&taken_out, path), Ok(true)) || !holds(&taken_out, content).unwrap_or(false) {
        // Gone by now, or saved again in this moment: the last one who wrote is right.
        std::fs::rename(&taken_out, path)?;
    }
    Err(Refusal::Changed)
}

/// Lets two files change places; `false` where the system cannot.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn swap(one: &Path, other: &Path) -> Result<bool, Refusal> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(false),
        Err(Errno::NOENT) => Err(Refusal::Changed),
        Err(error) => Err(io::Error::from(error).into()),
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn swap(_one: &Path, _other: &Path) -> Result<bool, Refusal> {
    Ok(false)
}

#[cfg(test)]
mod tests;
