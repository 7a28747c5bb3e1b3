//! What a text calls the page that it names: weekly notes, something weekly, or the week of a number.
//!
//! Words are compared without what stands between them (`week-notes`, `Week notes` and `weeknotes` are one), without
//! accents, which names of files often lack, and only whole: `weeklies` is no `weekly`.
//!
//! Weekly notes have more names than a list can hold, but they are all made alike, of a word for the week and a word for
//! what is written (the lists are below):
//!
//! ```text
//! name   = week writing                    weeknotes, Wochenbericht, veckorapport, "Veckans anteckningar"
//!        | writing weekly                  "Notas semanales", "carnet hebdomadaire", "Bilan de la semaine"
//!        | [article] week "in" summary     "Week in review", "A semana em resumo", "La semaine en bref"
//! rhythm = weekly                          "This week in gardens", hebdo
//!        | week [preposition ...] day      "Week ending 3 May 2020", "Woche bis 3. Mai 2020"
//! ```

use crate::document::slug::unaccented;
use crate::source::Text;
use crate::week::Claim;
use crate::week::statements::Reading;
use crate::word_list::WordList;

/// What a page is called, the more telling last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Call {
    /// `week 12`; the pages of a course are called so, too.
    Week,
    /// `This week in gardens`, `2024-W07`: something that comes every week.
    Weekly,
    /// `weeknotes`: the thing itself.
    Note,
}

/// No name is shorter, in bytes: "uge" and "nyt".
const SHORTEST_NAME: usize = 6;

/// The names that are not made like the others.
static IRREGULAR_NOTES: WordList = WordList::new(
    "\
    weeklynote weeklynotes weeklylog weeklylogs wochenschau wochenpost settimanali еженедельник итогинедели",
);

/// The same in scripts that put nothing between words.
const IDEOGRAPHIC_NOTES: &str = "周刊 周报 周記 周记 週刊 週報 週記 주간";

/// What stands before the word for what is written. An English "weekly" is a rhythm alone: a weekly report may be anything.
static WEEKS_BEFORE: WordList = WordList::new(
    "\
    week wekelijkse wochen wochentliche wochentlicher wochentliches woechentliche woechentlicher vecko vecke \
    veckans veckovisa uge ugens ugentlig ugentlige uke ukes ukens ukentlig ukentlige",
);

/// What stands behind it.
static WEEKS_BEHIND: WordList = WordList::new(
    "\
    hebdo hebdos hebdomadaire hebdomadaires delasemaine decettesemaine semanal semanales semanais delasemana \
    deestasemana dasemana destasemana settimanale settimanali dellasettimana setmanal setmanals delasetmana \
    wythnosol yrwythnos 'rwythnos oftheweek ofthisweek fromtheweek fromthisweek derwoche dieserwoche \
    vandeweek vandezeweek",
);

/// The week that is told "in" something, with what leads to that.
static WEEKS_IN: WordList = WordList::new(
    "\
    weekin weekinhet wocheim wochein wocheinder semaineen semanaen semanaem settimanain veckani ugeni ukeni \
    wythnosmewn",
);

/// Words that may stand before such a week.
static BEFORE_WEEKS: WordList =
    WordList::new("the a my our this last la el o ma mi minha die meine de mijn onze yr");

