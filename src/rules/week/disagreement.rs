//! A note that names different weeks in different places.

use super::{IN_SIGHT, all_series, days_apart, impossible, notes, wording};
use crate::archive::claims::{self, Said, TITLE_KEYS, Whence, written};
use crate::archive::laws::share::{ENOUGH, almost_always};
use crate::archive::{Archive, Collection, Standing};
use crate::diagnostic::{DocumentId, Place, Safety, Severity};
use crate::document::Document;
use crate::document::metadata::Value;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};
use crate::source::Span;
use crate::week::calendar::day_number;
use crate::week::prose::MentionKind;
use crate::week::{DateRange, PartialDate, dates};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    id: "week/disagreement",
    summary: "a note whose file name, metadata, heading and prose name different weeks",
    docs: "\
**Finds.** Places in a note that name different weeks or days: its file name, title, heading, a key such as `week: \
12`, a range of dates. The rule reports the place that stands against the others. Where they stand two against two, \
or one against one, it goes by the note's date and by which week another note has already.

**Why.** Whoever copies last week's note easily forgets to change one place. Readers then find two pages for one \
week and none for the other.

**Ignores.** File names that give one end of a run (`week-550` for weeks 548 to 550); two wordings of the same \
weeks; places that differ in many notes, or count in different ways (`2025-W08` and `Weeknotes #13`). Dates, days \
and repeated numbers count only where almost all notes of the series agree.

**Fix.** Correct the place that is wrong.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: Some(check_document),
    check_archive: Some(check_archive),
    examples: &[
        Example::Bad {
            title: "the heading was not changed when last week's note was copied",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-121.snip.markdown",
                "⟦Week 119⟧\n========\n\nSeedlings everywhere.\n\n:name: week-121\n:updated_at: 2011-05-13 16:10:00.000000000 +00:00\n\
                 :created_at: 2011-05-13 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 121\n:extension: markdown\n",
            )],
            fixed: Some(
                "Week 121\n========\n\nSeedlings everywhere.\n\n:name: week-121\n:updated_at: 2011-05-13 16:10:00.000000000 +00:00\n\
                 :created_at: 2011-05-13 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 121\n:extension: markdown\n",
            ),
        },
        Example::Bad {
            title: "the file was named for another week than it reports",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-122.snip.markdown",
                "⟦⟧Week 121\n========\n\nSeedlings everywhere.\n\n:name: week-122\n:created_at: 2011-05-13 16:00:00.000000000 +00:00\n\
                 :page_title: Week 121\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "two notes are enough where both places say \"week\"",
            backdrop: Backdrop::None,
            files: &[
                ("notes/week-12.md", "# Week 12\n\nRain.\n"),
                ("notes/week-13.md", "# ⟦Week 31⟧\n\nMore rain.\n"),
            ],
            fixed: Some("# Week 13\n\nMore rain.\n"),
        },
        Example::Bad {
            title: "the title names one week, the heading a run",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-122.snip.markdown",
                "Summer edition (weeks 120-122)\n==============================\n\nBeans.\n\n:name: week-122\n\
                 :created_at: 2011-05-20 16:00:00.000000000 +00:00\n:page_title: ⟦Week 122⟧\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a file named by the last week of its run, and two wordings of the same weeks",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-122.snip.markdown",
                "Summer edition (weeks 120-122)\n==============================\n\nBeans.\n\n:name: week-122\n\
                 :created_at: 2011-05-20 16:00:00.000000000 +00:00\n:page_title: Weeks 120 to 122\n",
            )],
        },
        Example::Good {
            title: "notes and weeks that are counted differently",
            backdrop: Backdrop::None,
            files: &[
                ("weeknotes/2025-W08.md", "# Weeknotes #13\n"),
                ("weeknotes/2025-W09.md", "# Weeknotes #14\n"),
            ],
        },
    ],
};

