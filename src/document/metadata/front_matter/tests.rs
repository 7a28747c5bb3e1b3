use super::*;
use crate::document::metadata::Value;
use proptest::prelude::*;

fn parsed(text: &str) -> (Metadata, &str) {
    let (metadata, body) = parse(text, Fences::default()).unwrap();
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
    assert_eq!(body.start, metadata.block.end);
    for problem in &metadata.problems {
        assert!(text.get(problem.span.range()).is_some());
    }
    for entry in &metadata.entries {
        assert!(
            metadata.block.contains(entry.key_span) && metadata.block.contains(entry.value_span)
        );
        let key = text.get(entry.key_span.range()).unwrap();
        assert!(
            key == &*entry.key
                || key.contains(['"', '\'', '[', '{', '*', '\\', '?', '\n', '|', '>']),
            "{key:?} {:?}",
            entry.key
        );
        let value = text.get(entry.value_span.range()).unwrap();
        assert!(entry.source.is_empty() || &*entry.source == value);
        for span in &entry.stray_whitespace {
            assert!(!text.get(span.range()).unwrap().is_empty());
        }
    }
}

#[test]
fn yaml_between_fences() {
    let text = "\u{feff}--- \r\ntitle:  \"Wéek 7\" \r\nlayout: post \r\ntags:\r\n- é\r\n- 'b'\r\ndate: 2031-05-06\r\n---\t\r\nBody\r\n";
    let (metadata, body) = parsed(text);
    assert_eq!(body, "Body\r\n");
    assert_eq!(metadata.block.start, 3);
    assert_eq!(metadata.format, Some(Format::Yaml));
    assert_eq!(keys(&metadata), ["title", "layout", "tags", "date"]);
    let title = metadata.get("title").unwrap();
    assert_eq!(
        (title.value_span.of(text), title.key_span.of(text)),
        ("\"Wéek 7\"", "title")
    );
    assert_eq!(
        metadata.get("layout").unwrap().stray_whitespace[0].of(text),
        " "
    );
    assert_eq!(
        metadata.get("tags").unwrap().value_span.of(text),
        "- é\r\n- 'b'"
    );
    assert_eq!(
        metadata.get("date").unwrap().value,
        Value::Date(jiff::civil::date(2031, 5, 6))
    );
    assert!(metadata.problems.is_empty());
}

#[test]
fn an_empty_block_is_a_block() {
    for text in [
        "---\n---\nBody",
        "---\n\n---\nBody",
        "---\n# later\n...\nBody",
        "+++\n+++\nBody",
        "{}\nBody",
    ] {
        let (metadata, body) = parsed(text);
        assert_eq!(
            (metadata.entries.len(), metadata.problems.len(), body),
            (0, 0, "Body"),
            "{text}"
        );
    }
}

#[test]
fn a_thematic_break_is_no_front_matter() {
    for text in [
        "---\n\nProse.\n",
        "---\nProse that goes on\n---\n",
        "---\nProse that goes on.\nUpdate: it stopped.\n---\n",
        "---\nProse that goes on.\n\nupdate: it stopped.\n---\n",
        "---\n\nProse.\n\n---\n\nMore prose: with a colon.\n",
        "----\ntitle: x\n---\n",
        "---",
        "+++\nProse\n",
        "Text\n---\na: b\n---\n",
        "\n---\n\na: b\n\n---\n",
        "\n---\nProse.\n---\n",
        "- - -\n",
        "{% include x %}\n",
        "",
    ] {
        assert!(parse(text, Fences::default()).is_none(), "{text:?}");
    }
}

#[test]
fn white_space_before_the_fence_is_a_problem() {
    for text in [
        "\n---\na: b\n---\nc",
        " ---\na: b\n---\nc",
        "\u{feff}\r\n+++\r\na = 1\r\n+++\r\nc",
    ] {
        let (metadata, body) = parse(text, Fences::default()).unwrap();
        assert_eq!(body.of(text), "c");
        let problem = &metadata.problems[0];
        assert_eq!(problem.kind, ProblemKind::NotFirst);
        assert!(["---", "+++"].contains(&problem.span.of(text)));
        assert!(metadata.get("a").is_some());
    }
}

