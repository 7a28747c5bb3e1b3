//! The end of a run, on standard error: what was looked at, what was found, how long it took, and what can be mended.

use super::Outcome;
use crate::diagnostic::Safety;
use std::time::Duration;

/// The closing line, and others for what is not shown and for what can be mended; without a line ending at the end. Each
/// fits into 80 columns. `older` findings are left out by `--since`, `known` ones by the baseline.
pub fn lines(outcome: &Outcome, elapsed: Duration, older: usize, known: usize) -> String {
    let suppressed = match outcome.summary.suppressed {
        0 => String::new(),
        count => format!("{count} suppressed, "),
    };
    let seconds = elapsed.as_secs_f64();
    let first = format!("{} ({suppressed}{seconds:.2} s)", tally(outcome));
    let lines = [Some(first), not_shown(older, known), fixable(outcome)];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// What was looked at, and what was found: `484 notes, 181 pages: 70 errors, 4 warnings`.
pub fn tally(outcome: &Outcome) -> String {
    let summary = &outcome.summary;
    let pages = summary.files.saturating_sub(summary.notes);
    let mut looked_at = counted(&[(summary.notes, "note"), (pages, "page")]);
    if looked_at.is_empty() {
        looked_at.push("no notes".to_owned());
    }
    let mut found = counted(&[
        (summary.errors, "error"),
        (summary.warnings, "warning"),
        (summary.infos, "info"),
    ]);
    if found.is_empty() {
        found.push("nothing to report".to_owned());
    } else if summary.errors + summary.warnings == 0 {
        found.insert(0, "no problems".to_owned());
    }
    format!("{}: {}", looked_at.join(", "), found.join(", "))
}

/// What is left out of the report; `None` if there is nothing.
pub fn not_shown(older: usize, known: usize) -> Option<String> {
    let mut parts = counted(&[(older, "older finding")]);
    parts.extend((known > 0).then(|| format!("{known} in the baseline")));
    (!parts.is_empty()).then(|| format!("not shown: {}", parts.join(", ")))
}

/// How many findings each kind of repair can mend.
fn fixable(outcome: &Outcome) -> Option<String> {
    let fixes = outcome
        .diagnostics
        .iter()
        .filter_map(|one| one.fix.as_ref());
    let (safe, rest): (Vec<_>, Vec<_>) = fixes.partition(|fix| fix.safety == Safety::Safe);
    match (safe.len(), rest.len()) {
        (0, 0) => None,
        (safe, 0) => Some(format!("fixable: {safe} with --fix")),
        (0, rest) => Some(format!("fixable: {rest} with --fix --unsafe-fixes")),
        (safe, rest) => Some(format!(
            "fixable: {safe} with --fix, {rest} more with --fix --unsafe-fixes"
        )),
    }
}

/// What there is any of, counted.
fn counted(counts: &[(usize, &str)]) -> Vec<String> {
    let some = counts.iter().filter(|(count, _)| *count > 0);
    some.map(|(count, noun)| {
        let ending = if *count == 1 { "" } else { "s" };
        format!("{count} {noun}{ending}")
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Summary;
    use std::collections::HashMap;

    fn closing(summary: Summary, older: usize, known: usize) -> String {
        let outcome = Outcome {
            summary,
            notices: Vec::new(),
            diagnostics: Vec::new(),
            sources: HashMap::new(),
        };
        lines(&outcome, Duration::from_millis(90), older, known)
    }

    #[test]
    fn problems_are_counted_by_severity() {
        let summary = Summary {
            files: 665,
            notes: 484,
            errors: 70,
            warnings: 4,
            ..Summary::default()
        };
        assert_eq!(
            closing(summary, 0, 0),
            "484 notes, 181 pages: 70 errors, 4 warnings (0.09 s)"
        );
    }

    #[test]
    fn one_of_a_kind_is_singular_and_what_is_not_shown_is_said() {
        let summary = Summary {
            files: 1,
            notes: 1,
            errors: 1,
            infos: 1,
            suppressed: 2,
            ..Summary::default()
        };
        assert_eq!(
            closing(summary, 5, 1),
            "1 note: 1 error, 1 info (2 suppressed, 0.09 s)\nnot shown: 5 older findings, 1 in the baseline"
        );
    }

    #[test]
    fn a_clean_run_says_so() {
        let mut summary = Summary {
            files: 665,
            notes: 484,
            ..Summary::default()
        };
        assert_eq!(
            closing(summary, 0, 0),
            "484 notes, 181 pages: nothing to report (0.09 s)"
        );
        summary.suppressed = 1;
        assert_eq!(
            closing(summary, 0, 0),
            "484 notes, 181 pages: nothing to report (1 suppressed, 0.09 s)"
        );
        assert_eq!(
            closing(Summary::default(), 0, 0),
            "no notes: nothing to report (0.09 s)"
        );
        assert_eq!(
            closing(Summary::default(), 1, 0),
            "no notes: nothing to report (0.09 s)\nnot shown: 1 older finding"
        );
    }
}
