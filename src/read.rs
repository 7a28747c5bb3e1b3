//! The only way to open a file. We do not trust a repository: a file in it may lead to another place, never end, or
//! wait for somebody to write.
//!
//! - In a linted folder, we open only regular files, and never through a symbolic link: we open each folder on the way
//!   by itself, without following links, and the file in the last of them. So nothing that changes meanwhile leads
//!   elsewhere. (Where the system cannot do that, we look for links first.)
//! - We tell pipes, sockets and devices from files after opening them, which does not wait (`O_NONBLOCK`).
//! - We read up to a limit, whatever size the file claims to have.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// More bytes than this are read of no Markdown file.
pub const LARGEST_NOTE: u64 = 64 << 20;

/// More bytes than this are read of no configuration, baseline, ignore file, or file of a generator.
pub const LARGEST_DATA: u64 = 8 << 20;

/// Why what is no file is not read.
pub const NO_FILE: &str = "it is not a regular file";

/// Appends the content of the file at `path`, relative to the folder `root`, to `content`.
///
/// # Errors
///
/// Those of the operating system; and where there is no regular file without links on the way, or it is larger than
/// `largest` bytes: the message says so, after "cannot be read: ".
pub fn append(root: &Path, path: &Path, largest: u64, content: &mut Vec<u8>) -> io::Result<()> {
    let file = open(root, path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other(NO_FILE));
    }
    // Whatever the size is said to be, it is no more than a hint.
    content.reserve_exact(usize::try_from(metadata.len().min(largest)).unwrap_or(0));
    // One byte more than the largest file tells that it is larger.
    let length = file.take(largest + 1).read_to_end(content)? as u64;
    match length > largest {
        true => Err(too_large(largest)),
        false => Ok(()),
    }
}

/// The refusal of a file with more than `largest` bytes.
pub fn too_large(largest: u64) -> io::Error {
    io::Error::other(format!("it is larger than {} MiB", largest >> 20))
}

/// The text of a configuration or of another file of data at `path`, relative to the folder `root`.
///
/// # Errors
///
/// Those of [`append`], and for what is not UTF-8.
pub fn data(root: &Path, path: &Path) -> io::Result<String> {
    let mut content = Vec::new();
    append(root, path, LARGEST_DATA, &mut content)?;
    text(content)
}

/// The text of a file that a person has named. It may lie anywhere, but a path into `root` leads to no other place.
///
/// # Errors
///
/// Those of [`data`].
pub fn named(root: &Path, path: &Path) -> io::Result<String> {
    let full = normal(path)?;
    if let Ok(inside) = full.strip_prefix(root) {
        return data(root, inside);
    }
    let full = path.canonicalize()?;
    let name = full.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    data(full.parent().unwrap_or(Path::new("/")), Path::new(name))
}

/// `path` made absolute, without `.` and `..`, and with the symbolic links that are in it.
///
/// # Errors
///
/// Those of finding the current folder.
pub fn normal(path: &Path) -> io::Result<PathBuf> {
    let mut full = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => {
                full.pop();
            }
            part => full.push(part),
        }
    }
    Ok(full)
}

/// `content` as text.
///
/// # Errors
///
/// For what is not UTF-8.
pub fn text(content: Vec<u8>) -> io::Result<String> {
    String::from_utf8(content).map_err(|_| io::Error::other("it is not UTF-8"))
}

/// An error of the operating system as messages give it, without its number.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotFound => "it no longer exists".to_owned(),
        // Messages of the operating system begin with a capital; our own say "MiB".
        _ if error.raw_os_error().is_some() => error.to_string().to_lowercase(),
        _ => error.to_string(),
    }
}

/// Opens what lies at `path` in `root`, through no symbolic link.
#[cfg(unix)]
pub(crate) fn open(root: &Path, path: &Path) -> io::Result<File> {
    use rustix::fs::{CWD, Mode, OFlags, openat};
    use rustix::io::Errno;
    // A folder on the way may be closed to readers.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    const FOLDER: OFlags = OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    const FOLDER: OFlags = OFlags::RDONLY
        .union(OFlags::DIRECTORY)
        .union(OFlags::CLOEXEC);
    let file = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let mut opened = openat(CWD, root, FOLDER, Mode::empty())?;
    let mut names = names(path)?.into_iter().peekable();
    while let Some(name) = names.next() {
        let flags = match names.peek() {
            Some(_) => FOLDER,
            None => file,
        };
        opened =
            openat(&opened, name, flags | OFlags::NOFOLLOW, Mode::empty()).map_err(|error| {
                match error {
                    Errno::LOOP => is_a_link(),
                    // A socket cannot be opened at all.
                    Errno::NXIO => io::Error::other(NO_FILE),
                    error => error.into(),
                }
            })?;
    }
    Ok(File::from(opened))
}

/// Opens what lies at `path` in `root`, through no symbolic link that is there when it is looked for.
#[cfg(not(unix))]
pub(crate) fn open(root: &Path, path: &Path) -> io::Result<File> {
    let mut full = root.to_owned();
    let mut is_file = false;
    for name in names(path)? {
        full.push(name);
        let found = full.symlink_metadata()?;
        if found.is_symlink() {
            return Err(is_a_link());
        }
        is_file = found.is_file();
    }
    match is_file {
        true => File::open(full),
        false => Err(io::Error::other(NO_FILE)),
    }
}

fn is_a_link() -> io::Error {
    io::Error::other("it is a symbolic link, which is not followed")
}

/// The names on the way along `path`, which does not go back.
fn names(path: &Path) -> io::Result<Vec<&OsStr>> {
    let name = |part| match part {
        Component::Normal(name) => Ok(name),
        _ => Err(io::ErrorKind::InvalidInput.into()),
    };
    path.components().map(name).collect()
}
