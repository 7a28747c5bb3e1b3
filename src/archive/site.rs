//! Which generator makes the site, recognised by its own files, and what follows from it for reading the notes.

use crate::discover::Files;
use crate::document::mask::Openings;
use crate::document::metadata::Fences;
use crate::document::{Dialect, ParseOptions};
use crate::word_list::is_any;

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
    /// Docusaurus.
    Docusaurus,
    /// VitePress.
    VitePress,
    /// mdBook.
    MdBook,
    /// A folder of Markdown files.
    #[default]
    Plain,
}

/// A site: what makes it, and where in the repository.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// What makes the pages.
    pub generator: Generator,
    /// The folder of its configuration, with a slash at its end; empty for the root of the repository.
    pub root: String,
}

impl Site {
    /// Tells the site from the files of a repository: its configuration lies at the root, or in a folder that holds most
    /// of the Markdown files. `read` gives the content of a file.
    pub fn detect(files: &Files, read: impl Fn(&str) -> Option<String>) -> Self {
        let generator = Generator::detect(files, &read);
        let at_root = Site {
            generator,
            root: String::new(),
        };
        if generator != Generator::Plain {
            return at_root;
        }
        let mut roots = files.others.iter().filter_map(|path| configures(path));
        let found = roots.find_map(|root| {
            let below = files.below(root)?;
            let generator = Generator::detect(&below, |path| read(&format!("{root}{path}")));
            let root = root.to_owned();
            (generator != Generator::Plain).then_some(Site { generator, root })
        });
        found.unwrap_or(at_root)
    }

    /// How the site's `files` are read in `dialect`. `read` gives the content of a file.
    pub fn parse_options(
        &self,
        dialect: Dialect,
        files: &Files,
        read: impl Fn(&str) -> Option<String>,
    ) -> ParseOptions {
        let (generator, facts) = (self.generator, self.generator.facts());
        let is_set = |text: String| {
            let mut lines = text.lines();
            lines.any(|line| line.trim() == "parse_block_html: true")
        };
        let set = || read(&format!("{}_config.yml", self.root)).is_some_and(is_set);
        let is_text = generator == Generator::Plain && is_read_as_it_is(&files.others);
        ParseOptions {
            dialect,
            reads_html: generator == Generator::Jekyll && set(),
            openings: Openings(if is_text { &[] } else { facts.openings }),
            fences: facts.fences,
            trailers: generator == Generator::Snips,
            wikilinks: generator == Generator::Obsidian,
            definition_lists: generator == Generator::Hugo,
        }
    }
}

/// The folder of the site that a file configures by its name; it ends with a slash, or is empty.
pub fn configures(path: &str) -> Option<&str> {
    let begins = path.rmatch_indices('/').map(|(at, _)| at + 1).chain([0]);
    let is_known = |at: &usize| {
        let name = path.get(*at..).unwrap_or("");
        let mut known = FACTS.iter().flat_map(|facts| facts.files);
        known.any(|known| is_configuration(name, known))
    };
    // The longest of the names, which is the one meant, has three parts.
    path.get(..begins.take(3).filter(is_known).last()?)
}

/// Whether a file is `known`, a name whose extension may be left open: `hugo.`.
fn is_configuration(name: &str, known: &str) -> bool {
    let extension = name.strip_prefix(known);
    extension.is_some_and(|one| one.is_empty() || is_any(one, EXTENSIONS))
}

/// The extensions of configurations.
const EXTENSIONS: &str = "cjs js json mjs mts toml ts yaml yml";

/// What is known of a generator, but for how it makes addresses.
struct Facts {
    generator: Generator,
    name: &'static str,
    /// The names of its configuration, seen from the site's folder; the first that is there counts.
    files: &'static [&'static str],
    /// The Markdown that its renderer reads.
    dialect: Dialect,
    /// The front matter that it takes.
    fences: Fences,
    /// The template tags that it runs in Markdown.
    openings: &'static [&'static str],
    /// Whether it runs those in braces that stand in the destination of a link.
    runs_braces: bool,
}

/// YAML between two `---`, and nothing else.
#[rustfmt::skip]
const YAML: Fences = Fences { dots: false, named: false, toml: false, json: false };
/// The same, or up to `...`.
const DOTTED: Fences = Fences { dots: true, ..YAML };
const TOML: Fences = Fences { toml: true, ..YAML };
#[rustfmt::skip]
const ANY: Fences = Fences { dots: true, named: true, toml: true, json: true };
const NAMED: Fences = Fences {
    named: true,
    ..YAML
};
const JSON: Fences = Fences { json: true, ..TOML };
const DOTTED_TOML: Fences = Fences { dots: true, ..TOML };

const LIQUID: &[&str] = &["{{", "{%"];
const JINJA: &[&str] = &["{{", "{%", "{#"];
const SHORTCODES: &[&str] = &["{{<", "{{%"];
/// What Templater runs.
const TEMPLATER: &[&str] = &["<% tp", "<%tp", "<%*", "<%+", "<%-", "<%_", "<%~"];
const ALL_TAGS: &[&str] = &["<%", "{{", "{%", "{#"];

const HUGO_FILES: &[&str] = &[
    "hugo.",
    "config.",
    "config/_default/hugo.",
    "config/_default/config.",
];

