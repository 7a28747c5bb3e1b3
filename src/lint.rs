//! One run: read the repository, ask every rule, and put what they say in order.

mod levels;
mod order;
pub mod past;
mod precedence;
mod proof;
mod reading;
pub mod since;

use crate::archive::{Archive, Role};
use crate::baseline::Baseline;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, DocumentId, Severity};
use crate::discover::Listing;
use crate::document::Document;
use crate::report::closing::Unseen;
use crate::report::text::escaped_for_toml;
use crate::report::{Outcome, SourceFile, Summary};
use crate::rules::{self, Context, RULES, Rule};
use crate::source::{self, LineIndex};
use crate::{hash, parallel, read, suppress};
use jiff::civil::Date;
pub use levels::is_older;
use levels::{with_levels, without_habits};
use order::in_order;
use past::Changed;
use reading::Contents;
pub use reading::{archive_of, read_archive};
use since::Earlier;
use std::collections::{BTreeMap, HashMap, HashSet};
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

/// What a run has found.
#[derive(Debug)]
pub struct Found {
    /// What is reported.
    pub outcome: Outcome,
    /// What is not in it.
    pub unseen: Unseen,
}

/// Why a run failed.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum Error {
    /// A path that names nothing that is linted.
    #[error("nothing to lint at `{path}`: {reason}")]
    NothingAt {
        /// The path.
        path: String,
        /// Why.
        reason: &'static str,
    },
    /// A configured series without files.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Config(#[from] Box<crate::config::ConfigError>),
}

/// Lints an archive: what is reported of it, with the texts that the findings speak of.
///
/// # Errors
///
/// When a selected path names nothing.
pub fn lint(archive: &Archive, request: &Request) -> Result<Found, Error> {
    let mut found = lint_unproven(archive, request)?;
    let outcome = &mut found.outcome;
    proof::demote_unproven(archive, &outcome.sources, &mut outcome.diagnostics);
    Ok(found)
}

/// The same, but for the proof that fixes are safe, which takes longer than all the rest: for those who apply the others too.
///
/// # Errors
///
/// As [`lint`].
pub fn lint_unproven(archive: &Archive, request: &Request) -> Result<Found, Error> {
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
    let mut notices = notices(archive);
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
    let suppressed = hidden
        .iter()
        .filter(|diagnostic| speaks_of_selected(diagnostic))
        .count();
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
    Ok(Found {
        outcome: Outcome {
            summary: summary(archive, &is_selected, &diagnostics, suppressed),
            notices,
            sources,
            diagnostics,
        },
        unseen: Unseen {
            older,
            known,
            files: archive.left_out,
            rules_off: usual().filter(is_off).count(),
            rules_off_in_places: usual().filter(is_off_in_places).count(),
        },
    })
}

/// What the rules say of an archive, in order, and what comments hide of it.
pub fn findings(archive: &Archive) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    settled(archive, ask_rules(archive), rules::laws::broken(archive))
}

/// The rules that look at one document and may speak of another one, too.
const SPEAK_OF_OTHERS: [&str; 3] = [
    "links/undefined-reference",
    "links/label-as-destination",
    "links/wikilink",
];

