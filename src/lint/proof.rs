//! Which fixes are safe: those that we can prove to be.
//!
//! A rule says which of its fixes it considers safe. Before the linter repeats that, it reads the file as it would be
//! afterwards, in the way of several renderers. The fix is safe only if no reading loses a link or a word:
//!
//! - CommonMark; GFM; CommonMark with the extensions of other renderers (definition lists, formulas, footnotes);
//! - the same text without its indentation, since what is code to one renderer is the second paragraph of a footnote, of
//!   an admonition or of a definition to another (Python-Markdown, kramdown);
//! - the tool's own reading, which knows the site's dialect.
//!
//! Deleting a definition is safe only if its label occurs nowhere else in the file: not in code, because renderers
//! differ in what they read as code, and not in words that the author may have wanted to link. On a page with template
//! tags, nobody knows which labels are there in the end. Goldmark (Hugo) does not end a line at a lone carriage return,
//! so we know nothing of the lines of such a file there.

use crate::archive::Archive;
use crate::archive::site::Generator;
use crate::diagnostic::{Diagnostic, DocumentId, Edit, Safety};
use crate::document::{self, Document, Metadata, definitions, mask};
use crate::fix::edited;
use crate::hash::{QuickMap, QuickSet};
use crate::order::Order;
use crate::parallel;
use crate::report::SourceFile;
use crate::source::{self, Span};
use memchr::memmem;
use pulldown_cmark::{CowStr, Options, Parser, Tag};
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Makes unsafe what is not shown to be safe.
pub(super) fn demote_unproven(
    archive: &Archive,
    sources: &HashMap<DocumentId, SourceFile>,
    diagnostics: &mut [Diagnostic],
) {
    let mut fixes: HashMap<DocumentId, Vec<Proposed>> = HashMap::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        let fix = diagnostic.fix.iter();
        let fix = fix.filter(|fix| fix.safety == Safety::Safe);
        let edits: Vec<&Edit> = fix.flat_map(|fix| &fix.edits).collect();
        // Of a fix of several files nothing is shown.
        if let Some(Edit { place, .. }) = edits.first()
            && edits
                .iter()
                .all(|edit| edit.place.document == place.document)
        {
            let of_file = fixes.entry(place.document).or_default();
            of_file.push((index, edits));
        }
    }
    let files: Vec<(DocumentId, Vec<Proposed>)> = fixes.into_iter().collect();
    let proven = parallel::map(&files, |_, (id, fixes)| {
        let file = archive.document(*id).zip(sources.get(id));
        let file = file.map(|(document, source)| File::new(archive, document, &source.text));
        let proven = file.map(|file| file.proven(file.without_needed(fixes.clone())));
        let proven = proven.into_iter().flatten();
        proven.map(|(index, _)| index).collect::<Vec<usize>>()
    });
    let proven: HashSet<usize> = proven.into_iter().flatten().collect();
    for (index, diagnostic) in diagnostics.iter_mut().enumerate() {
        if let Some(fix) = diagnostic.fix.as_mut().filter(|_| !proven.contains(&index)) {
            fix.safety = Safety::Unsafe;
        }
    }
}

/// A fix of a file: the index of its finding, and its edits.
type Proposed<'e> = (usize, Vec<&'e Edit>);

/// How many times one file is read to find out which of its fixes are safe.
const MOST_PROOFS: usize = 64;

/// How many bytes are read for it: a note of 64 kB is read so many times, a larger one fewer, and of one
/// that is larger than this nothing is shown.
const MOST_PROVEN: usize = 4 << 20;

/// The edits of all fixes, from the beginning of the file to its end.
fn in_order<'e>(fixes: &[Proposed<'e>]) -> Vec<&'e Edit> {
    let edits = fixes.iter().flat_map(|(_, edits)| edits);
    let mut edits: Vec<&Edit> = edits.copied().collect();
    edits.order_by_key(|edit| edit.place.span);
    edits
}

/// A file with its readings.
struct File<'a> {
    archive: &'a Archive,
    document: &'a Document,
    text: &'a str,
    /// How many more times it may be read.
    proofs: Cell<usize>,
}

impl<'a> File<'a> {
    fn new(archive: &'a Archive, document: &'a Document, text: &'a str) -> Self {
        File {
            archive,
            document,
            text,
            proofs: Cell::new((MOST_PROVEN / text.len().max(1)).min(MOST_PROOFS)),
        }
    }

