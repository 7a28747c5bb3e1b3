//! When two labels are the same.

use crate::document::Dialect;
use std::borrow::Cow;
use unicase::UniCase;

/// A label as CommonMark matches it (section 6.3): white space collapsed and trimmed, case folded, so that `ẞ` is `SS`. The
/// marks of a quotation, which begin its lines, are no part of it.
pub fn normalize_label(label: &str) -> String {
    normalized(label).into_owned()
}

/// [`normalize_label`], without a copy of a label that is normalised already.
pub(in crate::document) fn normalized(label: &str) -> Cow<'_, str> {
    let (mut before, mut is_lower) = (b' ', true);
    let is_plain = label.bytes().all(|byte| {
        let is_one = byte.is_ascii_graphic() || byte == b' ' && before != b' ';
        is_lower &= !byte.is_ascii_uppercase();
        before = byte;
        is_one
    });
    if is_plain && before != b' ' {
        return match is_lower {
            true => Cow::Borrowed(label),
            false => Cow::Owned(label.to_ascii_lowercase()),
        };
    }
    let key = collapsed(label);
    Cow::Owned(folded(key.trim_matches(' ')))
}

/// A text with its case folded, as in labels.
pub fn folded(text: &str) -> String {
    match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        false => UniCase::unicode(text).to_folded_case(),
    }
}

/// A label with one blank for all white space between two words, and without the marks of a quotation.
fn collapsed(label: &str) -> String {
    let mut collapsed = String::with_capacity(label.len());
    let mut after_line = false;
    for one in label.chars() {
        match one {
            ' ' | '\t' | '\n' | '\r' => {
                after_line |= one == '\n';
                if !collapsed.ends_with(' ') {
                    collapsed.push(' ');
                }
            }
            '>' if after_line => {}
            _ => {
                after_line = false;
                collapsed.push(one);
            }
        }
    }
    collapsed
}

/// Whether the label of a reference, or of another definition of the same key, is that of a definition in `dialect`.
/// kramdown (`normalize_link_id`) does not trim labels, and puts letters into lower case one by one, as Ruby does: `SS` is
/// no `ß`. Python-Markdown collapses white space in references alone, and does not trim them.
pub(in crate::document) fn are_same(dialect: Dialect, reference: &str, defined: &str) -> bool {
    let is_plain = |label: &str| label.bytes().all(|byte| byte.is_ascii_graphic());
    if is_plain(reference) && is_plain(defined) {
        return true;
    }
    match dialect {
        Dialect::Kramdown => {
            let lower = |one: char| one.to_lowercase();
            let (one, other) = (collapsed(reference), collapsed(defined));
            one.chars()
                .flat_map(lower)
                .eq(other.chars().flat_map(lower))
        }
        Dialect::PythonMarkdown => {
            let reference = collapsed(reference);
            let words: Vec<&str> = reference.split(char::is_whitespace).collect();
            let is_trimmed = words.first() != Some(&"") && words.last() != Some(&"");
            let words = words.into_iter().filter(|word| !word.is_empty());
            let joined = words.collect::<Vec<_>>().join(" ");
            is_trimmed && joined.to_lowercase() == defined.trim().to_lowercase()
        }
        _ => true,
    }
}
