//! How serious a finding is, and which findings are a habit of the archive.

use crate::archive::laws::share::ENOUGH;
use crate::archive::{Archive, claims};
use crate::config::{EnforceFrom, Level};
use crate::diagnostic::{Diagnostic, DocumentId, Severity};
use crate::hash::QuickMap;
use crate::rules;
use crate::week::calendar::monday_of;
use std::collections::{HashMap, HashSet};

/// Gives each finding the severity that configuration, drafts and `enforce-from` leave it; drops those that are off.
pub(super) fn with_levels(archive: &Archive, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept = Vec::with_capacity(diagnostics.len());
    let mut levels: QuickMap<(DocumentId, &'static str), Option<Level>> = QuickMap::default();
    let are_drafts_unfinished = are_drafts_unfinished(archive);
    for mut diagnostic in diagnostics {
        let Some(document) = archive.document(diagnostic.place.document) else {
            continue;
        };
        let rule = rules::find(diagnostic.rule);
        let default = rule.and_then(|rule| rule.severity);
        // A file may have many findings, and a configuration many overrides.
        let level = levels
            .entry((diagnostic.place.document, diagnostic.rule))
            .or_insert_with(|| archive.config.level(diagnostic.rule, &document.path));
        match *level {
            Some(None) => continue,
            // What the rule itself made less grave stays so.
            Some(Some(severity)) if diagnostic.lowered => {
                diagnostic.severity = diagnostic.severity.min(severity)
            }
            Some(Some(severity)) => diagnostic.severity = severity,
            None if default.is_none() => continue,
            None => {}
        }
        let unfinished = are_drafts_unfinished
            && document.is_draft()
            && rule.is_some_and(|rule| rule.lenient_in_drafts);
        let is_older = |from| is_older(archive, from, diagnostic.place.document);
        if unfinished || archive.config.enforce_from.is_some_and(is_older) {
            diagnostic.severity = Severity::Info;
        }
        kept.push(diagnostic);
    }
    kept
}

/// Whether drafts are unfinished: where most pages are drafts, that tells nothing of one.
fn are_drafts_unfinished(archive: &Archive) -> bool {
    let drafts = archive.linted().filter(|(_, one)| one.is_draft());
    let drafts = drafts.count();
    drafts < ENOUGH || drafts * 2 <= archive.linted().count()
}

/// Whether a note is older than the first week that is held to the rules.
pub fn is_older(archive: &Archive, from: EnforceFrom, id: DocumentId) -> bool {
    let Some(document) = archive.document(id) else {
        return false;
    };
    let first = match from {
        EnforceFrom::Week(week) => {
            let claim = archive.claim(id).filter(|claim| claim.season.is_none());
            let last = claim.and_then(|claim| claim.numbers.last());
            return last.is_some_and(|last| *last < week);
        }
        EnforceFrom::Date(date) => monday_of(date),
    };
    let last_day = archive.days_of(id).map(|(_, last)| last);
    let last_day = last_day.or_else(|| claims::written(document));
    last_day.is_some_and(|last| last < first)
}

/// Puts one finding in the place of many where more than half of the pages, and enough of them, break a rule in the same
/// way: that is a habit of the archive and no mistake of one page. Levels that the configuration sets stay as they are.
pub(super) fn without_habits(archive: &Archive, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let linted = archive.linted().count();
    if linted < ENOUGH || diagnostics.len() * 2 <= linted {
        return diagnostics;
    }
    let way = |diagnostic: &Diagnostic| (diagnostic.rule, without_quotations(&diagnostic.message));
    let mut pages: HashMap<(&'static str, String), HashSet<DocumentId>> = HashMap::new();
    for diagnostic in diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity > Severity::Info && !diagnostic.stands_alone)
    {
        let pages = pages.entry(way(diagnostic)).or_default();
        pages.insert(diagnostic.place.document);
    }
    pages.retain(|(rule, _), pages| {
        pages.len() >= ENOUGH && pages.len() * 2 > linted && !archive.config.mentions(rule)
    });
    let mut kept = Vec::with_capacity(diagnostics.len());
    let mut told = HashSet::new();
    for mut diagnostic in diagnostics {
        let way = way(&diagnostic);
        if let Some(pages) = pages.get(&way).filter(|_| !diagnostic.stands_alone) {
            if !told.insert(way) {
                continue;
            }
            diagnostic.severity = Severity::Info;
            diagnostic.is_habit = true;
            // What most pages do is not changed behind their author's back, and not in one of them alone.
            diagnostic.fix = None;
            let (count, rule, message) = (pages.len(), diagnostic.rule, &diagnostic.message);
            diagnostic.message = format!("{count} of {linted} pages are like this one: {message}");
            let level = format!("`\"{rule}\" = \"error\"` under `[rules]` shows them all");
            diagnostic.help = Some(match diagnostic.help.take() {
                Some(help) => format!("{help}; {level}"),
                None => level,
            });
        }
        kept.push(diagnostic);
    }
    kept
}

/// A message without what it quotes from the page.
fn without_quotations(message: &str) -> String {
    message.split('`').step_by(2).collect()
}

#[cfg(test)]
mod tests;
