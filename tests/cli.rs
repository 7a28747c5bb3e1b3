//! The program as it is called: exit status, what goes to which output, and what it makes of strange folders.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use serde_json::Value;
use std::fs;
use std::process::Stdio;
use support::{Folder, Run, archive, finished, lint, lint_text, program, refused};

/// An undefined reference: an error, at 3:5, that rests on no convention.
const ERROR: &str = "# Week 12\n\nThe [plans][plans] are drawn.\n";
/// An unused definition: a warning, at 5:1.
const WARNING: &str = "# Week 13\n\nA quiet week.\n\n[shelf]: https://example.com/shelf\n";
const CLEAN: &str = "# Week 14\n\nThe [roof][roof] holds.\n\n[roof]: https://example.com/roof\n";

const UNDEFINED: &str = "notes/week-12.md:3:5: error[links/undefined-reference]";
const UNUSED: &str = "notes/week-13.md:5:1: warning[links/unused-definition]";

fn three_notes() -> Folder {
    Folder::new(&[
        ("notes/week-12.md", ERROR),
        ("notes/week-13.md", WARNING),
        ("notes/week-14.md", CLEAN),
    ])
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).expect("the report is JSON")
}

#[test]
fn the_exit_status_says_whether_there_are_problems() {
    let folder = three_notes();
    assert_eq!(folder.found(&[]), [UNDEFINED, UNUSED]);
    assert_eq!(folder.lint(&[]).code, 1);
    assert_eq!(folder.lint(&["notes/week-14.md"]).code, 0);
}

#[test]
fn what_fails_a_run_can_be_chosen() {
    let folder = three_notes();
    for (path, level, code) in [
        ("notes/week-13.md", "error", 0),
        ("notes/week-13.md", "warning", 1),
        ("notes/week-13.md", "info", 1),
        ("notes/week-12.md", "error", 1),
        ("notes/week-12.md", "never", 0),
        ("notes/week-14.md", "info", 0),
    ] {
        let run = folder.lint(&[path, "--fail-on", level]);
        assert_eq!(run.code, code, "{path} {level}\n{}", run.out);
    }
    let as_info = ["--rule", "links/unused-definition=info", "notes/week-13.md"];
    assert_eq!(folder.lint(&as_info).code, 0);
    let failing = [&as_info[..], &["--fail-on", "info"]].concat();
    assert_eq!(folder.lint(&failing).code, 1);
}

#[test]
fn a_young_archive_says_once_what_is_not_learnt_yet() {
    let note = |week: usize| {
        (
            format!("notes/week-{week}.md"),
            format!("# Week {week}\n\nRain.\n"),
        )
    };
    let said = |weeks: usize| {
        let notes: Vec<(String, String)> = (1..=weeks).map(note).collect();
        let notes: Vec<(&str, &str)> = notes
            .iter()
            .map(|(name, text)| (&**name, &**text))
            .collect();
        let run = Folder::new(&notes).lint(&[]);
        run.err
            .matches("weeknote-lint learns required keys and tags from")
            .count()
    };
    assert_eq!(said(10), 1);
    assert_eq!(said(40), 0);
}

#[test]
fn wrong_use_gets_one_message_and_an_empty_standard_output() {
    let folder = three_notes();
    folder.write("notes.txt", "");
    folder.write("bad.toml", "enforce-form = 12\n");
    for (arguments, messages) in [
        (&["--format", "xml"][..], &["invalid value 'xml'"][..]),
        (&["--today", "2024-2-1"], &["write the date like this"]),
        (
            &["--rule", "links/empty"],
            &["write a rule and its level like this"],
        ),
        (
            &["--rule", "links/emty=off"],
            &["there is no rule called `links/emty`", "`links/empty`"],
        ),
        (
            &["explain", "links/emty"],
            &["there is no rule called `links/emty`", "`links/empty`"],
        ),
        (
            &["notes/week-99.md"],
            &["`notes/week-99.md` does not exist"],
        ),
        (
            &["notes", "notes/week-99.md"],
            &["`notes/week-99.md` does not exist"],
        ),
        (
            &["--config", "none.toml"],
            &["the configuration `none.toml` cannot be read"],
        ),
        (
            &["--config", "bad.toml"],
            &["`enforce-form`", "did you mean `enforce-from`?"],
        ),
        (
            &["--stdin-filename", "notes.txt"],
            &["`notes.txt` is not the name of a Markdown file"],
        ),
        (
            &["--output", "no/such/folder/report.json"],
            &["cannot be written to `no/such/folder/report.json`"],
        ),
    ] {
        refused(&folder.lint(arguments), messages);
    }
}

