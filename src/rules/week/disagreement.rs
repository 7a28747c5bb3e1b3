//! A note that names different weeks in different places.

use super::wording;
use crate::archive::claims::{Said, TITLE_KEYS, Whence};
use crate::archive::conventions::{ENOUGH, almost_always};
use crate::archive::{Archive, Collection};
use crate::diagnostic::{DocumentId, Place, Safety, Severity};
use crate::document::Document;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::source::Span;
use crate::week::prose::{Mention, MentionKind};
use crate::week::{DateRange, PartialDate, dates};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "week/disagreement",
    summary: "file name, keys, title, heading and prose name different weeks",
    docs: "\
A note says in several places which week it reports: in its file name, in the title of its metadata, in its heading, in a \
key such as `week: 12`, in a range of dates. Most mistakes are made when last week's note is copied and one of them is \
forgotten; readers then find two pages for one week and none for the other.

The rule compares what these places say and points at the one that stands against the others. Where two places stand \
against two, or one against one, it goes by the day that the note was written and by whether another note has that week \
already.

A file may be named by one end of a run of weeks (`week-550` for weeks 548 to 550), and title and heading may word the \
same weeks differently. Places that are counted in different ways (`2025-W08` and `Weeknotes #13`) are not compared, and \
two places that differ in many notes of a series are taken for two numberings. A range of dates is held against the \
calendar where the series ties its numbers to weeks and nearly all notes agree.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
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

/// See [`META`].
pub struct Disagreement;

impl Rule for Disagreement {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        let Some(standing) = archive.standing(cx.document()) else {
            return;
        };
        if let Some(contradiction) = &standing.contradiction {
            let claims = |indices: &[usize]| -> Vec<&Said> {
                let said = indices
                    .iter()
                    .filter_map(|&index| standing.claims.get(index));
                said.collect()
            };
            let (wrong, right) = (claims(&contradiction.wrong), claims(&contradiction.right));
            contradicted(document, &wrong, &right, cx);
        } else if let Some(said) = standing.week() {
            misprinted(document, said, cx);
        }
    }

    fn check_archive(&self, archive: &Archive, cx: &mut Context) {
        for collection in archive.collections.iter().filter(|one| one.is_series()) {
            stated_in_keys(archive, collection, cx);
            stated_in_prose(archive, collection, cx);
        }
    }
}

/// Reports the places that stand against the others, once.
fn contradicted(document: &Document, wrong: &[&Said], right: &[&Said], cx: &mut Context) {
    // The heading is what readers see; of the file's name there is nothing to be marked.
    let order = [
        Whence::Heading,
        Whence::Title,
        Whence::Key,
        Whence::FileName,
    ];
    let first = order
        .iter()
        .find_map(|whence| wrong.iter().find(|said| said.whence == *whence));
    let (Some(first), Some(winner)) = (first, right.first()) else {
        return;
    };
    let right: Vec<&Said> = {
        let mut sorted = right.to_vec();
        sorted.sort_by_key(|said| said.whence);
        sorted
    };
    // A file may be named by one end of the run of weeks that the others name: it agrees, and says another thing.
    let weeks = wording::weeks(&winner.claim);
    let same: Vec<&Said> = (right.iter().copied())
        .filter(|said| wording::weeks(&said.claim) == weeks)
        .collect();
    let says = if same.len() == 1 { "says" } else { "say" };
    let message = format!(
        "{} says {}, but {} {says} {}",
        wording::place(first.whence),
        wording::weeks(&first.claim),
        wording::places(&same),
        weeks,
    );
    let help = match first.whence {
        Whence::FileName => format!(
            "rename the file for {}, or correct the other places: the page's address comes from the name",
            wording::weeks(&winner.claim)
        ),
        _ => format!(
            "correct {1} if the note is about {0}",
            wording::weeks(&winner.claim),
            wording::places(wrong)
        ),
    };
    let mut report = cx
        .report(first.span, wording::place(first.whence), message)
        .help(help);
    let others = wrong
        .iter()
        .filter(|said| said.whence != first.whence)
        .chain(&right);
    for said in others {
        let message = format!(
            "{} says {}",
            wording::place(said.whence),
            wording::weeks(&said.claim)
        );
        report = report.label(said.span, message);
    }
    if let Some((span, old, text)) = repair(document, first, winner) {
        let title = format!("change {old} to {text}");
        report.fix(title, Safety::Unsafe, span, text);
    }
}

