//! Which files are weekly notes: evidence of words, form and cadence, added up.
//!
//! Files are grouped by folder, years and months at its end left out: those that call themselves weekly, those that count
//! weeks ("week 12"), those that a key counts, and the others by the shape of their names. Each group gets a score, the sum
//! of six shares from 0 to 1 (the cadence from -1) times their weights:
//!
//! | evidence | the share of the group's files | weight |
//! |---|---|---|
//! | own | that call themselves weekly ("week 12" counts half, and only beside a day), or whose folder does | 7 |
//! | place | a word for weekly notes in the folder or the README's title: 1; a rhythm: 0.5 | 2 |
//! | hint | with a looser word: issue, digest, minutes | 1.5 |
//! | cadence | (2k - 1) g / (g + 5), where k is the share of weekly gaps among g | 4 |
//! | advance | that are numbered one more than the one before | 1 |
//! | form | of the commonest shape of names, or of titles | 1 |
//!
//! The last four count in full if the group is large or most of its folder: a few files that look alike among many
//! others may be chance. From [`SERIES`] on, a group is a series; from [`UNSURE`] on, it is worth a question. Then a
//! series adopts the files in its place and of its shape that do not fit, because those are the ones with mistakes.

mod evidence;
mod facts;
mod shape;
mod words;

use super::claims::Titles;
use super::laws::share::counts;
use crate::document::Document;
use crate::names::edits;
use crate::parallel;
use crate::week::statements::Reading;
use evidence::Evidence;
use facts::Facts;
use std::collections::{BTreeMap, HashMap, HashSet};
use words::Call;

/// The score of a series.
const SERIES: f64 = 4.0;
/// The score of a group that may be one.
const UNSURE: f64 = 3.0;

/// So many files that look alike are enough in a folder of other things.
const MANY: f64 = 12.0;
/// A course counts its weeks no further than this.
const COURSE: u32 = 20;
/// So many groups that count a few weeks each are the lectures of courses.
const COURSES: usize = 3;
/// So many files that are named for one thing are named alike, if they are one in this many of those in question.
const ALIKE: (usize, usize) = (5, 20);
/// A key counts files if so many have it, and if this share of its numbers follows on another.
const COUNTED: (usize, f64) = (5, 0.6);
/// Of files that all but fit a series, so many are its own, or one in this many of its notes; more are something else.
const STRAYS: (usize, usize) = (2, 20);
/// The share of a series' files that is as good as all of them, where some may be mistaken.
const NEARLY_ALL: f64 = 0.95;

/// For each document, why it is taken for a weekly note; `None` for other files. And where no series was found, the group
/// that is most like one.
pub(super) type Recognised = (Vec<Option<String>>, Option<Guess>);

/// Files that may be a series.
#[derive(Debug, Clone)]
pub struct Guess {
    /// How many files they are.
    pub files: usize,
    /// The path of one of them.
    pub example: String,
    /// A pattern that tells them.
    pub pattern: String,
    /// Why they are not taken for one.
    pub doubt: String,
}

/// Files that are alike.
struct Group<'d> {
    folder: &'d str,
    /// The shape that all have; empty where something else makes them a group.
    kind: String,
    members: Vec<Facts<'d>>,
    /// How many files the folder has.
    of: usize,
    /// How much the place speaks for it: 0, 0.5 or 1.
    place: f64,
    evidence: Evidence,
}

/// What surrounds the groups.
struct Around {
    /// How many files of the repository may be notes.
    files: usize,
    /// How much the README's title speaks for weekly notes: 0, 0.5 or 1.
    readme: f64,
}

/// What is known of a document beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Candidate {
    /// It may be a note.
    Page,
    /// The generator makes no page of it, which is a mistake where it lies among notes and is named like them.
    Unrendered,
    /// It is something else.
    Other,
}

