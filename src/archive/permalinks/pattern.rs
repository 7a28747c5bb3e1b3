//! Patterns of addresses, and names as generators write them.

use crate::document::slug::unaccented;
use jiff::civil::Date;

/// A pattern with what its placeholders stand for, each of which begins with a colon; none where one is not known.
pub(super) fn filled(pattern: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut parts = pattern.split(':');
    let mut filled = parts.next()?.to_owned();
    for part in parts {
        let is_name = |c: char| c.is_ascii_alphabetic() || c == '_';
        let end = part.find(|c| !is_name(c)).unwrap_or(part.len());
        let (name, rest) = part.split_at_checked(end)?;
        filled.push_str(&value(name)?);
        filled.push_str(rest);
    }
    // `:sections[1:]` is a slice of them.
    (!filled.contains('[')).then_some(filled)
}

/// The same with placeholders in braces.
pub(super) fn filled_braces(
    pattern: &str,
    value: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let mut parts = pattern.split('{');
    let mut filled = parts.next()?.to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}')?;
        filled.push_str(&value(name)?);
        filled.push_str(rest);
    }
    Some(filled)
}

/// What a placeholder for a part of the date stands for, in Jekyll's and Hugo's words.
pub(super) fn of_date(name: &str, date: Date) -> Option<String> {
    let lower = |form| Some(date.strftime(form).to_string().to_lowercase());
    match name {
        "monthname" => lower("%B"),
        "weekdayname" => lower("%A"),
        _ => {
            let mut forms = FORMS.split(' ').filter_map(|form| form.split_once('='));
            let (_, form) = forms.find(|(placeholder, _)| *placeholder == name)?;
            Some(date.strftime(form).to_string())
        }
    }
}

/// The placeholders of dates, and the form of each.
const FORMS: &str = "year=%Y month=%m day=%d i_month=%-m i_day=%-d short_year=%y y_day=%j yearday=%-j short_month=%b \
    long_month=%B short_day=%a long_day=%A week=%V w_year=%G";

/// A name in small letters without accents, with hyphens for whatever is neither letter nor digit.
pub(super) fn latin_slug(name: &str) -> String {
    slug(&latin(name).to_lowercase(), char::is_alphanumeric)
}

/// A name as Pelican writes it: what is neither letter, digit, blank, hyphen nor underscore is left out.
pub(super) fn python_slug(name: &str) -> String {
    let is_kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let kept: String = latin(name).to_lowercase().chars().filter(is_kept).collect();
    slug(&kept, |c| c.is_alphanumeric() || c == '_')
}

/// A text without accents.
pub(super) fn latin(text: &str) -> String {
    let plain = |c: char| match c.is_uppercase() {
        true => unaccented(c).to_ascii_uppercase(),
        false => unaccented(c),
    };
    text.replace('ß', "ss").chars().map(plain).collect()
}

/// `name` with one hyphen for each run of characters that are not kept, and none at its ends.
pub(in crate::archive) fn slug(name: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.chars() {
        match is_kept(c) {
            true => slug.push(c),
            false if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            false => {}
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// What a script assigns to a name, in quotes: `input: "src"`, `PATH = 'content'`. Scripts are not run.
pub(super) fn assigned<'s>(script: &'s str, name: &str) -> Option<&'s str> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = script.match_indices(name).filter_map(|(at, _)| {
        let (before, rest) = (script.get(..at)?, script.get(at + name.len()..)?);
        let rest = rest.trim_start_matches(['"', '\'']).trim_start();
        let rest = rest.strip_prefix([':', '='])?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = rest.get(1..)?.split(quote).next();
        value.filter(|_| !before.ends_with(is_name))
    });
    found.next()
}
