//! The words by which numbers are known to be those of weeks, or not to be.

use crate::word_list::WordList;

/// Endings of the words that name a number as a week's; how they begin is free ("LifeWeekly").
const WEEK_ENDINGS: &str = "week weeks weekly weeknote weeknotes weeklies";

/// Other such words, which stand alone, in a few languages.
pub(super) static WEEK_WORDS: WordList = WordList::new(
    "wk wks kw woche semaine semana settimana vecka uge uke viikko tydzień tydzien týden tyden \
     hafta hét неделя nedelya 주차 周 週",
);

/// Those that may stand behind their number and a point: "7. hafta", "7. KW".
pub(super) static BEHIND_NUMBERS: WordList =
    WordList::new("hafta kw woche viikko týden tydzień hét uge uke vecka");

/// Words that may stand between the week-word and its number.
pub(super) static FILLERS: WordList = WordList::new(
    "notes note links link update log digest report newsletter roundup journal diary \
     recap summary review n nº no nr num number issue edition vol ep episode 報 报",
);

/// Words that name a number as a note's, without a week.
pub(super) static LABELS: WordList =
    WordList::new("notes note links log digest newsletter no nr issue edition");

/// What a number before it counts.
pub(super) static UNITS: WordList = WordList::new(
    "days nights hours hrs minutes mins seconds weeks months years yrs things people ways \
     reasons tips times lessons pages posts miles am pm percent st nd rd th x",
);

/// Words that name what the weeks or notes of a numbered part are counted in: "Cycle 2, week 3", "Vol. 2, no. 3".
pub(super) static UNITS_OF_WEEKS: WordList =
    WordList::new("cycle year term trimester semester month sprint module phase volume vol");

/// Words that name a season, in the languages whose months are known.
pub(super) static SEASONS: WordList = WordList::new(
    "s series season staffel saison temporada stagione seizoen säsong sæson sesong tymor",
);

/// Words that name an episode of a season.
pub(super) static EPISODES: WordList = WordList::new(
    "e x ep episode folge épisode episodio episódio aflevering avsnitt episod afsnit pennod",
);

/// Words that join two numbers of a run.
pub(super) static JOINING: WordList = WordList::new("and to till until through");

/// Words before a week that is none in particular.
pub(super) static VAGUE: WordList = WordList::new("this last next per every each a that one");

/// The numbers that are read as words, from zero.
static NUMBER_WORDS: WordList = WordList::new(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen \
     fifteen sixteen seventeen eighteen nineteen",
);

/// The tens, from twenty.
static TENS: WordList = WordList::new("twenty thirty forty fifty sixty seventy eighty ninety");

/// The letters that a text begins with; of Chinese, Japanese and Korean too.
pub(super) fn first_word(text: &str) -> &str {
    let rest = text.trim_start_matches(char::is_alphabetic);
    text.get(..text.len() - rest.len()).unwrap_or("")
}

/// The letters that a text ends with, but for whitespace.
pub(super) fn last_word(text: &str) -> &str {
    let text = text.trim_end();
    let before = text.trim_end_matches(char::is_alphabetic);
    text.get(before.len()..).unwrap_or("")
}

/// Whether a word is one such as "week" or "weeknotes".
pub(super) fn is_week_word(word: &str) -> bool {
    let ends_with = |ending: &str| {
        let at = word.len().checked_sub(ending.len());
        let tail = at.and_then(|at| word.get(at..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
    };
    // All endings have a `k`, which few other words have: this is asked of every word of every title.
    let has_k = || word.bytes().any(|byte| byte | 0x20 == b'k');
    WEEK_WORDS.has(word)
        || word.starts_with(['周', '週'])
        || has_k() && WEEK_ENDINGS.split(' ').any(ends_with)
}

/// Whether a character marks a number as such.
pub(super) fn is_hash(c: char) -> bool {
    matches!(c, '#' | '＃' | '№')
}

/// Whether a character is of a script without spaces, so that it may stand directly behind a number: "08周", "05｜".
pub(super) fn is_ideograph(c: char) -> bool {
    c > '\u{2e7f}'
}

/// The number below one hundred that a text begins with in letters, as "twenty-one", and how long that is.
pub(super) fn number_in_letters(text: &str) -> Option<(u32, usize)> {
    let word = first_word(text);
    let number = |place: usize| u32::try_from(place).ok();
    let Some(tens) = TENS.place(word) else {
        return Some((number(NUMBER_WORDS.place(word)?)?, word.len()));
    };
    let ones = text.get(word.len() + 1..).map_or("", first_word);
    let place = NUMBER_WORDS
        .place(ones)
        .filter(|place| (1..10).contains(place));
    let length = word.len() + place.map_or(0, |_| 1 + ones.len());
    Some((number(10 * tens + 20 + place.unwrap_or(0))?, length))
}
