//! Fixing: the fixes of findings, applied until nothing is left to apply.
//!
//! We fix texts in memory, round by round, because one fix can reveal another. Nobody reads these fixes one by one, so
//! they must not reveal a new finding, in this file or another. If a round does, we take it back and repeat it without
//! the fixes on the lines of those findings or, if the findings are elsewhere, with half of its fixes, until the one
//! that caused them is left out. We write the files when all is done (see [`crate::write`]), and only those that still
//! hold what we linted.

use crate::diagnostic::{Diagnostic, DocumentId, Edit, Fix, Safety};
use crate::hash;
use crate::lint::{self, Request};
use crate::order::Order;
use crate::patch::{self, Kept};
use crate::report::Outcome;
use crate::report::text::visible;
use crate::source::{self, Span};
use crate::write::{self, Before, Refusal};
use miette::Report;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

/// More rounds than any sound repairs need: a file that is still not done then is left as it was.
const MOST_ROUNDS: usize = 100;

/// So many rounds are taken back at most, since each costs as much as a run. Where that is not enough, all files are left as
/// they were: a second run would go on with them else.
const MOST_REFUSED: usize = 32;

/// The repaired texts by path.
#[derive(Debug, Default)]
pub struct Repairs {
    /// The texts of every file that changes.
    pub texts: BTreeMap<String, Repaired>,
    /// Files that are left as they are, though they have something to repair, and why.
    pub refused: Vec<(String, Refusal)>,
}

/// A file that changes.
#[derive(Debug)]
pub struct Repaired {
    /// Its text before.
    pub before: String,
    /// Its text after.
    pub after: String,
    /// The lines that no fix has touched.
    kept: Kept,
    /// How many fixes were applied.
    pub count: usize,
}

impl Repaired {
    /// The bytes of the text before that are replaced, each with those of the text after that take their place.
    pub fn changes(&self) -> Vec<(Span, Span)> {
        patch::replaced(&self.before, &self.after, &self.kept)
    }
}

/// Applies the fixes of what is reported: the safe ones, and with `with_unsafe` the others too. `request` knows the
/// repaired texts afterwards, as if they were read from the files.
///
/// # Errors
///
/// As [`lint::read_archive`] and [`lint::lint`].
pub fn repair(request: &mut Request, with_unsafe: bool) -> Result<Repairs, Report> {
    repair_by(request, with_unsafe, |request| {
        let archive = lint::read_archive(request)?;
        // Which of the fixes are safe is no matter where all of them are wanted.
        match with_unsafe {
            true => lint::lint_unproven(&archive, request),
            false => lint::lint(&archive, request),
        }
    })
}

/// [`repair`] for those who need not read the archive: `look` says what is found in it with the texts that a request has.
///
/// # Errors
///
/// Those of `look`.
pub fn repair_by(
    request: &mut Request,
    with_unsafe: bool,
    mut look: impl FnMut(&Request) -> Result<Outcome, Report>,
) -> Result<Repairs, Report> {
    let mut work = Work {
        with_unsafe,
        ..Work::default()
    };
    let mut outcome = look(request)?;
    loop {
        let round = work.choose(&outcome, request);
        if round.is_empty() {
            break;
        }
        let before: Vec<(String, Option<Vec<u8>>)> = (round.iter())
            .map(|one| (one.path.clone(), request.replaced.get(&one.path).cloned()))
            .collect();
        for one in &round {
            let after = one.text.after.clone().into_bytes();
            request.replaced.insert(one.path.clone(), after);
        }
        let next = look(request)?;
        if work.accepts(&outcome, &next, &round) {
            work.keep(round, request);
            outcome = match work.is_stuck {
                true => look(request)?,
                false => next,
            };
            continue;
        }
        for (path, content) in before {
            match content {
                Some(content) => request.replaced.insert(path, content),
                None => request.replaced.remove(&path),
            };
        }
        if work.refused >= MOST_REFUSED {
            work.give_up(request);
            break;
        }
    }
    Ok(work.finish(&outcome, request))
}

/// What a round does to one file.
struct Change {
    path: String,
    text: Repaired,
    /// The findings that it fixes.
    fingerprints: Vec<u64>,
    /// Where their edits begin in the text before, each with its finding.
    edits: Vec<(u32, u64)>,
}

