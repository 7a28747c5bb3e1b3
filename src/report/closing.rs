//! The end of a run, on standard error: what was looked at, what was found, how long it took, and what can be fixed.

use super::Outcome;
use super::color::{CYAN, GREEN, RED, YELLOW, painted};
use super::text::counted;
use crate::diagnostic::Safety;
use crate::discover::LeftOut;
use std::time::Duration;

/// What a run has not looked at or not reported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unseen {
    /// Rules that the configuration or the command line switches off.
    pub rules_off: usize,
    /// Rules that an override of the configuration switches off for some files.
    pub rules_off_in_places: usize,
    /// What the walk has left out.
    pub files: LeftOut,
    /// Findings that `--since` leaves out, because the earlier state has them, too.
    pub older: usize,
    /// Findings that the baseline holds.
    pub known: usize,
}

impl Unseen {
    /// What was not looked at, in parts: `5 rules off`.
    fn left_out(&self) -> Vec<String> {
        let (off, in_places, files) = (self.rules_off, self.rules_off_in_places, self.files);
        let rules = |count| counted(count, "rule");
        let links = counted(files.links, "link");
        present([
            (off, format!("{} off", rules(off))),
            (in_places, format!("{} off in places", rules(in_places))),
            (files.excluded, format!("{} excluded", files.excluded)),
            (files.ignored, format!("{} ignored", files.ignored)),
            (files.links, format!("{links} not followed")),
        ])
    }

    /// What was not looked at, for reports without a closing line; `None` if there is nothing.
    pub fn left_out_line(&self) -> Option<String> {
        headed("left out", &self.left_out())
    }

    /// What is left out of the report; `None` if there is nothing.
    pub fn not_shown(&self) -> Option<String> {
        let parts = present([
            (self.older, counted(self.older, "older finding")),
            (self.known, format!("{} in the baseline", self.known)),
        ]);
        headed("not shown", &parts)
    }
}

/// The closing line, and others for what is not shown and for what can be fixed; without a line ending at the end. Each
/// fits into 80 columns, but for the first where a lot is left out.
pub fn lines(outcome: &Outcome, elapsed: Duration, color: bool) -> String {
    let mut aside = outcome.unseen.left_out();
    let suppressed = outcome.summary.suppressed;
    aside.extend(present([(suppressed, format!("{suppressed} suppressed"))]));
    aside.push(format!("{:.2} s", elapsed.as_secs_f64()));
    let first = format!("{} ({})", tally_in(outcome, color), aside.join(", "));
    let lines = [Some(first), outcome.unseen.not_shown(), fixable(outcome)];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// What was looked at, and what was found: `484 notes, 181 pages: 70 errors, 4 warnings`.
pub fn tally(outcome: &Outcome) -> String {
    tally_in(outcome, false)
}

fn tally_in(outcome: &Outcome, color: bool) -> String {
    let summary = &outcome.summary;
    let pages = summary.files.saturating_sub(summary.notes);
    let mut looked_at = present([
        (summary.notes, counted(summary.notes, "note")),
        (pages, counted(pages, "page")),
    ]);
    if looked_at.is_empty() {
        looked_at.push("no notes".to_owned());
    }
    let counts = [
        (summary.errors, "error", RED),
        (summary.warnings, "warning", YELLOW),
        (summary.infos, "info", CYAN),
    ];
    let mut found = present(counts.map(|(count, noun, style)| {
        let said = painted(&counted(count, noun), style, color);
        (count, said)
    }));
    if found.is_empty() {
        found.push(painted("nothing to report", GREEN, color));
    } else if summary.errors + summary.warnings == 0 {
        found.insert(0, "no problems".to_owned());
    }
    format!("{}: {}", looked_at.join(", "), found.join(", "))
}

/// How many findings each kind of repair can fix.
fn fixable(outcome: &Outcome) -> Option<String> {
    let fixes = outcome.diagnostics.iter().flat_map(|one| &one.fix);
    let (safe, rest): (Vec<_>, Vec<_>) = fixes.partition(|fix| fix.safety == Safety::Safe);
    let (safe, rest) = (safe.len(), rest.len());
    let more = if safe > 0 { " more" } else { "" };
    let parts = present([
        (safe, format!("{safe} with --fix")),
        (rest, format!("{rest}{more} with --fix --unsafe-fixes")),
    ]);
    headed("fixable", &parts)
}

/// Parts behind what they are parts of; `None` if there are none.
fn headed(head: &str, parts: &[String]) -> Option<String> {
    (!parts.is_empty()).then(|| format!("{head}: {}", parts.join(", ")))
}

/// What is said of what there is any of.
fn present<const N: usize>(counts: [(usize, String); N]) -> Vec<String> {
    let present = counts.into_iter().filter(|(count, _)| *count > 0);
    present.map(|(_, said)| said).collect()
}

#[cfg(test)]
mod tests;
