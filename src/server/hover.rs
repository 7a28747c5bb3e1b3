//! Over a finding: what its rule finds, and why.

use super::state::State;
use crate::docs;
use crate::rules;
use crate::source::Span;
use serde_json::{Value, json};

/// The rules of the findings at a position.
pub(super) fn of(state: &mut State, params: &Value) -> Option<Value> {
    let asked = state.asked_of_findings(params)?;
    let at = Span::at(asked.offset);
    let found = asked.workspace.found()?.diagnostics.iter();
    let here = found.filter(|one| {
        let (document, span) = (one.place.document, one.place.span);
        document == asked.id && span.contains(at)
    });
    let mut here: Vec<_> = here.collect();
    let narrowest = here
        .iter()
        .map(|one| one.place.span)
        .min_by_key(|span| span.len())?;
    here.dedup_by_key(|one| one.rule);
    let rules = here.iter().filter_map(|one| rules::find(one.rule));
    let pages: Vec<String> = rules.map(docs::page).collect();
    Some(json!({
        "contents": { "kind": "markdown", "value": pages.join("\n\n---\n\n") },
        "range": asked.range(narrowest),
    }))
}
