//! Where links lead: each destination of a page is looked up once, into a table that the rules read.
//!
//! What the links show of the site's addresses is learnt on the way: all are looked up first, and judged when it is known
//! which addresses are understood.

use super::paths::is_file_of_a_site;
use super::routes::{Evidence, Target};
use super::site::Generator;
use super::{Archive, document_id, hosts};
use crate::diagnostic::DocumentId;
use crate::document::{Definition, DefinitionStatus, Destination, Document, Link, LinkKind, mask};
use crate::parallel;
use std::collections::BTreeMap;

/// Where the links of an archive lead.
#[derive(Debug, Default)]
pub struct Links {
    /// By document, in the order of [`written`].
    targets: Vec<Vec<Target>>,
    /// How many internal links were looked up, and how many of them lead nowhere.
    pub all: (usize, usize),
    /// How many of these have an address of which nothing here tells what the site serves there.
    pub unchecked: usize,
    /// The same of those links of which each must lead somewhere, or the site is not built; each name once that leads
    /// nowhere.
    pub stops: (usize, usize),
    /// The internal addresses that lead nowhere, each with the documents that link to it.
    pub missing: BTreeMap<String, Vec<DocumentId>>,
}

/// A destination that was looked up.
struct Found<'d> {
    /// The destination; of one on the site's own host, its path.
    path: &'d str,
    target: Target,
    role: Role,
}

/// What a destination tells of the site's addresses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    /// It has broken since an earlier state.
    Broken,
    /// It leads to another site, to its own page, or is not known, or it stands where it is no link.
    Other,
    /// It leads nowhere because it is malformed.
    Malformed,
    /// It leads to a page, or should.
    Internal,
}

impl Archive {
    /// Looks every link up, and learns which addresses of the site are understood, if that was not `learnt`.
    pub(super) fn look_links_up(&mut self, learnt: Option<&Evidence>) {
        if let Some(learnt) = learnt {
            self.routes.learnt = learnt.clone();
        }
        let mut found = look_up_all(&self.documents, self);
        if learnt.is_none() {
            let internal = |one: &&Found<'_>| one.role >= Role::Malformed;
            let links = found.iter().flatten().filter(internal);
            let links = links.map(|one| (one.path, &one.target));
            if self.routes.learn(links, &self.documents) {
                found = look_up_all(&self.documents, self);
            }
            self.routes.learnt.are_all_known = self.are_addresses_known();
            let internal = |one: &&Found<'_>| one.role == Role::Internal;
            for one in found.iter().flatten().filter(internal) {
                self.routes.count((one.path, &one.target), &self.documents);
            }
        }
        let judged = parallel::map(&found, |index, found| {
            let judged = |one: &Found<'_>| match one.role {
                Role::Broken => one.target.clone(),
                _ => self.judged(document_id(index), one.path, one.target.clone()),
            };
            found.iter().map(judged).collect()
        });
        let mut links = Links::default();
        for (index, (found, judged)) in found.iter().zip(&judged).enumerate() {
            let both = found.iter().zip(judged);
            for (one, target) in both.filter(|(one, _)| one.role >= Role::Malformed) {
                self.count_link(document_id(index), one, target, &mut links);
            }
        }
        links.targets = judged;
        self.links = links;
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

    /// Counts an internal link, and notes its address if that leads nowhere.
    fn count_link(&self, from: DocumentId, found: &Found<'_>, target: &Target, links: &mut Links) {
        let address = match target {
            Target::Missing(address) => Some(address),
            _ => None,
        };
        let was_missing = matches!(found.target, Target::Missing(_));
        let missing = usize::from(was_missing || address.is_some());
        if self.routes.stops_build(found.path) {
            if !address.is_some_and(|address| links.missing.contains_key(address)) {
                links.stops.0 += 1;
                links.stops.1 += missing;
            }
        } else if found.role == Role::Internal {
            links.all.0 += 1;
            links.all.1 += missing;
            let is_unchecked =
                was_missing && address.is_none() && self.routes.is_telling(found.path);
            links.unchecked += usize::from(is_unchecked);
        }
        if let Some(address) = address {
            let documents = links.missing.entry(address.clone()).or_default();
            if documents.last() != Some(&from) {
                documents.push(from);
            }
        }
    }

    /// Where the destinations of a document lead, in the order of [`written`]; none of what is neither page nor note.
    pub fn targets(&self, id: DocumentId) -> &[Target] {
        let targets = self.links.targets.get(id.0 as usize);
        targets.map_or(&[], Vec::as_slice)
    }

    /// Where a destination in a document leads.
    pub fn resolve(&self, from: DocumentId, destination: &str) -> Target {
        match self.broken(from, destination) {
            Some(broken) => Target::Missing(broken.address),
            None => self.judged(from, destination, self.look_up(from, destination)),
        }
    }

    /// What `destination` leads to, which was looked up, when it is known which addresses are understood.
    fn judged(&self, from: DocumentId, destination: &str, target: Target) -> Target {
        match target {
            Target::Missing(_) if !self.is_understood(from, destination) => Target::Unknown,
            Target::Document(to) if self.meant_by_misplaced(to, destination).is_some() => {
                Target::Missing(self.routes.path_of(destination).to_owned())
            }
            target => target,
        }
    }

