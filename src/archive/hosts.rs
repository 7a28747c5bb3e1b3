//! The sites that an archive links to, counted: what is written as a host in many places is one in the others too.

use super::laws::share::{Share, needed};
use super::laws::slips;
use super::links::{Holder, destinations, written};
use super::{Archive, routes::Target};
use crate::document::Destination;
use crate::hash::{Counts, QuickMap, QuickSet, count};
use crate::names::{Names, edits, lower_letters};
use crate::source::Text;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// How many different pages must be linked to on a host before it can be the site's own.
const ENOUGH_PAGES: usize = 5;

/// The site's own hosts, without `www.`: those that are configured, here or for the generator, else those of absolute links whose paths are the
/// archive's own pages almost always (four in five, of at least [`ENOUGH_PAGES`] different ones).
pub(super) fn own(archive: &Archive) -> BTreeSet<String> {
    let configured = &archive.config.site.hosts;
    if !configured.is_empty() || !archive.routes.is_flat() {
        let plain = |host: &String| without_www(host).to_owned();
        let host = archive.routes.permalinks.host().map(str::to_owned);
        let host = host.filter(|_| configured.is_empty());
        return configured.iter().map(plain).chain(host).collect();
    }
    let mut counts: QuickMap<&str, (usize, QuickSet<u32>)> = QuickMap::default();
    for (id, document) in archive.linted() {
        for destination in destinations(document) {
            let Some((host, path)) = host_and_path(destination) else {
                continue;
            };
            // Other sites' addresses are deeper mostly, and never those of many pages of this archive.
            let name = path.trim_matches('/');
            if name.is_empty() || name.contains(['/', '.', '?']) {
                continue;
            }
            let (missing, pages) = counts.entry(host).or_default();
            match archive.resolve(id, path) {
                Target::Document(page) => {
                    pages.insert(page.0);
                }
                Target::Missing(_) => *missing += 1,
                _ => {}
            }
        }
    }
    let is_own = |(missing, pages): &(usize, QuickSet<u32>)| {
        pages.len() >= ENOUGH_PAGES && missing * 4 <= pages.len()
    };
    let own = counts.iter().filter(|(_, counts)| is_own(counts));
    own.map(|(host, _)| host.to_ascii_lowercase()).collect()
}

/// Host (without `www.`, in the case in which it is written) and path of an absolute address; the path begins with `/`.
pub fn host_and_path(destination: &str) -> Option<(&str, &str)> {
    let rest = after_scheme(destination)?;
    let slash = rest.find('/')?;
    let (host, path) = rest.split_at_checked(slash)?;
    Some((without_www(host), path))
}

/// The hosts of all absolute links.
#[derive(Debug, Clone, Default)]
pub struct Hosts {
    /// How often each host is linked to, without `www.` and port, lower-case.
    counts: Counts,
    /// How often each part of a host is, without the host itself: `example.com` of `docs.example.com`.
    parts: Counts,
    /// Hosts that are linked to once, each with the one that was meant.
    misspelt: QuickMap<Text, Text>,
}

impl Hosts {
    /// Counts the hosts of all links of `archive`.
    pub(super) fn of(archive: &Archive) -> Self {
        let all = archive.documents.iter().flat_map(written);
        Self::in_all(all.map(Holder::destination))
    }

