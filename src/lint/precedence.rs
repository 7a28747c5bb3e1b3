//! One cause, one finding: which rule speaks where several could.
//!
//! A rule reports what it sees and asks no other rule. What it sees has a cause: its place, unless it names another
//! one, as a misspelt label names the definition that it means. When all rules have run, this module drops what another
//! rule says of the same cause. A rule hides others even if the configuration switches it off, and so does a hidden
//! finding: a finding that nobody wants does not come back under another name.

use crate::archive::name_of;
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
    // A line that takes definitions away; a page whose own name or day is wrong.
    ("links/broken-definition", &["links/undefined-reference"]),
    ("week/file-name", &["links/missing-target"]),
    // A text that is still to be written; a value that is not what it seems to be.
    ("body/placeholder", &["body/titles", "metadata/invalid-value", "metadata/name-mismatch", "metadata/title-mismatch", "metadata/unknown-author", "week/duplicate", "week/missing"]),
    ("metadata/stray-whitespace", &["metadata/invalid-value", "metadata/name-mismatch", "metadata/unknown-author"]),
    ("metadata/dates", &["week/wrong-date", "links/missing-target"]),
    // The beginning of a page that is not finished, or whose title is lost or no heading.
    ("metadata/missing", &["body/titles"]),
    ("metadata/syntax", &["body/titles"]),
    ("body/not-a-heading", &["body/titles", "links/missing-fragment"]),
    ("body/unclosed-comment", &["body/titles"]),
];

/// Joins what the rules and the laws of the archive have found, without what another rule says of the same cause.
pub(super) fn without_hidden(
    mut found: Vec<Diagnostic>,
    mut of_laws: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let (by_rules, by_laws) = (Causes::of(&found), Causes::of(&of_laws));
    found.retain(|one| {
        let is_told = |rule, place| by_rules.hold(rule, place) || by_laws.hold(rule, place);
        !hiding(one.rule).any(|rule| one.causes().iter().all(|place| is_told(rule, place)))
    });
    // A law is broken by places that do not fit together: what is wrong with one of them explains it. That its own rule has
    // found something there is enough, and laws have been weighed against each other.
    of_laws.retain(|one| {
        let mut rules = hiding(one.rule).chain([one.rule]);
        !rules.any(|rule| one.places().any(|place| by_rules.hold(rule, &place)))
    });
    found.append(&mut of_laws);
    found
}

/// The rules that may hide a finding of `rule`.
pub(super) fn hiding(rule: &'static str) -> impl Iterator<Item = &'static str> {
    let pairs = HIDES.iter();
    let pairs = pairs.filter(move |(_, hidden)| hidden.contains(&rule));
    pairs.map(|(rule, _)| *rule)
}

/// What the findings of each rule speak of: places in order, each up to the farthest end of those that begin before it.
struct Causes(QuickMap<&'static str, Vec<Place>>);

impl Causes {
    fn of(found: &[Diagnostic]) -> Self {
        let mut causes = Causes(QuickMap::default());
        for one in found {
            // What is shown of its own document belongs to it; other documents have mistakes of their own.
            let labels = one.labels.iter().map(|label| label.place);
            let labels = labels.filter(|place| place.document == one.place.document);
            let places: &mut Vec<Place> = causes.0.entry(one.rule).or_default();
            places.extend(one.causes().iter().copied().chain(labels));
        }
        for places in causes.0.values_mut() {
            places.sort_unstable();
            let mut last = name_of(DocumentId(0));
            for place in places {
                if place.document == last.document {
                    place.span.end = place.span.end.max(last.span.end);
                }
                last = *place;
            }
        }
        causes
    }

    /// Whether `place` lies in what a finding of `rule` speaks of. The name of a file lies in no text.
    fn hold(&self, rule: &str, place: &Place) -> bool {
        let places = self.0.get(rule).map_or(&[][..], Vec::as_slice);
        if *place == name_of(place.document) {
            return places.binary_search(place).is_ok();
        }
        let begin =
            |one: &Place| (one.document, one.span.start) <= (place.document, place.span.start);
        let begun = places.get(..places.partition_point(begin));
        let last = begun.and_then(<[_]>::last);
        last.is_some_and(|one| one.document == place.document && one.span.end >= place.span.end)
    }
}

#[cfg(test)]
mod tests;
