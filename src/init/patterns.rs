//! Patterns that tell the files of a series from all others, so that a note that is written next week belongs to it too.

use crate::config::Paths;
use crate::document;
use crate::order::Order;
use globset::escape;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many of the most frequent patterns are tried.
const TRIED: usize = 40;

/// The most files that are named by their own paths: a dozen, and one in ten of the members.
const MOST: usize = 12;

/// How many members a pattern must spare from being named one by one, and what a file that it takes in wrongly weighs.
const WORTH: usize = 3;

/// The files of a series, as a configuration names them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Patterns {
    /// Patterns, and after them the paths of members that none of them matches.
    pub(super) include: Vec<String>,
    /// The paths of other files that the patterns match.
    pub(super) exclude: Vec<String>,
}

/// Few and short patterns that match `members` and none of `others`, which are paths; `folder` is what the paths of the
/// members begin with. `None` where patterns cannot do that but for a few files.
pub(super) fn telling(folder: &str, members: &[&str], others: &[&str]) -> Option<Patterns> {
    let matched = |matcher: &Paths, paths: &[&str]| -> BTreeSet<usize> {
        let matches = |index: &usize| paths.get(*index).is_some_and(|path| matcher.contains(path));
        (0..paths.len()).filter(matches).collect()
    };
    let candidates = frequent(folder, members).filter_map(|pattern| {
        let matcher = Paths::new(vec![pattern.clone()]).ok()?;
        Some((
            pattern,
            matched(&matcher, members),
            matched(&matcher, others),
        ))
    });
    let candidates: Vec<(String, BTreeSet<usize>, BTreeSet<usize>)> = candidates.collect();
    let mut left: BTreeSet<usize> = (0..members.len()).collect();
    let (mut include, mut wrong) = (Vec::new(), BTreeSet::new());
    loop {
        let best = candidates.iter().map(|(pattern, right, wrong)| {
            let gain = right.intersection(&left).count();
            let gain = gain.saturating_sub(wrong.len() * WORTH);
            (gain, Reverse(pattern.len()), pattern, right, wrong)
        });
        let best = best.max().filter(|best| best.0 >= WORTH.min(members.len()));
        let Some((_, _, pattern, right, also)) = best.filter(|_| !left.is_empty()) else {
            break;
        };
        include.push(pattern.clone());
        wrong.extend(also);
        left = left.difference(right).copied().collect();
    }
    let is_told = left.len() + wrong.len() <= MOST.min(members.len() / 10);
    let named = |indices: BTreeSet<usize>, paths: &[&str]| -> Vec<String> {
        let paths = indices.into_iter().filter_map(|index| paths.get(index));
        paths.map(|path| escape(path)).collect()
    };
    include.extend(named(left, members));
    let exclude = named(wrong, others);
    is_told.then_some(Patterns { include, exclude })
}

/// The patterns that stand for the most members each, and those for all files of the folder.
fn frequent(folder: &str, members: &[&str]) -> impl Iterator<Item = String> {
    let start = match folder {
        "" => String::new(),
        folder => format!("{}/", escape(folder)),
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut depth = "";
    for path in members {
        let inside = path.strip_prefix(folder).unwrap_or(path);
        let (above, name, tail) = parts(inside.trim_start_matches('/'));
        if !above.is_empty() {
            depth = "**/";
        }
        for form in forms(name, &escape(tail)) {
            *counts.entry(form).or_default() += 1;
        }
    }
    // Not all that will ever lie at the root is a note.
    let all = if folder.is_empty() {
        [None, None]
    } else {
        [Some("*"), Some("**")]
    };
    let all = all.map(|form| form.map(|form| format!("{start}{form}")));
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.order_by_key(|(form, count)| (Reverse(*count), form.len()));
    let forms = counts.into_iter().take(TRIED);
    all.into_iter()
        .flatten()
        .chain(forms.map(move |(form, _)| format!("{start}{depth}{form}")))
}

/// The folders of a path, the name that tells what the file is (its stem, or its own folder's name where it is a bundle's
/// index), and what follows that name.
fn parts(path: &str) -> (&str, &str, &str) {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = document::stem(file);
    if stem == "index" && !folders.is_empty() {
        let (above, name) = folders.rsplit_once('/').unwrap_or(("", folders));
        return (above, name, path.get(folders.len()..).unwrap_or(""));
    }
    (folders, stem, file.get(stem.len()..).unwrap_or(""))
}

/// The patterns that a name stands for: names of its form with other digits or other numbers, names that begin or end with
/// a digit as it does, names with one of its words. A final `*` takes in what follows the name.
fn forms(name: &str, tail: &str) -> BTreeSet<String> {
    let is_digit = |character: char| character.is_ascii_digit();
    let words = name.split(is_digit).filter(|words| !words.is_empty());
    let words: Vec<&str> = words.collect();
    let shape: Vec<String> = words.iter().map(|words| escape(words)).collect();
    let mut shape = shape.join("*");
    if name.starts_with(is_digit) {
        shape.insert(0, '*');
    }
    let mut forms = BTreeSet::new();
    if name.contains(is_digit) {
        forms.insert(escape(name).replace(is_digit, "[0-9]"));
    }
    if name.starts_with(is_digit) {
        forms.insert("[0-9]*".to_owned());
    }
    if name.ends_with(is_digit) && !words.is_empty() {
        shape.push('*');
        forms.insert(format!("{shape}[0-9]"));
    }
    let letters = name.split(|character: char| !character.is_alphabetic());
    let letters = letters.filter(|word| !word.is_empty());
    forms.extend(letters.map(|word| format!("*{word}*")));
    forms.insert(shape);
    let closed = |form: String| match form.ends_with('*') && !tail.contains('/') {
        true => form,
        false => form + tail,
    };
    forms.into_iter().map(closed).collect()
}

#[cfg(test)]
mod tests;