    /// [`Archive::resolve`], before it is known which addresses are understood.
    pub(crate) fn look_up(&self, from: DocumentId, destination: &str) -> Target {
        let Some(document) = self.document(from) else {
            return Target::Unknown;
        };
        let found = self
            .routes
            .look_up(from, document, destination, &self.config);
        match found {
            Target::Missing(_) | Target::Unknown if self.generator == Generator::Obsidian => {
                self.look_up_in_vault(destination).unwrap_or(found)
            }
            found => found,
        }
    }

    /// Whether a destination that leads to no page is surely wrong.
    fn is_understood(&self, from: DocumentId, destination: &str) -> bool {
        let is_beside = |from| self.routes.beside(from, destination).is_some();
        self.routes.is_understood(destination) || self.document(from).is_some_and(is_beside)
    }

    /// The address that was meant by a destination which names a document by its last part, in folders that are a slip.
    pub fn meant_by_misplaced(&self, to: DocumentId, destination: &str) -> Option<String> {
        self.routes.meant_folders(destination, self.document(to)?)
    }

    /// The path of an absolute address on one of the site's own hosts.
    pub fn own_path<'d>(&self, destination: &'d str) -> Option<&'d str> {
        if self.own_hosts().is_empty() {
            return None;
        }
        let (host, path) = hosts::host_and_path(destination)?;
        (self.is_own_host(host) && self.routes.permalinks.holds(path)).then_some(path)
    }

    /// Whether links that lead nowhere or the site is not built are mistakes: most lead somewhere, or they are few.
    pub fn understands_stops(&self) -> bool {
        let (all, missing) = self.links.stops;
        missing <= 3 || missing * 2 <= all
    }
}

/// Looks up the destinations of every page.
fn look_up_all<'d>(documents: &'d [Document], archive: &Archive) -> Vec<Vec<Found<'d>>> {
    parallel::map(documents, |index, document| {
        let id = document_id(index);
        let linted = written(document).filter(|_| archive.is_linted(id));
        let found = linted.map(|holder| {
            let destination = holder.destination();
            let path = archive.own_path(destination);
            if path.is_none() && destination.is_plain() {
                return (Role::Other, &**destination, Target::External);
            }
            let path = path.unwrap_or(destination);
            if let Some(broken) = archive.broken(id, path) {
                return (Role::Broken, path, Target::Missing(broken.address));
            }
            let target = archive.look_up(id, path);
            let role = match target {
                _ if !holder.leads() => Role::Other,
                Target::Missing(_) if is_malformed(path) => Role::Malformed,
                Target::Missing(_) | Target::Served => Role::Internal,
                Target::Document(to) if to != id => Role::Internal,
                _ => Role::Other,
            };
            (role, path, target)
        });
        let found = found.map(|(role, path, target)| Found { path, target, role });
        found.collect()
    })
}

/// Whether a destination leads nowhere because it is malformed, which says nothing of the site's addresses: it is no path,
/// but a host without a scheme, or Markdown that was not closed.
fn is_malformed(destination: &str) -> bool {
    const NEVER: [char; 9] = ['[', ']', '(', ')', '<', '>', '"', ' ', '\\'];
    let is_host = || {
        let first = destination.split('/').next().unwrap_or("");
        first.contains('.')
            && !first.starts_with('.')
            && !is_file_of_a_site(destination)
            && Destination::from(&*format!("https://{destination}")).is_plain()
    };
    !mask::holds_tag(destination)
        && (destination.contains(NEVER) || destination.contains("//") || is_host())
}

/// What holds a destination.
#[derive(Debug, Clone, Copy)]
pub enum Holder<'d> {
    /// An inline link, an autolink or a link of HTML.
    Link(&'d Link),
    /// A definition, with its index.
    Definition(u32, &'d Definition),
}

impl<'d> Holder<'d> {
    /// The destination.
    pub fn destination(self) -> &'d Destination {
        match self {
            Holder::Link(link) => &link.destination,
            Holder::Definition(_, definition) => &definition.destination,
        }
    }

    /// Whether it leads a reader there, and not by an address that stands in the text as it is.
    fn leads(&self) -> bool {
        match self {
            Holder::Link(link) => link.kind != LinkKind::Autolink && link.unlinked.is_none(),
            Holder::Definition(..) => true,
        }
    }
}

/// What holds the destinations of a document: its links, then its definitions.
pub fn written(document: &Document) -> impl Iterator<Item = Holder<'_>> {
    use LinkKind::{Autolink, Html, Inline};
    let links = document.links.iter();
    let links = links.filter(|link| matches!(link.kind, Inline | Autolink | Html));
    let defined = (0u32..).zip(&document.definitions);
    let defined = defined.filter(|(_, one)| one.status == DefinitionStatus::Defined);
    let defined = defined.map(|(index, one)| Holder::Definition(index, one));
    links.map(Holder::Link).chain(defined)
}

/// The destinations of a document that lead a reader there.
pub fn destinations(document: &Document) -> impl Iterator<Item = &Destination> {
    let leading = written(document).filter(Holder::leads);
    leading.map(Holder::destination)
}
