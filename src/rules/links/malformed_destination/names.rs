//! Names where an address belongs, and names of sites and people that are wrong.

use super::fault::Found;
use super::recognise::{found, meant};
use crate::archive::hosts::{after_scheme, without_scheme, without_www};
use crate::archive::is_bare_name;
use crate::archive::paths::{has_scheme, percent_decoded};
use crate::archive::routes::Target;
use crate::document::LinkKind;
use crate::rules::links::destinations::LocatedDestination;
use crate::word_list::is_any;

/// The name of the site in an address, as it is written.
fn site<'a>(one: &LocatedDestination<'a>) -> Option<&'a str> {
    let authority = after_scheme(one.text)?.split(['/', '?', '#']).next()?;
    authority.rsplit('@').next()?.split(':').next()
}

/// `http:///page`, `http://example,com`, `http://www,example.com`.
pub(super) fn bad_host(one: &LocatedDestination<'_>) -> Option<Found> {
    let host = site(one)?;
    if host.is_empty() && one.text.contains("///") && one.text.contains('.') {
        return found("the address has no host name");
    }
    let what = || format!("`{host}` is not a host name");
    match host.strip_prefix("www,") {
        Some(rest) if rest.contains('.') => meant(what(), one.text.replacen("www,", "www.", 1)),
        _ if host.contains(',') || host.contains("..") || host.starts_with('.') => found(what()),
        _ => None,
    }
}

/// `https://exmaple.com`, where the archive leads to `example.com` many times; `https://wwww.example.com`.
pub(super) fn misspelt_host(one: &LocatedDestination<'_>) -> Option<Found> {
    let (host, archive) = (site(one)?, one.page.archive);
    let (what, right) = match host.split_once('.')? {
        ("ww" | "wwww", rest) => {
            let what = format!("the host name begins with `{host}`, not with `www.`");
            (what, format!("www.{rest}"))
        }
        _ => {
            let name = host.to_ascii_lowercase();
            let plain = without_www(&name);
            let (right, count) = archive.hosts().meant(plain)?;
            let what = format!("`{plain}` seems to be `{right}`, which {count} links lead to");
            (what, name.replacen(plain, right, 1))
        }
    };
    meant(what, one.text.replacen(host, &right, 1))
}

/// `[ada@example.com](mailto:bob@example.com)`
pub(super) fn other_mail(one: &LocatedDestination<'_>) -> Option<Found> {
    let address = without_scheme(one.text, "mailto:")?.split('?').next()?;
    let address = percent_decoded(address);
    // Addresses that are hidden from machines are not compared.
    if !address.contains('@') || address.contains('&') {
        return None;
    }
    let is_meant = |shown: &str| {
        let mut written = address.split(',');
        written.any(|one| one.trim().eq_ignore_ascii_case(shown))
    };
    one.links().find_map(|link| {
        let words = link
            .text
            .split(|letter: char| letter.is_whitespace() || "()<>[],;:*`\"".contains(letter));
        let words = words.map(|word| word.trim_matches(['.', '_', '\'']));
        let mut shown = words.filter(|word| is_e_mail(word)).peekable();
        let first = (*shown.peek()?).to_owned();
        (!shown.any(is_meant)).then(|| found(first))?
    })
}

/// `mailto:ada.example.com`
pub(super) fn no_mail(one: &LocatedDestination<'_>) -> Option<Found> {
    let address = without_scheme(one.text, "mailto:")?.split('?').next()?;
    let decoded = percent_decoded(address);
    let is_hidden = decoded.contains(['&', '[', '(', ' ', '{', '%', '<']);
    let domain = decoded.rsplit_once('@').map(|(_, domain)| domain);
    let is_none = domain.is_none_or(|domain| !domain.contains('.'));
    (!address.is_empty() && is_none && !is_hidden).then(|| found(address))?
}

/// `ada@example.com`
pub(super) fn mail(one: &LocatedDestination<'_>) -> Option<Found> {
    is_e_mail(one.text).then(|| meant("", format!("mailto:{}", one.text)))?
}

