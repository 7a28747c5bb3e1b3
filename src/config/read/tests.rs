//! What a configuration is read as, and what it says about each mistake in one: message, marked text, help.

use super::*;
use crate::config::FILE_NAME;
use crate::diagnostic::Severity;

const RULES: &[&str] = &["body/placeholder", "links/unused-definition", "week/gap"];

fn read(text: &str) -> Result<Config, ConfigError> {
    super::read(Path::new(FILE_NAME), text, RULES)
}

/// Checks that `text` is refused with this message, at this text, with this help.
#[track_caller]
fn refused(text: &str, message: &str, marked: &str, help: &str) {
    let error = read(text).expect_err("the configuration is wrong");
    let found = (
        error.to_string(),
        error.marked_text(),
        error.help.as_deref().unwrap_or_default(),
    );
    assert_eq!(found, (message.to_owned(), marked, help), "{text}");
}

/// A configuration with one series that has `numbering`.
fn numbered(numbering: &str) -> String {
    format!("[[series]]\nname = 'w'\ninclude = ['*']\nnumbering = {numbering}\n")
}

#[test]
fn the_whole_configuration_is_read() {
    let config = read(
        r#"
            enforce-from = 8_60
            exclude = ["drafts/**"]
            [site]
            dialect = "kramdown"
            routes = ["/greenhouse"]
            hosts = ["Garden.Example"]
            development-hosts = ["example.test:4000"]
            [[series]]
            name = "weeknotes"
            include = ["soups/weeknotes/*"]
            exclude = ["soups/weeknotes/index*"]
            numbering = { scheme = "epoch", week-zero = 2009-01-12 }
            required-keys = ["created_at"]
            [[series]]
            name = "others"
            include = ["others/*"]
            [rules]
            "links/unused-definition" = "info"
            [[overrides]]
            files = ["soups/templates/**"]
            rules = { "body/placeholder" = "off" }
        "#,
    )
    .expect("the configuration is valid");
    assert_eq!(config.enforce_from, Some(EnforceFrom::Week(860)));
    assert!(config.excludes("drafts/a.md"));
    assert_eq!(config.site.dialect, Some(Dialect::Kramdown));
    assert!(config.is_route("/greenhouse"));
    assert_eq!(config.site.hosts, ["garden.example"]);
    assert_eq!(config.site.development_hosts, ["example.test:4000"]);
    let [weeknotes, others] = config.series.as_slice() else {
        panic!("there are two series");
    };
    assert_eq!(weeknotes.name, "weeknotes");
    assert_eq!(weeknotes.include.patterns(), ["soups/weeknotes/*"]);
    assert_eq!(weeknotes.exclude.patterns(), ["soups/weeknotes/index*"]);
    let week_zero = Date::constant(2009, 1, 12);
    assert_eq!(weeknotes.numbering, Some(Numbering::Epoch { week_zero }));
    assert_eq!(
        weeknotes.required_keys.as_deref(),
        Some(["created_at".to_owned()].as_slice())
    );
    assert_eq!((others.numbering, &others.required_keys), (None, &None));
    assert_eq!(
        config.level("links/unused-definition", "a.md"),
        Some(Some(Severity::Info))
    );
    assert_eq!(
        config.level("body/placeholder", "soups/templates/t.md"),
        Some(None)
    );
}

#[test]
fn every_scheme_is_read() {
    let numbering = |text: &str| {
        let config = read(&numbered(text)).expect("the numbering is valid");
        config.series.first().and_then(|series| series.numbering)
    };
    let week_zero = Date::constant(2009, 1, 12);
    for (text, expected) in [
        (
            "{ scheme = 'epoch', week-zero = '2009-01-12' }",
            Numbering::Epoch { week_zero },
        ),
        ("{ scheme = 'sequence' }", Numbering::Sequence),
        ("{ scheme = 'iso-week' }", Numbering::IsoWeek),
        ("{ scheme = 'week-of-year' }", Numbering::WeekOfYear),
        ("{ scheme = 'season-episode' }", Numbering::SeasonEpisode),
        ("{ scheme = 'dates' }", Numbering::Dates),
        ("{ scheme = 'none' }", Numbering::None),
    ] {
        assert_eq!(numbering(text), Some(expected), "{text}");
    }
}

