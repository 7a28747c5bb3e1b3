//! `weeknote-lint init`: the configuration that states what an archive teaches, with counts and exceptions. We do not
//! assume that it does: we lint the archive with it, and leave a series to be learnt if stating it would change any
//! finding.

mod patterns;

use crate::archive::laws::share::ENOUGH;
use crate::archive::parts;
use crate::archive::recognition::is_note_word;
use crate::archive::series::tags;
use crate::archive::site::Generator;
use crate::archive::{Archive, Collection, Numbering, claims};
use crate::config::{self, Config, EnforceFrom};
use crate::diagnostic::{Diagnostic, DocumentId, Severity};
use crate::document::Document;
use crate::lint::{self, Request};
use crate::notes;
use crate::report::text::{counted, escaped_for_toml, wrap};
use crate::rules::RULES;
use crate::week::calendar;
use globset::escape;
use jiff::civil::Date;
use miette::Report;
use patterns::Patterns;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;

/// The width of the comments, in columns.
const WIDTH: usize = 78;

/// How many exceptions are named; the others are counted.
const NAMED: usize = 3;

/// A part of the configuration: a table, or a key above the tables.
#[derive(Clone)]
struct Part {
    /// Comments, which begin with `# `, and keys.
    text: String,
    /// Whether the keys hold; else they are proposals, and written as comments.
    is_active: bool,
}

impl Part {
    fn new(title: &str) -> Self {
        let mut part = Part {
            text: String::new(),
            is_active: true,
        };
        part.say(title);
        part
    }

    fn say(&mut self, words: &str) {
        for line in wrap(words, WIDTH, WIDTH).lines() {
            self.set(&format!("# {line}"));
        }
    }

    fn set(&mut self, key: &str) {
        self.text.push_str(key);
        self.text.push('\n');
    }

    /// A list of strings, if there are any.
    fn set_strings(&mut self, key: &str, items: &[impl AsRef<str>]) {
        let items: Vec<String> = items.iter().map(|item| quoted(item.as_ref())).collect();
        if !items.is_empty() {
            self.set(&format!("{key} = [{}]", items.join(", ")));
        }
    }

    /// The same, with the numbering proposed only: what was counted of it leaves a doubt that a person's word does not.
    fn without_numbering(&self) -> Self {
        let mut part = self.clone();
        part.text = part.text.replace(
            "\nnumbering",
            "\n# Each run learns this. If you know that it is right, remove the `#`.\n#numbering",
        );
        part
    }

    /// The same as a proposal.
    fn proposed(mut self) -> Self {
        if self.is_active {
            self.is_active = false;
            self.say("linting with this would report something else, so each run learns it");
        }
        self
    }

    /// Takes the keys out.
    fn only_say(&mut self) {
        let lines = self.text.split_inclusive('\n');
        self.text = lines.filter(|line| line.starts_with("# ")).collect();
        self.is_active = false;
    }
}

/// The configuration that says what the archive at `root` teaches, which is taken to have none. `today` is the day that
/// counts as today.
///
/// # Errors
///
/// Those of [`lint::read_archive`]; where there are no weeknotes, one that says what was looked for.
pub fn learn(root: &Path, today: Date) -> Result<String, Report> {
    let archive = lint::read_archive(&Request::new(root.to_owned(), Config::default(), today))?;
    let series: Vec<&Collection> = archive.series().collect();
    if series.is_empty() {
        let reason = lint::no_notes(&archive);
        miette::bail!("there is nothing to learn from: {reason}");
    }
    let findings = lint::findings(&archive).0;
    let mut parts = vec![Part::new(
        "What weeknote-lint has learnt from this archive. It finds the same with this file as without it, but no longer \
         learns what the file says. Change what is wrong, and delete what each run should learn again.",
    )];
    parts.extend(adoption(&archive, &findings));
    let tables = series.iter().map(|series| part_of(&archive, series));
    for part in std::iter::once(site(&archive)).chain(tables) {
        let mut attempts = [part.clone(), part.without_numbering()].into_iter();
        let held = attempts.find(|one| {
            let file = text(parts.iter().chain([one]));
            one.is_active && !changes_findings(root, &file, &archive, &findings)
        });
        parts.push(held.unwrap_or_else(|| part.proposed()));
    }
    parts.extend(habits(&findings));
    Ok(text(parts.iter()))
}

