//! A page for a browser: the calendar of the archive, the findings with their lines, and what was learnt.
//!
//! It is one file that loads nothing, and complete without its script, which only filters. It is well-formed XML, too: no
//! attribute without a value, no element without an end, and no `&` or `<` in style and script.

mod calendar;

use super::pretty::{help, source};
use super::text::{counted, floor, markup};
use super::window::Window;
use super::{Outcome, Overview, Positions, closing, rule_url, snippet};
use crate::archive::calendar::Scale;
use crate::diagnostic::{Diagnostic, DocumentId, Place, Severity};
use crate::rules;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Write};

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// Columns of a line that are shown.
const COLUMNS: usize = 110;

/// Nothing is loaded, whatever a note may smuggle in.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// Writes the page. Errors are those of `out`.
pub fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let none = Overview::default();
    let page = Page {
        outcome,
        overview: outcome.overview.as_ref().unwrap_or(&none),
        found: found(outcome),
    };
    let tally = markup(&closing::tally(outcome));
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"/>\n\
         <title>Weeknotes: {tally}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>Weeknotes</h1>\n<p>{tally}</p>"
    )?;
    if !outcome.notices.is_empty() {
        let notices = outcome.notices.iter();
        writeln!(out, "<ul class=\"quiet\">{}</ul>", items(notices))?;
    }
    page.write_contents(out)?;
    writeln!(out, "</header>\n<main>")?;
    page.write_calendars(out)?;
    page.write_findings(out)?;
    page.write_learnt(out)?;
    let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    let home = env!("CARGO_PKG_REPOSITORY");
    writeln!(
        out,
        "</main>\n<footer><p class=\"quiet\">Made by <a href=\"{home}\">{name}</a> {version}</p></footer>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>"
    )
}

struct Page<'a> {
    outcome: &'a Outcome,
    overview: &'a Overview,
    /// What was found in each document, by severity: errors, warnings, infos.
    found: HashMap<DocumentId, [usize; 3]>,
}

fn found(outcome: &Outcome) -> HashMap<DocumentId, [usize; 3]> {
    let mut found: HashMap<_, [usize; 3]> = HashMap::new();
    for one in &outcome.diagnostics {
        let counts = found.entry(one.place.document).or_default();
        *one.severity.pick(counts.each_mut()) += 1;
    }
    found
}

fn items<T: AsRef<str>>(texts: impl Iterator<Item = T>) -> String {
    let items = texts.map(|text| {
        let lines = text.as_ref().lines().map(prose).collect::<Vec<_>>();
        format!("<li>{}</li>\n", lines.join("\n"))
    });
    items.collect()
}

/// A message, in which what stands in backquotes is code. One that itself holds a backquote makes the division wrong, but
/// the text stays what it is.
fn prose(message: &str) -> String {
    let parts = message.split('`');
    if parts.clone().count().is_multiple_of(2) {
        return markup(message);
    }
    let parts = parts.enumerate().map(|(index, part)| match index % 2 {
        0 => markup(part),
        _ => format!("<code>{}</code>", markup(part)),
    });
    parts.collect()
}

