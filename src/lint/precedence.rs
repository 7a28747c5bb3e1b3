//! One cause, one finding: which rule speaks where several could.
//!
//! A rule reports what it sees and asks no other rule. What it sees has a cause: its place, unless it names another one, as
//! a misspelt label names the definition that it was meant for. Here, once all rules have been asked, what another rule says
//! of the same cause is left out. A rule that the configuration switches off hides as well, and so does what is hidden
//! itself: a finding that nobody wants does not come back under another name.

use crate::diagnostic::{Diagnostic, DocumentId, Place};
use crate::hash::QuickMap;

/// The rules that speak of a cause, each with those whose findings it hides there. Where correcting one mistake leaves the
/// other, both are shown, and the two are no pair.
#[rustfmt::skip]
pub(super) static HIDES: &[(&str, &[&str])] = &[
    // A definition that was meant by what is reported; a destination that is to be written anew.
    ("links/undefined-reference", &["links/unused-definition"]),
    ("links/spaced-reference", &["links/unused-definition"]),
    ("links/label-as-destination", &["links/unused-definition", "links/empty", "links/malformed-destination", "links/missing-target"]),
    ("links/empty", &["links/unused-definition", "links/malformed-destination", "links/missing-target"]),
    ("links/local-host", &["links/malformed-destination"]),
    ("links/malformed-destination", &["links/missing-target", "links/missing-fragment"]),
    ("week/wrong-link", &["links/missing-target", "links/missing-fragment"]),
    // A line that takes definitions away; a page whose own name is wrong.
    ("links/broken-definition", &["links/undefined-reference"]),
    ("week/file-name", &["links/missing-target"]),
    // A text that is still to be written; a value that is not what it seems to be.
    ("body/placeholder", &["body/titles", "metadata/invalid-value", "metadata/name-mismatch", "metadata/unknown-author", "week/missing"]),
    ("metadata/stray-whitespace", &["metadata/invalid-value", "metadata/name-mismatch", "metadata/unknown-author"]),
    ("metadata/dates", &["week/wrong-date"]),
    // The beginning of a page that is not finished, or whose title is no heading.
    ("metadata/missing", &["body/titles"]),
    ("body/not-a-heading", &["body/titles"]),
    ("body/unclosed-comment", &["body/titles"]),
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
        let mut pairs = HIDES
            .iter()
            .filter(|(_, hidden)| hidden.contains(&one.rule));
        !pairs.any(|(rule, _)| all.explain(rule, one))
    });
    found
}

/// What the findings of each rule speak of: places in order, each with the farthest end of those up to it.
struct Causes(QuickMap<&'static str, Vec<(Place, (DocumentId, u32))>>);

impl Causes {
    fn of(found: &[Diagnostic]) -> Self {
        let mut causes = Causes(QuickMap::default());
        for one in found {
            // What is shown of its own document belongs to it; other documents have mistakes of their own.
            let labels = one.labels.iter().map(|label| &label.place);
            let labels = labels.filter(|place| place.document == one.place.document);
            let places = one.causes().iter().chain(labels);
            let places = places.map(|place| (*place, (place.document, place.span.end)));
            causes.0.entry(one.rule).or_default().extend(places);
        }
        for places in causes.0.values_mut() {
            places.sort_unstable();
            let mut farthest = (DocumentId(0), 0);
            for (_, end) in places {
                farthest = farthest.max(*end);
                *end = farthest;
            }
        }
        causes
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