/// The parts as one text; proposals begin with `#`, other comments with `# `.
fn text<'p>(parts: impl Iterator<Item = &'p Part>) -> String {
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() {
            text.push('\n');
        }
        for line in part.text.lines() {
            let is_set = part.is_active || line.starts_with("# ");
            let mark = if is_set { "" } else { "#" };
            text.extend([mark, line, "\n"]);
        }
    }
    text
}

/// Whether linting with a configuration finds something else, or takes a file for something else, than without.
fn changes_findings(root: &Path, file: &str, archive: &Archive, findings: &[Diagnostic]) -> bool {
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    let Ok(config) = config::read(Path::new(config::FILE_NAME), file, &rules) else {
        return true;
    };
    let request = Request::new(root.to_owned(), config, archive.today);
    let roles =
        |archive: &Archive| -> Vec<_> { archive.profiles.iter().map(|one| one.role).collect() };
    let same =
        |other: Archive| roles(&other) == roles(archive) && lint::findings(&other).0 == findings;
    !lint::read_archive(&request).is_ok_and(same)
}

/// A string of TOML, which may be written as one of JSON.
fn quoted(text: &str) -> String {
    escaped_for_toml(&json!(text).to_string())
}

/// The first few of the notes of a series that are an exception, by their paths in its folder.
fn named(series: &Collection, exceptions: &[&Document]) -> String {
    let name = |document: &&Document| {
        let path: &str = &document.path;
        let inside = path.strip_prefix(&*series.folder).unwrap_or(path);
        format!("`{}`", inside.trim_start_matches('/'))
    };
    let mut names: Vec<String> = exceptions.iter().take(NAMED).map(name).collect();
    let more = exceptions.len().saturating_sub(NAMED);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    match names.pop() {
        Some(last) if !names.is_empty() => format!("{} and {last}", names.join(", ")),
        only => only.unwrap_or_default(),
    }
}

/// The site: what makes it, and where it is.
fn site(archive: &Archive) -> Part {
    let root = &archive.routes.permalinks.site.root;
    let file = archive.generator.configuration(&archive.other_files, root);
    let evidence = match (file, archive.generator) {
        (Some(file), _) => format!("recognised by `{file}`"),
        (None, Generator::Snips) => "most files are named `.snip`".to_owned(),
        (None, Generator::Jekyll) => "recognised by the folder `_posts`".to_owned(),
        (None, _) => "no site generator's files were found".to_owned(),
    };
    let mut part = Part::new(&format!(
        "The site: {} ({evidence})",
        archive.generator.name()
    ));
    part.set("[site]");
    let (dialect, _) = archive.dialect.names();
    part.set(&format!("dialect = \"{dialect}\""));
    let hosts: Vec<&str> = archive.own_hosts().iter().map(String::as_str).collect();
    if !hosts.is_empty() {
        part.say("hosts of absolute links to this archive's own pages");
        part.set_strings("hosts", &hosts);
    }
    let (all, missing) = archive.links.all;
    if all > 0 {
        let links = counted(all, "internal link");
        let unchecked = match archive.links.unchecked {
            0 => String::new(),
            count => format!("; {count} of the others have addresses that no file here explains"),
        };
        part.say(&format!(
            "{} of {links} lead to a page{unchecked}",
            all - missing
        ));
    }
    part
}

