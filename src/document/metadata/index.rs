//! Look-ups in a block of metadata that may hold very many keys: by key, and by place. A key is looked for from the last entry
//! on: blocks are short, and few keys are asked for.

use super::{Entry, Metadata};
use crate::source::{Span, Text};

/// What is known of a block's keys and problems as a whole. Made when it is first asked for, when the block is complete.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Whether a key stands there twice.
    repeats: bool,
    /// The keys that have different values, in order.
    contested: Vec<Text>,
    /// The problems in the order of their beginnings: the first byte of one, and the last end of all up to it.
    problems: Vec<(u32, u32)>,
}

impl Index {
    fn of(metadata: &Metadata) -> Self {
        let mut keys: Vec<&Entry> = metadata.entries.iter().collect();
        keys.sort_by(|one, other| one.key.cmp(&other.key));
        let same = keys.chunk_by(|one, other| one.key == other.key);
        let mut same = same.filter(|same| same.len() > 1).peekable();
        let repeats = same.peek().is_some();
        let contested = same.filter_map(|same| {
            let (first, rest) = same.split_first()?;
            let is_contested = rest.iter().any(|other| other.value != first.value);
            is_contested.then(|| first.key.clone())
        });
        let contested = contested.collect();
        let spans = metadata.problems.iter().map(|problem| problem.span);
        let mut problems: Vec<(u32, u32)> = spans.map(|span| (span.start, span.end)).collect();
        problems.sort_unstable();
        let mut last = 0;
        for (_, end) in &mut problems {
            last = last.max(*end);
            *end = last;
        }
        Index {
            repeats,
            contested,
            problems,
        }
    }
}

impl Metadata {
    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(self))
    }

    /// The entry that counts for `key`: the last one, as YAML, JSON and Psych have it.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().rfind(|entry| *entry.key == *key)
    }

    /// Whether a key stands there twice.
    pub fn repeats(&self) -> bool {
        self.index().repeats
    }

    /// Whether the key stands there again with another value, so that nobody knows which one is meant.
    pub fn is_contested(&self, entry: &Entry) -> bool {
        self.index().contested.binary_search(&entry.key).is_ok()
    }

    /// Whether a problem shares a byte with `span`.
    pub(super) fn has_problem_in(&self, span: Span) -> bool {
        let problems = &self.index().problems;
        let before = problems.partition_point(|(start, _)| *start < span.end);
        let last = before.checked_sub(1).and_then(|last| problems.get(last));
        last.is_some_and(|(_, end)| span.start < *end)
    }

    /// The first entry whose key or value the place of a problem touches.
    pub fn entry_at(&self, span: Span) -> Option<&Entry> {
        // Entries are in the order of the source, and the value of one may end where the problem begins.
        let after = self
            .entries
            .partition_point(|entry| entry.key_span.end <= span.start);
        let near = self.entries.get(after.saturating_sub(1)..)?.iter();
        let mut near = near.take_while(|entry| entry.key_span.start <= span.end);
        near.find(|entry| {
            let touches = entry.value_span.end == span.start || entry.key_span.start == span.end;
            touches || entry.key_span.overlaps(span)
        })
    }

    /// The first comment inside `span`, with its words.
    pub fn comment_in(&self, span: Span) -> Option<(Span, &str)> {
        let from = self
            .comments
            .partition_point(|(comment, _)| comment.start < span.start);
        let (comment, words) = self.comments.get(from)?;
        span.contains(*comment).then_some((*comment, words))
    }
}
