//! The calendars of the page: a table for each series, a cell for each week.

use super::super::calendar::{counts, widest};
use super::super::text::{counted, markup};
use super::{Page, SEVERITIES, enclosed};
use crate::archive::calendar::{Calendar, Cell, Row, Scale, State};
use crate::diagnostic::{DocumentId, Severity};

/// What the cells look like.
const KEY: &str = "<ul class=\"key\">\
    <li><span class=\"n\"></span>a note</li>\
    <li><span class=\"c\"></span>another week of the same note</li>\
    <li><span class=\"m\"></span>no note</li>\
    <li><span class=\"t\">2</span>more notes than usual</li>\
    <li><span class=\"e\">E</span>errors</li>\
    <li><span class=\"w\">W</span>warnings</li>\
    <li><span class=\"n i\">i</span>infos</li></ul>\n";

impl Page<'_> {
    pub(super) fn calendars(&self) -> String {
        let calendars = self.overview.calendars.iter().enumerate();
        let calendars = calendars.map(|(index, calendar)| self.calendar(index, calendar));
        enclosed(KEY, &calendars.collect::<String>(), "")
    }

    fn calendar(&self, index: usize, calendar: &Calendar) -> String {
        let (rows, columns) = match calendar.scale {
            Scale::Weeks => ("Year", "ISO weeks of each year"),
            Scale::Numbers => ("Notes", "notes by their numbers: no day ties them to weeks"),
            Scale::Episodes => ("Season", "episodes of each season"),
        };
        let widest = widest(calendar);
        let numbers = (0..widest).map(|at| match calendar.scale {
            Scale::Numbers => at,
            _ => at + calendar.from as usize,
        });
        let numbers = numbers.map(|number| format!("<th scope=\"col\">{number}</th>"));
        let mut text = format!(
            "<h3 id=\"c{index}\">{}</h3>\n<section class=\"scroll\" tabindex=\"0\" aria-labelledby=\"c{index}\">\n\
             <table><caption>{columns}</caption>\n<thead><tr><th scope=\"col\">{rows}</th>{}\
             <th scope=\"col\" class=\"sum\">notes</th><th scope=\"col\" class=\"sum\">gaps</th>\
             <th scope=\"col\" class=\"sum\">extra</th></tr></thead>\n<tbody>\n",
            markup(&calendar.series),
            numbers.collect::<String>()
        );
        let mut before: Option<i32> = None;
        for row in &calendar.rows {
            let gap = before.and_then(|before| calendar.scale.between(before, row.number));
            if let Some((name, said)) = gap {
                let columns = widest + 3;
                text += &format!(
                    "<tr><th scope=\"row\">{name}</th><td class=\"gap\" colspan=\"{columns}\">{said}</td></tr>\n"
                );
            }
            text += &self.row(calendar, row, widest);
            before = Some(row.number);
        }
        let names = calendar.unplaced.iter();
        let names = names.map(|id| self.linked(*id, self.path(*id)));
        let names = names.collect::<Vec<_>>().join(", ");
        let count = counted(calendar.unplaced.len(), "note");
        let begin = format!("<p class=\"quiet\">{count} without a place in it: ");
        text + "</tbody></table>\n</section>\n" + &enclosed(&begin, &names, "</p>\n")
    }

    fn path(&self, id: DocumentId) -> &str {
        self.overview.paths.get(&id).map_or("", String::as_str)
    }

    fn row(&self, calendar: &Calendar, row: &Row, widest: usize) -> String {
        let name = calendar.scale.row(row.number);
        let cells = (calendar.from..).zip(&row.cells);
        let cells = cells.map(|(column, cell)| {
            let name = calendar.scale.cell(row.number, column);
            self.cell(&name, cell)
        });
        let cells: String = cells.collect();
        let rest = match widest.saturating_sub(row.cells.len()) {
            0 => String::new(),
            rest => format!("<td colspan=\"{rest}\"></td>"),
        };
        let sums = counts(row).map(|count| format!("<td class=\"sum\">{count}</td>"));
        let sums = sums.concat();
        format!("<tr><th scope=\"row\">{name}</th>{cells}{rest}{sums}</tr>\n")
    }

    fn cell(&self, name: &str, cell: &Cell) -> String {
        let (class, letter) = match cell.state {
            State::Outside => return "<td></td>".to_owned(),
            State::Missing => ("m", String::new()),
            State::Covered => ("n", String::new()),
            State::Continued => ("c", String::new()),
            State::Twice => ("t", cell.notes.len().to_string()),
        };
        let paths: Vec<&str> = cell.notes.iter().map(|id| self.path(*id)).collect();
        let mut said = match paths.as_slice() {
            [] => format!("{name}: no note"),
            [path] => format!("{name}: {path}"),
            paths => format!("{name}: {} notes, {}", paths.len(), paths.join(" and ")),
        };
        // The gravest, and the first note with one so grave.
        let mut worst: Option<(Severity, DocumentId)> = None;
        for severity in SEVERITIES {
            let found = cell.notes.iter();
            let found = found.filter_map(|id| Some((*id, severity.pick(*self.found.get(id)?))));
            let found: Vec<_> = found.filter(|(_, count)| *count > 0).collect();
            if let Some((first, _)) = found.first() {
                let count = found.iter().map(|(_, count)| count).sum();
                said += &format!("; {}", counted(count, severity.as_str()));
                worst = worst.or(Some((severity, *first)));
            }
        }
        let said = markup(&said);
        let Some((worst, first)) = worst else {
            return format!(
                "<td class=\"{class}\" title=\"{said}\" aria-label=\"{said}\">{letter}</td>"
            );
        };
        let (mark, shown) = worst.pick([("e", "E"), ("w", "W"), ("i", "i")]);
        let letter = match worst {
            Severity::Info if !letter.is_empty() => &letter,
            _ => shown,
        };
        format!(
            "<td class=\"{class} {mark}\" title=\"{said}\"><a href=\"#f{}\" aria-label=\"{said}\">{letter}</a></td>",
            first.0
        )
    }
}
