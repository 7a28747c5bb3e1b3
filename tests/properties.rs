//! What holds of `--fix` on any archive: it is done after one run, finds nothing new, touches no byte but those of its
//! edits, and loses no link.
//!
//! The notes are generated, or those of the example archives and of the archives beside the project, cut and spliced at
//! random, with mistakes thrown in and with every kind of line ending. The seeds are fixed; `SEEDS=20` asks for more of
//! them. What the renderers of real sites show before and after is compared by `tests/oracle.sh --kept`, in `.ci/run`.

#![allow(
    clippy::expect_used,
    clippy::string_slice,
    reason = "a failure here is a failed test"
)]

mod support;

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use support::{lint, project};

/// How many files of one archive are taken.
const MOST_FILES: usize = 40;

/// Numbers that look random and are the same in every run: xorshift64*.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).expect("31 bits fit") % bound.max(1)
    }

    fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    fn pick<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }

    /// A place between two characters.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// What notes are made of, and what can be wrong with it.
const PARTS: &[&str] = &[
    "[unused]: https://example.com/unused",
    "[Ada]: shipped the printer",
    "[ada]: /ada",
    "[Bob]: holiday",
    "[seed-bank]: https://example.com/seeds",
    "[seed-bank]: https://example.com/seeds",
    "[pump]: /pump \"The pump\"",
    "[^1]: A footnote.",
    "",
    "",
    "    with [unused] in it",
    "```\n[seed-bank]\n```",
    "> [pump]\n> and [seed\n> bank]",
    "We met [Ada] and [Bob][bob] at the [seed_bank][].",
    "The [pump][pmup] runs. [Ada] [Bob]",
    "A [quick look](pump) at the seed bank.[^1]",
    "##Heading",
    "# Week 12",
    ":) thanks",
    ":name: week-12 ",
    ":kind:blog",
    ":created_at: 2031-5-6",
    "title: A note",
    "date: 2031-5-06",
    "---",
    "+++",
    "- one\n[unused]: /x\n- two",
    "<div markdown=\"1\">\n[unused]\n</div>",
    "| a | b |\n|---|---|\n| `x|y` | [pump] |",
    "Term\n: [Ada] and more\n\n    [seed-bank] here",
    "!!! note\n    [unused] and [^1]",
    "<!-- weeknote-lint-ignore links/empty -->",
    "<!-- weeknote-lint-ignore links/empty: the slides come later -->",
    "{% include footer.md %}",
    "$[pump]$ and `[Ada]`",
];

fn generated(random: &mut Random) -> String {
    let parts = 1 + random.below(14);
    let lines: Vec<&str> = (0..parts).map(|_| *random.pick(PARTS)).collect();
    match random.below(4) {
        0 => format!(
            "---\ntitle: Week {}\n---\n\n{}\n",
            random.below(60),
            lines.join("\n\n")
        ),
        1 => format!("{}\n\n:name: week-7\n:kind: blog\n", lines.join("\n")),
        _ => lines.join("\n"),
    }
}

/// A note, cut, spliced with others, with mistakes, and with other line endings.
fn spoilt(text: &str, others: &[(String, String)], random: &mut Random) -> String {
    let mut text = text.to_owned();
    if random.one_in(4) {
        let at = random.place(&text);
        text.truncate(at);
    }
    if random.one_in(4) {
        let other = &random.pick(others).1;
        let (one, two) = (random.place(other), random.place(other));
        let at = random.place(&text);
        text.insert_str(at, &other[one.min(two)..one.max(two)]);
    }
    if random.one_in(6) {
        let from = random.place(&text);
        let gone: String = text[from..].chars().take(random.below(40)).collect();
        text.replace_range(from..from + gone.len(), "");
    }
    for _ in 0..random.below(4) {
        let starts: Vec<usize> = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let at = *random.pick(&starts);
        let part = format!("{}\n", random.pick(PARTS));
        text.insert_str(at, &part);
    }
    let plain = text.replace("\r\n", "\n");
    match random.below(6) {
        0 => plain.replace('\n', "\r\n"),
        1 => plain.replace('\n', "\r"),
        2 => {
            let pieces = plain.split('\n').collect::<Vec<_>>();
            let mut mixed = String::new();
            for piece in pieces {
                mixed.push_str(piece);
                mixed.push_str(["\n", "\n", "\r\n", "\r"][random.below(4)]);
            }
            mixed
        }
        _ => text,
    }
}

