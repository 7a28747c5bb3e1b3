//! The end of a run, on standard error: what was looked at, what was found, how long it took, and what can be mended.

use super::Outcome;
use crate::diagnostic::Safety;
use std::time::Duration;

/// The closing line, and a second one where something can be mended; without a line ending at the end. Both fit into 80
/// columns. `hidden` is the number of findings that a baseline or `--since` left out.
pub fn line(outcome: &Outcome, elapsed: Duration, hidden: usize) -> String {
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
    let aside = [(summary.suppressed, "suppressed"), (hidden, "hidden")];
    let aside = aside.iter().filter(|(count, _)| *count > 0);
    let aside = aside.map(|(count, what)| format!("{count} {what}, "));
    format!(
        "{}: {} ({}{:.2} s){}",
        looked_at.join(", "),
        found.join(", "),
        aside.collect::<String>(),
        elapsed.as_secs_f64(),
        fixable(outcome)
    )
}

/// A second line: how many findings each kind of repair can mend.
fn fixable(outcome: &Outcome) -> String {
    let fixes = outcome
        .diagnostics
        .iter()
        .filter_map(|one| one.fix.as_ref());
    let (safe, rest): (Vec<_>, Vec<_>) = fixes.partition(|fix| fix.safety == Safety::Safe);
    match (safe.len(), rest.len()) {
        (0, 0) => String::new(),
        (safe, 0) => format!("\nfixable: {safe} with --fix"),
        (0, rest) => format!("\nfixable: {rest} with --fix --unsafe-fixes"),
        (safe, rest) => {
            format!("\nfixable: {safe} with --fix, {rest} more with --fix --unsafe-fixes")
        }
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

    fn closing(summary: Summary, hidden: usize) -> String {
        let outcome = Outcome {
            summary,
            notices: Vec::new(),
            diagnostics: Vec::new(),
            sources: HashMap::new(),
        };
        line(&outcome, Duration::from_millis(90), hidden)
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
            closing(summary, 0),
            "484 notes, 181 pages: 70 errors, 4 warnings (0.09 s)"
        );
    }

    #[test]
    fn one_of_a_kind_is_singular_and_what_is_hidden_is_said() {
        let summary = Summary {
            files: 1,
            notes: 1,
            errors: 1,
            infos: 1,
            suppressed: 2,
            ..Summary::default()
        };
        assert_eq!(
            closing(summary, 5),
            "1 note: 1 error, 1 info (2 suppressed, 5 hidden, 0.09 s)"
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
            closing(summary, 0),
            "484 notes, 181 pages: nothing to report (0.09 s)"
        );
        summary.suppressed = 1;
        assert_eq!(
            closing(summary, 0),
            "484 notes, 181 pages: nothing to report (1 suppressed, 0.09 s)"
        );
        assert_eq!(
            closing(Summary::default(), 0),
            "no notes: nothing to report (0.09 s)"
        );
    }
}
