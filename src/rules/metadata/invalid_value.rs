//! A value that is not of the kind that its key has everywhere else.

mod repair;

use super::evidence::{
    has_invisible_space, is_usual, most_frequent, of_key, place, report_value, requoted, written,
};
use super::spelling;
use crate::archive::claims::TITLE_KEYS;
use crate::archive::conventions::{
    ENOUGH, KeyFacts, Kind, almost_always, date_form, each_item, has_items, is_empty, scalar_text,
};
use crate::archive::site::Generator;
use crate::archive::{AUTHOR_KEYS, Archive, Collection};
use crate::diagnostic::{Safety, Severity};
use crate::document::Document;
use crate::document::metadata::{Entry, Format, Value};
use crate::names::LONGEST_WORD;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Report, Rule};
use crate::source::Span;
use crate::week::claim;

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/invalid-value",
    summary: "a value unlike those that its key has elsewhere",
    docs: "\
**Finds.** A value unlike almost all others of its key (at least 95 % of at least 20):

- a date that its parser reads as text: an unpadded day or missing seconds (except in Jekyll), an unsigned offset, \
an impossible day;
- text among numbers, switches, or dates that are text of one form;
- a date or week in curly quotation marks;
- no value where almost every file has one;
- a value that occurs once and resembles a common one (`agiel`, `agile`);
- such a tag, or the plural of one with 20 files (a warning).

**Why.** A date that is text cannot be sorted, and may break the build. A misspelt tag leaves the page out of the \
tag's list.

**Ignores.** Text dates by custom (`2025/02/17`), and words with different numbers (`part-1`, `part-2`).

**Fix.** Write the value as the other files do.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: Some(check_document),
    check_archive: None,
    examples: &[
        Example::Bad {
            title: "a day that no calendar has",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: ⟦2024-08-32⟧\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
            fixed: None,
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
            title: "a misspelt tag",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [plums, ⟦wenotes⟧]\n---\n\nPlums.\n",
            )],
            fixed: Some("---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [plums, weeknotes]\n---\n\nPlums.\n"),
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
            title: "a date that Jekyll reads all the same",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-2 10:00\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
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

fn check_document(document: &Document, archive: &Archive, cx: &mut Context) {
    for entry in &document.metadata.entries {
        if let Some(facts) = of_key(archive, cx.document, &entry.key)
            && facts.files >= ENOUGH
            && !has_invisible_space(entry)
            && !document.metadata.is_doubtful(entry)
        {
            let found = Found {
                document,
                archive,
                collection: archive.collection(cx.document),
                entry,
                facts,
            };
            let done = found.empty(cx)
                || found.curly_quotes(cx)
                || found.date(cx)
                || found.kind(cx)
                || found.names_authors();
            match has_items(&entry.key) {
                _ if done => {}
                true => found.misspelt_items(cx),
                false => found.misspelt_value(cx),
            }
        }
    }
}

/// A value, and what the other files have under its key.
struct Found<'a> {
    document: &'a Document,
    archive: &'a Archive,
    collection: Option<&'a Collection>,
    entry: &'a Entry,
    facts: &'a KeyFacts,
}

/// How the other values are written: as a kind of value, or as text in which each digit of a date is `#`.
#[derive(Clone, Copy)]
enum Form<'a> {
    Typed(Kind),
    Text(&'a str),
}

impl Form<'_> {
    fn is_of(self, text: &str) -> bool {
        match self {
            Form::Typed(kind) => kind_of(text) == kind,
            Form::Text(form) => date_form(text) == form,
        }
    }

    /// Whether a repaired text may stand among the others; a timestamp is a date as well.
    fn accepts(self, text: &str) -> bool {
        match self {
            Form::Typed(_) => self.is_of(text) || kind_of(text) == Kind::Timestamp,
            Form::Text(_) => self.is_of(text) && Value::String(text.into()).date().is_some(),
        }
    }
}

fn kind_of(text: &str) -> Kind {
    Kind::of(&Value::of_plain(text))
}

/// The most values that a closed set has.
const SMALL_SET: usize = 8;