/// The files of an archive that are text, small and few, by path.
fn files_of(folder: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder can be read").flatten() {
            let path = entry.path();
            let kind = entry.file_type().expect("a file has a kind");
            let is_note = path
                .extension()
                .is_some_and(|one| one == "md" || one == "markdown");
            let is_near = path.parent() == Some(folder) && kind.is_file();
            if kind.is_dir() && !entry.file_name().to_string_lossy().starts_with('.') {
                folders.push(path);
            } else if (is_note || is_near)
                && kind.is_file()
                && entry.metadata().is_ok_and(|one| one.len() < 30_000)
            {
                let name = path
                    .strip_prefix(folder)
                    .expect("it is inside")
                    .to_string_lossy()
                    .into_owned();
                all.extend(fs::read_to_string(&path).ok().map(|text| (name, text)));
            }
        }
    }
    all.sort();
    all
}

/// The archives: their names and files.
fn archives() -> Vec<(String, Vec<(String, String)>)> {
    let mut random = Random::new(7);
    let mut named = |path: &dyn Fn(usize) -> String| -> Vec<(String, String)> {
        (1..=40)
            .map(|week| (path(week), generated(&mut random)))
            .collect()
    };
    let notes = named(&|week| format!("notes/week-{week}.md"));
    let snips = named(&|week| format!("soups/week-{week}.snip.markdown"));
    let mut archives = vec![
        ("generated".to_owned(), notes),
        ("generated snips".to_owned(), snips),
    ];
    let mut folders = vec![support::archive("clean"), support::archive("broken")];
    let beside = project().join("../shared/archives");
    match fs::read_dir(&beside) {
        Ok(entries) => folders.extend(
            entries
                .flatten()
                .map(|entry| entry.path())
                .filter(|path| path.is_dir()),
        ),
        Err(_) => loudly(
            "properties: ../shared/archives is absent, so only the example archives were cut and spliced",
        ),
    }
    folders.sort();
    for folder in folders {
        let name = folder
            .file_name()
            .expect("a folder has a name")
            .to_string_lossy()
            .into_owned();
        archives.push((name, files_of(&folder)));
    }
    archives
}

/// Says on standard error what a test does not do, though it passes.
fn loudly(words: &str) {
    let _ = writeln!(std::io::stderr(), "{words}");
}

fn report(folder: &Path, arguments: &[&str]) -> Value {
    let arguments = [
        &[
            "--format",
            "json",
            "--fail-on",
            "never",
            "--today",
            "2031-06-01",
        ],
        arguments,
    ]
    .concat();
    let run = lint(folder, &arguments);
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).expect("the report is JSON")
}

fn contents(folder: &Path, files: &[(String, String)]) -> BTreeMap<String, String> {
    let read = |(path, _): &(String, String)| {
        (
            path.clone(),
            fs::read_to_string(folder.join(path)).expect("it is there"),
        )
    };
    files.iter().map(read).collect()
}

/// The findings of a report: fingerprints, with what a person needs to find them.
fn findings(report: &Value) -> BTreeMap<String, String> {
    let one = |found: &Value| {
        let said = format!("{} {} {}", found["path"], found["rule"], found["message"]);
        (
            found["fingerprint"].as_str().expect("a string").to_owned(),
            said,
        )
    };
    report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(one)
        .collect()
}

