//! The archive: all documents of a repository, what each of them is, and what they have in common. It is built once and
//! read by the rules.

pub mod addresses;
mod authors;
pub mod claims;
pub mod contradiction;
pub mod conventions;
mod earlier;
pub mod given;
pub mod hosts;
mod labels;
pub mod misnamed;
mod named;
mod numbering;
pub mod routes;
pub(crate) mod series;
pub mod site;
pub mod timeline;
pub mod vault;

use crate::config::Config;
use crate::diagnostic::{DocumentId, Place};
use crate::discover::Files;
use crate::document::{Destination, Dialect, Document};
use crate::hash::{Counts, QuickSet};
use crate::source::{Span, Text};
use crate::week::DateRange;
use crate::week::calendar::day_number;
pub use authors::{AUTHOR_KEYS, Authors};
use claims::{Said, Whence};
use contradiction::{Circumstances, Contradiction, Habits};
use conventions::Conventions;
use jiff::ToSpan;
use jiff::civil::Date;
pub use numbering::Numbering;
use routes::{Routes, Target};
pub use series::telling_name;
use site::Generator;
use std::collections::BTreeMap;
use timeline::{Ordinal, Timeline};

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A page that belongs to a series and reports a week.
    Note,
    /// Another page of the site.
    Page,
    /// A file that the notes are made from.
    Template,
    /// Neither: a link's target at most.
    Aside,
}

/// What is known of a document beyond its text.
#[derive(Debug)]
pub struct Standing {
    /// What it is.
    pub role: Role,
    /// Its collection, for notes and pages: an index in [`Archive::collections`].
    pub collection: Option<usize>,
    /// Why it was taken for that.
    pub reason: String,
    /// What it says of its week, for notes.
    pub claims: Vec<Said>,
    /// The claim that counts, the one that most of the others agree with: an index in `claims`.
    pub agreed: Option<usize>,
    /// The year of its week, of a series of ISO weeks, where the claim leaves it out.
    pub year: Option<i16>,
    /// Which of the claims cannot be right, if they contradict each other.
    pub contradiction: Option<Contradiction>,
}

impl Standing {
    /// The claim that counts for the note.
    pub fn week(&self) -> Option<&Said> {
        self.claims.get(self.agreed?)
    }

    /// A day of its week: the middle of the week that one of its places gives by its first and last day, or the day it was
    /// written, or the one that a place gives with its year.
    fn day(&self, written: Option<Date>) -> Option<Date> {
        let dates = || self.claims.iter().filter_map(|said| said.claim.dates);
        let first = |range: DateRange| match (range.first.year, written) {
            (Some(year), _) => range.first.in_year(year),
            (None, Some(date)) => range.first.near(date),
            (None, None) => None,
        };
        let middle = |range: DateRange| {
            let first = first(range)?;
            let days = day_number(range.last.near(first)?) - day_number(first);
            (4..=6)
                .contains(&days)
                .then(|| first.saturating_add(3.days()))
        };
        let stated = dates().find_map(middle);
        stated.or(written).or_else(|| dates().find_map(first))
    }

    /// The claim of a place.
    pub fn said(&self, whence: Whence) -> Option<&Said> {
        self.claims.iter().find(|said| said.whence == whence)
    }
}

/// Documents that are kept alike: a series of notes, or the other pages of a folder.
#[derive(Debug)]
pub struct Collection {
    /// The configured name, or the folder with what sets its files apart.
    pub name: String,
    /// The folder, without years and months at its end.
    pub folder: String,
    /// How its notes are numbered; `None` where it is no series.
    pub numbering: Option<Numbering>,
    /// Its documents, by path.
    pub documents: Vec<DocumentId>,
    /// Its notes in the order of their weeks.
    pub timeline: Timeline,
    /// What they have in common.
    pub conventions: Conventions,
    /// Keys that the configuration requires.
    pub required_keys: Vec<String>,
}

impl Collection {
    /// Whether this is a series of notes.
    pub fn is_series(&self) -> bool {
        self.numbering.is_some()
    }
}

