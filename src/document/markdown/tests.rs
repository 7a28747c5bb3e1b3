//! Small texts and what is read out of them, and properties of any text.

use crate::document::mask::Openings;
use crate::document::{
    DefinitionStatus, Dialect, Document, LinkKind, OddLineKind, ParseOptions, parse,
};
use crate::source::Span;
use proptest::prelude::*;

const DIALECTS: [Dialect; 3] = [Dialect::CommonMark, Dialect::Gfm, Dialect::Kramdown];

fn read(text: &str, dialect: Dialect) -> Document {
    let options = ParseOptions {
        dialect,
        ..ParseOptions::default()
    };
    parse("note.md", text, options)
}

/// The links of a text, one a line: kind, text, label, destination, and the destination of the definition.
fn links(text: &str, dialect: Dialect) -> Vec<String> {
    let document = read(text, dialect);
    let shown = document.links.iter().map(|link| {
        let defined = link
            .definition()
            .and_then(|index| document.definitions.get(index as usize));
        let mut line = format!("{:?} {}", link.kind, link.text);
        if link.is_reference() {
            line += &format!(
                " -> {} = {}",
                &link.target,
                defined.map_or("?", |definition| &definition.destination)
            );
        } else {
            line += &format!(" -> {}", link.destination());
        }
        if let Some(spaced) = &link.spaced {
            line += &format!(" + {}", spaced.of(text));
        }
        line + if link.unlinked.is_some() {
            " (text)"
        } else {
            ""
        }
    });
    shown.collect()
}

/// The definitions of a text, one a line: label, destination, title, and what became of it.
fn definitions(text: &str, dialect: Dialect) -> Vec<String> {
    let document = read(text, dialect);
    let shown = document.definitions.iter().map(|definition| {
        let (destination, span) = (definition.destination_span, definition.span);
        let title = Span::new(destination.end as usize, span.end as usize).of(text);
        let title = title.trim_start_matches([' ', '\t', '\r', '\n', '>']);
        assert_eq!(definition.has_title, !title.is_empty());
        let status = match definition.status {
            DefinitionStatus::NoColon => "no colon".to_owned(),
            DefinitionStatus::Defined => definition
                .duplicate_of
                .map_or(String::new(), |first| format!("again {first}")),
            DefinitionStatus::NoDestination => "no destination".to_owned(),
            DefinitionStatus::Malformed => "malformed".to_owned(),
            DefinitionStatus::Swallowed { cause } => format!("after {}", cause.of(text)),
        };
        [
            &*definition.label,
            &*definition.destination,
            title,
            &*status,
        ]
        .join(" | ")
        .trim_end_matches([' ', '|'])
        .to_owned()
    });
    shown.collect()
}

#[test]
fn links_of_every_kind() {
    let definitions = "\n\n[a]: /a\n[B c]: </b c> 'title'\n";
    let cases: [(&str, &[&str]); 17] = [
        ("[x][a]", &["Full x -> a = /a"]),
        ("[b  C][]", &["Collapsed b  C -> b  C = /b c"]),
        ("[a].", &["Shortcut a -> a = /a"]),
        ("![x][a]", &["Full x -> a = /a"]),
        ("[x][none]", &["Full x -> none = ?"]),
        ("[none][]", &["Collapsed none -> none = ?"]),
        ("[none]", &["Shortcut none -> none = ?"]),
        ("[x](/u)", &["Inline x -> /u"]),
        ("[x](/u \"t\")", &["Inline x -> /u"]),
        ("[x](</u v>)", &["Inline x -> /u v"]),
        ("[x](/u_(v))", &["Inline x -> /u_(v)"]),
        ("[x]()", &["Inline x -> "]),
        (
            "[![x](/i)](/u)",
            &["Inline ![x](/i) -> /u", "Inline x -> /i"],
        ),
        (
            "[[in](/u)] [out][a]",
            &["Inline in -> /u", "Full out -> a = /a"],
        ),
        (
            "<https://e.example/>",
            &["Autolink https://e.example/ -> https://e.example/"],
        ),
        ("<a href=\"/u\">x</a>", &["Html  -> /u"]),
        ("`[x][a]` \\[x][none\\]", &[]),
    ];
    for dialect in DIALECTS {
        for (text, expected) in cases {
            assert_eq!(
                links(&format!("{text}{definitions}"), dialect),
                expected,
                "{text} in {dialect:?}"
            );
        }
    }
}

