//! What each renderer makes of the same text, as it was asked; and properties of any text.

use super::*;
use crate::document::{LinkKind, parse};
use proptest::prelude::*;

fn options(dialect: Dialect) -> ParseOptions {
    ParseOptions {
        dialect,
        definition_lists: dialect != Dialect::Gfm,
        ..ParseOptions::default()
    }
}

/// The labels of the references that are links, in their order. Every label of one letter is defined.
fn links(text: &str, dialect: Dialect) -> String {
    let definitions: String = ('a'..='f')
        .map(|one| format!("[{one}]: /{one}\n"))
        .collect();
    let text = format!("{text}\n\n{definitions}");
    let document = parse("note.md", &text, options(dialect));
    let links = document.links.iter();
    let links = links.filter(|link| link.kind == LinkKind::Full && link.definition().is_some());
    // The place of a link is its own in the source, whatever was moved.
    links.map(|link| link.target_span.of(&text)).collect()
}

const ALL: [Dialect; 4] = [
    Dialect::CommonMark,
    Dialect::Gfm,
    Dialect::Kramdown,
    Dialect::PythonMarkdown,
];

#[test]
fn a_footnote_holds_what_is_indented() {
    let cases = [
        ("[^p]: One [x][a].\n\n    Two [x][b].", "ab"),
        ("[^p]: One.\n\n        code [x][a]\n\n    Two [x][b].", "b"),
        ("[^p]: - [x][a]\n\n    - [x][b]\n\n        [x][c]", "abc"),
        (
            "[^p]: One\n    two [x][a]\nthree [x][b]\n\n    four [x][c]",
            "abc",
        ),
        (
            "[^p]: One\n\n    ```\n    [x][a]\n\n    [x][b]\n    ```\n\n    [x][c]",
            "c",
        ),
        ("[^p]: One\n\n\ttwo [x][a]\n\n\t\tcode [x][b]", "a"),
        ("[^p]: One\n\n  two [x][a]\n\n    code [x][b]", "a"),
        ("```\n[^p]: One\n\n    [x][a]\n```\n\n    [x][b]", ""),
        ("    [^p]: One\n\n        [x][a]", ""),
    ];
    for (text, expected) in cases {
        for dialect in ALL {
            let text = format!("Text[^p].\n\n{text}");
            assert_eq!(links(&text, dialect), expected, "{text} in {dialect:?}");
        }
    }
}

#[test]
fn lazy_lines_of_footnotes() {
    let unindented = "Text[^p].\n\n[^p]: One\ntwo [x][a]\n\n    [x][b]";
    // kramdown ends the footnote with its first line, so that code follows.
    let expected = ["ab", "ab", "a", "ab"];
    for (dialect, expected) in ALL.into_iter().zip(expected) {
        assert_eq!(links(unindented, dialect), expected, "{dialect:?}");
    }
    let in_paragraph = "Text[^p]\n[^p]: no footnote\n\n    [x][a]";
    assert_eq!(links(in_paragraph, Dialect::Kramdown), "");
    assert_eq!(links(in_paragraph, Dialect::Gfm), "a");
}

#[test]
fn a_definition_list_holds_what_is_indented() {
    let cases = [
        ("Pump\n: It is old.\n\n    The [x][a].", "a"),
        ("Pump\n:   Old.\n\n        code [x][a]\n\n    [x][b]", "b"),
        ("Pump\n: One [x][a]\n: Two [x][b]\n  [x][c]", "abc"),
        ("Pump\n\n: One [x][a]\n\n: Two\n\n    [x][b]", "ab"),
        ("Pump\n: > [x][a]\n\n    [x][b]", "ab"),
        ("Pump\n:\tOld\n\n\t[x][a]", "a"),
        ("Pump\n:old\n\n    [x][a]", ""),
        ("> Pump\n> : Old [x][a]\n>\n>     [x][b]", "ab"),
    ];
    for (text, expected) in cases {
        for dialect in [
            Dialect::CommonMark,
            Dialect::Kramdown,
            Dialect::PythonMarkdown,
        ] {
            assert_eq!(links(text, dialect), expected, "{text} in {dialect:?}");
        }
        if expected == "a" {
            assert_eq!(links(text, Dialect::Gfm), "", "{text}");
        }
    }
    let heading = "# Pump\n: Old\n\n    [x][a]";
    assert_eq!(links(heading, Dialect::Kramdown), "");
    assert_eq!(links(heading, Dialect::PythonMarkdown), "a");
}

