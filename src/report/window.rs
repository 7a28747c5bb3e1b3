//! What is shown of a line: all of it, or the marked words with some of the line on either side.
//!
//! No more of the line is looked at than is shown, so that the window of a line of a megabyte costs nothing.

#![expect(
    clippy::single_range_in_vec_init,
    reason = "lists of ranges are what is meant, and one range is a common one"
)]

use super::text::{columns, floor, pairs, substitute, width};
use crate::order::Order;
use std::ops::Range;

/// Columns that are kept free for what is said under a mark.
pub(super) const LABEL_ROOM: usize = 30;
/// Bytes of a cut word that are given up so that a window begins or ends between words.
const WORD: usize = 14;

/// What is shown of a line.
#[derive(Debug)]
pub(super) struct Window {
    /// The window, without a line ending.
    pub text: String,
    /// Bytes of the line and the bytes of `text` that they are shown at, ascending.
    places: Vec<(usize, usize)>,
}

impl Window {
    /// The line, safe to print, with `…` for what does not fit into `columns` beside the marks.
    pub(super) fn new(line: &str, marks: &[Range<usize>], columns: usize) -> Self {
        let mut text = String::new();
        let mut places = Vec::new();
        let mut shown = 0;
        for range in windows(line, marks, columns) {
            if range.start > shown {
                places.push((shown, text.len()));
                text.push('…');
            }
            let slice = line.get(range.clone()).unwrap_or_default();
            for ((at, _), (before, char)) in slice.char_indices().zip(pairs(slice)) {
                places.push((range.start + at, text.len()));
                match substitute(before, char) {
                    Some(substitute) => text.push_str(&substitute),
                    None => text.push(char),
                }
            }
            shown = range.end;
        }
        places.push((shown, text.len()));
        if shown < line.len() {
            text.push('…');
        }
        Window { text, places }
    }

    /// Where the byte `at` of the line is shown.
    pub(super) fn start_of(&self, at: usize) -> usize {
        let after = self.places.partition_point(|&(line, _)| line <= at);
        let place = self.places.get(after.saturating_sub(1));
        place.map_or(0, |&(_, shown)| shown)
    }

    /// Where what is before the byte `at` of the line ends.
    pub(super) fn end_of(&self, at: usize) -> usize {
        let before = self.places.partition_point(|&(line, _)| line < at);
        let place = self.places.get(before);
        place.map_or(self.text.len(), |&(_, shown)| shown)
    }
}

/// The parts of `line` that are shown: all of it where it fits and leaves room to say something under the marks, else
/// the marks and about as much on either side of them. Looks at no more of the line than that.
fn windows(line: &str, marks: &[Range<usize>], columns: usize) -> Vec<Range<usize>> {
    let lead = columns.saturating_sub(LABEL_ROOM).max(8);
    let led = forward(line, 0, lead);
    if forward(line, 0, columns) == line.len() && marks.iter().all(|mark| mark.start <= led) {
        return vec![0..line.len()];
    }
    let (mut marks, mut columns, mut lead) = (marks.to_vec(), columns, lead);
    marks.order_by_key(|mark| (mark.start, mark.end));
    if marks.len() > 1 {
        // The last mark stands at the right: it needs room for what is said under it.
        columns = columns.saturating_sub(LABEL_ROOM / 2).max(16);
        let start = marks.iter().map(|mark| mark.start).min().unwrap_or(0);
        let end = marks.iter().map(|mark| mark.end).max().unwrap_or(0);
        // Marks near each other get one window.
        if forward(line, start, columns * 3 / 4) >= end {
            lead = columns.saturating_sub(width(line.get(start..end).unwrap_or_default()));
            marks = vec![start..end];
        }
    }
    let share = (columns / marks.len().max(1)).max(10) - 2;
    let mut shown: Vec<Range<usize>> = Vec::new();
    for mark in &marks {
        for part in around(line, mark, share, lead) {
            match shown.last_mut() {
                // A `…` would take as much room as what it hides.
                Some(last) if part.start <= forward(line, last.end, 1) => {
                    last.end = last.end.max(part.end);
                }
                _ => shown.push(part),
            }
        }
    }
    if shown.is_empty() {
        shown.push(0..forward(line, 0, columns - 1));
    }
    shown
}

/// The mark with its surroundings in `share` columns, at most `lead` of them before it; the two ends of a mark that is
/// too long for that.
fn around(line: &str, mark: &Range<usize>, share: usize, lead: usize) -> Vec<Range<usize>> {
    let margin = share / 6;
    let opening = backward(line, mark.start, margin);
    let closing = forward(line, mark.end, margin);
    let beside = [opening..mark.start, mark.end..closing];
    let beside = beside.map(|range| width(line.get(range).unwrap_or_default()));
    // One column more is needed for the `…` in the middle.
    let inside = share.saturating_sub(beside.iter().sum::<usize>() + 1);
    if forward(line, mark.start, inside) < mark.end {
        return vec![
            opening..forward(line, mark.start, inside / 2),
            backward(line, mark.end, inside / 2)..closing,
        ];
    }
    let free = share.saturating_sub(width(line.get(mark.clone()).unwrap_or_default()));
    // What the line's end does not need is given to the beginning.
    let rest = forward(line, mark.end, free);
    let rest = width(line.get(mark.end..rest).unwrap_or_default());
    let before = (free / 2).max(free - rest).min(lead);
    let start = backward(line, mark.start, before);
    let used = width(line.get(start..mark.start).unwrap_or_default());
    let end = forward(line, mark.end, free - used.min(free));
    vec![after_space(line, start, mark.start)..before_space(line, mark.end, end)]
}

/// `start`, moved behind a near space so that the window opens with a whole word.
fn after_space(line: &str, start: usize, limit: usize) -> usize {
    let whole = line
        .get(..start)
        .is_none_or(|before| before.is_empty() || before.ends_with(' '));
    let near = floor(line, limit.min(start + WORD)).max(start);
    match line.get(start..near).and_then(|text| text.find(' ')) {
        Some(space) if !whole => start + space + 1,
        _ => start,
    }
}

/// `end`, moved before a near space so that the window closes with a whole word.
fn before_space(line: &str, limit: usize, end: usize) -> usize {
    let whole = line
        .get(end..)
        .is_none_or(|after| after.is_empty() || after.starts_with(' '));
    let near = floor(line, end.saturating_sub(WORD)).max(limit);
    match line.get(near..end).and_then(|text| text.rfind(' ')) {
        Some(space) if !whole => near + space,
        _ => end,
    }
}

/// The byte of `line` at most `limit` columns after the byte `from`. Characters without width count as an eighth of a
/// column, so that a line of nothing else has an end.
fn forward(line: &str, from: usize, limit: usize) -> usize {
    let rest = line.get(from..).unwrap_or_default();
    from + taken(rest.chars(), limit)
}

/// The byte of `line` at most `limit` columns before the byte `to`.
fn backward(line: &str, to: usize, limit: usize) -> usize {
    let rest = line.get(..to).unwrap_or_default();
    to - taken(rest.chars().rev(), limit).min(to)
}

/// The bytes of the characters that fit into `limit` columns.
fn taken(chars: impl Iterator<Item = char>, limit: usize) -> usize {
    let mut left = limit * 8;
    let fitting = chars.take_while(|&char| {
        let needed = (columns(char) * 8).max(1);
        let fits = needed <= left;
        left = left.saturating_sub(needed);
        fits
    });
    fitting.map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests;
