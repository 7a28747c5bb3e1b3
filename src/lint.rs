//! One run: read the repository, ask every rule, and put what they say in order.

mod asking;
mod levels;
mod notices;
mod order;
pub mod past;
mod precedence;
mod proof;
mod reading;
pub mod since;

use crate::archive::Archive;
use crate::baseline::Baseline;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, DocumentId, Severity};
use crate::discover::{self, Listing};
use crate::document::Document;
use crate::report::closing::Unseen;
use crate::report::{Outcome, SourceFile, Summary};
use crate::rules::{RULES, Rule};
use crate::source;
use crate::{hash, parallel, read};
pub use asking::{findings, findings_of};
use jiff::civil::Date;
pub use levels::is_older;
use miette::Report;
pub use notices::no_notes;
use past::Changed;
use reading::Contents;
pub use reading::{archive_of, read_again, read_archive, text_of, with_changed, with_renamed};
use since::Earlier;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

/// What is to be linted.
#[derive(Debug)]
pub struct Request {
    /// The folder under which everything is known; absolute, without symbolic links.
    pub root: PathBuf,
    /// Its configuration.
    pub config: Config,
    /// Which findings are reported: those in files at or under these paths (relative to the root, with `/`). Empty for
    /// all.
    pub selected: Vec<String>,
    /// Files whose content comes from elsewhere: paths, relative to the root, and contents.
    pub replaced: BTreeMap<String, Vec<u8>>,
    /// The files that there are, where that is not to be seen in the working tree.
    pub listing: Option<Listing>,
    /// The state of the archive whose findings are not reported again.
    pub earlier: Option<Earlier>,
    /// What has changed since earlier states: links that have broken since are reported.
    pub past: Vec<Changed>,
    /// What could not be asked, for the reader.
    pub notices: Vec<String>,
    /// Findings that are known and not reported.
    pub baseline: Baseline,
    /// The day that counts as today.
    pub today: Date,
}

impl Request {
    /// All that lies under `root` in the working tree.
    pub fn new(root: PathBuf, config: Config, today: Date) -> Self {
        Request {
            root,
            config,
            selected: Vec::new(),
            replaced: BTreeMap::new(),
            listing: None,
            earlier: None,
            past: Vec::new(),
            notices: Vec::new(),
            baseline: Baseline::default(),
            today,
        }
    }
}

/// Lints an archive: what is reported of it, with the texts that the findings speak of.
///
/// # Errors
///
/// When a selected path names nothing.
pub fn lint(archive: &Archive, request: &Request) -> Result<Outcome, Report> {
    let mut outcome = lint_unproven(archive, request)?;
    proof::demote_unproven(archive, &outcome.sources, &mut outcome.diagnostics);
    Ok(outcome)
}

/// The same, but for the proof that fixes are safe, which takes longer than all the rest: for those who apply the others too.
///
/// # Errors
///
/// As [`lint`].
pub fn lint_unproven(archive: &Archive, request: &Request) -> Result<Outcome, Report> {
    let selected = &request.selected;
    check_selection(archive, selected)?;
    let documents = archive.documents.iter();
    let chosen: Vec<bool> = documents.map(|one| selects(selected, &one.path)).collect();
    let is_selected = |id: DocumentId| chosen.get(id.0 as usize) == Some(&true);
    let needs_all = !request.baseline.is_empty() || !chosen.contains(&false);
    let (mut diagnostics, hidden) = match needs_all {
        true => findings(archive),
        false => findings_of(archive, &is_selected),
    };
    let mut notices = notices::of(archive);
    notices.extend(
        selected
            .iter()
            .filter_map(|path| notices::aside(archive, path)),
    );
    notices.extend(request.notices.iter().cloned());
    notices.extend(request.baseline.stale(archive, &diagnostics));
    let speaks_of_selected = |diagnostic: &Diagnostic| {
        let mut places = diagnostic.places();
        places.any(|place| is_selected(place.document))
    };
    diagnostics.retain(speaks_of_selected);
    let all = diagnostics.len();
    diagnostics.retain(|diagnostic| !request.baseline.holds(diagnostic));
    let known = all - diagnostics.len();
    if let Some(earlier) = &request.earlier {
        let severities = since::severities(archive, earlier, &request.root);
        diagnostics.retain(|diagnostic| {
            // What was less grave, in a draft say, has become a problem now.
            let before = severities.get(&diagnostic.fingerprint);
            before.is_none_or(|severity| *severity < diagnostic.severity)
        });
    }
    let older = all - known - diagnostics.len();
    let suppressed = hidden.iter().filter(|one| speaks_of_selected(one)).count();
    let sources = read_sources(archive, request, &diagnostics);
    for edit in (diagnostics.iter_mut())
        .filter_map(|diagnostic| diagnostic.fix.as_mut())
        .flat_map(|fix| &mut fix.edits)
        .filter(|edit| edit.text.contains(['\n', '\r']))
    {
        if let Some(source) = sources.get(&edit.place.document) {
            let at = edit.place.span.start as usize;
            edit.text = source::as_lines_of(&source.text, at, &edit.text);
        }
    }
    let changed = sources.values().filter(|source| source.has_changed);
    let mut changed: Vec<&str> = changed.map(|source| source.path.as_str()).collect();
    changed.sort_unstable();
    notices.extend(
        changed.into_iter().map(|path| {
            format!("`{path}` has changed since it was read, so its lines are not shown")
        }),
    );
    // Rules that are on by themselves.
    let usual = || RULES.iter().filter(|rule| rule.severity.is_some());
    let config = &archive.config;
    let is_off = |rule: &&&Rule| config.is_off(rule.id);
    let is_off_in_places = |rule: &&&Rule| !is_off(rule) && config.is_off_in_places(rule.id);
    Ok(Outcome {
        summary: summary(archive, &is_selected, &diagnostics, suppressed),
        notices,
        sources,
        diagnostics,
        overview: None,
        unseen: Unseen {
            older,
            known,
            files: archive.left_out,
            rules_off: usual().filter(is_off).count(),
            rules_off_in_places: usual().filter(is_off_in_places).count(),
        },
    })
}

