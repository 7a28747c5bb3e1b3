//! The calendars of the page: a table for each series, a cell for each week.

use super::super::text::{counted, markup};
use super::{Page, SEVERITIES};
use crate::archive::calendar::{Calendar, Cell, Row, Scale, State};
use crate::diagnostic::DocumentId;
use std::io::{self, Write};

/// The columns of every calendar of weeks, so that they stand below each other.
const WEEKS: usize = 53;

impl Page<'_> {
    pub(super) fn write_calendars(&self, out: &mut dyn Write) -> io::Result<()> {
        let calendars = &self.overview.calendars;
        if calendars.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "<section aria-labelledby=\"calendar\">\n<h2 id=\"calendar\">Calendar</h2>\n<ul class=\"key\">\
             <li><span class=\"n\"></span>a note</li>\
             <li><span class=\"c\"></span>another week of the same note</li>\
             <li><span class=\"m\"></span>no note</li>\
             <li><span class=\"t\">2</span>more notes than usual</li>\
             <li><span class=\"e\">E</span>errors</li>\
             <li><span class=\"w\">W</span>warnings</li>\
             <li><span class=\"n i\">i</span>infos</li></ul>"
        )?;
        for (index, calendar) in calendars.iter().enumerate() {
            self.write_calendar(index, calendar, out)?;
        }
        writeln!(out, "</section>")
    }

    fn write_calendar(
        &self,
        index: usize,
        calendar: &Calendar,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let (rows, columns) = match calendar.scale {
            Scale::Weeks => ("Year", "ISO weeks of each year"),
            Scale::Numbers => ("Notes", "notes by their numbers: no day ties them to weeks"),
            Scale::Episodes => ("Season", "episodes of each season"),
        };
        let widest = calendar.rows.iter().map(|row| row.cells.len()).max();
        let widest = match calendar.scale {
            Scale::Weeks => WEEKS,
            _ => widest.unwrap_or_default(),
        };
        let numbers = (0..widest).map(|at| match calendar.scale {
            Scale::Numbers => at,
            _ => at + calendar.from as usize,
        });
        let numbers = numbers.map(|number| format!("<th scope=\"col\">{number}</th>"));
        writeln!(
            out,
            "<h3 id=\"c{index}\">{}</h3>\n<section class=\"scroll\" tabindex=\"0\" aria-labelledby=\"c{index}\">\n\
             <table><caption>{columns}</caption>\n<thead><tr><th scope=\"col\">{rows}</th>{}\
             <th scope=\"col\" class=\"sum\">notes</th><th scope=\"col\" class=\"sum\">gaps</th>\
             <th scope=\"col\" class=\"sum\">extra</th></tr></thead>\n<tbody>",
            markup(&calendar.series),
            numbers.collect::<String>()
        )?;
        let mut before: Option<i32> = None;
        for row in &calendar.rows {
            let gap = before.and_then(|before| calendar.scale.between(before, row.number));
            if let Some((name, said)) = gap {
                let columns = widest + 3;
                writeln!(
                    out,
                    "<tr><th scope=\"row\">{name}</th><td class=\"gap\" colspan=\"{columns}\">{said}</td></tr>"
                )?;
            }
            self.write_row(calendar, row, widest, out)?;
            before = Some(row.number);
        }
        writeln!(out, "</tbody></table>\n</section>")?;
        if calendar.unplaced.is_empty() {
            return Ok(());
        }
        let names = calendar
            .unplaced
            .iter()
            .map(|id| self.linked(*id, self.path(*id)));
        let names = names.collect::<Vec<_>>().join(", ");
        let count = counted(calendar.unplaced.len(), "note");
        writeln!(
            out,
            "<p class=\"quiet\">{count} without a place in it: {names}</p>"
        )
    }

    fn path(&self, id: DocumentId) -> &str {
        self.overview.paths.get(&id).map_or("", String::as_str)
    }

    fn write_row(
        &self,
        calendar: &Calendar,
        row: &Row,
        widest: usize,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        write!(
            out,
            "<tr><th scope=\"row\">{}</th>",
            calendar.scale.row(row.number)
        )?;
        for (column, cell) in (calendar.from..).zip(&row.cells) {
            self.write_cell(&calendar.scale.cell(row.number, column), cell, out)?;
        }
        if row.cells.len() < widest {
            write!(out, "<td colspan=\"{}\"></td>", widest - row.cells.len())?;
        }
        let counts = [
            row.notes(),
            row.count(State::Missing),
            row.count(State::Twice),
        ];
        let counts = counts.map(|count| format!("<td class=\"sum\">{count}</td>"));
        writeln!(out, "{}</tr>", counts.concat())
    }

    fn write_cell(&self, name: &str, cell: &Cell, out: &mut dyn Write) -> io::Result<()> {
        let (class, mut letter) = match cell.state {
            State::Outside => return write!(out, "<td></td>"),
            State::Missing => ("m", String::new()),
            State::Covered => ("n", String::new()),
            State::Continued => ("c", String::new()),
            State::Twice => ("t", cell.notes.len().to_string()),
        };
        let counts = cell.notes.iter().map(|id| self.found.get(id));
        let counts = counts.map(|counts| counts.copied().unwrap_or_default());
        let sums = (counts.clone()).fold([0; 3], |[a, b, c], [d, e, f]| [a + d, b + e, c + f]);
        let paths: Vec<&str> = cell.notes.iter().map(|id| self.path(*id)).collect();
        let mut said = match paths.as_slice() {
            [] => format!("{name}: no note"),
            [path] => format!("{name}: {path}"),
            paths => format!("{name}: {} notes, {}", paths.len(), paths.join(" and ")),
        };
        for (severity, count) in SEVERITIES.iter().zip(sums).filter(|(_, count)| *count > 0) {
            said.push_str("; ");
            said.push_str(&counted(count, severity.as_str()));
        }
        let said = markup(&said);
        let worst = ["e", "w", "i"]
            .into_iter()
            .zip(sums)
            .position(|(_, count)| count > 0);
        let Some(worst) = worst else {
            return write!(
                out,
                "<td class=\"{class}\" title=\"{said}\" aria-label=\"{said}\">{letter}</td>"
            );
        };
        let mut with_worst = cell.notes.iter().zip(counts);
        let first =
            with_worst.find(|(_, counts)| counts.get(worst).is_some_and(|count| *count > 0));
        let first = first.map_or(0, |(id, _)| id.0);
        let (mark, shown) = [("e", "E"), ("w", "W"), ("i", "i")][worst];
        if mark != "i" || letter.is_empty() {
            letter = shown.to_owned();
        }
        write!(
            out,
            "<td class=\"{class} {mark}\" title=\"{said}\"><a href=\"#f{first}\" aria-label=\"{said}\">{letter}</a></td>"
        )
    }
}
