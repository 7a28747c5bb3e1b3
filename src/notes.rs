//! `weeknote-lint notes`: which weeks have notes, and what each file was taken for, and why.

mod overview;

use crate::archive::parts::{self, Part};
use crate::archive::{Archive, Collection, Numbering, Role, calendar};
use crate::diagnostic::DocumentId;
use crate::report::Overview;
use crate::report::text::{counted, visible};
use crate::rules::week::wording;
use crate::week::Claim;
pub use overview::overview;
use std::fmt::Write as _;

/// What each of the files was taken for that `is_wanted` chooses by their paths.
pub fn list(archive: &Archive, is_wanted: impl Fn(&str) -> bool) -> String {
    let mut text = String::new();
    let mut show = |title: &str, ids: &mut dyn Iterator<Item = DocumentId>| {
        let path = |id: &DocumentId| archive.document(*id).map(|document| &*document.path);
        let mut shown = ids.filter(|id| path(id).is_some_and(&is_wanted)).peekable();
        if shown.peek().is_some() {
            let _ = writeln!(text, "{title}");
            shown.for_each(|id| write_file(&mut text, archive, id));
            text.push('\n');
        }
    };
    for collection in &archive.collections {
        let mut documents = collection.documents.iter().copied();
        show(&heading(archive, collection), &mut documents);
    }
    let of_role = |role| {
        let has_role =
            move |id: &DocumentId| archive.profile(*id).is_some_and(|one| one.role == role);
        archive.all().map(|(id, _)| id).filter(has_role)
    };
    let templates = "templates: files that notes are made from";
    show(templates, &mut of_role(Role::Template));
    let asides = "neither notes nor pages: only links lead to them";
    show(asides, &mut of_role(Role::Aside));
    let _ = writeln!(text, "{}", site(archive));
    text
}

/// What a page shows of the archive: its calendars, and what heads its collections here.
pub fn learnt(archive: &Archive) -> Overview {
    let series = archive.series().flat_map(|series| archive.members(series));
    let headings = archive.collections.iter().map(|one| heading(archive, one));
    Overview {
        calendars: calendar::of(archive),
        paths: series
            .map(|(id, note)| (id, note.path.to_string()))
            .collect(),
        learnt: headings.chain([site(archive)]).collect(),
    }
}

fn site(archive: &Archive) -> String {
    let (site, dialect) = (archive.generator.name(), archive.dialect.names().1);
    format!("site: {site}, read as {dialect}")
}

fn heading(archive: &Archive, collection: &Collection) -> String {
    let count = collection.documents.len();
    let name = collection.title();
    let parts = parts::of(archive, collection);
    if !parts.is_empty() {
        let parts = parts.iter();
        let parts = parts.map(|part| format!("\n  {}", described(archive, part)));
        let parts: String = parts.collect();
        return format!("{name}: a series of {count} notes, whose numbering changes{parts}");
    }
    let Some(numbering) = &collection.numbering else {
        return format!("{name}: {}", counted(count, "page"));
    };
    let evidence = match numbering {
        Numbering::Epoch { agreeing, of, .. } if *of > 0 => {
            format!("; {agreeing} of {of} dated notes were written in their week")
        }
        _ => String::new(),
    };
    let numbering = numbering.describe();
    format!("{name}: a series of {count} notes, numbered by {numbering}{evidence}")
}

/// A part of a series in words: where it begins, how many notes it has and how they are numbered.
pub fn described(archive: &Archive, part: &Part) -> String {
    let first = archive.document(part.first);
    let first = first.map_or("", |document| &document.path);
    let (notes, numbering) = (counted(part.notes, "note"), part.numbering.describe());
    format!("from `{}` on, {notes}: {numbering}", visible(first))
}

fn write_file(text: &mut String, archive: &Archive, id: DocumentId) {
    let (Some(document), Some(profile)) = (archive.document(id), archive.profile(id)) else {
        return;
    };
    let week = archive.claim(id).map(claim);
    let days = archive.days_of(id);
    let days = days.map(|(first, last)| format!("{first} to {last}"));
    let is_flat = archive.routes.is_flat();
    let address = is_flat.then(|| format!("/{}", document.stem()));
    let reason = Some(profile.reason.clone());
    let parts = [week, days, address, reason].into_iter().flatten();
    let parts: Vec<String> = parts.collect();
    let _ = writeln!(text, "  {}: {}", visible(&document.path), parts.join(", "));
}

/// A claim in words: "week 460", "weeks 520 to 524", "S03E03".
pub fn claim(claim: &Claim) -> String {
    if let Some(season) = claim.season {
        let episodes = claim.numbers.iter().map(|episode| format!("{episode:02}"));
        return format!("S{season:02}E{}", episodes.collect::<Vec<_>>().join("+"));
    }
    match claim.numbers.as_slice() {
        [] => "dated".to_owned(),
        _ => wording::weeks(claim),
    }
}
