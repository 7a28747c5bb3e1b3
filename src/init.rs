//! `weeknote-lint init`: what is learnt from an archive, told with counts and exceptions, and the configuration that says
//! the same. That it does is not supposed: the archive is linted with it, and a series that would change a finding is
//! left to be learnt.

mod patterns;

use crate::archive::conventions::ENOUGH;
use crate::archive::site::Generator;
use crate::archive::{Archive, Collection, Numbering, claims};
use crate::config::{self, Dialect, EnforceFrom, Words};
use crate::diagnostic::{Diagnostic, DocumentId, Severity};
use crate::document::Document;
use crate::lint::{self, Request};
use crate::report::text::wrap;
use crate::rules::RULES;
use crate::rules::metadata::missing_key;
use crate::week::{Claim, calendar};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;

/// What was learnt.
#[derive(Debug)]
pub struct Learnt {
    /// The configuration, with comments.
    pub file: String,
    /// What a person is told of it.
    pub told: String,
}

/// What is said of one thing: a table of the configuration, or a key above the tables.
struct Section {
    /// What it is about.
    title: String,
    /// The lines that open the table.
    header: String,
    facts: Vec<Fact>,
    /// Whether the configuration says it; else it is a proposal, in comments.
    is_active: bool,
}

/// Something learnt, in words, and as the configuration says it; one of both may be empty.
struct Fact(String, String);

fn said(words: impl Into<String>) -> Fact {
    Fact(words.into(), String::new())
}

fn set(key: impl Into<String>) -> Fact {
    Fact(String::new(), key.into())
}

/// The width of the configuration's comments, in columns.
const WIDTH: usize = 98;

/// How many exceptions are named; the others are counted.
const NAMED: usize = 3;

/// Learns the archive of `request`, which has an empty configuration. Lines that people are told have at most `width`
/// columns. `None` where there are no weeknotes.
///
/// # Errors
///
/// Those of [`lint::read_archive`].
pub fn learn(request: &Request, width: usize) -> Result<Option<Learnt>, lint::Error> {
    let archive = lint::read_archive(request)?;
    let series = || archive.collections.iter().filter(|one| one.is_series());
    if series().next().is_none() {
        return Ok(None);
    }
    let findings = lint::findings(&archive).0;
    let mut sections = vec![site(&archive)];
    sections.extend(series().map(|series| section(&archive, series)));
    sections.extend(adoption(&archive, &findings));
    sections.extend(habits(&findings));
    let changes =
        |sections: &[Section]| changes_findings(request, &file(sections), &archive, &findings);
    if changes(&sections) {
        // One series is not what was learnt. Each has to show that it changes nothing.
        let frozen: Vec<usize> = (1..sections.len())
            .filter(|&index| sections[index].is_active)
            .collect();
        frozen
            .iter()
            .for_each(|&index| sections[index].is_active = false);
        for index in frozen {
            sections[index].is_active = true;
            if changes(&sections) {
                sections[index].is_active = false;
                let why =
                    "this would change what is found, so that the series is learnt on every run";
                sections[index].facts.insert(0, said(why));
            }
        }
    }
    Ok(Some(Learnt {
        told: told(&sections, width),
        file: file(&sections),
    }))
}

/// Whether linting with a configuration finds something else, or takes a file for something else, than without.
fn changes_findings(
    request: &Request,
    file: &str,
    archive: &Archive,
    findings: &[Diagnostic],
) -> bool {
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.meta().id).collect();
    let Ok(config) = config::read(Path::new(config::FILE_NAME), file, &rules) else {
        return true;
    };
    let request = Request {
        root: request.root.clone(),
        selected: Vec::new(),
        replaced: BTreeMap::new(),
        today: request.today,
        config,
    };
    let Ok(configured) = lint::read_archive(&request) else {
        return true;
    };
    let roles =
        |archive: &Archive| -> Vec<_> { archive.standing.iter().map(|one| one.role).collect() };
    roles(&configured) != roles(archive) || lint::findings(&configured).0 != findings
}

/// The configuration.
fn file(sections: &[Section]) -> String {
    let mut file = comment(
        "What weeknote-lint has learnt from this archive. It finds the same with this file as without it, but what \
         stands here stays, and is not learnt anew on every run. Change what is wrong, delete what should not stay.",
    );
    // Keys above the tables come first.
    let (above, tables): (Vec<&Section>, Vec<_>) =
        sections.iter().partition(|one| one.header.is_empty());
    for section in above.into_iter().chain(tables) {
        let line = |text: &str| match (text, section.is_active) {
            ("", _) => String::new(),
            (text, true) => format!("{text}\n"),
            (text, false) => text.lines().map(|line| format!("#{line}\n")).collect(),
        };
        let is_set = section.facts.iter().any(|Fact(_, set)| !set.is_empty());
        file.push('\n');
        file.push_str(&comment(&section.title));
        if is_set {
            file.push_str(&line(&section.header));
        }
        for Fact(said, set) in &section.facts {
            file.push_str(&comment(said));
            file.push_str(&line(set));
        }
    }
    file
}