/// Words for what somebody writes, in English, German, Dutch, Swedish, Danish, Norwegian, French, Spanish, Portuguese,
/// Italian and Welsh, without accents. What is drawn up beforehand (a plan, an agenda) is none of them.
static WRITINGS: WordList = WordList::new(
    "\
    note notes log logs journal journals diary review reviews recap recaps roundup roundups digest digests \
    report reports summary summaries newsletter newsletters bulletin bulletins letter letters reflection \
    reflections retrospective chronicle memo memos notiz notizen bericht berichte ruckblick ruckblicke \
    rueckblick rueckblicke brief briefe tagebuch logbuch protokoll protokolle ubersicht uebersicht \
    zusammenfassung chronik bilanz notitie notities overzicht overzichten berichten brieven verslag \
    verslagen rapport rapporten logboek boek journaal dagboek nieuws terugblik samenvatting aantekening \
    aantekeningen nieuwsbrief anteckning anteckningar brev rapporter logg notering noteringar kronika \
    oversikt sammanfattning summering nytt dagbok aterblick noter notat notater overblik oversigt referat \
    referater logbog dagbog opsummering nyt tilbageblik oppsummering tilbakeblikk carnet carnets bilan \
    bilans journaux compterendu comptesrendus resume resumes lettre lettres recapitulatif revue revues \
    chronique chroniques rapports blocnotes breves nouvelles infolettre billet billets synthese cahier nota \
    notas resumen resumenes boletin boletines informe informes diario diarios carta cartas apunte apuntes \
    bitacora bitacoras cronica cronicas reporte reportes repaso recuento balance cuaderno noticias resumo \
    resumos boletim boletins relatorio relatorios apontamento apontamentos anotacao anotacoes registro \
    registros registo balanco caderno relato relatos appunti resoconto resoconti riepilogo riepiloghi \
    bollettino bollettini rassegna lettera lettere riassunto riassunti rapporto rapporti cronaca taccuino \
    notizie nodyn nodiadau cofnod cofnodion adroddiad adroddiadau dyddiadur crynodeb llythyr",
);

/// What a week can be told "in" beside those.
static IN_SHORT: WordList =
    WordList::new("short bref breve brevi kurze kuerze kurz korthet kort beeld sintesi");

/// Whose weekly notes they are; these words may stand before the name.
static OWNERS: WordList = WordList::new("team my our the office project");

/// Words that tell the rhythm: enough where a name or a title begins with them and says little else.
static RHYTHMS: WordList = WordList::new(
    "\
    weekly thisweekin thisweekat thisweekon lastweekin lastweekat lastweekon thethisweekin \
    weekending weekbeginning weekcommencing weekof weekfrom hebdo hebdomadaire wochentlich woechentlich \
    wekelijks veckovis ugentlig ukentlig semanal settimanale lasemaine wythnosol еженедельно",
);

const IDEOGRAPHIC_RHYTHMS: &str = "每周 本周 今週";

/// The week that a day begins or ends.
static WEEKS_OF_DAYS: WordList = WordList::new(
    "\
    week woche semaine semana settimana vecka veckan uge ugen uke uken wythnos",
);

/// What may stand between that week and its day.
static BEFORE_DAYS: WordList = WordList::new(
    "\
    ending ended beginning starting commencing of from to until till through the bis zum ab vom von der du \
    au le terminee finissant commencant debutant del de al hasta desde el ate a o do dal van vanaf tot en \
    met t m fram fran fra til med och og",
);

/// Words that hint at something that comes again.
static HINTS: WordList = WordList::new(
    "\
    issue issues edition editions episode episodes digest newsletter minutes meeting meetings roundup \
    ausgabe numero nummer protokoll protokolle nieuwsbrief notulen nyhetsbrev nyhedsbrev referat infolettre \
    boletin boletim bollettino acta ata verbale standup update updates report reports review reviews",
);

/// Hints of two words.
const HINTS_OF_TWO: &[[&str; 2]] = &[["compte", "rendu"], ["comptes", "rendus"]];

/// A rhythm says what a page is where no more than these characters stand behind it.
const LONGEST_REST: usize = 25;

/// The words of the longest name: "team compte rendu de la semaine".
const MOST_WORDS: usize = 6;

/// What the name of a thing is by its words alone, whatever its numbers: a folder's, a repository's. A path has many names.
pub(super) fn of_place(path: &str) -> Option<Call> {
    path.split('/').filter_map(of_one_place).max()
}

fn of_one_place(name: &str) -> Option<Call> {
    if holds(name, IDEOGRAPHIC_NOTES) {
        return Some(Call::Note);
    }
    let words = words(name);
    let last = words.iter().rposition(|word| may_name(word));
    let anywhere = |length: fn(&[Text]) -> Option<usize>| {
        (0..last.map_or(0, |last| last + 1))
            .any(|at| words.get(at..).is_some_and(|rest| length(rest).is_some()))
    };
    if anywhere(note_length) {
        Some(Call::Note)
    } else {
        (anywhere(rhythm_length) || holds(name, IDEOGRAPHIC_RHYTHMS)).then_some(Call::Weekly)
    }
}

