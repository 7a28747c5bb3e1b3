//! Lines that were meant as something else than what Markdown sees in them.

use crate::document::definitions::{Blocks, surrounding};
use crate::document::{Dialect, OddLine, OddLineKind, mask};
use crate::source::{Span, line_at, lines};

const FILLER: &str = "Lorem ipsum dolor sit amet";

/// Lines of paragraphs that were meant as headings, attribute lists or text.
pub(super) fn read(text: &str, blocks: &Blocks, dialect: Dialect) -> Vec<OddLine> {
    let mut found = Vec::new();
    for line in lines(text, 0..text.len()) {
        let (at, end) = (line.start, line.end);
        match text.as_bytes().get(at) {
            Some(b'#') => found.extend(heading_without_space(text, at, end, blocks)),
            Some(b'{') if !matches!(dialect, Dialect::Kramdown | Dialect::PythonMarkdown) => {
                let line = text.get(at..end).unwrap_or("").trim_end();
                let list = line
                    .strip_prefix("{:")
                    .and_then(|rest| rest.strip_suffix('}'));
                let list = list.map(str::trim_start);
                if list.is_some_and(|list| list.starts_with(['.', '#']))
                    && surrounding(&blocks.paragraphs, at).is_some()
                {
                    found.push(OddLine::at(at, line, OddLineKind::AttributeList));
                }
            }
            Some(b'L')
                if text
                    .get(at..end)
                    .is_some_and(|line| line.starts_with(FILLER)) =>
            {
                let filler = OddLine::at(at, FILLER, OddLineKind::Filler);
                found.extend(surrounding(&blocks.paragraphs, at).map(|_| filler));
            }
            _ => {}
        }
    }
    found
}

fn heading_without_space(text: &str, at: usize, end: usize, blocks: &Blocks) -> Option<OddLine> {
    let line = text.get(at..end)?.trim_end();
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let next = line.get(level..)?.chars().next()?;
    let odd_space = matches!(
        next,
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}' | '\u{200b}' | '\u{feff}'
    );
    let kind = match (level, odd_space) {
        (1..=6, true) => OddLineKind::HeadingWithOddSpace,
        (2..=6, false) if !next.is_ascii_whitespace() && next != mask::MARK => {
            OddLineKind::HeadingWithoutSpace
        }
        _ => return None,
    };
    // A line that goes on with the text of a list's item is more likely to begin with a number: `##18486`.
    let start = surrounding(&blocks.paragraphs, at)?.start as usize;
    let before = line_at(text, start).start..start;
    let is_item = text.get(before)?.contains(['-', '*', '+', '.', ')']);
    (!is_item).then(|| OddLine::at(at, line, kind))
}

/// The first line that begins with `<!--`, if nothing closes the comment (CommonMark 0.31, section 4.6, condition 2: the HTML
/// block ends with the document). In the middle of a line the mark is text.
pub(super) fn open_comment(text: &str, is_code: impl Fn(usize) -> bool) -> Option<OddLine> {
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

/// The first line of the code block `block`, if it is never closed: it ends where the text does, and the last line is no
/// fence.
pub(super) fn open_fence(text: &str, block: Span) -> Option<OddLine> {
    let rest = text.get(block.end as usize..)?;
    let mut lines = block.of(text).trim_end().lines();
    let fence = lines.next()?.trim_end();
    let last = lines.next_back().unwrap_or("");
    let last = last.trim_start_matches(['>', ' ', '\t']);
    let is_closed =
        last.starts_with(fence.get(..3)?) && last.trim_end_matches(['`', '~']).is_empty();
    let open = || OddLine::at(block.start as usize, fence, OddLineKind::OpenFence);
    (rest.trim().is_empty() && !is_closed).then(open)
}
