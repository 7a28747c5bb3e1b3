//! Front matter: metadata before the Markdown, and dates as people write them there.
//!
//! ```text
//! file     BOM? ( yaml | toml | json ) body
//! yaml     "---" blank* newline  YAML  ( "---" | "..." ) blank*
//! toml     "+++" blank* newline  TOML  "+++" blank*
//! json     "{" ... "}" blank*                             an object that parses
//! ```
//!
//! Each fence is a line of its own and ends with `\n`, `\r\n` or the file. A block may be empty.
//!
//! `---` is a thematic break as well (CommonMark section 4.1). A file that begins with one is not taken for a file
//! with front matter: what stands between two of them counts as metadata where YAML finds a mapping or nothing in it,
//! or where the first line is that of a key. A fence that is never closed, or closed only by a thematic break far
//! below, is told by its next line: it has a key of one word.
//!
//! Sources: Jekyll's `Document::YAML_FRONT_MATTER_REGEXP`, Hugo's front matter formats, YAML as in `yaml.rs`,
//! TOML 1.0, RFC 8259.

use super::lines::{Line, beginning, lines};
use super::yaml::{self, Block, Keys};
use super::{Format, Metadata, Problem, ProblemKind, json, scalar, toml};
use crate::source::Span;
use jiff::civil::Date;
use std::ops::Range;

/// The front matter of a file, and the span of the body after it; `None` where the file has none.
pub fn parse(text: &str) -> Option<(Metadata, Span)> {
    let start = beginning(text);
    let first = text.len() - text.get(start..)?.trim_start().len();
    let mut found = match text.as_bytes().get(first)? {
        b'-' => yaml_block(text, first),
        b'+' => toml_block(text, first),
        b'{' if first == start => json_block(text, start),
        _ => None,
    }?;
    if first > start {
        let metadata = &mut found.0;
        let fence = Span::new(first, first + 3);
        let key = metadata.entries.first()?.key_span;
        let between = text.get(first + 3..key.start as usize)?;
        // Two thematic breaks with a sentence between them are none.
        if between.trim_start_matches([' ', '\t', '\r']) != "\n" || !metadata.problems.is_empty() {
            return None;
        }
        metadata.problems.push(Problem {
            span: fence,
            kind: ProblemKind::NotFirst,
        });
    }
    Some(found)
}

/// The date of a string, where the whole string is a date or a point in time in a common notation: with the year first
/// (`2025-02-17`, `2025/02/17`, `2025-2-7`, `2021-06-25 14:00:00`, with `T`, with an offset), or with the month's name
/// (`Feb 17, 2025`, `Mon, 17 February 2025 10:00`).
pub fn lenient_date(text: &str) -> Option<Date> {
    scalar::lenient_date(text).or_else(|| worded_date(text.trim()))
}

/// "Wednesday, 30 September 2026 10:00:00.000 +0100" is shorter.
const LONGEST: usize = 50;

fn worded_date(text: &str) -> Option<Date> {
    // Most texts are none, which is seen before they are read.
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if text.len() > LONGEST || digits < 5 || !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let (range, span) = crate::week::dates::range(text)?;
    let time = text.get(span.end as usize..)?.trim_start();
    let is_alone = span.start == 0 && range.first == range.last;
    let is_time =
        time.is_empty() || time.starts_with(|c: char| c.is_ascii_digit()) && time.contains(':');
    let date = range.first.in_year(range.first.year?)?;
    (is_alone && is_time).then_some(date)
}

/// An opening fence and the lines up to the closing one.
struct Fenced {
    opening: Line,
    content: Range<usize>,
    /// The byte after the closing fence and its line ending; `None` where there is no closing fence.
    end: Option<usize>,
}

/// The fence that the file has at `start`.
fn fenced(text: &str, start: usize, closing: &[&str]) -> Option<Fenced> {
    let mut all = lines(text, start..text.len());
    let opening = all.next()?;
    let opens = |line: Line| line.of(text).trim_end_matches([' ', '\t']);
    if Some(&opens(opening)) != closing.first() {
        return None;
    }
    let close = all.find(|line| closing.contains(&opens(*line)));
    Some(Fenced {
        opening,
        content: opening.next..close.map_or(text.len(), |line| line.start),
        end: close.map(|line| line.next),
    })
}