/// A repository, read.
#[derive(Debug)]
pub struct Archive {
    /// Every Markdown file, by path.
    pub documents: Vec<Document>,
    /// What each of them is.
    pub standing: Vec<Standing>,
    /// The series and the folders of pages.
    pub collections: Vec<Collection>,
    /// What all notes and pages have in common.
    pub conventions: Conventions,
    /// Who the authors are, once a rule has asked.
    authors: std::sync::OnceLock<Authors>,
    /// What makes the site.
    pub generator: Generator,
    /// Which Markdown it reads.
    pub dialect: Dialect,
    /// The addresses of the site.
    pub routes: Routes,
    /// How many internal links were looked up, and how many of them lead nowhere.
    pub links: (usize, usize),
    /// The same of those links of which each must lead somewhere, or the site is not built; each name once that leads
    /// nowhere.
    pub stops: (usize, usize),
    /// The internal addresses that lead nowhere, each with the documents that link to it.
    pub missing: BTreeMap<String, Vec<DocumentId>>,
    with_missing: QuickSet<DocumentId>,
    /// The configuration.
    pub config: Config,
    /// The day that counts as today.
    pub today: Date,
    /// All files that are no Markdown, by path.
    pub other_files: Vec<String>,
    labels: labels::Labels,
    hosts: std::sync::OnceLock<hosts::Hosts>,
    odd_endings: std::sync::OnceLock<Counts>,
    frequent_keys: std::sync::OnceLock<Vec<Text>>,
    file_names: std::sync::OnceLock<QuickSet<Text>>,
    own_hosts: std::sync::OnceLock<Vec<String>>,
    vault: vault::Vault,
    misnamed: std::sync::OnceLock<Vec<misnamed::Misnamed>>,
}

impl Archive {
    /// Builds the archive of `documents`, sorted by path.
    pub fn new(
        documents: Vec<Document>,
        files: Files,
        generator: Generator,
        dialect: Dialect,
        config: Config,
        today: Date,
    ) -> Self {
        let mut archive = Self::unsorted(documents, files, generator, dialect, config, today);
        archive.collect();
        for collection in &archive.collections {
            archive.conventions.merge(&collection.conventions);
        }
        archive.count_links(None);
        archive
    }

    /// The archive of `documents` before the collections are known.
    fn unsorted(
        documents: Vec<Document>,
        files: Files,
        generator: Generator,
        dialect: Dialect,
        config: Config,
        today: Date,
    ) -> Self {
        let routes = Routes::new(generator, &documents, &files);
        Archive {
            standing: documents.iter().map(standing_outside).collect(),
            documents,
            collections: Vec::new(),
            conventions: Conventions::default(),
            authors: std::sync::OnceLock::new(),
            generator,
            dialect,
            routes,
            links: (0, 0),
            stops: (0, 0),
            missing: BTreeMap::new(),
            with_missing: QuickSet::default(),
            config,
            today,
            other_files: files.others,
            labels: labels::Labels::default(),
            hosts: std::sync::OnceLock::new(),
            odd_endings: std::sync::OnceLock::new(),
            frequent_keys: std::sync::OnceLock::new(),
            file_names: std::sync::OnceLock::new(),
            own_hosts: std::sync::OnceLock::new(),
            vault: vault::Vault::default(),
            misnamed: std::sync::OnceLock::new(),
        }
    }

    /// Finds the collections and what their documents say of their weeks.
    fn collect(&mut self) {
        let groups = series::group(&self.documents, &self.config);
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
        let usual = self.usual_format(&groups);
        for mut group in groups {
            if !group.is_series {
                let of_the_site = in_series_folder(&group.folder);
                group.documents.retain(|&index| {
                    let format = self
                        .documents
                        .get(index)
                        .and_then(|document| document.metadata.format);
                    of_the_site || format.is_some() && format == usual
                });
            }
            if !group.documents.is_empty() {
                self.add(group);
            }
        }
    }

    /// The form of metadata that most notes have.
    fn usual_format(&self, groups: &[series::Group]) -> Option<crate::document::metadata::Format> {
        let mut counts = BTreeMap::new();
        for index in groups
            .iter()
            .filter(|group| group.is_series)
            .flat_map(|group| &group.documents)
        {
            if let Some(format) = self
                .documents
                .get(*index)
                .and_then(|document| document.metadata.format)
            {
                *counts.entry(format).or_insert(0) += 1;
            }
        }
        counts
            .into_iter()
            .max_by_key(|(_, count)| *count)
            .map(|(format, _)| format)
    }

