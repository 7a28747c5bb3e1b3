//! What a law can say of a place: how it is broken, by which row, and what speaks against it.

use super::share::Share;
use super::table::{Field, Type};
use crate::diagnostic::DocumentId;
use crate::source::Span;
use jiff::civil::Date;

/// What of a place a law speaks of: a wrong number is fixed without its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Aspect {
    Block,
    Day,
    Extension,
    Form,
    From,
    Key,
    Number,
    Presence,
    Run,
    Says,
    Text,
    To,
    Type,
    Value,
    Week,
}

/// A place and an aspect of it: what is right or wrong.
pub(super) type Unit = (Field, Aspect);

/// What a place disagrees with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Partner {
    /// Its own column alone.
    Nothing,
    /// Another place of the note.
    Unit(Unit),
    /// The notes before and after.
    Neighbours,
    /// Another note.
    Row(usize),
}

impl Partner {
    pub(super) fn unit(self) -> Option<Unit> {
        match self {
            Partner::Unit(unit) => Some(unit),
            _ => None,
        }
    }
}

/// The kinds of laws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Law {
    HasMetadata,
    Type,
    Present,
    States,
    Unnamed,
    NamesPage,
    Vocabulary,
    NearKey,
    OneOfTheValues,
    Form,
    Extension,
    EqualNumbers,
    EqualRuns,
    Calendar,
    NumbersRise,
    DaysRise,
    Distance,
    SameTime,
    InOrder,
    NotEarly,
    Unique,
    EqualTexts,
}

/// How a note breaks a law, as far as words need to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The note has no metadata.
    NoMetadata,
    /// The value is not of the type that it has elsewhere.
    Type(Type),
    /// The value is empty.
    Empty,
    /// The note lacks the key of this name.
    Absent(String),
    /// A key, as it is written, that is a slip of another.
    Key(String, String),
    /// A value, as it is written, that is a slip of another.
    Value(String, String),
    /// A list without the value that all others have.
    Lacks(String),
    /// The place states no number or day, as it does elsewhere.
    Silent(&'static str),
    /// The place does not name the note by its number, though the file's name or a key does; or without the word that
    /// stands with it elsewhere.
    Unnamed(Option<String>),
    /// The name is formed in another way than the others.
    NameForm(String),
    /// The name is that of another file, or of the usual form, with what tools add to copies.
    NamedCopy(Option<String>),
    /// The name lacks the date that the site needs.
    Undated(String),
    /// The file ends in another way than the others, which end like this.
    Extension(String),
    /// A value, as it is written, that names no page, where the others do; and the page that was meant.
    NoPage(String, Option<String>),
    /// One character keeps the text from saying what it does elsewhere.
    Stray(char),
    /// A word, as it is written, that is a slip of another.
    Word(String, String),
    /// Two places state different numbers.
    Numbers(String, String),
    /// The number does not follow that of the note before: it, and those of the notes before and after it.
    OutOfOrder([String; 3]),
    /// The day does not lie between those of the notes before and after it by number: it, and those two.
    DayOutOfOrder([i32; 3]),
    /// Two places state days, that of the place blamed first, that do not lie as far apart as elsewhere, where the first
    /// lies so many days behind the second.
    Days([i32; 2], i32),
    /// The two days come in the wrong order.
    Order(i32, i32),
    /// The day lies before the week.
    Early(i32, i32),
    /// Another note has the same number.
    Number(String, DocumentId),
    /// Another note has the same text.
    Copied(DocumentId),
    /// The texts of two places differ, which are equal elsewhere.
    Texts(String, String),
    /// A day that no calendar has.
    NoSuchDay,
    /// The day of the week, as it is written, is not that of the date beside it.
    Weekday(String, Date),
    /// A week that its year does not have.
    NoSuchWeek(i16, u8),
    /// The week of a day at the turn of the year, with the wrong year: the year that the place says, that which the week
    /// belongs to, and the day, as a number.
    WrongYear(u8, [i16; 2], i32),
    /// A run of weeks whose end is before its beginning.
    Backwards(u32, u32),
}

/// A place of a note that breaks what nearly all notes keep.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The note.
    pub document: DocumentId,
    /// Where it is reported.
    pub span: Span,
    /// The place in words, for a message: "file name", "`date`".
    pub place: String,
    /// Whether the place is the file's name.
    pub is_name: bool,
    /// How.
    pub broken: Broken,
    /// What holds of how many.
    pub share: Share,
    /// Other places of the note that speak against it, with their names.
    pub others: Vec<(Span, String)>,
    /// The place as a whole.
    pub whole: Span,
    /// Whether the place holds the time of writing or publishing.
    pub is_stamp: bool,
    /// Whether it does, or the one that it disagrees with.
    pub of_stamp: bool,
    /// Whether both lie in one place: the ends of a range.
    pub of_range: bool,
    /// Whether the place, and the one that it disagrees with, gives a week rather than a day.
    pub of_week: [bool; 2],
    /// The text that would fix it, and its place.
    pub fix: Option<(Span, String)>,
    /// Which kind of law it breaks.
    pub(super) law: Law,
}

impl Finding {
    /// Whether a file misses the form of the others' names.
    pub(super) fn is_of_form_of_name(&self) -> bool {
        use Broken::{NameForm, NamedCopy, Undated};
        matches!(self.broken, NameForm(_) | NamedCopy(_) | Undated(_))
    }
}

/// A row that breaks a law.
#[derive(Debug, Clone)]
pub(super) struct Breach {
    pub(super) row: usize,
    pub(super) unit: Unit,
    pub(super) partner: Partner,
    pub(super) weight: f64,
    /// The certainty that it needs; `None` where it never is a finding of its own, but a vote.
    pub(super) need: Option<f64>,
    pub(super) law: Law,
    pub(super) share: Share,
    pub(super) broken: Broken,
    /// Where it is, if not at its place.
    pub(super) span: Option<Span>,
}

impl Breach {
    /// What is wrong whatever the other places of the row state, and a finding however few keep the law.
    pub(super) fn new(law: Law, row: usize, unit: Unit, share: Share, broken: Broken) -> Self {
        Breach {
            row,
            unit,
            partner: Partner::Nothing,
            weight: share.certainty(),
            need: Some(0.0),
            law,
            share,
            broken,
            span: None,
        }
    }

    /// Whether the law is certain enough to be a finding.
    pub(super) fn is_enough(&self) -> bool {
        self.need.is_some_and(|need| self.weight >= need)
    }

    pub(super) fn against(self, partner: Partner) -> Self {
        Breach { partner, ..self }
    }

    pub(super) fn needs(self, need: impl Into<Option<f64>>) -> Self {
        let need = need.into();
        Breach { need, ..self }
    }

    pub(super) fn at(self, span: impl Into<Option<Span>>) -> Self {
        let span = span.into();
        Breach { span, ..self }
    }
}

/// The same deviation seen from the other place.
pub(super) fn turned(broken: &Broken) -> Broken {
    match broken.clone() {
        Broken::Numbers(one, other) => Broken::Numbers(other, one),
        Broken::Texts(one, other) => Broken::Texts(other, one),
        Broken::Order(one, other) => Broken::Order(other, one),
        Broken::Early(one, other) => Broken::Early(other, one),
        Broken::Days([one, other], usual) => Broken::Days([other, one], -usual),
        other => other,
    }
}