    /// The fixes that take away no definition whose label stands anywhere else.
    fn without_needed<'e>(&self, mut fixes: Vec<Proposed<'e>>) -> Vec<Proposed<'e>> {
        if self.proofs.get() == 0 {
            return Vec::new();
        }
        let lost = |(_, edits): &Proposed| {
            let edits = edits.iter().flat_map(|edit| {
                let span = edit.place.span;
                let definitions = &self.document.definitions;
                let from = definitions.partition_point(|one| one.span.start < span.start);
                let inside = definitions.iter().skip(from);
                inside.take_while(move |one| one.span.start < span.end)
            });
            let keys: Vec<&str> = edits.map(|one| &*one.key).collect();
            keys
        };
        let all: HashSet<&str> = fixes.iter().flat_map(lost).collect();
        if !all.is_empty() {
            let after = edited(self.text, in_order(&fixes).into_iter());
            let all: Vec<&str> = all.into_iter().collect();
            let needed = standing_in(&all, &after);
            fixes.retain(|fix| !lost(fix).iter().any(|key| needed.contains(key)));
        }
        fixes
    }

    /// The fixes that can be shown to be safe: all together or, where they cannot, by halves.
    fn proven<'e>(&self, fixes: Vec<Proposed<'e>>) -> Vec<Proposed<'e>> {
        let left = self.proofs.get();
        if fixes.is_empty() || left == 0 {
            return Vec::new();
        }
        self.proofs.set(left - 1);
        if self.is_proven(&fixes) {
            return fixes;
        }
        if fixes.len() == 1 {
            return Vec::new();
        }
        let all = fixes.len();
        let (one, other) = fixes.split_at(all / 2);
        let one = self.proven(one.to_vec());
        let other = self.proven(other.to_vec());
        let both: Vec<Proposed> = one.iter().chain(&other).cloned().collect();
        // What is safe alone need not be safe together.
        match one.is_empty() || other.is_empty() || both.len() < all && self.is_proven(&both) {
            true => both,
            false => one,
        }
    }

    fn is_proven(&self, fixes: &[Proposed]) -> bool {
        if self.archive.generator == Generator::Hugo && source::has_lone_return(self.text) {
            return false;
        }
        let edits = in_order(fixes);
        // What two fixes change between them is looked at for each of them alone.
        let mut pairs = edits.iter().zip(edits.iter().skip(1));
        let overlaps = pairs.any(|(one, other)| one.place.span.end > other.place.span.start);
        if overlaps && fixes.len() > 1 || edits.iter().any(|edit| self.holds_apart(edit)) {
            return false;
        }
        let may_go = |edit: &&&Edit| {
            let source = edit.place.span.of(self.text).trim_start();
            !edit.text.is_empty() || source.starts_with("<!-- weeknote-lint-ignore")
        };
        let replaced: String = (edits.iter())
            .filter(may_go)
            .flat_map(|edit| [edit.place.span.of(self.text), " "])
            .collect();
        let replaced: HashSet<&str> = words(&replaced).collect();
        let after = edited(self.text, edits.iter().copied());
        let options = self.archive.parse_options;
        if let Some(metadata) =
            document::with_other_metadata(self.document, self.text, &after, options)
        {
            return self.keeps_metadata(&metadata);
        }
        let document = document::parse(&self.document.path, &after, options);
        self.keeps_metadata(&document.metadata)
            && is_kept(own(self.document), own(&document), &replaced)
            && are_read_alike((self.document, self.text), (&document, &after), &replaced)
            && !self.needs_what_is_lost(&document, &after)
    }

    /// Whether a block of metadata has all keys of the file's own, and no more problems.
    fn keeps_metadata(&self, after: &Metadata) -> bool {
        let before = &self.document.metadata;
        let keys: HashSet<&str> = after.entries.iter().map(|one| &*one.key).collect();
        let mut entries = before.entries.iter();
        entries.all(|one| keys.contains(&*one.key)) && after.problems.len() <= before.problems.len()
    }

    /// Whether the lines that an edit deletes are, to kramdown, the text of a setext heading or the term of a definition
    /// list, or have attributes; or are a comment between two lines that would be one paragraph.
    fn holds_apart(&self, edit: &Edit) -> bool {
        let Span { start, end } = edit.place.span;
        let next = source::line_at(self.text, end as usize);
        let before = start.checked_sub(1);
        let before = before.map(|before| source::line_at(self.text, before as usize));
        let follows = before.is_some_and(|line| !line.of(self.text).trim().is_empty());
        let source = edit.place.span.of(self.text).trim_start();
        let is_comment = source.starts_with("<!--");
        let next = next.of(self.text).trim();
        let is_row_of = |mark: char| next.trim_matches(mark).is_empty();
        let underlines = !next.is_empty() && (is_row_of('-') || is_row_of('='));
        let joins = is_comment && follows && !next.is_empty();
        edit.text.is_empty()
            && (joins || underlines || next.starts_with('{') || next.starts_with(": "))
    }

    /// Whether the label of a definition that is lost stands anywhere else.
    fn needs_what_is_lost(&self, document: &Document, after: &str) -> bool {
        let mut kept: HashMap<&str, usize> = HashMap::new();
        for definition in &document.definitions {
            *kept.entry(&definition.key).or_default() += 1;
        }
        let mut lost: Vec<&str> = Vec::new();
        for definition in &self.document.definitions {
            match kept.get_mut(&*definition.key) {
                Some(count) if *count > 0 => *count -= 1,
                _ => lost.push(&definition.key),
            }
        }
        // Tags count on any site, also where nothing is known that runs them.
        let may_include = document.has_template_tags
            || !document.template_tags.is_empty()
            || mask::holds_tag(after);
        !lost.is_empty() && (may_include || !standing_in(&lost, after).is_empty())
    }
}

