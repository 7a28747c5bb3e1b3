//! What the links of an archive show of the site's addresses, and what that says of a link that leads nowhere.

use super::{Routes, Target};
use crate::archive::addresses;
use crate::archive::folders::Folders;
use crate::archive::laws::share::{Share, needed};
use crate::archive::paths::{has_extension, is_asset, joined, pelican_path, percent_decoded};
use crate::archive::site::Generator;
use crate::discover::is_markdown;
use crate::document::{Document, tags};
use crate::hash::{QuickMap, QuickSet};
use crate::source::Text;

/// What the links show.
#[derive(Debug, Clone, Default)]
pub(in crate::archive) struct Evidence {
    /// How many links use the generator's addresses, of all that lead to pages which have one.
    pub(super) exact: Share,
    /// The folders that relative destinations are seen from, beside that of their own file.
    pub(super) bases: Vec<Text>,
    /// Whether the generator's configuration says of all pages where they are served, and nothing serves others.
    pub(in crate::archive) are_all_known: bool,
    /// What addresses of each shape lead to.
    shapes: QuickMap<String, Counts>,
    /// The folders in the addresses of pages.
    pub(super) folders: Folders,
    /// Whether addresses are made of titles.
    pub(in crate::archive) by_title: bool,
}

/// What links of one shape lead to.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    /// How many lead to a page, by its name at least.
    found: usize,
    /// How many of these are not at the address that the generator gives the page.
    elsewhere: usize,
    /// How many lead to none.
    missing: usize,
}

/// Links from which something is learnt: their destination, where that leads, and how many they are.
pub(in crate::archive) type Seen<'a> = (&'a str, &'a Target, usize);

impl Routes {
    /// The folders from which a relative destination would lead somewhere, of the root and the folders that a path may
    /// begin in.
    fn bases_of(&self, destination: &str) -> impl Iterator<Item = &Text> {
        let path = percent_decoded(self.path_of(destination)).into_owned();
        let is_relative = has_extension(&path) && !path.starts_with(['/', '.', '@', '~', '{', '<']);
        let roots = self.source_roots.iter().filter(move |_| is_relative);
        roots.filter(move |root| joined(root, &path).is_some_and(|path| self.at(&path).is_some()))
    }

