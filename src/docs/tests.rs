use super::*;
use std::collections::BTreeMap;
use std::{env, fs};

/// Where the rules of each family look.
const FAMILIES: &[(&str, &str)] = &[
    ("metadata", "keys, values, authors and dates"),
    (
        "week",
        "whether name, title, heading, prose and dates mean the same week",
    ),
    ("links", "references, definitions, destinations, footnotes"),
    ("body", "headings, leftovers of templates and merges"),
    ("files", "files that cannot be read"),
    ("suppression", "comments that hide findings"),
];

/// Where the site's sources are.
fn site(name: &str) -> String {
    format!("{}/docs/src/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Compares a file of the site with what it must be; `UPDATE=1` writes it.
fn is_current(name: &str, content: &str) {
    let path = site(name);
    if env::var_os("UPDATE").is_some() {
        let (folder, _) = path.rsplit_once('/').expect("it lies in a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(&path, content).expect("the file can be written");
    }
    let stands = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stands == content,
        "docs/src/{name} is stale; run `UPDATE=1 cargo test`"
    );
}

/// The file that the site makes the page of, to which the rule's findings lead.
fn source(rule: &Rule) -> String {
    let url = rule_url(rule.id);
    let page = url.strip_prefix(env!("CARGO_PKG_HOMEPAGE"));
    let name = page.and_then(|page| page.strip_suffix(".html"));
    format!("{}.md", name.expect("the page is one of the site"))
}

#[test]
fn the_pages_of_the_rules_are_current() {
    let mut pages = BTreeMap::from([("rules/index.md".to_owned(), index())]);
    pages.extend(RULES.iter().map(|rule| (source(rule), rule_page(rule))));
    for (name, content) in &pages {
        is_current(name, content);
    }
    for (family, _) in FAMILIES {
        let folder = fs::read_dir(site(&format!("rules/{family}")));
        for page in folder.expect("each family has a folder") {
            let page = page.expect("the folder can be read");
            let name = format!("rules/{family}/{}", page.file_name().display());
            if !pages.contains_key(&name) && env::var_os("UPDATE").is_some() {
                fs::remove_file(page.path()).expect("the page can be removed");
            }
            let is_left = !pages.contains_key(&name) && page.path().exists();
            assert!(!is_left, "docs/src/{name} is of no rule");
        }
    }
}

#[test]
fn the_summary_names_all_rules() {
    let stands = fs::read_to_string(site("SUMMARY.md")).expect("it can be read");
    let (written, _) = stands
        .split_once("- [Rules]")
        .expect("it has a part on rules");
    let mut summary = format!("{written}- [Rules](rules/index.md)\n");
    for (family, _) in FAMILIES {
        let _ = writeln!(summary, "  - [{family}]()");
        for rule in of(family) {
            let _ = writeln!(summary, "    - [{}]({})", rule.id, source(rule));
        }
    }
    is_current("SUMMARY.md", &summary);
}

#[test]
fn an_explanation_says_everything() {
    let text = explain(&crate::rules::suppression::unused::RULE, 200, false);
    assert!(text.starts_with("# suppression/unused\n\nAn ignore comment that hides nothing. Level: warning; sometimes with a fix."));
    assert!(text.contains("\n\nFix. Delete the comment, or correct the rule's name.\n\n"));
    assert!(!text.contains('⟦') && text.contains("Found: ") && text.contains("Not found: "));
    assert!(text.trim_end().ends_with("/rules/suppression/unused.html"));
}

fn of(family: &str) -> impl Iterator<Item = &'static Rule> {
    let rules = RULES.iter().copied();
    rules.filter(move |rule| rule.id.split('/').next() == Some(family))
}

/// The page of a rule: what `explain` prints of it, and how it is switched off.
fn rule_page(rule: &Rule) -> String {
    let (id, file) = (rule.id, rule.id.replace('-', "_"));
    let said = explanation(rule, true);
    // What cannot be read holds no comment.
    let comment = match id {
        "files/unreadable" => "",
        _ => "; a [comment](../../configuration.md#keeping-a-finding-quiet) hides one finding",
    };
    format!(
        "<!-- Made from src/rules/{file}.rs: change it there, and run `UPDATE=1 cargo test`. -->\n\n\
         # {id}\n\n{said}\n\
         [Configuration](../../configuration.md) gives it another level, e.g. `\"{id}\" = \"off\"` under `[rules]`\
         {comment}.\n"
    )
}

/// The list of all rules.
fn index() -> String {
    let mut page = String::from(
        "<!-- Made from the rules: run `UPDATE=1 cargo test`. -->\n\n\
         # Rules\n\n\
         Each rule has a level: `error`, `warning`, `info` or `off`. Errors and warnings fail a run; `info` never does by \
         default. [Configuration](../configuration.md) gives a rule another level, for all files or for some.\n\n\
         A rule that rests on a habit of the archive reports only where nearly all notes have that habit: \
         [how it learns](../learning.md).\n",
    );
    for (family, what) in FAMILIES {
        let _ = write!(
            page,
            "\n## {family}\n\nThese rules look at {what}.\n\n| rule | level | finds |\n|---|---|---|\n"
        );
        for rule in of(family) {
            let (id, level, summary) = (rule.id, level(rule), rule.summary);
            let _ = writeln!(page, "| [{id}]({id}.md) | {level} | {summary} |");
        }
    }
    page
}
