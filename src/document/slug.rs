//! The ids that renderers make of headings.
//!
//! Each renderer has its rule, and they differ in a few things: which characters are kept, and what becomes of blanks and
//! of what is dropped. `SLUGGERS` is the table of them; `tests/oracle/slugs.tsv` holds what the renderers themselves answer.
//! Some read the source of a heading, with the addresses of its links in it (kramdown, Hugo), others its text, so that both
//! count.

use super::Heading;
use crate::hash::{QuickMap, QuickSet};

/// A rule.
#[derive(Debug)]
struct Slugger {
    letters: Letters,
    /// Which characters are kept beside letters and digits.
    kept: &'static str,
    joint: Joint,
    /// What is replaced first.
    replaced: &'static [(char, &'static str)],
}

/// Which letters are kept.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Letters {
    /// Those of ASCII, from the first letter on; `section` where nothing is left.
    Ascii,
    Any,
    /// Any, without accents.
    Unaccented,
    /// Any, with their capitals.
    Capitals,
    /// All characters but the signs of ASCII and quotation marks, without accents; `_` before a digit at the beginning.
    NoSigns,
    /// All characters are.
    All,
}

/// What becomes of what stands between words.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Joint {
    /// A hyphen for each blank; what else is dropped leaves no trace.
    Each,
    /// A hyphen for a run of blanks and hyphens; what else is dropped leaves no trace.
    Run,
    /// A hyphen for whatever stands between words, and none at the ends.
    Words,
    /// An underscore for each blank.
    Underscore,
}

const AND: (char, &str) = ('&', " and ");
const APOSTROPHES: [(char, &str); 2] = [('\'', ""), ('’', "")];
const AND_APOSTROPHES: [(char, &str); 3] = [AND, APOSTROPHES[0], APOSTROPHES[1]];

const fn slugger(letters: Letters, kept: &'static str, joint: Joint) -> Slugger {
    Slugger {
        letters,
        kept,
        joint,
        replaced: &[],
    }
}

impl Slugger {
    const fn replacing(self, replaced: &'static [(char, &'static str)]) -> Self {
        Slugger { replaced, ..self }
    }
}

/// kramdown (`converter/base.rb`, `basic_generate_id`).
const KRAMDOWN: Slugger = slugger(Letters::Ascii, "-", Joint::Each);

/// GitHub, github-slugger (Docusaurus, Astro), kramdown's GFM parser, Goldmark, mdBook.
const GITHUB: Slugger = slugger(Letters::Any, "-_", Joint::Each);

/// A set of rows of the table of rules, a bit for each.
pub type Sluggers = u32;

/// The rules: first those that are likely anywhere, then those that only a site's own habit tells.
static SLUGGERS: &[Slugger] = &[
    KRAMDOWN,
    GITHUB,
    // Hugo's `github-ascii`
    slugger(Letters::Unaccented, "-_", Joint::Each),
    // pymdownx.slugs
    slugger(Letters::Any, "-_", Joint::Each),
    // Python-Markdown's `toc`
    slugger(Letters::Unaccented, "-_", Joint::Run),
    // Hugo's `blackfriday`
    slugger(Letters::Any, "", Joint::Words),
    // Zola
    slugger(Letters::Unaccented, "", Joint::Words),
    // VitePress
    slugger(Letters::NoSigns, "", Joint::Words),
    // `@sindresorhus/slugify`, and the same without `and`
    slugger(Letters::Unaccented, "", Joint::Words).replacing(&AND_APOSTROPHES),
    slugger(Letters::Unaccented, "", Joint::Words).replacing(&APOSTROPHES),
    slugger(Letters::Any, "", Joint::Words).replacing(&APOSTROPHES),
    // `slugify`, in lower case; strict, and not
    slugger(Letters::Unaccented, "-", Joint::Run).replacing(&[AND]),
    slugger(Letters::Unaccented, "-_.~!*():'+\"", Joint::Run).replacing(&[AND, ('’', "'")]),
    // markdown-it-anchor
    slugger(Letters::All, "", Joint::Each),
    // Those of GitHub with capitals, and of wikis
    slugger(Letters::Capitals, "-_", Joint::Each),
    slugger(Letters::Capitals, "", Joint::Words),
    slugger(Letters::Capitals, "-_.'’()&?!+:,;/–—", Joint::Underscore),
];