#[test]
fn an_escaped_bracket_begins_no_label() {
    for (text, expected) in [
        ("[é]\\[a]: /a\n", &["Shortcut é -> é = ?"][..]),
        ("![é]\\[a]\n", &["Shortcut é -> é = ?"]),
        (
            "[b]\\[a] [b][a]\n\n[a]: /a\n[b]: /b\n",
            &["Shortcut b -> b = /b", "Full b -> a = /a"],
        ),
    ] {
        assert_eq!(links(text, Dialect::CommonMark), expected, "{text}");
    }
    for text in [
        "[é[x]]\\[a]",
        "[![é](/x)]\\[a]",
        "[é]\\\\[a]",
        "[é]\\[a][é]\\[a]",
    ] {
        check(text);
    }
}

#[test]
fn words_in_parentheses_are_a_link_for_kramdown_alone() {
    let text = "[x](two words) and [y](see \"z\")";
    assert_eq!(
        links(text, Dialect::Kramdown).first().map(String::as_str),
        Some("Inline x -> two words")
    );
    assert_eq!(
        links(text, Dialect::Gfm).first().map(String::as_str),
        Some("Inline x -> two words (text)")
    );
}

#[test]
fn kramdown_joins_brackets_across_white_space() {
    let definitions = "\n\n[a]: /a\n[b]: /b\n";
    let cases: [(&str, &[&str]); 11] = [
        ("[text] [a]", &["Full text -> a = /a + "]),
        ("[text]\n[a]", &["Full text -> a = /a + "]),
        ("[a] [b]", &["Full a -> b = /b + "]),
        ("[a] [b][]", &["Full a -> b = /b + []"]),
        ("[a] [b](/u)", &["Full a -> b = /b + (/u)"]),
        (
            "[a] [b][a]",
            &["Full a -> b = /b + [a]", "Shortcut a -> a = /a"],
        ),
        // Neither is printed as a link.
        (
            "[a] [no]",
            &["Full a -> no = ? + ", "Shortcut no -> no = ?"],
        ),
        ("[a] [no](/u)", &["Full a -> no = ? + ", "Inline no -> /u"]),
        ("[a] [^1]", &["Full a -> ^1 = ? + "]),
        (
            "[x][] [no]",
            &["Collapsed x -> x = ?", "Shortcut no -> no = ?"],
        ),
        (
            "[a]\n\n[b]",
            &["Shortcut a -> a = /a", "Shortcut b -> b = /b"],
        ),
    ];
    for (text, expected) in cases {
        let text = format!("{text}{definitions}");
        assert_eq!(links(&text, Dialect::Kramdown), expected, "{text}");
    }
    for dialect in [Dialect::CommonMark, Dialect::Gfm] {
        assert_eq!(
            links(&format!("[a] [b]{definitions}"), dialect),
            ["Shortcut a -> a = /a", "Shortcut b -> b = /b"]
        );
    }
}

#[test]
fn labels_are_folded_as_the_dialect_folds_them() {
    let folded = [
        "[x][STRASSE]\n\n[straße]: /u\n",
        "[x][ẞ]\n\n[ss]: /u\n",
        "[x][ a ]\n\n[a]: /u\n",
    ];
    for text in folded {
        assert!(
            links(text, Dialect::Gfm)
                .iter()
                .all(|link| link.ends_with("/u")),
            "{text}"
        );
        assert!(
            links(text, Dialect::Kramdown)
                .iter()
                .all(|link| link.ends_with("?")),
            "{text}"
        );
    }
    let (text, apart) = ("[x][A\tb]\n\n[a B]: /u\n", "[x][a\u{a0}b]\n\n[a b]: /u\n");
    for dialect in DIALECTS {
        assert!(links(text, dialect).iter().all(|link| link.ends_with("/u")));
        assert!(links(apart, dialect).iter().all(|link| link.ends_with("?")));
    }
}

