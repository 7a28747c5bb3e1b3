//! How the faults of a destination are recognised: a function for each row of the table. Those of names - of sites, people
//! and pages - have a file of their own.

use super::fault::Found;
use super::names::{exists, is_e_mail};
use crate::archive::hosts::{self, after_scheme};
use crate::archive::paths::{has_scheme, percent_decoded};
use crate::discover::is_markdown;
use crate::document::{Dialect, Link, LinkKind, Unlinked};
use crate::names::edits;
use crate::rules::links::destinations::LocatedDestination;
use crate::word_list::is_any;

pub(super) fn found(what: impl Into<String>) -> Option<Found> {
    Some((what.into(), None))
}

pub(super) fn meant(what: impl Into<String>, destination: impl Into<String>) -> Option<Found> {
    Some((what.into(), Some((None, destination.into()))))
}

/// A link that was meant as another one.
fn meant_as(link: &Link, text: &str, destination: &str) -> Option<Found> {
    let bang = if link.image { "!" } else { "" };
    let meant = format!("{bang}[{text}]({destination})");
    Some((String::new(), Some((Some(link.span), meant))))
}

/// Whether a destination leads to a part of its own page, as far as its form goes.
pub(super) fn is_fragment(text: &str) -> bool {
    text.starts_with('#') && text.is_ascii() && !text.contains(['\\', ':'])
}

/// Whether it is the address of another site, or a path from the root.
fn is_address(text: &str) -> bool {
    hosts::host(text).is_some() || text.starts_with('/') || text.starts_with("www.")
}

/// Whether a link's destination stands between `<` and `>`, where blanks and parentheses are allowed.
fn is_bracketed(one: &LocatedDestination<'_>) -> bool {
    let is_apart = |link: &Link| one.span.start > link.text_span.end + 2;
    !one.is_unlinked() && one.link.is_some_and(is_apart)
}

/// `[text] (url)`, `[text]{url}`, `(text)[url]`, `[text(url)`, `text](url)`, `\[text\](url)`, `<a href="url>`.
pub(super) fn unlinked(one: &LocatedDestination<'_>, reason: Unlinked) -> Option<Found> {
    let link = one.link.filter(|link| link.unlinked == Some(reason))?;
    match (reason, &*link.text) {
        (Unlinked::Nested | Unlinked::OpenTitle, _) | (_, "") => Some(Found::default()),
        (Unlinked::Code, text) => meant_as(link, &format!("{text}`"), one.text),
        (_, text) => meant_as(link, text, one.text),
    }
}

/// `[https://example.com](text)`
pub(super) fn exchanged(one: &LocatedDestination<'_>) -> Option<Found> {
    let link = one.link.filter(|link| link.kind == LinkKind::Inline)?;
    let (shown, text) = (link.text.trim(), one.text);
    let is_exchanged = after_scheme(shown).is_some_and(|rest| rest.contains('.'))
        && !shown.contains(char::is_whitespace)
        && text.starts_with(char::is_alphabetic)
        && !text.contains(['/', '.', ':', '#', '?', '@'])
        && !exists(one, text);
    is_exchanged.then(|| meant_as(link, text, shown))?
}

/// `((url))`, `"url"`, `<url`.
pub(super) fn wrapped(one: &LocatedDestination<'_>) -> Option<Found> {
    let text = one.text;
    let mut inside = text
        .trim_start_matches(['(', '"', '\'', '“', '‘', '<', '«'])
        .trim_end_matches(['"', '\'', '”', '’', '>', '»']);
    if text.starts_with('(') {
        inside = inside.trim_end_matches(')');
    }
    let first = text.chars().next().filter(|_| !text.starts_with(inside));
    let last = text.chars().next_back().filter(|_| !text.ends_with(inside));
    let mark = first.or(last)?;
    // An apostrophe may end a title: `/wiki/Rock_'n'`.
    let may_end = first.is_none() && (matches!(mark, '\'' | '’') || inside.contains(mark));
    let what = match mark {
        '(' => "a second pair of parentheses",
        '<' | '>' => "an angle bracket",
        _ => "quotation marks",
    };
    let is_one = !may_end
        && !inside.contains(char::is_whitespace)
        && (hosts::host(inside).is_some() || inside.starts_with('/'));
    is_one.then(|| meant(what, inside))?
}

