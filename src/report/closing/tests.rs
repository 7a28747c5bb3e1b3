use super::*;
use crate::report::Summary;
use std::collections::HashMap;

fn closing(summary: Summary, older: usize, known: usize) -> String {
    let outcome = Outcome {
        summary,
        notices: Vec::new(),
        diagnostics: Vec::new(),
        sources: HashMap::new(),
        unseen: Unseen {
            older,
            known,
            ..Unseen::default()
        },
        ..Outcome::default()
    };
    lines(&outcome, Duration::from_millis(90), false)
}

#[test]
fn what_was_not_looked_at_is_said() {
    let unseen = Unseen {
        rules_off: 5,
        rules_off_in_places: 1,
        files: LeftOut {
            excluded: 2,
            ignored: 3,
            links: 1,
        },
        ..Unseen::default()
    };
    let said = "5 rules off, 1 rule off in places, 2 excluded, 3 ignored, 1 link not followed";
    assert_eq!(unseen.left_out().join(", "), said);
    assert_eq!(unseen.left_out_line(), Some(format!("left out: {said}")));
    assert_eq!(Unseen::default().left_out_line(), None);
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