/// Finds the weekly notes among `documents`, whose names have been read.
pub(super) fn recognise(
    documents: &[Document],
    titles: &[Titles],
    candidates: &[Candidate],
) -> Recognised {
    let facts = parallel::map(documents, |index, document| {
        // The page of a section lists the notes of a folder, and is not one itself.
        let is_section = document.stem() == "_index";
        let candidate = *candidates.get(index)?;
        match candidate {
            Candidate::Page if is_section => None,
            Candidate::Other => None,
            _ => Some((candidate, Facts::of(index, document, titles.get(index)?))),
        }
    });
    let mut folders: BTreeMap<&str, Vec<Facts>> = BTreeMap::new();
    let mut unrendered: Vec<(&str, Facts)> = Vec::new();
    for (candidate, facts) in facts.into_iter().flatten() {
        match candidate {
            Candidate::Page => folders.entry(facts.folder).or_default().push(facts),
            _ => unrendered.push((facts.folder, facts)),
        }
    }
    let is_readme =
        |one: &&Document| one.folder().is_empty() && one.stem().eq_ignore_ascii_case("readme");
    let readme = documents.iter().find(is_readme);
    let readme = readme.and_then(|one| one.title_heading());
    let around = Around {
        files: folders.values().map(Vec::len).sum(),
        readme: readme.map_or(0.0, |heading| place_says(&heading.text)),
    };
    let folders = folders.into_iter();
    let groups = folders.flat_map(|(folder, files)| groups_of(folder, files, &around));
    let (mut series, others): (Vec<Group>, Vec<Group>) =
        groups.partition(|group| group.evidence.score >= SERIES);
    let is_short = |group: &Group| {
        let first = group.members.first();
        let counts = first.is_some_and(|one| one.call == Some(Call::Week));
        let highest = group.members.iter().filter_map(|one| one.number).max();
        counts && group.place < 1.0 && highest.is_none_or(|highest| highest <= COURSE)
    };
    if series.iter().filter(|group| is_short(group)).count() >= COURSES {
        series.retain(|group| !is_short(group));
    }
    let guess = guess(&others).filter(|_| series.is_empty());
    let mut notes = vec![None; documents.len()];
    let mut take = |index: usize, reason: String| {
        if let Some(note) = notes.get_mut(index) {
            *note = Some(reason);
        }
    };
    for group in &series {
        let reason = group.reason();
        for one in &group.members {
            take(one.index, reason.clone());
        }
    }
    let others = others
        .iter()
        .flat_map(|group| group.members.iter().map(|one| (group.folder, one)));
    let unrendered = unrendered.iter().map(|(folder, one)| (*folder, one));
    for (index, shape) in adopted(&series, others.chain(unrendered)) {
        take(index, format!("it is among notes named like `{shape}`"));
    }
    (notes, guess)
}

/// Whether a word or words begin with a name for weekly notes or their rhythm: `weeknotes`, `-week-notes-rain`.
pub(crate) fn is_note_word(words: &str) -> bool {
    words::of_text(&Reading::of(words), true).is_some()
}

pub(super) use shape::{of as shape_of, of_note as shape_of_note};

/// How much the name of a place speaks for weekly notes.
fn place_says(name: &str) -> f64 {
    match words::of_place(name) {
        Some(Call::Note) => 1.0,
        Some(_) => 0.5,
        None => 0.0,
    }
}

/// The groups of a folder.
fn groups_of<'d>(folder: &'d str, files: Vec<Facts<'d>>, around: &Around) -> Vec<Group<'d>> {
    let of = files.len();
    let in_folder = InFolder {
        says: place_says(folder),
        calls: place_says(folder.rsplit('/').next().unwrap_or("")) > 0.0,
        files: of,
    };
    let group = |kind: String, members: Vec<Facts<'d>>, key: Option<&str>| {
        let evidence = Evidence::of(&members, &in_folder, around, key);
        Group {
            folder,
            kind,
            members,
            of,
            place: in_folder.says.max(around.readme),
            evidence,
        }
    };
    let (mut notes, mut weeks, mut rest) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        match file.call {
            Some(Call::Week) => weeks.push(file),
            Some(_) => notes.push(file),
            None => rest.push(file),
        }
    }
    let mut groups = Vec::new();
    // In a folder of weeknotes each may be named for its topic.
    if in_folder.says >= 1.0 {
        groups.push(group(String::new(), std::mem::take(&mut rest), None));
    }
    if let Some(key) = counting_key(&rest) {
        let has_key = |one: &Facts| one.ordinal(key).is_some();
        let (counted, others) = rest.into_iter().partition(has_key);
        rest = others;
        let counted = group(String::new(), counted, Some(key));
        if counted.evidence.score >= SERIES {
            groups.push(counted);
        } else {
            rest.extend(counted.members);
        }
    }
    let kinds = by_kind(rest).into_iter();
    groups.extend(kinds.map(|(kind, members)| group(kind, members, None)));
    for members in [notes, weeks] {
        groups.push(group(String::new(), members, None));
    }
    groups.retain(|group| !group.members.is_empty());
    groups
}

