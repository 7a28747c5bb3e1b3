//! What the rules say about themselves, as a page, as an answer to `explain`, and as a list.

use crate::diagnostic::Severity;
use crate::report::rule_url;
use crate::report::text::wrap;
use crate::rules::{Backdrop, Example, FixAvailability, Meta, RULES};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// `docs/rules.md`.
pub fn rules_page() -> String {
    let mut page = String::from(
        "# Rules\n\n\
         <!-- Made from the rules themselves. Change the rule's file in src/rules and run `UPDATE=1 cargo test`. -->\n\n\
         A rule's level is `error`, `warning`, `info` or `off`, for all files under `[rules]` in `weeknote-lint.toml` and for some under \
         `[[overrides]]`. Errors and warnings fail a run; `info` never does by default.\n\n\
         | rule | level | finds |\n|---|---|---|\n",
    );
    for meta in metas() {
        let anchor = meta.id.replace('/', "");
        let _ = writeln!(
            page,
            "| [{}](#{anchor}) | {} | {} |",
            meta.id,
            level(meta),
            meta.summary
        );
    }
    for meta in metas() {
        let _ = write!(page, "\n## {}\n\n{}\n", meta.id, explanation(meta, true));
    }
    page
}

/// What `weeknote-lint explain` prints of a rule, in lines of at most `width` columns; examples keep their lines.
pub fn explain(meta: &Meta, width: usize) -> String {
    let mut text = format!("# {}\n\n", meta.id);
    for line in explanation(meta, false).lines() {
        let is_prose = !["  ", "|", "```", "- "]
            .iter()
            .any(|start| line.starts_with(start));
        let line = if is_prose {
            wrap(line, width, width)
        } else {
            line.to_owned()
        };
        let _ = writeln!(text, "{line}");
    }
    let _ = writeln!(text, "\n{}", rule_url(meta.id));
    text
}

/// The rules as `weeknote-lint rules` lists them.
pub fn rules_list() -> String {
    let width = metas().map(|meta| meta.id.len()).max().unwrap_or(0);
    let mut list = String::new();
    for meta in metas() {
        let _ = writeln!(
            list,
            "{:width$}  {:7}  {}",
            meta.id,
            level(meta),
            meta.summary
        );
    }
    list
}

/// The rules as `weeknote-lint rules --format json` lists them.
pub fn rules_json() -> Value {
    metas()
        .map(|meta| {
            json!({
                "id": meta.id,
                "summary": meta.summary,
                "level": level(meta),
                "fix": match meta.fix {
                    FixAvailability::None => "none",
                    FixAvailability::Sometimes => "sometimes",
                    FixAvailability::Always => "always",
                },
                "since": meta.since,
                "docs": meta.docs,
                "url": rule_url(meta.id),
            })
        })
        .collect()
}

fn metas() -> impl Iterator<Item = &'static Meta> {
    RULES.iter().map(|rule| rule.meta())
}

fn level(meta: &Meta) -> &'static str {
    meta.severity.map_or("off", Severity::as_str)
}

fn explanation(meta: &Meta, as_page: bool) -> String {
    let mut text = String::new();
    let summary = capitalised(meta.summary);
    let _ = writeln!(text, "{summary}. {}\n\n{}", facts(meta), meta.docs.trim());
    for example in meta.examples {
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
        let _ = writeln!(text, "\n{word}: {title}{among}");
        for (path, content) in *files {
            let fence = if content.contains("```") {
                "~~~~"
            } else {
                "```"
            };
            let shown = content.replace(['⟦', '⟧'], "");
            let shown = shown.trim_end();
            if as_page {
                let _ = writeln!(text, "\n`{path}`\n\n{fence}markdown\n{shown}\n{fence}");
            } else {
                let indented: Vec<String> = shown
                    .lines()
                    .map(|line| format!("    {line}").trim_end().to_owned())
                    .collect();
                let _ = writeln!(text, "\n  {path}\n{}", indented.join("\n"));
            }
        }
    }
    text
}

fn facts(meta: &Meta) -> String {
    let level = match meta.severity {
        Some(severity) => format!("Level: {}", severity.as_str()),
        None => "Off by default".to_owned(),
    };
    let fix = match meta.fix {
        FixAvailability::None => "",
        FixAvailability::Sometimes => "; sometimes with a repair",
        FixAvailability::Always => "; with a repair",
    };
    format!("{level}{fix}. Since {}.", meta.since)
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares a generated file with what stands in the repository; `UPDATE=1` writes it.
    fn is_current(name: &str, content: &str) {
        let path = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, content).expect("the file can be written");
        }
        let stands = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            stands == content,
            "{name} is stale; run `UPDATE=1 cargo test`"
        );
    }

    #[test]
    fn the_page_of_the_rules_is_current() {
        is_current("docs/rules.md", &rules_page());
    }

    #[test]
    fn an_explanation_says_everything() {
        let text = explain(&crate::rules::suppression::unused::META, 200);
        assert!(text.starts_with("# suppression/unused\n\nAn ignore comment that hides nothing. Level: warning; sometimes with a repair."));
        assert!(!text.contains('⟦') && text.contains("Found: ") && text.contains("Not found: "));
        assert!(text.trim_end().ends_with("rules.md#suppressionunused"));
    }
}
