//! Lines that were meant as something else than what Markdown sees in them.

use crate::document::definitions::{Blocks, surrounding};
use crate::document::{Dialect, OddLine, OddLineKind, mask};
use crate::source::{Span, holds, line_at};

const FILLER: &str = "Lorem ipsum dolor sit amet";

/// Lines of paragraphs that were meant as headings, attribute lists or text.
pub(super) fn read(text: &str, blocks: &Blocks, dialect: Dialect) -> Vec<OddLine> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let starts = memchr::memchr_iter(b'\n', bytes).map(|ending| ending + 1);
    for at in std::iter::once(0).chain(starts) {
        let is_telling = |first: &u8| b"#\\{L".contains(first);
        if !bytes.get(at).is_some_and(is_telling) {
            continue;
        }
        let line = Span::new(at, line_at(text, at).end).of(text).trim_end();
        if let Some(kind) = kind_of(line, dialect)
            && let Some(paragraph) = surrounding(&blocks.paragraphs, at)
            && !(line.starts_with('#') && begins_item(text, paragraph))
        {
            let is_filler = kind == OddLineKind::Filler;
            found.push(OddLine::at(at, if is_filler { FILLER } else { line }, kind));
        }
    }
    found
}

/// What a line of a paragraph was meant as, if not as text.
fn kind_of(line: &str, dialect: Dialect) -> Option<OddLineKind> {
    let list = || line.strip_prefix("{:")?.strip_suffix('}');
    let is_list = || list().is_some_and(|list| list.trim_start().starts_with(['.', '#']));
    match line.chars().next()? {
        '#' => heading_without_space(line),
        'L' => line.starts_with(FILLER).then_some(OddLineKind::Filler),
        '{' => (dialect.is_commonmark() && is_list()).then_some(OddLineKind::AttributeList),
        _ => {
            let rest = line.trim_start_matches("\\#");
            let marks = (line.len() - rest.len()) / 2;
            let is_heading = (2..=6).contains(&marks) && rest.starts_with(' ');
            is_heading.then_some(OddLineKind::HeadingEscaped)
        }
    }
}

fn heading_without_space(line: &str) -> Option<OddLineKind> {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let next = line.get(level..)?.chars().next()?;
    let odd_space = matches!(
        next,
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}' | '\u{200b}' | '\u{feff}'
    );
    match (level, odd_space) {
        (1..=6, true) => Some(OddLineKind::HeadingWithOddSpace),
        (2..=6, false) if !next.is_ascii_whitespace() && next != mask::MARK => {
            Some(OddLineKind::HeadingWithoutSpace)
        }
        _ => None,
    }
}

/// Whether a paragraph is the text of a list's item, of which a line is more likely to begin with a number: `##18486`.
fn begins_item(text: &str, paragraph: Span) -> bool {
    let start = paragraph.start as usize;
    let before = Span::new(line_at(text, start).start, start).of(text);
    before.contains(['-', '*', '+', '.', ')'])
}

/// The first line that begins with `<!--`, if nothing closes the comment (CommonMark 0.31, section 4.6, condition 2: the HTML
/// block ends with the document). In the middle of a line the mark is text.
pub(super) fn open_comment(text: &str, is_code: impl Fn(usize) -> bool) -> Option<OddLine> {
    if !holds(text, "<!--") {
        return None; // most texts have none
    }
    let closed = text.rfind("-->").map_or(0, |at| at + 3);
    let mut marks = text.get(closed..)?.match_indices("<!--");
    marks.find_map(|(at, _)| {
        let at = closed + at;
        let line = line_at(text, at);
        let is_first = text.get(line.start..at)?.trim().is_empty();
        let content = text.get(at..line.end)?.trim_end();
        let comment = || OddLine::at(at, content, OddLineKind::OpenComment);
        (is_first && !is_code(at)).then(comment)
    })
}

/// The first line of the code block `block`, if it does not end where it was meant to: another block begins in it, or it
/// takes in the rest of the page. CommonMark closes the last block itself (0.31, section 4.5): where nothing but code
/// follows, the page is as it was meant.
pub(super) fn open_fence(text: &str, block: Span, dialect: Dialect) -> Option<OddLine> {
    let start = block.start as usize;
    let indent = start - line_at(text, start).start;
    let whole = block.of(text).trim_end();
    let mut lines = whole.lines();
    let fence = lines.next()?.trim_end();
    let mark = fence.get(..3)?;
    let inside = |line: &'_ str| line.trim_start_matches(['>', ' ', '\t']).len();
    let mut last = "";
    let mut holds_fence = false;
    for line in lines {
        last = line.get(line.len() - inside(line)..)?;
        let language = last.strip_prefix(mark).unwrap_or("").chars().next();
        holds_fence |=
            language.is_some_and(char::is_alphabetic) && line.len() - last.len() == indent;
    }
    let is_closed = last.starts_with(mark) && last.trim_end_matches(['`', '~']).is_empty();
    let is_last = !is_closed && text.get(block.end as usize..)?.trim().is_empty();
    let is_lost = || !dialect.is_commonmark() || last.is_empty() || holds_text(whole);
    (holds_fence || is_last && is_lost()).then(|| OddLine::at(start, fence, OddLineKind::OpenFence))
}

/// Whether a code block has a heading, a definition, a link or a sentence of its own in it.
fn holds_text(block: &str) -> bool {
    let lines: Vec<&str> = block.lines().map(str::trim).collect();
    let follows_blank = |pair: &[&str]| {
        let [before, line] = pair else { return false };
        let marks = line.bytes().take_while(|&byte| byte == b'#').count();
        // A single one begins the comments of many languages.
        let is_heading = (2..=6).contains(&marks) && line.get(marks..=marks) == Some(" ");
        before.is_empty() && (is_heading || is_sentence(line))
    };
    let is_link =
        |line: &&str| line.starts_with('[') && line.contains("]: ") || line.contains("](http");
    lines.iter().skip(1).any(is_link) || lines.windows(2).any(follows_blank)
}

/// Whether a line begins like a sentence: four words at least, nearly all of letters alone, the first with a capital.
fn is_sentence(line: &str) -> bool {
    let line = line.trim_start_matches(|first: char| !first.is_alphanumeric());
    let begins = |word: &str| {
        let mut letters = word.chars();
        let is_capital = letters.next().is_some_and(char::is_uppercase);
        is_capital && !letters.any(char::is_uppercase)
    };
    let is_plain = |word: &&str| {
        let word = word.trim_matches(|mark: char| mark.is_ascii_punctuation() || mark == '…');
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_alphanumeric() || "'’-".contains(c))
    };
    let words: Vec<&str> = line.split_whitespace().collect();
    let plain = words.iter().filter(|word| is_plain(word)).count();
    words.len() >= 4 && plain * 5 >= words.len() * 4 && words.first().is_some_and(|one| begins(one))
}