/// What a folder is, as a place of notes.
struct InFolder {
    /// How much its path speaks for it: 0, 0.5 or 1.
    says: f64,
    /// Whether it is itself named for weekly notes or their rhythm, and not one above it.
    calls: bool,
    files: usize,
}

/// The key that counts the files that have it, if one does: `issue: 12`. It tells them from those that lack it.
fn counting_key<'d>(files: &[Facts<'d>]) -> Option<&'d str> {
    let mut values: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (key, number) in files.iter().flat_map(|one| &one.ordinals) {
        values.entry(key).or_default().push(*number);
    }
    let counts = |numbers: &mut Vec<u32>| {
        numbers.sort_unstable();
        let steps = numbers
            .windows(2)
            .filter(|pair| pair[0].checked_add(1) == Some(pair[1]));
        numbers.len() >= COUNTED.0 && as_share(steps.count()) >= COUNTED.1 * as_share(numbers.len())
    };
    let mut counting: Vec<(usize, &str)> = values
        .iter_mut()
        .filter_map(|(key, numbers)| counts(numbers).then_some((numbers.len(), *key)))
        .collect();
    counting.sort_unstable();
    counting.pop().map(|(_, key)| key)
}

/// Files that do not say what they are by the shape of their names. Topics are no shape, unless many have the same.
fn by_kind(files: Vec<Facts>) -> BTreeMap<String, Vec<Facts>> {
    let shapes = counts(files.iter().map(|one| &*one.shape));
    let kinds = counts(files.iter().map(|one| shape::without_topic(&one.shape)));
    let count = |of: &BTreeMap<&str, usize>, kind: &str| of.get(kind).copied().unwrap_or(0);
    // A number begins many topics: "100 years of beans".
    let is_topic = count(&kinds, shape::NUMBERED_TITLE) < count(&kinds, shape::TITLE);
    let kind_of = |one: &Facts| {
        let alike = count(&shapes, &one.shape);
        let kind = shape::without_topic(&one.shape);
        if kind == shape::NUMBERED_TITLE && is_topic {
            return shape::TITLE.to_owned();
        }
        let is_shape = alike >= ALIKE.0 && alike * ALIKE.1 >= count(&kinds, kind);
        if is_shape { &one.shape } else { kind }.to_owned()
    };
    let kinds: Vec<String> = files.iter().map(kind_of).collect();
    let mut groups: BTreeMap<String, Vec<Facts>> = BTreeMap::new();
    for (kind, one) in kinds.into_iter().zip(files) {
        groups.entry(kind).or_default().push(one);
    }
    groups
}

impl Group<'_> {
    fn reason(&self) -> String {
        let mut reasons = Vec::new();
        if self.evidence.own > 0.0 {
            let calls = self.members.iter().filter(|one| one.call.is_some());
            let (calls, of) = (calls.count(), self.members.len());
            reasons.push(format!("{calls} of {of} files like it name a week"));
        }
        let is_weekly = self.evidence.cadence > 0.0;
        if let Some((days, _)) = self.evidence.days.as_ref().filter(|_| is_weekly) {
            reasons.push(format!("most are a week apart by {}", days.place));
        }
        if self.place > 0.0 {
            reasons.push("the folder or the README speaks of weekly notes".to_owned());
        }
        reasons.join("; ")
    }
}

