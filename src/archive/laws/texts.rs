//! Laws of texts: their forms, and texts that repeat each other.

use super::columns::{MOST_NUMBERS, Slot, filled};
use super::share::needed;
use super::slips::{edits, is_slip, slug};
use super::table::{Cell, Field, Row};
use super::{Aspect, Broken, Deviation, Law, Learner, Partner, Unit};
use crate::archive::claims::same_wording;
use crate::hash::{self, QuickMap};
use crate::week::statements::{Stated, form, misspelt_month, statements};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The numbers of a name that are looked at: those of a day, or of a season, an episode and a day's number.
const MOST_PARTS: usize = 3;

/// How many bytes of a text are looked through for a stray character.
const HEAD: usize = 120;

impl Learner<'_> {
    fn places(&self) -> BTreeSet<Field> {
        let cells = self.rows.rows.iter().flat_map(|row| &row.cells);
        cells.map(|cell| cell.field).collect()
    }

    /// A place that is nearly formed as always: what it states shows once one character is taken away.
    pub(super) fn forms(&mut self) {
        for field in self.places() {
            if matches!(field, Field::Opening | Field::Folder | Field::Path)
                || self.rows.key(field).contains("[]")
            {
                continue;
            }
            let cells = self.rows.rows.iter().map(|row| row.cell(field));
            let forms: Vec<Option<String>> = cells
                .map(|cell| cell.filter(|cell| !cell.said.is_empty()))
                .map(|cell| cell.map(|cell| form(cell.text, &cell.said)))
                .collect();
            if forms.iter().flatten().count() < 10 {
                continue;
            }
            let form_of = |row: usize| forms.get(row)?.as_ref();
            let values = self.in_order(|row| Some(hash::of(form_of(row)?) as i64));
            let mut usual: BTreeMap<i64, usize> = BTreeMap::new();
            for (row, value) in &values {
                usual.entry(*value).or_insert(*row);
            }
            let rows = self.rows;
            self.law(
                Law::Form,
                &[(field, Aspect::Form)],
                &values,
                0.4,
                |deviation| {
                    if deviation.same > 2 || deviation.in_clump {
                        return None;
                    }
                    let typical = *usual.get(&deviation.mode)?;
                    let (wanted, found) = (form_of(typical)?, form_of(deviation.row)?);
                    let cell = rows.rows.get(deviation.row)?.cell(field)?;
                    if field == Field::Name {
                        let example = rows.rows.get(typical)?.text(field).to_owned();
                        let row = rows.rows.get(deviation.row)?;
                        let broken = misnamed(found, wanted, &row.document.path, example)?;
                        return Some((Some(needed::SLIP), broken));
                    }
                    let kinds = |row: usize| {
                        let said = rows
                            .rows
                            .get(row)
                            .and_then(|row| row.cell(field))
                            .map(|cell| &cell.said);
                        let kinds = said
                            .into_iter()
                            .flatten()
                            .map(|said| match said.stated {
                                Stated::EitherDay { day_first, .. } => Stated::Day(day_first),
                                stated => stated,
                            })
                            .map(|stated| std::mem::discriminant(&stated));
                        kinds.collect::<Vec<_>>()
                    };
                    let stray =
                        stray_character(cell.text, wanted, kinds(typical) == kinds(deviation.row))?;
                    Some((Some(needed::SLIP), Broken::Stray(stray)))
                },
            );
        }
        self.widths();
    }

    /// A number in the name that lacks the zero with which others of its size begin: `2024-3-8` among `2024-03-08`.
    fn widths(&mut self) {
        let rows = self.rows;
        let number =
            |row: usize, at: usize| numbers_in(rows.rows.get(row)?.text(Field::Name)).nth(at);
        for at in 0..MOST_PARTS {
            let values = self.in_order(|row| i64::try_from(number(row, at)?.len()).ok());
            let padded = values
                .iter()
                .find(|(row, _)| number(*row, at).is_some_and(|digits| digits.starts_with('0')));
            let Some((padded, width)) = padded.copied() else {
                continue;
            };
            self.law(
                Law::Form,
                &[(Field::Name, Aspect::Form)],
                &values,
                0.5,
                |deviation| {
                    let lone = deviation.same <= 2 && !deviation.in_clump;
                    let is_short = deviation.mode == width && deviation.value < width;
                    let example = rows.rows.get(padded)?.text(Field::Name);
                    (lone && is_short)
                        .then(|| (Some(needed::CONFLICT), Broken::NameForm(example.to_owned())))
                },
            );
        }
    }

    /// Places that repeat each other: a near miss or the text of another note is a mistake, another wording is not.
    pub(super) fn texts(&mut self) {
        let mut columns: BTreeMap<(Field, bool), BTreeMap<usize, String>> = BTreeMap::new();
        for (at, row) in self.rows.rows.iter().enumerate() {
            for cell in &row.cells {
                let field = cell.field;
                let is_text = !cell.text.is_empty() && cell.text.len() < 120;
                if !is_text
                    || matches!(field, Field::Folder | Field::Path | Field::Opening)
                    || self.is_stamp(field)
                {
                    continue;
                }
                columns
                    .entry((field, false))
                    .or_default()
                    .insert(at, slug(cell.text));
                if field == Field::Name
                    && let Some(bare) = without_date(cell.text)
                {
                    columns
                        .entry((field, true))
                        .or_default()
                        .insert(at, slug(bare));
                }
            }
        }
        let enough = 5.max(self.len() * 3 / 10);
        let mut columns: Vec<((Field, bool), BTreeMap<usize, String>)> = columns
            .into_iter()
            .filter(|(_, column)| {
                let distinct: BTreeSet<&String> = column.values().collect();
                column.len() >= enough && distinct.len() * 2 >= column.len()
            })
            .collect();
        columns.sort_by_key(|(id, column)| (Reverse(column.len()), *id));
        columns.truncate(MOST_NUMBERS);
        let counts: Vec<QuickMap<&str, usize>> = columns
            .iter()
            .map(|(_, column)| {
                let mut counts = QuickMap::default();
                for text in column.values() {
                    *counts.entry(text.as_str()).or_default() += 1;
                }
                counts
            })
            .collect();
        let other_kind = self.named_otherwise();
        for (i, (one, a)) in columns.iter().enumerate() {
            for (j, (other, b)) in columns.iter().enumerate().skip(i + 1) {
                if one.0 == other.0 {
                    continue;
                }
                let values = self.in_order(|row| Some(i64::from(a.get(&row)? == b.get(&row)?)));
                let equal = values.iter().filter(|(_, equal)| *equal == 1).count();
                if equal * 10 < values.len() * 6 {
                    continue;
                }
                let units = [self.unit_of_text(one.0), self.unit_of_text(other.0)];
                let states = units.iter().all(|unit| unit.1 != Aspect::Text)
                    && (one.0 == Field::Heading || other.0 == Field::Heading);
                let is_name = one.0 == Field::Name || other.0 == Field::Name;
                let has_blanks = |field| {
                    self.rows
                        .rows
                        .iter()
                        .any(|row| row.text(field).contains(' '))
                };
                let is_prose = is_name && (has_blanks(one.0) || has_blanks(other.0));
                let repeats = |place: &&(Field, bool)| {
                    !place.1 && place.0 != Field::Heading && !self.is_address(place.0)
                };
                let is_kept = [one, other].iter().all(repeats);
                let rows = self.rows;
                let copied = |at: usize, text: &String| {
                    counts
                        .get(at)
                        .and_then(|counts| counts.get(text.as_str()))
                        .is_some_and(|count| *count > 1)
                };
                self.law(Law::EqualTexts, &units, &values, 0.5, |deviation| {
                    if deviation.mode == 0 || deviation.in_clump || is_prose {
                        return None;
                    }
                    let (a, b) = (a.get(&deviation.row)?, b.get(&deviation.row)?);
                    let is_misspelt = |field| {
                        misspelt_month(
                            rows.rows
                                .get(deviation.row)
                                .map_or("", |row| row.text(field)),
                        )
                        .is_some()
                    };
                    if is_misspelt(one.0) || is_misspelt(other.0) {
                        return None;
                    }
                    let flat = |text: &str| {
                        text.chars()
                            .filter(|letter| letter.is_alphanumeric())
                            .take(60)
                            .collect::<String>()
                    };
                    // Another number or day is what other laws speak of.
                    let parts = |text: &str, of: fn(char) -> bool| text.replace(|c| !of(c), "");
                    let differs = |of| parts(a, of) != parts(b, of);
                    if states && !differs(char::is_alphabetic) && differs(char::is_numeric) {
                        return None;
                    }
                    let row = rows.rows.get(deviation.row)?;
                    let apart = edits(&flat(a), &flat(b));
                    let need = if a.len() > 5 && matches!(apart, 1 | 2) {
                        needed::SLIP
                    } else if copied(i, a) || copied(j, b) {
                        0.75
                    } else if apart > 0 && is_name && is_kept {
                        need_of_difference(&deviation)
                    } else {
                        return None;
                    };
                    let text = |field| row.text(field).to_owned();
                    Some((Some(need), Broken::Texts(text(one.0), text(other.0))))
                });
                if !is_name && (one.0 == Field::Heading || other.0 == Field::Heading) {
                    self.titles(one.0, other.0);
                }
            }
            let distinct = counts.get(i).map_or(0, QuickMap::len);
            let is_own = distinct * 20 >= a.len() * 19 && a.len() * 10 >= self.len() * 6;
            if self.is_series && matches!(one.0, Field::Key(_)) && is_own {
                let long = a
                    .iter()
                    .filter(|(_, text)| text.len() >= 15 && text.matches('-').nth(1).is_some())
                    .filter(|(row, _)| {
                        let row = self.rows.rows.get(**row);
                        row.is_some_and(|row| row.text(one.0).matches(' ').nth(1).is_some())
                    })
                    .map(|(row, text)| (*row, text.clone()))
                    .collect();
                self.unique((one.0, Aspect::Text), &long, true, &other_kind);
            }
        }
    }

    /// Two titles that are equal in nearly all rows, and plainly different in one.
    fn titles(&mut self, one: Field, other: Field) {
        let (rows, is_series) = (self.rows, self.is_series);
        let values = self.in_order(|row| {
            let row = rows.rows.get(row)?;
            let (one, other) = (row.cell(one)?.text, row.cell(other)?.text);
            let is_equal = same_wording(one, other);
            (!one.is_empty() && !other.is_empty()).then_some(i64::from(is_equal))
        });
        let units = [(one, Aspect::Text), (other, Aspect::Text)];
        self.law(Law::EqualTexts, &units, &values, 0.5, |deviation| {
            let row = rows.rows.get(deviation.row)?;
            let is_mistake =
                deviation.mode == 1 && !deviation.in_clump && differ(row, one, other, is_series);
            let text = |field| row.text(field).to_owned();
            is_mistake.then(|| {
                let broken = Broken::Texts(text(one), text(other));
                (Some(need_of_difference(&deviation)), broken)
            })
        });
    }

    /// Keys that repeat the file's name in nearly all of the archive, and not here.
    pub(super) fn names(&mut self) {
        let (name, mut found) = ((Field::Name, Aspect::Text), Vec::new());
        // The page of a folder lists others, and is kept in its own way.
        let rows = self.rows.rows.iter().enumerate();
        for (at, row) in rows.filter(|(_, row)| row.document.stem() == row.text(Field::Name)) {
            for cell in &row.cells {
                let known = self.around.keys.get(self.rows.key(cell.field));
                let is_name = cell.text.is_empty()
                    || cell.date.is_some()
                    || cell.text == row.text(Field::Name);
                let share = known.filter(|share| share.certainty() >= needed::FORM);
                let Some(share) = share.filter(|_| !is_name && !self.is_address(cell.field)) else {
                    continue;
                };
                let broken = Broken::Texts(cell.text.to_owned(), row.text(Field::Name).to_owned());
                let unit = (cell.field, Aspect::Text);
                let (partner, law) = (Partner::Unit(name), Law::EqualTexts);
                found.push((at, unit, partner, law, *share, broken));
            }
        }
        for (at, unit, partner, law, share, broken) in found {
            self.breach(at, unit, partner, needed::FORM, law, share, broken, None);
        }
    }

    /// Whether a key gives the page another address than its name would.
    fn is_address(&self, field: Field) -> bool {
        matches!(
            self.rows.key(field),
            "slug" | "permalink" | "url" | "aliases"
        )
    }

    /// The text of a place that mostly states a day or a number is wrong where these are wrong.
    pub(super) fn unit_of_text(&self, field: Field) -> Unit {
        let most = |columns: &BTreeMap<super::columns::ColumnId, super::columns::Column>| {
            columns
                .iter()
                .filter(|(id, _)| id.0 == field && !matches!(id.1, Slot::Counted(_)))
                .any(|(_, column)| filled(column) * 10 >= self.len() * 8)
        };
        let aspect = if most(&self.columns.days) {
            Aspect::Day
        } else if most(&self.columns.numbers) {
            Aspect::Number
        } else {
            Aspect::Text
        };
        (field, aspect)
    }
}

