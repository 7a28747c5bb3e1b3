//! What can be wrong with a destination, one function each; the first that finds something counts.

use crate::archive::hosts::without_scheme;
use crate::archive::routes::{Target, has_scheme};
use crate::archive::{Archive, hosts};
use crate::diagnostic::DocumentId;
use crate::document::{Dialect, Document, LinkKind};
use crate::rules::links::written::Written;

/// What is wrong with a destination, in words.
#[derive(Debug)]
pub(in crate::rules::links) struct Fault {
    /// What is wrong.
    pub(super) message: String,
    /// What the reader sees.
    pub(super) note: String,
    /// The way out.
    pub(super) help: String,
    /// The destination as it was probably meant.
    pub(super) repaired: Option<String>,
}

impl Fault {
    fn new(message: impl Into<String>, note: &str, help: impl Into<String>) -> Self {
        Fault {
            message: message.into(),
            note: note.to_owned(),
            help: help.into(),
            repaired: None,
        }
    }

    fn repaired(mut self, repaired: impl Into<String>) -> Self {
        self.repaired = Some(repaired.into());
        self
    }
}

const OWN_SITE: &str = "leads to a page of that name on your own site";
const NOWHERE: &str = "leads nowhere";
const NOT_FOUND: &str = "leads to a page that does not exist";

/// A destination with what is needed to judge it.
struct Subject<'a> {
    written: &'a Written<'a>,
    text: &'a str,
    document: &'a Document,
    archive: &'a Archive,
    id: DocumentId,
}

/// The first fault of a destination.
pub(super) fn of(
    written: &Written<'_>,
    document: &Document,
    archive: &Archive,
    id: DocumentId,
) -> Option<Fault> {
    let text = written.text.trim();
    let subject = Subject {
        written,
        text,
        document,
        archive,
        id,
    };
    // Almost every destination is a plain address or path: nothing more than this is asked of it.
    if is_plain(text) {
        return None;
    }
    let found = [
        wrapped,
        nested_definition,
        doubled,
        bad_scheme,
        backslash,
        white_space,
        unbalanced,
        bad_host,
        trailing_punctuation,
        e_mail_or_handle,
        no_scheme,
        own_text,
    ];
    found.iter().find_map(|check| check(&subject))
}

/// Whether a destination is an absolute address or a path from the root, of characters that are above suspicion.
fn is_plain(text: &str) -> bool {
    let rest = match text
        .strip_prefix("https://")
        .or(text.strip_prefix("http://"))
    {
        Some(rest) if rest.starts_with(|first: char| first.is_ascii_alphanumeric()) => rest,
        Some(_) => return false,
        None => match text.strip_prefix('/') {
            Some(rest) if !rest.contains('.') => rest,
            Some(_) => return false,
            None => return text.starts_with('#') && !text.contains('\\'),
        },
    };
    rest.bytes().all(|byte| {
        byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b'/' | b'-' | b'_' | b'.' | b'=' | b'#' | b'&' | b'%' | b'+' | b'~'
            )
    }) && !rest.ends_with('.')
        && !rest.contains("..")
        && !rest.contains("http")
}

/// `((url))`, `"url"`, `<url`.
fn wrapped(subject: &Subject<'_>) -> Option<Fault> {
    let text = subject.text;
    let inside = text
        .trim_start_matches(['(', '"', '\'', '“', '‘', '<', '«'])
        .trim_end_matches(['"', '\'', '”', '’', '>', '»']);
    let inside = if text.starts_with('(') {
        inside.trim_end_matches(')')
    } else {
        inside
    };
    let first = text.chars().next().filter(|_| !text.starts_with(inside));
    let last = text.chars().next_back().filter(|_| !text.ends_with(inside));
    let mark = first.or(last)?;
    let is_address = hosts::host(inside).is_some() || inside.starts_with('/');
    // An apostrophe may end a title: `/wiki/Rock_'n'`.
    if !is_address || first.is_none() && (matches!(mark, '\'' | '’') || inside.contains(mark)) {
        return None;
    }
    let what = match mark {
        '(' => "a second pair of parentheses",
        '<' | '>' => "an angle bracket",
        _ => "quotation marks",
    };
    Some(
        Fault::new(
            format!("the address contains {what}"),
            NOT_FOUND,
            format!("write the address alone: `{inside}`"),
        )
        .repaired(inside),
    )
}

