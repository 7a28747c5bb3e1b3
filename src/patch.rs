//! The difference of two texts as a unified diff, as `git apply` and `patch` read it.
//!
//! The lines are not compared: which of them stay is known from the edits that made one text of the other. To search for it
//! takes time with the square of the changed lines, or gives a diff that is longer than it need be.

use crate::diagnostic::Edit;
use std::fmt::Write as _;
use std::ops::Range;

/// Unchanged lines that are shown around changed ones.
const CONTEXT: usize = 3;

/// The lines that edits leave alone: the numbers of each, from 0, before and after. A line ends with `\n` here.
#[derive(Debug, Default)]
pub struct Kept(Vec<[u32; 2]>);

impl Kept {
    /// What is left alone in `text` by edits that do not overlap, in their order.
    pub fn of<'e>(text: &str, edits: impl Iterator<Item = &'e Edit>) -> Self {
        let mut walk = Walk {
            kept: Vec::new(),
            line: [0, 0],
            begins: [true, true],
        };
        let mut done = 0;
        for edit in edits {
            let span = edit.place.span.range();
            walk.stay(text.get(done..span.start).unwrap_or(""), false);
            walk.pass(0, text.get(span.clone()).unwrap_or(""));
            walk.pass(1, &edit.text);
            done = span.end;
        }
        walk.stay(text.get(done..).unwrap_or(""), true);
        Kept(walk.kept)
    }

    /// What is left alone by these edits and by others, which come after them.
    pub fn and_then(&self, next: &Kept) -> Self {
        let mut after = next.0.iter().peekable();
        let both = self.0.iter().filter_map(|&[first, second]| {
            while after.next_if(|[line, _]| *line < second).is_some() {}
            let [_, third] = after.next_if(|[line, _]| *line == second)?;
            Some([first, *third])
        });
        Kept(both.collect())
    }
}

impl Kept {
    /// Where a line of one side (0 before, 1 after) was changed: the gap between lines that are left alone, by the number of
    /// those before it, and the line in it where it has as many lines on both sides. `None` for a line of the text after that
    /// is left alone.
    pub fn change_at(&self, side: usize, line: usize, ends: [usize; 2]) -> Option<(usize, usize)> {
        let on = |lines: &[u32; 2]| lines.map(|line| line as usize);
        let is_before = |kept: &[u32; 2]| on(kept).get(side).is_some_and(|kept| *kept < line);
        let gap = self.0.partition_point(is_before);
        let above = gap.checked_sub(1).and_then(|above| self.0.get(above));
        let [before, after] = above.map_or([0, 0], |above| on(above).map(|line| line + 1));
        let [before_end, after_end] = self.0.get(gap).map_or(ends, on);
        if side == 1 && line == after_end {
            return None;
        }
        let start = if side == 0 { before } else { after };
        match before_end - before == after_end - after {
            true => Some((gap, line - start)),
            false => Some((gap, 0)),
        }
    }
}

/// How far two texts have been gone through, side by side: the one before, and the one after.
struct Walk {
    kept: Vec<[u32; 2]>,
    line: [u32; 2],
    /// Whether a line begins here.
    begins: [bool; 2],
}

impl Walk {
    /// Goes through what stands in both.
    fn stay(&mut self, text: &str, is_last: bool) {
        for piece in text.split_inclusive('\n') {
            if self.begins == [true, true] && (piece.ends_with('\n') || is_last) {
                self.kept.push(self.line);
            }
            self.pass(0, piece);
            self.pass(1, piece);
        }
    }

    /// Goes through what stands in one of them.
    fn pass(&mut self, side: usize, text: &str) {
        let lines = text.bytes().filter(|byte| *byte == b'\n').count();
        if let (Some(line), Some(begins)) = (self.line.get_mut(side), self.begins.get_mut(side)) {
            *line += u32::try_from(lines).unwrap_or(u32::MAX);
            *begins = text.ends_with('\n') || text.is_empty() && *begins;
        }
    }
}

