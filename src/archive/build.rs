//! How an archive is built: the collections first, then what their notes say of their weeks, then where links lead.

use super::claims::{self, Said, Whence};
use super::contradiction::{self, Circumstances, Habits};
use super::numbering::{self, Numbering};
use super::past::Past;
use super::routes::{Routes, Target};
use super::site::Generator;
use super::timeline::{self, Ordinal, Timeline};
use super::{Archive, Collection, Role, Standing, destinations, document_id, series};
use crate::config::Config;
use crate::diagnostic::DocumentId;
use crate::discover::Files;
use crate::document::metadata::Format;
use crate::document::{Document, ParseOptions};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What an archive is built from.
#[derive(Debug)]
pub struct Parts {
    /// Every Markdown file, by path.
    pub documents: Vec<Document>,
    /// What else was found.
    pub files: Files,
    /// What makes the site.
    pub generator: Generator,
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
            generator,
            options,
            config,
            today,
            past,
        } = parts;
        let routes = Routes::new(generator, &documents, &files);
        let rendered = series::Rendered::of(&documents, generator);
        let outside = |document: &Document| standing_outside(document, rendered.holds(document));
        let standing = documents.iter().map(outside).collect();
        Archive {
            standing,
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
            let (Some(document), Some(standing)) =
                (self.documents.get(index), self.standing.get_mut(index))
            else {
                continue;
            };
            standing.collection = Some(number);
            standing.reason = group.reason.clone();
            standing.role = if group.is_series {
                Role::Note
            } else {
                Role::Page
            };
            if group.is_series {
                standing.claims = claims::all(document);
                standing.agreed = claims::most_agreed(&standing.claims);
            }
        }
        let numbers = || {
            group.documents.iter().filter_map(|&index| {
                let (standing, document) = (self.standing.get(index)?, self.documents.get(index)?);
                let said = standing.week()?;
                let date = standing.day(claims::written(document));
                Some((&said.claim, claims::year_of_folder(document), date))
            })
        };
        let numbering = group.is_series.then(|| {
            group
                .numbering
                .unwrap_or_else(|| Numbering::infer(numbers()))
        });
        let is_series = numbering.is_some();
        if numbering == Some(Numbering::IsoWeek) {
            self.find_years(&group.documents);
        }
        self.collections.push(Collection {
            name: group.name,
            folder: group.folder,
            numbering,
            timeline: self.timeline(&group.documents),
            documents: group
                .documents
                .iter()
                .map(|&index| document_id(index))
                .collect(),
            required_keys: group.required_keys,
            calendars: OnceLock::new(),
        });
        if is_series {
            self.find_contradictions(number, &group.documents);
        }
    }

    /// Finds the years of ISO weeks: a folder says the year for the names in it, and a date where nothing else does.
    fn find_years(&mut self, notes: &[usize]) {
        for &index in notes {
            let (Some(document), Some(standing)) =
                (self.documents.get(index), self.standing.get_mut(index))
            else {
                continue;
            };
            let folder = claims::year_of_folder(document);
            for said in &mut standing.claims {
                if said.whence == Whence::FileName && said.claim.year.is_none() {
                    said.claim.year = numbering::year_of_folder(&said.claim, folder);
                }
            }
            standing.agreed = claims::most_agreed(&standing.claims);
            standing.year = standing.week().and_then(|said| {
                numbering::year_of(&said.claim, folder, claims::written(document))
            });
        }
    }

    /// The notes in the order of the weeks that count for them.
    fn timeline(&self, notes: &[usize]) -> Timeline {
        let mut entries = Vec::new();
        for &index in notes {
            let (Some(standing), Some(document)) =
                (self.standing.get(index), self.documents.get(index))
            else {
                continue;
            };
            let Some(said) = standing.week() else {
                continue;
            };
            // A date in the future says nothing of the notes around.
            let date = claims::written(document).filter(|date| *date <= self.today);
            entries.extend(Ordinal::all(&said.claim, standing.year).map(|ordinal| {
                timeline::Entry {
                    ordinal,
                    date,
                    document: document_id(index),
                }
            }));
        }
        Timeline::new(entries)
    }

    /// Finds the notes of a series that name different weeks, and settles which one counts.
    fn find_contradictions(&mut self, collection: usize, notes: &[usize]) {
        let mut habits = Habits::default();
        for standing in notes.iter().filter_map(|&index| self.standing.get(index)) {
            habits.add(&standing.claims);
        }
        let mut found = Vec::new();
        for &index in notes {
            let Some(standing) = self.standing.get(index) else {
                continue;
            };
            let contradiction = contradiction::find(&standing.claims, &habits, |said| {
                self.circumstances(collection, document_id(index), said)
            });
            found.extend(contradiction.map(|contradiction| (index, contradiction)));
        }
        if found.is_empty() {
            return;
        }
        for (index, contradiction) in found {
            if let Some(standing) = self.standing.get_mut(index) {
                let weeks = |index: &usize| {
                    let said = standing.claims.get(*index);
                    said.map(|said| (said.claim.numbers.len(), std::cmp::Reverse(*index)))
                };
                standing.agreed = contradiction.right.iter().copied().max_by_key(weeks);
                standing.contradiction = Some(contradiction);
            }
        }
        let timeline = self.timeline(notes);
        if let Some(collection) = self.collections.get_mut(collection) {
            collection.timeline = timeline;
        }
    }

    /// What speaks for a claim of a note beside its other claims.
    fn circumstances(&self, collection: usize, id: DocumentId, said: &Said) -> Circumstances {
        let (Some(collection), Some(document)) =
            (self.collections.get(collection), self.document(id))
        else {
            return Circumstances::default();
        };
        let year = self.standing(id).and_then(|standing| standing.year);
        let place = Ordinal::all(&said.claim, year).last();
        let timeline = &collection.timeline;
        let fits = |date: Date| {
            let numbering = collection.numbering.as_ref();
            let days = numbering.and_then(|numbering| numbering.days(&said.claim, year));
            if let Some((first, last)) = days {
                let soon = last.saturating_add(jiff::Span::new().days(SOON_AFTER));
                return (first..=soon).contains(&date);
            }
            place.is_some_and(|place| {
                let before = timeline.before(place, id).next();
                let after = timeline.after(place, id).next();
                before.is_none_or(|(_, before)| before <= date)
                    && after.is_none_or(|(_, after)| date <= after)
                    && (before.is_some() || after.is_some())
            })
        };
        let repeats_the_name = |key: &str| {
            let text = document.metadata.text(key)?;
            let claim = crate::week::claim::of_stem(text)?;
            (text != document.stem()).then_some(claims::same_weeks(&claim, &said.claim, true)?)
        };
        Circumstances {
            dated: claims::written(document).is_some_and(fits),
            free: place.is_some_and(|place| timeline.is_free(place, id)),
            amid: place.is_some_and(|place| timeline.is_amid(place)),
            named_by_key: repeats_the_name("name") == Some(true),
        }
    }

    /// Looks up every internal link, to see whether the site's addresses are understood; which shapes of them are, is told
    /// from the links, or as it was `learnt`.
    pub(super) fn count_links(&mut self, learnt: Option<&Routes>) {
        let mut looked_up = look_links_up(&self.documents, self);
        if learnt.is_none() {
            let links = looked_up.iter().flatten();
            let named = |id: DocumentId| Some((id, self.documents.get(id.0 as usize)?));
            let links = links.filter(|(_, missing, to)| missing.is_some() || to.is_some());
            let links = links.map(|(destination, _, to)| (*destination, to.and_then(named)));
            self.routes.learn_titles(links);
            if self.routes.is_by_title() {
                looked_up = look_links_up(&self.documents, self);
            }
        }
        match learnt {
            Some(learnt) => self.routes.understand_as(learnt),
            None => {
                for (destination, missing, to) in looked_up.iter().flatten() {
                    let document = to.and_then(|to| self.documents.get(to.0 as usize));
                    self.routes.count(destination, missing.is_none(), document);
                }
            }
        }
        for (index, found) in looked_up.into_iter().enumerate() {
            for (destination, missing, to) in found {
                let misplaced = to.and_then(|to| self.meant_by_misplaced(to, destination));
                let is_understood = misplaced.is_some()
                    || missing.is_some() && self.routes.is_understood(destination);
                let missing =
                    missing.or(misplaced.map(|_| self.routes.path_of(destination).to_owned()));
                if self.routes.stops_build(destination) {
                    let is_counted = |address| self.missing.contains_key(address);
                    if !missing.as_ref().is_some_and(is_counted) {
                        self.stops.0 += 1;
                        self.stops.1 += usize::from(missing.is_some());
                    }
                } else if missing.is_none()
                    || !self.routes.is_certain(destination)
                        && (is_understood || self.routes.is_telling(destination))
                {
                    self.links.0 += 1;
                    self.links.1 += usize::from(missing.is_some());
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

/// An internal link: its destination, the address if that leads nowhere, and the document that it leads to.
type LookedUp<'d> = (&'d str, Option<String>, Option<DocumentId>);

/// Looks up the internal links of every page.
fn look_links_up<'d>(documents: &'d [Document], archive: &Archive) -> Vec<Vec<LookedUp<'d>>> {
    crate::parallel::map(documents, |index, document| {
        let id = document_id(index);
        let mut found = Vec::new();
        if archive.is_linted(id) {
            for destination in destinations(document).filter(|written| !written.is_plain()) {
                let destination = &**destination;
                // What has just broken says nothing of how addresses are made.
                if archive.broken(id, destination).is_some() {
                    continue;
                }
                match archive.look_up(id, destination) {
                    Target::Document(to, _) if to == id => {}
                    Target::Document(to, _) => found.push((destination, None, Some(to))),
                    Target::Served => found.push((destination, None, None)),
                    Target::Missing(address) => found.push((destination, Some(address), None)),
                    Target::External | Target::Unknown => {}
                }
            }
        }
        found
    })
}

/// How many days after its week a note is written as a rule, at most.
const SOON_AFTER: i64 = 6;

/// What a document is before the collections are known.
fn standing_outside(document: &Document, is_rendered: bool) -> Standing {
    let (role, reason) = match series::aside(document) {
        Some(reason) if series::is_template(document) => (Role::Template, reason),
        Some(reason) => (Role::Aside, reason),
        None if !is_rendered => (Role::Aside, "the site's generator makes no page of it"),
        None => (
            Role::Aside,
            "in no folder that holds a series, and without metadata such as the notes have",
        ),
    };
    Standing {
        role,
        reason: reason.to_owned(),
        ..Standing::default()
    }
}
