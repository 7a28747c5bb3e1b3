//! The destination of a link to a page that was renamed.

use super::suggestion::relative;
use crate::archive::past::Broken;
use crate::archive::paths::{PAGE_ENDINGS, pelican_path};
use crate::archive::readdressed::readdressed;
use crate::archive::routes::Target;
use crate::document::tags::Kind;
use crate::document::{Document, stem};
use crate::rules::Page;
use crate::rules::links::destinations::LocatedDestination;

/// The destination that leads to the page which has broken a link, written in the way of `path`; `None` where none is known
/// to.
pub(super) fn destination(
    destination: &LocatedDestination<'_>,
    path: &str,
    broken: &Broken<'_>,
) -> Option<String> {
    let (was, now) = broken.page.zip(broken.now)?;
    let named = destination.named();
    let path = named.map_or(path, |(_, name)| name.text);
    let kind = named.map(|(kind, _)| kind);
    written_like(destination.page, path, kind, was, now)
}

/// The destination on a page that leads to the file at `now`, written as `path` is, which leads, or led, to `was`; of a
/// template tag, `kind` says which. `None` where none is known to.
pub(in crate::rules::links) fn written_like(
    page: Page<'_>,
    path: &str,
    kind: Option<Kind>,
    was: &Document,
    now: &str,
) -> Option<String> {
    let (path, rest) = path.split_at_checked(path.find(['#', '?']).unwrap_or(path.len()))?;
    let target = page.archive.find(now);
    if let Some(kind) = kind.filter(|kind| *kind != Kind::Address) {
        let name = of_named(kind, path, now)?;
        let is_named = page.archive.routes.is_named(kind, &name);
        return is_named.then(|| name + rest);
    }
    let leads = |found: &String| match (page.resolve(found), target) {
        (Target::Document(found), Some(target)) => found == target,
        (found, None) => found.is_there(),
        _ => false,
    };
    let document = target.and_then(|target| page.archive.document(target));
    let routes = &page.archive.routes;
    let exact = document.and_then(|now| {
        let mut seen = routes.absolute(path, page.document).into_iter();
        seen.find_map(|(folder, address)| {
            let found = routes.readdressed(&address, was, now)?;
            let slash = if path.starts_with('/') { "/" } else { "" };
            Some(slash.to_owned() + &relative(&folder, found.trim_start_matches('/')))
        })
    });
    let by_path = || as_path(page.document.folder(), path, &was.path, now).filter(leads);
    let by_name = || readdressed(path, was, document?, page.archive.generator).filter(leads);
    let found = exact.filter(leads).or_else(by_path).or_else(by_name)?;
    Some(found + rest)
}

/// What a template tag calls the file.
fn of_named(kind: Kind, path: &str, now: &str) -> Option<String> {
    let name = now.rsplit('/').next()?;
    Some(match kind {
        Kind::Post => stem(name).to_owned(),
        Kind::Page if path.contains('/') => {
            let below = now.strip_prefix("content/").unwrap_or(now);
            let slash = if path.starts_with('/') { "/" } else { "" };
            format!("{slash}{}", with_ending_of(path, below))
        }
        Kind::Page => with_ending_of(path, name).to_owned(),
        _ => now.to_owned(),
    })
}

/// `file` with its extension, if `path` has one.
fn with_ending_of<'p>(path: &str, file: &'p str) -> &'p str {
    match crate::discover::is_markdown(path) {
        true => file,
        false => file.rsplit_once('.').map_or(file, |(before, _)| before),
    }
}

/// The path of the file, with or without what `path` left out of it.
fn as_path(folder: &str, path: &str, was: &str, now: &str) -> Option<String> {
    let path = path.replace("%20", " ");
    let slash = if path.ends_with('/') { "/" } else { "" };
    let inside = pelican_path(&path).unwrap_or(&path);
    let begin = ["@/", "/", "./"].into_iter();
    let below = begin.fold(inside, |path, begin| path.trim_start_matches(begin));
    let mut at = path.strip_suffix(below)?;
    let tail = below.trim_start_matches("../").trim_end_matches('/');
    let ending = PAGE_ENDINGS.iter().find(|ending| {
        let before = was
            .strip_suffix(**ending)
            .and_then(|was| was.strip_suffix(tail));
        before.is_some_and(|before| before.is_empty() || before.ends_with('/') || tail.is_empty())
    })?;
    let file = match at.strip_suffix("./").unwrap_or(at).ends_with('/') {
        true => {
            let root = was.strip_suffix(*ending)?.strip_suffix(tail)?;
            now.strip_prefix(root)?.to_owned()
        }
        false => relative(folder, now),
    };
    if at == "./" && file.starts_with("../") {
        at = "";
    }
    let file = match file.strip_suffix(ending) {
        Some(file) => file,
        None => stem(&file),
    };
    Some(format!("{at}{file}{slash}").replace(' ', "%20"))
}
