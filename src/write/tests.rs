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
        report(&root, Path::new("/dev/full"), b"four").is_err() || cfg!(not(target_os = "linux"))
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
