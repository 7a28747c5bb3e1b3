//! Where links lead: each destination of a page is looked up once, into a table that the rules read.
//!
//! On the way, we learn what the links show of the site's addresses: we first look all of them up, and judge them when
//! we know which addresses the site uses.

use super::paths::{is_asset, is_file_of_a_site};
use super::routes::{Evidence, Seen, Target};
use super::site::Generator;
use super::{Archive, document_id, hosts};
use crate::diagnostic::DocumentId;
use crate::document::{Definition, DefinitionStatus, Destination, Document, Link, LinkKind, mask};
use crate::hash::QuickMap;
use crate::parallel;
use std::collections::BTreeMap;

/// Where the links of an archive lead.
#[derive(Debug, Default)]
pub struct Links {
    /// By document: its destinations, but for plain links to other sites, in the order of [`written`].
    uses: Vec<Vec<Use>>,
    /// Where they lead; each once, wherever it stands.
    targets: Vec<Target>,
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

/// Where a destination is written in a document.
#[derive(Debug, Clone, Copy)]
struct Use {
    /// The index of the link or the definition that holds it.
    holder: u32,
    is_defined: bool,
    /// See [`Holder::leads`].
    leads: bool,
    /// Whether template tags stand in it.
    holds_tag: bool,
    /// Its index among those that were looked up.
    found: u32,
}

/// A destination that was looked up for all that write it and see the same by it.
struct Found<'d> {
    /// The destination; of one on the site's own host, its path.
    path: &'d str,
    /// The first document that writes it.
    from: DocumentId,
    target: Target,
    role: Role,
    /// How many links tell something of the site's addresses by it.
    links: usize,
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
        let (mut found, uses) = distinct(&self.documents, self);
        look_all_up(&mut found, &uses, self);
        if learnt.is_none() {
            let of_role = |least| move |one: &&Found<'_>| one.links > 0 && one.role >= least;
            let links = found.iter().filter(of_role(Role::Malformed));
            if self.routes.learn(links.map(Found::seen), &self.documents) {
                look_all_up(&mut found, &uses, self);
            }
            self.routes.learnt.are_all_known = self.are_addresses_known();
            for one in found.iter().filter(of_role(Role::Internal)) {
                self.routes.count(one.seen(), &self.documents);
            }
        }
        let targets = parallel::map(&found, |_, one| match one.role {
            Role::Broken => one.target.clone(),
            _ => self.judged(one.from, one.path, one.target.clone()),
        });
        let mut links = Links::default();
        for (id, one, at) in all_of(&uses, &found).filter(|(id, one, at)| one.tells(at, *id)) {
            if let Some(target) = targets.get(at.found as usize) {
                self.count_link(id, one, target, &mut links);
            }
        }
        self.links = Links {
            uses,
            targets,
            ..links
        };
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

    /// The destinations of a document, but for plain links to other sites, and where they lead, in the order of [`written`];
    /// none of what is neither page nor note.
    pub fn looked_up(&self, id: DocumentId) -> impl Iterator<Item = LookedUp<'_>> {
        let uses = self.links.uses.get(id.0 as usize).into_iter().flatten();
        let documents = self.document(id).into_iter();
        documents.flat_map(move |document| {
            let uses = uses.clone();
            uses.filter_map(move |at| {
                Some(LookedUp {
                    holder: at.holder(document)?,
                    target: self.links.targets.get(at.found as usize)?,
                    holds_tag: at.holds_tag,
                })
            })
        })
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

    /// From where a destination is looked up, so that all that write it there see the same: the root, a folder, or the
    /// document alone.
    fn seen_from<'d>(&self, document: &'d Document, path: &str, holds_tag: bool) -> &'d str {
        let is_alone = path.is_empty() || path.starts_with(['#', '?', '{', '|']);
        match path.starts_with('/') {
            _ if is_alone || holds_tag || !self.past.is_empty() => &document.path,
            true if !is_asset(self.routes.path_of(path)) => "",
            _ => document.folder(),
        }
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

/// The destinations of every page, each once, and where they stand.
fn distinct<'d>(documents: &'d [Document], archive: &Archive) -> (Vec<Found<'d>>, Vec<Vec<Use>>) {
    let (mut found, mut known) = (Vec::new(), QuickMap::default());
    let uses = documents.iter().enumerate().map(|(index, document)| {
        let from = document_id(index);
        let linted = Some(document).filter(|_| archive.is_linted(from));
        let uses = linted.into_iter().flat_map(written).filter_map(|holder| {
            let destination = holder.destination();
            let path = archive.own_path(destination);
            if path.is_none() && holder.is_plain() {
                return None;
            }
            let path = path.unwrap_or(destination);
            let holds_tag = mask::holds_tag(destination);
            let key = (archive.seen_from(document, path, holds_tag), path);
            let next = u32::try_from(found.len()).ok()?;
            let at = *known.entry(key).or_insert(next);
            if at == next {
                found.push(Found {
                    path,
                    from,
                    target: Target::Unknown,
                    role: Role::Other,
                    links: 0,
                });
            }
            Some(holder.at(at, holds_tag))
        });
        uses.collect()
    });
    let uses = uses.collect();
    (found, uses)
}

