//! One cause, one finding: which rule speaks where several could.
//!
//! A rule reports what it sees and asks no other rule. What it sees has a cause: its place, unless it names another one, as
//! a misspelt label names the definition that it was meant for. Here, once all rules have been asked, what another rule says
//! of the same cause is left out. A rule that the configuration switches off hides as well, and so does what is hidden
//! itself: a finding that nobody wants does not come back under another name.

use crate::diagnostic::{Diagnostic, DocumentId, Place};
use crate::hash::QuickMap;

/// The rule that speaks of a cause, and the rule whose findings it hides there. Where both findings are mistakes of their
/// own, so that correcting one leaves the other, the two are no pair.
#[rustfmt::skip]
pub(super) static HIDES: &[(&str, &str)] = &[
    // A definition that was meant by what is reported.
    ("links/undefined-reference", "links/unused-definition"),
    ("links/spaced-reference", "links/unused-definition"),
    ("links/label-as-destination", "links/unused-definition"),
    ("links/empty", "links/unused-definition"),
    // A definition that a broken line takes away.
    ("links/broken-definition", "links/undefined-reference"),
    // A destination that is to be written anew.
    ("links/label-as-destination", "links/empty"),
    ("links/label-as-destination", "links/malformed-destination"),
    ("links/label-as-destination", "links/missing-target"),
    ("links/empty", "links/malformed-destination"),
    ("links/empty", "links/missing-target"),
    ("links/local-host", "links/malformed-destination"),
    ("links/malformed-destination", "links/missing-target"),
    ("week/wrong-link", "links/missing-target"),
    // A page whose own name is wrong.
    ("week/file-name", "links/missing-target"),
    ("week/wrong-link", "links/missing-fragment"),
    // What is still to be written.
    ("body/placeholder", "body/titles"),
    ("body/placeholder", "metadata/invalid-value"),
    ("body/placeholder", "metadata/name-mismatch"),
    ("body/placeholder", "metadata/unknown-author"),
    ("body/placeholder", "week/missing"),
    // A value that is not what it seems to be.
    ("metadata/stray-whitespace", "metadata/invalid-value"),
    ("metadata/stray-whitespace", "metadata/name-mismatch"),
    ("metadata/stray-whitespace", "metadata/unknown-author"),
    ("metadata/dates", "week/wrong-date"),
    // The beginning of a page that is no finished page, or whose title is no heading.
    ("metadata/missing", "body/titles"),
    ("body/not-a-heading", "body/titles"),
    ("body/unclosed-comment", "body/titles"),
];

/// Joins what the rules and the laws of the archive have found, without what another rule says of the same cause. A law
/// says nothing where its own rule has found something.
pub(super) fn without_hidden(
    mut found: Vec<Diagnostic>,
    mut of_laws: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let of_rules = Causes::of(&found);
    of_laws.retain(|one| !of_rules.explain(one.rule, one));
    found.append(&mut of_laws);
    let all = Causes::of(&found);
    found.retain(|one| {
        let mut pairs = HIDES.iter().filter(|(_, hidden)| *hidden == one.rule);
        !pairs.any(|(rule, _)| all.explain(rule, one))
    });
    found
}

/// What the findings of each rule speak of: places in order, each with the farthest end of those up to it.
struct Causes(QuickMap<&'static str, Vec<(Place, (DocumentId, u32))>>);

impl Causes {
    fn of(found: &[Diagnostic]) -> Self {
        let mut causes: QuickMap<&'static str, Vec<(Place, (DocumentId, u32))>> =
            QuickMap::default();
        for one in found {
            // What is shown of its own document belongs to it; other documents have mistakes of their own.
            let labels = one.labels.iter().map(|label| &label.place);
            let labels = labels.filter(|place| place.document == one.place.document);
            let places = one.causes().iter().chain(labels);
            let places = places.map(|place| (*place, (place.document, place.span.end)));
            causes.entry(one.rule).or_default().extend(places);
        }
        for places in causes.values_mut() {
            places.sort_unstable();
            let mut farthest = (DocumentId(0), 0);
            for (_, end) in places {
                farthest = farthest.max(*end);
                *end = farthest;
            }
        }
        Causes(causes)
    }

    /// Whether all causes of a finding lie in what findings of `rule` speak of.
    fn explain(&self, rule: &str, finding: &Diagnostic) -> bool {
        let places = self.0.get(rule).map_or(&[][..], Vec::as_slice);
        finding.causes().iter().all(|Place { document, span }| {
            let begins =
                |(one, _): &(Place, _)| (one.document, one.span.start) <= (*document, span.start);
            let begun = places.get(..places.partition_point(begins));
            let last = begun.and_then(<[_]>::last);
            last.is_some_and(|(_, farthest)| *farthest >= (*document, span.end))
        })
    }
}

#[cfg(test)]
mod tests;
