//! What can be wrong with a destination, one function each; the first that finds something counts.

use crate::archive::hosts::{self, without_scheme};
use crate::archive::is_bare_name;
use crate::archive::{paths::has_scheme, routes::Target};
use crate::document::{Dialect, Link, LinkKind, Unlinked};
use crate::rules::links::destinations::LocatedDestination;

/// What is wrong with a destination, in words.
#[derive(Debug)]
pub(in crate::rules::links) struct Fault {
    /// What is wrong.
    pub(super) message: String,
    /// What the reader sees.
    pub(super) note: &'static str,
    /// The way out.
    pub(super) help: String,
    /// The destination as it was probably meant.
    pub(super) repaired: Option<String>,
}

impl Fault {
    fn new(message: impl Into<String>, note: &'static str, help: impl Into<String>) -> Self {
        let (message, help) = (message.into(), help.into());
        Fault {
            message,
            note,
            help,
            repaired: None,
        }
    }

    /// A fault whose way out is to write `repaired`.
    fn repaired_to(
        message: impl Into<String>,
        note: &'static str,
        repaired: impl Into<String>,
    ) -> Self {
        let repaired = repaired.into();
        Fault::new(message, note, format!("write `{repaired}`")).repaired(repaired)
    }

    fn repaired(mut self, repaired: impl Into<String>) -> Self {
        self.repaired = Some(repaired.into());
        self
    }
}

const OWN_SITE: &str = "leads to a page of that name on your own site";
const NOWHERE: &str = "leads nowhere";
const NOT_FOUND: &str = "leads to a page that does not exist";
const NOT_FOLLOWED: &str = "a browser cannot follow it";
const PRINTED: &str = "prints as text, with brackets and parentheses";
const WRITE_ADDRESS: &str = "write the address of what the text is about";

/// The first fault of a destination.
pub(super) fn of(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let text = destination.text.trim();
    // Most destinations that are asked for are paths from the root: they are above suspicion.
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_');
    if text.starts_with('/') && text.bytes().all(is_safe)
        || text.starts_with('#') && !text.contains('\\')
    {
        return None;
    }
    let checks = [
        apart,
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
        bare_name,
    ];
    let trimmed = LocatedDestination {
        text,
        ..*destination
    };
    checks.iter().find_map(|check| check(&trimmed))
}

/// `[text] (url)`, `[text]{url}`, `(text)[url]`, `[text(url)`, `text](url)`, `<a href="url>`.
fn apart(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let link = destination.link?;
    let (what, note, help) = match link.unlinked? {
        Unlinked::Gap => (
            "there is a space between its text and its address",
            PRINTED,
            "delete the space before the parenthesis",
        ),
        Unlinked::Braces => (
            "its address is in braces",
            PRINTED,
            "put parentheses around the address",
        ),
        Unlinked::NoBracket => (
            "its brackets do not match",
            PRINTED,
            "write `[` before the text, or delete the second `]`",
        ),
        Unlinked::Reversed => (
            "its brackets and parentheses are the wrong way round",
            PRINTED,
            "put brackets around the text, and parentheses around the address",
        ),
        Unlinked::OpenBracket => (
            "the bracket around its text is not closed",
            PRINTED,
            "write `]` between the text and the parenthesis",
        ),
        Unlinked::OpenQuotation => (
            "the quotation mark after its address is missing",
            "prints as text, or swallows what follows up to the next quotation mark",
            "write `\"` after the address",
        ),
        Unlinked::WhiteSpace | Unlinked::OpenParenthesis => return None,
    };
    Some(Fault::new(
        format!("this is not a link: {what}"),
        note,
        help,
    ))
}

/// `((url))`, `"url"`, `<url`.
fn wrapped(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let text = destination.text;
    let mut inside = text
        .trim_start_matches(['(', '"', '\'', '“', '‘', '<', '«'])
        .trim_end_matches(['"', '\'', '”', '’', '>', '»']);
    if text.starts_with('(') {
        inside = inside.trim_end_matches(')');
    }
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
    let help = format!("write the address alone: `{inside}`");
    let message = format!("the address contains {what}");
    Some(Fault::new(message, NOT_FOUND, help).repaired(inside))
}

/// `[x]: [x]: https://example.com`, `[x]: [text](https://example.com)`.
fn nested_definition(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let (_, after) = destination.text.strip_prefix('[')?.rsplit_once(']')?;
    let inner = after.trim_start_matches([':', '(', ' ']);
    let inner = inner.trim_end_matches(')');
    let what = match after.starts_with(':') {
        true => "there is a second definition where the address belongs",
        false => "there is a link where the address belongs",
    };
    let fault = Fault::new(what, NOWHERE, "write the address alone");
    Some(match hosts::host(inner) {
        Some(_) if !inner.contains(' ') => fault.repaired(inner),
        _ => fault,
    })
}

