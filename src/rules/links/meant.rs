//! Which definition of a note a label was meant for that the note does not define.
//!
//! A misspelt label leaves two traces: a reference without a definition, and a definition without a reference. Both rules
//! that could speak of them ask here, so that the mistake is reported once.

use crate::document::definitions::normalize_label;
use crate::document::{Definition, DefinitionStatus, Document, Link, LinkKind, mask};
use crate::source::Span;
use std::collections::{HashMap, HashSet};

/// How many definitions are compared with one label: comparing all with all would be quadratic.
const MOST_DEFINITIONS: usize = 256;

/// How many undefined labels of one document are compared with its definitions.
const MOST_LABELS: usize = 32;

/// The definition that was meant by a link without a destination: the only unused one whose label is the link's text, or
/// begins with it as a word (`[Ada]()`, `[ada-byron]: /ada-byron`).
pub(super) fn for_empty_link<'d>(
    document: &'d Document,
    used: &[bool],
    link: &Link,
) -> Option<(usize, &'d Definition)> {
    if link.kind != LinkKind::Inline || link.image || !link.destination.is_empty() {
        return None;
    }
    let text = normalize_label(&link.text).replace(' ', "-");
    let begins_with_text = |label: &str| {
        let label = label.replace(' ', "-");
        let rest = label.strip_prefix(text.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    let mut candidates = document
        .definitions
        .iter()
        .enumerate()
        .filter(|(index, _)| used.get(*index) == Some(&false))
        .filter(|(_, definition)| !text.is_empty() && begins_with_text(&definition.key));
    candidates.next().filter(|_| candidates.next().is_none())
}

/// Which definitions of a document are used, by their index: the definition that counts for a label, and its duplicates.
pub(super) fn used(document: &Document) -> Vec<bool> {
    let mut used = vec![false; document.definitions.len()];
    let mut mark = |index: u32| {
        if let Some(one) = used.get_mut(index as usize) {
            *one = true;
        }
    };
    for link in &document.links {
        link.definition.into_iter().for_each(&mut mark);
    }
    // Where kramdown prints `[text] [label]` because it misses the label, `text` was meant as a reference of its own.
    let spaced = document
        .links
        .iter()
        .filter(|link| link.spaced.is_some() && link.definition.is_none());
    let texts: HashSet<String> = spaced.map(|link| normalize_label(&link.text)).collect();
    if !texts.is_empty() {
        for (index, definition) in (0u32..).zip(&document.definitions) {
            if texts.contains(&*definition.key) {
                mark(index);
            }
        }
    }
    // All definitions of one label share its uses; the first one collects them.
    for (index, definition) in document.definitions.iter().enumerate() {
        if let Some(first) = definition.duplicate_of
            && used.get(index) == Some(&true)
            && let Some(first) = used.get_mut(first as usize)
        {
            *first = true;
        }
    }
    for (index, definition) in document.definitions.iter().enumerate() {
        if let Some(first) = definition.duplicate_of
            && used.get(first as usize) == Some(&true)
            && let Some(one) = used.get_mut(index)
        {
            *one = true;
        }
    }
    used
}

/// How close two labels are: the lower, the closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Distance(usize);

impl Distance {
    /// Letters and digits are the same: `solid_fund` and `Solid Fund`.
    pub(super) fn same_letters(self) -> bool {
        self.0 == 0
    }

    /// So little differs from `label` that it is a slip even where the label has other uses.
    pub(super) fn is_slight(self, label: &str) -> bool {
        let allowed = match label.chars().count() {
            0..=4 => 0,
            5..=9 => 1,
            _ => 2,
        };
        self.0 <= allowed
    }
}

/// How close two normalised labels are, where one may be a misspelling of the other.
pub(super) fn distance(one: &str, other: &str) -> Option<Distance> {
    // The few separators of a label cannot make up for a greater difference.
    if one.len().abs_diff(other.len()) > 8 {
        return None;
    }
    let (one, other) = (letters(one), letters(other));
    if one.is_empty() || other.is_empty() {
        return None;
    }
    if one == other {
        return Some(Distance(0));
    }
    let length = one.len().max(other.len());
    let allowed = match length {
        0..=2 => return None,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    };
    if one.len().abs_diff(other.len()) > allowed {
        return None;
    }
    let edits = strsim::osa_distance(&one, &other);
    // A digit more or less may be another thing, `pr-2402` and `pr-2403`: it counts as the farthest.
    let farther = if same_digits(&one, &other) { 0 } else { 3 };
    (edits <= allowed).then_some(Distance(edits + farther))
}

/// Whether two texts hold the same digits.
pub(super) fn same_digits(one: &str, other: &str) -> bool {
    let digits = one.bytes().filter(u8::is_ascii_digit);
    digits.eq(other.bytes().filter(u8::is_ascii_digit))
}

/// The letters and digits of a label, by which its separators do not matter.
fn letters(label: &str) -> String {
    label
        .chars()
        .filter(|character| character.is_alphanumeric())
        .collect()
}

/// The definition of the document closest to the label `key` among those that `wanted` chooses by index.
pub(super) fn nearest<'d>(
    document: &'d Document,
    key: &str,
    wanted: impl Fn(usize) -> bool,
) -> Option<(usize, &'d Definition, Distance)> {
    document
        .definitions
        .iter()
        .enumerate()
        .filter(|(index, definition)| {
            definition.status == DefinitionStatus::Defined && wanted(*index)
        })
        .take(MOST_DEFINITIONS)
        .filter_map(|(index, definition)| {
            Some((index, definition, distance(key, &definition.key)?))
        })
        .min_by_key(|(index, _, distance)| (*distance, *index))
}

/// The unused definition of the document that an undefined label was meant for. Shortcuts are prose more often than not,
/// so that they must be closer.
pub(super) fn unused_definition<'d>(
    document: &'d Document,
    used: &[bool],
    key: &str,
    kind: LinkKind,
) -> Option<(usize, &'d Definition, Distance)> {
    let found = nearest(document, key, |index| used.get(index) == Some(&false))?;
    let close = kind != LinkKind::Shortcut
        || found.2.same_letters()
        || found.2.0 == 1 && key.chars().count() >= 5;
    close.then_some(found)
}