/// [`findings`], of which only those are complete that speak of a document that `is_selected`. Other documents are asked for
/// those that speak of it as well, and for whether a finding is a habit of theirs.
pub fn findings_of(
    archive: &Archive,
    is_selected: &(dyn Fn(DocumentId) -> bool + Sync),
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut selected = archive.all().filter(|(id, _)| is_selected(*id));
    if selected.any(|(_, document)| !document.suppressions.is_empty()) {
        // Whether a comment that hides nothing is a habit is known when all has been asked.
        return findings(archive);
    }
    let (of_archive, of_laws) = (ask_of_archive(archive), rules::laws::broken(archive));
    let speaks = |one: &&Diagnostic| one.places().any(|place| is_selected(place.document));
    let speaking = ask_of_documents(archive, &|rule, _| SPEAK_OF_OTHERS.contains(&rule.id));
    let all = speaking.iter().chain(&of_archive).chain(&of_laws);
    let beside: HashSet<DocumentId> = all.filter(speaks).map(|one| one.place.document).collect();
    let is_near = |id| is_selected(id) || beside.contains(&id);
    let found = ask_of_documents(archive, &|_, id| is_near(id));
    let all = found.iter().chain(&of_archive).chain(&of_laws);
    let of_rules = all.filter(speaks).map(|one| one.rule);
    // What hides a finding may be found in another document.
    let of_rules: HashSet<&str> = of_rules
        .flat_map(|rule| precedence::hiding(rule).chain([rule]))
        .collect();
    let is_asked = |rule: &Rule, id| is_near(id) || of_rules.contains(rule.id);
    let mut found = ask_of_documents(archive, &is_asked);
    found.extend(of_archive);
    settled(archive, found, of_laws)
}

/// What is left of what rules and laws have found, in order, and what comments hide of it.
fn settled(
    archive: &Archive,
    found: Vec<Diagnostic>,
    of_laws: Vec<Diagnostic>,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut found = precedence::without_hidden(found, of_laws);
    found.retain(|one| !is_unknown(archive, one));
    let (shown, hidden) = suppress::apply(archive, found);
    let shown = without_habits(archive, with_levels(archive, shown));
    let own_path = |path| path;
    (
        in_order(archive, shown, own_path),
        with_levels(archive, hidden),
    )
}

