//! An archive with other texts for some documents, as an editor needs it at every keystroke.
//!
//! What an archive learns (which documents are notes, what their weeks are, what nearly all of them keep) it learns from
//! names, metadata, titles and opening lines. Where these are as they were, only links are looked up anew.

use super::{Archive, Derived, Parts};
use crate::discover::Files;
use crate::document::{Document, Heading};
use crate::source::Span;

impl Archive {
    /// What it was built from, to be built anew with what has changed. Of the files, those that are documents are left out.
    pub fn into_parts(self) -> Parts {
        let permalinks = self.routes.permalinks.clone();
        Parts {
            documents: self.documents,
            files: Files {
                others: self.other_files,
                unknown: self.routes.into_unknown(),
                left_out: self.left_out,
                ..Files::default()
            },
            permalinks,
            options: self.parse_options,
            config: self.config,
            today: self.today,
            past: self.past,
        }
    }

    /// The archive with these documents in the place of those at the same paths.
    pub fn with_documents(mut self, changed: Vec<Document>) -> Self {
        let mut is_learnt = true;
        let mut laws = std::mem::take(&mut self.derived).laws;
        for mut new in changed {
            let Some(id) = self.find(&new.path) else {
                continue;
            };
            let Some(old) = self.documents.get_mut(id.0 as usize) else {
                continue;
            };
            new.metadata.given = old.metadata.given.take();
            match moved(old, &new).filter(|_| is_learnt) {
                Some(moves) => {
                    if let Some(laws) = laws.get_mut() {
                        laws.moved(id, |span| moves.of(span));
                    }
                }
                None => is_learnt = false,
            }
            *old = new;
        }
        if !is_learnt {
            return Archive::new(self.into_parts());
        }
        self.derived = Derived {
            laws,
            ..Derived::default()
        };
        self.routes.forget();
        self.look_links_up(None);
        self
    }
}

/// Where the places of a document stand now that say something of it, each with where it stood.
struct Moves(Vec<(Span, Span)>);

impl Moves {
    /// Where a span of the old text stands now.
    fn of(&self, span: Span) -> Span {
        let mut moves = self.0.iter();
        // The empty span at the beginning stands for the file's name.
        let found = moves.find(|(old, _)| span != Span::at(0) && old.contains(span));
        found.map_or(span, |(old, new)| {
            let by = |at: u32| (at - old.start + new.start) as usize;
            Span::new(by(span.start), by(span.end))
        })
    }
}

/// How the places have moved, if an archive learns the same from both documents.
fn moved(old: &Document, new: &Document) -> Option<Moves> {
    let (before, after) = (&old.metadata, &new.metadata);
    let are_alike = before.digest == after.digest
        && before.format == after.format
        && before.problems.is_empty()
        && after.problems.is_empty()
        && (old.unreadable.is_none() && new.unreadable.is_none());
    let are_alike = are_alike && say_the_same(old, new);
    let spans = |document: &Document| {
        let heading = document.title_heading();
        let opening = document.opening.as_ref();
        [
            Some(document.metadata.block),
            heading.map(|heading| heading.span),
            opening.map(|opening| opening.span),
            Some(document.first_line),
        ]
    };
    let pairs = spans(old).into_iter().zip(spans(new));
    let pairs: Vec<(Span, Span)> = pairs.filter_map(|(old, new)| old.zip(new)).collect();
    let same = pairs.iter().all(|(old, new)| old.len() == new.len());
    (are_alike && same).then_some(Moves(pairs))
}

/// Whether titles and opening lines of two documents say the same, in the same form.
fn say_the_same(one: &Document, other: &Document) -> bool {
    let titles = [one, other].map(Document::title_heading);
    let openings = [one, other].map(|document| document.opening.as_ref());
    let same_title = |one: &Heading, other: &Heading| {
        let inside = |title: &Heading| title.content.start - title.span.start;
        (one.level, one.first, inside(one)) == (other.level, other.first, inside(other))
            && one.source == other.source
            && one.text == other.text
    };
    let are_same_titles = match titles {
        [Some(one), Some(other)] => same_title(one, other),
        [one, other] => one.is_none() && other.is_none(),
    };
    let [one, other] = openings.map(|opening| opening.map(|opening| &opening.text));
    are_same_titles && one == other
}

#[cfg(test)]
mod tests;
