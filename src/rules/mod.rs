//! The rules. A rule is one file: its [`Meta`] with docs and executed examples, and its check. [`RULES`] is the one
//! list of them; documentation, schema, `explain` and the tests are made from it.

pub mod body;
#[cfg(test)]
mod examples;
pub mod files;
pub(crate) mod laws;
pub mod links;
pub mod metadata;
pub mod suppression;
pub mod week;

use crate::archive::Archive;
use crate::diagnostic::{Diagnostic, DocumentId, Fix, Label, Place, Safety, Severity};
use crate::document::Document;
use crate::source::Span;

/// What a rule says about itself.
#[derive(Debug)]
pub struct Meta {
    /// `family/name`, kebab-case, stable for ever.
    pub id: &'static str,
    /// One line, lower-case, without a final stop: what the rule finds.
    pub summary: &'static str,
    /// Markdown: what it finds, why it matters, when it is silent, how to mend it.
    pub docs: &'static str,
    /// The level without configuration; `None` is off.
    pub severity: Option<Severity>,
    /// Whether the rule can offer fixes.
    pub fix: FixAvailability,
    /// The version that brought it.
    pub since: &'static str,
    /// Executed by the tests and printed in the docs.
    pub examples: &'static [Example],
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

/// A rule. Rules cannot fail and do no input or output.
pub trait Rule: Sync {
    /// What the rule says about itself.
    fn meta(&self) -> &'static Meta;

    /// Whether what it finds in a draft is for information only, because it is what a draft has still to be given.
    fn is_lenient_in_drafts(&self) -> bool {
        false
    }

    /// Looks at one page or note. Called in parallel.
    fn check_document(&self, _document: &Document, _archive: &Archive, _cx: &mut Context) {}

    /// Looks at the whole archive, once.
    fn check_archive(&self, _archive: &Archive, _cx: &mut Context) {}
}

/// Where a rule reports.
#[derive(Debug)]
pub struct Context {
    meta: &'static Meta,
    document: DocumentId,
    /// What was reported, in the order of the reports.
    pub diagnostics: Vec<Diagnostic>,
}

impl Context {
    /// A context for `meta`'s rule that looks at `document`.
    pub fn new(meta: &'static Meta, document: DocumentId) -> Self {
        Context {
            meta,
            document,
            diagnostics: Vec::new(),
        }
    }

    /// The document being looked at.
    pub fn document(&self) -> DocumentId {
        self.document
    }

    /// The same context for another rule or document.
    pub fn turn_to(&mut self, meta: &'static Meta, document: DocumentId) {
        self.meta = meta;
        self.document = document;
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
            rule: self.meta.id,
            // A rule that is off by default and switched on without a level is a warning.
            severity: self.meta.severity.unwrap_or(Severity::Warning),
            message: message.into(),
            note: None,
            help: None,
            place,
            labels: Vec::new(),
            fix: None,
            subject: subject.to_owned(),
            fingerprint: 0,
            lowered: false,
            is_habit: false,
            stands_alone: false,
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
pub static RULES: &[&dyn Rule] = &[
    // metadata
    &metadata::syntax::Syntax,
    &metadata::cut_off::CutOff,
    &metadata::missing::Missing,
    &metadata::missing_key::MissingKey,
    &metadata::unknown_key::UnknownKey,
    &metadata::duplicate_key::DuplicateKey,
    &metadata::invalid_value::InvalidValue,
    &metadata::stray_whitespace::StrayWhitespace,
    &metadata::name_mismatch::NameMismatch,
    &metadata::title_mismatch::TitleMismatch,
    &metadata::unknown_author::UnknownAuthor,
    &metadata::dates::Dates,
    &metadata::file_extension::FileExtension,

    // week
    &week::disagreement::Disagreement,
    &week::missing::Missing,
    &week::file_name::FileName,
    &week::duplicate::Duplicate,
    &week::wrong_date::WrongDate,
    &week::impossible::Impossible,
    &week::wrong_link::WrongLink,
    &week::gap::Gap,

    // links: references and definitions
    &links::undefined_reference::UndefinedReference,
    &links::unused_definition::UnusedDefinition,
    &links::duplicate_definition::DuplicateDefinition,
    &links::broken_definition::BrokenDefinition,
    &links::spaced_reference::SpacedReference,
    &links::label_as_destination::LabelAsDestination,
    &links::footnote::Footnote,
    &links::wikilink::Wikilink,

    // links: destinations
    &links::malformed_destination::MalformedDestination,
    &links::empty::Empty,
    &links::missing_target::MissingTarget,
    &links::missing_fragment::MissingFragment,
    &links::local_host::LocalHost,
    &links::own_site::OwnSite,

    // body and files
    &body::not_a_heading::NotAHeading,
    &body::titles::Titles,
    &body::placeholder::Placeholder,
    &body::conflict_marker::ConflictMarker,
    &body::unclosed_code::UnclosedCode,
    &files::unreadable::Unreadable,

    // suppression
    &suppression::unused::Unused,
];

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|rule| rule.meta().id == id)
}