/// The spans of the safe edits of a report, by path.
fn edited(report: &Value) -> BTreeMap<String, BTreeSet<(usize, usize)>> {
    let mut spans: BTreeMap<String, BTreeSet<(usize, usize)>> = BTreeMap::new();
    for found in report["diagnostics"].as_array().expect("a list") {
        if found["fix"]["safety"] == "safe" {
            for edit in found["fix"]["edits"].as_array().expect("a list") {
                let offset = |end: &str| {
                    let number = edit["range"][end]["offset"].as_u64().expect("a number");
                    usize::try_from(number).expect("it fits")
                };
                let path = edit["path"].as_str().expect("a string").to_owned();
                spans
                    .entry(path)
                    .or_default()
                    .insert((offset("start"), offset("end")));
            }
        }
    }
    spans
}

/// Whether `after` is `before` with something else in the place of some of the spans.
fn differs_there_alone(before: &str, after: &str, spans: &BTreeSet<(usize, usize)>) -> bool {
    let (mut rest, mut done) = (after, 0);
    for &(start, end) in spans.iter().filter(|(start, end)| start <= end) {
        let Some(kept) = before.get(done..start) else {
            continue;
        };
        let Some(after_kept) = rest.strip_prefix(kept) else {
            return false;
        };
        let (old, next) = (&before[start..end], &before[end..]);
        // Up to the text that follows, whatever stands there now; the edits of a fix that was not applied leave the old.
        let next = &next[..next.len().min(
            spans
                .range((start, end + 1)..)
                .next()
                .map_or(next.len(), |one| one.0.saturating_sub(end)),
        )];
        let after_edit = if next.is_empty() && end == before.len() {
            Some("")
        } else if let Some(same) = after_kept
            .strip_prefix(old)
            .filter(|same| same.starts_with(next))
        {
            Some(same)
        } else {
            (0..=after_kept.len().min(80))
                .filter_map(|at| after_kept.get(at..))
                .find(|one| one.starts_with(next))
        };
        let Some(after_edit) = after_edit else {
            return false;
        };
        (rest, done) = (after_edit, end);
    }
    before.get(done..) == Some(rest)
}

/// The texts after somebody has applied the safe edits of reports by hand, until there are none: what a run does at once.
fn by_hand(folder: &Path, before: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut texts = before.clone();
    for _ in 0..20 {
        for (path, text) in &texts {
            fs::write(folder.join(path), text).expect("a file can be written");
        }
        let report = report(folder, &[]);
        let mut done: BTreeMap<String, usize> = BTreeMap::new();
        let mut edits: Vec<&Value> = Vec::new();
        for found in report["diagnostics"].as_array().expect("a list") {
            if found["fix"]["safety"] == "safe" {
                edits.extend(found["fix"]["edits"].as_array().expect("a list"));
            }
        }
        edits.sort_by_key(|edit| std::cmp::Reverse(edit["range"]["start"]["offset"].as_u64()));
        let Some(_) = edits.first() else {
            break;
        };
        for edit in edits {
            let offset =
                |end: &str| edit["range"][end]["offset"].as_u64().expect("a number") as usize;
            let path = edit["path"].as_str().expect("a string");
            let (start, end) = (offset("start"), offset("end"));
            if done.get(path).is_none_or(|done| end < *done) {
                let text = texts
                    .get_mut(path)
                    .expect("the report knows no other files");
                text.replace_range(start..end, edit["text"].as_str().expect("a string"));
                done.insert(path.to_owned(), start);
            }
        }
    }
    texts
}

/// The part of a file that is no front matter, for a renderer.
fn body(text: &str) -> &str {
    let after = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"));
    after.map_or(text, |(_, body)| body)
}

