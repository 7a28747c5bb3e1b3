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
pub use root::{FILE_NAME, Root, find_root, find_root_by, resolve, shown};
pub use suggest::{list, nearest, rules_named};
pub use types::{Dialect, EnforceFrom, Level, Numbering, Series, Site, level, parse_date};

use error::{Mistake, Source};
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
        let level = self.last_word.get(rule).or_else(overridden);
        level.or_else(|| self.levels.get(rule)).copied()
    }

    /// Whether a level of `rule` is set for any file.
    pub fn mentions(&self, rule: &str) -> bool {
        let overridden = self.overrides.iter().map(|item| &item.levels);
        let mut all = overridden.chain([&self.last_word, &self.levels]);
        all.any(|levels| levels.contains_key(rule))
    }

    /// Whether `rule` is off for all files, but for those that an override names.
    pub fn is_off(&self, rule: &str) -> bool {
        let level = self.last_word.get(rule).or_else(|| self.levels.get(rule));
        level == Some(&None)
    }

    /// Leaves out what other patterns name, too.
    ///
    /// # Errors
    ///
    /// For a pattern that is none.
    pub fn exclude_also(&mut self, patterns: &[String]) -> Result<(), String> {
        for one in patterns {
            paths::pattern(one).map_err(|mistake| mistake.message)?;
        }
        let all = [self.exclude.patterns(), patterns].concat();
        let compiled = Paths::new(all).map_err(|error| error.kind().to_string())?;
        self.exclude = compiled;
        Ok(())
    }

    /// Whether an override makes `rule` off for some files.
    pub fn is_off_in_places(&self, rule: &str) -> bool {
        let mut overridden = self.overrides.iter().filter_map(|one| one.levels.get(rule));
        !self.last_word.contains_key(rule) && overridden.any(Option::is_none)
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
        let label = match series.tags.is_empty() {
            true => "nothing matches",
            false => "nothing matches, or none of it has one of the `tags`",
        };
        let mistake = Mistake::new(
            format!("no file belongs to the series `{}`", series.name),
            label,
            "patterns start at the root, `*` stays within one folder and `**` goes through all: \
             `notes/*.md`, `notes/**/*.md`"
                .to_owned(),
        );
        self.source.error(series.place.clone(), mistake)
    }
}

#[cfg(test)]
mod tests;