/// What a name, a title or a heading calls its page. `is_label`: whether the text is there to say what the page is.
pub(super) fn of_text(text: &Reading, is_label: bool) -> Option<Call> {
    if !may_name(text.text) {
        return None;
    }
    of_parts(&parts(text), is_label)
}

fn of_parts(parts: &[Part], is_label: bool) -> Option<Call> {
    let mut found = None;
    for part in parts {
        if holds(part.text, IDEOGRAPHIC_NOTES) {
            return Some(Call::Note);
        }
        if is_label && holds(part.text, IDEOGRAPHIC_RHYTHMS) {
            found = Some(Call::Weekly);
        }
        let words = words(part.text);
        let Some(last) = words.iter().rposition(|word| may_name(word)) else {
            continue;
        };
        let before_number = || {
            (1..=last).any(|at| {
                let rest = words.get(at..).unwrap_or_default();
                let after = note_length(rest).and_then(|length| rest.get(length));
                after.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
            })
        };
        if note_length(&words).is_some() || before_number() {
            return Some(Call::Note);
        }
        let rest = |length: usize| {
            let rest = words.iter().skip(length);
            rest.map(|word| word.chars().count() + 1).sum::<usize>()
        };
        let is_rhythm = rhythm_length(&words).is_some_and(|length| rest(length) < LONGEST_REST);
        if is_label && (is_rhythm || part.before_day && is_week_of_day(&words)) {
            found = Some(Call::Weekly);
        }
    }
    found
}

/// Whether a title names weekly notes and a topic of theirs: "Weeknotes: rain and beans".
pub(super) fn has_topic(title: &Reading) -> bool {
    if !may_name(title.text) {
        return false;
    }
    let parts = parts(title);
    let mut parts = parts.iter().filter(|part| !part.text.trim().is_empty());
    let is_note = |part| of_parts(std::slice::from_ref(part), true) == Some(Call::Note);
    parts.next().is_some_and(is_note) && parts.next().is_some()
}

/// What the number of a name or a title makes of its page: a week's, or one of the ISO calendar.
pub(super) fn of_number(claim: &Claim) -> Option<Call> {
    if claim.iso && claim.year.is_some() {
        return Some(Call::Weekly);
    }
    (claim.named && claim.season.is_none() && !claim.numbers.is_empty()).then_some(Call::Week)
}

/// Whether a text has a word that hints at something that comes again.
pub(super) fn hints(text: &str) -> bool {
    let words = words(text);
    let two = |pair: &[Text]| HINTS_OF_TWO.iter().any(|hint| pair == hint);
    text.contains('期') || words.iter().any(|word| HINTS.has(word)) || words.windows(2).any(two)
}

/// Whether a text has one of the words of `list`, which are no ASCII and are separated by spaces, within it.
fn holds(text: &str, list: &str) -> bool {
    !text.is_ascii() && list.split(' ').any(|word| text.contains(word))
}

/// A part of a text that may name its page.
struct Part<'t> {
    text: &'t str,
    /// Whether a day stands directly behind it.
    before_day: bool,
}

/// The parts of a text that may each name its page: what stands between colons, dashes, brackets and days.
fn parts<'t>(read: &Reading<'t>) -> Vec<Part<'t>> {
    let text = read.text;
    let mut parts: Vec<Part> = Vec::new();
    let mut add = |between, before_day| {
        let between = str::split(between, [':', '|', '–', '—', ',', ';', '(', ')', '[', ']'])
            .flat_map(|part| part.split(" - "));
        parts.extend(between.map(|text| Part {
            text,
            before_day: false,
        }));
        if let Some(last) = parts.last_mut() {
            last.before_day = before_day;
        }
    };
    let mut at = 0;
    for statement in &read.said {
        let is_day = statement.stated.is_day();
        if is_day {
            let span = statement.span.range();
            add(text.get(at..span.start).unwrap_or(""), true);
            at = span.end;
        }
    }
    add(text.get(at..).unwrap_or(""), false);
    parts
}

