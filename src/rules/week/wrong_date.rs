//! A note that is dated before the week it reports, or out of its place among its neighbours.

use super::{all_series, days_apart, duplicate, impossible, wording};
use crate::archive::claims::{self, Said};
use crate::archive::laws::share::{ENOUGH, almost_always};
use crate::archive::timeline::Ordinal;
use crate::archive::{Archive, Collection, Numbering};
use crate::diagnostic::{DocumentId, Severity};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};
use crate::source::Span;
use crate::week::calendar::day_number;
use jiff::ToSpan;
use jiff::civil::Date;

/// The rule.
pub static RULE: Rule = Rule {
    id: "week/wrong-date",
    summary: "a note dated before its week began, or out of its place among its neighbours",
    docs: "\
**Finds.** A note dated before its week began, where an epoch or ISO weeks tie the numbers of a series to days. \
Where the numbers only count the notes: a date that is months before those of the notes before it, or off by exactly \
a year.

**Why.** Nobody can write a note before the week that it reports: its date was mistyped, or copied from an older \
note.

**Ignores.** Late notes, however late, and notes dated one day early, which may come from another time zone; series \
in which more than one note in twenty is written ahead of its week; notes whose places name different weeks \
(`week/disagreement`) or whose file name has another date (`metadata/dates`).

**Fix.** Correct the date, or the number of the week.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: None,
    check_archive: Some(check_archive),
    examples: &[
        Example::Bad {
            title: "the date was copied from an older note",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-121.snip.markdown",
                "Week 121\n========\n\nBeans.\n\n:name: week-121\n:created_at: ⟦2011-03-18 16:00:00.000000000 +00:00⟧\n:page_title: Week 121\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "last year's date",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2023-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: ⟦2023-08-02⟧\ntags: [weeknotes]\n---\n\nBeans.\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a note that was published months late",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-121.snip.markdown",
                "Week 121\n========\n\nBeans.\n\n:name: week-121\n:created_at: 2011-11-30 16:00:00.000000000 +00:00\n:page_title: Week 121\n",
            )],
        },
    ],
};

/// A day early is that of another time zone, or of weeks that begin on Sunday.
const A_DAY: u32 = 1;

/// How many days a date must lie before its neighbours' where numbers only count the notes.
const A_JUMP: i32 = 45;

/// Fewer notes say nothing of a series' habits.
const A_FEW: usize = 4;

fn check_archive(archive: &Archive, cx: &mut Context) {
    for series in all_series(archive) {
        match series.numbering {
            Some(Numbering::Epoch { .. } | Numbering::IsoWeek) => {
                before_their_week(archive, series, cx);
            }
            Some(Numbering::Sequence | Numbering::SeasonEpisode) => {
                out_of_place(archive, series, cx);
            }
            _ => {}
        }
    }
}

/// A note whose date is known and in no doubt.
struct Dated<'a> {
    id: DocumentId,
    said: &'a Said,
    date: Date,
    /// The value of the date; empty at 0 where it stands in the file's name.
    span: Span,
    key: &'a str,
}

fn dated(archive: &Archive, id: DocumentId) -> Option<Dated<'_>> {
    let (document, standing) = (archive.document(id)?, archive.standing(id)?);
    let in_name = claims::date_in_name(document);
    let (span, key, date) = match claims::date(document) {
        Some((entry, date)) => (entry.value_span, &*entry.key, date),
        None => (Span::at(0), "file name", in_name?),
    };
    // The two dates are held against each other elsewhere; a day's difference is that of two clocks.
    let doubtful = standing.contradiction.is_some()
        || in_name.is_some_and(|other| days_apart(other, date) > 1);
    let said = standing.week()?;
    if doubtful || said.claim.bonus {
        return None;
    }
    Some(Dated {
        id,
        said,
        date,
        span,
        key,
    })
}

