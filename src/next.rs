//! `weeknote-lint new`: the next note of a series, modelled on its last notes.
//!
//! This module knows no conventions. A note is about a point: its numbers and its days. Each text of the last note (its
//! path, the values of its metadata, its headings) moves from that note's point to the new one's, in the form in which
//! it was written; where that fails, a text of an earlier note does. What most of the last notes share stays, and what
//! differs from note to note becomes a placeholder, which the linter reports until somebody replaces it.

mod body;
mod carry;
mod continued;
mod metadata;
mod path;
mod template;

use crate::archive::{Archive, Numbering};
use crate::diagnostic::{Diagnostic, DocumentId, Severity};
use crate::document::{Document, slug};
use crate::lint::{self, Request};
use crate::report::text::counted;
use crate::source::Span;
use crate::week::calendar::{day_number, iso_week, monday_of};
use crate::week::statements::{Stated, statements};
use carry::{Carried, Point, carried, pads};
use jiff::ToSpan;
use jiff::civil::Date;
use miette::Report;
use std::collections::HashMap;
use template::{TO_WRITE, are_most, form_of, usual_form, with_hole};

/// The next note.
#[derive(Debug)]
pub struct Next {
    /// Where it is to lie, relative to the root, with `/`.
    pub path: String,
    /// What is to stand in it.
    pub text: String,
    /// What the reader should know of it.
    pub notices: Vec<String>,
}

/// What the author says of the note beforehand.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// Its title, without its number.
    pub title: Option<String>,
    /// The folder of its series.
    pub series: Option<String>,
}

/// From so many of the last notes is learnt what they share.
const LEARNT_FROM: usize = 24;

/// Among so many of the last notes is looked for one that shows how a text is written.
const EXAMPLES: usize = 120;

/// A note that shows how things are done.
#[derive(Debug)]
struct Example<'a> {
    document: &'a Document,
    text: String,
    point: Point,
}

/// The last notes of a series, and the note to come.
#[derive(Debug)]
struct Series<'a> {
    /// The folder of the series.
    folder: &'a str,
    /// How its last notes are numbered.
    numbering: Numbering,
    today: Date,
    /// What the last note is about.
    last: Point,
    /// From the last one backwards, without those in which something is wrong.
    examples: Vec<Example<'a>>,
    /// What the note is about.
    next: Point,
    title: Option<&'a str>,
}

/// The next note of the archive that `request` describes, as of its today.
///
/// # Errors
///
/// Where there is nothing to continue, or the note is there already; and those of [`lint::read_archive`].
pub fn note(request: &mut Request, wishes: &Wishes) -> Result<Next, Report> {
    let archive = lint::read_archive(request)?;
    let candidates = candidates(&archive, request, wishes)?;
    let mut tried = Vec::new();
    for mut next in candidates {
        let found = findings(request, &next)?;
        next.notices.extend(found.iter().cloned());
        tried.push((found.len(), next));
    }
    // Nothing says whether week 53 or week 1 comes after week 52 but the archive's own laws.
    let best = tried.into_iter().min_by_key(|(found, _)| *found);
    best.map(|(_, next)| next)
        .ok_or_else(|| unlike("names or texts"))
}

/// The path or another text can be written by no note's example.
fn unlike(what: &str) -> Report {
    miette::miette!("the {what} of the last notes differ too much to continue them")
}

/// What the linter says of the note beside its placeholders.
fn findings(request: &mut Request, next: &Next) -> Result<Vec<String>, Report> {
    let content = next.text.clone().into_bytes();
    request.replaced.insert(next.path.clone(), content);
    let archive = lint::read_archive(request)?;
    request.replaced.remove(&next.path);
    let Some(id) = archive.find(&next.path) else {
        return Ok(Vec::new());
    };
    let (found, _) = lint::findings_of(&archive, &|one| one == id);
    let is_of_it = |one: &&Diagnostic| {
        one.place.document == id && one.rule != "body/placeholder" && one.severity > Severity::Info
    };
    let found = found.iter().filter(is_of_it);
    Ok(found
        .map(|one| format!("{}: {}", one.rule, one.message))
        .collect())
}