#[test]
fn the_first_enforced_week_may_be_a_number_a_week_or_a_date() {
    let date = Date::constant(2024, 2, 12);
    for (text, expected) in [
        ("0", EnforceFrom::Week(0)),
        ("'2024-W07'", EnforceFrom::Date(date)),
        (
            "'2020-W53'",
            EnforceFrom::Date(Date::constant(2020, 12, 28)),
        ),
        ("2024-02-12", EnforceFrom::Date(date)),
        ("'2024-02-12'", EnforceFrom::Date(date)),
    ] {
        let config = read(&format!("enforce-from = {text}")).expect("the week is valid");
        assert_eq!(config.enforce_from, Some(expected), "{text}");
    }
}

#[test]
fn the_dialect_auto_is_the_same_as_none() {
    let config = read("[site]\ndialect = 'auto'").expect("the dialect is valid");
    assert_eq!(config.site.dialect, None);
}

#[test]
fn an_unknown_key() {
    refused(
        "exlude = []",
        "unknown key `exlude`",
        "exlude",
        "did you mean `exclude`?",
    );
    refused(
        "enforce_from = 1",
        "unknown key `enforce_from`",
        "enforce_from",
        "did you mean `enforce-from`?",
    );
    refused(
        "[site]\nx.y = 1",
        "unknown key `x`",
        "x",
        "the keys of `[site]` are `dialect`, `routes`, `hosts` and `development-hosts`",
    );
    refused(
        "dialect = 'gfm'",
        "unknown key `dialect`",
        "dialect",
        "`dialect` belongs in `[site]`",
    );
    // The first in the file, not in the alphabet.
    let help = "the keys of the configuration are `enforce-from`, `exclude`, `site`, `series`, `rules` and `overrides`";
    refused("xyz = 1\nabc = 1", "unknown key `xyz`", "xyz", help);
    let error = read("[site]\nroute = []").expect_err("the key is unknown");
    assert_eq!(&*error.label, "not a key of `[site]`");
}

#[test]
fn a_missing_key() {
    refused(
        "[[series]]\nname = 'a'\ninclude = ['a/*']\n[[series]]\nname = 'w'",
        "`[[series]]` needs the key `include`",
        "[[series]]",
        "write it like this: `include = [\"notes/*.md\"]`",
    );
    refused(
        &numbered("{ week-zero = 2009-01-12 }"),
        "`numbering` needs the key `scheme`",
        "{ week-zero = 2009-01-12 }",
        "write it like this: `scheme = \"sequence\"`",
    );
}

#[test]
fn a_value_of_the_wrong_type() {
    let list = "write it like this: `exclude = [\"drafts/**\"]`";
    refused(
        "exclude = 'x'",
        "`exclude` must be a list of strings",
        "'x'",
        list,
    );
    refused(
        "exclude = ['x', 3]",
        "`exclude` must be a list of strings",
        "3",
        list,
    );
    refused(
        "[series]\nname = 'w'",
        "`series` must be a list of tables",
        "[series]",
        "write it like this: `[[series]]`",
    );
    refused(
        "site = 4",
        "`site` must be a table",
        "4",
        "write it like this: `site = { dialect = \"kramdown\" }`",
    );
    refused(
        "[site]\ndialect = 4",
        "`dialect` must be a string",
        "4",
        "write it like this: `dialect = \"kramdown\"`",
    );
    refused(
        "rules = 4",
        "`rules` must be a table",
        "4",
        "write it like this: `rules = { \"week/gap\" = \"off\" }`",
    );
    let error = read("exclude = true").expect_err("the type is wrong");
    assert_eq!(&*error.label, "true or false");
}