fn check_document(document: &Document, archive: &Archive, cx: &mut Context) {
    let Some(standing) = archive.standing(cx.document()) else {
        return;
    };
    if let Some(contradiction) = &standing.contradiction {
        let claim = |index: &usize| standing.claims.get(*index);
        let wrong: Vec<&Said> = contradiction.wrong.iter().filter_map(claim).collect();
        let right: Vec<&Said> = contradiction.right.iter().filter_map(claim).collect();
        contradicted(document, &wrong, &right, cx);
    } else if let Some(said) = standing.week() {
        misprinted(document, said, cx);
    }
}

fn check_archive(archive: &Archive, cx: &mut Context) {
    for series in all_series(archive) {
        stated(archive, series, cx);
        counted(archive, series, cx);
        for whence in [Whence::Title, Whence::Heading] {
            misdated(archive, series, whence, cx);
        }
    }
}

/// Reports the places that stand against the others, once.
fn contradicted(document: &Document, wrong: &[&Said], right: &[&Said], cx: &mut Context) {
    let mut order = IN_SIGHT.iter();
    let first = order.find_map(|whence| wrong.iter().find(|said| said.whence == *whence));
    let (Some(&first), Some(&winner)) = (first, right.first()) else {
        return;
    };
    let weeks = wording::weeks(&winner.claim);
    let mut right = right.to_vec();
    right.sort_by_key(|said| said.whence);
    // A file may be named by one end of the run of weeks that the others name: it agrees, and says another thing.
    let mut same = right.clone();
    same.retain(|said| wording::weeks(&said.claim) == weeks);
    let say = if same.len() == 1 { "says" } else { "say" };
    let (same, all) = (wording::places(&same), wording::places(wrong));
    let message = format!("{}, but {same} {say} {weeks}", wording::says(first));
    let help = match first.whence {
        Whence::FileName => format!(
            "rename the file for {weeks}, or correct the other places: the page's address comes from the name"
        ),
        _ => format!("correct {all} if the note is about {weeks}"),
    };
    let place = wording::place(first.whence);
    let mut report = cx.report(first.span, place, message).help(help);
    let also_wrong = wrong.iter().filter(|said| said.whence != first.whence);
    for said in also_wrong.chain(&right) {
        report = report.label(said.span, wording::says(said));
    }
    if let Some((span, old, new)) = repair(document, first, winner) {
        let title = format!("change {old} to {new}");
        report.fix(title, Safety::Unsafe, span, new.to_string());
    }
}

/// The place of a wrong number, the number, and the one to put there: where both places name one week by its number, and
/// the number ends the claim, as in "Week 460".
fn repair(document: &Document, wrong: &Said, right: &Said) -> Option<(Span, u32, u32)> {
    let plain = |Said { claim, .. }: &Said| {
        claim.season.is_none() && claim.year.is_none() && claim.also.is_none()
    };
    let (&[old], &[new]) = (&*wrong.claim.numbers, &*right.claim.numbers) else {
        return None;
    };
    let span = wrong.span;
    let (source, from) = match wrong.whence {
        Whence::FileName => return None,
        Whence::Heading => {
            let heading = document.title_heading()?;
            (&heading.source, heading.content.start)
        }
        Whence::Title | Whence::Key => {
            let mut entries = document.metadata.entries.iter().rev();
            let entry = entries.find(|entry| entry.value_span.contains(span))?;
            (&entry.source, entry.value_span.start)
        }
    };
    let text = source.get((span.start - from) as usize..(span.end - from) as usize)?;
    let digits = old.to_string();
    let before = text.strip_suffix(&digits)?;
    // "Week 012" is written with leading zeros, which the repair would lose.
    let padded = before.ends_with(|last: char| last.is_ascii_digit());
    let end = span.end as usize;
    (!padded && plain(wrong) && plain(right) && span.len() == wrong.claim.span.len())
        .then(|| (Span::new(end - digits.len(), end), old, new))
}