fn candidates(archive: &Archive, request: &Request, wishes: &Wishes) -> Result<Vec<Next>, Report> {
    let (collection, numbering, notes) = continued::series(archive, wishes)?;
    let last = notes.last().map(|(_, point)| point.clone());
    let doubtful = continued::doubtful(archive);
    let is_example = |(id, _): &&(DocumentId, Point)| !doubtful.contains(id);
    let mut shown: Vec<&(DocumentId, Point)> = notes.iter().rev().filter(is_example).collect();
    if shown.is_empty() {
        shown = notes.iter().rev().collect();
    }
    let examples = shown.into_iter().take(EXAMPLES).filter_map(|(id, point)| {
        let document = archive.document(*id)?;
        Some(Example {
            document,
            text: lint::text_of(request, &document.path)?,
            point: point.clone(),
        })
    });
    let mut series = Series {
        folder: &collection.folder,
        numbering,
        examples: examples.collect(),
        today: archive.today,
        last: last.unwrap_or_default(),
        next: Point::default(),
        title: wishes.title.as_deref(),
    };
    let mut found = Vec::new();
    let mut error = unlike("names");
    for next in series.points() {
        series.next = next;
        match series.write() {
            Ok(next) if archive.find(&next.path).is_some() => {
                error = miette::miette!("`{}` already exists", next.path);
            }
            Ok(next) => found.push(next),
            Err(why) => error = why,
        }
    }
    match found.is_empty() {
        true => Err(error),
        false => Ok(found),
    }
}

impl<'a> Series<'a> {
    /// What the next note may be about, the likeliest first.
    fn points(&self) -> Vec<Point> {
        let last = &self.last;
        let (weeks, today) = (self.weeks_since(last), self.today);
        let later = |day: Option<Date>| day?.checked_add((7 * i64::from(weeks)).days()).ok();
        let day = later(last.day);
        let written = later(last.written);
        // Nobody has written on a day to come, if the week has begun.
        let has_begun = day.is_none_or(|day| monday_of(day) <= today);
        let written = written.map(|written| match has_begun {
            true => written.min(today),
            false => written,
        });
        let number = last.numbers.last().copied();
        let numbers: Vec<u32> = match (&self.numbering, number) {
            (_, None) => Vec::new(),
            (Numbering::Epoch { .. }, Some(number)) => vec![number + weeks],
            (Numbering::IsoWeek, Some(_)) => {
                Vec::from_iter(day.map(|day| u32::from(iso_week(day).1)))
            }
            // Weeks of the year.
            (_, Some(number @ (52 | 53))) => vec![number + 1, 1],
            (_, Some(number)) => vec![number + 1],
        };
        let is_tied = matches!(self.numbering, Numbering::Epoch { .. } | Numbering::IsoWeek);
        let may_be_written = !is_tied && last.day == last.written;
        let own = written.filter(|_| may_be_written);
        let point = |numbers| Point {
            numbers,
            day: day.map(|day| own.unwrap_or(day)),
            written,
        };
        match numbers.is_empty() {
            true => vec![point(Vec::new())],
            false => numbers.into_iter().map(|one| point(vec![one])).collect(),
        }
    }

    /// How many weeks after the last note the next one is due: one, or more where the weeks since then have passed.
    fn weeks_since(&self, last: &Point) -> u32 {
        let monday = |day: Date| day_number(monday_of(day));
        let Some(day) = last.day else { return 1 };
        let late = |one: &Example| Some(day_number(one.point.written?) - monday(one.point.day?));
        let mut late: Vec<i32> = self.recent().iter().filter_map(late).collect();
        late.sort_unstable();
        // A habit of writing when the week is over.
        let late = late.get(late.len() / 2).copied().unwrap_or(0);
        let passed = (monday(self.today) - monday(day)) / 7 - i32::from(late >= 7);
        u32::try_from(passed.max(1)).unwrap_or(1)
    }

    /// The notes from which is learnt.
    fn recent(&self) -> &[Example<'a>] {
        let most = self.examples.len().min(LEARNT_FROM);
        self.examples.get(..most).unwrap_or_default()
    }

