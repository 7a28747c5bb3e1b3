//! A value that is not of the kind that its key has everywhere else.

mod repair;

use super::evidence::{is_doubtful, most_frequent, of_key, written};
use super::spelling;
use crate::archive::Archive;
use crate::archive::conventions::{
    ENOUGH, KeyFacts, Kind, almost_always, date_form, each_item, is_empty, scalar_text,
};
use crate::diagnostic::{Safety, Severity};
use crate::document::Document;
use crate::document::metadata::{Entry, Format, Value};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::source::Span;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "metadata/invalid-value",
    summary: "a value of another kind than its key has everywhere else",
    docs: "\
`2011-10-3` is not a date to YAML but text: the note cannot be sorted among the others, and may break the whole site's \
build. The rule learns from the archive which kind of value a key has, and finds

- a timestamp or date that its parser reads as text: an unpadded day, no seconds, an offset without its sign, a day that \
no calendar has; where dates are text by custom (`2025/02/17`), one in another form;
- text where the others have a number, or true or false;
- nothing where almost no file leaves the value out;
- a value, or a tag, that occurs once and is close to one that occurs often (`agiel`, `agile`).

It speaks where almost all files with the key (at least 95 % of at least 20) agree. `tag` and `tags`, `part-1` and \
`part-2` are different words to it.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "a day of one digit",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: ⟦2024-08-2⟧\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
            fixed: Some("---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nPlums.\n"),
        },
        Example::Bad {
            title: "a time without seconds",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: ⟦2011-09-23 16:00 +00:00⟧\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            ),
        },
        Example::Bad {
            title: "a misspelt kind",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: ⟦bolg⟧\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            ),
        },
        Example::Bad {
            title: "no tags",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\n⟦tags⟧:\n---\n\nPlums.\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a time where the others have a date",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02 12:00:00 +0100\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
        },
        Example::Good {
            title: "a new tag, and one tag without its brackets",
            backdrop: Backdrop::Jekyll,
            files: &[
                (
                    "_posts/2024-08-02-weeknotes-31.md",
                    "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes, plums]\n---\n\nPlums.\n",
                ),
                (
                    "_posts/2024-08-09-weeknotes-32.md",
                    "---\ntitle: \"Weeknotes #32\"\ndate: 2024-08-09\ntags: weeknotes\n---\n\nWasps.\n",
                ),
            ],
        },
        Example::Good {
            title: "a title that is a number",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: 31\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
        },
    ],
};

/// See [`META`].
pub struct InvalidValue;

impl Rule for InvalidValue {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        for entry in &document.metadata.entries {
            let Some(facts) =
                of_key(archive, cx.document, &entry.key).filter(|facts| facts.files >= ENOUGH)
            else {
                continue;
            };
            // White space that nobody sees is another rule's finding, and explains everything else.
            let invisible = entry
                .stray_whitespace
                .iter()
                .any(|span| span.start < entry.value_span.end);
            if invisible || is_doubtful(document, entry) {
                continue;
            }
            let _ = empty(document, entry, facts, archive, cx)
                || date(document, entry, facts, cx)
                || kind(document, entry, facts, cx)
                || spelling_of_value(document, entry, facts, archive, cx)
                || spelling_of_items(entry, archive, cx);
        }
    }
}

/// Nothing where almost no file leaves the value out, under a key that almost all files have.
fn empty(
    document: &Document,
    entry: &Entry,
    facts: &KeyFacts,
    archive: &Archive,
    cx: &mut Context,
) -> bool {
    if !is_empty(&entry.value) {
        return false;
    }
    let required = archive.collection(cx.document).is_some_and(|collection| {
        let conventions = &collection.conventions;
        almost_always(conventions.files_with(&entry.key), conventions.files)
            || collection
                .required_keys
                .iter()
                .any(|key| **key == *entry.key)
    });
    let filled = facts.files.saturating_sub(facts.empty);
    if required && almost_always(filled, facts.files) {
        let key = written(document, &entry.key);
        let mut help = "fill it in, or delete the line".to_owned();
        if let Some((item, count)) = most_frequent(&facts.items)
            && almost_always(count, filled)
        {
            help = format!("fill it in: {count} of them have `{item}` in it");
        } else if let Some((value, count)) = most_frequent(&facts.values)
            && almost_always(count, filled)
        {
            help = format!("fill it in: {count} of them have `{value}`");
        }
        let _ = cx
            .report(entry.key_span, &entry.key, format!("`{key}` has no value"))
            .note(format!("{filled} other files have one"))
            .help(help);
    }
    true
}

