//! The rules. A rule is one file: one [`Rule`], which holds its page, its executed examples and its checks. [`RULES`]
//! is the one list of them; documentation, schema, `explain` and the tests are made from it.

pub mod body;
pub mod files;
pub(crate) mod laws;
pub mod links;
pub mod metadata;
pub mod suppression;
pub mod week;

use crate::archive::Archive;
use crate::archive::routes::Target;
use crate::diagnostic::{Diagnostic, DocumentId, Fix, Label, Place, Safety, Severity};
use crate::document::Document;
use crate::names::capitalized;
use crate::source::Span;

/// A rule, as data. Rules cannot fail and do no input or output.
#[derive(Debug)]
pub struct Rule {
    /// `family/name`, kebab-case, stable for ever.
    pub id: &'static str,
    /// One line, lower-case, without a final stop: what the rule finds.
    pub summary: &'static str,
    /// Markdown in four parts, each with a bold lead-in: **Finds.**, **Why.**, **Ignores.** and **Fix.**; at most 150 words.
    pub docs: &'static str,
    /// The level without configuration; `None` is off.
    pub severity: Option<Severity>,
    /// Whether the rule can offer fixes; none, where it does not say.
    pub fix: FixAvailability,
    /// The version that brought it; the first one, where it does not say.
    pub since: &'static str,
    /// Whether what it finds in a draft is for information only, because it is what a draft has still to be given.
    pub lenient_in_drafts: bool,
    /// Looks at one page or note. Called in parallel.
    pub check_document: Option<fn(Page<'_>, &mut Context)>,
    /// Looks at the whole archive, once.
    pub check_archive: Option<fn(&Archive, &mut Context)>,
    /// Executed by the tests and printed in the docs.
    pub examples: &'static [Example],
}

impl Rule {
    /// What holds of a rule that does not say otherwise.
    const NEW: Rule = Rule {
        id: "",
        summary: "",
        docs: "",
        severity: None,
        fix: FixAvailability::None,
        since: "0.1.0",
        lenient_in_drafts: false,
        check_document: None,
        check_archive: None,
        examples: &[],
    };

    /// What it says of one page.
    pub(crate) fn check(&'static self, page: Page<'_>) -> Vec<Diagnostic> {
        let mut context = Context::new(self, page.id);
        if let Some(check) = self.check_document {
            check(page, &mut context);
        }
        context.diagnostics
    }

    /// [`summary`](Self::summary) as the beginning of a sentence.
    pub fn title(&self) -> String {
        capitalized(self.summary)
    }

    /// [`docs`](Self::docs) for where no text is bold.
    pub fn plain_docs(&self) -> String {
        let plain = |line: &str| match line.strip_prefix("**") {
            Some(line) => line.replacen("**", "", 1),
            None => line.to_owned(),
        };
        let lines: Vec<String> = self.docs.lines().map(plain).collect();
        lines.join("\n")
    }
}

/// Whether a rule can offer fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixAvailability {
    /// Never.
    None,
    /// For some findings.
    Sometimes,
    /// For every finding.
    Always,
}

/// A small archive and what the rule says of it.
///
/// In the files of a bad example the expected span of the (only) finding is marked as `⟦like this⟧`; the marks are
/// taken out before the file is read. A `weeknote-lint.toml` among them configures the archive. A finding about a file's name is marked `⟦⟧` at the file's beginning. Rules that
/// rest on a convention name a [`Backdrop`], which adds notes that establish it.
#[derive(Debug)]
pub enum Example {
    /// The rule gives exactly one finding, at the mark.
    Bad {
        /// What is shown.
        title: &'static str,
        /// Further notes that establish the archive's conventions.
        backdrop: Backdrop,
        /// Path and content.
        files: &'static [(&'static str, &'static str)],
        /// The marked file after the rule's fix, where it offers one; linting it again finds nothing.
        fixed: Option<&'static str>,
    },
    /// The rule says nothing.
    Good {
        /// What is shown.
        title: &'static str,
        /// Further notes that establish the archive's conventions.
        backdrop: Backdrop,
        /// Path and content.
        files: &'static [(&'static str, &'static str)],
    },
}

