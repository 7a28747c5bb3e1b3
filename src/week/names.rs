//! The names of months and of the days of the week.
//!
//! English ones are known in full, with their first three letters, or in one of the other customary short forms (`Sept`,
//! `Tues`, `Weds`, `Thur`, `Thurs`). Both are known in ten other languages as well, to readers that ask for them.

use crate::word_list::lowercase;
use jiff::civil::Weekday;

/// The month, from 1, that a word in lower case names in English.
fn month_in_english(word: &str) -> Option<i8> {
    Some(match word {
        "jan" | "january" => 1,
        "feb" | "february" => 2,
        "mar" | "march" => 3,
        "apr" | "april" => 4,
        "may" => 5,
        "jun" | "june" => 6,
        "jul" | "july" => 7,
        "aug" | "august" => 8,
        "sep" | "sept" | "september" => 9,
        "oct" | "october" => 10,
        "nov" | "november" => 11,
        "dec" | "december" => 12,
        _ => return None,
    })
}

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
    let lower = &*lowercase(word);
    let (english, abroad) = (month_in_english(lower), month_abroad(lower));
    Some(Month {
        number: english.or(abroad)?,
        abroad: abroad.is_some(),
        doubtful: DOUBTFUL.contains(&lower),
    })
}

/// The day of the week that a word in lower case names in English.
fn weekday_in_english(word: &str) -> Option<Weekday> {
    Some(match word {
        "mon" | "monday" => Weekday::Monday,
        "tue" | "tues" | "tuesday" => Weekday::Tuesday,
        "wed" | "weds" | "wednesday" => Weekday::Wednesday,
        "thu" | "thur" | "thurs" | "thursday" => Weekday::Thursday,
        "fri" | "friday" => Weekday::Friday,
        "sat" | "saturday" => Weekday::Saturday,
        "sun" | "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// The same in the languages whose months are known, in full. A word that stands for two days of the week, for a month
/// ("mawrth"), or for something else before a date ("llun", a picture), is left out.
fn weekday_abroad(word: &str) -> Option<Weekday> {
    Some(match word {
        "montag" | "lundi" | "lunes" | "lunedì" | "segunda" | "maandag" | "måndag" | "mandag" => {
            Weekday::Monday
        }
        "dienstag" | "mardi" | "martes" | "martedì" | "terça" | "dinsdag" | "tisdag"
        | "tirsdag" => Weekday::Tuesday,
        "mittwoch" | "mercredi" | "miércoles" | "mercoledì" | "quarta" | "woensdag" | "onsdag"
        | "mercher" => Weekday::Wednesday,
        "donnerstag" | "jeudi" | "jueves" | "giovedì" | "quinta" | "donderdag" | "torsdag" => {
            Weekday::Thursday
        }
        "freitag" | "vendredi" | "viernes" | "venerdì" | "sexta" | "vrijdag" | "fredag"
        | "gwener" => Weekday::Friday,
        "samstag" | "sonnabend" | "samedi" | "sábado" | "sabato" | "zaterdag" | "lördag"
        | "lørdag" | "sadwrn" => Weekday::Saturday,
        "sonntag" | "dimanche" | "domingo" | "domenica" | "zondag" | "söndag" | "søndag" => {
            Weekday::Sunday
        }
        _ => return None,
    })
}

/// Whether a word names a day of the week: in English in full or in short, in other languages in full.
pub(crate) fn is_weekday(word: &str) -> bool {
    let lower = &*lowercase(word);
    weekday_in_english(lower).is_some() || weekday_abroad(lower).is_some()
}

/// The day of the week that a word names in full, in English or in one of the languages of [`month_abroad`], in any case.
pub(super) fn weekday_in_any_language(word: &str) -> Option<Weekday> {
    let lower = &*lowercase(word);
    let english = weekday_in_english(lower).filter(|_| lower.ends_with("day"));
    english.or_else(|| weekday_abroad(lower))
}

/// The month, from 1, that an English word names in any case.
pub fn month(word: &str) -> Option<i8> {
    month_in_english(&lowercase(word))
}

/// The day of the week that an English word names in any case.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    weekday_in_english(&lowercase(word))
}

#[cfg(test)]
mod tests;
