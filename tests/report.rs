//! What each format makes of the same findings, and what hostile notes may not do to a report.

use proptest::prelude::*;
use std::io;
use std::time::{Duration, Instant};
use unicode_width::UnicodeWidthStr;
use weeknote_lint::archive::calendar::{Calendar, Cell, Row, Scale, State};
use weeknote_lint::diagnostic::{
    Diagnostic, DocumentId, Edit, Fix, Label, Place, Safety, Severity,
};
use weeknote_lint::report::closing;
use weeknote_lint::report::{
    Outcome, Overview, SourceFile, Summary, color, concise, github, gitlab, html, json, junit,
    markdown, pretty, rdjson, sarif, statistics,
};
use weeknote_lint::source::{LineIndex, Span};
use weeknote_lint::{docs, rules};

const FIRST: DocumentId = DocumentId(0);
const SECOND: DocumentId = DocumentId(1);

const PLAIN: pretty::Options = pretty::Options {
    width: 80,
    wraps: true,
    color: false,
    links: false,
};

fn outcome(files: &[(&str, &str)], diagnostics: Vec<Diagnostic>) -> Outcome {
    let source = |(path, text): &(&str, &str)| SourceFile {
        has_changed: false,
        path: (*path).to_owned(),
        text: (*text).to_owned(),
        lines: LineIndex::new(text),
    };
    Outcome {
        summary: Summary {
            files: files.len() + 1,
            notes: files.len(),
            errors: diagnostics.len(),
            ..Summary::default()
        },
        notices: vec!["internal links were not checked".to_owned()],
        diagnostics,
        sources: (0..)
            .map(DocumentId)
            .zip(files.iter().map(source))
            .collect(),
        ..Outcome::default()
    }
}

fn diagnostic(rule: &'static str, severity: Severity, message: &str, place: Place) -> Diagnostic {
    Diagnostic {
        rule,
        severity,
        message: message.to_owned(),
        note: None,
        help: None,
        place,
        labels: Vec::new(),
        causes: Vec::new(),
        fix: None,
        subject: String::new(),
        fingerprint: 0xbeef,
        lowered: false,
        is_habit: false,
        stands_alone: false,
    }
}

/// The place of the first `marked` in `text`; its beginning where there is none.
fn place(document: DocumentId, text: &str, marked: &str) -> Place {
    let start = text.find(marked).unwrap_or_default();
    let span = Span::new(start, start + marked.len());
    Place { document, span }
}

fn label(place: Place, message: &str) -> Label {
    Label {
        place,
        message: message.to_owned(),
    }
}