/// The words and numbers of a text, in lower case and without accents.
fn words(text: &str) -> Vec<Text> {
    let mut words: Vec<Text> = Vec::new();
    let mut last = None;
    for character in text.chars() {
        let kind =
            (character.is_alphanumeric() || character == '\'').then(|| character.is_ascii_digit());
        if kind.is_some() && kind != last {
            words.push(Text::default());
        }
        match words.last_mut().filter(|_| kind.is_some()) {
            Some(word) if character.is_ascii() => word.push(character.to_ascii_lowercase()),
            Some(word) => word.extend(character.to_lowercase().map(unaccented)),
            None => {}
        }
        last = kind;
    }
    words
}

/// Whether a text may hold a word that a name is made with: week, weke, Woche, vecka, uge, uke, hebdo, semaine, settimana,
/// wythnos, or one of another alphabet. Most texts hold none, and are done with.
pub(super) fn may_name(text: &str) -> bool {
    let is_root = |three: &[u8]| {
        let letter = |at: usize| three.get(at).map_or(0, u8::to_ascii_lowercase);
        match [letter(0), letter(1), letter(2)] {
            [b'w', b'e', last] => matches!(last, b'e' | b'k'),
            [b'u', middle, b'e'] => matches!(middle, b'g' | b'k'),
            [b's', b'e', last] => matches!(last, b'm' | b't'),
            root => matches!(&root, b"woc" | b"vec" | b"heb" | b"wyt"),
        }
    };
    !text.is_ascii() || text.as_bytes().windows(3).any(is_root)
}

/// How many of `words` make the name of weekly notes that they begin with.
fn note_length(words: &[Text]) -> Option<usize> {
    let is_owner = |word: &&Text| OWNERS.has(word) || word.ends_with("'s");
    let owners = words.iter().take(2).take_while(is_owner).count();
    // The `my` of "My week in review" is part of the name.
    (0..=owners).rev().find_map(|owners| {
        let length = begins_with(words.get(owners..)?, is_note)?;
        Some(owners + length)
    })
}

/// Whether words that are joined are a name of weekly notes.
fn is_note(joined: &str) -> bool {
    let is_writing = |word: &str| WRITINGS.has(word);
    let after = |text, list: &'static WordList| {
        let words = list.iter();
        words.filter_map(move |word| str::strip_prefix(text, word))
    };
    let behind = WEEKS_BEHIND.iter();
    let mut behind = behind.filter_map(|week| joined.strip_suffix(week));
    let within = |text| {
        let mut rests = after(text, &WEEKS_IN);
        rests.any(|rest| is_writing(rest) || IN_SHORT.has(rest))
    };
    joined.len() >= SHORTEST_NAME
        && (IRREGULAR_NOTES.has(joined)
            || after(joined, &WEEKS_BEFORE).any(is_writing)
            || behind.any(is_writing)
            || within(joined)
            || after(joined, &BEFORE_WEEKS).any(within))
}

/// How many of `words` make the rhythm that they begin with.
fn rhythm_length(words: &[Text]) -> Option<usize> {
    begins_with(words, |joined| RHYTHMS.has(joined))
}

/// Whether words that stand before a day make it the day of a week.
fn is_week_of_day(words: &[Text]) -> bool {
    words.split_first().is_some_and(|(first, rest)| {
        WEEKS_OF_DAYS.has(first) && rest.iter().all(|word| BEFORE_DAYS.has(word))
    })
}

/// How many of `words` make the longest name that they begin with.
fn begins_with(words: &[Text], is_name: impl Fn(&str) -> bool) -> Option<usize> {
    let mut joined = String::new();
    let (mut found, mut has_root) = (None, false);
    let is_number = |word: &&Text| word.starts_with(|c: char| c.is_ascii_digit());
    let words = words.iter().take_while(|word| !is_number(word));
    for (index, word) in words.take(MOST_WORDS).enumerate() {
        joined.push_str(word);
        has_root = has_root || may_name(word);
        if has_root && is_name(&joined) {
            found = Some(index + 1);
        }
    }
    found
}