/// A series: its files, its numbering and its keys. What too few notes have in common is no convention.
fn part_of(archive: &Archive, series: &Collection) -> Part {
    let can_be = |(id, _): &(DocumentId, &Document)| archive.can_be_a_note(*id);
    let members = archive.members(series).filter(can_be);
    let members: Vec<&str> = members.map(|(_, document)| &*document.path).collect();
    // No pattern of a folder matches a file outside of it; in the order of paths those inside stand together.
    let from = |path: &str| archive.documents.partition_point(|one| *one.path < *path);
    let others = archive.all().skip(from(&series.folder));
    let others = others.take_while(|(_, document)| document.path.starts_with(&*series.folder));
    let is_member = |id: &DocumentId| series.documents.binary_search(id).is_ok();
    let others = others.filter(can_be).filter(|(id, _)| !is_member(id));
    let others: Vec<&str> = others.map(|(_, document)| &*document.path).collect();
    let first = archive.members(series).next();
    let such = first.and_then(|(id, document)| {
        let (name, reason) = (named(series, &[document]), &archive.profile(id)?.reason);
        Some(format!(" such as {name}: {reason}"))
    });
    let (title, notes) = (series.title(), counted(members.len(), "note"));
    let mut part = Part::new(&format!("{title}, {notes}{}", such.unwrap_or_default()));
    let is_enough = members.len() >= ENOUGH;
    if !is_enough {
        part.say(&format!(
            "weeknote-lint learns no conventions from fewer than {ENOUGH} notes"
        ));
        part.is_active = false;
    }
    part.set("[[series]]");
    part.set(&format!("name = {}", quoted(&series.name)));
    let patterns = patterns::telling(&series.folder, &members, &others);
    let patterns = patterns.map(|patterns| (patterns, BTreeSet::new()));
    let patterns = patterns.or_else(|| by_tags(archive, series));
    if let Some((patterns, tags)) = &patterns {
        part.set_strings("include", &patterns.include);
        part.set_strings("exclude", &patterns.exclude);
        part.set_strings("tags", &Vec::from_iter(tags));
    }
    if is_enough {
        numbering(archive, series, &mut part);
        keys(archive, series, &mut part);
    }
    if patterns.is_none() {
        part.only_say();
        part.say("no pattern sets these files apart, so each run looks for them");
    }
    part
}

/// The words that all notes of a series and hardly another file of its folder have as a tag.
fn by_tags<'a>(
    archive: &'a Archive,
    series: &'a Collection,
) -> Option<(Patterns, BTreeSet<&'a str>)> {
    let words = archive
        .members(series)
        .flat_map(|(_, document)| tags(document));
    let words: BTreeSet<&str> = words.filter(|word| is_note_word(word)).collect();
    let folder = match &*series.folder {
        "" => String::new(),
        folder => format!("{folder}/"),
    };
    let mut exclude = Vec::new();
    for (id, document) in archive.all().filter(|(id, _)| archive.can_be_a_note(*id)) {
        let is_tagged = tags(document).any(|tag| words.contains(tag));
        match series.documents.binary_search(&id) {
            Ok(_) if !is_tagged => return None,
            Err(_) if is_tagged && document.path.starts_with(&*folder) => {
                exclude.push(escape(&document.path));
            }
            _ => {}
        }
    }
    let include = vec![format!("{}**", escape(&folder))];
    (exclude.len() <= NAMED).then_some((Patterns { include, exclude }, words))
}

/// How the notes are numbered, and which of them do not fit.
fn numbering(archive: &Archive, series: &Collection, part: &mut Part) {
    let parts = parts::of(archive, series);
    if !parts.is_empty() {
        // One `numbering` would be wrong for some of the notes.
        part.say("the numbering changes, so each run learns it:");
        for one in &parts {
            part.say(&notes::described(archive, one));
        }
        return;
    }
    let numbering = series.numbering.as_ref().unwrap_or(&Numbering::Dates);
    let (scheme, what) = match numbering {
        Numbering::Epoch { week_zero, .. } => (
            format!("\"epoch\", week-zero = {week_zero}"),
            "dated notes were written in their week or the next",
        ),
        Numbering::IsoWeek => (quoted("iso-week"), "notes name one"),
        Numbering::SeasonEpisode => (quoted("season-episode"), "notes name both"),
        Numbering::Sequence => (quoted("sequence"), "notes have one"),
        Numbering::Dates => (quoted("dates"), "notes have one"),
    };
    let fits = |id: DocumentId, document: &Document| {
        let claim = archive.claim(id);
        Some(match numbering {
            Numbering::Epoch { .. } => {
                let (_, sunday) = archive.days_of(id)?;
                (-6..=7).contains(&(claims::written(document)? - sunday).get_days())
            }
            Numbering::IsoWeek => archive.days_of(id).is_some(),
            Numbering::SeasonEpisode => claim.is_some_and(|claim| claim.season.is_some()),
            Numbering::Sequence => claim.is_some_and(|claim| !claim.numbers.is_empty()),
            Numbering::Dates => claims::written(document).is_some(),
        })
    };
    let members = archive.members(series);
    let known = members.filter_map(|(id, document)| Some((fits(id, document)?, document)));
    let (with, without): (Vec<_>, Vec<_>) = known.partition(|(fits, _)| *fits);
    let without: Vec<&Document> = without.into_iter().map(|(_, document)| document).collect();
    let (with, of) = (with.len(), with.len() + without.len());
    let mut said = format!("{}: {with} of {of} {what}", numbering.describe());
    if !without.is_empty() {
        said += &format!("; {} not: {}", without.len(), named(series, &without));
    }
    part.say(&said);
    part.set(&format!("numbering = {{ scheme = {scheme} }}"));
}

