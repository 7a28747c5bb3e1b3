//! The report for people at a terminal: every finding with the lines that it speaks of, drawn by miette.

use super::color::{BOLD, GREEN, RED, linked, painted};
use super::snippet::{Excerpts, Mark};
use super::text::{counted, visible, width, wrap};
use super::{Outcome, Positions, SourceFile, suggestion};
use crate::diagnostic::{Diagnostic, Place, Safety};
use miette::{GraphicalReportHandler, GraphicalTheme, MietteDiagnostic, Report};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Further places that are drawn for one finding; the others are counted. All of them are in the JSON report.
const MOST_LABELS: usize = 6;

/// The columns before a line: a number of up to four digits and the frame.
const GUTTER: usize = 9;

/// How the terminal is to be written to.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The columns of the terminal. Between 40 and 120 are used: longer lines are hard to read.
    pub width: usize,
    /// Whether messages and helps are broken to fit: what is no terminal breaks lines by itself, or is searched.
    pub wraps: bool,
    /// Whether to colour.
    pub color: bool,
    /// Whether the names of rules lead to their pages.
    pub links: bool,
}

impl Options {
    /// The columns for words, of which so many are taken.
    fn columns(&self, taken: usize) -> usize {
        match self.wraps {
            true => self.width - taken,
            false => usize::MAX,
        }
    }
}

/// Writes every finding, in the order of the outcome, and how to learn more. Errors are those of `out`.
pub fn write(outcome: &Outcome, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let options = Options {
        width: options.width.clamp(40, 120),
        ..*options
    };
    let mut positions = Positions::new(outcome);
    for diagnostic in &outcome.diagnostics {
        let mut text = String::new();
        let mut drawing = Drawing::new(outcome, diagnostic, &options, &mut positions);
        let handler = drawing.handler();
        let drawn = handler.render_report(&mut text, drawing.report().as_ref());
        drawn.map_err(io::Error::other)?;
        writeln!(out, "{}", drawing.with_files(&text))?;
    }
    if let Some(diagnostic) = outcome.diagnostics.first() {
        let rule = diagnostic.rule;
        let others = outcome.diagnostics.iter().any(|one| one.rule != rule);
        let what = match others {
            true => "each rule, e.g.",
            false => "this rule",
        };
        writeln!(out, "More about {what}: weeknote-lint explain {rule}")?;
    }
    Ok(())
}

/// A finding as it is drawn.
struct Drawing<'a> {
    diagnostic: &'a Diagnostic,
    options: &'a Options,
    message: String,
    help: Option<String>,
    excerpts: Excerpts,
    /// Places that are a whole file and have no line to be marked: path and what is said of it, the finding's own
    /// place first.
    files: Vec<(String, String)>,
    /// Whether the finding's own place is a whole file.
    is_of_file: bool,
}

impl<'a> Drawing<'a> {
    fn new(
        outcome: &Outcome,
        diagnostic: &'a Diagnostic,
        options: &'a Options,
        positions: &mut Positions,
    ) -> Self {
        let mut marks = Vec::new();
        let mut files = Vec::new();
        let note = diagnostic.note.as_deref().unwrap_or_default();
        let labels = diagnostic.labels.iter().take(MOST_LABELS);
        let labels = labels.map(|label| (label.place, label.message.as_str(), false));
        for (place, said, primary) in [(diagnostic.place, note, true)].into_iter().chain(labels) {
            match source(outcome, place) {
                Some(source) => marks.push(Mark {
                    source,
                    span: place.span,
                    start: positions.range(place).start,
                    said: said.to_owned(),
                    primary,
                }),
                None => files.push((
                    visible(outcome.path(place.document)).into_owned(),
                    visible(said).into_owned(),
                )),
            }
        }

        // The message stands behind the title, its further lines behind a bar.
        let first = options.width.saturating_sub(width(&title(diagnostic)) + 3);
        Drawing {
            diagnostic,
            options,
            message: headline(&diagnostic.message, first, options),
            help: help(diagnostic, options.columns(8))
                .map(|help| help + &written(outcome, diagnostic, options)),
            excerpts: Excerpts::new(marks, options.width - GUTTER),
            files,
            is_of_file: source(outcome, diagnostic.place).is_none(),
        }
    }

    /// The finding as miette takes it, which is given its lines.
    fn report(&mut self) -> Report {
        use miette::Severity::{Advice, Error, Warning};
        let finding = MietteDiagnostic {
            severity: Some(self.diagnostic.severity.pick([Error, Warning, Advice])),
            help: self.help.clone(),
            labels: Some(self.excerpts.labels().to_vec()),
            ..MietteDiagnostic::new(&*self.message)
        };
        Report::new(finding).with_source_code(std::mem::take(&mut self.excerpts))
    }

    /// What miette has drawn, with frames for the places that are whole files: below the message where it speaks of
    /// the file, else below the lines.
    fn with_files(&self, drawn: &str) -> String {
        let lines: Vec<&str> = drawn.split_inclusive('\n').collect();
        let help = self.help.as_deref().unwrap_or_default().lines().count();
        let (drawn, help) = lines.split_at(lines.len().saturating_sub(help));
        let head = match self.is_of_file {
            true => self.message.lines().count().min(drawn.len()),
            false => drawn.len(),
        };
        let (above, below) = drawn.split_at(head);
        let mut text = above.concat();
        self.draw_files(&mut text);
        text.extend(below.iter().copied());
        let labels = self.diagnostic.labels.len();
        if labels > MOST_LABELS {
            let more = counted(labels - MOST_LABELS, "more place");
            let _ = writeln!(text, "   and {more}");
        }
        text.extend(help.iter().copied());
        text
    }

