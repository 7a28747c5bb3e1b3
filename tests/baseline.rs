//! `weeknote-lint baseline`: what it writes, what is not reported from then on, and how the list is kept true.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use std::fs;
use support::{Folder, refused};

const FILE: &str = "weeknote-lint-baseline.txt";

/// An undefined reference at 3:5: an error.
const ERROR: &str = "# Week 12\n\nThe [plans][plans] are drawn.\n";
/// An unused definition at 5:1: a warning.
const WARNING: &str = "# Week 13\n\nA quiet week.\n\n[shelf]: https://example.com/shelf\n";

fn two_problems() -> Folder {
    Folder::new(&[("notes/week-12.md", ERROR), ("notes/week-13.md", WARNING)])
}

fn list(folder: &Folder) -> String {
    fs::read_to_string(folder.path().join(FILE)).expect("the list is there")
}

/// The lines of the list that stand for findings, without their fingerprints.
fn entries(folder: &Folder) -> Vec<String> {
    let list = list(folder);
    let entries = list
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let told = entries.map(|line| {
        let (fingerprint, rest) = line.split_once(' ').expect("a line has two parts");
        assert!(
            fingerprint.len() == 16 && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit())
        );
        rest.to_owned()
    });
    told.collect()
}

#[test]
fn what_is_recorded_is_not_reported_and_counted() {
    let folder = two_problems();
    let run = folder.lint(&["baseline"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(
        run.out
            .starts_with("2 findings written to `weeknote-lint-baseline.txt`"),
        "{}",
        run.out
    );
    assert!(list(&folder).starts_with("# "));
    assert_eq!(
        entries(&folder),
        [
            "links/undefined-reference notes/week-12.md: the label `plans` is not defined",
            "links/unused-definition notes/week-13.md: the definition of `shelf` is not used",
        ]
    );
    let run = folder.lint(&[]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert!(
        run.err.ends_with("\nnot shown: 2 in the baseline\n"),
        "{}",
        run.err
    );
    let run = folder.lint(&["--format", "json"]);
    assert_eq!(run.code, 0);
    assert!(
        run.out.contains("not shown: 2 in the baseline"),
        "{}",
        run.out
    );

    // What is known stays known when lines are added above it, and what is new is reported.
    folder.write(
        "notes/week-12.md",
        ERROR.replace("# Week 12\n", "# Week 12\n\nThe [roof][roof] leaks.\n"),
    );
    assert_eq!(
        folder.found(&[]),
        ["notes/week-12.md:3:5: error[links/undefined-reference]"]
    );
    assert_eq!(folder.lint(&[]).code, 1);
}

#[test]
fn infos_are_not_recorded_and_nothing_makes_no_list() {
    let folder = Folder::new(&[
        ("notes/week-1.md", "# Week 1\n"),
        ("notes/week-3.md", "# Week 3\n"),
    ]);
    assert_eq!(folder.found(&[]), ["notes/week-3.md:1:1: info[week/gap]"]);
    let run = folder.lint(&["baseline"]);
    assert_eq!(
        (run.code, run.out.as_str()),
        (0, "nothing to record: there are no errors or warnings\n")
    );
    assert!(!folder.path().join(FILE).exists());
}

#[test]
fn writing_it_anew_says_what_has_changed_and_keeps_comments() {
    let folder = two_problems();
    folder.lint(&["baseline"]);
    let run = folder.lint(&["baseline"]);
    assert_eq!(
        run.out,
        "`weeknote-lint-baseline.txt` is up to date: 2 findings\n"
    );

    let commented = list(&folder).lines().fold(String::new(), |text, line| {
        let comment = if line.contains("`plans`") {
            "# they come in May\n"
        } else {
            ""
        };
        text + comment + line + "\n"
    });
    folder.write(FILE, commented + "# no more, please\n");
    folder.write("notes/week-13.md", "# Week 13\n\nA quiet week.\n");
    folder.write("notes/week-14.md", "# Week 14\n\nThe [roof][roof] leaks.\n");
    let run = folder.lint(&["baseline"]);
    assert_eq!(
        run.out,
        "- links/unused-definition notes/week-13.md: the definition of `shelf` is not used\n\
         + links/undefined-reference notes/week-14.md: the label `roof` is not defined\n\
         `weeknote-lint-baseline.txt` now lists 2 findings: 1 added, 1 removed\n"
    );
    assert_eq!(folder.lint(&[]).code, 0);
    let text = list(&folder);
    let lines: Vec<&str> = text.lines().collect();
    let comment = lines
        .iter()
        .position(|line| *line == "# they come in May")
        .expect("it is kept");
    assert!(lines[comment + 1].contains("`plans`"), "{text}");
    assert!(text.ends_with("\n# no more, please\n"), "{text}");

    for week in [12, 14] {
        folder.write(
            &format!("notes/week-{week}.md"),
            format!("# Week {week}\n\nRain.\n"),
        );
    }
    let run = folder.lint(&["baseline"]);
    assert!(
        run.out
            .ends_with("no errors or warnings are left: removed `weeknote-lint-baseline.txt`\n")
    );
    assert!(!folder.path().join(FILE).exists());
}

#[test]
fn entries_that_stand_for_nothing_are_told() {
    let folder = two_problems();
    folder.lint(&["baseline"]);
    let stale = "lists a finding that no longer exists, `links/undefined-reference` in `notes/week-12.md`: \
                 `weeknote-lint baseline` updates the list";
    // A rule that is off finds nothing, and says nothing of what it has found before.
    let run = folder.lint(&["--rule", "links/undefined-reference=off"]);
    assert!(!run.err.contains("no longer exist"), "{}", run.err);
    assert!(
        !folder
            .lint(&["notes/week-13.md"])
            .err
            .contains("no longer exist")
    );
    folder.write("notes/week-12.md", "# Week 12\n\nRain.\n");
    let run = folder.lint(&[]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains(stale), "{}", run.err);
    assert!(folder.lint(&["--format", "json"]).out.contains(stale));
    folder.write("notes/week-13.md", "# Week 13\n\nRain.\n");
    assert!(
        folder
            .lint(&[])
            .err
            .contains("lists 2 findings that no longer exist, such as")
    );
}

#[test]
fn a_line_without_a_fingerprint_is_refused_and_can_be_written_anew() {
    let folder = two_problems();
    folder.lint(&["baseline"]);
    let good = list(&folder);
    for bad in [
        "<<<<<<< HEAD",
        "links/empty notes/week-12.md",
        "+00000000000000a links/empty x: y",
        "0123456789abcdeé",
    ] {
        folder.write(FILE, good.clone() + bad + "\n");
        let line = format!(
            "line {} of `weeknote-lint-baseline.txt`",
            good.lines().count() + 1
        );
        refused(
            &folder.lint(&[]),
            &[
                &line,
                "does not begin with a fingerprint",
                "`weeknote-lint baseline`",
            ],
        );
        assert_eq!(folder.lint(&["baseline"]).code, 0);
        assert_eq!(list(&folder), good);
    }
    // Windows' line endings, and a line that was cut by hand, are none of that.
    let cut: String = good
        .lines()
        .map(|line| line.get(..16).unwrap_or(line).to_owned() + "\r\n")
        .collect();
    folder.write(FILE, cut.replace("# Findings that ", "# "));
    assert_eq!(folder.lint(&[]).code, 0);
}

#[cfg(unix)]
#[test]
fn a_name_with_a_line_ending_takes_one_line() {
    let folder = Folder::new(&[("notes/week-12\n.md", ERROR)]);
    folder.lint(&["baseline"]);
    assert_eq!(
        entries(&folder),
        ["links/undefined-reference notes/week-12␊.md: the label `plans` is not defined"]
    );
    assert_eq!(folder.lint(&[]).code, 0);
}

#[test]
fn only_what_is_reported_is_fixed() {
    let folder = Folder::new(&[("notes/week-12.md", "# Week 12\n\n##Old\n\nIt rained.\n")]);
    folder.lint(&["baseline"]);
    let run = folder.lint(&["--fix"]);
    assert!(run.err.contains("0 problems fixed"), "{}", run.err);
}

#[test]
fn a_comment_at_the_end_stays_there() {
    let folder = two_problems();
    folder.lint(&["baseline"]);
    let before = format!("{}# back in May\n", list(&folder));
    folder.write(FILE, &before);
    folder.lint(&["baseline"]);
    assert_eq!(list(&folder), before);
}
