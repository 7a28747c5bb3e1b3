//! Taking out what comments hide, and finding the comments that hide nothing.

use crate::archive::Archive;
use crate::diagnostic::{Diagnostic, DocumentId};
use crate::document::suppression::Suppression;
use crate::rules::{self, Context};
use std::collections::HashSet;

/// Divides findings into those that are shown and those that a comment hides. Comments that hide nothing are findings
/// themselves and stand at the end of the first.
pub fn apply(
    archive: &Archive,
    diagnostics: Vec<Diagnostic>,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut used: HashSet<(DocumentId, usize, usize)> = HashSet::new();
    let (hidden, mut shown): (Vec<Diagnostic>, Vec<Diagnostic>) =
        diagnostics.into_iter().partition(|diagnostic| {
            let Some(document) = archive.document(diagnostic.place.document) else {
                return false;
            };
            let mut found = false;
            for (index, suppression) in document.suppressions.iter().enumerate() {
                if let Some(rule) = hides(suppression, diagnostic) {
                    used.insert((diagnostic.place.document, index, rule));
                    found = true;
                }
            }
            found
        });
    let meta = &rules::suppression::unused::META;
    let mut context = Context::new(meta, DocumentId(0));
    for (id, document) in archive.all().filter(|(id, _)| archive.is_linted(*id)) {
        context.turn_to(meta, id);
        for (index, suppression) in document.suppressions.iter().enumerate() {
            rules::suppression::unused::check(
                suppression,
                |rule| used.contains(&(id, index, rule)),
                &mut context,
            );
        }
    }
    shown.append(&mut context.diagnostics);
    (shown, hidden)
}

/// The index of the rule in the comment that hides the finding (0 for a comment that names none), if it does.
fn hides(suppression: &Suppression, diagnostic: &Diagnostic) -> Option<usize> {
    let in_lines = suppression.lines.is_none_or(|lines| {
        lines.start <= diagnostic.place.span.start
            && diagnostic.place.span.start < lines.end.max(lines.start + 1)
    });
    if !in_lines {
        return None;
    }
    if suppression.rules.is_empty() {
        return Some(0);
    }
    suppression
        .rules
        .iter()
        .position(|(rule, _)| **rule == *diagnostic.rule)
}
