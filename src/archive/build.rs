//! How an archive is built: the collections first, then what their notes say of their weeks, then where links lead.

use super::claims;
use super::numbering::{self, Numbering};
use super::past::Past;
use super::permalinks::Permalinks;
use super::routes::{Routes, Target};
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
            for link in looked_up.iter().flatten() {
                let page = link.page.and_then(|to| self.documents.get(to.0 as usize));
                self.routes
                    .count(link.destination, link.missing.is_none(), page);
            }
        }
        for (index, found) in looked_up.into_iter().enumerate() {
            for link in found {
                let misplaced = link
                    .page
                    .and_then(|to| self.meant_by_misplaced(to, link.destination));
                let is_understood = misplaced.is_some()
                    || link.missing.is_some() && self.routes.is_understood(link.destination);
                let path = || self.routes.path_of(link.destination).to_owned();
                let missing = link.missing.or(misplaced.map(|_| path()));
                if self.routes.stops_build(link.destination) {
                    let is_counted = |address| self.missing.contains_key(address);
                    if !missing.as_ref().is_some_and(is_counted) {
                        self.stops.0 += 1;
                        self.stops.1 += usize::from(missing.is_some());
                    }
                } else {
                    let is_unchecked = missing.is_some() && !is_understood;
                    self.links.0 += 1;
                    self.links.1 += usize::from(missing.is_some());
                    self.unchecked +=
                        usize::from(is_unchecked && self.routes.is_telling(link.destination));
                }
                if let Some(address) = missing.filter(|_| is_understood) {
                    self.with_missing.insert(document_id(index));
                    let documents = self.missing.entry(address).or_default();
                    if documents.last() != Some(&document_id(index)) {
                        documents.push(document_id(index));
                    }
                }
            }
        }
    }
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
                    Target::Missing(address) if !is_no_path(destination) => (Some(address), None),
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

/// Whether a destination is malformed in a way that says nothing of the site's addresses: it is no path, but a host
/// without a scheme, or Markdown that was not closed.
fn is_no_path(destination: &str) -> bool {
    let is_host = || {
        let first = destination.split('/').next().unwrap_or("");
        first.contains('.')
            && !first.starts_with('.')
            && !crate::discover::is_markdown(destination)
            && Destination::from(&*format!("https://{destination}")).is_plain()
    };
    const NEVER: [char; 9] = ['[', ']', '(', ')', '<', '>', '"', ' ', '\\'];
    !mask::holds_tag(destination)
        && (destination.contains(NEVER) || destination.contains("//") || is_host())
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
