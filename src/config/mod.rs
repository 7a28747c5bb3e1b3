//! `weeknote-lint.toml`: its types, and reading it with diagnostics that point into it.
//!
//! Nothing here looks at a note. [`find_root`] says which folder is linted and which file configures it, [`read()`] turns
//! that file into a [`Config`], and the lookups of [`Config`] answer what the later parts ask. Every key is described
//! once, in [`schema`]; error messages and the JSON Schema are made from that description.

mod check;
mod error;
mod paths;
mod read;
mod root;
pub mod schema;
mod suggest;
mod types;

pub use error::ConfigError;
pub use paths::{Paths, Routes};
pub use read::read;
pub use root::{FILE_NAME, Root, find_root, find_root_by, resolve};
pub use suggest::{UnknownRule, check_rule, list, nearest};
pub use types::{Dialect, EnforceFrom, Level, Numbering, Series, Site, parse_date};

use error::Source;
use std::collections::BTreeMap;

/// What `weeknote-lint.toml` says. The default is an empty file: everything is learnt from the archive.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The first week that is held to the rules; what is older counts as info.
    pub enforce_from: Option<EnforceFrom>,
    /// The site that the notes are published on.
    pub site: Site,
    /// The series, in the order of the file; empty where they are to be learnt.
    pub series: Vec<Series>,
    exclude: Paths,
    levels: Levels,
    overrides: Vec<Override>,
    last_word: Levels,
    source: Source,
}

/// Rule ids and their levels.
type Levels = BTreeMap<String, Level>;

/// Other levels for some files.
#[derive(Debug, Clone)]
struct Override {
    files: Paths,
    levels: Levels,
}

impl Config {
    /// Whether the file or folder at `path` (relative to the root, with `/`) is left out, by itself or because a folder
    /// above it is.
    pub fn excludes(&self, path: &str) -> bool {
        self.exclude.contains_or_above(path)
    }

    /// The level that `rule` has for the file at `path` (relative to the root, with `/`); `None` where nothing is
    /// configured and the rule's own level counts. [`Config::set_level`] beats the overrides, a later override beats an
    /// earlier one, and overrides beat `[rules]`.
    pub fn level(&self, rule: &str, path: &str) -> Option<Level> {
        let overridden = || {
            let mut later_first = self.overrides.iter().rev();
            later_first.find_map(|item| {
                let level = item.levels.get(rule)?;
                item.files.contains(path).then_some(level)
            })
        };
        self.last_word
            .get(rule)
            .or_else(overridden)
            .or_else(|| self.levels.get(rule))
            .copied()
    }

    /// Whether a level of `rule` is set for any file.
    pub fn mentions(&self, rule: &str) -> bool {
        let overridden = self.overrides.iter().map(|item| &item.levels);
        [&self.last_word, &self.levels]
            .into_iter()
            .chain(overridden)
            .any(|levels| levels.contains_key(rule))
    }

    /// Whether `rule` is off for all files, but for those that an override names.
    pub fn is_off(&self, rule: &str) -> bool {
        let level = self.last_word.get(rule).or_else(|| self.levels.get(rule));
        level == Some(&Level::Off)
    }

    /// Whether an override makes `rule` off for some files.
    pub fn is_off_in_places(&self, rule: &str) -> bool {
        let mut overridden = self.overrides.iter().filter_map(|one| one.levels.get(rule));
        !self.last_word.contains_key(rule) && overridden.any(|level| *level == Level::Off)
    }

    /// Sets the level of `rule` for all files, whatever the configuration says: `--rule` of the command line.
    pub fn set_level(&mut self, rule: &str, level: Level) {
        self.last_word.insert(rule.to_owned(), level);
    }

    /// Whether the site serves `path` beside the notes: an absolute URL path without query and fragment. A final slash
    /// does not matter.
    pub fn is_route(&self, path: &str) -> bool {
        self.site.routes.contains(path)
    }

    /// The error for a configured series that has no files, which points at its `include`.
    pub fn series_without_files(&self, series: &Series) -> ConfigError {
        self.source
            .error(
                series.place.clone(),
                format!("no file belongs to the series `{}`", series.name),
            )
            .label(match series.tags.is_empty() {
                true => "nothing matches",
                false => "nothing matches, or none of it has one of the `tags`",
            })
            .help(
                "patterns start at the root, `*` stays within one folder and `**` goes through all: \
                 `notes/*.md`, `notes/**/*.md`",
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn the_later_override_wins_and_the_command_line_last() {
        let mut config = config(
            "rules = { 'links/gone' = 'info' }\n\
             [[overrides]]\nfiles = ['old/**']\nrules = { 'links/gone' = 'off' }\n\
             [[overrides]]\nfiles = ['old/kept.md']\nrules = { 'links/gone' = 'error' }\n\
             [[overrides]]\nfiles = ['old/**']\nrules = { 'body/placeholder' = 'off' }",
        );
        assert_eq!(config.level("links/gone", "new.md"), Some(Level::Info));
        assert_eq!(config.level("links/gone", "old/x.md"), Some(Level::Off));
        assert_eq!(
            config.level("links/gone", "old/kept.md"),
            Some(Level::Error)
        );
        assert_eq!(config.level("body/placeholder", "new.md"), None);
        config.set_level("links/gone", Level::Warning);
        assert_eq!(
            config.level("links/gone", "old/kept.md"),
            Some(Level::Warning)
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
}