fn written(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> String {
    let mut bytes = Vec::new();
    match write(&mut bytes) {
        Ok(()) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => error.to_string(),
    }
}

fn pretty(outcome: &Outcome) -> String {
    written(|out| pretty::write(outcome, &PLAIN, out))
}

/// One finding of each kind that a format has to cope with.
fn findings() -> Outcome {
    let filler = "The ferry was late again and the café had run out of scones by noon. ".repeat(6);
    let first = format!(
        "Week 31\n=======\n\n{filler}We met [the tide people][tide-tabels] on the quay. {filler}\n\n\
         See [one] [two]\nand [three\nfour][five].\n\n\
         [tide-tables]: https://tides.example/\n[tide-tables]: https://other.example/\n"
    );
    let second = "Week 32\n=======\n\n[tide-tabels]: https://tides.example/tables\n";
    let start = Span::at(0);
    let reference = place(FIRST, &first, "[tide-tabels]");
    let definition = place(FIRST, &first, "[tide-tables]");
    let again = place(FIRST, &first, "[tide-tables]: https://other.example/");
    let diagnostics = vec![
        Diagnostic {
            help: Some("rename one of the two".to_owned()),
            labels: vec![label(
                Place {
                    document: SECOND,
                    span: start,
                },
                "the other one",
            )],
            ..diagnostic(
                "week/duplicate",
                Severity::Error,
                "two notes of the series report week 31",
                Place {
                    document: FIRST,
                    span: start,
                },
            )
        },
        Diagnostic {
            note: Some("renders as the literal text".to_owned()),
            help: Some("write the label that this note defines, 100 % sure".to_owned()),
            labels: vec![
                label(definition, "a definition that nothing uses"),
                label(
                    place(SECOND, second, "[tide-tabels]"),
                    "defined in the week after",
                ),
            ],
            fix: Some(Fix {
                title: "rename the label to `tide-tables`".to_owned(),
                safety: Safety::Unsafe,
                edits: vec![Edit {
                    place: reference,
                    text: "[tide-tables]".to_owned(),
                }],
            }),
            ..diagnostic(
                "links/undefined-reference",
                Severity::Error,
                "`[the tide people][tide-tabels]` has no definition",
                reference,
            )
        },
        diagnostic(
            "links/spaced-reference",
            Severity::Info,
            "`[one] [two]` is one link",
            place(FIRST, &first, "[one] [two]"),
        ),
        Diagnostic {
            note: Some("over two lines".to_owned()),
            ..diagnostic(
                "links/undefined-reference",
                Severity::Error,
                "`[five]` has no definition",
                place(FIRST, &first, "[three\nfour][five]"),
            )
        },
        Diagnostic {
            note: Some("kramdown takes this one".to_owned()),
            labels: vec![label(definition, "first defined here")],
            ..diagnostic(
                "links/duplicate-definition",
                Severity::Warning,
                "`[tide-tables]` is defined twice, with different destinations",
                again,
            )
        },
    ];
    outcome(
        &[("notes/week-31.md", &first), ("notes/week-32.md", second)],
        diagnostics,
    )
}

/// A note that wants to harm the terminal, and places that its text no longer has.
fn hostile() -> Outcome {
    let text = "\u{1b}]0;owned\u{7}[x][\u{202e}y]\rnext\tline\u{0}\u{9b}2J";
    let finding = |start, end| Diagnostic {
        note: Some("said\u{1b}[2J\rhere".to_owned()),
        help: Some("one\u{8}\ntwo\u{2066}".to_owned()),
        ..diagnostic(
            "links/undefined-reference",
            Severity::Error,
            "`\u{1b}[31m\n::error::x` 50%",
            Place {
                document: FIRST,
                span: Span::new(start, end),
            },
        )
    };
    let mut diagnostics = vec![finding(10, 18), finding(20, 9_000), finding(7_000, 8_000)];
    // Inside a character, and in a document that nobody has read.
    diagnostics.push(finding(15, 16));
    diagnostics.push(Diagnostic {
        place: Place {
            document: DocumentId(99),
            span: Span::new(3, 4),
        },
        ..finding(0, 0)
    });
    outcome(&[("a,b:\u{1b}[1m%\n.md", text)], diagnostics)
}

#[test]
fn pretty_at_80_columns() {
    insta::assert_snapshot!(pretty(&findings()));
}

#[test]
fn pretty_at_120_columns() {
    let options = pretty::Options {
        width: 120,
        ..PLAIN
    };
    insta::assert_snapshot!(written(|out| pretty::write(&findings(), &options, out)));
}

#[test]
fn pretty_of_a_hostile_note() {
    insta::assert_snapshot!(pretty(&hostile()));
}

#[test]
fn concise_format() {
    insta::assert_snapshot!(written(|out| concise::write(&findings(), false, out)));
}

#[test]
fn github_format() {
    insta::assert_snapshot!(written(|out| github::write(&findings(), "site/", out)));
}

#[test]
fn markdown_format() {
    let commit = "https://github.com/example/site/blob/c0ffee";
    insta::assert_snapshot!(written(|out| markdown::write(
        &findings(),
        Some(commit),
        "my site/",
        out
    )));
}

#[test]
fn a_calendar_in_markdown_stays_in_its_code() {
    let of = |overview| {
        let outcome = Outcome {
            overview: Some(overview),
            ..Outcome::default()
        };
        written(|out| markdown::write(&outcome, None, "", out))
    };
    insta::assert_snapshot!(of(overview("no`tes\n```")));
    let Calendar { rows, .. } = overview("").calendars.remove(0);
    let many = (0..20_000).map(|number| Calendar {
        series: format!("series {number}"),
        scale: Scale::Episodes,
        from: 1,
        rows: rows.clone(),
        unplaced: Vec::new(),
    });
    let summary = of(Overview {
        calendars: many.collect(),
        ..Overview::default()
    });
    assert!(summary.len() < 1024 * 1024);
    assert!(summary.trim_end().ends_with(" more series"), "{summary}");
}

#[test]
fn markdown_of_a_hostile_note() {
    insta::assert_snapshot!(written(|out| markdown::write(&hostile(), None, "", out)));
}

#[test]
fn the_summary_stays_below_what_github_takes() {
    let text = "x";
    let start = place(FIRST, text, "x");
    for (count, message) in [(20_000, "`short`".to_owned()), (300, "|`<".repeat(100_000))] {
        let finding = || diagnostic("week/gap", Severity::Error, &message, start);
        let diagnostics = (0..count).map(|_| finding()).collect();
        let outcome = outcome(&[("a.md", text)], diagnostics);
        let summary = written(|out| markdown::write(&outcome, None, "", out));
        assert!(summary.len() < 1024 * 1024, "{}", summary.len());
        assert!(summary.contains(&format!("error | {count} |")));
        assert!(summary.contains(" more\n"));
    }
}

#[test]
fn what_github_does_not_show_is_counted() {
    let start = place(FIRST, "x", "x");
    let found =
        |count, severity| (0..count).map(move |_| diagnostic("week/gap", severity, "gap", start));
    let report = |errors, warnings| {
        let infos = found(1, Severity::Info);
        let found = infos
            .chain(found(warnings, Severity::Warning))
            .chain(found(errors, Severity::Error));
        let outcome = outcome(&[("a.md", "x")], found.collect());
        written(|out| github::write(&outcome, "", out))
    };
    let short = report(10, 10);
    assert!(
        short.starts_with("::error ") && !short.contains("title=weeknote-lint"),
        "{short}"
    );

    let long = report(12, 11);
    let kinds: Vec<&str> = long
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert_eq!(kinds[11..13], ["::error", "::warning"]);
    assert_eq!(kinds[22..], ["::warning", "::notice", "::notice"]);
    let more = "::notice title=weeknote-lint::GitHub shows only 10 errors and 10 warnings per step: the log has 3 more";
    assert_eq!(long.lines().nth(23), Some(more));
}

#[test]
fn github_of_a_hostile_note() {
    insta::assert_snapshot!(written(|out| github::write(&hostile(), "", out)));
}

#[test]
fn json_format() {
    insta::assert_snapshot!(written(|out| json::write(&findings(), out)));
}

#[test]
fn gitlab_format() {
    insta::assert_snapshot!(written(|out| gitlab::write(&findings(), "site/", out)));
}

#[test]
fn junit_format() {
    insta::assert_snapshot!(written(|out| junit::write(&findings(), "site/", out)));
}

#[test]
fn junit_of_a_clean_run_has_a_test_that_passes() {
    let clean = outcome(&[], Vec::new());
    insta::assert_snapshot!(written(|out| junit::write(&clean, "", out)));
}

#[test]
fn rdjson_format() {
    insta::assert_snapshot!(written(|out| rdjson::write(&findings(), "site/", out)));
}

/// The page without its style and script.
/// A calendar in which everything occurs that a cell can be, of a series of this name.
fn overview(series: &str) -> Overview {
    let cell = |state, notes: &[DocumentId]| Cell {
        state,
        notes: notes.to_vec(),
    };
    let cells = [
        cell(State::Covered, &[FIRST]),
        cell(State::Continued, &[FIRST]),
        cell(State::Missing, &[]),
        cell(State::Twice, &[FIRST, SECOND]),
        cell(State::Covered, &[SECOND]),
    ];
    let row = |number| Row {
        number,
        cells: cells.to_vec(),
    };
    Overview {
        calendars: vec![Calendar {
            series: series.to_owned(),
            scale: Scale::Episodes,
            from: 1,
            rows: vec![row(1), row(4)],
            unplaced: vec![SECOND],
        }],
        paths: [
            (FIRST, "first.md".to_owned()),
            (SECOND, "second.md".to_owned()),
        ]
        .into(),
        learnt: vec![
            "the root: a series of 2, whose numbering changes\n  from `first.md` on".to_owned(),
        ],
    }
}

#[test]
fn html_format() {
    let outcome = Outcome {
        overview: Some(overview("the root")),
        ..findings()
    };
    let page = written(|out| html::write(&outcome, out));
    let body = page
        .split_once("<body>")
        .and_then(|(_, body)| body.split_once("<script>"));
    insta::assert_snapshot!(body.unwrap().0);
}

#[test]
fn sarif_format() {
    let log = written(|out| sarif::write(&findings(), "my site/", out));
    let mut log: serde_json::Value = serde_json::from_str(&log).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].take();
    // Every result points to its rule.
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let index = result["ruleIndex"].as_u64().unwrap();
        assert_eq!(rules[index as usize]["id"], result["ruleId"]);
    }
    let own = &rules[0];
    let [markdown, text] = ["markdown", "text"].map(|form| own["help"][form].as_str().unwrap());
    assert!(markdown.starts_with("**Finds.** ") && text.starts_with("Finds. "));
    assert_eq!(markdown.replace("**", ""), text);
    insta::assert_snapshot!(serde_json::to_string_pretty(&log).unwrap());
}

