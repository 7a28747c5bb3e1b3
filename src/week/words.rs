//! The words by which numbers are known to be those of weeks, or not to be. Lists are separated by spaces.

use super::tokens::{Kind, Token};

/// Endings of the words that name a number as a week's; how they begin is free ("LifeWeekly").
const WEEK_ENDINGS: [&str; 6] = [
    "week",
    "weeks",
    "weekly",
    "weeknote",
    "weeknotes",
    "weeklies",
];

/// Other such words, which stand alone, in a few languages. Beyond ASCII both cases are given.
const WEEK_WORDS: [&str; 23] = [
    "wk",
    "wks",
    "kw",
    "woche",
    "semaine",
    "semana",
    "settimana",
    "vecka",
    "uge",
    "uke",
    "viikko",
    "tydzień",
    "tydzien",
    "týden",
    "tyden",
    "hafta",
    "hét",
    "неделя",
    "Неделя",
    "nedelya",
    "주차",
    "周",
    "週",
];

/// Those that may stand behind their number and a point: "7. hafta", "7. KW".
pub(super) const BEHIND_NUMBERS: &str = "hafta kw woche viikko týden tydzień hét uge uke vecka";

/// Names of months in other languages: what stands before them is a day.
pub(super) const OTHER_MONTHS: &str = "januar jänner februar märz mai juni juli oktober dezember januari februari maart mei \
                                       augusti augustus desember marts janvier février mars avril juin juillet août septembre \
                                       octobre novembre décembre enero febrero marzo abril mayo junio julio agosto \
                                       septiembre octubre noviembre diciembre janeiro fevereiro março maio junho julho \
                                       setembro outubro novembro dezembro gennaio febbraio aprile maggio giugno luglio \
                                       settembre ottobre dicembre";

/// Words that may stand between the week-word and its number.
pub(super) const FILLERS: &str = "notes note links link update log digest report newsletter roundup journal diary \
                                  recap summary review n nº no nr num number issue edition vol ep episode 報 报";

/// Words that name a number as a note's, without a week.
pub(super) const LABELS: &str = "notes note links log digest newsletter no nr issue edition";

/// What a number before it counts.
pub(super) const UNITS: &str = "days nights hours hrs minutes mins seconds weeks months years yrs things people ways \
                                reasons tips times lessons pages posts miles am pm percent st nd rd th x";

/// Words behind a number that make the note one of several about the week.
pub(super) const PARTS: &str = "bonus part pt extra continued";

/// Words that name what the weeks or notes of a numbered part are counted in: "Cycle 2, week 3", "Vol. 2, no. 3".
pub(super) const UNITS_OF_WEEKS: [&str; 11] = [
    "cycle",
    "year",
    "term",
    "trimester",
    "semester",
    "month",
    "sprint",
    "module",
    "phase",
    "volume",
    "vol",
];

/// Words that join two numbers of a run.
pub(super) const JOINING: &str = "and to till until through";

/// The numbers that are read as words, from zero.
const NUMBER_WORDS: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen \
                            fifteen sixteen seventeen eighteen nineteen";

/// The tens, from twenty.
const TENS: &str = "twenty thirty forty fifty sixty seventy eighty ninety";

/// Whether the token is a word such as "week" or "weeknotes".
pub(super) fn is_week_word(token: Token) -> bool {
    let text = token.text;
    let ends_with = |ending: &&str| {
        text.len()
            .checked_sub(ending.len())
            .and_then(|at| text.get(at..))
            .is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
    };
    // All endings have a `k`, which few other words have: this is asked of every word of every title.
    let has_k = || text.bytes().any(|byte| byte | 0x20 == b'k');
    token.kind == Kind::Word
        && (is_week_alone(token) || has_k() && WEEK_ENDINGS.iter().any(ends_with))
}

/// Whether the token is one of the words that stand alone, and not at the end of another, as in "weeknotes".
pub(super) fn is_week_alone(token: Token) -> bool {
    WEEK_WORDS.iter().any(|word| token.is(word))
}

/// Whether the token is a week-word of several weeks, so that a run is to be expected.
pub(super) fn is_plural(token: Token) -> bool {
    token.text.to_ascii_lowercase().ends_with("weeks")
}

/// Whether the token marks a number as such.
pub(super) fn is_hash(token: Token) -> bool {
    token.is_mark("#＃№")
}

/// Whether the token is of a script without spaces, so that it may stand directly behind a number: "08周", "05｜".
pub(super) fn is_ideograph(token: Token) -> bool {
    token.text.starts_with(|c: char| c > '\u{2e7f}')
}

/// The number below twenty that the token names in letters.
pub(super) fn number_word(token: Token) -> Option<u32> {
    let value = NUMBER_WORDS.split(' ').position(|word| token.is(word))?;
    u32::try_from(value).ok()
}

/// The tens that the token names in letters, as in "twenty-one".
pub(super) fn tens(token: Token) -> Option<u32> {
    let value = TENS.split(' ').position(|word| token.is(word))?;
    u32::try_from(10 * value + 20).ok()
}