    /// Learns how destinations are to be read, and says whether any must be looked up again: by titles, or seen from other
    /// folders than that of their own file.
    pub(in crate::archive) fn learn<'a>(
        &mut self,
        links: impl Iterator<Item = Seen<'a>> + Clone,
        documents: &[Document],
    ) -> bool {
        self.learnt.bases = self.bases(links.clone());
        self.learnt.by_title = self.is_titled(links, documents);
        self.learnt.by_title || !self.learnt.bases.is_empty()
    }

    /// Whether addresses are made of titles. At least two pages must be found by their title alone, and not many more by
    /// another name alone: where titles make addresses, those are slips, and elsewhere the titles are.
    fn is_titled<'a>(&self, links: impl Iterator<Item = Seen<'a>>, documents: &[Document]) -> bool {
        let (mut titled, mut named) = (QuickSet::default(), QuickSet::default());
        for (destination, target, _) in links {
            let address = self.path_of(destination);
            if !self.is_by_name(address) {
                continue;
            }
            match target {
                Target::Missing(_) => titled.extend(self.index.titled(address)),
                Target::Document(id) => {
                    let page = documents.get(id.0 as usize);
                    let is_other = |page: &&Document| !addresses::is_title(address, page);
                    named.extend(page.filter(is_other).map(|page| &page.path));
                }
                _ => {}
            }
        }
        titled.len() >= 2 && titled.len() * 4 >= named.len()
    }

    /// The folders from which more of the destinations that lead nowhere else lead somewhere than not.
    fn bases<'a>(&self, links: impl Iterator<Item = Seen<'a>>) -> Vec<Text> {
        let mut counts: QuickMap<&Text, usize> = QuickMap::default();
        let mut all = 0;
        let missing = links.filter(|(_, target, _)| matches!(target, Target::Missing(_)));
        for (destination, _, links) in missing {
            let mut bases = self.bases_of(destination).peekable();
            all += bases.peek().map_or(0, |_| links);
            bases.for_each(|base| *counts.entry(base).or_default() += links);
        }
        // One link may as well be of a file that was moved.
        let is_used =
            |count: usize| count > 1 && Share::new(count, all).certainty() >= needed::FOLDER;
        let used = counts.into_iter().filter(|(_, count)| is_used(*count));
        let mut bases: Vec<Text> = used.map(|(base, _)| base.clone()).collect();
        bases.sort_unstable();
        bases
    }

    /// Counts links for the shape of their address.
    pub(in crate::archive) fn count(
        &mut self,
        (destination, target, links): Seen<'_>,
        documents: &[Document],
    ) {
        let path = self.path_of(destination);
        let mut is_elsewhere = false;
        if let Target::Document(id) = target
            && let Some(document) = documents.get(id.0 as usize)
        {
            self.learnt.folders.add(path, document, links);
            if path.starts_with('/') && !self.addresses.is_empty() {
                let is_exact = self.exact(path).is_some();
                is_elsewhere = !is_exact && !self.permalinks.of(document).is_empty();
                let times = |is_one| if is_one { links } else { 0 };
                let share = Share::new(times(is_exact), times(is_exact || is_elsewhere));
                self.learnt.exact.with += share.with;
                self.learnt.exact.of += share.of;
            }
        }
        if let Some(shape) = self.shape(destination) {
            let counts = self.learnt.shapes.entry(shape).or_default();
            counts.elsewhere += if is_elsewhere { links } else { 0 };
            match target.is_there() {
                true => counts.found += links,
                false => counts.missing += links,
            }
        }
    }

    /// What addresses are alike to that of a destination; `None` for those that stand for themselves.
    pub(super) fn shape(&self, destination: &str) -> Option<String> {
        let address = self.path_of(destination);
        let is_relative = !address.starts_with(['/', '@', '~', '{', '<']);
        // The path of a Markdown file is surely wrong where it leads nowhere; in a vault, it may be that of a note to come.
        let is_certain = is_markdown(address) && self.generator != Generator::Obsidian;
        if is_relative && !self.is_flat() && !is_certain && has_extension(address) {
            return Some("./*".to_owned());
        }
        if is_asset(address) {
            // All images below one folder are alike.
            let folder = address.split('/').nth(1)?;
            return Some(format!("{folder}/*"));
        }
        self.is_by_name(address)
            .then(|| addresses::shape(address))?
    }

    /// Whether a destination that leads to no page is surely wrong: a path, or an address of a shape whose others lead
    /// to pages.
    pub(in crate::archive) fn is_understood(&self, destination: &str) -> bool {
        let is_alike = || match self.shape(destination) {
            Some(shape) => self.are_pages_at(&shape),
            None => !self.is_by_name(self.address_of(destination)),
        };
        // A slip is the last to be looked for.
        self.stops_build(destination) || is_alike() || self.is_certain(destination)
    }

    /// Whether a page's address that only its name leads to is wrong because it is not the generator's: links use these, or
    /// its configuration says so of all.
    pub(super) fn is_exact_needed(&self, destination: &str) -> bool {
        let is_said = |shape: &String| self.is_said(shape) && self.are_pages_at(shape);
        self.learnt.exact.certainty() >= needed::DERIVED
            || self.shape(destination).as_ref().is_some_and(is_said)
    }

    /// Whether addresses of a shape are those of pages, so that one which is none is wrong.
    fn are_pages_at(&self, shape: &str) -> bool {
        let counts = self.learnt.shapes.get(shape).copied().unwrap_or_default();
        let is_said = self.is_said(shape);
        let files = self.shapes_of_files.get(shape);
        let files = files.filter(|_| !self.is_refuted());
        let files = files.copied().unwrap_or(0);
        // Where pages are served is said, or for the links to show.
        let elsewhere = if is_said { counts.elsewhere } else { 0 };
        let missing = counts.missing + elsewhere;
        let kept = files.max(counts.found - elsewhere);
        let needed = match missing {
            0..=3 if is_said => needed::SAID,
            0 | 1 => needed::SLIP,
            _ => needed::CONFLICT,
        };
        Share::new(kept, kept + missing).certainty() >= needed
    }

    /// Whether pages have addresses of this shape because the site's configuration says so of all. It says nothing of
    /// images, which a site may take from anywhere.
    fn is_said(&self, shape: &str) -> bool {
        let are_pages = !shape.ends_with('*') && self.shapes_of_files.contains_key(shape);
        are_pages && self.learnt.are_all_known && !self.is_refuted()
    }

    /// Whether links use other addresses than the generator's, so that these say nothing. The only one may be a mistake if
    /// the addresses of all pages are known.
    fn is_refuted(&self) -> bool {
        let exact = self.learnt.exact;
        let least = if self.learnt.are_all_known { 2 } else { 1 };
        exact.without() >= exact.with.max(least)
    }

    /// Whether a destination that leads to no page tells that the site's addresses are not understood. Something unseen
    /// may serve an address of one part, and any address in a plain folder.
    pub(in crate::archive) fn is_telling(&self, destination: &str) -> bool {
        self.is_generated()
            && !is_asset(self.path_of(destination))
            && self.shape(destination).is_some()
    }

    /// Whether a destination that leads nowhere is surely wrong, however many others lead nowhere: the relative path of a
    /// Markdown file, or one that differs by a slip from a page or an image that is there. (In a vault it may be that of a
    /// note to come.)
    pub fn is_certain(&self, destination: &str) -> bool {
        let path = self.path_of(destination);
        if self.generator == Generator::Pelican && pelican_path(path).is_some() {
            return true;
        }
        let is_file = is_markdown(path) && !path.starts_with(['/', '@', '~', '{', '<']);
        !self.is_flat()
            && self.generator != Generator::Obsidian
            && (is_file || self.near_miss(path).is_some())
    }

    /// Whether the generator refuses to build the site where a destination leads to nothing.
    pub fn stops_build(&self, destination: &str) -> bool {
        self.generator == Generator::Zola && destination.starts_with("@/")
            || tags::read(destination).is_some_and(|named| self.index.has_tag(named.kind))
    }
}