    /// The note whose metadata and headings the next one takes over: the last one that lacks none of what most have.
    fn model(&self) -> Option<&Example<'a>> {
        let last = self.recent();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for one in last {
            for entry in one.document.metadata.counting() {
                *counts.entry(&entry.key).or_default() += 1;
            }
        }
        counts.retain(|_, count| are_most(*count, last.len()));
        let is_whole = |one: &&Example<'a>| {
            let metadata = &one.document.metadata;
            metadata.problems.is_empty() && counts.keys().all(|key| metadata.has(key))
        };
        last.iter().find(is_whole).or(last.first())
    }

    /// A text of a place in the new note: `of` gives it in a note, and `model` has it. `may_recur` says whether what comes again
    /// in other notes is more than chance.
    fn text<'t>(
        &'t self,
        model: &'t Example<'a>,
        of: impl Fn(&'t Example<'a>) -> Option<&'t str>,
        hole: &str,
        may_recur: bool,
    ) -> Option<Text> {
        let own = of(model)?;
        let recent = self.recent().iter().filter_map(|one| Some((one, of(one)?)));
        let recent: Vec<(&Example<'a>, &str)> = recent.collect();
        let samples: Vec<&str> = recent.iter().map(|(_, text)| *text).collect();
        let usual = usual_form(samples.iter().copied());
        let has_form = |text: &str| usual.as_deref().is_none_or(|usual| form_of(text) == usual);
        let mut examples: Vec<(&Example<'a>, &str)> = vec![(model, own)];
        let others = self.examples.iter();
        examples.extend(others.filter_map(|one| Some((one, of(one)?))));
        let (alike, others): (Vec<_>, Vec<_>) =
            examples.into_iter().partition(|(_, text)| has_form(text));
        let is_usual = usual.is_some();
        let pads = pads(&samples);
        let counter = counter(&recent, own);
        let mut carried = alike.iter().chain(&others).filter_map(|(example, text)| {
            let (mut from, mut to) = (example.point.clone(), self.next.clone());
            if let Some((at, next)) = counter {
                let stated = statements(text).get(at).map(|one| one.stated);
                from.numbers = stated.and_then(number_of).into_iter().collect();
                to.numbers = vec![next];
            }
            Some((*text, carried(text, &from, &to, pads)?))
        });
        let (text, carried): (&str, Carried<'_>) = carried.next()?;
        let is_whole = samples.len() < 2 || is_usual && has_form(text);
        let is_same = samples.iter().filter(|sample| **sample == text).count();
        let has_numbers = form_of(text).contains('#');
        Some(match is_whole {
            // A word that comes again is a state or a name.
            false if may_recur && is_same > 1 && !has_numbers => Text::Whole(text.to_owned()),
            true if carried.is_moved || are_most(is_same, samples.len()) || !has_numbers => {
                Text::Whole(carried.text())
            }
            // Its numbers are those of something else, and each note's own.
            true => Text::Holed(hole.to_owned()),
            false => {
                let others: Vec<&str> = samples.into_iter().filter(|one| *one != text).collect();
                Text::Holed(with_hole(&carried, &others, hole))
            }
        })
    }

    fn write(&self) -> Result<Next, Report> {
        let model = self.model().ok_or_else(|| unlike("texts"))?;
        let path = path::of(self, model).ok_or_else(|| unlike("names"))?;
        let mut notices = Vec::new();
        if self.recent().len() < 3 {
            let notes = counted(self.recent().len(), "note");
            notices.push(format!(
                "only {notes} to learn from: read the new note through"
            ));
        }
        let text = body::with_metadata(self, model);
        if let Some(title) = self.title
            && !text.contains(title)
            && !path.contains(&slug::github(title))
        {
            notices.push(
                "notes of this series have no titles of their own, so --title was ignored"
                    .to_owned(),
            );
        }
        Ok(Next {
            path,
            text,
            notices,
        })
    }
}

/// A text of the new note.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Text {
    /// All that is to stand there.
    Whole(String),
    /// With a hole for what is the note's own.
    Holed(String),
}

impl Text {
    fn into_string(self) -> String {
        match self {
            Text::Whole(text) | Text::Holed(text) => text,
        }
    }
}

/// The number of a place that counts the notes though it is none of theirs: which of the statements of `own` it is, and what
/// comes next. `texts` are those of the place in the last notes.
fn counter(texts: &[(&Example<'_>, &str)], own: &str) -> Option<(usize, u32)> {
    let before = |text: &str, end: u32| form_of(Span::new(0, end as usize).of(text));
    let stated = statements(own);
    let mut places = stated.iter().enumerate();
    places.find_map(|(at, statement)| {
        let form = before(own, statement.span.start);
        let counted = |(example, text): &(&Example<'_>, &str)| {
            let stated = statements(text);
            let found = stated.get(at)?;
            let number = number_of(found.stated)?;
            let is_of_note = example.point.numbers.contains(&number);
            (before(text, found.span.start) == form && !is_of_note).then_some(number)
        };
        let numbers: Vec<u32> = texts.iter().filter_map(counted).collect();
        let pairs = || numbers.windows(2);
        let rising = pairs().filter(|pair| matches!(pair, [next, one] if *next == *one + 1));
        let is_counter = numbers.len() > 2
            && are_most(numbers.len(), texts.len())
            && are_most(rising.count(), pairs().len());
        let last = *numbers.first()?;
        is_counter.then_some((at, last + 1))
    })
}

/// The number that is stated.
fn number_of(stated: Stated) -> Option<u32> {
    match stated {
        Stated::Number(_, value) => Some(value),
        Stated::Episode(_, episode) => Some(episode),
        _ => None,
    }
}
