//! Destinations as texts: schemes, paths and what their endings tell.

use crate::discover::is_markdown;
use crate::word_list::is_any;
use std::borrow::Cow;

/// What may follow the path in a destination to make it that of a page's file.
pub const PAGE_ENDINGS: [&str; 5] = ["", ".md", "/index.md", ".markdown", "/README.md"];

/// The paths of files that a destination in a file of `folder` may mean; first the one that it names. None where it leaves
/// the root.
pub(super) fn candidates(folder: &str, address: &str) -> Vec<String> {
    let Some(path) = joined(folder, address) else {
        return Vec::new();
    };
    let pages = PAGE_ENDINGS.iter().map(|ending| format!("{path}{ending}"));
    let rendered = path.strip_suffix(".html").map(|page| format!("{page}.md"));
    let roots = ASSET_ROOTS.split(' ').filter(|_| is_asset(address));
    let assets = roots.map(|root| format!("{root}/{path}"));
    pages.chain(rendered).chain(assets).collect()
}

/// Where generators keep what they copy as it is, beside the root.
pub(super) const ASSET_ROOTS: &str = "static public assets source src content docs site";

/// The extensions of images and downloads.
const ASSETS: &str =
    "jpg jpeg png gif svg webp avif heic bmp ico pdf mp3 mp4 m4a mov wav webm ogg zip csv";

/// Whether an address from the root names an image or a download.
pub fn is_asset(address: &str) -> bool {
    address.starts_with('/') && is_asset_name(address)
}

/// Whether a path ends like that of a page, an image or a download.
pub(super) fn is_file_of_a_site(path: &str) -> bool {
    is_markdown(path) || is_asset_name(path) || path.ends_with(".html") || path.ends_with(".xml")
}

/// Whether a name is that of an image or a download.
pub(super) fn is_asset_name(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    is_any(&extension.to_ascii_lowercase(), ASSETS)
}

/// Whether a destination begins with a URI scheme (RFC 3986, section 3.1).
pub fn has_scheme(destination: &str) -> bool {
    destination.split_once(':').is_some_and(|(scheme, rest)| {
        // A drive of Windows stands for one: `C:\plan.pdf`.
        (scheme.len() > 1 || rest.starts_with(['\\', '/']))
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    })
}

/// The path behind Pelican's words for files of the site: `{filename}week-7.md`, `{static}/images/shed.jpg`.
pub fn pelican_path(destination: &str) -> Option<&str> {
    let (word, path) = match destination.strip_prefix('{') {
        Some(rest) => rest.split_once('}')?,
        None => destination.strip_prefix('|')?.split_once('|')?,
    };
    matches!(word, "filename" | "static" | "attach").then_some(path)
}

/// Whether a path ends with the name of a file.
pub(super) fn has_extension(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or("");
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    (1..=8).contains(&extension.len()) && extension.bytes().all(|one| one.is_ascii_alphanumeric())
}

/// `address` seen from `folder`, with `.` and `..` resolved; `None` where it leaves the root.
pub(super) fn joined(folder: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = if address.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').filter(|part| !part.is_empty()).collect()
    };
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// `address` with `%20` and its like decoded; left as it is where that gives no UTF-8.
pub fn percent_decoded(address: &str) -> Cow<'_, str> {
    if !address.contains('%') {
        return Cow::Borrowed(address);
    }
    let bytes = address.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = address.get(at + 1..at + 3).filter(|_| byte == b'%');
        let code = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        decoded.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(address), Cow::Owned)
}

#[cfg(test)]
mod tests;
