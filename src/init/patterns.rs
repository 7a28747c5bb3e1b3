//! Patterns that tell the files of a series from all others, so that a note that is written next week belongs to it too.

use crate::config::Paths;
use crate::document;
use globset::escape;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

/// How many of the most frequent patterns are tried.
const TRIED: usize = 40;

/// How many exceptions a pattern must save to be worth writing, and what a file that it takes in wrongly weighs.
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
/// members begin with. At most one in ten is named by its own path; `None` where patterns cannot do that.
pub(super) fn telling(folder: &str, members: &[&str], others: &[&str]) -> Option<Patterns> {
    let candidates: Vec<(String, Vec<usize>, Vec<usize>)> = frequent(folder, members)
        .into_iter()
        .filter_map(|pattern| {
            let matcher = Paths::new(vec![pattern.clone()]).ok()?;
            let matched = |paths: &[&str]| {
                let numbered = paths.iter().enumerate();
                let matched = numbered.filter(|(_, path)| matcher.contains(path));
                matched.map(|(index, _)| index).collect()
            };
            Some((pattern, matched(members), matched(others)))
        })
        .collect();
    let mut left: BTreeSet<usize> = (0..members.len()).collect();
    let mut wrong = BTreeSet::new();
    let mut include = Vec::new();
    loop {
        let gain = |right: &[usize], wrong: &[usize]| {
            let taken = right.iter().filter(|index| left.contains(index)).count();
            taken.saturating_sub(wrong.len() * WORTH)
        };
        let best = candidates
            .iter()
            .max_by_key(|(pattern, right, wrong)| (gain(right, wrong), Reverse(pattern.len())));
        let Some((pattern, taken, also)) =
            best.filter(|(_, right, wrong)| gain(right, wrong) >= WORTH)
        else {
            break;
        };
        left.retain(|index| taken.binary_search(index).is_err());
        wrong.extend(also);
        include.push(pattern.clone());
    }
    let paths = |indices: &BTreeSet<usize>, of: &[&str]| -> Vec<String> {
        let paths = indices.iter().filter_map(|&index| of.get(index));
        paths.map(|path| escape(path)).collect()
    };
    include.extend(paths(&left, members));
    let is_told = (left.len() + wrong.len()) * 10 <= members.len();
    is_told.then(|| Patterns {
        include,
        exclude: paths(&wrong, others),
    })
}

/// The patterns that stand for the most members each, and those for all files of the folder.
fn frequent(folder: &str, members: &[&str]) -> Vec<String> {
    let inside = if folder.is_empty() {
        0
    } else {
        folder.len() + 1
    };
    let folder = match folder {
        "" => String::new(),
        folder => format!("{}/", escape(folder)),
    };
    let parts = |path| parts(path, inside);
    let is_deep = members.iter().any(|path| parts(path).0);
    let start = format!("{folder}{}", if is_deep { "**/" } else { "" });
    let mut counts: HashMap<String, usize> = HashMap::new();
    for path in members {
        let (_, name, tail) = parts(path);
        let forms: BTreeSet<String> = forms(name, &escape(tail)).collect();
        for form in forms {
            *counts.entry(form).or_default() += 1;
        }
    }
    let mut forms: Vec<(String, usize)> = counts.into_iter().collect();
    forms.sort_by(|(one, one_count), (other, other_count)| {
        (other_count, one.len(), one).cmp(&(one_count, other.len(), other))
    });
    let forms = forms
        .into_iter()
        .take(TRIED)
        .map(|(form, _)| format!("{start}{form}"));
    [format!("{folder}*"), format!("{folder}**")]
        .into_iter()
        .chain(forms)
        .collect()
}

/// Of the path after its first `inside` bytes: whether a file lies deeper in the folder, the name that tells what it is (its stem, or its own folder's name where it
/// is a bundle's index), and what follows that name.
fn parts(path: &str, inside: usize) -> (bool, &str, &str) {
    let path = path.get(inside..).unwrap_or(path);
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = document::stem(file);
    if stem == "index" && !folders.is_empty() {
        let (above, name) = folders.rsplit_once('/').unwrap_or(("", folders));
        let tail = path.get(folders.len()..).unwrap_or("");
        return (!above.is_empty(), name, tail);
    }
    (
        !folders.is_empty(),
        stem,
        file.get(stem.len()..).unwrap_or(""),
    )
}

