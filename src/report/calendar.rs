//! The calendar of a series in characters, for terminals and for summaries in Markdown.

use super::color::{BOLD_YELLOW, FAINT, GREEN, PLAIN, painted};
use crate::archive::calendar::{Calendar, Row, Scale, State};
use std::fmt::Write as _;

/// The columns of every calendar of weeks.
const WEEKS: usize = 53;

/// A calendar in characters, at most 80 columns wide: one for each week, with a ruler above.
pub fn drawn(calendar: &Calendar, color: bool) -> String {
    let names = calendar.rows.iter();
    let names = names.map(|row| calendar.scale.row(row.number).len());
    let margin = names.max().unwrap_or(0);
    let widest = widest(calendar);
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
        let line = format!("  {name:margin$} {cells}{:blank$}{}", "", sums(row));
        let _ = writeln!(text, "{}", line.trim_end());
        before = Some(row.number);
    }
    text
}

/// How many columns a calendar has.
pub(super) fn widest(calendar: &Calendar) -> usize {
    let widest = calendar.rows.iter().map(|row| row.cells.len()).max();
    match calendar.scale {
        // Those of weeks stand below each other.
        Scale::Weeks => WEEKS,
        _ => widest.unwrap_or(0),
    }
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

/// How many notes, gaps and weeks with more notes than usual there are.
pub(super) fn counts(row: &Row) -> [usize; 3] {
    let count = |state| row.count(state);
    [row.notes(), count(State::Missing), count(State::Twice)]
}

/// The counts, below the words above; nothing for none.
fn sums(row: &Row) -> String {
    let counts = counts(row).map(|count| match count {
        0 => "      ".to_owned(),
        count => format!(" {count:>5}"),
    });
    format!(" {}", counts.concat())
}

/// The character of a state, and its colour.
fn look(state: State, notes: usize) -> (char, &'static str) {
    let digit = u32::try_from(notes)
        .ok()
        .and_then(|notes| char::from_digit(notes, 10));
    match state {
        State::Outside => (' ', PLAIN),
        State::Missing => ('·', FAINT),
        State::Covered => ('■', GREEN),
        State::Continued => ('─', GREEN),
        State::Twice => (digit.unwrap_or('+'), BOLD_YELLOW),
    }
}

fn in_characters(row: &Row, color: bool) -> String {
    let runs = row.cells.chunk_by(|one, other| one.state == other.state);
    let runs = runs.map(|run| {
        let looks = run.iter().map(|cell| look(cell.state, cell.notes.len()));
        let style = looks.clone().next().map_or(PLAIN, |(_, style)| style);
        let characters: String = looks.map(|(character, _)| character).collect();
        painted(&characters, style, color)
    });
    runs.collect()
}

/// What the characters mean.
pub fn key(color: bool) -> String {
    let meanings = [
        (State::Covered, "a note"),
        (State::Continued, "another week of the same note"),
        (State::Missing, "no note"),
        (State::Twice, "more notes than usual"),
    ];
    let meanings = meanings.map(|(state, meaning)| {
        let (character, style) = look(state, 2);
        format!(
            "{} {meaning}",
            painted(&character.to_string(), style, color)
        )
    });
    meanings.join("  ")
}