/// What is no date where almost all others are dates, or a date in another form than theirs.
fn date(document: &Document, entry: &Entry, facts: &KeyFacts, cx: &mut Context) -> bool {
    let count = |kind| facts.kinds.get(&kind).copied().unwrap_or(0);
    let (dates, timestamps, texts) = (count(Kind::Date), count(Kind::Timestamp), count(Kind::Text));
    let own = Kind::of(&entry.value);
    let trailer = document.metadata.format == Some(Format::Trailer);
    if almost_always(timestamps, facts.files) && trailer {
        // Ruby cannot compare a date with a timestamp.
        if own == Kind::Timestamp {
            return true;
        }
        report_date(
            document,
            entry,
            Form::Typed(Kind::Timestamp, sample(facts, Kind::Timestamp), timestamps),
            cx,
        );
        true
    } else if almost_always(dates + timestamps, facts.files) {
        if matches!(own, Kind::Date | Kind::Timestamp) {
            return true;
        }
        let usual = if dates >= timestamps {
            Kind::Date
        } else {
            Kind::Timestamp
        };
        // A quoted date is text for YAML, and what is made of it is up to the site.
        if !entry.quoted || entry.value.date().is_none() {
            report_date(
                document,
                entry,
                Form::Typed(usual, sample(facts, usual), dates.max(timestamps)),
                cx,
            );
        }
        true
    } else if almost_always(facts.dates, facts.files) && texts * 2 > facts.files {
        let Some((form, count)) = most_frequent(&facts.date_forms) else {
            return true;
        };
        let own_form = scalar_text(entry).map(date_form);
        let is_date = entry.value.date().is_some();
        if !is_date || (almost_always(count, facts.files) && own_form.as_deref() != Some(form)) {
            let sample = facts
                .values
                .keys()
                .filter(|value| date_form(value) == form)
                .max()
                .map(|value| &**value);
            report_date(document, entry, Form::Text(form, sample, count), cx);
        }
        true
    } else {
        false
    }
}

/// How dates are written under a key: as a kind of value, or as text of a form; with an example and the number of files.
#[derive(Clone, Copy)]
enum Form<'a> {
    Typed(Kind, Option<&'a str>, usize),
    Text(&'a str, Option<&'a str>, usize),
}

fn report_date(document: &Document, entry: &Entry, form: Form, cx: &mut Context) {
    let key = written(document, &entry.key);
    let source = entry.source.trim().trim_matches(['"', '\'']);
    let (what, sample, count) = match form {
        Form::Typed(kind, sample, count) => (kind.name(), sample, count),
        Form::Text(_, sample, count) => ("a date in the usual form", sample, count),
    };
    let accepts = |text: &str| match form {
        Form::Typed(kind, ..) => {
            Kind::of(&Value::of_plain(text)) == kind
                || Kind::of(&Value::of_plain(text)) == Kind::Timestamp
        }
        Form::Text(form, ..) => {
            date_form(text) == form && Value::String(text.into()).date().is_some()
        }
    };
    let separator = match form {
        Form::Text(form, ..) if form.contains('/') => '/',
        _ => '-',
    };
    let reason = repair::fault(source);
    let message = match reason {
        Some(reason) => format!("`{key}` is not a valid date: {reason}"),
        None if matches!(form, Form::Text(..)) && entry.value.date().is_none() => {
            format!("`{key}` is not a date")
        }
        None if matches!(form, Form::Text(..)) => format!("`{key}` is not {what}"),
        None => format!("`{key}` is {}, not {what}", Kind::of(&entry.value).name()),
    };
    let report = cx.report(
        if entry.value_span.is_empty() {
            entry.key_span
        } else {
            entry.value_span
        },
        &entry.key,
        message,
    );
    let report = match form {
        Form::Typed(..) if matches!(entry.value, Value::String(_)) => {
            report.note("read as text, so the note cannot be sorted by it")
        }
        _ => report,
    };
    let example = sample.map_or_else(
        || format!("{count} other files have {what}"),
        |sample| format!("in {count} other files it looks like `{sample}`"),
    );
    let Some((text, safety)) =
        repair::repaired(source, separator).filter(|(text, _)| accepts(text))
    else {
        let _ = report.help(example);
        return;
    };
    let replacement = match entry.source.chars().next() {
        Some(quote @ ('"' | '\'')) => format!("{quote}{text}{quote}"),
        _ => text.clone(),
    };
    let _ = report.help(format!("write `{text}`; {example}")).fix(
        format!("write `{text}`"),
        safety,
        entry.value_span,
        replacement,
    );
}

