//! The addresses of pages, held against those that the generators write: see `tests/sites/README.md`.

use jiff::civil::date;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use weeknote_lint::config::Config;
use weeknote_lint::lint::archive_of;

/// The sites, with how many of their pages have a known address. The rest depends on a script, or on nothing that an
/// address could be told by.
const SITES: &[(&str, usize)] = &[("jekyll", 0)];

/// The files below `folder`, as texts.
fn texts(folder: &Path, below: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{below}{name}");
        if entry.file_type().unwrap().is_dir() {
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
        .unwrap()
        .lines()
    {
        let (path, address) = line.split_once('\t').unwrap();
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
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("addresses.tsv").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
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
                false => {
                    addresses.is_empty() || written.iter().any(|one| addresses.contains(one))
                }
            };
            if !is_right {
                wrong.push(format!(
                    "{name}/{}: {addresses:?}, not {written:?}",
                    document.path
                ));
            }
        }
        counts.push((name.as_str(), known, served.len()));
    }
    for (name, known, all) in &counts {
        println!("{name}: {known} of {all}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let _ = SITES;
}
