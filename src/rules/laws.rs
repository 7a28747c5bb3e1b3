//! What the laws of the archive find, in words, each under the rule that it belongs to.

use super::{Context, RULES, Report};
use crate::archive::laws::{Broken, Finding, Type};
use crate::archive::{Archive, name_of};
use crate::diagnostic::{Diagnostic, DocumentId, Safety, Severity};
use crate::document::metadata::{Entry, Format};
use crate::rules::metadata::{file_extension, invalid_value, missing};
use crate::rules::week::wording::day;
use crate::source::Span;
use crate::week::calendar::{date_of_day, weeks_in_iso_year};
use std::collections::BTreeMap;

/// Adds what breaks a law to what the rules have found, but for what one of these speaks of already.
pub(crate) fn with_broken_laws(archive: &Archive, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut known: BTreeMap<DocumentId, Vec<Span>> = BTreeMap::new();
    let is_of_laws = |rule: &str| {
        rule.starts_with("week/") || rule.starts_with("metadata/") || rule.starts_with("body/p")
    };
    for diagnostic in found
        .iter()
        .filter(|diagnostic| is_of_laws(diagnostic.rule) && diagnostic.severity > Severity::Info)
    {
        let labels = diagnostic.labels.iter().map(|label| label.place);
        for place in std::iter::once(diagnostic.place).chain(labels) {
            known.entry(place.document).or_default().push(place.span);
        }
    }
    for finding in &archive.laws().findings {
        let is_left_out = match &finding.broken {
            // `metadata/missing-key` says so.
            Broken::Absent(_) => true,
            Broken::Extension(usual) => {
                file_extension::severity(archive, finding.document, usual).is_none()
            }
            _ => false,
        };
        if is_left_out {
            continue;
        }
        // What repeats a wrong name is wrong for that.
        let is_text = matches!(finding.broken, Broken::Texts(..));
        if is_text && archive.laws().is_misnamed(finding.document) {
            continue;
        }
        let spans = known.get(&finding.document).map_or(&[][..], Vec::as_slice);
        let mut places = std::iter::once(&finding.span).chain(&finding.places);
        let is_known = |place: &Span| {
            let touches = |span: &Span| span.overlaps(*place) || span == place;
            spans.iter().any(touches)
        };
        if places.any(is_known) {
            continue;
        }
        let Some(rule) = RULES.iter().find(|rule| rule.id == rule_of(finding)) else {
            continue;
        };
        let mut context = Context::new(rule, finding.document);
        report(archive, finding, &mut context);
        found.append(&mut context.diagnostics);
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
        Broken::Key { .. } => "metadata/unknown-key",
        Broken::NameForm(_) | Broken::NamedCopy(_) | Broken::Undated(_) => "week/file-name",
        Broken::Extension(_) => "metadata/file-extension",
        Broken::NoPage { .. } => "metadata/unknown-author",
        Broken::Word { .. } | Broken::Stray(_) if finding.is_name => "week/file-name",
        Broken::Type(_)
        | Broken::Empty
        | Broken::Value { .. }
        | Broken::Lacks(_)
        | Broken::Word { .. }
        | Broken::Stray(_) => "metadata/invalid-value",
        Broken::Silent(_) | Broken::Unnamed(_) => "week/missing",
        Broken::Numbers(..) | Broken::OutOfOrder { .. } => "week/disagreement",
        Broken::Days { one, other, usual } if finding.of_range => {
            // Days that span whole weeks are those of other weeks.
            match (one - other - usual) % 7 {
                0 => "week/disagreement",
                _ => "week/impossible",
            }
        }
        Broken::Days { .. } if finding.is_stamp && (finding.of_week[1] || !is_of_name(finding)) => {
            "week/wrong-date"
        }
        Broken::Days { .. } if finding.is_stamp || finding.is_name && finding.of_stamp => {
            "metadata/dates"
        }
        Broken::Days { .. } => "week/disagreement",
        Broken::Order(..) => "metadata/dates",
        Broken::DayOutOfOrder { .. } | Broken::Early(..) => "week/wrong-date",
        Broken::Number(..) | Broken::Copied(_) => "week/duplicate",
        Broken::Texts(..) if finding.is_name || is_of_name(finding) => "metadata/name-mismatch",
        Broken::Texts(..) => "metadata/title-mismatch",
        Broken::NoSuchDay
        | Broken::Weekday { .. }
        | Broken::NoSuchWeek(..)
        | Broken::WrongYear { .. }
        | Broken::Backwards(..) => "week/impossible",
    }
}