/// How a name of the form `found` misses the form that nearly all others have.
fn misnamed(found: &str, wanted: &str, path: &str, example: String) -> Option<Broken> {
    if found.strip_prefix(wanted).is_some_and(is_mark_of_copy) {
        return Some(Broken::NamedCopy(None));
    }
    // Jekyll publishes posts whose names begin with a day.
    if wanted.strip_prefix("#-") == Some(found) && path.split('/').any(|part| part == "_posts") {
        return Some(Broken::Undated(example));
    }
    let plain = |form: &str| {
        let kept = form.chars().filter(|c| c.is_alphabetic() || *c == '#');
        kept.flat_map(char::to_lowercase).collect::<String>()
    };
    let singular = |form: &str| {
        let words = form.split(|c: char| !c.is_alphabetic());
        words
            .map(|word| word.trim_end_matches('s').to_owned())
            .collect::<Vec<_>>()
    };
    let is_misspelt = is_slip(found, wanted)
        && found.matches('#').count() == wanted.matches('#').count()
        && singular(found) != singular(wanted);
    (plain(found) == plain(wanted) || is_misspelt).then_some(Broken::NameForm(example))
}

/// What editors, file managers and synchronising tools add to the name of a copy, each number as `#`.
const MARKS_OF_COPIES: [&str; 9] = [
    " copy",
    "-copy",
    "_copy",
    " (#)",
    "(#)",
    " (copy)",
    " - copy",
    " conflict",
    "~",
];

