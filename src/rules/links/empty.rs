//! A link without destination or text.

use super::destinations::{self, LocatedDestination};
use super::meant::meant_by_empty;
use crate::archive::paths::has_scheme;
use crate::diagnostic::Severity;
use crate::document::{Link, LinkKind};
use crate::rules::{Backdrop, Context, Example, Page, Rule};
use crate::source::{Span, begins_with_any};
use crate::word_list::is_any;

/// The rule.
pub static RULE: Rule = Rule {
    id: "links/empty",
    summary: "a link without a destination or text, or with a stand-in for the destination",
    docs: "\
**Finds.** A link without a destination, `[slides]()`, or without text, `[](https://example.com)`; a scheme with \
nothing after it (`https://`); a stand-in such as `TK`, `TODO`, `TBD`, `xxx`, `url`, `...` or `file-name.ext`; a \
bare `#` (a warning).

**Why.** The author meant to look the address up later. The reader stays on the same page, arrives at one that does \
not exist, or has nothing to click on.

**Ignores.** A stand-in that is the name of a page of the site; `#` where the text speaks of the top of the page; \
images without a description; raw HTML. In a draft the finding is an info.

**Fix.** Add what is missing, or keep the text without a link.",
    severity: Some(Severity::Error),
    lenient_in_drafts: true,
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "nobody looked the address up",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe gave a talk at the [allotment society]⟦()⟧.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a stand-in in a definition",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nHere are the [slides].\n\n[slides]: ⟦TK⟧\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "nothing to click on",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe rota ⟦[](https://example.com/rota)⟧ is up.\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a link to the top, an image without a description, and a page of that name",
            backdrop: Backdrop::None,
            files: &[
                (
                    "notes/week-12.md",
                    "# Week 12\n\n[![](shed.jpg)](https://example.com/shed)\n\nOur [list](todo.md) grows. [Back to top](#)\n\n[](){#rota} See [](xref:rota).\n",
                ),
                ("notes/todo.md", "# List\n"),
            ],
        },
        Example::Good {
            title: "an address that the site's templates fill in",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nSee [the rota]({{ site.rota }}).\n",
            )],
        },
    ],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    for destination in destinations::suspicious(page, false) {
        if let Some(fault) = fault(&destination) {
            report(&destination, fault, cx);
        }
    }
    let clickable = |link: &&Link| matches!(link.kind, LinkKind::Inline | LinkKind::Full);
    for link in page.document.links.iter().filter(clickable) {
        let is_reference = link.destination().is_empty();
        // `[](xref:beans)`: something fills the text in.
        let is_filled_in = has_scheme(link.destination())
            && !begins_with_any(link.destination(), &["http", "mailto:", "tel:"]);
        let is_empty =
            link.text.trim().is_empty() && !link.image && link.unlinked.is_none() && !is_filled_in;
        if is_empty && !(is_reference && link.definition().is_none()) {
            let (label, address) = (&link.target, &**link.destination());
            let subject = if is_reference { label } else { address };
            cx.report(link.span, subject, "this link has no text")
                .note("the reader sees nothing to click on")
                .help("write the text between the brackets, or delete the link");
        }
    }
}

/// What is wrong with a link that leads nowhere, and what the reader sees.
type Fault = (String, &'static str);

/// Words that stand for a destination that is to be found.
const STAND_INS: &str =
    "tk tktk tkk todo tbd tbc tba fixme url urlhere link linkhere placeholder xxx";

/// Words that may stand beside them.
const BESIDE: &str =
    "https http insert add put paste need needs missing your the an a here goes to";

/// What is wrong with `destination`, if anything.
fn fault(destination: &LocatedDestination<'_>) -> Option<Fault> {
    let text = destination.text;
    // Most are paths, and none of those is looked for.
    let leads = text.len() > 1 && text.starts_with(['/', '#']);
    if text.len() > 32 || leads && !text.ends_with("ext") || destination.is_of(LinkKind::Html) {
        return None;
    }
    let is_image = destination.link.is_some_and(|link| link.image);
    let thing = if is_image { "image" } else { "link" };
    let mut links = destination.links().peekable();
    let lower = text.to_ascii_lowercase();
    let (message, note) = match &*lower {
        // A definition without destination is broken as a definition.
        "" if destination.link.is_some() => (
            format!("this {thing} leads nowhere: its destination is empty"),
            "leads back to this page",
        ),
        "#" if links.peek().is_some() && !links.any(speaks_of_the_top) => (
            format!("this {thing} leads nowhere: its destination is a bare `#`"),
            "leads to the top of the page",
        ),
        "http://" | "https://" | "http:" | "https:" | "mailto:" => (
            format!("this {thing} leads nowhere: nothing comes after `{text}`"),
            "leads to a page that does not exist",
        ),
        other if is_stand_in(other) && !is_page(destination) => (
            format!("the destination of this {thing} is a stand-in: `{text}`"),
            "leads to a page that does not exist",
        ),
        _ => return None,
    };
    let note = Some(note).filter(|_| !is_image);
    Some((message, note.unwrap_or("the reader sees a broken image")))
}

fn speaks_of_the_top(link: &Link) -> bool {
    let text = link.text.to_lowercase();
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    !text.contains(char::is_alphabetic) || words.any(|word| word == "top")
}

fn is_stand_in(lower: &str) -> bool {
    let repeats_one = |one: char| lower.starts_with(one) && "x.?-_…".contains(one);
    let words = || {
        let words = lower.split(|one: char| !one.is_ascii_alphanumeric());
        words.filter(|word| !word.is_empty())
    };
    let are_words = words().any(|word| is_any(word, STAND_INS))
        && words().all(|word| is_any(word, STAND_INS) || is_any(word, BESIDE));
    are_words && !lower.contains(['.', '?'])
        || lower == "?"
        || lower.len() >= 2 && lower != ".." && lower.chars().all(repeats_one)
        // `file-name.ext`, `image.ext`: no file has this extension.
        || lower.ends_with(".ext")
}

/// Whether the site has a page of that name, wherever.
fn is_page(destination: &LocatedDestination<'_>) -> bool {
    let mut documents = destination.page.archive.documents.iter();
    !destination.text.starts_with('?') && destination.page.resolve(destination.text).is_there()
        || documents.any(|one| one.stem().eq_ignore_ascii_case(destination.text))
}

fn report(destination: &LocatedDestination<'_>, (message, note): Fault, cx: &mut Context) {
    let mut help = "add the destination, or keep the text without a link".to_owned();
    let (mut seen, mut meant) = (*destination, None);
    if let Some(link) = destination.link.filter(|_| destination.text.is_empty()) {
        // An empty destination has no width to point at: its parentheses stand for it.
        seen.span = Span::new(link.text_span.end as usize + 1, link.span.end as usize);
        seen.text = &link.text;
        meant = meant_by_empty(destination.page.document, link);
        if let Some(definition) = meant {
            help = format!("did you mean `[{}][{}]`?", link.text, definition.label);
        }
    }
    let unused = meant.map(|definition| definition.span);
    let report = seen.report(cx, message).note(note).help(help);
    let report = report.labels(unused, "nothing uses this definition");
    if destination.text == "#" {
        report.at_most(Severity::Warning);
    }
}
