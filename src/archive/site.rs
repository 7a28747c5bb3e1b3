//! Which generator makes the site, recognised by its own files, and what follows from it for reading the notes.

use crate::discover::Files;
use crate::document::mask::Openings;
use crate::document::metadata::Fences;
use crate::document::{Dialect, ParseOptions};

/// A site generator, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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
    /// MkDocs.
    MkDocs,
    /// Pelican.
    Pelican,
    /// Nikola.
    Nikola,
    /// A folder of Markdown files.
    #[default]
    Plain,
}

impl Generator {
    /// Tells the generator from the files of a repository. `read` gives the content of a file at the root.
    pub fn detect(files: &Files, read: impl Fn(&str) -> Option<String>) -> Self {
        let others = &files.others;
        let has = |name: &str| {
            others
                .binary_search_by(|path| path.as_str().cmp(name))
                .is_ok()
        };
        let has_any = |names: &[&str]| names.iter().any(|name| has(name));
        let begins = |prefix: &str| others.iter().any(|path| path.starts_with(prefix));
        let markdown = || files.markdown.iter().map(|file| &*file.path);
        let snips = markdown().filter(|path| path.contains(".snip")).count();
        let markdown_in = |folder: &str| markdown().any(|path| path.starts_with(folder));
        // GitHub builds a site in `docs` too: it is the archive's where most files lie in it.
        let holds_most = |path: &String| {
            let folder = path.strip_suffix("_config.yml").unwrap_or("");
            let inside = markdown().filter(|path| path.starts_with(folder)).count();
            folder.ends_with('/') && inside * 2 > files.markdown.len()
        };
        // Hexo and Jupyter Book have a `_config.yml`, too, and read another Markdown than Jekyll.
        let is_hexos = || {
            let package = read("package.json").filter(|_| has("package.json"));
            package.is_some_and(|text| text.contains("\"hexo\"")) || markdown_in("scaffolds/")
        };
        // Zola's `base_url` is Hugo's `baseURL`.
        let is_zolas = |line: &str| line.trim_start().starts_with("base_url");
        if has(".obsidian") {
            Generator::Obsidian
        } else if snips > 0 && snips * 2 >= files.markdown.len() {
            Generator::Snips
        } else if has_any(&[".eleventy.js", ".eleventy.cjs", ".eleventy.mjs"])
            || begins("eleventy.config.")
        {
            Generator::Eleventy
        } else if begins("astro.config.") {
            Generator::Astro
        } else if has_any(&["mkdocs.yml", "mkdocs.yaml"]) {
            Generator::MkDocs
        } else if has("pelicanconf.py") {
            Generator::Pelican
        } else if read("conf.py").is_some_and(|text| has("conf.py") && text.contains("COMPILERS")) {
            Generator::Nikola
        } else if has("_config.yml") && (has("_toc.yml") || is_hexos()) {
            Generator::Plain
        } else if has_any(&["_config.yml", "_config.yaml", "_config.toml"])
            || markdown_in("_posts/")
        {
            Generator::Jekyll
        } else if begins("hugo.") || begins("config/_default/") {
            Generator::Hugo
        } else if has("config.toml") && markdown_in("content/") {
            match read("config.toml").is_some_and(|text| text.lines().any(is_zolas)) {
                true => Generator::Zola,
                false => Generator::Hugo,
            }
        } else if has_any(&["config.yml", "config.yaml", "config.json"])
            && (begins("layouts/") || begins("themes/") || markdown_in("archetypes/"))
            && markdown_in("content/")
        {
            Generator::Hugo
        } else if others.iter().any(holds_most) {
            Generator::Jekyll
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
            Generator::MkDocs | Generator::Pelican | Generator::Nikola => Dialect::PythonMarkdown,
        }
    }

    /// How the site's `files` are read in `dialect`. `read` gives the content of a file at the root.
    pub fn parse_options(
        self,
        dialect: Dialect,
        files: &Files,
        read: impl Fn(&str) -> Option<String>,
    ) -> ParseOptions {
        let sets = |text: String| {
            text.lines()
                .any(|line| line.trim() == "parse_block_html: true")
        };
        ParseOptions {
            dialect,
            reads_html: self == Generator::Jekyll && read("_config.yml").is_some_and(sets),
            openings: self.openings(files),
            fences: self.fences(),
            trailers: self == Generator::Snips,
            wikilinks: self == Generator::Obsidian,
            definition_lists: self == Generator::Hugo,
        }
    }

    /// The front matter that the generator takes.
    fn fences(self) -> Fences {
        use Generator::{Astro, Eleventy, Hugo, Nikola, Plain, Snips, Zola};
        let is = |known: &[Generator]| known.contains(&self) || matches!(self, Plain | Snips);
        Fences {
            dots: !matches!(self, Astro | Eleventy | Hugo | Zola | Generator::Obsidian),
            named: is(&[Eleventy]),
            toml: is(&[Astro, Hugo, Nikola, Zola]),
            json: is(&[Hugo]),
        }
    }

    /// The template tags that the site runs in its Markdown.
    fn openings(self, files: &Files) -> Openings {
        match self {
            // Of Obsidian it is Templater that does.
            Generator::Snips => Openings(&["<%"]),
            Generator::Obsidian => Openings(&["<% tp", "<%tp", "<%*", "<%+", "<%-", "<%_", "<%~"]),
            Generator::Hugo | Generator::Nikola => Openings(&["{{<", "{{%"]),
            Generator::Jekyll | Generator::Zola | Generator::Pelican => Openings(&["{{", "{%"]),
            Generator::Eleventy | Generator::MkDocs => Openings(&["{{", "{%", "{#"]),
            Generator::Astro => Openings(&[]),
            Generator::Plain if is_read_as_it_is(&files.others) => Openings(&[]),
            Generator::Plain => Openings::default(),
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
            Generator::MkDocs => "MkDocs",
            Generator::Pelican => "Pelican",
            Generator::Nikola => "Nikola",
            Generator::Plain => "plain Markdown",
        }
    }
}

/// What lies beside notes in a plain folder. Anything else may make a site of it.
const BESIDE_NOTES: &str = "jpg jpeg png gif svg webp heic pdf txt csv mp3 mp4 mov";

/// Whether nothing lies beside notes, `others`, that may run their template tags.
pub fn is_read_as_it_is(others: &[String]) -> bool {
    others.iter().all(|path| {
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let mut known = BESIDE_NOTES.split(' ');
        path == "weeknote-lint.toml" || known.any(|one| one.eq_ignore_ascii_case(extension))
    })
}

#[cfg(test)]
mod tests;
