//! Taking out what comments hide, and finding the comments that hide nothing.

use crate::archive::Archive;
use crate::diagnostic::{Diagnostic, DocumentId};
use crate::document::suppression::Suppression;
use crate::hash::{QuickMap, QuickSet};
use crate::rules::{self, Context};
use crate::source::Span;

/// How many different lines that comments speak of may hold one byte: those of a comment above, those of comments that
/// share a line with text and go on in the next one.
const MOST_AROUND: usize = 8;

/// What the comments of one document hide.
#[derive(Default)]
struct Hiding<'a> {
    /// The lines that any comment speaks of, in order, each once.
    lines: Vec<Span>,
    /// The rules that are hidden there (`None`: in the whole file), and whether a finding of each was met. An empty name
    /// stands for all rules.
    rules: QuickMap<(Option<Span>, &'a str), bool>,
}

impl<'a> Hiding<'a> {
    fn of(suppressions: &'a [Suppression]) -> Self {
        let mut hiding = Hiding::default();
        for one in suppressions {
            hiding.lines.extend(one.lines);
            for rule in names(one) {
                hiding.rules.insert((one.lines, rule), false);
            }
        }
        hiding.lines.sort_unstable();
        hiding.lines.dedup();
        hiding
    }

    /// Whether a finding is hidden, which is noted.
    fn hides(&mut self, rule: &'static str, at: u32) -> bool {
        let after = self.lines.partition_point(|lines| lines.start <= at);
        let before = self.lines.get(..after).unwrap_or(&[]);
        let around = before.iter().rev().take(MOST_AROUND).copied();
        let around = around.filter(|lines| at < lines.end.max(lines.start + 1));
        let mut is_hidden = false;
        for place in around.map(Some).chain([None]) {
            for name in [rule, ""] {
                if let Some(is_used) = self.rules.get_mut(&(place, name)) {
                    *is_used = true;
                    is_hidden = true;
                }
            }
        }
        is_hidden
    }

    /// For each rule that a comment names whether it hides anything there. Named again, it hides no more.
    fn uses(&self, suppression: &'a Suppression) -> Vec<bool> {
        let mut seen = QuickSet::default();
        let used = names(suppression).map(|rule| {
            let is_used = self.rules.get(&(suppression.lines, rule)) == Some(&true);
            seen.insert(rule) && is_used
        });
        used.collect()
    }
}

/// The rules that a comment names, an empty name where it names none.
fn names(suppression: &Suppression) -> impl Iterator<Item = &str> {
    let all = suppression.rules.is_empty().then_some("");
    let rules = suppression.rules.iter().map(|(rule, _)| &**rule);
    rules.chain(all)
}

/// What is shown, and what comments hide.
pub type ShownAndHidden = (Vec<Diagnostic>, Vec<Diagnostic>);

/// Divides findings into those that are shown and those that a comment hides. Comments that hide nothing are findings
/// themselves and stand at the end of the first.
pub fn apply(archive: &Archive, diagnostics: Vec<Diagnostic>) -> ShownAndHidden {
    let with_comments = archive
        .all()
        .filter(|(_, document)| !document.suppressions.is_empty());
    let mut hiding: QuickMap<DocumentId, Hiding<'_>> = with_comments
        .map(|(id, document)| (id, Hiding::of(&document.suppressions)))
        .collect();
    let (hidden, mut shown): ShownAndHidden = diagnostics.into_iter().partition(|diagnostic| {
        let place = diagnostic.place;
        let hiding = hiding.get_mut(&place.document);
        hiding.is_some_and(|hiding| hiding.hides(diagnostic.rule, place.span.start))
    });
    for (id, document) in archive.linted() {
        if let Some(hiding) = hiding.get(&id) {
            let mut context = Context::new(&rules::suppression::unused::RULE, id);
            for suppression in &document.suppressions {
                let uses = hiding.uses(suppression);
                rules::suppression::unused::check(suppression, &uses, &mut context);
            }
            shown.append(&mut context.diagnostics);
        }
    }
    (shown, hidden)
}