/// The keys that the notes must have, and which of them lack one.
fn keys(archive: &Archive, series: &Collection, part: &mut Part) {
    let of = series.documents.len();
    let mut all = archive.collections.iter();
    let index = all.position(|one| std::ptr::eq(one, series));
    let required = index.and_then(|index| archive.laws().required.get(index));
    let required = required.into_iter().flatten();
    let keys = required.filter(|(key, _)| !key.contains('.'));
    let keys = keys.map(|(key, share)| (key.as_str(), share.with as usize));
    let keys: Vec<(&str, usize)> = keys.collect();
    let always = keys.iter().filter(|(_, with)| *with == of);
    let always: Vec<String> = always.map(|(key, _)| format!("`{key}`")).collect();
    if !always.is_empty() {
        part.say(&format!("{} in {of} of {of}", always.join(", ")));
    }
    for (key, with) in keys.iter().filter(|(_, with)| *with < of) {
        let notes = archive.members(series).map(|(_, document)| document);
        let lacks =
            |note: &&Document| note.unreadable.is_none() && note.metadata.get(key).is_none();
        let without: Vec<&Document> = notes.filter(lacks).collect();
        part.say(&format!(
            "`{key}` in {with} of {of}, not in {}",
            named(series, &without)
        ));
    }
    let keys: Vec<&str> = keys.iter().map(|(key, _)| *key).collect();
    part.set_strings("required-keys", &keys);
}

/// The proposal to hold only newer notes to the rules, where the older ones are full of findings: from the first week
/// that leaves nine in ten of the problems behind that any week would. A week is named by a day, since numbers may start
/// anew and differ between series.
fn adoption(archive: &Archive, findings: &[Diagnostic]) -> Option<Part> {
    let monday = |(id, document): (DocumentId, &Document)| {
        let first = archive.days_of(id).map(|(first, _)| first);
        first
            .or_else(|| claims::written(document))
            .map(calendar::monday_of)
    };
    let notes = archive.all().filter(|(id, _)| archive.is_note(*id));
    let mut mondays: Vec<Date> = notes.filter_map(monday).collect();
    mondays.sort_unstable();
    let is_problem = |one: &&Diagnostic| one.severity > Severity::Info;
    let problems: Vec<_> = findings.iter().filter(is_problem).collect();
    let older = |day: Date| {
        let from = EnforceFrom::Date(day);
        let older = problems
            .iter()
            .filter(|one| lint::is_older(archive, from, one.place.document));
        older.count()
    };
    // What is wrong with the newest note and with pages that have no date is never older.
    let most = older(*mondays.last()?);
    let day = *mondays.get(mondays.partition_point(|&day| older(day) * 10 < most * 9))?;
    let (silenced, of) = (older(day), problems.len());
    if silenced < ENOUGH {
        return None;
    }
    let mut part = Part::new(&format!(
        "{silenced} of {of} errors and warnings are older than Monday {day}. Remove the `#` to make them infos:"
    ));
    part.is_active = false;
    part.set(&format!("enforce-from = {day}"));
    Some(part)
}

/// The rules that more than half of the pages break, which linting tells once.
fn habits(findings: &[Diagnostic]) -> Option<Part> {
    let mut part = Part::new(
        "Habits of this archive, each reported once as an info. Remove the `#` to switch a rule off:",
    );
    part.is_active = false;
    part.set("[rules]");
    let habits = findings.iter().filter(|finding| finding.is_habit);
    let mut habits = habits.peekable();
    habits.peek()?;
    for habit in habits {
        part.say(&habit.message);
        part.set(&format!("\"{}\" = \"off\"", habit.rule));
    }
    Some(part)
}