#[test]
fn the_marks_of_a_quotation_are_no_part_of_what_stands_in_it() {
    let text = "> > see [red\n> > shed], [x][red\n> > shed]\n\n[red shed]: /u\n";
    for dialect in DIALECTS {
        let found = links(text, dialect);
        assert!(
            found.len() == 2 && found.iter().all(|link| link.ends_with("= /u")),
            "{found:?}"
        );
    }
    let text = "> [red\n> shed]:\n> /u\n> \"A\n> title\"\n> [b]: /b\n";
    let expected = ["red\n> shed | /u | \"A\n> title\"", "b | /b"];
    assert_eq!(definitions(text, Dialect::Gfm), expected);
}

#[test]
fn titles_end_where_their_quotes_do() {
    let titles = |text: &str, dialect| -> Vec<String> {
        let document = read(text, dialect);
        let spans = document.definitions.iter().map(|one| one.lines);
        spans.map(|lines| lines.of(text).to_owned()).collect()
    };
    // The second one of a label is read by us, not by pulldown-cmark.
    let text = "[a]: /a\n'one\ntwo'\n[a]: /b\n'one\ntwo'\n";
    let expected = ["[a]: /a\n'one\ntwo'\n", "[a]: /b\n'one\ntwo'\n"];
    assert_eq!(titles(text, Dialect::CommonMark), expected);
    for no_title in ["(see above)", "\"one\n\ntwo\""] {
        let text = format!("[a]: /a\n{no_title}\n");
        assert_eq!(titles(&text, Dialect::Kramdown), ["[a]: /a\n"]);
    }
}

#[test]
fn a_line_after_the_text_of_an_item_or_a_row_is_no_definition() {
    for (before, after) in [
        ("- one\n- [a]", "\n[a]: /a\n"),
        ("- one\n  - [a]", "\n    [a]: /a\n"),
        ("1. **one**", "\n[a]: /a\n"),
        ("- [x] one", "\n  [a]: /a\n- two\n"),
        ("| a |\n|---|\n| [a]", "\n[a]: /a\n"),
    ] {
        let text = format!("{before}{after}");
        let last = before.lines().next_back().unwrap_or("").trim_start();
        assert_eq!(
            definitions(&text, Dialect::Gfm),
            [format!("a | /a |  | after {last}")],
            "{text}"
        );
        // The brackets of that line are a reference like any other.
        let text = format!("{text}\n\nThe [a].\n\n[a]: /b\n");
        let found = links(&text, Dialect::Gfm);
        assert!(
            found.len() > 1 && found.iter().all(|link| link.ends_with("= /b")),
            "{found:?}"
        );
    }
    for text in [
        "- one\n\n[a]: /a\n",
        "-\n[a]: /a\n",
        "- [a]: /a\n- one\n",
        "| a |\n|---|\n\n[a]: /a\n",
    ] {
        assert_eq!(definitions(text, Dialect::Gfm), ["a | /a"], "{text}");
    }
}

#[test]
fn of_three_brackets_the_middle_ones_are_the_text_of_a_link() {
    let expected = ["Shortcut a -> a = ?", "Full b -> c = /c"];
    for dialect in DIALECTS {
        assert_eq!(links("[a][b][c]\n\n[c]: /c\n", dialect), expected);
    }
}

#[test]
fn references_in_html_that_kramdown_reads_are_uses() {
    let text = "<div markdown=\"1\">\n[x][a] and [no]\n</div>\n\n[a]: /a\n";
    assert_eq!(
        links(text, Dialect::Kramdown),
        ["Full x -> a = /a", "Shortcut no -> no = ?"]
    );
    assert!(links(text, Dialect::CommonMark).is_empty());
}

#[test]
fn kramdown_does_not_read_what_follows_an_unknown_tag() {
    let text =
        "[x][a] <project>.org [y][a] <br>\n\n<em>[z][a]\n\n<code>[u][a]</code> [v][a]\n\n[a]: /a\n";
    let texts = |dialect| -> Vec<String> {
        let document = read(text, dialect);
        document
            .links
            .iter()
            .map(|link| link.text.to_string())
            .collect()
    };
    assert_eq!(texts(Dialect::Kramdown), ["x", "z", "v"]);
    assert_eq!(texts(Dialect::Gfm), ["x", "y", "z", "u", "v"]);
}

