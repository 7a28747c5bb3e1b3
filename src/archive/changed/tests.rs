use crate::archive::Archive;
use crate::config::Config;
use crate::lint::{self, Request};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of an archive of the tests.
fn texts(name: &str) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/archives")
        .join(name);
    let (mut folders, mut texts) = (vec![root.clone()], BTreeMap::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let inside = path.strip_prefix(&root).expect("it is below");
                texts.insert(inside.to_string_lossy().replace('\\', "/"), text);
            }
        }
    }
    texts
}

/// What may be typed into a note, at any place.
const TYPED: [(&str, &str); 7] = [
    (
        "\n\n",
        "\n\nA [new thing][new-thing], and [another](/week-105#nowhere).\n\n",
    ),
    ("\n\n", "\n\n\n\n"),
    ("Week", "\n\nWeek"),
    ("Week", "Weak"),
    ("===\n", "===\n\nThe week of 3 March 2021, a Friday.\n"),
    ("\n:", "\n:colour: red\n:"),
    ("/", "/x"),
];

#[test]
fn an_archive_with_another_text_is_that_of_the_other_text() {
    let today = jiff::civil::date(2026, 3, 4);
    for name in ["clean", "broken"] {
        let texts = texts(name);
        let all = |texts: &BTreeMap<String, String>| {
            let texts = texts.clone().into_iter().collect();
            lint::archive_of(texts, Config::default(), today)
        };
        let mut archive = all(&texts);
        let notes = texts.keys().filter(|path| path.contains("week-"));
        for (at, path) in notes.enumerate() {
            let (before, after) = TYPED[at % TYPED.len()];
            let mut changed = texts.clone();
            let text = texts[path].replacen(before, after, 1);
            changed.insert(path.clone(), text.clone());
            let put = |archive: Archive, text: &str| {
                let mut request = Request::new(PathBuf::new(), Config::default(), today);
                request
                    .replaced
                    .insert(path.clone(), text.as_bytes().to_vec());
                lint::with_changed(archive, &request, std::iter::once(&**path))
            };
            archive = put(archive, &text);
            let (found, expected) = (lint::findings(&archive), lint::findings(&all(&changed)));
            assert_eq!(found, expected, "{path} with {after:?}");
            archive = put(archive, &texts[path]);
        }
        assert_eq!(lint::findings(&archive), lint::findings(&all(&texts)));
    }
}