/// Lines that are taken out, and those that are put in their place.
struct Change {
    before: Range<usize>,
    after: Range<usize>,
}

/// Changed lines with what stands around them, by the lines of both texts.
struct Hunk {
    before: Range<usize>,
    after: Range<usize>,
    changes: Vec<Change>,
}

/// How `before` becomes `after`, the contents of the file at `path`, of which some lines are known to be left alone.
pub fn unified(path: &str, before: &str, after: &str, kept: &Kept) -> String {
    let lines: [Vec<&str>; 2] = [before, after].map(|text| text.split_inclusive('\n').collect());
    let mut text = format!("--- a/{path}\n+++ b/{path}\n");
    for hunk in hunks(&lines, kept) {
        write_hunk(&mut text, &hunk, &lines);
    }
    text
}

/// What stands between the lines that are left alone.
fn changes([before, after]: &[Vec<&str>; 2], kept: &Kept) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut from = [0, 0];
    let last = [before.len(), after.len()];
    let kept = kept.0.iter().map(|lines| lines.map(|line| line as usize));
    for [before_end, after_end] in kept.chain([last]) {
        let [before_start, after_start] = from;
        from = [before_end + 1, after_end + 1];
        let gone = before.get(before_start..before_end).unwrap_or(&[]);
        let new = after.get(after_start..after_end).unwrap_or(&[]);
        // An edit may put in what was there.
        let same = |(one, other): &(&&str, &&str)| one == other;
        let above = gone.iter().zip(new).take_while(same).count();
        let both = gone.iter().rev().zip(new.iter().rev());
        let most = gone.len().min(new.len()) - above;
        let below = both.take(most).take_while(same).count();
        if gone.len().max(new.len()) > above + below {
            changes.push(Change {
                before: before_start + above..before_end - below,
                after: after_start + above..after_end - below,
            });
        }
    }
    changes
}

/// Changes whose surroundings meet are one hunk.
fn hunks(lines: &[Vec<&str>; 2], kept: &Kept) -> Vec<Hunk> {
    let [before, _] = lines;
    let mut hunks: Vec<Hunk> = Vec::new();
    for change in changes(lines, kept) {
        let end = before.len().min(change.before.end + CONTEXT);
        // What is left alone has as many lines in both texts.
        let after_end = change.after.end + (end - change.before.end);
        match hunks
            .last_mut()
            .filter(|last| last.before.end + CONTEXT >= change.before.start)
        {
            Some(last) => {
                (last.before.end, last.after.end) = (end, after_end);
                last.changes.push(change);
            }
            None => {
                let above = change.before.start.min(CONTEXT);
                hunks.push(Hunk {
                    before: change.before.start - above..end,
                    after: change.after.start - above..after_end,
                    changes: vec![change],
                });
            }
        }
    }
    hunks
}

fn write_hunk(text: &mut String, hunk: &Hunk, [before, after]: &[Vec<&str>; 2]) {
    let _ = writeln!(
        text,
        "@@ -{} +{} @@",
        place(&hunk.before),
        place(&hunk.after)
    );
    let mut at = hunk.before.start;
    for change in &hunk.changes {
        write_lines(text, ' ', before, at..change.before.start);
        write_lines(text, '-', before, change.before.clone());
        write_lines(text, '+', after, change.after.clone());
        at = change.before.end;
    }
    write_lines(text, ' ', before, at..hunk.before.end);
}

/// The first line and the number of lines. Of no lines, it is the line before them.
fn place(lines: &Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        length => format!("{},{length}", lines.start + 1),
    }
}

fn write_lines(text: &mut String, sign: char, lines: &[&str], range: Range<usize>) {
    for line in lines.get(range).unwrap_or(&[]) {
        text.push(sign);
        text.push_str(line);
        if !line.ends_with('\n') {
            text.push_str("\n\\ No newline at end of file\n");
        }
    }
}

#[cfg(test)]
mod tests {
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
}