/// `[x]: [x]: https://example.com`, `[x]: [text](https://example.com)`.
pub(super) fn nested(one: &LocatedDestination<'_>) -> Option<Found> {
    let (_, after) = one.text.strip_prefix('[')?.rsplit_once(']')?;
    let what = match after.starts_with(':') {
        true => "a second definition",
        false => "a link",
    };
    let inner = after.trim_start_matches([':', '(', ' ']);
    let inner = inner.trim_end_matches(')');
    match hosts::host(inner) {
        Some(_) if !inner.contains(' ') => meant(what, inner),
        _ => found(what),
    }
}

/// The last address of another site in `text`, and what stands before it. Of `https//x` and `https:/x` it is `https://x`.
fn last_address(text: &str) -> Option<(&str, String)> {
    memchr::memmem::find(text.as_bytes().get(1..)?, b"http")?; // most have none
    let addresses = text.rmatch_indices("http").filter_map(|(at, _)| {
        let (before, address) = text.split_at_checked(at)?;
        let after = address.strip_prefix("http")?;
        let (scheme, after) = match after.strip_prefix('s') {
            Some(after) => ("https", after),
            None => ("http", after),
        };
        let rest = after.strip_prefix(":/").or(after.strip_prefix("//"))?;
        let rest = rest.trim_start_matches([':', '/']);
        let host = rest.split(['/', '?', '#']).next()?;
        (host.contains('.') && !rest.contains(char::is_whitespace))
            .then(|| (before, format!("{scheme}://{rest}")))
    });
    addresses.take(1).find(|(before, _)| !before.is_empty())
}

/// Words that are no part of an address in front of which they stand.
const IN_FRONT: &str = "url: link: href= src= mailto:";

/// `https://https://example.com`, `/https://example.com`, `url:https://example.com`.
pub(super) fn in_front(one: &LocatedDestination<'_>) -> Option<Found> {
    let (before, address) = last_address(one.text)?;
    let is_scheme = before.bytes().all(|byte| b"htps:/".contains(&byte));
    let is_mark = || !before.contains(|one: char| one.is_alphanumeric() || one == '?');
    let word = before.trim_end_matches(['"', '\'']).to_ascii_lowercase();
    let is_own_site = || {
        let rest = after_scheme(before).and_then(|rest| rest.strip_suffix('/'));
        rest.is_some_and(|host| one.page.archive.is_own_host(host))
    };
    let is_one =
        is_scheme && before.len() > 2 || is_mark() || is_any(&word, IN_FRONT) || is_own_site();
    let address = address.trim_end_matches(['"', '\'']);
    is_one.then(|| meant(before, address))?
}

/// `https://example.com/https://example.com/a`, and an address twice. An archive of pages has another host.
pub(super) fn doubled(one: &LocatedDestination<'_>) -> Option<Found> {
    let text = one.text;
    after_scheme(text)?;
    let again = last_address(text).filter(|(before, again)| {
        let is_part = before.ends_with('/') && !before.contains(['?', '#']);
        is_part && hosts::host(again).is_some() && hosts::host(again) == hosts::host(text)
    });
    if let Some((_, again)) = again {
        return meant("the address of the site", again);
    }
    let (half, other) = text.split_at_checked(text.len() / 2)?;
    (half == other).then(|| meant("the address", half))?
}

/// `https://example.com/ahttps://example.org/b`. An archive of pages, or a service that is given an address, has a sign
/// before the second one.
pub(super) fn run_together(one: &LocatedDestination<'_>) -> Option<Found> {
    let (before, _) = last_address(one.text)?;
    let is_one = after_scheme(before).is_some_and(|rest| rest.contains('.'))
        && before.ends_with(char::is_alphanumeric)
        && !before.contains(['?', '#', '%']);
    is_one.then(Found::default)
}