/// A week that the note says it covers, which is a misprint of its own: two digits exchanged, or one wrong.
fn misprinted(document: &Document, said: &Said, cx: &mut Context) {
    let [number] = *said.claim.numbers else {
        return;
    };
    for mention in &document.prose {
        if let MentionKind::Covers(claim) = &mention.kind
            && let [covered] = *claim.numbers
            && said.claim.named
            && claim.year.is_none()
            && is_misprint(covered, number)
        {
            let says = wording::says(said);
            let message = format!("the note says that it is about week {covered}, but {says}");
            cx.report(mention.span, "prose", message)
                .help("correct the number that is wrong")
                .label(said.span, says);
        }
    }
}

/// Whether two numbers of three or more digits differ as misprints do, and not as neighbours.
fn is_misprint(one: u32, other: u32) -> bool {
    let (a, b) = (one.to_string(), other.to_string());
    let pairs = a.bytes().zip(b.bytes()).enumerate();
    let differing: Vec<_> = pairs.filter(|(_, (a, b))| a != b).collect();
    let slips = match *differing {
        [_] => true,
        [(at, (a, b)), (next, (c, d))] => next == at + 1 && (a, b) == (d, c),
        _ => false,
    };
    slips && a.len() == b.len() && a.len() >= 3 && one.abs_diff(other) >= 8
}

/// A range of dates that a note states, with the claim that counts for the note and the days of its weeks.
struct Stated<'a> {
    place: Place,
    range: DateRange,
    said: &'a Said,
    days: (Date, Date),
}

impl Stated<'_> {
    /// Whether the range lies in the note's weeks, and its days of the week are right.
    fn fits(&self) -> bool {
        let (first, last) = self.days;
        // Across a new year, "26 December to 1 January 2022" may as well end in 2023.
        let wraps = self.range.first.month > self.range.last.month;
        let fits = |mut stated: PartialDate| {
            stated.year = stated.year.filter(|_| !wraps);
            stated.near(first).is_some_and(|date| {
                let weekday = stated.weekday.unwrap_or(date.weekday());
                (first..=last).contains(&date) && weekday == date.weekday()
            })
        };
        fits(self.range.first) && fits(self.range.last)
    }
}

/// Holds the ranges of dates that notes state against the days of their weeks. Those of one kind of place are looked at
/// together: titles, headings, a key such as `week_dates: Mon 4 May to Sun 10 May`, the first lines of the prose.
fn stated(archive: &Archive, series: &Collection, cx: &mut Context) {
    let mut by_place: BTreeMap<(bool, &str), Vec<Stated>> = BTreeMap::new();
    for (document, note, standing) in notes(archive, series) {
        let (Some(days), Some(week)) = (archive.days_of(document), standing.week()) else {
            continue;
        };
        if standing.contradiction.is_some() {
            continue;
        }
        let around: Vec<Date> = std::iter::once(days.0).chain(written(note)).collect();
        // What is wrong whatever the week is told as such.
        let is_told =
            |range, span| impossible::is_told(range, note.body.contains(span).then_some(&*around));
        let mut add = |in_prose, key, span, range| {
            by_place.entry((in_prose, key)).or_default().push(Stated {
                place: document.at(span),
                range,
                said: week,
                days,
            });
        };
        for said in &standing.claims {
            if let Some(range) = said.claim.dates.filter(|range| range.first != range.last)
                && matches!(said.whence, Whence::Title | Whence::Heading)
                && !is_told(range, said.span)
            {
                add(false, wording::place(said.whence), said.span, range);
            }
        }
        for entry in &note.metadata.entries {
            let text = entry.as_str().filter(|text| may_be_a_range(text));
            if let Some((range, _)) = text.and_then(dates::range)
                && range.first != range.last
                && !TITLE_KEYS.contains(&&*entry.key)
            {
                add(false, &entry.key, entry.value_span, range);
            }
        }
        if let Some((span, range)) = first_statement(note)
            && !is_told(range, span)
        {
            add(true, "prose", span, range);
        }
    }
    for ((in_prose, key), stated) in by_place {
        let of = stated.len();
        let wrong: Vec<Stated> = stated.into_iter().filter(|one| !one.fits()).collect();
        let fitting = of - wrong.len();
        // A key that is made for the dates of the week needs less evidence than prose.
        let few = !in_prose && (4..ENOUGH).contains(&of) && wrong.len() * 4 <= of;
        let enough = few || almost_always(fitting, of);
        for one in wrong.iter().filter(|_| enough) {
            report_stated(one, key, (fitting, of), cx);
        }
    }
}

