//! Where a link leads, as it is written, and whether that is above suspicion.
//!
//! Most destinations are plain addresses of other sites. They are recognised once, when they are read, so that no rule
//! needs to look at them again.

use crate::source::{Span, Text};
use std::fmt;
use std::ops::Deref;

/// A destination as it stands in the source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Destination {
    text: Text,
    /// Of a plain address, where its host stands; else empty.
    host: Span,
}

/// No destination, which references have.
pub(super) static NONE: Destination = Destination {
    text: Text::const_new(""),
    host: Span { start: 0, end: 0 },
};

impl Destination {
    /// Whether it is a plain address of a public site:
    ///
    /// ```text
    /// plain  ("http://" | "https://") host [("/" | "#") {safe}]
    /// host   label "." ... suffix, in lower case; of a suffix that is public: not `local`, `localhost`, `test`, `dev`
    /// safe   letter | digit | one of / - _ . = # & % + ~ ? !
    /// ```
    ///
    /// without `..`, a full stop or `.ext` at the end, a second `http` or an encoded character without width in it.
    pub fn is_plain(&self) -> bool {
        !self.host.is_empty()
    }

    /// The host of a plain address.
    pub fn plain_host(&self) -> Option<&str> {
        self.is_plain().then(|| self.host.of(&self.text))
    }
}

impl From<&str> for Destination {
    fn from(text: &str) -> Self {
        Destination {
            text: text.into(),
            host: host_of_plain(text).unwrap_or_default(),
        }
    }
}

impl Deref for Destination {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Destination {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// Where the host stands, if `text` is a plain address.
fn host_of_plain(text: &str) -> Option<Span> {
    let rest = text.strip_prefix("http")?;
    let rest = rest.strip_prefix('s').unwrap_or(rest).strip_prefix("://")?;
    let bytes = rest.as_bytes();
    let length = memchr::memchr2(b'/', b'#', bytes).unwrap_or(bytes.len());
    let start = text.len() - rest.len();
    (is_public(bytes.get(..length)?) && is_above_suspicion(bytes) && !text.ends_with(".ext"))
        .then(|| Span::new(start, start + length))
}

/// Whether a host has a public suffix and consists of small letters, digits, hyphens and dots.
fn is_public(host: &[u8]) -> bool {
    let Some(dot) = memchr::memrchr(b'.', host) else {
        return false;
    };
    let suffix = host.get(dot + 1..).unwrap_or(&[]);
    let is_of_host =
        |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(byte);
    host.first().is_some_and(u8::is_ascii_alphanumeric)
        && !suffix.is_empty()
        && suffix.iter().all(u8::is_ascii_lowercase)
        && !matches!(suffix, b"local" | b"localhost" | b"test" | b"dev")
        && host.iter().all(is_of_host)
}

/// What a byte of an address is, in bits, so that what follows what is told by moving them.
const KINDS: [u8; 256] = {
    let mut kinds = [UNSAFE; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'.' => DOT,
            b'h' => H,
            b't' => T,
            b'/' | b'-' | b'_' | b'=' | b'#' | b'&' | b'+' | b'~' | b'?' | b'!' => 0,
            _ if byte.is_ascii_alphanumeric() => 0,
            _ => UNSAFE,
        };
        byte += 1;
    }
    kinds
};
const UNSAFE: u8 = 1;
const DOT: u8 = 2;
const H: u8 = 4;
const T: u8 = 8;

/// Whether what follows the scheme holds safe characters alone, no `..`, no full stop at its end and no `http`.
fn is_above_suspicion(rest: &[u8]) -> bool {
    let (mut before, mut odd) = (0, 0);
    for byte in rest {
        let kind = KINDS[usize::from(*byte)];
        odd |= kind & UNSAFE | kind & before & DOT | kind & (before << 1) & T;
        before = kind;
    }
    before != DOT && (odd == 0 || odd & DOT == 0 && rest.iter().enumerate().all(is_safe_in(rest)))
}

/// Whether a byte is safe before those that follow it: `%` may begin a character without width, and `h` an `http`.
fn is_safe_in(rest: &[u8]) -> impl Fn((usize, &u8)) -> bool + '_ {
    |(at, byte)| {
        let after = rest.get(at + 1..).unwrap_or(&[]);
        match byte {
            b'h' => !after.starts_with(b"ttp"),
            b'%' => !matches!(
                after,
                [b'E' | b'e', b'2' | b'F' | b'f', ..] | [b'C' | b'c', b'2', ..]
            ),
            _ => KINDS[usize::from(*byte)] != UNSAFE,
        }
    }
}

#[cfg(test)]
mod tests;