#[test]
fn definitions_of_every_dialect() {
    let cases: [(&str, &[&str]); 16] = [
        (
            "[a]: /a\n[b]: <b c> \"t\"\n",
            &["a | /a", "b | b c | \"t\""],
        ),
        ("[a]: /a\r\n[b]: /b\r\n", &["a | /a", "b | /b"]),
        ("[a]: /a 'one two'", &["a | /a | 'one two'"]),
        ("[a]: /a\n'title'\n", &["a | /a | 'title'"]),
        (
            "   [a]: /a\n> [b]: /b\n\n- [c]: /c\n",
            &["a | /a", "b | /b", "c | /c"],
        ),
        ("[a]: /a\n\n[A]: /b\n", &["a | /a", "A | /b |  | again 0"]),
        ("[a]: /a\n[A]: /b\n", &["a | /a", "A | /b |  | again 0"]),
        ("    [a]: /a\n\n```\n[b]: /b\n```\n", &[]),
        ("<!--\n[a]: /a\n-->\n", &[]),
        ("Text\n[a]: /a\n", &["a | /a |  | after Text"]),
        ("# Heading\n[a]: /a\n", &["a | /a"]),
        ("Heading\n===\n[a]: /a\n", &["a | /a"]),
        ("[a]:\n\n[b]: /b\n", &["a |  |  | no destination", "b | /b"]),
        (
            "[a]:\n[b]: /b\n[c]: /c\n",
            &[
                "a |  |  | no destination",
                "b | /b |  | after [a]:",
                "c | /c |  | after [a]:",
            ],
        ),
        (
            "[a]: /a\n[x](/y)\n[b]: /b\n",
            &["a | /a", "b | /b |  | after [x](/y)"],
        ),
        ("<%= tag %>\n[a]: /a\n[b]: /b\n", &["a | /a", "b | /b"]),
    ];
    for dialect in DIALECTS {
        for (text, expected) in cases {
            assert_eq!(
                definitions(text, dialect),
                expected,
                "{text} in {dialect:?}"
            );
        }
    }
}

#[test]
fn a_label_before_an_address_is_a_definition_without_its_colon_beside_another_definition() {
    for (text, expected) in [
        (
            "Text.\n[a]: /a\n[b] https://b.example\n",
            &[
                "a | /a |  | after Text.",
                "b | https://b.example |  | no colon",
            ][..],
        ),
        (
            "[b] https://b.example\n[a]: /a\n",
            &[
                "b | https://b.example |  | no colon",
                "a | /a |  | after [b] https://b.example",
            ],
        ),
        ("[b] https://b.example\nText.\n", &[]),
        (
            "[b] https://b.example is\n[a]: /a\n",
            &["a | /a |  | after [b] https://b.example is"],
        ),
        ("[b] httpd\n[a]: /a\n", &["a | /a |  | after [b] httpd"]),
        ("    [b] https://b.example\n\n[a]: /a\n", &["a | /a"]),
    ] {
        assert_eq!(definitions(text, Dialect::CommonMark), expected, "{text}");
    }
}

#[test]
fn a_definition_that_is_repeated_may_have_its_destination_on_the_next_line() {
    let text = "[a]: /one\n\n[a]:\n/two\n";
    let kramdown = ["a | /one", "a |  |  | no destination"];
    assert_eq!(definitions(text, Dialect::Kramdown), kramdown);
    let commonmark = ["a | /one", "a | /two |  | again 0"];
    assert_eq!(definitions(text, Dialect::CommonMark), commonmark);
}

#[test]
fn definitions_that_only_some_dialects_see() {
    let cases: [(&str, &[&str], &[&str]); 7] = [
        (
            "[^1]: A footnote.\n[a]: /a\n",
            &["a | /a"],
            &["a | /a |  | after [^1]: A footnote."],
        ),
        (
            "*[HTML]: Hypertext\n[a]: /a\n",
            &["a | /a"],
            &["a | /a |  | after *[HTML]: Hypertext"],
        ),
        (
            "Text\n{: .note}\n[a]: /a\n",
            &["a | /a"],
            &["a | /a |  | after {: .note}"],
        ),
        (
            "[a]: two words\n",
            &["a | two words"],
            &["a | two words |  | malformed"],
        ),
        ("[a]:\n/a\n", &["a | /a |  | no destination"], &["a | /a"]),
        (
            "<div>x</div>\n[a]: /a\n",
            &["a | /a"],
            &["a | /a |  | after <div>x</div>"],
        ),
        (
            "[a]: two words\n[b]: /b\n",
            &["a | two words", "b | /b"],
            &[
                "a | two words |  | malformed",
                "b | /b |  | after [a]: two words",
            ],
        ),
    ];
    for (text, kramdown, commonmark) in cases {
        assert_eq!(definitions(text, Dialect::Kramdown), kramdown, "{text}");
        assert_eq!(definitions(text, Dialect::CommonMark), commonmark, "{text}");
    }
}