/// `https://https://example.com`, `https://example.com/ahttps://example.com/a`, and with the host alone twice.
fn doubled(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let text = destination.text;
    let rest = after_scheme(text)?;
    let second = |scheme| Some((scheme, without_scheme(rest, scheme)?));
    if let Some((scheme, after)) = ["https", "http"].into_iter().find_map(second)
        && (after.starts_with(":/") || after.starts_with("//"))
    {
        let inner = after.trim_start_matches(':').trim_start_matches('/');
        let repaired = format!("{scheme}://{inner}");
        let help = format!("write it once: `{repaired}`");
        let message = "the address begins with `http` twice";
        return Some(Fault::new(message, NOT_FOUND, help).repaired(repaired));
    }
    // `https://example.com/https://example.com/a`: an archive of pages has another host.
    let site = text.get(..text.len() - rest.len() + rest.find('/')? + 1)?;
    if let Some(repaired) = text
        .strip_prefix(site)
        .filter(|rest| rest.starts_with(site))
    {
        let message = "the address of the site is given twice";
        return Some(Fault::repaired_to(message, NOT_FOUND, repaired));
    }
    let (one, other) = text.split_at_checked(text.len() / 2)?;
    (one == other)
        .then(|| Fault::new("the address is given twice", NOT_FOUND, "write it once").repaired(one))
}

fn after_scheme(text: &str) -> Option<&str> {
    without_scheme(text, "https://").or_else(|| without_scheme(text, "http://"))
}

/// `ttps://`, `https:/x`, `http//x`, `mailto://`.
fn bad_scheme(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let text = destination.text;
    let after = text.trim_start_matches(|first: char| first.is_ascii_alphabetic());
    let rest = after.trim_start_matches([':', ';', '/', '\\', '.', ',']);
    let separator = after.strip_suffix(rest)?;
    if !separator.contains([':', ';']) && !separator.contains("//") || rest.is_empty() {
        return None;
    }
    let word = text.strip_suffix(after)?.to_ascii_lowercase();
    let mail = || format!("mailto:{rest}");
    if word == "mailto" && separator == "://" {
        let note = "many mail programs read the slashes as part of the address";
        return Some(Fault::repaired_to(
            "`mailto:` takes no slashes",
            note,
            mail(),
        ));
    }
    if word != "mailto"
        && separator == ":"
        && strsim::osa_distance(&word, "mailto") <= 2
        && is_e_mail(rest)
    {
        let message = format!("the address begins with `{word}:` instead of `mailto:`");
        return Some(Fault::repaired_to(message, "nothing can open it", mail()));
    }
    let scheme = meant_scheme(&word)?;
    // `http:///x` has no host, and a Windows path after `http` is nothing that was ever meant.
    if word == scheme && separator == "://" {
        return None;
    }
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
    let looks_like_host = host.contains('.')
        || host == "localhost"
        || separator.ends_with("//") && separator.contains([':', ';']);
    let beginning = text.strip_suffix(rest)?;
    looks_like_host.then(|| {
        let message = format!("the address begins with `{beginning}` instead of `{scheme}://`");
        Fault::repaired_to(message, NOT_FOLLOWED, format!("{scheme}://{rest}"))
    })
}

/// The scheme that `word` is, or is a slip of.
fn meant_scheme(word: &str) -> Option<&'static str> {
    // `hxxp` is a way to make an address harmless on purpose.
    if word.starts_with("hxx") || word.len() > 8 || matches!(word, "ftp" | "sftp" | "ftps") {
        return None;
    }
    let [to_http, to_https] = ["http", "https"].map(|scheme| strsim::osa_distance(word, scheme));
    let is_secure = word.ends_with('s') || to_https < to_http;
    let is_near = match to_http.min(to_https) {
        0 | 1 => true,
        2 => word.starts_with('h') && word.contains('t') && word.contains('p'),
        _ => false,
    };
    is_near.then_some(if is_secure { "https" } else { "http" })
}