/// The number to put in place of a wrong one: where both places name one week by its number, and the number ends the
/// claim, as in "Week 460".
fn repair(document: &Document, wrong: &Said, right: &Said) -> Option<(Span, u32, String)> {
    let ([old], [new]) = (
        wrong.claim.numbers.as_slice(),
        right.claim.numbers.as_slice(),
    ) else {
        return None;
    };
    let plain = |said: &Said| {
        said.claim.season.is_none() && said.claim.year.is_none() && said.claim.also.is_none()
    };
    if !plain(wrong) || !plain(right) || wrong.span.len() != wrong.claim.span.len() {
        return None;
    }
    let (text, from) = match wrong.whence {
        Whence::FileName => return None,
        Whence::Heading => {
            let heading = document.title_heading()?;
            (&heading.source, heading.content.start)
        }
        Whence::Title | Whence::Key => {
            let entries = document.metadata.entries.iter();
            let entry = entries
                .rev()
                .find(|entry| entry.value_span.contains(wrong.span))?;
            (&entry.source, entry.value_span.start)
        }
    };
    let (start, end) = (wrong.span.start - from, wrong.span.end - from);
    let text = text.get(start as usize..end as usize)?;
    let digits = old.to_string();
    let before = text.strip_suffix(&digits)?;
    // "Week 012" is written with leading zeros, which the repair would lose.
    (!before.ends_with(|last: char| last.is_ascii_digit())).then(|| {
        let end = wrong.span.end as usize;
        (Span::new(end - digits.len(), end), *old, new.to_string())
    })
}

/// A week that the note says it covers, which is a misprint of its own: two digits exchanged, or one wrong.
fn misprinted(document: &Document, said: &Said, cx: &mut Context) {
    let [number] = said.claim.numbers.as_slice() else {
        return;
    };
    for mention in &document.prose {
        let MentionKind::Covers(claim) = &mention.kind else {
            continue;
        };
        let [covered] = claim.numbers.as_slice() else {
            continue;
        };
        if said.claim.named && claim.year.is_none() && is_misprint(*covered, *number) {
            let message = format!(
                "the note says that it is about week {covered}, but {} says {}",
                wording::place(said.whence),
                wording::weeks(&said.claim)
            );
            cx.report(mention.span, "prose", message)
                .help("correct the number that is wrong")
                .label(
                    said.span,
                    format!(
                        "{} says {}",
                        wording::place(said.whence),
                        wording::weeks(&said.claim)
                    ),
                );
        }
    }
}

/// Whether two numbers of three or more digits differ as misprints do, and not as neighbours.
fn is_misprint(one: u32, other: u32) -> bool {
    let (a, b) = (one.to_string(), other.to_string());
    if a.len() != b.len() || a.len() < 3 || one.abs_diff(other) < 8 {
        return false;
    }
    let differing: Vec<usize> = (0..a.len())
        .filter(|&index| a.as_bytes().get(index) != b.as_bytes().get(index))
        .collect();
    match differing.as_slice() {
        [_] => true,
        [first, second] => {
            second - first == 1
                && a.as_bytes().get(*first) == b.as_bytes().get(*second)
                && a.as_bytes().get(*second) == b.as_bytes().get(*first)
        }
        _ => false,
    }
}

/// A range of dates that a note states, with the days of its weeks.
struct Stated<'a> {
    document: DocumentId,
    span: Span,
    range: DateRange,
    days: (Date, Date),
    /// Where it stands, for the fingerprint.
    key: &'a str,
}

impl Stated<'_> {
    /// Whether the range lies in the note's weeks, and its days of the week are right.
    fn fits(&self) -> bool {
        let (first, last) = self.days;
        // Across a new year, "26 December to 1 January 2022" may as well end in 2023.
        let wraps = self.range.first.month > self.range.last.month;
        let within = |mut stated: PartialDate| {
            stated.year = stated.year.filter(|_| !wraps);
            nearest(stated, first).is_some_and(|date| {
                (first..=last).contains(&date)
                    && stated.weekday.is_none_or(|day| day == date.weekday())
            })
        };
        within(self.range.first) && within(self.range.last)
    }
}

/// The date that a stated day means in a note of about `near`.
pub(super) fn nearest(stated: PartialDate, near: Date) -> Option<Date> {
    let years = match stated.year {
        Some(year) => year..=year,
        None => near.year() - 1..=near.year() + 1,
    };
    let distance = |date: &Date| {
        crate::week::calendar::day_number(*date).abs_diff(crate::week::calendar::day_number(near))
    };
    years
        .filter_map(|year| stated.in_year(year))
        .min_by_key(distance)
}