/// `ttps://`, `https:/x`, `http//x`, `https:// x`, `maito:`, `http://ada@example.com`.
pub(super) fn bad_scheme(one: &LocatedDestination<'_>) -> Option<Found> {
    let text = one.text;
    let after = text.trim_start_matches(|first: char| first.is_ascii_alphabetic());
    let rest = after.trim_start_matches([':', ';', '/', '\\', '.', ',', ' ']);
    let separator = after.strip_suffix(rest)?;
    let word = text.strip_suffix(after)?.to_ascii_lowercase();
    let is_separator = separator.contains([':', ';']) || separator.contains("//");
    // `//example.com` has the scheme of its page.
    if !is_separator || rest.is_empty() || word.is_empty() && !separator.starts_with(':') {
        return None;
    }
    let beginning = text.strip_suffix(rest)?;
    let instead = |right: &str, rest: &str| {
        let what = format!("`{beginning}` instead of `{right}`");
        meant(what, [right, rest].concat())
    };
    let address = rest.strip_prefix("mailto:").unwrap_or(rest);
    let begins_mail = match &*word {
        "mailto" => separator != ":",
        "http" | "https" => separator == "://",
        _ => separator == ":" && edits(&word, "mailto") <= 2,
    };
    if begins_mail && is_e_mail(address.trim_end_matches('/')) {
        return instead("mailto:", address.trim_end_matches('/'));
    }
    // `http:///x` has no host, and a Windows path after `http` is nothing that was ever meant.
    let is_right = separator == "://" && matches!(&*word, "http" | "https");
    if is_right || rest.contains(char::is_whitespace) {
        return None;
    }
    let scheme = meant_scheme(&word)?;
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
    let is_host = host.contains('.')
        || host == "localhost"
        || separator.ends_with("//") && separator.contains([':', ';']) && !word.is_empty();
    is_host.then(|| instead(&format!("{scheme}://"), rest))?
}

/// The scheme that `word` is, or is a slip of.
fn meant_scheme(word: &str) -> Option<&'static str> {
    // `hxxp` is a way to make an address harmless on purpose.
    if word.starts_with("hxx") || word.len() > 8 || matches!(word, "ftp" | "sftp" | "ftps") {
        return None;
    }
    let [to_http, to_https] = ["http", "https"].map(|scheme| edits(word, scheme));
    let is_secure = word.ends_with('s') || to_https < to_http;
    let is_near = match to_http.min(to_https) {
        0 | 1 => true,
        2 => word.starts_with('h') && word.contains('t') && word.contains('p'),
        _ => "https".ends_with(word),
    };
    is_near.then_some(match is_secure || word.is_empty() {
        true => "https",
        false => "http",
    })
}

/// What a character is called that has no width, or looks like a space. Those that scripts need (U+200C, U+200D) are seen.
fn unseen(one: char) -> Option<&'static str> {
    Some(match one {
        '\u{200b}' => "a zero-width space",
        '\u{feff}' => "a byte order mark",
        '\u{2060}' => "a word joiner",
        '\u{ad}' => "a soft hyphen",
        '\u{a0}' => "a non-breaking space",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a direction mark"
        }
        '\u{8}' => "a control character",
        _ => return None,
    })
}

/// A character that nobody sees; an encoded one at the end of an address alone, since servers may well have it in the
/// middle.
pub(super) fn invisible(one: &LocatedDestination<'_>) -> Option<Found> {
    let text = one.text;
    if text.is_ascii() && !text.bytes().any(|byte| matches!(byte, b'%' | 8)) {
        return None;
    }
    if let Some(found) = text.chars().find(|found| unseen(*found).is_some()) {
        let is_space = found == '\u{a0}';
        let trimmed = text.trim_matches(found);
        return match () {
            // A server takes it for a space in what it is asked.
            () if is_space && text.contains('?') => None,
            () if is_space && trimmed.contains(found) => self::found(unseen(found)?),
            () => meant(unseen(found)?, text.replace(found, "")),
        };
    }
    let last = percent_decoded(text).chars().next_back()?;
    let name = unseen(last)?;
    let encoded = last.len_utf8() * "%00".len();
    meant(name, text.get(..text.len().checked_sub(encoded)?)?)
}

/// Backslashes that the renderer keeps; `\n` at the end comes out of a program that wrote the file.
pub(super) fn backslash(one: &LocatedDestination<'_>) -> Option<Found> {
    let (keeps_all, address) = without_backslashes(one)?;
    let mut tails = ["\\n", "\\r", "\\t"].into_iter();
    let what = match tails.find(|tail| one.text.ends_with(tail)) {
        Some(tail) => format!("ends with `{tail}`, which becomes part of it"),
        None if keeps_all => "contains a backslash, which kramdown keeps".to_owned(),
        None => "contains a backslash, which stays in it".to_owned(),
    };
    let meant = is_address(one.text).then_some((None, address));
    Some((what, meant))
}

