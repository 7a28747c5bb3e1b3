use crate::{config::Config, lint};

/// What is found in notes with these metadata in `folder`, of which the twenty-first has none of it.
fn found(folder: &str, metadata: &str, site: &[(&str, &str)]) -> Vec<String> {
    let note = |number| {
        let metadata = if number == 21 { "" } else { metadata };
        (
            format!("{folder}/week-{number}.md"),
            format!("---\ntitle: Week {number}\n{metadata}---\n\nBeans.\n"),
        )
    };
    let site = site
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let texts = (1..=40).map(note).chain(site).collect();
    let archive = lint::archive_of(texts, Config::default(), jiff::civil::date(2031, 5, 6));
    let (found, _) = lint::findings(&archive);
    found.into_iter().map(|found| found.message).collect()
}

const MISSING: &str = "the metadata has no `layout`";

#[test]
fn a_key_that_the_folder_gives_is_not_missing() {
    let layout = "layout: note\n";
    let eleventy = |path, text| {
        found(
            "src/notes",
            layout,
            &[("eleventy.config.js", ""), (path, text)],
        )
    };
    let json = "{\"layout\": \"note\"}";
    for (path, text) in [
        ("src/notes/notes.json", json),
        ("src/notes/notes.11tydata.json", json),
        ("src/src.json", json),
        (
            "src/src.json",
            "{\"eleventyComputed\": {\"layout\": \"note\"}}",
        ),
        (
            "src/notes/notes.11tydata.js",
            "module.exports = { layout: 'note' };",
        ),
        (
            "src/notes/notes.11tydata.cjs",
            "module.exports = require('../all');",
        ),
    ] {
        assert!(eleventy(path, text).is_empty(), "{path} {text}");
    }
    for (path, text) in [
        ("src/notes/other.json", json),
        ("src/pages/pages.json", json),
        ("src/notes/notes.json", "{\"layouts\": \"note\"}"),
        (
            "src/notes/notes.11tydata.js",
            "export default { author: 'Ada' };",
        ),
    ] {
        assert_eq!(eleventy(path, text), [MISSING], "{path} {text}");
    }
}

#[test]
fn defaults_and_cascades_hold_where_they_say() {
    let layout = "layout: note\n";
    let jekyll = |scope: &str| {
        let config =
            format!("defaults:\n  - scope:\n      {scope}\n    values:\n      layout: note\n");
        found("docs/_posts", layout, &[("_config.yml", &config)]).is_empty()
    };
    assert!(jekyll("path: \"\""));
    assert!(jekyll("path: docs"));
    assert!(jekyll("{ path: \"\", type: posts }"));
    assert!(!jekyll("{ path: \"\", type: pages }"));
    assert!(!jekyll("path: notes"));
    let hugo =
        |path, text| found("content/notes", layout, &[("hugo.toml", ""), (path, text)]).is_empty();
    let index = "content/notes/_index.md";
    assert!(hugo(
        index,
        "---\ntitle: Notes\ncascade:\n  layout: note\n---\n"
    ));
    assert!(hugo(
        index,
        "+++\ntitle = 'Notes'\n[[cascade]]\n[cascade.params]\nlayout = 'note'\n+++\n"
    ));
    assert!(hugo(
        "config/_default/hugo.yaml",
        "cascade:\n  - layout: note\n"
    ));
    assert!(!hugo(index, "---\ntitle: Notes\nlayout: note\n---\n"));
}
