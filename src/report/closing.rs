//! The end of a run, on standard error: what was looked at, what was found, how long it took, and what can be mended.

use super::Outcome;
use crate::diagnostic::Safety;
use std::time::Duration;

/// The closing line, and others for what is not shown and for what can be mended; without a line ending at the end. Each
/// fits into 80 columns. `older` findings are left out by `--since`, `known` ones by the baseline.
pub fn lines(outcome: &Outcome, elapsed: Duration, older: usize, known: usize) -> String {
    let more = [not_shown(older, known), fixable(outcome)];
    let all = std::iter::once(first_line(outcome, elapsed)).chain(more.into_iter().flatten());
    all.collect::<Vec<_>>().join("\n")
}

/// What is left out of the report; `None` if there is nothing.
pub fn not_shown(older: usize, known: usize) -> Option<String> {
    let older = (older > 0).then(|| counted(older, "older finding"));
    let known = (known > 0).then(|| format!("{known} in the baseline"));
    let parts: Vec<String> = older.into_iter().chain(known).collect();
    (!parts.is_empty()).then(|| format!("not shown: {}", parts.join(", ")))
}

/// What was looked at, and what was found, with the time and what comments hide.
fn first_line(outcome: &Outcome, elapsed: Duration) -> String {
    let suppressed = outcome.summary.suppressed;
    let aside = (suppressed > 0).then(|| format!("{suppressed} suppressed, "));
    format!(
        "{} ({}{:.2} s)",
        tally(outcome),
        aside.unwrap_or_default(),
        elapsed.as_secs_f64()
    )
}

/// What was looked at, and what was found: `484 notes, 181 pages: 70 errors, 4 warnings`.
pub fn tally(outcome: &Outcome) -> String {
    let summary = &outcome.summary;
    let pages = summary.files.saturating_sub(summary.notes);
    let looked_at = match (summary.notes, pages) {
        (0, 0) => vec!["no notes".to_owned()],
        (notes, 0) => vec![counted(notes, "note")],
        (0, pages) => vec![counted(pages, "page")],
        (notes, pages) => vec![counted(notes, "note"), counted(pages, "page")],
    };
    let mut found = Vec::new();
    if summary.errors + summary.warnings == 0 {
        let nothing = match summary.infos {
            0 => "nothing to report",
            _ => "no problems",
        };
        found.push(nothing.to_owned());
    }
    for (count, noun) in [
        (summary.errors, "error"),
        (summary.warnings, "warning"),
        (summary.infos, "info"),
    ] {
        if count > 0 {
            found.push(counted(count, noun));
        }
    }
    format!("{}: {}", looked_at.join(", "), found.join(", "))
}

/// How many findings each kind of repair can mend.
fn fixable(outcome: &Outcome) -> Option<String> {
    let fixes = || {
        outcome
            .diagnostics
            .iter()
            .filter_map(|one| one.fix.as_ref())
    };
    let safe = fixes().filter(|fix| fix.safety == Safety::Safe).count();
    match (safe, fixes().count() - safe) {
        (0, 0) => None,
        (safe, 0) => Some(format!("fixable: {safe} with --fix")),
        (0, rest) => Some(format!("fixable: {rest} with --fix --unsafe-fixes")),
        (safe, rest) => Some(format!(
            "fixable: {safe} with --fix, {rest} more with --fix --unsafe-fixes"
        )),
    }
}

fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
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
