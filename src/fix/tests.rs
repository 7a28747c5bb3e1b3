use super::*;
use crate::diagnostic::Severity;
use crate::report::{SourceFile, Summary};
use crate::source::{LineIndex, Span};

fn edit(start: usize, end: usize, text: &str) -> Edit {
    DocumentId(0).at(Span::new(start, end)).replaced_by(text)
}

fn fix(edits: Vec<Edit>) -> Fix {
    Fix::new("fix it", Safety::Safe, edits)
}

#[test]
fn fixes_that_touch_each_other_are_not_made_at_once_unless_both_delete() {
    let first = fix(vec![edit(4, 8, ""), edit(10, 12, "x")]);
    for (start, end, text, is_taken) in [
        (0, 3, "q", true),
        (2, 4, "", true),
        (8, 9, "", true),
        (9, 9, "q", true),
        (13, 14, "q", true),
        (2, 4, "q", false),
        (3, 5, "", false),
        (4, 4, "q", false),
        (4, 8, "", false),
        (5, 6, "", false),
        (8, 8, "q", false),
        (8, 8, "", false),
        (8, 9, "q", false),
        (8, 10, "", false),
        (9, 13, "q", false),
        (10, 12, "y", false),
        (12, 13, "", false),
    ] {
        let second = fix(vec![edit(20, 21, "q"), edit(start, end, text)]);
        let mut taken = Taken::default();
        assert!(taken.take(&first, 1));
        assert_eq!(taken.take(&second, 2), is_taken, "{start}..{end} {text:?}");
        let edits: usize = taken.edits.values().map(BTreeMap::len).sum();
        assert_eq!(edits, if is_taken { 4 } else { 2 });
    }
}

/// A request about texts in memory.
fn request() -> Request {
    Request {
        listing: Some(crate::discover::Listing::default()),
        ..Request::new(
            "/nowhere".into(),
            crate::config::Config::default(),
            jiff::civil::date(2026, 3, 4),
        )
    }
}

/// Makes a round of `text`, as if some rule had found it wanting.
fn go_on(work: &mut Work, request: &mut Request, text: &str, after: &str) {
    let edits = [edit(0, text.len(), after)];
    let change = Change {
        path: "a.md".to_owned(),
        text: Repaired {
            before: text.to_owned(),
            after: after.to_owned(),
            kept: Kept::of(text, edits.iter()),
            count: 2,
        },
        fingerprints: vec![1, 2],
        edits: vec![(0, 1), (0, 2)],
    };
    work.keep(vec![change], request);
}

#[test]
fn a_finding_is_laid_to_the_only_fix_of_its_lines() {
    let before = "a\nb\nc\nd\n";
    // The end of `b`, and `d` twice.
    let edits = [edit(3, 3, "x"), edit(6, 6, "y"), edit(7, 7, "z")];
    let change = Change {
        path: "a.md".to_owned(),
        text: Repaired {
            before: before.to_owned(),
            after: edited(before, edits.iter()),
            kept: Kept::of(before, edits.iter()),
            count: 3,
        },
        fingerprints: vec![1, 2, 3],
        edits: vec![(3, 1), (6, 2), (7, 3)],
    };
    assert_eq!(change.text.after, "a\nbx\nc\nydz\n");
    for (offset, fixed) in [
        (0, None),
        (1, None),
        (2, Some(1)),
        (4, Some(1)),
        (5, None),
        (7, None),
        (9, None),
        (11, None),
    ] {
        let found = change.mended_alone_at(&[offset]);
        assert_eq!(found, Vec::from_iter(fixed), "{offset}");
    }
    assert_eq!(change.mended_alone_at(&[0, 3, 7]), [1]);
}

const TEXT: &str = "a\nb\nc\nd\ne\n";

/// What a run finds in `a.md` at these offsets, each by a fingerprint of its own; an `x` is put in to fix it.
fn outcome(found: &[(u64, usize)]) -> Outcome {
    let source = SourceFile {
        path: "a.md".to_owned(),
        text: TEXT.to_owned(),
        has_changed: false,
        lines: LineIndex::new(""),
    };
    let diagnostic = |&(fingerprint, at): &(u64, usize)| Diagnostic {
        rule: "links/empty",
        severity: Severity::Error,
        message: String::new(),
        note: None,
        help: None,
        place: DocumentId(0).at(Span::at(at)),
        labels: Vec::new(),
        causes: Vec::new(),
        fix: Some(fix(vec![edit(at, at, "x")])),
        subject: String::new(),
        fingerprint,
        lowered: false,
        is_habit: false,
        stands_alone: false,
    };
    Outcome {
        summary: Summary::default(),
        notices: Vec::new(),
        diagnostics: found.iter().map(diagnostic).collect(),
        sources: HashMap::from([(DocumentId(0), source)]),
        ..Outcome::default()
    }
}