#[test]
fn an_unknown_word() {
    refused(
        "[site]\ndialect = 'kramdwon'",
        "unknown dialect `kramdwon`",
        "'kramdwon'",
        "did you mean `kramdown`?",
    );
    refused(
        "[site]\ndialect = 'x'",
        "unknown dialect `x`",
        "'x'",
        "the dialects are `auto`, `commonmark`, `gfm`, `kramdown` and `python-markdown`",
    );
    refused(
        &numbered("{ scheme = 'seq' }"),
        "unknown scheme `seq`",
        "'seq'",
        "did you mean `sequence`?",
    );
    refused(
        "rules = { 'week/gap' = 'warn' }",
        "unknown level `warn`",
        "'warn'",
        "did you mean `warning`?",
    );
    let levels = "the levels are `error`, `warning`, `info` and `off`";
    refused(
        "rules = { 'week/gap' = 'deny' }",
        "unknown level `deny`",
        "'deny'",
        levels,
    );
    refused(
        "rules = { 'week/gap' = false }",
        "a level must be a string",
        "false",
        levels,
    );
}

#[test]
fn an_unknown_rule() {
    refused(
        "[rules]\n'links/unused-definitions' = 'off'",
        "there is no rule called `links/unused-definitions`",
        "'links/unused-definitions'",
        "did you mean `links/unused-definition`?",
    );
    refused(
        "[[overrides]]\nfiles = ['a']\nrules = { 'lonks/*' = 'off' }",
        "there is no rule called `lonks/*`",
        "'lonks/*'",
        "`weeknote-lint rules` lists all of them",
    );
}

#[test]
fn a_bad_pattern() {
    let syntax =
        "`*` is any part of a name, `**` any folders, `{a,b}` either of two, and `[[]` a bracket";
    for (pattern, problem, help) in [
        (
            "a[",
            "cannot be read: unclosed character class; missing ']'",
            syntax,
        ),
        ("", "is empty", "`**` stands for all files"),
        (
            "/a",
            "starts with `/`",
            "patterns start at the root anyway: write `a`",
        ),
        (
            "./a",
            "starts with `./`",
            "patterns start at the root anyway: write `a`",
        ),
        ("a\\*", "has a `\\`", "write `a/*`, on Windows too"),
        (
            "!a",
            "starts with `!`, which has no meaning here",
            "write `a` as an `exclude` instead",
        ),
        (
            "a/../b",
            "leads out of the root",
            "weeknote-lint reads only files below the root",
        ),
    ] {
        let message = format!("the pattern `{pattern}` {problem}");
        let marked = format!("'{pattern}'");
        refused(
            &format!("exclude = ['**', '{pattern}']"),
            &message,
            &marked,
            help,
        );
        let files = format!("[[overrides]]\nfiles = ['{pattern}']\nrules = {{}}");
        refused(&files, &message, &marked, help);
    }
    refused(
        "[[series]]\nname = 'w'\ninclude = ['notes/']",
        "the pattern `notes/` names a folder",
        "'notes/'",
        "write `notes/**` for all files in it",
    );
}

#[test]
fn a_bad_week_or_date() {
    let kinds =
        "write a week number (`860`), an ISO week (`\"2024-W07\"`) or a date (`2024-02-12`)";
    for text in [
        "'2024-W7'",
        "'2024W07'",
        "'2024-02-31'",
        "'W07'",
        "''",
        "'é024-W07'",
    ] {
        let message = format!("`{}` is neither a week nor a date", text.trim_matches('\''));
        refused(&format!("enforce-from = {text}"), &message, text, kinds);
    }
    for (text, help) in [
        (
            "'2023-W53'",
            "the weeks of 2023 are `2023-W01` to `2023-W52`",
        ),
        (
            "'2020-W00'",
            "the weeks of 2020 are `2020-W01` to `2020-W53`",
        ),
    ] {
        let message = format!("there is no week `{}`", text.trim_matches('\''));
        refused(&format!("enforce-from = {text}"), &message, text, help);
    }
    refused(
        "enforce-from = '860'",
        "`860` is neither a week nor a date",
        "'860'",
        "write the number without quotes: `enforce-from = 860`",
    );
    for text in [
        "-1",
        "8.5",
        "10:00:00",
        "2024-02-12T10:00:00Z",
        "99999999999",
    ] {
        refused(
            &format!("enforce-from = {text}"),
            "`enforce-from` must be a week or a date",
            text,
            "write it like this: `enforce-from = 860`",
        );
    }
}