/// A number in a key that is not the title's, which stands behind it.
type Counted<'a> = (Place, &'a Said, u32, u32);

/// Holds keys that repeat the number of the title almost everywhere, as `issue: 12` may, against it.
fn counted(archive: &Archive, series: &Collection, cx: &mut Context) {
    // For each key, how many notes repeat a number of their titles in it, and those that do not.
    let mut keys: BTreeMap<&str, (usize, Vec<Counted>)> = BTreeMap::new();
    let mut titles: BTreeMap<u32, usize> = BTreeMap::new();
    for (id, note, standing) in notes(archive, series) {
        let Some(said) = standing.said(Whence::Title) else {
            continue;
        };
        // Of two numberings, the one without a year counts the notes.
        let also = said.claim.also.as_deref();
        let numbering = also.filter(|also| also.year.is_none());
        let numbering = numbering.unwrap_or(&said.claim);
        let (&[count], false) = (&*numbering.numbers, numbering.bonus) else {
            continue;
        };
        *titles.entry(count).or_default() += 1;
        for entry in &note.metadata.entries {
            let Value::Number(Some(value)) = entry.value else {
                continue;
            };
            let (same, others) = keys.entry(&entry.key).or_default();
            if count == value {
                *same += 1;
            } else if standing.contradiction.is_none()
                && standing
                    .said(Whence::Key)
                    .is_none_or(|key| key.span != entry.value_span)
            {
                others.push((id.at(entry.value_span), said, value, count));
            }
        }
    }
    for (key, (same, others)) in keys {
        let of = same + others.len();
        for (place, said, value, count) in others.into_iter().filter(|_| almost_always(same, of)) {
            let says = format!("{} says {count}", wording::place(said.whence));
            let is = format!("`{key}` is {value}");
            // The number of another note's title is the one that was not changed.
            let copied = titles.get(&count).is_some_and(|notes| *notes > 1);
            let title = place.document.at(said.span);
            let (here, message, there, label) = match copied {
                true => (title, format!("{says}, but {is}"), place, is),
                false => (place, format!("{is}, but {says}"), title, says),
            };
            cx.report_at(here, key, message)
                .note(format!("in {same} of {of} notes here they agree"))
                .help("correct the number that is wrong")
                .label_at(there, label);
        }
    }
}