/// Notes that stand around the files of an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backdrop {
    /// Only the files of the example.
    None,
    /// An archive of snips: `soups/weeknotes/week-100.snip.markdown` to `week-139`, without 120 to 122, each with the
    /// full trailer (`name`, `created_at`, `updated_at`, `kind`, `author`, `page_title`, `extension`), dated on the
    /// Friday of its week (week 0 began on Monday 2009-01-12), and `soups/people/{ada,grace}-*.snip.markdown`.
    Snips,
    /// A Jekyll blog: `_config.yml` and `_posts/2024-MM-DD-weeknotes-N.md` for N 1 to 30 (Fridays from 2024-01-05),
    /// with `title: "Weeknotes #N"`, `date`, `tags: [weeknotes]`, and no week in the body.
    Jekyll,
}

/// A page or note that a rule looks at, with the archive that it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The page.
    pub document: &'a Document,
    /// Its place in the archive.
    pub id: DocumentId,
    /// The archive.
    pub archive: &'a Archive,
}

impl<'a> Page<'a> {
    /// A document of the archive.
    pub(crate) fn new(archive: &'a Archive, (id, document): (DocumentId, &'a Document)) -> Self {
        Page {
            document,
            id,
            archive,
        }
    }

    /// The document of an id.
    fn of(archive: &'a Archive, id: DocumentId) -> Option<Self> {
        Some(Page::new(archive, (id, archive.document(id)?)))
    }

    /// The pages and notes that are linted, in order.
    pub(crate) fn all(archive: &'a Archive) -> impl Iterator<Item = Self> {
        archive.linted().map(move |one| Page::new(archive, one))
    }

    /// Where `destination` leads from here.
    fn resolve(&self, destination: &str) -> Target {
        self.archive.resolve(self.id, destination)
    }
}

/// Where a rule reports.
#[derive(Debug)]
pub struct Context {
    rule: &'static Rule,
    document: DocumentId,
    /// What was reported, in the order of the reports.
    pub diagnostics: Vec<Diagnostic>,
}

impl Context {
    /// A context for `rule`, which looks at `document`.
    pub fn new(rule: &'static Rule, document: DocumentId) -> Self {
        Context {
            rule,
            document,
            diagnostics: Vec::new(),
        }
    }

    /// Reports `message` at `span` of the document being looked at. `subject` is the thing found (a label, a key, a
    /// destination), normalised so that the fingerprint survives edits elsewhere in the note.
    pub fn report(&mut self, span: Span, subject: &str, message: impl Into<String>) -> Report<'_> {
        self.report_at(self.document.at(span), subject, message)
    }

    /// Reports `message` at `place`, for checks of the whole archive.
    pub fn report_at(
        &mut self,
        place: Place,
        subject: &str,
        message: impl Into<String>,
    ) -> Report<'_> {
        self.diagnostics.push(Diagnostic {
            rule: self.rule.id,
            severity: self.rule.severity.unwrap_or(Severity::Warning),
            message: message.into(),
            place,
            subject: subject.to_owned(),
            ..Diagnostic::default()
        });
        Report {
            document: place.document,
            diagnostics: &mut self.diagnostics,
        }
    }
}