impl Change {
    /// The findings that are fixed alone on the lines where something is found at `offsets` of the text after.
    fn mended_alone_at(&self, offsets: &[u32]) -> Vec<u64> {
        let feeds =
            |text: &str| -> Vec<usize> { memchr::memchr_iter(b'\n', text.as_bytes()).collect() };
        let Repaired {
            before,
            after,
            kept,
            ..
        } = &self.text;
        let ends = [before, after].map(|text| text.split_inclusive('\n').count());
        let (before, after) = (feeds(before), feeds(after));
        let line = |feeds: &[usize], at: u32| feeds.partition_point(|feed| *feed < at as usize);
        let mut fixed: HashMap<(usize, usize), HashSet<u64>> = HashMap::new();
        for (start, fingerprint) in &self.edits {
            let changed = kept.change_at(0, line(&before, *start), ends);
            if let Some(changed) = changed {
                fixed.entry(changed).or_default().insert(*fingerprint);
            }
        }
        let changed = offsets.iter();
        let changed = changed.filter_map(|at| kept.change_at(1, line(&after, *at), ends));
        let alone = changed.filter_map(|at| fixed.get(&at).filter(|fixes| fixes.len() == 1));
        alone.flatten().copied().collect()
    }
}

/// The state of the work.
#[derive(Default)]
struct Work {
    with_unsafe: bool,
    done: BTreeMap<String, Repaired>,
    /// The texts that a file has had, by hash: to have one again is to go round in circles.
    seen: HashMap<String, HashSet<u64>>,
    /// Files that are left alone: their repairs undo each other.
    left: HashSet<String>,
    /// Fixes that are left out: something else would be found then.
    barred: HashSet<u64>,
    /// How many fixes a round may hold, once that was too many.
    most: Option<usize>,
    rounds: usize,
    /// How many rounds were taken back.
    refused: usize,
    /// Whether the last round put a file back.
    is_stuck: bool,
}

impl Work {
    /// As many of the wanted fixes as do not touch each other.
    fn choose(&self, outcome: &Outcome, request: &Request) -> Vec<Change> {
        // A finding may be reported for a label alone; what was not named is not changed.
        let may_change = |edit: &Edit| {
            let source = outcome.sources.get(&edit.place.document);
            source.is_some_and(|source| {
                lint::selects(&request.selected, &source.path)
                    && !self.left.contains(&source.path)
                    && source.text.get(edit.place.span.range()).is_some()
                    && !source.has_changed
            })
        };
        let is_wanted = |fix: &Fix| {
            (self.with_unsafe || fix.safety == Safety::Safe) && fix.edits.iter().all(may_change)
        };
        let mut taken = Taken::default();
        let mut fixed: HashMap<DocumentId, Vec<u64>> = HashMap::new();
        let mut room = self.most.unwrap_or(usize::MAX);
        for Diagnostic {
            fix, fingerprint, ..
        } in &outcome.diagnostics
        {
            let Some(fix) = fix.as_ref().filter(|fix| is_wanted(fix)) else {
                continue;
            };
            if room > 0 && !self.barred.contains(fingerprint) && taken.take(fix, *fingerprint) {
                room -= 1;
                if let Some(first) = fix.edits.first() {
                    let here = fixed.entry(first.place.document).or_default();
                    here.push(*fingerprint);
                }
            }
        }
        let changes = taken.edits.into_iter().filter_map(|(document, edits)| {
            let source = outcome.sources.get(&document)?;
            let fingerprints = fixed.remove(&document).unwrap_or_default();
            let starts = edits.iter();
            let starts = starts.map(|(start, (_, fingerprint))| (*start, *fingerprint));
            let starts = starts.collect();
            let edits = edits.values().map(|(edit, _)| *edit);
            Some(Change {
                path: source.path.clone(),
                text: Repaired {
                    before: source.text.clone(),
                    after: edited(&source.text, edits.clone()),
                    kept: Kept::of(&source.text, edits),
                    count: fingerprints.len(),
                },
                fingerprints,
                edits: starts,
            })
        });
        let is_one = |one: &Change| one.text.before != one.text.after;
        changes.filter(is_one).collect()
    }

    /// Whether a round brings no new finding to light; where it does, the next one is smaller.
    fn accepts(&mut self, before: &Outcome, after: &Outcome, round: &[Change]) -> bool {
        let found = before.diagnostics.iter();
        let known: HashSet<u64> = found.map(|one| one.fingerprint).collect();
        let found = after.diagnostics.iter();
        let mut new = found
            .filter(|one| !known.contains(&one.fingerprint))
            .peekable();
        if self.with_unsafe || new.peek().is_none() {
            self.most = self.most.map(|most| most.saturating_mul(2));
            return true;
        }
        self.refused += 1;
        let mut offsets: HashMap<&str, Vec<u32>> = HashMap::new();
        for Diagnostic { place, .. } in new {
            if let Some(source) = after.sources.get(&place.document) {
                let here = offsets.entry(&source.path).or_default();
                here.push(place.span.start);
            }
        }
        let barred = self.barred.len();
        for change in round {
            if let Some(offsets) = offsets.get(&*change.path) {
                self.barred.extend(change.mended_alone_at(offsets));
            }
        }
        if self.barred.len() > barred {
            return false;
        }
        let fixes: Vec<u64> = (round.iter())
            .flat_map(|one| one.fingerprints.iter().copied())
            .collect();
        if fixes.len() <= 1 {
            self.barred.extend(fixes);
        } else {
            self.most = Some(fixes.len() / 2);
        }
        false
    }

