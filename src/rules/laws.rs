//! What the laws of the archive find, in words, each under the rule that it belongs to.

use super::{Context, RULES, Report};
use crate::archive::laws::{Broken, Finding, Type};
use crate::archive::{Archive, name_of};
use crate::diagnostic::{Diagnostic, DocumentId, Safety, Severity};
use crate::document::metadata::{Entry, Format, Value};
use crate::rules::metadata::{file_extension, invalid_value, missing};
use crate::rules::week::wording::{day, weekday};
use crate::source::Span;
use crate::week::calendar::{date_of_day, weeks_in_iso_year};

/// What breaks the laws of an archive.
pub(crate) fn broken(archive: &Archive) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for finding in &archive.laws().findings {
        let is_left_out = match &finding.broken {
            // `metadata/missing-key` says so.
            Broken::Absent(_) => true,
            Broken::Extension(usual) => {
                file_extension::severity(archive, finding.document, usual).is_none()
            }
            // What repeats a wrong name is wrong for that.
            Broken::Texts(..) => archive.laws().is_misnamed(finding.document),
            _ => false,
        };
        let rule = RULES.iter().find(|rule| rule.id == rule_of(finding));
        if let Some(rule) = rule.filter(|_| !is_left_out) {
            let mut context = Context::new(rule, finding.document);
            report(archive, finding, &mut context);
            found.append(&mut context.diagnostics);
        }
    }
    found
}

/// Whether the file's name is among the other places.
fn is_of_name(finding: &Finding) -> bool {
    finding.others.iter().any(|(_, name)| name == "file name")
}

/// The rule that says so.
fn rule_of(finding: &Finding) -> &'static str {
    match &finding.broken {
        Broken::NoMetadata => "metadata/missing",
        Broken::Absent(_) => "metadata/missing-key",
        Broken::Key(..) => "metadata/unknown-key",
        Broken::NameForm(_) | Broken::NamedCopy(_) | Broken::Undated(_) => "week/file-name",
        Broken::Extension(_) => "metadata/file-extension",
        Broken::NoPage(..) => "metadata/unknown-author",
        Broken::Word(..) | Broken::Stray(_) if finding.is_name => "week/file-name",
        Broken::Type(_)
        | Broken::Empty
        | Broken::Value(..)
        | Broken::Lacks(_)
        | Broken::Word(..)
        | Broken::Stray(_) => "metadata/invalid-value",
        Broken::Silent(_) | Broken::Unnamed(_) => "week/missing",
        Broken::Numbers(..) | Broken::OutOfOrder(..) => "week/disagreement",
        Broken::Days([one, other], usual) if finding.of_range => {
            // Days that span whole weeks are those of other weeks.
            match (one - other - usual) % 7 {
                0 => "week/disagreement",
                _ => "week/impossible",
            }
        }
        Broken::Days(..) if finding.is_stamp && (finding.of_week[1] || !is_of_name(finding)) => {
            "week/wrong-date"
        }
        Broken::Days(..) if finding.is_stamp || finding.is_name && finding.of_stamp => {
            "metadata/dates"
        }
        Broken::Days(..) => "week/disagreement",
        Broken::Order(..) => "metadata/dates",
        Broken::DayOutOfOrder(..) | Broken::Early(..) => "week/wrong-date",
        Broken::Number(..) | Broken::Copied(_) => "week/duplicate",
        Broken::Texts(..) if finding.is_name || is_of_name(finding) => "metadata/name-mismatch",
        Broken::Texts(..) => "metadata/title-mismatch",
        Broken::NoSuchDay
        | Broken::Weekday(..)
        | Broken::NoSuchWeek(..)
        | Broken::WrongYear(..)
        | Broken::Backwards(..) => "week/impossible",
    }
}

fn report(archive: &Archive, finding: &Finding, cx: &mut Context) {
    let message = message(archive, finding);
    let report = cx.report(finding.span, &finding.place, message);
    let mut report = report.help(help(archive, finding));
    if let Some(note) = note(finding) {
        report = report.note(note);
    }
    for (span, name) in &finding.others {
        report = report.label(*span, name.clone());
    }
    if let Broken::Number(_, id) | Broken::Copied(id) = &finding.broken {
        report = report.label_at(name_of(*id), "the other note");
    }
    if let (Some((span, number)), Broken::Numbers(wrong, _)) = (&finding.fix, &finding.broken) {
        let title = format!("change {wrong} to {number}");
        report = report.fix(title, Safety::Unsafe, *span, number.as_str());
    }
    repair(archive, finding, report);
}

