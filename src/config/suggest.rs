//! The word that was probably meant.

use crate::names;

/// The one of `known` that `word` is probably a misspelling of. A rule may be named without its family, or with that of
/// another.
pub fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let name = word.rsplit('/').next().filter(|name| name.len() >= 3);
    let is_its = |one: &&&str| {
        name.is_some_and(|name| one.rsplit('/').next() == Some(name) || one.starts_with(word))
    };
    let all = known.iter().map(|one| (*one, *one));
    let slip = || names::nearest(word, all).map(|one| one.item);
    known.iter().find(is_its).copied().or_else(slip)
}

/// "did you mean `x`?" where a known word is near, else all of them, introduced by `all` ("the levels are").
pub(super) fn did_you_mean(word: &str, known: &[&str], all: &str) -> String {
    match nearest(word, known) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => format!("{all} {}", list(known)),
    }
}

/// "`a`, `b` and `c`".
pub fn list<T: AsRef<str>>(words: &[T]) -> String {
    let quoted = words.iter().map(|word| format!("`{}`", word.as_ref()));
    match Vec::from_iter(quoted).split_last() {
        None => "none".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// The rules among the `known` that a name stands for: one, or all of a family (`week/*`, `week`). The error is the way
/// out of an unknown name; lower-case, without a final stop.
pub fn rules_named<'k>(name: &str, known: &[&'k str]) -> Result<Vec<&'k str>, String> {
    let family = name.trim_end_matches('*').trim_end_matches('/');
    let is_named = |id: &&&str| {
        let of_family = id.split_once('/').is_some_and(|(one, _)| one == family);
        **id == name || of_family
    };
    let named: Vec<&str> = known.iter().filter(is_named).copied().collect();
    match nearest(name, known) {
        _ if !named.is_empty() => Ok(named),
        Some(rule) => Err(format!("did you mean `{rule}`?")),
        None => Err("`weeknote-lint rules` lists all of them".to_owned()),
    }
}

#[cfg(test)]
mod tests;