/// The undefined references of a document, by label: the normalised label and its references, in the order of the first
/// of them.
pub(super) fn undefined(document: &Document) -> Vec<(String, Vec<&Link>)> {
    let mut labels: Vec<(String, Vec<&Link>)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for link in document.links.iter().filter(|link| is_undefined(link)) {
        let key = normalize_label(&link.label);
        let index = *known.entry(key).or_insert_with_key(|key| {
            labels.push((key.clone(), Vec::new()));
            labels.len() - 1
        });
        if let Some((_, links)) = labels.get_mut(index) {
            links.push(link);
        }
    }
    labels
}

/// Whether a reference has no definition and is a candidate at all.
pub(super) fn is_undefined(link: &Link) -> bool {
    link.is_reference()
        && link.definition.is_none()
        && link.spaced.is_none()
        && !link.label.starts_with('^')
        && !link.label.contains(mask::MARK)
        && link.label.contains(char::is_alphanumeric)
}

/// The unused definitions that undefined labels were meant for: for the index of a label in `undefined`, the index of the
/// definition.
pub(super) fn misspelt(
    document: &Document,
    used: &[bool],
    undefined: &[(String, Vec<&Link>)],
) -> HashMap<usize, (usize, Distance)> {
    let mut pairs = HashMap::new();
    for (index, (key, links)) in undefined.iter().enumerate().take(MOST_LABELS) {
        let Some(first) = links.first() else { continue };
        if let Some((found, _, distance)) = unused_definition(document, used, key, first.kind) {
            pairs.insert(index, (found, distance));
        }
    }
    pairs
}

/// Where and how a definition is added to a document: on a line of its own after the last one. `None` where there is none
/// yet, or none that stands at the beginning of its line.
pub(super) fn definition_to_add(
    document: &Document,
    label: &str,
    destination: &str,
) -> Option<(Span, String)> {
    let last = document
        .definitions
        .iter()
        .rfind(|definition| definition.status == DefinitionStatus::Defined)?;
    let destination = if destination.contains([' ', '\t']) {
        format!("<{destination}>")
    } else {
        destination.to_owned()
    };
    (last.lines.start == last.span.start).then(|| {
        (
            Span::at(last.span.end as usize),
            format!("\n[{label}]: {destination}"),
        )
    })
}

/// A reference as the reader sees it who sees the brackets, in backquotes and shortened where it is long.
pub(super) fn literal(link: &Link) -> String {
    let bang = if link.image { "!" } else { "" };
    let text: String = link.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = if text.chars().count() > 40 {
        format!("{}…", text.chars().take(39).collect::<String>())
    } else {
        text
    };
    match link.kind {
        LinkKind::Full => format!("`{bang}[{text}][{}]`", link.label),
        LinkKind::Collapsed => format!("`{bang}[{text}][]`"),
        _ => format!("`{bang}[{text}]`"),
    }
}