fn shown(number: i32) -> String {
    date_of_day(number).map_or(String::new(), day)
}

fn path_of(archive: &Archive, id: DocumentId) -> &str {
    archive.document(id).map_or("", |document| &document.path)
}

/// The place that speaks against the one that is reported.
fn other_place(finding: &Finding) -> &str {
    let other = finding.others.first();
    other.map_or("another place", |(_, name)| name)
}

/// A place within a sentence: "the heading", but "`created_at`".
fn the(place: &str) -> String {
    match place.starts_with('`') {
        true => place.to_owned(),
        false => format!("the {place}"),
    }
}

/// What is wrong.
fn message(archive: &Archive, finding: &Finding) -> String {
    let (place, other) = (&finding.place, other_place(finding));
    match &finding.broken {
        Broken::NoMetadata => "this note has no metadata".to_owned(),
        Broken::Type(kind) => {
            let entry = entry_at(archive, finding).filter(|_| *kind == Type::Date);
            match entry.and_then(|entry| invalid_value::fixed(entry).0) {
                Some(fault) => format!("{place} is not a valid date: {fault}"),
                None => format!("{place} is not {}", type_name(*kind)),
            }
        }
        Broken::Empty => format!("{place} is empty"),
        Broken::Absent(key) => format!("the metadata has no `{key}`"),
        Broken::Key(written, meant)
        | Broken::Value(written, meant)
        | Broken::Word(written, meant) => {
            format!("`{written}` looks like a misspelling of `{meant}`")
        }
        Broken::Lacks(value) => format!("{place} lacks `{value}`"),
        Broken::Silent(what) => format!("{place} has no {what}"),
        Broken::Unnamed(Some(word)) => {
            format!("{place} has the number but not the word `{word}`")
        }
        Broken::Unnamed(None) => format!("{place} does not say which week this is"),
        Broken::NamedCopy(Some(name)) => format!("this file is named like a copy of `{name}`"),
        Broken::NamedCopy(None) => "this file is named like a copy of a note".to_owned(),
        Broken::Undated(_) => "the file's name does not begin with a date".to_owned(),
        Broken::NameForm(_) => "this file is named differently from the others".to_owned(),
        Broken::Extension(usual) => {
            format!("this file does not end in `{usual}`")
        }
        Broken::NoPage(written, _) => format!("`{written}` in {place} has no page"),
        Broken::Stray(letter) => format!("there is a stray `{letter}` in {}", the(place)),
        Broken::Numbers(one, two) => format!("{place} says {one}, {other} says {two}"),
        Broken::OutOfOrder([says, before, after]) => {
            format!("{place} says {says}, between {before} and {after}")
        }
        Broken::DayOutOfOrder([says, before, after]) => {
            let [says, before, after] = [*says, *before, *after].map(shown);
            format!("{place} says {says}, between {before} and {after}")
        }
        Broken::Days([one, two], usual) if finding.of_range => {
            let [days, usual] = [(two - one).abs() + 1, usual.abs() + 1];
            format!(
                "the range in {} has {days} days instead of {usual}",
                the(place)
            )
        }
        Broken::Days([one, two], _) => {
            let ([one, two], verb) = ([*one, *two].map(shown), |of_week| match of_week {
                true => "names the week of",
                false => "says",
            });
            let [here, there] = finding.of_week.map(verb);
            format!("{place} {here} {one}, {other} {there} {two}")
        }
        Broken::NoSuchWeek(year, week) => {
            let weeks = weeks_in_iso_year(*year);
            format!("there is no week {week} in {year}, which has {weeks} ISO weeks")
        }
        Broken::WrongYear(week, [says, meant], day) => {
            let day = shown(*day);
            format!("{day} is in week {week} of {meant}, not of {says}")
        }
        Broken::Backwards(first, last) => {
            format!("the run of weeks goes backwards, from {first} to {last}")
        }
        Broken::Order(one, two) | Broken::Early(one, two) => {
            let [one, two] = [*one, *two].map(shown);
            format!("{place} is {one}, {other} is {two}")
        }
        Broken::Number(number, id) => {
            let path = path_of(archive, *id);
            format!("{place} says {number}, like `{path}`")
        }
        Broken::Copied(id) => {
            let path = path_of(archive, *id);
            format!("{place} is the same as in `{path}`")
        }
        Broken::Texts(one, two) => format!("{place} is `{one}`, {other} is `{two}`"),
        Broken::Weekday(written, date) => {
            format!("{} was a {}, not `{written}`", day(*date), weekday(*date))
        }
        Broken::NoSuchDay => format!("{place} names a day that does not exist"),
    }
}

