//! The word that was probably meant.

use crate::names::LONGEST_WORD;

/// The one of `known` that `word` is probably a misspelling of.
pub fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    let word = word.to_lowercase().replace('_', "-");
    let (distance, candidate) = known
        .iter()
        .map(|candidate| (distance(&word, candidate), *candidate))
        .min()?;
    // One slip in three letters is still the same word; "gap" for "off" is not.
    let letters = word.chars().count().max(candidate.chars().count());
    (distance * 3 <= letters).then_some(candidate)
}

/// The edits from `word` to `candidate`. A rule may be named without its family, or with that of another.
fn distance(word: &str, candidate: &str) -> usize {
    let whole = strsim::damerau_levenshtein(word, &candidate.replace('_', "-"));
    let abbreviated = !word.is_empty() && candidate.starts_with(word) && word.len() >= 3;
    let Some((_, name)) = candidate.split_once('/') else {
        return if abbreviated { whole.min(1) } else { whole };
    };
    let other_family = word.rsplit('/').next() == Some(name);
    if other_family { whole.min(1) } else { whole }
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
