//! What `notes` begins with: each series with its calendar in characters, and the files that stand out.

use super::{heading, site};
use crate::archive::calendar::{self, Calendar, Row, Scale, State};
use crate::archive::{Archive, Role, content_name};
use crate::diagnostic::DocumentId;
use crate::report::text::{visible, visible_lines};
use crate::week::claim;
use std::fmt::Write as _;

/// The columns of every calendar of weeks.
const WEEKS: usize = 53;

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
        let _ = writeln!(text, "\n{}", key(color));
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
        is_like_one.then(|| format!("{}: no note, {}", document.path, profile.reason))
    });
    asides.collect()
}

/// A calendar in characters, at most 80 columns wide: one for each week, with a ruler above.
fn drawn(calendar: &Calendar, color: bool) -> String {
    let names = calendar.rows.iter();
    let names = names.map(|row| calendar.scale.row(row.number).len());
    let margin = names.max().unwrap_or(0);
    let widest = calendar.rows.iter().map(|row| row.cells.len()).max();
    let widest = match calendar.scale {
        Scale::Weeks => WEEKS,
        _ => widest.unwrap_or(0),
    };
    let ruler = ruler(calendar.from as usize, widest);
    let mut text = format!("  {:margin$} {ruler:widest$}  notes  gaps extra\n", "");
    let mut before: Option<i32> = None;
    for row in &calendar.rows {
        let gap = before.and_then(|before| calendar.scale.between(before, row.number));
        if let Some((name, said)) = gap {
            let _ = writeln!(text, "  {name:margin$} {said}");
        }
        let name = calendar.scale.row(row.number);
        let cells = in_characters(row, color);
        let blank = widest.saturating_sub(row.cells.len());
        let line = format!("  {name:margin$} {cells}{:blank$}{}", "", counts(row));
        let _ = writeln!(text, "{}", line.trim_end());
        before = Some(row.number);
    }
    text
}

/// Numbers above their columns, each begun at its own.
fn ruler(from: usize, widest: usize) -> String {
    let mut ruler = String::new();
    for number in (from..from + widest).filter(|number| *number == from || number % 10 == 0) {
        if ruler.len() <= number - from {
            let _ = write!(ruler, "{:1$}{number}", "", number - from - ruler.len());
        }
    }
    ruler
}

/// How many notes, gaps and weeks with more notes than usual there are, below the words above; nothing for none.
fn counts(row: &Row) -> String {
    let counts = [
        row.notes(),
        row.count(State::Missing),
        row.count(State::Twice),
    ];
    let counts = counts.map(|count| match count {
        0 => "      ".to_owned(),
        count => format!(" {count:>5}"),
    });
    format!(" {}", counts.concat())
}

/// The character of a state, and its colour as an escape sequence has it.
fn look(state: State, notes: usize) -> (char, &'static str) {
    let digit = u32::try_from(notes)
        .ok()
        .and_then(|notes| char::from_digit(notes, 10));
    match state {
        State::Outside => (' ', "0"),
        State::Missing => ('·', "2"),
        State::Covered => ('■', "32"),
        State::Continued => ('─', "32"),
        State::Twice => (digit.unwrap_or('+'), "1;33"),
    }
}

fn in_characters(row: &Row, color: bool) -> String {
    let runs = row.cells.chunk_by(|one, other| one.state == other.state);
    let runs = runs.map(|run| {
        let looks = run.iter().map(|cell| look(cell.state, cell.notes.len()));
        let code = looks.clone().next().map_or("0", |(_, code)| code);
        let characters: String = looks.map(|(character, _)| character).collect();
        coloured(&characters, code, color)
    });
    runs.collect()
}

fn coloured(text: &str, code: &str, color: bool) -> String {
    match color && code != "0" {
        true => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        false => text.to_owned(),
    }
}

/// What the characters mean.
fn key(color: bool) -> String {
    let meanings = [
        (State::Covered, "a note"),
        (State::Continued, "a further week of it"),
        (State::Missing, "no note"),
        (State::Twice, "more notes than usual"),
    ];
    let meanings = meanings.map(|(state, meaning)| {
        let (character, code) = look(state, 2);
        format!(
            "{} {meaning}",
            coloured(&character.to_string(), code, color)
        )
    });
    format!(
        "{}\n`--all` lists every file, with the reason why it is what it is",
        meanings.join("  ")
    )
}
