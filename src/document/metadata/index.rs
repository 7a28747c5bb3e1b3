//! Look-ups in a block of metadata that may hold very many keys: by key, and by place.

use super::{Entry, Metadata};
use crate::order::Order;
use crate::source::Span;

/// What is known of a block's keys and problems as a whole. Made when it is first asked for, when the block is complete.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Whether there are no problems, and no key has two values.
    is_sound: bool,
    /// Whether a key stands there twice.
    repeats: bool,
    /// The indices of the entries in the order of their keys, of equal ones in that of the source; and whether entries of
    /// the key have different values.
    by_key: Vec<(u32, bool)>,
    /// The problems in the order of their beginnings: the first byte of one, and the last end of all up to it.
    problems: Vec<(u32, u32)>,
}

impl Index {
    fn of(metadata: &Metadata) -> Self {
        let entries = &metadata.entries;
        let mut keys: Vec<(&Entry, u32)> = entries.iter().zip(0..).collect();
        keys.order_by(|(one, _), (other, _)| one.key.cmp(&other.key));
        let mut by_key = Vec::with_capacity(keys.len());
        let mut repeats = false;
        for same in keys.chunk_by(|(one, _), (other, _)| one.key == other.key) {
            let mut pairs = same.iter().zip(same.iter().skip(1));
            let is_contested = pairs.any(|((one, _), (other, _))| one.value != other.value);
            repeats |= same.len() > 1;
            by_key.extend(same.iter().map(|(_, index)| (*index, is_contested)));
        }
        let spans = metadata.problems.iter().map(|problem| problem.span);
        let mut problems: Vec<(u32, u32)> = spans.map(|span| (span.start, span.end)).collect();
        problems.sort_unstable();
        let mut last = 0;
        for (_, end) in &mut problems {
            last = last.max(*end);
            *end = last;
        }
        Index {
            is_sound: problems.is_empty() && by_key.iter().all(|(_, is_contested)| !is_contested),
            repeats,
            by_key,
            problems,
        }
    }
}

impl Metadata {
    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(self))
    }

    /// The last entry of `key`, and whether another entry of it has another value.
    fn last_of(&self, key: &str) -> Option<(&Entry, bool)> {
        let by_key = &self.index().by_key;
        let entry = |(index, is_contested): &(u32, bool)| {
            Some((self.entries.get(*index as usize)?, *is_contested))
        };
        let not_after = |at: &(u32, bool)| entry(at).is_some_and(|(entry, _)| *entry.key <= *key);
        let last = by_key.partition_point(not_after).checked_sub(1)?;
        let last = by_key.get(last).and_then(entry);
        last.filter(|(entry, _)| *entry.key == *key)
    }

    /// The entry that counts for `key`: the last one, as YAML, JSON and Psych have it.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        match self.entries.len() {
            // Most blocks are looked through faster than their index is.
            ..32 => self.entries.iter().rfind(|entry| *entry.key == *key),
            _ => self.last_of(key).map(|(entry, _)| entry),
        }
    }

    /// Whether a key stands there twice.
    pub fn repeats(&self) -> bool {
        self.index().repeats
    }

    /// Whether the key stands there again with another value, so that nobody knows which one is meant.
    pub fn is_contested(&self, entry: &Entry) -> bool {
        let last = (!self.index().is_sound).then(|| self.last_of(&entry.key));
        last.flatten().is_some_and(|(_, is_contested)| is_contested)
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