/// Backslashes that the renderer keeps.
fn backslash(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let text = destination.text;
    if !text.contains('\\') || destination.is_of(LinkKind::Html) {
        return None;
    }
    let keeps_all = destination.page.archive.dialect == Dialect::Kramdown;
    let mut repaired = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match (character, rest.peek().copied()) {
            // What is escaped is meant as it stands.
            ('\\', Some(next)) if next.is_ascii_punctuation() && !keeps_all => {
                repaired.push(character);
                repaired.extend(rest.next());
            }
            // `\n` and its like come out of a program that wrote the file.
            ('\\', Some('n' | 'r' | 't')) => _ = rest.next(),
            ('\\', _) => {}
            _ => repaired.push(character),
        }
    }
    if repaired == text {
        return None;
    }
    let mut tails = ["\\n", "\\r", "\\t"].into_iter();
    let message = match tails.find(|tail| text.ends_with(tail)) {
        Some(tail) => format!("the address ends with `{tail}`, which becomes part of it"),
        None if keeps_all => "the address contains a backslash, which kramdown keeps".to_owned(),
        None => "the address contains a backslash, which stays in it".to_owned(),
    };
    Some(match hosts::host(text).is_some() || text.starts_with('/') {
        true => Fault::repaired_to(message, NOT_FOUND, repaired),
        false => Fault::new(message, NOT_FOUND, "write the address without backslashes"),
    })
}

/// `two words`, `https://example.com/two words`.
fn white_space(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let text = destination.text;
    // What kramdown leaves in an address of two lines, browsers drop.
    let is_dropped = |one: char| matches!(one, '\n' | '\r') && !destination.is_unlinked();
    let is_blank = |one: char| one.is_whitespace() && !is_dropped(one);
    if !text.contains(is_blank) || destination.is_of(LinkKind::Html) {
        return None;
    }
    // `shed.png =300x200` is a size for some renderers.
    let is_size = |word: &str| {
        let size = word.strip_prefix('=').unwrap_or("-");
        let fits = |one: char| one.is_ascii_digit() || matches!(one, 'x' | '*' | '%');
        size.chars().all(fits)
    };
    if text.split_whitespace().next_back().is_some_and(is_size) {
        return None;
    }
    let is_address = after_scheme(text).is_some() || text.starts_with("www.");
    let is_path = text.starts_with('/');
    let is_image = destination.link.is_some_and(|link| link.image);
    if destination.is_unlinked() {
        let message = "this is not a link: there is white space in the address";
        if destination.links().any(|link| link.text.trim() == text) {
            let help = "write the address between the parentheses";
            return Some(Fault::new(message, PRINTED, help));
        }
        // For CommonMark this is prose, and mostly meant as such.
        let is_file = is_path && text.contains('.');
        if !(is_address || is_image || is_file || without_scheme(text, "mailto:").is_some()) {
            return None;
        }
        let help = "write `%20` for each space, or put the address between `<` and `>`";
        let fault = Fault::new(message, PRINTED, help);
        return Some(match text.contains('\n') {
            true => fault,
            false => fault.repaired(text.split_whitespace().collect::<Vec<_>>().join("%20")),
        });
    }
    // Elsewhere CommonMark has no link.
    if text.starts_with('#')
        || !is_address && has_scheme(text)
        || destination.page.archive.dialect != Dialect::Kramdown
        || is_bracketed(destination)
    {
        return None;
    }
    let mut words = text.split_whitespace();
    if is_address || is_path {
        // Browsers ask for a file with blanks in its name.
        let is_file = !is_address && text.rsplit('/').next()?.contains('.');
        let address = words.next()?;
        let help = format!(
            "if the address is `{address}`, delete the rest; a space in an address is written `%20`"
        );
        return (!is_file || words.count() >= 7)
            .then(|| Fault::new("there is white space in the address", NOT_FOUND, help));
    }
    (!is_image || !text.contains('.')).then(|| {
        let message = "there are words where the address belongs";
        Fault::new(message, OWN_SITE, WRITE_ADDRESS)
    })
}

/// Parentheses that are left open, or closed without having been opened.
fn unbalanced(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let text = destination.text;
    let is_address =
        hosts::host(text).is_some() || text.starts_with('/') || text.starts_with("www.");
    if !is_address || is_bracketed(destination) {
        return None;
    }
    let (open, closed) = (text.matches('(').count(), text.matches(')').count());
    if destination.is_unlinked() {
        let message = "this is not a link: its parenthesis is not closed";
        let help = "close the parenthesis; one inside the address must be closed as well";
        let is_open = open >= closed && !text.contains(char::is_whitespace);
        return is_open.then(|| Fault::new(message, PRINTED, help));
    }
    if open > closed && !text.ends_with(')') {
        let message = "a parenthesis in the address is not closed";
        let help = "add the closing parenthesis, or delete the opening one";
        return Some(Fault::new(message, NOT_FOUND, help).repaired(format!("{text})")));
    }
    if let Some(trimmed) = text.strip_suffix(']').filter(|_| !text.contains('[')) {
        let message = "the address ends with a stray closing bracket";
        return Some(Fault::repaired_to(message, NOT_FOUND, trimmed));
    }
    let trimmed = text.strip_suffix(')')?;
    let message = "the address ends with a stray closing parenthesis";
    (open == 0 && closed == 1).then(|| Fault::repaired_to(message, NOT_FOUND, trimmed))
}