/// A destination without the backslashes that the renderer keeps, if there are any, and whether it keeps all.
fn without_backslashes(one: &LocatedDestination<'_>) -> Option<(bool, String)> {
    let text = one.text;
    if !text.contains('\\') || one.is_of(LinkKind::Html) {
        return None;
    }
    let keeps_all = one.page.archive.dialect == Dialect::Kramdown;
    let mut repaired = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match (character, rest.peek().copied()) {
            // What is escaped is meant as it stands.
            ('\\', Some(next)) if next.is_ascii_punctuation() && !keeps_all => {
                repaired.push(character);
                repaired.extend(rest.next());
            }
            // `\n` and its like are no letters.
            ('\\', Some('n' | 'r' | 't')) => _ = rest.next(),
            ('\\', _) => {}
            _ => repaired.push(character),
        }
    }
    (repaired != text).then_some((keeps_all, repaired))
}

/// Whether there is whitespace in a destination that is no size of an image (`shed.png =300x200`).
fn has_blank(one: &LocatedDestination<'_>) -> bool {
    if one.text.is_ascii() && !one.text.bytes().any(|byte| byte.is_ascii_whitespace()) {
        return false;
    }
    // What kramdown leaves in an address of two lines, browsers drop.
    let is_dropped = |letter: char| matches!(letter, '\n' | '\r') && !one.is_unlinked();
    let is_blank = |letter: char| letter.is_whitespace() && !is_dropped(letter);
    let is_size = |word: &str| {
        let size = word.strip_prefix('=').unwrap_or("-");
        let fits = |letter: char| letter.is_ascii_digit() || matches!(letter, 'x' | '*' | '%');
        size.chars().all(fits)
    };
    let has_size = one.text.split_whitespace().next_back().is_some_and(is_size);
    one.text.contains(is_blank) && !has_size && !one.is_of(LinkKind::Html)
}

/// Whether whitespace keeps CommonMark from seeing a link.
fn is_broken_by_blank(one: &LocatedDestination<'_>) -> bool {
    one.is_unlinked() && has_blank(one)
}

/// Whether kramdown keeps whitespace in the address of a link.
fn keeps_blank(one: &LocatedDestination<'_>) -> bool {
    let is_kramdown = one.page.archive.dialect == Dialect::Kramdown;
    is_kramdown && !one.is_unlinked() && !is_bracketed(one) && has_blank(one)
}

fn is_web(text: &str) -> bool {
    after_scheme(text).is_some() || text.starts_with("www.")
}

fn is_image(one: &LocatedDestination<'_>) -> bool {
    one.link.is_some_and(|link| link.image)
}

/// `[Style guide](Style guide)`
pub(super) fn repeated_words(one: &LocatedDestination<'_>) -> Option<Found> {
    let is_repeated = || one.links().any(|link| link.text.trim() == one.text);
    (is_broken_by_blank(one) && is_repeated()).then(Found::default)
}