#[test]
fn statistics_format() {
    insta::assert_snapshot!(written(|out| statistics::write(&findings(), false, out)));
}

#[test]
fn colour_adds_nothing_but_colour() {
    let paint = regex::Regex::new("\u{1b}\\[[0-9;]+m").expect("a pattern");
    let check = |plain: String, painted: String| {
        assert_ne!(painted, plain);
        assert_eq!(paint.replace_all(&painted, ""), plain);
    };
    for format in [concise::write, statistics::write] {
        let [plain, painted] =
            [false, true].map(|color| written(|out| format(&findings(), color, out)));
        check(plain, painted);
    }
    let closing = |color| closing::lines(&findings(), Duration::from_millis(90), color);
    check(closing(false), closing(true));
    check(
        docs::rules_list(rules::RULES, false, false),
        docs::rules_list(rules::RULES, true, false),
    );
    for rule in rules::RULES {
        check(
            docs::explain(rule, 80, false),
            docs::explain(rule, 80, true),
        );
    }
    let diff = "--- a/x.md\n+++ b/x.md\n@@ -1,2 +1,2 @@\n-was\r\n+is\n same\n";
    check(diff.to_owned(), color::of_diff(diff));
}

#[test]
fn colour_adds_nothing_but_escape_sequences() {
    let options = pretty::Options {
        color: true,
        ..PLAIN
    };
    let escape = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    for outcome in [findings(), hostile()] {
        let coloured = written(|out| pretty::write(&outcome, &options, out));
        assert_ne!(coloured, pretty(&outcome));
        assert_eq!(escape.replace_all(&coloured, ""), pretty(&outcome));
    }
}