/// `[x]: [x]: https://example.com`, `[x]: [text](https://example.com)`.
fn nested_definition(subject: &Subject<'_>) -> Option<Fault> {
    let text = subject.text;
    if !text.starts_with('[') || !text.contains(']') {
        return None;
    }
    let (_, after) = text.rsplit_once(']')?;
    let inner = after
        .trim_start_matches([':', '(', ' '])
        .trim_end_matches(')');
    let what = if after.starts_with(':') {
        "there is a second definition where the address belongs"
    } else {
        "there is a link where the address belongs"
    };
    let fault = Fault::new(what, NOWHERE, "write the address alone");
    Some(if hosts::host(inner).is_some() && !inner.contains(' ') {
        fault.repaired(inner)
    } else {
        fault
    })
}

/// `https://https://example.com`, `https://example.com/ahttps://example.com/a`.
fn doubled(subject: &Subject<'_>) -> Option<Fault> {
    let text = subject.text;
    let rest = after_scheme(text)?;
    let inner = [
        "https://", "http://", "https//", "http//", "https:/", "http:/",
    ]
    .iter()
    .find_map(|scheme| without_scheme(rest, scheme).map(|inner| (scheme, inner)));
    if let Some((scheme, inner)) = inner {
        let scheme = if scheme.starts_with("https") {
            "https"
        } else {
            "http"
        };
        let repaired = format!("{scheme}://{}", inner.trim_start_matches('/'));
        return Some(
            Fault::new(
                "the address begins with `http` twice",
                NOT_FOUND,
                format!("write it once: `{repaired}`"),
            )
            .repaired(repaired),
        );
    }
    let half = text.len() / 2;
    let (one, other) = (text.get(..half)?, text.get(half..)?);
    (one == other && text.len().is_multiple_of(2))
        .then(|| Fault::new("the address is given twice", NOT_FOUND, "write it once").repaired(one))
}

fn after_scheme(text: &str) -> Option<&str> {
    without_scheme(text, "https://").or_else(|| without_scheme(text, "http://"))
}

/// `ttps://`, `https:/x`, `http//x`, `mailto://`.
fn bad_scheme(subject: &Subject<'_>) -> Option<Fault> {
    let text = subject.text;
    let length = text
        .bytes()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let word = text.get(..length)?.to_ascii_lowercase();
    let after = text.get(length..)?;
    let rest = after.trim_start_matches([':', ';', '/', '\\', '.', ',']);
    let separator = after.get(..after.len() - rest.len())?;
    if !separator.contains([':', ';']) && !separator.contains("//") || rest.is_empty() {
        return None;
    }
    if word == "mailto" && separator == "://" {
        return Some(
            Fault::new(
                "`mailto:` takes no slashes",
                "many mail programs take the slashes for a part of the address",
                format!("write `mailto:{rest}`"),
            )
            .repaired(format!("mailto:{rest}")),
        );
    }
    let slip_of_mail = word != "mailto"
        && separator == ":"
        && strsim::osa_distance(&word, "mailto") <= 2
        && is_e_mail(rest.split('?').next().unwrap_or(""));
    if slip_of_mail {
        return Some(
            Fault::new(
                format!("`{word}:` is not a way to begin an address"),
                "nothing can open it",
                format!("write `mailto:{rest}`"),
            )
            .repaired(format!("mailto:{rest}")),
        );
    }
    let scheme = meant_scheme(&word)?;
    // `http:///x` has no host, and a Windows path after `http` is nothing that was ever meant.
    if (word == "http" || word == "https") && separator == "://" {
        return None;
    }
    let looks_like_host = rest
        .split(['/', '?', '#', ':'])
        .next()
        .is_some_and(|host| host.contains('.') || host == "localhost")
        || separator.ends_with("//") && separator.contains([':', ';']);
    if !looks_like_host {
        return None;
    }
    let repaired = format!("{scheme}://{rest}");
    let written = text.get(..text.len() - rest.len()).unwrap_or("");
    Some(
        Fault::new(
            format!("the address begins with `{written}` instead of `{scheme}://`"),
            "a browser cannot follow it",
            format!("write `{repaired}`"),
        )
        .repaired(repaired),
    )
}

/// The scheme that `word` is, or is a slip of.
fn meant_scheme(word: &str) -> Option<&'static str> {
    // `hxxp` is a way to make an address harmless on purpose.
    if word.starts_with("hxx") || word.len() > 8 || matches!(word, "ftp" | "sftp" | "ftps") {
        return None;
    }
    let (to_http, to_https) = (
        strsim::osa_distance(word, "http"),
        strsim::osa_distance(word, "https"),
    );
    let near = match to_http.min(to_https) {
        0 | 1 => true,
        2 => word.starts_with('h') && word.contains('t') && word.contains('p'),
        _ => false,
    };
    near.then_some(if word.ends_with('s') || to_https < to_http {
        "https"
    } else {
        "http"
    })
}

