//! `[text](label)`, written for `[text][label]`.

use super::meant;
use crate::archive::Archive;
use crate::archive::routes::{Target, has_scheme};
use crate::diagnostic::{DocumentId, Edit, Fix, Place, Safety, Severity};
use crate::document::definitions::normalize_label;
use crate::document::{Definition, DefinitionStatus, Document, Link, LinkKind, mask};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "links/label-as-destination",
    summary: "a label in parentheses, written for one in brackets",
    docs: "\
`[text](label)` is a link to the address `label`; `[text][label]` is a link to what the definition `[label]: …` says. The \
rule finds labels in parentheses: the destination is a label that the note defines, or a slip of one that nothing else \
uses. The reader is sent to a page that does not exist, or to another one than the definition names.

Where the note does not define the label but other notes do, and the archive has no such page, the finding is a warning.

It is silent where the address is a page of its own: a site with flat addresses serves `[Ada](ada-byron)` although \
the slash is missing, and no definition of the note says anything else.

Write brackets instead of parentheses.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    examples: &[
        Example::Bad {
            title: "parentheses for brackets",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe took a ⟦[quick look](soil-survey)⟧ at the beds.\n\n[soil-survey]: https://soil.example/survey\n",
            )],
            fixed: Some(
                "# Week 12\n\nWe took a [quick look][soil-survey] at the beds.\n\n[soil-survey]: https://soil.example/survey\n",
            ),
        },
        Example::Bad {
            title: "a stray bracket",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nWe ⟦[mended](pump-repair])⟧ the pump.\n\n[pump-repair]: https://pump.example/repair\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nWe [mended][pump-repair] the pump.\n\n[pump-repair]: https://pump.example/repair\n",
            ),
        },
        Example::Bad {
            title: "a slip in the label",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe ⟦[seed exchange](sedex)⟧ opens.\n\n[seedx]: https://seeds.example/\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nThe [seed exchange][seedx] opens.\n\n[seedx]: https://seeds.example/\n",
            ),
        },
        Example::Bad {
            title: "a label that only another note defines",
            backdrop: Backdrop::Snips,
            files: &[
                (
                    "soups/weeknotes/week-140.snip.markdown",
                    "Week 140\n========\n\nBack to the ⟦[tool library](tool-library)⟧.\n\n[pump]: https://pump.example/\n\nA [pump].\n",
                ),
                (
                    "soups/weeknotes/week-141.snip.markdown",
                    "Week 141\n========\n\nA day at the [library][tool-library].\n\n[tool-library]: https://tools.example/\n",
                ),
            ],
            fixed: Some(
                "Week 140\n========\n\nBack to the [tool library][tool-library].\n\n[pump]: https://pump.example/\n[tool-library]: https://tools.example/\n\nA [pump].\n",
            ),
        },
        Example::Good {
            title: "an address without its slash on a site whose addresses are flat",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\n[Ada](ada-byron) is back, and [Grace](grace-brewster) met [her][ada-byron].\n\n[ada-byron]: /ada-byron\n",
            )],
        },
        Example::Good {
            title: "a relative address that happens to look like the label",
            backdrop: Backdrop::None,
            files: &[
                (
                    "notes/week-12.md",
                    "# Week 12\n\nSee [there](week-11.md) and [here][week-11.md].\n\n[week-11.md]: week-11.md\n",
                ),
                ("notes/week-11.md", "# Week 11\n\nRain.\n"),
            ],
        },
    ],
};

/// See [`META`].
pub struct LabelAsDestination;

impl Rule for LabelAsDestination {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        let id = cx.document();
        for link in &document.links {
            if let Some(found) = label_of(document, link, archive, id) {
                tell(document, link, &found, cx);
            }
        }
    }
}

/// The definition whose label stands as a link's destination.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meant<'a> {
    /// The document defines the label.
    Here(&'a Definition),
    /// The document defines a label that is much like it, and that nothing uses.
    Nearby(&'a Definition),
    /// Another page of the archive defines it.
    Elsewhere(DocumentId, &'a Definition),
}

/// Whether the destination of an inline link is a label, so that no other rule needs to speak of it.
pub fn is_label(document: &Document, link: &Link, archive: &Archive, id: DocumentId) -> bool {
    label_of(document, link, archive, id).is_some()
}

/// The definition that was meant by the destination of an inline link, if that is a label.
pub(super) fn label_of<'a>(
    document: &'a Document,
    link: &Link,
    archive: &'a Archive,
    id: DocumentId,
) -> Option<Meant<'a>> {
    if link.kind != LinkKind::Inline {
        return None;
    }
    let label = label_in(&link.destination)?;
    let key = normalize_label(label);
    let defined = |definition: &&Definition| definition.status == DefinitionStatus::Defined;
    if let Some(definition) = document.labelled(&key).find(defined) {
        return (!is_harmless(document, label, definition, archive, id))
            .then_some(Meant::Here(definition));
    }
    // What follows is less certain: it must look like a label, and not like the name of a page or file.
    if !is_slug(label) || leads_somewhere(label, archive, id) {
        return None;
    }
    if !document.definitions.is_empty() {
        let used = meant::used(document);
        if let Some((_, definition, _)) =
            meant::unused_definition(document, &used, &key, LinkKind::Full)
        {
            return Some(Meant::Nearby(definition));
        }
    }
    let (other, _, definition) = archive.latest_definition_of(&key, id)?;
    Some(Meant::Elsewhere(other, definition))
}