/// Each use of what was found, by document.
fn all_of<'a, 'd>(
    uses: &'a [Vec<Use>],
    found: &'a [Found<'d>],
) -> impl Iterator<Item = (DocumentId, &'a Found<'d>, &'a Use)> {
    let all = uses.iter().enumerate();
    let all = all.flat_map(|(index, uses)| uses.iter().map(move |at| (document_id(index), at)));
    all.filter_map(|(id, at)| Some((id, found.get(at.found as usize)?, at)))
}

/// Looks all destinations up, and counts what tells something by them.
fn look_all_up(found: &mut [Found<'_>], uses: &[Vec<Use>], archive: &Archive) {
    let looked_up = parallel::map(found, |_, one| {
        if let Some(broken) = archive.broken(one.from, one.path) {
            return (Target::Missing(broken.address), Role::Broken);
        }
        let target = archive.look_up(one.from, one.path);
        let role = match target {
            Target::Missing(_) if is_malformed(one.path) => Role::Malformed,
            Target::Missing(_) | Target::Served | Target::Document(_) => Role::Internal,
            _ => Role::Other,
        };
        (target, role)
    });
    for (one, (target, role)) in found.iter_mut().zip(looked_up) {
        (one.target, one.role, one.links) = (target, role, 0);
    }
    let telling = all_of(uses, found).filter(|(id, one, at)| one.tells(at, *id));
    let telling: Vec<u32> = telling.map(|(.., at)| at.found).collect();
    for at in telling {
        if let Some(one) = found.get_mut(at as usize) {
            one.links += 1;
        }
    }
}

impl Found<'_> {
    /// Whether a use of it, in a document, tells something of the site's addresses.
    fn tells(&self, at: &Use, id: DocumentId) -> bool {
        at.leads && self.role >= Role::Malformed && self.target != Target::Document(id)
    }

    fn seen(&self) -> Seen<'_> {
        (self.path, &self.target, self.links)
    }
}

impl Use {
    fn holder<'d>(&self, document: &'d Document) -> Option<Holder<'d>> {
        let index = self.holder as usize;
        match self.is_defined {
            true => Some(Holder::Definition(
                self.holder,
                document.definitions.get(index)?,
            )),
            false => Some(Holder::Link(self.holder, document.links.get(index)?)),
        }
    }
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

/// A destination that was looked up.
#[derive(Debug, Clone, Copy)]
pub struct LookedUp<'d> {
    /// What holds it.
    pub holder: Holder<'d>,
    /// Where it leads.
    pub target: &'d Target,
    /// Whether template tags stand in it.
    pub holds_tag: bool,
}

/// What holds a destination.
#[derive(Debug, Clone, Copy)]
pub enum Holder<'d> {
    /// An inline link, an autolink or a link of HTML, with its index.
    Link(u32, &'d Link),
    /// A definition, with its index.
    Definition(u32, &'d Definition),
}

impl<'d> Holder<'d> {
    /// The destination.
    pub fn destination(self) -> &'d Destination {
        match self {
            Holder::Link(_, link) => link.destination(),
            Holder::Definition(_, definition) => &definition.destination,
        }
    }

    /// Whether it is a link to a plain address of another site.
    fn is_plain(self) -> bool {
        let is_unlinked = matches!(self, Holder::Link(_, link) if link.unlinked.is_some());
        self.destination().is_plain() && !is_unlinked
    }

    /// Whether it leads a reader there, and not by an address that stands in the text as it is.
    pub fn leads(&self) -> bool {
        match self {
            Holder::Link(_, link) => link.kind != LinkKind::Autolink && link.unlinked.is_none(),
            Holder::Definition(..) => true,
        }
    }

    /// This as a use of what was `found`.
    fn at(self, found: u32, holds_tag: bool) -> Use {
        let (holder, is_defined) = match self {
            Holder::Link(index, _) => (index, false),
            Holder::Definition(index, _) => (index, true),
        };
        Use {
            holder,
            is_defined,
            leads: self.leads(),
            holds_tag,
            found,
        }
    }
}

/// What holds the destinations of a document: its links, then its definitions.
pub fn written(document: &Document) -> impl Iterator<Item = Holder<'_>> {
    use LinkKind::{Autolink, Html, Inline};
    let links = (0u32..).zip(&document.links);
    let links = links.filter(|(_, link)| matches!(link.kind, Inline | Autolink | Html));
    let defined = (0u32..).zip(&document.definitions);
    let defined = defined.filter(|(_, one)| one.status == DefinitionStatus::Defined);
    let defined = defined.map(|(index, one)| Holder::Definition(index, one));
    let links = links.map(|(index, link)| Holder::Link(index, link));
    links.chain(defined)
}

/// The destinations of a document that lead a reader there.
pub fn destinations(document: &Document) -> impl Iterator<Item = &Destination> {
    let leading = written(document).filter(Holder::leads);
    leading.map(Holder::destination)
}