/// One value of a kind, as it stands in another file.
fn sample(facts: &KeyFacts, kind: Kind) -> Option<&str> {
    facts
        .values
        .keys()
        .filter(|value| Kind::of(&Value::of_plain(value)) == kind)
        .max()
        .map(|value| &**value)
}

/// A value of another kind than almost all others, where the difference matters: what prints the same is no mistake.
fn kind(document: &Document, entry: &Entry, facts: &KeyFacts, cx: &mut Context) -> bool {
    let Some((usual, count)) = facts.usual_kind() else {
        return false;
    };
    let own = Kind::of(&entry.value);
    let comma = || entry.as_str().is_some_and(|text| text.contains(','));
    let wrong = match (usual, own) {
        _ if usual == own => false,
        (Kind::Bool | Kind::Number | Kind::Map, _) => true,
        (Kind::Text, Kind::Bool | Kind::Map) => true,
        (Kind::List, Kind::Map | Kind::Bool) => true,
        (Kind::List, Kind::Text) => comma(),
        _ => false,
    };
    if !wrong {
        return false;
    }
    let key = written(document, &entry.key);
    let message = match (usual, own) {
        (Kind::Text, Kind::Bool) => format!(
            "`{key}: {}` is read as true or false, not as text",
            entry.source
        )
        .replace("::", ":"),
        (Kind::List, Kind::Text) => format!("`{key}` is text with commas, not a list"),
        _ => format!("`{key}` is {}, not {}", own.name(), usual.name()),
    };
    let help = match (usual, own, sample(facts, usual)) {
        (Kind::Text, Kind::Bool, _) => "put quotes around it".to_owned(),
        (Kind::List, Kind::Text, _) => "put brackets around it: `[one, two]`".to_owned(),
        (_, _, Some(sample)) => format!("write it as in other files: `{sample}`"),
        _ => format!("make it {}", usual.name()),
    };
    let place = if entry.source.is_empty() {
        entry.key_span
    } else {
        entry.value_span
    };
    let report = cx
        .report(place, &entry.key, message)
        .note(format!("{} in {count} other files", usual.name()))
        .help(help);
    let bare = entry.source.trim_matches(['"', '\'']);
    if usual == Kind::Bool && entry.quoted && matches!(Value::of_plain(bare), Value::Bool(_)) {
        let _ = report.fix("remove the quotes", Safety::Unsafe, entry.value_span, bare);
    } else if (usual, own) == (Kind::Text, Kind::Bool) {
        let text = format!("\"{}\"", entry.source);
        let _ = report.fix(
            "put quotes around it",
            Safety::Unsafe,
            entry.value_span,
            text,
        );
    }
    true
}

/// The most values that a closed set has.
const SMALL_SET: usize = 8;

