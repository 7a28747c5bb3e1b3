//! The difference of two texts as a unified diff, as `git apply` and `patch` read it.
//!
//! The lines are not compared: which of them stay is known from the edits that made one text of the other. To search for it
//! takes time with the square of the changed lines, or gives a diff that is longer than it need be.

use crate::diagnostic::Edit;
use crate::source::Span;
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

/// How `before` becomes `after`, the contents of the file at `path`, of which some lines are known to be left alone.
pub fn unified(path: &str, before: &str, after: &str, kept: &Kept) -> String {
    let lines: [Vec<&str>; 2] = [before, after].map(|text| text.split_inclusive('\n').collect());
    let mut text = format!("--- a/{path}\n+++ b/{path}\n");
    // Changes whose surroundings meet are one hunk.
    let meet = |one: &Change, next: &Change| one.before.end + 2 * CONTEXT >= next.before.start;
    for hunk in changes(&lines, kept).chunk_by(meet) {
        write_hunk(&mut text, hunk, &lines);
    }
    text
}

/// The bytes of `before` that are replaced, each with those of `after` that take their place: whole lines.
pub fn replaced(before: &str, after: &str, kept: &Kept) -> Vec<(Span, Span)> {
    let lines: [Vec<&str>; 2] = [before, after].map(|text| text.split_inclusive('\n').collect());
    let starts = [&lines[0], &lines[1]].map(|lines| {
        let lengths = lines.iter().scan(0, |sum, line| {
            *sum += line.len();
            Some(*sum)
        });
        std::iter::once(0).chain(lengths).collect::<Vec<usize>>()
    });
    let span = |side: &[usize], lines: &Range<usize>| {
        let at = |line: usize| side.get(line).copied();
        Some(Span::new(at(lines.start)?, at(lines.end)?))
    };
    let [old, new] = &starts;
    let changes = changes(&lines, kept).into_iter();
    changes
        .filter_map(|one| Some((span(old, &one.before)?, span(new, &one.after)?)))
        .collect()
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
        let (above, below) = alike(gone, new);
        if gone.len().max(new.len()) > above + below {
            changes.push(Change {
                before: before_start + above..before_end - below,
                after: after_start + above..after_end - below,
            });
        }
    }
    changes
}

/// With how many equal lines two texts begin, and with how many others they end.
pub(crate) fn alike(one: &[&str], other: &[&str]) -> (usize, usize) {
    let same = |(one, other): &(&&str, &&str)| one == other;
    let above = one.iter().zip(other).take_while(same).count();
    let both = one.iter().rev().zip(other.iter().rev());
    let most = one.len().min(other.len()) - above;
    (above, both.take(most).take_while(same).count())
}

fn write_hunk(text: &mut String, changes: &[Change], [before, after]: &[Vec<&str>; 2]) {
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else {
        return;
    };
    // What is left alone around changes has as many lines in both texts.
    let above = first.before.start.min(CONTEXT);
    let below = CONTEXT.min(before.len() - last.before.end);
    let old = first.before.start - above..last.before.end + below;
    let new = first.after.start - above..last.after.end + below;
    let _ = writeln!(text, "@@ -{} +{} @@", place(&old), place(&new));
    let mut at = old.start;
    for change in changes {
        write_lines(text, ' ', before, at..change.before.start);
        write_lines(text, '-', before, change.before.clone());
        write_lines(text, '+', after, change.after.clone());
        at = change.before.end;
    }
    write_lines(text, ' ', before, at..old.end);
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
mod tests;
