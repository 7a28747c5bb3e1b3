//! A link without destination or text.

use super::meant;
use super::written::{self, Written};
use crate::archive::{Archive, routes::Target};
use crate::diagnostic::{DocumentId, Severity};
use crate::document::{Document, Link, LinkKind};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::source::Span;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "links/empty",
    summary: "a link without destination or text, or with a stand-in for the destination",
    docs: "\
`[slides]()` leads to the page that it stands on, `[slides](TK)` to a page that does not exist, and `[](https://example.com)` \
cannot be clicked. They are what is left of \"I'll look that up later\".

The rule finds empty destinations, a scheme with nothing after it (`https://`), the usual stand-ins (`TK`, `TODO`, `TBD`, \
`xxx`, `url`, `...`, `file-name.ext`), a bare `#`, and links without text.

It is silent where the site has a page of the stand-in's name, about `#` where the text speaks of the top of the page, \
about images without a description, and about raw HTML.

Add the destination, or keep the text without a link.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "the address was to be looked up later",
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
            title: "a link to the top, an image without description, and a page that has that name",
            backdrop: Backdrop::None,
            files: &[
                (
                    "notes/week-12.md",
                    "# Week 12\n\n[![](shed.jpg)](https://example.com/shed)\n\nOur [list](todo.md) grows. [Back to top](#)\n",
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
};

/// See [`META`].
pub struct Empty;

/// What stands for a destination that is to be found.
const STAND_INS: &[&str] = &[
    "tk",
    "tktk",
    "tkk",
    "todo",
    "tbd",
    "tbc",
    "tba",
    "fixme",
    "url",
    "urlhere",
    "url-here",
    "link",
    "linkhere",
    "link-here",
    "insert-link",
    "insert-link-here",
    "insert-url",
    "insert-url-here",
    "your-link-here",
    "placeholder",
    "https://todo",
    "https://tk",
    "https://xxx",
    "https://url",
];

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lack {
    /// Everything.
    Destination,
    /// What comes after `https://`.
    Address,
    /// The destination is a stand-in.
    StandIn,
    /// The destination is `#`.
    Fragment,
}

/// What `written` lacks, if anything; asked by the rules that speak of destinations that are there.
pub(super) fn lack(
    written: &Written<'_>,
    document: &Document,
    archive: &Archive,
    id: DocumentId,
) -> Option<Lack> {
    if matches!(
        written.kind(),
        Some(LinkKind::Html | LinkKind::Autolink | LinkKind::Wikilink)
    ) {
        return None;
    }
    let text = written.text;
    if text.is_empty() {
        // A definition without destination is broken as a definition.
        return written.link.map(|_| Lack::Destination);
    }
    if text == "#" {
        let speaks_of_the_top = |link: &Link| {
            !link.text.contains(|letter: char| letter.is_alphabetic())
                || link
                    .text
                    .to_lowercase()
                    .split(|letter: char| !letter.is_alphanumeric())
                    .any(|word| word == "top")
        };
        let mut links = written.links(document).peekable();
        return (links.peek().is_some() && !links.any(speaks_of_the_top)).then_some(Lack::Fragment);
    }
    if text.len() > 24 {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    if matches!(
        lower.as_str(),
        "http://" | "https://" | "http:" | "https:" | "mailto:"
    ) {
        return Some(Lack::Address);
    }
    let name = lower.rsplit('/').next().unwrap_or("");
    let stands_in = STAND_INS.contains(&lower.as_str())
        || lower.len() >= 2
            && [b'x', b'.', b'?', b'-', b'_']
                .iter()
                .any(|&only| lower.bytes().all(|byte| byte == only) && lower != "..")
        || text == "?"
        || text.chars().all(|character| character == '…')
        // `file-name.ext`, `image.ext`: no file has this extension.
        || name.ends_with(".ext");
    (stands_in && !is_page(text, archive, id)).then_some(Lack::StandIn)
}

/// Whether the site has a page of that name, wherever.
fn is_page(text: &str, archive: &Archive, id: DocumentId) -> bool {
    matches!(
        archive.resolve(id, text),
        Target::Document(..) | Target::Served
    ) || archive
        .documents
        .iter()
        .any(|other| other.stem().eq_ignore_ascii_case(text))
}

impl Rule for Empty {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        for written in written::all(document) {
            let id = cx.document();
            if let Some(lack) = lack(&written, document, archive, id)
                && !written.is_label(document, archive, id)
            {
                report(&written, lack, document, cx);
            }
        }
        for link in &document.links {
            let has_destination = !link.destination.is_empty() || link.definition.is_some();
            if link.text.trim().is_empty()
                && !link.image
                && has_destination
                && matches!(link.kind, LinkKind::Inline | LinkKind::Full)
            {
                let subject: &str = if link.destination.is_empty() {
                    &link.label
                } else {
                    &link.destination
                };
                cx.report(link.span, subject, "this link has no text")
                    .note("the reader sees nothing to click on")
                    .help("write between the brackets what the link leads to, or delete it");
            }
        }
    }
}

fn report(written: &Written<'_>, lack: Lack, document: &Document, cx: &mut Context) {
    let Written { text, span, .. } = *written;
    let thing = match written.link {
        Some(link) if link.image => "image",
        _ => "link",
    };
    let message = match lack {
        Lack::Destination => format!("this {thing} leads nowhere: its destination is empty"),
        Lack::Address => {
            format!("this {thing} leads nowhere: nothing comes after `{text}`")
        }
        Lack::StandIn => {
            format!("the destination of this {thing} is still to be filled in: `{text}`")
        }
        Lack::Fragment => format!("this {thing} leads nowhere: its destination is a bare `#`"),
    };
    let note = match (lack, thing) {
        (_, "image") => "the reader sees a broken image",
        (Lack::Destination, _) => "leads to the page itself",
        (Lack::Fragment, _) => "leads to the top of the page",
        _ => "leads to a page that does not exist",
    };
    // An empty destination has no width to point at: its parentheses stand for it.
    let span = if span.is_empty() && span.start > 0 {
        match written.link {
            Some(link) => Span::new(link.text_span.end as usize + 1, link.span.end as usize),
            None => span,
        }
    } else {
        span
    };
    let subject = match written.link {
        Some(link) if text.is_empty() => &link.text,
        _ => text,
    };
    let meant = written
        .link
        .filter(|_| lack == Lack::Destination)
        .and_then(|link| meant::for_empty_link(document, &meant::used(document), link));
    let help = match (meant, written.link) {
        (Some((_, definition)), Some(link)) => {
            format!("did you mean `[{}][{}]`?", link.text, definition.label)
        }
        _ => "add the destination, or keep the text without a link".to_owned(),
    };
    let report = cx.report(span, subject, message).note(note).help(help);
    let mut report = written.with_first_use(document, report);
    if let Some((_, definition)) = meant {
        report = report.label(definition.span, "nothing uses this definition");
    }
    if lack == Lack::Fragment {
        report.at_most(Severity::Warning);
    }
}
