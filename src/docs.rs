//! What the rules say about themselves, as a page, as an answer to `explain`, and as a list.

use crate::diagnostic::Severity;
use crate::report::color::{BOLD, CYAN, FAINT, GREEN, RED, linked, of_severity, painted};
use crate::report::rule_url;
use crate::report::text::wrap;
use crate::rules::{Backdrop, Example, FixAvailability, RULES, Rule};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// What `weeknote-lint explain` prints of a rule, in lines of at most `width` columns; examples keep their lines.
pub fn explain(rule: &Rule, width: usize, color: bool) -> String {
    let head = painted(&format!("# {}", rule.id), BOLD, color);
    let mut text = format!("{head}\n\n");
    for line in explanation(rule, false).lines() {
        let _ = match line.strip_prefix("- ") {
            // The lines of an item stand below each other.
            Some(item) => {
                let width = width.saturating_sub(2);
                writeln!(text, "- {}", wrap(item, width, width).replace('\n', "\n  "))
            }
            None if line.starts_with("  ") => writeln!(text, "{line}"),
            None => writeln!(text, "{}", headed(&wrap(line, width, width), color)),
        };
    }
    let url = painted(&rule_url(rule.id), CYAN, color);
    let _ = writeln!(text, "\n{url}");
    text
}

/// A paragraph whose first word is what heads it.
fn headed(paragraph: &str, color: bool) -> String {
    let heads = [
        ("Finds.", BOLD),
        ("Why.", BOLD),
        ("Ignores.", BOLD),
        ("Fix.", BOLD),
        ("Found:", RED),
        ("Not found:", GREEN),
    ];
    let mut heads = heads.into_iter();
    let head = heads.find_map(|(head, style)| Some((head, style, paragraph.strip_prefix(head)?)));
    match head {
        Some((head, style, rest)) => painted(head, style, color) + rest,
        None => paragraph.to_owned(),
    }
}

/// What an editor shows of a rule, in Markdown: its page without the examples.
pub fn page(rule: &Rule) -> String {
    let (id, title, docs, facts) = (rule.id, rule.title(), rule.docs, facts(rule));
    format!(
        "**{id}**: {title}. {facts}\n\n{docs}\n\n[Examples]({})",
        rule_url(id)
    )
}

/// Rules as `weeknote-lint rules` lists them, in colour and as links to their pages where the terminal has those.
pub fn rules_list(rules: &[&Rule], color: bool, links: bool) -> String {
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut list = String::new();
    for rule in rules {
        let blank = " ".repeat(width - rule.id.len());
        let id = painted(&linked(rule.id, links), BOLD, color);
        let style = rule.severity.map_or(FAINT, of_severity);
        let level = painted(&format!("{:7}", level(rule)), style, color);
        let _ = writeln!(list, "{id}{blank}  {level}  {}", rule.summary);
    }
    list
}

/// The rules as `weeknote-lint rules --format json` lists them.
pub fn rules_json() -> Value {
    RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "summary": rule.summary,
                "level": level(rule),
                "fix": match rule.fix {
                    FixAvailability::None => "none",
                    FixAvailability::Sometimes => "sometimes",
                    FixAvailability::Always => "always",
                },
                "since": rule.since,
                "docs": rule.docs,
                "url": rule_url(rule.id),
            })
        })
        .collect()
}

fn level(rule: &Rule) -> &'static str {
    rule.severity.map_or("off", Severity::as_str)
}

fn explanation(rule: &Rule, as_page: bool) -> String {
    let mut text = String::new();
    let docs = match as_page {
        true => rule.docs.to_owned(),
        false => rule.plain_docs(),
    };
    let _ = writeln!(text, "{}. {}\n\n{docs}", rule.title(), facts(rule));
    for example in rule.examples {
        let (word, title, backdrop, files) = match example {
            Example::Bad {
                title,
                backdrop,
                files,
                ..
            } => ("Found", title, backdrop, files),
            Example::Good {
                title,
                backdrop,
                files,
            } => ("Not found", title, backdrop, files),
        };
        let among = match backdrop {
            Backdrop::None => "",
            Backdrop::Snips | Backdrop::Jekyll => ", in an archive of many notes like it",
        };
        let bold = if as_page { "**" } else { "" };
        let _ = writeln!(text, "\n{bold}{word}:{bold} {title}{among}");
        for (path, content) in *files {
            let has_fence = content.contains("```");
            let fence = if has_fence { "~~~~" } else { "```" };
            let shown = content.replace(['⟦', '⟧'], "");
            let shown = shown.trim_end();
            if as_page {
                let _ = writeln!(text, "\n`{path}`\n\n{fence}markdown\n{shown}\n{fence}");
            } else {
                let indented = |line| format!("    {line}").trim_end().to_owned();
                let indented: Vec<String> = shown.lines().map(indented).collect();
                let _ = writeln!(text, "\n  {path}\n{}", indented.join("\n"));
            }
        }
    }
    text
}

fn facts(rule: &Rule) -> String {
    let level = match rule.severity {
        Some(severity) => format!("Level: {}", severity.as_str()),
        None => "Off by default".to_owned(),
    };
    let fix = match rule.fix {
        FixAvailability::None => "",
        FixAvailability::Sometimes => "; sometimes with a fix",
        FixAvailability::Always => "; with a fix",
    };
    format!("{level}{fix}. Since {}.", rule.since)
}

#[cfg(test)]
mod tests;
