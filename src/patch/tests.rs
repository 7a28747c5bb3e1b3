use super::{Kept, unified};
use crate::diagnostic::{DocumentId, Edit};
use crate::fix::edited;
use crate::source::Span;
use proptest::prelude::*;

fn edit(start: usize, end: usize, text: &str) -> Edit {
    DocumentId(0).at(Span::new(start, end)).replaced_by(text)
}

/// The text after edits, with the difference.
fn changed(before: &str, edits: &[Edit]) -> (String, String) {
    let after = edited(before, edits.iter());
    let diff = unified("a", before, &after, &Kept::of(before, edits.iter()));
    (after, diff)
}

fn hunks_of(before: &str, edits: &[Edit]) -> String {
    let (_, diff) = changed(before, edits);
    let hunks = diff.strip_prefix("--- a/a\n+++ b/a\n");
    hunks.unwrap_or("no head").to_owned()
}

#[test]
fn changes_that_are_near_are_one_hunk() {
    let before: String = (1..=20).map(|line| format!("{line}\n")).collect();
    let at = |line: &str| before.find(&format!("\n{line}\n")).map_or(0, |at| at + 1);
    let edits = [
        edit(at("3"), at("3") + 1, "x"),
        edit(at("9"), at("10"), ""),
        edit(before.len() - 1, before.len(), ""),
    ];
    assert_eq!(
        hunks_of(&before, &edits),
        "@@ -1,12 +1,11 @@\n 1\n 2\n-3\n+x\n 4\n 5\n 6\n 7\n 8\n-9\n 10\n 11\n 12\n\
             @@ -17,4 +16,4 @@\n 17\n 18\n 19\n-20\n+20\n\\ No newline at end of file\n"
    );
}

#[test]
fn an_empty_text_has_no_line() {
    assert_eq!(hunks_of("", &[edit(0, 0, "x\n")]), "@@ -0,0 +1 @@\n+x\n");
    assert_eq!(
        hunks_of("x\ny", &[edit(0, 3, "")]),
        "@@ -1,2 +0,0 @@\n-x\n-y\n\\ No newline at end of file\n"
    );
}

#[test]
fn of_equal_lines_the_one_that_goes_is_shown_and_a_line_that_stays_is_not() {
    let before = "a\na\na\na\na\na\n";
    assert_eq!(
        hunks_of(before, &[edit(8, 10, "")]),
        "@@ -2,5 +2,4 @@\n a\n a\n a\n-a\n a\n"
    );
    assert_eq!(
        hunks_of("a\nb\nc\n", &[edit(0, 6, "a\nx\nc\n")]),
        "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"
    );
    assert_eq!(hunks_of("a\nb\n", &[edit(0, 3, "a\nb")]), "");
    // What is put in between two equal lines is no more than that.
    assert_eq!(
        hunks_of("a\nb\n", &[edit(0, 4, "a\nb\na\nb\n")]),
        "@@ -1,2 +1,4 @@\n a\n b\n+a\n+b\n"
    );
}

/// The text that a unified diff makes of another: its hunks stand where they say, and show what is there. Every line of
/// both ends.
fn applied(before: &str, diff: &str) -> Option<String> {
    let lines: Vec<&str> = before.split_inclusive('\n').collect();
    let mut after = String::new();
    let mut done = 0;
    for hunk in diff.split("\n@@ -").skip(1) {
        let (head, body) = hunk.split_once(" @@\n")?;
        let (old, new) = head.split_once(" +")?;
        let place = |place: &str| -> Option<(usize, usize)> {
            let (start, length) = place.split_once(',').unwrap_or((place, "1"));
            let (start, length) = (start.parse::<usize>().ok()?, length.parse().ok()?);
            Some((start - usize::from(length > 0), length))
        };
        let ((start, length), new) = (place(old)?, place(new)?);
        after.extend(lines.get(done..start)?.iter().copied());
        done = start;
        let (new_start, mut new_length) = (after.matches('\n').count(), 0);
        // The line feed of its last line was split at, but for the last hunk.
        let body = format!("{}\n", body.trim_end_matches('\n'));
        for shown in body.split_inclusive('\n') {
            let (sign, line) = shown.split_at_checked(1)?;
            if sign != "+" {
                (lines.get(done) == Some(&line)).then_some(())?;
                done += 1;
            }
            if sign != "-" {
                after.push_str(line);
                new_length += 1;
            }
        }
        ((done - start, (new_start, new_length)) == (length, new)).then_some(())?;
    }
    after.extend(lines.get(done..)?.iter().copied());
    Some(after)
}

#[test]
fn what_was_changed_is_in_one_place_before_and_after() {
    // Lines 1 and 4 to 5 were changed, and the former is two lines now; one was put in before the end.
    let kept = Kept(vec![[0, 0], [2, 3], [3, 4], [6, 7]]);
    let ends = [7, 9];
    let before: Vec<_> = [1, 2, 4, 5, 7]
        .map(|line| kept.change_at(0, line, ends))
        .into();
    let places = [(1, 0), (1, 0), (3, 0), (3, 1), (4, 0)].map(Some);
    assert_eq!(before, places);
    let after: Vec<_> = (0..9).map(|line| kept.change_at(1, line, ends)).collect();
    let [double, first, second, last] = [(1, 0), (3, 0), (3, 1), (4, 0)].map(Some);
    let expected = [None, double, double, None, None, first, second, None, last];
    assert_eq!(after, expected);
}

/// Edits of a text that ends with a line, which stays its last: what lies before each, what it takes out and puts in.
fn edits(text: &str, parts: &[(usize, usize, String)]) -> Vec<Edit> {
    let mut at = 0;
    let mut edits = Vec::new();
    for (apart, length, new) in parts {
        let start = at + apart;
        at = start + length;
        if at < text.len() - 1 {
            edits.push(edit(start, at, new));
        }
    }
    edits
}

fn parts() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
    proptest::collection::vec((0..12usize, 0..5usize, "[ab\n]{0,4}"), 0..6)
}

proptest! {
    #[test]
    fn a_diff_makes_the_text_after_any_edits(
        lines in "[ab\n]{0,60}",
        first in parts(),
        second in parts(),
    ) {
        let before = format!("{lines}last\n");
        let first = edits(&before, &first);
        let between = edited(&before, first.iter());
        let second = edits(&between, &second);
        let after = edited(&between, second.iter());
        let kept = Kept::of(&before, first.iter());
        let diff = unified("a", &before, &between, &kept);
        prop_assert_eq!(applied(&before, &diff), Some(between.clone()), "{}", diff);
        let next = Kept::of(&between, second.iter());
        let both: Vec<[u32; 2]> = (kept.0.iter())
            .flat_map(|&[one, middle]| {
                let same = next.0.iter().filter(move |[other, _]| *other == middle);
                same.map(move |&[_, other]| [one, other])
            })
            .collect();
        let kept = kept.and_then(&next);
        prop_assert_eq!(&kept.0, &both);
        let diff = unified("a", &before, &after, &kept);
        prop_assert_eq!(applied(&before, &diff), Some(after), "{}", diff);
    }
}
