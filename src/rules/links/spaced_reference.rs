//! `[a] [b]`, which kramdown reads as one link.

use crate::diagnostic::{Safety, Severity};
use crate::document::Link;
use crate::document::definitions::normalize_label;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "links/spaced-reference",
    summary: "two pairs of brackets that kramdown reads as one link",
    docs: "\
**Finds.** Two references side by side, `[first] [second]`, that kramdown (the Markdown of Jekyll) reads as one.

**Why.** kramdown allows whitespace between the halves of a reference. The first label becomes the text of a link \
to the second, and what follows, `[]` or `(address)`, prints as text. If the second is not a label, the first prints \
with its brackets although it is defined.

**Ignores.** `[text] [label]` where `text` is not a label, which is one reference written the old way; sites with \
another dialect.

**Fix.** Write `[first][] [second][]`, or put something between them.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Always,
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "two labels",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nIt is ⟦[Rust] [Tokio]⟧.\n\n[Rust]: https://rust.example/\n[Tokio]: https://tokio.example/\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nIt is [Rust][] [Tokio].\n\n[Rust]: https://rust.example/\n[Tokio]: https://tokio.example/\n",
            ),
        },
        Example::Bad {
            title: "a label and an inline link",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nIt is ⟦[Rust]⟧ [with an engine](https://engine.example/).\n\n[Rust]: https://rust.example/\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nIt is [Rust][] [with an engine](https://engine.example/).\n\n[Rust]: https://rust.example/\n",
            ),
        },
        Example::Bad {
            title: "an editor's word before a link",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\n\"It is a ⟦[sic] [Tokio]⟧[]\".\n\n[Tokio]: https://tokio.example/\n",
            )],
            fixed: Some(
                "Week 140\n========\n\n\"It is a \\[sic] [Tokio][]\".\n\n[Tokio]: https://tokio.example/\n",
            ),
        },
        Example::Good {
            title: "text and label, written the old way",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nIt is [an engine] [Tokio].\n\n[Tokio]: https://tokio.example/\n",
            )],
        },
        Example::Good {
            title: "CommonMark does not join them",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\nIt is [Rust] [Tokio].\n\n[Rust]: https://rust.example/\n[Tokio]: https://tokio.example/\n",
            )],
        },
    ],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    let document = page.document;
    let links = document.links.iter();
    let spaced: Vec<(&Link, Span, Option<Span>)> = links
        .filter_map(|link| {
            let leftover = **link.spaced.as_ref()?;
            let key = normalize_label(&link.text);
            let defined = document.labelled(&key).next().map(|one| one.span);
            Some((link, leftover, defined))
        })
        .collect();
    // Who writes `[text] [label]` elsewhere in the note means it so.
    let old_way = spaced.iter().any(|(link, leftover, defined)| {
        link.definition().is_some() && leftover.is_empty() && defined.is_none()
    });
    for (link, leftover, defined) in spaced {
        // What is no definition for this site may be one for another renderer.
        let key = normalize_label(&link.target);
        let is_certain = document.labelled(&key).next().is_none();
        if link.definition().is_none() || !leftover.is_empty() || defined.is_some() && !old_way {
            report(link, leftover, defined, is_certain, cx);
        }
    }
}

fn report(link: &Link, leftover: Span, defined: Option<Span>, is_certain: bool, cx: &mut Context) {
    let id = cx.document;
    let (text, label) = (&link.text, &link.target);
    let subject = normalize_label(text);
    let (start, end) = (link.span.start as usize, link.text_span.end as usize);
    let report = if link.definition().is_none() {
        let message = format!("kramdown reads `[{label}]` as a label, which is not defined");
        cx.report(Span::new(start, end + 1), &subject, message)
            .note(format!("renders as the literal text `[{text}]`"))
            .label(link.target_span, "read as the label")
    } else {
        let printed = Some(leftover).filter(|leftover| !leftover.is_empty());
        let also = printed.map_or("", |_| ", and prints what follows");
        let message = format!("kramdown reads `[{text}] [{label}]` as one link{also}");
        cx.report(link.span, &subject, message)
            .note(format!(
                "renders as `{text}`, linked to the address of `{label}`"
            ))
            .labels(printed, "printed")
    };
    // The first was meant to be a link of its own.
    let report = report.causes(defined.map(|span| id.at(span)));
    if defined.is_some() {
        let title = format!("write `[{text}][] [{label}]`");
        let bracket = Span::new(end, end + 1);
        let safety = Safety::safe_if(is_certain);
        report.help(&*title).fix(title, safety, bracket, "][]");
    } else {
        let title = format!("write `\\[{text}]`");
        let bracket = Span::at(link.text_span.start as usize - 1);
        report
            .help(format!("{title} if the brackets belong to the text"))
            .fix(title, Safety::Unsafe, bracket, "\\");
    }
}
