//! A snip's trailer: metadata after the Markdown, as YAML with Ruby symbols for keys.
//!
//! ```text
//! file     body trailer
//! trailer  YAML from the first ":" that begins a line to the end of the file
//! entry    ":" key ":" blank value          and whatever else YAML allows after that
//! ```
//!
//! The site knows no other rule than the first `"\n:"` (or a `:` that begins the file), so that a body line with a
//! colon in front - a definition list, `:) thanks`, `:tada: we shipped it` - ends the note there and then. That is
//! worth one problem ([`ProblemKind::CutOff`]), and no more than that: body and entries are those that the author
//! meant, so that every other rule sees the whole note.
//!
//! What the author meant is a matter of judgement where lines without a key stand between lines with one. Lines are
//! put together into *runs*: lines that begin with `:key:`, their continuation lines, blank lines. From the last run
//! upward, a run belongs to the trailer
//!
//! * if at most three other lines lie between and either no blank line sets them off, or the run is surely metadata:
//!   it has two keys or more, or a value that no sentence would have (`true`, a date, a quoted text, a list),
//! * or if it is surely metadata and has more keys than all that follow: then text was added below the trailer.
//!
//! A trailer whose first line has lost its second colon (`:name week-5`) is taken with that line. A lone `:key:` line
//! with prose around it and no trailer anywhere is prose.
//!
//! Source: the snip format of Soup and vanilla-rb; YAML as in `yaml.rs`.

use super::lines::{Line, beginning, lines};
use super::yaml::{self, Keys};
use super::{Format, Metadata, Problem, ProblemKind, Value};
use crate::source::Span;

/// Lines with keys that belong together, and what follows them.
#[derive(Debug, Default)]
struct Run {
    /// The first line, which has a key.
    start: usize,
    /// The number of lines with a key.
    keys: usize,
    /// A value that no sentence would have; not asked of the keys after the first, because two are proof enough.
    telling: bool,
    /// Whether the last line of the run is blank.
    ends_blank: bool,
    /// The number of lines without a key that follow, without blank ones.
    gap: usize,
    /// Whether the last of them is blank.
    gap_ends_blank: bool,
}

impl Run {
    /// Whether this can be nothing but metadata.
    fn is_sure(&self) -> bool {
        self.keys > 1 || self.telling
    }

    /// Whether this run and the one after it, from where on `keys` keys follow, are one trailer.
    fn continues(&self, keys: usize) -> bool {
        let is_near = match self.gap {
            0 => return true,
            1 => self.is_sure() || !self.ends_blank && !self.gap_ends_blank,
            gap => gap <= 3 && self.is_sure(),
        };
        is_near || self.is_sure() && self.keys > keys
    }
}

/// The trailer of a snip, and the span of the body before it. `None` where there is no line with `:key:` that could be
/// metadata.
pub fn parse(text: &str) -> Option<(Metadata, Span)> {
    let body = beginning(text);
    let first = first_colon(text, body)?;
    let start = trailer_start(text, first)?;
    let mut block = yaml::parse(text, start..text.len(), Keys::Symbols);
    let cut = lines(text, first..start).filter(|line| line.of(text).starts_with(':'));
    let cut = cut.map(|line| Problem::new(line.trimmed(text), ProblemKind::CutOff));
    block.problems.splice(0..0, cut);
    let metadata = Metadata::of(Format::Trailer, start..text.len(), block);
    Some((metadata, Span::new(body, start)))
}

/// The first byte of the first line that begins with `:`.
fn first_colon(text: &str, body: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(body..)?;
    if bytes.first() == Some(&b':') {
        return Some(body);
    }
    memchr::memmem::find(bytes, b"\n:").map(|at| body + at + 1)
}

/// The first byte of the trailer that the author meant, at `first` or after it.
fn trailer_start(text: &str, first: usize) -> Option<usize> {
    let (opening, runs) = runs(text, first);
    let mut following = runs.iter().rev();
    let last = following.next()?;
    let mut start = last.start;
    let mut keys = last.keys;
    let mut sure = last.is_sure();
    for run in following {
        if !run.continues(keys) {
            break;
        }
        start = run.start;
        keys += run.keys;
        sure |= run.is_sure();
    }
    // A lone key, and text goes on after it.
    if keys == 1 && last.gap > if sure { 3 } else { 0 } {
        return None;
    }
    let at_first_run = runs.first().is_some_and(|run| run.start == start);
    Some(opening.filter(|_| at_first_run).unwrap_or(start))
}

/// The runs of the lines from `first` on, and where a broken first line of a trailer begins that is followed by the
/// first run at once.
fn runs(text: &str, first: usize) -> (Option<usize>, Vec<Run>) {
    let mut runs: Vec<Run> = Vec::new();
    let mut opening = None;
    let mut in_run = false;
    for line in lines(text, first..text.len()) {
        let source = line.of(text);
        let blank = source.trim().is_empty();
        if is_key(source) {
            match runs.last_mut().filter(|_| in_run) {
                Some(run) => {
                    run.keys += 1;
                    run.ends_blank = false;
                }
                None => runs.push(Run {
                    start: line.start,
                    keys: 1,
                    telling: is_telling(source),
                    ..Run::default()
                }),
            }
            in_run = true;
            continue;
        }
        let Some(run) = runs.last_mut() else {
            opening = broken_opening(source, line);
            continue;
        };
        if in_run && (blank || yaml::belongs(source)) {
            run.telling |= !run.ends_blank && source.trim_start().starts_with("- ");
            run.ends_blank = blank;
            continue;
        }
        in_run = false;
        run.gap_ends_blank = blank;
        run.gap += usize::from(!blank);
    }
    (opening, runs)
}

/// Whether a line begins with `:key:`.
fn is_key(line: &str) -> bool {
    line.starts_with(':') && yaml::key_line(line, Keys::Symbols).is_some()
}

/// Whether the value of a line with a key is one that no sentence would have.
fn is_telling(line: &str) -> bool {
    let value = line.splitn(3, ':').nth(2).unwrap_or("").trim();
    let value = value.split(" #").next().unwrap_or("").trim_end();
    value.starts_with(['"', '\'', '['])
        || !matches!(Value::of_plain(value), Value::String(_) | Value::Null)
}

/// The beginning of a line like `:name week-5`, which has only lost its second colon.
fn broken_opening(source: &str, line: Line) -> Option<usize> {
    let name = source.strip_prefix(':')?;
    yaml::identifier(name).map(|_| line.start)
}

#[cfg(test)]
mod tests;