/// The labels, which are normalised, that stand in `text` as a word or words of their own.
fn standing_in<'l>(labels: &[&'l str], text: &str) -> HashSet<&'l str> {
    let text = definitions::folded(text);
    // By the number of their words, since all runs of so many words are looked up; what is between words is no matter.
    let mut by_length: BTreeMap<usize, QuickMap<String, Vec<&'l str>>> = BTreeMap::new();
    let (mut begun, mut standing): (QuickSet<&str>, _) = (QuickSet::default(), HashSet::new());
    for label in labels {
        let words: Vec<&str> = words(label).collect();
        if words.is_empty() || words.len() > MOST_WORDS {
            standing.insert(*label);
        } else {
            begun.extend(words.first());
            let labels = by_length.entry(words.len()).or_default();
            labels.entry(words.join(" ")).or_default().push(*label);
        }
    }
    let stands = |word: &&str| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    if begun.len() < MOST_SEARCHED && !begun.iter().any(stands) {
        return standing;
    }
    let words: Vec<&str> = words(&text).collect();
    let is_begun = |at: &usize| words.get(*at).is_some_and(|word| begun.contains(word));
    let begins: Vec<usize> = (0..words.len()).filter(is_begun).collect();
    for (length, mut labels) in by_length {
        for run in begins.iter().filter_map(|at| words.get(*at..at + length)) {
            standing.extend(labels.remove(&run.join(" ")).into_iter().flatten());
        }
    }
    standing
}

/// Of so many labels it is first found out whether their first words stand in a text at all.
const MOST_SEARCHED: usize = 16;

/// Labels of more words are taken to stand in a text unseen, so that a text is gone through a bounded number of times.
const MOST_WORDS: usize = 12;

/// What a renderer shows: a link or an image by where it leads, or a text.
type Event<'t> = (Shown, CowStr<'t>);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Shown {
    Link,
    Image,
    Text,
}

/// What a renderer shows of a text, in order.
fn reading(text: &str, options: Options) -> impl Iterator<Item = Event<'_>> {
    use pulldown_cmark::Event;
    Parser::new_ext(text, options).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some((Shown::Link, dest_url)),
        Event::Start(Tag::Image { dest_url, .. }) => Some((Shown::Image, dest_url)),
        Event::Text(text)
        | Event::Code(text)
        | Event::Html(text)
        | Event::InlineHtml(text)
        | Event::InlineMath(text)
        | Event::DisplayMath(text)
        | Event::FootnoteReference(text) => Some((Shown::Text, text)),
        _ => None,
    })
}

/// The links that the tool itself sees.
fn own(document: &Document) -> impl Iterator<Item = Event<'_>> {
    let links = document.links.iter().filter(|link| link.unlinked.is_none());
    links.filter_map(|link| {
        let destination: &str = match document.defined(link) {
            Some(definition) => &definition.destination,
            None if link.is_reference() => return None,
            None => link.destination(),
        };
        let shown = match link.image {
            true => Shown::Image,
            false => Shown::Link,
        };
        Some((shown, destination.into()))
    })
}

