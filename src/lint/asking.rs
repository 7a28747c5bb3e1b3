//! Which rules check which documents, and which of their findings remain.

use super::levels::{with_levels, without_habits};
use super::order::in_order;
use super::precedence;
use crate::archive::Archive;
use crate::diagnostic::{Diagnostic, DocumentId};
use crate::document::Document;
use crate::rules::{self, Context, Page, RULES, Rule};
use crate::suppress::{self, ShownAndHidden};
use crate::word_list::is_any;
use crate::{parallel, progress};
use std::collections::HashSet;

/// What the rules say of an archive, in order, and what comments hide of it.
pub fn findings(archive: &Archive) -> ShownAndHidden {
    settled(archive, ask_rules(archive), rules::laws::broken(archive))
}

/// The rules that look at one document and may speak of another one, too.
const SPEAK_OF_OTHERS: &str = "links/undefined-reference links/label-as-destination links/wikilink";

/// [`findings`], of which only those are complete that speak of a document that `is_selected`. Other documents are asked for
/// those that speak of it as well, and for whether a finding is a habit of theirs.
pub fn findings_of(
    archive: &Archive,
    is_selected: &(dyn Fn(DocumentId) -> bool + Sync),
) -> ShownAndHidden {
    let with_comment = |(_, document): &(DocumentId, &Document)| !document.suppressions.is_empty();
    let commented = archive.linted().filter(with_comment);
    if commented.count() * 2 > archive.linted().count() {
        // Whether a comment that hides nothing is a habit is known when all has been asked.
        return findings(archive);
    }
    let (_, of_archive) = parallel::join(|| archive.laws(), || ask_of_archive(archive));
    let of_laws = rules::laws::broken(archive);
    let speaks = |one: &&Diagnostic| one.places().any(|place| is_selected(place.document));
    let speaking = ask_of_documents(archive, &|rule, _| is_any(rule.id, SPEAK_OF_OTHERS));
    let all = speaking.iter().chain(&of_archive).chain(&of_laws);
    let beside: HashSet<DocumentId> = all.filter(speaks).map(|one| one.place.document).collect();
    let is_near = |id| is_selected(id) || beside.contains(&id);
    let found = ask_of_documents(archive, &|_, id| is_near(id));
    let all = found.iter().chain(&of_archive).chain(&of_laws);
    let of_rules = all.filter(speaks).map(|one| one.rule);
    // What hides a finding may be found in another document.
    let of_rules: HashSet<&str> = of_rules
        .flat_map(|rule| precedence::hiding(rule).chain([rule]))
        .collect();
    let is_asked = |rule: &Rule, id| is_near(id) || of_rules.contains(rule.id);
    let mut found = ask_of_documents(archive, &is_asked);
    found.extend(of_archive);
    settled(archive, found, of_laws)
}

/// What is left of what rules and laws have found, in order, and what comments hide of it.
fn settled(archive: &Archive, found: Vec<Diagnostic>, of_laws: Vec<Diagnostic>) -> ShownAndHidden {
    let mut found = precedence::without_hidden(found, of_laws);
    found.retain(|one| !is_unknown(archive, one));
    let (shown, hidden) = suppress::apply(archive, found);
    let shown = without_habits(archive, with_levels(archive, shown));
    let shown = in_order(archive, shown, |path| path);
    (shown, with_levels(archive, hidden))
}

/// The rules that have anything to do: none that is off by default and that nothing switches on.
fn active(archive: &Archive) -> impl Iterator<Item = &'static Rule> {
    let is_active = |rule: &&Rule| rule.severity.is_some() || archive.config.mentions(rule.id);
    RULES.iter().copied().filter(is_active)
}

/// Asks every rule about every page and note, and about the archive.
pub(super) fn ask_rules(archive: &Archive) -> Vec<Diagnostic> {
    // What the rules of single documents rest on is learnt while the others are asked.
    let (_, mut of_archive) = parallel::join(|| archive.laws(), || ask_of_archive(archive));
    let mut found = ask_of_documents(archive, &|_, _| true);
    found.append(&mut of_archive);
    found
}

/// Asks the rules about those pages and notes that `is_asked`, in parallel.
fn ask_of_documents(
    archive: &Archive,
    is_asked: &(dyn Fn(&Rule, DocumentId) -> bool + Sync),
) -> Vec<Diagnostic> {
    let active = active(archive).filter(|rule| rule.check_document.is_some());
    let active: Vec<&'static Rule> = active.collect();
    progress::begin("checking", archive.documents.len());
    let found = parallel::map(&archive.documents, |index, document| {
        progress::advance();
        let id = DocumentId(u32::try_from(index).unwrap_or(u32::MAX));
        let mut found = Vec::new();
        if archive.is_linted(id) || document.unreadable.is_some() {
            let page = Page::new(archive, (id, document));
            for rule in active.iter().filter(|rule| is_asked(rule, id)) {
                found.append(&mut rule.check(page));
            }
        }
        found
    });
    found.into_iter().flatten().collect()
}

/// Asks the rules about the archive as a whole.
fn ask_of_archive(archive: &Archive) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in active(archive) {
        if let Some(check) = rule.check_archive {
            let mut context = Context::new(rule, DocumentId(0));
            check(archive, &mut context);
            found.append(&mut context.diagnostics);
        }
    }
    found
}

/// Whether a finding speaks of what the site's renderer may read in another way than the parser does.
fn is_unknown(archive: &Archive, diagnostic: &Diagnostic) -> bool {
    diagnostic.places().any(|place| {
        let document = archive.document(place.document);
        document.is_some_and(|document| document.is_unknown(place.span))
    })
}

#[cfg(test)]
mod tests;
