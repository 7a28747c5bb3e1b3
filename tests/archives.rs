//! The example archives: `clean` has nothing wrong with it, `broken` is the same with one mistake for each rule.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use support::{archive, lint, project};
use weeknote_lint::rules::RULES;

/// Rules whose mistake the broken archive cannot show, and why.
const NOT_SHOWN: &[(&str, &str)] = &[(
    "links/wikilink",
    "a site made of snips has no wikilinks; Obsidian has",
)];

#[test]
fn the_clean_archive_gives_no_finding() {
    let run = lint(&archive("clean"), &["--fail-on", "info"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert!(
        run.err.starts_with("40 notes, 7 pages: nothing to report"),
        "{}",
        run.err
    );
}

#[test]
fn the_broken_archive_gives_each_finding_as_expected() {
    let found = lint(&archive("broken"), &["--format", "concise"]).out;
    let expected = project().join("tests/archives/broken.expected");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&expected, &found).expect("the file can be written");
    }
    let expected = fs::read_to_string(&expected).expect("the file can be read");
    snapbox::assert_data_eq!(found, expected);
}

#[test]
fn every_rule_is_shown_exactly_once() {
    let found = lint(&archive("broken"), &["--format", "concise"]).out;
    let count = |id: &str| found.matches(&format!("[{id}]")).count();
    let mut wrong = Vec::new();
    for rule in RULES {
        let id = rule.id;
        let shown = count(id);
        let excused = NOT_SHOWN.iter().any(|(excused, _)| *excused == id);
        if shown != usize::from(!excused) {
            wrong.push(format!("{id} is shown {shown} times"));
        }
    }
    assert!(
        wrong.is_empty(),
        "each rule needs one mistake in tests/archives/broken, or a reason in NOT_SHOWN:\n{}",
        wrong.join("\n")
    );
}

/// Without this the two archives would drift apart, and `broken` would be full of riddles.
#[test]
fn the_broken_archive_is_the_clean_one_but_for_the_mistakes() {
    let (clean, broken) = (files(&archive("clean")), files(&archive("broken")));
    let found = lint(&archive("broken"), &["--format", "json"]).out;
    for (path, content) in &broken {
        assert!(
            clean.get(path) == Some(content)
                || path == "weeknote-lint.toml"
                || found.contains(path.as_str()),
            "{path} differs, and no finding speaks of it"
        );
    }
    let gone = clean.keys().filter(|path| !broken.contains_key(*path));
    assert!(gone.count() <= 2, "only a file's name can be a mistake");
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it lies in the folder");
                let content = fs::read(&path).expect("the file can be read");
                files.insert(
                    name.to_string_lossy().replace('\\', "/"),
                    String::from_utf8_lossy(&content).into_owned(),
                );
            }
        }
    }
    files
}