fn report(archive: &Archive, finding: &Finding, cx: &mut Context) {
    let (place, share) = (&finding.place, finding.share);
    let other = finding
        .others
        .first()
        .map_or("another place", |(_, name)| name);
    let agree = |what: &str| format!("{what} in {} of {} notes", share.with, share.of);
    let path = |id: DocumentId| {
        archive
            .document(id)
            .map_or(String::new(), |document| document.path.to_string())
    };
    let shown = |number: i32| date_of_day(number).map_or(String::new(), day);
    let (message, note, help) = match &finding.broken {
        Broken::NoMetadata => (
            "this note has no metadata".to_owned(),
            agree("there is metadata"),
            missing::help(archive, finding.document),
        ),
        Broken::Type(kind) => {
            let kind = type_name(*kind);
            let entry = entry_at(archive, finding).filter(|_| kind == "date");
            let fault = entry.and_then(|entry| invalid_value::fixed(entry).0);
            (
                match fault {
                    Some(fault) => format!("{place} is not a valid date: {fault}"),
                    None => format!("{place} is not a {kind}"),
                },
                agree(&format!("{place} is a {kind}")),
                format!("write a {kind}"),
            )
        }
        Broken::Empty => (
            format!("{place} is empty"),
            agree("it has a value"),
            "add the value, or remove the key".to_owned(),
        ),
        Broken::Absent(key) => (
            format!("the metadata has no `{key}`"),
            agree("it is there"),
            format!("add `{key}`"),
        ),
        Broken::Key { written, meant } => (
            format!("`{written}` looks like a misspelling of `{meant}`"),
            format!("`{meant}` is used in {} notes", share.with),
            format!("rename the key to `{meant}`"),
        ),
        Broken::Value { written, meant } => (
            format!("`{written}` looks like a misspelling of `{meant}`"),
            format!("`{meant}` is used here in {} notes", share.with),
            format!("write `{meant}`"),
        ),
        Broken::Word { written, meant } => (
            format!("`{written}` looks like a misspelling of `{meant}`"),
            String::new(),
            format!("write `{meant}`"),
        ),
        Broken::Lacks(value) => (
            format!("{place} lacks `{value}`"),
            agree("it is there"),
            format!("add `{value}`"),
        ),
        Broken::Silent(what) => (
            format!("{place} has no {what}"),
            agree("it has one"),
            format!("add the {what} to the {place}"),
        ),
        Broken::Unnamed(Some(word)) => (
            format!("{place} has the number but not the word `{word}`"),
            agree("both are there"),
            "name the week in it, so that readers can find it".to_owned(),
        ),
        Broken::Unnamed(None) => (
            format!("{place} does not say which week this is"),
            agree("it does"),
            "name the week in it, so that readers can find it".to_owned(),
        ),
        Broken::NamedCopy(original) => {
            let original = original.as_ref().map(|name| format!("`{name}`"));
            let original = original.unwrap_or_else(|| "a note".to_owned());
            (
                format!("this file is named like a copy of {original}"),
                String::new(),
                "delete it, or rename it".to_owned(),
            )
        }
        Broken::Undated(example) => (
            "the file's name does not begin with a date".to_owned(),
            String::new(),
            format!("rename it: Jekyll publishes only posts that are named like `{example}`"),
        ),
        Broken::NameForm(example) => (
            "this file is named differently from the others".to_owned(),
            format!("the others are named like `{example}`"),
            format!("rename the file to fit `{example}`"),
        ),
        Broken::Extension(usual) => (
            format!(
                "this file does not end in `{usual}`, as {} of {} others do",
                share.with,
                share.of.saturating_sub(1)
            ),
            String::new(),
            format!("rename the file so that it ends in `{usual}`"),
        ),
        Broken::NoPage { written, meant } => (
            format!("`{written}` in {place} has no page"),
            agree(&format!("{place} names a page")),
            match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("correct the name, or add a page `{written}`"),
            },
        ),
        Broken::Stray(letter) => (
            format!("a stray `{letter}` in the {place}"),
            String::new(),
            format!("remove the `{letter}`"),
        ),
        Broken::Numbers(one, two) => (
            format!("{place} says {one}, {other} says {two}"),
            agree("they agree"),
            "correct the one that is wrong".to_owned(),
        ),
        Broken::OutOfOrder {
            says,
            before,
            after,
        } => (
            format!("{place} says {says}, between {before} and {after}"),
            format!(
                "numbers rise with time in {} of {} notes",
                share.with, share.of
            ),
            format!("correct the number in the {place}"),
        ),
        Broken::DayOutOfOrder {
            says,
            before,
            after,
        } => (
            format!(
                "{place} says {}, between {} and {}",
                shown(*says),
                shown(*before),
                shown(*after)
            ),
            String::new(),
            format!("correct the day in the {place}"),
        ),
        Broken::Days {
            one,
            other: two,
            usual,
        } if finding.of_range => {
            let days = (two - one).abs() + 1;
            (
                format!(
                    "the days in the {place} span {days} days instead of {}",
                    usual.abs() + 1
                ),
                agree(&format!("they span {} days", usual.abs() + 1)),
                "correct the first or the last day".to_owned(),
            )
        }
        Broken::Days {
            one,
            other: two,
            usual,
        } => {
            let meant = two.checked_add(*usual).map_or(String::new(), shown);
            let verb = |of_week| match of_week {
                true => "names the week of",
                false => "says",
            };
            let [here, there] = finding.of_week.map(verb);
            (
                format!(
                    "{place} {here} {}, {other} {there} {}",
                    shown(*one),
                    shown(*two)
                ),
                agree("they agree"),
                format!("if the {other} is right, the {place} should say {meant}"),
            )
        }
        Broken::NoSuchWeek(year, week) => {
            let weeks = weeks_in_iso_year(*year);
            (
                format!("there is no week {week} in {year}, which has {weeks} ISO weeks"),
                String::new(),
                format!("write a week from {year}-W01 to {year}-W{weeks}"),
            )
        }
        Broken::WrongYear {
            week,
            says,
            meant,
            day: date,
        } => (
            format!(
                "{} is in week {week} of {meant}, not of {says}",
                shown(*date)
            ),
            String::new(),
            format!("write {meant}, or correct the date of the note"),
        ),
        Broken::Backwards(first, last) => (
            format!("the run of weeks goes backwards, from {first} to {last}"),
            String::new(),
            format!("write the weeks in order: {last} to {first}"),
        ),
        Broken::Order(one, two) => (
            format!("{place} is {}, {other} {}", shown(*one), shown(*two)),
            agree("they come in the other order"),
            "correct the one that is wrong".to_owned(),
        ),
        Broken::Early(one, two) => (
            format!("{place} is {}, {other} {}", shown(*one), shown(*two)),
            agree("the note is written in its week or later"),
            "correct the one that is wrong".to_owned(),
        ),
        Broken::Number(number, id) => (
            format!("{place} says {number}, like `{}`", path(*id)),
            agree("each number stands for one note"),
            "correct the number of one of them".to_owned(),
        ),
        Broken::Copied(id) => (
            format!("the {place} is the same as in `{}`", path(*id)),
            agree("each note has its own"),
            format!("write the {place} of this note"),
        ),
        Broken::Texts(one, two) => (
            format!("{place} is `{one}`, {other} is `{two}`"),
            agree("they are equal"),
            "correct the one that is wrong".to_owned(),
        ),
        Broken::Weekday { written, date } => {
            let weekday = crate::rules::week::wording::weekday(*date);
            (
                format!("{} was a {weekday}, not `{written}`", day(*date)),
                String::new(),
                "correct the day of the week or the date".to_owned(),
            )
        }
        Broken::NoSuchDay => (
            format!("the {place} names a day that does not exist"),
            String::new(),
            "correct the day".to_owned(),
        ),
    };
    let mut report = cx.report(finding.span, place, message).help(help);
    if !note.is_empty() {
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

/// The entry of the metadata that a finding stands in.
fn entry_at<'a>(archive: &'a Archive, finding: &Finding) -> Option<&'a Entry> {
    let mut entries = archive.document(finding.document)?.metadata.entries.iter();
    entries.find(|entry| entry.key_span == finding.span || entry.value_span.overlaps(finding.span))
}

