//! The names of months and of the days of the week.
//!
//! English ones are known in full, with their first three letters, or in one of the other customary short forms (`Sept`,
//! `Tues`, `Weds`, `Thur`, `Thurs`). Both are known in ten other languages as well, to readers that ask for them.

use crate::names::is_any;
use jiff::civil::Weekday;

/// The months. Their first three letters tell them apart.
const MONTHS: &str =
    "january february march april may june july august september october november december";

/// The days of the week, likewise.
const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday";

/// The customary forms between three letters and the full name.
const SHORT_FORMS: &str = "sept tues weds thur thurs";

/// A month that a word names in some language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month {
    /// From 1.
    pub(super) number: i8,
    /// Whether a language other than English has the word, too.
    pub(super) abroad: bool,
    /// Whether English has the word for something else: "5 out of 10", "Gen 2". It is a month only in a full date.
    pub(super) doubtful: bool,
}

/// The month, from 1, that a word in lower case names in German, French, Spanish, Italian, Portuguese, Dutch, Swedish,
/// Danish, Norwegian or Welsh: in full, in the customary short forms, and as file names spell it, without accents.
fn month_abroad(word: &str) -> Option<i8> {
    Some(match word {
        "jan" | "januar" | "jänner" | "jän" | "janvier" | "janv" | "enero" | "ene" | "gennaio"
        | "gen" | "janeiro" | "januari" | "ionawr" => 1,
        "feb" | "februar" | "feber" | "février" | "fevrier" | "févr" | "fév" | "fevr"
        | "febrero" | "febbraio" | "fevereiro" | "fev" | "februari" | "chwefror" => 2,
        "mar" | "märz" | "maerz" | "mär" | "mrz" | "mars" | "marzo" | "março" | "maart" | "mrt"
        | "marts" | "mawrth" => 3,
        "apr" | "april" | "avril" | "avr" | "abril" | "abr" | "aprile" | "ebrill" => 4,
        "mai" | "mayo" | "maggio" | "mag" | "maio" | "mei" | "maj" => 5,
        "jun" | "juni" | "juin" | "junio" | "giugno" | "giu" | "junho" | "mehefin" => 6,
        "jul" | "juli" | "juillet" | "juil" | "julio" | "luglio" | "lug" | "julho"
        | "gorffennaf" => 7,
        "aug" | "august" | "août" | "aout" | "agosto" | "ago" | "augustus" | "augusti" | "awst" => {
            8
        }
        "sep" | "sept" | "september" | "septembre" | "septiembre" | "setiembre" | "settembre"
        | "set" | "setembro" | "medi" => 9,
        "okt" | "oktober" | "octobre" | "oct" | "octubre" | "ottobre" | "ott" | "outubro"
        | "out" | "hydref" => 10,
        "nov" | "november" | "novembre" | "noviembre" | "novembro" | "tachwedd" => 11,
        "dez" | "dezember" | "décembre" | "decembre" | "déc" | "diciembre" | "dicembre" | "dic"
        | "dezembro" | "dec" | "december" | "des" | "desember" | "rhagfyr" => 12,
        _ => return None,
    })
}

/// Short forms that English has for other words.
const DOUBTFUL: [&str; 7] = ["ago", "des", "ene", "gen", "mag", "out", "set"];

/// The month that a word names in English or in one of the languages of [`month_abroad`], in any case.
pub(super) fn month_in_any_language(word: &str) -> Option<Month> {
    // "gorffennaf" and "septiembre" are the longest; a longer word is not even put into lower case.
    if !(3..=12).contains(&word.len()) {
        return None;
    }
    let lower = &*word.to_lowercase();
    let (english, abroad) = (index(lower, MONTHS), month_abroad(lower));
    let english = english.and_then(|index| i8::try_from(index + 1).ok());
    Some(Month {
        number: english.or(abroad)?,
        abroad: abroad.is_some(),
        doubtful: DOUBTFUL.contains(&lower),
    })
}

/// The days of the week in the languages whose months are known, each in full, in the order of the week. A word that stands
/// for two of them, for a month ("mawrth"), or for something else before a date ("llun", a picture), is left out.
const DAYS_ABROAD: [&str; 7] = [
    "montag lundi lunes lunedì segunda maandag måndag mandag",
    "dienstag mardi martes martedì terça dinsdag tisdag tirsdag",
    "mittwoch mercredi miércoles mercoledì quarta woensdag onsdag mercher",
    "donnerstag jeudi jueves giovedì quinta donderdag torsdag",
    "freitag vendredi viernes venerdì sexta vrijdag fredag gwener",
    "samstag sonnabend samedi sábado sabato zaterdag lördag lørdag sadwrn",
    "sonntag dimanche domingo domenica zondag söndag søndag",
];

/// Whether a word names a day of the week: in English in full or in short, in other languages in full.
pub(crate) fn is_weekday(word: &str) -> bool {
    weekday(word).is_some() || weekday_in_any_language(word).is_some()
}

/// The day of the week that a word names in full, in English or in one of the languages of [`month_abroad`], in any case.
pub(super) fn weekday_in_any_language(word: &str) -> Option<Weekday> {
    if word.len() < 3 {
        return None;
    }
    let lower = word.to_lowercase();
    let names = DAYS.split(' ').zip(DAYS_ABROAD);
    let mut days = names.map(|(english, abroad)| english == lower || is_any(&lower, abroad));
    Weekday::from_monday_zero_offset(i8::try_from(days.position(|is_named| is_named)?).ok()?).ok()
}

/// Index of the name out of `list` that a word in lower case is in English, in full or in short.
fn index(lower: &str, list: &str) -> Option<usize> {
    let short = lower.len() == 3 || is_any(lower, SHORT_FORMS);
    let start = lower.get(..3)?;
    list.split(' ')
        .position(|name| name == lower || short && name.starts_with(start))
}

/// The month, from 1, that an English word names in any case.
pub fn month(word: &str) -> Option<i8> {
    i8::try_from(index(&word.to_ascii_lowercase(), MONTHS)? + 1).ok()
}

/// The day of the week that an English word names in any case.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let index = index(&word.to_ascii_lowercase(), DAYS)?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}

#[cfg(test)]
mod tests;