/// A value that occurs once, close to one that occurs often, where there are few.
fn spelling_of_value(
    document: &Document,
    entry: &Entry,
    facts: &KeyFacts,
    archive: &Archive,
    cx: &mut Context,
) -> bool {
    let by_author = crate::archive::AUTHOR_KEYS.contains(&&*entry.key);
    if facts.open
        || facts.values.len() > SMALL_SET
        || facts.equals_extension * 2 > facts.files
        || (by_author && archive.authors().are_pages())
    {
        return false;
    }
    let Some(text) = scalar_text(entry).filter(|text| facts.values.get(*text) == Some(&1)) else {
        return false;
    };
    let known = facts
        .values
        .iter()
        .filter(|(_, count)| **count >= ENOUGH.max(facts.files / 10))
        .filter_map(|(known, count)| {
            // Where all others have the same value, a letter or an `s` is enough.
            let one_letter = || {
                let alike = *count + 1 == facts.files && text.len().min(known.len()) >= 4;
                (alike
                    && strsim::damerau_levenshtein(text, known) == 1
                    && !text.contains(char::is_numeric))
                .then_some(1)
            };
            Some((closeness(text, known).or_else(one_letter)?, known, count))
        })
        .min();
    let Some((_, known, count)) = known else {
        return false;
    };
    let key = written(document, &entry.key);
    report_spelling(
        entry,
        entry.value_span,
        text,
        known,
        &format!("the value of `{key}` in {count} other files"),
        cx,
    );
    true
}

/// How often a tag must occur before another one is taken for it, misspelt.
const OFTEN: usize = 5;

/// Tags that occur once in the archive and are close to one that occurs often.
fn spelling_of_items(entry: &Entry, archive: &Archive, cx: &mut Context) -> bool {
    let Some(facts) = archive
        .conventions
        .keys
        .get(&entry.key)
        .filter(|facts| !facts.items.is_empty())
    else {
        return false;
    };
    if crate::archive::AUTHOR_KEYS.contains(&&*entry.key) && archive.authors().are_pages() {
        return false;
    }
    let mut rare: Vec<(String, Span)> = Vec::new();
    each_item(entry, &mut |item, span| {
        if facts.items.get(item) == Some(&1) {
            rare.push((item.to_owned(), span));
        }
    });
    if rare.is_empty() {
        return false;
    }
    let mut own: Vec<String> = Vec::new();
    each_item(entry, &mut |item, _| own.push(item.to_owned()));
    let mut any = false;
    for (item, span) in rare {
        let known = facts
            .items
            .iter()
            // A file that has both words means both.
            .filter(|(known, count)| **count >= OFTEN && !own.iter().any(|held| ***known == **held))
            .filter_map(|(known, count)| Some((closeness(&item, known)?, known, count)))
            .min();
        if let Some((_, known, count)) = known {
            report_spelling(
                entry,
                span,
                &item,
                known,
                &format!("in {count} other places"),
                cx,
            );
            any = true;
        }
    }
    any
}

/// How far a word is from one that it surely is, misspelt.
fn closeness(word: &str, known: &str) -> Option<usize> {
    if spelling::is_same_but_for_case(word, known) {
        return Some(0);
    }
    // Words that begin alike and end otherwise ("plan", "plane", "planner") are words of one family.
    let stem = word
        .chars()
        .zip(known.chars())
        .take_while(|(one, other)| one == other)
        .count();
    let longest = word.chars().count().max(known.chars().count());
    spelling::edits(word, known).filter(|_| stem > 0 && stem + 2 <= longest)
}

fn report_spelling(
    entry: &Entry,
    span: Span,
    word: &str,
    known: &str,
    where_known: &str,
    cx: &mut Context,
) {
    let report = cx
        .report(
            span,
            &format!("{}={word}", entry.key),
            format!("`{word}` is used only here, `{known}` {where_known}"),
        )
        .help(format!("did you mean `{known}`?"));
    let whole = span == entry.value_span;
    let text = match entry.source.chars().next() {
        Some(quote @ ('"' | '\'')) if whole => format!("{quote}{known}{quote}"),
        _ => known.to_owned(),
    };
    // The items of a list may be quoted each by itself.
    if whole || span.len() == word.len() {
        let _ = report.fix(format!("write `{known}`"), Safety::Unsafe, span, text);
    }
}
