//! `weeknote-lint notes`: what each file was taken for, and why.

use crate::archive::{Archive, Collection, Numbering, Role};
use crate::diagnostic::DocumentId;
use crate::report::text::visible;
use crate::rules::week::wording;
use crate::week::Claim;
use std::fmt::Write as _;

/// The answer for the files that `is_wanted` chooses by their paths.
pub fn overview(archive: &Archive, is_wanted: impl Fn(&str) -> bool) -> String {
    let mut text = String::new();
    let wanted = |id: DocumentId| {
        archive
            .document(id)
            .is_some_and(|document| is_wanted(&document.path))
    };
    for collection in &archive.collections {
        let shown: Vec<DocumentId> = collection
            .documents
            .iter()
            .copied()
            .filter(|id| wanted(*id))
            .collect();
        if !shown.is_empty() {
            let _ = writeln!(text, "{}", heading(collection));
            write_files(&mut text, archive, &shown);
            text.push('\n');
        }
    }
    for (role, title) in [
        (Role::Template, "templates: notes are made from them"),
        (
            Role::Aside,
            "neither notes nor pages: only what links lead to",
        ),
    ] {
        let has_role = |id: DocumentId| {
            archive
                .standing(id)
                .is_some_and(|standing| standing.role == role)
        };
        let shown: Vec<DocumentId> = archive
            .all()
            .map(|(id, _)| id)
            .filter(|id| has_role(*id) && wanted(*id))
            .collect();
        if !shown.is_empty() {
            let _ = writeln!(text, "{title}");
            write_files(&mut text, archive, &shown);
            text.push('\n');
        }
    }
    let _ = writeln!(
        text,
        "site: {}, read as {}",
        archive.generator.name(),
        archive.dialect.names().1
    );
    text
}

fn heading(collection: &Collection) -> String {
    let count = collection.documents.len();
    let name = if collection.name.is_empty() {
        "the root"
    } else {
        &collection.name
    };
    match &collection.numbering {
        Some(numbering @ Numbering::Epoch { agreeing, of, .. }) if *of > 0 => {
            format!(
                "{name}: a series of {count}, numbered by {} ({agreeing} of {of} dated notes were written in their week)",
                numbering.describe()
            )
        }
        Some(numbering) => format!(
            "{name}: a series of {count}, numbered by {}",
            numbering.describe()
        ),
        None => format!(
            "{name}: {count} {}",
            if count == 1 { "page" } else { "pages" }
        ),
    }
}

fn write_files(text: &mut String, archive: &Archive, ids: &[DocumentId]) {
    for id in ids {
        let (Some(document), Some(standing)) = (archive.document(*id), archive.standing(*id))
        else {
            continue;
        };
        let week = standing.week().map(|said| claim(&said.claim));
        let days = archive
            .days_of(*id)
            .map(|(first, last)| format!("{first} to {last}"));
        let address = archive
            .routes
            .is_flat()
            .then(|| format!("/{}", document.stem()));
        let reason = Some(standing.reason.clone());
        let parts: Vec<String> = [week, days, address, reason]
            .into_iter()
            .flatten()
            .collect();
        let _ = writeln!(text, "  {}: {}", visible(&document.path), parts.join(", "));
    }
}

/// A claim in words: "week 460", "weeks 520 to 524", "S03E03".
pub fn claim(claim: &Claim) -> String {
    if let Some(season) = &claim.season {
        let episodes: Vec<String> = season
            .episodes
            .iter()
            .map(|episode| format!("{episode:02}"))
            .collect();
        return format!("S{:02}E{}", season.season, episodes.join("+"));
    }
    match claim.numbers.as_slice() {
        [] => "dated".to_owned(),
        _ => wording::weeks(claim),
    }
}