#[test]
fn a_mistake_in_the_configuration_is_shown_in_its_place() {
    for (toml, messages) in [
        (
            "[rules]\n\"week/gpa\" = \"off\"\n",
            &[
                "there is no rule called `week/gpa`",
                "weeknote-lint.toml:2:1",
            ][..],
        ),
        (
            "[rules]\n\"week/gap\" = \"of\"\n",
            &["`of`", "did you mean `off`?"],
        ),
        ("[sit]\n", &["`sit`", "did you mean `site`?"]),
        ("exclude = 3\n", &["weeknote-lint.toml:1:11"]),
        ("exclude = [", &["weeknote-lint.toml:1"]),
        (
            "[[series]]\nname = \"w\"\ninclude = [\"weeks/*.md\"]\n",
            &["no file belongs to the series `w`"],
        ),
    ] {
        let folder = three_notes();
        folder.write("weeknote-lint.toml", toml);
        refused(&folder.lint(&[]), messages);
    }
}

#[test]
fn two_roots_are_refused() {
    let folder = Folder::new(&[
        ("one/weeknote-lint.toml", ""),
        ("one/week-1.md", "# Week 1\n"),
        ("two/weeknote-lint.toml", ""),
        ("two/week-1.md", "# Week 1\n"),
    ]);
    refused(
        &folder.lint(&["one", "two"]),
        &["the paths are in two repositories"],
    );
}

#[test]
fn the_json_report_has_the_fields_of_the_contract() {
    let folder = three_notes();
    let run = folder.lint(&["--format", "json"]);
    let report = json(&run);
    let keys = |value: &Value| -> Vec<String> {
        let mut keys: Vec<String> = value
            .as_object()
            .expect("it is an object")
            .keys()
            .cloned()
            .collect();
        keys.sort();
        keys
    };
    assert_eq!(
        keys(&report),
        ["diagnostics", "notices", "summary", "tool", "version"]
    );
    assert_eq!(report["version"], 1);
    assert_eq!(report["tool"]["name"], "weeknote-lint");
    assert_eq!(report["tool"]["version"], env!("CARGO_PKG_VERSION"));
    let summary = &report["summary"];
    assert_eq!(
        keys(summary),
        [
            "errors",
            "files",
            "fixable",
            "infos",
            "notes",
            "suppressed",
            "warnings"
        ]
    );
    assert_eq!(
        [&summary["notes"], &summary["errors"], &summary["warnings"]],
        [3, 1, 1]
    );
    let diagnostics = report["diagnostics"].as_array().expect("it is a list");
    assert_eq!(diagnostics.len(), 2);
    for diagnostic in diagnostics {
        assert_eq!(
            keys(diagnostic),
            [
                "fingerprint",
                "fix",
                "help",
                "labels",
                "message",
                "path",
                "range",
                "rule",
                "severity",
                "url"
            ]
        );
    }
    let first = &diagnostics[0];
    assert_eq!(first["rule"], "links/undefined-reference");
    assert_eq!(first["path"], "notes/week-12.md");
    let (start, end) = (&first["range"]["start"], &first["range"]["end"]);
    assert_eq!((&start["line"], &start["column"]), (&3.into(), &5.into()));
    let offset = |position: &Value| {
        let offset = position["offset"].as_u64().expect("it is a number");
        usize::try_from(offset).expect("it is small")
    };
    assert_eq!(
        ERROR.get(offset(start)..offset(end)),
        Some("[plans][plans]")
    );
    let url = first["url"].as_str().expect("it is text");
    assert!(url.ends_with("/rules/links/undefined-reference.html"));
}

#[test]
fn findings_are_sorted_and_the_same_in_every_run() {
    let broken = archive("broken");
    let first = lint(&broken, &["--format", "json"]);
    let key = |diagnostic: &Value| {
        (
            diagnostic["path"].as_str().map(str::to_owned),
            diagnostic["range"]["start"]["offset"].as_u64(),
        )
    };
    let report = json(&first);
    let diagnostics = report["diagnostics"].as_array().expect("it is a list");
    assert!(diagnostics.len() > 20);
    assert!(diagnostics.is_sorted_by_key(key));
    let mut fingerprints: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic["fingerprint"].to_string())
        .collect();
    fingerprints.sort();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), diagnostics.len());
    for _ in 0..3 {
        assert_eq!(lint(&broken, &["--format", "json"]).out, first.out);
    }
}

