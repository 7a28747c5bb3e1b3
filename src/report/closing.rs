//! The last line of a run, on standard error: what was looked at, what was found, how long it took.

use super::Outcome;
use std::time::Duration;

/// The closing line, without a line ending. `hidden` is the number of findings that a baseline or `--since` left out.
pub fn line(outcome: &Outcome, elapsed: Duration, hidden: usize) -> String {
    let summary = &outcome.summary;
    let pages = summary.files.saturating_sub(summary.notes);
    let looked_at = match (summary.notes, pages) {
        (0, 0) => vec!["no notes".to_owned()],
        (notes, 0) => vec![counted(notes, "note")],
        (0, pages) => vec![counted(pages, "page")],
        (notes, pages) => vec![counted(notes, "note"), counted(pages, "page")],
    };
    let seconds = format!("{:.2} s", elapsed.as_secs_f64());
    let aside = [(summary.suppressed, "suppressed"), (hidden, "hidden")];
    let aside = aside.iter().filter(|(count, _)| *count > 0);
    let aside = aside.map(|(count, what)| format!("{count} {what}"));

    let problems = summary.errors + summary.warnings;
    if problems + summary.infos == 0 {
        let aside: Vec<String> = aside.chain([seconds]).collect();
        let looked_at = looked_at.join(", ");
        return format!("{looked_at}: nothing to report ({})", aside.join(", "));
    }
    let mut parts = vec![looked_at.join(" and ")];
    parts.push(match (summary.errors, summary.warnings) {
        (0, 0) => "no problems".to_owned(),
        (errors, 0) => counted(errors, "error"),
        (0, warnings) => counted(warnings, "warning"),
        (errors, warnings) => format!(
            "{problems} problems ({}, {})",
            counted(errors, "error"),
            counted(warnings, "warning")
        ),
    });
    if summary.infos > 0 {
        parts.push(counted(summary.infos, "info"));
    }
    if summary.fixable > 0 {
        parts.push(format!("{} fixable", summary.fixable));
    }
    parts.extend(aside);
    parts.push(format!("in {seconds}"));
    parts.join(", ")
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
            fixable: 12,
            ..Summary::default()
        };
        assert_eq!(
            closing(summary, 0),
            "484 notes and 181 pages, 74 problems (70 errors, 4 warnings), 12 fixable, in 0.09 s"
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
            "1 note, 1 error, 1 info, 2 suppressed, 5 hidden, in 0.09 s"
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