/// What holds of the other notes.
fn note(finding: &Finding) -> Option<String> {
    let (place, share) = (&finding.place, finding.share);
    let habit = match &finding.broken {
        Broken::Key(_, meant) => {
            return Some(format!("{} notes use `{meant}`", share.with));
        }
        Broken::Value(_, meant) => {
            return Some(format!("{} notes use `{meant}` here", share.with));
        }
        Broken::NameForm(example) => return Some(format!("the others are named like `{example}`")),
        Broken::Type(kind) => &format!("{place} is {}", type_name(*kind)),
        Broken::NoPage(..) => &format!("{place} names a page"),
        Broken::Days(_, usual) if finding.of_range => {
            &format!("they span {} days", usual.abs() + 1)
        }
        Broken::NoMetadata => "there is metadata",
        Broken::Empty => "it has a value",
        Broken::Absent(_) | Broken::Lacks(_) => "it is there",
        Broken::Silent(_) => "it has one",
        Broken::Unnamed(Some(_)) => "both are there",
        Broken::Unnamed(None) => "it does",
        Broken::Numbers(..) | Broken::Days(..) => "they agree",
        Broken::OutOfOrder(..) => "numbers rise with time",
        Broken::Order(..) => "they are in the other order",
        Broken::Early(..) => "the note has a date in its week or later",
        Broken::Number(..) => "each number stands for one note",
        Broken::Copied(_) => "each note has its own",
        Broken::Texts(..) => "they are equal",
        _ => return None,
    };
    Some(format!("{habit} in {} of {} notes", share.with, share.of))
}

/// How to fix it.
fn help(archive: &Archive, finding: &Finding) -> String {
    let (place, other) = (&finding.place, other_place(finding));
    match &finding.broken {
        Broken::NoMetadata => missing::help(archive, finding.document),
        Broken::Type(kind) => {
            let example = example(archive, finding, *kind);
            let like = example.map_or(String::new(), |value| format!(", such as `{value}`"));
            format!("write {}{like}", type_name(*kind))
        }
        Broken::Empty => "add the value, or remove the key".to_owned(),
        Broken::Absent(what) | Broken::Lacks(what) => format!("add `{what}`"),
        Broken::Key(_, meant) => format!("rename the key to `{meant}`"),
        Broken::Value(_, meant) | Broken::Word(_, meant) => format!("write `{meant}`"),
        Broken::Silent(what) => format!("add the {what} to {}", the(place)),
        Broken::Unnamed(_) => "name the week in it, so that readers can find the note".to_owned(),
        Broken::NamedCopy(_) => "delete it, or rename it".to_owned(),
        Broken::Undated(example) => {
            format!("rename it: Jekyll publishes only posts that are named like `{example}`")
        }
        Broken::NameForm(example) => format!("rename the file to fit `{example}`"),
        Broken::Extension(usual) => {
            let (with, others) = (finding.share.with, finding.share.of.saturating_sub(1));
            format!("rename the file so that it ends in `{usual}`, like {with} of {others} others")
        }
        Broken::NoPage(written, meant) => match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("correct the name, or add a page `{written}`"),
        },
        Broken::Stray(letter) => format!("remove the `{letter}`"),
        Broken::OutOfOrder(..) => format!("correct the number in {}", the(place)),
        Broken::DayOutOfOrder(..) => format!("correct the day in {}", the(place)),
        Broken::Days(..) if finding.of_range => "correct the first or the last day".to_owned(),
        Broken::Days([_, two], usual) => {
            let meant = two.checked_add(*usual).map_or(String::new(), shown);
            format!(
                "if {} is right, {} should say {meant}",
                the(other),
                the(place)
            )
        }
        Broken::NoSuchWeek(year, _) => {
            let weeks = weeks_in_iso_year(*year);
            format!("write a week from {year}-W01 to {year}-W{weeks}")
        }
        Broken::WrongYear(_, [_, meant], _) => {
            format!("write {meant}, or correct the date of the note")
        }
        Broken::Backwards(first, last) => format!("write the weeks in order: {last} to {first}"),
        Broken::Numbers(..) | Broken::Order(..) | Broken::Early(..) | Broken::Texts(..) => {
            "correct the one that is wrong".to_owned()
        }
        Broken::Number(..) => "correct the number of one of them".to_owned(),
        Broken::Copied(_) => format!("write {} of this note", the(place)),
        Broken::Weekday(..) => "correct the day of the week or the date".to_owned(),
        Broken::NoSuchDay => "correct the day".to_owned(),
    }
}