/// Whether `text` is an e-mail address, perhaps with a subject.
pub(super) fn is_e_mail(text: &str) -> bool {
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

/// `@ada`
pub(super) fn handle(one: &LocatedDestination<'_>) -> Option<Found> {
    let handle = one.text.strip_prefix('@').filter(|name| !name.is_empty())?;
    let fits = |one: char| one.is_alphanumeric() || matches!(one, '_' | '-' | '.' | '@');
    (handle.chars().all(fits) && !exists(one, one.text)).then(|| found(one.text))?
}

/// What hosts end with and files do not.
const SUFFIXES: &str = "com org net edu gov io co uk eu de fr nl ie us ca au nz ch at se dk fi es \
    be jp tech coop dev app info blog xyz me tv fm social club online site wiki space london scot \
    wales academy agency design digital community network studio tools foundation events life world \
    email ly earth page cloud";

/// Extensions of files that are also the ends of hosts.
const FILE_EXTENSIONS: &str = "md rs sh py pl ps zip mov so cc ai js ts pdf html txt";

/// `example.com/page`
pub(super) fn no_scheme(one: &LocatedDestination<'_>) -> Option<Found> {
    let text = one.text;
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
    let is_known = || one.page.archive.hosts().related(&host) > 0;
    let is_file = || is_any(suffix, FILE_EXTENSIONS);
    // `/example.com` may well be a folder of the site.
    let is_rooted = text.starts_with('/');
    // A key that holds addresses holds no paths.
    let is_alone = one.is_in_metadata() && !is_rooted;
    let is_host = is_alone && !is_file()
        || host.starts_with("www.") && before.contains('.')
        || is_known() && !is_file()
        || !is_rooted && is_any(suffix, SUFFIXES);
    let is_path = || exists(one, text) || exists(one, &host);
    (is_host && (is_alone || !is_path())).then(|| meant(&*host, format!("https://{address}")))?
}

/// `[Kiosk](Kiosk)`, `[Ada Byron](adabyron)`, a name in code with itself as its address.
pub(super) fn own_text(one: &LocatedDestination<'_>) -> Option<Found> {
    let text = one.text;
    let link = one.link.filter(|link| link.kind == LinkKind::Inline)?;
    let shown = link.text.trim();
    let code = shown
        .strip_prefix('`')
        .and_then(|rest| rest.strip_suffix('`'));
    let is_squeezed = shown.contains(' ') && shown.replace(' ', "").eq_ignore_ascii_case(text);
    if text.contains(['/', '.', '#', ':', '?']) || !is_squeezed && code.unwrap_or(shown) != text {
        return None;
    }
    let leads_nowhere = match one.page.resolve(text) {
        Target::Missing(_) => true,
        // A page beside this one is written in small letters, with hyphens for blanks.
        Target::Unknown => {
            let is_no_page = is_squeezed || code.is_some() || text.contains(char::is_uppercase);
            is_no_page && !exists(one, text)
        }
        _ => false,
    };
    leads_nowhere.then(Found::default)
}

/// `[Ada](ada_byron)`, where destinations that are a word alone lead nowhere in the whole archive.
pub(super) fn bare_name(one: &LocatedDestination<'_>) -> Option<Found> {
    let (text, archive) = (one.text, one.page.archive);
    let is_bare = is_bare_name(text)
        && !archive.follows_bare_names()
        && !one.page.resolve(text).is_there()
        // A page that was renamed is another matter.
        && archive.broken(one.page.id, text).is_none()
        && !exists(one, text);
    is_bare.then(|| found(text))?
}

/// Whether the archive has a file, or a folder, that the destination can mean.
pub(super) fn exists(one: &LocatedDestination<'_>, text: &str) -> bool {
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
    let archive = one.page.archive;
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
    one.page.resolve(text).is_there()
        || has_stem(wanted)
        || archive.has_part_of_path(first) && is_held()
}
