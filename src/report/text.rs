//! Text on its way to a terminal. Notes hold what their authors pasted: control characters, escape sequences and
//! direction overrides must not reach the reader's screen as such, and width counts in columns, not in bytes.

use std::borrow::Cow;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What is shown in place of a character that would move the cursor, colour the screen, turn the text round or hide;
/// `None` where the character shows itself.
pub(super) fn substitute(char: char) -> Option<Cow<'static, str>> {
    match char {
        '\t' => Some(Cow::Borrowed("    ")),
        // The Control Pictures block has the C0 characters in their order.
        '\0'..='\u{1f}' => {
            char::from_u32(0x2400 + u32::from(char)).map(|picture| Cow::Owned(picture.to_string()))
        }
        '\u{7f}' => Some(Cow::Borrowed("\u{2421}")),
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => Some(Cow::Owned(format!("<U+{:04X}>", u32::from(char)))),
        _ => None,
    }
}

/// Whether `char` shows itself; asked of printable ASCII first, which most text is.
fn is_visible(char: char) -> bool {
    matches!(char, ' '..='~') || substitute(char).is_none()
}

/// `text` on one line, safe to print: every such character replaced, line endings too.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_visible) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        match substitute(char) {
            Some(substitute) => shown.push_str(&substitute),
            None => shown.push(char),
        }
    }
    Cow::Owned(shown)
}

/// `text` with every line of it made [`visible`]; its line feeds stay.
pub fn visible_lines(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(visible).collect();
    lines.join("\n")
}

/// JSON that holds the same values as `json` and nothing that steers the terminal it is printed on. What has a
/// [`substitute`] stands inside of strings, where an escape says the same; line feeds are layout.
pub(crate) fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    let mut done = 0;
    for (at, hidden) in json.match_indices(|char| char != '\n' && !is_visible(char)) {
        escaped.push_str(json.get(done..at).unwrap_or(""));
        for char in hidden.chars() {
            escaped.push_str(&format!("\\u{:04x}", u32::from(char)));
        }
        done = at + hidden.len();
    }
    escaped + json.get(done..).unwrap_or("")
}

/// The columns that `char`, or its [`substitute`], takes on a terminal.
pub(super) fn columns(char: char) -> usize {
    substitute(char).map_or_else(|| char.width().unwrap_or(0), |shown| shown.width())
}

/// The columns that a visible text takes on a terminal.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// `offset`, moved back to the text's end or to the beginning of the character that it falls into.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// `text`, made [`visible`] and broken between words so that its first line has at most `first` columns and the others
/// `rest`. A longer word (a URL) is left whole, so that it can still be clicked on. Line endings of `text` stay.
pub(crate) fn wrap(text: &str, first: usize, rest: usize) -> String {
    let mut wrapped = String::with_capacity(text.len() + 8);
    let mut limit = first;
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            wrapped.push('\n');
            limit = rest;
        }
        let mut used = 0;
        for word in line.split(' ') {
            let word = visible(word);
            let columns = width(&word);
            if used > 0 && used + 1 + columns > limit {
                wrapped.push('\n');
                limit = rest;
                used = 0;
            } else if used > 0 {
                wrapped.push(' ');
                used += 1;
            }
            wrapped.push_str(&word);
            used += columns;
        }
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_is_left() {
        let hostile = "a\u{1b}[31m\u{7}\r\n\u{202e}evil\u{9b}1m\u{2066}";
        let shown = visible(hostile);
        assert_eq!(shown, "a␛[31m␇␍␊<U+202E>evil<U+009B>1m<U+2066>");
        assert!(shown.chars().all(|char| !char.is_control()));
    }

    #[test]
    fn words_are_kept_whole() {
        assert_eq!(wrap("one two three", 7, 5), "one two\nthree");
        assert_eq!(
            wrap("see https://example.com/long now", 5, 5),
            "see\nhttps://example.com/long\nnow"
        );
        assert_eq!(wrap("a\nb", 9, 9), "a\nb");
    }
}