#[test]
fn each_line_of_jsonl_is_a_finding() {
    let run = three_notes().lint(&["--format", "jsonl"]);
    let rules: Vec<Value> = run
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("the line is JSON")["rule"].clone())
        .collect();
    assert_eq!(
        rules,
        ["links/undefined-reference", "links/unused-definition"]
    );
}

#[test]
fn annotations_are_relative_to_the_checkout() {
    let folder = three_notes();
    let above = folder.path().parent().expect("a folder above");
    let run = finished(
        program(folder.path())
            .args(["--format", "github", "notes/week-12.md"])
            .env("GITHUB_WORKSPACE", above),
    );
    let name = folder.path().file_name().expect("a name");
    let expected = format!(
        "::error file={}/notes/week-12.md,line=3,",
        name.to_string_lossy()
    );
    assert!(run.out.starts_with(&expected), "{}", run.out);
}

#[test]
fn paths_choose_what_is_reported_and_not_what_is_known() {
    let folder = three_notes();
    folder.write(
        "notes/week-15.md",
        "# Week 15\n\nMore than [last week](week-14.md).\n",
    );
    assert_eq!(folder.found(&["notes/week-12.md"]), [UNDEFINED]);
    assert_eq!(folder.found(&["./notes"]), [UNDEFINED, UNUSED]);
    // Week 14 is not reported on, and yet the link to it is known to be good.
    assert_eq!(folder.found(&["notes/week-15.md"]), [""; 0]);

    // A finding is shown where one of its labels is chosen: two notes for one week concern both.
    folder.write("notes/week-014.md", "# Week 14\n\nAgain.\n");
    let either = [
        folder.found(&["notes/week-14.md"]),
        folder.found(&["notes/week-014.md"]),
    ];
    for found in &either {
        assert!(
            found.iter().any(|line| line.ends_with("[week/duplicate]")),
            "{found:?}"
        );
    }
}

#[test]
fn standard_input_takes_the_place_of_a_file() {
    let folder = three_notes();
    let concise = ["--format", "concise", "--stdin-filename"];
    let read = |path: &str, text: &str| {
        lint_text(
            folder.path(),
            &[&concise[..], &[path]].concat(),
            text.as_bytes(),
        )
    };
    assert_eq!(
        read("notes/week-12.md", CLEAN.replace("14", "12").as_str()).code,
        0
    );
    let run = read("notes/week-14.md", &ERROR.replace("12", "14"));
    assert_eq!(
        support::findings(&run.out),
        ["notes/week-14.md:3:5: error[links/undefined-reference]"]
    );
    // A note that is not saved yet.
    let run = read("notes/week-15.md", &ERROR.replace("12", "15"));
    assert_eq!(
        support::findings(&run.out),
        ["notes/week-15.md:3:5: error[links/undefined-reference]"]
    );
}

#[test]
fn a_note_from_standard_input_is_printed_with_its_fixes() {
    let folder = three_notes();
    let text = "# Week 12\n\nThe [roof][roof] leaks.\n\n[a]: https://pond.example/a\n";
    let fixed = |options: &[&str]| {
        let named = [
            "--stdin-filename",
            "notes/week-12.md",
            "--format",
            "concise",
        ];
        lint_text(
            folder.path(),
            &[&named[..], options].concat(),
            text.as_bytes(),
        )
    };
    let run = fixed(&["--fix"]);
    let mended = "# Week 12\n\nThe [roof][roof] leaks.\n\n";
    assert_eq!((run.code, run.out.as_str()), (1, mended), "{}", run.err);
    // What cannot be fixed is said beside it.
    assert!(
        run.err.contains("the label `roof` is not defined"),
        "{}",
        run.err
    );
    assert!(fixed(&["--diff"]).out.starts_with("--- a/notes/week-12.md"));
}

