//! A definition that no reference uses.

use crate::archive::paths::has_scheme;
use crate::diagnostic::{Fix, Safety, Severity};
use crate::document::mask::holds_tag;
use crate::document::{Definition, DefinitionStatus};
use crate::hash::QuickMap;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};
use crate::source::begins_with_any;

/// The rule.
pub static RULE: Rule = Rule {
    id: "links/unused-definition",
    summary: "a link definition that nothing uses",
    docs: "\
**Finds.** A definition `[label]: https://…` that no reference uses. If the note has the words of the label without \
a link, the rule points at them.

**Why.** A definition shows nothing by itself: somebody forgot the link, deleted its sentence, or misspelt the label.

**Ignores.** Comments (`[//]: # (a comment)`), words after a label (`[Alice]: shipped the printer`), and what \
another rule explains: a reference with almost this label (`links/undefined-reference`), the label in parentheses \
(`links/label-as-destination`). Where notes carry a definition along and hardly use it, the finding is an info.

**Fix.** Link the words, or delete the definition, which does not change the page. The fix is safe if only an address \
follows the label, and the label occurs nowhere else in the file, not even in code.",
    severity: Some(Severity::Warning),
    fix: FixAvailability::Sometimes,
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "the link was forgotten",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe seed bank gave us beans, and [Ada][] planted them.\n\n[Ada]: https://ada.example/\n⟦[seed-bank]: https://seeds.example/⟧\n",
            )],
            fixed: Some(
                "# Week 12\n\nThe seed bank gave us beans, and [Ada][] planted them.\n\n[Ada]: https://ada.example/\n",
            ),
        },
        Example::Good {
            title: "comments, and labels in upper or lower case",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe met [Ada][ADA] and ![a bean][bean].\n\n[ada]: https://ada.example/\n[bean]: bean.jpg\n[//]: # (remember the photos)\n[comment]: <> (and the recipe)\n",
            )],
        },
        Example::Good {
            title: "a misspelt label is reported at the reference",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nWe met at the [allotment][allotmnet].\n\n[allotment]: https://allotment.example/\n",
            )],
        },
        Example::Good {
            title: "used between template tags",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\n<div class=\"note\" markdown=\"1\">\nWe met [Ada][ada].\n</div>\n\n<% end %>\n[ada]: /ada-byron\n",
            )],
        },
    ],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    let document = page.document;
    if document.definitions.is_empty() || document.is_cut_short() {
        return;
    }
    let is_of_interest = |definition: &&Definition| {
        definition.status == DefinitionStatus::Defined
            && definition.duplicate_of.is_none()
            && !is_comment(definition)
            && !is_prose(page, definition)
    };
    let mut unused = document.unused().filter(is_of_interest).peekable();
    let mut twins: QuickMap<&str, &Definition> = QuickMap::default();
    for used in unused.peek().into_iter().flat_map(|_| document.used()) {
        twins.entry(&used.destination).or_insert(used);
    }
    for definition in unused {
        report(page, &twins, definition, cx);
    }
}

/// `[//]: # (a comment)`, `[comment]: <> (a comment)` and their like: a definition that leads nowhere.
fn is_comment(definition: &Definition) -> bool {
    let destination = &*definition.destination;
    let leads_nowhere = matches!(destination, "" | "#" | "<>" | "/");
    leads_nowhere && definition.has_title
        || destination.starts_with("# ")
        || !definition.key.contains(char::is_alphanumeric)
}

/// Whether words follow the label, and no address: `[Alice]: shipped the printer`, `[Bob]: holiday`.
fn is_prose(page: Page<'_>, definition: &Definition) -> bool {
    let destination = &*definition.destination;
    let has_sign = destination.contains(['/', '.', ':', '#', '@']) || holds_tag(destination);
    let is_word = || !has_sign && !page.resolve(destination).is_there();
    destination.contains(char::is_whitespace) || is_word()
}

/// Whether a destination can be nothing but an address, so that it is no word of the author's.
fn is_address(destination: &str) -> bool {
    let is_path = begins_with_any(destination, &["/", "./", "../", "mailto:"]);
    is_path || has_scheme(destination) && destination.contains("://")
}

/// Whether this very definition is carried from note to note without being used: at least five of the first twenty other
/// notes that have it, and more than half of them, do not use it.
fn is_kept_along(page: Page<'_>, definition: &Definition) -> bool {
    let others = page.archive.definitions_of(&definition.key, page.id);
    let same = others.filter(|(.., other)| other.destination == definition.destination);
    let (mut all, mut unused) = (0, 0);
    for (_, document, other) in same.take(20) {
        let mut labelled = document.indices_labelled(&other.key);
        all += 1;
        unused += usize::from(!labelled.any(|index| document.is_used(index)));
    }
    unused >= 5 && unused * 2 > all
}

/// The definitions that repeat the label of this one.
fn repeated<'a>(
    page: Page<'a>,
    definition: &'a Definition,
) -> impl Iterator<Item = &'a Definition> {
    let definitions = &page.document.definitions;
    let first = |one: &Definition| definitions.get(one.duplicate_of? as usize);
    let labelled = page.document.labelled(&definition.key);
    labelled.filter(move |one| first(one).is_some_and(|first| first.span == definition.span))
}

/// The fix that deletes a definition and those that repeat its label, which would be reported one after the other else.
fn deletion(page: Page<'_>, definition: &Definition) -> Fix {
    let repeated = repeated(page, definition);
    let repeated = repeated.filter(|one| !is_comment(one) && !is_prose(page, one));
    let all: Vec<&Definition> = std::iter::once(definition).chain(repeated).collect();
    // Where the words stand unlinked, the link was probably forgotten: its address must not be lost unread. Nor must words
    // of the author's, or one of two addresses.
    let is_known = |one: &&Definition| {
        one.mention.is_none() && !one.has_title && one.destination == definition.destination
    };
    let safety = Safety::safe_if(all.iter().all(is_known) && is_address(&definition.destination));
    let title = match all.len() {
        1 => "delete the definition",
        _ => "delete the definitions",
    };
    let deleted = |one: &&Definition| page.id.at(one.lines).replaced_by("");
    Fix::new(title, safety, all.iter().map(deleted).collect::<Vec<_>>())
}

fn report(
    page: Page<'_>,
    twins: &QuickMap<&str, &Definition>,
    definition: &Definition,
    cx: &mut Context,
) {
    let label = &definition.label;
    let duplicates = repeated(page, definition).take(2);
    let message = format!("the definition of `{label}` is not used");
    let mut report = cx.report(definition.span, &definition.key, message).labels(
        duplicates.map(|other| other.span),
        "defined again, and not used either",
    );
    if is_kept_along(page, definition) {
        // What is carried from note to note on purpose is not deleted behind the author's back.
        report = report.at_most(Severity::Info);
    } else {
        report = report.fix_all(deletion(page, definition));
    }
    if let Some(mention) = &definition.mention {
        report
            .label(**mention, "these words have no link")
            .help("link these words, or delete the definition");
    } else if let Some(twin) = twins.get(&*definition.destination) {
        report
            .label(twin.span, "this one leads to the same address and is used")
            .help("delete the definition");
    } else {
        report.help(format!(
            "delete the definition, or link to it with `[text][{label}]`"
        ));
    }
}