/// Whether `selected` (all, if empty) holds `path` or a folder above it.
pub fn selects(selected: &[String], path: &str) -> bool {
    selected.is_empty()
        || selected.iter().any(|chosen| {
            chosen.is_empty()
                || path
                    .strip_prefix(chosen.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
}

/// Refuses paths that name nothing.
///
/// # Errors
///
/// For the first path with no file at or under it.
pub fn check_selection(archive: &Archive, selected: &[String]) -> Result<(), Error> {
    for path in selected {
        let one = std::slice::from_ref(path);
        let known = archive
            .documents
            .iter()
            .any(|document| selects(one, &document.path))
            || archive.other_files.iter().any(|other| selects(one, other));
        if !known && !path.is_empty() {
            let reason = "it is ignored, hidden or excluded, or holds no file";
            return Err(Error::NothingAt {
                path: path.clone(),
                reason,
            });
        }
    }
    Ok(())
}

/// The rules that have anything to do: none that is off by default and that nothing switches on.
fn active(archive: &Archive) -> impl Iterator<Item = &'static Rule> {
    let is_active = |rule: &&Rule| rule.severity.is_some() || archive.config.mentions(rule.id);
    RULES.iter().copied().filter(is_active)
}

/// Asks every rule about every page and note, and about the archive.
fn ask_rules(archive: &Archive) -> Vec<Diagnostic> {
    let mut found = ask_of_documents(archive, &|_, _| true);
    found.append(&mut ask_of_archive(archive));
    found
}

/// Asks the rules about those pages and notes that `is_asked`, in parallel.
fn ask_of_documents(
    archive: &Archive,
    is_asked: &(dyn Fn(&Rule, DocumentId) -> bool + Sync),
) -> Vec<Diagnostic> {
    let active: Vec<&Rule> = active(archive).collect();
    let found = parallel::map(&archive.documents, |index, document| {
        let id = DocumentId(u32::try_from(index).unwrap_or(u32::MAX));
        let mut found = Vec::new();
        if archive.is_linted(id) || document.unreadable.is_some() {
            for rule in active.iter().filter(|rule| is_asked(rule, id)) {
                if let Some(check) = rule.check_document {
                    let mut context = Context::new(rule, id);
                    check(document, archive, &mut context);
                    found.append(&mut context.diagnostics);
                }
            }
        }
        found
    });
    found.into_iter().flatten().collect()
}

/// Asks the rules about the archive as a whole.
fn ask_of_archive(archive: &Archive) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in active(archive) {
        if let Some(check) = rule.check_archive {
            let mut context = Context::new(rule, DocumentId(0));
            check(archive, &mut context);
            found.append(&mut context.diagnostics);
        }
    }
    found
}

/// Whether a finding speaks of what the site's renderer may read in another way than the parser does.
fn is_unknown(archive: &Archive, diagnostic: &Diagnostic) -> bool {
    diagnostic.places().any(|place| {
        let document = archive.document(place.document);
        document.is_some_and(|document| document.is_unknown(place.span))
    })
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

/// What is said of an archive without notes.
pub fn no_notes(archive: &Archive) -> String {
    const NONE: &str = "no weeknotes were found";
    match &archive.guess {
        Some(guess) => format!(
            "{NONE}, so week numbers were not checked\n{} files are named like `{}`: are they weekly notes? ({})\nif so, add to weeknote-lint.toml:\n\n[[series]]\nname = \"weeknotes\"\ninclude = [{}]",
            guess.files,
            guess.example,
            guess.doubt,
            escaped_for_toml(&serde_json::json!(guess.pattern).to_string())
        ),
        None => format!(
            "{NONE}: looked for names and titles of weeks (`week-12`, `2024-W07`, \"Weeknotes #12\"), for tags such as `weeknotes`, and for files dated a week apart; a `[[series]]` in weeknote-lint.toml says where they are"
        ),
    }
}

/// What is not learnt yet of an archive whose largest series has few notes.
fn young(archive: &Archive) -> Option<String> {
    let series = || archive.collections.iter().filter(|one| one.is_series());
    let notes = series().map(|one| one.documents.len()).max()?;
    if series().any(|one| !one.required_keys.is_empty()) {
        return None;
    }
    let enough = crate::archive::laws::share::enough_for_presence();
    let count = if notes == 1 {
        "1 note".to_owned()
    } else {
        format!("{notes} notes")
    };
    (notes < enough).then(|| format!("{count}: required keys and tags are learnt from {enough} on"))
}

/// What the reader should know of the run itself.
fn notices(archive: &Archive) -> Vec<String> {
    let mut notices = Vec::new();
    if !archive
        .profiles
        .iter()
        .any(|profile| profile.role == Role::Note)
    {
        notices.push(no_notes(archive));
    }
    notices.extend(young(archive));
    if let Some(path) = &archive.routes.permalinks.refused {
        let generator = archive.generator.name();
        notices.push(format!(
            "`{path}` has an error that {generator} refuses, and was taken for absent"
        ));
    }
    let documents = archive.documents.len();
    let linted = archive.linted().count();
    if documents > linted * 2 {
        notices.push(format!(
            "{} of {documents} Markdown files are neither notes nor pages, and were not checked: `weeknote-lint notes` \
             says what they were taken for",
            documents - linted
        ));
    }
    // No site has this page.
    if archive.config.is_route("/\0/\0") {
        notices.push(
            "no internal link from the root can be missing: `routes` covers every address"
                .to_owned(),
        );
    }
    let (unchecked, (all, _)) = (archive.links.unchecked, archive.links.all);
    if unchecked * 2 > all {
        notices.push(format!(
            "{unchecked} of {all} internal links were not checked: they lead to no file, and no other link shows what the \
             site serves there; `routes` under `[site]` in weeknote-lint.toml names such addresses"
        ));
    }
    if !archive.understands_stops() {
        let (all, missing) = archive.links.stops;
        notices.push(format!(
            "links by the generator's own tags were not checked: {missing} of {all} lead to no known page"
        ));
    }
    notices
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
    let files = parallel::map(&wanted, |_, id| {
        let document = archive.document(*id);
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
        let lines = LineIndex::new(&text);
        SourceFile {
            path,
            text,
            has_changed,
            lines,
        }
    });
    wanted.into_iter().zip(files).collect()
}
