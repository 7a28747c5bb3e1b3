//! What a rule says: a [`Diagnostic`] with its places, its help and, where there is one, the [`Fix`].

use crate::source::Span;

/// How much a finding matters. `Error` and `Warning` fail a run by default, `Info` never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Severity {
    /// Worth knowing; never fails a run by default.
    #[default]
    Info,
    /// Probably a mistake, or a harmless one.
    Warning,
    /// A mistake that readers of the page meet.
    Error,
}

impl Severity {
    /// The word that reports and the configuration use.
    pub fn as_str(self) -> &'static str {
        self.pick(["error", "warning", "info"])
    }

    /// What stands for it, of what stands for errors, for warnings and for infos.
    pub fn pick<T>(self, [error, warning, info]: [T; 3]) -> T {
        match self {
            Severity::Error => error,
            Severity::Warning => warning,
            Severity::Info => info,
        }
    }
}

/// A document of the archive: its index in [`Archive::documents`](crate::archive::Archive).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DocumentId(pub u32);

impl DocumentId {
    /// A place in this document.
    pub fn at(self, span: Span) -> Place {
        let document = self;
        Place { document, span }
    }
}

/// A span in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// The document.
    pub document: DocumentId,
    /// The bytes in it. A finding about the file's name has an empty span at 0.
    pub span: Span,
}

impl Place {
    /// The edit that puts `text` here.
    pub fn replaced_by(self, text: impl Into<String>) -> Edit {
        Edit {
            place: self,
            text: text.into(),
        }
    }
}

/// A further place that explains a finding, in the same document or in another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is to be seen there; lower-case, without a final stop.
    pub message: String,
}

/// Whether a fix can be applied without being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// The meaning of the note is kept, or there is only one way to read it.
    Safe,
    /// The likely meaning; to be read before it is committed.
    Unsafe,
}

impl Safety {
    /// [`Safety::Safe`] or not.
    pub fn safe_if(is_safe: bool) -> Self {
        if is_safe {
            Safety::Safe
        } else {
            Safety::Unsafe
        }
    }
}

/// The replacement of one span by a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub place: Place,
    /// What stands there afterwards.
    pub text: String,
}

/// A repair: edits that do not overlap and are applied together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the repair does, as an imperative: "rename the label to `seed-fund`".
    pub title: String,
    /// Whether it can be applied without being read.
    pub safety: Safety,
    /// The edits.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A repair by `edits`.
    pub fn new(title: impl Into<String>, safety: Safety, edits: impl Into<Vec<Edit>>) -> Self {
        let (title, edits) = (title.into(), edits.into());
        Fix {
            title,
            safety,
            edits,
        }
    }
}

/// One finding of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Diagnostic {
    /// The rule's id, `family/name`.
    pub rule: &'static str,
    /// After configuration, drafts and `enforce-from` have been looked at.
    pub severity: Severity,
    /// What is wrong; lower-case, without a final stop.
    pub message: String,
    /// What is said at the place itself, where the message does not say it: "renders as the literal text `[x]`".
    pub note: Option<String>,
    /// The consequence and the way out.
    pub help: Option<String>,
    /// Where.
    pub place: Place,
    /// Further places, the most telling first.
    pub labels: Vec<Label>,
    /// What the mistake lies in, where that is not its place. A finding is hidden where another rule speaks of all of them
    /// (`lint::precedence`).
    pub causes: Vec<Place>,
    /// The repair, where there is one.
    pub fix: Option<Fix>,
    /// The thing found (label, key, destination), normalised: what the fingerprint is made of, with rule and path.
    pub subject: String,
    /// FNV-1a of rule, path and subject, with an ordinal for repeats: the same finding keeps it when the note is
    /// edited elsewhere.
    pub fingerprint: u64,
    /// Whether the rule itself lowered the severity of this finding, so that a configured level only lowers it further.
    pub lowered: bool,
    /// Whether it stands for a habit of the archive, in the place of many.
    pub is_habit: bool,
    /// Whether it is never taken for a habit.
    pub stands_alone: bool,
}

impl Diagnostic {
    /// What the mistake lies in.
    pub fn causes(&self) -> &[Place] {
        match self.causes.as_slice() {
            [] => std::slice::from_ref(&self.place),
            causes => causes,
        }
    }

    /// Its own place, and the further ones.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        let labels = self.labels.iter().map(|label| label.place);
        std::iter::once(self.place).chain(labels)
    }
}