/// `[text](https://example.com/two words)`, which is no link for CommonMark.
pub(super) fn spaced_text(one: &LocatedDestination<'_>) -> Option<Found> {
    let text = one.text;
    let is_file = || text.starts_with('/') && text.contains('.') || is_markdown(text);
    let is_meant = || is_web(text) || is_image(one) || is_file() || text.starts_with("mailto:");
    if !is_broken_by_blank(one) || !is_meant() {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match text.contains('\n') || words.iter().skip(1).any(|word| is_web(word)) {
        true => Some(Found::default()),
        false => meant("", words.join("%20")),
    }
}

/// The same for kramdown, which makes a link of it. Browsers ask for a file with blanks in its name.
pub(super) fn spaced(one: &LocatedDestination<'_>) -> Option<Found> {
    let text = one.text;
    let name = || text.rsplit('/').next().unwrap_or("");
    let is_file = || text.starts_with('/') && name().contains('.');
    let is_address = || is_web(text) || text.starts_with('/');
    let is_long = || text.split_whitespace().count() > 7;
    (keeps_blank(one) && is_address() && (!is_file() || is_long())).then(Found::default)
}

/// `[Style guide](the guide)`, in kramdown.
pub(super) fn words(one: &LocatedDestination<'_>) -> Option<Found> {
    let text = one.text;
    let leads = || text.starts_with(['#', '/']) || is_web(text) || has_scheme(text);
    let is_picture = || is_image(one) && text.contains('.');
    (keeps_blank(one) && !leads() && !is_picture()).then(Found::default)
}

/// `[text](some words)` where that is no link.
pub(super) fn printed_words(one: &LocatedDestination<'_>) -> Option<Found> {
    let is_word = |text: &str| {
        text.chars()
            .filter(|one| one.is_alphabetic())
            .nth(2)
            .is_some()
    };
    let text = one.link.map_or("", |link| &*link.text);
    let words = one.text.split_whitespace();
    let are_words = || words.clone().count() > 1 && words.clone().all(is_word);
    (is_broken_by_blank(one) && is_word(text) && are_words()).then(Found::default)
}

/// `[text](https://example.com/a_(b)`
pub(super) fn open_parenthesis(one: &LocatedDestination<'_>) -> Option<Found> {
    let (open, closed) = one.is_unlinked().then(|| parentheses(one))??;
    let is_open = open >= closed && !one.text.contains(char::is_whitespace);
    is_open.then(Found::default)
}

/// `[a]: https://example.com/a_(b`
pub(super) fn open_inside(one: &LocatedDestination<'_>) -> Option<Found> {
    let may_be = one.text.contains('(') && !one.is_unlinked();
    let (open, closed) = may_be.then(|| parentheses(one))??;
    (open > closed && !one.text.ends_with(')')).then(|| meant("", format!("{})", one.text)))?
}

/// `https://example.com/a)`
pub(super) fn stray_end(one: &LocatedDestination<'_>) -> Option<Found> {
    let may_be = one.text.ends_with([')', ']']) && !one.is_unlinked();
    let (open, closed) = may_be.then(|| parentheses(one))??;
    if let Some(trimmed) = one
        .text
        .strip_suffix(']')
        .filter(|_| !one.text.contains('['))
    {
        return meant("bracket", trimmed);
    }
    let trimmed = one.text.strip_suffix(')')?;
    (open == 0 && closed == 1).then(|| meant("parenthesis", trimmed))?
}

/// How many parentheses are opened and closed in an address.
fn parentheses(one: &LocatedDestination<'_>) -> Option<(usize, usize)> {
    let count = |wanted| one.text.bytes().filter(|byte| *byte == wanted).count();
    (is_address(one.text) && !is_bracketed(one)).then(|| (count(b'('), count(b')')))
}

/// Words that end with a full stop in titles.
const ABBREVIATIONS: &str = "inc ltd co corp bros jr sr dr mr mrs ms st vs etc no vol feat ft al \
    pt op prof rev gmbh cie esq dept univ ave mt";

/// `https://example.com/page.`
pub(super) fn punctuation(one: &LocatedDestination<'_>) -> Option<Found> {
    let text = one.text;
    let trimmed = text.trim_end_matches(['.', ',', ';']);
    let rest = after_scheme(text).filter(|_| trimmed.len() < text.len())?;
    let name = match text.strip_prefix(trimmed)? {
        // `/.` is the folder itself for every server.
        "." if !trimmed.ends_with('/') => "a full stop",
        "," => "a comma",
        ";" if !trimmed.contains('&') => "a semicolon",
        _ => return None,
    };
    let mut words = trimmed.rsplit(|character: char| !character.is_alphanumeric());
    let word = words.next()?.to_lowercase();
    let is_abbreviated = text.ends_with('.')
        && rest.contains('/')
        && (word.chars().count() == 1 || is_any(&word, ABBREVIATIONS));
    let belongs = rest.contains(['?', '#'])
        || rest.contains("/wiki/")
        || is_abbreviated
        || one.page.archive.with_odd_ending(text) > 1;
    (!belongs).then(|| meant(name, trimmed))?
}

/// `https://example.com/a-long…`
pub(super) fn ellipsis(one: &LocatedDestination<'_>) -> Option<Found> {
    let (text, rest) = (one.text, after_scheme(one.text)?);
    let is_one = (rest.ends_with("...") || rest.contains('…'))
        && !rest.contains("/wiki/")
        && one.page.archive.with_odd_ending(text) < 2;
    is_one.then(Found::default)
}