fn comment(text: &str) -> String {
    let lines = wrap(text, WIDTH, WIDTH);
    lines.lines().map(|line| format!("# {line}\n")).collect()
}

/// What people are told.
fn told(sections: &[Section], width: usize) -> String {
    let mut told = String::new();
    for section in sections {
        if !told.is_empty() {
            told.push('\n');
        }
        told.push_str(&wrap(&section.title, width, width));
        told.push('\n');
        for Fact(said, set) in &section.facts {
            let text = if said.is_empty() { set } else { said };
            let lines = wrap(text, width.saturating_sub(2), width.saturating_sub(4));
            for (index, line) in lines.lines().enumerate() {
                told.push_str(if index == 0 { "  " } else { "    " });
                told.push_str(line);
                told.push('\n');
            }
        }
    }
    told
}

/// Strings as TOML has them.
fn strings<'s>(items: impl IntoIterator<Item = &'s str>) -> String {
    let items: Vec<String> = items
        .into_iter()
        .map(|item| json!(item).to_string())
        .collect();
    format!("[{}]", items.join(", "))
}

/// `word`, in the singular or plural.
fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// The first few of the documents that are an exception, by their paths below `folder`.
fn named(folder: &str, exceptions: &[&Document]) -> String {
    let name = |document: &&Document| {
        let path: &str = &document.path;
        let inside = path.strip_prefix(folder).unwrap_or(path);
        format!("`{}`", inside.trim_start_matches('/'))
    };
    let mut names: Vec<String> = exceptions.iter().take(NAMED).map(name).collect();
    let last = match exceptions.len().checked_sub(NAMED) {
        Some(more @ 1..) => Some(format!("{more} more")),
        _ => names.pop(),
    };
    let before = names.join(", ");
    match last {
        Some(last) if !before.is_empty() => format!("{before} and {last}"),
        last => last.unwrap_or(before),
    }
}

/// The site: what makes it, and where it is.
fn site(archive: &Archive) -> Section {
    let generator = archive.generator;
    let marks: &[&str] = match generator {
        Generator::Jekyll => &["_config."],
        Generator::Hugo => &["hugo.", "config.toml", "config/_default/"],
        Generator::Zola => &["config.toml"],
        Generator::Eleventy => &[".eleventy.", "eleventy.config."],
        Generator::Astro => &["astro.config."],
        Generator::Obsidian => &[".obsidian"],
        Generator::Snips | Generator::Plain => &[],
    };
    let is_mark = |path: &&String| marks.iter().any(|mark| path.starts_with(mark));
    let evidence = match (generator, archive.other_files.iter().find(is_mark)) {
        (_, Some(file)) => format!("told by `{file}`"),
        (Generator::Snips, None) => "most files are named `.snip`".to_owned(),
        (Generator::Jekyll, None) => "told by the folder `_posts`".to_owned(),
        _ => "no site generator's files were found".to_owned(),
    };
    let dialects = <Option<Dialect> as Words>::WORDS.iter();
    let dialect = dialects
        .filter(|(_, one)| *one == Some(archive.dialect))
        .map(|(word, _)| *word);
    let mut facts = vec![Fact(
        format!("{} ({evidence})", generator.name()),
        dialect
            .map(|word| format!("dialect = \"{word}\""))
            .collect(),
    )];
    let (all, missing) = archive.links;
    if all > 0 {
        let is_checked = match archive.understands_links() {
            true => "those that do not are reported",
            false => "the site's addresses are not understood, and its links not checked",
        };
        let said = format!(
            "{} of {} lead to a page: {is_checked}",
            all - missing,
            counted(all, "internal link")
        );
        facts.push(self::said(said));
    }
    let hosts = archive.own_hosts();
    if !hosts.is_empty() {
        let said = format!(
            "links to {} lead to pages of this archive",
            hosts.join(", ")
        );
        facts.push(Fact(
            said,
            format!("hosts = {}", strings(hosts.iter().map(String::as_str))),
        ));
    }
    Section {
        title: "The site".to_owned(),
        header: "[site]".to_owned(),
        facts,
        is_active: true,
    }
}