    fn draw_files(&self, text: &mut String) {
        let theme = theme(self.options.color);
        let characters = &theme.characters;
        let line = characters.hbar;
        for (path, said) in &self.files {
            let path = theme.styles.link.style(path);
            let _ = writeln!(text, "   {}{line}[{path}]", characters.ltop);
            let _ = match said.as_str() {
                "" => writeln!(text, "   {}{line}{line}{line}{line}", characters.lbot),
                said => writeln!(text, "   {}{line}{line} {said}", characters.lbot),
            };
        }
    }

    /// miette begins a finding with an icon: ours is severity and rule, as compilers write them.
    fn handler(&self) -> GraphicalReportHandler {
        let (diagnostic, options) = (self.diagnostic, self.options);
        let mut theme = theme(options.color);
        let (icons, styles) = (&mut theme.characters, &theme.styles);
        let (icon, style) = diagnostic.severity.pick([
            (&mut icons.error, styles.error),
            (&mut icons.warning, styles.warning),
            (&mut icons.advice, styles.advice),
        ]);
        *icon = title(diagnostic).replace(diagnostic.rule, &linked(diagnostic.rule, options.links));
        // The finding's own place has the colour of its severity, the places that explain it another one.
        let labels = self.excerpts.labels().iter();
        let styles = labels.map(|label| match label.primary() {
            true => style,
            false => theme.styles.help,
        });
        theme.styles.highlights = styles.collect();
        GraphicalReportHandler::new_themed(theme)
            .with_urls(false)
            .with_width(options.width)
            .with_wrap_lines(false)
            .without_primary_span_start()
            .without_syntax_highlighting()
    }
}

/// How miette draws.
pub fn theme(color: bool) -> GraphicalTheme {
    match color {
        true => GraphicalTheme::unicode(),
        false => GraphicalTheme::unicode_nocolor(),
    }
}

/// The message in lines, of which the first has `first` columns.
fn headline(message: &str, first: usize, options: &Options) -> String {
    let first = if options.wraps { first } else { usize::MAX };
    let lines = wrap(&visible(message), first, options.columns(4));
    painted(&lines, BOLD, options.color)
}

fn title(diagnostic: &Diagnostic) -> String {
    format!("{}[{}]:", diagnostic.severity.as_str(), diagnostic.rule)
}

/// The file whose lines are drawn for `place`; `None` for a place that is a whole file, or in one that was not read.
pub(super) fn source(outcome: &Outcome, place: Place) -> Option<&SourceFile> {
    let whole = place.span.is_empty() && place.span.start == 0;
    let source = outcome.sources.get(&place.document)?;
    (!whole && !source.text.is_empty()).then_some(source)
}

/// The help, and what the fix would do. Where both say the same it is said once.
pub(super) fn help(diagnostic: &Diagnostic, columns: usize) -> Option<String> {
    let mut help = diagnostic.help.clone().unwrap_or_default();
    if let Some(fix) = &diagnostic.fix {
        let option = match fix.safety {
            Safety::Safe => "--fix",
            Safety::Unsafe => "--fix --unsafe-fixes",
        };
        let title = &fix.title;
        let after = help.strip_prefix(title.as_str());
        help = match after.filter(|after| !after.starts_with(char::is_alphanumeric)) {
            Some(after) => format!("{title} ({option} does it){after}"),
            None if help.is_empty() => format!("{option} would {title}"),
            None if !is_said(title, &help) => format!("{help}\n{option} would {title}"),
            None if help.ends_with('?') => format!("{help} ({option} writes it)"),
            None => format!("{help} ({option} does it)"),
        };
    }
    (!help.is_empty()).then(|| wrap(&help, columns, columns))
}

/// The lines that the fix writes, to stand below the help.
fn written(outcome: &Outcome, diagnostic: &Diagnostic, options: &Options) -> String {
    let fix = diagnostic.fix.iter();
    let lines = fix.flat_map(|fix| suggestion::lines(outcome, fix, options.width - 8));
    let lines = lines.map(|(sign, line)| {
        let style = if sign == '-' { RED } else { GREEN };
        format!("\n{}", painted(&line, style, options.color))
    });
    lines.collect()
}

/// Whether `help` says what a fix of this title does: it begins with the same word ("write", "delete"), or it holds all
/// that the title has in backquotes. A help with alternatives does not say which of them the fix takes.
fn is_said(title: &str, help: &str) -> bool {
    if help.contains(", or ") || help.contains(" or a ") {
        return false;
    }
    let first = |text: &'_ str| text.split([' ', ':']).next().map(str::to_owned);
    let mut quoted = title.split('`').skip(1).step_by(2).peekable();
    let holds_all =
        quoted.peek().is_some() && quoted.all(|text| help.contains(&format!("`{text}`")));
    holds_all || first(title) == first(help) && !title.contains('`')
}

#[cfg(test)]
mod tests;