/// How many rows of the table are likely anywhere.
const USUAL: usize = 14;

/// The rows of Python-Markdown and its extensions, which number by `_1`.
const UNDERSCORED: Sluggers = 1 << 3 | 1 << 4 | 1 << 14;

/// The rows that are likely anywhere.
pub const USUAL_SLUGGERS: Sluggers = (1 << USUAL) - 1;

/// Each row, as a set of its own.
pub fn sluggers() -> impl Iterator<Item = Sluggers> {
    (0..SLUGGERS.len()).map(|row| 1 << row)
}

impl Slugger {
    fn id(&self, text: &str) -> String {
        let mut id = String::with_capacity(text.len());
        let mut is_gap = false;
        for one in text.trim().chars() {
            let replaced = self.replaced.iter().find(|(from, _)| *from == one);
            match replaced {
                Some((_, by)) => by
                    .chars()
                    .for_each(|one| self.add(one, &mut id, &mut is_gap)),
                None => self.add(one, &mut id, &mut is_gap),
            }
        }
        if self.joint == Joint::Run && text.trim_end().ends_with('-') {
            id.push('-');
        }
        match self.letters {
            Letters::Ascii if id.is_empty() => "section".to_owned(),
            Letters::NoSigns if id.starts_with(|one: char| one.is_ascii_digit()) => {
                format!("_{id}")
            }
            _ => id,
        }
    }

    /// Adds a character to an id; `is_gap` says whether a hyphen is due before the next one.
    fn add(&self, one: char, id: &mut String, is_gap: &mut bool) {
        use Letters::{All, Any, Ascii, Capitals, NoSigns, Unaccented};
        let is_blank = one.is_whitespace();
        let is_letter = match self.letters {
            Ascii if id.is_empty() => one.is_ascii_alphabetic(),
            Ascii => one.is_ascii_alphanumeric(),
            All => !is_blank,
            NoSigns if !one.is_ascii() => !is_blank && !matches!(one, '“' | '”' | '‘' | '’'),
            NoSigns => one.is_alphanumeric(),
            Any | Capitals | Unaccented => one.is_alphanumeric(),
        };
        let is_kept =
            is_letter || self.kept.contains(one) && (self.letters != Ascii || !id.is_empty());
        match self.joint {
            Joint::Run if is_blank => *is_gap |= !id.is_empty(),
            Joint::Run if one == '-' => *is_gap = true,
            Joint::Words if !is_kept => *is_gap = !id.is_empty(),
            Joint::Each if is_blank && !(self.letters == Ascii && id.is_empty()) => id.push('-'),
            Joint::Underscore if is_blank => id.push('_'),
            _ if is_kept => {
                if std::mem::take(is_gap) {
                    id.push('-');
                }
                match self.letters {
                    Capitals => id.push(one),
                    _ if one.is_ascii() => id.push(one.to_ascii_lowercase()),
                    Unaccented | NoSigns => id.extend(unaccented(one).to_lowercase()),
                    _ => id.extend(one.to_lowercase()),
                }
            }
            _ => {}
        }
    }
}

/// How an id comes about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Made {
    /// The rules that make it.
    pub by: Sluggers,
    /// Of how many headings.
    times: usize,
}

/// The ids of a page.
pub type Ids = QuickMap<String, Made>;

