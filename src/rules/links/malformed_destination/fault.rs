//! What can be wrong with a destination: a table. The first row that fits counts.

use super::names::*;
use super::recognise::*;
use crate::diagnostic::Safety;
use crate::document::Unlinked::*;
use crate::rules::Context;
use crate::rules::links::destinations::LocatedDestination;
use crate::source::Span;

/// A row of [`FAULTS`]: how the fault is recognised; what is wrong, where `{}` is what was found; what the reader sees; and
/// the way out, where `{}` is what was meant.
type Fault = (Find, &'static str, &'static str, &'static str);

type Find = fn(&LocatedDestination<'_>) -> Option<Found>;

/// What was found: what fills the gap of the message, and what was meant, where there is only one reading.
pub(super) type Found = (String, Option<Meant>);

/// What a destination was meant as, with the place of the link where all of that was meant as another one.
pub(super) type Meant = (Option<Span>, String);

const OWN_SITE: &str = "leads to a page of that name on your own site";
const NOWHERE: &str = "leads nowhere";
const NOT_FOUND: &str = "leads to a page that does not exist";
const NOT_FOLLOWED: &str = "a browser cannot follow it";
const PRINTED: &str = "prints as text, with brackets and parentheses";
const SWALLOWS: &str = "prints as text, or takes in all up to the next quotation mark";
const WRITE_ADDRESS: &str = "write the address of what the text describes";
const WRITE: &str = "write `{}`";
const ALONE: &str = "write only the address: `{}`";

#[rustfmt::skip]
static FAULTS: &[Fault] = &[
    // What prints as text.
    (|one| unlinked(one, Gap), "this is not a link: a space separates text and address", PRINTED, "delete the space before the parenthesis"),
    (|one| unlinked(one, Braces), "this is not a link: its address is not in parentheses", PRINTED, "put parentheses around the address"),
    (|one| unlinked(one, NoBracket), "this is not a link: its brackets do not match", PRINTED, "write `[` before the text, or delete the second `]`"),
    (|one| unlinked(one, Reversed), "this is not a link: its brackets and parentheses are swapped", PRINTED, "put brackets around the text, and parentheses around the address"),
    (|one| unlinked(one, OpenBracket), "this is not a link: its text lacks a closing bracket", PRINTED, "write `]` between the text and the parenthesis"),
    (|one| unlinked(one, Escaped), "this is not a link: backslashes escape its brackets", PRINTED, "delete the backslashes"),
    (|one| unlinked(one, Code), "this is not a link: one of its brackets is code", PRINTED, "put the second backquote before the `]`"),
    (|one| unlinked(one, Nested), "this is not a link: its text holds another link", PRINTED, "keep one of the two links"),
    (|one| unlinked(one, OpenTitle), "this is not a link: its title lacks quotation marks", PRINTED, "write `\"` before and after the title"),
    (|one| unlinked(one, OpenQuotation), "this is not a link: its address lacks a quotation mark", SWALLOWS, "write `\"` after the address"),
    // What stands around an address.
    (invisible, "the address contains {}, which nobody sees", NOT_FOUND, "write the address without it"),
    (exchanged, "the text and the address of this link are swapped", OWN_SITE, WRITE),
    (wrapped, "the address contains {}", NOT_FOUND, ALONE),
    (nested, "there is {} in place of the address", NOWHERE, "write only the address"),
    (in_front, "there is `{}` before the address", NOT_FOUND, ALONE),
    (doubled, "{} appears twice", NOT_FOUND, "write it once: `{}`"),
    (run_together, "two addresses run together", NOT_FOUND, "keep one of them"),
    (bad_scheme, "the address begins with {}", NOT_FOLLOWED, WRITE),
    // Characters that do not belong into one.
    (backslash, "the address {}", NOT_FOUND, "write the address without backslashes"),
    (repeated_words, "this is not a link: there is whitespace in the address", PRINTED, "write the address between the parentheses"),
    (spaced_text, "this is not a link: there is whitespace in the address", PRINTED, "write `%20` for each space, or put the address between `<` and `>`"),
    (spaced, "there is whitespace in the address", NOT_FOUND, "delete what is not part of the address; write `%20` for a space that is"),
    (words, "there are words in place of the address", OWN_SITE, WRITE_ADDRESS),
    (printed_words, "this is not a link: it has words in place of the address", PRINTED, WRITE_ADDRESS),
    (open_parenthesis, "this is not a link: its parenthesis is not closed", PRINTED, "close the parenthesis, and any parenthesis inside the address"),
    (open_inside, "a parenthesis in the address is not closed", NOT_FOUND, "add the closing parenthesis, or delete the opening one"),
    (stray_end, "the address ends with a stray closing {}", NOT_FOUND, WRITE),
    (punctuation, "the address ends with {}, probably by mistake", NOT_FOUND, WRITE),
    (ellipsis, "an ellipsis shortens the address", NOT_FOUND, "write the whole address, without the ellipsis"),
    // Names of sites and of people.
    (bad_host, "{}", NOT_FOLLOWED, "correct the name between `//` and the next `/`"),
    (misspelt_host, "{}", NOT_FOUND, WRITE),
    (other_mail, "the text shows `{}`, but the link has another address", "mail goes to an address that the text does not show", "write the same address in both places"),
    (no_mail, "`{}` is not an e-mail address", "mail reaches nobody", "write the whole address after `mailto:`"),
    (mail, "an e-mail address needs `mailto:` before it", OWN_SITE, WRITE),
    (handle, "`{}` is a handle, not an address", OWN_SITE, "write the address of the profile"),
    (no_scheme, "`https://` is missing before `{}`", OWN_SITE, WRITE),
    (own_text, "the text is repeated in place of the address", OWN_SITE, WRITE_ADDRESS),
    (bare_name, "`{}` is a name, not an address", OWN_SITE, WRITE_ADDRESS),
];

/// Reports the first fault of a destination.
pub(super) fn report(destination: &LocatedDestination<'_>, cx: &mut Context) {
    let text = destination.text.trim_ascii();
    // Most destinations that are asked for are paths from the root: they are above suspicion.
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_');
    if text.starts_with('/') && text.bytes().all(is_safe) || is_fragment(text) {
        return;
    }
    let trimmed = LocatedDestination {
        text,
        ..*destination
    };
    let found = |row: &'static Fault| Some((row, (row.0)(&trimmed)?));
    let Some(((_, message, seen, help), (what, meant))) = FAULTS.iter().find_map(found) else {
        return;
    };
    let text = meant.as_ref().map_or("", |(_, text)| text);
    let report = destination
        .report(cx, message.replace("{}", &what))
        .note(*seen)
        .help(help.replace("{}", text));
    if let Some((link, text)) = meant {
        let span = link.unwrap_or(destination.span);
        report.fix(format!("write `{text}`"), Safety::Unsafe, span, text);
    }
}
