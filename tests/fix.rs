//! What repairs write to files, and what they leave alone.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use std::fs;
use support::Folder;

/// One mistake with a safe repair (a heading), one with a repair to be read first (a misspelt label), and CRLF.
const BROKEN: &str = "# Week 12\r\n\r\n##Pump\r\n\r\nThe [pump][pmup] runs.\r\n\r\n[pump]: https://pump.example/\r\n";

fn folder() -> Folder {
    Folder::new(&[
        ("notes/week-12.md", BROKEN),
        ("notes/week-13.md", "# Week 13\n\nRain.\n"),
    ])
}

fn note(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path().join("notes").join(name)).expect("the note is there")
}

#[test]
fn fix_writes_safe_repairs_alone() {
    let folder = folder();
    let run = folder.lint(&["--fix"]);
    assert_eq!(
        note(&folder, "week-12.md"),
        BROKEN.replace("##Pump", "## Pump")
    );
    assert_eq!(
        (run.code, run.err.lines().next()),
        (1, Some("1 problem mended"))
    );
    assert!(run.out.contains("links/undefined-reference") && !run.out.contains("not-a-heading"));
}

#[test]
fn unsafe_fixes_are_written_when_asked_for_and_nothing_is_left_to_mend() {
    let folder = folder();
    let run = folder.lint(&["--fix", "--unsafe-fixes"]);
    let mended = BROKEN.replace("##Pump", "## Pump").replace("pmup", "pump");
    assert_eq!(note(&folder, "week-12.md"), mended);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert_eq!(folder.lint(&["--diff", "--unsafe-fixes"]).out, "");
}

#[test]
fn a_diff_is_shown_and_nothing_is_written() {
    let folder = folder();
    let run = folder.lint(&["--diff"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out
            .starts_with("--- a/notes/week-12.md\n+++ b/notes/week-12.md\n"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("\n-##Pump") && run.out.contains("\n+## Pump"),
        "{}",
        run.out
    );
    assert_eq!(note(&folder, "week-12.md"), BROKEN);
}

#[test]
fn only_selected_files_are_repaired() {
    let folder = folder();
    assert_eq!(folder.lint(&["--fix", "notes/week-13.md"]).code, 0);
    assert_eq!(note(&folder, "week-12.md"), BROKEN);
}

/// The label that week 12 lacks is defined in week 13: a run on week 13 reports week 12, and leaves it alone.
#[test]
fn a_file_that_only_a_label_brings_in_is_not_repaired() {
    let lacking = "# Week 12\n\nThe [pump][pump] and the [beds][beds].\n\n[beds]: /beds\n";
    let folder = Folder::new(&[
        ("notes/week-12.md", lacking),
        (
            "notes/week-13.md",
            "# Week 13\n\nThe [pump][].\n\n[pump]: https://pump.example/\n",
        ),
    ]);
    let run = folder.lint(&["--fix", "--unsafe-fixes", "notes/week-13.md"]);
    assert!(run.out.contains("notes/week-12.md"), "{}", run.out);
    assert_eq!(note(&folder, "week-12.md"), lacking);
    folder.lint(&["--fix", "--unsafe-fixes", "notes/week-12.md"]);
    assert_ne!(note(&folder, "week-12.md"), lacking);
}

#[test]
fn unsafe_fixes_alone_are_refused() {
    let run = folder().lint(&["--unsafe-fixes"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
}

#[test]
fn a_note_from_standard_input_is_not_repaired() {
    let folder = folder();
    let run = folder.lint(&["--fix", "--stdin-filename", "notes/week-12.md"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("standard input"), "{}", run.err);
    assert_eq!(note(&folder, "week-12.md"), BROKEN);
}

#[cfg(unix)]
#[test]
fn a_repaired_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("notes/week-12.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("the mode can be set");
    folder.lint(&["--fix"]);
    assert_eq!(
        fs::metadata(&path)
            .expect("the note is there")
            .permissions()
            .mode()
            & 0o777,
        0o640
    );
}