#[test]
fn the_last_definition_counts_for_kramdown_and_the_first_elsewhere() {
    let text = "[a]\n\n[a]: /one\n[a]: /two\n";
    assert_eq!(links(text, Dialect::Kramdown), ["Shortcut a -> a = /two"]);
    assert_eq!(links(text, Dialect::CommonMark), ["Shortcut a -> a = /one"]);
}

#[test]
fn footnotes_are_references_before_a_colon_in_the_middle_of_a_line() {
    let document = read("One[^a]: text.\n\n[^b]: note\n", Dialect::Kramdown);
    let found: Vec<(&str, bool)> = document
        .footnotes
        .iter()
        .map(|footnote| (&*footnote.label, footnote.definition))
        .collect();
    assert_eq!(found, [("a", false), ("b", true)]);
}

#[test]
fn the_words_of_an_unused_label_are_found_in_the_prose() {
    let text = "See [seed bank](/x), the Seed bank.\n\n[seed-bank]: /seeds\n[pump]: /pump\n";
    let document = read(text, Dialect::Gfm);
    let mentions: Vec<Option<&str>> = document
        .definitions
        .iter()
        .map(|definition| definition.mention.as_ref().map(|mention| mention.of(text)))
        .collect();
    assert_eq!(mentions, [Some("Seed bank"), None]);
}

#[test]
fn comments_anchors_and_odd_lines() {
    let text = "<!-- one\n<!-- two --> <p id=\"x\">\n\ntext\n##word\n#\u{a0}odd\n<<<<<<< HEAD\n";
    let document = read(text, Dialect::Gfm);
    let comments: Vec<&str> = document
        .comments
        .iter()
        .map(|comment| &*comment.text)
        .collect();
    assert_eq!(comments, ["one\n<!-- two"]);
    let anchors: Vec<&str> = document.anchors.iter().map(|anchor| &**anchor).collect();
    assert_eq!(anchors, ["x"]);
    let odd: Vec<&str> = document
        .odd_lines
        .iter()
        .map(|line| line.span.of(text))
        .collect();
    assert_eq!(odd, ["<<<<<<< HEAD", "##word", "#\u{a0}odd"]);
}

/// Every span of a document with the text that it must give, where it must give one.
fn spans(document: &Document) -> Vec<(Span, Option<&str>)> {
    let mut spans = Vec::new();
    for heading in &document.headings {
        spans.push((heading.span, None));
        spans.push((heading.content, None));
    }
    for link in &document.links {
        spans.push((link.span, None));
        spans.push((link.text_span, None));
        spans.push((
            link.target_span,
            link.is_reference().then_some(&*link.target),
        ));
        spans.extend(link.spaced.iter().map(|spaced| (**spaced, None)));
    }
    for definition in &document.definitions {
        spans.push((definition.span, None));
        spans.push((definition.lines, None));
        spans.push((definition.label_span, Some(&definition.label)));
        spans.push((definition.destination_span, Some(&definition.destination)));
        spans.extend(definition.mention.iter().map(|mention| (**mention, None)));
        if let DefinitionStatus::Swallowed { cause } = definition.status {
            spans.push((cause, None));
        }
    }
    spans.extend(
        document
            .footnotes
            .iter()
            .map(|footnote| (footnote.span, None)),
    );
    spans.extend(document.comments.iter().map(|comment| (comment.span, None)));
    spans.extend(document.odd_lines.iter().map(|line| (line.span, None)));
    spans
}

