//! The report for people at a terminal: every finding with the lines that it speaks of, drawn by miette.

use super::snippet::{Excerpts, Mark};
use super::text::{visible, width, wrap};
use super::{Outcome, Positions, SourceFile, rule_url};
use crate::diagnostic::{Diagnostic, Place, Safety, Severity};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use std::fmt;
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
    /// Whether to colour.
    pub color: bool,
    /// Whether the frames are drawn with box characters, or with those of ASCII.
    pub unicode: bool,
    /// Whether rule ids link to their explanations (OSC 8); only for terminals that support it.
    pub links: bool,
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
        let drawing = Drawing::new(outcome, diagnostic, &options, &mut positions);
        drawing
            .handler(diagnostic, &options)
            .render_report(&mut text, &drawing)
            .map_err(io::Error::other)?;
        text.push('\n');
        out.write_all(text.as_bytes())?;
    }
    if let Some(diagnostic) = outcome.diagnostics.first() {
        let rule = diagnostic.rule;
        let others = outcome.diagnostics.iter().any(|one| one.rule != rule);
        let what = if others {
            "each rule, e.g."
        } else {
            "this rule"
        };
        writeln!(out, "More about {what}: weeknote-lint explain {rule}")?;
    }
    Ok(())
}

/// A finding as miette takes it.
#[derive(Debug)]
struct Drawing {
    message: String,
    help: Option<String>,
    severity: Severity,
    excerpts: Excerpts,
}

impl Drawing {
    fn new(
        outcome: &Outcome,
        diagnostic: &Diagnostic,
        options: &Options,
        positions: &mut Positions,
    ) -> Self {
        let mut marks = Vec::new();
        // Places that are a whole file have no line to be marked: they are listed below the message.
        let mut listed = Vec::new();
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
                None if said.is_empty() => listed.push(outcome.path(place.document).to_owned()),
                None => listed.push(format!("{}: {said}", outcome.path(place.document))),
            }
        }
        let more = diagnostic.labels.len().saturating_sub(MOST_LABELS);
        if more > 0 {
            let places = if more == 1 { "place" } else { "places" };
            listed.push(format!("and {more} more {places}"));
        }

        // The message stands behind the title, its further lines behind a bar.
        let first = options.width.saturating_sub(width(&title(diagnostic)) + 3);
        let mut message = wrap(&visible(&diagnostic.message), first, options.width - 4);
        for line in listed {
            message.push('\n');
            message.push_str(&visible(&line));
        }
        Drawing {
            message,
            help: help(diagnostic, options.width - 8),
            severity: diagnostic.severity,
            excerpts: Excerpts::new(marks, options.width - GUTTER),
        }
    }

    /// miette begins a finding with an icon: ours is severity and rule, as compilers write them.
    fn handler(&self, diagnostic: &Diagnostic, options: &Options) -> GraphicalReportHandler {
        let mut theme = match (options.unicode, options.color) {
            (true, true) => GraphicalTheme::unicode(),
            (true, false) => GraphicalTheme::unicode_nocolor(),
            (false, true) => GraphicalTheme::ascii(),
            (false, false) => GraphicalTheme::none(),
        };
        let mut title = title(diagnostic);
        if options.links {
            let (rule, url) = (diagnostic.rule, rule_url(diagnostic.rule));
            let link = format!("\u{1b}]8;;{url}\u{1b}\\{rule}\u{1b}]8;;\u{1b}\\");
            title = title.replace(rule, &link);
        }
        let (icon, style) = match self.severity {
            Severity::Error => (&mut theme.characters.error, theme.styles.error),
            Severity::Warning => (&mut theme.characters.warning, theme.styles.warning),
            Severity::Info => (&mut theme.characters.advice, theme.styles.advice),
        };
        *icon = title;
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

fn title(diagnostic: &Diagnostic) -> String {
    format!("{}[{}]:", diagnostic.severity.as_str(), diagnostic.rule)
}

/// The file whose lines are drawn for `place`; `None` for a place that is a whole file, or in one that was not read.
fn source(outcome: &Outcome, place: Place) -> Option<&SourceFile> {
    let whole = place.span.is_empty() && place.span.start == 0;
    let source = outcome.sources.get(&place.document)?;
    (!whole && !source.text.is_empty()).then_some(source)
}

/// The help, and what the fix would do.
fn help(diagnostic: &Diagnostic, columns: usize) -> Option<String> {
    let mut help = diagnostic.help.clone().unwrap_or_default();
    if let Some(fix) = &diagnostic.fix {
        let option = match fix.safety {
            Safety::Safe => "--fix",
            Safety::Unsafe => "--fix --unsafe-fixes",
        };
        if !help.is_empty() {
            help.push('\n');
        }
        help.push_str(&format!("{option} would {}", fix.title));
    }
    (!help.is_empty()).then(|| wrap(&help, columns, columns))
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawing {}

impl miette::Diagnostic for Drawing {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpts)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpts.labels().iter().cloned()))
    }
}
