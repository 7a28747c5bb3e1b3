//! The page of `--format html`, as the program writes it: complete, well-formed, small, and safe whatever notes hold.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use roxmltree::{Document, Node, ParsingOptions};
use std::fmt::Write as _;
use support::{Folder, archive, lint};

fn parsed(page: &str) -> Document<'_> {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(page, options).expect("the page is well-formed")
}

/// The elements of a class.
fn of_class<'a>(page: &'a Document<'a>, class: &'a str) -> Vec<Node<'a, 'a>> {
    let has_class = |node: &Node<'_, '_>| {
        let classes = node.attribute("class").unwrap_or_default();
        classes.split(' ').any(|one| one == class)
    };
    page.descendants().filter(has_class).collect()
}

/// The cells of the calendars of a class.
fn cells<'a>(page: &'a Document<'a>, class: &'a str) -> Vec<Node<'a, 'a>> {
    let all = of_class(page, class).into_iter();
    all.filter(|node| node.has_tag_name("td")).collect()
}

fn page(folder: &Folder) -> String {
    folder
        .lint(&["--format", "html", "--today", "2031-05-06"])
        .out
}

/// Fails for what a page must not have: two elements of one id, links to none, cells without a name, anything loaded.
#[track_caller]
fn check(page: &Document<'_>) {
    let mut ids: Vec<_> = page
        .descendants()
        .filter_map(|node| node.attribute("id"))
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id is there twice");
    for node in page.descendants() {
        for name in ["src", "srcset", "data", "background", "style"] {
            assert_eq!(node.attribute(name), None, "{node:?}");
        }
        let handlers = node.attributes().any(|one| one.name().starts_with("on"));
        assert!(!handlers, "{node:?}");
        for name in ["href", "aria-labelledby"] {
            let target = node.attribute(name).unwrap_or_default();
            let inside = target.strip_prefix('#').filter(|_| name == "href");
            let inside = inside.or((name != "href" && !target.is_empty()).then_some(target));
            let is_outside = inside.is_none() && name == "href" && node.has_attribute("href");
            assert!(!is_outside || target.starts_with("https://"), "{target}");
            assert!(
                inside.is_none_or(|id| ids.binary_search(&id).is_ok()),
                "{target}"
            );
        }
    }
    for class in ["n", "c", "t", "m"] {
        for cell in cells(page, class) {
            let names = cell
                .descendants()
                .filter_map(|one| one.attribute("aria-label"));
            assert_eq!(
                names.collect::<Vec<_>>(),
                [cell.attribute("title").unwrap_or_default()]
            );
        }
    }
    let scopes = page.descendants().filter(|node| node.has_tag_name("th"));
    assert!(scopes.into_iter().all(|node| node.has_attribute("scope")));
}

#[test]
fn the_page_shows_calendar_findings_and_what_was_learnt() {
    let arguments = ["--format", "html", "--today", "2024-07-05"];
    let text = lint(&archive("broken"), &arguments).out;
    let json = lint(
        &archive("broken"),
        &["--format", "json", "--today", "2024-07-05"],
    )
    .out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("the report is JSON");
    let findings = json["diagnostics"].as_array().map_or(0, Vec::len);
    let page = parsed(&text);
    check(&page);
    assert_eq!(of_class(&page, "finding").len(), findings);
    assert!(!cells(&page, "e").is_empty() && !cells(&page, "w").is_empty());
    assert!(text.contains("numbered by weeks since Monday 2019-02-04 (week 0)"));
    // Only what is asked for costs anything, and nothing is shown twice.
    assert_eq!(text, lint(&archive("broken"), &arguments).out);
}

#[test]
fn the_page_is_complete_without_findings() {
    let text = lint(
        &archive("clean"),
        &["--format", "html", "--rule", "week/gap=off"],
    )
    .out;
    let page = parsed(&text);
    check(&page);
    assert!(text.contains("<p>Nothing to report.</p>"));
    assert!(!cells(&page, "n").is_empty());
    let empty = Folder::new(&[]);
    check(&parsed(&self::page(&empty)));
}

#[test]
fn cells_say_which_weeks_have_notes_gaps_and_two_notes() {
    let folder = Folder::new(&[
        ("notes/2024-W01.md", "# Week 1\n"),
        ("notes/2024-W02.md", "# Week 2\n\n[x]()\n"),
        ("notes/2024-W04.md", "# Week 4\n"),
        ("notes/2024-W05.md", "# Week 5\n"),
    ]);
    let text = page(&folder);
    let page = parsed(&text);
    let named = |class| -> Vec<String> {
        let cells = cells(&page, class).into_iter();
        cells
            .map(|cell| cell.attribute("title").unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(named("m"), ["2024-W03, from 2024-01-15: no note"]);
    assert_eq!(
        named("e"),
        ["2024-W02, from 2024-01-08: notes/2024-W02.md; 1 error"]
    );
    assert_eq!(named("n").len(), 4);
}

/// What ends a tag, an attribute, a comment, a script, a style or a CDATA section, and what turns text round.
const NASTY: &str = "</script><script>alert(1)</script></style>\"'--><!--]]>&amp;&#60;<img src=x onerror=alert(1)>\
                     \u{202e}\u{2066}\u{7}\u{1b}[31m\u{fffe}";

#[test]
fn what_notes_hold_is_text() {
    let name = NASTY.replace('/', "\u{2215}");
    // What is left would make all of the note a comment, or another link.
    let label = NASTY.replace("<!--", "").replace(['[', ']'], "");
    let mut files = Vec::new();
    for week in 1..8 {
        let text = format!("# Week {week}\n\n[x]() and [{label}][{label} x] {NASTY}\n");
        files.push((format!("notes {name}/week-{week}{name}.md"), text));
    }
    let config = format!(
        "[[series]]\nname = {:?}\ninclude = [\"notes*/**\"]\n",
        "</h3><script>x"
    );
    let folder = Folder::new(&[("weeknote-lint.toml", &config)]);
    for (path, text) in &files {
        folder.write(path, text);
    }
    let run = folder.lint(&["--format", "html"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let page = parsed(&run.out);
    check(&page);
    assert!(of_class(&page, "finding").len() >= 7);
    let scripts = page
        .descendants()
        .filter(|node| node.has_tag_name("script"));
    assert_eq!(scripts.count(), 1);
    assert!(!page.descendants().any(|node| node.has_tag_name("img")));
    assert_eq!(run.out.matches("</script>").count(), 1);
    assert_eq!(run.out.matches("</style>").count(), 1);
    let raw =
        |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202e}' | '\u{2066}' | '\u{fffe}');
    assert!(!run.out.contains(raw));
}

#[test]
fn the_page_of_a_thousand_notes_is_below_a_megabyte() {
    let folder = Folder::new(&[]);
    for week in 0..1_000 {
        let prose =
            "The ferry was late again, and the café had run out of scones by noon. ".repeat(9);
        let mut text = format!("# Week {week}\n\n{prose}[the tide people][tide-{week}] {prose}\n");
        if week % 2 == 0 {
            let _ = writeln!(text, "\n[tide-{week}]: https://tides.example/{week}");
        }
        folder.write(
            &format!("content/weeknotes/week-{week}-the-tide-tables.md"),
            text,
        );
    }
    let text = page(&folder);
    let page = parsed(&text);
    check(&page);
    assert!(of_class(&page, "finding").len() >= 500, "{}", text.len());
    assert_eq!(cells(&page, "n").len(), 1_000);
    assert!(text.len() < 1_000_000, "{} bytes", text.len());
}
