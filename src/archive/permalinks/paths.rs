//! Generators that make addresses of the paths of files, as MkDocs, VitePress, mdBook, Astro, Docusaurus and Zola do: from
//! which folders, and what little they change of a path.

use super::pattern::{assigned, latin_slug};
use super::{Configuration, undated, without_extension};
use crate::archive::addresses::unnumbered;
use crate::archive::paths::{joined, percent_decoded};
use crate::document::Document;
use crate::document::metadata::{find, map, text};
use crate::document::slug::github;
use crate::hash::QuickSet;
use crate::source::Text;
use jiff::civil::Date;

/// The pages of a site.
#[derive(Debug, Default)]
pub(super) struct Paths {
    /// Where they lie; the first folder that holds a file decides.
    folders: Vec<Folder>,
    /// How the paths of files begin that are no pages, seen from their folders.
    left_out: Vec<String>,
    /// The paths of the only files that are pages, where a list says so.
    listed: Option<QuickSet<String>>,
}

/// A folder of pages.
#[derive(Debug)]
struct Folder {
    /// Its path; it ends with a slash, or is empty.
    path: String,
    /// What the addresses of its pages begin with.
    prefix: String,
    /// How they go on.
    style: &'static Style,
    /// How the names of files and folders begin that are left out.
    hidden: &'static [char],
}

/// How the address of a page follows from its path.
#[derive(Debug)]
struct Style {
    /// The names, as they are written, of files that are served as their folder.
    indices: &'static [&'static str],
    /// Whether a file with the name of its folder is served as that.
    is_named_as_folder: bool,
    /// The keys of the metadata that replace the name of a file, and whether they replace its folders, too.
    keys: &'static [(&'static str, bool)],
    /// How a path is written.
    written: fn(&str) -> String,
}

/// The path as it is.
const AS_IT_IS: Style = Style {
    indices: &["index"],
    is_named_as_folder: false,
    keys: &[],
    written: str::to_owned,
};
const WITH_README: Style = Style {
    indices: &["index", "README"],
    ..AS_IT_IS
};
/// The entries of an Astro collection.
const ASTRO_ENTRIES: Style = Style {
    keys: &[("slug", true)],
    written: |path| by_parts(path, github),
    ..AS_IT_IS
};
const DOCUSAURUS_DOCS: Style = Style {
    indices: &["index", "Index", "readme", "README"],
    is_named_as_folder: true,
    keys: &[("slug", false), ("id", false)],
    written: |path| by_parts(path, |part| unnumbered(part).unwrap_or(part).to_owned()),
};
const DOCUSAURUS_BLOG: Style = Style {
    keys: &[("slug", true)],
    written: with_day_as_folders,
    ..AS_IT_IS
};
/// Bundles are no folders there, and `_index` is written like this, too.
const ZOLA: Style = Style {
    keys: &[("path", true), ("slug", false)],
    written: |path| {
        let path = path.strip_suffix("/index").unwrap_or(path);
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        by_parts(&format!("{folder}/{}", undated(name)), latin_slug)
    },
    ..AS_IT_IS
};

impl Folder {
    /// A folder whose addresses begin with `prefix`, and whose hidden files alone are left out.
    fn new(path: String, prefix: &str, style: &'static Style) -> Self {
        Folder {
            path,
            prefix: prefix.to_owned(),
            style,
            hidden: &['.'],
        }
    }
}

impl Paths {
    fn of(folders: Vec<Folder>) -> Self {
        Paths {
            folders,
            ..Paths::default()
        }
    }

    pub(super) fn zola(site: &Configuration<'_>) -> Self {
        Self::of(vec![Folder::new(site.below("content", ""), "", &ZOLA)])
    }