#[test]
fn python_markdown_indents_by_four() {
    let cases = [
        ("!!! note\n\n    One [x][a]\n\n        code [x][b]", "a"),
        (
            "!!! note \"A title\"\n    One [x][a]\nout [x][b]\n\n    code [x][c]",
            "ab",
        ),
        (
            "??? note\n\n    One\n\n    ???+ tip \"Deep\"\n\n        [x][a]",
            "a",
        ),
        (
            "=== \"Tab\"\n\n    - one\n\n        [x][a]\n\n            code [x][b]",
            "a",
        ),
        (
            "1. Step\n\n    !!! note\n\n        [x][a]\n\n    [x][b]",
            "ab",
        ),
        ("    !!! note\n\n        [x][a]", ""),
        ("- one\n\n      six [x][a]\n\n        code [x][b]", "a"),
        ("- one\n  - two\n\n    [x][a]", "a"),
        ("100. one\n\n    [x][a]\n\n        code [x][b]", "a"),
        ("text\n- no item\n\n    code [x][a]", ""),
        ("1) no item\n\n    code [x][a]", ""),
        ("text [x][g]\n[g]: /g\nmore [x][h]\n[h]: two words", "g"),
        ("[one] [a] [two][no]", "a"),
    ];
    for (text, expected) in cases {
        let found = links(text, Dialect::PythonMarkdown);
        assert_eq!(found, expected, "{text}");
    }
    let text = "##Heading\n\n!!! note\n\n    # Two\n\n    [a]: /a\n";
    let document = parse("note.md", text, options(Dialect::PythonMarkdown));
    let headings = document.headings.iter();
    let headings: Vec<_> = headings.map(|heading| &*heading.text).collect();
    assert_eq!(headings, ["Heading", "Two"]);
    // A definition is deleted with its indentation.
    let lines = document.definitions.iter().map(|one| one.lines.of(text));
    assert_eq!(lines.collect::<Vec<_>>(), ["    [a]: /a\n"]);
}

#[test]
fn a_pipe_in_code_divides_no_cell() {
    let head = "| a | b |\n|---|---|\n";
    let row = format!("{head}| c | [`x|y`][a] |\n| `p|q` | [x][b] |");
    let apart = "| c | [x\n| y][a] |";
    for dialect in [Dialect::Kramdown, Dialect::PythonMarkdown] {
        assert_eq!(links(&row, dialect), "ab", "{dialect:?}");
        assert_eq!(links(&format!("{head}{apart}"), dialect), "", "{dialect:?}");
    }
    // GitHub divides there, and drops what is over.
    assert_eq!(links(&row, Dialect::Gfm), "");
    // Any line with a pipe begins a table of kramdown, but in a paragraph, or with all pipes in code.
    for (text, expected) in [
        (apart.to_owned(), ""),
        (format!("text\n{apart}"), "a"),
        (format!("{apart}\ntext"), "a"),
        ("`a|b` [x\ny][a] | c".to_owned(), "a"),
        (format!("{apart}\n{{: .wide}}"), ""),
    ] {
        assert_eq!(links(&text, Dialect::Kramdown), expected, "{text}");
    }
    assert_eq!(links(apart, Dialect::PythonMarkdown), "a");
    // Such a line is a table even if it was meant as a definition.
    let document = parse("note.md", "[g]: /g|h\n\n[g]\n", options(Dialect::Kramdown));
    assert_eq!(document.unknown, [Span::new(0, 10)]);
}

