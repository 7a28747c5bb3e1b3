//! Sentences that nobody wrote.

use crate::dice::Dice;

const WHO: &[&str] = &[
    "we",
    "we",
    "we",
    "I",
    "Ines",
    "Tomasz",
    "Oona",
    "Kofi",
    "the neighbours",
    "everybody",
    "nobody",
    "a visitor",
];
const DID: &[&str] = &[
    "painted",
    "mended",
    "looked at",
    "talked about",
    "carried",
    "counted",
    "found",
    "moved",
    "finished",
    "forgot",
    "planned",
    "sold",
    "measured",
    "cleaned",
    "sorted",
    "drew",
    "returned",
    "opened",
    "packed",
    "repaired",
    "tested",
    "wrote about",
    "thought about",
    "waited for",
    "asked for",
    "worked on",
    "learnt a lot from",
    "started on",
];
const HOW: &[&str] = &[
    "green", "old", "small", "wooden", "quiet", "broken", "second", "borrowed", "heavy", "round",
    "bright", "empty", "long", "narrow", "northern", "paper", "simple", "slow", "spare", "tall",
    "early", "useful", "wide", "yellow",
];
const WHAT: &[&str] = &[
    "boat", "garden", "workshop", "library", "bridge", "kitchen", "map", "archive", "bicycle",
    "lamp", "fence", "kiln", "letter", "market", "orchard", "piano", "pond", "radio", "roof",
    "school", "shed", "stove", "tent", "theatre", "tower", "wall", "well", "window", "bakery",
    "calendar", "choir", "cellar", "meadow", "mill", "museum", "station",
];
const WHERE: &[&str] = &[
    "near the harbour",
    "behind the mill",
    "in the afternoon",
    "before lunch",
    "on the second floor",
    "after the rain",
    "with some help",
    "for the summer",
    "without much trouble",
    "by the end of the day",
    "at the market",
    "once more",
    "for about an hour",
    "in front of the school",
    "as well",
    "again",
    "together with the choir",
    "from the beginning",
];
const JOIN: &[&str] = &[
    ", and",
    ", but",
    " because",
    ", which is why",
    " while",
    ", so",
    " until",
    "; meanwhile",
    ", although",
];

/// The names of those who write the notes, as their pages and `author` name them.
pub const AUTHORS: &[(&str, &str)] = &[
    ("ines-almeida", "Ines"),
    ("tomasz-lis", "Tomasz"),
    ("oona-virta", "Oona"),
    ("kofi-badu", "Kofi"),
];

/// Something that has a name, such as `green boat`. Some are named often, most are not.
pub fn thing(dice: &mut Dice) -> String {
    let often = dice.below(HOW.len()) + 1;
    let how = HOW.get(dice.below(often)).copied().unwrap_or_default();
    format!("{how} {}", dice.pick(WHAT))
}

/// What somebody did, with what is done it to where that is given: no capital, no full stop.
pub fn clause(dice: &mut Dice, object: Option<String>) -> String {
    let (who, did) = (dice.pick(WHO), dice.pick(DID));
    let object = object.unwrap_or_else(|| format!("the {}", thing(dice)));
    match dice.happens(70) {
        true => format!("{who} {did} {object} {}", dice.pick(WHERE)),
        false => format!("{who} {did} {object}"),
    }
}

/// What stands between two clauses.
pub fn joint(dice: &mut Dice) -> &'static str {
    dice.pick(JOIN)
}

/// A text with a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