    /// MkDocs'; none where a plug-in moves pages.
    pub(super) fn mkdocs(site: &Configuration<'_>) -> Option<Self> {
        let config = &*site.data;
        let plugins = find(config, "plugins");
        let moves = plugins.is_some_and(|entry| {
            let mut names = entry.value.texts(&[]);
            let mut keys = entry.value.maps().flatten().map(|plugin| &*plugin.key);
            names.any(|name| name == "blog") || keys.any(|key| key == "blog")
        });
        if moves {
            return None;
        }
        let out = text(config, "exclude_docs").lines();
        let out = out.map(|line| line.trim_matches(['/', ' ']).to_owned());
        let left_out: Vec<String> = out.chain(["templates/".to_owned()]).collect();
        // What patterns leave out is not known.
        let is_known = !left_out.iter().any(|one| one.contains(['*', '!']));
        let folder = site.below(text(config, "docs_dir"), "docs");
        is_known.then(|| Paths {
            left_out,
            ..Self::of(vec![Folder::new(folder, "", &WITH_README)])
        })
    }

    /// VitePress'; none where patterns move pages or leave some out.
    pub(super) fn vitepress(site: &Configuration<'_>) -> Option<Self> {
        let script = &site.text;
        let is_known = !script.contains("rewrites") && !script.contains("srcExclude");
        let folder = site.below(assigned(script, "srcDir").unwrap_or(""), "");
        is_known.then(|| Self::of(vec![Folder::new(folder, "", &AS_IT_IS)]))
    }

    /// mdBook's: the files that `SUMMARY.md` names.
    pub(super) fn mdbook(site: &Configuration<'_>) -> Option<Self> {
        let config = &*site.data;
        let folder = site.below(text(map(config, "book"), "src"), "src");
        let summary = (site.read)(&format!("{folder}SUMMARY.md"))?;
        let chapters = summary.split("](").skip(1);
        let chapters = chapters.filter_map(|rest| {
            let path = percent_decoded(rest.split(')').next()?.trim_matches(['<', '>']));
            joined(&folder, &path)
        });
        Some(Paths {
            listed: Some(chapters.collect()),
            ..Self::of(vec![Folder::new(folder, "", &WITH_README)])
        })
    }

    /// Docusaurus' documents, posts and pages where they usually are; none where a script says otherwise.
    pub(super) fn docusaurus(site: &Configuration<'_>) -> Option<Self> {
        const MOVING: &str = "routeBasePath plugin-content- numberPrefixParser path:";
        let script = &site.text;
        let folder = |name: &str, prefix: &str, style| Folder {
            hidden: &['_', '.'],
            ..Folder::new(site.below(name, ""), prefix, style)
        };
        let is_known = !MOVING.split(' ').any(|word| script.contains(word));
        is_known.then(|| {
            Self::of(vec![
                folder("docs", "/docs", &DOCUSAURUS_DOCS),
                folder("blog", "/blog", &DOCUSAURUS_BLOG),
                folder("src/pages", "", &AS_IT_IS),
            ])
        })
    }

    /// Astro's pages, and the collections whose route is plain to see.
    pub(super) fn astro(site: &Configuration<'_>) -> Self {
        let source = site.below(assigned(&site.text, "srcDir").unwrap_or(""), "src");
        let pages = format!("{source}pages/");
        let mut configurations = ["content.config.ts", "content/config.ts"].iter();
        let collections = configurations.find_map(|name| (site.read)(&format!("{source}{name}")));
        let collections = collections.unwrap_or_default();
        let routes = site.files.others.iter().filter_map(|path| {
            let path = path.strip_prefix(&*pages)?;
            let (prefix, name) = path.rsplit_once('/').unwrap_or(("", path));
            let is_route = name.starts_with('[') && name.ends_with("].astro");
            let script = is_route.then(|| (site.read)(&format!("{pages}{path}")))??;
            let collection = collection_of(&script)?;
            let (path, hidden) = entries_of(collection, &collections, &source, site)?;
            let prefix = format!("/{prefix}");
            Some(Folder {
                hidden,
                ..Folder::new(path, &prefix, &ASTRO_ENTRIES)
            })
        });
        let mut folders: Vec<Folder> = routes.collect();
        folders.push(Folder {
            hidden: &['_'],
            ..Folder::new(pages.clone(), "", &AS_IT_IS)
        });
        Self::of(folders)
    }

