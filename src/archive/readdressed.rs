//! The address that a page has after it was renamed or moved, where it had a known one before.

use super::addresses::last_part;
use super::claims;
use super::served::path_parts;
use crate::document::Document;
use jiff::civil::Date;

/// The address of `now`, which had `address` when it was `was`: with its own name, folders and date in their places. `None`
/// where its name did not stand in the address.
pub fn readdressed(address: &str, was: &Document, now: &Document) -> Option<String> {
    if let Some(whole) = said(now, &["permalink", "url", "path"]).filter(|said| said.contains('/'))
    {
        return Some(format!("/{}", whole.trim_start_matches('/')));
    }
    let length = address.trim_end_matches('/').len();
    let (path, slash) = address.split_at_checked(length)?;
    let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
    let last = parts.iter().rposition(|part| part != "index.html")?;
    let name = parts.get(last).map(|part| last_part(part).to_owned())?;
    let (folders_then, names_then) = path_parts(was);
    let (folders_now, names_now) = path_parts(now);
    let slug = said(now, &["slug"]);
    let had_slug = said(was, &["slug"]).is_some_and(|slug| slug == name);
    let same = names_then.iter().position(|held| *held == name);
    let renamed = match (slug, same) {
        (Some(slug), _) if had_slug || same.is_some() => slug,
        (_, Some(same)) => *names_now.get(same)?,
        (_, None) if had_slug => *names_now.last()?,
        _ => return None,
    };
    if let Some(part) = parts.get_mut(last) {
        *part = part.replacen(&name, renamed, 1);
    }
    redate(&mut parts, date(was).zip(date(now)));
    let shared = folders_then.iter().zip(&folders_now);
    let shared = shared.take_while(|(one, other)| one == other).count();
    let (then, now) = (folders_then.get(shared..)?, folders_now.get(shared..)?);
    if then != now {
        let before = parts.get(..last)?;
        let is_there = |at: &usize| {
            before
                .get(*at..*at + then.len())
                .is_some_and(|parts| parts == then)
        };
        let at = (0..=last.saturating_sub(then.len())).rev().find(is_there)?;
        parts.splice(
            at..at + then.len(),
            now.iter().map(|part| (*part).to_owned()),
        );
    }
    Some(parts.join("/") + slash)
}

/// What the first of `keys` says.
fn said<'d>(document: &'d Document, keys: &[&str]) -> Option<&'d str> {
    let mut said = keys.iter().filter_map(|key| document.metadata.text(key));
    said.find(|text| !text.contains(['{', ':']))
}

fn date(document: &Document) -> Option<Date> {
    let date = claims::date(document).map(|(_, date)| date);
    date.or_else(|| claims::date_in_name(document))
}

/// Puts the new date in the place of the old one, as year, month and day one after the other.
fn redate(parts: &mut [String], dates: Option<(Date, Date)>) {
    let Some((then, now)) = dates.filter(|(then, now)| then != now) else {
        return;
    };
    let of = |date: Date| {
        [
            i32::from(date.year()),
            date.month().into(),
            date.day().into(),
        ]
    };
    let is_year = |part: &String| part.parse() == Ok(of(then)[0]);
    let Some(at) = parts.iter().position(is_year) else {
        return;
    };
    for ((part, then), now) in parts.iter_mut().skip(at).zip(of(then)).zip(of(now)) {
        if part.parse() != Ok(then) {
            return;
        }
        *part = format!("{now:0width$}", width = part.len());
    }
}
