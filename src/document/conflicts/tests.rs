use super::*;
use crate::document::{Document, ParseOptions, parse};
use proptest::prelude::*;

fn parsed(text: &str) -> (Document, Vec<&str>) {
    let document = parse("notes/week-7.md", text, ParseOptions::default());
    let markers = document.odd_lines.iter().map(|line| line.span.of(text));
    let markers = markers.collect();
    (document, markers)
}

fn keys(document: &Document) -> Vec<&str> {
    let entries = document.metadata.entries.iter();
    entries.map(|entry| &*entry.key).collect()
}

#[test]
fn metadata_is_read_without_the_second_version() {
    let conflict = "<<<<<<< HEAD\n:author: ann\n||||||| parent\n:old: 1\n=======\n:author: ben\n:extra: 1\n>>>>>>> b\n";
    let symbols = format!("Week 7\n\n:name: week-7\n{conflict}:kind: blog\n");
    let first = format!("Week 7\n\n{conflict}:name: week-7\n:kind: blog\n");
    let plain = conflict.replace("\n:", "\n");
    let yaml = format!("---\nname: week-7\n{plain}kind: blog\n---\nBody\n");
    let toml = yaml
        .replace(": week-7", " = 'week-7'")
        .replace(": blog", " = 'blog'");
    let toml = toml
        .replace(": ", " = ")
        .replace("---\n", "+++\n")
        .replace("= ann", "= 'ann'");
    let whole = format!(
        "<<<<<<< HEAD\n{}=======\n---\nname: 7\n---\nOther\n>>>>>>> b\n",
        "---\nname: week-7\nauthor: ann\nextra: 1\nkind: blog\n---\nBody\n"
    );
    for text in [symbols, first, yaml, toml, whole] {
        for text in [text.replace('\n', "\r\n"), text] {
            let (document, markers) = parsed(&text);
            assert_eq!(markers, ["<<<<<<< HEAD", ">>>>>>> b"], "{text}");
            assert!(document.metadata.problems.is_empty(), "{text}");
            let mut known = keys(&document);
            known.sort_unstable();
            assert_eq!(known, ["author", "extra", "kind", "name"], "{text}");
            let author = document.metadata.get("author").and_then(|it| it.as_str());
            assert_eq!(author, Some("ann"), "{text}");
        }
    }
}

#[test]
fn the_body_is_read_without_the_second_version() {
    let text = "# Week 7\n\n<<<<<<< HEAD\nOne [a] [b].\n=======\nTwo [c].\n>>>>>>> b\n\n<<<<<<< HEAD\n[a]: /a\n=======\n[a]: /aa\n[b]: /b\n>>>>>>> b\n";
    let (document, markers) = parsed(text);
    assert_eq!(markers.len(), 4);
    assert_eq!(document.headings.len(), 1);
    let links = document.links.iter().map(|link| &*link.text);
    assert_eq!(links.collect::<Vec<_>>(), ["a", "b"]);
    assert!(
        document
            .links
            .iter()
            .all(|link| link.definition().is_some())
    );
    assert_eq!(document.definitions.len(), 2);
}

#[test]
fn a_conflict_that_is_shown_is_none() {
    for text in [
        "Git said:\n\n```\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> b\n```\n",
        "Git said:\n\n    <<<<<<< HEAD\n    >>>>>>> b\n",
        "Title\n=======\n\n<<<<<<<\n\n>>>>>>>\n",
    ] {
        assert!(parsed(text).1.is_empty(), "{text}");
    }
    let (document, markers) = parsed("One\n=======\n\n<<<<<<< a\n\nTwo\n");
    assert_eq!((document.headings.len(), markers), (1, vec!["<<<<<<< a"]));
}

proptest! {
    #[test]
    fn no_offset_moves(lines in proptest::collection::vec(
        "<<<<<<< a|=======|>>>>>>> b|\\|\\|\\|\\|\\|\\|\\| c|---|é: x|:a: é|\u{2028}|\r|[é]: /x", 0..12,
    )) {
        let text = lines.join("\n");
        let (resolved, markers) = resolve(&text);
        prop_assert_eq!(resolved.len(), text.len());
        for marker in markers {
            prop_assert_eq!(marker.span.of(&text), &*marker.text);
        }
        for (at, _) in text.match_indices('\n') {
            prop_assert_eq!(resolved.as_bytes()[at], b'\n');
        }
    }
}
