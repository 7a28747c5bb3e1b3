//! The archive: all documents of a repository, what each of them is, and what they have in common. It is built once and
//! read by the rules.

pub mod address_keys;
pub mod addresses;
mod build;
pub mod calendar;
mod changed;
pub mod claims;
mod earlier;
mod folders;
pub mod given;
pub mod hosts;
mod index;
mod labels;
pub mod laws;
pub mod links;
mod numbering;
pub mod parts;
pub mod past;
pub mod paths;
pub mod permalinks;
pub mod readdressed;
pub(crate) mod recognition;
pub mod routes;
pub(crate) mod series;
pub mod site;
pub mod vault;

use crate::config::Config;
use crate::diagnostic::{DocumentId, Place};
use crate::discover::LeftOut;
use crate::document::{Dialect, Document, ParseOptions};
use crate::hash::{Counts, QuickSet};
use crate::source::{Span, Text};
use crate::week::calendar::day_number;
use crate::week::{Claim, DayOfYear};
pub use build::Parts;
use jiff::ToSpan;
use jiff::civil::Date;
use links::{Links, LookedUp};
pub use numbering::Numbering;
pub use recognition::Guess;
use routes::Routes;
pub use series::content_name;
use site::Generator;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// A page that belongs to a series and reports a week.
    Note,
    /// Another page of the site.
    Page,
    /// A file that the notes are made from.
    Template,
    /// Neither: a link's target at most.
    #[default]
    Aside,
}

/// What is known of a document beyond its text.
#[derive(Debug, Default)]
pub struct Profile {
    /// What it is.
    pub role: Role,
    /// Its collection, for notes and pages: an index in [`Archive::collections`].
    pub collection: Option<usize>,
    /// Why it was taken for that.
    pub reason: String,
    /// What it says of its week, for notes.
    pub claims: Vec<Claim>,
    /// Which of the claims counts.
    agreed: Option<usize>,
    /// The year of its week, of a series of ISO weeks, where the claim leaves it out.
    pub year: Option<i16>,
}

impl Profile {
    /// The claim that counts for the note.
    pub fn week(&self) -> Option<&Claim> {
        self.claims.get(self.agreed?)
    }

    /// A day of its week: the middle of the week that one of its places gives by its first and last day, or the day it was
    /// written, or the one that a place gives with its year.
    fn day(&self, written: Option<Date>) -> Option<Date> {
        let dates = || self.claims.iter().filter_map(|claim| claim.dates);
        let first = |(first, _): (DayOfYear, DayOfYear)| match written {
            Some(date) => first.near(date),
            None => first.in_year(first.year?),
        };
        let middle = |range: (DayOfYear, DayOfYear)| {
            let first = first(range)?;
            let days = day_number(range.1.near(first)?) - day_number(first);
            (4..=6)
                .contains(&days)
                .then(|| first.saturating_add(3.days()))
        };
        let stated = dates().find_map(middle);
        stated.or(written).or_else(|| dates().find_map(first))
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
    /// Keys that the configuration requires.
    pub required_keys: Vec<String>,
}

impl Collection {
    /// Whether this is a series of notes.
    pub fn is_series(&self) -> bool {
        self.numbering.is_some()
    }

    /// What people are shown as its name.
    pub fn title(&self) -> &str {
        match self.name.as_str() {
            "" => "the root",
            name => name,
        }
    }
}

/// A repository, read.
#[derive(Debug, Default)]
pub struct Archive {
    /// Every Markdown file, by path.
    pub documents: Vec<Document>,
    /// What each of them is.
    pub profiles: Vec<Profile>,
    /// The series and the folders of pages.
    pub collections: Vec<Collection>,
    /// What makes the site.
    pub generator: Generator,
    /// Which Markdown it reads.
    pub dialect: Dialect,
    /// How its files are read.
    pub parse_options: ParseOptions,
    /// The addresses of the site.
    pub routes: Routes,
    /// Where links lead.
    pub links: Links,
    /// Where there is no series: the files that may be one.
    pub guess: Option<Guess>,
    /// The configuration.
    pub config: Config,
    /// The day that counts as today.
    pub today: Date,
    /// All files that are no Markdown, by path.
    pub other_files: Vec<String>,
    /// Earlier states that the archive is held against.
    pub past: Vec<past::Past>,
    /// What was not looked at.
    pub left_out: LeftOut,
    derived: Derived,
}

/// What is derived from the documents when a rule first asks.
#[derive(Debug, Default)]
struct Derived {
    labels: labels::Labels,
    hosts: OnceLock<hosts::Hosts>,
    odd_endings: OnceLock<Counts>,
    parts_of_paths: OnceLock<QuickSet<Text>>,
    own_hosts: OnceLock<BTreeSet<String>>,
    address_keys: OnceLock<QuickSet<Text>>,
    follows_bare_names: OnceLock<bool>,
    vault: vault::Vault,
    laws: OnceLock<laws::Laws>,
}

impl Archive {
    /// What nearly all notes keep, and which do not; learnt when it is first asked for.
    pub fn laws(&self) -> &laws::Laws {
        self.derived.laws.get_or_init(|| laws::Laws::of(self, None))
    }

    /// The sites that the archive links to; counted when they are first asked for.
    pub fn hosts(&self) -> &hosts::Hosts {
        self.derived.hosts.get_or_init(|| hosts::Hosts::of(self))
    }