#[test]
fn dates_in_words() {
    let date = Some(jiff::civil::date(2024, 2, 6));
    for text in [
        "Feb 6, 2024",
        "February 06 2024",
        "6 Feb 2024",
        "Tue, 06 Feb 2024 10:00:00 +0100",
    ] {
        assert_eq!(lenient_date(text), date, "{text}");
    }
    for text in [
        "Feb 6",
        "Week of Feb 6, 2024",
        "Feb 6, 2024: rain",
        "Feb 6-8, 2024",
        "Feb 30, 2024",
    ] {
        assert_eq!(lenient_date(text), None, "{text}");
    }
}

#[test]
fn broken_json_is_a_problem_of_its_line() {
    let text = "{\n  \"a\": 1\n  \"b\": 2\n}\n\nText.\n";
    let (metadata, body) = parse(text, Fences::default()).unwrap();
    assert_eq!(
        (metadata.format, body.of(text)),
        (Some(Format::Json), "\nText.\n")
    );
    let words = ProblemKind::Parser("expected `,` or `}`".into());
    let problem = &metadata.problems[0];
    assert_eq!((problem.span.of(text), &problem.kind), ("\"b\": 2", &words));
    assert!(parse("{ \"a\" }\n", Fences::default()).is_none());
    let curly = parse("{\n  “a”: 1\n}\n\nText.\n", Fences::default())
        .unwrap()
        .0;
    assert_eq!(curly.problems.len(), 1);
}

#[test]
fn an_unclosed_fence_is_one_problem() {
    let text = "---\ntitle: Week 7\ntags:\n  - a\n\n# Week 7\n\nProse: text.\n";
    let (metadata, body) = parsed(text);
    assert_eq!(body, "\n# Week 7\n\nProse: text.\n");
    assert_eq!(keys(&metadata), ["title", "tags"]);
    assert_eq!(problems(text, &metadata), [("---", ProblemKind::Unclosed)]);

    let text = "---\ntitle: Week 7\ndate: 2031-05-06\n\nWe wrote.\n\n---\n\nThe end.\n";
    let (metadata, body) = parsed(text);
    assert!(body.starts_with("\nWe wrote."));
    assert_eq!(problems(text, &metadata), [("---", ProblemKind::Unclosed)]);

    let text = "+++\ntitle = 'Week 7'\n\nProse.\n";
    let (metadata, body) = parsed(text);
    assert_eq!(body, "\nProse.\n");
    assert_eq!(problems(text, &metadata), [("+++", ProblemKind::Unclosed)]);
}

#[test]
fn a_broken_line_leaves_the_others_alone() {
    let colon = ProblemKind::Parser("mapping values are not allowed in this context".into());
    for (line, span, kind, value) in [
        (
            "title: Week 7: the é",
            "title: Week 7: the é",
            colon,
            "Week 7: the é",
        ),
        (
            "title:Week",
            "title:",
            ProblemKind::NoSpaceAfterColon,
            "Week",
        ),
        (
            "title: \"Week",
            "title: \"Week",
            ProblemKind::Parser("unclosed quote".into()),
            "Week",
        ),
    ] {
        let text =
            format!("---\nlayout: post\n{line}\ndate: 2031-05-06\ntags: [a, b]\n---\nBody\n");
        let (metadata, body) = parsed(&text);
        assert_eq!(problems(&text, &metadata), [(span, kind)]);
        assert_eq!(keys(&metadata), ["layout", "title", "date", "tags"]);
        assert_eq!(metadata.get("title").unwrap().as_str(), Some(value));
        assert!(matches!(
            metadata.get("date").unwrap().value,
            Value::Date(_)
        ));
        assert_eq!(body, "Body\n");
    }
}

#[test]
fn a_broken_first_line_and_a_key_out_of_line_are_known() {
    for line in ["layout post", "layout = \"post\""] {
        let text = format!("---\n{line}\ndate: 2031-05-06\ntags:\n  - a\n---\nBody\n");
        let (metadata, body) = parsed(&text);
        assert_eq!(body, "Body\n");
        assert_eq!(
            problems(&text, &metadata),
            [(line, ProblemKind::NotAnEntry)]
        );
        assert_eq!(keys(&metadata), ["date", "tags"]);
    }
    for text in [
        "---\n layout: post\ntitle: Week 7\nmap:\n  a: b\n---\n",
        "---\nlayout: post\n title: Week 7\nmap:\n  a: b\n---\n",
        "---\nlayout: \"post\"\ntitle: Week 7\n map:\n  a: b\n---\n",
    ] {
        let (metadata, _) = parsed(text);
        assert_eq!(problems(text, &metadata), [(" ", ProblemKind::Indented)]);
        assert_eq!(keys(&metadata), ["layout", "title", "map"], "{text}");
    }
    let (metadata, _) = parsed("---\na: |\n  b: c\nd: \"e\n  f: g\"\nh: [\n---\n");
    assert_eq!(keys(&metadata), ["a", "d", "h"]);
}

