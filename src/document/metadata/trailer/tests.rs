use super::*;
use crate::document::metadata::Entry;
use proptest::prelude::*;

fn parsed(text: &str) -> (Metadata, &str) {
    let (metadata, body) = parse(text).unwrap();
    assert_consistent(text, &metadata, body);
    (metadata, body.of(text))
}

fn keys(metadata: &Metadata) -> Vec<&str> {
    metadata.entries.iter().map(|entry| &*entry.key).collect()
}

fn problems<'a>(text: &'a str, metadata: &Metadata) -> Vec<(&'a str, ProblemKind)> {
    let found = metadata.problems.iter();
    found
        .map(|problem| (problem.span.of(text), problem.kind.clone()))
        .collect()
}

fn assert_consistent(text: &str, metadata: &Metadata, body: Span) {
    assert!(text.get(body.range()).is_some());
    assert_eq!(body.end, metadata.block.start);
    let whole = Span::new(0, text.len());
    for problem in &metadata.problems {
        assert!(whole.contains(problem.span) && text.get(problem.span.range()).is_some());
    }
    for (span, _) in &metadata.comments {
        assert!(span.of(text).starts_with('#'), "{:?}", span.of(text));
    }
    for entry in &metadata.entries {
        assert_entry(text, entry);
    }
}

fn assert_entry(text: &str, entry: &Entry) {
    assert!(text.get(entry.key_span.range()).is_some());
    let value = text.get(entry.value_span.range()).unwrap();
    assert!(entry.source.is_empty() || &*entry.source == value);
    assert_eq!(value.trim_matches([' ', '\t', '\n', '\r']), value);
    for span in &entry.stray_whitespace {
        let stray = text.get(span.range()).unwrap();
        assert!(!stray.is_empty() && !stray.contains(['\r', '\n']));
    }
    if let Value::Map(inside) = &entry.value {
        inside.iter().for_each(|entry| assert_entry(text, entry));
    }
}

#[test]
fn a_trailer_is_read_with_its_spans() {
    let text = "Wéek 7\n======\n\nWe wrote.\n\n:name: week-7\n:created_at: 2031-05-06 07:08:09.5 +00:00\n\
                    :is_page: true\n\n:page_title: \"Week 7: é\" \n:url: http://example.com/#top\n:empty:\n";
    let (metadata, body) = parsed(text);
    assert_eq!(body, "Wéek 7\n======\n\nWe wrote.\n\n");
    assert_eq!(metadata.format, Some(Format::Trailer));
    assert_eq!(
        keys(&metadata),
        [
            "name",
            "created_at",
            "is_page",
            "page_title",
            "url",
            "empty"
        ]
    );
    assert!(metadata.problems.is_empty());
    let title = metadata.get("page_title").unwrap();
    assert_eq!(title.key_span.of(text), ":page_title:");
    assert_eq!(title.value_span.of(text), "\"Week 7: é\"");
    assert_eq!(title.as_str(), Some("Week 7: é"));
    assert!(title.quoted);
    assert_eq!(title.stray_whitespace.len(), 1);
    assert_eq!(title.stray_whitespace[0].of(text), " ");
    assert_eq!(metadata.get("is_page").unwrap().value, Value::Bool(true));
    assert!(matches!(
        metadata.get("created_at").unwrap().value,
        Value::Timestamp(_)
    ));
    assert_eq!(metadata.get("empty").unwrap().value, Value::Null);
    assert_eq!(metadata.get("empty").unwrap().value_span.of(text), "");
}

#[test]
fn lists_maps_comments_and_case() {
    let text = "Body\n:images:\n  - é.jpg \n  - b.jpg\n# a note\n:Render_as: Blog\n:links: ['x', \"y\"]\n:nested:\n  :deep: 3\n  flat: no\n";
    let (metadata, _) = parsed(text);
    assert_eq!(keys(&metadata), ["images", "Render_as", "links", "nested"]);
    let Value::List(images) = &metadata.get("images").unwrap().value else {
        panic!()
    };
    let items: Vec<&str> = images.iter().map(|(_, span)| span.of(text)).collect();
    assert_eq!(items, ["é.jpg", "b.jpg"]);
    assert_eq!(
        metadata.get("images").unwrap().value_span.of(text),
        "- é.jpg \n  - b.jpg"
    );
    assert_eq!(
        metadata.get("links").unwrap().value_span.of(text),
        "['x', \"y\"]"
    );
    let Value::Map(nested) = &metadata.get("nested").unwrap().value else {
        panic!()
    };
    assert_eq!(
        (&*nested[0].key, nested[0].key_span.of(text)),
        ("deep", ":deep:")
    );
    assert_eq!(
        (&*nested[1].key, &nested[1].value),
        ("flat", &Value::Bool(false))
    );
    assert_eq!(metadata.comments.len(), 1);
    assert_eq!(&*metadata.comments[0].1, "a note");
}

#[test]
fn windows_line_endings_and_a_byte_order_mark() {
    let text = "\u{feff}Body\r\n\r\n:name: week-7 \r\n:author: ann\r\n:list:\r\n- a\r\n";
    let (metadata, body) = parsed(text);
    assert_eq!(body, "Body\r\n\r\n");
    assert_eq!(metadata.entries[0].as_str(), Some("week-7"));
    assert_eq!(metadata.entries[0].stray_whitespace[0].of(text), " ");
    assert!(metadata.entries[1].stray_whitespace.is_empty());
    assert!(metadata.problems.is_empty());
    let (metadata, body) = parsed(":name: week-7");
    assert_eq!((body, keys(&metadata)), ("", vec!["name"]));
}