/// A series: its files, its numbering and its keys. Too few notes show no convention, and are only told.
fn section(archive: &Archive, series: &Collection) -> Section {
    let (mut members, mut others) = (Vec::new(), Vec::new());
    for (id, document) in archive.all().filter(|(id, _)| archive.can_be_a_note(*id)) {
        let is_member = series.documents.binary_search(&id).is_ok();
        if is_member { &mut members } else { &mut others }.push(&*document.path);
    }
    let mut facts = Vec::new();
    let patterns = patterns::telling(&series.folder, &members, &others);
    if let Some(patterns) = &patterns {
        for (key, paths) in [
            ("include", &patterns.include),
            ("exclude", &patterns.exclude),
        ] {
            if !paths.is_empty() {
                let paths = strings(paths.iter().map(String::as_str));
                facts.push(set(format!("{key} = {paths}")));
            }
        }
    }
    if members.len() < ENOUGH {
        let few = format!("no convention is learnt from fewer than {ENOUGH} notes");
        facts.insert(0, said(few));
    } else {
        facts.push(numbering(archive, series));
        facts.extend(keys(archive, series));
        if patterns.is_none() {
            let none =
                "no pattern tells its files from others, so that they are found anew on every run";
            facts.insert(0, said(none));
        }
    }
    if patterns.is_none() {
        facts.iter_mut().for_each(|Fact(_, set)| set.clear());
    }
    let why = series
        .documents
        .first()
        .and_then(|id| archive.standing(*id));
    let why = why.map_or("", |standing| &standing.reason);
    let name = if series.name.is_empty() {
        "weeknotes"
    } else {
        &series.name
    };
    Section {
        title: format!("{name}, {}: {why}", counted(members.len(), "note")),
        header: format!("[[series]]\nname = {}", json!(name)),
        facts,
        is_active: patterns.is_some() && members.len() >= ENOUGH,
    }
}

fn documents<'a>(
    archive: &'a Archive,
    series: &'a Collection,
) -> impl Iterator<Item = (DocumentId, &'a Document)> {
    let ids = series.documents.iter().copied();
    ids.filter_map(|id| Some((id, archive.document(id)?)))
}

/// How the notes are numbered, and which of them do not fit.
fn numbering(archive: &Archive, series: &Collection) -> Fact {
    let numbering = series.numbering.as_ref().unwrap_or(&Numbering::Dates);
    let fits = |id: DocumentId, document: &Document| {
        let claim = archive
            .standing(id)
            .and_then(|standing| standing.week())
            .map(|said| &said.claim);
        let has = |is: &dyn Fn(&Claim) -> bool| Some(claim.is_some_and(is));
        match numbering {
            Numbering::Epoch { .. } => {
                let (_, sunday) = archive.days_of(id)?;
                let days = (claims::written(document)? - sunday).get_days();
                Some((-6..=7).contains(&days))
            }
            Numbering::IsoWeek => has(&|claim| claim.iso),
            Numbering::SeasonEpisode => has(&|claim| claim.season.is_some()),
            Numbering::Sequence => has(&|claim| !claim.numbers.is_empty()),
            Numbering::Dates => Some(claims::written(document).is_some()),
        }
    };
    let (mut of, mut differing) = (0, Vec::new());
    for (id, document) in documents(archive, series) {
        if let Some(fits) = fits(id, document) {
            of += 1;
            if !fits {
                differing.push(document);
            }
        }
    }
    let (what, set) = match numbering {
        Numbering::Epoch { week_zero, .. } => (
            "dated notes were written in their week or the next",
            format!("scheme = \"epoch\", week-zero = {week_zero}"),
        ),
        Numbering::IsoWeek => ("notes name one", "scheme = \"iso-week\"".to_owned()),
        Numbering::SeasonEpisode => ("notes name both", "scheme = \"season-episode\"".to_owned()),
        Numbering::Sequence => {
            let first = series
                .timeline
                .entries()
                .first()
                .map_or(1, |entry| entry.ordinal.number);
            let first = if first == 1 {
                String::new()
            } else {
                format!(", first = {first}")
            };
            ("notes have one", format!("scheme = \"sequence\"{first}"))
        }
        Numbering::Dates => ("notes have one", "scheme = \"dates\"".to_owned()),
    };
    let mut said = format!(
        "{}: {} of {of} {what}",
        numbering.describe(),
        of - differing.len()
    );
    if !differing.is_empty() {
        said += &format!(
            "; {} not: {}",
            differing.len(),
            named(&series.folder, &differing)
        );
    }
    Fact(said, format!("numbering = {{ {set} }}"))
}