/// Backslashes that the renderer keeps.
fn backslash(subject: &Subject<'_>) -> Option<Fault> {
    let Subject { text, archive, .. } = *subject;
    if !text.contains('\\') || subject.written.kind() == Some(LinkKind::Html) {
        return None;
    }
    let all = archive.dialect == Dialect::Kramdown;
    let mut repaired = String::with_capacity(text.len());
    let mut kept = false;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let escapes =
            character == '\\' && rest.peek().is_some_and(|next| next.is_ascii_punctuation());
        if character != '\\' {
            repaired.push(character);
        } else if escapes {
            kept |= all;
            // What is escaped is meant as it stands.
            if !all {
                repaired.push(character);
                repaired.extend(rest.next());
            }
        } else {
            kept = true;
            // `\n` and its like come out of a program that wrote the file.
            if rest
                .peek()
                .is_some_and(|next| matches!(next, 'n' | 'r' | 't'))
            {
                rest.next();
            }
        }
    }
    if !kept {
        return None;
    }
    let tail = ["\\n", "\\r", "\\t"]
        .into_iter()
        .find(|tail| text.ends_with(tail));
    let message = match tail {
        Some(tail) => format!("the address ends with `{tail}`, which becomes part of it"),
        None if all => "the address contains a backslash, which kramdown keeps".to_owned(),
        None => "the address contains a backslash, which stays in it".to_owned(),
    };
    let fault = Fault::new(message, NOT_FOUND, format!("write `{repaired}`"));
    let is_address = hosts::host(text).is_some() || text.starts_with('/');
    Some(if is_address {
        fault.repaired(repaired)
    } else {
        Fault {
            help: "write the address without backslashes".to_owned(),
            ..fault
        }
    })
}

/// `two words`, `https://example.com/two words`.
fn white_space(subject: &Subject<'_>) -> Option<Fault> {
    let Subject { text, written, .. } = *subject;
    if !text.contains(char::is_whitespace) || written.kind() == Some(LinkKind::Html) {
        return None;
    }
    let unlinked = written.link.is_some_and(|link| link.unlinked);
    let is_address = after_scheme(text).is_some() || text.starts_with("www.");
    let is_own_text = written
        .links(subject.document)
        .any(|link| link.text.trim() == text);
    let is_image = written.link.is_some_and(|link| link.image);
    if unlinked {
        // For CommonMark this is prose, and mostly meant as such.
        let is_path = text.starts_with('/') && text.contains('.');
        let is_mail = without_scheme(text, "mailto:").is_some();
        if !(is_address || is_own_text || is_image || is_path || is_mail) {
            return None;
        }
        let encoded = text.split_whitespace().collect::<Vec<_>>().join("%20");
        let fault = Fault::new(
            "this is not a link: there is white space in the address",
            "prints as text, with brackets and parentheses",
            if is_own_text {
                "write the address between the parentheses".to_owned()
            } else {
                "write `%20` for each space, or put the address between `<` and `>`".to_owned()
            },
        );
        return Some(if is_own_text || text.contains('\n') {
            fault
        } else {
            fault.repaired(encoded)
        });
    }
    // Between `<` and `>` blanks are allowed, and elsewhere CommonMark has no link.
    let in_angle_brackets = subject.archive.dialect != Dialect::Kramdown
        || written
            .link
            .is_some_and(|link| link.destination_span.start > link.text_span.end + 2);
    if text.starts_with('#') || !is_address && has_scheme(text) || in_angle_brackets {
        return None;
    }
    let address = text.split_whitespace().next().unwrap_or("");
    if is_address || text.starts_with('/') {
        let is_file = !is_address
            && text
                .rsplit('/')
                .next()
                .is_some_and(|name| name.contains('.'));
        if is_file && text.split_whitespace().count() < 8 {
            // Browsers ask for a file with blanks in its name.
            return None;
        }
        return Some(Fault::new(
            "there is white space in the address",
            NOT_FOUND,
            format!(
                "if the address is `{address}`, delete the rest; a space in an address is written `%20`"
            ),
        ));
    }
    if is_image && text.contains('.') {
        return None;
    }
    Some(Fault::new(
        "there are words where the address belongs",
        OWN_SITE,
        "write the address of what the text is about",
    ))
}