/// The letters of a text, as a number. Those of a heading in ASCII are the same as those of its ids, but for `section`.
pub fn letters(text: &str) -> u64 {
    let letters = text.bytes().filter(u8::is_ascii_alphabetic);
    letters.fold(0, |all: u64, one| {
        all.wrapping_mul(31).wrapping_add(u64::from(one & 31))
    })
}

/// Whether an id of a heading may have letters that are `wanted`.
pub fn may_have(heading: &Heading, wanted: &QuickSet<u64>) -> bool {
    let mut forms = [&*heading.source, &*heading.text].into_iter();
    forms.any(|form| {
        let letters = letters(form);
        letters == 0 || wanted.contains(&letters) || !form.is_ascii() || form.contains('&')
    })
}

/// Every id that any of the rules gives one of `headings`. The second of the same id gets a number, whichever rule made
/// the first.
pub fn ids<'h>(headings: impl IntoIterator<Item = &'h Heading>) -> Ids {
    let mut ids = Ids::default();
    let mut own: Vec<(String, Sluggers)> = Vec::new();
    for heading in headings {
        let is_plain = heading.source == heading.text;
        let forms = [&*heading.source, &*heading.text];
        for form in forms.into_iter().take(if is_plain { 1 } else { 2 }) {
            // All usual rules agree on plain words.
            let is_word = |byte: u8| byte.is_ascii_alphabetic() || byte == b' ';
            let are_words = form.bytes().all(is_word) && !form.contains("  ");
            if are_words {
                own.push((GITHUB.id(form), USUAL_SLUGGERS));
            }
            let rows = SLUGGERS.iter().zip(sluggers());
            for (slugger, row) in rows.skip(if are_words { USUAL } else { 0 }) {
                let id = slugger.id(form);
                match own.iter_mut().find(|(known, _)| *known == id) {
                    Some((_, rows)) => *rows |= row,
                    None => own.push((id, row)),
                }
            }
        }
        for (id, rows) in own.drain(..) {
            let made = ids.entry(id.clone()).or_default();
            made.by |= rows;
            made.times += 1;
            let Made { by, times } = *made;
            for (mark, rows) in [('-', by & !UNDERSCORED), ('_', by & UNDERSCORED)] {
                if times > 1 && rows != 0 {
                    let numbered = format!("{id}{mark}{}", times - 1);
                    ids.entry(numbered).or_default().by |= rows;
                }
            }
        }
    }
    ids
}

/// The id that kramdown's own parser makes.
pub fn kramdown(source: &str) -> String {
    KRAMDOWN.id(source)
}

/// The id that GitHub, and kramdown's GFM parser, make.
pub fn github(text: &str) -> String {
    GITHUB.id(text)
}

/// The headings of a page with the ids that GitHub makes of them, which are those of nearly all renderers for most headings.
pub fn numbered(headings: &[Heading]) -> Vec<(&Heading, String)> {
    let mut times: QuickMap<String, usize> = QuickMap::default();
    let id = |heading| {
        let heading: &Heading = heading;
        let id = github(&heading.text);
        let before = times.entry(id.clone()).or_default();
        *before += 1;
        match *before {
            1 => (heading, id),
            more => (heading, format!("{id}-{}", more - 1)),
        }
    };
    headings.iter().map(id).collect()
}

/// The letter without its accent, for the letters of Latin-1.
pub fn unaccented(character: char) -> char {
    match character {
        'À'..='Å' | 'à'..='å' => 'a',
        'Ç' | 'ç' => 'c',
        'È'..='Ë' | 'è'..='ë' => 'e',
        'Ì'..='Ï' | 'ì'..='ï' => 'i',
        'Ñ' | 'ñ' => 'n',
        'Ò'..='Ö' | 'ò'..='ö' | 'Ø' | 'ø' => 'o',
        'Ù'..='Ü' | 'ù'..='ü' => 'u',
        'Ý' | 'ý' | 'ÿ' => 'y',
        _ => character,
    }
}

#[cfg(test)]
mod tests;