/// A destination without a stray bracket, if it can be a label at all.
fn label_in(destination: &str) -> Option<&str> {
    // Most destinations are addresses or paths from the root: nothing more is asked of them.
    if destination.starts_with("http") || destination.starts_with('/') {
        return None;
    }
    let label = destination.trim_start_matches('[').trim_end_matches(']');
    let can_be = !label.is_empty()
        && label.len() <= 100
        && !label.starts_with(['/', '#', '?', '.', '<'])
        && !label.contains(['[', ']', '/', mask::MARK])
        && !has_scheme(label);
    can_be.then_some(label)
}

/// Whether a label is written like an identifier, with no dot that could begin a domain or a file's extension.
fn is_slug(label: &str) -> bool {
    label.chars().count() >= 3
        && label
            .chars()
            .all(|character| character.is_alphanumeric() || matches!(character, '-' | '_'))
}

/// Whether the archive has a page of this name, by address or by file name.
fn leads_somewhere(name: &str, archive: &Archive, id: DocumentId) -> bool {
    match archive.resolve(id, name) {
        Target::Missing(_) => false,
        Target::External | Target::Document(..) | Target::Served => true,
        // The site's addresses are not understood: any file with this name in its own may be the page.
        Target::Unknown => archive.has_file_named(name),
    }
}

/// Whether a link to `label` leads where the definition does, and the definition has other uses: then the author writes
/// addresses this way, and nothing is lost.
fn is_harmless(
    document: &Document,
    label: &str,
    definition: &Definition,
    archive: &Archive,
    id: DocumentId,
) -> bool {
    let is_used = || {
        document.links.iter().any(|link| {
            link.definition
                .and_then(|index| document.definitions.get(index as usize))
                .is_some_and(|used| used.key == definition.key)
        })
    };
    if *definition.destination == *label {
        return true;
    }
    match (
        archive.resolve(id, label),
        archive.resolve(id, &definition.destination),
    ) {
        (Target::Document(one, _), Target::Document(other, _)) => one == other && is_used(),
        _ => false,
    }
}

fn tell(document: &Document, link: &Link, meant: &Meant<'_>, cx: &mut Context) {
    let (definition, place) = match *meant {
        Meant::Here(definition) | Meant::Nearby(definition) => (definition, cx.document()),
        Meant::Elsewhere(other, definition) => (definition, other),
    };
    let place = Place {
        document: place,
        span: definition.span,
    };
    let (label, written) = (&definition.label, &link.destination);
    let bang = if link.image { "!" } else { "" };
    let reference = format!("{bang}[{}][{label}]", link.text);
    let (severity, message, seen, help) = match meant {
        Meant::Here(_) => (
            Severity::Error,
            format!("the label `{label}` is in parentheses, as if it were an address"),
            "the definition it was meant for".to_owned(),
            format!("write `{reference}`"),
        ),
        Meant::Nearby(_) => (
            Severity::Error,
            format!(
                "`{written}` is in parentheses, as if it were an address, but seems to be the label `{label}`"
            ),
            "nothing else uses this definition".to_owned(),
            format!("write `{reference}`"),
        ),
        Meant::Elsewhere(..) => (
            Severity::Warning,
            format!(
                "`{written}` is in parentheses, as if it were an address, but is a label in other notes"
            ),
            "the latest note that defines it".to_owned(),
            format!("write `{reference}` and define the label in this note"),
        ),
    };
    let note = if link.unlinked {
        format!("renders as the literal text `[{}]({written})`", link.text)
    } else {
        format!("links to the address `{written}`")
    };
    let edit = |span, text| Edit {
        place: Place {
            document: cx.document(),
            span,
        },
        text,
    };
    let safety = match meant {
        Meant::Here(_) => Safety::Safe,
        _ => Safety::Unsafe,
    };
    let mut edits = vec![edit(link.span, reference.clone())];
    if matches!(meant, Meant::Elsewhere(..)) {
        let added = meant::definition_to_add(document, label, &definition.destination);
        edits.extend(added.map(|(at, text)| edit(at, text)));
    }
    let report = cx
        .report(link.span, &normalize_label(written), message)
        .note(note)
        .at_most(severity)
        .label_at(place, seen)
        .help(help);
    // A title would be lost, and a reference without its definition would be no better.
    let has_title = link.destination_span.end + 1 < link.span.end;
    if !has_title && (edits.len() == 2 || !matches!(meant, Meant::Elsewhere(..))) {
        report.fix_all(Fix {
            title: format!("write `{reference}`"),
            safety,
            edits,
        });
    }
}
