use super::*;
use crate::diagnostic::Severity;

fn config(text: &str) -> Config {
    let rules = ["links/gone", "body/placeholder"];
    read(FILE_NAME.as_ref(), text, &rules).expect("the configuration is valid")
}

#[test]
fn an_empty_file_configures_nothing() {
    let config = config("");
    assert_eq!(config.level("links/gone", "a.md"), None);
    assert!(!config.excludes("a.md") && !config.is_route("/a") && !config.is_route("/"));
    assert!(config.series.is_empty() && config.enforce_from.is_none());
    assert_eq!(config.site.dialect, None);
}

#[test]
fn an_excluded_folder_takes_its_files_with_it() {
    let config = config("exclude = ['drafts/**', 'old', 'archive/', '*.txt', 'a/*/b']");
    for path in [
        "drafts/x.md",
        "drafts/a/x.md",
        "old/x.md",
        "archive/y/x.md",
        "x.txt",
        "a/x/b/c.md",
    ] {
        assert!(config.excludes(path), "{path}");
    }
    for path in [
        "drafts.md",
        "older/x.md",
        "notes/old/x.md",
        "n/x.txt",
        "a/x/y/b",
    ] {
        assert!(!config.excludes(path), "{path}");
    }
}

#[test]
fn a_family_sets_its_rules_unless_they_are_named() {
    let config = config(
        "rules = { 'links/gone' = 'info', 'links/*' = 'off', 'body' = 'error' }\n\
             [[overrides]]\nfiles = ['old/**']\nrules = { 'links/*' = 'warning' }",
    );
    let level = |rule, path| config.level(rule, path).flatten();
    assert_eq!(level("links/gone", "new.md"), Some(Severity::Info));
    assert_eq!(level("links/gone", "old/x.md"), Some(Severity::Warning));
    assert_eq!(level("body/placeholder", "new.md"), Some(Severity::Error));
    assert!(!config.is_off("links/gone") && config.mentions("body/placeholder"));
}

#[test]
fn the_later_override_wins_and_the_command_line_last() {
    let mut config = config(
        "rules = { 'links/gone' = 'info' }\n\
             [[overrides]]\nfiles = ['old/**']\nrules = { 'links/gone' = 'off' }\n\
             [[overrides]]\nfiles = ['old/kept.md']\nrules = { 'links/gone' = 'error' }\n\
             [[overrides]]\nfiles = ['old/**']\nrules = { 'body/placeholder' = 'off' }",
    );
    assert_eq!(
        config.level("links/gone", "new.md"),
        Some(Some(Severity::Info))
    );
    assert_eq!(config.level("links/gone", "old/x.md"), Some(None));
    assert_eq!(
        config.level("links/gone", "old/kept.md"),
        Some(Some(Severity::Error))
    );
    assert_eq!(config.level("body/placeholder", "new.md"), None);
    config.set_level("links/gone", Some(Severity::Warning));
    assert_eq!(
        config.level("links/gone", "old/kept.md"),
        Some(Some(Severity::Warning))
    );
}

#[test]
fn routes_are_exact_or_patterns() {
    let config = config(
        "[site]\nroutes = ['/greenhouse/', '/pump/docs/**', '/tag/*/feed', '/v1.[x]', '/talk-*']",
    );
    for path in [
        "/greenhouse",
        "/greenhouse/",
        "/pump/docs",
        "/pump/docs/",
        "/pump/docs/a/b.html",
        "/tag/ruby/feed",
        "/v1.[x]",
        "/talk-2",
    ] {
        assert!(config.is_route(path), "{path}");
    }
    for path in [
        "/",
        "/greenhouse/x",
        "/pump",
        "/pump/docsx",
        "/tag/a/b/feed",
        "/v1.x",
        "/talk-2/x",
    ] {
        assert!(!config.is_route(path), "{path}");
    }
}

#[test]
fn a_route_for_everything_holds_the_home_page() {
    let config = config("[site]\nroutes = ['/**']");
    assert!(config.is_route("/") && config.is_route("/a") && config.is_route("/a/b/"));
}

#[test]
fn a_series_takes_files_of_its_folder_alone() {
    let config = config(
        "[[series]]\nname = 'w'\ninclude = ['notes/*', 'notes/old/*']\nexclude = ['notes/index.md', '**/old/']\n",
    );
    let series = config.series.first().expect("there is a series");
    assert!(series.contains("notes/a.md"));
    assert!(!series.contains("notes/index.md"));
    assert!(!series.contains("notes/old/a.md"));
    assert!(!series.contains("notes/deep/a.md"));
    assert!(!series.contains("a.md"));

    let error = config.series_without_files(series);
    assert_eq!(error.to_string(), "no file belongs to the series `w`");
    assert_eq!(error.marked_text(), "['notes/*', 'notes/old/*']");
}
