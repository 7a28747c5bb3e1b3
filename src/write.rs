//! Files that are written: each by way of a new file that takes the old one's place, so that nobody ever finds half of
//! it, and only where the old one is what the caller has read.
//!
//! The new file is made in the same folder, under a name that says whose it is (`.weeknote-lint-XXXXXXXXXX.tmp`), and is
//! locked as long as the program that makes it runs. A run that is killed leaves it behind; the next one that writes
//! removes it ([`sweep`]), which the lock allows it then and not before.
//!
//! Between a look at the old file and its replacement somebody may save it. So both change places at once
//! (`renameat2` with `RENAME_EXCHANGE`; `renamex_np` with `RENAME_SWAP`), and what comes out is looked at before it is
//! removed; where it is not what was read, they change places again. Where a file system cannot do that, a moment is left
//! between the last look and the renaming.

use crate::config::resolve;
use crate::read;
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
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Its replacement would not be seen through the link, or would be written outside of its folder.
    #[error("it is a symbolic link, or stands behind one")]
    SymbolicLink,
    /// The other names would keep the old content.
    #[error("it has several names (hard links), of which only this one would be changed")]
    HardLink,
    /// A folder, a pipe or a device.
    #[error("it is not a regular file")]
    NotAFile,
    /// Somebody else has written, replaced or removed it.
    #[error("it has changed since it was read")]
    Changed,
    /// There must not be one.
    #[error("it is there already")]
    Exists,
    /// The replacement would be the property of whoever runs the program.
    #[error("it belongs to another user or group, and its replacement would not")]
    Owner,
    /// The system's reason.
    #[error("{}", .0.to_string().to_lowercase())]
    Io(#[from] io::Error),
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
    read::append(
        folder_of(path),
        name_of(path),
        expected.len() as u64,
        &mut content,
    )?;
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
mod tests {
    use super::*;
    use std::fs;

    /// A folder without symbolic links on the way to it.
    fn folder() -> (tempfile::TempDir, PathBuf) {
        let made = tempfile::tempdir().unwrap();
        let path = made.path().canonicalize().unwrap();
        (made, path)
    }

    /// The names in a folder, sorted.
    fn names_in(folder: &Path) -> Vec<String> {
        let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string();
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| name(entry).unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_only_while_it_holds_what_was_read() {
        let (_made, folder) = folder();
        let path = folder.join("note.md");
        fs::write(&path, "old").unwrap();
        replace(&path, Before::Content(b"old"), b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        for content in ["other", "ne", "newer", ""] {
            fs::write(&path, content).unwrap();
            let refused = replace(&path, Before::Content(b"new"), b"newest").unwrap_err();
            assert!(matches!(refused, Refusal::Changed), "{refused}");
            assert!(matches!(remove(&path, b"new"), Err(Refusal::Changed)));
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
        }
        fs::remove_file(&path).unwrap();
        let refused = replace(&path, Before::Content(b"new"), b"newest").unwrap_err();
        assert!(matches!(refused, Refusal::Changed), "{refused}");
        assert_eq!(names_in(&folder), [""; 0]);
    }

    #[test]
    fn what_is_saved_at_the_last_moment_stays() {
        let (_made, folder) = folder();
        let path = folder.join("note.md");
        let unfinished = || {
            let mut file = NamedTempFile::new_in(&folder).unwrap();
            file.write_all(b"new").unwrap();
            file
        };
        fs::write(&path, "saved").unwrap();
        let refused = exchange(unfinished(), &path, b"old", b"new").unwrap_err();
        assert!(matches!(refused, Refusal::Changed), "{refused}");
        assert_eq!(fs::read(&path).unwrap(), b"saved");
        // Saved in the moment in which the new content stood there.
        let refused = exchange(unfinished(), &path, b"old", b"other").unwrap_err();
        assert!(matches!(refused, Refusal::Changed), "{refused}");
        assert_eq!(fs::read(&path).unwrap(), b"new");
        exchange(unfinished(), &path, b"new", b"new").unwrap();
        fs::remove_file(&path).unwrap();
        let refused = exchange(unfinished(), &path, b"new", b"new").unwrap_err();
        assert!(matches!(refused, Refusal::Changed), "{refused}");
        assert_eq!(names_in(&folder), [""; 0]);
    }

    #[test]
    fn a_new_file_takes_no_place_that_is_taken() {
        let (_made, folder) = folder();
        let path = folder.join("list.txt");
        replace(&path, Before::Nothing, b"one").unwrap();
        let refused = replace(&path, Before::Nothing, b"two").unwrap_err();
        assert!(matches!(refused, Refusal::Exists), "{refused}");
        assert_eq!(fs::read(&path).unwrap(), b"one");
        replace(&path, Before::Whatever, b"three").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three");
        replace(&folder.join("new.txt"), Before::Whatever, b"four").unwrap();
        remove(&path, b"three").unwrap();
        assert_eq!(names_in(&folder), ["new.txt"]);
        let below = folder.join("none").join("list.txt");
        assert!(matches!(
            replace(&below, Before::Nothing, b""),
            Err(Refusal::Io(_))
        ));
    }

    #[cfg(unix)]
    #[test]
    fn links_folders_and_pipes_are_refused() {
        use std::os::unix::fs::symlink;
        let (_made, folder) = folder();
        let target = folder.join("target");
        fs::write(&target, "old").unwrap();
        let link = folder.join("link");
        symlink("target", &link).unwrap();
        symlink("nowhere", folder.join("dangling")).unwrap();
        fs::create_dir(folder.join("inner")).unwrap();
        symlink("inner", folder.join("outer")).unwrap();
        fs::write(folder.join("inner/note.md"), "old").unwrap();
        fs::write(folder.join("one"), "old").unwrap();
        fs::hard_link(folder.join("one"), folder.join("two")).unwrap();
        let befores = [Before::Content(b"old"), Before::Whatever, Before::Nothing];
        for before in befores {
            for name in ["link", "dangling", "outer/note.md"] {
                let refused = replace(&folder.join(name), before, b"new").unwrap_err();
                assert!(
                    matches!(refused, Refusal::SymbolicLink),
                    "{name}: {refused}"
                );
            }
            let refused = replace(&folder.join("inner"), before, b"new").unwrap_err();
            assert!(matches!(refused, Refusal::NotAFile), "{refused}");
            let refused = replace(&folder.join("two"), before, b"new").unwrap_err();
            let is_named = matches!(refused, Refusal::HardLink | Refusal::Exists);
            assert!(is_named, "{refused}");
        }
        assert!(holds(&link, b"old").is_err());
        for name in ["target", "one", "inner/note.md"] {
            assert_eq!(fs::read(folder.join(name)).unwrap(), b"old");
        }
        assert_eq!(names_in(&folder).len(), 7);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_kept_and_kept_to() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        let (_made, folder) = folder();
        let path = folder.join("note.md");
        fs::write(&path, "old").unwrap();
        let mode = || fs::metadata(&path).unwrap().mode() & 0o7777;
        let set = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        for bits in [0o640, 0o600, 0o755, 0o666] {
            set(bits);
            replace(&path, Before::Content(b"old"), b"old").unwrap();
            assert_eq!(mode(), bits);
        }
        set(0o444);
        let refused = replace(&path, Before::Content(b"old"), b"new").unwrap_err();
        assert!(
            refused.to_string().contains("permission denied"),
            "{refused}"
        );
        assert_eq!((fs::read(&path).unwrap(), mode()), (b"old".to_vec(), 0o444));
    }

    /// Whoever runs the tests may not be able to give a file away; then the refusal is all there is to see.
    #[cfg(unix)]
    #[test]
    fn a_file_of_somebody_else_stays_theirs_or_is_left_alone() {
        use std::os::unix::fs::{MetadataExt, chown};
        let (_made, folder) = folder();
        let path = folder.join("note.md");
        fs::write(&path, "old").unwrap();
        if chown(&path, Some(12_345), Some(54_321)).is_err() {
            let other = File::open("/etc/passwd").unwrap().metadata().unwrap();
            let mine = File::open(&path).unwrap();
            assert!(matches!(give_owner(&mine, &other), Err(Refusal::Owner)));
            return;
        }
        replace(&path, Before::Content(b"old"), b"new").unwrap();
        let found = fs::metadata(&path).unwrap();
        assert_eq!((found.uid(), found.gid()), (12_345, 54_321));
        chown(&path, Some(12_345), Some(0)).unwrap();
        replace(&path, Before::Whatever, b"newer").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().uid(), 12_345);
    }

    #[test]
    fn what_a_killed_run_has_left_is_removed_and_nothing_else() {
        let (_made, folder) = folder();
        let ours = format!("{PREFIX}abcDEF1234{SUFFIX}");
        let others = [
            format!("{PREFIX}abcDEF123{SUFFIX}"),
            format!("{PREFIX}abcDEF12345{SUFFIX}"),
            format!("{PREFIX}abc-EF1234{SUFFIX}"),
            format!("{PREFIX}abcDEF1234.md"),
            format!("x{PREFIX}abcDEF1234{SUFFIX}"),
            format!("{PREFIX}1bcDEF1234{SUFFIX}"),
        ];
        for name in &others[..5] {
            fs::write(folder.join(name), "").unwrap();
        }
        fs::create_dir(folder.join(&others[5])).unwrap();
        fs::write(folder.join(&ours), "").unwrap();
        #[cfg(unix)]
        {
            // One that is being written is locked.
            let held = File::open(folder.join(&ours)).unwrap();
            lock(&held).unwrap();
            sweep(&folder);
            assert!(folder.join(&ours).exists());
            drop(held);
            let link = folder.join(format!("{PREFIX}2bcDEF1234{SUFFIX}"));
            std::os::unix::fs::symlink("x", link).unwrap();
        }
        sweep(&folder);
        assert_eq!(folder.join(&ours).exists(), cfg!(not(unix)));
        let left = names_in(&folder);
        assert_eq!(left.len(), others.len() + 1, "{left:?}");
        assert!(others.iter().all(|other| left.contains(other)));
        sweep(&folder.join("nowhere"));
    }

    #[cfg(unix)]
    #[test]
    fn a_report_goes_to_pipes_and_devices_and_through_no_link() {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        use std::os::unix::fs::symlink;
        let (_made, folder) = folder();
        let root = folder.join("root");
        fs::create_dir_all(root.join("reports")).unwrap();
        fs::create_dir(folder.join("outside")).unwrap();
        report(&root, &root.join("reports/a.json"), b"one").unwrap();
        report(&root, &root.join("reports/a.json"), b"two").unwrap();
        assert_eq!(fs::read(root.join("reports/a.json")).unwrap(), b"two");
        report(&root, &folder.join("outside/b.json"), b"three").unwrap();
        report(&root, Path::new("/dev/null"), b"four").unwrap();
        assert!(
            report(&root, Path::new("/dev/full"), b"four").is_err()
                || cfg!(not(target_os = "linux"))
        );

        symlink("reports/a.json", root.join("link.json")).unwrap();
        symlink("../outside", root.join("out")).unwrap();
        for name in ["link.json", "out/b.json", "out/new.json"] {
            let refused = report(&root, &root.join(name), b"five").unwrap_err();
            assert!(
                matches!(refused, Refusal::SymbolicLink),
                "{name}: {refused}"
            );
        }
        assert_eq!(fs::read(folder.join("outside/b.json")).unwrap(), b"three");
        assert!(!folder.join("outside/new.json").exists());

        let pipe = folder.join("pipe");
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read(pipe).unwrap()
        });
        report(&root, &pipe, b"six").unwrap();
        assert_eq!(reader.join().unwrap(), b"six");

        let left = root.join(format!("reports/{PREFIX}abcDEF1234{SUFFIX}"));
        fs::write(&left, "").unwrap();
        report(&root, &root.join("reports/a.json"), b"seven").unwrap();
        assert!(!left.exists());
    }
}