fn check(text: &str) {
    for (dialect, ..) in Dialect::ALL {
        for wikilinks in [false, true] {
            let options = ParseOptions {
                dialect,
                trailers: false,
                wikilinks,
                definition_lists: dialect != Dialect::Gfm,
                ..ParseOptions::default()
            };
            let document = parse("note.md", text, options);
            let masked = crate::document::mask::mask(text, false, Openings::default()).text;
            for (span, expected) in spans(&document) {
                assert!(span.start <= span.end, "{span:?} in {text:?}");
                assert!(
                    text.get(span.range()).is_some(),
                    "{span:?} is not in {text:?} ({dialect:?})"
                );
                if let Some(expected) = expected {
                    // Destinations keep their template tags.
                    let stands = [span.of(&masked), span.of(text)];
                    assert!(stands.contains(&expected), "{span:?} in {text:?}");
                }
            }
            for link in &document.links {
                assert!(link.kind != LinkKind::Full || link.span.contains(link.text_span));
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_text_made_of_markup_is_read(
        parts in proptest::collection::vec(
            prop::sample::select(vec![
                "[", "]", "]: ", "(", ")", "][", "](", "[^", "!", "<", ">", "<!--", "-->", "\n", "\n\n", "\r\n", "    ",
                "- ", "> ", "# ", "##", "`", "```", "\\", "a", "é", "\u{a0}", "two words", "/url", "<%= x %>", "{{ y }}",
                "\"t\"", "'t'", "[a]: /a", "[a]:", "[a]", "<div markdown=\"1\">", "</div>", "{: .x}", "|", "[[", "]]", "===",
            ]),
            0..24,
        )
    ) {
        check(&parts.concat());
    }
}

#[test]
fn what_was_meant_as_a_link_is_known() {
    let address = "https://pump.example/a";
    let is_known = |text: &str| {
        let links = links(text, Dialect::Gfm);
        let shown = format!("{address} (text)");
        links.len() == 1 && links.iter().all(|link| link.ends_with(&shown))
    };
    for text in [
        "The [old pump] (https://pump.example/a) drips.",
        "The (old pump)[https://pump.example/a] drips.",
        "The [old pump(https://pump.example/a) drips.",
        "The <a href=\"https://pump.example/a>old pump</a> drips.",
        "<p><a href=\"https://pump.example/a>old pump</a> drips.</p>",
        "The <a href=\"https://pump.example/a rel=\"me\">old pump</a> drips.",
        "The [old pump]\n(https://pump.example/a) drips.",
        "The [old pump]{https://pump.example/a} drips.",
        "The old pump](https://pump.example/a) drips.",
        "The [old pump!(https://pump.example/a) drips.",
        "The `[old pump`](https://pump.example/a) drips.",
        "The [old `pump[]`(https://pump.example/a) drips.",
        "The [old pump] (https://pump.example/a ) drips.",
        "The \\[old pump\\](https://pump.example/a) drips.",
        "The \\[old pump\\]\\(https://pump.example/a\\) drips.",
        "The [`old pump](https://pump.example/a)` drips.",
        "The [old pump] [https://pump.example/a] drips.",
        "The [old pump](https://pump.example/a “title”) drips.",
        "The (https://pump.example/a)[old pump] drips.",
    ] {
        assert!(is_known(text), "{text}: {:?}", links(text, Dialect::Gfm));
    }
    for text in [
        "The [old pump](https://pump.example/a) drips.",
        "As in [1] (https://pump.example/a).",
        "- [x] (https://pump.example/a)",
        "[The old(https://pump.example/a) pump] drips.",
        "The pump(https://pump.example/a) drips.",
        "(old) [https://pump.example/a]",
        "<a href=\"https://pump.example/a\">old > new</a>",
        "`[old pump(https://pump.example/a)`",
        "    (old pump)[https://pump.example/a]",
        "In Markdown, \\[old pump\\](https://pump.example/a) drips.",
        "<!-- old pump](https://pump.example/a) -->",
        "The [old\n`pump` and tap](https://pump.example/a) drips.",
    ] {
        assert!(!is_known(text), "{text}: {:?}", links(text, Dialect::Gfm));
    }
}

#[test]
fn a_line_break_in_an_address_is_none_to_kramdown_and_browsers() {
    let text = "The [pump](https://pump.example/a?b\n&c), [tap](https://tap.example/\n\na).\n";
    let kramdown = [
        "Inline pump -> https://pump.example/a?b\n&c",
        "Inline tap -> https://tap.example/ (text)",
    ];
    assert_eq!(links(text, Dialect::Kramdown), kramdown);
    let others = links(text, Dialect::Gfm);
    assert_eq!(others[0], "Inline pump -> https://pump.example/a?b (text)");
}

#[test]
fn a_fence_is_open_where_something_but_code_follows() {
    let is_open = |text: &str, dialect| {
        read(text, dialect)
            .odd_lines(OddLineKind::OpenFence)
            .next()
            .is_some()
    };
    let page = |code: &str| format!("# Week 12\n\n```sh\n{code}");
    for code in [
        "",
        "pump\n\nIt is quiet now, says Ada.\n",
        "pump\n\n## Taps\n",
        "pump\n[tap]: https://tap.example/\n",
        "pump\n\nNow this:\n\n```sh\ntap\n```\n",
    ] {
        assert!(is_open(&page(code), Dialect::Gfm), "{code}");
    }
    for code in [
        "pump\n\n# fill the pond\ntap --on\n",
        "pump\n\nSELECT depth FROM ponds WHERE full\n",
        "pump\n  ```sh\n  tap\n```\n",
    ] {
        assert!(!is_open(&page(code), Dialect::Gfm), "{code}");
    }
    assert!(is_open(&page("pump\n"), Dialect::Kramdown));
    assert!(!is_open(&page("pump\n"), Dialect::CommonMark));
}

#[test]
fn dates_are_prose_wherever_the_body_begins() {
    let body = "`Thursday 19 July 2023` and [x](https://pump.example/?on=Thursday-19-July-2023)\n\n\
                On Friday 20 July 2023 `pump` ran.\n";
    for before in ["", "---\ntitle: Week 29\ndate: 2023-07-21\n---\n"] {
        let text = format!("{before}{body}");
        let document = read(&text, Dialect::Gfm);
        let found: Vec<&str> = document.prose.iter().map(|one| &*one.text).collect();
        assert_eq!(found, ["Friday 20 July 2023"], "{before:?}");
    }
}

#[test]
fn code_of_tags_formulas_and_comments_hold_no_links() {
    for text in [
        "{% highlight ruby %}\nputs pump[oil][tap]\nx = [a](b c)\n##no heading\n\n[a]: /b\n{% endhighlight %}\n",
        "So $$[x][y]$$ is \\([x][y]\\).",
        "$$\n[x][y]\n$$",
    ] {
        for dialect in [Dialect::CommonMark, Dialect::Kramdown] {
            let document = read(text, dialect);
            let counts = (document.links.len(), document.definitions.len());
            assert_eq!((counts, document.odd_lines.len()), ((0, 0), 0), "{text}");
        }
    }
    for text in [
        "It cost $$ [x][y].",
        "`$$` [x][y] `$$`",
        "\\([x](y)\\)",
        "{% raw %}[x][y]{% endraw %}",
    ] {
        assert_eq!(links(text, Dialect::Kramdown).len(), 1, "{text}");
    }
    for formula in ["$x[a][b]$", "So $x_i[a][b] = \\frac1{y}$.", "($[a][b]$)"] {
        assert_eq!(links(formula, Dialect::Gfm).len(), 0, "{formula}");
        assert_eq!(links(formula, Dialect::Kramdown).len(), 1, "{formula}");
    }
    for text in [
        "$5 [a][b] and $6",
        "$ x[a][b] $",
        "5$ [a][b] 6$",
        "US$ [a][b]$x",
        "$x[a][b]\n\n$",
        "\\$x[a][b]$",
        "$x [a][b] `$`",
    ] {
        assert_eq!(links(text, Dialect::Gfm).len(), 1, "{text}");
    }
    let vault = ParseOptions {
        wikilinks: true,
        ..ParseOptions::default()
    };
    let text = "%% [[later]] %% [[now]]\n\n%%\n[[later]]\n\n[[later]]\n%%\n";
    assert_eq!(crate::document::parse("a.md", text, vault).links.len(), 1);
}

#[test]
fn what_an_unknown_region_may_use_is_used() {
    let text = "[one] and[^1]\n\n[a]: /a\n[b]: /b\n[c]: /c\n\n[^2]: Two.\n\n<div>\n\n[x][a] `[b]` [gone] [^1] [^2]\n[one]: /1\n";
    let document = read(text, Dialect::Kramdown);
    assert_eq!(
        links(text, Dialect::Kramdown),
        [
            "Shortcut one -> one = /1",
            "Shortcut a -> a = /a",
            "Shortcut b -> b = /b",
        ]
    );
    let region = document.unknown.first().map_or("", |span| span.of(text));
    assert!(region.starts_with("<div>") && region.ends_with("/1\n"));
    // It is found where it stands, whatever stands before the body.
    let with_metadata = format!("---\ntitle: a\n---\n{text}");
    let document = read(&with_metadata, Dialect::Kramdown);
    let found = document.unknown.first();
    assert_eq!(found.map(|span| span.of(&with_metadata)), Some(region));
    let footnotes = document.footnotes.iter();
    let footnotes: Vec<_> = footnotes.map(|one| (&*one.label, one.definition)).collect();
    assert_eq!(
        footnotes,
        [("1", false), ("2", true), ("1", false), ("2", false)]
    );
    assert!(read(text, Dialect::Gfm).unknown.is_empty());
}

#[test]
fn definitions_at_the_end_are_read_as_anywhere_else() {
    let ends = [
        "[a]: /one\n[B c]: https://two.example/x_(y)\n",
        "[a]: /one\n\n[a]: /again\n[é]: /three\r\n",
        "[a]: /one \t\n[a\\]]: /two\n",
        "[a]: </one>\n[c]: /two \"title\"\n",
        "[a]: /one(\n[c]: /two\n",
        "[a]: /one\n\n[^1]: [c]\n\n[c]: /two\u{3000}\n",
        "text\n[a]: /one\n\n  [c]: /two\n[B c]:\n/three\n",
    ];
    let beginnings = [
        "",
        "Of [a], [b  C][], [one][a] and [c], [É].\n\n",
        "- of [a]\n\n- [c]\n\n",
        "> of [a]\n\n",
        "```\nof [a]\n\n",
        "~~~\nof [a]\n~~~\n\n",
        "    of [a]\n\n",
        "<!-- of\n\n",
        "<div>\n[a]\n\n",
        "<pre>\n\n",
        "[a]: /zero\n\n[^1]: of [a]\n\n",
        "| [a] | b |\n|-----|---|\n\n",
    ];
    for dialect in DIALECTS {
        for (beginning, end) in beginnings.iter().flat_map(|one| ends.map(|end| (one, end))) {
            let text = format!("{beginning}{end}");
            // The last line keeps what stands before it from being the end.
            let longer = format!("{text}\n***\n");
            assert_eq!(links(&text, dialect), links(&longer, dialect), "{text}");
            let (one, other) = (definitions(&text, dialect), definitions(&longer, dialect));
            assert_eq!(one, other, "{dialect:?} {text}");
        }
    }
}

#[test]
fn attributes_of_html() {
    let cases: [(&str, &[&str]); 8] = [
        ("<a href='/u' ID = x>x</a>", &["Html  -> /u"]),
        (
            "<a\nhref = \"/a=b\" src=/c>x</a>",
            &["Html  -> /a=b", "Html  -> /c"],
        ),
        ("<div href=\"/u\"src=\"/v\">x</div>", &["Html  -> /u"]),
        ("<a data-href=\"/u\" xsrc=/v>x</a>", &[]),
        ("<a title=\" href=/u\">x</a>", &["Html  -> /u"]),
        ("<a href=\"\">x</a>", &["Html  -> "]),
        ("<a HREF=/ü>x</a>", &["Html  -> /ü"]),
        ("<img alt='a' src=\"/b c\">", &["Html  -> /b c"]),
    ];
    for (text, expected) in cases {
        assert_eq!(links(text, Dialect::Gfm), expected, "{text}");
    }
    let anchors = read("<b id=a name='b'>x</b> <b Id=\"c d\">", Dialect::Gfm).anchors;
    assert_eq!(anchors, ["a", "b", "c d"]);
}