#[test]
fn duplicate_keys_are_kept() {
    let (metadata, _) = parsed("---\na: 1\nb: ü\na: 2\n---\n");
    assert_eq!(keys(&metadata), ["a", "b", "a"]);
    assert_eq!(metadata.get("a").unwrap().value, Value::Number(Some(2)));
}

#[test]
fn tabs_are_refused_where_yaml_refuses_them() {
    let text = "---\na:\tb\nlist:\n\t- x\nc: d\n---\n";
    let (metadata, _) = parsed(text);
    assert_eq!(problems(text, &metadata), [("\t", ProblemKind::Tab)]);
    assert_eq!(metadata.get("a").unwrap().as_str(), Some("b"));
    assert!(metadata.get("c").is_some());
}

#[test]
fn a_blank_line_of_tabs_is_refused_between_entries_alone() {
    let text = "---\na: b\n\t\nc: d\n---\n";
    assert_eq!(problems(text, &parsed(text).0), [("\t", ProblemKind::Tab)]);
    let text = "---\na: \"b\n\t\nc\"\nd: [e,\n\t\nf]\n---\n";
    assert_eq!(problems(text, &parsed(text).0), []);
}

#[test]
fn template_tags_are_text_or_a_problem() {
    let text =
        "---\ntitle: <%= title %>\nurl: /{{ page.name }}\ndate: {% now %}\nx: {{ y }}\n---\n";
    let (metadata, _) = parsed(text);
    assert_eq!(
        metadata.get("title").unwrap().as_str(),
        Some("<%= title %>")
    );
    assert_eq!(
        metadata.get("url").unwrap().as_str(),
        Some("/{{ page.name }}")
    );
    assert_eq!(metadata.problems.len(), 1);
    assert_eq!(metadata.problems[0].span.of(text), "date: {% now %}");
}

#[test]
fn block_scalars_anchors_and_tags() {
    let text =
        "---\nlead: |\n  One \n  two\na: &x 5\nb: *x\nc: !!str 2031-05-06\nd: >-\n  é\n---\n";
    let (metadata, _) = parsed(text);
    assert!(metadata.problems.is_empty());
    let lead = metadata.get("lead").unwrap();
    assert_eq!(lead.as_str(), Some("One \ntwo\n"));
    assert!(lead.stray_whitespace.is_empty());
    assert_eq!(metadata.get("b").unwrap().value, Value::Number(Some(5)));
    assert_eq!(metadata.get("c").unwrap().as_str(), Some("2031-05-06"));
    assert_eq!(metadata.get("d").unwrap().as_str(), Some("é"));
    let text = "---\nnote: *bold* words\nk: v\n---\n";
    assert_eq!(parsed(text).0.problems.len(), 1);
}

#[test]
fn toml_and_json() {
    let text = "+++\ntitle = 'Wéek 7'\n\n[extra]\na = 1\n+++\n\nBody";
    let (metadata, body) = parsed(text);
    assert_eq!((keys(&metadata), body), (vec!["title", "extra"], "\nBody"));
    let text = "{\n  \"title\": \"Wéek 7\"\n}\r\n\r\nBody";
    let (metadata, body) = parsed(text);
    assert_eq!((keys(&metadata), body), (vec!["title"], "\r\nBody"));
}

#[test]
fn long_blocks_take_no_more_than_their_length() {
    for (open, line, close) in [
        ("---\n", "a: b\n", "---\n"),
        ("---\n", "a: é\n", "---\n"),
        ("---\n", "a: b: c\n", "---\n"),
        ("---\na: b\n", "]\n", "---\n"),
        ("---\na: [", "[", "\n---\n"),
        ("---\na: b\n", "- \n", "---\n"),
        ("---\na: b\n", "# c\n", "---\n"),
        ("+++\n", "a = [\n", "+++\n"),
        ("+++\n", "a b ", "+++\n"),
        ("{\"a\":", "[", ""),
    ] {
        let text = format!("{open}{}{close}", line.repeat(200_000 / line.len()));
        let start = std::time::Instant::now();
        let _ = parse(&text, Fences::default());
        assert!(
            start.elapsed().as_secs() < 10,
            "{line:?} {:?}",
            start.elapsed()
        );
    }
}