#[rustfmt::skip]
static FACTS: &[Facts] = {
    use Dialect::{CommonMark, Gfm, Kramdown, PythonMarkdown};
    use Generator::*;
    const fn of(generator: Generator, name: &'static str, files: &'static [&'static str], dialect: Dialect,
        fences: Fences, openings: &'static [&'static str], runs_braces: bool) -> Facts {
        Facts { generator, name, files, dialect, fences, openings, runs_braces }
    }
    &[
        of(Snips, "snips", &[], Kramdown, ANY, &["<%"], false),
        of(Jekyll, "Jekyll", &["_config."], Kramdown, DOTTED, LIQUID, true),
        of(Hugo, "Hugo", HUGO_FILES, CommonMark, JSON, SHORTCODES, false),
        of(Zola, "Zola", &["config.toml"], CommonMark, TOML, LIQUID, true),
        of(Eleventy, "Eleventy", &[".eleventy.", "eleventy.config."], CommonMark, NAMED, JINJA, true),
        of(Astro, "Astro", &["astro.config."], Gfm, TOML, &[], false),
        of(Obsidian, "Obsidian", &[".obsidian"], Gfm, YAML, TEMPLATER, false),
        of(MkDocs, "MkDocs", &["mkdocs."], PythonMarkdown, DOTTED, JINJA, true),
        of(Pelican, "Pelican", &["pelicanconf.py"], PythonMarkdown, DOTTED, LIQUID, true),
        of(Nikola, "Nikola", &["conf.py"], PythonMarkdown, DOTTED_TOML, SHORTCODES, false),
        of(Docusaurus, "Docusaurus", &["docusaurus.config."], Gfm, ANY, ALL_TAGS, false),
        of(VitePress, "VitePress", &[".vitepress/config."], Gfm, ANY, ALL_TAGS, false),
        of(MdBook, "mdBook", &["book.toml"], Gfm, ANY, ALL_TAGS, false),
    ]
};

/// Plain Markdown, read as anything.
#[rustfmt::skip]
static PLAIN: Facts = Facts {
    generator: Generator::Plain, name: "plain Markdown", files: &[], dialect: Dialect::Gfm, fences: ANY,
    openings: ALL_TAGS, runs_braces: false,
};

impl Generator {
    fn facts(self) -> &'static Facts {
        let row = FACTS.iter().find(|facts| facts.generator == self);
        row.unwrap_or(&PLAIN)
    }

    /// The configuration of the site in the folder `root`, among the paths of `files`, which are in order.
    pub fn configuration<'f>(self, files: &'f [String], root: &str) -> Option<&'f str> {
        self.facts().files.iter().find_map(|name| {
            let path = format!("{root}{name}");
            let from = files.partition_point(|file| *file < path);
            let same = files.get(from..).unwrap_or(&[]).iter();
            let mut same = same.take_while(|file| file.starts_with(&path));
            same.find(|file| is_configuration(file, &path))
                .map(String::as_str)
        })
    }

    /// Tells the generator from the files of a site. `read` gives the content of a file at its root.
    fn detect(files: &Files, read: impl Fn(&str) -> Option<String>) -> Self {
        use Generator::*;
        let others = &files.others;
        let has = |generator: &Generator| generator.configuration(others, "").is_some();
        let has_file = |name: &str| others.binary_search_by(|path| (**path).cmp(name)).is_ok();
        let begins = |prefix: &str| others.iter().any(|path| path.starts_with(prefix));
        let markdown = || files.markdown.iter().map(String::as_str);
        let snips = markdown().filter(|path| path.contains(".snip")).count();
        let markdown_in = |folder: &str| markdown().any(|path| path.starts_with(folder));
        let says = |name: &str, words: &str| {
            has_file(name) && read(name).is_some_and(|text| text.contains(words))
        };
        // Hexo and Jupyter Book have a `_config.yml`, too, and read another Markdown than Jekyll.
        let is_others = || {
            has_file("_toc.yml") || says("package.json", "\"hexo\"") || markdown_in("scaffolds/")
        };
        // Zola's `base_url` is Hugo's `baseURL`.
        let is_zolas = |line: &str| line.trim_start().starts_with("base_url");
        let has_theme = || begins("layouts/") || begins("themes/") || markdown_in("archetypes/");
        let mut certain = [Eleventy, Astro, Docusaurus, VitePress, MkDocs, Pelican].into_iter();
        if has(&Obsidian) {
            Obsidian
        } else if snips > 0 && snips * 2 >= files.markdown.len() {
            Snips
        } else if let Some(found) = certain.find(has) {
            found
        } else if says("conf.py", "COMPILERS") {
            Nikola
        } else if has(&Jekyll) && is_others() {
            Plain
        } else if has(&Jekyll) || markdown_in("_posts/") {
            Jekyll
        } else if begins("hugo.") || begins("config/_default/") {
            Hugo
        } else if has(&Zola) && markdown_in("content/") {
            match read("config.toml").is_some_and(|text| text.lines().any(is_zolas)) {
                true => Zola,
                false => Hugo,
            }
        } else if has(&Hugo) && has_theme() && markdown_in("content/") {
            Hugo
        } else if has(&MdBook) {
            MdBook
        } else {
            Plain
        }
    }

    /// The Markdown that the generator's renderer reads.
    pub fn dialect(self) -> Dialect {
        self.facts().dialect
    }

    /// Whether the site runs tags in braces that stand in the destination of a link.
    pub(super) fn runs_braces(self) -> bool {
        self.facts().runs_braces
    }

    /// The generator's name.
    pub fn name(self) -> &'static str {
        self.facts().name
    }
}

/// What lies beside notes in a plain folder. Anything else may make a site of it.
const BESIDE_NOTES: &str = "jpg jpeg png gif svg webp heic pdf txt csv mp3 mp4 mov";

/// Whether nothing lies beside notes, `others`, that may run their template tags.
pub fn is_read_as_it_is(others: &[String]) -> bool {
    others.iter().all(|path| {
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        path == "weeknote-lint.toml" || is_any(extension, BESIDE_NOTES)
    })
}

#[cfg(test)]
mod tests;
