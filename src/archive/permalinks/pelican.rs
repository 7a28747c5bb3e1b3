//! Pelican's addresses: a pattern with the title for a name. Folders and the names of files count for nothing.

use super::super::claims;
use super::Configuration;
use super::pattern::{assigned, filled_braces, of_date, python_slug};
use crate::document::Document;

/// What Pelican's settings say.
#[derive(Debug)]
pub(super) struct Scheme {
    /// The folder of the sources, with a slash.
    content: String,
    /// The patterns of articles and of pages.
    article: String,
    page: String,
    /// Whether names are made of files' names, and not of titles.
    by_file: bool,
}

impl Scheme {
    /// None where articles and pages lie in folders of the site's own choice.
    pub(super) fn new(site: &Configuration<'_>) -> Option<Self> {
        let script = &site.text;
        let pattern = |key, usual: &str| assigned(script, key).unwrap_or(usual).to_owned();
        let is_usual = !script.contains("ARTICLE_PATHS") && !script.contains("PAGE_PATHS");
        is_usual.then(|| Scheme {
            content: site.below(assigned(script, "PATH").unwrap_or(""), "content"),
            article: pattern("ARTICLE_URL", "{slug}.html"),
            page: pattern("PAGE_URL", "pages/{slug}.html"),
            by_file: script.contains("SLUGIFY_SOURCE"),
        })
    }

    /// The address of a page.
    pub(super) fn address(&self, document: &Document) -> Option<String> {
        let path = document.path.strip_prefix(&*self.content)?;
        let metadata = &document.metadata;
        let is_page = path.starts_with("pages/");
        let date = claims::date(document).map(|(_, date)| date);
        let is_moved = ["lang", "url", "save_as", "status"]
            .iter()
            .any(|key| metadata.has(key));
        if is_moved || date.is_none() && !is_page {
            return None;
        }
        let slug = match metadata.text("slug") {
            Some(slug) => slug.to_owned(),
            None if self.by_file => python_slug(document.stem()),
            None => python_slug(claims::title_entry(document)?.as_str()?),
        };
        let pattern = if is_page { &self.page } else { &self.article };
        filled_braces(pattern, |name| {
            let date = |part| of_date(part, date?);
            let folder = || {
                path.rsplit_once('/')
                    .and_then(|(path, _)| path.rsplit('/').next())
            };
            Some(match name {
                "slug" => slug.clone(),
                "date:%Y" => date("year")?,
                "date:%m" => date("month")?,
                "date:%d" => date("day")?,
                "category" => python_slug(metadata.text("category").or_else(folder)?),
                _ => return None,
            })
        })
    }
}