proptest! {
    #[test]
    fn any_yaml_gives_consistent_spans(lines in proptest::collection::vec(
        "([a-c]{1,2}: ?|- |  ?- |)([-a-cé\u{a0}:#'\"\\[\\]{}&*!|>%@`, \t]{0,8}|true|2031-05-06)\r?",
        0..8,
    ), closed: bool) {
        let text = format!("---\n{}\n{}", lines.join("\n"), if closed { "---\nBody" } else { "" });
        if let Some((metadata, body)) = parse(&text, Fences::default()) {
            assert_consistent(&text, &metadata, body);
        }
    }

    #[test]
    fn any_toml_gives_consistent_spans(lines in proptest::collection::vec(
        "(a|b|c|a.b|\\[a\\]|\\[\\[b\\]\\]|)( = )?(1|'é'|\"x|\\[1|\\[1, 'é'\\]|2031-05-06|\\{ d = 1 \\}|)#? ?",
        0..8,
    )) {
        let text = format!("+++\n{}\n+++\n", lines.join("\n"));
        if let Some((metadata, body)) = parse(&text, Fences::default()) {
            let in_text = |span: Span| text.get(span.range()).is_some();
            prop_assert!(in_text(body));
            for entry in &metadata.entries {
                prop_assert!(in_text(entry.key_span) && in_text(entry.value_span));
            }
            for problem in &metadata.problems {
                prop_assert!(in_text(problem.span));
            }
        }
    }

    #[test]
    fn any_text_is_read(text in "(\u{feff})?(---|\\+\\+\\+|\\{)[ \t]?\r?\n?(.|\n){0,60}") {
        if let Some((metadata, body)) = parse(&text, Fences::default()) {
            prop_assert!(text.get(body.range()).is_some());
            for entry in &metadata.entries {
                prop_assert!(text.get(entry.value_span.range()).is_some());
            }
        }
    }
}

#[test]
fn a_fence_may_name_a_language() {
    let json = "---json\n{ \"title\": \"Week 7\" }\n---\nBody\n";
    let toml = "---toml\ntitle = \"Week 7\"\n---\nBody\n";
    let yaml = "--- yaml\ntitle: Week 7\n---\nBody\n";
    let bare = ";;;\n{ \"title\": \"Week 7\" }\n;;;\nBody\n";
    for text in [json, toml, yaml, bare] {
        let (metadata, body) = parsed(text);
        assert_eq!((keys(&metadata), body), (vec!["title"], "Body\n"), "{text}");
        assert!(!metadata.has("date"), "{text}");
    }
    for text in [
        "---js\n{ title: \"Week 7\" }\n---\nBody\n",
        ";;;\n\"title\": \"Week 7\"\n;;;\nBody\n",
    ] {
        let (metadata, body) = parsed(text);
        assert_eq!((keys(&metadata), body), (vec![], "Body\n"), "{text}");
        // Nobody knows which keys it has.
        assert!(metadata.has("date"), "{text}");
    }
    for text in [
        "---json\n{ \"title\": 1 }\n",
        "--- Week 7\n---\n",
        ";;;;\n;;;;\n",
    ] {
        assert!(parse(text, Fences::default()).is_none(), "{text}");
    }
}

#[test]
fn what_a_generator_does_not_take_is_text() {
    let nothing_else = Fences {
        dots: false,
        named: false,
        toml: false,
        json: false,
    };
    for text in [
        "---json\n{ \"title\": 1 }\n---\nBody\n",
        ";;;\n{ \"title\": 1 }\n;;;\nBody\n",
        "+++\ntitle = 1\n+++\nBody\n",
        "{ \"title\": 1 }\nBody\n",
    ] {
        assert!(parse(text, Fences::default()).is_some(), "{text}");
        assert!(parse(text, nothing_else).is_none(), "{text}");
    }
    let dots = "---\ntitle: Week 7\n...\nBody\n\n---\nMore\n";
    assert_eq!(parsed(dots).1, "Body\n\n---\nMore\n");
    let (_, body) = parse(dots, nothing_else).unwrap();
    assert_eq!(body.of(dots), "More\n");
}
