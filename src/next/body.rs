//! The text of the next note: its metadata, its title, and the headings and marks that most of the last notes have.

use super::{Example, Series, TO_WRITE, Text, are_most, form_of, metadata};
use crate::document::metadata::Format;
use crate::document::{Document, Heading};
use crate::order::Order;
use crate::source::{Span, replaced};

/// All of the next note.
pub(super) fn with_metadata(series: &Series<'_>, model: &Example<'_>) -> String {
    let body = body(series, model);
    let block = model.document.metadata.block;
    if block.is_empty() {
        return ended(body);
    }
    let edits = metadata::edits(series, model);
    let edits = edits.iter().map(|(span, text)| (*span, text.as_str()));
    let metadata = replaced(&model.text, block, edits);
    let lines: Vec<&str> = metadata.lines().map(str::trim_end).collect();
    let metadata = lines.join("\n");
    let metadata = metadata.trim_end();
    if model.document.metadata.format == Some(Format::Trailer) {
        return ended(format!("{}\n\n{}", body.trim_end(), metadata.trim_start()));
    }
    match body.trim().is_empty() {
        true => ended(metadata.to_owned()),
        false => ended(format!("{metadata}\n\n{body}")),
    }
}

fn ended(text: String) -> String {
    let text = text.trim_start_matches('\n').trim_end();
    format!("{text}\n")
}

fn body(series: &Series<'_>, model: &Example<'_>) -> String {
    let document = model.document;
    let title = document.title_heading();
    let is_title = |one: &Heading| title.is_some_and(|title| std::ptr::eq(title, one));
    let last = series.recent();
    let mut parts: Vec<(Span, String)> = Vec::new();
    for heading in &document.headings {
        let whole = heading.span.of(&model.text).trim_end();
        if is_title(heading) {
            let hole = series.title.unwrap_or(TO_WRITE);
            let having = last.iter().filter(|one| source_of_title(one).is_some());
            let is_usual = are_most(having.count(), last.len());
            let text = series.text(model, source_of_title, hole, false);
            if let Some(text) = text.map(Text::into_string).filter(|_| is_usual) {
                parts.push((heading.span, whole.replacen(&*heading.source, &text, 1)));
            }
        } else if is_shared(last, |one| has_heading(one, heading)) {
            parts.push((heading.span, whole.to_owned()));
        }
    }
    for comment in &document.comments {
        let has = |one: &Document| one.comments.iter().any(|other| other.text == comment.text);
        if document.body.contains(comment.span) && is_shared(last, has) {
            parts.push((comment.span, comment.span.of(&model.text).to_owned()));
        }
    }
    if let Some(opening) = &document.opening
        && is_shared(last, |one| one.opening.is_some())
    {
        let text = series.text(model, opening_of, TO_WRITE, false);
        let text = text.map(Text::into_string);
        let text = text.filter(|text| text != TO_WRITE);
        parts.extend(text.map(|text| (opening.span, text)));
    }
    parts.order_by_key(|(span, _)| *span);
    let parts: Vec<String> = parts.into_iter().map(|(_, text)| text).collect();
    parts.join("\n\n")
}

fn source_of_title<'e>(example: &Example<'e>) -> Option<&'e str> {
    Some(&*example.document.title_heading()?.source)
}

fn opening_of<'e>(example: &Example<'e>) -> Option<&'e str> {
    Some(&*example.document.opening.as_ref()?.text)
}

fn has_heading(document: &Document, heading: &Heading) -> bool {
    let form = form_of(&heading.text);
    let mut headings = document.headings.iter();
    headings.any(|other| other.level == heading.level && form_of(&other.text) == form)
}

fn is_shared(last: &[Example<'_>], has: impl Fn(&Document) -> bool) -> bool {
    let count = last.iter().filter(|one| has(one.document)).count();
    last.len() > 1 && are_most(count, last.len())
}
