//! The excerpts under a finding, as miette draws them.
//!
//! miette reads one source for each diagnostic and prints its lines whole. A paragraph of a weeknote is one line of a
//! thousand characters, and a finding points into several notes at once. So [`Excerpts`] is a small text of its own: a
//! window around the marks of each marked line, safe to print, one line after the other whatever file they come from,
//! with their true paths and line numbers. Drawing it costs the same for a note of any size.

use super::SourceFile;
use super::text::{floor, visible, width, wrap};
use super::window::{LABEL_ROOM, Window};
use crate::order::Order;
use crate::source::{Position, Span};
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::collections::BTreeSet;
use std::ops::Range;

/// A place longer than this many lines is marked on its first line alone.
const LONGEST_PLACE: usize = 4;
/// Unmarked lines that are shown between two marked ones, so that both stand in one frame.
const BRIDGE: usize = 2;

/// A place to be marked, with what is said there.
#[derive(Debug)]
pub(super) struct Mark<'a> {
    pub source: &'a SourceFile,
    pub span: Span,
    /// Where the span begins, for the frame's head.
    pub start: Position,
    /// Said under the mark; nothing where empty.
    pub said: String,
    pub primary: bool,
}

impl Mark<'_> {
    /// The bytes that exist: the file may be shorter than when the place was found.
    fn range(&self) -> Range<usize> {
        let text = &self.source.text;
        let start = floor(text, self.span.start as usize);
        start..floor(text, self.span.end as usize).max(start)
    }

    /// The first and the last line of the place, from 0.
    fn lines(&self) -> (usize, usize) {
        let Range { start, end } = self.range();
        let first = self.source.lines.line_of(start);
        let last = self.source.lines.line_of(end.saturating_sub(1).max(start));
        (first, last)
    }

    fn is_in(&self, source: &SourceFile) -> bool {
        std::ptr::eq(self.source, source)
    }
}

/// A line of the excerpts.
#[derive(Debug)]
struct Row {
    /// Which file it is from: an ordinal.
    file: usize,
    /// The line in that file, from 0.
    line: usize,
    /// Its bytes in the excerpts, line ending included.
    bytes: Range<usize>,
}

/// The marked lines of a finding. See the module's head.
#[derive(Debug, Default)]
pub(super) struct Excerpts {
    text: String,
    rows: Vec<Row>,
    /// Where each mark begins in the excerpts, and the `path:line:column` that its frame is headed with.
    names: Vec<(usize, String)>,
    labels: Vec<LabeledSpan>,
}

impl Excerpts {
    /// Excerpts for the marks, no line of them wider than `columns`. Files come in the order of their first marks.
    pub(super) fn new(marks: Vec<Mark>, columns: usize) -> Self {
        let marks = merged(marks);
        let mut excerpts = Excerpts::default();
        // miette draws places of several lines with an arrow before them.
        let arrow = marks.iter().any(|mark| mark.lines().0 < mark.lines().1);
        let columns = columns.saturating_sub(if arrow { 4 } else { 0 });
        let mut files: Vec<&SourceFile> = Vec::new();
        for mark in &marks {
            if !files.iter().any(|file| mark.is_in(file)) {
                files.push(mark.source);
            }
        }
        for (ordinal, file) in files.into_iter().enumerate() {
            let marks: Vec<&Mark> = marks.iter().filter(|mark| mark.is_in(file)).collect();
            excerpts.add(ordinal, file, &marks, columns);
        }
        excerpts
    }

    /// The labels, as bytes of the excerpts and sorted by them.
    pub(super) fn labels(&self) -> &[LabeledSpan] {
        &self.labels
    }

    fn add(&mut self, ordinal: usize, file: &SourceFile, marks: &[&Mark], columns: usize) {
        let mut places: Vec<Option<Range<usize>>> = vec![None; marks.len()];
        for line in lines_to_show(marks) {
            let portions: Vec<_> = marks.iter().map(|mark| portion(mark, line)).collect();
            let within: Vec<_> = portions.iter().flatten().cloned().collect();
            let start = self.text.len();
            let window = Window::new(content(file, line), &within, columns);
            self.text.push_str(&window.text);
            self.text.push('\n');
            self.rows.push(Row {
                file: ordinal,
                line,
                bytes: start..self.text.len(),
            });
            for (place, portion) in places.iter_mut().zip(portions) {
                let Some(portion) = portion else { continue };
                let first = start + window.start_of(portion.start);
                let end = match portion.is_empty() {
                    true => first,
                    false => start + window.end_of(portion.end),
                };
                let first = place.as_ref().map_or(first, |place| place.start);
                *place = Some(first..end.max(first));
            }
        }
        for (mark, place) in marks.iter().zip(places) {
            self.label(mark, place.unwrap_or_default(), columns);
        }
        self.labels.order_by_key(LabeledSpan::offset);
    }

