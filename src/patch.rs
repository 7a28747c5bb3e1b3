//! The difference of two texts as a unified diff, as `git apply` and `patch` read it.
//!
//! The lines are compared by `imara-diff`, which bounds the time that texts of many changed lines take, as git does.

use imara_diff::{Algorithm, Diff, InternedInput};
use std::fmt::Write as _;
use std::ops::Range;

/// Unchanged lines that are shown around changed ones.
const CONTEXT: u32 = 3;

/// Changed lines with what stands around them, by the lines of both texts.
struct Hunk {
    before: Range<u32>,
    after: Range<u32>,
    /// What is taken out, and what is put in its place.
    changes: Vec<imara_diff::Hunk>,
}

/// How `before` becomes `after`, the contents of the file at `path`.
pub fn unified(path: &str, before: &str, after: &str) -> String {
    let lines = |text| imara_diff::sources::lines(text);
    let input = InternedInput::new(lines(before), lines(after));
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let lines: [Vec<&str>; 2] = [before, after].map(|text| text.split_inclusive('\n').collect());
    let mut text = format!("--- a/{path}\n+++ b/{path}\n");
    for hunk in hunks(&diff, lines[0].len()) {
        write_hunk(&mut text, &hunk, &lines);
    }
    text
}

/// Changes whose surroundings meet are one hunk.
fn hunks(diff: &Diff, length: usize) -> Vec<Hunk> {
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    let mut hunks: Vec<Hunk> = Vec::new();
    for change in diff.hunks() {
        let end = length.min(change.before.end + CONTEXT);
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
fn place(lines: &Range<u32>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        length => format!("{},{length}", lines.start + 1),
    }
}

fn write_lines(text: &mut String, sign: char, lines: &[&str], range: Range<u32>) {
    let range = range.start as usize..range.end as usize;
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
    use super::unified;

    #[test]
    fn changes_that_are_near_are_one_hunk() {
        let before: String = (1..=20).map(|line| format!("{line}\n")).collect();
        let after = before
            .replace("2\n3\n", "2\nx\n")
            .replace("8\n9\n", "8\n")
            .replace("20\n", "20");
        assert_eq!(
            unified("a.md", &before, &after),
            "--- a/a.md\n+++ b/a.md\n@@ -1,12 +1,11 @@\n 1\n 2\n-3\n+x\n 4\n 5\n 6\n 7\n 8\n-9\n 10\n 11\n 12\n\
             @@ -17,4 +16,4 @@\n 17\n 18\n 19\n-20\n+20\n\\ No newline at end of file\n"
        );
    }

    #[test]
    fn an_empty_text_has_no_line() {
        assert_eq!(
            unified("a", "", "x\n"),
            "--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+x\n"
        );
        assert_eq!(
            unified("a", "x\ny", ""),
            "--- a/a\n+++ b/a\n@@ -1,2 +0,0 @@\n-x\n-y\n\\ No newline at end of file\n"
        );
    }
}