fn before_their_week(archive: &Archive, series: &Collection, cx: &mut Context) {
    let with_first_day = |&id| Some((dated(archive, id)?, archive.days_of(id)?.0));
    let notes = series.documents.iter().filter_map(with_first_day);
    let (before, after): (Vec<_>, Vec<_>) = notes.partition(|(note, first)| note.date < *first);
    // One note in twenty is a habit, but of few notes one may be wrong.
    let of = before.len() + after.len();
    if before.is_empty() || of < A_FEW || before.len() > 1 && before.len() * 20 > of {
        return;
    }
    // Where nearly all notes are written on a Monday or Tuesday, an epoch that was learnt from them may be that of the
    // week after the one they report.
    let late = after
        .iter()
        .map(|(note, first)| days_apart(note.date, *first));
    let mut late: Vec<u32> = late.collect();
    late.sort_unstable();
    let earliest = late.get(late.len() / 20).copied().unwrap_or(0);
    let unsure =
        matches!(series.numbering, Some(Numbering::Epoch { of, .. }) if of > 0 && earliest < 2);
    // Of a number that another note has, that is told.
    let pairs = duplicate::pairs(archive, series);
    let is_told = |id| {
        let mut pairs = pairs.iter();
        pairs.any(|(one, other)| one.document == id || other.document == id)
    };
    for (note, first) in before.into_iter().filter(|(note, _)| !is_told(note.id)) {
        let days = days_apart(first, note.date);
        let slipped = impossible::slipped_year(&note.said.claim, note.date);
        // Weeks of the year that are not written as ISO 8601 has it may begin on another day.
        let uncounted = !note.said.claim.iso && series.numbering == Some(Numbering::IsoWeek);
        if slipped.is_none() && days > A_DAY && !(days <= 7 && (unsure || uncounted)) {
            let (weeks, days) = (wording::weeks(&note.said.claim), wording::days(days));
            let message = format!("the note of {weeks} is dated {days} before that week began");
            let began = format!("{weeks} began on Monday {}", wording::day(first));
            report(archive, &note, message, began, cx);
        }
    }
}

fn out_of_place(archive: &Archive, series: &Collection, cx: &mut Context) {
    if series.documents.len() < ENOUGH || !rises(series) {
        return;
    }
    for note in series.documents.iter().filter_map(|&id| dated(archive, id)) {
        let Some(place) = Ordinal::all(&note.said.claim, None).next() else {
            continue;
        };
        let mut before = series.timeline.before(place, note.id);
        let (Some((_, previous)), Some((_, earlier))) = (before.next(), before.next()) else {
            continue;
        };
        let next = series.timeline.after(place, note.id).next();
        let next = next.map(|(_, date)| date);
        let day = day_number(note.date);
        let too_early =
            day_number(earlier) - day > A_JUMP && next.is_none_or(|next| note.date < next);
        let year_late = next.is_some_and(|next| {
            let back = note.date.saturating_sub(1.year());
            previous <= back && back <= next && day - day_number(next) > 270
        });
        let when = if too_early {
            let days = wording::days(days_apart(previous, note.date));
            format!("{days} before the note that it follows")
        } else {
            "a year after the notes around it".to_owned()
        };
        // The two notes before must be in order themselves.
        if earlier <= previous && (too_early || year_late) {
            let name = match note.said.claim.season {
                Some(_) => wording::weeks(&note.said.claim),
                None => format!("note {}", place.number),
            };
            let message = format!("{name} is dated {when}");
            let around = format!("the note before it is dated {}", wording::day(previous));
            report(archive, &note, message, around, cx);
        }
    }
}

/// Whether the dates of a series rise with its numbers almost always.
fn rises(series: &Collection) -> bool {
    let entries = series.timeline.entries().iter();
    let dated: Vec<Date> = entries.filter_map(|entry| entry.date).collect();
    let pairs = dated.iter().zip(dated.iter().skip(1));
    let rising = pairs.filter(|(one, other)| one <= other).count();
    series.timeline.is_one_sequence() && almost_always(rising, dated.len().saturating_sub(1))
}

fn report(archive: &Archive, note: &Dated, message: String, under: String, cx: &mut Context) {
    let help = match archive.days_of(note.id) {
        Some(_) => "correct the date, or the number of the week if that is wrong",
        None => "correct the date, or the number if that is wrong",
    };
    cx.report_at(note.id.at(note.span), note.key, message)
        .note(under)
        .help(help)
        .label(note.said.span, wording::says(note.said));
}

#[cfg(test)]
mod tests;
