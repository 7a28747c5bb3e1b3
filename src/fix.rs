//! Repairs: the fixes of findings, applied until nothing is left to apply.
//!
//! Texts are repaired in memory, round by round, because a repair can bring another one to light. Files are written
//! when all is done, each by way of a new file that takes the old one's place, so that none is ever half written.

use crate::diagnostic::{Edit, Fix, Safety};
use crate::lint::{self, Request};
use crate::report::Outcome;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// More rounds than any sound repairs need; two rules that undo each other's repairs must not go on for ever.
const MOST_ROUNDS: usize = 10;

/// The repaired texts by path, and how many findings they mend.
#[derive(Debug, Default)]
pub struct Repairs {
    /// The text before and after, for every file that changes.
    pub texts: BTreeMap<String, (String, String)>,
    /// How many fixes were applied.
    pub count: usize,
}

/// Applies the fixes of what is reported: the safe ones, and with `with_unsafe` the others too. `request` knows the
/// repaired texts afterwards, as if they were read from the files.
///
/// # Errors
///
/// As [`lint::read_archive`] and [`lint::lint`].
pub fn repair(request: &mut Request, with_unsafe: bool) -> Result<Repairs, lint::Error> {
    let mut repairs = Repairs::default();
    for _ in 0..MOST_ROUNDS {
        let archive = lint::read_archive(request)?;
        let outcome = lint::lint(&archive, request)?;
        let applied = apply_once(&outcome, with_unsafe, &mut repairs);
        if applied == 0 {
            break;
        }
        repairs.count += applied;
        for (path, (_, after)) in &repairs.texts {
            request
                .replaced
                .insert(path.clone(), after.clone().into_bytes());
        }
    }
    repairs.texts.retain(|_, (before, after)| before != after);
    Ok(repairs)
}

/// Applies as many fixes as do not touch each other; returns their number.
fn apply_once(outcome: &Outcome, with_unsafe: bool, repairs: &mut Repairs) -> usize {
    let mut edits: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    let mut applied = 0;
    let fixes = outcome
        .diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic.fix.as_ref());
    for fix in fixes.filter(|fix| with_unsafe || fix.safety == Safety::Safe) {
        if fits(outcome, fix, &edits) {
            for edit in &fix.edits {
                edits
                    .entry(outcome.path(edit.place.document))
                    .or_default()
                    .push(edit);
            }
            applied += 1;
        }
    }
    for (path, mut edits) in edits {
        let source = outcome.sources.values().find(|source| source.path == path);
        let Some(text) = source.map(|source| &source.text) else {
            continue;
        };
        edits.sort_by_key(|edit| (edit.place.span, &edit.text));
        let mut after = String::with_capacity(text.len());
        let mut done = 0;
        for edit in edits {
            after.push_str(text.get(done..edit.place.span.start as usize).unwrap_or(""));
            after.push_str(&edit.text);
            done = edit.place.span.end as usize;
        }
        after.push_str(text.get(done..).unwrap_or(""));
        repairs
            .texts
            .entry(path.to_owned())
            .or_insert_with(|| (text.clone(), String::new()))
            .1 = after;
    }
    applied
}

/// Whether the edits of a fix lie in their texts and touch none that is taken already.
fn fits(outcome: &Outcome, fix: &Fix, taken: &BTreeMap<&str, Vec<&Edit>>) -> bool {
    fix.edits.iter().all(|edit| {
        let (start, end) = (edit.place.span.start, edit.place.span.end);
        let in_text = outcome
            .sources
            .get(&edit.place.document)
            .is_some_and(|source| source.text.get(edit.place.span.range()).is_some());
        let others = taken
            .get(outcome.path(edit.place.document))
            .map_or(&[][..], Vec::as_slice);
        in_text
            && others
                .iter()
                .all(|other| end < other.place.span.start || other.place.span.end < start)
    })
}

/// Writes the repaired texts to their files.
///
/// # Errors
///
/// With the path of the first file that could not be written.
pub fn write(root: &Path, repairs: &Repairs) -> Result<(), (String, io::Error)> {
    for (path, (_, after)) in &repairs.texts {
        replace(&root.join(path), after).map_err(|error| (path.clone(), error))?;
    }
    Ok(())
}

/// Puts a file with the content `text` in the place of `path`, with the same permissions.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let permissions = std::fs::metadata(path)?.permissions();
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    file.persist(path)
        .map(drop)
        .map_err(|failure| failure.error)
}

/// The repairs as a unified diff.
pub fn diff(repairs: &Repairs) -> String {
    let mut text = String::new();
    for (path, (before, after)) in &repairs.texts {
        let changes = similar::TextDiff::from_lines(before.as_str(), after.as_str());
        let mut unified = changes.unified_diff();
        text.push_str(
            &unified
                .context_radius(3)
                .header(&format!("a/{path}"), &format!("b/{path}"))
                .to_string(),
        );
    }
    text
}
