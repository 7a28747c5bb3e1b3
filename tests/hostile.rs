//! What notes and file names hold may come from anybody: it must not break a report, forge a finding in one, or reach
//! a terminal as anything but text.

// Windows has no such names.
#![cfg(unix)]
#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use serde_json::Value;
use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;
use support::{Folder, Run, finished, program};
use weeknote_lint::source::LineIndex;

/// Everything that has ever ended a string, a tag, a line or a colour.
const NASTY: &str = "\u{1b}[31m\u{1b}]0;owned\u{7}\u{9b}2J\u{85}\u{8}\u{7f}\r::error file=x::y ]]> --> <b a='\"'> & &lt; {0} \
                     \u{202e}\u{2066}\u{2028}\u{2029}\u{200b}x\u{200d}\u{ad}\u{115f}\u{3164}\u{ffa0}\u{e0001}\u{e0041}\u{e007f}x\u{fe0f}\u{feff}\u{fffe}\u{ffff} %0A ##[error] `x` \\ $(touch owned) é\u{1f6b2}";

const FORMATS: [&str; 10] = [
    "pretty", "concise", "json", "jsonl", "github", "html", "sarif", "gitlab", "junit", "rdjson",
];

/// A folder of a repository, with its own configuration, in which everything is as bad as it can be.
struct Archive {
    repository: Folder,
    /// The archive in it.
    name: String,
}

impl Archive {
    fn new() -> Self {
        let repository = Folder::new(&[(".git/HEAD", "")]);
        // No `/`, and nothing that a file's name cannot have.
        let name = NASTY.replace('/', "");
        let label = NASTY.replace(['[', ']', '\\'], "");
        let note = format!(
            "# Week 12\n\nSee [{label}][{label}] and [one\u{0}][two\u{0}{label}].\n\n\
             ##Heading {NASTY}\n\n[{label} unused]: https://a.example/{label}\n"
        );
        let folder = format!("{name}/notes");
        repository.write(&format!("{name}/weeknote-lint.toml"), "");
        repository.write(&format!("{folder}/week-12.md"), long_line() + &note);
        repository.write(&format!("{folder}/week-13\n{name}.md"), &note);
        repository.write(
            &format!("{name}/::error::%0A.md"),
            "---\ntags: weeknotes\n---\n\n[a][b]\n",
        );
        Archive { repository, name }
    }

    fn path(&self) -> PathBuf {
        self.repository.path().join(&self.name)
    }

    fn lint(&self, arguments: &[&str]) -> Run {
        let run = finished(program(&self.path()).args(arguments));
        harmless(&run.out, arguments);
        harmless(&run.err, arguments);
        run
    }

    fn json(&self, format: &str) -> Value {
        let run = self.lint(&["--format", format]);
        assert_eq!(run.code, 1, "{}", run.err);
        serde_json::from_str(&run.out).expect("the report is JSON")
    }

    /// The diagnostics of the JSON report.
    fn findings(&self) -> Vec<Value> {
        list(&self.json("json")["diagnostics"])
    }
}

/// A line of a megabyte with a thousand findings in it.
fn long_line() -> String {
    let words = |index: usize| format!("{}[sit][amet {index}] ", "lorem é ipsum ".repeat(70));
    let end = "\n\n".to_owned();
    (0..1_000).map(words).chain([end]).collect()
}