impl Page<'_> {
    fn write_contents(&self, out: &mut dyn Write) -> io::Result<()> {
        let parts = [
            (!self.overview.calendars.is_empty(), "calendar", "Calendar"),
            (true, "findings", "Findings"),
            (!self.outcome.diagnostics.is_empty(), "rules", "Rules"),
            (
                !self.overview.learnt.is_empty(),
                "learnt",
                "What was learnt",
            ),
        ];
        let parts = parts.iter().filter(|(is_there, ..)| *is_there);
        let parts = parts.map(|(_, id, name)| format!("<li><a href=\"#{id}\">{name}</a></li>"));
        let parts: String = parts.collect();
        writeln!(out, "<nav aria-label=\"Contents\"><ul>{parts}</ul></nav>")
    }

    /// A path, as a link where something was found in the file.
    fn linked(&self, id: DocumentId, path: &str) -> String {
        let path = format!("<code>{}</code>", markup(path));
        match self.found.contains_key(&id) {
            true => format!("<a href=\"#f{}\">{path}</a>", id.0),
            false => path,
        }
    }

    fn write_findings(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">Findings</h2>"
        )?;
        if self.outcome.diagnostics.is_empty() {
            return writeln!(out, "<p>Nothing to report.</p>\n</section>");
        }
        let years = self.years();
        self.write_filter(&years, out)?;
        let mut positions = Positions::new(self.outcome);
        let findings = self.outcome.diagnostics.as_slice();
        for findings in findings.chunk_by(|one, other| one.place.document == other.place.document) {
            let Some(first) = findings.first() else {
                continue;
            };
            let id = first.place.document;
            let of_file = years.get(&id).into_iter().flatten();
            let of_file: Vec<String> = of_file.map(i32::to_string).collect();
            let of_file = match of_file.join(" ") {
                none if none.is_empty() => none,
                some => format!(" data-years=\"{some}\""),
            };
            writeln!(
                out,
                "<section class=\"file\" id=\"f{0}\" aria-labelledby=\"h{0}\"{of_file}>\n<h3 id=\"h{0}\">{1}</h3>\n<ul>",
                id.0,
                markup(self.outcome.path(id))
            )?;
            for finding in findings {
                self.write_finding(finding, &mut positions, out)?;
            }
            writeln!(out, "</ul>\n</section>")?;
        }
        writeln!(out, "</section>")?;
        self.write_rules(out)
    }

    /// What the rules of the findings are, with links to their pages.
    fn write_rules(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "<section aria-labelledby=\"rules\">\n<h2 id=\"rules\">Rules</h2>\n<ul>"
        )?;
        for (rule, count) in self.rules() {
            let (url, count) = (rule_url(rule), counted(count, "finding"));
            let summary = rules::find(rule).map_or("", |rule| rule.summary);
            writeln!(
                out,
                "<li id=\"{rule}\"><a href=\"{url}\">{rule}</a>: {summary} <span class=\"quiet\">({count})</span></li>"
            )?;
        }
        writeln!(out, "</ul>\n</section>")
    }

    /// How often each rule spoke.
    fn rules(&self) -> BTreeMap<&'static str, usize> {
        let mut rules = BTreeMap::new();
        for finding in &self.outcome.diagnostics {
            *rules.entry(finding.rule).or_default() += 1;
        }
        rules
    }

    /// The years that each note is about.
    fn years(&self) -> BTreeMap<DocumentId, BTreeSet<i32>> {
        let mut years: BTreeMap<DocumentId, BTreeSet<i32>> = BTreeMap::new();
        let calendars = self.overview.calendars.iter();
        for row in calendars
            .filter(|one| one.scale == Scale::Weeks)
            .flat_map(|one| &one.rows)
        {
            for id in row.cells.iter().flat_map(|cell| &cell.notes) {
                years.entry(*id).or_default().insert(row.number);
            }
        }
        years
    }

    fn write_filter(
        &self,
        years: &BTreeMap<DocumentId, BTreeSet<i32>>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let option = |value: &str, name: &str| format!("<option value=\"{value}\">{name}</option>");
        let rules = self.rules();
        let rules = rules
            .iter()
            .map(|(rule, count)| option(rule, &format!("{rule} ({count})")));
        writeln!(
            out,
            "<form id=\"filter\" aria-label=\"Filter\" hidden=\"hidden\">\n<label>Rule <select name=\"rule\">{}{}</select></label>",
            option("", "all"),
            rules.collect::<String>()
        )?;
        let with_findings = years.iter().filter(|(id, _)| self.found.contains_key(id));
        let with_findings: BTreeSet<i32> = with_findings
            .flat_map(|(_, years)| years)
            .copied()
            .collect();
        if !with_findings.is_empty() {
            let each = with_findings.iter();
            let each = each.map(|year| option(&year.to_string(), &year.to_string()));
            writeln!(
                out,
                "<label>Year <select name=\"year\">{}{}{}</select></label>",
                option("", "all"),
                each.collect::<String>(),
                option("none", "of no week")
            )?;
        }
        let boxes = SEVERITIES.map(|severity| {
            let name = severity.as_str();
            format!("<label><input type=\"checkbox\" name=\"{name}\" checked=\"checked\"/> {name}</label> ")
        });
        writeln!(
            out,
            "<fieldset><legend>Severity</legend>{}</fieldset>\n<button type=\"reset\">Show all</button>\n\
             <output id=\"shown\" class=\"quiet\" aria-live=\"polite\"></output>\n</form>",
            boxes.concat()
        )
    }

    fn write_finding(
        &self,
        finding: &Diagnostic,
        positions: &mut Positions<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let severity = finding.severity.as_str();
        let rule = finding.rule;
        let (at, lines) = self.shown(finding.place, positions);
        writeln!(
            out,
            "<li class=\"finding {severity}\"><p><strong>{severity}: {}</strong></p>\n\
             <p class=\"quiet\"><a href=\"#{rule}\">{rule}</a>{at}</p>\n{lines}",
            prose(&finding.message)
        )?;
        if let Some(note) = &finding.note {
            writeln!(out, "<p>{}</p>", prose(note))?;
        }
        if !finding.labels.is_empty() {
            writeln!(out, "<ul>")?;
        }
        for label in &finding.labels {
            let (at, lines) = self.shown(label.place, positions);
            let path = match label.place.document == finding.place.document {
                true => String::new(),
                false => self.linked(
                    label.place.document,
                    self.outcome.path(label.place.document),
                ),
            };
            let said = prose(&label.message);
            writeln!(
                out,
                "<li>{said} <span class=\"quiet\">{path}{at}</span>{lines}</li>"
            )?;
        }
        if !finding.labels.is_empty() {
            writeln!(out, "</ul>")?;
        }
        if let Some(help) = help(finding, usize::MAX) {
            let lines: Vec<String> = help.lines().map(prose).collect();
            writeln!(out, "<p>Help: {}</p>", lines.join("<br/>"))?;
        }
        writeln!(out, "</li>")
    }

    /// Where a place is in its file, and its first line with the place marked; both empty for a whole file.
    fn shown(&self, place: Place, positions: &mut Positions<'_>) -> (String, String) {
        let Some(source) = source(self.outcome, place) else {
            return Default::default();
        };
        let start = positions.range(place).start;
        let span = source.lines.line_span(start.line - 1, &source.text);
        let line = snippet::content(source, start.line - 1);
        let within = |offset: usize| offset.saturating_sub(span.start as usize).min(line.len());
        let range = within(start.offset)..within(floor(&source.text, place.span.end as usize));
        let window = Window::new(line, std::slice::from_ref(&range), COLUMNS);
        let from = window.start_of(range.start);
        let to = match range.is_empty() {
            true => from,
            false => window.end_of(range.end).max(from),
        };
        let part =
            |range: std::ops::Range<usize>| markup(window.text.get(range).unwrap_or_default());
        let (before, marked, after) = (part(0..from), part(from..to), part(to..window.text.len()));
        (
            format!(" line {}, column {}", start.line, start.column),
            format!("<pre>{before}<mark>{marked}</mark>{after}</pre>"),
        )
    }

    fn write_learnt(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.overview.learnt.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "<section aria-labelledby=\"learnt\">\n<h2 id=\"learnt\">What was learnt</h2>\n<ul class=\"learnt\">{}</ul>\n</section>",
            items(self.overview.learnt.iter())
        )
    }
}
