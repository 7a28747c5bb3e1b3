use super::*;
use crate::document::{Dialect, ParseOptions, parse};

fn headings(text: &str) -> Vec<Heading> {
    let options = ParseOptions {
        dialect: Dialect::Kramdown,
        ..ParseOptions::default()
    };
    parse("a.md", text, options).headings
}

/// The row of each renderer.
const ROWS: &[(&str, usize)] = &[
    ("kramdown", 0),
    ("kramdown, GFM", 1),
    ("Hugo, github", 1),
    ("Hugo, github-ascii", 2),
    ("Hugo, blackfriday", 5),
    ("Python-Markdown", 4),
    ("pymdownx", 3),
    ("pymdownx, capitals", 14),
    ("github-slugger", 1),
    ("markdown-it-anchor", 13),
    ("@sindresorhus/slugify", 8),
    ("vitepress", 7),
    ("slugify, lower", 12),
    ("slugify, strict", 11),
];

/// What the table does not do: set dashes, spell letters of other scripts, `ß` and `%`, or trim hyphens that are written.
const APART: &[(&str, &str)] = &[
    ("kramdown, GFM", "A -- B"),
    ("Hugo, github-ascii", "Übergröße"),
    ("Hugo, github-ascii", "日本語 見出し"),
    ("Hugo, github-ascii", "Привет мир"),
    ("Python-Markdown", "Übergröße"),
    ("Python-Markdown", "日本語 見出し"),
    ("Python-Markdown", "Привет мир"),
    ("@sindresorhus/slugify", "Übergröße"),
    ("@sindresorhus/slugify", "日本語 見出し"),
    ("@sindresorhus/slugify", "Привет мир"),
    ("slugify, lower", "100%"),
    ("slugify, lower", "Übergröße"),
    ("slugify, lower", "日本語 見出し"),
    ("slugify, lower", "Привет мир"),
    ("slugify, lower", "- and -"),
    ("slugify, strict", "100%"),
    ("slugify, strict", "Übergröße"),
    ("slugify, strict", "日本語 見出し"),
    ("slugify, strict", "Привет мир"),
    ("slugify, strict", "- and -"),
];

#[test]
fn the_table_answers_as_renderers_do() {
    let table = include_str!("../../../tests/oracle/slugs.tsv");
    let mut lines = table
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>());
    let renderers = lines.next().expect("the table has a head");
    let rows: Vec<Vec<&str>> = lines.collect();
    let text: String = rows
        .iter()
        .map(|row| format!("## {}\n\n", row[0]))
        .collect();
    let ids = ids(&headings(&text));
    for (column, name) in renderers.iter().enumerate().skip(1) {
        let (_, row) = ROWS
            .iter()
            .find(|(known, _)| known == name)
            .expect("a row for each");
        for answer in &rows {
            let (heading, id) = (answer[0], answer[column]);
            let made_by = ids.get(id).map_or(0, |made| made.by);
            let agrees = made_by & (1 << row) != 0;
            let is_apart = APART.contains(&(name, heading));
            assert!(agrees != is_apart, "{name}: {heading} -> {id}");
        }
    }
}

#[test]
fn github_trims_and_keeps_letters_of_any_script() {
    assert_eq!(github("  What’s next? "), "whats-next");
    assert_eq!(github("2 x Étagères & co_op"), "2-x-étagères--co_op");
}

#[test]
fn repeated_headings_are_counted() {
    let ids = ids(&headings("## Plans\n\n## [Plans](/x)\n\n## Plans\n"));
    for id in ["plans", "plans-1", "plans-2", "plans_2", "plansx"] {
        assert!(ids.contains_key(id), "{id} in {ids:?}");
    }
    assert!(!ids.contains_key("plans-3"));
}