/// Holds the days in titles, "week ending 12 January 2024", against those of the files' names or of the metadata: where
/// almost all lie as far from them and are the same days of the week, one that is another day of the week is wrong.
fn misdated(archive: &Archive, series: &Collection, whence: Whence, cx: &mut Context) {
    let days = |(id, note, standing): (DocumentId, &Document, &'_ Standing)| {
        let said = standing
            .claims
            .iter()
            .position(|said| said.whence == whence)?;
        let range = standing.claims.get(said)?.claim.dates?;
        let own = claims::date_in_name(note).or_else(|| written(note))?;
        // A run of days is held against the numbered week, if there is one.
        let free = range.first == range.last || archive.days_of(id).is_none();
        let is_told = impossible::is_told(range, None);
        let stated = range.last.near(own)?;
        if !free || is_told || note.is_draft() {
            return None;
        }
        Some((id, said, stated, own))
    };
    let notes: Vec<_> = notes(archive, series).filter_map(days).collect();
    let of = notes.len();
    let apart = |stated: Date, own: Date| day_number(own) - day_number(stated);
    let mut counts: BTreeMap<(i32, i8), usize> = BTreeMap::new();
    for &(_, _, stated, own) in &notes {
        let weekday = stated.weekday().to_monday_zero_offset();
        *counts.entry((apart(stated, own), weekday)).or_default() += 1;
    }
    let Some((&(usual, weekday), &agreeing)) = counts.iter().max_by_key(|(_, count)| **count)
    else {
        return;
    };
    if !almost_always(agreeing, of) {
        return;
    }
    for (id, said, stated, own) in notes {
        let meant = own.saturating_sub(usual.days());
        let is_usual = |day: Date| day.weekday().to_monday_zero_offset() == weekday;
        let days = days_apart(stated, meant);
        // "W/c Tuesday 2 May" is the week after a holiday.
        if is_usual(meant)
            && !is_usual(stated)
            && (usual == 0 || days >= 7)
            && let Some(standing) = archive.standing(id)
            && let Some(said) = standing.claims.get(said)
            && let Some(document) = archive.document(id)
        {
            let by = match claims::date_in_name(document) {
                Some(_) => "the file's name",
                None => "the note's date",
            };
            let (says, place) = (wording::says(said), wording::place(whence));
            let meant = wording::day(meant);
            let message = format!("{says}, but by {by} it is {meant}");
            cx.report_at(id.at(said.span), place, message)
                .note(format!("in {agreeing} of {of} notes here they agree"))
                .at_most(match days {
                    ..7 => Severity::Warning,
                    _ => Severity::Error,
                })
                .help(format!("correct {place} if the note is about {meant}"));
        }
    }
}

/// Whether a value can be a range of dates: short, with digits and letters, and no name.
fn may_be_a_range(text: &str) -> bool {
    (8..80).contains(&text.len())
        && text.contains(' ')
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
        && !text.contains("://")
}

/// The first stated week of a note, "week beginning 4 May", if it stands in its first lines.
fn first_statement(document: &Document) -> Option<(Span, DateRange)> {
    let mut mentions = document.prose.iter();
    let first = mentions.find_map(|mention| match mention.kind {
        MentionKind::StatedWeek { range, .. } => Some((mention.span, range)),
        _ => None,
    });
    first.filter(|(span, _)| span.start.saturating_sub(document.body.start) < 400)
}

fn report_stated(stated: &Stated, key: &str, (fitting, of): (usize, usize), cx: &mut Context) {
    let ((first, last), ends) = (stated.days, [stated.range.first, stated.range.last]);
    let weeks = wording::weeks(&stated.said.claim);
    let (monday, sunday) = (wording::day_and_month(first), wording::day(last));
    let runs = format!("runs from Monday {monday} to Sunday {sunday}");
    let range = match ends.map(wording::partial) {
        [day, _] if ends[0] == ends[1] => day,
        [first, last] => format!("{first} to {last}"),
    };
    let message = match ends.iter().find_map(|end| weekday_slip(*end, first)) {
        Some(slip) => format!("{slip}; {weeks} {runs}"),
        None => format!("{range} is not {weeks}, which {runs}"),
    };
    cx.report_at(stated.place, key, message)
        .label(stated.said.span, wording::says(stated.said))
        .help(format!(
            "correct the dates, or the number of the week; in {fitting} of {of} notes they agree"
        ));
}

/// "4 May 2016 was a Wednesday", where a stated day of the week is wrong.
fn weekday_slip(stated: PartialDate, near: Date) -> Option<String> {
    let date = stated.near(near)?;
    let wrong = stated.weekday? != date.weekday();
    wrong.then(|| format!("{} was a {}", wording::day(date), wording::weekday(date)))
}

#[cfg(test)]
mod tests;
