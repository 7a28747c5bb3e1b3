//! A page for a browser: the calendar of the archive, the findings with their lines, and what was learnt.
//!
//! It is one file that loads nothing, and complete without its script, which only filters. It is well-formed XML, too: no
//! attribute without a value, no element without an end, and no `&` or `<` in style and script.

mod calendar;

use super::pretty::{help, source};
use super::text::{self, counted, floor, markup};
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
    let overview = outcome.overview.as_ref().unwrap_or(&none);
    let page = Page {
        outcome,
        overview,
        found: found(outcome),
    };
    let tally = markup(&closing::tally(outcome));
    let notices = enclosed("<ul class=\"quiet\">", &items(&outcome.notices), "</ul>\n");
    let (rules, learnt) = (page.rules(), items(&overview.learnt));
    let learnt = enclosed("<ul class=\"learnt\">", &learnt, "</ul>\n");
    let sections = [
        ("calendar", "Calendar", page.calendars()),
        ("findings", "Findings", page.findings(&rules)),
        ("rules", "Rules", described(&rules)),
        ("learnt", "What was learnt", learnt),
    ];
    let sections = sections.iter().filter(|(.., content)| !content.is_empty());
    let contents = sections.clone();
    let contents = contents.map(|(id, title, _)| format!("<li><a href=\"#{id}\">{title}</a></li>"));
    let contents: String = contents.collect();
    let sections = sections.map(|(id, title, content)| {
        let title = format!("<h2 id=\"{id}\">{title}</h2>");
        format!("<section aria-labelledby=\"{id}\">\n{title}\n{content}</section>\n")
    });
    let sections: String = sections.collect();
    let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    let home = env!("CARGO_PKG_REPOSITORY");
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"/>\n\
         <title>Weeknotes: {tally}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>Weeknotes</h1>\n<p>{tally}</p>\n{notices}\
         <nav aria-label=\"Contents\"><ul>{contents}</ul></nav>\n</header>\n\
         <main>\n{sections}</main>\n\
         <footer><p class=\"quiet\">Made by <a href=\"{home}\">{name}</a> {version}</p></footer>\n\
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

/// What an element holds with the element around it; nothing around nothing.
fn enclosed(begin: &str, content: &str, end: &str) -> String {
    match content {
        "" => String::new(),
        _ => format!("{begin}{content}{end}"),
    }
}

/// How often each rule spoke.
type Rules = BTreeMap<&'static str, usize>;

/// What the rules of the findings are, with links to their pages.
fn described(rules: &Rules) -> String {
    let rules = rules.iter().map(|(rule, count)| {
        let (url, count) = (rule_url(rule), counted(*count, "finding"));
        let summary = rules::find(rule).map_or("", |rule| rule.summary);
        format!(
            "<li id=\"{rule}\"><a href=\"{url}\">{rule}</a>: {summary} <span class=\"quiet\">({count})</span></li>\n"
        )
    });
    enclosed("<ul>\n", &rules.collect::<String>(), "</ul>\n")
}

fn items(texts: &[String]) -> String {
    let items = texts.iter().map(|text| {
        let lines = text.lines().map(prose).collect::<Vec<_>>();
        format!("<li>{}</li>\n", lines.join("\n"))
    });
    items.collect()
}

fn prose(message: &str) -> String {
    text::prose(message, markup)
}

