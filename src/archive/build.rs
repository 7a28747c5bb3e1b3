//! How an archive is built: the collections first, then what their notes say of their weeks, then where links lead.

use super::claims;
use super::numbering::{self, Numbering};
use super::past::Past;
use super::permalinks::Permalinks;
use super::routes::{self, Routes, Target};
use super::{Archive, Collection, Profile, Role, destinations, document_id, series};
use crate::config::Config;
use crate::diagnostic::DocumentId;
use crate::discover::Files;
use crate::document::metadata::Format;
use crate::document::{Destination, Document, ParseOptions, mask};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What an archive is built from.
#[derive(Debug)]
pub struct Parts {
    /// Every Markdown file, by path.
    pub documents: Vec<Document>,
    /// What else was found.
    pub files: Files,
    /// What makes the site, and at which addresses.
    pub permalinks: Arc<Permalinks>,
    /// How its files are read.
    pub options: ParseOptions,
    /// The configuration.
    pub config: Config,
    /// The day that counts as today.
    pub today: Date,
    /// Earlier states that links are held against.
    pub past: Vec<Past>,
}

impl Archive {
    /// Builds the archive.
    pub fn new(parts: Parts) -> Self {
        let mut archive = Self::unsorted(parts);
        archive.collect();
        archive.count_links(None);
        archive
    }

    /// The archive before the collections are known.
    pub(super) fn unsorted(parts: Parts) -> Self {
        let Parts {
            documents,
            files,
            permalinks,
            options,
            config,
            today,
            past,
        } = parts;
        let generator = permalinks.site.generator;
        let routes = Routes::new(permalinks, &documents, &files);
        let rendered = series::Rendered::of(&documents, generator);
        let outside = |document: &Document| profile_outside(document, rendered.holds(document));
        let profiles = documents.iter().map(outside).collect();
        Archive {
            profiles,
            documents,
            generator,
            dialect: options.dialect,
            parse_options: options,
            routes,
            config,
            today,
            other_files: files.others,
            past,
            left_out: files.left_out,
            ..Archive::default()
        }
    }

    /// Finds the collections and what their documents say of their weeks.
    fn collect(&mut self) {
        let series::Grouped { groups, guess } =
            series::group(&self.documents, &self.config, self.generator);
        self.guess = guess;
        let series_folders: Vec<String> = groups
            .iter()
            .filter(|group| group.is_series)
            .map(|group| group.folder.clone())
            .collect();
        let in_series_folder = |folder: &str| {
            series_folders.iter().any(|held| {
                folder
                    .strip_prefix(held.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || held.is_empty())
            })
        };
        let has_series = !series_folders.is_empty();
        let usual = self.usual_format(&groups);
        for mut group in groups {
            if !group.is_series && has_series {
                let of_the_site = in_series_folder(&group.folder);
                group.documents.retain(|&index| {
                    let format = self.format(index);
                    of_the_site || format.is_some() && format == usual
                });
            }
            if !group.documents.is_empty() {
                self.add(group);
            }
        }
    }

    /// The form of metadata that a document has.
    fn format(&self, index: usize) -> Option<Format> {
        self.documents.get(index)?.metadata.format
    }