#[test]
fn week_zero_is_a_monday_and_goes_with_epochs_alone() {
    refused(
        &numbered("{ scheme = 'epoch', week-zero = 2009-01-14 }"),
        "`week-zero` must be a Monday",
        "2009-01-14",
        "the Monday before it is 2009-01-12",
    );
    refused(
        &numbered("{ scheme = 'epoch', week-zero = '12 January 2009' }"),
        "`week-zero` must be a date",
        "'12 January 2009'",
        "write it like this: `week-zero = 2009-01-12`",
    );
    refused(
        &numbered("{ scheme = 'epoch' }"),
        "the scheme `epoch` needs the key `week-zero`",
        "'epoch'",
        "`week-zero` is the Monday on which week 0 began: `numbering = { scheme = \"epoch\", week-zero = 2009-01-12 }`",
    );
    refused(
        &numbered("{ scheme = 'iso-week', week-zero = 2009-01-12 }"),
        "`week-zero` works only with the scheme `epoch`",
        "2009-01-12",
        "leave `week-zero` out, or write `scheme = \"epoch\"`",
    );
}

#[test]
fn a_bad_route_or_host() {
    refused(
        "[site]\nroutes = ['a']",
        "the route `a` does not start with `/`",
        "'a'",
        "write `/a`",
    );
    refused(
        "[site]\nroutes = ['https://a.b/c']",
        "the route `https://a.b/c` is a whole address",
        "'https://a.b/c'",
        "write `/c` here, and `a.b` under `hosts`",
    );
    refused(
        "[site]\nhosts = ['https://a.b/c']",
        "`https://a.b/c` is not a host name",
        "'https://a.b/c'",
        "write only the name: `a.b`",
    );
    for host in ["", "a b", "https://"] {
        let message = format!("`{host}` is not a host name");
        let toml = format!("[site]\ndevelopment-hosts = ['{host}']");
        refused(
            &toml,
            &message,
            &format!("'{host}'"),
            "a host name looks like this: `example.com`",
        );
    }
}

#[test]
fn two_series_of_one_name() {
    let series = numbered("{ scheme = 'dates' }");
    refused(
        &format!("{series}{series}"),
        "there are two series `w`",
        "'w'",
        "choose another name, or put both patterns into one `include`",
    );
}

#[test]
fn what_is_no_toml() {
    refused("exclude = [", "unclosed array, expected `]`", "", "");
    refused("exclude = []\nexclude = []", "duplicate key", "exclude", "");
    refused(
        "[rules]\nweek/gap = 'off'",
        "invalid unquoted key, expected letters, numbers, `-`, `_`",
        "/",
        "put the rule in quotes: `\"week/gap\" = \"off\"`",
    );
}

#[test]
fn the_error_shows_its_place_in_the_file() {
    let error = read("# é\nexlude = []\n").expect_err("the key is unknown");
    let mut page = String::new();
    miette::NarratableReportHandler::new()
        .render_report(&mut page, &error)
        .expect("the error can be shown");
    for expected in [
        "unknown key `exlude`",
        "weeknote-lint.toml",
        "line 2",
        "did you mean `exclude`?",
    ] {
        assert!(page.contains(expected), "{page}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "(\\PC|[\\[\\]{}=\"'\\n,/\\-0-9])*") {
        let _ = read(&text);
        for key in ["enforce-from", "exclude", "[site]\nroutes", "[site]\nhosts", "rules", "series"] {
            let _ = read(&format!("{key} = {text}"));
            let _ = read(&format!("{key} = ['''{text}''']"));
            let _ = read(&format!("{key} = '''{text}'''"));
        }
    }
}