/// A finding in the making: the last of the diagnostics.
#[derive(Debug)]
pub struct Report<'a> {
    document: DocumentId,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Report<'_> {
    fn with(self, change: impl FnOnce(&mut Diagnostic)) -> Self {
        if let Some(diagnostic) = self.diagnostics.last_mut() {
            change(diagnostic);
        }
        self
    }

    /// What is said under the marked place itself ("renders as the literal text `[x]`").
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        self.with(|diagnostic| diagnostic.note = Some(note.into()))
    }

    /// Reports each such finding at its place, however many pages have one.
    #[must_use]
    pub fn alone(self) -> Self {
        self.with(|diagnostic| diagnostic.stands_alone = true)
    }

    /// The consequence and the way out.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.with(|diagnostic| diagnostic.help = Some(help.into()))
    }

    /// A further place in the same document.
    pub fn label(self, span: Span, message: impl Into<String>) -> Self {
        let place = self.document.at(span);
        self.label_at(place, message)
    }

    /// Further places in the same document of which the same is to be said.
    pub fn labels(self, spans: impl IntoIterator<Item = Span>, message: &str) -> Self {
        let label = |report: Self, span| report.label(span, message);
        spans.into_iter().fold(self, label)
    }

    /// A further place in any document.
    pub fn label_at(self, place: Place, message: impl Into<String>) -> Self {
        let message = message.into();
        self.with(|diagnostic| diagnostic.labels.push(Label { place, message }))
    }

    /// What the mistake lies in, where that is not the place of the finding.
    pub fn causes(self, places: impl IntoIterator<Item = Place>) -> Self {
        self.with(|diagnostic| diagnostic.causes.extend(places))
    }

    /// A repair of one place in the same document.
    pub fn fix(
        self,
        title: impl Into<String>,
        safety: Safety,
        span: Span,
        text: impl Into<String>,
    ) -> Self {
        let edit = self.document.at(span).replaced_by(text);
        self.fix_all(Fix::new(title, safety, [edit]))
    }

    /// A repair of several places.
    pub fn fix_all(self, fix: Fix) -> Self {
        self.with(|diagnostic| diagnostic.fix = Some(fix))
    }

    /// Lowers (never raises) the severity of this finding, where the evidence is weaker than the rule's rest.
    pub fn at_most(self, severity: Severity) -> Self {
        self.with(|diagnostic| {
            diagnostic.lowered |= severity < diagnostic.severity;
            diagnostic.severity = severity.min(diagnostic.severity);
        })
    }
}

/// Every rule, in the order of the documentation.
#[rustfmt::skip]
pub static RULES: &[&Rule] = &[
    // metadata
    &metadata::syntax::RULE,
    &metadata::cut_off::RULE,
    &metadata::missing::RULE,
    &metadata::missing_key::RULE,
    &metadata::unknown_key::RULE,
    &metadata::duplicate_key::RULE,
    &metadata::invalid_value::RULE,
    &metadata::stray_whitespace::RULE,
    &metadata::name_mismatch::RULE,
    &metadata::title_mismatch::RULE,
    &metadata::unknown_author::RULE,
    &metadata::dates::RULE,
    &metadata::file_extension::RULE,

    // week
    &week::disagreement::RULE,
    &week::missing::RULE,
    &week::file_name::RULE,
    &week::duplicate::RULE,
    &week::wrong_date::RULE,
    &week::impossible::RULE,
    &week::wrong_link::RULE,
    &week::gap::RULE,

    // links: references and definitions
    &links::undefined_reference::RULE,
    &links::unused_definition::RULE,
    &links::duplicate_definition::RULE,
    &links::broken_definition::RULE,
    &links::spaced_reference::RULE,
    &links::label_as_destination::RULE,
    &links::footnote::RULE,
    &links::wikilink::RULE,

    // links: destinations
    &links::malformed_destination::RULE,
    &links::empty::RULE,
    &links::missing_target::RULE,
    &links::missing_fragment::RULE,
    &links::local_host::RULE,
    &links::own_site::RULE,

    // body and files
    &body::not_a_heading::RULE,
    &body::titles::RULE,
    &body::placeholder::RULE,
    &body::conflict_marker::RULE,
    &body::unclosed_code::RULE,
    &body::unclosed_comment::RULE,
    &files::unreadable::RULE,

    // suppression
    &suppression::unused::RULE,
];

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

#[cfg(test)]
pub(crate) mod tests;