    /// The form of metadata that most notes have.
    fn usual_format(&self, groups: &[series::Group]) -> Option<Format> {
        let series = groups.iter().filter(|group| group.is_series);
        let notes = series.flat_map(|group| &group.documents);
        let mut counts = BTreeMap::new();
        for format in notes.filter_map(|&index| self.format(index)) {
            *counts.entry(format).or_insert(0) += 1;
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        most.map(|(format, _)| format)
    }

    pub(super) fn add(&mut self, group: series::Group) {
        let number = self.collections.len();
        for &index in &group.documents {
            let (Some(document), Some(profile)) =
                (self.documents.get(index), self.profiles.get_mut(index))
            else {
                continue;
            };
            profile.collection = Some(number);
            profile.reason = group.reason.clone();
            profile.role = if group.is_series {
                Role::Note
            } else {
                Role::Page
            };
            if group.is_series {
                profile.claims = claims::all(document);
            }
        }
        let numbers = || {
            group.documents.iter().filter_map(|&index| {
                let (profile, document) = (self.profiles.get(index)?, self.documents.get(index)?);
                let claim = profile.week()?;
                let date = profile.day(claims::written(document));
                Some((claim, claims::year_of_folder(document), date))
            })
        };
        let numbering = group.is_series.then(|| {
            group
                .numbering
                .unwrap_or_else(|| Numbering::infer(numbers()))
        });
        if numbering == Some(Numbering::IsoWeek) {
            self.find_years(&group.documents);
        }
        self.collections.push(Collection {
            name: group.name,
            folder: group.folder,
            numbering,
            documents: group
                .documents
                .iter()
                .map(|&index| document_id(index))
                .collect(),
            required_keys: group.required_keys,
        });
    }

    /// Finds the years of ISO weeks: a folder says the year for the names in it, and a date where nothing else does.
    fn find_years(&mut self, notes: &[usize]) {
        for &index in notes {
            let (Some(document), Some(profile)) =
                (self.documents.get(index), self.profiles.get_mut(index))
            else {
                continue;
            };
            let folder = claims::year_of_folder(document);
            for claim in &mut profile.claims {
                if claim.of_file && claim.year.is_none() {
                    claim.year = numbering::year_of_folder(claim, folder);
                }
            }
            profile.year = profile
                .week()
                .and_then(|claim| numbering::year_of(claim, folder, claims::written(document)));
        }
    }

    /// Looks up every internal link, to see which addresses of the site are understood: the links and the files show it, or
    /// it is as it was `learnt`.
    pub(super) fn count_links(&mut self, learnt: Option<&Routes>) {
        if let Some(learnt) = learnt {
            self.routes.understand_as(learnt);
        }
        let mut looked_up = look_links_up(&self.documents, self);
        if learnt.is_none() {
            if self.routes.learn_bases(&looked_up) {
                looked_up = look_links_up(&self.documents, self);
            }
            if self.routes.learn_titles(&looked_up, &self.documents) {
                looked_up = look_links_up(&self.documents, self);
            }
            self.routes.are_all_known = self.are_addresses_known();
            let links = looked_up.iter().flatten();
            for link in links.filter(|link| !link.is_malformed()) {
                let page = link.page.and_then(|to| self.documents.get(to.0 as usize));
                self.routes
                    .count(link.destination, link.missing.is_none(), page);
            }
        }
        let found = looked_up.into_iter().enumerate();
        let links = found.flat_map(|(index, found)| {
            let from = document_id(index);
            found.into_iter().map(move |link| (from, link))
        });
        let judged: Vec<_> = links.map(|(from, link)| self.judged(from, link)).collect();
        for link in judged {
            self.count_link(link);
        }
    }

    /// Whether the site's configuration says of all pages where they are served, and nothing serves more.
    fn are_addresses_known(&self) -> bool {
        let permalinks = &self.routes.permalinks;
        let is_page = |id: &DocumentId| {
            let document = self.document(*id);
            self.is_linted(*id) && document.is_some_and(|one| !permalinks.leaves_out(one))
        };
        !permalinks.is_open && !self.routes.without_address.iter().any(is_page)
    }

    /// What an internal link in `from` leads to, now that it is known which addresses are understood.
    fn judged(&self, from: DocumentId, link: LookedUp<'_>) -> Judged {
        let destination = link.destination;
        let is_misplaced = |to| self.meant_by_misplaced(to, destination).is_some();
        let is_misplaced = link.page.is_some_and(is_misplaced);
        let is_malformed = link.is_malformed();
        let is_missing = link.missing.is_some();
        let path = || self.routes.path_of(destination).to_owned();
        Judged {
            from,
            missing: link.missing.or_else(|| is_misplaced.then(path)),
            is_understood: is_misplaced || is_missing && self.is_understood(from, destination),
            is_telling: is_missing && !is_malformed && self.routes.is_telling(destination),
            is_malformed,
            stops_build: self.routes.stops_build(destination),
        }
    }

    /// Counts an internal link, and notes its address if that leads nowhere.
    fn count_link(&mut self, link: Judged) {
        let missing = usize::from(link.missing.is_some());
        if link.stops_build {
            let is_counted = |address| self.missing.contains_key(address);
            if !link.missing.as_ref().is_some_and(is_counted) {
                self.stops.0 += 1;
                self.stops.1 += missing;
            }
        } else if !link.is_malformed {
            self.links.0 += 1;
            self.links.1 += missing;
            let is_unchecked = link.is_telling && !link.is_understood;
            self.unchecked += missing * usize::from(is_unchecked);
        }
        if let Some(address) = link.missing.filter(|_| link.is_understood) {
            self.with_missing.insert(link.from);
            let documents = self.missing.entry(address).or_default();
            if documents.last() != Some(&link.from) {
                documents.push(link.from);
            }
        }
    }
}

/// An internal link, when it is known which addresses are understood.
struct Judged {
    /// The document that it stands in.
    from: DocumentId,
    /// The address, if that leads nowhere.
    missing: Option<String>,
    /// Whether that is a mistake.
    is_understood: bool,
    /// Whether it would show that the addresses of the site are not understood.
    is_telling: bool,
    is_malformed: bool,
    /// Whether the generator does not build the site where it leads nowhere.
    stops_build: bool,
}

/// An internal link.
#[derive(Debug)]
pub(super) struct LookedUp<'d> {
    /// Its destination.
    pub(super) destination: &'d str,
    /// The address, if that leads nowhere.
    pub(super) missing: Option<String>,
    /// The document that it leads to.
    pub(super) page: Option<DocumentId>,
}

