//! Patterns for files and for URL paths. Both are globs in which `*` stops at `/`; they are compiled once.

use super::error::Mistake;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// A set of files, given by patterns that start at the root.
#[derive(Debug, Clone, Default)]
pub struct Paths {
    patterns: Vec<String>,
    /// What all patterns begin with, so that most paths need not be held against them.
    beginning: String,
    set: GlobSet,
}

impl Paths {
    /// Compiles `patterns`.
    ///
    /// # Errors
    ///
    /// When one of them is no glob, or all are too much together.
    pub fn new(patterns: Vec<String>) -> Result<Self, globset::Error> {
        let set = compile(patterns.iter().map(|pattern| pattern.trim_end_matches('/')))?;
        Ok(Paths {
            beginning: beginning(&patterns).to_owned(),
            patterns,
            set,
        })
    }

    /// Whether a pattern matches `path`, which is relative to the root and has `/` between folders.
    pub fn contains(&self, path: &str) -> bool {
        path.starts_with(&self.beginning) && self.set.is_match(path)
    }

    /// Whether a pattern matches `path` or a folder above it, as one expects of what is left out.
    pub fn contains_or_above(&self, path: &str) -> bool {
        std::iter::successors(Some(path), |path| Some(path.rsplit_once('/')?.0))
            .any(|path| self.contains(path))
    }

    /// The patterns as they stand in the configuration.
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }
}

/// What all paths begin with that one of the patterns matches. Slashes are left to the patterns.
fn beginning(patterns: &[String]) -> &str {
    let first = patterns.first().map_or("", String::as_str);
    let plain = first.find(['*', '?', '[', '{', '\\', '/']);
    let shared = |other: &String| {
        let both = first.bytes().zip(other.bytes());
        both.take_while(|(one, other)| one == other).count()
    };
    let length = patterns.iter().map(shared).min().unwrap_or(0);
    first
        .get(..length.min(plain.unwrap_or(length)))
        .unwrap_or("")
}

/// A set of URL paths.
#[derive(Debug, Clone, Default)]
pub struct Routes(GlobSet);

impl Routes {
    /// Compiles `routes`. Only `*` and `**` are special: brackets and the like may stand in a URL.
    pub(super) fn new<'r>(routes: impl Iterator<Item = &'r str>) -> Result<Self, globset::Error> {
        let globs: Vec<String> = routes
            .map(|route| route.trim_end_matches('/'))
            // `/docs/**` is everything below `/docs`, and `/docs` itself.
            .flat_map(|route| [Some(route), route.strip_suffix("/**")])
            .flatten()
            .map(|route| {
                let parts: Vec<String> = route.split('*').map(globset::escape).collect();
                parts.join("*")
            })
            .collect();
        compile(globs.iter().map(String::as_str)).map(Routes)
    }

    /// Whether the site serves `path`, an absolute URL path without query and fragment.
    pub fn contains(&self, path: &str) -> bool {
        self.0.is_match(path.trim_end_matches('/'))
    }
}

fn compile<'p>(patterns: impl Iterator<Item = &'p str>) -> Result<GlobSet, globset::Error> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(GlobBuilder::new(pattern).literal_separator(true).build()?);
    }
    set.build()
}

/// Checks a pattern for files and folders, also for what globset would take without a word and never match.
pub(super) fn pattern(pattern: &str) -> Result<(), Mistake> {
    let wrong = |problem: &str, help: &str| {
        let message = format!("the pattern `{pattern}` {problem}");
        Err(Mistake::new(message, "matches nothing", help.to_owned()))
    };
    if pattern.is_empty() {
        return wrong("is empty", "`**` stands for all files");
    }
    if pattern.contains('\\') {
        let help = format!("write `{}`, on Windows too", pattern.replace('\\', "/"));
        return wrong("has a `\\`", &help);
    }
    if let Some(rest) = pattern.strip_prefix('!') {
        let help = format!("write `{rest}` as an `exclude` instead");
        return wrong("starts with `!`, which has no meaning here", &help);
    }
    if pattern.split('/').any(|name| name == "..") {
        return wrong(
            "leads out of the root",
            "weeknote-lint reads only files below the root",
        );
    }
    for start in ["/", "./"] {
        if let Some(rest) = pattern.strip_prefix(start) {
            let help = format!("patterns start at the root anyway: write `{rest}`");
            return wrong(&format!("starts with `{start}`"), &help);
        }
    }
    compile(std::iter::once(pattern)).map(|_| ()).or_else(|error| {
        let help = "`*` is any part of a name, `**` any folders, `{a,b}` either of two, and `[[]` a bracket";
        wrong(&format!("cannot be read: {}", error.kind()), help)
    })
}

/// Checks a pattern for files.
pub(super) fn file_pattern(text: &str) -> Result<(), Mistake> {
    if !text.ends_with('/') {
        return pattern(text);
    }
    let message = format!("the pattern `{text}` names a folder");
    let help = format!("write `{text}**` for all files in it");
    Err(Mistake::new(message, "matches no file", help))
}

#[cfg(test)]
mod tests;