/// Whether `selected` (all, if empty) holds `path` or a folder above it.
pub fn selects(selected: &[String], path: &str) -> bool {
    let mut chosen = selected.iter();
    selected.is_empty() || chosen.any(|one| discover::rest_below(path, one).is_some())
}

/// Refuses paths that name nothing.
///
/// # Errors
///
/// For the first path with no file at or under it.
pub fn check_selection(archive: &Archive, selected: &[String]) -> Result<(), Report> {
    for path in selected {
        let one = std::slice::from_ref(path);
        let documents = archive.documents.iter().map(|one| &*one.path);
        let mut all = documents.chain(archive.other_files.iter().map(String::as_str));
        if !path.is_empty() && !all.any(|other| selects(one, other)) {
            miette::bail!(
                "nothing to lint at `{path}`: it is ignored, hidden or excluded, or contains no file"
            );
        }
    }
    Ok(())
}

fn summary(
    archive: &Archive,
    is_selected: &dyn Fn(DocumentId) -> bool,
    diagnostics: &[Diagnostic],
    suppressed: usize,
) -> Summary {
    let linted = archive.linted().map(|(id, _)| id);
    let looked_at: Vec<DocumentId> = linted.filter(|id| is_selected(*id)).collect();
    let count = |is_counted: &dyn Fn(&&Diagnostic) -> bool| {
        let counted = diagnostics.iter().filter(is_counted);
        counted.count()
    };
    let of = |severity| count(&|diagnostic| diagnostic.severity == severity);
    Summary {
        files: looked_at.len(),
        notes: looked_at.iter().filter(|id| archive.is_note(**id)).count(),
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        infos: of(Severity::Info),
        suppressed,
        fixable: count(&|diagnostic| diagnostic.fix.is_some()),
    }
}

/// Reads the files again that the findings speak of, to show lines and columns.
fn read_sources(
    archive: &Archive,
    request: &Request,
    diagnostics: &[Diagnostic],
) -> HashMap<DocumentId, SourceFile> {
    let mut wanted: Vec<DocumentId> = diagnostics
        .iter()
        .flat_map(|diagnostic| {
            let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits);
            diagnostic.places().chain(edits.map(|edit| edit.place))
        })
        .map(|place| place.document)
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let files = parallel::map(&wanted, |_, id| read_source(archive, request, *id));
    wanted.into_iter().zip(files).collect()
}

/// Reads the file of a document again; without a text where it has changed.
pub fn read_source(archive: &Archive, request: &Request, id: DocumentId) -> SourceFile {
    let document = archive.document(id);
    let path = document.map_or(String::new(), |document| document.path.to_string());
    let content = Contents::of(request).read(&path, read::LARGEST_NOTE);
    let content = content.unwrap_or_default();
    let is_read = |one: &&Document| one.unreadable.is_none();
    let linted = document.filter(is_read).map(|one| one.digest);
    let has_changed = linted.is_some_and(|digest| digest != hash::digest(&content));
    let text = match linted.is_some() && !has_changed {
        true => read::text(content).unwrap_or_default(),
        false => String::new(),
    };
    SourceFile {
        has_changed,
        ..SourceFile::new(path, text)
    }
}