impl LookedUp<'_> {
    /// Whether it leads nowhere because it is malformed, which says nothing of the site's addresses: it is no path, but a
    /// host without a scheme, or Markdown that was not closed.
    fn is_malformed(&self) -> bool {
        const NEVER: [char; 9] = ['[', ']', '(', ')', '<', '>', '"', ' ', '\\'];
        let destination = self.destination;
        let is_host = || {
            let first = destination.split('/').next().unwrap_or("");
            first.contains('.')
                && !first.starts_with('.')
                && !routes::is_file_of_a_site(destination)
                && Destination::from(&*format!("https://{destination}")).is_plain()
        };
        self.missing.is_some()
            && !mask::holds_tag(destination)
            && (destination.contains(NEVER) || destination.contains("//") || is_host())
    }
}

/// Looks up the internal links of every page.
fn look_links_up<'d>(documents: &'d [Document], archive: &Archive) -> Vec<Vec<LookedUp<'d>>> {
    crate::parallel::map(documents, |index, document| {
        let id = document_id(index);
        let mut found = Vec::new();
        if archive.is_linted(id) {
            for destination in destinations(document) {
                let own = archive.routes.own_path(destination);
                if own.is_none() && destination.is_plain() {
                    continue;
                }
                let destination = own.unwrap_or(destination);
                // What has just broken says nothing of how addresses are made.
                if archive.broken(id, destination).is_some() {
                    continue;
                }
                let (missing, page) = match archive.look_up(id, destination) {
                    Target::Document(to, _) if to != id => (None, Some(to)),
                    Target::Served => (None, None),
                    Target::Missing(address) => (Some(address), None),
                    _ => continue,
                };
                found.push(LookedUp {
                    destination,
                    missing,
                    page,
                });
            }
        }
        found
    })
}

/// What a document is before the collections are known.
fn profile_outside(document: &Document, is_rendered: bool) -> Profile {
    let (role, reason) = match series::aside(document) {
        Some(reason) if series::is_template(document) => (Role::Template, reason),
        Some(reason) => (Role::Aside, reason),
        None if !is_rendered => (Role::Aside, "the site's generator makes no page of it"),
        None => (
            Role::Aside,
            "its folder holds no series, and its metadata is not like the notes'",
        ),
    };
    Profile {
        role,
        reason: reason.to_owned(),
        ..Profile::default()
    }
}