#[test]
fn html_ends_with_its_element() {
    let cases = [
        (
            "<div markdown=\"1\">\n[x][a]\n\n- [x][b]\n</div>\n[x][c]",
            "abc",
        ),
        ("<div markdown=\"1\">[x][a]</div>\n[x][b]", "ab"),
        ("<div class=\"a\"\n  markdown='block'>\n[x][a]\n</div>", "a"),
        (
            "<div markdown=\"1\">\n\n<div>\n[x][a]\n\n[x][b]\n</div>\n\n[x][c]\n</div>",
            "c",
        ),
        ("<div markdown=\"0\">\n\n[x][a]\n</div>\n\n[x][b]", "b"),
        (
            "<div>\n\n[x][a]\n\n<div></div>\n\n[x][b]\n\n</div>\n[x][c]",
            "c",
        ),
        ("<hr>\n[x][a]", "a"),
        ("```\n> code\n```\n\n<div>\n\n[x][a]\n\n</div>", ""),
        ("<span>[x][a]</span>", "a"),
        ("<div markdown=\"1\">\n[x][a]\n\n[x][b]", "ab"),
        ("> <div markdown=\"1\">\n> [x][a]\n> </div>\n\n[x][b]", "ab"),
    ];
    for (text, expected) in cases {
        for dialect in [Dialect::Kramdown, Dialect::PythonMarkdown] {
            assert_eq!(links(text, dialect), expected, "{text} in {dialect:?}");
        }
    }
    // Where the element is not closed, what follows may be read or not.
    let open = parse("note.md", "<div>\n\n[gone][]\n", options(Dialect::Kramdown));
    assert_eq!((open.links.len(), open.unknown.len()), (0, 1));
    let set =
        "{::options parse_block_html=\"true\" /}\n\n<div>\n[x][a]\n</div>\n<pre>\n[x][b]\n</pre>";
    assert_eq!(links(set, Dialect::Kramdown), "a");
    let hidden = "{::comment}\n[x][a]\n\n[x][b]\n{:/comment}\n\n[x][c]";
    assert_eq!(links(hidden, Dialect::Kramdown), "c");
    let gfm = "<div>\n\n[x][a]\n\n</div>\n[x][b]";
    assert_eq!(links(gfm, Dialect::Gfm), "a");
}

#[test]
fn an_item_of_kramdown_may_be_a_definition() {
    let text = "- [g]: any words\n- other [x][g]";
    assert_eq!(links(text, Dialect::Kramdown), "g");
    assert_eq!(links(text, Dialect::Gfm), "");
}

proptest! {
    #[test]
    fn what_is_copied_leads_back(lines in proptest::collection::vec(
        "( {0,9}|\t|> |>\t)(\\[\\^a\\]: |: |!!! note|- |10\\. |```|\\[a\\]: |#|\\| |<p>|</p>|<p markdown=1>|é |\r)?(x|\\[x\\]\\[a\\]| y)?",
        0..14,
    )) {
        let text = lines.join("\n");
        for dialect in ALL {
            let laid = lay_out(&text, options(dialect));
            let mut before = 0;
            for (at, one) in laid.text.char_indices() {
                let place = laid.source(Span::new(at, at + one.len_utf8()));
                prop_assert!(place.start >= before, "{:?}", laid.text);
                before = place.start;
                let copied = place.of(&text);
                let is_added = copied.is_empty() && matches!(one, ' ' | '\n' | '\\');
                prop_assert!(is_added || copied == one.to_string(), "{:?}", laid.text);
            }
            let words = |text: &str| text.matches(['x', 'y', 'é', '[']).count();
            prop_assert_eq!(words(&laid.text), words(&text));
        }
    }
}