#[test]
fn other_linters_words_families_and_patterns_are_understood() {
    let folder = three_notes();
    let of = |arguments: &[&str]| folder.found(arguments);
    let checked = folder.lint(&["check", "--format", "concise"]);
    assert_eq!(support::findings(&checked.out), [UNDEFINED, UNUSED]);
    assert_eq!(of(&["--only", "links/unused-definition"]), [UNUSED]);
    assert_eq!(of(&["--only", "links/*"]), [UNDEFINED, UNUSED]);
    assert_eq!(of(&["--only", "week"]), [""; 0]);
    assert_eq!(of(&["--rule", "links/*=off"]), [""; 0]);
    let but_one = [
        "--rule",
        "links=off",
        "--rule",
        "links/unused-definition=error",
    ];
    assert_eq!(of(&but_one).len(), 1);
    assert_eq!(of(&["--exclude", "notes/**"]), [""; 0]);
    refused(&folder.lint(&["--exclude", "["]), &["--exclude"]);
    refused(
        &folder.lint(&["--only", "weak/gap"]),
        &["did you mean `week/gap`?"],
    );
    let family = folder.lint(&["explain", "week"]).out;
    assert!(
        family.lines().all(|line| line.starts_with("week/")),
        "{family}"
    );
    let fixed = folder.lint(&["fix", "--unsafe-fixes", "--only", "links/unused-definition"]);
    assert!(
        fixed.err.contains("notes/week-13.md: 1 problem fixed\n"),
        "{}",
        fixed.err
    );
    folder.write("README.md", "# The pond\n");
    let named = folder.lint(&["README.md"]);
    let said = "note: `README.md` was not checked (a file about the repository)";
    assert!(named.err.contains(said), "{}", named.err);
}

