//! What the reader should know of a run besides its findings.

use crate::archive::laws::share::enough_for_presence;
use crate::archive::{Archive, Role};
use crate::report::text::{counted, escaped_for_toml};

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
            "{NONE}: weeknote-lint looks for weeks in names and titles (`week-12`, `2024-W07`, \"Weeknotes #12\"), for tags such as `weeknotes`, and for files dated a week apart; if yours are different, name them in a `[[series]]` in weeknote-lint.toml"
        ),
    }
}

/// What is not learnt yet of an archive whose largest series has few notes.
fn young(archive: &Archive) -> Option<String> {
    let notes = archive.series().map(|one| one.documents.len()).max()?;
    if archive.series().any(|one| !one.required_keys.is_empty()) {
        return None;
    }
    let enough = enough_for_presence();
    let count = counted(notes, "note");
    (notes < enough).then(|| {
        format!("{count}: weeknote-lint learns required keys and tags from {enough} notes on")
    })
}

/// What is said of a file that was named and is no page, so that nothing is checked in it.
pub(super) fn aside(archive: &Archive, path: &str) -> Option<String> {
    let id = archive.find(path).filter(|id| !archive.is_linted(*id))?;
    let reason = archive.profile(id).map_or("", |profile| &profile.reason);
    Some(format!("`{path}` was not checked ({reason})"))
}

/// What the reader should know of the run itself.
pub(super) fn of(archive: &Archive) -> Vec<String> {
    let mut notices = Vec::new();
    if archive.profiles.iter().all(|one| one.role != Role::Note) {
        notices.push(no_notes(archive));
    }
    notices.extend(young(archive));
    if let Some(path) = &archive.routes.permalinks.refused {
        let generator = archive.generator.name();
        notices.push(format!(
            "`{path}` has an error that {generator} refuses, so its settings were ignored"
        ));
    }
    let documents = archive.documents.len();
    let linted = archive.linted().count();
    if documents > linted * 2 {
        notices.push(format!(
            "{} of {documents} Markdown files are neither notes nor pages, and were not checked: `weeknote-lint notes \
             --all` says why",
            documents - linted
        ));
    }
    // No site has this page.
    if archive.config.is_route("/\0/\0") {
        notices
            .push("links from the root were not checked: `routes` covers every address".to_owned());
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
            "links in the generator's own tags were not checked: {missing} of {all} lead to no known page"
        ));
    }
    notices
}