#[test]
fn no_format_lets_control_characters_through() {
    let outcome = hostile();
    for report in [
        pretty(&outcome),
        written(|out| concise::write(&outcome, false, out)),
        written(|out| github::write(&outcome, "", out)),
        written(|out| statistics::write(&outcome, false, out)),
        written(|out| json::write(&outcome, out)),
        written(|out| json::write_lines(&outcome, out)),
        written(|out| gitlab::write(&outcome, "", out)),
        written(|out| junit::write(&outcome, "", out)),
        written(|out| rdjson::write(&outcome, "", out)),
        written(|out| sarif::write(&outcome, "", out)),
        written(|out| html::write(&outcome, out)),
    ] {
        let raw = |char: &char| {
            char.is_control() && *char != '\n'
                || matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert_eq!(report.chars().find(raw), None, "{report}");
    }
    let findings = outcome.diagnostics.len();
    for lines in [
        written(|out| concise::write(&outcome, false, out)),
        written(|out| github::write(&outcome, "", out)),
        written(|out| json::write_lines(&outcome, out)),
    ] {
        assert_eq!(lines.lines().count(), findings, "{lines}");
    }
}

#[test]
fn a_line_of_a_megabyte_is_shown_as_a_short_one() {
    let words = "lorem ipsum dolor [sit][amet] ";
    let text = words.repeat(1_000_000 / words.len());
    let diagnostics: Vec<Diagnostic> = text
        .match_indices("[sit][amet]")
        .step_by(20)
        .map(|(start, marked)| Diagnostic {
            note: Some("renders as the literal text".to_owned()),
            labels: vec![label(place(FIRST, &text, "lorem"), "the note begins here")],
            ..diagnostic(
                "links/undefined-reference",
                Severity::Error,
                "no definition",
                Place {
                    document: FIRST,
                    span: Span::new(start, start + marked.len()),
                },
            )
        })
        .collect();
    let outcome = outcome(&[("notes/long.md", &text)], diagnostics);
    let started = Instant::now();
    for report in [
        pretty(&outcome),
        written(|out| concise::write(&outcome, false, out)),
    ] {
        let widest = report.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(80), "{widest:?}");
        assert!(report.contains("notes/long.md:1:999019"), "no column");
    }
    // Counting the line for each of the 1,700 findings would take minutes in a debug build.
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn the_json_report_is_what_the_schema_says() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../weeknote-lint-report.schema.json")).unwrap();
    for outcome in [findings(), hostile(), outcome(&[], Vec::new())] {
        let report = written(|out| json::write(&outcome, out));
        assert!(report.ends_with("}\n"));
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        schema::check(&schema, &schema, &report, "report");

        let lines = written(|out| json::write_lines(&outcome, out));
        let lines: Vec<serde_json::Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(report["diagnostics"], serde_json::Value::Array(lines));
    }
}

#[test]
fn every_severity_is_in_the_schema() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../weeknote-lint-report.schema.json")).unwrap();
    let known = &schema["$defs"]["diagnostic"]["properties"]["severity"]["enum"];
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    assert_eq!(*known, serde_json::json!(severities.map(Severity::as_str)));
}

