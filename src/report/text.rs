//! Text on its way to a terminal. Notes hold what their authors pasted: control characters, escape sequences and
//! direction overrides must not reach the reader's screen as such, and width counts in columns, not in bytes.

use std::borrow::Cow;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What is shown in place of a character that would move the cursor, colour the screen, turn the text round or hide;
/// `None` where the character shows itself. What shapes the character `before` it belongs to that: emoji and some scripts
/// are written so. Behind a letter of ASCII, it only hides.
///
/// What hides are the characters that Unicode lets a font ignore (`Default_Ignorable_Code_Point`), and blanks that count as
/// letters.
pub(super) fn substitute(before: char, char: char) -> Option<Cow<'static, str>> {
    match char {
        ' '..='~' => None,
        '\t' => Some(Cow::Borrowed("    ")),
        // The Control Pictures block has the C0 characters in their order.
        '\0'..='\u{1f}' => {
            char::from_u32(0x2400 + u32::from(char)).map(|picture| Cow::Owned(picture.to_string()))
        }
        '\u{7f}' => Some(Cow::Borrowed("\u{2421}")),
        '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' if is_shaped(before, char) => None,
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => Some(Cow::Owned(format!("<U+{:04X}>", u32::from(char)))),
        _ => None,
    }
}

/// Whether `char`, a joiner or a selector of a variant, does something to the character before it. A digit becomes the
/// emoji of a key.
fn is_shaped(before: char, char: char) -> bool {
    let is_key = matches!(before, '0'..='9' | '#' | '*') && char == '\u{fe0f}';
    let is_after_a_selector = before == '\u{fe0f}' && char == '\u{200d}';
    let is_after_a_letter = !before.is_ascii() && substitute(' ', before).is_none();
    is_key || is_after_a_selector || is_after_a_letter
}

/// The characters of `text`, each after the one before it.
pub(super) fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().scan(' ', |before, char| {
        Some((std::mem::replace(before, char), char))
    })
}

/// `text` on one line, safe to print: every such character replaced, line endings too.
pub fn visible(text: &str) -> Cow<'_, str> {
    if pairs(text).all(|(before, char)| substitute(before, char).is_none()) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for (before, char) in pairs(text) {
        match substitute(before, char) {
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
    with_escapes(json, |char| {
        let mut units = [0; 2];
        let units = char.encode_utf16(&mut units).iter();
        units.map(|unit| format!("\\u{unit:04x}")).collect()
    })
}

/// [`escaped`] for TOML, whose strings are JSON's but for what takes two escapes there.
pub(crate) fn escaped_for_toml(json: &str) -> String {
    with_escapes(json, |char| match u32::from(char) {
        code @ 0..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    })
}

fn with_escapes(text: &str, escape: impl Fn(char) -> String) -> String {
    let mut escaped = String::with_capacity(text.len());
    let is_shown = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    for line in text.split_inclusive('\n') {
        // Most lines hold nothing else.
        if line.bytes().fold(true, |all, byte| all & is_shown(byte)) {
            escaped.push_str(line);
            continue;
        }
        for (before, char) in pairs(line) {
            match char == '\n' || substitute(before, char).is_none() {
                true => escaped.push(char),
                false => escaped.push_str(&escape(char)),
            }
        }
    }
    escaped
}

/// `text`, made [`visible`], as it stands in an attribute of XML or HTML or between tags. Two characters that [`visible`]
/// leaves are forbidden in XML 1.0 (section 2.2).
pub(super) fn markup(text: &str) -> String {
    visible(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// A message as markup, in which what it quotes in backquotes is code; `plain` writes what is none. A backquote that is
/// itself quoted makes the division wrong, but the text stays what it is.
pub(super) fn prose(message: &str, plain: impl Fn(&str) -> String) -> String {
    let parts = message.split('`');
    if parts.clone().count().is_multiple_of(2) {
        return plain(message);
    }
    let parts = parts.enumerate().map(|(index, part)| match index % 2 {
        0 => plain(part),
        _ => format!("<code>{}</code>", plain(part)),
    });
    parts.collect()
}

/// A number of things: `1 note`, `2 notes`.
pub fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// A path as a relative URI: everything but RFC 3986's unreserved characters and `/` percent-encoded.
pub(crate) fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The columns that `char`, or its [`substitute`], takes on a terminal at most.
pub(super) fn columns(char: char) -> usize {
    shown_columns(' ', char)
}

fn shown_columns(before: char, char: char) -> usize {
    let substitute = substitute(before, char);
    substitute.map_or_else(|| char.width().unwrap_or(0), |shown| shown.width())
}

/// The columns that a visible text takes on a terminal.
pub(super) fn width(text: &str) -> usize {
    pairs(text)
        .map(|(before, char)| shown_columns(before, char))
        .sum()
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
mod tests;