    fn add(&mut self, group: series::Group) {
        let number = self.collections.len();
        let mut conventions = Conventions::default();
        for &index in &group.documents {
            let (Some(document), Some(standing)) =
                (self.documents.get(index), self.standing.get_mut(index))
            else {
                continue;
            };
            conventions.add(document);
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
            conventions,
            required_keys: group.required_keys,
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
            let text = document
                .metadata
                .get(key)
                .and_then(|entry| entry.as_str())?;
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
    fn count_links(&mut self, learnt: Option<&Routes>) {
        let looked_up = crate::parallel::map(&self.documents, |index, document| {
            let id = document_id(index);
            let mut found = Vec::new();
            if self.is_linted(id) {
                for destination in destinations(document).filter(|written| !written.is_plain()) {
                    let destination = &**destination;
                    match self.routes.look_up(id, document, destination, &self.config) {
                        Target::Document(to, _) if to == id => {}
                        Target::Document(..) | Target::Served => found.push((destination, None)),
                        Target::Missing(address) => found.push((destination, Some(address))),
                        Target::External | Target::Unknown => {}
                    }
                }
            }
            found
        });
        match learnt {
            Some(learnt) => self.routes.understand_as(learnt),
            None => {
                for (destination, missing) in looked_up.iter().flatten() {
                    self.routes.count(destination, missing.is_none());
                }
            }
        }
        for (index, found) in looked_up.into_iter().enumerate() {
            for (destination, missing) in found {
                let is_understood = self.routes.is_understood(destination);
                if self.routes.stops_build(destination) {
                    let is_counted = |address| self.missing.contains_key(address);
                    if !missing.as_ref().is_some_and(is_counted) {
                        self.stops.0 += 1;
                        self.stops.1 += usize::from(missing.is_some());
                    }
                } else if missing.is_none() || is_understood || self.routes.is_telling(destination)
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

    /// The sites that the archive links to; counted when they are first asked for.
    pub fn hosts(&self) -> &hosts::Hosts {
        self.hosts.get_or_init(|| hosts::Hosts::of(self))
    }

    /// How often the archive links to this very address, which ends with a full stop or a comma.
    pub fn with_odd_ending(&self, address: &str) -> usize {
        let counts = self.odd_endings.get_or_init(|| hosts::odd_endings(self));
        counts.get(address).copied().unwrap_or(0)
    }

    /// The site's own hosts, without `www.`, lower-case: configured, or learnt from the links.
    pub fn own_hosts(&self) -> &[String] {
        self.own_hosts.get_or_init(|| hosts::own(self))
    }

    /// The path of an absolute address on one of the site's own hosts.
    pub fn own_path<'d>(&self, destination: &'d str) -> Option<&'d str> {
        let (host, path) = hosts::host_and_path(destination)?;
        self.own_hosts()
            .iter()
            .any(|own| own.eq_ignore_ascii_case(host))
            .then_some(path)
    }

    /// Whether a document links to an internal address, written without a host, that leads nowhere.
    pub fn has_missing(&self, id: DocumentId) -> bool {
        self.with_missing.contains(&id)
    }

    /// Whether the site's addresses are understood: at least nine in ten internal links lead somewhere.
    pub fn understands_links(&self) -> bool {
        let (all, missing) = self.links;
        missing * 10 <= all
    }

    /// Whether links that lead nowhere or the site is not built are mistakes: most lead somewhere, or they are few.
    pub fn understands_stops(&self) -> bool {
        let (all, missing) = self.stops;
        missing <= 3 || missing * 2 <= all
    }

    /// The document of an id.
    pub fn document(&self, id: DocumentId) -> Option<&Document> {
        self.documents.get(id.0 as usize)
    }

    /// The document at a path relative to the root, with `/`.
    pub fn find(&self, path: &str) -> Option<DocumentId> {
        let found = self
            .documents
            .binary_search_by(|document| (*document.path).cmp(path));
        found.ok().map(document_id)
    }

    /// What is known of a document.
    pub fn standing(&self, id: DocumentId) -> Option<&Standing> {
        self.standing.get(id.0 as usize)
    }

    /// Whether the document is a page or a note, so that rules look at it.
    pub fn is_linted(&self, id: DocumentId) -> bool {
        self.standing(id)
            .is_some_and(|standing| matches!(standing.role, Role::Note | Role::Page))
    }

    /// Whether a series can take the document in: it is neither a template nor about the repository.
    pub fn can_be_a_note(&self, id: DocumentId) -> bool {
        self.document(id)
            .is_some_and(|document| series::aside(document).is_none())
    }

    /// Whether the document is a note of a series.
    pub fn is_note(&self, id: DocumentId) -> bool {
        self.standing(id)
            .is_some_and(|standing| standing.role == Role::Note)
    }

    /// The collection that the document belongs to.
    pub fn collection(&self, id: DocumentId) -> Option<&Collection> {
        self.collections.get(self.standing(id)?.collection?)
    }

    /// Where a destination in a document leads.
    pub fn resolve<'d>(&self, from: DocumentId, destination: &'d str) -> Target<'d> {
        match self.document(from) {
            Some(document) => self
                .routes
                .resolve(from, document, destination, &self.config),
            None => Target::Unknown,
        }
    }

    /// Whether a document or its folder has this name: the file's stem, with or without the date at its beginning.
    pub fn has_file_named(&self, name: &str) -> bool {
        let names = self.file_names.get_or_init(|| {
            let named = |document: &Document| {
                let stem = document.stem();
                let dated = claims::date_in_name(document).is_some();
                let undated = stem.get("2024-01-01-".len()..).filter(|_| dated);
                let folder = document.folder().rsplit('/').next();
                [Some(stem), undated, folder].map(|name| name.map(Text::from))
            };
            self.documents.iter().flat_map(named).flatten().collect()
        });
        names.contains(name)
    }

    /// The documents with their ids.
    pub fn all(&self) -> impl Iterator<Item = (DocumentId, &Document)> {
        self.documents
            .iter()
            .enumerate()
            .map(|(index, document)| (document_id(index), document))
    }

    /// The keys that enough files have to say how they are spelt.
    pub fn frequent_keys(&self) -> &[Text] {
        self.frequent_keys.get_or_init(|| {
            let keys = self.conventions.keys.iter();
            keys.filter(|(_, facts)| facts.files >= conventions::ENOUGH)
                .map(|(key, _)| key.clone())
                .collect()
        })
    }

    /// Who the authors of the notes and pages are.
    pub fn authors(&self) -> &Authors {
        self.authors.get_or_init(|| Authors::of(self))
    }

    /// The templates that notes are made from.
    pub fn templates(&self) -> impl Iterator<Item = &Document> {
        self.documents
            .iter()
            .zip(&self.standing)
            .filter(|(_, standing)| standing.role == Role::Template)
            .map(|(document, _)| document)
    }

    /// The first and the last day of the weeks that a note covers, where its numbering ties numbers to days.
    pub fn days_of(&self, id: DocumentId) -> Option<(Date, Date)> {
        let standing = self.standing(id)?;
        let numbering = self.collection(id)?.numbering.as_ref()?;
        numbering.days(&standing.week()?.claim, standing.year)
    }
}

/// All destinations of a document: of its inline links and of its definitions.
pub fn destinations(document: &Document) -> impl Iterator<Item = &Destination> {
    use crate::document::{DefinitionStatus, LinkKind};
    let inline = document.links.iter().filter(|link| {
        matches!(link.kind, LinkKind::Inline | LinkKind::Html) && link.unlinked.is_none()
    });
    let defined = document
        .definitions
        .iter()
        .filter(|definition| definition.status == DefinitionStatus::Defined);
    inline
        .map(|link| &link.destination)
        .chain(defined.map(|definition| &definition.destination))
}

/// How many days after its week a note is written as a rule, at most.
const SOON_AFTER: i64 = 6;

fn document_id(index: usize) -> DocumentId {
    DocumentId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// What a document is before the collections are known.
fn standing_outside(document: &Document) -> Standing {
    let (role, reason) = match series::aside(document) {
        Some(reason) if series::is_template(document) => (Role::Template, reason),
        Some(reason) => (Role::Aside, reason),
        None => (
            Role::Aside,
            "in no folder that holds a series, and without metadata such as the notes have",
        ),
    };
    Standing {
        role,
        collection: None,
        reason: reason.to_owned(),
        claims: Vec::new(),
        agreed: None,
        year: None,
        contradiction: None,
    }
}

/// The place of a document's name.
pub fn name_of(document: DocumentId) -> Place {
    Place {
        document,
        span: Span::at(0),
    }
}