proptest! {
    /// miette asserts that labels lie in its lines: whatever the text and the places, every finding is drawn, in all
    /// of its places, and no line is wider than the terminal.
    #[test]
    fn any_places_in_any_text_are_drawn(
        text in "([a-z\\[\\]: é\u{1f600}\u{301}\t\u{feff}\r\n]{0,40}\n){0,8}.{0,200}",
        places in prop::collection::vec((0usize..400, 0usize..150, 0u32..2), 1..9),
    ) {
        let mut places = places.into_iter().map(|(start, length, document)| Place {
            document: DocumentId(document),
            span: Span::new(start, start + length * (length % 3)),
        });
        let first = places.next().map(|place| {
            let labels = places.map(|place| label(place, "a further place")).collect();
            Diagnostic { labels, ..diagnostic("week/gap", Severity::Info, "message", place) }
        });
        let other = "A short one\n\n[x]: y\n";
        let outcome = outcome(&[("a.md", &text), ("b.md", other)], first.into_iter().collect());
        let report = pretty(&outcome);
        prop_assert!(report.starts_with("  info[week/gap]: message\n"), "{}", report);
        prop_assert!(!report.contains("Failed to read"), "{}", report);
        let widest = report.lines().map(UnicodeWidthStr::width).max();
        prop_assert!(widest <= Some(80), "{}", report);
        for format in [concise::write, statistics::write] {
            prop_assert!(!written(|out| format(&outcome, true, out)).is_empty());
        }
        for format in [html::write, json::write, json::write_lines] {
            prop_assert!(!written(|out| format(&outcome, out)).is_empty());
        }
        prop_assert!(!written(|out| markdown::write(&outcome, None, "", out)).is_empty());
        for format in [github::write, gitlab::write, junit::write, rdjson::write, sarif::write] {
            prop_assert!(!written(|out| format(&outcome, "", out)).is_empty());
        }
    }
}

/// As much of JSON Schema (draft 2020-12) as ours uses. Stricter in one point: a property that the schema does not
/// describe is a failure, so that no field is added in silence.
mod schema {
    use serde_json::Value;

    const ANNOTATIONS: [&str; 5] = ["$schema", "$defs", "title", "description", "required"];

    pub(crate) fn check(root: &Value, schema: &Value, value: &Value, at: &str) {
        if let Some(why) = failure(root, schema, value) {
            panic!("{at}: {why}");
        }
    }

    fn failure(root: &Value, schema: &Value, value: &Value) -> Option<String> {
        let rules = schema.as_object()?;
        if let Some(required) = rules.get("required").and_then(Value::as_array) {
            let missing =
                |name: &&Value| name.as_str().is_none_or(|name| value.get(name).is_none());
            if let Some(name) = required.iter().find(missing) {
                return Some(format!("{name} is missing in {value}"));
            }
        }
        rules.iter().find_map(|(keyword, rule)| {
            let holds = match keyword.as_str() {
                "type" => match rule {
                    Value::Array(types) => types.iter().any(|name| is(name, value)),
                    name => is(name, value),
                },
                "const" => rule == value,
                "enum" => rule.as_array().is_some_and(|known| known.contains(value)),
                "minimum" => value.as_i64() >= rule.as_i64(),
                "pattern" => regex::Regex::new(rule.as_str()?)
                    .is_ok_and(|regex| value.as_str().is_some_and(|text| regex.is_match(text))),
                "$ref" => {
                    let target = root.pointer(rule.as_str()?.trim_start_matches('#'));
                    return match target {
                        Some(target) => failure(root, target, value),
                        None => Some(format!("{rule} does not exist")),
                    };
                }
                "anyOf" => {
                    let failures = rule.as_array()?.iter();
                    failures
                        .map(|rule| failure(root, rule, value))
                        .any(|why| why.is_none())
                }
                "items" => {
                    return value
                        .as_array()?
                        .iter()
                        .find_map(|item| failure(root, rule, item));
                }
                "properties" => {
                    return value.as_object()?.iter().find_map(|(name, value)| {
                        match rule.get(name) {
                            Some(rule) => {
                                failure(root, rule, value).map(|why| format!("{name}: {why}"))
                            }
                            None => Some(format!("{name} is not described")),
                        }
                    });
                }
                annotation => ANNOTATIONS.contains(&annotation),
            };
            (!holds).then(|| format!("{keyword} {rule} does not hold for {value}"))
        })
    }

    fn is(name: &Value, value: &Value) -> bool {
        match name.as_str() {
            Some("object") => value.is_object(),
            Some("array") => value.is_array(),
            Some("string") => value.is_string(),
            Some("integer") => value.is_u64(),
            Some("null") => value.is_null(),
            _ => false,
        }
    }
}