/// Whether the end of a name says that the file is a copy.
pub(super) fn is_mark_of_copy(rest: &str) -> bool {
    let rest = rest.trim_start_matches(".snip").to_lowercase();
    let bare = rest.strip_suffix(" #").unwrap_or(&rest);
    MARKS_OF_COPIES.contains(&bare)
        || bare.contains("conflicted copy")
        || bare.starts_with(".sync-conflict")
        || bare.starts_with(" (conflict")
        || bare.is_empty() && rest == " #"
}

/// How certain it must be that two places are equal before another text is a mistake.
fn need_of_difference(deviation: &Deviation) -> f64 {
    match deviation.is_rare {
        true => needed::SINGLE,
        false => needed::FORM,
    }
}

/// Whether two titles are plainly different: one is only a part of the other, or they share few words and, in a series,
/// name no weeks. Another wording of the same weeks is no difference, and other laws report different weeks.
fn differ(row: &Row, one: Field, other: Field, is_series: bool) -> bool {
    let numbers = |field| -> BTreeSet<i64> {
        row.cell(field)
            .into_iter()
            .flat_map(Cell::numbers)
            .collect()
    };
    // What only states days or numbers may be followed by a topic.
    let is_stated = |field| {
        let text = row.text(field);
        let form = form(text, &statements(text));
        !form.contains(char::is_alphabetic)
    };
    let is_titled = is_stated(one) != is_stated(other);
    let (one, two) = (slug(row.text(one)), (numbers(one), numbers(other)));
    let other = slug(row.text(other));
    let words = |text: &str| text.split('-').map(str::to_owned).collect::<BTreeSet<_>>();
    let (first, second) = (words(&one), words(&other));
    let shared = first.intersection(&second).count();
    let is_part = one.starts_with(&other) || other.starts_with(&one);
    let is_other = shared * 2 <= first.union(&second).count();
    if is_part && is_titled {
        return false;
    }
    if is_series {
        two.0 == two.1 && (is_part || two.0.is_empty() && is_other)
    } else {
        is_part || is_other
    }
}

