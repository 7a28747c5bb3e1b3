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
    let quoted: Vec<String> = words
        .iter()
        .map(|word| format!("`{}`", word.as_ref()))
        .collect();
    match quoted.split_last() {
        None => "none".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// Checks that `id` is one of the `known` rules' ids. The error is the way out; lower-case, without a final stop.
pub fn check_rule(id: &str, known: &[&str]) -> Result<(), String> {
    if known.contains(&id) {
        return Ok(());
    }
    let family = id.trim_end_matches('*').trim_end_matches('/');
    let mut siblings = known.iter().filter(|rule| {
        let (rules_family, _) = rule.split_once('/').unwrap_or_default();
        rules_family == family
    });
    Err(match (siblings.next(), nearest(id, known)) {
        (Some(sibling), _) => format!(
            "a whole family cannot be set at once: name its rules one by one, such as `{sibling}`"
        ),
        (None, Some(rule)) => format!("did you mean `{rule}`?"),
        (None, None) => "`weeknote-lint rules` lists all of them".to_owned(),
    })
}

#[cfg(test)]
mod tests;