/// Adds the repair, where the law foretells what was meant, and lowers what may be meant.
fn repair(archive: &Archive, finding: &Finding, report: Report) {
    let (span, title) = (finding.span, |text: &str| format!("write `{text}`"));
    let mut others = finding.others.iter();
    match &finding.broken {
        Broken::Key { written, meant } => {
            let Some(entry) = entry_at(archive, finding) else {
                return;
            };
            let format = archive
                .document(finding.document)
                .and_then(|document| document.metadata.format);
            let colons = usize::from(format == Some(Format::Trailer));
            let whole = entry.key_span.range();
            let name = Span::new(whole.start + colons, whole.end.saturating_sub(colons));
            // A key in quotes keeps them.
            let text = match name.len() == written.len() {
                true => meant.clone(),
                false => format!("\"{meant}\""),
            };
            report.fix(
                format!("rename the key to `{meant}`"),
                Safety::Unsafe,
                name,
                text,
            );
        }
        Broken::Texts(written, meant)
            if !finding.is_name
                && others.any(|(_, name)| name == "file name")
                && span.len() == written.len() =>
        {
            report.fix(title(meant), Safety::Unsafe, span, meant.as_str());
        }
        Broken::Value { written, meant }
        | Broken::Word { written, meant }
        | Broken::NoPage {
            written,
            meant: Some(meant),
        } if span.len() == written.len() && !finding.is_name => {
            let report = report.fix(title(meant), Safety::Unsafe, span, meant.as_str());
            // One of many tags that is misspelt leaves the note out of a list, and that is all.
            if span != finding.whole && matches!(finding.broken, Broken::Value { .. }) {
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
        Broken::Days { .. }
            if finding.of_stamp
                && (finding.is_name || others.any(|(_, name)| name == "file name")) =>
        {
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
        Type::Date => "date",
        Type::Boolean => "boolean",
        Type::Number => "number",
        Type::List => "list",
        Type::Map => "map",
        Type::Text | Type::Empty => "text",
    }
}
