//! Eleventy's addresses: what the metadata or the folder's data say, else the path.

use super::pattern::assigned;
use super::{Configuration, undated, without_extension, without_index};
use crate::document::{Document, stem};
use crate::hash::QuickSet;
use crate::source::Text;

/// What the configuration says of addresses.
#[derive(Debug)]
pub(super) struct Scheme {
    /// The folder of the sources; it ends with a slash, or is empty.
    input: String,
    /// The folder of their parts in it, with a slash.
    parts: String,
    /// The files that give data to one page of the same name, without extensions.
    data: QuickSet<Text>,
}

/// The variable of the file's name in Eleventy's permalinks.
const FILE_SLUG: [&str; 4] = [
    "{{ page.fileSlug }}",
    "{{page.fileSlug}}",
    "{{ page.fileSlug | slugify }}",
    "{{ page.fileSlug | slug }}",
];

impl Scheme {
    /// None where the script makes addresses.
    pub(super) fn new(site: &Configuration<'_>) -> Option<Self> {
        let parts = assigned(&site.text, "includes").unwrap_or("_includes");
        let makes_addresses = ["\"permalink", "'permalink"];
        let makes_addresses = makes_addresses.iter().any(|key| site.text.contains(key));
        (!makes_addresses).then(|| Scheme {
            input: site.below(assigned(&site.text, "input").unwrap_or(""), ""),
            parts: format!("{}/", parts.trim_matches('/')),
            data: data_of_pages(&site.files.others),
        })
    }

    /// The address of a page.
    pub(super) fn address(&self, document: &Document) -> Option<String> {
        let path = document.path.strip_prefix(&*self.input)?;
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let own_folder = folder.rsplit('/').next().unwrap_or("");
        let name = stem(file);
        let given = document.metadata.given.as_ref();
        if path.starts_with(&*self.parts) || given.is_some_and(|given| given.is_open) {
            return None;
        }
        // What has data of its own beside it may be served anywhere.
        if self.data.contains(without_extension(&document.path)) {
            return None;
        }
        if let Some(own) = document.metadata.get_or_given("permalink") {
            let slug = match undated(name) {
                "index" => own_folder,
                name => name,
            };
            let own = own.as_str()?.to_owned();
            let own = FILE_SLUG
                .iter()
                .fold(own, |own, variable| own.replace(variable, slug));
            return (!own.contains(['{', '$'])).then_some(own);
        }
        Some(without_index(path, &["index", own_folder]))
    }
}

/// The files that give data to one page of Eleventy's, without extensions. That of a folder has the folder's name.
fn data_of_pages(files: &[String]) -> QuickSet<Text> {
    const ENDINGS: &str = ".11tydata.json .11tydata.js .11tydata.cjs .11tydata.mjs .json";
    let data = files.iter().filter_map(|path| {
        let mut endings = ENDINGS.split(' ');
        let stem = endings.find_map(|ending| path.strip_suffix(ending))?;
        let mut parts = stem.rsplit('/');
        (parts.next() != parts.next()).then_some(stem)
    });
    data.map(Text::from).collect()
}
