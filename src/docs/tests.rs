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
    let text = explain(&crate::rules::suppression::unused::RULE, 200, false);
    assert!(text.starts_with("# suppression/unused\n\nAn ignore comment that hides nothing. Level: warning; sometimes with a fix."));
    assert!(text.contains("\n\nFix. Delete the comment, or correct the rule's name.\n\n"));
    assert!(!text.contains('⟦') && text.contains("Found: ") && text.contains("Not found: "));
    assert!(text.trim_end().ends_with("rules.md#suppressionunused"));
}

/// `docs/rules.md`.
fn rules_page() -> String {
    let mut page = String::from(
        "# Rules\n\n\
         <!-- Made from the rules themselves. Change the rule's file in src/rules and run `UPDATE=1 cargo test`. -->\n\n\
         A rule's level is `error`, `warning`, `info` or `off`, for all files under `[rules]` in `weeknote-lint.toml` and for some under \
         `[[overrides]]`. Errors and warnings fail a run; `info` never does by default.\n\n\
         | rule | level | finds |\n|---|---|---|\n",
    );
    for rule in RULES {
        let anchor = rule.id.replace('/', "");
        let _ = writeln!(
            page,
            "| [{}](#{anchor}) | {} | {} |",
            rule.id,
            level(rule),
            rule.summary
        );
    }
    for rule in RULES {
        let _ = write!(page, "\n## {}\n\n{}\n", rule.id, explanation(rule, true));
    }
    page
}
