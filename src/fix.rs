//! Repairs: the fixes of findings, applied until nothing is left to apply.
//!
//! Texts are repaired in memory, round by round, because a repair can bring another one to light. Files are written
//! when all is done, each by way of a new file that takes the old one's place, so that none is ever half written.

use crate::diagnostic::{DocumentId, Edit, Fix, Place, Safety};
use crate::lint::{self, Request};
use crate::patch;
use crate::report::Outcome;
use crate::report::text::visible;
use std::collections::BTreeMap;
use std::fs::{File, Permissions};
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
        let outcome = lint::lint(&archive, request)?.outcome;
        // A finding may be reported for a label alone; what was not named is not changed.
        let is_wanted = |fix: &Fix| {
            let named =
                |edit: &Edit| lint::selects(&request.selected, outcome.path(edit.place.document));
            (with_unsafe || fix.safety == Safety::Safe) && fix.edits.iter().all(named)
        };
        let applied = apply_once(&outcome, is_wanted, &mut repairs);
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

/// The edits that are taken so far, by the document they change.
type Taken<'a> = BTreeMap<DocumentId, Vec<&'a Edit>>;

/// Applies as many of the wanted fixes as do not touch each other; returns their number.
fn apply_once(outcome: &Outcome, is_wanted: impl Fn(&Fix) -> bool, repairs: &mut Repairs) -> usize {
    let mut taken = Taken::new();
    let mut applied = 0;
    let fixes = outcome
        .diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic.fix.as_ref());
    for fix in fixes.filter(|fix| is_wanted(fix)) {
        if fits(outcome, fix, &taken) {
            for edit in &fix.edits {
                taken.entry(edit.place.document).or_default().push(edit);
            }
            applied += 1;
        }
    }
    for (document, edits) in taken {
        if let Some(source) = outcome.sources.get(&document) {
            let before = || (source.text.clone(), String::new());
            let texts = repairs.texts.entry(source.path.clone());
            texts.or_insert_with(before).1 = edited(&source.text, edits);
        }
    }
    applied
}

/// `text` with edits that do not overlap.
fn edited(text: &str, mut edits: Vec<&Edit>) -> String {
    edits.sort_by_key(|edit| (edit.place.span, &edit.text));
    let mut after = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        after.push_str(text.get(done..edit.place.span.start as usize).unwrap_or(""));
        after.push_str(&edit.text);
        done = edit.place.span.end as usize;
    }
    after.push_str(text.get(done..).unwrap_or(""));
    after
}

/// Whether the edits of a fix lie in their texts and touch none that is taken already.
fn fits(outcome: &Outcome, fix: &Fix, taken: &Taken<'_>) -> bool {
    fix.edits.iter().all(|edit| {
        let Place { document, span } = edit.place;
        let source = outcome.sources.get(&document);
        let in_text = source.is_some_and(|source| source.text.get(span.range()).is_some());
        let apart =
            |other: &&Edit| span.end < other.place.span.start || other.place.span.end < span.start;
        in_text && taken.get(&document).into_iter().flatten().all(apart)
    })
}

/// Writes the repaired texts to their files.
///
/// # Errors
///
/// With the path of the first file that could not be written.
pub fn write(root: &Path, repairs: &Repairs) -> Result<(), (String, io::Error)> {
    for (path, (_, after)) in &repairs.texts {
        replace(&root.join(path), after.as_bytes()).map_err(|error| (path.clone(), error))?;
    }
    Ok(())
}

/// Puts a file with this content in the place of `path`, with the same permissions, so that nobody ever finds half of
/// it; what is no file (a pipe, `/dev/stdout`) is written to.
///
/// # Errors
///
/// When the file is protected, or its folder does not let it be made.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    // A symbolic link stays, and leads to the new file.
    let path = path.canonicalize().or_else(|_| std::path::absolute(path))?;
    let current = std::fs::metadata(&path).ok();
    if current.as_ref().is_some_and(|current| !current.is_file()) {
        return std::fs::write(path, content);
    }
    let permissions = current.map(|current| current.permissions());
    if permissions.as_ref().is_some_and(Permissions::readonly) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().make_in(folder, |path| File::create_new(path))?;
    file.write_all(content)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(path)
        .map(drop)
        .map_err(|failure| failure.error)
}

/// The repairs as a unified diff.
pub fn diff(repairs: &Repairs) -> String {
    let mut text = String::new();
    for (path, (before, after)) in &repairs.texts {
        text.push_str(&patch::unified(&visible(path), before, after));
    }
    text
}
