//! Jekyll's addresses (`drops/url_drop.rb`, `url.rb`, `document.rb`, `page.rb`): a pattern with placeholders for posts and
//! collections, the path for pages. A `permalink` in the metadata is a pattern, too.

use super::super::claims;
use super::pattern::{filled, of_date, slug};
use super::{Configuration, without_extension, without_index};
use crate::document::metadata::{Entry, Value, find, map, text};
use crate::document::{Document, stem};
use jiff::civil::Date;

/// What `_config.yml` says of addresses.
#[derive(Debug)]
pub(super) struct Scheme {
    /// The folder of the sources, with a slash unless it is the root.
    source: String,
    /// The folder of posts and collections below it, with a slash unless it is the same.
    collections_dir: String,
    /// The pattern of posts.
    posts: String,
    /// The collections that are served, with their patterns.
    collections: Vec<(String, String)>,
    /// What is left out.
    exclude: Vec<String>,
    /// The time zone of the site; empty for that of the machine that builds it.
    zone: String,
}

impl Scheme {
    pub(super) fn new(site: &Configuration<'_>) -> Self {
        let config = &*site.data;
        let is_served = |one: &&Entry| {
            let mut said = one.value.maps();
            let output = said.next().and_then(|said| find(said, "output"));
            output.is_some_and(|entry| entry.value == Value::Bool(true))
        };
        let collections = map(config, "collections").iter().filter(is_served);
        let collections = collections.map(|one| {
            let mut said = one.value.maps();
            let pattern = said.next().map_or("", |said| text(said, "permalink"));
            let pattern = pattern.to_owned();
            (one.key.to_string(), pattern)
        });
        let exclude = config.iter().filter(|entry| &*entry.key == "exclude");
        let exclude = exclude.flat_map(|entry| entry.value.texts(&[]));
        let folder = text(config, "collections_dir").trim_matches('/');
        let slash = if folder.is_empty() { "" } else { "/" };
        Scheme {
            source: site.below(text(config, "source"), ""),
            collections_dir: format!("{folder}{slash}"),
            posts: of_style(text(config, "permalink")).to_owned(),
            collections: collections.collect(),
            exclude: exclude.map(str::to_owned).collect(),
            zone: text(config, "timezone").to_owned(),
        }
    }

    /// The address of a page.
    pub(super) fn address(&self, document: &Document) -> Option<String> {
        let path = document.path.strip_prefix(&*self.source)?;
        let inside = path.strip_prefix(&*self.collections_dir);
        let path = inside.unwrap_or(path);
        let mut folders: Vec<&str> = path.split('/').collect();
        let file = folders.pop()?;
        let is_left_out = |held: &String| path.starts_with(held.trim_end_matches('/'));
        if folders.contains(&"_drafts") || self.exclude.iter().any(is_left_out) {
            return None;
        }
        let own = document.metadata.get_or_given("permalink");
        let own = own.and_then(Entry::as_str);
        let collection = folders.first().and_then(|folder| folder.strip_prefix('_'));
        let collection = self.collections.iter().find(|(name, pattern)| {
            Some(&**name) == collection && (name != "posts" || !pattern.is_empty())
        });
        if let Some(posts) = folders.iter().position(|folder| *folder == "_posts") {
            inside?;
            let pattern = collection.map_or(&self.posts, |(_, pattern)| pattern);
            let pattern = own.unwrap_or(pattern);
            return self.post(document, file, folders.get(..posts)?, pattern);
        }
        // A file without metadata is copied as it is.
        document.metadata.format?;
        let pattern = match (own, collection) {
            (Some(own), _) => own,
            (None, Some((_, pattern))) if pattern.is_empty() => "/:collection/:path",
            (None, Some((_, pattern))) => pattern,
            (None, None) if folders.iter().any(|folder| folder.starts_with('_')) => return None,
            (None, None) => return Some(without_index(path, &["index"])),
        };
        let inside = path.split_once('/').map_or(path, |(_, inside)| inside);
        let inside = without_extension(inside);
        filled(pattern, |name| {
            Some(match name {
                "collection" => collection?.0.clone(),
                "path" => inside.to_owned(),
                "name" => lower_slug(inside.rsplit('/').next()?),
                "title" => cased_slug(slug_of(document).unwrap_or(inside.rsplit('/').next()?)),
                "output_ext" => ".html".to_owned(),
                name => of_date(name, claims::date(document)?.1)?,
            })
        })
    }

    fn post(
        &self,
        document: &Document,
        file: &str,
        above: &[&str],
        pattern: &str,
    ) -> Option<String> {
        let in_name = claims::date_in_name(document)?;
        let name = stem(file.get("2024-01-01-".len()..)?);
        let name = slug_of(document).unwrap_or(name);
        let date = match document.metadata.get("date") {
            Some(entry) => self.day(&entry.value)?,
            None => in_name,
        };
        let categories = categories(document, above);
        let slugs = || -> Vec<String> { categories.iter().map(|one| lower_slug(one)).collect() };
        filled(pattern, |placeholder| {
            Some(match placeholder {
                "categories" => categories.join("/"),
                "slugified_categories" => slugs().join("/"),
                "title" => cased_slug(name),
                "slug" => lower_slug(name),
                "output_ext" => ".html".to_owned(),
                placeholder => of_date(placeholder, date)?,
            })
        })
    }

    /// The day of a date in the time zone of the site; none where that may be another than the one that is written.
    fn day(&self, value: &Value) -> Option<Date> {
        let Value::Timestamp(stamp) = value else {
            return value.date();
        };
        let in_utc = stamp.second_of_day - stamp.offset.unwrap_or(0);
        let is_utc = matches!(&*self.zone, "UTC" | "Etc/UTC");
        match in_utc.div_euclid(86_400) {
            0 if is_utc || self.zone.is_empty() || stamp.offset.is_none() => Some(stamp.date),
            1 if is_utc => stamp.date.tomorrow().ok(),
            -1 if is_utc => stamp.date.yesterday().ok(),
            _ => None,
        }
    }
}

/// The pattern of a style of Jekyll's. The extension counts for nothing.
fn of_style(style: &str) -> &str {
    match style {
        "" | "date" | "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title/",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title/",
        "none" => "/:categories/:title/",
        style => style,
    }
}

/// The categories of a post: the folders above `_posts`, then those of its metadata.
fn categories(document: &Document, above: &[&str]) -> Vec<String> {
    let mut all: Vec<String> = above.iter().map(|folder| folder.to_lowercase()).collect();
    let entry = |key| document.metadata.get_or_given(key);
    if let Some(one) = entry("category").and_then(Entry::as_str) {
        all.push(one.to_lowercase());
    }
    if let Some(entry) = entry("categories") {
        all.extend(entry.value.texts(&[' ']).map(str::to_lowercase));
    }
    let mut held: Vec<String> = Vec::new();
    for one in all {
        if !held.contains(&one) {
            held.push(one);
        }
    }
    held
}

fn slug_of(document: &Document) -> Option<&str> {
    document.metadata.text("slug")
}

/// A name with a hyphen for each run of blanks, and otherwise as it is.
fn cased_slug(name: &str) -> String {
    slug(name, |c| {
        c.is_alphanumeric() || "._~!$&'()+,;=@".contains(c)
    })
}

/// A name in small letters with hyphens for whatever is neither letter nor digit.
fn lower_slug(name: &str) -> String {
    slug(&name.to_lowercase(), char::is_alphanumeric)
}