/// The files of no series, given with their folders, that belong to one by place and shape: the same shape with its word
/// or date missing, or nearly the same one. With each the shape that it was adopted for.
fn adopted<'g>(
    series: &'g [Group],
    others: impl Iterator<Item = (&'g str, &'g Facts<'g>)>,
) -> Vec<(usize, &'g str)> {
    let mut shapes: HashMap<&str, Vec<Shapes>> = HashMap::new();
    for group in series {
        let shapes = shapes.entry(group.folder).or_default();
        shapes.push(Shapes::of(group));
    }
    let elsewhere = shapes.values().flatten();
    let elsewhere: HashSet<&str> = elsewhere.flat_map(|one| &one.all).copied().collect();
    let mut adopted = Vec::new();
    let mut strays: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (folder, one) in others {
        let Some(here) = shapes.get(folder) else {
            let shape = elsewhere.get(&*one.shape).filter(|_| one.call.is_some());
            adopted.extend(shape.map(|shape| (one.index, *shape)));
            continue;
        };
        if let Some(shape) = here.iter().find_map(|shapes| shapes.same(one)) {
            adopted.push((one.index, shape));
        } else if let Some(shape) = here.iter().find_map(|shapes| shapes.near(&one.shape)) {
            let strays = strays.entry((folder, shape)).or_default();
            strays.push(one.index);
        }
    }
    for ((folder, shape), strays) in strays {
        let notes = shapes.get(folder).into_iter().flatten();
        let notes: usize = notes.map(|shapes| shapes.notes).sum();
        if strays.len() <= STRAYS.0 || strays.len() * STRAYS.1 <= notes {
            adopted.extend(strays.into_iter().map(|index| (index, shape)));
        }
    }
    adopted
}

/// The shapes of a series' names.
struct Shapes<'g> {
    notes: usize,
    all: HashSet<&'g str>,
    /// Those that at least a tenth of the files have, so that there are ten at most; empty where the series is a small
    /// part of its folder, and where its files say themselves that they are notes: what does not is not a note.
    main: Vec<&'g str>,
}

impl<'g> Shapes<'g> {
    fn of(group: &'g Group) -> Self {
        let shapes = group.members.iter().map(|one| &*one.shape);
        let mut counts = counts(shapes.filter(|shape| shape.contains(shape::VARIES)));
        counts.retain(|_, count| *count > 1);
        let notes = group.members.len();
        let calls = group.members.iter().filter(|one| one.call.is_some());
        let is_open = as_share(calls.count()) < NEARLY_ALL * as_share(notes);
        let is_most = notes * 4 >= group.of * 3;
        let main = counts
            .iter()
            .filter(|(_, count)| is_open && is_most && **count * 10 >= notes);
        Shapes {
            notes,
            main: main.map(|(shape, _)| *shape).collect(),
            all: counts.into_keys().collect(),
        }
    }

    /// The shape that a file's is, or that it is but for a run of numbers.
    fn same(&self, file: &Facts) -> Option<&'g str> {
        let run = || self.all.get(file.shape_of_run.as_deref()?);
        self.all.get(&*file.shape).or_else(run).copied()
    }

    /// The shape that a shape is like.
    fn near(&self, shape: &str) -> Option<&'g str> {
        let is_near = |own: &&&str| {
            shape.starts_with(**own)
                || own.len() > 5 && edits(own, shape).saturating_mul(5) < own.len().max(shape.len())
        };
        self.main.iter().find(is_near).copied()
    }
}

/// The group that is most like a series, if one is worth a question.
fn guess(groups: &[Group]) -> Option<Guess> {
    let unsure = groups.iter().filter(|group| group.evidence.score >= UNSURE);
    let group = unsure.max_by(|a, b| a.evidence.score.total_cmp(&b.evidence.score))?;
    let first = group.members.first()?;
    let (evidence, files, of) = (&group.evidence, group.members.len(), group.of);
    let is_unnamed = evidence.own == 0.0 && evidence.hint < 0.5;
    let doubt = match &evidence.days {
        _ if is_unnamed => "no name, title or tag names a week".to_owned(),
        None => "none of them has a date".to_owned(),
        Some((days, median)) if evidence.cadence <= 0.0 => {
            format!("the dates in {} are {median} days apart", days.place)
        }
        Some(_) if as_share(files) < MANY && files * 2 < of => {
            format!("they are only {files} of {of} files in that folder")
        }
        Some(_) => "there are too few of them".to_owned(),
    };
    Some(Guess {
        files,
        example: first.path.to_owned(),
        pattern: shape::pattern(group.folder, first.path, first.name, &group.kind),
        doubt,
    })
}

/// A number of files, or of days, to be divided.
#[expect(clippy::cast_precision_loss, reason = "no archive has 2^52 files")]
fn as_share(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