#[test]
fn a_body_line_that_ends_the_note_is_one_problem() {
    for line in [
        ": a definition",
        ":) thanks all",
        ":tada: we shipped it",
        ":tada:",
        ":one two",
    ] {
        let text = format!(
            "Week 7\n\nWe wrote.\n\n{line}\n\nAnd then we went\non and on.\n\n[a]: /b\n\n:name: week-7\n:kind: blog\n\n:erb: true\n"
        );
        let (metadata, body) = parsed(&text);
        assert!(body.ends_with("[a]: /b\n\n"), "{line}");
        assert_eq!(keys(&metadata), ["name", "kind", "erb"]);
        assert_eq!(problems(&text, &metadata), [(line, ProblemKind::CutOff)]);
    }
    let text = "Hi\n\n:)\n\n:name: week-7\n:kind: blog\n";
    assert_eq!(
        problems(text, &parsed(text).0),
        [(":)", ProblemKind::CutOff)]
    );
}

#[test]
fn a_broken_line_in_the_trailer_cuts_nothing() {
    let middle = "Week 7\n\n:name: week-7\nauthor ann\n:kind: blog\n";
    let first = "Week 7\n\n:name week-7\n:kind: blog\n:erb: true\n";
    let set_off = "Week 7\n\n:name: week-7\n:kind: blog\n\nAnd one more thing.\n\n:erb: true\n";
    let last = "Week 7\n\n:name: week-7\n:kind: blog\n\nP.S. Hello\nyou\nand you\nand\nyou\n";
    for (text, broken, known) in [
        (middle, "author ann", vec!["name", "kind"]),
        (first, ":name week-7", vec!["kind", "erb"]),
        (set_off, "And one more thing.", vec!["name", "kind", "erb"]),
        (last, "P.S. Hello", vec!["name", "kind"]),
    ] {
        let (metadata, body) = parsed(text);
        assert_eq!(body, "Week 7\n\n");
        assert_eq!(
            problems(text, &metadata),
            [(broken, ProblemKind::NotAnEntry)]
        );
        assert_eq!(keys(&metadata), known);
    }
}

#[test]
fn a_missing_blank_is_named_and_the_value_known() {
    let text = "Hi\n\n:name:week-7\n:at:2031-05-06\n:kind: blog\n";
    let (metadata, _) = parsed(text);
    assert_eq!(
        problems(text, &metadata),
        [
            (":name:", ProblemKind::NoSpaceAfterColon),
            (":at:", ProblemKind::NoSpaceAfterColon)
        ]
    );
    assert_eq!(metadata.get("name").unwrap().as_str(), Some("week-7"));
    assert_eq!(metadata.get("name").unwrap().key_span.of(text), ":name:");
    assert_eq!(
        metadata.get("at").unwrap().value,
        Value::Date(jiff::civil::date(2031, 5, 6))
    );
}

#[test]
fn a_value_cut_by_a_comment_and_deliberate_comments() {
    let text = "Hi\n\n:page_title: Week 7 - C # and Rüby\n:issue: Issue #12\n:draft: true # until Friday\n:tag: a#b\n:kind: blog  # as ever\n:q: \"a\" # b\n";
    let (metadata, _) = parsed(text);
    assert_eq!(
        problems(text, &metadata),
        [
            (" # and Rüby", ProblemKind::CutByComment),
            (" #12", ProblemKind::CutByComment)
        ]
    );
    assert_eq!(
        metadata.get("page_title").unwrap().as_str(),
        Some("Week 7 - C")
    );
    assert_eq!(metadata.get("tag").unwrap().as_str(), Some("a#b"));
    assert_eq!(metadata.comments.len(), 5);
}

#[test]
fn prose_is_no_trailer() {
    for text in [
        "",
        "Hi\n",
        "Hi\n\n: foo\n",
        "Hi\n\n:)\n\nBye\n",
        "Hi\n\n:tada: we shipped it\n\nAnd more.\n",
        "\n:",
    ] {
        assert!(parse(text).is_none(), "{text:?}");
    }
}

#[test]
fn a_megabyte_takes_no_more_than_its_length() {
    for line in [
        ":a:\n",
        ":a: b\n",
        ":a: [\n",
        "::\n",
        ":a: x # y\n",
        "\n:\n",
        ":a: *b\n",
        ": &\n",
        "\t",
    ] {
        let text = format!("\n:a: b\n{}", line.repeat(200_000 / line.len()));
        let start = std::time::Instant::now();
        let _ = parse(&text);
        assert!(
            start.elapsed().as_secs() < 10,
            "{line:?} {:?}",
            start.elapsed()
        );
    }
}

proptest! {
    #[test]
    fn any_lines_give_consistent_spans(lines in proptest::collection::vec(
        "(:[a-c]{1,2}:|[a-c]:|:|- |  ?- |)[ \t]?([-a-cé\u{a0}:#'\"\\[\\]{}&*!|>%@`, \t]{0,8}|true|2031-05-06)\r?",
        0..8,
    )) {
        let text = lines.join("\n");
        if let Some((metadata, body)) = parse(&text) {
            assert_consistent(&text, &metadata, body);
        }
    }

    #[test]
    fn any_text_gives_consistent_spans(text in "(\u{feff})?\\PC{0,20}\n:a: \\PC{0,40}(\n|\r\n)?(.|\n){0,40}") {
        if let Some((metadata, body)) = parse(&text) {
            assert_consistent(&text, &metadata, body);
        }
    }
}