fn yaml_block(text: &str, start: usize) -> Option<(Metadata, Span)> {
    let fenced = fenced(text, start, &["---", "..."])?;
    if let Some(end) = fenced.end {
        let block = yaml::parse(text, fenced.content.clone(), Keys::Plain);
        if !block.refused {
            return Some(assemble(text, Format::Yaml, start..end, block));
        }
        let content = || fenced.content.clone();
        if !begins_with_key(text, content()) && !goes_on_with_keys(text, content()) {
            return None;
        }
        if !goes_on_as_prose(text, fenced.content.clone()) {
            return Some(assemble(text, Format::Yaml, start..end, block));
        }
    }
    let end = unclosed_end(text, fenced.opening.next, |line| {
        yaml::key_line(line, Keys::Plain)
            .is_some_and(|key| yaml::identifier(line) == Some(key.length))
    })?;
    let mut block = yaml::parse(text, fenced.opening.next..end, Keys::Plain);
    block.problems.insert(0, unclosed(text, &fenced));
    Some(assemble(text, Format::Yaml, start..end, block))
}

fn toml_block(text: &str, start: usize) -> Option<(Metadata, Span)> {
    let fenced = fenced(text, start, &["+++"])?;
    let (content, end) = match fenced.end {
        Some(end) => (fenced.content.clone(), end),
        None => {
            let end = unclosed_end(text, fenced.opening.next, |line| {
                let after = yaml::identifier(line).and_then(|length| line.get(length..));
                after.is_some_and(|after| after.trim_start().starts_with('='))
                    || line.starts_with('[')
            })?;
            (fenced.opening.next..end, end)
        }
    };
    let (entries, mut problems) = toml::parse(text, content);
    if fenced.end.is_none() {
        problems.insert(0, unclosed(text, &fenced));
    }
    let block = Block {
        entries,
        problems,
        ..Block::default()
    };
    Some(assemble(text, Format::Toml, start..end, block))
}

fn json_block(text: &str, start: usize) -> Option<(Metadata, Span)> {
    let (block, end) = match json::parse(text, start) {
        Some((entries, end)) => {
            // The rest of the line is white space.
            let rest = lines(text, end..text.len()).next();
            let block = Block {
                entries,
                ..Block::default()
            };
            (block, rest.map_or(end, |line| line.next))
        }
        None => {
            let (problem, end) = json::fault(text, start)?;
            let block = Block {
                problems: vec![problem],
                ..Block::default()
            };
            (block, end)
        }
    };
    Some(assemble(text, Format::Json, start..end, block))
}

fn assemble(text: &str, format: Format, range: Range<usize>, block: Block) -> (Metadata, Span) {
    let body = Span::new(range.end, text.len());
    (Metadata::of(format, range, block), body)
}

fn unclosed(text: &str, fenced: &Fenced) -> Problem {
    Problem {
        span: fenced.opening.trimmed(text),
        kind: ProblemKind::Unclosed,
    }
}

/// Whether the first line that says something begins with a key.
fn begins_with_key(text: &str, content: Range<usize>) -> bool {
    let silent = |line: &str| line.trim().is_empty() || line.starts_with('#');
    let first = lines(text, content)
        .map(|line| line.of(text))
        .find(|line| !silent(line));
    first.is_some_and(|line| {
        let key = yaml::key_line(line, Keys::Plain);
        // A sentence may have a colon; a key of more than three words is one.
        let short = |length: usize| {
            line.get(..length)
                .is_some_and(|key| key.split(' ').count() <= 3)
        };
        key.is_some_and(|key| short(key.length))
    })
}

/// Whether all lines but the first are those of keys of one word in lower case, or belong to one.
fn goes_on_with_keys(text: &str, content: Range<usize>) -> bool {
    let mut keys = 0;
    let rest = lines(text, content).skip(1).map(|line| line.of(text));
    let mut belong = rest.map(|line| {
        let key = yaml::key_line(line, Keys::Plain);
        let is_key = line.starts_with(|first: char| first.is_ascii_lowercase())
            && key.is_some_and(|key| yaml::identifier(line) == Some(key.length));
        keys += usize::from(is_key);
        is_key || keys > 0 && line.starts_with([' ', '-', '#'])
    });
    belong.all(|belongs| belongs) && keys > 0
}