/// Whether nothing but line feeds steers a terminal, and nothing is hidden or turned round.
#[track_caller]
fn harmless(text: &str, what: &[&str]) {
    let harmful = |char: &char| {
        char.is_control() && *char != '\n'
            || matches!(char, '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{200b}'..='\u{200f}' | '\u{3164}' | '\u{ffa0}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
    };
    let found = text.chars().find(harmful);
    assert_eq!(found, None, "{what:?}");
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().expect("a list")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

#[test]
fn every_format_holds_every_finding_and_no_other() {
    let archive = Archive::new();
    let findings = archive.findings();
    assert!(findings.len() > 1_000, "{}", findings.len());
    for format in FORMATS {
        let run = archive.lint(&["--format", format]);
        let lines = || run.out.lines().count();
        let json = || serde_json::from_str::<Value>(&run.out).expect("the report is JSON");
        let count = match format {
            "pretty" => {
                run.out.matches("\n  error[").count() + run.out.matches("\n  warning[").count() + 1
            }
            "concise" | "jsonl" => lines(),
            // Of what GitHub does not show, one more line speaks.
            "github" => lines() - 1,
            "json" => list(&json()["diagnostics"]).len(),
            "sarif" => list(&json()["runs"][0]["results"]).len(),
            "gitlab" => list(&json()).len(),
            "rdjson" => list(&json()["diagnostics"]).len(),
            "html" => run.out.matches("<li class=\"finding ").count(),
            "junit" => {
                let document = roxmltree::Document::parse(&run.out).expect("the report is XML");
                let failures = document
                    .descendants()
                    .filter(|node| node.has_tag_name("failure"));
                failures.count()
            }
            _ => 0,
        };
        assert_eq!(count, findings.len(), "{format}");
    }
}

#[test]
fn no_line_of_a_concise_report_is_a_workflow_command() {
    let out = Archive::new().lint(&["--format", "concise"]).out;
    assert!(out.starts_with("./::error::%0A.md:5:1: error["));
    assert!(!out.lines().any(|line| line.starts_with("::")));
}

#[test]
fn places_are_the_same_in_every_format() {
    let archive = Archive::new();
    let findings = archive.findings();
    let results = list(&archive.json("sarif")["runs"][0]["results"]);
    let issues = list(&archive.json("gitlab"));
    let comments = list(&archive.json("rdjson")["diagnostics"]);
    let mut fingerprints = HashSet::new();
    for (((finding, result), issue), comment) in
        findings.iter().zip(&results).zip(&issues).zip(&comments)
    {
        let path = format!("{}/{}", archive.name, text(&finding["path"]));
        assert_eq!(text(&issue["location"]["path"]), path);
        assert_eq!(text(&comment["location"]["path"]), path);
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(decoded(text(&location["artifactLocation"]["uri"])), path);

        let (start, end) = (&finding["range"]["start"], &finding["range"]["end"]);
        let region = &location["region"];
        assert_eq!(region["startLine"], start["line"]);
        assert_eq!(region["startColumn"], start["column"]);
        assert_eq!(region["endLine"], end["line"]);
        assert_eq!(region["endColumn"], end["column"]);
        assert_eq!(issue["location"]["lines"]["begin"], start["line"]);

        assert!(fingerprints.insert(text(&issue["fingerprint"]).to_owned()));
        assert_eq!(
            issue["fingerprint"],
            result["partialFingerprints"]["weeknoteLint/v1"]
        );
        if finding["fix"].is_object() {
            let replacement = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
            assert_eq!(
                replacement["insertedContent"]["text"],
                finding["fix"]["edits"][0]["text"]
            );
        }
    }
    // Counting from the beginning of the file for each place would take long: the first ones are as good.
    for (finding, comment) in findings.iter().zip(&comments).take(50) {
        let path = archive.path().join(text(&finding["path"]));
        let note = fs::read_to_string(path).expect("the note can be read");
        let lines = LineIndex::new(&note);
        for end in ["start", "end"] {
            let position = &comment["location"]["range"][end];
            let number = |name: &str| position[name].as_u64().expect("a number") as usize;
            let line = lines.line_span(number("line") - 1, &note);
            let offset = line.start as usize + number("column") - 1;
            assert_eq!(finding["range"][end]["offset"], offset, "{finding}");
        }
    }
}

#[test]
fn what_is_learnt_is_harmless_and_right() {
    let folder = "n\u{1b}[31m\u{202e}\u{3164}\u{e0041}";
    let files: Vec<(String, String)> = (1..=40)
        .map(|week| {
            (
                format!("{folder}/week-{week}.md"),
                format!("# Week {week}\n"),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    let archive = Folder::new(&files);
    let dry = archive.lint(&["init", "--dry-run"]);
    harmless(&dry.out, &["init"]);
    assert!(
        dry.out.contains("\\u001b[[]31m") && dry.out.contains("\\U000e0041"),
        "{}",
        dry.out
    );
    assert_eq!(archive.lint(&["init", "--force"]).code, 0);
    let notes = archive.lint(&["notes"]);
    assert!(
        notes.out.contains("a series of 40"),
        "{}{}",
        notes.out,
        notes.err
    );
}

#[test]
fn what_is_no_report_is_harmless_too() {
    let archive = Archive::new();
    archive.lint(&["--statistics"]);
    let overview = archive.lint(&["notes", "--all"]).out;
    assert!(overview.contains("week-13␊␛[31m"), "{overview}");
    for arguments in [
        &[NASTY][..],
        &["--rule", NASTY],
        &["--color", "always", NASTY],
        &["explain", NASTY],
        &["--output", &format!("{NASTY}/x")],
        &["--config", NASTY],
        &["--stdin-filename", NASTY],
        &[&format!("--{NASTY}")],
    ] {
        let run = archive.lint(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        // clap takes escape sequences out; everything else shows them.
        assert!(run.err.contains("<U+"), "{}", run.err);
    }
    let entry = format!(
        "0123456789abcdef links/empty a.md: {}\n",
        NASTY.replace(['\r', '\n'], "")
    );
    archive.repository.write(
        &format!("{}/weeknote-lint-baseline.txt", archive.name),
        format!("# Known\n\n{entry}"),
    );
    archive.lint(&["--format", "concise"]);
    let told = archive.lint(&["baseline"]).out;
    assert!(told.contains("- links/empty a.md: ␛[31m"), "{told}");
    let bad = "[rules]\n\"links/\u{1b}[31m\u{202e}\" = \"off\"\n";
    archive
        .repository
        .write(&format!("{}/weeknote-lint.toml", archive.name), bad);
    let run = archive.lint(&["--color", "always"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
}

/// A URI without its percent-encoding.
fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (first, after) {
            (b'%', [high, low, after @ ..]) => {
                let digits = [*high, *low];
                let digits = std::str::from_utf8(&digits).expect("two digits");
                bytes.push(u8::from_str_radix(digits, 16).expect("two digits"));
                rest = after;
            }
            _ => {
                assert!(
                    first.is_ascii_alphanumeric() || b"-._~/".contains(first),
                    "{uri}"
                );
                bytes.push(*first);
            }
        }
    }
    String::from_utf8(bytes).expect("a path")
}
