//! A link that says one week and leads to another.

use super::wording;
use crate::archive::Archive;
use crate::archive::claims::same_weeks;
use crate::archive::routes::{Target, has_scheme};
use crate::diagnostic::{DocumentId, Severity};
use crate::document::{Definition, DefinitionStatus, Document, Link, LinkKind, stem};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::source::Span;
use crate::week::{Claim, claim};

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "week/wrong-link",
    summary: "a link that says one week and leads to another",
    docs: "\
A link such as `[week 288](/week-228)` promises one week and leads to another: the number was mistyped, or the link was \
copied from an older note. The page exists, so no other check finds it.

The rule compares what the link's text or label says with the page that it leads to. It speaks only where the text is a \
week and nothing else (`week 12`, `links for week 288`, `Weeknotes #12`): `last week` and `the week after week 12` say \
nothing of the page behind them. Links to other sites are left alone, and so are a fragment and a run of weeks that \
includes the one that is named.

Correct the number that is wrong.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "two digits of the definition are wrong",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-121.snip.markdown",
                "Week 121\n========\n\nSee our [notes of week 117].\n\n⟦[notes of week 117]: /week-111⟧\n\n\
                 :name: week-121\n:created_at: 2011-05-13 16:00:00.000000000 +00:00\n:page_title: Week 121\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "text and destination of an inline link",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-121.snip.markdown",
                "Week 121\n========\n\nAs we said in ⟦[week 118](/week-119)⟧.\n\n\
                 :name: week-121\n:created_at: 2011-05-13 16:00:00.000000000 +00:00\n:page_title: Week 121\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "texts that do not name the page, and labels that agree",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-121.snip.markdown",
                "Week 121\n========\n\nAs [last week](/week-119), and in [the week after week 118](/week-119), and in \
                 [weeknotes-118] and [week 12](https://example.com/week-13).\n\n[weeknotes-118]: /week-118#beans\n\n\
                 :name: week-121\n:created_at: 2011-05-13 16:00:00.000000000 +00:00\n:page_title: Week 121\n",
            )],
        },
    ],
};

/// See [`META`].
pub struct WrongLink;