/// Each check says whether the value needs no further look.
impl Found<'_> {
    fn key(&self) -> String {
        written(self.document, &self.entry.key)
    }

    /// A value of the form, as it stands in another file.
    fn sample(&self, form: Form) -> Option<&str> {
        let values = self.facts.values.keys().map(|value| &**value);
        values.filter(|value| form.is_of(value)).max()
    }

    /// Nothing where almost no file leaves the value out, under a key that almost all files have.
    fn empty(&self, cx: &mut Context) -> bool {
        let (entry, facts) = (self.entry, self.facts);
        if !is_empty(&entry.value) {
            return false;
        }
        let required = self.collection.is_some_and(|collection| {
            let mut required = collection.required_keys.iter();
            is_usual(&entry.key, &collection.conventions) || required.any(|key| **key == *entry.key)
        });
        let filled = facts.files.saturating_sub(facts.empty);
        if required && almost_always(filled, facts.files) {
            let usual = |counts| most_frequent(counts).filter(|most| almost_always(most.1, filled));
            let help = match (usual(&facts.items), usual(&facts.values)) {
                (Some((item, count)), _) => {
                    format!("fill it in: {count} of them have `{item}` in it")
                }
                (None, Some((value, count))) => {
                    format!("fill it in: {count} of them have `{value}`")
                }
                (None, None) => "fill it in, or delete the line".to_owned(),
            };
            let message = format!("`{}` has no value", self.key());
            cx.report(entry.key_span, &entry.key, message)
                .note(format!("{filled} other files have one"))
                .help(help);
        }
        true
    }

    /// A date or a title of weeks in curly quotes, which belong to the value.
    fn curly_quotes(&self, cx: &mut Context) -> bool {
        let entry = self.entry;
        let inside = entry.source.strip_prefix(['“', '”']);
        let inside = inside.and_then(|rest| rest.strip_suffix(['“', '”']));
        let names_a_time = |text: &str| {
            let claim = claim::of_title(text);
            claim.is_some_and(|claim| claim.named || claim.dates.is_some())
                || Value::of_plain(text).date().is_some()
        };
        let is_plain = |text: &&str| !text.contains(['“', '”', '"', '\\']);
        let Some(inside) = inside.filter(is_plain).filter(|text| names_a_time(text)) else {
            return false;
        };
        let message = format!("the curly quotes are part of the value of `{}`", self.key());
        let (title, text) = ("write straight quotes", format!("\"{inside}\""));
        cx.report(entry.value_span, &entry.key, message)
            .note("shown with it")
            .help(title)
            .fix(title, Safety::Unsafe, entry.value_span, text);
        true
    }

    /// What is no date where almost all others are dates, or a date in another form than theirs.
    fn date(&self, cx: &mut Context) -> bool {
        let (entry, facts) = (self.entry, self.facts);
        // A key that repeats the file's name is a date where the name is one.
        if TITLE_KEYS.contains(&&*entry.key) || entry.as_str() == Some(self.document.stem()) {
            return false;
        }
        let count = |kind| facts.kinds.get(&kind).copied().unwrap_or(0);
        let (dates, timestamps) = (count(Kind::Date), count(Kind::Timestamp));
        let is_date = entry.value.date().is_some();
        if almost_always(dates + timestamps, facts.files) {
            // Ruby cannot compare a date with a timestamp.
            let strict = self.document.metadata.format == Some(Format::Trailer)
                && almost_always(timestamps, facts.files);
            // Jekyll makes a time of any text that Ruby can read so.
            let is_read = self.archive.generator == Generator::Jekyll
                && !repair::has_unsigned_offset(&entry.source);
            let fits = match entry.value {
                Value::Timestamp(_) => true,
                _ if is_date && is_read => true,
                // A quoted date is text for YAML, and what is made of it is up to the site.
                _ => !strict && is_date && (entry.quoted || entry.as_str().is_none()),
            };
            let (usual, count) = match dates >= timestamps {
                true => (Kind::Date, dates),
                false => (Kind::Timestamp, timestamps),
            };
            if !fits {
                self.report_date(Form::Typed(usual), count, cx);
            }
            return true;
        }
        // The other dates may have several forms.
        if !is_date
            && facts.dates + 1 >= facts.files
            && facts.files >= ENOUGH
            && let Some(reason) = repair::fault(entry.source.trim().trim_matches(['"', '\'']))
        {
            let message = format!("is not a valid date: {reason}");
            report_value(self.document, entry, &message, cx).help("correct the date");
            return true;
        }
        if !almost_always(facts.dates, facts.files) || count(Kind::Text) * 2 <= facts.files {
            return false;
        }
        if let Some((form, count)) = most_frequent(&facts.date_forms) {
            let is_usual = || scalar_text(entry).is_some_and(|text| date_form(text) == form);
            if !is_date || almost_always(count, facts.files) && !is_usual() {
                self.report_date(Form::Text(form), count, cx);
            }
        }
        true
    }

    fn report_date(&self, form: Form, count: usize, cx: &mut Context) {
        let entry = self.entry;
        let source = entry.source.trim().trim_matches(['"', '\'']);
        let typed = matches!(form, Form::Typed(_));
        let what = match form {
            Form::Typed(kind) => kind.name(),
            Form::Text(_) => "a date in the usual form",
        };
        let message = match repair::fault(source) {
            Some(reason) => format!("is not a valid date: {reason}"),
            None if typed => format!("is {}, not {what}", Kind::of(&entry.value).name()),
            None if entry.value.date().is_none() => "is not a date".to_owned(),
            None => format!("is not {what}"),
        };
        let mut report = report_value(self.document, entry, &message, cx);
        if typed && entry.as_str().is_some() {
            report = report.note("read as text, so the note cannot be sorted by it");
        }
        let example = match self.sample(form) {
            Some(sample) => format!("in {count} other files it looks like `{sample}`"),
            None => format!("{count} other files have {what}"),
        };
        let slashes = matches!(form, Form::Text(form) if form.contains('/'));
        let repaired = repair::repaired(source, if slashes { '/' } else { '-' });
        match repaired.filter(|(text, _)| form.accepts(text)) {
            None => report.help(example),
            Some((text, safety)) => {
                let (title, value) = (format!("write `{text}`"), requoted(entry, &text));
                let report = report.help(format!("{title}; {example}"));
                report.fix(title, safety, entry.value_span, value)
            }
        };
    }

    /// A value of another kind than almost all others, where the difference matters: what prints the same is no mistake.
    fn kind(&self, cx: &mut Context) -> bool {
        let entry = self.entry;
        let Some((usual, count)) = self.facts.usual_kind() else {
            return false;
        };
        let own = Kind::of(&entry.value);
        let wrong = match (usual, own) {
            _ if usual == own => false,
            (Kind::Bool | Kind::Number | Kind::Map, _) => true,
            (Kind::Text | Kind::List, Kind::Bool | Kind::Map) => true,
            (Kind::List, Kind::Text) => entry.as_str().is_some_and(|text| text.contains(',')),
            _ => false,
        };
        if !wrong {
            return false;
        }
        let (key, source, wanted) = (self.key(), &entry.source, usual.name());
        let (message, help) = match (usual, own) {
            (Kind::Text, Kind::Bool) => {
                let key = key.trim_end_matches(':');
                let message = format!("`{key}: {source}` is read as true or false, not as text");
                (message, "put quotes around it".to_owned())
            }
            (Kind::List, Kind::Text) => (
                format!("`{key}` is text with commas, not a list"),
                "put brackets around it: `[one, two]`".to_owned(),
            ),
            _ => {
                let sample = self.sample(Form::Typed(usual));
                let as_others = |sample| format!("write it as in other files: `{sample}`");
                let help = sample.map_or_else(|| format!("make it {wanted}"), as_others);
                (format!("`{key}` is {}, not {wanted}", own.name()), help)
            }
        };
        let report = cx
            .report(place(entry), &entry.key, message)
            .note(format!("{wanted} in {count} other files"))
            .help(help);
        let span = entry.value_span;
        let bare = source.trim_matches(['"', '\'']);
        if usual == Kind::Bool && entry.quoted && kind_of(bare) == Kind::Bool {
            report.fix("remove the quotes", Safety::Unsafe, span, bare);
        } else if (usual, own) == (Kind::Text, Kind::Bool) {
            let text = format!("\"{source}\"");
            report.fix("put quotes around it", Safety::Unsafe, span, text);
        }
        true
    }

    /// Authors who have pages are another rule's.
    fn names_authors(&self) -> bool {
        AUTHOR_KEYS.contains(&&*self.entry.key) && self.archive.authors().are_pages()
    }

    /// A value that occurs once, close to one that occurs often, where there are few.
    fn misspelt_value(&self, cx: &mut Context) {
        let facts = self.facts;
        let repeats_extension = facts.equals_extension * 2 > facts.files;
        if facts.open || facts.values.len() > SMALL_SET || repeats_extension {
            return;
        }
        let text = scalar_text(self.entry).filter(|text| facts.values.get(*text) == Some(&1));
        let Some(text) = text else {
            return;
        };
        // Where all others have the same value, a letter or an `s` is enough.
        let one_letter = |known: &str, count: usize| {
            let alone = count + 1 == facts.files && !text.contains(char::is_numeric);
            let long = (4..=LONGEST_WORD).contains(&text.len().min(known.len()));
            let near = || {
                text.len().abs_diff(known.len()) <= 4
                    && strsim::damerau_levenshtein(text, known) == 1
            };
            (alone && long && near()).then_some(1)
        };
        let often = ENOUGH.max(facts.files / 10);
        let known = facts.values.iter().filter(|(_, count)| **count >= often);
        let known = known.filter_map(|(known, &count)| {
            let near = closeness(text, known).or_else(|| one_letter(known, count));
            Some((near?, known, count))
        });
        if let Some((_, known, count)) = known.min() {
            let place = format!("the value of `{}` in {count} other files", self.key());
            self.report_misspelt((text, self.entry.value_span), known, &place, cx);
        }
    }

    /// Tags that occur once in the archive, close to one that occurs often.
    fn misspelt_items(&self, cx: &mut Context) {
        let Some(facts) = self.archive.conventions.keys.get(&self.entry.key) else {
            return;
        };
        let mut rare: Vec<(String, Span)> = Vec::new();
        each_item(self.entry, &mut |item, span| {
            if facts.items.get(item) == Some(&1) {
                rare.push((item.to_owned(), span));
            }
        });
        for (item, span) in rare {
            let near = facts.frequent_items_near(&item).filter_map(|known| {
                let count = facts.items.get(known)?;
                let near = closeness(&item, known).or_else(|| self.slip(&item, known, *count))?;
                // A file that has both words means both.
                let mut both = false;
                each_item(self.entry, &mut |own, _| both |= own == &**known);
                (!both).then_some((near, known, count))
            });
            if let Some((_, known, count)) = near.min() {
                let place = format!("in {count} other places");
                let report = self.report_misspelt((&item, span), known, &place, cx);
                if !AUTHOR_KEYS.contains(&&*self.entry.key) {
                    report
                        .note(format!("missing from the page that lists `{known}`"))
                        .at_most(Severity::Warning);
                }
            }
        }
    }

    /// How far a tag is from another one where the difference alone would not do: one is the other's plural, or almost
    /// all notes of the series have the other.
    fn slip(&self, item: &str, known: &str, count: usize) -> Option<usize> {
        if count < ENOUGH || AUTHOR_KEYS.contains(&&*self.entry.key) {
            return None;
        }
        let is_usual = || {
            let here = self.collection.map(|collection| &collection.conventions)?;
            let with = here.keys.get(&self.entry.key)?.items.get(known)?;
            Some(almost_always(*with, here.files))
        };
        if spelling::is_plural(item, known) {
            return Some(1);
        }
        let letters = item.chars().count().max(known.chars().count());
        let slips = spelling::edits_of(letters, item, known)?;
        is_usual().is_some_and(|usual| usual).then_some(slips)
    }

    fn report_misspelt<'c>(
        &self,
        (word, span): (&str, Span),
        known: &str,
        place: &str,
        cx: &'c mut Context,
    ) -> Report<'c> {
        let entry = self.entry;
        let message = format!("`{word}` is used only here, `{known}` {place}");
        let report = cx
            .report(span, &format!("{}={word}", entry.key), message)
            .help(format!("did you mean `{known}`?"));
        let title = format!("write `{known}`");
        // The items of a list may be quoted each by itself.
        if span == entry.value_span {
            report.fix(title, Safety::Unsafe, span, requoted(entry, known))
        } else if span.len() == word.len() {
            report.fix(title, Safety::Unsafe, span, known)
        } else {
            report
        }
    }
}

/// How far a word is from one that it surely is, misspelt.
fn closeness(word: &str, known: &str) -> Option<usize> {
    if spelling::is_same_but_for_case(word, known) {
        return Some(0);
    }
    // Words that begin alike and end otherwise ("plan", "plane", "planner") are words of one family.
    let pairs = word.chars().zip(known.chars());
    let stem = pairs.take_while(|(one, other)| one == other).count();
    let longest = word.chars().count().max(known.chars().count());
    spelling::edits(word, known).filter(|_| stem > 0 && stem + 2 <= longest)
}