#[test]
fn ignored_and_hidden_files_are_not_linted_even_when_named() {
    let folder = three_notes();
    folder.write(".gitignore", "drafts/\n");
    folder.write("drafts/week-20.md", ERROR);
    folder.write(".trash/week-21.md", ERROR);
    folder.write("old/week-22.md", ERROR);
    folder.write("weeknote-lint.toml", "exclude = [\"old/**\"]\n");
    assert_eq!(folder.found(&[]), [UNDEFINED, UNUSED]);
    for path in ["drafts/week-20.md", ".trash/week-21.md", "old/week-22.md"] {
        refused(
            &folder.lint(&[path]),
            &[
                &format!("nothing to lint at `{path}`"),
                "ignored, hidden or excluded",
            ],
        );
    }
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_linted() {
    let folder = three_notes();
    folder.write("notes/week-15.md", b"# Week 15\n\nCaf\xe9.\n");
    fs::create_dir(folder.path().join("notes/week-16.md")).expect("a folder can be made");
    folder.write("notes/week-17.md", "");
    folder.write("notes/week-18.md", "-");
    let run = folder.lint(&["--format", "concise"]);
    let found = support::findings(&run.out);
    assert!(found.contains(&UNDEFINED.to_owned()) && found.contains(&UNUSED.to_owned()));
    assert!(
        run.out
            .contains("notes/week-15.md:1:1: error[files/unreadable]"),
        "{}",
        run.out
    );
    assert!(run.out.contains("line 3 is not UTF-8"), "{}", run.out);
    assert!(!run.out.contains("week-16"), "{}", run.out);
    assert_eq!(run.code, 1);
}

#[cfg(unix)]
#[test]
fn links_in_circles_and_out_of_the_root_are_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = three_notes();
    let outside = Folder::new(&[("week-30.md", ERROR)]);
    let link = |target: &std::path::Path, name: &str| {
        symlink(target, folder.path().join(name)).expect("a link can be made");
    };
    link(folder.path(), "notes/again");
    link(&outside.path().join("week-30.md"), "notes/week-30.md");
    link("nowhere.md".as_ref(), "notes/week-31.md");
    assert_eq!(folder.found(&[]), [UNDEFINED, UNUSED]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf_8_is_a_finding() {
    use std::os::unix::ffi::OsStrExt;
    let folder = three_notes();
    let name = std::ffi::OsStr::from_bytes(b"week-15-caf\xe9.md");
    fs::write(folder.path().join("notes").join(name), CLEAN).expect("a file can be written");
    let run = folder.lint(&["--format", "concise"]);
    assert!(run.out.contains(UNDEFINED), "{}", run.out);
    assert!(
        run.out.contains("error[files/unreadable]") && run.out.contains("its name is not UTF-8"),
        "{}",
        run.out
    );
    assert_eq!(folder.lint(&["--format", "json"]).code, 1);
}

#[test]
fn line_endings_and_a_byte_order_mark_change_nothing() {
    let folder = three_notes();
    let plain = folder.found(&[]);
    for text in [
        ERROR.replace('\n', "\r\n"),
        format!("\u{feff}{ERROR}"),
        format!("\u{feff}{}", ERROR.replace('\n', "\r\n")),
    ] {
        folder.write("notes/week-12.md", &text);
        assert_eq!(folder.found(&[]), plain, "{text:?}");
    }
}

#[test]
fn the_report_can_go_to_a_file() {
    let folder = three_notes();
    let run = folder.lint(&["--format", "json", "--output", "report.json"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    let written = fs::read_to_string(folder.path().join("report.json")).expect("it is written");
    assert_eq!(written, folder.lint(&["--format", "json"]).out);
}

#[test]
fn a_report_is_replaced_when_the_new_one_is_complete() {
    let folder = three_notes();
    folder.write("report.json", "the last one");
    let report = || fs::read_to_string(folder.path().join("report.json")).expect("it is there");
    let refused = ["--output", "report.json", "--rule", "week/gpa=off"];
    assert_eq!(folder.lint(&refused).code, 2);
    assert_eq!(report(), "the last one");

    let run = folder.lint(&["--format", "json", "--output", "report.json"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert_eq!(report(), folder.lint(&["--format", "json"]).out);
    let left = fs::read_dir(folder.path()).expect("the folder can be read");
    assert_eq!(left.count(), 3, "a temporary file is left");

    // A diff is a report too.
    let run = folder.lint(&["--diff", "--output", "report.json"]);
    assert_eq!(run.out, "");
    assert_eq!(report(), folder.lint(&["--diff"]).out);
}

#[cfg(unix)]
#[test]
fn a_report_goes_through_no_link_and_never_over_what_is_protected() {
    use std::os::unix::fs::PermissionsExt;
    let folder = three_notes();
    folder.write("reports/last.json", "");
    let link = folder.path().join("report.json");
    std::os::unix::fs::symlink("reports/last.json", &link).expect("a link can be made");
    let arguments = ["--format", "json", "--output", "report.json"];
    let printed = folder.lint(&arguments[..2]).out;
    let message = "the report cannot be written to `report.json`: it is a symbolic link";
    refused(&folder.lint(&arguments), &[message]);
    assert_eq!(fs::read_to_string(&link).expect("it is there"), "");
    let folder = three_notes();
    folder.write("reports/last.json", "");
    folder.write("report.json", "");
    let link = folder.path().join("report.json");

    // What is no file is not replaced by one.
    let run = folder.lint(&["--format", "json", "--output", "/dev/stdout"]);
    assert_eq!(run.out, printed);

    let protected = fs::Permissions::from_mode(0o444);
    fs::set_permissions(&link, protected).expect("permissions can be set");
    for path in ["report.json", "reports", "notes/week-12.md/report.json"] {
        let run = folder.lint(&["--output", path]);
        let message = format!("the report cannot be written to `{path}`: ");
        refused(&run, &[&message]);
    }
}

#[test]
fn quiet_leaves_nothing_but_problems() {
    let folder = three_notes();
    let run = folder.lint(&["--quiet", "--rule", "links/unused-definition=info"]);
    assert!(run.out.contains("links/undefined-reference"));
    assert!(!run.out.contains("links/unused-definition"));
    assert_eq!(run.err, "");
    let run = folder.lint(&["-q", "notes/week-14.md"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
}

/// `script` gives the program a terminal, and prints what it shows.
#[test]
#[cfg(target_os = "linux")]
fn at_a_terminal_a_long_run_says_how_far_it_is() {
    let folder = three_notes();
    let terminal = |before: &str, arguments: &str| {
        let line = format!("{before} script -qec \"'$0' {arguments}\" /dev/null");
        support::shell(folder.path(), &line).out
    };
    if terminal("true; unset CI;", "--version").is_empty() {
        return support::say("script is not there: no terminal was tried");
    }
    let is_shown = |shown: &str| shown.contains(" Markdown files");
    assert!(!is_shown(&terminal("unset CI;", "")), "a short run");
    let mut shown = String::new();
    // How long a note must be to take half a second depends on the machine.
    for doubled in 15..20 {
        let long = "The [shed][shed] is *blue* again.\n\n".repeat(1 << doubled);
        let text = format!("# Week 14\n\n{long}[shed]: https://example.com/\n");
        folder.write("notes/week-14.md", text);
        shown = terminal("unset CI; export TERM=xterm;", "--color never");
        if is_shown(&shown) {
            break;
        }
    }
    let (before, report) = shown
        .rsplit_once(" \r")
        .expect("the line was there, and is blank now");
    assert!(is_shown(before), "{before}");
    assert!(
        !is_shown(report) && report.contains("links/undefined-reference"),
        "{report}"
    );
    for (before, arguments) in [
        ("export CI=true;", ""),
        ("unset CI; export TERM=dumb;", ""),
        ("unset CI;", "--quiet"),
        ("unset CI;", "2>/dev/null"),
    ] {
        let shown = terminal(before, arguments);
        assert!(
            shown.contains("links/undefined-reference") && !is_shown(&shown),
            "{before} {arguments}"
        );
    }
}

#[test]
fn statistics_count_each_rule() {
    let run = three_notes().lint(&["--statistics"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out
            .contains("    1  error     links/undefined-reference")
    );
    assert!(run.out.contains("    1  warning   links/unused-definition"));
    assert!(run.out.contains("    2            total"), "{}", run.out);
    let run = three_notes().lint(&["--statistics", "--format", "json"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(
        run.err.contains("cannot be used with '--format"),
        "{}",
        run.err
    );
}

#[test]
fn today_can_be_another_day() {
    let note = "---\ntitle: Week 12\ndate: 2024-03-22\n---\n\nThe beans are up.\n";
    let folder = Folder::new(&[("notes/week-12.md", note)]);
    assert_eq!(folder.lint(&["--today", "2024-03-22"]).code, 0);
    let found = folder.found(&["--today", "2024-03-01"]);
    assert_eq!(found, ["notes/week-12.md:3:7: error[metadata/dates]"]);
}

#[test]
fn colour_is_for_terminals_or_on_demand() {
    let folder = three_notes();
    assert!(!folder.lint(&[]).out.contains('\x1b'));
    assert!(folder.lint(&["--color", "always"]).out.contains('\x1b'));
    assert!(!folder.lint(&["--color", "never"]).out.contains('\x1b'));
    let run = finished(program(folder.path()).env("NO_COLOR", "1"));
    assert!(!run.out.contains('\x1b') && !run.err.contains('\x1b'));
}

#[test]
fn whoever_reads_may_stop_reading() {
    let folder = three_notes();
    for week in 100..400 {
        folder.write(
            &format!("notes/week-{week}.md"),
            ERROR.replace("12", &week.to_string()),
        );
    }
    for arguments in [&[][..], &["--format", "json"], &["notes"], &["rules"]] {
        let mut command = program(folder.path());
        command
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("the program ends");
        let code = if arguments
            .first()
            .is_some_and(|first| !first.starts_with('-'))
        {
            0
        } else {
            1
        };
        let err = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(code), "{arguments:?} {err}");
        assert!(!err.contains("panicked") && !err.contains("Broken pipe"));
    }
}

#[test]
fn old_notes_can_be_let_off() {
    let folder = three_notes();
    folder.write("weeknote-lint.toml", "enforce-from = 13\n");
    assert_eq!(
        folder.found(&[]),
        [UNDEFINED.replace("error", "info").as_str(), UNUSED]
    );
    folder.write("weeknote-lint.toml", "enforce-from = 14\n");
    assert_eq!(folder.lint(&[]).code, 0);
}

#[test]
fn levels_are_set_for_all_files_for_some_and_for_one_run() {
    let folder = three_notes();
    folder.write(
        "weeknote-lint.toml",
        "[rules]\n\"links/undefined-reference\" = \"info\"\n\"links/unused-definition\" = \"error\"\n\
         [[overrides]]\nfiles = [\"notes/week-13.md\"]\nrules = { \"links/unused-definition\" = \"off\" }\n",
    );
    let info = UNDEFINED.replace("error", "info");
    assert_eq!(folder.found(&[]), [info.as_str()]);
    let arguments = ["--rule", "links/unused-definition=warning"];
    assert_eq!(folder.found(&arguments), [info.as_str(), UNUSED]);
}

#[test]
fn a_comment_hides_a_finding_and_is_counted() {
    let folder = three_notes();
    let comment = "<!-- weeknote-lint-ignore links/undefined-reference: drawn on the wall -->\n";
    folder.write(
        "notes/week-12.md",
        ERROR.replace("The [", &format!("{comment}The [")),
    );
    let run = folder.lint(&["--format", "json"]);
    assert_eq!(json(&run)["summary"]["suppressed"], 1);
    assert_eq!(folder.found(&[]), [UNUSED]);
    // Where the finding is fixed, the comment is one too many.
    folder.write(
        "notes/week-12.md",
        CLEAN
            .replace("14", "12")
            .replace("The [", &format!("{comment}The [")),
    );
    assert_eq!(
        folder.found(&["notes/week-12.md"]),
        ["notes/week-12.md:3:1: warning[suppression/unused]"]
    );
}

#[test]
fn a_repository_without_notes_is_no_failure() {
    let folder = Folder::new(&[("README.md", "# A shed\n")]);
    let run = folder.lint(&[]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert!(run.err.contains("no weeknotes were found"), "{}", run.err);
}

#[test]
fn notes_says_what_each_file_is() {
    let run = lint(&archive("clean"), &["notes", "--all"]);
    assert_eq!(run.code, 0);
    for line in [
        "weeknotes: a series of 40 notes, numbered by weeks since Monday 2019-02-04 (week 0)",
        "soups/weeknotes/weeks-120-to-122.snip.markdown: weeks 120 to 122, 2021-05-24 to 2021-06-13, /weeks-120-to-122",
        "soups/people: 3 pages",
        "templates: files that notes are made from",
        "site: snips, read as kramdown",
    ] {
        assert!(run.out.contains(line), "{line}\n{}", run.out);
    }
}

#[test]
fn notes_begins_with_calendars_and_names_what_stands_out() {
    let weeks = [
        "2023-W01", "2023-W02", "2023-W04", "2023-W05", "2024-W01", "2024-W02",
    ];
    let mut paths: Vec<String> = weeks
        .iter()
        .map(|week| format!("notes/{week}.md"))
        .collect();
    paths.push("notes/2023/2023-W04.md".to_owned());
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (&**path, "Rain.\n")).collect();
    let folder = Folder::new(&files);
    let plain = folder.lint(&["notes"]).out;
    assert!(plain.contains("\n  2023 ■■·2■··"), "{plain}");
    let twice = "2023-W04, from 2023-01-23: 2 notes, notes/2023-W04.md and notes/2023/2023-W04.md";
    assert!(plain.contains(twice), "{plain}");
    let narrow = |line: &str| line.contains("series") || line.chars().count() <= 80;
    assert!(plain.lines().filter(|line| line.contains('■')).all(narrow));
    let coloured = folder.lint(&["notes", "--color", "always"]).out;
    assert!(coloured.contains("\u{1b}[32m■■\u{1b}[0m"), "{coloured}");
    let escapes = regex::Regex::new("\u{1b}\\[[0-9;]*m").expect("the pattern is right");
    assert_eq!(escapes.replace_all(&coloured, ""), plain);
}

#[test]
fn rules_are_listed_for_people_and_for_programs() {
    let folder = Folder::new(&[]);
    let text = folder.lint(&["rules"]).out;
    let report = json(&folder.lint(&["rules", "--format", "json"]));
    let rules = report.as_array().expect("it is a list");
    assert_eq!(text.lines().count(), rules.len());
    for rule in rules {
        let id = rule["id"].as_str().expect("it is text");
        assert!(text.contains(id));
        let explained = folder.lint(&["explain", id]);
        assert_eq!(explained.code, 0);
        assert!(explained.out.starts_with(&format!("# {id}\n")));
    }
}

#[test]
fn packages_can_have_a_manual_page_and_completions() {
    let generated = |what| {
        let run = lint(std::path::Path::new("."), &["generate", what]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{what}");
        run.out
    };
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(generated(shell).contains("stdin-filename"), "{shell}");
    }
    let page = generated("man");
    for section in ["NAME", "OPTIONS", "COMMANDS", "EXAMPLES", "\"EXIT STATUS\""] {
        assert!(page.contains(&format!("\n.SH {section}\n")), "{section}");
    }
    assert!(page.contains("generate"));
}