impl Rule for WrongLink {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        let mut reported: Vec<usize> = Vec::new();
        for (index, definition) in document.definitions.iter().enumerate() {
            if definition.status == DefinitionStatus::Defined
                && definition.duplicate_of.is_none()
                && check_definition(document, index, definition, archive, cx)
            {
                reported.push(index);
            }
        }
        for link in &document.links {
            if link.image || link.unlinked {
                continue;
            }
            match link.kind {
                LinkKind::Inline => check_inline(link, archive, cx),
                LinkKind::Full => {
                    let index = link.definition.map(|index| index as usize);
                    if let Some(index) = index.filter(|index| !reported.contains(index))
                        && let Some(definition) = document.definitions.get(index)
                    {
                        check_reference(link, definition, archive, cx);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether the text of a link, or a label, promises another week than `destination` leads to: that is reported here, whether
/// there is such a page or not.
pub fn is_wrong(text: &str, destination: &str, archive: &Archive, id: DocumentId) -> bool {
    broken(text, destination, archive, id).is_some()
}

/// A week that a text promises and the other one that the destination leads to.
struct Promise {
    said: Claim,
    /// The week at the destination, in words.
    there: String,
    /// The page, where it is one of the archive's.
    page: Option<DocumentId>,
}

fn check_definition(
    document: &Document,
    index: usize,
    definition: &Definition,
    archive: &Archive,
    cx: &mut Context,
) -> bool {
    let Some(broken) = broken(
        &definition.label,
        &definition.destination,
        archive,
        cx.document(),
    ) else {
        return false;
    };
    // A label that no link uses is misspelt or forgotten, which is reported as such.
    let uses = |link: &Link| link.definition.is_some_and(|used| used as usize == index);
    if !document.links.iter().any(uses) {
        return false;
    }
    report(
        definition.span,
        "the label",
        &broken,
        &definition.destination,
        archive,
        cx,
        None,
    );
    true
}

fn check_inline(link: &Link, archive: &Archive, cx: &mut Context) {
    if let Some(broken) = broken(&link.text, &link.destination, archive, cx.document()) {
        report(
            link.span,
            "the link",
            &broken,
            &link.destination,
            archive,
            cx,
            None,
        );
    }
}

fn check_reference(link: &Link, definition: &Definition, archive: &Archive, cx: &mut Context) {
    if let Some(broken) = broken(&link.text, &definition.destination, archive, cx.document()) {
        report(
            link.span,
            "the link",
            &broken,
            &definition.destination,
            archive,
            cx,
            Some(definition.span),
        );
    }
}

/// Whether `text` promises a week that `destination` does not lead to.
fn broken(text: &str, destination: &str, archive: &Archive, id: DocumentId) -> Option<Promise> {
    // Most texts and destinations have no digit: this is asked first, for every link of the archive.
    let digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    if destination.starts_with("https://")
        || destination.starts_with("http://")
        || !digit(text)
        || !digit(destination)
        || has_scheme(destination)
        || destination.starts_with("//")
    {
        return None;
    }
    let said = promised(text)?;
    let address = destination
        .split(['#', '?'])
        .next()
        .filter(|address| !address.is_empty())?;
    let segment = address.trim_end_matches('/').rsplit('/').next()?;
    let named =
        claim::of_stem(stem(segment)).filter(|claim| claim.named && !claim.numbers.is_empty());
    let (page, claims) = match archive.resolve(id, destination) {
        Target::Document(id, _) => {
            let standing = archive.standing(id)?;
            let claims = standing.claims.iter().map(|said| said.claim.clone());
            (Some(id), claims.chain(named).collect::<Vec<_>>())
        }
        Target::Missing(_) | Target::Unknown => (None, named.into_iter().collect()),
        Target::External | Target::Served => return None,
    };
    let mut there = None;
    for claim in &claims {
        let comparable = claim.year.is_some() == said.year.is_some()
            && claim.iso == said.iso
            && claim.named
            && !claim.numbers.is_empty();
        let within = said
            .numbers
            .iter()
            .all(|number| claim.numbers.contains(number))
            || claim
                .numbers
                .iter()
                .all(|number| said.numbers.contains(number));
        match same_weeks(&said, claim, true) {
            _ if within => return None,
            Some(true) => return None,
            Some(false) if comparable => there = there.or(Some(wording::weeks(claim))),
            _ => {}
        }
    }
    Some(Promise {
        said,
        there: there?,
        page,
    })
}

/// The week that a text names, if it says nothing else.
fn promised(text: &str) -> Option<Claim> {
    // Words that may stand with a week without making it another one.
    const WORDS: [&str; 18] = [
        "links",
        "link",
        "notes",
        "note",
        "for",
        "of",
        "from",
        "in",
        "our",
        "the",
        "my",
        "weeknotes",
        "weeknote",
        "week",
        "weekly",
        "see",
        "blog",
        "post",
    ];
    if text.len() > 60 {
        return None;
    }
    let claim = claim::of_title(text)
        .filter(|claim| claim.named && !claim.numbers.is_empty() && !claim.bonus)?;
    let claim = Claim {
        also: None,
        ..claim
    };
    let (start, end) = (claim.span.start as usize, claim.span.end as usize);
    let rest = [text.get(..start)?, text.get(end..)?];
    let harmless = rest.iter().all(|part| {
        part.split(|character: char| !character.is_alphanumeric())
            .all(|word| {
                word.is_empty() || WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
            })
    });
    harmless.then_some(claim)
}

fn report(
    span: Span,
    what: &str,
    promise: &Promise,
    destination: &str,
    archive: &Archive,
    cx: &mut Context,
    definition: Option<Span>,
) {
    let said = wording::weeks(&promise.said);
    let message = format!("{what} says {said}, but leads to {}", promise.there);
    let help = match promise
        .page
        .and_then(|page| archive.document(page))
        .map(|page| &page.path)
    {
        Some(path) => format!("correct the number that is wrong: readers land on `{path}`"),
        None => "correct the number that is wrong".to_owned(),
    };
    let report = cx
        .report(span, destination, message)
        .note(format!("leads to `{destination}`"))
        .help(help);
    if let Some(definition) = definition {
        report.label(definition, "the address is defined here");
    }
}
