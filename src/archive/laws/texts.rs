//! Laws of texts: their forms, and texts that repeat each other.

use super::columns::{Column, ColumnId, MOST_NUMBERS, Slot, filled};
use super::share::needed;
use super::slips::{is_slip, slug};
use super::table::{Cell, Field, Row};
use super::{Aspect, Breach, Broken, Deviation, Law, Learner, Partner, Unit};
use crate::archive::claims::same_wording;
use crate::hash::{self, QuickMap, QuickSet};
use crate::names::edits;
use crate::order::Order;
use crate::source::Text;
use crate::week::statements::{Stated, form, misspelt_month, statements};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::mem::{Discriminant, discriminant};

/// The numbers of a name that are looked at: those of a day, or of a season, an episode and a day's number.
const MOST_PARTS: usize = 3;

/// How many bytes of a text are looked through for a stray character.
const HEAD: usize = 120;

impl Learner<'_> {
    /// A place that is nearly formed as always: what it states shows once one character is taken away.
    pub(super) fn forms(&mut self) {
        let rows = self.rows;
        for &field in &self.rows.places {
            if matches!(field, Field::Opening | Field::Folder | Field::Path)
                || rows.key(field).contains("[]")
            {
                continue;
            }
            let cell = |row: usize| rows.cell(row, field).filter(|cell| !cell.said.is_empty());
            let forms = (0..rows.len()).map(|row| Some(form(cell(row)?.text, &cell(row)?.said)));
            let forms: Vec<Option<String>> = forms.collect();
            if forms.iter().flatten().count() < 10 {
                continue;
            }
            let form_of = |row: usize| forms.get(row)?.as_ref();
            let values = self.in_order(|row| Some(hash::of(form_of(row)?) as i64));
            let unit = (field, Aspect::Form);
            self.law(Law::Form, &[unit], &values, 0.4, |deviation| {
                if deviation.same > 2 || deviation.in_clump {
                    return None;
                }
                let typical = values.iter().find(|(_, form)| *form == deviation.mode)?.0;
                let (wanted, found) = (form_of(typical)?, form_of(deviation.row)?);
                let (cell, other) = (cell(deviation.row)?, cell(typical)?);
                let broken = if field == Field::Name {
                    let path = &rows.get(deviation.row)?.document.path;
                    misnamed(found, wanted, path, other.text.to_owned())?
                } else {
                    let is_whole = kinds(cell).eq(kinds(other));
                    Broken::Stray(stray_character(cell.text, wanted, is_whole)?)
                };
                Some((Some(needed::SLIP), broken))
            });
        }
        self.widths();
    }

    /// A number in the name that lacks the zero with which others of its size begin: `2024-3-8` among `2024-03-08`.
    fn widths(&mut self) {
        let (rows, unit) = (self.rows, (Field::Name, Aspect::Form));
        let number = |row: usize, at: usize| numbers_in(rows.text(row, Field::Name)).nth(at);
        for at in 0..MOST_PARTS {
            let values = self.in_order(|row| i64::try_from(number(row, at)?.len()).ok());
            let is_padded = |row| number(row, at).is_some_and(|digits| digits.starts_with('0'));
            let Some((padded, width)) = values.iter().find(|(row, _)| is_padded(*row)) else {
                continue;
            };
            self.law(Law::Form, &[unit], &values, 0.5, |deviation| {
                let lone = deviation.same <= 2 && !deviation.in_clump;
                let is_short = deviation.mode == *width && deviation.value < *width;
                let example = rows.text(*padded, Field::Name).to_owned();
                (lone && is_short).then_some((Some(needed::CONFLICT), Broken::NameForm(example)))
            });
        }
    }

    /// The texts of the places that many rows have, and most each for itself, in letters and digits alone; that of the
    /// name also without its date.
    fn columns_of_texts(&self) -> Vec<TextColumn> {
        let mut columns: BTreeMap<(Field, bool), TextColumn> = BTreeMap::new();
        for (at, cell) in self.rows.cells() {
            let field = cell.field;
            if cell.text.is_empty()
                || cell.text.len() >= 120
                || matches!(field, Field::Folder | Field::Path | Field::Opening)
                || self.is_stamp(field)
            {
                continue;
            }
            let bare = without_date(cell.text).filter(|_| field == Field::Name);
            for (is_bare, text) in [(false, Some(cell.text)), (true, bare)] {
                if let Some(text) = text {
                    let column = columns.entry((field, is_bare));
                    let new = || TextColumn::new(field, is_bare, self.len());
                    column.or_insert_with(new).add(at, slug(text));
                }
            }
        }
        let enough = 5.max(self.len() * 3 / 10);
        let is_enough = |column: &TextColumn| {
            column.filled >= enough && column.counts.len() * 2 >= column.filled
        };
        let columns = columns.into_values().filter(is_enough);
        let mut columns: Vec<TextColumn> = columns.collect();
        columns.order_by_key(|column| (Reverse(column.filled), column.field, column.is_bare));
        columns.truncate(MOST_NUMBERS);
        columns
    }

    /// Places that repeat each other: a near miss or the text of another note is a mistake, another wording is not.
    pub(super) fn texts(&mut self) {
        let columns = self.columns_of_texts();
        for (at, one) in columns.iter().enumerate() {
            for other in columns.iter().skip(at + 1) {
                if one.field != other.field {
                    self.equal_texts(one, other);
                }
            }
            let (texts, field) = (&one.texts, one.field);
            let is_own = one.counts.len() * 20 >= one.filled * 19;
            let is_full = one.filled * 10 >= self.len() * 6;
            if self.is_series && matches!(field, Field::Key(_)) && is_own && is_full {
                let is_long = |row: usize, text: &str| {
                    let is_prose = self.rows.text(row, field).matches(' ').nth(1).is_some();
                    text.len() >= 15 && text.matches('-').nth(1).is_some() && is_prose
                };
                let long = texts.iter().enumerate();
                let long = long.filter_map(|(row, text)| Some((row, text.as_ref()?)));
                let long = long.filter(|(row, text)| is_long(*row, text));
                let long = long.map(|(row, text)| (row, text.to_string())).collect();
                self.unique((field, Aspect::Text), &long, true);
            }
        }
    }

    fn equal_texts(&mut self, one: &TextColumn, other: &TextColumn) {
        let rows = self.rows;
        let values = self.in_order(|row| Some(i64::from(one.text(row)? == other.text(row)?)));
        let equal = values.iter().filter(|(_, equal)| *equal == 1).count();
        if equal * 10 < values.len() * 6 {
            return;
        }
        let fields = [one.field, other.field];
        let units = fields.map(|field| self.unit_of_text(field));
        let is_headed = fields.contains(&Field::Heading);
        let are_all = |is: fn(Aspect) -> bool| units.iter().all(|unit| is(unit.1));
        let are_days = are_all(|one| one == Aspect::Day);
        let states = is_headed && are_all(|one| one != Aspect::Text);
        let is_name = fields.contains(&Field::Name);
        let has_blanks = |field: &Field| rows.column(*field).any(|cell| cell.text.contains(' '));
        let is_prose = is_name && fields.iter().any(has_blanks);
        let is_kept = !is_headed
            && !one.is_bare
            && !other.is_bare
            && !fields.iter().any(|field| self.is_address(*field));
        self.law(Law::EqualTexts, &units, &values, 0.5, |deviation| {
            let row = rows.get(deviation.row)?;
            let is_misspelt = |field: &Field| {
                let cell = row.cell(*field);
                cell.is_some_and(|cell| misspelt_month(cell.text, &cell.said).is_some())
            };
            if deviation.mode == 0
                || deviation.in_clump
                || is_prose
                || fields.iter().any(is_misspelt)
            {
                return None;
            }
            let (a, b) = (one.text(deviation.row)?, other.text(deviation.row)?);
            // Several weeks are named in the plural, which a name may do without.
            let is_run = |field: &Field| row.cell(*field).is_some_and(Cell::states_run);
            if fields.iter().all(is_run) {
                return None;
            }
            // Another number or day is what other laws speak of.
            let parts = |text: &str, of: fn(char) -> bool| text.replace(|c| !of(c), "");
            let differs = |of| parts(a, of) != parts(b, of);
            let is_told = states || are_days && !a.contains(char::is_alphabetic);
            if is_told && !differs(char::is_alphabetic) && differs(char::is_numeric) {
                return None;
            }
            // A topic may follow what two places repeat.
            let is_behind = |text: &str, of: &str| {
                let rest = text.strip_prefix(of);
                !of.is_empty() && rest.is_some_and(|rest| rest.starts_with('-'))
            };
            if is_behind(a, b) || is_behind(b, a) {
                return None;
            }
            let flat = |text: &str| {
                let letters = text.chars().filter(|letter| letter.is_alphanumeric());
                letters.take(60).collect::<String>()
            };
            let apart = edits(&flat(a), &flat(b));
            let need = if a.len() > 5 && matches!(apart, 1 | 2) {
                needed::SLIP
            } else if one.is_copied(a) || other.is_copied(b) {
                0.75
            } else if apart > 0 && is_name && is_kept {
                need_of_difference(&deviation)
            } else {
                return None;
            };
            let [a, b] = fields.map(|field| row.text(field).to_owned());
            Some((Some(need), Broken::Texts(a, b)))
        });
        if !is_name && is_headed {
            self.titles(one.field, other.field);
        }
    }

    /// Two titles that are equal in nearly all rows, and plainly different in one.
    fn titles(&mut self, one: Field, other: Field) {
        let (rows, is_series) = (self.rows, self.is_series);
        let values = self.in_order(|row| {
            let row = rows.get(row)?;
            let (one, other) = (row.cell(one)?.text, row.cell(other)?.text);
            let is_equal = same_wording(one, other);
            (!one.is_empty() && !other.is_empty()).then_some(i64::from(is_equal))
        });
        let units = [(one, Aspect::Text), (other, Aspect::Text)];
        self.law(Law::EqualTexts, &units, &values, 0.5, |deviation| {
            let row = rows.get(deviation.row)?;
            let is_mistake =
                deviation.mode == 1 && !deviation.in_clump && differ(row, one, other, is_series);
            let [a, b] = [one, other].map(|field| row.text(field).to_owned());
            is_mistake.then_some((Some(need_of_difference(&deviation)), Broken::Texts(a, b)))
        });
    }

    /// Keys that repeat the file's name in nearly all of the archive, and not here.
    pub(super) fn names(&mut self) {
        let rows = self.rows;
        for (at, cell) in rows.cells() {
            let name = rows.text(at, Field::Name);
            // The page of a folder lists others, and is kept in its own way.
            let is_of_folder = rows.get(at).is_none_or(|row| row.document.stem() != name);
            let is_name = cell.text.is_empty() || cell.date.is_some() || cell.text == name;
            let known = self.around.keys.get(rows.key(cell.field));
            let share = known.filter(|share| share.certainty() >= needed::FORM);
            if let Some(share) = share
                && !is_of_folder
                && !is_name
                && !self.is_address(cell.field)
            {
                let broken = Broken::Texts(cell.text.to_owned(), name.to_owned());
                let (unit, partner) = ((cell.field, Aspect::Text), (Field::Name, Aspect::Text));
                let breach = Breach::new(Law::EqualTexts, at, unit, *share, broken);
                self.breach(breach.against(Partner::Unit(partner)).needs(needed::FORM));
            }
        }
    }

    /// Whether a key gives the page another address than its name would.
    fn is_address(&self, field: Field) -> bool {
        let key = self.rows.key(field);
        matches!(key, "slug" | "permalink" | "url" | "aliases")
    }

    /// The text of a place that mostly states a day or a number is wrong where these are wrong.
    pub(super) fn unit_of_text(&self, field: Field) -> Unit {
        let most = |columns: &BTreeMap<ColumnId, Column>| {
            let mut columns = columns.iter().filter(|(id, _)| id.0 == field);
            columns.any(|(id, column)| {
                !matches!(id.1, Slot::Counted(_)) && filled(column) * 10 >= self.len() * 8
            })
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

/// The texts of a place, row by row.
struct TextColumn {
    field: Field,
    /// Whether they are names without the dates that these begin with.
    is_bare: bool,
    texts: Vec<Option<Text>>,
    /// How many rows have one.
    filled: usize,
    /// How often each text comes, by its hash.
    counts: QuickMap<u64, usize>,
}

impl TextColumn {
    fn new(field: Field, is_bare: bool, rows: usize) -> Self {
        TextColumn {
            field,
            is_bare,
            texts: vec![None; rows],
            filled: 0,
            counts: QuickMap::default(),
        }
    }

    fn add(&mut self, row: usize, text: Text) {
        *self.counts.entry(hash::of(&text)).or_default() += 1;
        self.filled += 1;
        if let Some(cell) = self.texts.get_mut(row) {
            *cell = Some(text);
        }
    }

    fn text(&self, row: usize) -> Option<&str> {
        self.texts.get(row)?.as_deref()
    }

    fn is_copied(&self, text: &str) -> bool {
        self.counts
            .get(&hash::of(text))
            .is_some_and(|count| *count > 1)
    }
}

/// The kinds of what a cell states.
fn kinds(cell: &Cell) -> impl Iterator<Item = Discriminant<Stated>> {
    let kinds = cell.said.iter().map(|said| match said.stated {
        Stated::EitherDay(day, _) => Stated::Day(Some(day)),
        stated => stated,
    });
    kinds.map(|stated| discriminant(&stated))
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
        let words = words.map(|word| word.trim_end_matches('s').to_owned());
        words.collect::<Vec<_>>()
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
    let numbers = |field| -> QuickSet<i64> {
        let cell = row.cell(field).into_iter();
        cell.flat_map(Cell::numbers).collect()
    };
    // What only states days or numbers may be followed by a topic.
    let is_stated = |field| {
        let text = row.text(field);
        let form = form(text, &statements(text));
        !form.contains(char::is_alphabetic)
    };
    let is_titled = is_stated(one) != is_stated(other);
    // Another day or week in full, or none, is what other laws speak of.
    let in_full = |field| -> Vec<Stated> {
        let said = row
            .cell(field)
            .into_iter()
            .flat_map(|cell| cell.said.iter());
        let said = said.map(|said| said.stated);
        said.filter(|stated| matches!(stated, Stated::Day(_) | Stated::Week(..)))
            .collect()
    };
    if slug(row.text(one)) == slug(row.text(other)) || in_full(one) != in_full(other) {
        return false;
    }
    let (one, two) = (slug(row.text(one)), (numbers(one), numbers(other)));
    let other = slug(row.text(other));
    let words = |text: &str| text.split('-').map(str::to_owned).collect::<QuickSet<_>>();
    let (first, second) = (words(&one), words(&other));
    let shared = first.intersection(&second).count();
    let is_part = one.starts_with(&*other) || other.starts_with(&*one);
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
