//! Template text that nobody replaced.

mod foreign;

use crate::archive::claims::{self, TITLE_KEYS};
use crate::archive::laws::share::almost_always;
use crate::archive::{Archive, Collection, content_name, hosts, site::Generator};
use crate::diagnostic::{DocumentId, Severity};
use crate::document::metadata::{Entry, Value};
use crate::document::{Document, OddLineKind, TemplateTag};
use crate::rules::{Backdrop, Context, Example, Page, Rule};
use crate::source::Span;
use crate::week::{self, claim};
use std::collections::{HashMap, HashSet};

/// The rule.
pub static RULE: Rule = Rule {
    id: "body/placeholder",
    summary: "template text that nobody replaced",
    docs: "\
**Finds.** What a template left behind:

- comments, stand-in words (`NNN`, `XX`, `YYYY`) and example links that the archive's own templates hold;
- reminders (`# TODO …`) in comments of the metadata;
- unfilled variables of Obsidian's templates (`{{date}}`, `<% tp.file.title %>`);
- headings, values and image descriptions such as `TODO`, `TBD`, `TKTK` or `TITLE HERE`;
- titles such as `Week 12: TK`, `My TODO` or `Week ??`, and names such as `week-12-todo.md`;
- lines of a dated page that begin with `Lorem ipsum dolor sit amet`;
- a description copied from last week's note;
- tags of another generator, such as `{% include map.html %}` in Hugo.

**Why.** Readers see what nobody filled in.

**Ignores.** `TK` and `TODO` in prose; comments that many notes keep, or that tools read (`<!-- more -->`); tags in \
code or comments; tags that the generator fills in, or that several pages have. In a draft the finding is an info.

**Fix.** Write what belongs there, or delete it.",
    severity: Some(Severity::Warning),
    lenient_in_drafts: true,
    check_document: Some(check_document),
    check_archive: Some(check_archive),
    examples: &[
        Example::Bad {
            title: "the template's comment is still there",
            backdrop: Backdrop::None,
            files: &[
                ("templates/week.md", "# Week NNN\n\n<!-- what did we plant? -->\n"),
                (
                    "notes/week-12.md",
                    "# Week 12\n\n⟦<!-- what did we plant? -->⟧\n\nBeans.\n",
                ),
            ],
            fixed: None,
        },
        Example::Bad {
            title: "the title was not filled in",
            backdrop: Backdrop::None,
            files: &[
                ("templates/week.md", "# Week NNN\n"),
                ("notes/week-12.md", "# ⟦Week NNN⟧\n\nBeans.\n"),
            ],
            fixed: None,
        },
        Example::Bad {
            title: "a reminder in the metadata",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "---\ntitle: Week 12\n⟦# TODO: who wrote this?⟧\n---\n\nBeans.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a title that nobody has written yet",
            backdrop: Backdrop::None,
            files: &[("notes/week-12.md", "# ⟦Week 12: TK⟧\n\nBeans.\n")],
            fixed: None,
        },
        Example::Bad {
            title: "a name that was never found",
            backdrop: Backdrop::None,
            files: &[(
                "weeknotes/2024-03-22-todo.md",
                "⟦⟧---\ntitle: Beans\ndate: 2024-03-22\ntags: [weeknotes]\n---\n\nBeans.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "filler text",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\n⟦Lorem ipsum dolor sit amet⟧, consectetur.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a variable that was not filled in",
            backdrop: Backdrop::None,
            files: &[("weeknotes/week-12.md", "# ⟦{{title}}⟧\n\nBeans.\n")],
            fixed: None,
        },
        Example::Bad {
            title: "a shortcode of another generator",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nThe new coop:\n\n⟦{{< figure src=\"/images/coop.jpg\" >}}⟧\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a heading and a number that were never written",
            backdrop: Backdrop::None,
            files: &[("weeknotes/week-12.md", "# ⟦Week ??⟧\n\nBeans.\n")],
            fixed: None,
        },
        Example::Bad {
            title: "a reminder as a heading",
            backdrop: Backdrop::None,
            files: &[("weeknotes/week-12.md", "# Week 12\n\nBeans.\n\n## ⟦TODO! - the peas⟧\n")],
            fixed: None,
        },
        Example::Bad {
            title: "a nested value in small letters, which may be a status elsewhere",
            backdrop: Backdrop::None,
            files: &[(
                "weeknotes/week-12.md",
                "---\ntitle: Week 12\ndate: 2024-03-22\nimage:\n  src: /hens.jpg\n  alt: ⟦todo⟧\nstatus: todo\n---\n\nBeans.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a picture whose description nobody has written yet",
            backdrop: Backdrop::None,
            files: &[("weeknotes/week-12.md", "# Week 12\n\n![⟦TODO⟧](https://pond.example/hens.jpg)\n")],
            fixed: None,
        },
        Example::Good {
            title: "a sample of the site's style",
            backdrop: Backdrop::None,
            files: &[("styleguide.md", "# Style\n\nLorem ipsum dolor sit amet, consectetur.\n")],
        },
        Example::Good {
            title: "reminders in prose, variables in code, and a link that the template shares on purpose",
            backdrop: Backdrop::None,
            files: &[
                (
                    "templates/week.md",
                    "# Week NNN\n\n<!-- more -->\n\n[Subscribe](https://pond.example/feed.xml)\n",
                ),
                (
                    "notes/week-12.md",
                    "# Week 12\n\nTODO: beans. The template has `{{date}}` in it.\n\n<!-- more -->\n\n[Subscribe](/feed.xml)\n",
                ),
            ],
        },
        Example::Good {
            title: "a note about templates",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nHugo calls `{{< figure src=\"a.jpg\" >}}` a shortcode.\n\n<!-- {{< figure src=\"b.jpg\" >}} -->\n\n    {{< figure src=\"c.jpg\" >}}\n",
            )],
        },
    ],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    let (document, archive) = (page.document, page.archive);
    foreign::check(page, cx);
    for (span, text) in &document.metadata.comments {
        let mut words = text.split(|character: char| !character.is_alphanumeric());
        if let Some(word) = words.find(|word| REMINDERS.contains(word)) {
            let message = format!("this comment still holds a reminder: `{word}`");
            cx.report(*span, text, message)
                .help("do what it says, and delete it");
        }
    }
    // On a page without a day it may be a sample of the site's style.
    let is_entry = archive.is_note(page.id) || claims::date(document).is_some();
    if let Some(filler) = document.odd_lines(OddLineKind::Filler).find(|_| is_entry) {
        let message = format!("nobody has written this yet: `{}`", filler.text);
        cx.report(filler.span, &filler.text, message)
            .note("the page shows it as it is")
            .help("write what belongs here");
    }
    let tags = document.template_tags.iter();
    let tags = tags.map(|tag| (tag.span, &*tag.source));
    let values = document.metadata.entries.iter();
    let values = values.map(|one| (one.value_span, one.source.trim_matches(['"', '\''])));
    for (span, source) in tags.chain(values) {
        if is_left_over(source, archive) {
            let message = format!("nothing filled in the template variable `{source}`");
            cx.report(span, source, message)
                .note("the page shows it as it is")
                .help("write what it stands for");
        }
    }
}

fn check_archive(archive: &Archive, cx: &mut Context) {
    for series in archive.series() {
        copied_descriptions(archive, series, cx);
    }
    let templates = Templates::of(archive);
    unwritten(archive, &templates, cx);
    for (id, document) in archive.linted().filter(|_| !templates.is_empty()) {
        templates.left_over_in(document, id, cx);
    }
}

/// Words that ask for something to be done: `# TODO! ...` in the metadata.
const REMINDERS: [&str; 4] = ["TODO", "FIXME", "TK", "XXX"];

const DESCRIPTION_KEYS: [&str; 4] = ["description", "summary", "excerpt", "subtitle"];

/// Whether a key holds text that readers see.
fn holds_text(key: &str) -> bool {
    DESCRIPTION_KEYS.contains(&key) || matches!(key, "alt" | "caption")
}

/// Words that stand for what is still to be written.
const STAND_INS: [&str; 6] = ["TODO", "FIXME", "TBD", "TK", "TKTK", "NNN"];

/// Whether a text holds any of the pairs of letters and marks that all stand-ins have.
fn may_stand_in(text: &str) -> bool {
    let mut pairs = text.as_bytes().windows(2);
    let is_of_mark = |one: u8, next: u8| one == next && b"?_XN{".contains(&one);
    pairs.any(|pair| match *pair {
        [b'T' | b't', b'O' | b'o'] | [b'T', b'B' | b'K'] | [b'F', b'I'] | [b'H', b'E'] => true,
        [one, next] => is_of_mark(one, next),
        _ => false,
    })
}

/// Whether a text says nothing but that it is still to be written: `TODO`, `TBD: ask Ada`, `TODO! - the title`,
/// `TITLE HERE`.
pub(crate) fn is_stand_in(text: &str) -> bool {
    let end = text
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len());
    let (first, rest) = text.split_at_checked(end).unwrap_or_default();
    let is_all = rest.trim_start().is_empty()
        || rest
            .trim_start()
            .starts_with([':', '!', '-', '–', '—', '.', '…']);
    is_all && STAND_INS.contains(&first) || is_never_kept(text)
}

/// Whether a text is `todo`, which in small letters may also be a section or a status.
fn is_todo(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case("todo")
}

/// Whether a text stands for another and can have no meaning of its own: `TKTK`, `TITLE HERE`.
fn is_never_kept(text: &str) -> bool {
    let is_capital = |what: &str| what.chars().all(|c| c.is_uppercase() || c == ' ');
    text == "TKTK" || text == "NNN" || text.strip_suffix(" HERE").is_some_and(is_capital)
}

/// Whether a title is still to be written: `TODO`, `Week 12: TK`, `Week ??`.
fn is_unwritten(title: &str) -> bool {
    // `XXX` may be the thirtieth.
    let last = title.rsplit([':', '–', '—', '|']).next().unwrap_or("");
    // Nothing fills in a variable that is the whole title.
    let is_variable = title.trim().starts_with("{{") && title.trim().ends_with("}}");
    let is_number = |word: &str| word.len() >= 2 && word.bytes().all(|letter| letter == b'N');
    let mut words = title.split(|letter: char| !letter.is_alphanumeric());
    let asks = last.trim().len() >= 2 && last.trim().chars().all(|mark| mark == '?');
    is_stand_in(title.trim())
        || is_stand_in(last.trim())
        || is_todo(title)
        || asks
        || title.ends_with(" TODO")
        || is_variable
        || words.any(is_number)
        || lacks_its_number(title)
}

/// Whether marks stand where a title has its number: `Week ??`, `Weeknotes #NN`. With a number there, it names a week.
fn lacks_its_number(title: &str) -> bool {
    let is_mark = |letter: char| matches!(letter, '?' | 'N' | 'X' | '_');
    let first = title.split_whitespace().next().unwrap_or("");
    let is_counted = ["issue", "episode", "no."].contains(&&*first.to_lowercase());
    let mut words = title.split(|c: char| c.is_whitespace() || matches!(c, '#' | ':' | ',' | '.'));
    words.any(|word| {
        let is_one_mark = || word.chars().all(|letter| word.starts_with(letter));
        let names_a_week = || {
            let claim = week::claim::of_title(&title.replacen(word, "12", 1));
            claim.is_some_and(|claim| {
                (claim.named || claim.season.is_some()) && claim.numbers == [12]
            })
        };
        word.len() >= 2
            && word.starts_with(is_mark)
            && is_one_mark()
            && (is_counted || names_a_week())
    })
}

/// What is still to be written, and what it is.
struct Unwritten<'a> {
    page: Page<'a>,
    span: Span,
    text: &'a str,
    place: Shown,
}

/// Where readers see a text.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    /// As the page's title, which is always its own: more of them, in as many pages, are no habit.
    AsTitle,
    AsText,
    /// As a part of the file's name.
    AsName,
    /// Of another value of the metadata nobody knows.
    Perhaps,
}

/// So many pages that hold the same words keep them on purpose: a section "TODO", `status: TBD`.
const A_HABIT: usize = 3;

/// Reports the headings, values and alternative texts that are still to be written.
fn unwritten<'a>(archive: &'a Archive, templates: &Templates<'a>, cx: &mut Context) {
    let found: Vec<Unwritten> = Page::all(archive).flat_map(unwritten_in).collect();
    let mut pages: HashMap<&str, HashSet<DocumentId>> = HashMap::new();
    for one in &found {
        pages.entry(one.text).or_default().insert(one.page.id);
    }
    for Unwritten {
        page,
        span,
        text,
        place,
    } in found
    {
        let is_habit = pages.get(text).is_some_and(|pages| pages.len() >= A_HABIT);
        // What a template holds is reported as its leftover, and a variable as such.
        let is_variable =
            |tag: &TemplateTag| tag.span.overlaps(span) && is_left_over(&tag.source, archive);
        let is_told = templates.word_in(text).is_some()
            || page.document.template_tags.iter().any(is_variable);
        if is_told || is_habit && place != Shown::AsTitle && !is_never_kept(text) {
            continue;
        }
        let (message, help) = match place {
            Shown::AsName => (
                format!("this file name still ends with the placeholder `{text}`"),
                "rename the file",
            ),
            _ => (
                format!("nobody has written this yet: `{text}`"),
                "write what belongs here",
            ),
        };
        let mut report = cx.report_at(page.id.at(span), text, message);
        if matches!(place, Shown::AsTitle | Shown::AsText) {
            report = report.note("the page shows it as it is");
        }
        report.help(help);
    }
}

fn unwritten_in(page: Page<'_>) -> Vec<Unwritten<'_>> {
    let (document, is_note) = (page.document, page.archive.is_note(page.id));
    let mut found = Vec::new();
    let mut add = |span, text, place| {
        found.push(Unwritten {
            page,
            span,
            text,
            place,
        })
    };
    let mut entries: Vec<&Entry> = document.metadata.entries.iter().collect();
    while let Some(entry) = entries.pop() {
        match &entry.value {
            Value::Map(inner) => entries.extend(inner),
            Value::String(text) if !may_stand_in(text) => {}
            Value::String(text)
                if TITLE_KEYS.contains(&&*entry.key)
                    && (is_note && is_unwritten(text) || is_stand_in(text)) =>
            {
                add(entry.value_span, text, Shown::AsTitle);
            }
            Value::String(text) if is_stand_in(text) || is_todo(text) && holds_text(&entry.key) => {
                add(entry.value_span, text, Shown::Perhaps);
            }
            _ => {}
        }
    }
    let name = content_name(document);
    let is_of_day = || claim::of_stem(name).is_some() || claims::date_in_name(document).is_some();
    if is_note && name.to_lowercase().ends_with("-todo") && is_of_day() {
        // More of them are a habit.
        let end = name.get(name.len() - "todo".len()..).unwrap_or(name);
        add(Span::at(0), end, Shown::AsName);
    }
    let title = document.title_heading().filter(|_| is_note);
    let headings = document.headings.iter();
    for heading in headings.filter(|heading| may_stand_in(&heading.text)) {
        let is_title = title.is_some_and(|title| title.span == heading.span);
        if is_title && is_unwritten(&heading.text) {
            add(heading.content, &heading.text, Shown::AsTitle);
        } else if is_stand_in(&heading.text) {
            add(heading.content, &heading.text, Shown::AsText);
        }
    }
    for image in document.links.iter().filter(|link| link.image) {
        if is_stand_in(&image.text) || is_todo(&image.text) {
            add(image.text_span, &image.text, Shown::AsText);
        }
    }
    found
}

/// A description that is that of the note before, where all others differ.
fn copied_descriptions(archive: &Archive, series: &Collection, cx: &mut Context) {
    for key in DESCRIPTION_KEYS {
        let described = series.documents.iter().filter_map(|id| {
            let document = archive.document(*id)?;
            let entry = document.metadata.get(key)?;
            Some((*id, document, entry, entry.as_str()?))
        });
        let mut described: Vec<_> = described.collect();
        let distinct: HashSet<&str> = described.iter().map(|(.., text)| *text).collect();
        if !almost_always(distinct.len(), described.len()) {
            continue;
        }
        described.sort_by_cached_key(|(id, document, ..)| (claims::written(document), *id));
        for ((_, before, _, copied), (id, _, entry, text)) in
            described.iter().zip(described.iter().skip(1))
        {
            if text == copied && text.len() >= LONG {
                let message = format!("`{key}` is a copy of that in the note before");
                cx.report_at(id.at(entry.value_span), key, message)
                    .note(format!("as in `{}`", before.path))
                    .help("describe this note");
            }
        }
    }
}

/// As many characters no two descriptions share by chance.
const LONG: usize = 30;

/// What the archive's templates hold for replacement.
#[derive(Default)]
struct Templates<'a> {
    comments: HashSet<&'a str>,
    /// Headings and metadata values with a stand-in word, and that word.
    texts: HashMap<&'a str, &'a str>,
    /// Text and destination of links to example hosts.
    links: HashSet<(&'a str, &'a str)>,
}

impl<'a> Templates<'a> {
    fn of(archive: &'a Archive) -> Self {
        let mut templates = Templates::default();
        for template in archive.templates() {
            let comments = template.comments.iter().map(|comment| &*comment.text);
            templates
                .comments
                .extend(comments.filter(|text| is_request(text)));
            let headings = template.headings.iter().map(|heading| &*heading.text);
            let values = template.metadata.entries.iter().filter_map(Entry::scalar);
            let texts = headings.chain(values);
            let stand_ins = texts.filter_map(|text| Some((text, stand_in_word(text)?)));
            templates.texts.extend(stand_ins);
            templates
                .links
                .extend(example_links(template).map(|(_, text, address)| (text, address)));
        }
        let notes = archive.all().filter(|(id, _)| archive.is_note(*id));
        let notes: Vec<&Document> = notes.map(|(_, document)| document).collect();
        // A comment that many notes keep is no leftover.
        templates.comments.retain(|text| {
            let comments = notes.iter().flat_map(|note| &note.comments);
            let count = comments.filter(|comment| *comment.text == **text).count();
            count < 10 || count * 4 < notes.len()
        });
        templates
    }

    fn is_empty(&self) -> bool {
        self.comments.is_empty() && self.texts.is_empty() && self.links.is_empty()
    }

    /// The stand-in word of a text that is a template's, or holds one of its longer stand-in words.
    fn word_in(&self, text: &'a str) -> Option<&'a str> {
        let longer = || {
            let word = stand_in_word(text).filter(|word| word.len() >= 3)?;
            let is_known = self.texts.values().any(|known| *known == word);
            is_known.then_some(word)
        };
        self.texts.get(text).copied().or_else(longer)
    }

    fn left_over_in(&self, document: &'a Document, id: DocumentId, cx: &mut Context) {
        for comment in &document.comments {
            if self.comments.contains(&*comment.text) {
                let message = "this comment is left over from the template";
                cx.report_at(id.at(comment.span), &comment.text, message)
                    .note("nobody has replaced it")
                    .help("write what belongs here, or delete the comment");
            }
        }
        let headings = document.headings.iter();
        let headings = headings.map(|heading| (heading.content, &*heading.text, None));
        let values = document.metadata.entries.iter().filter_map(|entry| {
            let text = entry.scalar()?;
            Some((entry.value_span, text, Some(&entry.key)))
        });
        for (span, text, key) in headings.chain(values) {
            if let Some(word) = self.word_in(text) {
                let what = key.map_or("heading".to_owned(), |key| format!("value of `{key}`"));
                let message = format!("this {what} still holds the template's `{word}`");
                cx.report_at(id.at(span), text, message)
                    .help(format!("write what `{word}` stands for"));
            }
        }
        for (span, text, address) in example_links(document) {
            if self.links.contains(&(text, address)) {
                let message = "this link is left over from the template";
                cx.report_at(id.at(span), address, message)
                    .note("leads to an example site")
                    .help("write the link that belongs here, or delete it");
            }
        }
    }
}

/// What begins the comments that are read by tools.
const FOR_TOOLS: &str = "weeknote-lint markdownlint prettier vale textlint rumdl toc more excerpt \
    truncate endexcerpt";

/// Whether a template's comment asks for something, rather than being read by a tool.
fn is_request(comment: &str) -> bool {
    let lower = comment.to_lowercase();
    let is_for_tools = FOR_TOOLS.split(' ').any(|tool| lower.starts_with(tool));
    !is_for_tools && comment.contains(char::is_alphabetic)
}

/// A word that stands for a number, a date or a name: `NNN`, `XX`, `YYYY`.
fn stand_in_word(text: &str) -> Option<&str> {
    let mut words = text.split(|character: char| !character.is_alphanumeric());
    words.find(|word| {
        let first = word.chars().next();
        word.len() >= 2
            && matches!(first, Some('N' | 'X' | 'Y'))
            && word.chars().all(|letter| Some(letter) == first)
    })
}

/// The links of a document to addresses that are set apart for examples (RFC 2606): place, text and address.
fn example_links(document: &Document) -> impl Iterator<Item = (Span, &str, &str)> {
    let links = document.links.iter().map(|link| {
        let defined = document.defined(link);
        let address = defined.map_or(link.destination(), |definition| &definition.destination);
        (link.span, &*link.text, &**address)
    });
    links.filter(|(.., address)| is_example(address))
}

fn is_example(address: &str) -> bool {
    let is_apart = |host: &str| {
        let host = hosts::without_www(host);
        matches!(host, "example.com" | "example.org" | "example.net") || host.ends_with(".example")
    };
    address.contains("example") && hosts::host(address).is_some_and(|host| is_apart(&host))
}

/// Whether `source` is a variable that no generator of this archive fills in.
fn is_left_over(source: &str, archive: &Archive) -> bool {
    let holds = |document: &&Document| {
        let mut tags = document.template_tags.iter();
        tags.any(|tag| *tag.source == *source)
    };
    is_templater(source)
        || is_variable(source)
            && match archive.generator {
                Generator::Obsidian => true,
                // Whatever serves a plain folder may read it as a template; then more than a few of its files hold variables.
                Generator::Plain if !source.contains(' ') => {
                    archive.documents.iter().filter(holds).take(3).count() < 3
                }
                _ => false,
            }
}

/// Whether `source` is a command of Obsidian's Templater that the making of a note carries out: `<% tp.date.now() %>`. A
/// dynamic one, `<%+ tp.file.creation_date() %>`, stays in the note, and is carried out whenever that is read.
fn is_templater(source: &str) -> bool {
    let inside = source.strip_prefix("<%").unwrap_or("");
    let command = inside.trim_start_matches(['*', '_', '-', '~']);
    command.trim_start().starts_with("tp.")
}

/// The variables of Obsidian's own templates and of its periodic notes.
const VARIABLES: &str = "title date time yesterday tomorrow week number monday tuesday wednesday \
    thursday friday saturday sunday";

fn is_variable(source: &str) -> bool {
    let inside = source
        .strip_prefix("{{")
        .and_then(|rest| rest.strip_suffix("}}"));
    let name = inside.and_then(|inside| inside.split(':').next());
    name.is_some_and(|name| {
        let name = name.trim().to_lowercase();
        VARIABLES.split(' ').any(|known| known == name)
    })
}