#[test]
fn fixes_lose_nothing() {
    let seeds: u64 = std::env::var("SEEDS")
        .ok()
        .and_then(|seeds| seeds.parse().ok())
        .unwrap_or(1);
    let mut pairs = Vec::new();
    let mut problems = Vec::new();
    let (mut notes, mut changed) = (0, 0);
    for (name, all) in archives() {
        for seed in 0..seeds {
            let mut random = Random::new(seed + 1);
            let folder = tempfile::tempdir().expect("a temporary folder");
            fs::create_dir(folder.path().join(".git")).expect("a folder can be made");
            let mut files = Vec::new();
            let is_note = |path: &str| path.ends_with(".md") || path.ends_with(".markdown");
            let few: Vec<&(String, String)> =
                all.iter().filter(|(path, _)| !is_note(path)).collect();
            let some = all.iter().filter(|(path, _)| is_note(path));
            let from = random.below(all.len().saturating_sub(MOST_FILES));
            for (path, text) in some.skip(from).take(MOST_FILES) {
                // The first copy of each archive is as it is.
                let text = if seed == 0 && random.one_in(3) {
                    text.clone()
                } else {
                    spoilt(text, &all, &mut random)
                };
                files.push((path.clone(), text));
            }
            for (path, text) in files.iter().chain(few) {
                let path: PathBuf = folder.path().join(path);
                fs::create_dir_all(path.parent().expect("it has a folder"))
                    .expect("a folder can be made");
                fs::write(path, text).expect("a file can be written");
            }
            let before = contents(folder.path(), &files);
            let found = report(folder.path(), &[]);
            let fixed = report(folder.path(), &["--fix"]);
            let after = contents(folder.path(), &files);
            let mut problem = |what: String| problems.push(format!("{name}, seed {seed}: {what}"));
            let known = findings(&found);
            for (_, said) in findings(&fixed)
                .iter()
                .filter(|(one, _)| !known.contains_key(*one))
            {
                problem(format!("found after fixing alone: {said}"));
            }
            let spans = edited(&found);
            for (path, text) in before.iter().filter(|(path, text)| after[*path] != **text) {
                let none = BTreeSet::new();
                let spans = spans.get(path).unwrap_or(&none);
                let is_explained = differs_there_alone(text, &after[path], spans);
                // A repair may have brought another one to light.
                if !is_explained && by_hand(folder.path(), &before)[path] != after[path] {
                    problem(format!(
                        "{path}: more than the edits has changed\n{text:?}\n{:?}",
                        after[path]
                    ));
                }
                changed += 1;
                for renderer in [
                    "kramdown",
                    "cmark-gfm",
                    "commonmark.js",
                    "markdown-it",
                    "python-markdown",
                    "hugo",
                ] {
                    let id = format!("{name}/{path}#{seed}");
                    let (before, after) = (body(text), body(&after[path]));
                    // Goldmark takes a lone carriage return for a blank: where Hugo makes the site, nothing is fixed then.
                    let has_lone = text.replace("\r\n", "").contains('\r');
                    if renderer == "hugo" && has_lone && !name.contains("hugo") {
                        continue;
                    }
                    pairs.push(
                        json!({ "id": id, "renderer": renderer, "before": before, "after": after }),
                    );
                }
            }
            notes += files.len();
            for (path, text) in &after {
                fs::write(folder.path().join(path), text).expect("a file can be written");
            }
            let again = report(folder.path(), &["--fix"]);
            if contents(folder.path(), &files) != after || again["summary"] != fixed["summary"] {
                problem("a second run changes something".to_owned());
            }
        }
    }
    assert!(
        problems.is_empty(),
        "{} problems\n{}",
        problems.len(),
        problems.join("\n")
    );
    assert!(
        changed >= 20,
        "only {changed} of {notes} notes were changed"
    );
    loudly(&format!(
        "properties: {changed} of {notes} notes were changed, and nothing but them"
    ));
    keep(&pairs);
}

/// Keeps what was changed for the renderers of real sites, which `.ci/run` asks whether all that they showed is still there.
fn keep(pairs: &[Value]) {
    let folder = project().join("target");
    let file = folder.join("kept.jsonl");
    let lines: Vec<String> = pairs.iter().map(Value::to_string).collect();
    fs::create_dir_all(folder).expect("a folder can be made");
    fs::write(&file, lines.join("\n")).expect("a file can be written");
    loudly(
        "properties: NOT held against real renderers here: tests/oracle.sh --kept target/kept.jsonl does that",
    );
}