    /// The folder that a file lies in, and the path from there.
    fn place<'d>(&self, document: &'d Document) -> Option<(&Folder, &'d str)> {
        let mut folders = self.folders.iter();
        folders.find_map(|folder| Some((folder, document.path.strip_prefix(&*folder.path)?)))
    }

    /// Whether a file is surely no page. `indices` are the paths of files called `index`, without extension.
    pub(super) fn leaves_out(&self, document: &Document, indices: &QuickSet<Text>) -> bool {
        let listed = self.listed.as_ref();
        let is_unlisted = listed.is_some_and(|listed| !listed.contains(&*document.path));
        is_unlisted
            || self.place(document).is_some_and(|(folder, path)| {
                let mut left_out = self.left_out.iter().filter(|one| !one.is_empty());
                let name = document.stem();
                path.split('/').any(|part| part.starts_with(folder.hidden))
                    || left_out.any(|one| path.starts_with(&**one))
                    || name != "index"
                        && folder.style.indices.contains(&name)
                        && indices.contains(&*format!("{}/index", document.folder()))
            })
    }

    /// The address of a page.
    pub(super) fn address(&self, document: &Document, indices: &QuickSet<Text>) -> Option<String> {
        let (folder, path) = self.place(document)?;
        if self.leaves_out(document, indices) {
            return None;
        }
        let style = folder.style;
        let own_folder = document.folder().rsplit('/').next();
        let written = (style.written)(without_extension(path));
        let (above, name) = written.rsplit_once('/').unwrap_or(("", &written));
        let is_index = style.indices.contains(&name)
            || style.is_named_as_folder && own_folder == Some(document.stem());
        let said = style.keys.iter().find_map(|(key, is_whole)| {
            let said = document.metadata.text(key)?;
            Some((said, *is_whole || said.starts_with('/')))
        });
        let path = match said {
            Some((said, true)) => said,
            Some(_) if is_index => return None,
            Some((said, false)) => &format!("{above}/{said}"),
            None if is_index => above,
            None => &written,
        };
        Some(format!("{}/{path}", folder.prefix))
    }
}

/// The collection whose entries an Astro route serves at their own names.
fn collection_of(script: &str) -> Option<&str> {
    let mut calls = script.split("getCollection(").skip(1);
    let call = calls.next().filter(|_| calls.next().is_none())?;
    let name = call.get(1..)?.split(['\'', '"']).next()?;
    // `params: { slug: post.id }`
    let parameters = script.split("params:").nth(1)?.split('}').next()?;
    let value = parameters.split(':').nth(1)?.trim();
    let (entry, key) = value.split_once('.')?;
    let is_plain = entry.chars().all(char::is_alphanumeric) && matches!(key, "id" | "slug");
    is_plain.then_some(name)
}

/// The folder of an Astro collection, by what `collections` says of all, and how the names begin that it leaves out.
fn entries_of(
    name: &str,
    collections: &str,
    source: &str,
    site: &Configuration<'_>,
) -> Option<(String, &'static [char])> {
    let bases: Vec<&str> = collections
        .split("base:")
        .skip(1)
        .filter_map(|rest| rest.trim_start().get(1..)?.split(['\'', '"']).next())
        .collect();
    let is_its = |base: &&&str| base.trim_end_matches('/').rsplit('/').next() == Some(name);
    let hidden: &[char] = match collections.contains("pattern:") && !collections.contains("[^_]") {
        true => &[],
        false => &['_'],
    };
    if collections.contains("generateId") {
        return None;
    }
    let path = match (bases.as_slice(), bases.iter().find(is_its)) {
        ([], _) => format!("{source}content/{name}/"),
        ([base], _) | (_, Some(base)) => site.below(base, ""),
        _ => return None,
    };
    Some((path, hidden))
}

/// A path with each of its parts written in a way.
fn by_parts(path: &str, written: impl Fn(&str) -> String) -> String {
    path.split('/').map(written).collect::<Vec<_>>().join("/")
}

/// A path with the day at its beginning as folders: `2024/03/08/week-10`.
fn with_day_as_folders(path: &str) -> String {
    let day = path
        .get(.."2024-03-08".len())
        .map(|day| day.replace('/', "-"));
    let day = day.filter(|day| day.parse::<Date>().is_ok());
    let rest = path.get("2024-03-08".len()..).unwrap_or("");
    match day {
        Some(day) => day.replace('-', "/") + "/" + rest.trim_start_matches(['-', '/']),
        None => path.to_owned(),
    }
}