/// A round of fixes that begin at these offsets.
fn round(starts: &[usize]) -> Vec<Change> {
    let found: Vec<(u64, usize)> = (1..).zip(starts.iter().copied()).collect();
    Work::default().choose(&outcome(&found), &request())
}

#[test]
fn a_round_holds_as_many_fixes_as_it_may() {
    let found = outcome(&[(1, 0), (2, 2), (3, 4), (4, 6)]);
    let mut work = Work {
        most: Some(2),
        barred: HashSet::from([2]),
        ..Work::default()
    };
    let chosen = work.choose(&found, &request());
    let [change] = chosen.as_slice() else {
        unreachable!("one file changes");
    };
    assert_eq!(change.text.after, "xa\nb\nxc\nd\ne\n");
    assert_eq!(
        (&*change.fingerprints, &*change.edits),
        (&[1, 3][..], &[(0, 1), (4, 3)][..])
    );
    work.left.insert("a.md".to_owned());
    assert!(work.choose(&found, &request()).is_empty());
}

#[test]
fn a_round_that_brings_something_to_light_is_halved_until_one_fix_is_left() {
    let (nothing, known) = (outcome(&[]), outcome(&[(9, 0)]));
    let mut work = Work::default();
    assert!(work.accepts(&known, &known, &round(&[0, 2, 4, 6])));
    assert!(work.accepts(&known, &nothing, &round(&[0, 2, 4, 6])));
    assert_eq!((work.most, work.refused), (None, 0));
    // It is on a line that no fix has touched.
    let elsewhere = outcome(&[(9, 0), (8, 12)]);
    assert!(!work.accepts(&known, &elsewhere, &round(&[0, 2, 4, 6])));
    assert_eq!((work.most, work.refused), (Some(2), 1));
    assert!(work.accepts(&known, &known, &round(&[0, 2])));
    assert_eq!((work.most, work.barred.len()), (Some(4), 0));
    assert!(!work.accepts(&known, &elsewhere, &round(&[2])));
    assert_eq!((work.most, work.refused), (Some(4), 2));
    assert_eq!(work.barred, HashSet::from([1]));
    // It is on the line of the second of the fixes.
    let on_its_line = outcome(&[(9, 0), (8, 5)]);
    assert!(!work.accepts(&known, &on_its_line, &round(&[0, 4])));
    assert_eq!((work.most, work.refused), (Some(4), 3));
    assert_eq!(work.barred, HashSet::from([1, 2]));
}

#[test]
fn a_file_whose_repairs_undo_each_other_is_put_back() {
    let (mut work, mut request) = (Work::default(), request());
    go_on(&mut work, &mut request, "a", "b");
    go_on(&mut work, &mut request, "b", "c");
    assert!(!work.is_stuck && request.replaced.is_empty());
    assert_eq!(work.done.get("a.md").map(|done| done.count), Some(4));
    go_on(&mut work, &mut request, "c", "b");
    assert!(work.is_stuck && work.left.contains("a.md") && work.done.is_empty());
    assert_eq!(request.replaced.get("a.md"), Some(&b"a".to_vec()));
}

#[test]
fn a_file_whose_repairs_never_end_is_put_back() {
    let (mut work, mut request) = (Work::default(), request());
    for round in 1..=MOST_ROUNDS {
        assert!(!work.is_stuck, "{round}");
        let text = |round: usize| format!("text {round}");
        go_on(&mut work, &mut request, &text(round - 1), &text(round));
    }
    assert!(work.is_stuck && work.done.is_empty());
    assert_eq!(request.replaced.get("a.md"), Some(&b"text 0".to_vec()));
}

#[test]
fn files_are_put_back_where_it_takes_too_long_to_find_what_is_to_be_left_out() {
    let (mut work, mut request) = (Work::default(), request());
    go_on(&mut work, &mut request, "a", "b");
    go_on(&mut work, &mut request, "b", "c");
    work.give_up(&mut request);
    assert_eq!(request.replaced.get("a.md"), Some(&b"a".to_vec()));
    assert!(work.done.is_empty());
}