/// The keys that the notes must have, and which of them do not.
fn keys(archive: &Archive, series: &Collection) -> Option<Fact> {
    let keys: Vec<(&str, usize)> = missing_key::usual(series).collect();
    let of = series.conventions.files;
    let always: Vec<String> = keys
        .iter()
        .filter(|(_, with)| *with == of)
        .map(|(key, _)| format!("`{key}`"))
        .collect();
    let mut said = Vec::new();
    if !always.is_empty() {
        said.push(format!("{} in {of} of {of}", always.join(", ")));
    }
    for (key, with) in keys.iter().filter(|(_, with)| *with < of) {
        let lacks = |document: &&Document| {
            document.unreadable.is_none() && document.metadata.get(key).is_none()
        };
        let without: Vec<&Document> = documents(archive, series)
            .map(|(_, document)| document)
            .filter(lacks)
            .collect();
        said.push(format!(
            "`{key}` in {with} of {of}, not in {}",
            named(&series.folder, &without)
        ));
    }
    let set = format!(
        "required-keys = {}",
        strings(keys.iter().map(|(key, _)| *key))
    );
    (!keys.is_empty()).then(|| Fact(format!("keys: {}", said.join("; ")), set))
}

/// The proposal to hold only newer notes to the rules, where the older ones are full of findings: from the first week
/// that leaves nine in ten of the problems in notes behind.
fn adoption(archive: &Archive, findings: &[Diagnostic]) -> Option<Section> {
    let problems: Vec<DocumentId> = findings
        .iter()
        .filter(|finding| finding.severity > Severity::Info)
        .map(|finding| finding.place.document)
        .collect();
    let mut series = archive.collections.iter().filter(|one| one.is_series());
    let numbering = series.next()?.numbering.as_ref();
    let week_zero = |numbering: Option<&Numbering>| match numbering {
        Some(Numbering::Epoch { week_zero, .. }) => Some(*week_zero),
        _ => None,
    };
    // Numbers that are counted differently say nothing together; days do.
    let is_one = series.all(|other| {
        let other = week_zero(other.numbering.as_ref());
        other.is_some() && other == week_zero(numbering)
    });
    let begin = |(id, document): (DocumentId, &Document)| {
        let claim = archive.standing(id)?.week().map(|said| &said.claim);
        let number = claim.and_then(|claim| claim.numbers.first().copied());
        match numbering.filter(|_| is_one) {
            Some(Numbering::Epoch { .. } | Numbering::Sequence) => number.map(EnforceFrom::Week),
            Some(Numbering::IsoWeek) => {
                let (year, week) = (claim?.year?, i8::try_from(number?).ok()?);
                Some(EnforceFrom::IsoWeek { year, week })
            }
            _ => {
                let days = archive.days_of(id).map(|(first, _)| first);
                let day = days.or_else(|| claims::written(document))?;
                Some(EnforceFrom::Date(calendar::monday_of(day)))
            }
        }
    };
    let notes = archive.all().filter(|(id, _)| archive.is_note(*id));
    let mut begins: Vec<EnforceFrom> = notes.filter_map(begin).collect();
    begins.sort_unstable();
    let older = |from: EnforceFrom| {
        problems
            .iter()
            .filter(|&&id| lint::is_older(archive, from, id))
            .count()
    };
    // What is in pages and in the newest note is never older.
    let most = older(*begins.last()?);
    let first = begins.partition_point(|&from| older(from) * 10 < most * 9);
    let from = *begins.get(first)?;
    let silenced = older(from);
    let (from, week) = match from {
        EnforceFrom::Week(number) => (number.to_string(), format!("week {number}")),
        EnforceFrom::IsoWeek { year, week } => (
            format!("\"{year:04}-W{week:02}\""),
            format!("week {week} of {year}"),
        ),
        EnforceFrom::Date(day) => (day.to_string(), format!("Monday {day}")),
    };
    let said = format!(
        "{silenced} of {} errors and warnings are in notes before {week}; without the `#`, this line makes them infos",
        problems.len()
    );
    (silenced >= ENOUGH).then(|| Section {
        title: "Old notes".to_owned(),
        header: String::new(),
        facts: vec![Fact(said, format!("enforce-from = {from}"))],
        is_active: false,
    })
}

/// The rules that more than half of the pages break, which linting tells once.
fn habits(findings: &[Diagnostic]) -> Option<Section> {
    let habits = findings.iter().filter(|finding| lint::is_habit(finding));
    let fact = |finding: &Diagnostic| {
        Fact(
            finding.message.clone(),
            format!("\"{}\" = \"off\"", finding.rule),
        )
    };
    let facts: Vec<Fact> = habits.map(fact).collect();
    (!facts.is_empty()).then(|| Section {
        title: "Habits of this archive, each told once as an info; without the `#`, these lines keep them quiet".to_owned(),
        header: "[rules]".to_owned(),
        facts,
        is_active: false,
    })
}