impl Page<'_> {
    /// A path, as a link where something was found in the file.
    fn linked(&self, id: DocumentId, path: &str) -> String {
        let path = format!("<code>{}</code>", markup(path));
        match self.found.contains_key(&id) {
            true => format!("<a href=\"#f{}\">{path}</a>", id.0),
            false => path,
        }
    }

    /// The findings by their files.
    fn findings(&self, rules: &Rules) -> String {
        if self.outcome.diagnostics.is_empty() {
            return "<p>Nothing to report.</p>\n".to_owned();
        }
        let years = self.years();
        let mut text = self.filter(&years, rules);
        let mut positions = Positions::new(self.outcome);
        let findings = self.outcome.diagnostics.as_slice();
        for findings in findings.chunk_by(|one, other| one.place.document == other.place.document) {
            let Some(first) = findings.first() else {
                continue;
            };
            let id = first.place.document;
            let of_file = years.get(&id).into_iter().flatten();
            let of_file: Vec<String> = of_file.map(i32::to_string).collect();
            let of_file = enclosed(" data-years=\"", &of_file.join(" "), "\"");
            let path = markup(self.outcome.path(id));
            let findings = findings.iter();
            let findings = findings.map(|one| self.finding(one, &mut positions));
            let findings: String = findings.collect();
            text += &format!(
                "<section class=\"file\" id=\"f{0}\" aria-labelledby=\"h{0}\"{of_file}>\n\
                 <h3 id=\"h{0}\">{path}</h3>\n<ul>\n{findings}</ul>\n</section>\n",
                id.0
            );
        }
        text
    }

    fn rules(&self) -> Rules {
        let mut rules = Rules::new();
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

    fn filter(&self, years: &BTreeMap<DocumentId, BTreeSet<i32>>, rules: &Rules) -> String {
        let option = |value: &str, name: &str| format!("<option value=\"{value}\">{name}</option>");
        let all = option("", "all");
        let rules = rules.iter();
        let rules = rules.map(|(rule, count)| option(rule, &format!("{rule} ({count})")));
        let rules: String = rules.collect();
        let with_findings = years.iter().filter(|(id, _)| self.found.contains_key(id));
        let years: BTreeSet<&i32> = with_findings.flat_map(|(_, years)| years).collect();
        let years = years.into_iter().map(i32::to_string);
        let years: String = years.map(|year| option(&year, &year)).collect();
        let none = option("none", "without a week");
        let years = enclosed(
            &format!("<label>Year <select name=\"year\">{all}"),
            &years,
            &format!("{none}</select></label>\n"),
        );
        let boxes = SEVERITIES.map(|severity| {
            let name = severity.as_str();
            format!("<label><input type=\"checkbox\" name=\"{name}\" checked=\"checked\"/> {name}</label> ")
        });
        let boxes = boxes.concat();
        format!(
            "<form id=\"filter\" aria-label=\"Filter\" hidden=\"hidden\">\n\
             <label>Rule <select name=\"rule\">{all}{rules}</select></label>\n{years}\
             <fieldset><legend>Severity</legend>{boxes}</fieldset>\n<button type=\"reset\">Show all</button>\n\
             <output id=\"shown\" class=\"quiet\" aria-live=\"polite\"></output>\n</form>\n"
        )
    }

    fn finding(&self, finding: &Diagnostic, positions: &mut Positions<'_>) -> String {
        let (severity, rule) = (finding.severity.as_str(), finding.rule);
        let (at, lines) = self.shown(finding.place, positions);
        let message = prose(&finding.message);
        let note = prose(finding.note.as_deref().unwrap_or(""));
        let note = enclosed("<p>", &note, "</p>\n");
        let labels = finding.labels.iter().map(|label| {
            let (at, lines) = self.shown(label.place, positions);
            let document = label.place.document;
            let path = match document == finding.place.document {
                true => String::new(),
                false => self.linked(document, self.outcome.path(document)),
            };
            let said = prose(&label.message);
            format!("<li>{said} <span class=\"quiet\">{path}{at}</span>{lines}</li>\n")
        });
        let labels = enclosed("<ul>\n", &labels.collect::<String>(), "</ul>\n");
        let help = help(finding, usize::MAX).unwrap_or_default();
        let help: Vec<String> = help.lines().map(prose).collect();
        let help = enclosed("<p>Help: ", &help.join("<br/>"), "</p>\n");
        format!(
            "<li class=\"finding {severity}\"><p><strong>{severity}: {message}</strong></p>\n\
             <p class=\"quiet\"><a href=\"#{rule}\">{rule}</a>{at}</p>\n{lines}\n{note}{labels}{help}</li>\n"
        )
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
}
