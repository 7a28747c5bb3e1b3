//! The address that a page has after it was renamed or moved, where its generator does not tell how it makes addresses.

use super::addresses::last_part;
use super::served::{date, path_parts};
use crate::document::Document;

/// The address of `now`, which had `address` when it was `was`: with its own name, folders and date in their places. `None`
/// where its name did not stand in the address.
pub fn readdressed(address: &str, was: &Document, now: &Document) -> Option<String> {
    let name = last_part(address);
    let (before, after) = address.rsplit_once(name)?;
    let mut before = before.to_owned();
    let (folders_then, names_then) = path_parts(was);
    let (folders_now, names_now) = path_parts(now);
    let slug = |document: &'_ Document| document.metadata.text("slug").map(str::to_owned);
    let had_slug = slug(was).is_some_and(|slug| slug == name);
    let same = names_then.iter().position(|held| *held == name);
    let renamed = match (slug(now), same) {
        (Some(slug), _) if had_slug || same.is_some() => slug,
        (_, Some(same)) => (*names_now.get(same)?).to_owned(),
        (_, None) if had_slug => (*names_now.last()?).to_owned(),
        _ => return None,
    };
    if let Some((then, now)) = date(was).zip(date(now)) {
        let dates = ["%Y/%m/%d", "%Y/%m", "%Y"].into_iter();
        let dates = dates.map(|form| [then, now].map(|date| date.strftime(form).to_string()));
        if let Some([then, now]) = { dates }.find(|[then, _]| before.contains(&**then)) {
            before = before.replacen(&then, &now, 1);
        }
    }
    let shared = folders_then.iter().zip(&folders_now);
    let shared = shared.take_while(|(one, other)| one == other).count();
    let (then, now) = (folders_then.get(shared..)?, folders_now.get(shared..)?);
    if then != now {
        let as_path = |folders: &[&str]| format!("/{}/", folders.join("/")).replace("//", "/");
        let (then, now) = (as_path(then), as_path(now));
        let at = before.rfind(&then)?;
        before.replace_range(at..at + then.len(), &now);
    }
    Some(before + &renamed + after)
}
