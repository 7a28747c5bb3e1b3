//! What `notes` begins with: each series with its calendar in characters, and the files that stand out.

use super::{heading, site};
use crate::archive::calendar::{self, Calendar, State};
use crate::archive::{Archive, Role, content_name};
use crate::diagnostic::DocumentId;
use crate::report::calendar::{drawn, key};
use crate::report::text::{visible, visible_lines};
use crate::week::claim;
use std::fmt::Write as _;

/// Lines of one kind that are shown.
const MOST: usize = 10;

/// The series with their calendars, the other collections, and what stands out; safe to print.
pub fn overview(archive: &Archive, color: bool) -> String {
    let mut text = String::new();
    for series in archive.series() {
        let calendar = calendar::of_series(archive, series);
        let _ = writeln!(text, "{}", visible_lines(&heading(archive, series)));
        text.push_str(&drawn(&calendar, color));
        write_some(&mut text, "  ", &standing_out(archive, &calendar));
        text.push('\n');
    }
    let others = archive.collections.iter().filter(|one| !one.is_series());
    let others: Vec<String> = others.map(|pages| heading(archive, pages)).collect();
    write_some(&mut text, "", &others);
    write_some(&mut text, "", &like_notes(archive));
    let _ = writeln!(text, "{}", site(archive));
    if archive.series().next().is_some() {
        let _ = writeln!(
            text,
            "\n{}\n`--all` lists every file, with what it was taken for, and why",
            key(color)
        );
    }
    text
}

/// Writes lines, and how many more there are.
fn write_some(text: &mut String, indent: &str, lines: &[String]) {
    for line in lines.iter().take(MOST) {
        let _ = writeln!(text, "{indent}{}", visible(line));
    }
    if let Some(more) = lines.len().checked_sub(MOST).filter(|more| *more > 0) {
        let _ = writeln!(text, "{indent}… and {more} more");
    }
}

fn path(archive: &Archive, id: DocumentId) -> &str {
    archive.document(id).map_or("", |document| &document.path)
}

/// The notes of a series that have no place in its calendar, and the weeks with more notes than usual.
fn standing_out(archive: &Archive, calendar: &Calendar) -> Vec<String> {
    let unplaced = calendar.unplaced.iter();
    let unplaced = unplaced.map(|id| format!("{}: names no week", path(archive, *id)));
    let rows = calendar.rows.iter();
    let cells = rows.flat_map(|row| {
        (calendar.from..)
            .zip(&row.cells)
            .map(move |cell| (row, cell))
    });
    let twice = cells.filter(|(_, (_, cell))| cell.state == State::Twice);
    let twice = twice.map(|(row, (column, cell))| {
        let name = calendar.scale.cell(row.number, column);
        let notes: Vec<&str> = cell.notes.iter().map(|id| path(archive, *id)).collect();
        format!("{name}: {} notes, {}", notes.len(), notes.join(" and "))
    });
    unplaced.chain(twice).collect()
}

/// Files that are named like a note, and are neither notes nor pages.
fn like_notes(archive: &Archive) -> Vec<String> {
    let asides = archive.all().filter_map(|(id, document)| {
        let profile = archive.profile(id).filter(|one| one.role == Role::Aside)?;
        let claim = claim::of_stem(content_name(document))?;
        let is_like_one = claim.named || claim.iso;
        is_like_one.then(|| format!("{}: not a note, {}", document.path, profile.reason))
    });
    asides.collect()
}