/// Whether another reading has all links of this one, and all words but those that were replaced.
fn is_kept<'t>(
    mut before: impl Iterator<Item = Event<'t>>,
    mut after: impl Iterator<Item = Event<'t>>,
    replaced: &HashSet<&str>,
) -> bool {
    // A fix changes a few places: what both begin and end with is kept.
    let (one, other) = loop {
        match (before.next(), after.next()) {
            (None, None) => return true,
            (one, other) if one == other => {}
            pair => break pair,
        }
    };
    let before: Vec<Event> = one.into_iter().chain(before).collect();
    let after: Vec<Event> = other.into_iter().chain(after).collect();
    let pairs = before.iter().rev().zip(after.iter().rev());
    let same = pairs.take_while(|(one, other)| one == other).count();
    // What is shown as often as before is kept, whatever its words are.
    let mut counts: QuickMap<(Shown, &str), isize> = QuickMap::default();
    for (step, reading) in [(1, &after), (-1, &before)] {
        for (shown, text) in reading.iter().take(reading.len() - same) {
            *counts.entry((*shown, text)).or_default() += step;
        }
    }
    let mut left: QuickMap<(Shown, &str), isize> = QuickMap::default();
    for ((shown, text), count) in counts.into_iter().filter(|(_, count)| *count != 0) {
        let is_text = shown == Shown::Text;
        let parts = text.split(|one: char| is_text && !one.is_alphanumeric());
        for part in parts.filter(|part| !is_text || !part.is_empty()) {
            *left.entry((shown, part)).or_default() += count;
        }
    }
    let mut left = left.into_iter();
    left.all(|((shown, part), count)| count >= 0 || shown == Shown::Text && replaced.contains(part))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|one: char| !one.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Whether every renderer shows of the body of a file what it shows of it before.
fn are_read_alike(
    before: (&Document, &str),
    after: (&Document, &str),
    replaced: &HashSet<&str>,
) -> bool {
    let [text_before, text_after] = [before.1, after.1].map(source::with_line_feeds);
    let before = before.0.body.of(&text_before);
    let after = after.0.body.of(&text_after);
    let commonmark = Options::empty();
    let gfm = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    let others = Options::ENABLE_OLD_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_MATH
        | Options::ENABLE_HEADING_ATTRIBUTES;
    // Renderers whose extensions do not occur read alike.
    let telling = telling_options(before) | telling_options(after);
    let mut different = vec![commonmark, gfm & telling, others & telling];
    different.dedup();
    let are_alike = |before: &str, after: &str, options| {
        is_kept(reading(before, options), reading(after, options), replaced)
    };
    let mut different = different.into_iter();
    different.all(|options| are_alike(before, after, options))
        && (is_flat(before) && is_flat(after)
            || are_alike(&flattened(before), &flattened(after), gfm))
}

/// A text without its indentation.
fn flattened(text: &str) -> String {
    let lines = text.lines();
    let flat = lines.flat_map(|line| [line.trim_start_matches([' ', '\t']), "\n"]);
    flat.collect()
}

/// Whether a text is what it is [`flattened`].
fn is_flat(text: &str) -> bool {
    let indents = ["\n ", "\n\t", "\r\n"];
    text.ends_with('\n')
        && !text.starts_with([' ', '\t'])
        && !indents.iter().any(|indent| source::holds(text, indent))
}

/// What stands in a text where an option may make a difference to how it is read.
const SIGNS: [(Options, &[&str]); 8] = [
    (Options::ENABLE_TABLES, &["|"]),
    (Options::ENABLE_STRIKETHROUGH, &["~"]),
    (
        Options::ENABLE_TASKLISTS,
        &["[x]", "[X]", "[ ]", "[\t]", "[\u{b}]", "[\u{c}]"],
    ),
    (Options::ENABLE_FOOTNOTES, &["[^"]),
    (Options::ENABLE_OLD_FOOTNOTES, &["[^"]),
    (Options::ENABLE_DEFINITION_LIST, &["\n:", " :", "\t:", ">:"]),
    (Options::ENABLE_MATH, &["$"]),
    (Options::ENABLE_HEADING_ATTRIBUTES, &["{"]),
];

/// The options that may make a difference to how a text is read.
fn telling_options(text: &str) -> Options {
    let stands = |sign: &&str| memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    let telling = SIGNS.iter().filter(|(_, signs)| signs.iter().any(stands));
    telling.map(|(option, _)| *option).collect()
}