/// Whether keys are followed by a blank line, and that by text without any key of one word: the block was not closed,
/// and what looks like its end is a thematic break of the body.
fn goes_on_as_prose(text: &str, content: Range<usize>) -> bool {
    let mut all = lines(text, content).map(|line| line.of(text));
    if !all.any(|line| line.trim().is_empty()) {
        return false;
    }
    let mut prose = false;
    for line in all {
        let key = yaml::key_line(line, Keys::Plain);
        if key.is_some_and(|key| yaml::identifier(line) == Some(key.length)) {
            return false;
        }
        prose |= !line.trim().is_empty()
            && !line.starts_with([' ', '\t', '#'])
            && !line.starts_with("- ");
    }
    prose
}

/// Where the entries after an unclosed fence end: at the first line that is none. `None` where the line after the
/// fence is no entry, so that the fence is a thematic break.
fn unclosed_end(text: &str, start: usize, is_entry: impl Fn(&str) -> bool) -> Option<usize> {
    let mut end = None;
    for line in lines(text, start..text.len()) {
        let source = line.of(text);
        let continues =
            end.is_some() && (source.starts_with([' ', '\t', '#']) || source.starts_with("- "));
        if source.trim().is_empty() || !(continues || is_entry(source)) {
            break;
        }
        end = Some(line.next);
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::metadata::Value;
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
        assert_eq!(body.start, metadata.block.end);
        for problem in &metadata.problems {
            assert!(text.get(problem.span.range()).is_some());
        }
        for entry in &metadata.entries {
            assert!(
                metadata.block.contains(entry.key_span)
                    && metadata.block.contains(entry.value_span)
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
            assert!(parse(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn white_space_before_the_fence_is_a_problem() {
        for text in [
            "\n---\na: b\n---\nc",
            " ---\na: b\n---\nc",
            "\u{feff}\r\n+++\r\na = 1\r\n+++\r\nc",
        ] {
            let (metadata, body) = parse(text).unwrap();
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
        let (metadata, body) = parse(text).unwrap();
        assert_eq!(
            (metadata.format, body.of(text)),
            (Some(Format::Json), "\nText.\n")
        );
        let words = ProblemKind::Parser("expected `,` or `}`".into());
        let problem = &metadata.problems[0];
        assert_eq!((problem.span.of(text), &problem.kind), ("\"b\": 2", &words));
        assert!(parse("{ \"a\" }\n").is_none());
        let curly = parse("{\n  “a”: 1\n}\n\nText.\n").unwrap().0;
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
        fn any_yaml_gives_consistent_spans(lines in proptest::collection::vec(
            "([a-c]{1,2}: ?|- |  ?- |)([-a-cé\u{a0}:#'\"\\[\\]{}&*!|>%@`, \t]{0,8}|true|2031-05-06)\r?",
            0..8,
        ), closed: bool) {
            let text = format!("---\n{}\n{}", lines.join("\n"), if closed { "---\nBody" } else { "" });
            if let Some((metadata, body)) = parse(&text) {
                assert_consistent(&text, &metadata, body);
            }
        }

        #[test]
        fn any_toml_gives_consistent_spans(lines in proptest::collection::vec(
            "(a|b|c|a.b|\\[a\\]|\\[\\[b\\]\\]|)( = )?(1|'é'|\"x|\\[1|\\[1, 'é'\\]|2031-05-06|\\{ d = 1 \\}|)#? ?",
            0..8,
        )) {
            let text = format!("+++\n{}\n+++\n", lines.join("\n"));
            if let Some((metadata, body)) = parse(&text) {
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
            if let Some((metadata, body)) = parse(&text) {
                prop_assert!(text.get(body.range()).is_some());
                for entry in &metadata.entries {
                    prop_assert!(text.get(entry.value_span.range()).is_some());
                }
            }
        }
    }
}