    fn in_all<'d>(destinations: impl Iterator<Item = &'d Destination>) -> Self {
        let mut hosts = Hosts::default();
        let mut counts: QuickMap<Cow<'_, str>, usize> = QuickMap::default();
        for host in destinations.filter_map(host_without_www) {
            *counts.entry(host).or_default() += 1;
        }
        for (host, count) in counts {
            for part in above(&host).skip(1) {
                *hosts.parts.entry(part.into()).or_default() += count;
            }
            hosts.counts.insert(host.into(), count);
        }
        hosts.misspelt = hosts.slips().collect();
        hosts
    }

    /// Whether any host is a slip of another.
    pub fn are_misspelt(&self) -> bool {
        !self.misspelt.is_empty()
    }

    /// Whether the host of an address is a slip of another.
    pub fn misspells(&self, address: &str) -> bool {
        host(address).is_some_and(|host| self.misspelt.contains_key(without_www(&host)))
    }

    /// The host that was meant by `host`, which is without `www.`, and how often it is linked to.
    pub fn meant(&self, host: &str) -> Option<(&str, usize)> {
        let meant = self.misspelt.get(host)?;
        Some((meant, *self.counts.get(meant)?))
    }

    /// Hosts that are linked to once, and differ by a slip from one that is linked to many times.
    fn slips(&self) -> impl Iterator<Item = (Text, Text)> {
        let is_certain = |count: usize| Share::new(count, count + 1).certainty() >= needed::SLIP;
        let frequent = self.counts.iter().filter(|(_, count)| is_certain(**count));
        let mut frequent: Vec<Text> = frequent.map(|(host, _)| host.clone()).collect();
        frequent.sort_unstable();
        let frequent = Names::new(frequent);
        let once = self.counts.iter().filter(|(_, count)| **count == 1);
        once.filter_map(move |(host, _)| {
            if let Some(("ww" | "wwww", rest)) = host.split_once('.') {
                return Some((host.clone(), rest.into()));
            }
            let mut near = frequent.alike(host).map(|(meant, _)| meant);
            let meant = near.find(|meant| self.is_slip(host, meant))?;
            Some((host.clone(), meant.into()))
        })
    }

    /// Whether one host is another with a slip in one of its parts. Two names that differ in a digit, or are short, may well
    /// be two sites, and so may two endings that exist.
    fn is_slip(&self, written: &str, meant: &str) -> bool {
        if written.len().abs_diff(meant.len()) > 1 {
            return false;
        }
        let parts = written.split('.').zip(meant.split('.'));
        let mut apart = parts.filter(|(one, other)| one != other);
        let (Some((one, other)), None) = (apart.next(), apart.next()) else {
            return false;
        };
        let without_digits = |part: &str| part.replace(|one: char| one.is_ascii_digit(), "");
        let is_ending = written.ends_with(&format!(".{one}"));
        let is_odd = match is_ending {
            true => one.len() > 2 && self.parts.get(one) == Some(&1),
            false => other.len() >= LONG_NAME && slips::is_slip(one, other),
        };
        is_odd
            && written.split('.').count() == meant.split('.').count()
            && edits(one, other) == 1
            && without_digits(one) != without_digits(other)
            && lower_letters(one) != lower_letters(other)
    }

    /// How often the archive links to `host`, to a part of it (`docs.example.com` for `example.com`), or to what it is
    /// a part of.
    pub fn related(&self, host: &str) -> usize {
        let host = without_www(host);
        if host.len() > LONGEST_HOST {
            return 0;
        }
        let mut names = above(host).take_while(|name| name.contains('.'));
        let known = names.find_map(|name| self.counts.get(name));
        let parts = || self.parts.get(host);
        known.or_else(parts).copied().unwrap_or(0)
    }
}

/// A host without `www.`.
pub fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// The host of a destination that has one, without `www.`.
fn host_without_www(destination: &Destination) -> Option<Cow<'_, str>> {
    let host = match destination.plain_host() {
        Some(host) => Cow::Borrowed(host),
        None => host(destination)?,
    };
    let host = match host {
        Cow::Borrowed(host) => Cow::Borrowed(without_www(host)),
        Cow::Owned(host) => Cow::Owned(without_www(&host).to_owned()),
    };
    (host.len() <= LONGEST_HOST).then_some(host)
}

/// Shorter names, in letters, differ in one of them without a slip: `bbc` and `abc`.
const LONG_NAME: usize = 6;

/// The longest name of a host (RFC 1035, section 2.3.4).
const LONGEST_HOST: usize = 253;

/// A host and what it is a part of: `docs.example.com`, `example.com`, `com`.
fn above(host: &str) -> impl Iterator<Item = &str> {
    let dots = host.match_indices('.').map(|(at, _)| at + 1);
    let names = std::iter::once(0).chain(dots);
    names.filter_map(|at| host.get(at..))
}

/// How often each address is linked to that ends with punctuation.
pub(super) fn odd_endings(archive: &Archive) -> Counts {
    let mut counts = Counts::default();
    let all = archive.documents.iter().flat_map(written);
    for destination in all.map(Holder::destination).filter(|one| !one.is_plain()) {
        if destination.ends_with(['.', ',', ';', '…']) && host(destination).is_some() {
            count(&mut counts, destination);
        }
    }
    counts
}

/// The host of an absolute `http`, `https` or scheme-relative address, lower-case, without user and port; `None` for
/// anything else.
pub fn host(destination: &str) -> Option<Cow<'_, str>> {
    let rest = destination.strip_prefix("//");
    let rest = rest.or_else(|| after_scheme(destination))?;
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or("");
    let after_user = authority.rsplit('@').next().unwrap_or("");
    let host = match after_user.strip_prefix('[') {
        Some(inside) => inside.split(']').next().unwrap_or(""),
        None => after_user.split(':').next().unwrap_or(""),
    };
    let is_lower_case = || !host.bytes().any(|byte| byte.is_ascii_uppercase());
    match host {
        "" => None,
        host if is_lower_case() => Some(Cow::Borrowed(host)),
        host => Some(Cow::Owned(host.to_ascii_lowercase())),
    }
}

/// An address of the web after its scheme.
pub fn after_scheme(address: &str) -> Option<&str> {
    without_scheme(address, "https://").or_else(|| without_scheme(address, "http://"))
}

/// `destination` after `scheme`, in whatever case that is written.
pub fn without_scheme<'d>(destination: &'d str, scheme: &str) -> Option<&'d str> {
    let beginning = destination.get(..scheme.len())?;
    beginning
        .eq_ignore_ascii_case(scheme)
        .then(|| destination.get(scheme.len()..))?
}

#[cfg(test)]
mod tests;
