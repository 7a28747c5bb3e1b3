//! `[a] [b]`, which kramdown takes for one link.

use crate::archive::Archive;
use crate::diagnostic::{Safety, Severity};
use crate::document::definitions::normalize_label;
use crate::document::{Document, Link, Spaced};
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};
use crate::source::Span;

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "links/spaced-reference",
    summary: "two pairs of brackets that kramdown takes for one link",
    docs: "\
kramdown, the Markdown of Jekyll, allows white space between the halves of a reference: `[text] [label]`. So two \
links side by side are read as one. Where both are labels, the first becomes the text of a link to the second; what \
follows the second, `[]` or `(address)`, is printed; and where the second is not a label, the first is printed with its \
brackets although it is defined.

It is silent where the first half is not a label: `[text] [label]` is then one reference, written the old way. Other \
dialects do not read it so.

Write `[first][] [second][]`, or put something between them.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Always,
    since: "0.1.0",
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
};

/// See [`META`].
pub struct SpacedReference;

impl Rule for SpacedReference {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, _archive: &Archive, cx: &mut Context) {
        let spaced = || {
            document
                .links
                .iter()
                .filter_map(|link| Some((link, link.spaced?)))
        };
        if spaced().next().is_none() {
            return;
        }
        let is_label = |link: &Link| {
            let key = normalize_label(&link.text);
            document.labelled(&key).next().is_some()
        };
        // Who writes `[text] [label]` elsewhere in the note means it so.
        let old_way = spaced().any(|(link, spaced)| {
            link.definition.is_some() && spaced.leftover.is_empty() && !is_label(link)
        });
        for (link, spaced) in spaced() {
            let is_label = is_label(link);
            let joined = link.definition.is_some();
            if !joined || !spaced.leftover.is_empty() || is_label && !old_way {
                tell(link, spaced, is_label, cx);
            }
        }
    }
}

fn tell(link: &Link, spaced: Spaced, is_label: bool, cx: &mut Context) {
    let (text, label) = (&link.text, &link.label);
    let subject = normalize_label(text);
    let after_text = Span::new(link.text_span.end as usize, link.text_span.end as usize + 1);
    let report = if link.definition.is_none() {
        cx.report(
            Span::new(link.span.start as usize, after_text.end as usize),
            &subject,
            format!("kramdown reads `[{label}]` as the label of `[{text}]`, and it is not defined"),
        )
        .note(format!("renders as the literal text `[{text}]`"))
        .label(link.label_span, "taken for the label")
    } else if spaced.leftover.is_empty() {
        cx.report(
            link.span,
            &subject,
            format!("kramdown takes `[{text}] [{label}]` for one link"),
        )
        .note(format!("renders as `{text}`, with the link of `{label}`"))
    } else {
        cx.report(
            link.span,
            &subject,
            format!("kramdown takes `[{text}] [{label}]` for one link and prints what follows"),
        )
        .note(format!("renders as `{text}`, with the link of `{label}`"))
        .label(spaced.leftover, "printed")
    };
    if is_label {
        let safety = if link.definition.is_none() {
            Safety::Safe
        } else {
            Safety::Unsafe
        };
        report.help(format!("write `[{text}][] [{label}]`")).fix(
            format!("write `[{text}][] [{label}]`"),
            safety,
            after_text,
            "][]",
        );
    } else {
        let bracket = Span::at(link.text_span.start as usize - 1);
        report
            .help(format!("write `\\[{text}]` if the brackets are meant"))
            .fix(format!("write `\\[{text}]`"), Safety::Unsafe, bracket, "\\");
    }
}