/// The patterns that a name may stand for: all names, names of its form with any numbers, names that begin or end with a
/// digit as it does, names with one of its words. A final `*` takes the extension in where it can.
fn forms<'n>(name: &'n str, tail: &'n str) -> impl Iterator<Item = String> + 'n {
    let digit = |character: char| character.is_ascii_digit();
    let mut shape = String::new();
    for part in name.split_inclusive(digit) {
        let words = part.trim_end_matches(digit);
        shape.push_str(&escape(words));
        if part != words && !shape.ends_with('*') {
            shape.push('*');
        }
    }
    let mut forms = vec!["*".to_owned(), shape];
    if name.starts_with(digit) {
        forms.push("[0-9]*".to_owned());
    }
    if name.ends_with(digit) {
        forms.push("*[0-9]".to_owned());
    }
    for word in name.split(|character: char| !character.is_alphabetic()) {
        if !word.is_empty() {
            forms.push(format!("*{word}*"));
            if name.starts_with(word) {
                forms.push(format!("{word}*"));
            }
            if name.ends_with(word) {
                forms.push(format!("*{word}"));
            }
        }
    }
    let is_bundle = tail.contains('/');
    forms.into_iter().flat_map(move |form| {
        let open = form.ends_with('*') && !is_bundle;
        [open.then(|| form.clone()), Some(form + tail)]
            .into_iter()
            .flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn told(folder: &str, members: &[&str], others: &[&str], include: &[&str], exclude: &[&str]) {
        let strings = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        let expected = Patterns {
            include: strings(include),
            exclude: strings(exclude),
        };
        assert_eq!(telling(folder, members, others), Some(expected));
    }

    fn numbered(form: &str) -> Vec<String> {
        (1..=30)
            .map(|number| form.replace('#', &number.to_string()))
            .collect()
    }

    fn texts(paths: &[String]) -> Vec<&str> {
        paths.iter().map(String::as_str).collect()
    }

    #[test]
    fn a_folder_of_notes_alone_is_named_by_itself() {
        let notes = numbered("notes/week-#.md");
        told(
            "notes",
            &texts(&notes),
            &["about.md", "notes/a/b.md"],
            &["notes/*"],
            &[],
        );
        let by_year = numbered("notes/2024/#.md");
        told("notes", &texts(&by_year), &["about.md"], &["notes/**"], &[]);
        told("", &texts(&numbered("week-#.md")), &["a/b.md"], &["*"], &[]);
    }

    #[test]
    fn two_series_of_one_folder_are_told_apart() {
        let (notes, links) = (numbered("n/week-#.md"), numbered("n/week-#-links.md"));
        told("n", &texts(&notes), &texts(&links), &["n/*[0-9].md"], &[]);
        told("n", &texts(&links), &texts(&notes), &["n/*links*"], &[]);
    }

    #[test]
    fn bundles_are_named_by_their_folders() {
        let bundles = numbered("posts/2023/week-#/index.md");
        let others = ["posts/2023/a-trip/index.md", "posts/_index.md"];
        told(
            "posts",
            &texts(&bundles),
            &others,
            &["posts/**/week*/index.md"],
            &[],
        );
    }

    #[test]
    fn few_exceptions_are_named_by_their_paths() {
        let mut notes = numbered("_posts/2024-01-02-weeknotes-#.md");
        notes.push("_posts/2024-01-03-[a]-quiet-one.md".to_owned());
        let others = [
            "_posts/2024-01-01-beans.md",
            "_posts/2024-01-01-why-weeknotes.md",
        ];
        told(
            "_posts",
            &texts(&notes),
            &others,
            &[
                "_posts/*weeknotes-*",
                "_posts/2024-01-03-[[]a[]]-quiet-one.md",
            ],
            &[],
        );
    }

    #[test]
    fn names_that_have_nothing_in_common_are_not_told() {
        let members = ["p/beans.md", "p/rain.md", "p/a-walk.md"];
        assert_eq!(telling("p", &members, &["p/pears.md"]), None);
    }
}