    fn label(&mut self, mark: &Mark, bytes: Range<usize>, columns: usize) {
        let (first, last) = mark.lines();
        let path = visible(&mark.source.path);
        let name = format!("{path}:{}:{}", mark.start.line, mark.start.column);
        self.names.push((bytes.start, name));

        let mut said = mark.said.clone();
        if last - first >= LONGEST_PLACE {
            let gap = if said.is_empty() { "" } else { " " };
            said.push_str(&format!("{gap}(to line {})", last + 1));
        }
        let mut rows = self.rows.iter();
        let row = rows.find(|row| row.bytes.contains(&bytes.start));
        let shown = row.map_or(0, |row| {
            let middle = floor(&self.text, (bytes.start + bytes.end) / 2).min(row.bytes.end);
            width(self.text.get(row.bytes.start..middle).unwrap_or_default())
        });
        let room = columns.saturating_sub(shown + 4).max(LABEL_ROOM / 2 - 4);
        let said = (!said.is_empty()).then(|| wrap(&said, room, room));
        let span = (bytes.start, bytes.len());
        self.labels.push(if mark.primary {
            LabeledSpan::new_primary_with_span(said, span)
        } else {
            LabeledSpan::new_with_span(said, span)
        });
    }
}

impl SourceCode for Excerpts {
    /// The rows that `span` touches; refused where they are no lines that follow each other in one file, so that miette
    /// draws a frame for each of them. The context asked for is left out: a window is all the context there is.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset() + span.len().max(1);
        let touched = |row: &&Row| row.bytes.start < end && span.offset() < row.bytes.end;
        let mut rows = self.rows.iter().filter(touched);
        let first = rows.next().ok_or(MietteError::OutOfBounds)?;
        let mut last = first;
        for row in rows {
            if row.file != last.file || row.line != last.line + 1 {
                return Err(MietteError::OutOfBounds);
            }
            last = row;
        }
        let bytes = first.bytes.start..last.bytes.end;
        let data = self.text.as_bytes().get(bytes.clone());
        let name = self.names.iter().find(|(at, _)| *at == span.offset());
        Ok(Box::new(MietteSpanContents::new_named(
            name.map(|(_, name)| name.clone()).unwrap_or_default(),
            data.ok_or(MietteError::OutOfBounds)?,
            (bytes.start, bytes.len()).into(),
            first.line,
            0,
            // miette tries to join two frames where the first, by this count, reaches to the second: always try.
            usize::MAX / 2,
        )))
    }
}

/// Marks that overlap cannot be drawn below one line: the later one is said at the earlier one's place.
fn merged(marks: Vec<Mark>) -> Vec<Mark> {
    let mut kept: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        let same = |other: &&mut Mark| {
            mark.is_in(other.source) && (mark.span == other.span || mark.span.overlaps(other.span))
        };
        match kept.iter_mut().find(same) {
            Some(other) if other.said.is_empty() => other.said = mark.said,
            Some(other) => other.said = format!("{}\n{}", other.said, mark.said),
            None => kept.push(mark),
        }
    }
    kept
}

/// The lines of the marks, and those between two that are near each other; first the lines that stand in one frame with
/// the finding's own place.
fn lines_to_show(marks: &[&Mark]) -> Vec<usize> {
    let mut marked = BTreeSet::new();
    let mut primary = None;
    for mark in marks {
        let (first, last) = mark.lines();
        let long = last - first >= LONGEST_PLACE;
        marked.extend(first..=if long { first } else { last });
        primary = primary.or(mark.primary.then_some(first));
    }
    let mut frames: Vec<Vec<usize>> = Vec::new();
    for line in marked {
        match frames.last_mut() {
            Some(frame) if frame.last().is_some_and(|last| line - last <= BRIDGE + 1) => {
                let next = frame.last().map_or(line, |last| last + 1);
                frame.extend(next..=line);
            }
            _ => frames.push(vec![line]),
        }
    }
    frames.order_by_key(|frame| !primary.is_some_and(|line| frame.contains(&line)));
    frames.concat()
}

/// The bytes of a line that the mark covers; nothing on a line that it is not drawn on.
fn portion(mark: &Mark, line: usize) -> Option<Range<usize>> {
    let (first, last) = mark.lines();
    if line < first || line > last || (line > first && last - first >= LONGEST_PLACE) {
        return None;
    }
    let begin = mark.source.lines.line_span(line, &mark.source.text).start as usize;
    let length = content(mark.source, line).len();
    let within = |offset: usize| offset.saturating_sub(begin).min(length);
    let range = mark.range();
    Some(within(range.start)..within(range.end))
}

/// A line without its line ending.
pub(super) fn content(file: &SourceFile, line: usize) -> &str {
    let line = file.lines.line_span(line, &file.text).of(&file.text);
    line.trim_end_matches(['\n', '\r'])
}
