//! How an archive is built: the collections first, then what their notes say of their weeks, then where links lead.

use super::claims;
use super::numbering::{self, Numbering};
use super::past::Past;
use super::permalinks::Permalinks;
use super::routes::Routes;
use super::{Archive, Collection, Profile, Role, document_id, series};
use crate::config::Config;
use crate::discover::Files;
use crate::document::metadata::Format;
use crate::document::{Document, ParseOptions};
use crate::parallel;
use crate::week::Claim;
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
        let (mut archive, grouped) = Self::unsorted(parts);
        archive.collect(grouped);
        archive.look_links_up(None);
        archive
    }

    /// The archive before it has collections, and what belongs together in it.
    pub(super) fn unsorted(parts: Parts) -> (Self, series::Grouped) {
        let (documents, config) = (parts.documents, parts.config);
        let generator = parts.permalinks.site.generator;
        let (routes, grouped) = parallel::join(
            || Routes::new(parts.permalinks.clone(), &documents, &parts.files),
            || series::group(&documents, &config, generator),
        );
        let rendered = series::Rendered::of(&documents, generator);
        let profiles = parallel::map(&documents, |_, document| {
            profile_outside(document, rendered.holds(document))
        });
        let archive = Archive {
            profiles,
            documents,
            generator,
            dialect: parts.options.dialect,
            parse_options: parts.options,
            routes,
            config,
            today: parts.today,
            other_files: parts.files.others,
            past: parts.past,
            left_out: parts.files.left_out,
            ..Archive::default()
        };
        (archive, grouped)
    }

    /// Finds the collections and what their documents say of their weeks.
    fn collect(&mut self, grouped: series::Grouped) {
        let series::Grouped {
            groups,
            guess,
            mut claims,
        } = grouped;
        self.guess = guess;
        let series = groups.iter().filter(|group| group.is_series);
        let series_folders: Vec<String> = series.map(|one| one.folder.clone()).collect();
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
                self.add(group, &mut claims);
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

    /// Adds a collection. `claims` has what the names of each document claim.
    pub(super) fn add(&mut self, group: series::Group, claims: &mut [[Option<Claim>; 3]]) {
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
                let claims = claims.get_mut(index).map(std::mem::take);
                profile.claims = claims::all(document, claims.unwrap_or_default());
                profile.claims.shrink_to_fit();
                profile.agreed = claims::most_agreed(&profile.claims);
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
            documents: group.documents.into_iter().map(document_id).collect(),
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
            profile.agreed = claims::most_agreed(&profile.claims);
            profile.year = profile
                .week()
                .and_then(|claim| numbering::year_of(claim, folder, claims::written(document)));
        }
    }
}

/// What a document is before the collections are known.
fn profile_outside(document: &Document, is_rendered: bool) -> Profile {
    let (role, reason) = match series::aside(document) {
        Some(reason @ series::TEMPLATE) => (Role::Template, reason),
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