    /// Takes a round over; a file that goes round in circles is put back.
    fn keep(&mut self, round: Vec<Change>, request: &mut Request) {
        self.rounds += 1;
        self.is_stuck = false;
        for change in round {
            let path = change.path;
            let seen = self.seen.entry(path.clone()).or_default();
            let mut done = change.text;
            seen.insert(hash::of(&done.before));
            let goes_on = seen.insert(hash::of(&done.after)) && self.rounds < MOST_ROUNDS;
            if let Some(earlier) = self.done.remove(&path) {
                done.before = earlier.before;
                done.kept = earlier.kept.and_then(&done.kept);
                done.count += earlier.count;
            }
            if goes_on {
                self.done.insert(path, done);
            } else {
                let before = done.before.into_bytes();
                request.replaced.insert(path.clone(), before);
                self.left.insert(path);
                self.is_stuck = true;
            }
        }
    }

    /// Puts all files back.
    fn give_up(&mut self, request: &mut Request) {
        for (path, done) in std::mem::take(&mut self.done) {
            request.replaced.insert(path, done.before.into_bytes());
        }
    }

    fn finish(self, outcome: &Outcome, request: &Request) -> Repairs {
        let mut changed: Vec<&str> = (outcome.sources.values())
            .filter(|source| source.has_changed && lint::selects(&request.selected, &source.path))
            .map(|source| source.path.as_str())
            .collect();
        changed.sort_unstable();
        let refused = changed.into_iter();
        let refused = refused.map(|path| (path.to_owned(), Refusal::Changed));
        Repairs {
            texts: self.done,
            refused: refused.collect(),
        }
    }
}

/// The edits that are taken so far, each with its finding, by the document they change and where they begin; no two touch
/// each other, but for deletions side by side.
#[derive(Default)]
struct Taken<'a> {
    edits: BTreeMap<DocumentId, BTreeMap<u32, (&'a Edit, u64)>>,
}

impl<'a> Taken<'a> {
    /// Takes the edits of a fix, if there is room for all of them.
    fn take(&mut self, fix: &'a Fix, fingerprint: u64) -> bool {
        if !fix.edits.iter().all(|edit| self.has_room_for(edit)) {
            return false;
        }
        for edit in &fix.edits {
            let edits = self.edits.entry(edit.place.document).or_default();
            edits.insert(edit.place.span.start, (edit, fingerprint));
        }
        true
    }

    fn has_room_for(&self, edit: &Edit) -> bool {
        let Some(edits) = self.edits.get(&edit.place.document) else {
            return true;
        };
        let deletes = |one: &Edit| one.text.is_empty() && !one.place.span.is_empty();
        let apart = |one: &Edit, other: &Edit| {
            let (end, start) = (one.place.span.end, other.place.span.start);
            end < start || end == start && deletes(one) && deletes(other)
        };
        let start = edit.place.span.start;
        let before = edits.range(..=start).next_back();
        let after = edits.range(start..).next();
        before.is_none_or(|(_, (before, _))| apart(before, edit))
            && after.is_none_or(|(_, (after, _))| apart(edit, after))
    }
}

/// `text` with edits that do not overlap, in their order.
pub(crate) fn edited<'e>(text: &str, edits: impl Iterator<Item = &'e Edit>) -> String {
    let edits = edits.map(|edit| (edit.place.span, edit.text.as_str()));
    source::replaced(text, Span::new(0, text.len()), edits)
}

/// Writes the repaired texts to their files, and returns the paths of those that were changed. A file that is not what
/// was linted, or cannot be written, is left as it is and named in `repairs.refused`.
pub fn write(root: &Path, repairs: &mut Repairs) -> Vec<String> {
    let mut changed = Vec::new();
    let folder = |path: &str| root.join(path).parent().map(Path::to_owned);
    let paths = repairs.texts.keys();
    let folders: HashSet<_> = paths.filter_map(|path| folder(path)).collect();
    folders.iter().for_each(|folder| write::sweep(folder));
    for (path, text) in &repairs.texts {
        let before = Before::Content(text.before.as_bytes());
        match write::replace(&root.join(path), before, text.after.as_bytes()) {
            Ok(()) => changed.push(path.clone()),
            Err(refusal) => repairs.refused.push((path.clone(), refusal)),
        }
    }
    repairs.refused.order_by(|one, other| one.0.cmp(&other.0));
    changed
}

/// The repairs as a unified diff.
pub fn diff(repairs: &Repairs) -> String {
    let mut text = String::new();
    for (path, one) in &repairs.texts {
        let path = visible(path);
        text.push_str(&patch::unified(&path, &one.before, &one.after, &one.kept));
    }
    text
}

#[cfg(test)]
mod tests;