    /// How often the archive links to this very address, which ends with punctuation.
    pub fn with_odd_ending(&self, address: &str) -> usize {
        let counts = &self.derived.odd_endings;
        let counts = counts.get_or_init(|| hosts::odd_endings(self));
        counts.get(address).copied().unwrap_or(0)
    }

    /// The site's own hosts, without `www.`, lower-case: configured, or learnt from the links.
    pub fn own_hosts(&self) -> &BTreeSet<String> {
        self.derived.own_hosts.get_or_init(|| hosts::own(self))
    }

    /// Whether destinations that are a word alone lead to pages: one does, or a wiki finds pages by their names.
    pub fn follows_bare_names(&self) -> bool {
        *self.derived.follows_bare_names.get_or_init(|| {
            let is_by_name = self.routes.is_flat() || self.generator == Generator::Obsidian;
            let mut linted = self.linted();
            let is_followed = |one: LookedUp<'_>| {
                one.holder.leads()
                    && is_bare_name(one.holder.destination())
                    && one.target.is_there()
            };
            is_by_name || linted.any(|(id, _)| self.looked_up(id).any(is_followed))
        })
    }

    /// The keys of the metadata at which nearly all pages hold an address.
    pub fn address_keys(&self) -> &QuickSet<Text> {
        let keys = &self.derived.address_keys;
        keys.get_or_init(|| address_keys::of(self))
    }

    /// Whether a host, without `www.`, is one of the site's own.
    pub fn is_own_host(&self, host: &str) -> bool {
        let mut hosts = self.own_hosts().iter();
        hosts.any(|own| own.eq_ignore_ascii_case(host))
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
    pub fn profile(&self, id: DocumentId) -> Option<&Profile> {
        self.profiles.get(id.0 as usize)
    }

    /// Whether the document is a page or a note, so that rules look at it.
    pub fn is_linted(&self, id: DocumentId) -> bool {
        self.profile(id)
            .is_some_and(|profile| matches!(profile.role, Role::Note | Role::Page))
    }

    /// Whether a series can take the document in: it is neither a template nor about the repository.
    pub fn can_be_a_note(&self, id: DocumentId) -> bool {
        self.document(id)
            .is_some_and(|document| series::aside(document).is_none())
    }

    /// Whether the document is a note of a series.
    pub fn is_note(&self, id: DocumentId) -> bool {
        self.profile(id)
            .is_some_and(|profile| profile.role == Role::Note)
    }

    /// The collection that the document belongs to.
    pub fn collection(&self, id: DocumentId) -> Option<&Collection> {
        self.collections.get(self.profile(id)?.collection?)
    }

    /// Whether a file or a folder above it has this name, extension included.
    pub fn has_part_of_path(&self, name: &str) -> bool {
        let parts = self.derived.parts_of_paths.get_or_init(|| {
            let documents = self.documents.iter().map(|document| &*document.path);
            let paths = documents.chain(self.other_files.iter().map(String::as_str));
            let parts = paths.flat_map(|path| path.split('/'));
            parts.map(Text::from).collect()
        });
        parts.contains(name)
    }

    /// The documents with their ids.
    pub fn all(&self) -> impl Iterator<Item = (DocumentId, &Document)> {
        let all = self.documents.iter().enumerate();
        all.map(|(index, document)| (document_id(index), document))
    }

    /// The series of weekly notes.
    pub fn series(&self) -> impl Iterator<Item = &Collection> {
        self.collections.iter().filter(|one| one.is_series())
    }

    /// The documents of a collection.
    pub fn members(
        &self,
        of: &Collection,
    ) -> impl Iterator<Item = (DocumentId, &Document)> + Clone {
        let ids = of.documents.iter();
        ids.filter_map(|id| Some((*id, self.document(*id)?)))
    }

    /// The pages and notes, with their ids.
    pub fn linted(&self) -> impl Iterator<Item = (DocumentId, &Document)> {
        self.all().filter(|(id, _)| self.is_linted(*id))
    }

    /// The templates that notes are made from.
    pub fn templates(&self) -> impl Iterator<Item = &Document> {
        let all = self.documents.iter().zip(&self.profiles);
        let templates = all.filter(|(_, profile)| profile.role == Role::Template);
        templates.map(|(document, _)| document)
    }

    /// What a note says of its week.
    pub fn claim(&self, id: DocumentId) -> Option<&Claim> {
        self.profile(id)?.week()
    }

    /// A day of a note's week: the middle of the days that it gives, or the day it was written.
    pub fn day_of(&self, id: DocumentId) -> Option<Date> {
        let written = claims::written(self.document(id)?);
        self.profile(id)?.day(written)
    }

    /// The first and the last day of the weeks that a note covers, where its numbering ties numbers to days.
    pub fn days_of(&self, id: DocumentId) -> Option<(Date, Date)> {
        let numbering = self.collection(id)?.numbering.as_ref()?;
        numbering.days(self.claim(id)?, self.profile(id)?.year)
    }
}

/// Whether a destination is a word alone: no path, no fragment, no file.
pub fn is_bare_name(destination: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    // `[x](y)` stands for any link.
    destination.len() > 2
        && destination.contains(char::is_alphabetic)
        && destination.chars().all(fits)
}

fn document_id(index: usize) -> DocumentId {
    DocumentId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// The place of a document's name.
pub fn name_of(document: DocumentId) -> Place {
    document.at(Span::at(0))
}
