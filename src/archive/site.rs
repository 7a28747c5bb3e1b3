//! Which generator makes the site, told from its own files, and what follows from it for reading the notes.

use crate::discover::Files;
use crate::document::{Dialect, ParseOptions};

/// A site generator, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    /// Snips (vanilla.rb, Soup): `week-460.snip.markdown`.
    Snips,
    /// Jekyll.
    Jekyll,
    /// Hugo.
    Hugo,
    /// Zola.
    Zola,
    /// Eleventy.
    Eleventy,
    /// Astro.
    Astro,
    /// An Obsidian vault.
    Obsidian,
    /// A folder of Markdown files.
    Plain,
}

impl Generator {
    /// Tells the generator from the files of a repository. `read` gives the content of a file at the root.
    pub fn detect(files: &Files, read: impl Fn(&str) -> Option<String>) -> Self {
        let has = |name: &str| {
            files
                .others
                .binary_search_by(|path| path.as_str().cmp(name))
                .is_ok()
        };
        let begins = |prefix: &str| files.others.iter().any(|path| path.starts_with(prefix));
        let markdown_in = |folder: &str| {
            files
                .markdown
                .iter()
                .any(|file| file.path.starts_with(folder))
        };
        let snips = files
            .markdown
            .iter()
            .filter(|file| file.path.contains(".snip"))
            .count();
        if has(".obsidian") {
            Generator::Obsidian
        } else if snips > 0 && snips * 2 >= files.markdown.len() {
            Generator::Snips
        } else if has(".eleventy.js")
            || has(".eleventy.cjs")
            || has(".eleventy.mjs")
            || begins("eleventy.config.")
        {
            Generator::Eleventy
        } else if begins("astro.config.") {
            Generator::Astro
        } else if has("_config.yml")
            || has("_config.yaml")
            || has("_config.toml")
            || markdown_in("_posts/")
        {
            Generator::Jekyll
        } else if begins("hugo.") || begins("config/_default/") {
            Generator::Hugo
        } else if has("config.toml") && markdown_in("content/") {
            // Zola's `base_url` is Hugo's `baseURL`.
            let zola = read("config.toml").is_some_and(|text| {
                text.lines()
                    .any(|line| line.trim_start().starts_with("base_url"))
            });
            if zola {
                Generator::Zola
            } else {
                Generator::Hugo
            }
        } else {
            Generator::Plain
        }
    }

    /// The Markdown that the generator's renderer reads.
    pub fn dialect(self) -> Dialect {
        match self {
            Generator::Snips | Generator::Jekyll => Dialect::Kramdown,
            Generator::Hugo | Generator::Zola | Generator::Eleventy => Dialect::CommonMark,
            Generator::Astro | Generator::Obsidian | Generator::Plain => Dialect::Gfm,
        }
    }

    /// How the site's files are read in `dialect`.
    pub fn parse_options(self, dialect: Dialect) -> ParseOptions {
        ParseOptions {
            dialect,
            trailers: self == Generator::Snips,
            wikilinks: self == Generator::Obsidian,
        }
    }

    /// The generator's name.
    pub fn name(self) -> &'static str {
        match self {
            Generator::Snips => "snips",
            Generator::Jekyll => "Jekyll",
            Generator::Hugo => "Hugo",
            Generator::Zola => "Zola",
            Generator::Eleventy => "Eleventy",
            Generator::Astro => "Astro",
            Generator::Obsidian => "Obsidian",
            Generator::Plain => "plain Markdown",
        }
    }
}