/// The entry of the metadata that a finding stands in.
fn entry_at<'a>(archive: &'a Archive, finding: &Finding) -> Option<&'a Entry> {
    let mut entries = archive.document(finding.document)?.metadata.entries.iter();
    entries.find(|entry| entry.key_span == finding.span || entry.value_span.overlaps(finding.span))
}

/// How the nearest note writes a value of this type in the same place.
fn example<'a>(archive: &'a Archive, finding: &Finding, kind: Type) -> Option<&'a str> {
    let key = &*entry_at(archive, finding)?.key;
    let (before, after) = archive
        .documents
        .split_at_checked(finding.document.0 as usize)?;
    let mut nearest = before.iter().rev().chain(after);
    nearest.find_map(|document| {
        let entry = document.metadata.get(key)?;
        let is_one = match kind {
            Type::Date => entry.value.date().is_some(),
            Type::Boolean => matches!(entry.value, Value::Bool(_)),
            Type::Number => matches!(entry.value, Value::Number(_)),
            _ => false,
        };
        is_one.then_some(&*entry.source)
    })
}

/// Adds the repair, where the law foretells what was meant, and lowers what may be meant.
fn repair(archive: &Archive, finding: &Finding, report: Report) {
    let (span, title) = (finding.span, |text: &str| format!("write `{text}`"));
    match &finding.broken {
        Broken::Key(written, meant) => {
            let Some(entry) = entry_at(archive, finding) else {
                return;
            };
            let document = archive.document(finding.document);
            let format = document.and_then(|document| document.metadata.format);
            let colons = usize::from(format == Some(Format::Trailer));
            let whole = entry.key_span.range();
            let name = Span::new(whole.start + colons, whole.end.saturating_sub(colons));
            // A key in quotes keeps them.
            let text = match name.len() == written.len() {
                true => meant.clone(),
                false => format!("\"{meant}\""),
            };
            let title = format!("rename the key to `{meant}`");
            report.fix(title, Safety::Unsafe, name, text);
        }
        Broken::Texts(written, meant)
            if !finding.is_name && is_of_name(finding) && span.len() == written.len() =>
        {
            report.fix(title(meant), Safety::Unsafe, span, meant.as_str());
        }
        Broken::Value(written, meant)
        | Broken::Word(written, meant)
        | Broken::NoPage(written, Some(meant))
            if span.len() == written.len() && !finding.is_name =>
        {
            let report = report.fix(title(meant), Safety::Unsafe, span, meant.as_str());
            // One of many tags that is misspelt leaves the note out of a list, and that is all.
            if span != finding.whole && matches!(finding.broken, Broken::Value(..)) {
                report.at_most(Severity::Warning);
            }
        }
        Broken::Type(Type::Date) => {
            if let Some(entry) = entry_at(archive, finding)
                && let Some((text, safety)) = invalid_value::fixed(entry).1
            {
                report.fix(title(&text), safety, span, text);
            }
        }
        // A site may well publish on another day than the file was begun.
        Broken::Days(..) if finding.of_stamp && (finding.is_name || is_of_name(finding)) => {
            report.at_most(Severity::Warning);
        }
        Broken::Extension(usual) => {
            let severity = file_extension::severity(archive, finding.document, usual);
            report.at_most(severity.unwrap_or(Severity::Info));
        }
        _ => {}
    }
}

fn type_name(kind: Type) -> &'static str {
    match kind {
        Type::Date => "a date",
        Type::Boolean => "`true` or `false`",
        Type::Number => "a number",
        Type::List => "a list",
        Type::Map => "a map",
        Type::Text | Type::Empty => "text",
    }
}