/// Whether a link's destination stands between `<` and `>`, where blanks and parentheses are allowed.
fn is_bracketed(destination: &LocatedDestination<'_>) -> bool {
    let is_apart = |link: &Link| destination.span.start > link.text_span.end + 2;
    !destination.is_unlinked() && destination.link.is_some_and(is_apart)
}

/// `http://www.example,com`, `http:///page`.
fn bad_host(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let rest = after_scheme(destination.text)?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let message = match host {
        "" if rest.starts_with('/') && rest.trim_start_matches('/').contains('.') => {
            "the address names no site".to_owned()
        }
        _ if host.contains(',') || host.contains("..") || host.starts_with('.') => {
            format!("`{host}` is not the name of a site")
        }
        _ => return None,
    };
    let help = "correct the name between `//` and the next `/`";
    Some(Fault::new(message, NOT_FOLLOWED, help))
}

/// Words that end with a full stop in titles.
const ABBREVIATIONS: &str = "inc ltd co corp bros jr sr dr mr mrs ms st vs etc no vol feat ft al \
    pt op prof rev gmbh cie esq dept univ ave mt";

/// `https://example.com/page.`
fn trailing_punctuation(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let text = destination.text;
    let trimmed = text.trim_end_matches(['.', ',', ';', '…']);
    let name = match text.strip_prefix(trimmed)? {
        // `/.` is the folder itself for every server.
        "." if !trimmed.ends_with('/') => "full stop",
        "," => "comma",
        ";" if !trimmed.contains('&') => "semicolon",
        "…" => "ellipsis",
        _ => return None,
    };
    let rest = after_scheme(text)?;
    let mut words = trimmed.rsplit(|character: char| !character.is_alphanumeric());
    let word = words.next()?.to_lowercase();
    let is_abbreviation =
        || word.chars().count() == 1 || ABBREVIATIONS.split(' ').any(|one| one == word);
    if rest.contains(['?', '#'])
        || rest.contains("/wiki/")
        || name == "full stop" && rest.contains('/') && is_abbreviation()
        || destination.page.archive.with_odd_ending(text) > 1
    {
        return None;
    }
    if name == "ellipsis" {
        let help = "write the whole address, without `…`";
        return Some(Fault::new(
            "the address ends with an ellipsis",
            NOT_FOUND,
            help,
        ));
    }
    let message = format!("the address ends with a {name} that seems to belong to the sentence");
    Some(Fault::repaired_to(message, NOT_FOUND, trimmed))
}

/// `ada@example.com`, `@ada`.
fn e_mail_or_handle(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let text = destination.text;
    if is_e_mail(text) {
        let message = "an e-mail address needs `mailto:` in front of it";
        return Some(Fault::repaired_to(
            message,
            OWN_SITE,
            format!("mailto:{text}"),
        ));
    }
    let handle = text.strip_prefix('@').filter(|handle| !handle.is_empty())?;
    let fits = |one: char| one.is_alphanumeric() || matches!(one, '_' | '-' | '.' | '@');
    (handle.chars().all(fits) && !exists(destination, text)).then(|| {
        let message = format!("`{text}` is a handle, not an address");
        Fault::new(message, OWN_SITE, "write the address of the profile")
    })
}

/// `[Ada](ada_byron)`, where destinations that are a word alone lead nowhere in the whole archive.
fn bare_name(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let (text, archive) = (destination.text, destination.page.archive);
    let is_bare = is_bare_name(text)
        && !archive.follows_bare_names()
        && !destination.page.resolve(text).is_there()
        // A page that was renamed is another matter.
        && archive.broken(destination.page.id, text).is_none()
        && !exists(destination, text);
    is_bare.then(|| {
        let message = format!("`{text}` is a name, not an address");
        Fault::new(message, OWN_SITE, WRITE_ADDRESS)
    })
}

/// Whether `text` is an e-mail address, perhaps with a subject.
fn is_e_mail(text: &str) -> bool {
    let fits = || {
        let (name, host) = text.split('?').next()?.split_once('@')?;
        let (before, suffix) = host.rsplit_once('.')?;
        let is_part = |part: &str| !part.is_empty() && !part.contains([':', '/', ' ', '@']);
        Some(is_part(name) && is_part(before) && is_letters(suffix))
    };
    fits() == Some(true)
}

