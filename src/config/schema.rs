//! Every key of `weeknote-lint.toml`, described once: the checker takes its words and examples from here, and the
//! JSON Schema, which editors use to complete and explain, is made from it (by the tests).

use super::error::Mistake;
use super::types::EnforceFrom;
use super::{paths, read};
use jiff::civil::Date;

/// A table of the configuration.
#[derive(Debug)]
pub struct Table {
    /// What messages call it: "`[site]`".
    pub title: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
}

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// Whether the table cannot do without it.
    pub required: bool,
    /// What it holds.
    pub(super) kind: Kind,
    /// A value that it may have, as TOML.
    pub example: &'static str,
    /// What it is for, in Markdown.
    pub description: &'static str,
}

/// What a key holds, with what its values must be beyond their type.
#[derive(Debug)]
pub(super) enum Kind {
    /// A string.
    String,
    /// A list of strings.
    Strings(fn(&str) -> Result<(), Mistake>),
    /// A day.
    Date(fn(Date) -> Result<(), Mistake>),
    /// A week by its number, or by ISO 8601, or by a day in it.
    Week(fn(&str) -> Result<EnforceFrom, Mistake>),
    /// One of some words, after what such a word is called.
    Word(&'static str, &'static [&'static str]),
    /// A table.
    Table(&'static Table),
    /// A list of tables.
    Tables(&'static Table),
    /// Rule ids and levels.
    Levels,
}

impl Kind {
    /// What messages call such a value.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Kind::String | Kind::Word(..) => "a string",
            Kind::Strings(_) => "a list of strings",
            Kind::Date(_) => "a date",
            Kind::Week(_) => "a week or a date",
            Kind::Table(_) | Kind::Levels => "a table",
            Kind::Tables(_) => "a list of tables",
        }
    }
}

/// The levels that a rule can have.
pub(super) const LEVELS: &[&str] = &["error", "warning", "info", "off"];

#[rustfmt::skip]
const SCHEMES: &[&str] = &["epoch", "sequence", "iso-week", "week-of-year", "season-episode", "dates", "none"];

/// The keys outside all tables, and the tables.
#[rustfmt::skip]
pub static TOP: Table = Table { title: "the configuration", keys: &[
    Key { name: "enforce-from", required: false, kind: Kind::Week(read::iso_week), example: "860",
        description: "The first week that must follow the rules. Findings in older notes become infos. \
            A week number, an ISO week such as `\"2024-W07\"`, or a date." },
    Key { name: "exclude", required: false, kind: Kind::Strings(paths::pattern), example: r#"["drafts/**"]"#,
        description: "Files and folders to leave out. Paths start at the folder of this file; `*` stays within \
            one folder, `**` goes through all." },
    Key { name: "site", required: false, kind: Kind::Table(&SITE), example: r#"{ dialect = "kramdown" }"#,
        description: "The site that the notes are published on." },
    Key { name: "series", required: false, kind: Kind::Tables(&SERIES),
        example: r#"[{ name = "weeknotes", include = ["notes/*.md"] }]"#,
        description: "Notes that belong together and are numbered together. Without any, weeknote-lint finds \
            the series itself." },
    Key { name: "rules", required: false, kind: Kind::Levels, example: r#"{ "week/gap" = "off" }"#,
        description: "The level of each rule: `error`, `warning`, `info` or `off`." },
    Key { name: "overrides", required: false, kind: Kind::Tables(&OVERRIDE),
        example: r#"[{ files = ["archive/**"], rules = { "week/gap" = "off" } }]"#,
        description: "Other levels for some files. Where several match a file, the last one counts." },
]};

/// `[site]`
#[rustfmt::skip]
pub static SITE: Table = Table { title: "`[site]`", keys: &[
    Key { name: "dialect", required: false, kind: Kind::Word("dialect", &["auto", "commonmark", "gfm", "kramdown", "python-markdown"]),
        example: r#""kramdown""#,
        description: "The Markdown that the site understands. `auto`, the default, chooses by the site's files: \
            kramdown for Jekyll, CommonMark for Hugo, Zola and Eleventy, Python-Markdown for MkDocs, Pelican and Nikola, GFM otherwise." },
    Key { name: "routes", required: false, kind: Kind::Strings(read::route), example: r#"["/about", "/docs/**"]"#,
        description: "Paths that the site serves besides the notes, so that links to them are right. `/docs/**` is \
            `/docs` and everything below it; `*` stands for a part of one name." },
    Key { name: "hosts", required: false, kind: Kind::Strings(read::host), example: r#"["example.com"]"#,
        description: "The site's own host names. Links to them are links within the site." },
    Key { name: "development-hosts", required: false, kind: Kind::Strings(read::host), example: r#"["example.test"]"#,
        description: "Host names that work only on the authors' machines. No note should link to them; `localhost` \
            is always one of them." },
]};

/// `[[series]]`
#[rustfmt::skip]
pub static SERIES: Table = Table { title: "`[[series]]`", keys: &[
    Key { name: "name", required: true, kind: Kind::String, example: r#""weeknotes""#,
        description: "The name of the series in reports." },
    Key { name: "include", required: true, kind: Kind::Strings(paths::file_pattern), example: r#"["notes/*.md"]"#,
        description: "The files of the series. Paths start at the folder of this file; `*` stays within one folder, \
            `**` goes through all." },
    Key { name: "exclude", required: false, kind: Kind::Strings(paths::pattern), example: r#"["notes/index.md"]"#,
        description: "Files that `include` matches but that are not notes of the series." },
    Key { name: "tags", required: false, kind: Kind::Strings(|_| Ok(())), example: r#"["weeknotes"]"#,
        description: "Of the files that `include` matches, only those with one of these words in `tags`, `categories`, \
            `type` or the like are notes of the series, by their own metadata or by their folder's." },
    Key { name: "numbering", required: false, kind: Kind::Table(&NUMBERING),
        example: r#"{ scheme = "iso-week" }"#,
        description: "How the notes are numbered. Without it, weeknote-lint learns it from the notes." },
    Key { name: "required-keys", required: false, kind: Kind::Strings(|_| Ok(())), example: r#"["title", "date"]"#,
        description: "The metadata that each note must have. Without it, the keys that almost all notes have are \
            required; `[]` requires none." },
]};

/// `numbering`
#[rustfmt::skip]
pub static NUMBERING: Table = Table { title: "`numbering`", keys: &[
    Key { name: "scheme", required: true, kind: Kind::Word("scheme", SCHEMES), example: r#""sequence""#,
        description: "`epoch`: weeks counted from `week-zero`, with or without a note. `sequence`: notes \
            counted. `iso-week`: `2024-W07`. `week-of-year`: weeks 1 to 53 of each year. `season-episode`: \
            `S03E07`. `dates`: first and last day. `none`: no numbers." },
    Key { name: "week-zero", required: false, kind: Kind::Date(read::monday), example: "2009-01-12",
        description: "For the scheme `epoch`: the Monday on which week 0 began, seven days before week 1." },
]};

/// `[[overrides]]`
#[rustfmt::skip]
pub static OVERRIDE: Table = Table { title: "`[[overrides]]`", keys: &[
    Key { name: "files", required: true, kind: Kind::Strings(paths::file_pattern), example: r#"["archive/**"]"#,
        description: "The files that have other levels. Paths start at the folder of this file." },
    Key { name: "rules", required: true, kind: Kind::Levels, example: r#"{ "week/gap" = "off" }"#,
        description: "The levels for these files: `error`, `warning`, `info` or `off`." },
]};

impl Table {
    /// Every table there is, the top first.
    pub(super) fn all() -> [&'static Table; 5] {
        [&TOP, &SITE, &SERIES, &NUMBERING, &OVERRIDE]
    }

    pub(super) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    pub(super) fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }
}

impl Key {
    /// How one writes it, with its example.
    pub(super) fn help(&self) -> String {
        match self.kind {
            Kind::Tables(_) => format!("write it like this: `[[{}]]`", self.name),
            _ => format!("write it like this: `{} = {}`", self.name, self.example),
        }
    }
}

#[cfg(test)]
mod tests;