/// Parentheses that are left open, or closed without having been opened.
fn unbalanced(subject: &Subject<'_>) -> Option<Fault> {
    let Subject { text, written, .. } = *subject;
    if hosts::host(text).is_none() && !text.starts_with('/') && !text.starts_with("www.") {
        return None;
    }
    let count = |wanted: char| {
        text.chars()
            .filter(|character| *character == wanted)
            .count()
    };
    let (open, closed) = (count('('), count(')'));
    if written.link.is_some_and(|link| link.unlinked) {
        return (open >= closed).then(|| {
            Fault::new(
                "this is not a link: its parenthesis is not closed",
                "prints as text, with brackets and parentheses",
                "close the parenthesis; a parenthesis inside the address needs one of its own",
            )
        });
    }
    if open > closed && !text.ends_with(')') {
        return Some(
            Fault::new(
                "a parenthesis in the address is not closed",
                NOT_FOUND,
                "add the closing parenthesis, or delete the opening one",
            )
            .repaired(format!("{text})")),
        );
    }
    let trimmed = text.strip_suffix(')')?;
    (open == 0 && closed == 1).then(|| {
        Fault::new(
            "the address ends with a stray closing parenthesis",
            NOT_FOUND,
            format!("write `{trimmed}`"),
        )
        .repaired(trimmed)
    })
}

/// `http://www.example,com`, `http:///page`.
fn bad_host(subject: &Subject<'_>) -> Option<Fault> {
    let rest = after_scheme(subject.text)?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or("");
    let host = host.split(':').next().unwrap_or("");
    let is_bad = if host.is_empty() {
        rest.starts_with('/') && rest.trim_start_matches('/').contains('.')
    } else {
        host.contains(',') || host.contains("..") || host.starts_with('.')
    };
    is_bad.then(|| {
        Fault::new(
            if host.is_empty() {
                "the address names no site".to_owned()
            } else {
                format!("`{host}` is not the name of a site")
            },
            "a browser cannot follow it",
            "correct what stands between `//` and the next `/`",
        )
    })
}

/// Words that end with a full stop in titles.
const ABBREVIATIONS: &[&str] = &[
    "inc", "ltd", "co", "corp", "bros", "jr", "sr", "dr", "mr", "mrs", "ms", "st", "vs", "etc",
    "no", "vol", "feat", "ft", "al", "pt", "op", "prof", "rev", "gmbh", "cie", "esq", "dept",
    "univ", "ave", "mt",
];

/// `https://example.com/page.`
fn trailing_punctuation(subject: &Subject<'_>) -> Option<Fault> {
    let text = subject.text;
    let trimmed = text.trim_end_matches(['.', ',']);
    let tail = text.get(trimmed.len()..).filter(|tail| tail.len() == 1)?;
    let rest = after_scheme(text)?;
    if rest.contains(['?', '#']) || rest.contains("/wiki/") || trimmed.ends_with('/') && tail == "."
    {
        // `/.` is the folder itself for every server.
        return None;
    }
    let word = trimmed
        .rsplit(|character: char| !character.is_alphanumeric())
        .next()
        .unwrap_or("")
        .to_lowercase();
    let in_host = !rest.contains('/');
    let is_title = tail == "."
        && !in_host
        && (word.chars().count() == 1 || ABBREVIATIONS.contains(&word.as_str()));
    if is_title || subject.archive.with_odd_ending(text) > 1 {
        return None;
    }
    let name = if tail == "." { "full stop" } else { "comma" };
    Some(
        Fault::new(
            format!("the address ends with a {name} that seems to belong to the sentence"),
            NOT_FOUND,
            format!("write `{trimmed}`"),
        )
        .repaired(trimmed),
    )
}

/// `ada@example.com`, `@ada`.
fn e_mail_or_handle(subject: &Subject<'_>) -> Option<Fault> {
    let text = subject.text;
    if is_e_mail(text.split('?').next().unwrap_or("")) {
        return Some(
            Fault::new(
                "an e-mail address needs `mailto:` in front of it",
                OWN_SITE,
                format!("write `mailto:{text}`"),
            )
            .repaired(format!("mailto:{text}")),
        );
    }
    let handle = text.strip_prefix('@')?;
    let is_handle = !handle.is_empty()
        && handle.chars().all(|character| {
            character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | '@')
        });
    (is_handle && !exists(subject, text)).then(|| {
        Fault::new(
            format!("`{text}` is a handle, not an address"),
            OWN_SITE,
            "write the address of the profile",
        )
    })
}

fn is_e_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && !name.contains([':', '/', ' '])
            && !host.contains(['@', '/', ' ', ':'])
            && host
                .rsplit_once('.')
                .is_some_and(|(before, suffix)| !before.is_empty() && is_letters(suffix))
    })
}

