//! A link that says one week and leads to another.

mod steps;

use super::wording;
use crate::archive::claims::same_weeks;
use crate::archive::{paths::has_scheme, routes::Target};
use crate::diagnostic::Severity;
use crate::document::{Definition, DefinitionStatus, LinkKind, stem, tags};
use crate::rules::{Backdrop, Context, Example, Page, Report, Rule};
use crate::source::Span;
use crate::week::{Claim, claim};

/// The rule.
pub static RULE: Rule = Rule {
    id: "week/wrong-link",
    summary: "a link that names one week and leads to another",
    docs: "\
**Finds.** A link whose text or label names one week and whose destination is the page of another: `[week \
288](/week-228)`. Where nearly all notes link to the note before or after them, also such a link that leads to \
another note.

**Why.** Somebody mistyped the number, or copied the link with an older note. The page exists, so no other check \
finds the mistake.

**Ignores.** Text that says more than a week: the rule expects `week 12`, `links for week 288` or `Weeknotes #12`, \
because `last week` and `the week after week 12` say nothing about the page. Also links to other sites, fragments, \
and runs that include the week.

**Fix.** Correct the number that is wrong, or link to the note that the help names.",
    severity: Some(Severity::Error),
    check_document: Some(check_document),
    check_archive: Some(steps::check),
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
    ..Rule::NEW
};

/// Words that may stand with a week without making it another one.
const HARMLESS: &str =
    "links link notes note for of from in our the my weeknotes weeknote week weekly see blog post";

fn check_document(page: Page<'_>, cx: &mut Context) {
    let document = page.document;
    for (index, definition) in (0u32..).zip(&document.definitions) {
        if let Some(broken) = mislabelled(definition, page)
            && document.users(index).next().is_some()
        {
            report(definition.span, "the label", broken, cx);
        }
    }
    let links = document.links.iter();
    for link in links
        .filter(|link| !link.image && link.unlinked.is_none() && !link.destination().is_plain())
    {
        let definition = document.defined(link);
        let (destination, place, defined_at) = match (link.kind, definition) {
            (LinkKind::Inline, _) => (link.destination(), link.target_span, None),
            (LinkKind::Full, Some(used)) => (&used.destination, used.span, Some(used.span)),
            _ => continue,
        };
        if let Some(broken) = broken(&link.text, destination, page)
            && definition.is_none_or(|used| mislabelled(used, page).is_none())
        {
            let report = report(link.span, "the link", broken, cx).causes([page.id.at(place)]);
            report.labels(defined_at, "the address is defined here");
        }
    }
}

/// What is wrong with a definition by its own label: that is reported once, and not with the links that use it.
fn mislabelled<'a>(of: &'a Definition, page: Page<'_>) -> Option<Broken<'a>> {
    let counts = of.status == DefinitionStatus::Defined && of.duplicate_of.is_none();
    if !counts || of.destination.is_plain() {
        return None;
    }
    broken(&of.label, &of.destination, page)
}

fn report<'c>(span: Span, what: &str, broken: Broken, cx: &'c mut Context) -> Report<'c> {
    let (destination, message, help) = broken;
    cx.report(span, destination, format!("{what} {message}"))
        .note(format!("leads to `{destination}`"))
        .help(help)
}

/// The destination of a link that leads to another week than it says, what is wrong, and the way out.
type Broken<'a> = (&'a str, String, String);

/// What is wrong where `text` promises a week that `destination` does not lead to.
fn broken<'a>(text: &str, destination: &'a str, page: Page<'_>) -> Option<Broken<'a>> {
    // Most texts and destinations have no digit: this is asked first, for every link of the archive.
    let digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let external = || has_scheme(destination) || destination.starts_with("//");
    if !digit(text) || !digit(destination) || external() {
        return None;
    }
    let said = promised(text)?;
    let name = tags::read(destination).map_or(destination, |named| named.name);
    let address = name.split(['#', '?']).next();
    let address = address.filter(|address| !address.is_empty())?;
    let segment = address.trim_end_matches('/').rsplit('/').next()?;
    let named =
        claim::of_stem(stem(segment)).filter(|claim| claim.named && !claim.numbers.is_empty());
    let holds =
        |run: &Claim, other: &Claim| other.numbers.iter().all(|week| run.numbers.contains(week));
    let same = |claim: &Claim| same_weeks(&said, claim);
    let agrees =
        |claim: &Claim| same(claim) == Some(true) || holds(claim, &said) || holds(&said, claim);
    // Most addresses say the same.
    if named.as_ref().is_some_and(agrees) {
        return None;
    }
    let archive = page.archive;
    let page = match page.resolve(destination) {
        Target::Document(id) => Some((archive.document(id)?, archive.profile(id)?)),
        Target::Missing(_) | Target::Unknown => None,
        Target::External | Target::Served => return None,
    };
    let on_page = page.iter().flat_map(|(_, profile)| &profile.claims);
    if on_page.clone().any(agrees) {
        return None;
    }
    let differs = |claim: &&Claim| {
        same(claim) == Some(false)
            && claim.year.is_some() == said.year.is_some()
            && claim.iso == said.iso
            && claim.named
    };
    let there = wording::weeks(on_page.chain(&named).find(differs)?);
    let lands = page.map(|(page, _)| format!(": readers land on `{}`", page.path));
    let lands = lands.unwrap_or_default();
    Some((
        destination,
        format!("says {}, but leads to {there}", wording::weeks(&said)),
        format!("correct the number that is wrong{lands}"),
    ))
}

/// The week that a text names, if it says nothing else.
fn promised(text: &str) -> Option<Claim> {
    if text.len() > 60 {
        return None;
    }
    let claim = claim::of_title(text).filter(|claim| claim.named && !claim.numbers.is_empty())?;
    let (start, end) = (claim.span.start as usize, claim.span.end as usize);
    let mut rest = [text.get(..start)?, text.get(end..)?]
        .into_iter()
        .flat_map(|part| part.split(|character: char| !character.is_alphanumeric()));
    let is_harmless = |word: &str| {
        let mut harmless = HARMLESS.split(' ');
        word.is_empty() || harmless.any(|known| word.eq_ignore_ascii_case(known))
    };
    // As a file's name, a link may give one end of a run alone.
    rest.all(is_harmless).then_some(Claim {
        of_file: true,
        ..claim
    })
}
