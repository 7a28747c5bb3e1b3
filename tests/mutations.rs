//! One small mistake in a clean archive gives one finding, on the line that was changed.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use std::fs;
use std::path::Path;
use support::archive;
use weeknote_lint::config::{self, Config};
use weeknote_lint::diagnostic::{Diagnostic, Place, Severity};
use weeknote_lint::lint;
use weeknote_lint::rules::RULES;
use weeknote_lint::source::LineIndex;

type Files = Vec<(String, String)>;

/// A note, what is replaced in it, by what, and the rule that finds it.
const MUTATIONS: &[(&str, &str, &str, &str)] = &[
    (NOTE, "Week 118\n", "Week 119\n", "week/disagreement"),
    (
        NOTE,
        ":name: week-118",
        ":name: week-112",
        "metadata/name-mismatch",
    ),
    (
        NOTE,
        ":page_title: Week 118",
        ":page_title: Week 811",
        "week/disagreement",
    ),
    (
        NOTE,
        "[scythe]: https://scytheassociation.org/\n",
        "",
        "links/undefined-reference",
    ),
    (
        NOTE,
        "[scythe]: ",
        "[scyhte]: ",
        "links/undefined-reference",
    ),
    (
        NOTE,
        "[scythe][scythe]",
        "[scythe][sythe]",
        "links/undefined-reference",
    ),
    (
        NOTE,
        "[scythe]: ",
        "[rake]: https://rakes.example/\n[scythe]: ",
        "links/unused-definition",
    ),
    (
        NOTE,
        ":kind: blog",
        ":kind: blog\n:kind: blog",
        "metadata/duplicate-key",
    ),
    (
        NOTE,
        ":updated_at: 2021-05-14",
        ":updated_at: 2021-5-14",
        "metadata/invalid-value",
    ),
    (
        NOTE,
        ":created_at: 2021-05-14",
        ":created_at: 2021-04-14",
        "week/wrong-date",
    ),
    (
        NOTE,
        "/week-117#quiet-hours",
        "/wek-117#quiet-hours",
        "links/missing-target",
    ),
    (
        NOTE,
        "#quiet-hours",
        "#quite-hours",
        "links/missing-fragment",
    ),
    (
        NOTE,
        "https://scythe",
        "ttps://scythe",
        "links/malformed-destination",
    ),
    (
        NOTE,
        "[scythe][scythe]",
        "[scythe](scythe)",
        "links/label-as-destination",
    ),
    (NOTE, "[scythe][scythe]", "[scythe]()", "links/empty"),
    (
        NOTE,
        ":author: nadia-farrow",
        ":author: nadia-farow",
        "metadata/unknown-author",
    ),
    (
        NOTE,
        ":author: nadia-farrow",
        ":author: nadia-farrow ",
        "metadata/stray-whitespace",
    ),
    (
        NOTE,
        ":render_as: Blog",
        ":Render_as: Blog",
        "metadata/unknown-key",
    ),
    (NOTE, "\n-- Nadia", "\n: Nadia", "metadata/cut-off"),
    (
        NOTE,
        "[scythe]: https://scytheassociation.org/",
        "[scythe]:",
        "links/broken-definition",
    ),
];
const NOTE: &str = "soups/weeknotes/week-118.snip.markdown";

fn clean() -> (Files, String) {
    let root = archive("clean");
    let mut files = Files::new();
    read(&root, &root, &mut files);
    let config = files.iter().position(|(path, _)| path == config::FILE_NAME);
    let (_, config) = files.remove(config.expect("the archive has a configuration"));
    (files, config)
}

fn read(root: &Path, folder: &Path, files: &mut Files) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            read(root, &path, files);
        } else {
            let (name, _) = weeknote_lint::discover::relative(root, &path);
            files.push((
                name,
                fs::read_to_string(&path).expect("the file can be read"),
            ));
        }
    }
}

fn configuration(text: &str) -> Config {
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    config::read(config::FILE_NAME.as_ref(), text, &rules).expect("the configuration is right")
}

/// The errors and warnings of the archive, with the path and the lines (from 1) of all their places.
fn findings(files: &Files, config: &str) -> Vec<(Diagnostic, Vec<(String, usize)>)> {
    let today = jiff::civil::date(2026, 3, 4);
    let archive = lint::archive_of(files.clone(), configuration(config), today);
    let (shown, _) = lint::findings(&archive);
    let line = |place: &Place| {
        let path = archive
            .document(place.document)
            .map_or("", |document| &document.path);
        let text = files
            .iter()
            .find(|(name, _)| name == path)
            .map_or("", |(_, text)| text);
        let line = LineIndex::new(text).line_of(place.span.start as usize) + 1;
        (path.to_owned(), line)
    };
    shown
        .into_iter()
        .filter(|diagnostic| diagnostic.severity > Severity::Info)
        .map(|diagnostic| {
            let labels = diagnostic.labels.iter().map(|label| &label.place);
            let lines = std::iter::once(&diagnostic.place)
                .chain(labels)
                .map(line)
                .collect();
            (diagnostic, lines)
        })
        .collect()
}

#[test]
fn one_mistake_gives_one_finding_on_its_line() {
    let (files, config) = clean();
    let mut wrong = Vec::new();
    for (note, from, to, rule) in MUTATIONS {
        let mut files = files.clone();
        let (_, text) = files
            .iter_mut()
            .find(|(path, _)| path == note)
            .expect("the note is there");
        assert!(text.contains(from), "{note} holds {from:?}");
        let at = text.find(from).expect("it was found just now");
        // The first byte that differs stands on the changed line.
        let same = from
            .bytes()
            .zip(to.bytes())
            .take_while(|(one, other)| one == other)
            .count();
        let changed = text.get(..at + same).expect("ASCII").matches('\n').count() + 1;
        *text = text.replacen(from, to, 1);
        let found = findings(&files, &config);
        let hits = |lines: &[(String, usize)]| {
            // Of a line that was taken out nothing is left to point at.
            to.is_empty()
                || lines.iter().any(|(path, line)| {
                    path == note && line.abs_diff(changed) <= usize::from(to.contains('\n'))
                })
        };
        let ok = matches!(found.as_slice(), [(diagnostic, lines)] if diagnostic.rule == *rule && hits(lines));
        if !ok {
            let told: Vec<String> = found
                .iter()
                .map(|(diagnostic, lines)| {
                    format!("{} {lines:?}: {}", diagnostic.rule, diagnostic.message)
                })
                .collect();
            wrong.push(format!(
                "{from:?} -> {to:?} (line {changed}) must give {rule} alone, not {told:#?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_renamed_note_gives_one_finding_at_its_name() {
    let (mut files, config) = clean();
    let new = "soups/weeknotes/week-214.snip.markdown";
    let (path, _) = files
        .iter_mut()
        .find(|(path, _)| path == NOTE)
        .expect("the note is there");
    *path = new.to_owned();
    let found = findings(&files, &config);
    let [(diagnostic, lines)] = found.as_slice() else {
        panic!("one finding, not {found:#?}")
    };
    assert_eq!(
        (diagnostic.rule, lines.first()),
        ("week/disagreement", Some(&(new.to_owned(), 1)))
    );
    assert!(diagnostic.place.span.is_empty());
}