fn is_letters(text: &str) -> bool {
    text.len() >= 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// What hosts end with and files do not.
const SUFFIXES: &[&str] = &[
    "com",
    "org",
    "net",
    "edu",
    "gov",
    "io",
    "co",
    "uk",
    "eu",
    "de",
    "fr",
    "nl",
    "ie",
    "us",
    "ca",
    "au",
    "nz",
    "ch",
    "at",
    "se",
    "dk",
    "fi",
    "es",
    "be",
    "jp",
    "tech",
    "coop",
    "dev",
    "app",
    "info",
    "blog",
    "xyz",
    "me",
    "tv",
    "fm",
    "social",
    "club",
    "online",
    "site",
    "wiki",
    "space",
    "london",
    "scot",
    "wales",
    "academy",
    "agency",
    "design",
    "digital",
    "community",
    "network",
    "studio",
    "tools",
    "foundation",
    "events",
    "life",
    "world",
    "email",
    "ly",
    "earth",
    "page",
    "cloud",
    "uk.com",
];

/// `example.com/page`
fn no_scheme(subject: &Subject<'_>) -> Option<Fault> {
    let Subject { text, archive, .. } = *subject;
    let address = text.strip_prefix('/').unwrap_or(text);
    let host = address.split(['/', '?', '#', ':']).next().unwrap_or("");
    let port = address
        .get(host.len()..)
        .and_then(|rest| rest.strip_prefix(':'));
    if has_scheme(text)
        && !port.is_some_and(|port| port.starts_with(|first: char| first.is_ascii_digit()))
    {
        return None;
    }
    let host = host.to_ascii_lowercase();
    let (before, suffix) = host.rsplit_once('.')?;
    let is_host = is_letters(suffix)
        && !before.is_empty()
        && host.split('.').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        });
    if !is_host {
        return None;
    }
    let is_known = || archive.hosts().related(&host) > 0;
    let rooted = address.len() < text.len();
    // `/example.com` may well be a folder of the site.
    let sure = host.starts_with("www.") && before.contains('.')
        || is_known() && !is_file_extension(suffix);
    if !(sure || !rooted && SUFFIXES.contains(&suffix))
        || exists(subject, text)
        || exists(subject, &host)
    {
        return None;
    }
    let repaired = format!("https://{address}");
    Some(
        Fault::new(
            format!(
                "`{host}` looks like another site, but the address has no `https://` in front of it"
            ),
            OWN_SITE,
            format!("write `{repaired}`"),
        )
        .repaired(repaired),
    )
}

/// Extensions of files that are also the ends of hosts.
fn is_file_extension(suffix: &str) -> bool {
    matches!(
        suffix,
        "md" | "rs"
            | "sh"
            | "py"
            | "pl"
            | "ps"
            | "zip"
            | "mov"
            | "so"
            | "cc"
            | "ai"
            | "js"
            | "ts"
            | "pdf"
            | "html"
            | "txt"
    )
}

/// Whether the archive has a file, or a folder, that the destination can mean.
fn exists(subject: &Subject<'_>, text: &str) -> bool {
    let Subject { archive, id, .. } = *subject;
    if matches!(
        archive.resolve(id, text),
        Target::Document(..) | Target::Served
    ) {
        return true;
    }
    let wanted = text
        .split(['?', '#'])
        .next()
        .unwrap_or("")
        .trim_matches('/');
    let holds = |path: &str| {
        path.strip_suffix(wanted)
            .is_some_and(|before| before.is_empty() || before.ends_with('/'))
            || path
                .strip_prefix(wanted)
                .is_some_and(|rest| rest.starts_with('/'))
            || path.contains(&format!("/{wanted}/"))
    };
    archive
        .documents
        .iter()
        .any(|document| document.stem() == wanted || holds(&document.path))
        || archive.other_files.iter().any(|path| holds(path))
}

/// `[Kiosk](Kiosk)`
fn own_text(subject: &Subject<'_>) -> Option<Fault> {
    let Subject {
        text,
        written,
        archive,
        id,
        ..
    } = *subject;
    let link = written.link?;
    let is_word = !text.contains(['/', '.', '#', ':', '?']);
    if !is_word || link.text.trim() != text || link.kind != LinkKind::Inline {
        return None;
    }
    let leads_nowhere = match archive.resolve(id, text) {
        Target::Missing(_) => true,
        // A page beside this one is written in small letters.
        Target::Unknown => text.contains(char::is_uppercase) && !exists(subject, text),
        _ => false,
    };
    leads_nowhere.then(|| {
        Fault::new(
            "the text is repeated where the address belongs",
            OWN_SITE,
            "write the address of what the text is about",
        )
    })
}