/// Titles, headings and keys that hold ranges of dates in several notes: `week_dates: Mon 4 May to Sun 10 May`.
fn stated_in_keys(archive: &Archive, collection: &Collection, cx: &mut Context) {
    let mut by_key: BTreeMap<&str, Vec<Stated>> = BTreeMap::new();
    for &id in &collection.documents {
        let (Some(document), Some(days)) = (archive.document(id), archive.days_of(id)) else {
            continue;
        };
        if has_contradiction(archive, id) {
            continue;
        }
        let titles = archive.standing(id).into_iter().flat_map(|standing| {
            let visible = |said: &&Said| matches!(said.whence, Whence::Title | Whence::Heading);
            standing.claims.iter().filter(visible)
        });
        for said in titles {
            if let Some(range) = said.claim.dates.filter(|range| range.first != range.last) {
                by_key
                    .entry(wording::place(said.whence))
                    .or_default()
                    .push(Stated {
                        document: id,
                        span: said.span,
                        range,
                        days,
                        key: wording::place(said.whence),
                    });
            }
        }
        for entry in &document.metadata.entries {
            let text = entry.as_str().filter(|text| may_be_a_range(text));
            let Some(text) = text.filter(|_| !TITLE_KEYS.contains(&&*entry.key)) else {
                continue;
            };
            if let Some((range, _)) = dates::range(text)
                && range.first != range.last
            {
                by_key.entry(&entry.key).or_default().push(Stated {
                    document: id,
                    span: entry.value_span,
                    range,
                    days,
                    key: &entry.key,
                });
            }
        }
    }
    for stated in by_key.values() {
        let fitting = stated.iter().filter(|one| one.fits()).count();
        let differing = stated.len() - fitting;
        // A key that is made for the dates of the week needs less evidence than prose.
        let few = stated.len() < ENOUGH && stated.len() >= 4 && differing * 4 <= stated.len();
        if differing > 0 && (few || almost_always(fitting, stated.len())) {
            for one in stated.iter().filter(|one| !one.fits()) {
                report_stated(one, fitting, stated.len(), archive, cx);
            }
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

/// "Week beginning 4 May" in the first lines of the notes.
fn stated_in_prose(archive: &Archive, collection: &Collection, cx: &mut Context) {
    let mut all: Vec<Stated> = Vec::new();
    for &id in &collection.documents {
        let (Some(document), Some(days)) = (archive.document(id), archive.days_of(id)) else {
            continue;
        };
        if has_contradiction(archive, id) {
            continue;
        }
        if let Some((mention, range)) = first_statement(document) {
            all.push(Stated {
                document: id,
                span: mention.span,
                range,
                days,
                key: "prose",
            });
        }
    }
    let fitting = all.iter().filter(|one| one.fits()).count();
    if fitting < all.len() && almost_always(fitting, all.len()) {
        for one in all.iter().filter(|one| !one.fits()) {
            report_stated(one, fitting, all.len(), archive, cx);
        }
    }
}

/// The first stated week of a note, if it stands in its first lines.
fn first_statement(document: &Document) -> Option<(&Mention, DateRange)> {
    let mention = document
        .prose
        .iter()
        .find(|mention| matches!(mention.kind, MentionKind::StatedWeek { .. }))?;
    let MentionKind::StatedWeek { range, .. } = mention.kind else {
        return None;
    };
    let near = mention.span.start.saturating_sub(document.body.start) < 400;
    near.then_some((mention, range))
}

fn has_contradiction(archive: &Archive, id: DocumentId) -> bool {
    archive
        .standing(id)
        .is_some_and(|standing| standing.contradiction.is_some())
}

fn report_stated(one: &Stated, fitting: usize, of: usize, archive: &Archive, cx: &mut Context) {
    let Some(said) = archive
        .standing(one.document)
        .and_then(|standing| standing.week())
    else {
        return;
    };
    let (first, last) = one.days;
    let stated = if one.range.first == one.range.last {
        wording::partial(one.range.first)
    } else {
        format!(
            "{} to {}",
            wording::partial(one.range.first),
            wording::partial(one.range.last)
        )
    };
    let weeks = wording::weeks(&said.claim);
    let runs = format!(
        "runs from Monday {} to Sunday {}",
        wording::day_and_month(first),
        wording::day(last)
    );
    let ends = [one.range.first, one.range.last];
    let message = match ends.iter().find_map(|end| weekday_slip(*end, first)) {
        Some(slip) => format!("{slip}; {weeks} {runs}"),
        None => format!("{stated} is not {weeks}, which {runs}"),
    };
    let place = Place {
        document: one.document,
        span: one.span,
    };
    let report = cx.report_at(place, one.key, message).label_at(
        Place {
            document: one.document,
            span: said.span,
        },
        format!("{} says {weeks}", wording::place(said.whence)),
    );
    report.help(format!(
        "correct the dates, or the number of the week; in {fitting} of {of} notes they agree"
    ));
}

/// "4 May 2016 was a Wednesday", where a stated day of the week is wrong.
fn weekday_slip(stated: PartialDate, near: Date) -> Option<String> {
    let date = nearest(stated, near)?;
    (stated.weekday? != date.weekday()).then(|| {
        format!(
            "{} was a {}",
            wording::day(date),
            wording::weekday(date.weekday())
        )
    })
}

#[cfg(test)]
mod tests {
    use super::is_misprint;

    #[test]
    fn misprints_are_no_neighbours() {
        assert!(is_misprint(640, 460));
        assert!(is_misprint(560, 460));
        assert!(!is_misprint(459, 460));
        assert!(!is_misprint(461, 460));
        assert!(!is_misprint(3, 460));
        assert!(
            !is_misprint(13, 31),
            "two digits count too many other things"
        );
    }
}
