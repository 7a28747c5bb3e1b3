//! The addresses of pages, held against those that the generators write: see `tests/sites/README.md`.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

use jiff::civil::date;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use weeknote_lint::config::Config;
use weeknote_lint::lint::archive_of;

/// In how many files of each site the address is known, so that none is lost unseen. The rest depends on a script, on the
/// route of a collection, on settings that are not read, or is of a generator whose addresses are paths.
const KNOWN: &[(&str, usize)] = &[
    ("astro", 11),
    ("astro-base", 5),
    ("docusaurus", 11),
    ("eleventy", 10),
    ("eleventy-data", 5),
    ("hugo", 10),
    ("hugo-folders", 12),
    ("hugo-languages", 9),
    ("hugo-permalinks", 8),
    ("hugo-split", 10),
    ("hugo-ugly", 7),
    ("jekyll", 11),
    ("jekyll-bare", 7),
    ("jekyll-custom", 11),
    ("jekyll-github", 3),
    ("jekyll-pretty", 11),
    ("jekyll-weekdate", 4),
    ("mdbook", 7),
    ("mkdocs", 10),
    ("mkdocs-files", 5),
    ("pelican", 4),
    ("pelican-urls", 0),
    ("vitepress", 8),
    ("vitepress-clean", 0),
];

/// What is known otherwise than a generator has it.
const EXCEPTIONS: &[&str] = &[
    // Served when its day has come.
    "jekyll-bare/_posts/2999-01-01-week-1.md",
];

/// The files below `folder`, as texts.
fn texts(folder: &Path, below: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the sites of the tests are there") {
        let entry = entry.expect("the sites of the tests are there");
        let name = entry
            .file_name()
            .into_string()
            .expect("the sites of the tests are there");
        let path = format!("{below}{name}");
        if entry
            .file_type()
            .expect("the sites of the tests are there")
            .is_dir()
        {
            texts(&entry.path(), &format!("{path}/"), found);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            found.push((path, text));
        }
    }
}

/// What the generator writes: the addresses of each file.
fn served(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let mut served: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in fs::read_to_string(folder.join("addresses.tsv"))
        .expect("the sites of the tests are there")
        .lines()
    {
        let (path, address) = line
            .split_once('\t')
            .expect("the sites of the tests are there");
        served
            .entry(path.to_owned())
            .or_default()
            .push(address.to_owned());
    }
    served
}

/// An address without what hosts leave open: `index.html`, `.html`, and the slash at the end.
fn plain(address: &str) -> String {
    let address = address.trim_end_matches('/');
    let address = address.strip_suffix("/index.html").unwrap_or(address);
    let address = address.strip_suffix(".html").unwrap_or(address);
    address.to_owned()
}

#[test]
fn addresses_are_those_that_the_generators_write() {
    let sites = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut names: Vec<String> = fs::read_dir(&sites)
        .expect("the sites of the tests are there")
        .map(|entry| entry.expect("the sites of the tests are there"))
        .filter(|entry| entry.path().join("addresses.tsv").exists())
        .map(|entry| {
            entry
                .file_name()
                .into_string()
                .expect("the sites of the tests are there")
        })
        .collect();
    names.sort();
    let (mut wrong, mut counts) = (Vec::new(), Vec::new());
    for name in &names {
        let mut files = Vec::new();
        texts(&sites.join(name).join("site"), "", &mut files);
        let archive = archive_of(files, Config::default(), date(2026, 3, 4));
        let served = served(&sites.join(name));
        let mut known = 0;
        for document in &archive.documents {
            let addresses = archive.routes.addresses_of(document);
            let written = served.get(&*document.path);
            let written: Vec<String> = written.into_iter().flatten().map(|it| plain(it)).collect();
            known += usize::from(!addresses.is_empty());
            let is_right = match written.is_empty() {
                true => addresses.is_empty(),
                false => addresses.is_empty() || written.iter().any(|one| addresses.contains(one)),
            };
            let id = format!("{name}/{}", document.path);
            if !is_right && !EXCEPTIONS.contains(&&*id) {
                wrong.push(format!(
                    "{name}/{}: {addresses:?}, not {written:?}",
                    document.path
                ));
            }
        }
        counts.push((name.as_str(), known));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(counts, KNOWN, "known addresses");
}