/// The character without which `text` has the form that it has elsewhere. Where it states the same things with it (`is_whole`),
/// only one that no writer sets is a slip: a stop or a comma before a word.
fn stray_character(text: &str, wanted: &str, is_whole: bool) -> Option<char> {
    let head = text.char_indices().take_while(|(at, _)| *at < HEAD);
    head.filter(|(_, letter)| !letter.is_alphanumeric())
        .find_map(|(at, letter)| {
            let (before, after) = text.split_at_checked(at)?;
            let after = after.get(letter.len_utf8()..)?;
            let is_odd = matches!(letter, '.' | ',' | ';' | ':')
                && before.ends_with(' ')
                && after.starts_with(char::is_alphanumeric);
            if is_whole && !is_odd {
                return None;
            }
            let digit = |next: Option<char>| next.is_some_and(|next| next.is_ascii_digit());
            if digit(before.chars().next_back()) && digit(after.chars().next()) {
                return None;
            }
            let fits = |rest: &str| {
                let text = [before, rest].concat();
                form(&text, &statements(&text)) == wanted
            };
            let with_blank = || after.strip_prefix(' ').is_some_and(fits);
            (fits(after) || letter == '-' && with_blank()).then_some(letter)
        })
}

/// The runs of digits in a name.
fn numbers_in(name: &str) -> impl Iterator<Item = &str> {
    let parts = name.split(|letter: char| !letter.is_ascii_digit());
    parts.filter(|part| !part.is_empty())
}

/// A name without the date that it begins with.
fn without_date(name: &str) -> Option<&str> {
    let digits = |part: &str, length: usize| {
        part.len() <= length && !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut parts = name.splitn(4, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    (year.len() == 4 && digits(year, 4) && digits(month, 2) && digits(day, 2))
        .then(|| parts.next())?
}