fn is_letters(text: &str) -> bool {
    text.len() >= 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// What hosts end with and files do not.
const SUFFIXES: &str = "com org net edu gov io co uk eu de fr nl ie us ca au nz ch at se dk fi es \
    be jp tech coop dev app info blog xyz me tv fm social club online site wiki space london scot \
    wales academy agency design digital community network studio tools foundation events life world \
    email ly earth page cloud";

/// Extensions of files that are also the ends of hosts.
const FILE_EXTENSIONS: &str = "md rs sh py pl ps zip mov so cc ai js ts pdf html txt";

/// `example.com/page`
fn no_scheme(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let text = destination.text;
    let address = text.strip_prefix('/').unwrap_or(text);
    let host = address.split(['/', '?', '#', ':']).next()?;
    let port = address.strip_prefix(host)?.strip_prefix(':');
    let has_port = port.is_some_and(|port| port.starts_with(|first: char| first.is_ascii_digit()));
    if has_scheme(text) && !has_port {
        return None;
    }
    let host = host.to_ascii_lowercase();
    let (before, suffix) = host.rsplit_once('.')?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let mut parts = host.split('.');
    if !is_letters(suffix) || !parts.all(|part| !part.is_empty() && part.bytes().all(fits)) {
        return None;
    }
    let ends_with_one_of = |list: &str| list.split(' ').any(|one| one == suffix);
    let is_known = || destination.page.archive.hosts().related(&host) > 0;
    // `/example.com` may well be a folder of the site.
    let is_rooted = text.starts_with('/');
    // A key that holds addresses holds no paths.
    let is_address = destination.is_in_metadata() && !is_rooted;
    let is_host = is_address && !ends_with_one_of(FILE_EXTENSIONS)
        || host.starts_with("www.") && before.contains('.')
        || is_known() && !ends_with_one_of(FILE_EXTENSIONS)
        || !is_rooted && ends_with_one_of(SUFFIXES);
    let is_path = || exists(destination, text) || exists(destination, &host);
    (is_host && (is_address || !is_path())).then(|| {
        let message = format!("`https://` is missing in front of `{host}`");
        Fault::repaired_to(message, OWN_SITE, format!("https://{address}"))
    })
}

/// Whether the archive has a file, or a folder, that the destination can mean.
fn exists(destination: &LocatedDestination<'_>, text: &str) -> bool {
    let wanted = text.split(['?', '#']).next().unwrap_or("");
    let wanted = wanted.trim_matches('/');
    let in_folders = format!("/{wanted}/");
    let holds = |path: &str| {
        let before = path.strip_suffix(wanted);
        let after = path.strip_prefix(wanted);
        before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
            || after.is_some_and(|after| after.starts_with('/'))
            || path.contains(&in_folders)
    };
    let archive = destination.page.archive;
    // All paths are gone through only where one of them has such a part: there may be as many hosts as there are files.
    let is_held = || {
        let mut documents = archive.documents.iter();
        documents.any(|document| holds(&document.path))
            || archive.other_files.iter().any(|path| holds(path))
    };
    let first = wanted.split('/').next().unwrap_or("");
    let has_stem = |stem: &str| {
        let mut documents = archive.documents.iter();
        archive.routes.has_name(stem) && documents.any(|document| document.stem() == stem)
    };
    destination.page.resolve(text).is_there()
        || has_stem(wanted)
        || archive.has_part_of_path(first) && is_held()
}

/// `[Kiosk](Kiosk)`, `[Ada Byron](adabyron)`, a name in code with itself as its address.
fn own_text(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let text = destination.text;
    let link = destination
        .link
        .filter(|link| link.kind == LinkKind::Inline)?;
    let shown = link.text.trim();
    let code = shown
        .strip_prefix('`')
        .and_then(|rest| rest.strip_suffix('`'));
    let is_squeezed = shown.contains(' ') && shown.replace(' ', "").eq_ignore_ascii_case(text);
    if text.contains(['/', '.', '#', ':', '?']) || !is_squeezed && code.unwrap_or(shown) != text {
        return None;
    }
    let leads_nowhere = match destination.page.resolve(text) {
        Target::Missing(_) => true,
        // A page beside this one is written in small letters, with hyphens for blanks.
        Target::Unknown => {
            let is_no_page = is_squeezed || code.is_some() || text.contains(char::is_uppercase);
            is_no_page && !exists(destination, text)
        }
        _ => false,
    };
    leads_nowhere.then(|| {
        let message = "the text is repeated where the address belongs";
        Fault::new(message, OWN_SITE, WRITE_ADDRESS)
    })
}
