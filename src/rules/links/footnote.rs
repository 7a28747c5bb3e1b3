//! Footnotes that are not defined, or not used.

use crate::diagnostic::{Safety, Severity};
use crate::document::Footnote as Fact;
use crate::names::nearest;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};
use std::collections::HashSet;

/// The rule.
pub static RULE: Rule = Rule {
    id: "links/footnote",
    summary: "a footnote that is not defined (error) or not used (warning)",
    docs: "\
**Finds.** `[^label]` without a definition `[^label]: …`, and a definition that nothing refers to. Where there is one \
of each, the rule reports them together.

**Why.** Without the definition, the reader sees the brackets. Without the reference, the page does not show the \
footnote at all.

**Ignores.** Brackets that cannot be a label (`[^a-z]`). `[^label]` followed by a colon in the middle of a line is a \
reference.

**Fix.** Correct the label, or add what is missing.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "no definition",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe pump failed⟦[^pump]⟧.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "nothing refers to it",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe pump failed.\n\n⟦[^pump]⟧: The old one.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "two spellings of one label",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nThe pump failed⟦[^pumps]⟧.\n\n[^pump]: The old one.\n",
            )],
            fixed: Some("# Week 12\n\nThe pump failed[^pump].\n\n[^pump]: The old one.\n"),
        },
        Example::Good {
            title: "a reference before a colon",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nOne thing about the pump[^pump]: it failed. Match `[^a]`.\n\n[^pump]: The old one.\n",
            )],
        },
    ],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    let all = page.document.footnotes.iter();
    let (defined, used): (Vec<&Fact>, Vec<&Fact>) = all.partition(|one| one.definition);
    let mut known: HashSet<&str> = defined.iter().map(|footnote| &*footnote.label).collect();
    let used_labels: HashSet<&str> = used.iter().map(|footnote| &*footnote.label).collect();
    if page.document.is_cut_short() {
        return;
    }
    let mut unused = defined;
    unused.retain(|footnote| !used_labels.contains(&*footnote.label));
    for footnote in used {
        // What is reported becomes known, so that it is reported once.
        if can_be_label(&footnote.label) && known.insert(&footnote.label) {
            undefined(footnote, &mut unused, cx);
        }
    }
    for footnote in unused {
        let label = &footnote.label;
        let message = format!("nothing refers to the footnote `{label}`");
        cx.report(footnote.span, label, message)
            .at_most(Severity::Warning)
            .note("the page does not show its text")
            .help(format!(
                "put `[^{label}]` where it belongs, or delete the footnote"
            ));
    }
}

/// Whether `[^label]` can be a footnote at all: kramdown's `ALD_ID_NAME`, without what looks like a character class.
fn can_be_label(label: &str) -> bool {
    let is_one = |text: &str| text.chars().count() == 1;
    let is_class = label
        .split_once('-')
        .is_some_and(|(from, to)| is_one(from) && is_one(to));
    let fits = |one: char| one.is_alphanumeric() || matches!(one, '-' | '_' | ':' | '.');
    !is_class && label.chars().all(fits)
}

/// Reports a reference without a definition, with the unused definition that was meant by it.
fn undefined(footnote: &Fact, unused: &mut Vec<&Fact>, cx: &mut Context) {
    let label = &footnote.label;
    let near = unused.iter().take(64).zip(0..);
    let nearest = nearest(label, near.map(|(other, index)| (&*other.label, index)));
    let only = (unused.len() == 1).then_some(0);
    let index = nearest.map(|one| one.item).or(only);
    let message = format!("the footnote `{label}` is not defined");
    let report = cx
        .report(footnote.span, label, message)
        .note(format!("renders as the literal text `[^{label}]`"));
    match index.map(|index| unused.remove(index)) {
        Some(Fact { label, span, .. }) => {
            let meant = format!("[^{label}]");
            let title = format!("refer to `{meant}`");
            report
                .label(*span, "nothing refers to this footnote")
                .help(format!("did you mean `{meant}`?"))
                .fix(title, Safety::Unsafe, footnote.span, meant)
        }
        None => report.help(format!("define it: `[^{label}]: …`")),
    };
}
